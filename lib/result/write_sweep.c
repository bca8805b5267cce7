/* SPDX-License-Identifier: MIT */
/* A sweep over two inputs with one column of values, for people: the first input down, the second across. */
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
    aici_buffer_add_repeated(&writer->text, 'r', width);
    const aici_table cells = {.cell = cell, .column_count = width, .row_count = down + 1, .align = aici_writer_keep(writer)};
    if (format == AIC_FORMAT_MARKDOWN)
        aici_table_add_markdown(&cells, writer->out);
    else
        aici_table_add_text(&cells, (int)writer->width, writer->out);
}
