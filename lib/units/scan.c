/* SPDX-License-Identifier: MIT */
/*
 * Where the text of a unit ends, by its characters alone: the expression lexer asks right after a number, read.c while it reads.
 */
#include "units/scan.h"

#include "base/number.h"
#include "units/table.h"

#include <string.h>

#define MICRO_SIGN "\xc2\xb5"
#define GREEK_MU "\xce\xbc"
#define MIDDLE_DOT "\xc2\xb7"
#define DOT_OPERATOR "\xe2\x8b\x85"
#define SUPERSCRIPT_TWO "\xc2\xb2"
#define SUPERSCRIPT_THREE "\xc2\xb3"

aici_slice aici_units_after(aici_slice text, size_t bytes) { return (aici_slice){text.bytes + bytes, text.size - bytes}; }

static bool starts_with(aici_slice text, const char *start) {
    size_t size = strlen(start);
    return text.size >= size && memcmp(text.bytes, start, size) == 0;
}

static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

static bool is_ascii_letter(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_'; }

static bool is_beyond_ascii(char byte) { return (unsigned char)byte >= 0x80; }

/* `·` joins and `²` is an exponent; every other character beyond ASCII may be part of a name. */
static bool is_mark(aici_slice text) {
    return starts_with(text, MIDDLE_DOT) || starts_with(text, DOT_OPERATOR) || starts_with(text, SUPERSCRIPT_TWO) ||
           starts_with(text, SUPERSCRIPT_THREE);
}

size_t aici_units_name_size(aici_slice text) {
    if (text.size > 0 && (text.bytes[0] == '%' || text.bytes[0] == '$'))
        return 1;
    size_t size = 0;
    while (size < text.size) {
        char byte = text.bytes[size];
        bool part =
            is_ascii_letter(byte) || (size > 0 && is_digit(byte)) || (is_beyond_ascii(byte) && !is_mark(aici_units_after(text, size)));
        if (!part)
            return size;
        size++;
    }
    return size;
}

static size_t digits_at(aici_slice text, size_t offset) {
    size_t size = 0;
    while (offset + size < text.size && is_digit(text.bytes[offset + size]))
        size++;
    return size;
}

static size_t written_exponent_size(aici_slice text, double *exponent) {
    size_t size = 1;
    if (size < text.size && text.bytes[size] == '-')
        size++;
    size_t digits = digits_at(text, size);
    if (digits == 0)
        return 0;
    size += digits;
    if (size < text.size && text.bytes[size] == '.' && digits_at(text, size + 1) > 0)
        size += 1 + digits_at(text, size + 1);
    return aici_number_read(text.bytes + 1, size - 1, 0, exponent) == AICI_NUMBER_OK ? size : 0;
}

size_t aici_units_exponent_size(aici_slice text, double *exponent) {
    if (text.size == 0 || (text.bytes[0] != '^' && !is_beyond_ascii(text.bytes[0])))
        return 0;
    if (text.bytes[0] == '^')
        return written_exponent_size(text, exponent);
    bool square = starts_with(text, SUPERSCRIPT_TWO);
    if (!square && !starts_with(text, SUPERSCRIPT_THREE))
        return 0;
    *exponent = square ? 2.0 : 3.0;
    return strlen(SUPERSCRIPT_TWO);
}

size_t aici_units_joint_size(aici_slice text) {
    static const char joints[][4] = {"-", MIDDLE_DOT, DOT_OPERATOR};
    if (text.size == 0 || (text.bytes[0] != '-' && !is_beyond_ascii(text.bytes[0])))
        return 0;
    for (size_t i = 0; i < sizeof joints / sizeof joints[0]; i++) {
        size_t size = strlen(joints[i]);
        if (starts_with(text, joints[i]) && aici_units_name_size(aici_units_after(text, size)) > 0)
            return size;
    }
    return 0;
}

/* As aici_units_name_size(), but after a number: of names beyond ASCII only those of the library, and no signs of currencies. */
static size_t scan_name(aici_slice text) {
    if (text.size == 0)
        return 0;
    size_t size = starts_with(text, MICRO_SIGN) || starts_with(text, GREEK_MU) ? strlen(MICRO_SIGN) : 0;
    if (size == 0 && is_beyond_ascii(text.bytes[0]))
        return aici_units_chinese_size(text);
    if (text.bytes[0] == '%')
        return 1;
    size_t start = size;
    while (size < text.size && (is_ascii_letter(text.bytes[size]) || (size > start && is_digit(text.bytes[size]))))
        size++;
    return size > start ? size : 0;
}

static size_t scan_factor(aici_slice text) {
    double exponent = 0.0;
    size_t size = scan_name(text);
    return size == 0 ? 0 : size + aici_units_exponent_size(aici_units_after(text, size), &exponent);
}

size_t aici_units_scan(aici_slice text) {
    size_t size = scan_factor(text), next = size;
    while (next > 0) {
        aici_slice rest = aici_units_after(text, size);
        size_t joint = starts_with(rest, "/") ? 1 : aici_units_joint_size(rest);
        next = joint > 0 ? scan_factor(aici_units_after(rest, joint)) : 0;
        if (next > 0)
            size += joint + next;
    }
    return size;
}
