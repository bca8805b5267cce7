/* SPDX-License-Identifier: MIT */
/*
 * Where a function of one number meets a target: looked for on a fixed grid, so that none, one and several are told apart, then closed in
 * on to the last bits. Jumps over the target are told from solutions. Nothing is known here of scenarios.
 */
#ifndef AICI_ANALYSIS_ROOT_H
#define AICI_ANALYSIS_ROOT_H

#include "base/memory.h"

#include <stdbool.h>

/** How far the function is from its target at some places; NaN where it has no value. Anything but AIC_OK stops the search. */
typedef aic_status aici_miss(void *context, size_t count, const double *at, double *miss);

typedef struct aici_root_search {
    aici_miss *miss;
    void *context;
    double target;      /**< what the function is compared with; how large it is decides what is met */
    double present;     /**< roots are sorted by how near they are to it; NaN: from left to right */
    const double *grid; /**< ascending */
    size_t grid_count;
    const aic_allocator *allocator;
} aici_root_search;

typedef struct aici_root {
    double at;
    double from, to;      /**< all that lies between meets the target; both are `at` where that is one place */
    bool jumps;           /**< it is no root: the function jumps over its target here */
    double before, after; /**< of a jump: how far it is from the target left and right of it */
} aici_root;

typedef struct aici_roots {
    aici_root *root; /**< taken from the allocator, to be released by the caller */
    size_t count, capacity;
    double lowest, highest; /**< the miss, over the grid; NaN where it has no value on all of it */
    size_t finite;          /**< places of the grid where it has a value */
} aici_roots;

/** Finds roots and jumps. @p out is to be released in either case. */
aic_status aici_roots_find(const aici_root_search *search, aici_roots *out);

/** Ascending places from @p low to @p high (finite, low < high), both included: even ones, and on either side of zero even ones on an axis
 * of logarithms, down to @p smallest (above 0). Denser for @p fine. Taken from @p allocator; NULL when there is no memory. */
double *aici_root_grid(double low, double high, double smallest, bool fine, const aic_allocator *allocator, size_t *count);

#endif
