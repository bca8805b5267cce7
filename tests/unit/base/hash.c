/* SPDX-License-Identifier: MIT */
/* Numbers of names: pinned, since draws depend on them for ever. The expected ones were worked out by a program of a few lines in another
 * language. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/hash.h"

static uint64_t hash(const char *name, uint32_t number) { return aici_name_hash(aici_slice_of(name), number); }

static void numbers_of_names_are_the_same_for_ever(void **state) {
    (void)state;
    assert_true(hash("", 0) == UINT64_C(0xaca6d6b54be3ed05));
    assert_true(hash("visits", 0) == UINT64_C(0xea2468537d37a69f));
    assert_true(hash("visits", 1) == UINT64_C(0xe9786d1b495ad468));
    assert_true(hash("chatgpt.utilization", 0) == UINT64_C(0x80d7c7d14fee5318));
}

static void only_the_bytes_of_the_slice_count(void **state) {
    (void)state;
    assert_true(aici_name_hash((aici_slice){"visits per day", 6}, 0) == hash("visits", 0));
}

static void each_byte_of_the_number_counts(void **state) {
    (void)state;
    for (unsigned shift = 0; shift < 32; shift++)
        assert_true(hash("a", UINT32_C(1) << shift) != hash("a", 0));
}

/** A bit of the name that changes moves about half of the bits. */
static void names_that_are_almost_alike_have_nothing_in_common(void **state) {
    (void)state;
    unsigned bits = 0;
    for (char last = 'a'; last < 'z'; last++) {
        const char one[] = {'x', last, 0}, next[] = {'x', (char)(last + 1), 0};
        for (uint64_t differ = hash(one, 0) ^ hash(next, 0); differ; differ &= differ - 1)
            bits++;
    }
    assert_in_range(bits, 25 * 26, 25 * 38);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_of_names_are_the_same_for_ever),
        cmocka_unit_test(only_the_bytes_of_the_slice_count),
        cmocka_unit_test(each_byte_of_the_number_counts),
        cmocka_unit_test(names_that_are_almost_alike_have_nothing_in_common),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
