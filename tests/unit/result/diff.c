/* SPDX-License-Identifier: MIT */
/* The difference of two scenarios in all four formats. */
#include "failing_allocator.h"
#include "result/json_reader.h"
#include "result/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct sample a, b;
static aici_result_diff diff;
static aici_result_difference assumption[4], result[3];
static const int years[] = {2024, 2025};
static const double fleet[2][2] = {{100, 110}, {100, 132}};
static const aici_result_cause causes[] = {{"m.utilization", -2.5, 1.25}, {"exchange_rates.USD", (double)NAN, (double)NAN}};
static const aici_result_formula formulas[] = {{"per_visit", "formula", {"capex / visits", "capex / (2 * visits)"}},
                                               {"m", "kind", {NULL, "training, version 1"}}};
static const char *const unattributed[] = {"m.periods"};

static const aici_result_quantity *quantity(struct sample *of, aic_role role, const char *name, double value, const char *unit,
                                            const char *formula) {
    return sample_add(of, role, name, value, unit, formula);
}

static aici_result_difference pair(const aici_result_quantity *first, const aici_result_quantity *second) {
    const aici_result_quantity *shown = first ? first : second;
    aici_result_difference made = {.name = shown->name, .side = {first, second}, .unit = shown->unit, .shown_by = !first};
    made.value[0] = first ? first->value : NULL;
    made.value[1] = second ? second->value : NULL;
    made.change = first && second ? second->value[0] - first->value[0] : (double)NAN;
    made.ratio = first && second ? second->value[0] / first->value[0] : (double)NAN;
    return made;
}

static void fill_assumptions(void) {
    assumption[0] =
        pair(quantity(&a, AIC_ROLE_INPUT, "m.utilization", 32, "%", ""), quantity(&b, AIC_ROLE_INPUT, "m.utilization", 40, "%", ""));
    aici_result_quantity *pue = sample_add(&a, AIC_ROLE_INPUT, "m.pue", 1.1, "", "");
    pue->is_default = true;
    assumption[1] = pair(pue, quantity(&b, AIC_ROLE_INPUT, "m.pue", 12.1, "", "other * 2"));
    assumption[2] = pair(NULL, quantity(&b, AIC_ROLE_ASSUMPTION, "new", 3, "token", ""));
    assumption[3] = pair(quantity(&a, AIC_ROLE_ASSUMPTION, "x", 2, "FLOP/s", ""), quantity(&b, AIC_ROLE_ASSUMPTION, "x", 3, "FLOP", ""));
    assumption[3].is_apart = true;
    assumption[3].change = assumption[3].ratio = (double)NAN;
}

static void fill_results(void) {
    result[0] =
        pair(quantity(&a, AIC_ROLE_OUTPUT, "m.rate", 10, "EFLOP/s", "y"), quantity(&b, AIC_ROLE_OUTPUT, "m.rate", 8, "EFLOP/s", "y"));
    result[0].cause = causes;
    result[0].cause_count = 2;
    result[0].is_attributed = true;
    result[0].interaction = 0.5;
    result[1] =
        pair(sample_add_series(&a, "fleet", years, fleet[0], 2, "server"), sample_add_series(&b, "fleet", years, fleet[1], 2, "server"));
    result[1].year = years;
    result[1].year_count = 2;
    result[1].at = 1;
    result[1].change = 22;
    result[1].ratio = 1.2;
    result[1].is_attributed = true;
    result[2] = pair(quantity(&a, AIC_ROLE_CALCULATION, "gone", 3, "token", "z"), NULL);
}

static int begin(void **state) {
    (void)state;
    sample_begin(&a);
    sample_begin(&b);
    a.result->title = "One";
    b.result->title = "Two";
    a.result->file = "one.yaml";
    b.result->file = "two.yaml";
    fill_assumptions();
    fill_results();
    diff = (aici_result_diff){.side = {a.result, b.result},
                              .assumption = assumption,
                              .assumption_count = 4,
                              .formula = formulas,
                              .formula_count = 2,
                              .result = result,
                              .result_count = 3,
                              .unattributed = unattributed,
                              .unattributed_count = 1};
    a.result->diff = &diff;
    a.result->has_quantities = false;
    return 0;
}

static int end(void **state) {
    (void)state;
    sample_end(&a);
    sample_end(&b);
    return 0;
}

static void text_has_a_table_of_each_and_the_causes_below_the_results(void **state) {
    (void)state;
    assert_string_equal(sample_as(&a, AIC_FORMAT_TEXT),
                        "A: One  one.yaml\n"
                        "B: Two  two.yaml\n"
                        "\n"
                        "assumptions and inputs\n"
                        "\n"
                        "                           A                 B           change  relative\n"
                        "m.utilization           32 %              40 %             +8 %     +25 %\n"
                        "m.pue          1.1 (default)  12.1 = other * 2              +11      × 11\n"
                        "new                        -           3 token        only in B\n"
                        "x                   2 FLOP/s            3 FLOP  other dimension\n"
                        "\n"
                        "formulas\n"
                        "\n"
                        "per_visit\n"
                        "    A: capex / visits\n"
                        "    B: capex / (2 * visits)\n"
                        "m (kind)\n"
                        "    A: -\n"
                        "    B: training, version 1\n"
                        "\n"
                        "results\n"
                        "\n"
                        "                                  A           B        change  relative  of the change\n"
                        "m.rate                   10 EFLOP/s   8 EFLOP/s    -2 EFLOP/s     -20 %\n"
                        "  by m.utilization                               -2.5 EFLOP/s                    125 %\n"
                        "  by exchange_rates.USD                               unknown\n"
                        "  interaction                                    +0.5 EFLOP/s                    -25 %\n"
                        "fleet[2025]              110 server  132 server    +22 server     +20 %\n"
                        "gone                        3 token           -     only in A\n"
                        "\n"
                        "Below each result: what it moves by when this alone is taken from B, and what then is left of the\n"
                        "change (interaction). Not to be had alone, so left to the interaction: m.periods.\n");
}

static void csv_has_a_row_a_year_and_a_row_an_effect(void **state) {
    (void)state;
    assert_string_equal(sample_as(&a, AIC_FORMAT_CSV), "section,name,year,a,b,unit,other_unit,change,ratio,by,share\r\n"
                                                       "assumption,m.utilization,,32,40,%,,8,1.25,,\r\n"
                                                       "assumption,m.pue,,1.1,12.1,,,11,10.999999999999998,,\r\n"
                                                       "assumption,new,,,3,token,,,,,\r\n"
                                                       "assumption,x,,2,3,FLOP/s,FLOP,,,,\r\n"
                                                       "formula,per_visit,,capex / visits,capex / (2 * visits),,,,,,\r\n"
                                                       "kind,m,,,\"training, version 1\",,,,,,\r\n"
                                                       "result,m.rate,,10,8,EFLOP/s,,-2,0.8,,\r\n"
                                                       "effect,m.rate,,,,EFLOP/s,,-2.5,,m.utilization,1.25\r\n"
                                                       "effect,m.rate,,,,EFLOP/s,,,,exchange_rates.USD,\r\n"
                                                       "interaction,m.rate,,,,EFLOP/s,,0.5,,,-0.25\r\n"
                                                       "result,fleet,2024,100,100,server,,0,1,,\r\n"
                                                       "result,fleet,2025,110,132,server,,22,1.2,,\r\n"
                                                       "interaction,fleet,2025,,,server,,0,,,0\r\n"
                                                       "result,gone,,3,,token,,,,,\r\n"
                                                       "unattributed,,,,,,,,,m.periods,\r\n");
}

static void json_has_values_causes_and_years(void **state) {
    (void)state;
    const char *text = sample_as(&a, AIC_FORMAT_JSON);
    assert_true(json_is_valid(text));
    assert_string_equal(json_at(text, "diff.b.file"), "\"two.yaml\"");
    assert_string_equal(json_at(text, "diff.assumptions[1].a_default"), "true");
    assert_string_equal(json_at(text, "diff.assumptions[1].b_formula"), "\"other * 2\"");
    assert_string_equal(json_at(text, "diff.assumptions[2].a"), "null");
    assert_string_equal(json_at(text, "diff.assumptions[2].only_in"), "\"b\"");
    assert_string_equal(json_at(text, "diff.assumptions[3].other_unit"), "\"FLOP\"");
    assert_string_equal(json_at(text, "diff.formulas[1].a"), "null");
    assert_string_equal(json_at(text, "diff.formulas[1].b"), "\"training, version 1\"");
    assert_string_equal(json_at(text, "diff.results[0].by[0].input"), "\"m.utilization\"");
    assert_string_equal(json_at(text, "diff.results[0].by[0].effect"), "-2.5");
    assert_string_equal(json_at(text, "diff.results[0].by[1].share"), "null");
    assert_string_equal(json_at(text, "diff.results[0].interaction"), "0.5");
    assert_string_equal(json_at(text, "diff.results[1].year"), "2025");
    assert_string_equal(json_at(text, "diff.results[1].b"), "132");
    assert_string_equal(json_at(text, "diff.results[1].a_values[0]"), "100");
    assert_string_equal(json_at(text, "diff.results[2].interaction"), "null");
    assert_string_equal(json_at(text, "diff.unattributed[0]"), "\"m.periods\"");
}

static void markdown_quotes_formulas(void **state) {
    (void)state;
    const char *text = sample_as(&a, AIC_FORMAT_MARKDOWN);
    assert_non_null(strstr(text, "### formulas\n\n* per_visit\n    * A: `capex / visits`\n    * B: `capex / (2 * visits)`\n"));
    assert_non_null(strstr(text, "|   by m.utilization |  |  | -2.5 EFLOP/s |  | 125 % |\n"));
}

static void nothing_is_said_to_differ_when_nothing_does(void **state) {
    (void)state;
    diff.assumption_count = diff.formula_count = diff.result_count = 0;
    assert_string_equal(sample_as(&a, AIC_FORMAT_TEXT), "A: One  one.yaml\nB: Two  two.yaml\n\nnothing differs\n");
}

static void every_allocation_of_every_writer_may_fail(void **state) {
    (void)state;
    for (int format = AIC_FORMAT_TEXT; format <= AIC_FORMAT_MARKDOWN; format++) {
        struct failing_allocator memory;
        failing_allocator_init(&memory);
        aic_text_options options = {.size = sizeof options, .format = format, .width = 60};
        for (size_t n = 1; failing_allocator_again(&memory, n, n % 2 == 0); n++) {
            aici_buffer out = aici_buffer_new(&memory.allocator);
            aic_status status = aici_result_write(a.result, &options, &out, NULL);
            assert_int_equal(status, memory.failed ? AIC_ERROR_MEMORY : AIC_OK);
            aici_buffer_free(&out);
            assert_true(failing_allocator_is_clean(&memory));
        }
    }
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(text_has_a_table_of_each_and_the_causes_below_the_results),
        TEST(csv_has_a_row_a_year_and_a_row_an_effect),
        TEST(json_has_values_causes_and_years),
        TEST(markdown_quotes_formulas),
        TEST(nothing_is_said_to_differ_when_nothing_does),
        TEST(every_allocation_of_every_writer_may_fail),
    };
    return cmocka_run_group_tests_name("diff", tests, NULL, NULL);
}
