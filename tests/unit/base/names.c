/* SPDX-License-Identifier: MIT */
/*
 * The map from names to indices.
 */
#include "base/names.h"
#include "failing_allocator.h"

#include <time.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static aici_slice name_of(char *text, unsigned number) { return (aici_slice){text, (size_t)sprintf(text, "models.chat_%u.capex", number)}; }

static void a_name_is_found_with_its_value(void **state) {
    (void)state;
    aici_names *names = aici_names_new(NULL);
    assert_true(aici_names_add(names, aici_slice_of("peak"), 7));
    assert_true(aici_names_add(names, aici_slice_of("peak_power"), 8));
    assert_true(aici_names_add(names, aici_slice_of(""), 9));
    uint32_t value = 0;
    assert_true(aici_names_find(names, (aici_slice){"peak_power", 4}, &value));
    assert_int_equal(value, 7);
    assert_true(aici_names_find(names, aici_slice_of("peak_power"), &value));
    assert_int_equal(value, 8);
    assert_true(aici_names_find(names, aici_slice_of(""), &value));
    assert_int_equal(value, 9);
    assert_int_equal(aici_names_count(names), 3);
    aici_names_free(names);
}

static void a_name_that_is_not_there_leaves_the_value_alone(void **state) {
    (void)state;
    aici_names *names = aici_names_new(NULL);
    aici_names_add(names, aici_slice_of("peak"), 7);
    uint32_t value = 42;
    assert_false(aici_names_find(names, aici_slice_of("Peak"), &value));
    assert_false(aici_names_find(names, aici_slice_of("peak "), &value));
    assert_false(aici_names_find(NULL, aici_slice_of("peak"), &value));
    assert_int_equal(value, 42);
    aici_names_free(names);
    aici_names_free(NULL);
    assert_int_equal(aici_names_count(NULL), 0);
}

static void a_name_keeps_its_first_value(void **state) {
    (void)state;
    aici_names *names = aici_names_new(NULL);
    assert_true(aici_names_add(names, aici_slice_of("peak"), 1));
    assert_true(aici_names_add(names, aici_slice_of("peak"), 2));
    uint32_t value = 0;
    aici_names_find(names, aici_slice_of("peak"), &value);
    assert_int_equal(value, 1);
    assert_int_equal(aici_names_count(names), 1);
    aici_names_free(names);
}

static void names_of_every_length_and_content_are_told_apart(void **state) {
    (void)state;
    static char text[200];
    aici_names *names = aici_names_new(NULL);
    for (uint32_t length = 0; length < 200; length++)
        assert_true(aici_names_add(names, (aici_slice){text, length}, length));
    for (uint32_t length = 0; length < 200; length++) {
        uint32_t value = 1000;
        assert_true(aici_names_find(names, (aici_slice){text, length}, &value));
        assert_int_equal(value, length);
    }
    aici_names_free(names);
}

static void a_hundred_thousand_names_are_all_found(void **state) {
    (void)state;
    enum { COUNT = 100000 };
    char(*texts)[32] = malloc(COUNT * sizeof *texts);
    aici_names *names = aici_names_new(NULL);
    for (unsigned i = 0; i < COUNT; i++)
        assert_true(aici_names_add(names, name_of(texts[i], i), i));
    assert_int_equal(aici_names_count(names), COUNT);
    for (unsigned i = 0; i < 2 * COUNT; i++) {
        char text[32];
        uint32_t value = UINT32_MAX;
        if (aici_names_find(names, name_of(text, i), &value) != (i < COUNT) || (i < COUNT && value != i))
            fail_msg("%s", text);
    }
    aici_names_free(names);
    free(texts);
}

enum { FLOOD = 65536, FLOOD_BYTES = 32 };

/* Every bit of the number chooses one of two pairs of letters with the same h * factor + c. */
static void make_colliding(char *text, unsigned number, const char *zero, const char *one) {
    for (unsigned bit = 0; bit < 16; bit++)
        memcpy(text + 2 * bit, number >> bit & 1 ? one : zero, 2);
}

static double seconds_to_add(char (*texts)[FLOOD_BYTES]) {
    clock_t begin = clock();
    aici_names *names = aici_names_new(NULL);
    for (uint32_t i = 0; i < FLOOD; i++)
        aici_names_add(names, (aici_slice){texts[i], FLOOD_BYTES}, i);
    assert_int_equal(aici_names_count(names), FLOOD);
    aici_names_free(names);
    return (double)(clock() - begin) / CLOCKS_PER_SEC;
}

static void names_made_to_collide_do_not(void **state) {
    (void)state;
    char(*texts)[FLOOD_BYTES] = malloc(FLOOD * sizeof *texts);
    uint64_t random = 1;
    for (unsigned i = 0; i < FLOOD; i++)
        for (unsigned byte = 0; byte < FLOOD_BYTES; byte++)
            texts[i][byte] =
                (char)('a' + (random = random * UINT64_C(6364136223846793005) + 1442695040888963407) / (UINT64_C(1) << 59) % 26);
    double usual = seconds_to_add(texts);
    for (unsigned i = 0; i < FLOOD; i++)
        make_colliding(texts[i], i, "Aa", "BB"); /* under h * 31 + c */
    double with_31 = seconds_to_add(texts);
    for (unsigned i = 0; i < FLOOD; i++)
        make_colliding(texts[i], i, "ab", "bA"); /* under h * 33 + c */
    double with_33 = seconds_to_add(texts);
    free(texts);
    assert_true(with_31 < 5 * usual + 0.05);
    assert_true(with_33 < 5 * usual + 0.05);
}

static void each_allocation_failing_loses_no_name_that_was_there(void **state) {
    (void)state;
    for (int forever = 0; forever < 2; forever++) {
        struct failing_allocator memory;
        failing_allocator_init(&memory);
        for (size_t n = 1; failing_allocator_again(&memory, n, forever); n++) {
            static char texts[500][32];
            bool added[500] = {false};
            aici_names *names = aici_names_new(&memory.allocator);
            assert_true(names || memory.failed);
            for (unsigned i = 0; names && i < 500; i++)
                added[i] = aici_names_add(names, name_of(texts[i], i), i);
            for (unsigned i = 0; names && i < 500; i++) {
                uint32_t value = 1000;
                assert_int_equal(aici_names_find(names, aici_slice_of(texts[i]), &value), added[i]);
                assert_int_equal(value, added[i] ? i : 1000);
            }
            aici_names_free(names);
            assert_true(failing_allocator_is_clean(&memory));
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_found_with_its_value),
        cmocka_unit_test(a_name_that_is_not_there_leaves_the_value_alone),
        cmocka_unit_test(a_name_keeps_its_first_value),
        cmocka_unit_test(names_of_every_length_and_content_are_told_apart),
        cmocka_unit_test(a_hundred_thousand_names_are_all_found),
        cmocka_unit_test(names_made_to_collide_do_not),
        cmocka_unit_test(each_allocation_failing_loses_no_name_that_was_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
