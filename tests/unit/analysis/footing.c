/* SPDX-License-Identifier: MIT */
/* What a claim stands on that nobody vouches for. */
#include "failing_allocator.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/scene.h"

static struct scene scene;

static int end(void **state) {
    (void)state;
    scene_end(&scene);
    scene = (struct scene){0};
    return 0;
}

static const aici_result_claim *check(const char *yaml) {
    scene_begin(&scene, yaml);
    scene_expect_ok(&scene, scene_check(&scene));
    return scene_claim(&scene, "x");
}

static void a_figure_without_a_source_is_named_where_a_claim_depends_on_it(void **state) {
    (void)state;
    const aici_result_claim *claim = check("sources: {s: A source}\n"
                                           "assumptions: {a: 2, b: {value: 3, source: s}, c: a * b, unused: 4, d: 5}\n"
                                           "claims: [{id: x, published: 8, computed: c + d}, {id: y, published: 3, computed: b}]\n");
    assert_int_equal(claim->unsourced.count, 2);
    assert_string_equal(claim->unsourced.name[1], "d");
    assert_string_equal(claim->unsourced.text, "a, d");
    assert_int_equal(scene_claim(&scene, "y")->unsourced.count, 0);
    assert_string_equal(scene_claim(&scene, "y")->unsourced.text, "");
}

static void series_are_figures_and_truth_values_are_none(void **state) {
    (void)state;
    const aici_result_claim *claim = check("timeline: 2024..2025\n"
                                           "definitions: {k: {title: K, inputs: {yes: {type: boolean}, n: {unit: any}}, outputs: {y: "
                                           "{like: n, formula: if yes then n else 2 * n}}}}\n"
                                           "assumptions: {g: {2024: 1, 2025: 2}}\n"
                                           "models: {m: {kind: k, yes: true, n: 'g[2025]'}}\n"
                                           "claims: [{id: x, published: 2, computed: m.y}]\n");
    assert_string_equal(claim->unsourced.text, "g");
}

static void a_default_is_named_and_is_sourced_when_its_kind_says_from_where(void **state) {
    (void)state;
    const aici_result_claim *claim = check("definitions: {k: {title: K, inputs: {n: {unit: '1', default: 2, source: A book}, o: {unit: "
                                           "'1', default: 3}, p: {unit: '1', default: n}}, outputs: {y: {unit: '1', "
                                           "formula: n * o * p}}}}\n"
                                           "models: {m: {kind: k}}\n"
                                           "claims: [{id: x, published: 12, computed: m.y}]\n");
    assert_string_equal(claim->standing.text, "m.n, m.o, m.p");
    assert_string_equal(claim->unsourced.text, "m.o");
}

static void a_claim_that_is_not_checked_stands_on_nothing(void **state) {
    (void)state;
    const aici_result_claim *claim =
        check("assumptions: {a: 2}\nclaims: [{id: x, not_checkable: no inputs}, {id: y, published: 2, computed: a}]\n");
    assert_int_equal(claim->unsourced.count + claim->standing.count, 0);
}

static void each_allocation_may_fail(void **state) {
    (void)state;
    struct failing_allocator memory;
    const aici_sample_wish wish = scene_wish();
    check("assumptions: {a: 2, b: a}\nclaims: [{id: x, published: 2, computed: b}]\n");
    failing_allocator_init(&memory);
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
        aic_result *result = NULL;
        aic_status status = aici_analysis_check(scene.bound, &wish, &memory.allocator, &result, NULL);
        scene_expect_memory(&memory, status, result);
    }
}

int main(void) {
#define TEST(name) cmocka_unit_test_teardown(name, end)
    const struct CMUnitTest tests[] = {
        TEST(a_figure_without_a_source_is_named_where_a_claim_depends_on_it),
        TEST(series_are_figures_and_truth_values_are_none),
        TEST(a_default_is_named_and_is_sourced_when_its_kind_says_from_where),
        TEST(a_claim_that_is_not_checked_stands_on_nothing),
        TEST(each_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("footing", tests, NULL, NULL);
}
