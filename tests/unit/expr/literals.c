/* SPDX-License-Identifier: MIT */
/* Literals keep what was printed: digits, last place, unit as written; and values are rounded once. */
#include "expr/support.h"

static int open_bench(void **state) {
    static struct bench bench;
    bench = bench_open();
    *state = &bench;
    return 0;
}

static int close_bench(void **state) {
    bench_close(*state);
    return 0;
}

static void assert_figure(struct bench *bench, const char *text, int32_t digits, int32_t last_place) {
    const aici_expr *literal = aici_expr_literal(bench_read(bench, text));
    assert_non_null(literal);
    if (literal->as.number.digits != digits || literal->as.number.last_place != last_place)
        fail_msg("`%s`: %d digits, last place %d", text, (int)literal->as.number.digits, (int)literal->as.number.last_place);
}

static void digits_are_counted_as_they_are_printed(void **state) {
    struct bench *bench = *state;
    assert_figure(bench, "20.83 %", 4, -2);
    assert_figure(bench, "1.43亿", 3, 6);
    assert_figure(bench, "350", 3, 0);
    assert_figure(bench, "350亿 CNY/year", 3, 8);
    assert_figure(bench, "1089.4亿 CNY", 5, 7);
    assert_figure(bench, "0.050", 2, -3);
    assert_figure(bench, "3.14e23 FLOP", 3, 21);
    assert_figure(bench, "1.50e-3", 3, -5);
    assert_figure(bench, "175B", 3, 9);
    assert_figure(bench, "1,234.50", 6, -2);
    assert_figure(bench, "5.", 1, 0);
    assert_figure(bench, ".5", 1, -1);
    assert_figure(bench, "0", 1, 0);
    assert_figure(bench, "0.00", 1, -2);
    assert_figure(bench, "-2.50", 3, -2);
    assert_figure(bench, "+2.5k", 2, 2);
}

static void values_with_a_scale_are_rounded_once(void **state) {
    struct bench *bench = *state;
    assert_true(bench_read(bench, "1.43亿")->as.number.written == 143000000.0);
    assert_true(bench_read(bench, "0.1万亿")->as.number.written == 1e11);
    assert_true(bench_read(bench, "8.2e-5k")->as.number.written == 0.082);
    assert_true(bench_read(bench, "14.366万 CNY/server")->as.number.value == 143660.0);
    assert_true(bench_read(bench, "1.15M")->as.number.written == 1150000.0);
    assert_true(bench_read(bench, "4.35B")->as.number.written == 4350000000.0);
}

static void separators_of_any_length_are_read(void **state) {
    struct bench *bench = *state;
    assert_true(bench_read(bench, "123,456,789,012,345,678,901,234,567,890,123,456,789,012,345,678,901,234,567,890.5")->as.number.written ==
                123456789012345678901234567890123456789012345678901234567890.5);
}

static void the_unit_is_kept_as_written(void **state) {
    struct bench *bench = *state;
    assert_true(aici_slice_is(bench_read(bench, "65 TFLOP/s per GPU")->as.number.unit_text, "TFLOP/s per GPU"));
    assert_true(aici_slice_is(bench_read(bench, "$2/GPU-hour")->as.number.unit_text, "USD/GPU-hour"));
    assert_true(aici_slice_is(bench_read(bench, "€2")->as.number.unit_text, "EUR"));
    assert_int_equal(bench_read(bench, "175B")->as.number.unit_text.size, 0);
    const aici_expr *range = bench_read(bench, "30 to 42 %");
    assert_true(aici_slice_is(range->child[0]->as.number.unit_text, "%"));
    assert_true(range->child[0]->as.number.value == 0.3);
}

static void a_declared_currency_reads_the_yen_sign(void **state) {
    struct bench *bench = *state;
    assert_true(aici_units_set_currency(bench->units, aici_slice_of("CNY")));
    const aici_expr *literal = bench_read(bench, "¥5/token");
    assert_true(aici_slice_is(literal->as.number.unit_text, "CNY/token"));
    assert_string_equal(unit_text(bench, bench_check(bench, "¥5/token", NULL)), "CNY/token");
    assert_true(aici_slice_is(bench_read(bench, "￥5")->as.number.unit_text, "CNY"));
}

static void a_fault_behind_the_sign_of_a_currency_has_its_own_place(void **state) {
    assert_refused(*state, "  $2/yeer", NULL, AICI_CODE_UNIT_UNKNOWN, 6);
    assert_refused(*state, "$2 per yeer", NULL, AICI_CODE_UNIT_UNKNOWN, 8);
}

static void an_unknown_unit_may_have_been_a_name(void **state) {
    struct bench *bench = *state;
    assert_refused(bench, "5 requests_per_day", NULL, AICI_CODE_UNIT_UNKNOWN, 3);
    assert_contains(aic_report_notes(bench->report, 0), "`5 * requests_per_day`");
}

static void half_a_digit_is_in_coherent_units(void **state) {
    struct bench *bench = *state;
    assert_true(nearly_equal(aici_expr_half_digit(bench_read(bench, "20.83 %"), 0), 0.00005));
    assert_true(nearly_equal(aici_expr_half_digit(bench_read(bench, "350亿 CNY"), 0), 5e7));
    assert_true(nearly_equal(aici_expr_half_digit(bench_read(bench, "350亿 CNY"), 2), 5e8));
    assert_true(nearly_equal(aici_expr_half_digit(bench_read(bench, "350亿 CNY"), 4), 5e6));
    assert_true(nearly_equal(aici_expr_half_digit(bench_read(bench, "118 EFLOP/s"), 0), 5e17));
    assert_true(nearly_equal(aici_expr_half_digit(bench_read(bench, "154 day"), 0), 43200));
    assert_true(nearly_equal(aici_expr_half_digit(bench_read(bench, "3.14e23 FLOP"), 0), 5e20));
}

static void only_one_figure_perhaps_negated_is_a_literal(void **state) {
    struct bench *bench = *state;
    assert_non_null(aici_expr_literal(bench_read(bench, "-5 %")));
    assert_non_null(aici_expr_literal(bench_check(bench, "5 USD", NULL)));
    assert_null(aici_expr_literal(bench_read(bench, "5 + 0")));
    assert_null(aici_expr_literal(bench_read(bench, "x")));
    assert_null(aici_expr_literal(bench_read(bench, "5 to 9")));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_bench, close_bench)
    const struct CMUnitTest tests[] = {
        TEST(digits_are_counted_as_they_are_printed),
        TEST(values_with_a_scale_are_rounded_once),
        TEST(separators_of_any_length_are_read),
        TEST(the_unit_is_kept_as_written),
        TEST(a_declared_currency_reads_the_yen_sign),
        TEST(a_fault_behind_the_sign_of_a_currency_has_its_own_place),
        TEST(an_unknown_unit_may_have_been_a_name),
        TEST(half_a_digit_is_in_coherent_units),
        TEST(only_one_figure_perhaps_negated_is_a_literal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
