/* SPDX-License-Identifier: MIT */
/* The verdicts of a check in all four formats; the figures and the verdict have room first. */
#include "result/json_reader.h"
#include "result/one_sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *as_text(int width) {
    return sample_text(&sample, &(aic_text_options){.size = sizeof(aic_text_options), .width = width});
}

/* One claim of each verdict. */
static void add_claims(void) {
    static const char *const reading[] = {"from the printed figure"};
    aici_result_claim *claim = sample_add_claim(&sample, "A-1", "EFLOP/s", 118, 11.59, AIC_VERDICT_DIFFERS);
    claim->says = "compute rate";
    claim->printed_digits = 3;
    claim = sample_add_claim(&sample, "A-2", "%/year", 20.83, 25.49, AIC_VERDICT_DIFFERS);
    claim->says = "servers grow";
    claim->figure[AIC_CLAIM_COMPUTED_LOW] = 25.45;
    claim->figure[AIC_CLAIM_COMPUTED_HIGH] = 25.53;
    claim->expected = AIC_VERDICT_HOLDS;
    claim = sample_add_claim(&sample, "A-3", "day", 154, 152.3, AIC_VERDICT_READING);
    claim->reading = reading[0];
    claim->reading_name = reading;
    claim->reading_count = 1;
    claim = sample_add_claim(&sample, "A-4", "", (double)NAN, (double)NAN, AIC_VERDICT_NOT_CHECKABLE);
    claim->why = "the volumes are not printed";
    claim->statement = "not_checkable";
    claim = sample_add_claim(&sample, "A-5", "%/year", 50, 65, AIC_VERDICT_HOLDS);
    claim->statement = "at_least";
    claim->figure[AIC_CLAIM_PUBLISHED_HIGH] = (double)INFINITY;
}

static void figures_verdicts_and_remarks_stand_side_by_side(void **state) {
    (void)state;
    add_claims();
    assert_string_equal(
        as_text(140),
        "claim  says             published       computed   ratio  verdict          remark\n"
        "A-1    compute rate   118 EFLOP/s  11.59 EFLOP/s   10.18  ✗ differs\n"
        "A-2    servers grow  20.83 %/year   25.49 %/year  0.8172  ✗ differs (!)    holds was expected; 25.45 .. 25.53 %/year by rounding\n"
        "A-3                       154 day      152.3 day   1.011  ~ reading        from the printed figure\n"
        "A-4                                                       ? not checkable  the volumes are not printed\n"
        "A-5                   ≥ 50 %/year      65 %/year  0.7692  ✓ holds\n"
        "\n"
        "5 claims: 1 holds, 1 under a reading, 2 differ, 1 not checkable; 1 not as expected: A-2.\n");
}

static void remarks_without_room_stand_below_the_table(void **state) {
    (void)state;
    add_claims();
    const char *text = as_text(80);
    assert_non_null(strstr(text, "\n\n  A-2: holds was expected; 25.45 .. 25.53 %/year by rounding\n  A-3: from the printed figure\n"));
    assert_true(sample_fits(text, 80));
}

static void what_a_claim_says_is_cut_before_figures_are(void **state) {
    (void)state;
    add_claims();
    sample.claim[0].says = "the compute rate of the whole service when everybody is awake at the same time";
    const char *text = as_text(80);
    assert_non_null(strstr(text, "A-1    the compute rate o…   118 EFLOP/s  11.59 EFLOP/s   10.18  ✗ differs\n"));
    assert_true(sample_fits(text, 80));
}

static void what_claims_say_goes_where_there_is_no_room_at_all(void **state) {
    (void)state;
    add_claims();
    const char *text = as_text(64);
    assert_null(strstr(text, "servers grow"));
    assert_non_null(strstr(text, "\n(no room for: says)\n"));
    assert_non_null(strstr(text, "✗ differs"));
    assert_true(sample_fits(text, 64));
}

static void when_all_is_as_expected_the_last_line_says_so(void **state) {
    (void)state;
    sample_add_claim(&sample, "A", "1", 2, 2, AIC_VERDICT_HOLDS);
    assert_non_null(strstr(as_text(0), "\n1 claim: 1 holds, 0 under a reading, 0 differ, 0 not checkable; all as expected.\n"));
}

static void a_scenario_without_claims_says_so(void **state) {
    (void)state;
    sample.result->has_claims = true;
    assert_string_equal(as_text(0), "no claims\n");
    assert_string_equal(json_at(sample_as(&sample, AIC_FORMAT_JSON), "claims"), "[]");
}

static void a_range_is_told_only_where_it_decides(void **state) {
    (void)state;
    for (int i = 0; i < 2; i++) {
        aici_result_claim *claim = sample_add_claim(&sample, i ? "B" : "A", "USD", 7, i ? 7.2 : 6.9, AIC_VERDICT_HOLDS);
        claim->figure[AIC_CLAIM_PUBLISHED_LOW] = 6.8;
        claim->figure[AIC_CLAIM_PUBLISHED_HIGH] = 7.1;
        claim->figure[AIC_CLAIM_COMPUTED_LOW] = i ? 7.00001 : 6.5;
        claim->figure[AIC_CLAIM_COMPUTED_HIGH] = i ? 7.00002 : 7.5;
    }
    const char *text = as_text(0);
    assert_null(strstr(text, "6.5"));
    assert_non_null(strstr(text, "7.00001 .. 7.00002 USD by rounding"));
}

static void each_kind_of_statement_is_recognisable(void **state) {
    (void)state;
    static const char *const statement[] = {"between", "at_least", "at_most", "about"};
    static const char *const shown[] = {"15 .. 20 USD", "≥ 17 USD", "≤ 17 USD", "≈ 17 USD"};
    for (size_t i = 0; i < 4; i++) {
        aici_result_claim *claim = sample_add_claim(&sample, "A", "USD", 17, 16, AIC_VERDICT_HOLDS);
        claim->statement = statement[i];
        claim->figure[AIC_CLAIM_PUBLISHED_LOW] = 15;
        claim->figure[AIC_CLAIM_PUBLISHED_HIGH] = 20;
    }
    for (size_t i = 0; i < 4; i++)
        assert_non_null(strstr(as_text(0), shown[i]));
}

static void a_published_figure_keeps_its_printed_digits(void **state) {
    (void)state;
    sample_add_claim(&sample, "A", "accelerator", 44081, 44081, AIC_VERDICT_HOLDS)->printed_digits = 5;
    sample_add_claim(&sample, "B", "accelerator", 1820000, 178285, AIC_VERDICT_DIFFERS)->printed_digits = 3;
    assert_non_null(strstr(as_text(0), "A      44081 accelerator   44081 accelerator"));
    assert_non_null(strstr(as_text(0), "B      1.82M accelerator"));
}

static void colours_mark_verdicts_only_and_never_alone(void **state) {
    (void)state;
    add_claims();
    aic_text_options options = {.size = sizeof options, .color = 1};
    const char *text = sample_text(&sample, &options);
    assert_non_null(strstr(text, "\033[31m✗ differs\033[0m\n"));
    assert_non_null(strstr(text, "\033[1;31m✗ differs (!)\033[0m"));
    assert_non_null(strstr(text, "\033[33m~ reading\033[0m"));
    assert_non_null(strstr(text, "\033[32m✓ holds\033[0m"));
    assert_null(strstr(as_text(100), "\033"));
}

/* --- JSON, CSV, Markdown -------------------------------------------------------------------------------------------------------------- */

static void json_has_the_keys_that_others_rely_on(void **state) {
    (void)state;
    add_claims();
    const char *text = sample_as(&sample, AIC_FORMAT_JSON);
    assert_true(json_is_valid(text));
    assert_string_equal(json_at(text, "claims[0].id"), "\"A-1\"");
    assert_string_equal(json_at(text, "claims[0].published"), "118");
    assert_string_equal(json_at(text, "claims[0].computed"), "11.59");
    assert_string_equal(json_at(text, "claims[0].verdict"), "\"differs\"");
    assert_string_equal(json_at(text, "claims[0].diagnosis"), "[]");
    assert_string_equal(json_at(text, "claims[0].unexpected"), "false");
    assert_string_equal(json_at(text, "claims[1].expected"), "\"holds\"");
    assert_string_equal(json_at(text, "claims[1].unexpected"), "true");
    assert_string_equal(json_at(text, "claims[1].computed_low"), "25.45");
    assert_string_equal(json_at(text, "claims[2].reading"), "[\"from the printed figure\"]");
    assert_string_equal(json_at(text, "claims[3].published"), "null");
    assert_string_equal(json_at(text, "claims[3].unit"), "null");
    assert_string_equal(json_at(text, "claims[3].why"), "\"the volumes are not printed\"");
    assert_string_equal(json_at(text, "claims[4].published_high"), "null");
    assert_string_equal(json_at(text, "summary"),
                        "{\"holds\": 1, \"reading\": 1, \"differs\": 2, \"not_checkable\": 1, \"unexpected\": 1}");
}

static void csv_has_a_row_for_each_claim(void **state) {
    (void)state;
    add_claims();
    const char *text = sample_as(&sample, AIC_FORMAT_CSV);
    assert_non_null(strstr(text, "A-2,servers grow,published,%/year,20.83,20.83,20.83,25.49,25.45,25.53,"));
    assert_non_null(strstr(text, "A-4,,not_checkable,,,,,,,,,not_checkable,not_checkable,,,,the volumes are not printed,,,,"));
}

static void what_a_claim_stands_on_is_listed_in_json_and_csv(void **state) {
    (void)state;
    static const char *const unsourced[] = {"visits", "m.price"}, *const standing[] = {"m.pue"};
    aici_result_claim *claim = sample_add_claim(&sample, "A-1", "EFLOP/s", 118, 11.59, AIC_VERDICT_DIFFERS);
    claim->unsourced = (aici_result_names){unsourced, 2, "visits, m.price"};
    claim->standing = (aici_result_names){standing, 1, "m.pue"};
    const char *text = sample_as(&sample, AIC_FORMAT_JSON);
    assert_string_equal(json_at(text, "claims[0].unsourced[1]"), "\"m.price\"");
    assert_string_equal(json_at(text, "claims[0].defaults[0]"), "\"m.pue\"");
    assert_non_null(strstr(sample_as(&sample, AIC_FORMAT_CSV), ",\"visits, m.price\",m.pue"));
}

static void markdown_loses_nothing(void **state) {
    (void)state;
    add_claims();
    sample.claim[0].says =
        "rate | of the whole service, with every user awake at the same time, at the hour of the day when demand is highest";
    const char *text = sample_as(&sample, AIC_FORMAT_MARKDOWN);
    assert_non_null(strstr(text, "| A-1 | rate \\| of the whole service, with every user awake at the same time, at the hour of the day "
                                 "when demand is highest | 118 EFLOP/s |"));
    assert_non_null(strstr(text, "| ✗ differs (!) | holds was expected; 25.45 .. 25.53 %/year by rounding |\n"));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(figures_verdicts_and_remarks_stand_side_by_side),
        TEST(remarks_without_room_stand_below_the_table),
        TEST(what_a_claim_says_is_cut_before_figures_are),
        TEST(what_claims_say_goes_where_there_is_no_room_at_all),
        TEST(when_all_is_as_expected_the_last_line_says_so),
        TEST(a_scenario_without_claims_says_so),
        TEST(a_range_is_told_only_where_it_decides),
        TEST(each_kind_of_statement_is_recognisable),
        TEST(a_published_figure_keeps_its_printed_digits),
        TEST(colours_mark_verdicts_only_and_never_alone),
        TEST(json_has_the_keys_that_others_rely_on),
        TEST(csv_has_a_row_for_each_claim),
        TEST(what_a_claim_stands_on_is_listed_in_json_and_csv),
        TEST(markdown_loses_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
