/* SPDX-License-Identifier: MIT */
/*
 * A scenario in YAML and the questions that are asked of it. Any failure on the way to the bound scenario ends the test with the report.
 *
 *     struct scene scene;
 *     scene_begin(&scene, "assumptions: {a: 2, b: a + 1}\n");
 *     scene_expect_value(scene_value(&scene, "b"), 3, 0);
 *     scene_end(&scene);
 */
#ifndef TESTS_UNIT_ANALYSIS_SCENE_H
#define TESTS_UNIT_ANALYSIS_SCENE_H

#include "analysis/analysis.h"
#include "base/limits.h"
#include "failing_allocator.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct scene {
    aic_report *report;
    aic_scenario *scenario;
    aici_bound *bound;
    aic_result *result; /* of the latest question */
    aici_buffer text;
};

static inline void scene_fail(const struct scene *scene, const char *doing) {
    aic_text *text = NULL;
    aic_report_text(scene->report, 0, &text);
    print_error("%s:\n%s", doing, aic_text_bytes(text));
    aic_text_free(text);
    fail();
}

static inline void scene_read(struct scene *scene, const char *name, const char *text, size_t size) {
    aic_limits limits;
    aici_limits_fill(NULL, &limits);
    *scene = (struct scene){.report = aic_report_new(NULL), .text = aici_buffer_new(NULL)};
    if (aici_scenario_read(NULL, &limits, name, text, size, &scene->scenario, scene->report) != AIC_OK)
        scene_fail(scene, "reading");
    if (aici_scenario_bind(scene->scenario, &scene->bound, scene->report) != AIC_OK)
        scene_fail(scene, "binding");
    aic_report_clear(scene->report);
}

/** The text without its first line, which is the same everywhere. */
static inline void scene_begin(struct scene *scene, const char *yaml) {
    aici_buffer whole = aici_buffer_new(NULL);
    aici_buffer_add_format(&whole, "aicompute: 1\n%s", yaml);
    scene_read(scene, "scene.yaml", aici_buffer_text(&whole), whole.size);
    aici_buffer_free(&whole);
}

/** A scenario whose memory is a test's. */
static inline aic_scenario *scene_load(const aic_allocator *allocator, const char *text) {
    aic_limits limits;
    aic_scenario *scenario = NULL;
    aici_limits_fill(NULL, &limits);
    assert_int_equal(aici_scenario_read(allocator, &limits, "scene.yaml", text, strlen(text), &scenario, NULL), AIC_OK);
    return scenario;
}

/** A file, by its path from the source root. */
static inline void scene_open(struct scene *scene, const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("%s cannot be opened (tests run in the source root)", path);
    static char bytes[1 << 20];
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    scene_read(scene, strrchr(path, '/') + 1, bytes, size);
}

static inline void scene_end(struct scene *scene) {
    aici_result_release(scene->result);
    aici_bound_unref(scene->bound);
    aici_scenario_free(scene->scenario);
    aici_buffer_free(&scene->text);
    aic_report_free(scene->report);
}

/* --- questions ------------------------------------------------------------------------------------------------------------------------ */

static inline void scene_forget(struct scene *scene) {
    aici_result_release(scene->result);
    scene->result = NULL;
    aic_report_clear(scene->report);
}

/** Evaluates one name, or everything (NULL). */
static inline aic_status scene_evaluate(struct scene *scene, const char *name) {
    scene_forget(scene);
    return aici_analysis_evaluate(scene->bound, name ? &name : NULL, name ? 1 : 0, NULL, &scene->result, scene->report);
}

/** As claims are sampled where something is uncertain. */
static inline aici_sample_wish scene_wish(void) {
    return (aici_sample_wish){.samples = 65536, .sobol = true, .replicates = 8, .threads = 1};
}

static inline aic_status scene_check(struct scene *scene) {
    const aici_sample_wish wish = scene_wish();
    scene_forget(scene);
    return aici_analysis_check(scene->bound, &wish, NULL, &scene->result, scene->report);
}

static inline aic_status scene_explain(struct scene *scene, const char *name) {
    scene_forget(scene);
    return aici_analysis_explain(scene->bound, name, NULL, &scene->result, scene->report);
}

static inline void scene_expect_ok(const struct scene *scene, aic_status status) {
    if (status != AIC_OK)
        scene_fail(scene, "asking");
}

/** That a call without memory says so and has no result; then that nothing of it is left. */
static inline void scene_expect_memory(const struct failing_allocator *memory, aic_status status, aic_result *result) {
    assert_int_equal(status, memory->failed ? AIC_ERROR_MEMORY : AIC_OK);
    assert_int_equal(result == NULL, memory->failed);
    aici_result_release(result);
    assert_true(failing_allocator_is_clean(memory));
}

/** The text of the latest answer. */
static inline const char *scene_text(struct scene *scene, aic_format format) {
    aic_text_options options = {.size = sizeof options, .format = (int)format};
    aici_buffer_clear(&scene->text);
    if (aici_result_write(scene->result, &options, &scene->text, scene->report) != AIC_OK)
        scene_fail(scene, "writing");
    return aici_buffer_text(&scene->text);
}

/* --- answers -------------------------------------------------------------------------------------------------------------------------- */

static inline const aici_result_quantity *scene_find(const struct scene *scene, const char *name) {
    for (size_t i = 0; scene->result && i < scene->result->quantity_count; i++) {
        if (strcmp(scene->result->quantity[i].name, name) == 0)
            return &scene->result->quantity[i];
    }
    return NULL;
}

static inline const aici_result_quantity *scene_quantity(const struct scene *scene, const char *name) {
    const aici_result_quantity *quantity = scene_find(scene, name);
    if (!quantity)
        fail_msg("the result has no %s", name);
    return quantity;
}

/** Equal but for a relative difference (an absolute one beside zero). */
static inline void scene_expect_value(double found, double expected, double tolerance) {
    double size = fabs(expected) > 0 ? fabs(expected) : 1;
    if (!(fabs(found - expected) <= tolerance * size))
        fail_msg("expected %.17g, found %.17g", expected, found);
}

/** The value of a quantity when that alone is asked for. */
static inline double scene_value(struct scene *scene, const char *name) {
    scene_expect_ok(scene, scene_evaluate(scene, name));
    return scene_quantity(scene, name)->value[0];
}

static inline const aici_result_claim *scene_claim(const struct scene *scene, const char *id) {
    for (size_t i = 0; scene->result && i < scene->result->claim_count; i++) {
        if (strcmp(scene->result->claim[i].id, id) == 0)
            return &scene->result->claim[i];
    }
    fail_msg("the result has no claim %s", id);
    return NULL;
}

static inline const aici_result_step *scene_step(const struct scene *scene, const char *name) {
    for (size_t i = 0; scene->result && i < scene->result->step_count; i++) {
        if (strcmp(scene->result->step[i].name, name) == 0)
            return &scene->result->step[i];
    }
    fail_msg("the derivation has no %s", name);
    return NULL;
}

/** The number of entries with a code. */
static inline size_t scene_count(const struct scene *scene, int code) {
    size_t count = 0;
    for (size_t i = 0; i < aic_report_count(scene->report); i++)
        count += aic_report_code(scene->report, i) == code;
    return count;
}

#endif
