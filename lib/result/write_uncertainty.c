/* SPDX-License-Identifier: MIT */
/*
 * What is uncertain, for people: a line a value (of a series a line a year, or for years in which it is the same) with mean and quantiles
 * in one unit, which stands once behind them, and the largest standard error. Model by model, as the values above it.
 */
#include "base/elementary.h"
#include "result/series.h"
#include "result/writer.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

enum { GAP = 2, INDENT = 2, LEAST_NAME = 8 };

/** Cells of a line: the name, mean and quantiles, the unit, the error. */
enum { NAME, MEAN, FIRST_QUANTILE, BEHIND_QUANTILES = 2 };

typedef struct table {
    aici_writer *writer;
    size_t quantiles, columns, rows;
    const char **cell;
    bool *is_head; /* by row: the name of a group, and what columns are */
    bool grouped;
    int format;
} table;

static size_t unit_column(const table *at) { return at->columns - BEHIND_QUANTILES; }
static size_t error_column(const table *at) { return at->columns - 1; }
static const char **row_of(const table *at, size_t row) { return at->cell + row * at->columns; }

/* --- numbers -------------------------------------------------------------------------------------------------------------------------- */

static double value_at(const aici_result_statistics *of, size_t which) { return which == 0 ? of->mean : of->quantile[which - 1]; }

static const char *show(const table *at, const aici_result_quantity *quantity, double value, const char *unit) {
    const aici_figure figure = {value * quantity->scale, quantity->dimension, *unit ? unit : quantity->preferred};
    return isfinite(value) ? aici_writer_show(at->writer, &figure, at->writer->digits) : "";
}

/** What the unit of a line is chosen by: its middle quantile, else whatever is a number and not 0. */
static double typical(const table *at, const aici_result_statistics *of) {
    double found = at->quantiles ? of->quantile[at->quantiles / 2] : of->mean;
    for (size_t i = 0; i <= at->quantiles && (!isfinite(found) || found == 0); i++)
        found = value_at(of, i);
    return found;
}

/** Numbers in the unit of the typical one; where that is too large or too small for another of them, each with its own. */
static void fill_numbers(const table *at, const aici_result_quantity *quantity, const aici_result_statistics *of, const char **row) {
    const char *number, *unit, *own;
    bool shared = true;
    aici_split_shown(at->writer, show(at, quantity, typical(at, of), ""), &number, &unit);
    for (size_t i = 0; i <= at->quantiles; i++) {
        aici_split_shown(at->writer, show(at, quantity, value_at(of, i), unit), &row[MEAN + i], &own);
        shared = shared && (!*row[MEAN + i] || strcmp(own, unit) == 0);
    }
    row[unit_column(at)] = shared ? unit : "";
    for (size_t i = 0; i <= at->quantiles && !shared; i++)
        row[MEAN + i] = show(at, quantity, value_at(of, i), "");
}

/** By which share a figure may be off, of itself or of the standard deviation where that is larger, since beside it a figure near 0 is
 * known well enough; 0 where nothing is known. */
static double relative_error(double value, double sd, double error) {
    double size = fmax(fabs(value), sd);
    return isfinite(error) && size > 0 ? fabs(error) / size : 0;
}

static double largest_error(const table *at, const aici_result_statistics *of) {
    double largest = relative_error(of->mean, of->sd, of->mean_error);
    for (size_t i = 0; i < at->quantiles; i++)
        largest = fmax(largest, relative_error(of->quantile[i], of->sd, of->quantile_error[i]));
    return largest;
}

/** In per cent: "0.21", and "<0.01" of what the digits that are shown do not tell. */
static const char *show_error(const table *at, double largest) {
    static const aici_dimension none;
    const double least = aici_power(10, 2 - at->writer->digits), percent = largest * 100;
    const aici_figure figure = {percent < least ? least : percent, &none, NULL};
    if (!(percent > 0))
        return "";
    aici_buffer_add_text(&at->writer->text, percent < least ? "<" : "");
    const char *sign = aici_writer_keep(at->writer), *shown = aici_writer_show(at->writer, &figure, percent < 0.1 ? 1 : 2);
    aici_buffer_add_format(&at->writer->text, "%s%s", sign, shown);
    return aici_writer_keep(at->writer);
}

const char *aici_quantile_name(aici_writer *writer, double probability) {
    aici_buffer_add_format(&writer->text, "p%s", aici_writer_number(writer, round(probability * 1e12) / 1e10));
    return aici_writer_keep(writer);
}

/* --- lines ---------------------------------------------------------------------------------------------------------------------------- */

static size_t values_of(const aici_result_quantity *quantity) {
    return !quantity->statistics ? 0 : quantity->year ? quantity->year_count : 1;
}

static const char *name_of(const table *at, const aici_result_quantity *quantity, size_t first, size_t last) {
    aici_buffer *text = &at->writer->text;
    aici_buffer_add_repeated(text, ' ', at->grouped ? INDENT : 0);
    aici_buffer_add_text(text, at->grouped ? aici_local_name(quantity->name, quantity->model) : quantity->name);
    if (quantity->year && first == last)
        aici_buffer_add_format(text, "[%d]", quantity->year[first]);
    else if (quantity->year)
        aici_buffer_add_format(text, "[%d..%d]", quantity->year[first], quantity->year[last]);
    return aici_writer_keep(at->writer);
}

static bool is_like(const table *at, const char *const *row, const char *const *other) {
    bool same = true;
    for (size_t i = MEAN; i < at->columns && same; i++)
        same = strcmp(row[i], other[i]) == 0;
    return same;
}

static void add_lines(table *at, const aici_result_quantity *quantity) {
    size_t first = 0;
    for (size_t i = 0; i < values_of(quantity); i++) {
        const char **row = row_of(at, at->rows);
        fill_numbers(at, quantity, &quantity->statistics[i], row);
        row[error_column(at)] = show_error(at, largest_error(at, &quantity->statistics[i]));
        bool goes_on = i > 0 && is_like(at, row, row - at->columns);
        first = goes_on ? first : i;
        at->rows += !goes_on;
        row_of(at, at->rows - 1)[NAME] = name_of(at, quantity, first, i);
    }
}

static bool belong_together(const aici_result_quantity *left, const aici_result_quantity *right) {
    return left && strcmp(left->model, right->model) == 0 && (*left->model || left->role == right->role);
}

static const char *heading_of(const table *at, const aici_result_quantity *quantity) {
    if (!at->grouped)
        return "quantity";
    return *quantity->model ? quantity->model : quantity->role == AIC_ROLE_ASSUMPTION ? "assumptions" : "calculations";
}

static void add_head(table *at, const aici_result_quantity *quantity) {
    at->is_head[at->rows] = true;
    const char **row = row_of(at, at->rows++);
    row[NAME] = heading_of(at, quantity);
    row[MEAN] = "mean";
    for (size_t i = 0; i < at->quantiles; i++)
        row[FIRST_QUANTILE + i] = aici_quantile_name(at->writer, at->writer->result->quantile[i]);
    row[unit_column(at)] = at->format == AIC_FORMAT_MARKDOWN ? "unit" : "";
    row[error_column(at)] = "±%";
}

/** Room for every value and a group for each; false: nothing is uncertain, or there is no memory. */
static bool make_room(table *at) {
    const aic_result *result = at->writer->result;
    const aici_result_quantity *before = NULL;
    size_t rows = 0, groups = 0, most;
    for (size_t i = 0; i < result->quantity_count; i++) {
        const aici_result_quantity *quantity = &result->quantity[i];
        if (!values_of(quantity))
            continue;
        rows += values_of(quantity);
        groups += !belong_together(before, quantity);
        before = quantity;
    }
    at->grouped = at->format != AIC_FORMAT_MARKDOWN && before && (groups > 1 || *before->model);
    most = rows + groups;
    at->cell = rows ? aici_writer_cells(at->writer, most * at->columns) : NULL;
    at->is_head = rows ? aici_arena_take_array(at->writer->arena, most, sizeof *at->is_head) : NULL;
    at->writer->failed = at->writer->failed || (rows && !at->is_head);
    return at->cell && at->is_head;
}

static bool fill(table *at) {
    const aic_result *result = at->writer->result;
    const aici_result_quantity *before = NULL;
    if (!make_room(at))
        return false;
    for (size_t i = 0; i < result->quantity_count; i++) {
        const aici_result_quantity *quantity = &result->quantity[i];
        if (!values_of(quantity))
            continue;
        if (!before || (at->grouped && !belong_together(before, quantity)))
            add_head(at, quantity);
        add_lines(at, quantity);
        before = quantity;
    }
    return true;
}

/** Where there is one replicate only, no errors are known. */
static bool has_errors(const table *at) {
    bool found = false;
    for (size_t i = 0; i < at->rows && !found; i++)
        found = !at->is_head[i] && *row_of(at, i)[error_column(at)];
    return found;
}

static void take_errors_out(const table *at) {
    for (size_t i = 0; i < at->rows; i++)
        row_of(at, i)[error_column(at)] = "";
}

/* --- text ----------------------------------------------------------------------------------------------------------------------------- */

/** The widest cell of a column in the rows [first, end). */
static size_t widest(const table *at, size_t column, size_t first, size_t end) {
    size_t width = 0;
    for (size_t i = first; i < end; i++) {
        size_t own = aici_cell_width(row_of(at, i)[column]);
        width = own > width ? own : width;
    }
    return width;
}

/** A name that is too long has a line of its own. */
static void add_text_line(const table *at, const char *const *row, const size_t *width) {
    aici_buffer *out = at->writer->out;
    aici_cell_add_padded(out, row[NAME], width[NAME], 'l');
    if (aici_cell_width(row[NAME]) > width[NAME]) {
        aici_buffer_add_char(out, '\n');
        aici_buffer_add_repeated(out, ' ', width[NAME]);
    }
    for (size_t i = MEAN; i < at->columns; i++) {
        aici_buffer_add_repeated(out, ' ', width[i] ? GAP : 0);
        aici_cell_add_padded(out, row[i], width[i], i == unit_column(at) ? 'l' : 'r');
    }
    aici_cell_trim(out);
    aici_buffer_add_char(out, '\n');
}

/** The widths of the columns; true where all names have room beside the numbers. */
static bool measure(const table *at, size_t first, size_t end, size_t *width) {
    size_t used = 0;
    for (size_t i = MEAN; i < at->columns; i++) {
        width[i] = widest(at, i, first, end);
        used += width[i] + (width[i] ? GAP : 0);
    }
    const size_t room = at->writer->width > used + LEAST_NAME ? at->writer->width - used : LEAST_NAME;
    const size_t wanted = widest(at, NAME, first, end);
    width[NAME] = wanted < room ? wanted : room;
    return wanted <= room;
}

/** One table, or where that is too wide one a group. */
static void add_text(const table *at) {
    size_t *width = aici_arena_take_array(at->writer->arena, at->columns, sizeof *width), end;
    at->writer->failed = at->writer->failed || !width;
    const bool fits = width && measure(at, 0, at->rows, width);
    for (size_t i = 0; width && i < at->rows; i++) {
        if (at->is_head[i] && !fits) {
            for (end = i + 1; end < at->rows && !at->is_head[end];)
                end++;
            measure(at, i, end, width);
        }
        add_text_line(at, row_of(at, i), width);
    }
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

void aici_writer_add_draws(const aic_result *result, aici_buffer *out) {
    aici_buffer_add_format(out, "%" PRIu64 " draws (%s, seed %" PRIu64 ")", result->samples,
                           result->is_sobol ? "scrambled Sobol' points" : "Monte Carlo", result->seed);
}

static void add_title(const table *at, bool errors) {
    aici_writer *writer = at->writer;
    aici_buffer_add_text(&writer->text, "uncertainty, from ");
    aici_writer_add_draws(writer->result, &writer->text);
    aici_buffer_add_text(&writer->text, errors ? "; ±%: largest standard error, of the figure or the sd" : "");
    aici_buffer_add_text(writer->out, at->format == AIC_FORMAT_MARKDOWN ? "" : "\n");
    aici_writer_fill(writer, aici_writer_keep(writer), aici_piece_word, "", 0);
    aici_buffer_add_text(writer->out, at->format == AIC_FORMAT_MARKDOWN ? "\n\n" : "\n");
}

static void add_markdown(const table *at) {
    aici_buffer_add_char(&at->writer->text, 'l');
    aici_buffer_add_repeated(&at->writer->text, 'r', 1 + at->quantiles);
    aici_buffer_add_text(&at->writer->text, "lr");
    const aici_table all = {.cell = at->cell, .column_count = at->columns, .row_count = at->rows, .align = aici_writer_keep(at->writer)};
    aici_table_add_markdown(&all, at->writer->out);
}

void aici_add_uncertainty(aici_writer *writer, int format) {
    const size_t quantiles = writer->result->quantile_count;
    table at = {.writer = writer, .quantiles = quantiles, .columns = FIRST_QUANTILE + quantiles + BEHIND_QUANTILES, .format = format};
    if (!fill(&at))
        return;
    const bool errors = has_errors(&at);
    if (!errors)
        take_errors_out(&at);
    add_title(&at, errors);
    if (format == AIC_FORMAT_MARKDOWN)
        add_markdown(&at);
    else
        add_text(&at);
}
