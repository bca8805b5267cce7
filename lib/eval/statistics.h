/* SPDX-License-Identifier: MIT */
/*
 * The part of the door of eval that samples: a program with draws is run over many lanes, and what comes out is taken into statistics while
 * it streams by: mean, sd, exact quantiles, each with its standard error, counts of what is not finite or out of bounds. Memory does not
 * grow in step with the number of draws.
 *
 * Draws may also be gathered in several places: what some of the chunks came to is bytes that travel, is joined in any order, and gives the
 * same statistics to the last bit.
 */
#ifndef AICI_EVAL_STATISTICS_H
#define AICI_EVAL_STATISTICS_H

#include "base/bytes.h"
#include "eval/control.h"
#include "plan/plan.h"

enum { AICI_MOST_QUANTILES = 32, AICI_MOST_MARKS = 3 * AICI_MOST_QUANTILES, AICI_SOBOL_DIMENSIONS = 1024 };

struct aici_sampler;
struct aici_isa;

/** The best instruction set that this machine has. Asks the processor: some microseconds under a hypervisor, so whoever samples many times
 * keeps the answer. */
const struct aici_isa *aici_isa_best(void);

typedef struct aici_output_bounds {
    double low, high;
    bool low_open, high_open;
} aici_output_bounds;

typedef struct aici_sampling {
    const aici_program *program; /**< compiled with `samples` */
    const double *uniform;       /**< prepared */
    uint64_t seed;
    bool sobol;                       /**< scrambled Sobol' points, else Monte Carlo */
    uint64_t samples;                 /**< in each replicate, at most 2^32; of Sobol' points a power of two, at least 16 */
    uint32_t replicates;              /**< independent scrambles; 1 in Monte Carlo */
    uint32_t threads;                 /**< at least 1; made and joined by the call */
    const double *quantile;           /**< probabilities in [0, 1] */
    uint32_t quantile_count;          /**< at most AICI_MOST_QUANTILES */
    const aici_output_bounds *bounds; /**< by output, in coherent units; NULL: nothing is counted */
    double *const *draws;             /**< by output: room for all values, in the order of the draws; NULL: not kept */
    const aic_allocator *allocator;
    const aici_control *control;
    const struct aici_sampler *sampler; /**< NULL: made by the call, which also takes the best instruction set where `isa` is NULL */
    const struct aici_isa *isa;
} aici_sampling;

/** What is known of one output, divided by its scale. NaN where nothing can be said (the error of one draw). */
typedef struct aici_statistics {
    uint64_t count; /**< finite values: the statistics are of these */
    uint64_t not_finite, out_of_bounds;
    double mean, sd, mean_error, sd_error; /**< sd is that of a population: divided by the count */
    double quantile[AICI_MOST_QUANTILES];  /**< between order statistics, as numpy.quantile's default (type 7 of Hyndman and Fan 1996) */
    double quantile_error[AICI_MOST_QUANTILES];
} aici_statistics;

/** The variance of @p count values, from the sums of what they differ from a shift, and of its squares. 0 where nothing differs; NaN where
 * the squares are larger, or smaller, than a double holds. */
double aici_variance(double sum, double square, double count);

/** Samples a program; @p out has one entry an output. The same bits for any number of threads and every instruction set. Errors: MEMORY,
 * CANCELLED, LIMIT (more words than Sobol' points have dimensions), DOMAIN: the parameters of draw @p *faulty make no distribution. */
aic_status aici_eval_sample(const aici_sampling *sampling, aici_statistics *out, uint32_t *faulty);

/* --- in several places ---------------------------------------------------------------------------------------------------------------- */

/** What some of the chunks of a sampling came to. */
typedef struct aici_gathered aici_gathered;

/** How many chunks a sampling has: the unit of work, numbered from 0 through all replicates. */
uint64_t aici_eval_chunk_count(uint64_t samples, uint32_t replicates);
/** How many draws the chunks before chunk @p end are. */
uint64_t aici_eval_draws_before(uint64_t samples, uint32_t replicates, uint64_t end);

/** Runs the chunks from @p first to before @p end. Errors as aici_eval_sample(); when it was cancelled, *out holds the whole chunks that
 * were done. */
aic_status aici_eval_gather(const aici_sampling *sampling, uint64_t first, uint64_t end, aici_gathered **out, uint32_t *faulty);
void aici_gathered_free(aici_gathered *gathered);

/** How many draws it holds, of a sampling of so many. */
uint64_t aici_gathered_draws(const aici_gathered *gathered, uint64_t samples, uint32_t replicates);
/** The first chunk that it does not hold; aici_eval_chunk_count() when it holds all. */
uint64_t aici_gathered_gap(const aici_gathered *gathered);

/** As bytes; the same ones whatever the threads, and however the chunks came together. What is written is given back: nothing but the
 * places of the chunks is left. */
void aici_gathered_write(aici_gathered *gathered, aici_buffer *out);
/** From bytes of which nothing is known: false when they are not of such a sampling (then *out is NULL), or when there is no memory
 * (*no_memory). Values stay in the bytes where they can be read there, so that these must live as long. */
bool aici_gathered_read(aici_bytes *from, uint64_t samples, uint32_t replicates, uint32_t quantiles, const aic_allocator *allocator,
                        aici_gathered **out, bool *no_memory);

/** What is wrong with what was gathered. */
typedef enum aici_gathered_fault {
    AICI_GATHERED_FINE,
    AICI_GATHERED_OVERLAP, /**< a chunk twice: *chunk says which */
    AICI_GATHERED_OTHER,   /**< of other draws: another program, another library */
    AICI_GATHERED_MISSED   /**< the values kept do not hold a quantile (not in 10^9 runs) */
} aici_gathered_fault;

/** Moves the chunks of @p other into @p gathered. MEMORY, or AIC_OK; where *fault is not FINE nothing was moved. */
aic_status aici_gathered_join(aici_gathered *gathered, aici_gathered *other, aici_gathered_fault *fault, uint64_t *chunk);

/** The statistics of what was gathered: of all chunks the very ones of aici_eval_sample(). Errors: as there. */
aic_status aici_gathered_finish(const aici_gathered *gathered, const aici_sampling *sampling, aici_statistics *out,
                                aici_gathered_fault *fault, uint32_t *faulty);

#endif
