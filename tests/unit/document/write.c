/* SPDX-License-Identifier: MIT */
/* Writing: what is written looks as a person would write it. That it reads back is the matter of round_trip.c. */
#include "reading.h"

static void expect_written(const aici_node *root, const char *expected) {
    aici_buffer out = write_tree(root);
    assert_string_equal(aici_buffer_text(&out), expected);
    aici_buffer_free(&out);
}

/* What a file looks like when it was read and written. */
static void expect_rewritten(const char *text, const char *expected) {
    struct reading reading = read_text(text);
    assert_int_equal(reading.status, AIC_OK);
    expect_written(reading.root, expected);
    reading_free(&reading);
}

static void expect_unchanged(const char *text) { expect_rewritten(text, text); }

static void a_file_in_the_usual_layout_stays_as_it_is(void **state) {
    (void)state;
    expect_unchanged("aicompute: 1\n"
                     "title: \"Demand: an example\"\n"
                     "sources:\n"
                     "  galaxy: {title: Digital economy 2024, date: 2024-03}\n"
                     "  idc: IDC, quoted by galaxy\n"
                     "assumptions:\n"
                     "  utilization: {value: 32 %, source: galaxy}\n"
                     "  visits: 4e7 to 9e7 visit/day\n"
                     "models:\n"
                     "  chatgpt:\n"
                     "    kind: inference\n"
                     "    price: {series: {2023: 1 USD, 2026: 2 USD}, between: geometric}\n"
                     "    empty:\n"
                     "claims:\n"
                     "  - {id: A-1, computed: \"chatgpt.price[2026]\", between: [1, 2]}\n"
                     "  - id: A-2\n"
                     "    says: 'a ''quoted'' text'\n"
                     "    note: |\n"
                     "      two\n"
                     "        lines\n"
                     "  - - 1\n"
                     "    - b: {}\n"
                     "      c: []\n");
}

static void braces_that_do_not_fit_a_line_become_a_block(void **state) {
    (void)state;
    char text[400], item[120];
    memset(item, 'x', 60);
    item[60] = '\0';
    snprintf(text, sizeof text, "a: {b: %s, c: %s}\n", item, item);
    char expected[400];
    snprintf(expected, sizeof expected, "a:\n  b: %s\n  c: %s\n", item, item);
    expect_rewritten(text, expected);
    snprintf(text, sizeof text, "a: {b: %s, c: %.47s}\n", item, item);
    assert_int_equal(strlen(text) - 1, 120);
    expect_unchanged(text);
    snprintf(text, sizeof text, "a: {b: %s, c: %.48s}\n", item, item);
    snprintf(expected, sizeof expected, "a:\n  b: %s\n  c: %.48s\n", item, item);
    expect_rewritten(text, expected);
}

static void comments_and_anchors_are_not_kept(void **state) {
    (void)state;
    expect_rewritten("a: &x [1, 2] # c\nb: *x\n", "a: [1, 2]\nb: [1, 2]\n");
}

static void small_mappings_made_by_calls_stand_in_braces_below_the_sections(void **state) {
    (void)state;
    aici_arena *arena = aici_arena_new(NULL);
    const aici_node *value = aici_node_new_scalar(arena, aici_slice_of("32 %")),
                    *source = aici_node_new_scalar(arena, aici_slice_of("galaxy"));
    const aici_node *item =
        aici_node_with(arena, aici_node_with(arena, NULL, aici_slice_of("value"), value), aici_slice_of("source"), source);
    const aici_node *list = aici_node_new_sequence(arena, (const aici_node *const[]){value, source}, 2);
    const aici_node *section =
        aici_node_with(arena, aici_node_with(arena, NULL, aici_slice_of("utilization"), item), aici_slice_of("list"), list);
    const aici_node *root = aici_node_with(arena, NULL, aici_slice_of("assumptions"), section);
    expect_written(root, "assumptions:\n  utilization: {value: 32 %, source: galaxy}\n  list: [32 %, galaxy]\n");
    aici_arena_free(arena);
}

static void only_texts_that_need_quotes_get_them(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"5 USD/h", "5 USD/h"},
        {"max(a, b) * x[2026]", "max(a, b) * x[2026]"},
        {"-1", "-1"},
        {"true", "true"},
        {"1.43亿", "1.43亿"},
        {"a:b#c", "a:b#c"},
        {"no", "\"no\""},
        {"Yes", "\"Yes\""},
        {"012", "\"012\""},
        {"1:30", "\"1:30\""},
        {"0x1F", "\"0x1F\""},
        {"0.5", "0.5"},
        {"2024-03-01", "2024-03-01"},
        {"> 5", "\"> 5\""},
        {"- x", "\"- x\""},
        {"a: b", "\"a: b\""},
        {"a #b", "\"a #b\""},
        {" x", "\" x\""},
        {"x ", "\"x \""},
        {"@x", "\"@x\""},
        {"say \"x\": y", "'say \"x\": y'"},
        {"\"", "'\"'"},
        {"", "''"},
        {"\x1b", "\"\\x1b\""},
        {"x\ty", "\"x\\ty\""},
        {"\xe2\x80\xa8", "\"\\u2028\""},
        {"x\r\n", "\"x\\r\\n\""},
        {"\n", "\"\\n\""},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        aici_arena *arena = aici_arena_new(NULL);
        char expected[64];
        snprintf(expected, sizeof expected, "%s\n", pairs[i][1]);
        expect_written(aici_node_new_scalar(arena, aici_slice_of(pairs[i][0])), expected);
        aici_arena_free(arena);
    }
}

static void a_text_in_quotes_stays_in_quotes(void **state) {
    (void)state;
    expect_unchanged("a: \"x\"\nb: 'y'\nc: \"null\"\nd: ''\ne: \"\"\nf: '~'\ng: null\nh: ~\ni:\n");
}

static void bytes_that_are_no_text_are_replaced(void **state) {
    (void)state;
    aici_arena *arena = aici_arena_new(NULL);
    expect_written(aici_node_new_scalar(arena, (aici_slice){"a\xff"
                                                            "b",
                                                            3}),
                   "\"a\xef\xbf\xbd"
                   "b\"\n");
    expect_written(aici_node_new_scalar(arena, (aici_slice){"a\0b", 3}), "\"a\xef\xbf\xbd"
                                                                         "b\"\n");
    aici_arena_free(arena);
}

static void nothing_is_written_for_no_tree(void **state) {
    (void)state;
    expect_written(NULL, "");
}

static void a_failed_buffer_says_so(void **state) {
    (void)state;
    struct reading reading = read_text("a: [1, {b: c}]\n");
    aici_buffer out = aici_buffer_new(NULL);
    out.failed = true;
    aici_document_write(reading.root, &out);
    assert_true(aici_buffer_failed(&out));
    reading_free(&reading);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_in_the_usual_layout_stays_as_it_is),
        cmocka_unit_test(braces_that_do_not_fit_a_line_become_a_block),
        cmocka_unit_test(comments_and_anchors_are_not_kept),
        cmocka_unit_test(small_mappings_made_by_calls_stand_in_braces_below_the_sections),
        cmocka_unit_test(only_texts_that_need_quotes_get_them),
        cmocka_unit_test(a_text_in_quotes_stays_in_quotes),
        cmocka_unit_test(bytes_that_are_no_text_are_replaced),
        cmocka_unit_test(nothing_is_written_for_no_tree),
        cmocka_unit_test(a_failed_buffer_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
