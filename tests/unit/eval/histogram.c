/* SPDX-License-Identifier: MIT */
/* Histograms against counting by hand: every finite value is in one cell, whatever the order, and ends are where the values end. */
#include "eval/histogram.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 20000, CELLS = 20 };

/** What one test works with. */
struct made {
    double value[MOST], edge[CELLS + 1], number[CELLS];
};

static int begin(void **state) { return (*state = calloc(1, sizeof(struct made))) ? 0 : -1; }

static int end(void **state) {
    free(*state);
    return 0;
}

static double next_share(uint64_t *state) {
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*state >> 33) * 0x1p-31;
}

static void fill(struct made *of, size_t count) {
    uint64_t state = count;
    for (size_t i = 0; i < count; i++) {
        double share = next_share(&state);
        of->value[i] = share * share * share * 50 - 10;
    }
}

static void make(struct made *of, size_t count) { assert_true(aici_histogram_make(of->value, count, CELLS, NULL, of->edge, of->number)); }

static size_t count_between(const struct made *of, size_t count, double from, double to, bool last) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        found += of->value[i] >= from && (of->value[i] < to || (last && of->value[i] == to));
    return found;
}

static void a_cell_has_what_is_between_its_edges(void **state) {
    static const size_t counts[] = {2, 3, 17, 1000, 1001, MOST};
    struct made *of = *state;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        size_t all = 0;
        fill(of, counts[i]);
        make(of, counts[i]);
        for (uint32_t k = 0; k < CELLS; k++) {
            assert_true(of->number[k] == (double)count_between(of, counts[i], of->edge[k], of->edge[k + 1], k + 1 == CELLS));
            all += (size_t)of->number[k];
        }
        assert_int_equal(all, counts[i]);
    }
}

static void cells_have_one_width_and_the_ends_hold_the_tails(void **state) {
    struct made *of = *state;
    uint64_t random = 1;
    for (size_t i = 0; i < MOST; i++)
        of->value[i] = next_share(&random);
    of->value[7] = -1000;
    of->value[8] = 1000;
    make(of, MOST);
    assert_true(of->edge[0] == -1000 && of->edge[CELLS] == 1000);
    for (uint32_t k = 1; k + 1 < CELLS; k++)
        assert_true(fabs(of->edge[k + 1] - of->edge[k] - 0.998 / CELLS) < 1e-4);
}

static void the_order_of_the_values_does_not_count(void **state) {
    struct made *of = *state, *turned = calloc(1, sizeof *turned);
    fill(of, MOST);
    make(of, MOST);
    for (size_t i = 0; i < MOST; i++)
        turned->value[i] = of->value[MOST - 1 - i];
    make(turned, MOST);
    assert_memory_equal(of->edge, turned->edge, sizeof of->edge);
    assert_memory_equal(of->number, turned->number, sizeof of->number);
    free(turned);
}

static void one_value_is_one_cell(void **state) {
    struct made *of = *state;
    for (size_t i = 0; i < 100; i++)
        of->value[i] = i % 2 ? 0.0 : -0.0;
    make(of, 100);
    assert_true(of->edge[0] == 0 && !signbit(of->edge[0]) && of->edge[1] == 0 && of->number[0] == 100);
    assert_true(isnan(of->edge[2]) && isnan(of->number[1]));
}

static void what_is_rare_is_seen(void **state) {
    struct made *of = *state;
    for (size_t i = 0; i < MOST; i++)
        of->value[i] = i == 5;
    make(of, MOST);
    assert_true(of->number[0] == MOST - 1 && of->number[CELLS - 1] == 1 && of->edge[CELLS] == 1);
}

static void what_is_not_finite_is_in_no_cell(void **state) {
    struct made *of = *state;
    fill(of, 1000);
    of->value[1] = (double)INFINITY;
    of->value[2] = -(double)INFINITY;
    of->value[3] = (double)NAN;
    make(of, 1000);
    double all = 0;
    for (uint32_t k = 0; k < CELLS; k++)
        all += of->number[k];
    assert_true(all == 997);
    make(of, 0);
    assert_true(isnan(of->edge[0]) && isnan(of->number[0]));
}

static void values_at_the_ends_of_doubles_have_cells(void **state) {
    struct made *of = *state;
    for (size_t i = 0; i < 100; i++)
        of->value[i] = i % 2 ? 1.7e308 : -1.7e308;
    make(of, 100);
    assert_true(of->number[0] == 50 && of->number[CELLS - 1] == 50);
    for (uint32_t k = 0; k <= CELLS; k++)
        assert_true(isfinite(of->edge[k]) && (k == 0 || of->edge[k] >= of->edge[k - 1]));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_cell_has_what_is_between_its_edges, begin, end),
        cmocka_unit_test_setup_teardown(cells_have_one_width_and_the_ends_hold_the_tails, begin, end),
        cmocka_unit_test_setup_teardown(the_order_of_the_values_does_not_count, begin, end),
        cmocka_unit_test_setup_teardown(one_value_is_one_cell, begin, end),
        cmocka_unit_test_setup_teardown(what_is_rare_is_seen, begin, end),
        cmocka_unit_test_setup_teardown(what_is_not_finite_is_in_no_cell, begin, end),
        cmocka_unit_test_setup_teardown(values_at_the_ends_of_doubles_have_cells, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
