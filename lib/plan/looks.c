/* SPDX-License-Identifier: MIT */
/*
 * What an operation looks at: which of its operands, in which years. This file and combine.c together are the meaning of formulas; they
 * agree on the order of the values.
 */
#include "plan/lowering.h"

/** An operation that is looking. */
typedef struct looker {
    aici_lowering *lowering;
    const aici_origin *at;
} looker;

static void look(const looker *self, uint32_t child, int32_t year) {
    aici_lowering_look(self->lowering, self->at, self->at->node->child[child], year);
}

static void look_this_year(const looker *self, uint32_t child) { look(self, child, self->at->year); }

static const aici_years *years_of(const looker *self, uint32_t child) {
    return aici_lowering_years(self->lowering, self->at->node->child[child]);
}

size_t aici_years_up_to(const aici_years *years, int32_t year) {
    size_t count = years->count;
    while (count && years->year[count - 1] > year)
        count--;
    return count;
}

static void look_at_all(const looker *self) {
    for (uint32_t i = 0; i < self->at->node->count; i++)
        look_this_year(self, i);
}

/** sum, mean, min, max: of one series over its years, or of the arguments. */
static void look_at_collection(const looker *self) {
    const aici_years *years = self->at->node->count == 1 ? years_of(self, 0) : NULL;
    if (!years)
        look_at_all(self);
    for (uint32_t i = 0; years && i < years->count; i++)
        look(self, 0, years->year[i]);
}

/** A child that the check has read as a constant is looked at to find out whether it would vary, and what it was made from. */
static void look_at_constant(const looker *self, uint32_t child) {
    if (child < self->at->node->count)
        look_this_year(self, child);
}

/** previous() and delay(): x so many years ago, or the initial value where that is before x begins. */
static void look_back(const looker *self, int32_t years_back, uint32_t initial) {
    const aici_years *years = years_of(self, 0);
    int32_t year = self->at->year - years_back;
    if (years && year < years->year[0])
        look_this_year(self, initial);
    else
        look(self, 0, year);
}

/** The sum up to the year before, which is this very node in that year, and this year's addition. */
static void look_at_running_sum(const looker *self) {
    const aici_years *years = years_of(self, 0);
    size_t known = years ? aici_years_up_to(years, self->at->year) : 1;
    if (known > 1)
        aici_lowering_look(self->lowering, self->at, self->at->node, years->year[known - 2]);
    look_this_year(self, 0);
}

/** in_service(x, lifetime, before): all additions, newest first; the lifetime; what was added before x begins, newest first, or as one
 * value a year. */
static void look_at_stock(const looker *self) {
    const aici_years *years = years_of(self, 0), *before = years_of(self, 2);
    for (size_t i = aici_years_up_to(years, self->at->year); i > 0; i--)
        look(self, 0, years->year[i - 1]);
    look_this_year(self, 1);
    for (size_t i = before ? before->count : 0; i > 0; i--)
        look(self, 2, before->year[i - 1]);
    if (!before)
        look_this_year(self, 2);
}

/** The year itself, or its neighbours among the years that are listed. */
static void look_at_series(const looker *self) {
    const aici_expr *node = self->at->node;
    uint32_t next = 0;
    while (next < node->count && node->as.year[next] < self->at->year)
        next++;
    bool listed = next < node->count && node->as.year[next] == self->at->year;
    if (listed)
        look_this_year(self, next);
    else if (next > 0 && next < node->count && node->variant != AICI_BETWEEN_NONE) {
        look(self, next - 1, node->as.year[next - 1]);
        if (node->variant != AICI_BETWEEN_STEP)
            look(self, next, node->as.year[next]);
    }
}

/** The start, and the growth where a year has gone by since. */
static void look_at_compound(const looker *self) {
    const aici_expr *node = self->at->node;
    look(self, 0, node->as.start_year);
    if (self->at->year > node->as.start_year)
        look_this_year(self, 1);
}

static void look_from_call(const looker *self) {
    const aici_expr *node = self->at->node;
    const aici_years *years = years_of(self, 0);
    switch ((aici_function)node->variant) {
    case AICI_FUNCTION_SUM:
    case AICI_FUNCTION_MEAN:
    case AICI_FUNCTION_MIN:
    case AICI_FUNCTION_MAX: look_at_collection(self); break;
    case AICI_FUNCTION_PREVIOUS: look_back(self, 1, 1); break;
    case AICI_FUNCTION_DELAY:
        look_back(self, node->as.whole_years, 2);
        look_at_constant(self, 1);
        break;
    case AICI_FUNCTION_CUMULATIVE: look_at_running_sum(self); break;
    case AICI_FUNCTION_GROWTH:
        look_this_year(self, 0);
        look(self, 0, self->at->year - 1);
        break;
    case AICI_FUNCTION_IN_SERVICE: look_at_stock(self); break;
    case AICI_FUNCTION_FIRST: look(self, 0, years ? years->year[0] : self->at->year); break;
    case AICI_FUNCTION_LAST: look(self, 0, years ? years->year[years->count - 1] : self->at->year); break;
    case AICI_FUNCTION_FIRST_YEAR:
    case AICI_FUNCTION_LAST_YEAR: break; /* known from the years alone */
    default: look_at_all(self);
    }
}

void aici_lowering_look_at_operands(aici_lowering *lowering, const aici_origin *at) {
    const looker self = {lowering, at};
    switch ((aici_expr_kind)at->node->kind) {
    case AICI_EXPR_CALL: look_from_call(&self); break;
    case AICI_EXPR_INDEX:
        look(&self, 0, at->node->as.index_year);
        look_at_constant(&self, 1);
        break;
    case AICI_EXPR_SERIES: look_at_series(&self); break;
    case AICI_EXPR_COMPOUND: look_at_compound(&self); break;
    default: look_at_all(&self);
    }
}
