/* SPDX-License-Identifier: MIT */
/* The host's settings do not change answers, and calls leave them as they were: rounding mode, exception flags, errno; small stacks are
 * enough. */
#include "support.h"
#include <errno.h>
#include <fenv.h>
#include <pthread.h>

/** All the values of one evaluation, as bits to compare. */
static void take_bits(double *bits, size_t *count) {
    aic_scenario *scenario = load(chat);
    aic_result *result = evaluate(scenario);
    *count = 0;
    for (size_t i = 0; i < aic_result_count(result) && *count < 200; i++) {
        bits[(*count)++] = aic_result_value(result, i);
    }
    aic_result_unref(result);
    aic_scenario_free(scenario);
}

static void the_hosts_rounding_mode_changes_nothing(void **state) {
    (void)state;
    static const int modes[] = {FE_DOWNWARD, FE_UPWARD, FE_TOWARDZERO};
    double nearest[200], other[200];
    size_t count, again;
    take_bits(nearest, &count);
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        assert_int_equal(fesetround(modes[i]), 0);
        take_bits(other, &again);
        assert_int_equal(fegetround(), modes[i]);
        fesetround(FE_TONEAREST);
        assert_int_equal(count, again);
        assert_memory_equal(nearest, other, count * sizeof(double));
    }
}

static void errno_and_exception_flags_are_left_as_found(void **state) {
    (void)state;
    double bits[200];
    size_t count;
    aic_scenario *scenario = NULL;
    feclearexcept(FE_ALL_EXCEPT);
    errno = 12345;
    take_bits(bits, &count);
    assert_int_equal(errno, 12345);
    assert_int_equal(aic_scenario_load_file("no/such/file", NULL, &scenario, NULL), AIC_ERROR_READ);
    assert_int_equal(errno, 12345);
    assert_int_equal(fetestexcept(FE_ALL_EXCEPT), 0);
}

static void *work(void *argument) {
    (void)argument;
    double bits[200];
    size_t count;
    aic_scenario *scenario = load(chat);
    aic_result *result = NULL;
    take_bits(bits, &count);
    assert_int_equal(aic_scenario_check(scenario, NULL, &result, NULL), AIC_OK);
    aic_result_unref(result);
    assert_int_equal(aic_scenario_explain(scenario, "chat.capex", &result, NULL), AIC_OK);
    aic_result_unref(result);
    aic_scenario_free(scenario);
    return NULL;
}

static void a_small_stack_is_enough(void **state) {
    (void)state;
    pthread_attr_t attributes;
    pthread_t thread;
    pthread_attr_init(&attributes);
    assert_int_equal(pthread_attr_setstacksize(&attributes, 64 * 1024), 0);
    assert_int_equal(pthread_create(&thread, &attributes, work, NULL), 0);
    pthread_join(thread, NULL);
    pthread_attr_destroy(&attributes);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_hosts_rounding_mode_changes_nothing),
                                       cmocka_unit_test(errno_and_exception_flags_are_left_as_found),
                                       cmocka_unit_test(a_small_stack_is_enough)};
    return cmocka_run_group_tests_name("environment", tests, NULL, NULL);
}
