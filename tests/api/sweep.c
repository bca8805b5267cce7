/* SPDX-License-Identifier: MIT */
/* Sweeping through the public interface: grids, lists, rows of CSV, statistics by common draws, points that are amiss, what is refused. */
#include "support.h"

/* Numbers of messages (lib/base/codes.h). */
enum {
    EXPR_SCALE = 403,
    RANGE = 821,
    RANGE_UNITS = 822,
    SOLVE_REPLACED = 827,
    SWEEP_AXIS = 830,
    SWEEP_TWICE = 831,
    LIMIT_POINTS = 832,
    ROWS = 833,
    POINTS_AMISS = 834
};

static const char PLANT[] = "aicompute: 1\n"
                            "timeline: 2024..2026\n"
                            "assumptions:\n"
                            "  price: 2 USD/server-hour\n"
                            "  share: 30 % to 42 %\n"
                            "  hours: 1e6 server-hour\n"
                            "  a: 3\n"
                            "  low: 1 USD\n"
                            "  high: 5 USD\n"
                            "  z: uniform(low, high)\n"
                            "  rate: {2024: 10, 2025: 20, 2026: 30}\n"
                            "calculations:\n"
                            "  cost: price * hours\n"
                            "  used: price * hours / share\n"
                            "  pole: 1 / (a - 5)\n"
                            "  twice: z * 2\n"
                            "  scaled: rate * a\n";

static aic_result *sweep_as(const char *text, const aic_sweep_options *options, aic_status expected, aic_report *report) {
    aic_scenario *scenario = load(text);
    aic_result *result = NULL;
    aic_status status = aic_scenario_sweep(scenario, options, &result, report);
    aic_scenario_free(scenario);
    return answered(expected, status, result, report);
}

/** Sweeps axes written as "name=range"; the last one is NULL. */
static aic_sweep_options options_of(aic_sweep_axis *axes, const char *const *name) {
    return (aic_sweep_options){.size = sizeof(aic_sweep_options),
                               .axes = axes,
                               .axis_count = axes[1].name != NULL ? 2 : 1,
                               .names = name,
                               .name_count = name != NULL};
}

static aic_result *sweep(const char *name, const char *range, const char *second, const char *other, const char *wanted) {
    aic_sweep_axis axes[2] = {{.name = name, .range = range}, {.name = second, .range = other}};
    const aic_sweep_options options = options_of(axes, wanted != NULL ? &wanted : NULL);
    return sweep_as(PLANT, &options, AIC_OK, NULL);
}

static int refusal(const char *name, const char *range, const char *second, const char *other, const char *wanted) {
    aic_report *report = aic_report_new(NULL);
    aic_sweep_axis axes[2] = {{.name = name, .range = range}, {.name = second, .range = other}};
    const aic_sweep_options options = options_of(axes, wanted != NULL ? &wanted : NULL);
    aic_scenario *scenario = load(PLANT);
    aic_result *result = (aic_result *)scenario;
    assert_int_not_equal(aic_scenario_sweep(scenario, &options, &result, report), AIC_OK);
    assert_null(result);
    int code = aic_report_code(report, 0);
    aic_scenario_free(scenario);
    aic_report_free(report);
    return code;
}

static void expect_column(const aic_result *result, size_t column, const char *name, const char *unit, const double *values) {
    assert_string_equal(aic_result_column(result, column, AIC_COLUMN_NAME), name);
    assert_string_equal(aic_result_column(result, column, AIC_COLUMN_UNIT), unit);
    for (size_t i = 0; i < aic_result_row_count(result); i++) {
        if (isnan(values[i])) {
            assert_true(isnan(aic_result_column_values(result, column)[i]));
        } else {
            assert_near(aic_result_column_values(result, column)[i], values[i]);
        }
    }
}

static void a_range_has_even_points(void **state) {
    (void)state;
    aic_result *result = sweep("a", "1..3:5", NULL, NULL, "scaled[2025]");
    assert_int_equal(aic_result_row_count(result), 5);
    assert_int_equal(aic_result_column_count(result), 2);
    expect_column(result, 0, "a", "1", (double[]){1, 1.5, 2, 2.5, 3});
    expect_column(result, 1, "scaled[2025]", "1", (double[]){20, 30, 40, 50, 60});
    aic_result_unref(result);
    result = sweep("a", "7..3:1", NULL, NULL, "scaled[2025]");
    expect_column(result, 0, "a", "1", (double[]){7});
    aic_result_unref(result);
    result = sweep("a", "2 .. -2 : 3", NULL, NULL, "scaled[2025]");
    expect_column(result, 0, "a", "1", (double[]){2, 0, -2});
    aic_result_unref(result);
}

static void a_range_may_be_logarithmic(void **state) {
    (void)state;
    static const char *const ranges[] = {"1..1000:4 log", "1..1000:4log", "10^0..1e3:4 log"};
    for (int i = 0; i < 3; i++) {
        aic_result *result = sweep("a", ranges[i], NULL, NULL, "scaled[2024]");
        expect_column(result, 0, "a", "1", (double[]){1, 10, 100, 1000});
        aic_result_unref(result);
    }
}

static void a_list_has_values_with_units(void **state) {
    (void)state;
    aic_result *result = sweep("price", "1 USD/server-hour, 86400 USD/server-day,min(3, 4) * 1 USD/server-hour", NULL, NULL, "cost");
    expect_column(result, 1, "cost", "USD", (double[]){1e6, 3.6e9, 3e6});
    aic_result_unref(result);
}

static void plain_numbers_take_the_unit_of_what_stands_beside_them(void **state) {
    (void)state;
    static const char *const lists[] = {"1, 2, 4 USD/server-hour", "1 USD/server-hour,2,4", "1,$2/server-hour,4 USD/server-hour",
                                        "1,min(2, 3) * 1 USD/server-hour,4 USD/server-hour"};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        aic_result *result = sweep("price", lists[i], NULL, NULL, "cost");
        expect_column(result, 1, "cost", "USD", (double[]){1e6, 2e6, 4e6});
        aic_result_unref(result);
    }
    static const char *const ranges[] = {"30..40 %:3", "30 %..40:3", "0.3..0.4:3"};
    for (size_t i = 0; i < 3; i++) {
        aic_result *result = sweep("share", ranges[i], NULL, NULL, "used");
        expect_column(result, 1, "used", "USD", (double[]){2e6 / 0.3, 2e6 / 0.35, 2e6 / 0.4});
        aic_result_unref(result);
    }
    aic_result *result = sweep("hours", "1_000, 20, 300 server-hour", NULL, NULL, "cost");
    expect_column(result, 1, "cost", "USD", (double[]){2000, 40, 600});
    aic_result_unref(result);
}

static void a_grid_has_every_value_with_every_other(void **state) {
    (void)state;
    aic_result *result = sweep("a", "1,2", "rate[2026]", "5,6,7", "scaled[2026]");
    assert_int_equal(aic_result_row_count(result), 6);
    expect_column(result, 0, "a", "1", (double[]){1, 1, 1, 2, 2, 2});
    expect_column(result, 1, "rate[2026]", "1", (double[]){5, 6, 7, 5, 6, 7});
    expect_column(result, 2, "scaled[2026]", "1", (double[]){5, 6, 7, 10, 12, 14});
    aic_result_unref(result);
}

static void a_series_has_a_column_a_year(void **state) {
    (void)state;
    aic_result *result = sweep("a", "1,2", NULL, NULL, "scaled");
    assert_int_equal(aic_result_column_count(result), 4);
    expect_column(result, 3, "scaled[2026]", "1", (double[]){30, 60});
    aic_result_unref(result);
    result = sweep("rate", "5,6", NULL, NULL, "pole");
    expect_column(result, 0, "rate", "1", (double[]){5, 6});
    aic_result_unref(result);
}

static void without_names_what_moves_is_shown(void **state) {
    (void)state;
    aic_result *result = sweep("a", "1,2", NULL, NULL, NULL);
    assert_int_equal(aic_result_column_count(result), 5);
    assert_string_equal(aic_result_column(result, 1, AIC_COLUMN_NAME), "pole");
    aic_result_unref(result);
}

static void numbers_may_be_given_with_a_unit(void **state) {
    (void)state;
    const double prices[] = {1, 2, 3}, shares[] = {50, 40, 20};
    const char *const names[] = {"cost", "used"};
    const aic_sweep_axis axes[] = {{.name = "price", .values = prices, .count = 3, .unit = "USD/server-hour"},
                                   {.name = "share", .values = shares, .count = 3, .unit = "%"}};
    const aic_sweep_options options = {
        .size = sizeof options, .axes = axes, .axis_count = 2, .together = 1, .names = names, .name_count = 2};
    aic_report *report = aic_report_new(NULL);
    aic_result *result = sweep_as(PLANT, &options, AIC_OK, report);
    assert_int_equal(aic_result_row_count(result), 3);
    expect_column(result, 1, "share", "1", (double[]){0.5, 0.4, 0.2});
    expect_column(result, 2, "cost", "USD", (double[]){1e6, 2e6, 3e6});
    expect_column(result, 3, "used", "USD", (double[]){2e6, 5e6, 15e6});
    assert_int_equal(aic_result_samples(result), 0);
    assert_int_equal(aic_report_code(report, 0), SOLVE_REPLACED);
    aic_result_unref(result);
    aic_report_free(report);
}

/** What sampling alone says with one assumption set. */
static double sampled(const char *set, const char *expression, const char *name, aic_statistic which, size_t quantile,
                      const aic_sample_options *options) {
    aic_scenario *scenario = load(PLANT);
    aic_result *result = NULL;
    size_t index;
    assert_int_equal(aic_scenario_set(scenario, set, expression, NULL), AIC_OK);
    assert_int_equal(aic_scenario_sample(scenario, &name, 1, options, &result, NULL), AIC_OK);
    assert_int_equal(aic_result_find(result, name, &index, NULL), AIC_OK);
    double value = aic_result_statistic(result, index, 0, which, quantile);
    aic_result_unref(result);
    aic_scenario_free(scenario);
    return value;
}

static void statistics_are_those_of_sampling_on_any_number_of_threads(void **state) {
    (void)state;
    static const char *const highs[] = {"3 USD", "5 USD", "9 USD"};
    static const char *const statistics[] = {"mean", "p5", "p50", "p95"};
    const char *name = "twice";
    const aic_sweep_axis axis = {.name = "high", .range = "3 USD, 5 USD, 9 USD"};
    for (uint32_t threads = 1; threads <= 8; threads += threads == 1 ? 1 : 6) {
        const aic_sample_options sampling = {.size = sizeof sampling, .samples = 4096, .seed = 5, .threads = threads};
        const aic_sweep_options options = {
            .size = sizeof options, .axes = &axis, .axis_count = 1, .names = &name, .name_count = 1, .sampling = &sampling};
        aic_result *result = sweep_as(PLANT, &options, AIC_OK, NULL);
        assert_int_equal(aic_result_column_count(result), 5);
        assert_int_equal(aic_result_samples(result), 4096);
        for (size_t k = 0; k < 4; k++) {
            assert_string_equal(aic_result_column(result, 1 + k, AIC_COLUMN_STATISTIC), statistics[k]);
            for (size_t i = 0; i < 3; i++) {
                double alone =
                    sampled("high", highs[i], "twice", k == 0 ? AIC_STATISTIC_MEAN : AIC_STATISTIC_QUANTILE, k == 0 ? 0 : k - 1, &sampling);
                assert_true(aic_result_column_values(result, 1 + k)[i] == alone);
            }
        }
        aic_result_unref(result);
    }
}

static void points_are_as_setting_and_evaluating_to_the_last_bit(void **state) {
    (void)state;
    aic_result *result = sweep("a", "0.1..7.3:97", NULL, NULL, "scaled[2026]");
    for (size_t i = 0; i < 97; i++) {
        char text[40];
        snprintf(text, sizeof text, "%.17g", aic_result_column_values(result, 0)[i]);
        aic_scenario *scenario = load(PLANT);
        assert_int_equal(aic_scenario_set(scenario, "a", text, NULL), AIC_OK);
        aic_result *alone = evaluate(scenario);
        size_t index;
        assert_int_equal(aic_result_find(alone, "scaled", &index, NULL), AIC_OK);
        assert_true(aic_result_values(alone, index)[2] == aic_result_column_values(result, 1)[i]);
        aic_result_unref(alone);
        aic_scenario_free(scenario);
    }
    aic_result_unref(result);
}

static void what_is_amiss_is_no_number_and_is_said(void **state) {
    (void)state;
    aic_report *report = aic_report_new(NULL);
    const char *pole = "pole", *capex = "chat.capex";
    aic_sweep_axis axes[2] = {{.name = "a", .range = "3..7:5"}, {0}};
    aic_sweep_options options = options_of(axes, &pole);
    aic_result *result = sweep_as(PLANT, &options, AIC_OK, report);
    expect_column(result, 1, "pole", "1", (double[]){-0.5, -1, (double)NAN, 1, 0.5});
    assert_int_equal(aic_report_code(report, 0), POINTS_AMISS);
    assert_contains(aic_report_message(report, 0),
                    "1 of 5 points are out of bounds or have no value; the first is a = 5: pole: not a finite number");
    aic_result_unref(result);
    axes[0] = (aic_sweep_axis){.name = "chat.utilization", .range = "50 %..150 %:5"};
    options = options_of(axes, &capex);
    result = sweep_as(chat, &options, AIC_OK, report);
    assert_true(isfinite(aic_result_column_values(result, 1)[2]) && isnan(aic_result_column_values(result, 1)[3]) &&
                isnan(aic_result_column_values(result, 1)[4]));
    assert_contains(aic_report_message(report, 0), "2 of 5 points");
    assert_contains(aic_report_message(report, 0), "125 % is above its bound 100 %");
    aic_result_unref(result);
    axes[0] = (aic_sweep_axis){.name = "high", .range = "0.5 USD, 5 USD"};
    const char *twice = "twice";
    options = options_of(axes, &twice);
    result = sweep_as(PLANT, &options, AIC_OK, report);
    assert_true(isnan(aic_result_column_values(result, 1)[0]) && isfinite(aic_result_column_values(result, 1)[1]));
    assert_contains(aic_report_message(report, 0), "1 of 2 points");
    aic_result_unref(result);
    aic_report_free(report);
}

static void draws_that_are_amiss_are_said(void **state) {
    (void)state;
    static const char text[] = "aicompute: 1\nassumptions: {x: {value: \"uniform(0, 1)\"}, c: 0.25}\ncalculations: {y: ln(x - c)}\n";
    const char *name = "y";
    aic_sweep_axis axes[2] = {{.name = "c", .range = "0.1,0.25"}, {0}};
    const aic_sweep_options options = options_of(axes, &name);
    aic_report *report = aic_report_new(NULL);
    aic_result_unref(sweep_as(text, &options, AIC_OK, report));
    assert_int_equal(aic_report_count(report), 1);
    assert_int_equal(aic_report_code(report, 0), 711);
    assert_contains(aic_report_message(report, 0), "y: at some points up to 25");
    assert_contains(aic_report_message(report, 0), "not finite");
    aic_report_free(report);
}

static void an_input_that_is_not_given_can_be_swept(void **state) {
    (void)state;
    const char *name = "chat.power";
    aic_sweep_axis axes[2] = {{.name = "chat.accelerator_power", .range = "300..700 W/accelerator:3"}, {0}};
    const aic_sweep_options options = options_of(axes, &name);
    aic_result *result = sweep_as(chat, &options, AIC_OK, NULL);
    assert_true(aic_result_column_values(result, 1)[2] > aic_result_column_values(result, 1)[0]);
    aic_result_unref(result);
}

/* --- rows ----------------------------------------------------------------------------------------------------------------------------- */

static aic_result *sweep_rows(const char *rows, aic_status expected, aic_report *report) {
    static const char *const names[] = {"cost", "scaled[2025]"};
    const aic_sweep_options options = {
        .size = sizeof options, .rows = rows, .rows_size = strlen(rows), .rows_name = "rows.csv", .names = names, .name_count = 2};
    return sweep_as(PLANT, &options, expected, report);
}

static void rows_of_csv_are_points(void **state) {
    (void)state;
    static const char *const good[] = {
        "a,price [USD/server-hour]\n1,2\n3,4\n",
        "a,price [USD/server-hour]\r\n1,2\r\n3,4",
        "\xef\xbb\xbf\"a\",\"price [USD/server-hour]\"\r\n\"1\",\"2\"\r\n\r\n\"3\",4\r\n\r\n",
        "a , price\n 1 ,2 USD/server-hour\n\"1 + 2\",\"4 USD/server-hour\"\n",
        "\n\na,price [USD/server-hour]\r1,2\r3,\"min(4, 5) * 1 USD/server-hour\"\r",
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        aic_result *result = sweep_rows(good[i], AIC_OK, NULL);
        assert_int_equal(aic_result_row_count(result), 2);
        expect_column(result, 0, "a", "1", (double[]){1, 3});
        expect_column(result, 2, "cost", "USD", (double[]){2e6, 4e6});
        expect_column(result, 3, "scaled[2025]", "1", (double[]){20, 60});
        aic_result_unref(result);
    }
    aic_result *result = sweep_rows("rate[2025],a\n7,2\n", AIC_OK, NULL);
    expect_column(result, 3, "scaled[2025]", "1", (double[]){14});
    aic_result_unref(result);
}

static void rows_that_are_not_csv_are_refused_at_their_place(void **state) {
    (void)state;
    static const struct {
        const char *rows, *message;
        int code;
        unsigned line, column;
    } bad[] = {
        {"", "no names", ROWS, 1, 1},
        {"\n\n", "no names", ROWS, 1, 1},
        {"a\n", "no rows", ROWS, 1, 1},
        {"a,\n1,2\n", "no name", ROWS, 1, 3},
        {"a,b c]\n1,2\n", "is called `b c]`", 522, 1, 3},
        {"a [1\n1\n", "something other", ROWS, 1, 1},
        {"a,price\n1\n", "expected 2 values, as the first line has names, found 1", ROWS, 2, 1},
        {"a\n1\n2,3\n", "found 2", ROWS, 3, 1},
        {"a,price [USD/server-hour]\n1,\n", "a value is missing", ROWS, 2, 3},
        {"a\n\"1\n2\n", "has no end", ROWS, 2, 1},
        {"a\n\"1\"2\n", "stands more", ROWS, 2, 4},
        {"a\n1\"2\"\n", "a quote stands", ROWS, 2, 2},
        {"a,price\n1,2 kg\n", "expected USD/s/server", 411, 2, 3},
        {"a,price\n1,2\n", "bare number", 515, 2, 3},
        {"a\n1\n2 +\n", "ends where a value", 400, 3, 4},
        {"a,a\n1,2\n", "moved twice", SWEEP_TWICE, 1, 3},
        {"cost\n1 USD\n", "", 0, 0, 0},
        {"price [kg]\n1\n", "expected a unit like USD/s/server", 411, 1, 8},
        {"price [kgg]\n1\n", "kgg", 301, 1, 8},
        {"nothing\n1\n", "is called `nothing`", 522, 1, 1},
        {"a,nothing [kg]\n1,2\n", "no such quantity", 522, 1, 3},
        {"a;price\n1\n", "is called `a;price`", 522, 1, 1},
        {"price[2025]\n1\n", "one value", 417, 1, 1},
        {"\"rate [\"\"2025]\"\n1\n", "expected a unit", 300, 1, 1},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        static const char *const name = "scaled[2025]";
        aic_report *report = aic_report_new(NULL);
        aic_scenario *scenario = load(PLANT);
        aic_result *result = NULL;
        unsigned line = 0, column = 0;
        const aic_sweep_options options = {.size = sizeof options,
                                           .rows = bad[i].rows,
                                           .rows_size = strlen(bad[i].rows),
                                           .rows_name = "rows.csv",
                                           .names = &name,
                                           .name_count = 1};
        aic_status status = aic_scenario_sweep(scenario, &options, &result, report);
        assert_int_equal(status == AIC_OK, bad[i].code == 0);
        if (status != AIC_OK) {
            assert_int_equal(aic_report_code(report, 0), bad[i].code);
            assert_contains(aic_report_message(report, 0), bad[i].message);
            aic_report_place(report, 0, &line, &column, NULL, NULL);
            assert_int_equal(line, bad[i].line);
            assert_int_equal(column, bad[i].column);
            assert_true(line == 0 || strcmp(aic_report_file(report, 0), "rows.csv") == 0);
        }
        aic_result_unref(result);
        aic_scenario_free(scenario);
        aic_report_free(report);
    }
}

static void any_bytes_are_rows_or_are_refused(void **state) {
    (void)state;
    static const char alphabet[] = "a1,\"\n\r []p0.";
    static const char *const name = "scaled[2025]";
    aic_scenario *scenario = load(PLANT);
    uint32_t random = 1;
    size_t good = 0;
    for (int i = 0; i < 3000; i++) {
        char rows[24];
        size_t size = 0;
        for (; size < sizeof rows; size++) {
            random = random * 1664525u + 1013904223u;
            rows[size] = size < 2 ? "a\n"[size] : alphabet[(random >> 16) % (sizeof alphabet - 1)];
        }
        size = 2 + random % 22;
        char *exact = malloc(size);
        memcpy(exact, rows, size);
        const aic_sweep_options options = {.size = sizeof options, .rows = exact, .rows_size = size, .names = &name, .name_count = 1};
        aic_result *result = NULL;
        aic_status status = aic_scenario_sweep(scenario, &options, &result, NULL);
        assert_int_equal(result != NULL, status == AIC_OK);
        good += status == AIC_OK;
        aic_result_unref(result);
        free(exact);
    }
    assert_true(good > 10);
    aic_scenario_free(scenario);
}

static char *written(const aic_result *result, int format) {
    const aic_text_options options = {.size = sizeof options, .format = format, .width = 80};
    aic_text *text = NULL;
    assert_int_equal(aic_result_text(result, &options, &text, NULL), AIC_OK);
    char *copy = strdup(aic_text_bytes(text));
    aic_text_free(text);
    return copy;
}

static void statistics_are_shown_in_a_table_for_each_value(void **state) {
    (void)state;
    static const char *const names[] = {"used", "cost", "twice", "grown"};
    static const char text[] =
        "aicompute: 1\n"
        "timeline: 2024..2025\n"
        "assumptions: {price: 2 USD/server-hour, hours: 1e6 server-hour, share: \"uniform(0.25, 0.75)\"}\n"
        "calculations: {cost: price * hours, used: cost * share, twice: 2 * used, grown: \"used * (if year > 2024 then 3 else 1)\"}\n";
    const aic_sweep_axis axis = {.name = "price", .range = "1, 3 USD/server-hour"};
    const aic_sweep_options options = {.size = sizeof options, .axes = &axis, .axis_count = 1, .names = names, .name_count = 4};
    aic_result *result = sweep_as(text, &options, AIC_OK, NULL);
    char *shown = written(result, AIC_FORMAT_TEXT);
    assert_string_equal(shown, "test.yaml\n\n"
                               "used, by price\n\n"
                               "            price      mean          p5       p50         p95\n"
                               "1 USD/server-hour  500k USD    275k USD  500k USD    725k USD\n"
                               "3 USD/server-hour  1.5M USD  824.9k USD  1.5M USD  2.175M USD\n\n"
                               "cost, by price\n\n"
                               "            price   value\n"
                               "1 USD/server-hour  1M USD\n"
                               "3 USD/server-hour  3M USD\n\n"
                               "twice, by price\n\n"
                               "            price    mean         p5     p50        p95\n"
                               "1 USD/server-hour  1M USD   550k USD  1M USD  1.45M USD\n"
                               "3 USD/server-hour  3M USD  1.65M USD  3M USD  4.35M USD\n\n"
                               "grown, by price\n\n"
                               "            price  year      mean          p5       p50         p95\n"
                               "1 USD/server-hour  2024  500k USD    275k USD  500k USD    725k USD\n"
                               "                   2025  1.5M USD  824.9k USD  1.5M USD  2.175M USD\n"
                               "3 USD/server-hour  2024  1.5M USD  824.9k USD  1.5M USD  2.175M USD\n"
                               "                   2025  4.5M USD  2.475M USD  4.5M USD  6.525M USD\n");
    free(shown);
    aic_result_unref(result);
}

/* --- what is refused ------------------------------------------------------------------------------------------------------------------ */

static void axes_that_are_none_are_refused_with_their_code(void **state) {
    (void)state;
    static const char *const none[] = {"1..2", "1..2:", "1..2:x", "1..2:0", "1..2:3 lag", "1..2:-1", "", "1,,2", ",1", "1,"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        assert_int_equal(refusal("a", none[i], NULL, NULL, NULL), SWEEP_AXIS);
    }
    assert_int_equal(refusal("a", "0..2:3 log", NULL, NULL, NULL), RANGE);
    assert_int_equal(refusal("price", "1 USD/server-hour, 24 USD/server-day, 3", NULL, NULL, NULL), RANGE_UNITS);
    assert_int_equal(refusal("hours", "3, 5 million server-hour", NULL, NULL, NULL), EXPR_SCALE);
    assert_int_equal(refusal("hours", "60,000,000 server-hour", NULL, NULL, NULL), SWEEP_AXIS);
    assert_int_equal(refusal("hours", "1,050 server-hour", NULL, NULL, NULL), SWEEP_AXIS);
    assert_int_equal(refusal("a", "1,2", "a", "3", NULL), SWEEP_TWICE);
    assert_int_equal(refusal("a", "1..2:1000000000", NULL, NULL, NULL), LIMIT_POINTS);
    assert_int_equal(refusal("a", "1..2:100000", "low", "1 USD..2 USD:100000", NULL), LIMIT_POINTS);
    assert_int_equal(refusal("a", "1..2:40000000", NULL, NULL, "scaled"), LIMIT_POINTS);
    assert_int_equal(refusal("price", "1,2", NULL, NULL, NULL), 515);
    assert_int_equal(refusal("price", "1 kg", NULL, NULL, NULL), 411);
    assert_int_equal(refusal("price", "used / hours", NULL, NULL, NULL), 423);
    assert_int_equal(refusal("nothing", "1", NULL, NULL, NULL), 522);
    assert_int_equal(refusal("a", "1", NULL, NULL, "nothing"), 522);
    assert_int_equal(refusal("a", "1", NULL, NULL, "cost[2025]"), 417);
    assert_int_equal(refusal("a", "1", NULL, NULL, "scaled[2040]"), 419);
    assert_int_equal(refusal("rate[2040]", "1", NULL, NULL, NULL), 419);
}

static void mistakes_of_the_caller_are_refused(void **state) {
    (void)state;
    const double numbers[] = {1, (double)INFINITY};
    const aic_sample_options sampling = {.size = sizeof sampling, .replicates = 65}, shard = {.size = sizeof shard, .shard_count = 2};
    const aic_sweep_axis good = {.name = "a", .range = "1"}, nameless = {.range = "1"},
                         both = {.name = "a", .range = "1", .values = numbers, .count = 1},
                         infinite = {.name = "a", .values = numbers, .count = 2}, empty = {.name = "a", .count = 2},
                         uneven[] = {{.name = "a", .range = "1,2"}, {.name = "low", .range = "1 USD"}};
    const size_t size = sizeof(aic_sweep_options);
    const aic_sweep_options bad[] = {
        {.size = 3},
        {.size = size},
        {.size = size, .axes = &good},
        {.size = size, .axes = &good, .axis_count = 65},
        {.size = size, .axes = &nameless, .axis_count = 1},
        {.size = size, .axes = &both, .axis_count = 1},
        {.size = size, .axes = &infinite, .axis_count = 1},
        {.size = size, .axes = &empty, .axis_count = 1},
        {.size = size, .axes = &good, .axis_count = 1, .rows = "a\n1\n", .rows_size = 4},
        {.size = size, .axes = &good, .axis_count = 1, .sampling = &sampling},
        {.size = size, .axes = &good, .axis_count = 1, .sampling = &shard},
    };
    aic_scenario *scenario = load(PLANT);
    aic_result *result = NULL;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(aic_scenario_sweep(scenario, &bad[i], &result, NULL), AIC_ERROR_ARGUMENT);
        assert_null(result);
    }
    const aic_sweep_options fine = {.size = size, .axes = &good, .axis_count = 1},
                            apart = {.size = size, .axes = uneven, .axis_count = 2, .together = 1};
    assert_int_equal(aic_scenario_sweep(NULL, &fine, &result, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_sweep(scenario, NULL, &result, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_sweep(scenario, &fine, NULL, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_sweep(scenario, &apart, &result, NULL), AIC_ERROR_SYNTAX);
    aic_scenario_free(scenario);
}

static void it_can_be_stopped_and_tells_how_far_it_is(void **state) {
    (void)state;
    volatile uint32_t stop = 0;
    volatile uint64_t progress = 7;
    const aic_sample_options sampling = {.size = sizeof sampling, .samples = 256, .cancel = &stop, .progress = &progress, .threads = 2};
    const char *const names[] = {"cost", "used"};
    const aic_sweep_axis axis = {.name = "price", .range = "1 USD/server-hour..2 USD/server-hour:600"};
    for (size_t count = 1; count <= 2; count++) { /* at the medians, and with draws */
        const aic_sweep_options options = {
            .size = sizeof options, .axes = &axis, .axis_count = 1, .names = names, .name_count = count, .sampling = &sampling};
        stop = 0;
        aic_result_unref(sweep_as(PLANT, &options, AIC_OK, NULL));
        assert_int_equal(progress, 600);
        stop = 1;
        assert_null(sweep_as(PLANT, &options, AIC_ERROR_CANCELLED, NULL));
    }
}

static void two_inputs_and_one_output_are_a_cross_table(void **state) {
    (void)state;
    aic_result *result = sweep("a", "1,2", "rate[2026]", "5,6,7", "scaled[2026]");
    aic_text_options options = {.size = sizeof options};
    aic_text *text = NULL;
    assert_int_equal(aic_result_text(result, &options, &text, NULL), AIC_OK);
    assert_contains(aic_text_bytes(text),
                    "scaled[2026], by a (down) and rate[2026] (across)\n\na   5   6   7\n1   5   6   7\n2  10  12  14\n");
    aic_text_free(text);
    options.format = AIC_FORMAT_CSV;
    assert_int_equal(aic_result_text(result, &options, &text, NULL), AIC_OK);
    assert_string_equal(aic_text_bytes(text), "a,rate[2026],scaled[2026]\r\n1,5,5\r\n1,6,6\r\n1,7,7\r\n2,5,10\r\n2,6,12\r\n2,7,14\r\n");
    aic_text_free(text);
    aic_result_unref(result);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_range_has_even_points),
        cmocka_unit_test(a_range_may_be_logarithmic),
        cmocka_unit_test(a_list_has_values_with_units),
        cmocka_unit_test(plain_numbers_take_the_unit_of_what_stands_beside_them),
        cmocka_unit_test(a_grid_has_every_value_with_every_other),
        cmocka_unit_test(a_series_has_a_column_a_year),
        cmocka_unit_test(without_names_what_moves_is_shown),
        cmocka_unit_test(numbers_may_be_given_with_a_unit),
        cmocka_unit_test(statistics_are_those_of_sampling_on_any_number_of_threads),
        cmocka_unit_test(points_are_as_setting_and_evaluating_to_the_last_bit),
        cmocka_unit_test(what_is_amiss_is_no_number_and_is_said),
        cmocka_unit_test(draws_that_are_amiss_are_said),
        cmocka_unit_test(an_input_that_is_not_given_can_be_swept),
        cmocka_unit_test(rows_of_csv_are_points),
        cmocka_unit_test(rows_that_are_not_csv_are_refused_at_their_place),
        cmocka_unit_test(any_bytes_are_rows_or_are_refused),
        cmocka_unit_test(statistics_are_shown_in_a_table_for_each_value),
        cmocka_unit_test(axes_that_are_none_are_refused_with_their_code),
        cmocka_unit_test(mistakes_of_the_caller_are_refused),
        cmocka_unit_test(it_can_be_stopped_and_tells_how_far_it_is),
        cmocka_unit_test(two_inputs_and_one_output_are_a_cross_table),
    };
    return cmocka_run_group_tests_name("sweep", tests, NULL, NULL);
}
