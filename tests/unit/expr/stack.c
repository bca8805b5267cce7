/* SPDX-License-Identifier: MIT */
/* The deepest expressions that are allowed are read, checked, visited and printed on the stack of a small thread. */
#define _POSIX_C_SOURCE 200809L

#include "expr/support.h"

#include <pthread.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
enum { STACK_KIB = 1024, MOST_KIB = 1024 }; /* the sanitizer pads every frame */
#elif defined(__OPTIMIZE__)
enum { STACK_KIB = 64, MOST_KIB = 40 }; /* of which the power function takes 3, whatever the depth */
#else
enum { STACK_KIB = 128, MOST_KIB = 64 };
#endif

enum { PAINT = 0x5a, DEEPEST = 200 };

struct job {
    struct bench *bench;
    const char *text;
    bool good;
};

static void ignore_name(void *context, const aici_expr *name, aici_use use) {
    (void)context;
    (void)name;
    (void)use;
}

static void *work(void *given) {
    struct job *job = given;
    const aici_expr *tree, *checked;
    job->good = bench_try_read(job->bench, job->text, &tree) == AIC_OK && bench_check_tree(job->bench, tree, NULL, &checked) == AIC_OK;
    if (!job->good)
        return NULL;
    aici_buffer out = aici_buffer_new(NULL);
    aici_expr_each_name(checked, ignore_name, NULL);
    aici_expr_add_text(checked, NULL, &out);
    job->good = !aici_buffer_failed(&out);
    aici_buffer_free(&out);
    return NULL;
}

static size_t untouched(const unsigned char *stack, size_t size) {
    size_t count = 0;
    while (count < size && stack[count] == PAINT)
        count++;
    return count;
}

static size_t stack_used_by(struct job *job) {
    size_t size = (size_t)STACK_KIB * 1024;
    unsigned char *stack = aligned_alloc(4096, size);
    pthread_attr_t attributes;
    pthread_t thread;
    assert_non_null(stack);
    memset(stack, PAINT, size);
    assert_int_equal(pthread_attr_init(&attributes), 0);
    assert_int_equal(pthread_attr_setstack(&attributes, stack, size), 0);
    assert_int_equal(pthread_create(&thread, &attributes, work, job), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    pthread_attr_destroy(&attributes);
    size_t used = size - untouched(stack, size);
    free(stack);
    return used;
}

static void assert_small_stack(const char *open, const char *core, const char *close) {
    struct bench bench = bench_open();
    bench_define(&bench, "x", "2");
    bench_define(&bench, "s", "year - 2000");
    char text[16384];
    size_t size = 0;
    for (int i = 0; i < DEEPEST; i++)
        size += (size_t)sprintf(text + size, "%s", open);
    size += (size_t)sprintf(text + size, "%s", core);
    for (int i = 0; i < DEEPEST; i++)
        size += (size_t)sprintf(text + size, "%s", close);
    struct job job = {&bench, text, false};
    size_t used = stack_used_by(&job);
    if (!job.good)
        fail_msg("`%s` is refused: %s", open, aic_report_message(bench.report, 0));
    if (used > (size_t)MOST_KIB * 1024)
        fail_msg("`%s`, %d deep, needs %zu bytes of stack", open, DEEPEST, used);
    bench_close(&bench);
}

static void nested_calls_need_little_stack(void **state) {
    (void)state;
    assert_small_stack("max(1, ", "x", ")");
    assert_small_stack("abs(", "x", ")");
    assert_small_stack("previous(", "s", ", 0)");
}

static void nested_operators_need_little_stack(void **state) {
    (void)state;
    assert_small_stack("-", "x", "");
    assert_small_stack("x * (", "x", ")");
    assert_small_stack("if true then 1 else ", "x", "");
    assert_small_stack("x ^ ", "1", "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nested_calls_need_little_stack),
        cmocka_unit_test(nested_operators_need_little_stack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
