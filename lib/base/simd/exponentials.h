/* SPDX-License-Identifier: MIT */
/*
 * exp, logarithms, powers, sine and cosine on eight lanes, from the operations of simd.h alone: no tables, no gathers, so that each
 * instruction set gives the same bits. Arguments out of the ordinary (subnormal, infinite, NaN, out of the domain) take a slower path for
 * the whole vector, which gives ordinary lanes the bits that they have without it. Errors are measured by tests/unit/base/elementary.c. The
 * normal distribution is in simd/normal.h.
 */
#ifndef AICI_BASE_SIMD_EXPONENTIALS_H
#define AICI_BASE_SIMD_EXPONENTIALS_H

#include "base/simd/coefficients.h"
#include "base/simd/simd.h"

#include <math.h>

/** The unevaluated sum of two doubles; low is below half an ulp of high, or nearly. */
typedef struct aici_v2 {
    aici_v high, low;
} aici_v2;

/** A polynomial by Horner's rule: the list names the coefficients, that of the highest power first. */
#define AICI_HORNER_STEP(c) made = v_fma(made, at, v_all(c));
#define AICI_HORNER(name, list, highest)                                                                                                   \
    AICI_INLINE aici_v name(aici_v at) {                                                                                                   \
        aici_v made = v_all(highest);                                                                                                      \
        list(AICI_HORNER_STEP) return made;                                                                                                \
    }

AICI_HORNER(v_exp_tail, AICI_EXP_TAIL, AICI_EXP_TAIL_HIGHEST)
AICI_HORNER(v_ln_series, AICI_LN, AICI_LN_HIGHEST)
AICI_HORNER(v_ln_fine_series, AICI_LN_FINE, AICI_LN_FINE_HIGHEST)
AICI_HORNER(v_sin_series, AICI_SIN, AICI_SIN_HIGHEST)
AICI_HORNER(v_cos_series, AICI_COS, AICI_COS_HIGHEST)

AICI_INLINE aici_m v_in_order(aici_v low, aici_v a, aici_v high) { return m_and(v_less_equal(low, a), v_less_equal(a, high)); }
AICI_INLINE bool m_all(aici_m m) { return m_bits(m) == 0xffu; }
/** a + b; the magnitude of a is not below that of b, or a is 0. */
AICI_INLINE aici_v2 v_two_sum(aici_v a, aici_v b) {
    aici_v sum = v_add(a, b);
    return (aici_v2){sum, v_add(v_subtract(a, sum), b)};
}
AICI_INLINE aici_v2 v_two_product(aici_v a, aici_v b) {
    aici_v product = v_multiply(a, b);
    return (aici_v2){product, v_fma(a, b, v_negate(product))};
}
AICI_INLINE aici_v2 v2_product(aici_v2 a, aici_v2 b) {
    aici_v2 product = v_two_product(a.high, b.high);
    product.low = v_add(product.low, v_fma(a.high, b.low, v_multiply(a.low, b.high)));
    return product;
}

/* --- exp ------------------------------------------------------------------------------------------------------------------------------ */

/** A sum with it rounds to a whole number, which then stands in the lowest bits. */
#define AICI_SHIFTER 0x1.8p52

/** x = power * ln 2 + rest. */
typedef struct aici_reduced {
    aici_v shifted; /**< power + AICI_SHIFTER */
    aici_v rest;
} aici_reduced;

AICI_INLINE aici_reduced v_exp_reduce(aici_v x) {
    aici_v shifted = v_fma(x, v_all(AICI_LOG2_E), v_all(AICI_SHIFTER));
    aici_v power = v_subtract(shifted, v_all(AICI_SHIFTER));
    return (aici_reduced){shifted, v_fnma(power, v_all(AICI_LN2_LOW), v_fnma(power, v_all(AICI_LN2_HIGH), x))};
}

/** e^rest in about [0.7, 1.42]: 1 + rest is kept in two parts, so that little more is lost than by the last addition. */
AICI_INLINE aici_v v_exp_rest(aici_v rest) {
    aici_v2 sum = v_two_sum(v_all(1.0), rest);
    return v_add(sum.high, v_fma(v_multiply(rest, rest), v_exp_tail(rest), sum.low));
}

/** The power of two whose exponent is a whole number in [-1022, 1023]. */
AICI_INLINE aici_v v_two_to(aici_v exponent) { return v_of_bits(w_left(w_of(v_add(exponent, v_all(AICI_SHIFTER + 1023))), 52)); }

/** Scales in two steps, so that overflow and subnormal results come of the last multiplication; power in [-2040, 2040]. */
AICI_INLINE aici_v v_scale_far(aici_v a, aici_v power) {
    aici_v half = v_floor(v_multiply(power, v_all(0.5)));
    return v_multiply(v_multiply(a, v_two_to(half)), v_two_to(v_subtract(power, half)));
}

/** @p a, or the nearest bound; NaN stays. */
AICI_INLINE aici_v v_clamp(aici_v low, aici_v a, aici_v high) { return v_select(v_less(a, low), low, v_select(v_less(high, a), high, a)); }

/** For |x| < 700; anything else gives nonsense. */
AICI_INLINE aici_v v_exp_moderate(aici_v x) {
    aici_reduced reduced = v_exp_reduce(x);
    return v_of_bits(w_add(w_of(v_exp_rest(reduced.rest)), w_left(w_of(reduced.shifted), 52)));
}

AICI_INLINE aici_v v_exp_any(aici_v x) {
    aici_reduced reduced = v_exp_reduce(v_clamp(v_all(-750), x, v_all(715)));
    return v_scale_far(v_exp_rest(reduced.rest), v_subtract(reduced.shifted, v_all(AICI_SHIFTER)));
}

AICI_INLINE aici_v v_exp(aici_v x) {
    if (m_all(v_less(v_abs(x), v_all(700))))
        return v_exp_moderate(x);
    return v_exp_any(x);
}

/* --- logarithms ----------------------------------------------------------------------------------------------------------------------- */

/** x = mantissa * 2^exponent, mantissa in [sqrt(1/2), sqrt(2)). */
typedef struct aici_parts {
    aici_v mantissa, exponent;
} aici_parts;

/** For normal positive x. */
AICI_INLINE aici_parts v_parts(aici_v x) {
    const uint64_t one = UINT64_C(0x3ff0000000000000), sqrt_half = UINT64_C(0x3fe6a09e667f3bcd);
    aici_w from_sqrt_half = w_add(w_of(x), w_all(one - sqrt_half));
    aici_v biased = v_of_bits(w_or(w_right(from_sqrt_half, 52), w_all(UINT64_C(0x4330000000000000))));
    aici_w mantissa = w_add(w_and(from_sqrt_half, w_all(UINT64_C(0x000fffffffffffff))), w_all(sqrt_half));
    return (aici_parts){v_of_bits(mantissa), v_subtract(biased, v_all(0x1p52 + 1023))};
}

/** For positive x that may be subnormal. */
AICI_INLINE aici_parts v_parts_any(aici_v x) {
    aici_m tiny = v_less(x, v_all(0x1p-1022));
    aici_parts parts = v_parts(v_select(tiny, v_multiply(x, v_all(0x1p54)), x));
    parts.exponent = v_select(tiny, v_subtract(parts.exponent, v_all(54)), parts.exponent);
    return parts;
}

/**
 * ln(1 + f) + exponent * ln 2: with s = f / (2 + f), ln(1 + f) = f - (f * f / 2 - s * (f * f / 2 + s * s * series(s * s))), whose largest
 * term is exact.
 */
AICI_INLINE aici_v v_ln_parts(aici_parts x) {
    aici_v f = v_subtract(x.mantissa, v_all(1.0));
    aici_v s = v_divide(f, v_add(f, v_all(2.0)));
    aici_v square = v_multiply(s, s);
    aici_v half = v_multiply(v_multiply(f, v_all(0.5)), f);
    aici_v series = v_fma(square, v_ln_series(square), half);
    aici_v fine = v_fma(s, series, v_multiply(x.exponent, v_all(AICI_LN2_LOW)));
    return v_fma(x.exponent, v_all(AICI_LN2_HIGH), v_subtract(f, v_subtract(half, fine)));
}

/** For normal positive x, as those in (0, 1] that are made from random bits. */
AICI_INLINE aici_v v_ln_unit(aici_v x) { return v_ln_parts(v_parts(x)); }

/** The logarithm of the lanes that have one is @p ordinary; 0, infinity, NaN and numbers below 0 are put right. */
AICI_INLINE aici_v v_logarithm_specials(aici_v x, aici_v ordinary) {
    aici_v result = v_select(v_equal(x, v_all((double)INFINITY)), x, ordinary);
    result = v_select(v_equal(x, v_all(0.0)), v_all(-(double)INFINITY), result);
    return v_select(v_less_equal(v_all(0.0), x), result, v_all((double)NAN));
}

AICI_INLINE aici_m v_is_normal_positive(aici_v x) { return v_in_order(v_all(0x1p-1022), x, v_all(0x1.fffffffffffffp1023)); }

AICI_INLINE aici_v v_ln(aici_v x) {
    if (m_all(v_is_normal_positive(x)))
        return v_ln_unit(x);
    return v_logarithm_specials(x, v_ln_parts(v_parts_any(x)));
}

/** s = f / (2 + f), f = m - 1, to about 100 bits. As 1 / (m + 1) = (1 - s) / 2, one division does. */
AICI_INLINE aici_v2 v_ln_argument(aici_v mantissa) {
    aici_v f = v_subtract(mantissa, v_all(1.0));
    aici_v sum = v_add(mantissa, v_all(1.0));
    aici_v sum_low = v_subtract(mantissa, v_subtract(sum, v_all(1.0)));
    aici_v s = v_divide(f, sum);
    aici_v rest = v_fnma(s, sum_low, v_fnma(s, sum, f));
    return (aici_v2){s, v_multiply(rest, v_fnma(s, v_all(0.5), v_all(0.5)))};
}

/** ln of a mantissa with a relative error below 2^-64: s * (2 + s^2 * (2/3 + s^2 * series(s^2))), the outer steps in double-double. */
AICI_INLINE aici_v2 v_ln_fine(aici_v mantissa) {
    aici_v2 s = v_ln_argument(mantissa);
    aici_v2 square = v_two_product(s.high, s.high);
    square.low = v_fma(v_add(s.high, s.high), s.low, square.low);
    aici_v inner = v_multiply(square.high, v_ln_fine_series(square.high));
    aici_v2 third = v_two_sum(v_all(AICI_TWO_THIRDS_HIGH), inner);
    third.low = v_add(third.low, v_fma(v_all(0.4), square.low, v_all(AICI_TWO_THIRDS_LOW)));
    aici_v2 outer = v2_product(square, third);
    aici_v2 two = v_two_sum(v_all(2.0), outer.high);
    two.low = v_add(two.low, outer.low);
    return v2_product(s, two);
}

/** ln x = ln mantissa + exponent * ln 2. */
AICI_INLINE aici_v2 v_ln_double(aici_parts x) {
    aici_v2 fine = v_ln_fine(x.mantissa);
    aici_v2 sum = v_two_sum(v_multiply(x.exponent, v_all(AICI_LN2_HIGH)), fine.high);
    return v_two_sum(sum.high, v_add(sum.low, v_fma(x.exponent, v_all(AICI_LN2_LOW), fine.low)));
}

AICI_INLINE aici_v v_log2(aici_v x) {
    aici_parts parts = v_parts_any(x);
    aici_v2 fraction = v2_product(v_ln_fine(parts.mantissa), (aici_v2){v_all(AICI_LOG2_E), v_all(AICI_LOG2_E_LOW)});
    aici_v2 sum = v_two_sum(parts.exponent, fraction.high);
    aici_v result = v_add(sum.high, v_add(sum.low, fraction.low));
    return m_all(v_is_normal_positive(x)) ? result : v_logarithm_specials(x, result);
}

AICI_INLINE aici_v v_log10(aici_v x) {
    aici_parts parts = v_parts_any(x);
    aici_v2 fraction = v2_product(v_ln_fine(parts.mantissa), (aici_v2){v_all(AICI_LOG10_E), v_all(AICI_LOG10_E_LOW)});
    aici_v2 sum = v_two_sum(v_multiply(parts.exponent, v_all(AICI_LOG10_2_HIGH)), fraction.high);
    aici_v low = v_add(sum.low, v_fma(parts.exponent, v_all(AICI_LOG10_2_LOW), fraction.low));
    aici_v result = v_add(sum.high, low);
    return m_all(v_is_normal_positive(x)) ? result : v_logarithm_specials(x, result);
}

/* --- powers --------------------------------------------------------------------------------------------------------------------------- */

/** e^(high + low) as sum * 2^power; the sum's relative error is below 2^-57. */
typedef struct aici_exp_parts {
    aici_v2 sum;
    aici_v power;
} aici_exp_parts;

AICI_INLINE aici_exp_parts v_exp_double(aici_v2 x) {
    aici_v shifted = v_fma(x.high, v_all(AICI_LOG2_E), v_all(AICI_SHIFTER));
    aici_v power = v_subtract(shifted, v_all(AICI_SHIFTER));
    aici_v large = v_fnma(power, v_all(AICI_LN2_HIGH), x.high);
    aici_v2 rest = v_two_sum(large, v_fnma(power, v_all(AICI_LN2_LOW), x.low));
    aici_v2 sum = v_two_sum(v_all(1.0), rest.high);
    aici_v small = v_fma(rest.low, rest.high, rest.low);
    aici_v curve = v_multiply(v_multiply(rest.high, rest.high), v_exp_tail(rest.high));
    return (aici_exp_parts){v_two_sum(sum.high, v_add(curve, v_add(sum.low, small))), power};
}

/** base^exponent for a positive finite base; the exponent is finite, and cut off where the result has long been 0, 1 or infinite. */
AICI_INLINE aici_v v_power_positive(aici_parts base, aici_v exponent) {
    aici_v2 ln = v_ln_double(base);
    aici_v cut = v_clamp(v_all(-0x1p64), exponent, v_all(0x1p64));
    aici_v2 product = v_two_product(cut, ln.high);
    product.low = v_fma(cut, ln.low, product.low);
    aici_m inside = v_in_order(v_all(-750), product.high, v_all(715));
    product.low = v_select(inside, product.low, v_all(0.0));
    product.high = v_clamp(v_all(-750), product.high, v_all(715));
    aici_exp_parts result = v_exp_double(product);
    return v_scale_far(result.sum.high, result.power);
}

/** The power of a magnitude: 0, infinity and infinite exponents by cases; NaN stays. */
AICI_INLINE aici_v v_power_magnitude(aici_v base, aici_v exponent) {
    aici_v zero = v_all(0.0), one = v_all(1.0), infinite = v_all((double)INFINITY);
    aici_m growing = m_or(m_and(v_less(one, base), v_less(zero, exponent)), m_and(v_less(base, one), v_less(exponent, zero)));
    aici_v limit = v_select(v_equal(base, one), one, v_select(growing, infinite, zero));
    aici_m limited = m_or(v_equal(base, zero), m_or(v_equal(base, infinite), v_equal(v_abs(exponent), infinite)));
    aici_v ordinary = v_power_positive(v_parts_any(base), exponent);
    return v_select(limited, limit, ordinary);
}

/** Special cases as those of C's pow(). */
AICI_INLINE aici_v v_power_any(aici_v base, aici_v exponent) {
    aici_v zero = v_all(0.0), one = v_all(1.0), half = v_multiply(exponent, v_all(0.5));
    aici_m whole = v_equal(v_truncate(exponent), exponent);
    aici_m odd = m_but_not(whole, v_equal(v_truncate(half), half));
    aici_v result = v_power_magnitude(v_abs(base), exponent);
    result = v_select(m_and(odd, w_top_bit(w_of(base))), v_negate(result), result);
    aici_m below = m_and(v_less(base, zero), v_less(v_all(-(double)INFINITY), base));
    aici_m impossible = m_or(m_but_not(below, whole), m_or(v_is_nan(base), v_is_nan(exponent)));
    result = v_select(impossible, v_all((double)NAN), result);
    return v_select(m_or(v_equal(exponent, zero), v_equal(base, one)), one, result);
}

AICI_INLINE aici_v v_power(aici_v base, aici_v exponent) {
    if (m_all(m_and(v_is_normal_positive(base), v_less(v_abs(exponent), v_all((double)INFINITY)))))
        return v_power_positive(v_parts(base), exponent);
    return v_power_any(base, exponent);
}

/* --- sine and cosine ------------------------------------------------------------------------------------------------------------------ */

/** The sine and cosine of an angle that is uniform on the circle: 52 bits place it in a quarter turn, the lowest two choose the quarter. */
AICI_INLINE void v_sin_cos_turn(aici_w bits, aici_v *sin, aici_v *cos) {
    aici_v quarter = v_subtract(v_unit_open(bits), v_all(0.5));
    aici_v square = v_multiply(quarter, quarter);
    aici_v minor = v_multiply(quarter, v_sin_series(square));
    aici_v major = v_fma(square, v_cos_series(square), v_all(1.0));
    aici_m swap = w_top_bit(w_left(bits, 63));
    major = v_of_bits(w_xor(w_of(major), w_left(w_right(bits, 1), 63)));
    *sin = v_select(swap, major, minor);
    *cos = v_select(swap, minor, major);
}

#endif
