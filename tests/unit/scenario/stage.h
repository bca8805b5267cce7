/* SPDX-License-Identifier: MIT */
/*
 * A scenario on the table: read, bound, changed; what goes wrong although it should not ends the test with the report.
 *
 *     struct stage stage = stage_of("assumptions: {a: 2 token}\n");   // begins with `aicompute: 1` by itself
 *     assert_true(stage_value(&stage, "a") == 2);
 *     stage_clear(&stage);
 */
#ifndef TESTS_UNIT_SCENARIO_STAGE_H
#define TESTS_UNIT_SCENARIO_STAGE_H

#include "scenario/scenario.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct stage {
    aic_report *report;
    aic_scenario *scenario;
    aici_bound *bound;
};

static inline void stage_fail(const struct stage *stage, const char *doing) {
    aic_text *text = NULL;
    aic_report_text(stage->report, 0, &text);
    print_error("%s\n%s", doing, aic_text_bytes(text));
    aic_text_free(text);
    fail();
}

/** Binds anew. */
static inline void stage_bind(struct stage *stage) {
    aici_bound_unref(stage->bound);
    stage->bound = NULL;
    if (aici_scenario_bind(stage->scenario, &stage->bound, stage->report) != AIC_OK)
        stage_fail(stage, "the scenario does not bind");
}

/** Reads without binding; the text is complete. */
static inline struct stage stage_read(const char *text) {
    struct stage stage = {aic_report_new(NULL), NULL, NULL};
    if (aici_scenario_read(NULL, NULL, "test.yaml", text, strlen(text), &stage.scenario, stage.report) != AIC_OK)
        stage_fail(&stage, text);
    return stage;
}

/** Reads and binds; the version is put before the text. */
static inline struct stage stage_of(const char *text) {
    char *whole = malloc(strlen(text) + 32);
    sprintf(whole, "aicompute: 1\n%s", text);
    struct stage stage = stage_read(whole);
    free(whole);
    stage_bind(&stage);
    return stage;
}

/** An empty scenario, to be built by calls. */
static inline struct stage stage_new(void) {
    struct stage stage = {aic_report_new(NULL), NULL, NULL};
    if (aici_scenario_new(NULL, NULL, &stage.scenario, stage.report) != AIC_OK)
        stage_fail(&stage, "no scenario");
    return stage;
}

static inline void stage_clear(struct stage *stage) {
    aici_bound_unref(stage->bound);
    aici_scenario_free(stage->scenario);
    aic_report_free(stage->report);
    *stage = (struct stage){NULL, NULL, NULL};
}

/** A call must have worked. */
static inline void stage_expect(struct stage *stage, aic_status status) {
    if (status != AIC_OK)
        stage_fail(stage, "a call failed");
}

/** A call must have failed with this code first; the report is empty afterwards. */
static inline void stage_expect_code(struct stage *stage, aic_status status, enum aici_code code) {
    int found = aic_report_code(stage->report, 0);
    if (status == AIC_OK || found != (int)code || status != aici_code_status((int)code))
        stage_fail(stage, "another outcome was expected");
    aic_report_clear(stage->report);
}

static inline const aici_quantity *stage_quantity(const struct stage *stage, const char *name) {
    uint32_t index = aici_bound_find(stage->bound, name);
    if (index == AICI_NONE)
        fail_msg("there is no quantity %s", name);
    return &stage->bound->quantity[index];
}

/** The constant value of a quantity in its own unit. */
static inline double stage_value(const struct stage *stage, const char *name) {
    const aici_quantity *quantity = stage_quantity(stage, name);
    double value = 0;
    if (!aici_expr_constant(quantity->tree, &value))
        fail_msg("%s is not constant", name);
    return value / quantity->unit_scale;
}

/** The scenario as YAML, to be freed by the caller. */
static inline char *stage_yaml(const struct stage *stage) {
    aici_buffer buffer = aici_buffer_new(NULL);
    aici_scenario_write(stage->scenario, &buffer);
    assert_false(aici_buffer_failed(&buffer));
    char *text = malloc(buffer.size + 1);
    memcpy(text, aici_buffer_text(&buffer), buffer.size + 1);
    aici_buffer_free(&buffer);
    return text;
}

#endif
