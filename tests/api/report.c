/* SPDX-License-Identifier: MIT */
/* Reports as a caller reads them. */
#include "support.h"

static const char two_faults[] = "aicompute: 1\n"
                                 "assumptions:\n"
                                 "  a: 3 FLOP + 2 token\n"
                                 "  b: 4 wat\n"
                                 "  c: 5 FLOP\n";

static aic_report *report_of(const char *text, aic_status status) {
    aic_report *report = aic_report_new(NULL);
    aic_scenario *scenario = NULL;
    assert_int_equal(aic_scenario_load(text, strlen(text), "faulty.yaml", NULL, &scenario, report), status);
    assert_null(scenario);
    return report;
}

static void all_independent_faults_come_at_once_in_the_order_of_the_file(void **state) {
    (void)state;
    aic_report *report = report_of(two_faults, AIC_ERROR_UNIT);
    unsigned line, column;
    assert_int_equal(aic_report_count(report), 2);
    assert_int_equal(aic_report_error_count(report), 2);
    for (size_t i = 0; i < 2; i++) {
        aic_report_place(report, i, &line, &column, NULL, NULL);
        assert_int_equal(line, 3 + i);
        assert_true(column >= 6);
        assert_int_equal(aic_report_severity(report, i), AIC_SEVERITY_ERROR);
        assert_string_equal(aic_report_file(report, i), "faulty.yaml");
        assert_true(strlen(aic_report_message(report, i)) > 5);
        assert_true(strlen(aic_code_text(aic_report_code(report, i))) > 5);
    }
    aic_report_free(report);
}

static void the_picture_has_the_line_and_a_caret(void **state) {
    (void)state;
    aic_report *report = report_of(two_faults, AIC_ERROR_UNIT);
    aic_text *text = NULL;
    assert_int_equal(aic_report_text(report, 0, &text), AIC_OK);
    assert_contains(aic_text_bytes(text), "faulty.yaml:4:");
    assert_contains(aic_text_bytes(text), "    4 |   b: 4 wat\n");
    assert_contains(aic_text_bytes(text), "^^^");
    assert_int_equal(aic_text_size(text), strlen(aic_text_bytes(text)));
    aic_text_free(text);
    aic_report_free(report);
}

static void a_call_empties_the_report_first(void **state) {
    (void)state;
    aic_report *report = report_of(two_faults, AIC_ERROR_UNIT);
    aic_scenario *scenario = NULL;
    assert_int_equal(aic_scenario_load(chat, strlen(chat), "", NULL, &scenario, report), AIC_OK);
    assert_int_equal(aic_report_error_count(report), 0);
    aic_scenario_free(scenario);
    aic_report_free(report);
}

static void questions_out_of_range_have_empty_answers(void **state) {
    (void)state;
    aic_report *report = aic_report_new(NULL);
    unsigned line = 7;
    assert_string_equal(aic_report_message(report, 0), "");
    assert_string_equal(aic_report_hint(report, 3), "");
    assert_string_equal(aic_report_notes(report, 3), "");
    assert_string_equal(aic_report_file(report, 3), "");
    assert_string_equal(aic_report_path(report, 3), "");
    assert_int_equal(aic_report_code(report, 0), 0);
    aic_report_place(report, 0, &line, NULL, NULL, NULL);
    assert_int_equal(line, 0);
    assert_string_equal(aic_code_text(99999), "");
    assert_int_equal(aic_report_count(NULL), 0);
    aic_report_free(report);
    aic_report_free(NULL);
    aic_report_clear(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_independent_faults_come_at_once_in_the_order_of_the_file),
        cmocka_unit_test(the_picture_has_the_line_and_a_caret),
        cmocka_unit_test(a_call_empties_the_report_first),
        cmocka_unit_test(questions_out_of_range_have_empty_answers),
    };
    return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
