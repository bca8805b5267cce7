/* SPDX-License-Identifier: MIT */
/*
 * What is done to sample: the first draws tell where sums and brackets lie, then all draws are run. Where a bracket misses its quantile
 * (once in 100 000 times), all is done again with wider ones. Draws that are gathered in several places have wider brackets from the start,
 * since nothing can be done again when they come together.
 */
#include "eval/sampling.h"
#include "base/elementary.h"

#include <math.h>
#include <string.h>

/* Up to KEEP_ALL values in all are kept, without brackets; those of the first replicate are then one chunk, and drawn once. */
enum { KEEP_ALL = 1024, SMALLEST_PILOT = 1024, LARGEST_PILOT = 65536 };
/** Widths of brackets, in standard errors of a rank among random draws; ranks of Sobol' points stray less. */
static const double FIRST_WIDTH = 4.5, FIRST_WIDTH_OF_SOBOL = 3.2, WIDTH_OF_PARTS = 6.5;

/* --- the first draws ------------------------------------------------------------------------------------------------------------------ */

/** @p width: as look() has it. */
static uint64_t pilot_size(const aici_sampling *sampling, double width) {
    double total = (double)sampling->samples * sampling->replicates, size = 1.27 * aici_exp(aici_ln(total) * 2 / 3);
    uint64_t rounded = (uint64_t)size / 64 * 64, most = sampling->samples;
    if (width == 0)
        return most < AICI_STREAM_BLOCK ? most : AICI_STREAM_BLOCK;
    rounded = rounded < SMALLEST_PILOT ? SMALLEST_PILOT : rounded > LARGEST_PILOT ? LARGEST_PILOT : rounded;
    return rounded < most ? rounded : most;
}

/** The finite ones of the values, in their order: how many. */
static size_t copy_finite(const double *values, size_t count, double *to) {
    size_t copied = 0;
    if (aici_eval_all_finite(values, count)) {
        memcpy(to, values, count * sizeof *to);
        return count;
    }
    for (size_t i = 0; i < count; i++)
        if (isfinite(values[i]))
            to[copied++] = values[i];
    return copied;
}

static bool make_columns(const aici_sampling *sampling, uint64_t size, aici_first *first) {
    uint32_t outputs = sampling->program->output_count;
    first->count = size;
    first->column = aici_memory_take_array(sampling->allocator, (size_t)outputs + 1, sizeof *first->column);
    double *values = first->column ? aici_memory_take(sampling->allocator, outputs * size * sizeof *values) : NULL;
    if (!values)
        return false;
    first->column[0] = values; /* released by, even where there is no output */
    for (uint32_t i = 1; i < outputs; i++)
        first->column[i] = values + i * size;
    return true;
}

static void release_first(const aici_sampling *sampling, aici_first *first) {
    if (first->column)
        aici_memory_release(sampling->allocator, first->column[0]);
    aici_memory_release(sampling->allocator, first->column);
    *first = (aici_first){0};
}

/** Draws the first lanes and fills the views of all outputs. @p width of brackets: in standard errors of a rank; 0: they hold everything.
 * *first, which receives the lanes, is released by release_first(), after an error too. */
static aic_status look(const aici_sampling *sampling, double width, aici_view *view, aici_first *first) {
    uint32_t outputs = sampling->program->output_count;
    size_t size = (size_t)pilot_size(sampling, width);
    double *room = aici_memory_take(sampling->allocator, (size + (width == 0 ? 0 : AICI_SELECT_ROOM(size))) * sizeof *room);
    aic_status status = make_columns(sampling, size, first) && room ? AIC_OK : AIC_ERROR_MEMORY;
    if (status == AIC_OK)
        status = aici_sampling_draw(sampling, size, first->column);
    for (uint32_t i = 0; i < outputs && status == AIC_OK; i++) {
        size_t finite = copy_finite(first->column[i], size, room);
        aici_view_set(&view[i], sampling, room, finite, width, room + size);
        status = aici_control_is_cancelled(sampling->control) ? AIC_ERROR_CANCELLED : AIC_OK;
    }
    aici_memory_release(sampling->allocator, room);
    return status;
}

static bool keeps_everything(const aici_sampling *sampling) { return sampling->samples * sampling->replicates <= KEEP_ALL; }

/* --- getting ready -------------------------------------------------------------------------------------------------------------------- */

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
    aici_first known = {0};
    aici_gathered_clear(gathered);
    aic_status status = look(sampling, width, gathered->view, &known);
    if (width != 0) /* many draws: these columns would be in the way */
        release_first(sampling, &known);
    if (status == AIC_OK) {
        aici_gathered_set_marks(gathered);
        status = aici_sampling_pass(sampling, first, end, &known, gathered);
    }
    release_first(sampling, &known);
    return status;
}

/* --- all in one place ----------------------------------------------------------------------------------------------------------------- */

static double wider(double width) { return width > 100 ? 0 : width * 2; }

static aic_status run(const aici_sampling *sampling, aici_statistics *out) {
    aici_gathered *all = gathered_for(sampling);
    double width = keeps_everything(sampling) ? 0 : sampling->sobol ? FIRST_WIDTH_OF_SOBOL : FIRST_WIDTH;
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

/* --- in several places ---------------------------------------------------------------------------------------------------------------- */

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
    aici_first first = {0};
    if (gathered->output_count == again->output_count && gathered->quantile_count == again->quantile_count) {
        status = look(sampling, width_of_parts(sampling), again->view, &first);
        *same = status == AIC_OK && aici_gathered_same_views(gathered, again);
    }
    release_first(sampling, &first);
    aici_gathered_free(again);
    return status;
}

aic_status aici_gathered_finish(const aici_gathered *gathered, const aici_sampling *sampling, aici_statistics *out,
                                aici_gathered_fault *fault, uint32_t *faulty) {
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
