/* SPDX-License-Identifier: MIT */
/*
 * The name that was probably meant.
 */
#include "base/names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The nearest of candidates, which are separated by spaces. */
static const char *nearest_of(const char *wanted, const char *candidates) {
    static aici_nearest nearest;
    nearest = aici_nearest_to(aici_slice_of(wanted));
    while (*candidates) {
        size_t size = strcspn(candidates, " ");
        aici_nearest_offer(&nearest, (aici_slice){candidates, size});
        candidates += size + strspn(candidates + size, " ");
    }
    const char *name = aici_nearest_name(&nearest);
    return name ? name : "(none)";
}

static void one_slip_is_found(void **state) {
    (void)state;
    const char *names = "utilization peak_power tokens parameters";
    assert_string_equal(nearest_of("utilisation", names), "utilization");
    assert_string_equal(nearest_of("utilzation", names), "utilization");
    assert_string_equal(nearest_of("uttilization", names), "utilization");
    assert_string_equal(nearest_of("tokesn", names), "tokens");
    assert_string_equal(nearest_of("toknes", names), "tokens");
}

static void nobody_counts_case_and_underscores(void **state) {
    (void)state;
    assert_string_equal(nearest_of("peakPower", "peak_price peak_power"), "peak_power");
    assert_string_equal(nearest_of("PEAK_POWER", "peak_price peak_power"), "peak_power");
    assert_string_equal(nearest_of("MFU", "mfu"), "mfu");
    assert_string_equal(nearest_of("peak_power", "PeakPower peak_power"), "peak_power");
}

static void what_is_far_is_not_offered(void **state) {
    (void)state;
    assert_string_equal(nearest_of("price", "token growth capex"), "(none)");
    assert_string_equal(nearest_of("mfu", "cpu"), "(none)");
    assert_string_equal(nearest_of("mfu", "mfx"), "mfx");
    assert_string_equal(nearest_of("abcdef", "abxyef"), "abxyef");
    assert_string_equal(nearest_of("abcdef", "axyzef"), "(none)");
    assert_string_equal(nearest_of("abcdefghijklmnop", "1234efghijklmnop"), "(none)");
    assert_string_equal(nearest_of("abcdefghijklmnop", "123defghijklmnop"), "123defghijklmnop");
}

static void two_letters_have_no_neighbour(void **state) {
    (void)state;
    assert_string_equal(nearest_of("ab", "ab ac abc"), "(none)");
    assert_string_equal(nearest_of("a_b", "a_b"), "(none)");
    assert_string_equal(nearest_of("", "a b"), "(none)");
    assert_string_equal(nearest_of("abc", "_ __"), "(none)");
}

static void a_name_inside_the_other_is_near_from_four_letters_on(void **state) {
    (void)state;
    assert_string_equal(nearest_of("price", "gpu_price_per_hour year"), "gpu_price_per_hour");
    assert_string_equal(nearest_of("gpu_price_per_hour", "price year"), "price");
    assert_string_equal(nearest_of("gpu_price_per_hour", "gpu hour"), "hour");
    assert_string_equal(nearest_of("gpu_price_per_hour", "gpu per"), "(none)");
    assert_string_equal(nearest_of("power", "accelerator_power_draw peak_power"), "peak_power");
}

static void the_nearest_wins_and_of_equals_the_first(void **state) {
    (void)state;
    assert_string_equal(nearest_of("tokens", "tokers token tokens_in"), "tokers");
    assert_string_equal(nearest_of("capax", "capix capex"), "capix");
    assert_string_equal(nearest_of("utilization_of_peak", "utilization utilization_of_peek"), "utilization_of_peek");
}

static void letters_of_any_script_count_one(void **state) {
    (void)state;
    assert_string_equal(nearest_of("größe", "grösse größen"), "größen");
    assert_string_equal(nearest_of("算力价", "算力作"), "算力作");
}

static void names_too_long_to_keep_are_passed_over(void **state) {
    (void)state;
    char longest[132], longer[133];
    memset(longest, 'a', 131);
    longest[131] = '\0';
    memset(longer, 'a', 132);
    longer[132] = '\0';
    assert_string_equal(nearest_of(longest, longer), "(none)");
    assert_string_equal(nearest_of(longer, longest), "(none)");
    assert_string_equal(nearest_of(longest, longest), longest);
}

/* The textbook table, to compare the band with. */
static unsigned plain_distance(const char *left, const char *right) {
    static unsigned table[40][40];
    unsigned m = (unsigned)strlen(left), n = (unsigned)strlen(right);
    for (unsigned i = 0; i <= m; i++) {
        for (unsigned j = 0; j <= n; j++) {
            unsigned best = i + j;
            if (i && j) {
                unsigned change = table[i - 1][j - 1] + (left[i - 1] != right[j - 1]);
                unsigned shift = (table[i - 1][j] < table[i][j - 1] ? table[i - 1][j] : table[i][j - 1]) + 1;
                best = change < shift ? change : shift;
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] && table[i - 2][j - 2] + 1 < best)
                    best = table[i - 2][j - 2] + 1;
            }
            table[i][j] = best;
        }
    }
    return table[m][n];
}

static void draw_word(uint64_t *random, char *word, unsigned letters) {
    unsigned size = 6 + (unsigned)(*random >> 60);
    for (unsigned i = 0; i < size; i++) {
        *random = *random * UINT64_C(6364136223846793005) + 1442695040888963407;
        word[i] = (char)('a' + *random / (UINT64_C(1) << 40) % letters);
    }
    word[size] = '\0';
}

static void the_band_agrees_with_the_whole_table(void **state) {
    (void)state;
    uint64_t random = 1;
    unsigned near = 0;
    for (int i = 0; i < 200000; i++) {
        char wanted[40], candidate[40];
        draw_word(&random, wanted, i % 2 ? 2 : 3);
        draw_word(&random, candidate, i % 2 ? 2 : 3);
        unsigned distance = plain_distance(wanted, candidate), limit = (unsigned)strlen(wanted) / 3;
        bool expected = distance <= 3 && distance <= limit;
        bool contained = strstr(wanted, candidate) || strstr(candidate, wanted);
        bool found = strcmp(nearest_of(wanted, candidate), candidate) == 0;
        near += expected;
        if (found != (expected || contained))
            fail_msg("%s and %s are %u apart", wanted, candidate, distance);
    }
    assert_true(near > 1000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_slip_is_found),
        cmocka_unit_test(nobody_counts_case_and_underscores),
        cmocka_unit_test(what_is_far_is_not_offered),
        cmocka_unit_test(two_letters_have_no_neighbour),
        cmocka_unit_test(a_name_inside_the_other_is_near_from_four_letters_on),
        cmocka_unit_test(the_nearest_wins_and_of_equals_the_first),
        cmocka_unit_test(letters_of_any_script_count_one),
        cmocka_unit_test(names_too_long_to_keep_are_passed_over),
        cmocka_unit_test(the_band_agrees_with_the_whole_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
