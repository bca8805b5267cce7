/* SPDX-License-Identifier: MIT */
/* Values by name and by model; what must hold of them, and what is said when it does not. */
#include "failing_allocator.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/scene.h"

static struct scene scene;

static int end(void **state) {
    (void)state;
    scene_end(&scene);
    scene = (struct scene){0};
    return 0;
}

static const char chat[] = "title: A chat service\n"
                           "sources: {press: {title: A newspaper, date: 2024-03}}\n"
                           "assumptions:\n"
                           "  visits: {value: 6e7 visit/day, source: press, label: 访问量}\n"
                           "  utilization: 32 %\n"
                           "models:\n"
                           "  chat:\n"
                           "    kind: inference\n"
                           "    parameters: 1e12 parameter\n"
                           "    tokens_per_query: 267 token/query\n"
                           "    utilization: utilization\n"
                           "    queries_per_day: visits * 10 query/visit\n"
                           "    accelerator_peak: 65 TFLOP/s/accelerator\n"
                           "calculations:\n"
                           "  per_visit: chat.compute_rate / visits\n";

/* --- what is answered ----------------------------------------------------------------------------------------------------------------- */

static void without_names_everything_is_answered_in_the_order_of_the_scenario(void **state) {
    (void)state;
    scene_begin(&scene, chat);
    scene_expect_ok(&scene, scene_evaluate(&scene, NULL));
    assert_int_equal(scene.result->quantity_count, scene.bound->quantity_count);
    for (uint32_t i = 0; i < scene.bound->quantity_count; i++)
        assert_string_equal(scene.result->quantity[i].name, scene.bound->quantity[i].name);
    assert_string_equal(scene.result->title, "A chat service");
    assert_string_equal(scene.result->file, "scene.yaml");
}

static void a_value_is_in_the_unit_that_its_kind_declares(void **state) {
    (void)state;
    scene_begin(&scene, chat);
    scene_expect_value(scene_value(&scene, "chat.compute_rate"), 1.1588541666666666667e19, 1e-15);
    assert_string_equal(scene_quantity(&scene, "chat.compute_rate")->unit, "FLOP/s");
    assert_string_equal(scene_quantity(&scene, "chat.compute_rate")->shown[0].si, "11.59 EFLOP/s");
    scene_expect_value(scene_value(&scene, "chat.utilization"), 0.32, 0);
    scene_expect_value(scene_value(&scene, "chat.queries_per_day"), 6e8, 1e-15);
}

static void a_name_brings_that_quantity_alone(void **state) {
    (void)state;
    scene_begin(&scene, chat);
    scene_expect_ok(&scene, scene_evaluate(&scene, "visits"));
    assert_int_equal(scene.result->quantity_count, 1);
    assert_true(scene.result->quantity[0].is_named);
    assert_string_equal(scene.result->quantity[0].source, "press: A newspaper");
    assert_string_equal(scene.result->quantity[0].label, "访问量");
}

static void the_name_of_a_model_brings_all_of_it(void **state) {
    (void)state;
    scene_begin(&scene, chat);
    scene_expect_ok(&scene, scene_evaluate(&scene, "chat"));
    assert_int_equal(scene.result->quantity_count, scene.bound->model[0].count);
    assert_false(scene_quantity(&scene, "chat.utilization")->is_named);
    assert_string_equal(scene_quantity(&scene, "chat.servers")->formula, "accelerators / accelerators_per_server");
    assert_string_equal(scene_quantity(&scene, "chat.queries_per_day")->formula, "visits * 10 query/visit");
}

static void no_names_at_all_are_answered_by_nothing(void **state) {
    (void)state;
    scene_begin(&scene, chat);
    const char *none[1] = {NULL};
    scene_expect_ok(&scene, aici_analysis_evaluate(scene.bound, none, 0, NULL, &scene.result, scene.report));
    assert_int_equal(scene.result->quantity_count, 0);
}

static void each_default_that_was_used_is_listed(void **state) {
    (void)state;
    scene_begin(&scene, chat);
    scene_expect_ok(&scene, scene_evaluate(&scene, "chat.compute_per_token"));
    assert_int_equal(scene.result->standing_count, 2);
    assert_string_equal(scene.result->standing[0].name, "chat.active_parameters");
    assert_string_equal(scene.result->standing[1].name, "chat.flop_per_parameter_token");
    scene_expect_value(scene.result->standing[1].value[0], 2, 0);
}

static void what_was_left_out_says_what_it_needs(void **state) {
    (void)state;
    scene_begin(&scene, chat);
    scene_expect_ok(&scene, scene_evaluate(&scene, "chat"));
    bool found = false;
    for (size_t i = 0; i < scene.result->missing_count; i++)
        found = found ||
                (strcmp(scene.result->missing[i].name, "chat.capex") == 0 && strcmp(scene.result->missing[i].needs, "server_price") == 0);
    assert_true(found);
    scene_expect_ok(&scene, scene_evaluate(&scene, "visits"));
    assert_int_equal(scene.result->missing_count, 0);
}

static void models_are_listed_with_kind_and_version_when_they_were_used(void **state) {
    (void)state;
    scene_begin(&scene, chat);
    scene_expect_ok(&scene, scene_evaluate(&scene, "per_visit"));
    assert_int_equal(scene.result->model_count, 1);
    assert_string_equal(scene.result->model[0].kind, "inference");
    assert_true(scene.result->model[0].version >= 1);
    scene_expect_ok(&scene, scene_evaluate(&scene, "visits"));
    assert_int_equal(scene.result->model_count, 0);
}

static void a_series_has_a_value_for_each_of_its_years(void **state) {
    (void)state;
    scene_begin(&scene, "timeline: 2021..2030\n"
                        "assumptions: {a: {series: {2023: 10 USD, 2025: 40 USD}, between: geometric}}\n"
                        "calculations: {growth_of_a: growth(a)}\n");
    scene_expect_ok(&scene, scene_evaluate(&scene, NULL));
    const aici_result_quantity *a = scene_quantity(&scene, "a"), *growth = scene_quantity(&scene, "growth_of_a");
    assert_int_equal(a->year_count, 3);
    assert_int_equal(a->year[0], 2023);
    scene_expect_value(a->value[1], 20, 1e-12);
    assert_int_equal(growth->year_count, 2);
    scene_expect_value(growth->value[0] * growth->scale * 31557600.0, 1, 1e-12);
}

static void what_may_have_any_unit_is_shown_in_that_of_what_it_is_like(void **state) {
    (void)state;
    scene_begin(&scene,
                "assumptions: {sold: 350亿 CNY/year}\n"
                "models: {m: {kind: cagr, start: sold, end: 700亿 CNY/year, start_year: 2021, end_year: 2022, horizon_year: 2023}}\n");
    scene_expect_ok(&scene, scene_evaluate(&scene, "m"));
    assert_string_equal(scene_quantity(&scene, "m.start")->shown[0].si, "35B CNY/year");
    assert_string_equal(scene_quantity(&scene, "m.projected")->shown[0].si, "140B CNY/year");
}

static void texts_and_truth_values_are_answered_as_they_are(void **state) {
    (void)state;
    scene_begin(&scene, "models: {v: {kind: visual_tokens, images: 1, height: 16, width: 24, patch: 16, partial_patches: pad, "
                        "channels_as_tokens: true}}\n");
    scene_expect_ok(&scene, scene_evaluate(&scene, "v"));
    assert_true(scene_quantity(&scene, "v.partial_patches")->is_text);
    assert_string_equal(scene_quantity(&scene, "v.partial_patches")->text, "pad");
    assert_string_equal(scene_quantity(&scene, "v.channels_as_tokens")->text, "true");
    scene_expect_value(scene_quantity(&scene, "v.tokens")->value[0], 6, 0);
}

static void a_result_outlives_the_scenario(void **state) {
    (void)state;
    scene_begin(&scene, chat);
    scene_expect_ok(&scene, scene_evaluate(&scene, NULL));
    aici_bound_unref(scene.bound);
    aici_scenario_free(scene.scenario);
    scene.bound = NULL;
    scene.scenario = NULL;
    assert_non_null(strstr(scene_text(&scene, AIC_FORMAT_TEXT), "chat  inference: "));
}

/* Constants are judged when the scenario is bound; what comes out of a series is known only when it is computed. */
#define SERIES "timeline: 2021..2023\n"

/* --- what is refused ------------------------------------------------------------------------------------------------------------------ */

static void an_unknown_name_is_refused_with_the_nearest(void **state) {
    (void)state;
    scene_begin(&scene, chat);
    assert_int_equal(scene_evaluate(&scene, "chat.compute_rat"), AIC_ERROR_NAME);
    assert_null(scene.result);
    assert_int_equal(aic_report_code(scene.report, 0), AICI_CODE_QUANTITY_UNKNOWN);
    assert_string_equal(aic_report_hint(scene.report, 0), "did you mean `chat.compute_rate`?");
    assert_int_equal(scene_evaluate(&scene, "chatt"), AIC_ERROR_NAME);
    assert_string_equal(aic_report_hint(scene.report, 0), "did you mean `chat`?");
}

static void a_name_that_was_left_out_is_refused_with_what_it_needs(void **state) {
    (void)state;
    scene_begin(&scene, chat);
    assert_int_equal(scene_evaluate(&scene, "chat.capex"), AIC_ERROR_SCENARIO);
    assert_int_equal(aic_report_code(scene.report, 0), AICI_CODE_MISSING_OUTPUT);
    assert_string_equal(aic_report_message(scene.report, 0), "chat.capex: this output was left out, because `server_price` is not given");
    assert_string_equal(aic_report_hint(scene.report, 0), "give `chat.server_price`");
}

static void all_unknown_names_are_reported_at_once(void **state) {
    (void)state;
    scene_begin(&scene, chat);
    const char *names[] = {"one_thing", "visits", "another_thing"};
    assert_int_equal(aici_analysis_evaluate(scene.bound, names, 3, NULL, &scene.result, scene.report), AIC_ERROR_NAME);
    assert_int_equal(scene_count(&scene, AICI_CODE_QUANTITY_UNKNOWN), 2);
}

static void a_division_by_zero_names_its_operands_and_its_formula(void **state) {
    (void)state;
    scene_begin(&scene, "assumptions: {demand: 5 EFLOP/s, each: 0 TFLOP/s/accelerator}\n"
                        "calculations: {cards: demand / each}\n");
    assert_int_equal(scene_evaluate(&scene, NULL), AIC_ERROR_DOMAIN);
    unsigned line, column, last_line, last_column;
    aic_report_place(scene.report, 0, &line, &column, &last_line, &last_column);
    assert_int_equal(aic_report_code(scene.report, 0), AICI_CODE_NOT_FINITE);
    assert_string_equal(aic_report_message(scene.report, 0),
                        "cards: not a finite number: 5 EFLOP/s / 0 TFLOP/s/accelerator divides by zero");
    assert_int_equal(line, 3);
    assert_int_equal(column, 23);
    assert_int_equal(last_column, 35);
}

static void each_way_to_leave_the_numbers_has_its_words(void **state) {
    (void)state;
    static const struct {
        const char *formula, *message;
    } way[] = {
        {"sqrt(none - 4)", "x: not a finite number: sqrt(-4) is the root of a negative number"},
        {"ln(none)", "x: not a finite number: ln(0) is the logarithm of zero"},
        {"log10(none - 1)", "x: not a finite number: log10(-1) is the logarithm of a negative number"},
        {"exp(none + 1000)", "x: not a finite number: exp(1000) is too large"},
        {"large * large", "x: not a finite number: 1e200 * 1e200 is too large"},
        {"none ^ -0.5", "x: not a finite number: 0 ^ -0.5 divides by zero"},
        {"(none - 8) ^ (1 / 3)", "x: not a finite number: -8 ^ 0.3333 is a broken power of a negative number"},
        {"0 / none", "x: not a finite number: 0 / 0 divides by zero"},
    };
    for (size_t i = 0; i < sizeof way / sizeof *way; i++) {
        char yaml[200];
        snprintf(yaml, sizeof yaml, "assumptions: {none: 0, large: 1e200}\ncalculations:\n  x: %s\n", way[i].formula);
        scene_begin(&scene, yaml);
        assert_int_equal(scene_evaluate(&scene, "x"), AIC_ERROR_DOMAIN);
        assert_string_equal(aic_report_message(scene.report, 0), way[i].message);
        scene_end(&scene);
    }
    scene_begin(&scene, "assumptions: {a: 1}\n");
}

static void a_value_of_a_series_that_is_not_finite_names_its_year(void **state) {
    (void)state;
    scene_begin(&scene, SERIES "assumptions: {a: {series: {2021: 2, 2022: 0, 2023: 0}}}\n"
                               "calculations: {x: 1 / a}\n");
    assert_int_equal(scene_evaluate(&scene, "x"), AIC_ERROR_DOMAIN);
    assert_string_equal(aic_report_notes(scene.report, 0), "in the year 2022");
}

static void the_operation_that_began_it_is_named_once_whatever_follows_from_it(void **state) {
    (void)state;
    scene_begin(&scene, "assumptions: {a: 0}\n"
                        "calculations: {x: 1 / a, y: x + 1, z: y * 2, other: ln(a)}\n");
    assert_int_equal(scene_evaluate(&scene, NULL), AIC_ERROR_DOMAIN);
    assert_int_equal(aic_report_error_count(scene.report), 2);
    assert_string_equal(aic_report_message(scene.report, 0), "x: not a finite number: 1 / 0 divides by zero");
    assert_string_equal(aic_report_message(scene.report, 1), "other: not a finite number: ln(0) is the logarithm of zero");
}

static void a_branch_that_is_not_taken_harms_nobody(void **state) {
    (void)state;
    scene_begin(&scene, "assumptions: {a: 0}\n"
                        "calculations: {x: if a > 0 then 1 / a else 7}\n");
    scene_expect_value(scene_value(&scene, "x"), 7, 0);
}

static void a_fault_in_a_model_names_the_model(void **state) {
    (void)state;
    scene_begin(&scene, "assumptions: {huge: 1e300 parameter}\n"
                        "models: {m: {kind: training, parameters: huge, tokens: 1e300 token}}\n");
    assert_int_equal(scene_evaluate(&scene, "m.compute"), AIC_ERROR_DOMAIN);
    assert_non_null(strstr(aic_report_message(scene.report, 0), "m.compute: not a finite number: "));
    assert_non_null(strstr(aic_report_notes(scene.report, 0), "scene.yaml:3:"));
    assert_string_equal(aic_report_path(scene.report, 0), "models.m");
}

static void a_computed_input_out_of_its_bounds_is_refused_where_it_is_given(void **state) {
    (void)state;
    scene_begin(&scene, SERIES "assumptions: {share: {series: {2021: 60 %}}, parts: 2}\n"
                               "models:\n"
                               "  m: {kind: training, parameters: 1e9, tokens: 1e9, utilization: sum(share) * parts}\n");
    assert_int_equal(scene_evaluate(&scene, NULL), AIC_ERROR_DOMAIN);
    unsigned line, column;
    aic_report_place(scene.report, 0, &line, &column, NULL, NULL);
    assert_int_equal(aic_report_code(scene.report, 0), AICI_CODE_OUT_OF_BOUNDS);
    assert_string_equal(aic_report_message(scene.report, 0), "utilization: 120 % is above its bound 100 %");
    assert_string_equal(aic_report_path(scene.report, 0), "models.m.utilization");
    assert_int_equal(line, 5);
    assert_int_equal(column, 66);
}

static void a_bound_that_is_not_allowed_itself_is_said_so(void **state) {
    (void)state;
    scene_begin(&scene, SERIES "assumptions: {none: {series: {2021: 0 %}}, small: {series: {2021: 99.9999 %}}}\n"
                               "models:\n"
                               "  m: {kind: training, parameters: 1e9, tokens: 1e9, utilization: sum(none), pue: sum(small)}\n");
    assert_int_equal(scene_evaluate(&scene, "m"), AIC_ERROR_DOMAIN);
    assert_string_equal(aic_report_message(scene.report, 0), "utilization: 0 % is not above 0 %");
    assert_string_equal(aic_report_message(scene.report, 1), "pue: 0.999999 is below its bound 1");
}

static void bounds_are_kept_also_by_what_is_only_depended_upon(void **state) {
    (void)state;
    scene_begin(&scene, SERIES "assumptions: {share: {series: {2021: 120 %}}, other: 5}\n"
                               "models:\n"
                               "  m: {kind: training, parameters: 1e9, tokens: 1e9, accelerators: 8, accelerator_peak: 1 "
                               "TFLOP/s/accelerator, utilization: sum(share)}\n"
                               "calculations: {days: m.duration / 1 day}\n");
    assert_int_equal(scene_evaluate(&scene, "days"), AIC_ERROR_DOMAIN);
    assert_int_equal(aic_report_code(scene.report, 0), AICI_CODE_OUT_OF_BOUNDS);
    scene_expect_ok(&scene, scene_evaluate(&scene, "other"));
}

static void a_bound_that_is_broken_in_one_year_names_it(void **state) {
    (void)state;
    scene_begin(&scene, SERIES "assumptions: {share: {series: {2021: 50 %, 2022: 110 %, 2023: 120 %}}}\n"
                               "models:\n"
                               "  w: {kind: workload_split, training_compute: 1 EFLOP/s, training_share: share * 1}\n");
    assert_int_equal(scene_evaluate(&scene, "w"), AIC_ERROR_DOMAIN);
    assert_int_equal(aic_report_error_count(scene.report), 1);
    assert_string_equal(aic_report_message(scene.report, 0), "training_share: 110 % is above its bound 100 %");
    assert_string_equal(aic_report_notes(scene.report, 0), "in the year 2022");
}

static void a_number_that_must_be_whole_may_not_be_broken(void **state) {
    (void)state;
    scene_begin(&scene,
                SERIES "assumptions: {half: {series: {2021: 0.5}}}\n"
                       "models: {v: {kind: visual_tokens, images: 1, height: 16, width: 16, patch: 16, channels: sum(half) * 5}}\n");
    assert_int_equal(scene_evaluate(&scene, "v"), AIC_ERROR_SCENARIO);
    assert_int_equal(aic_report_code(scene.report, 0), AICI_CODE_INPUT_VALUE);
    assert_string_equal(aic_report_message(scene.report, 0), "channels: expected a whole number, found 2.5");
    assert_int_equal(scene_evaluate(&scene, "v.rows"), AIC_OK);
}

static void an_assertion_that_does_not_hold_is_said_in_the_kind_s_words(void **state) {
    (void)state;
    scene_begin(&scene, "assumptions: {part: 60 %}\n"
                        "models: {cost: {kind: breakdown, total: 100 USD, shares: {a: part, b: part}}}\n");
    assert_int_equal(scene_evaluate(&scene, "cost"), AIC_ERROR_DOMAIN);
    assert_int_equal(scene_count(&scene, AICI_CODE_MODEL_ASSERTION), 1);
    assert_non_null(strstr(aic_report_message(scene.report, 0), "the shares add up to more than 100 %"));
    assert_string_equal(aic_report_path(scene.report, 0), "models.cost");
    assert_int_equal(scene_evaluate(&scene, "part"), AIC_OK);
}

static void a_distribution_stands_at_its_median(void **state) {
    (void)state;
    scene_begin(&scene, "assumptions: {visits: 4e7 to 9e7, fixed: 3, share: 'triangular(0, 0, fixed)'}\n"
                        "calculations: {twice: 2 * visits, thrice: share * 3}\n");
    assert_int_equal(scene_evaluate(&scene, NULL), AIC_OK);
    scene_expect_value(scene_value(&scene, "twice"), 1.2e8, 1e-14);
    scene_expect_value(scene_value(&scene, "thrice"), 9 * (1 - sqrt(0.5)), 1e-14);
}

static void parameters_that_make_no_distribution_are_said_where_they_stand(void **state) {
    (void)state;
    scene_begin(&scene,
                "timeline: 2024..2025\n"
                "assumptions: {s: {series: {2024: 1 W, 2025: 2 W}}, none: sum(s) - 3 W, power: 'normal(3 W, none)', twice: 2 * power}\n");
    assert_int_equal(scene_evaluate(&scene, "twice"), AIC_ERROR_DOMAIN);
    assert_int_equal(aic_report_code(scene.report, 0), AICI_CODE_DRAW_PARAMETERS);
    assert_string_equal(aic_report_message(scene.report, 0), "power: this parameter of the distribution must be above 0, found `0 W`");
    assert_string_equal(aic_report_path(scene.report, 0), "assumptions.power");
}

static void a_component_that_is_cut_off_is_said_too(void **state) {
    (void)state;
    scene_begin(&scene, "assumptions: {low: 2 * 5, a: 'truncated(uniform(0, 1), low, 20)'}\n");
    assert_int_equal(scene_evaluate(&scene, "a"), AIC_ERROR_DOMAIN);
    assert_int_equal(aic_report_code(scene.report, 0), AICI_CODE_DRAW_PARAMETERS);
    assert_non_null(strstr(aic_report_message(scene.report, 0), "must leave some of the distribution"));
}

/* --- memory --------------------------------------------------------------------------------------------------------------------------- */

static void each_allocation_may_fail(void **state) {
    (void)state;
    struct failing_allocator memory;
    scene_begin(&scene, chat);
    failing_allocator_init(&memory);
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
        aic_result *result = NULL;
        aic_status status = aici_analysis_evaluate(scene.bound, NULL, 0, &memory.allocator, &result, NULL);
        scene_expect_memory(&memory, status, result);
    }
}

int main(void) {
#define TEST(name) cmocka_unit_test_teardown(name, end)
    const struct CMUnitTest tests[] = {
        TEST(without_names_everything_is_answered_in_the_order_of_the_scenario),
        TEST(a_value_is_in_the_unit_that_its_kind_declares),
        TEST(a_name_brings_that_quantity_alone),
        TEST(the_name_of_a_model_brings_all_of_it),
        TEST(no_names_at_all_are_answered_by_nothing),
        TEST(each_default_that_was_used_is_listed),
        TEST(what_was_left_out_says_what_it_needs),
        TEST(models_are_listed_with_kind_and_version_when_they_were_used),
        TEST(a_series_has_a_value_for_each_of_its_years),
        TEST(what_may_have_any_unit_is_shown_in_that_of_what_it_is_like),
        TEST(texts_and_truth_values_are_answered_as_they_are),
        TEST(a_result_outlives_the_scenario),
        TEST(an_unknown_name_is_refused_with_the_nearest),
        TEST(a_name_that_was_left_out_is_refused_with_what_it_needs),
        TEST(all_unknown_names_are_reported_at_once),
        TEST(a_division_by_zero_names_its_operands_and_its_formula),
        TEST(each_way_to_leave_the_numbers_has_its_words),
        TEST(a_value_of_a_series_that_is_not_finite_names_its_year),
        TEST(the_operation_that_began_it_is_named_once_whatever_follows_from_it),
        TEST(a_branch_that_is_not_taken_harms_nobody),
        TEST(a_fault_in_a_model_names_the_model),
        TEST(a_computed_input_out_of_its_bounds_is_refused_where_it_is_given),
        TEST(a_bound_that_is_not_allowed_itself_is_said_so),
        TEST(bounds_are_kept_also_by_what_is_only_depended_upon),
        TEST(a_bound_that_is_broken_in_one_year_names_it),
        TEST(a_number_that_must_be_whole_may_not_be_broken),
        TEST(an_assertion_that_does_not_hold_is_said_in_the_kind_s_words),
        TEST(a_distribution_stands_at_its_median),
        TEST(parameters_that_make_no_distribution_are_said_where_they_stand),
        TEST(a_component_that_is_cut_off_is_said_too),
        TEST(each_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
