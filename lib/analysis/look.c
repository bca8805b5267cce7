/* SPDX-License-Identifier: MIT */
/*
 * The walk over a formula from left to right. It goes as deep as the formula is nested, which the limits bound; a sum of thousands of
 * terms, which nests on its left side only, is walked with a stack of its own.
 */
#include "analysis/look.h"

/* --- conditions ----------------------------------------------------------------------------------------------------------------------- */

/* The text that a tree stands for; false when it is none. */
static bool text_of(const aici_run *run, const aici_expr *tree, aici_slice *text) {
    while (tree->kind == AICI_EXPR_NAME && tree->as.name.symbol < run->bound->quantity_count && tree->type.kind == AICI_TYPE_TEXT)
        tree = run->bound->quantity[tree->as.name.symbol].tree;
    if (tree->kind == AICI_EXPR_TEXT)
        *text = tree->as.text;
    return tree->kind == AICI_EXPR_TEXT;
}

static bool decide_name(const aici_run *run, const aici_expr *name, bool *truth) {
    double value;
    if (name->type.kind != AICI_TYPE_BOOLEAN || name->type.years || name->as.name.symbol >= run->bound->quantity_count ||
        !aici_run_value(run, name->as.name.symbol, AICI_NO_YEAR, &value))
        return false;
    *truth = value != 0;
    return true;
}

static bool decide(const aici_run *run, const aici_expr *condition, unsigned depth, bool *truth);

static bool decide_binary(const aici_run *run, const aici_expr *node, unsigned depth, bool *truth) {
    aici_slice left, right;
    bool first, second;
    if (node->variant == AICI_OPERATOR_AND || node->variant == AICI_OPERATOR_OR) {
        if (!decide(run, node->child[0], depth + 1, &first) || !decide(run, node->child[1], depth + 1, &second))
            return false;
        *truth = node->variant == AICI_OPERATOR_AND ? first && second : first || second;
        return true;
    }
    if (!text_of(run, node->child[0], &left) || !text_of(run, node->child[1], &right))
        return false;
    *truth = aici_slice_equal(left, right) == (node->variant == AICI_OPERATOR_EQUAL);
    return true;
}

/* Conditions that nest deeper than anybody writes them are left undecided. */
static bool decide(const aici_run *run, const aici_expr *condition, unsigned depth, bool *truth) {
    enum { DEEPEST = 32 };
    if (depth > DEEPEST)
        return false;
    switch ((aici_expr_kind)condition->kind) {
    case AICI_EXPR_BOOLEAN: *truth = condition->as.boolean; return true;
    case AICI_EXPR_NAME: return decide_name(run, condition, truth);
    case AICI_EXPR_NOT:
        if (!decide(run, condition->child[0], depth + 1, truth))
            return false;
        *truth = !*truth;
        return true;
    case AICI_EXPR_BINARY: return decide_binary(run, condition, depth, truth);
    default: return false;
    }
}

bool aici_look_decides(const aici_run *run, const aici_expr *condition, bool *truth) { return decide(run, condition, 0, truth); }

/* --- the walk ------------------------------------------------------------------------------------------------------------------------- */

static void add(aici_looks *looks, aici_look look) {
    aici_look *grown = aici_memory_grow(looks->run->allocator, looks->look, looks->count, &looks->capacity, sizeof *grown);
    looks->failed = looks->failed || !grown;
    if (!grown)
        return;
    looks->look = grown;
    grown[looks->count++] = look;
}

static void look_at_name(aici_looks *looks, const aici_expr *name, int32_t year, bool whole) {
    uint32_t quantity = name->as.name.symbol;
    if (quantity >= looks->run->bound->quantity_count)
        return;
    const aici_years *years = looks->run->bound->quantity[quantity].tree->type.years;
    aici_look look = {.node = name, .quantity = quantity, .year = years ? year : (int32_t)AICI_NO_YEAR, .whole = whole && years};
    look.missing = years && !whole && aici_years_find(years, year) < 0;
    add(looks, look);
}

static void walk(aici_looks *looks, const aici_expr *node, int32_t year, bool whole);

static void walk_all(aici_looks *looks, const aici_expr *node, int32_t year, bool whole) {
    for (uint32_t i = 0; i < node->count; i++)
        walk(looks, node->child[i], year, whole);
}

/* x as it was so many years before; the rest (years, initial value) now. */
static void walk_back(aici_looks *looks, const aici_expr *node, int32_t year, int32_t years_back) {
    walk(looks, node->child[0], year == AICI_NO_YEAR ? year : year - years_back, false);
    for (uint32_t i = 1; i < node->count; i++)
        walk(looks, node->child[i], year, false);
}

static bool is_of_one_series(const aici_expr *node) { return node->count == 1 && node->child[0]->type.years; }

static void walk_call(aici_looks *looks, const aici_expr *node, int32_t year, bool whole) {
    switch ((aici_function)node->variant) {
    case AICI_FUNCTION_PREVIOUS: walk_back(looks, node, year, 1); break;
    case AICI_FUNCTION_DELAY: walk_back(looks, node, year, node->as.whole_years); break;
    case AICI_FUNCTION_SUM:
    case AICI_FUNCTION_MEAN:
    case AICI_FUNCTION_MIN:
    case AICI_FUNCTION_MAX: walk_all(looks, node, year, whole || is_of_one_series(node)); break;
    case AICI_FUNCTION_CUMULATIVE:
    case AICI_FUNCTION_GROWTH:
    case AICI_FUNCTION_FIRST:
    case AICI_FUNCTION_LAST:
    case AICI_FUNCTION_FIRST_YEAR:
    case AICI_FUNCTION_LAST_YEAR:
    case AICI_FUNCTION_IN_SERVICE:
        walk(looks, node->child[0], year, true);
        for (uint32_t i = 1; i < node->count; i++)
            walk(looks, node->child[i], year, i == 2);
        break;
    default: walk_all(looks, node, year, whole);
    }
}

/* The value that is listed for the year, or the two between which it lies. */
static void walk_series(aici_looks *looks, const aici_expr *node, int32_t year) {
    uint32_t next = 0;
    while (next < node->count && node->as.year[next] < year)
        next++;
    bool listed = next < node->count && node->as.year[next] == year;
    if (!listed && next > 0)
        walk(looks, node->child[next - 1], node->as.year[next - 1], false);
    if (next < node->count)
        walk(looks, node->child[next], node->as.year[next], false);
}

static void walk_if(aici_looks *looks, const aici_expr *node, int32_t year, bool whole) {
    bool truth, decided = aici_look_decides(looks->run, node->child[0], &truth);
    looks->decided = looks->decided || decided;
    walk(looks, node->child[0], year, whole);
    if (!decided || truth)
        walk(looks, node->child[1], year, whole);
    if (!decided || !truth)
        walk(looks, node->child[2], year, whole);
}

static void walk_index(aici_looks *looks, const aici_expr *node) {
    size_t first = looks->count;
    walk(looks, node->child[0], node->as.index_year, false);
    for (uint32_t i = 1; i < node->count; i++)
        walk(looks, node->child[i], AICI_NO_YEAR, false);
    if (node->child[0]->kind == AICI_EXPR_NAME && looks->count > first)
        looks->look[first].indexed = true;
}

static void push(aici_looks *looks, const aici_expr *binary) {
    const aici_expr **grown =
        aici_memory_grow(looks->run->allocator, looks->spine, looks->spine_count, &looks->spine_capacity, sizeof *grown);
    looks->failed = looks->failed || !grown;
    if (!grown)
        return;
    looks->spine = grown;
    grown[looks->spine_count++] = binary;
}

/* Down the left side to the first operand, then up again over the right operands. */
static void walk_binary(aici_looks *looks, const aici_expr *node, int32_t year, bool whole) {
    size_t first = looks->count, bottom = looks->spine_count;
    const aici_expr *below = node;
    for (; below->kind == AICI_EXPR_BINARY && !looks->failed; below = below->child[0]) {
        push(looks, below);
        node = below;
    }
    if (looks->failed)
        return;
    walk(looks, below, year, whole);
    if (node->variant == AICI_OPERATOR_POWER && below->kind == AICI_EXPR_NAME && looks->count > first)
        looks->look[first].powered = true;
    while (looks->spine_count > bottom && !looks->failed)
        walk(looks, looks->spine[--looks->spine_count]->child[1], year, whole);
}

static void walk(aici_looks *looks, const aici_expr *node, int32_t year, bool whole) {
    switch ((aici_expr_kind)node->kind) {
    case AICI_EXPR_NAME: look_at_name(looks, node, year, whole); break;
    case AICI_EXPR_INDEX: walk_index(looks, node); break;
    case AICI_EXPR_CALL: walk_call(looks, node, year, whole); break;
    case AICI_EXPR_SERIES: walk_series(looks, node, year); break;
    case AICI_EXPR_COMPOUND:
        walk(looks, node->child[0], node->as.start_year, false);
        walk(looks, node->child[1], year, false);
        break;
    case AICI_EXPR_IF: walk_if(looks, node, year, whole); break;
    case AICI_EXPR_BINARY: walk_binary(looks, node, year, whole); break;
    default: walk_all(looks, node, year, whole);
    }
}

void aici_looks_collect(aici_looks *looks, const aici_expr *tree, int32_t year) {
    looks->count = looks->next = looks->spine_count = 0;
    looks->decided = false;
    walk(looks, tree, year, false);
}

void aici_looks_end(aici_looks *looks) {
    if (!looks->run)
        return;
    aici_memory_release(looks->run->allocator, looks->look);
    aici_memory_release(looks->run->allocator, looks->spine);
    looks->look = NULL;
    looks->spine = NULL;
}

const aici_look *aici_looks_find(aici_looks *looks, const aici_expr *name) {
    for (size_t tried = 0; tried < looks->count; tried++) {
        size_t i = (looks->next + tried) % looks->count;
        if (looks->look[i].node == name) {
            looks->next = i + 1;
            return &looks->look[i];
        }
    }
    return NULL;
}
