/* SPDX-License-Identifier: MIT */
/*
 * Sensitivity: what a value depends on, and how much. Elasticities are exact (reverse mode), at the medians and averaged over draws; the
 * tornado moves one input at a time from its low to its high quantile; Sobol' indices say which share of the variance each makes. The
 * answer is a table with a row an input (table.h), the most important first.
 */
#ifndef AICOMPUTE_SENSITIVITY_H
#define AICOMPUTE_SENSITIVITY_H

#include <aicompute/report.h>
#include <aicompute/result.h>
#include <aicompute/scenario.h>
#include <aicompute/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What is found out, besides elasticities and derivatives at the medians. */
typedef enum aic_measure {
    AIC_MEASURE_ELASTICITIES = 1, /**< the mean elasticity over the draws, with its standard error */
    AIC_MEASURE_TORNADO = 2,      /**< the value at both ends of each input */
    AIC_MEASURE_INDICES = 4,      /**< Sobol' indices of first and total order, and shares of the variance */
    AIC_MEASURE_SECOND_ORDER = 8  /**< those and the indices of all pairs, which cost nearly twice as much */
} aic_measure;

/** How sensitivities are found. Zero every member that is not needed. */
typedef struct aic_sensitivity_options {
    size_t size;         /**< sizeof(aic_sensitivity_options) */
    uint32_t measures;   /**< several of aic_measure; 0: all but the second order */
    uint32_t replicates; /**< of Sobol' points, 2 to 64; 0: 8 */
    uint64_t samples; /**< draws for the means, and base points of the indices; 0: 65 536; rounded up to replicates times a power of two; at
                         most 2^32 */
    uint64_t seed;    /**< another seed, other draws */
    uint32_t threads; /**< made and joined by the call; 0: one, the caller's own; at most 1024 */
    double low;       /**< probability of the low end of the tornado */
    double high;      /**< of its high end; both 0: 0.05 and 0.95 */
    double step; /**< move inputs that are certain too, down and up by this share of themselves (0.1: 10 %), at most 1; 0: leave them */
    const volatile uint32_t
        *cancel;                 /**< set it to other than 0, from any thread or a signal handler, to stop; NULL: it cannot be stopped */
    volatile uint64_t *progress; /**< draws done so far, then base points done so far; NULL: not told */
} aic_sensitivity_options;

/** Finds out what a value depends on.
 *
 * Rows are the figures that it depends on: assumptions and inputs of models that are given as values, certain or distributed. All years of
 * a series are one row, scaled together; a figure in a formula counts as the quantity it stands in, when it is the only one with a unit
 * there. Columns, NaN where a row has no such number:
 *
 * `input`, `input_low`, `input_high`: the input at the median and at both ends of the tornado; `low`, `high`: the value there, all others
 * at their medians (correlated inputs are moved alone); `derivative` by the input; `elasticity`: (dy/dx) (x/y) at the medians;
 * `elasticity_mean` and `elasticity_mean_error`: its mean over the draws and the standard error of that. At a kink the derivative is that
 * on one side (aic_model_gradient()); steps have 0.
 *
 * `first`, `total`: Sobol' indices, the share of the variance that an input makes alone, and alone and together with others; `first_error`,
 * `total_error`: their standard errors, from independent scrambles of the design, which the library makes itself: `samples` base points,
 * each with one evaluation an input and two more. They are not clipped: what is 0 may come out a little below. Correlated inputs have none
 * one by one: together they are one more row, "a, b (correlated)". `variance_share`: (first + total) / 2, divided by the sum of these: the
 * shares add up to 1. `second`, `second_error`, a column an uncertain input (AIC_COLUMN_STATISTIC): what the two make together and not
 * alone. All are NaN where the value does not vary. There are none where more than 512 numbers are drawn.
 * @param scenario     not NULL
 * @param name         "chatgpt.capex", "market.revenue[2030]"; a series without a year stands for its last one
 * @param options      NULL: defaults
 * @param[out] result  NULL on failure; aic_result_row(), aic_result_column()
 * @param report       may be NULL; warns of draws in which there is no elasticity (the value is 0 or not finite), and of base points that
 * are left out (it is not finite)
 * @return             as aic_scenario_sample(), and AIC_ERROR_NAME, AIC_ERROR_UNIT (a truth value or a text has no sensitivities)
 * @units              `low` and `high` in the unit of the value, columns about the input in that of the row, `derivative` in the first by
 * the second
 * @lifetime           until aic_result_unref(); independent of the scenario
 * @threads            one at a time on @p scenario
 * @since              0.1.0
 */
AIC_API aic_status aic_scenario_sensitivity(aic_scenario *scenario, const char *name, const aic_sensitivity_options *options,
                                            aic_result **result, aic_report *report);

#ifdef __cplusplus
}
#endif
#endif
