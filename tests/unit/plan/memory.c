/* SPDX-License-Identifier: MIT */
/* Every allocation of a compilation fails once: it is said, nothing is lost, and nothing comes out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "failing_allocator.h"
#include "scene.h"

static void expect_every_failure_to_be_clean(const struct scene *scene, const aici_wanted *wanted, size_t count, bool forever) {
    const aici_plan_request request = {scene->bound, scene->varying, scene->varying_count,    wanted,
                                       count,        scene->samples, scene->single_assignment};
    struct failing_allocator memory;
    size_t rounds = 0;
    failing_allocator_init(&memory);
    for (size_t n = 1; failing_allocator_again(&memory, n, forever); n++, rounds++) {
        aici_program *program = (aici_program *)&memory;
        aic_report *report = aic_report_new(NULL);
        aic_status status = aici_plan_compile(&request, &memory.allocator, &program, report);
        assert_int_equal(status, memory.failed ? AIC_ERROR_MEMORY : AIC_OK);
        assert_true((program != NULL) == (status == AIC_OK));
        if (memory.failed)
            assert_int_equal(aic_report_code(report, aic_report_count(report) - 1), AICI_CODE_MEMORY);
        aici_program_free(program);
        aic_report_free(report);
        assert_true(failing_allocator_is_clean(&memory));
    }
    assert_true(rounds > 10);
}

static void a_compilation_survives_every_failed_allocation(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2020..2026\n"
                                  "assumptions: {a: 3, sales: {start: 5, start_year: 2020, growth: 10 %/year}}\n"
                                  "calculations:\n"
                                  "  stock: previous(stock, 100) + sales * a\n"
                                  "  total: sum(stock) + mean(cumulative(sales)) ^ 3\n"
                                  "  choice: if a > 2 then total else ln(a)\n");
    scene_vary(&scene, "a");
    scene_want(&scene, "choice stock[2025] a");
    expect_every_failure_to_be_clean(&scene, scene.wanted, scene.wanted_count, false);
    expect_every_failure_to_be_clean(&scene, scene.wanted, scene.wanted_count, true);
    scene_close(&scene);
}

static void large_programs_survive_every_failed_allocation(void **state) {
    (void)state;
    enum { WANTED = 1000 };
    static aici_wanted wanted[WANTED];
    struct scene scene = scene_of("timeline: 1901..2100\n"
                                  "assumptions: {a: 3}\n"
                                  "calculations: {stock: 'previous(stock, 100) * exp(year - a) + ln(year)'}\n");
    scene_vary(&scene, "a");
    uint32_t stock = (uint32_t)(scene_quantity(&scene, "stock") - scene.bound->quantity);
    for (int32_t i = 0; i < WANTED; i++)
        wanted[i] = (aici_wanted){stock, NULL, 1901 + i % 200, 1};
    expect_every_failure_to_be_clean(&scene, wanted, WANTED, false);
    scene_close(&scene);
}

static void texts_survive_every_failed_allocation(void **state) {
    (void)state;
    struct scene scene = scene_of("definitions:\n"
                                  "  grid:\n"
                                  "    inputs: {rest: {type: text, values: [pad, crop], default: pad}, side: {unit: '1'}}\n"
                                  "    outputs: {cells: {unit: '1', formula: \"if rest != 'crop' then ceil(side) else floor(side)\"}}\n"
                                  "models: {g: {kind: grid, side: 2.5}}\n");
    scene_vary(&scene, "");
    scene_want(&scene, "g.cells");
    expect_every_failure_to_be_clean(&scene, scene.wanted, scene.wanted_count, false);
    scene_close(&scene);
}

static void draws_survive_every_failed_allocation(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2024..2025\n"
                                  "assumptions:\n"
                                  "  a: 1 to 2\n"
                                  "  b: 3 to 4\n"
                                  "  c: \"mixture(uniform(1, 2), 1, truncated(normal(3, 1), 2, 4), 2)\"\n"
                                  "  m: {series: {2024: 1, 2025: 2}}\n"
                                  "  n: normal(m, 1)\n"
                                  "calculations: {y: a * b * c + sum(n)}\n"
                                  "correlations: [[a, b, 0.5]]\n");
    scene.samples = true;
    scene_vary(&scene, "");
    scene_want(&scene, "y");
    expect_every_failure_to_be_clean(&scene, scene.wanted, scene.wanted_count, false);
    expect_every_failure_to_be_clean(&scene, scene.wanted, scene.wanted_count, true);
    scene_close(&scene);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_compilation_survives_every_failed_allocation),
        cmocka_unit_test(large_programs_survive_every_failed_allocation),
        cmocka_unit_test(texts_survive_every_failed_allocation),
        cmocka_unit_test(draws_survive_every_failed_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
