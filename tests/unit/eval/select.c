/* SPDX-License-Identifier: MIT */
/* Order statistics by narrowing, against sorting, with every instruction set. */
#include "eval/sampling.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 50000 };

/** What one test works with. */
struct arrays {
    double value[MOST], sorted[MOST], room[AICI_SELECT_ROOM(MOST)];
};

static int begin(void **state) { return (*state = calloc(1, sizeof(struct arrays))) ? 0 : -1; }

static int end(void **state) {
    free(*state);
    return 0;
}

static int compare(const void *a, const void *b) {
    const double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static uint64_t next_word(uint64_t *state) {
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

/** @p distinct: from how many different values they are taken. */
static void fill(struct arrays *of, size_t count, uint64_t distinct) {
    uint64_t state = count;
    for (size_t i = 0; i < count; i++)
        of->value[i] = of->sorted[i] = (double)(next_word(&state) % distinct) - 100;
    qsort(of->sorted, count, sizeof *of->sorted, compare);
}

static void ranks_are_those_of_sorting(struct arrays *of, size_t count, const aici_isa *isa) {
    for (size_t k = 0; k <= 8; k++) {
        const size_t rank = k * (count - 1) / 8;
        const aici_found found = aici_select(isa, (aici_ordered){of->value, count, 0}, rank, of->room);
        const bool like_before = rank > 0 && of->sorted[rank - 1] == found.value,
                   like_next = rank + 1 < count && of->sorted[rank + 1] == found.value;
        assert_true(found.value == of->sorted[rank]);
        assert_true(found.next == of->sorted[rank + 1 < count ? rank + 1 : rank]);
        assert_int_equal(found.repeats, like_before || like_next);
    }
}

static void every_rank_is_found(void **state) {
    static const size_t counts[] = {1, 2, 3, 63, 65, 399, 1000, 3001, 20001, MOST};
    static const uint64_t distinct[] = {1, 2, 50, 1u << 30};
    for (unsigned set = 0; set < AICI_ISA_COUNT; set++)
        for (size_t i = 0; aici_isa_at(set) && i < sizeof counts / sizeof *counts; i++)
            for (size_t k = 0; k < sizeof distinct / sizeof *distinct; k++) {
                fill(*state, counts[i], distinct[k]);
                ranks_are_those_of_sorting(*state, counts[i], aici_isa_at(set));
            }
}

static void sorted_values_are_no_trap(void **state) {
    struct arrays *of = *state;
    for (int down = 0; down < 2; down++) {
        for (size_t i = 0; i < MOST; i++) {
            of->sorted[i] = (double)i;
            of->value[i] = (double)(down ? MOST - 1 - i : i);
        }
        ranks_are_those_of_sorting(of, MOST, aici_isa_best());
    }
}

static void near_keeps_the_ranks_and_spares_the_values(void **state) {
    struct arrays *of = *state;
    double *room = of->room;
    aici_ordered near = {of->value, 30000, 0};
    fill(of, 30000, 1u << 30);
    double *before = malloc(30000 * sizeof *before);
    memcpy(before, of->value, 30000 * sizeof *before);
    while (aici_select_near(aici_isa_best(), 14000, 15000, &room, &near))
        continue;
    assert_memory_equal(before, of->value, 30000 * sizeof *before);
    free(before);
    assert_true(near.below <= 14000 && near.below + near.count > 15000 && near.count < 6000);
    qsort(near.value, near.count, sizeof *near.value, compare);
    assert_memory_equal(near.value, of->sorted + near.below, near.count * sizeof *near.value);
}

static void narrowing_keeps_order_and_counts_what_is_below(void **state) {
    struct arrays *of = *state;
    for (unsigned set = 0; set < AICI_ISA_COUNT; set++)
        for (size_t count = 0; aici_isa_at(set) && count < 70; count++) {
            uint64_t below = 7, expected_below = 7;
            size_t expected = 0;
            fill(of, count, 10);
            for (size_t i = 0; i < count; i++) {
                expected_below += of->value[i] < -98;
                if (of->value[i] >= -98 && of->value[i] < -94)
                    of->sorted[expected++] = of->value[i];
            }
            assert_int_equal(aici_isa_at(set)->narrow(of->value, count, -98, -94, of->value, &below), expected);
            assert_int_equal(below, expected_below);
            assert_memory_equal(of->value, of->sorted, expected * sizeof *of->sorted);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
        TEST(every_rank_is_found),
        TEST(sorted_values_are_no_trap),
        TEST(near_keeps_the_ranks_and_spares_the_values),
        TEST(narrowing_keeps_order_and_counts_what_is_below),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
