/* SPDX-License-Identifier: MIT */
/* The worked example on real input, examples/scenarios/report.yaml: it binds as it stands, and survives being written. */
#include "stage.h"
#include <math.h>

static char *read_file(const char *path) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *text = calloc(1, 1 << 16);
    assert_true(fread(text, 1, (1 << 16) - 1, file) > 0);
    fclose(file);
    return text;
}

static struct stage report_on_stage(void) {
    char *text = read_file("examples/scenarios/report.yaml");
    struct stage stage = stage_read(text);
    free(text);
    stage_bind(&stage);
    return stage;
}

static const aici_claim *find_claim(const struct stage *stage, const char *id) {
    for (uint32_t i = 0; i < stage->bound->claim_count; i++)
        if (strcmp(stage->bound->claim[i].id, id) == 0)
            return &stage->bound->claim[i];
    fail_msg("no claim %s", id);
    return NULL;
}

static void the_report_binds_without_a_remark(void **state) {
    (void)state;
    struct stage stage = report_on_stage();
    assert_int_equal(aic_report_count(stage.report), 0);
    assert_int_equal(stage.bound->model_count, 12);
    assert_int_equal(stage.bound->claim_count, 20);
    assert_int_equal(stage.bound->source_count, 4);
    assert_int_equal(stage.bound->timeline->count, 10);
    assert_string_equal(aici_scenario_title(stage.scenario), "Digital economy 2024: compute demand, servers and growth");
    stage_clear(&stage);
}

static void figures_of_the_report_are_exact(void **state) {
    (void)state;
    struct stage stage = report_on_stage();
    assert_true(stage_value(&stage, "chatgpt.parameters") == 1e12);
    assert_true(stage_value(&stage, "chatgpt.queries_per_day") == 6e8);
    assert_true(fabs(stage_value(&stage, "china_ai_servers.end") * 31557600 / 1089.4e8 - 1) < 4e-16);
    assert_true(stage_value(&stage, "chatgpt.utilization") == 0.32);
    stage_clear(&stage);
}

static void quantities_of_the_report_know_their_sources(void **state) {
    (void)state;
    struct stage stage = report_on_stage();
    const aici_quantity *peak = stage_quantity(&stage, "t4_peak");
    assert_string_equal(stage.bound->source[peak->source].publisher, "China Galaxy Securities");
    assert_string_equal(peak->note, "FP16 tensor");
    assert_int_equal(peak->place.line, 16);
    stage_clear(&stage);
}

static void rounded_figures_of_the_report_keep_their_digits(void **state) {
    (void)state;
    struct stage stage = report_on_stage();
    const aici_quantity *start = stage_quantity(&stage, "china_ai_servers.start"), *end = stage_quantity(&stage, "china_ai_servers.end");
    assert_true(start->rounded && start->digits == 3);
    assert_true(end->rounded && end->digits == 0);
    double year = 31557600;
    assert_true(fabs(aici_expr_half_digit(aici_expr_literal(start->tree), start->digits) * year - 0.5e8) < 1);
    assert_true(fabs(aici_expr_half_digit(aici_expr_literal(end->tree), end->digits) * year - 0.05e8) < 1);
    assert_false(stage_quantity(&stage, "chatgpt.parameters")->rounded);
    stage_clear(&stage);
}

static void claims_of_the_report_are_intervals(void **state) {
    (void)state;
    struct stage stage = report_on_stage();
    const aici_claim *rate = find_claim(&stage, "INF-05"), *growth = find_claim(&stage, "AIS-02"), *days = find_claim(&stage, "TRN-12");
    assert_true(rate->published == 118e18 && rate->low == 117.5e18 && rate->high == 118.5e18);
    assert_int_equal(rate->expected, AICI_VERDICT_DIFFERS);
    assert_string_equal(rate->unit, "FLOP/s");
    assert_string_equal(rate->shown, "EFLOP/s");
    assert_int_equal(growth->statement, AICI_STATEMENT_AT_LEAST);
    assert_true(isinf(growth->high) && growth->low == growth->published);
    assert_int_equal(days->reading_count, 1);
    assert_string_equal(days->reading[0].name, "from the printed 2.6e24");
    assert_string_equal(days->unit, "day");
    assert_true(days->unit_scale == 86400);
    stage_clear(&stage);
}

static void the_claim_about_one_year_has_the_unit_of_the_series(void **state) {
    (void)state;
    struct stage stage = report_on_stage();
    const aici_claim *market = find_claim(&stage, "AIS-10");
    assert_string_equal(market->unit, "CNY/year");
    assert_int_equal(market->computed->kind, AICI_EXPR_INDEX);
    stage_clear(&stage);
}

static void the_report_written_is_the_report(void **state) {
    (void)state;
    struct stage stage = report_on_stage();
    char *written = stage_yaml(&stage);
    struct stage again = stage_read(written);
    stage_bind(&again);
    assert_int_equal(again.bound->quantity_count, stage.bound->quantity_count);
    for (uint32_t i = 0; i < stage.bound->quantity_count; i++) {
        const aici_quantity *left = &stage.bound->quantity[i], *right = &again.bound->quantity[i];
        assert_string_equal(left->name, right->name);
        assert_string_equal(left->unit, right->unit);
        assert_string_equal(left->note, right->note);
        assert_int_equal(left->source, right->source);
        double a = 0, b = 0;
        assert_int_equal(aici_expr_constant(left->tree, &a), aici_expr_constant(right->tree, &b));
        assert_true(a == b);
    }
    char *twice = stage_yaml(&again);
    assert_string_equal(twice, written);
    free(twice);
    free(written);
    stage_clear(&again);
    stage_clear(&stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_report_binds_without_a_remark),
        cmocka_unit_test(figures_of_the_report_are_exact),
        cmocka_unit_test(quantities_of_the_report_know_their_sources),
        cmocka_unit_test(rounded_figures_of_the_report_keep_their_digits),
        cmocka_unit_test(claims_of_the_report_are_intervals),
        cmocka_unit_test(the_claim_about_one_year_has_the_unit_of_the_series),
        cmocka_unit_test(the_report_written_is_the_report),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
