/* SPDX-License-Identifier: MIT */
/*
 * The parts of a scenario as tables that change: looking up, adding, replacing, removing, and taking each of these back. What the entries
 * mean is not known here. Copying and renewing is in renew.c.
 */
#include "scenario/sections.h"
#include "scenario/renew.h"

#include <string.h>

const char *const aici_section_names[AICI_SECTION_COUNT] = {"aicompute",      "title",    "description",  "sources",     "units",
                                                            "exchange_rates", "currency", "timeline",     "definitions", "assumptions",
                                                            "correlations",   "models",   "calculations", "claims"};

/* --- beginning and end ---------------------------------------------------------------------------------------------------------------- */

static void take_entry(aici_sections *sections, const aici_entry *entry) {
    for (uint8_t i = 0; i < AICI_SECTION_COUNT; i++) {
        if (aici_slice_is(entry->key->as.text, aici_section_names[i])) {
            sections->part[i] = (aici_part){.key = entry->key, .node = entry->value, .original = entry->value};
            sections->order[sections->order_count++] = i;
            return;
        }
    }
}

bool aici_sections_begin(aici_sections *sections, const aic_allocator *allocator, const aici_node *root) {
    *sections = (aici_sections){.allocator = allocator ? *allocator : *aici_memory_default(), .root = root, .renew_at = AICI_RENEW_FIRST};
    sections->made = aici_store_new(allocator);
    for (uint32_t i = 0; root && i < root->count; i++)
        take_entry(sections, &root->as.entry[i]);
    return sections->made != NULL;
}

void aici_part_release(const aic_allocator *allocator, aici_part *part) {
    aici_memory_release(allocator, part->entry);
    aici_memory_release(allocator, (void *)part->before);
    aici_names_free(part->index);
    *part = (aici_part){.key = NULL};
}

void aici_sections_end(aici_sections *sections) {
    aic_allocator allocator = sections->allocator;
    for (size_t i = 0; i < AICI_SECTION_COUNT; i++)
        aici_part_release(&allocator, &sections->part[i]);
    aici_store_unref(sections->made);
}

/* --- reading -------------------------------------------------------------------------------------------------------------------------- */

aici_view aici_sections_view(const aici_sections *sections, aici_section section) {
    const aici_part *part = &sections->part[section];
    if (part->opened)
        return (aici_view){.key = part->key, .entry = part->entry, .count = (uint32_t)part->count, .present = true, .opened = true};
    aici_view view = {.key = part->key, .node = part->node, .present = part->key != NULL};
    if (part->node && part->node->kind == AICI_NODE_MAPPING)
        view.entry = part->node->as.entry;
    if (part->node && part->node->kind == AICI_NODE_SEQUENCE)
        view.item = part->node->as.item;
    view.count = view.entry || view.item ? part->node->count : 0;
    return view;
}

const aici_node *aici_view_item(const aici_view *view, uint32_t index) { return view->item ? view->item[index] : view->entry[index].value; }

static const aici_node *part_node(const aici_part *part, aici_arena *arena) {
    if (!part->opened)
        return part->node;
    if (!part->list)
        return aici_node_new_mapping(arena, part->entry, part->count);
    const aici_node **items = aici_arena_take_array(arena, part->count, sizeof *items);
    for (size_t i = 0; items && i < part->count; i++)
        items[i] = part->entry[i].value;
    return items ? aici_node_new_sequence(arena, items, part->count) : NULL;
}

const aici_node *aici_sections_root(const aici_sections *sections, aici_arena *arena) {
    aici_entry entries[AICI_SECTION_COUNT];
    for (uint32_t i = 0; i < sections->order_count; i++) {
        const aici_part *part = &sections->part[sections->order[i]];
        entries[i] = (aici_entry){part->key, part_node(part, arena)};
        if (!entries[i].value)
            return NULL;
    }
    return aici_node_new_mapping(arena, entries, sections->order_count);
}

/* --- opening and finding -------------------------------------------------------------------------------------------------------------- */

static bool make_room(const aic_allocator *allocator, aici_part *part) {
    aici_entry *entry = aici_memory_grow(allocator, part->entry, part->count, &part->capacity, sizeof *entry);
    if (entry)
        part->entry = entry;
    const aici_node **before = aici_memory_grow(allocator, (void *)part->before, part->count, &part->before_capacity, sizeof *before);
    if (before)
        part->before = before;
    return entry && before;
}

static aici_entry entry_of(const aici_node *node, uint32_t index) {
    if (node->kind == AICI_NODE_MAPPING)
        return node->as.entry[index];
    return (aici_entry){NULL, node->as.item[index]};
}

/* Makes a table of a part; its content stays what it was. */
static bool open_part(aici_sections *sections, aici_section section) {
    aici_part *part = &sections->part[section];
    if (part->opened)
        return true;
    aici_part opened = {.key = part->key, .original = part->original, .opened = true, .list = section == AICI_SECTION_CLAIMS};
    uint32_t count = part->node && part->node->kind != AICI_NODE_SCALAR ? part->node->count : 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!make_room(&sections->allocator, &opened)) {
            aici_part_release(&sections->allocator, &opened);
            return false;
        }
        opened.entry[i] = entry_of(part->node, i);
        opened.before[i] = opened.entry[i].value;
        opened.count++;
    }
    *part = opened;
    return true;
}

static aici_slice name_of(const aici_part *part, size_t position) {
    const aici_node *name = part->list ? aici_node_value(part->entry[position].value, "id") : part->entry[position].key;
    return name && name->kind == AICI_NODE_SCALAR ? name->as.text : aici_slice_of(NULL);
}

static bool make_index(const aic_allocator *allocator, aici_part *part) {
    aici_names *index = part->index ? part->index : aici_names_new(allocator);
    bool good = index != NULL;
    for (size_t i = part->index ? part->count : 0; good && i < part->count; i++)
        good = aici_names_add(index, name_of(part, i), (uint32_t)i);
    part->index = good ? index : NULL;
    if (!good)
        aici_names_free(index);
    return good;
}

static void drop_index(aici_part *part) {
    aici_names_free(part->index);
    part->index = NULL;
}

bool aici_sections_find(aici_sections *sections, aici_section section, aici_slice name, bool *found, size_t *position) {
    aici_part *part = &sections->part[section];
    uint32_t value = 0;
    *found = false;
    if (!part->key)
        return true;
    if (!open_part(sections, section) || !make_index(&sections->allocator, part))
        return false;
    *found = aici_names_find(part->index, name, &value);
    *position = value;
    return true;
}

/* --- changes -------------------------------------------------------------------------------------------------------------------------- */

/* Sees to it that the top-level key is there. */
static bool create_part(aici_sections *sections, aici_section section, aici_change *change) {
    aici_part *part = &sections->part[section];
    change->created = part->key == NULL;
    if (part->key)
        return true;
    part->key = aici_node_new_scalar(sections->made->arena, aici_slice_of(aici_section_names[section]));
    if (!part->key)
        return false;
    sections->order[sections->order_count++] = (uint8_t)section;
    return true;
}

static void uncreate_part(aici_sections *sections, const aici_change *change) {
    if (!change->created)
        return;
    aici_part_release(&sections->allocator, &sections->part[change->section]);
    sections->order_count--;
}

void aici_sections_put(aici_sections *sections, aici_section section, size_t position, const aici_node *value, aici_change *change) {
    aici_part *part = &sections->part[section];
    *change = (aici_change){.section = section, .what = AICI_CHANGE_REPLACED, .position = position};
    change->entry = part->entry[position];
    part->entry[position].value = value;
    if (part->list)
        drop_index(part);
}

bool aici_sections_add(aici_sections *sections, aici_section section, aici_slice key, const aici_node *value, aici_change *change) {
    *change = (aici_change){.section = section, .what = AICI_CHANGE_ADDED};
    aici_part *part = &sections->part[section];
    bool list = section == AICI_SECTION_CLAIMS;
    const aici_node *name = list ? NULL : aici_node_new_scalar(sections->made->arena, key);
    if ((!name && !list) || !create_part(sections, section, change))
        return false;
    if (!open_part(sections, section) || !make_room(&sections->allocator, part)) {
        uncreate_part(sections, change);
        return false;
    }
    change->position = part->count;
    part->entry[part->count] = (aici_entry){name, value};
    part->before[part->count++] = NULL;
    if (part->index && !aici_names_add(part->index, name_of(part, change->position), (uint32_t)change->position))
        drop_index(part);
    return true;
}

static void close_gap(aici_part *part, size_t position) {
    size_t behind = part->count - position - 1;
    memmove(&part->entry[position], &part->entry[position + 1], behind * sizeof *part->entry);
    memmove(&part->before[position], &part->before[position + 1], behind * sizeof *part->before);
    part->count--;
    drop_index(part);
}

static void open_gap(aici_part *part, size_t position) {
    size_t behind = part->count - position;
    memmove(&part->entry[position + 1], &part->entry[position], behind * sizeof *part->entry);
    memmove(&part->before[position + 1], &part->before[position], behind * sizeof *part->before);
    part->count++;
    drop_index(part);
}

void aici_sections_remove(aici_sections *sections, aici_section section, size_t position, aici_change *change) {
    aici_part *part = &sections->part[section];
    *change = (aici_change){.section = section, .what = AICI_CHANGE_REMOVED, .position = position};
    change->entry = part->entry[position];
    change->before = part->before[position];
    close_gap(part, position);
}

bool aici_sections_set_whole(aici_sections *sections, aici_section section, const aici_node *value, aici_change *change) {
    *change = (aici_change){.section = section, .what = AICI_CHANGE_WHOLE, .whole = sections->part[section]};
    if (!create_part(sections, section, change))
        return false;
    sections->part[section].node = value;
    return true;
}

void aici_sections_undo(aici_sections *sections, const aici_change *change) {
    aici_part *part = &sections->part[change->section];
    switch (change->what) {
    case AICI_CHANGE_NONE: return;
    case AICI_CHANGE_ADDED:
        part->count--;
        drop_index(part);
        break;
    case AICI_CHANGE_REPLACED:
        part->entry[change->position] = change->entry;
        drop_index(part);
        break;
    case AICI_CHANGE_REMOVED:
        open_gap(part, change->position);
        part->entry[change->position] = change->entry;
        part->before[change->position] = change->before;
        break;
    case AICI_CHANGE_WHOLE: part->node = change->whole.node; break;
    }
    uncreate_part(sections, change);
}
