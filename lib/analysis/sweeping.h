/* SPDX-License-Identifier: MIT */
/* Inside sweeping: the points, the columns, and what its files share. */
#ifndef AICI_ANALYSIS_SWEEPING_H
#define AICI_ANALYSIS_SWEEPING_H

#include "analysis/probe.h"
#include "analysis/sweep.h"

enum { AICI_SWEEP_MOST_AXES = 64 };

/** An input that is moved, with the values that it takes; where these are written, in their order. */
typedef struct aici_sweep_lane {
    const char *name;
    const aici_place *place;     /**< of the name, in rows, or NULL */
    const aici_sweep_axis *axis; /**< where it is one */
    const aici_fragment *text;   /**< a list of values; NULL: a range or numbers */
    aici_fragment end[2];        /**< of a range */
    aici_fragment unit;          /**< of plain numbers in a list; empty: none */
    bool is_range, is_logarithmic;
    size_t count;
    double *value; /**< in coherent units, when it was read */
} aici_sweep_lane;

/** What is wanted, before it is spread over statistics. */
typedef struct aici_sweep_output {
    uint32_t quantity;
    int32_t year;
    bool uncertain;
    double *value;              /**< by point; coherent */
    double *const *statistic;   /**< by statistic (mean, then quantiles) and point */
    double not_finite, outside; /**< the largest shares of draws, over the points, that are not finite and out of bounds */
} aici_sweep_output;

typedef struct aici_sweeping {
    const aici_sweep_wish *wish;
    const aic_allocator *allocator;
    aic_report *report;
    aici_arena *arena;
    aici_sweep_lane *lane;
    size_t lane_count;
    bool together;
    size_t points;
    aici_levers levers;
    aici_probe probe;
    aic_result *result; /**< columns are made in its arena */
    double **input;     /**< by lever and point; coherent, in the result's arena */
    aici_sweep_output *output;
    size_t output_count;
    unsigned char *holds; /**< by point */
    size_t amiss, first_amiss;
    const char *remark[8];
    size_t remark_count;
} aici_sweeping;

/** From axes to lanes. Errors: SWEEP_AXIS, SWEEP_TWICE. */
aic_status aici_sweeping_read_axes(aici_sweeping *sweeping);

/** From rows to lanes. Errors: ROWS, SWEEP_TWICE. */
aic_status aici_sweeping_read_rows(aici_sweeping *sweeping);

/** Refuses an input that stands twice among the first @p count lanes. */
aic_status aici_sweeping_refuse_twice(const aici_sweeping *sweeping);

/** The values of all lanes, when levers are found. Errors: RANGE, RANGE_UNITS, those of reading, DIMENSION. */
aic_status aici_sweeping_read_values(aici_sweeping *sweeping);

/** Fills the result's table from what was computed. */
bool aici_sweeping_fill(aici_sweeping *sweeping);

#endif
