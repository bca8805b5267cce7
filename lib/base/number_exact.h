/* SPDX-License-Identifier: MIT */
/*
 * The last word on rounding: a decimal against a binary number, compared exactly. Used for the few numbers that lie so close to
 * a tie that 128 bits do not tell.
 */
#ifndef AICI_BASE_NUMBER_EXACT_H
#define AICI_BASE_NUMBER_EXACT_H

#include <stddef.h>
#include <stdint.h>

enum {
    AICI_NUMBER_EXACT_DIGITS = 780, /* a tie between two doubles has at most 767 significant digits */
    AICI_NUMBER_LIMBS = 160         /* of 32 bits: 780 digits, shifted by the at most 1200 places that can follow */
};

/** A natural number; limbs from the lowest, the highest not 0. */
struct natural {
    unsigned count;
    uint32_t limbs[AICI_NUMBER_LIMBS];
};

void aici_natural_set(struct natural *number, uint64_t value);
void aici_natural_times_plus(struct natural *number, uint32_t factor, uint32_t addend);
void aici_natural_times_power_of_five(struct natural *number, unsigned power);
void aici_natural_shift(struct natural *number, unsigned bits);
int aici_natural_compare(const struct natural *left, const struct natural *right);

/** The sign of decimal * 10^power - binary * 2^exponent. The two are within some powers of two of each other, so that both fit. */
int aici_number_compare(const struct natural *decimal, int power, uint64_t binary, int exponent);

#endif
