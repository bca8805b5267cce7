/* SPDX-License-Identifier: MIT */
/* The steps of sampling that are the same wherever the draws are made. */
#include "analysis/survey.h"
#include "analysis/bounded.h"

#include <string.h>

/* --- what is sampled ------------------------------------------------------------------------------------------------------------------ */

static bool is_asked_for(const aici_result_quantity *quantity, bool all) {
    bool computed = quantity->role == AIC_ROLE_OUTPUT || quantity->role == AIC_ROLE_CALCULATION;
    return !quantity->is_text && (computed || (!all && quantity->is_named));
}

static aic_status collect(aici_survey *self, bool all) {
    aic_status status = AIC_OK;
    self->entry = aici_memory_take_array(self->allocator, self->result->quantity_count + 1, sizeof *self->entry);
    if (!self->entry)
        return aici_report_memory(self->report);
    for (size_t i = 0; i < self->result->quantity_count && status == AIC_OK; i++) {
        aici_result_quantity *quantity = (aici_result_quantity *)(uintptr_t)&self->result->quantity[i]; /* the result is still ours */
        uint32_t index = aici_bound_find(self->bound, quantity->name);
        if (!is_asked_for(quantity, all) || !self->bound->quantity[index].tree->type.uncertain)
            continue;
        status = aici_run_want(&self->wanted, index);
        self->entry[self->count++] = (aici_survey_entry){quantity, index, self->wanted.first[index]};
    }
    return status;
}

static bool take_memory(aici_survey *self) {
    size_t outputs = self->wanted.count + 1;
    self->uniform = aici_memory_take_array(self->allocator, (size_t)self->program->uniform_count + 1, sizeof *self->uniform);
    self->bounds = aici_memory_take_array(self->allocator, outputs, sizeof *self->bounds);
    self->statistics = aici_memory_take_array(self->allocator, outputs, sizeof *self->statistics);
    return self->uniform && self->bounds && self->statistics;
}

static void set_bounds(aici_survey *self) {
    for (size_t i = 0; i < self->count; i++) {
        const aici_quantity *quantity = &self->bound->quantity[self->entry[i].quantity];
        for (size_t k = 0; k < aici_run_count(&quantity->tree->type); k++)
            self->bounds[self->entry[i].first + k] =
                (aici_output_bounds){quantity->bounds.low, quantity->bounds.high, quantity->bounds.low_open, quantity->bounds.high_open};
    }
}

static aic_status compile(aici_survey *self) {
    const aici_plan_request request = {
        .bound = self->bound, .wanted = self->wanted.wanted, .wanted_count = self->wanted.count, .samples = true};
    aic_status status = aici_plan_compile(&request, self->allocator, &self->program, self->report);
    if (status != AIC_OK)
        return status;
    return take_memory(self) ? AIC_OK : aici_report_memory(self->report);
}

/* --- the result ----------------------------------------------------------------------------------------------------------------------- */

static bool fill_value(const aici_survey *self, const aici_survey_entry *entry, const aici_statistics *from, aici_result_statistics *to) {
    size_t quantiles = self->wish->quantile_count;
    double *quantile = aici_arena_take_array(self->result->arena, quantiles + 1, 2 * sizeof *quantile);
    double *error = quantile ? quantile + quantiles : NULL, scale = entry->to->scale;
    for (size_t i = 0; quantile && i < quantiles; i++) {
        quantile[i] = from->quantile[i] / scale;
        error[i] = from->quantile_error[i] / scale;
    }
    *to = (aici_result_statistics){.mean = from->mean / scale,
                                   .sd = from->sd / scale,
                                   .mean_error = from->mean_error / scale,
                                   .sd_error = from->sd_error / scale,
                                   .quantile = quantile,
                                   .quantile_error = error,
                                   .out_of_bounds = from->out_of_bounds,
                                   .not_finite = from->not_finite};
    return quantile;
}

static bool fill(aici_survey *self) {
    double *probability = aici_arena_take_array(self->result->arena, (size_t)self->wish->quantile_count + 1, sizeof *probability);
    if (!probability)
        return false;
    memcpy(probability, self->wish->quantile, self->wish->quantile_count * sizeof *probability);
    self->result->quantile = probability;
    self->result->quantile_count = self->wish->quantile_count;
    for (size_t i = 0; i < self->count; i++) {
        const aici_survey_entry *entry = &self->entry[i];
        size_t values = entry->to->year ? entry->to->year_count : 1;
        aici_result_statistics *statistics = aici_arena_take_array(self->result->arena, values, sizeof *statistics);
        for (size_t k = 0; statistics && k < values; k++)
            if (!fill_value(self, entry, &self->statistics[entry->first + k], &statistics[k]))
                return false;
        if (!statistics)
            return false;
        entry->to->statistics = statistics;
    }
    return true;
}

static void warn(const aici_survey *self, const char *name, uint64_t count, const char *what) {
    aici_buffer share = aici_buffer_new(self->allocator);
    if (!count || !self->report)
        return;
    aici_bounded_add_share(&share, (double)count, self->result->samples);
    aici_report_remark(self->report, AIC_SEVERITY_WARNING, AICI_CODE_DRAWS_AMISS, NULL, "%s: %s are %s", name, aici_buffer_text(&share),
                       what);
    aici_buffer_free(&share);
}

static void warn_of_all(const aici_survey *self) {
    for (size_t i = 0; i < self->count; i++) {
        const aici_survey_entry *entry = &self->entry[i];
        uint64_t outside = 0, not_finite = 0;
        for (size_t k = 0; k < (entry->to->year ? entry->to->year_count : 1); k++) {
            outside =
                self->statistics[entry->first + k].out_of_bounds > outside ? self->statistics[entry->first + k].out_of_bounds : outside;
            not_finite =
                self->statistics[entry->first + k].not_finite > not_finite ? self->statistics[entry->first + k].not_finite : not_finite;
        }
        warn(self, entry->to->name, outside, "out of its bounds");
        warn(self, entry->to->name, not_finite, "not finite; the statistics are of the others");
    }
}

/** Inputs that were not asked for have no statistics, but their draws may be out of bounds too. */
static aic_status warn_of_inputs(const aici_survey *self) {
    unsigned char *counted = aici_memory_take_array(self->allocator, (size_t)self->bound->quantity_count + 1, 1);
    if (!counted)
        return aici_report_memory(self->report);
    for (size_t i = 0; i < self->count; i++)
        counted[self->entry[i].quantity] = 1;
    const aici_bounded bounded = {self->bound, self->wish, counted, self->allocator, self->report};
    aic_status status = aici_bounded_warn(&bounded, self->wanted.wanted, self->wanted.count);
    aici_memory_release(self->allocator, counted);
    return status;
}

static aic_status prepare(aici_survey *self) {
    aic_status status = compile(self);
    if (status == AIC_OK)
        status = aici_analysis_prepare(self->bound, self->program, NULL, self->allocator, self->uniform, self->report);
    if (status == AIC_OK) {
        set_bounds(self);
        self->task =
            (aici_sampled){self->bound, self->program, self->uniform, self->bounds, self->wish, self->allocator, self->report, NULL};
        self->sampling = aici_sampled_sampling(&self->task);
    }
    return status;
}

aic_status aici_survey_begin(aici_survey *self, aici_bound *bound, const char *const *names, size_t name_count,
                             const aici_sample_wish *wish, const aic_allocator *allocator, aic_report *report) {
    *self = (aici_survey){.bound = bound, .allocator = allocator, .report = report, .wish = wish};
    aic_status status = aici_analysis_evaluate(bound, names, name_count, allocator, &self->result, report);
    if (status == AIC_OK)
        status = aici_run_begin(&self->wanted, bound, allocator, report);
    if (status == AIC_OK)
        status = collect(self, !names);
    return status == AIC_OK && self->count ? prepare(self) : status;
}

void aici_survey_end(aici_survey *self) {
    aici_run_end(&self->wanted);
    aici_program_free(self->program);
    aici_memory_release(self->allocator, self->entry);
    aici_memory_release(self->allocator, self->uniform);
    aici_memory_release(self->allocator, self->bounds);
    aici_memory_release(self->allocator, self->statistics);
    aici_result_release(self->result);
}

aic_status aici_survey_fill(aici_survey *self, uint64_t draws) {
    self->result->samples = draws;
    self->result->seed = self->wish->seed;
    self->result->is_sobol = self->wish->sobol;
    if (!fill(self))
        return aici_report_memory(self->report);
    warn_of_all(self);
    return warn_of_inputs(self);
}
