/* SPDX-License-Identifier: MIT */
/*
 * Sampling of a scenario, step by step: the values at the medians come from the evaluation; what is uncertain among what was asked for is
 * put into one program with draws; its statistics are laid beside the values. Who draws, here or elsewhere, in one place or in several, is
 * the caller's.
 */
#ifndef AICI_ANALYSIS_SURVEY_H
#define AICI_ANALYSIS_SURVEY_H

#include "analysis/analysis.h"
#include "analysis/run.h"
#include "analysis/sampled.h"
#include "eval/eval.h"

/** One quantity of the result that is sampled. */
typedef struct aici_survey_entry {
    aici_result_quantity *to;
    uint32_t quantity, first; /**< first: of its values among the outputs */
} aici_survey_entry;

typedef struct aici_survey {
    aici_bound *bound;
    const aic_allocator *allocator;
    aic_report *report;
    const aici_sample_wish *wish;
    aic_result *result;
    aici_run wanted; /**< only collects */
    aici_survey_entry *entry;
    size_t count; /**< 0: nothing is uncertain, and there is no program */
    aici_program *program;
    double *uniform;
    aici_output_bounds *bounds;
    aici_statistics *statistics; /**< by output */
    aici_sampled task;
    aici_sampling sampling;
} aici_survey;

/** Everything up to the drawing. aici_survey_end() in any case, which frees the result unless it was taken out. */
aic_status aici_survey_begin(aici_survey *survey, aici_bound *bound, const char *const *names, size_t name_count,
                             const aici_sample_wish *wish, const aic_allocator *allocator, aic_report *report);
void aici_survey_end(aici_survey *survey);

/** Lays the statistics of @p draws draws into the result, and warns of draws that are amiss. */
aic_status aici_survey_fill(aici_survey *survey, uint64_t draws);

#endif
