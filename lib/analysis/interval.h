/* SPDX-License-Identifier: MIT */
/* Between which values a formula lies, given that the figures that it depends on and that were taken from print are known to half a digit.
 */
#ifndef AICI_ANALYSIS_INTERVAL_H
#define AICI_ANALYSIS_INTERVAL_H

#include "analysis/analysis.h"

/** The rounded figures of a scenario. */
typedef struct aici_rounding {
    aici_bound *bound;
    const aic_allocator *allocator;
    aic_report *report;
    unsigned char *reached; /**< a byte a quantity, for use in aici_interval_find() */
    bool any;               /**< there is a rounded figure at all */
} aici_rounding;

typedef struct aici_interval {
    double low, high; /**< coherent; infinite where rounding can make the value anything */
} aici_interval;

/** Where in the box of the rounded figures a value is smallest and largest. */
typedef struct aici_corners {
    const aici_expr **literal; /**< the figures; NULL: there are none */
    size_t count;
    double *low, *high; /**< parallel, coherent; NULL: nowhere is it smaller (larger) than with the figures as they are printed */
    double *value;      /**< what low and high point into */
} aici_corners;

aic_status aici_rounding_begin(aici_rounding *rounding, aici_bound *bound, const aic_allocator *allocator, aic_report *report);
void aici_rounding_end(aici_rounding *rounding);

/** The interval of a checked single value whose plain value is @p plain, which lies in it. @p corners (NULL: not wanted) receives its ends'
 * places; the caller releases them with aici_corners_end() whatever comes out. */
aic_status aici_interval_find(const aici_rounding *rounding, const aici_expr *tree, double plain, aici_corners *corners,
                              aici_interval *out);
void aici_corners_end(aici_corners *corners, const aic_allocator *allocator);

#endif
