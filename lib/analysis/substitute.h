/* SPDX-License-Identifier: MIT */
/* A formula with the values of its names in it, as a template that a writer fills with values in any numerals and to any number of digits.
 */
#ifndef AICI_ANALYSIS_SUBSTITUTE_H
#define AICI_ANALYSIS_SUBSTITUTE_H

#include "analysis/look.h"
#include "analysis/run.h"

/** The values that a derivation draws on: of everything that was reached, in all years. */
typedef struct aici_known {
    const aici_run *run;
    aici_arena *arena; /**< of the result */
    aici_looks looks;  /**< of the formula in hand */
} aici_known;

/** Fills formula, substituted and operands of a step from the formula whose looks were collected; false when there is no memory. */
bool aici_substitute(aici_known *known, const aici_expr *tree, uint32_t model, aici_result_step *step);

#endif
