/* SPDX-License-Identifier: MIT */
/* What a question is about: "name" or "name[2030]". */
#ifndef AICI_ANALYSIS_SUBJECT_H
#define AICI_ANALYSIS_SUBJECT_H

#include "scenario/scenario.h"

typedef struct aici_subject {
    uint32_t quantity;
    int32_t year; /**< AICI_NO_YEAR where none is named */
} aici_subject;

/** Finds it. Errors: QUANTITY_UNKNOWN, MISSING_OUTPUT, SERIES_NEEDED, YEAR_OUTSIDE, MEMORY. */
aic_status aici_subject_find(const aici_bound *bound, const char *asked, const aic_allocator *allocator, aici_subject *out,
                             aic_report *report);

#endif
