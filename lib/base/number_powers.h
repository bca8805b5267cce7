/* SPDX-License-Identifier: MIT */
/*
 * Powers of ten and the 128-bit products that reading and writing numbers need. All arithmetic is on integers, so that
 * no rounding mode has a say.
 */
#ifndef AICI_BASE_NUMBER_POWERS_H
#define AICI_BASE_NUMBER_POWERS_H

#include <stdint.h>

enum {
    AICI_NUMBER_SMALLEST_POWER = -342,
    AICI_NUMBER_LARGEST_POWER = 341,
    AICI_NUMBER_LAST_EXACT_POWER = 55 /* 5^55 is the last power of five below 2^128; those from 0 on are exact */
};

/** 10^p = (high * 2^64 + low) * 2^(aici_number_log2(p) - 127), rounded up; the first bit of high is set. */
struct power_of_ten {
    uint64_t high, low;
};

extern const struct power_of_ten aici_number_powers[AICI_NUMBER_LARGEST_POWER - AICI_NUMBER_SMALLEST_POWER + 1];

static inline const struct power_of_ten *aici_number_power(int power) { return &aici_number_powers[power - AICI_NUMBER_SMALLEST_POWER]; }

/** The largest power of two that is not above 10^power, for |power| <= 1233. */
static inline int aici_number_log2(int power) { return (power * 1741647) >> 19; }

struct wide {
    uint64_t high, low;
};

static inline struct wide aici_number_multiply(uint64_t left, uint64_t right) {
#if defined(__SIZEOF_INT128__)
    __extension__ typedef unsigned __int128 product;
    product whole = (product)left * right;
    return (struct wide){(uint64_t)(whole >> 64), (uint64_t)whole};
#else
    uint64_t left_low = (uint32_t)left, left_high = left >> 32, right_low = (uint32_t)right, right_high = right >> 32;
    uint64_t low = left_low * right_low, middle = left_high * right_low + (low >> 32), cross = left_low * right_high + (uint32_t)middle;
    return (struct wide){left_high * right_high + (middle >> 32) + (cross >> 32), cross << 32 | (uint32_t)low};
#endif
}

/** The bits before the first one that is set; @p word is not 0. */
static inline int aici_number_leading_zeros(uint64_t word) {
#if defined(__GNUC__)
    return __builtin_clzll(word);
#else
    int zeros = 0;
    for (; !(word >> 63); word <<= 1)
        zeros++;
    return zeros;
#endif
}

#endif
