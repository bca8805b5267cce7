/* SPDX-License-Identifier: MIT */
/* Roots of functions of one number: found all, to the last bits, and told from jumps and poles. */
#include "analysis/root.h"
#include "failing_allocator.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/** What is searched, and how often it was asked. */
struct case_of {
    double (*function)(double x);
    double target;
    size_t asked, most;
};

static aic_status miss(void *context, size_t count, const double *at, double *out) {
    struct case_of *of = context;
    for (size_t i = 0; i < count; i++)
        out[i] = of->function(at[i]) - of->target;
    of->asked += count;
    return of->most && of->asked > of->most ? AIC_ERROR_CANCELLED : AIC_OK;
}

static aic_status find_with(struct case_of *of, double low, double high, double present, const aic_allocator *allocator, aici_roots *out) {
    aici_root_search search = {.miss = miss, .context = of, .target = of->target, .present = present, .allocator = allocator};
    double *grid = aici_root_grid(low, high, fmax(fabs(low), fabs(high)) * 1e-9, true, allocator, &search.grid_count);
    *out = (aici_roots){.root = NULL};
    search.grid = grid;
    aic_status status = grid ? aici_roots_find(&search, out) : AIC_ERROR_MEMORY;
    aici_memory_release(allocator, grid);
    return status;
}

static aici_roots find(double (*function)(double x), double target, double low, double high, double present) {
    struct case_of of = {function, target, 0, 0};
    aici_roots roots;
    assert_int_equal(find_with(&of, low, high, present, NULL, &roots), AIC_OK);
    return roots;
}

static void forget(aici_roots *roots) { aici_memory_release(NULL, roots->root); }

static double cubic(double x) { return (x - 1) * (x - 2) * (x - 30); }
static double square(double x) { return x * x; }
static double step(double x) { return ceil(x); }
static double pole(double x) { return 1 / (x - 5); }
static double half_line(double x) { return sqrt(x - 2) * 1e3; }
static double falling(double x) { return 1e12 / x; }
static double kink(double x) { return fabs(x - 3); }
static double close_pair(double x) { return (x - 2) * (x - 2) - 1e-10; }
static double constant(double x) { return x == x ? 7 : 0; }
static double nothing(double x) { return x == x ? (double)NAN : 0; }
static double clipped(double x) { return x < 3 ? 0 : x > 4 ? 1 : x - 3; }
static double line(double x) { return x; }

static void all_roots_are_found_and_the_nearest_comes_first(void **state) {
    (void)state;
    aici_roots roots = find(cubic, 0, 0, 100, 1.9);
    assert_int_equal(roots.count, 3);
    assert_true(fabs(roots.root[0].at - 2) <= 1e-15 * 8 && fabs(roots.root[1].at - 1) <= 1e-15 * 4 && fabs(roots.root[2].at - 30) <= 1e-14);
    forget(&roots);
}

static void a_root_is_found_to_the_last_bits(void **state) {
    (void)state;
    for (double target = 1e-3; target < 1e6; target *= 7.3) {
        aici_roots roots = find(square, target, 0, 1e6, 1);
        assert_int_equal(roots.count, 1);
        assert_true(fabs(roots.root[0].at - sqrt(target)) <= 2.3e-16 * sqrt(target));
        forget(&roots);
        roots = find(falling, target, 1e-3, 1e20, 1);
        assert_int_equal(roots.count, 1);
        assert_true(fabs(roots.root[0].at * target / 1e12 - 1) <= 4.5e-16);
        forget(&roots);
    }
}

static void a_jump_is_no_root(void **state) {
    (void)state;
    aici_roots roots = find(step, 6.5, 0, 100, 3);
    assert_int_equal(roots.count, 1);
    assert_true(roots.root[0].jumps && fabs(roots.root[0].at - 6) <= 1e-14);
    assert_true(roots.root[0].before == -0.5 && roots.root[0].after == 0.5);
    forget(&roots);
}

static void a_pole_is_no_root(void **state) {
    (void)state;
    aici_roots roots = find(pole, 0.25, 0, 100, 3);
    assert_int_equal(roots.count, 2);
    const aici_root *jump = roots.root[0].jumps ? &roots.root[0] : &roots.root[1],
                    *root = roots.root[0].jumps ? &roots.root[1] : &roots.root[0];
    assert_true(jump->jumps && fabs(jump->at - 5) < 1e-14 && !root->jumps && fabs(root->at - 9) < 1e-14);
    forget(&roots);
}

static void where_values_end_a_root_may_be(void **state) {
    (void)state;
    aici_roots roots =
        find(half_line, 1e-3, 0, 1000, 3); /* at 2 + 1e-12: between the last place without a value and the first of the grid with one */
    assert_int_equal(roots.count, 1);
    assert_true(!roots.root[0].jumps && fabs(roots.root[0].at - 2 - 1e-12) < 1e-14);
    forget(&roots);
}

static void a_stretch_that_meets_the_target_is_one_answer(void **state) {
    (void)state;
    aici_roots roots = find(step, 7, 0, 100, 3);
    assert_int_equal(roots.count, 1);
    assert_true(!roots.root[0].jumps && roots.root[0].from == nextafter(6, 7) && roots.root[0].to == 7 &&
                roots.root[0].at == roots.root[0].from);
    forget(&roots);
    roots = find(step, 7, 0, 100, 6.25);
    assert_true(roots.root[0].at == 6.25);
    forget(&roots);
    roots = find(clipped, 0, 1, 10, 2);
    assert_int_equal(roots.count, 1);
    assert_true(roots.root[0].from == 1 && fabs(roots.root[0].to - 3) < 1e-14 && roots.root[0].at == 2);
    forget(&roots);
}

static void what_only_touches_is_found(void **state) {
    (void)state;
    aici_roots roots = find(kink, 0, 0, 100, 1);
    assert_int_equal(roots.count, 1);
    assert_true(fabs(roots.root[0].at - 3) < 1e-12);
    forget(&roots);
}

static void two_roots_between_two_places_of_the_grid_are_told_apart(void **state) {
    (void)state;
    aici_roots roots = find(close_pair, 0, 0, 100, 1);
    assert_int_equal(roots.count, 2);
    assert_true(fabs(roots.root[0].at - (2 - 1e-5)) < 1e-10 && fabs(roots.root[1].at - (2 + 1e-5)) < 1e-10);
    forget(&roots);
}

static void ends_of_the_range_count(void **state) {
    (void)state;
    aici_roots roots = find(line, 10, 1, 10, 3);
    assert_int_equal(roots.count, 1);
    assert_true(roots.root[0].at == 10);
    forget(&roots);
    roots = find(line, 1, 1, 10, 3);
    assert_true(roots.count == 1 && roots.root[0].at == 1);
    forget(&roots);
    roots = find(line, 0, -5, 5, 1);
    assert_true(roots.count == 1 && roots.root[0].at == 0);
    forget(&roots);
}

static void nothing_is_found_where_nothing_is(void **state) {
    (void)state;
    aici_roots roots = find(square, -1, -10, 10, 1);
    assert_true(roots.count == 0 && roots.lowest == 1 && roots.highest == 101);
    forget(&roots);
    roots = find(constant, 8, 0, 10, 1);
    assert_true(roots.count == 0 && roots.lowest == -1 && roots.highest == -1);
    forget(&roots);
    roots = find(nothing, 8, 0, 10, 1);
    assert_true(roots.count == 0 && roots.finite == 0 && isnan(roots.lowest));
    forget(&roots);
}

static void the_grid_ascends_and_has_its_ends(void **state) {
    (void)state;
    static const double ends[][2] = {{0, 1}, {-1, 1e9}, {1e-9, 1e9}, {-1e9, -1e-9}, {0.2, 0.3}, {-3, 0}, {1, 0x1.0000000000001p0}};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        for (int fine = 0; fine < 2; fine++) {
            size_t count = 0;
            double *grid = aici_root_grid(ends[i][0], ends[i][1], 1e-9, fine, NULL, &count);
            assert_true(count >= 2 && grid[0] == ends[i][0] && grid[count - 1] == ends[i][1]);
            for (size_t k = 1; k < count; k++)
                assert_true(grid[k] > grid[k - 1]);
            aici_memory_release(NULL, grid);
        }
    }
}

static void a_search_can_be_stopped_anywhere(void **state) {
    (void)state;
    for (size_t most = 1; most < 2000; most += 7) {
        struct case_of of = {cubic, 0, 0, most};
        aici_roots roots;
        aic_status status = find_with(&of, 0, 100, 1.9, NULL, &roots);
        assert_true(status == AIC_ERROR_CANCELLED || status == AIC_OK);
        assert_int_equal(status == AIC_ERROR_CANCELLED, of.asked > most);
        forget(&roots);
    }
}

static void each_allocation_may_fail(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
        struct case_of of = {cubic, 0, 0, 0};
        aici_roots roots;
        aic_status status = find_with(&of, 0, 100, 1.9, &memory.allocator, &roots);
        assert_int_equal(status, memory.failed ? AIC_ERROR_MEMORY : AIC_OK);
        aici_memory_release(&memory.allocator, roots.root);
        assert_true(failing_allocator_is_clean(&memory));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_roots_are_found_and_the_nearest_comes_first),
        cmocka_unit_test(a_root_is_found_to_the_last_bits),
        cmocka_unit_test(a_jump_is_no_root),
        cmocka_unit_test(a_pole_is_no_root),
        cmocka_unit_test(where_values_end_a_root_may_be),
        cmocka_unit_test(a_stretch_that_meets_the_target_is_one_answer),
        cmocka_unit_test(what_only_touches_is_found),
        cmocka_unit_test(two_roots_between_two_places_of_the_grid_are_told_apart),
        cmocka_unit_test(ends_of_the_range_count),
        cmocka_unit_test(nothing_is_found_where_nothing_is),
        cmocka_unit_test(the_grid_ascends_and_has_its_ends),
        cmocka_unit_test(a_search_can_be_stopped_anywhere),
        cmocka_unit_test(each_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("root", tests, NULL, NULL);
}
