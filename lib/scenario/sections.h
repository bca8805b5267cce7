/* SPDX-License-Identifier: MIT */
/*
 * Inside scenario: the editable form. A scenario is its top-level keys; one that was changed by a call is kept as a growing table of
 * entries, so that adding and setting cost the same however large the scenario is, and a change can be taken back. Nodes never change:
 * those of a file stay in the file's memory, those made by calls in another that is renewed when much of it has become rubbish.
 */
#ifndef AICI_SCENARIO_SECTIONS_H
#define AICI_SCENARIO_SECTIONS_H

#include "base/names.h"
#include "document/document.h"
#include <stdatomic.h>

/** The top-level keys, in the order in which they are written when calls make them. */
typedef enum aici_section {
    AICI_SECTION_AICOMPUTE,
    AICI_SECTION_TITLE,
    AICI_SECTION_DESCRIPTION,
    AICI_SECTION_SOURCES,
    AICI_SECTION_UNITS,
    AICI_SECTION_EXCHANGE_RATES,
    AICI_SECTION_CURRENCY,
    AICI_SECTION_TIMELINE,
    AICI_SECTION_DEFINITIONS,
    AICI_SECTION_ASSUMPTIONS,
    AICI_SECTION_CORRELATIONS,
    AICI_SECTION_MODELS,
    AICI_SECTION_CALCULATIONS,
    AICI_SECTION_CLAIMS,
    AICI_SECTION_COUNT
} aici_section;

/** "assumptions" … */
extern const char *const aici_section_names[AICI_SECTION_COUNT];

/** Memory that several scenarios and bound scenarios share. */
typedef struct aici_store {
    atomic_uint references;
    aici_arena *arena; /**< holds this struct too */
} aici_store;

aici_store *aici_store_new(const aic_allocator *allocator);
aici_store *aici_store_ref(aici_store *store);
void aici_store_unref(aici_store *store);

/** A top-level key. */
typedef struct aici_part {
    const aici_node *key;      /**< NULL: the scenario does not have it */
    const aici_node *node;     /**< its value, until it is opened */
    const aici_node *original; /**< its value in the file, or NULL */
    bool opened;               /**< the entries below count, not the node */
    bool list;                 /**< entries without keys: claims */
    aici_entry *entry;
    const aici_node **before; /**< parallel: each entry's value in the file, or NULL */
    size_t count, capacity, before_capacity;
    aici_names *index; /**< key (of a claim: its id) to position; NULL: to be made when it is needed */
} aici_part;

typedef struct aici_sections {
    aic_allocator allocator;
    aici_part part[AICI_SECTION_COUNT];
    uint8_t order[AICI_SECTION_COUNT]; /**< in which the keys are written */
    uint32_t order_count;
    const aici_node *root; /**< of the file, or NULL */
    aici_store *made;      /**< nodes made by calls */
    size_t renew_at;       /**< bytes of `made` at which it is renewed */
} aici_sections;

/** The parts of a file (NULL: of none). False when there is no memory. */
bool aici_sections_begin(aici_sections *sections, const aic_allocator *allocator, const aici_node *root);
void aici_sections_end(aici_sections *sections);
/** Another one with the same content, which shares the nodes of the file. */
bool aici_sections_copy(aici_sections *copy, const aici_sections *sections);

/** A part as binding reads it. */
typedef struct aici_view {
    const aici_node *key, *node;  /**< node NULL: absent, or opened */
    const aici_entry *entry;      /**< of a mapping */
    const aici_node *const *item; /**< of a list that was not opened */
    uint32_t count;
    bool present, opened;
} aici_view;

aici_view aici_sections_view(const aici_sections *sections, aici_section section);
/** Item @p index of a list. */
const aici_node *aici_view_item(const aici_view *view, uint32_t index);

/** The whole as one node, in @p arena, to be written. NULL when there is no memory. */
const aici_node *aici_sections_root(const aici_sections *sections, aici_arena *arena);

/** The position of an entry by its key (of a claim: by its id); *found is false when there is none. False when there is no memory. */
bool aici_sections_find(aici_sections *sections, aici_section section, aici_slice name, bool *found, size_t *position);

/** What a change did, so that it can be taken back. */
typedef struct aici_change {
    aici_section section;
    enum { AICI_CHANGE_NONE, AICI_CHANGE_ADDED, AICI_CHANGE_REPLACED, AICI_CHANGE_REMOVED, AICI_CHANGE_WHOLE } what;
    size_t position;
    aici_entry entry; /**< the old one */
    const aici_node *before;
    bool created;    /**< the top-level key was not there */
    aici_part whole; /**< AICI_CHANGE_WHOLE: the old part */
} aici_change;

/** Replaces the value of an entry. */
void aici_sections_put(aici_sections *sections, aici_section section, size_t position, const aici_node *value, aici_change *change);
/** Adds an entry (to a list: without key) at the end; false when there is no memory, and nothing is changed. */
bool aici_sections_add(aici_sections *sections, aici_section section, aici_slice key, const aici_node *value, aici_change *change);
void aici_sections_remove(aici_sections *sections, aici_section section, size_t position, aici_change *change);
/** Sets a top-level key that is no mapping or list; false when there is no memory. */
bool aici_sections_set_whole(aici_sections *sections, aici_section section, const aici_node *value, aici_change *change);
void aici_sections_undo(aici_sections *sections, const aici_change *change);

/** Renews the memory of nodes made by calls when much of it is rubbish; where that is impossible, nothing happens. */
void aici_sections_tidy(aici_sections *sections);

/** What is bound: the parts of the scenario, the roots of its libraries, and the memory that holds them. */
typedef struct aici_files {
    aici_view view[AICI_SECTION_COUNT];
    const aici_node *root; /**< of the file, or NULL */
    const aici_node *const *library;
    uint32_t library_count;
    aici_store *const *store; /**< of file, libraries, calls */
    uint32_t store_count;
} aici_files;

#endif
