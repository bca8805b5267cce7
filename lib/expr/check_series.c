/* SPDX-License-Identifier: MIT */
/*
 * Series as the scenario's mappings make them: values listed by year, or a start that grows.
 */
#include "expr/checker.h"

static bool check_timeline(aici_checker *checker, aici_expr *node, bool any_years) {
    if (checker->scope->timeline || any_years)
        return true;
    aici_place place = aici_node_place(node);
    aic_status status = aici_report_error(aici_check_report(checker), AICI_CODE_NO_TIMELINE, &place,
                                          "a series lives on the years of the timeline, and this scenario has none");
    aici_report_hint(aici_check_report(checker), "give the scenario a timeline, as in `timeline: 2024..2030`");
    aici_check_fault(checker, node, status);
    return false;
}

static bool check_inside(aici_checker *checker, aici_expr *node, const aici_expr *at, int32_t year) {
    const aici_years *timeline = checker->scope->timeline;
    if (aici_years_find(timeline, year) >= 0)
        return true;
    aici_place place = aici_node_place(at);
    aic_status status =
        aici_report_error(aici_check_report(checker), AICI_CODE_YEAR_OUTSIDE, &place, "the year %d is outside the timeline, which is %s",
                          (int)year, aici_check_years(checker, timeline));
    aici_report_hint(aici_check_report(checker), "extend the timeline, as in `timeline: %d..%d`",
                     (int)(year < aici_years_first(timeline) ? year : aici_years_first(timeline)),
                     (int)(year > aici_years_last(timeline) ? year : aici_years_last(timeline)));
    aici_check_fault(checker, node, status);
    return false;
}

/* Two years with values of different dimensions. */
static bool check_like_first(aici_checker *checker, aici_expr *node, uint32_t index) {
    const aici_expr *first = node->child[0], *child = node->child[index];
    if (aici_dimension_equal(&first->type.dimension, &child->type.dimension))
        return true;
    aici_place place = aici_node_place(child);
    enum aici_code code = aici_mismatch_code(checker, &first->type.dimension, &child->type.dimension);
    aic_status status =
        aici_report_error(aici_check_report(checker), code, &place, "%d: expected %s as in %d, found %s", (int)node->as.year[index],
                          aici_check_found(checker, first), (int)node->as.year[0], aici_check_found(checker, child));
    aici_mismatch_explain(checker, child, &first->type.dimension, "", NULL);
    aici_check_fault(checker, node, status);
    return false;
}

static void set_listed_years(aici_checker *checker, aici_expr *node) {
    aici_arena *arena = checker->scope->arena;
    const int32_t *listed = node->as.year;
    if (node->variant != AICI_BETWEEN_NONE && node->count > 1) {
        node->type.years = aici_years_range(arena, listed[0], listed[node->count - 1]);
    } else {
        aici_years *years = aici_years_new(arena, node->count);
        for (uint32_t i = 0; years && i < node->count; i++)
            years->year[i] = listed[i];
        node->type.years = years;
    }
    if (!node->type.years)
        aici_check_no_memory(checker);
}

void aici_check_series(aici_checker *checker, aici_expr *node) {
    bool any_years = checker->scope->any_years;
    if (!check_timeline(checker, node, any_years) || !aici_check_quantities(checker, node, 0))
        return;
    for (uint32_t i = 0; i < node->count; i++) {
        if ((!any_years && !check_inside(checker, node, node->child[i], node->as.year[i])) ||
            !aici_check_is_single(checker, node, i, "the value of a year") || !check_like_first(checker, node, i))
            return;
        node->type.uncertain = node->type.uncertain || node->child[i]->type.uncertain;
    }
    node->type.dimension = node->child[0]->type.dimension;
    set_listed_years(checker, node);
}

void aici_check_compound(aici_checker *checker, aici_expr *node) {
    if (!check_timeline(checker, node, false) || !aici_check_quantities(checker, node, 0) ||
        !check_inside(checker, node, node->child[0], node->as.start_year) || !aici_check_is_single(checker, node, 0, "the start") ||
        !aici_check_is_single(checker, node, 1, "the growth"))
        return;
    node->type.uncertain = node->child[0]->type.uncertain || node->child[1]->type.uncertain;
    node->type.dimension = node->child[0]->type.dimension;
    node->type.years = aici_years_range(checker->scope->arena, node->as.start_year, aici_years_last(checker->scope->timeline));
    if (!node->type.years)
        aici_check_no_memory(checker);
}
