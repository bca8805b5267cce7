/* SPDX-License-Identifier: MIT */
/* From a program's draws to what draws them: distributions made ready, and the quick way where there is one. */
#include "eval/sampling.h"
#include "base/elementary.h"

#include <math.h>

/** A probability from 52 random bits is never less, nor nearer to 1; no standard normal number that is a double is farther from 0. */
static const double LEAST_PROBABILITY = 0x1p-53, FARTHEST = 38;

/** A bell whose three quantiles are not in the middle has another spread on either side, and no quick way. */
static bool is_even_bell(const aici_draw *draw) {
    for (uint32_t i = 0; i < draw->count; i++)
        if (draw->parameter[i] == AICI_PARAMETER_P50)
            return false;
    return true;
}

static aici_sampler_kind kind_of_shape(const aici_ready *shape) {
    switch ((aici_distribution)shape->distribution) {
    case AICI_DISTRIBUTION_NORMAL:
    case AICI_DISTRIBUTION_LOGNORMAL: return AICI_SAMPLER_BELL;
    case AICI_DISTRIBUTION_BETA:
    case AICI_DISTRIBUTION_PERT: return AICI_SAMPLER_CURVE;
    default: return AICI_SAMPLER_QUANTILE;
    }
}

static aici_sampler_kind kind_of(const aici_draw *draw, const aici_ready *shape) {
    switch ((aici_distribution)draw->distribution) {
    case AICI_DISTRIBUTION_NORMAL: return is_even_bell(draw) ? AICI_SAMPLER_NORMAL : AICI_SAMPLER_BELL;
    case AICI_DISTRIBUTION_LOGNORMAL: return is_even_bell(draw) ? AICI_SAMPLER_LOGNORMAL : AICI_SAMPLER_BELL;
    case AICI_DISTRIBUTION_UNIFORM: return AICI_SAMPLER_UNIFORM;
    case AICI_DISTRIBUTION_LOGUNIFORM: return AICI_SAMPLER_LOGUNIFORM;
    case AICI_DISTRIBUTION_TRIANGULAR: return AICI_SAMPLER_TRIANGULAR;
    case AICI_DISTRIBUTION_MIXTURE: return AICI_SAMPLER_MIXTURE;
    default: return kind_of_shape(shape);
    }
}

/** The standard normal number, in the component, of a probability of the distribution. */
static double normal_number(const aici_ready *ready, double p) {
    if (ready->distribution != AICI_DISTRIBUTION_TRUNCATED)
        return aici_normal_quantile(p);
    double z = aici_normal_quantile(ready->p_low + p * (ready->p_high - ready->p_low));
    return fmin(fmax(ready->upper ? -z : z, -FARTHEST), FARTHEST);
}

static bool set_curve(aici_sampler *sampler, aici_arena *arena) {
    bool made = aici_curve_make(sampler->shape, normal_number(sampler->ready, LEAST_PROBABILITY),
                                normal_number(sampler->ready, 1 - LEAST_PROBABILITY), arena, &sampler->curve);
    if (!sampler->curve.piece)
        sampler->kind = AICI_SAMPLER_QUANTILE;
    return made;
}

static bool set_sampler(const aici_draw *draw, uint32_t word, const aici_ready *ready, aici_arena *arena, aici_sampler *out) {
    const aici_ready *shape = ready->distribution == AICI_DISTRIBUTION_TRUNCATED ? ready->component[0] : ready;
    *out = (aici_sampler){
        .kind = (uint8_t)kind_of(draw, shape), .a = ready->a, .b = ready->b, .c = ready->c, .word = word, .ready = ready, .shape = shape};
    return out->kind != AICI_SAMPLER_CURVE || set_curve(out, arena);
}

aic_status aici_samplers_make(const aici_program *program, const double *uniform, aici_arena *arena, const aici_sampler **out,
                              uint32_t *faulty) {
    aici_sampler *sampler = aici_arena_take_array(arena, program->draw_count, sizeof *sampler);
    aici_ready *ready = aici_arena_take_array(arena, program->draw_count, sizeof *ready);
    uint32_t parameter;
    if (!sampler || !ready)
        return AIC_ERROR_MEMORY;
    for (uint32_t i = 0, word = 0; i < program->draw_count; word += program->draw[i++].word_count) {
        aici_distribution_fault fault = aici_distribution_prepare_draw(&program->draw[i], uniform, arena, ready, &ready[i], &parameter);
        if (fault != AICI_DISTRIBUTION_FINE) {
            *faulty = i;
            return fault == AICI_DISTRIBUTION_NO_MEMORY ? AIC_ERROR_MEMORY : AIC_ERROR_DOMAIN;
        }
        if (!set_sampler(&program->draw[i], word, &ready[i], arena, &sampler[i]))
            return AIC_ERROR_MEMORY;
    }
    *out = sampler;
    return AIC_OK;
}

size_t aici_samplers_words(const aici_program *program) {
    size_t words = 1;
    for (uint32_t i = 0; i < program->draw_count; i++)
        words += program->draw[i].word_count;
    return words;
}
