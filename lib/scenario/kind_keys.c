/* SPDX-License-Identifier: MIT */
/*
 * Keys, shapes and small texts of a model kind's declaration, and how its faults are said: with the path in the scenario, the nearest key
 * or name as a hint. What the keys mean is known in the other files.
 */
#include "base/number.h"
#include "scenario/kind_reader.h"

#include <stdio.h>

/* --- faults --------------------------------------------------------------------------------------------------------------------------- */

static void add_path(const aici_kind_reader *reader) {
    const char *base = reader->definition ? "definitions." : "";
    const char *definition = reader->definition ? reader->definition : "";
    const char *dot = reader->definition && *reader->section ? "." : "";
    const char *second_dot = *reader->member ? "." : "";
    aici_report_path(reader->expr->report, "%s%s%s%s%s%s", base, definition, dot, reader->section, second_dot, reader->member);
}

bool aici_kind_note(aici_kind_reader *reader, aic_status status) {
    if (status == AIC_OK)
        return true;
    if (reader->status == AIC_OK || status == AIC_ERROR_MEMORY)
        reader->status = status;
    if (status != AIC_ERROR_MEMORY)
        add_path(reader);
    return status != AIC_ERROR_MEMORY;
}

bool aici_kind_no_memory(aici_kind_reader *reader) { return aici_kind_note(reader, aici_report_memory(reader->expr->report)); }

static bool say(aici_kind_reader *reader, enum aici_code code, const aici_place *place, const char *format, va_list arguments) {
    char message[512];
    vsnprintf(message, sizeof message, format, arguments);
    return aici_kind_note(reader, aici_report_error(reader->expr->report, code, place, "%s", message));
}

bool aici_kind_fault(aici_kind_reader *reader, enum aici_code code, const aici_node *node, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    bool go_on = say(reader, code, &node->place, format, arguments);
    va_end(arguments);
    return go_on;
}

bool aici_kind_fault_at(aici_kind_reader *reader, enum aici_code code, const aici_place *place, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    bool go_on = say(reader, code, place, format, arguments);
    va_end(arguments);
    return go_on;
}

static void hint_nearest(const aici_kind_reader *reader, const aici_nearest *nearest) {
    if (aici_nearest_name(nearest))
        aici_report_hint(reader->expr->report, "did you mean `%s`?", aici_nearest_name(nearest));
}

void aici_kind_offer(const aici_kind_reader *reader, aici_slice wanted, bool outputs, const char *const *more, size_t more_count) {
    if (!aici_report_wants_hint(reader->expr->report))
        return;
    aici_nearest nearest = aici_nearest_to(wanted);
    for (uint32_t i = 0; i < reader->input_count; i++)
        aici_nearest_offer(&nearest, aici_slice_of(reader->input[i].name));
    for (uint32_t i = 0; outputs && i < reader->output_count; i++)
        if (!reader->output[i].for_each && !reader->output[i].over)
            aici_nearest_offer(&nearest, aici_slice_of(reader->output[i].name));
    for (size_t i = 0; i < more_count; i++)
        aici_nearest_offer(&nearest, aici_slice_of(more[i]));
    hint_nearest(reader, &nearest);
}

/* --- keys and shapes ------------------------------------------------------------------------------------------------------------------ */

static const char *shape_of(const aici_node *node) {
    if (aici_node_is_empty(node))
        return "nothing";
    return node->kind == AICI_NODE_MAPPING ? "a mapping" : node->kind == AICI_NODE_SEQUENCE ? "a list" : "a text";
}

static bool refuse_shape(aici_kind_reader *reader, const aici_node *node, const char *what, const char *expected) {
    return aici_kind_fault(reader, AICI_CODE_WRONG_SHAPE, node, "%s: expected %s, found %s", what, expected, shape_of(node));
}

static bool refuse_key(aici_kind_reader *reader, const aici_node *key, const aici_kind_keys *keys) {
    bool go_on = aici_kind_fault(reader, AICI_CODE_UNKNOWN_KEY, key, "%s has no key `%.*s`", keys->what, AICI_SLICE(key->as.text));
    aici_nearest nearest = aici_nearest_to(key->as.text);
    for (size_t i = 0; i < keys->count; i++)
        aici_nearest_offer(&nearest, aici_slice_of(keys->name[i]));
    hint_nearest(reader, &nearest);
    return go_on;
}

bool aici_kind_collect(aici_kind_reader *reader, const aici_node *mapping, const aici_kind_keys *keys, const aici_node **value) {
    for (size_t k = 0; k < keys->count; k++)
        value[k] = NULL;
    if (mapping->kind != AICI_NODE_MAPPING)
        return refuse_shape(reader, mapping, keys->what, "a mapping");
    for (uint32_t i = 0; i < mapping->count; i++) {
        const aici_entry *entry = &mapping->as.entry[i];
        size_t k = 0;
        while (k < keys->count && !aici_slice_is(entry->key->as.text, keys->name[k]))
            k++;
        if (k == keys->count && !refuse_key(reader, entry->key, keys))
            return false;
        if (k < keys->count && !aici_node_is_empty(entry->value))
            value[k] = entry->value;
    }
    return true;
}

bool aici_kind_shape(aici_kind_reader *reader, const aici_node **node, aici_node_kind kind, const char *what) {
    if (!*node || (*node)->kind == kind)
        return true;
    const aici_node *other = *node;
    *node = NULL;
    return refuse_shape(reader, other, what, kind == AICI_NODE_MAPPING ? "a mapping" : kind == AICI_NODE_SEQUENCE ? "a list" : "a text");
}

bool aici_kind_text(aici_kind_reader *reader, const aici_node *node, const char *what, const char **text) {
    *text = "";
    if (!node)
        return true;
    if (node->kind != AICI_NODE_SCALAR)
        return refuse_shape(reader, node, what, "a text");
    *text = node->as.text.bytes;
    return true;
}

bool aici_kind_boolean(aici_kind_reader *reader, const aici_node *node, const char *what, bool *value) {
    if (!node)
        return true;
    bool scalar = node->kind == AICI_NODE_SCALAR;
    bool yes = scalar && aici_slice_is(node->as.text, "true");
    if (!yes && !(scalar && aici_slice_is(node->as.text, "false")))
        return aici_kind_fault(reader, AICI_CODE_BAD_KIND, node, "%s: expected `%s` to be true or false", reader->member, what);
    *value = yes;
    return true;
}

bool aici_kind_number(aici_kind_reader *reader, const aici_node *node, const char *what, double *value, bool *found) {
    *found = false;
    if (!node)
        return true;
    *found = node->kind == AICI_NODE_SCALAR && aici_number_read(node->as.text.bytes, node->as.text.size, 0, value) == AICI_NUMBER_OK;
    if (*found)
        return true;
    return aici_kind_fault(reader, AICI_CODE_BAD_KIND, node, "%s: expected `%s` to be a plain number", reader->member, what);
}

uint32_t aici_kind_list(const aici_node *const *node, const aici_node *const **item) {
    if (!*node)
        return 0;
    bool list = (*node)->kind == AICI_NODE_SEQUENCE;
    *item = list ? (*node)->as.item : node;
    return list ? (*node)->count : 1;
}

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

bool aici_kind_is_word(aici_slice text) {
    bool word = text.size > 0 && is_letter(text.bytes[0]);
    for (size_t i = 1; word && i < text.size; i++)
        word = is_letter(text.bytes[i]) || (text.bytes[i] >= '0' && text.bytes[i] <= '9');
    return word;
}

void *aici_kind_take(const aici_kind_reader *reader, size_t count, size_t bytes) {
    return count ? aici_arena_take_array(reader->expr->arena, count, bytes) : NULL;
}
