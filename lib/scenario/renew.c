/* SPDX-License-Identifier: MIT */
/*
 * Nodes that calls made, copied into fresh memory; nodes of a file are shared and stay where they are. This is how a scenario is copied,
 * and how the memory of one that is changed a million times stays in proportion to what it holds.
 */
#include "scenario/renew.h"

#include <string.h>

static const aici_node *copy_node(aici_arena *arena, const aici_node *node, const aici_node *before);

static const aici_node *copy_key(aici_arena *arena, const aici_node *key, const aici_entry *before) {
    return before && before->key == key ? key : aici_node_new_scalar(arena, key->as.text);
}

/* A value that stood at this place in the file, or was the whole of it before properties were added, is shared. */
static const aici_node *copy_value(aici_arena *arena, const aici_node *value, const aici_node *whole, const aici_node *before) {
    return value == whole ? value : copy_node(arena, value, before);
}

static const aici_node *copy_mapping(aici_arena *arena, const aici_node *node, const aici_node *before) {
    aici_entry *entries = aici_arena_take_array(arena, node->count, sizeof *entries);
    for (uint32_t i = 0; entries && i < node->count; i++) {
        const aici_entry *entry = &node->as.entry[i], *old = aici_node_entry(before, entry->key->as.text.bytes);
        entries[i].key = copy_key(arena, entry->key, old);
        entries[i].value = copy_value(arena, entry->value, before, old ? old->value : NULL);
        if (!entries[i].key || !entries[i].value)
            return NULL;
    }
    return entries ? aici_node_new_mapping(arena, entries, node->count) : NULL;
}

/* What is left of a list keeps its order, so one walk along the old one finds what is shared. */
static const aici_node *copy_list(aici_arena *arena, const aici_node *node, const aici_node *before) {
    const aici_node **items = aici_arena_take_array(arena, node->count, sizeof *items);
    uint32_t old_count = before && before->kind == AICI_NODE_SEQUENCE ? before->count : 0, at = 0;
    for (uint32_t i = 0; items && i < node->count; i++) {
        uint32_t next = at;
        while (next < old_count && before->as.item[next] != node->as.item[i])
            next++;
        bool shared = next < old_count;
        items[i] = shared ? node->as.item[i] : copy_node(arena, node->as.item[i], NULL);
        at = shared ? next + 1 : at;
        if (!items[i])
            return NULL;
    }
    return items ? aici_node_new_sequence(arena, items, node->count) : NULL;
}

static const aici_node *copy_node(aici_arena *arena, const aici_node *node, const aici_node *before) {
    if (node == before)
        return node;
    if (node->kind == AICI_NODE_SCALAR)
        return aici_node_new_scalar(arena, node->as.text);
    const aici_node *copy = node->kind == AICI_NODE_MAPPING ? copy_mapping(arena, node, before) : copy_list(arena, node, before);
    if (copy) { /* it is ours and nobody has seen it yet */
        aici_node *fresh = (aici_node *)(uintptr_t)copy;
        fresh->flow = node->flow;
        fresh->place = node->place;
    }
    return copy;
}

static bool copy_entry(aici_arena *arena, const aici_part *from, aici_part *to, size_t i) {
    to->before[i] = from->before[i];
    to->entry[i].value = copy_node(arena, from->entry[i].value, from->before[i]);
    to->entry[i].key = from->entry[i].key;
    if (from->entry[i].key && !from->before[i])
        to->entry[i].key = aici_node_new_scalar(arena, from->entry[i].key->as.text);
    return to->entry[i].value && (to->entry[i].key || from->list);
}

static bool copy_table(const aic_allocator *allocator, aici_arena *arena, const aici_part *from, aici_part *to) {
    to->entry = aici_memory_take_array(allocator, from->count + 1, sizeof *to->entry);
    to->before = aici_memory_take_array(allocator, from->count + 1, sizeof *to->before);
    if (!to->entry || !to->before)
        return false;
    to->capacity = to->before_capacity = from->count + 1;
    for (; to->count < from->count; to->count++)
        if (!copy_entry(arena, from, to, to->count))
            return false;
    return true;
}

static bool copy_part(const aic_allocator *allocator, aici_arena *arena, const aici_part *from, aici_part *to) {
    *to = (aici_part){.original = from->original, .opened = from->opened, .list = from->list};
    if (!from->key)
        return true;
    to->key = from->original ? from->key : aici_node_new_scalar(arena, from->key->as.text);
    if (!to->key)
        return false;
    if (from->opened)
        return copy_table(allocator, arena, from, to);
    to->node = copy_node(arena, from->node, from->original);
    return to->node != NULL;
}

bool aici_sections_copy(aici_sections *copy, const aici_sections *sections) {
    if (!aici_sections_begin(copy, &sections->allocator, NULL))
        return false;
    copy->root = sections->root;
    memcpy(copy->order, sections->order, sizeof copy->order);
    copy->order_count = sections->order_count;
    for (size_t i = 0; i < AICI_SECTION_COUNT; i++) {
        if (!copy_part(&copy->allocator, copy->made->arena, &sections->part[i], &copy->part[i])) {
            aici_sections_end(copy);
            return false;
        }
    }
    copy->renew_at = 2 * aici_arena_bytes(copy->made->arena) + AICI_RENEW_FIRST;
    return true;
}

void aici_sections_tidy(aici_sections *sections) {
    aici_sections fresh;
    if (aici_arena_bytes(sections->made->arena) < sections->renew_at || !aici_sections_copy(&fresh, sections))
        return;
    aici_sections_end(sections);
    *sections = fresh;
}
