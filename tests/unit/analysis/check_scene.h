/* SPDX-License-Identifier: MIT */
/* Scenarios whose claims are checked: one for each test, TEST(name). */
#ifndef TESTS_UNIT_ANALYSIS_CHECK_SCENE_H
#define TESTS_UNIT_ANALYSIS_CHECK_SCENE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/scene.h"

static struct scene scene;

static inline int end(void **state) {
    (void)state;
    scene_end(&scene);
    scene = (struct scene){0};
    return 0;
}

static inline void check(const char *yaml) {
    scene_begin(&scene, yaml);
    scene_expect_ok(&scene, scene_check(&scene));
}

static inline void expect_verdict(const char *id, aic_verdict verdict) {
    if (scene_claim(&scene, id)->verdict != verdict)
        fail_msg("%s: expected verdict %d, found %d", id, verdict, scene_claim(&scene, id)->verdict);
}

static inline double figure(const char *id, aic_claim_figure which) { return scene_claim(&scene, id)->figure[which]; }

#define TEST(name) cmocka_unit_test_teardown(name, end)

#endif
