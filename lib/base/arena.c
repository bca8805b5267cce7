/* SPDX-License-Identifier: MIT */
/*
 * A region: blocks are cut from chunks, each half as large as all before it, and go back together. A block that would leave
 * much of a new chunk empty gets a chunk of its own. Under AddressSanitizer what is not handed out is poisoned, with a gap
 * after each block, so that running over a block is found as it is with malloc.
 */
#include "base/memory.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define WATCHED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WATCHED 1
#endif
#endif
#ifndef WATCHED
#define WATCHED 0
#endif

#if WATCHED
#include <sanitizer/asan_interface.h>
#define HIDE(bytes, size) __asan_poison_memory_region(bytes, size)
#define SHOW(bytes, size) __asan_unpoison_memory_region(bytes, size)
enum { GAP = 16 };
#else
#define HIDE(bytes, size) ((void)0)
#define SHOW(bytes, size) ((void)0)
enum { GAP = 0 };
#endif

enum { ALIGNMENT = alignof(max_align_t) > 16 ? alignof(max_align_t) : 16, FIRST_CHUNK = 4096, LARGEST_STEP = 1 << 20 };

struct chunk {
    struct chunk *before;
    size_t bytes; /* with this header */
};

struct aici_arena {
    aic_allocator allocator;
    struct chunk *newest; /* blocks are cut from this one */
    unsigned char *free, *end;
    size_t bytes;
};

static size_t round_up(size_t bytes) { return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT; }

static struct chunk *take_chunk(const aic_allocator *allocator, size_t bytes) {
    struct chunk *chunk = aici_memory_take(allocator, bytes);
    if (!chunk)
        return NULL;
    chunk->before = NULL;
    chunk->bytes = bytes;
    return chunk;
}

static void release_chunk(const aic_allocator *allocator, struct chunk *chunk) {
    SHOW(chunk, chunk->bytes);
    aici_memory_release(allocator, chunk);
}

static unsigned char *first_block(struct chunk *chunk) { return (unsigned char *)chunk + round_up(sizeof *chunk); }

static void cut_from(aici_arena *arena, struct chunk *chunk, unsigned char *free) {
    chunk->before = arena->newest;
    arena->newest = chunk;
    arena->free = free;
    arena->end = (unsigned char *)chunk + chunk->bytes;
    HIDE(arena->free, (size_t)(arena->end - arena->free));
}

aici_arena *aici_arena_new(const aic_allocator *allocator) {
    const aic_allocator *from = allocator ? allocator : aici_memory_default();
    struct chunk *chunk = take_chunk(from, FIRST_CHUNK);
    if (!chunk)
        return NULL;
    aici_arena *arena = (aici_arena *)(void *)first_block(chunk);
    arena->allocator = *from;
    arena->newest = NULL;
    arena->bytes = FIRST_CHUNK;
    cut_from(arena, chunk, first_block(chunk) + round_up(sizeof *arena));
    return arena;
}

void aici_arena_free(aici_arena *arena) {
    if (!arena)
        return;
    aic_allocator allocator = arena->allocator;
    for (struct chunk *chunk = arena->newest, *before; chunk; chunk = before) {
        before = chunk->before;
        release_chunk(&allocator, chunk);
    }
}

static size_t next_step(const aici_arena *arena) {
    size_t half = arena->bytes / 2 / FIRST_CHUNK * FIRST_CHUNK;
    return half < FIRST_CHUNK ? FIRST_CHUNK : half > LARGEST_STEP ? LARGEST_STEP : half;
}

static void *take_alone(aici_arena *arena, size_t bytes) {
    struct chunk *chunk = take_chunk(&arena->allocator, round_up(sizeof *chunk) + bytes);
    if (!chunk)
        return NULL;
    chunk->before = arena->newest->before;
    arena->newest->before = chunk;
    arena->bytes += chunk->bytes;
    HIDE(first_block(chunk), bytes);
    return first_block(chunk);
}

static void *cut(aici_arena *arena, size_t bytes) {
    unsigned char *block = arena->free;
    arena->free += bytes;
    return block;
}

static void *cut_from_new_chunk(aici_arena *arena, size_t bytes) {
    size_t step = next_step(arena);
    if (bytes > step / 4)
        return take_alone(arena, bytes);
    struct chunk *chunk = take_chunk(&arena->allocator, step);
    if (!chunk)
        return NULL;
    cut_from(arena, chunk, first_block(chunk));
    arena->bytes += step;
    return cut(arena, bytes);
}

static void *take_raw(aici_arena *arena, size_t bytes) {
    if (bytes > (size_t)PTRDIFF_MAX / 2)
        return NULL;
    size_t rounded = round_up(bytes ? bytes : 1) + GAP;
    bool fits = rounded <= (size_t)(arena->end - arena->free);
    void *block = fits ? cut(arena, rounded) : cut_from_new_chunk(arena, rounded);
    if (block)
        SHOW(block, bytes);
    return block;
}

void *aici_arena_take(aici_arena *arena, size_t bytes) {
    void *block = take_raw(arena, bytes);
    if (block)
        memset(block, 0, bytes);
    return block;
}

void *aici_arena_take_array(aici_arena *arena, size_t count, size_t bytes) {
    if (bytes && count > PTRDIFF_MAX / bytes)
        return NULL;
    return aici_arena_take(arena, count * bytes);
}

char *aici_arena_copy(aici_arena *arena, const char *text, size_t size) {
    char *copy = size < PTRDIFF_MAX ? take_raw(arena, size + 1) : NULL;
    if (!copy)
        return NULL;
    if (size)
        memcpy(copy, text, size);
    copy[size] = '\0';
    return copy;
}

size_t aici_arena_bytes(const aici_arena *arena) { return arena ? arena->bytes : 0; }

const aic_allocator *aici_arena_allocator(const aici_arena *arena) { return &arena->allocator; }
