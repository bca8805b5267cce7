/* SPDX-License-Identifier: MIT */
/* What is said about faulty scenarios: tests/cases/scenarios.yaml. */
#include "cases.h"
#include "stage.h"

static int code_number(const char *name) {
#define CODE_NUMBER(id, number, status, meaning)                                                                                           \
    if (strcmp(name, #id) == 0)                                                                                                            \
        return number;
    AICI_CODES(CODE_NUMBER)
#undef CODE_NUMBER
    return -1;
}

/* Each line of @p words stands in the text. */
static bool has_words(const char *text, const char *words) {
    while (words && *words) {
        char word[600];
        size_t size = strcspn(words, "\n");
        snprintf(word, sizeof word, "%.*s", (int)size, words);
        if (!strstr(text, word)) {
            print_message("expected the words `%s` in `%s`\n", word, text);
            return false;
        }
        words += size + (words[size] == '\n');
    }
    return true;
}

static aic_status try_case(struct stage *stage, const test_case *item) {
    const char *text = test_case_text(item, "text"), *library = test_case_text(item, "library");
    aic_status status = aici_scenario_read(NULL, NULL, "case.yaml", text, strlen(text), &stage->scenario, stage->report);
    if (status == AIC_OK && library)
        status = aici_scenario_add_library(stage->scenario, "library.yaml", library, strlen(library), stage->report);
    return status == AIC_OK ? aici_scenario_bind(stage->scenario, &stage->bound, stage->report) : status;
}

static bool is_at_place(const aic_report *report, const test_case *item) {
    unsigned line = 0, column = 0;
    aic_report_place(report, 0, &line, &column, NULL, NULL);
    return line == (unsigned)test_case_number(item, "line") && column == (unsigned)test_case_number(item, "column");
}

static bool case_holds(const test_case *item) {
    struct stage stage = {aic_report_new(NULL), NULL, NULL};
    bool remark = test_case_text(item, "remark") != NULL;
    size_t errors = remark ? 0 : (size_t)strtoul(test_case_text_or(item, "errors", "1"), NULL, 10);
    aic_status status = try_case(&stage, item);
    int code = code_number(test_case_text(item, "code"));
    bool right = (status == AIC_OK) == remark && (remark || (!stage.bound && status == aici_report_status(stage.report)));
    right = right && aic_report_error_count(stage.report) == errors && aic_report_code(stage.report, 0) == code &&
            is_at_place(stage.report, item);
    right = right && has_words(aic_report_message(stage.report, 0), test_case_text(item, "message")) &&
            has_words(aic_report_hint(stage.report, 0), test_case_text(item, "hint"));
    if (!right) {
        aic_text *text = NULL;
        aic_report_text(stage.report, 0, &text);
        print_message("line %u: %s\n%s\n", item->line, test_case_text(item, "says"), aic_text_bytes(text));
        aic_text_free(text);
    }
    stage_clear(&stage);
    return right;
}

static void each_fault_is_told_at_its_place_with_the_repair(void **state) {
    (void)state;
    test_cases cases = test_cases_read("tests/cases/scenarios.yaml");
    size_t wrong = 0;
    for (size_t i = 0; i < cases.count; i++)
        wrong += !case_holds(&cases.item[i]);
    test_cases_free(&cases);
    assert_int_equal(wrong, 0);
}

static void a_report_keeps_as_many_errors_as_the_limit_allows(void **state) {
    (void)state;
    char text[4096] = "aicompute: 1\nassumptions:\n";
    for (int i = 0; i < 60; i++)
        sprintf(text + strlen(text), "  a%d: unknown%d\n", i, i);
    struct stage stage = {aic_report_new(NULL), NULL, NULL};
    aic_limits limits = {.size = sizeof limits, .diagnostics = 7};
    stage_expect(&stage, aici_scenario_read(NULL, &limits, "test.yaml", text, strlen(text), &stage.scenario, stage.report));
    assert_int_equal(aici_scenario_bind(stage.scenario, &stage.bound, stage.report), AIC_ERROR_NAME);
    assert_int_equal(aic_report_count(stage.report), 8); /* the last says how many more there are */
    assert_int_equal(aic_report_error_count(stage.report), 60);
    stage_clear(&stage);
}

static void errors_without_a_report_are_errors(void **state) {
    (void)state;
    aic_scenario *scenario = NULL;
    aici_bound *bound = NULL;
    const char *text = "aicompute: 1\nmodels: {m: {kind: share, part: 1, whole: x}}\n";
    assert_int_equal(aici_scenario_read(NULL, NULL, "test.yaml", text, strlen(text), &scenario, NULL), AIC_OK);
    assert_int_not_equal(aici_scenario_bind(scenario, &bound, NULL), AIC_OK);
    assert_null(bound);
    aici_scenario_free(scenario);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_fault_is_told_at_its_place_with_the_repair),
        cmocka_unit_test(a_report_keeps_as_many_errors_as_the_limit_allows),
        cmocka_unit_test(errors_without_a_report_are_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
