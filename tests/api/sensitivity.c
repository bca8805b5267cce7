/* SPDX-License-Identifier: MIT */
/* Sensitivities through the public interface: the table, its order, exact elasticities against differences on every example, gradients of
 * models, refusals. */
#include "support.h"
#include <stdbool.h>

static const char TRAINING[] = "aicompute: 1\n"
                               "assumptions:\n"
                               "  parameters: 37B parameter\n"
                               "  tokens: 14.8T token\n"
                               "  peak: 989 TFLOP/s/accelerator\n"
                               "  utilization: 30 % to 42 %\n"
                               "  overhead: 1.02 to 1.12\n"
                               "  price: 1.50 to 3 USD/accelerator-hour\n"
                               "  staff: 1M USD\n"
                               "  idle: 1 to 2\n"
                               "calculations:\n"
                               "  time: 6 FLOP/parameter/token * parameters * tokens / (peak * utilization) * overhead\n"
                               "  cost: time * price\n"
                               "  total: cost + staff\n"
                               "  dead: cost + 0 * idle * 1 USD\n"
                               "  sure: staff * 2\n";

static aic_result *ask(const char *text, const char *name, const aic_sensitivity_options *options) {
    aic_scenario *scenario = load(text);
    aic_report *report = aic_report_new(NULL);
    aic_result *result = NULL;
    if (aic_scenario_sensitivity(scenario, name, options, &result, report) != AIC_OK) {
        show(report);
        fail();
    }
    aic_report_free(report);
    aic_scenario_free(scenario);
    return result;
}

static const double *column(const aic_result *result, const char *name) {
    for (size_t i = 0; i < aic_result_column_count(result); i++) {
        if (strcmp(aic_result_column(result, i, AIC_COLUMN_NAME), name) == 0) {
            return aic_result_column_values(result, i);
        }
    }
    return NULL;
}

static double at(const aic_result *result, const char *row, const char *name) {
    const double *values = column(result, name);
    assert_non_null(values);
    for (size_t i = 0; i < aic_result_row_count(result); i++) {
        if (strcmp(aic_result_row(result, i, AIC_ROW_NAME), row) == 0) {
            return values[i];
        }
    }
    fail_msg("there is no row %s", row);
    return 0;
}

static void assert_within(double found, double expected, double relative) {
    if (!(fabs(found - expected) <= relative * fabs(expected))) {
        fail_msg("%.17g instead of %.17g", found, expected);
    }
}

static void rows_are_inputs_the_most_important_first(void **state) {
    static const char *const expected[] = {"price", "utilization", "overhead", "parameters", "tokens", "peak"};
    (void)state;
    aic_result *result = ask(TRAINING, "cost", NULL);
    assert_int_equal(aic_result_row_count(result), 6);
    for (size_t i = 0; i < 6; i++) {
        assert_string_equal(aic_result_row(result, i, AIC_ROW_NAME), expected[i]);
    }
    assert_string_equal(aic_result_row(result, 0, AIC_ROW_UNIT), "USD/s/accelerator");
    assert_string_equal(aic_result_row(result, 6, AIC_ROW_UNIT), "");
    aic_result_unref(result);
}

static void a_product_has_elasticities_of_one(void **state) {
    (void)state;
    aic_result *result = ask(TRAINING, "cost", NULL);
    assert_true(at(result, "price", "elasticity") == 1 && at(result, "price", "elasticity_mean") == 1);
    assert_true(at(result, "utilization", "elasticity") == -1 && at(result, "utilization", "elasticity_mean_error") == 0);
    assert_true(at(result, "tokens", "elasticity") == 1);
    aic_result_unref(result);
}

static void the_tornado_moves_one_input_from_end_to_end(void **state) {
    (void)state;
    aic_result *result = ask(TRAINING, "cost", NULL);
    assert_within(at(result, "price", "input_low") * 3600, 1.5, 1e-14);
    assert_within(at(result, "price", "input_high") * 3600, 3, 1e-14);
    assert_within(at(result, "price", "high") / at(result, "price", "low"), 2, 1e-14);
    assert_within(at(result, "utilization", "low") / at(result, "utilization", "high"), 1.4, 1e-13);
    assert_within(at(result, "price", "low"), at(result, "price", "derivative") * at(result, "price", "input_low"), 1e-13);
    assert_true(isnan(at(result, "tokens", "low")) && isnan(at(result, "tokens", "input_high")));
    aic_result_unref(result);
}

static void certain_inputs_move_when_they_are_asked_to(void **state) {
    const aic_sensitivity_options options = {.size = sizeof options, .measures = AIC_MEASURE_TORNADO, .step = 0.2, .low = 0.1, .high = 0.9};
    (void)state;
    aic_result *result = ask(TRAINING, "cost", &options);
    assert_within(at(result, "tokens", "input_low"), 0.8 * 14.8e12, 1e-15);
    assert_within(at(result, "tokens", "high") / at(result, "tokens", "low"), 1.5, 1e-14);
    assert_true(at(result, "price", "input_low") * 3600 > 1.6);
    assert_null(column(result, "elasticity_mean"));
    assert_int_equal(aic_result_samples(result), 0);
    aic_result_unref(result);
}

static void elasticities_of_a_sum_are_averaged_over_draws(void **state) {
    const aic_sensitivity_options options = {.size = sizeof options, .seed = 3, .measures = AIC_MEASURE_ELASTICITIES};
    (void)state;
    aic_result *result = ask(TRAINING, "total", &options);
    double sum = at(result, "price", "elasticity_mean") + at(result, "staff", "elasticity_mean");
    assert_within(sum, 1, 1e-12);
    assert_true(at(result, "staff", "elasticity_mean") > at(result, "staff", "elasticity")); /* 1 / x is convex */
    assert_true(at(result, "staff", "elasticity_mean_error") > 0 && at(result, "staff", "elasticity_mean_error") < 1e-4);
    assert_null(column(result, "low"));
    assert_int_equal(aic_result_samples(result), 65536);
    aic_result_unref(result);
}

static void a_dead_input_has_elasticity_0(void **state) {
    (void)state;
    aic_result *result = ask(TRAINING, "dead", NULL);
    assert_true(at(result, "idle", "elasticity") == 0 && at(result, "idle", "elasticity_mean") == 0);
    assert_true(at(result, "idle", "low") == at(result, "idle", "high"));
    assert_string_equal(aic_result_row(result, aic_result_row_count(result) - 1, AIC_ROW_NAME), "peak");
    aic_result_unref(result);
}

static void where_nothing_is_uncertain_nothing_is_drawn(void **state) {
    (void)state;
    aic_result *result = ask(TRAINING, "sure", NULL);
    assert_int_equal(aic_result_row_count(result), 1);
    assert_true(at(result, "staff", "elasticity") == 1 && at(result, "staff", "derivative") == 2);
    assert_null(column(result, "elasticity_mean"));
    assert_int_equal(aic_result_samples(result), 0);
    aic_result_unref(result);
}

static void a_series_is_one_input_and_growth_another(void **state) {
    (void)state;
    static const char plain[] = "aicompute: 1\n"
                                "timeline: 2024..2026\n"
                                "assumptions:\n"
                                "  price: {2024: 100 USD, 2025: 80 USD, 2026: 50 to 70 USD}\n"
                                "  level: {2024: 3 USD, 2025: 4 USD, 2026: 5 USD}\n"
                                "  sold: {start: 10 server/year, start_year: 2024, growth: 10 %/year to 30 %/year}\n"
                                "calculations:\n"
                                "  spent: sum(price) + level\n"
                                "  sales: sold * 2\n";
    aic_result *result = ask(plain, "spent[2026]", NULL);
    assert_int_equal(aic_result_row_count(result), 2);
    assert_within(at(result, "price", "elasticity") + at(result, "level", "elasticity"), 1, 1e-14);
    assert_within(at(result, "level", "elasticity") / at(result, "price", "elasticity"), 5 / (180 + sqrt(3500)), 1e-12);
    assert_true(isnan(at(result, "price", "input")) && isnan(at(result, "price", "derivative")));
    assert_within(at(result, "price", "low"), 180 + 50 + 5, 1e-14);
    aic_result_unref(result);
    result = ask(plain, "spent", NULL);
    assert_within(at(result, "price", "high"), 180 + 70 + 5, 1e-14);
    aic_result_unref(result);
    result = ask(plain, "sales[2026]", NULL);
    assert_int_equal(aic_result_row_count(result), 2);
    assert_true(at(result, "sold", "elasticity") == 1);
    assert_within(at(result, "sold (growth)", "high") / at(result, "sold (growth)", "low"), 1.69 / 1.21, 1e-14);
    aic_result_unref(result);
}

static void a_figure_in_a_formula_counts_as_its_quantity(void **state) {
    (void)state;
    aic_result *result = ask(chat, "chat.queries_per_day", NULL);
    assert_int_equal(aic_result_row_count(result), 2);
    assert_within(at(result, "chat.queries_per_day", "input"), 10, 1e-15);
    assert_true(at(result, "chat.queries_per_day", "elasticity") == 1 && at(result, "visits", "elasticity") == 1);
    aic_result_unref(result);
}

static char *written(const aic_result *result, int format, int width) {
    const aic_text_options options = {.size = sizeof options, .format = format, .width = width};
    aic_text *text = NULL;
    assert_int_equal(aic_result_text(result, &options, &text, NULL), AIC_OK);
    char *copy = strdup(aic_text_bytes(text));
    aic_text_free(text);
    return copy;
}

/** `unit` beside a value, and a count's own unit, are factors of the tree; the row is the quantity all the same. */
static void a_figure_by_a_number_has_the_unit_of_its_quantity(void **state) {
    (void)state;
    static const char text[] = "aicompute: 1\n"
                               "assumptions:\n"
                               "  fee: {value: \"lognormal(p5=100, p95=400)\", unit: kUSD}\n"
                               "  rate: {value: \"uniform(10, 20)\", unit: \"%\"}\n"
                               "  queries: \"uniform(1e7, 3e7) * 1 query/day\"\n"
                               "  debt: \"-(1 USD to 4 USD) * 2 / 4\"\n"
                               "  price: {value: 2 * (4 + 5), unit: USD}\n"
                               "  shifted: \"(uniform(1, 2) + 3) * 1 USD\"\n"
                               "calculations: {y: fee * (1 + rate) * queries * 1 day / 1 query + debt + price + shifted}\n";
    aic_result *result = ask(text, "y", NULL);
    static const struct {
        const char *row, *unit;
        double low, input, high;
    } expected[] = {
        {"fee", "USD", 1e5, 2e5, 4e5}, {"rate", "1", 0.105, 0.15, 0.195}, {"queries", "query/s", 1.1e7 / 86400, 2e7 / 86400, 2.9e7 / 86400},
        {"debt", "USD", -0.5, -1, -2}, {"shifted", "1", 1.05, 1.5, 1.95}, {"price", "USD", (double)NAN, 18, (double)NAN}};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        assert_within(at(result, expected[i].row, "input"), expected[i].input, 1e-14);
        if (!isnan(expected[i].low)) {
            assert_within(at(result, expected[i].row, "input_low"), expected[i].low, 1e-14);
            assert_within(at(result, expected[i].row, "input_high"), expected[i].high, 1e-14);
        }
        for (size_t row = 0; row < aic_result_row_count(result); row++) {
            if (strcmp(aic_result_row(result, row, AIC_ROW_NAME), expected[i].row) == 0) {
                assert_string_equal(aic_result_row(result, row, AIC_ROW_UNIT), expected[i].unit);
            }
        }
    }
    assert_within(at(result, "debt", "derivative"), 1, 1e-14);
    char *shown = written(result, AIC_FORMAT_TEXT, 100);
    assert_non_null(strstr(shown, "100 .. 400 kUSD"));
    assert_non_null(strstr(shown, "10.5 .. 19.5 %"));
    assert_non_null(strstr(shown, "-0.5 .. -2 USD"));
    free(shown);
    aic_result_unref(result);
}

static void what_derivatives_do_not_follow_has_none(void **state) {
    static const char text[] = "aicompute: 1\nassumptions: {middle: 5, x: \"normal(middle, 1)\"}\ncalculations: {y: x * 2}\n";
    const aic_sensitivity_options options = {.size = sizeof options, .step = 0.1};
    (void)state;
    aic_result *result = ask(text, "y", &options);
    assert_true(isnan(at(result, "middle", "elasticity")) && isnan(at(result, "middle", "elasticity_mean")) &&
                isnan(at(result, "middle", "derivative")));
    assert_within(at(result, "middle", "high"), 11, 1e-14);
    assert_true(at(result, "x", "elasticity") == 1);
    aic_result_unref(result);
}

static void constants_of_formulas_have_none_either(void **state) {
    static const char text[] = "aicompute: 1\nassumptions: {n: 2, side: 3 m}\ncalculations: {area: side ^ n}\n";
    (void)state;
    aic_result *result = ask(text, "area", NULL);
    assert_true(isnan(at(result, "n", "elasticity")) && at(result, "side", "elasticity") == 2);
    aic_result_unref(result);
}

static void threads_change_no_bit(void **state) {
    aic_sensitivity_options options = {.size = sizeof options, .seed = 7};
    (void)state;
    aic_result *one = ask(TRAINING, "total", &options);
    for (uint32_t threads = 2; threads <= 32; threads *= 4) {
        options.threads = threads;
        aic_result *many = ask(TRAINING, "total", &options);
        for (size_t i = 0; i < aic_result_column_count(one); i++) {
            assert_memory_equal(aic_result_column_values(one, i), aic_result_column_values(many, i),
                                aic_result_row_count(one) * sizeof(double));
        }
        aic_result_unref(many);
    }
    aic_result_unref(one);
}

/* --- every example -------------------------------------------------------------------------------------------------------------------- */

static bool is_near(double found, double expected, double more) { return fabs(found - expected) <= 1e-6 * (1 + fabs(expected)) + more; }

/** Differences over a step of a millionth: at a kink the derivative is that on one side. Counts both. */
static void compare_with_differences(aic_scenario *scenario, const char *name, double value, size_t *smooth, size_t *kinks) {
    const aic_sensitivity_options options = {.size = sizeof options, .measures = AIC_MEASURE_TORNADO, .step = 1e-6};
    aic_result *result = NULL;
    assert_int_equal(aic_scenario_sensitivity(scenario, name, &options, &result, NULL), AIC_OK);
    const double *low = column(result, "low"), *high = column(result, "high"), *elasticity = column(result, "elasticity");
    for (size_t i = 0; i < aic_result_row_count(result); i++) {
        double both = (high[i] - low[i]) / value * 5e5, up = (high[i] - value) / value * 1e6, down = (value - low[i]) / value * 1e6;
        if (!isfinite(elasticity[i]) || !isfinite(both)) {
            continue;
        }
        bool agrees = is_near(elasticity[i], both, pow(fabs(both), 3) * 1e-12); /* the step's square by a third derivative of that order */
        if (!agrees && !is_near(elasticity[i], up, up * up * 1e-6) && !is_near(elasticity[i], down, down * down * 1e-6)) {
            fail_msg("%s by %s: %.12g, by differences %.12g, up %.12g, down %.12g", name, aic_result_row(result, i, AIC_ROW_NAME),
                     elasticity[i], both, up, down);
        }
        ++*(agrees ? smooth : kinks);
    }
    aic_result_unref(result);
}

static void elasticities_agree_with_differences_on_every_example(void **state) {
    static const char *const files[] = {"chat_service", "chinese", "report", "server_market", "training_run"};
    size_t smooth = 0, kinks = 0;
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[200];
        aic_scenario *scenario = NULL;
        aic_result *values = NULL;
        snprintf(path, sizeof path, "examples/scenarios/%s.yaml", files[i]);
        assert_int_equal(aic_scenario_load_file(path, NULL, &scenario, NULL), AIC_OK);
        assert_int_equal(aic_scenario_evaluate(scenario, NULL, 0, &values, NULL), AIC_OK);
        for (size_t k = 0; k < aic_result_count(values); k++) {
            aic_role role = aic_result_role(values, k);
            if ((role == AIC_ROLE_OUTPUT || role == AIC_ROLE_CALCULATION) && *aic_result_quantity(values, k, AIC_QUANTITY_UNIT)) {
                size_t years = aic_result_year_count(values, k);
                double value = aic_result_values(values, k)[years > 0 ? years - 1 : 0];
                compare_with_differences(scenario, aic_result_quantity(values, k, AIC_QUANTITY_NAME), value, &smooth, &kinks);
            }
        }
        aic_result_unref(values);
        aic_scenario_free(scenario);
    }
    assert_true(smooth > 200 && kinks < 10);
}

/* --- gradients of models -------------------------------------------------------------------------------------------------------------- */

static void a_model_has_its_gradient_in_the_callers_units(void **state) {
    const aic_column inputs[] = {{"price", "USD/accelerator-hour"}, {"utilization", "%"}, {"staff", "USD"}},
                     outputs[] = {{"cost", "USD"}, {"total", NULL}};
    const aic_model_options options = {.size = sizeof options, .inputs = inputs, .input_count = 3, .outputs = outputs, .output_count = 2};
    const double at_inputs[] = {2, 35, 1e6};
    double values[2], gradient[6], up[2], moved[3];
    (void)state;
    aic_scenario *scenario = load(TRAINING);
    aic_model *model = NULL;
    assert_int_equal(aic_model_compile(scenario, &options, &model, NULL), AIC_OK);
    assert_int_equal(aic_model_gradient(model, at_inputs, values, gradient, NULL), AIC_OK);
    assert_within(gradient[0], values[0] / 2, 1e-14);
    assert_within(gradient[1], -values[0] / 35, 1e-14);
    assert_true(gradient[2] == 0);
    assert_true(gradient[5] == 1);
    for (size_t i = 0; i < 3; i++) {
        memcpy(moved, at_inputs, sizeof moved);
        moved[i] *= 1 + 1e-7;
        assert_int_equal(aic_model_evaluate(model, moved, up, NULL), AIC_OK);
        for (size_t k = 0; k < 2; k++) {
            assert_true(fabs((up[k] - values[k]) / (moved[i] - at_inputs[i]) - gradient[3 * k + i]) <=
                        1e-5 * (1e-3 + fabs(gradient[3 * k + i])));
        }
    }
    assert_int_equal(aic_model_gradient(model, at_inputs, NULL, gradient, NULL), AIC_OK);
    assert_int_equal(aic_model_gradient(model, NULL, NULL, gradient, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_model_gradient(model, at_inputs, NULL, NULL, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_model_gradient(NULL, at_inputs, NULL, gradient, NULL), AIC_ERROR_ARGUMENT);
    aic_model_unref(model);
    aic_scenario_free(scenario);
}

static void an_infinite_derivative_is_named(void **state) {
    const aic_column input = {"x", NULL}, output = {"y", NULL};
    const aic_model_options options = {.size = sizeof options, .inputs = &input, .input_count = 1, .outputs = &output, .output_count = 1};
    const double zero = 0;
    double value, gradient;
    (void)state;
    aic_scenario *scenario = load("aicompute: 1\nassumptions: {x: 4}\ncalculations: {y: 1 + sqrt(x)}\n");
    aic_report *report = aic_report_new(NULL);
    aic_model *model = NULL;
    assert_int_equal(aic_model_compile(scenario, &options, &model, NULL), AIC_OK);
    assert_int_equal(aic_model_gradient(model, &zero, &value, &gradient, report), AIC_ERROR_DOMAIN);
    assert_int_equal(aic_report_code(report, 0), 700);
    assert_string_equal(aic_report_message(report, 0), "the derivative of y by x is not a finite number");
    assert_true(value == 1 && isinf(gradient));
    aic_model_unref(model);
    aic_report_free(report);
    aic_scenario_free(scenario);
}

/* --- refusals ------------------------------------------------------------------------------------------------------------------------- */

static void refuse(aic_scenario *scenario, const char *name, const aic_sensitivity_options *options, aic_status expected) {
    aic_result *result = (aic_result *)&expected;
    assert_int_equal(aic_scenario_sensitivity(scenario, name, options, &result, NULL), expected);
    assert_null(result);
}

static void what_cannot_be_asked_is_refused(void **state) {
    const uint32_t stop = 1;
    const aic_sensitivity_options wrong[] = {{.size = 3},
                                             {.size = sizeof *wrong, .measures = 1u << 20},
                                             {.size = sizeof *wrong, .samples = UINT64_MAX},
                                             {.size = sizeof *wrong, .replicates = 1},
                                             {.size = sizeof *wrong, .threads = 5000},
                                             {.size = sizeof *wrong, .low = 0.5, .high = 0.5},
                                             {.size = sizeof *wrong, .low = 0.5},
                                             {.size = sizeof *wrong, .step = 1.5},
                                             {.size = sizeof *wrong, .step = (double)NAN},
                                             {.size = sizeof *wrong, .low = (double)NAN, .high = 0.9}};
    const aic_sensitivity_options stopped = {.size = sizeof stopped, .cancel = &stop};
    (void)state;
    aic_scenario *scenario = load(TRAINING);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        refuse(scenario, "cost", &wrong[i], AIC_ERROR_ARGUMENT);
    }
    refuse(scenario, "cots", NULL, AIC_ERROR_NAME);
    refuse(scenario, "cost[2030]", NULL, AIC_ERROR_DOMAIN);
    refuse(scenario, "cost", &stopped, AIC_ERROR_CANCELLED);
    refuse(scenario, NULL, NULL, AIC_ERROR_ARGUMENT);
    refuse(NULL, "cost", NULL, AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_sensitivity(scenario, "cost", NULL, NULL, NULL), AIC_ERROR_ARGUMENT);
    aic_scenario_free(scenario);
}

/* --- texts ---------------------------------------------------------------------------------------------------------------------------- */

static void bars_are_drawn_from_the_numbers(void **state) {
    (void)state;
    aic_result *result = ask(TRAINING, "cost", NULL);
    char *text = written(result, AIC_FORMAT_TEXT, 100);
    assert_non_null(
        strstr(text, "cost, at the medians 5.894M USD; each uncertain input from its 5 % to its 95 % value; the widest outcome first\n"));
    assert_non_null(strstr(text, "  price        1.5 .. 3 USD/accelerator-hour  "));
    assert_non_null(strstr(text, "│"));
    assert_non_null(strstr(text, "4.168M .. 8.336M USD"));
    assert_non_null(strstr(text, "6.974M .. 4.982M USD"));
    assert_null(strstr(text, "-0.00"));
    free(text);
    text = written(result, AIC_FORMAT_CSV, 0);
    assert_non_null(strstr(
        text, "input,unit,input,input_low p5,input_high p95,low p5 [USD],high p95 "
              "[USD],derivative,elasticity,elasticity_mean,elasticity_mean_error,variance_share,first,first_error,total,total_error\r\n"));
    free(text);
    text = written(result, AIC_FORMAT_MARKDOWN, 0);
    assert_non_null(strstr(text, "| price | 1.5 .. 3 USD/accelerator-hour | 4.168M .. 8.336M USD | +1.00 | +1.00 | 80 % |\n"));
    free(text);
    text = written(result, AIC_FORMAT_JSON, 0);
    assert_non_null(strstr(text, "\"units\": [\"USD/s/accelerator\", \"1\","));
    free(text);
    aic_result_unref(result);
}

static void what_the_value_does_not_move_with_is_named(void **state) {
    (void)state;
    aic_result *result = ask(TRAINING, "dead", NULL);
    char *text = written(result, AIC_FORMAT_TEXT, 100);
    assert_non_null(strstr(text, "\nThe value does not move with: idle.\n"));
    assert_non_null(strstr(text, "  5.894M USD  ")); /* its outcome is one value, no range */
    assert_null(strstr(text, "5.894M .. 5.894M"));
    free(text);
    aic_result_unref(result);
    result = ask(TRAINING, "cost", NULL);
    text = written(result, AIC_FORMAT_TEXT, 1000);
    assert_null(strstr(text, "does not move with"));
    assert_non_null(strstr(text, " %, and each share within 0."));
    free(text);
    aic_result_unref(result);
}

/** A unit beside a series is that of each year, and the row is one input all the same. */
static void mean_elasticities_that_are_not_settled_have_their_error(void **state) {
    (void)state;
    static const char *const text =
        "aicompute: 1\nassumptions: {x: 'uniform(0, 1)', y: 'uniform(1, 2)'}\ncalculations: {z: x - 0.5, s: x + y}\n";
    aic_result *result = ask(text, "z", NULL);
    char *shown = written(result, AIC_FORMAT_TEXT, 1000);
    assert_contains(shown, " ±");
    assert_contains(shown, "The mean elasticity is not settled");
    assert_true(at(result, "x", "elasticity_mean_error") > 0.05);
    free(shown);
    aic_result_unref(result);
    result = ask(text, "s", NULL);
    shown = written(result, AIC_FORMAT_TEXT, 1000);
    assert_null(strstr(shown, "settled"));
    assert_null(strstr(shown, "±"));
    free(shown);
    aic_result_unref(result);
}

static void what_the_value_turns_back_with_is_named(void **state) {
    (void)state;
    static const char *const text =
        "aicompute: 1\nassumptions: {x: 'uniform(0, 1)', y: 'uniform(1, 2)'}\ncalculations: {z: abs(4 * x - 2) * y + 1}\n";
    const aic_sensitivity_options ends = {.size = sizeof ends, .measures = AIC_MEASURE_TORNADO};
    const aic_sensitivity_options *const options[] = {NULL, &ends};
    for (size_t i = 0; i < 2; i++) {
        aic_result *result = ask(text, "z", options[i]);
        char *shown = written(result, AIC_FORMAT_TEXT, 1000);
        assert_contains(shown, "turns back, so that it moves farther than they show, with: x.");
        assert_null(strstr(shown, "does not move with: x"));
        free(shown);
        aic_result_unref(result);
    }
}

static void a_series_with_its_unit_beside_it_is_one_input(void **state) {
    (void)state;
    static const char text[] = "aicompute: 1\n"
                               "timeline: 2024..2025\n"
                               "assumptions:\n"
                               "  price: {series: {2024: 1 to 2, 2025: 2 to 3}, unit: kUSD}\n"
                               "  volume: {start: 5 to 8 kUSD, start_year: 2024, growth: 10 to 20 %}\n"
                               "calculations: {y: sum(price) + sum(volume)}\n";
    aic_result *result = ask(text, "y", NULL);
    assert_int_equal(aic_result_row_count(result), 3);
    double low = at(result, "price", "low"), high = at(result, "price", "high");
    assert_within(high - low, 2000, 1e-12); /* both years are at the same end */
    char *shown = written(result, AIC_FORMAT_TEXT, 100);
    assert_non_null(strstr(shown, "  price            all years"));
    assert_non_null(strstr(shown, "  volume (growth)  10 .. 20 %/year"));
    free(shown);
    aic_result_unref(result);
}

static void what_rounds_to_nothing_has_no_sign(void **state) {
    (void)state;
    aic_result *result = ask("aicompute: 1\nassumptions: {a: 1 to 2, b: 1 to 2}\ncalculations: {y: 1e6 * a - b}\n", "y", NULL);
    char *text = written(result, AIC_FORMAT_TEXT, 100);
    assert_non_null(strstr(text, " 0.00"));
    assert_null(strstr(text, "-0.00"));
    assert_null(strstr(text, "+0.00"));
    free(text);
    aic_result_unref(result);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_inputs_the_most_important_first),
        cmocka_unit_test(a_product_has_elasticities_of_one),
        cmocka_unit_test(the_tornado_moves_one_input_from_end_to_end),
        cmocka_unit_test(certain_inputs_move_when_they_are_asked_to),
        cmocka_unit_test(elasticities_of_a_sum_are_averaged_over_draws),
        cmocka_unit_test(a_dead_input_has_elasticity_0),
        cmocka_unit_test(where_nothing_is_uncertain_nothing_is_drawn),
        cmocka_unit_test(a_series_is_one_input_and_growth_another),
        cmocka_unit_test(a_figure_in_a_formula_counts_as_its_quantity),
        cmocka_unit_test(a_figure_by_a_number_has_the_unit_of_its_quantity),
        cmocka_unit_test(what_derivatives_do_not_follow_has_none),
        cmocka_unit_test(constants_of_formulas_have_none_either),
        cmocka_unit_test(threads_change_no_bit),
        cmocka_unit_test(elasticities_agree_with_differences_on_every_example),
        cmocka_unit_test(a_model_has_its_gradient_in_the_callers_units),
        cmocka_unit_test(an_infinite_derivative_is_named),
        cmocka_unit_test(what_cannot_be_asked_is_refused),
        cmocka_unit_test(bars_are_drawn_from_the_numbers),
        cmocka_unit_test(what_the_value_does_not_move_with_is_named),
        cmocka_unit_test(mean_elasticities_that_are_not_settled_have_their_error),
        cmocka_unit_test(what_the_value_turns_back_with_is_named),
        cmocka_unit_test(a_series_with_its_unit_beside_it_is_one_input),
        cmocka_unit_test(what_rounds_to_nothing_has_no_sign),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
