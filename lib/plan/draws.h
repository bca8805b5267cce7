/* SPDX-License-Identifier: MIT */
/*
 * Random draws while a program is made: each distribution with its parameters, once, and what of them goes into the program. A draw is
 * known by its node (and the year, where a parameter is a series); its streams by the name of its quantity and its number in that
 * quantity's tree, so that they stay the same wherever in a scenario the quantity stands and whatever is drawn beside it. In a series the
 * number is that in the formula of the year: the first distributions of all years share their streams, and so do the second ones.
 */
#ifndef AICI_PLAN_DRAWS_H
#define AICI_PLAN_DRAWS_H

#include "plan/memo.h"

typedef struct aici_drawn {
    aici_origin origin;
    /** its parameters among the operands, one a child of the node: a value, or the number of the draw that is a component */
    uint32_t first;
} aici_drawn;

typedef struct aici_draws {
    const aici_bound *bound;
    const aic_allocator *allocator;
    aici_memo memo; /**< by node and year */
    aici_drawn *drawn;
    size_t count, capacity;
    uint32_t *operand;
    size_t operand_count, operand_capacity;
} aici_draws;

aici_draws aici_draws_new(const aici_bound *bound, const aic_allocator *allocator);
void aici_draws_free(aici_draws *draws);

/** The number of the draw of a distribution in a year (AICI_NO_YEAR where it has none), or AICI_NONE. */
uint32_t aici_draws_find(const aici_draws *draws, const aici_origin *at);

/** Whether a draw is made from a standard normal number, which all years of its series can share: they are distributions of which one
 * random word makes different quantiles. */
bool aici_draws_by_normal(const aici_draws *draws, const aici_origin *at);

/** The first distribution of a tree in the order of reading, components aside, in the first year in which it is drawn; its node is NULL
 * where there is none. */
aici_origin aici_draws_first(const aici_bound *bound, uint32_t quantity);

/** Adds a draw whose components are there; @p value has its other parameters, in their order. False when there is no memory. */
bool aici_draws_add(aici_draws *draws, const aici_origin *at, const aici_value *value);

static inline bool aici_draws_is_component(const aici_draws *draws, uint32_t draw, uint32_t parameter) {
    return draws->drawn[draw].origin.node->as.parameter[parameter] == AICI_PARAMETER_DISTRIBUTION;
}

/** Draws in the order of the program. @p number has by draw 1 where it is used and no component, else AICI_NONE; it becomes its number in
 * the program, AICI_NONE where it is left out. The program's draws are put into @p arena, all but the values of their parameters; false
 * when there is no memory. */
bool aici_draws_arrange(const aici_draws *draws, uint32_t *number, aici_arena *arena, aici_program *program);

#endif
