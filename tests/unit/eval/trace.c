/* SPDX-License-Identifier: MIT */
/* Which operation made an output not finite. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "failing_allocator.h"
#include "small_program.h"

static struct small_program p;
static double uniform[SMALL_MOST];

struct finding {
    bool found;
    aici_origin origin;
    uint32_t opcode;
    double values[3];
};

static struct finding trace(const double *input, uint32_t output) {
    struct finding finding = {.origin = {NULL, 77, 77}, .opcode = 99};
    aici_eval_prepare(&p.program, NULL, NULL, uniform, NULL);
    finding.found = aici_eval_trace(&p.program, uniform, input, output, NULL, &finding.origin, &finding.opcode, finding.values);
    return finding;
}

static void the_earliest_operation_with_finite_operands_is_blamed(void **state) {
    (void)state;
    small_program_begin(&p, 2);
    aici_operand quotient = small_each(&p, AICI_OPCODE_DIVIDE, 0, 1, 0);
    aici_operand root = small_each(&p, AICI_OPCODE_SQRT, quotient, 0, 0);
    small_output(&p, small_each(&p, AICI_OPCODE_ADD, root, 0, 0));
    struct finding found = trace((const double[]){3, 0}, 0);
    assert_true(found.found);
    assert_int_equal(found.opcode, AICI_OPCODE_DIVIDE);
    assert_int_equal(found.origin.quantity, 1000);
    assert_true(found.values[0] == 3 && found.values[1] == 0 && found.values[2] == 0);
}

static void operands_are_those_of_the_moment_though_registers_are_used_again(void **state) {
    (void)state;
    small_program_begin(&p, 1);
    aici_operand one = small_constant(&p, 1);
    small_each_to(&p, 0, AICI_OPCODE_SUBTRACT, 0, one, 0);
    small_each_to(&p, 0, AICI_OPCODE_LN, 0, 0, 0);
    small_each_to(&p, 0, AICI_OPCODE_MULTIPLY, 0, 0, 0);
    small_output(&p, 0);
    struct finding found = trace((const double[]){1}, 0);
    assert_int_equal(found.origin.quantity, 1001);
    assert_true(found.values[0] == 0);
}

static void what_the_output_does_not_need_is_not_blamed(void **state) {
    (void)state;
    small_program_begin(&p, 1);
    aici_operand zero = small_constant(&p, 0);
    small_each(&p, AICI_OPCODE_DIVIDE, 0, zero, 0);
    small_output(&p, small_each(&p, AICI_OPCODE_LN, 0, 0, 0));
    struct finding found = trace((const double[]){-1}, 0);
    assert_int_equal(found.opcode, AICI_OPCODE_LN);
}

/** if x < 1 then 1 / 0 else ln(-x) */
static aici_operand a_selection(void) {
    small_program_begin(&p, 1);
    aici_operand one = small_constant(&p, 1), zero = small_constant(&p, 0);
    aici_operand infinite = small_once(&p, AICI_OPCODE_DIVIDE, one, zero, 0);
    aici_operand condition = small_each(&p, AICI_OPCODE_LESS, 0, one, 0);
    aici_operand negative = small_each(&p, AICI_OPCODE_NEGATE, 0, 0, 0);
    aici_operand logarithm = small_each(&p, AICI_OPCODE_LN, negative, 0, 0);
    aici_operand selected = small_each(&p, AICI_OPCODE_SELECT, condition, infinite, logarithm);
    small_output(&p, selected);
    return selected;
}

static void only_the_selected_branch_is_followed(void **state) {
    (void)state;
    a_selection();
    struct finding found = trace((const double[]){2}, 0);
    assert_int_equal(found.opcode, AICI_OPCODE_LN);
    assert_true(found.values[0] == -2);
}

static void what_was_computed_once_is_followed_too(void **state) {
    (void)state;
    a_selection();
    struct finding found = trace((const double[]){0}, 0);
    assert_int_equal(found.opcode, AICI_OPCODE_DIVIDE);
    assert_int_equal(found.origin.quantity, 0);
    assert_true(found.values[0] == 1 && found.values[1] == 0);
}

static void a_condition_without_a_value_leads_to_its_cause(void **state) {
    (void)state;
    small_program_begin(&p, 1);
    aici_operand one = small_constant(&p, 1), zero = small_constant(&p, 0);
    aici_operand infinite = small_each(&p, AICI_OPCODE_DIVIDE, 0, zero, 0);
    aici_operand root = small_each(&p, AICI_OPCODE_SQRT, 0, 0, 0);
    aici_operand condition = small_each(&p, AICI_OPCODE_LESS, root, one, 0);
    small_output(&p, small_each(&p, AICI_OPCODE_SELECT, condition, infinite, infinite));
    struct finding found = trace((const double[]){-4}, 0);
    assert_int_equal(found.opcode, AICI_OPCODE_SQRT);
    assert_true(found.values[0] == -4);
}

static void an_input_that_is_not_finite_is_nobodys_fault(void **state) {
    (void)state;
    small_program_begin(&p, 1);
    small_output(&p, small_each(&p, AICI_OPCODE_NEGATE, 0, 0, 0));
    struct finding found = trace((const double[]){HUGE_VAL}, 0);
    assert_false(found.found);
    assert_int_equal(found.opcode, 99);
    assert_int_equal(found.origin.quantity, 77);
}

static void a_finite_output_has_no_fault(void **state) {
    (void)state;
    small_program_begin(&p, 1);
    small_output(&p, small_each(&p, AICI_OPCODE_NEGATE, 0, 0, 0));
    assert_false(trace((const double[]){1}, 0).found);
}

static void without_memory_nothing_is_found(void **state) {
    struct failing_allocator memory;
    aici_origin origin;
    uint32_t opcode;
    double values[3];
    (void)state;
    a_selection();
    aici_eval_prepare(&p.program, NULL, NULL, uniform, NULL);
    failing_allocator_init(&memory);
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
        bool found = aici_eval_trace(&p.program, uniform, (const double[]){2}, 0, &memory.allocator, &origin, &opcode, values);
        assert_true(found == !memory.failed);
        assert_true(failing_allocator_is_clean(&memory));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_earliest_operation_with_finite_operands_is_blamed),
        cmocka_unit_test(operands_are_those_of_the_moment_though_registers_are_used_again),
        cmocka_unit_test(what_the_output_does_not_need_is_not_blamed),
        cmocka_unit_test(only_the_selected_branch_is_followed),
        cmocka_unit_test(what_was_computed_once_is_followed_too),
        cmocka_unit_test(a_condition_without_a_value_leads_to_its_cause),
        cmocka_unit_test(an_input_that_is_not_finite_is_nobodys_fault),
        cmocka_unit_test(a_finite_output_has_no_fault),
        cmocka_unit_test(without_memory_nothing_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
