/* SPDX-License-Identifier: MIT */
/*
 * Values of trees that are constants, found while they are checked: exponents, indices, bounds and the parameters of distributions need
 * them. What a scenario computes is computed elsewhere.
 */
#include "base/elementary.h"
#include "base/number.h"
#include "expr/checker.h"

#include <math.h>

static double truth(bool value) { return value ? 1 : 0; }

static double fold_binary(uint8_t operation, double a, double b) {
    switch (operation) {
    case AICI_OPERATOR_ADD: return a + b;
    case AICI_OPERATOR_SUBTRACT: return a - b;
    case AICI_OPERATOR_MULTIPLY: return a * b;
    case AICI_OPERATOR_DIVIDE: return a / b;
    case AICI_OPERATOR_POWER: return aici_power(a, b);
    case AICI_OPERATOR_LESS: return truth(a < b);
    case AICI_OPERATOR_LESS_EQUAL: return truth(a <= b);
    case AICI_OPERATOR_GREATER: return truth(a > b);
    case AICI_OPERATOR_GREATER_EQUAL: return truth(a >= b);
    case AICI_OPERATOR_EQUAL: return truth(a == b);
    case AICI_OPERATOR_NOT_EQUAL: return truth(a != b);
    case AICI_OPERATOR_AND: return truth(a != 0 && b != 0);
    default: return truth(a != 0 || b != 0);
    }
}

static double fold_aggregate(const aici_expr *call) {
    double result = call->child[0]->constant;
    for (uint32_t i = 1; i < call->count; i++) {
        double value = call->child[i]->constant;
        if (call->variant == AICI_FUNCTION_MIN)
            result = value < result ? value : result;
        else if (call->variant == AICI_FUNCTION_MAX)
            result = value > result ? value : result;
        else
            result += value;
    }
    return call->variant == AICI_FUNCTION_MEAN ? result / call->count : result;
}

static double fold_clamp(double value, double low, double high) {
    double above = value < low ? low : value;
    return above > high ? high : above;
}

/* Per second, the coherent unit, from a number of years or a time. */
static double fold_cagr(const aici_checker *checker, const aici_expr *call) {
    const aici_expr *periods = call->child[2];
    double years = aici_is_pure(periods) ? periods->constant : periods->constant / checker->year;
    return (aici_power(call->child[1]->constant / call->child[0]->constant, 1 / years) - 1) / checker->year;
}

static double fold_call(const aici_checker *checker, const aici_expr *call) {
    double x = call->child[0]->constant;
    switch (call->variant) {
    case AICI_FUNCTION_MIN:
    case AICI_FUNCTION_MAX:
    case AICI_FUNCTION_SUM:
    case AICI_FUNCTION_MEAN: return call->count > 1 ? fold_aggregate(call) : aici_no_constant();
    case AICI_FUNCTION_ABS: return fabs(x);
    case AICI_FUNCTION_SQRT: return sqrt(x);
    case AICI_FUNCTION_EXP: return aici_exp(x);
    case AICI_FUNCTION_LN: return aici_ln(x);
    case AICI_FUNCTION_LOG2: return aici_log2(x);
    case AICI_FUNCTION_LOG10: return aici_log10(x);
    case AICI_FUNCTION_CEIL: return ceil(x);
    case AICI_FUNCTION_FLOOR: return floor(x);
    case AICI_FUNCTION_ROUND: return round(x);
    case AICI_FUNCTION_CLAMP: return fold_clamp(x, call->child[1]->constant, call->child[2]->constant);
    case AICI_FUNCTION_CAGR: return fold_cagr(checker, call);
    case AICI_FUNCTION_DOUBLING_TIME: return aici_ln(2) / aici_ln(1 + x * checker->year) * checker->year;
    default: return aici_no_constant();
    }
}

static double fold(const aici_checker *checker, const aici_expr *node) {
    switch (node->kind) {
    case AICI_EXPR_NEGATE: return -node->child[0]->constant;
    case AICI_EXPR_NOT: return truth(node->child[0]->constant == 0);
    case AICI_EXPR_BINARY: return fold_binary(node->variant, node->child[0]->constant, node->child[1]->constant);
    case AICI_EXPR_IF: return node->child[node->child[0]->constant != 0 ? 1 : 2]->constant;
    case AICI_EXPR_CALL: return fold_call(checker, node);
    default: return aici_no_constant();
    }
}

double aici_constant_fold(const aici_checker *checker, const aici_expr *node) {
    for (uint32_t i = 0; i < node->count; i++) {
        if (isnan(node->child[i]->constant))
            return aici_no_constant();
    }
    double value = fold(checker, node);
    return isfinite(value) ? value : aici_no_constant();
}

bool aici_expr_constant(const aici_expr *checked, double *value) {
    if (isnan(checked->constant))
        return false;
    *value = checked->constant;
    return true;
}

double aici_expr_half_digit(const aici_expr *literal, int digits) {
    double half = 0;
    int place = literal->as.number.last_place;
    if (digits > 0)
        place += literal->as.number.digits - digits;
    aici_number_read("5", 1, place - 1, &half);
    return half * fabs(literal->as.number.unit.scale);
}
