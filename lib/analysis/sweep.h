/* SPDX-License-Identifier: MIT */
/* The part of the door of analysis that sweeps: a scenario at many points of its inputs. */
#ifndef AICI_ANALYSIS_SWEEP_H
#define AICI_ANALYSIS_SWEEP_H

#include "eval/eval.h"
#include "result/result.h"
#include "scenario/scenario.h"

struct aici_sample_wish;

/** An input that is moved, and where. */
typedef struct aici_sweep_axis {
    const char *name;
    const char *range;   /**< "A..B:N", "A..B:N log" or "A,B,C"; NULL: numbers */
    const double *value; /**< count numbers in @c unit, which is NULL for the unit of results */
    size_t count;
    const char *unit;
} aici_sweep_axis;

typedef struct aici_sweep_wish {
    const aici_sweep_axis *axis; /**< the first varies slowest */
    size_t axis_count;
    bool together;    /**< all axes have as many values, which go together; else every value of one with every value of the others */
    const char *rows; /**< in place of axes: CSV, a column an input, a row a point; NULL: axes */
    size_t rows_size;
    const char *rows_name; /**< of the file, for messages */
    const char *const
        *name; /**< what is wanted: quantities (with a year: "x[2030]") or models; NULL: all outputs and calculations that move */
    size_t name_count;
    const struct aici_sample_wish *sampling; /**< its progress counts points */
} aici_sweep_wish;

/** A table of kind "sweep": a column an input, then a column a wanted value (a year of a series has its own), of what is uncertain one for
 * the mean and for each quantile. What has no value at a point, and all of a point at which something does not hold that must, is NaN.
 * Errors: those of finding and reading names and values (analysis/lever.h), SWEEP_AXIS, SWEEP_TWICE, RANGE, RANGE_UNITS, ROWS,
 * LIMIT_POINTS, those of the planner and of sampling. Remarks: POINTS_AMISS, SOLVE_REPLACED. */
aic_status aici_analysis_sweep(aic_scenario *scenario, const aici_sweep_wish *wish, aic_result **out, aic_report *report);

#endif
