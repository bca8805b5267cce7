/* SPDX-License-Identifier: MIT */
/*
 * The part of the door of eval that differentiates: programs are gone through backwards (reverse mode), so that one sweep gives the
 * derivatives of an output by everything that it depends on, exactly.
 *
 * Along products, quotients and powers an elasticity (dy/dx) (x/y) is a constant, and is kept as one: only where a sum or a function is on
 * the way do lanes have derivatives of their own. At a kink the derivative is that on one side: of max at a tie the first argument's, of
 * min the second one's (so that clamp() has its slope to the right), of abs() at 0 that on the right; steps (ceil, floor, round,
 * comparisons) have 0. What does not take part has derivative 0, whatever its value: a branch that was not chosen may be 1 / 0.
 */
#ifndef AICI_EVAL_GRADIENT_H
#define AICI_EVAL_GRADIENT_H

#include "eval/control.h"
#include "plan/plan.h"

struct aici_sampler;
struct aici_isa;

/** Derivatives by a value are of two parts: those that came along products only, times the value by y, are `e`; the others (by y) are `g`.
 */
typedef struct aici_adjoint {
    double e, g;
} aici_adjoint;

/** Goes backwards through `once`. @p adjoint has one entry a uniform value: what is known so far (1 as `g` of an output: derivatives of it;
 * 1 as its `e`: elasticities); what flows on from each is added to its operands. Draws are leaves. */
void aici_gradient_once(const aici_program *program, const double *uniform, aici_adjoint *adjoint);

/** The elasticity by a value. */
double aici_adjoint_elasticity(aici_adjoint adjoint, double value);

/** Derivatives of all outputs of a program that draws nothing in `each` by all its inputs, at one lane: @p gradient[output * input_count +
 * input], in the units of both. Stack up to 16 KiB, for longer programs one allocation. Errors: MEMORY. What is not finite passes. */
aic_status aici_gradient_one(const aici_program *program, const double *uniform, const double *input, double *gradient,
                             const aic_allocator *allocator);

/** Elasticities in each draw of a sample of Sobol' points: those of aici_eval_sample(), lane by lane. */
typedef struct aici_elasticities_request {
    const aici_program *program;    /**< compiled with `samples` and `single_assignment`, without inputs */
    const double *uniform;          /**< prepared */
    const uint32_t *draw_factor;    /**< by draw: which factor it belongs to, or AICI_NONE; where several do, they are scaled together */
    const uint32_t *setting_factor; /**< likewise, by setting */
    uint32_t factor_count;
    uint64_t seed;
    uint64_t samples;    /**< in each replicate: a power of two, 16 to 2^32 */
    uint32_t replicates; /**< independent scrambles; errors need two */
    uint32_t threads;    /**< at least 1; made and joined by the call */
    const aic_allocator *allocator;
    const aici_control *control;        /**< progress counts draws */
    const struct aici_sampler *sampler; /**< NULL: made by the call, which also takes the best instruction set where `isa` is NULL */
    const struct aici_isa *isa;
} aici_elasticities_request;

/** The elasticities of one output, averaged over the draws. NaN where no draw has one. */
typedef struct aici_elasticities {
    uint64_t used, left_out;   /**< draws; left out are those in which the output is 0 or not finite: it has no elasticity there */
    const double *mean;        /**< by factor */
    const double *error;       /**< the standard error of the mean; 0 where the elasticity is a constant */
    const uint64_t *undefined; /**< by factor: further draws that are left out of its mean, because the derivative is not finite */
} aici_elasticities;

/** Averages the elasticities of all outputs by all factors; *out has one entry an output, in @p arena. The same bits for any number of
 * threads and every instruction set. Errors: MEMORY, CANCELLED, LIMIT (more words than Sobol' points have dimensions), DOMAIN: the
 * parameters of draw @p *faulty make no distribution. */
aic_status aici_eval_elasticities(const aici_elasticities_request *request, aici_arena *arena, const aici_elasticities **out,
                                  uint32_t *faulty);

#endif
