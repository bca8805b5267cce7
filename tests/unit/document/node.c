/* SPDX-License-Identifier: MIT */
/* Trees made by calls: new nodes, and mappings in which an entry is replaced, added or removed while the rest is shared. */
#include "reading.h"

static const aici_node *scalar(aici_arena *arena, const char *text) { return aici_node_new_scalar(arena, aici_slice_of(text)); }

static void a_new_text_is_plain_if_it_reads_back(void **state) {
    (void)state;
    aici_arena *arena = aici_arena_new(NULL);
    assert_int_equal(scalar(arena, "5 USD/h")->style, AICI_SCALAR_PLAIN);
    assert_int_equal(scalar(arena, "max(a, b)")->style, AICI_SCALAR_PLAIN);
    assert_int_equal(scalar(arena, "a: b")->style, AICI_SCALAR_DOUBLE_QUOTED);
    assert_int_equal(scalar(arena, "a: \"b\"")->style, AICI_SCALAR_SINGLE_QUOTED);
    assert_int_equal(scalar(arena, "* 2")->style, AICI_SCALAR_DOUBLE_QUOTED);
    assert_int_equal(scalar(arena, "one\ntwo\n")->style, AICI_SCALAR_LITERAL);
    assert_int_equal(scalar(arena, "")->style, AICI_SCALAR_SINGLE_QUOTED);
    aici_arena_free(arena);
}

static void a_new_text_keeps_its_own_copy(void **state) {
    (void)state;
    aici_arena *arena = aici_arena_new(NULL);
    char bytes[] = "one";
    const aici_node *node = aici_node_new_scalar(arena, (aici_slice){bytes, 3});
    bytes[0] = 'X';
    assert_slice_equal(node->as.text, "one");
    assert_int_equal(node->as.text.bytes[3], '\0');
    aici_arena_free(arena);
}

static void an_entry_is_replaced_in_its_place(void **state) {
    (void)state;
    struct reading reading = read_text("a: 1\nb: 2\nc: 3\n");
    const aici_node *changed = aici_node_with(reading.arena, reading.root, aici_slice_of("b"), scalar(reading.arena, "9"));
    assert_int_equal(changed->count, 3);
    assert_slice_equal(changed->as.entry[1].value->as.text, "9");
    assert_ptr_equal(changed->as.entry[1].key, reading.root->as.entry[1].key);
    assert_ptr_equal(changed->as.entry[2].value, reading.root->as.entry[2].value);
    assert_slice_equal(aici_node_value(reading.root, "b")->as.text, "2");
    reading_free(&reading);
}

static void a_new_entry_comes_last(void **state) {
    (void)state;
    struct reading reading = read_text("a: 1\n");
    const aici_node *changed = aici_node_with(reading.arena, reading.root, aici_slice_of("z"), scalar(reading.arena, "9"));
    assert_int_equal(changed->count, 2);
    assert_slice_equal(changed->as.entry[1].key->as.text, "z");
    assert_int_equal(reading.root->count, 1);
    reading_free(&reading);
}

static void no_value_removes_an_entry(void **state) {
    (void)state;
    struct reading reading = read_text("a: 1\nb: 2\nc: 3\n");
    const aici_node *changed = aici_node_with(reading.arena, reading.root, aici_slice_of("a"), NULL);
    assert_int_equal(changed->count, 2);
    assert_null(aici_node_entry(changed, "a"));
    assert_slice_equal(aici_node_value(changed, "c")->as.text, "3");
    changed = aici_node_with(reading.arena, changed, aici_slice_of("c"), NULL);
    assert_int_equal(changed->count, 1);
    assert_slice_equal(changed->as.entry[0].key->as.text, "b");
    assert_int_equal(aici_node_with(reading.arena, changed, aici_slice_of("not there"), NULL)->count, 1);
    reading_free(&reading);
}

static void no_mapping_is_an_empty_one(void **state) {
    (void)state;
    aici_arena *arena = aici_arena_new(NULL);
    const aici_node *changed = aici_node_with(arena, NULL, aici_slice_of("a"), scalar(arena, "1"));
    assert_int_equal(changed->count, 1);
    assert_slice_equal(aici_node_value(changed, "a")->as.text, "1");
    assert_int_equal(aici_node_with(arena, NULL, aici_slice_of("a"), NULL)->count, 0);
    aici_arena_free(arena);
}

static void a_mapping_that_grows_call_by_call_finds_every_key(void **state) {
    (void)state;
    aici_arena *arena = aici_arena_new(NULL);
    const aici_node *mapping = NULL;
    char key[16];
    for (unsigned i = 0; i < 50; i++) {
        snprintf(key, sizeof key, "k%u", i * 7 % 50);
        mapping = aici_node_with(arena, mapping, aici_slice_of(key), scalar(arena, key));
        for (unsigned k = 0; k <= i; k++) {
            snprintf(key, sizeof key, "k%u", k * 7 % 50);
            assert_slice_equal(aici_node_value(mapping, key)->as.text, key);
        }
    }
    assert_int_equal(mapping->count, 50);
    aici_arena_free(arena);
}

static void new_collections_copy_what_they_are_given(void **state) {
    (void)state;
    aici_arena *arena = aici_arena_new(NULL);
    const aici_node *items[2] = {scalar(arena, "1"), scalar(arena, "2")};
    aici_entry entries[1] = {{scalar(arena, "k"), items[0]}};
    const aici_node *sequence = aici_node_new_sequence(arena, items, 2), *mapping = aici_node_new_mapping(arena, entries, 1);
    items[0] = NULL;
    entries[0].key = NULL;
    assert_slice_equal(sequence->as.item[0]->as.text, "1");
    assert_slice_equal(aici_node_value(mapping, "k")->as.text, "1");
    assert_int_equal(aici_node_new_sequence(arena, NULL, 0)->count, 0);
    assert_int_equal(aici_node_new_mapping(arena, NULL, 0)->count, 0);
    aici_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_text_is_plain_if_it_reads_back),
        cmocka_unit_test(a_new_text_keeps_its_own_copy),
        cmocka_unit_test(an_entry_is_replaced_in_its_place),
        cmocka_unit_test(a_new_entry_comes_last),
        cmocka_unit_test(no_value_removes_an_entry),
        cmocka_unit_test(no_mapping_is_an_empty_one),
        cmocka_unit_test(a_mapping_that_grows_call_by_call_finds_every_key),
        cmocka_unit_test(new_collections_copy_what_they_are_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
