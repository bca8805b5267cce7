/* SPDX-License-Identifier: MIT */
/*
 * Inputs that an analysis moves: found by name in a scenario, as `--set` would find them, and each made one value that a program can take
 * from outside. Where a whole series or a computed year is moved, a copy of the scenario is changed for it.
 */
#ifndef AICI_ANALYSIS_LEVER_H
#define AICI_ANALYSIS_LEVER_H

#include "analysis/run.h"

/** An input that is moved. */
typedef struct aici_lever {
    const char *name;        /**< as it was asked for: "chat.utilization", "growth[2026]" */
    const aici_place *place; /**< where, or NULL */
    uint32_t quantity;
    int32_t year;             /**< AICI_NO_YEAR: the quantity as a whole */
    const aici_expr *literal; /**< with a year: the figure that stands there */
    double present;     /**< what it is now, in coherent units: of a distribution the median, of a whole series its first; NaN: nothing */
    bool was_uncertain; /**< a distribution stood there */
    bool was_series;    /**< a whole series stood there */
} aici_lever;

typedef struct aici_levers {
    const aic_allocator *allocator;
    aic_report *report;
    aici_arena *arena;
    aic_scenario *copy; /**< of the caller's scenario, changed; NULL where none is needed */
    aici_bound *bound;
    aici_lever *lever;
    size_t count;
} aici_levers;

/** One that is asked for, how much it could be where the scenario does not give it (an expression, or NULL: then it must be given), and
 * where it is written, or NULL. */
typedef struct aici_lever_request {
    const char *name, *example;
    const aici_place *place;
} aici_lever_request;

/** Finds levers. Errors: those of binding; QUANTITY_UNKNOWN, READ_ONLY, CANNOT_VARY (texts, truth values), SERIES_NEEDED, YEAR_OUTSIDE,
 * those of aici_scenario_set(). aici_levers_end() in either case. */
aic_status aici_levers_begin(aici_levers *levers, aic_scenario *scenario, const aici_lever_request *request, size_t count,
                             aic_report *report);
void aici_levers_end(aici_levers *levers);

/** As the planner takes it: in coherent units. */
aici_varying aici_lever_varying(const aici_lever *lever, bool setting);

/** Reads a value for a lever: an expression of its dimension that is a constant. Faults are placed in @p fragment. Errors: those of
 * expressions and units, CONSTANT_NEEDED. */
aic_status aici_lever_read(const aici_levers *levers, const aici_lever *lever, const aici_fragment *fragment, double *coherent);

/** Reads a value like that of a quantity (AICI_NONE: of any), likewise; @p subject is what messages are about. */
aic_status aici_lever_read_like(const aici_levers *levers, uint32_t quantity, const char *subject, const aici_fragment *fragment,
                                double *coherent);

/** The two ends of a range, read as `low to high` is: a bare number takes the unit of the other end. Errors: as aici_lever_read(), and
 * EXPR_SCALE (`3..5 million`). */
aic_status aici_lever_read_range(const aici_levers *levers, const aici_lever *lever, const aici_fragment *low, const aici_fragment *high,
                                 double ends[2]);

/** The values of a list, in which bare numbers take the unit of those that have one: RANGE_UNITS where these have different ones. Errors:
 * as aici_lever_read_range(). */
aic_status aici_lever_read_list(const aici_levers *levers, const aici_lever *lever, const aici_fragment *text, uint32_t count,
                                double *coherent);

/** Which of the values that are written for an input stands for them in aici_lever_request: the last one that is more than digits, since
 * the unit of all may stand there. */
const aici_fragment *aici_lever_example(const aici_fragment *text, size_t count);

/** Cuts "x[2026]" into "x", in @p arena, and the year; without brackets AICI_NO_YEAR. NULL when what is in the brackets is no year, or
 * there is no memory. */
const char *aici_lever_cut_year(aici_arena *arena, const char *text, int32_t *year);

#endif
