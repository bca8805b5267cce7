/* SPDX-License-Identifier: MIT */
/* The bound scenario as other rooms use it: references, names, scopes, and what its parts say. */
#include "stage.h"
#include <math.h>

static void a_bound_scenario_outlives_its_scenario(void **state) {
    (void)state;
    struct stage stage = stage_of("title: Demand\nassumptions: {a: {value: 2 token, note: counted}}\n");
    stage_expect(&stage, aici_scenario_set_property(stage.scenario, "a", "label", "tokens", stage.report));
    stage_bind(&stage);
    aici_bound *second = aici_bound_ref(stage.bound);
    aici_bound_unref(stage.bound);
    stage.bound = second;
    aici_scenario_free(stage.scenario);
    stage.scenario = NULL;
    assert_string_equal(stage.bound->title, "Demand");
    assert_string_equal(stage.bound->file, "test.yaml");
    assert_string_equal(stage_quantity(&stage, "a")->note, "counted");
    assert_string_equal(stage_quantity(&stage, "a")->label, "tokens");
    assert_true(stage_value(&stage, "a") == 2);
    stage_clear(&stage);
}

static void nothing_is_given_back_twice_or_forgotten(void **state) {
    (void)state;
    aici_bound_unref(NULL);
    assert_null(aici_bound_ref(NULL));
    aici_scenario_free(NULL);
}

static void binding_twice_gives_the_same(void **state) {
    (void)state;
    struct stage stage = stage_of("assumptions: {a: 2}\n");
    aici_bound *again = NULL;
    stage_expect(&stage, aici_scenario_bind(stage.scenario, &again, stage.report));
    assert_ptr_equal(again, stage.bound);
    aici_bound_unref(again);
    stage_clear(&stage);
}

static void names_are_found_in_full(void **state) {
    (void)state;
    struct stage stage = stage_of("models: {m: {kind: cagr, start: 1, end: 2, periods: 3}}\n");
    assert_int_not_equal(aici_bound_find(stage.bound, "m.multiple"), AICI_NONE);
    assert_int_equal(aici_bound_find(stage.bound, "multiple"), AICI_NONE);
    assert_int_equal(aici_bound_find(stage.bound, ""), AICI_NONE);
    aici_nearest nearest = aici_nearest_to(aici_slice_of("m.multipel"));
    aici_bound_offer(stage.bound, &nearest);
    assert_string_equal(aici_nearest_name(&nearest), "m.multiple");
    stage_clear(&stage);
}

static aic_status check_text(const struct stage *stage, aici_arena *arena, const char *text, const aici_expr **checked) {
    aic_limits limits = {.size = sizeof limits};
    aici_limits_fill(NULL, &limits);
    aici_expr_reader reader = {arena, stage->bound->units, &limits, stage->report};
    aici_scope scope = aici_bound_scope(stage->bound, arena, stage->report);
    aici_fragment fragment = aici_fragment_of_slice(aici_slice_of(text));
    const aici_expr *tree = NULL;
    aic_status status = aici_expr_read(&reader, &fragment, &tree);
    return status == AIC_OK ? aici_expr_check(tree, NULL, &scope, checked) : status;
}

static void an_expression_over_the_scenario_is_checked_in_its_scope(void **state) {
    (void)state;
    struct stage stage = stage_of("timeline: 2021..2022\nassumptions: {a: 3 token, s: {2021: 1, 2022: 4}}\nunits: {robot: base}\n");
    aici_arena *arena = aici_arena_new(NULL);
    const aici_expr *checked = NULL;
    double value = 0;
    stage_expect(&stage, check_text(&stage, arena, "a * 2 robot", &checked));
    assert_true(aici_expr_constant(checked, &value) && value == 6);
    stage_expect(&stage, check_text(&stage, arena, "s[2022] + year", &checked));
    assert_int_equal(checked->type.years->count, 2);
    stage_expect_code(&stage, check_text(&stage, arena, "alpha", &checked), AICI_CODE_UNKNOWN_NAME);
    stage_expect_code(&stage, check_text(&stage, arena, "a * (1 to 2)", &checked), AICI_CODE_DISTRIBUTION_PLACE);
    aici_arena_free(arena);
    stage_clear(&stage);
}

static void models_know_kind_currency_and_what_they_lack(void **state) {
    (void)state;
    struct stage stage =
        stage_of("timeline: 2024..2025\nmodels: {m: {kind: server_market, shipments: 5 server/year, price: 3 EUR/server}}\n");
    const aici_model_entry *model = &stage.bound->model[0];
    assert_string_equal(model->name, "m");
    assert_string_equal(model->kind->name, "server_market");
    assert_true(model->kind->version >= 1 && model->kind->built_in);
    assert_string_equal(model->currency, "EUR");
    assert_true(model->missing_count > 0);
    assert_int_equal(model->place.line, 3);
    stage_clear(&stage);
}

static void bounds_are_in_coherent_units(void **state) {
    (void)state;
    struct stage stage = stage_of("models: {m: {kind: workload_split, training_compute: 5 FLOP, training_share: 20 %}}\n");
    const aici_quantity *share = stage_quantity(&stage, "m.training_share"), *total = stage_quantity(&stage, "m.total_compute");
    assert_true(share->bounds.low == 0 && share->bounds.low_open && share->bounds.high == 1 && !share->bounds.high_open);
    assert_true(isinf(total->bounds.low) && isinf(total->bounds.high));
    assert_string_equal(share->input->name, "training_share");
    assert_null(share->output);
    assert_string_equal(total->output->name, "total_compute");
    stage_clear(&stage);
}

static const aici_assertion *find_assertion(const struct stage *stage, const char *words) {
    for (uint32_t i = 0; i < stage->bound->assertion_count; i++)
        if (strstr(stage->bound->assertion[i].message, words))
            return &stage->bound->assertion[i];
    fail_msg("no condition says %s", words);
    return NULL;
}

static bool holds(const aici_assertion *assertion) {
    double truth = 0;
    assert_int_equal(assertion->condition->type.kind, AICI_TYPE_BOOLEAN);
    assert_true(aici_expr_constant(assertion->condition, &truth));
    return truth == 1;
}

static void conditions_of_kinds_are_there_to_be_computed(void **state) {
    (void)state;
    struct stage stage = stage_of("models:\n"
                                  "  fine: {kind: breakdown, total: 5 USD, shares: {a: 10 %, b: 20 %, c: 70 %}}\n"
                                  "  much: {kind: breakdown, total: 5 USD, shares: {a: 60 %, b: 50 %}}\n");
    assert_true(holds(find_assertion(&stage, "fine: ")));
    assert_false(holds(find_assertion(&stage, "much: the shares add up to more than 100 %")));
    stage_clear(&stage);
}

static void children_of_a_component_fill_at_most_their_parent(void **state) {
    (void)state;
    struct stage stage =
        stage_of("models:\n"
                 "  m: {kind: breakdown, total: 5 USD, shares: {a: 10 %, b: {value: 60 %, of: a}, c: {value: 70 %, of: a}}}\n"
                 "  n: {kind: breakdown, total: 5 USD, shares: {d: 10 %, e: {value: 60 %, of: d}, f: {value: 40 %, of: d}}}\n");
    assert_false(holds(find_assertion(&stage, "m: the shares of `a` add up to more than 100 %")));
    assert_true(holds(find_assertion(&stage, "n: the shares of `d`")));
    stage_clear(&stage);
}

static void claims_of_every_statement_are_intervals(void **state) {
    (void)state;
    struct stage stage = stage_of("assumptions: {a: 5 token}\n"
                                  "sources: {s: a book}\n"
                                  "claims:\n"
                                  "  - {id: p, published: 120 token, computed: a, source: s, says: words, note: more, expected: reading}\n"
                                  "  - {id: d, published: {value: 120 token, digits: 2}, computed: a}\n"
                                  "  - {id: b, between: [2 token, 4], computed: a}\n"
                                  "  - {id: l, at_least: 3 token, computed: a}\n"
                                  "  - {id: m, at_most: 3 token, computed: a}\n"
                                  "  - {id: o, about: -20 token, computed: a}\n"
                                  "  - {id: n, not_checkable: no inputs are printed}\n");
    const aici_claim *claim = stage.bound->claim;
    assert_true(claim[0].low == 119.5 && claim[0].high == 120.5 && claim[0].published == 120);
    assert_int_equal(claim[0].expected, AICI_VERDICT_READING);
    assert_string_equal(stage.bound->source[claim[0].source].title, "a book");
    assert_string_equal(claim[0].says, "words");
    assert_string_equal(claim[0].note, "more");
    assert_true(claim[1].low == 115 && claim[1].high == 125);
    assert_true(isnan(claim[2].published) && claim[2].low == 2 && claim[2].high == 4);
    assert_true(claim[3].low == 3 && isinf(claim[3].high));
    assert_true(isinf(claim[4].low) && claim[4].high == 3);
    assert_true(claim[5].published == -20 && claim[5].low == -22 && claim[5].high == -18);
    assert_int_equal(claim[6].statement, AICI_STATEMENT_NOT_CHECKABLE);
    assert_int_equal(claim[6].expected, AICI_VERDICT_NOT_CHECKABLE);
    assert_string_equal(claim[6].why, "no inputs are printed");
    assert_null(claim[6].computed);
    stage_clear(&stage);
}

static void figures_of_claims_take_units_as_inputs_do(void **state) {
    (void)state;
    struct stage stage = stage_of("timeline: 2021..2022\n"
                                  "assumptions: {rate: 2e18 FLOP/s, n: 7 token, g: \"cagr(1, 2, 3)\", s: {2021: 1 token, 2022: 4 token}}\n"
                                  "claims:\n"
                                  "  - {id: r, published: 2 EFLOPS, computed: rate}\n"
                                  "  - {id: n, published: 7, computed: n}\n"
                                  "  - {id: g, published: 26 %, computed: g}\n"
                                  "  - {id: y, published: 4, computed: \"s[2022]\"}\n"
                                  "  - {id: f, published: 14, computed: n * 2}\n");
    const aici_claim *claim = stage.bound->claim;
    assert_true(claim[0].published == 2e18);
    assert_true(claim[1].published == 7 && claim[1].low == 6.5);
    assert_string_equal(claim[1].unit, "token");
    assert_true(fabs(claim[2].published * 31557600 - 0.26) < 1e-15 && fabs((claim[2].high - claim[2].low) * 31557600 - 0.01) < 1e-15);
    assert_string_equal(claim[3].unit, "token");
    assert_string_equal(claim[4].unit, "token");
    stage_clear(&stage);
}

static void correlations_are_of_what_is_drawn(void **state) {
    (void)state;
    struct stage stage = stage_of("assumptions: {a: 1 to 2, b: 3 ± 1, c: 4 token to 5 token, fixed: 3}\n"
                                  "models: {m: {kind: cagr, start: c, end: 5 token to 6 token, periods: fixed}}\n"
                                  "correlations: [[a, b, 0.5], [m.start, m.end, -40 %], [a, fixed, 0.3]]\n");
    const aici_correlation *pair = stage.bound->correlation;
    assert_int_equal(stage.bound->correlation_count, 2);
    assert_int_equal(pair[0].first, aici_bound_find(stage.bound, "a"));
    assert_int_equal(pair[0].second, aici_bound_find(stage.bound, "b"));
    assert_true(pair[0].rank == 0.5 && pair[1].rank == -0.4);
    assert_int_equal(pair[1].first, aici_bound_find(stage.bound, "c")); /* which m.start only passes on */
    assert_int_equal(pair[1].second, aici_bound_find(stage.bound, "m.end"));
    assert_int_equal(aic_report_code(stage.report, 0), AICI_CODE_CORRELATION_IGNORED);
    assert_int_equal(aic_report_count(stage.report), 1);
    stage_clear(&stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bound_scenario_outlives_its_scenario),
        cmocka_unit_test(nothing_is_given_back_twice_or_forgotten),
        cmocka_unit_test(binding_twice_gives_the_same),
        cmocka_unit_test(names_are_found_in_full),
        cmocka_unit_test(an_expression_over_the_scenario_is_checked_in_its_scope),
        cmocka_unit_test(models_know_kind_currency_and_what_they_lack),
        cmocka_unit_test(bounds_are_in_coherent_units),
        cmocka_unit_test(conditions_of_kinds_are_there_to_be_computed),
        cmocka_unit_test(children_of_a_component_fill_at_most_their_parent),
        cmocka_unit_test(claims_of_every_statement_are_intervals),
        cmocka_unit_test(figures_of_claims_take_units_as_inputs_do),
        cmocka_unit_test(correlations_are_of_what_is_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
