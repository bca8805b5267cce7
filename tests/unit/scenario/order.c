/* SPDX-License-Identifier: MIT */
/* The order in which quantities can be computed, recursions over time, and how long a chain of names may be. */
#include "stage.h"
#include <pthread.h>

static uint32_t position_of(const struct stage *stage, const char *name) {
    uint32_t index = aici_bound_find(stage->bound, name), at = 0;
    while (stage->bound->order[at] != index)
        at++;
    return at;
}

static const aici_group *group_of(const struct stage *stage, const char *name) {
    uint32_t at = position_of(stage, name);
    for (uint32_t i = 0; i < stage->bound->group_count; i++)
        if (at >= stage->bound->group[i].first && at < stage->bound->group[i].first + stage->bound->group[i].count)
            return &stage->bound->group[i];
    fail();
    return NULL;
}

static void each_quantity_comes_after_what_it_needs(void **state) {
    (void)state;
    struct stage stage = stage_of("calculations: {d: c + m.multiple}\n"
                                  "models: {m: {kind: cagr, start: b, end: c, periods: 2}}\n"
                                  "assumptions: {c: b * a, b: a + 1, a: 2}\n");
    assert_true(position_of(&stage, "a") < position_of(&stage, "b"));
    assert_true(position_of(&stage, "b") < position_of(&stage, "c"));
    assert_true(position_of(&stage, "c") < position_of(&stage, "m.end"));
    assert_true(position_of(&stage, "m.end") < position_of(&stage, "m.multiple"));
    assert_true(position_of(&stage, "m.multiple") < position_of(&stage, "d"));
    stage_clear(&stage);
}

static void quantities_are_in_the_order_of_the_scenario(void **state) {
    (void)state;
    struct stage stage =
        stage_of("calculations: {d: c}\nmodels: {m: {kind: cagr, end: c, start: 1, periods: 2}}\nassumptions: {c: 2, a: 2}\n");
    static const char *const names[] = {"c", "a", "m.start", "m.end", "m.periods", "m.cagr", "m.multiple", "m.doubling_time", "d"};
    assert_int_equal(stage.bound->quantity_count, sizeof names / sizeof names[0]);
    for (uint32_t i = 0; i < stage.bound->quantity_count; i++)
        assert_string_equal(stage.bound->quantity[i].name, names[i]);
    assert_int_equal(stage.bound->model[0].first, 2);
    assert_int_equal(stage.bound->model[0].count, 6);
    stage_clear(&stage);
}

static void groups_cover_the_order(void **state) {
    (void)state;
    struct stage stage = stage_of("timeline: 2021..2023\nassumptions: {c: 2, s: \"previous(t, 1) + c\", t: \"s * 2\", u: t + s}\n");
    uint32_t next = 0;
    for (uint32_t i = 0; i < stage.bound->group_count; i++) {
        assert_int_equal(stage.bound->group[i].first, next);
        next += stage.bound->group[i].count;
    }
    assert_int_equal(next, stage.bound->quantity_count);
    stage_clear(&stage);
}

static void a_recursion_is_a_group_in_the_order_of_a_year(void **state) {
    (void)state;
    struct stage stage = stage_of("timeline: 2021..2023\nassumptions: {t: \"s * 2\", s: \"previous(t, 1) + c\", c: 2, u: t + s}\n");
    assert_ptr_equal(group_of(&stage, "s"), group_of(&stage, "t"));
    assert_true(group_of(&stage, "s")->recursive);
    assert_true(position_of(&stage, "s") < position_of(&stage, "t"));
    assert_false(group_of(&stage, "u")->recursive);
    assert_false(group_of(&stage, "c")->recursive);
    stage_clear(&stage);
}

static void a_quantity_may_recur_through_itself(void **state) {
    (void)state;
    struct stage stage = stage_of("timeline: 2021..2023\nassumptions: {s: \"previous(s, 1) * 2\"}\n");
    assert_true(group_of(&stage, "s")->recursive);
    assert_int_equal(stage_quantity(&stage, "s")->tree->type.years->count, 3);
    stage_clear(&stage);
}

static void names_in_trees_carry_the_numbers_of_quantities(void **state) {
    (void)state;
    /* an output that is left out late moves the numbers behind it */
    struct stage stage = stage_of("timeline: 2021..2024\n"
                                  "models: {m: {kind: share, part: {2021: 1, 2023: 2}, whole: 4}}\n"
                                  "calculations: {x: \"m.share[2021]\", y: x + 1}\n");
    const aici_quantity *y = stage_quantity(&stage, "y");
    assert_int_equal(y->tree->child[0]->as.name.symbol, aici_bound_find(stage.bound, "x"));
    assert_ptr_equal(y->tree->child[0]->as.name.definition, stage_quantity(&stage, "x")->tree);
    stage_clear(&stage);
}

static void errors_come_in_the_order_of_the_file(void **state) {
    (void)state;
    const char *text = "aicompute: 1\n"
                       "claims:\n"
                       "  - {id: c, computed: nope, published: 1}\n"
                       "calculations:\n"
                       "  z: missing\n"
                       "assumptions:\n"
                       "  b: b\n"
                       "  a: 1 token + 1 USD\n"
                       "units: {pod: 4 foobar}\n";
    struct stage stage = stage_read(text);
    assert_int_not_equal(aici_scenario_bind(stage.scenario, &stage.bound, stage.report), AIC_OK);
    static const unsigned lines[] = {3, 5, 7, 8, 9};
    assert_int_equal(aic_report_count(stage.report), 5);
    for (size_t i = 0; i < 5; i++) {
        unsigned line = 0;
        aic_report_place(stage.report, i, &line, NULL, NULL, NULL);
        assert_int_equal(line, lines[i]);
    }
    stage_clear(&stage);
}

/* --- length --------------------------------------------------------------------------------------------------------------------------- */

enum { LINKS = 100000 };

struct task {
    char *text;
    aic_status status;
    double last;
};

/* `a1: a0 + 1` and so on, the last first, or a circle of them all. */
static char *chain(bool closed) {
    char *text = malloc(LINKS * 32), *at = text;
    at += sprintf(at, "aicompute: 1\nassumptions:\n");
    for (int i = LINKS - 1; i > 0; i--)
        at += sprintf(at, "  a%d: a%d + 1\n", i, i - 1);
    sprintf(at, closed ? "  a0: a%d\n" : "  a0: 0\n", LINKS - 1);
    return text;
}

static void *bind_chain(void *argument) {
    struct task *task = argument;
    aic_scenario *scenario = NULL;
    aici_bound *bound = NULL;
    task->status = aici_scenario_read(NULL, NULL, "chain.yaml", task->text, strlen(task->text), &scenario, NULL);
    if (task->status == AIC_OK)
        task->status = aici_scenario_bind(scenario, &bound, NULL);
    if (bound)
        aici_expr_constant(bound->quantity[aici_bound_find(bound, "a99999")].tree, &task->last);
    aici_bound_unref(bound);
    aici_scenario_free(scenario);
    return NULL;
}

static struct task run_on_a_small_stack(char *text) {
    struct task task = {text, AIC_OK, 0};
    pthread_attr_t attributes;
    pthread_t thread;
    assert_int_equal(pthread_attr_init(&attributes), 0);
    assert_int_equal(pthread_attr_setstacksize(&attributes, 256 * 1024), 0);
    assert_int_equal(pthread_create(&thread, &attributes, bind_chain, &task), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    pthread_attr_destroy(&attributes);
    free(text);
    return task;
}

static void a_chain_of_100000_names_needs_little_stack(void **state) {
    (void)state;
    struct task task = run_on_a_small_stack(chain(false));
    assert_int_equal(task.status, AIC_OK);
    assert_true(task.last == LINKS - 1);
}

static void a_circle_of_100000_names_is_refused_on_a_small_stack(void **state) {
    (void)state;
    assert_int_equal(run_on_a_small_stack(chain(true)).status, AIC_ERROR_SCENARIO);
}

static void a_long_circle_is_told_in_short(void **state) {
    (void)state;
    char *text = chain(true);
    struct stage stage = stage_read(text);
    assert_int_equal(aici_scenario_bind(stage.scenario, &stage.bound, stage.report), AIC_ERROR_SCENARIO);
    assert_int_equal(aic_report_count(stage.report), 1);
    assert_int_equal(aic_report_code(stage.report, 0), AICI_CODE_CYCLE);
    assert_non_null(strstr(aic_report_message(stage.report, 0), "a99999 -> a99998 -> a99997"));
    assert_non_null(strstr(aic_report_message(stage.report, 0), "… -> a0 -> a99999"));
    free(text);
    stage_clear(&stage);
}

/* A sum as long as the limit allows leans to the left as deep as it is long. */
static void a_sum_of_thousands_of_terms_needs_little_stack(void **state) {
    (void)state;
    char *text = malloc(LINKS * 8), *at = text;
    at += sprintf(at, "aicompute: 1\nassumptions:\n  a0: 0\n  a99999: {unit: token, value: a0");
    for (int i = 0; i < 40000; i++)
        at += sprintf(at, " + 1");
    sprintf(at, "}\n");
    struct task task = run_on_a_small_stack(text);
    assert_int_equal(task.status, AIC_ERROR_UNIT); /* the sum is a ratio, and `unit` says token */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_quantity_comes_after_what_it_needs),
        cmocka_unit_test(quantities_are_in_the_order_of_the_scenario),
        cmocka_unit_test(groups_cover_the_order),
        cmocka_unit_test(a_recursion_is_a_group_in_the_order_of_a_year),
        cmocka_unit_test(a_quantity_may_recur_through_itself),
        cmocka_unit_test(names_in_trees_carry_the_numbers_of_quantities),
        cmocka_unit_test(errors_come_in_the_order_of_the_file),
        cmocka_unit_test(a_chain_of_100000_names_needs_little_stack),
        cmocka_unit_test(a_circle_of_100000_names_is_refused_on_a_small_stack),
        cmocka_unit_test(a_long_circle_is_told_in_short),
        cmocka_unit_test(a_sum_of_thousands_of_terms_needs_little_stack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
