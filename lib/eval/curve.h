/* SPDX-License-Identifier: MIT */
/*
 * Quick quantiles of beta distributions: ln(x / (1 - x)) as a function of the standard normal number of the same probability is smooth from
 * end to end, so pieces of polynomials give it to within 1e-10, which is the relative error of a draw. They are made by exact quantiles and
 * derivatives in closed form.
 */
#ifndef AICI_EVAL_CURVE_H
#define AICI_EVAL_CURVE_H

#include "eval/distribution.h"

enum { AICI_CURVE_NUMBERS = 6 };

typedef struct aici_curve {
    double first; /**< where the first piece begins */
    double each;  /**< pieces in a unit */
    double last;  /**< number of the last piece */
    /** AICI_CURVE_NUMBERS each: polynomial in the distance from its beginning, in pieces, that of the constant first */
    const double *piece;
} aici_curve;

/** Makes the curve of a beta or PERT distribution for standard normal numbers from @p low to @p high. False where there is no memory; *out
 * is then empty, as it is where no polynomials of this kind do (shapes beyond all measure): piece is NULL. In @p arena. */
bool aici_curve_make(const aici_ready *beta, double low, double high, aici_arena *arena, aici_curve *out);

#endif
