/* SPDX-License-Identifier: MIT */
/*
 * The door of eval: runs a program over lanes. It sees registers and columns of doubles, nothing of what they mean. Blocks of lanes go
 * through one instruction at a time and stay in the first-level cache; the same bits come out for any number of lanes, block size or order.
 * No memory is allocated for a block that fits the stack budget.
 */
#ifndef AICI_EVAL_EVAL_H
#define AICI_EVAL_EVAL_H

#include "eval/control.h"
#include "eval/gradient.h"
#include "eval/histogram.h"
#include "eval/indices.h"
#include "eval/statistics.h"
#include "plan/plan.h"

/** A draw whose parameters, as they were computed, make no distribution. */
typedef struct aici_faulty_draw {
    uint32_t draw, parameter; /**< numbers of the draw, and of its faulty parameter */
    const char *must;         /**< what that parameter must be: "be above 0" */
} aici_faulty_draw;

/** Runs the part that is computed once: fills @p uniform (program->uniform_count values), constants and settings (setting_count values in
 * the caller's units; NULL where there are none) included. Programs without draws in `once` need no memory, and cannot fail. Errors:
 * MEMORY; DOMAIN: @p faulty says which draw (it may be NULL). */
aic_status aici_eval_prepare(const aici_program *program, const double *setting, const aic_allocator *allocator, double *uniform,
                             aici_faulty_draw *faulty);

/** The same with each draw at a quantile of its own: @p probability, by draw, inside (0, 1); NULL: at the medians. */
aic_status aici_eval_prepare_at(const aici_program *program, const double *setting, const double *probability,
                                const aic_allocator *allocator, double *uniform, aici_faulty_draw *faulty);

/** The probability with which a draw of a prepared program is out of the bounds (infinite where there is none). Errors: MEMORY, DOMAIN. */
aic_status aici_eval_outside(const aici_program *program, const double *uniform, uint32_t draw, const aici_output_bounds *bounds,
                             const aic_allocator *allocator, double *probability);

/** Evaluates one lane of a program that draws nothing in `each`: @p input and @p output are arrays of input_count and output_count values.
 * At most 16 KiB of stack for programs of up to 1024 registers, beyond that one allocation from @p allocator. */
aic_status aici_eval_one(const aici_program *program, const double *uniform, const double *input, double *output,
                         const aic_allocator *allocator);

/** Evaluates @p count lanes of such a program: input[i] and output[i] are columns of @p count values. An output column may not overlap an
 * input column. Errors: MEMORY, CANCELLED (columns then hold whole blocks up to *progress and are otherwise untouched). Values that are not
 * finite pass: count them with aici_eval_count_not_finite(). */
aic_status aici_eval_lanes(const aici_program *program, const double *uniform, size_t count, const double *const *input,
                           double *const *output, const aic_allocator *allocator, const aici_control *control);

bool aici_eval_all_finite(const double *values, size_t count);

/** How many of @p count values are not finite, and the first such. */
size_t aici_eval_count_not_finite(const double *values, size_t count, size_t *first);

/** In place of an output's index: all of them. */
#define AICI_EVERY_OUTPUT UINT32_MAX

/** Finds the operation that made output @p index of one lane not finite: the earliest instruction with finite operands and a result that is
 * not, on the way to that output (a branch that was not selected does not count). @p values receives its operands, 0 for those that do not
 * count. False when there is none (an input was not finite itself, or the scale of an output made it so), and where there is no memory;
 * then nothing is written. */
bool aici_eval_trace(const aici_program *program, const double *uniform, const double *input, uint32_t index,
                     const aic_allocator *allocator, aici_origin *origin, uint32_t *opcode, double values[3]);

#endif
