/* SPDX-License-Identifier: MIT */
/*
 * The registry of messages, and statuses in words.
 */
#include "base/codes.h"
#include <aicompute/report.h>
#include <stdbool.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct kind {
    const char *name;
    int number;
    aic_status status;
    const char *meaning;
};

static const struct kind kinds[] = {
#define KIND(name, number, status, meaning) {#name, number, status, meaning},
    AICI_CODES(KIND)
#undef KIND
};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

static void every_status_has_words_of_its_own(void **state) {
    (void)state;
    for (int i = AIC_OK; i <= AIC_ERROR_INTERNAL; i++)
        for (int j = AIC_OK; j <= i; j++)
            assert_int_equal(strcmp(aic_status_text((aic_status)i), aic_status_text((aic_status)j)) == 0, i == j);
}

static void a_status_of_a_newer_library_has_words_too(void **state) {
    (void)state;
    assert_string_equal(aic_status_text((aic_status)(AIC_ERROR_INTERNAL + 1)), "unknown status");
}

static void a_number_stands_for_one_kind_in_rising_order(void **state) {
    (void)state;
    for (size_t i = 1; i < KINDS; i++)
        if (kinds[i].number <= kinds[i - 1].number)
            fail_msg("%s", kinds[i].name);
}

static void every_kind_has_its_meaning_and_status(void **state) {
    (void)state;
    for (size_t i = 0; i < KINDS; i++) {
        assert_string_equal(aic_code_text(kinds[i].number), kinds[i].meaning);
        assert_int_equal(aici_code_status(kinds[i].number), kinds[i].status);
        bool is_limit = strncmp(kinds[i].name, "LIMIT_", 6) == 0;
        assert_true(!is_limit || kinds[i].status == AIC_ERROR_LIMIT);
    }
}

static void a_number_that_is_free_means_nothing(void **state) {
    (void)state;
    assert_string_equal(aic_code_text(0), "");
    assert_string_equal(aic_code_text(-1), "");
    assert_string_equal(aic_code_text(199), "");
    assert_int_equal(aici_code_status(199), AIC_ERROR_INTERNAL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_has_words_of_its_own),
        cmocka_unit_test(a_status_of_a_newer_library_has_words_too),
        cmocka_unit_test(a_number_stands_for_one_kind_in_rising_order),
        cmocka_unit_test(every_kind_has_its_meaning_and_status),
        cmocka_unit_test(a_number_that_is_free_means_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
