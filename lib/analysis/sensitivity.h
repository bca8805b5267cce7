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
    double low, high;                              /**< the value where this factor alone is at its low and its high end */
    double first, first_error, total, total_error; /**< Sobol' indices; of correlated factors only together, which is a factor of its own */
    double share;                                  /**< of the variance: all add up to 1 */
    uint32_t in_design;                            /**< which of the design's factors it is, or AICI_NONE */
} aici_factor_sensitivity;

/** Nothing is known. */
aici_factor_sensitivity aici_factor_unknown(void);

/** What was found out about variance. */
typedef struct aici_variance_found {
    uint64_t points;             /**< base points in all; 0: nothing was found out */
    aici_estimate interactions;  /**< what no factor makes alone */
    const aici_estimate *second; /**< pairs: [number in the design * count + number in the design]; NULL: not asked for */
    uint32_t count;              /**< factors of the design */
    bool none;                   /**< the value does not vary, */
    bool immense;                /**< or its squares are beyond what a double holds */
    bool too_many;               /**< more numbers are drawn than half of the dimensions that Sobol' points have */
} aici_variance_found;

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
    aici_variance_found variance;
    aic_result *result;
} aici_sensitivity;

/** Sobol' points of each replicate: the smallest power of two, at least 16, with which there are enough in all. */
uint64_t aici_sensitivity_points(const aici_sensitivity_wish *wish);

/** Turns what a run over draws returned into a report. */
aic_status aici_sensitivity_explain(const aici_sensitivity *self, const aici_program *program, aic_status status, uint32_t faulty);

/** Fills the result's table; false when there is no memory. */
bool aici_sensitivity_fill(aici_sensitivity *self);

#endif
