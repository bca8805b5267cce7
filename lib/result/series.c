/* SPDX-License-Identifier: MIT */
/* Series as tables over the years. Where all values of a series are shown in one unit, it stands once, beside or above the numbers. */
#include "result/series.h"

#include <string.h>

enum { GAP = 2 };

/* The series of one table, the years in which any of them has a value, and their cells. */
typedef struct grid {
    aici_writer *writer;
    const aici_result_quantity *const *series;
    size_t count, year_count;
    const int *year;
    const char **text; /* count * year_count: numbers, or values with their units */
    const char **unit; /* one a series: "" where its values have different ones */
} grid;

void aici_split_shown(aici_writer *writer, const char *shown, const char **number, const char **unit) {
    const char *space = strchr(shown, ' ');
    *number = shown;
    *unit = space ? space + 1 : "";
    if (space) {
        aici_buffer_add(&writer->text, shown, (size_t)(space - shown));
        *number = aici_writer_keep(writer);
    }
}

/* --- filling -------------------------------------------------------------------------------------------------------------------------- */

static size_t insert_year(int *year, size_t count, int new_year) {
    size_t at = count;
    while (at && year[at - 1] > new_year)
        at--;
    if (at && year[at - 1] == new_year)
        return count;
    memmove(year + at + 1, year + at, (count - at) * sizeof *year);
    year[at] = new_year;
    return count + 1;
}

static bool collect_years(grid *of) {
    size_t most = 0;
    for (size_t i = 0; i < of->count; i++)
        most += of->series[i]->year_count;
    int *year = aici_arena_take_array(of->writer->arena, most + 1, sizeof *year);
    for (size_t i = 0; year && i < of->count; i++) {
        for (size_t k = 0; k < of->series[i]->year_count; k++)
            of->year_count = insert_year(year, of->year_count, of->series[i]->year[k]);
    }
    of->year = year;
    of->writer->failed = of->writer->failed || !year;
    return year;
}

static size_t position(const grid *of, int year) {
    size_t at = 0;
    while (of->year[at] != year)
        at++;
    return at;
}

/* The one unit that all values of a series are shown in, or "". */
static const char *shared_unit(aici_writer *writer, const aici_result_quantity *series) {
    const char *number, *first = "", *unit;
    for (size_t i = 0; i < series->year_count; i++) {
        aici_split_shown(writer, aici_writer_show_value(writer, series, i), &number, &unit);
        if (i && strcmp(unit, first) != 0)
            return "";
        first = unit;
    }
    return first;
}

static void fill_series(grid *of, size_t index) {
    const aici_result_quantity *series = of->series[index];
    of->unit[index] = shared_unit(of->writer, series);
    for (size_t i = 0; i < series->year_count; i++) {
        const char **cell = &of->text[index * of->year_count + position(of, series->year[i])];
        const char *shown = aici_writer_show_value(of->writer, series, i), *unit;
        *cell = shown;
        if (*of->unit[index])
            aici_split_shown(of->writer, shown, cell, &unit);
    }
}

static bool fill(grid *of) {
    if (!collect_years(of))
        return false;
    of->text = aici_writer_cells(of->writer, of->count * of->year_count);
    of->unit = aici_writer_cells(of->writer, of->count);
    for (size_t i = 0; of->text && of->unit && i < of->count; i++)
        fill_series(of, i);
    return of->text && of->unit;
}

/* --- tables --------------------------------------------------------------------------------------------------------------------------- */

const char *aici_name_for_people(aici_writer *writer, const aici_result_quantity *quantity) {
    const char *name = aici_local_name(quantity->name, quantity->model);
    if (!quantity->label || !*quantity->label)
        return name;
    aici_buffer_add_format(&writer->text, "%s (%s)", name, quantity->label);
    return aici_writer_keep(writer);
}

static const char *name_of(const grid *of, size_t index) { return aici_name_for_people(of->writer, of->series[index]); }

static const char *indented(aici_writer *writer, const char *text, size_t indent) {
    aici_buffer_add_repeated(&writer->text, ' ', indent);
    aici_buffer_add_text(&writer->text, text);
    return aici_writer_keep(writer);
}

static const char *alignment(aici_writer *writer, size_t columns, bool unit_last) {
    aici_buffer_add_char(&writer->text, 'l');
    aici_buffer_add_repeated(&writer->text, 'r', columns - 1 - unit_last);
    aici_buffer_add_text(&writer->text, unit_last ? "l" : "");
    return aici_writer_keep(writer);
}

/* name, a column a year, unit. */
static bool by_columns(const grid *of, size_t indent, aici_table *table) {
    size_t columns = of->year_count + 2;
    const char **cell = aici_writer_cells(of->writer, (of->count + 1) * columns);
    if (!cell)
        return false;
    cell[0] = indented(of->writer, "year", indent);
    for (size_t k = 0; k < of->year_count; k++)
        cell[1 + k] = aici_writer_integer(of->writer, of->year[k]);
    for (size_t i = 0; i < of->count; i++) {
        const char **row = cell + (i + 1) * columns;
        row[0] = indented(of->writer, name_of(of, i), indent);
        memcpy(row + 1, of->text + i * of->year_count, of->year_count * sizeof *row);
        row[1 + of->year_count] = of->unit[i];
    }
    *table = (aici_table){.cell = cell, .column_count = columns, .row_count = of->count + 1, .align = alignment(of->writer, columns, true)};
    return true;
}

/* year, a column for each series of [first, end); the second row has the units. */
static bool by_rows(const grid *of, size_t first, size_t end, size_t indent, aici_table *table) {
    size_t columns = 1 + end - first, rows = of->year_count + 2;
    const char **cell = aici_writer_cells(of->writer, rows * columns);
    if (!cell)
        return false;
    cell[0] = indented(of->writer, "year", indent);
    for (size_t k = 0; k < of->year_count; k++)
        cell[(k + 2) * columns] = indented(of->writer, aici_writer_integer(of->writer, of->year[k]), indent);
    for (size_t i = first; i < end; i++) {
        const char **column = cell + 1 + i - first;
        column[0] = name_of(of, i);
        column[columns] = of->unit[i];
        for (size_t k = 0; k < of->year_count; k++)
            column[(k + 2) * columns] = of->text[i * of->year_count + k];
    }
    *table = (aici_table){.cell = cell, .column_count = columns, .row_count = rows, .align = alignment(of->writer, columns, false)};
    return true;
}

static size_t table_width(const aici_table *table) {
    size_t width = (table->column_count - 1) * GAP;
    for (size_t column = 0; column < table->column_count; column++) {
        size_t widest = 0;
        for (size_t row = 0; row < table->row_count; row++) {
            size_t own = aici_cell_width(table->cell[row * table->column_count + column]);
            widest = own > widest ? own : widest;
        }
        width += widest;
    }
    return width;
}

/* The largest table of years in rows that begins with series `first` and fits; returns the series behind it. */
static size_t fit_rows(const grid *of, size_t first, size_t indent, aici_table *table) {
    size_t end = first + 1;
    if (!by_rows(of, first, end, indent, table))
        return of->count;
    for (aici_table wider; end < of->count && by_rows(of, first, end + 1, indent, &wider) && table_width(&wider) <= of->writer->width;
         end++)
        *table = wider;
    return end;
}

void aici_add_series_text(aici_writer *writer, const aici_result_quantity *const *series, size_t count, size_t indent) {
    grid of = {.writer = writer, .series = series, .count = count};
    aici_table table = {0};
    if (!fill(&of) || !by_columns(&of, indent, &table))
        return;
    if (table_width(&table) <= writer->width) {
        aici_table_add_text(&table, 0, writer->out);
        return;
    }
    for (size_t first = 0; first < count;) {
        table = (aici_table){0};
        first = fit_rows(&of, first, indent, &table);
        if (table.cell)
            aici_table_add_text(&table, 0, writer->out);
    }
}

void aici_add_series_markdown(aici_writer *writer, const aici_result_quantity *const *series, size_t count) {
    grid of = {.writer = writer, .series = series, .count = count};
    aici_table table;
    if (!fill(&of) || !by_columns(&of, 0, &table))
        return;
    aici_table_add_markdown(&table, writer->out);
    aici_buffer_add_char(writer->out, '\n');
}
