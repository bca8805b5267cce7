/* SPDX-License-Identifier: MIT */
/*
 * Sums for Sobol' indices. As in tally.c, the usual case, all values finite, looks at none; sums that are spoilt tell of one that is not,
 * and then the block is gone through again with a mask. Both ways add the same numbers to the same lanes in the same order, but for zeros.
 */
#include "eval/isa/set.h"

#include <math.h>

AICI_INLINE aici_m is_finite(aici_v a) { return v_less(v_abs(a), v_all((double)INFINITY)); }

AICI_INLINE aici_v or_zero(aici_m m, aici_v a) { return v_select(m, a, v_all(0)); }

AICI_INLINE bool fine(aici_v a) { return isfinite(v_sum(a)); }

/* --- A and B -------------------------------------------------------------------------------------------------------------------------- */

AICI_INLINE bool take_both(aici_both_sums *sums, const aici_indices_columns *at, bool masked) {
    aici_v a_sum = v_load(sums->a), a_square = v_load(sums->a_square), b_sum = v_load(sums->b), b_square = v_load(sums->b_square);
    const aici_v shift = v_all(at->shift);
    aici_w used = w_all(0);
    for (size_t i = 0; i < at->lanes; i += AICI_LANES) {
        aici_v a = v_subtract(v_load(at->a + i), shift), b = v_subtract(v_load(at->other + i), shift);
        v_store(at->a_apart + i, a);
        v_store(at->b_apart + i, b);
        if (masked) {
            const aici_m real = m_and(is_finite(a), is_finite(b));
            a = or_zero(real, a);
            b = or_zero(real, b);
            used = w_count(used, real);
        }
        a_sum = v_add(a_sum, a);
        a_square = v_fma(a, a, a_square);
        b_sum = v_add(b_sum, b);
        b_square = v_fma(b, b, b_square);
    }
    if (!masked && !(fine(a_sum) && fine(a_square) && fine(b_sum) && fine(b_square)))
        return false;
    v_store(sums->a, a_sum);
    v_store(sums->a_square, a_square);
    v_store(sums->b, b_sum);
    v_store(sums->b_square, b_square);
    sums->used += masked ? w_sum(used) : at->lanes;
    return true;
}

static void add_both(aici_both_sums *sums, const aici_indices_columns *at) {
    if (!take_both(sums, at, false))
        take_both(sums, at, true);
}

/* --- one factor from B ---------------------------------------------------------------------------------------------------------------- */

AICI_INLINE bool take_change(aici_change_sums *sums, const aici_indices_columns *at, bool masked) {
    aici_v change_sum = v_load(sums->change), square = v_load(sums->square), cross = v_load(sums->cross);
    aici_w used = w_all(0);
    for (size_t i = 0; i < at->lanes; i += AICI_LANES) {
        aici_v change = v_subtract(v_load(at->other + i), v_load(at->a + i)), b = v_load(at->b_apart + i);
        if (masked) {
            const aici_m real = m_and(is_finite(change), is_finite(b));
            change = or_zero(real, change);
            b = or_zero(real, b);
            used = w_count(used, real);
        }
        change_sum = v_add(change_sum, change);
        square = v_fma(change, change, square);
        cross = v_fma(change, b, cross);
    }
    if (!masked && !(fine(change_sum) && fine(square) && fine(cross)))
        return false;
    v_store(sums->change, change_sum);
    v_store(sums->square, square);
    v_store(sums->cross, cross);
    sums->used += masked ? w_sum(used) : at->lanes;
    return true;
}

static void add_change(aici_change_sums *sums, const aici_indices_columns *at) {
    if (!take_change(sums, at, false))
        take_change(sums, at, true);
}

/* --- two factors ---------------------------------------------------------------------------------------------------------------------- */

AICI_INLINE bool take_product(aici_product_sums *sums, const aici_indices_columns *at, bool masked) {
    aici_v apart_sum = v_load(sums->apart), product_sum = v_load(sums->product);
    aici_w used = w_all(0);
    for (size_t i = 0; i < at->lanes; i += AICI_LANES) {
        const aici_v a = v_load(at->a_apart + i), b = v_load(at->b_apart + i), one = v_load(at->other + i), rest = v_load(at->rest + i);
        aici_v apart = v_add(v_subtract(one, a), v_subtract(rest, b)), product = v_fnma(a, b, v_multiply(one, rest));
        if (masked) {
            const aici_m real = m_and(is_finite(apart), is_finite(product));
            apart = or_zero(real, apart);
            product = or_zero(real, product);
            used = w_count(used, real);
        }
        apart_sum = v_add(apart_sum, apart);
        product_sum = v_add(product_sum, product);
    }
    if (!masked && !(fine(apart_sum) && fine(product_sum)))
        return false;
    v_store(sums->apart, apart_sum);
    v_store(sums->product, product_sum);
    sums->used += masked ? w_sum(used) : at->lanes;
    return true;
}

static void add_product(aici_product_sums *sums, const aici_indices_columns *at) {
    if (!take_product(sums, at, false))
        take_product(sums, at, true);
}

static void subtract_shift(const double *values, double shift, uint32_t lanes, double *to) {
    for (size_t i = 0; i < lanes; i += AICI_LANES)
        v_store(to + i, v_subtract(v_load(values + i), v_all(shift)));
}

const aici_isa_indices AICI_FOR_SET(aici_isa_indices) = {add_both, add_change, add_product, subtract_shift};
