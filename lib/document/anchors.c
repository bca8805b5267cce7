/* SPDX-License-Identifier: MIT */
/*
 * Anchors and aliases. An alias is the very node of its anchor, so that it costs nothing; what it would cost to somebody who walks the tree
 * is counted, in nodes, bytes and depth, and kept within the limits.
 */
#include "document/reader.h"

#include <string.h>

static bool check_name(aici_reader *reader, const char *name, const aici_place *place) {
    size_t limit = reader->limits.name_bytes;
    return strlen(name) <= limit ||
           aici_reader_refuse(reader, AICI_CODE_LIMIT_NAME, place, limit, "bytes in the name of an anchor (limit `name_bytes`)");
}

static bool grow_anchors(aici_reader *reader) {
    aici_anchor *anchors =
        aici_memory_grow(reader->allocator, reader->anchors, reader->anchor_count, &reader->anchor_capacity, sizeof *anchors);
    if (anchors)
        reader->anchors = anchors;
    if (!reader->anchor_names)
        reader->anchor_names = aici_names_new(reader->allocator);
    return (anchors && reader->anchor_names) || aici_reader_no_memory(reader);
}

static bool add_name(aici_reader *reader, aici_slice name, uint32_t *index) {
    if (!grow_anchors(reader))
        return false;
    const char *bytes = aici_arena_copy(reader->arena, name.bytes, name.size);
    *index = (uint32_t)reader->anchor_count;
    if (!bytes || !aici_names_add(reader->anchor_names, (aici_slice){bytes, name.size}, *index))
        return aici_reader_no_memory(reader);
    reader->anchors[reader->anchor_count++] = (aici_anchor){0};
    return true;
}

bool aici_reader_define(aici_reader *reader, const char *name, const aici_place *place, aici_definition *definition) {
    if (!check_name(reader, name, place))
        return false;
    if (reader->definitions >= reader->limits.anchors)
        return aici_reader_refuse(reader, AICI_CODE_LIMIT_ANCHORS, place, reader->limits.anchors, "anchors (limit `anchors`)");
    uint32_t index;
    if (!aici_names_find(reader->anchor_names, aici_slice_of(name), &index) && !add_name(reader, aici_slice_of(name), &index))
        return false;
    *definition = (aici_definition){
        .number = ++reader->definitions, .anchor = index, .nodes_before = reader->expanded_nodes, .bytes_before = reader->expanded_bytes};
    reader->anchors[index] = (aici_anchor){.definition = definition->number};
    return true;
}

void aici_reader_complete(aici_reader *reader, const aici_definition *definition, const aici_node *node, uint32_t height) {
    if (!definition->number)
        return;
    aici_anchor *anchor = &reader->anchors[definition->anchor];
    if (anchor->definition != definition->number)
        return; /* the name was given again inside this very node */
    anchor->node = node;
    anchor->height = height;
    anchor->nodes = reader->expanded_nodes - definition->nodes_before;
    anchor->bytes = reader->expanded_bytes - definition->bytes_before;
}

static bool refuse_undefined(aici_reader *reader, const char *name, const aici_place *place) {
    aic_status status = aici_report_error(reader->report, AICI_CODE_UNDEFINED_ALIAS, place,
                                          "`*%s` is a YAML alias, but no anchor `&%s` stands before it", name, name);
    bool more = aici_reader_fault(reader, place, status);
    size_t begin = aici_document_place_offset(place);
    aici_reader_hint_at_quotes(reader, begin, aici_reader_text_end(reader, begin));
    return more;
}

static bool refuse_cycle(aici_reader *reader, const char *name, const aici_place *place) {
    aic_status status =
        aici_report_error(reader->report, AICI_CODE_ALIAS_CYCLE, place, "`*%s` stands inside the node that it repeats", name);
    return aici_reader_fault(reader, place, status);
}

static bool count_expansion(aici_reader *reader, const aici_anchor *anchor, const aici_place *place) {
    const aic_limits *limits = &reader->limits;
    if (anchor->height > limits->depth - reader->depth)
        return aici_reader_refuse(reader, AICI_CODE_LIMIT_DEPTH, place, limits->depth,
                                  "levels of nesting when aliases are expanded (limit `depth`)");
    if (anchor->nodes > limits->nodes - reader->expanded_nodes)
        return aici_reader_refuse(reader, AICI_CODE_LIMIT_EXPANSION, place, limits->nodes,
                                  "nodes when aliases are expanded (limit `nodes`)");
    if (anchor->bytes > limits->expanded_bytes - reader->expanded_bytes)
        return aici_reader_refuse(reader, AICI_CODE_LIMIT_EXPANSION, place, limits->expanded_bytes,
                                  "bytes of text when aliases are expanded (limit `expanded_bytes`)");
    reader->expanded_nodes += anchor->nodes;
    reader->expanded_bytes += anchor->bytes;
    return true;
}

bool aici_reader_find_alias(aici_reader *reader, const char *name, const aici_place *place, const aici_anchor **anchor) {
    uint32_t index;
    *anchor = NULL;
    if (!check_name(reader, name, place))
        return false;
    if (!aici_names_find(reader->anchor_names, aici_slice_of(name), &index))
        return refuse_undefined(reader, name, place);
    if (!reader->anchors[index].node)
        return refuse_cycle(reader, name, place);
    *anchor = &reader->anchors[index];
    return count_expansion(reader, *anchor, place);
}
