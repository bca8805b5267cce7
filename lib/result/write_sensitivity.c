/* SPDX-License-Identifier: MIT */
/* A sensitivity for people: a tornado of bars over one axis, drawn from the numbers, and what each input's elasticity is. */
#include "result/writer.h"

#include <math.h>
#include <string.h>

enum { LEAST_BAR = 16, MOST_BAR = 48, CELLS = 7 };

/** Cells of a row, in the order of the line. */
enum { NAME, RANGE, BAR, OUTCOME, ELASTICITY, MEAN, SHARE };

typedef struct drawing {
    aici_writer *writer;
    const aici_result_table *table;
    const aici_result_tornado *tornado;
    double from, to; /* ends of the axis */
    size_t bar;      /* its width */
} drawing;

static double number_at(const drawing *at, size_t column, size_t row) {
    return column < at->table->column_count ? at->table->column[column].value[row] : (double)NAN;
}

static bool is_moved(const drawing *at, size_t row) {
    return isfinite(number_at(at, at->tornado->low, row)) && isfinite(number_at(at, at->tornado->high, row));
}

/* --- texts ---------------------------------------------------------------------------------------------------------------------------- */

static const char *show_input(const drawing *at, double value, size_t row) {
    const aici_result_unit *unit = &at->table->row_unit[row];
    const aici_figure figure = {value * unit->scale, unit->dimension, unit->preferred};
    return isfinite(value) ? aici_writer_show(at->writer, &figure, at->writer->digits) : "";
}

static const char *show_output(const drawing *at, double value) {
    const aici_figure figure = {value * at->tornado->scale, at->tornado->dimension, at->tornado->preferred};
    return isfinite(value) ? aici_writer_show(at->writer, &figure, at->writer->digits) : "?";
}

/** Bytes of the unit that two shown values end with, a space before it included; 0: they have different ones. */
static size_t common_unit(const char *low, const char *high) {
    const char *low_unit = strchr(low, ' '), *high_unit = strchr(high, ' ');
    return low_unit && high_unit && strcmp(low_unit, high_unit) == 0 ? strlen(low_unit) : 0;
}

/** "1.5 .. 3 USD/h": the unit once where it is one; one value where both are the same. */
static const char *range_of(const drawing *at, const char *low, const char *high) {
    aici_writer *writer = at->writer;
    if (!*low || !*high || strcmp(low, high) == 0)
        return *low ? low : high;
    aici_buffer_add(&writer->text, low, strlen(low) - common_unit(low, high));
    aici_buffer_add_format(&writer->text, " .. %s", high);
    return aici_writer_keep(writer);
}

/** "+1.00", "0.00": what is rounded to nothing has no sign. */
static const char *signed_number(aici_writer *writer, double value) {
    char text[32];
    if (!isfinite(value))
        return "";
    double rounded = round(value * 100);
    bool negative = rounded < 0;
    double hundredths = fabs(rounded);
    if (hundredths >= 1e9) {
        aici_buffer_add_text(&writer->text, negative ? "" : "+");
        aici_buffer_add_number(&writer->text, value);
        return aici_writer_keep(writer);
    }
    unsigned long long whole = (unsigned long long)hundredths;
    size_t size = 0;
    if (whole)
        text[size++] = negative ? '-' : '+';
    text[size] = '\0';
    aici_buffer_add_format(&writer->text, "%s%llu.%02llu", text, whole / 100, whole % 100);
    return aici_writer_keep(writer);
}

/** "+1.00", and "+4.22 ±3.88" where the error tells in what is shown. */
static const char *mean_of(const drawing *at, size_t row) {
    double error = number_at(at, at->tornado->mean_error, row);
    const char *mean = signed_number(at->writer, number_at(at, at->tornado->mean, row));
    if (!*mean || !(error >= 0.005) || !isfinite(error))
        return mean;
    const char *shown = signed_number(at->writer, error);
    aici_buffer_add_format(&at->writer->text, "%s ±%s", mean, shown + 1);
    return aici_writer_keep(at->writer);
}

/** "36 %", "1.3 %": what is estimated below nothing is shown as nothing. */
static const char *share_of(aici_writer *writer, double share) {
    if (!isfinite(share))
        return "";
    double shown = share < 0.0005 ? 0 : share > 1 ? 1 : share, tenths = round(shown * 1000);
    aici_buffer_add_number(&writer->text, tenths < 100 ? tenths / 10 : round(shown * 100));
    aici_buffer_add_text(&writer->text, " %");
    return aici_writer_keep(writer);
}

/* --- bars ----------------------------------------------------------------------------------------------------------------------------- */

static void widen(drawing *at, double value) {
    if (!isfinite(value))
        return;
    at->from = value < at->from ? value : at->from;
    at->to = value > at->to ? value : at->to;
}

static void find_axis(drawing *at) {
    at->from = at->to = at->tornado->value;
    for (size_t i = 0; i < at->table->row_count; i++) {
        widen(at, number_at(at, at->tornado->low, i));
        widen(at, number_at(at, at->tornado->high, i));
    }
}

static size_t position(const drawing *at, double value) {
    double share = at->to > at->from ? (value - at->from) / (at->to - at->from) : 0;
    return (size_t)round(share * (double)at->bar);
}

/** From the lower to the higher outcome, with a line where the median is. */
static const char *bar_of(const drawing *at, size_t row) {
    double low = number_at(at, at->tornado->low, row), high = number_at(at, at->tornado->high, row);
    size_t centre = position(at, at->tornado->value), begin = position(at, fmin(low, high)), end = position(at, fmax(low, high));
    for (size_t i = 0; i <= at->bar; i++) {
        if (i == centre)
            aici_buffer_add_text(&at->writer->text, "│");
        if (i < at->bar)
            aici_buffer_add_text(&at->writer->text, i >= begin && i < end ? "█" : " ");
    }
    return aici_writer_keep(at->writer);
}

/** The ends of the axis above the bars. */
static const char *axis_of(const drawing *at) {
    const char *from = show_output(at, at->from), *to = show_output(at, at->to);
    size_t used = aici_cell_width(from) + aici_cell_width(to);
    aici_buffer_add_text(&at->writer->text, from);
    aici_buffer_add_repeated(&at->writer->text, ' ', used < at->bar + 1 ? at->bar + 1 - used : 2);
    aici_buffer_add_text(&at->writer->text, to);
    return aici_writer_keep(at->writer);
}

/* --- the table of what was moved ------------------------------------------------------------------------------------------------------ */

static void fill_row(const drawing *at, size_t row, const char **cell) {
    const aici_result_tornado *tornado = at->tornado;
    cell[NAME] = at->table->row[row];
    cell[RANGE] = range_of(at, show_input(at, number_at(at, tornado->input_low, row), row),
                           show_input(at, number_at(at, tornado->input_high, row), row));
    if (!*cell[RANGE])
        cell[RANGE] = "all years";
    cell[BAR] = at->bar ? bar_of(at, row) : NULL;
    cell[OUTCOME] = range_of(at, show_output(at, number_at(at, tornado->low, row)), show_output(at, number_at(at, tornado->high, row)));
    cell[ELASTICITY] = signed_number(at->writer, number_at(at, tornado->elasticity, row));
    cell[MEAN] = mean_of(at, row);
    cell[SHARE] = share_of(at->writer, number_at(at, tornado->share, row));
}

static void fill_head(const drawing *at, const char **cell) {
    cell[NAME] = "input";
    cell[RANGE] = "from .. to";
    cell[BAR] = at->bar ? axis_of(at) : NULL;
    cell[OUTCOME] = "outcome";
    cell[ELASTICITY] = "elasticity";
    cell[MEAN] = at->tornado->mean < at->table->column_count ? "mean" : NULL;
    cell[SHARE] = at->tornado->share < at->table->column_count ? "of variance" : NULL;
}

static size_t widest(const char *const *cell, size_t rows, size_t which) {
    size_t width = 0;
    for (size_t i = 0; i < rows; i++) {
        size_t needed = aici_cell_width(cell[i * CELLS + which]);
        width = needed > width ? needed : width;
    }
    return width;
}

static void add_lines(const drawing *at, const char *const *cell, size_t rows, const size_t *width) {
    aici_buffer *out = at->writer->out;
    for (size_t i = 0; i < rows; i++) {
        for (size_t k = 0; k < CELLS; k++) {
            if (width[k])
                aici_buffer_add_text(out, "  ");
            aici_cell_add_padded(out, cell[i * CELLS + k], width[k], k >= ELASTICITY ? 'r' : 'l');
        }
        aici_cell_trim(out);
        aici_buffer_add_char(out, '\n');
    }
}

static void add_without_bars(const drawing *at, const char **cell, size_t rows) {
    const aici_table table = {.cell = cell, .column_count = CELLS - 1, .row_count = rows, .align = "lllrrr"};
    for (size_t i = 0; i < rows; i++)
        for (size_t k = 0; k + 1 < CELLS; k++)
            cell[i * (CELLS - 1) + k] = cell[i * CELLS + k + (k >= BAR)];
    aici_table_add_markdown(&table, at->writer->out);
}

/** Cells first without bars, to see how much room these have. */
static void add_tornado(drawing *at, int format) {
    size_t rows = 1;
    const char **cell = aici_writer_cells(at->writer, (at->table->row_count + 1) * CELLS);
    for (size_t i = 0; cell && i < at->table->row_count; i++)
        if (is_moved(at, i))
            fill_row(at, i, cell + rows++ * CELLS);
    if (!cell || rows == 1)
        return;
    fill_head(at, cell);
    if (format == AIC_FORMAT_MARKDOWN) {
        add_without_bars(at, cell, rows);
        return;
    }
    size_t width[CELLS], used = 0;
    for (size_t k = 0; k < CELLS; k++)
        used += (width[k] = widest(cell, rows, k)) + 2;
    size_t room = at->writer->margin > used + 2 ? at->writer->margin - used - 2 : 0;
    at->bar = room < LEAST_BAR ? LEAST_BAR : room > MOST_BAR ? MOST_BAR : room;
    find_axis(at);
    size_t ends = aici_cell_width(show_output(at, at->from)) + aici_cell_width(show_output(at, at->to)) + 1;
    at->bar = at->bar < ends ? ends : at->bar; /* two spaces between them */
    cell[BAR] = axis_of(at);
    for (size_t i = 0, row = 1; i < at->table->row_count; i++)
        if (is_moved(at, i))
            cell[row++ * CELLS + BAR] = bar_of(at, i);
    width[BAR] = widest(cell, rows, BAR);
    add_lines(at, cell, rows, width);
}

/* --- the others ----------------------------------------------------------------------------------------------------------------------- */

/** Inputs that were not moved: their values and elasticities. Those that hardly matter are only counted, unless everything is wanted. */
static bool is_listed(const drawing *at, size_t row) {
    double elasticity = number_at(at, at->tornado->elasticity, row);
    double share = number_at(at, at->tornado->share, row);
    bool matters = !isfinite(elasticity) || fabs(elasticity) >= 0.005 || (isfinite(share) && share >= 0.0005);
    return !is_moved(at, row) && (at->writer->everything || matters);
}

/** Which cells the list of others has, besides name, value and elasticity. */
typedef struct other_cells {
    bool mean, share;
    size_t count;
} other_cells;

static other_cells cells_of_others(const drawing *at) {
    other_cells cells = {.mean = at->tornado->mean < at->table->column_count};
    for (size_t i = 0; i < at->table->row_count; i++)
        cells.share = cells.share || (!is_moved(at, i) && isfinite(number_at(at, at->tornado->share, i)));
    cells.count = (cells.mean ? 4u : 3u) + (cells.share ? 1u : 0u);
    return cells;
}

static void fill_other(const drawing *at, size_t row, const other_cells *cells, const char **to) {
    *to++ = at->table->row[row];
    *to++ = show_input(at, number_at(at, at->tornado->input, row), row);
    *to++ = signed_number(at->writer, number_at(at, at->tornado->elasticity, row));
    if (cells->mean)
        *to++ = mean_of(at, row);
    if (cells->share)
        *to = share_of(at->writer, number_at(at, at->tornado->share, row));
}

static void fill_head_of_others(const other_cells *cells, const char **to) {
    *to++ = "not moved";
    *to++ = "value";
    *to++ = "elasticity";
    if (cells->mean)
        *to++ = "mean";
    if (cells->share)
        *to = "of variance";
}

static void add_others(const drawing *at, int format) {
    size_t rows = 1, left_out = 0;
    const other_cells cells = cells_of_others(at);
    const char **cell = aici_writer_cells(at->writer, (at->table->row_count + 1) * cells.count);
    for (size_t i = 0; cell && i < at->table->row_count; i++) {
        left_out += !is_moved(at, i) && !is_listed(at, i);
        if (is_listed(at, i))
            fill_other(at, i, &cells, cell + rows++ * cells.count);
    }
    if (!cell || (rows == 1 && !left_out))
        return;
    fill_head_of_others(&cells, cell);
    const aici_table table = {.cell = cell, .column_count = cells.count, .row_count = rows, .align = "lrrrr"};
    aici_buffer_add_char(at->writer->out, '\n');
    if (format == AIC_FORMAT_MARKDOWN && rows > 1)
        aici_table_add_markdown(&table, at->writer->out);
    else if (rows > 1)
        aici_table_add_text(&table, (int)at->writer->width, at->writer->out);
    if (left_out)
        aici_buffer_add_format(at->writer->out, "%s%zu more with elasticities below 0.005\n",
                               rows > 1 && format != AIC_FORMAT_MARKDOWN ? "" : "\n", left_out);
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

static size_t count_moved(const drawing *at, size_t *certain) {
    size_t moved = 0;
    for (size_t i = 0; i < at->table->row_count; i++) {
        moved += is_moved(at, i);
        *certain += is_moved(at, i) && at->tornado->is_certain[i];
    }
    return moved;
}

static void add_heading(const drawing *at, int format) {
    aici_writer *writer = at->writer;
    const aici_result_tornado *tornado = at->tornado;
    size_t certain = 0, moved = count_moved(at, &certain);
    aici_buffer_add_format(writer->out, format == AIC_FORMAT_MARKDOWN ? "**%s**, at the medians %s" : "%s, at the medians %s",
                           at->table->subject, show_output(at, tornado->value));
    if (moved > certain) {
        aici_buffer_add_text(writer->out, "; each uncertain input from its ");
        aici_buffer_add_number(writer->out, round(tornado->from * 1e10) / 1e8);
        aici_buffer_add_text(writer->out, " % to its ");
        aici_buffer_add_number(writer->out, round(tornado->to * 1e10) / 1e8);
        aici_buffer_add_text(writer->out, " % value");
    }
    if (certain) {
        aici_buffer_add_text(writer->out, moved > certain ? ", each certain one by ±" : "; each input by ±");
        aici_buffer_add_number(writer->out, round(tornado->step * 1e10) / 1e8);
        aici_buffer_add_text(writer->out, " %");
    }
    aici_buffer_add_text(writer->out, moved > 1 ? "; the widest outcome first\n\n" : moved ? "\n\n" : "\n");
}

void aici_write_sensitivity(aici_writer *writer, int format) {
    drawing at = {.writer = writer, .table = writer->result->table, .tornado = writer->result->table->tornado};
    aici_writer_add_title(writer, format);
    add_heading(&at, format);
    add_tornado(&at, format);
    add_others(&at, format);
    for (size_t i = 0; i < at.table->remark_count; i++) {
        aici_buffer_add_text(writer->out, i == 0 || format == AIC_FORMAT_MARKDOWN ? "\n" : "");
        aici_writer_fill(writer, at.table->remark[i], aici_piece_word, "", 0);
        aici_buffer_add_char(writer->out, '\n');
    }
}
