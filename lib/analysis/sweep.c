/* SPDX-License-Identifier: MIT */
/* Sweeping: inputs become levers, what is wanted is compiled once, and run at every point. */
#include "analysis/analysis.h"
#include "analysis/retain.h"
#include "analysis/sampled.h"
#include "analysis/sweeping.h"

#include <math.h>
#include <string.h>

enum { SAMPLED_AT_ONCE = 256 };

/* --- points --------------------------------------------------------------------------------------------------------------------------- */

static aic_status refuse_size(const aici_sweeping *self, size_t columns) {
    aic_status status =
        aici_report_error(self->report, AICI_CODE_LIMIT_POINTS, NULL, "too many points: with %zu columns a sweep may have %zu", columns,
                          (size_t)(AICI_TABLE_MOST_NUMBERS / columns));
    aici_report_hint(self->report, "take fewer points, or ask for fewer quantities by name");
    return status;
}

/** A list is read once for every point of the other axes: the first axis varies slowest. */
static aic_status lay_out_points(aici_sweeping *self) {
    size_t repeat = self->points;
    self->input = aici_arena_take_array(self->arena, self->lane_count + 1, sizeof *self->input);
    if (!self->input)
        return aici_report_memory(self->report);
    for (size_t i = 0; i < self->lane_count; i++) {
        const aici_sweep_lane *lane = &self->lane[i];
        double *column = aici_arena_take_array(self->result->arena, self->points, sizeof *column);
        if (!column)
            return aici_report_memory(self->report);
        repeat = self->together ? 1 : repeat / lane->count;
        for (size_t k = 0; k < self->points; k++)
            column[k] = lane->value[k / repeat % lane->count];
        self->input[i] = column;
    }
    return AIC_OK;
}

static const char *example_of(const aici_sweeping *self, const aici_sweep_lane *lane) {
    const aici_fragment *example = lane->is_range                        ? aici_lever_example(lane->end, 2)
                                   : !lane->text || lane->unit.text.size ? NULL
                                   : lane->axis                          ? aici_lever_example(lane->text, lane->count)
                                                                         : lane->text;
    return example ? aici_arena_copy(self->arena, example->text.bytes, example->text.size) : NULL;
}

static aic_status find_levers(aici_sweeping *self, aic_scenario *scenario) {
    aici_lever_request *request = aici_arena_take_array(self->arena, self->lane_count + 1, sizeof *request);
    if (!request)
        return aici_report_memory(self->report);
    for (size_t i = 0; i < self->lane_count; i++) {
        const aici_sweep_lane *lane = &self->lane[i];
        request[i] = (aici_lever_request){lane->name, example_of(self, lane), lane->place};
    }
    return aici_levers_begin(&self->levers, scenario, request, self->lane_count, self->report);
}

/* --- what is wanted ------------------------------------------------------------------------------------------------------------------- */

static aic_status want(aici_sweeping *self, size_t *capacity, uint32_t quantity, int32_t year) {
    aici_run *run = &self->probe.run;
    aici_sweep_output *output = aici_memory_grow(self->allocator, self->output, self->output_count, capacity, sizeof *output);
    if (output)
        self->output = output;
    aici_wanted *wanted = output ? aici_memory_grow(run->allocator, run->wanted, run->count, &run->capacity, sizeof *wanted) : NULL;
    if (!wanted)
        return aici_report_memory(self->report);
    run->wanted = wanted;
    wanted[run->count++] = (aici_wanted){.quantity = quantity, .year = year, .scale = 1};
    output[self->output_count++] = (aici_sweep_output){.quantity = quantity, .year = year};
    return AIC_OK;
}

static aic_status want_years(aici_sweeping *self, size_t *capacity, uint32_t quantity) {
    const aici_type *type = &self->levers.bound->quantity[quantity].tree->type;
    aic_status status = AIC_OK;
    for (size_t i = 0; type->kind == AICI_TYPE_QUANTITY && i < aici_run_count(type) && status == AIC_OK; i++)
        status = want(self, capacity, quantity, aici_run_year(type, i));
    return status;
}

static bool is_result(const aici_quantity *quantity) {
    return quantity->role == AICI_ROLE_OUTPUT || quantity->role == AICI_ROLE_CALCULATION;
}

static aic_status want_results(aici_sweeping *self, size_t *capacity, uint32_t first, uint32_t count) {
    aic_status status = AIC_OK;
    for (uint32_t i = first; i < first + count && status == AIC_OK; i++)
        if (is_result(&self->levers.bound->quantity[i]))
            status = want_years(self, capacity, i);
    return status;
}

static aic_status want_year(aici_sweeping *self, size_t *capacity, uint32_t quantity, int32_t year, const char *name) {
    const aici_quantity *of = &self->levers.bound->quantity[quantity];
    const aici_years *years = of->tree->type.years;
    if (!years)
        return aici_report_error(self->report, AICI_CODE_SERIES_NEEDED, NULL, "%s: %s is one value, not a series", name, of->name);
    if (aici_years_find(years, year) < 0)
        return aici_report_error(self->report, AICI_CODE_YEAR_OUTSIDE, NULL, "%s: the series has the years %d to %d", name,
                                 (int)years->year[0], (int)years->year[years->count - 1]);
    return want(self, capacity, quantity, year);
}

static aic_status want_name(aici_sweeping *self, size_t *capacity, const char *name) {
    const aici_bound *bound = self->levers.bound;
    int32_t year;
    const char *plain = aici_lever_cut_year(self->arena, name, &year);
    uint32_t quantity = plain ? aici_bound_find(bound, plain) : AICI_NONE;
    if (quantity != AICI_NONE && bound->quantity[quantity].tree->type.kind != AICI_TYPE_QUANTITY)
        return aici_report_error(self->report, AICI_CODE_TYPE, NULL, "%s: it is not a number, which a column needs", name);
    if (quantity != AICI_NONE)
        return year == AICI_NO_YEAR ? want_years(self, capacity, quantity) : want_year(self, capacity, quantity, year, name);
    for (uint32_t i = 0; i < bound->model_count; i++)
        if (strcmp(bound->model[i].name, name) == 0)
            return want_results(self, capacity, bound->model[i].first, bound->model[i].count);
    return aici_retain_refuse_name(bound, name, true, NULL, self->report);
}

static aic_status want_all(aici_sweeping *self) {
    size_t capacity = 0;
    aic_status status = AIC_OK;
    if (!self->wish->name)
        return want_results(self, &capacity, 0, self->levers.bound->quantity_count);
    for (size_t i = 0; i < self->wish->name_count && status == AIC_OK; i++)
        status = want_name(self, &capacity, self->wish->name[i]);
    return status;
}

static aic_status compile(aici_sweeping *self) {
    aic_status status = aici_probe_begin(&self->probe, &self->levers, self->report);
    if (status == AIC_OK)
        status = want_all(self);
    if (status == AIC_OK)
        status = aici_probe_compile(&self->probe);
    for (size_t i = 0; i < self->output_count && status == AIC_OK; i++)
        self->output[i].uncertain = aici_probe_is_uncertain(&self->probe, i);
    return status;
}

/* --- running -------------------------------------------------------------------------------------------------------------------------- */

static size_t statistics_of(const aici_sweeping *self) { return 1 + (size_t)self->wish->sampling->quantile_count; }

static size_t count_columns(const aici_sweeping *self) {
    size_t columns = self->lane_count;
    for (size_t i = 0; i < self->output_count; i++)
        columns += 1 + (self->output[i].uncertain ? statistics_of(self) : 0);
    return columns;
}

static bool take_statistics(aici_sweeping *self, aici_sweep_output *output) {
    double **statistic = aici_arena_take_array(self->result->arena, statistics_of(self), sizeof *statistic);
    bool made = statistic;
    for (size_t i = 0; made && i < statistics_of(self); i++)
        made = (statistic[i] = aici_arena_take_array(self->result->arena, self->points, sizeof *statistic[i])) != NULL;
    output->statistic = statistic;
    return made;
}

static bool take_columns(aici_sweeping *self) {
    bool made = (self->holds = aici_memory_take_array(self->allocator, self->points + 1, 1)) != NULL;
    for (size_t i = 0; made && i < self->output_count; i++) {
        aici_sweep_output *output = &self->output[i];
        output->value = aici_arena_take_array(self->result->arena, self->points, sizeof *output->value);
        made = output->value && (!output->uncertain || take_statistics(self, output));
    }
    return made;
}

static aic_status run_medians(aici_sweeping *self) {
    double **column = aici_arena_take_array(self->arena, self->output_count + 1, sizeof *column);
    aici_control control = self->wish->sampling->control;
    if (!column)
        return aici_report_memory(self->report);
    for (size_t i = 0; i < self->output_count; i++)
        column[i] = self->output[i].value;
    control.progress = self->probe.sampled ? NULL : control.progress;
    return aici_probe_run(&self->probe, self->points, (const double *const *)self->input, column, self->holds, &control);
}

static void note_share(double *largest, uint64_t amiss, const aici_statistics *of) {
    uint64_t all = of->count + of->not_finite;
    double share = all ? (double)amiss / (double)all : 0;
    *largest = share > *largest ? share : *largest;
}

static void keep_point(const aici_sweeping *self, aici_sweep_output *output, size_t point, const aici_statistics *of) {
    output->statistic[0][point] = of->count ? of->mean : (double)NAN;
    for (uint32_t i = 0; i < self->wish->sampling->quantile_count; i++)
        output->statistic[1 + i][point] = of->count ? of->quantile[i] : (double)NAN;
    note_share(&output->not_finite, of->not_finite, of);
    note_share(&output->outside, of->out_of_bounds, of);
}

static void keep_statistics(const aici_sweeping *self, size_t first, size_t count, const aici_statistics *from) {
    for (size_t i = 0; i < self->output_count; i++)
        for (size_t k = 0; self->output[i].uncertain && k < count; k++)
            keep_point(self, &self->output[i], first + k, &from[k * self->output_count + i]);
}

static aic_status run_draws(aici_sweeping *self) {
    aici_statistics *statistics = aici_memory_take_array(self->allocator, SAMPLED_AT_ONCE * self->output_count + 1, sizeof *statistics);
    const double **input = aici_arena_take_array(self->arena, self->lane_count + 1, sizeof *input);
    aic_status status = statistics && input ? AIC_OK : aici_report_memory(self->report);
    for (size_t done = 0; done < self->points && status == AIC_OK; done += SAMPLED_AT_ONCE) {
        size_t count = self->points - done < SAMPLED_AT_ONCE ? self->points - done : SAMPLED_AT_ONCE;
        for (size_t i = 0; i < self->lane_count; i++)
            input[i] = self->input[i] + done;
        status = aici_probe_sample(&self->probe, count, input, self->wish->sampling, statistics);
        if (status == AIC_OK)
            keep_statistics(self, done, count, statistics);
    }
    aici_memory_release(self->allocator, statistics);
    return status;
}

static aic_status run(aici_sweeping *self) {
    if (!take_columns(self))
        return aici_report_memory(self->report);
    if (self->wish->sampling->control.progress)
        __atomic_store_n(self->wish->sampling->control.progress, 0, __ATOMIC_RELAXED);
    aic_status status = run_medians(self);
    return status == AIC_OK && self->probe.sampled ? run_draws(self) : status;
}

/* --- the call ------------------------------------------------------------------------------------------------------------------------- */

static aic_status sweep(aici_sweeping *self, aic_scenario *scenario) {
    aic_status status = self->wish->rows ? aici_sweeping_read_rows(self) : aici_sweeping_read_axes(self);
    if (status == AIC_OK && self->points > AICI_TABLE_MOST_NUMBERS / (self->lane_count + 1))
        status = refuse_size(self, self->lane_count + 1);
    if (status == AIC_OK)
        status = find_levers(self, scenario);
    if (status == AIC_OK)
        status = aici_sweeping_read_values(self);
    if (status == AIC_OK)
        status = compile(self);
    if (status == AIC_OK && self->points > AICI_TABLE_MOST_NUMBERS / count_columns(self))
        status = refuse_size(self, count_columns(self));
    if (status != AIC_OK)
        return status;
    self->result = aici_retain_new(self->levers.bound, self->allocator);
    status = self->result ? lay_out_points(self) : aici_report_memory(self->report);
    if (status == AIC_OK)
        status = run(self);
    return status == AIC_OK && !aici_sweeping_fill(self) ? aici_report_memory(self->report) : status;
}

static void end(aici_sweeping *self) {
    aici_probe_end(&self->probe);
    aici_memory_release(self->allocator, self->output);
    aici_memory_release(self->allocator, self->holds);
    aici_levers_end(&self->levers);
    aici_arena_free(self->arena);
}

aic_status aici_analysis_sweep(aic_scenario *scenario, const aici_sweep_wish *wish, aic_result **out, aic_report *report) {
    aici_sweeping self = {.wish = wish, .allocator = aici_scenario_allocator(scenario), .report = report};
    *out = NULL;
    self.arena = aici_arena_new(self.allocator);
    aic_status status = self.arena ? sweep(&self, scenario) : aici_report_memory(report);
    if (status == AIC_OK)
        *out = self.result;
    else
        aici_result_release(self.result);
    end(&self);
    return status;
}
