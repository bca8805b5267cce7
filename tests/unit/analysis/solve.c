/* SPDX-License-Identifier: MIT */
/* What solving asks of the machine: each allocation may fail, and no answer depends on how much is asked for at once. */
#include "failing_allocator.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/scene.h"

static const char PLANT[] = "aicompute: 1\n"
                            "timeline: 2024..2026\n"
                            "assumptions: {low: 1, high: 5, a: 3, z: \"uniform(low, high)\", s: {2024: a, 2025: 2 * a}}\n"
                            "calculations: {twice: z * 2, steps: ceil(a), square: \"(a - 3)^2 - 1\", both: \"s[2024] + s[2025]\"}\n";

static void fail_each(const char *output, const char *value, const char *by, double expected) {
    const aici_sample_wish sampling = {.samples = 64, .sobol = true, .replicates = 2, .threads = 1};
    const aici_solve_wish wish = {.output = output, .value = value, .by = by, .sampling = &sampling};
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n += n < 400 ? 1 : 61) { /* later ones are the same places again */
        memory.fail_at = 0;
        aic_scenario *scenario = scene_load(&memory.allocator, PLANT);
        aic_report *report = aic_report_new(NULL);
        aic_result *result = NULL;
        memory.calls = 0;
        memory.fail_at = n;
        aic_status status = aici_analysis_solve(scenario, &wish, &result, report);
        memory.fail_at = 0;
        assert_int_equal(status, memory.failed ? AIC_ERROR_MEMORY : AIC_OK);
        assert_int_equal(aic_report_error_count(report) > 0, memory.failed);
        assert_int_equal(result != NULL, status == AIC_OK);
        if (result)
            assert_true(fabs(result->table->column[0].value[0] / expected - 1) < 0.1);
        aici_result_release(result);
        aici_scenario_free(scenario);
        aic_report_free(report);
        assert_true(failing_allocator_is_clean(&memory));
    }
}

static void each_allocation_may_fail_at_the_medians(void **state) {
    (void)state;
    fail_each("square", "0", "a", 4);
    fail_each("both", "10", "s[2025]", 7);
}

static void each_allocation_may_fail_with_draws(void **state) {
    (void)state;
    fail_each("p50(twice)", "8", "high", 7);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_allocation_may_fail_at_the_medians),
        cmocka_unit_test(each_allocation_may_fail_with_draws),
    };
    return cmocka_run_group_tests_name("solve", tests, NULL, NULL);
}
