/* SPDX-License-Identifier: MIT */
/* What is said besides the message: where something began, and what probably helps. The messages themselves are in
 * tests/cases/documents.yaml. */
#include "reading.h"

static void expect_note(const char *text, const char *note) {
    struct reading reading = read_text(text);
    assert_int_not_equal(reading.status, AIC_OK);
    assert_string_equal(aic_report_notes(reading.report, 0), note);
    reading_free(&reading);
}

static void expect_hint(const char *text, const char *hint) {
    struct reading reading = read_text(text);
    assert_int_not_equal(reading.status, AIC_OK);
    assert_string_equal(aic_report_hint(reading.report, 0), hint);
    reading_free(&reading);
}

static void what_is_never_closed_is_shown_where_it_opens(void **state) {
    (void)state;
    expect_note("a: 1\nb: \"x\nc: 2\n", "test.yaml:2:4: it opens here");
    expect_note("a: 1\nb: [1,\n  2\n", "test.yaml:2:4: it opens here");
    expect_note("a: {b: {c: 1},\n", "test.yaml:1:4: it opens here");
    expect_note("a: {b: 1\nc: 2\n", "test.yaml:1:4: the { opens here");
    expect_note("a: [1, 2}\n", "test.yaml:1:4: the [ opens here");
}

static void a_key_that_stands_twice_is_shown_where_it_stood_first(void **state) {
    (void)state;
    expect_note("a: 1\nb: 2\na: 3\n", "test.yaml:1:1: it stands here before");
}

static void a_line_in_the_wrong_column_is_shown_with_what_it_leaves(void **state) {
    (void)state;
    expect_note("a:\n  b: 1\n c: 2\n", "test.yaml:1:1: the mapping begins here");
    expect_note("x:\n  - a\n  b: 1\n", "test.yaml:2:3: the list begins here");
}

static void a_value_of_several_lines_is_shown_where_it_begins(void **state) {
    (void)state;
    expect_note("a: 'x\nb: 'y'\n", "test.yaml:1:4: the value begins here");
}

static void a_list_in_place_of_a_negative_value_is_explained(void **state) {
    (void)state;
    expect_note("a: - x\n", "a negative value has no space behind its sign: -x");
}

static void the_hint_shows_the_repaired_text(void **state) {
    (void)state;
    expect_hint("{a: max(1, 2), b: 3}", "put quotes around it: \"max(1, 2)\"");
    expect_hint("a: @\"b\"\n", "put quotes around it: '@\"b\"'");
    expect_hint("a: @b\\c # d\n", "put quotes around it: '@b\\c'");
    expect_hint("a: @'b'\n", "put quotes around it: \"@'b'\"");
}

static void a_text_that_no_quotes_suit_is_not_repaired(void **state) {
    (void)state;
    expect_hint("a: @'b' \"c\"\n", "put quotes around the whole of it");
    expect_hint("a: @aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n",
                "put quotes around the whole of it");
    expect_hint("{a: x,\n  y}", "put quotes around the whole of it");
}

static void what_the_user_wrote_is_escaped_and_cut(void **state) {
    (void)state;
    char text[3000], name[2001];
    memset(name, '\x1b', 2000);
    name[2000] = '\0';
    aici_arena *arena = aici_arena_new(NULL);
    aici_buffer out = aici_buffer_new(NULL);
    const aici_node *key = aici_node_new_scalar(arena, (aici_slice){name, 100});
    aici_document_write(aici_node_with(arena, NULL, key->as.text, key), &out);
    snprintf(text, sizeof text, "%s%s", aici_buffer_text(&out), aici_buffer_text(&out));
    struct reading reading = read_text(text);
    assert_int_equal(aic_report_code(reading.report, 0), AICI_CODE_DUPLICATE_KEY);
    assert_true(strlen(aic_report_message(reading.report, 0)) <= 500);
    assert_null(strchr(aic_report_message(reading.report, 0), '\x1b'));
    reading_free(&reading);
    aici_buffer_free(&out);
    aici_arena_free(arena);
}

static void bytes_that_are_not_utf8_are_shown_where_they_stand(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t size;
        unsigned line, column;
        const char *says;
    } cases[] = {
        {"a: 1\nb: \xff\n", 10, 2, 4, "the byte 0xFF is not UTF-8"},
        {"\xe4\xb8\xad: \xc0\x80\n", 8, 1, 4, "the byte 0xC0 is not UTF-8"},
        {"a: \xed\xa0\x80\n", 7, 1, 4, "the byte 0xED is not UTF-8"},
        {"a: \xe4\xb8", 5, 1, 4, "the byte 0xE4 is not UTF-8"},
        {"a: b # \x80", 8, 1, 8, "the byte 0x80 is not UTF-8"},
        {"\xff\xfe"
         "a\0:\0",
         6, 1, 1, "UTF-16"},
        {"\xfe\xff\0a\0:", 6, 1, 1, "UTF-16"},
        {"a\0:\0", 4, 1, 2, "UTF-16"},
        {"\0a\0:", 4, 1, 1, "UTF-16"},
        {"abc: \0", 6, 1, 6, "U+0000"},
        {"\xff", 1, 1, 1, "the byte 0xFF is not UTF-8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading reading = read_bytes(cases[i].text, cases[i].size, NULL);
        unsigned line, column;
        aic_report_place(reading.report, 0, &line, &column, NULL, NULL);
        assert_int_equal(aic_report_code(reading.report, 0), AICI_CODE_ENCODING);
        assert_int_equal(line, cases[i].line);
        assert_int_equal(column, cases[i].column);
        assert_non_null(strstr(aic_report_message(reading.report, 0), cases[i].says));
        reading_free(&reading);
    }
}

static void a_report_keeps_twenty_messages_and_counts_the_rest(void **state) {
    (void)state;
    char text[1000] = "";
    for (unsigned i = 0; i < 30; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "a%u: *x%u\n", i, i);
    struct reading reading = read_text(text);
    assert_int_equal(aic_report_error_count(reading.report), 30);
    reading_free(&reading);
}

static void reading_stops_after_a_thousand_faults(void **state) {
    (void)state;
    char *text = malloc(20000);
    text[0] = '\0';
    for (char *end = text; end < text + 19000; end += 8)
        memcpy(end, "- {a}  \n", 9);
    struct reading reading = read_text(text);
    assert_int_equal(aic_report_error_count(reading.report), 1000);
    reading_free(&reading);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_never_closed_is_shown_where_it_opens),
        cmocka_unit_test(a_key_that_stands_twice_is_shown_where_it_stood_first),
        cmocka_unit_test(a_line_in_the_wrong_column_is_shown_with_what_it_leaves),
        cmocka_unit_test(a_value_of_several_lines_is_shown_where_it_begins),
        cmocka_unit_test(a_list_in_place_of_a_negative_value_is_explained),
        cmocka_unit_test(the_hint_shows_the_repaired_text),
        cmocka_unit_test(a_text_that_no_quotes_suit_is_not_repaired),
        cmocka_unit_test(what_the_user_wrote_is_escaped_and_cut),
        cmocka_unit_test(bytes_that_are_not_utf8_are_shown_where_they_stand),
        cmocka_unit_test(a_report_keeps_twenty_messages_and_counts_the_rest),
        cmocka_unit_test(reading_stops_after_a_thousand_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
