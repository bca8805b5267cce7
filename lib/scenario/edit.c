/* SPDX-License-Identifier: MIT */
/*
 * Changing what a scenario has: the value of a quantity, one year of a series, what is said about it, the keys above the sections; and
 * removing things. Adding is in add.c.
 */
#include "scenario/editor.h"

#include <string.h>

/* --- mappings of quantities ----------------------------------------------------------------------------------------------------------- */

static const char *const form_keys[] = {
    "value", "series", "between", "start", "start_year", "growth", "p5",      "p10",   "p25", "p50",
    "p75",   "p90",    "p95",     "mean",  "sd",         "shape",  "rounded", "digits"}; /* the latter belong to the figure that is replaced
                                                                                          */
enum { FORM_KEYS = sizeof form_keys / sizeof form_keys[0] };

static bool has_years_for_keys(const aici_node *node) {
    int32_t year;
    return node && node->kind == AICI_NODE_MAPPING && node->count > 0 && aici_shape_is_year(node->as.entry[0].key->as.text, &year);
}

static bool is_described(const aici_node *node) { return node && node->kind == AICI_NODE_MAPPING && !has_years_for_keys(node); }

/* What is said about a quantity, without its value, but for the key that will be replaced. */
static const aici_node *strip(aici_arena *arena, const aici_node *mapping, const char *kept) {
    for (size_t i = 0; mapping && i < FORM_KEYS; i++)
        if (strcmp(form_keys[i], kept) != 0 && aici_node_value(mapping, form_keys[i]))
            mapping = aici_node_with(arena, mapping, aici_slice_of(form_keys[i]), NULL);
    return mapping;
}

/* A quantity with another value: what is said beside the value stays. */
static const aici_node *with_form(aici_arena *arena, const aici_node *old, const char *key, const aici_node *value) {
    if (!is_described(old))
        return strcmp(key, "value") == 0 ? value : aici_node_with(arena, NULL, aici_slice_of(key), value);
    const aici_node *stripped = strip(arena, old, key);
    return stripped ? aici_node_with(arena, stripped, aici_slice_of(key), value) : NULL;
}

/* --- putting a value into its place --------------------------------------------------------------------------------------------------- */

static aic_status put(aici_editor *editor, const aici_target *target, const aici_node *value) {
    aici_change change = {.what = AICI_CHANGE_NONE};
    const aici_node *whole = value ? aici_target_with(editor, target, value) : NULL;
    if (!whole) {
        aici_bind_no_memory(&editor->binder);
        return aici_editor_give_up(editor);
    }
    aici_sections_put(&editor->scenario->sections, target->section, target->position, whole, &change);
    return aici_editor_end(editor, &change, false);
}

static bool check_text(aici_editor *editor, const aici_kind_input *input, const aici_node *scalar) {
    aici_nearest nearest = aici_nearest_to(scalar->as.text);
    for (uint32_t i = 0; i < input->value_count; i++) {
        if (aici_slice_is(scalar->as.text, input->value[i]))
            return true;
        aici_nearest_offer(&nearest, aici_slice_of(input->value[i]));
    }
    aic_status status = aici_report_error(editor->binder.report, AICI_CODE_INPUT_VALUE, &scalar->place, "%s: `%.*s` is none of its values",
                                          input->name, AICI_SLICE(scalar->as.text));
    if (aici_nearest_name(&nearest))
        aici_report_hint(editor->binder.report, "did you mean `%s`?", aici_nearest_name(&nearest));
    else if (input->value_count > 0)
        aici_report_hint(editor->binder.report, "%s", input->doc);
    return aici_editor_fault(editor, status);
}

static bool check_value(aici_editor *editor, const aici_target *target, const aici_node *scalar) {
    const aici_expr *tree;
    if (target->input && target->input->type == AICI_INPUT_TEXT)
        return check_text(editor, target->input, scalar);
    return aici_editor_check_expression(editor, scalar, &tree);
}

/* --- set ------------------------------------------------------------------------------------------------------------------------------ */

aic_status aici_scenario_set(aic_scenario *scenario, const char *name, const char *expression, aic_report *report) {
    aici_editor editor;
    aici_target target;
    aic_status status = aici_editor_begin(&editor, scenario, report);
    if (status != AIC_OK)
        return status;
    const aici_node *scalar = aici_target_find(&editor, name, &target) ? aici_editor_scalar(&editor, expression) : NULL;
    if (!scalar || !check_value(&editor, &target, scalar))
        return aici_editor_give_up(&editor);
    return put(&editor, &target, with_form(aici_editor_arena(&editor), target.value, "value", scalar));
}

/* --- one year ------------------------------------------------------------------------------------------------------------------------- */

static const aici_node *with_year(aici_arena *arena, const aici_node *old, int year, const aici_node *value) {
    const char *key = aici_format(arena, "%d", year);
    if (!key)
        return NULL;
    if (has_years_for_keys(old))
        return aici_node_with(arena, old, aici_slice_of(key), value);
    const aici_node *series = is_described(old) ? aici_node_value(old, "series") : NULL;
    bool there = series && series->kind == AICI_NODE_MAPPING;
    const aici_node *changed = aici_node_with(arena, there ? series : NULL, aici_slice_of(key), value);
    if (!changed)
        return NULL;
    return there ? aici_node_with(arena, old, aici_slice_of("series"), changed) : with_form(arena, old, "series", changed);
}

/* Whether one formula makes all years, so that a series of the one year that is set would lose the others. */
static bool is_made_by_formula(const aici_editor *editor, const char *name, const aici_target *target) {
    const aici_bound *bound = editor->scenario->bound;
    if (is_described(target->value) && (aici_node_value(target->value, "start") || aici_node_value(target->value, "growth")))
        return true;
    uint32_t index = bound && target->value ? aici_bound_find(bound, name) : AICI_NONE;
    const aici_expr *tree = index != AICI_NONE ? bound->quantity[index].tree : NULL;
    return tree && tree->type.years && tree->kind != AICI_EXPR_SERIES;
}

static bool allow_year(aici_editor *editor, const char *name, int year, const aici_target *target) {
    if (!is_made_by_formula(editor, name, target))
        return true;
    bool grows = is_described(target->value) && aici_node_value(target->value, "start");
    aic_status status =
        aici_report_error(editor->binder.report, AICI_CODE_BAD_SERIES, NULL, "%s: %d cannot be set alone, since %s all years", name, year,
                          grows ? "its start and growth make" : "one formula makes");
    aici_report_hint(editor->binder.report, "give it by `series:`, with a value for each year that is to stay, or set it as a whole");
    return aici_editor_fault(editor, status);
}

aic_status aici_scenario_set_year(aic_scenario *scenario, const char *name, int year, const char *expression, aic_report *report) {
    aici_editor editor;
    aici_target target;
    const aici_expr *tree;
    aic_status status = aici_editor_begin(&editor, scenario, report);
    if (status != AIC_OK)
        return status;
    if (year < 1000 || year > 9999) {
        aici_editor_fault(&editor,
                          aici_report_error(report, AICI_CODE_BAD_SERIES, NULL, "%s: expected a year such as 2026, found %d", name, year));
        return aici_editor_give_up(&editor);
    }
    bool may = aici_target_find(&editor, name, &target) && allow_year(&editor, name, year, &target);
    const aici_node *scalar = may ? aici_editor_scalar(&editor, expression) : NULL;
    if (!scalar || !aici_editor_check_expression(&editor, scalar, &tree))
        return aici_editor_give_up(&editor);
    return put(&editor, &target, with_year(aici_editor_arena(&editor), target.value, year, scalar));
}

/* --- properties ----------------------------------------------------------------------------------------------------------------------- */

static const char *const property_keys[] = {"source", "note", "label", "date", "confidence", "unit", "rounded", "digits"};
enum { PROPERTY_KEYS = sizeof property_keys / sizeof property_keys[0] };

static bool refuse_key(aici_editor *editor, const char *key, const char *const *known, size_t count, const char *what) {
    aic_report *report = editor->binder.report;
    aici_nearest nearest = aici_nearest_to(aici_slice_of(key));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(key, known[i]) == 0)
            return true;
        aici_nearest_offer(&nearest, aici_slice_of(known[i]));
    }
    aic_status status = aici_report_error(report, AICI_CODE_UNKNOWN_KEY, NULL, "%s has no key `%s`", what, key);
    if (aici_nearest_name(&nearest))
        aici_report_hint(report, "did you mean `%s`?", aici_nearest_name(&nearest));
    return aici_editor_fault(editor, status);
}

static bool check_source(aici_editor *editor, const aici_node *scalar, const char *path) {
    if (!aici_bind_sources(&editor->binder))
        return false;
    editor->binder.status = AIC_OK; /* faults of other sources are said when the scenario is bound */
    return aici_header_find_source(&editor->binder, scalar, path) != AICI_NONE;
}

static bool check_digits(aici_editor *editor, const aici_node *scalar) {
    int32_t digits = 0;
    if (aici_shape_integer(scalar->as.text, &digits) && digits >= 1 && digits <= 17)
        return true;
    return aici_editor_fault(editor, aici_report_error(editor->binder.report, AICI_CODE_WRONG_SHAPE, &scalar->place,
                                                       "digits: expected a number of digits from 1 to 17"));
}

static bool check_property(aici_editor *editor, const char *name, const char *key, const aici_node *scalar) {
    aici_binder *binder = &editor->binder;
    aici_fragment fragment = aici_node_fragment(scalar);
    aici_unit unit;
    bool truth;
    if (strcmp(key, "source") == 0)
        return check_source(editor, scalar, name);
    if (strcmp(key, "unit") == 0)
        return aici_bind_note(binder, aici_units_read(binder->units, &fragment, 0, fragment.text.size, &unit, binder->report)) &&
               binder->status == AIC_OK;
    if (strcmp(key, "rounded") == 0)
        return aici_shape_boolean(binder, scalar, key, name, &truth) && binder->status == AIC_OK;
    return strcmp(key, "digits") != 0 || check_digits(editor, scalar);
}

static bool refuse_lack(aici_editor *editor, const char *name) {
    aic_status status = aici_report_error(editor->binder.report, AICI_CODE_QUANTITY_UNKNOWN, NULL,
                                          "`%s` is not given in this scenario, so nothing can be said about it", name);
    aici_report_hint(editor->binder.report, "set its value first");
    return aici_editor_fault(editor, status);
}

static const aici_node *describe(aici_arena *arena, const aici_node *old, const char *key, const aici_node *text) {
    const aici_node *mapping = old;
    if (!is_described(old))
        mapping = aici_node_with(arena, NULL, aici_slice_of(has_years_for_keys(old) ? "series" : "value"), old);
    return mapping ? aici_node_with(arena, mapping, aici_slice_of(key), text) : NULL;
}

aic_status aici_scenario_set_property(aic_scenario *scenario, const char *name, const char *key, const char *text, aic_report *report) {
    aici_editor editor;
    aici_target target;
    const aici_node *scalar = NULL;
    aic_status status = aici_editor_begin(&editor, scenario, report);
    if (status != AIC_OK)
        return status;
    if (refuse_key(&editor, key, property_keys, PROPERTY_KEYS, "a quantity") && aici_target_find(&editor, name, &target) &&
        (target.value || refuse_lack(&editor, name)))
        scalar = aici_editor_scalar(&editor, text);
    if (!scalar || !check_property(&editor, name, key, scalar))
        return aici_editor_give_up(&editor);
    return put(&editor, &target, describe(aici_editor_arena(&editor), target.value, key, scalar));
}

/* --- header --------------------------------------------------------------------------------------------------------------------------- */

static const char *const header_keys[] = {"title", "description", "timeline", "currency"};
static const aici_section header_sections[] = {AICI_SECTION_TITLE, AICI_SECTION_DESCRIPTION, AICI_SECTION_TIMELINE, AICI_SECTION_CURRENCY};

static bool check_currency(aici_editor *editor, const aici_node *scalar) {
    aici_units *units = aici_units_new(&editor->scenario->allocator, &editor->scenario->limits);
    if (!units)
        return aici_bind_no_memory(&editor->binder);
    aici_units_declare_currency(&editor->binder, units, scalar);
    aici_units_free(units);
    return editor->binder.status == AIC_OK;
}

static bool check_header(aici_editor *editor, aici_section section, const aici_node *scalar) {
    const aici_years *timeline = NULL;
    if (section == AICI_SECTION_TIMELINE)
        return aici_header_read_timeline(&editor->binder, scalar, &timeline) && timeline;
    return section != AICI_SECTION_CURRENCY || check_currency(editor, scalar);
}

aic_status aici_scenario_set_header(aic_scenario *scenario, const char *key, const char *text, aic_report *report) {
    aici_editor editor;
    aici_change change;
    size_t i = 0;
    aic_status status = aici_editor_begin(&editor, scenario, report);
    if (status != AIC_OK)
        return status;
    const aici_node *scalar = refuse_key(&editor, key, header_keys, 4, "the head of a scenario") ? aici_editor_scalar(&editor, text) : NULL;
    while (scalar && strcmp(key, header_keys[i]) != 0)
        i++;
    if (!scalar || !check_header(&editor, header_sections[i], scalar))
        return aici_editor_give_up(&editor);
    if (!aici_sections_set_whole(&scenario->sections, header_sections[i], scalar, &change)) {
        aici_bind_no_memory(&editor.binder);
        return aici_editor_give_up(&editor);
    }
    return aici_editor_end(&editor, &change, header_sections[i] == AICI_SECTION_CURRENCY);
}

/* --- removing ------------------------------------------------------------------------------------------------------------------------- */

/* An assumption, a calculation, a model as a whole, or a claim by its id. */
static bool find_entry(aici_editor *editor, const char *name, aici_section *section, size_t *position, bool *found) {
    static const aici_section sections[] = {AICI_SECTION_ASSUMPTIONS, AICI_SECTION_MODELS, AICI_SECTION_CALCULATIONS, AICI_SECTION_CLAIMS};
    *found = false;
    for (size_t i = 0; i < 4 && !*found; i++) {
        *section = sections[i];
        if (!aici_sections_find(&editor->scenario->sections, sections[i], aici_slice_of(name), found, position))
            return aici_bind_no_memory(&editor->binder);
    }
    return true;
}

static aic_status remove_input(aici_editor *editor, const char *name) {
    aici_target target;
    if (!aici_target_find(editor, name, &target) || (!target.value && !refuse_lack(editor, name)))
        return aici_editor_give_up(editor);
    aici_change change;
    const aici_node *whole = aici_target_with(editor, &target, NULL);
    if (!whole) {
        aici_bind_no_memory(&editor->binder);
        return aici_editor_give_up(editor);
    }
    aici_sections_put(&editor->scenario->sections, target.section, target.position, whole, &change);
    return aici_editor_end(editor, &change, false);
}

aic_status aici_scenario_remove(aic_scenario *scenario, const char *name, aic_report *report) {
    aici_editor editor;
    aici_section section = AICI_SECTION_ASSUMPTIONS;
    aici_change change;
    size_t position = 0;
    bool found = false;
    aic_status status = aici_editor_begin(&editor, scenario, report);
    if (status != AIC_OK)
        return status;
    if (!find_entry(&editor, name, &section, &position, &found))
        return aici_editor_give_up(&editor);
    if (!found)
        return remove_input(&editor, name);
    aici_sections_remove(&scenario->sections, section, position, &change);
    return aici_editor_end(&editor, &change, false);
}
