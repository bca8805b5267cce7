/* SPDX-License-Identifier: MIT */
/* Changing scenarios: what each call does, what it refuses, and that a call that fails changes nothing. */
#include "stage.h"

static const char market[] = "sources: {idc: a market report}\n"
                             "timeline: 2021..2024\n"
                             "assumptions:\n"
                             "  visits: {value: 6e7 visit/day, source: idc, note: from the app, rounded: true}\n"
                             "  share: 40 %\n"
                             "  demand: {start: 5 FLOP, start_year: 2021, growth: 5 %/year, note: guessed}\n"
                             "models:\n"
                             "  split: {kind: workload_split, training_compute: 8 FLOP, training_share: share}\n"
                             "  cost: {kind: breakdown, total: 100 USD, shares: {gpu: 70 %, memory: {value: 20 %, of: gpu}}}\n"
                             "  image: {kind: visual_tokens, images: 1 image, height: 4 pixel, width: 4 pixel, patch: 2 pixel}\n"
                             "calculations:\n"
                             "  twice: split.total_compute * 2\n"
                             "claims:\n"
                             "  - {id: C1, published: 40 FLOP, computed: twice}\n";

/* What a failed call must leave as it was. */
struct before {
    char *yaml;
    aici_bound *bound;
};

static struct before look(struct stage *stage) {
    struct before before = {stage_yaml(stage), NULL};
    assert_int_equal(aici_scenario_bind(stage->scenario, &before.bound, NULL), AIC_OK);
    return before;
}

static void expect_refused(struct stage *stage, struct before before, aic_status status, enum aici_code code) {
    stage_expect_code(stage, status, code);
    char *yaml = stage_yaml(stage);
    aici_bound *bound = NULL;
    assert_int_equal(aici_scenario_bind(stage->scenario, &bound, NULL), AIC_OK);
    assert_string_equal(yaml, before.yaml);
    assert_ptr_equal(bound, before.bound);
    aici_bound_unref(bound);
    aici_bound_unref(before.bound);
    free(before.yaml);
    free(yaml);
}

static bool yaml_has(const struct stage *stage, const char *words) {
    char *yaml = stage_yaml(stage);
    bool found = strstr(yaml, words) != NULL;
    if (!found)
        print_message("no `%s` in\n%s\n", words, yaml);
    free(yaml);
    return found;
}

/* --- set ------------------------------------------------------------------------------------------------------------------------------ */

static void setting_an_assumption_changes_what_depends_on_it(void **state) {
    (void)state;
    struct stage stage = stage_of(market);
    stage_expect(&stage, aici_scenario_set(stage.scenario, "share", "50 %", stage.report));
    stage_bind(&stage);
    assert_true(stage_value(&stage, "twice") == 32);
    stage_clear(&stage);
}

static void what_is_said_of_a_quantity_stays_when_it_is_set(void **state) {
    (void)state;
    struct stage stage = stage_of(market);
    stage_expect(&stage, aici_scenario_set(stage.scenario, "visits", "7e7 visit/day", stage.report));
    stage_bind(&stage);
    const aici_quantity *visits = stage_quantity(&stage, "visits");
    assert_string_equal(visits->note, "from the app");
    assert_string_equal(stage.bound->source[visits->source].id, "idc");
    stage_clear(&stage);
}

static void a_new_value_is_not_rounded_because_the_old_one_was(void **state) {
    (void)state;
    struct stage stage = stage_of(market);
    stage_expect(&stage, aici_scenario_set(stage.scenario, "visits", "share * 1e8 visit/day", stage.report));
    stage_bind(&stage);
    assert_false(stage_quantity(&stage, "visits")->rounded);
    stage_clear(&stage);
}

static void setting_takes_the_place_of_any_form(void **state) {
    (void)state;
    struct stage stage = stage_of(market);
    stage_expect(&stage, aici_scenario_set(stage.scenario, "demand", "3 FLOP", stage.report));
    assert_true(yaml_has(&stage, "demand: {note: guessed, value: 3 FLOP}"));
    stage_clear(&stage);
}

static void an_input_that_was_a_default_can_be_set(void **state) {
    (void)state;
    struct stage stage = stage_of(market);
    stage_expect(&stage, aici_scenario_set(stage.scenario, "image.channels", "4", stage.report));
    stage_expect(&stage, aici_scenario_set(stage.scenario, "image.partial_patches", "crop", stage.report));
    stage_expect(&stage, aici_scenario_set(stage.scenario, "image.channels_as_tokens", "true", stage.report));
    stage_bind(&stage);
    assert_false(stage_quantity(&stage, "image.channels")->is_default);
    assert_true(stage_value(&stage, "image.channels") == 4);
    stage_clear(&stage);
}

static void a_component_can_be_set(void **state) {
    (void)state;
    struct stage stage = stage_of(market);
    stage_expect(&stage, aici_scenario_set(stage.scenario, "cost.shares.memory", "50 %", stage.report));
    stage_bind(&stage);
    assert_true(stage_value(&stage, "cost.memory") == 35);
    stage_clear(&stage);
}

static void a_calculation_can_be_set(void **state) {
    (void)state;
    struct stage stage = stage_of(market);
    stage_expect(&stage, aici_scenario_set(stage.scenario, "twice", "split.total_compute * 3", stage.report));
    stage_bind(&stage);
    assert_true(stage_value(&stage, "twice") == 60);
    stage_clear(&stage);
}

struct refusal {
    const char *name, *expression;
    enum aici_code code;
    const char *hint; /* words of it */
};

static void what_cannot_be_set_is_refused_and_changes_nothing(void **state) {
    (void)state;
    static const struct refusal refusals[] = {
        {"shares", "50 %", AICI_CODE_QUANTITY_UNKNOWN, "`share`"},
        {"split.training_shar", "50 %", AICI_CODE_QUANTITY_UNKNOWN, "`split.training_share`"},
        {"spilt.training_share", "50 %", AICI_CODE_QUANTITY_UNKNOWN, "`split.training_share`"},
        {"split.total_compute", "50 FLOP", AICI_CODE_READ_ONLY, "inputs"},
        {"cost.gpu", "50 USD", AICI_CODE_READ_ONLY, "inputs"},
        {"cost.shares.gpus", "50 %", AICI_CODE_QUANTITY_UNKNOWN, "`cost.shares.gpu`"},
        {"cost.shares", "50 %", AICI_CODE_QUANTITY_UNKNOWN, ""},
        {"split", "5", AICI_CODE_QUANTITY_UNKNOWN, "`split."},
        {"", "5", AICI_CODE_QUANTITY_UNKNOWN, ""},
        {"share.x.y.z", "5", AICI_CODE_QUANTITY_UNKNOWN, ""},
        {"share", "50 % +", AICI_CODE_EXPR_SYNTAX, ""},
        {"share", "", AICI_CODE_EXPR_SYNTAX, ""},
        {"share", "50 FLOP", AICI_CODE_DIMENSION, ""},
        {"share", "split.training_share", AICI_CODE_CYCLE, ""},
        {"share", "120 %", AICI_CODE_OUT_OF_BOUNDS, "training"},
        {"share", "nothing", AICI_CODE_UNKNOWN_NAME, ""},
        {"visits", "5 vist/day", AICI_CODE_UNIT_UNKNOWN, "`visit`"},
        {"image.partial_patches", "cut", AICI_CODE_INPUT_VALUE, ""},
        {"image.partial_patches", "pat", AICI_CODE_INPUT_VALUE, "`pad`"},
        {"image.channels_as_tokens", "yes", AICI_CODE_INPUT_VALUE, ""},
    };
    struct stage stage = stage_of(market);
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        struct before before = look(&stage);
        aic_status status = aici_scenario_set(stage.scenario, refusals[i].name, refusals[i].expression, stage.report);
        if (!strstr(aic_report_hint(stage.report, 0), refusals[i].hint))
            stage_fail(&stage, refusals[i].hint);
        expect_refused(&stage, before, status, refusals[i].code);
    }
    stage_clear(&stage);
}

static void a_text_that_is_no_text_is_refused(void **state) {
    (void)state;
    struct stage stage = stage_of(market);
    expect_refused(&stage, look(&stage), aici_scenario_set(stage.scenario, "share", "5 \xff", stage.report), AICI_CODE_ENCODING);
    expect_refused(&stage, look(&stage), aici_scenario_set_header(stage.scenario, "title", "\xc3\x28", stage.report), AICI_CODE_ENCODING);
    stage_clear(&stage);
}

/* --- years ---------------------------------------------------------------------------------------------------------------------------- */

static void a_year_makes_a_quantity_a_series(void **state) {
    (void)state;
    struct stage stage = stage_of(market);
    stage_expect(&stage, aici_scenario_remove(stage.scenario, "C1", stage.report));
    stage_expect(&stage, aici_scenario_set_year(stage.scenario, "split.training_share", 2022, "30 %", stage.report));
    stage_expect(&stage, aici_scenario_set_year(stage.scenario, "split.training_share", 2023, "50 %", stage.report));
    stage_bind(&stage);
    assert_int_equal(stage_quantity(&stage, "split.training_share")->tree->type.years->count, 2);
    stage_clear(&stage);
}

static void a_year_keeps_what_is_said_and_how_years_are_filled(void **state) {
    (void)state;
    struct stage stage =
        stage_of("timeline: 2021..2024\n"
                 "assumptions: {a: {series: {2021: 1, 2023: 3}, between: linear, note: x}, b: {value: 2, note: as read}, c: {2021: 1}}\n");
    stage_expect(&stage, aici_scenario_set_year(stage.scenario, "a", 2024, "5", stage.report));
    stage_expect(&stage, aici_scenario_set_year(stage.scenario, "a", 2021, "2", stage.report));
    stage_expect(&stage, aici_scenario_set_year(stage.scenario, "b", 2022, "7", stage.report));
    stage_expect(&stage, aici_scenario_set_year(stage.scenario, "c", 2022, "8", stage.report));
    assert_true(yaml_has(&stage, "a: {series: {2021: 2, 2023: 3, 2024: 5}, between: linear, note: x}"));
    assert_true(yaml_has(&stage, "b: {note: as read, series: {2022: 7}}"));
    assert_true(yaml_has(&stage, "c: {2021: 1, 2022: 8}"));
    stage_clear(&stage);
}

static void a_year_outside_the_timeline_is_refused(void **state) {
    (void)state;
    struct stage stage = stage_of(market);
    expect_refused(&stage, look(&stage), aici_scenario_set_year(stage.scenario, "split.training_share", 2031, "30 %", stage.report),
                   AICI_CODE_YEAR_OUTSIDE);
    expect_refused(&stage, look(&stage), aici_scenario_set_year(stage.scenario, "split.training_share", -5, "30 %", stage.report),
                   AICI_CODE_BAD_SERIES);
    stage_clear(&stage);
}

static void one_year_of_what_a_formula_makes_is_refused(void **state) {
    (void)state;
    struct stage stage =
        stage_of("timeline: 2021..2024\n"
                 "assumptions: {g: {start: 5, start_year: 2021, growth: 20 %/year}, a: {2021: 1, 2024: 3}, b: a * 2, c: 7}\n");
    expect_refused(&stage, look(&stage), aici_scenario_set_year(stage.scenario, "g", 2022, "7", stage.report), AICI_CODE_BAD_SERIES);
    stage_bind(&stage);
    expect_refused(&stage, look(&stage), aici_scenario_set_year(stage.scenario, "g", 2022, "7", stage.report), AICI_CODE_BAD_SERIES);
    expect_refused(&stage, look(&stage), aici_scenario_set_year(stage.scenario, "b", 2022, "7", stage.report), AICI_CODE_BAD_SERIES);
    stage_expect(&stage, aici_scenario_set_year(stage.scenario, "c", 2022, "7", stage.report));
    stage_expect(&stage, aici_scenario_set(stage.scenario, "g", "7", stage.report));
    stage_clear(&stage);
}

/* --- properties ----------------------------------------------------------------------------------------------------------------------- */

static void properties_stand_beside_the_value(void **state) {
    (void)state;
    struct stage stage = stage_of(market);
    stage_expect(&stage, aici_scenario_set_property(stage.scenario, "share", "note", "no", stage.report));
    stage_expect(&stage, aici_scenario_set_property(stage.scenario, "share", "source", "idc", stage.report));
    stage_expect(&stage, aici_scenario_set_property(stage.scenario, "share", "rounded", "true", stage.report));
    stage_expect(&stage, aici_scenario_set_property(stage.scenario, "share", "digits", "1", stage.report));
    stage_expect(&stage, aici_scenario_set_property(stage.scenario, "split.training_compute", "unit", "TFLOP", stage.report));
    stage_bind(&stage);
    const aici_quantity *share = stage_quantity(&stage, "share");
    assert_string_equal(share->note, "no");
    assert_true(share->rounded && share->digits == 1);
    assert_string_equal(stage_quantity(&stage, "split.training_compute")->shown, "TFLOP");
    stage_clear(&stage);
}

static void properties_that_cannot_be_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *name, *key, *text;
        enum aici_code code;
    } refusals[] = {
        {"share", "nota", "x", AICI_CODE_UNKNOWN_KEY},           {"share", "source", "icd", AICI_CODE_UNKNOWN_SOURCE},
        {"share", "unit", "tokn", AICI_CODE_UNIT_UNKNOWN},       {"share", "unit", "token", AICI_CODE_DIMENSION},
        {"share", "digits", "many", AICI_CODE_WRONG_SHAPE},      {"share", "rounded", "yes", AICI_CODE_WRONG_SHAPE},
        {"twice", "rounded", "true", AICI_CODE_ROUNDED_FORMULA}, {"image.channels", "note", "not given", AICI_CODE_QUANTITY_UNKNOWN},
        {"nobody", "note", "x", AICI_CODE_QUANTITY_UNKNOWN},
    };
    struct stage stage = stage_of(market);
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        struct before before = look(&stage);
        aic_status status = aici_scenario_set_property(stage.scenario, refusals[i].name, refusals[i].key, refusals[i].text, stage.report);
        expect_refused(&stage, before, status, refusals[i].code);
    }
    stage_clear(&stage);
}

/* --- the head ------------------------------------------------------------------------------------------------------------------------- */

static void the_head_can_be_set(void **state) {
    (void)state;
    struct stage stage = stage_of(market);
    stage_expect(&stage, aici_scenario_set_header(stage.scenario, "title", "Demand", stage.report));
    stage_expect(&stage, aici_scenario_set_header(stage.scenario, "description", "to 2030", stage.report));
    stage_expect(&stage, aici_scenario_set_header(stage.scenario, "timeline", "2021..2030", stage.report));
    stage_expect(&stage, aici_scenario_set_header(stage.scenario, "currency", "CNY", stage.report));
    stage_bind(&stage);
    assert_string_equal(aici_scenario_title(stage.scenario), "Demand");
    assert_string_equal(stage.bound->description, "to 2030");
    assert_int_equal(stage.bound->timeline->count, 10);
    stage_clear(&stage);
}

static void a_head_that_cannot_be_is_refused(void **state) {
    (void)state;
    struct stage stage = stage_of(market);
    expect_refused(&stage, look(&stage), aici_scenario_set_header(stage.scenario, "titel", "x", stage.report), AICI_CODE_UNKNOWN_KEY);
    expect_refused(&stage, look(&stage), aici_scenario_set_header(stage.scenario, "timeline", "2022..2024", stage.report),
                   AICI_CODE_YEAR_OUTSIDE);
    expect_refused(&stage, look(&stage), aici_scenario_set_header(stage.scenario, "timeline", "soon", stage.report),
                   AICI_CODE_BAD_TIMELINE);
    expect_refused(&stage, look(&stage), aici_scenario_set_header(stage.scenario, "currency", "YUAN", stage.report),
                   AICI_CODE_UNKNOWN_CURRENCY);
    stage_clear(&stage);
}

/* --- removing ------------------------------------------------------------------------------------------------------------------------- */

static void things_can_be_removed(void **state) {
    (void)state;
    struct stage stage = stage_of(market);
    stage_expect(&stage, aici_scenario_remove(stage.scenario, "C1", stage.report));
    stage_expect(&stage, aici_scenario_remove(stage.scenario, "twice", stage.report));
    stage_expect(&stage, aici_scenario_remove(stage.scenario, "split", stage.report));
    stage_expect(&stage, aici_scenario_remove(stage.scenario, "share", stage.report));
    stage_expect(&stage, aici_scenario_remove(stage.scenario, "cost.shares.memory", stage.report));
    stage_bind(&stage);
    assert_int_equal(stage.bound->claim_count, 0);
    assert_int_equal(stage.bound->model_count, 2);
    assert_int_equal(aici_bound_find(stage.bound, "share"), AICI_NONE);
    assert_int_equal(aici_bound_find(stage.bound, "cost.memory"), AICI_NONE);
    stage_clear(&stage);
}

static void an_input_falls_back_on_its_default(void **state) {
    (void)state;
    struct stage stage = stage_of(market);
    stage_expect(&stage, aici_scenario_set(stage.scenario, "image.channels", "4", stage.report));
    stage_expect(&stage, aici_scenario_remove(stage.scenario, "image.channels", stage.report));
    stage_bind(&stage);
    assert_true(stage_quantity(&stage, "image.channels")->is_default);
    stage_clear(&stage);
}

static void what_others_need_is_not_removed(void **state) {
    (void)state;
    struct stage stage = stage_of(market);
    expect_refused(&stage, look(&stage), aici_scenario_remove(stage.scenario, "share", stage.report), AICI_CODE_UNKNOWN_NAME);
    expect_refused(&stage, look(&stage), aici_scenario_remove(stage.scenario, "twice", stage.report), AICI_CODE_UNKNOWN_NAME);
    expect_refused(&stage, look(&stage), aici_scenario_remove(stage.scenario, "split.training_compute", stage.report),
                   AICI_CODE_MISSING_INPUT);
    expect_refused(&stage, look(&stage), aici_scenario_remove(stage.scenario, "image.channels", stage.report), AICI_CODE_QUANTITY_UNKNOWN);
    expect_refused(&stage, look(&stage), aici_scenario_remove(stage.scenario, "nobody", stage.report), AICI_CODE_QUANTITY_UNKNOWN);
    stage_clear(&stage);
}

/* --- memory of changes ---------------------------------------------------------------------------------------------------------------- */

static void places_in_the_file_survive_changes_elsewhere(void **state) {
    (void)state;
    struct stage stage = stage_of(market);
    for (int i = 0; i < 3000; i++) /* enough to renew the memory of the changes */
        stage_expect(&stage, aici_scenario_set(stage.scenario, "share", i % 2 ? "40 %" : "45 %", stage.report));
    stage_expect(&stage, aici_scenario_set_property(stage.scenario, "split.training_compute", "note", "x", stage.report));
    stage_bind(&stage);
    assert_int_equal(stage_quantity(&stage, "visits")->place.line, 5);
    assert_int_equal(stage_quantity(&stage, "split.training_compute")->place.line, 9);
    assert_string_equal(stage_quantity(&stage, "split.training_compute")->place.source->name, "test.yaml");
    stage_clear(&stage);
}

static void a_copy_goes_its_own_way(void **state) {
    (void)state;
    struct stage stage = stage_of(market), copy = {aic_report_new(NULL), NULL, NULL};
    stage_expect(&stage, aici_scenario_set(stage.scenario, "share", "20 %", stage.report));
    stage_expect(&stage, aici_scenario_copy(stage.scenario, &copy.scenario, stage.report));
    stage_expect(&stage, aici_scenario_set(copy.scenario, "share", "80 %", stage.report));
    stage_expect(&stage, aici_scenario_remove(stage.scenario, "C1", stage.report));
    stage_bind(&stage);
    char *original = stage_yaml(&stage);
    aici_scenario_free(stage.scenario);
    stage.scenario = NULL;
    stage_bind(&copy);
    assert_true(stage_value(&stage, "share") == 0.2);
    assert_true(stage_value(&copy, "share") == 0.8);
    assert_int_equal(copy.bound->claim_count, 1);
    char *copied = stage_yaml(&copy);
    assert_string_not_equal(original, copied);
    free(original);
    free(copied);
    stage_clear(&copy);
    stage_clear(&stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(setting_an_assumption_changes_what_depends_on_it),
        cmocka_unit_test(what_is_said_of_a_quantity_stays_when_it_is_set),
        cmocka_unit_test(a_new_value_is_not_rounded_because_the_old_one_was),
        cmocka_unit_test(setting_takes_the_place_of_any_form),
        cmocka_unit_test(an_input_that_was_a_default_can_be_set),
        cmocka_unit_test(a_component_can_be_set),
        cmocka_unit_test(a_calculation_can_be_set),
        cmocka_unit_test(what_cannot_be_set_is_refused_and_changes_nothing),
        cmocka_unit_test(a_text_that_is_no_text_is_refused),
        cmocka_unit_test(a_year_makes_a_quantity_a_series),
        cmocka_unit_test(a_year_keeps_what_is_said_and_how_years_are_filled),
        cmocka_unit_test(a_year_outside_the_timeline_is_refused),
        cmocka_unit_test(one_year_of_what_a_formula_makes_is_refused),
        cmocka_unit_test(properties_stand_beside_the_value),
        cmocka_unit_test(properties_that_cannot_be_are_refused),
        cmocka_unit_test(the_head_can_be_set),
        cmocka_unit_test(a_head_that_cannot_be_is_refused),
        cmocka_unit_test(things_can_be_removed),
        cmocka_unit_test(an_input_falls_back_on_its_default),
        cmocka_unit_test(what_others_need_is_not_removed),
        cmocka_unit_test(places_in_the_file_survive_changes_elsewhere),
        cmocka_unit_test(a_copy_goes_its_own_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
