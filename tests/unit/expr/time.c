/* SPDX-License-Identifier: MIT */
/* The years on which values live: series, lags, recursions over time, and what is outside. */
#include "expr/support.h"

static int open_bench(void **state) {
    static struct bench bench;
    bench = bench_open();
    bench_define_series(&bench, "early", AICI_BETWEEN_NONE, 3, (int32_t[]){2021, 2022, 2023}, (const char *[]){"1 USD", "2 USD", "3 USD"});
    bench_define_series(&bench, "late", AICI_BETWEEN_NONE, 2, (int32_t[]){2029, 2030}, (const char *[]){"1 USD", "2 USD"});
    bench_define_series(&bench, "middle", AICI_BETWEEN_LINEAR, 2, (int32_t[]){2022, 2026}, (const char *[]){"1 USD", "9 USD"});
    bench_define_series(&bench, "gaps", AICI_BETWEEN_NONE, 4, (int32_t[]){2021, 2023, 2024, 2027}, (const char *[]){"1", "2", "3", "4"});
    *state = &bench;
    return 0;
}

static int close_bench(void **state) {
    bench_close(*state);
    return 0;
}

static void assert_years(struct bench *bench, const char *text, const char *years) {
    assert_string_equal(years_text(bench, bench_check(bench, text, NULL)), years);
}

/* --- sets of years -------------------------------------------------------------------------------------------------------------------- */

static void years_are_found_and_compared(void **state) {
    struct bench *bench = *state;
    const aici_years *range = aici_years_range(bench->arena, 2021, 2030), *same = aici_years_range(bench->arena, 2021, 2030);
    assert_int_equal(aici_years_find(range, 2021), 0);
    assert_int_equal(aici_years_find(range, 2030), 9);
    assert_int_equal(aici_years_find(range, 2020), -1);
    assert_int_equal(aici_years_find(range, 2031), -1);
    assert_int_equal(aici_years_find(bench_check(bench, "gaps", NULL)->type.years, 2024), 2);
    assert_int_equal(aici_years_find(bench_check(bench, "gaps", NULL)->type.years, 2025), -1);
    assert_true(aici_years_equal(range, same));
    assert_true(aici_years_equal(NULL, NULL));
    assert_false(aici_years_equal(range, NULL));
    assert_false(aici_years_equal(range, aici_years_range(bench->arena, 2021, 2029)));
    assert_int_equal(aici_years_range(bench->arena, 2025, 2025)->count, 1);
}

static void an_operation_lives_on_the_years_that_all_its_operands_share(void **state) {
    assert_years(*state, "early + middle", "2022 2023");
    assert_years(*state, "early * 2", "2021 2022 2023");
    assert_years(*state, "max(early, middle, 2 USD)", "2022 2023");
    assert_years(*state, "if early > middle then early else 1 USD", "2022 2023");
    assert_years(*state, "early * year", "2021 2022 2023");
    assert_years(*state, "5 USD", "");
}

static void operands_that_share_no_year_are_refused_with_both_ranges(void **state) {
    struct bench *bench = *state;
    assert_refused(bench, "early + late", NULL, AICI_CODE_NO_SHARED_YEAR, 1);
    assert_string_equal(aic_report_message(bench->report, 0), "`early` (2021..2023) and `late` (2029..2030) share no year");
    assert_refused(bench, "2 * max(early, 1 USD, late)", NULL, AICI_CODE_NO_SHARED_YEAR, 5);
}

/* --- series --------------------------------------------------------------------------------------------------------------------------- */

static void a_series_lives_on_the_years_that_it_lists_or_fills(void **state) {
    struct bench *bench = *state;
    assert_years(bench, "gaps", "2021 2023 2024 2027");
    assert_years(bench, "middle", "2022 2023 2024 2025 2026");
    bench_define_series(bench, "single", AICI_BETWEEN_STEP, 1, (int32_t[]){2025}, (const char *[]){"1"});
    assert_years(bench, "single", "2025");
}

static void a_start_that_grows_lives_from_its_year_to_the_end_of_the_timeline(void **state) {
    struct bench *bench = *state;
    const aici_expr *checked,
        *compound = aici_expr_new_compound(bench->arena, 2027, bench_read(bench, "50万亿 CNY/year"), bench_read(bench, "5 %"));
    assert_int_equal(bench_check_tree(bench, compound, NULL, &checked), AIC_OK);
    assert_string_equal(years_text(bench, checked), "2027 2028 2029 2030");
    assert_string_equal(unit_text(bench, checked), "CNY/s");
    assert_string_equal(unit_text(bench, checked->child[1]), "1/s");
}

static aic_status check_compound(struct bench *bench, int32_t year, const char *start, const char *growth,
                                 const aici_expectation *expectation) {
    const aici_expr *checked;
    const aici_expr *tree = aici_expr_new_compound(bench->arena, year, bench_read(bench, start), bench_read(bench, growth));
    aic_report_clear(bench->report);
    return bench_check_tree(bench, tree, expectation, &checked);
}

static void what_is_wrong_in_a_start_that_grows_is_told(void **state) {
    struct bench *bench = *state;
    aici_expectation money = bench_expect(bench, "money");
    assert_int_equal(check_compound(bench, 2031, "5 USD", "5 %", NULL), AIC_ERROR_DOMAIN);
    assert_int_equal(aic_report_code(bench->report, 0), AICI_CODE_YEAR_OUTSIDE);
    assert_contains(aic_report_hint(bench->report, 0), "timeline: 2021..2031");
    assert_int_equal(check_compound(bench, 2022, "5 USD", "5 USD", NULL), AIC_ERROR_UNIT);
    assert_string_equal(aic_report_message(bench->report, 0), "growth: expected 1/year, found USD");
    assert_int_equal(check_compound(bench, 2022, "5 token", "5 %", &money), AIC_ERROR_UNIT);
    assert_int_equal(check_compound(bench, 2022, "early", "5 %", NULL), AIC_ERROR_DOMAIN);
    assert_int_equal(aic_report_code(bench->report, 0), AICI_CODE_SERIES_REFUSED);
    assert_int_equal(check_compound(bench, 2022, "5 USD", "5 % * (year - 2020)", NULL), AIC_ERROR_UNIT);
    assert_int_equal(check_compound(bench, 2022, "5 USD", "5 %/year * (year - 2020)", NULL), AIC_ERROR_DOMAIN);
    assert_int_equal(aic_report_code(bench->report, 0), AICI_CODE_SERIES_REFUSED);
    assert_int_equal(check_compound(bench, 2022, "5 USD", "3 to 5 %", NULL), AIC_OK);
}

static aic_status check_series(struct bench *bench, uint32_t count, const int32_t *year, const char *const *text,
                               const aici_expectation *expectation) {
    const aici_expr *checked, *tree = bench_series(bench, AICI_BETWEEN_NONE, count, year, text);
    aic_report_clear(bench->report);
    return bench_check_tree(bench, tree, expectation, &checked);
}

static void what_is_wrong_in_a_series_is_told_at_its_year(void **state) {
    struct bench *bench = *state;
    const int32_t years[] = {2021, 2023}, outside[] = {2019, 2021};
    aici_expectation money = bench_expect(bench, "money"), text = {.text = true};
    assert_int_equal(check_series(bench, 2, years, (const char *[]){"5 USD", "6 token"}, NULL), AIC_ERROR_UNIT);
    assert_string_equal(aic_report_message(bench->report, 0), "2023: expected USD as in 2021, found token");
    assert_int_equal(check_series(bench, 2, years, (const char *[]){"5 USD", "6 CNY"}, &money), AIC_ERROR_UNIT);
    assert_int_equal(aic_report_code(bench->report, 0), AICI_CODE_CURRENCY_MIX);
    assert_int_equal(check_series(bench, 2, outside, (const char *[]){"5 USD", "6 USD"}, NULL), AIC_ERROR_DOMAIN);
    assert_int_equal(aic_report_code(bench->report, 0), AICI_CODE_YEAR_OUTSIDE);
    assert_string_equal(aic_report_hint(bench->report, 0), "extend the timeline, as in `timeline: 2019..2030`");
    assert_int_equal(check_series(bench, 2, years, (const char *[]){"5 USD", "early"}, NULL), AIC_ERROR_DOMAIN);
    assert_int_equal(aic_report_code(bench->report, 0), AICI_CODE_SERIES_REFUSED);
    assert_int_equal(check_series(bench, 2, years, (const char *[]){"true", "false"}, NULL), AIC_ERROR_UNIT);
    assert_int_equal(check_series(bench, 2, years, (const char *[]){"'a'", "'b'"}, &text), AIC_ERROR_UNIT);
    assert_int_equal(check_series(bench, 2, years, (const char *[]){"5 TFLOP", "6 token"}, &money), AIC_ERROR_UNIT);
    assert_int_equal(aic_report_count(bench->report), 2);
}

static void years_before_the_timeline_are_there_where_the_scope_allows_them(void **state) {
    struct bench *bench = *state;
    const int32_t years[] = {2017, 2020};
    bench->any_years = true;
    assert_int_equal(check_series(bench, 2, years, (const char *[]){"5 server/year", "6 server/year"}, NULL), AIC_OK);
    bench->timeline = NULL;
    assert_int_equal(check_series(bench, 2, years, (const char *[]){"5 server/year", "6 server/year"}, NULL), AIC_OK);
    assert_int_equal(check_compound(bench, 2022, "5 USD", "5 %", NULL), AIC_ERROR_SCENARIO);
}

static void without_a_timeline_there_are_no_years(void **state) {
    struct bench *bench = *state;
    bench->timeline = NULL;
    assert_refused(bench, "1 + year", NULL, AICI_CODE_NO_TIMELINE, 5);
    assert_int_equal(check_series(bench, 1, (int32_t[]){2021}, (const char *[]){"5"}, NULL), AIC_ERROR_SCENARIO);
    assert_int_equal(aic_report_code(bench->report, 0), AICI_CODE_NO_TIMELINE);
    assert_int_equal(check_compound(bench, 2022, "5 USD", "5 %", NULL), AIC_ERROR_SCENARIO);
}

/* --- functions of series -------------------------------------------------------------------------------------------------------------- */

static void an_index_is_a_constant_year_of_the_series(void **state) {
    struct bench *bench = *state;
    bench_define(bench, "target", "2020 + 3");
    const aici_expr *checked = bench_check(bench, "early[target] * 2", NULL);
    assert_int_equal(checked->child[0]->as.index_year, 2023);
    assert_null(checked->type.years);
    assert_refused(bench, "gaps[2025]", NULL, AICI_CODE_YEAR_OUTSIDE, 6);
    assert_string_equal(aic_report_message(bench->report, 0), "`gaps` has no value in 2025: it lives on 2021, 2023, 2024, 2027");
    assert_contains(aic_report_hint(bench->report, 0), "between: geometric");
    assert_refused(bench, "early[1e300]", NULL, AICI_CODE_YEAR_OUTSIDE, 7);
}

static void previous_leaves_out_years_whose_year_before_is_missing(void **state) {
    assert_years(*state, "previous(early, 0 USD)", "2021 2022 2023");
    assert_years(*state, "previous(gaps, 0)", "2021 2024");
    assert_years(*state, "delay(gaps, 2, 0)", "2021 2023");
    assert_years(*state, "delay(gaps, 3, 0)", "2021 2023 2024 2027");
    assert_years(*state, "delay(early, 200, 0 USD)", "2021 2022 2023");
}

static void growth_needs_the_year_before(void **state) {
    struct bench *bench = *state;
    assert_years(bench, "growth(early)", "2022 2023");
    assert_years(bench, "growth(gaps)", "2024");
    bench_define_series(bench, "alone", AICI_BETWEEN_NONE, 2, (int32_t[]){2021, 2023}, (const char *[]){"1", "2"});
    assert_refused(bench, "growth(alone)", NULL, AICI_CODE_NO_SHARED_YEAR, 1);
}

static void an_initial_series_must_have_the_years_that_take_it(void **state) {
    struct bench *bench = *state;
    assert_years(bench, "previous(middle, early)", "2022 2023 2024 2025 2026");
    assert_years(bench, "delay(middle, 2, early)", "2022 2023 2024 2025 2026");
    assert_refused(bench, "delay(middle, 3, early)", NULL, AICI_CODE_YEAR_OUTSIDE, 18);
    assert_refused(bench, "previous(middle, late)", NULL, AICI_CODE_YEAR_OUTSIDE, 18);
}

static void what_is_in_service_is_an_amount_where_a_year_adds_a_rate(void **state) {
    struct bench *bench = *state;
    bench_define(bench, "shipments", "5 server/year * (year - 2020)");
    bench->any_years = true;
    bench_define_series(bench, "before", AICI_BETWEEN_NONE, 2, (int32_t[]){2019, 2020}, (const char *[]){"1 server/year", "2 server/year"});
    bench->any_years = false;
    assert_string_equal(unit_text(bench, bench_check(bench, "in_service(shipments, 4 year, before)", NULL)), "server");
    assert_string_equal(unit_text(bench, bench_check(bench, "in_service(early, 4 year, 0 USD)", NULL)), "USD");
    assert_true(bench_check(bench, "in_service(shipments, 3 to 5 year, before)", NULL)->type.uncertain);
    assert_refused(bench, "in_service(shipments, 4 year, before * 1 year)", NULL, AICI_CODE_DIMENSION, 1);
    assert_refused(bench, "in_service(shipments, 1 year * year, before)", NULL, AICI_CODE_SERIES_REFUSED, 23);
    assert_refused(bench, "in_service(shipments, 4 year, shipments)", NULL, AICI_CODE_YEAR_OUTSIDE, 31);
}

/* --- recursions over time ------------------------------------------------------------------------------------------------------------- */

static void a_name_that_is_not_known_yet_is_allowed_behind_a_lag(void **state) {
    struct bench *bench = *state;
    bench_name_tree(bench, "stock", NULL);
    const aici_expr *checked = bench_check(bench, "previous(stock, 3 USD) + early", NULL);
    assert_string_equal(unit_text(bench, checked), "USD");
    assert_string_equal(years_text(bench, checked), "2021 2022 2023");
    assert_string_equal(unit_text(bench, checked->child[0]->child[0]), "USD");
    assert_int_equal(checked->child[0]->type.years->count, 10);
    assert_string_equal(unit_text(bench, bench_check(bench, "delay(stock, 2, 3 token)", NULL)), "token");
}

static void formulas_behind_a_lag_may_use_such_a_name_in_any_way(void **state) {
    struct bench *bench = *state;
    bench_name_tree(bench, "stock", NULL);
    static const char *const texts[] = {
        "previous(stock + early, 3 USD)",
        "previous(stock * 2 - early, 3 USD)",
        "previous(early + stock, 3 USD)",
        "previous(max(stock, early), 3 USD)",
        "previous(if stock > 2 USD then stock else -stock, 3 USD)",
        "previous(abs(stock) / 2, 3 USD)",
        "previous(previous(stock, 1 USD), 3 USD)",
        "previous(cumulative(stock), 3 USD)",
        "previous(clamp(stock, 0 USD, 5 USD), 3 USD)",
        "previous(sqrt(stock) ^ 2 * 1.5, 3 USD)",
        "previous(ceil(stock) * exp(stock) * growth(stock), 3 USD)",
        "previous(stock ^ year, 3 USD)",
        "previous(in_service(stock, 3 year, stock[2021]), 3 USD)",
        "previous(cagr(stock, stock, 5), 1 %/year) * 3 USD * 1 year",
        "previous(doubling_time(stock), 1 year) * 3 USD / (1 year)",
        "previous(last(stock) * stock, 3 USD)",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_string_equal(unit_text(bench, bench_check(bench, texts[i], NULL)), "USD");
}

static void no_node_of_a_checked_tree_is_left_without_a_dimension(void **state) {
    struct bench *bench = *state;
    bench_name_tree(bench, "stock", NULL);
    const aici_expr *checked = bench_check(bench, "previous(if stock * 2 > stock then sqrt(stock) else stock, 3 USD)", NULL);
    const aici_expr *condition = checked->child[0]->child[0];
    assert_true(condition->child[0]->type.dimension.count <= AICI_DIMENSION_FACTORS);
    assert_true(condition->child[1]->type.dimension.count <= AICI_DIMENSION_FACTORS);
    assert_true(checked->child[0]->child[1]->child[0]->type.dimension.count <= AICI_DIMENSION_FACTORS);
}

static void what_is_known_behind_a_lag_must_have_the_dimension_of_its_beginning(void **state) {
    assert_refused(*state, "previous(early, 3 token)", NULL, AICI_CODE_DIMENSION, 1);
}

static void a_name_that_is_not_known_yet_is_an_internal_error_elsewhere(void **state) {
    struct bench *bench = *state;
    bench_name_tree(bench, "stock", NULL);
    assert_refused(bench, "1 USD + stock", NULL, AICI_CODE_INTERNAL, 9);
    assert_refused(bench, "previous(early, stock)", NULL, AICI_CODE_INTERNAL, 17);
}

static void a_recursion_needs_a_timeline(void **state) {
    struct bench *bench = *state;
    bench_name_tree(bench, "stock", NULL);
    bench->timeline = NULL;
    assert_refused(bench, "previous(stock, 3 USD)", NULL, AICI_CODE_NO_TIMELINE, 10);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_bench, close_bench)
    const struct CMUnitTest tests[] = {
        TEST(years_are_found_and_compared),
        TEST(an_operation_lives_on_the_years_that_all_its_operands_share),
        TEST(operands_that_share_no_year_are_refused_with_both_ranges),
        TEST(a_series_lives_on_the_years_that_it_lists_or_fills),
        TEST(a_start_that_grows_lives_from_its_year_to_the_end_of_the_timeline),
        TEST(what_is_wrong_in_a_start_that_grows_is_told),
        TEST(what_is_wrong_in_a_series_is_told_at_its_year),
        TEST(years_before_the_timeline_are_there_where_the_scope_allows_them),
        TEST(without_a_timeline_there_are_no_years),
        TEST(an_index_is_a_constant_year_of_the_series),
        TEST(previous_leaves_out_years_whose_year_before_is_missing),
        TEST(growth_needs_the_year_before),
        TEST(an_initial_series_must_have_the_years_that_take_it),
        TEST(what_is_in_service_is_an_amount_where_a_year_adds_a_rate),
        TEST(a_name_that_is_not_known_yet_is_allowed_behind_a_lag),
        TEST(formulas_behind_a_lag_may_use_such_a_name_in_any_way),
        TEST(no_node_of_a_checked_tree_is_left_without_a_dimension),
        TEST(what_is_known_behind_a_lag_must_have_the_dimension_of_its_beginning),
        TEST(a_name_that_is_not_known_yet_is_an_internal_error_elsewhere),
        TEST(a_recursion_needs_a_timeline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
