/* SPDX-License-Identifier: MIT */
/*
 * Asking a distribution: a ready one and a value become a probability, a ready one and a probability become a value. Either tail is worked
 * out as such, so that small probabilities keep their digits in both. Preparing, moments, the beta distribution and what is made of
 * components stand in files of their own.
 */
#include "eval/distribution.h"
#include "base/elementary.h"
#include "eval/distribution_inner.h"

#include <math.h>

/* --- probabilities -------------------------------------------------------------------------------------------------------------------- */

static double normal_tail(double z, bool upper) { return aici_normal_probability(upper ? -z : z); }

static double deviation(const aici_ready *ready, double from_median) { return from_median / (from_median < 0 ? ready->b : ready->c); }

static double lognormal_tail(const aici_ready *ready, double x, bool upper) {
    double from_median = ready->middle > 0 ? aici_ln_of_ratio(x, ready->middle) : aici_ln(x) - ready->a;
    return normal_tail(deviation(ready, from_median), upper);
}

/* On one side of the mode: what is beyond it is worked out from the mode, so that nothing cancels where the side is all there is. */
static double triangular_tail(const aici_ready *ready, double x, bool upper) {
    double width = ready->c - ready->a;
    bool left = x <= ready->b;
    double lower_side = (ready->b - ready->a) / width, upper_side = (ready->c - ready->b) / width;
    double side = left ? lower_side : upper_side, other = left ? upper_side : lower_side;
    double from_end = (left ? x - ready->a : ready->c - x) / width, from_mode = fabs(x - ready->b) / width;
    if (left != upper)
        return side > 0 ? from_end / side * from_end : 0;
    return side > 0 ? other + from_mode * ((side + from_end) / side) : other;
}

static double beta_tail(const aici_ready *ready, double x, bool upper) {
    aici_beta_shape shape = aici_beta_of(ready);
    double low = ready->scale_low, high = ready->scale_high;
    aici_beta_tails tails = aici_beta_at(&shape, (x - low) / (high - low), (high - x) / (high - low));
    return upper ? tails.upper : tails.lower;
}

/* The number of values that are at most x. */
static uint32_t count_reached(const aici_ready *ready, double x) {
    uint32_t low = 0, high = ready->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (ready->value[middle] <= x)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static double discrete_tail(const aici_ready *ready, double x, bool upper) {
    uint32_t reached = count_reached(ready, x);
    double below = reached ? ready->share[reached - 1] : 0;
    return upper ? 1 - below : below;
}

static double mixture_tail(const aici_ready *ready, double x, bool upper) {
    double sum = 0;
    for (uint32_t i = 0; i < ready->count; i++)
        sum += ready->weight[i] * aici_distribution_tail(ready->component[i], x, upper);
    return fmin(sum, 1);
}

static double truncated_tail(const aici_ready *ready, double x, bool upper) {
    double tail = aici_distribution_tail(ready->component[0], x, ready->upper), whole = fabs(ready->p_high - ready->p_low);
    return fmin(fmax(fabs(tail - (upper ? ready->p_high : ready->p_low)) / whole, 0), 1);
}

static double tail_inside(const aici_ready *ready, double x, bool upper) {
    switch (ready->distribution) {
    case AICI_DISTRIBUTION_NORMAL: return normal_tail(deviation(ready, x - ready->a), upper);
    case AICI_DISTRIBUTION_LOGNORMAL: return lognormal_tail(ready, x, upper);
    case AICI_DISTRIBUTION_UNIFORM: return (upper ? ready->scale_high - x : x - ready->scale_low) / ready->b;
    case AICI_DISTRIBUTION_LOGUNIFORM:
        return (upper ? aici_ln_of_ratio(ready->scale_high, x) : aici_ln_of_ratio(x, ready->scale_low)) / ready->b;
    case AICI_DISTRIBUTION_TRIANGULAR: return triangular_tail(ready, x, upper);
    case AICI_DISTRIBUTION_PERT:
    case AICI_DISTRIBUTION_BETA: return beta_tail(ready, x, upper);
    case AICI_DISTRIBUTION_DISCRETE: return discrete_tail(ready, x, upper);
    case AICI_DISTRIBUTION_MIXTURE: return mixture_tail(ready, x, upper);
    default: return truncated_tail(ready, x, upper);
    }
}

double aici_distribution_tail(const aici_ready *ready, double x, bool upper) {
    if (x < ready->scale_low)
        return upper ? 1 : 0;
    if (x >= ready->scale_high)
        return upper ? 0 : 1;
    return tail_inside(ready, x, upper);
}

double aici_distribution_probability(const aici_ready *ready, double x) { return isnan(x) ? x : aici_distribution_tail(ready, x, false); }

/* --- quantiles ------------------------------------------------------------------------------------------------------------------------ */

/* The distance from the median, of the value or of its logarithm. */
static double from_median_at(const aici_ready *ready, double p, bool upper) {
    double z = aici_normal_quantile(p);
    z = upper ? -z : z;
    return (z < 0 ? ready->b : ready->c) * z;
}

static double lognormal_at(const aici_ready *ready, double p, bool upper) {
    double from_median = from_median_at(ready, p, upper);
    return ready->middle > 0 && fabs(from_median) < 700 ? ready->middle * aici_exp(from_median) : aici_exp(ready->a + from_median);
}

/* Half of the way is gone from each end, so that both are exact. */
static double uniform_at(const aici_ready *ready, double p, bool upper) {
    bool from_high = upper == (p <= 0.5);
    double part = ready->b * (p <= 0.5 ? p : 1 - p);
    return from_high ? ready->scale_high - part : ready->scale_low + part;
}

static double loguniform_at(const aici_ready *ready, double p, bool upper) {
    bool from_high = upper == (p <= 0.5);
    double part = ready->b * (p <= 0.5 ? p : 1 - p);
    return from_high ? ready->scale_high * aici_exp(-part) : ready->scale_low * aici_exp(part);
}

/* Reckoned from the end of its side or from the mode, whichever is nearer. */
static double triangular_at(const aici_ready *ready, double p, bool upper) {
    double width = ready->c - ready->a, lower_side = (ready->b - ready->a) / width, upper_side = (ready->c - ready->b) / width;
    bool left = upper ? p > upper_side : p <= lower_side;
    double side = left ? lower_side : upper_side, other = left ? upper_side : lower_side, beyond = left == upper ? p : 1 - p;
    double from_end = sqrt((left == upper ? 1 - p : p) * side);
    if (2 * from_end <= side)
        return left ? ready->a + width * from_end : ready->c - width * from_end;
    double from_mode = fmax(side * (beyond - other) / (side + from_end), 0);
    return left ? ready->b - width * from_mode : ready->b + width * from_mode;
}

static double beta_at(const aici_ready *ready, double p, bool upper) {
    aici_beta_shape shape = aici_beta_of(ready);
    double rest, part = aici_beta_quantile(&shape, p, upper, &rest), width = ready->scale_high - ready->scale_low;
    return part <= rest ? ready->scale_low + width * part : ready->scale_high - width * rest;
}

static double discrete_at(const aici_ready *ready, double p, bool upper) {
    uint32_t low = 0, high = ready->count - 1;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (upper ? 1 - ready->share[middle] <= p : ready->share[middle] >= p)
            high = middle;
        else
            low = middle + 1;
    }
    return ready->value[low];
}

/* The remaining probability, seen from the end that is nearer to where p leads. */
static double truncated_at(const aici_ready *ready, double p, bool upper) {
    double from = upper ? ready->p_high : ready->p_low, to = upper ? ready->p_low : ready->p_high;
    double mapped = p <= 0.5 ? from + p * (to - from) : to - (1 - p) * (to - from);
    if (!(mapped > 0) || !(mapped < 1))
        return (mapped > 0) == ready->upper ? ready->scale_low : ready->scale_high;
    return aici_distribution_at_tail(ready->component[0], mapped, ready->upper);
}

static double at_inside(const aici_ready *ready, double p, bool upper) {
    switch (ready->distribution) {
    case AICI_DISTRIBUTION_NORMAL: return ready->a + from_median_at(ready, p, upper);
    case AICI_DISTRIBUTION_LOGNORMAL: return lognormal_at(ready, p, upper);
    case AICI_DISTRIBUTION_UNIFORM: return uniform_at(ready, p, upper);
    case AICI_DISTRIBUTION_LOGUNIFORM: return loguniform_at(ready, p, upper);
    case AICI_DISTRIBUTION_TRIANGULAR: return triangular_at(ready, p, upper);
    case AICI_DISTRIBUTION_PERT:
    case AICI_DISTRIBUTION_BETA: return beta_at(ready, p, upper);
    case AICI_DISTRIBUTION_DISCRETE: return discrete_at(ready, p, upper);
    case AICI_DISTRIBUTION_MIXTURE: return aici_mixture_at_tail(ready, p, upper);
    default: return truncated_at(ready, p, upper);
    }
}

double aici_distribution_at_tail(const aici_ready *ready, double p, bool upper) {
    return fmin(fmax(at_inside(ready, p, upper), ready->scale_low), ready->scale_high);
}

double aici_distribution_quantile(const aici_ready *ready, double p) {
    if (!(p >= 0 && p <= 1))
        return (double)NAN;
    if (p == 0 || p == 1)
        return p == 0 ? ready->scale_low : ready->scale_high;
    return aici_distribution_at_tail(ready, p, false);
}
