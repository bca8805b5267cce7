/* SPDX-License-Identifier: MIT */
/* Histograms for people: a line a cell, with a bar and the share of the draws; behind them the statistics. */
#include "result/writer.h"

#include <math.h>

enum { FROM, TO, COUNT, PARTS, MOST_BAR = 40, LEAST_BAR = 8, BESIDE_BAR = 40, EIGHTHS = 8 };

static const char *show(aici_writer *writer, const aici_result_column *column, size_t row) {
    const aici_figure figure = {column->value[row] * column->scale, column->dimension, column->preferred};
    return isfinite(column->value[row]) ? aici_writer_show(writer, &figure, writer->digits) : "";
}

static double greatest(const aici_result_column *column, size_t rows) {
    double most = 1;
    for (size_t i = 0; i < rows; i++)
        most = column->value[i] > most ? column->value[i] : most;
    return most;
}

/** In eighths of a place; what there is is seen. */
static void add_bar(aici_buffer *out, double share, size_t width) {
    static const char *const part[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    size_t eighths = (size_t)round(share * (double)(width * EIGHTHS));
    eighths = eighths == 0 && share > 0 ? 1 : eighths;
    for (size_t i = 0; i < eighths / EIGHTHS; i++)
        aici_buffer_add_text(out, "█");
    aici_buffer_add_text(out, part[eighths % EIGHTHS]);
}

static const char *bar_of(aici_writer *writer, double count, double most) {
    static const aici_dimension ratio;
    const aici_figure share = {count / (double)writer->result->samples, &ratio, "%"};
    size_t room = writer->width > BESIDE_BAR + LEAST_BAR ? writer->width - BESIDE_BAR : LEAST_BAR;
    const char *shown = aici_writer_show(writer, &share, 3);
    add_bar(&writer->text, count / most, room < MOST_BAR ? room : MOST_BAR);
    aici_buffer_add_format(&writer->text, "%s%s", count > 0 ? " " : "", shown);
    return aici_writer_keep(writer);
}

static void write_one(aici_writer *writer, const aici_result_column *column, int format) {
    size_t rows = writer->result->table->row_count, used = 1;
    const char **cell = aici_writer_cells(writer, (rows + 1) * PARTS);
    double most = greatest(&column[COUNT], rows);
    if (!cell)
        return;
    cell[FROM] = "from";
    cell[TO] = "to";
    cell[COUNT] = column->name;
    for (size_t i = 0; i < rows; i++) {
        if (isnan(column[COUNT].value[i]))
            continue;
        const char **row = &cell[used++ * PARTS];
        row[FROM] = show(writer, &column[FROM], i);
        row[TO] = show(writer, &column[TO], i);
        row[COUNT] = bar_of(writer, column[COUNT].value[i], most);
    }
    const aici_table cells = {.cell = cell, .column_count = PARTS, .row_count = used, .align = "rrl"};
    if (format == AIC_FORMAT_MARKDOWN)
        aici_table_add_markdown(&cells, writer->out);
    else
        aici_table_add_text(&cells, (int)writer->width, writer->out);
}

void aici_write_histogram(aici_writer *writer, int format) {
    const aici_result_table *table = writer->result->table;
    aici_writer_add_title(writer, format);
    for (size_t i = 0; i + COUNT < table->column_count; i += PARTS) {
        aici_buffer_add_text(writer->out, i ? "\n" : "");
        write_one(writer, &table->column[i], format);
    }
    aici_buffer_add_text(writer->out, format == AIC_FORMAT_MARKDOWN && table->column_count ? "\n" : "");
    aici_add_uncertainty(writer, format);
}
