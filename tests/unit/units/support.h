/* SPDX-License-Identifier: MIT */
/* What the tests of units share: a table to read from, and short ways of reading and printing. */
#ifndef TESTS_UNIT_UNITS_SUPPORT_H
#define TESTS_UNIT_UNITS_SUPPORT_H

#include "units/units.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static inline aic_status read_text(const aici_units *units, const char *text, aici_unit *out, aic_report *report) {
    aici_fragment fragment = aici_fragment_of_slice(aici_slice_of(text));
    return aici_units_read(units, &fragment, 0, fragment.text.size, out, report);
}

/* The unit of a text that must be one. */
static inline aici_unit unit_of(const aici_units *units, const char *text) {
    aici_unit unit = {0};
    assert_int_equal(read_text(units, text, &unit, NULL), AIC_OK);
    return unit;
}

static inline aici_dimension dimension_of(const aici_units *units, const char *text) { return unit_of(units, text).dimension; }

static inline void assert_dimension(const aici_units *units, const aici_dimension *dimension, const char *text) {
    aici_buffer buffer = aici_buffer_new(NULL);
    aici_units_add_dimension(units, dimension, &buffer);
    assert_string_equal(aici_buffer_text(&buffer), text);
    aici_buffer_free(&buffer);
}

static inline int close_to(double left, double right) {
    double difference = left > right ? left - right : right - left;
    double size = right > 0.0 ? right : -right;
    return difference <= 4e-16 * size;
}

#endif
