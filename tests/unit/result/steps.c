/* SPDX-License-Identifier: MIT */
/* A derivation reads as on paper: formula, values, value; below it what it is made of. */
#include "result/json_reader.h"
#include "result/one_sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* capex = servers * server_price, servers = accelerators / 8 */
static void add_capex(void) {
    static aici_figure capex[2], servers[2];
    aici_result_step *step = sample_add_step(&sample, 0, "chat.capex", 6.463e8, "USD", "servers * server_price");
    step->substituted = "\x1a * \x1a";
    step->operand = capex;
    step->operand_count = 2;
    step->where = "kind inference";
    step = sample_add_step(&sample, 1, "chat.servers", 22285.65, "server", "accelerators / accelerators_per_server");
    step->substituted = "\x1a / \x1a";
    step->operand = servers;
    step->operand_count = 2;
    step->where = "kind inference";
    servers[0] = sample_add_step(&sample, 2, "chat.accelerators", 178285.2, "accelerator", "")->figure;
    aici_result_step *each = sample_add_step(&sample, 2, "chat.accelerators_per_server", 8, "accelerator/server", "");
    servers[1] = each->figure;
    each->written = "8 accelerator/server";
    each->where = "kind inference";
    each->is_default = true;
    aici_result_step *price = sample_add_step(&sample, 1, "chat.server_price", 29000, "USD/server", "");
    price->written = "2.9万 USD/server";
    price->source = "galaxy: Digital economy 2024";
    price->where = "chat.yaml:35";
    capex[0] = step->figure;
    capex[1] = price->figure;
}

static void it_reads_as_on_paper(void **state) {
    (void)state;
    add_capex();
    assert_string_equal(sample_as(&sample, AIC_FORMAT_TEXT),
                        "chat.capex = servers * server_price                                                   kind inference\n"
                        "           = 22.29k server * 29k USD/server\n"
                        "           = 646.3M USD\n"
                        "\n"
                        "├─ servers = accelerators / accelerators_per_server                                   kind inference\n"
                        "│          = 178.3k accelerator / 8 accelerator/server\n"
                        "│          = 22.29k server\n"
                        "│  ├─ accelerators = 178.3k accelerator\n"
                        "│  └─ accelerators_per_server = 8 accelerator/server                       default of kind inference\n"
                        "└─ server_price = 29k USD/server   as written: 2.9万 USD/server                         chat.yaml:35\n"
                        "      galaxy: Digital economy 2024\n");
}

static void long_formulas_are_broken_before_an_operator(void **state) {
    (void)state;
    aici_result_step *step =
        sample_add_step(&sample, 0, "m.energy", 5, "J", "first_long_name * second_long_name + third_long_name * fourth_long_name");
    step->where = "kind training";
    assert_string_equal(sample_text(&sample, &(aic_text_options){.size = sizeof(aic_text_options), .width = 50}),
                        "m.energy = first_long_name * second_long_name\n"
                        "           + third_long_name * fourth_long_name\n"
                        "         = 5 J\n"
                        "   kind training\n");
}

static void what_was_derived_is_not_derived_again(void **state) {
    (void)state;
    sample_add_step(&sample, 0, "total", 4, "1", "x + x * y");
    sample_add_step(&sample, 1, "x", 2, "1", "");
    sample_add_step(&sample, 1, "x", 2, "1", "a / b")->repeated = true;
    assert_non_null(strstr(sample_as(&sample, AIC_FORMAT_TEXT), "└─ x = 2   (as above)\n"));
    assert_string_equal(json_at(sample_as(&sample, AIC_FORMAT_JSON), "explanation.inputs[1].repeated"), "true");
}

static void a_value_that_says_nothing_new_is_not_said_twice(void **state) {
    (void)state;
    aici_result_step *step = sample_add_step(&sample, 0, "utilization", 32, "%", "assumed");
    step->substituted = "\x1a";
    step->operand = &step->figure;
    step->operand_count = 1;
    assert_string_equal(sample_as(&sample, AIC_FORMAT_TEXT), "utilization = assumed\n            = 32 %\n");
}

static void a_whole_series_lists_its_years(void **state) {
    (void)state;
    static const int years[] = {2023, 2024};
    static const double values[] = {60.51e9, 73.6e9};
    aici_result_step *step = sample_add_step(&sample, 0, "market.revenue", 73.6e9, "CNY/year", "shipments * price");
    step->year = 2024;
    step->series_year = years;
    step->series_value = values;
    step->series_count = 2;
    assert_string_equal(sample_as(&sample, AIC_FORMAT_TEXT), "market.revenue[2024] = shipments * price\n"
                                                             "                     = 73.6B CNY/year\n"
                                                             "   2023: 60.51B CNY/year, 2024: 73.6B CNY/year\n");
    const char *text = sample_as(&sample, AIC_FORMAT_JSON);
    assert_string_equal(json_at(text, "explanation.years"), "[2023, 2024]");
    assert_string_equal(json_at(text, "explanation.values"), "[60510000000, 73600000000]");
}

static void texts_and_truth_values_have_no_number(void **state) {
    (void)state;
    aici_result_step *step = sample_add_step(&sample, 0, "m.partial_patches", (double)NAN, "", "");
    step->text = "pad";
    assert_string_equal(sample_as(&sample, AIC_FORMAT_TEXT), "m.partial_patches = pad\n");
    assert_string_equal(json_at(sample_as(&sample, AIC_FORMAT_JSON), "explanation.value"), "\"pad\"");
}

static void json_nests_as_the_derivation_does(void **state) {
    (void)state;
    add_capex();
    const char *text = sample_as(&sample, AIC_FORMAT_JSON);
    assert_true(json_is_valid(text));
    assert_string_equal(json_at(text, "explanation.name"), "\"chat.capex\"");
    assert_string_equal(json_at(text, "explanation.value"), "646300000");
    assert_string_equal(json_at(text, "explanation.formula"), "\"servers * server_price\"");
    assert_string_equal(json_at(text, "explanation.substituted"), "\"22.29k server * 29k USD/server\"");
    assert_string_equal(json_at(text, "explanation.inputs[0].inputs[1].default"), "true");
    assert_string_equal(json_at(text, "explanation.inputs[1].written"), "\"2.9万 USD/server\"");
    assert_string_equal(json_at(text, "explanation.inputs[1].inputs"), "[]");
}

static void numerals_and_digits_reach_into_formulas(void **state) {
    (void)state;
    add_capex();
    aic_text_options options = {.size = sizeof options, .numerals = AIC_NUMERALS_CHINESE, .digits = 3};
    assert_non_null(strstr(sample_text(&sample, &options), "= 2.23万 server * 2.9万 USD/server\n"));
}

static void csv_has_a_row_for_each_step(void **state) {
    (void)state;
    add_capex();
    assert_non_null(
        strstr(sample_as(&sample, AIC_FORMAT_CSV),
               "1,chat.server_price,,29000,USD/server,29k USD/server,,,2.9万 USD/server,galaxy: Digital economy 2024,,chat.yaml:35\r\n"));
}

static void markdown_is_a_block_that_nothing_in_it_can_end(void **state) {
    (void)state;
    sample_add_step(&sample, 0, "x", 2, "1", "")->note = "see ``` here";
    assert_string_equal(sample_as(&sample, AIC_FORMAT_MARKDOWN), "````\nx = 2   see ``` here\n````\n");
}

static void notes_cannot_reach_the_terminal_s_controls(void **state) {
    (void)state;
    sample_add_step(&sample, 0, "x", 2, "1", "")->note = "\033[2Jgone";
    assert_string_equal(sample_as(&sample, AIC_FORMAT_TEXT), "x = 2   \\x1b[2Jgone\n");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(it_reads_as_on_paper),
        TEST(long_formulas_are_broken_before_an_operator),
        TEST(what_was_derived_is_not_derived_again),
        TEST(a_value_that_says_nothing_new_is_not_said_twice),
        TEST(a_whole_series_lists_its_years),
        TEST(texts_and_truth_values_have_no_number),
        TEST(json_nests_as_the_derivation_does),
        TEST(numerals_and_digits_reach_into_formulas),
        TEST(csv_has_a_row_for_each_step),
        TEST(markdown_is_a_block_that_nothing_in_it_can_end),
        TEST(notes_cannot_reach_the_terminal_s_controls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
