/* SPDX-License-Identifier: MIT */
/*
 * Probability distributions: parameters as they are written become one that is ready (constants worked out), with quantile
 * function, distribution function and moments in closed form or to full precision. Nothing random happens here.
 * Sources of the formulas stand at each.
 */
#ifndef AICI_EVAL_DISTRIBUTION_H
#define AICI_EVAL_DISTRIBUTION_H

#include "plan/plan.h"

typedef struct aici_ready aici_ready;

/** A distribution as it is written, with numbers for its parameters. */
typedef struct aici_written {
    uint8_t distribution;               /**< aici_distribution */
    uint32_t count;                     /**< of parameters */
    const uint8_t *parameter;           /**< aici_parameter, one each */
    const double *value;                /**< parallel; not looked at where the parameter is a DISTRIBUTION */
    const aici_ready *const *component; /**< parallel; of DISTRIBUTION parameters, else NULL. May be NULL where there are none */
} aici_written;

/** Ready to be asked; in the arena, immutable. Ask through the functions below: a truncated distribution may have become one of another
 * kind (uniform, loguniform and discrete stay what they are, a mixture becomes one of truncated components), and its ends may be kept as
 * probabilities of the upper tail. */
struct aici_ready {
    uint8_t distribution;         /**< aici_distribution */
    bool upper;                   /**< truncated: p_low and p_high are the probabilities of being above the ends */
    double a, b, c;               /**< worked out: normal: median, sd below it, sd above it (equal unless three quantiles were given);
                                       lognormal: the same of the logarithm; uniform: low, width; loguniform: ln low, ln(high / low);
                                       triangular, pert: low, mode, high; beta: a, b */
    double scale_low, scale_high; /**< ends of the support, perhaps infinite; beta and pert: the interval that [0, 1] stands for */
    double log_beta;              /**< beta and pert: ln B(a, b) */
    double peak;                  /**< beta and pert: m^a (1 - m)^b / B(a, b) at the mean m */
    double middle;                /**< lognormal: the median, or 0 where it is too small or too large to be a number of full precision */
    double p_low, p_high; /**< truncated: probabilities of the ends in the component; beta and pert: of being below and above the middle
                               of the interval */
    uint32_t count;       /**< discrete, mixture: of values or components */
    const double *value;  /**< discrete: ascending */
    const double *share;  /**< discrete, mixture: cumulative shares, the last one 1 */
    const double *weight; /**< parallel: the share of each, above 0 */
    const aici_ready *const *component; /**< mixture, truncated (one) */
};

/** Why parameters make no distribution; AICI_DISTRIBUTION_FINE when they do. */
typedef enum aici_distribution_fault {
    AICI_DISTRIBUTION_FINE,
    AICI_DISTRIBUTION_NOT_FINITE,   /**< a parameter is NaN or infinite */
    AICI_DISTRIBUTION_NOT_POSITIVE, /**< an sd, a weight, a shape, or the low end of a lognormal or loguniform is not above 0 */
    AICI_DISTRIBUTION_NOT_ORDERED,  /**< low is not below high, or mode not between */
    AICI_DISTRIBUTION_EMPTY,        /**< truncated to where the distribution has no share */
    AICI_DISTRIBUTION_NO_MEMORY
} aici_distribution_fault;

/** Works out the constants; @p at receives the number of the faulty parameter (of two that are not in order, the one that should be
 * above). Parameters as expr/check_distribution.c admits them, in any order. Three quantiles (p5, p50, p95) of a normal or lognormal fix a
 * two-piece ("split") normal (of the logarithm): its own sd on either side of the median p50. */
aici_distribution_fault aici_distribution_prepare(const aici_written *written, aici_arena *arena, aici_ready *out, uint32_t *at);

/** The same for a draw of a program: its parameters are in @p uniform, its components, which come before it, in @p ready, by number of the
 * draw. */
aici_distribution_fault aici_distribution_prepare_draw(const aici_draw *draw, const double *uniform, aici_arena *arena,
                                                       const aici_ready *ready, aici_ready *out, uint32_t *at);

/** The value below which it lies with probability @p p in [0, 1]; ends of the support (perhaps infinite) at 0 and 1; NaN elsewhere. */
double aici_distribution_quantile(const aici_ready *ready, double p);
/** The probability of being at most @p x. */
double aici_distribution_probability(const aici_ready *ready, double x);
double aici_distribution_mean(const aici_ready *ready);
double aici_distribution_sd(const aici_ready *ready);

#endif
