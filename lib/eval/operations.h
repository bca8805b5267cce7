/* SPDX-License-Identifier: MIT */
/*
 * The meaning of each opcode, on one lane; scalar evaluation, kernels and traces all call these. A NaN among the arguments gives NaN, in
 * comparisons, minima and truth values too, so that no trouble is lost on the way; only the branch that is not selected may hide one. Truth
 * values are 1 and 0; what is not 0 is true.
 */
#ifndef AICI_EVAL_OPERATIONS_H
#define AICI_EVAL_OPERATIONS_H

#include "eval/functions.h"

#include <math.h>

/* One function an opcode: aici_operate_ADD(a, b) and so on, after the table in plan/plan.h. */
#define OPERATION_1(name, result)                                                                                                          \
    static inline double aici_operate_##name(double a) { return result; }
#define OPERATION_2(name, result)                                                                                                          \
    static inline double aici_operate_##name(double a, double b) { return result; }
#define OPERATION_3(name, result)                                                                                                          \
    static inline double aici_operate_##name(double a, double b, double c) { return result; }

/** The result of a comparison, or NaN where the two cannot be compared. */
static inline double aici_truth(double a, double b, int is_true) { return isunordered(a, b) ? (double)NAN : (double)is_true; }

OPERATION_2(ADD, a + b)
OPERATION_2(SUBTRACT, a - b)
OPERATION_2(MULTIPLY, (a * b))
OPERATION_2(DIVIDE, a / b)
OPERATION_2(POWER, isunordered(a, b) ? (double)NAN : aici_eval_power(a, b))
OPERATION_1(NEGATE, -a)
OPERATION_1(ABS, fabs(a))
OPERATION_1(SQRT, sqrt(a))
OPERATION_1(EXP, aici_eval_exp(a))
OPERATION_1(LN, aici_eval_ln(a))
OPERATION_1(LOG2, aici_eval_log2(a))
OPERATION_1(LOG10, aici_eval_log10(a))
OPERATION_1(CEIL, ceil(a))
OPERATION_1(FLOOR, floor(a))
OPERATION_1(ROUND, round(a))
OPERATION_2(MIN, isunordered(a, b) ? (double)NAN : a < b ? a : b)
OPERATION_2(MAX, isunordered(a, b) ? (double)NAN : a > b ? a : b)
OPERATION_2(LESS, aici_truth(a, b, a < b))
OPERATION_2(LESS_EQUAL, aici_truth(a, b, a <= b))
OPERATION_2(EQUAL, aici_truth(a, b, a == b))
OPERATION_2(NOT_EQUAL, aici_truth(a, b, a != b))
OPERATION_2(AND, aici_truth(a, b, a != 0 && b != 0))
OPERATION_2(OR, aici_truth(a, b, a != 0 || b != 0))
OPERATION_1(NOT, aici_truth(a, a, a == 0))
OPERATION_3(SELECT, isnan(a) ? a : a != 0 ? b : c)

#undef OPERATION_1
#undef OPERATION_2
#undef OPERATION_3

#endif
