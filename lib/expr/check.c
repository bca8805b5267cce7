/* SPDX-License-Identifier: MIT */
/*
 * From a tree to a checked tree: the walk, and what all checks share. What is asked of an operator, a function, a distribution or a series
 * stands in a file each (check_*.c); what the whole value must be, in expected.c; the words for a mismatch, in mismatch.c.
 */
#include "expr/checker.h"

#include <math.h>

struct aici_unknown {
    aici_expr *node;
    struct aici_unknown *next;
};

/* --- faults --------------------------------------------------------------------------------------------------------------------------- */

void aici_check_fault(aici_checker *checker, aici_expr *node, aic_status status) {
    node->type.kind = AICI_TYPE_FAULTY;
    node->constant = aici_no_constant();
    if (checker->status == AIC_OK)
        checker->status = status;
    if (status == AIC_ERROR_MEMORY)
        checker->memory = true;
    if (checker->scope->path && checker->scope->path[0])
        aici_report_path(aici_check_report(checker), "%s", checker->scope->path);
}

bool aici_check_no_memory(aici_checker *checker) {
    checker->memory = true;
    return false;
}

void aici_check_set_unknown(aici_checker *checker, aici_expr *node) {
    struct aici_unknown *cell = aici_arena_take(checker->scope->arena, sizeof *cell);
    node->type.dimension = (aici_dimension){.count = AICI_DIMENSION_UNKNOWN};
    if (!cell) {
        aici_check_no_memory(checker);
        return;
    }
    *cell = (struct aici_unknown){node, checker->unknown};
    checker->unknown = cell;
}

/* What nothing was found out about is a pure number in the tree that is handed out. */
static void settle_unknown(aici_checker *checker) {
    for (struct aici_unknown *cell = checker->unknown; cell; cell = cell->next) {
        if (aici_is_unknown(cell->node))
            cell->node->type.dimension = aici_dimension_none();
    }
}

/* --- leaves --------------------------------------------------------------------------------------------------------------------------- */

static void check_year(aici_checker *checker, aici_expr *node) {
    if (!checker->scope->timeline) {
        aici_place place = aici_node_place(node);
        aic_status status = aici_report_error(aici_check_report(checker), AICI_CODE_NO_TIMELINE, &place,
                                              "`year` is the running year of the timeline, and this scenario has none");
        aici_report_hint(aici_check_report(checker), "give the scenario a timeline, as in `timeline: 2024..2030`");
        aici_check_fault(checker, node, status);
        return;
    }
    node->type.years = checker->scope->timeline;
}

static void hint_unknown_name(const aici_checker *checker, aici_slice name) {
    aic_report *report = aici_check_report(checker);
    aici_nearest nearest = aici_nearest_to(name);
    if (checker->scope->offer)
        checker->scope->offer(checker->scope, &nearest);
    const char *best = aici_nearest_name(&nearest);
    if (best)
        aici_report_hint(report, "did you mean `%s`?", best);
    if (!aici_units_knows(checker->scope->units, name))
        return;
    if (best)
        aici_report_note(report, "`%.*s` is a unit too: it stands behind a number, as in `1 %.*s`", AICI_SLICE(name), AICI_SLICE(name));
    else
        aici_report_hint(report, "`%.*s` is a unit: it stands behind a number, as in `1 %.*s`", AICI_SLICE(name), AICI_SLICE(name));
}

static void refuse_unknown_name(aici_checker *checker, aici_expr *node) {
    aici_slice name = node->as.name.text;
    aici_place place = aici_node_place(node);
    aic_status status =
        aici_report_error(aici_check_report(checker), AICI_CODE_UNKNOWN_NAME, &place, "nothing is called `%.*s`", AICI_SLICE(name));
    hint_unknown_name(checker, name);
    aici_check_fault(checker, node, status);
}

/* The scenario looks up names in an order in which their types are known, but behind a lag. */
static void check_untyped_name(aici_checker *checker, aici_expr *node, unsigned place) {
    if (!(place & AICI_PLACE_LAGGED)) {
        aici_place at = aici_node_place(node);
        aic_status status = aici_report_error(aici_check_report(checker), AICI_CODE_INTERNAL, &at, "the type of `%.*s` is not known yet",
                                              AICI_SLICE(node->as.name.text));
        aici_check_fault(checker, node, status);
        return;
    }
    check_year(checker, node);
    if (node->type.kind != AICI_TYPE_FAULTY)
        aici_check_set_unknown(checker, node);
}

static void check_name(aici_checker *checker, aici_expr *node, unsigned place) {
    const aici_scope *scope = checker->scope;
    aici_symbol symbol = {.type = NULL};
    if (!scope->find || !scope->find(scope, node->as.name.text, &symbol)) {
        refuse_unknown_name(checker, node);
        return;
    }
    node->as.name.symbol = symbol.index;
    node->as.name.definition = symbol.definition;
    if (!symbol.type) {
        check_untyped_name(checker, node, place);
        return;
    }
    node->type = *symbol.type;
    if (symbol.definition && !symbol.type->years)
        node->constant = symbol.definition->constant;
}

static void check_leaf(aici_checker *checker, aici_expr *node, unsigned place) {
    switch (node->kind) {
    case AICI_EXPR_NUMBER:
        node->type.dimension = node->as.number.unit.dimension;
        node->constant = node->as.number.value;
        break;
    case AICI_EXPR_BOOLEAN:
        node->type.kind = AICI_TYPE_BOOLEAN;
        node->constant = node->as.boolean;
        break;
    case AICI_EXPR_TEXT: node->type.kind = AICI_TYPE_TEXT; break;
    case AICI_EXPR_NAME: check_name(checker, node, place); break;
    default: check_year(checker, node);
    }
}

/* --- the walk ------------------------------------------------------------------------------------------------------------------------- */

static bool is_value_parameter(uint8_t distribution, uint8_t parameter) {
    return parameter != AICI_PARAMETER_WEIGHT && distribution != AICI_DISTRIBUTION_BETA;
}

static unsigned place_in_distribution(const aici_expr *node, uint32_t index, unsigned place) {
    uint8_t parameter = node->as.parameter[index];
    unsigned inner = parameter == AICI_PARAMETER_DISTRIBUTION ? AICI_PLACE_COMPONENT : 0;
    if (place & (AICI_PLACE_VALUE | AICI_PLACE_GROWTH) && is_value_parameter(node->variant, parameter))
        inner |= (place & (AICI_PLACE_VALUE | AICI_PLACE_GROWTH)) | AICI_PLACE_QUIET;
    return inner;
}

static unsigned place_of_child(const aici_expr *node, uint32_t index, unsigned place) {
    unsigned lagged = place & AICI_PLACE_LAGGED;
    switch (node->kind) {
    case AICI_EXPR_SERIES: return lagged | (place & AICI_PLACE_VALUE);
    case AICI_EXPR_COMPOUND: return lagged | (index == 0 ? place & AICI_PLACE_VALUE : AICI_PLACE_GROWTH);
    case AICI_EXPR_DISTRIBUTION: return lagged | place_in_distribution(node, index, place);
    case AICI_EXPR_CALL: {
        bool lag = node->variant == AICI_FUNCTION_PREVIOUS || node->variant == AICI_FUNCTION_DELAY;
        return lag && index == 0 ? AICI_PLACE_LAGGED : lagged;
    }
    default: return lagged;
    }
}

static void check_branch(aici_checker *checker, aici_expr *node, unsigned place) {
    switch (node->kind) {
    case AICI_EXPR_CALL: aici_check_call(checker, node); break;
    case AICI_EXPR_INDEX: aici_check_index(checker, node); break;
    case AICI_EXPR_DISTRIBUTION: aici_check_distribution(checker, node, place); break;
    case AICI_EXPR_SERIES: aici_check_series(checker, node); break;
    case AICI_EXPR_COMPOUND: aici_check_compound(checker, node); break;
    default: aici_check_operator(checker, node);
    }
    if (node->type.kind != AICI_TYPE_FAULTY)
        node->constant = aici_constant_fold(checker, node);
}

/* Values of a series and the like have been held against the expectation one by one. */
static bool is_expected_as_a_whole(const aici_expr *node, unsigned place) {
    return place & AICI_PLACE_GROWTH || (node->kind != AICI_EXPR_SERIES && node->kind != AICI_EXPR_COMPOUND);
}

static bool has_faulty_child(const aici_expr *node) {
    for (uint32_t i = 0; i < node->count; i++) {
        if (node->child[i]->type.kind == AICI_TYPE_FAULTY)
            return true;
    }
    return false;
}

static bool is_unread_flops(const aici_expr *node) { return node->kind == AICI_EXPR_NUMBER && node->as.number.unit.flops_ambiguous; }

/* Of the `growth:` of a quantity, whose step is a year. */
static const aici_expectation *growth_expectation(aici_checker *checker) {
    if (!checker->growth.unit_text)
        checker->growth = (aici_expectation){.bare_growth = true,
                                             .dimension = *aici_check_rate(checker),
                                             .unit_text = "1/year",
                                             .hint = "a growth rate is a share per year, as in `5 %/year`"};
    return &checker->growth;
}

static const aici_expectation *expectation_of(aici_checker *checker, unsigned place) {
    if (place & AICI_PLACE_VALUE)
        return checker->expectation;
    return place & AICI_PLACE_GROWTH ? growth_expectation(checker) : NULL;
}

/* The children are in place: the node gets its type, and is held against what its place demands. */
static aici_expr *finish_node(aici_checker *checker, aici_expr *node, unsigned place) {
    node->constant = aici_no_constant();
    if (checker->memory)
        return NULL;
    if (has_faulty_child(node))
        node->type.kind = AICI_TYPE_FAULTY;
    else if (node->count == 0)
        check_leaf(checker, node, place);
    else
        check_branch(checker, node, place);
    bool sound = !checker->memory && node->type.kind != AICI_TYPE_FAULTY;
    bool expected = place & (AICI_PLACE_VALUE | AICI_PLACE_GROWTH) && is_expected_as_a_whole(node, place);
    if (sound && (expected || is_unread_flops(node)))
        node = aici_check_expected(checker, node, expectation_of(checker, place), place & AICI_PLACE_QUIET);
    return checker->memory ? NULL : node;
}

static aici_expr *copy_node(aici_checker *checker, const aici_expr *node) {
    aici_expr *copy = aici_node_new(checker->scope->arena, (aici_expr_kind)node->kind, node->count);
    if (!copy) {
        aici_check_no_memory(checker);
        return NULL;
    }
    const aici_expr *const *child = copy->child;
    *copy = *node;
    copy->child = child;
    copy->type = (aici_type){.kind = AICI_TYPE_QUANTITY};
    return copy;
}

static aici_expr *check_node(aici_checker *checker, const aici_expr *node, unsigned place);

/* One node of a left spine, whose left operand is done. */
static aici_expr *check_binary(aici_checker *checker, const aici_expr *node, aici_expr *left, unsigned place, unsigned inner) {
    aici_expr *copy = copy_node(checker, node), *right = copy ? check_node(checker, node->child[1], inner) : NULL;
    if (!right)
        return NULL;
    aici_node_set_child(copy, 0, left);
    aici_node_set_child(copy, 1, right);
    return finish_node(checker, copy, place);
}

/* A sum of thousands of terms is nested to the left thousands deep, and is walked upwards. */
static aici_expr *check_spine(aici_checker *checker, const aici_expr *top, unsigned place) {
    unsigned inner = place & AICI_PLACE_LAGGED;
    const aici_expr *at = aici_spine_bottom(top);
    aici_expr *left = check_node(checker, at->child[0], inner);
    for (; left; at = aici_node_above(at)) {
        left = check_binary(checker, at, left, at == top ? place : inner, inner);
        if (at == top)
            break;
    }
    return left;
}

/* Checks a tree for a place; NULL when there is no memory (checker->memory). As deep as the tree is high, which the reader limits. */
static aici_expr *check_node(aici_checker *checker, const aici_expr *node, unsigned place) {
    if (node->kind == AICI_EXPR_BINARY)
        return check_spine(checker, node, place);
    aici_expr *copy = copy_node(checker, node);
    for (uint32_t i = 0; copy && i < node->count; i++) {
        aici_expr *child = check_node(checker, node->child[i], place_of_child(node, i, place));
        if (!child)
            return NULL;
        aici_node_set_child(copy, i, child);
    }
    return copy ? finish_node(checker, copy, place) : NULL;
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

static void check_single(aici_checker *checker, aici_expr *root) {
    bool refused = checker->expectation && checker->expectation->scalar && root->type.kind != AICI_TYPE_FAULTY && root->type.years;
    if (!refused)
        return;
    const char *subject = checker->scope->subject ? checker->scope->subject : "";
    aici_place place = root->fragment ? aici_fragment_place(root->fragment, 0, 0) : aici_node_place(root);
    aic_status status =
        aici_report_error(aici_check_report(checker), AICI_CODE_SERIES_REFUSED, &place, "%s%sexpected one value, found a series over %s",
                          subject, subject[0] ? ": " : "", aici_check_years(checker, root->type.years));
    aici_report_hint(aici_check_report(checker), "name the year, as in `%s[%d]`, or take `last(…)`",
                     root->kind == AICI_EXPR_NAME ? aici_check_show(checker, root) : "(…)", (int)aici_years_last(root->type.years));
    aici_check_fault(checker, root, status);
}

aic_status aici_expr_check(const aici_expr *tree, const aici_expectation *expectation, const aici_scope *scope, const aici_expr **checked) {
    aici_checker checker = {.scope = scope, .expectation = expectation};
    unsigned place = AICI_PLACE_VALUE;
    aici_expr *root = check_node(&checker, tree, place);
    if (root)
        check_single(&checker, root);
    settle_unknown(&checker);
    if (checker.memory)
        return aici_report_memory(scope->report);
    if (checker.status != AIC_OK)
        return checker.status;
    *checked = root;
    return AIC_OK;
}
