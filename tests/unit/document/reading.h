/* SPDX-License-Identifier: MIT */
/*
 * For the tests of document: reading a text with all that belongs to it, and comparing trees.
 *
 *     struct reading reading = read_text("a: 1\n");
 *     ... reading.root, reading.status, reading.report ...
 *     reading_free(&reading);
 */
#ifndef TESTS_UNIT_DOCUMENT_READING_H
#define TESTS_UNIT_DOCUMENT_READING_H

#include "document/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#if defined(__SANITIZE_ADDRESS__)
#define READING_IS_WATCHED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define READING_IS_WATCHED 1
#endif
#endif
#ifndef READING_IS_WATCHED
#define READING_IS_WATCHED 0 /* 1 under AddressSanitizer, where time and memory say nothing */
#endif

struct reading {
    aici_arena *arena;
    aic_report *report;
    const aici_node *root; /* NULL when the text was refused */
    aic_status status;
};

static inline struct reading read_bytes(const char *text, size_t size, const aic_limits *limits) {
    struct reading reading = {.arena = aici_arena_new(NULL), .report = aic_report_new(NULL)};
    reading.status = aici_document_read(reading.arena, "test.yaml", text, size, limits, &reading.root, reading.report);
    return reading;
}

static inline struct reading read_text(const char *text) { return read_bytes(text, strlen(text), NULL); }

static inline void reading_free(struct reading *reading) {
    aic_report_free(reading->report);
    aici_arena_free(reading->arena);
}

/* Lines as an editor counts them, where an empty line behind the last line end is none. */
static inline unsigned count_lines(const char *text, size_t size) {
    unsigned lines = 0;
    for (size_t i = 0; i < size; i++)
        lines += text[i] == '\n' || (text[i] == '\r' && (i + 1 == size || text[i + 1] != '\n')) || i + 1 == size;
    return lines ? lines : 1;
}

/* Every refusal says where and what; every acceptance says nothing. */
static inline bool reading_is_sound(const struct reading *reading, const char *text, size_t size) {
    if (reading->status == AIC_OK)
        return reading->root && aic_report_error_count(reading->report) == 0;
    bool sound = !reading->root && aic_report_count(reading->report) > 0;
    for (size_t i = 0; i < aic_report_count(reading->report); i++) {
        unsigned line, column, last_line, last_column;
        aic_report_place(reading->report, i, &line, &column, &last_line, &last_column);
        if (aic_report_code(reading->report, i) == AICI_CODE_TOO_MANY)
            continue;
        bool forward = last_line > line || (last_line == line && last_column >= column);
        const char *message = aic_report_message(reading->report, i);
        sound = sound && line >= 1 && column >= 1 && forward && last_line <= count_lines(text, size) && *message && strlen(message) <= 500;
    }
    return sound;
}

/* Equal in structure and text, and in what means "nothing given here". */
static inline bool trees_are_equal(const aici_node *left, const aici_node *right) {
    if (left->kind != right->kind || left->count != right->count)
        return false;
    if (left->kind == AICI_NODE_SCALAR)
        return aici_slice_equal(left->as.text, right->as.text) && aici_node_is_empty(left) == aici_node_is_empty(right);
    bool equal = true;
    for (uint32_t i = 0; i < left->count && equal; i++) {
        if (left->kind == AICI_NODE_SEQUENCE)
            equal = trees_are_equal(left->as.item[i], right->as.item[i]);
        else
            equal = trees_are_equal(left->as.entry[i].key, right->as.entry[i].key) &&
                    trees_are_equal(left->as.entry[i].value, right->as.entry[i].value);
    }
    return equal;
}

static inline aici_buffer write_tree(const aici_node *root) {
    aici_buffer out = aici_buffer_new(NULL);
    aici_document_write(root, &out);
    assert_false(aici_buffer_failed(&out));
    return out;
}

#define assert_slice_equal(slice, expected)                                                                                                \
    do {                                                                                                                                   \
        assert_int_equal((slice).size, strlen(expected));                                                                                  \
        assert_memory_equal((slice).bytes, (expected), (slice).size);                                                                      \
    } while (0)

#define assert_place(place, first_line, first_column, end_line, end_column)                                                                \
    do {                                                                                                                                   \
        assert_int_equal((place).line, (first_line));                                                                                      \
        assert_int_equal((place).column, (first_column));                                                                                  \
        assert_int_equal((place).last_line, (end_line));                                                                                   \
        assert_int_equal((place).last_column, (end_column));                                                                               \
    } while (0)

#endif
