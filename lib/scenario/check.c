/* SPDX-License-Identifier: MIT */
/*
 * Trees are checked in the order in which they can be computed, so that the types of names are known. What needs something faulty is passed
 * over. In a recursion over time the types are found by rounds: the first knows nothing of what is behind a lag, each further one what the
 * one before found, until nothing changes.
 */
#include "scenario/bind.h"

/* --- faults --------------------------------------------------------------------------------------------------------------------------- */

const aici_place *aici_draft_place(const aici_binder *binder, const aici_draft *draft) {
    return draft->script == AICI_SCRIPT_KIND ? &binder->model[draft->quantity.model].key->place : &draft->quantity.place;
}

bool aici_draft_fault(aici_binder *binder, aici_draft *draft, aic_status status) {
    draft->faulty = true;
    aici_report_path(binder->report, "%s", draft->path);
    return aici_bind_note(binder, status);
}

static bool leave_out(aici_binder *binder, aici_draft *draft, const char *needs) {
    draft->final = AICI_NONE;
    binder->left_out = true;
    return aici_model_add_missing(binder, &binder->model[draft->quantity.model], draft->local, needs);
}

/* What needs an output that was left out cannot be there either: an output of a kind is left out too, anything else is a fault. */
static bool judge_lack(aici_binder *binder, uint32_t index) {
    aici_draft *draft = &binder->draft[index];
    for (uint32_t i = 0; i < draft->use_count; i++) {
        const aici_edge *edge = &binder->edge[draft->first_use + i];
        bool said = false;
        if (binder->draft[edge->to].final != AICI_NONE)
            continue;
        if (draft->script == AICI_SCRIPT_KIND && draft->quantity.output)
            return leave_out(binder, draft, binder->draft[edge->to].local);
        draft->faulty = true;
        return aici_scope_explain(binder, index, edge->name, draft->path, &said);
    }
    return true;
}

static bool needs_faulty(const aici_binder *binder, const aici_draft *draft) {
    for (uint32_t i = 0; i < draft->use_count; i++)
        if (binder->draft[binder->edge[draft->first_use + i].to].faulty)
            return true;
    return false;
}

/* --- one draft ------------------------------------------------------------------------------------------------------------------------ */

static bool may_be_uncertain(const aici_draft *draft) {
    return draft->quantity.role == AICI_ROLE_ASSUMPTION || draft->quantity.role == AICI_ROLE_INPUT;
}

/* Shipments of the years before a market begins, and the like. */
static bool may_be_before(const aici_binder *binder, const aici_draft *draft) {
    if (!draft->quantity.input)
        return false;
    const aici_model_draft *model = &binder->model[draft->quantity.model];
    return model->slot->before[draft->quantity.input - model->slot->kind->input];
}

static aic_status check_tree(aici_binder *binder, uint32_t index, const aici_expr *tree, aic_report *report, const aici_expr **checked) {
    const aici_draft *draft = &binder->draft[index];
    aici_scope_context context = {binder, index, AICI_NONE};
    aici_scope scope = aici_scope_of(&context, report);
    aici_expectation expectation = aici_judge_expect(binder, draft);
    scope.subject = draft->subject;
    scope.path = draft->path;
    scope.distributions = may_be_uncertain(draft);
    scope.any_years = may_be_before(binder, draft);
    return aici_bind_goes_on(binder) ? aici_expr_check(tree, &expectation, &scope, checked) : AIC_ERROR_MEMORY;
}

/* --- formulas of the library's kinds -------------------------------------------------------------------------------------------------- */

/* Several outputs of a model fail alike for one cause: it is told once. */
static void retell(aici_binder *binder, aici_draft *draft, size_t entry) {
    aici_model_draft *model = &binder->model[draft->quantity.model];
    int code = aic_report_code(binder->quiet, entry);
    if (model->told == code)
        return;
    model->told = code;
    aic_status status = aici_report_error(binder->report, (enum aici_code)code, &model->key->place, "%s: %s", draft->quantity.name,
                                          aic_report_message(binder->quiet, entry));
    const char *hint = aic_report_hint(binder->quiet, entry);
    if (*hint)
        aici_report_hint(binder->report, "%s", hint);
    aici_report_note(binder->report, "in the formula of `%s` in kind `%s`, with the inputs of this model", draft->local,
                     model->slot->kind->name);
    aici_draft_fault(binder, draft, status);
}

static bool is_growth(const aici_expr *node) { return node->kind == AICI_EXPR_CALL && node->variant == AICI_FUNCTION_GROWTH; }

/* Growth needs two years in a row: where a series has none, an output of growth is left out, and the rest of the model stands. */
static bool lacks_years(const aici_binder *binder, const aici_draft *draft) {
    if (!draft->quantity.output || !aici_tree_any(draft->read, is_growth))
        return false;
    for (size_t i = 0; i < aic_report_count(binder->quiet); i++)
        if (aic_report_severity(binder->quiet, i) == AIC_SEVERITY_ERROR && aic_report_code(binder->quiet, i) != AICI_CODE_NO_SHARED_YEAR)
            return false;
    return true;
}

static bool check_quietly(aici_binder *binder, uint32_t index) {
    const aici_expr *checked = NULL;
    if (!binder->quiet)
        binder->quiet = aic_report_new(binder->allocator);
    if (!binder->quiet)
        return aici_bind_no_memory(binder);
    aic_report_clear(binder->quiet);
    aic_status status = check_tree(binder, index, binder->draft[index].read, binder->quiet, &checked);
    return (status != AIC_ERROR_MEMORY && aici_report_status(binder->quiet) != AIC_ERROR_MEMORY) || aici_bind_no_memory(binder);
}

/* A formula of a kind fails because of what the model gives it: so the model is where to look, unless the kind is the user's own. */
static bool explain_formula(aici_binder *binder, uint32_t index) {
    aici_draft *draft = &binder->draft[index];
    const aici_model_draft *model = &binder->model[draft->quantity.model];
    const aici_expr *checked = NULL;
    if (!check_quietly(binder, index))
        return false;
    if (lacks_years(binder, draft))
        return leave_out(binder, draft, "two years in a row");
    draft->faulty = true;
    if (!model->slot->kind->built_in) {
        aic_status status = check_tree(binder, index, draft->read, binder->report, &checked);
        aici_report_note(binder->report, "in model `%s`", model->name);
        return aici_bind_note(binder, status);
    }
    for (size_t i = 0; i < aic_report_count(binder->quiet); i++)
        if (aic_report_severity(binder->quiet, i) == AIC_SEVERITY_ERROR)
            retell(binder, draft, i);
    return aici_bind_goes_on(binder);
}

/* Checks the tree and reports what is wrong with it; *checked stays NULL then. */
static bool check_and_report(aici_binder *binder, uint32_t index, const aici_expr **checked) {
    aici_draft *draft = &binder->draft[index];
    bool kind = draft->script == AICI_SCRIPT_KIND;
    aic_status status = check_tree(binder, index, draft->read, kind ? NULL : binder->report, checked);
    if (status == AIC_OK)
        return true;
    *checked = NULL;
    if (status == AIC_ERROR_MEMORY)
        return aici_bind_no_memory(binder);
    if (kind)
        return explain_formula(binder, index);
    draft->faulty = true;
    return aici_bind_note(binder, status);
}

/* --- one value for all years ---------------------------------------------------------------------------------------------------------- */

static bool refuse_no_timeline(aici_binder *binder, aici_draft *draft) {
    aic_status status = aici_report_error(binder->report, AICI_CODE_NO_TIMELINE, aici_draft_place(binder, draft),
                                          "%s: it is a series over the years, and this scenario has no timeline", draft->subject);
    aici_report_hint(binder->report, "add a timeline, such as `timeline: 2021..2030`");
    return aici_draft_fault(binder, draft, status);
}

/* The value at both ends, and the same in every year between. */
static bool spread(aici_binder *binder, uint32_t index, const aici_expr **checked) {
    aici_draft *draft = &binder->draft[index];
    const aici_kind_input *input = draft->quantity.input;
    if (!input || !input->series || (*checked)->type.years)
        return true;
    if (!binder->timeline)
        return refuse_no_timeline(binder, draft);
    const aici_years *years = binder->timeline;
    const aici_expr *value[2] = {draft->read, draft->read};
    int32_t year[2] = {years->year[0], years->year[years->count - 1]};
    const aici_expr *series = aici_expr_new_series(binder->arena, AICI_BETWEEN_STEP, years->count > 1 ? 2 : 1, year, value);
    if (!series)
        return aici_bind_no_memory(binder);
    aic_status status = check_tree(binder, index, series, NULL, checked);
    return status == AIC_OK ? true : status == AIC_ERROR_MEMORY ? aici_bind_no_memory(binder) : aici_draft_fault(binder, draft, status);
}

/* --- groups --------------------------------------------------------------------------------------------------------------------------- */

static bool finish(aici_binder *binder, uint32_t index, const aici_expr *checked) {
    aici_draft *draft = &binder->draft[index];
    draft->quantity.tree = checked;
    draft->checked = true;
    if (!aici_judge_value(binder, draft) || draft->faulty)
        return aici_bind_goes_on(binder);
    const aici_expr *series = checked;
    if (!spread(binder, index, &series) || draft->faulty)
        return aici_bind_goes_on(binder);
    draft->quantity.tree = series;
    return aici_money_compare(binder, index) && aici_judge_units(binder, &binder->draft[index]);
}

static bool check_single(aici_binder *binder, uint32_t index) {
    aici_draft *draft = &binder->draft[index];
    const aici_expr *checked = NULL;
    if (draft->final == AICI_NONE)
        return true;
    draft->faulty = draft->faulty || !draft->read || needs_faulty(binder, draft);
    if (!draft->faulty && !judge_lack(binder, index))
        return false;
    if (draft->faulty || draft->final == AICI_NONE)
        return true;
    if (!check_and_report(binder, index, &checked))
        return false;
    return !checked || finish(binder, index, checked);
}

static bool same_type(const aici_expr *old, const aici_expr *new) {
    if (!old || old->type.kind != new->type.kind || old->type.uncertain != new->type.uncertain || !old->type.years != !new->type.years)
        return false;
    return aici_dimension_equal(&old->type.dimension, &new->type.dimension) &&
           (!old->type.years || aici_years_equal(old->type.years, new->type.years));
}

/* One round along a recursion; what cannot be checked yet waits for the next. */
static bool check_round(aici_binder *binder, const aici_group *group, bool *changed) {
    *changed = false;
    for (uint32_t i = 0; i < group->count; i++) {
        aici_draft *draft = &binder->draft[binder->order[group->first + i]];
        const aici_expr *checked = NULL;
        aic_status status = check_tree(binder, binder->order[group->first + i], draft->read, NULL, &checked);
        if (status == AIC_ERROR_MEMORY)
            return aici_bind_no_memory(binder);
        bool good = status == AIC_OK;
        if (good != draft->checked || (good && !same_type(draft->quantity.tree, checked)))
            *changed = true;
        draft->checked = good;
        draft->quantity.tree = checked;
    }
    return true;
}

static bool is_group_faulty(const aici_binder *binder, const aici_group *group) {
    for (uint32_t i = 0; i < group->count; i++) {
        const aici_draft *draft = &binder->draft[binder->order[group->first + i]];
        if (draft->faulty || !draft->read || draft->final == AICI_NONE || needs_faulty(binder, draft))
            return true;
    }
    return false;
}

static bool check_recursion(aici_binder *binder, const aici_group *group) {
    bool changed = true;
    for (uint32_t i = 0; i < group->count; i++)
        if (!judge_lack(binder, binder->order[group->first + i]))
            return false;
    bool faulty = is_group_faulty(binder, group);
    size_t rounds = binder->limits->years + 2; /* years only ever become fewer */
    for (size_t i = 0; !faulty && changed && i < rounds; i++)
        if (!check_round(binder, group, &changed))
            return false;
    for (uint32_t i = 0; i < group->count; i++) {
        uint32_t index = binder->order[group->first + i];
        const aici_expr *checked = NULL;
        if (faulty || needs_faulty(binder, &binder->draft[index]))
            binder->draft[index].faulty = true;
        else if (!check_and_report(binder, index, &checked) || (checked && !finish(binder, index, checked)))
            return false;
    }
    return true;
}

static bool check_all(aici_binder *binder) {
    for (uint32_t i = 0; i < binder->group_count; i++) {
        const aici_group *group = &binder->group[i];
        if (!(group->recursive ? check_recursion(binder, group) : check_single(binder, binder->order[group->first])))
            return false;
    }
    return true;
}

/* Checked trees carry the numbers of quantities. */
static bool check_again(aici_binder *binder) {
    for (size_t i = 0; i < binder->draft_count; i++) {
        binder->draft[i].checked = false;
        binder->draft[i].quantity.shown = NULL;
    }
    for (uint32_t i = 0; i < binder->model_count; i++)
        binder->model[i].currency = 0;
    aici_series_number(binder);
    return check_all(binder);
}

bool aici_bind_check(aici_binder *binder) { return check_all(binder) && (!binder->left_out || binder->faults > 0 || check_again(binder)); }
