/* SPDX-License-Identifier: MIT */
/* The table of a result: for people each value in its best unit, for programs plain numbers with the unit in the head. */
#include "result/writer.h"

#include <math.h>
#include <string.h>

static const char *head_of(aici_writer *writer, const aici_result_column *column) {
    aici_buffer_add_format(&writer->text, "%s%s%s", column->name, *column->statistic ? " " : "", column->statistic);
    return aici_writer_keep(writer);
}

/** "chatgpt.capex p5 [USD]"; a pure number has nothing in brackets. */
static const char *head_with_unit(aici_writer *writer, const aici_result_column *column) {
    bool has_unit = *column->unit && !(column->unit[0] == '1' && !column->unit[1]);
    aici_buffer_add_format(&writer->text, "%s%s%s", column->name, *column->statistic ? " " : "", column->statistic);
    if (has_unit)
        aici_buffer_add_format(&writer->text, " [%s]", column->unit);
    return aici_writer_keep(writer);
}

static const char *show(aici_writer *writer, const aici_result_column *column, size_t row) {
    const aici_figure figure = {column->value[row] * column->scale, column->dimension, column->preferred};
    return isfinite(column->value[row]) ? aici_writer_show(writer, &figure, writer->digits) : "";
}

/** Columns before those of numbers: for a label, and for the unit of a row. */
static size_t labels_of(const aici_result_table *table) { return (table->row ? 1u : 0u) + (table->row_unit ? 1u : 0u); }

static size_t width_of(const aici_result_table *table) { return table->column_count + labels_of(table); }

static void fill_labels(const aici_result_table *table, const char **cell, size_t width) {
    size_t labels = labels_of(table);
    if (table->row)
        cell[0] = table->row_head;
    if (table->row_unit)
        cell[labels - 1] = "unit";
    for (size_t row = 0; row < table->row_count; row++) {
        if (table->row)
            cell[(row + 1) * width] = table->row[row];
        if (table->row_unit)
            cell[(row + 1) * width + labels - 1] = table->row_unit[row].unit;
    }
}

static const char **cells_of(aici_writer *writer, const aici_result_table *table, bool for_programs) {
    size_t labels = labels_of(table), width = width_of(table);
    const char **cell = aici_writer_cells(writer, (table->row_count + 1) * width + 1);
    if (!cell)
        return NULL;
    fill_labels(table, cell, width);
    for (size_t i = 0; i < table->column_count; i++) {
        cell[labels + i] = (for_programs ? head_with_unit : head_of)(writer, &table->column[i]);
        for (size_t row = 0; row < table->row_count; row++)
            cell[(row + 1) * width + labels + i] =
                for_programs ? aici_writer_number(writer, table->column[i].value[row]) : show(writer, &table->column[i], row);
    }
    return cell;
}

static const char *alignment_of(aici_writer *writer, const aici_result_table *table) {
    aici_buffer_add_repeated(&writer->text, 'l', labels_of(table));
    aici_buffer_add_repeated(&writer->text, 'r', table->column_count);
    return aici_writer_keep(writer);
}

static void add_remarks(aici_writer *writer, const aici_result_table *table, int format) {
    for (size_t i = 0; i < table->remark_count; i++) {
        aici_buffer_add_text(writer->out, (i == 0 && table->row_count > 0) || format == AIC_FORMAT_MARKDOWN ? "\n" : "");
        aici_writer_fill(writer, table->remark[i], aici_piece_word, "", 0);
        aici_buffer_add_char(writer->out, '\n');
    }
}

/** For people, some kinds of tables are written in a way of their own. */
static bool write_for_people(aici_writer *writer, int format) {
    const aici_result_table *table = writer->result->table;
    bool solutions = strcmp(table->kind, "solve") == 0, cells = strcmp(table->kind, "histogram") == 0, cross = aici_is_cross_table(table),
         statistics = aici_is_sweep_of_statistics(table);
    if (format == AIC_FORMAT_CSV || !(solutions || cells || cross || statistics))
        return false;
    (solutions ? aici_write_solutions
     : cells   ? aici_write_histogram
     : cross   ? aici_write_cross_table
               : aici_write_sweep_of_statistics)(writer, format);
    return true;
}

/** Where rows have no labels there may be millions of them: they go straight out. */
static void write_rows(aici_writer *writer, const aici_result_table *table) {
    const char **head = aici_writer_cells(writer, table->column_count + 1);
    if (!head)
        return;
    for (size_t i = 0; i < table->column_count; i++)
        head[i] = head_with_unit(writer, &table->column[i]);
    const aici_table heads = {.cell = head, .column_count = table->column_count, .row_count = 1, .align = ""};
    aici_table_add_csv(&heads, writer->out);
    for (size_t row = 0; row < table->row_count; row++) {
        for (size_t i = 0; i < table->column_count; i++) {
            aici_buffer_add_text(writer->out, i ? "," : "");
            if (isfinite(table->column[i].value[row]))
                aici_buffer_add_number(writer->out, table->column[i].value[row]);
        }
        aici_buffer_add_text(writer->out, "\r\n");
    }
}

void aici_write_table(aici_writer *writer, int format) {
    const aici_result_table *table = writer->result->table;
    if (format == AIC_FORMAT_CSV && labels_of(table) == 0) {
        write_rows(writer, table);
        return;
    }
    if (write_for_people(writer, format)) {
        add_remarks(writer, table, format);
        return;
    }
    if (width_of(table) == 0) { /* draws of what is certain */
        aici_writer_add_title(writer, format);
        add_remarks(writer, table, format);
        return;
    }
    const char **cell = cells_of(writer, table, format == AIC_FORMAT_CSV);
    if (!cell)
        return;
    const aici_table cells = {
        .cell = cell, .column_count = width_of(table), .row_count = table->row_count + 1, .align = alignment_of(writer, table)};
    if (format == AIC_FORMAT_CSV) {
        aici_table_add_csv(&cells, writer->out);
        return;
    }
    if (!writer->result->has_quantities)
        aici_writer_add_title(writer, format);
    if (format == AIC_FORMAT_MARKDOWN)
        aici_table_add_markdown(&cells, writer->out);
    else
        aici_table_add_text(&cells, (int)writer->width, writer->out);
    add_remarks(writer, table, format);
}

/* --- JSON ----------------------------------------------------------------------------------------------------------------------------- */

static void add_texts(aici_json *json, const char *key, const char *const *text, size_t count) {
    aici_json_open(json, key, '[');
    for (size_t i = 0; i < count; i++)
        aici_json_text(json, NULL, text[i]);
    aici_json_close(json, ']');
}

/** Of the rows: null in a column's `unit` stands for them. */
static void add_units(aici_json *json, const aici_result_table *table) {
    aici_json_open(json, "units", '[');
    for (size_t i = 0; i < table->row_count; i++)
        aici_json_text(json, NULL, table->row_unit[i].unit);
    aici_json_close(json, ']');
}

static void add_column(aici_json *json, const aici_result_table *table, const aici_result_column *column) {
    aici_json_open(json, NULL, '{');
    aici_json_text(json, "name", column->name);
    aici_json_text(json, "unit", column->by_row ? NULL : column->unit);
    aici_json_text(json, "statistic", *column->statistic ? column->statistic : NULL);
    aici_json_open(json, "values", '[');
    for (size_t i = 0; i < table->row_count; i++)
        aici_json_number(json, NULL, column->value[i]);
    aici_json_close(json, ']');
    aici_json_close(json, '}');
}

void aici_write_table_json(aici_writer *writer, aici_json *json) {
    const aici_result_table *table = writer->result->table;
    if (!writer->result->has_quantities && writer->result->samples) {
        aici_json_count(json, "samples", writer->result->samples);
        aici_json_count(json, "seed", writer->result->seed);
    }
    aici_json_open(json, "table", '{');
    aici_json_text(json, "kind", table->kind);
    aici_json_text(json, "subject", *table->subject ? table->subject : NULL);
    if (table->row)
        add_texts(json, "rows", table->row, table->row_count);
    if (table->row_unit)
        add_units(json, table);
    aici_json_open(json, "columns", '[');
    for (size_t i = 0; i < table->column_count; i++)
        add_column(json, table, &table->column[i]);
    aici_json_close(json, ']');
    add_texts(json, "remarks", table->remark, table->remark_count);
    aici_json_close(json, '}');
}
