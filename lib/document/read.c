/* SPDX-License-Identifier: MIT */
/*
 * YAML text to nodes: libyaml's events come in, nodes with places go into the arena. Depth, nodes and sizes are counted event by event, so
 * that a hostile file is refused before libyaml or we build anything large from it. Faults that do not hide what follows are reported and
 * reading goes on. Keys, anchors, quotes and libyaml's own complaints are judged in the files beside this one.
 */
#include "document/node.h"
#include "document/reader.h"

#include <string.h>

enum { MOST_FAULTS = 1000 }; /* nobody reads more, and each costs time */

/* --- places --------------------------------------------------------------------------------------------------------------------------- */

static bool is_white(char character) { return character == ' ' || character == '\t' || character == '\n' || character == '\r'; }

/* The place of an event whose marks do not say it: at the end of the text, or where line ends were read beyond the content. */
static aici_place find_place(const aici_reader *reader, const yaml_event_t *event) {
    size_t from = aici_reader_offset(reader, &event->start_mark), to = aici_reader_offset(reader, &event->end_mark);
    while (to > from + 1 && is_white(reader->source->text[to - 1]))
        to--;
    return aici_source_place(reader->source, from, to);
}

/* libyaml counts lines and columns as we do, except that it may read line ends beyond the content. */
static void see(aici_reader *reader, const yaml_event_t *event) {
    const yaml_mark_t *begin = &event->start_mark, *end = &event->end_mark;
    aici_place *place = &reader->last.place;
    bool has_content = event->type == YAML_SCALAR_EVENT || event->type == YAML_ALIAS_EVENT;
    reader->before = reader->last;
    reader->last.type = event->type;
    if (has_content && (end->column == 0 || end->line >= reader->source->line_count)) {
        *place = find_place(reader, event);
        return;
    }
    place->source = reader->source;
    place->line = (uint32_t)begin->line + 1;
    place->column = (uint32_t)begin->column + 1;
    place->last_line = (uint32_t)end->line + 1;
    place->last_column = (uint32_t)end->column + (begin->index == end->index);
}

/* --- faults --------------------------------------------------------------------------------------------------------------------------- */

bool aici_reader_no_memory(aici_reader *reader) {
    reader->status = aici_report_memory(reader->report);
    return false;
}

bool aici_reader_fault(aici_reader *reader, const aici_place *place, aic_status status) {
    if (status == AIC_ERROR_MEMORY)
        return aici_reader_no_memory(reader);
    if (reader->status == AIC_OK)
        reader->status = status;
    reader->fault_line = place->last_line;
    return ++reader->faults < MOST_FAULTS;
}

bool aici_reader_refuse(aici_reader *reader, enum aici_code code, const aici_place *place, size_t limit, const char *what) {
    aici_reader_fault(reader, place, aici_report_error(reader->report, code, place, "more than %zu %s", limit, what));
    return false;
}

/* --- counting ------------------------------------------------------------------------------------------------------------------------- */

static bool count_node(aici_reader *reader, size_t bytes, const aici_place *place) {
    const aic_limits *limits = &reader->limits;
    if (++reader->nodes > limits->nodes)
        return aici_reader_refuse(reader, AICI_CODE_LIMIT_NODES, place, limits->nodes, "scalars, lists and mappings (limit `nodes`)");
    if (++reader->expanded_nodes > limits->nodes)
        return aici_reader_refuse(reader, AICI_CODE_LIMIT_EXPANSION, place, limits->nodes,
                                  "nodes when aliases are expanded (limit `nodes`)");
    if (bytes > limits->expanded_bytes - reader->expanded_bytes)
        return aici_reader_refuse(reader, AICI_CODE_LIMIT_EXPANSION, place, limits->expanded_bytes,
                                  "bytes of text when aliases are expanded (limit `expanded_bytes`)");
    reader->expanded_bytes += bytes;
    return true;
}

/* --- properties: anchors and tags before a node --------------------------------------------------------------------------------------- */

static bool is_anchor_character(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || (character >= '0' && character <= '9') ||
           character == '_' || character == '-';
}

/* A tag ends at white space, the name of an anchor also at a sign: `&x: y`. */
static size_t skip_property(const aici_source *source, size_t offset) {
    bool anchor = source->text[offset] == '&';
    do {
        offset++;
    } while (offset < source->size && (anchor ? is_anchor_character(source->text[offset]) : !is_white(source->text[offset])));
    return offset;
}

static size_t skip_gap(const aici_source *source, size_t offset) {
    for (bool comment = false; offset < source->size; offset++) {
        char next = source->text[offset];
        comment = next == '\n' || next == '\r' ? false : comment || next == '#';
        if (!comment && !is_white(next))
            break;
    }
    return offset;
}

/* Lets the place of a node begin behind its properties. */
static void skip_properties(aici_reader *reader, const yaml_event_t *event) {
    const aici_source *source = reader->source;
    bool scalar = event->type == YAML_SCALAR_EVENT;
    size_t offset = aici_reader_offset(reader, &event->start_mark);
    size_t end = scalar ? aici_reader_offset(reader, &event->end_mark) : source->size;
    while (offset < end && (source->text[offset] == '&' || source->text[offset] == '!'))
        offset = skip_gap(source, skip_property(source, offset));
    if (offset >= end)
        return;
    aici_place content = aici_source_place(source, offset, offset + 1);
    reader->last.place.line = content.line;
    reader->last.place.column = content.column;
}

static bool refuse_tag(aici_reader *reader, const yaml_event_t *event) {
    const aici_source *source = reader->source;
    size_t begin = aici_reader_offset(reader, &event->start_mark);
    while (source->text[begin] == '&')
        begin = skip_gap(source, skip_property(source, begin));
    aici_place place = aici_source_place(source, begin, skip_property(source, begin));
    aic_status status = aici_report_error(reader->report, AICI_CODE_TAG, &place, "`%.*s` is a YAML tag, and this format has none",
                                          (int)(skip_property(source, begin) - begin), source->text + begin);
    bool more = aici_reader_fault(reader, &place, status);
    aici_report_hint(reader->report, "remove it; put quotes around a text or formula that begins with !");
    return more;
}

/* Judges anchor and tag of the newest node; its place then begins with its content. */
static bool take_properties(aici_reader *reader, const yaml_event_t *event, const char *anchor, aici_definition *definition) {
    bool scalar = event->type == YAML_SCALAR_EVENT;
    const yaml_char_t *tag = scalar                                    ? event->data.scalar.tag
                             : event->type == YAML_MAPPING_START_EVENT ? event->data.mapping_start.tag
                                                                       : event->data.sequence_start.tag;
    if (tag && !refuse_tag(reader, event))
        return false;
    if (anchor && !aici_reader_define(reader, anchor, &reader->last.place, definition))
        return false;
    if (tag || anchor)
        skip_properties(reader, event);
    return true;
}

/* --- nodes ---------------------------------------------------------------------------------------------------------------------------- */

aici_frame *aici_reader_frame(const aici_reader *reader) { return reader->depth ? &reader->frames[reader->depth - 1] : NULL; }

static bool expects_key(const aici_reader *reader, const aici_frame *frame) {
    return frame->kind == AICI_NODE_MAPPING && (reader->child_count - frame->first_child) % 2 == 0;
}

static bool push_child(aici_reader *reader, const aici_node *node) {
    const aici_node **children =
        aici_memory_grow(reader->allocator, reader->children, reader->child_count, &reader->child_capacity, sizeof *children);
    if (!children)
        return aici_reader_no_memory(reader);
    reader->children = children;
    children[reader->child_count++] = node;
    return true;
}

/* Hands a finished node to the collection that it is in. */
static bool add_node(aici_reader *reader, const aici_node *node, uint32_t height) {
    aici_frame *frame = aici_reader_frame(reader);
    if (!frame) {
        reader->root = node;
        return true;
    }
    if (expects_key(reader, frame) && !aici_reader_check_key(reader, frame, node))
        return false;
    if (height > frame->height)
        frame->height = height;
    return push_child(reader, node);
}

static aici_scalar_style style_of(yaml_scalar_style_t style) {
    switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: return AICI_SCALAR_SINGLE_QUOTED;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: return AICI_SCALAR_DOUBLE_QUOTED;
    case YAML_LITERAL_SCALAR_STYLE: return AICI_SCALAR_LITERAL;
    case YAML_FOLDED_SCALAR_STYLE: return AICI_SCALAR_FOLDED;
    default: return AICI_SCALAR_PLAIN;
    }
}

static bool refuse_nul(aici_reader *reader, const aici_node *scalar) {
    aic_status status = aici_report_error(reader->report, AICI_CODE_ENCODING, &scalar->place, "a text cannot hold a NUL character");
    return aici_reader_fault(reader, &scalar->place, status);
}

static bool check_scalar(aici_reader *reader, const aici_node *scalar) {
    aici_frame *frame = aici_reader_frame(reader);
    if (scalar->style == AICI_SCALAR_DOUBLE_QUOTED && memchr(scalar->as.text.bytes, '\0', scalar->as.text.size))
        return refuse_nul(reader, scalar);
    if (scalar->style >= AICI_SCALAR_LITERAL)
        return aici_reader_check_block_scalar(reader, scalar);
    return !frame || !frame->flow || aici_reader_check_flow_scalar(reader, frame, scalar);
}

static bool take_scalar(aici_reader *reader, const yaml_event_t *event) {
    const aic_limits *limits = &reader->limits;
    const aici_place *place = &reader->last.place;
    aici_definition definition = {0};
    size_t size = event->data.scalar.length;
    if (size > limits->scalar_bytes)
        return aici_reader_refuse(reader, AICI_CODE_LIMIT_SCALAR, place, limits->scalar_bytes, "bytes in one text (limit `scalar_bytes`)");
    if (!take_properties(reader, event, (const char *)event->data.scalar.anchor, &definition) || !count_node(reader, size, place))
        return false;
    aici_node *node = aici_document_scalar(reader->arena, (aici_slice){(const char *)event->data.scalar.value, size});
    if (!node)
        return aici_reader_no_memory(reader);
    node->style = (uint8_t)style_of(event->data.scalar.style);
    node->place = *place;
    aici_reader_complete(reader, &definition, node, 0);
    return check_scalar(reader, node) && add_node(reader, node, 0);
}

/* What stands for an alias that repeats nothing, so that keys and values stay in step. */
static bool add_nothing(aici_reader *reader) {
    aici_node *node = aici_document_scalar(reader->arena, aici_slice_of("?"));
    if (!node)
        return aici_reader_no_memory(reader);
    node->style = AICI_SCALAR_SINGLE_QUOTED;
    node->place = reader->last.place;
    aici_frame *frame = aici_reader_frame(reader);
    if (frame && expects_key(reader, frame))
        frame->faulty = true;
    return add_node(reader, node, 0);
}

static bool take_alias(aici_reader *reader, const yaml_event_t *event) {
    const aici_anchor *anchor = NULL;
    if (!aici_reader_find_alias(reader, (const char *)event->data.alias.anchor, &reader->last.place, &anchor))
        return false;
    return anchor ? add_node(reader, anchor->node, anchor->height) : add_nothing(reader);
}

/* --- collections ---------------------------------------------------------------------------------------------------------------------- */

static bool push_frame(aici_reader *reader, const aici_frame *frame) {
    aici_frame *frames = aici_memory_grow(reader->allocator, reader->frames, reader->depth, &reader->frame_capacity, sizeof *frames);
    if (!frames)
        return aici_reader_no_memory(reader);
    reader->frames = frames;
    frames[reader->depth++] = *frame;
    return true;
}

static bool open_collection(aici_reader *reader, const yaml_event_t *event, const char *anchor, bool flow) {
    aici_frame frame = {.first_child = reader->child_count, .flow = flow};
    frame.kind = event->type == YAML_MAPPING_START_EVENT ? AICI_NODE_MAPPING : AICI_NODE_SEQUENCE;
    if (reader->depth >= reader->limits.depth)
        return aici_reader_refuse(reader, AICI_CODE_LIMIT_DEPTH, &reader->last.place, reader->limits.depth,
                                  "levels of nesting (limit `depth`)");
    if (!take_properties(reader, event, anchor, &frame.definition) || !count_node(reader, 0, &reader->last.place))
        return false;
    frame.place = reader->last.place;
    frame.place.last_line = frame.place.line;
    frame.place.last_column = frame.place.column;
    return push_frame(reader, &frame);
}

static aici_node *build_collection(const aici_reader *reader, const aici_frame *frame) {
    size_t count = reader->child_count - frame->first_child;
    const aici_node *const *child = count ? reader->children + frame->first_child : NULL;
    if (frame->kind == AICI_NODE_SEQUENCE)
        return aici_document_sequence(reader->arena, child, count);
    aici_entry *entry;
    aici_node *mapping = aici_document_mapping(reader->arena, count / 2, &entry);
    for (size_t i = 0; mapping && i < count / 2; i++)
        entry[i] = (aici_entry){.key = child[2 * i], .value = child[2 * i + 1]};
    return mapping;
}

/* A mapping or list in { } or [ ] stands from bracket to bracket; another mapping at its first key, another list at its first dash. */
static aici_place place_of_collection(const aici_frame *frame, const aici_node *node, const yaml_mark_t *end) {
    aici_place place = frame->place;
    if (frame->flow && end->column > 0) {
        place.last_line = (uint32_t)end->line + 1;
        place.last_column = (uint32_t)end->column;
    } else if (node->kind == AICI_NODE_MAPPING && node->count) {
        const aici_place *key = &node->as.entry[0].key->place;
        if (key->line > place.line || (key->line == place.line && key->column >= place.column))
            place = *key;
    }
    return place;
}

static bool close_collection(aici_reader *reader, const yaml_event_t *event) {
    aici_frame frame = reader->frames[reader->depth - 1];
    aici_node *node = build_collection(reader, &frame);
    if (!node)
        return aici_reader_no_memory(reader);
    reader->depth--;
    reader->child_count = frame.first_child;
    node->flow = frame.flow;
    node->place = place_of_collection(&frame, node, &event->end_mark);
    if (frame.flow)
        reader->last.place = node->place;
    if (node->kind == AICI_NODE_MAPPING && !frame.faulty) {
        aici_document_order(node);
        if (!aici_reader_check_duplicates(reader, node))
            return false;
    }
    aici_reader_complete(reader, &frame.definition, node, frame.height + 1);
    return add_node(reader, node, frame.height + 1);
}

/* --- the document --------------------------------------------------------------------------------------------------------------------- */

static bool close_document(aici_reader *reader, const yaml_event_t *event) {
    aic_status status = aici_document_check_rest(reader->source, aici_reader_offset(reader, &event->end_mark), reader->report);
    if (status != AIC_OK)
        aici_reader_fault(reader, &reader->last.place, status);
    return false;
}

/* True when reading goes on. */
static bool take_event(aici_reader *reader, const yaml_event_t *event) {
    see(reader, event);
    switch (event->type) {
    case YAML_SCALAR_EVENT: return take_scalar(reader, event);
    case YAML_ALIAS_EVENT: return take_alias(reader, event);
    case YAML_MAPPING_START_EVENT:
        return open_collection(reader, event, (const char *)event->data.mapping_start.anchor,
                               event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE);
    case YAML_SEQUENCE_START_EVENT:
        return open_collection(reader, event, (const char *)event->data.sequence_start.anchor,
                               event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT: return close_collection(reader, event);
    case YAML_DOCUMENT_END_EVENT: return close_document(reader, event);
    default: return event->type != YAML_STREAM_END_EVENT;
    }
}

static bool read_event(aici_reader *reader) {
    yaml_event_t event;
    if (!yaml_parser_parse(&reader->parser, &event)) {
        aici_reader_explain(reader);
        return false;
    }
    bool more = take_event(reader, &event);
    yaml_event_delete(&event);
    return more;
}

static bool is_nothing(const aici_node *root) {
    return !root || (root->kind == AICI_NODE_SCALAR && root->style == AICI_SCALAR_PLAIN && root->as.text.size == 0);
}

static aic_status read_events(aici_reader *reader) {
    if (!yaml_parser_initialize(&reader->parser))
        return aici_report_memory(reader->report);
    yaml_parser_set_encoding(&reader->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader->parser, (const unsigned char *)reader->source->text, reader->source->size);
    while (read_event(reader))
        continue;
    yaml_parser_delete(&reader->parser);
    aici_memory_release(reader->allocator, reader->frames);
    aici_memory_release(reader->allocator, (void *)reader->children);
    aici_memory_release(reader->allocator, reader->anchors);
    aici_names_free(reader->anchor_names);
    if (reader->status != AIC_OK || !is_nothing(reader->root))
        return reader->status;
    aici_place start = aici_source_place(reader->source, 0, 0);
    return aici_report_error(reader->report, AICI_CODE_EMPTY_DOCUMENT, &start, "there is nothing in this file");
}

/* Without the text, which may be too large to be copied. */
static aic_status refuse_size(aici_arena *arena, const char *name, size_t size, size_t limit, aic_report *report) {
    const aici_source *source = aici_source_new(arena, name, "", 0);
    if (!source)
        return aici_report_memory(report);
    aici_place start = aici_source_place(source, 0, 0);
    return aici_report_error(report, AICI_CODE_LIMIT_BYTES, &start, "a file of %zu bytes is more than the %zu allowed (limit `file_bytes`)",
                             size, limit);
}

aic_status aici_document_read(aici_arena *arena, const char *name, const char *text, size_t size, const aic_limits *limits,
                              const aici_node **root, aic_report *report) {
    aici_reader reader = {.arena = arena, .allocator = aici_arena_allocator(arena), .report = report};
    if (!aici_limits_fill(limits, &reader.limits))
        return aici_report_error(report, AICI_CODE_ARGUMENT, NULL, "`limits` has a `size` that this library does not know");
    if (size > reader.limits.file_bytes || size >= UINT32_MAX)
        return refuse_size(arena, name, size, size < UINT32_MAX ? reader.limits.file_bytes : UINT32_MAX - 1, report);
    reader.source = aici_source_new(arena, name, text ? text : "", size);
    if (!reader.source)
        return aici_report_memory(report);
    aic_status status = aici_document_check_characters(reader.source, report);
    if (status == AIC_OK)
        status = aici_document_check_start(reader.source, report);
    if (status == AIC_OK)
        status = read_events(&reader);
    if (status == AIC_OK)
        *root = reader.root;
    return status;
}
