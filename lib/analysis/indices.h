/* SPDX-License-Identifier: MIT */
/* Inside sensitivity: shares of the variance. Factors that are correlated have no indices one by one; together they are one more factor,
 * which stands behind the others. */
#ifndef AICI_ANALYSIS_INDICES_H
#define AICI_ANALYSIS_INDICES_H

#include "analysis/sensitivity.h"

/** Fills what is known of variance in `self`; of what is not uncertain, nothing. The last step before the table: groups of correlated
 * factors are added to the factors. */
aic_status aici_indices_find(aici_sensitivity *self);

#endif
