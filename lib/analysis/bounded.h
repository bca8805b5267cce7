/* SPDX-License-Identifier: MIT */
/* Draws of uncertain inputs that are out of the inputs' bounds: never clipped, and never passed over in silence. */
#ifndef AICI_ANALYSIS_BOUNDED_H
#define AICI_ANALYSIS_BOUNDED_H

#include "analysis/analysis.h"
#include "plan/plan.h"

typedef struct aici_bounded {
    aici_bound *bound;
    const aici_sample_wish *wish; /**< of what is not a plain distribution, its first few thousand draws are looked at */
    const unsigned char *counted; /**< by quantity: not 0: its draws are counted elsewhere; NULL: none are */
    const aic_allocator *allocator;
    aic_report *report;
} aici_bounded;

/** "1.25 % of the draws"; of a share that is less, "<0.01 % of the draws (about 32 of 1000000)". @p count may be an expectation. */
void aici_bounded_add_share(aici_buffer *out, double count, uint64_t draws);

/** Warns (DRAWS_AMISS) of each uncertain input on which what is wanted depends and of which draws are out of bounds, with their share.
 * Where the input is one distribution, the share is its probability of being outside, and nothing is said where less than one draw is
 * expected there. Errors: those of aici_sampled_run(). */
aic_status aici_bounded_warn(const aici_bounded *self, const aici_wanted *wanted, size_t count);

#endif
