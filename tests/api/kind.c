/* SPDX-License-Identifier: MIT */
/* Kinds of models through the public interface. */
#include "support.h"

static const char *const names[] = {"adoption",      "breakdown", "cagr",     "inference",     "learning_curve",
                                    "server_market", "share",     "training", "visual_tokens", "workload_split"};

static void the_ten_kinds_are_there_with_docs_and_formulas(void **state) {
    (void)state;
    aic_kinds *kinds = NULL;
    assert_int_equal(aic_kinds_new(NULL, &kinds, NULL), AIC_OK);
    assert_int_equal(aic_kinds_count(kinds), 10);
    for (size_t i = 0; i < 10; i++) {
        assert_string_equal(aic_kinds_name(kinds, i), names[i]);
        assert_true(strlen(aic_kinds_title(kinds, i)) > 5);
        assert_true(aic_kinds_version(kinds, i) >= 1);
        for (size_t j = 0; j < aic_kinds_input_count(kinds, i); j++) {
            assert_true(strlen(aic_kinds_input(kinds, i, j, AIC_KIND_DOC)) > 3);
            assert_true(strlen(aic_kinds_input(kinds, i, j, AIC_KIND_PRESENCE)) > 3);
        }
        for (size_t j = 0; j < aic_kinds_output_count(kinds, i); j++) {
            assert_true(strlen(aic_kinds_output(kinds, i, j, AIC_KIND_FORMULA)) > 0);
            assert_true(strlen(aic_kinds_output(kinds, i, j, AIC_KIND_DOC)) > 3);
            assert_true(strlen(aic_kinds_output(kinds, i, j, AIC_KIND_UNIT)) > 0);
        }
    }
    aic_kinds_free(kinds);
}

static void a_name_that_is_no_kind_offers_the_nearest(void **state) {
    (void)state;
    aic_kinds *kinds = NULL;
    aic_report *report = aic_report_new(NULL);
    size_t index = 99;
    assert_int_equal(aic_kinds_new(NULL, &kinds, NULL), AIC_OK);
    assert_int_equal(aic_kinds_find(kinds, "trainning", &index, report), AIC_ERROR_NAME);
    assert_contains(aic_report_hint(report, 0), "training");
    assert_int_equal(index, 99);
    assert_int_equal(aic_kinds_find(kinds, "training", &index, report), AIC_OK);
    assert_string_equal(aic_kinds_name(kinds, index), "training");
    assert_string_equal(aic_kinds_input(kinds, index, 1000, AIC_KIND_NAME), "");
    assert_string_equal(aic_kinds_output(kinds, 1000, 0, AIC_KIND_NAME), "");
    aic_kinds_free(kinds);
    aic_report_free(report);
}

static void kinds_of_a_scenario_are_listed_with_the_librarys(void **state) {
    (void)state;
    aic_scenario *scenario = load("aicompute: 1\n"
                                  "definitions:\n"
                                  "  doubling:\n"
                                  "    title: Doubling\n"
                                  "    inputs:\n      x: {unit: any, doc: what is doubled}\n"
                                  "    outputs:\n      y: {like: x, formula: 2 * x, doc: twice as much}\n");
    aic_kinds *kinds = NULL;
    aic_text *text = NULL;
    size_t index = 0;
    assert_int_equal(aic_kinds_new(scenario, &kinds, NULL), AIC_OK);
    aic_scenario_free(scenario);
    assert_int_equal(aic_kinds_count(kinds), 11);
    assert_int_equal(aic_kinds_find(kinds, "doubling", &index, NULL), AIC_OK);
    assert_string_equal(aic_kinds_output(kinds, index, 0, AIC_KIND_UNIT), "like x");
    for (int format = AIC_FORMAT_TEXT; format <= AIC_FORMAT_MARKDOWN; format++) {
        assert_int_equal(aic_kinds_text(kinds, "doubling", format, &text, NULL), AIC_OK);
        assert_contains(aic_text_bytes(text), "2 * x");
        aic_text_free(text);
    }
    aic_kinds_free(kinds);
}

static void kinds_are_described_as_a_json_schema(void **state) {
    (void)state;
    aic_kinds *kinds = NULL;
    aic_text *text = NULL, *none = NULL;
    aic_report *report = aic_report_new(NULL);
    assert_int_equal(aic_kinds_new(NULL, &kinds, report), AIC_OK);
    assert_int_equal(aic_kinds_schema(kinds, &text, report), AIC_OK);
    assert_contains(aic_text_bytes(text), "http://json-schema.org/draft-07/schema#");
    assert_contains(aic_text_bytes(text), "\"kind_visual_tokens\"");
    assert_int_equal(aic_kinds_schema(NULL, &none, report), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_kinds_schema(kinds, NULL, report), AIC_ERROR_ARGUMENT);
    assert_null(none);
    aic_text_free(text);
    aic_kinds_free(kinds);
    aic_report_free(report);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ten_kinds_are_there_with_docs_and_formulas),
        cmocka_unit_test(a_name_that_is_no_kind_offers_the_nearest),
        cmocka_unit_test(kinds_of_a_scenario_are_listed_with_the_librarys),
        cmocka_unit_test(kinds_are_described_as_a_json_schema),
    };
    return cmocka_run_group_tests_name("kinds", tests, NULL, NULL);
}
