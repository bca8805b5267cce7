/* SPDX-License-Identifier: MIT */
/*
 * Results made by hand, as an analysis would make them: quantities, claims or steps are added one by one; units are the library's own.
 *
 *     struct sample sample;
 *     sample_begin(&sample);
 *     sample_add(&sample, AIC_ROLE_OUTPUT, "chatgpt.capex", 6.46e8, "USD", "servers * server_price");
 *     assert_string_equal(sample_text(&sample, &(aic_text_options){.format = AIC_FORMAT_CSV}), "…");
 *     sample_end(&sample);
 */
#ifndef TESTS_UNIT_RESULT_SAMPLE_H
#define TESTS_UNIT_RESULT_SAMPLE_H

#include "base/utf8.h"
#include "result/result.h"

#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { SAMPLE_MOST = 32 };

struct sample {
    aic_result *result;
    aici_units *units;
    aici_result_quantity quantity[SAMPLE_MOST];
    aici_result_claim claim[SAMPLE_MOST];
    aici_result_step step[SAMPLE_MOST];
    double value[SAMPLE_MOST];
    aici_dimension dimension[SAMPLE_MOST];
    size_t used;
    aici_buffer text;
};

static inline void sample_begin(struct sample *sample) {
    aic_limits limits;
    memset(sample, 0, sizeof *sample);
    aici_limits_fill(NULL, &limits);
    sample->units = aici_units_new(NULL, &limits);
    sample->result = aici_result_new(NULL);
    sample->result->units = sample->units;
    sample->result->quantity = sample->quantity;
    sample->result->claim = sample->claim;
    sample->result->step = sample->step;
    sample->text = aici_buffer_new(NULL);
}

static inline void sample_end(struct sample *sample) {
    aici_result_release(sample->result);
    aici_units_free(sample->units);
    aici_buffer_free(&sample->text);
}

/** Reads a unit; returns its scale, and keeps its dimension in the sample. */
static inline double sample_unit(struct sample *sample, const char *text, const aici_dimension **dimension) {
    aici_unit unit = {.scale = 1};
    aici_fragment fragment = aici_fragment_of_slice(aici_slice_of(text));
    if (*text)
        aici_units_read(sample->units, &fragment, 0, fragment.text.size, &unit, NULL);
    sample->dimension[sample->used] = unit.dimension;
    *dimension = &sample->dimension[sample->used++];
    return unit.scale;
}

static inline aici_result_quantity *sample_add(struct sample *sample, aic_role role, const char *name, double value, const char *unit,
                                               const char *formula) {
    aici_result_quantity *quantity = &sample->quantity[sample->result->quantity_count++];
    *quantity = (aici_result_quantity){
        .name = name, .unit = unit, .label = "", .source = "", .note = "", .model = "", .kind = "", .formula = formula};
    quantity->role = (uint8_t)role;
    quantity->preferred = unit;
    quantity->scale = sample_unit(sample, unit, &quantity->dimension);
    sample->value[sample->used] = value;
    quantity->value = &sample->value[sample->used];
    sample->result->has_quantities = true;
    return quantity;
}

static inline aici_result_quantity *sample_add_series(struct sample *sample, const char *name, const int *year, const double *value,
                                                      size_t count, const char *unit) {
    aici_result_quantity *quantity = sample_add(sample, AIC_ROLE_OUTPUT, name, 0, unit, "");
    quantity->year = year;
    quantity->year_count = count;
    quantity->value = value;
    return quantity;
}

static inline aici_result_claim *sample_add_claim(struct sample *sample, const char *id, const char *unit, double published,
                                                  double computed, aic_verdict verdict) {
    aici_result_claim *claim = &sample->claim[sample->result->claim_count++];
    *claim = (aici_result_claim){.id = id,
                                 .says = "",
                                 .unit = unit,
                                 .reading = "",
                                 .source = "",
                                 .note = "",
                                 .why = "",
                                 .statement = "published",
                                 .preferred = unit};
    claim->scale = sample_unit(sample, unit, &claim->dimension);
    double figure[] = {published, published, published, computed, computed, computed, published / computed};
    memcpy(claim->figure, figure, sizeof figure);
    claim->verdict = (uint8_t)verdict;
    claim->expected = (uint8_t)verdict;
    sample->result->has_claims = true;
    return claim;
}

static inline aici_result_step *sample_add_step(struct sample *sample, unsigned depth, const char *name, double value, const char *unit,
                                                const char *formula) {
    aici_result_step *step = &sample->step[sample->result->step_count++];
    *step = (aici_result_step){
        .depth = depth, .name = name, .year = INT_MIN, .unit = unit, .value = value, .formula = formula, .substituted = "", .written = ""};
    step->label = step->doc = step->source = step->note = step->where = "";
    step->scale = sample_unit(sample, unit, &step->figure.dimension);
    step->figure.coherent = value * step->scale;
    step->figure.preferred = unit;
    sample->result->has_steps = true;
    return step;
}

/** The result as text, or NULL when it could not be written. */
static inline const char *sample_text(struct sample *sample, const aic_text_options *options) {
    aici_buffer_clear(&sample->text);
    return aici_result_write(sample->result, options, &sample->text, NULL) == AIC_OK ? aici_buffer_text(&sample->text) : NULL;
}

static inline const char *sample_as(struct sample *sample, aic_format format) {
    return sample_text(sample, &(aic_text_options){.size = sizeof(aic_text_options), .format = (int)format});
}

/** Whether no line is wider than so many columns. */
static inline bool sample_fits(const char *text, size_t width) {
    for (aici_slice rest = aici_slice_of(text); rest.size;) {
        const char *end = memchr(rest.bytes, '\n', rest.size);
        size_t size = end ? (size_t)(end - rest.bytes) : rest.size;
        if (aici_utf8_width((aici_slice){rest.bytes, size}) > width)
            return false;
        rest = (aici_slice){rest.bytes + size + (end ? 1 : 0), rest.size - size - (end ? 1 : 0)};
    }
    return true;
}

#endif
