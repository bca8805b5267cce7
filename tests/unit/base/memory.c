/* SPDX-License-Identifier: MIT */
/*
 * Blocks and regions through the caller's allocator: sizes, clearing, alignment, growth, and each allocation failing.
 */
#include "base/memory.h"
#include "failing_allocator.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Under AddressSanitizer an arena leaves gaps between its blocks. */
#if defined(__SANITIZE_ADDRESS__)
#define WATCHED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WATCHED 1
#endif
#endif
#ifndef WATCHED
#define WATCHED 0
#endif

static bool is_clear(const void *block, size_t bytes) {
    const unsigned char *byte = block;
    for (size_t i = 0; i < bytes; i++)
        if (byte[i])
            return false;
    return true;
}

static void no_allocator_means_malloc(void **state) {
    (void)state;
    char *block = aici_memory_take(NULL, 10);
    assert_non_null(block);
    memcpy(block, "123456789", 10);
    block = aici_memory_resize(NULL, block, 100000);
    assert_non_null(block);
    assert_string_equal(block, "123456789");
    aici_memory_release(NULL, block);
    aici_memory_release(NULL, NULL);
}

static void a_block_of_no_bytes_is_a_block(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    void *block = aici_memory_take(&memory.allocator, 0);
    assert_non_null(block);
    block = aici_memory_resize(&memory.allocator, block, 0);
    assert_non_null(block);
    aici_memory_release(&memory.allocator, block);
    void *array = aici_memory_take_array(&memory.allocator, 0, 16);
    assert_non_null(array);
    aici_memory_release(&memory.allocator, array);
    assert_true(failing_allocator_is_clean(&memory));
}

static void an_array_is_cleared(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    void *array = aici_memory_take_array(&memory.allocator, 100, 24);
    assert_true(is_clear(array, 2400));
    aici_memory_release(&memory.allocator, array);
    assert_true(failing_allocator_is_clean(&memory));
}

static void sizes_that_overflow_are_refused_without_asking(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    assert_null(aici_memory_take(&memory.allocator, SIZE_MAX));
    assert_null(aici_memory_take_array(&memory.allocator, SIZE_MAX / 2, 3));
    assert_null(aici_memory_take_array(&memory.allocator, SIZE_MAX / 8 + 2, 8));
    size_t capacity = SIZE_MAX / 16;
    int array[1];
    assert_null(aici_memory_grow(&memory.allocator, array, SIZE_MAX / 16, &capacity, 16));
    assert_int_equal(capacity, SIZE_MAX / 16);
    assert_int_equal(memory.calls, 0);
    aici_arena *arena = aici_arena_new(&memory.allocator);
    assert_null(aici_arena_take(arena, SIZE_MAX));
    assert_null(aici_arena_take(arena, SIZE_MAX / 2));
    assert_null(aici_arena_take_array(arena, SIZE_MAX / 4, 5));
    assert_null(aici_arena_copy(arena, "", SIZE_MAX));
    assert_int_equal(memory.calls, 1);
    aici_arena_free(arena);
}

static void an_array_grows_geometrically_and_keeps_its_elements(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    int *numbers = NULL;
    size_t capacity = 0;
    for (int count = 0; count < 10000; count++) {
        numbers = aici_memory_grow(&memory.allocator, numbers, (size_t)count, &capacity, sizeof *numbers);
        assert_non_null(numbers);
        assert_true(capacity > (size_t)count);
        numbers[count] = count;
    }
    for (int i = 0; i < 10000; i++)
        assert_int_equal(numbers[i], i);
    assert_true(memory.calls < 20);
    aici_memory_release(&memory.allocator, numbers);
    assert_true(failing_allocator_is_clean(&memory));
}

static void an_array_that_cannot_grow_is_untouched(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    size_t capacity = 0;
    int *numbers = aici_memory_grow(&memory.allocator, NULL, 0, &capacity, sizeof *numbers);
    numbers[0] = 42;
    size_t before = capacity;
    failing_allocator_again(&memory, 1, true);
    assert_null(aici_memory_grow(&memory.allocator, numbers, capacity, &capacity, sizeof *numbers));
    assert_int_equal(capacity, before);
    assert_int_equal(numbers[0], 42);
    aici_memory_release(&memory.allocator, numbers);
    assert_true(failing_allocator_is_clean(&memory));
}

static void *allocate_and_set_errno(void *user, size_t bytes) {
    (void)user;
    errno = ENOMEM;
    return malloc(bytes);
}

static void *reallocate_and_set_errno(void *user, void *block, size_t bytes) {
    (void)user;
    errno = ENOMEM;
    return realloc(block, bytes);
}

static void release_and_set_errno(void *user, void *block) {
    (void)user;
    free(block);
    errno = EINVAL;
}

static void errno_is_left_alone(void **state) {
    (void)state;
    const aic_allocator noisy = {allocate_and_set_errno, reallocate_and_set_errno, release_and_set_errno, NULL};
    errno = 12345;
    void *block = aici_memory_take(&noisy, 10);
    assert_int_equal(errno, 12345);
    block = aici_memory_resize(&noisy, block, 1000);
    assert_int_equal(errno, 12345);
    aici_memory_release(&noisy, block);
    assert_int_equal(errno, 12345);
}

static void blocks_of_an_arena_are_cleared_aligned_and_apart(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    aici_arena *arena = aici_arena_new(&memory.allocator);
    unsigned char *blocks[500];
    for (size_t i = 0; i < 500; i++) {
        size_t bytes = 1 + i * 7 % 900;
        blocks[i] = aici_arena_take(arena, bytes);
        assert_int_equal((uintptr_t)blocks[i] % 16, 0);
        assert_true(is_clear(blocks[i], bytes));
        memset(blocks[i], (int)(i & 0xff), bytes);
    }
    for (size_t i = 0; i < 500; i++)
        for (size_t byte = 0; byte < 1 + i * 7 % 900; byte++)
            assert_int_equal(blocks[i][byte], i & 0xff);
    aici_arena_free(arena);
    assert_true(failing_allocator_is_clean(&memory));
}

static void an_arena_asks_seldom_and_wastes_little(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    aici_arena *arena = aici_arena_new(&memory.allocator);
    assert_true(aici_arena_bytes(arena) <= 4096);
    size_t taken = 0;
    for (; taken < 10000000; taken += 48)
        aici_arena_take(arena, 48);
    assert_true(memory.calls < 40);
    assert_true(WATCHED || aici_arena_bytes(arena) < taken + taken / 5 + 4096);
    assert_int_equal(aici_arena_bytes(arena), memory.live_bytes);
    aici_arena_free(arena);
    assert_true(failing_allocator_is_clean(&memory));
}

static void a_large_block_does_not_waste_the_chunk_at_hand(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    aici_arena *arena = aici_arena_new(&memory.allocator);
    aici_arena_take(arena, 100);
    char *large = aici_arena_take(arena, 1000000);
    assert_non_null(large);
    assert_true(is_clear(large, 1000000));
    large[999999] = 1;
    size_t calls = memory.calls;
    assert_non_null(aici_arena_take(arena, 1000));
    assert_int_equal(memory.calls, calls);
    assert_true(aici_arena_bytes(arena) < 1000000 + 2 * 4096);
    aici_arena_free(arena);
    assert_true(failing_allocator_is_clean(&memory));
}

static void a_copy_is_terminated(void **state) {
    (void)state;
    aici_arena *arena = aici_arena_new(NULL);
    char *copy = aici_arena_copy(arena, "chat.yaml:14", 9);
    assert_string_equal(copy, "chat.yaml");
    assert_string_equal(aici_arena_copy(arena, NULL, 0), "");
    char *with_nul = aici_arena_copy(arena, "a\0b", 3);
    assert_memory_equal(with_nul, "a\0b", 4);
    aici_arena_free(arena);
}

static void an_arena_remembers_its_allocator_by_value(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    aic_allocator passing = memory.allocator;
    aici_arena *arena = aici_arena_new(&passing);
    memset(&passing, 0, sizeof passing);
    assert_ptr_equal(aici_arena_allocator(arena)->user, &memory);
    assert_non_null(aici_arena_take(arena, 100000));
    aici_arena_free(arena);
    aici_arena_free(NULL);
    assert_int_equal(aici_arena_bytes(NULL), 0);
    assert_true(failing_allocator_is_clean(&memory));
}

static void take_until_refused(aici_arena *arena, size_t bytes, unsigned times) {
    for (unsigned i = 0; i < times; i++) {
        char *block = aici_arena_take(arena, bytes);
        if (block)
            memset(block, 1, bytes);
    }
}

static void an_arena_survives_each_allocation_failing(void **state) {
    (void)state;
    for (int forever = 0; forever < 2; forever++) {
        struct failing_allocator memory;
        failing_allocator_init(&memory);
        for (size_t n = 1; failing_allocator_again(&memory, n, forever); n++) {
            aici_arena *arena = aici_arena_new(&memory.allocator);
            assert_true(arena || memory.failed);
            if (arena) {
                take_until_refused(arena, 1000, 30);
                take_until_refused(arena, 100000, 3);
                take_until_refused(arena, 24, 2000);
            }
            aici_arena_free(arena);
            assert_true(failing_allocator_is_clean(&memory));
        }
    }
}

static void the_failing_allocator_sees_damage_and_leaks(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    char *block = memory.allocator.allocate(&memory, 10);
    assert_false(failing_allocator_is_clean(&memory));
    char *volatile behind = block + 10;
    char saved = *behind;
    *behind = 'x';
    block = memory.allocator.reallocate(&memory, block, 20);
    (void)saved;
    assert_int_equal(memory.damaged, 1);
    memory.allocator.release(&memory, block);
    assert_int_equal(memory.live, 0);
    assert_int_equal(memory.damaged, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_allocator_means_malloc),
        cmocka_unit_test(a_block_of_no_bytes_is_a_block),
        cmocka_unit_test(an_array_is_cleared),
        cmocka_unit_test(sizes_that_overflow_are_refused_without_asking),
        cmocka_unit_test(an_array_grows_geometrically_and_keeps_its_elements),
        cmocka_unit_test(an_array_that_cannot_grow_is_untouched),
        cmocka_unit_test(errno_is_left_alone),
        cmocka_unit_test(blocks_of_an_arena_are_cleared_aligned_and_apart),
        cmocka_unit_test(an_arena_asks_seldom_and_wastes_little),
        cmocka_unit_test(a_large_block_does_not_waste_the_chunk_at_hand),
        cmocka_unit_test(a_copy_is_terminated),
        cmocka_unit_test(an_arena_remembers_its_allocator_by_value),
        cmocka_unit_test(an_arena_survives_each_allocation_failing),
        cmocka_unit_test(the_failing_allocator_sees_damage_and_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
