/* SPDX-License-Identifier: MIT */
/* Claims: each verdict, each kind of statement, the interval that rounded figures leave, and what is refused. */
#include "analysis/check_scene.h"

/* --- verdicts ------------------------------------------------------------------------------------------------------------------------- */

static void a_figure_holds_within_the_rounding_of_its_digits(void **state) {
    (void)state;
    check("assumptions: {a: 2.449, b: 2.451, c: 2.55, d: 2.5501}\n"
          "claims:\n"
          "  - {id: below, published: 2.5, computed: a}\n"
          "  - {id: within, published: 2.5, computed: b}\n"
          "  - {id: edge, published: 2.5, computed: c}\n"
          "  - {id: above, published: 2.5, computed: d}\n");
    expect_verdict("below", AIC_VERDICT_DIFFERS);
    expect_verdict("within", AIC_VERDICT_HOLDS);
    expect_verdict("edge", AIC_VERDICT_HOLDS);
    expect_verdict("above", AIC_VERDICT_DIFFERS);
}

static void readings_are_tried_when_the_figure_differs_and_all_that_hold_are_named(void **state) {
    (void)state;
    check("assumptions: {a: 3}\n"
          "claims:\n"
          "  - {id: r, published: 6.0, computed: a, readings: {twice: 2 * a, thrice: 3 * a, plus three: a + 3}}\n"
          "  - {id: n, published: 7.0, computed: a, readings: {twice: 2 * a}}\n"
          "  - {id: h, published: 3.0, computed: a, readings: {once: a}}\n");
    expect_verdict("r", AIC_VERDICT_READING);
    assert_int_equal(scene_claim(&scene, "r")->reading_count, 2);
    assert_string_equal(scene_claim(&scene, "r")->reading, "twice; plus three");
    assert_string_equal(scene_claim(&scene, "r")->reading_name[1], "plus three");
    expect_verdict("n", AIC_VERDICT_DIFFERS);
    expect_verdict("h", AIC_VERDICT_HOLDS);
    assert_string_equal(scene_claim(&scene, "h")->reading, "");
}

static void readings_take_memory_in_step_with_their_number(void **state) {
    (void)state;
    enum { READINGS = 4000 };
    struct failing_allocator memory;
    const aici_sample_wish wish = scene_wish();
    aici_buffer yaml = aici_buffer_new(NULL);
    aici_buffer_add_text(&yaml, "claims:\n  - id: c\n    published: 1\n    computed: 2\n    readings:\n");
    for (int i = 0; i < READINGS; i++)
        aici_buffer_add_format(&yaml, "      reading %d: 1\n", i);
    scene_begin(&scene, aici_buffer_text(&yaml));
    aici_buffer_free(&yaml);
    failing_allocator_init(&memory);
    aic_result *result = NULL;
    assert_int_equal(aici_analysis_check(scene.bound, &wish, &memory.allocator, &result, NULL), AIC_OK);
    assert_int_equal(result->claim[0].reading_count, READINGS);
    if (memory.peak_bytes > READINGS * 1000)
        fail_msg("%zu bytes for %d readings", memory.peak_bytes, READINGS);
    aici_result_release(result);
}

static void between_at_least_at_most_and_about_are_intervals(void **state) {
    (void)state;
    check("assumptions: {a: 12, b: 17, c: 22}\n"
          "claims:\n"
          "  - {id: b1, between: [15, 20], computed: a}\n"
          "  - {id: b2, between: [15, 20], computed: b}\n"
          "  - {id: b3, between: [15, 20], computed: c}\n"
          "  - {id: l1, at_least: 17, computed: a}\n"
          "  - {id: l2, at_least: 17, computed: b}\n"
          "  - {id: m1, at_most: 17, computed: b}\n"
          "  - {id: m2, at_most: 17, computed: c}\n"
          "  - {id: a1, about: 20, computed: c}\n"
          "  - {id: a2, about: 20, computed: b}\n");
    expect_verdict("b1", AIC_VERDICT_DIFFERS);
    expect_verdict("b2", AIC_VERDICT_HOLDS);
    expect_verdict("b3", AIC_VERDICT_DIFFERS);
    expect_verdict("l1", AIC_VERDICT_DIFFERS);
    expect_verdict("l2", AIC_VERDICT_HOLDS);
    expect_verdict("m1", AIC_VERDICT_HOLDS);
    expect_verdict("m2", AIC_VERDICT_DIFFERS);
    expect_verdict("a1", AIC_VERDICT_HOLDS);
    expect_verdict("a2", AIC_VERDICT_DIFFERS);
    assert_true(isnan(figure("b1", AIC_CLAIM_PUBLISHED)));
    assert_true(isnan(figure("b1", AIC_CLAIM_RATIO)));
    assert_true(isinf(figure("l1", AIC_CLAIM_PUBLISHED_HIGH)));
    assert_true(isinf(figure("m1", AIC_CLAIM_PUBLISHED_LOW)));
    assert_string_equal(scene_claim(&scene, "l1")->statement, "at_least");
}

static void what_is_not_printed_is_not_checkable(void **state) {
    (void)state;
    check("claims: [{id: w, says: volumes, not_checkable: the volumes are not in the text, expected: not_checkable}]\n");
    expect_verdict("w", AIC_VERDICT_NOT_CHECKABLE);
    assert_string_equal(scene_claim(&scene, "w")->why, "the volumes are not in the text");
    assert_true(isnan(figure("w", AIC_CLAIM_COMPUTED)));
    assert_string_equal(scene_claim(&scene, "w")->unit, "");
}

static void the_expected_verdict_stands_beside_the_found_one(void **state) {
    (void)state;
    check("assumptions: {a: 3}\n"
          "claims: [{id: x, published: 4, computed: a, expected: differs}, {id: y, published: 4, computed: a}]\n");
    assert_int_equal(scene_claim(&scene, "x")->expected, AIC_VERDICT_DIFFERS);
    assert_int_equal(scene_claim(&scene, "y")->expected, AIC_VERDICT_HOLDS);
    assert_non_null(strstr(scene_text(&scene, AIC_FORMAT_TEXT), "1 not as expected: y."));
}

/* --- figures -------------------------------------------------------------------------------------------------------------------------- */

static void figures_are_in_the_unit_of_the_computed_quantity(void **state) {
    (void)state;
    check("models: {m: {kind: cagr, start: 350亿 CNY/year, end: 1089.4亿 CNY/year, start_year: 2021, end_year: 2026}}\n"
          "claims: [{id: g, published: 20.83 %/year, computed: m.cagr}]\n");
    assert_string_equal(scene_claim(&scene, "g")->unit, "1/year");
    scene_expect_value(figure("g", AIC_CLAIM_PUBLISHED), 0.2083, 0);
    scene_expect_value(figure("g", AIC_CLAIM_PUBLISHED_LOW), 0.20825, 0);
    scene_expect_value(figure("g", AIC_CLAIM_PUBLISHED_HIGH), 0.20835, 0);
    scene_expect_value(figure("g", AIC_CLAIM_COMPUTED), 0.25494260954664894, 1e-12);
    scene_expect_value(figure("g", AIC_CLAIM_COMPUTED_LOW), 0.25494260954664894, 1e-12);
    scene_expect_value(figure("g", AIC_CLAIM_RATIO), 0.2083 / 0.25494260954664894, 1e-12);
    assert_int_equal(scene_claim(&scene, "g")->printed_digits, 4);
    assert_non_null(strstr(scene_text(&scene, AIC_FORMAT_TEXT), "20.83 %/year  25.49 %/year"));
}

static void a_claim_about_one_year_of_a_series_is_about_that_year(void **state) {
    (void)state;
    check("timeline: 2021..2023\n"
          "assumptions: {a: {series: {2021: 10 USD, 2022: 20 USD, 2023: 30 USD}}}\n"
          "claims: [{id: x, published: 20 USD, computed: \"a[2022]\"}, {id: y, published: 60 USD, computed: sum(a)}]\n");
    expect_verdict("x", AIC_VERDICT_HOLDS);
    expect_verdict("y", AIC_VERDICT_HOLDS);
}

static void the_place_of_a_claim_is_known(void **state) {
    (void)state;
    check("assumptions: {a: 3}\n"
          "sources: {press: A newspaper}\n"
          "claims:\n"
          "  - {id: x, says: it is three, published: 3, computed: a, source: press, note: page 4}\n");
    assert_string_equal(scene_claim(&scene, "x")->file, "scene.yaml");
    assert_int_equal(scene_claim(&scene, "x")->line, 5);
    assert_string_equal(scene_claim(&scene, "x")->source, "press: A newspaper");
    assert_string_equal(scene_claim(&scene, "x")->note, "page 4");
    assert_string_equal(scene_claim(&scene, "x")->says, "it is three");
}

/* --- rounded figures ------------------------------------------------------------------------------------------------------------------ */

static void a_claim_may_hold_because_its_inputs_are_rounded(void **state) {
    (void)state;
    check("assumptions: {a: {value: 3.1, rounded: true}, b: {value: 2, rounded: true, digits: 1}, c: 3.1}\n"
          "claims:\n"
          "  - {id: rounded, published: 6.00, computed: a * 2}\n"
          "  - {id: exact, published: 6.00, computed: c * 2}\n"
          "  - {id: both, published: 7.80, computed: a * b}\n");
    expect_verdict("exact", AIC_VERDICT_DIFFERS);
    scene_expect_value(figure("rounded", AIC_CLAIM_COMPUTED_LOW), 6.1, 1e-14);
    scene_expect_value(figure("rounded", AIC_CLAIM_COMPUTED_HIGH), 6.3, 1e-14);
    expect_verdict("rounded", AIC_VERDICT_DIFFERS);
    scene_expect_value(figure("both", AIC_CLAIM_COMPUTED_LOW), 3.05 * 1.5, 1e-14);
    scene_expect_value(figure("both", AIC_CLAIM_COMPUTED_HIGH), 3.15 * 2.5, 1e-14);
    expect_verdict("both", AIC_VERDICT_HOLDS);
}

static void digits_say_how_many_are_significant(void **state) {
    (void)state;
    check("assumptions: {a: {value: 350亿 CNY, rounded: true, digits: 3}, b: {value: 350亿 CNY, rounded: true, digits: 2}}\n"
          "claims: [{id: a, at_least: 1 CNY, computed: a}, {id: b, at_least: 1 CNY, computed: b}]\n");
    scene_expect_value(figure("a", AIC_CLAIM_COMPUTED_LOW), 349.5e8, 1e-15);
    scene_expect_value(figure("b", AIC_CLAIM_COMPUTED_HIGH), 355e8, 1e-15);
}

static void the_corners_of_rounded_figures_bound_the_computed_one(void **state) {
    (void)state;
    check("models:\n"
          "  m:\n"
          "    kind: cagr\n"
          "    start: {value: 350亿 CNY/year, rounded: true, digits: 3}\n"
          "    end: {value: 1089.4亿 CNY/year, rounded: true}\n"
          "    start_year: 2021\n"
          "    end_year: 2026\n"
          "claims: [{id: g, published: 20.83 %/year, computed: m.cagr}]\n");
    scene_expect_value(figure("g", AIC_CLAIM_COMPUTED_LOW), pow(1089.35 / 350.5, 0.2) - 1, 1e-12);
    scene_expect_value(figure("g", AIC_CLAIM_COMPUTED_HIGH), pow(1089.45 / 349.5, 0.2) - 1, 1e-12);
    expect_verdict("g", AIC_VERDICT_DIFFERS);
}

static void a_reading_has_its_interval_too(void **state) {
    (void)state;
    check("assumptions: {a: {value: 3.1, rounded: true}}\n"
          "claims: [{id: x, published: 6.22, computed: a, readings: {twice: 2 * a}}]\n");
    expect_verdict("x", AIC_VERDICT_READING);
}

static void the_years_of_a_rounded_series_vary_one_by_one(void **state) {
    (void)state;
    check("timeline: 2021..2022\n"
          "assumptions:\n"
          "  a: {series: {2021: 10, 2022: 20}, rounded: true}\n"
          "  b: {start: 30, start_year: 2021, growth: 10 %/year, rounded: true}\n"
          "claims:\n"
          "  - {id: x, at_least: 1, computed: \"a[2022] / a[2021]\"}\n"
          "  - {id: y, at_least: 1, computed: \"b[2022]\"}\n");
    scene_expect_value(figure("x", AIC_CLAIM_COMPUTED_LOW), 19.5 / 10.5, 1e-14);
    scene_expect_value(figure("x", AIC_CLAIM_COMPUTED_HIGH), 20.5 / 9.5, 1e-14);
    scene_expect_value(figure("y", AIC_CLAIM_COMPUTED_LOW), 29.5 * 1.095, 1e-14);
    scene_expect_value(figure("y", AIC_CLAIM_COMPUTED_HIGH), 30.5 * 1.105, 1e-14);
}

static void a_rounded_figure_that_may_be_zero_opens_the_interval(void **state) {
    (void)state;
    check("assumptions: {a: {value: 0.5, rounded: true, digits: 1}, b: {value: 1, rounded: true}}\n"
          "claims: [{id: x, published: 9.0, computed: 2 / (b - a)}, {id: y, at_least: 1, computed: 1 / (b - 0.5)}]\n");
    assert_true(isinf(figure("y", AIC_CLAIM_COMPUTED_HIGH)));
    expect_verdict("x", AIC_VERDICT_HOLDS);
    assert_non_null(strstr(scene_text(&scene, AIC_FORMAT_JSON), "\"computed_high\": null"));
}

static void a_corner_without_a_value_is_left_out_and_said(void **state) {
    (void)state;
    check("assumptions: {a: {value: 0.5, rounded: true}, b: {value: 1, rounded: true}}\n"
          "claims: [{id: x, published: 7e9, computed: \"sqrt(a - b + 0.7)\"}]\n");
    expect_verdict("x", AIC_VERDICT_DIFFERS);
    assert_true(isfinite(figure("x", AIC_CLAIM_COMPUTED_HIGH)));
    assert_int_equal(aic_report_count(scene.report), 1);
    assert_int_equal(aic_report_severity(scene.report, 0), AIC_SEVERITY_WARNING);
}

/* A figure that must be constant is taken as it is printed, and the others still vary. */
static void a_rounded_exponent_of_a_dimension_stands_still(void **state) {
    (void)state;
    check("assumptions: {power: {value: 2, rounded: true}, side: {value: 3 pixel, rounded: true}}\n"
          "claims: [{id: x, published: 9 pixel^2, computed: side ^ power}]\n");
    scene_expect_value(figure("x", AIC_CLAIM_COMPUTED_LOW), 2.5 * 2.5, 1e-14);
    scene_expect_value(figure("x", AIC_CLAIM_COMPUTED_HIGH), 3.5 * 3.5, 1e-14);
}

/* --- many rounded figures ------------------------------------------------------------------------------------------------------------- */

enum { FIGURES = 13 };

static const double printed[FIGURES] = {1.2, 3.4, 2.2, 5.6, 7.1, 1.9, 2.8, 6.3, 4.4, 3.9, 8.1, 2.6, 5.2};

/* f0 / f1 + f2 * f3 - f4 / f5 + … : large where half of them are large and the others small. */
static double formula(const double *value, size_t count) {
    double sum = 0;
    for (size_t i = 0; i + 1 < count; i += 2)
        sum += i % 4 == 0 ? value[i] / value[i + 1] : value[i] * value[i + 1];
    return count % 2 ? sum - value[count - 1] : sum;
}

static void write_formula(aici_buffer *yaml, size_t count) {
    aici_buffer_add_text(yaml, "assumptions:\n");
    for (size_t i = 0; i < count; i++) {
        aici_buffer_add_format(yaml, "  f%zu: {rounded: true, value: ", i);
        aici_buffer_add_number(yaml, printed[i]);
        aici_buffer_add_text(yaml, "}\n");
    }
    aici_buffer_add_text(yaml, "claims:\n  - {id: x, at_least: 0, computed: 0");
    for (size_t i = 0; i + 1 < count; i += 2)
        aici_buffer_add_format(yaml, " + f%zu %c f%zu", i, i % 4 == 0 ? '/' : '*', i + 1);
    if (count % 2)
        aici_buffer_add_format(yaml, " - f%zu", count - 1);
    aici_buffer_add_text(yaml, "}\n");
}

/* Tries all corners one after the other. */
static void corners(size_t count, double *low, double *high) {
    *low = (double)INFINITY;
    *high = -(double)INFINITY;
    for (size_t corner = 0; corner < (size_t)1 << count; corner++) {
        double value[FIGURES];
        for (size_t i = 0; i < count; i++)
            value[i] = printed[i] + (corner >> i & 1 ? 0.05 : -0.05);
        *low = fmin(*low, formula(value, count));
        *high = fmax(*high, formula(value, count));
    }
}

static void the_interval_is_that_of_all_corners_however_many_figures_there_are(void **state) {
    (void)state;
    for (size_t count = 1; count <= FIGURES; count++) {
        double low, high;
        aici_buffer yaml = aici_buffer_new(NULL);
        write_formula(&yaml, count);
        check(aici_buffer_text(&yaml));
        corners(count, &low, &high);
        scene_expect_value(figure("x", AIC_CLAIM_COMPUTED), formula(printed, count), 1e-14);
        scene_expect_value(figure("x", AIC_CLAIM_COMPUTED_LOW), low, 1e-13);
        scene_expect_value(figure("x", AIC_CLAIM_COMPUTED_HIGH), high, 1e-13);
        aici_buffer_free(&yaml);
        if (count < FIGURES)
            scene_end(&scene);
    }
}

/* --- what is refused ------------------------------------------------------------------------------------------------------------------ */

static void a_claim_that_is_not_finite_is_an_error(void **state) {
    (void)state;
    scene_begin(&scene, "assumptions: {a: 0}\n"
                        "claims: [{id: x, published: 1, computed: 1 / a}, {id: y, published: 1, computed: a, readings: {log: ln(a)}}]\n");
    assert_int_equal(scene_check(&scene), AIC_ERROR_DOMAIN);
    assert_null(scene.result);
    assert_int_equal(aic_report_error_count(scene.report), 2);
    assert_string_equal(aic_report_message(scene.report, 0), "not a finite number: 1 / 0 divides by zero");
    assert_string_equal(aic_report_message(scene.report, 1), "not a finite number: ln(0) is the logarithm of zero");
}

static void what_a_claim_depends_on_must_keep_its_bounds(void **state) {
    (void)state;
    scene_begin(&scene, "timeline: 2021..2023\n"
                        "assumptions: {share: {series: {2021: 60 %}}}\n"
                        "models: {m: {kind: workload_split, training_compute: 1 EFLOP/s, training_share: sum(share) * 2}}\n"
                        "claims: [{id: x, published: 1 EFLOP/s, computed: m.total_compute}]\n");
    assert_int_equal(scene_check(&scene), AIC_ERROR_DOMAIN);
    assert_int_equal(aic_report_code(scene.report, 0), AICI_CODE_OUT_OF_BOUNDS);
}

static void a_scenario_without_claims_has_none(void **state) {
    (void)state;
    check("assumptions: {a: 2 to 3}\n");
    assert_int_equal(scene.result->claim_count, 0);
    assert_true(scene.result->has_claims);
}

static void each_allocation_may_fail(void **state) {
    (void)state;
    struct failing_allocator memory;
    aici_sample_wish wish = scene_wish();
    wish.samples = 128;
    scene_begin(&scene, "assumptions: {a: {value: 3.1, rounded: true}, power: {value: 2, rounded: true}, b: 2 USD, u: 'uniform(1, 2)'}\n"
                        "models: {m: {kind: training, parameters: 1B to 2B, tokens: 1T token}}\n"
                        "claims:\n"
                        "  - {id: x, published: 6.22, computed: a, readings: {twice: 2 * a, again: a + a}}\n"
                        "  - {id: y, published: 4 USD^2, computed: b ^ power}\n"
                        "  - {id: u, published: 4, computed: a * u, readings: {twice: 2 * u}}\n"
                        "  - {id: m, published: 1e22 FLOP, computed: m.compute}\n"
                        "  - {id: z, not_checkable: unknown}\n");
    failing_allocator_init(&memory);
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
        aic_result *result = NULL;
        aic_status status = aici_analysis_check(scene.bound, &wish, &memory.allocator, &result, NULL);
        scene_expect_memory(&memory, status, result);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_figure_holds_within_the_rounding_of_its_digits),
        TEST(readings_are_tried_when_the_figure_differs_and_all_that_hold_are_named),
        TEST(readings_take_memory_in_step_with_their_number),
        TEST(between_at_least_at_most_and_about_are_intervals),
        TEST(what_is_not_printed_is_not_checkable),
        TEST(the_expected_verdict_stands_beside_the_found_one),
        TEST(figures_are_in_the_unit_of_the_computed_quantity),
        TEST(a_claim_about_one_year_of_a_series_is_about_that_year),
        TEST(the_place_of_a_claim_is_known),
        TEST(a_claim_may_hold_because_its_inputs_are_rounded),
        TEST(digits_say_how_many_are_significant),
        TEST(the_corners_of_rounded_figures_bound_the_computed_one),
        TEST(a_reading_has_its_interval_too),
        TEST(the_years_of_a_rounded_series_vary_one_by_one),
        TEST(a_rounded_figure_that_may_be_zero_opens_the_interval),
        TEST(a_corner_without_a_value_is_left_out_and_said),
        TEST(a_rounded_exponent_of_a_dimension_stands_still),
        TEST(the_interval_is_that_of_all_corners_however_many_figures_there_are),
        TEST(a_claim_that_is_not_finite_is_an_error),
        TEST(what_a_claim_depends_on_must_keep_its_bounds),
        TEST(a_scenario_without_claims_has_none),
        TEST(each_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
