/* SPDX-License-Identifier: MIT */
/* A bound scenario as others use it: counted references, names, and a scope for expressions over all of it. */
#include "scenario/bound.h"

static aici_holder *holder_of(const aici_bound *bound) { return (aici_holder *)(uintptr_t)bound; }

aici_bound *aici_bound_ref(aici_bound *bound) {
    if (bound)
        atomic_fetch_add_explicit(&holder_of(bound)->references, 1, memory_order_relaxed);
    return bound;
}

void aici_bound_unref(aici_bound *bound) {
    aici_holder *holder = holder_of(bound);
    if (!holder || atomic_fetch_sub_explicit(&holder->references, 1, memory_order_acq_rel) != 1)
        return;
    aici_names_free(holder->names);
    aici_foundation_unref(holder->foundation);
    for (uint32_t i = 0; i < holder->store_count; i++)
        aici_store_unref(holder->store[i]);
    aici_arena_free(bound->arena); /* which holds the holder */
}

static uint32_t find(const aici_bound *bound, aici_slice name) {
    uint32_t index = AICI_NONE;
    aici_names_find(holder_of(bound)->names, name, &index);
    return index;
}

uint32_t aici_bound_find(const aici_bound *bound, const char *name) { return find(bound, aici_slice_of(name)); }

void aici_bound_offer(const aici_bound *bound, aici_nearest *nearest) {
    for (uint32_t i = 0; i < bound->quantity_count; i++)
        aici_nearest_offer(nearest, aici_slice_of(bound->quantity[i].name));
}

static bool find_symbol(const aici_scope *scope, aici_slice name, aici_symbol *out) {
    const aici_bound *bound = scope->context;
    uint32_t index = find(bound, name);
    if (index == AICI_NONE)
        return false;
    const aici_expr *tree = bound->quantity[index].tree;
    *out = (aici_symbol){.index = index, .type = &tree->type, .definition = tree};
    return true;
}

static void offer_symbols(const aici_scope *scope, aici_nearest *nearest) { aici_bound_offer(scope->context, nearest); }

aici_scope aici_bound_scope(const aici_bound *bound, aici_arena *arena, aic_report *report) {
    return (aici_scope){.arena = arena,
                        .units = bound->units,
                        .timeline = bound->timeline,
                        .report = report,
                        .subject = "",
                        .path = "",
                        .find = find_symbol,
                        .offer = offer_symbols,
                        .context = bound};
}
