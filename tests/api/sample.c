/* SPDX-License-Identifier: MIT */
/* Sampling through the public interface: statistics beside values, the same draws by name, options that are refused. */
#include "support.h"
#include <math.h>
#include <stdbool.h>

static const char FLEET[] = "aicompute: 1\n"
                            "timeline: 2024..2026\n"
                            "assumptions:\n"
                            "  visits: 4e7 to 9e7 visit/day\n"
                            "  price: 29000 ± 3000 USD/server\n"
                            "  share: uniform(20 %, 50 %)\n"
                            "  fixed: 10 query/visit\n"
                            "calculations:\n"
                            "  queries: visits * fixed\n"
                            "  nothing: visits - visits\n"
                            "  one: visits / visits\n"
                            "  sure: fixed * 2\n"
                            "  broken: ln(share - 30 %)\n"
                            "  spent: price * (1 + 0.1 * (year - 2024))\n";

static aic_result *sample(const char *text, const aic_sample_options *options) {
    aic_scenario *scenario = load(text);
    aic_result *result = NULL;
    assert_int_equal(aic_scenario_sample(scenario, NULL, 0, options, &result, NULL), AIC_OK);
    aic_scenario_free(scenario);
    return result;
}

static double statistic(const aic_result *result, const char *name, aic_statistic which, size_t quantile) {
    size_t index = 0;
    assert_int_equal(aic_result_find(result, name, &index, NULL), AIC_OK);
    return aic_result_statistic(result, index, 0, which, quantile);
}

static void what_is_uncertain_has_statistics(void **state) {
    (void)state;
    aic_result *result = sample(FLEET, NULL);
    assert_int_equal(aic_result_samples(result), 65536);
    double mean = statistic(result, "queries", AIC_STATISTIC_MEAN, 0), median = statistic(result, "queries", AIC_STATISTIC_QUANTILE, 1);
    assert_true(fabs(median / (6e8 / 86400) - 1) < 0.01);
    assert_true(mean > median);
    assert_true(fabs(statistic(result, "queries", AIC_STATISTIC_QUANTILE, 0) / (4e8 / 86400) - 1) < 0.01);
    assert_true(fabs(statistic(result, "queries", AIC_STATISTIC_QUANTILE, 2) / (9e8 / 86400) - 1) < 0.01);
    assert_true(statistic(result, "queries", AIC_STATISTIC_MEAN_ERROR, 0) < 1e-4 * mean);
    aic_result_unref(result);
}

static void values_are_those_at_the_medians(void **state) {
    (void)state;
    aic_result *result = sample(FLEET, NULL);
    size_t index = 0;
    assert_int_equal(aic_result_find(result, "queries", &index, NULL), AIC_OK);
    assert_true(fabs(aic_result_value(result, index) / (6e8 / 86400) - 1) < 1e-14);
    aic_result_unref(result);
}

static void what_is_certain_has_none(void **state) {
    (void)state;
    aic_result *result = sample(FLEET, NULL);
    assert_true(isnan(statistic(result, "sure", AIC_STATISTIC_MEAN, 0)));
    aic_result_unref(result);
}

/** The sd of a uniform number of this width is known, but its square is not held; errors come from what replicates differ by. */
static void an_sd_whose_square_is_not_held_is_no_number(void **state) {
    static const double width[] = {1e300, 1e-170};
    static const char *const name[] = {"large", "small"};
    (void)state;
    aic_result *result = sample("aicompute: 1\n"
                                "assumptions:\n"
                                "  u: uniform(0, 1)\n"
                                "calculations:\n"
                                "  large: 1e300 * u\n"
                                "  small: 1e-170 * u\n",
                                NULL);
    for (size_t i = 0; i < 2; i++) {
        assert_true(isnan(statistic(result, name[i], AIC_STATISTIC_SD, 0)));
        assert_true(fabs(statistic(result, name[i], AIC_STATISTIC_MEAN, 0) / width[i] - 0.5) < 1e-9);
        double mean = statistic(result, name[i], AIC_STATISTIC_MEAN_ERROR, 0) / width[i];
        double median = statistic(result, name[i], AIC_STATISTIC_QUANTILE_ERROR, 1) / width[i];
        assert_true(mean > 0 && mean < 1e-6);
        assert_true(median > 1e-9 && median < 1e-3);
    }
    aic_result_unref(result);
}

static void a_name_is_one_draw_wherever_it_stands(void **state) {
    (void)state;
    aic_result *result = sample(FLEET, NULL);
    assert_true(statistic(result, "nothing", AIC_STATISTIC_MEAN, 0) == 0 && statistic(result, "nothing", AIC_STATISTIC_SD, 0) == 0);
    assert_true(statistic(result, "one", AIC_STATISTIC_MEAN, 0) == 1 && statistic(result, "one", AIC_STATISTIC_SD, 0) == 0);
    aic_result_unref(result);
}

static void draws_that_are_not_finite_are_counted_and_warned_of(void **state) {
    (void)state;
    aic_scenario *scenario = load(FLEET);
    aic_report *report = aic_report_new(NULL);
    aic_result *result = NULL;
    assert_int_equal(aic_scenario_sample(scenario, NULL, 0, NULL, &result, report), AIC_OK);
    assert_true(fabs(statistic(result, "broken", AIC_STATISTIC_NOT_FINITE, 0) / 65536 - 1.0 / 3) < 0.01);
    assert_int_equal(aic_report_count(report), 1);
    assert_int_equal(aic_report_severity(report, 0), AIC_SEVERITY_WARNING);
    assert_int_equal(aic_report_code(report, 0), 711);
    assert_contains(aic_report_message(report, 0), "broken");
    aic_result_unref(result);
    aic_report_free(report);
    aic_scenario_free(scenario);
}

static void a_series_has_statistics_for_each_year(void **state) {
    (void)state;
    aic_result *result = sample(FLEET, NULL);
    size_t index = 0;
    assert_int_equal(aic_result_find(result, "spent", &index, NULL), AIC_OK);
    for (size_t year = 0; year < 3; year++)
        assert_true(fabs(aic_result_statistic(result, index, year, AIC_STATISTIC_MEAN, 0) / (29000 * (1 + 0.1 * (double)year)) - 1) <
                    0.001);
    assert_true(isnan(aic_result_statistic(result, index, 3, AIC_STATISTIC_MEAN, 0)));
    aic_result_unref(result);
}

static void adding_an_assumption_leaves_the_draws_of_others(void **state) {
    (void)state;
    const aic_sample_options options = {.size = sizeof options, .method = AIC_METHOD_MONTE_CARLO, .seed = 7};
    aic_result *before = sample("aicompute: 1\nassumptions:\n  x: 1 to 4\n  y: normal(5, 1)\ncalculations: {z: x * 2}\n", &options);
    aic_result *after = sample(
        "aicompute: 1\nassumptions:\n  a: uniform(0, 1)\n  y: normal(5, 1)\n  x: 1 to 4\ncalculations: {w: a + y, z: x * 2}\n", &options);
    assert_true(statistic(before, "z", AIC_STATISTIC_MEAN, 0) == statistic(after, "z", AIC_STATISTIC_MEAN, 0));
    assert_true(statistic(before, "z", AIC_STATISTIC_QUANTILE, 2) == statistic(after, "z", AIC_STATISTIC_QUANTILE, 2));
    aic_result_unref(before);
    aic_result_unref(after);
}

static void threads_and_processors_change_no_bit(void **state) {
    (void)state;
    aic_sample_options options = {.size = sizeof options, .samples = 100000, .seed = UINT64_MAX};
    for (int method = 0; method < 2; method++) {
        options.method = method;
        options.threads = 1;
        aic_result *one = sample(FLEET, &options);
        options.threads = 3;
        aic_result *three = sample(FLEET, &options);
        for (int which = 0; which < 8; which++)
            assert_true(statistic(one, "queries", (aic_statistic)which, 0) == statistic(three, "queries", (aic_statistic)which, 0));
        aic_result_unref(one);
        aic_result_unref(three);
    }
}

static void correlated_assumptions_vary_together(void **state) {
    (void)state;
    static const char text[] = "aicompute: 1\nassumptions:\n  x: normal(0, 1)\n  y: normal(0, 1)\n%scalculations: {both: x + y}\n";
    char with[200], without[200];
    snprintf(with, sizeof with, text, "correlations: [[x, y, 0.8]]\n");
    snprintf(without, sizeof without, text, "");
    aic_result *together = sample(with, NULL), *apart = sample(without, NULL);
    const double linear =
        2 * sin(3.14159265358979323846 * 0.8 / 6); /* of normal variables whose rank correlation is 0.8 (K. Pearson 1907) */
    assert_true(fabs(statistic(together, "both", AIC_STATISTIC_SD, 0) - sqrt(2 + 2 * linear)) <
                5 * statistic(together, "both", AIC_STATISTIC_SD_ERROR, 0) + 1e-4);
    assert_true(fabs(statistic(apart, "both", AIC_STATISTIC_SD, 0) - sqrt(2)) < 0.01);
    aic_result_unref(together);
    aic_result_unref(apart);
}

/** Draws of x and y, in columns: x in each of its years, then y. */
static aic_result *keep_columns(const char *x, const char *rest, aic_method method) {
    char text[500];
    const char *const names[] = {"x", "y"};
    const aic_sample_options options = {.size = sizeof options, .samples = 1024, .method = method, .keep_draws = true};
    aic_result *result = NULL;
    snprintf(text, sizeof text, "aicompute: 1\ntimeline: 2021..2023\nassumptions:\n  k: 3\n  x: %s\n  y: normal(10, 1)\n%s", x, rest);
    aic_scenario *scenario = load(text);
    assert_int_equal(aic_scenario_sample(scenario, names, 2, &options, &result, NULL), AIC_OK);
    aic_scenario_free(scenario);
    return result;
}

/** Spearman's, of values without ties. */
static double rank_correlation(const double *x, const double *y, size_t count) {
    double squares = 0, n = (double)count;
    for (size_t i = 0; i < count; i++) {
        double difference = 0;
        for (size_t k = 0; k < count; k++)
            difference += (x[k] < x[i]) - (y[k] < y[i]);
        squares += difference * difference;
    }
    return 1 - 6 * squares / (n * (n * n - 1));
}

static double correlation_of_columns(const aic_result *result, size_t first, size_t second) {
    return rank_correlation(aic_result_column_values(result, first), aic_result_column_values(result, second),
                            aic_result_row_count(result));
}

static void what_is_made_of_one_distribution_is_correlated(void **state) {
    (void)state;
    static const char *const made[] = {"{value: 1 to 3, unit: USD}",
                                       "-(1 to 3)",
                                       "10 - (1 to 3)",
                                       "1000 * (1 to 3)",
                                       "(uniform(1, 3) + k) * -2 / 3",
                                       "{p5: 1, p95: 3, unit: kUSD}",
                                       "{start: 1 to 3, start_year: 2021, growth: 10 %/year}",
                                       "{series: {2021: 5, 2022: 1 to 3, 2023: 'uniform(2, 5)'}}"};
    for (size_t i = 0; i < 2 * sizeof made / sizeof *made; i++) {
        const aic_method method = i % 2 ? AIC_METHOD_MONTE_CARLO : AIC_METHOD_SOBOL;
        aic_result *result = keep_columns(made[i / 2], "correlations: [[x, y, 0.8]]\n", method);
        const size_t y = aic_result_column_count(result) - 1;
        assert_true(fabs(correlation_of_columns(result, y - 1, y) - 0.8) < (method == AIC_METHOD_MONTE_CARLO ? 0.05 : 0.01));
        aic_result_unref(result);
    }
}

/** Shapes of which one random word makes different quantiles included. */
static void all_years_of_a_series_are_at_one_quantile(void **state) {
    (void)state;
    static const char *const series[] = {
        "{series: {2021: 1 to 3, 2022: 'normal(10, 2)', 2023: 2 to 5}}", "{series: {2021: 'uniform(1, 3)', 2023: 2 to 5}, between: linear}",
        "{series: {2021: 'normal(9, 1)', 2023: 'mixture(1 to 2, 1, 3 to 4, 2)'}, between: geometric}",
        "{series: {2021: 'pert(1, 2, 4)', 2022: 'triangular(1, 2, 4)', 2023: 'truncated(normal(0, 1), 0, 2)'}}",
        "{series: {2021: 'mixture(1 to 2, 1, 3 to 4, 1)', 2022: 'mixture(5 to 6, 3, 1 to 2, 1)', 2023: 1 to 2}}"};
    for (size_t i = 0; i < 2 * sizeof series / sizeof *series; i++) {
        aic_result *result = keep_columns(series[i / 2], "", i % 2 ? AIC_METHOD_MONTE_CARLO : AIC_METHOD_SOBOL);
        assert_int_equal(aic_result_column_count(result), 4);
        assert_true(correlation_of_columns(result, 0, 1) == 1 && correlation_of_columns(result, 0, 2) == 1);
        assert_true(fabs(correlation_of_columns(result, 0, 3)) < 0.1);
        aic_result_unref(result);
    }
}

static void years_keep_their_quantiles_and_add_up_at_them(void **state) {
    (void)state;
    aic_result *result =
        sample("aicompute: 1\ntimeline: 2021..2023\nassumptions:\n  x: {series: {2021: 1 to 3, 2022: 2 to 5, 2023: 'uniform(0, "
               "10)'}}\ncalculations: {both: 'x[2021] + x[2022]', late: 'x[2023]', all: sum(x)}\n",
               NULL);
    assert_true(fabs(statistic(result, "both", AIC_STATISTIC_QUANTILE, 0) - 3) < 0.002);
    assert_true(fabs(statistic(result, "both", AIC_STATISTIC_QUANTILE, 2) - 8) < 0.005);
    assert_true(fabs(statistic(result, "late", AIC_STATISTIC_QUANTILE, 0) - 0.5) < 0.002);
    assert_true(fabs(statistic(result, "all", AIC_STATISTIC_QUANTILE, 0) - 3.5) < 0.005);
    assert_true(fabs(statistic(result, "all", AIC_STATISTIC_QUANTILE, 2) - 17.5) < 0.01);
    aic_result_unref(result);
}

static void nothing_is_drawn_where_nothing_is_uncertain(void **state) {
    (void)state;
    aic_result *result = sample("aicompute: 1\nassumptions: {x: 3}\ncalculations: {y: x * 2}\n", NULL);
    assert_int_equal(aic_result_samples(result), 0);
    aic_result_unref(result);
}

static void it_can_be_stopped(void **state) {
    (void)state;
    const volatile uint32_t stop = 1;
    const aic_sample_options options = {.size = sizeof options, .cancel = &stop};
    aic_scenario *scenario = load(FLEET);
    aic_result *result = (aic_result *)&stop;
    assert_int_equal(aic_scenario_sample(scenario, NULL, 0, &options, &result, NULL), AIC_ERROR_CANCELLED);
    assert_null(result);
    aic_scenario_free(scenario);
}

static void more_numbers_than_dimensions_are_refused(void **state) {
    (void)state;
    enum { COUNT = 1025 };
    aic_scenario *scenario = load("aicompute: 1\nassumptions: {a: 1}\ncalculations: {}\n");
    char *sum = calloc(COUNT, 8), name[16];
    for (int i = 0; i < COUNT; i++) {
        snprintf(name, sizeof name, "x%d", i);
        assert_int_equal(aic_scenario_add_assumption(scenario, name, "uniform(0, 1)", NULL), AIC_OK);
        strcat(strcat(sum, i ? "+" : ""), name);
    }
    assert_int_equal(aic_scenario_add_calculation(scenario, "total", sum, NULL), AIC_OK);
    aic_report *report = aic_report_new(NULL);
    aic_result *result = NULL;
    assert_int_equal(aic_scenario_sample(scenario, NULL, 0, NULL, &result, report), AIC_ERROR_LIMIT);
    assert_int_equal(aic_report_code(report, 0), 710);
    const aic_sample_options plain = {.size = sizeof plain, .method = AIC_METHOD_MONTE_CARLO};
    assert_int_equal(aic_scenario_sample(scenario, NULL, 0, &plain, &result, report), AIC_OK);
    assert_true(fabs(statistic(result, "total", AIC_STATISTIC_MEAN, 0) - COUNT / 2.0) < 1);
    aic_result_unref(result);
    aic_report_free(report);
    aic_scenario_free(scenario);
    free(sum);
}

/** Beyond 100 % are 3.17e-5 of the draws: the first 4096 have none. */
static void few_draws_out_of_bounds_are_said_where_one_is_expected(void **state) {
    (void)state;
    static const struct {
        const char *distribution;
        uint64_t samples;
        const char *said; /* NULL: nothing */
    } cases[] = {
        {"normal(70 %, 7.5 %)", 1048576, "m.utilization: <0.01 % of the draws (about 33 of 1048576) are out of its bounds"},
        {"normal(70 %, 7.5 %)", 16384, NULL},
        {"truncated(normal(70 %, 7.5 %), 10 %, 100 %)", 1048576, NULL},
        {"uniform(50 %, 100.01 %)", 65536, "m.utilization: 0.02 % of the draws are out of its bounds"},
        {"mixture(normal(70 %, 7.5 %), 1, uniform(50 %, 60 %), 1)", 1048576, "(about 17 of 1048576)"},
        {"discrete(50 %, 1, 100 %, 1)", 65536, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "aicompute: 1\nassumptions: {share: '%s'}\nmodels: {m: {kind: training, parameters: 1B, tokens: 1T token, accelerators: "
                 "100, accelerator_peak: 300 TFLOP/s/accelerator, utilization: share}}\n",
                 cases[i].distribution);
        const char *const name = "m.duration";
        const aic_sample_options options = {.size = sizeof options, .samples = cases[i].samples};
        aic_report *report = aic_report_new(NULL);
        aic_scenario *scenario = load(text);
        aic_result *result = NULL;
        assert_int_equal(aic_scenario_sample(scenario, &name, 1, &options, &result, report), AIC_OK);
        assert_int_equal(aic_report_count(report), cases[i].said != NULL);
        if (cases[i].said != NULL && strstr(aic_report_message(report, 0), cases[i].said) == NULL) {
            fail_msg("expected `%s`, found `%s`", cases[i].said, aic_report_message(report, 0));
        }
        aic_result_unref(result);
        aic_scenario_free(scenario);
        aic_report_free(report);
    }
}

#define LOOSE                                                                                                                              \
    "aicompute: 1\nassumptions: {share: 'normal(90 %, 20 %)'}\n"                                                                           \
    "models: {m: {kind: training, parameters: 1B to 2B, tokens: 1T token, accelerators: 100, accelerator_peak: 300 TFLOP/s/accelerator, "  \
    "utilization: share}}\n"                                                                                                               \
    "claims: [{id: c, published: 4 day, computed: m.duration}]\n"

/** P(share > 1) is 30.85 %. */
static void expect_warning_of_a_third(const aic_report *report) {
    assert_int_equal(aic_report_count(report), 1);
    assert_int_equal(aic_report_code(report, 0), 711);
    assert_non_null(strstr(aic_report_message(report, 0), "m.utilization: 30.8"));
    assert_non_null(strstr(aic_report_message(report, 0), "% of the draws are out of its bounds"));
}

static void draws_of_an_input_out_of_its_bounds_are_said_whatever_is_asked_for(void **state) {
    (void)state;
    const char *const input = "m.utilization";
    aic_report *report = aic_report_new(NULL);
    aic_scenario *scenario = load(LOOSE);
    aic_result *result = NULL;
    assert_int_equal(aic_scenario_sample(scenario, NULL, 0, NULL, &result, report), AIC_OK);
    expect_warning_of_a_third(report);
    aic_result_unref(result);
    aic_report_clear(report);
    assert_int_equal(aic_scenario_check(scenario, NULL, &result, report), AIC_OK);
    expect_warning_of_a_third(report);
    aic_result_unref(result);
    aic_report_clear(report);
    assert_int_equal(aic_scenario_sample(scenario, &input, 1, NULL, &result, report), AIC_OK);
    expect_warning_of_a_third(report);
    aic_result_unref(result);
    aic_scenario_free(scenario);
    aic_report_free(report);
}

static void bad_options_are_refused(void **state) {
    (void)state;
    const double descending[] = {0.5, 0.1};
    const aic_sample_options bad[] = {
        {.size = 1},
        {.size = sizeof *bad, .method = 2},
        {.size = sizeof *bad, .samples = UINT64_C(1) << 33},
        {.size = sizeof *bad, .replicates = 65},
        {.size = sizeof *bad, .threads = 5000},
        {.size = sizeof *bad, .quantiles = descending, .quantile_count = 2},
        {.size = sizeof *bad, .quantiles = descending, .quantile_count = 33},
    };
    aic_scenario *scenario = load(FLEET);
    aic_result *result = NULL;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(aic_scenario_sample(scenario, NULL, 0, &bad[i], &result, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_sample(NULL, NULL, 0, NULL, &result, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_sample(scenario, NULL, 0, NULL, NULL, NULL), AIC_ERROR_ARGUMENT);
    aic_scenario_free(scenario);
}

static void quantiles_are_those_that_are_asked_for(void **state) {
    (void)state;
    const double probabilities[] = {0.1, 0.25, 0.75, 0.9, 0.99};
    const aic_sample_options options = {.size = sizeof options, .quantiles = probabilities, .quantile_count = 5};
    aic_result *result = sample("aicompute: 1\nassumptions: {x: 'uniform(0, 1)'}\ncalculations: {y: x * 1}\n", &options);
    for (size_t i = 0; i < 5; i++)
        assert_true(fabs(statistic(result, "y", AIC_STATISTIC_QUANTILE, i) - probabilities[i]) < 0.001);
    assert_true(isnan(statistic(result, "y", AIC_STATISTIC_QUANTILE, 5)));
    aic_result_unref(result);
}

static aic_result *check(const char *yaml, const aic_sample_options *options) {
    aic_report *report = aic_report_new(NULL);
    aic_scenario *scenario = load(yaml);
    aic_result *result = NULL;
    assert_int_equal(aic_scenario_check(scenario, options, &result, report), AIC_OK);
    assert_int_equal(aic_report_count(report), 0);
    aic_scenario_free(scenario);
    aic_report_free(report);
    return result;
}

#define CLAIMS                                                                                                                             \
    "aicompute: 1\nassumptions: {x: 2 to 3 USD, y: 5}\n"                                                                                   \
    "claims: [{id: x, published: 2.5 USD, computed: x}, {id: y, published: 5, computed: y}]\n"

static void claims_on_uncertain_inputs_are_checked_by_sampling(void **state) {
    (void)state;
    const aic_sample_options options = {.size = sizeof options, .samples = 4096, .seed = 7, .method = AIC_METHOD_MONTE_CARLO};
    aic_result *result = check(CLAIMS, &options);
    assert_int_equal(aic_result_claim_verdict(result, 0), AIC_VERDICT_HOLDS);
    assert_true(fabs(aic_result_claim_figure(result, 0, AIC_CLAIM_COMPUTED) - sqrt(6)) < 0.02);
    assert_true(fabs(aic_result_claim_figure(result, 0, AIC_CLAIM_COMPUTED_LOW) - 2) < 0.03);
    assert_true(fabs(aic_result_claim_figure(result, 0, AIC_CLAIM_COMPUTED_HIGH) - 3) < 0.05);
    assert_true(aic_result_claim_figure(result, 0, AIC_CLAIM_SAMPLES) == 4096);
    assert_true(aic_result_claim_figure(result, 1, AIC_CLAIM_SAMPLES) == 0);
    assert_true(isnan(aic_result_claim_figure(result, 1, (aic_claim_figure)8)));
    assert_int_equal(aic_result_samples(result), 4096);
    aic_result_unref(result);
}

static void verdicts_have_the_same_bits_on_any_number_of_threads(void **state) {
    (void)state;
    double found[3];
    for (uint32_t threads = 1; threads <= 3; threads++) {
        const aic_sample_options options = {.size = sizeof options, .samples = 100000, .threads = threads};
        aic_result *result = check(CLAIMS, &options);
        found[threads - 1] = aic_result_claim_figure(result, 0, AIC_CLAIM_COMPUTED_HIGH);
        aic_result_unref(result);
    }
    assert_memory_equal(&found[0], &found[1], sizeof *found);
    assert_memory_equal(&found[0], &found[2], sizeof *found);
}

static void a_check_can_be_stopped_and_refuses_bad_options(void **state) {
    (void)state;
    const uint32_t cancel = 1;
    const double quantile = 0.5;
    const aic_sample_options stopped = {.size = sizeof stopped, .cancel = &cancel};
    const aic_sample_options quantiles = {.size = sizeof quantiles, .quantiles = &quantile, .quantile_count = 1};
    const aic_sample_options small = {.size = 1};
    aic_scenario *scenario = load(CLAIMS);
    aic_result *result = NULL;
    assert_int_equal(aic_scenario_check(scenario, &stopped, &result, NULL), AIC_ERROR_CANCELLED);
    assert_int_equal(aic_scenario_check(scenario, &quantiles, &result, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_check(scenario, &small, &result, NULL), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_scenario_check(scenario, NULL, NULL, NULL), AIC_ERROR_ARGUMENT);
    assert_null(result);
    aic_scenario_free(scenario);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_uncertain_has_statistics),
        cmocka_unit_test(values_are_those_at_the_medians),
        cmocka_unit_test(what_is_certain_has_none),
        cmocka_unit_test(an_sd_whose_square_is_not_held_is_no_number),
        cmocka_unit_test(a_name_is_one_draw_wherever_it_stands),
        cmocka_unit_test(draws_that_are_not_finite_are_counted_and_warned_of),
        cmocka_unit_test(a_series_has_statistics_for_each_year),
        cmocka_unit_test(adding_an_assumption_leaves_the_draws_of_others),
        cmocka_unit_test(threads_and_processors_change_no_bit),
        cmocka_unit_test(correlated_assumptions_vary_together),
        cmocka_unit_test(what_is_made_of_one_distribution_is_correlated),
        cmocka_unit_test(all_years_of_a_series_are_at_one_quantile),
        cmocka_unit_test(years_keep_their_quantiles_and_add_up_at_them),
        cmocka_unit_test(nothing_is_drawn_where_nothing_is_uncertain),
        cmocka_unit_test(it_can_be_stopped),
        cmocka_unit_test(more_numbers_than_dimensions_are_refused),
        cmocka_unit_test(few_draws_out_of_bounds_are_said_where_one_is_expected),
        cmocka_unit_test(draws_of_an_input_out_of_its_bounds_are_said_whatever_is_asked_for),
        cmocka_unit_test(bad_options_are_refused),
        cmocka_unit_test(quantiles_are_those_that_are_asked_for),
        cmocka_unit_test(claims_on_uncertain_inputs_are_checked_by_sampling),
        cmocka_unit_test(verdicts_have_the_same_bits_on_any_number_of_threads),
        cmocka_unit_test(a_check_can_be_stopped_and_refuses_bad_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
