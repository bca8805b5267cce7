/* SPDX-License-Identifier: MIT */
/*
 * JSON as it is written, value by value. Where a comma or a line break belongs follows from the byte that was written last, so that nesting
 * has no limit: members of the outermost object and what nests in a list stand on lines of their own, the rest stays on the line.
 */
#include "base/utf8.h"
#include "result/result.h"

#include <math.h>

aici_json aici_json_new(aici_buffer *out) { return (aici_json){.out = out}; }

static char last_byte(const aici_json *json) { return json->out->size ? json->out->bytes[json->out->size - 1] : '\0'; }

static bool just_opened(const aici_json *json) { return last_byte(json) == '{' || last_byte(json) == '['; }

static void break_line(aici_json *json, unsigned depth) {
    aici_buffer_add_char(json->out, '\n');
    aici_buffer_add_repeated(json->out, ' ', 2 * (size_t)depth);
}

/* A control character, a quote or a backslash, which cannot stand for themselves. */
static void add_escaped(aici_buffer *out, char character) {
    static const char plain[] = "\"\\\n\r\t\b\f", letter[] = "\"\\nrtbf";
    for (size_t i = 0; plain[i]; i++) {
        if (plain[i] == character) {
            aici_buffer_add_format(out, "\\%c", letter[i]);
            return;
        }
    }
    aici_buffer_add_format(out, "\\u00%c%c", "01"[(unsigned char)character >> 4], "0123456789abcdef"[character & 0xf]);
}

static bool is_special(char character) { return (unsigned char)character < 0x20 || character == '"' || character == '\\'; }

/* Bytes at the start of a text that stand for themselves. */
static size_t plain_run(aici_slice text) {
    size_t run = 0;
    uint32_t point;
    while (run < text.size && !is_special(text.bytes[run])) {
        size_t bytes = aici_utf8_decode(text.bytes + run, text.size - run, &point);
        if (!bytes)
            break;
        run += bytes;
    }
    return run;
}

static void add_string(aici_buffer *out, const char *value) {
    aici_slice rest = aici_slice_of(value);
    aici_buffer_add_char(out, '"');
    while (rest.size) {
        size_t run = plain_run(rest);
        aici_buffer_add(out, rest.bytes, run);
        if (run < rest.size && is_special(rest.bytes[run]))
            add_escaped(out, rest.bytes[run++]);
        else if (run < rest.size) {
            aici_buffer_add_text(out, "\\ufffd");
            run++;
        }
        rest = (aici_slice){rest.bytes + run, rest.size - run};
    }
    aici_buffer_add_char(out, '"');
}

/* What stands before a value: comma, line break, key. */
static void begin(aici_json *json, const char *key, bool nests) {
    if (json->depth) {
        bool first = just_opened(json);
        if (!first)
            aici_buffer_add_char(json->out, ',');
        if (json->depth == 1 || (nests && !key))
            break_line(json, json->depth);
        else if (!first)
            aici_buffer_add_char(json->out, ' ');
    }
    if (key) {
        add_string(json->out, key);
        aici_buffer_add_text(json->out, ": ");
    }
}

void aici_json_open(aici_json *json, const char *key, char bracket) {
    begin(json, key, true);
    aici_buffer_add_char(json->out, bracket);
    json->depth++;
}

void aici_json_close(aici_json *json, char bracket) {
    bool nested = bracket == ']' && (last_byte(json) == '}' || last_byte(json) == ']');
    json->depth--;
    if (!just_opened(json) && (json->depth == 0 || nested))
        break_line(json, json->depth);
    aici_buffer_add_char(json->out, bracket);
}

void aici_json_text(aici_json *json, const char *key, const char *value) {
    begin(json, key, false);
    if (value)
        add_string(json->out, value);
    else
        aici_buffer_add_text(json->out, "null");
}

void aici_json_number(aici_json *json, const char *key, double value) {
    begin(json, key, false);
    if (isfinite(value))
        aici_buffer_add_number(json->out, value);
    else
        aici_buffer_add_text(json->out, "null");
}

static void add_whole(aici_json *json, const char *key, bool is_negative, uint64_t rest) {
    char digits[24];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + rest % 10);
    } while (rest /= 10);
    if (is_negative)
        digits[--at] = '-';
    begin(json, key, false);
    aici_buffer_add(json->out, digits + at, sizeof digits - at);
}

void aici_json_integer(aici_json *json, const char *key, long long value) {
    add_whole(json, key, value < 0, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void aici_json_count(aici_json *json, const char *key, uint64_t value) { add_whole(json, key, false, value); }

void aici_json_boolean(aici_json *json, const char *key, bool value) {
    begin(json, key, false);
    aici_buffer_add_text(json->out, value ? "true" : "false");
}
