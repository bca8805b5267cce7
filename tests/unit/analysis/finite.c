/* SPDX-License-Identifier: MIT */
/* What is said of an output that is not finite when a program is run with inputs of the caller's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/scene.h"
#include "eval/eval.h"

static struct scene scene;
static aici_program *program;
static double uniform[16];

/* x = 10 / (a - b), with a from the caller. */
static int begin(void **state) {
    (void)state;
    scene_begin(&scene, "assumptions: {a: 5 USD, b: 3 USD}\ncalculations: {x: 10 USD / (a - b)}\n");
    const aici_varying varying = {aici_bound_find(scene.bound, "a"), NULL, 1, false};
    const aici_wanted wanted = {aici_bound_find(scene.bound, "x"), NULL, AICI_NO_YEAR, 1};
    const aici_plan_request request = {scene.bound, &varying, 1, &wanted, 1, false, false};
    scene_expect_ok(&scene, aici_plan_compile(&request, NULL, &program, scene.report));
    assert_true(program->uniform_count <= sizeof uniform / sizeof *uniform);
    aici_eval_prepare(program, NULL, NULL, uniform, NULL);
    return 0;
}

static int end(void **state) {
    (void)state;
    aici_program_free(program);
    scene_end(&scene);
    return 0;
}

static aic_status report_for(double input, bool warning) {
    return aici_analysis_report_not_finite(scene.bound, program, uniform, &input, 0, warning, scene.report);
}

static void as_an_error_it_names_the_operation_with_its_operands(void **state) {
    (void)state;
    assert_int_equal(report_for(3, false), AIC_ERROR_DOMAIN);
    assert_int_equal(aic_report_severity(scene.report, 0), AIC_SEVERITY_ERROR);
    assert_int_equal(aic_report_code(scene.report, 0), AICI_CODE_NOT_FINITE);
    assert_string_equal(aic_report_message(scene.report, 0), "x: not a finite number: 10 USD / 0 USD divides by zero");
}

static void as_a_remark_it_fails_nothing(void **state) {
    (void)state;
    assert_int_equal(report_for(3, true), AIC_OK);
    assert_int_equal(aic_report_severity(scene.report, 0), AIC_SEVERITY_WARNING);
    assert_int_equal(aic_report_error_count(scene.report), 0);
    assert_string_equal(aic_report_message(scene.report, 0), "x: not a finite number: 10 USD / 0 USD divides by zero");
}

static void an_input_that_was_none_itself_is_said_so(void **state) {
    (void)state;
    assert_int_equal(report_for((double)NAN, false), AIC_ERROR_DOMAIN);
    assert_string_equal(aic_report_message(scene.report, 0), "not a finite number: what was given for an input is none");
}

static void it_needs_no_report(void **state) {
    (void)state;
    double input = 3;
    assert_int_equal(aici_analysis_report_not_finite(scene.bound, program, uniform, &input, 0, false, NULL), AIC_ERROR_DOMAIN);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(as_an_error_it_names_the_operation_with_its_operands),
        TEST(as_a_remark_it_fails_nothing),
        TEST(an_input_that_was_none_itself_is_said_so),
        TEST(it_needs_no_report),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
