/* SPDX-License-Identifier: MIT */
/*
 * Elasticities over the draws: chunks of Sobol' points go forwards and backwards, block by block, on as many threads as the caller wants;
 * what a chunk comes to depends on nothing else, and chunks are added in their order.
 */
#include "base/threads.h"
#include "eval/gradient_plan.h"
#include "eval/sampling.h"

#include <math.h>

enum { CACHE_NUMBERS = 4096 /* 32 KiB: the first-level cache */ };

/** What a chunk came to: of an output, in how many draws it has elasticities; of a leaf, the sum. */
typedef struct leaf_sum {
    double sum;
    uint64_t undefined;
} leaf_sum;

/** Everything that the threads share. */
typedef struct run {
    const aici_elasticities_request *request;
    const aici_sampler *sampler;
    const aici_isa *isa;
    const aici_gradient_plan *plan; /**< by output */
    const uint32_t *first_leaf;     /**< by output: its leaves among those of all */
    uint32_t leaf_count, most_slots;
    uint64_t chunk_count, chunks_each;
    uint64_t *used; /**< by chunk, output */
    leaf_sum *leaf; /**< by chunk, leaf */
} run;

typedef struct worker {
    const run *run;
    uint64_t first_chunk;
    aici_sobol *sobol;
    double *lane, *slot, *unit, *constant;
    uint64_t *word;
    aici_gradient_sum *sum; /**< by leaf */
    uint32_t stride;
} worker;

/* --- one chunk ------------------------------------------------------------------------------------------------------------------------ */

static void begin_words(worker *self, uint64_t chunk) {
    const aici_elasticities_request *request = self->run->request;
    if (chunk != self->first_chunk && chunk % self->run->chunks_each)
        return;
    for (uint32_t i = 0; i < request->program->draw_count; i++) {
        const aici_draw *draw = &request->program->draw[i];
        for (uint32_t k = 0; k < draw->word_count; k++)
            aici_sobol_begin(&self->sobol[self->run->sampler[i].word + k], draw->word + k, request->seed, draw->stream[k],
                             (uint32_t)(chunk / self->run->chunks_each), true);
    }
}

static const double *values_of(const worker *self, uint32_t output, uint32_t lanes) {
    const aici_elasticities_request *request = self->run->request;
    aici_operand operand = request->program->output[output];
    if (!(operand & AICI_OPERAND_UNIFORM))
        return self->lane + (size_t)operand * self->stride;
    for (uint32_t i = 0; i < lanes; i++)
        self->constant[i] = request->uniform[operand & ~AICI_OPERAND_UNIFORM];
    return self->constant;
}

static void take_output(const worker *self, const aici_block *block, uint32_t output, uint64_t *used) {
    const run *all = self->run;
    const aici_gradient_plan *plan = &all->plan[output];
    const aici_gradient_block sweep = {block, plan, self->unit, self->slot};
    *used += all->isa->gradient->mark(values_of(self, output, block->lanes), block->lanes, self->unit);
    all->isa->gradient->sweep(&sweep);
    for (uint32_t i = 0; i < plan->leaf_count; i++) {
        const aici_gradient_leaf *leaf = &plan->leaf[i];
        const double *value = leaf->lane == AICI_NONE ? NULL : self->lane + (size_t)leaf->lane * self->stride;
        all->isa->gradient->take(self->slot + (size_t)leaf->slot * self->stride, value, block->lanes,
                                 &self->sum[all->first_leaf[output] + i]);
    }
}

static aic_status run_chunk(worker *self, uint64_t chunk) {
    const run *all = self->run;
    const aici_elasticities_request *request = all->request;
    uint64_t first = chunk % all->chunks_each * AICI_STREAM_BLOCK, rest = request->samples - first,
             lanes = rest < AICI_STREAM_BLOCK ? rest : AICI_STREAM_BLOCK;
    uint32_t outputs = request->program->output_count;
    begin_words(self, chunk);
    for (uint32_t i = 0; i < all->leaf_count; i++)
        self->sum[i] = (aici_gradient_sum){.undefined = 0};
    for (uint64_t done = 0; done < lanes; done += self->stride) {
        const aici_block block = {.program = request->program,
                                  .uniform = request->uniform,
                                  .sampler = all->sampler,
                                  .sobol = self->sobol,
                                  .first = first + done,
                                  .lane = self->lane,
                                  .stride = self->stride,
                                  .lanes = lanes - done < self->stride ? (uint32_t)(lanes - done) : self->stride,
                                  .word = self->word};
        if (aici_control_is_cancelled(request->control))
            return AIC_ERROR_CANCELLED;
        all->isa->run(&block);
        for (uint32_t i = 0; i < outputs; i++)
            take_output(self, &block, i, &all->used[chunk * outputs + i]);
    }
    for (uint32_t i = 0; i < all->leaf_count; i++)
        all->leaf[chunk * all->leaf_count + i] = (leaf_sum){v_sum(v_load(self->sum[i].sum)), self->sum[i].undefined};
    aici_control_add(request->control, lanes);
    return AIC_OK;
}

/* --- threads -------------------------------------------------------------------------------------------------------------------------- */

static bool take_memory(worker *self) {
    const aic_allocator *allocator = self->run->request->allocator;
    const aici_program *program = self->run->request->program;
    size_t registers = (size_t)program->register_count + 1, slots = (size_t)self->run->most_slots + 1;
    self->stride = aici_block_stride(registers + slots + 1, CACHE_NUMBERS);
    self->sobol = aici_memory_take_array(allocator, aici_samplers_words(program), sizeof *self->sobol);
    self->lane = aici_memory_take_array(allocator, registers, self->stride * sizeof *self->lane);
    self->slot = aici_memory_take_array(allocator, slots, self->stride * sizeof *self->slot);
    self->unit = aici_memory_take_array(allocator, self->stride, sizeof *self->unit);
    self->constant = aici_memory_take_array(allocator, self->stride, sizeof *self->constant);
    self->word = aici_memory_take_array(allocator, self->stride, sizeof *self->word);
    self->sum = aici_memory_take_array(allocator, (size_t)self->run->leaf_count + 1, sizeof *self->sum);
    return self->sobol && self->lane && self->slot && self->unit && self->constant && self->word && self->sum;
}

static void release_memory(worker *self) {
    const aic_allocator *allocator = self->run->request->allocator;
    aici_memory_release(allocator, self->sobol);
    aici_memory_release(allocator, self->lane);
    aici_memory_release(allocator, self->slot);
    aici_memory_release(allocator, self->unit);
    aici_memory_release(allocator, self->constant);
    aici_memory_release(allocator, self->word);
    aici_memory_release(allocator, self->sum);
}

static aic_status run_share(const void *job, const aici_share *share) {
    worker self = {.run = job, .first_chunk = share->first};
    aic_status status = take_memory(&self) ? AIC_OK : AIC_ERROR_MEMORY;
    for (uint64_t chunk = share->first; chunk < share->end && status == AIC_OK; chunk++)
        status = run_chunk(&self, chunk);
    release_memory(&self);
    return status;
}

static aic_status run_chunks(const run *all) {
    const aici_elasticities_request *request = all->request;
    aici_control_set(request->control, 0);
    return aici_share_out(request->allocator, all->chunk_count, request->threads, run_share, all);
}

/* --- from sums to means --------------------------------------------------------------------------------------------------------------- */

/** What is worked out for one output over some of the chunks. */
typedef struct finish {
    const run *all;
    uint32_t output;
    aici_adjoint *adjoint; /**< by uniform value */
    double *value;         /**< by factor */
    uint64_t *undefined;   /**< likewise */
    uint64_t used;
} finish;

static double mean_of_leaf(const finish *self, uint32_t leaf, uint64_t first, uint64_t end, uint64_t *undefined) {
    const run *all = self->all;
    double sum = 0;
    *undefined = 0;
    for (uint64_t chunk = first; chunk < end; chunk++) {
        const leaf_sum *at = &all->leaf[chunk * all->leaf_count + all->first_leaf[self->output] + leaf];
        sum += at->sum;
        *undefined += at->undefined;
    }
    return sum / (double)(self->used - *undefined); /* none are left: NaN */
}

static void add_to_factor(finish *self, uint32_t factor, double elasticity, uint64_t undefined) {
    if (factor == AICI_NONE)
        return;
    self->value[factor] += elasticity;
    self->undefined[factor] = undefined > self->undefined[factor] ? undefined : self->undefined[factor];
}

static void begin_finish(finish *self, uint64_t first, uint64_t end) {
    const aici_elasticities_request *request = self->all->request;
    const aici_gradient_plan *plan = &self->all->plan[self->output];
    self->used = 0;
    for (uint64_t chunk = first; chunk < end; chunk++)
        self->used += self->all->used[chunk * request->program->output_count + self->output];
    for (uint32_t i = 0; i < request->factor_count; i++) {
        self->value[i] = self->used ? 0 : (double)NAN;
        self->undefined[i] = 0;
    }
    for (uint32_t i = 0; i < request->program->uniform_count; i++)
        self->adjoint[i] = (aici_adjoint){plan->uniform_e[i], 0};
}

/** Draws end here; uniform values go on backwards through what is computed once. */
static void finish_over(finish *self, uint64_t first, uint64_t end) {
    const aici_elasticities_request *request = self->all->request;
    const aici_program *program = request->program;
    const aici_gradient_plan *plan = &self->all->plan[self->output];
    uint64_t undefined;
    begin_finish(self, first, end);
    for (uint32_t i = 0; i < program->draw_count; i++)
        add_to_factor(self, request->draw_factor[i], plan->draw_e[i], 0);
    for (uint32_t i = 0; i < plan->leaf_count; i++) {
        const aici_gradient_leaf *leaf = &plan->leaf[i];
        double mean = mean_of_leaf(self, i, first, end, &undefined);
        if (leaf->lane == AICI_NONE)
            self->adjoint[leaf->number].g = mean;
        else
            add_to_factor(self, request->draw_factor[leaf->number], mean, undefined);
    }
    aici_gradient_once(program, request->uniform, self->adjoint);
    for (uint32_t i = 0; i < program->setting_count; i++) {
        uint32_t uniform = program->constant_count + i;
        add_to_factor(self, request->setting_factor[i], aici_adjoint_elasticity(self->adjoint[uniform], request->uniform[uniform]), 0);
    }
}

/** Means over all draws; then the replicates one by one, whose differences give the errors. */
static void finish_output(finish *self, double *mean, double *error, uint64_t *undefined, uint64_t *used) {
    const run *all = self->all;
    uint32_t factors = all->request->factor_count, replicates = all->request->replicates;
    finish_over(self, 0, all->chunk_count);
    *used = self->used;
    for (uint32_t k = 0; k < factors; k++) {
        mean[k] = self->value[k];
        undefined[k] = self->undefined[k];
        error[k] = 0;
    }
    for (uint32_t i = 0; i < replicates; i++) {
        finish_over(self, i * all->chunks_each, (i + 1) * all->chunks_each);
        for (uint32_t k = 0; k < factors; k++)
            error[k] += (self->value[k] - mean[k]) * (self->value[k] - mean[k]);
    }
    for (uint32_t k = 0; k < factors; k++)
        error[k] = replicates > 1 ? sqrt(error[k] / ((double)replicates * (replicates - 1.0))) : (double)NAN;
}

static aic_status finish_all(const run *all, aici_arena *arena, aici_elasticities *out) {
    const aici_elasticities_request *request = all->request;
    size_t factors = (size_t)request->factor_count + 1;
    finish self = {.all = all};
    self.adjoint = aici_arena_take_array(arena, (size_t)request->program->uniform_count + 1, sizeof *self.adjoint);
    self.value = aici_arena_take_array(arena, factors, sizeof *self.value);
    self.undefined = aici_arena_take_array(arena, factors, sizeof *self.undefined);
    if (!self.adjoint || !self.value || !self.undefined)
        return AIC_ERROR_MEMORY;
    for (self.output = 0; self.output < request->program->output_count; self.output++) {
        double *mean = aici_arena_take_array(arena, factors, sizeof *mean), *error = aici_arena_take_array(arena, factors, sizeof *error);
        uint64_t *undefined = aici_arena_take_array(arena, factors, sizeof *undefined);
        if (!mean || !error || !undefined)
            return AIC_ERROR_MEMORY;
        aici_elasticities *at = &out[self.output];
        *at = (aici_elasticities){.mean = mean, .error = error, .undefined = undefined};
        finish_output(&self, mean, error, undefined, &at->used);
        at->left_out = request->samples * request->replicates - at->used;
    }
    return AIC_OK;
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

static bool make_plans(run *self, aici_arena *arena) {
    const aici_program *program = self->request->program;
    aici_gradient_plan *plan = aici_arena_take_array(arena, (size_t)program->output_count + 1, sizeof *plan);
    uint32_t *first_leaf = aici_arena_take_array(arena, (size_t)program->output_count + 1, sizeof *first_leaf);
    const bool *active = aici_gradient_active(program, arena);
    if (!plan || !first_leaf || !active)
        return false;
    for (uint32_t i = 0; i < program->output_count; i++) {
        if (!aici_gradient_plan_make(program, self->request->uniform, active, i, arena, &plan[i]))
            return false;
        first_leaf[i] = self->leaf_count;
        self->leaf_count += plan[i].leaf_count;
        self->most_slots = plan[i].slot_count > self->most_slots ? plan[i].slot_count : self->most_slots;
    }
    self->plan = plan;
    self->first_leaf = first_leaf;
    return true;
}

static bool take_sums(run *self, aici_arena *arena) {
    size_t chunks = (size_t)self->chunk_count;
    self->used = aici_arena_take_array(arena, chunks, ((size_t)self->request->program->output_count + 1) * sizeof *self->used);
    self->leaf = aici_arena_take_array(arena, chunks, ((size_t)self->leaf_count + 1) * sizeof *self->leaf);
    return self->used && self->leaf;
}

static aic_status run_with(run *self, aici_arena *scratch, aici_arena *arena, const aici_elasticities **out) {
    aici_elasticities *made = aici_arena_take_array(arena, (size_t)self->request->program->output_count + 1, sizeof *made);
    if (!made || !make_plans(self, scratch) || !take_sums(self, scratch))
        return AIC_ERROR_MEMORY;
    aic_status status = run_chunks(self);
    if (status == AIC_OK)
        status = finish_all(self, arena, made);
    *out = made;
    return status;
}

aic_status aici_eval_elasticities(const aici_elasticities_request *request, aici_arena *arena, const aici_elasticities **out,
                                  uint32_t *faulty) {
    run self = {.request = request, .sampler = request->sampler, .isa = request->isa ? request->isa : aici_isa_best()};
    self.chunks_each = (request->samples + AICI_STREAM_BLOCK - 1) / AICI_STREAM_BLOCK;
    self.chunk_count = self.chunks_each * request->replicates;
    if (request->program->word_count > AICI_SOBOL_DIMENSIONS)
        return AIC_ERROR_LIMIT;
    aici_arena *scratch = aici_arena_new(request->allocator);
    aic_status status = scratch ? AIC_OK : AIC_ERROR_MEMORY;
    if (status == AIC_OK && !self.sampler)
        status = aici_samplers_make(request->program, request->uniform, scratch, &self.sampler, faulty);
    if (status == AIC_OK)
        status = run_with(&self, scratch, arena, out);
    aici_arena_free(scratch);
    return status;
}
