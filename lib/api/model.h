/* SPDX-License-Identifier: MIT */
/*
 * Inside of a compiled model: the program, the values that are computed once, and the names and units of its columns.
 */
#ifndef AICI_API_MODEL_H
#define AICI_API_MODEL_H

#include "eval/eval.h"
#include "plan/plan.h"
#include <aicompute/model.h>

/** A column as the caller sees it. */
typedef struct aici_model_column {
    const char *name, *unit; /**< in the model's arena */
    double value;            /**< of an input: what the scenario gives to it */
} aici_model_column;

struct aic_model {
    uint32_t references;
    aic_allocator allocator;
    aici_arena *arena; /**< columns and uniform values */
    aici_program *program;
    double *uniform;
    aici_model_column *input, *output;
    size_t input_count, output_count;
};

/** What the caller asked for, resolved: parallel arrays of columns and what plan makes of them. */
typedef struct aici_model_columns {
    aici_model_column *input, *output;
    aici_varying *varying;
    aici_wanted *wanted;
    size_t input_count, output_count;
} aici_model_columns;

/** Finds the quantities, years and units that the options name; everything goes into @p arena. Errors: QUANTITY_UNKNOWN, YEAR_OUTSIDE,
 * UNIT_*, DIMENSION, CANNOT_VARY. */
aic_status aici_model_columns_find(const aici_bound *bound, const aic_model_options *options, aici_arena *arena,
                                   aici_model_columns *columns, aic_report *report);

#endif
