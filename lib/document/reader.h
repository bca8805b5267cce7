/* SPDX-License-Identifier: MIT */
/*
 * Inside document: the state that reading shares among its files. check.c looks at the text before and behind what libyaml sees; read.c
 * turns events into nodes; anchors.c knows what can be repeated; keys.c judges the keys of mappings; quotes.c finds formulas that YAML has
 * cut into pieces; explain.c says libyaml's errors in our words.
 */
#ifndef AICI_DOCUMENT_READER_H
#define AICI_DOCUMENT_READER_H

#include "base/names.h"
#include "document/document.h"

#include <yaml.h>

/** What a name after & stands for. */
typedef struct aici_anchor {
    const aici_node *node; /**< NULL while its own text is being read */
    uint32_t definition;   /**< which definition of the name counts: the newest */
    uint32_t height;       /**< levels of collections in it */
    size_t nodes, bytes;   /**< what an alias adds */
} aici_anchor;

/** Which anchor a node that is being read defines, and what had been read before it. */
typedef struct aici_definition {
    uint32_t number; /**< 0: it has no anchor */
    uint32_t anchor; /**< index */
    size_t nodes_before, bytes_before;
} aici_definition;

/** A collection whose end has not come yet. */
typedef struct aici_frame {
    aici_place place;
    aici_definition definition;
    size_t first_child;
    uint32_t height; /**< of the highest child */
    uint8_t kind;
    bool flow;
    bool faulty;           /**< a key is no text: comparing keys would only confuse */
    bool asked_for_quotes; /**< what follows in it is the rest of a formula in pieces */
} aici_frame;

/** An event. */
typedef struct aici_seen {
    yaml_event_type_t type;
    aici_place place; /**< from mark to mark; of a scalar or alias, to its last character; of the end of { } or [ ], the whole */
} aici_seen;

typedef struct aici_reader {
    aici_arena *arena;
    const aic_allocator *allocator;
    const aici_source *source;
    aic_report *report;
    aic_limits limits;
    aic_status status; /**< of the first fault; AIC_ERROR_MEMORY overrides */
    size_t faults;
    uint32_t fault_line; /**< of the newest fault: what libyaml stumbles over in this line has the same cause */
    yaml_parser_t parser;
    aici_frame *frames;
    size_t depth, frame_capacity;
    const aici_node **children; /**< of all open collections, the innermost last */
    size_t child_count, child_capacity;
    aici_names *anchor_names;
    aici_anchor *anchors;
    size_t anchor_count, anchor_capacity;
    uint32_t definitions;
    size_t nodes, expanded_nodes, expanded_bytes;
    aici_seen last, before; /**< the newest event and the one before it */
    const aici_node *root;
} aici_reader;

/* --- check.c: what libyaml would be slow or vague about ------------------------------------------------------------------------------- */

/** UTF-8 and only characters that YAML allows and that every YAML reads alike. */
aic_status aici_document_check_characters(const aici_source *source, aic_report *report);
/** No directive but one %YAML. */
aic_status aici_document_check_start(const aici_source *source, aic_report *report);
/** Says that the line at @p offset is a directive. */
aic_status aici_document_refuse_directive(const aici_source *source, size_t offset, aic_report *report);
/** Nothing but comments from @p offset on, where libyaml saw the end of the document. */
aic_status aici_document_check_rest(const aici_source *source, size_t offset, aic_report *report);

/* --- read.c --------------------------------------------------------------------------------------------------------------------------- */

/** Notes a fault that was just reported; true when reading can go on to find more. */
bool aici_reader_fault(aici_reader *reader, const aici_place *place, aic_status status);
/** A limit was passed, of so many of what, as in "levels of nesting (limit `depth`)"; false. */
bool aici_reader_refuse(aici_reader *reader, enum aici_code code, const aici_place *place, size_t limit, const char *what);
/** There is no memory; false. */
bool aici_reader_no_memory(aici_reader *reader);
aici_frame *aici_reader_frame(const aici_reader *reader);

/* --- place.c -------------------------------------------------------------------------------------------------------------------------- */

/** The byte offset of a mark of libyaml, which counts characters. */
size_t aici_reader_offset(const aici_reader *reader, const yaml_mark_t *mark);
/** The byte offsets at which a place begins, and behind which it ends. */
size_t aici_document_place_offset(const aici_place *place);
size_t aici_document_place_end(const aici_place *place);

/* --- anchors.c ------------------------------------------------------------------------------------------------------------------------ */

/** Begins the definition of @p name (NULL: none). */
bool aici_reader_define(aici_reader *reader, const char *name, const aici_place *place, aici_definition *definition);
/** What was begun has become @p node. */
void aici_reader_complete(aici_reader *reader, const aici_definition *definition, const aici_node *node, uint32_t height);
/** Finds what an alias repeats and counts it; after a fault *anchor is NULL. False when reading cannot go on. */
bool aici_reader_find_alias(aici_reader *reader, const char *name, const aici_place *place, const aici_anchor **anchor);

/* --- keys.c --------------------------------------------------------------------------------------------------------------------------- */

bool aici_reader_check_key(aici_reader *reader, aici_frame *frame, const aici_node *key);
bool aici_reader_check_duplicates(aici_reader *reader, const aici_node *mapping);

/* --- quotes.c ------------------------------------------------------------------------------------------------------------------------- */

/** The end of the text that begins at @p begin, as somebody who forgot the quotes would see it. */
size_t aici_document_text_end(const aici_source *source, size_t begin, bool flow);
/** The same where the reader is. */
size_t aici_reader_text_end(const aici_reader *reader, size_t begin);
/** Gives the newest message the hint to put quotes around bytes [begin, end). */
void aici_reader_hint_at_quotes(aici_reader *reader, size_t begin, size_t end);
/** Says that bytes [begin, end) need quotes, with the repaired text as a hint. */
bool aici_reader_ask_for_quotes(aici_reader *reader, size_t begin, size_t end, const char *why);
/** Finds pieces of formulas among the scalars of { } and [ ]. */
bool aici_reader_check_flow_scalar(aici_reader *reader, aici_frame *frame, const aici_node *scalar);
/** Finds a block scalar that was meant as a comparison: `>5`. */
bool aici_reader_check_block_scalar(aici_reader *reader, const aici_node *scalar);

/* --- explain.c ------------------------------------------------------------------------------------------------------------------------ */

/** libyaml gave up: says why. */
void aici_reader_explain(aici_reader *reader);

#endif
