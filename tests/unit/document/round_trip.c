/* SPDX-License-Identifier: MIT */
/* Round trips: whatever a tree holds, what is written reads back to an equal tree. */
#include "reading.h"

static const aic_limits wide = {.size = sizeof(aic_limits), .name_bytes = 100000};

static void expect_round_trip(const aici_node *root) {
    aici_buffer out = write_tree(root);
    struct reading reading = read_bytes(out.bytes, out.size, &wide);
    if (reading.status != AIC_OK || !trees_are_equal(root, reading.root))
        fprintf(stderr, "%s; written as:\n%.2000s\n", reading.status ? aic_report_message(reading.report, 0) : "reads otherwise",
                aici_buffer_text(&out));
    assert_int_equal(reading.status, AIC_OK);
    assert_true(trees_are_equal(root, reading.root));
    reading_free(&reading);
    aici_buffer_free(&out);
}

/* Texts that YAML might take for something else. */
/* clang-format off */
static const char *const awkward[] = {
    "", "~", "null", "no", "Off", "y", "012", "1:30", "0x1F", "0o17", "1_000", ".5", ".inf", ".nan", "true", "-", "- ", "-x", "- x", "--",
    "---", "--- x", "...", "... x", "....", "?", "? x", "?x", ":", ": x", ":x", "a:", "a: b", "a:b", "a :b", "#", "#x", "a #x", "a# x",
    " lead", "trail ", "  ", "a  b", "'", "''", "it's", "\"", "\"x\"", "'x'", "\\", "\\n", "a\\", "&a", "*a", "!a", "!", "|", "|-", ">",
    ">-", ">5", "%x", "@x", "`x", "[", "]", "{", "}", "{}", "[]", ",", "a, b", "a,b", "x[2026]", "max(1, 2)", "(", ")", "((", "a)", "(a",
    "<<", "<", "=", "\n", "\n\n", "a\n", "a\n\n", "\na", "a\nb", "a\n\nb", "a\n  b", "  a\nb", "a \nb", "a\n \nb", "a\n\tb", "a\tb",
    "\ta", "a\t", "a\r\nb", "a\rb", "a\n#b", "# a\nb", "a\n---\nb", "a\n...\n", "|\n", "a\n  ", "a\n\n  ", "a: b\nc: d\n", "\x01",
    "\x1b[31m", "\x7f", "\xc2\x85", "\xc2\x81", "\xc2\xa0", "\xe2\x80\xa8", "\xe2\x80\xa9", "\xef\xbb\xbf", "\ufeffa", "a\xef\xbb\xbf",
    "\xef\xbf\xbe", "\xef\xbf\xbd", "\xe4\xb8\xad\xe6\x96\x87", "1.43\xe4\xba\xbf token", "\xf0\x9f\xa4\x96", "\xf4\x8f\xbf\xbf",
    "\xd7\xa9\xd7\x9c", "\xe2\x80\xae", "%YAML 1.2", "%TAG", "key: |\n  text", "- a\n- b\n", "a\n- b", "100 % # all",
    "http://example.org/a?b=c#d", "a: \"b\" 'c' \\d", "x\n y\n  z\n",
};
/* clang-format on */
enum { AWKWARD = sizeof awkward / sizeof *awkward };

static void every_awkward_text_reads_back_as_itself(void **state) {
    (void)state;
    aici_arena *arena = aici_arena_new(NULL);
    for (size_t i = 0; i < AWKWARD; i++) {
        const aici_node *text = aici_node_new_scalar(arena, aici_slice_of(awkward[i]));
        const aici_node *pair[2] = {text, text};
        expect_round_trip(text);
        expect_round_trip(aici_node_new_sequence(arena, pair, 2));
        expect_round_trip(aici_node_with(arena, NULL, text->as.text, text));
        const aici_node *inner = aici_node_with(arena, NULL, text->as.text, text);
        inner = aici_node_with(arena, NULL, aici_slice_of("in"), inner);
        expect_round_trip(aici_node_with(arena, NULL, aici_slice_of("out"), inner)); /* in braces, where it fits */
    }
    aici_arena_free(arena);
}

/* A small generator, so that the trees are the same on every machine. */
static uint64_t next_random(uint64_t *seed) {
    *seed += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t mixed = (*seed ^ *seed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ mixed >> 31;
}

static unsigned below(uint64_t *seed, unsigned limit) { return (unsigned)(next_random(seed) % limit); }

static void add_random_text(uint64_t *seed, aici_buffer *text) {
    static const char *const pieces[] = {"a",        "b",
                                         " ",        " ",
                                         "\n",       "\n",
                                         ":",        ": ",
                                         "#",        " #",
                                         "-",        "- ",
                                         "'",        "\"",
                                         "\\",       "[",
                                         "]",        "{",
                                         "}",        "(",
                                         ")",        ",",
                                         "\t",       "0",
                                         "1",        ".",
                                         "&",        "*",
                                         "!",        "|",
                                         ">",        "%",
                                         "@",        "?",
                                         "~",        "\xe4\xb8\xad",
                                         "\xc2\x85", "\xf0\x9f\xa4\x96",
                                         "\r",       "=",
                                         "<<"};
    if (below(seed, 3) == 0)
        aici_buffer_add_text(text, awkward[below(seed, AWKWARD)]);
    for (unsigned i = below(seed, 9); i > 0; i--)
        aici_buffer_add_text(text, pieces[below(seed, sizeof pieces / sizeof *pieces)]);
    for (unsigned i = below(seed, 40) == 0 ? below(seed, 2000) : 0; i > 0; i--)
        aici_buffer_add_text(text, pieces[below(seed, 3)]);
}

/* A scalar in any style and with any layout flag, whether they suit it or not: the writer has to see to that. */
static const aici_node *random_scalar(uint64_t *seed, aici_arena *arena, bool key) {
    aici_buffer text = aici_buffer_new(NULL);
    add_random_text(seed, &text);
    const aici_node *made = aici_node_new_scalar(arena, aici_slice_of(aici_buffer_text(&text)));
    aici_buffer_free(&text);
    aici_node *node = aici_arena_take(arena, sizeof *node);
    *node = *made;
    node->style = (uint8_t)below(seed, 5);
    bool empty_key = key && node->style == AICI_SCALAR_PLAIN && node->as.text.size == 0; /* which is no key in YAML */
    if (empty_key || below(seed, 2))
        node->style = made->style;
    return node;
}

static const aici_node *random_tree(uint64_t *seed, aici_arena *arena, unsigned depth);

static const aici_node *random_collection(uint64_t *seed, aici_arena *arena, unsigned depth) {
    unsigned count = below(seed, 60) == 0 ? below(seed, 40) : below(seed, 4);
    const aici_node *items[40], *made = aici_node_new_mapping(arena, NULL, 0);
    bool mapping = below(seed, 2);
    for (unsigned i = 0; i < count; i++) {
        items[i] = random_tree(seed, arena, depth + 1);
        if (!mapping)
            continue;
        const aici_node *key = random_scalar(seed, arena, true);
        made = aici_node_with(arena, made, key->as.text, items[i]);
    }
    if (!mapping)
        made = aici_node_new_sequence(arena, items, count);
    aici_node *node = aici_arena_take(arena, sizeof *node);
    *node = *made;
    if (below(seed, 2)) /* as if it had been read */
        node->place = random_scalar(seed, arena, false)->place;
    node->flow = below(seed, 2);
    return node;
}

static const aici_node *random_tree(uint64_t *seed, aici_arena *arena, unsigned depth) {
    return depth < 5 && below(seed, 3) ? random_collection(seed, arena, depth) : random_scalar(seed, arena, false);
}

static bool is_no_document(const aici_node *root) {
    return root->kind == AICI_NODE_SCALAR && root->style == AICI_SCALAR_PLAIN && root->as.text.size == 0;
}

static void twenty_thousand_random_trees_read_back_equal(void **state) {
    (void)state;
    uint64_t seed = 20240301;
    for (unsigned i = 0; i < 20000; i++) {
        aici_arena *arena = aici_arena_new(NULL);
        const aici_node *tree = random_tree(&seed, arena, 0);
        if (!is_no_document(tree))
            expect_round_trip(tree);
        aici_arena_free(arena);
    }
}

/* What was written once is written the same when it has been read. */
static void writing_settles(void **state) {
    (void)state;
    uint64_t seed = 7;
    for (unsigned i = 0; i < 2000; i++) {
        aici_arena *arena = aici_arena_new(NULL);
        const aici_node *tree = random_tree(&seed, arena, 0);
        if (!is_no_document(tree)) {
            aici_buffer first = write_tree(tree);
            struct reading once = read_bytes(first.bytes, first.size, &wide);
            assert_int_equal(once.status, AIC_OK);
            aici_buffer second = write_tree(once.root);
            assert_string_equal(aici_buffer_text(&first), aici_buffer_text(&second));
            aici_buffer_free(&first);
            aici_buffer_free(&second);
            reading_free(&once);
        }
        aici_arena_free(arena);
    }
}

static void a_key_of_two_thousand_characters_reads_back(void **state) {
    (void)state;
    aici_arena *arena = aici_arena_new(NULL);
    char key[2001];
    memset(key, 'k', 2000);
    key[2000] = '\0';
    const aici_node *inner = aici_node_with(arena, NULL, aici_slice_of(key), aici_node_new_scalar(arena, aici_slice_of("1")));
    inner = aici_node_with(arena, inner, aici_slice_of("other"), inner);
    expect_round_trip(aici_node_new_sequence(arena, &inner, 1));
    aici_arena_free(arena);
}

static void a_deep_tree_needs_no_stack(void **state) {
    (void)state;
    aici_arena *arena = aici_arena_new(NULL);
    const aici_node *node = aici_node_new_scalar(arena, aici_slice_of("x"));
    for (unsigned i = 0; i < 1000; i++)
        node = aici_node_new_sequence(arena, &node, 1);
    aici_buffer out = write_tree(node);
    assert_int_equal(out.size, 2 * 999 + 4); /* the innermost stands in brackets */
    aici_buffer_free(&out);
    aici_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_awkward_text_reads_back_as_itself),
        cmocka_unit_test(twenty_thousand_random_trees_read_back_equal),
        cmocka_unit_test(writing_settles),
        cmocka_unit_test(a_key_of_two_thousand_characters_reads_back),
        cmocka_unit_test(a_deep_tree_needs_no_stack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
