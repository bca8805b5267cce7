/* SPDX-License-Identifier: MIT */
/*
 * Instruction sets: what runs over blocks of lanes is compiled once for each (isa/block.c, isa/tally.c), with the same bits from all, and
 * chosen by what the processor has.
 */
#ifndef AICI_EVAL_ISA_H
#define AICI_EVAL_ISA_H

#include "eval/block.h"
#include "eval/gradient_plan.h"
#include "eval/indices_sums.h"

/** Sums for Sobol' indices over a block. */
typedef struct aici_isa_indices {
    void (*both)(aici_both_sums *sums, const aici_indices_columns *at); /**< an output in A and B; writes a_apart and b_apart */
    void (*change)(aici_change_sums *sums, const aici_indices_columns *at);
    void (*product)(aici_product_sums *sums, const aici_indices_columns *at);
    void (*apart)(const double *values, double shift, uint32_t lanes, double *to); /**< what values differ from the shift */
} aici_isa_indices;

/** Sweeps backwards. */
typedef struct aici_isa_gradient {
    void (*sweep)(const aici_gradient_block *block);
    uint64_t (*mark)(const double *values, uint32_t lanes, double *unit); /**< where an output has an elasticity; in how many lanes */
    void (*take)(const double *g, const double *value, uint32_t lanes,
                 aici_gradient_sum *sum); /**< g, times `value` where that is not NULL */
} aici_isa_gradient;

typedef struct aici_isa {
    const char *name;                                                     /**< "avx512", "avx2", "generic" */
    void (*run)(const aici_block *block);                                 /**< every instruction of `each`, over the lanes of a block */
    void (*tally)(aici_tally *tally, const double *values, size_t count); /**< takes values into sums and counts */
    /** Keeps the values in [from, to), in their order: returns how many, and adds to *below how many lie under. @p out has room for eight
     * more; it may be @p values. */
    size_t (*narrow)(const double *values, size_t count, double from, double to, double *out, uint64_t *below);
    const aici_isa_indices *indices;
    const aici_isa_gradient *gradient;
} aici_isa;

enum { AICI_ISA_COUNT = 3 };

/** Instruction set @p index, the best first; NULL when this machine does not have it. Asks the processor, as aici_isa_best() does. */
const aici_isa *aici_isa_at(unsigned index);

#endif
