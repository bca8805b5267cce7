/* SPDX-License-Identifier: MIT */
/*
 * What happened, kept, counted and drawn.
 */
#include "base/report.h"
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

static const char scenario[] = "aicompute: 1\n"
                               "models:\n"
                               "  chat:\n"
                               "    utilization: 32 TFLOP/s\n"
                               "    peak:\t989 TFLOP/s\n"
                               "    算力: 989 \x1b[31mTFLOP\n"
                               "    note: >\n"
                               "      two lines\n"
                               "      of text\n"
                               "    training: {tokens: 15 T, parameters: 70 B, accelerators: 16000, power: 700 W, days: 54}\n";

struct fixture {
    aici_arena *arena;
    const aici_source *source;
    aic_report *report;
};

static int open_fixture(void **state) {
    static struct fixture fixture;
    fixture.arena = aici_arena_new(NULL);
    fixture.source = aici_source_new(fixture.arena, "chat.yaml", scenario, sizeof scenario - 1);
    fixture.report = aic_report_new(NULL);
    *state = &fixture;
    return fixture.report && fixture.source ? 0 : -1;
}

static int close_fixture(void **state) {
    struct fixture *fixture = *state;
    aic_report_free(fixture->report);
    aici_arena_free(fixture->arena);
    return 0;
}

/* The place of the first occurrence of a text. */
static aici_place place_of(const aici_source *source, const char *text) {
    size_t begin = (size_t)(strstr(source->text, text) - source->text);
    return aici_source_place(source, begin, begin + strlen(text));
}

static void assert_drawn(const aic_report *report, const char *expected) {
    aic_text *text = NULL;
    assert_int_equal(aic_report_text(report, 0, &text), AIC_OK);
    assert_string_equal(aic_text_bytes(text), expected);
    aic_text_free(text);
}

static void an_error_is_drawn_with_its_line_and_help(void **state) {
    struct fixture *fixture = *state;
    aici_place place = place_of(fixture->source, "32 TFLOP/s");
    aic_status status =
        aici_report_error(fixture->report, AICI_CODE_DIMENSION, &place, "%s: expected a ratio, found %s", "utilization", "FLOP/s");
    aici_report_hint(fixture->report, "utilization is a share of peak, such as `%d %%`", 32);
    assert_int_equal(status, AIC_ERROR_UNIT);
    assert_drawn(fixture->report, "chat.yaml:4:18: error: utilization: expected a ratio, found FLOP/s [AIC-411]\n"
                                  "    4 |     utilization: 32 TFLOP/s\n"
                                  "      |                  ^^^^^^^^^^\n"
                                  "  help: utilization is a share of peak, such as `32 %`\n");
}

static void all_parts_of_an_entry_can_be_read(void **state) {
    struct fixture *fixture = *state;
    aici_place place = place_of(fixture->source, "32 TFLOP/s"), other = place_of(fixture->source, "peak");
    aic_report *report = fixture->report;
    aici_report_error(report, AICI_CODE_DIMENSION, &place, "message");
    aici_report_hint(report, "hint");
    aici_report_note(report, "first %d", 1);
    aici_report_note_at(report, &other, "defined here");
    aici_report_note_at(report, NULL, "built in");
    aici_report_path(report, "models.%s.utilization", "chat");

    assert_int_equal(aic_report_count(report), 1);
    assert_int_equal(aic_report_error_count(report), 1);
    assert_int_equal(aic_report_severity(report, 0), AIC_SEVERITY_ERROR);
    assert_int_equal(aic_report_code(report, 0), 411);
    assert_string_equal(aic_report_message(report, 0), "message");
    assert_string_equal(aic_report_hint(report, 0), "hint");
    assert_string_equal(aic_report_notes(report, 0), "first 1\nchat.yaml:5:5: defined here\nbuilt in");
    assert_string_equal(aic_report_file(report, 0), "chat.yaml");
    assert_string_equal(aic_report_path(report, 0), "models.chat.utilization");
    unsigned line, column, last_line, last_column;
    aic_report_place(report, 0, &line, &column, &last_line, &last_column);
    assert_true(line == 4 && column == 18 && last_line == 4 && last_column == 27);
    aic_report_place(report, 0, NULL, NULL, NULL, NULL);
    assert_drawn(report, "chat.yaml:4:18: error: message [AIC-411]\n"
                         "    4 |     utilization: 32 TFLOP/s\n"
                         "      |                  ^^^^^^^^^^\n"
                         "  note: first 1\n"
                         "  note: chat.yaml:5:5: defined here\n"
                         "  note: built in\n"
                         "  help: hint\n");
}

static void behind_the_end_there_is_nothing(void **state) {
    struct fixture *fixture = *state;
    const aic_report *reports[] = {fixture->report, NULL};
    for (size_t i = 0; i < 2; i++) {
        unsigned line = 7, column = 7, last_line = 7, last_column = 7;
        aic_report_place(reports[i], 0, &line, &column, &last_line, &last_column);
        assert_true(line == 0 && column == 0 && last_line == 0 && last_column == 0);
        assert_int_equal(aic_report_count(reports[i]), 0);
        assert_int_equal(aic_report_error_count(reports[i]), 0);
        assert_int_equal(aic_report_severity(reports[i], 0), AIC_SEVERITY_NOTE);
        assert_int_equal(aic_report_code(reports[i], 0), 0);
        assert_string_equal(aic_report_message(reports[i], 0), "");
        assert_string_equal(aic_report_hint(reports[i], 0), "");
        assert_string_equal(aic_report_notes(reports[i], 0), "");
        assert_string_equal(aic_report_file(reports[i], 0), "");
        assert_string_equal(aic_report_path(reports[i], 0), "");
    }
    assert_drawn(fixture->report, "");
}

static void without_a_report_the_status_is_the_same(void **state) {
    struct fixture *fixture = *state;
    aici_place place = place_of(fixture->source, "peak");
    assert_int_equal(aici_report_error(NULL, AICI_CODE_DIMENSION, &place, "%s", "x"), AIC_ERROR_UNIT);
    aici_report_remark(NULL, AIC_SEVERITY_NOTE, AICI_CODE_FLOPS_READ, NULL, "x");
    aici_report_hint(NULL, "x");
    aici_report_note(NULL, "x");
    aici_report_note_at(NULL, &place, "x");
    aici_report_path(NULL, "x");
    aici_report_keep(NULL, 3);
    assert_false(aici_report_wants_hint(NULL));
    assert_int_equal(aici_report_memory(NULL), AIC_ERROR_MEMORY);
    assert_int_equal(aici_report_status(NULL), AIC_OK);
    aic_report_clear(NULL);
    aic_report_free(NULL);
    aic_text *text = (aic_text *)&place;
    assert_int_equal(aic_report_text(NULL, 0, &text), AIC_ERROR_ARGUMENT);
    assert_null(text);
    assert_int_equal(aic_report_text(fixture->report, 0, NULL), AIC_ERROR_ARGUMENT);
}

static void an_error_in_no_file_has_no_place(void **state) {
    struct fixture *fixture = *state;
    aici_report_error(fixture->report, AICI_CODE_ARGUMENT, NULL, "index 7 is out of range");
    aici_report_error(fixture->report, AICI_CODE_OUT_OF_BOUNDS, &(aici_place){0}, "utilization: at most 1, found 32");
    aici_report_path(fixture->report, "models.chat.utilization");
    assert_string_equal(aic_report_file(fixture->report, 0), "");
    assert_drawn(fixture->report, "error: index 7 is out of range [AIC-100]\n"
                                  "error: utilization: at most 1, found 32 [AIC-511]\n"
                                  "  in models.chat.utilization\n");
}

static void text_without_a_name_is_called_text(void **state) {
    struct fixture *fixture = *state;
    const aici_source *source = aici_source_new(fixture->arena, "", "1 +", 3);
    aici_place place = aici_source_place(source, 3, 3);
    aici_report_error(fixture->report, AICI_CODE_EXPR_SYNTAX, &place, "expected a value after `+`");
    aici_report_note_at(fixture->report, &place, "here");
    assert_drawn(fixture->report, "<text>:1:4: error: expected a value after `+` [AIC-400]\n"
                                  "    1 | 1 +\n"
                                  "      |    ^\n"
                                  "  note: <text>:1:4: here\n");
}

static void a_file_without_a_line_is_only_named(void **state) {
    struct fixture *fixture = *state;
    aici_place place = {.source = fixture->source};
    aici_report_error(fixture->report, AICI_CODE_LIMIT_BYTES, &place, "more than 16 MiB");
    aici_place line = {.source = fixture->source, .line = 1, .last_line = 1};
    aici_report_error(fixture->report, AICI_CODE_FORMAT_VERSION, &line, "version 2");
    assert_drawn(fixture->report, "chat.yaml: error: more than 16 MiB [AIC-210]\n"
                                  "chat.yaml:1: error: version 2 [AIC-503]\n"
                                  "    1 | aicompute: 1\n");
}

static void carets_stand_under_wide_characters_tabs_and_escapes(void **state) {
    struct fixture *fixture = *state;
    aici_place tab = place_of(fixture->source, "989 TFLOP/s"), wide = place_of(fixture->source, "算力"),
               behind = place_of(fixture->source, "TFLOP\n");
    aici_report_error(fixture->report, AICI_CODE_DIMENSION, &tab, "tab");
    aici_report_error(fixture->report, AICI_CODE_BAD_NAME, &wide, "wide");
    aici_report_error(fixture->report, AICI_CODE_UNIT_UNKNOWN, &behind, "behind");
    assert_drawn(fixture->report, "chat.yaml:5:11: error: tab [AIC-411]\n"
                                  "    5 |     peak: 989 TFLOP/s\n"
                                  "      |           ^^^^^^^^^^^\n"
                                  "chat.yaml:6:5: error: wide [AIC-504]\n"
                                  "    6 |     算力: 989 \\x1b[31mTFLOP\n"
                                  "      |     ^^^^\n"
                                  "chat.yaml:6:18: error: behind [AIC-301]\n"
                                  "    6 |     算力: 989 \\x1b[31mTFLOP\n"
                                  "      |                       ^^^^^\n");
}

static void a_range_over_lines_is_underlined_to_the_end_of_its_first(void **state) {
    struct fixture *fixture = *state;
    aici_place place = place_of(fixture->source, "note: >\n      two lines");
    aici_report_remark(fixture->report, AIC_SEVERITY_WARNING, AICI_CODE_WRONG_SHAPE, &place, "folded");
    assert_drawn(fixture->report, "chat.yaml:7:5: warning: folded [AIC-502]\n"
                                  "    7 |     note: >\n"
                                  "      |     ^^^^^^^\n");
}

static void line_numbers_of_any_size_keep_the_bar_straight(void **state) {
    struct fixture *fixture = *state;
    static char text[1234567 + 8];
    memset(text, '\n', 1234566);
    memcpy(text + 1234566, "x: 1", 4);
    const aici_source *source = aici_source_new(fixture->arena, "long.yaml", text, 1234570);
    aici_place place = aici_source_place(source, 1234569, 1234570);
    aici_report_error(fixture->report, AICI_CODE_BARE_NUMBER, &place, "unit");
    assert_drawn(fixture->report, "long.yaml:1234567:4: error: unit [AIC-515]\n"
                                  "1234567 | x: 1\n"
                                  "        |    ^\n");
}

static const char *line_of_text(aic_text *text, unsigned line, size_t *size) {
    const char *at = aic_text_bytes(text);
    for (; line; line--)
        at += strcspn(at, "\n") + 1;
    *size = strcspn(at, "\n");
    return at;
}

/* Draws an error at [begin, begin + size) of a line of @p length letters "abc…" and returns what stands above the carets. */
static void underlined_in_a_long_line(struct fixture *fixture, size_t length, size_t begin, size_t size, char *out) {
    char *line = malloc(length);
    for (size_t i = 0; i < length; i++)
        line[i] = (char)('a' + i % 26);
    const aici_source *source = aici_source_new(fixture->arena, "", line, length);
    free(line);
    aici_place place = aici_source_place(source, begin, begin + size);
    aic_report_clear(fixture->report);
    aici_report_error(fixture->report, AICI_CODE_EXPR_SYNTAX, &place, "x");
    aic_text *text = NULL;
    assert_int_equal(aic_report_text(fixture->report, 0, &text), AIC_OK);
    size_t line_size, caret_size;
    const char *excerpt = line_of_text(text, 1, &line_size), *carets = line_of_text(text, 2, &caret_size);
    size_t indent = strcspn(carets, "^"), width = strspn(carets + indent, "^");
    assert_true(aici_utf8_width((aici_slice){excerpt, line_size}) <= 8 + 122);
    size_t from = aici_utf8_offset((aici_slice){excerpt, line_size}, indent);
    memcpy(out, excerpt + from, width);
    out[width] = '\0';
    aic_text_free(text);
}

static void long_lines_are_cut_around_the_range(void **state) {
    struct fixture *fixture = *state;
    char above[200];
    underlined_in_a_long_line(fixture, 1000000, 500000, 5, above);
    assert_true(above[0] == 'a' + 500000 % 26 && above[4] == 'a' + 500004 % 26 && !above[5]);
    underlined_in_a_long_line(fixture, 1000000, 0, 5, above);
    assert_string_equal(above, "abcde");
    underlined_in_a_long_line(fixture, 1000000, 999997, 3, above);
    assert_true(above[0] == 'a' + 999997 % 26 && strlen(above) == 3);
    underlined_in_a_long_line(fixture, 1000000, 26, 900000, above);
    assert_true(above[0] == 'a' && strlen(above) == 94);
    underlined_in_a_long_line(fixture, 1000, 110, 50, above);
    assert_true(above[0] == 'a' + 110 % 26 && strlen(above) == 50);
    underlined_in_a_long_line(fixture, 120, 100, 20, above);
    assert_true(above[0] == 'a' + 100 % 26 && strlen(above) == 20);
}

static void a_cut_line_shows_where_it_was_cut(void **state) {
    struct fixture *fixture = *state;
    char line[300];
    memset(line, '.', sizeof line);
    memcpy(line + 150, "here", 4);
    const aici_source *source = aici_source_new(fixture->arena, "", line, sizeof line);
    aici_place place = aici_source_place(source, 150, 154);
    aici_report_error(fixture->report, AICI_CODE_EXPR_SYNTAX, &place, "x");
    assert_drawn(
        fixture->report,
        "<text>:1:151: error: x [AIC-400]\n"
        "    1 | "
        "…..............................here......................................................................................…\n"
        "      |                                ^^^^\n");
}

static void colors_come_only_when_asked_for(void **state) {
    struct fixture *fixture = *state;
    aici_place place = place_of(fixture->source, "chat");
    aici_report_error(fixture->report, AICI_CODE_DIMENSION, &place, "e");
    aici_report_note(fixture->report, "n");
    aici_report_remark(fixture->report, AIC_SEVERITY_WARNING, AICI_CODE_FLOPS_READ, NULL, "w");
    aici_report_remark(fixture->report, AIC_SEVERITY_NOTE, AICI_CODE_FLOPS_READ, NULL, "n");
    aic_text *text = NULL;
    assert_int_equal(aic_report_text(fixture->report, 1, &text), AIC_OK);
    assert_string_equal(aic_text_bytes(text), "\033[1mchat.yaml:3:3:\033[0m \033[1;31merror:\033[0m e [AIC-411]\n"
                                              "    3 |   chat:\n"
                                              "      |   \033[32m^^^^\033[0m\n"
                                              "  \033[36mnote:\033[0m n\n"
                                              "\033[1;35mwarning:\033[0m w [AIC-514]\n"
                                              "\033[36mnote:\033[0m n [AIC-514]\n");
    aic_text_free(text);
    assert_int_equal(aic_report_text(fixture->report, 0, &text), AIC_OK);
    assert_null(strchr(aic_text_bytes(text), '\033'));
    aic_text_free(text);
}

static void messages_cannot_attack_a_terminal(void **state) {
    struct fixture *fixture = *state;
    const aici_source *source = aici_source_new(fixture->arena, "a\x1b[2Jb.yaml", "x\x1b[2J", 5);
    aici_place place = aici_source_place(source, 0, 1);
    aici_report_error(fixture->report, AICI_CODE_UNKNOWN_NAME, &place, "unknown `%s`", "x\x1b[2J\nerror: \xe2\x80\xae%n\xff");
    aici_report_hint(fixture->report, "%s", "\a");
    aici_report_note(fixture->report, "%s", "one\ntwo");
    aici_report_path(fixture->report, "%s", "\x1b");
    aici_report_note_at(fixture->report, &place, "\b");
    assert_string_equal(aic_report_message(fixture->report, 0), "unknown `x\\x1b[2J\\nerror: \\u202e%n\\xff`");
    assert_string_equal(aic_report_hint(fixture->report, 0), "\\x07");
    assert_string_equal(aic_report_path(fixture->report, 0), "\\x1b");
    assert_string_equal(aic_report_notes(fixture->report, 0), "one\\ntwo\na\\x1b[2Jb.yaml:1:1: \\x08");
    aic_text *text = NULL;
    assert_int_equal(aic_report_text(fixture->report, 0, &text), AIC_OK);
    for (const char *at = aic_text_bytes(text); *at; at++)
        assert_true(*at == '\n' || (unsigned char)*at >= ' ');
    aic_text_free(text);
}

static void messages_are_cut_at_500_bytes_between_characters(void **state) {
    struct fixture *fixture = *state;
    for (size_t letters = 490; letters < 510; letters++) {
        char text[700];
        memset(text, 'a', letters);
        strcpy(text + letters, "算力算力算力算力算力算力");
        aic_report_clear(fixture->report);
        aici_report_error(fixture->report, AICI_CODE_UNKNOWN_NAME, NULL, "%s", text);
        const char *message = aic_report_message(fixture->report, 0);
        size_t size = strlen(message);
        assert_true(size > 490 && size <= 500);
        assert_string_equal(message + size - 3, "…");
        assert_memory_equal(message, text, size - 3);
        for (size_t i = 0; i < size;) {
            uint32_t point;
            size_t bytes = aici_utf8_decode(message + i, size - i, &point);
            assert_true(bytes > 0);
            i += bytes;
        }
    }
}

static void a_message_of_500_bytes_is_not_cut(void **state) {
    struct fixture *fixture = *state;
    char text[502];
    memset(text, 'a', 501);
    text[500] = text[501] = '\0';
    aici_report_error(fixture->report, AICI_CODE_UNKNOWN_NAME, NULL, "%s", text);
    assert_string_equal(aic_report_message(fixture->report, 0), text);
}

static void escapes_are_cut_whole(void **state) {
    struct fixture *fixture = *state;
    char text[600];
    memset(text, '\x1b', 599);
    text[599] = '\0';
    aici_report_error(fixture->report, AICI_CODE_UNKNOWN_NAME, NULL, "%s", text);
    const char *message = aic_report_message(fixture->report, 0);
    assert_int_equal(strlen(message), 124 * 4 + 3);
}

static void the_same_error_at_the_same_place_is_kept_once(void **state) {
    struct fixture *fixture = *state;
    aici_place here = place_of(fixture->source, "chat"), there = place_of(fixture->source, "peak");
    for (int i = 0; i < 2; i++) {
        assert_int_equal(aici_report_error(fixture->report, AICI_CODE_DIMENSION, &here, "x"), AIC_ERROR_UNIT);
        aici_report_error(fixture->report, AICI_CODE_DIMENSION, &there, "x");
        aici_report_error(fixture->report, AICI_CODE_DIMENSION, &here, "y");
        aici_report_error(fixture->report, AICI_CODE_TYPE, &here, "x");
        aici_report_error(fixture->report, AICI_CODE_DIMENSION, NULL, "x");
    }
    assert_int_equal(aic_report_count(fixture->report), 5);
    assert_int_equal(aic_report_error_count(fixture->report), 5);
}

static void a_hint_for_an_entry_that_was_not_kept_goes_nowhere(void **state) {
    struct fixture *fixture = *state;
    aici_report_error(fixture->report, AICI_CODE_DIMENSION, NULL, "x");
    assert_true(aici_report_wants_hint(fixture->report));
    aici_report_error(fixture->report, AICI_CODE_TYPE, NULL, "y");
    aici_report_error(fixture->report, AICI_CODE_DIMENSION, NULL, "x");
    assert_false(aici_report_wants_hint(fixture->report));
    aici_report_hint(fixture->report, "h");
    aici_report_note(fixture->report, "n");
    aici_report_path(fixture->report, "p");
    assert_drawn(fixture->report, "error: x [AIC-411]\nerror: y [AIC-412]\n");
    assert_string_equal(aic_report_path(fixture->report, 1), "");
}

static void report_errors(aic_report *report, int first, int count) {
    for (int i = first; i < first + count; i++)
        aici_report_error(report, AICI_CODE_UNKNOWN_NAME, NULL, "unknown name %d", i);
}

static void errors_beyond_twenty_are_counted(void **state) {
    struct fixture *fixture = *state;
    report_errors(fixture->report, 0, 20);
    assert_int_equal(aic_report_count(fixture->report), 20);
    report_errors(fixture->report, 20, 1);
    assert_string_equal(aic_report_message(fixture->report, 20), "… and 1 more error");
    report_errors(fixture->report, 21, 6);
    aici_report_hint(fixture->report, "of an error that was not kept");
    assert_int_equal(aic_report_count(fixture->report), 21);
    assert_int_equal(aic_report_error_count(fixture->report), 27);
    assert_int_equal(aic_report_code(fixture->report, 20), AICI_CODE_TOO_MANY);
    assert_int_equal(aic_report_severity(fixture->report, 20), AIC_SEVERITY_NOTE);
    assert_string_equal(aic_report_hint(fixture->report, 20), "");
    aic_text *text = NULL;
    aic_report_text(fixture->report, 0, &text);
    const char *end = strstr(aic_text_bytes(text), "error: unknown name 19 [AIC-410]\n");
    assert_string_equal(end, "error: unknown name 19 [AIC-410]\n… and 7 more errors\n");
    aic_text_free(text);
}

static void how_many_are_kept_is_up_to_the_caller(void **state) {
    struct fixture *fixture = *state;
    aici_report_keep(fixture->report, 2);
    report_errors(fixture->report, 0, 5);
    assert_int_equal(aic_report_count(fixture->report), 3);
    aic_report_clear(fixture->report);
    report_errors(fixture->report, 0, 5);
    assert_int_equal(aic_report_count(fixture->report), 5);
    aici_report_keep(fixture->report, 0);
    report_errors(fixture->report, 5, 50);
    assert_int_equal(aic_report_count(fixture->report), 21);
}

static void an_error_takes_the_place_of_a_remark(void **state) {
    struct fixture *fixture = *state;
    aici_report_keep(fixture->report, 3);
    aici_report_remark(fixture->report, AIC_SEVERITY_NOTE, AICI_CODE_FLOPS_READ, NULL, "first");
    aici_report_remark(fixture->report, AIC_SEVERITY_WARNING, AICI_CODE_FLOPS_READ, NULL, "second");
    aici_report_note(fixture->report, "goes with it");
    report_errors(fixture->report, 0, 1);
    aici_report_remark(fixture->report, AIC_SEVERITY_WARNING, AICI_CODE_FLOPS_READ, NULL, "third");
    assert_drawn(fixture->report, "note: first [AIC-514]\nwarning: second [AIC-514]\n  note: goes with it\n"
                                  "error: unknown name 0 [AIC-410]\n… and 1 more remark\n");
    report_errors(fixture->report, 1, 1);
    aici_report_hint(fixture->report, "of the newest");
    report_errors(fixture->report, 2, 3);
    assert_drawn(fixture->report, "error: unknown name 0 [AIC-410]\nerror: unknown name 1 [AIC-410]\n  help: of the newest\n"
                                  "error: unknown name 2 [AIC-410]\n… and 2 more errors and 3 remarks\n");
    assert_int_equal(aic_report_error_count(fixture->report), 5);
}

static void remarks_fail_nothing(void **state) {
    struct fixture *fixture = *state;
    aici_report_remark(fixture->report, AIC_SEVERITY_WARNING, AICI_CODE_FLOPS_READ, NULL, "w");
    assert_int_equal(aic_report_count(fixture->report), 1);
    assert_int_equal(aic_report_error_count(fixture->report), 0);
    assert_int_equal(aici_report_status(fixture->report), AIC_OK);
}

static void the_status_is_that_of_the_first_error(void **state) {
    struct fixture *fixture = *state;
    aici_report_error(fixture->report, AICI_CODE_UNKNOWN_NAME, NULL, "x");
    aici_report_error(fixture->report, AICI_CODE_DIMENSION, NULL, "x");
    assert_int_equal(aici_report_status(fixture->report), AIC_ERROR_NAME);
    aic_report_clear(fixture->report);
    assert_int_equal(aici_report_status(fixture->report), AIC_OK);
    assert_int_equal(aic_report_count(fixture->report), 0);
}

static void notes_without_end_are_cut(void **state) {
    struct fixture *fixture = *state;
    aici_report_error(fixture->report, AICI_CODE_CYCLE, NULL, "x");
    for (int i = 0; i < 100; i++)
        aici_report_note(fixture->report, "%d", i);
    const char *notes = aic_report_notes(fixture->report, 0);
    assert_string_equal(strstr(notes, "31"), "31\n…");
}

static void an_entry_outlives_its_source(void **state) {
    struct fixture *fixture = *state;
    aici_arena *arena = aici_arena_new(NULL);
    const aici_source *source = aici_source_new(arena, "gone.yaml", "x: 1", 4);
    aici_place place = aici_source_place(source, 3, 4);
    aici_report_error(fixture->report, AICI_CODE_BARE_NUMBER, &place, "x");
    aici_arena_free(arena);
    assert_drawn(fixture->report, "gone.yaml:1:4: error: x [AIC-515]\n    1 | x: 1\n      |    ^\n");
}

static void lack_of_memory_is_an_entry_that_needs_none(void **state) {
    struct fixture *fixture = *state;
    report_errors(fixture->report, 0, 1);
    for (int i = 0; i < 2; i++)
        assert_int_equal(aici_report_memory(fixture->report), AIC_ERROR_MEMORY);
    aici_report_hint(fixture->report, "goes nowhere");
    assert_int_equal(aic_report_count(fixture->report), 2);
    assert_int_equal(aic_report_error_count(fixture->report), 2);
    assert_int_equal(aic_report_code(fixture->report, 1), AICI_CODE_MEMORY);
    assert_int_equal(aic_report_severity(fixture->report, 1), AIC_SEVERITY_ERROR);
    assert_int_equal(aici_report_status(fixture->report), AIC_ERROR_NAME);
    assert_drawn(fixture->report, "error: unknown name 0 [AIC-410]\nerror: there was no memory; nothing was changed [AIC-101]\n");
    report_errors(fixture->report, 1, 30);
    assert_int_equal(aic_report_code(fixture->report, 20), AICI_CODE_MEMORY);
    assert_int_equal(aic_report_code(fixture->report, 21), AICI_CODE_TOO_MANY);
    assert_int_equal(aic_report_count(fixture->report), 22);
    aic_report_clear(fixture->report);
    aici_report_memory(fixture->report);
    assert_int_equal(aici_report_status(fixture->report), AIC_ERROR_MEMORY);
}

static void an_allocator_must_be_complete(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    aic_allocator incomplete = memory.allocator;
    incomplete.reallocate = NULL;
    assert_null(aic_report_new(&incomplete));
}

/* Fills a report in all ways; returns the status that a caller would have returned. */
static aic_status fill(aic_report *report, const aici_source *source) {
    aici_place place = place_of(source, "accelerators: 16000");
    aic_status worst = AIC_OK;
    for (int i = 0; i < 25; i++) {
        aic_status status = aici_report_error(report, AICI_CODE_DIMENSION, &place, "error %d", i);
        if (worst == AIC_OK)
            worst = status;
        aici_report_hint(report, "a hint of some length, because %s",
                         "what is kept should need more than one chunk of an arena, sooner or later");
        for (int note = 0; note < 10; note++)
            aici_report_note(report, "a note that is long enough to need more than the first buffer %d", note);
        aici_report_path(report, "models.chat_%d.training.%s", i, "a_name_of_some_length.another_name_of_some_length.a_third_one");
        aici_report_remark(report, AIC_SEVERITY_WARNING, AICI_CODE_FLOPS_READ, &place, "warning %d", i);
    }
    return worst;
}

static bool says_memory(const aic_report *report) {
    for (size_t i = 0; i < aic_report_count(report); i++)
        if (aic_report_code(report, i) == AICI_CODE_MEMORY)
            return true;
    return false;
}

static void each_allocation_failing_is_survived_and_said(void **state) {
    struct fixture *fixture = *state;
    for (int forever = 0; forever < 2; forever++) {
        struct failing_allocator memory;
        failing_allocator_init(&memory);
        for (size_t n = 1; failing_allocator_again(&memory, n, forever); n++) {
            aic_report *report = aic_report_new(&memory.allocator);
            assert_true(report || memory.failed);
            aic_status status = fill(report, fixture->source);
            assert_true(status == AIC_ERROR_UNIT || status == AIC_ERROR_MEMORY);
            assert_true(!report || says_memory(report) == memory.failed);
            bool failed_before = memory.failed;
            aic_text *text = NULL;
            aic_status drawn = report ? aic_report_text(report, 1, &text) : AIC_ERROR_MEMORY;
            assert_true((text != NULL) == (drawn == AIC_OK));
            assert_true(drawn == AIC_OK || (drawn == AIC_ERROR_MEMORY && memory.failed));
            assert_true(drawn == AIC_ERROR_MEMORY || failed_before || !memory.failed);
            aic_text_free(text);
            aic_report_free(report);
            assert_true(failing_allocator_is_clean(&memory));
        }
    }
}

static void a_report_is_reused_without_growing(void **state) {
    struct fixture *fixture = *state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    aic_report *report = aic_report_new(&memory.allocator);
    fill(report, fixture->source);
    aic_report_clear(report);
    size_t bytes = memory.live_bytes;
    for (int i = 0; i < 10; i++) {
        fill(report, fixture->source);
        aic_report_clear(report);
        assert_int_equal(memory.live_bytes, bytes);
    }
    aic_report_free(report);
    assert_true(failing_allocator_is_clean(&memory));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(an_error_is_drawn_with_its_line_and_help),
        TEST(all_parts_of_an_entry_can_be_read),
        TEST(behind_the_end_there_is_nothing),
        TEST(without_a_report_the_status_is_the_same),
        TEST(an_error_in_no_file_has_no_place),
        TEST(text_without_a_name_is_called_text),
        TEST(a_file_without_a_line_is_only_named),
        TEST(carets_stand_under_wide_characters_tabs_and_escapes),
        TEST(a_range_over_lines_is_underlined_to_the_end_of_its_first),
        TEST(line_numbers_of_any_size_keep_the_bar_straight),
        TEST(long_lines_are_cut_around_the_range),
        TEST(a_cut_line_shows_where_it_was_cut),
        TEST(colors_come_only_when_asked_for),
        TEST(messages_cannot_attack_a_terminal),
        TEST(messages_are_cut_at_500_bytes_between_characters),
        TEST(a_message_of_500_bytes_is_not_cut),
        TEST(escapes_are_cut_whole),
        TEST(the_same_error_at_the_same_place_is_kept_once),
        TEST(a_hint_for_an_entry_that_was_not_kept_goes_nowhere),
        TEST(errors_beyond_twenty_are_counted),
        TEST(how_many_are_kept_is_up_to_the_caller),
        TEST(an_error_takes_the_place_of_a_remark),
        TEST(remarks_fail_nothing),
        TEST(the_status_is_that_of_the_first_error),
        TEST(notes_without_end_are_cut),
        TEST(an_entry_outlives_its_source),
        TEST(lack_of_memory_is_an_entry_that_needs_none),
        TEST(an_allocator_must_be_complete),
        TEST(each_allocation_failing_is_survived_and_said),
        TEST(a_report_is_reused_without_growing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
