/* SPDX-License-Identifier: MIT */
/* Numbers become bytes in one order, and come back; what is not there is noticed and never read. */
#include "base/bytes.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void the_lowest_byte_comes_first(void **state) {
    (void)state;
    aici_buffer buffer = aici_buffer_new(NULL);
    aici_bytes_add_u16(&buffer, 0x0102);
    aici_bytes_add_u32(&buffer, 0x03040506);
    aici_bytes_add_u64(&buffer, UINT64_C(0x0708090a0b0c0d0e));
    static const char expected[] = "\x02\x01\x06\x05\x04\x03\x0e\x0d\x0c\x0b\x0a\x09\x08\x07";
    assert_int_equal(buffer.size, 14);
    assert_memory_equal(buffer.bytes, expected, 14);
    aici_buffer_free(&buffer);
}

static void what_was_added_comes_back(void **state) {
    (void)state;
    const double numbers[] = {1.5, -0.0, (double)INFINITY, 5e-324};
    const uint16_t counts[] = {0, 8192, UINT16_MAX};
    double taken[4];
    uint16_t counted[3];
    aici_buffer buffer = aici_buffer_new(NULL);
    aici_bytes_add_text(&buffer, aici_slice_of("visits"));
    aici_bytes_add_doubles(&buffer, numbers, 4);
    aici_bytes_add_u16s(&buffer, counts, 3);
    aici_bytes_add_text(&buffer, aici_slice_of(""));
    aici_bytes from = aici_bytes_of(buffer.bytes, buffer.size);
    assert_true(aici_slice_is(aici_bytes_text(&from), "visits"));
    aici_bytes_doubles(&from, taken, 4);
    aici_bytes_u16s(&from, counted, 3);
    assert_int_equal(aici_bytes_text(&from).size, 0);
    assert_memory_equal(taken, numbers, sizeof numbers);
    assert_memory_equal(counted, counts, sizeof counts);
    assert_true(from.left == 0 && !from.short_of);
    aici_buffer_free(&buffer);
}

static void padding_goes_to_the_next_multiple_of_eight(void **state) {
    (void)state;
    aici_buffer buffer = aici_buffer_new(NULL);
    aici_bytes_add_u16(&buffer, 7);
    size_t begin = buffer.size;
    aici_bytes_add_padding(&buffer, begin);
    assert_int_equal(buffer.size, 2);
    aici_bytes_add_u32(&buffer, 9);
    aici_bytes_add_padding(&buffer, begin);
    assert_int_equal(buffer.size, 10);
    aici_bytes from = aici_bytes_of(buffer.bytes, buffer.size);
    aici_bytes_u16(&from);
    const uint8_t *start = from.at;
    aici_bytes_u32(&from);
    assert_true(aici_bytes_padding(&from, start));
    assert_true(from.left == 0 && aici_bytes_padding(&from, start));
    buffer.bytes[8] = 1;
    from = aici_bytes_of(buffer.bytes + 6, 4);
    assert_false(aici_bytes_padding(&from, (const uint8_t *)buffer.bytes + 2));
    from = aici_bytes_of(buffer.bytes + 6, 1);
    assert_false(aici_bytes_padding(&from, (const uint8_t *)buffer.bytes + 2));
    aici_buffer_free(&buffer);
}

static void doubles_are_read_where_they_stand_unless_that_is_an_odd_place(void **state) {
    (void)state;
    const double numbers[] = {1.5, -0.0, (double)INFINITY};
    aici_buffer buffer = aici_buffer_new(NULL);
    aici_bytes_add_doubles(&buffer, numbers, 3);
    aici_bytes from = aici_bytes_of(buffer.bytes + 1, buffer.size - 1);
    assert_null(aici_bytes_borrow_doubles(&from, 1));
    assert_int_equal(from.left, buffer.size - 1);
    from = aici_bytes_of(buffer.bytes, buffer.size);
    const double *borrowed = aici_bytes_borrow_doubles(&from, 2);
    if (borrowed) { /* where the lowest byte of a number comes first in memory */
        assert_ptr_equal(borrowed, buffer.bytes);
        assert_memory_equal(borrowed, numbers, 2 * sizeof *numbers);
        assert_int_equal(from.left, sizeof *numbers);
    }
    aici_buffer_free(&buffer);
}

static void taking_more_than_there_is_gives_zeros_and_sticks(void **state) {
    (void)state;
    aici_bytes from = aici_bytes_of("\x01\x02\x03", 3);
    assert_int_equal(aici_bytes_u32(&from), 0);
    assert_true(from.short_of);
    assert_int_equal(aici_bytes_u16(&from), 0);
    assert_false(aici_bytes_have(&from, 0, 1));
}

static void a_size_that_cannot_be_is_refused(void **state) {
    (void)state;
    aici_bytes from = aici_bytes_of("\xff\xff\xff\xff\xff\xff\xff\xff"
                                    "abc",
                                    11);
    assert_int_equal(aici_bytes_text(&from).size, 0);
    assert_true(from.short_of);
    aici_bytes other = aici_bytes_of("abc", 3);
    assert_false(aici_bytes_have(&other, UINT64_MAX, 8));
    assert_true(aici_bytes_have(&other, 3, 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_lowest_byte_comes_first),
        cmocka_unit_test(what_was_added_comes_back),
        cmocka_unit_test(padding_goes_to_the_next_multiple_of_eight),
        cmocka_unit_test(doubles_are_read_where_they_stand_unless_that_is_an_odd_place),
        cmocka_unit_test(taking_more_than_there_is_gives_zeros_and_sticks),
        cmocka_unit_test(a_size_that_cannot_be_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
