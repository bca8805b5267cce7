/* SPDX-License-Identifier: MIT */
/*
 * Single blocks through the caller's allocator. Sizes are checked for overflow here, so that no caller has to.
 * errno stays as the caller left it, whatever the allocator does to it. Regions are in arena.c. The functions of malloc are the only ones
 * that this library calls for its own memory.
 */
#include "base/memory.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void *allocate_from_heap(void *user, size_t bytes) {
    (void)user;
    return malloc(bytes);
}

static void *reallocate_on_heap(void *user, void *block, size_t bytes) {
    (void)user;
    return realloc(block, bytes);
}

static void release_to_heap(void *user, void *block) {
    (void)user;
    free(block);
}

static const aic_allocator heap = {allocate_from_heap, reallocate_on_heap, release_to_heap, NULL};

const aic_allocator *aici_memory_default(void) { return &heap; }

static const aic_allocator *given_or_default(const aic_allocator *allocator) { return allocator ? allocator : &heap; }

void *aici_memory_take(const aic_allocator *allocator, size_t bytes) {
    const aic_allocator *from = given_or_default(allocator);
    if (bytes > PTRDIFF_MAX)
        return NULL;
    int found = errno;
    void *block = from->allocate(from->user, bytes ? bytes : 1);
    errno = found;
    return block;
}

void *aici_memory_take_array(const aic_allocator *allocator, size_t count, size_t bytes) {
    if (bytes && count > PTRDIFF_MAX / bytes)
        return NULL;
    void *block = aici_memory_take(allocator, count * bytes);
    if (block)
        memset(block, 0, count * bytes);
    return block;
}

void *aici_memory_resize(const aic_allocator *allocator, void *block, size_t bytes) {
    const aic_allocator *from = given_or_default(allocator);
    if (!block)
        return aici_memory_take(allocator, bytes);
    if (bytes > PTRDIFF_MAX)
        return NULL;
    int found = errno;
    void *moved = from->reallocate(from->user, block, bytes ? bytes : 1);
    errno = found;
    return moved;
}

void aici_memory_release(const aic_allocator *allocator, void *block) {
    const aic_allocator *from = given_or_default(allocator);
    if (!block)
        return;
    int found = errno;
    from->release(from->user, block);
    errno = found;
}

void *aici_memory_grow(const aic_allocator *allocator, void *array, size_t count, size_t *capacity, size_t element_bytes) {
    if (array && count < *capacity)
        return array;
    size_t most = (size_t)PTRDIFF_MAX / (element_bytes ? element_bytes : 1);
    if (count >= most)
        return NULL;
    size_t wanted = count < 4 ? 8 : count <= most / 2 ? count * 2 : most;
    void *grown = aici_memory_resize(allocator, array, wanted * element_bytes);
    if (grown)
        *capacity = wanted;
    return grown;
}
