/* SPDX-License-Identifier: MIT */
/*
 * Nodes: making them, for the reader and for callers, and finding entries by key. Nodes never change once they are handed out; a change
 * makes a new mapping that shares what stayed.
 */
#include "document/node.h"
#include "document/style.h"

#include <string.h>

enum { ORDERED_FROM = 16 }; /* below, comparing all keys costs less than keeping order */

aici_node *aici_document_scalar(aici_arena *arena, aici_slice text) {
    if (text.size >= UINT32_MAX)
        return NULL;
    aici_node *node = aici_arena_take(arena, sizeof *node + text.size + 1);
    if (!node)
        return NULL;
    char *bytes = (char *)(node + 1);
    if (text.size)
        memcpy(bytes, text.bytes, text.size);
    node->kind = AICI_NODE_SCALAR;
    node->as.text = (aici_slice){bytes, text.size};
    return node;
}

aici_node *aici_document_sequence(aici_arena *arena, const aici_node *const *items, size_t count) {
    aici_node *node = count < UINT32_MAX ? aici_arena_take(arena, sizeof *node) : NULL;
    const aici_node **copy = node ? aici_arena_take_array(arena, count, sizeof *copy) : NULL;
    if (!copy)
        return NULL;
    if (count)
        memcpy(copy, items, count * sizeof *copy);
    node->kind = AICI_NODE_SEQUENCE;
    node->count = (uint32_t)count;
    node->as.item = copy;
    return node;
}

/* Entries, and for a large mapping the order and as much room to sort it in. */
static size_t bytes_of_entries(size_t count) { return count * (sizeof(aici_entry) + (count < ORDERED_FROM ? 0 : 2 * sizeof(uint32_t))); }

aici_node *aici_document_mapping(aici_arena *arena, size_t count, aici_entry **entries) {
    aici_node *node = count < UINT32_MAX ? aici_arena_take(arena, sizeof *node) : NULL;
    *entries = node ? aici_arena_take(arena, bytes_of_entries(count)) : NULL;
    if (!*entries)
        return NULL;
    node->kind = AICI_NODE_MAPPING;
    node->count = (uint32_t)count;
    node->as.entry = *entries;
    return node;
}

/* --- the order of keys ---------------------------------------------------------------------------------------------------------------- */

static uint32_t *order_of(const aici_node *mapping) { return (uint32_t *)(uintptr_t)(mapping->as.entry + mapping->count); }

/* Any total order will do; this one rarely looks at bytes. */
static int compare(aici_slice left, aici_slice right) {
    if (left.size != right.size)
        return left.size < right.size ? -1 : 1;
    return memcmp(left.bytes, right.bytes, left.size);
}

static aici_slice key_at(const aici_node *mapping, uint32_t index) { return mapping->as.entry[index].key->as.text; }

static bool is_in_order(const aici_node *mapping, uint32_t first, uint32_t second) {
    return compare(key_at(mapping, first), key_at(mapping, second)) <= 0;
}

struct runs {
    size_t begin, middle, end;
};

/* Merges two sorted runs into the same range of another array; equal keys keep their order. */
static void merge(const aici_node *mapping, const uint32_t *from, uint32_t *to, struct runs runs) {
    size_t left = runs.begin, right = runs.middle, out = runs.begin;
    if (runs.middle == runs.end || is_in_order(mapping, from[runs.middle - 1], from[runs.middle])) {
        memcpy(to + runs.begin, from + runs.begin, (runs.end - runs.begin) * sizeof *to);
        return;
    }
    while (out < runs.end) {
        bool take_left = right == runs.end || (left < runs.middle && is_in_order(mapping, from[left], from[right]));
        to[out++] = take_left ? from[left++] : from[right++];
    }
}

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

void aici_document_order(aici_node *mapping) {
    size_t count = mapping->count;
    if (count < ORDERED_FROM)
        return;
    uint32_t *order = order_of(mapping), *from = order, *to = order + count;
    for (size_t i = 0; i < count; i++)
        from[i] = (uint32_t)i;
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t i = 0; i < count; i += 2 * width)
            merge(mapping, from, to, (struct runs){i, least(i + width, count), least(i + 2 * width, count)});
        uint32_t *sorted = to;
        to = from;
        from = sorted;
    }
    if (from != order)
        memcpy(order, from, count * sizeof *order);
}

static uint32_t find_ordered(const aici_node *mapping, aici_slice key) {
    const uint32_t *order = order_of(mapping);
    size_t low = 0, high = mapping->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(key_at(mapping, order[middle]), key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < mapping->count && aici_slice_equal(key_at(mapping, order[low]), key);
    return found ? order[low] : mapping->count;
}

uint32_t aici_document_find(const aici_node *mapping, aici_slice key) {
    if (mapping->count >= ORDERED_FROM)
        return find_ordered(mapping, key);
    uint32_t index = 0;
    while (index < mapping->count && !aici_slice_equal(key_at(mapping, index), key))
        index++;
    return index;
}

static bool has_equal_neighbours(const aici_node *mapping) {
    const uint32_t *order = order_of(mapping);
    for (uint32_t i = 1; i < mapping->count; i++)
        if (aici_slice_equal(key_at(mapping, order[i - 1]), key_at(mapping, order[i])))
            return true;
    return false;
}

bool aici_document_is_unambiguous(const aici_node *mapping) {
    if (mapping->count >= ORDERED_FROM)
        return !has_equal_neighbours(mapping);
    for (uint32_t i = 1; i < mapping->count; i++)
        if (aici_document_find(mapping, key_at(mapping, i)) != i)
            return false;
    return true;
}

/* --- the door ------------------------------------------------------------------------------------------------------------------------- */

bool aici_node_is_empty(const aici_node *node) {
    return node && node->kind == AICI_NODE_SCALAR && node->style == AICI_SCALAR_PLAIN && aici_style_means_nothing(node->as.text);
}

const aici_entry *aici_node_entry(const aici_node *mapping, const char *key) {
    if (!mapping || mapping->kind != AICI_NODE_MAPPING)
        return NULL;
    uint32_t index = aici_document_find(mapping, aici_slice_of(key));
    return index < mapping->count ? &mapping->as.entry[index] : NULL;
}

const aici_node *aici_node_value(const aici_node *mapping, const char *key) {
    const aici_entry *entry = aici_node_entry(mapping, key);
    return entry ? entry->value : NULL;
}

/* Messages about a text that stands in no file show the text itself: it is its own little source. */
const aici_node *aici_node_new_scalar(aici_arena *arena, aici_slice text) {
    aici_node *node = aici_document_scalar(arena, text);
    if (!node)
        return NULL;
    const aici_source *source = aici_source_new(arena, "", text.bytes ? text.bytes : "", text.size);
    if (!source)
        return NULL;
    node->style = (uint8_t)aici_style_for(text);
    node->place = aici_source_place(source, 0, text.size);
    return node;
}

const aici_node *aici_node_new_mapping(aici_arena *arena, const aici_entry *entries, size_t count) {
    aici_entry *copy;
    aici_node *node = aici_document_mapping(arena, count, &copy);
    if (!node)
        return NULL;
    if (count)
        memcpy(copy, entries, count * sizeof *copy);
    aici_document_order(node);
    return node;
}

const aici_node *aici_node_new_sequence(aici_arena *arena, const aici_node *const *items, size_t count) {
    return aici_document_sequence(arena, items, count);
}

/* A copy of a mapping with room for count entries, of which it fills all but the one at `changed`. */
static aici_node *copy_around(aici_arena *arena, const aici_node *mapping, uint32_t changed, uint32_t count, aici_entry **entries) {
    aici_node *copy = aici_document_mapping(arena, count, entries);
    if (!copy || !mapping)
        return copy;
    const aici_entry *old = mapping->as.entry;
    copy->flow = mapping->flow;
    copy->place = mapping->place;
    memcpy(*entries, old, changed * sizeof *old);
    if (changed == mapping->count)
        return copy;
    bool removed = count < mapping->count;
    memcpy(*entries + changed + !removed, old + changed + 1, (mapping->count - changed - 1) * sizeof *old);
    return copy;
}

const aici_node *aici_node_with(aici_arena *arena, const aici_node *mapping, aici_slice key, const aici_node *value) {
    uint32_t old_count = mapping ? mapping->count : 0, index = mapping ? aici_document_find(mapping, key) : 0;
    bool found = index < old_count;
    if (!found && !value)
        return mapping ? mapping : aici_node_new_mapping(arena, NULL, 0);
    const aici_node *key_node = found ? mapping->as.entry[index].key : aici_node_new_scalar(arena, key);
    uint32_t count = found ? old_count - !value : old_count + 1;
    aici_entry *entries;
    aici_node *copy = key_node ? copy_around(arena, mapping, index, count, &entries) : NULL;
    if (!copy)
        return NULL;
    if (value)
        entries[index] = (aici_entry){.key = key_node, .value = value};
    aici_document_order(copy);
    return copy;
}
