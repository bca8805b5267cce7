/* SPDX-License-Identifier: MIT */
/* Sampling of one program, as every analysis does it: how many draws that makes, and in words why it cannot be. */
#ifndef AICI_ANALYSIS_SAMPLED_H
#define AICI_ANALYSIS_SAMPLED_H

#include "analysis/analysis.h"
#include "plan/plan.h"

#define AICI_SAMPLED_REPAIR "take plain Monte Carlo (method `mc`), or ask for fewer quantities"

typedef struct aici_sampled {
    const aici_bound *bound;
    const aici_program *program;      /**< compiled with `samples` */
    const double *uniform;            /**< prepared */
    const aici_output_bounds *bounds; /**< by output, or NULL */
    const aici_sample_wish *wish;
    const aic_allocator *allocator;
    aic_report *report;
    const struct aici_isa *isa; /**< NULL: the best, asked for anew */
} aici_sampled;

/** Sobol' points of each of @p replicates so that they are @p samples or more together: a power of two, at least 16. */
uint64_t aici_sampled_points(uint64_t samples, uint32_t replicates);

/** Refuses more drawn numbers than Sobol' points have dimensions; @p repair is the hint. */
aic_status aici_sampled_refuse_dimensions(uint32_t numbers, const char *repair, aic_report *report);

/** How many draws a wish makes: of Sobol' points a power of two in each replicate. */
uint64_t aici_sampled_draws(const aici_sample_wish *wish);

/** What the evaluator is told; it points into @p self. */
aici_sampling aici_sampled_sampling(const aici_sampled *self);

/** Reports why the evaluator could not sample. */
aic_status aici_sampled_explain(const aici_sampled *self, aic_status status, uint32_t faulty);

/** Samples the program into one entry an output. Errors: LIMIT_DIMENSIONS, DRAW_PARAMETERS, CANCELLED, MEMORY. */
aic_status aici_sampled_run(const aici_sampled *self, aici_statistics *out);

#endif
