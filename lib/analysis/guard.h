/* SPDX-License-Identifier: MIT */
/* What must hold of the quantities that a run depends on: bounds of inputs, whole numbers, the assertions of model kinds. */
#ifndef AICI_ANALYSIS_GUARD_H
#define AICI_ANALYSIS_GUARD_H

#include "analysis/run.h"

typedef struct aici_guard {
    aici_run *run;
    unsigned char *reached; /**< by quantity: what was asked for before the guard was set depends on it */
    uint32_t *assertion;    /**< by assertion: where the values of its condition begin, or AICI_NONE */
} aici_guard;

/** Finds out what the run depends on and asks for what is to be checked. To be called when everything else was asked for. */
aic_status aici_guard_set(aici_guard *guard, aici_run *run);
void aici_guard_end(aici_guard *guard);

/** After the run: reports everything that does not hold. */
aic_status aici_guard_check(const aici_guard *guard);

#endif
