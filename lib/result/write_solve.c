/* SPDX-License-Identifier: MIT */
/* The solutions of a solve for people: a line each, with what the output is there. */
#include "result/writer.h"

enum { INPUT, OUTPUT, RESIDUAL, WITHIN };

static const char *show(aici_writer *writer, const aici_result_table *table, size_t column, size_t row) {
    const aici_result_column *of = &table->column[column];
    const aici_figure figure = {of->value[row] * of->scale, of->dimension, of->preferred};
    return aici_writer_show(writer, &figure, writer->digits);
}

static const char *checked(aici_writer *writer, const aici_result_table *table, size_t row) {
    const aici_result_column *output = &table->column[OUTPUT];
    const char *value = show(writer, table, OUTPUT, row);
    if (*output->statistic)
        aici_buffer_add_format(&writer->text, "checked: %s(%s) = %s", output->statistic, output->name, value);
    else
        aici_buffer_add_format(&writer->text, "checked: %s = %s", output->name, value);
    if (table->column[WITHIN].value[row] == 0)
        aici_buffer_add_text(&writer->text, ", not allowed");
    return aici_writer_keep(writer);
}

void aici_write_solutions(aici_writer *writer, int format) {
    enum { COLUMNS = 3 };
    const aici_result_table *table = writer->result->table;
    const char **cell = aici_writer_cells(writer, (table->row_count + 1) * COLUMNS);
    aici_writer_add_title(writer, format);
    if (!cell || table->row_count == 0)
        return;
    cell[0] = "input";
    cell[1] = "value";
    cell[2] = table->subject;
    for (size_t row = 0; row < table->row_count; row++) {
        cell[(row + 1) * COLUMNS] = table->column[INPUT].name;
        cell[(row + 1) * COLUMNS + 1] = show(writer, table, INPUT, row);
        cell[(row + 1) * COLUMNS + 2] = checked(writer, table, row);
    }
    const aici_table cells = {.cell = cell, .column_count = COLUMNS, .row_count = table->row_count + 1, .align = "lrl"};
    if (format == AIC_FORMAT_MARKDOWN)
        aici_table_add_markdown(&cells, writer->out);
    else
        aici_table_add_text(&cells, (int)writer->width, writer->out);
}
