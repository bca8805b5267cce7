/* SPDX-License-Identifier: MIT */
/*
 * libyaml's complaints in the words of somebody who writes scenarios: what stands where, what was expected, what probably helps. Most of
 * them come from formulas without quotes, tabs, and lines that begin in the wrong column. What is not known here keeps libyaml's own words.
 */
#include "base/utf8.h"
#include "document/reader.h"

#include <string.h>

/* What libyaml says, and what stands there. */
struct complaint {
    const char *problem, *context;
    size_t at;       /* of the problem */
    size_t begun;    /* of what libyaml was reading when it met it */
    aici_slice line; /* of the problem */
    size_t in_line;  /* at, in bytes from the beginning of the line */
    char found;      /* at the problem; NUL at the end of the text */
};

typedef bool (*explanation)(aici_reader *reader, const struct complaint *complaint);

static bool is_blank(char character) { return character == ' ' || character == '\t'; }

static bool is_white(char character) { return is_blank(character) || character == '\n' || character == '\r'; }

static bool is_one_of(char character, const char *set) { return character && strchr(set, character); }

static aici_slice cut(aici_slice text, size_t begin) {
    size_t from = begin < text.size ? begin : text.size;
    return (aici_slice){text.bytes + from, text.size - from};
}

/* --- places --------------------------------------------------------------------------------------------------------------------------- */

static aici_place one_character(const aici_reader *reader, size_t at) { return aici_source_place(reader->source, at, at + 1); }

/* The last character of the text that is no white space. */
static aici_place end_of_text(const aici_reader *reader) {
    size_t end = reader->source->size;
    while (end > 1 && is_white(reader->source->text[end - 1]))
        end--;
    return one_character(reader, end ? end - 1 : 0);
}

static size_t first_in_line(const struct complaint *complaint) {
    size_t i = 0;
    while (i < complaint->line.size && is_blank(complaint->line.bytes[i]))
        i++;
    return i;
}

static size_t line_offset(const struct complaint *complaint) { return complaint->at - complaint->in_line; }

/* --- saying --------------------------------------------------------------------------------------------------------------------------- */

#define SAY(reader, place, ...)                                                                                                            \
    aici_reader_fault((reader), (place), aici_report_error((reader)->report, AICI_CODE_YAML, (place), __VA_ARGS__))

/* libyaml reads ahead, so that brackets in this line need not have come as events. */
static bool is_in_brackets(const aici_reader *reader, const struct complaint *complaint) {
    const aici_frame *frame = aici_reader_frame(reader);
    int open = 0;
    for (size_t i = 0; i < complaint->in_line && i < complaint->line.size; i++)
        open += is_one_of(complaint->line.bytes[i], "{[") - is_one_of(complaint->line.bytes[i], "}]");
    return open > 0 || (frame && frame->flow);
}

static bool ask_for_quotes_from(aici_reader *reader, const struct complaint *complaint, size_t begin, const char *why) {
    size_t end = aici_document_text_end(reader->source, begin, is_in_brackets(reader, complaint));
    return aici_reader_ask_for_quotes(reader, begin, end, why);
}

static void note_opening(aici_reader *reader, size_t begun, const char *what) {
    aici_place place = one_character(reader, begun);
    aici_report_note_at(reader->report, &place, what);
}

static bool say_unclosed(aici_reader *reader, size_t begun) {
    aici_place place = end_of_text(reader);
    bool more = SAY(reader, &place, "the text ends before `%c` is closed", reader->source->text[begun]);
    note_opening(reader, begun, "it opens here");
    return more;
}

static bool explain_tab(aici_reader *reader, const struct complaint *complaint) {
    aici_place place = one_character(reader, complaint->at);
    bool more = SAY(reader, &place, "a tab cannot indent a line in YAML");
    aici_report_hint(reader->report, "use spaces");
    return more;
}

/* --- values that begin with a sign of YAML -------------------------------------------------------------------------------------------- */

static const char *why_sign_needs_quotes(char sign) {
    switch (sign) {
    case '%': return "a text that begins with `%` needs quotes";
    case '@': return "a text that begins with `@` needs quotes";
    case '`': return "a text that begins with ` needs quotes";
    case '>': return "a text that begins with `>` needs quotes: YAML reads a block of lines there";
    case '|': return "a text that begins with `|` needs quotes: YAML reads a block of lines there";
    case '&': return "a text that begins with `&` needs quotes: YAML reads an anchor there";
    case '*': return "a text that begins with `*` needs quotes: YAML reads an alias there";
    case '!': return "a text that begins with `!` needs quotes: YAML reads a tag there";
    case '?': return "a text that begins with `?` needs quotes";
    case '-': return "a text that begins with `- ` needs quotes: YAML reads a list there, which begins on a line of its own";
    default: return "a text that begins with a bracket or a comma needs quotes";
    }
}

/* Where the value begins that reaches up to an offset in its line, as somebody sees it who knows no YAML. */
static size_t value_begin(aici_slice line, size_t end, bool in_brackets) {
    size_t begin = end, closed = 0;
    for (; begin > 0; begin--) {
        char before = line.bytes[begin - 1];
        if (!closed && (is_one_of(before, "[{") || (before == ',' && in_brackets) || (before == ':' && is_blank(line.bytes[begin]))))
            break;
        closed += is_one_of(before, "]}");
        closed -= is_one_of(before, "[{");
    }
    while (begin < end && is_blank(line.bytes[begin]))
        begin++;
    return begin;
}

/* A sign at an offset; when it stands inside a text that libyaml read in pieces, as in `a: !(b > c)` or `a: x[1] * 2`, all of that. */
static bool ask_for_sign(aici_reader *reader, const struct complaint *complaint, size_t at) {
    bool in_brackets = is_in_brackets(reader, complaint);
    size_t start = line_offset(complaint);
    size_t begin = at < start ? at : start + value_begin(complaint->line, at - start, in_brackets);
    char first = reader->source->text[begin];
    bool sign = begin == at || is_one_of(first, "!&*");
    const char *why = sign          ? why_sign_needs_quotes(first)
                      : in_brackets ? "inside { } and [ ] a formula with a comma or a bracket needs quotes"
                                    : "more text follows a finished value; quotes belong around the whole of a formula";
    return ask_for_quotes_from(reader, complaint, begin, why);
}

static bool explain_sign(aici_reader *reader, const struct complaint *complaint) { return ask_for_sign(reader, complaint, complaint->at); }

static bool explain_no_token(aici_reader *reader, const struct complaint *complaint) {
    return complaint->found == '\t' ? explain_tab(reader, complaint) : explain_sign(reader, complaint);
}

static bool explain_opening_sign(aici_reader *reader, const struct complaint *complaint) {
    return ask_for_sign(reader, complaint, complaint->begun);
}

static bool explain_list_on_line(aici_reader *reader, const struct complaint *complaint) {
    bool more = explain_sign(reader, complaint);
    if (complaint->found == '-')
        aici_report_note(reader->report, "a negative value has no space behind its sign: -x");
    return more;
}

/* --- keys and colons ------------------------------------------------------------------------------------------------------------------ */

enum { LONGEST_KEY = 1024 }; /* YAML looks no farther for the colon */

static bool say_long_key(aici_reader *reader, size_t begin) {
    aici_place place = aici_source_place(reader->source, begin, begin + LONGEST_KEY);
    size_t limit = reader->limits.name_bytes < LONGEST_KEY ? reader->limits.name_bytes : LONGEST_KEY;
    return aici_reader_refuse(reader, AICI_CODE_LIMIT_NAME, &place, limit, "bytes in a name (limit `name_bytes`)");
}

/* Where the text behind the first `: ` of a line begins, or SIZE_MAX when there is none before `end`. */
static size_t value_in_line(aici_slice line, size_t end) {
    for (size_t i = 1; i + 1 < end; i++) {
        if (line.bytes[i - 1] != ':' || !is_blank(line.bytes[i]))
            continue;
        while (i < end && is_blank(line.bytes[i]))
            i++;
        return i;
    }
    return SIZE_MAX;
}

static bool say_wrong_indent(aici_reader *reader, const struct complaint *complaint) {
    size_t begin = line_offset(complaint) + first_in_line(complaint);
    aici_place place = aici_source_place(reader->source, begin, complaint->at);
    bool more = SAY(reader, &place, "`%.*s` stands deeper than the entry before it, which has its value already",
                    (int)(complaint->at - begin), reader->source->text + begin);
    aici_report_hint(reader->report,
                     "begin all keys of one mapping in the same column; a text of several lines with a colon in it needs quotes");
    return more;
}

static bool say_mapping_on_marker(aici_reader *reader, const struct complaint *complaint) {
    aici_place place = one_character(reader, complaint->at);
    bool more = SAY(reader, &place, "a mapping cannot begin in the line of `---`");
    aici_report_hint(reader->report, "begin it on the next line, or leave `---` out");
    return more;
}

/* "mapping values are not allowed in this context": a colon too many. */
static bool explain_colon(aici_reader *reader, const struct complaint *complaint) {
    size_t first = first_in_line(complaint), value = value_in_line(complaint->line, complaint->in_line);
    if (complaint->in_line > LONGEST_KEY + first)
        return say_long_key(reader, line_offset(complaint) + first);
    if (value != SIZE_MAX)
        return ask_for_quotes_from(reader, complaint, line_offset(complaint) + value, "a text with a colon and a space in it needs quotes");
    if (complaint->line.size > 3 && memcmp(complaint->line.bytes, "---", 3) == 0 && is_blank(complaint->line.bytes[3]))
        return say_mapping_on_marker(reader, complaint);
    return say_wrong_indent(reader, complaint);
}

static bool say_missing_colon(aici_reader *reader, size_t begin) {
    aici_slice text = {reader->source->text + begin, aici_document_text_end(reader->source, begin, false) - begin};
    aici_place place = aici_source_place(reader->source, begin, begin + text.size);
    bool more = SAY(reader, &place, "expected `name: value`, found only `%.*s`", AICI_SLICE(text));
    const char *colon = memchr(text.bytes, ':', text.size);
    if (text.size > 1 && text.bytes[0] == '-')
        aici_report_hint(reader->report, "write a space after the dash: `- %.*s`", AICI_SLICE(cut(text, 1)));
    else if (colon)
        aici_report_hint(reader->report, "write a space after the colon: `%.*s: %.*s`", (int)(colon - text.bytes), text.bytes,
                         AICI_SLICE(cut(text, (size_t)(colon - text.bytes) + 1)));
    return more;
}

/* "could not find expected ':'": a line that should be an entry and is none. */
static bool explain_missing_colon(aici_reader *reader, const struct complaint *complaint) {
    aici_place begun = one_character(reader, complaint->begun);
    bool too_far = aici_source_line(reader->source, begun.line).size > begun.column - 1 + LONGEST_KEY;
    return too_far ? say_long_key(reader, complaint->begun) : say_missing_colon(reader, complaint->begun);
}

static bool explain_tight_colon(aici_reader *reader, const struct complaint *complaint) {
    aici_place place = one_character(reader, complaint->at);
    bool more = SAY(reader, &place, "a colon inside { } needs a space behind it");
    aici_report_hint(reader->report, "write `name: ` where there is no value, and put quotes around a text that ends in a colon");
    return more;
}

/* --- what follows a finished value ---------------------------------------------------------------------------------------------------- */

/* True when the newest node ends in the problem's line: `"a" b`, `*a + 1`, `[1, 2] * 3`. */
static bool follows_value(const aici_reader *reader, const struct complaint *complaint) {
    yaml_event_type_t type = reader->last.type;
    bool node = type == YAML_SCALAR_EVENT || type == YAML_ALIAS_EVENT || type == YAML_MAPPING_END_EVENT || type == YAML_SEQUENCE_END_EVENT;
    aici_place place = one_character(reader, complaint->at);
    return node && complaint->found && reader->last.place.last_line == place.line && first_in_line(complaint) < complaint->in_line;
}

/* A value of several lines: probably a quote or bracket was forgotten in one of them. */
static bool say_text_after_lines(aici_reader *reader, const struct complaint *complaint) {
    aici_place place = one_character(reader, complaint->at);
    bool more = SAY(reader, &place, "a value of several lines ends before this, and nothing can follow it in its line");
    aici_report_note_at(reader->report, &reader->last.place, "the value begins here");
    aici_report_hint(reader->report, "see whether a quote or bracket is missing in the lines between");
    return more;
}

static bool say_text_after_value(aici_reader *reader, const struct complaint *complaint) {
    const aici_place *last = &reader->last.place;
    if (last->line != last->last_line)
        return say_text_after_lines(reader, complaint);
    const char *why = reader->last.type == YAML_ALIAS_EVENT
                          ? "a formula that begins with `*` needs quotes: YAML reads an alias there"
                          : "more text follows a finished value; quotes belong around the whole of a formula";
    return ask_for_quotes_from(reader, complaint, aici_document_place_offset(last), why);
}

static bool say_stray_bracket(aici_reader *reader, const struct complaint *complaint) {
    aici_place place = one_character(reader, complaint->at);
    return SAY(reader, &place, "`%c` closes nothing: no `%c` is open here", complaint->found, complaint->found == '}' ? '{' : '[');
}

/* "did not find expected key", "did not find expected '-' indicator" */
static bool explain_entry(aici_reader *reader, const struct complaint *complaint) {
    bool list = strstr(complaint->problem, "'-'") != NULL;
    aici_place place = one_character(reader, complaint->at), begun = one_character(reader, complaint->begun);
    if (is_one_of(complaint->found, "}]"))
        return say_stray_bracket(reader, complaint);
    if (follows_value(reader, complaint))
        return say_text_after_value(reader, complaint);
    if (complaint->found == ':')
        return aici_reader_fault(reader, &place,
                                 aici_report_error(reader->report, AICI_CODE_COMPLEX_KEY, &place, "expected a key before the colon"));
    bool more = SAY(reader, &place, "expected %s in column %u, or the end of %s", list ? "`- `" : "a key", (unsigned)begun.column,
                    list ? "the list" : "the mapping");
    aici_report_note_at(reader->report, &begun, list ? "the list begins here" : "the mapping begins here");
    aici_report_hint(reader->report,
                     list ? "begin all items of one list in the same column" : "begin all keys of one mapping in the same column");
    return more;
}

/* --- inside { } and [ ] --------------------------------------------------------------------------------------------------------------- */

static bool is_end(const aici_reader *reader, size_t at) { return at >= reader->source->size; }

/* `{computed: x[2026]}`: the bracket follows the name without a gap. */
static bool touches_plain_text(const aici_reader *reader, const struct complaint *complaint) {
    if (!is_one_of(complaint->found, "[{") || reader->last.type != YAML_SCALAR_EVENT || !complaint->at)
        return false;
    return !is_white(reader->source->text[complaint->at - 1]);
}

static bool say_missing_comma(aici_reader *reader, const struct complaint *complaint, char closing) {
    aici_place place = one_character(reader, complaint->at);
    bool more = SAY(reader, &place, "expected `,` or `%c`, found `%.*s`", closing,
                    (int)aici_utf8_offset(cut(complaint->line, complaint->in_line), 1), reader->source->text + complaint->at);
    note_opening(reader, complaint->begun, closing == '}' ? "the { opens here" : "the [ opens here");
    if (reader->source->line_start[place.line - 1] > complaint->begun)
        aici_report_hint(reader->report, "see whether a `%c` or a comma is missing before", closing);
    else if (complaint->found == ':')
        aici_report_hint(reader->report, "put a comma between two entries, or quotes around a text with a colon");
    return more;
}

/* "did not find expected ',' or '}'", "did not find expected ',' or ']'" */
static bool explain_comma(aici_reader *reader, const struct complaint *complaint) {
    bool mapping = strstr(complaint->problem, "'}'") != NULL;
    if (is_end(reader, complaint->at))
        return say_unclosed(reader, complaint->begun);
    if (touches_plain_text(reader, complaint))
        return ask_for_quotes_from(reader, complaint, aici_document_place_offset(&reader->last.place),
                                   mapping ? "inside { } a formula with a comma or a bracket needs quotes"
                                           : "inside [ ] a formula with a comma or a bracket needs quotes");
    if (follows_value(reader, complaint) && !is_one_of(complaint->found, ":]}"))
        return say_text_after_value(reader, complaint);
    return say_missing_comma(reader, complaint, mapping ? '}' : ']');
}

/* "did not find expected node content" */
static bool explain_content(aici_reader *reader, const struct complaint *complaint) {
    const aici_frame *frame = aici_reader_frame(reader);
    aici_place place = one_character(reader, complaint->at);
    if (is_end(reader, complaint->at) && frame && frame->flow)
        return say_unclosed(reader, aici_document_place_offset(&frame->place));
    if (complaint->found == ':')
        return aici_reader_fault(reader, &place,
                                 aici_report_error(reader->report, AICI_CODE_COMPLEX_KEY, &place, "expected a key before the colon"));
    if (!frame || !frame->flow || !is_one_of(complaint->found, ",]}"))
        return explain_sign(reader, complaint);
    return SAY(reader, &place, "expected a value, found `%c`", complaint->found);
}

/* --- quoted texts --------------------------------------------------------------------------------------------------------------------- */

static bool explain_open_quote(aici_reader *reader, const struct complaint *complaint) {
    if (strstr(complaint->problem, "end of stream"))
        return say_unclosed(reader, complaint->begun);
    aici_place place = aici_source_place(reader->source, complaint->at, complaint->at + 3);
    bool more = SAY(reader, &place, "the document ends before the quote is closed");
    note_opening(reader, complaint->begun, "it opens here");
    return more;
}

static bool explain_directive(aici_reader *reader, const struct complaint *complaint) {
    aici_place place = one_character(reader, complaint->begun);
    return aici_reader_fault(reader, &place, aici_document_refuse_directive(reader->source, complaint->begun, reader->report));
}

static bool explain_missing_marker(aici_reader *reader, const struct complaint *complaint) {
    aici_place place = one_character(reader, complaint->at);
    return SAY(reader, &place, "expected a line `---` between the %%YAML directive and the document");
}

static bool explain_escape(aici_reader *reader, const struct complaint *complaint) {
    size_t begin = complaint->found == '\\' ? complaint->at : complaint->at - 2; /* behind \x, \u or \U */
    aici_place place = aici_source_place(reader->source, begin, begin + 2);
    bool more = SAY(reader, &place, "`\\` begins an escape in double quotes, and this is none that YAML knows");
    aici_report_hint(reader->report, "use single quotes for a text with a backslash");
    return more;
}

/* --- the table ------------------------------------------------------------------------------------------------------------------------ */

static bool say_it_as_libyaml_does(aici_reader *reader, const struct complaint *complaint) {
    aici_place place = is_end(reader, complaint->at) ? end_of_text(reader) : one_character(reader, complaint->at);
    bool more = SAY(reader, &place, "this is not YAML: %s", complaint->problem);
    if (complaint->context) {
        aici_place begun = one_character(reader, complaint->begun);
        aici_report_note_at(reader->report, &begun, complaint->context);
    }
    return more;
}

static const struct rule {
    const char *problem, *context; /* parts of libyaml's words; "" fits all */
    explanation explain;
} rules[] = {
    {"a tab character", "", explain_tab},
    {"cannot start any token", "", explain_no_token},
    {"", "while scanning a block scalar", explain_opening_sign},
    {"", "while scanning an anchor", explain_opening_sign},
    {"", "while scanning an alias", explain_opening_sign},
    {"", "directive", explain_directive},
    {"<document start>", "", explain_missing_marker},
    {"", "a tag", explain_opening_sign},
    {"undefined tag handle", "", explain_opening_sign},
    {"mapping values are not allowed", "", explain_colon},
    {"could not find expected ':'", "", explain_missing_colon},
    {"found unexpected ':'", "", explain_tight_colon},
    {"block sequence entries are not allowed", "", explain_list_on_line},
    {"mapping keys are not allowed", "", explain_sign},
    {"did not find expected ','", "", explain_comma},
    {"did not find expected node content", "", explain_content},
    {"did not find expected key", "", explain_entry},
    {"did not find expected '-'", "", explain_entry},
    {"", "while scanning a quoted scalar", explain_open_quote},
    {"", "while parsing a quoted scalar", explain_escape},
};

static explanation find_explanation(const struct complaint *complaint) {
    const char *context = complaint->context ? complaint->context : "";
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (strstr(complaint->problem, rules[i].problem) && strstr(context, rules[i].context))
            return rules[i].explain;
    return say_it_as_libyaml_does;
}

static struct complaint read_complaint(const aici_reader *reader) {
    const yaml_parser_t *parser = &reader->parser;
    struct complaint complaint = {.problem = parser->problem ? parser->problem : "libyaml does not say why",
                                  .context = parser->context,
                                  .at = aici_reader_offset(reader, &parser->problem_mark),
                                  .begun = aici_reader_offset(reader, &parser->context_mark)};
    aici_place place = one_character(reader, complaint.at);
    complaint.line = aici_source_line(reader->source, place.line);
    complaint.in_line = complaint.at - reader->source->line_start[place.line - 1];
    complaint.found = complaint.at < reader->source->size ? reader->source->text[complaint.at] : '\0';
    return complaint;
}

void aici_reader_explain(aici_reader *reader) {
    if (reader->parser.error == YAML_MEMORY_ERROR) {
        aici_reader_no_memory(reader);
        return;
    }
    struct complaint complaint = read_complaint(reader);
    aici_place place = one_character(reader, complaint.at);
    if (reader->status != AIC_OK && reader->fault_line == place.line)
        return; /* the line has a fault already, which is the cause */
    find_explanation (&complaint)(reader, &complaint);
}
