/* SPDX-License-Identifier: MIT */
/*
 * A scenario in YAML, bound, and the programs that are made of it; any failure on the way there ends the test with the report.
 *
 *     struct scene scene = scene_of("assumptions: {a: 2, b: a + 1}\n");
 *     scene_compile(&scene, "a", "b");                 // what varies, what is wanted: names apart by spaces, wanted ones perhaps with a
 * year scene_expect(&scene, "inputs:\n  r0 = input 0\n…"); scene_close(&scene);
 */
#ifndef TESTS_UNIT_PLAN_SCENE_H
#define TESTS_UNIT_PLAN_SCENE_H

#include "eval/eval.h"
#include "scenario/scenario.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SCENE_MOST = 64 };

struct scene {
    aic_report *report;
    aic_scenario *scenario;
    aici_bound *bound;
    aici_program *program; /* of the latest compilation, NULL when it failed */
    aici_varying varying[SCENE_MOST];
    aici_wanted wanted[SCENE_MOST];
    size_t varying_count, wanted_count;
    bool samples, single_assignment;
    const double *setting; /* values of those that vary and are settings */
};

static inline void scene_fail(const struct scene *scene, const char *doing) {
    aic_text *text = NULL;
    aic_report_text(scene->report, 0, &text);
    print_error("%s:\n%s", doing, aic_text_bytes(text));
    aic_text_free(text);
    fail();
}

/** The text without its first line, which is the same everywhere. */
static inline struct scene scene_of(const char *yaml) {
    struct scene scene = {.report = aic_report_new(NULL)};
    size_t size = strlen(yaml) + 32;
    char *whole = malloc(size);
    assert_non_null(whole);
    int length = snprintf(whole, size, "aicompute: 1\n%s", yaml);
    if (aici_scenario_read(NULL, NULL, "scene.yaml", whole, (size_t)length, &scene.scenario, scene.report) != AIC_OK)
        scene_fail(&scene, "reading");
    if (aici_scenario_bind(scene.scenario, &scene.bound, scene.report) != AIC_OK)
        scene_fail(&scene, "binding");
    free(whole);
    return scene;
}

static inline void scene_close(struct scene *scene) {
    aici_program_free(scene->program);
    aici_bound_unref(scene->bound);
    aici_scenario_free(scene->scenario);
    aic_report_free(scene->report);
}

static inline const aici_quantity *scene_quantity(const struct scene *scene, const char *name) {
    uint32_t index = aici_bound_find(scene->bound, name);
    if (index == AICI_NONE)
        fail_msg("there is no quantity %s", name);
    return &scene->bound->quantity[index];
}

/* --- what varies, what is wanted ------------------------------------------------------------------------------------------------------ */

/** Cuts the next word off a list of words. */
static inline bool scene_next(const char **words, char word[128]) {
    size_t length = strcspn(*words, " ");
    if (!length)
        return false;
    snprintf(word, 128, "%.*s", (int)length, *words);
    *words += length + strspn(*words + length, " ");
    return true;
}

static inline void scene_vary(struct scene *scene, const char *names) {
    char name[128];
    scene->varying_count = 0;
    while (scene_next(&names, name))
        scene->varying[scene->varying_count++] =
            (aici_varying){(uint32_t)(scene_quantity(scene, name) - scene->bound->quantity), NULL, 1, false};
}

/** "stock" or "stock[2026]"; values come out in coherent units. */
static inline void scene_want(struct scene *scene, const char *names) {
    char name[128];
    scene->wanted_count = 0;
    while (scene_next(&names, name)) {
        char *bracket = strchr(name, '[');
        int32_t year = bracket ? (int32_t)strtol(bracket + 1, NULL, 10) : AICI_NO_YEAR;
        if (bracket)
            *bracket = 0;
        uint32_t index = (uint32_t)(scene_quantity(scene, name) - scene->bound->quantity);
        scene->wanted[scene->wanted_count++] = (aici_wanted){index, NULL, year, 1};
    }
}

static inline aic_status scene_try(struct scene *scene) {
    const aici_plan_request request = {scene->bound,        scene->varying, scene->varying_count,    scene->wanted,
                                       scene->wanted_count, scene->samples, scene->single_assignment};
    aici_program_free(scene->program);
    scene->program = NULL;
    aic_report_clear(scene->report);
    return aici_plan_compile(&request, NULL, &scene->program, scene->report);
}

static inline void scene_compile(struct scene *scene, const char *varying, const char *wanted) {
    scene_vary(scene, varying);
    scene_want(scene, wanted);
    if (scene_try(scene) != AIC_OK)
        scene_fail(scene, "compiling");
}

/* --- what comes out ------------------------------------------------------------------------------------------------------------------- */

static inline void scene_expect(const struct scene *scene, const char *expected) {
    aici_buffer text = aici_buffer_new(NULL);
    aici_program_add_text(scene->program, &text);
    assert_string_equal(aici_buffer_text(&text), expected);
    aici_buffer_free(&text);
}

/** Evaluates the latest program in one lane. */
static inline void scene_evaluate(const struct scene *scene, const double *input, double *output) {
    double *uniform = malloc((scene->program->uniform_count + 1) * sizeof *uniform);
    assert_non_null(uniform);
    assert_int_equal(aici_eval_prepare(scene->program, scene->setting, NULL, uniform, NULL), AIC_OK);
    assert_int_equal(aici_eval_one(scene->program, uniform, input, output, NULL), AIC_OK);
    free(uniform);
}

/** The value of "name" or "name[year]" in coherent units when nothing varies. */
static inline double scene_value(struct scene *scene, const char *name) {
    double value = 0;
    scene_compile(scene, "", name);
    scene_evaluate(scene, NULL, &value);
    return value;
}

/** To the last bit. */
static inline void scene_expect_value(struct scene *scene, const char *name, double expected) {
    double value = scene_value(scene, name);
    if (memcmp(&value, &expected, sizeof value) != 0)
        fail_msg("%s: %.17g instead of %.17g", name, value, expected);
}

/** Within rounding: where an expectation was worked out by another way than the formula's. */
static inline void scene_expect_near(struct scene *scene, const char *name, double expected) {
    double value = scene_value(scene, name);
    if (!(fabs(value - expected) <= 1e-12 * fabs(expected)))
        fail_msg("%s: %.17g instead of %.17g", name, value, expected);
}

/* --- what is refused ------------------------------------------------------------------------------------------------------------------ */

/** The first message of the report, with its code, place and hint. */
static inline void scene_expect_refusal(struct scene *scene, int code, const char *message, const char *hint) {
    if (aic_report_count(scene->report) == 0)
        fail_msg("nothing was refused");
    assert_string_equal(aic_report_message(scene->report, 0), message);
    assert_string_equal(aic_report_hint(scene->report, 0), hint);
    assert_int_equal(aic_report_code(scene->report, 0), code);
    assert_null(scene->program);
}

static inline void scene_expect_place(const struct scene *scene, size_t entry, unsigned line, unsigned column, unsigned last_column) {
    unsigned found[4];
    aic_report_place(scene->report, entry, &found[0], &found[1], &found[2], &found[3]);
    assert_int_equal(found[0], line);
    assert_int_equal(found[1], column);
    assert_int_equal(found[3], last_column);
}

#endif
