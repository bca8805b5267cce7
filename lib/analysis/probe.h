/* SPDX-License-Identifier: MIT */
/*
 * A scenario at many points: what is wanted is compiled once, with the levers as what varies, and run at each point. At the medians, points
 * are lanes of one program (or, where the parameters of a distribution follow from a lever, one run each); sampled, each point is a run
 * over the same draws. Values are in coherent units.
 */
#ifndef AICI_ANALYSIS_PROBE_H
#define AICI_ANALYSIS_PROBE_H

#include "analysis/analysis.h"
#include "analysis/guard.h"
#include "analysis/lever.h"

/** What must hold of one value that is computed beside the wanted ones. */
typedef struct aici_probe_check {
    uint32_t value; /**< which, among all that is wanted */
    aici_bounds bounds;
    double unit_scale;
    bool whole, truth;
} aici_probe_check;

typedef struct aici_probe {
    const aici_levers *levers;
    const aic_allocator *allocator;
    aic_report *report;
    aici_run run;  /**< only collects: first what the caller wants, then what the guard wants */
    size_t wanted; /**< how many values the caller wants */
    aici_guard guard;
    aici_program *medians; /**< every distribution at its median */
    bool by_settings;      /**< of `medians`: levers are settings, else lanes */
    double *uniform;
    aici_probe_check *check;
    size_t check_count;
    aici_program *sampled;            /**< NULL: nothing that is wanted is uncertain */
    const aici_output_bounds *bounds; /**< by wanted value: what draws are counted against */
} aici_probe;

/** Begins; what is wanted is then asked for by aici_run_want(&probe->run, …). aici_probe_end() in either case. */
aic_status aici_probe_begin(aici_probe *probe, const aici_levers *levers, aic_report *report);
void aici_probe_end(aici_probe *probe);

/** Compiles. Errors: those of the planner, CANNOT_VARY among them. */
aic_status aici_probe_compile(aici_probe *probe);

/** Whether wanted value @p index depends on draws. */
bool aici_probe_is_uncertain(const aici_probe *probe, size_t index);

/** At the medians: input[lever][point], output[value][point] for the wanted values, and a byte a point whether everything holds that must.
 * What cannot be computed is NaN. Errors: MEMORY, CANCELLED. */
aic_status aici_probe_run(aici_probe *probe, size_t count, const double *const *input, double *const *output, unsigned char *holds,
                          const aici_control *control);

/** Says in @p report what does not hold at one point, as evaluating there would. False when there is no memory. */
bool aici_probe_explain(aici_probe *probe, const double *input, aic_report *report);

struct aici_sample_wish;

/** Samples at many points, on the wish's threads: out[point * outputs + value], for every wanted value, also one that is certain (its
 * statistics are those of a constant). Draws are the same at all points. What cannot be sampled at a point has a count of 0.
 * *wish->control.progress tells points. Errors: MEMORY, CANCELLED, LIMIT_DIMENSIONS. */
aic_status aici_probe_sample(const aici_probe *probe, size_t count, const double *const *input, const struct aici_sample_wish *wish,
                             aici_statistics *out);

#endif
