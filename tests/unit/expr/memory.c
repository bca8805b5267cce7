/* SPDX-License-Identifier: MIT */
/* Every allocation of reading, checking and printing fails once: the answer is AIC_ERROR_MEMORY, and nothing is lost or half done. */
#include "expr/support.h"

#include "failing_allocator.h"

static const char *const texts[] = {
    "visits * questions * 1,234.5 USD/query",
    "1.43亿 + 5",
    "-(1 + 2) ^ 2 / max(1, 2, 3)",
    "if 1 < 2 and true then $2/GPU-hour else 3 USD/GPU-hour",
    "previous(series + 1 USD, 0 USD) + growth(series) * series * 1 year",
    "in_service(series, 4 year, 1 USD)",
    "truncated(3 to 5 %, 1 %, 9 %)",
    "normal(mean=3, sd=1)",
    "((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))",
    "abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(1))))))))))))))))))))))))))",
    "max(1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30)",
    "65 TFLOPS",
    "6000万 * 10",
    "20 %",
    /* refused: the message has to be made */
    "5 USD + 3 CNY",
    "visits * questions * questions",
    "visitz + 1",
    "1 + g",
    "1 < 2 < 3",
    "65 TFLOP/s",
    "0 to 5",
    "series[2040]",
    "5 foot",
    "5 USD / year",
};

static const char *const expectations[] = {NULL, "FLOP/s/accelerator", "query/day", "1/year"};

static struct bench open_with(const aic_allocator *allocator) {
    struct bench bench = {.allocator = allocator, .subject = "input"};
    bench.arena = aici_arena_new(allocator);
    bench.report = aic_report_new(NULL);
    assert_true(aici_limits_fill(NULL, &bench.limits));
    return bench;
}

/* Names are checked beforehand, in memory that does not fail. */
static void lend(struct bench *to, const struct bench *from) {
    to->units = from->units;
    to->timeline = from->timeline;
    to->names = from->names;
    memcpy(to->name, from->name, sizeof to->name);
}

static aic_status act(struct bench *bench, const char *text, const char *expected) {
    const aici_expr *tree = NULL, *checked = NULL;
    aici_expectation expectation = expected ? bench_expect(bench, expected) : (aici_expectation){.any_dimension = true};
    aic_status status = bench_try_read(bench, text, &tree);
    assert_true((status == AIC_OK) == (tree != NULL));
    if (status == AIC_OK)
        status = bench_check_tree(bench, tree, expected ? &expectation : NULL, &checked);
    assert_true((status == AIC_OK) == (checked != NULL));
    if (status != AIC_OK)
        return status;
    aici_buffer out = aici_buffer_new(bench->allocator);
    aici_expr_add_text(checked, NULL, &out);
    if (aici_buffer_failed(&out))
        status = AIC_ERROR_MEMORY;
    aici_buffer_free(&out);
    return status;
}

static void fail_each_allocation(const struct bench *lender, const char *text, const char *expected, bool forever) {
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    size_t rounds = 0;
    for (size_t n = 1; failing_allocator_again(&memory, n, forever); n++, rounds++) {
        struct bench bench = open_with(&memory.allocator);
        if (bench.arena) {
            lend(&bench, lender);
            aic_status status = act(&bench, text, expected);
            if (memory.failed && status != AIC_ERROR_MEMORY)
                fail_msg("`%s`: allocation %zu failed, and the answer is %d", text, n, (int)status);
        }
        aic_report_free(bench.report);
        aici_arena_free(bench.arena);
        assert_true(failing_allocator_is_clean(&memory));
    }
    assert_true(rounds > 1);
}

static struct bench open_lender(void) {
    struct bench lender = bench_open();
    bench_define(&lender, "visits", "6000万 visit/day");
    bench_define(&lender, "questions", "10 query/visit");
    bench_define(&lender, "g", "5 %/year");
    bench_define(&lender, "series", "2 USD * (year - 2020)");
    return lender;
}

static void each_allocation_may_fail_once(void **state) {
    (void)state;
    struct bench lender = open_lender();
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        for (size_t k = 0; k < sizeof expectations / sizeof expectations[0]; k++)
            fail_each_allocation(&lender, texts[i], expectations[k], false);
    }
    bench_close(&lender);
}

/* The words may be lost with it, but not the fault, nor memory. */
static void the_memory_of_the_report_may_fail_too(void **state) {
    (void)state;
    struct bench lender = open_lender();
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct failing_allocator memory;
        failing_allocator_init(&memory);
        struct bench bench = open_with(NULL);
        aic_report_free(bench.report);
        lend(&bench, &lender);
        bench.report = NULL;
        aic_status usual = act(&bench, texts[i], "query/day");
        for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
            bench.report = aic_report_new(&memory.allocator);
            aic_status status = act(&bench, texts[i], "query/day");
            assert_true(status == usual || status == AIC_ERROR_MEMORY);
            aic_report_free(bench.report);
            assert_true(failing_allocator_is_clean(&memory));
        }
        aici_arena_free(bench.arena);
    }
    bench_close(&lender);
}

static void memory_may_be_gone_for_good(void **state) {
    (void)state;
    struct bench lender = open_lender();
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        fail_each_allocation(&lender, texts[i], NULL, true);
    bench_close(&lender);
}

static void trees_made_by_calls_are_null_without_memory(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    struct bench lender = open_lender();
    const aici_expr *one = bench_read(&lender, "1"), *pair[] = {one, one};
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
        aici_arena *arena = aici_arena_new(&memory.allocator);
        for (int i = 0; arena && i < 40; i++) {
            const aici_expr *made[] = {
                aici_expr_new_series(arena, AICI_BETWEEN_NONE, 2, (int32_t[]){2021, 2022}, pair),
                aici_expr_new_compound(arena, 2021, one, one),
                aici_expr_new_distribution(arena, AICI_DISTRIBUTION_NORMAL, 2, (uint8_t[]){AICI_PARAMETER_MEAN, AICI_PARAMETER_SD}, pair,
                                           NULL),
                aici_expr_new_binary(arena, AICI_OPERATOR_ADD, one, one),
                aici_expr_new_name(arena, aici_slice_of("x"), NULL),
            };
            size_t there = 0;
            for (size_t k = 0; k < sizeof made / sizeof made[0]; k++)
                there += made[k] != NULL;
            assert_true(there == sizeof made / sizeof made[0] || memory.failed);
        }
        aici_arena_free(arena);
        assert_true(failing_allocator_is_clean(&memory));
    }
    bench_close(&lender);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_allocation_may_fail_once),
        cmocka_unit_test(the_memory_of_the_report_may_fail_too),
        cmocka_unit_test(memory_may_be_gone_for_good),
        cmocka_unit_test(trees_made_by_calls_are_null_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
