/* SPDX-License-Identifier: MIT */
/* Distributions in programs: one draw each, streams by name, settings, correlated groups; medians where nothing is sampled. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/hash.h"
#include "scene.h"

static void scene_sample(struct scene *scene, const char *wanted) {
    scene->samples = true;
    scene_compile(scene, "", wanted);
}

/** The draw of a quantity that is not a component; the first of them. */
static const aici_draw *draw_of(const struct scene *scene, const char *name) {
    for (uint32_t i = 0; i < scene->program->draw_count; i++) {
        const aici_draw *draw = &scene->program->draw[i];
        if (draw->word_count && strcmp(scene->bound->quantity[draw->origin.quantity].name, name) == 0)
            return draw;
    }
    fail_msg("%s is not drawn", name);
    return NULL;
}

static size_t count_opcode(const struct scene *scene, uint32_t opcode) {
    size_t count = 0;
    for (uint32_t i = 0; i < scene->program->each_count; i++)
        count += scene->program->each[i].opcode == opcode;
    return count;
}

/* --- draws in programs ---------------------------------------------------------------------------------------------------------------- */

static void a_distribution_is_drawn_in_each_lane(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {visits: 4 to 9}\n"
                                  "calculations: {twice: visits * 2}\n");
    scene_sample(&scene, "twice");
    scene_expect(&scene, "constants:\n"
                         "  u0 = 4\n"
                         "  u1 = 9\n"
                         "  u2 = 2\n"
                         "draws:\n"
                         "  d0 = lognormal(p5=u0, p95=u1), word 0    # visits\n"
                         "each:\n"
                         "  r0 = draw d0    # visits\n"
                         "  r0 = r0 * u2    # twice\n"
                         "outputs:\n"
                         "  output 0 = r0\n");
    scene_close(&scene);
}

static void a_distribution_stands_at_its_median_once(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {visits: 4 to 9}\n"
                                  "calculations: {twice: visits * 2}\n");
    scene_compile(&scene, "", "twice");
    assert_int_equal(scene.program->each_count, 0);
    assert_int_equal(scene.program->once[0].opcode, AICI_OPCODE_DRAW);
    scene_expect_near(&scene, "twice", 12);
    scene_close(&scene);
}

static void a_draw_is_one_value_wherever_it_is_used(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2024..2026\n"
                                  "assumptions: {a: 1 to 2, grown: {start: 5, start_year: 2024, growth: 10 %/year to 20 %/year}}\n"
                                  "calculations: {x: a - a + sum(grown), y: 'year * a'}\n");
    scene_sample(&scene, "x y[2024] y[2026] grown[2026]");
    assert_int_equal(scene.program->draw_count, 2);
    assert_int_equal(count_opcode(&scene, AICI_OPCODE_DRAW), 2);
    scene_close(&scene);
}

static void draws_that_nobody_needs_are_left_out(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {a: 1 to 2, b: 3 to 4, c: 5 to 6}\n"
                                  "calculations: {y: if true then c else a * b}\n");
    scene_sample(&scene, "y b");
    assert_int_equal(scene.program->draw_count, 2);
    assert_int_equal(scene.program->word_count, 2);
    assert_int_equal(draw_of(&scene, "b")->word, 0); /* in the order of the scenario, not of what is wanted */
    assert_int_equal(draw_of(&scene, "c")->word, 1);
    scene_close(&scene);
}

static void parameters_that_are_computed_are_computed_once(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {m: 3, a: 'normal(m * 2, m / 3)'}\n");
    scene_sample(&scene, "a");
    scene_expect(&scene, "constants:\n"
                         "  u0 = 3\n"
                         "  u1 = 2\n"
                         "draws:\n"
                         "  d0 = normal(mean=u2, sd=u3), word 0    # a\n"
                         "once:\n"
                         "  u2 = u0 * u1    # a\n"
                         "  u3 = u0 / u0    # a\n"
                         "each:\n"
                         "  r0 = draw d0    # a\n"
                         "outputs:\n"
                         "  output 0 = r0\n");
    scene_close(&scene);
}

static void components_lie_before_their_mixture_and_have_no_words(void **state) {
    (void)state;
    struct scene scene = scene_of(
        "assumptions: {a: 'mixture(truncated(normal(5, 1), 4, 6), 1, mixture(uniform(1, 2), 1, uniform(3, 4), 2), 3)', b: 1 to 2}\n");
    scene_sample(&scene, "b a");
    scene_expect(&scene, "constants:\n"
                         "  u0 = 1\n"
                         "  u1 = 2\n"
                         "  u2 = 5\n"
                         "  u3 = 4\n"
                         "  u4 = 6\n"
                         "  u5 = 3\n"
                         "draws:\n"
                         "  d0 = normal(mean=u2, sd=u0)    # a\n"
                         "  d1 = truncated(d0, low=u3, high=u4)    # a\n"
                         "  d2 = uniform(low=u0, high=u1)    # a\n"
                         "  d3 = uniform(low=u5, high=u3)    # a\n"
                         "  d4 = mixture(d2, weight=u0, d3, weight=u1)    # a\n"
                         "  d5 = mixture(d1, weight=u0, d4, weight=u5), word 0, 1, 2    # a\n"
                         "  d6 = lognormal(p5=u0, p95=u1), word 3    # b\n"
                         "each:\n"
                         "  r0 = draw d6    # b\n"
                         "  r1 = draw d5    # a\n"
                         "outputs:\n"
                         "  output 0 = r0\n"
                         "  output 1 = r1\n");
    scene_close(&scene);
}

/* --- streams -------------------------------------------------------------------------------------------------------------------------- */

static void streams_are_known_by_names_and_not_by_places(void **state) {
    (void)state;
    struct scene one = scene_of("assumptions: {a: 1 to 2, b: '(3 to 4) + mixture(uniform(1, 2), 1, uniform(3, 4), 2)'}\n");
    struct scene other = scene_of("assumptions: {c: 1 to 2, b: '(5 to 6) + mixture(uniform(1, 2), 1, uniform(3, 4), 2)', a: 7 to 8}\n");
    scene_sample(&one, "a b");
    scene_sample(&other, "c b a");
    assert_true(draw_of(&one, "a")->stream[0] == draw_of(&other, "a")->stream[0]);
    assert_true(draw_of(&one, "a")->stream[0] == aici_name_hash(aici_slice_of("a"), 0));
    for (size_t i = 0; i < 2; i++) { /* the two distributions of b */
        const aici_draw *draw = draw_of(&one, "b") + 3 * i, *same = draw_of(&other, "b") + 3 * i;
        assert_int_equal(draw->word_count, i + 1);
        assert_memory_equal(draw->stream, same->stream, draw->word_count * sizeof *draw->stream);
        assert_true(draw->stream[0] == aici_name_hash(aici_slice_of("b"), (uint32_t)i));
        assert_true(i == 0 || draw->stream[1] != draw->stream[0]);
    }
    scene_close(&one);
    scene_close(&other);
}

/** Where a parameter is a series, the years are drawn alike, each with its own parameters. */
static void years_with_parameters_of_their_own_share_their_words(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2024..2025\n"
                                  "assumptions: {m: {series: {2024: 3, 2025: 4}}, a: 'normal(m, 1)', b: 1 to 2}\n");
    scene_sample(&scene, "b a[2025] a[2024]");
    assert_int_equal(scene.program->draw_count, 3);
    assert_int_equal(scene.program->word_count, 2);
    assert_int_equal(scene.program->draw[0].origin.year, 2024);
    assert_int_equal(scene.program->draw[1].origin.year, 2025);
    assert_int_equal(scene.program->draw[1].word, scene.program->draw[0].word);
    assert_ptr_equal(scene.program->draw[1].stream, scene.program->draw[0].stream);
    assert_int_equal(scene.program->draw[2].word, 1);
    scene_close(&scene);
}

static const char years[] = "timeline: 2024..2026\n"
                            "assumptions:\n"
                            "  a: {series: {2024: '(1 to 3) * uniform(1, 2)', 2025: 4, 2026: '(2 to 5) * uniform(2, 3)'}}\n"
                            "  b: {series: {2024: 1 to 3, 2025: 'uniform(2, 5)', 2026: 'mixture(1 to 2, 1, 3 to 4, 1)'}}\n";

static void years_of_a_series_share_their_words(void **state) {
    (void)state;
    struct scene scene = scene_of(years);
    scene_sample(&scene, "a[2026] a[2024]");
    assert_int_equal(scene.program->draw_count, 4);
    assert_int_equal(scene.program->word_count, 2);
    assert_int_equal(count_opcode(&scene, AICI_OPCODE_DRAW), 4);
    for (uint32_t i = 0; i < 4; i++) { /* the first ones of both years, then the second ones */
        const aici_draw *draw = &scene.program->draw[i];
        assert_int_equal(draw->distribution, i < 2 ? AICI_DISTRIBUTION_LOGNORMAL : AICI_DISTRIBUTION_UNIFORM);
        assert_int_equal(draw->word, i / 2);
        assert_true(draw->stream[0] == aici_name_hash(aici_slice_of("a"), i / 2));
    }
    scene_close(&scene);
}

/** One word is not the same quantile of all shapes; the others of its series decide, whether they are wanted or not. */
static void years_of_different_shapes_share_a_normal_number(void **state) {
    (void)state;
    struct scene scene = scene_of(years);
    scene_sample(&scene, "b[2024]");
    assert_int_equal(scene.program->each[0].opcode, AICI_OPCODE_NORMAL);
    assert_int_equal(scene.program->each[1].opcode, AICI_OPCODE_FROM_NORMAL);
    assert_int_equal(scene.program->each_count, 2);
    scene_compile(&scene, "", "b[2026] b[2025] b[2024]");
    assert_int_equal(scene.program->word_count, 1);
    assert_int_equal(count_opcode(&scene, AICI_OPCODE_FROM_NORMAL), 3);
    for (uint32_t i = 0; i < scene.program->draw_count; i++)
        assert_true(scene.program->draw[i].word_count <= 1 && scene.program->draw[i].word == 0);
    scene_close(&scene);
}

/* --- settings ------------------------------------------------------------------------------------------------------------------------- */

static void a_setting_is_given_anew_for_each_run(void **state) {
    (void)state;
    const double first = 10, second = 20;
    double value;
    struct scene scene = scene_of("assumptions: {m: 3, a: 'uniform(0, m)', b: 5}\n"
                                  "calculations: {y: a * b}\n");
    scene_vary(&scene, "b m");
    scene.varying[1].setting = true;
    scene.varying[1].scale = 2;
    scene_want(&scene, "y");
    assert_int_equal(scene_try(&scene), AIC_OK);
    scene_expect(&scene, "constants:\n"
                         "  u0 = 0\n"
                         "settings:\n"
                         "  u1 = setting 0 * 2\n"
                         "inputs:\n"
                         "  r0 = input 0\n"
                         "draws:\n"
                         "  d0 = uniform(low=u0, high=u1), word 0    # a\n"
                         "once:\n"
                         "  u2 = draw d0    # a\n"
                         "each:\n"
                         "  r0 = u2 * r0    # y\n"
                         "outputs:\n"
                         "  output 0 = r0\n");
    scene.setting = &first;
    scene_evaluate(&scene, &(double){7}, &value);
    assert_true(value == 70);
    scene.setting = &second;
    scene_evaluate(&scene, &(double){7}, &value);
    assert_true(value == 140);
    scene_close(&scene);
}

static void a_setting_is_not_drawn(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {a: 1 to 2}\n");
    scene.samples = true;
    scene_vary(&scene, "a");
    scene.varying[0].setting = true;
    scene_want(&scene, "a");
    assert_int_equal(scene_try(&scene), AIC_OK);
    assert_int_equal(scene.program->draw_count, 0);
    assert_int_equal(scene.program->output[0], AICI_OPERAND_UNIFORM);
    scene_close(&scene);
}

static void a_constant_of_the_program_cannot_be_a_setting(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2024..2025\n"
                                  "assumptions: {when: 2025, sales: {series: {2024: 1, 2025: 2}}}\n"
                                  "calculations: {chosen: 'sales[when]'}\n");
    scene_vary(&scene, "when");
    scene.varying[0].setting = true;
    scene_want(&scene, "chosen");
    assert_int_equal(scene_try(&scene), AIC_ERROR_UNSUPPORTED);
    scene_expect_refusal(&scene, AICI_CODE_CANNOT_VARY,
                         "when: cannot vary, because the year in brackets is made from it and must be a constant", "");
    scene_close(&scene);
}

static void a_parameter_cannot_vary_from_lane_to_lane(void **state) {
    (void)state;
    struct scene scene = scene_of("assumptions: {m: 3, twice: 2 * m, a: 'normal(twice, 1)'}\n");
    scene_vary(&scene, "m");
    scene_want(&scene, "a");
    assert_int_equal(scene_try(&scene), AIC_ERROR_UNSUPPORTED);
    scene_expect_refusal(&scene, AICI_CODE_CANNOT_VARY,
                         "m: cannot vary, because a parameter of a distribution is made from it and must be a constant", "");
    scene_close(&scene);
}

/* --- correlations --------------------------------------------------------------------------------------------------------------------- */

static const char correlated[] = "assumptions: {b: 'normal(1, 2)', c: 'uniform(1, 2)', a: 1 to 2}\n"
                                 "correlations: [[a, b, 0.5], [c, a, 0.2]]\n";

/** The factor of the constant that an instruction multiplies by. */
static double factor_at(const struct scene *scene, uint32_t instruction) {
    const aici_instruction *at = &scene->program->each[instruction];
    assert_int_equal(at->opcode, AICI_OPCODE_MULTIPLY);
    return scene->program->constant[at->b & ~AICI_OPERAND_UNIFORM];
}

static void correlated_quantities_are_made_from_normal_numbers(void **state) {
    (void)state;
    const double r = 2 * sin(0.5 * 3.14159265358979323846 / 6);
    struct scene scene = scene_of(correlated);
    scene_sample(&scene, "b");
    assert_int_equal(scene.program->draw_count, 2); /* a comes before b, c after it */
    assert_int_equal(scene.program->each_count, 6);
    assert_int_equal(scene.program->each[0].opcode, AICI_OPCODE_NORMAL);
    assert_int_equal(scene.program->each[2].opcode, AICI_OPCODE_NORMAL);
    assert_true(fabs(factor_at(&scene, 1) - r) < 1e-15);
    assert_true(fabs(factor_at(&scene, 3) - sqrt(1 - r * r)) < 1e-15);
    assert_int_equal(scene.program->each[4].opcode, AICI_OPCODE_ADD);
    assert_int_equal(scene.program->each[5].opcode, AICI_OPCODE_FROM_NORMAL);
    scene_close(&scene);
}

/** b and c are not paired: they hang together through a alone. */
static void a_group_is_in_the_order_of_names(void **state) {
    (void)state;
    struct scene scene = scene_of(correlated);
    scene_sample(&scene, "c b a");
    assert_int_equal(scene.program->draw_count, 3);
    assert_int_equal(count_opcode(&scene, AICI_OPCODE_NORMAL), 3);
    assert_int_equal(count_opcode(&scene, AICI_OPCODE_FROM_NORMAL), 3);
    assert_int_equal(count_opcode(&scene, AICI_OPCODE_MULTIPLY), 5); /* a needs no factor */
    assert_int_equal(count_opcode(&scene, AICI_OPCODE_DRAW), 0);
    scene_close(&scene);
}

static void a_member_that_is_given_drops_out(void **state) {
    (void)state;
    struct scene scene = scene_of(correlated);
    scene.samples = true;
    scene_compile(&scene, "c", "a b c");
    assert_int_equal(count_opcode(&scene, AICI_OPCODE_NORMAL), 2);
    assert_int_equal(count_opcode(&scene, AICI_OPCODE_FROM_NORMAL), 2);
    scene_compile(&scene, "a", "a b c"); /* what is left hangs together through nothing */
    assert_int_equal(count_opcode(&scene, AICI_OPCODE_NORMAL), 0);
    assert_int_equal(count_opcode(&scene, AICI_OPCODE_DRAW), 2);
    scene_close(&scene);
}

static void a_series_is_correlated_by_its_first_draw(void **state) {
    (void)state;
    struct scene scene = scene_of("timeline: 2024..2025\n"
                                  "assumptions:\n"
                                  "  a: {series: {2024: 'uniform(1, 2)', 2025: 1 to 2}}\n"
                                  "  b: 1000 * (1 to 2)\n"
                                  "correlations: [[a, b, 0.5]]\n");
    scene_sample(&scene, "b a[2025]");
    assert_int_equal(scene.program->draw_count, 3);
    assert_int_equal(scene.program->word_count, 2);
    assert_int_equal(count_opcode(&scene, AICI_OPCODE_NORMAL), 2); /* b, and a in 2024, which stands for all years */
    assert_int_equal(count_opcode(&scene, AICI_OPCODE_FROM_NORMAL), 2);
    scene_close(&scene);
}

static void what_falls_has_its_correlation_turned(void **state) {
    (void)state;
    const double r = 2 * sin(0.5 * 3.14159265358979323846 / 6);
    struct scene scene = scene_of("assumptions: {a: 1 to 2, b: 10 - (1 to 2)}\ncorrelations: [[a, b, 0.5]]\n");
    scene_sample(&scene, "b");
    assert_true(fabs(factor_at(&scene, 1) + r) < 1e-15);
    scene_close(&scene);
}

static void medians_know_no_correlation(void **state) {
    (void)state;
    struct scene scene = scene_of(correlated);
    scene_expect_near(&scene, "b", 1);
    assert_int_equal(scene.program->draw_count, 1);
    assert_int_equal(scene.program->each_count, 0);
    scene_close(&scene);
}

static void the_correlation_of_normal_numbers_is_exact_enough(void **state) {
    (void)state;
    for (int rank = 5; rank <= 95; rank += 5) {
        char yaml[160];

        snprintf(yaml, sizeof yaml, "assumptions: {a: 1 to 2, b: 3 to 4}\ncorrelations: [[a, b, 0.%02d]]\n", rank);
        struct scene scene = scene_of(yaml);
        scene_sample(&scene, "b");
        double expected = 2 * sin(rank / 100.0 * 3.14159265358979323846 / 6);
        assert_true(fabs(factor_at(&scene, 1) - expected) <= 2.3e-16);
        scene_close(&scene);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_distribution_is_drawn_in_each_lane),
        cmocka_unit_test(a_distribution_stands_at_its_median_once),
        cmocka_unit_test(a_draw_is_one_value_wherever_it_is_used),
        cmocka_unit_test(draws_that_nobody_needs_are_left_out),
        cmocka_unit_test(parameters_that_are_computed_are_computed_once),
        cmocka_unit_test(components_lie_before_their_mixture_and_have_no_words),
        cmocka_unit_test(streams_are_known_by_names_and_not_by_places),
        cmocka_unit_test(years_with_parameters_of_their_own_share_their_words),
        cmocka_unit_test(years_of_a_series_share_their_words),
        cmocka_unit_test(years_of_different_shapes_share_a_normal_number),
        cmocka_unit_test(a_setting_is_given_anew_for_each_run),
        cmocka_unit_test(a_setting_is_not_drawn),
        cmocka_unit_test(a_constant_of_the_program_cannot_be_a_setting),
        cmocka_unit_test(a_parameter_cannot_vary_from_lane_to_lane),
        cmocka_unit_test(correlated_quantities_are_made_from_normal_numbers),
        cmocka_unit_test(a_group_is_in_the_order_of_names),
        cmocka_unit_test(a_member_that_is_given_drops_out),
        cmocka_unit_test(a_series_is_correlated_by_its_first_draw),
        cmocka_unit_test(what_falls_has_its_correlation_turned),
        cmocka_unit_test(medians_know_no_correlation),
        cmocka_unit_test(the_correlation_of_normal_numbers_is_exact_enough),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
