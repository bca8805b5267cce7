/* SPDX-License-Identifier: MIT */
/*
 * The standard normal distribution on eight lanes: probability, quantile, pairs of random numbers. Approximations are of our own; the
 * quantile is split into a centre, which most vectors need alone, and tails, which are worked out when a lane lies in one.
 */
#ifndef AICI_BASE_SIMD_NORMAL_H
#define AICI_BASE_SIMD_NORMAL_H

#include "base/simd/exponentials.h"
#include "base/simd/normal_coefficients.h"

AICI_HORNER(v_centre_above, AICI_CENTRE_ABOVE, AICI_CENTRE_ABOVE_HIGHEST)
AICI_HORNER(v_centre_below, AICI_CENTRE_BELOW, AICI_CENTRE_BELOW_HIGHEST)
AICI_HORNER(v_tail_above, AICI_TAIL_ABOVE, AICI_TAIL_ABOVE_HIGHEST)
AICI_HORNER(v_tail_below, AICI_TAIL_BELOW, AICI_TAIL_BELOW_HIGHEST)
AICI_HORNER(v_probability_series, AICI_PROBABILITY, AICI_PROBABILITY_HIGHEST)

/* --- quantile ------------------------------------------------------------------------------------------------------------------------- */

/** t = sqrt(-2 ln p) for p in (0, 1/2), which may be subnormal, with what the root lost. */
AICI_INLINE aici_v2 v_tail_root(aici_v p) {
    aici_parts parts = v_parts_any(p);
    aici_v power = parts.exponent;
    parts.exponent = v_all(0.0);
    aici_v2 ln = v_two_sum(v_multiply(power, v_all(AICI_LN2_HIGH)), v_ln_parts(parts));
    ln = v_two_sum(ln.high, v_fma(power, v_all(AICI_LN2_LOW), ln.low));
    aici_v square = v_multiply(ln.high, v_all(-2.0));
    aici_v root = v_sqrt(square);
    aici_v rest = v_fma(v_all(-2.0), ln.low, v_fnma(root, root, square));
    return (aici_v2){root, v_divide(rest, v_add(root, root))};
}

/** 2 / a in two parts. */
AICI_INLINE aici_v2 v_two_over(aici_v a) {
    aici_v quotient = v_divide(v_all(2.0), a);
    return (aici_v2){quotient, v_multiply(v_fnma(quotient, a, v_all(2.0)), v_multiply(quotient, v_all(0.5)))};
}

/** -z for the z at which the lower tail is @p p, p < 0.0102: t - 1/8 - 2 / t, which is off by less than 0.1, and a correction. */
AICI_INLINE aici_v v_quantile_tail(aici_v p) {
    aici_v2 t = v_tail_root(p), less = v_two_over(t.high);
    aici_v correction = v_divide(v_tail_above(t.high), v_tail_below(t.high));
    aici_v2 base = v_two_sum(v_subtract(t.high, v_all(0.125)), v_negate(less.high));
    aici_v z = v_add(base.high, v_add(correction, v_add(base.low, v_subtract(t.low, less.low))));
    z = v_select(v_equal(p, v_all(0.0)), v_all((double)INFINITY), z);
    return v_select(v_less_equal(v_all(0.0), p), z, v_all((double)NAN));
}

/** For p below 0.0102 or above 0.9898. */
AICI_INLINE aici_v v_quantile_far(aici_v p) {
    aici_m lower = v_less(p, v_all(0.5));
    aici_v far = v_quantile_tail(v_select(lower, p, v_subtract(v_all(1.0), p)));
    return v_select(lower, v_negate(far), far);
}

/**
 * z = q * (4.5 - 4 s + centre(s)), q = p - 1/2, s = sqrt(p * (1 - p)). The line leaves a small correction, whose rounding matters little;
 * in the root the logarithm at the ends is smooth. Lanes in a tail come to nothing, and *tail tells which.
 */
AICI_INLINE aici_v v_quantile_centre(aici_v p, aici_m *tail) {
    aici_v q = v_subtract(p, v_all(0.5));
    aici_v q_low = v_subtract(p, v_add(q, v_all(0.5)));
    aici_v square = v_fnma(p, p, p);
    aici_v root = v_sqrt(square);
    aici_v line = v_fnma(root, v_all(4.0), v_all(4.5));
    aici_v line_low = v_fnma(root, v_all(4.0), v_subtract(v_all(4.5), line));
    aici_v slope = v_add(line_low, v_divide(v_centre_above(root), v_centre_below(root)));
    slope = v_fnma(v_fnma(root, root, square), line, slope); /* what the root lost; the slope in w is near the line */
    *tail = v_less(square, v_all(0.0099));
    return v_fma(q, line, v_fma(q, slope, v_multiply(q_low, v_add(slope, line))));
}

AICI_INLINE aici_v v_normal_quantile(aici_v p) {
    aici_m tail;
    aici_v z = v_quantile_centre(p, &tail);
    return m_bits(tail) ? v_select(tail, v_quantile_far(p), z) : z;
}

/* --- probability ---------------------------------------------------------------------------------------------------------------------- */

/** coefficient = high + low, so that the sum is good to about 100 bits. */
AICI_INLINE aici_v2 v2_step(aici_v2 made, aici_v at, double high, double low) {
    aici_v2 product = v_two_product(made.high, at);
    aici_v2 sum = v_two_sum(product.high, v_all(high));
    aici_v sum_low = v_add(sum.low, v_add(product.low, v_fma(made.low, at, v_all(low))));
    return (aici_v2){sum.high, sum_low};
}

#define AICI_FINE_STEP(high, low) made = v2_step(made, at, high, low);

AICI_INLINE aici_v2 v_mills_above(aici_v at) {
    aici_v2 made = {v_all(0.0), v_all(0.0)};
    AICI_MILLS_ABOVE(AICI_FINE_STEP)
    return made;
}

AICI_INLINE aici_v2 v_mills_below(aici_v at) {
    aici_v2 made = {v_all(0.0), v_all(0.0)};
    AICI_MILLS_BELOW(AICI_FINE_STEP)
    return made;
}

/** The probability below -a, 1 <= a: e^(-a^2/2) times the ratio above / below; as sum * 2^power. */
AICI_INLINE aici_exp_parts v_probability_tail(aici_v a) {
    aici_v2 above = v_mills_above(a), below = v_mills_below(a);
    aici_v ratio = v_divide(above.high, below.high);
    aici_v rest = v_add(v_fnma(ratio, below.high, above.high), v_fnma(ratio, below.low, above.low));
    aici_v2 square = v_two_product(a, v_multiply(a, v_all(-0.5)));
    aici_exp_parts result = v_exp_double(square);
    result.sum = v2_product(result.sum, (aici_v2){ratio, v_divide(rest, below.high)});
    return result;
}

/** 1/2 + z * (density + series(z^2)) for |z| <= 1. */
AICI_INLINE aici_v v_probability_centre(aici_v z) {
    aici_v square = v_multiply(z, z);
    aici_v2 linear = v_two_product(z, v_all(AICI_DENSITY_HIGH));
    aici_v curve = v_fma(square, v_probability_series(square), v_all(AICI_DENSITY_LOW));
    aici_v2 sum = v_two_sum(v_all(0.5), linear.high);
    return v_add(sum.high, v_add(sum.low, v_fma(z, curve, linear.low)));
}

AICI_INLINE aici_v v_normal_probability(aici_v z) {
    aici_v magnitude = v_abs(z);
    aici_exp_parts tail = v_probability_tail(v_clamp(v_all(1.0), magnitude, v_all(38.6)));
    aici_v lower = v_scale_far(v_add(tail.sum.high, tail.sum.low), tail.power);
    aici_v far = v_select(v_less(z, v_all(0.0)), lower, v_subtract(v_all(1.0), lower));
    return v_select(v_less(v_all(1.0), magnitude), far, v_probability_centre(z));
}

/* --- random numbers ------------------------------------------------------------------------------------------------------------------- */

/** Two independent standard normal numbers by the method of Box and Muller (1958), from 64 random bits each. */
AICI_INLINE void v_normal_pair(aici_w a, aici_w b, aici_v *first, aici_v *second) {
    aici_v radius = v_sqrt(v_multiply(v_ln_unit(v_unit_open(a)), v_all(-2.0)));
    aici_v sin, cos;
    v_sin_cos_turn(b, &sin, &cos);
    *first = v_multiply(radius, cos);
    *second = v_multiply(radius, sin);
}

#endif
