/* SPDX-License-Identifier: MIT */
/* What each opcode makes of one lane. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "eval/scalar.h"
#include "small_program.h"
#include <float.h>

static unsigned arguments_of(uint32_t opcode) {
    static const unsigned char arguments[] = {
#define ARGUMENTS(name, count, meaning) count,
        AICI_INSTRUCTIONS(ARGUMENTS)
#undef ARGUMENTS
    };
    return arguments[opcode];
}

struct operation {
    uint32_t opcode;
    double a, b, c, result;
};

static void check(const struct operation *operations, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const struct operation *o = &operations[i];
        double result = aici_eval_operate(o->opcode, o->a, o->b, o->c);
        if (!same_number(result, o->result))
            fail_msg("case %zu (opcode %u): %a instead of %a", i, (unsigned)o->opcode, result, o->result);
    }
}

#define CHECK(operations) check(operations, sizeof(operations) / sizeof *(operations))

static void arithmetic_is_that_of_ieee_754(void **state) {
    (void)state;
    static const struct operation operations[] = {
        {AICI_OPCODE_ADD, 0.1, 0.2, 0, 0x1.3333333333334p-2},
        {AICI_OPCODE_SUBTRACT, 1, 0.9, 0, 0x1.9999999999998p-4},
        {AICI_OPCODE_MULTIPLY, 1e200, 1e200, 0, HUGE_VAL},
        {AICI_OPCODE_DIVIDE, 1, 3, 0, 0x1.5555555555555p-2},
        {AICI_OPCODE_DIVIDE, 1, 0, 0, HUGE_VAL},
        {AICI_OPCODE_DIVIDE, 0, 0, 0, NOT_A_NUMBER},
        {AICI_OPCODE_NEGATE, 2, 0, 0, -2},
        {AICI_OPCODE_ABS, -2.5, 0, 0, 2.5},
        {AICI_OPCODE_SQRT, 2, 0, 0, 0x1.6a09e667f3bcdp+0},
        {AICI_OPCODE_SQRT, -1, 0, 0, NOT_A_NUMBER},
    };
    CHECK(operations);
}

static void subnormal_numbers_are_kept(void **state) {
    (void)state;
    assert_true(same_number(aici_eval_operate(AICI_OPCODE_MULTIPLY, DBL_MIN, 0.5, 0), 0x1p-1023));
}

static void powers_and_logarithms_of_exact_cases_are_exact(void **state) {
    (void)state;
    static const struct operation operations[] = {
        {AICI_OPCODE_POWER, 2, 10, 0, 1024},
        {AICI_OPCODE_POWER, 9, 0.5, 0, 3},
        {AICI_OPCODE_POWER, -2, 3, 0, -8},
        {AICI_OPCODE_POWER, -2, 0.5, 0, NOT_A_NUMBER},
        {AICI_OPCODE_POWER, 0, 0, 0, 1},
        {AICI_OPCODE_EXP, 0, 0, 0, 1},
        {AICI_OPCODE_LN, 1, 0, 0, 0},
        {AICI_OPCODE_LN, 0, 0, 0, -HUGE_VAL},
        {AICI_OPCODE_LN, -1, 0, 0, NOT_A_NUMBER},
        {AICI_OPCODE_LOG2, 8, 0, 0, 3},
        {AICI_OPCODE_LOG10, 1000, 0, 0, 3},
    };
    CHECK(operations);
}

static void round_takes_halves_away_from_zero(void **state) {
    (void)state;
    static const struct operation operations[] = {
        {AICI_OPCODE_ROUND, 0.5, 0, 0, 1},
        {AICI_OPCODE_ROUND, 2.5, 0, 0, 3},
        {AICI_OPCODE_ROUND, -2.5, 0, 0, -3},
        {AICI_OPCODE_ROUND, 2.4, 0, 0, 2},
        {AICI_OPCODE_ROUND, 0x1.fffffffffffffp-2, 0, 0, 0},
        {AICI_OPCODE_CEIL, 2.1, 0, 0, 3},
        {AICI_OPCODE_CEIL, -2.1, 0, 0, -2},
        {AICI_OPCODE_FLOOR, 2.9, 0, 0, 2},
        {AICI_OPCODE_FLOOR, -2.1, 0, 0, -3},
    };
    CHECK(operations);
}

static void comparisons_and_truth_values_are_1_and_0(void **state) {
    (void)state;
    static const struct operation operations[] = {
        {AICI_OPCODE_LESS, 1, 2, 0, 1},       {AICI_OPCODE_LESS, 2, 2, 0, 0},      {AICI_OPCODE_LESS_EQUAL, 2, 2, 0, 1},
        {AICI_OPCODE_LESS_EQUAL, 3, 2, 0, 0}, {AICI_OPCODE_EQUAL, 2, 2, 0, 1},     {AICI_OPCODE_EQUAL, 2, 3, 0, 0},
        {AICI_OPCODE_NOT_EQUAL, 2, 3, 0, 1},  {AICI_OPCODE_NOT_EQUAL, 2, 2, 0, 0}, {AICI_OPCODE_AND, 1, 1, 0, 1},
        {AICI_OPCODE_AND, 1, 0, 0, 0},        {AICI_OPCODE_OR, 0, 1, 0, 1},        {AICI_OPCODE_OR, 0, 0, 0, 0},
        {AICI_OPCODE_NOT, 0, 0, 0, 1},        {AICI_OPCODE_NOT, 1, 0, 0, 0},       {AICI_OPCODE_MIN, 2, 3, 0, 2},
        {AICI_OPCODE_MIN, 3, 2, 0, 2},        {AICI_OPCODE_MAX, 2, 3, 0, 3},       {AICI_OPCODE_MAX, 3, 2, 0, 3},
        {AICI_OPCODE_SELECT, 1, 2, 3, 2},     {AICI_OPCODE_SELECT, 0, 2, 3, 3},
    };
    CHECK(operations);
}

static void nan_in_any_argument_gives_nan(void **state) {
    (void)state;
    for (uint32_t opcode = 0; opcode < AICI_OPCODE_COUNT; opcode++)
        for (unsigned spoiled = 0; spoiled < arguments_of(opcode); spoiled++) {
            double argument[] = {1, 1, 1};
            argument[spoiled] = NOT_A_NUMBER;
            if (opcode == AICI_OPCODE_SELECT && spoiled == 2)
                argument[0] = 0; /* so that this branch is the selected one */
            if (!isnan(aici_eval_operate(opcode, argument[0], argument[1], argument[2])))
                fail_msg("opcode %u loses a NaN in argument %u", (unsigned)opcode, spoiled);
        }
}

static void a_power_is_nan_even_where_the_c_library_says_1(void **state) {
    (void)state;
    assert_true(isnan(aici_eval_operate(AICI_OPCODE_POWER, NOT_A_NUMBER, 0, 0)));
    assert_true(isnan(aici_eval_operate(AICI_OPCODE_POWER, 1, NOT_A_NUMBER, 0)));
}

static void the_branch_that_is_not_selected_may_be_anything(void **state) {
    (void)state;
    static const struct operation operations[] = {
        {AICI_OPCODE_SELECT, 1, 7, NOT_A_NUMBER, 7},
        {AICI_OPCODE_SELECT, 0, HUGE_VAL, 7, 7},
    };
    CHECK(operations);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arithmetic_is_that_of_ieee_754),
        cmocka_unit_test(subnormal_numbers_are_kept),
        cmocka_unit_test(powers_and_logarithms_of_exact_cases_are_exact),
        cmocka_unit_test(round_takes_halves_away_from_zero),
        cmocka_unit_test(comparisons_and_truth_values_are_1_and_0),
        cmocka_unit_test(nan_in_any_argument_gives_nan),
        cmocka_unit_test(a_power_is_nan_even_where_the_c_library_says_1),
        cmocka_unit_test(the_branch_that_is_not_selected_may_be_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
