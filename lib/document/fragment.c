/* SPDX-License-Identifier: MIT */
/*
 * From a byte of a scalar's content back to the byte of the file that it came from, through quotes, escapes and folded lines, so that an
 * error in a formula points into the file. Content and file are walked side by side: they differ only in white space and escapes.
 */
#include "base/utf8.h"
#include "document/reader.h"

#include <string.h>

/* A walk along the file, one unit (a byte or an escape) at a time. */
struct walk {
    const aici_source *source;
    size_t at;
    unsigned style;
};

/* What one unit of the file stands for. */
struct unit {
    char bytes[4];
    size_t size; /* of these */
    size_t raw;  /* bytes in the file */
};

static bool is_white(char character) { return character == ' ' || character == '\t' || character == '\n' || character == '\r'; }

static char ahead(const struct walk *walk, size_t distance) {
    return walk->at + distance < walk->source->size ? walk->source->text[walk->at + distance] : '\0';
}

static size_t encode(uint32_t point, char out[4]) {
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    size_t size = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (size_t i = size; i-- > 1; point >>= 6)
        out[i] = (char)(0x80 | (point & 0x3f));
    out[0] = (char)((0xf00U >> size & 0xffU) | point);
    return size;
}

static uint32_t hex_value(char digit) { return digit <= '9' ? (uint32_t)(digit - '0') : ((uint32_t)digit | 0x20U) - 'a' + 10; }

static struct unit read_hex(const struct walk *walk, size_t digits) {
    struct unit unit = {.raw = 2 + digits};
    uint32_t point = 0;
    for (size_t i = 0; i < digits; i++)
        point = point << 4 | hex_value(ahead(walk, 2 + i));
    unit.size = encode(point, unit.bytes);
    return unit;
}

static struct unit read_escape(const struct walk *walk) {
    static const char letters[] = "0abtnvfre_NLP";
    static const uint32_t points[] = {0, 7, 8, 9, 10, 11, 12, 13, 27, 0xa0, 0x85, 0x2028, 0x2029};
    char letter = ahead(walk, 1);
    if (letter == 'x' || letter == 'u' || letter == 'U')
        return read_hex(walk, letter == 'x' ? 2 : letter == 'u' ? 4 : 8);
    struct unit unit = {.raw = 2};
    if (letter == '\n' || letter == '\r')
        return unit;
    const char *found = letter ? strchr(letters, letter) : NULL;
    unit.size = encode(found ? points[found - letters] : (unsigned char)letter, unit.bytes);
    return unit;
}

static struct unit read_unit(const struct walk *walk) {
    char here = ahead(walk, 0);
    if (walk->style == AICI_SCALAR_DOUBLE_QUOTED && here == '\\')
        return read_escape(walk);
    bool doubled = walk->style == AICI_SCALAR_SINGLE_QUOTED && here == '\'';
    return (struct unit){.bytes = {here}, .size = 1, .raw = doubled ? 2 : 1};
}

static bool matches(const struct unit *unit, aici_slice content) {
    if (unit->size == 1 && content.size && content.bytes[0] == ' ' && (unit->bytes[0] == '\n' || unit->bytes[0] == '\r'))
        return true; /* a line end that was folded */
    return unit->size && unit->size <= content.size && memcmp(unit->bytes, content.bytes, unit->size) == 0;
}

/* The next unit that stands for the beginning of some content; the walk is then at it. False when there is none before other text. */
static bool find_unit(struct walk *walk, aici_slice content, struct unit *unit) {
    while (walk->at < walk->source->size) {
        *unit = read_unit(walk);
        if (matches(unit, content))
            return true;
        if (unit->size && !is_white(unit->bytes[0]))
            return false;
        walk->at += unit->raw;
    }
    return false;
}

static bool is_block(unsigned style) { return style == AICI_SCALAR_LITERAL || style == AICI_SCALAR_FOLDED; }

/* Where the content begins in the file: behind the quote, or in the line below the mark of a block. */
static size_t first_raw(const aici_node *scalar) {
    size_t begin = aici_document_place_offset(&scalar->place);
    const aici_place *place = &scalar->place;
    if (is_block(scalar->style))
        return place->line < place->source->line_count ? place->source->line_start[place->line] : place->source->size;
    return begin + (scalar->style != AICI_SCALAR_PLAIN);
}

/* A text made by a call is its own source, whatever style it will be written in. */
static bool is_own_source(const aici_node *scalar) {
    aici_slice text = scalar->as.text;
    return scalar->place.source->size == text.size && memcmp(scalar->place.source->text, text.bytes, text.size) == 0;
}

static aici_place locate(const aici_fragment *fragment, size_t begin, size_t end) {
    const aici_node *scalar = fragment->origin;
    const aici_source *source = scalar->place.source;
    aici_slice text = scalar->as.text;
    if (!source || end <= begin || (begin == 0 && end >= text.size))
        return scalar->place;
    if (is_own_source(scalar))
        return aici_source_place(source, begin, end);
    struct walk walk = {.source = source, .at = first_raw(scalar), .style = scalar->style};
    size_t from = SIZE_MAX, to = walk.at;
    for (size_t i = 0; i < text.size && i < end;) {
        struct unit unit;
        if (!find_unit(&walk, (aici_slice){text.bytes + i, text.size - i}, &unit))
            return scalar->place;
        i += unit.size;
        if (from == SIZE_MAX && i > begin)
            from = walk.at;
        walk.at += unit.raw;
        to = walk.at;
    }
    return from == SIZE_MAX ? aici_source_place(source, to, to + 1) : aici_source_place(source, from, to);
}

aici_fragment aici_node_fragment(const aici_node *scalar) {
    return (aici_fragment){.text = scalar->as.text, .locate = locate, .origin = scalar};
}
