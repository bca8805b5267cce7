/* SPDX-License-Identifier: MIT */
/*
 * The lists of a model kind: `one_of` (groups of inputs of which one is given), `assert` (conditions), and `checks`, which the tests
 * execute and which here only have to name what exists.
 */
#include "scenario/kind_reader.h"

#include <string.h>

/* --- one_of --------------------------------------------------------------------------------------------------------------------------- */

static const aici_node *first_item(const aici_node *list) {
    return list && list->kind == AICI_NODE_SEQUENCE && list->count > 0 ? list->as.item[0] : NULL;
}

static bool read_choice_name(aici_kind_reader *reader, const aici_node *node, const char **name) {
    uint32_t number = 0;
    const aici_node *scalar = node;
    if (!aici_kind_shape(reader, &scalar, AICI_NODE_SCALAR, "a name in one_of"))
        return false;
    if (!scalar)
        return true;
    *name = scalar->as.text.bytes;
    if (aici_names_find(reader->names, scalar->as.text, &number) && number < reader->input_count) {
        reader->input[number].optional = true;
        return true;
    }
    bool go_on = aici_kind_fault(reader, AICI_CODE_UNKNOWN_NAME, scalar, "one_of: the kind has no input `%s`", *name);
    aici_kind_offer(reader, scalar->as.text, false, NULL, 0);
    return go_on;
}

static bool read_group(aici_kind_reader *reader, const aici_node *node, const char *const **group, uint32_t *size) {
    const aici_node *const *item = NULL;
    *size = aici_kind_list(&node, &item);
    if (*size == 0)
        return aici_kind_fault(reader, AICI_CODE_BAD_KIND, node, "one_of: a group without inputs");
    const char **name = aici_kind_take(reader, *size, sizeof *name);
    if (!name)
        return aici_kind_no_memory(reader);
    *group = name;
    for (uint32_t i = 0; i < *size; i++) {
        name[i] = "";
        if (!read_choice_name(reader, item[i], &name[i]))
            return false;
    }
    return true;
}

static bool read_choice(aici_kind_reader *reader, const aici_node *node, aici_kind_choice *choice) {
    const aici_node *list = node;
    if (!aici_kind_shape(reader, &list, AICI_NODE_SEQUENCE, "one_of"))
        return false;
    if (!list)
        return true;
    if (list->count < 2)
        return aici_kind_fault(reader, AICI_CODE_BAD_KIND, node, "one_of: expected two groups of inputs at least");
    const char *const **group = aici_kind_take(reader, list->count, sizeof *group);
    uint32_t *size = aici_kind_take(reader, list->count, sizeof *size);
    if (!group || !size)
        return aici_kind_no_memory(reader);
    *choice = (aici_kind_choice){group, size, list->count};
    for (uint32_t i = 0; i < list->count; i++)
        if (!read_group(reader, list->as.item[i], &group[i], &size[i]))
            return false;
    return true;
}

/* One choice is a list of groups; several are a list of these: [[a], [b, c]], or [[[a], [b, c]], [[d], [e]]]. */
bool aici_kind_read_choices(aici_kind_reader *reader, const aici_node *node, aici_kind *kind) {
    if (!aici_kind_shape(reader, &node, AICI_NODE_SEQUENCE, "one_of"))
        return false;
    if (!node || node->count == 0)
        return true;
    const aici_node *inner = first_item(first_item(node));
    bool several = inner && inner->kind == AICI_NODE_SEQUENCE;
    uint32_t count = several ? node->count : 1;
    aici_kind_choice *choice = aici_kind_take(reader, count, sizeof *choice);
    if (!choice)
        return aici_kind_no_memory(reader);
    kind->choice = choice;
    kind->choice_count = count;
    for (uint32_t i = 0; i < count; i++)
        if (!read_choice(reader, several ? node->as.item[i] : node, &choice[i]))
            return false;
    return true;
}

/* --- assert --------------------------------------------------------------------------------------------------------------------------- */

enum { THAT, MESSAGE, ASSERTION_KEYS };
static const char *const assertion_key[ASSERTION_KEYS] = {"that", "message"};
static const aici_kind_keys assertion_keys = {"a condition", assertion_key, ASSERTION_KEYS};

static bool read_assertion(aici_kind_reader *reader, const aici_node *node, aici_kind *kind, aici_kind_assertion *out) {
    const aici_node *value[ASSERTION_KEYS];
    aici_kind_formula formula;
    if (!aici_kind_collect(reader, node, &assertion_keys, value))
        return false;
    if (node->kind != AICI_NODE_MAPPING)
        return true;
    for (int key = 0; key < ASSERTION_KEYS; key++)
        if (!value[key])
            return aici_kind_fault(reader, AICI_CODE_MISSING_KEY, node, "assert: a condition needs `that` and `message`");
    if (!aici_kind_text(reader, value[MESSAGE], "message", &out->message) ||
        !aici_kind_shape(reader, &value[THAT], AICI_NODE_SCALAR, "that") || !aici_kind_read_formula(reader, value[THAT], "that", &formula))
        return false;
    if (formula.count == 0)
        return true;
    out->text = formula.text[0];
    out->tree = formula.tree[0];
    out->node = formula.node[0];
    kind->assertion_count++;
    return aici_kind_check_names(reader, out->tree, AICI_KIND_NOBODY, false, false);
}

bool aici_kind_read_assertions(aici_kind_reader *reader, const aici_node *node, aici_kind *kind) {
    const aici_node *const *item = NULL;
    uint32_t count = aici_kind_list(&node, &item);
    if (count == 0)
        return true;
    aici_kind_assertion *assertion = aici_kind_take(reader, count, sizeof *assertion);
    if (!assertion)
        return aici_kind_no_memory(reader);
    kind->assertion = assertion;
    reader->section = reader->member = "assert";
    for (uint32_t i = 0; i < count; i++)
        if (!read_assertion(reader, item[i], kind, &assertion[kind->assertion_count]))
            return false;
    return true;
}

/* --- checks --------------------------------------------------------------------------------------------------------------------------- */

enum { INPUTS, OUTPUTS, TOLERANCE, SOURCE, NOTE, TIMELINE, CHECK_KEYS };
static const char *const check_key[CHECK_KEYS] = {"inputs", "outputs", "tolerance", "source", "note", "timeline"};
static const aici_kind_keys check_keys = {"a check", check_key, CHECK_KEYS};

/* Whether a name is that of a component which a check gives. */
static bool is_component(const aici_kind_reader *reader, const aici_node *inputs, aici_slice name) {
    for (uint32_t i = 0; i < reader->input_count; i++) {
        const aici_node *components =
            reader->input[i].type == AICI_INPUT_COMPONENTS ? aici_node_value(inputs, reader->input[i].name) : NULL;
        for (uint32_t c = 0; components && components->kind == AICI_NODE_MAPPING && c < components->count; c++)
            if (aici_slice_equal(components->as.entry[c].key->as.text, name))
                return true;
    }
    return false;
}

/* `revenue[2026]` is a value of `revenue`. */
static aici_slice without_year(aici_slice name) {
    const char *bracket = memchr(name.bytes, '[', name.size);
    return bracket ? (aici_slice){name.bytes, (size_t)(bracket - name.bytes)} : name;
}

static bool check_name(aici_kind_reader *reader, const aici_node *key, const aici_node *inputs, bool output) {
    uint32_t number = 0;
    aici_slice name = output ? without_year(key->as.text) : key->as.text;
    bool found = aici_names_find(reader->names, name, &number);
    if (found ? output || number < reader->input_count : output && is_component(reader, inputs, name))
        return true;
    bool go_on = aici_kind_fault(reader, AICI_CODE_UNKNOWN_NAME, key, "checks: the kind has no %s `%.*s`", output ? "output" : "input",
                                 AICI_SLICE(name));
    aici_kind_offer(reader, name, output, NULL, 0);
    return go_on;
}

static bool check_check(aici_kind_reader *reader, const aici_node *node) {
    const aici_node *value[CHECK_KEYS];
    double tolerance;
    bool found;
    if (!aici_kind_collect(reader, node, &check_keys, value) || !aici_kind_shape(reader, &value[INPUTS], AICI_NODE_MAPPING, "inputs") ||
        !aici_kind_shape(reader, &value[OUTPUTS], AICI_NODE_MAPPING, "outputs"))
        return false;
    if (node->kind == AICI_NODE_MAPPING && !value[OUTPUTS])
        return aici_kind_fault(reader, AICI_CODE_MISSING_KEY, node, "checks: a check needs `inputs` and `outputs`");
    for (uint32_t i = 0; value[INPUTS] && i < value[INPUTS]->count; i++)
        if (!check_name(reader, value[INPUTS]->as.entry[i].key, NULL, false))
            return false;
    for (uint32_t i = 0; value[OUTPUTS] && i < value[OUTPUTS]->count; i++)
        if (!check_name(reader, value[OUTPUTS]->as.entry[i].key, value[INPUTS], true))
            return false;
    return aici_kind_number(reader, value[TOLERANCE], "tolerance", &tolerance, &found);
}

bool aici_kind_check_checks(aici_kind_reader *reader, const aici_node *node) {
    const aici_node *const *item = NULL;
    uint32_t count = aici_kind_list(&node, &item);
    reader->section = reader->member = "checks";
    for (uint32_t i = 0; i < count; i++)
        if (!check_check(reader, item[i]))
            return false;
    return true;
}
