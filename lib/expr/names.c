/* SPDX-License-Identifier: MIT */
/*
 * Which names a tree looks at, and in which years: the order of computing follows from this.
 */
#include "expr/tree.h"

typedef struct visitor {
    void (*visit)(void *context, const aici_expr *name, aici_use use);
    void *context;
} visitor;

static aici_use use_of_argument(const aici_expr *call, uint32_t index) {
    switch (call->variant) {
    case AICI_FUNCTION_PREVIOUS:
    case AICI_FUNCTION_DELAY: return index == 0 ? AICI_USE_EARLIER_YEAR : AICI_USE_SAME_YEAR;
    case AICI_FUNCTION_MIN:
    case AICI_FUNCTION_MAX:
    case AICI_FUNCTION_SUM:
    case AICI_FUNCTION_MEAN: return call->count == 1 ? AICI_USE_ALL_YEARS : AICI_USE_SAME_YEAR;
    case AICI_FUNCTION_FIRST:
    case AICI_FUNCTION_LAST:
    case AICI_FUNCTION_FIRST_YEAR:
    case AICI_FUNCTION_LAST_YEAR: return AICI_USE_ALL_YEARS;
    case AICI_FUNCTION_IN_SERVICE: return index == 2 ? AICI_USE_ALL_YEARS : AICI_USE_SAME_YEAR;
    default: return AICI_USE_SAME_YEAR;
    }
}

static aici_use use_of_child(const aici_expr *node, uint32_t index) {
    switch (node->kind) {
    case AICI_EXPR_CALL: return use_of_argument(node, index);
    case AICI_EXPR_INDEX: return index == 0 ? AICI_USE_ALL_YEARS : AICI_USE_SAME_YEAR;
    case AICI_EXPR_SERIES: return node->variant == AICI_BETWEEN_NONE ? AICI_USE_SAME_YEAR : AICI_USE_ALL_YEARS;
    case AICI_EXPR_COMPOUND: return index == 0 ? AICI_USE_ALL_YEARS : AICI_USE_SAME_YEAR;
    default: return AICI_USE_SAME_YEAR;
    }
}

/* What needs all years needs them behind a lag too; what is behind a lag stays behind it. */
static aici_use within(aici_use outer, aici_use inner) { return inner > outer ? inner : outer; }

/* As deep as the tree is high, which the reader limits; left spines are walked upwards. */
static void visit_names(const visitor *v, const aici_expr *node, aici_use use) {
    if (node->kind == AICI_EXPR_NAME) {
        v->visit(v->context, node, use);
        return;
    }
    if (node->kind != AICI_EXPR_BINARY) {
        for (uint32_t i = 0; i < node->count; i++)
            visit_names(v, node->child[i], within(use, use_of_child(node, i)));
        return;
    }
    const aici_expr *at = aici_spine_bottom(node);
    visit_names(v, at->child[0], use);
    visit_names(v, at->child[1], use);
    while (at != node) {
        at = aici_node_above(at);
        visit_names(v, at->child[1], use);
    }
}

void aici_expr_each_name(const aici_expr *tree, void (*visit)(void *context, const aici_expr *name, aici_use use), void *context) {
    visit_names(&(visitor){visit, context}, tree, AICI_USE_SAME_YEAR);
}
