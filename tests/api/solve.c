/* SPDX-License-Identifier: MIT */
/* Solving through the public interface: closed forms, means and quantiles by common draws, what there is to say where there is no solution
 * or more than one, what is refused. */
#include "support.h"

/* Numbers of messages (lib/base/codes.h). */
enum {
    EXPR_SCALE = 403,
    SOLVE_TARGET = 820,
    RANGE = 821,
    SOLVE_NONE = 823,
    SOLVE_JUMP = 824,
    SOLVE_SEVERAL = 825,
    SOLVE_BOUNDS = 826,
    SOLVE_REPLACED = 827,
    SOLVE_MEDIANS = 828
};

static const char PLANT[] = "aicompute: 1\n"
                            "timeline: 2024..2027\n"
                            "assumptions:\n"
                            "  price: 2 USD/server-hour\n"
                            "  util: 30 % to 42 %\n"
                            "  hours: 1e6 server-hour\n"
                            "  a: 3\n"
                            "  low: 1 USD\n"
                            "  high: 5 USD\n"
                            "  z: uniform(low, high)\n"
                            "  rate: {2024: 10, 2025: 20, 2026: 30, 2027: 40}\n"
                            "  derived: {2024: a, 2025: 2 * a}\n"
                            "  grown: {start: 5, start_year: 2024, growth: 20 %/year}\n"
                            "  seen: {value: 4, note: a figure}\n"
                            "calculations:\n"
                            "  cost: price * hours / util\n"
                            "  fixed: price * hours\n"
                            "  net: fixed - 3M USD\n"
                            "  quadratic: a^2 - 4 * a\n"
                            "  steps: ceil(a)\n"
                            "  pole: 1 / (a - 5)\n"
                            "  twice: z * 2\n"
                            "  total: sum(rate)\n"
                            "  both: derived[2024] + derived[2025]\n"
                            "  scaled: rate * seen\n"
                            "  units: seen ^ 2\n";

/** Solves, expects the status, and leaves the report. */
static aic_result *solve_as(const char *text, const aic_solve_options *options, aic_status expected, aic_report *report) {
    aic_scenario *scenario = load(text);
    aic_result *result = NULL;
    aic_status status = aic_scenario_solve(scenario, options, &result, report);
    aic_scenario_free(scenario);
    return answered(expected, status, result, report);
}

static aic_result *solve(const char *output, const char *value, const char *by) {
    aic_report *report = aic_report_new(NULL);
    const aic_solve_options options = {.size = sizeof options, .output = output, .value = value, .by = by};
    aic_result *result = solve_as(PLANT, &options, AIC_OK, report);
    aic_report_free(report);
    return result;
}

/** The only solution, in the input's unit; that the output is there what was asked for is expected too. */
static double solution(const char *output, const char *value, const char *by) {
    aic_result *result = solve(output, value, by);
    assert_int_equal(aic_result_row_count(result), 1);
    assert_int_equal(aic_result_column_count(result), 4);
    assert_true(fabs(aic_result_column_values(result, 2)[0]) <= 1e-12 * fabs(aic_result_column_values(result, 1)[0]));
    assert_true(aic_result_column_values(result, 3)[0] == 1);
    double found = aic_result_column_values(result, 0)[0];
    aic_result_unref(result);
    return found;
}

static size_t rows(const char *output, const char *value, const char *by) {
    aic_result *result = solve(output, value, by);
    size_t count = aic_result_row_count(result);
    aic_result_unref(result);
    return count;
}

/** The code of the first remark that solving leaves, 0 without one; a part of its message is expected. */
static int remark(const char *output, const char *value, const char *by, const char *part) {
    aic_report *report = aic_report_new(NULL);
    const aic_solve_options options = {.size = sizeof options, .output = output, .value = value, .by = by};
    aic_result_unref(solve_as(PLANT, &options, AIC_OK, report));
    int code = aic_report_count(report) > 0 ? aic_report_code(report, 0) : 0;
    if (code != 0) {
        assert_contains(aic_report_message(report, 0), part);
    }
    aic_report_free(report);
    return code;
}

/** The code with which solving is refused. */
static int refusal_of(const aic_solve_options *options) {
    aic_report *report = aic_report_new(NULL);
    aic_scenario *scenario = load(PLANT);
    aic_result *result = (aic_result *)scenario;
    assert_int_not_equal(aic_scenario_solve(scenario, options, &result, report), AIC_OK);
    assert_null(result);
    int code = aic_report_code(report, 0);
    aic_scenario_free(scenario);
    aic_report_free(report);
    return code;
}

static int refusal(const char *output, const char *value, const char *by) {
    return refusal_of(&(aic_solve_options){.size = sizeof(aic_solve_options), .output = output, .value = value, .by = by});
}

static void closed_forms_are_met(void **state) {
    (void)state;
    assert_near(solution("fixed", "5M USD", "price"), 5.0 / 3600);
    assert_near(solution("fixed", "5M USD", "hours"), 2.5e6 * 3600);
    assert_near(solution("total", "150", "rate[2026]"), 80);
    assert_near(solution("scaled[2026]", "150", "rate[2026]"), 37.5);
    assert_near(solution("scaled[2026]", "150", "seen"), 5);
    assert_near(solution("quadratic", "21", "a"), 7);
}

static void a_distribution_gives_way_to_one_value(void **state) {
    (void)state;
    assert_near(solution("cost", "5M USD", "util"), 0.4);
    assert_int_equal(remark("cost", "5M USD", "util", "replaced by one value"), SOLVE_REPLACED);
}

static void a_year_that_is_computed_gives_way_to_one_value(void **state) {
    (void)state;
    assert_near(solution("both", "100", "derived[2025]"), 97);
}

static void an_uncertain_output_is_solved_at_the_medians_and_says_so(void **state) {
    (void)state;
    assert_int_equal(remark("cost", "5M USD", "price", "median"), SOLVE_MEDIANS);
}

static double statistic_with_price(const char *set, const char *expression, const char *name, aic_statistic which, double probability,
                                   const aic_sample_options *base) {
    aic_scenario *scenario = load(PLANT);
    aic_result *result = NULL;
    aic_sample_options options = base ? *base : (aic_sample_options){.size = sizeof options};
    size_t index;
    options.quantiles = &probability;
    options.quantile_count = 1;
    assert_int_equal(aic_scenario_set(scenario, set, expression, NULL), AIC_OK);
    assert_int_equal(aic_scenario_sample(scenario, &name, 1, &options, &result, NULL), AIC_OK);
    assert_int_equal(aic_result_find(result, name, &index, NULL), AIC_OK);
    double value = aic_result_statistic(result, index, 0, which, 0);
    aic_result_unref(result);
    aic_scenario_free(scenario);
    return value;
}

static void means_and_quantiles_are_those_of_sampling(void **state) {
    (void)state;
    char text[64];
    snprintf(text, sizeof text, "%.17g USD/server/s", solution("p95(cost)", "5M USD", "price"));
    assert_true(fabs(statistic_with_price("price", text, "cost", AIC_STATISTIC_QUANTILE, 0.95, NULL) / 5e6 - 1) < 1e-9);
    snprintf(text, sizeof text, "%.17g USD/server/s", solution("mean(cost)", "5M USD", "price"));
    assert_true(fabs(statistic_with_price("price", text, "cost", AIC_STATISTIC_MEAN, 0.5, NULL) / 5e6 - 1) < 1e-9);
}

static void the_parameter_of_a_distribution_can_be_solved_for(void **state) {
    (void)state;
    char text[64];
    double high = solution("p90(twice)", "8 USD", "high");
    assert_true(fabs(high / (1 + 3 / 0.9) - 1) < 1e-3);
    snprintf(text, sizeof text, "%.17g USD", high);
    assert_true(fabs(statistic_with_price("high", text, "twice", AIC_STATISTIC_QUANTILE, 0.9, NULL) / 8 - 1) < 1e-9);
    assert_true(fabs(solution("mean(twice)", "9 USD", "low") - 4) < 1e-3);
}

static void options_of_sampling_are_heeded(void **state) {
    (void)state;
    char text[64];
    double before = 0;
    for (uint32_t threads = 1; threads <= 3; threads += 2) {
        const aic_sample_options sampling = {
            .size = sizeof sampling, .samples = 20000, .seed = 9, .method = AIC_METHOD_MONTE_CARLO, .threads = threads};
        const aic_solve_options options = {
            .size = sizeof options, .output = "p99.5(cost)", .value = "6M USD", .by = "price", .sampling = &sampling};
        aic_result *result = solve_as(PLANT, &options, AIC_OK, NULL);
        double found = aic_result_column_values(result, 0)[0];
        assert_string_equal(aic_result_column(result, 1, AIC_COLUMN_STATISTIC), "p99.5");
        assert_int_equal(aic_result_samples(result), 20000);
        assert_true(threads == 1 || found == before);
        before = found;
        snprintf(text, sizeof text, "%.17g USD/server/s", found);
        assert_true(fabs(statistic_with_price("price", text, "cost", AIC_STATISTIC_QUANTILE, 0.995, &sampling) / 6e6 - 1) < 1e-9);
        aic_result_unref(result);
    }
}

static void several_solutions_are_all_listed_the_nearest_first(void **state) {
    (void)state;
    aic_result *result = solve("quadratic", "-3", "a");
    assert_int_equal(aic_result_row_count(result), 2);
    assert_near(aic_result_column_values(result, 0)[0], 3);
    assert_near(aic_result_column_values(result, 0)[1], 1);
    aic_result_unref(result);
    assert_int_equal(remark("quadratic", "-3", "a", "2 values of a"), SOLVE_SEVERAL);
}

static void a_whole_stretch_of_solutions_is_said(void **state) {
    (void)state;
    assert_int_equal(rows("steps", "7", "a"), 1);
    assert_int_equal(remark("steps", "7", "a", "every a above 6 and up to 7"), SOLVE_SEVERAL);
}

static void where_there_is_no_solution_the_range_of_the_output_is_said(void **state) {
    (void)state;
    assert_int_equal(rows("quadratic", "-5", "a"), 0);
    assert_int_equal(remark("quadratic", "-5", "a", "always above the target"), SOLVE_NONE);
    assert_int_equal(remark("fixed", "5M USD", "a", "fixed is 2M USD whatever a is"), SOLVE_NONE);
    assert_int_equal(remark("fixed", "-5 USD", "price", "always above"), SOLVE_NONE);
}

static void a_jump_over_the_target_is_no_solution(void **state) {
    (void)state;
    aic_report *report = aic_report_new(NULL);
    const aic_solve_options options = {.size = sizeof options, .output = "steps", .value = "7.5", .by = "a"};
    aic_result *result = solve_as(PLANT, &options, AIC_OK, report);
    assert_int_equal(aic_result_row_count(result), 0);
    assert_int_equal(aic_report_count(report), 2);
    assert_int_equal(aic_report_code(report, 1), SOLVE_JUMP);
    assert_contains(aic_report_message(report, 1), "at a = 7, steps jumps over the target, from 7 to 8");
    aic_result_unref(result);
    aic_report_free(report);
    assert_int_equal(rows("pole", "0.5", "a"), 1);
    assert_int_equal(rows("pole", "0", "a"), 0);
    assert_int_equal(remark("pole", "0.5", "a", "has a pole"), SOLVE_JUMP);
    assert_int_equal(remark("pole", "0", "a", "meets the target nowhere; where it was looked at, it is at least "), SOLVE_NONE);
}

static void a_range_can_be_given(void **state) {
    (void)state;
    const aic_solve_options near = {.size = sizeof near, .output = "quadratic", .value = "-3", .by = "a", .low = "2", .high = "10"};
    const aic_solve_options far = {.size = sizeof far, .output = "quadratic", .value = "5", .by = "a", .low = "-10", .high = "0"};
    aic_result *result = solve_as(PLANT, &near, AIC_OK, NULL);
    assert_int_equal(aic_result_row_count(result), 1);
    aic_result_unref(result);
    result = solve_as(PLANT, &far, AIC_OK, NULL);
    assert_near(aic_result_column_values(result, 0)[0], -1);
    aic_result_unref(result);
    assert_int_equal(
        refusal_of(&(aic_solve_options){.size = sizeof near, .output = "quadratic", .value = "1", .by = "a", .low = "2", .high = "2"}),
        RANGE);
}

static void a_plain_end_of_a_range_takes_the_unit_of_the_other(void **state) {
    (void)state;
    static const char *const ends[][2] = {{"30", "50 %"}, {"30 %", "50"}, {"0", "50 %"}, {"0.3", "0.5"}};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        aic_result *result = solve_as(PLANT,
                                      &(aic_solve_options){.size = sizeof(aic_solve_options),
                                                           .output = "cost",
                                                           .value = "5M USD",
                                                           .by = "util",
                                                           .low = ends[i][0],
                                                           .high = ends[i][1]},
                                      AIC_OK, NULL);
        assert_near(aic_result_column_values(result, 0)[0] * (strcmp(aic_result_column(result, 0, AIC_COLUMN_UNIT), "%") == 0 ? 0.01 : 1),
                    0.4);
        aic_result_unref(result);
    }
    assert_int_equal(refusal_of(&(aic_solve_options){.size = sizeof(aic_solve_options),
                                                     .output = "cost",
                                                     .value = "1 USD",
                                                     .by = "hours",
                                                     .low = "3",
                                                     .high = "5 million server-hour"}),
                     EXPR_SCALE);
}

static void draws_that_are_amiss_are_said(void **state) {
    (void)state;
    static const char text[] =
        "aicompute: 1\nassumptions: {x: {value: \"uniform(0, 1)\"}, c: 0.25, k: 1}\ncalculations: {y: k * ln(x - c)}\n";
    const aic_solve_options options = {.size = sizeof options, .output = "mean(y)", .value = "-3", .by = "k"};
    aic_report *report = aic_report_new(NULL);
    aic_result *result = solve_as(text, &options, AIC_OK, report);
    assert_true(fabs(aic_result_column_values(result, 0)[0] / (-3 / (log(0.75) - 1)) - 1) <
                1e-2); /* the mean of ln(u) over (0, b) is ln(b) - 1 */
    assert_int_equal(aic_report_code(report, 0), 711);
    assert_contains(aic_report_message(report, 0), "of the draws of y are not finite");
    aic_result_unref(result);
    aic_report_free(report);
}

static void numbers_as_large_as_they_get_are_solved_for(void **state) {
    (void)state;
    static const char text[] = "aicompute: 1\nassumptions: {big: 1e300, small: 1e-300}\ncalculations: {more: big * 10, less: small / 10}\n";
    aic_solve_options options = {.size = sizeof options, .output = "more", .value = "1e302", .by = "big"};
    aic_result *result = solve_as(text, &options, AIC_OK, NULL);
    assert_int_equal(aic_result_row_count(result), 1);
    assert_near(aic_result_column_values(result, 0)[0], 1e301);
    aic_result_unref(result);
    options = (aic_solve_options){.size = sizeof options, .output = "less", .value = "1e-300", .by = "small"};
    result = solve_as(text, &options, AIC_OK, NULL);
    assert_near(aic_result_column_values(result, 0)[0], 1e-299);
    aic_result_unref(result);
    options =
        (aic_solve_options){.size = sizeof options, .output = "more", .value = "-7e306", .by = "big", .low = "-1e308", .high = "1e308"};
    result = solve_as(text, &options, AIC_OK, NULL);
    assert_near(aic_result_column_values(result, 0)[0], -7e305);
    aic_result_unref(result);
}

static void bounds_of_the_inputs_are_kept_unless_a_range_goes_beyond(void **state) {
    (void)state;
    aic_report *report = aic_report_new(NULL);
    aic_solve_options options = {.size = sizeof options, .output = "chat.capex", .value = "1e6 USD", .by = "chat.utilization"};
    aic_result *result = solve_as(chat, &options, AIC_OK, report);
    assert_int_equal(aic_result_row_count(result), 0);
    assert_contains(aic_report_message(report, 0), "to 100 %");
    aic_result_unref(result);
    options.low = "1 %";
    options.high = "1000000 %";
    result = solve_as(chat, &options, AIC_OK, report);
    assert_int_equal(aic_result_row_count(result), 1);
    assert_true(aic_result_column_values(result, 3)[0] == 0);
    assert_int_equal(aic_report_code(report, 0), SOLVE_BOUNDS);
    assert_contains(aic_report_message(report, 0), "is above its bound 100 %");
    aic_result_unref(result);
    aic_report_free(report);
}

static void an_input_that_is_not_given_can_be_moved_within_a_range(void **state) {
    (void)state;
    aic_solve_options options = {.size = sizeof options, .output = "chat.power", .value = "1 MW", .by = "chat.accelerator_power"};
    aic_report *report = aic_report_new(NULL);
    options.low = "0.001";
    options.high = "10 kW/accelerator";
    aic_result *result = solve_as(chat, &options, AIC_OK, report);
    assert_int_equal(aic_result_row_count(result), 1);
    aic_result_unref(result);
    aic_report_free(report);
}

static void a_series_that_is_moved_is_shown_in_the_unit_that_it_is_written_in(void **state) {
    (void)state;
    static const char text[] = "aicompute: 1\n"
                               "timeline: 2024..2026\n"
                               "assumptions:\n"
                               "  g: {start: 5 server/year, start_year: 2024, growth: 20 %/year}\n"
                               "  k: 5 server/year\n"
                               "  h: {2024: k * 1, 2025: 3 server/year}\n"
                               "calculations: {t: g + h}\n";
    static const char *const by[] = {"g", "h[2024]", "h[2025]"};
    for (size_t i = 0; i < 3; i++) {
        const aic_solve_options options = {
            .size = sizeof options, .output = i == 2 ? "t[2025]" : "t[2024]", .value = "20 server/year", .by = by[i]};
        aic_result *result = solve_as(text, &options, AIC_OK, NULL);
        aic_text *shown = NULL;
        assert_int_equal(aic_result_text(result, NULL, &shown, NULL), AIC_OK);
        assert_contains(aic_text_bytes(shown), i == 0 ? "15 server/year" : i == 1 ? "15 server/year" : "14 server/year");
        aic_text_free(shown);
        aic_result_unref(result);
    }
}

static void what_cannot_be_solved_is_refused_with_its_code(void **state) {
    (void)state;
    assert_int_equal(refusal("q95(cost)", "1 USD", "price"), SOLVE_TARGET);
    assert_int_equal(refusal("p0(cost)", "1 USD", "price"), SOLVE_TARGET);
    assert_int_equal(refusal("p100(cost)", "1 USD", "price"), SOLVE_TARGET);
    assert_int_equal(refusal("p95(cost", "1 USD", "price"), SOLVE_TARGET);
    assert_int_equal(refusal("mean()", "1 USD", "price"), SOLVE_TARGET);
    assert_int_equal(refusal("cots", "1 USD", "price"), 522);
    assert_int_equal(refusal("cost", "1 USD", "prize"), 522);
    assert_int_equal(refusal("scaled", "1", "price"), 424);
    assert_int_equal(refusal("cost[2025]", "1 USD", "price"), 417);
    assert_int_equal(refusal("scaled[2040]", "1", "seen"), 419);
    assert_int_equal(refusal("cost", "1 USD", "price[2025]"), 417);
    assert_int_equal(refusal("cost", "1 USD", "rate[2040]"), 419);
    assert_int_equal(refusal("cost", "1 USD", "grown[2025]"), 702);
    assert_int_equal(refusal("cost", "1 USD", "scaled[2025]"), 702);
    assert_int_equal(refusal("cost", "1", "price"), 515);
    assert_int_equal(refusal("cost", "1 kg", "price"), 411);
    assert_int_equal(refusal("cost", "1 USD +", "price"), 400);
    assert_int_equal(refusal("fixed", "cost", "price"), 423);
}

static void what_is_computed_by_a_model_cannot_be_moved(void **state) {
    (void)state;
    aic_report *report = aic_report_new(NULL);
    const aic_solve_options options = {.size = sizeof options, .output = "chat.capex", .value = "1e6 USD", .by = "chat.servers"};
    solve_as(chat, &options, AIC_ERROR_SCENARIO, report);
    assert_int_equal(aic_report_code(report, 0), 521);
    aic_report_free(report);
}

static void mistakes_of_the_caller_are_refused(void **state) {
    (void)state;
    const aic_sample_options bad = {.size = sizeof bad, .threads = 5000};
    aic_result *result = NULL;
    aic_scenario *scenario = load(PLANT);
    assert_int_equal(aic_scenario_solve(NULL, &(aic_solve_options){.size = sizeof(aic_solve_options)}, &result, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_solve(scenario, NULL, &result, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_solve(scenario, &(aic_solve_options){.size = 3}, &result, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_solve(scenario, &(aic_solve_options){.size = sizeof(aic_solve_options)}, NULL, NULL), AIC_ERROR_ARGUMENT);
    aic_scenario_free(scenario);
    assert_int_equal(refusal(NULL, "1", "a"), 100);
    assert_int_equal(
        refusal_of(&(aic_solve_options){.size = sizeof(aic_solve_options), .output = "quadratic", .value = "1", .by = "a", .low = "1"}),
        100);
    assert_int_equal(refusal_of(&(aic_solve_options){
                         .size = sizeof(aic_solve_options), .output = "quadratic", .value = "1", .by = "a", .sampling = &bad}),
                     100);
}

static void it_can_be_stopped_and_tells_how_far_it_is(void **state) {
    (void)state;
    volatile uint32_t stop = 0;
    volatile uint64_t progress = 0;
    const aic_sample_options sampling = {.size = sizeof sampling, .samples = 256, .cancel = &stop, .progress = &progress};
    const aic_solve_options options = {
        .size = sizeof options, .output = "mean(cost)", .value = "5M USD", .by = "price", .sampling = &sampling};
    aic_result_unref(solve_as(PLANT, &options, AIC_OK, NULL));
    assert_true(progress > 100);
    stop = 1;
    assert_null(solve_as(PLANT, &options, AIC_ERROR_CANCELLED, NULL));
    const aic_solve_options plain = {.size = sizeof plain, .output = "cost", .value = "5M USD", .by = "price", .sampling = &sampling};
    assert_null(solve_as(PLANT, &plain, AIC_ERROR_CANCELLED, NULL));
}

static void the_scenario_stays_as_it_was(void **state) {
    (void)state;
    aic_scenario *scenario = load(PLANT);
    const aic_solve_options options = {.size = sizeof options, .output = "both", .value = "100", .by = "derived[2025]"};
    aic_result *result = NULL;
    aic_text *before = NULL, *after = NULL;
    assert_int_equal(aic_scenario_text(scenario, &before, NULL), AIC_OK);
    assert_int_equal(aic_scenario_solve(scenario, &options, &result, NULL), AIC_OK);
    assert_int_equal(aic_scenario_text(scenario, &after, NULL), AIC_OK);
    assert_string_equal(aic_text_bytes(before), aic_text_bytes(after));
    aic_scenario_free(scenario);
    assert_string_equal(aic_result_column(result, 0, AIC_COLUMN_NAME), "derived[2025]");
    aic_result_unref(result);
    aic_text_free(before);
    aic_text_free(after);
}

static void answers_are_written_for_people_and_for_programs(void **state) {
    (void)state;
    static const char *const parts[] = {"checked: fixed = 5M USD", "\"kind\": \"solve\"", "fixed [USD]", "| price |"};
    static const int formats[] = {AIC_FORMAT_TEXT, AIC_FORMAT_JSON, AIC_FORMAT_CSV, AIC_FORMAT_MARKDOWN};
    aic_result *result = solve("fixed", "5M USD", "price");
    for (int i = 0; i < 4; i++) {
        const aic_text_options options = {.size = sizeof options, .format = formats[i]};
        aic_text *text = NULL;
        assert_int_equal(aic_result_text(result, &options, &text, NULL), AIC_OK);
        assert_contains(aic_text_bytes(text), parts[i]);
        aic_text_free(text);
    }
    aic_result_unref(result);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_forms_are_met),
        cmocka_unit_test(a_distribution_gives_way_to_one_value),
        cmocka_unit_test(a_year_that_is_computed_gives_way_to_one_value),
        cmocka_unit_test(an_uncertain_output_is_solved_at_the_medians_and_says_so),
        cmocka_unit_test(means_and_quantiles_are_those_of_sampling),
        cmocka_unit_test(the_parameter_of_a_distribution_can_be_solved_for),
        cmocka_unit_test(options_of_sampling_are_heeded),
        cmocka_unit_test(several_solutions_are_all_listed_the_nearest_first),
        cmocka_unit_test(a_whole_stretch_of_solutions_is_said),
        cmocka_unit_test(where_there_is_no_solution_the_range_of_the_output_is_said),
        cmocka_unit_test(a_jump_over_the_target_is_no_solution),
        cmocka_unit_test(a_range_can_be_given),
        cmocka_unit_test(a_plain_end_of_a_range_takes_the_unit_of_the_other),
        cmocka_unit_test(draws_that_are_amiss_are_said),
        cmocka_unit_test(numbers_as_large_as_they_get_are_solved_for),
        cmocka_unit_test(bounds_of_the_inputs_are_kept_unless_a_range_goes_beyond),
        cmocka_unit_test(an_input_that_is_not_given_can_be_moved_within_a_range),
        cmocka_unit_test(a_series_that_is_moved_is_shown_in_the_unit_that_it_is_written_in),
        cmocka_unit_test(what_cannot_be_solved_is_refused_with_its_code),
        cmocka_unit_test(what_is_computed_by_a_model_cannot_be_moved),
        cmocka_unit_test(mistakes_of_the_caller_are_refused),
        cmocka_unit_test(it_can_be_stopped_and_tells_how_far_it_is),
        cmocka_unit_test(the_scenario_stays_as_it_was),
        cmocka_unit_test(answers_are_written_for_people_and_for_programs),
    };
    return cmocka_run_group_tests_name("solve", tests, NULL, NULL);
}
