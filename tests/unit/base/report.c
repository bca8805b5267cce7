/* SPDX-License-Identifier: MIT */
/* What happened, drawn: lines, carets, what is cut, what a terminal must not see. */
#include "base/report_fixture.h"

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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
