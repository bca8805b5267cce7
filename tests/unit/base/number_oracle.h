/* SPDX-License-Identifier: MIT */
/*
 * Numbers as text and back. The oracle is the C library in the C locale, which rounds correctly; where it cannot judge (the table
 * of powers, the shortest text), long arithmetic and trying do.
 */
#ifndef TESTS_UNIT_BASE_NUMBER_ORACLE_H
#define TESTS_UNIT_BASE_NUMBER_ORACLE_H

#include "base/number.h"

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static inline uint64_t bits_of(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static inline double double_of(uint64_t bits) {
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* splitmix64 */
static inline uint64_t draw(uint64_t *state) {
    uint64_t word = *state += UINT64_C(0x9e3779b97f4a7c15);
    word = (word ^ word >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    word = (word ^ word >> 27) * UINT64_C(0x94d049bb133111eb);
    return word ^ word >> 31;
}

static inline unsigned draw_below(uint64_t *state, unsigned limit) { return (unsigned)(draw(state) % limit); }

static inline double draw_finite(uint64_t *state) {
    for (;;) {
        double value = double_of(draw(state));
        if (isfinite(value))
            return value;
    }
}

static inline void assert_reads(const char *text, double expected) {
    double value = 12345;
    if (aici_number_read(text, strlen(text), 0, &value) != AICI_NUMBER_OK || bits_of(value) != bits_of(expected))
        fail_msg("%s read as %a, not %a", text, value, expected);
}

static inline void assert_refused(const char *text, aici_number_status status) {
    double value = 12345;
    if (aici_number_read(text, strlen(text), 0, &value) != status || value != 12345)
        fail_msg("%s was not refused as it should be", text);
}

/* What strtod says, in our statuses. */
static inline aici_number_status oracle(const char *text, double *value) {
    *value = strtod(text, NULL);
    if (isinf(*value))
        return AICI_NUMBER_OVERFLOW;
    return *value == 0 && strcspn(text, "123456789") < strcspn(text, "eE") ? AICI_NUMBER_UNDERFLOW : AICI_NUMBER_OK;
}

static inline void assert_reads_as_the_c_library(const char *text) {
    double expected, value = 0;
    aici_number_status status = oracle(text, &expected);
    if (aici_number_read(text, strlen(text), 0, &value) != status || (status == AICI_NUMBER_OK && bits_of(value) != bits_of(expected)))
        fail_msg("%s read as %a, not %a", text, value, expected);
}

static inline void assert_writes(double value, const char *expected) {
    char text[AICI_NUMBER_TEXT_BYTES];
    size_t length = aici_number_write(value, text);
    assert_string_equal(text, expected);
    assert_int_equal(length, strlen(expected));
}

static inline void assert_writes_digits(double value, int digits, const char *expected) {
    char text[AICI_NUMBER_TEXT_BYTES];
    size_t length = aici_number_write_digits(value, digits, text);
    assert_string_equal(text, expected);
    assert_int_equal(length, strlen(expected));
}

static inline void assert_survives_the_round_trip(double value) {
    char text[AICI_NUMBER_TEXT_BYTES];
    double again = 0;
    size_t length = aici_number_write(value, text);
    if (length >= sizeof text || aici_number_read(text, length, 0, &again) != AICI_NUMBER_OK || bits_of(again) != bits_of(value))
        fail_msg("%a was written as %s and read as %a", value, text, again);
}

static inline void make_random_text(uint64_t *random, char *text) {
    unsigned digits = 1 + draw_below(random, draw_below(random, 8) ? 22 : 60), point = draw_below(random, digits + 1);
    if (draw_below(random, 2))
        *text++ = '-';
    for (unsigned i = 0; i < digits; i++) {
        if (i == point)
            *text++ = '.';
        *text++ = (char)('0' + draw_below(random, 10));
    }
    *text = '\0';
    switch (draw_below(random, 4)) {
    case 0: break;
    case 1: sprintf(text, "e%d", (int)draw_below(random, 40) - 20); break;
    default: sprintf(text, "e%d", (int)draw_below(random, 680) - 345); break;
    }
}

#endif
