/* SPDX-License-Identifier: MIT */
/* Units through the public interface. */
#include "support.h"

static double convert(const aic_units *units, double value, const char *from, const char *to) {
    double result = (double)NAN;
    assert_int_equal(aic_units_convert(units, value, from, to, &result, NULL), AIC_OK);
    return result;
}

static void units_convert_between_equal_dimensions(void **state) {
    (void)state;
    aic_units *units = NULL;
    assert_int_equal(aic_units_new(NULL, &units, NULL), AIC_OK);
    assert_near(convert(units, 1, "PFLOP/s-day", "FLOP"), 8.64e19);
    assert_near(convert(units, 1, "kWh", "J"), 3.6e6);
    assert_near(convert(units, 25, "%/year", "1/year"), 0.25);
    assert_near(convert(units, 2, "USD/GPU-hour", NULL), 2 / 3600.0);
    aic_units_free(units);
}

static void an_amount_is_no_rate_and_a_dollar_is_no_yuan(void **state) {
    (void)state;
    aic_units *units = NULL;
    aic_report *report = aic_report_new(NULL);
    double result = 7;
    assert_int_equal(aic_units_new(NULL, &units, NULL), AIC_OK);
    assert_int_equal(aic_units_convert(units, 1, "FLOP", "FLOP/s", &result, report), AIC_ERROR_UNIT);
    assert_int_equal(aic_units_convert(units, 1, "USD", "CNY", &result, report), AIC_ERROR_UNIT);
    assert_int_equal(aic_units_convert(units, 1, "FLOPS", NULL, &result, report), AIC_ERROR_UNIT);
    assert_contains(aic_report_hint(report, 0), "FLOP/s");
    assert_int_equal(aic_units_convert(units, 1, "tokn", NULL, &result, report), AIC_ERROR_UNIT);
    assert_contains(aic_report_hint(report, 0), "token");
    assert_true(result == 7);
    aic_units_free(units);
    aic_report_free(report);
}

static void a_scenario_brings_units_and_exchange_rates(void **state) {
    (void)state;
    aic_scenario *scenario = load("aicompute: 1\nunits: {robot: base, squad: 8 robot}\nexchange_rates: {USD: 7.08 CNY}\n");
    aic_units *units = NULL;
    assert_int_equal(aic_units_new(scenario, &units, NULL), AIC_OK);
    aic_scenario_free(scenario);
    assert_near(convert(units, 2, "squad", "robot"), 16);
    assert_near(convert(units, 100, "USD", "CNY"), 708);
    aic_units_free(units);
}

static void the_list_is_complete_and_reads_back(void **state) {
    (void)state;
    aic_units *units = NULL;
    aic_text *text = NULL;
    assert_int_equal(aic_units_new(NULL, &units, NULL), AIC_OK);
    assert_true(aic_units_count(units) > 60);
    for (size_t i = 0; i < aic_units_count(units); i++) {
        double scale = 0;
        assert_true(strlen(aic_units_title(units, i)) > 1);
        assert_true(strlen(aic_units_definition(units, i)) > 0);
        if (strcmp(aic_units_name(units, i), "FLOPS") == 0) {
            continue; /* listed, so that a reader learns why it is refused where nothing says which it is */
        }
        assert_int_equal(aic_units_convert(units, 1, aic_units_name(units, i), NULL, &scale, NULL), AIC_OK);
        assert_true(scale > 0);
    }
    assert_int_equal(aic_units_text(units, NULL, 0, &text, NULL), AIC_OK);
    assert_contains(aic_text_bytes(text), "accelerator");
    aic_text_free(text);
    assert_int_equal(aic_units_text(units, "TFLOP/s/GPU", 1, &text, NULL), AIC_OK);
    assert_contains(aic_text_bytes(text), "\"FLOP/s/accelerator\"");
    aic_text_free(text);
    assert_string_equal(aic_units_name(units, 100000), "");
    assert_string_equal(aic_units_synonyms(NULL, 0), "");
    aic_units_free(units);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_convert_between_equal_dimensions),
        cmocka_unit_test(an_amount_is_no_rate_and_a_dollar_is_no_yuan),
        cmocka_unit_test(a_scenario_brings_units_and_exchange_rates),
        cmocka_unit_test(the_list_is_complete_and_reads_back),
    };
    return cmocka_run_group_tests_name("units", tests, NULL, NULL);
}
