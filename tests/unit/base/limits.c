/* SPDX-License-Identifier: MIT */
/*
 * Limits: the caller's, or the defaults.
 */
#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void no_limits_are_the_defaults(void **state) {
    (void)state;
    aic_limits limits;
    assert_true(aici_limits_fill(NULL, &limits));
    assert_int_equal(limits.size, sizeof limits);
    assert_int_equal(limits.file_bytes, 16 * 1024 * 1024);
    assert_int_equal(limits.depth, 64);
    assert_int_equal(limits.nodes, 1000000);
    assert_int_equal(limits.expanded_bytes, 16 * 1024 * 1024);
    assert_int_equal(limits.anchors, 1024);
    assert_int_equal(limits.scalar_bytes, 1024 * 1024);
    assert_int_equal(limits.name_bytes, 128);
    assert_int_equal(limits.expression_depth, 200);
    assert_int_equal(limits.expression_tokens, 100000);
    assert_int_equal(limits.years, 200);
    assert_int_equal(limits.unit_bytes, 256);
    assert_int_equal(limits.diagnostics, 20);
}

static void what_is_given_is_kept_and_zero_means_the_default(void **state) {
    (void)state;
    const aic_limits given = {.size = sizeof given, .depth = 7, .years = 1000};
    aic_limits limits;
    assert_true(aici_limits_fill(&given, &limits));
    assert_int_equal(limits.depth, 7);
    assert_int_equal(limits.years, 1000);
    assert_int_equal(limits.anchors, 1024);
}

static void limits_may_be_filled_in_place(void **state) {
    (void)state;
    aic_limits limits = {.size = sizeof limits, .anchors = 3};
    assert_true(aici_limits_fill(&limits, &limits));
    assert_int_equal(limits.anchors, 3);
    assert_int_equal(limits.depth, 64);
}

static void a_size_of_another_library_is_refused_and_changes_nothing(void **state) {
    (void)state;
    aic_limits limits = {.size = 42};
    const aic_limits without_size = {.depth = 7};
    const struct {
        aic_limits known;
        size_t unknown;
    } newer = {.known.size = sizeof newer, .unknown = 1};
    assert_false(aici_limits_fill(&without_size, &limits));
    assert_false(aici_limits_fill(&newer.known, &limits));
    assert_int_equal(limits.size, 42);
}

static void a_newer_size_whose_tail_is_zero_is_taken(void **state) {
    (void)state;
    const struct {
        aic_limits known;
        size_t unknown;
    } newer = {.known = {.size = sizeof newer, .depth = 7}};
    aic_limits limits = {0};
    assert_true(aici_limits_fill(&newer.known, &limits));
    assert_int_equal(limits.size, sizeof limits);
    assert_int_equal(limits.depth, 7);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_limits_are_the_defaults),
        cmocka_unit_test(what_is_given_is_kept_and_zero_means_the_default),
        cmocka_unit_test(limits_may_be_filled_in_place),
        cmocka_unit_test(a_size_of_another_library_is_refused_and_changes_nothing),
        cmocka_unit_test(a_newer_size_whose_tail_is_zero_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
