/* SPDX-License-Identifier: MIT */
/* Every opcode, in every shape of its operands and for every number of lanes, gives the bits that it gives on one lane. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "eval/kernels.h"
#include "eval/scalar.h"
#include "small_program.h"

enum { LANES = 1025, ROOM = LANES + AICI_LANE_GROUP };

static double column[3][ROOM];

static unsigned arguments_of(uint32_t opcode) {
    static const unsigned char arguments[] = {
#define ARGUMENTS(name, count, meaning) count,
        AICI_INSTRUCTIONS(ARGUMENTS)
#undef ARGUMENTS
    };
    return arguments[opcode];
}

/** Numbers of all kinds: ordinary ones, truth values, zeros of both signs, infinities, NaN. */
static int fill_columns(void **state) {
    static const double special[] = {0, 1, -1, -0.0, 0.5, 2, HUGE_VAL, -HUGE_VAL, NOT_A_NUMBER, 5e-324, 1e308, 2.5};
    uint64_t seed = 1;
    (void)state;
    for (unsigned i = 0; i < 3; i++)
        for (unsigned lane = 0; lane < ROOM; lane++) {
            seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            double ordinary = ldexp((double)(int64_t)(seed & ~UINT64_C(2047)), (int)(seed >> 60) - 66);
            column[i][lane] = seed >> 33 & 1 ? ordinary : special[(seed >> 40) % 12];
        }
    return 0;
}

/** Which lane's number an argument is in all lanes, where its shape says that it is one number. */
static unsigned fixed_lane;

static double argument(unsigned which, uint32_t shape, unsigned lane) { return column[which][shape & (1u << which) ? fixed_lane : lane]; }

static const double *operand(unsigned which, uint32_t shape) { return shape & (1u << which) ? &column[which][fixed_lane] : column[which]; }

static void check_shape(uint32_t opcode, uint32_t shape, uint32_t lanes, double *to) {
    const aici_kernel_call call = {to, operand(0, shape), operand(1, shape), operand(2, shape), shape, lanes};
    aici_eval_call_kernel(opcode, &call);
    for (unsigned lane = 0; lane < lanes; lane++) {
        double expected = aici_eval_operate(opcode, argument(0, shape, lane), argument(1, shape, lane), argument(2, shape, lane));
        if (!same_number(to[lane], expected))
            fail_msg("opcode %u, shape %u, lane %u of %u: %a instead of %a", (unsigned)opcode, (unsigned)shape, lane, (unsigned)lanes,
                     to[lane], expected);
    }
}

static void every_opcode_and_shape_equals_scalar(void **state) {
    double to[ROOM];
    (void)state;
    for (uint32_t opcode = 0; opcode < AICI_OPCODE_COUNT; opcode++)
        for (uint32_t shape = 0; shape + 1 < 1u << arguments_of(opcode); shape++)
            for (fixed_lane = 0; fixed_lane < 30; fixed_lane++)
                check_shape(opcode, shape, fixed_lane ? 64 : 1024, to);
    fixed_lane = 0;
}

static void a_kernel_writes_no_lane_too_many(void **state) {
    double to[ROOM];
    (void)state;
    for (uint32_t opcode = 0; opcode < AICI_OPCODE_COUNT; opcode++) {
        to[16] = 42;
        check_shape(opcode, 0, 16, to);
        assert_true(to[16] == 42);
    }
}

static void a_result_may_replace_any_operand(void **state) {
    double copy[ROOM];
    (void)state;
    for (uint32_t opcode = 0; opcode < AICI_OPCODE_COUNT; opcode++)
        for (unsigned which = 0; which < arguments_of(opcode); which++) {
            memcpy(copy, column[which], sizeof copy);
            aici_kernel_call call = {copy, column[0], column[1], column[2], 0, 64};
            *(which == 0 ? &call.a : which == 1 ? &call.b : &call.c) = copy;
            aici_eval_call_kernel(opcode, &call);
            for (unsigned lane = 0; lane < 64; lane++)
                assert_true(same_number(copy[lane], aici_eval_operate(opcode, column[0][lane], column[1][lane], column[2][lane])));
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_opcode_and_shape_equals_scalar),
        cmocka_unit_test(a_kernel_writes_no_lane_too_many),
        cmocka_unit_test(a_result_may_replace_any_operand),
    };
    return cmocka_run_group_tests(tests, fill_columns, NULL);
}
