/* SPDX-License-Identifier: MIT */
/*
 * Sweeping: a scenario at many points of its inputs, on a grid or in rows. The answer is a table (table.h) with a row a point.
 */
#ifndef AICOMPUTE_SWEEP_H
#define AICOMPUTE_SWEEP_H

#include <aicompute/sample.h>
#include <aicompute/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** An input that is moved, and where: a range or list in words, or numbers. */
typedef struct aic_sweep_axis {
    const char *name;  /**< an assumption, an input of a model, one year of a series ("rate[2026]"), or a whole series, which one value
                          replaces; not NULL */
    const char *range; /**< "A..B:N", N even points from A to B; "A..B:N log", the same on an axis of logarithms; "A,B,C", values; each an
                          expression with a constant value, a plain number in the unit of what stands beside it. NULL: numbers */
    const double *values; /**< numbers */
    size_t count;         /**< of them */
    const char *unit;     /**< of the numbers; NULL: the unit that results give */
} aic_sweep_axis;

/** What is swept. Zero every member that is not needed. */
typedef struct aic_sweep_options {
    size_t size;                /**< sizeof(aic_sweep_options) */
    const aic_sweep_axis *axes; /**< at most 64 */
    size_t axis_count;
    int together;     /**< not 0: all axes have as many values, of which the first go together, the second, and so on; 0: every value of one
                         with every value of     the others, the first axis varying slowest */
    const char *rows; /**< in place of axes: CSV (RFC 4180), in its first line names of inputs, each perhaps with a unit behind it ("price
                         [USD]"), and in each line below a value for each; NULL: axes */
    size_t rows_size; /**< bytes of it */
    const char *rows_name;    /**< of the file, for messages; NULL: none */
    const char *const *names; /**< what is wanted: quantities, "x[2030]", names of models for all their outputs; NULL: outputs and
                                 calculations that move */
    size_t name_count;
    const aic_sample_options *sampling; /**< for what is uncertain; NULL: defaults. Its cancel word stops the sweep, its progress word
                                           counts points; threads take points */
} aic_sweep_options;

/** Computes a scenario at many points. It is compiled once; where nothing is uncertain, points are the lanes of a batch. What is uncertain
 * is sampled at each point by the same draws, and has a column for its mean and one for each quantile; other values have one column, of a
 * series one a year.
 *
 * The columns are the inputs that are moved, then what is wanted. A point at which an input is out of its bounds or an assertion fails, and
 * a value that is not finite, are NaN; a warning says how many points that are, and why the first is one. A distribution that is moved is
 * replaced by one value; parameters of distributions may be moved.
 * @param scenario     not NULL; it is not changed
 * @param options      not NULL; axes or rows
 * @param[out] result  NULL on failure
 * @param report       may be NULL
 * @return             AIC_OK, AIC_ERROR_ARGUMENT, AIC_ERROR_SYNTAX (an axis, an expression or rows; rows with line and column),
 * AIC_ERROR_NAME, AIC_ERROR_UNIT, AIC_ERROR_DOMAIN, AIC_ERROR_SCENARIO (an input that is computed or moved twice), AIC_ERROR_UNSUPPORTED
 * (an input that cannot vary), AIC_ERROR_LIMIT (more than 2^27 numbers in the table), AIC_ERROR_CANCELLED, AIC_ERROR_MEMORY, or as
 * aic_scenario_validate()
 * @units              of the table's columns
 * @lifetime           until aic_result_unref(); independent of the scenario
 * @threads            one at a time on @p scenario
 * @since              0.1.0
 */
AIC_API aic_status aic_scenario_sweep(aic_scenario *scenario, const aic_sweep_options *options, aic_result **result, aic_report *report);

#ifdef __cplusplus
}
#endif
#endif
