/* SPDX-License-Identifier: MIT */
/* Tables: aligned as a terminal shows them, harmless to it, never wider than they may be; as CSV and Markdown nothing is lost. */
#include "result/result.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static aici_buffer out;

static int begin(void **state) {
    (void)state;
    out = aici_buffer_new(NULL);
    return 0;
}

static int end(void **state) {
    (void)state;
    aici_buffer_free(&out);
    return 0;
}

static const char *as_text(const aici_table *table, int width) {
    aici_buffer_clear(&out);
    aici_table_add_text(table, width, &out);
    return aici_buffer_text(&out);
}

static const char *as_csv(const aici_table *table) {
    aici_table_add_csv(table, &out);
    return aici_buffer_text(&out);
}

static const char *as_markdown(const aici_table *table) {
    aici_table_add_markdown(table, &out);
    return aici_buffer_text(&out);
}

static void columns_are_aligned_by_terminal_width(void **state) {
    (void)state;
    static const char *const cell[] = {"name", "value", "算力", "7", "e\xcc\x81", "1200"};
    aici_table table = {.cell = cell, .column_count = 2, .row_count = 3, .align = "lr"};
    assert_string_equal(as_text(&table, 0), "name  value\n"
                                            "算力      7\n"
                                            "e\xcc\x81      1200\n");
}

static void lines_have_no_spaces_at_their_ends(void **state) {
    (void)state;
    static const char *const cell[] = {"a", "long head", "b", NULL};
    aici_table table = {.cell = cell, .column_count = 2, .row_count = 2, .align = "ll"};
    assert_string_equal(as_text(&table, 0), "a  long head\nb\n");
}

static void a_table_that_is_too_wide_loses_its_last_columns_and_says_so(void **state) {
    (void)state;
    static const char *const cell[] = {"id", "value", "source", "note", "a", "12345", "somebody", "something"};
    aici_table table = {.cell = cell, .column_count = 4, .row_count = 2, .align = "lrll"};
    assert_string_equal(as_text(&table, 28), "id  value  source\na   12345  somebody\n(no room for: note)\n");
    assert_string_equal(as_text(&table, 10), "id  value\na   12345\n(no room for: source, note)\n");
    assert_string_equal(as_text(&table, 1), "id\na\n(no room for: value, source, note)\n");
    assert_string_equal(as_text(&table, 30), "id  value  source    note\na   12345  somebody  something\n");
}

static void texts_cannot_reach_the_terminal_s_controls(void **state) {
    (void)state;
    static const char *const cell[] = {"a", "b", "\033[31mred", "line\nbreak\ttab"};
    aici_table table = {.cell = cell, .column_count = 2, .row_count = 2, .align = "ll"};
    assert_string_equal(as_text(&table, 0), "a            b\n\\x1b[31mred  line break tab\n");
}

static void colours_take_no_room(void **state) {
    (void)state;
    static const char *const cell[] = {"a", "b", "red", "c", "green", "d"};
    static const char *const color[] = {NULL, NULL, "31", NULL, "32", NULL};
    aici_table table = {.cell = cell, .column_count = 2, .row_count = 3, .align = "rl", .color = color};
    assert_string_equal(as_text(&table, 8), "    a  b\n  \033[31mred\033[0m  c\n\033[32mgreen\033[0m  d\n");
}

static void csv_quotes_what_needs_it(void **state) {
    (void)state;
    static const char *const cell[] = {"name", "note", "plain", "a, b", "say \"x\"", "two\nlines", "", " spaces "};
    aici_table table = {.cell = cell, .column_count = 2, .row_count = 4, .align = "ll"};
    assert_string_equal(as_csv(&table), "name,note\r\nplain,\"a, b\"\r\n\"say \"\"x\"\"\",\"two\nlines\"\r\n, spaces \r\n");
}

static void markdown_keeps_to_its_cells(void **state) {
    (void)state;
    static const char *const cell[] = {"name", "value", "a | b", "2 * 3", "_x_ snake_case", "`code` *bold* [link] <b>", "c\\d", "a < b"};
    aici_table table = {.cell = cell, .column_count = 2, .row_count = 4, .align = "lr"};
    assert_string_equal(as_markdown(&table), "| name | value |\n"
                                             "| --- | ---: |\n"
                                             "| a \\| b | 2 * 3 |\n"
                                             "| \\_x\\_ snake_case | \\`code\\` \\*bold\\* \\[link] \\<b> |\n"
                                             "| c\\\\d | a < b |\n");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(columns_are_aligned_by_terminal_width),
        TEST(lines_have_no_spaces_at_their_ends),
        TEST(a_table_that_is_too_wide_loses_its_last_columns_and_says_so),
        TEST(texts_cannot_reach_the_terminal_s_controls),
        TEST(colours_take_no_room),
        TEST(csv_quotes_what_needs_it),
        TEST(markdown_keeps_to_its_cells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
