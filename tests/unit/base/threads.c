/* SPDX-License-Identifier: MIT */
/* Work shared out among threads. The linker puts ours in place of pthread_create(), so that threads can be refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/threads.h"
#include "failing_allocator.h"

#include <errno.h>
#include <pthread.h>

typedef void *begin(void *argument);

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, begin *function, void *argument);
int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, begin *function, void *argument);

/** Bits of the calls, from the first, that get no thread. */
static unsigned refused, asked;

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, begin *function, void *argument) {
    return refused >> asked++ & 1 ? EAGAIN : __real_pthread_create(thread, attributes, function, argument);
}

enum { MOST_ITEMS = 100, MOST_SHARES = 16 };

/** What was done by whom, and what it is to come to. */
typedef struct record {
    unsigned times[MOST_ITEMS];
    pthread_t by[MOST_SHARES];
    unsigned calls; /**< counted by all threads */
    aic_status status[MOST_SHARES];
} record;

typedef struct job {
    record *to;
} job;

static aic_status note(const void *work, const aici_share *share) {
    record *to = ((const job *)work)->to;
    for (uint64_t i = share->first; i < share->end; i++)
        to->times[i]++;
    to->by[share->number] = pthread_self();
    __atomic_fetch_add(&to->calls, 1, __ATOMIC_RELAXED);
    return to->status[share->number];
}

static aic_status run(record *to, const aic_allocator *allocator, uint64_t items, uint32_t threads, unsigned without) {
    const job work = {to};
    refused = without;
    asked = 0;
    return aici_share_out(allocator, items, threads, note, &work);
}

static void assert_done_once(const record *to, uint64_t items, unsigned shares) {
    assert_int_equal(to->calls, shares);
    for (uint64_t i = 0; i < MOST_ITEMS; i++)
        assert_int_equal(to->times[i], i < items);
}

static bool by_caller(const record *to, unsigned share) { return pthread_equal(to->by[share], pthread_self()); }

static void shares_follow_each_other_and_differ_by_one_item_at_most(void **state) {
    (void)state;
    for (uint64_t items = 0; items < 40; items++)
        for (uint32_t threads = 1; threads < 12; threads++) {
            uint32_t count = aici_share_count(items, threads);
            uint64_t next = 0, longest = items / count + (items % count > 0);
            for (uint32_t i = 0; i < count; i++) {
                aici_share share = aici_share_at(items, count, i);
                assert_int_equal(share.number, i);
                assert_int_equal(share.first, next);
                assert_in_range(share.end - share.first, items / count, longest);
                longest = share.end - share.first;
                next = share.end;
            }
            assert_int_equal(next, items);
        }
}

static void no_share_is_empty_unless_there_is_nothing_to_do(void **state) {
    (void)state;
    assert_int_equal(aici_share_count(0, 8), 1);
    assert_int_equal(aici_share_count(3, 8), 3);
    assert_int_equal(aici_share_count(8, 8), 8);
    assert_int_equal(aici_share_count(UINT64_MAX, 8), 8);
}

static void shares_of_very_many_items_do_not_overflow(void **state) {
    (void)state;
    aici_share last = aici_share_at(UINT64_MAX, 1024, 1023), before = aici_share_at(UINT64_MAX, 1024, 1022);
    assert_true(last.end == UINT64_MAX);
    assert_true(last.first == before.end);
    assert_true(last.end - last.first == UINT64_MAX / 1024);
}

static void each_item_is_done_once_on_any_number_of_threads(void **state) {
    (void)state;
    for (uint64_t items = 0; items <= 20; items++)
        for (uint32_t threads = 1; threads <= MOST_SHARES; threads++) {
            record to = {.calls = 0};
            assert_int_equal(run(&to, NULL, items, threads, 0), AIC_OK);
            assert_done_once(&to, items, aici_share_count(items, threads));
        }
}

static void the_last_share_is_the_callers_and_the_others_have_threads_of_their_own(void **state) {
    (void)state;
    record to = {.calls = 0};
    assert_int_equal(run(&to, NULL, 10, 4, 0), AIC_OK);
    assert_int_equal(asked, 3);
    assert_false(by_caller(&to, 0) || by_caller(&to, 1) || by_caller(&to, 2));
    assert_true(by_caller(&to, 3));
}

static void one_share_needs_no_thread_and_no_memory(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    for (uint64_t items = 0; items < 2; items++) {
        record to = {.calls = 0};
        assert_int_equal(run(&to, &memory.allocator, items, 8, 0), AIC_OK);
        assert_done_once(&to, items, 1);
    }
    record to = {.calls = 0};
    assert_int_equal(run(&to, &memory.allocator, 50, 1, 0), AIC_OK);
    assert_done_once(&to, 50, 1);
    assert_true(by_caller(&to, 0));
    assert_int_equal(asked, 0);
    assert_int_equal(memory.calls, 0);
}

static void shares_without_a_thread_are_done_by_the_caller(void **state) {
    (void)state;
    for (unsigned without = 0; without < 16; without++) {
        record to = {.calls = 0};
        assert_int_equal(run(&to, NULL, 53, 5, without), AIC_OK);
        assert_done_once(&to, 53, 5);
        for (unsigned i = 0; i < 5; i++)
            assert_true(by_caller(&to, i) == (i == 4 || (without >> i & 1)));
    }
}

static void without_memory_nothing_is_begun(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
        record to = {.calls = 0};
        aic_status status = run(&to, &memory.allocator, 20, 4, 0);
        assert_int_equal(status, memory.failed ? AIC_ERROR_MEMORY : AIC_OK);
        assert_done_once(&to, memory.failed ? 0 : 20, memory.failed ? 0 : 4);
        assert_true(failing_allocator_is_clean(&memory));
    }
}

static void memory_counts_before_any_other_failure_and_then_the_first_share(void **state) {
    (void)state;
    record first = {.status = {[1] = AIC_ERROR_CANCELLED, [2] = AIC_ERROR_DOMAIN}},
           memory = {.status = {AIC_ERROR_CANCELLED, AIC_ERROR_MEMORY, AIC_ERROR_DOMAIN}}, last = {.status = {[3] = AIC_ERROR_LIMIT}},
           only = {.status = {AIC_ERROR_CANCELLED}};
    assert_int_equal(run(&first, NULL, 20, 4, 0), AIC_ERROR_CANCELLED);
    assert_int_equal(run(&memory, NULL, 20, 4, 0), AIC_ERROR_MEMORY);
    assert_int_equal(run(&last, NULL, 20, 4, 0), AIC_ERROR_LIMIT);
    assert_int_equal(run(&only, NULL, 20, 1, 0), AIC_ERROR_CANCELLED);
    assert_done_once(&memory, 20, 4); /* a share that fails does not stop the others */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_follow_each_other_and_differ_by_one_item_at_most),
        cmocka_unit_test(no_share_is_empty_unless_there_is_nothing_to_do),
        cmocka_unit_test(shares_of_very_many_items_do_not_overflow),
        cmocka_unit_test(each_item_is_done_once_on_any_number_of_threads),
        cmocka_unit_test(the_last_share_is_the_callers_and_the_others_have_threads_of_their_own),
        cmocka_unit_test(one_share_needs_no_thread_and_no_memory),
        cmocka_unit_test(shares_without_a_thread_are_done_by_the_caller),
        cmocka_unit_test(without_memory_nothing_is_begun),
        cmocka_unit_test(memory_counts_before_any_other_failure_and_then_the_first_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
