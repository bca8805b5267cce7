/* SPDX-License-Identifier: MIT */
/* Instructions on columns of lanes. */
#ifndef AICI_EVAL_KERNELS_H
#define AICI_EVAL_KERNELS_H

#include <stdint.h>

/** Kernels work on whole groups of so many lanes: columns have room for them, and all of them hold numbers. */
enum { AICI_LANE_GROUP = 8 };

/** Which operands are one number for all lanes. */
enum { AICI_SHAPE_A = 1, AICI_SHAPE_B = 2, AICI_SHAPE_C = 4 };

/** One instruction on one block. @p to may be the very column of an operand, and else does not overlap one. */
typedef struct aici_kernel_call {
    double *to;
    const double *a, *b, *c; /**< columns, or one number where the shape says so */
    uint32_t shape;          /**< never all that the opcode takes */
    uint32_t lanes;          /**< a multiple of AICI_LANE_GROUP */
} aici_kernel_call;

void aici_eval_call_kernel(uint32_t opcode, const aici_kernel_call *call);

#endif
