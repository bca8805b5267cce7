/* SPDX-License-Identifier: MIT */
/*
 * Bytes to code points, to columns of a terminal, and to text that can be shown to anyone: nothing in it moves the cursor,
 * turns the direction of writing, or hides. Which characters are wide is in utf8_width.c.
 */
#include "base/utf8.h"
#include "base/utf8_width.h"

#include <string.h>

static bool is_continuation(char byte) { return ((unsigned char)byte & 0xc0) == 0x80; }

/* How many bytes a leading byte announces and which of its bits count; 0 for a byte that cannot lead. */
static size_t announced_bytes(unsigned char lead, uint32_t *bits) {
    if (lead >= 0xc2 && lead <= 0xdf) {
        *bits = lead & 0x1fU;
        return 2;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
        *bits = lead & 0x0fU;
        return 3;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        *bits = lead & 0x07U;
        return 4;
    }
    return 0;
}

static bool is_scalar_value(uint32_t point, size_t bytes) {
    if (bytes == 3)
        return point >= 0x800 && (point < 0xd800 || point > 0xdfff);
    return bytes != 4 || (point >= 0x10000 && point <= 0x10ffff);
}

size_t aici_utf8_decode(const char *text, size_t size, uint32_t *point) {
    unsigned char lead = (unsigned char)text[0];
    if (lead < 0x80) {
        *point = lead;
        return 1;
    }
    uint32_t bits = 0;
    size_t bytes = announced_bytes(lead, &bits);
    if (bytes == 0 || bytes > size)
        return 0;
    for (size_t i = 1; i < bytes; i++) {
        if (!is_continuation(text[i]))
            return 0;
        bits = bits << 6 | ((unsigned char)text[i] & 0x3fU);
    }
    if (!is_scalar_value(bits, bytes))
        return 0;
    *point = bits;
    return bytes;
}

static bool eight_are_ascii(const char *text) {
    uint64_t word;
    memcpy(&word, text, sizeof word);
    return (word & UINT64_C(0x8080808080808080)) == 0;
}

static size_t step_over(const char *text, size_t size) {
    uint32_t point;
    size_t bytes = aici_utf8_decode(text, size, &point);
    return bytes ? bytes : 1;
}

size_t aici_utf8_length(aici_slice text) {
    size_t points = 0;
    for (size_t i = 0; i < text.size;) {
        bool quick = text.size - i >= 8 && eight_are_ascii(text.bytes + i);
        i += quick ? 8 : step_over(text.bytes + i, text.size - i);
        points += quick ? 8 : 1;
    }
    return points;
}

size_t aici_utf8_offset(aici_slice text, size_t points) {
    size_t i = 0;
    while (points && i < text.size) {
        bool quick = points >= 8 && text.size - i >= 8 && eight_are_ascii(text.bytes + i);
        i += quick ? 8 : step_over(text.bytes + i, text.size - i);
        points -= quick ? 8 : 1;
    }
    return i;
}

size_t aici_utf8_width(aici_slice text) {
    size_t columns = 0;
    for (size_t i = 0; i < text.size;) {
        uint32_t point = 0;
        size_t bytes = aici_utf8_decode(text.bytes + i, text.size - i, &point);
        columns += aici_utf8_point_width(point);
        i += bytes ? bytes : 1;
    }
    return columns;
}

/* Controls, characters that turn the direction of writing, line separators, tags and other marks that cannot be seen.
 * The joiners U+200C and U+200D stay: several scripts and emoji need them. */
static bool is_unsafe(uint32_t point) {
    if (point < 0x80)
        return point < 0x20 || point == 0x7f;
    return point < 0xa0 || point == 0x61c || point == 0x180e || point == 0x200b || point == 0x200e || point == 0x200f ||
           (point >= 0x2028 && point <= 0x202e) || (point >= 0x2060 && point <= 0x206f) || point == 0xfeff ||
           (point >= 0xfff9 && point <= 0xfffb) || (point & 0xfffe) == 0xfffe || (point >= 0xfdd0 && point <= 0xfdef) ||
           (point >= 0xe0000 && point <= 0xe007f);
}

static size_t write_escape(char *out, char kind, uint32_t number, unsigned digits) {
    out[0] = '\\';
    out[1] = kind;
    for (unsigned i = 0; i < digits; i++)
        out[2 + i] = "0123456789abcdef"[number >> 4 * (digits - 1 - i) & 0xf];
    return 2 + digits;
}

static size_t write_unsafe(char *out, uint32_t point) {
    if (point == '\n' || point == '\t' || point == '\r')
        return write_escape(out, point == '\n' ? 'n' : point == '\t' ? 't' : 'r', 0, 0);
    if (point < 0x80)
        return write_escape(out, 'x', point, 2);
    return point > 0xffff ? write_escape(out, 'U', point, 8) : write_escape(out, 'u', point, 4);
}

size_t aici_utf8_safe_character(const char *text, size_t size, char out[AICI_UTF8_SAFE_BYTES], size_t *written) {
    uint32_t point;
    size_t bytes = aici_utf8_decode(text, size, &point);
    if (!bytes) {
        *written = write_escape(out, 'x', (unsigned char)text[0], 2);
        return 1;
    }
    if (is_unsafe(point)) {
        *written = write_unsafe(out, point);
        return bytes;
    }
    memcpy(out, text, bytes);
    *written = bytes;
    return bytes;
}

static bool is_plain(char character) { return character >= 0x20 && character < 0x7f; }

void aici_utf8_add_safe(aici_buffer *buffer, aici_slice text) {
    for (size_t i = 0; i < text.size;) {
        size_t plain = i;
        while (plain < text.size && is_plain(text.bytes[plain]))
            plain++;
        aici_buffer_add(buffer, text.bytes + i, plain - i);
        if ((i = plain) == text.size)
            return;
        char safe[AICI_UTF8_SAFE_BYTES];
        size_t written;
        i += aici_utf8_safe_character(text.bytes + i, text.size - i, safe, &written);
        aici_buffer_add(buffer, safe, written);
    }
}
