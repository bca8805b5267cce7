/* SPDX-License-Identifier: MIT */
/* Scenarios through the public interface: loading, changing, building, writing. */
#include "support.h"

static char *yaml_of(const aic_scenario *scenario) {
    aic_text *text = NULL;
    assert_int_equal(aic_scenario_text(scenario, &text, NULL), AIC_OK);
    char *copy = strdup(aic_text_bytes(text));
    aic_text_free(text);
    return copy;
}

static void a_loaded_scenario_computes(void **state) {
    (void)state;
    aic_scenario *scenario = load(chat);
    assert_string_equal(aic_scenario_title(scenario), "A chat service");
    aic_result *result = evaluate(scenario);
    aic_scenario_free(scenario);
    assert_near(value_of(result, "chat.compute_rate"), 2e12 * 267 / 0.32 * 6e8 / 86400);
    assert_near(value_of(result, "chat.servers"), 2e12 * 267 / 0.32 * 6e8 / 86400 / 65e12 / 8);
    aic_result_unref(result);
}

static void set_changes_an_input_and_what_follows_from_it(void **state) {
    (void)state;
    aic_scenario *scenario = load(chat);
    aic_result *before = evaluate(scenario);
    assert_int_equal(aic_scenario_set(scenario, "chat.utilization", "16 %", NULL), AIC_OK);
    aic_result *after = evaluate(scenario);
    assert_near(value_of(after, "chat.servers"), 2 * value_of(before, "chat.servers"));
    assert_int_equal(aic_scenario_set_number(scenario, "visits", 30e6, "visit/day", NULL), AIC_OK);
    aic_result *last = evaluate(scenario);
    assert_near(value_of(last, "chat.servers"), value_of(before, "chat.servers"));
    aic_result_unref(before);
    aic_result_unref(after);
    aic_result_unref(last);
    aic_scenario_free(scenario);
}

/** A change, and the status with which it must be refused. */
struct refusal {
    const char *name, *expression;
    aic_status status;
};

static void a_change_that_fails_changes_nothing(void **state) {
    (void)state;
    static const struct refusal refusals[] = {
        {"chat.utilization", "40 FLOP", AIC_ERROR_UNIT},  {"chat.utilization", "140 %", AIC_ERROR_DOMAIN},
        {"chat.utilization", "40 %%", AIC_ERROR_SYNTAX},  {"chat.utilisation", "40 %", AIC_ERROR_NAME},
        {"visits", "visits", AIC_ERROR_SCENARIO},         {"visits", "nobody * 2", AIC_ERROR_NAME},
        {"chat.servers", "3 server", AIC_ERROR_SCENARIO}, {"visits", "5 USD", AIC_ERROR_UNIT},
    };
    aic_scenario *scenario = load(chat);
    char *before = yaml_of(scenario);
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        aic_report *report = aic_report_new(NULL);
        assert_int_equal(aic_scenario_set(scenario, refusals[i].name, refusals[i].expression, report), refusals[i].status);
        assert_true(aic_report_error_count(report) > 0);
        aic_report_free(report);
        char *after = yaml_of(scenario);
        assert_string_equal(before, after);
        free(after);
    }
    free(before);
    aic_result_unref(evaluate(scenario));
    aic_scenario_free(scenario);
}

static void what_is_written_loads_to_an_equal_scenario(void **state) {
    (void)state;
    aic_scenario *scenario = load(chat);
    char *yaml = yaml_of(scenario);
    aic_scenario *again = load(yaml);
    char *yaml_again = yaml_of(again);
    assert_string_equal(yaml, yaml_again);
    aic_result *left = evaluate(scenario), *right = evaluate(again);
    assert_int_equal(aic_result_count(left), aic_result_count(right));
    for (size_t i = 0; i < aic_result_count(left); i++) {
        assert_true(memcmp(aic_result_values(left, i), aic_result_values(right, i), sizeof(double)) == 0);
    }
    aic_result_unref(left);
    aic_result_unref(right);
    aic_scenario_free(scenario);
    aic_scenario_free(again);
    free(yaml);
    free(yaml_again);
}

static void a_scenario_is_built_without_yaml(void **state) {
    (void)state;
    aic_scenario *scenario = NULL;
    aic_report *report = aic_report_new(NULL);
    aic_result *result = NULL;
    assert_int_equal(aic_scenario_new(NULL, &scenario, report), AIC_OK);
    assert_int_equal(aic_scenario_set_header(scenario, "title", "built", report), AIC_OK);
    assert_int_equal(aic_scenario_set_header(scenario, "timeline", "2024..2026", report), AIC_OK);
    assert_int_equal(aic_scenario_add_source(scenario, "paper", "A paper", report), AIC_OK);
    assert_int_equal(aic_scenario_add_exchange_rate(scenario, "USD", "7 CNY", report), AIC_OK);
    assert_int_equal(aic_scenario_add_unit(scenario, "rack", "72 accelerator", report), AIC_OK);
    assert_int_equal(aic_scenario_add_assumption(scenario, "fleet", "2 rack", report), AIC_OK);
    assert_int_equal(aic_scenario_set_property(scenario, "fleet", "source", "paper", report), AIC_OK);
    assert_int_equal(aic_scenario_add_assumption(scenario, "sold", "1 rack/year", report), AIC_OK);
    assert_int_equal(aic_scenario_set_year(scenario, "sold", 2025, "2 rack/year", report), AIC_OK);
    assert_int_equal(aic_scenario_add_model(scenario, "run", "training", report), AIC_OK);
    assert_int_equal(aic_scenario_evaluate(scenario, NULL, 0, &result, report), AIC_ERROR_SCENARIO);
    assert_null(result);
    assert_int_equal(aic_scenario_set(scenario, "run.parameters", "1B parameter", report), AIC_OK);
    assert_int_equal(aic_scenario_set(scenario, "run.tokens", "20B token", report), AIC_OK);
    assert_int_equal(aic_scenario_set(scenario, "run.accelerators", "fleet", report), AIC_OK);
    assert_int_equal(aic_scenario_add_calculation(scenario, "price", "10 USD / 1 CNY", report), AIC_OK);
    assert_int_equal(aic_scenario_add_claim(scenario, "c", "1.2e20 FLOP", "run.compute", report), AIC_OK);
    if (aic_scenario_evaluate(scenario, NULL, 0, &result, report) != AIC_OK) {
        show(report);
        fail();
    }
    assert_near(value_of(result, "run.compute"), 1.2e20);
    assert_near(value_of(result, "fleet"), 144);
    assert_near(value_of(result, "price"), 70);
    aic_result_unref(result);
    assert_int_equal(aic_scenario_remove(scenario, "run", report), AIC_ERROR_NAME); /* the claim needs it */
    assert_int_equal(aic_scenario_remove(scenario, "c", report), AIC_OK);
    assert_int_equal(aic_scenario_remove(scenario, "run", report), AIC_OK);
    assert_int_equal(aic_scenario_validate(scenario, report), AIC_OK);
    aic_scenario_free(scenario);
    aic_report_free(report);
}

static void additions_refuse_what_cannot_be(void **state) {
    (void)state;
    aic_scenario *scenario = load(chat);
    assert_int_equal(aic_scenario_add_assumption(scenario, "visits", "3", NULL), AIC_ERROR_SCENARIO);
    assert_int_equal(aic_scenario_add_assumption(scenario, "2fast", "3", NULL), AIC_ERROR_SCENARIO);
    assert_int_equal(aic_scenario_add_assumption(scenario, "x", "3 +", NULL), AIC_ERROR_SYNTAX);
    assert_int_equal(aic_scenario_add_model(scenario, "y", "infernce", NULL), AIC_ERROR_NAME);
    assert_int_equal(aic_scenario_add_unit(scenario, "token", "base", NULL), AIC_ERROR_UNIT);
    assert_int_equal(aic_scenario_set_property(scenario, "visits", "source", "nobody", NULL), AIC_ERROR_NAME);
    assert_int_equal(aic_scenario_set_header(scenario, "timeline", "2030..2020", NULL), AIC_ERROR_SCENARIO);
    assert_int_equal(aic_scenario_add_claim(scenario, "servers", "3 server", "chat.servers", NULL), AIC_ERROR_SCENARIO);
    assert_int_equal(aic_scenario_set_number(scenario, "visits", (double)INFINITY, "visit/day", NULL), AIC_ERROR_ARGUMENT);
    aic_scenario_free(scenario);
}

static void copies_are_independent(void **state) {
    (void)state;
    aic_scenario *scenario = load(chat), *copy = NULL;
    assert_int_equal(aic_scenario_copy(scenario, &copy, NULL), AIC_OK);
    assert_int_equal(aic_scenario_set(copy, "chat.utilization", "64 %", NULL), AIC_OK);
    aic_result *left = evaluate(scenario);
    aic_scenario_free(scenario);
    aic_result *right = evaluate(copy);
    assert_near(value_of(left, "chat.servers"), 2 * value_of(right, "chat.servers"));
    aic_result_unref(left);
    aic_result_unref(right);
    aic_scenario_free(copy);
}

static void a_distribution_stands_at_its_median(void **state) {
    (void)state;
    aic_scenario *scenario = load("aicompute: 1\nassumptions:\n  visits: 4e7 to 9e7 visit/day\n  sure: 3 FLOP\n");
    aic_result *result = evaluate(scenario);
    assert_near(value_of(result, "visits"), 6e7 / 86400);
    aic_result_unref(result);
    aic_scenario_free(scenario);
}

static void a_components_share_sees_the_assumption_of_its_name(void **state) {
    (void)state;
    aic_scenario *scenario =
        load("aicompute: 1\nassumptions: {cpu: 30 %}\nmodels:\n  cost: {kind: breakdown, total: 10 USD, shares: {cpu: cpu}}\n");
    aic_result *result = evaluate(scenario);
    assert_near(value_of(result, "cost.cpu"), 3);
    assert_near(value_of(result, "cost.other"), 7);
    aic_result_unref(result);
    aic_scenario_free(scenario);
}

static void a_percentage_is_the_nearest_double_to_its_decimal(void **state) {
    (void)state;
    aic_scenario *scenario = load("aicompute: 1\nassumptions: {a: 57 %}\n");
    aic_result *result = evaluate(scenario);
    assert_true(value_of(result, "a") == 0.57);
    aic_result_unref(result);
    aic_scenario_free(scenario);
}

static void options_may_be_larger_when_what_is_unknown_is_zero(void **state) {
    (void)state;
    struct {
        aic_load_options known;
        size_t unknown;
    } larger = {.known = {.size = sizeof larger}};
    aic_scenario *scenario = NULL;
    assert_int_equal(aic_scenario_load(chat, strlen(chat), "", &larger.known, &scenario, NULL), AIC_OK);
    aic_scenario_free(scenario);
    larger.unknown = 1;
    assert_int_equal(aic_scenario_load(chat, strlen(chat), "", &larger.known, &scenario, NULL), AIC_ERROR_ARGUMENT);
    aic_allocator none = {0};
    larger.unknown = 0;
    larger.known.allocator = &none;
    assert_int_equal(aic_scenario_load(chat, strlen(chat), "", &larger.known, &scenario, NULL), AIC_ERROR_ARGUMENT);
}

static void an_infinity_that_is_swallowed_is_an_error(void **state) {
    (void)state;
    static const char *const wrong[] = {"1 / (1 / a)", "min(1 / a, 3)", "if 1 / a > 3 then 1 else 2"};
    aic_report *report = aic_report_new(NULL);
    for (size_t i = 0; i < 4; i++) {
        aic_scenario *scenario = load("aicompute: 1\nassumptions: {a: 0}\ncalculations: {x: if a > 0 then 1 / a else 0}\n");
        aic_result *result = NULL;
        aic_status expected = i < 3 ? AIC_ERROR_DOMAIN : AIC_OK;
        assert_int_equal(i < 3 ? aic_scenario_set(scenario, "x", wrong[i], report) : AIC_OK, AIC_OK);
        assert_int_equal(aic_scenario_evaluate(scenario, NULL, 0, &result, report), expected);
        aic_result_unref(result);
        aic_scenario_free(scenario);
    }
    aic_report_free(report);
}

static void a_percentage_made_by_arithmetic_is_shown_in_percent(void **state) {
    (void)state;
    aic_scenario *scenario = load("aicompute: 1\nassumptions: {a: {value: 1/4, unit: '%'}, b: {value: 25, unit: '%'}}\n");
    aic_result *result = evaluate(scenario);
    assert_true(value_of(result, "a") == 0.25 && value_of(result, "b") == 0.25);
    aic_result_unref(result);
    aic_scenario_free(scenario);
}

static void mistakes_of_the_programmer_are_refused(void **state) {
    (void)state;
    aic_scenario *scenario = NULL;
    aic_result *result = NULL;
    aic_text *text = NULL;
    aic_load_options wrong = {.size = 3};
    assert_int_equal(aic_scenario_load(NULL, 0, NULL, NULL, &scenario, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_load(chat, strlen(chat), NULL, NULL, NULL, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_load(chat, strlen(chat), NULL, &wrong, &scenario, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_load_file(NULL, NULL, &scenario, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_set(NULL, "a", "b", NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_set_year(NULL, "a", 1, "b", NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_set_property(NULL, "a", "b", "c", NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_add_claim(NULL, "a", "b", "c", NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_remove(NULL, "a", NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_validate(NULL, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_text(NULL, &text, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_copy(NULL, &scenario, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_evaluate(NULL, NULL, 0, &result, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_check(NULL, NULL, &result, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_explain(NULL, "a", &result, NULL), AIC_ERROR_ARGUMENT);
    assert_string_equal(aic_scenario_title(NULL), "");
    aic_scenario_free(NULL);
    aic_report *report = aic_report_new(NULL);
    assert_int_equal(aic_scenario_new(NULL, NULL, report), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_report_code(report, 0), 100);
    aic_report_free(report);
}

static void limits_are_the_callers(void **state) {
    (void)state;
    aic_limits limits = {.size = sizeof limits, .depth = 2};
    aic_load_options options = {.size = sizeof options, .limits = &limits};
    aic_scenario *scenario = NULL;
    aic_report *report = aic_report_new(NULL);
    assert_int_equal(aic_scenario_load(chat, strlen(chat), "", &options, &scenario, report), AIC_ERROR_LIMIT);
    assert_contains(aic_report_message(report, 0), "depth");
    limits = (aic_limits){.size = sizeof limits, .file_bytes = strlen(chat) - 1};
    assert_int_equal(aic_scenario_load(chat, strlen(chat), "", &options, &scenario, report), AIC_ERROR_LIMIT);
    limits.file_bytes = strlen(chat);
    assert_int_equal(aic_scenario_load(chat, strlen(chat), "", &options, &scenario, report), AIC_OK);
    aic_scenario_free(scenario);
    limits = (aic_limits){.size = sizeof limits, .instructions = 5};
    aic_result *result = NULL;
    assert_int_equal(aic_scenario_load(chat, strlen(chat), "", &options, &scenario, report), AIC_OK);
    assert_int_equal(aic_scenario_evaluate(scenario, NULL, 0, &result, report), AIC_ERROR_LIMIT);
    assert_int_equal(aic_report_code(report, 0), 704);
    aic_scenario_free(scenario);
    limits.size = 8;
    assert_int_equal(aic_scenario_load(chat, strlen(chat), "", &options, &scenario, report), AIC_ERROR_ARGUMENT);
    aic_report_free(report);
}

static void files_load_and_what_is_no_file_is_said(void **state) {
    (void)state;
    aic_scenario *scenario = NULL;
    aic_report *report = aic_report_new(NULL);
    assert_int_equal(aic_scenario_load_file("examples/scenarios/report.yaml", NULL, &scenario, report), AIC_OK);
    aic_scenario_free(scenario);
    assert_int_equal(aic_scenario_load_file("no/such/file.yaml", NULL, &scenario, report), AIC_ERROR_READ);
    assert_contains(aic_report_message(report, 0), "no such file");
    assert_int_equal(aic_report_code(report, 0), 102);
    assert_int_equal(aic_scenario_load_file("examples", NULL, &scenario, report), AIC_ERROR_READ);
    assert_contains(aic_report_message(report, 0), "directory");
    assert_int_equal(aic_scenario_load_file("/dev/zero", NULL, &scenario, report), AIC_ERROR_LIMIT);
    assert_int_equal(aic_scenario_load_file("/dev/null", NULL, &scenario, report), AIC_ERROR_SYNTAX);
    aic_report_free(report);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_loaded_scenario_computes),
        cmocka_unit_test(set_changes_an_input_and_what_follows_from_it),
        cmocka_unit_test(a_change_that_fails_changes_nothing),
        cmocka_unit_test(what_is_written_loads_to_an_equal_scenario),
        cmocka_unit_test(a_scenario_is_built_without_yaml),
        cmocka_unit_test(additions_refuse_what_cannot_be),
        cmocka_unit_test(copies_are_independent),
        cmocka_unit_test(a_distribution_stands_at_its_median),
        cmocka_unit_test(a_components_share_sees_the_assumption_of_its_name),
        cmocka_unit_test(a_percentage_is_the_nearest_double_to_its_decimal),
        cmocka_unit_test(options_may_be_larger_when_what_is_unknown_is_zero),
        cmocka_unit_test(an_infinity_that_is_swallowed_is_an_error),
        cmocka_unit_test(a_percentage_made_by_arithmetic_is_shown_in_percent),
        cmocka_unit_test(mistakes_of_the_programmer_are_refused),
        cmocka_unit_test(limits_are_the_callers),
        cmocka_unit_test(files_load_and_what_is_no_file_is_said),
    };
    return cmocka_run_group_tests_name("scenario", tests, NULL, NULL);
}
