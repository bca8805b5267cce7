/* SPDX-License-Identifier: MIT */
/* Sampling at many points: threads take points, and where there are more threads than points, draws. A point's statistics depend on nothing
 * but the point. */
#include "analysis/probe.h"
#include "analysis/sampled.h"
#include "base/threads.h"

/** What threads share. */
typedef struct points {
    const aici_probe *probe;
    const double *const *input;
    const aici_sample_wish *wish;
    aici_statistics *out;
    uint32_t threads; /**< that a point is sampled with */
    const struct aici_isa *isa;
} points;

static aic_status run(const points *self, const double *uniform, aici_statistics *out) {
    const aici_probe *probe = self->probe;
    aici_sample_wish wish = *self->wish;
    wish.threads = self->threads;
    wish.control.progress = NULL;
    const aici_sampled sampled = {probe->run.bound, probe->sampled, uniform, probe->bounds, &wish, probe->allocator, NULL, self->isa};
    return aici_sampled_run(&sampled, out);
}

static aic_status sample_point(const points *self, size_t point, double *setting, double *uniform) {
    const aici_probe *probe = self->probe;
    aici_statistics *out = &self->out[point * probe->wanted];
    for (size_t i = 0; i < probe->levers->count; i++)
        setting[i] = self->input[i][point];
    aic_status status = aici_eval_prepare(probe->sampled, setting, probe->allocator, uniform, NULL);
    if (status == AIC_OK)
        status = run(self, uniform, out);
    for (size_t i = 0; i < probe->wanted && status == AIC_ERROR_DOMAIN; i++)
        out[i] = (aici_statistics){.count = 0}; /* a distribution that cannot be at this point */
    return status == AIC_ERROR_DOMAIN ? AIC_OK : status;
}

static aic_status sample_share(const void *job, const aici_share *share) {
    const points *self = job;
    const aic_allocator *allocator = self->probe->allocator;
    double *setting = aici_memory_take_array(allocator, self->probe->levers->count + 1, sizeof *setting);
    double *uniform = aici_memory_take_array(allocator, (size_t)self->probe->sampled->uniform_count + 1, sizeof *uniform);
    aic_status status = setting && uniform ? AIC_OK : AIC_ERROR_MEMORY;
    for (size_t point = (size_t)share->first; point < share->end && status == AIC_OK; point++) {
        status = sample_point(self, point, setting, uniform);
        if (status == AIC_OK)
            aici_control_add(&self->wish->control, 1);
    }
    aici_memory_release(allocator, setting);
    aici_memory_release(allocator, uniform);
    return status;
}

aic_status aici_probe_sample(const aici_probe *probe, size_t count, const double *const *input, const aici_sample_wish *wish,
                             aici_statistics *out) {
    if (wish->sobol && probe->sampled->word_count > AICI_SOBOL_DIMENSIONS)
        return aici_sampled_refuse_dimensions(probe->sampled->word_count, AICI_SAMPLED_REPAIR, probe->report);
    if (count == 0)
        return AIC_OK;
    const points all = {probe, input, wish, out, wish->threads / aici_share_count(count, wish->threads), aici_isa_best()};
    aic_status status = aici_share_out(probe->allocator, count, wish->threads, sample_share, &all);
    if (status == AIC_ERROR_CANCELLED)
        return aici_report_cancelled(probe->report);
    return status == AIC_OK ? AIC_OK : aici_report_memory(probe->report);
}
