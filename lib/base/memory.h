/* SPDX-License-Identifier: MIT */
/*
 * Memory through the caller's allocator: single blocks, and arenas for what lives and dies together.
 * Nothing here reports; NULL means that there is no memory, and the caller turns it into AIC_ERROR_MEMORY.
 */
#ifndef AICI_BASE_MEMORY_H
#define AICI_BASE_MEMORY_H

#include <aicompute/status.h>

/** The allocator of malloc, realloc and free. */
const aic_allocator *aici_memory_default(void);

/** A block of @p bytes (0 counts as 1), not cleared. NULL @p allocator means the default, here and below. */
void *aici_memory_take(const aic_allocator *allocator, size_t bytes);

/** A cleared block for @p count things of @p bytes each; NULL also when the product overflows. */
void *aici_memory_take_array(const aic_allocator *allocator, size_t count, size_t bytes);

/** Resizes as realloc: on NULL the old block is still there. */
void *aici_memory_resize(const aic_allocator *allocator, void *block, size_t bytes);

/** Gives a block back; NULL is fine. */
void aici_memory_release(const aic_allocator *allocator, void *block);

/** Makes room for one more in a growing array: returns the array, perhaps moved, with capacity for count + 1; or NULL, the old one
 * untouched. */
void *aici_memory_grow(const aic_allocator *allocator, void *array, size_t count, size_t *capacity, size_t element_bytes);

/** A region whose blocks are released all at once. */
typedef struct aici_arena aici_arena;

aici_arena *aici_arena_new(const aic_allocator *allocator);
void aici_arena_free(aici_arena *arena);

/** A cleared, suitably aligned block that lives as long as the arena. */
void *aici_arena_take(aici_arena *arena, size_t bytes);
void *aici_arena_take_array(aici_arena *arena, size_t count, size_t bytes);

/** A copy of @p size bytes of text, with a final NUL. */
char *aici_arena_copy(aici_arena *arena, const char *text, size_t size);

/** Bytes taken from the allocator so far. */
size_t aici_arena_bytes(const aici_arena *arena);

/** The allocator that the arena was made with. */
const aic_allocator *aici_arena_allocator(const aici_arena *arena);

#endif
