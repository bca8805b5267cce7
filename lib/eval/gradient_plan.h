/* SPDX-License-Identifier: MIT */
/*
 * Inside gradients: what a sweep backwards does, worked out once for each output. Elasticities that are constants flow here; what differs
 * from lane to lane becomes steps over columns ("slots"), which instruction sets have loops for (isa/gradient.c).
 */
#ifndef AICI_EVAL_GRADIENT_PLAN_H
#define AICI_EVAL_GRADIENT_PLAN_H

#include "eval/block.h"
#include "eval/gradient.h"

/** An instruction, seen from its result: the derivative that came to it flows on to its operands. */
typedef struct aici_gradient_step {
    aici_instruction at;
    double e;         /**< a constant elasticity that has to be turned into a derivative here; 0: none */
    uint32_t from;    /**< slot of the result, or AICI_NONE */
    uint32_t slot[3]; /**< of the operands; AICI_NONE: nobody asks for it */
    bool add[3];      /**< to what came there before; else it is the first */
} aici_gradient_step;

/** Where a sweep ends, and lanes are summed up. */
typedef struct aici_gradient_leaf {
    uint32_t slot;
    uint32_t lane;   /**< a draw: the register of its value; AICI_NONE: a uniform value */
    uint32_t number; /**< of the draw or the uniform value */
} aici_gradient_leaf;

/** The sweep from one output. */
typedef struct aici_gradient_plan {
    const aici_gradient_step *step;
    uint32_t step_count;
    const aici_gradient_leaf *leaf;
    uint32_t leaf_count, slot_count;
    const double *draw_e, *uniform_e; /**< constant elasticities, by draw and by uniform value */
} aici_gradient_plan;

/** False when there is no memory. @p active: by uniform value, whether it depends on a setting. */
bool aici_gradient_plan_make(const aici_program *program, const double *uniform, const bool *active, uint32_t output, aici_arena *arena,
                             aici_gradient_plan *out);

/** Which uniform values depend on settings; NULL when there is no memory. */
const bool *aici_gradient_active(const aici_program *program, aici_arena *arena);

/** A sweep over the lanes of a block that was run. */
typedef struct aici_gradient_block {
    const aici_block *block;
    const aici_gradient_plan *plan;
    const double *unit; /**< 1, or 0 in lanes whose output has no elasticity */
    double *slot;       /**< columns of block->stride numbers */
} aici_gradient_block;

/** Sums of a leaf over a chunk, in eight lanes. */
typedef struct aici_gradient_sum {
    double sum[AICI_LANES];
    uint64_t undefined;
} aici_gradient_sum;

#endif
