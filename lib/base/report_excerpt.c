/* SPDX-License-Identifier: MIT */
/*
 * The line that a message is about, cut out when the message is written, because the source may be gone when it is shown.
 * Of a long line only the neighbourhood of the range is kept. Positions come in code points and leave as columns of a terminal.
 */
#include "base/report_entry.h"
#include "base/utf8.h"

enum { SHOWN = 120, LEAD = 30 }; /* code points of a line, and of those before a range that would otherwise not be seen */

static aici_slice slice_from(aici_slice text, size_t offset) { return (aici_slice){text.bytes + offset, text.size - offset}; }

static aici_slice slice_to(aici_slice text, size_t size) { return (aici_slice){text.bytes, size < text.size ? size : text.size}; }

/* Adds a piece with tabs as spaces; returns the columns it takes. */
static size_t add_piece(aici_buffer *buffer, aici_slice piece) {
    size_t before = buffer->size;
    for (size_t i = 0; i < piece.size;) {
        size_t tab = i;
        while (tab < piece.size && piece.bytes[tab] != '\t')
            tab++;
        aici_utf8_add_safe(buffer, (aici_slice){piece.bytes + i, tab - i});
        if (tab < piece.size)
            aici_buffer_add_char(buffer, ' ');
        i = tab + 1;
    }
    if (aici_buffer_failed(buffer) || buffer->size == before)
        return 0;
    return aici_utf8_width((aici_slice){buffer->bytes + before, buffer->size - before});
}

static size_t points_in_range(const aici_place *place, aici_slice line) {
    if (place->last_line > place->line)
        return line.size;
    return place->last_column >= place->column ? place->last_column - place->column + 1 : 1;
}

/* The part of the line that is shown, and where in it the range begins. */
struct window {
    aici_slice text;
    size_t range_begin;
    bool cut_before, cut_behind;
};

static struct window place_window(aici_slice line, size_t column, size_t range_points) {
    size_t skipped = column + range_points > SHOWN && column > LEAD && aici_utf8_offset(line, SHOWN) < line.size ? column - LEAD : 0;
    aici_slice rest = slice_from(line, aici_utf8_offset(line, skipped));
    aici_slice text = slice_to(rest, aici_utf8_offset(rest, SHOWN));
    return (struct window){.text = text,
                           .range_begin = aici_utf8_offset(text, column - skipped),
                           .cut_before = skipped > 0,
                           .cut_behind = text.size < rest.size};
}

bool aici_excerpt_make(struct excerpt *excerpt, const aic_allocator *allocator, const aici_place *place) {
    excerpt->text = aici_buffer_new(allocator);
    excerpt->present = place && place->source && place->line;
    if (!excerpt->present)
        return true;
    aici_slice line = aici_source_line(place->source, place->line);
    size_t column = place->column ? place->column - 1 : 0, points = points_in_range(place, line);
    struct window window = place_window(line, column, points);
    aici_slice from_range = slice_from(window.text, window.range_begin);
    aici_slice range = slice_to(from_range, aici_utf8_offset(from_range, points));

    if (window.cut_before)
        aici_buffer_add_text(&excerpt->text, "…");
    excerpt->indent = (window.cut_before ? 1 : 0) + add_piece(&excerpt->text, slice_to(window.text, window.range_begin));
    size_t width = add_piece(&excerpt->text, range);
    excerpt->width = place->column == 0 ? 0 : width ? width : 1;
    add_piece(&excerpt->text, slice_from(from_range, range.size));
    if (window.cut_behind)
        aici_buffer_add_text(&excerpt->text, "…");
    return !aici_buffer_failed(&excerpt->text);
}
