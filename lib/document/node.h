/* SPDX-License-Identifier: MIT */
/*
 * Inside document: nodes while they are made. A large mapping has the order of its keys behind its entries: indices sorted by key, so that
 * looking up costs a binary search, and no choice of keys makes it slow.
 */
#ifndef AICI_DOCUMENT_NODE_H
#define AICI_DOCUMENT_NODE_H

#include "document/document.h"

/** A plain scalar without a place, with its own copy of @p text. NULL when there is no memory, here and below. */
aici_node *aici_document_scalar(aici_arena *arena, aici_slice text);

/** A sequence of @p count items, which are copied. */
aici_node *aici_document_sequence(aici_arena *arena, const aici_node *const *items, size_t count);

/** A mapping of @p count entries, to be filled through *@p entries and then to be ordered. */
aici_node *aici_document_mapping(aici_arena *arena, size_t count, aici_entry **entries);
void aici_document_order(aici_node *mapping);

/** The index of the first entry with this key, or the count of entries. */
uint32_t aici_document_find(const aici_node *mapping, aici_slice key);

/** True when no key of an ordered mapping stands twice. */
bool aici_document_is_unambiguous(const aici_node *mapping);

#endif
