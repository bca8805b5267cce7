/* SPDX-License-Identifier: MIT */
/*
 * Some outputs exist only where something is a series over the years. What is a series shows in the trees before they are checked: so these
 * outputs are left out in time, and every quantity gets its final number, which the checked trees will carry.
 */
#include "scenario/bind.h"

/* What a call gives: a series always, never, or where an argument is one. */
typedef enum gives { GIVES_SERIES, GIVES_ONE_VALUE, GIVES_AS_ARGUMENTS } gives;

static gives given_by_call(const aici_expr *call) {
    switch (call->variant) {
    case AICI_FUNCTION_PREVIOUS:
    case AICI_FUNCTION_DELAY:
    case AICI_FUNCTION_CUMULATIVE:
    case AICI_FUNCTION_GROWTH:
    case AICI_FUNCTION_IN_SERVICE: return GIVES_SERIES;
    case AICI_FUNCTION_FIRST:
    case AICI_FUNCTION_LAST:
    case AICI_FUNCTION_FIRST_YEAR:
    case AICI_FUNCTION_LAST_YEAR: return GIVES_ONE_VALUE;
    case AICI_FUNCTION_MIN:
    case AICI_FUNCTION_MAX:
    case AICI_FUNCTION_SUM:
    case AICI_FUNCTION_MEAN: return call->count == 1 ? GIVES_ONE_VALUE : GIVES_AS_ARGUMENTS;
    default: return GIVES_AS_ARGUMENTS;
    }
}

static gives given_by(const aici_expr *node) {
    switch (node->kind) {
    case AICI_EXPR_YEAR:
    case AICI_EXPR_SERIES:
    case AICI_EXPR_COMPOUND: return GIVES_SERIES;
    case AICI_EXPR_INDEX: return GIVES_ONE_VALUE;
    case AICI_EXPR_CALL: return given_by_call(node);
    default: return GIVES_AS_ARGUMENTS;
    }
}

static bool names_series(const aici_binder *binder, uint32_t draft, const aici_expr *name) {
    uint32_t to = aici_scope_resolve(binder, draft, name->as.name.text);
    return to != AICI_NONE && binder->draft[to].is_series;
}

static bool is_series(const aici_binder *binder, uint32_t draft, const aici_expr *tree) {
    for (;; tree = tree->child[0]) {
        gives what = given_by(tree);
        if (what != GIVES_AS_ARGUMENTS)
            return what == GIVES_SERIES;
        if (tree->kind == AICI_EXPR_NAME)
            return names_series(binder, draft, tree);
        for (uint32_t i = 1; i < tree->count; i++)
            if (is_series(binder, draft, tree->child[i]))
                return true;
        if (tree->count == 0)
            return false;
    }
}

static void find_series(aici_binder *binder) {
    for (uint32_t i = 0; i < binder->draft_count; i++) {
        aici_draft *draft = &binder->draft[binder->order[i]];
        const aici_kind_input *input = draft->quantity.input;
        draft->is_series = (input && input->series) || (draft->read && is_series(binder, binder->order[i], draft->read));
    }
}

static bool leave_out(aici_binder *binder, aici_draft *draft) {
    aici_model_draft *model = &binder->model[draft->quantity.model];
    const char *needs = aici_format(binder->arena, "%s as a series", binder->draft[draft->over].local);
    if (!needs)
        return aici_bind_no_memory(binder);
    return aici_model_add_missing(binder, model, draft->local, needs);
}

void aici_series_number(aici_binder *binder) {
    binder->quantity_count = 0;
    for (size_t i = 0; i < binder->draft_count; i++)
        if (binder->draft[i].final != AICI_NONE)
            binder->draft[i].final = binder->quantity_count++;
}

bool aici_bind_series(aici_binder *binder) {
    bool any = false;
    for (size_t i = 0; i < binder->draft_count && !any; i++)
        any = binder->draft[i].over != AICI_NONE;
    if (any)
        find_series(binder);
    for (size_t i = 0; i < binder->draft_count; i++) {
        aici_draft *draft = &binder->draft[i];
        const aici_draft *over = draft->over == AICI_NONE ? NULL : &binder->draft[draft->over];
        draft->final = 0;
        if (!over || over->is_series || over->faulty)
            continue;
        draft->final = AICI_NONE;
        if (!leave_out(binder, draft))
            return false;
    }
    aici_series_number(binder);
    return true;
}
