/* SPDX-License-Identifier: MIT */
/*
 * Inside sampling: what its files share.
 *
 * The draws come in chunks of up to AICI_STREAM_BLOCK lanes, numbered through all replicates. A chunk's sums depend on nothing but the chunk, and are added in the order
 * of the chunks: the same bits for any number of threads, any order, any part of the chunks (shards), every instruction set.
 */
#ifndef AICI_EVAL_SAMPLING_H
#define AICI_EVAL_SAMPLING_H

#include "eval/eval.h"
#include "eval/isa.h"
#include "eval/statistics.h"

/** Makes what draws are made with: constants of the distributions with the parameters' values in @p uniform. In @p arena. @p faulty receives the draw whose parameters make
 * no distribution. */
aici_distribution_fault aici_samplers_make(const aici_program *program, const double *uniform, aici_arena *arena, const aici_sampler **out,
                                           uint32_t *faulty);

/** What a chunk came to, for one output. */
typedef struct aici_chunk {
    double sum, square; /**< of what differs from the shift */
    uint64_t finite, not_finite, out_of_bounds, kept;
} aici_chunk;

/** How one output is looked at; found from the first draws. */
typedef struct aici_view {
    double shift, kurtosis; /**< fourth moment about the mean by the squared variance */
    double from[AICI_MOST_QUANTILES], to[AICI_MOST_QUANTILES];
} aici_view;

/** Values of one output that were kept by one thread, chunk after chunk. */
typedef struct aici_kept {
    double *value;
    size_t count, capacity;
} aici_kept;

/** All that the passes left of one output. */
typedef struct aici_gathered {
    const aici_sampling *sampling;
    const aici_view *view;
    const aici_chunk *chunk;    /**< chunk_count * output_count, by chunk */
    const uint64_t *below;      /**< by chunk, output, quantile */
    const aici_kept *kept;      /**< by thread, output */
    uint64_t chunk_count;
    uint32_t output;
    double *scratch;            /**< room for all that was kept of this output */
} aici_gathered;

/** The statistics of one output; false where a bracket missed its quantile. */
bool aici_statistics_finish(const aici_gathered *gathered, aici_statistics *out);

/** Chunks are given to threads in runs. */
uint64_t aici_sampling_first_chunk(const aici_sampling *sampling, uint64_t chunk_count, uint32_t thread);
uint64_t aici_sampling_chunks_each(const aici_sampling *sampling);

/** The value of rank @p rank (from 0) among @p count; the array is left partitioned there, and *next receives the value of the next rank (the same one at the end). */
double aici_select(double *values, size_t count, size_t rank, double *next);

/** Shift, kurtosis and brackets from @p count finite values, which are sorted. @p width: in standard errors of a rank; 0: brackets hold everything. */
void aici_view_set(aici_view *view, const aici_sampling *sampling, double *values, size_t count, double width);

#endif
