/* SPDX-License-Identifier: MIT */
/*
 * Text: slices that borrow, buffers that grow, and the public aic_text. No locale is asked anywhere.
 */
#ifndef AICI_BASE_TEXT_H
#define AICI_BASE_TEXT_H

#include "base/memory.h"
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>

/** Bytes of somebody else, not terminated. */
typedef struct aici_slice {
    const char *bytes;
    size_t size;
} aici_slice;

aici_slice aici_slice_of(const char *terminated); /**< NULL gives an empty slice */
bool aici_slice_equal(aici_slice left, aici_slice right);
bool aici_slice_is(aici_slice slice, const char *terminated);
aici_slice aici_slice_trim(aici_slice slice); /**< without spaces, tabs and line ends at both ends */

/** The two arguments of "%.*s"; an empty slice may have no bytes at all. */
static inline int aici_slice_precision(aici_slice slice) { return slice.size < INT_MAX ? (int)slice.size : INT_MAX; }
static inline const char *aici_slice_printable(aici_slice slice) { return slice.bytes ? slice.bytes : ""; }

/** For printf-like formats with "%.*s": AICI_SLICE(x) expands to the two arguments. */
#define AICI_SLICE(slice) aici_slice_precision(slice), aici_slice_printable(slice)

/** Growing text. A failed allocation sticks: later calls do nothing and aici_buffer_failed() says so at the end. */
typedef struct aici_buffer {
    const aic_allocator *allocator;
    char *bytes; /**< terminated whenever size > 0 */
    size_t size, capacity;
    bool failed;
} aici_buffer;

aici_buffer aici_buffer_new(const aic_allocator *allocator);
void aici_buffer_free(aici_buffer *buffer);
bool aici_buffer_failed(const aici_buffer *buffer);
void aici_buffer_clear(aici_buffer *buffer);             /**< empty again, capacity and failure kept */
const char *aici_buffer_text(const aici_buffer *buffer); /**< terminated; "" when empty or failed */

void aici_buffer_add(aici_buffer *buffer, const char *bytes, size_t size);
void aici_buffer_add_text(aici_buffer *buffer, const char *terminated);
void aici_buffer_add_slice(aici_buffer *buffer, aici_slice slice);
void aici_buffer_add_char(aici_buffer *buffer, char character);
void aici_buffer_add_repeated(aici_buffer *buffer, char character, size_t count);
/** As printf, for %s %.*s %c %d %u %zu %x only; numbers that are doubles go through aici_buffer_add_number(). */
void aici_buffer_add_format(aici_buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void aici_buffer_add_format_list(aici_buffer *buffer, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));
/** The shortest text that reads back to the same double: "12", "0.1", "1.1588541666666668e19", "nan", "inf". */
void aici_buffer_add_number(aici_buffer *buffer, double value);

/** Turns a buffer into a public text that owns its bytes; the buffer is empty afterwards. NULL when the buffer failed or memory lacks. */
aic_text *aici_buffer_release(aici_buffer *buffer);

#endif
