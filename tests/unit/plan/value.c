/* SPDX-License-Identifier: MIT */
/* Value numbering, and the memory of what is known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "plan/memo.h"

static aici_values values;
static const aici_origin nowhere = {NULL, AICI_NONE, AICI_NO_YEAR};

static int begin(void **state) {
    (void)state;
    values = aici_values_new(NULL);
    return 0;
}

static int end(void **state) {
    (void)state;
    aici_values_free(&values);
    return 0;
}

static aici_value constant(double number) { return aici_values_constant(&values, number); }

static aici_value operate(aici_opcode opcode, aici_value a, aici_value b) {
    return aici_values_operate(&values, opcode, a, b, 0, &nowhere);
}

static void equal_operations_are_one_value(void **state) {
    (void)state;
    aici_value a = aici_values_input(&values, 0, 0), b = constant(2);
    assert_int_equal(operate(AICI_OPCODE_ADD, a, b), operate(AICI_OPCODE_ADD, a, b));
    assert_int_not_equal(operate(AICI_OPCODE_ADD, a, b), operate(AICI_OPCODE_ADD, b, a));
    assert_int_not_equal(operate(AICI_OPCODE_ADD, a, b), operate(AICI_OPCODE_SUBTRACT, a, b));
    aici_value selected = aici_values_operate(&values, AICI_OPCODE_SELECT, a, b, a, &nowhere);
    assert_int_not_equal(selected, aici_values_operate(&values, AICI_OPCODE_SELECT, a, b, b, &nowhere));
}

static void constants_are_told_apart_by_their_bits(void **state) {
    double number;
    (void)state;
    assert_int_equal(constant(0.1), constant(0.1));
    assert_int_not_equal(constant(0.0), constant(-0.0));
    assert_true(aici_values_number(&values, constant(-1.5e300), &number));
    assert_true(number == -1.5e300);
    assert_false(aici_values_number(&values, aici_values_input(&values, 0, 0), &number));
}

static void texts_are_told_apart_by_their_bytes(void **state) {
    (void)state;
    assert_int_equal(aici_values_text(&values, aici_slice_of("pad")), aici_values_text(&values, aici_slice_of("pad")));
    assert_int_not_equal(aici_values_text(&values, aici_slice_of("pad")), aici_values_text(&values, aici_slice_of("crop")));
}

static void what_was_refused_is_like_nothing_else(void **state) {
    (void)state;
    assert_int_not_equal(aici_values_refused(&values, &nowhere), aici_values_refused(&values, &nowhere));
}

static void what_is_made_of_a_setting_is_known_to_be(void **state) {
    (void)state;
    aici_value setting = aici_values_setting(&values, 0, 5), input = aici_values_input(&values, 0, 2);
    aici_value made = operate(AICI_OPCODE_ADD, constant(1), setting);
    assert_false(aici_values_varies(&values, made));
    assert_int_equal(aici_values_cause(&values, made), 5);
    assert_int_equal(aici_values_cause(&values, operate(AICI_OPCODE_ADD, made, input)), 2);
}

static void a_draw_is_one_value(void **state) {
    (void)state;
    aici_value draw = aici_values_draw(&values, AICI_OPCODE_DRAW, 4, 0, &nowhere);
    assert_int_equal(draw, aici_values_draw(&values, AICI_OPCODE_DRAW, 4, 0, &nowhere));
    assert_int_not_equal(draw, aici_values_draw(&values, AICI_OPCODE_DRAW, 5, 0, &nowhere));
    assert_int_not_equal(draw, aici_values_draw(&values, AICI_OPCODE_NORMAL, 4, 0, &nowhere));
    assert_true(aici_values_varies(&values, draw));
    assert_int_equal(aici_values_cause(&values, draw), AICI_NONE);
}

static void a_median_does_not_vary(void **state) {
    (void)state;
    assert_false(aici_values_varies(&values, aici_values_median(&values, 4, &nowhere)));
}

static void what_is_made_of_something_that_varies_varies(void **state) {
    (void)state;
    aici_value fixed = operate(AICI_OPCODE_ADD, constant(1), constant(2));
    aici_value varying = operate(AICI_OPCODE_MULTIPLY, fixed, aici_values_input(&values, 3, 3));
    assert_false(aici_values_varies(&values, fixed));
    assert_true(aici_values_varies(&values, varying));
    assert_int_equal(aici_values_cause(&values, varying), 3);
    assert_int_equal(aici_values_cause(&values, fixed), AICI_NONE);
    aici_value selected = aici_values_operate(&values, AICI_OPCODE_SELECT, fixed, fixed, varying, &nowhere);
    assert_int_equal(aici_values_cause(&values, selected), 3);
    assert_int_equal(aici_values_cause(&values, aici_values_refused(&values, &nowhere)), AICI_NONE);
}

static void only_signs_and_truth_values_are_worked_out(void **state) {
    (void)state;
    aici_value yes = constant(1), no = constant(0);
    assert_int_equal(operate(AICI_OPCODE_NEGATE, constant(2), 0), constant(-2));
    assert_int_equal(operate(AICI_OPCODE_NOT, yes, 0), no);
    assert_int_equal(operate(AICI_OPCODE_AND, yes, no), no);
    assert_int_equal(operate(AICI_OPCODE_AND, yes, yes), yes);
    assert_int_equal(operate(AICI_OPCODE_OR, yes, no), yes);
    assert_int_equal(operate(AICI_OPCODE_OR, no, no), no);
    assert_int_equal(values.entry[operate(AICI_OPCODE_AND, no, aici_values_input(&values, 0, 0))].kind, AICI_OPCODE_AND);
    assert_int_equal(values.entry[operate(AICI_OPCODE_ADD, yes, yes)].kind, AICI_OPCODE_ADD);
}

static void the_first_place_that_computes_a_value_is_its_origin(void **state) {
    (void)state;
    const aici_origin first = {NULL, 1, 2024}, second = {NULL, 2, 2025};
    aici_value a = constant(4);
    aici_value root = aici_values_operate(&values, AICI_OPCODE_SQRT, a, 0, 0, &first);
    assert_int_equal(aici_values_operate(&values, AICI_OPCODE_SQRT, a, 0, 0, &second), root);
    assert_int_equal(values.origin[root].year, 2024);
}

static void thousands_of_values_are_found_again(void **state) {
    (void)state;
    for (int i = 0; i < 10000; i++)
        assert_int_equal(constant(i), i);
    for (int i = 0; i < 10000; i++)
        assert_int_equal(constant(i), i);
}

static void thousands_of_operations_are_told_apart_by_any_operand(void **state) {
    (void)state;
    for (uint32_t i = 0; i < 3000; i++)
        constant(i);
    for (uint32_t i = 0; i < 3000; i++)
        assert_int_equal(aici_values_operate(&values, AICI_OPCODE_SELECT, 1, 2, i, &nowhere), 3000 + i);
    for (uint32_t i = 0; i < 3000; i++)
        assert_int_equal(aici_values_operate(&values, AICI_OPCODE_SELECT, 1, i, 3001, &nowhere), 6000 + i);
    for (uint32_t i = 0; i < 3000; i++)
        assert_int_equal(aici_values_operate(&values, AICI_OPCODE_SELECT, i, 1, 3001, &nowhere), i == 1 ? 6001 : 9000 + i - (i > 1));
}

static void thousands_of_pairs_are_remembered(void **state) {
    static const char somewhere[100];
    aici_memo memo = aici_memo_new(NULL);
    aici_value found = 77;
    (void)state;
    assert_false(aici_memo_find(&memo, somewhere, 2024, &found));
    for (uint32_t i = 0; i < 10000; i++)
        assert_true(aici_memo_keep(&memo, somewhere + i % 100, (int32_t)(i / 100) - 50, i));
    for (uint32_t i = 0; i < 10000; i++) {
        assert_true(aici_memo_find(&memo, somewhere + i % 100, (int32_t)(i / 100) - 50, &found));
        assert_int_equal(found, i);
    }
    assert_false(aici_memo_find(&memo, somewhere, 50, &found));
    assert_true(aici_memo_keep(&memo, somewhere, 0, 99));
    assert_true(aici_memo_find(&memo, somewhere, 0, &found));
    assert_int_equal(found, 99);
    aici_memo_free(&memo);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(equal_operations_are_one_value, begin, end),
        cmocka_unit_test_setup_teardown(constants_are_told_apart_by_their_bits, begin, end),
        cmocka_unit_test_setup_teardown(texts_are_told_apart_by_their_bytes, begin, end),
        cmocka_unit_test_setup_teardown(what_was_refused_is_like_nothing_else, begin, end),
        cmocka_unit_test_setup_teardown(what_is_made_of_a_setting_is_known_to_be, begin, end),
        cmocka_unit_test_setup_teardown(a_draw_is_one_value, begin, end),
        cmocka_unit_test_setup_teardown(a_median_does_not_vary, begin, end),
        cmocka_unit_test_setup_teardown(what_is_made_of_something_that_varies_varies, begin, end),
        cmocka_unit_test_setup_teardown(only_signs_and_truth_values_are_worked_out, begin, end),
        cmocka_unit_test_setup_teardown(the_first_place_that_computes_a_value_is_its_origin, begin, end),
        cmocka_unit_test_setup_teardown(thousands_of_values_are_found_again, begin, end),
        cmocka_unit_test_setup_teardown(thousands_of_operations_are_told_apart_by_any_operand, begin, end),
        cmocka_unit_test_setup_teardown(thousands_of_pairs_are_remembered, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
