/* SPDX-License-Identifier: MIT */
/* Library files beside a scenario, and the list of kinds that a scenario knows. */
#include "stage.h"

static const char library[] = "aicompute: 1\n"
                              "title: Kinds of ours\n"
                              "sources: {ours: our own book, s: theirs}\n"
                              "units: {robot: base, crew: 4 robot}\n"
                              "definitions:\n"
                              "  rent:\n"
                              "    title: Rent of robots\n"
                              "    inputs:\n"
                              "      fleet: {unit: robot, above: 0, doc: robots rented}\n"
                              "      price: {unit: money/robot/year, above: 0, doc: price of one for a year}\n"
                              "    outputs:\n"
                              "      rent: {unit: money/year, formula: fleet * price, doc: rent a year}\n";

static const char scenario[] =
    "aicompute: 1\n"
    "sources: {s: ours counts first}\n"
    "models: {r: {kind: rent, fleet: {value: 2 crew, source: ours}, price: {value: 5 EUR/robot/year, source: s}}}\n";

static struct stage with_library(void) {
    struct stage stage = stage_read(scenario);
    stage_expect(&stage, aici_scenario_add_library(stage.scenario, "kinds.yaml", library, strlen(library), stage.report));
    return stage;
}

static void a_library_brings_kinds_units_and_sources(void **state) {
    (void)state;
    struct stage stage = with_library();
    stage_bind(&stage);
    assert_true(stage_value(&stage, "r.rent") == 40);
    assert_string_equal(stage.bound->source[stage_quantity(&stage, "r.fleet")->source].title, "our own book");
    assert_string_equal(stage.bound->source[stage_quantity(&stage, "r.price")->source].title, "ours counts first");
    assert_false(stage.bound->model[0].kind->built_in);
    assert_string_equal(stage_quantity(&stage, "r.rent")->place.source->name, "kinds.yaml");
    stage_clear(&stage);
}

static void a_library_is_not_written_with_the_scenario(void **state) {
    (void)state;
    struct stage stage = with_library();
    char *yaml = stage_yaml(&stage);
    assert_null(strstr(yaml, "definitions"));
    free(yaml);
    stage_clear(&stage);
}

static void a_copy_keeps_its_libraries(void **state) {
    (void)state;
    struct stage stage = with_library(), copy = {aic_report_new(NULL), NULL, NULL};
    stage_expect(&stage, aici_scenario_copy(stage.scenario, &copy.scenario, stage.report));
    stage_clear(&stage);
    stage_bind(&copy);
    assert_true(stage_value(&copy, "r.rent") == 40);
    stage_clear(&copy);
}

static void a_library_that_does_not_fit_a_bound_scenario_is_refused(void **state) {
    (void)state;
    struct stage stage = stage_of("units: {robot: base}\nassumptions: {a: 3 robot}\n");
    aici_bound *again = NULL;
    stage_expect_code(&stage, aici_scenario_add_library(stage.scenario, "kinds.yaml", library, strlen(library), stage.report),
                      AICI_CODE_UNIT_REDEFINED);
    stage_expect(&stage, aici_scenario_bind(stage.scenario, &again, stage.report));
    assert_ptr_equal(again, stage.bound);
    aici_bound_unref(again);
    stage_expect(&stage, aici_scenario_set(stage.scenario, "a", "4 robot", stage.report));
    stage_clear(&stage);
}

static void a_library_can_be_added_to_a_bound_scenario(void **state) {
    (void)state;
    struct stage stage = stage_of("assumptions: {a: 3}\n");
    stage_expect(&stage, aici_scenario_add_library(stage.scenario, "kinds.yaml", library, strlen(library), stage.report));
    stage_expect(&stage, aici_scenario_set(stage.scenario, "a", "2 crew", stage.report));
    stage_bind(&stage);
    assert_string_equal(stage_quantity(&stage, "a")->unit, "robot");
    stage_clear(&stage);
}

static void a_library_that_is_no_yaml_leaves_the_scenario_alone(void **state) {
    (void)state;
    struct stage stage = stage_of("assumptions: {a: 3}\n");
    assert_int_not_equal(aici_scenario_add_library(stage.scenario, "kinds.yaml", "{", 1, stage.report), AIC_OK);
    aic_report_clear(stage.report);
    stage_bind(&stage);
    stage_clear(&stage);
}

static void all_kinds_are_listed(void **state) {
    (void)state;
    struct stage stage = with_library();
    aici_arena *arena = aici_arena_new(NULL);
    const aici_kind *const *kinds = NULL;
    aici_units *units = NULL;
    size_t count = 0;
    stage_expect(&stage, aici_scenario_kinds(stage.scenario, arena, &kinds, &count, &units, stage.report));
    assert_int_equal(count, aici_built_in_kind_count + 1);
    assert_string_equal(kinds[0]->name, "rent");
    assert_string_equal(kinds[1]->name, "adoption");
    assert_true(aici_units_knows(units, aici_slice_of("crew")));
    aici_units_free(units);
    stage_expect(&stage, aici_scenario_kinds(NULL, arena, &kinds, &count, &units, stage.report));
    assert_int_equal(count, aici_built_in_kind_count);
    aici_units_free(units);
    aici_arena_free(arena);
    stage_clear(&stage);
}

static void faulty_kinds_are_not_listed(void **state) {
    (void)state;
    struct stage stage = stage_read("aicompute: 1\ndefinitions: {mine: {title: x}}\n");
    aici_arena *arena = aici_arena_new(NULL);
    const aici_kind *const *kinds = NULL;
    aici_units *units = NULL;
    size_t count = 7;
    assert_int_not_equal(aici_scenario_kinds(stage.scenario, arena, &kinds, &count, &units, stage.report), AIC_OK);
    assert_true(!kinds && !units && count == 7);
    aici_arena_free(arena);
    stage_clear(&stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_library_brings_kinds_units_and_sources),
        cmocka_unit_test(a_library_is_not_written_with_the_scenario),
        cmocka_unit_test(a_copy_keeps_its_libraries),
        cmocka_unit_test(a_library_that_does_not_fit_a_bound_scenario_is_refused),
        cmocka_unit_test(a_library_can_be_added_to_a_bound_scenario),
        cmocka_unit_test(a_library_that_is_no_yaml_leaves_the_scenario_alone),
        cmocka_unit_test(all_kinds_are_listed),
        cmocka_unit_test(faulty_kinds_are_not_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
