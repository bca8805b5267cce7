/* SPDX-License-Identifier: MIT */
/*
 * Numbers as bytes, lowest first, whatever the machine (where its memory has them so, they are copied as they are): added to a buffer, and
 * taken from bytes of which nothing is known. Taking more than there is gives zeros and sticks: one question at the end is enough, but what
 * is taken as a count must be compared with what is left before memory is taken for it.
 */
#ifndef AICI_BASE_BYTES_H
#define AICI_BASE_BYTES_H

#include "base/text.h"
#include <stdint.h>

void aici_bytes_add_u16(aici_buffer *to, uint16_t value);
void aici_bytes_add_u32(aici_buffer *to, uint32_t value);
void aici_bytes_add_u64(aici_buffer *to, uint64_t value);
void aici_bytes_add_doubles(aici_buffer *to, const double *value, size_t count); /**< by their bits */
void aici_bytes_add_u16s(aici_buffer *to, const uint16_t *value, size_t count);
void aici_bytes_add_text(aici_buffer *to, aici_slice text); /**< its size (u64), and its bytes */
/** Zeros, up to the next multiple of 8 bytes behind @p begin. */
void aici_bytes_add_padding(aici_buffer *to, size_t begin);

typedef struct aici_bytes {
    const uint8_t *at;
    size_t left;
    bool short_of; /**< more was taken than there was */
} aici_bytes;

aici_bytes aici_bytes_of(const void *bytes, size_t size);
uint16_t aici_bytes_u16(aici_bytes *from);
uint32_t aici_bytes_u32(aici_bytes *from);
uint64_t aici_bytes_u64(aici_bytes *from);
void aici_bytes_doubles(aici_bytes *from, double *value, size_t count);
void aici_bytes_u16s(aici_bytes *from, uint16_t *value, size_t count);
aici_slice aici_bytes_text(aici_bytes *from); /**< borrowed from the bytes */
/** Takes those zeros, counted from @p begin; false where there are not as many, or others. */
bool aici_bytes_padding(aici_bytes *from, const uint8_t *begin);
/** Takes doubles and leaves them where they stand, when they can be read there: they are as long as the bytes, and nobody may change them.
 * NULL: memory is not like bytes here, or they stand at an odd place; nothing was taken. The caller knows that there are so many. */
const double *aici_bytes_borrow_doubles(aici_bytes *from, size_t count);
/** Whether @p count things of @p each bytes are left; without overflow. */
bool aici_bytes_have(const aici_bytes *from, uint64_t count, size_t each);

#endif
