/* SPDX-License-Identifier: MIT */
/*
 * What is already known: (something, year) -> value, where something is a quantity or a node. Keys are addresses, so the order of the table
 * means nothing and is never shown.
 */
#ifndef AICI_PLAN_MEMO_H
#define AICI_PLAN_MEMO_H

#include "plan/value.h"

/** In place of a value: it is being computed further down the stack. */
#define AICI_MEMO_PENDING UINT32_MAX

typedef struct aici_memo_slot {
    const void *key; /**< NULL: free */
    int32_t year;
    aici_value value;
} aici_memo_slot;

typedef struct aici_memo {
    const aic_allocator *allocator;
    aici_memo_slot *slot;
    size_t size, count;
} aici_memo;

aici_memo aici_memo_new(const aic_allocator *allocator);
void aici_memo_free(aici_memo *memo);

bool aici_memo_find(const aici_memo *memo, const void *key, int32_t year, aici_value *value);
/** Keeps a value, in the place of an earlier one; false when there is no memory. */
bool aici_memo_keep(aici_memo *memo, const void *key, int32_t year, aici_value value);

#endif
