/* SPDX-License-Identifier: MIT */
/* Part of the door of eval: how many values lie in cells of equal width. Counts are exact, and depend on the values only, not on their
 * order. */
#ifndef AICI_EVAL_HISTOGRAM_H
#define AICI_EVAL_HISTOGRAM_H

#include "base/memory.h"

#include <stdbool.h>
#include <stdint.h>

/**
 * Counts the finite ones of @p count values. @p cells cells of equal width lie between the quantiles 0.1 % and 99.9 %; the first one begins
 * at the least value and the last one ends at the greatest, so that all are counted. Cell i has the values from edge[i] to below edge[i +
 * 1], the last one its end too. Where all values are the same there is one cell; the edges and counts of others are NaN. False when there
 * is no memory.
 * @param edge    cells + 1 of them
 * @param number  how many values a cell has
 */
bool aici_histogram_make(const double *values, size_t count, uint32_t cells, const aic_allocator *allocator, double *edge, double *number);

#endif
