/* SPDX-License-Identifier: MIT */
/* Programs over points, at the medians: lanes where that can be, else a run for each point; and what must hold there. */
#include "analysis/probe.h"

#include <math.h>
#include <string.h>

enum { LANES = 4096 };

aic_status aici_probe_begin(aici_probe *probe, const aici_levers *levers, aic_report *report) {
    *probe = (aici_probe){.levers = levers, .allocator = levers->allocator, .report = report};
    return aici_run_begin(&probe->run, levers->bound, levers->allocator, report);
}

void aici_probe_end(aici_probe *probe) {
    if (!probe->levers)
        return;
    aici_guard_end(&probe->guard);
    aici_run_end(&probe->run);
    aici_program_free(probe->medians);
    aici_program_free(probe->sampled);
    aici_memory_release(probe->allocator, probe->uniform);
    aici_memory_release(probe->allocator, probe->check);
    aici_memory_release(probe->allocator, (void *)(uintptr_t)probe->bounds);
    *probe = (aici_probe){0};
}

/* --- what must hold ------------------------------------------------------------------------------------------------------------------- */

static bool is_whole(const aici_quantity *quantity) { return quantity->input && quantity->input->type == AICI_INPUT_WHOLE; }

static bool is_bounded(const aici_quantity *quantity) { return isfinite(quantity->bounds.low) || isfinite(quantity->bounds.high); }

static aic_status add_check(aici_probe *probe, size_t *capacity, const aici_probe_check *check) {
    aici_probe_check *grown = aici_memory_grow(probe->allocator, probe->check, probe->check_count, capacity, sizeof *grown);
    if (!grown)
        return aici_report_memory(probe->report);
    probe->check = grown;
    grown[probe->check_count++] = *check;
    return AIC_OK;
}

static aic_status check_quantity(aici_probe *probe, size_t *capacity, uint32_t index) {
    const aici_quantity *quantity = &probe->run.bound->quantity[index];
    aic_status status = AIC_OK;
    if (!probe->guard.reached[index] || probe->run.first[index] == AICI_NONE || quantity->tree->type.kind != AICI_TYPE_QUANTITY ||
        !(is_bounded(quantity) || is_whole(quantity)))
        return AIC_OK;
    for (size_t i = 0; i < aici_run_count(&quantity->tree->type) && status == AIC_OK; i++)
        status = add_check(probe, capacity,
                           &(aici_probe_check){.value = probe->run.first[index] + (uint32_t)i,
                                               .bounds = quantity->bounds,
                                               .unit_scale = quantity->unit_scale,
                                               .whole = is_whole(quantity)});
    return status;
}

static aic_status check_assertion(aici_probe *probe, size_t *capacity, uint32_t index) {
    const aici_type *type = &probe->run.bound->assertion[index].condition->type;
    aic_status status = AIC_OK;
    if (probe->guard.assertion[index] == AICI_NONE)
        return AIC_OK;
    for (size_t i = 0; i < aici_run_count(type) && status == AIC_OK; i++)
        status = add_check(probe, capacity, &(aici_probe_check){.value = probe->guard.assertion[index] + (uint32_t)i, .truth = true});
    return status;
}

static aic_status collect_checks(aici_probe *probe) {
    const aici_bound *bound = probe->run.bound;
    size_t capacity = 0;
    aic_status status = AIC_OK;
    for (uint32_t i = 0; i < bound->quantity_count && status == AIC_OK; i++)
        status = check_quantity(probe, &capacity, i);
    for (uint32_t i = 0; i < bound->assertion_count && status == AIC_OK; i++)
        status = check_assertion(probe, &capacity, i);
    return status;
}

static bool passes(const aici_probe_check *check, double value) {
    if (check->truth)
        return value != 0 && !isnan(value);
    const aici_bounds *bounds = &check->bounds;
    double number = value / check->unit_scale;
    return value >= bounds->low && value <= bounds->high && !(bounds->low_open && value == bounds->low) &&
           !(bounds->high_open && value == bounds->high) &&
           !(check->whole && fabs(number - round(number)) > 1e-9 * fmax(1.0, fabs(number)));
}

/* --- compiling ------------------------------------------------------------------------------------------------------------------------ */

static aic_status compile(const aici_probe *probe, size_t wanted, bool settings, bool samples, aici_program **out, aic_report *report) {
    aici_varying *varying = aici_memory_take_array(probe->allocator, probe->levers->count + 1, sizeof *varying);
    if (!varying)
        return aici_report_memory(report);
    for (size_t i = 0; i < probe->levers->count; i++)
        varying[i] = aici_lever_varying(&probe->levers->lever[i], settings);
    const aici_plan_request request = {.bound = probe->run.bound,
                                       .varying = varying,
                                       .varying_count = probe->levers->count,
                                       .wanted = probe->run.wanted,
                                       .wanted_count = wanted,
                                       .samples = samples};
    aic_status status = aici_plan_compile(&request, probe->allocator, out, report);
    aici_memory_release(probe->allocator, varying);
    return status;
}

/** Where a distribution follows from a lever, only settings will do; whether another fault stands behind the refusal shows then. */
static aic_status compile_medians(aici_probe *probe) {
    aic_status status = compile(probe, probe->run.count, false, false, &probe->medians, NULL);
    if (status == AIC_ERROR_MEMORY)
        return aici_report_memory(probe->report);
    if (status != AIC_OK) {
        probe->by_settings = true;
        status = compile(probe, probe->run.count, true, false, &probe->medians, probe->report);
    }
    return status;
}

static void forget_the_certain(aici_probe *probe) {
    for (size_t i = 0; i < probe->wanted; i++)
        if (aici_probe_is_uncertain(probe, i))
            return;
    aici_program_free(probe->sampled);
    probe->sampled = NULL;
}

static bool set_bounds(aici_probe *probe) {
    aici_output_bounds *bounds = aici_memory_take_array(probe->allocator, probe->wanted + 1, sizeof *bounds);
    for (size_t i = 0; bounds && i < probe->wanted; i++) {
        uint32_t index = probe->run.wanted[i].quantity;
        const aici_bounds none = {-(double)INFINITY, (double)INFINITY, false, false};
        const aici_bounds *of = index == AICI_NONE ? &none : &probe->run.bound->quantity[index].bounds;
        bounds[i] = (aici_output_bounds){of->low, of->high, of->low_open, of->high_open};
    }
    probe->bounds = bounds;
    return bounds;
}

/** The part `once` of a lane program does not depend on the point. */
static aic_status prepare(aici_probe *probe) {
    probe->uniform = aici_memory_take_array(probe->allocator, (size_t)probe->medians->uniform_count + 1, sizeof *probe->uniform);
    if (!probe->uniform)
        return aici_report_memory(probe->report);
    return probe->by_settings
               ? AIC_OK
               : aici_analysis_prepare(probe->run.bound, probe->medians, NULL, probe->allocator, probe->uniform, probe->report);
}

aic_status aici_probe_compile(aici_probe *probe) {
    probe->wanted = probe->run.count;
    aic_status status = aici_guard_set(&probe->guard, &probe->run);
    if (status == AIC_OK)
        status = collect_checks(probe);
    if (status == AIC_OK)
        status = compile_medians(probe);
    if (status == AIC_OK)
        status = prepare(probe);
    if (status == AIC_OK)
        status = compile(probe, probe->wanted, true, true, &probe->sampled, probe->report);
    if (status == AIC_OK)
        forget_the_certain(probe);
    return status == AIC_OK && !set_bounds(probe) ? aici_report_memory(probe->report) : status;
}

bool aici_probe_is_uncertain(const aici_probe *probe, size_t index) {
    return probe->sampled && !(probe->sampled->output[index] & AICI_OPERAND_UNIFORM);
}

/* --- running -------------------------------------------------------------------------------------------------------------------------- */

/** Columns of everything that a run computes, for a stretch of points. */
typedef struct stretch {
    aici_probe *probe;
    const double **input; /**< by lever */
    double **output;      /**< by value: the caller's columns, then room of our own */
    double *room, *one, *all;
    const aici_control *control;
} stretch;

static bool stretch_begin(stretch *self, aici_probe *probe, size_t count, const aici_control *control) {
    size_t values = probe->run.count, own = values - probe->wanted, lanes = count < LANES ? count : LANES;
    *self = (stretch){.probe = probe, .control = control};
    self->input = aici_memory_take_array(probe->allocator, probe->levers->count + 1, sizeof *self->input);
    self->output = aici_memory_take_array(probe->allocator, values + 1, sizeof *self->output);
    self->room = aici_memory_take_array(probe->allocator, own * lanes + 1, sizeof *self->room);
    self->one = aici_memory_take_array(probe->allocator, probe->levers->count + 1, sizeof *self->one);
    self->all = aici_memory_take_array(probe->allocator, values + 1, sizeof *self->all);
    for (size_t i = 0; self->output && self->room && i < own; i++)
        self->output[probe->wanted + i] = self->room + i * lanes;
    return self->input && self->output && self->room && self->one && self->all;
}

static void stretch_end(stretch *self) {
    const aic_allocator *allocator = self->probe->allocator;
    aici_memory_release(allocator, self->input);
    aici_memory_release(allocator, self->output);
    aici_memory_release(allocator, self->room);
    aici_memory_release(allocator, self->one);
    aici_memory_release(allocator, self->all);
}

/** One point of a program whose levers are settings. */
static aic_status run_point(const stretch *self, size_t point) {
    aici_probe *probe = self->probe;
    for (size_t i = 0; i < probe->levers->count; i++)
        self->one[i] = self->input[i][point];
    aic_status status = aici_eval_prepare(probe->medians, self->one, probe->allocator, probe->uniform, NULL);
    if (status == AIC_OK)
        status = aici_eval_one(probe->medians, probe->uniform, NULL, self->all, probe->allocator);
    for (size_t i = 0; i < probe->run.count; i++)
        self->output[i][point] = status == AIC_OK ? self->all[i] : (double)NAN;
    return status == AIC_ERROR_DOMAIN ? AIC_OK : status; /* a distribution that cannot be at this point */
}

static aic_status run_stretch(const stretch *self, size_t count) {
    aici_probe *probe = self->probe;
    aic_status status = AIC_OK;
    if (aici_control_is_cancelled(self->control))
        return AIC_ERROR_CANCELLED;
    if (!probe->by_settings)
        return aici_eval_lanes(probe->medians, probe->uniform, count, self->input, self->output, probe->allocator, NULL);
    for (size_t i = 0; i < count && status == AIC_OK; i++)
        status = run_point(self, i);
    return status;
}

static void check_stretch(const stretch *self, size_t count, unsigned char *holds) {
    const aici_probe *probe = self->probe;
    memset(holds, 1, count);
    for (size_t i = 0; i < probe->check_count; i++) {
        const aici_probe_check *check = &probe->check[i];
        const double *value = self->output[check->value];
        bool same = !probe->by_settings && (probe->medians->output[check->value] & AICI_OPERAND_UNIFORM);
        if (same && !passes(check, value[0]))
            memset(holds, 0, count);
        for (size_t k = 0; !same && k < count; k++)
            holds[k] &= passes(check, value[k]);
    }
}

static aic_status say(const aici_probe *probe, aic_status status) {
    if (status == AIC_ERROR_CANCELLED)
        return aici_report_cancelled(probe->report);
    return status == AIC_OK ? AIC_OK : aici_report_memory(probe->report);
}

aic_status aici_probe_run(aici_probe *probe, size_t count, const double *const *input, double *const *output, unsigned char *holds,
                          const aici_control *control) {
    stretch self;
    aic_status status = stretch_begin(&self, probe, count, control) ? AIC_OK : AIC_ERROR_MEMORY;
    for (size_t done = 0; done < count && status == AIC_OK; done += LANES) {
        size_t lanes = count - done < LANES ? count - done : LANES;
        for (size_t i = 0; i < probe->levers->count; i++)
            self.input[i] = input[i] + done;
        for (size_t i = 0; i < probe->wanted; i++)
            self.output[i] = output[i] + done;
        status = run_stretch(&self, lanes);
        if (status == AIC_OK)
            check_stretch(&self, lanes, holds + done);
        if (status == AIC_OK && control && control->progress)
            __atomic_store_n(control->progress, (uint64_t)(done + lanes), __ATOMIC_RELAXED);
    }
    stretch_end(&self);
    return say(probe, status);
}

/** The guard looks at the values of a run; here it is given those of one point. */
static void check_point(aici_probe *probe, const double *uniform, const double *lane, double *value, aic_report *report) {
    aici_run *run = &probe->run;
    size_t bad;
    run->value = value;
    run->report = report;
    if (aici_guard_check(&probe->guard) == AIC_OK && aici_eval_count_not_finite(value, probe->wanted, &bad) > 0)
        aici_analysis_report_not_finite(run->bound, probe->medians, uniform, lane, (uint32_t)bad, false, report);
    run->value = NULL;
    run->report = probe->report;
}

bool aici_probe_explain(aici_probe *probe, const double *input, aic_report *report) {
    double *uniform = aici_memory_take_array(probe->allocator, (size_t)probe->medians->uniform_count + 1, sizeof *uniform);
    double *value = aici_memory_take_array(probe->allocator, probe->run.count + 1, sizeof *value);
    const double *setting = probe->by_settings ? input : NULL, *lane = probe->by_settings ? NULL : input;
    aic_status status = uniform && value ? AIC_OK : AIC_ERROR_MEMORY;
    if (status == AIC_OK)
        status = aici_analysis_prepare(probe->run.bound, probe->medians, setting, probe->allocator, uniform, report);
    if (status == AIC_OK)
        status = aici_eval_one(probe->medians, uniform, lane, value, probe->allocator);
    if (status == AIC_OK)
        check_point(probe, uniform, lane, value, report);
    aici_memory_release(probe->allocator, uniform);
    aici_memory_release(probe->allocator, value);
    return status != AIC_ERROR_MEMORY && aici_report_status(report) != AIC_ERROR_MEMORY;
}
