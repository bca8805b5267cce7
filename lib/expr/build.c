/* SPDX-License-Identifier: MIT */
/*
 * Nodes, and trees made by calls: what the scenario's mappings say becomes the same kind of tree as what an expression says.
 */
#include "expr/tree.h"

#include <string.h>

/* BINARY nodes have a third slot, for aici_node_above(). */
static uint32_t slots_of(aici_expr_kind kind, uint32_t count) { return kind == AICI_EXPR_BINARY ? count + 1 : count; }

aici_expr *aici_node_new(aici_arena *arena, aici_expr_kind kind, uint32_t count) {
    size_t slots = slots_of(kind, count);
    aici_expr *node = aici_arena_take(arena, sizeof *node + slots * sizeof node->child[0]);
    if (!node)
        return NULL;
    node->kind = (uint8_t)kind;
    node->count = count;
    if (slots > 0)
        node->child = (const aici_expr *const *)(node + 1);
    return node;
}

void aici_node_set_child(aici_expr *node, uint32_t index, const aici_expr *child) {
    const aici_expr **slot = (const aici_expr **)(node + 1);
    slot[index] = child;
    bool spine = index == 0 && node->kind == AICI_EXPR_BINARY && child->kind == AICI_EXPR_BINARY;
    if (spine && !child->child[2])
        ((const aici_expr **)(uintptr_t)child->child)[2] = node;
}

const aici_expr *aici_spine_bottom(const aici_expr *top) {
    const aici_expr *bottom = top;
    while (bottom->child[0]->kind == AICI_EXPR_BINARY && aici_node_above(bottom->child[0]) == bottom)
        bottom = bottom->child[0];
    return bottom;
}

static const aici_expr *first_with_text(const aici_expr *node) {
    while (!node->fragment && node->count > 0)
        node = node->child[0];
    return node;
}

aici_place aici_node_place(const aici_expr *node) {
    const aici_expr *written = first_with_text(node);
    return written->fragment ? aici_fragment_place(written->fragment, written->begin, written->end) : (aici_place){.source = NULL};
}

aici_slice aici_node_text(const aici_expr *node) {
    if (!node->fragment)
        return (aici_slice){"", 0};
    return (aici_slice){node->fragment->text.bytes + node->begin, node->end - node->begin};
}

const aici_expr *aici_expr_literal(const aici_expr *tree) {
    if (tree->kind == AICI_EXPR_NEGATE)
        tree = tree->child[0];
    return tree->kind == AICI_EXPR_NUMBER ? tree : NULL;
}

bool aici_is_bare_literal(const aici_expr *node) {
    const aici_expr *literal = aici_expr_literal(node);
    return literal && literal->as.number.unit_text.size == 0;
}

aici_slice aici_literal_digits(const aici_expr *literal) {
    aici_slice text = aici_node_text(literal), unit = literal->as.number.unit_text;
    bool ends = unit.size > 0 && text.size > unit.size && memcmp(text.bytes + text.size - unit.size, unit.bytes, unit.size) == 0;
    if (ends)
        text.size -= unit.size;
    return aici_slice_trim(text);
}

/* --- trees made by calls -------------------------------------------------------------------------------------------------------------- */

static void set_children(aici_expr *node, const aici_expr *const *child) {
    for (uint32_t i = 0; i < node->count; i++)
        aici_node_set_child(node, i, child[i]);
}

static void *copy_array(aici_arena *arena, const void *array, size_t count, size_t bytes) {
    void *copy = aici_arena_take_array(arena, count, bytes);
    if (copy && count > 0)
        memcpy(copy, array, count * bytes);
    return copy;
}

const aici_expr *aici_expr_new_series(aici_arena *arena, aici_between between, uint32_t count, const int32_t *year,
                                      const aici_expr *const *value) {
    aici_expr *node = aici_node_new(arena, AICI_EXPR_SERIES, count);
    if (!node)
        return NULL;
    node->variant = (uint8_t)between;
    node->as.year = copy_array(arena, year, count, sizeof *year);
    set_children(node, value);
    return node->as.year ? node : NULL;
}

const aici_expr *aici_expr_new_compound(aici_arena *arena, int32_t start_year, const aici_expr *start, const aici_expr *growth) {
    aici_expr *node = aici_node_new(arena, AICI_EXPR_COMPOUND, 2);
    if (!node)
        return NULL;
    node->as.start_year = start_year;
    set_children(node, (const aici_expr *[]){start, growth});
    return node;
}

static void place_whole(aici_expr *node, const aici_fragment *fragment) {
    node->fragment = fragment;
    node->end = fragment ? (uint32_t)fragment->text.size : 0;
}

const aici_expr *aici_expr_new_distribution(aici_arena *arena, aici_distribution distribution, uint32_t count, const uint8_t *parameter,
                                            const aici_expr *const *value, const aici_fragment *fragment) {
    aici_expr *node = aici_node_new(arena, AICI_EXPR_DISTRIBUTION, count);
    if (!node)
        return NULL;
    node->variant = (uint8_t)distribution;
    node->as.parameter = copy_array(arena, parameter, count, sizeof *parameter);
    place_whole(node, fragment);
    set_children(node, value);
    return node->as.parameter ? node : NULL;
}

const aici_expr *aici_expr_new_binary(aici_arena *arena, aici_operator operation, const aici_expr *left, const aici_expr *right) {
    aici_expr *node = aici_node_new(arena, AICI_EXPR_BINARY, 2);
    if (!node)
        return NULL;
    node->variant = (uint8_t)operation;
    set_children(node, (const aici_expr *[]){left, right});
    return node;
}

const aici_expr *aici_expr_new_name(aici_arena *arena, aici_slice name, const aici_fragment *fragment) {
    aici_expr *node = aici_node_new(arena, AICI_EXPR_NAME, 0);
    if (!node)
        return NULL;
    node->as.name.text = name;
    place_whole(node, fragment);
    return node;
}
