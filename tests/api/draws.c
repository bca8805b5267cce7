/* SPDX-License-Identifier: MIT */
/* Draws that are kept, and their histograms: they are those that the statistics come from, in the unit of the result, the same bits
 * whatever the threads. */
#include "support.h"
#include <math.h>

static const char FLEET[] = "aicompute: 1\n"
                            "timeline: 2024..2026\n"
                            "assumptions:\n"
                            "  visits: 4e7 to 9e7 visit/day\n"
                            "  price: 29000 ± 3000 USD/server\n"
                            "  share: uniform(20 %, 50 %)\n"
                            "  fixed: 10 query/visit\n"
                            "models:\n"
                            "  m: {kind: training, parameters: 1B to 2B, tokens: 1T token, accelerators: 100, accelerator_peak: 300 "
                            "TFLOP/s/accelerator, utilization: share}\n"
                            "calculations:\n"
                            "  queries: visits * fixed\n"
                            "  sure: fixed * 2\n"
                            "  broken: ln(share - 30 %)\n"
                            "  spent: price * (1 + 0.1 * (year - 2024))\n";

static aic_result *sample(const char *const *names, size_t count, const aic_sample_options *options) {
    aic_scenario *scenario = load(FLEET);
    aic_result *result = NULL;
    assert_int_equal(aic_scenario_sample(scenario, names, count, options, &result, NULL), AIC_OK);
    aic_scenario_free(scenario);
    return result;
}

static size_t column_named(const aic_result *result, const char *name, const char *statistic) {
    for (size_t i = 0; i < aic_result_column_count(result); i++)
        if (strcmp(aic_result_column(result, i, AIC_COLUMN_NAME), name) == 0 &&
            strcmp(aic_result_column(result, i, AIC_COLUMN_STATISTIC), statistic) == 0)
            return i;
    fail_msg("there is no column %s %s", name, statistic);
    return 0;
}

static int compare(const void *a, const void *b) {
    const double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/** Between order statistics, type 7 of Hyndman and Fan. */
static double quantile_of(const double *values, size_t count, double probability) {
    double *sorted = malloc(count * sizeof *sorted);
    memcpy(sorted, values, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare);
    double rank = probability * (double)(count - 1), found = sorted[(size_t)rank];
    if (rank > floor(rank))
        found += (rank - floor(rank)) * (sorted[(size_t)rank + 1] - found);
    free(sorted);
    return found;
}

static void expect_statistics_of(const aic_result *result, const char *name) {
    size_t index = 0, column = column_named(result, name, "");
    const double *values = aic_result_column_values(result, column);
    double sum = 0;
    static const double probability[] = {0.05, 0.5, 0.95};
    assert_int_equal(aic_result_find(result, name, &index, NULL), AIC_OK);
    assert_string_equal(aic_result_column(result, column, AIC_COLUMN_UNIT), aic_result_quantity(result, index, AIC_QUANTITY_UNIT));
    for (size_t i = 0; i < aic_result_row_count(result); i++)
        sum += values[i];
    assert_true(fabs(sum / (double)aic_result_row_count(result) / aic_result_statistic(result, index, 0, AIC_STATISTIC_MEAN, 0) - 1) <
                1e-12);
    for (size_t i = 0; i < 3; i++) {
        double from_draws = quantile_of(values, aic_result_row_count(result), probability[i]),
               said = aic_result_statistic(result, index, 0, AIC_STATISTIC_QUANTILE, i);
        assert_true(fabs(from_draws / said - 1) < 4e-16); /* the same order statistics; a unit may round what is between them once more */
    }
}

static void they_are_what_the_statistics_come_from(void **state) {
    (void)state;
    for (int method = 0; method < 2; method++) {
        const aic_sample_options options = {
            .size = sizeof options, .samples = 40000, .seed = 3, .method = method, .threads = 2, .keep_draws = 1};
        aic_result *result = sample(NULL, 0, &options);
        assert_int_equal(aic_result_row_count(result), method == AIC_METHOD_MONTE_CARLO ? 40000u : 65536u);
        assert_int_equal(aic_result_row_count(result), aic_result_samples(result));
        expect_statistics_of(result, "queries");
        expect_statistics_of(result, "m.duration");
        aic_result_unref(result);
    }
}

static void a_quantile_at_a_draw_is_that_draw(void **state) {
    (void)state;
    const double probabilities[] = {0.25, 0.5, 0.75}; /* of 40 001 draws: whole ranks */
    const aic_sample_options options = {.size = sizeof options,
                                        .samples = 40001,
                                        .method = AIC_METHOD_MONTE_CARLO,
                                        .keep_draws = 1,
                                        .quantiles = probabilities,
                                        .quantile_count = 3};
    aic_result *result = sample(NULL, 0, &options);
    static const char *const names[] = {"queries", "m.duration", "m.compute"};
    for (size_t k = 0; k < 3; k++) {
        size_t index = 0;
        const double *values = aic_result_column_values(result, column_named(result, names[k], ""));
        assert_int_equal(aic_result_find(result, names[k], &index, NULL), AIC_OK);
        for (size_t i = 0; i < 3; i++)
            assert_true(quantile_of(values, 40001, probabilities[i]) == aic_result_statistic(result, index, 0, AIC_STATISTIC_QUANTILE, i));
    }
    aic_result_unref(result);
}

static void expect_same_tables(const aic_result *a, const aic_result *b) {
    assert_int_equal(aic_result_row_count(a), aic_result_row_count(b));
    assert_int_equal(aic_result_column_count(a), aic_result_column_count(b));
    assert_true(aic_result_column_count(a) > 0);
    for (size_t i = 0; i < aic_result_column_count(a); i++) {
        assert_string_equal(aic_result_column(a, i, AIC_COLUMN_NAME), aic_result_column(b, i, AIC_COLUMN_NAME));
        assert_memory_equal(aic_result_column_values(a, i), aic_result_column_values(b, i), aic_result_row_count(a) * sizeof(double));
    }
}

static void threads_change_no_bit(void **state) {
    (void)state;
    const char *const names[] = {"queries", "spent", "m.duration"}; /* a NaN has no bits that are promised */
    for (int method = 0; method < 2; method++)
        for (uint32_t cells = 0; cells <= 20; cells += 20) {
            aic_sample_options options = {.size = sizeof options,
                                          .samples = 100000,
                                          .seed = UINT64_MAX,
                                          .method = method,
                                          .keep_draws = cells == 0,
                                          .histogram = cells};
            aic_result *one = sample(names, 3, &options);
            for (options.threads = 2; options.threads <= 64; options.threads *= 4) {
                aic_result *many = sample(names, 3, &options);
                expect_same_tables(one, many);
                aic_result_unref(many);
            }
            aic_result_unref(one);
        }
}

static void what_is_asked_for_has_columns(void **state) {
    (void)state;
    static const char *const names[] = {"visits", "spent", "sure"};
    const aic_sample_options options = {.size = sizeof options, .samples = 128, .keep_draws = 1};
    aic_result *result = sample(names, 3, &options);
    assert_int_equal(aic_result_column_count(result), 4); /* what is certain has none */
    assert_string_equal(aic_result_column(result, 0, AIC_COLUMN_NAME), "visits");
    const double *first = aic_result_column_values(result, column_named(result, "spent[2024]", ""));
    const double *last = aic_result_column_values(result, column_named(result, "spent[2026]", ""));
    for (size_t i = 0; i < 128; i++)
        assert_true(fabs(last[i] / first[i] - 1.2) < 1e-15 * 4); /* one draw for all years */
    assert_string_equal(aic_result_row(result, 0, AIC_ROW_NAME), "");
    aic_result_unref(result);
}

static void draws_that_are_not_finite_keep_their_rows(void **state) {
    (void)state;
    const char *const name = "broken";
    const aic_sample_options options = {.size = sizeof options, .samples = 65536, .keep_draws = 1};
    aic_result *result = sample(&name, 1, &options);
    size_t index = 0, amiss = 0;
    const double *values = aic_result_column_values(result, 0);
    for (size_t i = 0; i < aic_result_row_count(result); i++)
        amiss += isfinite(values[i]) ? 0 : 1;
    assert_int_equal(aic_result_find(result, name, &index, NULL), AIC_OK);
    assert_true((double)amiss == aic_result_statistic(result, index, 0, AIC_STATISTIC_NOT_FINITE, 0));
    assert_true(amiss > 0);
    aic_result_unref(result);
}

static void a_histogram_counts_the_draws(void **state) {
    (void)state;
    const char *const names[] = {"queries", "broken"};
    aic_sample_options options = {.size = sizeof options, .samples = 65536, .histogram = 32};
    aic_result *cells = sample(names, 2, &options);
    options.histogram = 0;
    options.keep_draws = 1;
    aic_result *draws = sample(names, 2, &options);
    assert_int_equal(aic_result_row_count(cells), 32);
    assert_int_equal(aic_result_column_count(cells), 6);
    const double *values = aic_result_column_values(draws, 0);
    for (size_t k = 0; k < 32; k++) {
        double from = aic_result_column_values(cells, column_named(cells, "queries", "from"))[k],
               to = aic_result_column_values(cells, column_named(cells, "queries", "to"))[k];
        size_t found = 0;
        for (size_t i = 0; i < aic_result_row_count(draws); i++)
            found += values[i] >= from && (values[i] < to || (k == 31 && values[i] == to));
        assert_true((double)found == aic_result_column_values(cells, column_named(cells, "queries", "count"))[k]);
    }
    double finite = 0;
    for (size_t k = 0; k < 32; k++)
        finite += aic_result_column_values(cells, column_named(cells, "broken", "count"))[k];
    size_t index = 0;
    assert_int_equal(aic_result_find(cells, "broken", &index, NULL), AIC_OK);
    assert_true(finite == 65536 - aic_result_statistic(cells, index, 0, AIC_STATISTIC_NOT_FINITE, 0));
    aic_result_unref(cells);
    aic_result_unref(draws);
}

static char *text_of(const aic_result *result, int format) {
    const aic_text_options options = {.size = sizeof options, .format = format};
    aic_text *text = NULL;
    assert_int_equal(aic_result_text(result, &options, &text, NULL), AIC_OK);
    char *copy = strdup(aic_text_bytes(text));
    aic_text_free(text);
    return copy;
}

static void draws_are_written_as_their_table(void **state) {
    (void)state;
    const char *const name = "spent";
    const aic_sample_options options = {.size = sizeof options, .samples = 128, .keep_draws = 1};
    aic_result *result = sample(&name, 1, &options);
    char *csv = text_of(result, AIC_FORMAT_CSV), *line = csv;
    static const char head[] = "spent[2024] [USD/server],spent[2025] [USD/server],spent[2026] [USD/server]\r\n";
    assert_memory_equal(csv, head, sizeof head - 1);
    line += sizeof head - 1;
    for (size_t i = 0; i < 128; i++, line = strchr(line, '\n') + 1)
        assert_true(strtod(line, NULL) == aic_result_column_values(result, 0)[i]);
    assert_int_equal(*line, '\0');
    char *json = text_of(result, AIC_FORMAT_JSON);
    assert_contains(json, "\"samples\": 128");
    assert_contains(json, "{\"kind\": \"draws\"");
    free(csv);
    free(json);
    aic_result_unref(result);
}

static void a_histogram_is_written_as_bars(void **state) {
    (void)state;
    const char *const name = "queries";
    const aic_sample_options options = {.size = sizeof options, .samples = 4096, .histogram = 12};
    aic_result *result = sample(&name, 1, &options);
    for (int format = AIC_FORMAT_TEXT; format <= AIC_FORMAT_MARKDOWN; format += AIC_FORMAT_MARKDOWN) {
        char *text = text_of(result, format);
        size_t bars = 0;
        for (const char *at = text; (at = strstr(at, "█ ")) != NULL; at++)
            bars++;
        assert_true(bars >= 1 && bars <= 12);
        assert_contains(text, "████████████████████████████████████████ "); /* the fullest cell */
        assert_contains(text, "4096 draws");
        free(text);
    }
    aic_result_unref(result);
}

static void what_is_certain_has_no_draws(void **state) {
    (void)state;
    const char *const name = "sure";
    for (uint32_t cells = 0; cells <= 20; cells += 20) {
        const aic_sample_options options = {.size = sizeof options, .keep_draws = cells == 0, .histogram = cells};
        aic_result *result = sample(&name, 1, &options);
        assert_int_equal(aic_result_row_count(result), 0);
        assert_int_equal(aic_result_column_count(result), 0);
        for (int format = AIC_FORMAT_TEXT; format <= AIC_FORMAT_MARKDOWN; format++) {
            char *text = text_of(result, format);
            assert_true(format == AIC_FORMAT_CSV || strstr(text, "uncertain") != NULL);
            free(text);
        }
        aic_result_unref(result);
    }
}

static void more_than_can_be_kept_is_refused_before_it_is_drawn(void **state) {
    (void)state;
    const char *const name = "queries";
    aic_scenario *scenario = load(FLEET);
    aic_report *report = aic_report_new(NULL);
    aic_result *result = NULL;
    for (uint32_t cells = 0; cells <= 20; cells += 20) {
        const aic_sample_options options = {
            .size = sizeof options, .samples = UINT64_C(1) << 32, .keep_draws = cells == 0, .histogram = cells};
        assert_int_equal(aic_scenario_sample(scenario, &name, 1, &options, &result, report), AIC_ERROR_LIMIT);
        assert_null(result);
        assert_int_equal(aic_report_code(report, 0), 712);
        assert_contains(aic_report_message(report, 0), "4294967296 draws of 1 values cannot be kept: at most 134217728 can");
        aic_report_clear(report);
    }
    aic_report_free(report);
    aic_scenario_free(scenario);
}

static void it_can_be_stopped(void **state) {
    (void)state;
    const volatile uint32_t stop = 1;
    const aic_sample_options options = {.size = sizeof options, .cancel = &stop, .keep_draws = 1};
    aic_scenario *scenario = load(FLEET);
    aic_result *result = (aic_result *)&stop;
    assert_int_equal(aic_scenario_sample(scenario, NULL, 0, &options, &result, NULL), AIC_ERROR_CANCELLED);
    assert_null(result);
    aic_scenario_free(scenario);
}

static void other_questions_keep_no_draws(void **state) {
    (void)state;
    const aic_sample_options keep = {.size = sizeof keep, .keep_draws = 1}, cells = {.size = sizeof cells, .histogram = 20};
    const aic_sample_options both = {.size = sizeof both, .keep_draws = 1, .histogram = 20},
                             many = {.size = sizeof many, .histogram = 1025};
    aic_scenario *scenario = load(FLEET);
    aic_result *result = NULL;
    aic_part *part = NULL;
    assert_int_equal(aic_scenario_sample(scenario, NULL, 0, &both, &result, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_sample(scenario, NULL, 0, &many, &result, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_check(scenario, &keep, &result, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_sample_part(scenario, NULL, 0, &cells, &part, NULL), AIC_ERROR_ARGUMENT);
    assert_null(result);
    assert_null(part);
    aic_scenario_free(scenario);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_are_what_the_statistics_come_from),
        cmocka_unit_test(a_quantile_at_a_draw_is_that_draw),
        cmocka_unit_test(threads_change_no_bit),
        cmocka_unit_test(what_is_asked_for_has_columns),
        cmocka_unit_test(draws_that_are_not_finite_keep_their_rows),
        cmocka_unit_test(a_histogram_counts_the_draws),
        cmocka_unit_test(draws_are_written_as_their_table),
        cmocka_unit_test(a_histogram_is_written_as_bars),
        cmocka_unit_test(what_is_certain_has_no_draws),
        cmocka_unit_test(more_than_can_be_kept_is_refused_before_it_is_drawn),
        cmocka_unit_test(it_can_be_stopped),
        cmocka_unit_test(other_questions_keep_no_draws),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
