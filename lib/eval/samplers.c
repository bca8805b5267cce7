/* SPDX-License-Identifier: MIT */
/* From a program's draws to what draws them: distributions made ready, and the quick way where there is one. */
#include "eval/sampling.h"

/** A bell whose three quantiles are not in the middle has another spread on either side, and no quick way. */
static bool is_even_bell(const aici_draw *draw) {
    for (uint32_t i = 0; i < draw->count; i++)
        if (draw->parameter[i] == AICI_PARAMETER_P50)
            return false;
    return true;
}

static aici_sampler sampler_of(const aici_draw *draw, uint32_t word, const aici_ready *ready) {
    aici_sampler sampler = {.kind = AICI_SAMPLER_QUANTILE, .a = ready->a, .b = ready->b, .c = ready->c, .word = word, .ready = ready};
    switch ((aici_distribution)draw->distribution) {
    case AICI_DISTRIBUTION_NORMAL: sampler.kind = is_even_bell(draw) ? AICI_SAMPLER_NORMAL : AICI_SAMPLER_QUANTILE; break;
    case AICI_DISTRIBUTION_LOGNORMAL: sampler.kind = is_even_bell(draw) ? AICI_SAMPLER_LOGNORMAL : AICI_SAMPLER_QUANTILE; break;
    case AICI_DISTRIBUTION_UNIFORM: sampler.kind = AICI_SAMPLER_UNIFORM; break;
    case AICI_DISTRIBUTION_LOGUNIFORM: sampler.kind = AICI_SAMPLER_LOGUNIFORM; break;
    case AICI_DISTRIBUTION_TRIANGULAR: sampler.kind = AICI_SAMPLER_TRIANGULAR; break;
    case AICI_DISTRIBUTION_MIXTURE: sampler.kind = AICI_SAMPLER_MIXTURE; break;
    default: break;
    }
    return sampler;
}

aici_distribution_fault aici_samplers_make(const aici_program *program, const double *uniform, aici_arena *arena, const aici_sampler **out,
                                           uint32_t *faulty) {
    aici_sampler *sampler = aici_arena_take_array(arena, program->draw_count, sizeof *sampler);
    aici_ready *ready = aici_arena_take_array(arena, program->draw_count, sizeof *ready);
    uint32_t parameter;
    if (!sampler || !ready)
        return AICI_DISTRIBUTION_NO_MEMORY;
    for (uint32_t i = 0, word = 0; i < program->draw_count; word += program->draw[i++].word_count) {
        aici_distribution_fault fault = aici_distribution_prepare_draw(&program->draw[i], uniform, arena, ready, &ready[i], &parameter);
        if (fault != AICI_DISTRIBUTION_FINE) {
            *faulty = i;
            return fault;
        }
        sampler[i] = sampler_of(&program->draw[i], word, &ready[i]);
    }
    *out = sampler;
    return AICI_DISTRIBUTION_FINE;
}
