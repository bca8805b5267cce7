/* SPDX-License-Identifier: MIT */
/* Shared memory: an arena that lives until the last scenario or bound scenario that points into it is gone. */
#include "scenario/sections.h"

aici_store *aici_store_new(const aic_allocator *allocator) {
    aici_arena *arena = aici_arena_new(allocator);
    aici_store *store = arena ? aici_arena_take(arena, sizeof *store) : NULL;
    if (!store) {
        aici_arena_free(arena);
        return NULL;
    }
    atomic_init(&store->references, 1);
    store->arena = arena;
    return store;
}

aici_store *aici_store_ref(aici_store *store) {
    if (store)
        atomic_fetch_add_explicit(&store->references, 1, memory_order_relaxed);
    return store;
}

void aici_store_unref(aici_store *store) {
    if (store && atomic_fetch_sub_explicit(&store->references, 1, memory_order_acq_rel) == 1)
        aici_arena_free(store->arena);
}
