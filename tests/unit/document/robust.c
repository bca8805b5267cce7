/* SPDX-License-Identifier: MIT */
/*
 * A realistic scenario, cut off at every byte, and with every byte changed: each time there is a tree, which can be written and read again,
 * or a message with a place.
 */
#include "reading.h"

static const char *const scenario = "aicompute: 1\n"
                                    "title: \"Demand 需求: an example\"\n"
                                    "description: |\n"
                                    "  A service, its fleet, and what both cost.\n"
                                    "\n"
                                    "    An indented line.\n"
                                    "sources:\n"
                                    "  galaxy: {title: \"2024 年数字经济专题\", publisher: China Galaxy Securities, date: 2024-03}\n"
                                    "  idc: IDC, quoted by galaxy\n"
                                    "units: {robot: base, rack: 8 server}\n"
                                    "exchange_rates: {USD: 7.08 CNY}\n"
                                    "timeline: 2021..2030\n"
                                    "\n"
                                    "assumptions:            # may refer to each other\n"
                                    "  utilization: &share {value: 32 %, source: galaxy, note: 'while it''s trained'}\n"
                                    "  visits: 4e7 to 9e7 visit/day\n"
                                    "  questions: 10 query/visit\n"
                                    "  other: *share\n"
                                    "  growth:\n"
                                    "    series: {2023: 350亿 CNY, 2026: 1089.4亿 CNY}\n"
                                    "    between: geometric\n"
                                    "    unit:\n"
                                    "models:\n"
                                    "  chatgpt:\n"
                                    "    kind: inference\n"
                                    "    parameters: 1T parameter\n"
                                    "    tokens_per_query: 267 token/query\n"
                                    "    utilization: utilization\n"
                                    "    queries_per_day: visits *\n"
                                    "      questions\n"
                                    "    accelerator_peak: \"65 TFLOP/s/accelerator \\u2014 FP16\"\n"
                                    "  split: {kind: workload_split, training_compute: \"max(1, 2) * x[2026]\", training_share: ~}\n"
                                    "calculations:\n"
                                    "  per_visit: chatgpt.capex / (visits * 365 day)\n"
                                    "correlations: [[visits, utilization, 0.4], [a, b, -0.1]]\n"
                                    "claims:\n"
                                    "  - {id: INF-02, says: compute per token, published: 2万亿 FLOP/token}\n"
                                    "  - id: INF-05\n"
                                    "    says: >-\n"
                                    "      compute rate of\n"
                                    "      the service\n"
                                    "    between: [1, 2]\n"
                                    "    readings: {from the print: 2.6e24 FLOP, \"with: colon\": 1}\n"
                                    "...\n";

/* Reads bytes that end at the end of their block, so that reading beyond is seen. */
static bool is_answered(const char *bytes, size_t size) {
    char *copy = malloc(size ? size : 1);
    memcpy(copy, bytes, size);
    struct reading reading = read_bytes(copy, size, NULL);
    free(copy);
    bool sound = reading_is_sound(&reading, bytes, size);
    if (sound && reading.status == AIC_OK) {
        aici_buffer out = aici_buffer_new(NULL);
        aici_document_write(reading.root, &out);
        struct reading again = read_bytes(out.bytes, out.size, NULL);
        sound = again.status == AIC_OK && trees_are_equal(reading.root, again.root);
        reading_free(&again);
        aici_buffer_free(&out);
    } else if (sound) {
        aic_text *picture = NULL;
        sound = aic_report_text(reading.report, 0, &picture) == AIC_OK && aic_text_size(picture) > 0;
        aic_text_free(picture);
    }
    reading_free(&reading);
    return sound;
}

static void the_scenario_itself_is_read(void **state) {
    (void)state;
    struct reading reading = read_text(scenario);
    assert_int_equal(reading.status, AIC_OK);
    assert_int_equal(reading.root->count, 12);
    reading_free(&reading);
}

static void every_beginning_of_a_scenario_is_answered(void **state) {
    (void)state;
    for (size_t size = 0; size <= strlen(scenario); size++)
        assert_true(is_answered(scenario, size));
}

static void every_end_of_a_scenario_is_answered(void **state) {
    (void)state;
    for (size_t begin = 0; begin <= strlen(scenario); begin++)
        assert_true(is_answered(scenario + begin, strlen(scenario) - begin));
}

static void every_scenario_with_one_byte_changed_is_answered(void **state) {
    (void)state;
    static const char bytes[] = "\0\t\n !\"&'*,-:]}\xe2\xff";
    size_t size = strlen(scenario);
    char *copy = malloc(size);
    memcpy(copy, scenario, size);
    for (size_t i = 0; i < size; i++) {
        for (size_t k = 0; k < sizeof bytes - 1; k++) {
            copy[i] = bytes[k];
            assert_true(is_answered(copy, size));
        }
        copy[i] = (char)((unsigned char)scenario[i] ^ 1U << i % 8);
        assert_true(is_answered(copy, size));
        copy[i] = scenario[i];
    }
    free(copy);
}

static void every_scenario_with_one_byte_missing_is_answered(void **state) {
    (void)state;
    size_t size = strlen(scenario);
    char *copy = malloc(size);
    for (size_t i = 0; i < size; i++) {
        memcpy(copy, scenario, i);
        memcpy(copy + i, scenario + i + 1, size - i - 1);
        assert_true(is_answered(copy, size - 1));
    }
    free(copy);
}

/* All texts of three characters that mean something in YAML, behind a key. */
static void every_short_text_of_signs_is_answered(void **state) {
    (void)state;
    static const char signs[] = "a: -\n,[]{}#&*!|>'\"%@?~(1";
    enum { SIGNS = sizeof signs - 1 };
    char text[] = "k: ...";
    for (size_t number = 0; number < (size_t)SIGNS * SIGNS * SIGNS; number++) {
        size_t rest = number;
        for (size_t i = 3; i < 6; i++, rest /= SIGNS)
            text[i] = signs[rest % SIGNS];
        assert_true(is_answered(text, 6));
        assert_true(is_answered(text + 3, 3));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_scenario_itself_is_read),
        cmocka_unit_test(every_beginning_of_a_scenario_is_answered),
        cmocka_unit_test(every_end_of_a_scenario_is_answered),
        cmocka_unit_test(every_scenario_with_one_byte_changed_is_answered),
        cmocka_unit_test(every_scenario_with_one_byte_missing_is_answered),
        cmocka_unit_test(every_short_text_of_signs_is_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
