/* SPDX-License-Identifier: MIT */
/*
 * Slices of text that belongs to others, and the buffer that text is written into, up to the public aic_text that owns its bytes.
 * Numbers go through number.c, because printf would ask the locale.
 */
#include "base/text.h"
#include "base/number.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct aic_text {
    aic_allocator allocator;
    char *bytes; /* NULL when empty */
    size_t size;
};

aici_slice aici_slice_of(const char *terminated) { return (aici_slice){terminated ? terminated : "", terminated ? strlen(terminated) : 0}; }

bool aici_slice_equal(aici_slice left, aici_slice right) {
    return left.size == right.size && (left.size == 0 || memcmp(left.bytes, right.bytes, left.size) == 0);
}

bool aici_slice_is(aici_slice slice, const char *terminated) { return aici_slice_equal(slice, aici_slice_of(terminated)); }

static bool is_blank(char character) { return character == ' ' || character == '\t' || character == '\n' || character == '\r'; }

aici_slice aici_slice_trim(aici_slice slice) {
    while (slice.size && is_blank(slice.bytes[slice.size - 1]))
        slice.size--;
    while (slice.size && is_blank(slice.bytes[0])) {
        slice.bytes++;
        slice.size--;
    }
    return slice;
}

aici_buffer aici_buffer_new(const aic_allocator *allocator) { return (aici_buffer){.allocator = allocator}; }

void aici_buffer_free(aici_buffer *buffer) {
    if (!buffer)
        return;
    aici_memory_release(buffer->allocator, buffer->bytes);
    *buffer = (aici_buffer){.allocator = buffer->allocator};
}

bool aici_buffer_failed(const aici_buffer *buffer) { return buffer->failed; }

void aici_buffer_clear(aici_buffer *buffer) {
    buffer->size = 0;
    if (buffer->bytes)
        buffer->bytes[0] = '\0';
}

const char *aici_buffer_text(const aici_buffer *buffer) { return buffer->size && !buffer->failed ? buffer->bytes : ""; }

enum { SMALLEST_BUFFER = 64 };

static bool enlarge(aici_buffer *buffer, size_t needed) {
    size_t doubled = buffer->capacity <= PTRDIFF_MAX / 2 ? buffer->capacity * 2 : PTRDIFF_MAX;
    size_t capacity = needed > doubled ? needed : doubled;
    if (capacity < SMALLEST_BUFFER)
        capacity = SMALLEST_BUFFER;
    char *bytes = aici_memory_resize(buffer->allocator, buffer->bytes, capacity);
    buffer->failed = !bytes;
    if (!bytes)
        return false;
    buffer->bytes = bytes;
    buffer->capacity = capacity;
    return true;
}

/* Makes room for size more bytes and the NUL; false when the buffer has failed. */
static bool reserve(aici_buffer *buffer, size_t size) {
    if (buffer->failed)
        return false;
    if (size < buffer->capacity - buffer->size)
        return true;
    if (size >= PTRDIFF_MAX - buffer->size) {
        buffer->failed = true;
        return false;
    }
    return enlarge(buffer, buffer->size + size + 1);
}

void aici_buffer_add(aici_buffer *buffer, const char *bytes, size_t size) {
    if (!size || !reserve(buffer, size))
        return;
    memcpy(buffer->bytes + buffer->size, bytes, size);
    buffer->size += size;
    buffer->bytes[buffer->size] = '\0';
}

void aici_buffer_add_text(aici_buffer *buffer, const char *terminated) {
    if (terminated)
        aici_buffer_add(buffer, terminated, strlen(terminated));
}

void aici_buffer_add_slice(aici_buffer *buffer, aici_slice slice) { aici_buffer_add(buffer, slice.bytes, slice.size); }

void aici_buffer_add_char(aici_buffer *buffer, char character) { aici_buffer_add(buffer, &character, 1); }

void aici_buffer_add_repeated(aici_buffer *buffer, char character, size_t count) {
    if (!count || !reserve(buffer, count))
        return;
    memset(buffer->bytes + buffer->size, character, count);
    buffer->size += count;
    buffer->bytes[buffer->size] = '\0';
}

void aici_buffer_add_format(aici_buffer *buffer, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    aici_buffer_add_format_list(buffer, format, arguments);
    va_end(arguments);
}

void aici_buffer_add_format_list(aici_buffer *buffer, const char *format, va_list arguments) {
    if (!reserve(buffer, 1))
        return;
    size_t room = buffer->capacity - buffer->size;
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(buffer->bytes + buffer->size, room, format, arguments);
    if (length < 0)
        buffer->failed = true;
    else if ((size_t)length >= room && reserve(buffer, (size_t)length))
        vsnprintf(buffer->bytes + buffer->size, (size_t)length + 1, format, again);
    va_end(again);
    if (!buffer->failed)
        buffer->size += (size_t)length;
}

void aici_buffer_add_number(aici_buffer *buffer, double value) {
    char text[AICI_NUMBER_TEXT_BYTES];
    aici_buffer_add(buffer, text, aici_number_write(value, text));
}

aic_text *aici_buffer_release(aici_buffer *buffer) {
    aic_text *text = buffer->failed ? NULL : aici_memory_take(buffer->allocator, sizeof *text);
    if (!text) {
        aici_buffer_free(buffer);
        return NULL;
    }
    text->allocator = buffer->allocator ? *buffer->allocator : *aici_memory_default();
    text->bytes = buffer->bytes;
    text->size = buffer->size;
    if (text->bytes)
        text->bytes[text->size] = '\0';
    *buffer = aici_buffer_new(buffer->allocator);
    return text;
}

const char *aic_text_bytes(const aic_text *text) { return text && text->bytes ? text->bytes : ""; }

size_t aic_text_size(const aic_text *text) { return text ? text->size : 0; }

void aic_text_free(aic_text *text) {
    if (!text)
        return;
    aic_allocator allocator = text->allocator;
    aici_memory_release(&allocator, text->bytes);
    aici_memory_release(&allocator, text);
}
