/* SPDX-License-Identifier: MIT */
/* The part of the door of analysis that solves: which value of an input makes a quantity, or a mean or quantile of it, meet a target. */
#ifndef AICI_ANALYSIS_SOLVE_H
#define AICI_ANALYSIS_SOLVE_H

#include "result/result.h"
#include "scenario/scenario.h"

struct aici_sample_wish;

typedef struct aici_solve_wish {
    const char *output; /**< "chat.capex", "market.revenue[2030]", "mean(chat.capex)", "p95(chat.capex)" */
    const char *value;  /**< what it is to be: an expression */
    const char *by;     /**< the input that is moved: "chat.utilization", "growth[2026]" */
    const char *low,
        *high; /**< expressions: between which values it is moved; both NULL: its bounds, and orders of magnitude around what it is */
    const struct aici_sample_wish *sampling;
} aici_solve_wish;

/** A table of kind "solve", a row a solution: the input's value, the output's there, what is left to the target, and whether everything is
 * within its bounds. No solution is no error: there are no rows, and a remark says why. Errors: those of finding and reading names and
 * values (analysis/lever.h), SOLVE_TARGET, RANGE, those of sampling. Remarks: SOLVE_*. */
aic_status aici_analysis_solve(aic_scenario *scenario, const aici_solve_wish *wish, aic_result **out, aic_report *report);

#endif
