/* SPDX-License-Identifier: MIT */
/*
 * Operators: the algebra of dimensions, truth values, and the years on which the result lives.
 */
#include "expr/checker.h"

#include <math.h>

static bool demand_kind(aici_checker *checker, aici_expr *node, uint32_t index, aici_type_kind kind, const char *expected) {
    const aici_expr *child = node->child[index];
    if (child->type.kind == kind)
        return true;
    aici_place place = aici_node_place(child);
    aici_check_fault(checker, node,
                     aici_report_error(aici_check_report(checker), AICI_CODE_TYPE, &place, "expected %s, found %s", expected,
                                       aici_check_found(checker, child)));
    return false;
}

static bool demand_truth(aici_checker *checker, aici_expr *node, uint32_t index) {
    return demand_kind(checker, node, index, AICI_TYPE_BOOLEAN, "a truth value");
}

static void refuse_complex(aici_checker *checker, aici_expr *node) {
    aici_place place = aici_node_place(node);
    aic_status status = aici_report_error(aici_check_report(checker), AICI_CODE_UNIT_TOO_COMPLEX, &place,
                                          "the unit of this has too many base units, or too high powers, to be kept");
    aici_report_hint(aici_check_report(checker), "a product of different counts is rarely meant: is a factor inverted?");
    aici_check_fault(checker, node, status);
}

/* --- arithmetic ----------------------------------------------------------------------------------------------------------------------- */

static void check_product(aici_checker *checker, aici_expr *node) {
    const aici_dimension *left = &node->child[0]->type.dimension, *right = &node->child[1]->type.dimension;
    if (aici_is_unknown(node->child[0]) || aici_is_unknown(node->child[1])) {
        aici_check_set_unknown(checker, node);
        return;
    }
    bool fits = node->variant == AICI_OPERATOR_MULTIPLY ? aici_dimension_multiply(left, right, &node->type.dimension)
                                                        : aici_dimension_divide(left, right, &node->type.dimension);
    if (!fits)
        refuse_complex(checker, node);
}

static void refuse_exponent(aici_checker *checker, aici_expr *node, const aici_expr *at, const char *why, const char *hint) {
    aici_place place = aici_node_place(at);
    aic_status status = aici_report_error(aici_check_report(checker), AICI_CODE_EXPONENT, &place, "the exponent: %s", why);
    if (hint)
        aici_report_hint(aici_check_report(checker), "%s", hint);
    aici_check_fault(checker, node, status);
}

/* `3.14 * 10^23 FLOP`: the unit went to the exponent. */
static const char *hint_for_power_of_ten(aici_checker *checker, const aici_expr *base, const aici_expr *exponent) {
    bool ten = base->kind == AICI_EXPR_NUMBER && base->as.number.written == 10 && base->as.number.unit_text.size == 0;
    if (!ten || exponent->kind != AICI_EXPR_NUMBER)
        return "an exponent is a pure number: divide it by a unit, as in `x ^ (t / (1 year))`";
    return aici_check_compose(checker, "ten to a power is part of the number, as in `1e%.*s`", AICI_SLICE(aici_node_text(exponent)));
}

static void check_power(aici_checker *checker, aici_expr *node) {
    const aici_expr *base = node->child[0], *exponent = node->child[1];
    if (!aici_is_pure(exponent) && !aici_is_unknown(exponent)) {
        refuse_exponent(checker, node, exponent,
                        aici_check_compose(checker, "expected a pure number, found %s", aici_check_found(checker, exponent)),
                        hint_for_power_of_ten(checker, base, exponent));
    } else if (aici_is_unknown(base) || aici_is_unknown(exponent)) {
        aici_check_set_unknown(checker, node);
    } else if (aici_is_pure(base)) {
        node->type.dimension = aici_dimension_none();
    } else if (isnan(exponent->constant)) {
        refuse_exponent(
            checker, node, exponent,
            aici_check_compose(checker, "expected a constant, since its base has the unit %s", aici_check_found(checker, base)),
            "the unit of the result must not depend on what varies: divide the base by a unit first, as in `(x / (1 year)) ^ n`");
    } else if (!aici_dimension_power(&base->type.dimension, exponent->constant, &node->type.dimension)) {
        refuse_exponent(checker, node, exponent,
                        aici_check_compose(checker, "%s to this power has no unit", aici_check_found(checker, base)),
                        "powers of units are whole, or halves, thirds, quarters, sixths or twelfths");
    }
}

static void check_arithmetic(aici_checker *checker, aici_expr *node) {
    if (!aici_check_quantities(checker, node, 0) || !aici_check_join(checker, node))
        return;
    switch (node->variant) {
    case AICI_OPERATOR_ADD:
    case AICI_OPERATOR_SUBTRACT:
        if (aici_check_same(checker, node, 0, 1))
            node->type.dimension = node->child[0]->type.dimension;
        break;
    case AICI_OPERATOR_POWER: check_power(checker, node); break;
    default: check_product(checker, node);
    }
    if (node->type.kind != AICI_TYPE_FAULTY && aici_is_unknown(node))
        aici_check_set_unknown(checker, node);
}

/* --- truth values --------------------------------------------------------------------------------------------------------------------- */

static void check_comparison(aici_checker *checker, aici_expr *node) {
    bool equality = node->variant == AICI_OPERATOR_EQUAL || node->variant == AICI_OPERATOR_NOT_EQUAL;
    uint8_t kind = node->child[0]->type.kind;
    if (!aici_check_join(checker, node))
        return;
    if (equality && kind != AICI_TYPE_QUANTITY) {
        if (!demand_kind(checker, node, 1, (aici_type_kind)kind, aici_check_found(checker, node->child[0])))
            return;
    } else if (!aici_check_quantities(checker, node, 0) || !aici_check_same(checker, node, 0, 1)) {
        return;
    }
    node->type.kind = AICI_TYPE_BOOLEAN;
}

static void check_logic(aici_checker *checker, aici_expr *node) {
    for (uint32_t i = 0; i < node->count; i++) {
        if (!demand_truth(checker, node, i))
            return;
    }
    if (aici_check_join(checker, node))
        node->type.kind = AICI_TYPE_BOOLEAN;
}

static void check_if(aici_checker *checker, aici_expr *node) {
    if (!demand_truth(checker, node, 0) || !aici_check_join(checker, node))
        return;
    bool truths = node->child[1]->type.kind == AICI_TYPE_BOOLEAN;
    if (truths && demand_truth(checker, node, 2))
        node->type.kind = AICI_TYPE_BOOLEAN;
    if (truths || !aici_check_quantities(checker, node, 1) || !aici_check_same(checker, node, 1, 2))
        return;
    node->type.dimension = node->child[1]->type.dimension;
    if (aici_is_unknown(node))
        aici_check_set_unknown(checker, node);
}

static void check_negation(aici_checker *checker, aici_expr *node) {
    if (!aici_check_quantities(checker, node, 0) || !aici_check_join(checker, node))
        return;
    node->type.dimension = node->child[0]->type.dimension;
    if (aici_is_unknown(node))
        aici_check_set_unknown(checker, node);
}

void aici_check_operator(aici_checker *checker, aici_expr *node) {
    if (node->kind == AICI_EXPR_NEGATE)
        check_negation(checker, node);
    else if (node->kind == AICI_EXPR_IF)
        check_if(checker, node);
    else if (node->kind == AICI_EXPR_NOT || node->variant == AICI_OPERATOR_AND || node->variant == AICI_OPERATOR_OR)
        check_logic(checker, node);
    else if (node->variant >= AICI_OPERATOR_LESS && node->variant <= AICI_OPERATOR_NOT_EQUAL)
        check_comparison(checker, node);
    else
        check_arithmetic(checker, node);
}
