/* SPDX-License-Identifier: MIT */
/* Elasticities averaged over draws: against closed forms, for several seeds; and the same bits from every instruction set and number of
 * threads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/elementary.h"
#include "eval/isa.h"
#include "failing_allocator.h"
#include "plan/scene.h"

enum { MOST = 16 };

/** Every assumption is a factor, in the order of the scenario; those of one number are settings. */
struct survey {
    struct scene scene;
    aici_arena *arena;
    double uniform[256], setting[MOST];
    uint32_t draw_factor[MOST], setting_factor[MOST];
    aici_elasticities_request request;
    const aici_elasticities *out;
};

static void take_settings(struct survey *survey) {
    struct scene *scene = &survey->scene;
    for (uint32_t i = 0; i < scene->bound->quantity_count; i++) {
        const aici_quantity *quantity = &scene->bound->quantity[i];
        const aici_expr *literal = aici_expr_literal(quantity->tree);
        if (quantity->role != AICI_ROLE_ASSUMPTION || !literal)
            continue;
        survey->setting[scene->varying_count] = literal->as.number.value;
        survey->setting_factor[scene->varying_count] = i;
        scene->varying[scene->varying_count++] = (aici_varying){AICI_NONE, literal, 1, true};
    }
}

static struct survey *survey_of(const char *yaml, const char *wanted) {
    struct survey *survey = calloc(1, sizeof *survey);
    assert_non_null(survey);
    survey->scene = scene_of(yaml);
    survey->scene.samples = survey->scene.single_assignment = true;
    take_settings(survey);
    scene_want(&survey->scene, wanted);
    if (scene_try(&survey->scene) != AIC_OK)
        scene_fail(&survey->scene, "compiling");
    const aici_program *program = survey->scene.program;
    assert_true(program->uniform_count <= 256 && program->draw_count <= MOST);
    assert_int_equal(aici_eval_prepare(program, survey->setting, NULL, survey->uniform, NULL), AIC_OK);
    for (uint32_t i = 0; i < program->draw_count; i++)
        survey->draw_factor[i] = program->draw[i].origin.quantity;
    survey->arena = aici_arena_new(NULL);
    survey->request = (aici_elasticities_request){.program = program,
                                                  .uniform = survey->uniform,
                                                  .draw_factor = survey->draw_factor,
                                                  .setting_factor = survey->setting_factor,
                                                  .factor_count = survey->scene.bound->quantity_count,
                                                  .seed = 1,
                                                  .samples = 1024,
                                                  .replicates = 8,
                                                  .threads = 1};
    return survey;
}

static void run(struct survey *survey) {
    uint32_t faulty;
    assert_int_equal(aici_eval_elasticities(&survey->request, survey->arena, &survey->out, &faulty), AIC_OK);
}

static void close_survey(struct survey *survey) {
    aici_arena_free(survey->arena);
    scene_close(&survey->scene);
    free(survey);
}

static uint32_t factor_of(const struct survey *survey, const char *name) {
    return (uint32_t)(scene_quantity(&survey->scene, name) - survey->scene.bound->quantity);
}

static void expect_exactly(const struct survey *survey, const char *name, double expected) {
    uint32_t factor = factor_of(survey, name);
    if (survey->out->mean[factor] != expected || survey->out->error[factor] != 0)
        fail_msg("%s: %.17g ± %g instead of %.17g", name, survey->out->mean[factor], survey->out->error[factor], expected);
}

static void expect_within(const struct survey *survey, const char *name, double expected) {
    uint32_t factor = factor_of(survey, name);
    double found = survey->out->mean[factor], error = survey->out->error[factor];
    assert_true(error >= 0 && error < 0.02);
    if (!(fabs(found - expected) <=
          6 * error + 1e-12)) /* the mean of a number itself is exact: every binary digit of the points is balanced */
        fail_msg("%s: %.17g ± %g instead of %.17g", name, found, error, expected);
}

/* --- closed forms --------------------------------------------------------------------------------------------------------------------- */

static void a_product_of_powers_has_constant_elasticities(void **state) {
    struct survey *survey = survey_of("assumptions: {a: 1 to 4, b: 2 to 3, c: \"uniform(1, 2)\", d: 5, e: 7, unused: 1 to 2}\n"
                                      "calculations: {y: \"-3 * a * b ^ 2 / (c * sqrt(a)) * d / (d * d) * e ^ 1.5\"}\n",
                                      "y");
    (void)state;
    run(survey);
    expect_exactly(survey, "a", 0.5);
    expect_exactly(survey, "b", 2);
    expect_exactly(survey, "c", -1);
    expect_exactly(survey, "d", -1);
    expect_exactly(survey, "e", 1.5);
    expect_exactly(survey, "unused", 0);
    assert_int_equal(survey->out->used, 8192);
    close_survey(survey);
}

static void elasticities_of_sums_are_shares(void **state) {
    struct survey *survey = survey_of("assumptions: {a: \"uniform(1, 3)\", b: 1}\ncalculations: {y: a + b}\n", "y");
    (void)state;
    for (survey->request.seed = 1; survey->request.seed <= 5; survey->request.seed++) {
        run(survey);
        expect_within(survey, "a", 1 - aici_ln(2) / 2); /* E[a / (a + 1)] */
        expect_within(survey, "b", aici_ln(2) / 2);
        assert_true(fabs(survey->out->mean[0] + survey->out->mean[1] - 1) < 1e-12);
    }
    close_survey(survey);
}

static void elasticities_sum_to_the_degree_of_homogeneity(void **state) {
    struct survey *survey = survey_of("assumptions: {a: 1 to 3, b: 2 to 5, c: \"normal(10, 1)\", d: 4}\n"
                                      "calculations: {y: \"(a * b + c ^ 2 - d * max(a, b)) * sqrt(a ^ 2 + min(b, d) ^ 2)\"}\n",
                                      "y");
    double sum = 0;
    (void)state;
    run(survey);
    for (uint32_t i = 0; i < survey->request.factor_count; i++)
        sum += survey->out->mean[i];
    assert_true(fabs(sum - 3) < 1e-9);
    close_survey(survey);
}

/** Sobol's g: the product of (|4 x - 2| + a) / (1 + a), by whose x the mean elasticity is 1 - a / 2 ln((2 + a) / a). */
static void sobols_g_meets_its_closed_form(void **state) {
    struct survey *survey =
        survey_of("assumptions: {x: \"uniform(0, 1)\", y: \"uniform(0, 1)\", z: \"uniform(0, 1)\"}\n"
                  "calculations: {g: \"(abs(4 * x - 2) + 1) / 2 * (abs(4 * y - 2) + 4.5) / 5.5 * (abs(4 * z - 2) + 9) / 10\"}\n",
                  "g");
    (void)state;
    survey->request.samples = 4096;
    for (survey->request.seed = 1; survey->request.seed <= 5; survey->request.seed++) {
        run(survey);
        expect_within(survey, "x", 1 - 0.5 * aici_ln(3));
        expect_within(survey, "y", 1 - 2.25 * aici_ln(6.5 / 4.5));
        expect_within(survey, "z", 1 - 4.5 * aici_ln(11.0 / 9));
    }
    close_survey(survey);
}

static void functions_meet_their_closed_forms(void **state) {
    struct survey *survey = survey_of("assumptions: {a: \"uniform(1, 3)\", b: \"uniform(2, 4)\", c: \"uniform(3, 5)\"}\n"
                                      "calculations: {y: \"exp(a) * 2 ^ b * exp(-c / 2)\"}\n",
                                      "y");
    (void)state;
    run(survey);
    expect_within(survey, "a", 2);
    expect_within(survey, "b", 3 * aici_ln(2));
    expect_within(survey, "c", -2);
    close_survey(survey);
}

static void a_branch_counts_where_it_is_chosen(void **state) {
    struct survey *survey = survey_of("assumptions: {a: \"uniform(1, 3)\", b: 1 to 2}\n"
                                      "calculations: {y: \"(if a > 2 then a ^ 2 else 5) * b\"}\n",
                                      "y");
    (void)state;
    run(survey);
    assert_true(fabs(survey->out->mean[factor_of(survey, "a")] - 1) < 0.01);
    expect_exactly(survey, "b", 1);
    close_survey(survey);
}

/** The other branch is a division by zero, a root below zero, a logarithm of zero. */
static void a_branch_that_was_not_chosen_spoils_nothing(void **state) {
    struct survey *survey = survey_of("assumptions: {a: \"uniform(-1, 1)\", b: 1 to 2}\n"
                                      "calculations: {y: \"b + (if a > 0 then ln(max(a, 0)) + sqrt(a) + 1 / max(a, 0) else 0)\"}\n",
                                      "y");
    (void)state;
    run(survey);
    assert_int_equal(survey->out->used, 8192);
    assert_int_equal(survey->out->undefined[0] + survey->out->undefined[1], 0);
    assert_true(isfinite(survey->out->mean[0]) && isfinite(survey->out->mean[1]));
    close_survey(survey);
}

static void where_the_output_is_0_there_is_no_elasticity(void **state) {
    struct survey *survey =
        survey_of("assumptions: {a: \"uniform(-1, 1)\"}\ncalculations: {y: \"max(a, 0)\", z: 0 * a, none: ln(a - 2)}\n", "y z none");
    (void)state;
    run(survey);
    assert_int_equal(survey->out[0].used, 4096);
    assert_int_equal(survey->out[0].left_out, 4096);
    assert_true(survey->out[0].mean[0] == 1);
    assert_true(survey->out[1].used == 0 && isnan(survey->out[1].mean[0]));
    assert_true(survey->out[2].used == 0 && isnan(survey->out[2].mean[0]));
    close_survey(survey);
}

/** y = 2 + x: x is correlated with w, and moves alone. */
static void correlated_inputs_move_alone(void **state) {
    struct survey *survey = survey_of("assumptions: {w: \"normal(5, 1)\", x: \"uniform(1, 3)\"}\ncorrelations: [[w, x, 0.8]]\n"
                                      "calculations: {y: \"(1 + x) * w\"}\n",
                                      "y");
    (void)state;
    run(survey);
    expect_exactly(survey, "w", 1);
    expect_within(survey, "x", 1 - aici_ln(2) / 2);
    close_survey(survey);
}

static void a_recursion_over_time_is_followed(void **state) {
    struct survey *survey = survey_of("timeline: 2024..2027\nassumptions: {a: 2 to 3, b: 1.5 to 1.7, c: 1.1}\n"
                                      "calculations: {x: \"previous(x, a) * b * c\", y: \"x[2027] * a\"}\n",
                                      "y");
    (void)state;
    run(survey);
    expect_exactly(survey, "a", 2);
    expect_exactly(survey, "b", 4);
    expect_exactly(survey, "c", 4);
    close_survey(survey);
}

/* --- the same bits -------------------------------------------------------------------------------------------------------------------- */

static const char *const mixed = "assumptions: {a: 1 to 3, b: \"triangular(1, 2, 4)\", c: \"beta(2, 3)\", d: 4, e: "
                                 "\"mixture(lognormal(p5=1, p95=2), 1, uniform(3, 4), 2)\"}\n"
                                 "calculations: {y: \"(a * b + c ^ 1.5) / (d + e) - log2(a) * ln(b)\", z: exp(-a) + d / b}\n";

static void expect_same(const struct survey *survey, const aici_elasticities *first) {
    for (uint32_t output = 0; output < 2; output++) {
        assert_memory_equal(first[output].mean, survey->out[output].mean, survey->request.factor_count * sizeof(double));
        assert_memory_equal(first[output].error, survey->out[output].error, survey->request.factor_count * sizeof(double));
    }
}

static void neither_threads_nor_instruction_sets_change_a_bit(void **state) {
    struct survey *survey = survey_of(mixed, "y z");
    (void)state;
    survey->request.samples = 16384;
    run(survey);
    const aici_elasticities *first = survey->out;
    for (uint32_t threads = 2; threads <= 64; threads = threads * 3 - 1) {
        survey->request.threads = threads;
        run(survey);
        expect_same(survey, first);
    }
    for (unsigned i = 0; i < AICI_ISA_COUNT; i++) {
        survey->request.isa = aici_isa_at(i);
        run(survey);
        expect_same(survey, first);
    }
    close_survey(survey);
}

static void every_allocation_may_fail(void **state) {
    struct survey *survey = survey_of(mixed, "y z");
    struct failing_allocator memory;
    uint32_t faulty;
    (void)state;
    survey->request.samples = 64;
    failing_allocator_init(&memory);
    survey->request.allocator = &memory.allocator;
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
        aici_arena *arena = aici_arena_new(&memory.allocator);
        const aici_elasticities *out;
        aic_status status = arena ? aici_eval_elasticities(&survey->request, arena, &out, &faulty) : AIC_ERROR_MEMORY;
        assert_int_equal(status, memory.failed ? AIC_ERROR_MEMORY : AIC_OK);
        aici_arena_free(arena);
        assert_true(failing_allocator_is_clean(&memory));
    }
    close_survey(survey);
}

static void it_stops_when_asked(void **state) {
    struct survey *survey = survey_of(mixed, "y z");
    const volatile uint32_t stop = 1;
    volatile uint64_t progress = 99;
    aici_control control = {&stop, &progress};
    uint32_t faulty;
    (void)state;
    survey->request.control = &control;
    assert_int_equal(aici_eval_elasticities(&survey->request, survey->arena, &survey->out, &faulty), AIC_ERROR_CANCELLED);
    control.cancel = NULL;
    run(survey);
    assert_int_equal(progress, 8192);
    close_survey(survey);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_product_of_powers_has_constant_elasticities),
        cmocka_unit_test(elasticities_of_sums_are_shares),
        cmocka_unit_test(elasticities_sum_to_the_degree_of_homogeneity),
        cmocka_unit_test(sobols_g_meets_its_closed_form),
        cmocka_unit_test(functions_meet_their_closed_forms),
        cmocka_unit_test(a_branch_counts_where_it_is_chosen),
        cmocka_unit_test(a_branch_that_was_not_chosen_spoils_nothing),
        cmocka_unit_test(where_the_output_is_0_there_is_no_elasticity),
        cmocka_unit_test(correlated_inputs_move_alone),
        cmocka_unit_test(a_recursion_over_time_is_followed),
        cmocka_unit_test(neither_threads_nor_instruction_sets_change_a_bit),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(it_stops_when_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
