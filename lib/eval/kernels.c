/* SPDX-License-Identifier: MIT */
/*
 * The kernels: a loop for each opcode and each shape of its operands (a column or one number), made by macros from the meaning of the
 * opcode on one lane (operations.h). Lanes come in whole groups, so that a loop of fixed length becomes vector instructions without a rest;
 * what a lane computes does not depend on the lanes beside it.
 */
#include "eval/kernels.h"
#include "eval/operations.h"
#include "plan/plan.h"

/* An operand's column is the result's own or apart from it, so that no lane of the result is an operand of another lane: compilers need not
 * look for an overlap. */
#if defined(__clang__)
#pragma clang diagnostic ignored "-Wpass-failed" /* loops that call a function stay as they are */
#define FOR_ALL_LANES(result) _Pragma("clang loop vectorize(assume_safety)") for (size_t i = 0; i < call->lanes; i++) to[i] = result;
#else
#define FOR_ALL_LANES(result)                                                                                                              \
    for (size_t group = 0; group < call->lanes; group += AICI_LANE_GROUP) {                                                                \
        _Pragma("GCC ivdep") for (size_t member = 0; member < AICI_LANE_GROUP; member++) {                                                 \
            const size_t i = group + member;                                                                                               \
            to[i] = result;                                                                                                                \
        }                                                                                                                                  \
    }
#endif

/* Each kernel copies the single numbers first: the result may not be thought to overwrite them. */
#define KERNEL_1(name)                                                                                                                     \
    static void run_##name(const aici_kernel_call *call) {                                                                                 \
        double *to = call->to;                                                                                                             \
        const double *a = call->a;                                                                                                         \
        FOR_ALL_LANES(aici_operate_##name(a[i]))                                                                                           \
    }

#define KERNEL_2(name)                                                                                                                     \
    static void run_##name(const aici_kernel_call *call) {                                                                                 \
        double *to = call->to;                                                                                                             \
        const double *a = call->a, *b = call->b;                                                                                           \
        const double one_a = *a, one_b = *b;                                                                                               \
        if (call->shape == 0)                                                                                                              \
            FOR_ALL_LANES(aici_operate_##name(a[i], b[i]))                                                                                 \
        else if (call->shape == AICI_SHAPE_A)                                                                                              \
            FOR_ALL_LANES(aici_operate_##name(one_a, b[i]))                                                                                \
        else                                                                                                                               \
            FOR_ALL_LANES(aici_operate_##name(a[i], one_b))                                                                                \
    }

#define KERNEL_3(name)                                                                                                                     \
    static void run_##name(const aici_kernel_call *call) {                                                                                 \
        double *to = call->to;                                                                                                             \
        const double *a = call->a, *b = call->b, *c = call->c;                                                                             \
        const double one_a = *a, one_b = *b, one_c = *c;                                                                                   \
        switch (call->shape) {                                                                                                             \
        case 0: FOR_ALL_LANES(aici_operate_##name(a[i], b[i], c[i])) break;                                                                \
        case AICI_SHAPE_A: FOR_ALL_LANES(aici_operate_##name(one_a, b[i], c[i])) break;                                                    \
        case AICI_SHAPE_B: FOR_ALL_LANES(aici_operate_##name(a[i], one_b, c[i])) break;                                                    \
        case AICI_SHAPE_C: FOR_ALL_LANES(aici_operate_##name(a[i], b[i], one_c)) break;                                                    \
        case AICI_SHAPE_A | AICI_SHAPE_B: FOR_ALL_LANES(aici_operate_##name(one_a, one_b, c[i])) break;                                    \
        case AICI_SHAPE_A | AICI_SHAPE_C: FOR_ALL_LANES(aici_operate_##name(one_a, b[i], one_c)) break;                                    \
        default: FOR_ALL_LANES(aici_operate_##name(a[i], one_b, one_c))                                                                    \
        }                                                                                                                                  \
    }

#define KERNEL(name, arguments, meaning) KERNEL_##arguments(name)
AICI_INSTRUCTIONS(KERNEL)
#undef KERNEL

void aici_eval_call_kernel(uint32_t opcode, const aici_kernel_call *call) {
    static void (*const kernel_of[])(const aici_kernel_call *) = {
#define KERNEL(name, arguments, meaning) run_##name,
        AICI_INSTRUCTIONS(KERNEL)
#undef KERNEL
    };
    kernel_of[opcode](call);
}
