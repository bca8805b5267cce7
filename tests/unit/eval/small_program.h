/* SPDX-License-Identifier: MIT */
/*
 * Programs made by hand, an instruction at a time, as the evaluator sees them: no names, no formulas.
 *
 *     struct small_program p;
 *     small_program_begin(&p, 2);
 *     aici_operand sum = small_each(&p, AICI_OPCODE_ADD, 0, 1, 0);
 *     small_output(&p, sum);
 */
#ifndef TESTS_UNIT_EVAL_SMALL_PROGRAM_H
#define TESTS_UNIT_EVAL_SMALL_PROGRAM_H

#include "eval/eval.h"
#include <math.h>
#include <string.h>

#define NOT_A_NUMBER ((double)NAN)

enum { SMALL_MOST = 2200 };

struct small_program {
    aici_program program;
    double constant[SMALL_MOST], input_scale[SMALL_MOST], output_scale[SMALL_MOST];
    aici_instruction once[SMALL_MOST], each[SMALL_MOST];
    aici_origin once_origin[SMALL_MOST], each_origin[SMALL_MOST];
    aici_operand output[SMALL_MOST];
};

static inline void small_program_begin(struct small_program *p, uint32_t inputs) {
    p->program = (aici_program){.constant = p->constant,
                                .input_scale = p->input_scale,
                                .output_scale = p->output_scale,
                                .once = p->once,
                                .each = p->each,
                                .once_origin = p->once_origin,
                                .each_origin = p->each_origin,
                                .output = p->output,
                                .input_count = inputs,
                                .register_count = inputs};
    for (uint32_t i = 0; i < inputs; i++)
        p->input_scale[i] = 1;
}

/** All constants come before the first small_once(). */
static inline aici_operand small_constant(struct small_program *p, double value) {
    p->constant[p->program.constant_count++] = value;
    return AICI_OPERAND_UNIFORM | p->program.uniform_count++;
}

static inline aici_operand small_once(struct small_program *p, uint32_t opcode, aici_operand a, aici_operand b, aici_operand c) {
    aici_operand to = AICI_OPERAND_UNIFORM | p->program.uniform_count++;
    uint32_t number = p->program.once_count++;
    p->once[number] = (aici_instruction){opcode, to, a, b, c};
    p->once_origin[number] = (aici_origin){NULL, number, AICI_NO_YEAR};
    return to;
}

/** Writes a register that is there already. Origins carry the number of the instruction, 1000 and up. */
static inline aici_operand small_each_to(struct small_program *p, aici_operand to, uint32_t opcode, aici_operand a, aici_operand b,
                                         aici_operand c) {
    uint32_t number = p->program.each_count++;
    p->each[number] = (aici_instruction){opcode, to, a, b, c};
    p->each_origin[number] = (aici_origin){NULL, 1000 + number, AICI_NO_YEAR};
    return to;
}

static inline aici_operand small_each(struct small_program *p, uint32_t opcode, aici_operand a, aici_operand b, aici_operand c) {
    return small_each_to(p, p->program.register_count++, opcode, a, b, c);
}

static inline void small_output(struct small_program *p, aici_operand operand) {
    p->output_scale[p->program.output_count] = 1;
    p->output[p->program.output_count++] = operand;
}

/** The same number to the last bit; NaNs are all one, because IEEE 754 leaves their payload open. */
static inline bool same_number(double left, double right) {
    return (isnan(left) && isnan(right)) || memcmp(&left, &right, sizeof left) == 0;
}

#endif
