/* SPDX-License-Identifier: MIT */
/*
 * The beta distribution on [0, 1]: shapes become probabilities of both tails and quantiles. The factor in front of the continued fraction
 * is written about the mean, as Loader does for binomial probabilities ("Fast and accurate computation of binomial probabilities", 2000),
 * so that large shapes cost no digits; the fraction is that of Didonato and Morris (TOMS 708, 1992). Precise to some 1e-14 for shapes up to
 * 1e5; beyond, the work grows as the root of the shape. Scaling to other intervals is left to others.
 */
#include "base/elementary.h"
#include "eval/distribution_inner.h"

#include <float.h>
#include <math.h>

static const double TWO_PI = 6.283185307179586477;

enum { MOST_TERMS = 1000000, MOST_STEPS = 200, SHIFTED = 10 };

double aici_ln_of_one_plus(double x) {
    double sum = 1 + x;
    return sum == 1 ? x : isinf(sum) ? sum : aici_ln(sum) * (x / (sum - 1));
}

double aici_exp_minus_one(double x) {
    double power = aici_exp(x);
    if (power == 1)
        return x;
    return power - 1 == -1 || isinf(power) ? power - 1 : (power - 1) * (x / aici_ln(power));
}

double aici_ln_of_ratio(double high, double low) {
    double ratio = high / low;
    if (!(ratio <= 2 && ratio >= 0.5) || low < 1e-290)
        return ratio <= DBL_MAX && ratio >= DBL_MIN && low >= DBL_MIN ? aici_ln(ratio) : aici_ln(high) - aici_ln(low);
    return aici_ln(ratio) + fma(-ratio, low, high) / high;
}

/* --- constants of shapes -------------------------------------------------------------------------------------------------------------- */

/* What Stirling's formula leaves out, from 10 on: ln gamma(a) - ((a - 1/2) ln a - a + ln(2 pi) / 2). */
static double stirling_rest(double a) {
    double s = 1 / a, t = s * s;
    return s * (1.0 / 12 - t * (1.0 / 360 - t * (1.0 / 1260 - t * (1.0 / 1680 - t * (1.0 / 1188 - t * (691.0 / 360360 - t / 156))))));
}

/* Stirling's approximation of gamma(a), divided by gamma(a). */
static double stirling_ratio(double a) {
    if (a >= SHIFTED)
        return aici_exp(-stirling_rest(a));
    int shift = (int)ceil(SHIFTED - a);
    double top = a + shift, product = sqrt(top / a);
    for (int i = 0; i < shift; i++)
        product *= (a + i) / top;
    return product * aici_power(a / top, a) * aici_exp(shift - stirling_rest(top));
}

static aici_beta_shape mirrored(const aici_beta_shape *shape) {
    return (aici_beta_shape){shape->b, shape->a, shape->peak, shape->log_beta, shape->half_upper, shape->half_lower};
}

void aici_beta_prepare(double a, double b, aici_beta_shape *out) {
    double sum = a + b, small = a < b ? a : b, large = a < b ? b : a;
    double ratio = stirling_ratio(a) * (stirling_ratio(b) / stirling_ratio(sum));
    *out = (aici_beta_shape){.a = a, .b = b, .peak = sqrt(small) * sqrt(large / sum / TWO_PI) * ratio};
    out->log_beta = small * aici_ln(small / sum) + large * aici_ln_of_one_plus(-small / sum) - aici_ln(out->peak);
    aici_beta_tails half = aici_beta_at(out, 0.5, 0.5);
    out->half_lower = half.lower;
    out->half_upper = half.upper;
}

aici_beta_shape aici_beta_of(const aici_ready *ready) {
    aici_beta_shape shape = {ready->a, ready->b, ready->peak, ready->log_beta, ready->p_low, ready->p_high};
    if (ready->distribution == AICI_DISTRIBUTION_PERT) {
        double width = ready->c - ready->a;
        shape.a = 1 + 4 * ((ready->b - ready->a) / width);
        shape.b = 1 + 4 * ((ready->c - ready->b) / width);
    }
    return shape;
}

/* --- probabilities -------------------------------------------------------------------------------------------------------------------- */

/* ln(1 + x) - x where 1 + x is @p whole. */
static double ln_minus_linear(double x, double whole) {
    if (fabs(x) > 0.5)
        return aici_ln(whole) - x;
    double r = x / (2 + x), s = r * r, sum = 0;
    for (int odd = 35; odd > 1; odd -= 2)
        sum = (sum + 1.0 / odd) * s;
    return r * (2 * sum - x);
}

double aici_beta_power(const aici_beta_shape *shape, double x, double y) {
    double a = shape->a, b = shape->b, sum = a + b, from_mean = fma(b, x, -(a * y));
    double exponent = a * ln_minus_linear(from_mean / a, sum / a * x) + b * ln_minus_linear(-from_mean / b, sum / b * y);
    return shape->peak * aici_exp(exponent);
}

/* The probability of being below x, as a multiple of aici_beta_power(); by Lentz's method. For x left of about the mean. */
static double fraction(double a, double b, double x, double y) {
    const double tiny = 1e-300;
    double left = fma(-b, x, a * y), whole = a / (a + 1) * (left + 1);
    double c = whole, d = 0;
    for (int n = 1; n < MOST_TERMS; n++) {
        double odd = a + 2.0 * n - 1, over = n * (b - n) * x / odd;
        double numerator = (a + n - 1) / odd * (a + b + n - 1) * x * over;
        double denominator = n + over + (a + n) / (odd + 2) * (left + 1 + n * (1 + y));
        d = fma(numerator, d, denominator);
        c = denominator + numerator / c;
        d = 1 / (fabs(d) < tiny ? tiny : d);
        c = fabs(c) < tiny ? tiny : c;
        whole *= c * d;
        if (fabs(c * d - 1) <= 2 * DBL_EPSILON)
            break;
    }
    return 1 / whole;
}

aici_beta_tails aici_beta_at(const aici_beta_shape *shape, double x, double y) {
    double a = shape->a, b = shape->b;
    if (!(x > 0) || !(y > 0))
        return (aici_beta_tails){!(x > 0) ? 0 : 1, !(x > 0) ? 1 : 0, 0};
    aici_beta_tails tails = {0, 0, aici_beta_power(shape, x, y)};
    if ((b + 1) * x <= (a + 1) * y) {
        tails.lower = fmin(tails.power * fraction(a, b, x, y), 1);
        tails.upper = 1 - tails.lower;
    } else {
        tails.upper = fmin(tails.power * fraction(b, a, y, x), 1);
        tails.lower = 1 - tails.upper;
    }
    return tails;
}

/* --- quantiles ------------------------------------------------------------------------------------------------------------------------ */

/* ln of the quantile where only the leading term of the distribution function, x^a / (a B), counts. */
static double leading_logarithm(const aici_beta_shape *shape, double p, bool upper) {
    return ((upper ? aici_ln_of_one_plus(-p) : aici_ln(p)) + aici_ln(shape->a) + shape->log_beta) / shape->a;
}

/* Abramowitz and Stegun 26.5.22. */
static double guess_from_normal(const aici_beta_shape *shape, double p, bool upper) {
    double z = aici_normal_quantile(p), x = upper ? z : -z;
    double u = 1 / (2 * shape->a - 1), v = 1 / (2 * shape->b - 1), h = 2 / (u + v), k = (x * x - 3) / 6;
    double w = x * sqrt(fmax(k + h, 0)) / h - (v - u) * (k + 5.0 / 6 - 2 / (3 * h));
    return shape->a / (shape->a + shape->b * aici_exp(2 * w));
}

/* One step of Halley's method on ln(tail / p) as a function of ln x; *done where it is the last that counts. */
static double step_by_halley(const aici_beta_shape *shape, double x, const aici_beta_tails *tails, double p, bool upper, bool *done) {
    double tail = upper ? tails->upper : tails->lower, y = 1 - x;
    double slope = tails->power / y / (upper ? -tail : tail), newton = aici_ln(tail / p) / slope;
    double bend = newton * (shape->a - (shape->b - 1) * x / y - slope) / 2;
    double step = -newton / fmin(fmax(1 - bend, 0.5), 2);
    *done = fabs(bend) < 1e-6 && fabs(step) < 1e-6;
    return *done ? x + x * (step + step * step / 2) : x * aici_exp(step);
}

/* The quantile where it is at most 1/2, and p is at most 1/2, too. */
static double solve_lower_half(const aici_beta_shape *shape, double p, bool upper) {
    double leading = leading_logarithm(shape, p, upper), low = 0, high = 0.5;
    if (leading < -700)
        return aici_exp(leading);
    double x = shape->a > 1 && shape->b > 1 ? guess_from_normal(shape, p, upper) : aici_exp(leading);
    bool done = false;
    for (int i = 0; i < MOST_STEPS && !done && low < high; i++) {
        if (!(x > low && x <= high))
            x = low > 0 ? sqrt(low) * sqrt(high) : fmax(high * 1e-3, DBL_MIN);
        aici_beta_tails tails = aici_beta_at(shape, x, 1 - x);
        bool beyond = upper ? tails.upper <= p : tails.lower >= p;
        if (beyond)
            high = x;
        else
            low = x;
        x = step_by_halley(shape, x, &tails, p, upper, &done);
    }
    return fmin(x, 0.5);
}

double aici_beta_quantile(const aici_beta_shape *shape, double p, bool upper, double *rest) {
    aici_beta_shape other = mirrored(shape);
    bool mirror = upper ? p < shape->half_upper : p > shape->half_lower;
    bool above = upper != mirror, turn = p > 0.5;
    double x = solve_lower_half(mirror ? &other : shape, turn ? 1 - p : p, above != turn);
    *rest = mirror ? x : 1 - x;
    return mirror ? 1 - x : x;
}
