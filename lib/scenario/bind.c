/* SPDX-License-Identifier: MIT */
/*
 * Binding as a whole: the steps in their order, and the bound scenario that is made of what they leave. When anything is faulty, nothing is
 * made.
 */
#include "scenario/bind.h"
#include "scenario/bound.h"

#include <string.h>

/* --- steps ---------------------------------------------------------------------------------------------------------------------------- */

static bool find_foundation(aici_binder *binder, aici_foundation *given, aici_foundation **made) {
    if (!given)
        return aici_foundation_build(binder, made);
    binder->foundation = given;
    binder->units = given->units;
    return true;
}

static bool run_steps(aici_binder *binder) {
    static bool (*const steps[])(aici_binder *) = {aici_bind_header, aici_bind_sources,      aici_bind_names,   aici_bind_assumptions,
                                                   aici_bind_models, aici_bind_calculations, aici_bind_uses,    aici_bind_order,
                                                   aici_bind_series, aici_bind_check,        aici_judge_models, aici_bind_assertions,
                                                   aici_bind_claims, aici_bind_correlations};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        if (!steps[i](binder))
            return false;
    return true;
}

static bool bind(aici_binder *binder, aici_foundation *given, aici_foundation **made) {
    const aici_view *version = &binder->files->view[AICI_SECTION_AICOMPUTE];
    const aici_node *root = binder->files->root;
    if (!binder->arena || !binder->scratch)
        return aici_bind_no_memory(binder);
    if (root && aici_header_is_declaration(root))
        return aici_header_check_library(binder, root);
    if (!aici_header_check_version(binder, root, version->node, version->key))
        return false;
    return aici_header_check_keys(binder) && find_foundation(binder, given, made) && run_steps(binder);
}

/* --- what is made --------------------------------------------------------------------------------------------------------------------- */

/* The names of drafts are those of quantities, unless some were left out. */
static bool take_names(aici_binder *binder, aici_holder *holder) {
    if (binder->quantity_count == binder->draft_count) {
        holder->names = binder->names;
        binder->names = NULL;
        return true;
    }
    holder->names = aici_names_new(binder->allocator);
    for (size_t i = 0; holder->names && i < binder->draft_count; i++) {
        const aici_draft *draft = &binder->draft[i];
        if (draft->final != AICI_NONE && !aici_names_add(holder->names, aici_slice_of(draft->quantity.name), draft->final))
            return false;
    }
    return holder->names != NULL;
}

static bool copy_quantities(const aici_binder *binder, aici_bound *bound) {
    aici_quantity *quantities = aici_arena_take_array(binder->arena, binder->quantity_count, sizeof *quantities);
    for (size_t i = 0; quantities && i < binder->draft_count; i++)
        if (binder->draft[i].final != AICI_NONE)
            quantities[binder->draft[i].final] = binder->draft[i].quantity;
    bound->quantity = quantities;
    bound->quantity_count = binder->quantity_count;
    return quantities != NULL;
}

/* Groups and order by the final numbers; what was left out falls away. */
static bool copy_order(const aici_binder *binder, aici_bound *bound) {
    uint32_t *order = aici_arena_take_array(binder->arena, binder->quantity_count, sizeof *order);
    aici_group *groups = aici_arena_take_array(binder->arena, binder->group_count, sizeof *groups);
    uint32_t count = 0, group_count = 0;
    if (!order || !groups)
        return false;
    for (uint32_t i = 0; i < binder->group_count; i++) {
        aici_group group = {count, 0, binder->group[i].recursive};
        for (uint32_t k = 0; k < binder->group[i].count; k++) {
            uint32_t final = binder->draft[binder->order[binder->group[i].first + k]].final;
            if (final != AICI_NONE)
                order[count++] = final;
        }
        group.count = count - group.first;
        if (group.count > 0)
            groups[group_count++] = group;
    }
    bound->order = order;
    bound->group = groups;
    bound->group_count = group_count;
    return true;
}

static bool copy_model(aici_binder *binder, const aici_model_draft *draft, aici_model_entry *model) {
    double scale;
    *model = (aici_model_entry){.name = draft->name,
                                .kind = draft->slot->kind,
                                .currency = "",
                                .missing = draft->missing,
                                .missing_count = draft->missing_count,
                                .place = draft->key->place};
    for (uint32_t i = draft->first; i < draft->first + draft->count; i++) {
        if (binder->draft[i].final == AICI_NONE)
            continue;
        if (model->count++ == 0)
            model->first = binder->draft[i].final;
    }
    return draft->currency == 0 || aici_money_name(binder, draft->currency, &model->currency, &scale);
}

static bool copy_models(aici_binder *binder, aici_bound *bound) {
    aici_model_entry *models = aici_arena_take_array(binder->arena, binder->model_count, sizeof *models);
    for (uint32_t i = 0; models && i < binder->model_count; i++)
        if (!copy_model(binder, &binder->model[i], &models[i]))
            return false;
    bound->model = models;
    bound->model_count = binder->model_count;
    return models != NULL;
}

static bool copy_assertions(const aici_binder *binder, aici_bound *bound) {
    aici_assertion *assertions = aici_arena_take_array(binder->arena, binder->assertion_count, sizeof *assertions);
    if (!assertions)
        return false;
    if (binder->assertion_count > 0)
        memcpy(assertions, binder->assertion, binder->assertion_count * sizeof *assertions);
    bound->assertion = assertions;
    bound->assertion_count = (uint32_t)binder->assertion_count;
    return true;
}

static const char *file_of(const aici_binder *binder) {
    const aici_node *root = binder->files->root;
    return root && root->place.source ? root->place.source->name : "";
}

static bool hold_stores(const aici_binder *binder, aici_holder *holder) {
    holder->store = aici_arena_take_array(binder->arena, binder->files->store_count, sizeof *holder->store);
    for (uint32_t i = 0; holder->store && i < binder->files->store_count; i++)
        holder->store[holder->store_count++] = aici_store_ref(binder->files->store[i]);
    return holder->store != NULL;
}

/* What is not needed any more makes room. */
static void release_uses(aici_binder *binder) {
    aici_memory_release(binder->allocator, binder->edge);
    aici_names_free(binder->tops);
    binder->edge = NULL;
    binder->tops = NULL;
}

static aici_holder *make_holder(aici_binder *binder) {
    aici_holder *holder = aici_arena_take(binder->arena, sizeof *holder);
    if (!holder)
        return NULL;
    aici_bound *bound = &holder->bound;
    *bound = (aici_bound){.units = binder->foundation->units,
                          .timeline = binder->timeline,
                          .most_instructions = binder->limits->instructions,
                          .title = binder->title,
                          .description = binder->description,
                          .file = file_of(binder),
                          .claim = binder->claim,
                          .claim_count = binder->claim_count,
                          .source = binder->source,
                          .source_count = binder->source_count,
                          .correlation = binder->correlation,
                          .correlation_count = binder->correlation_count,
                          .arena = binder->arena};
    atomic_init(&holder->references, 1);
    release_uses(binder);
    if (take_names(binder, holder) && copy_quantities(binder, bound) && copy_order(binder, bound) && copy_models(binder, bound) &&
        copy_assertions(binder, bound) && hold_stores(binder, holder)) {
        holder->foundation = aici_foundation_ref(binder->foundation);
        return holder;
    }
    aici_names_free(holder->names);
    for (uint32_t i = 0; i < holder->store_count; i++)
        aici_store_unref(holder->store[i]);
    return NULL;
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

static void release(aici_binder *binder) {
    const aic_allocator *allocator = binder->allocator;
    aic_report_free(binder->quiet);
    aici_memory_release(allocator, binder->draft);
    aici_memory_release(allocator, binder->edge);
    aici_memory_release(allocator, binder->assertion);
    aici_names_free(binder->source_names);
    aici_names_free(binder->tops);
    aici_names_free(binder->names);
    aici_arena_free(binder->scratch);
    aici_arena_free(binder->arena);
}

aic_status aici_bind(const aici_files *files, aici_foundation **foundation, const aic_allocator *allocator, const aic_limits *limits,
                     aici_bound **out, aic_report *report) {
    aici_binder binder = {.limits = limits, .allocator = allocator, .report = report, .files = files};
    size_t first = aic_report_count(report);
    aici_foundation *made = NULL;
    binder.arena = aici_arena_new(allocator);
    binder.scratch = aici_arena_new(allocator);
    bool complete = bind(&binder, *foundation, &made);
    if (aici_report_status(report) == AIC_ERROR_MEMORY) /* a remark may have found none */
        aici_bind_no_memory(&binder);
    aici_holder *holder = complete && binder.status == AIC_OK ? make_holder(&binder) : NULL;
    if (complete && binder.status == AIC_OK && !holder)
        aici_bind_no_memory(&binder);
    if (holder) {
        binder.arena = NULL; /* it lives on in the bound scenario */
        *out = &holder->bound;
        if (made)
            *foundation = made;
    } else {
        aici_foundation_unref(made);
    }
    release(&binder);
    aici_report_in_order(report, first);
    return binder.status;
}
