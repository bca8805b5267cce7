/* SPDX-License-Identifier: MIT */
/*
 * Edits of what is computed from what: something left out or counted twice, a period more or fewer, rates added that multiply, growth of
 * for growth to. Each is put as a change of the one value at which the workings would have gone another way.
 */
#include "analysis/diagnose.h"
#include "base/elementary.h"

#include <math.h>

static const double YEAR = 31557600.0; /* s */

static uint32_t value_of(aici_operand operand) { return operand & ~AICI_OPERAND_UNIFORM; }

static double number_of(const aici_search *search, uint32_t value) { return search->sheet->value[value]; }

static bool is_one(const aici_search *search, uint32_t value) {
    return value < search->sheet->first_leaf && number_of(search, value) == 1.0;
}

static const aici_expr *node_of(const aici_search *search, uint32_t value) { return aici_sheet_origin(search->sheet, value)->node; }

/* Whether a step is what an operator in a formula says. */
static bool is_operator(const aici_search *search, uint32_t value, aici_opcode opcode, aici_operator operation) {
    if (!aici_sheet_is_step(search->sheet, value) || aici_sheet_step(search->sheet, value)->opcode != opcode)
        return false;
    const aici_expr *node = node_of(search, value);
    return node->kind == AICI_EXPR_BINARY && node->variant == operation;
}

static bool is_product(const aici_search *search, uint32_t value) {
    return is_operator(search, value, AICI_OPCODE_MULTIPLY, AICI_OPERATOR_MULTIPLY) ||
           is_operator(search, value, AICI_OPCODE_DIVIDE, AICI_OPERATOR_DIVIDE);
}

/* The step's value becomes what it is, times a factor. */
static void scale_step(aici_search *search, uint32_t step, double factor, aici_edit edit) {
    aici_search_add(search, edit, (aici_change){step, AICI_CHANGE_SCALE, factor});
}

static void set_step(aici_search *search, uint32_t step, double value, aici_edit edit) {
    double before = number_of(search, step);
    if (before != 0 && isfinite(value))
        scale_step(search, step, value / before, edit);
}

static void add_to_step(aici_search *search, uint32_t step, double more, aici_edit edit) {
    aici_search_add(search, edit, (aici_change){step, AICI_CHANGE_ADD, more});
}

/* --- factors -------------------------------------------------------------------------------------------------------------------------- */

static void edit_factor(aici_search *search, uint32_t step, uint32_t factor, const aici_expr *operand, bool divides) {
    double units = number_of(search, factor) / aici_sheet_unit(search->sheet, factor, operand);
    if (!(units > 0) || units == 1 || (operand && operand->kind != AICI_EXPR_NAME && is_product(search, factor)))
        return;
    aici_edit without = aici_edit_of(AICI_SLIP_LEFT_OUT, factor), twice = aici_edit_of(AICI_SLIP_TWICE, factor);
    without.operand = twice.operand = operand;
    scale_step(search, step, divides ? units : 1 / units, without);
    scale_step(search, step, divides ? 1 / units : units, twice);
}

/* --- dropped dimensions --------------------------------------------------------------------------------------------------------------- */

enum { MOST_FACTORS = 32 };

/* The factors of a product, those of factors that are products themselves included. */
typedef struct factors {
    uint32_t value[MOST_FACTORS];
    bool divides[MOST_FACTORS];
    size_t count;
} factors;

static void flatten(const aici_search *search, uint32_t value, bool divides, unsigned depth, factors *out) {
    if (out->count < MOST_FACTORS && depth < MOST_FACTORS && is_product(search, value)) {
        const aici_instruction *step = aici_sheet_step(search->sheet, value);
        flatten(search, value_of(step->a), divides, depth + 1, out);
        flatten(search, value_of(step->b), divides != (step->opcode == AICI_OPCODE_DIVIDE), depth + 1, out);
    } else if (out->count < MOST_FACTORS) {
        out->value[out->count] = value;
        out->divides[out->count++] = divides;
    }
}

static bool are_alike(const aici_search *search, const factors *of, size_t i, size_t k) {
    const aici_dimension *a = aici_sheet_dimension(search->sheet, of->value[i]), *b = aici_sheet_dimension(search->sheet, of->value[k]);
    return a && b && of->divides[i] == of->divides[k] && !aici_dimension_is_none(a) && aici_dimension_equal(a, b);
}

/* Height and width, say: all factors of one dimension, left out together. The edit is named by the first two. */
static void edit_dimension(aici_search *search, uint32_t step, const factors *of, size_t first) {
    double units = 1;
    uint32_t other = AICI_NONE;
    for (size_t i = 0; i < of->count; i++) {
        if (i != first && !are_alike(search, of, first, i))
            continue;
        if (i < first)
            return;
        units *= number_of(search, of->value[i]) / aici_sheet_unit(search->sheet, of->value[i], NULL);
        other = i > first && other == AICI_NONE ? of->value[i] : other;
    }
    aici_edit edit = aici_edit_of(AICI_SLIP_DIMENSION, of->value[first]);
    edit.other = other;
    if (other != AICI_NONE && units > 0)
        scale_step(search, step, of->divides[first] ? units : 1 / units, edit);
}

static void edit_dimensions(aici_search *search, uint32_t step) {
    factors of = {.count = 0};
    flatten(search, step, false, 0, &of);
    for (size_t i = 0; i < of.count && of.count > 2; i++)
        edit_dimension(search, step, &of, i);
}

/* --- rates ---------------------------------------------------------------------------------------------------------------------------- */

/* The x of 1 + x, or minus the x of 1 - x. */
static bool rate_in(const aici_search *search, uint32_t value, double *rate) {
    if (!aici_sheet_is_step(search->sheet, value))
        return false;
    const aici_instruction *step = aici_sheet_step(search->sheet, value);
    if ((step->opcode != AICI_OPCODE_ADD && step->opcode != AICI_OPCODE_SUBTRACT) ||
        (!is_one(search, value_of(step->a)) && !is_one(search, value_of(step->b))))
        return false;
    *rate = number_of(search, value) - 1;
    return step->opcode == AICI_OPCODE_ADD || is_one(search, value_of(step->a));
}

static void edit_product_of_rates(aici_search *search, uint32_t step) {
    const aici_instruction *at = aici_sheet_step(search->sheet, step);
    double a, b;
    if (at->opcode == AICI_OPCODE_MULTIPLY && at->a != at->b && rate_in(search, value_of(at->a), &a) &&
        rate_in(search, value_of(at->b), &b))
        set_step(search, step, 1 + a + b, aici_edit_of(AICI_SLIP_RATES_ADDED, step));
}

/* --- products ------------------------------------------------------------------------------------------------------------------------- */

static void edit_product(aici_search *search, uint32_t step) {
    const aici_instruction *at = aici_sheet_step(search->sheet, step);
    const aici_expr *node = node_of(search, step);
    edit_factor(search, step, value_of(at->a), node->child[0], false);
    edit_factor(search, step, value_of(at->b), node->child[1], at->opcode == AICI_OPCODE_DIVIDE);
    edit_dimensions(search, step);
}

/* --- sums ----------------------------------------------------------------------------------------------------------------------------- */

static void edit_addend(aici_search *search, uint32_t step, uint32_t addend, const aici_expr *operand, double sign) {
    double part = sign * number_of(search, addend);
    aici_edit without = aici_edit_of(AICI_SLIP_LEFT_OUT, addend), twice = aici_edit_of(AICI_SLIP_TWICE, addend);
    without.operand = twice.operand = operand;
    add_to_step(search, step, -part, without);
    add_to_step(search, step, part, twice);
}

static void edit_sum(aici_search *search, uint32_t step) {
    const aici_instruction *at = aici_sheet_step(search->sheet, step);
    const aici_expr *node = node_of(search, step);
    bool operator= node->kind == AICI_EXPR_BINARY &&(node->variant == AICI_OPERATOR_ADD || node->variant == AICI_OPERATOR_SUBTRACT);
    bool function = node->kind == AICI_EXPR_CALL && (node->variant == AICI_FUNCTION_SUM || node->variant == AICI_FUNCTION_CUMULATIVE);
    if (is_one(search, value_of(at->a)) || is_one(search, value_of(at->b)) || (!operator&& !function))
        return;
    edit_addend(search, step, value_of(at->a), operator? node->child[0] : NULL, 1);
    edit_addend(search, step, value_of(at->b), operator? node->child[1] : NULL, at->opcode == AICI_OPCODE_ADD ? 1 : -1);
}

/* 1 + x taken for x, and x - 1 for x. */
static void edit_growth(aici_search *search, uint32_t step) {
    const aici_instruction *at = aici_sheet_step(search->sheet, step);
    uint32_t a = value_of(at->a), b = value_of(at->b);
    if (at->opcode == AICI_OPCODE_SUBTRACT && is_one(search, b))
        add_to_step(search, step, 1, aici_edit_of(AICI_SLIP_GROWTH_TO, step));
    else if (at->opcode == AICI_OPCODE_ADD && (is_one(search, a) || is_one(search, b)))
        add_to_step(search, step, -1, aici_edit_of(AICI_SLIP_GROWTH_OF, step));
}

/* The result itself, a growth per year included. */
static void edit_growth_of_result(aici_search *search) {
    const aici_dimension *dimension = &search->sheet->bound->claim[search->claim].computed->type.dimension;
    bool yearly =
        dimension->count == 1 && dimension->factor[0].exponent == -AICI_EXPONENT_ONE && aici_sheet_has_time(search->sheet, dimension);
    if (!aici_dimension_is_none(dimension) && !yearly)
        return;
    double one = yearly ? 1 / YEAR : 1;
    add_to_step(search, search->chain.output, one, aici_edit_of(AICI_SLIP_GROWTH_TO, AICI_NONE));
    add_to_step(search, search->chain.output, -one, aici_edit_of(AICI_SLIP_GROWTH_OF, AICI_NONE));
}

/* --- periods -------------------------------------------------------------------------------------------------------------------------- */

static bool is_whole(double value) { return value == floor(value) && fabs(value) >= 1 && fabs(value) <= 200; }

static aici_edit periods_edit(const aici_search *search, uint32_t periods, int more) {
    aici_edit edit = aici_edit_of(more > 0 ? AICI_SLIP_PERIODS_MORE : AICI_SLIP_PERIODS_FEWER, periods);
    edit.number = number_of(search, periods);
    return edit;
}

/* A constant may stand elsewhere too, so what is made of it is changed in its place. */
static void edit_whole_exponent(aici_search *search, uint32_t step, double base, uint32_t exponent) {
    double periods = number_of(search, exponent);
    for (int more = -1; more <= 1; more += 2) {
        aici_edit edit = periods_edit(search, exponent, more);
        if (exponent < search->sheet->first_leaf)
            set_step(search, step, aici_power(base, periods + more), edit);
        else
            scale_step(search, exponent, (periods + more) / periods, edit);
    }
}

static void edit_root(aici_search *search, uint32_t step, uint32_t exponent) {
    const aici_instruction *at = aici_sheet_step(search->sheet, exponent);
    uint32_t above = value_of(at->a), below = value_of(at->b);
    double base = number_of(search, value_of(aici_sheet_step(search->sheet, step)->a)), periods = number_of(search, below);
    for (int more = -1; more <= 1; more += 2) {
        aici_edit edit = periods_edit(search, below, more);
        if (is_whole(periods) && periods + more != 0)
            set_step(search, step, aici_power(base, number_of(search, above) / (periods + more)), edit);
    }
    if (is_whole(number_of(search, above)) && !is_one(search, above) && aici_sheet_is_step(search->sheet, above))
        edit_whole_exponent(search, step, base, above);
    if (is_one(search, above))
        set_step(search, step, 1 + (base - 1) * number_of(search, exponent), aici_edit_of(AICI_SLIP_SIMPLE_GROWTH, step));
}

static void edit_power(aici_search *search, uint32_t step) {
    const aici_instruction *at = aici_sheet_step(search->sheet, step);
    uint32_t base = value_of(at->a), exponent = value_of(at->b);
    double rate;
    if (is_whole(number_of(search, exponent)))
        edit_whole_exponent(search, step, number_of(search, base), exponent);
    else if (aici_sheet_is_step(search->sheet, exponent) && aici_sheet_step(search->sheet, exponent)->opcode == AICI_OPCODE_DIVIDE)
        edit_root(search, step, exponent);
    if (rate_in(search, base, &rate))
        set_step(search, step, 1 + rate * number_of(search, exponent), aici_edit_of(AICI_SLIP_SIMPLE_GROWTH, step));
}

/* Growth over two periods is a product, as is a square. */
static void edit_square(aici_search *search, uint32_t step) {
    const aici_instruction *at = aici_sheet_step(search->sheet, step);
    double base = number_of(search, value_of(at->a)), rate;
    if (at->a != at->b || !rate_in(search, value_of(at->a), &rate))
        return;
    for (int more = -1; more <= 1; more += 2) {
        aici_edit edit = aici_edit_of(more > 0 ? AICI_SLIP_PERIODS_MORE : AICI_SLIP_PERIODS_FEWER, step);
        edit.number = 2;
        scale_step(search, step, aici_power(base, more), edit);
    }
    set_step(search, step, 1 + 2 * rate, aici_edit_of(AICI_SLIP_SIMPLE_GROWTH, step));
}

/* --- all ------------------------------------------------------------------------------------------------------------------------------ */

static void edit_step(aici_search *search, uint32_t step) {
    switch ((aici_opcode)aici_sheet_step(search->sheet, step)->opcode) {
    case AICI_OPCODE_MULTIPLY:
        edit_product_of_rates(search, step);
        edit_square(search, step);
        if (is_product(search, step))
            edit_product(search, step);
        break;
    case AICI_OPCODE_DIVIDE:
        if (is_product(search, step))
            edit_product(search, step);
        break;
    case AICI_OPCODE_ADD:
    case AICI_OPCODE_SUBTRACT:
        edit_sum(search, step);
        edit_growth(search, step);
        break;
    case AICI_OPCODE_POWER: edit_power(search, step); break;
    default: break;
    }
}

void aici_search_operations(aici_search *search) {
    for (uint32_t value = search->sheet->first_step; value < search->sheet->value_count && aici_chain_spend(&search->chain, 1); value++) {
        if (search->chain.has[value])
            edit_step(search, value);
    }
    edit_growth_of_result(search);
}
