/* SPDX-License-Identifier: MIT */
/* Inside indices: what the passes leave for the estimators. */
#ifndef AICI_EVAL_INDICES_PASSES_H
#define AICI_EVAL_INDICES_PASSES_H

#include "eval/indices_plan.h"

/** What a chunk came to: of an output in A and B, ... */
typedef struct aici_both {
    double a, a_square, b, b_square;
    uint64_t used;
} aici_both;

/** ... of a factor ... */
typedef struct aici_change {
    double change, square, cross;
    uint64_t used;
} aici_change;

/** ... and of two. */
typedef struct aici_product {
    double apart, product;
    uint64_t used;
} aici_product;

/** Sums of all chunks, which are numbered through the replicates. */
typedef struct aici_indices_sums {
    uint64_t chunk_count, chunks_each;
    const double *shift;         /**< by output */
    const aici_both *both;       /**< by chunk, output */
    const aici_change *change;   /**< by chunk, output, factor */
    const aici_product *product; /**< by chunk, output, factor alone exchanged, factor alone not exchanged; NULL without the second order */
} aici_indices_sums;

/** Indices from sums, in @p arena; false when there is no memory. */
bool aici_indices_estimate(const aici_indices_request *request, const aici_indices_plan *plan, const aici_indices_sums *sums,
                           aici_arena *arena, aici_output_indices *out);

#endif
