/* SPDX-License-Identifier: MIT */
/*
 * One run of a bound scenario: what an analysis wants to know is collected, computed by one program, and asked for by quantity. Values are
 * in coherent units.
 */
#ifndef AICI_ANALYSIS_RUN_H
#define AICI_ANALYSIS_RUN_H

#include "analysis/analysis.h"
#include "plan/plan.h"

typedef struct aici_run {
    aici_bound *bound;
    const aic_allocator *allocator;
    aic_report *report;
    aici_wanted *wanted;
    size_t count, capacity;
    uint32_t *first; /**< by quantity: where its values begin, or AICI_NONE */
    aici_program *program;
    double *uniform, *value; /**< value: parallel to wanted */
} aici_run;

aic_status aici_run_begin(aici_run *run, aici_bound *bound, const aic_allocator *allocator, aic_report *report);
void aici_run_end(aici_run *run);

/** Whether a quantity has numbers: texts have none. */
bool aici_run_is_number(const aici_quantity *quantity);

/** How many values a type has: one, or one a year. */
size_t aici_run_count(const aici_type *type);

/** The year of value @p index of a type, or AICI_NO_YEAR. */
int32_t aici_run_year(const aici_type *type, size_t index);

/** Asks for all values of a quantity; asking twice changes nothing, asking for a text neither. */
aic_status aici_run_want(aici_run *run, uint32_t quantity);

/** Asks for all values of a checked tree; *first is where they begin in run->value. */
aic_status aici_run_want_tree(aici_run *run, const aici_expr *tree, uint32_t *first);

/** Fills a byte a quantity: what the wanted things depend on, themselves included. */
aic_status aici_run_reach(aici_run *run, unsigned char *reached);

/** Computes everything that was asked for. What comes out may be not finite. */
aic_status aici_run_compute(aici_run *run);

/** The values of a quantity that was asked for. */
const double *aici_run_values(const aici_run *run, uint32_t quantity);

/** The value of a quantity in a year (AICI_NO_YEAR of a series: in its last); false when it was not asked for or has none then. */
bool aici_run_value(const aici_run *run, uint32_t quantity, int32_t year, double *value);

/** Reports the first of @p count values from @p first on that is not finite; AIC_OK when all are. */
aic_status aici_run_check_finite(const aici_run *run, uint32_t first, size_t count);

/** Keeps the first error of several steps that are all done. */
void aici_run_note(aic_status *first, aic_status next);

#endif
