/* SPDX-License-Identifier: MIT */
/* Derivatives against differences, elasticities against closed forms, and both against themselves: threads, instruction sets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "eval/isa.h"
#include "eval/scalar.h"
#include "failing_allocator.h"
#include "plan/scene.h"
#include "small_program.h"

/* --- each opcode ---------------------------------------------------------------------------------------------------------------------- */

enum { LANES = 64, ARGUMENTS = 3 };

/** Where no opcode has a kink nearby. */
static double argument_at(unsigned which, unsigned lane) {
    static const double from[ARGUMENTS] = {0.3, 1.7, -2.1};
    double value = from[which] + 0.0371 * lane;
    return which == 0 && lane % 7 == 3 ? 0 : value;
}

static bool is_step(uint32_t opcode) {
    switch (opcode) {
    case AICI_OPCODE_CEIL:
    case AICI_OPCODE_FLOOR:
    case AICI_OPCODE_ROUND:
    case AICI_OPCODE_LESS:
    case AICI_OPCODE_LESS_EQUAL:
    case AICI_OPCODE_EQUAL:
    case AICI_OPCODE_NOT_EQUAL:
    case AICI_OPCODE_AND:
    case AICI_OPCODE_OR:
    case AICI_OPCODE_NOT: return true;
    default: return false;
    }
}

/** y = op(x0, x1, x2) * x1 + x2 */
static void make_program(struct small_program *p, uint32_t opcode) {
    small_program_begin(p, ARGUMENTS);
    unsigned count = opcode == AICI_OPCODE_SELECT                                                             ? 3
                     : opcode < AICI_OPCODE_NEGATE || (opcode >= AICI_OPCODE_MIN && opcode < AICI_OPCODE_NOT) ? 2
                                                                                                              : 1;
    aici_operand op = small_each(p, opcode, 0, count > 1 ? 1 : 0, count > 2 ? 2 : 0);
    small_output(p, small_each(p, AICI_OPCODE_ADD, small_each(p, AICI_OPCODE_MULTIPLY, op, 1, 0), 2, 0));
    p->program.single_assignment = true;
    assert_int_equal(aici_program_verify(&p->program, NULL), AIC_OK);
}

static double value_at(const struct small_program *p, const double *input) {
    double y;
    assert_int_equal(aici_eval_one(&p->program, NULL, input, &y, NULL), AIC_OK);
    return y;
}

static double difference(const struct small_program *p, const double *input, unsigned which) {
    double up[ARGUMENTS], down[ARGUMENTS], h = 1e-5;
    memcpy(up, input, sizeof up);
    memcpy(down, input, sizeof down);
    up[which] += h;
    down[which] -= h;
    return (value_at(p, up) - value_at(p, down)) / (2 * h);
}

static void derivatives_agree_with_differences(void **state) {
    static struct small_program p;
    double gradient[ARGUMENTS];
    (void)state;
    for (uint32_t opcode = 0; opcode < AICI_OPCODE_COUNT; opcode++) {
        make_program(&p, opcode);
        for (unsigned lane = 0; lane < LANES; lane++) {
            const double input[] = {argument_at(0, lane), argument_at(1, lane), argument_at(2, lane)};
            if (input[0] == 0 || is_step(opcode))
                continue;
            assert_int_equal(aici_gradient_one(&p.program, NULL, input, gradient, NULL), AIC_OK);
            for (unsigned i = 0; i < ARGUMENTS; i++) {
                double expected = difference(&p, input, i);
                if (!(fabs(gradient[i] - expected) <= 1e-6 * (1 + fabs(expected))))
                    fail_msg("opcode %u, lane %u, argument %u: %.15g, by differences %.15g", opcode, lane, i, gradient[i], expected);
            }
        }
    }
}

static void steps_have_no_slope(void **state) {
    static struct small_program p;
    double gradient[ARGUMENTS];
    (void)state;
    for (uint32_t opcode = 0; opcode < AICI_OPCODE_COUNT; opcode++) {
        const double input[] = {0.5, 2.5, 3};
        double y;
        if (!is_step(opcode))
            continue;
        make_program(&p, opcode);
        y = value_at(&p, input);
        assert_int_equal(aici_gradient_one(&p.program, NULL, input, gradient, NULL), AIC_OK);
        assert_true(gradient[0] == 0);
        assert_true(gradient[1] == (y - 3) / 2.5);
        assert_true(gradient[2] == 1);
    }
}

/** @p part receives the derivatives of ln y by the operands of the opcode, in each lane, and NaN where nobody asks for them. */
static void sweep_by(const aici_isa *isa, const struct small_program *p, double part[ARGUMENTS][LANES], double unit[LANES]) {
    static double lane[8 * LANES], slot[8 * LANES];
    const bool none = false;
    aici_arena *arena = aici_arena_new(NULL);
    aici_gradient_plan plan;
    assert_true(aici_gradient_plan_make(&p->program, NULL, &none, 0, arena, &plan));
    const aici_block block = {.program = &p->program, .lane = lane, .stride = LANES, .lanes = LANES};
    const aici_gradient_block sweep = {&block, &plan, unit, slot};
    for (unsigned i = 0; i < ARGUMENTS * LANES; i++)
        lane[i] = argument_at(i / LANES, i % LANES);
    isa->run(&block);
    isa->gradient->mark(lane + (size_t)p->program.output[0] * LANES, LANES, unit);
    isa->gradient->sweep(&sweep);
    const aici_gradient_step *last = &plan.step[plan.step_count - 1];
    bool found = last->at.opcode == p->each[0].opcode && last->at.to == p->each[0].to;
    for (unsigned k = 0; k < ARGUMENTS; k++)
        for (unsigned i = 0; i < LANES; i++)
            part[k][i] = found && last->slot[k] != AICI_NONE ? slot[last->slot[k] * LANES + i] : NOT_A_NUMBER;
    aici_arena_free(arena);
}

/** Of one operation alone, y = op(x0, x1, x2) + 1, so that no other derivative comes to its operands. */
static void lanes_have_the_derivatives_of_single_numbers(void **state) {
    static struct small_program p;
    double part[ARGUMENTS][LANES], unit[LANES], gradient[ARGUMENTS];
    (void)state;
    for (uint32_t opcode = 0; opcode < AICI_OPCODE_COUNT; opcode++) {
        if (is_step(opcode))
            continue;
        make_program(&p, opcode);
        p.each[1] = (aici_instruction){AICI_OPCODE_ADD, 4, 3, 3, 0};
        p.each[2] = (aici_instruction){AICI_OPCODE_ADD, 5, 4, 4, 0};
        for (unsigned i = 0; i < AICI_ISA_COUNT; i++) {
            if (!aici_isa_at(i))
                continue;
            sweep_by(aici_isa_at(i), &p, part, unit);
            for (unsigned lane = 0; lane < LANES; lane++) {
                const double input[] = {argument_at(0, lane), argument_at(1, lane), argument_at(2, lane)};
                double y = value_at(&p, input);
                assert_int_equal(aici_gradient_one(&p.program, NULL, input, gradient, NULL), AIC_OK);
                assert_true(unit[lane] == (y != 0 && isfinite(y)));
                for (unsigned k = 0; k < ARGUMENTS; k++) {
                    double found = part[k][lane] * y, expected = gradient[k];
                    if (isnan(part[k][lane]) || unit[lane] == 0 || !isfinite(expected))
                        continue;
                    if (!(fabs(found - expected) <= 1e-13 * (1 + fabs(expected))))
                        fail_msg("opcode %u, lane %u, argument %u: %.17g instead of %.17g", opcode, lane, k, found, expected);
                }
            }
        }
    }
}

static void instruction_sets_agree_to_the_bit(void **state) {
    static struct small_program p;
    double part[ARGUMENTS][LANES], other[ARGUMENTS][LANES], unit[LANES];
    (void)state;
    for (uint32_t opcode = 0; opcode < AICI_OPCODE_COUNT; opcode++) {
        make_program(&p, opcode);
        sweep_by(aici_isa_best(), &p, part, unit);
        for (unsigned i = 0; i < AICI_ISA_COUNT; i++) {
            if (!aici_isa_at(i))
                continue;
            sweep_by(aici_isa_at(i), &p, other, unit);
            for (unsigned k = 0; k < ARGUMENTS * LANES; k++)
                assert_true(same_number(part[k / LANES][k % LANES], other[k / LANES][k % LANES]));
        }
    }
}

static void at_kinks_the_rule_of_the_header_holds(void **state) {
    static struct small_program p;
    static const struct {
        uint32_t opcode;
        double x0, x1, by_x0, by_x1;
    } kinks[] = {{AICI_OPCODE_MIN, 2, 2, 0, 1}, {AICI_OPCODE_MAX, 2, 2, 1, 0}, {AICI_OPCODE_ABS, 0, 9, 1, 0}};
    double gradient[ARGUMENTS];
    (void)state;
    for (size_t i = 0; i < sizeof kinks / sizeof *kinks; i++) {
        make_program(&p, kinks[i].opcode);
        p.each[1] = (aici_instruction){AICI_OPCODE_ADD, 4, 3, 2, 0};
        p.each[2] = (aici_instruction){AICI_OPCODE_NEGATE, 5, 4, 0, 0};
        const double input[] = {kinks[i].x0, kinks[i].x1, 0};
        assert_int_equal(aici_gradient_one(&p.program, NULL, input, gradient, NULL), AIC_OK);
        assert_true(gradient[0] == -kinks[i].by_x0 && gradient[1] == -kinks[i].by_x1 && gradient[2] == -1);
    }
}

static void long_programs_need_one_allocation(void **state) {
    static struct small_program p;
    double gradient[1];
    const double input[] = {2};
    (void)state;
    small_program_begin(&p, 1);
    aici_operand last = 0;
    for (int i = 0; i < 1000; i++)
        last = small_each(&p, AICI_OPCODE_ADD, last, 0, 0);
    small_output(&p, last);
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    assert_true(failing_allocator_again(&memory, 1, false));
    assert_int_equal(aici_gradient_one(&p.program, NULL, input, gradient, &memory.allocator), AIC_ERROR_MEMORY);
    assert_true(failing_allocator_again(&memory, 2, false));
    assert_int_equal(aici_gradient_one(&p.program, NULL, input, gradient, &memory.allocator), AIC_OK);
    assert_true(gradient[0] == 1001 && memory.calls == 1 && failing_allocator_is_clean(&memory));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(derivatives_agree_with_differences),           cmocka_unit_test(steps_have_no_slope),
        cmocka_unit_test(lanes_have_the_derivatives_of_single_numbers), cmocka_unit_test(instruction_sets_agree_to_the_bit),
        cmocka_unit_test(at_kinks_the_rule_of_the_header_holds),        cmocka_unit_test(long_programs_need_one_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
