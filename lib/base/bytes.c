/* SPDX-License-Identifier: MIT */
/* By shifts, or as memory has them where that is the same: the same bytes on any machine. */
#include "base/bytes.h"

#include <string.h>

static void add_lowest_first(aici_buffer *to, uint64_t value, unsigned size) {
    char bytes[sizeof value];
    for (unsigned i = 0; i < size; i++)
        bytes[i] = (char)(unsigned char)(value >> (8 * i));
    aici_buffer_add(to, bytes, size);
}

void aici_bytes_add_u16(aici_buffer *to, uint16_t value) { add_lowest_first(to, value, sizeof value); }
void aici_bytes_add_u32(aici_buffer *to, uint32_t value) { add_lowest_first(to, value, sizeof value); }
void aici_bytes_add_u64(aici_buffer *to, uint64_t value) { add_lowest_first(to, value, sizeof value); }

/** Whether a double lies in memory as in bytes. */
static bool memory_is_like_bytes(void) {
    static const uint8_t bytes[] = {0x08, 0x07, 0x06, 0x05, 0x04, 0x03, 0x02, 0x40};
    static const double number = 0x1.2030405060708p+1; /* 0x4002030405060708 */
    return memcmp(&number, bytes, sizeof number) == 0;
}

void aici_bytes_add_padding(aici_buffer *to, size_t begin) {
    while (!to->failed && (to->size - begin) % 8)
        aici_buffer_add_char(to, 0);
}

void aici_bytes_add_doubles(aici_buffer *to, const double *value, size_t count) {
    if (memory_is_like_bytes()) {
        aici_buffer_add(to, (const char *)value, count * sizeof *value);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        uint64_t bits;
        memcpy(&bits, &value[i], sizeof bits);
        aici_bytes_add_u64(to, bits);
    }
}

void aici_bytes_add_u16s(aici_buffer *to, const uint16_t *value, size_t count) {
    for (size_t i = 0; i < count; i++)
        aici_bytes_add_u16(to, value[i]);
}

void aici_bytes_add_text(aici_buffer *to, aici_slice text) {
    aici_bytes_add_u64(to, text.size);
    aici_buffer_add_slice(to, text);
}

aici_bytes aici_bytes_of(const void *bytes, size_t size) { return (aici_bytes){bytes, size, false}; }

bool aici_bytes_have(const aici_bytes *from, uint64_t count, size_t each) { return !from->short_of && count <= from->left / each; }

static uint64_t take_lowest_first(aici_bytes *from, unsigned size) {
    uint64_t value = 0;
    if (from->short_of || from->left < size) {
        from->short_of = true;
        return 0;
    }
    for (unsigned i = 0; i < size; i++)
        value |= (uint64_t)from->at[i] << (8 * i);
    from->at += size;
    from->left -= size;
    return value;
}

uint16_t aici_bytes_u16(aici_bytes *from) { return (uint16_t)take_lowest_first(from, 2); }
uint32_t aici_bytes_u32(aici_bytes *from) { return (uint32_t)take_lowest_first(from, 4); }
uint64_t aici_bytes_u64(aici_bytes *from) { return take_lowest_first(from, 8); }

void aici_bytes_doubles(aici_bytes *from, double *value, size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint64_t bits = aici_bytes_u64(from);
        memcpy(&value[i], &bits, sizeof bits);
    }
}

bool aici_bytes_padding(aici_bytes *from, const uint8_t *begin) {
    bool zeros = true;
    while (!from->short_of && (size_t)(from->at - begin) % 8)
        zeros = take_lowest_first(from, 1) == 0 && zeros;
    return zeros && !from->short_of;
}

const double *aici_bytes_borrow_doubles(aici_bytes *from, size_t count) {
    const void *at = from->at;
    if (!memory_is_like_bytes() || (uintptr_t)at % sizeof(double))
        return NULL;
    from->at += count * sizeof(double);
    from->left -= count * sizeof(double);
    return at;
}

void aici_bytes_u16s(aici_bytes *from, uint16_t *value, size_t count) {
    for (size_t i = 0; i < count; i++)
        value[i] = aici_bytes_u16(from);
}

aici_slice aici_bytes_text(aici_bytes *from) {
    uint64_t size = aici_bytes_u64(from);
    if (!aici_bytes_have(from, size, 1)) {
        from->short_of = true;
        return (aici_slice){NULL, 0};
    }
    aici_slice text = {(const char *)from->at, (size_t)size};
    from->at += size;
    from->left -= (size_t)size;
    return text;
}
