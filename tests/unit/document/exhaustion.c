/* SPDX-License-Identifier: MIT */
/*
 * Memory that libyaml takes for itself: this program brings its own malloc, so that each allocation of libyaml's can fail in turn.
 * Where a tool brings another malloc (a sanitizer, valgrind) the test is skipped.
 */
#include "reading.h"

enum { SKIPPED = 77 };

#if READING_IS_WATCHED
int main(void) { return SKIPPED; }
#else

#include <stdalign.h>
#include <stddef.h>

/* --- a malloc that counts, and takes back only all at once ---------------------------------------------------------------------------- */

enum { HEAP_BYTES = 64 * 1024 * 1024 };

struct block {
    size_t size;
    max_align_t data[];
};

static alignas(max_align_t) unsigned char heap_bytes[HEAP_BYTES]; /* zero from heap.used on */

static volatile struct { /* compilers hold that malloc changes no variables */
    size_t used;
    size_t live;    /* blocks not freed */
    size_t calls;   /* since armed */
    size_t fail_at; /* 0: none */
    bool forever, failed;
} heap;

static bool refuses(void) {
    heap.calls++;
    bool refused = heap.fail_at && (heap.calls == heap.fail_at || (heap.forever && heap.calls > heap.fail_at));
    heap.failed = heap.failed || refused;
    return refused;
}

static void *cut(size_t size) {
    const size_t unit = sizeof(max_align_t);
    if (size > HEAP_BYTES || (size + unit - 1) / unit * unit + offsetof(struct block, data) > HEAP_BYTES - heap.used)
        return NULL;
    struct block *block = (struct block *)(void *)(heap_bytes + heap.used);
    heap.used += (size + unit - 1) / unit * unit + offsetof(struct block, data);
    heap.live++;
    block->size = size;
    return block->data;
}

void *malloc(size_t size) { return refuses() ? NULL : cut(size); }

void *calloc(size_t count, size_t size) { return refuses() || (size && count > HEAP_BYTES / size) ? NULL : cut(count * size); }

void free(void *pointer) { heap.live -= pointer != NULL; }

void *realloc(void *pointer, size_t size) {
    void *moved = refuses() ? NULL : cut(size);
    if (moved && pointer) {
        size_t old = ((struct block *)(void *)((unsigned char *)pointer - offsetof(struct block, data)))->size;
        memcpy(moved, pointer, old < size ? old : size);
        heap.live--;
    }
    return moved;
}

static bool is_our_malloc_in_use(void) {
    size_t calls = heap.calls;
    void *volatile block = malloc(100);
    free(block);
    return heap.calls > calls;
}

static void arm(size_t call, bool forever) {
    heap.calls = 0;
    heap.failed = false;
    heap.forever = forever;
    heap.fail_at = call;
}

static void take_back(size_t used) {
    memset(heap_bytes + used, 0, heap.used - used);
    heap.used = used;
}

/* --- the tests ------------------------------------------------------------------------------------------------------------------------ */

/* Reads with the n-th allocation failing for n = 1, 2, … until none is left to fail; returns how many failed. */
static size_t fail_each_in_turn(const char *text, bool forever, aic_status otherwise) {
    size_t size = strlen(text);
    for (size_t n = 1;; n++) {
        size_t used = heap.used, live = heap.live;
        arm(n, forever);
        aici_arena *arena = aici_arena_new(NULL);
        const aici_node *root = NULL;
        aic_status status = arena ? aici_document_read(arena, "test.yaml", text, size, NULL, &root, NULL) : AIC_ERROR_MEMORY;
        bool found = root != NULL, failed = heap.failed;
        aici_arena_free(arena);
        arm(0, false);
        assert_int_equal(heap.live, live);
        take_back(used);
        assert_int_equal(status, failed ? AIC_ERROR_MEMORY : otherwise);
        assert_int_equal(found, !failed && otherwise == AIC_OK);
        if (!failed)
            return n - 1;
    }
}

static void libyaml_may_run_out_of_memory_while_a_file_is_read(void **state) {
    (void)state;
    static const char *const text = "%YAML 1.2\n---\n"
                                    "title: \"a \\u4e2d b\"\n"
                                    "list: [&a 1, &b {k: v}, *a, *b, 'it''s', [[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]\n"
                                    "text: |\n  one\n  two\n"
                                    "plain: several\n  lines of\n\n  text\n"
                                    "? k\n: - 1\n  - - 2\n"
                                    "...\n";
    assert_true(fail_each_in_turn(text, false, AIC_OK) > 50);
    assert_true(fail_each_in_turn(text, true, AIC_OK) > 50);
}

static void libyaml_may_run_out_of_memory_while_a_file_is_refused(void **state) {
    (void)state;
    static const char *const texts[] = {
        "a: !!str &x 1\nb: *y\nc: {d: f(1, 2)}\n", "a: [1, 2\n", "a: \"x\n", "a: @x\n", "[[[1]]\n", "a: b: c\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_true(fail_each_in_turn(texts[i], false, AIC_ERROR_SYNTAX) > 10);
        assert_true(fail_each_in_turn(texts[i], true, AIC_ERROR_SYNTAX) > 10);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(libyaml_may_run_out_of_memory_while_a_file_is_read),
        cmocka_unit_test(libyaml_may_run_out_of_memory_while_a_file_is_refused),
    };
    return is_our_malloc_in_use() ? cmocka_run_group_tests(tests, NULL, NULL) : SKIPPED;
}
#endif
