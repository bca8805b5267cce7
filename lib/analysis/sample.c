/* SPDX-License-Identifier: MIT */
/* Sampling of a scenario: all draws in one place, or those of a shard, of which statistics are made where the parts come together. */
#include "analysis/keep.h"

/* --- in one place --------------------------------------------------------------------------------------------------------------------- */

static aic_status draw_all(aici_survey *self) {
    uint32_t faulty = 0;
    if (!self->count)
        return AIC_OK;
    aic_status status = aici_eval_sample(&self->sampling, self->statistics, &faulty);
    if (status != AIC_OK)
        return aici_sampled_explain(&self->task, status, faulty);
    return aici_survey_fill(self, self->sampling.samples * self->sampling.replicates);
}

/** Draws, and keeps the draws where that is wished. */
static aic_status draw_and_keep(aici_survey *self) {
    aici_keep keep;
    aic_status status = aici_keep_begin(&keep, self);
    if (status == AIC_OK)
        status = draw_all(self);
    if (status == AIC_OK)
        status = aici_keep_fill(&keep);
    aici_keep_end(&keep);
    return status;
}

static aic_result *take_result(aici_survey *self) {
    aic_result *result = self->result;
    self->result = NULL;
    return result;
}

aic_status aici_analysis_sample(aici_bound *bound, const char *const *names, size_t name_count, const aici_sample_wish *wish,
                                const aic_allocator *allocator, aic_result **out, aic_report *report) {
    aici_survey self;
    *out = NULL;
    aic_status status = aici_survey_begin(&self, bound, names, name_count, wish, allocator, report);
    if (status == AIC_OK)
        status = draw_and_keep(&self);
    if (status == AIC_OK)
        *out = take_result(&self);
    aici_survey_end(&self);
    return status;
}

/* --- in several places ---------------------------------------------------------------------------------------------------------------- */

/** Where share @p shard of @p count begins, without overflow: below 2^26 chunks, below 2^32 shards. */
static uint64_t begin_of_shard(uint64_t chunks, uint64_t shard, uint64_t count) { return chunks * shard / count; }

static aic_status warn_stopped(const aici_survey *self, uint64_t first, uint64_t end, const aici_gathered *gathered) {
    const aici_sampling *of = &self->sampling;
    uint64_t wanted = aici_eval_draws_before(of->samples, of->replicates, end) - aici_eval_draws_before(of->samples, of->replicates, first);
    aici_report_remark(self->report, AIC_SEVERITY_WARNING, AICI_CODE_PART_INCOMPLETE, NULL, "stopped: the part holds %zu of its %zu draws",
                       (size_t)aici_gathered_draws(gathered, of->samples, of->replicates), (size_t)wanted);
    return AIC_OK;
}

static aic_status draw_shard(aici_survey *self, const aici_shard *shard, aici_gathered **out) {
    uint64_t chunks = aici_eval_chunk_count(self->sampling.samples, self->sampling.replicates);
    uint64_t first = begin_of_shard(chunks, shard->number, shard->count),
             end = begin_of_shard(chunks, shard->number + UINT64_C(1), shard->count);
    uint32_t faulty = 0;
    aic_status status = aici_eval_gather(&self->sampling, first, end, out, &faulty);
    if (status == AIC_ERROR_CANCELLED && *out && shard->keep_partial)
        return warn_stopped(self, first, end, *out);
    if (status == AIC_OK)
        return AIC_OK;
    aici_gathered_free(*out);
    *out = NULL;
    return aici_sampled_explain(&self->task, status, faulty);
}

aic_status aici_analysis_sample_shard(aici_bound *bound, const char *const *names, size_t name_count, aici_sample_wish *wish,
                                      const aici_shard *shard, const aic_allocator *allocator, aici_gathered **out, aic_report *report) {
    aici_survey self;
    *out = NULL;
    aic_status status = aici_survey_begin(&self, bound, names, name_count, wish, allocator, report);
    bool any = status == AIC_OK && self.count;
    if (any)
        status = draw_shard(&self, shard, out);
    wish->replicates = any ? self.sampling.replicates : 1;
    wish->samples = any ? self.sampling.samples * wish->replicates : 0;
    aici_survey_end(&self);
    return status;
}

static aic_status refuse_gathered(const aici_survey *self, aici_gathered_fault fault) {
    aic_status status;
    if (fault == AICI_GATHERED_MISSED) {
        status = aici_report_error(self->report, AICI_CODE_PART_MISSED, NULL, "a quantile lies outside the values that the parts kept");
        aici_report_hint(self->report, "sample anew with another seed; should it come back, please report it");
        return status;
    }
    status =
        aici_report_error(self->report, AICI_CODE_PART_DRAWS, NULL, "the parts hold other draws than this library makes of their scenario");
    aici_report_hint(self->report, "merge with the version of the library that sampled, or sample anew with this one");
    return status;
}

static void warn_partial(const aici_survey *self, uint64_t there, uint64_t all) {
    aici_report_remark(self->report, AIC_SEVERITY_WARNING, AICI_CODE_PART_INCOMPLETE, NULL,
                       "partial: the statistics are of %zu of %zu draws, and so are their errors", (size_t)there, (size_t)all);
}

static aic_status finish(aici_survey *self, const aici_gathered *gathered) {
    const aici_sampling *of = &self->sampling;
    uint64_t there = gathered ? aici_gathered_draws(gathered, of->samples, of->replicates) : 0, all = of->samples * of->replicates;
    aici_gathered_fault fault = AICI_GATHERED_FINE;
    uint32_t faulty = 0;
    if (!gathered || all != self->wish->samples)
        return refuse_gathered(self, AICI_GATHERED_OTHER);
    aic_status status = aici_gathered_finish(gathered, of, self->statistics, &fault, &faulty);
    if (status != AIC_OK)
        return aici_sampled_explain(&self->task, status, faulty);
    if (fault != AICI_GATHERED_FINE)
        return refuse_gathered(self, fault);
    status = aici_survey_fill(self, there);
    if (status == AIC_OK && there < all)
        warn_partial(self, there, all);
    return status;
}

aic_status aici_analysis_finish(aici_bound *bound, const char *const *names, size_t name_count, const aici_sample_wish *wish,
                                const aici_gathered *gathered, const aic_allocator *allocator, aic_result **out, aic_report *report) {
    aici_survey self;
    *out = NULL;
    aic_status status = aici_survey_begin(&self, bound, names, name_count, wish, allocator, report);
    if (status == AIC_OK && self.count)
        status = finish(&self, gathered);
    if (status == AIC_OK)
        *out = take_result(&self);
    aici_survey_end(&self);
    return status;
}
