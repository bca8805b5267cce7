/* SPDX-License-Identifier: MIT */
/* A new result for a bound scenario, which it keeps alive because its texts and units are borrowed from there; and the refusal of a name
 * that is not in it. */
#ifndef AICI_ANALYSIS_RETAIN_H
#define AICI_ANALYSIS_RETAIN_H

#include "result/result.h"
#include "scenario/scenario.h"

/** An empty result with title and file; NULL when there is no memory. */
aic_result *aici_retain_new(aici_bound *bound, const aic_allocator *allocator);

/** Lists the models of which something was reached (a byte a quantity); false when there is no memory. */
bool aici_retain_models(aic_result *result, const aici_bound *bound, const unsigned char *reached);

/** QUANTITY_UNKNOWN with the nearest name, or MISSING_OUTPUT with the input that it needs; at a place, or NULL. */
aic_status aici_retain_refuse_name(const aici_bound *bound, const char *name, bool models_too, const aici_place *place, aic_report *report);

#endif
