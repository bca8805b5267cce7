/* SPDX-License-Identifier: MIT */
/* The values of an evaluation in all four formats: what stands where, what is left out when, how series lie over the years. */
#include "result/json_reader.h"
#include "result/one_sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const aici_result_model chat[] = {{"chat", "inference", "Compute demand of a deployed model", 3}};

static aici_result_quantity *of_chat(aici_result_quantity *quantity) {
    quantity->model = "chat";
    quantity->kind = "inference";
    sample.result->model = chat;
    sample.result->model_count = 1;
    return quantity;
}

static void add_chat(void) {
    sample.result->title = "A chat service";
    sample.result->file = "chat.yaml";
    sample_add(&sample, AIC_ROLE_ASSUMPTION, "visits", 6e7, "visit/day", "")->source = "galaxy: Digital economy";
    of_chat(sample_add(&sample, AIC_ROLE_INPUT, "chat.utilization", 0.32, "1", ""))->preferred = "%";
    of_chat(
        sample_add(&sample, AIC_ROLE_OUTPUT, "chat.compute_rate", 1.1588541666666668e19, "FLOP/s", "compute_per_query * queries_per_day"));
    of_chat(sample_add(&sample, AIC_ROLE_OUTPUT, "chat.accelerators", 178285, "accelerator", "compute_rate / accelerator_peak"));
    sample_add(&sample, AIC_ROLE_CALCULATION, "rate_per_visit", 16.7, "FLOP/visit", "chat.compute_rate / visits");
}

static void outputs_and_calculations_stand_by_model_with_their_formulas(void **state) {
    (void)state;
    add_chat();
    assert_string_equal(sample_text(&sample, &(aic_text_options){.size = sizeof(aic_text_options), .width = 80}),
                        "A chat service                                                         chat.yaml\n"
                        "\n"
                        "chat  inference: Compute demand of a deployed model\n"
                        "  compute_rate     11.59 EFLOP/s      compute_per_query * queries_per_day\n"
                        "  accelerators    178.3k accelerator  compute_rate / accelerator_peak\n"
                        "\n"
                        "calculations\n"
                        "  rate_per_visit    16.7 FLOP/visit   chat.compute_rate / visits\n");
}

static void everything_also_shows_assumptions_and_inputs(void **state) {
    (void)state;
    add_chat();
    const char *text = sample_text(&sample, &(aic_text_options){.size = sizeof(aic_text_options), .everything = 1});
    assert_non_null(strstr(text, "assumptions\n  visits             60M visit/day    galaxy: Digital economy\n"));
    assert_non_null(strstr(text, "  utilization         32 %\n"));
}

static void what_was_asked_for_by_name_is_shown_whatever_its_role(void **state) {
    (void)state;
    add_chat();
    sample.quantity[0].is_named = true;
    const char *text = sample_as(&sample, AIC_FORMAT_TEXT);
    assert_non_null(strstr(text, "visits"));
    assert_null(strstr(text, "utilization"));
}

static void a_formula_is_cut_and_never_wrapped(void **state) {
    (void)state;
    add_chat();
    const char *text = sample_text(&sample, &(aic_text_options){.size = sizeof(aic_text_options), .width = 60});
    assert_non_null(strstr(text, "  compute_rate     11.59 EFLOP/s      compute_per_query * q…\n"));
    assert_true(sample_fits(text, 60));
}

static void where_formulas_have_no_room_they_go_and_the_text_says_so(void **state) {
    (void)state;
    add_chat();
    const char *text = sample_text(&sample, &(aic_text_options){.size = sizeof(aic_text_options), .width = 45});
    assert_null(strstr(text, "compute_per_query"));
    assert_non_null(strstr(text, "(no room for: formula)\n"));
}

static void numerals_and_digits_are_the_reader_s_choice(void **state) {
    (void)state;
    add_chat();
    aic_text_options options = {.size = sizeof options, .numerals = AIC_NUMERALS_CHINESE};
    assert_non_null(strstr(sample_text(&sample, &options), "17.83万 accelerator"));
    options.digits = 6;
    assert_non_null(strstr(sample_text(&sample, &options), "11.5885 EFLOP/s"));
}

static void left_out_outputs_are_grouped_by_what_they_need(void **state) {
    (void)state;
    static const aici_result_missing missing[] = {
        {"chat.energy", "accelerator_power"}, {"chat.cost", "price"}, {"chat.power", "accelerator_power"}, {"other.x", "y"}};
    add_chat();
    sample.result->missing = missing;
    sample.result->missing_count = 4;
    assert_non_null(
        strstr(sample_as(&sample, AIC_FORMAT_TEXT), "\n  left out: energy, power (need accelerator_power); cost (needs price)\n"));
}

static void defaults_that_stand_are_listed_with_their_values(void **state) {
    (void)state;
    add_chat();
    aici_result_quantity *one = of_chat(sample_add(&sample, AIC_ROLE_INPUT, "chat.peak_to_average", 1, "1", ""));
    of_chat(sample_add(&sample, AIC_ROLE_INPUT, "chat.pue", 1.1, "1", ""));
    sample.result->standing = one;
    sample.result->standing_count = 2;
    assert_non_null(strstr(sample_as(&sample, AIC_FORMAT_TEXT), "\n  defaults: peak_to_average = 1, pue = 1.1\n"));
    assert_string_equal(json_at(sample_as(&sample, AIC_FORMAT_JSON), "defaults[1]"), "\"chat.pue\"");
}

/* --- series --------------------------------------------------------------------------------------------------------------------------- */

static const int years[] = {2023, 2024, 2025, 2026};
static const double revenue[] = {60.51e9, 73.6e9, 89.6e9, 108.94e9};
static const double growth[] = {0.2163, 0.2174, 0.2158};

static void add_market(void) {
    sample_add_series(&sample, "revenue", years, revenue, 4, "CNY/year");
    sample_add_series(&sample, "growth", years + 1, growth, 3, "1/year")->preferred = "%/year";
}

static void years_are_columns_where_they_fit(void **state) {
    (void)state;
    add_market();
    const char *text = sample_as(&sample, AIC_FORMAT_TEXT);
    assert_non_null(strstr(text, "  year       2023   2024   2025    2026\n"
                                 "  revenue  60.51B  73.6B  89.6B  108.9B  CNY/year\n"
                                 "  growth           21.63  21.74   21.58  %/year\n"));
    assert_true(sample_fits(text, 100));
}

static void years_are_rows_where_they_do_not_fit_as_columns(void **state) {
    (void)state;
    add_market();
    const char *text = sample_text(&sample, &(aic_text_options){.size = sizeof(aic_text_options), .width = 32});
    assert_non_null(strstr(text, "  year   revenue  growth\n"
                                 "        CNY/year  %/year\n"
                                 "  2023    60.51B\n"
                                 "  2024     73.6B   21.63\n"));
    assert_true(sample_fits(text, 32));
}

static void a_table_of_years_breaks_between_series(void **state) {
    (void)state;
    add_market();
    const char *text = sample_text(&sample, &(aic_text_options){.size = sizeof(aic_text_options), .width = 20});
    assert_non_null(strstr(text, "  year   revenue\n        CNY/year\n  2023    60.51B\n"));
    assert_non_null(strstr(text, "  year  growth\n        %/year\n  2023\n  2024   21.63\n"));
    assert_true(sample_fits(text, 20));
}

static void a_series_shown_in_several_units_has_them_in_its_cells(void **state) {
    (void)state;
    static const double rate[] = {9e14, 2e15};
    sample_add_series(&sample, "demand", years, rate, 2, "FLOP/s");
    assert_non_null(strstr(sample_as(&sample, AIC_FORMAT_TEXT), "  demand  900 TFLOP/s  2 PFLOP/s\n"));
}

/* --- JSON, CSV, Markdown -------------------------------------------------------------------------------------------------------------- */

static void json_has_the_keys_that_others_rely_on(void **state) {
    (void)state;
    add_chat();
    const char *text = sample_as(&sample, AIC_FORMAT_JSON);
    assert_true(json_is_valid(text));
    assert_string_equal(json_at(text, "aicompute"), "\"" AICI_VERSION "\"");
    assert_string_equal(json_at(text, "scenario.title"), "\"A chat service\"");
    assert_string_equal(json_at(text, "scenario.file"), "\"chat.yaml\"");
    assert_string_equal(json_at(text, "samples"), "0");
    assert_string_equal(json_at(text, "seed"), "0");
    assert_string_equal(json_at(text, "quantities[2].name"), "\"chat.compute_rate\"");
    assert_string_equal(json_at(text, "quantities[2].role"), "\"output\"");
    assert_string_equal(json_at(text, "quantities[2].value"), "1.1588541666666668e19");
    assert_string_equal(json_at(text, "quantities[2].unit"), "\"FLOP/s\"");
    assert_string_equal(json_at(text, "quantities[2].display"), "\"11.59 EFLOP/s\"");
    assert_string_equal(json_at(text, "quantities[2].label"), "\"\"");
    assert_null(json_at(text, "quantities[2].mean"));
    assert_string_equal(json_at(text, "models[0].version"), "3");
    assert_string_equal(json_at(text, "left_out"), "[]");
}

static void json_of_a_series_has_years_and_values_in_parallel(void **state) {
    (void)state;
    add_market();
    const char *text = sample_as(&sample, AIC_FORMAT_JSON);
    assert_true(json_is_valid(text));
    assert_string_equal(json_at(text, "quantities[1].years"), "[2024, 2025, 2026]");
    assert_string_equal(json_at(text, "quantities[1].values"), "[0.2163, 0.2174, 0.2158]");
    assert_string_equal(json_at(text, "quantities[1].display[2]"), "\"21.58 %/year\"");
    assert_null(json_at(text, "quantities[1].value"));
}

static void booleans_and_texts_are_themselves_in_json(void **state) {
    (void)state;
    aici_result_quantity *flag = sample_add(&sample, AIC_ROLE_INPUT, "m.flag", (double)NAN, "", "");
    aici_result_quantity *word = sample_add(&sample, AIC_ROLE_INPUT, "m.partial_patches", (double)NAN, "", "");
    flag->is_text = word->is_text = true;
    flag->text = "true";
    word->text = "pad";
    const char *text = sample_as(&sample, AIC_FORMAT_JSON);
    assert_string_equal(json_at(text, "quantities[0].value"), "true");
    assert_string_equal(json_at(text, "quantities[1].value"), "\"pad\"");
    assert_string_equal(json_at(text, "quantities[1].unit"), "\"\"");
    assert_non_null(strstr(sample_as(&sample, AIC_FORMAT_CSV), "m.partial_patches,input,,pad,,pad,\r\n"));
}

static void chinese_numerals_are_for_people_only(void **state) {
    (void)state;
    add_chat();
    aic_text_options options = {.size = sizeof options, .format = AIC_FORMAT_JSON, .numerals = AIC_NUMERALS_CHINESE};
    assert_string_equal(json_at(sample_text(&sample, &options), "quantities[3].display"), "\"178.3k accelerator\"");
}

static void csv_has_a_row_for_each_value(void **state) {
    (void)state;
    sample_add(&sample, AIC_ROLE_ASSUMPTION, "visits", 6e7, "visit/day", "")->source = "galaxy: Growth, and more";
    sample_add_series(&sample, "revenue", years, revenue, 2, "CNY/year");
    assert_string_equal(sample_as(&sample, AIC_FORMAT_CSV),
                        "name,role,year,value,unit,display,source\r\n"
                        "visits,assumption,,60000000,visit/day,60M visit/day,\"galaxy: Growth, and more\"\r\n"
                        "revenue,output,2023,60510000000,CNY/year,60.51B CNY/year,\r\n"
                        "revenue,output,2024,73600000000,CNY/year,73.6B CNY/year,\r\n");
}

static void markdown_pastes_as_tables_by_model(void **state) {
    (void)state;
    add_chat();
    assert_string_equal(sample_as(&sample, AIC_FORMAT_MARKDOWN), "## A chat service\n\n"
                                                                 "### chat  inference: Compute demand of a deployed model\n\n"
                                                                 "| quantity | value | formula |\n"
                                                                 "| --- | ---: | --- |\n"
                                                                 "| compute_rate | 11.59 EFLOP/s | compute_per_query * queries_per_day |\n"
                                                                 "| accelerators | 178.3k accelerator | compute_rate / accelerator_peak |\n"
                                                                 "\n"
                                                                 "### calculations\n\n"
                                                                 "| quantity | value | formula |\n"
                                                                 "| --- | ---: | --- |\n"
                                                                 "| rate_per_visit | 16.7 FLOP/visit | chat.compute_rate / visits |\n"
                                                                 "\n");
}

static void an_unknown_format_is_the_caller_s_mistake(void **state) {
    (void)state;
    add_chat();
    aici_buffer out = aici_buffer_new(NULL);
    aic_report *report = aic_report_new(NULL);
    aic_text_options options = {.size = sizeof options, .format = 7};
    assert_int_equal(aici_result_write(sample.result, &options, &out, report), AIC_ERROR_ARGUMENT);
    assert_int_equal(aic_report_code(report, 0), AICI_CODE_ARGUMENT);
    assert_int_equal(out.size, 0);
    aic_report_free(report);
    aici_buffer_free(&out);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(outputs_and_calculations_stand_by_model_with_their_formulas),
        TEST(everything_also_shows_assumptions_and_inputs),
        TEST(what_was_asked_for_by_name_is_shown_whatever_its_role),
        TEST(a_formula_is_cut_and_never_wrapped),
        TEST(where_formulas_have_no_room_they_go_and_the_text_says_so),
        TEST(numerals_and_digits_are_the_reader_s_choice),
        TEST(left_out_outputs_are_grouped_by_what_they_need),
        TEST(defaults_that_stand_are_listed_with_their_values),
        TEST(years_are_columns_where_they_fit),
        TEST(years_are_rows_where_they_do_not_fit_as_columns),
        TEST(a_table_of_years_breaks_between_series),
        TEST(a_series_shown_in_several_units_has_them_in_its_cells),
        TEST(json_has_the_keys_that_others_rely_on),
        TEST(json_of_a_series_has_years_and_values_in_parallel),
        TEST(booleans_and_texts_are_themselves_in_json),
        TEST(chinese_numerals_are_for_people_only),
        TEST(csv_has_a_row_for_each_value),
        TEST(markdown_pastes_as_tables_by_model),
        TEST(an_unknown_format_is_the_caller_s_mistake),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
