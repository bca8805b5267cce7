/* SPDX-License-Identifier: MIT */
/* Two scenarios side by side: what is listed, by what results moved, and what could not be put in alone. */
#include "failing_allocator.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/scene.h"

static struct scene first, second;

static int end(void **state) {
    (void)state;
    scene_end(&first);
    scene_end(&second);
    first = second = (struct scene){0};
    return 0;
}

/* The difference is the first scene's result. */
static const aici_result_diff *compare(const char *a, const char *b) {
    scene_begin(&first, a);
    scene_begin(&second, b);
    scene_expect_ok(&first, aici_analysis_diff(first.scenario, second.scenario, NULL, &first.result, first.report));
    return first.result->diff;
}

static const aici_result_difference *find(const aici_result_difference *list, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].name, name) == 0)
            return &list[i];
    }
    return NULL;
}

static const aici_result_difference *assumption(const aici_result_diff *diff, const char *name) {
    return find(diff->assumption, diff->assumption_count, name);
}

static const aici_result_difference *result(const aici_result_diff *diff, const char *name) {
    const aici_result_difference *found = find(diff->result, diff->result_count, name);
    if (!found)
        fail_msg("%s is not among the results that differ", name);
    return found;
}

static const aici_result_formula *formula(const aici_result_diff *diff, const char *name) {
    for (size_t i = 0; i < diff->formula_count; i++) {
        if (strcmp(diff->formula[i].name, name) == 0)
            return &diff->formula[i];
    }
    return NULL;
}

static double effect(const aici_result_difference *of, const char *name) {
    for (size_t i = 0; i < of->cause_count; i++) {
        if (strcmp(of->cause[i].name, name) == 0)
            return of->cause[i].effect;
    }
    fail_msg("%s was not moved by %s", of->name, name);
    return 0;
}

/* --- what is listed ------------------------------------------------------------------------------------------------------------------- */

static void a_scenario_does_not_differ_from_itself(void **state) {
    (void)state;
    const char *text = "assumptions: {a: {value: 2 GB, source: s}, b: a * 3}\nsources: {s: A source}\ncalculations: {c: a + b}\n";
    const aici_result_diff *diff =
        compare(text, "sources: {s: Another}\nassumptions: {a: 2 GB, b: {value: a * 3, note: n}}\ncalculations: {c: a + b}\n");
    assert_int_equal(diff->assumption_count + diff->formula_count + diff->result_count, 0);
}

static void figures_formulas_and_results_are_listed_apart(void **state) {
    (void)state;
    const aici_result_diff *diff = compare("assumptions: {a: 2 GB, b: 3, same: 1}\ncalculations: {c: a * b, d: a * 2, e: same}\n",
                                           "assumptions: {a: 2000 MB, b: 4, same: 1}\ncalculations: {c: a * b, d: 2 * a, e: same}\n");
    assert_int_equal(diff->assumption_count, 1); /* 2 GB are 2000 MB */
    assert_non_null(assumption(diff, "b"));
    assert_int_equal(diff->formula_count, 1);
    assert_string_equal(formula(diff, "d")->side[1], "2 * a");
    assert_int_equal(diff->result_count, 1);
    scene_expect_value(result(diff, "c")->change, 1.6e10, 1e-12);
    scene_expect_value(result(diff, "c")->ratio, 4.0 / 3, 1e-12);
}

static void what_only_one_of_them_has_is_said(void **state) {
    (void)state;
    const aici_result_diff *diff = compare("assumptions: {a: 2, old: 3}\ncalculations: {c: a, gone: old}\n",
                                           "assumptions: {a: 2, new: 4}\ncalculations: {c: a, come: new}\n");
    assert_null(assumption(diff, "old")->side[1]);
    assert_null(assumption(diff, "new")->side[0]);
    assert_null(result(diff, "gone")->side[1]);
    assert_null(result(diff, "come")->side[0]);
    assert_null(formula(diff, "gone")->side[1]);
    assert_true(isnan(result(diff, "come")->change));
    assert_false(result(diff, "come")->is_attributed);
}

static void another_dimension_is_said_and_not_subtracted(void **state) {
    (void)state;
    const aici_result_diff *diff =
        compare("assumptions: {a: 2 FLOP/s}\ncalculations: {c: a * 2}\n", "assumptions: {a: 2 FLOP}\ncalculations: {c: a * 2}\n");
    assert_true(assumption(diff, "a")->is_apart);
    assert_true(result(diff, "c")->is_apart);
    assert_string_equal(result(diff, "c")->unit, "FLOP/s");
    assert_string_equal(result(diff, "c")->side[1]->unit, "FLOP");
    assert_true(isnan(result(diff, "c")->change));
}

static void other_units_of_one_dimension_are_compared_in_the_first_ones(void **state) {
    (void)state;
    const aici_result_diff *diff = compare("assumptions: {a: 10 USD}\ncalculations: {c: a}\n",
                                           "exchange_rates: {USD: 7 CNY}\nassumptions: {a: 77 CNY}\ncalculations: {c: a}\n");
    assert_string_equal(result(diff, "c")->unit, "USD");
    scene_expect_value(result(diff, "c")->value[1][0], 11, 1e-12);
    scene_expect_value(result(diff, "c")->change, 1, 1e-12);
    assert_null(formula(diff, "exchange_rates.USD")->side[0]);
    assert_string_equal(formula(diff, "exchange_rates.USD")->side[1], "7 CNY");
}

static void another_distribution_is_a_difference_though_its_median_is_the_same(void **state) {
    (void)state;
    const aici_result_diff *diff = compare("assumptions: {a: 'uniform(2, 4)', b: 1 to 2, c: a, d: 'uniform(1, 2)'}\n",
                                           "assumptions: {a: 3, b: 1 to 2, c: a, d: 'uniform(1, 3)'}\n");
    assert_int_equal(diff->assumption_count, 2);
    assert_non_null(assumption(diff, "a"));
    assert_non_null(assumption(diff, "d"));
    assert_int_equal(diff->formula_count, 2);
    assert_string_equal(diff->formula[0].name, "a");
    assert_string_equal(diff->formula[0].what, "distribution");
    assert_string_equal(diff->formula[0].side[0], "uniform(2, 4)");
    assert_string_equal(diff->formula[0].side[1], "3");
}

static void a_default_that_gave_way_is_a_difference(void **state) {
    (void)state;
    const char *chat = "models: {m: {kind: training, parameters: 1e9 parameter, tokens: 2e10 token}}\n";
    const aici_result_diff *diff =
        compare(chat, "models: {m: {kind: training, parameters: 1e9 parameter, tokens: 2e10 token, epochs: 2}}\n");
    assert_true(assumption(diff, "m.epochs")->side[0]->is_default);
    assert_false(assumption(diff, "m.epochs")->side[1]->is_default);
    scene_expect_value(effect(result(diff, "m.compute"), "m.epochs"), 1.2e20, 1e-12);
}

static void truth_values_and_texts_are_compared(void **state) {
    (void)state;
    const char *kind =
        "definitions: {k: {title: K, inputs: {yes: {type: boolean}}, outputs: {y: {unit: '1', formula: if yes then 2 else 3}}}}\n";
    aici_buffer a = aici_buffer_new(NULL), b = aici_buffer_new(NULL);
    aici_buffer_add_format(&a, "%smodels: {m: {kind: k, yes: true}}\n", kind);
    aici_buffer_add_format(&b, "%smodels: {m: {kind: k, yes: false}}\n", kind);
    const aici_result_diff *diff = compare(aici_buffer_text(&a), aici_buffer_text(&b));
    assert_string_equal(assumption(diff, "m.yes")->side[1]->text, "false");
    scene_expect_value(effect(result(diff, "m.y"), "m.yes"), 1, 0);
    aici_buffer_free(&a);
    aici_buffer_free(&b);
}

static void another_kind_is_a_difference_of_formulas(void **state) {
    (void)state;
    const aici_result_diff *diff = compare("models: {m: {kind: cagr, start: 1 token, end: 4 token, periods: 2}}\n",
                                           "models: {m: {kind: training, parameters: 1e9 parameter, tokens: 2e10 token}}\n");
    assert_string_equal(formula(diff, "m")->what, "kind");
    assert_string_equal(formula(diff, "m")->side[0], "cagr, version 1");
    assert_string_equal(formula(diff, "m")->side[1], "training, version 1");
}

/* --- by what -------------------------------------------------------------------------------------------------------------------------- */

static void effects_are_those_of_one_at_a_time_and_the_rest_is_interaction(void **state) {
    (void)state;
    const aici_result_diff *diff = compare("assumptions: {a: 2, b: 3, unused: 1}\ncalculations: {c: a * b}\n",
                                           "assumptions: {a: 5, b: 7, unused: 2}\ncalculations: {c: a * b}\n");
    const aici_result_difference *c = result(diff, "c");
    assert_int_equal(c->cause_count, 2);
    assert_string_equal(c->cause[0].name, "a"); /* the larger first */
    scene_expect_value(effect(c, "a"), 9, 0);
    scene_expect_value(effect(c, "b"), 8, 0);
    scene_expect_value(c->change, 29, 0);
    scene_expect_value(c->interaction, 12, 0);
    scene_expect_value(c->cause[0].share, 9.0 / 29, 1e-15);
}

static void effects_that_add_up_leave_no_interaction(void **state) {
    (void)state;
    const aici_result_diff *diff =
        compare("assumptions: {a: 0.1, b: 0.7}\ncalculations: {c: a + b}\n", "assumptions: {a: 0.3, b: 0.2}\ncalculations: {c: a + b}\n");
    assert_true(result(diff, "c")->interaction == 0);
}

static void a_changed_formula_is_a_cause_and_brings_what_it_needs(void **state) {
    (void)state;
    const aici_result_diff *diff =
        compare("assumptions: {a: 2}\ncalculations: {c: a * 3}\n",
                "units: {pair: 2 token}\nassumptions: {a: 2, k: 8 pair}\ncalculations: {c: a * 3 + k / (1 pair)}\n");
    scene_expect_value(effect(result(diff, "c"), "c"), 8, 1e-15);
    assert_int_equal(diff->unattributed_count, 0);
}

static void an_exchange_rate_is_a_cause_and_its_prices_are_not_others(void **state) {
    (void)state;
    const aici_result_diff *diff = compare("exchange_rates: {USD: 7 CNY}\nassumptions: {p: 100 USD, q: 5 CNY}\ncalculations: {c: p + q}\n",
                                           "exchange_rates: {USD: 8 CNY}\nassumptions: {p: 100 USD, q: 5 CNY}\ncalculations: {c: p + q}\n");
    assert_null(assumption(diff, "p"));
    scene_expect_value(effect(result(diff, "c"), "exchange_rates.USD"), 100, 1e-12);
}

static void series_are_compared_by_year_and_accounted_for_in_the_last_that_differs(void **state) {
    (void)state;
    const aici_result_diff *diff =
        compare("timeline: 2024..2026\nassumptions: {g: {2024: 1, 2025: 2, 2026: 3}, f: 2}\ncalculations: {c: g * f}\n",
                "timeline: 2025..2027\nassumptions: {g: {2025: 5, 2026: 3, 2027: 9}, f: 2}\ncalculations: {c: g * f}\n");
    const aici_result_difference *c = result(diff, "c");
    assert_int_equal(c->year_count, 4);
    assert_int_equal(c->year[0], 2024);
    assert_int_equal(c->year[c->at], 2025);
    assert_true(isnan(c->value[1][0]) && isnan(c->value[0][3]));
    scene_expect_value(c->change, 6, 0);
}

static void a_single_value_beside_a_series_stands_in_each_year(void **state) {
    (void)state;
    const aici_result_diff *diff = compare("timeline: 2024..2025\nassumptions: {g: 2}\ncalculations: {c: g * 3}\n",
                                           "timeline: 2024..2025\nassumptions: {g: {2024: 2, 2025: 4}}\ncalculations: {c: g * 3}\n");
    const aici_result_difference *c = result(diff, "c");
    assert_int_equal(c->year[c->at], 2025);
    scene_expect_value(c->value[0][c->at], 6, 0);
    scene_expect_value(effect(c, "g"), 6, 0);
}

static void inputs_that_go_only_together_are_one_cause(void **state) {
    (void)state;
    const aici_result_diff *diff = compare("models: {m: {kind: cagr, start: 1 token, end: 16 token, start_year: 2020, end_year: 2024}}\n",
                                           "models: {m: {kind: cagr, start: 1 token, end: 16 token, periods: 2}}\n");
    scene_expect_value(effect(result(diff, "m.cagr"), "m.periods, m.start_year, m.end_year"), 2, 1e-12);
    assert_int_equal(diff->unattributed_count, 0);
}

static void an_input_taken_away_goes_with_those_that_move_nothing(void **state) {
    (void)state;
    const aici_result_diff *diff = compare("models: {m: {kind: cagr, start: 1 token, end: 16 token, periods: 2}}\n",
                                           "models: {m: {kind: cagr, start: 1 token, end: 16 token, start_year: 2020, end_year: 2024}}\n");
    scene_expect_value(effect(result(diff, "m.cagr"), "m.periods"), -2, 1e-12);
}

static void what_does_not_fit_at_all_is_left_to_the_interaction(void **state) {
    (void)state;
    const aici_result_diff *diff = compare("assumptions: {a: 2 token, old: a + 1 token, f: 1}\ncalculations: {c: a / (1 token), d: f}\n",
                                           "assumptions: {a: 2 FLOP, f: 2}\ncalculations: {c: a * 3 / (1 FLOP), d: f}\n");
    const aici_result_difference *c = result(diff, "c");
    assert_int_equal(diff->unattributed_count, 1);
    assert_string_equal(diff->unattributed[0], "a");
    assert_true(isnan(effect(c, "c"))); /* alone it has another dimension */
    scene_expect_value(c->interaction, 4, 0);
    scene_expect_value(effect(result(diff, "d"), "f"), 1, 0);
}

static void a_calculation_may_become_an_assumption(void **state) {
    (void)state;
    const aici_result_diff *diff =
        compare("assumptions: {a: 2}\ncalculations: {b: a * 2, c: b * 3}\n", "assumptions: {a: 2, b: 5}\ncalculations: {c: b * 3}\n");
    scene_expect_value(effect(result(diff, "c"), "b"), 3, 0);
}

static void an_effect_that_is_not_finite_is_unknown(void **state) {
    (void)state;
    const aici_result_diff *diff = compare("assumptions: {a: 2, b: 1}\ncalculations: {c: 1 / (a - b)}\n",
                                           "assumptions: {a: 3, b: 2, z: 1}\ncalculations: {c: 1 / (a - b) + z}\n");
    assert_true(isnan(effect(result(diff, "c"), "b")));
    scene_expect_value(effect(result(diff, "c"), "a"), -0.5, 0);
}

static void claims_of_the_first_do_not_stand_in_the_way(void **state) {
    (void)state;
    const aici_result_diff *diff =
        compare("assumptions: {a: 2 token, f: 3}\ncalculations: {c: f * 2}\nclaims: [{id: x, published: 2 token, computed: a}]\n",
                "assumptions: {a: 2 FLOP, f: 4}\ncalculations: {c: f * 2}\n");
    scene_expect_value(effect(result(diff, "c"), "f"), 2, 0);
    assert_int_equal(diff->unattributed_count, 0);
}

static void the_scenarios_stay_what_they_are(void **state) {
    (void)state;
    aici_buffer before = aici_buffer_new(NULL), after = aici_buffer_new(NULL);
    scene_begin(&first, "assumptions: {a: 2, b: 3}\ncalculations: {c: a * b}\n");
    scene_begin(&second, "assumptions: {a: 5, x: 3}\ncalculations: {c: a * x}\n");
    aici_scenario_write(first.scenario, &before);
    scene_expect_ok(&first, aici_analysis_diff(first.scenario, second.scenario, NULL, &first.result, first.report));
    aici_scenario_write(first.scenario, &after);
    assert_string_equal(aici_buffer_text(&before), aici_buffer_text(&after));
    assert_int_equal(aic_report_count(first.report), 0);
    aici_buffer_free(&before);
    aici_buffer_free(&after);
}

/* --- what can go wrong ---------------------------------------------------------------------------------------------------------------- */

static void a_scenario_that_cannot_be_computed_is_an_error(void **state) {
    (void)state;
    scene_begin(&first, "assumptions: {a: 2}\ncalculations: {c: a}\n");
    scene_begin(&second, "assumptions: {a: 0}\ncalculations: {c: 1 / a}\n");
    assert_int_equal(aici_analysis_diff(first.scenario, second.scenario, NULL, &first.result, first.report), AIC_ERROR_DOMAIN);
    assert_null(first.result);
    assert_int_equal(scene_count(&first, AICI_CODE_NOT_FINITE), 1);
}

static const char *const before_text =
    "aicompute: 1\nexchange_rates: {USD: 7 CNY}\ntimeline: 2024..2025\nassumptions: {a: 2, g: {2024: 1, 2025: 2}}\n"
    "models: {m: {kind: cagr, start: 1 token, end: 16 token, start_year: 2020, end_year: 2024}}\n"
    "calculations: {c: a * g}\nclaims: [{id: x, published: 2, computed: a}]\n";
static const char *const after_text = "aicompute: 1\nexchange_rates: {USD: 8 CNY}\ntimeline: 2024..2026\nsources: {s: S}\nassumptions: {a: "
                                      "{value: 3, source: s}, n: 4, g: {2024: 1, 2025: 4, 2026: 1}}\n"
                                      "models: {m: {kind: cagr, start: 2 token, end: 16 token, periods: 2}}\n"
                                      "calculations: {c: a * g + n}\n";

static void each_allocation_may_fail(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    for (size_t n = 1, more = 1; more; n += 1 + n / 40) {
        memory.fail_at = 0;
        aic_scenario *a = scene_load(&memory.allocator, before_text), *b = scene_load(&memory.allocator, after_text);
        aic_result *found = NULL;
        more = failing_allocator_again(&memory, n, n % 3 == 0);
        aic_status status = aici_analysis_diff(a, b, &memory.allocator, &found, NULL);
        aici_scenario_free(a);
        aici_scenario_free(b);
        scene_expect_memory(&memory, status, found);
    }
}

int main(void) {
#define TEST(name) cmocka_unit_test_teardown(name, end)
    const struct CMUnitTest tests[] = {
        TEST(a_scenario_does_not_differ_from_itself),
        TEST(figures_formulas_and_results_are_listed_apart),
        TEST(what_only_one_of_them_has_is_said),
        TEST(another_dimension_is_said_and_not_subtracted),
        TEST(other_units_of_one_dimension_are_compared_in_the_first_ones),
        TEST(another_distribution_is_a_difference_though_its_median_is_the_same),
        TEST(a_default_that_gave_way_is_a_difference),
        TEST(truth_values_and_texts_are_compared),
        TEST(another_kind_is_a_difference_of_formulas),
        TEST(effects_are_those_of_one_at_a_time_and_the_rest_is_interaction),
        TEST(effects_that_add_up_leave_no_interaction),
        TEST(a_changed_formula_is_a_cause_and_brings_what_it_needs),
        TEST(an_exchange_rate_is_a_cause_and_its_prices_are_not_others),
        TEST(series_are_compared_by_year_and_accounted_for_in_the_last_that_differs),
        TEST(a_single_value_beside_a_series_stands_in_each_year),
        TEST(inputs_that_go_only_together_are_one_cause),
        TEST(an_input_taken_away_goes_with_those_that_move_nothing),
        TEST(what_does_not_fit_at_all_is_left_to_the_interaction),
        TEST(a_calculation_may_become_an_assumption),
        TEST(an_effect_that_is_not_finite_is_unknown),
        TEST(claims_of_the_first_do_not_stand_in_the_way),
        TEST(the_scenarios_stay_what_they_are),
        TEST(a_scenario_that_cannot_be_computed_is_an_error),
        TEST(each_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("diff", tests, NULL, NULL);
}
