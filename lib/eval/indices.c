/* SPDX-License-Identifier: MIT */
/*
 * The passes: base points in chunks, numbered through all replicates, whose sums depend on nothing but the chunk and are added in their
 * order; blocks of a chunk stay in the cache. Each block is drawn and computed in A, drawn in B, then run for each list of the
 * plan, and what the outputs change is summed at once.
 */
#include "base/hash.h"
#include "base/threads.h"
#include "eval/indices_passes.h"
#include "eval/isa.h"
#include "eval/sampling.h"

#include <math.h>

enum {
    CHUNK = 8192,
    FIRST_LOOK = 64,     /* so many points tell where the mean is; no block is shorter */
    CACHE_NUMBERS = 8192 /* 64 KiB, more than the first-level cache: in longer blocks quantiles work out more tails together */
};
#define HALF_B UINT64_C(0x6b8b4567327b23c6) /* the names of B's scrambles differ from those of A by this, before they are mixed */

/** All that threads share. */
typedef struct undertaking {
    const aici_indices_request *request;
    aici_indices_plan plan;
    const aici_sampler *sampler;
    const aici_isa *isa;
    double *shift;
    aici_both *both;
    aici_change *change;
    aici_product *product;
    uint64_t chunk_count, chunks_each;
} undertaking;

/** What one thread works with. */
typedef struct worker {
    const undertaking *job;
    uint64_t first_chunk;
    aici_sobol *a, *b;    /* by word */
    aici_program program; /* with the instructions of the list that runs */
    double *lane;
    double *a_apart, *b_apart; /* by output */
    double *one;               /* by factor, output: what the outputs are when it is exchanged, less the shift; only for the second order */
    double *rest;              /* one column */
    uint64_t *word;
    aici_both_sums *both;
    aici_change_sums *change;
    aici_product_sums *product;
    uint32_t stride, lanes;
    uint64_t first;
} worker;

/* --- one block ------------------------------------------------------------------------------------------------------------------------ */

static void run_list(worker *self, const aici_indices_list *list, const aici_sobol *sobol) {
    const undertaking *job = self->job;
    self->program.each = list->each;
    self->program.each_count = list->count;
    const aici_block block = {.program = &self->program,
                              .uniform = job->request->uniform,
                              .sampler = job->sampler,
                              .sobol = sobol,
                              .first = self->first,
                              .lane = self->lane,
                              .stride = self->stride,
                              .lanes = self->lanes,
                              .word = self->word};
    if (list->count)
        job->isa->run(&block);
}

static const double *column_of(const worker *self, aici_operand lane) { return self->lane + (size_t)lane * self->stride; }

static double *apart_of(const worker *self, double *columns, uint32_t output) { return columns + (size_t)output * self->stride; }

static double *one_of(const worker *self, uint32_t factor, uint32_t output) {
    return apart_of(self, self->one, factor * self->job->request->program->output_count + output);
}

/** An output that is the same in all lanes has no sums: it does not differ from the shift. */
static bool varies(const worker *self, uint32_t output) { return !(self->job->plan.a.output[output] & AICI_OPERAND_UNIFORM); }

static aici_indices_columns columns_of(const worker *self, uint32_t output) {
    return (aici_indices_columns){.shift = self->job->shift[output],
                                  .a = column_of(self, self->job->plan.a.output[output]),
                                  .a_apart = apart_of(self, self->a_apart, output),
                                  .b_apart = apart_of(self, self->b_apart, output),
                                  .lanes = self->lanes};
}

static void take_both(worker *self) {
    const aici_indices_plan *plan = &self->job->plan;
    run_list(self, &plan->a, self->a);
    run_list(self, &plan->own, self->b);
    run_list(self, &plan->b, self->b);
    for (uint32_t output = 0; output < self->program.output_count; output++) {
        if (!varies(self, output)) {
            self->both[output].used += self->lanes;
            continue;
        }
        aici_indices_columns at = columns_of(self, output);
        at.other = column_of(self, plan->b.output[output]);
        self->job->isa->indices->both(&self->both[output], &at);
    }
}

static void take_change(worker *self, uint32_t factor) {
    const aici_indices_list *list = &self->job->plan.one[factor];
    const aici_isa_indices *isa = self->job->isa->indices;
    run_list(self, list, self->b);
    for (uint32_t output = 0; output < self->program.output_count; output++) {
        if (list->output[output] == AICI_NONE)
            continue;
        aici_indices_columns at = columns_of(self, output);
        at.other = column_of(self, list->output[output]);
        isa->change(&self->change[output * self->job->request->factor_count + factor], &at);
        if (self->one)
            isa->apart(at.other, at.shift, self->lanes, one_of(self, factor, output));
    }
}

/** The pairs of one factor that stays as in A with each that is exchanged, where the output depends on both. */
static void take_products(worker *self, uint32_t factor) {
    const aici_indices_plan *plan = &self->job->plan;
    const aici_isa_indices *isa = self->job->isa->indices;
    uint32_t factors = self->job->request->factor_count;
    run_list(self, &plan->rest[factor], self->b);
    for (uint32_t output = 0; output < self->program.output_count; output++) {
        if (plan->one[factor].output[output] == AICI_NONE || plan->rest[factor].output[output] == AICI_NONE)
            continue;
        aici_indices_columns at = columns_of(self, output);
        isa->apart(column_of(self, plan->rest[factor].output[output]), at.shift, self->lanes, self->rest);
        at.rest = self->rest;
        for (uint32_t other = 0; other < factors; other++) {
            if (other == factor || plan->one[other].output[output] == AICI_NONE)
                continue;
            at.other = one_of(self, other, output);
            isa->product(&self->product[((size_t)output * factors + other) * factors + factor], &at);
        }
    }
}

static void take_block(worker *self) {
    uint32_t factors = self->job->request->factor_count;
    take_both(self);
    for (uint32_t i = 0; i < factors; i++)
        take_change(self, i);
    for (uint32_t i = 0; self->one && i < factors; i++)
        take_products(self, i);
}

/* --- one chunk ------------------------------------------------------------------------------------------------------------------------ */

/** A: as ordinary sampling does; B: the dimensions behind all of A's, and names of their own. */
static void begin_words(worker *self, uint32_t replicate) {
    const aici_indices_request *request = self->job->request;
    const aici_program *program = request->program;
    for (uint32_t i = 0; i < program->draw_count; i++) {
        const aici_draw *draw = &program->draw[i];
        for (uint32_t k = 0; k < draw->word_count; k++) {
            uint32_t word = self->job->sampler[i].word + k, dimension = draw->word + k;
            aici_sobol_begin(&self->a[word], dimension, request->seed, draw->stream[k], replicate, true);
            aici_sobol_begin(&self->b[word], program->word_count + dimension, request->seed, aici_hash_mix(draw->stream[k] ^ HALF_B),
                             replicate, true);
        }
    }
}

static void begin_sums(worker *self) {
    size_t outputs = self->program.output_count, factors = self->job->request->factor_count;
    memset(self->both, 0, outputs * sizeof *self->both);
    memset(self->change, 0, outputs * factors * sizeof *self->change);
    if (self->product)
        memset(self->product, 0, outputs * factors * factors * sizeof *self->product);
}

static double sum_of(const double *lanes) { return v_sum(v_load(lanes)); }

static void store_sums(const worker *self, uint64_t chunk) {
    const undertaking *job = self->job;
    size_t outputs = self->program.output_count, factors = job->request->factor_count;
    for (size_t i = 0; i < outputs; i++) {
        const aici_both_sums *of = &self->both[i];
        job->both[chunk * outputs + i] = (aici_both){sum_of(of->a), sum_of(of->a_square), sum_of(of->b), sum_of(of->b_square), of->used};
    }
    for (size_t i = 0; i < outputs * factors; i++) {
        const aici_change_sums *of = &self->change[i];
        job->change[chunk * outputs * factors + i] = (aici_change){sum_of(of->change), sum_of(of->square), sum_of(of->cross), of->used};
    }
    for (size_t i = 0; self->product && i < outputs * factors * factors; i++) {
        const aici_product_sums *of = &self->product[i];
        job->product[chunk * outputs * factors * factors + i] = (aici_product){sum_of(of->apart), sum_of(of->product), of->used};
    }
}

static aic_status run_chunk(worker *self, uint64_t chunk) {
    const undertaking *job = self->job;
    uint64_t begin = chunk % job->chunks_each * CHUNK, left = job->request->points - begin, count = left < CHUNK ? left : CHUNK;
    if (chunk == self->first_chunk || begin == 0)
        begin_words(self, (uint32_t)(chunk / job->chunks_each));
    begin_sums(self);
    for (uint64_t done = 0; done < count; done += self->lanes) {
        self->first = begin + done;
        self->lanes = count - done < self->stride ? (uint32_t)(count - done) : self->stride;
        if (aici_control_is_cancelled(job->request->control))
            return AIC_ERROR_CANCELLED;
        take_block(self);
    }
    store_sums(self, chunk);
    aici_control_add(job->request->control, count);
    return AIC_OK;
}

/* --- threads -------------------------------------------------------------------------------------------------------------------------- */

/** In one arena of the thread's own. */
static bool take_memory(worker *self, aici_arena *arena) {
    const undertaking *job = self->job;
    size_t outputs = job->request->program->output_count, factors = job->request->factor_count,
           words = aici_samplers_words(job->request->program);
    self->program = *job->request->program;
    self->stride = aici_block_stride(job->plan.register_count + outputs + 1, CACHE_NUMBERS);
    self->a = aici_arena_take_array(arena, words, sizeof *self->a);
    self->b = aici_arena_take_array(arena, words, sizeof *self->b);
    self->lane = aici_arena_take_array(arena, (size_t)job->plan.register_count + 1, self->stride * sizeof *self->lane);
    self->a_apart = aici_arena_take_array(arena, outputs, self->stride * sizeof *self->a_apart);
    self->b_apart = aici_arena_take_array(arena, outputs, self->stride * sizeof *self->b_apart);
    self->word = aici_arena_take_array(arena, self->stride, sizeof *self->word);
    self->both = aici_arena_take_array(arena, outputs, sizeof *self->both);
    self->change = aici_arena_take_array(arena, outputs * factors, sizeof *self->change);
    if (job->product) {
        self->one = aici_arena_take_array(arena, factors * outputs, self->stride * sizeof *self->one);
        self->rest = aici_arena_take_array(arena, self->stride, sizeof *self->rest);
        self->product = aici_arena_take_array(arena, outputs * factors * factors, sizeof *self->product);
    }
    return self->a && self->b && self->lane && self->a_apart && self->b_apart && self->word && self->both && self->change &&
           (!job->product || (self->one && self->rest && self->product));
}

static aic_status run_share(const void *shared, const aici_share *share) {
    const undertaking *job = shared;
    worker self = {.job = job, .first_chunk = share->first};
    aici_arena *arena = aici_arena_new(job->request->allocator);
    aic_status status = arena && take_memory(&self, arena) ? AIC_OK : AIC_ERROR_MEMORY;
    for (uint64_t chunk = share->first; chunk < share->end && status == AIC_OK; chunk++)
        status = run_chunk(&self, chunk);
    aici_arena_free(arena);
    return status;
}

static aic_status run_chunks(const undertaking *job) {
    const aici_indices_request *request = job->request;
    aici_control_set(request->control, 0);
    return aici_share_out(request->allocator, job->chunk_count, request->threads, run_share, job);
}

/* --- where the means are -------------------------------------------------------------------------------------------------------------- */

static double mean_of_finite(const double *values, uint32_t count) {
    double sum = 0, finite = 0;
    for (uint32_t i = 0; i < count; i++)
        if (isfinite(values[i])) {
            sum += values[i];
            finite++;
        }
    return finite > 0 && isfinite(sum) ? sum / finite : 0;
}

/** The first points, the same however long blocks are. */
static aic_status look(const undertaking *job) {
    worker self = {.job = job};
    aici_arena *arena = aici_arena_new(job->request->allocator);
    bool able = arena && take_memory(&self, arena);
    if (able) {
        self.lanes = job->request->points < FIRST_LOOK ? (uint32_t)job->request->points : FIRST_LOOK;
        begin_words(&self, 0);
        run_list(&self, &job->plan.a, self.a);
        for (uint32_t i = 0; i < self.program.output_count; i++) {
            aici_operand output = job->plan.a.output[i];
            job->shift[i] = varies(&self, i) ? mean_of_finite(column_of(&self, output), self.lanes)
                                             : job->request->uniform[output & ~AICI_OPERAND_UNIFORM];
        }
    }
    aici_arena_free(arena);
    return able ? AIC_OK : AIC_ERROR_MEMORY;
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

static bool make_room(undertaking *job, aici_arena *arena) {
    size_t outputs = job->request->program->output_count, factors = job->request->factor_count, chunks = (size_t)job->chunk_count;
    job->shift = aici_arena_take_array(arena, outputs, sizeof *job->shift);
    job->both = aici_arena_take_array(arena, chunks, outputs * sizeof *job->both);
    job->change = aici_arena_take_array(arena, chunks, outputs * factors * sizeof *job->change);
    if (job->request->second_order)
        job->product = aici_arena_take_array(arena, chunks * outputs, factors * factors * sizeof *job->product);
    return job->shift && job->both && job->change && (job->product || !job->request->second_order);
}

static aic_status run(undertaking *job, aici_arena *scratch, aici_arena *arena, const aici_output_indices **out) {
    const aici_indices_request *request = job->request;
    aici_output_indices *made = aici_arena_take_array(arena, request->program->output_count, sizeof *made);
    job->chunks_each = (request->points + CHUNK - 1) / CHUNK;
    job->chunk_count = job->chunks_each * request->replicates;
    if (!made || !aici_indices_plan_make(request, scratch, &job->plan) || !make_room(job, scratch))
        return AIC_ERROR_MEMORY;
    aic_status status = look(job);
    if (status == AIC_OK)
        status = run_chunks(job);
    const aici_indices_sums sums = {job->chunk_count, job->chunks_each, job->shift, job->both, job->change, job->product};
    if (status == AIC_OK && !aici_indices_estimate(request, &job->plan, &sums, arena, made))
        status = AIC_ERROR_MEMORY;
    *out = status == AIC_OK ? made : NULL;
    return status;
}

aic_status aici_eval_indices(const aici_indices_request *request, aici_arena *arena, const aici_output_indices **out, uint32_t *faulty) {
    undertaking job = {.request = request, .sampler = request->sampler, .isa = request->isa ? request->isa : aici_isa_best()};
    if (request->program->word_count > AICI_SOBOL_DIMENSIONS / 2)
        return AIC_ERROR_LIMIT;
    aici_arena *scratch = aici_arena_new(request->allocator);
    aic_status status = scratch ? AIC_OK : AIC_ERROR_MEMORY;
    if (status == AIC_OK && !job.sampler)
        status = aici_samplers_make(request->program, request->uniform, scratch, &job.sampler, faulty);
    if (status == AIC_OK)
        status = run(&job, scratch, arena, out);
    aici_arena_free(scratch);
    return status;
}
