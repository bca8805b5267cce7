/* SPDX-License-Identifier: MIT */
/* Instructions on single numbers: what runs once, one lane, and traces. */
#ifndef AICI_EVAL_SCALAR_H
#define AICI_EVAL_SCALAR_H

#include "plan/plan.h"

/** One operation on numbers. */
double aici_eval_operate(uint32_t opcode, double a, double b, double c);

/** The two files of numbers that operands choose from by their highest bit: lane registers, then uniform values. */
typedef struct aici_operands {
    double *file[2];
} aici_operands;

static inline double *aici_operand_of(const aici_operands *operands, aici_operand operand) {
    return &operands->file[operand >> 31][operand & ~AICI_OPERAND_UNIFORM];
}

#endif
