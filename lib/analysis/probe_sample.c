/* SPDX-License-Identifier: MIT */
/* Sampling at many points: threads take points, and where there are more threads than points, draws. A point's statistics depend on nothing
 * but the point. */
#include "analysis/probe.h"
#include "analysis/sampled.h"

#include <pthread.h>

/** A run of points, done by one thread. */
typedef struct share {
    const aici_probe *probe;
    const double *const *input;
    const aici_sample_wish *wish;
    aici_statistics *out;
    size_t first, end;
    uint32_t threads; /**< that a point is sampled with */
    aic_status status;
} share;

static aic_status run(const share *self, const double *uniform, aici_statistics *out) {
    const aici_probe *probe = self->probe;
    aici_sample_wish wish = *self->wish;
    wish.threads = self->threads;
    wish.control.progress = NULL;
    const aici_sampled sampled = {probe->run.bound, probe->sampled, uniform, probe->bounds, &wish, probe->allocator, NULL};
    return aici_sampled_run(&sampled, out);
}

static aic_status sample_point(const share *self, size_t point, double *setting, double *uniform) {
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

static void *work(void *argument) {
    share *self = argument;
    const aic_allocator *allocator = self->probe->allocator;
    double *setting = aici_memory_take_array(allocator, self->probe->levers->count + 1, sizeof *setting);
    double *uniform = aici_memory_take_array(allocator, (size_t)self->probe->sampled->uniform_count + 1, sizeof *uniform);
    self->status = setting && uniform ? AIC_OK : AIC_ERROR_MEMORY;
    for (size_t point = self->first; point < self->end && self->status == AIC_OK; point++) {
        self->status = sample_point(self, point, setting, uniform);
        if (self->status == AIC_OK && self->wish->control.progress)
            __atomic_fetch_add(self->wish->control.progress, 1, __ATOMIC_RELAXED);
    }
    aici_memory_release(allocator, setting);
    aici_memory_release(allocator, uniform);
    return NULL;
}

/** The last share, and each for which no thread can be had, is done by the caller's own. */
static aic_status work_together(share *part, uint32_t count, pthread_t *thread, bool *runs) {
    aic_status status = AIC_OK;
    for (uint32_t i = 0; i < count; i++)
        runs[i] = i + 1 < count && pthread_create(&thread[i], NULL, work, &part[i]) == 0;
    for (uint32_t i = 0; i < count; i++)
        if (!runs[i])
            work(&part[i]);
    for (uint32_t i = 0; i < count; i++)
        if (runs[i])
            pthread_join(thread[i], NULL);
    for (uint32_t i = 0; i < count && status == AIC_OK; i++)
        status = part[i].status;
    return status;
}

static aic_status share_out(const share *whole, uint32_t workers) {
    const aic_allocator *allocator = whole->probe->allocator;
    share *part = aici_memory_take_array(allocator, workers, sizeof *part);
    pthread_t *thread = aici_memory_take_array(allocator, workers, sizeof *thread);
    bool *runs = aici_memory_take_array(allocator, workers, sizeof *runs);
    aic_status status = part && thread && runs ? AIC_OK : AIC_ERROR_MEMORY;
    for (uint32_t i = 0; status == AIC_OK && i < workers; i++) {
        part[i] = *whole;
        part[i].first = whole->end / workers * i + (i < whole->end % workers ? i : whole->end % workers);
        part[i].end = part[i].first + whole->end / workers + (i < whole->end % workers);
    }
    if (status == AIC_OK)
        status = work_together(part, workers, thread, runs);
    aici_memory_release(allocator, part);
    aici_memory_release(allocator, thread);
    aici_memory_release(allocator, runs);
    return status;
}

static aic_status refuse_dimensions(const aici_probe *probe) {
    aic_status status = aici_report_error(probe->report, AICI_CODE_LIMIT_DIMENSIONS, NULL,
                                          "%u uncertain numbers are drawn, and Sobol' points have %d dimensions",
                                          probe->sampled->word_count, AICI_SOBOL_DIMENSIONS);
    aici_report_hint(probe->report, "take plain Monte Carlo (method `mc`), or ask for fewer quantities");
    return status;
}

aic_status aici_probe_sample(const aici_probe *probe, size_t count, const double *const *input, const aici_sample_wish *wish,
                             aici_statistics *out) {
    uint32_t workers = count < wish->threads ? (uint32_t)count : wish->threads;
    if (wish->sobol && probe->sampled->word_count > AICI_SOBOL_DIMENSIONS)
        return refuse_dimensions(probe);
    if (count == 0)
        return AIC_OK;
    const share whole = {.probe = probe, .input = input, .wish = wish, .out = out, .end = count, .threads = wish->threads / workers};
    aic_status status = share_out(&whole, workers);
    if (status == AIC_ERROR_CANCELLED)
        return aici_report_error(probe->report, AICI_CODE_CANCELLED, NULL, "cancelled by the caller");
    return status == AIC_OK ? AIC_OK : aici_report_memory(probe->report);
}
