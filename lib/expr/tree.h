/* SPDX-License-Identifier: MIT */
/* How nodes are made and how a long left spine (a sum of thousands of terms) is walked without a stack. */
#ifndef AICI_EXPR_TREE_H
#define AICI_EXPR_TREE_H

#include "expr/expr.h"

/** A node with room for its children; NULL when there is no memory. */
aici_expr *aici_node_new(aici_arena *arena, aici_expr_kind kind, uint32_t count);

/** Gives a node made by aici_node_new() its child. */
void aici_node_set_child(aici_expr *node, uint32_t index, const aici_expr *child);

/** A child that the same pass has made, and may still change. */
static inline aici_expr *aici_node_child(const aici_expr *node, uint32_t index) { return (aici_expr *)node->child[index]; }

/** The BINARY node of which this BINARY node is the left operand: a slot behind its two children. NULL at the top of a spine. */
static inline const aici_expr *aici_node_above(const aici_expr *binary) { return binary->child[2]; }

/** The BINARY node at the bottom of the left spine that begins at @p top, reachable from there by aici_node_above(). */
const aici_expr *aici_spine_bottom(const aici_expr *top);

/** The first place that a tree or its parts have; a place without source when it has none. */
aici_place aici_node_place(const aici_expr *node);

/** Whether a tree is one literal without unit, perhaps negated. */
bool aici_is_bare_literal(const aici_expr *node);

/** The text of a literal without its unit, where the unit ends it. */
aici_slice aici_literal_digits(const aici_expr *literal);

/** The text of a node as it was written; empty for nodes made by calls. */
aici_slice aici_node_text(const aici_expr *node);

#endif
