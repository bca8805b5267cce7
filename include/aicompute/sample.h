/* SPDX-License-Identifier: MIT */
/*
 * Sampling: what a scenario with distributions comes to, as mean, standard deviation and quantiles, each with its standard error. A random
 * draw depends on the seed, the name of the assumption and its number, and on nothing else; of Sobol' points also on the place of the
 * assumption among those that are drawn, which is its dimension. The same bits for any number of threads, on every machine.
 */
#ifndef AICOMPUTE_SAMPLE_H
#define AICOMPUTE_SAMPLE_H

#include <aicompute/report.h>
#include <aicompute/result.h>
#include <aicompute/scenario.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How draws are made. */
typedef enum aic_method {
    /** scrambled Sobol' points (S. Joe and F. Y. Kuo 2008; J. Matousek 1998), in independent replicates that give the errors */
    AIC_METHOD_SOBOL = 0,
    AIC_METHOD_MONTE_CARLO = 1 /**< xoshiro256++ (D. Blackman and S. Vigna 2019), keyed by Philox4x32-10 (J. K. Salmon et al. 2011) */
} aic_method;

/** How a scenario is sampled. Zero every member that is not needed. */
typedef struct aic_sample_options {
    size_t size;             /**< sizeof(aic_sample_options) */
    uint64_t samples;        /**< draws; 0: 65 536. Of Sobol' points rounded up to replicates times a power of two; at most 2^32 */
    uint64_t seed;           /**< another seed, other draws */
    int method;              /**< aic_method */
    uint32_t replicates;     /**< of Sobol' points, at most 64; 0: 8; 1: the quickest, whose errors are NaN, as nothing differs */
    uint32_t threads;        /**< made and joined by the call; 0: one, the caller's own; at most 1024 */
    const double *quantiles; /**< probabilities, ascending, inside (0, 1); NULL: 0.05, 0.5, 0.95 */
    size_t quantile_count;   /**< at most 32 */
    const volatile uint32_t
        *cancel;                 /**< set it to other than 0, from any thread or a signal handler, to stop; NULL: it cannot be stopped */
    volatile uint64_t *progress; /**< draws done so far; NULL: not told */
    uint32_t shard;              /**< aic_scenario_sample_part(): which shard, counted from 0 */
    uint32_t shard_count;        /**< aic_scenario_sample_part(): of how many, at most 2^20; 0: all draws */
    int keep_partial;            /**< aic_scenario_sample_part(): not 0: when it is stopped, what was done is a part */
    int keep_draws; /**< aic_scenario_sample(): not 0: all draws are kept, 8 bytes a draw and value, as the table of the result, which is
                       then what is written of it */
    uint32_t histogram; /**< aic_scenario_sample(): in place of that a histogram of so many cells, at most 1024; takes the same memory while
                           it is made */
} aic_sample_options;

/** What is known of a sampled quantity. */
typedef enum aic_statistic {
    AIC_STATISTIC_MEAN = 0,
    AIC_STATISTIC_SD = 1,
    AIC_STATISTIC_MEAN_ERROR = 2,
    AIC_STATISTIC_SD_ERROR = 3, /**< errors are standard errors */
    AIC_STATISTIC_QUANTILE = 4,
    AIC_STATISTIC_QUANTILE_ERROR = 5, /**< of the quantile that is asked for */
    AIC_STATISTIC_OUT_OF_BOUNDS = 6,  /**< how many draws are outside the bounds that the kind gives; they are counted in all statistics */
    AIC_STATISTIC_NOT_FINITE = 7      /**< how many draws are infinite or no number; they are left out of the other statistics */
} aic_statistic;

/** Computes a scenario with every distribution at its median, as aic_scenario_evaluate() does, and samples what is uncertain: of the names
 * that are asked for, else of all outputs and calculations. Referring to a name twice is the same draw. Where nothing is uncertain nothing
 * is drawn. With `keep_draws` the result has a table (table.h) of kind "draws": a row a draw, replicate after replicate; a column for each
 * quantity that was sampled, of a series one a year. With `histogram` it has one of kind "histogram": a row a cell, and for each of these
 * columns three, "from", "to" and "count". Cells have the same width, between the quantiles 0.1 % and 99.9 %; the first and the last hold
 * what is beyond, and end where the draws do. Draws that are not finite are in no cell. Either has the same bits for any number of threads.
 * @param scenario     not NULL
 * @param names        full names of the quantities that are wanted, or names of models for all of theirs; NULL: everything
 * @param name_count   how many
 * @param options      NULL: defaults
 * @param[out] result  NULL on failure; statistics by aic_result_statistic()
 * @param report       may be NULL; warns of draws out of bounds and not finite
 * @return             as aic_scenario_evaluate(), and AIC_ERROR_ARGUMENT (options), AIC_ERROR_LIMIT (more uncertain numbers than Sobol'
 * points have dimensions, 1024, or more draws to keep than 2^27 numbers), AIC_ERROR_CANCELLED
 * @lifetime           until aic_result_unref(); independent of the scenario
 * @threads            one at a time on @p scenario
 * @since              0.1.0
 */
AIC_API aic_status aic_scenario_sample(aic_scenario *scenario, const char *const *names, size_t name_count,
                                       const aic_sample_options *options, aic_result **result, aic_report *report);

/** A statistic of a quantity.
 * @param result     not NULL
 * @param index      below aic_result_count(); else NaN
 * @param year       number of the year among aic_result_years(); 0 for a quantity that is not a series
 * @param statistic  which; else NaN
 * @param quantile   number of the quantile among those that were asked for; of other statistics 0
 * @return           the statistic; NaN where the quantity was not sampled
 * @units            aic_result_quantity(…, AIC_QUANTITY_UNIT); counts are pure numbers
 * @threads          any
 * @since            0.1.0
 */
AIC_API double aic_result_statistic(const aic_result *result, size_t index, size_t year, aic_statistic statistic, size_t quantile);

/** How many draws a result's statistics come from.
 * @param result  may be NULL, which gives 0
 * @return        draws; 0 when nothing was sampled
 * @threads       any
 * @since         0.1.0
 */
AIC_API uint64_t aic_result_samples(const aic_result *result);

#ifdef __cplusplus
}
#endif
#endif
