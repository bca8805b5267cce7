/* SPDX-License-Identifier: MIT */
/* What cannot become a program, and what is said about it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "scene.h"

/* --- distributions -------------------------------------------------------------------------------------------------------------------- */

static void a_distribution_that_varies_is_not_drawn(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {a: 1 to 2}\n"
                                  "calculations: {y: a * 3}\n");
    scene_compile(&scene, "a", "y");
    assert_int_equal(scene.program->each_count, 1);
    assert_int_equal(scene.program->draw_count, 0);
    scene_close(&scene);
}

static void a_distribution_that_is_not_needed_is_no_fault(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {a: 1 to 2, b: 3}\n"
                                  "calculations: {y: if true then b else a}\n");
    scene_compile(&scene, "", "y");
    assert_int_equal(scene.program->output_count, 1);
    scene_close(&scene);
}

/* --- what cannot vary ----------------------------------------------------------------------------------------------------------------- */

static void a_series_does_not_vary_as_a_whole(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2024..2025\n"
                                  "assumptions: {sales: {series: {2024: 1, 2025: 2}}}\n");
    scene_vary(&scene, "sales");
    scene_want(&scene, "sales[2024]");
    assert_int_equal(scene_try(&scene), AIC_ERROR_UNSUPPORTED);
    scene_expect_refusal(&scene, AICI_CODE_CANNOT_VARY, "sales: a series over the years cannot vary as a whole",
                         "vary the figure of one of its years, or an assumption that it is computed from");
    scene_close(&scene);
}

static void a_text_does_not_vary(void **state) {
    (void)state;
    struct scene scene = scene_of("definitions:\n"
                                  "  grid:\n"
                                  "    inputs: {rest: {type: text, values: [pad, crop], default: pad}}\n"
                                  "    outputs: {padded: {unit: '1', formula: \"if rest == 'pad' then 1 else 0\"}}\n"
                                  "models: {g: {kind: grid}}\n");
    scene_vary(&scene, "g.rest");
    scene_want(&scene, "g.padded");
    assert_int_equal(scene_try(&scene), AIC_ERROR_UNSUPPORTED);
    scene_expect_refusal(&scene, AICI_CODE_CANNOT_VARY, "g.rest: a text cannot vary as a whole", "");
    scene_close(&scene);
}

static void the_exponent_of_something_with_a_unit_does_not_vary(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {side: 3 m, n: 2}\n"
                                  "calculations:\n"
                                  "  size: side ^ n\n");
    scene_vary(&scene, "n");
    scene_want(&scene, "size");
    assert_int_equal(scene_try(&scene), AIC_ERROR_UNSUPPORTED);
    scene_expect_refusal(&scene, AICI_CODE_CANNOT_VARY, "n: cannot vary, because the exponent is made from it and must be a constant", "");
    scene_expect_place(&scene, 0, 4, 9, 16);
    scene_close(&scene);
}

static void the_exponent_of_a_number_may_vary(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {base: 3, n: 2}\n"
                                  "calculations: {size: base ^ n}\n");
    scene_compile(&scene, "n", "size");
    assert_int_equal(scene.program->each[0].opcode, AICI_OPCODE_POWER);
    scene_close(&scene);
}

static void a_year_in_brackets_does_not_vary(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2024..2025\n"
                                  "assumptions: {sales: {series: {2024: 1, 2025: 2}}, when: 2025}\n"
                                  "calculations: {y: 'sales[when - 1]'}\n");
    scene_vary(&scene, "when");
    scene_want(&scene, "y");
    assert_int_equal(scene_try(&scene), AIC_ERROR_UNSUPPORTED);
    scene_expect_refusal(&scene, AICI_CODE_CANNOT_VARY,
                         "when: cannot vary, because the year in brackets is made from it and must be a constant", "");
    scene_close(&scene);
}

static void whole_years_of_a_delay_do_not_vary(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2024..2025\n"
                                  "assumptions: {sales: {series: {2024: 1, 2025: 2}}}\n"
                                  "calculations: {y: 'delay(sales, 1, 0)'}\n");
    scene_want(&scene, "y[2025]");
    scene.varying[0] = (aici_varying){AICI_NONE, scene_quantity(&scene, "y")->tree->child[1], 1, false};
    scene.varying_count = 1;
    assert_int_equal(scene_try(&scene), AIC_ERROR_UNSUPPORTED);
    scene_expect_refusal(&scene, AICI_CODE_CANNOT_VARY,
                         "1: cannot vary, because the number of years is made from it and must be a constant", "");
    scene_close(&scene);
}

/* --- years, texts, circles ------------------------------------------------------------------------------------------------------------ */

static void a_year_without_a_value_is_refused(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2020..2030\n"
                                  "assumptions: {sales: {series: {2024: 1, 2025: 2}}, single: {series: {2024: 1}}}\n");
    scene_want(&scene, "sales[2026]");
    assert_int_equal(scene_try(&scene), AIC_ERROR_DOMAIN);
    scene_expect_refusal(&scene, AICI_CODE_YEAR_OUTSIDE, "sales: there is no value in 2026", "it has values from 2024 to 2025");
    scene_expect_place(&scene, 0, 3, 22, 49);
    scene_want(&scene, "single[2025]");
    assert_int_equal(scene_try(&scene), AIC_ERROR_DOMAIN);
    assert_string_equal(aic_report_hint(scene.report, 0), "it has a value in 2024 only");
    scene_close(&scene);
}

static void the_year_is_refused_in_the_name_of_what_is_wanted(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2020..2030\n"
                                  "assumptions: {sales: {series: {2024: 1, 2025: 2}}, other: sales}\n");
    scene_want(&scene, "other[2026]");
    assert_int_equal(scene_try(&scene), AIC_ERROR_DOMAIN);
    scene_expect_refusal(&scene, AICI_CODE_YEAR_OUTSIDE, "other: there is no value in 2026", "it has values from 2024 to 2025");
    scene_close(&scene);
}

static void a_series_is_wanted_in_a_year(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2024..2025\n"
                                  "assumptions: {sales: {series: {2024: 1, 2025: 2}}}\n");
    scene_want(&scene, "sales");
    assert_int_equal(scene_try(&scene), AIC_ERROR_DOMAIN);
    scene_expect_refusal(&scene, AICI_CODE_YEAR_OUTSIDE, "sales: a year is needed to choose one value", "it has values from 2024 to 2025");
    scene_close(&scene);
}

static void one_value_is_the_same_in_any_year(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {a: 3}\n");
    scene_expect_value(&scene, "a[1066]", 3);
    scene_close(&scene);
}

static void a_tree_may_be_wanted_instead_of_a_quantity(void **state) {
    (void)state;
    double value;
    struct scene scene = scene_of("timeline: 2024..2025\n"
                                  "assumptions: {sales: {series: {2024: 1, 2025: 2}}}\n");
    const aici_expr *tree = scene_quantity(&scene, "sales")->tree;
    scene.wanted[0] = (aici_wanted){AICI_NONE, tree, 2025, 0.5};
    scene.wanted[1] = (aici_wanted){AICI_NONE, tree, 2026, 1};
    scene.wanted_count = 1;
    assert_int_equal(scene_try(&scene), AIC_OK);
    scene_evaluate(&scene, NULL, &value);
    assert_true(value == 4);
    scene.wanted_count = 2;
    assert_int_equal(scene_try(&scene), AIC_ERROR_DOMAIN);
    scene_expect_refusal(&scene, AICI_CODE_YEAR_OUTSIDE, "the formula: there is no value in 2026", "it has values from 2024 to 2025");
    scene_close(&scene);
}

/** Reads and checks an expression over a bound scenario, as claims do. */
static const aici_expr *tree_of(const struct scene *scene, aici_arena *arena, const char *text) {
    aic_limits limits;
    const aici_expr *read = NULL, *checked = NULL;
    aici_limits_fill(NULL, &limits);
    const aici_expr_reader reader = {arena, scene->bound->units, &limits, scene->report};
    const aici_fragment fragment = aici_fragment_of_slice(aici_slice_of(text));
    const aici_scope scope = aici_bound_scope(scene->bound, arena, scene->report);
    if (aici_expr_read(&reader, &fragment, &read) != AIC_OK || aici_expr_check(read, NULL, &scope, &checked) != AIC_OK)
        scene_fail(scene, text);
    return checked;
}

static void a_formula_that_no_quantity_has_is_compiled_too(void **state) {
    (void)state;
    double value;
    struct scene scene = scene_of("assumptions: {a: 3}\n");
    aici_arena *arena = aici_arena_new(NULL);
    scene.wanted[0] = (aici_wanted){AICI_NONE, tree_of(&scene, arena, "sqrt(a + 1)"), AICI_NO_YEAR, 1};
    scene.wanted_count = 1;
    assert_int_equal(scene_try(&scene), AIC_OK);
    scene_expect(&scene, "constants:\n"
                         "  u0 = 3\n"
                         "  u1 = 1\n"
                         "once:\n"
                         "  u2 = u0 + u1\n"
                         "  u3 = sqrt(u2)\n"
                         "outputs:\n"
                         "  output 0 = u3\n");
    scene_evaluate(&scene, NULL, &value);
    assert_true(value == 2);
    aici_arena_free(arena);
    scene_close(&scene);
}

static void the_running_year_needs_a_year(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2024..2025\n");
    aici_arena *arena = aici_arena_new(NULL);
    scene.wanted[0] = (aici_wanted){AICI_NONE, tree_of(&scene, arena, "year"), AICI_NO_YEAR, 1};
    scene.wanted_count = 1;
    assert_int_equal(scene_try(&scene), AIC_ERROR_DOMAIN);
    scene_expect_refusal(&scene, AICI_CODE_YEAR_OUTSIDE, "year: a year is needed to choose one value", "");
    aici_arena_free(arena);
    scene_close(&scene);
}

static void a_text_has_no_number(void **state) {
    (void)state;
    struct scene scene = scene_of("definitions:\n"
                                  "  grid:\n"
                                  "    inputs: {rest: {type: text, values: [pad, crop], default: pad}}\n"
                                  "    outputs: {padded: {unit: '1', formula: \"if rest == 'pad' then 1 else 0\"}}\n"
                                  "models: {g: {kind: grid}}\n");
    scene_want(&scene, "g.rest");
    assert_int_equal(scene_try(&scene), AIC_ERROR_UNIT);
    scene_expect_refusal(&scene, AICI_CODE_TYPE, "g.rest: expected a number, found a text", "");
    scene_close(&scene);
}

/** No scenario binds with a circle in it: this one is bent into one afterwards. */
static void a_circle_ends(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {a: 3, b: a + 1}\n");
    aici_bound bent = *scene.bound;
    aici_quantity quantity[2] = {bent.quantity[0], bent.quantity[1]};
    quantity[0].tree = quantity[1].tree;
    bent.quantity = quantity;
    scene_want(&scene, "b");
    const aici_plan_request request = {&bent, NULL, 0, scene.wanted, 1, false, false};
    assert_int_equal(aici_plan_compile(&request, NULL, &scene.program, scene.report), AIC_ERROR_SCENARIO);
    scene_expect_refusal(&scene, AICI_CODE_CYCLE, "a: needs itself to be computed", "");
    scene_close(&scene);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_distribution_that_varies_is_not_drawn),
        cmocka_unit_test(a_distribution_that_is_not_needed_is_no_fault),
        cmocka_unit_test(a_series_does_not_vary_as_a_whole),
        cmocka_unit_test(a_text_does_not_vary),
        cmocka_unit_test(the_exponent_of_something_with_a_unit_does_not_vary),
        cmocka_unit_test(the_exponent_of_a_number_may_vary),
        cmocka_unit_test(a_year_in_brackets_does_not_vary),
        cmocka_unit_test(whole_years_of_a_delay_do_not_vary),
        cmocka_unit_test(a_year_without_a_value_is_refused),
        cmocka_unit_test(the_year_is_refused_in_the_name_of_what_is_wanted),
        cmocka_unit_test(a_series_is_wanted_in_a_year),
        cmocka_unit_test(one_value_is_the_same_in_any_year),
        cmocka_unit_test(a_tree_may_be_wanted_instead_of_a_quantity),
        cmocka_unit_test(a_formula_that_no_quantity_has_is_compiled_too),
        cmocka_unit_test(the_running_year_needs_a_year),
        cmocka_unit_test(a_text_has_no_number),
        cmocka_unit_test(a_circle_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
