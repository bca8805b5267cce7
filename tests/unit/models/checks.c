/* SPDX-License-Identifier: MIT */
/*
 * Executes the `checks:` of every built-in kind: each becomes a scenario with one model, and every output that the check lists is compared
 * with the value that its source gives. Prints what was compared, so that a specialist can read it.
 */
#include "analysis/analysis.h"
#include "base/number.h"
#include "scenario/scenario.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/** The scenario of one check: its model, and a calculation for each expected value. */
static const aici_node *scenario_of(aici_arena *arena, const char *kind, const aici_node *check) {
    const aici_node *model =
        aici_node_with(arena, aici_node_value(check, "inputs"), aici_slice_of("kind"), aici_node_new_scalar(arena, aici_slice_of(kind)));
    const aici_node *models = aici_node_with(arena, NULL, aici_slice_of("m"), model);
    const aici_node *outputs = aici_node_value(check, "outputs");
    const aici_node *calculations = NULL;
    char name[32];
    for (uint32_t i = 0; i < outputs->count; i++) {
        char text[300];
        snprintf(name, sizeof name, "expected_%u", (unsigned)i);
        calculations =
            aici_node_with(arena, calculations, aici_slice_of(aici_arena_copy(arena, name, strlen(name))), outputs->as.entry[i].value);
        snprintf(name, sizeof name, "computed_%u", (unsigned)i);
        snprintf(text, sizeof text, "m.%.*s", AICI_SLICE(outputs->as.entry[i].key->as.text));
        calculations = aici_node_with(arena, calculations, aici_slice_of(aici_arena_copy(arena, name, strlen(name))),
                                      aici_node_new_scalar(arena, aici_slice_of(aici_arena_copy(arena, text, strlen(text)))));
    }
    const aici_node *root = aici_node_with(arena, NULL, aici_slice_of("aicompute"), aici_node_new_scalar(arena, aici_slice_of("1")));
    if (aici_node_value(check, "timeline") != NULL) {
        root = aici_node_with(arena, root, aici_slice_of("timeline"), aici_node_value(check, "timeline"));
    }
    root = aici_node_with(arena, root, aici_slice_of("models"), models);
    return aici_node_with(arena, root, aici_slice_of("calculations"), calculations);
}

static double tolerance_of(const aici_node *check) {
    const aici_node *node = aici_node_value(check, "tolerance");
    double value = 1e-9;
    if (node != NULL) {
        assert_int_equal(aici_number_read(node->as.text.bytes, node->as.text.size, 0, &value), AICI_NUMBER_OK);
    }
    return value;
}

static void print_report(aic_report *report) {
    aic_text *text = NULL;
    if (aic_report_count(report) > 0 && aic_report_text(report, 0, &text) == AIC_OK) {
        print_message("%s", aic_text_bytes(text));
    }
    aic_text_free(text);
}

static double value_of(const aic_result *result, const char *name) {
    for (size_t i = 0; i < result->quantity_count; i++) {
        if (strcmp(result->quantity[i].name, name) == 0) {
            return result->quantity[i].value[0];
        }
    }
    return (double)NAN;
}

/** Compares each listed output; returns how many were wrong. */
static unsigned compare(const char *kind, const aici_node *check, const aic_result *result) {
    const aici_node *outputs = aici_node_value(check, "outputs");
    double tolerance = tolerance_of(check);
    unsigned wrong = 0;
    for (uint32_t i = 0; i < outputs->count; i++) {
        char name[32];
        snprintf(name, sizeof name, "expected_%u", (unsigned)i);
        double expected = value_of(result, name);
        snprintf(name, sizeof name, "computed_%u", (unsigned)i);
        double computed = value_of(result, name);
        double error = fabs(computed - expected) / (expected != 0 ? fabs(expected) : 1);
        bool right = error <= tolerance;
        wrong += !right;
        print_message("%s %s.%.*s: computed %.12g, expected %.12g (off by %.2g, allowed %.2g)\n", right ? "  " : "WRONG", kind,
                      AICI_SLICE(outputs->as.entry[i].key->as.text), computed, expected, error, tolerance);
    }
    return wrong;
}

static unsigned run_check(const aici_kind *kind, const aici_node *check) {
    aici_arena *arena = aici_arena_new(NULL);
    aici_buffer yaml = aici_buffer_new(NULL);
    aic_report *report = aic_report_new(NULL);
    aic_scenario *scenario = NULL;
    aici_bound *bound = NULL;
    aic_result *result = NULL;
    aic_limits limits;
    unsigned wrong = 1;
    assert_true(aici_limits_fill(NULL, &limits));
    aici_document_write(scenario_of(arena, kind->name, check), &yaml);
    aic_status status = aici_scenario_read(NULL, &limits, kind->name, aici_buffer_text(&yaml), yaml.size, &scenario, report);
    status = status == AIC_OK ? aici_scenario_bind(scenario, &bound, report) : status;
    status = status == AIC_OK ? aici_analysis_evaluate(bound, NULL, 0, NULL, &result, report) : status;
    if (status == AIC_OK) {
        wrong = compare(kind->name, check, result);
    } else {
        print_report(report);
    }
    aici_result_release(result);
    aici_bound_unref(bound);
    aici_scenario_free(scenario);
    aic_report_free(report);
    aici_buffer_free(&yaml);
    aici_arena_free(arena);
    return wrong;
}

static void every_check_of_every_kind_holds(void **state) {
    (void)state;
    aici_arena *arena = aici_arena_new(NULL);
    const aici_kind *const *kind = NULL;
    aici_units *units = NULL;
    size_t count = 0;
    unsigned wrong = 0;
    assert_int_equal(aici_scenario_kinds(NULL, arena, &kind, &count, &units, NULL), AIC_OK);
    assert_true(count >= 10);
    for (size_t i = 0; i < count; i++) {
        assert_non_null(kind[i]->checks);
        assert_true(kind[i]->checks->count >= 2);
        for (uint32_t j = 0; j < kind[i]->checks->count; j++) {
            wrong += run_check(kind[i], kind[i]->checks->as.item[j]);
        }
    }
    aici_units_free(units);
    aici_arena_free(arena);
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_check_of_every_kind_holds)};
    return cmocka_run_group_tests_name("checks of model kinds", tests, NULL, NULL);
}
