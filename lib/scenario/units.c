/* SPDX-License-Identifier: MIT */
/*
 * Units of the scenario's own, exchange rates and the declared currency, put into the table of units. New base units come first, then
 * exchange rates, then units that are made of others, which may stand in any order.
 */
#include "scenario/bind.h"

/* --- what a definition says ----------------------------------------------------------------------------------------------------------- */

static bool find_nothing(const aici_scope *scope, aici_slice name, aici_symbol *out) {
    (void)scope;
    (void)name;
    (void)out;
    return false;
}

static void offer_nothing(const aici_scope *scope, aici_nearest *nearest) {
    (void)scope;
    (void)nearest;
}

/* An expression of numbers and known units. */
static aic_status read_amount(const aici_binder *binder, const aici_units *units, const aici_node *node, const char *subject,
                              aici_unit *out, aic_report *report) {
    aici_expr_reader reader = {binder->arena, units, binder->limits, report};
    aici_fragment fragment = aici_node_fragment(node);
    aici_scope scope = {.arena = binder->arena,
                        .units = units,
                        .report = report,
                        .subject = subject,
                        .path = "",
                        .find = find_nothing,
                        .offer = offer_nothing};
    aici_expectation expectation = {.any_dimension = true, .scalar = true};
    const aici_expr *tree = NULL, *checked = NULL;
    double scale = 0.0;
    aic_status status = aici_expr_read(&reader, &fragment, &tree);
    if (status == AIC_OK)
        status = aici_expr_check(tree, &expectation, &scope, &checked);
    if (status != AIC_OK)
        return status;
    if (!aici_expr_constant(checked, &scale) || !(scale > 0.0))
        return aici_report_error(report, AICI_CODE_CONSTANT_NEEDED, &node->place, "%s: expected a positive amount of known units", subject);
    *out = (aici_unit){.scale = scale, .dimension = checked->type.dimension};
    return AIC_OK;
}

/* "accelerator" is a unit, "72 accelerator" an expression. */
static aic_status read_definition(const aici_binder *binder, const aici_units *units, const aici_entry *entry, aici_unit *out,
                                  aic_report *report) {
    aici_fragment fragment = aici_node_fragment(entry->value);
    if (aici_units_scan(fragment.text) == fragment.text.size)
        return aici_units_read(units, &fragment, 0, fragment.text.size, out, report);
    return read_amount(binder, units, entry->value, aici_text_of(entry->key), out, report);
}

/* --- units ---------------------------------------------------------------------------------------------------------------------------- */

static bool is_definition(const aici_entry *entry) { return entry->value->kind == AICI_NODE_SCALAR && !aici_node_is_empty(entry->value); }

static bool is_base(const aici_entry *entry) { return is_definition(entry) && aici_slice_is(entry->value->as.text, "base"); }

static aic_status define(aici_units *units, const aici_entry *entry, const aici_unit *unit, aic_report *report) {
    aic_status status = aici_units_define(units, entry->key->as.text, unit, &entry->key->place, report);
    if (status != AIC_OK)
        aici_report_path(report, "units.%.*s", AICI_SLICE(entry->key->as.text));
    return status;
}

/* A word that formulas need would never be read as a unit. */
static bool check_names(aici_binder *binder, aici_units *units, const aici_view *view) {
    (void)units;
    for (uint32_t i = 0; i < view->count; i++) {
        const aici_node *key = view->entry[i].key;
        if (!aici_expr_is_reserved(key->as.text))
            continue;
        aic_status status = aici_report_error(binder->report, AICI_CODE_BAD_NAME, &key->place,
                                              "`%.*s` is a reserved word and cannot name a unit", AICI_SLICE(key->as.text));
        aici_report_path(binder->report, "units.%.*s", AICI_SLICE(key->as.text));
        if (!aici_bind_note(binder, status))
            return false;
    }
    return true;
}

static bool define_bases(aici_binder *binder, aici_units *units, const aici_view *view) {
    for (uint32_t i = 0; i < view->count; i++)
        if (is_base(&view->entry[i]) && !aici_bind_note(binder, define(units, &view->entry[i], NULL, binder->report)))
            return false;
    return true;
}

/* One walk along the definitions that are left; those that cannot be read yet stay. */
static aic_status define_once(const aici_binder *binder, aici_units *units, const aici_entry **left, uint32_t *count) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < *count; i++) {
        aici_unit unit;
        aic_status status = read_definition(binder, units, left[i], &unit, NULL);
        if (status == AIC_OK)
            status = aici_units_define(units, left[i]->key->as.text, &unit, NULL, NULL);
        if (status == AIC_ERROR_MEMORY)
            return aici_report_memory(binder->report);
        if (status != AIC_OK)
            left[kept++] = left[i];
    }
    *count = kept;
    return AIC_OK;
}

/* Says why a definition does not work. Its name becomes a unit all the same, so that nobody hears of it again where it is used. */
static bool explain(aici_binder *binder, aici_units *units, const aici_entry *entry) {
    aici_unit unit;
    aic_status status = AIC_OK;
    if (!is_definition(entry)) {
        status = aici_report_error(
            binder->report, AICI_CODE_WRONG_SHAPE, aici_node_is_empty(entry->value) ? &entry->key->place : &entry->value->place,
            "%.*s: expected `base` or an amount of known units, such as `8 accelerator`", AICI_SLICE(entry->key->as.text));
    } else {
        status = read_definition(binder, units, entry, &unit, binder->report);
        if (status == AIC_OK)
            return aici_bind_note(binder, define(units, entry, &unit, binder->report));
    }
    aici_report_path(binder->report, "units.%.*s", AICI_SLICE(entry->key->as.text));
    if (aici_units_define(units, entry->key->as.text, NULL, NULL, NULL) == AIC_ERROR_MEMORY)
        return aici_bind_no_memory(binder);
    return aici_bind_note(binder, status);
}

enum { MOST_WALKS = 8 }; /* deeper chains in the wrong order are refused rather than walked along without end */

static bool define_derived(aici_binder *binder, aici_units *units, const aici_view *view) {
    const aici_entry **left = aici_arena_take_array(binder->scratch, view->count, sizeof *left);
    if (!left)
        return aici_bind_no_memory(binder);
    uint32_t count = 0, before = UINT32_MAX;
    for (uint32_t i = 0; i < view->count; i++)
        if (is_definition(&view->entry[i]) && !is_base(&view->entry[i]))
            left[count++] = &view->entry[i];
    for (unsigned walk = 0; walk < MOST_WALKS && count > 0 && count < before; walk++) {
        before = count;
        if (!aici_bind_note(binder, define_once(binder, units, left, &count)))
            return false;
    }
    for (uint32_t i = 0; i < count; i++)
        if (!explain(binder, units, left[i]))
            return false;
    for (uint32_t i = 0; i < view->count; i++)
        if (!is_definition(&view->entry[i]) && !explain(binder, units, &view->entry[i]))
            return false;
    return true;
}

/* --- money ---------------------------------------------------------------------------------------------------------------------------- */

static const char *const rate_keys[] = {"value", "source", "note", "date"};

static bool tie(aici_binder *binder, aici_units *units, const aici_entry *entry) {
    const char *code = aici_text_of(entry->key), *path = aici_format(binder->scratch, "exchange_rates.%s", code);
    const aici_node *value = entry->value;
    aici_keys keys = {"an exchange rate", rate_keys, 4};
    if (!path)
        return aici_bind_no_memory(binder);
    if (value->kind == AICI_NODE_MAPPING) {
        if (!aici_shape_check_keys(binder, value, &keys, path))
            return false;
        value = aici_node_value(value, "value");
    }
    aici_unit worth;
    aic_status status;
    if (!value || value->kind != AICI_NODE_SCALAR || aici_node_is_empty(value))
        status = aici_report_error(binder->report, AICI_CODE_EXCHANGE_RATE, &entry->key->place,
                                   "%s: expected what one %s is worth, such as `7.08 CNY`", code, code);
    else
        status = read_amount(binder, units, value, code, &worth, binder->report);
    if (status == AIC_OK)
        status = aici_units_tie(units, entry->key->as.text, &worth, &entry->key->place, binder->report);
    if (status != AIC_OK)
        aici_report_path(binder->report, "%s", path);
    return aici_bind_note(binder, status);
}

static bool tie_all(aici_binder *binder, aici_units *units) {
    const aici_view *view = &binder->files->view[AICI_SECTION_EXCHANGE_RATES];
    if (view->node && !view->entry)
        aici_shape_is_mapping(binder, view->node, "exchange_rates", "exchange_rates");
    for (uint32_t i = 0; view->entry && i < view->count; i++)
        if (!tie(binder, units, &view->entry[i]))
            return false;
    return aici_bind_goes_on(binder);
}

static void offer_currencies(const aici_units *units, aici_nearest *nearest) {
    for (size_t i = 0; i < aici_units_count(units); i++) {
        aici_unit_entry entry = aici_units_entry(units, i);
        if (entry.base_class == AICI_BASE_MONEY)
            aici_nearest_offer(nearest, aici_slice_of(entry.name));
    }
}

bool aici_units_declare_currency(aici_binder *binder, aici_units *units, const aici_node *node) {
    if (node->kind == AICI_NODE_SCALAR && aici_units_set_currency(units, node->as.text))
        return true;
    bool scalar = node->kind == AICI_NODE_SCALAR;
    aici_nearest nearest = aici_nearest_to(scalar ? node->as.text : aici_slice_of(""));
    offer_currencies(units, &nearest);
    aic_status status =
        scalar ? aici_report_error(binder->report, AICI_CODE_UNKNOWN_CURRENCY, &node->place,
                                   "currency: `%.*s` is no currency that the library knows", AICI_SLICE(node->as.text))
               : aici_report_error(binder->report, AICI_CODE_UNKNOWN_CURRENCY, &node->place, "currency: expected a code such as `CNY`");
    if (aici_nearest_name(&nearest))
        aici_report_hint(binder->report, "did you mean `%s`?", aici_nearest_name(&nearest));
    aici_report_path(binder->report, "currency");
    return aici_bind_note(binder, status);
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

static aici_view library_view(const aici_binder *binder, uint32_t library) {
    const aici_node *node = aici_node_value(binder->files->library[library], "units");
    bool mapping = node && node->kind == AICI_NODE_MAPPING;
    return (aici_view){.node = node, .entry = mapping ? node->as.entry : NULL, .count = mapping ? node->count : 0};
}

/* Every definition of a mapping; what is no mapping has been reported. */
static bool visit_view(aici_binder *binder, aici_units *units, const aici_view *view,
                       bool (*visit)(aici_binder *, aici_units *, const aici_view *)) {
    return !view->entry || visit(binder, units, view);
}

static bool each_view(aici_binder *binder, aici_units *units, bool (*visit)(aici_binder *, aici_units *, const aici_view *)) {
    for (uint32_t i = 0; i < binder->files->library_count; i++) {
        aici_view view = library_view(binder, i);
        if (!visit_view(binder, units, &view, visit))
            return false;
    }
    return visit_view(binder, units, &binder->files->view[AICI_SECTION_UNITS], visit);
}

static bool check_shapes(aici_binder *binder) {
    const aici_view *own = &binder->files->view[AICI_SECTION_UNITS];
    for (uint32_t i = 0; i < binder->files->library_count; i++)
        aici_shape_is_mapping(binder, library_view(binder, i).node, "units", "units");
    if (!own->opened)
        aici_shape_is_mapping(binder, own->node, "units", "units");
    return aici_bind_goes_on(binder);
}

bool aici_foundation_read_units(aici_binder *binder, aici_units *units) {
    const aici_node *currency = binder->files->view[AICI_SECTION_CURRENCY].node;
    if (!check_shapes(binder) || !each_view(binder, units, check_names) || !each_view(binder, units, define_bases) ||
        !tie_all(binder, units))
        return false;
    if (currency && !aici_node_is_empty(currency) && !aici_units_declare_currency(binder, units, currency))
        return false;
    return each_view(binder, units, define_derived);
}
