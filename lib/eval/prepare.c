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
    double *uniform;
    aici_arena *arena;
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

/** @p ready has the draws from @p first on. */
static aic_status make_ready(const preparation *self, uint32_t number, uint32_t first, aici_ready *ready) {
    const aici_draw *draw = &self->program->draw[number];
    double *value = aici_arena_take_array(self->arena, draw->count, sizeof *value);
    const aici_ready **component = aici_arena_take_array(self->arena, draw->count, sizeof *component);
    uint32_t at = 0;
    if (!value || !component)
        return AIC_ERROR_MEMORY;
    for (uint32_t i = 0; i < draw->count; i++) {
        if (draw->parameter[i] == AICI_PARAMETER_DISTRIBUTION)
            component[i] = &ready[draw->value[i] - first];
        else
            value[i] = self->uniform[draw->value[i] & ~AICI_OPERAND_UNIFORM];
    }
    const aici_written written = {draw->distribution, draw->count, draw->parameter, value, component};
    aici_distribution_fault fault = aici_distribution_prepare(&written, self->arena, &ready[number - first], &at);
    return fault == AICI_DISTRIBUTION_FINE ? AIC_OK : refuse(self, number, at, fault);
}

/** A draw's components lie directly before it. */
static aic_status take_median(const preparation *self, const aici_instruction *instruction) {
    uint32_t number = instruction->a, first = number;
    aic_status status = AIC_OK;
    while (first > 0 && self->program->draw[first - 1].word_count == 0)
        first--;
    aici_ready *ready = aici_arena_take_array(self->arena, (size_t)number - first + 1, sizeof *ready);
    if (!ready)
        return AIC_ERROR_MEMORY;
    for (uint32_t i = first; i <= number && status == AIC_OK; i++)
        status = make_ready(self, i, first, ready);
    if (status != AIC_OK)
        return status;
    double median = aici_distribution_quantile(&ready[number - first], 0.5);
    self->uniform[instruction->to & ~AICI_OPERAND_UNIFORM] = median;
    return isfinite(median) ? AIC_OK : refuse(self, number, 0, AICI_DISTRIBUTION_FINE);
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
            status = take_median(self, &program->once[draw]);
        first = draw + 1;
    }
    return status;
}

aic_status aici_eval_prepare(const aici_program *program, const double *setting, const aic_allocator *allocator, double *uniform,
                             aici_faulty_draw *faulty) {
    preparation self = {program, uniform, NULL, faulty};
    bool draws = program->draw_count && find_draw(program, 0) < program->once_count;
    copy_what_is_given(program, setting, uniform);
    self.arena = draws ? aici_arena_new(allocator) : NULL;
    if (draws && !self.arena)
        return AIC_ERROR_MEMORY;
    aic_status status = run_once(&self);
    aici_arena_free(self.arena);
    return status;
}
