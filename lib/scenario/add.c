/* SPDX-License-Identifier: MIT */
/*
 * Adding to a scenario: units, exchange rates, sources, assumptions, models, calculations, claims. Texts are in the language of the format
 * and are checked as far as they can be by themselves; the rest shows when the scenario is bound.
 */
#include "scenario/editor.h"

#include <string.h>

/* --- names ---------------------------------------------------------------------------------------------------------------------------- */

static bool check_size(aici_editor *editor, const char *name) {
    size_t most = editor->scenario->limits.name_bytes;
    if (strlen(name) <= most)
        return true;
    return aici_editor_fault(editor, aici_report_error(editor->binder.report, AICI_CODE_LIMIT_NAME, NULL,
                                                       "a name of more than %zu bytes (limit `name_bytes`)", most));
}

static bool check_new(aici_editor *editor, aici_section section, const char *name) {
    bool found = false;
    size_t position = 0;
    if (!aici_sections_find(&editor->scenario->sections, section, aici_slice_of(name), &found, &position))
        return aici_bind_no_memory(&editor->binder);
    if (!found)
        return true;
    aic_status status = aici_report_error(editor->binder.report, AICI_CODE_DUPLICATE_NAME, NULL, "`%s` is there already, under `%s`", name,
                                          aici_section_names[section]);
    aici_report_hint(editor->binder.report, section == AICI_SECTION_ASSUMPTIONS || section == AICI_SECTION_CALCULATIONS
                                                ? "set it, or choose another name"
                                                : "choose another name");
    return aici_editor_fault(editor, status);
}

static bool check_name(aici_editor *editor, const char *name, const char *what) {
    const aici_node *node = check_size(editor, name) ? aici_editor_scalar(editor, name) : NULL;
    return node && aici_shape_check_name(&editor->binder, node, what, "") && check_new(editor, AICI_SECTION_ASSUMPTIONS, name) &&
           check_new(editor, AICI_SECTION_MODELS, name) && check_new(editor, AICI_SECTION_CALCULATIONS, name);
}

/* --- the common end ------------------------------------------------------------------------------------------------------------------- */

static aic_status add(aici_editor *editor, aici_section section, const char *key, const aici_node *value, bool base) {
    aici_change change = {.what = AICI_CHANGE_NONE};
    if (value && aici_sections_add(&editor->scenario->sections, section, aici_slice_of(key), value, &change))
        return aici_editor_end(editor, &change, base);
    if (editor->binder.status == AIC_OK)
        aici_bind_no_memory(&editor->binder);
    return aici_editor_give_up(editor);
}

/* --- quantities ----------------------------------------------------------------------------------------------------------------------- */

static aic_status add_quantity(aic_scenario *scenario, aici_section section, const char *what, const char *const texts[2],
                               aic_report *report) {
    aici_editor editor;
    const aici_expr *tree;
    aic_status status = aici_editor_begin(&editor, scenario, report);
    if (status != AIC_OK)
        return status;
    const aici_node *scalar = check_name(&editor, texts[0], what) ? aici_editor_scalar(&editor, texts[1]) : NULL;
    if (!scalar || !aici_editor_check_expression(&editor, scalar, &tree))
        return aici_editor_give_up(&editor);
    return add(&editor, section, texts[0], scalar, false);
}

aic_status aici_scenario_add_assumption(aic_scenario *scenario, const char *name, const char *expression, aic_report *report) {
    return add_quantity(scenario, AICI_SECTION_ASSUMPTIONS, "an assumption", (const char *[]){name, expression}, report);
}

aic_status aici_scenario_add_calculation(aic_scenario *scenario, const char *name, const char *expression, aic_report *report) {
    return add_quantity(scenario, AICI_SECTION_CALCULATIONS, "a calculation", (const char *[]){name, expression}, report);
}

/* --- models --------------------------------------------------------------------------------------------------------------------------- */

static bool check_kind(aici_editor *editor, const aici_node *kind) {
    aici_binder *binder = &editor->binder;
    aici_kind_slot *slot = NULL;
    if (!aici_foundation_find_kind(binder, kind->as.text, &slot))
        return false;
    if (slot)
        return true;
    aici_nearest nearest = aici_nearest_to(kind->as.text);
    aici_foundation_offer_kinds(binder->foundation, &nearest);
    aic_status status = aici_report_error(binder->report, AICI_CODE_UNKNOWN_KIND, &kind->place, "no model kind is called `%.*s`",
                                          AICI_SLICE(kind->as.text));
    if (aici_nearest_name(&nearest))
        aici_report_hint(binder->report, "did you mean `%s`?", aici_nearest_name(&nearest));
    return aici_editor_fault(editor, status);
}

aic_status aici_scenario_add_model(aic_scenario *scenario, const char *name, const char *kind, aic_report *report) {
    aici_editor editor;
    aic_status status = aici_editor_begin(&editor, scenario, report);
    if (status != AIC_OK)
        return status;
    const aici_node *scalar = check_name(&editor, name, "a model") ? aici_editor_scalar(&editor, kind) : NULL;
    if (!scalar || !check_kind(&editor, scalar))
        return aici_editor_give_up(&editor);
    return add(&editor, AICI_SECTION_MODELS, name, aici_node_with(aici_editor_arena(&editor), NULL, aici_slice_of("kind"), scalar), false);
}

/* --- units, sources ------------------------------------------------------------------------------------------------------------------- */

aic_status aici_scenario_add_unit(aic_scenario *scenario, const char *name, const char *definition, aic_report *report) {
    aici_editor editor;
    aic_status status = aici_editor_begin(&editor, scenario, report);
    if (status != AIC_OK)
        return status;
    bool good = check_size(&editor, name) && check_new(&editor, AICI_SECTION_UNITS, name);
    const aici_node *scalar = good ? aici_editor_scalar(&editor, definition) : NULL;
    return scalar ? add(&editor, AICI_SECTION_UNITS, name, scalar, true) : aici_editor_give_up(&editor);
}

aic_status aici_scenario_add_source(aic_scenario *scenario, const char *id, const char *title, aic_report *report) {
    aici_editor editor;
    aic_status status = aici_editor_begin(&editor, scenario, report);
    if (status != AIC_OK)
        return status;
    bool good = check_size(&editor, id) && aici_editor_scalar(&editor, id) && check_new(&editor, AICI_SECTION_SOURCES, id);
    const aici_node *scalar = good ? aici_editor_scalar(&editor, title) : NULL;
    return scalar ? add(&editor, AICI_SECTION_SOURCES, id, scalar, false) : aici_editor_give_up(&editor);
}

/* A rate that is there is replaced: another rate is a question that is asked often. */
aic_status aici_scenario_add_exchange_rate(aic_scenario *scenario, const char *currency, const char *worth, aic_report *report) {
    aici_editor editor;
    aici_change change;
    size_t position = 0;
    bool found = false;
    aic_status status = aici_editor_begin(&editor, scenario, report);
    if (status != AIC_OK)
        return status;
    const aici_node *scalar = check_size(&editor, currency) ? aici_editor_scalar(&editor, worth) : NULL;
    if (scalar && !aici_sections_find(&scenario->sections, AICI_SECTION_EXCHANGE_RATES, aici_slice_of(currency), &found, &position))
        aici_bind_no_memory(&editor.binder);
    if (!scalar || editor.binder.status != AIC_OK)
        return aici_editor_give_up(&editor);
    if (!found)
        return add(&editor, AICI_SECTION_EXCHANGE_RATES, currency, scalar, true);
    aici_sections_put(&scenario->sections, AICI_SECTION_EXCHANGE_RATES, position, scalar, &change);
    return aici_editor_end(&editor, &change, true);
}

/* --- claims --------------------------------------------------------------------------------------------------------------------------- */

static bool check_published(aici_editor *editor, const char *id, const aici_node *scalar) {
    const aici_expr *tree;
    if (!aici_editor_check_expression(editor, scalar, &tree))
        return false;
    if (aici_expr_literal(tree))
        return true;
    return aici_editor_fault(editor, aici_report_error(editor->binder.report, AICI_CODE_CLAIM_LITERAL, &scalar->place,
                                                       "%s: what was published is one figure, not a formula", id));
}

static const aici_node *make_claim(aici_editor *editor, const aici_node *const values[3]) {
    static const char *const keys[] = {"id", "published", "computed"};
    const aici_node *claim = NULL;
    for (size_t i = 0; i < 3; i++) {
        claim = aici_node_with(aici_editor_arena(editor), claim, aici_slice_of(keys[i]), values[i]);
        if (!claim)
            return NULL;
    }
    return claim;
}

aic_status aici_scenario_add_claim(aic_scenario *scenario, const char *id, const char *published, const char *computed,
                                   aic_report *report) {
    aici_editor editor;
    const aici_expr *tree;
    aic_status status = aici_editor_begin(&editor, scenario, report);
    if (status != AIC_OK)
        return status;
    const aici_node *values[3] = {aici_editor_scalar(&editor, id), aici_editor_scalar(&editor, published),
                                  aici_editor_scalar(&editor, computed)};
    bool good = values[0] && values[1] && values[2] && check_new(&editor, AICI_SECTION_CLAIMS, id) &&
                check_published(&editor, id, values[1]) && aici_editor_check_expression(&editor, values[2], &tree);
    return good ? add(&editor, AICI_SECTION_CLAIMS, id, make_claim(&editor, values), false) : aici_editor_give_up(&editor);
}
