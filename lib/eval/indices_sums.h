/* SPDX-License-Identifier: MIT */
/*
 * Inside indices: the sums that are taken over blocks of lanes. They run in eight lanes, so that they are the same for every instruction
 * set and block length; `used` counts the base points in them. What is not finite is left out of all sums of a struct at once.
 */
#ifndef AICI_EVAL_INDICES_SUMS_H
#define AICI_EVAL_INDICES_SUMS_H

#include "base/simd/simd.h"

/** One output over one block; numbers but for `a` are of what differs from the shift. */
typedef struct aici_indices_columns {
    double shift;    /**< near the mean */
    const double *a; /**< in A, as it is */
    double *a_apart; /**< in A; written by aici_isa.both */
    double *b_apart; /**< in B; likewise */
    /** both: in B, as it is; change: with factors exchanged, as it is; product: the first factor exchanged, of what differs */
    const double *other;
    const double *rest; /**< product: all but the second factor exchanged, of what differs */
    uint32_t lanes;     /**< a multiple of AICI_LANES */
} aici_indices_columns;

/** An output in A and in B. */
typedef struct aici_both_sums {
    double a[AICI_LANES], a_square[AICI_LANES], b[AICI_LANES], b_square[AICI_LANES];
    uint64_t used;
} aici_both_sums;

/** What exchanging a factor changes. */
typedef struct aici_change_sums {
    double change[AICI_LANES], square[AICI_LANES], cross[AICI_LANES]; /**< change, its square, change times b */
    uint64_t used;
} aici_change_sums;

/** What two evaluations share that have the values of two factors in common. */
typedef struct aici_product_sums {
    double apart[AICI_LANES], product[AICI_LANES]; /**< sums and products of the two less those of A and B */
    uint64_t used;
} aici_product_sums;

#endif
