/* SPDX-License-Identifier: MIT */
/*
 * An output of a model kind: unit and formulas, once or for each component. Names are looked up once all inputs and outputs are known, in
 * kind_formula.c.
 */
#include "scenario/kind_reader.h"

enum { UNIT, LIKE, SHOW, FORMULA, OVER, FOR_EACH, WITHIN, DOC, SOURCE, KEY_COUNT };
static const char *const key_name[KEY_COUNT] = {"unit", "like", "show", "formula", "over", "for_each", "within", "doc", "source"};
static const aici_kind_keys keys = {"an output", key_name, KEY_COUNT};

static bool read_name(aici_kind_reader *reader, const aici_node *node, const char *what, const char **name) {
    if (!node)
        return true;
    if (!aici_kind_text(reader, node, what, name))
        return false;
    *name = **name ? *name : NULL;
    return true;
}

static bool read_formulas(aici_kind_reader *reader, const aici_node **value, aici_kind_output *output) {
    if (!value[FORMULA])
        return aici_kind_fault(reader, AICI_CODE_MISSING_KEY, output->node, "%s: an output needs a `formula`", reader->member);
    if (value[WITHIN] && !value[FOR_EACH])
        return aici_kind_fault(reader, AICI_CODE_BAD_KIND, value[WITHIN], "%s: `within` is for outputs with `for_each`", reader->member);
    if (value[OVER] && value[FOR_EACH])
        return aici_kind_fault(reader, AICI_CODE_BAD_KIND, value[OVER], "%s: `over` and `for_each` exclude each other", reader->member);
    return aici_kind_read_formula(reader, value[FORMULA], "formula", &output->formula) &&
           aici_kind_read_formula(reader, value[WITHIN], "within", &output->within);
}

bool aici_kind_read_output(aici_kind_reader *reader, const aici_entry *entry, aici_kind_output *output) {
    const aici_node *value[KEY_COUNT];
    output->node = reader->node = entry->value;
    output->name = reader->member = entry->key->as.text.bytes;
    output->doc = output->source = "";
    if (!aici_kind_collect(reader, entry->value, &keys, value))
        return false;
    if (entry->value->kind != AICI_NODE_MAPPING)
        return true;
    return aici_kind_text(reader, value[DOC], "doc", &output->doc) && aici_kind_text(reader, value[SOURCE], "source", &output->source) &&
           aici_kind_read_unit(reader, value[UNIT], value[LIKE], false, &output->unit) &&
           aici_kind_read_shown(reader, value[SHOW], &output->unit, &output->shown) &&
           read_name(reader, value[OVER], "over", &output->over) && read_name(reader, value[FOR_EACH], "for_each", &output->for_each) &&
           read_formulas(reader, value, output);
}
