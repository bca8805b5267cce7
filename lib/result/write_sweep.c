/* SPDX-License-Identifier: MIT */
/*
 * Sweeps for people. Over two inputs with one column of values: the first input down, the second across. With statistics: a table for each
 * value, with a line a point, of a series a line a point and year.
 */
#include "result/writer.h"

#include <math.h>
#include <string.h>

bool aici_is_cross_table(const aici_result_table *table) {
    return strcmp(table->kind, "sweep") == 0 && table->axis_count == 2 && table->column_count == 3;
}

static const char *show(aici_writer *writer, const aici_result_column *column, size_t row) {
    const aici_figure figure = {column->value[row] * column->scale, column->dimension, column->preferred};
    return isfinite(column->value[row]) ? aici_writer_show(writer, &figure, writer->digits) : "";
}

static void add_cells(aici_writer *writer, const char **cell, size_t width, size_t rows, int format) {
    aici_buffer_add_repeated(&writer->text, 'r', width);
    const aici_table cells = {.cell = cell, .column_count = width, .row_count = rows, .align = aici_writer_keep(writer)};
    if (format == AIC_FORMAT_MARKDOWN)
        aici_table_add_markdown(&cells, writer->out);
    else
        aici_table_add_text(&cells, (int)writer->width, writer->out);
}

/** "cost p95, by util (down) and price (across)" */
static const char *caption(aici_writer *writer, const aici_result_table *table) {
    const aici_result_column *value = &table->column[2];
    aici_buffer_add_format(&writer->text, "%s%s%s, by %s (down) and %s (across)", value->name, *value->statistic ? " " : "",
                           value->statistic, table->column[0].name, table->column[1].name);
    return aici_writer_keep(writer);
}

void aici_write_cross_table(aici_writer *writer, int format) {
    const aici_result_table *table = writer->result->table;
    size_t down = table->axis_size[0], across = table->axis_size[1], width = across + 1;
    const char **cell = aici_writer_cells(writer, (down + 1) * width);
    aici_writer_add_title(writer, format);
    aici_buffer_add_format(writer->out, "%s\n\n", caption(writer, table));
    if (!cell)
        return;
    cell[0] = table->column[0].name;
    for (size_t k = 0; k < across; k++)
        cell[1 + k] = show(writer, &table->column[1], k);
    for (size_t i = 0; i < down; i++) {
        cell[(i + 1) * width] = show(writer, &table->column[0], i * across);
        for (size_t k = 0; k < across; k++)
            cell[(i + 1) * width + 1 + k] = show(writer, &table->column[2], i * across + k);
    }
    add_cells(writer, cell, width, down + 1, format);
}

/* --- statistics ----------------------------------------------------------------------------------------------------------------------- */

/** Columns that belong to one value: first, and so many for each of its years (one without years), or one value without statistics. */
typedef struct group {
    size_t first, statistics, years;
} group;

bool aici_is_sweep_of_statistics(const aici_result_table *table) {
    bool found = false;
    for (size_t i = table->input_count; i < table->column_count && !found; i++)
        found = *table->column[i].statistic;
    return found && table->input_count > 0 && strcmp(table->kind, "sweep") == 0;
}

/** Bytes of a name before its year, or all. */
static size_t base_size(const char *name) { return strcspn(name, "["); }

static bool is_same_series(const char *name, const char *other) {
    size_t size = base_size(name);
    return name[size] && size == base_size(other) && strncmp(name, other, size) == 0;
}

static size_t statistics_at(const aici_result_table *table, size_t first) {
    size_t count = 1;
    while (first + count < table->column_count && strcmp(table->column[first].name, table->column[first + count].name) == 0)
        count++;
    return count;
}

static group group_at(const aici_result_table *table, size_t first) {
    group found = {first, statistics_at(table, first), 1};
    for (size_t next = first + found.statistics; next < table->column_count; next += found.statistics, found.years++)
        if (!is_same_series(table->column[first].name, table->column[next].name) || statistics_at(table, next) != found.statistics)
            break;
    return found;
}

/** "cost, by util and price" */
static void add_caption(aici_writer *writer, const aici_result_table *table, const group *of) {
    const char *name = table->column[of->first].name;
    aici_buffer_add(&writer->text, name, of->years > 1 ? base_size(name) : strlen(name));
    for (size_t i = 0; i < table->input_count; i++)
        aici_buffer_add_format(&writer->text, "%s%s",
                               i == 0                       ? ", by "
                               : i + 1 < table->input_count ? ", "
                                                            : " and ",
                               table->column[i].name);
    aici_writer_fill(writer, aici_writer_keep(writer), aici_piece_word, "", 0);
    aici_buffer_add_text(writer->out, "\n\n");
}

static const char *year_of(aici_writer *writer, const char *name) {
    size_t begin = base_size(name) + 1;
    aici_buffer_add(&writer->text, name + begin, strcspn(name + begin, "]"));
    return aici_writer_keep(writer);
}

static void fill_line(aici_writer *writer, const aici_result_table *table, const group *of, size_t point, size_t year, const char **cell) {
    const size_t first = of->first + year * of->statistics;
    for (size_t i = 0; i < table->input_count; i++)
        *cell++ = year == 0 ? show(writer, &table->column[i], point) : "";
    if (of->years > 1)
        *cell++ = year_of(writer, table->column[first].name);
    for (size_t i = 0; i < of->statistics; i++)
        *cell++ = show(writer, &table->column[first + i], point);
}

static void write_group(aici_writer *writer, const aici_result_table *table, const group *of, int format) {
    const size_t width = table->input_count + (of->years > 1) + of->statistics, rows = table->row_count * of->years + 1;
    const char **cell = aici_writer_cells(writer, rows * width), **head = cell;
    add_caption(writer, table, of);
    if (!cell)
        return;
    for (size_t i = 0; i < table->input_count; i++)
        *head++ = table->column[i].name;
    if (of->years > 1)
        *head++ = "year";
    for (size_t i = 0; i < of->statistics; i++)
        *head++ = *table->column[of->first + i].statistic ? table->column[of->first + i].statistic : "value";
    for (size_t i = 0; i + 1 < rows; i++)
        fill_line(writer, table, of, i / of->years, i % of->years, cell + (i + 1) * width);
    add_cells(writer, cell, width, rows, format);
}

void aici_write_sweep_of_statistics(aici_writer *writer, int format) {
    const aici_result_table *table = writer->result->table;
    aici_writer_add_title(writer, format);
    for (size_t i = table->input_count; i < table->column_count;) {
        const group of = group_at(table, i);
        aici_buffer_add_text(writer->out, i > table->input_count ? "\n" : "");
        write_group(writer, table, &of, format);
        i += of.years * of.statistics;
    }
}
