/* SPDX-License-Identifier: MIT */
/*
 * The part of a program that runs once: constants, settings, then instructions on uniform values. A draw stands at its median here: its
 * distribution is made ready from the parameters that have been computed by then.
 */
#include "eval/distribution.h"
#include "eval/eval.h"
#include "eval/scalar.h"

#include <math.h>
#include <stddef.h>

/** Draws that are made ready. */
typedef struct preparation {
    const aici_program *program;
    const double *probability; /**< by draw, or NULL: medians */
    double *uniform;
    aici_arena *arena;
    aici_ready *ready; /**< by draw */
    aici_faulty_draw *faulty;
} preparation;

static void copy_what_is_given(const aici_program *program, const double *setting, double *uniform) {
    for (uint32_t i = 0; i < program->constant_count; i++)
        uniform[i] = program->constant[i];
    for (uint32_t i = 0; i < program->setting_count; i++)
        uniform[program->constant_count + i] = setting[i] * program->setting_scale[i];
}

static aic_status refuse(const preparation *self, uint32_t draw, uint32_t parameter, aici_distribution_fault fault) {
    static const char *const must[] = {
        [AICI_DISTRIBUTION_FINE] = "give a finite median",
        [AICI_DISTRIBUTION_NOT_FINITE] = "be finite",
        [AICI_DISTRIBUTION_NOT_POSITIVE] = "be above 0",
        [AICI_DISTRIBUTION_NOT_ORDERED] = "be in order with the others",
        [AICI_DISTRIBUTION_EMPTY] = "leave some of the distribution",
    };
    if (fault == AICI_DISTRIBUTION_NO_MEMORY)
        return AIC_ERROR_MEMORY;
    if (self->faulty)
        *self->faulty = (aici_faulty_draw){draw, parameter, must[fault]};
    return AIC_ERROR_DOMAIN;
}

/** A draw's components lie directly before it. */
static aic_status make_ready(const preparation *self, uint32_t number) {
    uint32_t first = number;
    while (first > 0 && self->program->draw[first - 1].word_count == 0)
        first--;
    for (uint32_t i = first; i <= number; i++) {
        uint32_t parameter = 0;
        aici_distribution_fault fault =
            aici_distribution_prepare_draw(&self->program->draw[i], self->uniform, self->arena, self->ready, &self->ready[i], &parameter);
        if (fault != AICI_DISTRIBUTION_FINE)
            return refuse(self, i, parameter, fault);
    }
    return AIC_OK;
}

static aic_status take_quantile(const preparation *self, const aici_instruction *instruction) {
    uint32_t number = instruction->a;
    aic_status status = make_ready(self, number);
    if (status != AIC_OK)
        return status;
    double value = aici_distribution_quantile(&self->ready[number], self->probability ? self->probability[number] : 0.5);
    self->uniform[instruction->to & ~AICI_OPERAND_UNIFORM] = value;
    return isfinite(value) ? AIC_OK : refuse(self, number, 0, AICI_DISTRIBUTION_FINE);
}

static uint32_t find_draw(const aici_program *program, uint32_t first) {
    while (first < program->once_count && program->once[first].opcode != AICI_OPCODE_DRAW)
        first++;
    return first;
}

static aic_status run_once(preparation *self) {
    const aici_program *program = self->program;
    const aici_operands operands = {{self->uniform, self->uniform}}; /* no lane is read */
    aic_status status = AIC_OK;
    for (uint32_t first = 0; first < program->once_count && status == AIC_OK;) {
        uint32_t draw = program->draw_count ? find_draw(program, first) : program->once_count;
        aici_eval_run(program->once + first, draw - first, &operands);
        if (draw < program->once_count)
            status = take_quantile(self, &program->once[draw]);
        first = draw + 1;
    }
    return status;
}

aic_status aici_eval_prepare_at(const aici_program *program, const double *setting, const double *probability,
                                const aic_allocator *allocator, double *uniform, aici_faulty_draw *faulty) {
    preparation self = {.program = program, .probability = probability, .uniform = uniform, .faulty = faulty};
    bool draws = program->draw_count && find_draw(program, 0) < program->once_count;
    copy_what_is_given(program, setting, uniform);
    self.arena = draws ? aici_arena_new(allocator) : NULL;
    self.ready = self.arena ? aici_arena_take_array(self.arena, program->draw_count, sizeof *self.ready) : NULL;
    aic_status status = draws && !self.ready ? AIC_ERROR_MEMORY : run_once(&self);
    aici_arena_free(self.arena);
    return status;
}

aic_status aici_eval_prepare(const aici_program *program, const double *setting, const aic_allocator *allocator, double *uniform,
                             aici_faulty_draw *faulty) {
    return aici_eval_prepare_at(program, setting, NULL, allocator, uniform, faulty);
}

/** The probability of being below @p x, or at it too. */
static double probability_below(const aici_ready *ready, double x, bool or_at) {
    return aici_distribution_probability(ready, or_at ? x : nextafter(x, -(double)INFINITY));
}

aic_status aici_eval_outside(const aici_program *program, const double *uniform, uint32_t draw, const aici_output_bounds *bounds,
                             const aic_allocator *allocator, double *probability) {
    aici_arena *arena = aici_arena_new(allocator);
    aici_ready *ready = arena ? aici_arena_take_array(arena, program->draw_count, sizeof *ready) : NULL;
    const preparation self = {.program = program, .uniform = (double *)(uintptr_t)uniform, .arena = arena, .ready = ready}; /* only read */
    aic_status status = ready ? make_ready(&self, draw) : AIC_ERROR_MEMORY;
    if (status == AIC_OK)
        *probability = probability_below(&ready[draw], bounds->low, bounds->low_open) + 1 -
                       probability_below(&ready[draw], bounds->high, !bounds->high_open);
    aici_arena_free(arena);
    return status;
}
