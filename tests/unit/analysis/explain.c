/* SPDX-License-Identifier: MIT */
/* Derivations: which steps they have, in which order, with which values in the formulas. */
#include "failing_allocator.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/scene.h"
#include "result/json_reader.h"

static struct scene scene;

static int end(void **state) {
    (void)state;
    scene_end(&scene);
    scene = (struct scene){0};
    return 0;
}

static void explain(const char *yaml, const char *name) {
    scene_begin(&scene, yaml);
    scene_expect_ok(&scene, scene_explain(&scene, name));
}

/** "a b c": the names of the steps in order, with an arrow for each level. */
static void expect_order(const char *expected) {
    aici_buffer order = aici_buffer_new(NULL);
    for (size_t i = 0; i < scene.result->step_count; i++) {
        aici_buffer_add_text(&order, i ? " " : "");
        aici_buffer_add_repeated(&order, '>', scene.result->step[i].depth);
        aici_buffer_add_text(&order, scene.result->step[i].name);
        aici_buffer_add_text(&order, scene.result->step[i].repeated ? "!" : "");
    }
    assert_string_equal(aici_buffer_text(&order), expected);
    aici_buffer_free(&order);
}

/** The formula of a step with its values in it, as JSON has it. */
static const char *substituted(const char *path) {
    char key[200];
    snprintf(key, sizeof key, "explanation%s.substituted", path);
    const char *text = scene_text(&scene, AIC_FORMAT_JSON);
    assert_true(json_is_valid(text));
    return json_at(text, key);
}

static const char chat[] = "sources: {press: {title: A newspaper, publisher: Press, date: 2024-03, page: 7}}\n"
                           "assumptions:\n"
                           "  visits: {value: 6000万 visit/day, source: press, note: on weekdays}\n"
                           "models:\n"
                           "  chat:\n"
                           "    kind: inference\n"
                           "    parameters: 1万亿 parameter\n"
                           "    tokens_per_query: 267 token/query\n"
                           "    utilization: 32 %\n"
                           "    queries_per_day: visits * 10 query/visit\n"
                           "    accelerator_peak: 65 TFLOP/s/accelerator\n"
                           "calculations:\n"
                           "  per_visit: chat.compute_rate / visits\n";

/* --- steps ---------------------------------------------------------------------------------------------------------------------------- */

static void it_goes_down_to_what_is_given_in_the_order_of_reading(void **state) {
    (void)state;
    explain(chat, "chat.compute_rate");
    expect_order(
        "chat.compute_rate >chat.compute_per_query >>chat.compute_per_token >>>chat.flop_per_parameter_token >>>chat.active_parameters "
        ">>>>chat.parameters >>chat.tokens_per_query >>chat.utilization >chat.queries_per_day >>visits >chat.peak_to_average");
}

static void formulas_have_local_names_and_values_in_their_units(void **state) {
    (void)state;
    explain(chat, "chat.compute_rate");
    assert_string_equal(scene.result->step[0].formula, "compute_per_query * queries_per_day * peak_to_average");
    assert_string_equal(substituted(""), "\"1.669 PFLOP/query * 600M query/day * 1\"");
    assert_string_equal(substituted(".inputs[0]"), "\"2 TFLOP/token * 267 token/query / 32 %\"");
    assert_string_equal(substituted(".inputs[1]"), "\"60M visit/day * 10 query/visit\"");
    assert_string_equal(scene_step(&scene, "chat.compute_rate")->where, "kind inference");
}

static void a_figure_stands_as_it_is_written_with_source_note_and_place(void **state) {
    (void)state;
    explain(chat, "chat.compute_rate");
    const aici_result_step *visits = scene_step(&scene, "visits");
    assert_string_equal(visits->formula, "");
    assert_string_equal(visits->written, "6000万 visit/day");
    assert_string_equal(visits->source, "press: A newspaper, Press, 2024-03, 7");
    assert_string_equal(visits->note, "on weekdays");
    assert_string_equal(visits->where, "scene.yaml:4");
    scene_expect_value(visits->value * visits->scale, 6e7 / 86400, 1e-15);
}

static void a_default_is_marked_with_its_kind_and_source(void **state) {
    (void)state;
    explain(chat, "chat.compute_per_token");
    const aici_result_step *flop = scene_step(&scene, "chat.flop_per_parameter_token");
    assert_true(flop->is_default);
    assert_string_equal(flop->where, "kind inference");
    assert_non_null(strstr(flop->source, "arXiv:2001.08361"));
    assert_non_null(strstr(scene_text(&scene, AIC_FORMAT_TEXT), "default of kind inference"));
}

static void a_quantity_is_derived_once_and_named_again(void **state) {
    (void)state;
    explain("assumptions: {a: 2, b: 3}\ncalculations: {x: a * b, y: x + a, z: x * y + x}\n", "z");
    expect_order("z >x >>a >>b >y >>x! >>a!");
}

static void names_from_elsewhere_are_full(void **state) {
    (void)state;
    explain(chat, "per_visit");
    assert_string_equal(scene.result->step[0].formula, "chat.compute_rate / visits");
    assert_string_equal(scene.result->step[0].where, "scene.yaml:14");
}

static void a_value_below_zero_and_the_base_of_a_power_stand_in_brackets(void **state) {
    (void)state;
    explain("assumptions: {a: 3 pixel, b: -2 pixel^2}\ncalculations: {x: a ^ 2 - b}\n", "x");
    assert_string_equal(substituted(""), "\"(3 pixel) ^ 2 - (-2 pixel^2)\"");
}

static void the_branch_that_a_text_or_a_truth_value_decides_stands_alone(void **state) {
    (void)state;
    explain("models: {v: {kind: visual_tokens, images: 2, height: 32 pixel, width: 24 pixel, patch: 16 pixel, partial_patches: pad}}\n",
            "v.columns");
    assert_string_equal(substituted(""), "\"ceil(24 pixel / (16 pixel * 1))\"");
    expect_order("v.columns >v.partial_patches >v.width >v.patch >v.latent_compression");
    assert_string_equal(scene_step(&scene, "v.partial_patches")->text, "pad");
}

static void a_branch_that_numbers_decide_stands_with_the_other(void **state) {
    (void)state;
    explain("assumptions: {a: 5, b: 7}\ncalculations: {x: if a > b then a else b}\n", "x");
    assert_string_equal(substituted(""), "\"if 5 > 7 then 5 else 7\"");
}

static void a_branch_that_is_not_taken_may_be_infinite(void **state) {
    (void)state;
    explain("assumptions: {a: 0}\ncalculations: {y: 1 / a, x: if a > 1 then y else 7}\n", "x");
    const char *text = scene_text(&scene, AIC_FORMAT_JSON);
    assert_true(json_is_valid(text));
    assert_string_equal(json_at(text, "explanation.inputs[1].name"), "\"y\"");
    assert_string_equal(json_at(text, "explanation.inputs[1].value"), "null");
}

static void a_text_can_be_asked_for_too(void **state) {
    (void)state;
    explain("models: {v: {kind: visual_tokens, images: 2, height: 32 pixel, width: 24 pixel, patch: 16 pixel}}\n", "v.partial_patches");
    expect_order("v.partial_patches");
    assert_string_equal(scene.result->step[0].text, "exact");
    assert_true(scene.result->step[0].is_default);
}

/* --- years ---------------------------------------------------------------------------------------------------------------------------- */

static const char market[] = "timeline: 2021..2024\n"
                             "assumptions:\n"
                             "  sold: {series: {2021: 10 server/year, 2023: 40 server/year}, between: geometric}\n"
                             "  price: {start: 100 USD/server, start_year: 2021, growth: 10 %/year}\n"
                             "calculations:\n"
                             "  revenue: sold * price\n"
                             "  opening: \"revenue[2021]\"\n"
                             "  total: sum(sold)\n"
                             "  stock: previous(stock, 5 server) + sold * 1 year\n";

static void one_year_of_a_series_draws_on_that_year(void **state) {
    (void)state;
    explain(market, "revenue[2022]");
    assert_int_equal(scene.result->step[0].year, 2022);
    assert_string_equal(substituted(""), "\"20 server/year * 110 USD/server\"");
    assert_int_equal(scene_step(&scene, "sold")->year, 2022);
    assert_string_equal(scene_step(&scene, "sold")->written,
                        "10 server/year in 2021 to 40 server/year in 2023, by a constant factor a year");
    assert_string_equal(scene_step(&scene, "price")->written, "100 USD/server in 2021, growing by 10 %/year");
    assert_null(scene.result->step[0].series_year);
}

static void a_listed_year_stands_as_it_is_written(void **state) {
    (void)state;
    explain(market, "sold[2023]");
    assert_string_equal(scene.result->step[0].written, "40 server/year");
}

static void a_whole_series_is_derived_in_its_last_year_and_lists_all(void **state) {
    (void)state;
    explain(market, "revenue");
    assert_int_equal(scene.result->step[0].year, 2023);
    assert_int_equal(scene.result->step[0].series_count, 3);
    scene_expect_value(scene.result->step[0].series_value[2] * scene.result->step[0].scale, 40 * 121 / 31557600.0, 1e-14);
}

static void an_index_shows_the_value_of_its_year(void **state) {
    (void)state;
    explain(market, "opening");
    assert_string_equal(scene.result->step[0].formula, "revenue[2021]");
    assert_int_equal(scene.result->step[1].year, 2021);
    assert_non_null(strstr(substituted(""), "USD"));
    assert_null(strchr(substituted(""), '['));
}

static void a_series_that_is_summed_keeps_its_name_and_lists_its_years(void **state) {
    (void)state;
    explain(market, "total");
    assert_string_equal(scene.result->step[0].substituted, "");
    assert_string_equal(scene.result->step[1].name, "sold");
    assert_int_equal(scene.result->step[1].series_count, 3);
}

static void a_recursion_over_time_looks_back_one_year_and_ends(void **state) {
    (void)state;
    explain(market, "stock[2022]");
    assert_string_equal(substituted(""), "\"previous(15 server, 5 server) + 20 server/year * 1 year\"");
    assert_int_equal(scene.result->step[1].year, 2021);
    assert_true(scene.result->step[1].repeated);
}

static void before_the_first_year_only_the_initial_value_counts(void **state) {
    (void)state;
    explain(market, "stock[2021]");
    assert_string_equal(substituted(""), "\"previous(stock, 5 server) + 10 server/year * 1 year\"");
    expect_order("stock >sold");
}

/* --- limits --------------------------------------------------------------------------------------------------------------------------- */

static void a_long_chain_is_cut_and_says_so(void **state) {
    (void)state;
    aici_buffer yaml = aici_buffer_new(NULL);
    aici_buffer_add_text(&yaml, "assumptions: {x0: 1}\ncalculations:\n");
    for (unsigned i = 1; i <= 20000; i++)
        aici_buffer_add_format(&yaml, "  x%u: x%u + 1\n", i, i - 1);
    explain(aici_buffer_text(&yaml), "x20000");
    scene_expect_value(scene.result->step[0].value, 20001, 0);
    assert_true(scene.result->step_count < 100);
    assert_true(scene.result->step[scene.result->step_count - 1].cut);
    assert_non_null(strstr(scene_text(&scene, AIC_FORMAT_TEXT), "its derivation is left out here"));
    aici_buffer_free(&yaml);
}

static void a_wide_formula_is_cut_and_says_so(void **state) {
    (void)state;
    aici_buffer yaml = aici_buffer_new(NULL);
    aici_buffer_add_text(&yaml, "assumptions:\n");
    for (unsigned i = 0; i < 3000; i++)
        aici_buffer_add_format(&yaml, "  x%u: %u\n", i, i);
    aici_buffer_add_text(&yaml, "calculations: {all: \"max(x0");
    for (unsigned i = 1; i < 3000; i++)
        aici_buffer_add_format(&yaml, ", x%u", i);
    aici_buffer_add_text(&yaml, ")\"}\n");
    explain(aici_buffer_text(&yaml), "all");
    assert_int_equal(scene.result->step_count, 1);
    assert_true(scene.result->step[0].cut);
    scene_expect_value(scene.result->step[0].value, 2999, 0);
    aici_buffer_free(&yaml);
}

/* Formulas nest on their left side without limit; that must not cost stack. */
static void a_sum_of_thousands_of_terms_is_walked_without_depth(void **state) {
    (void)state;
    aici_buffer yaml = aici_buffer_new(NULL);
    aici_buffer_add_text(&yaml, "assumptions: {a: 1, b: 2}\ncalculations: {all: \"(if true then a else b)");
    for (unsigned i = 1; i < 20000; i++)
        aici_buffer_add_text(&yaml, i == 10000 ? " - (if false then a else b)" : " + a");
    aici_buffer_add_text(&yaml, "\"}\n");
    explain(aici_buffer_text(&yaml), "all");
    scene_expect_value(scene.result->step[0].value, 20000 - 3, 0);
    assert_int_equal(scene.result->step[0].operand_count, 20000);
    assert_true(scene.result->step[0].cut);
    assert_memory_equal(scene.result->step[0].substituted, "\x1a + \x1a + ", 8);
    assert_null(strstr(scene.result->step[0].substituted, "if"));
    aici_buffer_free(&yaml);
}

/* --- what is refused ------------------------------------------------------------------------------------------------------------------ */

static void expect_refusal(const char *name, enum aici_code code, const char *message) {
    assert_int_equal(scene_explain(&scene, name), aici_code_status((int)code));
    assert_null(scene.result);
    assert_int_equal(aic_report_code(scene.report, 0), code);
    assert_string_equal(aic_report_message(scene.report, 0), message);
}

static void what_does_not_exist_is_refused_with_a_repair(void **state) {
    (void)state;
    scene_begin(&scene, market);
    expect_refusal("revenu", AICI_CODE_QUANTITY_UNKNOWN, "revenu: the scenario has no such quantity");
    assert_string_equal(aic_report_hint(scene.report, 0), "did you mean `revenue`?");
    expect_refusal("revenue[20x3]", AICI_CODE_QUANTITY_UNKNOWN, "revenue[20x3]: the scenario has no such quantity");
    expect_refusal("revenue[2024]", AICI_CODE_YEAR_OUTSIDE, "revenue: there is no value in 2024");
    assert_string_equal(aic_report_hint(scene.report, 0), "it has values from 2021 to 2023");
    expect_refusal("total[2023]", AICI_CODE_SERIES_NEEDED, "total: one value, not a series over the years");
}

static void what_was_left_out_says_what_it_needs(void **state) {
    (void)state;
    scene_begin(&scene, chat);
    expect_refusal("chat.capex", AICI_CODE_MISSING_OUTPUT, "chat.capex: this output was left out, because `server_price` is not given");
}

static void what_is_not_finite_has_no_derivation(void **state) {
    (void)state;
    scene_begin(&scene, "assumptions: {a: 0}\ncalculations: {x: 1 / a}\n");
    expect_refusal("x", AICI_CODE_NOT_FINITE, "x: not a finite number: 1 / 0 divides by zero");
}

static void each_allocation_may_fail(void **state) {
    (void)state;
    struct failing_allocator memory;
    static const char *const name[] = {"stock", "revenue[2022]"};
    scene_begin(&scene, market);
    for (size_t i = 0; i < 2; i++) {
        failing_allocator_init(&memory);
        for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
            aic_result *result = NULL;
            aic_status status = aici_analysis_explain(scene.bound, name[i], &memory.allocator, &result, NULL);
            scene_expect_memory(&memory, status, result);
        }
    }
}

int main(void) {
#define TEST(name) cmocka_unit_test_teardown(name, end)
    const struct CMUnitTest tests[] = {
        TEST(it_goes_down_to_what_is_given_in_the_order_of_reading),
        TEST(formulas_have_local_names_and_values_in_their_units),
        TEST(a_figure_stands_as_it_is_written_with_source_note_and_place),
        TEST(a_default_is_marked_with_its_kind_and_source),
        TEST(a_quantity_is_derived_once_and_named_again),
        TEST(names_from_elsewhere_are_full),
        TEST(a_value_below_zero_and_the_base_of_a_power_stand_in_brackets),
        TEST(the_branch_that_a_text_or_a_truth_value_decides_stands_alone),
        TEST(a_branch_that_numbers_decide_stands_with_the_other),
        TEST(a_branch_that_is_not_taken_may_be_infinite),
        TEST(a_text_can_be_asked_for_too),
        TEST(one_year_of_a_series_draws_on_that_year),
        TEST(a_listed_year_stands_as_it_is_written),
        TEST(a_whole_series_is_derived_in_its_last_year_and_lists_all),
        TEST(an_index_shows_the_value_of_its_year),
        TEST(a_series_that_is_summed_keeps_its_name_and_lists_its_years),
        TEST(a_recursion_over_time_looks_back_one_year_and_ends),
        TEST(before_the_first_year_only_the_initial_value_counts),
        TEST(a_long_chain_is_cut_and_says_so),
        TEST(a_wide_formula_is_cut_and_says_so),
        TEST(a_sum_of_thousands_of_terms_is_walked_without_depth),
        TEST(what_does_not_exist_is_refused_with_a_repair),
        TEST(what_was_left_out_says_what_it_needs),
        TEST(what_is_not_finite_has_no_derivation),
        TEST(each_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
