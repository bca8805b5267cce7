/* SPDX-License-Identifier: MIT */
/*
 * The list of draws, and their order in a program: by quantity, by place in its tree, by year; components directly before what they are
 * components of. Words are counted in that order; the years of one distribution share theirs, and so do those of a series.
 */
#include "plan/draws.h"
#include "base/hash.h"

#include <stdlib.h>

enum { WORD_SHIFT = 24 }; /* in the number beside a stream's name: the word above, the distribution in the tree below */

aici_draws aici_draws_new(const aici_bound *bound, const aic_allocator *allocator) {
    return (aici_draws){.bound = bound, .allocator = allocator, .memo = aici_memo_new(allocator)};
}

void aici_draws_free(aici_draws *draws) {
    aici_memo_free(&draws->memo);
    aici_memory_release(draws->allocator, draws->drawn);
    aici_memory_release(draws->allocator, draws->operand);
    *draws = aici_draws_new(draws->bound, draws->allocator);
}

uint32_t aici_draws_find(const aici_draws *draws, const aici_origin *at) {
    aici_value draw;
    return aici_memo_find(&draws->memo, at->node, at->node->type.years ? at->year : AICI_NO_YEAR, &draw) ? draw : AICI_NONE;
}

static bool add_operand(aici_draws *draws, uint32_t operand) {
    uint32_t *grown = aici_memory_grow(draws->allocator, draws->operand, draws->operand_count, &draws->operand_capacity, sizeof *grown);
    if (!grown)
        return false;
    draws->operand = grown;
    grown[draws->operand_count++] = operand;
    return true;
}

static bool add_operands(aici_draws *draws, const aici_origin *at, const aici_value *value) {
    bool added = true;
    for (uint32_t i = 0; i < at->node->count && added; i++) {
        const aici_origin child = {at->node->child[i], at->quantity, at->year};
        bool component = at->node->as.parameter[i] == AICI_PARAMETER_DISTRIBUTION;
        added = add_operand(draws, component ? aici_draws_find(draws, &child) : *value++);
    }
    return added;
}

bool aici_draws_add(aici_draws *draws, const aici_origin *at, const aici_value *value) {
    aici_drawn *grown = aici_memory_grow(draws->allocator, draws->drawn, draws->count, &draws->capacity, sizeof *grown);
    if (!grown)
        return false;
    draws->drawn = grown;
    grown[draws->count] = (aici_drawn){*at, (uint32_t)draws->operand_count};
    return add_operands(draws, at, value) && aici_memo_keep(&draws->memo, at->node, at->year, (aici_value)draws->count++);
}

/* --- names of streams ----------------------------------------------------------------------------------------------------------------- */

/** Counts distributions in the order of reading, up to @p wanted; components have no number. */
static bool count_up_to(const aici_expr *tree, const aici_expr *wanted, uint32_t *number) {
    if (tree == wanted)
        return true;
    if (tree->kind == AICI_EXPR_DISTRIBUTION) {
        ++*number;
        return false;
    }
    for (uint32_t i = 0; i < tree->count; i++)
        if (count_up_to(tree->child[i], wanted, number))
            return true;
    return false;
}

/** Where a distribution stands: in which value of a series (0 where there is none), and which it is there. */
typedef struct position {
    uint32_t part, number;
} position;

static position position_of(const aici_draws *draws, const aici_origin *origin) {
    position at = {0, 0};
    if (origin->quantity == AICI_NONE)
        return at;
    const aici_expr *tree = draws->bound->quantity[origin->quantity].tree;
    if (tree->kind != AICI_EXPR_SERIES) {
        count_up_to(tree, origin->node, &at.number);
        return at;
    }
    while (at.part < tree->count && !count_up_to(tree->child[at.part], origin->node, &at.number)) {
        at.number = 0;
        at.part++;
    }
    return at;
}

/** The distribution with a number, which is counted down on the way to it. */
static const aici_expr *find_numbered(const aici_expr *tree, uint32_t *number) {
    const aici_expr *found = NULL;
    if (tree->kind == AICI_EXPR_DISTRIBUTION)
        return (*number)-- == 0 ? tree : NULL;
    for (uint32_t i = 0; i < tree->count && !found; i++)
        found = find_numbered(tree->child[i], number);
    return found;
}

/** The year of a value of a quantity, for a distribution in it whose parameters are series. */
static int32_t year_of_part(const aici_expr *tree, uint32_t part) {
    if (tree->kind == AICI_EXPR_SERIES)
        return tree->as.year[part];
    return tree->kind == AICI_EXPR_COMPOUND ? tree->as.start_year : tree->type.years->year[0];
}

aici_origin aici_draws_first(const aici_bound *bound, uint32_t quantity) {
    const aici_expr *tree = bound->quantity[quantity].tree;
    const bool series = tree->kind == AICI_EXPR_SERIES;
    aici_origin first = {NULL, quantity, AICI_NO_YEAR};
    for (uint32_t part = 0; part < (series ? tree->count : 1) && !first.node; part++) {
        uint32_t number = 0;
        first.node = find_numbered(series ? tree->child[part] : tree, &number);
        if (first.node && first.node->type.years)
            first.year = year_of_part(tree, part);
    }
    return first;
}

/** How deep mixtures lie in one another: each takes a word to choose. */
static uint32_t depth_of_mixtures(const aici_expr *node) {
    uint32_t deepest = 0;
    for (uint32_t i = 0; i < node->count; i++)
        if (node->as.parameter[i] == AICI_PARAMETER_DISTRIBUTION) {
            uint32_t depth = depth_of_mixtures(node->child[i]);
            deepest = depth > deepest ? depth : deepest;
        }
    return deepest + (node->variant == AICI_DISTRIBUTION_MIXTURE);
}

/** How a random word becomes a value: within one way, but for the last, the same word is the same quantile. */
typedef enum way {
    WAY_PAIRS,    /* a normal number, made in pairs where there are no Sobol' points */
    WAY_QUANTILE, /* its quantile */
    WAY_CHOICE    /* several words */
} way;

static way way_of(const aici_expr *node) {
    if (depth_of_mixtures(node))
        return WAY_CHOICE;
    if (node->variant != AICI_DISTRIBUTION_NORMAL && node->variant != AICI_DISTRIBUTION_LOGNORMAL)
        return WAY_QUANTILE;
    for (uint32_t i = 0; i < node->count; i++)
        if (node->as.parameter[i] == AICI_PARAMETER_P50)
            return WAY_QUANTILE;
    return WAY_PAIRS;
}

bool aici_draws_by_normal(const aici_draws *draws, const aici_origin *at) {
    const aici_expr *tree = at->quantity == AICI_NONE ? at->node : draws->bound->quantity[at->quantity].tree;
    if (tree->kind != AICI_EXPR_SERIES)
        return false;
    const position here = position_of(draws, at);
    const way mine = way_of(at->node);
    bool differs = false;
    for (uint32_t part = 0; part < tree->count && !differs; part++) {
        uint32_t number = here.number;
        const aici_expr *other = part == here.part ? NULL : find_numbered(tree->child[part], &number);
        differs = other && (mine == WAY_CHOICE || way_of(other) != mine);
    }
    return differs;
}

static const uint64_t *name_streams(const aici_draws *draws, const aici_origin *origin, uint32_t number, uint32_t count,
                                    aici_arena *arena) {
    const char *name = origin->quantity == AICI_NONE ? "" : draws->bound->quantity[origin->quantity].name;
    uint64_t *stream = aici_arena_take_array(arena, count, sizeof *stream);
    for (uint32_t word = 0; stream && word < count; word++)
        stream[word] = aici_name_hash(aici_slice_of(name), number | word << WORD_SHIFT);
    return stream;
}

/* --- the order ------------------------------------------------------------------------------------------------------------------------ */

/** A draw that is no component. */
typedef struct root {
    uint32_t draw, quantity;
    position at;
    int32_t year;
} root;

static int order_roots(const void *left, const void *right) {
    const root *a = left, *b = right;
    if (a->quantity != b->quantity)
        return a->quantity < b->quantity ? -1 : 1;
    if (a->at.number != b->at.number)
        return a->at.number < b->at.number ? -1 : 1;
    if (a->at.part != b->at.part)
        return a->at.part < b->at.part ? -1 : 1;
    return (a->year > b->year) - (a->year < b->year);
}

typedef struct arrangement {
    const aici_draws *draws;
    uint32_t *number;
    aici_arena *arena;
    aici_draw *draw;
    uint32_t count;
} arrangement;

/** Components first. @return the draw, NULL when there is no memory */
static aici_draw *put(arrangement *self, uint32_t draw) {
    const aici_drawn *drawn = &self->draws->drawn[draw];
    const aici_expr *node = drawn->origin.node;
    aici_operand *value = aici_arena_take_array(self->arena, node->count, sizeof *value);
    for (uint32_t i = 0; i < node->count && value; i++)
        if (aici_draws_is_component(self->draws, draw, i) && !put(self, self->draws->operand[drawn->first + i]))
            return NULL;
    if (!value)
        return NULL;
    self->number[draw] = self->count;
    self->draw[self->count] = (aici_draw){
        .distribution = node->variant, .count = node->count, .parameter = node->as.parameter, .value = value, .origin = drawn->origin};
    return &self->draw[self->count++];
}

static bool share_words(const root *left, const root *right) {
    return left->quantity == right->quantity && left->at.number == right->at.number;
}

/** The years of one distribution, and those of a series, follow one another, and have the words of the first. */
static bool put_roots(arrangement *self, const root *roots, size_t count, aici_program *program) {
    const aici_draw *before = NULL;
    for (size_t i = 0; i < count; i++) {
        aici_draw *draw = put(self, roots[i].draw);
        if (!draw)
            return false;
        const bool shared = before && share_words(&roots[i - 1], &roots[i]);
        const bool by_normal = aici_draws_by_normal(self->draws, &draw->origin);
        draw->word_count = by_normal ? 1 : 1 + depth_of_mixtures(draw->origin.node);
        draw->word = shared ? before->word : program->word_count;
        draw->stream =
            shared ? before->stream : name_streams(self->draws, &draw->origin, roots[i].at.number, draw->word_count, self->arena);
        program->word_count += shared ? 0 : draw->word_count;
        if (!draw->stream)
            return false;
        before = draw;
    }
    program->draw = self->draw;
    program->draw_count = self->count;
    return true;
}

bool aici_draws_arrange(const aici_draws *draws, uint32_t *number, aici_arena *arena, aici_program *program) {
    root *roots = aici_memory_take_array(draws->allocator, draws->count + 1, sizeof *roots);
    arrangement self = {draws, number, arena, aici_arena_take_array(arena, draws->count, sizeof *self.draw), 0};
    size_t count = 0;
    for (uint32_t i = 0; roots && i < draws->count; i++)
        if (number[i] != AICI_NONE) {
            const aici_origin *origin = &draws->drawn[i].origin;
            roots[count++] = (root){i, origin->quantity, position_of(draws, origin), origin->year};
        }
    if (count)
        qsort(roots, count, sizeof *roots, order_roots);
    bool done = roots && self.draw && put_roots(&self, roots, count, program);
    aici_memory_release(draws->allocator, roots);
    return done;
}
