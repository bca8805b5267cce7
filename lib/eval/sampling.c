/* SPDX-License-Identifier: MIT */
/*
 * The passes: first draws to find where sums and brackets lie, then all draws, chunk by chunk, on as many threads as the caller wants; threads are made and joined here.
 * Where a bracket misses its quantile (once in 100 000 times), all is done again with wider ones.
 */
#include "eval/sampling.h"
#include "base/elementary.h"

#include <math.h>
#include <pthread.h>

enum {
    SHORTEST_BLOCK = 64,
    CACHE_NUMBERS = 4096,       /* 32 KiB: the first-level cache */
    KEEP_ALL = 16384,           /* up to so many values in all are kept, without brackets */
    SMALLEST_PILOT = 1024,
    LARGEST_PILOT = 65536
};
static const double FIRST_WIDTH = 4.5; /* of brackets, in standard errors of a rank */

/** What one thread works with. */
typedef struct worker {
    const aici_sampling *sampling;
    const aici_view *view; /**< NULL: the pilot, which only fills columns */
    double *const *column; /**< by output: where values go, or NULL */
    uint64_t first_chunk, end_chunk;
    uint64_t most;  /**< lanes of a replicate that are run */
    aici_chunk *chunk;
    uint64_t *below;
    aici_kept *kept; /**< by output */
    aici_tally *tally;
    aici_stream *stream;
    aici_sobol *sobol;
    double *lane, *constant;
    uint64_t *word;
    uint32_t stride;
    aic_status status;
} worker;

uint64_t aici_sampling_chunks_each(const aici_sampling *sampling) { return (sampling->samples + AICI_STREAM_BLOCK - 1) / AICI_STREAM_BLOCK; }

uint64_t aici_sampling_first_chunk(const aici_sampling *sampling, uint64_t chunk_count, uint32_t thread) {
    return chunk_count / sampling->threads * thread + (thread < chunk_count % sampling->threads ? thread : chunk_count % sampling->threads);
}

/* --- one chunk ------------------------------------------------------------------------------------------------------------------------------ */

static void begin_words(worker *self, uint64_t chunk) {
    const aici_sampling *sampling = self->sampling;
    uint64_t each = aici_sampling_chunks_each(sampling);
    for (uint32_t i = 0; i < sampling->program->draw_count; i++) {
        const aici_draw *draw = &sampling->program->draw[i];
        for (uint32_t k = 0; k < draw->word_count; k++) {
            uint32_t word = sampling->sampler[i].word + k;
            if (!sampling->sobol)
                aici_stream_begin(&self->stream[word], sampling->seed, draw->stream[k], chunk);
            else if (chunk == self->first_chunk || chunk % each == 0)
                aici_sobol_begin(&self->sobol[word], draw->word + k, sampling->seed, draw->stream[k], (uint32_t)(chunk / each), true);
        }
    }
}

static void begin_tally(worker *self, uint32_t output) {
    aici_tally *tally = &self->tally[output];
    const aici_view *view = &self->view[output];
    *tally = (aici_tally){.shift = view->shift, .bracket_count = self->sampling->quantile_count};
    for (uint32_t i = 0; i < tally->bracket_count; i++) {
        tally->from[i] = view->from[i];
        tally->to[i] = view->to[i];
    }
    tally->kept = self->kept[output].value + self->kept[output].count;
    if (self->sampling->bounds) {
        const aici_output_bounds *bounds = &self->sampling->bounds[output];
        tally->low = bounds->low;
        tally->high = bounds->high;
        tally->low_open = bounds->low_open;
        tally->high_open = bounds->high_open;
        tally->has_bounds = isfinite(bounds->low) || isfinite(bounds->high);
    }
}

static bool make_room(const worker *self, aici_kept *kept) {
    size_t needed = kept->count + AICI_STREAM_BLOCK + AICI_LANES, capacity = kept->capacity * 2 > needed ? kept->capacity * 2 : needed;
    if (needed <= kept->capacity)
        return true;
    double *grown = kept->value ? aici_memory_resize(self->sampling->allocator, kept->value, capacity * sizeof *grown)
                                : aici_memory_take_array(self->sampling->allocator, capacity, sizeof *grown);
    if (!grown)
        return false;
    kept->value = grown;
    kept->capacity = capacity;
    return true;
}

static bool begin_chunk(worker *self, uint64_t chunk) {
    begin_words(self, chunk);
    for (uint32_t i = 0; self->view && i < self->sampling->program->output_count; i++) {
        if (!make_room(self, &self->kept[i]))
            return false;
        begin_tally(self, i);
    }
    return true;
}

static void end_chunk(worker *self, uint64_t chunk) {
    uint32_t outputs = self->sampling->program->output_count, quantiles = self->sampling->quantile_count;
    for (uint32_t i = 0; self->view && i < outputs; i++) {
        const aici_tally *tally = &self->tally[i];
        uint64_t at = chunk * outputs + i;
        self->chunk[at] = (aici_chunk){v_sum(v_load(tally->sum)),  v_sum(v_load(tally->square)), tally->finite,
                                       tally->not_finite,          tally->out_of_bounds,         tally->kept_count};
        for (uint32_t k = 0; k < quantiles; k++)
            self->below[at * quantiles + k] = tally->below[k];
        self->kept[i].count += tally->kept_count;
    }
}

static const double *values_of(const worker *self, uint32_t output, uint32_t count) {
    aici_operand operand = self->sampling->program->output[output];
    if (!(operand & AICI_OPERAND_UNIFORM))
        return self->lane + (size_t)operand * self->stride;
    for (uint32_t i = 0; i < count; i++)
        self->constant[i] = self->sampling->uniform[operand & ~AICI_OPERAND_UNIFORM];
    return self->constant;
}

/** @p lane is the first of the block, counted over all replicates. */
static void take_values(worker *self, uint64_t lane, uint32_t count) {
    const aici_program *program = self->sampling->program;
    for (uint32_t i = 0; i < program->output_count; i++) {
        const double *values = values_of(self, i, count);
        if (self->view)
            self->sampling->isa->tally(&self->tally[i], values, count);
        for (uint32_t k = 0; self->column && k < count; k++)
            self->column[i][lane + k] = values[k] / program->output_scale[i];
    }
}

static bool is_cancelled(const aici_sampling *sampling) {
    const aici_control *control = sampling->control;
    return control && control->cancel && __atomic_load_n(control->cancel, __ATOMIC_RELAXED);
}

static void tell_progress(const worker *self, uint64_t lanes) {
    const aici_control *control = self->sampling->control;
    if (self->view && control && control->progress)
        __atomic_fetch_add(control->progress, lanes, __ATOMIC_RELAXED);
}

static aic_status run_chunk(worker *self, uint64_t chunk) {
    uint64_t each = aici_sampling_chunks_each(self->sampling), first = chunk % each * AICI_STREAM_BLOCK;
    uint64_t lanes = self->most - first < AICI_STREAM_BLOCK ? self->most - first : AICI_STREAM_BLOCK;
    if (!begin_chunk(self, chunk))
        return AIC_ERROR_MEMORY;
    for (uint64_t done = 0; done < lanes; done += self->stride) {
        uint32_t count = lanes - done < self->stride ? (uint32_t)(lanes - done) : self->stride;
        const aici_block block = {
            .program = self->sampling->program, .uniform = self->sampling->uniform, .sampler = self->sampling->sampler,
            .stream = self->sampling->sobol ? NULL : self->stream, .sobol = self->sobol, .first = first + done,
            .lane = self->lane, .stride = self->stride, .lanes = (count + 15) / 16 * 16, .word = self->word};
        if (is_cancelled(self->sampling))
            return AIC_ERROR_CANCELLED;
        self->sampling->isa->run(&block);
        take_values(self, chunk / each * self->sampling->samples + first + done, count);
    }
    end_chunk(self, chunk);
    tell_progress(self, lanes);
    return AIC_OK;
}

/* --- threads --------------------------------------------------------------------------------------------------------------------------------- */

static uint32_t stride_for(uint32_t registers) {
    uint32_t stride = CACHE_NUMBERS / (registers + 1) / SHORTEST_BLOCK * SHORTEST_BLOCK;
    return stride < SHORTEST_BLOCK ? SHORTEST_BLOCK : stride > AICI_BLOCK_LONGEST ? AICI_BLOCK_LONGEST : stride;
}

static size_t words_of(const aici_program *program) {
    size_t words = 1;
    for (uint32_t i = 0; i < program->draw_count; i++)
        words += program->draw[i].word_count;
    return words;
}

static bool take_memory(worker *self) {
    const aic_allocator *allocator = self->sampling->allocator;
    const aici_program *program = self->sampling->program;
    size_t words = words_of(program);
    self->stride = stride_for(program->register_count);
    self->lane = aici_memory_take_array(allocator, (size_t)program->register_count + 1, self->stride * sizeof *self->lane);
    self->constant = aici_memory_take_array(allocator, self->stride, sizeof *self->constant);
    self->word = aici_memory_take_array(allocator, self->stride, sizeof *self->word);
    self->stream = aici_memory_take_array(allocator, self->sampling->sobol ? 1 : words, sizeof *self->stream);
    self->sobol = aici_memory_take_array(allocator, self->sampling->sobol ? words : 1, sizeof *self->sobol);
    self->tally = aici_memory_take_array(allocator, (size_t)program->output_count + 1, sizeof *self->tally);
    return self->lane && self->constant && self->word && self->stream && self->sobol && self->tally;
}

static void release_memory(worker *self) {
    const aic_allocator *allocator = self->sampling->allocator;
    aici_memory_release(allocator, self->lane);
    aici_memory_release(allocator, self->constant);
    aici_memory_release(allocator, self->word);
    aici_memory_release(allocator, self->stream);
    aici_memory_release(allocator, self->sobol);
    aici_memory_release(allocator, self->tally);
}

static void *work(void *argument) {
    worker *self = argument;
    self->status = take_memory(self) ? AIC_OK : AIC_ERROR_MEMORY;
    for (uint64_t chunk = self->first_chunk; chunk < self->end_chunk && self->status == AIC_OK; chunk++)
        self->status = run_chunk(self, chunk);
    release_memory(self);
    return NULL;
}

/** The last part, and each for which no thread can be had, is done by the caller's own. */
static aic_status work_together(worker *part, uint32_t count, pthread_t *thread, bool *runs) {
    aic_status status = AIC_OK;
    for (uint32_t i = 0; i < count; i++)
        runs[i] = i + 1 < count && pthread_create(&thread[i], NULL, work, &part[i]) == 0;
    for (uint32_t i = 0; i < count; i++)
        if (!runs[i])
            work(&part[i]);
    for (uint32_t i = 0; i < count; i++)
        if (runs[i])
            pthread_join(thread[i], NULL);
    for (uint32_t i = 0; i < count && status == AIC_OK; i++)
        status = part[i].status;
    return status;
}

/* --- the pilot ------------------------------------------------------------------------------------------------------------------------------- */

static uint64_t pilot_size(const aici_sampling *sampling) {
    double total = (double)sampling->samples * sampling->replicates, size = 1.27 * aici_exp(aici_ln(total) * 2 / 3);
    uint64_t rounded = (uint64_t)size / 64 * 64, most = sampling->samples;
    rounded = rounded < SMALLEST_PILOT ? SMALLEST_PILOT : rounded > LARGEST_PILOT ? LARGEST_PILOT : rounded;
    return rounded < most ? rounded : most;
}

static size_t drop_what_is_not_finite(double *values, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (isfinite(values[i]))
            values[kept++] = values[i];
    return kept;
}

/** Views are of values in coherent units, columns are in those of the outputs. */
static void look(const aici_sampling *sampling, double *const *column, size_t count, double width, double *room, aici_view *view) {
    for (uint32_t i = 0; i < sampling->program->output_count; i++) {
        for (size_t k = 0; k < count; k++)
            column[i][k] *= sampling->program->output_scale[i];
        aici_view_set(&view[i], sampling, column[i], drop_what_is_not_finite(column[i], count), width, room);
    }
}

static aic_status run_pilot(const aici_sampling *sampling, double width, aici_view *view) {
    uint32_t outputs = sampling->program->output_count;
    size_t size = (size_t)pilot_size(sampling);
    double *values = aici_memory_take_array(sampling->allocator, outputs * size + AICI_SELECT_ROOM(size), sizeof *values);
    double **column = aici_memory_take_array(sampling->allocator, (size_t)outputs + 1, sizeof *column);
    aic_status status = AIC_ERROR_MEMORY;
    if (values && column) {
        for (uint32_t i = 0; i < outputs; i++)
            column[i] = values + i * size;
        worker pilot = {.sampling = sampling, .column = column, .most = size, .end_chunk = (size + AICI_STREAM_BLOCK - 1) / AICI_STREAM_BLOCK};
        work(&pilot);
        status = pilot.status;
        if (status == AIC_OK)
            look(sampling, column, size, width, values + outputs * size, view);
    }
    aici_memory_release(sampling->allocator, values);
    aici_memory_release(sampling->allocator, column);
    return status;
}

/* --- the main pass ------------------------------------------------------------------------------------------------------------------------- */

/** Everything that the main pass fills. */
typedef struct gathering {
    const aici_sampling *sampling;
    uint64_t chunk_count;
    aici_view *view;
    aici_chunk *chunk;
    uint64_t *below;
    aici_kept *kept; /**< by thread, output */
    worker *part;
    pthread_t *thread;
    bool *runs;
} gathering;

static bool gathering_begin(gathering *self, const aici_sampling *sampling) {
    const aic_allocator *allocator = sampling->allocator;
    size_t outputs = (size_t)sampling->program->output_count + 1, threads = sampling->threads, quantiles = (size_t)sampling->quantile_count + 1;
    *self = (gathering){.sampling = sampling, .chunk_count = aici_sampling_chunks_each(sampling) * sampling->replicates};
    self->view = aici_memory_take_array(allocator, outputs, sizeof *self->view);
    self->chunk = aici_memory_take_array(allocator, (size_t)self->chunk_count * outputs, sizeof *self->chunk);
    self->below = aici_memory_take_array(allocator, (size_t)self->chunk_count * outputs, quantiles * sizeof *self->below);
    self->kept = aici_memory_take_array(allocator, outputs * threads, sizeof *self->kept);
    self->part = aici_memory_take_array(allocator, threads, sizeof *self->part);
    self->thread = aici_memory_take_array(allocator, threads, sizeof *self->thread);
    self->runs = aici_memory_take_array(allocator, threads, sizeof *self->runs);
    if (self->kept)
        memset(self->kept, 0, outputs * threads * sizeof *self->kept);
    return self->view && self->chunk && self->below && self->kept && self->part && self->thread && self->runs;
}

static void release_kept(gathering *self) {
    size_t count = (size_t)self->sampling->program->output_count * self->sampling->threads;
    for (size_t i = 0; self->kept && i < count; i++) {
        aici_memory_release(self->sampling->allocator, self->kept[i].value);
        self->kept[i] = (aici_kept){0};
    }
}

static void gathering_end(gathering *self) {
    const aic_allocator *allocator = self->sampling->allocator;
    release_kept(self);
    aici_memory_release(allocator, self->view);
    aici_memory_release(allocator, self->chunk);
    aici_memory_release(allocator, self->below);
    aici_memory_release(allocator, self->kept);
    aici_memory_release(allocator, self->part);
    aici_memory_release(allocator, self->thread);
    aici_memory_release(allocator, self->runs);
}

static aic_status run_all(gathering *self) {
    const aici_sampling *sampling = self->sampling;
    for (uint32_t i = 0; i < sampling->threads; i++)
        self->part[i] = (worker){.sampling = sampling, .view = self->view, .column = sampling->draws, .most = sampling->samples,
                                 .first_chunk = aici_sampling_first_chunk(sampling, self->chunk_count, i),
                                 .end_chunk = aici_sampling_first_chunk(sampling, self->chunk_count, i + 1),
                                 .chunk = self->chunk, .below = self->below,
                                 .kept = self->kept + (size_t)i * sampling->program->output_count};
    if (sampling->control && sampling->control->progress)
        __atomic_store_n(sampling->control->progress, 0, __ATOMIC_RELAXED);
    return work_together(self->part, sampling->threads, self->thread, self->runs);
}

static aic_status finish(const gathering *self, aici_statistics *out, bool *missed) {
    uint32_t outputs = self->sampling->program->output_count;
    aic_status status = AIC_OK;
    for (uint32_t i = 0; i < outputs && status == AIC_OK && !*missed; i++) {
        size_t kept = AICI_SELECT_ROOM((size_t)0);
        for (uint32_t k = 0; k < self->sampling->threads; k++)
            kept += self->kept[(size_t)k * outputs + i].count;
        double *scratch = aici_memory_take_array(self->sampling->allocator, kept, 2 * sizeof *scratch);
        const aici_gathered gathered = {self->sampling, self->view, self->chunk, self->below, self->kept, self->chunk_count, i, scratch, scratch + kept};
        status = scratch ? AIC_OK : AIC_ERROR_MEMORY;
        *missed = scratch && !aici_statistics_finish(&gathered, &out[i]);
        aici_memory_release(self->sampling->allocator, scratch);
    }
    return status;
}

static double wider(double width) { return width > 100 ? 0 : width * 2; }

static aic_status run(const aici_sampling *sampling, aici_statistics *out) {
    gathering all;
    bool everything = sampling->samples * sampling->replicates <= KEEP_ALL, missed = true;
    aic_status status = gathering_begin(&all, sampling) ? AIC_OK : AIC_ERROR_MEMORY;
    for (double width = everything ? 0 : FIRST_WIDTH; missed && status == AIC_OK; width = wider(width)) {
        missed = false;
        status = run_pilot(sampling, width, all.view);
        if (status == AIC_OK)
            status = run_all(&all);
        if (status == AIC_OK)
            status = finish(&all, out, &missed);
        release_kept(&all);
    }
    gathering_end(&all);
    return status;
}

aic_status aici_eval_sample(const aici_sampling *sampling, aici_statistics *out, uint32_t *faulty) {
    aici_sampling self = *sampling;
    aici_arena *arena = aici_arena_new(sampling->allocator);
    aici_distribution_fault fault = AICI_DISTRIBUTION_NO_MEMORY;
    aic_status status = AIC_ERROR_MEMORY;
    if (sampling->sobol && sampling->program->word_count > AICI_SOBOL_DIMENSIONS)
        status = AIC_ERROR_LIMIT;
    else if (arena)
        fault = self.sampler ? AICI_DISTRIBUTION_FINE : aici_samplers_make(self.program, self.uniform, arena, &self.sampler, faulty);
    self.isa = self.isa ? self.isa : aici_isa_best();
    if (fault == AICI_DISTRIBUTION_FINE)
        status = run(&self, out);
    else if (fault != AICI_DISTRIBUTION_NO_MEMORY)
        status = AIC_ERROR_DOMAIN;
    aici_arena_free(arena);
    return status;
}
