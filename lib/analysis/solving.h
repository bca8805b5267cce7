/* SPDX-License-Identifier: MIT */
/* Inside solving: the question, made ready, and what its files share. */
#ifndef AICI_ANALYSIS_SOLVING_H
#define AICI_ANALYSIS_SOLVING_H

#include "analysis/probe.h"
#include "analysis/root.h"
#include "analysis/solve.h"

/** What is taken of the output. */
typedef enum aici_solve_statistic { AICI_SOLVE_VALUE, AICI_SOLVE_MEAN, AICI_SOLVE_QUANTILE } aici_solve_statistic;

/** A solution, and what is there; in coherent units. */
typedef struct aici_solved {
    aici_root root;
    double value;
    bool holds;
    double not_finite, outside; /**< shares of draws */
} aici_solved;

typedef struct aici_solving {
    const aici_solve_wish *wish;
    const aic_allocator *allocator;
    aic_report *report;
    aici_arena *arena;
    aici_levers levers; /**< one */
    aici_probe probe;
    aici_sample_wish sampling; /**< with the quantile that is asked for */
    bool sampled;
    uint32_t quantity;
    int32_t year;
    const char *name, *statistic; /**< of the output: "chat.capex", "p95" */
    aici_solve_statistic what;
    double probability, target, low, high, smallest;
    aici_roots roots;
    aici_solved *solved; /**< solutions, those that are allowed first */
    size_t solved_count;
    const char *remark[16];
    size_t remark_count;
} aici_solving;

static inline const aici_lever *aici_solving_lever(const aici_solving *solving) { return &solving->levers.lever[0]; }

/** Reads the output's name and finds it. Errors: SOLVE_TARGET, QUANTITY_UNKNOWN, TYPE, SERIES_REFUSED, SERIES_NEEDED, YEAR_OUTSIDE. */
aic_status aici_solving_find_output(aici_solving *solving);

/** Where the input is looked at. Errors: RANGE, those of reading. */
aic_status aici_solving_find_range(aici_solving *solving);

/** Says what there is to say about what was found; false when there is no memory. */
bool aici_solving_say(aici_solving *solving);

/** Fills the result. False when there is no memory. */
bool aici_solving_fill(aici_solving *solving, aic_result *result);

#endif
