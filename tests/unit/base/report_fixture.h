/* SPDX-License-Identifier: MIT */
/* A source, a report, and what is drawn of it. */
#ifndef TESTS_UNIT_BASE_REPORT_FIXTURE_H
#define TESTS_UNIT_BASE_REPORT_FIXTURE_H

#include "base/report.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char scenario[] = "aicompute: 1\n"
                               "models:\n"
                               "  chat:\n"
                               "    utilization: 32 TFLOP/s\n"
                               "    peak:\t989 TFLOP/s\n"
                               "    算力: 989 \x1b[31mTFLOP\n"
                               "    note: >\n"
                               "      two lines\n"
                               "      of text\n"
                               "    training: {tokens: 15 T, parameters: 70 B, accelerators: 16000, power: 700 W, days: 54}\n";

struct fixture {
    aici_arena *arena;
    const aici_source *source;
    aic_report *report;
};

static inline int open_fixture(void **state) {
    static struct fixture fixture;
    fixture.arena = aici_arena_new(NULL);
    fixture.source = aici_source_new(fixture.arena, "chat.yaml", scenario, sizeof scenario - 1);
    fixture.report = aic_report_new(NULL);
    *state = &fixture;
    return fixture.report && fixture.source ? 0 : -1;
}

static inline int close_fixture(void **state) {
    struct fixture *fixture = *state;
    aic_report_free(fixture->report);
    aici_arena_free(fixture->arena);
    return 0;
}

/* The place of the first occurrence of a text. */
static inline aici_place place_of(const aici_source *source, const char *text) {
    size_t begin = (size_t)(strstr(source->text, text) - source->text);
    return aici_source_place(source, begin, begin + strlen(text));
}

static inline void assert_drawn(const aic_report *report, const char *expected) {
    aic_text *text = NULL;
    assert_int_equal(aic_report_text(report, 0, &text), AIC_OK);
    assert_string_equal(aic_text_bytes(text), expected);
    aic_text_free(text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)

#endif
