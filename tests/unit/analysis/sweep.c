/* SPDX-License-Identifier: MIT */
/* What sweeping asks of the machine: each allocation may fail, at the medians, with draws, with rows. */
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
                            "calculations: {twice: z * 2, pole: 1 / (a - 5), both: \"s[2024] + s[2025]\", same: s * 2}\n";

static void fail_each(aici_sweep_wish wish, size_t rows) {
    const aici_sample_wish sampling = {
        .samples = 64, .sobol = true, .replicates = 2, .threads = 1, .quantile = (double[]){0.5}, .quantile_count = 1};
    struct failing_allocator memory;
    size_t survived = 0;
    wish.sampling = &sampling;
    failing_allocator_init(&memory);
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
        memory.fail_at = 0;
        aic_scenario *scenario = scene_load(&memory.allocator, PLANT);
        aic_report *report = aic_report_new(NULL);
        aic_result *result = NULL;
        memory.calls = 0;
        memory.fail_at = n;
        aic_status status = aici_analysis_sweep(scenario, &wish, &result, report);
        memory.fail_at = 0;
        survived += memory.failed && status == AIC_OK; /* the reason why a point is amiss may be left out */
        assert_true(status == (memory.failed ? AIC_ERROR_MEMORY : AIC_OK) || (status == AIC_OK && survived <= 4));
        assert_int_equal(aic_report_error_count(report) > 0, status != AIC_OK);
        assert_int_equal(result != NULL, status == AIC_OK);
        if (result)
            assert_int_equal(result->table->row_count, rows);
        aici_result_release(result);
        aici_scenario_free(scenario);
        aic_report_free(report);
        assert_true(failing_allocator_is_clean(&memory));
    }
}

static void each_allocation_may_fail_on_a_grid(void **state) {
    (void)state;
    const aici_sweep_axis axis[] = {{.name = "a", .range = "4..6:3"}, {.name = "s[2025]", .range = "1,2"}};
    fail_each((aici_sweep_wish){.axis = axis, .axis_count = 2}, 6);
}

static void each_allocation_may_fail_with_draws(void **state) {
    (void)state;
    const aici_sweep_axis axis = {.name = "high", .range = "0..2:3"};
    fail_each((aici_sweep_wish){.axis = &axis, .axis_count = 1}, 3);
}

static void each_allocation_may_fail_in_rows(void **state) {
    (void)state;
    static const char rows[] = "a,low [1]\n\"1\"\"\",1\n";
    static const char good[] = "a,low [1]\n\"1 + 1\",1\n2,\"3\"\n";
    const aici_sample_wish sampling = {.samples = 64, .threads = 1};
    aic_scenario *scenario = scene_load(NULL, PLANT);
    aic_result *result = NULL;
    const aici_sweep_wish bad = {.rows = rows, .rows_size = sizeof rows - 1, .sampling = &sampling};
    assert_int_equal(aici_analysis_sweep(scenario, &bad, &result, NULL), AIC_ERROR_SYNTAX); /* 1" is no expression */
    aici_scenario_free(scenario);
    fail_each((aici_sweep_wish){.rows = good, .rows_size = sizeof good - 1}, 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_allocation_may_fail_on_a_grid),
        cmocka_unit_test(each_allocation_may_fail_with_draws),
        cmocka_unit_test(each_allocation_may_fail_in_rows),
    };
    return cmocka_run_group_tests_name("sweep", tests, NULL, NULL);
}
