/* SPDX-License-Identifier: MIT */
/* What becomes of quantities: tests/cases/scenario_values.yaml. */
#include "cases.h"
#include "stage.h"
#include <math.h>

static bool differs(const char *what, const char *expected, const char *found) {
    if (!expected || strcmp(expected, found) == 0)
        return false;
    print_message("%s: expected `%s`, found `%s`\n", what, expected, found);
    return true;
}

static const char *role_of(const aici_quantity *quantity) {
    static const char *const roles[] = {"assumption", "input", "output", "calculation"};
    return quantity->is_default ? "default" : roles[quantity->role];
}

static bool has_other_value(const test_case *item, const aici_quantity *quantity) {
    double value = (double)NAN;
    if (!test_case_text(item, "value"))
        return false;
    double expected = test_case_number(item, "value");
    bool constant = aici_expr_constant(quantity->tree, &value);
    double scaled = value / quantity->unit_scale;
    if (constant && fabs(scaled - expected) <= 1e-15 * fabs(expected))
        return false;
    print_message("value: expected %.17g, found %.17g\n", expected, scaled);
    return true;
}

static bool has_other_years(const test_case *item, const aici_quantity *quantity) {
    const aici_years *years = quantity->tree->type.years;
    char text[200] = "";
    for (uint32_t i = 0; years && i < years->count; i++)
        sprintf(text + strlen(text), "%s%d", i > 0 ? " " : "", (int)years->year[i]);
    return differs("years", test_case_text(item, "years"), text);
}

static bool has_other_formula(const test_case *item, const aici_quantity *quantity) {
    aici_buffer buffer = aici_buffer_new(NULL);
    aici_expr_add_text(quantity->tree, NULL, &buffer);
    bool other = differs("formula", test_case_text(item, "formula"), aici_buffer_text(&buffer));
    aici_buffer_free(&buffer);
    return other;
}

/* "m.path timeline" */
static bool lacks_missing(const test_case *item, const aici_bound *bound) {
    const char *expected = test_case_text(item, "missing");
    char found[200];
    for (uint32_t i = 0; expected && i < bound->model_count; i++) {
        for (uint32_t k = 0; k < bound->model[i].missing_count; k++) {
            snprintf(found, sizeof found, "%s %s", bound->model[i].missing[k].name, bound->model[i].missing[k].needs);
            if (strcmp(found, expected) == 0)
                return false;
        }
    }
    if (expected)
        print_message("`%s` is not left out\n", expected);
    return expected != NULL;
}

static bool case_holds(const test_case *item) {
    struct stage stage = stage_of(test_case_text(item, "text"));
    const aici_quantity *quantity = stage_quantity(&stage, test_case_text(item, "name"));
    unsigned wrong = differs("unit", test_case_text(item, "unit"), quantity->unit);
    wrong += differs("shown", test_case_text(item, "shown"), quantity->shown ? quantity->shown : "");
    wrong += differs("role", test_case_text(item, "role"), role_of(quantity));
    wrong += has_other_value(item, quantity);
    wrong += has_other_years(item, quantity);
    wrong += has_other_formula(item, quantity);
    wrong += lacks_missing(item, stage.bound);
    if (wrong)
        print_message("line %u: %s\n", item->line, test_case_text(item, "says"));
    stage_clear(&stage);
    return wrong == 0;
}

static void each_quantity_becomes_what_it_says(void **state) {
    (void)state;
    test_cases cases = test_cases_read("tests/cases/scenario_values.yaml");
    size_t wrong = 0;
    for (size_t i = 0; i < cases.count; i++)
        wrong += !case_holds(&cases.item[i]);
    test_cases_free(&cases);
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_quantity_becomes_what_it_says)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
