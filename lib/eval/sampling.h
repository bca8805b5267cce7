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
    double *scratch, *room;     /**< room for all that was kept of this output, and for selecting among it */
} aici_gathered;

/** The statistics of one output; false where a bracket missed its quantile. */
bool aici_statistics_finish(const aici_gathered *gathered, aici_statistics *out);

/** Chunks are given to threads in runs. */
uint64_t aici_sampling_first_chunk(const aici_sampling *sampling, uint64_t chunk_count, uint32_t thread);
uint64_t aici_sampling_chunks_each(const aici_sampling *sampling);

/** Some of the values of a larger set: those of the ranks from `below` on. */
typedef struct aici_ordered {
    double *value; /**< finite, in no order */
    size_t count, below;
} aici_ordered;

/** Room that selecting needs for so many values. */
#define AICI_SELECT_ROOM(count) ((count) + (size_t)32 * AICI_LANES)

/** Leaves at most half of the values, in *room, which goes on behind them: those of the ranks from @p first to @p last are among them, as they were before. False, and nothing
 * done, where this does not get on. */
bool aici_select_near(const aici_isa *isa, size_t first, size_t last, double **room, aici_ordered *values);

/** The value of rank @p rank; *next receives that of the next rank (the same one at the end). The values may change their order. */
double aici_select(const aici_isa *isa, aici_ordered values, size_t rank, double *room, double *next);

/** Shift, kurtosis and brackets from @p count finite values, which may change their order. @p width: in standard errors of a rank; 0: brackets hold everything. @p room: for
 * selecting among them. */
void aici_view_set(aici_view *view, const aici_sampling *sampling, double *values, size_t count, double width, double *room);

#endif
