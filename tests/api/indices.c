/* SPDX-License-Identifier: MIT */
/* Shares of variance through the public interface: Sobol' indices of a scenario's inputs, alone, in pairs, correlated; and what is said
 * where there are none. */
#include "support.h"

#include <stdbool.h>

/** sigma^2 of 1 to 4 and of 2 to 3: ln(high / low) / (2 z), squared. */
static const double variance_of_a = 0.17758096370285018, variance_of_b = 0.015191213584493374;

static aic_result *ask_with_report(const char *text, const char *name, unsigned measures, aic_report *report) {
    const aic_sensitivity_options options = {.size = sizeof options, .measures = measures};
    aic_scenario *scenario = load(text);
    aic_result *result = NULL;
    if (aic_scenario_sensitivity(scenario, name, &options, &result, report) != AIC_OK) {
        show(report);
        fail();
    }
    aic_scenario_free(scenario);
    return result;
}

static aic_result *ask(const char *text, const char *name, unsigned measures) {
    aic_report *report = aic_report_new(NULL);
    aic_result *result = ask_with_report(text, name, measures, report);
    aic_report_free(report);
    return result;
}

/** The column of a name, and of a statistic where it is not "". */
static const double *column(const aic_result *result, const char *name, const char *statistic) {
    for (size_t i = 0; i < aic_result_column_count(result); i++) {
        if (strcmp(aic_result_column(result, i, AIC_COLUMN_NAME), name) == 0 &&
            strcmp(aic_result_column(result, i, AIC_COLUMN_STATISTIC), statistic) == 0) {
            return aic_result_column_values(result, i);
        }
    }
    return NULL;
}

static size_t row_of(const aic_result *result, const char *row) {
    for (size_t i = 0; i < aic_result_row_count(result); i++) {
        if (strcmp(aic_result_row(result, i, AIC_ROW_NAME), row) == 0) {
            return i;
        }
    }
    fail_msg("there is no row %s", row);
    return 0;
}

static double at(const aic_result *result, const char *row, const char *name) {
    const double *values = column(result, name, "");
    assert_non_null(values);
    return values[row_of(result, row)];
}

static void assert_index(const aic_result *result, const char *row, const char *name, double expected) {
    const double found = at(result, row, name), error = at(result, row, strcmp(name, "first") == 0 ? "first_error" : "total_error");
    if (!(error > 0 && error < 0.005 && fabs(found - expected) <= 5 * error)) {
        fail_msg("%s of %s: %.9g, expected %.9g, error %.3g", name, row, found, expected, error);
    }
}

static void a_product_has_its_closed_form(void **state) {
    (void)state;
    aic_result *result =
        ask("aicompute: 1\nassumptions: {a: 1 to 4, b: 2 USD to 3 USD, c: 5, d: 1 to 2}\ncalculations: {y: 7 * c / a * b}\n", "y", 0);
    const double a = exp(variance_of_a) - 1, b = exp(variance_of_b) - 1, all = a + b + a * b;
    assert_int_equal(aic_result_row_count(result), 3);
    assert_index(result, "a", "first", a / all);
    assert_index(result, "a", "total", (a + a * b) / all);
    assert_index(result, "b", "first", b / all);
    assert_index(result, "b", "total", (b + a * b) / all);
    assert_true(fabs(at(result, "a", "variance_share") - (a + a * b / 2) / all) < 0.002);
    assert_true(fabs(at(result, "a", "variance_share") + at(result, "b", "variance_share") - 1) < 1e-12);
    assert_true(isnan(at(result, "c", "first")) && isnan(at(result, "c", "variance_share")));
    assert_null(column(result, "second", "a"));
    aic_result_unref(result);
}

static void pairs_are_columns(void **state) {
    (void)state;
    aic_result *result =
        ask("aicompute: 1\nassumptions: {a: 1 to 4, b: 2 to 3, c: 1 to 2}\ncalculations: {y: a * b + c}\n", "y", AIC_MEASURE_SECOND_ORDER);
    const double *with_a = column(result, "second", "a"), *with_b = column(result, "second", "b"),
                 *error = column(result, "second_error", "a");
    const size_t a = row_of(result, "a"), b = row_of(result, "b"), c = row_of(result, "c");
    assert_true(with_a && with_b && error && error[b] > 0);
    assert_true(isnan(with_a[a]) && with_a[b] == with_b[a] && with_a[b] > 3 * error[b]);
    assert_true(fabs(with_a[c]) < 5 * error[c]);
    assert_true(fabs(at(result, "a", "total") - at(result, "a", "first") - with_a[b]) < 10 * error[b]);
    assert_null(column(result, "elasticity_mean", ""));
    assert_null(column(result, "low", "p5"));
    aic_result_unref(result);
}

static void correlated_inputs_are_one_row(void **state) {
    (void)state;
    aic_result *result = ask("aicompute: 1\nassumptions: {x: 'normal(0, 1)', y: 'normal(0, 2)', z: 'normal(0, 3)'}\ncorrelations: [[x, y, "
                             "0.5]]\ncalculations: {all: x + y + z}\n",
                             "all", 0);
    const double pearson = 2 * sin(3.14159265358979323846 * 0.5 / 6), both = 1 + 4 + 4 * pearson;
    assert_int_equal(aic_result_row_count(result), 4);
    assert_index(result, "x, y (correlated)", "first", both / (both + 9));
    assert_index(result, "x, y (correlated)", "total", both / (both + 9));
    assert_index(result, "z", "first", 9 / (both + 9));
    assert_true(isnan(at(result, "x", "first")) && isnan(at(result, "y", "variance_share")) &&
                isnan(at(result, "x, y (correlated)", "elasticity")));
    aic_result_unref(result);
}

static void an_input_may_be_correlated_with_one_that_does_not_matter(void **state) {
    (void)state;
    aic_result *result = ask("aicompute: 1\nassumptions: {a: 'normal(0, 1)', b: 'normal(0, 2)', c: 'normal(0, 3)'}\ncorrelations: [[a, b, "
                             "0.5]]\ncalculations: {y: b + c}\n",
                             "y", 0);
    assert_int_equal(aic_result_row_count(result), 2);
    assert_index(result, "b", "first", 4.0 / 13);
    assert_index(result, "b", "total", 4.0 / 13);
    assert_index(result, "c", "first", 9.0 / 13);
    aic_result_unref(result);
}

static void inputs_correlated_through_one_that_does_not_matter_are_one_row(void **state) {
    (void)state;
    aic_result *result = ask("aicompute: 1\nassumptions: {a: 'normal(0, 1)', b: 'normal(0, 2)', c: 'normal(0, 3)', d: 'normal(0, 4)'}\n"
                             "correlations: [[a, b, 0.5], [a, c, 0.5]]\ncalculations: {y: b + c + d}\n",
                             "y", 0);
    assert_int_equal(aic_result_row_count(result), 4);
    assert_index(result, "b, c (correlated)", "first", 13.0 / 29);
    assert_index(result, "d", "first", 16.0 / 29);
    aic_result_unref(result);
}

static void correlated_inputs_are_one_row_in_whatever_form(void **state) {
    (void)state;
    aic_result *result =
        ask("aicompute: 1\ntimeline: 2026..2027\nassumptions: {x: '-2 * normal(0, 1)', y: {series: {2026: 5, 2027: 'normal(0, "
            "2)'}}, z: 'normal(0, 3)'}\ncorrelations: [[x, y, 0.5]]\ncalculations: {all: 'x + y[2027] + z'}\n",
            "all", 0);
    const double pearson = 2 * sin(3.14159265358979323846 * 0.5 / 6), both = 4 + 4 + 8 * pearson;
    assert_int_equal(aic_result_row_count(result), 4);
    assert_index(result, "x, y (correlated)", "first", both / (both + 9));
    assert_index(result, "z", "first", 9 / (both + 9));
    aic_result_unref(result);
}

/** 5 + what is drawn in the first year, and the mean of the second, are one draw. */
static void a_series_of_formulas_is_one_factor(void **state) {
    (void)state;
    aic_result *result =
        ask("aicompute: 1\ntimeline: 2026..2027\nassumptions: {x: {series: {2026: '5 + normal(0, 1)', 2027: 'normal(0, 2)'}}, "
            "z: 'normal(0, 3)'}\ncalculations: {all: 'sum(x) + z'}\n",
            "all", 0);
    assert_int_equal(aic_result_row_count(result), 2);
    assert_index(result, "x", "first", 0.5);
    assert_index(result, "x", "total", 0.5);
    assert_index(result, "z", "first", 0.5);
    aic_result_unref(result);
}

static void distributions_at_the_same_place_in_each_year_are_one_factor(void **state) {
    (void)state;
    aic_result *result = ask("aicompute: 1\ntimeline: 2026..2027\nassumptions: {x: {series: {2026: 'normal(0, 1) + normal(0, 3)', 2027: "
                             "'normal(0, 2) + normal(0, 1)'}}}\ncalculations: {all: sum(x)}\n",
                             "all", 0);
    assert_int_equal(aic_result_row_count(result), 2);
    assert_index(result, "x: 0 ± 1", "first", 9.0 / 25);
    assert_index(result, "x: 0 ± 3", "first", 16.0 / 25);
    aic_result_unref(result);
}

static void a_series_is_one_factor(void **state) {
    (void)state;
    aic_result *result =
        ask("aicompute: 1\ntimeline: 2026..2028\nassumptions:\n  units: {2026: 1, 2027: 1 to 4, 2028: 1 to 4}\n  price: 2 to 3\n"
            "calculations: {y: units * price}\n",
            "y[2028]", 0);
    assert_index(result, "units", "first", (exp(variance_of_a) - 1) / (exp(variance_of_a + variance_of_b) - 1));
    aic_result_unref(result);
}

static void an_input_without_effect_has_0(void **state) {
    (void)state;
    aic_result *result = ask("aicompute: 1\nassumptions: {a: 1 to 4, dead: 1 to 2}\ncalculations: {y: a + 0 * dead}\n", "y", 0);
    assert_true(at(result, "dead", "first") == 0 && at(result, "dead", "total") == 0 && at(result, "dead", "variance_share") == 0);
    assert_index(result, "a", "first", 1);
    aic_result_unref(result);
}

static aic_text *text_of(const aic_result *result) {
    const aic_text_options options = {.size = sizeof options, .format = AIC_FORMAT_TEXT};
    aic_text *text = NULL;
    assert_int_equal(aic_result_text(result, &options, &text, NULL), AIC_OK);
    return text;
}

static void what_does_not_vary_has_no_shares(void **state) {
    (void)state;
    aic_result *result = ask("aicompute: 1\nassumptions: {a: 1 to 4}\ncalculations: {y: 3 + a - a}\n", "y", AIC_MEASURE_INDICES);
    aic_text *text = text_of(result);
    assert_true(isnan(at(result, "a", "first")) && isnan(at(result, "a", "variance_share")));
    assert_contains(aic_text_bytes(text), "does not vary");
    aic_text_free(text);
    aic_result_unref(result);
}

static void the_text_shows_shares_and_what_they_mean(void **state) {
    (void)state;
    aic_result *result = ask("aicompute: 1\nassumptions: {a: 1 to 4, b: 2 to 3}\ncalculations: {y: a * b}\n", "y",
                             AIC_MEASURE_TORNADO | AIC_MEASURE_SECOND_ORDER);
    aic_text *text = text_of(result);
    assert_contains(aic_text_bytes(text), "of variance");
    assert_contains(aic_text_bytes(text), "92 %");
    assert_contains(aic_text_bytes(text), "98.7 %");
    assert_contains(aic_text_bytes(text), "a with b 1");
    aic_text_free(text);
    aic_result_unref(result);
}

static void what_is_not_finite_is_warned_of(void **state) {
    (void)state;
    aic_report *report = aic_report_new(NULL);
    aic_result *result = ask_with_report("aicompute: 1\nassumptions: {a: 'uniform(1, 4)', b: 2 to 3}\ncalculations: {y: 'ln(a - 2) * b'}\n",
                                         "y", AIC_MEASURE_INDICES, report);
    bool warned = false;
    for (size_t i = 0; i < aic_report_count(report); i++) {
        warned = warned || strstr(aic_report_message(report, i), "base points of the indices are left out");
    }
    assert_true(warned && isfinite(at(result, "a", "first")));
    aic_result_unref(result);
    aic_report_free(report);
}

static void too_many_numbers_have_none_and_it_is_said(void **state) {
    enum { COUNT = 513 };
    char text[COUNT * 32], sum[COUNT * 8];
    size_t size = (size_t)snprintf(text, sizeof text, "aicompute: 1\nassumptions:\n"), added = 0;
    (void)state;
    for (int i = 0; i < COUNT; i++) {
        size += (size_t)snprintf(text + size, sizeof text - size, "  x%d: 1 to 2\n", i);
        added += (size_t)snprintf(sum + added, sizeof sum - added, "%sx%d", i ? "+" : "", i);
    }
    snprintf(text + size, sizeof text - size, "calculations:\n  y: %s\n", sum);
    aic_result *result = ask(text, "y", AIC_MEASURE_INDICES);
    aic_text *shown = text_of(result);
    assert_null(column(result, "first", ""));
    assert_contains(aic_text_bytes(shown), "two dimensions of Sobol' points for each number");
    aic_text_free(shown);
    aic_result_unref(result);
}

static void threads_change_no_bit(void **state) {
    aic_result *result[2];
    (void)state;
    for (uint32_t i = 0; i < 2; i++) {
        const aic_sensitivity_options options = {
            .size = sizeof options, .measures = AIC_MEASURE_SECOND_ORDER, .threads = 1 + 6 * i, .seed = 3};
        aic_scenario *scenario =
            load("aicompute: 1\nassumptions: {a: 1 to 4, b: 2 to 3, c: 'uniform(0, 1)'}\ncalculations: {y: a * b + c}\n");
        assert_int_equal(aic_scenario_sensitivity(scenario, "y", &options, &result[i], NULL), AIC_OK);
        aic_scenario_free(scenario);
    }
    for (size_t i = 0; i < aic_result_column_count(result[0]); i++) {
        assert_memory_equal(aic_result_column_values(result[0], i), aic_result_column_values(result[1], i), 3 * sizeof(double));
    }
    aic_result_unref(result[0]);
    aic_result_unref(result[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_product_has_its_closed_form),
        cmocka_unit_test(pairs_are_columns),
        cmocka_unit_test(correlated_inputs_are_one_row),
        cmocka_unit_test(an_input_may_be_correlated_with_one_that_does_not_matter),
        cmocka_unit_test(inputs_correlated_through_one_that_does_not_matter_are_one_row),
        cmocka_unit_test(correlated_inputs_are_one_row_in_whatever_form),
        cmocka_unit_test(a_series_of_formulas_is_one_factor),
        cmocka_unit_test(distributions_at_the_same_place_in_each_year_are_one_factor),
        cmocka_unit_test(a_series_is_one_factor),
        cmocka_unit_test(an_input_without_effect_has_0),
        cmocka_unit_test(what_does_not_vary_has_no_shares),
        cmocka_unit_test(the_text_shows_shares_and_what_they_mean),
        cmocka_unit_test(what_is_not_finite_is_warned_of),
        cmocka_unit_test(too_many_numbers_have_none_and_it_is_said),
        cmocka_unit_test(threads_change_no_bit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
