/* SPDX-License-Identifier: MIT */
/*
 * The floating-point environment inside a call, and the host's after it.
 */
#include "base/environment.h"

#include <errno.h>
#include <fenv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#ifdef __SSE2__
#include <xmmintrin.h>
#endif

static const int modes[] = {FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};

static int restore_defaults(void **state) {
    (void)state;
    return fesetenv(FE_DFL_ENV);
}

/* What the hardware makes of it now, not the compiler before. */
static double divide(double dividend, double divisor) {
    volatile double left = dividend, right = divisor, quotient = left / right;
    return quotient;
}

static void inside_numbers_are_rounded_to_nearest(void **state) {
    (void)state;
    double expected = divide(1, 10);
    for (size_t i = 0; i < 4; i++) {
        fesetround(modes[i]);
        aici_environment environment;
        aici_environment_enter(&environment);
        double inside = divide(1, 10);
        aici_environment_leave(&environment);
        fesetround(FE_TONEAREST);
        assert_true(inside == expected);
    }
}

static void the_rounding_mode_is_put_back(void **state) {
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        fesetround(modes[i]);
        aici_environment environment;
        aici_environment_enter(&environment);
        aici_environment_leave(&environment);
        int after = fegetround();
        fesetround(FE_TONEAREST);
        assert_int_equal(after, modes[i]);
    }
}

static void flags_raised_inside_are_not_seen_outside(void **state) {
    (void)state;
    feclearexcept(FE_ALL_EXCEPT);
    aici_environment environment;
    aici_environment_enter(&environment);
    divide(1, 0);
    divide(1, 3);
    aici_environment_leave(&environment);
    assert_int_equal(fetestexcept(FE_ALL_EXCEPT), 0);
}

static void flags_raised_before_are_still_seen_after(void **state) {
    (void)state;
    feclearexcept(FE_ALL_EXCEPT);
    divide(1e308, 1e-308);
    int before = fetestexcept(FE_ALL_EXCEPT);
    aici_environment environment;
    aici_environment_enter(&environment);
    divide(1, 0);
    aici_environment_leave(&environment);
    assert_true(before & FE_OVERFLOW);
    assert_int_equal(fetestexcept(FE_ALL_EXCEPT), before);
}

static void errno_is_put_back(void **state) {
    (void)state;
    errno = 12345;
    aici_environment environment;
    aici_environment_enter(&environment);
    errno = ERANGE;
    aici_environment_leave(&environment);
    assert_int_equal(errno, 12345);
}

static void inside_small_numbers_are_not_flushed_and_traps_are_masked(void **state) {
    (void)state;
#ifdef __SSE2__
    enum { FLUSH = 0x8040, DIVISION_TRAPS = 0x1d80 | FLUSH };
    _mm_setcsr(DIVISION_TRAPS);
    aici_environment environment;
    aici_environment_enter(&environment);
    double smaller = divide(2.2250738585072014e-308, 4), larger = divide(smaller, 0.25), infinite = divide(1, 0);
    aici_environment_leave(&environment);
    unsigned after = _mm_getcsr();
    _mm_setcsr(0x1f80);
    assert_true(smaller > 0);
    assert_true(larger == 2.2250738585072014e-308);
    assert_true(infinite > 1e308);
    assert_int_equal(after, DIVISION_TRAPS);
#else
    skip();
#endif
}

static void entering_twice_is_harmless(void **state) {
    (void)state;
    fesetround(FE_UPWARD);
    aici_environment outer, inner;
    aici_environment_enter(&outer);
    aici_environment_enter(&inner);
    aici_environment_leave(&inner);
    double inside = divide(1, 3);
    aici_environment_leave(&outer);
    double outside = divide(1, 3);
    fesetround(FE_TONEAREST);
    assert_true(inside == divide(1, 3));
    assert_true(outside > inside);
}

#define TEST(name) cmocka_unit_test_teardown(name, restore_defaults)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(inside_numbers_are_rounded_to_nearest),
        TEST(the_rounding_mode_is_put_back),
        TEST(flags_raised_inside_are_not_seen_outside),
        TEST(flags_raised_before_are_still_seen_after),
        TEST(errno_is_put_back),
        TEST(inside_small_numbers_are_not_flushed_and_traps_are_masked),
        TEST(entering_twice_is_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
