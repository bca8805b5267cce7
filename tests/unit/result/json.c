/* SPDX-License-Identifier: MIT */
/* JSON is JSON whatever is put into it, and numbers come out as they went in. */
#include "result/json_reader.h"
#include "result/result.h"

#include <math.h>
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

static const char *text_as_json(const char *text) {
    aici_buffer_clear(&out);
    aici_json json = aici_json_new(&out);
    aici_json_text(&json, NULL, text);
    return aici_buffer_text(&out);
}

static void quotes_backslashes_and_controls_are_escaped(void **state) {
    (void)state;
    assert_string_equal(text_as_json("say \"hi\" \\ \n\t\x01\x1f"), "\"say \\\"hi\\\" \\\\ \\n\\t\\u0001\\u001f\"");
    assert_true(json_is_valid(aici_buffer_text(&out)));
}

static void letters_of_any_script_stay(void **state) {
    (void)state;
    assert_string_equal(text_as_json("数字经济 ✓ é"), "\"数字经济 ✓ é\"");
}

static void bytes_that_are_not_utf8_become_the_replacement_character(void **state) {
    (void)state;
    assert_string_equal(text_as_json("a\xff"
                                     "b\xe6\x95"),
                        "\"a\\ufffdb\\ufffd\\ufffd\"");
    assert_true(json_is_valid(aici_buffer_text(&out)));
}

static void no_text_is_null(void **state) {
    (void)state;
    assert_string_equal(text_as_json(NULL), "null");
}

static void what_is_not_finite_is_null(void **state) {
    (void)state;
    const double value[] = {(double)NAN, (double)INFINITY, -(double)INFINITY, 0.1, 1e300, -5e-324, 1.1588541666666668e19};
    aici_json json = aici_json_new(&out);
    aici_json_open(&json, NULL, '[');
    for (size_t i = 0; i < sizeof value / sizeof *value; i++)
        aici_json_number(&json, NULL, value[i]);
    aici_json_close(&json, ']');
    assert_string_equal(aici_buffer_text(&out), "[\n  null,\n  null,\n  null,\n  0.1,\n  1e300,\n  -5e-324,\n  1.1588541666666668e19\n]");
    assert_true(json_is_valid(aici_buffer_text(&out)));
}

static void integers_of_any_size_are_written_in_full(void **state) {
    (void)state;
    aici_json json = aici_json_new(&out);
    aici_json_open(&json, NULL, '{');
    aici_json_integer(&json, "least", INT64_MIN);
    aici_json_integer(&json, "most", INT64_MAX);
    aici_json_integer(&json, "none", 0);
    aici_json_close(&json, '}');
    assert_string_equal(aici_buffer_text(&out),
                        "{\n  \"least\": -9223372036854775808,\n  \"most\": 9223372036854775807,\n  \"none\": 0\n}");
}

static void members_of_the_whole_and_items_that_nest_have_their_lines(void **state) {
    (void)state;
    aici_json json = aici_json_new(&out);
    aici_json_open(&json, NULL, '{');
    aici_json_open(&json, "empty", '[');
    aici_json_close(&json, ']');
    aici_json_open(&json, "items", '[');
    for (int i = 0; i < 2; i++) {
        aici_json_open(&json, NULL, '{');
        aici_json_integer(&json, "number", i);
        aici_json_boolean(&json, "odd", i == 1);
        aici_json_close(&json, '}');
    }
    aici_json_close(&json, ']');
    aici_json_close(&json, '}');
    assert_string_equal(
        aici_buffer_text(&out),
        "{\n  \"empty\": [],\n  \"items\": [\n    {\"number\": 0, \"odd\": false},\n    {\"number\": 1, \"odd\": true}\n  ]\n}");
}

static void nesting_has_no_limit(void **state) {
    (void)state;
    aici_json json = aici_json_new(&out);
    for (int i = 0; i < 300; i++)
        aici_json_open(&json, NULL, '[');
    for (int i = 0; i < 300; i++)
        aici_json_close(&json, ']');
    assert_true(json_is_valid(aici_buffer_text(&out)));
}

static void a_document_may_follow_other_text(void **state) {
    (void)state;
    aici_buffer_add_text(&out, "before [");
    aici_json json = aici_json_new(&out);
    aici_json_open(&json, NULL, '{');
    aici_json_text(&json, "a", "b");
    aici_json_close(&json, '}');
    assert_string_equal(aici_buffer_text(&out), "before [{\n  \"a\": \"b\"\n}");
}

static void the_reader_of_these_tests_refuses_what_is_not_json(void **state) {
    (void)state;
    static const char *const wrong[] = {"",   "nan", "[1,]",  "{\"a\" 1}", "{\"a\": }", "\"\n\"", "01",
                                        "1.", ".5",  "[1 2]", "{} {}",     "\"\\x\"",   "'a'"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(json_is_valid(wrong[i]));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(quotes_backslashes_and_controls_are_escaped),
        TEST(letters_of_any_script_stay),
        TEST(bytes_that_are_not_utf8_become_the_replacement_character),
        TEST(no_text_is_null),
        TEST(what_is_not_finite_is_null),
        TEST(integers_of_any_size_are_written_in_full),
        TEST(members_of_the_whole_and_items_that_nest_have_their_lines),
        TEST(nesting_has_no_limit),
        TEST(a_document_may_follow_other_text),
        TEST(the_reader_of_these_tests_refuses_what_is_not_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
