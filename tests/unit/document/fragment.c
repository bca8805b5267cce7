/* SPDX-License-Identifier: MIT */
/* Fragments: a range of a text's content is found in the file again, through quotes, escapes and folded lines. */
#include "reading.h"

/* Looks for @p piece in the content of the value of `a` and returns where the file has it. */
static aici_place place_of(const struct reading *reading, const char *piece) {
    aici_fragment fragment = aici_node_fragment(aici_node_value(reading->root, "a"));
    const char *found = strstr(fragment.text.bytes, piece);
    assert_non_null(found);
    size_t begin = (size_t)(found - fragment.text.bytes);
    return aici_fragment_place(&fragment, begin, begin + strlen(piece));
}

static void expect_place(const char *text, const char *piece, unsigned line, unsigned column, unsigned last_column) {
    struct reading reading = read_text(text);
    assert_int_equal(reading.status, AIC_OK);
    aici_place place = place_of(&reading, piece);
    assert_place(place, line, column, line, last_column);
    reading_free(&reading);
}

static void a_piece_of_a_plain_text_is_found(void **state) {
    (void)state;
    expect_place("a: x + yy * z\n", "yy", 1, 8, 9);
    expect_place("b: 1\na: x\n", "x", 2, 4, 4);
}

static void a_piece_is_found_behind_characters_of_several_bytes(void **state) {
    (void)state;
    expect_place("a: 算力 * 1.43亿 + y\n", "1.43亿", 1, 9, 13);
    expect_place("a: \"算力 * 1.43亿 + y\"\n", "y", 1, 18, 18);
    expect_place("甲: 乙\n丙: {a: 1}\na: 算力 + 量\n", "量", 3, 9, 9);
}

static void a_piece_of_a_text_in_quotes_is_found(void **state) {
    (void)state;
    expect_place("a: \"x + yy\"\n", "yy", 1, 9, 10);
    expect_place("a: 'x + yy'\n", "yy", 1, 9, 10);
}

static void a_piece_is_found_behind_doubled_quotes(void **state) {
    (void)state;
    expect_place("a: 'it''s yy'\n", "yy", 1, 11, 12);
    expect_place("a: 'it''s yy'\n", "'", 1, 7, 8);
}

static void a_piece_is_found_behind_escapes(void **state) {
    (void)state;
    expect_place("a: \"\\\"x\\\" \\u4e2d\\x41\\U0001F600 yy\"\n", "yy", 1, 32, 33);
    expect_place("a: \"\\t\\\\ \\/ yy\"\n", "yy", 1, 13, 14);
    expect_place("a: \"x \\u4e2d yy\"\n", "中", 1, 7, 12);
    expect_place("a: \"z\\x79y\"\n", "yy", 1, 6, 10);
}

static void a_piece_in_a_later_line_is_found(void **state) {
    (void)state;
    expect_place("a: one\n  two three\n  four\n", "three", 2, 7, 11);
    expect_place("a: one  \n\n   two\n", "two", 3, 4, 6);
    expect_place("a: \"one\n  two \\\n  three\"\n", "three", 3, 3, 7);
    expect_place("a: 'one\n\n  two'\n", "two", 3, 3, 5);
    expect_place("a: one\r\n  two\r\n", "two", 2, 3, 5);
}

static void a_piece_of_a_block_is_found(void **state) {
    (void)state;
    expect_place("a: |\n  one\n    two\n  three\n", "two", 3, 5, 7);
    expect_place("a: |-  # note\n  one\n\n  three\n", "three", 4, 3, 7);
    expect_place("a: >\n  one\n  two\n\n  three\n", "two", 3, 3, 5);
    expect_place("a: >\n  one\n    two\n  three\n", "three", 4, 3, 7);
    expect_place("a: |2\n    one\n  two\n", "one", 2, 5, 7);
}

static void a_range_may_span_lines(void **state) {
    (void)state;
    struct reading reading = read_text("a: one\n  two three\n");
    aici_place place = place_of(&reading, "one two");
    assert_place(place, 1, 4, 2, 5);
    reading_free(&reading);
}

static void an_empty_range_means_the_whole_text(void **state) {
    (void)state;
    struct reading reading = read_text("a: \"x y\"\n");
    aici_fragment fragment = aici_node_fragment(aici_node_value(reading.root, "a"));
    assert_place(aici_fragment_place(&fragment, 2, 2), 1, 4, 1, 8);
    assert_place(aici_fragment_place(&fragment, 0, 3), 1, 4, 1, 8);
    reading_free(&reading);
}

static void behind_the_end_is_the_next_character(void **state) {
    (void)state;
    struct reading reading = read_text("a: x +  # note\nb: \"x +\"\n");
    aici_fragment plain = aici_node_fragment(aici_node_value(reading.root, "a"));
    aici_fragment quoted = aici_node_fragment(aici_node_value(reading.root, "b"));
    assert_place(aici_fragment_place(&plain, 3, 4), 1, 7, 1, 7);
    assert_place(aici_fragment_place(&quoted, 3, 4), 2, 8, 2, 8);
    reading_free(&reading);
}

static void an_aliased_text_is_found_at_its_anchor(void **state) {
    (void)state;
    expect_place("b: &x one two\na: *x\n", "two", 1, 11, 13);
}

static void a_text_made_by_a_call_is_its_own_source(void **state) {
    (void)state;
    aici_arena *arena = aici_arena_new(NULL);
    const aici_node *node = aici_node_new_scalar(arena, aici_slice_of("x: + yy"));
    aici_fragment fragment = aici_node_fragment(node);
    aici_place place = aici_fragment_place(&fragment, 5, 7);
    assert_place(place, 1, 6, 1, 7);
    assert_string_equal(place.source->name, "");
    assert_slice_equal(aici_source_line(place.source, 1), "x: + yy");
    aici_arena_free(arena);
}

/* Whatever the style, each word of a text is found where the file has this word. */
static void every_word_of_a_realistic_text_is_found_in_every_style(void **state) {
    (void)state;
    static const char *const texts[] = {
        "a: alpha * beta[2026] + max(gamma, delta)\n",
        "a: alpha *\n   beta[2026] +\n\n   max(gamma, delta)\n",
        "a: \"alpha *\n   beta[2026] + \\\n   max(gamma,\\x20delta)\"\n",
        "a: 'alpha * beta[2026]\n\n  + max(gamma, delta)'\n",
        "a: |\n  alpha *\n     beta[2026] +\n  max(gamma, delta)\n",
        "a: >+\n  alpha * beta[2026] +\n\n  max(gamma,\n  delta)\n\n",
    };
    static const char *const words[] = {"alpha", "beta", "2026", "max", "gamma", "delta"};
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        struct reading reading = read_text(texts[t]);
        assert_int_equal(reading.status, AIC_OK);
        for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
            const char *there = strstr(texts[t], words[w]);
            aici_place expected =
                aici_source_place(reading.root->place.source, (size_t)(there - texts[t]), (size_t)(there - texts[t]) + strlen(words[w]));
            aici_place place = place_of(&reading, words[w]);
            assert_place(place, expected.line, expected.column, expected.last_line, expected.last_column);
        }
        reading_free(&reading);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_piece_of_a_plain_text_is_found),
        cmocka_unit_test(a_piece_is_found_behind_characters_of_several_bytes),
        cmocka_unit_test(a_piece_of_a_text_in_quotes_is_found),
        cmocka_unit_test(a_piece_is_found_behind_doubled_quotes),
        cmocka_unit_test(a_piece_is_found_behind_escapes),
        cmocka_unit_test(a_piece_in_a_later_line_is_found),
        cmocka_unit_test(a_piece_of_a_block_is_found),
        cmocka_unit_test(a_range_may_span_lines),
        cmocka_unit_test(an_empty_range_means_the_whole_text),
        cmocka_unit_test(behind_the_end_is_the_next_character),
        cmocka_unit_test(an_aliased_text_is_found_at_its_anchor),
        cmocka_unit_test(a_text_made_by_a_call_is_its_own_source),
        cmocka_unit_test(every_word_of_a_realistic_text_is_found_in_every_style),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
