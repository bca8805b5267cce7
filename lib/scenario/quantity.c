/* SPDX-License-Identifier: MIT */
/*
 * A quantity as it is written (a text, or a mapping with a value in one of its forms and what is said about it) becomes a draft with a tree
 * as read. The forms themselves are in forms.c; what the tree means is found out when it is checked.
 */
#include "scenario/bind.h"

const char *const aici_part_names[AICI_KEY_COUNT] = {
    "value", "series", "between", "start", "start_year", "growth", "p5",    "p10",  "p25",        "p50",     "p75",    "p90", "p95",
    "mean",  "sd",     "shape",   "unit",  "source",     "note",   "label", "date", "confidence", "rounded", "digits", "of"};

/* --- trees ---------------------------------------------------------------------------------------------------------------------------- */

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
    aic_status status =
        aici_report_error(binder->report, AICI_CODE_WRONG_SHAPE, &node->place, "%s: expected a value, found a %s", draft->subject, found);
    if (!draft->quantity.input || draft->quantity.input->type != AICI_INPUT_TEXT)
        aici_report_hint(binder->report, "write a number with its unit, an expression in quotes, or a mapping with `value`");
    aici_report_path(binder->report, "%s", draft->path);
    return aici_bind_note(binder, status);
}

/* --- what is said about it ------------------------------------------------------------------------------------------------------------ */

static bool read_unit(aici_binder *binder, const aici_parts *parts, aici_draft *draft) {
    const aici_node *node = aici_part_value(parts, AICI_KEY_UNIT);
    if (!node || !*aici_shape_text_of(binder, node, "unit", draft->path))
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
    aic_status status =
        aici_report_error(binder->report, AICI_CODE_WRONG_SHAPE, &node->place, "digits: expected a number of digits from 1 to 17");
    aici_report_path(binder->report, "%s.digits", path);
    return aici_bind_note(binder, status);
}

/* `digits` alone means a rounded figure too: it says nothing of an exact one. */
static bool read_rounding(aici_binder *binder, const aici_parts *parts, aici_draft *draft) {
    const aici_node *rounded = aici_part_value(parts, AICI_KEY_ROUNDED), *digits = aici_part_value(parts, AICI_KEY_DIGITS);
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

static const char *text_of(aici_binder *binder, const aici_parts *parts, aici_part_key key, const char *path) {
    return aici_shape_text_of(binder, aici_part_value(parts, key), aici_part_names[key], path);
}

static bool read_properties(aici_binder *binder, const aici_parts *parts, aici_draft *draft) {
    aici_quantity *quantity = &draft->quantity;
    quantity->note = text_of(binder, parts, AICI_KEY_NOTE, draft->path);
    quantity->label = text_of(binder, parts, AICI_KEY_LABEL, draft->path);
    quantity->date = text_of(binder, parts, AICI_KEY_DATE, draft->path);
    quantity->confidence = text_of(binder, parts, AICI_KEY_CONFIDENCE, draft->path);
    const aici_node *source = aici_part_value(parts, AICI_KEY_SOURCE);
    if (source && !aici_node_is_empty(source))
        quantity->source = aici_header_find_source(binder, source, draft->path);
    return aici_bind_goes_on(binder) && read_rounding(binder, parts, draft) && read_unit(binder, parts, draft);
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

static bool check_rounding(aici_binder *binder, const aici_parts *parts, aici_draft *draft) {
    if (!draft->read || !draft->quantity.rounded || is_printed(draft->read))
        return true;
    aici_part_key which = parts->entry[AICI_KEY_ROUNDED] ? AICI_KEY_ROUNDED : AICI_KEY_DIGITS;
    const char *key = aici_part_names[which];
    const aici_node *node = aici_part_value(parts, which);
    aic_status status = aici_report_error(binder->report, AICI_CODE_ROUNDED_FORMULA, &node->place,
                                          "%s: `%s` belongs to a printed number, and this is a formula", draft->subject, key);
    aici_report_hint(binder->report, "give the printed number a quantity of its own with `%s`, and use its name here", key);
    aici_report_path(binder->report, "%s.%s", draft->path, key);
    draft->faulty = true;
    return aici_bind_note(binder, status);
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

static bool has_years_for_keys(const aici_node *mapping) {
    int32_t year;
    return mapping->count > 0 && aici_shape_is_year(mapping->as.entry[0].key->as.text, &year);
}

static uint32_t find_key(aici_slice key) {
    uint32_t i = 0;
    while (i < AICI_KEY_COUNT && (aici_part_names[i][0] != key.bytes[0] || !aici_slice_is(key, aici_part_names[i])))
        i++;
    return i;
}

/* Sorts the entries of a mapping; @p keys are those that may stand in it. */
static bool collect(aici_binder *binder, const aici_node *mapping, const aici_keys *keys, const char *path, aici_parts *parts) {
    *parts = (aici_parts){.mapping = mapping};
    for (uint32_t i = 0; i < mapping->count; i++) {
        const aici_entry *entry = &mapping->as.entry[i];
        uint32_t key = find_key(entry->key->as.text);
        if (key < keys->count)
            parts->entry[key] = entry;
        else if (!aici_shape_refuse_key(binder, entry->key, keys, path))
            return false;
    }
    return true;
}

static bool read_mapping(aici_binder *binder, const aici_node *node, bool component, aici_draft *draft) {
    aici_parts parts;
    if (has_years_for_keys(node))
        return aici_form_read_series(binder, node, AICI_BETWEEN_NONE, draft, &draft->read);
    aici_keys keys = {draft->subject, aici_part_names, component ? AICI_KEY_COUNT : AICI_KEY_OF};
    if (!collect(binder, node, &keys, draft->path, &parts) || !read_properties(binder, &parts, draft))
        return false;
    if (parts.entry[AICI_KEY_VALUE])
        draft->quantity.place = aici_part_value(&parts, AICI_KEY_VALUE)->place;
    return aici_form_read(binder, &parts, draft, &draft->read) && check_rounding(binder, &parts, draft);
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

/* A text has no unit and no digits. */
static bool refuse_key_of_text(aici_binder *binder, const aici_parts *parts, const aici_draft *draft) {
    static const char *const known[] = {"value", "source", "note", "label", "date", "confidence"};
    aici_keys keys = {draft->subject, known, 6};
    return aici_shape_check_keys(binder, parts->mapping, &keys, draft->path);
}

bool aici_quantity_read_text(aici_binder *binder, const aici_node *node, aici_draft *draft, const aici_node **value) {
    aici_keys keys = {draft->subject, aici_part_names, AICI_KEY_OF};
    const aici_node *text = node;
    aici_parts parts;
    *value = NULL;
    if (node->kind == AICI_NODE_MAPPING) {
        if (!collect(binder, node, &keys, draft->path, &parts) || !refuse_key_of_text(binder, &parts, draft) ||
            !read_properties(binder, &parts, draft))
            return false;
        text = aici_part_value(&parts, AICI_KEY_VALUE);
    }
    draft->quantity.place = text ? text->place : node->place;
    if (text && text->kind == AICI_NODE_SCALAR && !aici_node_is_empty(text)) {
        *value = text;
        return true;
    }
    draft->faulty = true;
    return refuse_shape(binder, text ? text : node, draft);
}
