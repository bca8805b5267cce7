/* SPDX-License-Identifier: MIT */
/* From what is wished to what the evaluator is told, and from its statuses to messages. */
#include "analysis/sampled.h"

uint64_t aici_sampled_points(uint64_t samples, uint32_t replicates) {
    uint64_t least = (samples + replicates - 1) / replicates, power = 16;
    while (power < least)
        power *= 2;
    return power;
}

static uint32_t replicates_of(const aici_sample_wish *wish) { return wish->sobol ? wish->replicates : 1; }

static uint64_t draws_each(const aici_sample_wish *wish) {
    return wish->sobol ? aici_sampled_points(wish->samples, wish->replicates) : wish->samples;
}

uint64_t aici_sampled_draws(const aici_sample_wish *wish) { return draws_each(wish) * replicates_of(wish); }

aic_status aici_sampled_refuse_dimensions(uint32_t numbers, const char *repair, aic_report *report) {
    aic_status status =
        aici_report_error(report, AICI_CODE_LIMIT_DIMENSIONS, NULL, "%u uncertain numbers are drawn, and Sobol' points have %d dimensions",
                          numbers, AICI_SOBOL_DIMENSIONS);
    aici_report_hint(report, "%s", repair);
    return status;
}

aic_status aici_sampled_explain(const aici_sampled *self, aic_status status, uint32_t faulty) {
    switch (status) {
    case AIC_OK: return AIC_OK;
    case AIC_ERROR_LIMIT: return aici_sampled_refuse_dimensions(self->program->word_count, AICI_SAMPLED_REPAIR, self->report);
    case AIC_ERROR_DOMAIN: return aici_analysis_refuse_draw(self->bound, self->program, faulty, self->report);
    case AIC_ERROR_CANCELLED: return aici_report_cancelled(self->report);
    default: return aici_report_memory(self->report);
    }
}

aici_sampling aici_sampled_sampling(const aici_sampled *self) {
    const aici_sample_wish *wish = self->wish;
    return (aici_sampling){.program = self->program,
                           .uniform = self->uniform,
                           .seed = wish->seed,
                           .sobol = wish->sobol,
                           .samples = draws_each(wish),
                           .replicates = replicates_of(wish),
                           .threads = wish->threads,
                           .quantile = wish->quantile,
                           .quantile_count = wish->quantile_count,
                           .bounds = self->bounds,
                           .allocator = self->allocator,
                           .control = &wish->control,
                           .isa = self->isa};
}

aic_status aici_sampled_run(const aici_sampled *self, aici_statistics *out) {
    const aici_sampling sampling = aici_sampled_sampling(self);
    uint32_t faulty = 0;
    return aici_sampled_explain(self, aici_eval_sample(&sampling, out, &faulty), faulty);
}
