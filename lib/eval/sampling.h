/* SPDX-License-Identifier: MIT */
/*
 * Inside sampling: what its files share.
 *
 * The draws come in chunks of up to AICI_STREAM_BLOCK lanes, numbered through all replicates. A chunk's sums depend on nothing but the
 * chunk, and are added in the order of the chunks: the same bits for any number of threads, any order, any part of the chunks (shards),
 * every instruction set.
 */
#ifndef AICI_EVAL_SAMPLING_H
#define AICI_EVAL_SAMPLING_H

#include "eval/eval.h"
#include "eval/isa.h"
#include "eval/statistics.h"

/** Makes what draws are made with: constants of the distributions with the parameters' values in @p uniform. In @p arena. Errors: MEMORY;
 * DOMAIN: the parameters of draw @p *faulty make no distribution. */
aic_status aici_samplers_make(const aici_program *program, const double *uniform, aici_arena *arena, const aici_sampler **out,
                              uint32_t *faulty);

/** How many words the samplers number, and one more: each has an aici_stream or aici_sobol. */
size_t aici_samplers_words(const aici_program *program);

/** What a chunk came to, for one output. */
typedef struct aici_chunk {
    double sum, square; /**< of what differs from the shift */
    uint16_t finite, not_finite, out_of_bounds, kept;
} aici_chunk;

/**
 * How one output is looked at; found from the first draws. A mark counts the values under `from` and keeps those in [from, to). Each
 * quantile has one, its bracket. Where a value repeats itself at an end of a bracket (a discrete distribution, `min(x, limit)`), that value
 * is not kept, since it may be there any number of times: a further mark, which keeps nothing, tells how often it occurs.
 */
typedef struct aici_view {
    double shift, kurtosis; /**< fourth moment about the mean by the squared variance */
    double share;           /**< of the first draws: what was inside the brackets, or a little more */
    uint32_t mark_count;
    uint8_t low[AICI_MOST_QUANTILES];  /**< the mark under the value that repeats at the lower end of a bracket, or 0 */
    uint8_t high[AICI_MOST_QUANTILES]; /**< the mark above the one that repeats at the upper end, which is the bracket's `to`; or 0 */
    double from[AICI_MOST_MARKS], to[AICI_MOST_MARKS];
} aici_view;

/** Values of one output that were kept, chunk after chunk. */
typedef struct aici_kept {
    double *value;
    size_t count, capacity;
    bool borrowed; /**< they stand in the room of the piece, or in the bytes of a part */
} aici_kept;

/** What the chunks from `first` to before `end` came to. */
typedef struct aici_piece {
    uint64_t first, end;
    aici_chunk *chunk; /**< by chunk, output */
    uint16_t *below;   /**< by chunk, output, mark */
    aici_kept *kept;   /**< by output */
    double *room;      /**< for what is kept, by output, as long as it is enough: one block is quicker had and given back than many */
} aici_piece;

struct aici_gathered {
    const aic_allocator *allocator;
    uint32_t output_count, quantile_count, marks; /**< marks: the most that an output has */
    aici_view *view;                              /**< by output */
    aici_piece *piece;                            /**< ascending, apart */
    size_t piece_count, piece_capacity;
};

/** With views that are still to be found; NULL when there is no memory. */
aici_gathered *aici_gathered_new(const aic_allocator *allocator, uint32_t outputs, uint32_t quantiles);
/** Adds a piece without chunks, with room for those up to @p end and for @p kept values of each output (NULL: none yet); NULL when there is
 * no memory. */
aici_piece *aici_gathered_add(aici_gathered *gathered, uint64_t first, uint64_t end, const size_t *kept);
/** Whether all outputs are looked at in the same way, to the last bit. */
bool aici_gathered_same_views(const aici_gathered *a, const aici_gathered *b);
/** Gives the pieces back. */
void aici_gathered_clear(aici_gathered *gathered);
/** Knows how many marks there are, from the views. */
void aici_gathered_set_marks(aici_gathered *gathered);

uint64_t aici_sampling_chunks_each(const aici_sampling *sampling);

/** The first lanes of the first replicate. */
typedef struct aici_first {
    uint64_t count;
    double **column; /**< by output, in coherent units */
} aici_first;

/** Draws the first @p count lanes of the first replicate into columns, in coherent units. */
aic_status aici_sampling_draw(const aici_sampling *sampling, uint64_t count, double *const *column);

/** Runs the chunks from @p first to before @p end, a piece a thread, but takes one that is @p known as it is; @p gathered has views and no
 * pieces. When it was cancelled the pieces hold the chunks that were done. */
aic_status aici_sampling_pass(const aici_sampling *sampling, uint64_t first, uint64_t end, const aici_first *known,
                              aici_gathered *gathered);

/** The statistics of all outputs; *missed where a bracket does not hold its quantile. Errors: MEMORY. */
aic_status aici_statistics_finish(const aici_sampling *sampling, const aici_gathered *gathered, aici_statistics *out, bool *missed);

/** Some of the values of a larger set: those of the ranks from `below` on. */
typedef struct aici_ordered {
    double *value; /**< finite, in no order */
    size_t count, below;
} aici_ordered;

/** How many of so many values one step of selecting keeps at most, and the room for all its steps. */
#define AICI_SELECT_MOST(count) ((count)*5 / 8)
#define AICI_SELECT_ROOM(count) ((count)*5 / 3 + (size_t)64 * AICI_LANES)

/** Leaves at most AICI_SELECT_MOST of the values, in *room, which goes on behind them: those of the ranks from @p first to @p last are
 * among them, as they were before. False, and nothing done, where this does not get on. */
bool aici_select_near(const aici_isa *isa, size_t first, size_t last, double **room, aici_ordered *values);

/** What is at a rank. */
typedef struct aici_found {
    double value, next; /**< next: at the next rank, the same one at the end */
    bool repeats;       /**< the value occurs more than once */
} aici_found;

/** What is at rank @p rank. The values may change their order. */
aici_found aici_select(const aici_isa *isa, aici_ordered values, size_t rank, double *room);

/** Shift, kurtosis and brackets from @p count finite values, which may change their order. @p width: as above. @p room: for
 * selecting among them. */
void aici_view_set(aici_view *view, const aici_sampling *sampling, double *values, size_t count, double width, double *room);

#endif
