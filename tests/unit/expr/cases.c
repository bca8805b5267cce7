/* SPDX-License-Identifier: MIT */
/*
 * Every case of tests/cases/expressions.yaml. A case with `name` defines that name for the cases after it; one with `value` must be that
 * many of `unit`; one with only `unit` must have its dimension; one with `error` must be refused with this kind of message in this column.
 */
#include "expr/support.h"

#include "cases.h"

static const char path[] = "tests/cases/expressions.yaml";

struct world {
    struct bench bench;
    test_cases cases;
};

static int make_world(void **state) {
    static struct world world;
    world.bench = bench_open();
    world.cases = test_cases_read(path);
    *state = &world;
    return 0;
}

static int end_world(void **state) {
    struct world *world = *state;
    bench_close(&world->bench);
    test_cases_free(&world->cases);
    return 0;
}

static bool complain(const test_case *item, const char *what, const char *found) {
    print_error("%s:%u: `%s`: %s: found `%s`\n", path, item->line, test_case_text_or(item, "text", ""), what, found);
    return false;
}

static bool complain_number(const test_case *item, const char *what, double found) {
    print_error("%s:%u: `%s`: %s: found %.17g\n", path, item->line, test_case_text_or(item, "text", ""), what, found);
    return false;
}

/* --- what is accepted ----------------------------------------------------------------------------------------------------------------- */

static bool has_value(const struct bench *bench, const test_case *item, const aici_expr *tree) {
    double found = 0, scale = bench_unit(bench, test_case_text_or(item, "unit", "1")).scale;
    if (!aici_expr_constant(tree, &found))
        return complain(item, "value", "no constant");
    double wanted = test_case_number(item, "value") * scale;
    return nearly_equal(found, wanted) || complain_number(item, "value", found / scale);
}

static bool has_unit(const struct bench *bench, const test_case *item, const aici_expr *tree) {
    aici_unit unit = bench_unit(bench, test_case_text(item, "unit"));
    return aici_dimension_equal(&unit.dimension, &tree->type.dimension) || complain(item, "unit", unit_text(bench, tree));
}

static bool has_text(const test_case *item, const char *key, const char *found) {
    return strcmp(test_case_text(item, key), found) == 0 || complain(item, key, found);
}

static bool is_accepted(const struct bench *bench, const test_case *item, const aici_expr *tree) {
    bool good = true;
    if (test_case_text(item, "unit"))
        good = has_unit(bench, item, tree) && good;
    if (test_case_text(item, "value"))
        good = has_value(bench, item, tree) && good;
    if (test_case_text(item, "prints"))
        good = has_text(item, "prints", printed(bench, tree)) && good;
    if (test_case_text(item, "years"))
        good = has_text(item, "years", years_text(bench, tree)) && good;
    if (test_case_text(item, "truth"))
        good = has_text(item, "truth", constant_of(tree) != 0 ? "true" : "false") && good;
    if (test_case_text(item, "uncertain"))
        good = has_text(item, "uncertain", tree->type.uncertain ? "true" : "false") && good;
    return good;
}

/* --- what is refused ------------------------------------------------------------------------------------------------------------------ */

static bool is_refused(const struct bench *bench, const test_case *item) {
    const aic_report *report = bench->report;
    unsigned column = 0;
    bool good = true;
    aic_report_place(report, 0, NULL, &column, NULL, NULL);
    if (aic_report_code(report, 0) != code_named(test_case_text(item, "error")))
        good = complain_number(item, "error", aic_report_code(report, 0));
    if ((double)column != test_case_number(item, "column"))
        good = complain_number(item, "column", column);
    if (test_case_text(item, "says") && !strstr(aic_report_message(report, 0), test_case_text(item, "says")))
        good = complain(item, "says", aic_report_message(report, 0));
    if (test_case_text(item, "help") && !strstr(aic_report_hint(report, 0), test_case_text(item, "help")))
        good = complain(item, "help", aic_report_hint(report, 0));
    return good;
}

static bool holds(struct bench *bench, const test_case *item) {
    const aici_expr *tree = NULL;
    const char *expected = test_case_text(item, "expected"), *name = test_case_text(item, "name");
    aici_expectation expectation = {.any_dimension = true};
    bool refused = test_case_text(item, "error") != NULL;
    if (expected)
        expectation = bench_expect(bench, expected);
    bench->subject = expected ? "input" : "";
    aic_status status = bench_try(bench, test_case_text(item, "text"), expected ? &expectation : NULL, &tree);
    if (refused)
        return status != AIC_OK ? is_refused(bench, item) : complain(item, "error", "none");
    if (status != AIC_OK)
        return complain(item, "refused", aic_report_message(bench->report, 0));
    if (name)
        bench_name_tree(bench, name, tree);
    return is_accepted(bench, item, tree);
}

static void every_case_of_the_file_holds(void **state) {
    struct world *world = *state;
    size_t bad = 0;
    for (size_t i = 0; i < world->cases.count; i++)
        bad += !holds(&world->bench, &world->cases.item[i]);
    assert_int_equal(bad, 0);
}

static void there_are_as_many_cases_as_are_asked_for(void **state) {
    const struct world *world = *state;
    assert_true(world->cases.count >= 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_of_the_file_holds),
        cmocka_unit_test(there_are_as_many_cases_as_are_asked_for),
    };
    return cmocka_run_group_tests(tests, make_world, end_world);
}
