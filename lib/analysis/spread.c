/* SPDX-License-Identifier: MIT */
/*
 * One program of all that is asked for (of so many at a time, where they are more), sampled once. For what depends on rounded figures too,
 * another program has these as settings: it is sampled at the two corners of their box that the medians show to be the extreme ones, with
 * the draws of the first.
 */
#include "analysis/spread.h"
#include "analysis/sampled.h"

#include <math.h>

enum { P5, MEDIAN, P95, QUANTILES };
enum { MOST_TOGETHER = 128 }; /* each takes a fifth of a MiB while it is sampled */

/* A program and what it takes to sample it. */
typedef struct survey {
    const aici_spreading *of;
    aici_sample_wish wish;
    aici_program *program;
    double *uniform;
    aici_statistics *statistics;
} survey;

static survey survey_of(const aici_spreading *spreading) {
    static const double quantile[QUANTILES] = {[P5] = 0.05, [MEDIAN] = 0.5, [P95] = 0.95};
    survey self = {.of = spreading, .wish = *spreading->wish};
    self.wish.quantile = quantile;
    self.wish.quantile_count = QUANTILES;
    return self;
}

static void survey_end(survey *self) {
    aici_program_free(self->program);
    aici_memory_release(self->of->allocator, self->uniform);
    aici_memory_release(self->of->allocator, self->statistics);
}

static aic_status compile(survey *self, const aici_wanted *wanted, size_t count, const aici_varying *setting, size_t settings) {
    const aici_spreading *of = self->of;
    const aici_plan_request request = {
        .bound = of->bound, .varying = setting, .varying_count = settings, .wanted = wanted, .wanted_count = count, .samples = true};
    aic_status status = aici_plan_compile(&request, of->allocator, &self->program, of->report);
    if (status != AIC_OK)
        return status;
    self->uniform = aici_memory_take_array(of->allocator, (size_t)self->program->uniform_count + 1, sizeof *self->uniform);
    self->statistics = aici_memory_take_array(of->allocator, count + 1, sizeof *self->statistics);
    return self->uniform && self->statistics ? AIC_OK : aici_report_memory(of->report);
}

static aic_status sample(survey *self, const double *setting) {
    const aici_spreading *of = self->of;
    aic_status status = aici_analysis_prepare(of->bound, self->program, setting, of->allocator, self->uniform, of->report);
    const aici_sampled sampled = {.bound = of->bound,
                                  .program = self->program,
                                  .uniform = self->uniform,
                                  .wish = &self->wish,
                                  .allocator = of->allocator,
                                  .report = of->report};
    return status == AIC_OK ? aici_sampled_run(&sampled, self->statistics) : status;
}

static aic_status refuse_nothing_finite(const aici_spreading *self, const aici_expr *tree) {
    aici_place place = tree->fragment ? aici_fragment_place(tree->fragment, tree->begin, tree->end) : (aici_place){0};
    aic_status status =
        aici_report_error(self->report, AICI_CODE_NOT_FINITE, &place, "not a finite number: in none of the draws does this have a value");
    aici_report_hint(self->report, "narrow the distributions that it depends on: `aicompute eval` shows what they come to");
    return status;
}

static aic_status find_some(const aici_spreading *self, const aici_wanted *wanted, size_t count, aici_spread *out) {
    survey all = survey_of(self);
    aic_status status = compile(&all, wanted, count, NULL, 0);
    if (status == AIC_OK)
        status = sample(&all, NULL);
    for (size_t i = 0; i < count && status == AIC_OK; i++) {
        const aici_statistics *from = &all.statistics[i];
        out[i] = (aici_spread){from->quantile[MEDIAN], from->quantile[P5], from->quantile[P95], aici_sampled_draws(self->wish),
                               from->not_finite};
        if (from->not_finite == out[i].draws)
            status = refuse_nothing_finite(self, wanted[i].tree);
    }
    survey_end(&all);
    return status;
}

aic_status aici_spread_find(const aici_spreading *self, const aici_wanted *wanted, size_t count, aici_spread *out) {
    aic_status status = AIC_OK;
    for (size_t first = 0; first < count && status == AIC_OK; first += MOST_TOGETHER)
        status = find_some(self, wanted + first, count - first < MOST_TOGETHER ? count - first : MOST_TOGETHER, out + first);
    return status;
}

/* --- rounded figures ------------------------------------------------------------------------------------------------------------------ */

static aic_status compile_settings(survey *self, const aici_wanted *wanted, const aici_corners *corners) {
    aici_varying *varying = aici_memory_take_array(self->of->allocator, corners->count + 1, sizeof *varying);
    if (!varying)
        return aici_report_memory(self->of->report);
    for (size_t i = 0; i < corners->count; i++)
        varying[i] = (aici_varying){.quantity = AICI_NONE, .literal = corners->literal[i], .scale = 1.0, .setting = true};
    aic_status status = compile(self, wanted, 1, varying, corners->count);
    aici_memory_release(self->of->allocator, varying);
    return status;
}

static aic_status try_corner(survey *self, const double *corner, aici_spread *spread) {
    aic_status status = corner ? sample(self, corner) : AIC_OK;
    if (!corner || status != AIC_OK)
        return status;
    spread->low = fmin(spread->low, self->statistics->quantile[P5]); /* NaN, where no draw is finite there, gives way */
    spread->high = fmax(spread->high, self->statistics->quantile[P95]);
    spread->not_finite = self->statistics->not_finite > spread->not_finite ? self->statistics->not_finite : spread->not_finite;
    return AIC_OK;
}

aic_status aici_spread_widen(const aici_spreading *self, const aici_wanted *wanted, const aici_corners *corners, aici_spread *spread) {
    survey one = survey_of(self);
    if (!corners->low && !corners->high)
        return AIC_OK;
    aic_status status = compile_settings(&one, wanted, corners);
    if (status == AIC_OK)
        status = try_corner(&one, corners->low, spread);
    if (status == AIC_OK)
        status = try_corner(&one, corners->high, spread);
    survey_end(&one);
    return status;
}
