/* SPDX-License-Identifier: MIT */
/*
 * The door of analysis: questions that need one or many runs of a scenario: its values, its claims, the derivation of a figure. Each call
 * makes the programs that it needs, runs them, and fills a result.
 */
#ifndef AICI_ANALYSIS_ANALYSIS_H
#define AICI_ANALYSIS_ANALYSIS_H

#include "analysis/part.h"
#include "analysis/solve.h"
#include "analysis/sweep.h"
#include "analysis/wish.h"
#include "eval/eval.h"
#include "result/result.h"
#include "scenario/scenario.h"

/** Values of the named quantities (or of all of a named model's); NULL: of all. Errors: QUANTITY_UNKNOWN (nearest), NOT_FINITE with the
 * operation, its operands and the formula's place, OUT_OF_BOUNDS, MODEL_ASSERTION, DRAW_PARAMETERS. Distributions stand at their medians.
 * All independent errors are reported. */
aic_status aici_analysis_evaluate(aici_bound *bound, const char *const *names, size_t name_count, const aic_allocator *allocator,
                                  aic_result **out, aic_report *report);

/** As aici_analysis_evaluate(), with the statistics of what is uncertain: of the names that are asked for, else of outputs and
 * calculations. Further errors: LIMIT_DIMENSIONS, DRAW_PARAMETERS, CANCELLED; warnings: DRAWS_AMISS. */
aic_status aici_analysis_sample(aici_bound *bound, const char *const *names, size_t name_count, const aici_sample_wish *wish,
                                const aic_allocator *allocator, aic_result **out, aic_report *report);

/** Which of the draws are made. */
typedef struct aici_shard {
    uint32_t number, count;
    bool keep_partial; /**< what is done when it is cancelled is no failure */
} aici_shard;

/** Makes the draws of a shard. *out is NULL where nothing is uncertain. @p wish becomes what is drawn: all samples (0: none), all
 * replicates. Errors as aici_analysis_sample(); warning: PART_INCOMPLETE. */
aic_status aici_analysis_sample_shard(aici_bound *bound, const char *const *names, size_t name_count, aici_sample_wish *wish,
                                      const aici_shard *shard, const aic_allocator *allocator, aici_gathered **out, aic_report *report);

/** The result of what was gathered (NULL where nothing is uncertain): of all draws the very one of aici_analysis_sample(). Further errors:
 * PART_DRAWS, PART_MISSED; warning: PART_INCOMPLETE. */
aic_status aici_analysis_finish(aici_bound *bound, const char *const *names, size_t name_count, const aici_sample_wish *wish,
                                const aici_gathered *gathered, const aic_allocator *allocator, aic_result **out, aic_report *report);

/** How sensitivities are found; nothing is left to a default here. */
typedef struct aici_sensitivity_wish {
    bool elasticities, tornado, indices;
    bool second_order; /**< of the indices, too */
    double low, high;  /**< probabilities of the tornado's ends, inside (0, 1) */
    double step;       /**< by how much of themselves certain figures are moved; 0: not at all */
    uint64_t samples, seed;
    uint32_t replicates, threads;
    aici_control control;
} aici_sensitivity_wish;

/** What "name" or "name[2030]" depends on: a table with a row an input, the most important first. Derivatives and the tornado are about the
 * medians. Errors as those of evaluating and sampling it; warnings: DRAWS_AMISS. */
aic_status aici_analysis_sensitivity(aici_bound *bound, const char *name, const aici_sensitivity_wish *wish, const aic_allocator *allocator,
                                     aic_result **out, aic_report *report);

/** Verdicts of all claims. The computed interval comes from the rounded figures that a claim depends on: all corners in one batch up to ten
 * of them, beyond that by the sign of each derivative (one-at-a-time ends in a batch). Of a claim that depends on uncertain inputs it is
 * p5..p95 of the draws, p5 and p95 being taken at the corners that the medians show to be extreme; the value is the sampled median.
 * Quantiles of the wish do not count. Further errors: as aici_analysis_sample(). */
aic_status aici_analysis_check(aici_bound *bound, const aici_sample_wish *wish, const aic_allocator *allocator, aic_result **out,
                               aic_report *report);

/** The derivation of "name" or "name[2030]". */
aic_status aici_analysis_explain(aici_bound *bound, const char *name, const aic_allocator *allocator, aic_result **out, aic_report *report);

/** What differs between two scenarios in assumptions, formulas and results, and by which difference each result moved. Errors are those of
 * evaluating either. The result keeps nothing of the scenarios but their bound forms. */
aic_status aici_analysis_diff(aic_scenario *first, aic_scenario *second, const aic_allocator *allocator, aic_result **out,
                              aic_report *report);

/** Turns a value that is not finite into an error (or, with @p warning, a remark) that names the operation: used by the api room's models
 * too. */
struct aici_program;
aic_status aici_analysis_report_not_finite(const aici_bound *bound, const struct aici_program *program, const double *uniform,
                                           const double *input, uint32_t output, bool warning, aic_report *report);

/** The same for an operation whose result is not finite and did not come out, because a later one swallowed it; AIC_OK when there is none.
 */
aic_status aici_analysis_report_hidden(const aici_bound *bound, const struct aici_program *program, const double *uniform,
                                       aic_report *report);

/** Runs the part of a program that is computed once: fills @p uniform. @p setting: values of its settings, or NULL. DRAW_PARAMETERS where
 * parameters of a distribution were computed and make none. */
aic_status aici_analysis_prepare(const aici_bound *bound, const struct aici_program *program, const double *setting,
                                 const aic_allocator *allocator, double *uniform, aic_report *report);

/** Reports that the parameters of draw @p draw make no distribution: DRAW_PARAMETERS. */
aic_status aici_analysis_refuse_draw(const aici_bound *bound, const struct aici_program *program, uint32_t draw, aic_report *report);

#endif
