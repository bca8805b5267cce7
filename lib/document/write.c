/* SPDX-License-Identifier: MIT */
/*
 * A tree to YAML text, as a person would lay it out: block style by two spaces, what was written in { } or [ ] so again while a line holds
 * it, and of a tree made by calls the small mappings and lists. How a single text is written is decided in style.c. Open collections are
 * kept in an array, so that a deep tree costs no C stack.
 */
#include "base/utf8.h"
#include "document/style.h"

#include <string.h>

enum { LINE_COLUMNS = 120, LINE_BYTES = 4 * LINE_COLUMNS, FLOW_LEVELS = 8, INDENT = 2, LONGEST_SIMPLE_KEY = 1000 };

/* A block collection whose end has not come yet. */
struct level {
    const aici_node *node;
    uint32_t next;
    size_t indent;
};

struct writer {
    aici_buffer *out;
    aici_buffer flow; /* a collection in { } or [ ] on trial */
    struct level *levels;
    size_t depth, capacity;
    bool inside_line; /* behind "- " */
};

/* --- { } and [ ] ---------------------------------------------------------------------------------------------------------------------- */

static bool add_flow(aici_buffer *line, const aici_node *node, unsigned level);

static bool add_flow_scalar(aici_buffer *line, const aici_node *scalar, bool key) {
    aici_slice text = scalar->as.text;
    if (text.size > LINE_BYTES || memchr(text.bytes, '\n', text.size) || (scalar->style == AICI_SCALAR_PLAIN && !text.size))
        return false;
    aici_style_write(line, text, aici_style_choose(scalar, (aici_style_use){.key = key, .flow = true}));
    return line->size <= LINE_BYTES;
}

static bool add_flow_entry(aici_buffer *line, const aici_entry *entry, unsigned level) {
    if (!add_flow_scalar(line, entry->key, true))
        return false;
    aici_buffer_add_text(line, ": ");
    return add_flow(line, entry->value, level + 1);
}

static bool add_flow(aici_buffer *line, const aici_node *node, unsigned level) {
    if (node->kind == AICI_NODE_SCALAR)
        return add_flow_scalar(line, node, false);
    bool mapping = node->kind == AICI_NODE_MAPPING;
    aici_buffer_add_char(line, mapping ? '{' : '[');
    bool fits = level < FLOW_LEVELS;
    for (uint32_t i = 0; i < node->count && fits; i++) {
        aici_buffer_add_text(line, i ? ", " : "");
        fits = mapping ? add_flow_entry(line, &node->as.entry[i], level) : add_flow(line, node->as.item[i], level + 1);
    }
    aici_buffer_add_char(line, mapping ? '}' : ']');
    return fits;
}

static bool holds_scalars_only(const aici_node *node) {
    for (uint32_t i = 0; i < node->count; i++) {
        const aici_node *child = node->kind == AICI_NODE_MAPPING ? node->as.entry[i].value : node->as.item[i];
        if (child->kind != AICI_NODE_SCALAR)
            return false;
    }
    return true;
}

/* A mapping made by calls may go in { } from the third level on: above, there are the document and its sections. */
static bool may_flow(const struct writer *writer, const aici_node *node) {
    if (writer->depth == 0 || node->place.source)
        return writer->depth && node->flow;
    return node->count <= LINE_COLUMNS && (node->kind == AICI_NODE_SEQUENCE || writer->depth >= 2) && holds_scalars_only(node);
}

/* Tries a collection in the rest of a line that is filled up to a column. */
static bool try_flow(struct writer *writer, const aici_node *node, size_t column) {
    aici_buffer_clear(&writer->flow);
    if (!may_flow(writer, node) || !add_flow(&writer->flow, node, 0))
        return false;
    return column + aici_utf8_width((aici_slice){writer->flow.bytes, writer->flow.size}) <= LINE_COLUMNS;
}

/* --- lines ---------------------------------------------------------------------------------------------------------------------------- */

static void add_literal(aici_buffer *out, aici_slice text, size_t indent) {
    bool ends = text.bytes[text.size - 1] == '\n';
    aici_buffer_add_text(out, ends ? "|\n" : "|-\n");
    for (size_t i = 0; i < text.size;) {
        const char *end = memchr(text.bytes + i, '\n', text.size - i);
        size_t size = end ? (size_t)(end - text.bytes) - i : text.size - i;
        if (size)
            aici_buffer_add_repeated(out, ' ', indent);
        aici_buffer_add(out, text.bytes + i, size);
        aici_buffer_add_char(out, '\n');
        i += size + 1;
    }
}

static void add_block_scalar(struct writer *writer, const aici_node *scalar, size_t indent, const char *before) {
    aici_scalar_style style = aici_style_choose(scalar, (aici_style_use){0});
    if (style != AICI_SCALAR_PLAIN || scalar->as.text.size)
        aici_buffer_add_text(writer->out, before);
    if (style == AICI_SCALAR_LITERAL) {
        add_literal(writer->out, scalar->as.text, indent + INDENT);
        return;
    }
    aici_style_write(writer->out, scalar->as.text, style);
    aici_buffer_add_char(writer->out, '\n');
}

static void push_level(struct writer *writer, const aici_node *node, size_t indent) {
    struct level *levels = aici_memory_grow(writer->out->allocator, writer->levels, writer->depth, &writer->capacity, sizeof *levels);
    if (!levels) {
        writer->out->failed = true;
        return;
    }
    writer->levels = levels;
    levels[writer->depth++] = (struct level){.node = node, .indent = indent};
}

static size_t columns_used(const aici_buffer *out, size_t line_start) {
    return out->size <= line_start ? 0 : aici_utf8_width((aici_slice){out->bytes + line_start, out->size - line_start});
}

/* Writes what belongs to a key or a dash: in the same line if it can, else it becomes the newest level. */
static void add_child(struct writer *writer, const aici_node *node, size_t indent, size_t line_start) {
    bool behind_dash = writer->depth && writer->levels[writer->depth - 1].node->kind == AICI_NODE_SEQUENCE;
    const char *gap = writer->depth ? " " : "";
    if (node->kind == AICI_NODE_SCALAR) {
        add_block_scalar(writer, node, indent, gap);
    } else if (node->count == 0) {
        aici_buffer_add_text(writer->out, gap);
        aici_buffer_add_text(writer->out, node->kind == AICI_NODE_MAPPING ? "{}\n" : "[]\n");
    } else if (try_flow(writer, node, columns_used(writer->out, line_start) + 1)) {
        aici_buffer_add_text(writer->out, gap);
        aici_buffer_add(writer->out, writer->flow.bytes, writer->flow.size);
        aici_buffer_add_char(writer->out, '\n');
    } else {
        writer->inside_line = behind_dash;
        if (writer->depth)
            aici_buffer_add_char(writer->out, behind_dash ? ' ' : '\n');
        push_level(writer, node, writer->depth ? indent + INDENT : 0);
    }
}

/* A key, and the colon; a key that is too long for YAML to look ahead gets a question mark and a line of its own. */
static void add_key(struct writer *writer, const aici_node *key, size_t indent, size_t *line_start) {
    aici_buffer *out = writer->out;
    aici_scalar_style style = aici_style_choose(key, (aici_style_use){.key = true});
    bool is_long = key->as.text.size > LONGEST_SIMPLE_KEY / 6; /* each character may become an escape of six */
    if (is_long)
        aici_buffer_add_text(out, "? ");
    aici_style_write(out, key->as.text, style);
    if (is_long) {
        aici_buffer_add_char(out, '\n');
        *line_start = out->size;
        aici_buffer_add_repeated(out, ' ', indent);
    }
    aici_buffer_add_char(out, ':');
}

static void write_next(struct writer *writer) {
    struct level *level = &writer->levels[writer->depth - 1];
    const aici_node *node = level->node;
    uint32_t index = level->next++;
    size_t indent = level->indent, line_start = writer->out->size - (writer->inside_line ? level->indent : 0);
    if (!writer->inside_line)
        aici_buffer_add_repeated(writer->out, ' ', indent);
    writer->inside_line = false;
    if (node->kind == AICI_NODE_MAPPING) {
        add_key(writer, node->as.entry[index].key, indent, &line_start);
        add_child(writer, node->as.entry[index].value, indent, line_start);
    } else {
        aici_buffer_add_char(writer->out, '-');
        add_child(writer, node->as.item[index], indent, line_start);
    }
}

void aici_document_write(const aici_node *root, aici_buffer *out) {
    struct writer writer = {.out = out, .flow = aici_buffer_new(out->allocator)};
    if (root)
        add_child(&writer, root, 0, 0);
    while (writer.depth && !aici_buffer_failed(out)) {
        const struct level *level = &writer.levels[writer.depth - 1];
        if (level->next < level->node->count)
            write_next(&writer);
        else
            writer.depth--;
    }
    if (aici_buffer_failed(&writer.flow))
        out->failed = true;
    aici_buffer_free(&writer.flow);
    aici_memory_release(out->allocator, writer.levels);
}
