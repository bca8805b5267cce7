/* SPDX-License-Identifier: MIT */
/* Draws of uncertain inputs that are out of the inputs' bounds: never clipped, and never passed over in silence. */
#ifndef AICI_ANALYSIS_BOUNDED_H
#define AICI_ANALYSIS_BOUNDED_H

#include "analysis/analysis.h"
#include "plan/plan.h"

typedef struct aici_bounded {
    aici_bound *bound;
    const aici_sample_wish *wish; /**< its first few thousand draws are looked at */
    const unsigned char *counted; /**< by quantity: not 0: its draws are counted elsewhere; NULL: none are */
    const aic_allocator *allocator;
    aic_report *report;
} aici_bounded;

/** Warns (DRAWS_AMISS) of each uncertain input on which what is wanted depends and of which draws are out of bounds, with their share.
 * Errors: those of aici_sampled_run(). */
aic_status aici_bounded_warn(const aici_bounded *self, const aici_wanted *wanted, size_t count);

#endif
