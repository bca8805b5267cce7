/* SPDX-License-Identifier: MIT */
/*
 * UTF-8: decoding, columns, and what may not reach a terminal.
 */
#ifndef AICI_BASE_UTF8_H
#define AICI_BASE_UTF8_H

#include "base/text.h"
#include <stdint.h>

/** Decodes one code point at @p text (size > 0) into @p point; returns its bytes (1..4), or 0 where the text is not UTF-8 (overlong,
 * surrogate, cut). */
size_t aici_utf8_decode(const char *text, size_t size, uint32_t *point);

/** Code points of a text; a byte that is not UTF-8 counts as one. */
size_t aici_utf8_length(aici_slice text);

/** Bytes of the first @p points code points. */
size_t aici_utf8_offset(aici_slice text, size_t points);

/** Columns of a terminal that a text takes: East Asian wide characters two, combining marks none. */
size_t aici_utf8_width(aici_slice text);

/** Room for one escaped character, such as \U000e0001; no NUL is written. */
enum { AICI_UTF8_SAFE_BYTES = 10 };

/** Writes the first character of @p text (size > 0) as aici_utf8_add_safe() would, its length into @p written; returns the bytes read. */
size_t aici_utf8_safe_character(const char *text, size_t size, char out[AICI_UTF8_SAFE_BYTES], size_t *written);

/** Appends a text with control, bidirectional and invalid characters escaped (\x1b, \u202e), letters of any script kept. */
void aici_utf8_add_safe(aici_buffer *buffer, aici_slice text);

#endif
