/* SPDX-License-Identifier: MIT */
/*
 * Formulas that YAML has cut into pieces because nobody put quotes around them: `{value: max(1, 2)}` is an entry `max(1` and a name `2)` to
 * YAML. The pieces are recognized, and the hint shows the repaired text.
 */
#include "document/reader.h"

#include <string.h>

enum { LONGEST_HINT = 80, LONGEST_TEXT = 1000 };

static bool ends_line(char character) { return character == '\n' || character == '\r'; }

static bool is_blank(char character) { return character == ' ' || character == '\t'; }

static bool is_one_of(char character, const char *set) { return character && strchr(set, character); }

/* Brackets that are open in a text. */
struct nesting {
    size_t round, square, curly;
};

/* Takes a character into account; false when it closes a bracket that the text did not open. */
static bool follow(struct nesting *nesting, char here) {
    size_t *open = is_one_of(here, "()") ? &nesting->round : is_one_of(here, "[]") ? &nesting->square : &nesting->curly;
    if (is_one_of(here, "([{"))
        ++*open;
    else if (is_one_of(here, ")]}") && *open)
        --*open;
    else
        return !is_one_of(here, "]}");
    return true;
}

static bool is_closed(const struct nesting *nesting) { return !nesting->round && !nesting->square && !nesting->curly; }

size_t aici_document_text_end(const aici_source *source, size_t begin, bool flow) {
    struct nesting nesting = {0};
    size_t end = begin, comma = 0, stop = source->size - begin < LONGEST_TEXT ? source->size : begin + LONGEST_TEXT;
    for (; end < stop && !ends_line(source->text[end]); end++) {
        char here = source->text[end];
        if (here == '#' && end > begin && is_blank(source->text[end - 1]))
            break;
        if (flow && ((here == ',' && is_closed(&nesting)) || !follow(&nesting, here)))
            break;
        if (here == ',' && !comma)
            comma = end;
    }
    if (flow && comma && nesting.round) /* a parenthesis that nobody closes says nothing about where the text ends */
        end = comma;
    while (end > begin + 1 && is_blank(source->text[end - 1]))
        end--;
    return end;
}

size_t aici_reader_text_end(const aici_reader *reader, size_t begin) {
    const aici_frame *frame = aici_reader_frame(reader);
    return aici_document_text_end(reader->source, begin, frame && frame->flow);
}

void aici_reader_hint_at_quotes(aici_reader *reader, size_t begin, size_t end) {
    const char *text = reader->source->text + begin;
    size_t size = end - begin;
    bool lines = memchr(text, '\n', size) || memchr(text, '\r', size);
    bool single = memchr(text, '"', size) || memchr(text, '\\', size);
    const char *quote = single ? "'" : "\"";
    if (size > LONGEST_HINT || lines || (single && memchr(text, '\'', size)))
        aici_report_hint(reader->report, "put quotes around the whole of it");
    else
        aici_report_hint(reader->report, "put quotes around it: %s%.*s%s", quote, (int)size, text, quote);
}

bool aici_reader_ask_for_quotes(aici_reader *reader, size_t begin, size_t end, const char *why) {
    aici_place place = aici_source_place(reader->source, begin, end);
    bool more = aici_reader_fault(reader, &place, aici_report_error(reader->report, AICI_CODE_QUOTES_NEEDED, &place, "%s", why));
    aici_reader_hint_at_quotes(reader, begin, end);
    return more;
}

/* --- inside { } and [ ] --------------------------------------------------------------------------------------------------------------- */

static const char *why_in(const aici_frame *frame) {
    return frame->kind == AICI_NODE_MAPPING ? "inside { } a formula or text with a comma or a bracket needs quotes"
                                            : "inside [ ] a formula or text with a comma or a bracket needs quotes";
}

/* How far a text's parentheses are from closing: 1 when one stays open, -1 when one closes that was not open. */
static int balance(aici_slice text) {
    int open = 0;
    for (size_t i = 0; i < text.size; i++) {
        open += (text.bytes[i] == '(') - (text.bytes[i] == ')');
        if (open < 0)
            return -1;
    }
    return open > 0;
}

static bool ask_once(aici_reader *reader, aici_frame *frame, size_t begin, size_t end) {
    if (frame->asked_for_quotes)
        return true;
    frame->asked_for_quotes = true;
    return aici_reader_ask_for_quotes(reader, begin, end, why_in(frame));
}

static bool is_plain(const aici_node *node) { return node->kind == AICI_NODE_SCALAR && node->style == AICI_SCALAR_PLAIN; }

/* `{note: this, that}` and `{price: 1,000 USD}`: what follows the comma is no entry but the rest of the value before it. */
static bool refuse_rest_of_value(aici_reader *reader, aici_frame *frame, const aici_node *key, const aici_node *value_before) {
    size_t begin = aici_document_place_offset(&value_before->place);
    size_t end = aici_document_text_end(reader->source, aici_document_place_offset(&key->place), true);
    return ask_once(reader, frame, begin, end);
}

static bool refuse_missing_value(aici_reader *reader, const aici_node *key) {
    aici_slice text = key->as.text;
    const char *colon = is_plain(key) ? memchr(text.bytes, ':', text.size) : NULL;
    aic_status status = aici_report_error(reader->report, AICI_CODE_ENTRY_WITHOUT_VALUE, &key->place,
                                          "expected `name: value` inside { }, found only `%.*s`", AICI_SLICE(text));
    bool more = aici_reader_fault(reader, &key->place, status);
    if (colon)
        aici_report_hint(reader->report, "write a space after the colon: `%.*s: %.*s`", (int)(colon - text.bytes), text.bytes,
                         (int)(text.bytes + text.size - colon - 1), colon + 1);
    return more;
}

static bool has_colon(const aici_reader *reader) {
    const aici_source *source = reader->source;
    size_t at = aici_document_place_end(&reader->before.place);
    for (bool comment = false; at < source->size; at++) {
        char next = source->text[at];
        comment = !ends_line(next) && (comment || next == '#');
        if (!comment && !is_blank(next) && !ends_line(next))
            return next == ':';
    }
    return false;
}

/* A value that is not there: fine behind a colon. */
static bool check_missing_value(aici_reader *reader, aici_frame *frame) {
    if (frame->asked_for_quotes || frame->faulty || has_colon(reader))
        return true;
    const aici_node *const *newest = reader->children + reader->child_count;
    const aici_node *key = newest[-1];
    bool first = reader->child_count - frame->first_child < 3;
    if (!first && is_plain(newest[-2]) && is_plain(key) && !memchr(key->as.text.bytes, ':', key->as.text.size))
        return refuse_rest_of_value(reader, frame, key, newest[-2]);
    return refuse_missing_value(reader, key);
}

bool aici_reader_check_flow_scalar(aici_reader *reader, aici_frame *frame, const aici_node *scalar) {
    if (!is_plain(scalar))
        return true;
    bool value = frame->kind == AICI_NODE_MAPPING && (reader->child_count - frame->first_child) % 2 == 1;
    if (value && !scalar->as.text.size)
        return check_missing_value(reader, frame);
    int open = balance(scalar->as.text);
    bool key = frame->kind == AICI_NODE_MAPPING && !value;
    if (open == 0 || (open < 0 && !key))
        return true;
    size_t begin = aici_document_place_offset(&scalar->place);
    return ask_once(reader, frame, begin, aici_document_text_end(reader->source, begin, true));
}

/* --- blocks --------------------------------------------------------------------------------------------------------------------------- */

bool aici_reader_check_block_scalar(aici_reader *reader, const aici_node *scalar) {
    if (scalar->as.text.size)
        return true;
    size_t begin = aici_document_place_offset(&scalar->place);
    char after = reader->source->text[begin + 1];
    if (after < '1' || after > '9')
        return true;
    bool folded = scalar->style == AICI_SCALAR_FOLDED;
    return aici_reader_ask_for_quotes(reader, begin, aici_document_text_end(reader->source, begin, false),
                                      folded ? "a text that begins with `>` needs quotes" : "a text that begins with `|` needs quotes");
}
