/* SPDX-License-Identifier: MIT */
/* Tables of numbers in all four formats: people see each value in its best unit, programs see plain numbers and the unit in the head. */
#include "failing_allocator.h"
#include "result/json_reader.h"
#include "result/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct sample sample;
static aici_result_column column[3];
static aici_result_table table;
static const double rate[] = {1.5e18, (double)NAN}, cost[] = {1234.5, 2e9}, share[] = {0.8, -0.25};
static const char *const inputs[] = {"chat.utilization", "visits"};
static const char *const remarks[] = {"one point is not finite"};

static aici_result_column column_of(const char *name, const char *unit, const char *statistic, const double *value) {
    aici_result_column made = {.name = name, .unit = unit, .statistic = statistic, .value = value, .preferred = unit};
    made.scale = sample_unit(&sample, unit, &made.dimension);
    return made;
}

static int begin(void **state) {
    (void)state;
    sample_begin(&sample);
    column[0] = column_of("chat.rate", "FLOP/s", "", rate);
    column[1] = column_of("chat.cost", "USD", "p5", cost);
    column[2] = (aici_result_column){.name = "elasticity", .unit = "1", .statistic = "", .value = share, .scale = 1};
    table = (aici_result_table){.kind = "sweep",
                                .subject = "",
                                .row_head = "input",
                                .row = inputs,
                                .row_count = 2,
                                .column = column,
                                .column_count = 3,
                                .remark = remarks,
                                .remark_count = 1};
    sample.result->table = &table;
    sample.result->title = "A chat service";
    return 0;
}

static int end(void **state) {
    (void)state;
    sample_end(&sample);
    return 0;
}

static const char *written(int format) {
    return sample_text(&sample, &(aic_text_options){.size = sizeof(aic_text_options), .format = format});
}

static void people_see_each_value_in_its_best_unit(void **state) {
    (void)state;
    assert_string_equal(written(AIC_FORMAT_TEXT), "A chat service\n"
                                                  "\n"
                                                  "input               chat.rate  chat.cost p5  elasticity\n"
                                                  "chat.utilization  1.5 EFLOP/s    1.234k USD         0.8\n"
                                                  "visits                               2B USD       -0.25\n"
                                                  "\n"
                                                  "one point is not finite\n");
}

static void csv_has_units_in_the_head_and_nothing_for_what_is_not_finite(void **state) {
    (void)state;
    assert_string_equal(written(AIC_FORMAT_CSV), "input,chat.rate [FLOP/s],chat.cost p5 [USD],elasticity\r\n"
                                                 "chat.utilization,1.5e18,1234.5,0.8\r\n"
                                                 "visits,,2000000000,-0.25\r\n");
}

static void rows_without_labels_have_no_column_for_them(void **state) {
    (void)state;
    table.row = NULL;
    table.column_count = 1;
    assert_string_equal(written(AIC_FORMAT_CSV), "chat.rate [FLOP/s]\r\n1.5e18\r\n\r\n");
    assert_null(strstr(written(AIC_FORMAT_JSON), "\"rows\""));
}

static void json_has_a_list_a_column(void **state) {
    (void)state;
    const char *text = written(AIC_FORMAT_JSON);
    assert_true(json_is_valid(text));
    assert_non_null(strstr(text, "\"kind\": \"sweep\""));
    assert_non_null(strstr(text, "\"statistic\": \"p5\""));
    assert_non_null(strstr(text, "null"));
}

static void an_empty_table_is_a_head(void **state) {
    (void)state;
    table.row_count = 0;
    table.remark_count = 0;
    assert_string_equal(written(AIC_FORMAT_CSV), "input,chat.rate [FLOP/s],chat.cost p5 [USD],elasticity\r\n");
    table.column_count = 0;
    assert_true(json_is_valid(written(AIC_FORMAT_JSON)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(people_see_each_value_in_its_best_unit, begin, end),
        cmocka_unit_test_setup_teardown(csv_has_units_in_the_head_and_nothing_for_what_is_not_finite, begin, end),
        cmocka_unit_test_setup_teardown(rows_without_labels_have_no_column_for_them, begin, end),
        cmocka_unit_test_setup_teardown(json_has_a_list_a_column, begin, end),
        cmocka_unit_test_setup_teardown(an_empty_table_is_a_head, begin, end),
    };
    return cmocka_run_group_tests_name("result: columns", tests, NULL, NULL);
}
