/* SPDX-License-Identifier: MIT */
/* Which names a tree looks at, in the order of the text, and in which years. */
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

/* "a b! c*": ! for earlier years, * for all. */
static void note_name(void *context, const aici_expr *name, aici_use use) {
    aici_buffer *out = context;
    static const char *const marks[] = {[AICI_USE_SAME_YEAR] = "", [AICI_USE_EARLIER_YEAR] = "!", [AICI_USE_ALL_YEARS] = "*"};
    aici_buffer_add_format(out, "%s%.*s%s", out->size > 0 ? " " : "", AICI_SLICE(name->as.name.text), marks[use]);
}

static void assert_tree_names(const aici_expr *tree, const char *expected) {
    aici_buffer out = aici_buffer_new(NULL);
    aici_expr_each_name(tree, note_name, &out);
    assert_string_equal(aici_buffer_text(&out), expected);
    aici_buffer_free(&out);
}

static void assert_names(struct bench *bench, const char *text, const char *expected) {
    assert_tree_names(bench_read(bench, text), expected);
}

static void names_come_from_left_to_right(void **state) {
    assert_names(*state, "a + b * (c - d) ^ e / -f", "a b c d e f");
    assert_names(*state, "if a < b then c else not d", "a b c d");
    assert_names(*state, "max(a, b, c) + a", "a b c a");
    assert_names(*state, "5 USD * (1 + 2)", "");
}

static void what_is_behind_a_lag_is_looked_at_in_an_earlier_year(void **state) {
    assert_names(*state, "previous(a + b, c) + d", "a! b! c d");
    assert_names(*state, "delay(a, n, c)", "a! n c");
    assert_names(*state, "previous(delay(a, 1, b), c)", "a! b! c");
    assert_names(*state, "cumulative(previous(a, b))", "a! b");
}

static void what_needs_the_whole_series_needs_all_years(void **state) {
    assert_names(*state, "a[b] + sum(c) + mean(d, e)", "a* b c* d e");
    assert_names(*state, "first(a) + last(b) + first_year(c) + last_year(d)", "a* b* c* d*");
    assert_names(*state, "max(a) + max(b, c)", "a* b c");
    assert_names(*state, "in_service(a, b, c)", "a b c*");
    assert_names(*state, "previous(sum(a), b)", "a* b");
    assert_names(*state, "sum(previous(a, b))", "a* b*");
    assert_names(*state, "growth(a) + cumulative(b)", "a b");
}

static void series_between_whose_years_others_are_filled_in_need_all_years(void **state) {
    struct bench *bench = *state;
    const int32_t years[] = {2021, 2026};
    const char *const values[] = {"a", "b"};
    assert_tree_names(bench_series(bench, AICI_BETWEEN_NONE, 2, years, values), "a b");
    assert_tree_names(bench_series(bench, AICI_BETWEEN_LINEAR, 2, years, values), "a* b*");
    assert_tree_names(aici_expr_new_compound(bench->arena, 2022, bench_read(bench, "a"), bench_read(bench, "b")), "a* b");
}

static void trees_made_by_calls_are_visited_too_even_when_they_share_parts(void **state) {
    struct bench *bench = *state;
    const aici_expr *sum = bench_read(bench, "a + b + c");
    const aici_expr *twice = aici_expr_new_binary(bench->arena, AICI_OPERATOR_MULTIPLY, sum, sum);
    const aici_expr *again =
        aici_expr_new_binary(bench->arena, AICI_OPERATOR_ADD, sum, aici_expr_new_name(bench->arena, aici_slice_of("d"), NULL));
    assert_tree_names(twice, "a b c a b c");
    assert_tree_names(again, "a b c d");
    assert_tree_names(sum, "a b c");
    const uint8_t parameter[] = {AICI_PARAMETER_P5, AICI_PARAMETER_P95};
    const aici_expr *value[] = {bench_read(bench, "a"), sum};
    assert_tree_names(aici_expr_new_distribution(bench->arena, AICI_DISTRIBUTION_LOGNORMAL, 2, parameter, value, NULL), "a a b c");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_bench, close_bench)
    const struct CMUnitTest tests[] = {
        TEST(names_come_from_left_to_right),
        TEST(what_is_behind_a_lag_is_looked_at_in_an_earlier_year),
        TEST(what_needs_the_whole_series_needs_all_years),
        TEST(series_between_whose_years_others_are_filled_in_need_all_years),
        TEST(trees_made_by_calls_are_visited_too_even_when_they_share_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
