/* SPDX-License-Identifier: MIT */
/* Slips that were planted are found and said; where nothing simple leads to a figure, nothing is said; and which input alone would make a
 * claim true. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "analysis/diagnose.h"
#include "failing_allocator.h"
#include "scene.h"

/* --- helpers -------------------------------------------------------------------------------------------------------------------------- */

static const aici_result_claim *diagnose(struct scene *scene, const char *yaml, const char *id) {
    scene_begin(scene, yaml);
    scene_expect_ok(scene, scene_check(scene));
    const aici_result_claim *claim = scene_claim(scene, id);
    assert_int_equal(claim->verdict, AIC_VERDICT_DIFFERS);
    return claim;
}

/* The first diagnosis of claim c is of this kind and says this. */
static void expect_slip(const char *yaml, const char *slip, const char *says) {
    struct scene scene;
    const aici_result_claim *claim = diagnose(&scene, yaml, "c");
    if (claim->diagnosis_count == 0)
        fail_msg("no simple slip, where %s was expected", slip);
    if (strcmp(claim->diagnosis[0].slip, slip) != 0 || !strstr(claim->diagnosis[0].text, says))
        fail_msg("expected %s: %s, found %s: %s", slip, says, claim->diagnosis[0].slip, claim->diagnosis[0].text);
    scene_end(&scene);
}

static void expect_silence(const char *yaml) {
    struct scene scene;
    const aici_result_claim *claim = diagnose(&scene, yaml, "c");
    assert_true(claim->diagnosed);
    if (claim->diagnosis_count)
        fail_msg("expected no answer, found %s", claim->diagnosis[0].text);
    scene_end(&scene);
}

/* --- each kind ------------------------------------------------------------------------------------------------------------------------ */

static void a_period_too_many_is_found(void **state) {
    (void)state;
    expect_slip("models: {m: {kind: cagr, start: 350 CNY/year, end: 1089.4 CNY/year, start_year: 2021, end_year: 2026}}\n"
                "claims: [{id: c, published: 20.83 %/year, computed: m.cagr}]\n",
                "periods + 1", "with 6 periods in place of 5: 20.83 %/year");
}

static void a_period_too_few_is_found(void **state) {
    (void)state;
    expect_slip("timeline: 2020..2030\nassumptions: {x: {start: 100 USD, start_year: 2020, growth: 7.3 %/year}}\n"
                "claims: [{id: c, published: 188.54 USD, computed: \"x[2030]\"}]\n",
                "periods - 1", "with 9 periods in place of 10: 188.5 USD");
}

static void a_period_too_many_is_found_where_two_make_a_square(void **state) {
    (void)state;
    expect_slip("timeline: 2020..2030\nassumptions: {x: {start: 100 USD, start_year: 2020, growth: 17.3 %/year}}\n"
                "claims: [{id: c, published: 161.40 USD, computed: \"x[2022]\"}]\n",
                "periods + 1", "with 3 periods in place of 2");
}

static void a_published_figure_that_was_carried_forward_is_found(void **state) {
    (void)state;
    expect_slip(
        "assumptions: {tokens: 267 token, rate: 6250 USD/token, share: 32 %}\ncalculations: {cost: tokens * rate, all: cost / share}\n"
        "claims:\n  - {id: b, published: 17 million USD, computed: cost}\n  - {id: c, published: 53.1 million USD, computed: all}\n",
        "carried forward", "if the published 17M USD of b is carried forward: 53.12M USD");
}

static void rates_that_were_added_are_found(void **state) {
    (void)state;
    expect_slip("models: {m: {kind: learning_curve, initial_cost: 1, start_year: 2020, hardware_decline: 31 %/year, algorithm_decline: 47 "
                "%/year}}\ntimeline: 2020..2021\n"
                "claims: [{id: c, published: 78.0 %/year, computed: m.combined_decline}]\n",
                "rates added", "are added in place of multiplied: 78 %/year");
}

static void growth_to_for_growth_of_is_found(void **state) {
    (void)state;
    expect_slip("assumptions: {a: 4.37 USD, b: 7.91 USD}\nclaims: [{id: c, published: 181.0 %, computed: b / a - 1}]\n", "growth to",
                "growth to in place of growth by");
    expect_slip("assumptions: {a: 4.37 USD, b: 7.91 USD}\nclaims: [{id: c, published: 0.8101, computed: b / a}]\n", "growth of",
                "growth by in place of growth to");
}

static void a_factor_that_was_left_out_is_found(void **state) {
    (void)state;
    expect_slip(
        "assumptions: {a: 267 token, b: 3.17 USD/token, share: 37 %}\nclaims: [{id: c, published: 846.4 USD, computed: a * b / share}]\n",
        "left out", "without `share`: 846.4 USD");
}

static void an_addend_that_was_left_out_is_found(void **state) {
    (void)state;
    expect_slip("assumptions: {a: 267.4 USD, b: 31.72 USD, d: 57.11 USD}\nclaims: [{id: c, published: 324.51 USD, computed: a + b + d}]\n",
                "left out", "without `b`: 324.5 USD");
}

static void a_factor_that_was_counted_twice_is_found(void **state) {
    (void)state;
    expect_slip(
        "assumptions: {a: 267 token, b: 3.17 USD/token, share: 37 %}\nclaims: [{id: c, published: 6182.5 USD, computed: a * b / share}]\n",
        "counted twice", "with `share` counted twice: 6.183k USD");
}

static void a_dropped_dimension_is_found(void **state) {
    (void)state;
    expect_slip("assumptions: {frames: 63000000000, height: 1024 pixel, width: 1980 pixel, channels: 3}\n"
                "claims: [{id: c, published: 1.89e11 pixel^2, computed: frames * height * width * channels}]\n",
                "dimension dropped", "without `height` and `width`");
}

static void factors_with_a_name_are_found(void **state) {
    static const struct {
        const char *yaml, *slip, *says;
    } cases[] = {
        {"published: 25.373 USD, computed: a", "power of ten", "by a factor of 10 (as between 亿 and billion): 25.37 USD"},
        {"published: 25373 USD, computed: a", "chinese scale", "by a factor of 10000 (a 万)"},
        {"published: 2537.3 USD, computed: a", "prefix", "by a factor of 1000 (a prefix or thousand)"},
        {"published: 0.025373 USD, computed: a", "minor unit of money", "by a factor of 1/100"},
        {"published: 0.3125 %, computed: b", "percent", "by a factor of 1/100"},
        {"published: 7.6119 USD, computed: a", "factor", "by a factor of 3"},
        {"published: 20.298 USD, computed: a", "factor", "by a factor of 8 (as between bit and byte)"},
        {"published: 2.4778 USD, computed: a", "binary", "by a factor of 1/1.024"},
        {"published: 62.726 token/s, computed: d", "rate for amount", "(the seconds of a day)"},
        {"published: 5.5014e6 token/s, computed: d", "length of the year", "a year of 360 days"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char yaml[400];
        snprintf(yaml, sizeof yaml, "assumptions: {a: 2.5373 USD, b: 31.25 %%, d: %s}\nclaims: [{id: c, %s}]\n",
                 strstr(cases[i].slip, "year") ? "5.4223e6 token/s" : "5419500 token/s", cases[i].yaml);
        expect_slip(yaml, cases[i].slip, cases[i].says);
    }
}

static void billion_for_yi_is_a_meaning_of_ten(void **state) {
    (void)state;
    expect_slip("assumptions: {a: 30亿 parameter}\nclaims: [{id: c, published: 30.0B parameter, computed: a}]\n", "power of ten",
                "(as between 亿 and billion)");
}

static void another_quantity_in_an_inputs_place_is_found(void **state) {
    (void)state;
    expect_slip("assumptions: {work: 2.6e24 FLOP, peak: 312e12 FLOP/s, other_peak: 19.5e12 FLOP/s}\nclaims: [{id: c, published: 1.333e11 "
                "s, computed: work / peak}]\n",
                "another quantity", "with `other_peak` in place of `peak`");
}

static void another_choice_is_found(void **state) {
    (void)state;
    expect_slip("models: {m: {kind: visual_tokens, images: 6e9 image, height: 1024 pixel, width: 1980 pixel, patch: 16 pixel}}\n"
                "claims: [{id: c, published: 1.4256e14 token, computed: m.tokens}]\n",
                "choice", "with `m.channels_as_tokens` true, or by a factor of 3");
}

static void another_model_of_the_kind_is_found_with_what_differs(void **state) {
    (void)state;
    expect_slip("models:\n  m: {kind: training, parameters: 3.7e9 parameter, tokens: 1.93e12 token}\n  n: {kind: training, parameters: "
                "3.7e9 parameter, tokens: 5.11e12 token}\n"
                "claims: [{id: c, published: 1.1344e23 FLOP, computed: m.compute}]\n",
                "another model", "with `n.compute` (tokens 5.11T token)");
}

static void a_rounded_intermediate_is_found(void **state) {
    (void)state;
    expect_slip("assumptions: {a: 37.3 USD, b: 7.177}\ncalculations: {part: a / b, all: part * 1.3171}\nclaims: [{id: c, published: 6.5855 "
                "USD, computed: all}]\n",
                "rounded", "if `part` is rounded to 5 USD");
}

static void a_currency_that_was_not_converted_is_found(void **state) {
    (void)state;
    expect_slip("exchange_rates: {USD: 7.1131 CNY}\nassumptions: {a: 31.7 USD, n: 117}\nclaims: [{id: c, published: 3708.9 CNY, computed: "
                "a * n}]\n",
                "currency", "with a currency not converted");
}

static void simple_growth_for_compound_growth_is_found(void **state) {
    (void)state;
    expect_slip("assumptions: {g: 0.171}\nclaims: [{id: c, published: 2.197, computed: (1 + g) ^ 7}]\n", "simple growth",
                "with simple in place of compound growth");
}

static void what_is_multiplied_further_on_may_be_counted_in(void **state) {
    (void)state;
    struct scene scene;
    const aici_result_claim *claim = diagnose(&scene,
                                              "assumptions: {a: 1.66875 USD/query, per_visit: 10 query/visit, visits: 600 "
                                              "visit}\ncalculations: {one: a / 32 %, all: one * per_visit * visits}\n"
                                              "claims: [{id: c, published: 52.15 USD/query, computed: one}]\n",
                                              "c");
    assert_int_equal(claim->diagnosis_count, 1);
    assert_non_null(strstr(claim->diagnosis[0].text, "by a factor of 10 (as between 亿 and billion), or with `per_visit` counted in"));
    scene_end(&scene);
}

static void two_slips_are_found_together_when_no_single_one_is(void **state) {
    (void)state;
    expect_slip("models: {m: {kind: visual_tokens, images: 6e9 image, videos: 3.5e7 video, height: 1024 pixel, width: 1980 pixel, "
                "frame_rate: 60 frame/s, video_length: 30 s, patch: 16 pixel}}\n"
                "claims: [{id: c, published: 1.4256e14 token, computed: m.tokens}]\n",
                "two slips", "with `m.channels_as_tokens` true and without `m.height` and `m.width` in `m.video_tokens`: 142.6T token");
}

/* --- silence -------------------------------------------------------------------------------------------------------------------------- */

static void a_figure_without_a_cause_gets_no_answer(void **state) {
    (void)state;
    expect_silence(
        "assumptions: {a: 267 token, b: 3.17 USD/token, share: 37 %}\nclaims: [{id: c, published: 3512.9 USD, computed: a * b / share}]\n");
}

/* Half of all is too much a coincidence where "2" may be anything from 1.5 to 2.5. */
static void few_printed_digits_get_no_answer(void **state) {
    (void)state;
    expect_silence(
        "assumptions: {a: 31 USD, b: 17 USD, d: 19 USD, e: 23}\nclaims: [{id: c, published: 2 USD, computed: (a + b + d) * e / 300}]\n");
}

static void a_figure_written_down_as_an_assumption_explains_nothing(void **state) {
    (void)state;
    expect_silence("assumptions: {a: 31.37 USD, printed: 47.91 USD}\nclaims: [{id: c, published: 47.91 USD, computed: a}]\n");
}

static void what_holds_is_not_diagnosed(void **state) {
    (void)state;
    struct scene scene;
    scene_begin(&scene, "assumptions: {a: 2 USD}\nclaims: [{id: c, published: 2 USD, computed: a}, {id: d, not_checkable: no figures}]\n");
    scene_expect_ok(&scene, scene_check(&scene));
    for (size_t i = 0; i < 2; i++) {
        assert_false(scene.result->claim[i].diagnosed);
        assert_int_equal(scene.result->claim[i].reconcile_count, 0);
    }
    assert_non_null(strstr(scene_text(&scene, AIC_FORMAT_JSON), "\"edits_tried\": null"));
    scene_end(&scene);
}

static void a_bound_that_is_missed_is_reconciled_and_not_diagnosed(void **state) {
    (void)state;
    struct scene scene;
    const aici_result_claim *claim =
        diagnose(&scene, "assumptions: {a: 2 USD, n: 3}\nclaims: [{id: c, at_least: 9 USD, computed: a * n}]\n", "c");
    assert_false(claim->diagnosed);
    assert_int_equal(claim->reconcile_count, 2);
    scene_expect_value(claim->reconcile[0].value, 3, 1e-9);
    scene_end(&scene);
}

static void more_edits_and_fewer_digits_mean_more_luck(void **state) {
    (void)state;
    struct scene scene;
    const char *yaml = "assumptions: {a: 31 USD, b: 17 USD, d: 19 USD, e: 23}\nclaims: [{id: c, published: 7.1 USD, computed: (a + b + d) "
                       "* e / 300}, {id: d, published: 7.100 USD, "
                       "computed: (a + b + d) * e / 300}]\n";
    double two = diagnose(&scene, yaml, "c")->hits_by_luck, four = scene_claim(&scene, "d")->hits_by_luck;
    assert_true(four > 0);
    assert_true(two > 50 * four);
    assert_true(scene_claim(&scene, "c")->edits_tried > 20);
    scene_end(&scene);
}

/* --- reconciling inputs --------------------------------------------------------------------------------------------------------------- */

static const aici_result_reconcile *reconciling(const aici_result_claim *claim, const char *input) {
    for (size_t i = 0; i < claim->reconcile_count; i++) {
        if (strcmp(claim->reconcile[i].input, input) == 0)
            return &claim->reconcile[i];
    }
    return NULL;
}

static void each_input_is_given_the_value_that_alone_makes_it_true(void **state) {
    (void)state;
    struct scene scene;
    const aici_result_claim *claim =
        diagnose(&scene, "assumptions: {a: 4 USD, b: 8, d: 0.5}\nclaims: [{id: c, published: 96.0 USD, computed: a * b / d}]\n", "c");
    assert_int_equal(claim->reconcile_count, 3);
    scene_expect_value(reconciling(claim, "a")->value, 6, 1e-9);
    scene_expect_value(reconciling(claim, "b")->value, 12, 1e-9);
    scene_expect_value(reconciling(claim, "d")->value, 1.0 / 3, 1e-9);
    assert_string_equal(reconciling(claim, "a")->display, "6 USD");
    scene_end(&scene);
}

static void a_value_outside_of_an_inputs_bounds_is_marked(void **state) {
    (void)state;
    struct scene scene;
    const aici_result_claim *claim = diagnose(
        &scene,
        "assumptions: {share: 50 %}\nmodels: {m: {kind: training, parameters: 1e9 parameter, tokens: 1e9 token, accelerators: 10 "
        "accelerator,\n"
        "  accelerator_peak: 1e12 FLOP/s/accelerator, utilization: share}}\nclaims: [{id: c, published: 300000 s, computed: m.duration}]\n",
        "c");
    scene_expect_value(reconciling(claim, "share")->value, 2, 1e-9);
    assert_false(reconciling(claim, "share")->within_bounds);
    assert_true(reconciling(claim, "m.tokens")->within_bounds);
    scene_end(&scene);
}

static void an_input_that_cannot_make_it_true_is_left_out(void **state) {
    (void)state;
    struct scene scene;
    const aici_result_claim *claim = diagnose(
        &scene, "assumptions: {a: 4 USD, b: 8 USD}\nclaims: [{id: c, published: 96.0 USD, computed: \"b + min(a, 5 USD)\"}]\n", "c");
    assert_null(reconciling(claim, "a"));
    scene_expect_value(reconciling(claim, "b")->value, 92, 1e-9);
    scene_end(&scene);
}

static void a_year_is_reconciled_by_whole_years_only(void **state) {
    (void)state;
    struct scene scene;
    const aici_result_claim *claim =
        diagnose(&scene,
                 "models: {m: {kind: cagr, start: 350 CNY/year, end: 1089.4 CNY/year, start_year: 2021, end_year: 2026}}\n"
                 "claims: [{id: c, published: 20.83 %/year, computed: m.cagr}, {id: d, published: 22.22 %/year, computed: m.cagr}]\n",
                 "c");
    scene_expect_value(reconciling(claim, "m.end_year")->value, 2027, 0);
    assert_null(reconciling(scene_claim(&scene, "d"), "m.end_year"));
    scene_end(&scene);
}

/* --- what is written ------------------------------------------------------------------------------------------------------------------ */

static const char in_short[] =
    "assumptions: {a: 267 token, b: 3.17 USD/token, share: 37 %}\n"
    "claims:\n  - {id: c, published: 846.4 USD, computed: a * b / share}\n  - {id: d, published: 3512.9 USD, computed: a * b / share}\n";

static void every_format_says_it(void **state) {
    (void)state;
    struct scene scene;
    diagnose(&scene, in_short, "c");
    static const aic_format format[] = {AIC_FORMAT_TEXT, AIC_FORMAT_CSV, AIC_FORMAT_MARKDOWN, AIC_FORMAT_JSON};
    for (size_t i = 0; i < 4; i++)
        assert_non_null(strstr(scene_text(&scene, format[i]), "reproduced without "));
    assert_non_null(strstr(scene_text(&scene, AIC_FORMAT_TEXT), "no simple slip; true with a = 410.023 token"));
    assert_non_null(
        strstr(scene_text(&scene, AIC_FORMAT_CSV), ",no simple slip,a = 410.023 token; b = 4.868064 USD/token; share = 24.09377 %"));
    assert_non_null(strstr(scene_text(&scene, AIC_FORMAT_JSON), "\"slip\": \"left out\""));
    assert_non_null(strstr(scene_text(&scene, AIC_FORMAT_JSON), "\"within_bounds\": true"));
    scene_end(&scene);
}

static void the_answer_is_the_same_every_time(void **state) {
    (void)state;
    struct scene scene;
    diagnose(&scene, in_short, "c");
    aici_buffer first = aici_buffer_new(NULL);
    aici_buffer_add_text(&first, scene_text(&scene, AIC_FORMAT_JSON));
    scene_expect_ok(&scene, scene_check(&scene));
    assert_string_equal(scene_text(&scene, AIC_FORMAT_JSON), aici_buffer_text(&first));
    aici_buffer_free(&first);
    scene_end(&scene);
}

/* --- hard cases ----------------------------------------------------------------------------------------------------------------------- */

static void what_cannot_vary_does_not_hinder_the_rest(void **state) {
    (void)state;
    expect_slip(
        "timeline: 2020..2025\nassumptions: {e: 2, lag: 1, side: 3.3 m, x: {start: 10.7 USD, start_year: 2020, growth: 13 %/year}}\n"
        "calculations: {area: side ^ e, late: \"delay(x, lag, 1 USD)\", cost: \"area * x[2023]\"}\n"
        "claims: [{id: c, published: 15.44 m^2-USD, computed: \"10.7 USD * side ^ e * 1.325\"}, {id: d, published: 1, computed: "
        "\"late[2021] / 1 USD\", expected: differs}]\n",
        "power of ten", "by a factor of 1/10");
}

static void signs_zeros_and_infinities_do_no_harm(void **state) {
    (void)state;
    struct scene scene;
    scene_begin(
        &scene,
        "assumptions: {a: -4.13 USD, b: 0 USD, n: 3}\ncalculations: {bad: a / b}\nclaims:\n  - {id: c, published: -413.0 USD, computed: "
        "a}\n  - {id: d, published: 0 USD, "
        "computed: a + 1 USD}\n  - {id: e, published: 5 USD, computed: b}\n  - {id: f, between: [1 USD, 2 USD], computed: a * n}\n");
    scene_expect_ok(&scene, scene_check(&scene));
    assert_string_equal(scene_claim(&scene, "c")->diagnosis[0].slip, "minor unit of money");
    for (const char *id = "def"; *id; id++)
        assert_false(scene_claim(&scene, (char[]){*id, 0})->diagnosed);
    scene_end(&scene);
}

/* The search stops where it would take too long, and then says nothing, since it does not know how much it did not try. */
static void a_search_that_would_take_too_long_says_nothing(void **state) {
    (void)state;
    struct scene scene;
    aici_sheet sheet;
    aici_arena *arena = aici_arena_new(NULL);
    diagnose(&scene, in_short, "c");
    assert_int_equal(aici_sheet_begin(&sheet, scene.bound, NULL, scene.report), AIC_OK);
    size_t enough = AICI_DIAGNOSE_BUDGET;
    aici_result_claim claim = {.id = "c"};
    assert_int_equal(aici_diagnose(&sheet, 0, arena, &enough, &claim), AIC_OK);
    assert_true(claim.diagnosed);
    for (size_t most = AICI_DIAGNOSE_BUDGET - enough; most > 1; most /= 2) {
        size_t budget = most / 2;
        aici_result_claim short_of = {.id = "c"};
        assert_int_equal(aici_diagnose(&sheet, 0, arena, &budget, &short_of), AIC_OK);
        assert_true(short_of.diagnosis_count == 0 || short_of.diagnosed);
        assert_true(budget == 0 && short_of.reconcile_count < claim.reconcile_count);
    }
    aici_sheet_end(&sheet);
    aici_arena_free(arena);
    scene_end(&scene);
}

static void diagnosis_survives_every_lack_of_memory(void **state) {
    (void)state;
    struct scene scene;
    struct failing_allocator memory;
    const aici_sample_wish wish = scene_wish();
    scene_begin(&scene, in_short);
    failing_allocator_init(&memory);
    for (int forever = 0; forever < 2; forever++) {
        memory.started = false;
        for (size_t n = 1; failing_allocator_again(&memory, n, forever); n++) {
            aic_result *result = NULL;
            aic_report_clear(scene.report);
            aic_status status = aici_analysis_check(scene.bound, &wish, &memory.allocator, &result, scene.report);
            scene_expect_memory(&memory, status, result);
        }
    }
    scene_end(&scene);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_period_too_many_is_found),
        cmocka_unit_test(a_period_too_few_is_found),
        cmocka_unit_test(a_period_too_many_is_found_where_two_make_a_square),
        cmocka_unit_test(a_published_figure_that_was_carried_forward_is_found),
        cmocka_unit_test(rates_that_were_added_are_found),
        cmocka_unit_test(growth_to_for_growth_of_is_found),
        cmocka_unit_test(a_factor_that_was_left_out_is_found),
        cmocka_unit_test(an_addend_that_was_left_out_is_found),
        cmocka_unit_test(a_factor_that_was_counted_twice_is_found),
        cmocka_unit_test(a_dropped_dimension_is_found),
        cmocka_unit_test(factors_with_a_name_are_found),
        cmocka_unit_test(billion_for_yi_is_a_meaning_of_ten),
        cmocka_unit_test(another_quantity_in_an_inputs_place_is_found),
        cmocka_unit_test(another_choice_is_found),
        cmocka_unit_test(another_model_of_the_kind_is_found_with_what_differs),
        cmocka_unit_test(a_rounded_intermediate_is_found),
        cmocka_unit_test(a_currency_that_was_not_converted_is_found),
        cmocka_unit_test(simple_growth_for_compound_growth_is_found),
        cmocka_unit_test(what_is_multiplied_further_on_may_be_counted_in),
        cmocka_unit_test(two_slips_are_found_together_when_no_single_one_is),
        cmocka_unit_test(a_figure_without_a_cause_gets_no_answer),
        cmocka_unit_test(few_printed_digits_get_no_answer),
        cmocka_unit_test(a_figure_written_down_as_an_assumption_explains_nothing),
        cmocka_unit_test(what_holds_is_not_diagnosed),
        cmocka_unit_test(a_bound_that_is_missed_is_reconciled_and_not_diagnosed),
        cmocka_unit_test(more_edits_and_fewer_digits_mean_more_luck),
        cmocka_unit_test(each_input_is_given_the_value_that_alone_makes_it_true),
        cmocka_unit_test(a_value_outside_of_an_inputs_bounds_is_marked),
        cmocka_unit_test(an_input_that_cannot_make_it_true_is_left_out),
        cmocka_unit_test(a_year_is_reconciled_by_whole_years_only),
        cmocka_unit_test(every_format_says_it),
        cmocka_unit_test(the_answer_is_the_same_every_time),
        cmocka_unit_test(what_cannot_vary_does_not_hinder_the_rest),
        cmocka_unit_test(signs_zeros_and_infinities_do_no_harm),
        cmocka_unit_test(a_search_that_would_take_too_long_says_nothing),
        cmocka_unit_test(diagnosis_survives_every_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
