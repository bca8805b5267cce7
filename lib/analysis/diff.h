/* SPDX-License-Identifier: MIT */
/* Inside analysis: two scenarios whose values are known, quantities of theirs side by side, and what moved the one to the other. */
#ifndef AICI_ANALYSIS_DIFF_H
#define AICI_ANALYSIS_DIFF_H

#include "analysis/analysis.h"

typedef struct aici_diffing {
    aic_scenario *scenario[2];
    aici_bound *bound[2];
    aic_result *side[2]; /**< all values: quantity i of bound[k] is quantity i of side[k] */
    const aic_allocator *allocator;
    aici_arena *arena; /**< of the result */
    aic_report *report;
} aici_diffing;

/** Puts two quantities of one name side by side; one may be NULL. False when there is no memory. */
bool aici_diff_pair(const aici_diffing *self, const aici_result_quantity *first, const aici_result_quantity *second,
                    aici_result_difference *out);

/** Whether the values differ by more than rounding in the arithmetic can explain, in any year; or one is missing, or they cannot be
 * compared. */
bool aici_diff_differs(const aici_result_difference *pair);

/** Whether two numbers differ by more than that. */
bool aici_diff_has_moved(double first, double second);

/** How many coherent units of a scenario are in a unit that another one writes; false when the dimension is not the given one. */
bool aici_diff_scale(const aici_units *units, const char *unit, const aici_dimension *dimension, double *scale);

/** Puts each thing that the second scenario says otherwise into the first, alone, and notes in the differences what that does to them. */
aic_status aici_diff_attribute(const aici_diffing *self, aici_result_difference *difference, size_t count, aici_result_diff *diff);

#endif
