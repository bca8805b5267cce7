/* SPDX-License-Identifier: MIT */
/* What is uncertain as people read it: lines that fit a terminal, the unit once, years that are alike together, errors only where there are
 * any. */
#include "support.h"

static const char FLEET[] = "aicompute: 1\n"
                            "timeline: 2024..2027\n"
                            "assumptions:\n"
                            "  growth_of_visits: 10 to 20 %/year\n"
                            "  span: 1 FLOP to 1e12 FLOP\n"
                            "  price: uniform(1 kUSD/server, 3 kUSD/server)\n"
                            "models:\n"
                            "  chat:\n"
                            "    kind: inference\n"
                            "    parameters: 500B to 2T parameter\n"
                            "    tokens_per_query: uniform(200, 400)\n"
                            "    utilization: 30 to 40 %\n"
                            "    queries_per_day: 600M query/day\n"
                            "    accelerator_peak: 65 TFLOP/s/accelerator\n"
                            "    server_price: price\n"
                            "calculations:\n"
                            "  demand: chat.compute_rate * (1 + growth_of_visits * 1 year) ^ (year - 2024)\n"
                            "  rate: growth_of_visits * (if year > 2025 then 1 else 2)\n"
                            "  wide: span * 2\n"
                            "  none: price - price\n";

static char *written(const char *text, const aic_sample_options *options, int format, int width) {
    const aic_text_options how = {.size = sizeof how, .format = format, .width = width};
    aic_scenario *scenario = load(text);
    aic_result *result = NULL;
    aic_text *all = NULL;
    assert_int_equal(aic_scenario_sample(scenario, NULL, 0, options, &result, NULL), AIC_OK);
    assert_int_equal(aic_result_text(result, &how, &all, NULL), AIC_OK);
    char *copy = strdup(aic_text_bytes(all)), *table = strstr(copy, "uncertainty, from ");
    assert_non_null(table);
    memmove(copy, table, strlen(table) + 1);
    aic_text_free(all);
    aic_result_unref(result);
    aic_scenario_free(scenario);
    return copy;
}

static void expect(const char *table, const char *part) {
    if (strstr(table, part) == NULL) {
        fail_msg("expected `%s` in\n%s", part, table);
    }
}

/** Characters of the longest line: bytes that do not go on with one. */
static size_t longest_line(const char *text) {
    size_t longest = 0, now = 0;
    for (; *text != '\0'; text++) {
        now = *text == '\n' ? 0 : now + (((unsigned char)*text & 0xC0) != 0x80);
        longest = now > longest ? now : longest;
    }
    return longest;
}

static void numbers_of_a_line_share_the_unit_behind_them(void **state) {
    (void)state;
    char *table = written(FLEET, NULL, AIC_FORMAT_TEXT, 120);
    expect(table, "uncertainty, from 65536 draws (scrambled Sobol' points, seed 0); ±%: largest standard error, of the figure or the sd\n"
                  "chat                                 mean          p5          p50      p95                          ±%\n");
    expect(table, "\n  compute_per_query                   1.9      0.7781        1.701    3.696  PFLOP/query           0.12\n");
    expect(table, "\n  capex                            50.75M      16.86M       43.71M   108.2M  USD                   0.14\n");
    expect(table, "\ncalculations                         mean          p5          p50      p95                          ±%\n");
    assert_null(strstr(table, "chat.capex"));
    free(table);
}

static void numbers_too_far_apart_for_one_unit_have_their_own(void **state) {
    (void)state;
    char *table = written(FLEET, NULL, AIC_FORMAT_TEXT, 120);
    expect(table, " PFLOP  1.999 FLOP  1.999 MFLOP  2 TFLOP  ");
    free(table);
}

static void years_that_are_alike_share_a_line(void **state) {
    (void)state;
    char *table = written(FLEET, NULL, AIC_FORMAT_TEXT, 120);
    expect(table, "\n  rate[2024..2025]                  28.92          20        28.28       40  %/year               <0.01\n");
    expect(table, "\n  rate[2026..2027] ");
    expect(table, "\n  demand[2025] ");
    free(table);
}

static void what_the_digits_do_not_tell_is_no_error(void **state) {
    (void)state;
    char *table = written(FLEET, NULL, AIC_FORMAT_TEXT, 120);
    expect(table, "  token/s              <0.01\n"); /* four digits are shown */
    expect(table, "\n  none                                  0           0            0        0  USD/server\n");
    free(table);
    const aic_sample_options once = {.size = sizeof once, .replicates = 1};
    table = written(FLEET, &once, AIC_FORMAT_TEXT, 120);
    assert_null(strstr(table, "±%"));
    expect(table, "(scrambled Sobol' points, seed 0)\n");
    free(table);
}

static void a_name_that_leaves_no_room_has_a_line_of_its_own(void **state) {
    (void)state;
    char *table = written(FLEET, NULL, AIC_FORMAT_TEXT, 80);
    expect(table, "\n  compute_per_query      1.9  0.7781   1.701   3.696  PFLOP/query           0.12\n");
    expect(table, "\n  accelerator_time_per_query\n                       29.23   11.97   26.17   56.86  accelerator-s/query   0.12\n");
    free(table);
}

static void a_figure_near_0_does_not_spoil_its_line(void **state) {
    (void)state;
    char *table = written("aicompute: 1\nassumptions: {a: 'normal(0, 1)'}\ncalculations: {twice: 2 * a}\n", NULL, AIC_FORMAT_TEXT, 100);
    const char *line = strstr(table, "\ntwice "), *end = line != NULL ? strchr(line + 1, '\n') : NULL;
    assert_non_null(end);
    while (end[-1] != ' ') {
        end--;
    }
    assert_true(*end == '<' || (atof(end) > 0 && atof(end) < 0.1)); /* of 2, not of the mean, which is next to nothing */
    free(table);
}

static void calculations_alone_need_no_heading(void **state) {
    (void)state;
    char *table = written("aicompute: 1\nassumptions: {a: 1 to 2 USD}\ncalculations: {twice: 2 * a}\n", NULL, AIC_FORMAT_TEXT, 100);
    expect(table, "sd\nquantity   mean  p5    p50  p95          ±%\ntwice     2.892   2  2.828    4  USD  <0.01\n");
    free(table);
}

static void markdown_has_full_names_and_a_column_of_units(void **state) {
    (void)state;
    char *table = written(FLEET, NULL, AIC_FORMAT_MARKDOWN, 0);
    expect(table, "\n\n| quantity | mean | p5 | p50 | p95 | unit | ±% |\n| --- | ---: | ---: | ---: | ---: | --- | ---: |\n");
    expect(table, "\n| chat.capex | 50.75M | 16.86M | 43.71M | 108.2M | USD | 0.14 |\n");
    expect(table, "\n| rate\\[2024..2025] | 28.92 | ");
    free(table);
}

static void lines_fit_a_terminal(void **state) {
    (void)state;
    static const int widths[] = {80, 100};
    for (size_t i = 0; i < 2; i++) {
        char *table = written(FLEET, NULL, AIC_FORMAT_TEXT, widths[i]);
        assert_true(longest_line(table) <= (size_t)widths[i]);
        assert_null(strstr(table, "no room"));
        free(table);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_of_a_line_share_the_unit_behind_them),
        cmocka_unit_test(numbers_too_far_apart_for_one_unit_have_their_own),
        cmocka_unit_test(years_that_are_alike_share_a_line),
        cmocka_unit_test(what_the_digits_do_not_tell_is_no_error),
        cmocka_unit_test(a_name_that_leaves_no_room_has_a_line_of_its_own),
        cmocka_unit_test(a_figure_near_0_does_not_spoil_its_line),
        cmocka_unit_test(calculations_alone_need_no_heading),
        cmocka_unit_test(markdown_has_full_names_and_a_column_of_units),
        cmocka_unit_test(lines_fit_a_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
