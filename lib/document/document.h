/* SPDX-License-Identifier: MIT */
/*
 * The door of document: YAML text becomes a tree of nodes that know their place, and a tree becomes YAML text. This is the only room that
 * knows libyaml (its event interface). It knows the strictness of the format (UTF-8, one document, no tags, no merge keys, no duplicate
 * keys) and the limits, and nothing of what the keys mean: every scalar is text.
 */
#ifndef AICI_DOCUMENT_DOCUMENT_H
#define AICI_DOCUMENT_DOCUMENT_H

#include "base/limits.h"
#include "base/report.h"
#include <stdbool.h>
#include <stdint.h>

typedef enum aici_node_kind { AICI_NODE_SCALAR, AICI_NODE_SEQUENCE, AICI_NODE_MAPPING } aici_node_kind;

typedef enum aici_scalar_style {
    AICI_SCALAR_PLAIN,
    AICI_SCALAR_SINGLE_QUOTED,
    AICI_SCALAR_DOUBLE_QUOTED,
    AICI_SCALAR_LITERAL,
    AICI_SCALAR_FOLDED
} aici_scalar_style;

typedef struct aici_node aici_node;

/** An entry of a mapping: the key is always a scalar. */
typedef struct aici_entry {
    const aici_node *key;
    const aici_node *value;
} aici_entry;

/** A node. Nodes are immutable and shared: an alias is the very node of its anchor. They live in the arena that they were made in. */
struct aici_node {
    uint8_t kind;   /**< aici_node_kind */
    uint8_t style;  /**< aici_scalar_style */
    bool flow;      /**< written in { } or [ ] */
    uint32_t count; /**< of entries or items */
    aici_place place;
    union {
        aici_slice text;              /**< scalar: content after unquoting, followed by a NUL */
        const aici_node *const *item; /**< sequence */
        const aici_entry *entry;      /**< mapping, in the order of the text */
    } as;
};

/** Reads one YAML document. All nodes and the source go into @p arena. On failure *root is untouched. A file of only comments is
 * EMPTY_DOCUMENT. */
aic_status aici_document_read(aici_arena *arena, const char *name, const char *text, size_t size, const aic_limits *limits,
                              const aici_node **root, aic_report *report);

/** True for an empty plain scalar, `~`, `null`: "nothing given here". */
bool aici_node_is_empty(const aici_node *node);

/** The entry of a mapping by key, or NULL (also when @p mapping is NULL or no mapping). Linear below 16 entries, else by a map made when
 * read. */
const aici_entry *aici_node_entry(const aici_node *mapping, const char *key);
const aici_node *aici_node_value(const aici_node *mapping, const char *key);

/** The text of a scalar as a fragment whose ranges can be located, also inside quotes, escapes and several lines. */
aici_fragment aici_node_fragment(const aici_node *scalar);

/* --- trees made by calls: for scenarios that are built or changed. NULL when there is no memory. -------------------------------------- */

/** A scalar, plain if that reads back as the same text, else quoted. Its place is in no file: locating a range of it shows the text itself.
 * The text is UTF-8 without NUL; what is neither can be kept, but is written as U+FFFD. */
const aici_node *aici_node_new_scalar(aici_arena *arena, aici_slice text);
/** A mapping; of a key that stands twice the first entry is found. */
const aici_node *aici_node_new_mapping(aici_arena *arena, const aici_entry *entries, size_t count);
const aici_node *aici_node_new_sequence(aici_arena *arena, const aici_node *const *items, size_t count);

/** A copy of @p mapping (NULL: of an empty one) in which @p key has @p value: replaced in place, or added at the end; NULL value removes
 * it. Keys and other values are shared. */
const aici_node *aici_node_with(aici_arena *arena, const aici_node *mapping, aici_slice key, const aici_node *value);

/* --- writing -------------------------------------------------------------------------------------------------------------------------- */

/** Writes a tree as YAML: block style, small mappings of scalars in flow style as far as a line of 120 columns goes, text quoted where YAML
 * or this format would read it otherwise. What is written reads back to an equal tree. */
void aici_document_write(const aici_node *root, aici_buffer *out);

#endif
