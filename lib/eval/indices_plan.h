/* SPDX-License-Identifier: MIT */
/*
 * Inside indices: which instructions run when factors are taken from B. Values that depend on one factor alone are computed once in A and
 * once in B; a run with some factors from B has only the instructions in which these meet others, and reads all else from where it lies.
 */
#ifndef AICI_EVAL_INDICES_PLAN_H
#define AICI_EVAL_INDICES_PLAN_H

#include "eval/eval.h"

/** Instructions on the registers of the plan. */
typedef struct aici_indices_list {
    const aici_instruction *each;
    uint32_t count;
    const aici_operand *output; /**< by output: where it lies then; AICI_NONE: it is as in A */
} aici_indices_list;

typedef struct aici_indices_plan {
    uint32_t register_count;
    aici_indices_list a;           /**< everything, drawn in A */
    aici_indices_list own;         /**< what depends on one factor alone, drawn in B; without outputs */
    aici_indices_list b;           /**< all factors from B */
    const aici_indices_list *one;  /**< by factor: it alone from B */
    const aici_indices_list *rest; /**< by factor: all but it from B; NULL unless it is for the second order */
} aici_indices_plan;

/** False when there is no memory. */
bool aici_indices_plan_make(const aici_indices_request *request, aici_arena *arena, aici_indices_plan *out);

#endif
