/* SPDX-License-Identifier: MIT */
/*
 * The elementary functions against true values: tests/cases/elementary.csv has, for each function, more than 2000 arguments with the
 * nearest double and what that leaves of the true value, in ulps (from MPFR), so that errors are known to a hundredth of an ulp and less.
 */
#include "base/elementary.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct row {
    double argument, exponent, high, low;
};

static double without_exponent(const char *name, double x) {
    static const struct {
        const char *name;
        double (*function)(double x);
    } of[] = {{"exp", aici_exp},
              {"ln", aici_ln},
              {"log2", aici_log2},
              {"log10", aici_log10},
              {"normal_probability", aici_normal_probability},
              {"normal_quantile", aici_normal_quantile}};
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        if (strcmp(of[i].name, name) == 0)
            return of[i].function(x);
    }
    fail_msg("no function %s", name);
    return (double)NAN;
}

static double value_of(const char *name, const struct row *row) {
    return strcmp(name, "power") == 0 ? aici_power(row->argument, row->exponent) : without_exponent(name, row->argument);
}

/** The last place of a double: the distance to the next one above in magnitude. */
static double ulp_of(double value) {
    int exponent;
    (void)frexp(value, &exponent);
    return ldexp(1.0, exponent - 53 < -1074 || value == 0 ? -1074 : exponent - 53);
}

static double error_in_ulps(double value, const struct row *row) {
    if (isnan(row->high))
        return isnan(value) ? 0 : (double)INFINITY;
    if (value == row->high && signbit(value) == signbit(row->high))
        return isinf(value) ? 0 : fabs(row->low);
    if (isinf(row->high) || !isfinite(value) || signbit(value) != signbit(row->high))
        return (double)INFINITY;
    return fabs((value - row->high) / ulp_of(row->high) - row->low);
}

/** Cuts the next field off a line. */
static char *next_field(char **rest) {
    char *field = *rest, *end = strpbrk(field, ",\n");
    assert_non_null(end);
    *end = '\0';
    *rest = end + 1;
    return field;
}

static size_t largest_error(const char *function, double *largest, struct row *where) {
    FILE *file = fopen("tests/cases/elementary.csv", "r");
    assert_non_null(file);
    size_t count = 0;
    *largest = 0;
    for (char line[256]; fgets(line, sizeof line, file) != NULL;) {
        char *rest = line;
        if (*line == '#' || strcmp(next_field(&rest), function) != 0)
            continue;
        double number[4];
        for (int i = 0; i < 4; i++)
            number[i] = strtod(next_field(&rest), NULL);
        struct row row = {number[0], number[1], number[2], number[3]};
        double error = error_in_ulps(value_of(function, &row), &row);
        if (error > *largest) {
            *largest = error;
            *where = row;
        }
        count++;
    }
    (void)fclose(file);
    return count;
}

static void assert_error_at_most(const char *function, double limit) {
    double largest;
    struct row where = {0, 0, 0, 0};
    size_t count = largest_error(function, &largest, &where);
    assert_true(count >= 2000);
    print_message("%s: %zu arguments, largest error %.3f ulp at %a, %a\n", function, count, largest, where.argument, where.exponent);
    assert_true(largest <= limit);
}

static void exp_is_within_an_ulp(void **state) {
    (void)state;
    assert_error_at_most("exp", 1.0);
}

static void ln_is_within_an_ulp(void **state) {
    (void)state;
    assert_error_at_most("ln", 1.0);
}

static void log2_and_log10_are_all_but_correctly_rounded(void **state) {
    (void)state;
    assert_error_at_most("log2", 0.51);
    assert_error_at_most("log10", 0.51);
}

static void power_is_within_an_ulp(void **state) {
    (void)state;
    assert_error_at_most("power", 0.8);
}

static void normal_probability_is_within_an_ulp(void **state) {
    (void)state;
    assert_error_at_most("normal_probability", 1.0);
}

static void normal_quantile_is_within_an_ulp(void **state) {
    (void)state;
    assert_error_at_most("normal_quantile", 1.0);
}

static void whole_powers_are_exact_where_they_fit(void **state) {
    (void)state;
    for (int base = 2; base <= 1000; base++) {
        double exact = 1;
        for (int exponent = 0; exact <= 0x1p53; exponent++, exact *= base)
            assert_true(aici_power(base, exponent) == exact);
    }
    assert_true(aici_power(0.5, -3) == 8);
    assert_true(aici_power(2, 0.5) == sqrt(2.0));
}

static void logarithms_of_powers_are_exact(void **state) {
    (void)state;
    double ten = 1;
    for (int i = 0; i <= 22; i++, ten *= 10)
        assert_true(aici_log10(ten) == i);
    for (int i = -1074; i < 1024; i++)
        assert_true(aici_log2(ldexp(1.0, i)) == i);
    assert_true(aici_ln(1) == 0 && aici_exp(0) == 1);
}

static void special_powers_are_those_of_c(void **state) {
    (void)state;
    static const double special[] = {
        0.0, -0.0, 1, -1, 2, -2, 0.5, -0.5, 3, -3, 2.5, -2.5, (double)INFINITY, -(double)INFINITY, (double)NAN, 0x1p60, -0x1p60, 0x1p-1074};
    for (size_t i = 0; i < sizeof special / sizeof *special; i++) {
        for (size_t j = 0; j < sizeof special / sizeof *special; j++) {
            double value = aici_power(special[i], special[j]), expected = pow(special[i], special[j]);
            if (isnan(expected) || isinf(expected) || expected == 0)
                assert_true(isnan(expected) ? isnan(value) : value == expected && signbit(value) == signbit(expected));
        }
    }
}

static void the_quantile_is_symmetric(void **state) {
    (void)state;
    for (int i = 1; i < 4096; i++)
        assert_true(aici_normal_quantile(i / 4096.0) == -aici_normal_quantile(1 - i / 4096.0) || i == 2048);
    assert_true(aici_normal_quantile(0.5) == 0);
}

/** A hundred neighbours up from @p from: no value below the one before. */
static void assert_rises(double (*function)(double), double from) {
    double before = function(from);
    for (int i = 0; i < 100; i++) {
        from = nextafter(from, (double)INFINITY);
        double value = function(from);
        assert_true(value >= before - ulp_of(before));
        before = value;
    }
    assert_true(before >= function(from - 1000 * ulp_of(from)));
}

static void functions_rise(void **state) {
    (void)state;
    static const double at[] = {0.0098, 0.01, 0.02, 0.3, 0.5, 0.70710678, 0.99, 0.9901};
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        assert_rises(aici_exp, at[i] * 700);
        assert_rises(aici_ln, at[i]);
        assert_rises(aici_log2, at[i] * 2);
        assert_rises(aici_log10, at[i] * 10);
        assert_rises(aici_normal_quantile, at[i]);
        assert_rises(aici_normal_probability, at[i] * -10);
        assert_rises(aici_normal_probability, at[i] + 0.5);
    }
}

static void a_rank_correlation_becomes_that_of_normal_variables(void **state) {
    (void)state;
    assert_true(aici_normal_correlation(0) == 0);
    assert_true(fabs(aici_normal_correlation(1) - 1) <= 2.3e-16);
    assert_true(aici_normal_correlation(-0.3) == -aici_normal_correlation(0.3));
    for (int i = -100; i <= 100; i++) {
        double rank = i / 100.0, expected = 2 * sin(rank * 3.14159265358979323846 / 6);
        assert_true(fabs(aici_normal_correlation(rank) - expected) <= 2.3e-16 * fabs(expected));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exp_is_within_an_ulp),
        cmocka_unit_test(ln_is_within_an_ulp),
        cmocka_unit_test(log2_and_log10_are_all_but_correctly_rounded),
        cmocka_unit_test(power_is_within_an_ulp),
        cmocka_unit_test(normal_probability_is_within_an_ulp),
        cmocka_unit_test(normal_quantile_is_within_an_ulp),
        cmocka_unit_test(whole_powers_are_exact_where_they_fit),
        cmocka_unit_test(logarithms_of_powers_are_exact),
        cmocka_unit_test(special_powers_are_those_of_c),
        cmocka_unit_test(the_quantile_is_symmetric),
        cmocka_unit_test(functions_rise),
        cmocka_unit_test(a_rank_correlation_becomes_that_of_normal_variables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
