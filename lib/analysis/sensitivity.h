/* SPDX-License-Identifier: MIT */
/* Inside sensitivity: what was found out about one value, by factor, in coherent units; and the table that is made of it. */
#ifndef AICI_ANALYSIS_SENSITIVITY_H
#define AICI_ANALYSIS_SENSITIVITY_H

#include "analysis/analysis.h"
#include "analysis/factors.h"

/** Of one factor; NaN where it is not known, or means nothing. */
typedef struct aici_factor_sensitivity {
    double elasticity, derivative; /**< where every uncertain figure is at its median */
    double mean, mean_error;       /**< of the elasticity, over the draws */
    double input, input_low, input_high;
    double low, high; /**< the value where this factor alone is at its low and its high end */
} aici_factor_sensitivity;

typedef struct aici_sensitivity {
    aici_bound *bound;
    const aic_allocator *allocator;
    aic_report *report;
    const aici_sensitivity_wish *wish;
    aici_arena *arena;
    aici_wanted wanted;
    aici_factors factors;
    aici_factor_sensitivity *of; /**< by factor */
    double value;                /**< at the medians */
    uint64_t draws, left_out;    /**< draws: 0 when nothing was drawn */
    aic_result *result;
} aici_sensitivity;

/** Fills the result's table; false when there is no memory. */
bool aici_sensitivity_fill(aici_sensitivity *self);

#endif
