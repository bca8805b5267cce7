/* SPDX-License-Identifier: MIT */
/* How far formulas that depend on uncertain inputs spread: the median and p5..p95 of their draws. */
#ifndef AICI_ANALYSIS_SPREAD_H
#define AICI_ANALYSIS_SPREAD_H

#include "analysis/interval.h"

typedef struct aici_spread {
    double median, low, high; /**< coherent; of the draws that are finite. low and high are p5 and p95 */
    uint64_t draws, not_finite;
} aici_spread;

/** Who asks, and how it is sampled. The quantiles of the wish do not count. */
typedef struct aici_spreading {
    aici_bound *bound;
    const aici_sample_wish *wish;
    const aic_allocator *allocator;
    aic_report *report;
} aici_spreading;

/** Samples @p count single values: a name in two of them is the same draw. Errors: NOT_FINITE (no draw of a value is), and those of
 * aici_sampled_run(). */
aic_status aici_spread_find(const aici_spreading *self, const aici_wanted *wanted, size_t count, aici_spread *out);

/** Widens the spread of one value by the rounded figures that it depends on: p5 where they make it smallest at the medians, p95 where
 * largest. */
aic_status aici_spread_widen(const aici_spreading *self, const aici_wanted *wanted, const aici_corners *corners, aici_spread *spread);

#endif
