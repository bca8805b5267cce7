/* SPDX-License-Identifier: MIT */
/*
 * Groups by union and find over the pairs whose two quantities are both drawn; the correlation of the normal numbers is
 * 2 sin(pi r / 6) of the rank correlation r (K. Pearson 1907). Binding has checked that the matrices are positive definite, and what is
 * left of one when members drop out is so too.
 */
#include "plan/copula.h"
#include "base/elementary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

aici_copulas aici_copulas_new(const aic_allocator *allocator) { return (aici_copulas){.allocator = allocator}; }

void aici_copulas_free(aici_copulas *copulas) {
    aici_arena_free(copulas->arena);
    *copulas = aici_copulas_new(copulas->allocator);
}

const aici_copula_row *aici_copulas_row(const aici_copulas *copulas, const aici_origin *at) {
    if (!copulas->row || at->quantity == AICI_NONE)
        return NULL;
    const aici_copula_row *row = &copulas->row[at->quantity];
    return row->copula ? row : NULL;
}

/* --- who hangs together --------------------------------------------------------------------------------------------------------------- */

typedef struct member {
    const char *name;
    uint32_t quantity;
} member;

typedef struct finding {
    aici_copulas *copulas;
    const aici_bound *bound;
    const aici_memo *given;
    uint32_t *root; /* of each quantity */
    member *member;
    uint32_t member_count;
} finding;

/** Binding has seen to it that a quantity of a pair has a distribution, and moves with it. */
static bool is_drawn(const finding *self, uint32_t index) {
    aici_value value;
    return !aici_memo_find(self->given, &self->bound->quantity[index], AICI_NO_YEAR, &value);
}

static bool counts(const finding *self, const aici_correlation *pair) {
    return is_drawn(self, pair->first) && is_drawn(self, pair->second);
}

static uint32_t find_root(uint32_t *root, uint32_t quantity) {
    while (root[quantity] != quantity)
        quantity = root[quantity] = root[root[quantity]];
    return quantity;
}

static int order_members(const void *left, const void *right) {
    return strcmp(((const member *)left)->name, ((const member *)right)->name);
}

static void add_member(finding *self, uint32_t quantity) {
    aici_copula_row *row = &self->copulas->row[quantity];
    if (!row->index)
        self->member[self->member_count++] = (member){self->bound->quantity[quantity].name, quantity};
    row->index = 1; /* seen; its true place comes when all are known */
}

static void join_pairs(finding *self) {
    for (uint32_t i = 0; i < self->bound->quantity_count; i++)
        self->root[i] = i;
    for (uint32_t i = 0; i < self->bound->correlation_count; i++) {
        const aici_correlation *pair = &self->bound->correlation[i];
        if (!counts(self, pair))
            continue;
        self->root[find_root(self->root, pair->first)] = find_root(self->root, pair->second);
        add_member(self, pair->first);
        add_member(self, pair->second);
    }
    if (self->member_count)
        qsort(self->member, self->member_count, sizeof *self->member, order_members);
}

/* --- the matrices --------------------------------------------------------------------------------------------------------------------- */

/** Cholesky's factorization in place. */
static void factorize(double *matrix, uint32_t size) {
    for (uint32_t i = 0; i < size; i++) {
        double *row = matrix + (size_t)i * size;
        for (uint32_t j = 0; j <= i; j++) {
            const double *other = matrix + (size_t)j * size;
            double sum = row[j];
            for (uint32_t k = 0; k < j; k++)
                sum -= row[k] * other[k];
            row[j] = j < i ? sum / other[j] : sqrt(sum > 1e-12 ? sum : 1e-12);
        }
    }
}

static bool make_copula(finding *self, uint32_t root) {
    aici_copula *copula = self->copulas->row[root].copula;
    aici_arena *arena = self->copulas->arena;
    copula->member = aici_arena_take_array(arena, copula->count, sizeof *copula->member);
    copula->factor = aici_arena_take_array(arena, (size_t)copula->count * copula->count, sizeof *copula->factor);
    for (uint32_t i = 0; copula->factor && i < copula->count; i++)
        copula->factor[(size_t)i * copula->count + i] = 1;
    return copula->member && copula->factor;
}

/** Each group is known at its root, then by all of its members, in the order of their names. */
static bool make_copulas(finding *self) {
    aici_copula_row *row = self->copulas->row;
    for (uint32_t i = 0; i < self->member_count; i++) {
        uint32_t quantity = self->member[i].quantity, root = find_root(self->root, quantity);
        if (!row[root].copula)
            row[root].copula = aici_arena_take(self->copulas->arena, sizeof *row[root].copula);
        if (!row[root].copula)
            return false;
        row[quantity] = (aici_copula_row){row[root].copula, row[root].copula->count++};
    }
    for (uint32_t i = 0; i < self->member_count; i++) {
        uint32_t quantity = self->member[i].quantity;
        aici_copula *copula = row[quantity].copula;
        if (!copula->member && !make_copula(self, quantity))
            return false;
        copula->member[row[quantity].index] = aici_draws_first(self->bound, quantity);
    }
    return true;
}

static void fill_matrices(finding *self) {
    const aici_copula_row *row = self->copulas->row;
    for (uint32_t i = 0; i < self->bound->correlation_count; i++) {
        const aici_correlation *pair = &self->bound->correlation[i];
        if (!counts(self, pair))
            continue;
        const aici_copula *copula = row[pair->first].copula;
        uint32_t a = row[pair->first].index, b = row[pair->second].index;
        copula->factor[a > b ? (size_t)a * copula->count + b : (size_t)b * copula->count + a] = aici_normal_correlation(pair->rank);
    }
    for (uint32_t i = 0; i < self->member_count; i++) {
        const aici_copula_row *first = &row[self->member[i].quantity];
        if (!first->index)
            factorize(first->copula->factor, first->copula->count);
    }
}

bool aici_copulas_find(aici_copulas *copulas, const aici_bound *bound, const aici_memo *given) {
    finding self = {.copulas = copulas, .bound = bound, .given = given};
    if (!bound->correlation_count)
        return true;
    copulas->arena = aici_arena_new(copulas->allocator);
    if (!copulas->arena)
        return false;
    copulas->row = aici_arena_take_array(copulas->arena, bound->quantity_count, sizeof *copulas->row);
    self.root = aici_arena_take_array(copulas->arena, bound->quantity_count, sizeof *self.root);
    self.member = aici_arena_take_array(copulas->arena, 2 * (size_t)bound->correlation_count, sizeof *self.member);
    if (!copulas->row || !self.root || !self.member)
        return false;
    join_pairs(&self);
    if (!make_copulas(&self))
        return false;
    fill_matrices(&self);
    return true;
}

/* --- the program ---------------------------------------------------------------------------------------------------------------------- */

aici_value aici_copula_normal(const aici_copula_row *row, const aici_draws *draws, aici_values *values) {
    const aici_copula *copula = row->copula;
    aici_value sum = AICI_NONE;
    for (uint32_t i = 0; i <= row->index; i++) {
        const aici_origin *at = &copula->member[i];
        double factor = copula->factor[(size_t)row->index * copula->count + i];
        if (factor == 0)
            continue;
        aici_value term = aici_values_draw(values, AICI_OPCODE_NORMAL, aici_draws_find(draws, at), 0, at);
        if (factor != 1)
            term = aici_values_operate(values, AICI_OPCODE_MULTIPLY, term, aici_values_constant(values, factor), 0, at);
        sum = sum == AICI_NONE ? term : aici_values_operate(values, AICI_OPCODE_ADD, sum, term, 0, at);
    }
    return sum;
}
