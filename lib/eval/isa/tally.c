/* SPDX-License-Identifier: MIT */
/*
 * Sums and counts of what came out. The usual case, all values finite, goes eight lanes at a time; a value that is not finite spoils the
 * sums, which is how it is noticed, and then the values are gone through again, one by one. Both ways add the same values to the same lanes
 * in the same order.
 */
#include "eval/isa/set.h"

#include <math.h>

enum { USUAL_BRACKETS = 3 };

/** The last values, fewer than there are lanes; in the others what differs from the shift by nothing. */
static void fill_rest(const aici_tally *tally, const double *values, size_t count, double rest[AICI_LANES]) {
    for (size_t i = 0; i < AICI_LANES; i++)
        rest[i] = i < count ? values[i] : tally->shift;
}

/* --- sums ----------------------------------------------------------------------------------------------------------------------------- */

typedef struct sums {
    aici_v sum, square;
} sums;

AICI_INLINE void add_values(sums *at, aici_v shift, aici_v value) {
    const aici_v apart = v_subtract(value, shift);
    at->sum = v_add(at->sum, apart);
    at->square = v_fma(apart, apart, at->square);
}

static bool take_sums(aici_tally *tally, const double *values, size_t count) {
    const aici_v shift = v_all(tally->shift);
    const size_t whole = count / AICI_LANES * AICI_LANES;
    sums at = {v_load(tally->sum), v_load(tally->square)};
    for (size_t i = 0; i < whole; i += AICI_LANES)
        add_values(&at, shift, v_load(values + i));
    if (whole < count) {
        double rest[AICI_LANES];
        fill_rest(tally, values + whole, count - whole, rest);
        add_values(&at, shift, v_load(rest));
    }
    if (!isfinite(v_sum(at.sum)) || !isfinite(v_sum(at.square)))
        return false;
    v_store(tally->sum, at.sum);
    v_store(tally->square, at.square);
    return true;
}

/* --- brackets ------------------------------------------------------------------------------------------------------------------------- */

/** True in the lanes that are in [from, to); counts those that are below. */
AICI_INLINE aici_m within(aici_v value, double from, double to, aici_w *below) {
    const aici_m under = v_less(value, v_all(from));
    *below = w_count(*below, under);
    return m_but_not(v_less(value, v_all(to)), under);
}

/** Three brackets, whose counts stay in registers. */
static double *take_usual_brackets(aici_tally *tally, const double *values, size_t count, double *kept) {
    const double *from = tally->from, *to = tally->to;
    aici_w first = w_all(0), second = w_all(0), third = w_all(0);
    for (size_t i = 0; i < count; i += AICI_LANES) {
        const aici_v value = v_load(values + i);
        const aici_m one = within(value, from[0], to[0], &first), two = within(value, from[1], to[1], &second);
        kept += v_pack(kept, m_or(m_or(one, two), within(value, from[2], to[2], &third)), value);
    }
    tally->below[0] += w_sum(first);
    tally->below[1] += w_sum(second);
    tally->below[2] += w_sum(third);
    return kept;
}

static double *take_any_brackets(aici_tally *tally, const double *values, size_t count, double *kept) {
    aici_w below[AICI_MOST_MARKS];
    for (uint32_t k = 0; k < tally->bracket_count; k++)
        below[k] = w_all(0);
    for (size_t i = 0; i < count; i += AICI_LANES) {
        const aici_v value = v_load(values + i);
        aici_m inside = v_less(value, value);
        for (uint32_t k = 0; k < tally->bracket_count; k++)
            inside = m_or(inside, within(value, tally->from[k], tally->to[k], &below[k]));
        kept += v_pack(kept, inside, value);
    }
    for (uint32_t k = 0; k < tally->bracket_count; k++)
        tally->below[k] += w_sum(below[k]);
    return kept;
}

static void take_into_brackets(aici_tally *tally, const double *values, size_t count) {
    bool inside = false;
    for (size_t i = 0; i < count; i++, inside = false) {
        for (uint32_t k = 0; k < tally->bracket_count; k++) {
            tally->below[k] += values[i] < tally->from[k];
            inside = inside || (values[i] >= tally->from[k] && values[i] < tally->to[k]);
        }
        if (inside)
            tally->kept[tally->kept_count++] = values[i];
    }
}

static void take_brackets(aici_tally *tally, const double *values, size_t count) {
    const size_t whole = count / AICI_LANES * AICI_LANES;
    double *kept = tally->kept + tally->kept_count;
    if (tally->bracket_count == USUAL_BRACKETS)
        kept = take_usual_brackets(tally, values, whole, kept);
    else
        kept = take_any_brackets(tally, values, whole, kept);
    tally->kept_count = (size_t)(kept - tally->kept);
    take_into_brackets(tally, values + whole, count - whole);
}

/* --- values that are not finite, and bounds ------------------------------------------------------------------------------------------- */

/** The values that are finite, in their own lanes, as the vectors would have taken them. */
static void take_finite(aici_tally *tally, const double *values, size_t count) {
    for (size_t i = 0; i < count; i++) {
        double value = values[i], apart = value - tally->shift;
        if (!isfinite(value)) {
            tally->not_finite++;
            continue;
        }
        tally->sum[i % AICI_LANES] += apart;
        tally->square[i % AICI_LANES] = fma(apart, apart, tally->square[i % AICI_LANES]);
        tally->finite++;
        take_into_brackets(tally, &value, 1);
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
    if (!take_sums(tally, values, count)) {
        take_finite(tally, values, count);
    } else {
        tally->finite += count;
        take_brackets(tally, values, count);
    }
    if (tally->has_bounds)
        count_out_of_bounds(tally, values, count);
}
