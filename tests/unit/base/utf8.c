/* SPDX-License-Identifier: MIT */
/*
 * UTF-8 decoded, counted, measured, and made safe for a terminal.
 */
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static size_t encode(uint32_t point, char *out) {
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    size_t bytes = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (size_t i = bytes - 1; i > 0; i--, point >>= 6)
        out[i] = (char)(0x80 | (point & 0x3f));
    out[0] = (char)(0xf00U >> bytes | point);
    return bytes;
}

static void every_code_point_decodes_and_surrogates_do_not(void **state) {
    (void)state;
    for (uint32_t point = 0; point < 0x110000; point++) {
        char bytes[4];
        uint32_t decoded = 0;
        size_t size = encode(point, bytes);
        size_t expected = point >= 0xd800 && point <= 0xdfff ? 0 : size;
        if (aici_utf8_decode(bytes, size, &decoded) != expected || (expected && decoded != point))
            fail_msg("U+%04x", (unsigned)point);
        if (size > 1 && aici_utf8_decode(bytes, size - 1, &decoded) != 0)
            fail_msg("U+%04x cut short", (unsigned)point);
    }
}

static void what_is_not_utf8_does_not_decode(void **state) {
    (void)state;
    static const char *const texts[] = {"\x80",
                                        "\xbf",
                                        "\xc0\x80",
                                        "\xc1\xbf",
                                        "\xe0\x80\x80",
                                        "\xe0\x9f\xbf",
                                        "\xed\xa0\x80",
                                        "\xf0\x80\x80\x80",
                                        "\xf0\x8f\xbf\xbf",
                                        "\xf4\x90\x80\x80",
                                        "\xf5\x80\x80\x80",
                                        "\xff",
                                        "\xfe",
                                        "\xc3(",
                                        "\xe2\x82(",
                                        "\xf0\x9f\x98("};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        uint32_t point = 77;
        assert_int_equal(aici_utf8_decode(texts[i], strlen(texts[i]), &point), 0);
        assert_int_equal(point, 77);
    }
}

static void lengths_count_code_points_and_stray_bytes(void **state) {
    (void)state;
    assert_int_equal(aici_utf8_length(aici_slice_of("")), 0);
    assert_int_equal(aici_utf8_length(aici_slice_of("utilization: 32 %")), 17);
    assert_int_equal(aici_utf8_length(aici_slice_of("15–20 times ¥")), 13);
    assert_int_equal(aici_utf8_length(aici_slice_of("算力🙂")), 3);
    assert_int_equal(aici_utf8_length(aici_slice_of("a\xff\xe2\x82z")), 5);
}

static void offsets_are_the_inverse_of_lengths(void **state) {
    (void)state;
    aici_slice text = aici_slice_of("plain text, then ¥ and 算力, then plain text again 🙂.");
    size_t length = aici_utf8_length(text);
    for (size_t points = 0; points <= length; points++) {
        size_t offset = aici_utf8_offset(text, points);
        assert_int_equal(aici_utf8_length((aici_slice){text.bytes, offset}), points);
    }
    assert_int_equal(aici_utf8_offset(text, length + 1000), text.size);
}

static void widths_are_those_of_a_terminal(void **state) {
    (void)state;
    assert_int_equal(aici_utf8_width(aici_slice_of("plain")), 5);
    assert_int_equal(aici_utf8_width(aici_slice_of("算力")), 4);
    assert_int_equal(aici_utf8_width(aici_slice_of("e\xcc\x81")), 1);
    assert_int_equal(aici_utf8_width(aici_slice_of("🙂")), 2);
    assert_int_equal(aici_utf8_width(aici_slice_of("¥–°µ")), 4);
    assert_int_equal(aici_utf8_width(aici_slice_of("ｆｕｌｌ")), 8);
    assert_int_equal(aici_utf8_width(aici_slice_of("한글")), 4);
    assert_int_equal(aici_utf8_width(aici_slice_of("नि")), 2);
    assert_int_equal(aici_utf8_width(aici_slice_of("\xff"
                                                   "x")),
                     2);
}

static void assert_safe(const char *text, size_t size, const char *expected) {
    aici_buffer buffer = aici_buffer_new(NULL);
    aici_utf8_add_safe(&buffer, (aici_slice){text, size});
    assert_string_equal(aici_buffer_text(&buffer), expected);
    aici_buffer_free(&buffer);
}

static void letters_of_any_script_are_kept(void **state) {
    (void)state;
    static const char text[] = "latin, кириллица, ελληνικά, עברית, العربية, हिन्दी, ไทย, 日本語, 한국어, 👩‍👩‍👧, \\ "
                               "\" "
                               "%n";
    assert_safe(text, sizeof text - 1, text);
}

static void what_could_attack_a_terminal_is_escaped(void **state) {
    (void)state;
    assert_safe("a\x1b[31mb", 7, "a\\x1b[31mb");
    assert_safe("\a\b\x7f", 3, "\\x07\\x08\\x7f");
    assert_safe("one\ntwo\tthree\r", 14, "one\\ntwo\\tthree\\r");
    assert_safe("a\0b", 3, "a\\x00b");
    assert_safe("\xc2\x9b"
                "31m",
                5, "\\u009b31m");
    assert_safe("user\xe2\x80\xae"
                "nimda",
                12, "user\\u202enimda");
    assert_safe("\xe2\x81\xa6\xe2\x80\xa8\xd8\x9c\xef\xbb\xbf", 11, "\\u2066\\u2028\\u061c\\ufeff");
    assert_safe("\xf3\xa0\x80\x81", 4, "\\U000e0001");
    assert_safe("\xff\xc3(\xe2\x82", 5, "\\xff\\xc3(\\xe2\\x82");
}

static void escaped_text_is_safe_for_every_code_point(void **state) {
    (void)state;
    for (uint32_t point = 0; point < 0x110000; point++) {
        char bytes[4], out[AICI_UTF8_SAFE_BYTES];
        size_t written = 0, size = encode(point, bytes);
        size_t read = aici_utf8_safe_character(bytes, size, out, &written);
        assert_true(read >= 1 && read <= size && written >= 1 && written <= sizeof out);
        bool kept = written == size && memcmp(out, bytes, size) == 0;
        bool control = point < 0x20 || (point >= 0x7f && point < 0xa0);
        bool direction = (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069) || point == 0x200e || point == 0x200f;
        if (kept && (control || direction))
            fail_msg("U+%04x was kept", (unsigned)point);
        if (!kept && out[0] != '\\')
            fail_msg("U+%04x was changed, not escaped", (unsigned)point);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_decodes_and_surrogates_do_not),
        cmocka_unit_test(what_is_not_utf8_does_not_decode),
        cmocka_unit_test(lengths_count_code_points_and_stray_bytes),
        cmocka_unit_test(offsets_are_the_inverse_of_lengths),
        cmocka_unit_test(widths_are_those_of_a_terminal),
        cmocka_unit_test(letters_of_any_script_are_kept),
        cmocka_unit_test(what_could_attack_a_terminal_is_escaped),
        cmocka_unit_test(escaped_text_is_safe_for_every_code_point),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
