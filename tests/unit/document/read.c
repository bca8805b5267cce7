/* SPDX-License-Identifier: MIT */
/* Reading: nodes know their place and style, aliases are shared, keys are found. */
#include "reading.h"

static void a_mapping_keeps_the_order_of_its_text(void **state) {
    (void)state;
    struct reading reading = read_text("b: 1\na: 2\nc: 3\n");
    assert_int_equal(reading.root->kind, AICI_NODE_MAPPING);
    assert_int_equal(reading.root->count, 3);
    assert_slice_equal(reading.root->as.entry[0].key->as.text, "b");
    assert_slice_equal(reading.root->as.entry[2].value->as.text, "3");
    reading_free(&reading);
}

static void texts_end_with_a_nul(void **state) {
    (void)state;
    struct reading reading = read_text("a: xyz\n");
    const aici_node *value = aici_node_value(reading.root, "a");
    assert_int_equal(value->as.text.bytes[value->as.text.size], '\0');
    reading_free(&reading);
}

static void a_plain_text_ends_at_its_last_character(void **state) {
    (void)state;
    struct reading reading = read_text("a: 5 USD/h   # price\nb: x\n");
    assert_place(aici_node_value(reading.root, "a")->place, 1, 4, 1, 10);
    assert_place(aici_node_entry(reading.root, "b")->key->place, 2, 1, 2, 1);
    reading_free(&reading);
}

static void columns_count_characters(void **state) {
    (void)state;
    struct reading reading = read_text("算力: 1.43亿 token  # 注\n值: {甲: 乙丙}\n");
    assert_place(aici_node_value(reading.root, "算力")->place, 1, 5, 1, 15);
    assert_place(aici_node_value(aici_node_value(reading.root, "值"), "甲")->place, 2, 8, 2, 9);
    reading_free(&reading);
}

static void places_are_the_same_for_all_line_ends(void **state) {
    (void)state;
    static const char *const texts[] = {"a: 1\nb:\n  - x\n", "a: 1\r\nb:\r\n  - x\r\n", "a: 1\rb:\r  - x\r", "\ufeffa: 1\nb:\n  - x"};
    for (size_t i = 0; i < 4; i++) {
        struct reading reading = read_text(texts[i]);
        assert_int_equal(reading.status, AIC_OK);
        assert_place(aici_node_value(reading.root, "b")->as.item[0]->place, 3, 5, 3, 5);
        reading_free(&reading);
    }
}

static void quotes_belong_to_the_place_of_a_text(void **state) {
    (void)state;
    struct reading reading = read_text("a: \"x y\"\nb: 'z'\n");
    assert_place(aici_node_value(reading.root, "a")->place, 1, 4, 1, 8);
    assert_int_equal(aici_node_value(reading.root, "a")->style, AICI_SCALAR_DOUBLE_QUOTED);
    assert_place(aici_node_value(reading.root, "b")->place, 2, 4, 2, 6);
    assert_int_equal(aici_node_value(reading.root, "b")->style, AICI_SCALAR_SINGLE_QUOTED);
    reading_free(&reading);
}

static void a_block_ends_with_its_last_line_of_text(void **state) {
    (void)state;
    struct reading reading = read_text("a: |\n  one\n  two\n\n\nb: >\n  three\n");
    assert_place(aici_node_value(reading.root, "a")->place, 1, 4, 3, 5);
    assert_int_equal(aici_node_value(reading.root, "a")->style, AICI_SCALAR_LITERAL);
    assert_place(aici_node_value(reading.root, "b")->place, 6, 4, 7, 7);
    assert_int_equal(aici_node_value(reading.root, "b")->style, AICI_SCALAR_FOLDED);
    reading_free(&reading);
}

static void a_block_mapping_stands_at_its_first_key(void **state) {
    (void)state;
    struct reading reading = read_text("# c\nkey:\n  inner: 1\n  other: 2\n");
    assert_place(reading.root->place, 2, 1, 2, 3);
    assert_place(aici_node_value(reading.root, "key")->place, 3, 3, 3, 7);
    assert_false(reading.root->flow);
    reading_free(&reading);
}

static void a_block_list_stands_at_its_first_dash(void **state) {
    (void)state;
    struct reading reading = read_text("a:\n  - 1\n  - 2\n");
    assert_place(aici_node_value(reading.root, "a")->place, 2, 3, 2, 3);
    reading_free(&reading);
}

static void brackets_belong_to_the_place_of_a_collection(void **state) {
    (void)state;
    struct reading reading = read_text("a: {b: [1, 2],\n    c: d}  # e\n");
    const aici_node *mapping = aici_node_value(reading.root, "a");
    assert_place(mapping->place, 1, 4, 2, 9);
    assert_true(mapping->flow);
    assert_place(aici_node_value(mapping, "b")->place, 1, 8, 1, 13);
    reading_free(&reading);
}

static void a_missing_value_stands_behind_its_colon(void **state) {
    (void)state;
    struct reading reading = read_text("a:\nb: 1\n");
    const aici_node *value = aici_node_value(reading.root, "a");
    assert_place(value->place, 1, 3, 1, 3);
    assert_true(aici_node_is_empty(value));
    reading_free(&reading);
}

static void anchors_do_not_belong_to_the_place_of_a_node(void **state) {
    (void)state;
    struct reading reading = read_text("a: &x 5 %\nb: &y\n  k: v\nc: &z # why\n  [1]\nd: &w \"q\"\ne: &v:t\n");
    assert_place(aici_node_value(reading.root, "a")->place, 1, 7, 1, 9);
    assert_place(aici_node_value(reading.root, "b")->place, 3, 3, 3, 3);
    assert_place(aici_node_value(reading.root, "c")->place, 5, 3, 5, 5);
    assert_place(aici_node_value(reading.root, "d")->place, 6, 7, 6, 9);
    assert_place(aici_node_value(reading.root, "e")->place, 7, 6, 7, 7);
    reading_free(&reading);
}

static void an_alias_is_the_node_of_its_anchor(void **state) {
    (void)state;
    struct reading reading = read_text("a: &x {k: v}\nb: *x\nc: [*x, *x]\n");
    const aici_node *anchored = aici_node_value(reading.root, "a");
    assert_ptr_equal(aici_node_value(reading.root, "b"), anchored);
    assert_ptr_equal(aici_node_value(reading.root, "c")->as.item[1], anchored);
    reading_free(&reading);
}

static void an_anchor_named_again_inside_its_own_node_keeps_the_inner_meaning(void **state) {
    (void)state;
    struct reading reading = read_text("- &x [&x inner]\n- *x\n");
    assert_int_equal(reading.status, AIC_OK);
    assert_slice_equal(reading.root->as.item[1]->as.text, "inner");
    reading_free(&reading);
}

static void only_plain_texts_mean_nothing_given(void **state) {
    (void)state;
    struct reading reading = read_text("[~, null, '', \"~\", 'null', Null, 0, no]");
    static const bool empty[] = {true, true, false, false, false, false, false, false};
    for (uint32_t i = 0; i < 8; i++)
        assert_int_equal(aici_node_is_empty(reading.root->as.item[i]), empty[i]);
    assert_false(aici_node_is_empty(reading.root));
    assert_false(aici_node_is_empty(NULL));
    reading_free(&reading);
}

/* A mapping of n keys in the order of a bijection, so that they come unsorted. */
static char *write_mapping(unsigned n) {
    char *text = malloc(32 * n + 1), *end = text;
    for (unsigned i = 0; i < n; i++)
        end += sprintf(end, "key_%u: %u\n", i * 7919 % n, i);
    return text;
}

static void every_key_is_found_in_mappings_of_any_size(void **state) {
    (void)state;
    static const unsigned sizes[] = {1, 2, 15, 16, 17, 31, 32, 33, 100, 1009};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        char *text = write_mapping(sizes[s]), key[32];
        struct reading reading = read_text(text);
        assert_int_equal(reading.status, AIC_OK);
        for (unsigned i = 0; i < sizes[s]; i++) {
            snprintf(key, sizeof key, "key_%u", i * 7919 % sizes[s]);
            assert_ptr_equal(aici_node_entry(reading.root, key), &reading.root->as.entry[i]);
        }
        assert_null(aici_node_entry(reading.root, "key_"));
        assert_null(aici_node_entry(reading.root, ""));
        reading_free(&reading);
        free(text);
    }
}

static void what_is_no_mapping_has_no_entries(void **state) {
    (void)state;
    struct reading reading = read_text("[a]");
    assert_null(aici_node_entry(reading.root, "a"));
    assert_null(aici_node_value(reading.root, "a"));
    assert_null(aici_node_entry(NULL, "a"));
    reading_free(&reading);
}

static void a_key_that_stands_twice_in_a_large_mapping_is_found(void **state) {
    (void)state;
    char *text = write_mapping(100), *twice = malloc(4000);
    snprintf(twice, 4000, "%skey_7: again\n", text);
    struct reading reading = read_text(twice);
    unsigned line;
    assert_int_equal(reading.status, AIC_ERROR_SCENARIO);
    assert_int_equal(aic_report_code(reading.report, 0), AICI_CODE_DUPLICATE_KEY);
    aic_report_place(reading.report, 0, &line, NULL, NULL, NULL);
    assert_int_equal(line, 101);
    assert_non_null(strstr(aic_report_notes(reading.report, 0), "stands here before"));
    reading_free(&reading);
    free(text);
    free(twice);
}

static void a_text_may_be_the_whole_document(void **state) {
    (void)state;
    struct reading reading = read_text("just text\n");
    assert_slice_equal(reading.root->as.text, "just text");
    reading_free(&reading);
}

static void a_report_is_not_needed(void **state) {
    (void)state;
    aici_arena *arena = aici_arena_new(NULL);
    const aici_node *root = NULL;
    assert_int_equal(aici_document_read(arena, NULL, "a: 1\n", 5, NULL, &root, NULL), AIC_OK);
    assert_int_equal(aici_document_read(arena, "x", "a: [*b, !t 1", 12, NULL, &root, NULL), AIC_ERROR_SYNTAX);
    assert_int_equal(aici_document_read(arena, "x", NULL, 0, NULL, &root, NULL), AIC_ERROR_SYNTAX);
    assert_slice_equal(aici_node_value(root, "a")->as.text, "1");
    aici_arena_free(arena);
}

static void limits_of_an_unknown_size_are_the_callers_mistake(void **state) {
    (void)state;
    const aic_limits limits = {.size = 3};
    struct reading reading = read_bytes("a: 1\n", 5, &limits);
    assert_int_equal(reading.status, AIC_ERROR_ARGUMENT);
    assert_null(reading.root);
    reading_free(&reading);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mapping_keeps_the_order_of_its_text),
        cmocka_unit_test(texts_end_with_a_nul),
        cmocka_unit_test(a_plain_text_ends_at_its_last_character),
        cmocka_unit_test(columns_count_characters),
        cmocka_unit_test(places_are_the_same_for_all_line_ends),
        cmocka_unit_test(quotes_belong_to_the_place_of_a_text),
        cmocka_unit_test(a_block_ends_with_its_last_line_of_text),
        cmocka_unit_test(a_block_mapping_stands_at_its_first_key),
        cmocka_unit_test(a_block_list_stands_at_its_first_dash),
        cmocka_unit_test(brackets_belong_to_the_place_of_a_collection),
        cmocka_unit_test(a_missing_value_stands_behind_its_colon),
        cmocka_unit_test(anchors_do_not_belong_to_the_place_of_a_node),
        cmocka_unit_test(an_alias_is_the_node_of_its_anchor),
        cmocka_unit_test(an_anchor_named_again_inside_its_own_node_keeps_the_inner_meaning),
        cmocka_unit_test(only_plain_texts_mean_nothing_given),
        cmocka_unit_test(every_key_is_found_in_mappings_of_any_size),
        cmocka_unit_test(what_is_no_mapping_has_no_entries),
        cmocka_unit_test(a_key_that_stands_twice_in_a_large_mapping_is_found),
        cmocka_unit_test(a_text_may_be_the_whole_document),
        cmocka_unit_test(a_report_is_not_needed),
        cmocka_unit_test(limits_of_an_unknown_size_are_the_callers_mistake),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
