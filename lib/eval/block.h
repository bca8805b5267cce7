/* SPDX-License-Identifier: MIT */
/* What goes over a block of lanes: the program with its draws, and the sums and counts that are taken of what comes out. */
#ifndef AICI_EVAL_BLOCK_H
#define AICI_EVAL_BLOCK_H

#include "eval/curve.h"
#include "eval/distribution.h"
#include "eval/statistics.h"
#include "eval/stream.h"
#include "plan/plan.h"

enum { AICI_BLOCK_SHORTEST = 64, AICI_BLOCK_LONGEST = 512 };

/** How many lanes a block has: in whole shortest ones, as many as leave @p numbers numbers in @p columns columns (at least 1). */
static inline uint32_t aici_block_stride(size_t columns, size_t numbers) {
    size_t stride = numbers / columns / AICI_BLOCK_SHORTEST * AICI_BLOCK_SHORTEST;
    return stride < AICI_BLOCK_SHORTEST ? AICI_BLOCK_SHORTEST : stride > AICI_BLOCK_LONGEST ? AICI_BLOCK_LONGEST : (uint32_t)stride;
}

/** How a draw's value is made from its words. */
typedef enum aici_sampler_kind {
    AICI_SAMPLER_NORMAL,     /**< a + b z */
    AICI_SAMPLER_LOGNORMAL,  /**< exp(a + b z) */
    AICI_SAMPLER_UNIFORM,    /**< a + b u */
    AICI_SAMPLER_LOGUNIFORM, /**< exp(a + b u) */
    AICI_SAMPLER_TRIANGULAR, /**< low a, mode b, high c */
    AICI_SAMPLER_BELL,  /**< a normal or lognormal with two sides, or a truncated one: from the standard normal number of its probability */
    AICI_SAMPLER_CURVE, /**< a beta or PERT distribution, perhaps truncated: likewise */
    AICI_SAMPLER_QUANTILE, /**< the quantile function, lane by lane */
    AICI_SAMPLER_MIXTURE   /**< a word chooses the component, the next ones make its value */
} aici_sampler_kind;

typedef struct aici_sampler {
    uint8_t kind; /**< aici_sampler_kind */
    double a, b, c;
    uint32_t word; /**< the first of its streams, each draw having its own: draws that share words begin alike and stay alike */
    const aici_ready *ready, *shape; /**< shape: what was truncated, else the same */
    aici_curve curve;
} aici_sampler;

/** Lanes of one block, all in one keyed chunk. */
typedef struct aici_block {
    const aici_program *program;
    const double *uniform;
    const aici_sampler *sampler; /**< by draw */
    aici_stream *stream;         /**< by the samplers' words: Monte Carlo, goes on from block to block; NULL: Sobol' */
    const aici_sobol *sobol;     /**< likewise */
    uint64_t first;              /**< Sobol': index of the first lane */
    double *lane;                /**< registers, one after the other, each of `stride` numbers */
    uint32_t stride, lanes;      /**< lanes: a multiple of 16 */
    uint64_t *word;              /**< room for the words of one draw: `stride` */
} aici_block;

/** Sums and counts of one output over one chunk. Sums run in eight lanes, so that they are the same for every instruction set and block
 * length. */
typedef struct aici_tally {
    double shift; /**< near the mean: sums are of what differs from it */
    double sum[AICI_LANES], square[AICI_LANES];
    uint64_t finite, not_finite, out_of_bounds;
    double low, high; /**< bounds; what is outside is counted */
    bool low_open, high_open, has_bounds;
    uint32_t bracket_count;
    double from[AICI_MOST_MARKS], to[AICI_MOST_MARKS]; /**< brackets: values in any [from, to) are kept, once */
    uint64_t below[AICI_MOST_MARKS];                   /**< values under from[i] */
    double *kept;                                      /**< has room for all values of the call, and eight more */
    size_t kept_count;
} aici_tally;

#endif
