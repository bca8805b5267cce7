/* SPDX-License-Identifier: MIT */
/*
 * What an operation makes of the values that it looked at (looks.c): instructions, in the order in which a reader would work the formula
 * out. Dimensions are settled by the check; here everything is in coherent units, so that a year is 31 557 600 seconds wherever a rate
 * meets the step of the timeline.
 */
#include "plan/lowering.h"

static const double YEAR = 31557600.0; /* s: 365.25 days of 86 400 s, the Julian year */
static const double LN_2 = 0.69314718055994530942;

/** An operation with the values that it saw. */
typedef struct combiner {
    aici_lowering *lowering;
    const aici_origin *at;
    const aici_value *seen;
    size_t count;
} combiner;

/* --- instructions --------------------------------------------------------------------------------------------------------------------- */

static aici_value number(const combiner *self, double value) { return aici_values_constant(&self->lowering->values, value); }

static aici_value unary(const combiner *self, aici_opcode opcode, aici_value a) {
    return aici_values_operate(&self->lowering->values, opcode, a, 0, 0, self->at);
}

static aici_value binary(const combiner *self, aici_opcode opcode, aici_value a, aici_value b) {
    return aici_values_operate(&self->lowering->values, opcode, a, b, 0, self->at);
}

static aici_value add(const combiner *self, aici_value a, aici_value b) { return binary(self, AICI_OPCODE_ADD, a, b); }

static aici_value subtract(const combiner *self, aici_value a, aici_value b) { return binary(self, AICI_OPCODE_SUBTRACT, a, b); }

static aici_value multiply(const combiner *self, aici_value a, aici_value b) { return binary(self, AICI_OPCODE_MULTIPLY, a, b); }

static aici_value divide(const combiner *self, aici_value a, aici_value b) { return binary(self, AICI_OPCODE_DIVIDE, a, b); }

/** a ^ b; the constant exponents 1, 2 and -1 are rounded once this way, which a power function may not be. */
static aici_value power(const combiner *self, aici_value a, aici_value b) {
    double exponent;
    if (aici_values_number(&self->lowering->values, b, &exponent)) {
        if (exponent == 1)
            return a;
        if (exponent == 2)
            return multiply(self, a, a);
        if (exponent == -1)
            return divide(self, number(self, 1), a);
    }
    return binary(self, AICI_OPCODE_POWER, a, b);
}

/** From left to right. */
static aici_value fold(const combiner *self, aici_opcode opcode) {
    aici_value result = self->seen[0];
    for (size_t i = 1; i < self->count; i++)
        result = binary(self, opcode, result, self->seen[i]);
    return result;
}

/** 1 + rate * 1 year */
static aici_value growth_factor(const combiner *self, aici_value rate) {
    return add(self, number(self, 1), multiply(self, rate, number(self, YEAR)));
}

/* --- operators ------------------------------------------------------------------------------------------------------------------------ */

static const struct {
    uint8_t opcode;
    bool swapped; /* a > b is b < a */
} instruction_of[] = {
    [AICI_OPERATOR_ADD] = {AICI_OPCODE_ADD, false},
    [AICI_OPERATOR_SUBTRACT] = {AICI_OPCODE_SUBTRACT, false},
    [AICI_OPERATOR_MULTIPLY] = {AICI_OPCODE_MULTIPLY, false},
    [AICI_OPERATOR_DIVIDE] = {AICI_OPCODE_DIVIDE, false},
    [AICI_OPERATOR_POWER] = {AICI_OPCODE_POWER, false},
    [AICI_OPERATOR_LESS] = {AICI_OPCODE_LESS, false},
    [AICI_OPERATOR_LESS_EQUAL] = {AICI_OPCODE_LESS_EQUAL, false},
    [AICI_OPERATOR_GREATER] = {AICI_OPCODE_LESS, true},
    [AICI_OPERATOR_GREATER_EQUAL] = {AICI_OPCODE_LESS_EQUAL, true},
    [AICI_OPERATOR_EQUAL] = {AICI_OPCODE_EQUAL, false},
    [AICI_OPERATOR_NOT_EQUAL] = {AICI_OPCODE_NOT_EQUAL, false},
    [AICI_OPERATOR_AND] = {AICI_OPCODE_AND, false},
    [AICI_OPERATOR_OR] = {AICI_OPCODE_OR, false},
};

static aici_value combine_power(const combiner *self) {
    const aici_expr *base = self->at->node->child[0];
    if (!aici_dimension_is_none(&base->type.dimension))
        aici_lowering_refuse_constant(self->lowering, self->at, self->seen[1], "the exponent");
    return power(self, self->seen[0], self->seen[1]);
}

static bool is_text(const combiner *self, size_t index) {
    const aici_values *values = &self->lowering->values;
    return !values->failed && values->entry[self->seen[index]].kind == AICI_VALUE_TEXT;
}

static aici_value combine_binary(const combiner *self) {
    aici_operator operation = self->at->node->variant;
    if (operation == AICI_OPERATOR_POWER)
        return combine_power(self);
    if (is_text(self, 0) && is_text(self, 1))
        return number(self, (self->seen[0] == self->seen[1]) == (operation == AICI_OPERATOR_EQUAL));
    bool swapped = instruction_of[operation].swapped;
    return binary(self, instruction_of[operation].opcode, self->seen[swapped], self->seen[!swapped]);
}

static aici_value combine_if(const combiner *self) {
    return aici_values_operate(&self->lowering->values, AICI_OPCODE_SELECT, self->seen[0], self->seen[1], self->seen[2], self->at);
}

/* --- functions of single values ------------------------------------------------------------------------------------------------------- */

static aici_value combine_mean(const combiner *self) {
    return divide(self, fold(self, AICI_OPCODE_ADD), number(self, (double)self->count));
}

static aici_value combine_clamp(const combiner *self) {
    return binary(self, AICI_OPCODE_MIN, binary(self, AICI_OPCODE_MAX, self->seen[0], self->seen[1]), self->seen[2]);
}

/** A number of periods is years: a time, or a pure number. */
static aici_value in_years(const combiner *self, uint32_t child) {
    bool pure = aici_dimension_is_none(&self->at->node->child[child]->type.dimension);
    return pure ? self->seen[child] : divide(self, self->seen[child], number(self, YEAR));
}

/** ((end / start) ^ (1 / periods) - 1) per year */
static aici_value combine_cagr(const combiner *self) {
    aici_value multiple = divide(self, self->seen[1], self->seen[0]);
    aici_value factor = power(self, multiple, divide(self, number(self, 1), in_years(self, 2)));
    return divide(self, subtract(self, factor, number(self, 1)), number(self, YEAR));
}

/** ln 2 / ln(1 + rate * 1 year) years */
static aici_value combine_doubling_time(const combiner *self) {
    aici_value years = divide(self, number(self, LN_2), unary(self, AICI_OPCODE_LN, growth_factor(self, self->seen[0])));
    return multiply(self, years, number(self, YEAR));
}

/* --- functions of series -------------------------------------------------------------------------------------------------------------- */

/** (this year / last year - 1) per year */
static aici_value combine_growth(const combiner *self) {
    aici_value change = subtract(self, divide(self, self->seen[0], self->seen[1]), number(self, 1));
    return divide(self, change, number(self, YEAR));
}

/** How much of what was added so many years ago is still in use. */
static aici_value share_in_use(const combiner *self, aici_value lifetime, int32_t age) {
    aici_value left = subtract(self, lifetime, number(self, age));
    return binary(self, AICI_OPCODE_MIN, binary(self, AICI_OPCODE_MAX, left, number(self, 0)), number(self, 1));
}

/** A constant addition in every year before: the shares of all these ages add up to max(lifetime - youngest age, 0). */
static aici_value in_use_from_before(const combiner *self, aici_value lifetime, int32_t youngest) {
    aici_value ages = binary(self, AICI_OPCODE_MAX, subtract(self, lifetime, number(self, youngest)), number(self, 0));
    return multiply(self, self->seen[self->count - 1], ages);
}

/** Additions of the first @p count of some years, newest first, as they were looked at. */
typedef struct additions {
    const aici_value *seen;
    const aici_years *years;
    size_t count;
} additions;

/** What is still in use of them, added to a sum that may have begun. */
static aici_value add_in_use(const combiner *self, aici_value sum, bool begun, additions of, aici_value lifetime) {
    for (size_t i = 0; i < of.count; i++) {
        int32_t age = self->at->year - of.years->year[of.count - 1 - i];
        aici_value part = multiply(self, of.seen[i], share_in_use(self, lifetime, age));
        sum = begun || i > 0 ? add(self, sum, part) : part;
    }
    return sum;
}

/** A stock of what is added at a rate (server/year) is the additions of whole years. */
static aici_value as_stock(const combiner *self, aici_value sum) {
    const aici_expr *node = self->at->node;
    bool same = aici_dimension_equal(&node->type.dimension, &node->child[0]->type.dimension);
    return same ? sum : multiply(self, sum, number(self, YEAR));
}

/** The sum begins with this year's addition: a node lives on no year in which x does not. */
static aici_value combine_in_service(const combiner *self) {
    const aici_expr *node = self->at->node;
    const aici_years *years = aici_lowering_years(self->lowering, node->child[0]);
    const aici_years *before = aici_lowering_years(self->lowering, node->child[2]);
    const additions own = {self->seen, years, aici_years_up_to(years, self->at->year)};
    aici_value lifetime = divide(self, self->seen[own.count], number(self, YEAR));
    aici_value sum = add_in_use(self, 0, false, own, lifetime);
    if (before) {
        const additions earlier = {self->seen + own.count + 1, before, before->count};
        sum = add_in_use(self, sum, true, earlier, lifetime);
    } else {
        sum = add(self, sum, in_use_from_before(self, lifetime, self->at->year - years->year[0] + 1));
    }
    return as_stock(self, sum);
}

static aici_value combine_first_year(const combiner *self) {
    const aici_years *years = aici_lowering_years(self->lowering, self->at->node->child[0]);
    return number(self, years->year[0]);
}

static aici_value combine_last_year(const combiner *self) {
    const aici_years *years = aici_lowering_years(self->lowering, self->at->node->child[0]);
    return number(self, years->year[years->count - 1]);
}

static aici_value combine_delay(const combiner *self) {
    if (self->count > 1)
        aici_lowering_refuse_constant(self->lowering, self->at, self->seen[1], "the number of years");
    return self->seen[0];
}

static aici_value combine_index(const combiner *self) {
    if (self->count > 1)
        aici_lowering_refuse_constant(self->lowering, self->at, self->seen[1], "the year in brackets");
    return self->seen[0];
}

/** Between two years that are listed: on a line, or on a line of logarithms. */
static aici_value combine_series(const combiner *self) {
    const aici_expr *node = self->at->node;
    if (self->count < 2)
        return self->seen[0];
    uint32_t next = 1; /* two were looked at, so the year lies between two that are listed */
    while (node->as.year[next] < self->at->year)
        next++;
    double from = node->as.year[next - 1], to = node->as.year[next];
    aici_value a = self->seen[0], b = self->seen[1], way = number(self, (self->at->year - from) / (to - from));
    if (node->variant == AICI_BETWEEN_LINEAR)
        return add(self, a, multiply(self, subtract(self, b, a), way));
    return multiply(self, a, power(self, divide(self, b, a), way));
}

/** start * (1 + growth * 1 year) ^ years since the start */
static aici_value combine_compound(const combiner *self) {
    if (self->count < 2)
        return self->seen[0];
    int32_t years = self->at->year - self->at->node->as.start_year;
    return multiply(self, self->seen[0], power(self, growth_factor(self, self->seen[1]), number(self, years)));
}

/* --- which is which ------------------------------------------------------------------------------------------------------------------- */

static aici_value combine_min(const combiner *self) { return fold(self, AICI_OPCODE_MIN); }

static aici_value combine_max(const combiner *self) { return fold(self, AICI_OPCODE_MAX); }

static aici_value combine_sum(const combiner *self) { return fold(self, AICI_OPCODE_ADD); }

/** previous(), first(), last(): what they looked at is their value. */
static aici_value combine_nothing(const combiner *self) { return self->seen[0]; }

static aici_value (*const combine_of[AICI_FUNCTION_COUNT])(const combiner *) = {
    [AICI_FUNCTION_MIN] = combine_min,
    [AICI_FUNCTION_MAX] = combine_max,
    [AICI_FUNCTION_SUM] = combine_sum,
    [AICI_FUNCTION_MEAN] = combine_mean,
    [AICI_FUNCTION_CLAMP] = combine_clamp,
    [AICI_FUNCTION_CAGR] = combine_cagr,
    [AICI_FUNCTION_DOUBLING_TIME] = combine_doubling_time,
    [AICI_FUNCTION_PREVIOUS] = combine_nothing,
    [AICI_FUNCTION_DELAY] = combine_delay,
    [AICI_FUNCTION_CUMULATIVE] = combine_sum,
    [AICI_FUNCTION_GROWTH] = combine_growth,
    [AICI_FUNCTION_IN_SERVICE] = combine_in_service,
    [AICI_FUNCTION_FIRST] = combine_nothing,
    [AICI_FUNCTION_LAST] = combine_nothing,
    [AICI_FUNCTION_FIRST_YEAR] = combine_first_year,
    [AICI_FUNCTION_LAST_YEAR] = combine_last_year,
};

/** Functions of one value that are one instruction. */
static const uint8_t opcode_of[AICI_FUNCTION_COUNT] = {
    [AICI_FUNCTION_ABS] = AICI_OPCODE_ABS,   [AICI_FUNCTION_SQRT] = AICI_OPCODE_SQRT,   [AICI_FUNCTION_EXP] = AICI_OPCODE_EXP,
    [AICI_FUNCTION_LN] = AICI_OPCODE_LN,     [AICI_FUNCTION_LOG2] = AICI_OPCODE_LOG2,   [AICI_FUNCTION_LOG10] = AICI_OPCODE_LOG10,
    [AICI_FUNCTION_CEIL] = AICI_OPCODE_CEIL, [AICI_FUNCTION_FLOOR] = AICI_OPCODE_FLOOR, [AICI_FUNCTION_ROUND] = AICI_OPCODE_ROUND,
};

static aici_value combine_call(const combiner *self) {
    uint8_t function = self->at->node->variant;
    return combine_of[function] ? combine_of[function](self) : unary(self, opcode_of[function], self->seen[0]);
}

aici_value aici_lowering_combine(aici_lowering *lowering, const aici_origin *at, const aici_value *seen, size_t count) {
    const combiner self = {lowering, at, seen, count};
    switch ((aici_expr_kind)at->node->kind) {
    case AICI_EXPR_NEGATE: return unary(&self, AICI_OPCODE_NEGATE, seen[0]);
    case AICI_EXPR_NOT: return unary(&self, AICI_OPCODE_NOT, seen[0]);
    case AICI_EXPR_BINARY: return combine_binary(&self);
    case AICI_EXPR_IF: return combine_if(&self);
    case AICI_EXPR_CALL: return combine_call(&self);
    case AICI_EXPR_INDEX: return combine_index(&self);
    case AICI_EXPR_SERIES: return combine_series(&self);
    default: return combine_compound(&self);
    }
}
