/* SPDX-License-Identifier: MIT */
/*
 * From characters, which libyaml and places count, to bytes. A search among the counts that the source keeps, so that it costs the same in
 * a line of megabytes.
 */
#include "base/utf8.h"
#include "document/reader.h"

static bool continues_character(char byte) { return ((unsigned char)byte & 0xc0) == 0x80; }

/* The last of the source's counts that is not beyond a number of characters. */
static size_t find_count(const aici_source *source, size_t points) {
    size_t low = 0, high = source->size / AICI_SOURCE_STRIDE + 1;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (source->points_before[middle] <= points)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static size_t offset_of_point(const aici_source *source, size_t points) {
    if (!source->points_before)
        return points < source->size ? points : source->size;
    size_t count = find_count(source, points), offset = count * AICI_SOURCE_STRIDE;
    while (offset < source->size && continues_character(source->text[offset]))
        offset++;
    return offset + aici_utf8_offset((aici_slice){source->text + offset, source->size - offset}, points - source->points_before[count]);
}

static size_t points_before(const aici_source *source, size_t offset) {
    if (!source->points_before)
        return offset;
    size_t count = offset / AICI_SOURCE_STRIDE, points = source->points_before[count];
    for (size_t i = count * AICI_SOURCE_STRIDE; i < offset; i++)
        points += !continues_character(source->text[i]);
    return points;
}

size_t aici_reader_offset(const aici_reader *reader, const yaml_mark_t *mark) { return offset_of_point(reader->source, mark->index); }

static size_t offset_in_line(const aici_source *source, uint32_t line, size_t columns) {
    return offset_of_point(source, points_before(source, source->line_start[line - 1]) + columns);
}

size_t aici_document_place_offset(const aici_place *place) { return offset_in_line(place->source, place->line, place->column - 1); }

size_t aici_document_place_end(const aici_place *place) { return offset_in_line(place->source, place->last_line, place->last_column); }
