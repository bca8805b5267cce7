/* SPDX-License-Identifier: MIT */
/* Limits: what just keeps a limit is read, one more is refused with the limit's own message, and hostile shapes cost no time. */
#include "reading.h"

#include <time.h>

/* A text that grows. */
struct text {
    char *bytes;
    size_t size;
};

static struct text text_new(size_t room) {
    struct text text = {malloc(room + 1), 0};
    assert_non_null(text.bytes);
    text.bytes[0] = '\0';
    return text;
}

static void add(struct text *text, const char *piece) {
    size_t size = strlen(piece);
    memcpy(text->bytes + text->size, piece, size + 1);
    text->size += size;
}

static void add_times(struct text *text, const char *piece, size_t times) {
    for (size_t i = 0; i < times; i++)
        add(text, piece);
}

/* Reads under a limit; with code 0 the text must be accepted, else refused with this code and a message that names the limit. */
static void expect_code(const char *text, aic_limits limits, int code, const char *name) {
    limits.size = sizeof limits;
    struct reading reading = read_bytes(text, strlen(text), &limits);
    assert_true(reading_is_sound(&reading, text, strlen(text)));
    if (code) {
        assert_int_equal(reading.status, AIC_ERROR_LIMIT);
        assert_int_equal(aic_report_code(reading.report, 0), code);
        assert_non_null(strstr(aic_report_message(reading.report, 0), name));
    } else {
        assert_int_equal(reading.status, AIC_OK);
    }
    reading_free(&reading);
}

static void bytes_of_a_file_are_limited(void **state) {
    (void)state;
    expect_code("a: 1\n", (aic_limits){.file_bytes = 5}, 0, NULL);
    expect_code("a: 1\n", (aic_limits){.file_bytes = 4}, AICI_CODE_LIMIT_BYTES, "`file_bytes`");
}

static void depth_is_limited(void **state) {
    (void)state;
    expect_code("[[[1]]]", (aic_limits){.depth = 3}, 0, NULL);
    expect_code("[[[1]]]", (aic_limits){.depth = 2}, AICI_CODE_LIMIT_DEPTH, "`depth`");
    expect_code("a:\n - b: 1\n", (aic_limits){.depth = 3}, 0, NULL);
    expect_code("a:\n - b: 1\n", (aic_limits){.depth = 2}, AICI_CODE_LIMIT_DEPTH, "`depth`");
}

static void depth_is_64_unless_the_caller_says_otherwise(void **state) {
    (void)state;
    for (size_t depth = 64; depth <= 65; depth++) {
        struct text text = text_new(200);
        add_times(&text, "[", depth);
        add_times(&text, "]", depth);
        expect_code(text.bytes, (aic_limits){0}, depth > 64 ? AICI_CODE_LIMIT_DEPTH : 0, "more than 64 levels of nesting (limit `depth`)");
        free(text.bytes);
    }
}

static void aliases_cannot_add_up_to_more_depth(void **state) {
    (void)state;
    const char *text = "- &a [[1]]\n- &b [[*a]]\n- [*b]\n"; /* b has four levels */
    expect_code(text, (aic_limits){.depth = 6}, 0, NULL);
    expect_code(text, (aic_limits){.depth = 5}, AICI_CODE_LIMIT_DEPTH, "`depth`");
}

static void nodes_are_limited(void **state) {
    (void)state;
    expect_code("a: [1, 2]\nb:\n", (aic_limits){.nodes = 7}, 0, NULL);
    expect_code("a: [1, 2]\nb:\n", (aic_limits){.nodes = 6}, AICI_CODE_LIMIT_NODES, "`nodes`");
}

static void nodes_of_aliases_are_counted(void **state) {
    (void)state;
    const char *text = "- &a [1, 2]\n- *a\n- *a\n"; /* 1 + 3 * 3 */
    expect_code(text, (aic_limits){.nodes = 10}, 0, NULL);
    expect_code(text, (aic_limits){.nodes = 9}, AICI_CODE_LIMIT_EXPANSION, "`nodes`");
    expect_code("- &a [1, 2]\n- *a\n- b\n", (aic_limits){.nodes = 7}, AICI_CODE_LIMIT_EXPANSION, "`nodes`");
}

static void bytes_of_aliases_are_counted(void **state) {
    (void)state;
    const char *text = "- &a {xy: 12345}\n- *a\n- 123\n"; /* 7 + 7 + 3 */
    expect_code(text, (aic_limits){.expanded_bytes = 17}, 0, NULL);
    expect_code(text, (aic_limits){.expanded_bytes = 16}, AICI_CODE_LIMIT_EXPANSION, "`expanded_bytes`");
    expect_code(text, (aic_limits){.expanded_bytes = 13}, AICI_CODE_LIMIT_EXPANSION, "`expanded_bytes`");
}

static void anchors_are_limited(void **state) {
    (void)state;
    expect_code("[&a 1, &b 2]", (aic_limits){.anchors = 2}, 0, NULL);
    expect_code("[&a 1, &b 2, &a 3]", (aic_limits){.anchors = 2}, AICI_CODE_LIMIT_ANCHORS, "`anchors`");
}

static void bytes_of_a_text_are_limited(void **state) {
    (void)state;
    expect_code("a: 12345\n", (aic_limits){.scalar_bytes = 5}, 0, NULL);
    expect_code("a: 123456\n", (aic_limits){.scalar_bytes = 5}, AICI_CODE_LIMIT_SCALAR, "`scalar_bytes`");
}

static void bytes_of_a_name_are_limited(void **state) {
    (void)state;
    expect_code("abcd: 123456\n", (aic_limits){.name_bytes = 4}, 0, NULL);
    expect_code("abcde: 1\n", (aic_limits){.name_bytes = 4}, AICI_CODE_LIMIT_NAME, "`name_bytes`");
    expect_code("a: &abcd 1\nb: *abcd\n", (aic_limits){.name_bytes = 4}, 0, NULL);
    expect_code("a: &abcde 1\n", (aic_limits){.name_bytes = 4}, AICI_CODE_LIMIT_NAME, "`name_bytes`");
    expect_code("a: *abcde\n", (aic_limits){.name_bytes = 4}, AICI_CODE_LIMIT_NAME, "`name_bytes`");
}

static void a_name_that_libyaml_itself_finds_too_long_is_a_name_too_long(void **state) {
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        struct text text = text_new(3000);
        add(&text, i ? "a:\n  " : "a: 1\n");
        add_times(&text, "k", 2000);
        add(&text, ": 1\n");
        expect_code(text.bytes, (aic_limits){0}, AICI_CODE_LIMIT_NAME, "more than 128 bytes in a name (limit `name_bytes`)");
        free(text.bytes);
    }
}

/* --- hostile shapes ------------------------------------------------------------------------------------------------------------------- */

/* Reads a text, which it releases, in no more processor time than fits a busy machine with sanitizers; returns the code, 0 for success. */
static int code_in_time(struct text text) {
    clock_t begin = clock();
    struct reading reading = read_bytes(text.bytes, text.size, NULL);
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    int code = reading.status == AIC_OK ? 0 : aic_report_code(reading.report, 0);
    assert_true(reading_is_sound(&reading, text.bytes, text.size));
    reading_free(&reading);
    free(text.bytes);
    assert_true(seconds < (READING_IS_WATCHED ? 2.0 : 0.2));
    return code;
}

static struct text repeated(const char *piece, size_t times) {
    struct text text = text_new(strlen(piece) * times);
    add_times(&text, piece, times);
    return text;
}

static void opening_brackets_are_refused_at_once(void **state) {
    (void)state;
    assert_int_equal(code_in_time(repeated("[", 100000)), AICI_CODE_LIMIT_DEPTH);
    assert_int_equal(code_in_time(repeated("{", 100000)), AICI_CODE_LIMIT_DEPTH);
    assert_int_equal(code_in_time(repeated("[{a: ", 20000)), AICI_CODE_LIMIT_DEPTH);
    assert_int_equal(code_in_time(repeated("[\n", 50000)), AICI_CODE_LIMIT_DEPTH);
    assert_int_equal(code_in_time(repeated("- ", 50000)), AICI_CODE_LIMIT_DEPTH);
    assert_int_equal(code_in_time(repeated("? ", 50000)), AICI_CODE_LIMIT_DEPTH);
}

static void deep_blocks_are_refused_at_once(void **state) {
    (void)state;
    struct text text = text_new(2000000);
    for (size_t depth = 0; depth < 1000; depth++) {
        add_times(&text, " ", depth);
        add(&text, "a:\n");
    }
    assert_int_equal(code_in_time(text), AICI_CODE_LIMIT_DEPTH);
}

static void directives_are_refused_at_once(void **state) {
    (void)state;
    struct text text = text_new(3000000);
    for (unsigned i = 0; i < 80000; i++) {
        char line[40];
        snprintf(line, sizeof line, "%%TAG !a%u! tag:x,%u\n", i, i);
        add(&text, line);
    }
    add(&text, "---\na: 1\n");
    assert_int_equal(code_in_time(text), AICI_CODE_DIRECTIVE);
}

static void directives_behind_a_document_are_refused_at_once(void **state) {
    (void)state;
    struct text text = text_new(3000000);
    add(&text, "a: 1\n...\n");
    for (unsigned i = 0; i < 80000; i++) {
        char line[40];
        snprintf(line, sizeof line, "%%TAG !a%u! tag:x,%u\n", i, i);
        add(&text, line);
    }
    assert_int_equal(code_in_time(text), AICI_CODE_DIRECTIVE);
}

static void many_anchors_are_refused_at_once(void **state) {
    (void)state;
    struct text text = text_new(1000000);
    for (unsigned i = 0; i < 20000; i++) {
        char line[40];
        snprintf(line, sizeof line, "- &a%u %u\n", i, i);
        add(&text, line);
    }
    assert_int_equal(code_in_time(text), AICI_CODE_LIMIT_ANCHORS);
}

static void aliases_of_many_anchors_are_found_at_once(void **state) {
    (void)state;
    struct text text = text_new(1000000);
    for (unsigned i = 0; i < 1024; i++) {
        char line[40];
        snprintf(line, sizeof line, "- &name%u %u\n", i, i);
        add(&text, line);
    }
    add_times(&text, "- *name1023\n", 30000);
    assert_int_equal(code_in_time(text), 0);
}

static void aliases_of_aliases_of_aliases_are_refused_at_once(void **state) {
    (void)state;
    struct text text = text_new(4000);
    add(&text, "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for (unsigned i = 1; i < 30; i++) {
        char line[120];
        snprintf(line, sizeof line, "a%u: &a%u [*a%u, *a%u, *a%u, *a%u, *a%u, *a%u, *a%u, *a%u]\n", i, i, i - 1, i - 1, i - 1, i - 1, i - 1,
                 i - 1, i - 1, i - 1);
        add(&text, line);
    }
    assert_int_equal(code_in_time(text), AICI_CODE_LIMIT_EXPANSION);
}

static void many_keys_are_read_at_once(void **state) {
    (void)state;
    struct text text = text_new(2000000);
    for (unsigned i = 0; i < 65536; i++) {
        char line[40];
        snprintf(line, sizeof line, "%04x: 1\n", i * 40503 % 65536);
        add(&text, line);
    }
    assert_int_equal(code_in_time(text), 0);
}

/* Keys of sixteen letters that all have one hash under h * 31 + c ("Aa" and "BB") or h * 33 + c ("Ab" and "BA"). */
static struct text colliding_keys(const char *first, const char *second) {
    struct text text = text_new(65536 * 40);
    for (unsigned i = 0; i < 65536; i++) {
        for (unsigned bit = 0; bit < 16; bit++)
            add(&text, i >> bit & 1 ? second : first);
        add(&text, ":\n");
    }
    return text;
}

static void keys_that_collide_are_read_at_once(void **state) {
    (void)state;
    assert_int_equal(code_in_time(colliding_keys("Aa", "BB")), 0);
    assert_int_equal(code_in_time(colliding_keys("Ab", "BA")), 0);
}

static void a_key_given_a_hundred_thousand_times_is_refused_at_once(void **state) {
    (void)state;
    assert_int_equal(code_in_time(repeated("a: 1\n", 100000)), AICI_CODE_DUPLICATE_KEY);
}

static void many_faults_are_reported_at_once(void **state) {
    (void)state;
    assert_int_equal(code_in_time(repeated("- *a\n", 100000)), AICI_CODE_UNDEFINED_ALIAS);
    assert_int_equal(code_in_time(repeated("- !a\n", 100000)), AICI_CODE_TAG);
    assert_int_equal(code_in_time(repeated("- {a}\n", 100000)), AICI_CODE_ENTRY_WITHOUT_VALUE);
}

static void many_faults_in_one_long_line_are_reported_at_once(void **state) {
    (void)state;
    struct text text = text_new(2000000);
    add(&text, "[");
    add_times(&text, "算力, ", 50000);
    add_times(&text, "[f(], ", 50000);
    assert_int_equal(code_in_time(text), AICI_CODE_QUOTES_NEEDED);
}

static void a_long_text_is_read_at_once(void **state) {
    (void)state;
    struct text text = text_new(1100000);
    add(&text, "a: \"");
    add_times(&text, "\\u4e2d", 170000);
    add(&text, "\"\n");
    assert_int_equal(code_in_time(text), 0);
}

static void the_arena_takes_a_bounded_number_of_bytes_for_each_byte_of_text(void **state) {
    (void)state;
    static const char *const pieces[] = {"- a\n", "-\n", "- []\n", "- {}\n", "- [a,b,c,d]\n"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct text text = repeated(pieces[i], 100000);
        struct reading reading = read_bytes(text.bytes, text.size, NULL);
        assert_int_equal(reading.status, AIC_OK);
        assert_true(READING_IS_WATCHED || aici_arena_bytes(reading.arena) <= 100 * text.size + 1048576);
        reading_free(&reading);
        free(text.bytes);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_of_a_file_are_limited),
        cmocka_unit_test(depth_is_limited),
        cmocka_unit_test(depth_is_64_unless_the_caller_says_otherwise),
        cmocka_unit_test(aliases_cannot_add_up_to_more_depth),
        cmocka_unit_test(nodes_are_limited),
        cmocka_unit_test(nodes_of_aliases_are_counted),
        cmocka_unit_test(bytes_of_aliases_are_counted),
        cmocka_unit_test(anchors_are_limited),
        cmocka_unit_test(bytes_of_a_text_are_limited),
        cmocka_unit_test(bytes_of_a_name_are_limited),
        cmocka_unit_test(a_name_that_libyaml_itself_finds_too_long_is_a_name_too_long),
        cmocka_unit_test(opening_brackets_are_refused_at_once),
        cmocka_unit_test(deep_blocks_are_refused_at_once),
        cmocka_unit_test(directives_are_refused_at_once),
        cmocka_unit_test(directives_behind_a_document_are_refused_at_once),
        cmocka_unit_test(many_anchors_are_refused_at_once),
        cmocka_unit_test(aliases_of_many_anchors_are_found_at_once),
        cmocka_unit_test(aliases_of_aliases_of_aliases_are_refused_at_once),
        cmocka_unit_test(many_keys_are_read_at_once),
        cmocka_unit_test(keys_that_collide_are_read_at_once),
        cmocka_unit_test(a_key_given_a_hundred_thousand_times_is_refused_at_once),
        cmocka_unit_test(many_faults_are_reported_at_once),
        cmocka_unit_test(many_faults_in_one_long_line_are_reported_at_once),
        cmocka_unit_test(a_long_text_is_read_at_once),
        cmocka_unit_test(the_arena_takes_a_bounded_number_of_bytes_for_each_byte_of_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
