/* SPDX-License-Identifier: MIT */
/*
 * The part of the door of eval that samples: a program with draws is run over many lanes, and what comes out is taken into statistics while it streams by: mean, sd, exact
 * quantiles, each with its standard error, counts of what is not finite or out of bounds. Memory does not grow in step with the number of draws.
 */
#ifndef AICI_EVAL_STATISTICS_H
#define AICI_EVAL_STATISTICS_H

#include "plan/plan.h"

enum { AICI_MOST_QUANTILES = 32, AICI_SOBOL_DIMENSIONS = 1024 };

struct aici_control;
struct aici_sampler;
struct aici_isa;

typedef struct aici_output_bounds {
    double low, high;
    bool low_open, high_open;
} aici_output_bounds;

typedef struct aici_sampling {
    const aici_program *program; /**< compiled with `samples` */
    const double *uniform;       /**< prepared */
    uint64_t seed;
    bool sobol;              /**< scrambled Sobol' points, else Monte Carlo */
    uint64_t samples;        /**< in each replicate, at most 2^32; of Sobol' points a power of two, at least 16 */
    uint32_t replicates;     /**< independent scrambles; 1 in Monte Carlo */
    uint32_t threads;        /**< at least 1; made and joined by the call */
    const double *quantile;  /**< probabilities in [0, 1] */
    uint32_t quantile_count; /**< at most AICI_MOST_QUANTILES */
    const aici_output_bounds *bounds; /**< by output, in coherent units; NULL: nothing is counted */
    double *const *draws;    /**< by output: room for all values, in the order of the draws; NULL: not kept */
    const aic_allocator *allocator;
    const struct aici_control *control;
    const struct aici_sampler *sampler; /**< NULL: made by the call, which also takes the best instruction set where `isa` is NULL */
    const struct aici_isa *isa;
} aici_sampling;

/** What is known of one output, divided by its scale. NaN where nothing can be said (the error of one draw). */
typedef struct aici_statistics {
    uint64_t count;                        /**< finite values: the statistics are of these */
    uint64_t not_finite, out_of_bounds;
    double mean, sd, mean_error, sd_error; /**< sd is that of a population: divided by the count */
    double quantile[AICI_MOST_QUANTILES];  /**< between order statistics, as numpy.quantile's default (type 7 of Hyndman and Fan 1996) */
    double quantile_error[AICI_MOST_QUANTILES];
} aici_statistics;

/** Samples a program; @p out has one entry an output. The same bits for any number of threads and every instruction set. Errors: MEMORY, CANCELLED, LIMIT (more words
 * than Sobol' points have dimensions), DOMAIN: the parameters of draw @p *faulty make no distribution. */
aic_status aici_eval_sample(const aici_sampling *sampling, aici_statistics *out, uint32_t *faulty);

#endif
