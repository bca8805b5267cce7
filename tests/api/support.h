/* SPDX-License-Identifier: MIT */
/* What the tests of the public interface share: a small scenario, and loading that shows why it failed. */
#ifndef AICOMPUTE_TEST_SUPPORT_H
#define AICOMPUTE_TEST_SUPPORT_H

#define _POSIX_C_SOURCE 200809L /* strdup */
#include <aicompute/aicompute.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char chat[] =
    "aicompute: 1\n"
    "title: A chat service\n"
    "timeline: 2024..2027\n"
    "sources: {survey: A survey of traffic}\n"
    "assumptions:\n"
    "  visits: {value: 60M visit/day, source: survey, label: 日访问量}\n"
    "  price: {value: 29000 USD/server, rounded: true, digits: 2}\n"
    "models:\n"
    "  chat:\n"
    "    kind: inference\n"
    "    parameters: 1T parameter\n"
    "    tokens_per_query: 267 token/query\n"
    "    utilization: 32 %\n"
    "    queries_per_day: visits * 10 query/visit\n"
    "    accelerator_peak: 65 TFLOP/s/accelerator\n"
    "    server_price: price\n"
    "calculations:\n"
    "  per_visit: chat.capex / (visits * 365 day)\n"
    "  growing: \"1 server * 2 ^ (year - 2024)\"\n"
    "claims:\n"
    "  - {id: servers, says: servers needed, published: 22.75万 server, computed: chat.servers, expected: differs, source: survey}\n"
    "  - {id: capex, published: 6.5e8 USD, computed: chat.capex}\n"
    "  - {id: whole, not_checkable: the source prints no inputs, expected: not_checkable}\n";

static void show(aic_report *report) {
    aic_text *text = NULL;
    if (aic_report_count(report) > 0 && aic_report_text(report, 0, &text) == AIC_OK) {
        print_message("%s", aic_text_bytes(text));
    }
    aic_text_free(text);
}

/** Loads a scenario that must load. */
static inline aic_scenario *load(const char *text) {
    aic_report *report = aic_report_new(NULL);
    aic_scenario *scenario = NULL;
    if (aic_scenario_load(text, strlen(text), "test.yaml", NULL, &scenario, report) != AIC_OK) {
        show(report);
        fail();
    }
    aic_report_free(report);
    return scenario;
}

/** The result of a call that must end so; where it does not, the report is shown. */
static inline aic_result *answered(aic_status expected, aic_status status, aic_result *result, aic_report *report) {
    if (status != expected) {
        show(report);
    }
    assert_int_equal(status, expected);
    assert_int_equal(result != NULL, status == AIC_OK);
    return result;
}

static inline aic_result *evaluate(aic_scenario *scenario) {
    aic_report *report = aic_report_new(NULL);
    aic_result *result = NULL;
    if (aic_scenario_evaluate(scenario, NULL, 0, &result, report) != AIC_OK) {
        show(report);
        fail();
    }
    aic_report_free(report);
    return result;
}

static inline double value_of(const aic_result *result, const char *name) {
    size_t index;
    assert_int_equal(aic_result_find(result, name, &index, NULL), AIC_OK);
    return aic_result_value(result, index);
}

static inline void assert_near(double got, double wanted) {
    if (!(fabs(got - wanted) <= 1e-12 * fabs(wanted))) {
        print_error("%.17g is not %.17g\n", got, wanted);
        fail();
    }
}

static inline void assert_contains(const char *text, const char *part) {
    if (strstr(text, part) == NULL) {
        print_error("\"%s\" is not in \"%s\"\n", part, text);
        fail();
    }
}

#endif
