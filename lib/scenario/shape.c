/* SPDX-License-Identifier: MIT */
/*
 * The shapes of nodes: whether a mapping has only keys that the format knows, whether a field is a text, a truth value, a whole number, and
 * what is said when it is not. What the fields mean is known elsewhere.
 */
#include "scenario/bind.h"

#include <stdio.h>
#include <string.h>

/* --- faults --------------------------------------------------------------------------------------------------------------------------- */

bool aici_bind_note(aici_binder *binder, aic_status status) {
    if (status == AIC_OK)
        return true;
    binder->faults++;
    if (binder->status == AIC_OK || status == AIC_ERROR_MEMORY)
        binder->status = status;
    return status != AIC_ERROR_MEMORY;
}

bool aici_bind_no_memory(aici_binder *binder) { return aici_bind_note(binder, aici_report_memory(binder->report)); }

const char *aici_chain(aici_arena *arena, const char *const *texts) {
    size_t size = 0;
    for (size_t i = 0; texts[i]; i++)
        size += strlen(texts[i]);
    char *whole = aici_arena_take(arena, size + 1), *at = whole;
    for (size_t i = 0; whole && texts[i]; i++) {
        size_t length = strlen(texts[i]);
        memcpy(at, texts[i], length);
        at += length;
    }
    return whole;
}

const char *aici_join(aici_arena *arena, const char *left, const char *right) {
    return aici_chain(arena, (const char *const[]){left, ".", right, NULL});
}

const char *aici_format(aici_arena *arena, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    char *text = length < 0 ? NULL : aici_arena_take(arena, (size_t)length + 1);
    if (text)
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    va_end(arguments);
    return text;
}

static aici_place locate_node(const aici_fragment *fragment, size_t begin, size_t end) {
    (void)begin;
    (void)end;
    const aici_node *node = fragment->origin;
    return node->place;
}

aici_fragment aici_fragment_at(const aici_node *node) {
    return (aici_fragment){.text = aici_slice_of(""), .locate = locate_node, .origin = node};
}

/* Along the first children it goes without the C stack: sums of thousands of terms lean that way. */
bool aici_tree_any(const aici_expr *tree, bool (*test)(const aici_expr *node)) {
    for (; !test(tree); tree = tree->child[0]) {
        for (uint32_t i = 1; i < tree->count; i++)
            if (aici_tree_any(tree->child[i], test))
                return true;
        if (tree->count == 0)
            return false;
    }
    return true;
}

/* --- keys ----------------------------------------------------------------------------------------------------------------------------- */

static bool is_known(const aici_keys *keys, aici_slice key) {
    for (size_t i = 0; i < keys->count; i++)
        if (aici_slice_is(key, keys->known[i]))
            return true;
    return false;
}

bool aici_shape_refuse_key(aici_binder *binder, const aici_node *key, const aici_keys *keys, const char *path) {
    aici_nearest nearest = aici_nearest_to(key->as.text);
    for (size_t i = 0; i < keys->count; i++)
        aici_nearest_offer(&nearest, aici_slice_of(keys->known[i]));
    aic_status status =
        aici_report_error(binder->report, AICI_CODE_UNKNOWN_KEY, &key->place, "%s has no key `%.*s`", keys->what, AICI_SLICE(key->as.text));
    if (aici_nearest_name(&nearest))
        aici_report_hint(binder->report, "did you mean `%s`?", aici_nearest_name(&nearest));
    aici_report_path(binder->report, *path ? "%s.%.*s" : "%s%.*s", path, AICI_SLICE(key->as.text));
    return aici_bind_note(binder, status);
}

bool aici_shape_check_keys(aici_binder *binder, const aici_node *mapping, const aici_keys *keys, const char *path) {
    for (uint32_t i = 0; i < mapping->count; i++) {
        const aici_node *key = mapping->as.entry[i].key;
        if (!is_known(keys, key->as.text) && !aici_shape_refuse_key(binder, key, keys, path))
            return false;
    }
    return true;
}

/* --- shapes --------------------------------------------------------------------------------------------------------------------------- */

static const char *kind_of(const aici_node *node) {
    if (aici_node_is_empty(node))
        return "nothing";
    return node->kind == AICI_NODE_MAPPING ? "a mapping" : "a list";
}

static bool refuse_shape(aici_binder *binder, const aici_node *node, const char *what, const char *expected, const char *path) {
    bool text = node->kind == AICI_NODE_SCALAR && !aici_node_is_empty(node);
    aic_status status = text ? aici_report_error(binder->report, AICI_CODE_WRONG_SHAPE, &node->place, "%s: expected %s, found `%.*s`", what,
                                                 expected, AICI_SLICE(node->as.text))
                             : aici_report_error(binder->report, AICI_CODE_WRONG_SHAPE, &node->place, "%s: expected %s, found %s", what,
                                                 expected, kind_of(node));
    aici_report_path(binder->report, "%s", path);
    return aici_bind_note(binder, status);
}

bool aici_shape_is_mapping(aici_binder *binder, const aici_node *node, const char *what, const char *path) {
    if (!node || aici_node_is_empty(node))
        return false;
    if (node->kind != AICI_NODE_MAPPING)
        refuse_shape(binder, node, what, "a mapping", path);
    return node->kind == AICI_NODE_MAPPING;
}

bool aici_shape_is_list(aici_binder *binder, const aici_node *node, const char *what, const char *path) {
    if (!node || aici_node_is_empty(node))
        return false;
    if (node->kind != AICI_NODE_SEQUENCE)
        refuse_shape(binder, node, what, "a list", path);
    return node->kind == AICI_NODE_SEQUENCE;
}

/* --- fields --------------------------------------------------------------------------------------------------------------------------- */

const char *aici_shape_text_of(aici_binder *binder, const aici_node *node, const char *what, const char *path) {
    if (!node || aici_node_is_empty(node))
        return "";
    if (node->kind == AICI_NODE_SCALAR)
        return aici_text_of(node);
    refuse_shape(binder, node, what, "a text", path);
    return "";
}

const char *aici_shape_text(aici_binder *binder, const aici_node *mapping, const char *key, const char *path) {
    return aici_shape_text_of(binder, aici_node_value(mapping, key), key, path);
}

bool aici_shape_boolean(aici_binder *binder, const aici_node *node, const char *what, const char *path, bool *value) {
    bool scalar = node->kind == AICI_NODE_SCALAR;
    if (scalar && (aici_slice_is(node->as.text, "true") || aici_slice_is(node->as.text, "false"))) {
        *value = aici_slice_is(node->as.text, "true");
        return true;
    }
    return refuse_shape(binder, node, what, "`true` or `false`", path);
}

bool aici_shape_integer(aici_slice text, int32_t *value) {
    bool negative = text.size > 1 && text.bytes[0] == '-';
    size_t first = negative ? 1 : 0, digits = text.size - first;
    int32_t number = 0;
    if (digits == 0 || digits > 9 || (digits > 1 && text.bytes[first] == '0'))
        return false;
    for (size_t i = first; i < text.size; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9')
            return false;
        number = number * 10 + (text.bytes[i] - '0');
    }
    *value = negative ? -number : number;
    return true;
}

bool aici_shape_is_year(aici_slice text, int32_t *year) { return text.size == 4 && aici_shape_integer(text, year) && *year > 0; }

bool aici_shape_check_name(aici_binder *binder, const aici_node *key, const char *what, const char *path) {
    if (aici_expr_is_name(key->as.text))
        return true;
    bool reserved = aici_expr_is_reserved(key->as.text);
    aic_status status = aici_report_error(binder->report, AICI_CODE_BAD_NAME, &key->place,
                                          reserved ? "`%.*s` is a reserved word and cannot name %s" : "`%.*s` cannot name %s",
                                          AICI_SLICE(key->as.text), what);
    if (reserved)
        aici_report_hint(binder->report, "choose another name, such as `my_%.*s`", AICI_SLICE(key->as.text));
    else
        aici_report_hint(binder->report,
                         "a name has ASCII letters, digits and `_`, and does not start with a digit; a `label` may be any text");
    aici_report_path(binder->report, "%s", path);
    aici_bind_note(binder, status);
    return false;
}
