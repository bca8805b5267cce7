/* SPDX-License-Identifier: MIT */
/*
 * Slices, growing buffers, and the public text that a buffer turns into.
 */
#include "base/text.h"
#include "failing_allocator.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_slice(aici_slice slice, const char *expected) {
    assert_int_equal(slice.size, strlen(expected));
    assert_memory_equal(slice.bytes, expected, slice.size);
}

static void a_slice_is_compared_by_its_bytes(void **state) {
    (void)state;
    assert_true(aici_slice_is((aici_slice){"utilization", 4}, "util"));
    assert_false(aici_slice_is((aici_slice){"util", 4}, "utilization"));
    assert_false(aici_slice_is((aici_slice){"utiL", 4}, "util"));
    assert_true(aici_slice_equal((aici_slice){"a\0b", 3}, (aici_slice){"a\0b", 3}));
    assert_false(aici_slice_equal((aici_slice){"a\0b", 3}, (aici_slice){"a\0c", 3}));
    assert_true(aici_slice_equal((aici_slice){NULL, 0}, aici_slice_of("")));
    assert_true(aici_slice_is(aici_slice_of(NULL), ""));
}

static void trimming_takes_spaces_tabs_and_line_ends(void **state) {
    (void)state;
    assert_slice(aici_slice_trim(aici_slice_of(" \t 32 %\r\n")), "32 %");
    assert_slice(aici_slice_trim(aici_slice_of(" \n\t ")), "");
    assert_slice(aici_slice_trim(aici_slice_of("")), "");
    assert_slice(aici_slice_trim(aici_slice_of("\v1\f")), "\v1\f");
}

static void a_buffer_collects_text(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    aici_buffer buffer = aici_buffer_new(&memory.allocator);
    assert_string_equal(aici_buffer_text(&buffer), "");
    aici_buffer_add_text(&buffer, "peak");
    aici_buffer_add_char(&buffer, ' ');
    aici_buffer_add_slice(&buffer, (aici_slice){"989 TFLOP/s", 3});
    aici_buffer_add_repeated(&buffer, '.', 3);
    aici_buffer_add_number(&buffer, 0.1);
    aici_buffer_add(&buffer, NULL, 0);
    aici_buffer_add_text(&buffer, NULL);
    aici_buffer_add_repeated(&buffer, '.', 0);
    assert_string_equal(aici_buffer_text(&buffer), "peak 989...0.1");
    assert_int_equal(buffer.size, strlen("peak 989...0.1"));
    assert_false(aici_buffer_failed(&buffer));
    aici_buffer_free(&buffer);
    aici_buffer_free(&buffer);
    aici_buffer_free(NULL);
    assert_true(failing_allocator_is_clean(&memory));
}

static void a_buffer_of_zeros_uses_malloc(void **state) {
    (void)state;
    aici_buffer buffer = {0};
    aici_buffer_add_text(&buffer, "text");
    assert_string_equal(aici_buffer_text(&buffer), "text");
    aici_buffer_free(&buffer);
}

static void clearing_keeps_the_capacity(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    aici_buffer buffer = aici_buffer_new(&memory.allocator);
    aici_buffer_clear(&buffer);
    aici_buffer_add_repeated(&buffer, 'x', 1000);
    size_t calls = memory.calls;
    aici_buffer_clear(&buffer);
    assert_string_equal(aici_buffer_text(&buffer), "");
    aici_buffer_add_repeated(&buffer, 'y', 1000);
    assert_int_equal(memory.calls, calls);
    aici_buffer_free(&buffer);
}

static void formats_of_any_length_fit(void **state) {
    (void)state;
    aici_buffer buffer = aici_buffer_new(NULL);
    for (size_t length = 0; length < 300; length++) {
        char text[300];
        memset(text, 'a', length);
        text[length] = '\0';
        aici_buffer_clear(&buffer);
        aici_buffer_add_format(&buffer, "%s:%d:%zu", text, -5, length);
        assert_int_equal(strspn(aici_buffer_text(&buffer), "a"), length);
        char rest[40];
        snprintf(rest, sizeof rest, ":-5:%zu", length);
        assert_string_equal(aici_buffer_text(&buffer) + length, rest);
        assert_int_equal(buffer.size, strlen(aici_buffer_text(&buffer)));
    }
    aici_buffer_clear(&buffer);
    aici_buffer_add_format(&buffer, "%.*s|%.*s", AICI_SLICE(((aici_slice){"chatgpt", 4})), AICI_SLICE(((aici_slice){NULL, 0})));
    assert_string_equal(aici_buffer_text(&buffer), "chat|");
    aici_buffer_free(&buffer);
}

static void numbers_are_the_shortest_that_read_back(void **state) {
    (void)state;
    aici_buffer buffer = aici_buffer_new(NULL);
    const double numbers[] = {12, 0.1, 1.1588541666666668e19, -0.0};
    for (size_t i = 0; i < 4; i++) {
        aici_buffer_add_number(&buffer, numbers[i]);
        aici_buffer_add_char(&buffer, ' ');
    }
    assert_string_equal(aici_buffer_text(&buffer), "12 0.1 1.1588541666666668e19 -0 ");
    aici_buffer_free(&buffer);
}

static void a_released_buffer_is_a_text_and_empty(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    aici_buffer buffer = aici_buffer_new(&memory.allocator);
    aici_buffer_add_text(&buffer, "name: chat");
    aic_text *text = aici_buffer_release(&buffer);
    assert_string_equal(aic_text_bytes(text), "name: chat");
    assert_int_equal(aic_text_size(text), 10);
    assert_string_equal(aici_buffer_text(&buffer), "");
    aici_buffer_add_text(&buffer, "again");
    assert_string_equal(aici_buffer_text(&buffer), "again");
    aic_text_free(text);
    aici_buffer_free(&buffer);
    assert_true(failing_allocator_is_clean(&memory));
}

static void an_empty_text_is_a_text(void **state) {
    (void)state;
    aici_buffer buffer = aici_buffer_new(NULL);
    aic_text *text = aici_buffer_release(&buffer);
    assert_non_null(text);
    assert_string_equal(aic_text_bytes(text), "");
    assert_int_equal(aic_text_size(text), 0);
    aic_text_free(text);
    aici_buffer_add_text(&buffer, "x");
    aici_buffer_clear(&buffer);
    text = aici_buffer_release(&buffer);
    assert_string_equal(aic_text_bytes(text), "");
    aic_text_free(text);
}

static void no_text_reads_as_empty(void **state) {
    (void)state;
    assert_string_equal(aic_text_bytes(NULL), "");
    assert_int_equal(aic_text_size(NULL), 0);
    aic_text_free(NULL);
}

static void a_text_outlives_the_allocator_it_was_given(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    aic_allocator passing = memory.allocator;
    aici_buffer buffer = aici_buffer_new(&passing);
    aici_buffer_add_text(&buffer, "text");
    aic_text *text = aici_buffer_release(&buffer);
    memset(&passing, 0, sizeof passing);
    aic_text_free(text);
    assert_true(failing_allocator_is_clean(&memory));
}

static void a_size_that_overflows_fails_the_buffer(void **state) {
    (void)state;
    aici_buffer buffer = aici_buffer_new(NULL);
    aici_buffer_add_text(&buffer, "text");
    aici_buffer_add_repeated(&buffer, 'x', SIZE_MAX - 2);
    assert_true(aici_buffer_failed(&buffer));
    aici_buffer_free(&buffer);
}

static void a_failure_sticks(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    aici_buffer buffer = aici_buffer_new(&memory.allocator);
    aici_buffer_add_text(&buffer, "begin ");
    failing_allocator_again(&memory, 1, false);
    aici_buffer_add_repeated(&buffer, 'x', 1000);
    aici_buffer_add_text(&buffer, "end");
    aici_buffer_clear(&buffer);
    aici_buffer_add_text(&buffer, "end");
    assert_true(aici_buffer_failed(&buffer));
    assert_string_equal(aici_buffer_text(&buffer), "");
    assert_null(aici_buffer_release(&buffer));
    assert_true(failing_allocator_is_clean(&memory));
}

static aic_text *write_a_text(const aic_allocator *allocator) {
    aici_buffer buffer = aici_buffer_new(allocator);
    aici_buffer_add_repeated(&buffer, ' ', 60);
    aici_buffer_add_format(&buffer, "%s %zu", "a format that does not fit into what is left of sixty-four", (size_t)1);
    for (int i = 0; i < 100; i++)
        aici_buffer_add_number(&buffer, i / 7.0);
    return aici_buffer_release(&buffer);
}

static void each_allocation_failing_gives_no_text_and_leaks_nothing(void **state) {
    (void)state;
    for (int forever = 0; forever < 2; forever++) {
        struct failing_allocator memory;
        failing_allocator_init(&memory);
        for (size_t n = 1; failing_allocator_again(&memory, n, forever); n++) {
            aic_text *text = write_a_text(&memory.allocator);
            assert_true((text == NULL) == memory.failed);
            aic_text_free(text);
            assert_true(failing_allocator_is_clean(&memory));
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slice_is_compared_by_its_bytes),
        cmocka_unit_test(trimming_takes_spaces_tabs_and_line_ends),
        cmocka_unit_test(a_buffer_collects_text),
        cmocka_unit_test(a_buffer_of_zeros_uses_malloc),
        cmocka_unit_test(clearing_keeps_the_capacity),
        cmocka_unit_test(formats_of_any_length_fit),
        cmocka_unit_test(numbers_are_the_shortest_that_read_back),
        cmocka_unit_test(a_released_buffer_is_a_text_and_empty),
        cmocka_unit_test(an_empty_text_is_a_text),
        cmocka_unit_test(no_text_reads_as_empty),
        cmocka_unit_test(a_text_outlives_the_allocator_it_was_given),
        cmocka_unit_test(a_size_that_overflows_fails_the_buffer),
        cmocka_unit_test(a_failure_sticks),
        cmocka_unit_test(each_allocation_failing_gives_no_text_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
