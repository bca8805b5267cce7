/* SPDX-License-Identifier: MIT */
/*
 * Decimal text to double and back, correctly rounded, whatever the locale and the rounding mode.
 */
#ifndef AICI_BASE_NUMBER_H
#define AICI_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

typedef enum aici_number_status {
    AICI_NUMBER_OK = 0,
    AICI_NUMBER_SYNTAX,   /**< not digits [. digits] [e [sign] digits], optionally signed */
    AICI_NUMBER_OVERFLOW, /**< larger than the largest double */
    AICI_NUMBER_UNDERFLOW /**< not zero, but rounds to zero */
} aici_number_status;

/** Reads the whole of @p text (".5" and "5." are numbers; no hex, no nan, no inf, no spaces, no separators), times 10^@p power_of_ten.
 * The product is rounded once, so that 1.43 with power 8 is exactly the double nearest to 143000000. @p value is untouched on failure. */
aici_number_status aici_number_read(const char *text, size_t size, int power_of_ten, double *value);

/** Enough for any result of the two functions below, with the NUL. */
enum { AICI_NUMBER_TEXT_BYTES = 40 };

/** Writes the shortest decimal that reads back to @p value: plain notation for 1e-5 <= |value| < 1e16, else d.ddde±x without '+'.
 * Returns the length. */
size_t aici_number_write(double value, char out[AICI_NUMBER_TEXT_BYTES]);

/** Writes @p value rounded to @p digits (1..17) significant digits, trailing zeros dropped after the point, same notation rule.
 * Returns the length. */
size_t aici_number_write_digits(double value, int digits, char out[AICI_NUMBER_TEXT_BYTES]);

#endif
