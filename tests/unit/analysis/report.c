/* SPDX-License-Identifier: MIT */
/* The scenario of the report, end to end: each quantity has the value that was computed apart from the library, each claim the verdict that
 * the scenario expects. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/scene.h"
#include "cases.h"

static const double TOLERANCE = 1e-12;

static int begin(void **state) {
    static struct scene scene;
    scene_open(&scene, "examples/scenarios/report.yaml");
    *state = &scene;
    return 0;
}

static int end(void **state) {
    scene_end(*state);
    return 0;
}

static double scale_of(const struct scene *scene, const char *text) {
    aici_unit unit = {.scale = 1};
    aici_fragment fragment = aici_fragment_of_slice(aici_slice_of(text));
    if (strcmp(text, "1") != 0 && aici_units_read(scene->bound->units, &fragment, 0, fragment.text.size, &unit, scene->report) != AIC_OK)
        scene_fail(scene, text);
    return unit.scale;
}

/* Position of a case's value among those of its quantity. */
static size_t index_of(const aici_result_quantity *quantity, const test_case *item) {
    const char *year = test_case_text(item, "year");
    if (!year)
        return 0;
    for (size_t i = 0; i < quantity->year_count; i++) {
        if (quantity->year[i] == (int)strtol(year, NULL, 10))
            return i;
    }
    fail_msg("%s has no value in %s", quantity->name, year);
    return 0;
}

static void each_quantity_has_the_value_that_was_computed_apart_from_the_library(void **state) {
    struct scene *scene = *state;
    scene_expect_ok(scene, scene_evaluate(scene, NULL));
    test_cases cases = test_cases_read("tests/cases/report.yaml");
    for (size_t i = 0; i < cases.count; i++) {
        const aici_result_quantity *quantity = scene_quantity(scene, test_case_text(&cases.item[i], "name"));
        double expected = test_case_number(&cases.item[i], "value") * scale_of(scene, test_case_text(&cases.item[i], "unit"));
        double found = quantity->value[index_of(quantity, &cases.item[i])] * quantity->scale;
        if (!(fabs(found - expected) <= TOLERANCE * fabs(expected)))
            fail_msg("%s:%u: %s: expected %.17g, found %.17g (coherent)", cases.path, cases.item[i].line, quantity->name, expected, found);
    }
    test_cases_free(&cases);
}

static void each_claim_has_the_verdict_that_is_expected(void **state) {
    struct scene *scene = *state;
    scene_expect_ok(scene, scene_check(scene));
    assert_int_equal(scene->result->claim_count, 20);
    for (size_t i = 0; i < scene->result->claim_count; i++) {
        if (scene->result->claim[i].verdict != scene->result->claim[i].expected)
            fail_msg("%s: expected verdict %d, found %d", scene->result->claim[i].id, scene->result->claim[i].expected,
                     scene->result->claim[i].verdict);
    }
    assert_non_null(
        strstr(scene_text(scene, AIC_FORMAT_TEXT), "20 claims: 11 hold, 1 under a reading, 8 differ, 0 not checkable; all as expected."));
}

static void the_growth_that_counts_six_periods_differs_by_more_than_rounding_explains(void **state) {
    struct scene *scene = *state;
    scene_expect_ok(scene, scene_check(scene));
    const aici_result_claim *claim = scene_claim(scene, "AIS-06");
    assert_int_equal(claim->verdict, AIC_VERDICT_DIFFERS);
    scene_expect_value(claim->figure[AIC_CLAIM_PUBLISHED], 0.2083, 0);
    scene_expect_value(claim->figure[AIC_CLAIM_COMPUTED], 0.25494260954664894, TOLERANCE);
    scene_expect_value(claim->figure[AIC_CLAIM_COMPUTED_LOW], pow(1089.35 / 350.5, 0.2) - 1, TOLERANCE);
    scene_expect_value(claim->figure[AIC_CLAIM_COMPUTED_HIGH], pow(1089.45 / 349.5, 0.2) - 1, TOLERANCE);
}

static void the_cost_of_the_fleet_is_derived_down_to_sources_and_defaults(void **state) {
    struct scene *scene = *state;
    scene_expect_ok(scene, scene_explain(scene, "chatgpt.capex"));
    assert_string_equal(scene->result->step[0].formula, "servers * server_price");
    assert_string_equal(scene_step(scene, "chatgpt.parameters")->written, "1万亿 parameter");
    assert_non_null(strstr(scene_step(scene, "chatgpt.parameters")->source, "China Galaxy Securities"));
    assert_true(scene_step(scene, "chatgpt.flop_per_parameter_token")->is_default);
    assert_string_equal(scene_step(scene, "t4_peak")->note, "FP16 tensor");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_quantity_has_the_value_that_was_computed_apart_from_the_library),
        cmocka_unit_test(each_claim_has_the_verdict_that_is_expected),
        cmocka_unit_test(the_growth_that_counts_six_periods_differs_by_more_than_rounding_explains),
        cmocka_unit_test(the_cost_of_the_fleet_is_derived_down_to_sources_and_defaults),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
