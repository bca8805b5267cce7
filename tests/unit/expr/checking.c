/* SPDX-License-Identifier: MIT */
/* Checked trees: types, symbols, constants, what is expected of a whole value, and that all independent faults are told. */
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

static void a_tree_may_be_checked_many_times_and_stays_as_it_was(void **state) {
    struct bench *bench = *state;
    bench_define(bench, "x", "5 USD");
    const aici_expr *read = bench_read(bench, "x * 2"), *first, *second;
    assert_int_equal(bench_check_tree(bench, read, NULL, &first), AIC_OK);
    bench->name[0].name = "other";
    bench_define(bench, "x", "3 token");
    assert_int_equal(bench_check_tree(bench, read, NULL, &second), AIC_OK);
    assert_string_equal(unit_text(bench, first), "USD");
    assert_string_equal(unit_text(bench, second), "token");
    assert_int_equal(first->child[0]->as.name.symbol, 0);
    assert_int_equal(second->child[0]->as.name.symbol, 1);
    assert_null(read->child[0]->as.name.definition);
}

static void a_name_keeps_what_the_scope_said_of_it(void **state) {
    struct bench *bench = *state;
    bench_define(bench, "a", "1");
    bench_define(bench, "b", "2 to 3 token");
    const aici_expr *name = bench_check(bench, "b", NULL);
    assert_int_equal(name->as.name.symbol, 1);
    assert_ptr_equal(name->as.name.definition, bench->name[1].tree);
    assert_true(name->type.uncertain);
}

static void constants_go_through_names(void **state) {
    struct bench *bench = *state;
    bench_define(bench, "a", "2 km");
    bench_define(bench, "b", "a * 3");
    assert_true(constant_of(bench_check(bench, "b / (1 m)", NULL)) == 6000);
    assert_true(constant_of(bench_check(bench, "(3 s) ^ (b / a - 1)", NULL)) == 9);
}

static void what_is_uncertain_or_moves_or_is_not_finite_is_no_constant(void **state) {
    struct bench *bench = *state;
    double value = 42;
    bench_define(bench, "u", "2 to 3");
    static const char *const texts[] = {"u", "u * 0", "2 to 3", "year", "1 / 0", "0 / 0", "sqrt(-1)", "ln(0)", "year - year", "'pad'"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_false(aici_expr_constant(bench_check(bench, texts[i], NULL), &value));
    assert_true(value == 42);
}

static void a_chain_of_a_hundred_thousand_names_is_followed_without_a_stack(void **state) {
    struct bench *bench = *state;
    bench_define(bench, "x", "1");
    const aici_expr *read = bench_read(bench, "x + 1");
    for (int i = 0; i < 100000; i++) {
        const aici_expr *next;
        assert_int_equal(bench_check_tree(bench, read, NULL, &next), AIC_OK);
        bench->name[0].tree = next;
    }
    assert_true(constant_of(bench->name[0].tree) == 100001);
}

/* --- what is expected ----------------------------------------------------------------------------------------------------------------- */

static void a_mismatch_is_told_at_the_whole_value(void **state) {
    struct bench *bench = *state;
    const aici_expr *checked;
    aici_expectation ratio = bench_expect(bench, "1");
    unsigned line, column, last_line, last_column;
    ratio.hint = "utilization is a share of peak, such as `32 %`";
    bench->subject = "utilization";
    assert_int_equal(bench_try(bench, "32 TFLOP/s", &ratio, &checked), AIC_ERROR_UNIT);
    assert_string_equal(aic_report_message(bench->report, 0), "utilization: expected a ratio, found FLOP/s");
    assert_string_equal(aic_report_hint(bench->report, 0), ratio.hint);
    aic_report_place(bench->report, 0, &line, &column, &last_line, &last_column);
    assert_int_equal(column, 1);
    assert_int_equal(last_column, 10);
    assert_int_equal(bench_try(bench, "2 * 16 TFLOP/s", &ratio, &checked), AIC_ERROR_UNIT);
    aic_report_place(bench->report, 0, &line, &column, &last_line, &last_column);
    assert_int_equal(column, 1);
    assert_int_equal(last_column, 14);
}

static void the_path_of_the_scope_is_in_the_report(void **state) {
    struct bench *bench = *state;
    const aici_expr *checked = NULL, *tree = bench_read(bench, "visitz");
    aici_scope scope = bench_scope(bench);
    scope.path = "models.chatgpt.utilization";
    assert_int_equal(aici_expr_check(tree, NULL, &scope, &checked), AIC_ERROR_NAME);
    assert_string_equal(aic_report_path(bench->report, 0), "models.chatgpt.utilization");
}

static void a_hint_of_the_input_stands_beside_the_explanation_of_a_slip(void **state) {
    struct bench *bench = *state;
    const aici_expr *checked;
    aici_expectation rate = bench_expect(bench, "FLOP/s");
    rate.hint = "the rate of the whole fleet";
    assert_int_equal(bench_try(bench, "118 EFLOP", &rate, &checked), AIC_ERROR_UNIT);
    assert_contains(aic_report_hint(bench->report, 0), "118 EFLOP/s");
    assert_contains(aic_report_notes(bench->report, 0), rate.hint);
}

static void flops_is_read_as_declared_and_a_note_says_so(void **state) {
    struct bench *bench = *state;
    aici_expectation rate = bench_expect(bench, "FLOP/s"), amount = bench_expect(bench, "FLOP");
    bench->subject = "peak";
    const aici_expr *checked = bench_check(bench, "65 TFLOPS", &rate);
    assert_string_equal(unit_text(bench, checked), "FLOP/s");
    assert_true(checked->as.number.value == 65e12);
    assert_int_equal(aic_report_count(bench->report), 1);
    assert_int_equal(aic_report_code(bench->report, 0), AICI_CODE_FLOPS_READ);
    assert_int_equal(aic_report_severity(bench->report, 0), AIC_SEVERITY_NOTE);
    assert_string_equal(aic_report_message(bench->report, 0), "peak: `TFLOPS` is read as `TFLOP/s`, as is declared here");
    assert_string_equal(unit_text(bench, bench_check(bench, "65 Tflops", &amount)), "FLOP");
    assert_contains(aic_report_message(bench->report, 0), "`TFLOP`");
}

static void flops_in_each_year_of_a_series_is_read_as_declared(void **state) {
    struct bench *bench = *state;
    aici_expectation rate = bench_expect(bench, "FLOP/s");
    const aici_expr *series =
        bench_series(bench, AICI_BETWEEN_NONE, 2, (int32_t[]){2021, 2022}, (const char *[]){"65 TFLOPS", "30 to 42 TFLOPS"});
    const aici_expr *checked;
    assert_int_equal(bench_check_tree(bench, series, &rate, &checked), AIC_OK);
    assert_string_equal(unit_text(bench, checked), "FLOP/s");
}

static void a_bare_number_takes_the_unit_in_the_node_itself(void **state) {
    struct bench *bench = *state;
    aici_expectation tokens = bench_expect(bench, "token/query"), growth = bench_expect(bench, "1/year");
    const aici_expr *literal = bench_check(bench, "1.5k", &tokens);
    assert_int_equal(literal->kind, AICI_EXPR_NUMBER);
    assert_true(literal->as.number.value == 1500 && literal->as.number.unit.scale == 1);
    assert_true(aici_slice_is(literal->as.number.unit_text, "token/query"));
    assert_string_equal(unit_text(bench, literal), "token/query");
    literal = bench_check(bench, "20 %", &growth);
    assert_true(literal->as.number.value == bench_check(bench, "20 %/year", NULL)->as.number.value);
    assert_true(nearly_equal(aici_expr_half_digit(literal, 0), 0.005 / 31557600));
}

static void bare_numbers_in_series_and_in_distributions_take_the_unit(void **state) {
    struct bench *bench = *state;
    aici_expectation tokens = bench_expect(bench, "token");
    const aici_expr *series =
        bench_series(bench, AICI_BETWEEN_LINEAR, 3, (int32_t[]){2021, 2023, 2024}, (const char *[]){"5", "6 token", "normal(7, 1)"});
    const aici_expr *checked;
    assert_int_equal(bench_check_tree(bench, series, &tokens, &checked), AIC_OK);
    for (uint32_t i = 0; i < checked->count; i++)
        assert_string_equal(unit_text(bench, checked->child[i]), "token");
    assert_string_equal(unit_text(bench, checked->child[2]->child[0]), "token");
    assert_true(checked->type.uncertain);
}

static void a_weight_and_a_shape_stay_pure_numbers(void **state) {
    struct bench *bench = *state;
    aici_expectation tokens = bench_expect(bench, "token");
    const aici_expr *checked = bench_check(bench, "discrete(5, 1, 6, 3)", &tokens);
    assert_string_equal(unit_text(bench, checked->child[0]), "token");
    assert_string_equal(unit_text(bench, checked->child[1]), "1");
    checked = bench_check(bench, "mixture(1 to 2, 0.5, 5 ± 1, 0.5)", &tokens);
    assert_string_equal(unit_text(bench, checked->child[0]->child[0]), "token");
    checked = bench_check(bench, "beta(2, 3)", &tokens);
    assert_int_equal(checked->kind, AICI_EXPR_BINARY);
    assert_string_equal(unit_text(bench, checked), "token");
}

static void bare_numbers_are_refused_where_the_place_does_not_take_them(void **state) {
    struct bench *bench = *state;
    aici_expectation tokens = bench_expect(bench, "token"), growth = bench_expect(bench, "1/year");
    tokens.bare_numbers = false;
    growth.bare_growth = false;
    assert_refused(bench, "5", &tokens, AICI_CODE_BARE_NUMBER, 1);
    assert_refused(bench, "0.2", &growth, AICI_CODE_BARE_NUMBER, 1);
    assert_refused(bench, "20 %", &growth, AICI_CODE_DIMENSION, 1);
}

static void further_units_are_read_as_the_declared_one(void **state) {
    struct bench *bench = *state;
    aici_expectation rate = bench_expect(bench, "frame/s/video");
    aici_unit also = bench_unit(bench, "frame/s");
    rate.also = &also;
    rate.also_count = 1;
    const aici_expr *checked = bench_check(bench, "60 frame/s", &rate);
    assert_string_equal(unit_text(bench, checked), "frame/s/video");
    assert_true(constant_of(checked) == 60);
    assert_string_equal(unit_text(bench, bench_check(bench, "30 frame/s/video", &rate)), "frame/s/video");
    assert_refused(bench, "60 frame", &rate, AICI_CODE_DIMENSION, 1);
}

static void money_is_any_one_currency(void **state) {
    struct bench *bench = *state;
    aici_expectation price = bench_expect(bench, "money/server");
    assert_string_equal(unit_text(bench, bench_check(bench, "29000 EUR/server", &price)), "EUR/server");
    assert_refused(bench, "29000 token/server", &price, AICI_CODE_DIMENSION, 1);
    assert_refused(bench, "5 USD * 3 CNY/server", &price, AICI_CODE_DIMENSION, 1);
    assert_refused(bench, "server", &price, AICI_CODE_UNKNOWN_NAME, 1);
    assert_refused(bench, "1 1/server", &price, AICI_CODE_DIMENSION, 1);
}

static void tied_currencies_are_one(void **state) {
    struct bench *bench = *state;
    aici_unit worth = bench_unit(bench, "CNY");
    worth.scale = 7.08;
    assert_int_equal(aici_units_tie(bench->units, aici_slice_of("USD"), &worth, NULL, NULL), AIC_OK);
    assert_true(nearly_equal(constant_of(bench_check(bench, "2 USD + 1 CNY", NULL)), 15.16));
    assert_true(nearly_equal(constant_of(bench_check(bench, "$2 + 1 CNY", NULL)), 15.16));
}

static void truth_values_and_texts_are_expected_as_such(void **state) {
    struct bench *bench = *state;
    aici_expectation truth = {.boolean = true}, text = {.text = true}, any = {.any_dimension = true};
    assert_int_equal(bench_check(bench, "1 < 2", &truth)->type.kind, AICI_TYPE_BOOLEAN);
    assert_int_equal(bench_check(bench, "'pad'", &text)->type.kind, AICI_TYPE_TEXT);
    assert_int_equal(bench_check(bench, "5 USD", &any)->type.kind, AICI_TYPE_QUANTITY);
    assert_refused(bench, "5", &truth, AICI_CODE_TYPE, 1);
    assert_refused(bench, "true", &text, AICI_CODE_TYPE, 1);
    assert_refused(bench, "true", &any, AICI_CODE_TYPE, 1);
}

static void a_series_is_refused_where_one_value_is_expected(void **state) {
    struct bench *bench = *state;
    aici_expectation one = {.any_dimension = true, .scalar = true};
    bench_define(bench, "sales", "2 USD * year");
    assert_refused(bench, "sales", &one, AICI_CODE_SERIES_REFUSED, 1);
    assert_contains(aic_report_hint(bench->report, 0), "`sales[2030]`");
    assert_string_equal(unit_text(bench, bench_check(bench, "sales[2030]", &one)), "USD");
}

/* --- distributions -------------------------------------------------------------------------------------------------------------------- */

static void distributions_stand_where_the_scope_allows_them(void **state) {
    struct bench *bench = *state;
    bench->no_distributions = true;
    assert_refused(bench, "2 * (3 to 5)", NULL, AICI_CODE_DISTRIBUTION_PLACE, 6);
    assert_refused(bench, "mixture(1 to 2, 1, 3 to 4, 1)", NULL, AICI_CODE_DISTRIBUTION_PLACE, 1);
    assert_int_equal(aic_report_count(bench->report), 1);
    bench->no_distributions = false;
    assert_true(bench_check(bench, "max(2 * (3 to 5), 4)", NULL)->type.uncertain);
}

static const aici_expr *mapping(struct bench *bench, aici_distribution distribution, uint32_t count, const uint8_t *parameter,
                                const char *const *text) {
    const aici_expr *value[8];
    for (uint32_t i = 0; i < count; i++)
        value[i] = bench_read(bench, text[i]);
    const aici_source *source = aici_source_new(bench->arena, "test", "{p5: …}", 7);
    aici_fragment *fragment = aici_arena_take(bench->arena, sizeof *fragment);
    *fragment = aici_fragment_of_source(source);
    return aici_expr_new_distribution(bench->arena, distribution, count, parameter, value, fragment);
}

static void mappings_make_distributions_when_their_parameters_do(void **state) {
    struct bench *bench = *state;
    const uint8_t quantiles[] = {AICI_PARAMETER_P5, AICI_PARAMETER_P50, AICI_PARAMETER_P95},
                  mixed[] = {AICI_PARAMETER_P5, AICI_PARAMETER_SD};
    const char *const texts[] = {"1 USD", "2 USD", "3 USD"};
    const aici_expr *checked;
    assert_int_equal(bench_check_tree(bench, mapping(bench, AICI_DISTRIBUTION_LOGNORMAL, 3, quantiles, texts), NULL, &checked), AIC_OK);
    assert_string_equal(unit_text(bench, checked), "USD");
    aic_report_clear(bench->report);
    assert_int_equal(bench_check_tree(bench, mapping(bench, AICI_DISTRIBUTION_NORMAL, 2, mixed, texts), NULL, &checked), AIC_ERROR_DOMAIN);
    assert_int_equal(aic_report_code(bench->report, 0), AICI_CODE_DISTRIBUTION_PARAMETER);
    assert_contains(aic_report_hint(bench->report, 0), "`mean` and `sd`");
    aic_report_clear(bench->report);
    assert_int_equal(bench_check_tree(bench, mapping(bench, AICI_DISTRIBUTION_UNIFORM, 2, quantiles, texts), NULL, &checked),
                     AIC_ERROR_DOMAIN);
    assert_int_equal(bench_check_tree(bench, mapping(bench, AICI_DISTRIBUTION_DISCRETE, 1, quantiles, texts), NULL, &checked),
                     AIC_ERROR_DOMAIN);
}

static void parameters_whose_values_are_not_known_are_not_judged(void **state) {
    struct bench *bench = *state;
    bench_define(bench, "sales", "2 * (year - 2030)");
    const aici_expr *checked = bench_check(bench, "sales to sales * 2", NULL);
    assert_true(checked->type.uncertain);
    assert_int_equal(checked->type.years->count, 10);
}

/* --- all faults ----------------------------------------------------------------------------------------------------------------------- */

static void every_independent_fault_is_told_once(void **state) {
    struct bench *bench = *state;
    const aici_expr *checked;
    assert_int_equal(bench_try(bench, "(5 USD + 3 CNY) * visitz + max(1 s, 2 m) ^ 2 - (exp(3 s) + 1)", NULL, &checked), AIC_ERROR_UNIT);
    assert_int_equal(aic_report_count(bench->report), 4);
    assert_int_equal(aic_report_code(bench->report, 0), AICI_CODE_CURRENCY_MIX);
    assert_int_equal(aic_report_code(bench->report, 1), AICI_CODE_UNKNOWN_NAME);
    assert_int_equal(aic_report_code(bench->report, 2), AICI_CODE_DIMENSION);
    assert_int_equal(aic_report_code(bench->report, 3), AICI_CODE_DIMENSION);
}

static void without_a_report_the_status_is_the_same(void **state) {
    struct bench *bench = *state;
    aic_report *report = bench->report;
    const aici_expr *tree = bench_read(bench, "5 USD + 3 CNY"), *checked = NULL;
    bench->report = NULL;
    assert_int_equal(bench_check_tree(bench, tree, NULL, &checked), AIC_ERROR_UNIT);
    assert_null(checked);
    bench->report = report;
}

static void a_scope_without_names_knows_none(void **state) {
    struct bench *bench = *state;
    const aici_expr *tree = bench_read(bench, "x"), *checked = NULL;
    aici_scope scope = bench_scope(bench);
    scope.find = NULL;
    scope.offer = NULL;
    assert_int_equal(aici_expr_check(tree, NULL, &scope, &checked), AIC_ERROR_NAME);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_bench, close_bench)
    const struct CMUnitTest tests[] = {
        TEST(a_tree_may_be_checked_many_times_and_stays_as_it_was),
        TEST(a_name_keeps_what_the_scope_said_of_it),
        TEST(constants_go_through_names),
        TEST(what_is_uncertain_or_moves_or_is_not_finite_is_no_constant),
        TEST(a_chain_of_a_hundred_thousand_names_is_followed_without_a_stack),
        TEST(a_mismatch_is_told_at_the_whole_value),
        TEST(the_path_of_the_scope_is_in_the_report),
        TEST(a_hint_of_the_input_stands_beside_the_explanation_of_a_slip),
        TEST(flops_is_read_as_declared_and_a_note_says_so),
        TEST(flops_in_each_year_of_a_series_is_read_as_declared),
        TEST(a_bare_number_takes_the_unit_in_the_node_itself),
        TEST(bare_numbers_in_series_and_in_distributions_take_the_unit),
        TEST(a_weight_and_a_shape_stay_pure_numbers),
        TEST(bare_numbers_are_refused_where_the_place_does_not_take_them),
        TEST(further_units_are_read_as_the_declared_one),
        TEST(money_is_any_one_currency),
        TEST(tied_currencies_are_one),
        TEST(truth_values_and_texts_are_expected_as_such),
        TEST(a_series_is_refused_where_one_value_is_expected),
        TEST(distributions_stand_where_the_scope_allows_them),
        TEST(mappings_make_distributions_when_their_parameters_do),
        TEST(parameters_whose_values_are_not_known_are_not_judged),
        TEST(every_independent_fault_is_told_once),
        TEST(without_a_report_the_status_is_the_same),
        TEST(a_scope_without_names_knows_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
