/* SPDX-License-Identifier: MIT */
/* Chunks of draws are run and taken into sums, counts and kept values, on as many threads as the caller wants. */
#include "base/threads.h"
#include "eval/sampling.h"

#include <math.h>
#include <string.h>

enum { CACHE_NUMBERS = 4096 /* 32 KiB: the first-level cache */ };

/** What one thread works with. */
typedef struct worker {
    const aici_sampling *sampling;
    const aici_view *view; /**< NULL: the first draws, which only fill columns */
    const aici_first *known;
    uint32_t marks;
    double *const *column; /**< by output: where values go, or NULL */
    uint64_t end_chunk;
    uint64_t most;     /**< lanes of a replicate that are run */
    aici_piece *piece; /**< grows as chunks are done */
    aici_tally *tally;
    aici_stream *stream;
    aici_sobol *sobol;
    uint32_t begun; /**< replicates whose Sobol' points were begun, or passed */
    double *lane, *constant;
    uint64_t *word;
    uint32_t stride;
} worker;

uint64_t aici_sampling_chunks_each(const aici_sampling *sampling) {
    return (sampling->samples + AICI_STREAM_BLOCK - 1) / AICI_STREAM_BLOCK;
}

/** Lanes of a chunk, of which the first @p most of each replicate are run. */
static uint32_t lanes_of(const aici_sampling *sampling, uint64_t most, uint64_t chunk) {
    uint64_t first = chunk % aici_sampling_chunks_each(sampling) * AICI_STREAM_BLOCK;
    return most - first < AICI_STREAM_BLOCK ? (uint32_t)(most - first) : (uint32_t)AICI_STREAM_BLOCK;
}

/* --- one chunk ------------------------------------------------------------------------------------------------------------------------ */

static void begin_words(worker *self, uint64_t chunk) {
    const aici_sampling *sampling = self->sampling;
    const uint32_t replicate = (uint32_t)(chunk / aici_sampling_chunks_each(sampling));
    for (uint32_t i = 0; i < sampling->program->draw_count; i++) {
        const aici_draw *draw = &sampling->program->draw[i];
        for (uint32_t k = 0; k < draw->word_count; k++) {
            uint32_t word = sampling->sampler[i].word + k;
            if (!sampling->sobol)
                aici_stream_begin(&self->stream[word], sampling->seed, draw->stream[k], chunk);
            else if (self->begun <= replicate)
                aici_sobol_begin(&self->sobol[word], draw->word + k, sampling->seed, draw->stream[k], replicate, true);
        }
    }
    self->begun = replicate + 1;
}

static void begin_tally(worker *self, uint32_t output) {
    aici_tally *tally = &self->tally[output];
    const aici_view *view = &self->view[output];
    *tally = (aici_tally){.shift = view->shift, .bracket_count = view->mark_count};
    for (uint32_t i = 0; i < tally->bracket_count; i++) {
        tally->from[i] = view->from[i];
        tally->to[i] = view->to[i];
    }
    tally->kept = self->piece->kept[output].value + self->piece->kept[output].count;
    if (self->sampling->bounds) {
        const aici_output_bounds *bounds = &self->sampling->bounds[output];
        tally->low = bounds->low;
        tally->high = bounds->high;
        tally->low_open = bounds->low_open;
        tally->high_open = bounds->high_open;
        tally->has_bounds = isfinite(bounds->low) || isfinite(bounds->high);
    }
}

static bool make_room(const worker *self, uint64_t chunk, aici_kept *kept) {
    size_t needed = kept->count + lanes_of(self->sampling, self->most, chunk) + AICI_LANES, more = kept->capacity + kept->capacity / 4;
    if (needed <= kept->capacity)
        return true;
    size_t capacity = more > needed ? more : needed;
    double *grown = aici_memory_resize(self->sampling->allocator, kept->borrowed ? NULL : kept->value, capacity * sizeof *grown);
    if (!grown)
        return false;
    if (kept->borrowed && kept->count)
        memcpy(grown, kept->value, kept->count * sizeof *grown);
    *kept = (aici_kept){grown, kept->count, capacity, false};
    return true;
}

static bool begin_tallies(worker *self, uint64_t chunk) {
    for (uint32_t i = 0; self->view && i < self->sampling->program->output_count; i++) {
        if (!make_room(self, chunk, &self->piece->kept[i]))
            return false;
        begin_tally(self, i);
    }
    return true;
}

static void end_chunk(worker *self) {
    aici_piece *piece = self->piece;
    uint32_t outputs = self->sampling->program->output_count;
    for (uint32_t i = 0; self->view && i < outputs; i++) {
        const aici_tally *tally = &self->tally[i];
        uint64_t at = (piece->end - piece->first) * outputs + i;
        piece->chunk[at] = (aici_chunk){v_sum(v_load(tally->sum)),   v_sum(v_load(tally->square)),   (uint16_t)tally->finite,
                                        (uint16_t)tally->not_finite, (uint16_t)tally->out_of_bounds, (uint16_t)tally->kept_count};
        for (uint32_t k = 0; k < tally->bracket_count; k++)
            piece->below[at * self->marks + k] = (uint16_t)tally->below[k];
        piece->kept[i].count += tally->kept_count;
    }
    piece->end++;
}

static const double *values_of(const worker *self, uint32_t output, uint32_t count) {
    aici_operand operand = self->sampling->program->output[output];
    if (!(operand & AICI_OPERAND_UNIFORM))
        return self->lane + (size_t)operand * self->stride;
    for (uint32_t i = 0; i < count; i++)
        self->constant[i] = self->sampling->uniform[operand & ~AICI_OPERAND_UNIFORM];
    return self->constant;
}

static void copy_divided(const double *values, uint32_t count, double scale, double *to) {
    if (scale == 1)
        memcpy(to, values, count * sizeof *to);
    for (uint32_t i = 0; scale != 1 && i < count; i++)
        to[i] = values[i] / scale;
}

/** @p lane: of the first value, counted over all replicates. Draws that are kept for the caller are in the unit of the output. */
static void take_values(worker *self, uint32_t output, const double *values, uint64_t lane, uint32_t count) {
    if (self->view)
        self->sampling->isa->tally(&self->tally[output], values, count);
    if (self->column)
        copy_divided(values, count, self->view ? self->sampling->program->output_scale[output] : 1, self->column[output] + lane);
}

/** For the lanes of a block and of @p more. It is not cleared: all is written before it is read. */
static void *take_block(const worker *self, uint32_t more, size_t bytes) {
    size_t lanes = self->stride * bytes;
    return more < SIZE_MAX / lanes ? aici_memory_take(self->sampling->allocator, ((size_t)more + 1) * lanes) : NULL;
}

/** What drawing needs, once it begins. */
static bool take_lanes(worker *self) {
    const aic_allocator *allocator = self->sampling->allocator;
    const aici_program *program = self->sampling->program;
    size_t words = aici_samplers_words(program);
    self->stride = aici_block_stride((size_t)program->register_count + 1, CACHE_NUMBERS);
    self->lane = take_block(self, program->register_count, sizeof *self->lane);
    self->constant = take_block(self, 0, sizeof *self->constant);
    self->word = take_block(self, 0, sizeof *self->word);
    self->stream = aici_memory_take_array(allocator, self->sampling->sobol ? 1 : words, sizeof *self->stream);
    self->sobol = aici_memory_take_array(allocator, self->sampling->sobol ? words : 1, sizeof *self->sobol);
    return self->lane && self->constant && self->word && self->stream && self->sobol;
}

/** Lanes from @p first of the chunk's replicate on. */
static void run_block(worker *self, uint64_t chunk, uint64_t first, uint32_t count) {
    const aici_sampling *sampling = self->sampling;
    const aici_block block = {.program = sampling->program,
                              .uniform = sampling->uniform,
                              .sampler = sampling->sampler,
                              .stream = sampling->sobol ? NULL : self->stream,
                              .sobol = self->sobol,
                              .first = first,
                              .lane = self->lane,
                              .stride = self->stride,
                              .lanes = (count + 15) / 16 * 16,
                              .word = self->word};
    sampling->isa->run(&block);
    for (uint32_t i = 0; i < sampling->program->output_count; i++)
        take_values(self, i, values_of(self, i, count), chunk / aici_sampling_chunks_each(sampling) * sampling->samples + first, count);
}

static aic_status draw_chunk(worker *self, uint64_t chunk, uint64_t lanes) {
    uint64_t first = chunk % aici_sampling_chunks_each(self->sampling) * AICI_STREAM_BLOCK;
    if (!self->lane && !take_lanes(self))
        return AIC_ERROR_MEMORY;
    begin_words(self, chunk);
    for (uint64_t done = 0; done < lanes; done += self->stride) {
        if (aici_control_is_cancelled(self->sampling->control))
            return AIC_ERROR_CANCELLED;
        run_block(self, chunk, first + done, lanes - done < self->stride ? (uint32_t)(lanes - done) : self->stride);
    }
    return AIC_OK;
}

/** Only the first chunk may be known: the first draws come from no more than that where they are passed on. */
static aic_status run_chunk(worker *self, uint64_t chunk) {
    uint64_t lanes = lanes_of(self->sampling, self->most, chunk);
    bool is_known = self->known && chunk == 0 && self->known->count >= lanes;
    if (!begin_tallies(self, chunk))
        return AIC_ERROR_MEMORY;
    for (uint32_t i = 0; is_known && i < self->sampling->program->output_count; i++)
        take_values(self, i, self->known->column[i], 0, (uint32_t)lanes);
    aic_status status = is_known ? AIC_OK : draw_chunk(self, chunk, lanes);
    if (status != AIC_OK)
        return status;
    end_chunk(self);
    if (self->view)
        aici_control_add(self->sampling->control, lanes);
    return AIC_OK;
}

/* --- one thread ----------------------------------------------------------------------------------------------------------------------- */

static void release_memory(worker *self) {
    const aic_allocator *allocator = self->sampling->allocator;
    aici_memory_release(allocator, self->lane);
    aici_memory_release(allocator, self->constant);
    aici_memory_release(allocator, self->word);
    aici_memory_release(allocator, self->stream);
    aici_memory_release(allocator, self->sobol);
    aici_memory_release(allocator, self->tally);
}

static aic_status work(worker *self) {
    aic_status status = AIC_OK;
    self->tally = aici_memory_take_array(self->sampling->allocator, (size_t)self->sampling->program->output_count + 1, sizeof *self->tally);
    if (!self->tally)
        status = AIC_ERROR_MEMORY;
    while (self->piece->end < self->end_chunk && status == AIC_OK)
        status = run_chunk(self, self->piece->end);
    release_memory(self);
    return status;
}

/* --- the first draws ------------------------------------------------------------------------------------------------------------------ */

aic_status aici_sampling_draw(const aici_sampling *sampling, uint64_t count, double *const *column) {
    aici_piece piece = {0};
    worker first = {.sampling = sampling,
                    .column = column,
                    .most = count,
                    .piece = &piece,
                    .end_chunk = (count + AICI_STREAM_BLOCK - 1) / AICI_STREAM_BLOCK};
    return work(&first);
}

/* --- all draws ------------------------------------------------------------------------------------------------------------------------ */

/** Values that a piece will keep, a little more than expected, but no more than it has; more room is made where that is not enough. */
static bool expect_kept(const aici_sampling *sampling, const aici_gathered *gathered, uint64_t chunks, size_t *kept) {
    const size_t longest = sampling->samples < AICI_STREAM_BLOCK ? (size_t)sampling->samples : AICI_STREAM_BLOCK;
    double lanes = (double)chunks * (double)longest;
    bool any = sampling->quantile_count > 0 && chunks > 0;
    for (uint32_t i = 0; any && i < gathered->output_count; i++) {
        size_t expected = (size_t)(lanes * gathered->view[i].share * 1.02) + 2 * longest, most = (size_t)lanes + AICI_LANES;
        kept[i] = expected < most ? expected : most;
    }
    return any;
}

/** What threads share: a piece a share. */
typedef struct pass {
    const aici_sampling *sampling;
    const aici_first *known;
    aici_gathered *gathered;
    uint64_t first, chunks;
} pass;

static bool add_pieces(const pass *all) {
    const aici_sampling *sampling = all->sampling;
    uint32_t count = aici_share_count(all->chunks, sampling->threads);
    size_t *kept = aici_memory_take_array(sampling->allocator, (size_t)all->gathered->output_count + 1, sizeof *kept);
    bool made = kept;
    for (uint32_t i = 0; made && i < count; i++) {
        aici_share share = aici_share_at(all->chunks, count, i);
        bool any = expect_kept(sampling, all->gathered, share.end - share.first, kept);
        made = aici_gathered_add(all->gathered, all->first + share.first, all->first + share.end, any ? kept : NULL);
    }
    aici_memory_release(sampling->allocator, kept);
    return made;
}

static aic_status run_share(const void *job, const aici_share *share) {
    const pass *all = job;
    worker self = {.sampling = all->sampling,
                   .known = all->known,
                   .view = all->gathered->view,
                   .marks = all->gathered->marks,
                   .column = all->sampling->draws,
                   .most = all->sampling->samples,
                   .piece = &all->gathered->piece[share->number],
                   .end_chunk = all->first + share->end};
    return work(&self);
}

aic_status aici_sampling_pass(const aici_sampling *sampling, uint64_t first, uint64_t end, const aici_first *known,
                              aici_gathered *gathered) {
    const pass all = {sampling, known, gathered, first, end - first};
    if (!add_pieces(&all))
        return AIC_ERROR_MEMORY;
    aici_control_set(sampling->control, 0);
    return aici_share_out(sampling->allocator, all.chunks, sampling->threads, run_share, &all);
}
