/* SPDX-License-Identifier: MIT */
/*
 * An open hash table that is at most half full. Nothing is ever taken out of it.
 */
#include "plan/memo.h"

aici_memo aici_memo_new(const aic_allocator *allocator) { return (aici_memo){.allocator = allocator}; }

void aici_memo_free(aici_memo *memo) {
    aici_memory_release(memo->allocator, memo->slot);
    *memo = aici_memo_new(memo->allocator);
}

static size_t hash_of(const void *key, int32_t year) {
    uint64_t mixed = ((uint64_t)(uintptr_t)key + (uint32_t)year * UINT64_C(0x94d049bb133111eb)) * UINT64_C(0x9e3779b97f4a7c15);
    return (size_t)(mixed ^ (mixed >> 32));
}

/** The slot that holds a key, or the free one where it belongs. */
static aici_memo_slot *slot_of(const aici_memo *memo, const void *key, int32_t year) {
    size_t at = hash_of(key, year) & (memo->size - 1);
    while (memo->slot[at].key && (memo->slot[at].key != key || memo->slot[at].year != year))
        at = (at + 1) & (memo->size - 1);
    return &memo->slot[at];
}

static bool enlarge(aici_memo *memo) {
    aici_memo larger = {memo->allocator, NULL, memo->size ? memo->size * 2 : 64, memo->count};
    larger.slot = aici_memory_take_array(memo->allocator, larger.size, sizeof *larger.slot);
    if (!larger.slot)
        return false;
    for (size_t i = 0; i < memo->size; i++)
        if (memo->slot[i].key)
            *slot_of(&larger, memo->slot[i].key, memo->slot[i].year) = memo->slot[i];
    aici_memory_release(memo->allocator, memo->slot);
    *memo = larger;
    return true;
}

bool aici_memo_find(const aici_memo *memo, const void *key, int32_t year, aici_value *value) {
    const aici_memo_slot *slot = memo->size ? slot_of(memo, key, year) : NULL;
    if (!slot || !slot->key)
        return false;
    *value = slot->value;
    return true;
}

bool aici_memo_keep(aici_memo *memo, const void *key, int32_t year, aici_value value) {
    if (memo->count * 2 >= memo->size && !enlarge(memo))
        return false;
    aici_memo_slot *slot = slot_of(memo, key, year);
    memo->count += !slot->key;
    *slot = (aici_memo_slot){key, year, value};
    return true;
}
