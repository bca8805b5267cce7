/* SPDX-License-Identifier: MIT */
/* Compiled models through the public interface. */
#include "support.h"
#include <pthread.h>

static const aic_column inputs[] = {{"visits", "visit/day"}, {"chat.utilization", NULL}};
static const aic_column outputs[] = {{"chat.servers", NULL}, {"chat.capex", "USD"}, {"growing", NULL}};

static aic_model *compile(const char *text) {
    aic_scenario *scenario = load(text);
    aic_report *report = aic_report_new(NULL);
    aic_model *model = NULL;
    aic_model_options options = {.size = sizeof options, .inputs = inputs, .input_count = 2, .outputs = outputs, .output_count = 3};
    if (aic_model_compile(scenario, &options, &model, report) != AIC_OK) {
        show(report);
        fail();
    }
    aic_report_free(report);
    aic_scenario_free(scenario);
    return model;
}

static double servers(double visits, double utilization) { return 2e12 * 267 / utilization * visits / 86400 * 10 / 65e12 / 8; }

static void a_model_knows_its_columns(void **state) {
    (void)state;
    aic_model *model = compile(chat);
    assert_int_equal(aic_model_input_count(model), 2);
    assert_string_equal(aic_model_input_name(model, 1), "chat.utilization");
    assert_string_equal(aic_model_input_unit(model, 0), "visit/day");
    assert_near(aic_model_input_value(model, 0), 6e7);
    assert_near(aic_model_input_value(model, 1), 0.32);
    assert_int_equal(aic_model_output_count(model), 6);
    assert_string_equal(aic_model_output_name(model, 2), "growing[2024]");
    assert_string_equal(aic_model_output_name(model, 5), "growing[2027]");
    assert_string_equal(aic_model_output_unit(model, 1), "USD");
    assert_string_equal(aic_model_input_name(model, 9), "");
    assert_string_equal(aic_model_output_unit(NULL, 0), "");
    aic_model_unref(model);
}

static void one_evaluation_gives_all_outputs(void **state) {
    (void)state;
    aic_model *model = compile(chat);
    double in[2] = {3e7, 0.5}, out[6];
    assert_int_equal(aic_model_evaluate(model, in, out, NULL), AIC_OK);
    assert_near(out[0], servers(3e7, 0.5));
    assert_near(out[1], servers(3e7, 0.5) * 29000);
    assert_near(out[5], 8);
    aic_model_unref(model);
}

static void a_batch_equals_single_evaluations_bit_for_bit(void **state) {
    (void)state;
    enum { COUNT = 1333 };
    static double visits[COUNT], utilization[COUNT], column[6][COUNT];
    const double *in[] = {visits, utilization};
    double *out[] = {column[0], column[1], column[2], column[3], column[4], column[5]};
    aic_model *model = compile(chat);
    for (int i = 0; i < COUNT; i++) {
        visits[i] = 1e6 + 7919.0 * i;
        utilization[i] = 0.1 + 0.0005 * i;
    }
    assert_int_equal(aic_model_evaluate_batch(model, COUNT, in, out, NULL, NULL), AIC_OK);
    for (int i = 0; i < COUNT; i++) {
        double single[2] = {visits[i], utilization[i]}, values[6];
        assert_int_equal(aic_model_evaluate(model, single, values, NULL), AIC_OK);
        for (int j = 0; j < 6; j++) {
            assert_memory_equal(&values[j], &column[j][i], sizeof(double));
        }
    }
    assert_int_equal(aic_model_evaluate_batch(model, 0, in, out, NULL, NULL), AIC_OK);
    aic_model_unref(model);
}

static void what_is_not_finite_is_counted_and_explained(void **state) {
    (void)state;
    double visits[3] = {1e6, 1e6, 1e6}, utilization[3] = {0.5, 0, 0}, column[6][3];
    const double *in[] = {visits, utilization};
    double *out[] = {column[0], column[1], column[2], column[3], column[4], column[5]};
    uint64_t bad[6];
    aic_batch_options options = {.size = sizeof options, .not_finite = bad};
    aic_report *report = aic_report_new(NULL);
    aic_model *model = compile(chat);
    assert_int_equal(aic_model_evaluate_batch(model, 3, in, out, &options, report), AIC_OK);
    assert_int_equal(bad[0], 2);
    assert_int_equal(bad[5], 0);
    assert_int_equal(aic_report_severity(report, 0), AIC_SEVERITY_WARNING);
    assert_contains(aic_report_notes(report, 0), "2 of 3");
    double single[2] = {1e6, 0}, values[6] = {0};
    assert_int_equal(aic_model_evaluate(model, single, values, report), AIC_ERROR_DOMAIN);
    assert_true(isinf(values[0]));
    assert_contains(aic_report_message(report, 0), "finite");
    aic_model_unref(model);
    aic_report_free(report);
}

static void a_batch_stops_when_told(void **state) {
    (void)state;
    double visits[10] = {0}, utilization[10] = {0}, column[6][10];
    const double *in[] = {visits, utilization};
    double *out[] = {column[0], column[1], column[2], column[3], column[4], column[5]};
    uint32_t cancel = 1;
    uint64_t progress = 77;
    aic_batch_options options = {.size = sizeof options, .cancel = &cancel, .progress = &progress};
    aic_model *model = compile(chat);
    aic_report *report = aic_report_new(NULL);
    assert_int_equal(aic_model_evaluate_batch(model, 10, in, out, &options, report), AIC_ERROR_CANCELLED);
    assert_int_equal(aic_report_code(report, 0), 104);
    aic_report_free(report);
    cancel = 0;
    assert_int_equal(aic_model_evaluate_batch(model, 10, in, out, &options, NULL), AIC_OK);
    assert_int_equal(progress, 10);
    assert_int_equal(aic_model_evaluate_batch(model, 0, NULL, NULL, &options, NULL), AIC_OK);
    assert_int_equal(progress, 0);
    aic_model_unref(model);
}

/** Columns that cannot be, and the status that says so. */
struct refusal {
    const char *name, *unit;
    aic_status status;
};

static void columns_that_cannot_vary_are_refused(void **state) {
    (void)state;
    static const struct refusal refusals[] = {
        {"visit", NULL, AIC_ERROR_NAME},          {"chat.servers", NULL, AIC_ERROR_UNSUPPORTED},
        {"growing", NULL, AIC_ERROR_UNSUPPORTED}, {"visits", "USD", AIC_ERROR_UNIT},
        {"visits", "visitt", AIC_ERROR_UNIT},     {NULL, NULL, AIC_ERROR_ARGUMENT},
        {"visits[2024]", NULL, AIC_ERROR_DOMAIN}, {"visits[", NULL, AIC_ERROR_NAME},
    };
    aic_scenario *scenario = load(chat);
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        aic_column column = {refusals[i].name, refusals[i].unit};
        aic_model_options options = {.size = sizeof options, .inputs = &column, .input_count = 1};
        aic_model *model = NULL;
        assert_int_equal(aic_model_compile(scenario, &options, &model, NULL), refusals[i].status);
        assert_null(model);
    }
    aic_scenario_free(scenario);
}

static void one_year_of_a_series_is_a_column(void **state) {
    (void)state;
    aic_scenario *scenario = load(chat);
    const aic_column wanted[] = {{"growing[2026]", NULL}};
    aic_model_options options = {.size = sizeof options, .outputs = wanted, .output_count = 1};
    aic_model *model = NULL;
    double value = 0;
    assert_int_equal(aic_model_compile(scenario, &options, &model, NULL), AIC_OK);
    assert_int_equal(aic_model_evaluate(model, NULL, &value, NULL), AIC_OK);
    assert_near(value, 4);
    aic_model_unref(model);
    const aic_column outside[] = {{"growing[2031]", NULL}};
    options.outputs = outside;
    assert_int_equal(aic_model_compile(scenario, &options, &model, NULL), AIC_ERROR_DOMAIN);
    aic_scenario_free(scenario);
}

static void an_uncertain_input_may_be_overridden(void **state) {
    (void)state;
    aic_scenario *scenario = load("aicompute: 1\nassumptions:\n  visits: 4e7 to 9e7 visit/day\ncalculations:\n  twice: visits * 2\n");
    const aic_column varying = {"visits", "visit/day"};
    const aic_column wanted = {"twice", "visit/day"};
    aic_model_options options = {.size = sizeof options, .inputs = &varying, .input_count = 1, .outputs = &wanted, .output_count = 1};
    aic_model *model = NULL;
    double in = 5, out = 0;
    assert_int_equal(aic_model_compile(scenario, &options, &model, NULL), AIC_OK);
    assert_near(aic_model_input_value(model, 0), 6e7);
    assert_int_equal(aic_model_evaluate(model, &in, &out, NULL), AIC_OK);
    assert_near(out, 10);
    aic_model_unref(model);
    options.input_count = 0;
    options.inputs = NULL;
    assert_int_equal(aic_model_compile(scenario, &options, &model, NULL), AIC_OK);
    assert_int_equal(aic_model_evaluate(model, NULL, &out, NULL), AIC_OK);
    assert_near(out, 1.2e8);
    aic_model_unref(model);
    aic_scenario_free(scenario);
}

static void parameters_that_make_no_distribution_are_refused(void **state) {
    (void)state;
    aic_scenario *scenario = load("aicompute: 1\ntimeline: 2024..2025\nassumptions: {s: {series: {2024: 1, 2025: 2}}, none: sum(s) - 3, a: "
                                  "'normal(1, none)'}\ncalculations: {b: 2 * a}\n");
    aic_report *report = aic_report_new(NULL);
    aic_model *model = NULL;
    assert_int_equal(aic_model_compile(scenario, NULL, &model, report), AIC_ERROR_DOMAIN);
    assert_null(model);
    assert_int_equal(aic_report_code(report, 0), 705);
    aic_report_free(report);
    aic_scenario_free(scenario);
}

static void mistakes_of_the_programmer_are_refused(void **state) {
    (void)state;
    aic_model *model = compile(chat);
    aic_text *text = NULL;
    double in[2] = {1, 1}, out[6];
    const double *columns[] = {in, NULL};
    double *results[] = {out, out, out, out, out, out};
    aic_batch_options wrong = {.size = 1};
    assert_int_equal(aic_model_evaluate(NULL, in, out, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_model_evaluate(model, NULL, out, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_model_evaluate(model, in, NULL, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_model_evaluate_batch(model, 1, columns, results, NULL, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_model_evaluate_batch(model, 1, columns, results, &wrong, NULL), AIC_ERROR_ARGUMENT);
    aic_model *none = model;
    assert_int_equal(aic_model_compile(NULL, NULL, &none, NULL), AIC_ERROR_ARGUMENT);
    assert_null(none);
    assert_int_equal(aic_model_text(model, &text, NULL), AIC_OK);
    assert_contains(aic_text_bytes(text), "each:");
    aic_text_free(text);
    aic_model_unref(model);
    aic_model_unref(NULL);
    assert_null(aic_model_ref(NULL));
}

/** What one thread of several does with the model that they share. */
struct work {
    aic_model *model;
    double first, sum;
};

static void *run_alone(void *argument) {
    struct work *work = argument;
    for (int i = 0; i < 2000; i++) {
        double in[2] = {work->first + i, 0.4}, out[6];
        aic_model *shared = aic_model_ref(work->model);
        if (aic_model_evaluate(shared, in, out, NULL) == AIC_OK) {
            work->sum += out[0];
        }
        aic_model_unref(shared);
    }
    return NULL;
}

static void threads_share_a_model(void **state) {
    (void)state;
    struct work work[8], alone;
    pthread_t thread[8];
    aic_model *model = compile(chat);
    for (int i = 0; i < 8; i++) {
        work[i] = (struct work){model, 1e6 * (i + 1), 0};
        assert_int_equal(pthread_create(&thread[i], NULL, run_alone, &work[i]), 0);
    }
    for (int i = 0; i < 8; i++) {
        pthread_join(thread[i], NULL);
        alone = (struct work){model, 1e6 * (i + 1), 0};
        run_alone(&alone);
        assert_memory_equal(&alone.sum, &work[i].sum, sizeof(double));
    }
    aic_model_unref(model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_model_knows_its_columns),
        cmocka_unit_test(one_evaluation_gives_all_outputs),
        cmocka_unit_test(a_batch_equals_single_evaluations_bit_for_bit),
        cmocka_unit_test(what_is_not_finite_is_counted_and_explained),
        cmocka_unit_test(a_batch_stops_when_told),
        cmocka_unit_test(columns_that_cannot_vary_are_refused),
        cmocka_unit_test(one_year_of_a_series_is_a_column),
        cmocka_unit_test(an_uncertain_input_may_be_overridden),
        cmocka_unit_test(parameters_that_make_no_distribution_are_refused),
        cmocka_unit_test(mistakes_of_the_programmer_are_refused),
        cmocka_unit_test(threads_share_a_model),
    };
    return cmocka_run_group_tests_name("model", tests, NULL, NULL);
}
