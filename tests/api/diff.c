/* SPDX-License-Identifier: MIT */
/* Two scenarios side by side, and what claims stand on, through the public interface. */
#include "support.h"

static aic_text *as_text(const aic_result *result, int format) {
    aic_text_options options = {.size = sizeof options, .format = format, .width = 160};
    aic_text *text = NULL;
    assert_int_equal(aic_result_text(result, &options, &text, NULL), AIC_OK);
    return text;
}

static void a_changed_input_is_found_with_what_it_moved(void **state) {
    (void)state;
    aic_scenario *a = load(chat), *b = load(chat);
    assert_int_equal(aic_scenario_set(b, "chat.utilization", "40 %", NULL), AIC_OK);
    aic_result *result = NULL;
    assert_int_equal(aic_scenario_diff(a, b, &result, NULL), AIC_OK);
    aic_scenario_free(a);
    aic_scenario_free(b); /* the result stands by itself */
    aic_text *text = as_text(result, AIC_FORMAT_JSON);
    assert_contains(aic_text_bytes(text), "{\"name\": \"chat.utilization\", \"role\": \"input\", \"a\": 0.32, \"b\": 0.4, \"unit\": \"1\"");
    assert_contains(aic_text_bytes(text), "\"input\": \"chat.utilization\", \"effect\": ");
    assert_contains(aic_text_bytes(text), "\"unattributed\": []");
    aic_text_free(text);
    text = as_text(result, AIC_FORMAT_TEXT);
    assert_contains(aic_text_bytes(text), "by chat.utilization");
    aic_text_free(text);
    assert_int_equal(aic_result_count(result), 0);
    assert_int_equal(aic_result_claim_count(result), 0);
    aic_result_unref(result);
}

static void a_scenario_beside_itself_shows_no_difference(void **state) {
    (void)state;
    aic_scenario *a = load(chat);
    aic_result *result = NULL;
    assert_int_equal(aic_scenario_diff(a, a, &result, NULL), AIC_OK);
    aic_text *text = as_text(result, AIC_FORMAT_TEXT);
    assert_contains(aic_text_bytes(text), "nothing differs");
    aic_text_free(text);
    aic_result_unref(result);
    aic_scenario_free(a);
}

static void the_scenarios_are_as_they_were(void **state) {
    (void)state;
    aic_scenario *a = load(chat), *b = load(chat);
    aic_text *before = NULL, *after = NULL;
    aic_result *result = NULL;
    assert_int_equal(aic_scenario_set(b, "visits", "1e6 visit/day", NULL), AIC_OK);
    assert_int_equal(aic_scenario_text(a, &before, NULL), AIC_OK);
    assert_int_equal(aic_scenario_diff(a, b, &result, NULL), AIC_OK);
    assert_int_equal(aic_scenario_text(a, &after, NULL), AIC_OK);
    assert_string_equal(aic_text_bytes(before), aic_text_bytes(after));
    aic_text_free(before);
    aic_text_free(after);
    aic_result_unref(result);
    aic_scenario_free(a);
    aic_scenario_free(b);
}

static void scenarios_built_by_calls_can_be_compared(void **state) {
    (void)state;
    aic_scenario *a = NULL, *b = NULL;
    aic_result *result = NULL;
    assert_int_equal(aic_scenario_new(NULL, &a, NULL), AIC_OK);
    assert_int_equal(aic_scenario_add_assumption(a, "tokens", "3 token", NULL), AIC_OK);
    assert_int_equal(aic_scenario_add_calculation(a, "twice", "2 * tokens", NULL), AIC_OK);
    assert_int_equal(aic_scenario_copy(a, &b, NULL), AIC_OK);
    assert_int_equal(aic_scenario_set(b, "tokens", "5 token", NULL), AIC_OK);
    assert_int_equal(aic_scenario_diff(a, b, &result, NULL), AIC_OK);
    aic_text *text = as_text(result, AIC_FORMAT_JSON);
    assert_contains(aic_text_bytes(text), "\"by\": [\n          {\"input\": \"tokens\", \"effect\": 4, \"share\": 1}");
    aic_text_free(text);
    aic_result_unref(result);
    aic_scenario_free(a);
    aic_scenario_free(b);
}

static void what_cannot_be_computed_is_an_error_of_either_side(void **state) {
    (void)state;
    aic_report *report = aic_report_new(NULL);
    aic_scenario *good = load("aicompute: 1\nassumptions: {a: 1}\n"), *bad = load("aicompute: 1\nassumptions: {a: 0, b: 1 / a}\n");
    aic_result *result = (aic_result *)report;
    assert_int_equal(aic_scenario_diff(good, bad, &result, report), AIC_ERROR_DOMAIN);
    assert_null(result);
    assert_int_equal(aic_scenario_diff(bad, good, &result, report), AIC_ERROR_DOMAIN);
    assert_int_equal(aic_report_error_count(report), 1);
    aic_scenario_free(good);
    aic_scenario_free(bad);
    aic_report_free(report);
}

static void null_is_refused(void **state) {
    (void)state;
    aic_scenario *a = load(chat);
    aic_result *result = NULL;
    assert_int_equal(aic_scenario_diff(NULL, a, &result, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_diff(a, NULL, &result, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_diff(a, a, NULL, NULL), AIC_ERROR_ARGUMENT);
    aic_scenario_free(a);
}

static void claims_say_what_they_depend_on_that_nobody_vouches_for(void **state) {
    (void)state;
    aic_scenario *scenario = load(chat);
    aic_result *result = NULL;
    assert_int_equal(aic_scenario_check(scenario, NULL, &result, NULL), AIC_OK);
    const char *unsourced = aic_result_claim(result, 0, AIC_CLAIM_UNSOURCED);
    assert_contains(unsourced, "chat.parameters, ");
    assert_null(strstr(unsourced, "visits"));
    assert_null(strstr(unsourced, "price")); /* servers need no price */
    assert_contains(aic_result_claim(result, 1, AIC_CLAIM_UNSOURCED), "price");
    assert_contains(aic_result_claim(result, 0, AIC_CLAIM_DEFAULTS), "chat.peak_to_average");
    assert_string_equal(aic_result_claim(result, 2, AIC_CLAIM_DEFAULTS), "");
    aic_result_unref(result);
    aic_scenario_free(scenario);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_changed_input_is_found_with_what_it_moved),
        cmocka_unit_test(a_scenario_beside_itself_shows_no_difference),
        cmocka_unit_test(the_scenarios_are_as_they_were),
        cmocka_unit_test(scenarios_built_by_calls_can_be_compared),
        cmocka_unit_test(what_cannot_be_computed_is_an_error_of_either_side),
        cmocka_unit_test(null_is_refused),
        cmocka_unit_test(claims_say_what_they_depend_on_that_nobody_vouches_for),
    };
    return cmocka_run_group_tests_name("diff", tests, NULL, NULL);
}
