/* SPDX-License-Identifier: MIT */
/*
 * A table of texts as a person reads it on a terminal, as CSV for programs, and as Markdown to paste. A cell is never broken: a text table
 * that is too wide loses whole columns from its end and says which.
 */
#include "base/utf8.h"
#include "result/cells.h"
#include "result/result.h"

#include <string.h>

enum { GAP = 2 };

static const char *cell_at(const aici_table *table, size_t row, size_t column) {
    const char *cell = table->cell[row * table->column_count + column];
    return cell ? cell : "";
}

static const char *color_at(const aici_table *table, size_t row, size_t column) {
    return table->color ? table->color[row * table->column_count + column] : NULL;
}

static char align_at(const aici_table *table, size_t column) { return column < strlen(table->align) ? table->align[column] : 'l'; }

/* --- text ----------------------------------------------------------------------------------------------------------------------------- */

static void measure(const aici_table *table, size_t *width) {
    for (size_t row = 0; row < table->row_count; row++) {
        for (size_t column = 0; column < table->column_count; column++) {
            size_t own = aici_cell_width(cell_at(table, row, column));
            width[column] = own > width[column] ? own : width[column];
        }
    }
}

/* How many columns fit; the first always does. */
static size_t fitting(const aici_table *table, const size_t *width, size_t limit) {
    size_t used = 0;
    for (size_t column = 0; column < table->column_count; column++) {
        used += width[column] + (column ? GAP : 0);
        if (limit && used > limit && column)
            return column;
    }
    return table->column_count;
}

static void add_cell(const aici_table *table, size_t row, size_t column, size_t width, aici_buffer *out) {
    const char *cell = cell_at(table, row, column), *color = color_at(table, row, column);
    size_t own = aici_cell_width(cell), padding = width - own;
    if (align_at(table, column) == 'r')
        aici_buffer_add_repeated(out, ' ', padding);
    if (color)
        aici_buffer_add_format(out, "\033[%sm", color);
    aici_cell_add(out, cell);
    if (color)
        aici_buffer_add_text(out, "\033[0m");
    if (align_at(table, column) != 'r')
        aici_buffer_add_repeated(out, ' ', padding);
}

static void add_row(const aici_table *table, size_t row, const size_t *width, size_t columns, aici_buffer *out) {
    for (size_t column = 0; column < columns; column++) {
        if (column)
            aici_buffer_add_repeated(out, ' ', GAP);
        add_cell(table, row, column, width[column], out);
    }
    aici_cell_trim(out);
    aici_buffer_add_char(out, '\n');
}

static void say_what_is_left_out(const aici_table *table, size_t columns, aici_buffer *out) {
    if (columns == table->column_count)
        return;
    aici_buffer_add_text(out, "(no room for: ");
    for (size_t column = columns; column < table->column_count; column++) {
        aici_buffer_add_text(out, column > columns ? ", " : "");
        aici_cell_add(out, cell_at(table, 0, column));
    }
    aici_buffer_add_text(out, ")\n");
}

void aici_table_add_text(const aici_table *table, int width, aici_buffer *out) {
    size_t *widths = aici_memory_take_array(out->allocator, table->column_count, sizeof *widths);
    if (!widths) {
        out->failed = true;
        return;
    }
    measure(table, widths);
    size_t columns = fitting(table, widths, width > 0 ? (size_t)width : 0);
    for (size_t row = 0; row < table->row_count; row++)
        add_row(table, row, widths, columns, out);
    say_what_is_left_out(table, columns, out);
    aici_memory_release(out->allocator, widths);
}

/* --- CSV ------------------------------------------------------------------------------------------------------------------------------ */

static void add_csv_cell(aici_buffer *out, const char *cell) {
    if (!strpbrk(cell, ",\"\r\n")) {
        aici_buffer_add_text(out, cell);
        return;
    }
    aici_buffer_add_char(out, '"');
    for (; *cell; cell++) {
        if (*cell == '"')
            aici_buffer_add_char(out, '"');
        aici_buffer_add_char(out, *cell);
    }
    aici_buffer_add_char(out, '"');
}

void aici_table_add_csv(const aici_table *table, aici_buffer *out) {
    for (size_t row = 0; row < table->row_count; row++) {
        for (size_t column = 0; column < table->column_count; column++) {
            if (column)
                aici_buffer_add_char(out, ',');
            add_csv_cell(out, cell_at(table, row, column));
        }
        aici_buffer_add_text(out, "\r\n");
    }
}

/* --- Markdown ------------------------------------------------------------------------------------------------------------------------- */

static bool is_word(char character) {
    return (character >= '0' && character <= '9') || (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z');
}

/* Whether Markdown would read a character as a sign of its own. Underscores inside words, and stars and brackets between spaces, are plain.
 */
static bool needs_backslash(aici_slice text, size_t i) {
    char before = i ? text.bytes[i - 1] : ' ', after = i + 1 < text.size ? text.bytes[i + 1] : ' ';
    switch (text.bytes[i]) {
    case '|':
    case '\\':
    case '`':
    case '[': return true;
    case '<': return after != ' ' && after != '=';
    case '*': return before != ' ' || after != ' ';
    case '_': return !is_word(before) || !is_word(after);
    default: return false;
    }
}

static void add_markdown_cell(const char *cell, aici_buffer *scratch, aici_buffer *out) {
    aici_buffer_clear(scratch);
    aici_cell_add(scratch, cell);
    aici_slice text = aici_slice_of(aici_buffer_text(scratch));
    for (size_t i = 0; i < text.size; i++) {
        if (needs_backslash(text, i))
            aici_buffer_add_char(out, '\\');
        aici_buffer_add_char(out, text.bytes[i]);
    }
}

static void add_rule(const aici_table *table, aici_buffer *out) {
    for (size_t column = 0; column < table->column_count; column++)
        aici_buffer_add_text(out, align_at(table, column) == 'r' ? "| ---: " : "| --- ");
    aici_buffer_add_text(out, "|\n");
}

void aici_table_add_markdown(const aici_table *table, aici_buffer *out) {
    aici_buffer scratch = aici_buffer_new(out->allocator);
    for (size_t row = 0; row < table->row_count; row++) {
        for (size_t column = 0; column < table->column_count; column++) {
            aici_buffer_add_text(out, "| ");
            add_markdown_cell(cell_at(table, row, column), &scratch, out);
            aici_buffer_add_char(out, ' ');
        }
        aici_buffer_add_text(out, "|\n");
        if (row == 0)
            add_rule(table, out);
    }
    out->failed = out->failed || aici_buffer_failed(&scratch);
    aici_buffer_free(&scratch);
}
