/* SPDX-License-Identifier: MIT */
/*
 * From bytes of a text to lines and columns.
 */
#include "base/source.h"
#include "base/utf8.h"
#include "failing_allocator.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static aici_arena *arena;

static int open_arena(void **state) {
    (void)state;
    arena = aici_arena_new(NULL);
    return arena ? 0 : -1;
}

static int close_arena(void **state) {
    (void)state;
    aici_arena_free(arena);
    return 0;
}

static const aici_source *source_of(const char *text) { return aici_source_new(arena, "chat.yaml", text, strlen(text)); }

static void assert_place(const aici_source *source, size_t begin, size_t end, const char *expected) {
    aici_place place = aici_source_place(source, begin, end);
    char text[80];
    snprintf(text, sizeof text, "%u:%u-%u:%u", (unsigned)place.line, (unsigned)place.column, (unsigned)place.last_line,
             (unsigned)place.last_column);
    assert_ptr_equal(place.source, source);
    assert_string_equal(text, expected);
}

static void assert_line(const aici_source *source, uint32_t line, const char *expected) {
    aici_slice slice = aici_source_line(source, line);
    assert_int_equal(slice.size, strlen(expected));
    assert_memory_equal(slice.bytes, expected, slice.size);
}

static void name_and_text_are_copied(void **state) {
    (void)state;
    char name[] = "chat.yaml", text[] = "a: 1\n";
    const aici_source *source = aici_source_new(arena, name, text, 5);
    memset(name, 'x', 9);
    memset(text, 'x', 5);
    assert_string_equal(source->name, "chat.yaml");
    assert_string_equal(source->text, "a: 1\n");
    assert_int_equal(source->size, 5);
    assert_string_equal(aici_source_new(arena, NULL, "", 0)->name, "");
}

static void a_byte_order_mark_is_no_text(void **state) {
    (void)state;
    const aici_source *source = source_of("\xef\xbb\xbf"
                                          "a: 1");
    assert_string_equal(source->text, "a: 1");
    assert_place(source, 0, 1, "1:1-1:1");
    assert_int_equal(source_of("\xef\xbb\xbf")->size, 0);
    assert_int_equal(source_of("\xef\xbb")->size, 2);
}

static void lines_end_at_line_feeds_returns_and_both(void **state) {
    (void)state;
    const aici_source *source = source_of("one\ntwo\r\nthree\rfour\n\r\r\nseven");
    assert_int_equal(source->line_count, 7);
    static const char *const lines[] = {"one", "two", "three", "four", "", "", "seven"};
    for (uint32_t i = 0; i < 7; i++)
        assert_line(source, i + 1, lines[i]);
    assert_line(source, 0, "");
    assert_line(source, 8, "");
    assert_line(NULL, 1, "");
}

static void a_last_line_end_begins_no_line(void **state) {
    (void)state;
    assert_int_equal(source_of("")->line_count, 1);
    assert_int_equal(source_of("a")->line_count, 1);
    assert_int_equal(source_of("a\n")->line_count, 1);
    assert_int_equal(source_of("a\r")->line_count, 1);
    assert_int_equal(source_of("a\r\n")->line_count, 1);
    assert_int_equal(source_of("\n")->line_count, 1);
    assert_int_equal(source_of("a\n\n")->line_count, 2);
}

static void a_place_has_its_first_and_last_character(void **state) {
    (void)state;
    const aici_source *source = source_of("models:\n  chat:\n    utilization: 32 %\n");
    assert_place(source, 0, 6, "1:1-1:6");
    assert_place(source, 10, 14, "2:3-2:6");
    assert_place(source, 20, 37, "3:5-3:21");
    assert_place(source, 0, 14, "1:1-2:6");
    assert_place(source, 10, 10, "2:3-2:3");
    assert_place(source, 12, 5, "2:5-2:5");
}

static void line_ends_do_not_count_at_the_end_of_a_range(void **state) {
    (void)state;
    const aici_source *source = source_of("ab\r\ncd\n\nef\n");
    assert_place(source, 0, 4, "1:1-1:2");
    assert_place(source, 0, 8, "1:1-2:2");
    assert_place(source, 2, 3, "1:3-1:3");
    assert_place(source, 3, 4, "1:3-1:3");
    assert_place(source, 7, 8, "3:1-3:1");
}

static void the_end_of_the_text_stands_behind_its_last_character(void **state) {
    (void)state;
    assert_place(source_of("a: b\n"), 5, 5, "1:5-1:5");
    assert_place(source_of("a: b"), 4, 4, "1:5-1:5");
    assert_place(source_of("a: b"), 1000, 2000, "1:5-1:5");
    assert_place(source_of("a: b"), 3, 2000, "1:4-1:4");
    assert_place(source_of(""), 0, 0, "1:1-1:1");
    assert_place(source_of("x\ny\n"), 4, 4, "2:2-2:2");
}

static void columns_are_code_points(void **state) {
    (void)state;
    const aici_source *source = source_of("preis: 20 €/h\n算力: 1 FLOP\n");
    assert_place(source, 10, 13, "1:11-1:11");
    assert_place(source, 13, 15, "1:12-1:13");
    assert_place(source, 16, 22, "2:1-2:2");
    assert_place(source, 22, 23, "2:3-2:3");
    assert_place(source, 11, 12, "1:11-1:11");
}

/* Counts from the beginning, byte by byte. */
static void place_slowly(const char *text, size_t offset, unsigned *line, unsigned *column) {
    *line = *column = 1;
    for (size_t i = 0; i < offset; i++) {
        if (text[i] == '\n') {
            ++*line;
            *column = 1;
        } else if (((unsigned char)text[i + 1] & 0xc0) != 0x80) {
            ++*column;
        }
    }
}

static void every_offset_of_a_long_text_is_placed(void **state) {
    (void)state;
    enum { BYTES = 6000 };
    static char text[BYTES + 1];
    static const char *const pieces[] = {"a", "€", "算", "🙂", "plain text", "\n", "x: y"};
    uint64_t random = 1;
    size_t size = 0;
    while (size < BYTES - 12) {
        random = random * UINT64_C(6364136223846793005) + 1442695040888963407;
        const char *piece = pieces[random / (UINT64_C(1) << 60) % 7];
        if (*piece == '\n' && size % 3)
            continue;
        memcpy(text + size, piece, strlen(piece));
        size += strlen(piece);
    }
    const aici_source *source = aici_source_new(arena, "", text, size);
    for (size_t i = 0; i < size; i++) {
        unsigned line, column;
        place_slowly(text, i, &line, &column);
        aici_place place = aici_source_place(source, i, i + 1);
        if (text[i] != '\n' && (place.line != line || place.column != column))
            fail_msg("byte %zu: %u:%u, not %u:%u", i, place.line, place.column, line, column);
    }
}

static void a_line_of_megabytes_is_placed_quickly(void **state) {
    (void)state;
    enum { BYTES = 8 << 20 };
    char *text = malloc(BYTES);
    memset(text, 'a', BYTES);
    memcpy(text, "€", 3);
    const aici_source *source = aici_source_new(arena, "", text, BYTES);
    free(text);
    for (size_t i = 0; i < 300000; i++) { /* 10^12 bytes to count if each place began at its line */
        size_t offset = BYTES - 1 - i;
        assert_true(aici_source_place(source, offset, offset + 1).column == offset - 1);
    }
}

static void a_fragment_of_a_source_knows_its_place(void **state) {
    (void)state;
    const aici_source *source = source_of("1 + 2\n+ 3\n");
    aici_fragment fragment = aici_fragment_of_source(source);
    aici_place place = aici_fragment_place(&fragment, 6, 7);
    assert_int_equal(place.line, 2);
    assert_int_equal(place.column, 1);
    place = aici_fragment_place(&fragment, 0, 0);
    assert_int_equal(place.line, 1);
    assert_int_equal(place.last_line, 2);
    assert_int_equal(place.last_column, 3);
}

static void a_fragment_of_a_slice_has_no_place(void **state) {
    (void)state;
    aici_fragment fragment = aici_fragment_of_slice(aici_slice_of("1 + 2"));
    assert_int_equal(fragment.text.size, 5);
    assert_null(aici_fragment_place(&fragment, 0, 1).source);
    assert_int_equal(aici_fragment_place(&fragment, 0, 1).line, 0);
    assert_null(aici_fragment_place(NULL, 0, 1).source);
    assert_null(aici_source_place(NULL, 0, 1).source);
}

static void each_allocation_failing_gives_no_source(void **state) {
    (void)state;
    static char text[20000];
    memset(text, '\n', sizeof text);
    memcpy(text, "€", 3);
    for (int forever = 0; forever < 2; forever++) {
        struct failing_allocator memory;
        failing_allocator_init(&memory);
        for (size_t n = 1; failing_allocator_again(&memory, n, forever); n++) {
            aici_arena *own = aici_arena_new(&memory.allocator);
            const aici_source *source = own ? aici_source_new(own, "chat.yaml", text, sizeof text) : NULL;
            assert_true((source == NULL) == memory.failed);
            aici_arena_free(own);
            assert_true(failing_allocator_is_clean(&memory));
        }
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(name_and_text_are_copied),
        TEST(a_byte_order_mark_is_no_text),
        TEST(lines_end_at_line_feeds_returns_and_both),
        TEST(a_last_line_end_begins_no_line),
        TEST(a_place_has_its_first_and_last_character),
        TEST(line_ends_do_not_count_at_the_end_of_a_range),
        TEST(the_end_of_the_text_stands_behind_its_last_character),
        TEST(columns_are_code_points),
        TEST(every_offset_of_a_long_text_is_placed),
        TEST(a_line_of_megabytes_is_placed_quickly),
        TEST(a_fragment_of_a_source_knows_its_place),
        TEST(a_fragment_of_a_slice_has_no_place),
        TEST(each_allocation_failing_gives_no_source),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
