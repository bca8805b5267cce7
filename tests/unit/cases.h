/* SPDX-License-Identifier: MIT */
/*
 * Test cases kept as data: a YAML file that is a sequence of mappings from keys to scalars becomes arrays of key and value strings.
 * A value that is a sequence of scalars becomes one string with a line for each item; an empty value is "". It reads with libyaml itself,
 * so that the room that reads documents is not what its own cases are read with. A broken file ends the test program, with its line.
 *
 *     test_cases cases = test_cases_read("tests/cases/units.yaml");
 *     for (size_t i = 0; i < cases.count; i++) {
 *         const char *text = test_case_text(&cases.item[i], "text");   // NULL when the case has no such key
 *         ...
 *     }
 *     test_cases_free(&cases);
 */
#ifndef TESTS_UNIT_CASES_H
#define TESTS_UNIT_CASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

typedef struct test_pair {
    char *key, *value;
} test_pair;

typedef struct test_case {
    size_t count;
    test_pair *pair;
    unsigned line; /**< of the file, from 1 */
} test_case;

typedef struct test_cases {
    size_t count;
    test_case *item;
    const char *path;
} test_cases;

/** The value of a key, or NULL. */
static inline const char *test_case_text(const test_case *item, const char *key) {
    for (size_t i = 0; i < item->count; i++) {
        if (strcmp(item->pair[i].key, key) == 0)
            return item->pair[i].value;
    }
    return NULL;
}

/** The value of a key, or @p otherwise. */
static inline const char *test_case_text_or(const test_case *item, const char *key, const char *otherwise) {
    const char *text = test_case_text(item, key);
    return text ? text : otherwise;
}

/** The value of a key as a number ("1e3", "inf", "nan"); the test program ends when it is none. */
static inline double test_case_number(const test_case *item, const char *key) {
    const char *text = test_case_text(item, key);
    char *end = NULL;
    double value = text ? strtod(text, &end) : 0.0;
    if (!text || end == text || *end) {
        fprintf(stderr, "case in line %u: `%s` is not a number\n", item->line, key);
        abort();
    }
    return value;
}

static inline void test_cases_free(test_cases *cases) {
    for (size_t i = 0; i < cases->count; i++) {
        for (size_t k = 0; k < cases->item[i].count; k++) {
            free(cases->item[i].pair[k].key);
            free(cases->item[i].pair[k].value);
        }
        free(cases->item[i].pair);
    }
    free(cases->item);
    cases->item = NULL;
    cases->count = 0;
}

static inline void test_cases_refuse(const test_cases *cases, size_t line, const char *why) {
    fprintf(stderr, "%s:%zu: %s\n", cases->path, line, why);
    abort();
}

static inline void *test_cases_grow(const test_cases *cases, void *array, size_t bytes) {
    void *grown = realloc(array, bytes);
    if (!grown)
        test_cases_refuse(cases, 0, "no memory");
    return grown;
}

static inline char *test_cases_scalar(const test_cases *cases, const yaml_event_t *event) {
    size_t size = event->data.scalar.length;
    char *text = test_cases_grow(cases, NULL, size + 1);
    memcpy(text, event->data.scalar.value, size);
    text[size] = '\0';
    return text;
}

static inline yaml_event_type_t test_cases_next(const test_cases *cases, yaml_parser_t *parser, yaml_event_t *event) {
    if (!yaml_parser_parse(parser, event))
        test_cases_refuse(cases, parser->problem_mark.line + 1, parser->problem);
    return event->type;
}

/** The items of a sequence of scalars, a line for each. */
static inline char *test_cases_lines(const test_cases *cases, yaml_parser_t *parser) {
    char *lines = test_cases_grow(cases, NULL, 1);
    size_t size = 0;
    yaml_event_t event;
    while (test_cases_next(cases, parser, &event) == YAML_SCALAR_EVENT) {
        size_t length = event.data.scalar.length;
        lines = test_cases_grow(cases, lines, size + length + 2);
        if (size > 0)
            lines[size++] = '\n';
        memcpy(lines + size, event.data.scalar.value, length);
        size += length;
        yaml_event_delete(&event);
    }
    if (event.type != YAML_SEQUENCE_END_EVENT)
        test_cases_refuse(cases, event.start_mark.line + 1, "expected a scalar");
    yaml_event_delete(&event);
    lines[size] = '\0';
    return lines;
}

static inline char *test_cases_value(const test_cases *cases, yaml_parser_t *parser) {
    yaml_event_t event;
    char *value = NULL;
    yaml_event_type_t type = test_cases_next(cases, parser, &event);
    if (type == YAML_SCALAR_EVENT)
        value = test_cases_scalar(cases, &event);
    else if (type == YAML_SEQUENCE_START_EVENT)
        value = test_cases_lines(cases, parser);
    else
        test_cases_refuse(cases, event.start_mark.line + 1, "expected a scalar, or a sequence of scalars");
    yaml_event_delete(&event);
    return value;
}

/** One mapping, after its start. */
static inline void test_cases_add(test_cases *cases, yaml_parser_t *parser, size_t line) {
    cases->item = test_cases_grow(cases, cases->item, (cases->count + 1) * sizeof *cases->item);
    test_case *item = &cases->item[cases->count++];
    *item = (test_case){0, NULL, (unsigned)line};
    yaml_event_t event;
    while (test_cases_next(cases, parser, &event) == YAML_SCALAR_EVENT) {
        char *key = test_cases_scalar(cases, &event);
        if (test_case_text(item, key))
            test_cases_refuse(cases, event.start_mark.line + 1, "a key stands twice in one case");
        yaml_event_delete(&event);
        item->pair = test_cases_grow(cases, item->pair, (item->count + 1) * sizeof *item->pair);
        item->pair[item->count] = (test_pair){key, test_cases_value(cases, parser)};
        item->count++;
    }
    if (event.type != YAML_MAPPING_END_EVENT)
        test_cases_refuse(cases, event.start_mark.line + 1, "expected a key");
    yaml_event_delete(&event);
}

static inline void test_cases_parse(test_cases *cases, yaml_parser_t *parser) {
    for (bool done = false; !done;) {
        yaml_event_t event;
        yaml_event_type_t type = test_cases_next(cases, parser, &event);
        size_t line = event.start_mark.line + 1;
        yaml_event_delete(&event);
        if (type == YAML_MAPPING_START_EVENT)
            test_cases_add(cases, parser, line);
        else if (type == YAML_SCALAR_EVENT || type == YAML_ALIAS_EVENT)
            test_cases_refuse(cases, line, "expected a mapping");
        done = type == YAML_STREAM_END_EVENT;
    }
}

/** Reads a file, whose path is relative to the source root. */
static inline test_cases test_cases_read(const char *path) {
    test_cases cases = {0, NULL, path};
    FILE *file = fopen(path, "rb");
    yaml_parser_t parser;
    if (!file || !yaml_parser_initialize(&parser))
        test_cases_refuse(&cases, 0, "cannot be opened (tests run in the source root)");
    yaml_parser_set_input_file(&parser, file);
    test_cases_parse(&cases, &parser);
    yaml_parser_delete(&parser);
    fclose(file);
    if (cases.count == 0)
        test_cases_refuse(&cases, 0, "there are no cases in it");
    return cases;
}

#endif
