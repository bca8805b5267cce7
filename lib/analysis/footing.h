/* SPDX-License-Identifier: MIT */
/* What a claim stands on that nobody vouches for: figures without a source, and defaults of kinds. */
#ifndef AICI_ANALYSIS_FOOTING_H
#define AICI_ANALYSIS_FOOTING_H

#include "analysis/analysis.h"

/** Lists them for the checked single value @p tree; names are borrowed from the bound scenario, lists live in @p arena. */
aic_status aici_footing_find(const aici_bound *bound, const aici_expr *tree, aici_arena *arena, aici_result_claim *out, aic_report *report);

#endif
