/* SPDX-License-Identifier: MIT */
/*
 * What a value depends on, and how much: one program with everything at its median gives derivatives (a sweep backwards) and the tornado
 * (one factor at a time at its ends); another with draws gives elasticities averaged over these.
 */
#include "analysis/sensitivity.h"
#include "analysis/indices.h"
#include "analysis/retain.h"
#include "analysis/run.h"
#include "analysis/sampled.h"
#include "analysis/subject.h"

#include <math.h>

/** The program at the medians, and what it takes to run it again. */
typedef struct middle {
    aici_sensitivity *self;
    aici_program *program;
    const uint32_t *draw_factor;
    double *uniform, *moved; /**< uniform values: of the base, of a run with one factor moved */
    double *probability;     /**< by draw */
    double *setting;
} middle;

/* --- at the medians ------------------------------------------------------------------------------------------------------------------- */

static bool take_memory(middle *at) {
    aici_sensitivity *self = at->self;
    size_t uniforms = (size_t)at->program->uniform_count + 1;
    at->draw_factor = aici_factors_of_draws(&self->factors, at->program, self->arena);
    at->uniform = aici_arena_take_array(self->arena, uniforms, sizeof *at->uniform);
    at->moved = aici_arena_take_array(self->arena, uniforms, sizeof *at->moved);
    at->probability = aici_arena_take_array(self->arena, (size_t)at->program->draw_count + 1, sizeof *at->probability);
    at->setting = aici_arena_take_array(self->arena, (size_t)self->factors.setting_count + 1, sizeof *at->setting);
    return at->draw_factor && at->uniform && at->moved && at->probability && at->setting;
}

/** Where nothing varies every value is uniform, the output too. */
static double output_of(const middle *at, const double *uniform) { return uniform[at->program->output[0] & ~AICI_OPERAND_UNIFORM]; }

static aic_status prepare(middle *at) {
    aici_sensitivity *self = at->self;
    aic_status status =
        aici_factors_compile(&self->factors, self->bound, &self->wanted, false, self->allocator, &at->program, self->report);
    if (status != AIC_OK)
        return status;
    if (!take_memory(at))
        return aici_report_memory(self->report);
    status = aici_analysis_prepare(self->bound, at->program, self->factors.setting, self->allocator, at->uniform, self->report);
    if (status == AIC_OK)
        self->value = output_of(at, at->uniform);
    return status;
}

/** The uniform value of a figure: a setting, or what a draw gives. Visits each with its factor. */
typedef void visit(middle *at, uint32_t factor, uint32_t uniform, const void *context);

static void visit_figures(middle *at, visit *each, const void *context) {
    const aici_factors *factors = &at->self->factors;
    for (uint32_t i = 0; i < factors->setting_count; i++)
        each(at, factors->setting_factor[i], at->program->constant_count + i, context);
    for (uint32_t i = 0; i < at->program->once_count; i++) {
        const aici_instruction *instruction = &at->program->once[i];
        if (instruction->opcode == AICI_OPCODE_DRAW && at->draw_factor[instruction->a] != AICI_NONE)
            each(at, at->draw_factor[instruction->a], instruction->to & ~AICI_OPERAND_UNIFORM, context);
    }
}

static void add_elasticity(middle *at, uint32_t factor, uint32_t uniform, const void *context) {
    const aici_adjoint *adjoint = context;
    at->self->of[factor].elasticity += aici_adjoint_elasticity(adjoint[uniform], at->uniform[uniform]);
}

/** Only a factor of one figure has a value by which to differentiate. */
static void set_derivative(middle *at, uint32_t factor, uint32_t uniform, const void *context) {
    const aici_adjoint *adjoint = context;
    const aici_factor *of = &at->self->factors.factor[factor];
    if (!of->only)
        return;
    at->self->of[factor].derivative = adjoint[uniform].g / of->times;
    at->self->of[factor].input = at->uniform[uniform] * of->times;
}

static aici_adjoint *begin_adjoint(const middle *at, aici_adjoint seed) {
    aici_adjoint *adjoint = aici_arena_take_array(at->self->arena, (size_t)at->program->uniform_count + 1, sizeof *adjoint);
    if (!adjoint)
        return NULL;
    adjoint[at->program->output[0] & ~AICI_OPERAND_UNIFORM] = seed;
    aici_gradient_once(at->program, at->uniform, adjoint);
    return adjoint;
}

static aic_status differentiate(middle *at) {
    aici_sensitivity *self = at->self;
    const aici_adjoint *by_value = begin_adjoint(at, (aici_adjoint){0, 1}), *by_share = begin_adjoint(at, (aici_adjoint){1, 0});
    if (!by_value || !by_share)
        return aici_report_memory(self->report);
    bool has_elasticity = self->value != 0 && isfinite(self->value);
    for (uint32_t i = 0; i < self->factors.count; i++)
        self->of[i].elasticity = has_elasticity ? 0 : (double)NAN;
    visit_figures(at, add_elasticity, by_share);
    visit_figures(at, set_derivative, by_value);
    return AIC_OK;
}

/** Uniform values that parameters of the draws are computed from. */
static void mark_parameters(const aici_program *program, bool *bends) {
    for (uint32_t i = 0; i < program->draw_count; i++)
        for (uint32_t k = 0; k < program->draw[i].count; k++)
            if (program->draw[i].parameter[k] != AICI_PARAMETER_DISTRIBUTION)
                bends[program->draw[i].value[k] & ~AICI_OPERAND_UNIFORM] = true;
    for (uint32_t i = program->once_count; i-- > 0;) {
        const aici_instruction *at = &program->once[i];
        const aici_operand operand[] = {at->a, at->b, at->c};
        for (unsigned k = 0; k < 3; k++)
            if (bends[at->to & ~AICI_OPERAND_UNIFORM] && operand[k] & AICI_OPERAND_UNIFORM)
                bends[operand[k] & ~AICI_OPERAND_UNIFORM] = true;
    }
}

/** What is not followed has no derivative, rather than a wrong one. */
static aic_status leave_out_what_bends(middle *at) {
    aici_sensitivity *self = at->self;
    bool *bends = aici_arena_take_array(self->arena, (size_t)at->program->uniform_count + 1, sizeof *bends);
    if (!bends)
        return aici_report_memory(self->report);
    mark_parameters(at->program, bends);
    for (uint32_t i = 0; i < self->factors.setting_count; i++)
        if (bends[at->program->constant_count + i])
            self->factors.factor[self->factors.setting_factor[i]].bends = true;
    for (uint32_t i = 0; i < self->factors.count; i++)
        if (self->factors.factor[i].bends || self->factors.factor[i].fixed)
            self->of[i].elasticity = self->of[i].derivative = (double)NAN;
    return AIC_OK;
}

/* --- the tornado ---------------------------------------------------------------------------------------------------------------------- */

/** One end of one factor. */
typedef struct tornado_end {
    uint32_t factor;
    double probability, share; /**< of draws; what certain figures are multiplied with */
    double *input, *output;
} tornado_end;

static void take_input(middle *at, uint32_t factor, uint32_t uniform, const void *context) {
    const tornado_end *end = context;
    const aici_factor *of = &at->self->factors.factor[factor];
    if (factor == end->factor && of->only)
        *end->input = at->moved[uniform] * of->times;
}

static aic_status move_to(middle *at, const tornado_end *end) {
    aici_sensitivity *self = at->self;
    for (uint32_t i = 0; i < at->program->draw_count; i++)
        at->probability[i] = at->draw_factor[i] == end->factor ? end->probability : 0.5;
    for (uint32_t i = 0; i < self->factors.setting_count; i++) {
        bool moved = self->factors.setting_factor[i] == end->factor && !self->factors.factor[end->factor].uncertain;
        at->setting[i] = self->factors.setting[i] * (moved ? end->share : 1);
    }
    aic_status status = aici_eval_prepare_at(at->program, at->setting, at->probability, self->allocator, at->moved, NULL);
    if (status == AIC_ERROR_MEMORY)
        return aici_report_memory(self->report);
    if (status != AIC_OK) /* there, a distribution that depends on it is none */
        return AIC_OK;
    visit_figures(at, take_input, end);
    *end->output = output_of(at, at->moved);
    return AIC_OK;
}

static aic_status move_each(middle *at) {
    aici_sensitivity *self = at->self;
    const aici_sensitivity_wish *wish = self->wish;
    aic_status status = AIC_OK;
    for (uint32_t i = 0; i < self->factors.count && status == AIC_OK; i++) {
        aici_factor_sensitivity *of = &self->of[i];
        const tornado_end low = {i, wish->low, 1 - wish->step, &of->input_low, &of->low};
        const tornado_end high = {i, wish->high, 1 + wish->step, &of->input_high, &of->high};
        if (aici_control_is_cancelled(&self->wish->control))
            return aici_report_cancelled(self->report);
        if (!self->factors.factor[i].uncertain && wish->step == 0)
            continue;
        status = move_to(at, &low);
        if (status == AIC_OK)
            status = move_to(at, &high);
    }
    return status;
}

static aic_status run_middle(aici_sensitivity *self) {
    middle at = {.self = self};
    aic_status status = prepare(&at);
    if (status == AIC_OK)
        status = differentiate(&at);
    if (status == AIC_OK)
        status = leave_out_what_bends(&at);
    if (status == AIC_OK && self->wish->tornado)
        status = move_each(&at);
    aici_program_free(at.program);
    return status;
}

/* --- over the draws ------------------------------------------------------------------------------------------------------------------- */

uint64_t aici_sensitivity_points(const aici_sensitivity_wish *wish) { return aici_sampled_points(wish->samples, wish->replicates); }

aic_status aici_sensitivity_explain(const aici_sensitivity *self, const aici_program *program, aic_status status, uint32_t faulty) {
    switch (status) {
    case AIC_OK: return AIC_OK;
    case AIC_ERROR_LIMIT:
        return aici_sampled_refuse_dimensions(program->word_count, "give single values to assumptions that matter little", self->report);
    case AIC_ERROR_DOMAIN: return aici_analysis_refuse_draw(self->bound, program, faulty, self->report);
    case AIC_ERROR_CANCELLED: return aici_report_cancelled(self->report);
    default: return aici_report_memory(self->report);
    }
}

static void warn_of_undefined(const aici_sensitivity *self, uint32_t factor, uint64_t count) {
    if (count)
        aici_report_remark(self->report, AIC_SEVERITY_WARNING, AICI_CODE_DRAWS_AMISS, NULL,
                           "%s: in %llu of %llu draws there is no derivative by %s", self->bound->quantity[self->wanted.quantity].name,
                           (unsigned long long)count, (unsigned long long)self->draws, self->factors.factor[factor].name);
}

static void take_means(aici_sensitivity *self, const aici_elasticities *found) {
    self->left_out = found->left_out;
    for (uint32_t i = 0; i < self->factors.count; i++) {
        bool known = !self->factors.factor[i].bends && !self->factors.factor[i].fixed;
        self->of[i].mean = known ? found->mean[i] : (double)NAN;
        self->of[i].mean_error = known ? found->error[i] : (double)NAN;
        warn_of_undefined(self, i, found->undefined[i]);
    }
    if (found->left_out)
        aici_report_remark(self->report, AIC_SEVERITY_WARNING, AICI_CODE_DRAWS_AMISS, NULL,
                           "%s: in %llu of %llu draws it is 0 or not finite, and has no elasticities",
                           self->bound->quantity[self->wanted.quantity].name, (unsigned long long)found->left_out,
                           (unsigned long long)self->draws);
}

static aic_status average(aici_sensitivity *self, const aici_program *program) {
    const aici_sensitivity_wish *wish = self->wish;
    double *uniform = aici_arena_take_array(self->arena, (size_t)program->uniform_count + 1, sizeof *uniform);
    const uint32_t *draw_factor = aici_factors_of_draws(&self->factors, program, self->arena);
    const aici_elasticities *found = NULL;
    uint32_t faulty = 0;
    if (!uniform || !draw_factor)
        return aici_report_memory(self->report);
    aic_status status = aici_analysis_prepare(self->bound, program, self->factors.setting, self->allocator, uniform, self->report);
    if (status != AIC_OK)
        return status;
    const aici_elasticities_request request = {.program = program,
                                               .uniform = uniform,
                                               .draw_factor = draw_factor,
                                               .setting_factor = self->factors.setting_factor,
                                               .factor_count = self->factors.count,
                                               .seed = wish->seed,
                                               .samples = aici_sensitivity_points(wish),
                                               .replicates = wish->replicates,
                                               .threads = wish->threads,
                                               .allocator = self->allocator,
                                               .control = &wish->control};
    status = aici_sensitivity_explain(self, program, aici_eval_elasticities(&request, self->arena, &found, &faulty), faulty);
    if (status != AIC_OK)
        return status;
    self->draws = request.samples * request.replicates;
    take_means(self, found);
    return AIC_OK;
}

static aic_status run_draws(aici_sensitivity *self) {
    aici_program *program = NULL;
    if (!self->bound->quantity[self->wanted.quantity].tree->type.uncertain)
        return AIC_OK;
    aic_status status = aici_factors_compile(&self->factors, self->bound, &self->wanted, true, self->allocator, &program, self->report);
    if (status == AIC_OK && program->draw_count)
        status = average(self, program);
    aici_program_free(program);
    return status;
}

/* --- the call ------------------------------------------------------------------------------------------------------------------------- */

/** A series without a year stands for its last one. */
static aic_status find_subject(aici_sensitivity *self, const char *name) {
    aici_subject subject;
    aic_status status = aici_subject_find(self->bound, name, self->allocator, &subject, self->report);
    if (status != AIC_OK)
        return status;
    const aici_quantity *quantity = &self->bound->quantity[subject.quantity];
    const aici_years *years = quantity->tree->type.years;
    if (quantity->tree->type.kind != AICI_TYPE_QUANTITY)
        return aici_report_error(self->report, AICI_CODE_TYPE, NULL, "%s: only numbers have sensitivities", quantity->name);
    if (years && subject.year == AICI_NO_YEAR)
        subject.year = years->year[years->count - 1];
    self->wanted = (aici_wanted){.quantity = subject.quantity, .year = subject.year, .scale = 1};
    return AIC_OK;
}

static aic_status find_factors(aici_sensitivity *self) {
    aic_status status = aici_factors_find(self->bound, &self->wanted, self->arena, &self->factors, self->report);
    if (status != AIC_OK)
        return status;
    self->of = aici_arena_take_array(self->arena, (size_t)self->factors.count + 1, sizeof *self->of);
    if (!self->of)
        return aici_report_memory(self->report);
    for (uint32_t i = 0; i < self->factors.count; i++)
        self->of[i] = aici_factor_unknown();
    return AIC_OK;
}

static aic_status answer(aici_sensitivity *self, const char *name) {
    aic_status status = find_subject(self, name);
    if (status != AIC_OK)
        return status;
    const char *const quantity = self->bound->quantity[self->wanted.quantity].name;
    status = aici_analysis_evaluate(self->bound, &quantity, 1, self->allocator, &self->result, self->report);
    if (status == AIC_OK)
        status = find_factors(self);
    if (status == AIC_OK)
        status = run_middle(self);
    if (status == AIC_OK && self->wish->elasticities)
        status = run_draws(self);
    if (status == AIC_OK && self->wish->indices)
        status = aici_indices_find(self);
    if (status == AIC_OK && !aici_sensitivity_fill(self))
        status = aici_report_memory(self->report);
    return status;
}

aic_status aici_analysis_sensitivity(aici_bound *bound, const char *name, const aici_sensitivity_wish *wish, const aic_allocator *allocator,
                                     aic_result **out, aic_report *report) {
    aici_sensitivity self = {.bound = bound, .allocator = allocator, .report = report, .wish = wish, .arena = aici_arena_new(allocator)};
    *out = NULL;
    aic_status status = self.arena ? answer(&self, name) : aici_report_memory(report);
    aici_arena_free(self.arena);
    if (status == AIC_OK)
        *out = self.result;
    else
        aici_result_release(self.result);
    return status;
}
