/* SPDX-License-Identifier: MIT */
/*
 * What the tests of expressions share: a bench with units, a timeline from 2021 to 2030, and names that mean checked trees; short ways of
 * reading, checking and asking what came out.
 */
#ifndef TESTS_UNIT_EXPR_SUPPORT_H
#define TESTS_UNIT_EXPR_SUPPORT_H

#include "expr/expr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { BENCH_NAMES = 64 };

struct bench_name {
    const char *name;
    const aici_expr *tree; /* NULL: not known yet, as behind a lag */
};

struct bench {
    const aic_allocator *allocator; /* NULL: the default */
    aici_arena *arena;
    aici_units *units;
    aic_limits limits;
    aic_report *report;
    const aici_years *timeline;
    bool no_distributions, any_years;
    const char *subject;
    struct bench_name name[BENCH_NAMES];
    size_t names;
};

static inline bool bench_find(const aici_scope *scope, aici_slice name, aici_symbol *out) {
    const struct bench *bench = scope->context;
    for (size_t i = 0; i < bench->names; i++) {
        if (!aici_slice_is(name, bench->name[i].name))
            continue;
        const aici_expr *tree = bench->name[i].tree;
        *out = (aici_symbol){.index = (uint32_t)i, .type = tree ? &tree->type : NULL, .definition = tree};
        return true;
    }
    return false;
}

static inline void bench_offer(const aici_scope *scope, aici_nearest *nearest) {
    const struct bench *bench = scope->context;
    for (size_t i = 0; i < bench->names; i++)
        aici_nearest_offer(nearest, aici_slice_of(bench->name[i].name));
}

static inline struct bench bench_open(void) {
    struct bench bench = {.allocator = NULL};
    bench.arena = aici_arena_new(NULL);
    assert_true(aici_limits_fill(NULL, &bench.limits));
    bench.units = aici_units_new(NULL, &bench.limits);
    bench.report = aic_report_new(NULL);
    bench.timeline = aici_years_range(bench.arena, 2021, 2030);
    bench.subject = "";
    return bench;
}

static inline void bench_close(struct bench *bench) {
    aic_report_free(bench->report);
    aici_units_free(bench->units);
    aici_arena_free(bench->arena);
}

static inline aici_scope bench_scope(const struct bench *bench) {
    return (aici_scope){.arena = bench->arena,
                        .units = bench->units,
                        .timeline = bench->timeline,
                        .report = bench->report,
                        .subject = bench->subject,
                        .path = "",
                        .distributions = !bench->no_distributions,
                        .any_years = bench->any_years,
                        .find = bench_find,
                        .offer = bench_offer,
                        .context = bench};
}

/* Reads a text, which stands in a source of its own so that places are known. NULL when it is refused; the report says why. */
static inline aic_status bench_try_read(struct bench *bench, const char *text, const aici_expr **tree) {
    aici_expr_reader reader = {bench->arena, bench->units, &bench->limits, bench->report};
    const aici_source *source = aici_source_new(bench->arena, "test", text, strlen(text));
    *tree = NULL;
    if (!source)
        return AIC_ERROR_MEMORY;
    aici_fragment fragment = aici_fragment_of_source(source);
    return aici_expr_read(&reader, &fragment, tree);
}

static inline const aici_expr *bench_read(struct bench *bench, const char *text) {
    const aici_expr *tree = NULL;
    aic_report_clear(bench->report);
    if (bench_try_read(bench, text, &tree) != AIC_OK)
        fail_msg("`%s` is refused: %s", text, aic_report_message(bench->report, 0));
    return tree;
}

static inline aic_status bench_check_tree(struct bench *bench, const aici_expr *tree, const aici_expectation *expectation,
                                          const aici_expr **checked) {
    aici_scope scope = bench_scope(bench);
    *checked = NULL;
    return aici_expr_check(tree, expectation, &scope, checked);
}

/* Reads and checks; the status is that of what fails first. */
static inline aic_status bench_try(struct bench *bench, const char *text, const aici_expectation *expectation, const aici_expr **checked) {
    const aici_expr *tree;
    aic_report_clear(bench->report);
    *checked = NULL;
    aic_status status = bench_try_read(bench, text, &tree);
    return status == AIC_OK ? bench_check_tree(bench, tree, expectation, checked) : status;
}

static inline const aici_expr *bench_check(struct bench *bench, const char *text, const aici_expectation *expectation) {
    const aici_expr *checked = NULL;
    if (bench_try(bench, text, expectation, &checked) != AIC_OK)
        fail_msg("`%s` is refused: %s", text, aic_report_message(bench->report, 0));
    return checked;
}

static inline void bench_name_tree(struct bench *bench, const char *name, const aici_expr *tree) {
    assert_true(bench->names < BENCH_NAMES);
    bench->name[bench->names++] = (struct bench_name){name, tree};
}

static inline void bench_define(struct bench *bench, const char *name, const char *text) {
    bench_name_tree(bench, name, bench_check(bench, text, NULL));
}

/* A series over these years with these texts as values. */
static inline const aici_expr *bench_series(struct bench *bench, aici_between between, uint32_t count, const int32_t *year,
                                            const char *const *text) {
    const aici_expr *value[16];
    for (uint32_t i = 0; i < count; i++)
        value[i] = bench_read(bench, text[i]);
    return aici_expr_new_series(bench->arena, between, count, year, value);
}

static inline void bench_define_series(struct bench *bench, const char *name, aici_between between, uint32_t count, const int32_t *year,
                                       const char *const *text) {
    const aici_expr *checked;
    aic_report_clear(bench->report);
    if (bench_check_tree(bench, bench_series(bench, between, count, year, text), NULL, &checked) != AIC_OK)
        fail_msg("the series `%s` is refused: %s", name, aic_report_message(bench->report, 0));
    bench_name_tree(bench, name, checked);
}

static inline aici_unit bench_unit(const struct bench *bench, const char *text) {
    aici_unit unit = {0};
    aici_fragment fragment = aici_fragment_of_slice(aici_slice_of(text));
    assert_int_equal(aici_units_read(bench->units, &fragment, 0, fragment.text.size, &unit, NULL), AIC_OK);
    return unit;
}

/* What an input with this unit demands; "money/server" is any currency per server. */
static inline aici_expectation bench_expect(const struct bench *bench, const char *unit) {
    aici_expectation expectation = {.unit_text = unit, .bare_numbers = true, .bare_growth = true};
    char rest[64];
    if (strncmp(unit, "money", 5) == 0) {
        snprintf(rest, sizeof rest, "1%s", unit + 5);
        expectation.money = AICI_EXPONENT_ONE;
        unit = rest;
    }
    expectation.dimension = bench_unit(bench, unit).dimension;
    return expectation;
}

/* The coherent unit of a tree's type. */
static inline const char *unit_text(const struct bench *bench, const aici_expr *tree) {
    aici_buffer buffer = aici_buffer_new(NULL);
    aici_units_add_dimension(bench->units, &tree->type.dimension, &buffer);
    const char *text = aici_arena_copy(bench->arena, aici_buffer_text(&buffer), buffer.size);
    aici_buffer_free(&buffer);
    return text;
}

static inline const char *printed(const struct bench *bench, const aici_expr *tree) {
    aici_buffer buffer = aici_buffer_new(NULL);
    aici_expr_add_text(tree, NULL, &buffer);
    const char *text = aici_arena_copy(bench->arena, aici_buffer_text(&buffer), buffer.size);
    aici_buffer_free(&buffer);
    return text;
}

/* "2021 2023 2024", or "" for one value. */
static inline const char *years_text(const struct bench *bench, const aici_expr *tree) {
    aici_buffer buffer = aici_buffer_new(NULL);
    for (uint32_t i = 0; tree->type.years && i < tree->type.years->count; i++)
        aici_buffer_add_format(&buffer, "%s%d", i > 0 ? " " : "", (int)tree->type.years->year[i]);
    const char *text = aici_arena_copy(bench->arena, aici_buffer_text(&buffer), buffer.size);
    aici_buffer_free(&buffer);
    return text;
}

static inline double constant_of(const aici_expr *tree) {
    double value = 0;
    assert_true(aici_expr_constant(tree, &value));
    return value;
}

/* Equal but for the last bits. */
static inline bool nearly_equal(double left, double right) {
    double difference = left > right ? left - right : right - left, size = right > 0 ? right : -right;
    return difference <= 1e-15 * size;
}

static inline int code_named(const char *name) {
    static const struct {
        const char *name;
        int code;
    } codes[] = {
#define CODE(name, number, status, meaning) {#name, number},
        AICI_CODES(CODE)
#undef CODE
    };
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (strcmp(codes[i].name, name) == 0)
            return codes[i].code;
    }
    fail_msg("no such kind of message: %s", name);
    return 0;
}

/* The first message is of this kind and begins in this column. */
static inline void assert_refused(struct bench *bench, const char *text, const aici_expectation *expectation, int code,
                                  unsigned at_column) {
    const aici_expr *checked;
    unsigned column = 0;
    if (bench_try(bench, text, expectation, &checked) == AIC_OK)
        fail_msg("`%s` is accepted", text);
    assert_null(checked);
    if (aic_report_code(bench->report, 0) != code)
        fail_msg("`%s`: expected code %d, found %d: %s", text, code, aic_report_code(bench->report, 0),
                 aic_report_message(bench->report, 0));
    aic_report_place(bench->report, 0, NULL, &column, NULL, NULL);
    if (column != at_column)
        fail_msg("`%s`: expected column %u, found %u", text, at_column, column);
}

static inline void assert_contains(const char *text, const char *part) {
    if (!strstr(text, part))
        fail_msg("`%s` does not contain `%s`", text, part);
}

#endif
