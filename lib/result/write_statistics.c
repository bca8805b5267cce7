/* SPDX-License-Identifier: MIT */
/* Statistics of what was sampled, for programs: beside the values in JSON, as further columns in CSV. For people: write_uncertainty.c. */
#include "result/writer.h"

#include <string.h>

/* --- JSON ----------------------------------------------------------------------------------------------------------------------------- */

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

/* --- CSV ------------------------------------------------------------------------------------------------------------------------------ */

size_t aici_statistics_columns(const aic_result *result) { return result->samples ? 4 + 2 * result->quantile_count + 2 : 0; }

void aici_fill_statistics_head(aici_writer *writer, const char **cell) {
    static const char *const names[] = {"mean", "sd", "mean_error", "sd_error"};
    const aic_result *result = writer->result;
    if (!result->samples)
        return;
    memcpy(cell, names, sizeof names);
    cell += 4;
    for (size_t i = 0; i < result->quantile_count; i++) {
        const char *name = aici_quantile_name(writer, result->quantile[i]);
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
