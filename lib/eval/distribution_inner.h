/* SPDX-License-Identifier: MIT */
/*
 * What the files of distributions share: probabilities and quantiles of either tail, so that small ones keep their digits in both; the
 * beta distribution on [0, 1]; and two functions near 0.
 */
#ifndef AICI_EVAL_DISTRIBUTION_INNER_H
#define AICI_EVAL_DISTRIBUTION_INNER_H

#include "eval/distribution.h"

/** The probability of being at most @p x, or (@p upper) of being above. */
double aici_distribution_tail(const aici_ready *ready, double x, bool upper);

/** The value that has probability @p p in (0, 1) below it, or (@p upper) above it. */
double aici_distribution_at_tail(const aici_ready *ready, double p, bool upper);

/** at_tail() of a mixture. */
double aici_mixture_at_tail(const aici_ready *ready, double p, bool upper);

/* --- preparing ------------------------------------------------------------------------------------------------------------------------ */

typedef aici_distribution_fault aici_fault;

/** Values or components with weights become sorted values, shares and components, those of weight 0 left out. */
aici_fault aici_shares_prepare(const aici_written *written, aici_arena *arena, aici_ready *out, uint32_t *at);

/** @p from between @p low and @p high, which are in order; EMPTY where it has no share there. */
aici_fault aici_truncated_prepare(const aici_ready *from, double low, double high, aici_arena *arena, aici_ready *out);

/* --- beta ----------------------------------------------------------------------------------------------------------------------------- */

typedef struct aici_beta_shape {
    double a, b, peak, log_beta;
    double half_lower, half_upper; /**< probabilities of being below and above 1/2 */
} aici_beta_shape;

/** Probabilities of both tails at one place, and x^a (1 - x)^b / B(a, b), which is x (1 - x) times the density. */
typedef struct aici_beta_tails {
    double lower, upper, power;
} aici_beta_tails;

void aici_beta_prepare(double a, double b, aici_beta_shape *out);
aici_beta_shape aici_beta_of(const aici_ready *ready);

/** At @p x, whose distance from 1 is @p y: both are given, so that each is as exact as the caller knows it. */
aici_beta_tails aici_beta_at(const aici_beta_shape *shape, double x, double y);

/** x^a (1 - x)^b / B(a, b) alone. */
double aici_beta_power(const aici_beta_shape *shape, double x, double y);

/** The value with probability @p p in (0, 1) below (or above) it; *rest is its distance from 1. */
double aici_beta_quantile(const aici_beta_shape *shape, double p, bool upper, double *rest);

/* --- functions near 0 ----------------------------------------------------------------------------------------------------------------- */

/** ln(1 + x) and exp(x) - 1, to full relative precision near 0. */
double aici_ln_of_one_plus(double x);
double aici_exp_minus_one(double x);

/** ln(high / low), precise where the two are close, too. */
double aici_ln_of_ratio(double high, double low);

#endif
