/* SPDX-License-Identifier: MIT */
/*
 * What is done to sample: the first draws tell where sums and brackets lie, then all draws are run. Where a bracket misses its quantile (once in 100 000 times), all is done again
 * with wider ones. Draws that are gathered in several places have wider brackets from the start, since nothing can be done again when they come together.
 */
#include "eval/sampling.h"
#include "base/elementary.h"

#include <math.h>
#include <string.h>

enum {
    KEEP_ALL = 16384, /* up to so many values in all are kept, without brackets */
    SMALLEST_PILOT = 1024,
    LARGEST_PILOT = 65536
};
/** Widths of brackets, in standard errors of a rank. */
static const double FIRST_WIDTH = 4.5, WIDTH_OF_PARTS = 6.5;

/* --- the first draws ------------------------------------------------------------------------------------------------------------------------- */

static uint64_t pilot_size(const aici_sampling *sampling) {
    double total = (double)sampling->samples * sampling->replicates, size = 1.27 * aici_exp(aici_ln(total) * 2 / 3);
    uint64_t rounded = (uint64_t)size / 64 * 64, most = sampling->samples;
    rounded = rounded < SMALLEST_PILOT ? SMALLEST_PILOT : rounded > LARGEST_PILOT ? LARGEST_PILOT : rounded;
    return rounded < most ? rounded : most;
}

static size_t drop_what_is_not_finite(double *values, size_t count) {
    size_t kept = 0;
    while (kept < count && isfinite(values[kept]))
        kept++;
    for (size_t i = kept; i < count; i++)
        if (isfinite(values[i]))
            values[kept++] = values[i];
    return kept;
}

aic_status aici_sampling_look(const aici_sampling *sampling, double width, aici_view *view) {
    uint32_t outputs = sampling->program->output_count;
    size_t size = (size_t)pilot_size(sampling);
    double *values = aici_memory_take(sampling->allocator, (outputs * size + AICI_SELECT_ROOM(size)) * sizeof *values);
    double **column = aici_memory_take_array(sampling->allocator, (size_t)outputs + 1, sizeof *column);
    aic_status status = AIC_ERROR_MEMORY;
    if (values && column) {
        for (uint32_t i = 0; i < outputs; i++)
            column[i] = values + i * size;
        status = aici_sampling_draw(sampling, size, column);
        for (uint32_t i = 0; i < outputs && status == AIC_OK; i++) {
            aici_view_set(&view[i], sampling, column[i], drop_what_is_not_finite(column[i], size), width, values + outputs * size);
            status = aici_control_is_cancelled(sampling->control) ? AIC_ERROR_CANCELLED : AIC_OK;
        }
    }
    aici_memory_release(sampling->allocator, values);
    aici_memory_release(sampling->allocator, column);
    return status;
}

static bool keeps_everything(const aici_sampling *sampling) { return sampling->samples * sampling->replicates <= KEEP_ALL; }

/* --- getting ready ----------------------------------------------------------------------------------------------------------------------------- */

/** Makes @p self ready; what is made lives in *arena, which the caller frees in any case. */
static aic_status prepare(aici_sampling *self, aici_arena **arena, uint32_t *faulty) {
    *arena = NULL;
    if (self->sobol && self->program->word_count > AICI_SOBOL_DIMENSIONS)
        return AIC_ERROR_LIMIT;
    self->isa = self->isa ? self->isa : aici_isa_best();
    *arena = aici_arena_new(self->allocator);
    if (!*arena)
        return AIC_ERROR_MEMORY;
    return self->sampler ? AIC_OK : aici_samplers_make(self->program, self->uniform, *arena, &self->sampler, faulty);
}

static aici_gathered *gathered_for(const aici_sampling *sampling) {
    return aici_gathered_new(sampling->allocator, sampling->program->output_count, sampling->quantile_count);
}

static aic_status gather(const aici_sampling *sampling, double width, uint64_t first, uint64_t end, aici_gathered *gathered) {
    aici_gathered_clear(gathered);
    aic_status status = aici_sampling_look(sampling, width, gathered->view);
    if (status != AIC_OK)
        return status;
    aici_gathered_set_marks(gathered);
    return aici_sampling_pass(sampling, first, end, gathered);
}

/* --- all in one place --------------------------------------------------------------------------------------------------------------------------- */

static double wider(double width) { return width > 100 ? 0 : width * 2; }

static aic_status run(const aici_sampling *sampling, aici_statistics *out) {
    aici_gathered *all = gathered_for(sampling);
    double width = keeps_everything(sampling) ? 0 : FIRST_WIDTH;
    bool missed = true;
    aic_status status = all ? AIC_OK : AIC_ERROR_MEMORY;
    while (missed && status == AIC_OK) {
        bool everything = width == 0;
        status = gather(sampling, width, 0, aici_eval_chunk_count(sampling->samples, sampling->replicates), all);
        if (status == AIC_OK)
            status = aici_statistics_finish(sampling, all, out, &missed);
        if (status == AIC_OK && missed && everything)
            status = AIC_ERROR_INTERNAL;
        width = wider(width);
    }
    aici_gathered_free(all);
    return status;
}

aic_status aici_eval_sample(const aici_sampling *sampling, aici_statistics *out, uint32_t *faulty) {
    aici_sampling self = *sampling;
    aici_arena *arena;
    aic_status status = prepare(&self, &arena, faulty);
    if (status == AIC_OK)
        status = run(&self, out);
    aici_arena_free(arena);
    return status;
}

/* --- in several places ------------------------------------------------------------------------------------------------------------------------- */

static double width_of_parts(const aici_sampling *sampling) { return keeps_everything(sampling) ? 0 : WIDTH_OF_PARTS; }

aic_status aici_eval_gather(const aici_sampling *sampling, uint64_t first, uint64_t end, aici_gathered **out, uint32_t *faulty) {
    aici_sampling self = *sampling;
    aici_arena *arena;
    aic_status status = prepare(&self, &arena, faulty);
    aici_gathered *gathered = status == AIC_OK ? gathered_for(&self) : NULL;
    *out = NULL;
    if (status == AIC_OK)
        status = gathered ? gather(&self, width_of_parts(&self), first, end, gathered) : AIC_ERROR_MEMORY;
    if (status == AIC_OK || (status == AIC_ERROR_CANCELLED && aici_gathered_draws(gathered, self.samples, self.replicates) > 0))
        *out = gathered;
    else
        aici_gathered_free(gathered);
    aici_arena_free(arena);
    return status;
}

/** The first draws, drawn again, tell whether what was gathered is of this program, drawn by this library. */
static aic_status check_views(const aici_sampling *sampling, const aici_gathered *gathered, bool *same) {
    aici_gathered *again = gathered_for(sampling);
    *same = false;
    if (!again)
        return AIC_ERROR_MEMORY;
    aic_status status = AIC_OK;
    if (gathered->output_count == again->output_count && gathered->quantile_count == again->quantile_count) {
        status = aici_sampling_look(sampling, width_of_parts(sampling), again->view);
        *same = status == AIC_OK && aici_gathered_same_views(gathered, again);
    }
    aici_gathered_free(again);
    return status;
}

aic_status aici_gathered_finish(const aici_gathered *gathered, const aici_sampling *sampling, aici_statistics *out, aici_gathered_fault *fault,
                                uint32_t *faulty) {
    aici_sampling self = *sampling;
    aici_arena *arena;
    bool same = false, missed = false;
    aic_status status = prepare(&self, &arena, faulty);
    *fault = AICI_GATHERED_FINE;
    if (status == AIC_OK)
        status = check_views(&self, gathered, &same);
    if (status == AIC_OK && same)
        status = aici_statistics_finish(&self, gathered, out, &missed);
    if (status == AIC_OK)
        *fault = !same ? AICI_GATHERED_OTHER : missed ? AICI_GATHERED_MISSED : AICI_GATHERED_FINE;
    aici_arena_free(arena);
    return status;
}
