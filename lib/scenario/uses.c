/* SPDX-License-Identifier: MIT */
/*
 * Who needs whom: every name in every draft's tree becomes an edge to the draft that it means, with the years that are looked at. Names
 * that mean nothing are left to the check, which offers the nearest, unless more can be said of them.
 */
#include "scenario/bind.h"

typedef struct collector {
    aici_binder *binder;
    uint32_t draft;
    bool go_on;
} collector;

static bool add_edge(aici_binder *binder, const aici_expr *name, uint32_t to, aici_use use) {
    aici_edge *edges = aici_memory_grow(binder->allocator, binder->edge, binder->edge_count, &binder->edge_capacity, sizeof *edges);
    if (!edges)
        return aici_bind_no_memory(binder);
    binder->edge = edges;
    edges[binder->edge_count++] = (aici_edge){name, to, (uint8_t)use};
    return true;
}

static void take_name(void *context, const aici_expr *name, aici_use use) {
    collector *self = context;
    aici_binder *binder = self->binder;
    if (!self->go_on)
        return;
    uint32_t to = aici_scope_resolve(binder, self->draft, name->as.name.text);
    if (to != AICI_NONE) {
        self->go_on = add_edge(binder, name, to, use);
        return;
    }
    bool said = false;
    self->go_on = aici_scope_explain(binder, self->draft, name, binder->draft[self->draft].path, &said);
    binder->draft[self->draft].faulty = binder->draft[self->draft].faulty || said;
}

bool aici_bind_uses(aici_binder *binder) {
    for (size_t i = 0; i < binder->draft_count; i++) {
        collector self = {binder, (uint32_t)i, true};
        aici_draft *draft = &binder->draft[i];
        draft->first_use = (uint32_t)binder->edge_count;
        if (draft->read)
            aici_expr_each_name(draft->read, take_name, &self);
        draft->use_count = (uint32_t)binder->edge_count - draft->first_use;
        if (!self.go_on)
            return false;
    }
    return true;
}
