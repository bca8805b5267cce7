/* SPDX-License-Identifier: MIT */
/*
 * An input of a model kind: type, unit, bounds, default, and which of these go together. Names in its default and in `like` are looked up
 * once all inputs and outputs are known, in kind_formula.c.
 */
#include "scenario/kind_reader.h"

enum { TYPE, UNIT, LIKE, ALSO, SHOW, ABOVE, AT_LEAST, BELOW, AT_MOST, DEFAULT, OPTIONAL, SERIES, VALUES, DOC, SOURCE, KEY_COUNT };
static const char *const key_name[KEY_COUNT] = {"type",    "unit",    "like",     "also",   "show",   "above", "at_least", "below",
                                                "at_most", "default", "optional", "series", "values", "doc",   "source"};
static const aici_kind_keys keys = {"an input", key_name, KEY_COUNT};

enum { TYPE_COUNT = AICI_INPUT_COMPONENTS + 1 };
static const char *const type_name[TYPE_COUNT] = {"quantity", "boolean", "text", "whole", "components"};

/* Keys that make no sense with a type, a bit each. */
#define BIT(key) (1u << (key))
#define QUANTITY_KEYS (BIT(UNIT) | BIT(LIKE) | BIT(ALSO) | BIT(SHOW) | BIT(ABOVE) | BIT(AT_LEAST) | BIT(BELOW) | BIT(AT_MOST) | BIT(SERIES))
static const unsigned refused[TYPE_COUNT] = {
    [AICI_INPUT_QUANTITY] = BIT(VALUES),
    [AICI_INPUT_BOOLEAN] = QUANTITY_KEYS | BIT(VALUES),
    [AICI_INPUT_TEXT] = QUANTITY_KEYS,
    [AICI_INPUT_WHOLE] = BIT(VALUES),
    [AICI_INPUT_COMPONENTS] = BIT(VALUES) | BIT(ALSO) | BIT(SERIES) | BIT(DEFAULT),
};

static bool read_type(aici_kind_reader *reader, const aici_node *node, aici_kind_input *input) {
    if (!node)
        return true;
    for (uint8_t type = 0; node->kind == AICI_NODE_SCALAR && type < TYPE_COUNT; type++) {
        if (aici_slice_is(node->as.text, type_name[type])) {
            input->type = type;
            return true;
        }
    }
    bool go_on = aici_kind_fault(reader, AICI_CODE_BAD_KIND, node, "%s: there is no such type of input", reader->member);
    aici_report_hint(reader->expr->report, "types are quantity, boolean, text, whole, components");
    return go_on;
}

/* The faulty value counts as absent, so that nothing further is said about it. */
static bool refuse_keys(aici_kind_reader *reader, const aici_kind_input *input, const aici_node **value) {
    for (unsigned key = 0; key < KEY_COUNT; key++) {
        if (!value[key] || !(refused[input->type] & BIT(key)))
            continue;
        const aici_node *node = value[key];
        value[key] = NULL;
        if (!aici_kind_fault(reader, AICI_CODE_BAD_KIND, node, "%s: an input of type %s has no `%s`", reader->member,
                             type_name[input->type], key_name[key]))
            return false;
    }
    return true;
}

static bool read_also(aici_kind_reader *reader, const aici_node *node, aici_kind_input *input) {
    const aici_node *const *item = NULL;
    uint32_t count = aici_kind_list(&node, &item);
    if (count == 0)
        return true;
    aici_kind_unit *also = aici_kind_take(reader, count, sizeof *also);
    if (!also)
        return aici_kind_no_memory(reader);
    input->also = also;
    input->also_count = count;
    for (uint32_t i = 0; i < count; i++) {
        if (!aici_kind_read_unit_text(reader, item[i], &also[i]))
            return false;
        if (also[i].any && !aici_kind_fault(reader, AICI_CODE_BAD_KIND, item[i], "%s: `also` must be a unit", reader->member))
            return false;
    }
    return true;
}

typedef struct bound {
    double value;
    bool given, open;
} bound;

static bool read_bound(aici_kind_reader *reader, const aici_node **value, int open, int closed, bound *out) {
    *out = (bound){.open = value[open] != NULL};
    if (value[open] && value[closed])
        return aici_kind_fault(reader, AICI_CODE_BAD_KIND, value[closed], "%s: `%s` and `%s` exclude each other", reader->member,
                               key_name[open], key_name[closed]);
    int key = out->open ? open : closed;
    if (!aici_kind_number(reader, value[key], key_name[key], &out->value, &out->given))
        return false;
    if (value[key] && !out->given)
        aici_report_hint(reader->expr->report, "bounds are in the declared unit: write `0.5`, not `50 %%`");
    return true;
}

static bool read_bounds(aici_kind_reader *reader, const aici_node **value, aici_kind_input *input) {
    bound low, high;
    if (!read_bound(reader, value, ABOVE, AT_LEAST, &low) || !read_bound(reader, value, BELOW, AT_MOST, &high))
        return false;
    input->low = low.value;
    input->has_low = low.given;
    input->low_open = low.open;
    input->high = high.value;
    input->has_high = high.given;
    input->high_open = high.open;
    bool empty = low.given && high.given && (low.value > high.value || ((low.open || high.open) && low.value >= high.value));
    return !empty || aici_kind_fault(reader, AICI_CODE_BAD_KIND, input->node, "%s: no value lies between the bounds", reader->member);
}

static bool read_flags(aici_kind_reader *reader, const aici_node **value, aici_kind_input *input) {
    bool go_on = aici_kind_boolean(reader, value[OPTIONAL], "optional", &input->optional) &&
                 aici_kind_boolean(reader, value[SERIES], "series", &input->series);
    input->single = value[SERIES] && !input->series;
    if (!go_on || !input->optional || !value[DEFAULT])
        return go_on;
    go_on = aici_kind_fault(reader, AICI_CODE_BAD_KIND, value[OPTIONAL], "%s: an optional input has no default", reader->member);
    aici_report_hint(reader->expr->report, "leave out `optional`: an input with a default need not be given");
    return go_on;
}

/* --- texts ---------------------------------------------------------------------------------------------------------------------------- */

static bool read_values(aici_kind_reader *reader, const aici_node *node, aici_kind_input *input) {
    const aici_node *const *item = NULL;
    uint32_t count = aici_kind_list(&node, &item);
    if (count == 0) {
        bool go_on =
            aici_kind_fault(reader, AICI_CODE_MISSING_KEY, input->node, "%s: an input of type text lists its `values`", reader->member);
        aici_report_hint(reader->expr->report, "write `values: [exact, pad]` (say)");
        return go_on;
    }
    const char **value = aici_kind_take(reader, count, sizeof *value);
    if (!value)
        return aici_kind_no_memory(reader);
    input->value = value;
    input->value_count = count;
    for (uint32_t i = 0; i < count; i++)
        if (!aici_kind_text(reader, item[i], "values", &value[i]))
            return false;
    return true;
}

static bool refuse_text(aici_kind_reader *reader, const aici_kind_input *input, const aici_node *node) {
    bool go_on = aici_kind_fault(reader, AICI_CODE_BAD_KIND, node, "%s: the default is none of the `values`", reader->member);
    aici_nearest nearest = aici_nearest_to(node->kind == AICI_NODE_SCALAR ? node->as.text : aici_slice_of(""));
    for (uint32_t i = 0; i < input->value_count; i++)
        aici_nearest_offer(&nearest, aici_slice_of(input->value[i]));
    if (aici_nearest_name(&nearest))
        aici_report_hint(reader->expr->report, "did you mean `%s`?", aici_nearest_name(&nearest));
    return go_on;
}

/* A default of type text is not a formula: its tree is the text itself. */
static bool make_text(aici_kind_reader *reader, const aici_node *node, aici_kind_formula *out) {
    aici_expr *tree = aici_kind_take(reader, 1, sizeof *tree);
    aici_fragment *fragment = aici_kind_take(reader, 1, sizeof *fragment);
    const aici_expr **trees = aici_kind_take(reader, 1, sizeof *trees);
    const char **text = aici_kind_take(reader, 1, sizeof *text);
    const aici_node **written = aici_kind_take(reader, 1, sizeof *written);
    if (!tree || !fragment || !trees || !text || !written)
        return aici_kind_no_memory(reader);
    *fragment = aici_node_fragment(node);
    *tree = (aici_expr){.kind = AICI_EXPR_TEXT, .end = (uint32_t)node->as.text.size, .fragment = fragment};
    tree->as.text = node->as.text;
    trees[0] = tree;
    text[0] = node->as.text.bytes;
    written[0] = node;
    *out = (aici_kind_formula){text, trees, written, 1};
    return true;
}

static bool read_text_default(aici_kind_reader *reader, const aici_node *node, aici_kind_input *input) {
    if (!node)
        return true;
    for (uint32_t i = 0; node->kind == AICI_NODE_SCALAR && i < input->value_count; i++)
        if (aici_slice_is(node->as.text, input->value[i]))
            return make_text(reader, node, &input->standard);
    return refuse_text(reader, input, node);
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

static bool read_quantity(aici_kind_reader *reader, const aici_node **value, aici_kind_input *input) {
    bool pure_number = input->type == AICI_INPUT_WHOLE || input->type == AICI_INPUT_COMPONENTS;
    return aici_kind_read_unit(reader, value[UNIT], value[LIKE], pure_number, &input->unit) && read_also(reader, value[ALSO], input) &&
           aici_kind_read_shown(reader, value[SHOW], &input->unit, &input->shown) && read_bounds(reader, value, input) &&
           aici_kind_read_formula(reader, value[DEFAULT], "default", &input->standard);
}

static bool read_other(aici_kind_reader *reader, const aici_node **value, aici_kind_input *input) {
    input->unit = (aici_kind_unit){.text = "1", .unit = {.scale = 1}};
    if (input->type == AICI_INPUT_TEXT)
        return read_values(reader, value[VALUES], input) && read_text_default(reader, value[DEFAULT], input);
    return aici_kind_read_formula(reader, value[DEFAULT], "default", &input->standard);
}

bool aici_kind_read_input(aici_kind_reader *reader, const aici_entry *entry, aici_kind_input *input) {
    const aici_node *value[KEY_COUNT];
    input->node = reader->node = entry->value;
    input->name = reader->member = entry->key->as.text.bytes;
    input->doc = input->source = "";
    if (!aici_kind_collect(reader, entry->value, &keys, value))
        return false;
    if (entry->value->kind != AICI_NODE_MAPPING)
        return true;
    if (!aici_kind_text(reader, value[DOC], "doc", &input->doc) || !aici_kind_text(reader, value[SOURCE], "source", &input->source) ||
        !read_type(reader, value[TYPE], input) || !refuse_keys(reader, input, value) || !read_flags(reader, value, input))
        return false;
    bool quantity = input->type != AICI_INPUT_BOOLEAN && input->type != AICI_INPUT_TEXT;
    return quantity ? read_quantity(reader, value, input) : read_other(reader, value, input);
}
