/* SPDX-License-Identifier: MIT */
/* Solving: the input is made a lever, the output compiled with it, roots are looked for, and each is looked at again. */
#include "analysis/analysis.h"
#include "analysis/retain.h"
#include "analysis/solving.h"

#include <math.h>

/* --- what is asked -------------------------------------------------------------------------------------------------------------------- */

static aic_status read_target(aici_solving *self) {
    const aici_fragment fragment = aici_fragment_of_slice(aici_slice_of(self->wish->value));
    return aici_lever_read_like(&self->levers, self->quantity, self->name, &fragment, &self->target);
}

static aic_status want_output(aici_solving *self) {
    aici_run *run = &self->probe.run;
    aici_wanted *grown = aici_memory_grow(run->allocator, run->wanted, run->count, &run->capacity, sizeof *grown);
    if (!grown)
        return aici_report_memory(self->report);
    run->wanted = grown;
    grown[run->count++] = (aici_wanted){.quantity = self->quantity, .year = self->year, .scale = 1};
    return AIC_OK;
}

static aic_status compile(aici_solving *self) {
    aic_status status = aici_probe_begin(&self->probe, &self->levers, self->report);
    if (status == AIC_OK)
        status = want_output(self);
    if (status == AIC_OK)
        status = aici_probe_compile(&self->probe);
    self->sampling = *self->wish->sampling;
    self->sampling.quantile = &self->probability;
    self->sampling.quantile_count = self->what == AICI_SOLVE_QUANTILE;
    self->sampling.control.progress = NULL;
    self->sampled = status == AIC_OK && self->what != AICI_SOLVE_VALUE && self->probe.sampled;
    return status;
}

/* --- the function --------------------------------------------------------------------------------------------------------------------- */

static double statistic_of(const aici_solving *self, const aici_statistics *from) {
    if (from->count == 0)
        return (double)NAN;
    return self->what == AICI_SOLVE_MEAN ? from->mean : from->quantile[0];
}

static aic_status sample(const aici_solving *self, size_t count, const double *at, double *value) {
    aici_statistics *statistics = aici_memory_take_array(self->allocator, count + 1, sizeof *statistics);
    if (!statistics)
        return aici_report_memory(self->report);
    aic_status status = aici_probe_sample(&self->probe, count, &at, &self->sampling, statistics);
    for (size_t i = 0; i < count && status == AIC_OK; i++)
        value[i] = statistic_of(self, &statistics[i]);
    aici_memory_release(self->allocator, statistics);
    return status;
}

static aic_status value_at(aici_solving *self, size_t count, const double *at, double *value) {
    unsigned char *holds = self->sampled ? NULL : aici_memory_take_array(self->allocator, count + 1, 1);
    if (self->sampled)
        return sample(self, count, at, value);
    aic_status status =
        holds ? aici_probe_run(&self->probe, count, &at, &value, holds, &self->sampling.control) : aici_report_memory(self->report);
    aici_memory_release(self->allocator, holds);
    return status;
}

/** How far the output is from its target with the input at each of these values: an aici_miss. */
static aic_status find_miss(void *solving, size_t count, const double *at, double *miss) {
    aici_solving *self = solving;
    aic_status status = value_at(self, count, at, miss);
    for (size_t i = 0; i < count && status == AIC_OK; i++)
        miss[i] -= self->target;
    if (status == AIC_OK && self->wish->sampling->control.progress)
        __atomic_fetch_add(self->wish->sampling->control.progress, count, __ATOMIC_RELAXED);
    return status;
}

/* --- solutions ------------------------------------------------------------------------------------------------------------------------ */

static aic_status sample_at(const aici_solving *self, const double *input, aici_solved *solved) {
    aici_statistics of;
    aic_status status = aici_probe_sample(&self->probe, 1, &input, &self->sampling, &of);
    if (status != AIC_OK)
        return status;
    uint64_t all = of.count + of.not_finite;
    solved->value = statistic_of(self, &of);
    solved->not_finite = all ? (double)of.not_finite / (double)all : 0;
    solved->outside = all ? (double)of.out_of_bounds / (double)all : 0;
    return AIC_OK;
}

static aic_status look_at(aici_solving *self, const aici_root *root, aici_solved *solved) {
    double plain;
    const double *input = &root->at;
    double *output = &plain;
    unsigned char holds = 0;
    *solved = (aici_solved){.root = *root};
    aic_status status = aici_probe_run(&self->probe, 1, &input, &output, &holds, NULL);
    solved->holds = holds;
    solved->value = plain;
    return status == AIC_OK && self->sampled ? sample_at(self, input, solved) : status;
}

/** Those that are allowed first; among either the nearest first, as they come. */
static aic_status look_at_all(aici_solving *self) {
    aic_status status = AIC_OK;
    size_t count = self->roots.count;
    self->solved = aici_arena_take_array(self->arena, count + 1, 2 * sizeof *self->solved);
    if (!self->solved)
        return aici_report_memory(self->report);
    aici_solved *all = self->solved + count + 1;
    size_t found = 0;
    for (size_t i = 0; i < count && status == AIC_OK; i++)
        if (!self->roots.root[i].jumps)
            status = look_at(self, &self->roots.root[i], &all[found++]);
    for (int holds = 1; holds >= 0 && status == AIC_OK; holds--)
        for (size_t i = 0; i < found; i++)
            if (all[i].holds == (bool)holds)
                self->solved[self->solved_count++] = all[i];
    return status;
}

static aic_status find_roots(aici_solving *self) {
    aici_root_search search = {.miss = find_miss,
                               .context = self,
                               .target = self->target,
                               .present = aici_solving_lever(self)->present,
                               .allocator = self->allocator};
    double *grid = aici_root_grid(self->low, self->high, self->smallest, !self->sampled, self->allocator, &search.grid_count);
    search.grid = grid;
    aic_status status = grid ? aici_roots_find(&search, &self->roots) : aici_report_memory(self->report);
    aici_memory_release(self->allocator, grid);
    return status == AIC_ERROR_MEMORY ? aici_report_memory(self->report) : status;
}

/* --- the call ------------------------------------------------------------------------------------------------------------------------- */

static aic_status solve(aici_solving *self) {
    aic_status status = aici_solving_find_output(self);
    if (status == AIC_OK)
        status = read_target(self);
    if (status == AIC_OK)
        status = aici_solving_find_range(self);
    if (status == AIC_OK)
        status = compile(self);
    if (status == AIC_OK)
        status = find_roots(self);
    if (status == AIC_OK)
        status = look_at_all(self);
    return status == AIC_OK && !aici_solving_say(self) ? aici_report_memory(self->report) : status;
}

static aic_status answer(aici_solving *self, aic_result **out) {
    aic_status status = solve(self);
    if (status != AIC_OK)
        return status;
    aic_result *result = aici_retain_new(self->levers.bound, self->allocator);
    if (!result || !aici_solving_fill(self, result)) {
        aici_result_release(result);
        return aici_report_memory(self->report);
    }
    *out = result;
    return AIC_OK;
}

static void end(aici_solving *self) {
    aici_probe_end(&self->probe);
    aici_memory_release(self->allocator, self->roots.root);
    aici_levers_end(&self->levers);
    aici_arena_free(self->arena);
}

/** What the input could be where the scenario does not give it. */
static const char *example_of(const aici_solve_wish *wish) {
    if (!wish->low)
        return NULL;
    const aici_fragment end[2] = {aici_fragment_of_slice(aici_slice_of(wish->low)), aici_fragment_of_slice(aici_slice_of(wish->high))};
    return aici_lever_example(end, 2) == end ? wish->low : wish->high;
}

aic_status aici_analysis_solve(aic_scenario *scenario, const aici_solve_wish *wish, aic_result **out, aic_report *report) {
    aici_solving self = {.wish = wish, .allocator = aici_scenario_allocator(scenario), .report = report};
    const aici_lever_request request = {wish->by, example_of(wish), NULL};
    *out = NULL;
    self.arena = aici_arena_new(self.allocator);
    if (!self.arena)
        return aici_report_memory(report);
    aic_status status = aici_levers_begin(&self.levers, scenario, &request, 1, report);
    if (status == AIC_OK)
        status = answer(&self, out);
    end(&self);
    return status;
}
