/* SPDX-License-Identifier: MIT */
/* Scenarios built by calls, without YAML: what each call adds, what it refuses, and that the whole can be written and read back. */
#include "stage.h"

static void a_new_scenario_is_empty_and_binds(void **state) {
    (void)state;
    struct stage stage = stage_new();
    stage_bind(&stage);
    assert_int_equal(stage.bound->quantity_count, 0);
    assert_string_equal(aici_scenario_title(stage.scenario), "");
    char *yaml = stage_yaml(&stage);
    assert_string_equal(yaml, "aicompute: 1\n");
    free(yaml);
    stage_clear(&stage);
}

static struct stage chat_service(void) {
    struct stage stage = stage_new();
    aic_scenario *s = stage.scenario;
    aic_report *r = stage.report;
    stage_expect(&stage, aici_scenario_set_header(s, "title", "A chat service", r));
    stage_expect(&stage, aici_scenario_set_header(s, "timeline", "2024..2026", r));
    stage_expect(&stage, aici_scenario_add_source(s, "app", "Visits as the app counts them", r));
    stage_expect(&stage, aici_scenario_add_unit(s, "seat", "base", r));
    stage_expect(&stage, aici_scenario_add_unit(s, "storey", "40 seat", r));
    stage_expect(&stage, aici_scenario_add_exchange_rate(s, "USD", "7.1 CNY", r));
    stage_expect(&stage, aici_scenario_add_assumption(s, "visits", "6e7 visit/day", r));
    stage_expect(&stage, aici_scenario_set_property(s, "visits", "source", "app", r));
    stage_expect(&stage, aici_scenario_add_assumption(s, "staff", "2 storey", r));
    stage_expect(&stage, aici_scenario_add_model(s, "chat", "inference", r));
    stage_expect(&stage, aici_scenario_set(s, "chat.parameters", "1T parameter", r));
    stage_expect(&stage, aici_scenario_set(s, "chat.tokens_per_query", "267 token/query", r));
    stage_expect(&stage, aici_scenario_set(s, "chat.utilization", "32 %", r));
    stage_expect(&stage, aici_scenario_set(s, "chat.queries_per_day", "visits * 10 query/visit", r));
    stage_expect(&stage, aici_scenario_set(s, "chat.accelerator_peak", "65 TFLOP/s/accelerator", r));
    stage_expect(&stage, aici_scenario_set(s, "chat.server_price", "29000 USD/server", r));
    stage_expect(&stage, aici_scenario_add_model(s, "cost", "breakdown", r));
    stage_expect(&stage, aici_scenario_set(s, "cost.total", "chat.capex", r));
    stage_expect(&stage, aici_scenario_set(s, "cost.shares.gpu", "70 %", r));
    stage_expect(&stage, aici_scenario_add_calculation(s, "capex_per_visit", "chat.capex / (visits * 365 day)", r));
    stage_expect(&stage, aici_scenario_add_claim(s, "C1", "118 EFLOP/s", "chat.compute_rate", r));
    return stage;
}

static void a_scenario_can_be_built_without_yaml(void **state) {
    (void)state;
    struct stage stage = chat_service();
    stage_bind(&stage);
    assert_true(stage_value(&stage, "staff") == 80);
    assert_string_equal(stage_quantity(&stage, "chat.capex")->unit, "CNY");
    assert_string_equal(stage.bound->claim[0].id, "C1");
    assert_string_equal(stage.bound->source[stage_quantity(&stage, "visits")->source].title, "Visits as the app counts them");
    stage_clear(&stage);
}

static void what_was_built_can_be_written_and_read_back(void **state) {
    (void)state;
    struct stage stage = chat_service();
    char *yaml = stage_yaml(&stage);
    struct stage again = stage_read(yaml);
    stage_bind(&again);
    stage_bind(&stage);
    assert_int_equal(again.bound->quantity_count, stage.bound->quantity_count);
    assert_true(stage_value(&again, "capex_per_visit") == stage_value(&stage, "capex_per_visit"));
    char *twice = stage_yaml(&again);
    assert_string_equal(twice, yaml);
    free(twice);
    free(yaml);
    stage_clear(&again);
    stage_clear(&stage);
}

static void a_scenario_under_construction_may_be_incomplete(void **state) {
    (void)state;
    struct stage stage = stage_new();
    stage_expect(&stage, aici_scenario_add_model(stage.scenario, "m", "cagr", stage.report));
    stage_expect(&stage, aici_scenario_set(stage.scenario, "m.start", "first_figure", stage.report));
    aici_bound *bound = NULL;
    assert_int_equal(aici_scenario_bind(stage.scenario, &bound, stage.report), AIC_ERROR_SCENARIO);
    assert_null(bound);
    aic_report_clear(stage.report);
    stage_expect(&stage, aici_scenario_set(stage.scenario, "m.end", "4 token", stage.report));
    stage_expect(&stage, aici_scenario_set(stage.scenario, "m.periods", "2", stage.report));
    stage_expect(&stage, aici_scenario_add_assumption(stage.scenario, "first_figure", "1 token", stage.report));
    stage_bind(&stage);
    assert_true(stage_value(&stage, "m.multiple") == 4);
    stage_clear(&stage);
}

static void after_binding_each_addition_must_fit(void **state) {
    (void)state;
    struct stage stage = chat_service();
    stage_bind(&stage);
    char *before = stage_yaml(&stage);
    stage_expect_code(&stage, aici_scenario_add_calculation(stage.scenario, "odd", "visits + staff", stage.report), AICI_CODE_DIMENSION);
    stage_expect_code(&stage, aici_scenario_add_claim(stage.scenario, "C2", "5 USD", "chat.compute_rate", stage.report),
                      AICI_CODE_DIMENSION);
    stage_expect_code(&stage, aici_scenario_add_model(stage.scenario, "m", "cagr", stage.report), AICI_CODE_ALTERNATIVE_INPUTS);
    stage_expect_code(&stage, aici_scenario_add_unit(stage.scenario, "hall", "3 corridor", stage.report), AICI_CODE_UNIT_UNKNOWN);
    stage_expect_code(&stage, aici_scenario_add_exchange_rate(stage.scenario, "EUR", "5 token", stage.report), AICI_CODE_EXCHANGE_RATE);
    char *after = stage_yaml(&stage);
    assert_string_equal(after, before);
    free(before);
    free(after);
    stage_expect(&stage, aici_scenario_add_exchange_rate(stage.scenario, "USD", "8 CNY", stage.report));
    stage_bind(&stage);
    assert_true(stage_value(&stage, "chat.server_price") == 29000 * 8.0);
    stage_clear(&stage);
}

static void what_cannot_be_added_is_refused_at_once(void **state) {
    (void)state;
    struct stage stage = chat_service();
    aic_scenario *s = stage.scenario;
    aic_report *r = stage.report;
    char *before = stage_yaml(&stage);
    char long_name[400];
    memset(long_name, 'a', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = '\0';
    stage_expect_code(&stage, aici_scenario_add_assumption(s, "visits", "5", r), AICI_CODE_DUPLICATE_NAME);
    stage_expect_code(&stage, aici_scenario_add_assumption(s, "chat", "5", r), AICI_CODE_DUPLICATE_NAME);
    stage_expect_code(&stage, aici_scenario_add_assumption(s, "2nd", "5", r), AICI_CODE_BAD_NAME);
    stage_expect_code(&stage, aici_scenario_add_assumption(s, "year", "5", r), AICI_CODE_BAD_NAME);
    stage_expect_code(&stage, aici_scenario_add_assumption(s, long_name, "5", r), AICI_CODE_LIMIT_NAME);
    stage_expect_code(&stage, aici_scenario_add_assumption(s, "x", "5 tokn", r), AICI_CODE_UNIT_UNKNOWN);
    stage_expect_code(&stage, aici_scenario_add_assumption(s, "x", "5 +", r), AICI_CODE_EXPR_SYNTAX);
    stage_expect_code(&stage, aici_scenario_add_calculation(s, "capex_per_visit", "5", r), AICI_CODE_DUPLICATE_NAME);
    stage_expect_code(&stage, aici_scenario_add_model(s, "visits", "cagr", r), AICI_CODE_DUPLICATE_NAME);
    stage_expect_code(&stage, aici_scenario_add_model(s, "m", "cager", r), AICI_CODE_UNKNOWN_KIND);
    stage_expect_code(&stage, aici_scenario_add_source(s, "app", "again", r), AICI_CODE_DUPLICATE_NAME);
    stage_expect_code(&stage, aici_scenario_add_unit(s, "seat", "base", r), AICI_CODE_DUPLICATE_NAME);
    stage_expect_code(&stage, aici_scenario_add_unit(s, "token", "base", r), AICI_CODE_UNIT_REDEFINED);
    stage_expect_code(&stage, aici_scenario_add_unit(s, "hall", "3 corridor", r), AICI_CODE_UNIT_UNKNOWN);
    stage_expect_code(&stage, aici_scenario_add_exchange_rate(s, "USDT", "7 CNY", r), AICI_CODE_EXCHANGE_RATE);
    stage_expect_code(&stage, aici_scenario_add_claim(s, "C1", "5", "visits", r), AICI_CODE_DUPLICATE_NAME);
    stage_expect_code(&stage, aici_scenario_add_claim(s, "C2", "5 + 5", "visits", r), AICI_CODE_CLAIM_LITERAL);
    stage_expect_code(&stage, aici_scenario_add_claim(s, "C2", "5", "visits +", r), AICI_CODE_EXPR_SYNTAX);
    stage_expect_code(&stage, aici_scenario_set(s, "chat.utilisation", "5", r), AICI_CODE_QUANTITY_UNKNOWN);
    char *after = stage_yaml(&stage);
    assert_string_equal(after, before);
    free(before);
    free(after);
    stage_clear(&stage);
}

static void a_refused_section_leaves_no_trace(void **state) {
    (void)state;
    struct stage stage = stage_new();
    stage_bind(&stage);
    stage_expect_code(&stage, aici_scenario_add_calculation(stage.scenario, "x", "nothing", stage.report), AICI_CODE_UNKNOWN_NAME);
    stage_expect_code(&stage, aici_scenario_set_header(stage.scenario, "timeline", "soon", stage.report), AICI_CODE_BAD_TIMELINE);
    char *yaml = stage_yaml(&stage);
    assert_string_equal(yaml, "aicompute: 1\n");
    free(yaml);
    stage_clear(&stage);
}

static void units_are_known_as_soon_as_they_are_added(void **state) {
    (void)state;
    struct stage stage = stage_new();
    stage_expect_code(&stage, aici_scenario_add_assumption(stage.scenario, "a", "3 robot", stage.report), AICI_CODE_UNIT_UNKNOWN);
    stage_expect(&stage, aici_scenario_add_unit(stage.scenario, "robot", "base", stage.report));
    stage_expect(&stage, aici_scenario_add_assumption(stage.scenario, "a", "3 robot", stage.report));
    stage_clear(&stage);
}

enum { MANY = 20000 };

static void many_quantities_are_added_in_linear_time(void **state) {
    (void)state;
    struct stage stage = stage_new();
    char name[20], expression[30];
    for (int i = 0; i < MANY; i++) { /* each call copying what is there would take minutes */
        sprintf(name, "a%d", i);
        sprintf(expression, i ? "a%d + 1" : "%d", i ? i - 1 : 0);
        stage_expect(&stage, aici_scenario_add_assumption(stage.scenario, name, expression, stage.report));
    }
    stage_bind(&stage);
    assert_true(stage_value(&stage, "a19999") == MANY - 1);
    stage_clear(&stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_scenario_is_empty_and_binds),           cmocka_unit_test(a_scenario_can_be_built_without_yaml),
        cmocka_unit_test(what_was_built_can_be_written_and_read_back), cmocka_unit_test(a_scenario_under_construction_may_be_incomplete),
        cmocka_unit_test(after_binding_each_addition_must_fit),        cmocka_unit_test(what_cannot_be_added_is_refused_at_once),
        cmocka_unit_test(a_refused_section_leaves_no_trace),           cmocka_unit_test(units_are_known_as_soon_as_they_are_added),
        cmocka_unit_test(many_quantities_are_added_in_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
