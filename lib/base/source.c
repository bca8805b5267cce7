/* SPDX-License-Identifier: MIT */
/*
 * A text and its lines: from byte offsets to lines and columns, for messages. Lines are found once, when the text is taken over;
 * a place then costs a binary search and the counting of a few bytes, also in a line of megabytes.
 * Whether the text is UTF-8 is the document's question; here every byte that continues no character begins one.
 */
#include "base/source.h"

#include <string.h>

static bool begins_character(char byte) { return ((unsigned char)byte & 0xc0) != 0x80; }

static uint64_t load_word(const char *text) {
    uint64_t word;
    memcpy(&word, text, sizeof word);
    return word;
}

static const uint64_t ones = UINT64_C(0x0101010101010101);

static uint32_t count_points(const char *text, size_t size) {
    uint32_t points = 0;
    size_t i = 0;
    for (; i + 8 <= size; i += 8) {
        uint64_t word = load_word(text + i);
        uint64_t continuing = word >> 7 & ~word >> 6 & ones; /* a byte of 1 for each byte 10xxxxxx */
        points += 8 - (uint32_t)(continuing * ones >> 56);
    }
    for (; i < size; i++)
        points += begins_character(text[i]);
    return points;
}

static bool is_ascii(const char *text, size_t size) {
    uint64_t seen = 0;
    size_t i = 0;
    for (; i + 8 <= size; i += 8)
        seen |= load_word(text + i);
    for (; i < size; i++)
        seen |= (unsigned char)text[i];
    return (seen & ones << 7) == 0;
}

/* The offset behind the next line end, or size when the text ends before. */
static size_t next_line(const char *text, size_t size, size_t from, bool has_returns) {
    const char *feed = memchr(text + from, '\n', size - from);
    size_t end = feed ? (size_t)(feed - text) : size;
    const char *back = has_returns ? memchr(text + from, '\r', end - from) : NULL;
    if (back && back + 1 < text + end)
        return (size_t)(back - text) + 1;
    return end < size ? end + 1 : size;
}

static uint32_t count_lines(const aici_source *source, bool has_returns) {
    uint32_t lines = 0;
    for (size_t start = 0; start < source->size; lines++)
        start = next_line(source->text, source->size, start, has_returns);
    return lines ? lines : 1;
}

static bool find_lines(aici_source *source, aici_arena *arena) {
    bool has_returns = source->size && memchr(source->text, '\r', source->size);
    source->line_count = count_lines(source, has_returns);
    source->line_start = aici_arena_take_array(arena, source->line_count, sizeof *source->line_start);
    if (!source->line_start)
        return false;
    size_t start = 0;
    for (uint32_t line = 1; line < source->line_count; line++) {
        start = next_line(source->text, source->size, start, has_returns);
        source->line_start[line] = (uint32_t)start;
    }
    return true;
}

static bool count_ahead(aici_source *source, aici_arena *arena) {
    if (is_ascii(source->text, source->size))
        return true;
    size_t marks = source->size / AICI_SOURCE_STRIDE + 1;
    source->points_before = aici_arena_take_array(arena, marks, sizeof *source->points_before);
    if (!source->points_before)
        return false;
    for (size_t i = 1; i < marks; i++)
        source->points_before[i] =
            source->points_before[i - 1] + count_points(source->text + (i - 1) * AICI_SOURCE_STRIDE, AICI_SOURCE_STRIDE);
    return true;
}

const aici_source *aici_source_new(aici_arena *arena, const char *name, const char *text, size_t size) {
    if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        text += 3;
        size -= 3;
    }
    aici_source *source = size < UINT32_MAX ? aici_arena_take(arena, sizeof *source) : NULL;
    if (!source)
        return NULL;
    source->name = name ? aici_arena_copy(arena, name, strlen(name)) : "";
    source->text = aici_arena_copy(arena, text, size);
    source->size = size;
    if (!source->name || !source->text || !find_lines(source, arena) || !count_ahead(source, arena))
        return NULL;
    return source;
}

static uint32_t line_of(const aici_source *source, size_t offset) {
    uint32_t low = 0, high = source->line_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (source->line_start[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low + 1;
}

static uint32_t points_up_to(const aici_source *source, size_t offset) {
    size_t mark = offset / AICI_SOURCE_STRIDE;
    return source->points_before[mark] + count_points(source->text + mark * AICI_SOURCE_STRIDE, offset % AICI_SOURCE_STRIDE);
}

/* The column of the character that begins at offset or that the byte there belongs to; a line end stands one after the last character. */
static uint32_t column_of(const aici_source *source, uint32_t line, size_t offset) {
    aici_slice text = aici_source_line(source, line);
    size_t start = source->line_start[line - 1];
    size_t within = offset - start < text.size ? offset - start : text.size;
    if (!source->points_before)
        return (uint32_t)within + 1;
    while (within && within < text.size && !begins_character(text.bytes[within]))
        within--;
    return points_up_to(source, start + within) - points_up_to(source, start) + 1;
}

static bool ends_line(char byte) { return byte == '\n' || byte == '\r'; }

aici_place aici_source_place(const aici_source *source, size_t begin, size_t end) {
    if (!source)
        return (aici_place){0};
    size_t first = begin < source->size ? begin : source->size;
    size_t behind = end < source->size ? end : source->size;
    while (behind > first + 1 && ends_line(source->text[behind - 1]))
        behind--;
    size_t last = behind > first ? behind - 1 : first;
    aici_place place = {.source = source, .line = line_of(source, first)};
    bool on_one_line = place.line == source->line_count || last < source->line_start[place.line];
    place.last_line = on_one_line ? place.line : line_of(source, last);
    place.column = column_of(source, place.line, first);
    place.last_column = column_of(source, place.last_line, last);
    return place;
}

aici_slice aici_source_line(const aici_source *source, uint32_t line) {
    if (!source || line == 0 || line > source->line_count)
        return aici_slice_of("");
    size_t start = source->line_start[line - 1];
    size_t end = line < source->line_count ? source->line_start[line] : source->size;
    if (end > start && source->text[end - 1] == '\n')
        end--;
    if (end > start && source->text[end - 1] == '\r')
        end--;
    return (aici_slice){source->text + start, end - start};
}

aici_place aici_fragment_place(const aici_fragment *fragment, size_t begin, size_t end) {
    if (!fragment || !fragment->locate)
        return (aici_place){0};
    if (end <= begin)
        return fragment->locate(fragment, 0, fragment->text.size);
    return fragment->locate(fragment, begin, end);
}

static aici_place locate_in_source(const aici_fragment *fragment, size_t begin, size_t end) {
    return aici_source_place(fragment->origin, begin, end);
}

aici_fragment aici_fragment_of_source(const aici_source *source) {
    return (aici_fragment){.text = {source->text, source->size}, .locate = locate_in_source, .origin = source};
}

aici_fragment aici_fragment_of_slice(aici_slice text) { return (aici_fragment){.text = text}; }
