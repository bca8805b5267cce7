/* SPDX-License-Identifier: MIT */
/* Long chains of names, long sums and many years are compiled on a small stack. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "scene.h"
#include <pthread.h>

enum { SMALL_STACK = 256 * 1024, CHAIN = 100000, TERMS = 50000 };

struct attempt {
    struct scene *scene;
    aic_status status;
};

static void *compile(void *context) {
    struct attempt *attempt = context;
    attempt->status = scene_try(attempt->scene);
    return NULL;
}

/** Compiles what is wanted in a thread with a small stack, and gives its value. */
static double value_on_small_stack(struct scene *scene, const char *wanted) {
    struct attempt attempt = {scene, AIC_ERROR_INTERNAL};
    pthread_attr_t attributes;
    pthread_t thread;
    double value = 0;
    scene_want(scene, wanted);
    assert_int_equal(pthread_attr_init(&attributes), 0);
    assert_int_equal(pthread_attr_setstacksize(&attributes, SMALL_STACK), 0);
    assert_int_equal(pthread_create(&thread, &attributes, compile, &attempt), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    pthread_attr_destroy(&attributes);
    assert_int_equal(attempt.status, AIC_OK);
    scene_evaluate(scene, NULL, &value);
    return value;
}

static void a_chain_of_100_000_quantities(void **state) {
    (void)state;
    char *yaml = malloc(CHAIN * 32);
    assert_non_null(yaml);
    size_t size = (size_t)sprintf(yaml, "assumptions:\n  q0: 1\n");
    for (int i = 1; i <= CHAIN; i++)
        size += (size_t)sprintf(yaml + size, "  q%d: q%d + 1\n", i, i - 1);
    struct scene scene = scene_of(yaml);
    assert_true(value_on_small_stack(&scene, "q100000") == CHAIN + 1);
    assert_int_equal(scene.program->once_count, CHAIN);
    scene_close(&scene);
    free(yaml);
}

static void a_sum_of_50_000_terms(void **state) {
    (void)state;
    char *yaml = malloc(TERMS * 4 + 100);
    assert_non_null(yaml);
    size_t size = (size_t)sprintf(yaml, "assumptions: {a: 3}\ncalculations:\n  y: a");
    for (int i = 1; i < TERMS; i++)
        size += (size_t)sprintf(yaml + size, " + a");
    memcpy(yaml + size, "\n", 2);
    struct scene scene = scene_of(yaml);
    assert_true(value_on_small_stack(&scene, "y") == 3.0 * TERMS);
    scene_close(&scene);
    free(yaml);
}

static void nested_series_functions_over_200_years(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 1901..2100\n"
                                  "assumptions: {one: {start: 1, start_year: 1901, growth: 0 %/year}}\n"
                                  "calculations:\n"
                                  "  sums: cumulative(cumulative(cumulative(cumulative(cumulative(cumulative(one))))))\n"
                                  "  count: previous(count, 0) + 1\n");
    assert_true(value_on_small_stack(&scene, "sums[2100]") == 200.0 * 201 * 202 * 203 * 204 * 205 / 720);
    assert_true(scene.program->once_count < 2000);
    assert_true(value_on_small_stack(&scene, "count[2100]") == 200);
    scene_close(&scene);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chain_of_100_000_quantities),
        cmocka_unit_test(a_sum_of_50_000_terms),
        cmocka_unit_test(nested_series_functions_over_200_years),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
