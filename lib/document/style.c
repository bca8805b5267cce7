/* SPDX-License-Identifier: MIT */
/*
 * Which texts may stand without quotes: not those that YAML takes for structure, nor those that a YAML 1.1 reader takes for another value
 * (`no`, `012`, `1:30`), nor those that this format refuses. The rest is quoted, with escapes where a character could not stand for itself.
 */
#include "document/style.h"
#include "base/utf8.h"

#include <string.h>

static bool is_one_of(char character, const char *set) { return character && strchr(set, character); }

static bool is_digit(char character) { return character >= '0' && character <= '9'; }

/* --- characters ----------------------------------------------------------------------------------------------------------------------- */

/* True for a character that cannot stand for itself in one line. */
static bool needs_escape(uint32_t point) {
    return point < 0x20 || (point >= 0x7f && point < 0xa0) || point == 0x2028 || point == 0x2029 || point == 0xfeff || point == 0xfffe ||
           point == 0xffff;
}

static size_t decode(aici_slice text, size_t offset, uint32_t *point) {
    size_t bytes = aici_utf8_decode(text.bytes + offset, text.size - offset, point);
    if (bytes && *point)
        return bytes;
    *point = 0xfffd; /* neither NUL nor bytes that are no text can be written */
    return bytes ? bytes : 1;
}

/* True when a character other than a line feed has to be escaped. */
static bool has_escapes(aici_slice text, bool line_feeds_are_fine) {
    for (size_t i = 0; i < text.size;) {
        uint32_t point;
        size_t bytes = decode(text, i, &point);
        bool replaced = point == 0xfffd && (bytes == 1 || !text.bytes[i]);
        if (replaced || (needs_escape(point) && !(point == '\n' && line_feeds_are_fine)))
            return true;
        i += bytes;
    }
    return false;
}

/* --- what YAML 1.1 reads otherwise ---------------------------------------------------------------------------------------------------- */

bool aici_style_means_nothing(aici_slice text) { return text.size == 0 || aici_slice_is(text, "~") || aici_slice_is(text, "null"); }

static char lower(char character) { return character >= 'A' && character <= 'Z' ? (char)(character - 'A' + 'a') : character; }

static bool is_word(aici_slice text, const char *word) {
    size_t i = 0;
    while (i < text.size && word[i] && lower(text.bytes[i]) == word[i])
        i++;
    return i == text.size && !word[i];
}

static bool is_truth_word(aici_slice text) {
    static const char words[][4] = {"y", "n", "yes", "no", "on", "off"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_word(text, words[i]))
            return true;
    return false;
}

/* Numbers in base 8, 16, 2 or 60. */
static bool is_odd_number(aici_slice text) {
    size_t i = text.size && is_one_of(text.bytes[0], "+-") ? 1 : 0;
    if (i >= text.size || !is_digit(text.bytes[i]))
        return false;
    bool zero = text.bytes[i] == '0' && i + 1 < text.size && (is_digit(text.bytes[i + 1]) || is_one_of(lower(text.bytes[i + 1]), "xob_"));
    bool colon = false;
    for (; i < text.size; i++) {
        colon = colon || text.bytes[i] == ':';
        if (!is_digit(text.bytes[i]) && !is_one_of(lower(text.bytes[i]), "abcdefox_:."))
            return false;
    }
    return zero || colon;
}

/* --- plain ---------------------------------------------------------------------------------------------------------------------------- */

static bool can_begin_plain(aici_slice text) {
    char first = text.bytes[0];
    if (is_one_of(first, " ,[]{}#&*!|>'\"%@`?:"))
        return false;
    if (text.size >= 3 && (memcmp(text.bytes, "---", 3) == 0 || memcmp(text.bytes, "...", 3) == 0))
        return false;
    return first != '-' || (text.size > 1 && text.bytes[1] != ' ');
}

static bool has_plain_middle(aici_slice text, bool flow) {
    int open = 0;
    for (size_t i = 0; i < text.size; i++) {
        char here = text.bytes[i], next = i + 1 < text.size ? text.bytes[i + 1] : ' ';
        if ((here == ':' && next == ' ') || (here == ' ' && next == '#'))
            return false;
        if (flow && (is_one_of(here, ",[]{}") || (here == ':' && next == '?') || (here == ')' && !open)))
            return false;
        open += (here == '(') - (here == ')');
    }
    return text.bytes[text.size - 1] != ' ' && !(flow && open);
}

static bool can_be_plain(aici_slice text, aici_style_use use) {
    return text.size && can_begin_plain(text) && has_plain_middle(text, use.flow) && !has_escapes(text, false) && !is_truth_word(text) &&
           !is_odd_number(text) && !(use.key && aici_slice_is(text, "<<"));
}

/* --- blocks --------------------------------------------------------------------------------------------------------------------------- */

/* True for several lines, none of spaces only, the first not indented, and at most one line end behind the last. */
static bool can_be_literal(aici_slice text) {
    if (!text.size || is_one_of(text.bytes[0], " \n") || !memchr(text.bytes, '\n', text.size) || has_escapes(text, true))
        return false;
    bool blank = false; /* the line so far is made of spaces, and has some */
    for (size_t i = 0, begin = 0; i < text.size; i++) {
        if (text.bytes[i] == '\n') {
            if (blank)
                return false;
            begin = i + 1;
        }
        blank = text.bytes[i] == ' ' && (blank || i == begin);
    }
    return !blank && !(text.size > 1 && memcmp(text.bytes + text.size - 2, "\n\n", 2) == 0);
}

/* --- choosing ------------------------------------------------------------------------------------------------------------------------- */

aici_scalar_style aici_style_for(aici_slice text) {
    aici_node node = {.kind = AICI_NODE_SCALAR, .style = AICI_SCALAR_PLAIN, .as.text = text};
    return text.size ? aici_style_choose(&node, (aici_style_use){0}) : AICI_SCALAR_SINGLE_QUOTED;
}

static bool is_block(unsigned style) { return style == AICI_SCALAR_LITERAL || style == AICI_SCALAR_FOLDED; }

static aici_scalar_style choose_quotes(const aici_node *scalar) {
    aici_slice text = scalar->as.text;
    if (scalar->style == AICI_SCALAR_DOUBLE_QUOTED || has_escapes(text, false))
        return AICI_SCALAR_DOUBLE_QUOTED;
    bool clumsy = text.size == 0 || memchr(text.bytes, '"', text.size) || memchr(text.bytes, '\\', text.size);
    return scalar->style == AICI_SCALAR_SINGLE_QUOTED || clumsy ? AICI_SCALAR_SINGLE_QUOTED : AICI_SCALAR_DOUBLE_QUOTED;
}

aici_scalar_style aici_style_choose(const aici_node *scalar, aici_style_use use) {
    aici_slice text = scalar->as.text;
    bool plain = scalar->style == AICI_SCALAR_PLAIN, block = is_block(scalar->style), alone = !use.key && !use.flow;
    if (plain && !text.size && alone)
        return AICI_SCALAR_PLAIN;
    if ((plain || (block && !aici_style_means_nothing(text))) && can_be_plain(text, use))
        return AICI_SCALAR_PLAIN;
    if ((plain || block) && alone && can_be_literal(text))
        return AICI_SCALAR_LITERAL;
    return choose_quotes(scalar);
}

/* --- writing -------------------------------------------------------------------------------------------------------------------------- */

static void write_single_quoted(aici_buffer *out, aici_slice text) {
    aici_buffer_add_char(out, '\'');
    for (size_t i = 0; i < text.size; i++) {
        if (text.bytes[i] == '\'')
            aici_buffer_add_char(out, '\'');
        aici_buffer_add_char(out, text.bytes[i]);
    }
    aici_buffer_add_char(out, '\'');
}

static void write_escape(aici_buffer *out, uint32_t point) {
    if (point == '\n' || point == '\t' || point == '\r')
        aici_buffer_add_text(out, point == '\n' ? "\\n" : point == '\t' ? "\\t" : "\\r");
    else
        aici_buffer_add_format(out, point > 0xff ? "\\u%04x" : "\\x%02x", (unsigned)point);
}

static void write_double_quoted(aici_buffer *out, aici_slice text) {
    aici_buffer_add_char(out, '"');
    for (size_t i = 0; i < text.size;) {
        uint32_t point;
        size_t bytes = decode(text, i, &point);
        if (needs_escape(point))
            write_escape(out, point);
        else if (point == 0xfffd)
            aici_buffer_add_text(out, "\xef\xbf\xbd");
        else {
            if (point == '"' || point == '\\')
                aici_buffer_add_char(out, '\\');
            aici_buffer_add(out, text.bytes + i, bytes);
        }
        i += bytes;
    }
    aici_buffer_add_char(out, '"');
}

void aici_style_write(aici_buffer *out, aici_slice text, aici_scalar_style style) {
    if (style == AICI_SCALAR_SINGLE_QUOTED)
        write_single_quoted(out, text);
    else if (style == AICI_SCALAR_DOUBLE_QUOTED)
        write_double_quoted(out, text);
    else
        aici_buffer_add_slice(out, text);
}
