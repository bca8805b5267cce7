/* SPDX-License-Identifier: MIT */
/* What a figure depends on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "failing_allocator.h"
#include "plan/lowering.h"
#include "scene.h"

/** The names that are reached, in the order of the scenario, each followed by a space. */
static void expect_reach(struct scene *scene, const char *wanted, const char *expected) {
    unsigned char *reached = malloc(scene->bound->quantity_count + 1);
    char names[1000] = "";
    assert_non_null(reached);
    memset(reached, 77, scene->bound->quantity_count + 1);
    scene_want(scene, wanted);
    assert_int_equal(aici_plan_reach(scene->bound, scene->wanted, scene->wanted_count, NULL, reached, scene->report), AIC_OK);
    for (uint32_t i = 0; i < scene->bound->quantity_count; i++)
        if (reached[i]) {
            strcat(names, scene->bound->quantity[i].name);
            strcat(names, " ");
        }
    assert_string_equal(names, expected);
    assert_int_equal(reached[scene->bound->quantity_count], 77);
    free(reached);
}

static void what_is_wanted_and_all_below_it_is_reached(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {a: 1, b: a, c: 3}\n"
                                  "calculations: {x: b + 1, y: x * c, z: a + c}\n");
    expect_reach(&scene, "x", "a b x ");
    expect_reach(&scene, "a z", "a c z ");
    expect_reach(&scene, "", "");
    scene_close(&scene);
}

static void a_branch_that_is_ruled_out_is_not_reached(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {a: 1, b: 2}\n"
                                  "calculations: {x: if false then a else b}\n");
    expect_reach(&scene, "x", "b x ");
    scene_close(&scene);
}

static void a_year_reaches_what_it_needs(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2024..2026\n"
                                  "assumptions: {early: 1, late: 2, sales: {series: {2024: early, 2026: late}}}\n"
                                  "calculations: {before: 'delay(sales, 2, 0)'}\n");
    expect_reach(&scene, "sales[2024]", "early sales ");
    expect_reach(&scene, "before[2026]", "early sales before ");
    scene_close(&scene);
}

static void what_names_a_year_is_reached(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2024..2026\n"
                                  "assumptions: {when: 2025, lag: 1, sales: {series: {2024: 1, 2025: 2}}}\n"
                                  "calculations: {chosen: 'sales[when]', before: 'delay(sales, lag, 0)'}\n");
    expect_reach(&scene, "chosen", "when sales chosen ");
    expect_reach(&scene, "before[2025]", "lag sales before ");
    scene_close(&scene);
}

/** For sampling: a distribution is one draw wherever its name is used, and in all years of a series. */
static void a_distribution_is_one_draw(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2024..2026\n"
                                  "assumptions: {a: 1 to 2, growing: 'year * (3 to 4)'}\n"
                                  "calculations: {x: a - a}\n");
    aici_lowering lowering = {.bound = scene.bound, .samples = true};
    size_t draws = 0;
    scene_want(&scene, "x growing[2024] growing[2026]");
    aici_lowering_begin(&lowering);
    for (size_t i = 0; i < 3; i++)
        aici_lowering_run(&lowering, &scene.wanted[i]);
    for (size_t i = 0; i < lowering.values.count; i++)
        draws += lowering.values.entry[i].kind == AICI_OPCODE_DRAW;
    assert_int_equal(aici_lowering_status(&lowering), AIC_OK);
    assert_int_equal(draws, 2);
    aici_lowering_end(&lowering);
    scene_close(&scene);
}

static void distributions_are_reached_like_anything_else(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {a: 1 to 2, b: a * a}\n");
    expect_reach(&scene, "b", "a b ");
    scene_close(&scene);
}

static void a_failed_allocation_is_reported(void **state) {
    (void)state;
    struct failing_allocator memory;
    unsigned char reached[8];
    struct scene scene = scene_of("assumptions: {a: 1 to 2, b: a * a}\n");
    scene_want(&scene, "b");
    failing_allocator_init(&memory);
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
        aic_status status = aici_plan_reach(scene.bound, scene.wanted, 1, &memory.allocator, reached, NULL);
        assert_int_equal(status, memory.failed ? AIC_ERROR_MEMORY : AIC_OK);
        assert_true(failing_allocator_is_clean(&memory));
    }
    scene_close(&scene);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_wanted_and_all_below_it_is_reached),
        cmocka_unit_test(a_branch_that_is_ruled_out_is_not_reached),
        cmocka_unit_test(a_year_reaches_what_it_needs),
        cmocka_unit_test(what_names_a_year_is_reached),
        cmocka_unit_test(a_distribution_is_one_draw),
        cmocka_unit_test(distributions_are_reached_like_anything_else),
        cmocka_unit_test(a_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
