/* SPDX-License-Identifier: MIT */
/*
 * The text as libyaml must not see it: bytes that are not UTF-8, characters that YAML forbids or that only YAML 1.1 takes for line ends,
 * directives (libyaml needs quadratic time for many), and whatever follows the end of the document.
 * libyaml would find most of this too, but without the place.
 */
#include "base/utf8.h"
#include "document/reader.h"

#include <string.h>

enum { NEXT_LINE = 0x85, BYTE_ORDER_MARK = 0xfeff, LINE_SEPARATOR = 0x2028, PARAGRAPH_SEPARATOR = 0x2029 };

/* Of eight bytes below 0x80: the highest bit of each byte that is zero. */
static uint64_t find_zeros(uint64_t word) { return ~(word + UINT64_C(0x7f7f7f7f7f7f7f7f)) & UINT64_C(0x8080808080808080); }

/* True when eight bytes are all printable ASCII or line feeds. */
static bool eight_are_plain(const char *text) {
    const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones * 0x80;
    uint64_t word;
    memcpy(&word, text, sizeof word);
    if (word & highs)
        return false;
    uint64_t controls = ~(word + ones * 0x60) & highs;
    return ((controls & ~find_zeros(word ^ ones * '\n')) | find_zeros(word ^ ones * 0x7f)) == 0;
}

static const char *fault_of_character(uint32_t point) {
    if (point == NEXT_LINE || point == LINE_SEPARATOR || point == PARAGRAPH_SEPARATOR)
        return "is a line end for some YAML readers and none for others";
    if (point == BYTE_ORDER_MARK)
        return "is a byte order mark, which can only begin a file";
    bool control = (point < 0x20 && point != '\t' && point != '\n' && point != '\r') || (point >= 0x7f && point < 0xa0);
    if (control || point == 0xfffe || point == 0xffff)
        return "is a character that YAML does not allow";
    return NULL;
}

static aic_status refuse_character(const aici_source *source, size_t offset, uint32_t point, const char *fault, aic_report *report) {
    aici_place place = aici_source_place(source, offset, offset + 1);
    aic_status status = aici_report_error(report, AICI_CODE_ENCODING, &place, "U+%04X %s", (unsigned)point, fault);
    if (point)
        aici_report_hint(report, "remove it, or write \\%s%0*X inside double quotes", point > 0xff ? "u" : "x", point > 0xff ? 4 : 2,
                         (unsigned)point);
    return status;
}

static bool looks_like_utf16(const aici_source *source) {
    const char *text = source->text;
    if (source->size < 2)
        return false;
    bool marked = memcmp(text, "\xff\xfe", 2) == 0 || memcmp(text, "\xfe\xff", 2) == 0;
    return marked || (!text[0] && text[1]) || (text[0] && !text[1]);
}

/* A place counts a byte that could go on a character as part of the one before it; here it is the first that is none. */
static aici_place place_of_bad_byte(const aici_source *source, size_t offset) {
    aici_place place = aici_source_place(source, offset, offset + 1);
    bool continues = ((unsigned char)source->text[offset] & 0xc0) == 0x80;
    if (continues && offset > source->line_start[place.line - 1])
        place.last_column = ++place.column;
    return place;
}

static aic_status refuse_encoding(const aici_source *source, size_t offset, aic_report *report) {
    aici_place place = place_of_bad_byte(source, offset);
    if (looks_like_utf16(source))
        return aici_report_error(report, AICI_CODE_ENCODING, &place, "the text is UTF-16; save it as UTF-8");
    return aici_report_error(report, AICI_CODE_ENCODING, &place, "the byte 0x%02X is not UTF-8; save the text as UTF-8",
                             (unsigned)(unsigned char)source->text[offset]);
}

aic_status aici_document_check_characters(const aici_source *source, aic_report *report) {
    const char *text = source->text;
    for (size_t i = 0; i < source->size;) {
        if (source->size - i >= 8 && eight_are_plain(text + i)) {
            i += 8;
            continue;
        }
        uint32_t point = 0;
        size_t bytes = aici_utf8_decode(text + i, source->size - i, &point);
        if (!bytes || (point == 0 && looks_like_utf16(source)))
            return refuse_encoding(source, i, report);
        const char *fault = fault_of_character(point);
        if (fault)
            return refuse_character(source, i, point, fault, report);
        i += bytes;
    }
    return AIC_OK;
}

static bool is_blank(char character) { return character == ' ' || character == '\t'; }

static bool ends_line(char character) { return character == '\n' || character == '\r'; }

/* True for `%YAML 1.1` and `%YAML 1.2`, with or without a comment. */
static bool is_version(aici_slice line) {
    if (line.size < 6 || memcmp(line.bytes, "%YAML", 5) != 0 || !is_blank(line.bytes[5]))
        return false;
    aici_slice rest = aici_slice_trim((aici_slice){line.bytes + 5, line.size - 5});
    bool known = rest.size >= 3 && (memcmp(rest.bytes, "1.1", 3) == 0 || memcmp(rest.bytes, "1.2", 3) == 0);
    aici_slice end = known ? aici_slice_trim((aici_slice){rest.bytes + 3, rest.size - 3}) : rest;
    return known && (end.size == 0 || (end.bytes[0] == '#' && is_blank(end.bytes[-1])));
}

aic_status aici_document_refuse_directive(const aici_source *source, size_t offset, aic_report *report) {
    size_t end = aici_document_text_end(source, offset, false);
    aici_place place = aici_source_place(source, offset, end);
    aic_status status = aici_report_error(report, AICI_CODE_DIRECTIVE, &place,
                                          "a line that begins with %% is a YAML directive; only one `%%YAML 1.2` can stand here");
    aici_report_hint(report, "put quotes around a text that begins with %%");
    return status;
}

aic_status aici_document_check_start(const aici_source *source, aic_report *report) {
    bool has_version = false;
    for (uint32_t number = 1; number <= source->line_count; number++) {
        aici_slice line = aici_source_line(source, number), text = aici_slice_trim(line);
        if (text.size == 0 || text.bytes[0] == '#')
            continue;
        if (line.bytes[0] != '%')
            return AIC_OK;
        if (has_version || !is_version(line))
            return aici_document_refuse_directive(source, source->line_start[number - 1], report);
        has_version = true;
    }
    return AIC_OK;
}

/* --- behind the document -------------------------------------------------------------------------------------------------------------- */

static bool begins_line(const aici_source *source, size_t offset) { return offset == 0 || ends_line(source->text[offset - 1]); }

/* True for `---` or `...` at the beginning of a line. */
static bool is_marker(const aici_source *source, size_t offset, const char *marker) {
    if (!begins_line(source, offset) || source->size - offset < 3 || memcmp(source->text + offset, marker, 3) != 0)
        return false;
    char after = source->text[offset + 3];
    return source->size - offset == 3 || is_blank(after) || ends_line(after);
}

static size_t skip_comment(const aici_source *source, size_t offset) {
    while (offset < source->size && !ends_line(source->text[offset]))
        offset++;
    return offset;
}

static size_t skip_quiet(const aici_source *source, size_t offset) {
    while (offset < source->size) {
        char next = source->text[offset];
        if (is_blank(next) || ends_line(next))
            offset++;
        else if (next == '#')
            offset = skip_comment(source, offset);
        else if (is_marker(source, offset, "..."))
            offset += 3;
        else
            break;
    }
    return offset;
}

static bool is_after_end_marker(const aici_source *source, size_t begin, size_t end) {
    for (size_t i = begin; i < end; i++)
        if (is_marker(source, i, "..."))
            return true;
    return begin >= 3 && is_marker(source, begin - 3, "...");
}

aic_status aici_document_check_rest(const aici_source *source, size_t offset, aic_report *report) {
    size_t rest = skip_quiet(source, offset);
    if (rest >= source->size)
        return AIC_OK;
    if (source->text[rest] == '%' && begins_line(source, rest))
        return aici_document_refuse_directive(source, rest, report);
    aici_place place = aici_source_place(source, rest, aici_document_text_end(source, rest, false));
    if (is_marker(source, rest, "---") || is_after_end_marker(source, offset, rest))
        return aici_report_error(report, AICI_CODE_SECOND_DOCUMENT, &place, "a second document begins here; a file holds one");
    aic_status status = aici_report_error(report, AICI_CODE_YAML, &place, "the document has ended before this text");
    aici_report_hint(report, "all keys of one mapping begin in the same column");
    return status;
}
