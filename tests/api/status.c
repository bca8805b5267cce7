/* SPDX-License-Identifier: MIT */
/* Statuses, versions and texts. */
#include "support.h"

static void every_status_has_words(void **state) {
    (void)state;
    for (int status = AIC_OK; status <= AIC_ERROR_INTERNAL; status++) {
        assert_true(strlen(aic_status_text((aic_status)status)) > 3);
        for (int other = AIC_OK; other < status; other++) {
            assert_string_not_equal(aic_status_text((aic_status)status), aic_status_text((aic_status)other));
        }
    }
    assert_true(strlen(aic_status_text((aic_status)4711)) > 3);
}

static void the_version_is_three_numbers(void **state) {
    (void)state;
    unsigned major, minor, patch;
    assert_int_equal(sscanf(aic_version(), "%u.%u.%u", &major, &minor, &patch), 3);
}

static void a_text_that_is_not_there_is_empty(void **state) {
    (void)state;
    assert_string_equal(aic_text_bytes(NULL), "");
    assert_int_equal(aic_text_size(NULL), 0);
    aic_text_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_status_has_words), cmocka_unit_test(the_version_is_three_numbers),
                                       cmocka_unit_test(a_text_that_is_not_there_is_empty)};
    return cmocka_run_group_tests_name("status", tests, NULL, NULL);
}
