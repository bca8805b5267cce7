/* SPDX-License-Identifier: MIT */
/*
 * An allocator for tests: it fails where it is told to, knows what was not given back, and sees writes beside a block. Fresh blocks
 * are filled with rubbish, released ones too, so that nobody comes to rely on zeros.
 *
 *     struct failing_allocator memory;
 *     failing_allocator_init(&memory);
 *     for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
 *         ... act with &memory.allocator; when memory.failed, expect AIC_ERROR_MEMORY; release everything ...
 *         assert_true(failing_allocator_is_clean(&memory));
 *     }
 *
 * The loop ends after the first round in which no allocation was left to fail.
 */
#ifndef TESTS_UNIT_FAILING_ALLOCATOR_H
#define TESTS_UNIT_FAILING_ALLOCATOR_H

#include <aicompute/status.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct failing_allocator {
    aic_allocator allocator;
    size_t calls;      /* of allocate and reallocate, since init or again */
    size_t fail_at;    /* the call that fails, from 1; 0: none */
    bool fail_forever; /* and every one after it */
    bool failed;       /* a call has failed */
    size_t live;       /* blocks not given back */
    size_t live_bytes, peak_bytes;
    size_t damaged; /* blocks whose guards were overwritten, and pointers that are none of ours */
    bool started;
};

struct failing_block {
    size_t bytes;
    struct failing_allocator *owner;
    unsigned char guard[16];
};

enum { FAILING_GUARD = 0xc3, FAILING_FRESH = 0xa5, FAILING_GONE = 0xdd };

static inline bool failing_allocator_refuses(struct failing_allocator *memory) {
    memory->calls++;
    bool refused = memory->fail_at && (memory->calls == memory->fail_at || (memory->fail_forever && memory->calls > memory->fail_at));
    memory->failed = memory->failed || refused;
    return refused;
}

static inline void *failing_allocator_make(struct failing_allocator *memory, size_t bytes) {
    struct failing_block *block = malloc(sizeof *block + bytes + sizeof block->guard);
    if (!block)
        abort();
    unsigned char *data = (unsigned char *)(block + 1);
    block->bytes = bytes;
    block->owner = memory;
    memset(block->guard, FAILING_GUARD, sizeof block->guard);
    memset(data, FAILING_FRESH, bytes);
    memset(data + bytes, FAILING_GUARD, sizeof block->guard);
    memory->live++;
    memory->live_bytes += bytes;
    if (memory->live_bytes > memory->peak_bytes)
        memory->peak_bytes = memory->live_bytes;
    return data;
}

static inline void failing_allocator_check(struct failing_allocator *memory, const struct failing_block *block) {
    const unsigned char *behind = (const unsigned char *)(block + 1) + block->bytes;
    bool sound = block->owner == memory;
    for (size_t i = 0; sound && i < sizeof block->guard; i++)
        sound = block->guard[i] == FAILING_GUARD && behind[i] == FAILING_GUARD;
    memory->damaged += !sound;
}

static inline void *failing_allocator_allocate(void *user, size_t bytes) {
    struct failing_allocator *memory = user;
    memory->damaged += bytes == 0;
    return failing_allocator_refuses(memory) ? NULL : failing_allocator_make(memory, bytes);
}

static inline void failing_allocator_release(void *user, void *data) {
    struct failing_allocator *memory = user;
    struct failing_block *block = (struct failing_block *)data - 1;
    failing_allocator_check(memory, block);
    memory->live--;
    memory->live_bytes -= block->bytes;
    memset(data, FAILING_GONE, block->bytes);
    block->owner = NULL;
    free(block);
}

/* Always moves, so that nobody keeps the old address. */
static inline void *failing_allocator_reallocate(void *user, void *data, size_t bytes) {
    struct failing_allocator *memory = user;
    memory->damaged += data == NULL || bytes == 0;
    if (failing_allocator_refuses(memory))
        return NULL;
    void *moved = failing_allocator_make(memory, bytes);
    size_t old = ((struct failing_block *)data - 1)->bytes;
    memcpy(moved, data, old < bytes ? old : bytes);
    failing_allocator_release(memory, data);
    return moved;
}

/** Never fails until told to. */
static inline void failing_allocator_init(struct failing_allocator *memory) {
    *memory = (struct failing_allocator){.fail_at = 0};
    memory->allocator = (aic_allocator){failing_allocator_allocate, failing_allocator_reallocate, failing_allocator_release, memory};
}

/** Begins round @p n, in which the n-th call fails (from 1); false when nothing failed in the round before. */
static inline bool failing_allocator_again(struct failing_allocator *memory, size_t n, bool forever) {
    bool go_on = !memory->started || memory->failed;
    memory->started = go_on;
    memory->calls = 0;
    memory->fail_at = go_on ? n : 0;
    memory->fail_forever = forever;
    memory->failed = false;
    return go_on;
}

/** Everything was given back, and nothing was written beside a block. */
static inline bool failing_allocator_is_clean(const struct failing_allocator *memory) { return memory->live == 0 && memory->damaged == 0; }

#endif
