/* SPDX-License-Identifier: MIT */
/*
 * A natural number times a power of ten, to 192 bits, and its rounding to fewer. The power is rounded up to 128 bits, so that the true
 * product lies less than 2^64 below the computed one, or on it. That settles the rounding unless the product is a tie as far as
 * 128 bits tell; then number_exact.h has the last word. (The idea is that of D. Lemire, "Number parsing at a gigabyte per second", 2021.)
 */
#ifndef AICI_BASE_NUMBER_SCALE_H
#define AICI_BASE_NUMBER_SCALE_H

#include "base/number_powers.h"
#include <stdbool.h>

/** (high * 2^64 + middle + low / 2^64) * 2^exponent; one of the first two bits of high is set. */
struct scaled {
    uint64_t high, middle, low;
    int exponent;
    bool exact;
};

/** @p whole (not 0) times 2^@p exponent times 10^@p power. */
static inline struct scaled aici_number_scale(uint64_t whole, int exponent, int power) {
    const struct power_of_ten *ten = aici_number_power(power);
    int zeros = aici_number_leading_zeros(whole);
    struct wide upper = aici_number_multiply(whole << zeros, ten->high), lower = aici_number_multiply(whole << zeros, ten->low);
    uint64_t middle = upper.low + lower.high;
    return (struct scaled){.high = upper.high + (middle < upper.low),
                           .middle = middle,
                           .low = lower.low,
                           .exponent = exponent - zeros + aici_number_log2(power) - 63,
                           .exact = power >= 0 && power <= AICI_NUMBER_LAST_EXACT_POWER};
}

enum rounding { ROUND_DOWN, ROUND_UP, ROUND_UNSURE };

/** What is left of a number when its last bits are dropped, and what the dropped ones ask for. */
struct cut {
    uint64_t whole;
    enum rounding rounding;
};

/** Drops the last @p bits (65..) of the first 128. What is all but a whole number may be taken for it: both round to the same. */
static inline struct cut aici_number_cut(const struct scaled *number, int bits) {
    if (bits > 128)
        return (struct cut){0, ROUND_DOWN};
    uint64_t half = UINT64_C(1) << (bits - 65), rest = number->high & (half | (half - 1));
    uint64_t whole = bits < 128 ? number->high >> (bits - 64) : 0;
    if (rest != half || number->middle)
        return (struct cut){whole, rest >= half ? ROUND_UP : ROUND_DOWN};
    if (!number->exact)
        return (struct cut){whole, ROUND_UNSURE};
    return (struct cut){whole, number->low || whole & 1 ? ROUND_UP : ROUND_DOWN};
}

#endif
