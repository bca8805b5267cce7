/* SPDX-License-Identifier: MIT */
/*
 * Mean and standard deviation of a ready distribution. Closed forms where these lose no digits; mixtures by the law of total
 * variance; truncated distributions, and narrow two-piece lognormals, by integrating the quantile function (tanh-sinh, as of Takahasi
 * and Mori, 1974), in pieces where it has a bend: closed forms of partial moments cancel where the interval is narrow or
 * far out, this does not.
 */
#include "base/elementary.h"
#include "eval/distribution_inner.h"

#include <math.h>

static const double PI = 3.14159265358979323846, ROOT_OF_TWO_PI = 2.5066282746310005024;

typedef struct moments {
    double share, mean, variance;
} moments;

static moments join(moments left, moments right) {
    double whole = left.share + right.share, l = left.share / whole, r = right.share / whole, apart = right.mean - left.mean;
    return (moments){whole, l * left.mean + r * right.mean, l * left.variance + r * right.variance + l * r * apart * apart};
}

/* --- integrating the quantile function ------------------------------------------------------------------------------------------------ */

/** A stretch of a distribution: the probabilities, in one tail, of its two ends. */
typedef struct stretch {
    const aici_ready *from;
    double at_low, at_high;
    bool upper;
} stretch;

enum { STEPS_PER_UNIT = 64, MOST_STEPS = 288 };

typedef struct node {
    double x, weight;
} node;

/* Node n of the integral from 0 to 1, mapped to the stretch; parts are counted from the nearer end. */
static node node_of(const stretch *of, int n) {
    double t = (double)n / STEPS_PER_UNIT, power = aici_exp(fabs(t)), bend = PI / 2 * (power - 1 / power);
    double near = 1 / (1 + aici_exp(bend)), weight = (power + 1 / power) * near * (1 - near);
    double from = n < 0 ? of->at_low : of->at_high, to = n < 0 ? of->at_high : of->at_low, p = from + near * (to - from);
    if (!(p > 0 && p < 1))
        return (node){0, 0};
    return (node){aici_distribution_at_tail(of->from, p, of->upper), weight};
}

static moments integrate(const stretch *of) {
    double whole = 0, sum = 0, square = 0;
    for (int n = -MOST_STEPS; n <= MOST_STEPS; n++) {
        node at = node_of(of, n);
        whole += at.weight;
        sum += at.weight * at.x;
    }
    double mean = sum / whole;
    for (int n = -MOST_STEPS; n <= MOST_STEPS; n++) {
        node at = node_of(of, n);
        square += at.weight * (at.x - mean) * (at.x - mean);
    }
    return (moments){fabs(of->at_high - of->at_low), mean, square / whole};
}

/* The lower tail at a bend of the quantile function; 0 where there is none. */
static double bend_of(const aici_ready *ready) {
    bool bell = ready->distribution == AICI_DISTRIBUTION_NORMAL || ready->distribution == AICI_DISTRIBUTION_LOGNORMAL;
    if (ready->distribution == AICI_DISTRIBUTION_TRIANGULAR)
        return (ready->b - ready->a) / (ready->c - ready->a);
    return bell && ready->b != ready->c ? 0.5 : 0;
}

static moments integrate_pieces(const stretch *of) {
    double bend = bend_of(of->from), split = of->upper ? 1 - bend : bend;
    if (!(split > fmin(of->at_low, of->at_high) && split < fmax(of->at_low, of->at_high)))
        return integrate(of);
    stretch left = *of, right = *of;
    left.at_high = right.at_low = split;
    return join(integrate(&left), integrate(&right));
}

static moments truncated_moments(const aici_ready *ready) {
    return integrate_pieces(&(stretch){ready->component[0], ready->p_low, ready->p_high, ready->upper});
}

/* --- lognormal ------------------------------------------------------------------------------------------------------------------------ */

/* The integral of exp(s z) over the lower half of a standard normal variable z: exp(s^2 / 2) times the probability of -s. */
static double lower_half(double s) {
    if (s < 15)
        return aici_exp(s * s / 2) * aici_normal_probability(-s);
    double sum = 1, r = 1 / (s * s);
    for (int odd = 23; odd > 0; odd -= 2)
        sum = 1 - odd * r * sum;
    return sum / (s * ROOT_OF_TWO_PI);
}

static double upper_half(double s) { return aici_exp(s * s / 2) * aici_normal_probability(s); }

static double lognormal_mean(const aici_ready *ready) {
    double b = ready->b, c = ready->c;
    return b == c ? aici_exp(ready->a + b * b / 2) : aici_exp(ready->a) * (lower_half(b) + upper_half(c));
}

static double lognormal_sd(const aici_ready *ready) {
    double b = ready->b, c = ready->c;
    if (b == c && b * b < 700)
        return lognormal_mean(ready) * sqrt(aici_exp_minus_one(b * b));
    if (b == c)
        return aici_exp(ready->a + b * b);
    if (fmax(b, c) < 0.5) {
        stretch left = {ready, 0, 0.5, false}, right = {ready, 0.5, 0, true};
        return sqrt(join(integrate(&left), integrate(&right)).variance);
    }
    double mean = lower_half(b) + upper_half(c), square = lower_half(2 * b) + upper_half(2 * c);
    return aici_exp(ready->a) * (isinf(square) ? square : sqrt(square - mean * mean));
}

/* --- the others ----------------------------------------------------------------------------------------------------------------------- */

static double normal_sd(const aici_ready *ready) {
    double b = ready->b, c = ready->c, shift = (c - b) / ROOT_OF_TWO_PI;
    return b == c ? b : sqrt((b * b + c * c) / 2 - shift * shift);
}

/* With x = middle * exp(u), u evenly in [-h, h]: variance = middle^2 (sinh h / h) (cosh h - sinh h / h). */
static double loguniform_sd(const aici_ready *ready) {
    double h = ready->b / 2, power = aici_exp(h), sine = (power - 1 / power) / 2 / h, rest = (power + 1 / power) / 2 - sine;
    if (h < 1) {
        sine = 0;
        rest = 0;
        for (int k = 12; k > 0; k--) {
            rest = (rest + 2.0 * k) * h * h / ((2 * k + 1) * (2.0 * k));
            sine = (sine + 1) * h * h / ((2 * k + 1) * (2.0 * k));
        }
        sine += 1;
    }
    return sqrt(ready->scale_low) * sqrt(ready->scale_high) * sqrt(sine) * sqrt(rest);
}

static double loguniform_mean(const aici_ready *ready) { return (ready->scale_high - ready->scale_low) / ready->b; }

static double triangular_sd(const aici_ready *ready) {
    double width = ready->c - ready->a, left = (ready->b - ready->a) / width, right = (ready->c - ready->b) / width;
    return width * sqrt((1 + left * left + right * right) / 36);
}

static double beta_mean(const aici_ready *ready) {
    aici_beta_shape shape = aici_beta_of(ready);
    double sum = shape.a + shape.b;
    return ready->scale_low * (shape.b / sum) + ready->scale_high * (shape.a / sum);
}

static double beta_sd(const aici_ready *ready) {
    aici_beta_shape shape = aici_beta_of(ready);
    double sum = shape.a + shape.b;
    return (ready->scale_high - ready->scale_low) * sqrt(shape.a / sum * (shape.b / sum) / (sum + 1));
}

static double value_or_mean(const aici_ready *ready, uint32_t i) {
    return ready->distribution == AICI_DISTRIBUTION_DISCRETE ? ready->value[i] : aici_distribution_mean(ready->component[i]);
}

static double parts_mean(const aici_ready *ready) {
    double sum = 0;
    for (uint32_t i = 0; i < ready->count; i++)
        sum += ready->weight[i] * value_or_mean(ready, i);
    return sum;
}

static double parts_sd(const aici_ready *ready) {
    double mean = parts_mean(ready), sum = 0;
    for (uint32_t i = 0; i < ready->count; i++) {
        double apart = value_or_mean(ready, i) - mean;
        double own = ready->distribution == AICI_DISTRIBUTION_MIXTURE ? aici_distribution_sd(ready->component[i]) : 0;
        sum += ready->weight[i] * (own * own + apart * apart);
    }
    return sqrt(sum);
}

double aici_distribution_mean(const aici_ready *ready) {
    switch (ready->distribution) {
    case AICI_DISTRIBUTION_NORMAL: return ready->a + (ready->c - ready->b) / ROOT_OF_TWO_PI;
    case AICI_DISTRIBUTION_LOGNORMAL: return lognormal_mean(ready);
    case AICI_DISTRIBUTION_UNIFORM: return ready->scale_low / 2 + ready->scale_high / 2;
    case AICI_DISTRIBUTION_LOGUNIFORM: return loguniform_mean(ready);
    case AICI_DISTRIBUTION_TRIANGULAR: return ready->a / 3 + ready->b / 3 + ready->c / 3;
    case AICI_DISTRIBUTION_PERT:
    case AICI_DISTRIBUTION_BETA: return beta_mean(ready);
    case AICI_DISTRIBUTION_DISCRETE:
    case AICI_DISTRIBUTION_MIXTURE: return parts_mean(ready);
    default: return truncated_moments(ready).mean;
    }
}

double aici_distribution_sd(const aici_ready *ready) {
    switch (ready->distribution) {
    case AICI_DISTRIBUTION_NORMAL: return normal_sd(ready);
    case AICI_DISTRIBUTION_LOGNORMAL: return lognormal_sd(ready);
    case AICI_DISTRIBUTION_UNIFORM: return ready->b / sqrt(12);
    case AICI_DISTRIBUTION_LOGUNIFORM: return loguniform_sd(ready);
    case AICI_DISTRIBUTION_TRIANGULAR: return triangular_sd(ready);
    case AICI_DISTRIBUTION_PERT:
    case AICI_DISTRIBUTION_BETA: return beta_sd(ready);
    case AICI_DISTRIBUTION_DISCRETE:
    case AICI_DISTRIBUTION_MIXTURE: return parts_sd(ready);
    default: return sqrt(truncated_moments(ready).variance);
    }
}
