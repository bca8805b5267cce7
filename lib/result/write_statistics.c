/* SPDX-License-Identifier: MIT */
/* Statistics of what was sampled: beside the values in JSON, as a table behind them for people. */
#include "result/writer.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* --- JSON ------------------------------------------------------------------------------------------------------------------------- */

typedef double (*aici_part)(const aici_result_statistics *of, size_t which);

static double mean_of(const aici_result_statistics *of, size_t which) { return (void)which, of->mean; }
static double sd_of(const aici_result_statistics *of, size_t which) { return (void)which, of->sd; }
static double mean_error_of(const aici_result_statistics *of, size_t which) { return (void)which, of->mean_error; }
static double sd_error_of(const aici_result_statistics *of, size_t which) { return (void)which, of->sd_error; }
static double quantile_of(const aici_result_statistics *of, size_t which) { return of->quantile[which]; }
static double quantile_error_of(const aici_result_statistics *of, size_t which) { return of->quantile_error[which]; }
static double out_of_bounds_of(const aici_result_statistics *of, size_t which) { return (void)which, (double)of->out_of_bounds; }
static double not_finite_of(const aici_result_statistics *of, size_t which) { return (void)which, (double)of->not_finite; }

/** One number, or of a series an array parallel to its years. */
static void add_part(const aici_result_quantity *quantity, const char *key, aici_part part, size_t which, aici_json *json) {
    if (!quantity->year) {
        aici_json_number(json, key, part(quantity->statistics, which));
        return;
    }
    aici_json_open(json, key, '[');
    for (size_t i = 0; i < quantity->year_count; i++)
        aici_json_number(json, NULL, part(&quantity->statistics[i], which));
    aici_json_close(json, ']');
}

static void add_quantiles(aici_writer *writer, const aici_result_quantity *quantity, const char *key, aici_part part, aici_json *json) {
    aici_json_open(json, key, '{');
    for (size_t i = 0; i < writer->result->quantile_count; i++)
        add_part(quantity, aici_writer_number(writer, writer->result->quantile[i]), part, i, json);
    aici_json_close(json, '}');
}

void aici_add_statistics_json(aici_writer *writer, const aici_result_quantity *quantity, aici_json *json) {
    if (!quantity->statistics)
        return;
    add_part(quantity, "mean", mean_of, 0, json);
    add_part(quantity, "sd", sd_of, 0, json);
    add_quantiles(writer, quantity, "quantiles", quantile_of, json);
    add_part(quantity, "mean_error", mean_error_of, 0, json);
    add_part(quantity, "sd_error", sd_error_of, 0, json);
    add_quantiles(writer, quantity, "quantile_errors", quantile_error_of, json);
    add_part(quantity, "out_of_bounds", out_of_bounds_of, 0, json);
    add_part(quantity, "not_finite", not_finite_of, 0, json);
}

/* --- tables ---------------------------------------------------------------------------------------------------------------------- */

static const char *show(aici_writer *writer, const aici_result_quantity *quantity, double value) {
    const aici_figure figure = {value * quantity->scale, quantity->dimension, quantity->preferred};
    return isfinite(value) ? aici_writer_show(writer, &figure, writer->digits) : "";
}

/** The share of itself by which a value may be off; 0 where nothing is known. */
static double relative_error(double value, double error) { return isfinite(error) && value != 0 ? fabs(error / value) : 0; }

/** The largest standard error of a row's mean and quantiles, each as a share of itself: "±0.21 %". One a row, since a column for each would not fit a terminal. */
static const char *show_largest_error(aici_writer *writer, const aici_result_statistics *of) {
    static const aici_dimension ratio;
    double largest = relative_error(of->mean, of->mean_error);
    for (size_t i = 0; i < writer->result->quantile_count; i++)
        largest = fmax(largest, relative_error(of->quantile[i], of->quantile_error[i]));
    if (!(largest > 0))
        return "";
    const aici_figure share = {largest, &ratio, "%"};
    const char *shown = aici_writer_show(writer, &share, 2);
    aici_buffer_add_format(&writer->text, "±%s", shown);
    return aici_writer_keep(writer);
}

static const char *name_of(aici_writer *writer, const aici_result_quantity *quantity, size_t index) {
    if (!quantity->year)
        return quantity->name;
    aici_buffer_add_format(&writer->text, "%s[%d]", quantity->name, quantity->year[index]);
    return aici_writer_keep(writer);
}

static const char *quantile_name(aici_writer *writer, double probability) {
    aici_buffer_add_format(&writer->text, "p%s", aici_writer_number(writer, round(probability * 1e12) / 1e10));
    return aici_writer_keep(writer);
}

static size_t rows_of(const aici_result_quantity *quantity) {
    return !quantity->statistics ? 0 : quantity->year ? quantity->year_count : 1;
}

static void fill_row(aici_writer *writer, const aici_result_quantity *quantity, size_t index, const char **cell) {
    const aici_result_statistics *of = &quantity->statistics[index];
    *cell++ = name_of(writer, quantity, index);
    *cell++ = show(writer, quantity, of->mean);
    for (size_t i = 0; i < writer->result->quantile_count; i++)
        *cell++ = show(writer, quantity, of->quantile[i]);
    *cell = show_largest_error(writer, of);
}

void aici_writer_add_draws(const aic_result *result, aici_buffer *out) {
    aici_buffer_add_format(out, "%" PRIu64 " draws (%s, seed %" PRIu64 ")", result->samples, result->is_sobol ? "scrambled Sobol' points" : "Monte Carlo",
                           result->seed);
}

static void add_title(aici_writer *writer, int format) {
    aici_buffer_add_format(writer->out, "%suncertainty, from ", format == AIC_FORMAT_MARKDOWN ? "" : "\n");
    aici_writer_add_draws(writer->result, writer->out);
    aici_buffer_add_format(writer->out, ", with the largest standard error of each row:\n%s", format == AIC_FORMAT_MARKDOWN ? "\n" : "");
}

void aici_add_statistics_table(aici_writer *writer, int format) {
    const aic_result *result = writer->result;
    size_t columns = result->quantile_count + 3, rows = 1;
    for (size_t i = 0; i < result->quantity_count; i++)
        rows += rows_of(&result->quantity[i]);
    const char **cell = rows > 1 ? aici_writer_cells(writer, rows * columns) : NULL, **row = cell;
    if (!cell)
        return;
    row[0] = "quantity";
    row[1] = "mean";
    for (size_t i = 0; i < result->quantile_count; i++)
        row[i + 2] = quantile_name(writer, result->quantile[i]);
    row[columns - 1] = "error";
    for (size_t i = 0; i < result->quantity_count; i++)
        for (size_t k = 0; k < rows_of(&result->quantity[i]); k++)
            fill_row(writer, &result->quantity[i], k, row += columns);
    aici_table table = {.cell = cell, .column_count = columns, .row_count = rows, .align = "lrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr"};
    add_title(writer, format);
    if (format == AIC_FORMAT_MARKDOWN)
        aici_table_add_markdown(&table, writer->out);
    else
        aici_table_add_text(&table, (int)writer->width, writer->out);
}

/* --- CSV --------------------------------------------------------------------------------------------------------------------------- */

size_t aici_statistics_columns(const aic_result *result) { return result->samples ? 4 + 2 * result->quantile_count + 2 : 0; }

void aici_fill_statistics_head(aici_writer *writer, const char **cell) {
    static const char *const names[] = {"mean", "sd", "mean_error", "sd_error"};
    const aic_result *result = writer->result;
    if (!result->samples)
        return;
    memcpy(cell, names, sizeof names);
    cell += 4;
    for (size_t i = 0; i < result->quantile_count; i++) {
        const char *name = quantile_name(writer, result->quantile[i]);
        *cell++ = name;
        aici_buffer_add_format(&writer->text, "%s_error", name);
        *cell++ = aici_writer_keep(writer);
    }
    *cell++ = "out_of_bounds";
    *cell = "not_finite";
}

void aici_fill_statistics_row(aici_writer *writer, const aici_result_quantity *quantity, size_t index, const char **cell) {
    if (!quantity->statistics)
        return;
    const aici_result_statistics *of = &quantity->statistics[index];
    *cell++ = aici_writer_number(writer, of->mean);
    *cell++ = aici_writer_number(writer, of->sd);
    *cell++ = aici_writer_number(writer, of->mean_error);
    *cell++ = aici_writer_number(writer, of->sd_error);
    for (size_t i = 0; i < writer->result->quantile_count; i++) {
        *cell++ = aici_writer_number(writer, of->quantile[i]);
        *cell++ = aici_writer_number(writer, of->quantile_error[i]);
    }
    *cell++ = aici_writer_number(writer, (double)of->out_of_bounds);
    *cell = aici_writer_number(writer, (double)of->not_finite);
}
