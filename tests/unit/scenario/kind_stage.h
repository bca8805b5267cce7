/* SPDX-License-Identifier: MIT */
/*
 * A stage on which declarations of model kinds are read: units, an arena, a report. For the tests of this folder.
 */
#ifndef TESTS_UNIT_SCENARIO_KIND_STAGE_H
#define TESTS_UNIT_SCENARIO_KIND_STAGE_H

#include "base/report.h"
#include "scenario/kind.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct stage {
    aic_limits limits;
    aici_units *units;
    aici_arena *arena;
    aic_report *report;
    const aici_node *root;
    const aici_kind *kind;
};

static inline void set_stage(struct stage *stage, const aic_allocator *allocator) {
    *stage = (struct stage){.root = NULL};
    assert_true(aici_limits_fill(NULL, &stage->limits));
    stage->units = aici_units_new(NULL, &stage->limits);
    stage->arena = aici_arena_new(allocator);
    stage->report = aic_report_new(allocator);
}

static inline void strike_stage(struct stage *stage) {
    aici_units_free(stage->units);
    aici_arena_free(stage->arena);
    aic_report_free(stage->report);
}

static inline aici_expr_reader reader_of(const struct stage *stage) {
    return (aici_expr_reader){stage->arena, stage->units, &stage->limits, stage->report};
}

static inline aic_status read_text(struct stage *stage, const char *text, const char *name) {
    aici_expr_reader reader = reader_of(stage);
    aic_status status = aici_document_read(stage->arena, "mine.yaml", text, strlen(text), &stage->limits, &stage->root, stage->report);
    return status == AIC_OK ? aici_kind_read(&reader, stage->root, name, &stage->kind) : status;
}

static inline void print_report(const struct stage *stage) {
    aic_text *text = NULL;
    if (aic_report_text(stage->report, 0, &text) == AIC_OK)
        print_message("%s", aic_text_bytes(text));
    aic_text_free(text);
}

/* Reads a declaration that is without fault. */
static inline const aici_kind *read_sound(struct stage *stage, const char *text) {
    set_stage(stage, NULL);
    if (read_text(stage, text, "mine") != AIC_OK)
        print_report(stage);
    assert_non_null(stage->kind);
    return stage->kind;
}

#endif
