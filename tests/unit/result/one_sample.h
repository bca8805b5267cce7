/* SPDX-License-Identifier: MIT */
/* A sample of its own for each test of a program: cmocka_unit_test_setup_teardown(name, begin, end). */
#ifndef TESTS_UNIT_RESULT_ONE_SAMPLE_H
#define TESTS_UNIT_RESULT_ONE_SAMPLE_H

#include "result/sample.h"

static struct sample sample;

static inline int begin(void **state) {
    (void)state;
    sample_begin(&sample);
    return 0;
}

static inline int end(void **state) {
    (void)state;
    sample_end(&sample);
    return 0;
}

#endif
