/* SPDX-License-Identifier: MIT */
/* Results through the public interface: values, series, verdicts, derivations, and their writing. */
#include "support.h"

static void values_come_with_units_roles_and_sources(void **state) {
    (void)state;
    aic_scenario *scenario = load(chat);
    aic_result *result = evaluate(scenario);
    size_t index;
    assert_int_equal(aic_result_find(result, "visits", &index, NULL), AIC_OK);
    assert_int_equal(aic_result_role(result, index), AIC_ROLE_ASSUMPTION);
    assert_string_equal(aic_result_quantity(result, index, AIC_QUANTITY_LABEL), "日访问量");
    assert_contains(aic_result_quantity(result, index, AIC_QUANTITY_SOURCE), "survey");
    assert_string_equal(aic_result_quantity(result, index, AIC_QUANTITY_UNIT), "visit/s");
    assert_near(aic_result_value(result, index), 6e7 / 86400);
    assert_int_equal(aic_result_find(result, "chat.capex", &index, NULL), AIC_OK);
    assert_string_equal(aic_result_quantity(result, index, AIC_QUANTITY_UNIT), "USD");
    assert_string_equal(aic_result_quantity(result, index, AIC_QUANTITY_MODEL), "chat");
    assert_int_equal(aic_result_find(result, "chat.peak_to_average", &index, NULL), AIC_OK);
    assert_true(aic_result_is_default(result, index));
    assert_int_equal(aic_result_role(result, index), AIC_ROLE_INPUT);
    aic_result_unref(result);
    aic_scenario_free(scenario);
}

static void a_series_has_parallel_years_and_values(void **state) {
    (void)state;
    aic_scenario *scenario = load(chat);
    aic_result *result = evaluate(scenario);
    size_t index;
    assert_int_equal(aic_result_find(result, "growing", &index, NULL), AIC_OK);
    assert_int_equal(aic_result_year_count(result, index), 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(aic_result_years(result, index)[i], 2024 + i);
        assert_near(aic_result_values(result, index)[i], (double)(1 << i));
    }
    assert_int_equal(aic_result_find(result, "visits", &index, NULL), AIC_OK);
    assert_int_equal(aic_result_year_count(result, index), 0);
    assert_null(aic_result_years(result, index));
    aic_result_unref(result);
    aic_scenario_free(scenario);
}

static void names_of_quantities_and_models_select(void **state) {
    (void)state;
    aic_scenario *scenario = load(chat);
    aic_report *report = aic_report_new(NULL);
    aic_result *result = NULL;
    const char *one[] = {"chat.servers"}, *model[] = {"chat"}, *wrong[] = {"chat.sever"};
    assert_int_equal(aic_scenario_evaluate(scenario, one, 1, &result, NULL), AIC_OK);
    assert_int_equal(aic_result_count(result), 1);
    aic_result_unref(result);
    assert_int_equal(aic_scenario_evaluate(scenario, model, 1, &result, NULL), AIC_OK);
    assert_true(aic_result_count(result) > 10);
    aic_result_unref(result);
    assert_int_equal(aic_scenario_evaluate(scenario, wrong, 1, &result, report), AIC_ERROR_NAME);
    assert_contains(aic_report_hint(report, 0), "chat.servers");
    assert_null(result);
    aic_scenario_free(scenario);
    aic_report_free(report);
}

static void an_output_that_was_left_out_says_what_it_needs(void **state) {
    (void)state;
    aic_scenario *scenario = load(chat);
    aic_report *report = aic_report_new(NULL);
    aic_result *result = NULL;
    const char *names[] = {"chat.energy_per_query"};
    assert_int_equal(aic_scenario_evaluate(scenario, names, 1, &result, report), AIC_ERROR_SCENARIO);
    aic_text *text = NULL;
    assert_int_equal(aic_report_text(report, 0, &text), AIC_OK);
    assert_contains(aic_text_bytes(text), "accelerator_power");
    aic_text_free(text);
    aic_scenario_free(scenario);
    aic_report_free(report);
}

static void claims_have_figures_and_verdicts(void **state) {
    (void)state;
    aic_scenario *scenario = load(chat);
    aic_result *result = NULL;
    assert_int_equal(aic_scenario_check(scenario, NULL, &result, NULL), AIC_OK);
    assert_int_equal(aic_result_claim_count(result), 3);
    assert_string_equal(aic_result_claim(result, 0, AIC_CLAIM_ID), "servers");
    assert_string_equal(aic_result_claim(result, 0, AIC_CLAIM_UNIT), "server");
    assert_int_equal(aic_result_claim_verdict(result, 0), AIC_VERDICT_DIFFERS);
    assert_near(aic_result_claim_figure(result, 0, AIC_CLAIM_PUBLISHED), 227500);
    assert_near(aic_result_claim_figure(result, 0, AIC_CLAIM_PUBLISHED_LOW), 227450);
    double computed = aic_result_claim_figure(result, 0, AIC_CLAIM_COMPUTED);
    assert_near(aic_result_claim_figure(result, 0, AIC_CLAIM_RATIO), 227500 / computed);
    assert_int_equal(aic_result_claim_verdict(result, 1), AIC_VERDICT_HOLDS);
    assert_near(aic_result_claim_figure(result, 1, AIC_CLAIM_COMPUTED_LOW) * 29000,
                aic_result_claim_figure(result, 1, AIC_CLAIM_COMPUTED) * 28500);
    assert_int_equal(aic_result_claim_verdict(result, 2), AIC_VERDICT_NOT_CHECKABLE);
    assert_true(isnan(aic_result_claim_figure(result, 2, AIC_CLAIM_COMPUTED)));
    assert_int_equal(aic_result_verdict_count(result, AIC_VERDICT_DIFFERS), 1);
    assert_int_equal(aic_result_unexpected_count(result), 0);
    assert_string_equal(aic_verdict_text(AIC_VERDICT_READING), "reading");
    aic_result_unref(result);
    aic_scenario_free(scenario);
}

static void a_figure_printed_once_moves_together_in_all_years(void **state) {
    (void)state;
    aic_scenario *scenario = load("aicompute: 1\n"
                                  "timeline: 2024..2027\n"
                                  "models:\n"
                                  "  mk:\n"
                                  "    kind: server_market\n"
                                  "    shipments: {series: {2024: 1e6 server/year, 2027: 2e6 server/year}, between: geometric}\n"
                                  "    price: {value: 35 USD/server, rounded: true}\n"
                                  "claims:\n"
                                  "  - {id: same, published: 0 USD/year, computed: \"mk.revenue[2027] - 2 * mk.revenue[2024]\"}\n"
                                  "  - {id: whole, published: 35e6 USD/year, computed: \"mk.revenue[2024]\"}\n");
    aic_result *result = NULL;
    assert_int_equal(aic_scenario_check(scenario, NULL, &result, NULL), AIC_OK);
    assert_true(fabs(aic_result_claim_figure(result, 0, AIC_CLAIM_COMPUTED_HIGH)) < 1e-9);
    assert_true(fabs(aic_result_claim_figure(result, 0, AIC_CLAIM_COMPUTED_LOW)) < 1e-9);
    assert_near(aic_result_claim_figure(result, 1, AIC_CLAIM_COMPUTED_LOW), 34.5e6);
    aic_result_unref(result);
    aic_scenario_free(scenario);
}

static void what_is_not_checkable_stays_so_beside_a_computed_figure(void **state) {
    (void)state;
    aic_scenario *scenario =
        load("aicompute: 1\nassumptions: {a: 3 FLOP}\nclaims: [{id: x, not_checkable: why, computed: a, expected: not_checkable}]\n");
    aic_result *result = NULL;
    assert_int_equal(aic_scenario_check(scenario, NULL, &result, NULL), AIC_OK);
    assert_int_equal(aic_result_claim_verdict(result, 0), AIC_VERDICT_NOT_CHECKABLE);
    assert_near(aic_result_claim_figure(result, 0, AIC_CLAIM_COMPUTED), 3);
    aic_result_unref(result);
    aic_scenario_free(scenario);
}

static void every_format_writes_every_kind_of_result(void **state) {
    (void)state;
    aic_scenario *scenario = load(chat);
    aic_result *results[3] = {evaluate(scenario), NULL, NULL};
    assert_int_equal(aic_scenario_check(scenario, NULL, &results[1], NULL), AIC_OK);
    assert_int_equal(aic_scenario_explain(scenario, "chat.capex", &results[2], NULL), AIC_OK);
    aic_scenario_free(scenario);
    for (int i = 0; i < 3; i++) {
        for (int format = AIC_FORMAT_TEXT; format <= AIC_FORMAT_MARKDOWN; format++) {
            aic_text_options options = {
                .size = sizeof options, .format = format, .numerals = format % 2, .color = format == AIC_FORMAT_TEXT};
            aic_text *text = NULL;
            assert_int_equal(aic_result_text(results[i], &options, &text, NULL), AIC_OK);
            assert_contains(aic_text_bytes(text), i == 1 ? "servers" : "capex");
            assert_null(strstr(aic_text_bytes(text), "nan"));
            aic_text_free(text);
        }
        aic_result_unref(results[i]);
    }
}

static void a_derivation_goes_down_to_sources_and_defaults(void **state) {
    (void)state;
    aic_scenario *scenario = load(chat);
    aic_result *result = NULL;
    aic_text *text = NULL;
    assert_int_equal(aic_scenario_explain(scenario, "chat.capex", &result, NULL), AIC_OK);
    assert_int_equal(aic_result_text(result, NULL, &text, NULL), AIC_OK);
    assert_contains(aic_text_bytes(text), "servers * server_price");
    assert_contains(aic_text_bytes(text), "A survey of traffic");
    assert_contains(aic_text_bytes(text), "default");
    assert_contains(aic_text_bytes(text), "60M visit/day");
    aic_text_free(text);
    aic_result_unref(result);
    assert_int_equal(aic_scenario_explain(scenario, "growing[2026]", &result, NULL), AIC_OK);
    aic_result_unref(result);
    assert_int_equal(aic_scenario_explain(scenario, "growing[2031]", &result, NULL), AIC_ERROR_DOMAIN);
    assert_int_equal(aic_scenario_explain(scenario, "nothing", &result, NULL), AIC_ERROR_NAME);
    aic_scenario_free(scenario);
}

static void questions_out_of_range_have_empty_answers(void **state) {
    (void)state;
    aic_scenario *scenario = load(chat);
    aic_result *result = evaluate(scenario);
    aic_text *text = NULL;
    aic_text_options wrong = {.size = 1};
    aic_text_options no_format = {.size = sizeof no_format, .format = 17};
    size_t index = 5;
    assert_string_equal(aic_result_quantity(result, 100000, AIC_QUANTITY_NAME), "");
    assert_true(isnan(aic_result_value(result, 100000)));
    assert_null(aic_result_values(result, 100000));
    assert_true(isnan(aic_result_claim_figure(result, 0, AIC_CLAIM_RATIO)));
    assert_string_equal(aic_result_claim(NULL, 0, AIC_CLAIM_ID), "");
    assert_int_equal(aic_result_find(result, "nothing", &index, NULL), AIC_ERROR_NAME);
    assert_int_equal(index, 5);
    assert_int_equal(aic_result_text(result, &wrong, &text, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_result_text(result, &no_format, &text, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_result_text(NULL, NULL, &text, NULL), AIC_ERROR_ARGUMENT);
    aic_result_unref(aic_result_ref(result));
    aic_result_unref(result);
    aic_result_unref(NULL);
    aic_scenario_free(scenario);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_come_with_units_roles_and_sources),
        cmocka_unit_test(a_series_has_parallel_years_and_values),
        cmocka_unit_test(names_of_quantities_and_models_select),
        cmocka_unit_test(an_output_that_was_left_out_says_what_it_needs),
        cmocka_unit_test(claims_have_figures_and_verdicts),
        cmocka_unit_test(a_figure_printed_once_moves_together_in_all_years),
        cmocka_unit_test(what_is_not_checkable_stays_so_beside_a_computed_figure),
        cmocka_unit_test(every_format_writes_every_kind_of_result),
        cmocka_unit_test(a_derivation_goes_down_to_sources_and_defaults),
        cmocka_unit_test(questions_out_of_range_have_empty_answers),
    };
    return cmocka_run_group_tests_name("result", tests, NULL, NULL);
}
