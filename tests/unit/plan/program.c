/* SPDX-License-Identifier: MIT */
/* What programs look like: read them as the specification of lowering. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "scene.h"

static void a_formula_becomes_instructions_from_left_to_right(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {a: 2, b: 3, c: 4}\n"
                                  "calculations: {y: a * b + c / a}\n");
    scene_compile(&scene, "", "y");
    scene_expect(&scene, "constants:\n"
                         "  u0 = 2\n"
                         "  u1 = 3\n"
                         "  u2 = 4\n"
                         "once:\n"
                         "  u3 = u0 * u1    # y\n"
                         "  u4 = u2 / u0    # y\n"
                         "  u5 = u3 + u4    # y\n"
                         "outputs:\n"
                         "  output 0 = u5\n");
    scene_close(&scene);
}

static void only_what_depends_on_what_varies_runs_for_each_lane(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {visits: 7, price: 2, share: 0.5}\n"
                                  "calculations: {unit_cost: price * share, cost: visits * unit_cost}\n");
    scene_compile(&scene, "visits", "cost");
    scene_expect(&scene, "constants:\n"
                         "  u0 = 2\n"
                         "  u1 = 0.5\n"
                         "inputs:\n"
                         "  r0 = input 0\n"
                         "once:\n"
                         "  u2 = u0 * u1    # unit_cost\n"
                         "each:\n"
                         "  r0 = r0 * u2    # cost\n"
                         "outputs:\n"
                         "  output 0 = r0\n");
    scene_close(&scene);
}

static void what_is_not_wanted_is_not_computed(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {a: 2, b: a ^ 3}\n"
                                  "calculations: {y: a + a, z: b * a}\n");
    scene_compile(&scene, "", "y");
    scene_expect(&scene, "constants:\n"
                         "  u0 = 2\n"
                         "once:\n"
                         "  u1 = u0 + u0    # y\n"
                         "outputs:\n"
                         "  output 0 = u1\n");
    scene_close(&scene);
}

static void equal_parts_of_formulas_are_computed_once(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {a: 2, b: 3}\n"
                                  "calculations: {y: (a + b) * (a + b), z: exp(a + b)}\n");
    scene_compile(&scene, "a", "y z");
    scene_expect(&scene, "constants:\n"
                         "  u0 = 3\n"
                         "inputs:\n"
                         "  r0 = input 0\n"
                         "each:\n"
                         "  r0 = r0 + u0    # y\n"
                         "  r1 = r0 * r0    # y\n"
                         "  r0 = exp(r0)    # z\n"
                         "outputs:\n"
                         "  output 0 = r1\n"
                         "  output 1 = r0\n");
    scene_close(&scene);
}

static void terms_are_not_rearranged(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {a: 2, b: 3}\n"
                                  "calculations: {y: a + b - (b + a)}\n");
    scene_compile(&scene, "a b", "y");
    scene_expect(&scene, "inputs:\n"
                         "  r0 = input 0\n"
                         "  r1 = input 1\n"
                         "each:\n"
                         "  r2 = r0 + r1    # y\n"
                         "  r1 = r1 + r0    # y\n"
                         "  r2 = r2 - r1    # y\n"
                         "outputs:\n"
                         "  output 0 = r2\n");
    scene_close(&scene);
}

static void a_register_is_used_again_when_its_value_is_dead(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {a: 2, b: 3}\n"
                                  "calculations: {y: (a + 1) * (b + 1) - (a - 1) * (b - 1)}\n");
    scene_compile(&scene, "a b", "y");
    scene_expect(&scene, "constants:\n"
                         "  u0 = 1\n"
                         "inputs:\n"
                         "  r0 = input 0\n"
                         "  r1 = input 1\n"
                         "each:\n"
                         "  r2 = r0 + u0    # y\n"
                         "  r3 = r1 + u0    # y\n"
                         "  r2 = r2 * r3    # y\n"
                         "  r0 = r0 - u0    # y\n"
                         "  r1 = r1 - u0    # y\n"
                         "  r0 = r0 * r1    # y\n"
                         "  r2 = r2 - r0    # y\n"
                         "outputs:\n"
                         "  output 0 = r2\n");
    scene_close(&scene);
}

static void with_single_assignment_every_value_keeps_its_register(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {a: 2, b: 3, c: 4}\n"
                                  "calculations: {y: (a + 1) * (b + 1) - a, z: 2 * b}\n");
    scene.single_assignment = true;
    scene_compile(&scene, "a b c", "y z b");
    scene_expect(&scene, "constants:\n"
                         "  u0 = 1\n"
                         "  u1 = 2\n"
                         "inputs:\n"
                         "  r0 = input 0\n"
                         "  r1 = input 1\n"
                         "  r2 = input 2\n"
                         "each:\n"
                         "  r3 = r0 + u0    # y\n"
                         "  r4 = r1 + u0    # y\n"
                         "  r5 = r3 * r4    # y\n"
                         "  r6 = r5 - r0    # y\n"
                         "  r7 = u1 * r1    # z\n"
                         "outputs:\n"
                         "  output 0 = r6\n"
                         "  output 1 = r7\n"
                         "  output 2 = r1\n");
    assert_true(scene.program->single_assignment);
    scene_close(&scene);
}

static void single_assignment_changes_no_value(void **state) {
    static const double input[] = {2.5, 3.25};
    double plain[2], single[2];
    (void)state;
    struct scene scene = scene_of("timeline: 2024..2030\n"
                                  "assumptions: {a: 2, b: 3}\n"
                                  "calculations: {x: \"previous(x, a) * b / 2 + a\", y: \"x[2030] - exp(b) * max(a, b)\"}\n");
    scene_compile(&scene, "a b", "y x[2028]");
    scene_evaluate(&scene, input, plain);
    uint32_t registers = scene.program->register_count;
    scene.single_assignment = true;
    scene_compile(&scene, "a b", "y x[2028]");
    scene_evaluate(&scene, input, single);
    assert_int_equal(scene.program->register_count, 2 + scene.program->each_count);
    assert_true(registers < scene.program->register_count);
    assert_memory_equal(plain, single, sizeof plain);
    scene_close(&scene);
}

static void registers_of_outputs_live_until_the_end(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {a: 2}\n"
                                  "calculations: {x: a + 1, y: x + 1, z: y + 1}\n");
    scene_compile(&scene, "a", "a x z x");
    scene_expect(&scene, "constants:\n"
                         "  u0 = 1\n"
                         "inputs:\n"
                         "  r0 = input 0\n"
                         "each:\n"
                         "  r1 = r0 + u0    # x\n"
                         "  r2 = r1 + u0    # y\n"
                         "  r2 = r2 + u0    # z\n"
                         "outputs:\n"
                         "  output 0 = r0\n"
                         "  output 1 = r1\n"
                         "  output 2 = r2\n"
                         "  output 3 = r1\n");
    scene_close(&scene);
}

static void the_register_of_an_input_that_nobody_needs_is_free(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {a: 2, b: 3, c: 4}\n"
                                  "calculations: {y: b * b + b}\n");
    scene_compile(&scene, "a b c", "y");
    scene_expect(&scene, "inputs:\n"
                         "  r0 = input 0\n"
                         "  r1 = input 1\n"
                         "  r2 = input 2\n"
                         "each:\n"
                         "  r0 = r1 * r1    # y\n"
                         "  r0 = r0 + r1    # y\n"
                         "outputs:\n"
                         "  output 0 = r0\n");
    scene_close(&scene);
}

static void a_register_that_is_read_twice_is_free_once(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {a: 2, b: 3}\n"
                                  "calculations: {y: (a + 1) ^ 2 + (b + 1) * (b - 1)}\n");
    scene_compile(&scene, "a b", "y");
    scene_expect(&scene, "constants:\n"
                         "  u0 = 1\n"
                         "inputs:\n"
                         "  r0 = input 0\n"
                         "  r1 = input 1\n"
                         "each:\n"
                         "  r0 = r0 + u0    # y\n"
                         "  r0 = r0 * r0    # y\n"
                         "  r2 = r1 + u0    # y\n"
                         "  r1 = r1 - u0    # y\n"
                         "  r2 = r2 * r1    # y\n"
                         "  r0 = r0 + r2    # y\n"
                         "outputs:\n"
                         "  output 0 = r0\n");
    scene_close(&scene);
}

static void what_only_names_a_year_is_not_computed(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2024..2025\n"
                                  "assumptions: {sales: {series: {2024: 10, 2025: 20}}, when: 2025}\n"
                                  "calculations: {y: 'sales[when - 1]'}\n");
    scene_compile(&scene, "", "y");
    scene_expect(&scene, "constants:\n"
                         "  u0 = 10\n"
                         "outputs:\n"
                         "  output 0 = u0\n");
    scene_close(&scene);
}

static void what_varies_replaces_its_formula(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {a: 2, b: 3}\n"
                                  "calculations: {x: exp(a), y: x + b}\n");
    scene_compile(&scene, "x", "y");
    scene_expect(&scene, "constants:\n"
                         "  u0 = 3\n"
                         "inputs:\n"
                         "  r0 = input 0\n"
                         "each:\n"
                         "  r0 = r0 + u0    # y\n"
                         "outputs:\n"
                         "  output 0 = r0\n");
    scene_close(&scene);
}

static void scales_stand_at_the_ends(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {duration: 2 day}\n"
                                  "calculations: {half: duration / 2}\n");
    scene_vary(&scene, "duration");
    scene_want(&scene, "half");
    scene.varying[0].scale = 86400;
    scene.wanted[0].scale = 3600;
    assert_int_equal(scene_try(&scene), AIC_OK);
    scene_expect(&scene, "constants:\n"
                         "  u0 = 2\n"
                         "inputs:\n"
                         "  r0 = input 0 * 86400\n"
                         "each:\n"
                         "  r0 = r0 / u0    # half\n"
                         "outputs:\n"
                         "  output 0 = r0 / 3600\n");
    double hours;
    scene_evaluate(&scene, (const double[]){3}, &hours);
    assert_true(hours == 36);
    scene_close(&scene);
}

static void greater_is_less_the_other_way_round(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {a: 2, b: 3}\n"
                                  "calculations: {y: 'if a > b then a else b', z: 'if a >= b then b else a'}\n");
    scene_compile(&scene, "a b", "y z");
    scene_expect(&scene, "inputs:\n"
                         "  r0 = input 0\n"
                         "  r1 = input 1\n"
                         "each:\n"
                         "  r2 = r1 < r0    # y\n"
                         "  r2 = if r2 then r0 else r1    # y\n"
                         "  r3 = r1 <= r0    # z\n"
                         "  r3 = if r3 then r1 else r0    # z\n"
                         "outputs:\n"
                         "  output 0 = r2\n"
                         "  output 1 = r3\n");
    scene_close(&scene);
}

static void powers_that_are_products_and_quotients_are_these(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {a: 2}\n"
                                  "calculations: {one: a ^ 1, two: a ^ 2, inverse: a ^ -1, three: a ^ 3}\n");
    scene_compile(&scene, "a", "one two inverse three");
    scene_expect(&scene, "constants:\n"
                         "  u0 = 1\n"
                         "  u1 = 3\n"
                         "inputs:\n"
                         "  r0 = input 0\n"
                         "each:\n"
                         "  r1 = r0 * r0    # two\n"
                         "  r2 = u0 / r0    # inverse\n"
                         "  r3 = r0 ^ u1    # three\n"
                         "outputs:\n"
                         "  output 0 = r0\n"
                         "  output 1 = r1\n"
                         "  output 2 = r2\n"
                         "  output 3 = r3\n");
    scene_close(&scene);
}

static void functions_are_instructions(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {a: 2, b: 3}\n"
                                  "calculations: {low: 'min(a, b, 1)', mean_of_three: 'mean(a, b, 1)', inside: 'clamp(a, b, 1)'}\n");
    scene_compile(&scene, "a b", "low mean_of_three inside");
    scene_expect(&scene, "constants:\n"
                         "  u0 = 1\n"
                         "  u1 = 3\n"
                         "inputs:\n"
                         "  r0 = input 0\n"
                         "  r1 = input 1\n"
                         "each:\n"
                         "  r2 = min(r0, r1)    # low\n"
                         "  r2 = min(r2, u0)    # low\n"
                         "  r3 = r0 + r1    # mean_of_three\n"
                         "  r3 = r3 + u0    # mean_of_three\n"
                         "  r3 = r3 / u1    # mean_of_three\n"
                         "  r0 = max(r0, r1)    # inside\n"
                         "  r0 = min(r0, u0)    # inside\n"
                         "outputs:\n"
                         "  output 0 = r2\n"
                         "  output 1 = r3\n"
                         "  output 2 = r0\n");
    scene_close(&scene);
}

static void a_literal_may_vary_wherever_it_stands(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2024..2026\n"
                                  "assumptions:\n"
                                  "  sales: {series: {2024: 10, 2025: 20, 2026: 30}}\n"
                                  "calculations: {total: sum(sales)}\n");
    scene_want(&scene, "total");
    scene.varying[0] = (aici_varying){AICI_NONE, aici_expr_literal(scene_quantity(&scene, "sales")->tree->child[1]), 1, false};
    scene.varying_count = 1;
    assert_int_equal(scene_try(&scene), AIC_OK);
    scene_expect(&scene, "constants:\n"
                         "  u0 = 10\n"
                         "  u1 = 30\n"
                         "inputs:\n"
                         "  r0 = input 0\n"
                         "each:\n"
                         "  r0 = u0 + r0    # total\n"
                         "  r0 = r0 + u1    # total\n"
                         "outputs:\n"
                         "  output 0 = r0\n");
    scene_close(&scene);
}

/* --- branches ------------------------------------------------------------------------------------------------------------------------- */

static void a_branch_that_a_truth_value_rules_out_is_not_followed(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {a: 2}\n"
                                  "calculations: {y: if true and not false then a else ln(a)}\n");
    scene_compile(&scene, "", "y");
    scene_expect(&scene, "constants:\n"
                         "  u0 = 2\n"
                         "outputs:\n"
                         "  output 0 = u0\n");
    scene_close(&scene);
}

static void texts_decide_before_anything_is_computed(void **state) {
    (void)state;
    struct scene scene = scene_of("definitions:\n"
                                  "  grid:\n"
                                  "    inputs:\n"
                                  "      side: {unit: '1'}\n"
                                  "      rest: {type: text, values: [pad, crop], default: pad}\n"
                                  "    outputs:\n"
                                  "      cells: {unit: '1', formula: \"if rest == 'pad' then ceil(side) else floor(side)\"}\n"
                                  "models:\n"
                                  "  padded: {kind: grid, side: 2.5}\n"
                                  "  cropped: {kind: grid, side: 2.5, rest: crop}\n");
    scene_compile(&scene, "", "padded.cells cropped.cells");
    scene_expect(&scene, "constants:\n"
                         "  u0 = 2.5\n"
                         "once:\n"
                         "  u1 = ceil(u0)    # padded.cells\n"
                         "  u2 = floor(u0)    # cropped.cells\n"
                         "outputs:\n"
                         "  output 0 = u1\n"
                         "  output 1 = u2\n");
    scene_close(&scene);
}

static void a_condition_that_is_computed_keeps_both_branches(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {a: 2}\n"
                                  "calculations: {y: if a > 0 then ln(a) else 0}\n");
    scene_compile(&scene, "", "y");
    scene_expect(&scene, "constants:\n"
                         "  u0 = 2\n"
                         "  u1 = 0\n"
                         "once:\n"
                         "  u2 = u1 < u0    # y\n"
                         "  u3 = ln(u0)    # y\n"
                         "  u4 = if u2 then u3 else u1    # y\n"
                         "outputs:\n"
                         "  output 0 = u4\n");
    scene_close(&scene);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_formula_becomes_instructions_from_left_to_right),
        cmocka_unit_test(only_what_depends_on_what_varies_runs_for_each_lane),
        cmocka_unit_test(what_is_not_wanted_is_not_computed),
        cmocka_unit_test(equal_parts_of_formulas_are_computed_once),
        cmocka_unit_test(terms_are_not_rearranged),
        cmocka_unit_test(a_register_is_used_again_when_its_value_is_dead),
        cmocka_unit_test(with_single_assignment_every_value_keeps_its_register),
        cmocka_unit_test(single_assignment_changes_no_value),
        cmocka_unit_test(registers_of_outputs_live_until_the_end),
        cmocka_unit_test(the_register_of_an_input_that_nobody_needs_is_free),
        cmocka_unit_test(a_register_that_is_read_twice_is_free_once),
        cmocka_unit_test(what_only_names_a_year_is_not_computed),
        cmocka_unit_test(what_varies_replaces_its_formula),
        cmocka_unit_test(scales_stand_at_the_ends),
        cmocka_unit_test(greater_is_less_the_other_way_round),
        cmocka_unit_test(powers_that_are_products_and_quotients_are_these),
        cmocka_unit_test(functions_are_instructions),
        cmocka_unit_test(a_literal_may_vary_wherever_it_stands),
        cmocka_unit_test(a_branch_that_a_truth_value_rules_out_is_not_followed),
        cmocka_unit_test(texts_decide_before_anything_is_computed),
        cmocka_unit_test(a_condition_that_is_computed_keeps_both_branches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
