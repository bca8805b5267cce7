/* SPDX-License-Identifier: MIT */
/*
 * A quantity as it is written (a text, or a mapping with a value in one of its forms and what is said about it) becomes a draft with a tree as read.
 * The forms themselves are in forms.c; what the tree means is found out when it is checked.
 */
#include "scenario/bind.h"

#include <string.h>

#define FORM_KEYS "value", "series", "between", "start", "start_year", "growth", "p5", "p10", "p25", "p50", "p75", "p90", "p95", "mean", "sd", "shape"
static const char *const quantity_keys[] = {FORM_KEYS, "unit", "source", "note", "label", "date", "confidence", "rounded", "digits", "of"};
enum { KEY_COUNT = sizeof quantity_keys / sizeof quantity_keys[0] };

/* --- trees ------------------------------------------------------------------------------------------------------------------------ */

bool aici_quantity_read_scalar(aici_binder *binder, const aici_node *scalar, const char *path, const aici_expr **tree) {
    *tree = NULL;
    aici_expr_reader reader = {binder->arena, binder->units, binder->limits, binder->report};
    aici_fragment fragment = aici_node_fragment(scalar);
    aic_status status = aici_expr_read(&reader, &fragment, tree);
    if (status != AIC_OK)
        aici_report_path(binder->report, "%s", path);
    return aici_bind_note(binder, status);
}

static bool refuse_shape(aici_binder *binder, const aici_node *node, const aici_draft *draft) {
    if (aici_node_is_empty(node)) {
        aic_status status = aici_report_error(binder->report, AICI_CODE_MISSING_KEY, &node->place, "%s: there is no value", draft->subject);
        aici_report_path(binder->report, "%s", draft->path);
        return aici_bind_note(binder, status);
    }
    const char *found = node->kind == AICI_NODE_SEQUENCE ? "list" : "mapping";
    aic_status status = aici_report_error(binder->report, AICI_CODE_WRONG_SHAPE, &node->place, "%s: expected a value, found a %s", draft->subject, found);
    if (!draft->quantity.input || draft->quantity.input->type != AICI_INPUT_TEXT)
        aici_report_hint(binder->report, "write a number with its unit, an expression in quotes, or a mapping with `value`");
    aici_report_path(binder->report, "%s", draft->path);
    return aici_bind_note(binder, status);
}

/* --- what is said about it ---------------------------------------------------------------------------------------------------------- */

static bool read_unit(aici_binder *binder, const aici_node *mapping, aici_draft *draft) {
    const aici_node *node = aici_node_value(mapping, "unit");
    if (!node || !*aici_shape_text(binder, mapping, "unit", draft->path))
        return aici_bind_goes_on(binder);
    aici_fragment fragment = aici_node_fragment(node);
    aic_status status = aici_units_read(binder->units, &fragment, 0, fragment.text.size, &draft->unit, binder->report);
    if (status == AIC_OK)
        draft->unit_node = node;
    else
        aici_report_path(binder->report, "%s.unit", draft->path);
    draft->faulty = draft->faulty || status != AIC_OK;
    return aici_bind_note(binder, status);
}

static bool refuse_digits(aici_binder *binder, const aici_node *node, const char *path) {
    aic_status status = aici_report_error(binder->report, AICI_CODE_WRONG_SHAPE, &node->place, "digits: expected a number of digits from 1 to 17");
    aici_report_path(binder->report, "%s.digits", path);
    return aici_bind_note(binder, status);
}

/* `digits` alone means a rounded figure too: it says nothing of an exact one. */
static bool read_rounding(aici_binder *binder, const aici_node *mapping, aici_draft *draft) {
    const aici_node *rounded = aici_node_value(mapping, "rounded"), *digits = aici_node_value(mapping, "digits");
    int32_t count = 0;
    bool good = !digits || (digits->kind == AICI_NODE_SCALAR && aici_shape_integer(digits->as.text, &count) && count >= 1 && count <= 17);
    if (!good && !refuse_digits(binder, digits, draft->path))
        return false;
    draft->quantity.digits = good ? count : 0;
    draft->quantity.rounded = digits != NULL;
    if (rounded)
        aici_shape_boolean(binder, rounded, "rounded", draft->path, &draft->quantity.rounded);
    return aici_bind_goes_on(binder);
}

static bool read_properties(aici_binder *binder, const aici_node *mapping, aici_draft *draft) {
    aici_quantity *quantity = &draft->quantity;
    quantity->note = aici_shape_text(binder, mapping, "note", draft->path);
    quantity->label = aici_shape_text(binder, mapping, "label", draft->path);
    quantity->date = aici_shape_text(binder, mapping, "date", draft->path);
    quantity->confidence = aici_shape_text(binder, mapping, "confidence", draft->path);
    const aici_node *source = aici_node_value(mapping, "source");
    if (source && !aici_node_is_empty(source))
        quantity->source = aici_header_find_source(binder, source, draft->path);
    return aici_bind_goes_on(binder) && read_rounding(binder, mapping, draft) && read_unit(binder, mapping, draft);
}

/* Rounding is a property of printed digits. */
static bool is_printed(const aici_expr *tree) {
    if (tree->kind == AICI_EXPR_COMPOUND)
        return aici_expr_literal(tree->child[0]) != NULL;
    if (tree->kind != AICI_EXPR_SERIES)
        return aici_expr_literal(tree) != NULL;
    for (uint32_t i = 0; i < tree->count; i++)
        if (!aici_expr_literal(tree->child[i]))
            return false;
    return true;
}

static bool check_rounding(aici_binder *binder, const aici_node *mapping, aici_draft *draft) {
    if (!draft->read || !draft->quantity.rounded || is_printed(draft->read))
        return true;
    const char *key = aici_node_value(mapping, "rounded") ? "rounded" : "digits";
    const aici_node *node = aici_node_value(mapping, key);
    aic_status status =
        aici_report_error(binder->report, AICI_CODE_ROUNDED_FORMULA, &node->place, "%s: `%s` belongs to a printed number, and this is a formula", draft->subject, key);
    aici_report_hint(binder->report, "give the printed number a quantity of its own with `%s`, and use its name here", key);
    aici_report_path(binder->report, "%s.%s", draft->path, key);
    draft->faulty = true;
    return aici_bind_note(binder, status);
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

static const aici_node *value_of(const aici_node *mapping) {
    const aici_node *value = aici_node_value(mapping, "value");
    return value ? value : mapping;
}

static bool has_years_for_keys(const aici_node *mapping) {
    int32_t year;
    return mapping->count > 0 && aici_shape_is_year(mapping->as.entry[0].key->as.text, &year);
}

static bool read_mapping(aici_binder *binder, const aici_node *node, bool component, aici_draft *draft) {
    if (has_years_for_keys(node))
        return aici_form_read_series(binder, node, AICI_BETWEEN_NONE, draft, &draft->read);
    aici_keys keys = {draft->subject, quantity_keys, component ? KEY_COUNT : KEY_COUNT - 1};
    draft->quantity.place = value_of(node)->place;
    return aici_shape_check_keys(binder, node, &keys, draft->path) && read_properties(binder, node, draft) &&
           aici_form_read(binder, node, draft, &draft->read) && check_rounding(binder, node, draft);
}

bool aici_quantity_read(aici_binder *binder, const aici_node *node, bool component, aici_draft *draft) {
    draft->quantity.place = node->place;
    bool go_on;
    if (node->kind == AICI_NODE_MAPPING)
        go_on = read_mapping(binder, node, component, draft);
    else if (node->kind == AICI_NODE_SEQUENCE || aici_node_is_empty(node))
        go_on = refuse_shape(binder, node, draft);
    else
        go_on = aici_quantity_read_scalar(binder, node, draft->path, &draft->read);
    draft->faulty = draft->faulty || !draft->read;
    return go_on;
}

static const char *const text_keys[] = {"value", "source", "note", "label", "date", "confidence"};

bool aici_quantity_read_text(aici_binder *binder, const aici_node *node, aici_draft *draft, const aici_node **value) {
    const aici_node *text = node->kind == AICI_NODE_MAPPING ? aici_node_value(node, "value") : node;
    aici_keys keys = {draft->subject, text_keys, 6};
    draft->quantity.place = text ? text->place : node->place;
    *value = NULL;
    if (node->kind == AICI_NODE_MAPPING && (!aici_shape_check_keys(binder, node, &keys, draft->path) || !read_properties(binder, node, draft)))
        return false;
    if (text && text->kind == AICI_NODE_SCALAR && !aici_node_is_empty(text)) {
        *value = text;
        return true;
    }
    draft->faulty = true;
    return refuse_shape(binder, text ? text : node, draft);
}
