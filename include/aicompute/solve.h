/* SPDX-License-Identifier: MIT */
/*
 * Solving: which value of an input makes a quantity, or its mean or a quantile of it, meet a target. The answer is a table (table.h) with a
 * row a solution.
 */
#ifndef AICOMPUTE_SOLVE_H
#define AICOMPUTE_SOLVE_H

#include <aicompute/sample.h>
#include <aicompute/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What is to be solved. Zero every member that is not needed. */
typedef struct aic_solve_options {
    size_t size;        /**< sizeof(aic_solve_options) */
    const char *output; /**< "chat.capex", "market.revenue[2030]", "mean(chat.capex)", "p95(chat.capex)"; not NULL */
    const char *value;  /**< what it is to be: an expression with a constant value, "10M USD"; not NULL */
    const char *by;     /**< the input that is moved: an assumption, an input of a model, one year of a series ("growth[2026]"); not NULL */
    const char *low;    /**< an expression, above which it is moved; NULL together with high: see below. A number without a
                           unit takes that of the other end, as in `25 to 45 %` */
    const char *high;   /**< an expression, below which it is moved */
    const aic_sample_options *sampling; /**< for means and quantiles; NULL: defaults. Its quantiles are not used; its cancel word stops the
                                           search, its progress word counts the values of the input that were looked at */
} aic_solve_options;

/** Finds every value of an input that makes an output meet a target. The input is looked at on a fixed grid within its bounds (its own, and
 * those of the inputs that it is handed to); where there is none, over nine orders of magnitude to either side of what it is now, with the
 * sign that it has. Each change of sign is closed in on to the last bits, each place where the output only touches the target likewise;
 * jumps over the target are told from solutions. A mean or quantile is that of the same draws at every value. Where the input is a
 * distribution, one value takes its place.
 *
 * The table has the columns: the input; the output there (with the statistic "mean" or "p95" where one is asked for); "residual", the
 * output less its target; "within_bounds", 1 where everything that must hold does and 0 where an input is out of its bounds or an assertion
 * fails. Rows within bounds come first, among them the nearest to what the input is now. No solution is no error: the table has no rows,
 * and a remark says over what the output goes.
 * @param scenario     not NULL; it is not changed
 * @param options      not NULL
 * @param[out] result  NULL on failure
 * @param report       may be NULL; says why there is no solution, and what is peculiar about those there are
 * @return             AIC_OK (also without a solution), AIC_ERROR_ARGUMENT, AIC_ERROR_SYNTAX, AIC_ERROR_NAME, AIC_ERROR_UNIT,
 * AIC_ERROR_DOMAIN, AIC_ERROR_SCENARIO (an input that is computed), AIC_ERROR_UNSUPPORTED (an input that cannot vary: an exponent of a
 * unit, a number of years), AIC_ERROR_LIMIT, AIC_ERROR_CANCELLED, AIC_ERROR_MEMORY, or as aic_scenario_validate()
 * @units              of the table's columns
 * @lifetime           until aic_result_unref(); independent of the scenario
 * @threads            one at a time on @p scenario
 * @since              0.1.0
 */
AIC_API aic_status aic_scenario_solve(aic_scenario *scenario, const aic_solve_options *options, aic_result **result, aic_report *report);

#ifdef __cplusplus
}
#endif
#endif
