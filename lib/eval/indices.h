/* SPDX-License-Identifier: MIT */
/*
 * The part of the door of eval that takes variance apart: Sobol' indices of the outputs of a program, by factor.
 *
 * The design is made here, and nobody can bring one along: one scrambled Sobol' point set with two dimensions for each word that is drawn.
 * The first half, A, is that of ordinary sampling, word for word; the second half, B, has the dimensions behind it, and scrambles of its
 * own by (seed, name). Each factor in turn is taken from B and all else from A, which costs two evaluations and one a factor for each base
 * point (for the second order two a factor); what does not depend on the factor is not computed again. Two independent halves of the
 * sequence, or two sequences, would repeat each other's points and give plausible nonsense.
 *
 * Estimators: A. Saltelli and others, Computer Physics Communications 181 (2010), 259-270: first order (table 2, b), here with centred
 * outputs; total order: M. Jansen, Computer Physics Communications 117 (1999), 35-43; second order: A. Saltelli, Computer Physics
 * Communications 145 (2002), 280-297, both ways round. Errors come from independent scrambles of the whole design. Nothing is clipped: what
 * is 0 may come out a little below.
 */
#ifndef AICI_EVAL_INDICES_H
#define AICI_EVAL_INDICES_H

#include "eval/control.h"
#include "plan/plan.h"

struct aici_sampler;
struct aici_isa;

typedef struct aici_indices_request {
    const aici_program *program; /**< compiled with `samples`, without inputs */
    const double *uniform;       /**< prepared */
    const uint32_t *factor;      /**< by draw: which factor it belongs to; draws that hang together (a copula) belong to one. Components of
                                    mixtures do not count */
    uint32_t factor_count;
    bool second_order;
    uint64_t seed;
    uint64_t points;     /**< base points of each replicate: a power of two, 16 to 2^32 */
    uint32_t replicates; /**< independent scrambles; errors need two */
    uint32_t threads;    /**< at least 1; made and joined by the call */
    const aic_allocator *allocator;
    const aici_control *control;        /**< progress counts base points */
    const struct aici_sampler *sampler; /**< NULL: made by the call, which also takes the best instruction set where `isa` is NULL */
    const struct aici_isa *isa;
} aici_indices_request;

/** An estimate and its standard error, which is NaN where there is but one replicate. */
typedef struct aici_estimate {
    double value, error;
} aici_estimate;

/** What is known of one output. Indices are NaN where it does not vary (its sd is below 1e-14 of its mean); those of a factor that it does
 * not depend on are 0, exactly. */
typedef struct aici_output_indices {
    double mean, variance; /**< of A and B together, the variance that of a population; divided by the output's scale (squared) */
    uint64_t left_out;     /**< base points that are left out of these, because the output in A or in B is not finite */
    const aici_estimate *first, *total; /**< by factor: the share of the variance that it makes alone, and together with others */
    /** by factor: base points that are left out of its indices, because one of the three evaluations is not finite */
    const uint64_t *factor_left_out;
    aici_estimate interactions; /**< what all first-order indices leave of 1 */
    /** [first factor * factor_count + second factor], symmetrical, 0 on the diagonal; NULL unless it was asked for */
    const aici_estimate *second;
} aici_output_indices;

/** Estimates the indices; *out has one entry an output, in @p arena. The same bits for any number of threads and every instruction set.
 * Errors: MEMORY, CANCELLED, LIMIT (two dimensions a word are more than Sobol' points have), DOMAIN: the parameters of draw @p *faulty make
 * no distribution. */
aic_status aici_eval_indices(const aici_indices_request *request, aici_arena *arena, const aici_output_indices **out, uint32_t *faulty);

/** How many standard errors from @p replicates replicates reach to either side for an interval that holds the truth with probability @p
 * share: Student's t. NaN below two. */
double aici_interval_width(uint32_t replicates, double share);

#endif
