/* SPDX-License-Identifier: MIT */
/* Instructions on single numbers: what runs once, one lane, and traces. */
#ifndef AICI_EVAL_SCALAR_H
#define AICI_EVAL_SCALAR_H

#include "plan/plan.h"

/** One operation on numbers; of opcodes beyond the table nothing is known here: 0. */
double aici_eval_operate(uint32_t opcode, double a, double b, double c);

/** The two files of numbers that operands choose from by their highest bit: lane registers, then uniform values. */
typedef struct aici_operands {
    double *file[2];
} aici_operands;

/** Runs instructions one after the other; those that read a draw are passed over. */
void aici_eval_run(const aici_instruction *instruction, uint32_t count, const aici_operands *operands);

static inline double *aici_operand_of(const aici_operands *operands, aici_operand operand) {
    return &operands->file[operand >> 31][operand & ~AICI_OPERAND_UNIFORM];
}

#endif
