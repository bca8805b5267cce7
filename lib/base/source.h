/* SPDX-License-Identifier: MIT */
/*
 * Where a piece of text came from: files, places in them, and fragments that know their place.
 */
#ifndef AICI_BASE_SOURCE_H
#define AICI_BASE_SOURCE_H

#include "base/memory.h"
#include "base/text.h"

/** A text that was given to the library, under the name that the caller gave it. Kept whole, for messages. */
typedef struct aici_source {
    const char *name; /**< file name, or "" for text that has none */
    const char *text; /**< without byte order mark, terminated */
    size_t size;
    uint32_t *line_start;    /**< byte offset of each line; "\n", "\r\n" and "\r" end one */
    uint32_t line_count;     /**< at least 1; what follows the last line end counts only if there is something */
    uint32_t *points_before; /**< code points before every AICI_SOURCE_STRIDE-th byte; NULL for text that is all ASCII */
} aici_source;

/** A column is found by counting fewer bytes than this, however long the line is. */
enum { AICI_SOURCE_STRIDE = 256 };

/** Copies name (NULL: "") and text, less a leading byte order mark, into @p arena and finds the lines. NULL when there is no memory; a text
 * of 4 GiB or more is refused in the same way, so that a reader checks its limits first. */
const aici_source *aici_source_new(aici_arena *arena, const char *name, const char *text, size_t size);

/** From where to where; lines and columns (code points) from 1, last column included. source NULL: no place. */
typedef struct aici_place {
    const aici_source *source;
    uint32_t line, column, last_line, last_column;
} aici_place;

/** The place of bytes [begin, end) of a source; end <= begin means the one character at begin. Line ends at the end of the range do not
 * count; a range at or behind the end of the text stands one column after the last character of the last line. */
aici_place aici_source_place(const aici_source *source, size_t begin, size_t end);

/** The bytes of a line (from 1), without its end; empty for a line that is not there. */
aici_slice aici_source_line(const aici_source *source, uint32_t line);

/** Text cut out of a source, perhaps unquoted or joined from several lines, that can say where a range of it stands. */
typedef struct aici_fragment {
    aici_slice text;
    aici_place (*locate)(const struct aici_fragment *fragment, size_t begin, size_t end); /**< NULL: no place is known */
    const void *origin;                                                                   /**< for locate: a YAML node, a source */
} aici_fragment;

/** The place of bytes [begin, end) of the fragment; end <= begin means the whole of it. */
aici_place aici_fragment_place(const aici_fragment *fragment, size_t begin, size_t end);

/** A fragment that is a whole source. */
aici_fragment aici_fragment_of_source(const aici_source *source);

/** A fragment without a place. */
aici_fragment aici_fragment_of_slice(aici_slice text);

#endif
