/* SPDX-License-Identifier: MIT */
/*
 * What every change does: it looks at the units and kinds that there are, makes nodes of the caller's texts, and in the end is bound at
 * once where the scenario was bound before. What does not fit is taken back, so that a failed change changes nothing.
 */
#include "scenario/editor.h"
#include "base/utf8.h"

/* --- beginning ------------------------------------------------------------------------------------------------------------------------ */

static void release(aici_editor *editor) {
    aici_binder *binder = &editor->binder;
    if (binder->foundation != editor->scenario->foundation)
        aici_foundation_unref(binder->foundation);
    binder->foundation = NULL;
    aici_names_free(binder->source_names);
    aici_arena_free(binder->arena);
    aici_arena_free(binder->scratch);
}

/* Faults of units and kinds are no business of a change elsewhere: they are reported when the scenario is bound. */
static bool find_foundation(aici_editor *editor) {
    aici_binder *binder = &editor->binder;
    aic_scenario *scenario = editor->scenario;
    aici_foundation *made = NULL;
    binder->foundation = scenario->foundation;
    if (!binder->foundation) {
        aic_report *report = binder->report;
        binder->report = NULL;
        bool built = aici_foundation_build(binder, &made);
        binder->report = report;
        if (!built)
            return false;
        if (binder->faults == 0)
            scenario->foundation = made;
    }
    binder->units = binder->foundation->units;
    binder->status = AIC_OK;
    binder->faults = 0;
    return true;
}

aic_status aici_editor_begin(aici_editor *editor, aic_scenario *scenario, aic_report *report) {
    *editor = (aici_editor){.scenario = scenario};
    aici_binder *binder = &editor->binder;
    *binder = (aici_binder){.limits = &scenario->limits, .allocator = &scenario->allocator, .report = report, .files = &editor->files};
    binder->arena = aici_arena_new(&scenario->allocator);
    binder->scratch = aici_arena_new(&scenario->allocator);
    if (binder->arena && binder->scratch && aici_scenario_files(scenario, binder->scratch, &editor->files) && find_foundation(editor))
        return AIC_OK;
    release(editor);
    return aici_report_memory(report);
}

aici_arena *aici_editor_arena(const aici_editor *editor) { return editor->scenario->sections.made->arena; }

bool aici_editor_fault(aici_editor *editor, aic_status status) {
    aici_bind_note(&editor->binder, status);
    return false;
}

/* --- texts ---------------------------------------------------------------------------------------------------------------------------- */

static bool is_utf8(aici_slice text) {
    uint32_t point;
    for (size_t i = 0, bytes; i < text.size; i += bytes) {
        bytes = aici_utf8_decode(text.bytes + i, text.size - i, &point);
        if (bytes == 0)
            return false;
    }
    return true;
}

const aici_node *aici_editor_scalar(aici_editor *editor, const char *text) {
    aic_report *report = editor->binder.report;
    aici_slice slice = aici_slice_of(text);
    if (slice.size > editor->scenario->limits.scalar_bytes) {
        aici_editor_fault(editor,
                          aici_report_error(report, AICI_CODE_LIMIT_SCALAR, NULL, "a text of more than %zu bytes (limit `scalar_bytes`)",
                                            editor->scenario->limits.scalar_bytes));
        return NULL;
    }
    if (!is_utf8(slice)) {
        aici_editor_fault(editor, aici_report_error(report, AICI_CODE_ENCODING, NULL, "`%s` is not UTF-8", text));
        return NULL;
    }
    const aici_node *node = aici_node_new_scalar(aici_editor_arena(editor), slice);
    if (!node)
        aici_bind_no_memory(&editor->binder);
    return node;
}

bool aici_editor_check_expression(aici_editor *editor, const aici_node *scalar, const aici_expr **tree) {
    *tree = NULL;
    if (scalar->as.text.size == 0)
        return aici_editor_fault(editor, aici_report_error(editor->binder.report, AICI_CODE_EXPR_SYNTAX, NULL, "there is no expression"));
    aici_quantity_read_scalar(&editor->binder, scalar, "", tree);
    return *tree != NULL;
}

/* --- the end -------------------------------------------------------------------------------------------------------------------------- */

/* A scenario under construction is not bound, but units and kinds must work. */
static aic_status try_foundation(aic_scenario *scenario, aic_report *report) {
    aici_editor editor = {.scenario = scenario};
    aici_binder *binder = &editor.binder;
    *binder = (aici_binder){.limits = &scenario->limits, .allocator = &scenario->allocator, .report = report, .files = &editor.files};
    binder->arena = aici_arena_new(&scenario->allocator);
    binder->scratch = aici_arena_new(&scenario->allocator);
    aici_foundation *made = NULL;
    if (!binder->arena || !binder->scratch || !aici_scenario_files(scenario, binder->scratch, &editor.files))
        aici_bind_no_memory(binder);
    else if (aici_foundation_build(binder, &made) && binder->faults == 0)
        scenario->foundation = made;
    release(&editor);
    return binder->status;
}

static aic_status try(aic_scenario *scenario, bool base, aic_report *report) {
    aici_bound *bound = NULL;
    if (!scenario->was_bound)
        return base ? try_foundation(scenario, report) : AIC_OK;
    aic_status status = aici_scenario_bind(scenario, &bound, report);
    aici_bound_unref(bound);
    return status;
}

/* Keeps the change when it fits, else what was there before. */
static aic_status commit(aic_scenario *scenario, const aici_change *change, bool base, aic_report *report) {
    aici_bound *bound = scenario->bound;
    aici_foundation *foundation = scenario->foundation;
    scenario->bound = NULL;
    if (base)
        scenario->foundation = NULL;
    aic_status status = try(scenario, base, report);
    if (status == AIC_OK) {
        aici_bound_unref(bound);
        if (base)
            aici_foundation_unref(foundation);
        return AIC_OK;
    }
    aici_sections_undo(&scenario->sections, change);
    scenario->bound = bound;
    if (base) {
        aici_foundation_unref(scenario->foundation);
        scenario->foundation = foundation;
    }
    return status;
}

aic_status aici_editor_end(aici_editor *editor, const aici_change *change, bool base) {
    aic_scenario *scenario = editor->scenario;
    aic_report *report = editor->binder.report;
    aic_status status = editor->binder.status;
    release(editor);
    if (status == AIC_OK)
        status = commit(scenario, change, base, report);
    else
        aici_sections_undo(&scenario->sections, change);
    aici_sections_tidy(&scenario->sections);
    return status;
}

aic_status aici_editor_give_up(aici_editor *editor) {
    aic_status status = editor->binder.status;
    release(editor);
    aici_sections_tidy(&editor->scenario->sections);
    return status;
}
