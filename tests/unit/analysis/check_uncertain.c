/* SPDX-License-Identifier: MIT */
/* Claims on uncertain inputs: the median of the draws stands for the computed figure, p5 and p95 for its interval. */
#include "analysis/check_scene.h"

static void a_claim_on_an_uncertain_input_is_its_median_within_p5_and_p95(void **state) {
    (void)state;
    check("assumptions: {a: 'uniform(2, 3)', b: 4}\n"
          "claims:\n"
          "  - {id: within, published: 5.8, computed: 2 * a}\n"
          "  - {id: below, published: 4.01, computed: 2 * a}\n"
          "  - {id: certain, published: 4.0, computed: b}\n"
          "  - {id: same, published: 0, computed: a - a}\n");
    expect_verdict("within", AIC_VERDICT_HOLDS);
    expect_verdict("below", AIC_VERDICT_DIFFERS);
    expect_verdict("same", AIC_VERDICT_HOLDS);
    scene_expect_value(figure("within", AIC_CLAIM_COMPUTED), 5.0, 1e-4);
    scene_expect_value(figure("within", AIC_CLAIM_COMPUTED_LOW), 4.1, 1e-4);
    scene_expect_value(figure("within", AIC_CLAIM_COMPUTED_HIGH), 5.9, 1e-4);
    scene_expect_value(figure("below", AIC_CLAIM_RATIO), 4.01 / 5.0, 1e-4);
    scene_expect_value(figure("same", AIC_CLAIM_COMPUTED_HIGH), 0, 0);
    scene_expect_value(figure("certain", AIC_CLAIM_COMPUTED_HIGH), 4.0, 0);
    assert_int_equal(scene_claim(&scene, "within")->samples, 65536);
    assert_int_equal(scene_claim(&scene, "certain")->samples, 0);
    assert_int_equal(scene.result->samples, 65536);
}

static void nothing_is_sampled_where_no_claim_is_uncertain(void **state) {
    (void)state;
    check("assumptions: {a: 'uniform(2, 3)', b: 4}\n"
          "claims: [{id: x, published: 4, computed: b}]\n");
    assert_int_equal(scene.result->samples, 0);
}

static void the_median_of_draws_is_not_the_value_at_the_medians(void **state) {
    (void)state;
    check("assumptions: {a: 'uniform(0, 1)', b: 'uniform(0, 1)'}\n"
          "claims: [{id: x, published: 0.19, computed: a * b}]\n");
    scene_expect_value(figure("x", AIC_CLAIM_COMPUTED), 0.186682309, 1e-3); /* m (1 - ln m) = 1/2 */
    expect_verdict("x", AIC_VERDICT_HOLDS);
}

static void many_uncertain_claims_take_no_more_memory_than_some(void **state) {
    (void)state;
    enum { CLAIMS = 600 };
    struct failing_allocator memory;
    const aici_sample_wish wish = scene_wish();
    aici_buffer yaml = aici_buffer_new(NULL);
    aici_buffer_add_text(&yaml, "assumptions: {a: 'uniform(2, 3)'}\nclaims:\n");
    for (int i = 0; i < CLAIMS; i++)
        aici_buffer_add_format(&yaml, "  - {id: c%d, published: %d, computed: a + %d}\n", i, i + 2, i);
    scene_begin(&scene, aici_buffer_text(&yaml));
    aici_buffer_free(&yaml);
    failing_allocator_init(&memory);
    aic_result *result = NULL;
    assert_int_equal(aici_analysis_check(scene.bound, &wish, &memory.allocator, &result, NULL), AIC_OK);
    for (size_t i = 0; i < CLAIMS; i++)
        scene_expect_value(result->claim[i].figure[AIC_CLAIM_COMPUTED], (double)i + 2.5, 1e-4);
    if (memory.peak_bytes > (size_t)64 << 20)
        fail_msg("%zu bytes for %d claims", memory.peak_bytes, CLAIMS);
    aici_result_release(result);
}

static void statements_and_readings_take_the_spread_too(void **state) {
    (void)state;
    check("assumptions: {a: 'uniform(2, 3)'}\n"
          "claims:\n"
          "  - {id: least, at_least: 2.9, computed: a}\n"
          "  - {id: more, at_least: 2.96, computed: a}\n"
          "  - {id: between, between: [0, 2.04], computed: a}\n"
          "  - {id: twice, published: 5.5, computed: a, readings: {twice: 2 * a, thrice: 3 * a}}\n"
          "  - {id: plain, published: 7, computed: 7.6, readings: {thrice: 3 * a}}\n");
    expect_verdict("least", AIC_VERDICT_HOLDS);
    expect_verdict("more", AIC_VERDICT_DIFFERS);
    expect_verdict("between", AIC_VERDICT_DIFFERS);
    expect_verdict("twice", AIC_VERDICT_READING);
    assert_string_equal(scene_claim(&scene, "twice")->reading, "twice");
    expect_verdict("plain", AIC_VERDICT_READING);
    assert_int_equal(scene_claim(&scene, "plain")->samples, 0);
}

static void rounded_figures_widen_the_spread_at_its_ends(void **state) {
    (void)state;
    check("assumptions: {a: 'uniform(2, 3)', up: {value: 10, rounded: true}, down: {value: 4, rounded: true}, exact: 2}\n"
          "claims:\n"
          "  - {id: both, published: 5, computed: a * up / down}\n"
          "  - {id: exact, published: 5, computed: a * exact}\n");
    scene_expect_value(figure("both", AIC_CLAIM_COMPUTED), 2.5 * 10 / 4, 1e-4);
    scene_expect_value(figure("both", AIC_CLAIM_COMPUTED_LOW), 2.05 * 9.5 / 4.5, 1e-4);
    scene_expect_value(figure("both", AIC_CLAIM_COMPUTED_HIGH), 2.95 * 10.5 / 3.5, 1e-4);
    scene_expect_value(figure("exact", AIC_CLAIM_COMPUTED_HIGH), 5.9, 1e-4);
}

static void a_rounded_figure_may_be_a_parameter_of_the_distribution(void **state) {
    (void)state;
    check("assumptions: {low: {value: 2, rounded: true}, a: 'uniform(low, 3)'}\n"
          "claims: [{id: x, published: 5, computed: 2 * a}]\n");
    scene_expect_value(figure("x", AIC_CLAIM_COMPUTED), 5.0, 1e-4);
}

static void a_slip_is_not_looked_for_behind_ranges(void **state) {
    (void)state;
    check("assumptions: {a: 'uniform(2, 3)', b: 4.25}\n"
          "claims:\n"
          "  - {id: range, published: 50.0, computed: 2 * a}\n"
          "  - {id: slip, published: 42.5, computed: b}\n");
    expect_verdict("range", AIC_VERDICT_DIFFERS);
    assert_false(scene_claim(&scene, "range")->diagnosed);
    assert_int_equal(scene_claim(&scene, "range")->diagnosis_count, 0);
    assert_string_equal(scene_claim(&scene, "slip")->diagnosis[0].slip, "power of ten");
}

static void draws_without_a_value_are_counted_and_said(void **state) {
    (void)state;
    check("assumptions: {a: 'uniform(-1, 3)'}\n"
          "claims: [{id: x, published: 1, computed: sqrt(a)}]\n");
    assert_int_equal(scene_count(&scene, AICI_CODE_DRAWS_AMISS), 1);
    assert_string_equal(aic_report_message(scene.report, 0), "x: 25 % of the draws are not finite; the quantiles are of the others");
    scene_expect_value(figure("x", AIC_CLAIM_COMPUTED), sqrt(1.5), 1e-3);
}

static void a_claim_without_a_value_in_any_draw_is_an_error(void **state) {
    (void)state;
    scene_begin(&scene, "assumptions: {a: 'uniform(2, 3)'}\n"
                        "claims: [{id: x, published: 5, computed: 'ln(0.1 - abs(a - 2.5) * 1e9)'}]\n");
    assert_int_equal(scene_check(&scene), AIC_ERROR_DOMAIN);
    assert_null(scene.result);
    assert_int_equal(aic_report_code(scene.report, 0), AICI_CODE_NOT_FINITE);
    assert_string_equal(aic_report_message(scene.report, 0), "not a finite number: in none of the draws does this have a value");
}

static void sampled_verdicts_are_told_in_every_format(void **state) {
    (void)state;
    check("assumptions: {a: 'uniform(2, 3)'}\n"
          "claims: [{id: x, published: 5, computed: 2 * a}, {id: y, published: 50.0, computed: 2 * a}, {id: z, published: 1, computed: "
          "1}]\n");
    assert_non_null(strstr(scene_text(&scene, AIC_FORMAT_TEXT), "4.1 .. 5.9 (p5 .. p95)"));
    assert_null(strstr(scene_text(&scene, AIC_FORMAT_TEXT), "no simple slip"));
    assert_non_null(strstr(scene_text(&scene, AIC_FORMAT_TEXT), "median of 65536 draws (scrambled Sobol' points, seed 0)"));
    assert_non_null(strstr(scene_text(&scene, AIC_FORMAT_JSON), "\"sampled\": true"));
    assert_non_null(strstr(scene_text(&scene, AIC_FORMAT_JSON), "\"sampled\": false"));
    assert_non_null(strstr(scene_text(&scene, AIC_FORMAT_JSON), "\"samples\": 65536"));
    assert_non_null(strstr(scene_text(&scene, AIC_FORMAT_CSV), ",true\r\n"));
    assert_non_null(strstr(scene_text(&scene, AIC_FORMAT_CSV), ",false\r\n"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_claim_on_an_uncertain_input_is_its_median_within_p5_and_p95),
        TEST(nothing_is_sampled_where_no_claim_is_uncertain),
        TEST(the_median_of_draws_is_not_the_value_at_the_medians),
        TEST(many_uncertain_claims_take_no_more_memory_than_some),
        TEST(statements_and_readings_take_the_spread_too),
        TEST(rounded_figures_widen_the_spread_at_its_ends),
        TEST(a_rounded_figure_may_be_a_parameter_of_the_distribution),
        TEST(a_slip_is_not_looked_for_behind_ranges),
        TEST(draws_without_a_value_are_counted_and_said),
        TEST(a_claim_without_a_value_in_any_draw_is_an_error),
        TEST(sampled_verdicts_are_told_in_every_format),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
