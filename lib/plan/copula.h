/* SPDX-License-Identifier: MIT */
/*
 * Correlated quantities: those that hang together through pairs of `correlations` share a Gaussian copula. Within it they stand in the
 * order of their names, and each is made from its own normal number and those before it, so that where they stand in a scenario changes
 * nothing. What is given by the caller is not drawn, and drops out.
 */
#ifndef AICI_PLAN_COPULA_H
#define AICI_PLAN_COPULA_H

#include "plan/draws.h"

typedef struct aici_copula {
    uint32_t count;
    aici_origin *member; /**< the first distribution of each quantity */
    double *factor;      /**< of Cholesky, of the correlations of the normal numbers: row by row, lower triangle */
} aici_copula;

/** What is one member's. */
typedef struct aici_copula_row {
    aici_copula *copula; /**< NULL: the quantity is drawn alone */
    uint32_t index;
} aici_copula_row;

typedef struct aici_copulas {
    const aic_allocator *allocator;
    aici_arena *arena;    /**< NULL as long as nothing is correlated */
    aici_copula_row *row; /**< by quantity, or NULL */
} aici_copulas;

aici_copulas aici_copulas_new(const aic_allocator *allocator);
void aici_copulas_free(aici_copulas *copulas);

/** Finds all of them; quantities that @p given knows are left out. False when there is no memory. */
bool aici_copulas_find(aici_copulas *copulas, const aici_bound *bound, const aici_memo *given);

/** The row of the distribution of a quantity, of any of its years; NULL where it is drawn alone. */
const aici_copula_row *aici_copulas_row(const aici_copulas *copulas, const aici_origin *at);

/** The normal variable of a member, from the normal numbers of the draws of the members up to it, which are there. */
aici_value aici_copula_normal(const aici_copula_row *row, const aici_draws *draws, aici_values *values);

#endif
