/* SPDX-License-Identifier: MIT */
/*
 * Sums and counts of what came out. The usual case, all values finite, goes eight lanes at a time; a value that is not finite spoils the sums, which is how it is
 * noticed, and then the values are gone through again, one by one. Both ways add the same values to the same lanes in the same order.
 */
#include "eval/isa/set.h"

#include <math.h>

enum { USUAL_BRACKETS = 3 };

typedef struct vectors {
    aici_v sum, square;
    aici_w below[AICI_MOST_QUANTILES];
    size_t kept;
} vectors;

static aici_m lanes_below(size_t count) {
    double number[AICI_LANES];
    for (unsigned i = 0; i < AICI_LANES; i++)
        number[i] = i;
    return v_less(v_load(number), v_all((double)count));
}

AICI_INLINE void take_sums(const aici_tally *tally, vectors *at, aici_v value) {
    aici_v apart = v_subtract(value, v_all(tally->shift));
    at->sum = v_add(at->sum, apart);
    at->square = v_fma(apart, apart, at->square);
}

AICI_INLINE void take_brackets(const aici_tally *tally, vectors *at, aici_v value, aici_m real, uint32_t brackets) {
    aici_m inside = m_but_not(real, real);
    for (uint32_t i = 0; i < brackets; i++) {
        aici_m under = m_and(real, v_less(value, v_all(tally->from[i])));
        at->below[i] = w_count(at->below[i], under);
        inside = m_or(inside, m_but_not(m_and(real, v_less(value, v_all(tally->to[i]))), under));
    }
    at->kept += v_pack(tally->kept + at->kept, inside, value);
}

AICI_INLINE void take_all(const aici_tally *tally, vectors *at, const double *values, size_t count, uint32_t brackets) {
    const aici_m all = lanes_below(AICI_LANES);
    size_t whole = count / AICI_LANES * AICI_LANES;
    for (size_t i = 0; i < whole; i += AICI_LANES) {
        aici_v value = v_load(values + i);
        take_sums(tally, at, value);
        take_brackets(tally, at, value, all, brackets);
    }
    if (whole < count) {
        double rest[AICI_LANES];
        for (size_t i = 0; i < AICI_LANES; i++)
            rest[i] = whole + i < count ? values[whole + i] : tally->shift;
        take_sums(tally, at, v_load(rest));
        take_brackets(tally, at, v_load(rest), lanes_below(count - whole), brackets);
    }
}

static void store(aici_tally *tally, const vectors *at) {
    v_store(tally->sum, at->sum);
    v_store(tally->square, at->square);
    for (uint32_t i = 0; i < tally->bracket_count; i++)
        tally->below[i] += w_sum(at->below[i]);
    tally->kept_count = at->kept;
}

/** The values that are finite, in their own lanes, as the vectors would have taken them. */
static void take_finite(aici_tally *tally, const double *values, size_t count) {
    for (size_t i = 0; i < count; i++) {
        double value = values[i], apart = value - tally->shift;
        bool inside = false;
        if (!isfinite(value)) {
            tally->not_finite++;
            continue;
        }
        tally->sum[i % AICI_LANES] += apart;
        tally->square[i % AICI_LANES] = fma(apart, apart, tally->square[i % AICI_LANES]);
        tally->finite++;
        for (uint32_t k = 0; k < tally->bracket_count; k++) {
            tally->below[k] += value < tally->from[k];
            inside = inside || (value >= tally->from[k] && value < tally->to[k]);
        }
        if (inside)
            tally->kept[tally->kept_count++] = value;
    }
}

static void count_out_of_bounds(aici_tally *tally, const double *values, size_t count) {
    for (size_t i = 0; i < count; i++) {
        double value = values[i];
        tally->out_of_bounds += value < tally->low || value > tally->high || (tally->low_open && value == tally->low) ||
                                (tally->high_open && value == tally->high);
    }
}

void AICI_FOR_SET(aici_tally_take)(aici_tally *tally, const double *values, size_t count) {
    vectors at = {.sum = v_load(tally->sum), .square = v_load(tally->square), .kept = tally->kept_count};
    for (uint32_t i = 0; i < tally->bracket_count; i++)
        at.below[i] = w_all(0);
    if (tally->bracket_count == USUAL_BRACKETS)
        take_all(tally, &at, values, count, USUAL_BRACKETS);
    else
        take_all(tally, &at, values, count, tally->bracket_count);
    if (isfinite(v_sum(at.sum)) && isfinite(v_sum(at.square))) {
        store(tally, &at);
        tally->finite += count;
    } else {
        take_finite(tally, values, count);
    }
    if (tally->has_bounds)
        count_out_of_bounds(tally, values, count);
}
