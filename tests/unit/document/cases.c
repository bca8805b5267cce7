/* SPDX-License-Identifier: MIT */
/* The cases of tests/cases/documents.yaml: each text is read, and what is read, or said about it, is what the case says. */
#include "../cases.h"
#include "document/document.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char *const code_names[] = {
#define NAME(name, number, status, meaning) #name,
    AICI_CODES(NAME)
#undef NAME
};

static const int code_numbers[] = {
#define NUMBER(name, number, status, meaning) number,
    AICI_CODES(NUMBER)
#undef NUMBER
};

static const char *name_of_code(int code) {
    for (size_t i = 0; i < sizeof code_numbers / sizeof *code_numbers; i++)
        if (code_numbers[i] == code)
            return code_names[i];
    return "?";
}

static void add_text(aici_buffer *out, aici_slice text) {
    aici_buffer_add_char(out, '"');
    for (size_t i = 0; i < text.size; i++) {
        if (text.bytes[i] == '\n' || text.bytes[i] == '\t')
            aici_buffer_add_text(out, text.bytes[i] == '\n' ? "\\n" : "\\t");
        else
            aici_buffer_add_char(out, text.bytes[i]);
    }
    aici_buffer_add_char(out, '"');
}

static void add_tree(aici_buffer *out, const aici_node *node) {
    if (node->kind == AICI_NODE_SCALAR) {
        add_text(out, node->as.text);
        return;
    }
    bool mapping = node->kind == AICI_NODE_MAPPING;
    aici_buffer_add_char(out, mapping ? '{' : '[');
    for (uint32_t i = 0; i < node->count; i++) {
        aici_buffer_add_text(out, i ? ", " : "");
        if (mapping) {
            add_text(out, node->as.entry[i].key->as.text);
            aici_buffer_add_text(out, ": ");
        }
        add_tree(out, mapping ? node->as.entry[i].value : node->as.item[i]);
    }
    aici_buffer_add_char(out, mapping ? '}' : ']');
}

/* What was said, in the words of the case file: NAME line:column, a line for each message. */
static void add_messages(aici_buffer *out, const aic_report *report) {
    for (size_t i = 0; i < aic_report_count(report); i++) {
        unsigned line, column;
        aic_report_place(report, i, &line, &column, NULL, NULL);
        aici_buffer_add_format(out, "%s%s %u:%u", i ? "\n" : "", name_of_code(aic_report_code(report, i)), line, column);
    }
}

static void add_expected_messages(aici_buffer *out, const test_case *item) {
    aici_buffer_add_format(out, "%s %s:%s", test_case_text(item, "expect"), test_case_text_or(item, "line", "?"),
                           test_case_text_or(item, "column", "?"));
    const char *then = test_case_text(item, "then");
    if (then)
        aici_buffer_add_format(out, "\n%s", then);
}

static bool check_part(const test_case *item, const char *key, const char *whole) {
    const char *part = test_case_text(item, key);
    if (!part || strstr(whole, part))
        return true;
    print_error("line %u: `%s` should be in: %s\n", item->line, part, whole);
    return false;
}

static bool check_end(const test_case *item, const aic_report *report) {
    unsigned line, column;
    char end[40];
    aic_report_place(report, 0, NULL, NULL, &line, &column);
    snprintf(end, sizeof end, "%u:%u", line, column);
    const char *expected = test_case_text_or(item, "last", end);
    if (strcmp(expected, end) != 0)
        print_error("line %u: should end at %s, ends at %s\n", item->line, expected, end);
    return strcmp(expected, end) == 0;
}

static bool check_text(const test_case *item, const aici_buffer *expected, const aici_buffer *found) {
    if (strcmp(aici_buffer_text(expected), aici_buffer_text(found)) == 0)
        return true;
    print_error("line %u: %s\n  expected: %s\n  found:    %s\n", item->line, test_case_text(item, "case"), aici_buffer_text(expected),
                aici_buffer_text(found));
    return false;
}

/* True when reading the text of a case gives what the case says. */
static bool holds(const test_case *item) {
    aici_arena *arena = aici_arena_new(NULL);
    aic_report *report = aic_report_new(NULL);
    aici_buffer expected = aici_buffer_new(NULL), found = aici_buffer_new(NULL);
    const char *text = test_case_text(item, "text");
    const aici_node *root = NULL;
    aic_status status = aici_document_read(arena, "case.yaml", text, strlen(text), NULL, &root, report);
    bool good = (status == AIC_OK) == (root != NULL) && (status != AIC_OK) == (aic_report_error_count(report) > 0);
    if (status == AIC_OK) {
        aici_buffer_add_text(&expected, test_case_text_or(item, "reads", test_case_text(item, "expect")));
        add_tree(&found, root);
    } else {
        add_expected_messages(&expected, item);
        add_messages(&found, report);
        good = good && status == aici_code_status(aic_report_code(report, 0));
        good = check_part(item, "says", aic_report_message(report, 0)) && good;
        good = check_part(item, "help", aic_report_hint(report, 0)) && good;
        good = check_end(item, report) && good;
    }
    good = check_text(item, &expected, &found) && good;
    aici_buffer_free(&expected);
    aici_buffer_free(&found);
    aic_report_free(report);
    aici_arena_free(arena);
    return good;
}

static void every_case_of_documents_holds(void **state) {
    (void)state;
    test_cases cases = test_cases_read("tests/cases/documents.yaml");
    size_t wrong = 0;
    for (size_t i = 0; i < cases.count; i++)
        wrong += !holds(&cases.item[i]);
    print_message("%zu cases\n", cases.count);
    bool enough = cases.count >= 100;
    test_cases_free(&cases);
    assert_true(enough);
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_case_of_documents_holds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
