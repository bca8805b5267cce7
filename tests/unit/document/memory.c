/* SPDX-License-Identifier: MIT */
/* Memory: whichever allocation fails, the call says so, changes nothing and leaves nothing behind. */
#include "../failing_allocator.h"
#include "reading.h"

/* Has a large mapping, anchors, blocks, escapes and every kind of node. */
static const char *const sound =
    "title: \"a \\u4e2d b\"\n"
    "算力: {value: 1.43亿 FLOP, source: s}\n"
    "anchors: [&a 1, &b {k: v}, *a, *b, &c x]\n"
    "text: |\n  one\n  two\n"
    "deep: [[[[[[[[[[1]]]]]]]]]]\n"
    "many: {a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9, j: 10, k: 11, l: 12, m: 13, n: 14, o: 15, p: 16, q: 17}\n";

enum { REPEATED_BYTES = 12000, SHIFTS = 48 };

/* Many nodes of each kind behind a text of some bytes, so that with another text another node is the one that needs a new chunk of the
 * arena. */
static void write_repeated(unsigned shift, char text[REPEATED_BYTES]) {
    char *end = text + sprintf(text, "- \"%0*u\"\n", (int)(16 * shift + 1), shift);
    for (unsigned i = 0; i < 200; i++)
        end += sprintf(end, "- [&a%u [1], {b: 2}, []]\n", i);
}

static const char *const faulty = "a: !!str 1\nb: *x\nc: {d: f(1, 2), e}\na: 2\n<<: 3\n? [k]\n: 4\ng: \"x\n";

static void every_allocation_of_reading_may_fail(void **state) {
    (void)state;
    for (unsigned forever = 0; forever < 2; forever++) {
        struct failing_allocator memory;
        failing_allocator_init(&memory);
        size_t failures = 0;
        for (size_t n = 1; failing_allocator_again(&memory, n, forever); n++) {
            aici_arena *arena = aici_arena_new(&memory.allocator);
            const aici_node *root = NULL;
            aic_status status = arena ? aici_document_read(arena, "test.yaml", sound, strlen(sound), NULL, &root, NULL) : AIC_ERROR_MEMORY;
            assert_int_equal(status, memory.failed ? AIC_ERROR_MEMORY : AIC_OK);
            assert_int_equal(root != NULL, !memory.failed);
            failures += memory.failed;
            aici_arena_free(arena);
            assert_true(failing_allocator_is_clean(&memory));
        }
        assert_true(failures > 10);
    }
}

static void whatever_node_needs_another_chunk_may_fail(void **state) {
    (void)state;
    struct failing_allocator memory;
    char text[REPEATED_BYTES];
    for (unsigned shift = 0; shift < SHIFTS; shift++) {
        write_repeated(shift, text);
        failing_allocator_init(&memory);
        for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
            aici_arena *arena = aici_arena_new(&memory.allocator);
            const aici_node *root = NULL;
            aic_status status = arena ? aici_document_read(arena, "test.yaml", text, strlen(text), NULL, &root, NULL) : AIC_ERROR_MEMORY;
            assert_int_equal(status, memory.failed ? AIC_ERROR_MEMORY : AIC_OK);
            assert_int_equal(root != NULL, !memory.failed);
            aici_arena_free(arena);
            assert_true(failing_allocator_is_clean(&memory));
        }
    }
}

static void refusing_a_file_of_too_many_bytes_may_fail(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    char name[5000];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    const aic_limits limits = {.size = sizeof limits, .file_bytes = 3};
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
        aici_arena *arena = aici_arena_new(&memory.allocator);
        const aici_node *root = NULL;
        aic_status status = arena ? aici_document_read(arena, name, "a: 1", 4, &limits, &root, NULL) : AIC_ERROR_MEMORY;
        assert_int_equal(status, memory.failed ? AIC_ERROR_MEMORY : AIC_ERROR_LIMIT);
        aici_arena_free(arena);
        assert_true(failing_allocator_is_clean(&memory));
    }
}

static void every_allocation_of_refusing_may_fail(void **state) {
    (void)state;
    for (unsigned forever = 0; forever < 2; forever++) {
        struct failing_allocator memory;
        failing_allocator_init(&memory);
        for (size_t n = 1; failing_allocator_again(&memory, n, forever); n++) {
            aici_arena *arena = aici_arena_new(&memory.allocator);
            const aici_node *root = NULL;
            aic_status status =
                arena ? aici_document_read(arena, "test.yaml", faulty, strlen(faulty), NULL, &root, NULL) : AIC_ERROR_MEMORY;
            assert_int_equal(status, memory.failed ? AIC_ERROR_MEMORY : AIC_ERROR_SYNTAX);
            assert_null(root);
            aici_arena_free(arena);
            assert_true(failing_allocator_is_clean(&memory));
        }
    }
}

/* Here a hint or a note may be what found no memory; then the report says so although the fault itself was told. */
static void every_allocation_of_a_report_may_fail(void **state) {
    (void)state;
    for (unsigned forever = 0; forever < 2; forever++) {
        struct failing_allocator memory;
        failing_allocator_init(&memory);
        for (size_t n = 1; failing_allocator_again(&memory, n, forever); n++) {
            aici_arena *arena = aici_arena_new(NULL);
            aic_report *report = aic_report_new(&memory.allocator);
            const aici_node *root = NULL;
            aic_status status = aici_document_read(arena, "test.yaml", faulty, strlen(faulty), NULL, &root, report);
            assert_null(root);
            assert_true(status == AIC_ERROR_SYNTAX || (memory.failed && status == AIC_ERROR_MEMORY));
            aic_report_free(report);
            aici_arena_free(arena);
            assert_true(failing_allocator_is_clean(&memory));
        }
    }
}

static bool make_nodes(aici_arena *arena, size_t size) {
    static char text[5000];
    memset(text, 'x', sizeof text);
    const aici_node *value = aici_node_new_scalar(arena, (aici_slice){text, size});
    const aici_node *items[300];
    for (size_t i = 0; i < 300; i++)
        items[i] = value;
    const aici_node *list = value ? aici_node_new_sequence(arena, items, size / 16) : NULL;
    const aici_node *mapping = list ? aici_node_with(arena, NULL, (aici_slice){text, size}, list) : NULL;
    mapping = mapping ? aici_node_with(arena, mapping, (aici_slice){text, size / 2}, value) : NULL;
    return mapping && aici_node_with(arena, mapping, (aici_slice){text, size}, NULL);
}

static void every_allocation_of_making_nodes_may_fail(void **state) {
    (void)state;
    struct failing_allocator memory;
    for (size_t size = 16; size < 4800; size += 16) {
        failing_allocator_init(&memory);
        for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
            aici_arena *arena = aici_arena_new(&memory.allocator);
            bool made = arena && make_nodes(arena, size);
            assert_int_equal(made, !memory.failed);
            aici_arena_free(arena);
            assert_true(failing_allocator_is_clean(&memory));
        }
    }
}

static void every_allocation_of_writing_may_fail(void **state) {
    (void)state;
    struct reading reading = read_text(sound);
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
        aici_buffer out = aici_buffer_new(&memory.allocator);
        aici_document_write(reading.root, &out);
        assert_int_equal(aici_buffer_failed(&out), memory.failed);
        aici_buffer_free(&out);
        assert_true(failing_allocator_is_clean(&memory));
    }
    reading_free(&reading);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_of_reading_may_fail),       cmocka_unit_test(whatever_node_needs_another_chunk_may_fail),
        cmocka_unit_test(refusing_a_file_of_too_many_bytes_may_fail), cmocka_unit_test(every_allocation_of_refusing_may_fail),
        cmocka_unit_test(every_allocation_of_a_report_may_fail),      cmocka_unit_test(every_allocation_of_making_nodes_may_fail),
        cmocka_unit_test(every_allocation_of_writing_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
