/* SPDX-License-Identifier: MIT */
/*
 * Declarations of model kinds as they are read: what each key becomes, all that is said about faulty ones (tests/cases/kinds.yaml), and
 * what happens without memory.
 */
#include "kind_stage.h"

#include "cases.h"
#include "failing_allocator.h"

/* --- faults --------------------------------------------------------------------------------------------------------------------------- */

static const char *code_name(int code) {
    switch (code) {
#define CODE_NAME(name, number, status, meaning)                                                                                           \
    case number: return #name;
        AICI_CODES(CODE_NAME)
#undef CODE_NAME
    }
    return "?";
}

/* "line:column CODE message -- hint" */
static void describe_entry(const aic_report *report, size_t index, char *line, size_t size) {
    unsigned row = 0, column = 0;
    aic_report_place(report, index, &row, &column, NULL, NULL);
    const char *hint = aic_report_hint(report, index);
    snprintf(line, size, "%u:%u %s %s%s%s", row, column, code_name(aic_report_code(report, index)), aic_report_message(report, index),
             *hint ? " -- " : "", hint);
}

/* A star at the end of what is expected stands for anything, where the message is another room's. */
static bool line_fits(const char *expected, size_t size, const char *line) {
    if (size > 0 && expected[size - 1] == '*')
        return strncmp(expected, line, size - 1) == 0;
    return strlen(line) == size && strncmp(expected, line, size) == 0;
}

static bool report_says(const aic_report *report, const char *expected) {
    char line[900];
    size_t index = 0;
    for (; *expected; index++) {
        size_t size = strcspn(expected, "\n");
        describe_entry(report, index, line, sizeof line);
        if (index >= aic_report_count(report) || !line_fits(expected, size, line)) {
            print_message("expected: %.*s\nfound:    %s\n", (int)size, expected, index < aic_report_count(report) ? line : "nothing");
            return false;
        }
        expected += size + (expected[size] == '\n');
    }
    if (index < aic_report_count(report))
        print_message("there is more: %s\n", (describe_entry(report, index, line, sizeof line), line));
    return index == aic_report_count(report);
}

static bool case_holds(const test_case *item) {
    struct stage stage;
    set_stage(&stage, NULL);
    aic_status status = read_text(&stage, test_case_text(item, "declaration"), "kind_of_mine");
    bool right = status != AIC_OK && status == aici_report_status(stage.report) && !stage.kind &&
                 report_says(stage.report, test_case_text(item, "says"));
    strike_stage(&stage);
    if (!right)
        print_message("tests/cases/kinds.yaml:%u: %s\n\n", item->line, test_case_text(item, "name"));
    return right;
}

static void every_fault_of_a_declaration_is_said(void **state) {
    (void)state;
    test_cases cases = test_cases_read("tests/cases/kinds.yaml");
    size_t wrong = 0;
    for (size_t i = 0; i < cases.count; i++)
        wrong += !case_holds(&cases.item[i]);
    test_cases_free(&cases);
    assert_int_equal(wrong, 0);
}

static void a_fault_says_its_path_in_the_scenario(void **state) {
    (void)state;
    struct stage stage;
    set_stage(&stage, NULL);
    assert_int_not_equal(read_text(&stage, "titel: x\ninputs: {a: {unit: '1', above: x}}\noutputs: {x: {unit: m, formula: b}}", "mine"),
                         AIC_OK);
    assert_string_equal(aic_report_path(stage.report, 0), "definitions.mine");
    assert_string_equal(aic_report_path(stage.report, 1), "definitions.mine.inputs.a");
    assert_string_equal(aic_report_path(stage.report, 2), "definitions.mine.outputs.x");
    assert_string_equal(aic_report_file(stage.report, 2), "mine.yaml");
    strike_stage(&stage);
}

static void a_duplicate_name_is_shown_where_it_stands_first(void **state) {
    (void)state;
    struct stage stage;
    set_stage(&stage, NULL);
    assert_int_equal(read_text(&stage, "inputs: {a: {unit: m}}\noutputs: {a: {unit: m, formula: '1 m'}}", "mine"), AIC_ERROR_SCENARIO);
    assert_non_null(strstr(aic_report_notes(stage.report, 0), "mine.yaml:1:10"));
    strike_stage(&stage);
}

static void a_file_must_name_its_kind(void **state) {
    (void)state;
    struct stage stage;
    set_stage(&stage, NULL);
    assert_int_equal(read_text(&stage, "outputs: {x: {unit: m, formula: 1 m}}", NULL), AIC_ERROR_SCENARIO);
    assert_int_equal(aic_report_code(stage.report, 0), AICI_CODE_MISSING_KEY);
    strike_stage(&stage);
    set_stage(&stage, NULL);
    assert_int_equal(read_text(&stage, "kind: my kind\noutputs: {x: {unit: m, formula: 1 m}}", NULL), AIC_ERROR_SCENARIO);
    assert_int_equal(aic_report_code(stage.report, 0), AICI_CODE_BAD_NAME);
    strike_stage(&stage);
}

/* --- what keys become ----------------------------------------------------------------------------------------------------------------- */

static void a_kind_keeps_its_texts_and_version(void **state) {
    (void)state;
    struct stage stage;
    const aici_kind *kind = read_sound(&stage, "title: T\ndoc: D\nversion: 3\noutputs: {x: {unit: m, formula: 1 m, doc: d, source: s}}");
    assert_string_equal(kind->name, "mine");
    assert_string_equal(kind->title, "T");
    assert_string_equal(kind->doc, "D");
    assert_int_equal(kind->version, 3);
    assert_false(kind->built_in);
    assert_null(kind->checks);
    assert_string_equal(kind->output[0].doc, "d");
    assert_string_equal(kind->output[0].source, "s");
    strike_stage(&stage);
}

static void what_is_not_given_is_empty(void **state) {
    (void)state;
    struct stage stage;
    const aici_kind *kind = read_sound(&stage, "inputs: {a: {unit: m}}\noutputs: {x: {unit: m, formula: a}}");
    assert_string_equal(kind->title, "");
    assert_int_equal(kind->version, 1);
    const aici_kind_input *input = &kind->input[0];
    assert_string_equal(input->doc, "");
    assert_int_equal(input->type, AICI_INPUT_QUANTITY);
    assert_false(input->optional || input->series || input->single || input->has_low || input->has_high);
    assert_int_equal(input->standard.count, 0);
    assert_null(input->shown);
    assert_null(kind->output[0].over);
    assert_null(kind->output[0].for_each);
    strike_stage(&stage);
}

static void types_are_told_apart(void **state) {
    (void)state;
    struct stage stage;
    const aici_kind *kind = read_sound(&stage, "inputs:\n"
                                               "  a: {type: quantity, unit: m}\n"
                                               "  b: {type: boolean, default: false}\n"
                                               "  c: {type: text, values: [exact, pad], default: pad}\n"
                                               "  d: {type: whole}\n"
                                               "  e: {type: components}\n"
                                               "outputs: {x: {unit: m, formula: a}}");
    for (uint32_t i = 0; i < 5; i++)
        assert_int_equal(kind->input[i].type, AICI_INPUT_QUANTITY + i);
    assert_int_equal(kind->input[1].standard.tree[0]->kind, AICI_EXPR_BOOLEAN);
    const aici_kind_input *text = &kind->input[2];
    assert_int_equal(text->value_count, 2);
    assert_string_equal(text->value[1], "pad");
    assert_int_equal(text->standard.tree[0]->kind, AICI_EXPR_TEXT);
    assert_true(aici_slice_is(text->standard.tree[0]->as.text, "pad"));
    assert_true(aici_dimension_is_none(&kind->input[3].unit.unit.dimension));
    strike_stage(&stage);
}

static void a_series_may_be_demanded_or_refused(void **state) {
    (void)state;
    struct stage stage;
    const aici_kind *kind =
        read_sound(&stage, "inputs: {a: {unit: m, series: true}, b: {unit: m, series: false}}\noutputs: {x: {unit: m, formula: a}}");
    assert_true(kind->input[0].series && !kind->input[0].single);
    assert_true(kind->input[1].single && !kind->input[1].series);
    strike_stage(&stage);
}

static void bounds_are_open_or_closed(void **state) {
    (void)state;
    struct stage stage;
    const aici_kind *kind = read_sound(&stage, "inputs: {a: {unit: m, above: 0, at_most: 1e3}, b: {unit: m, at_least: -1, below: 2.5}}\n"
                                               "outputs: {x: {unit: m, formula: a}}");
    const aici_kind_input *a = &kind->input[0], *b = &kind->input[1];
    assert_true(a->has_low && a->low_open && a->has_high && !a->high_open && a->low == 0 && a->high == 1000);
    assert_true(b->has_low && !b->low_open && b->has_high && b->high_open && b->low == -1 && b->high == 2.5);
    strike_stage(&stage);
}

static void formulas_keep_their_order(void **state) {
    (void)state;
    struct stage stage;
    const aici_kind *kind = read_sound(&stage, "inputs: {a: {unit: m, default: [x, 2 m]}}\noutputs: {x: {unit: m, formula: [a + 1 m, a]}}");
    assert_int_equal(kind->input[0].standard.count, 2);
    assert_string_equal(kind->input[0].standard.text[1], "2 m");
    assert_int_equal(kind->output[0].formula.count, 2);
    assert_string_equal(kind->output[0].formula.text[0], "a + 1 m");
    assert_int_equal(kind->output[0].formula.tree[0]->kind, AICI_EXPR_BINARY);
    assert_int_equal(kind->output[0].formula.node[1]->place.line, 2);
    strike_stage(&stage);
}

static void an_output_may_have_the_name_of_a_function_and_use_itself(void **state) {
    (void)state;
    struct stage stage;
    const aici_kind *kind = read_sound(&stage, "inputs: {a: {unit: '1', series: true}}\n"
                                               "outputs:\n"
                                               "  cagr: {unit: '1', formula: a}\n"
                                               "  sold: {unit: '1', formula: 'previous(sold, 0) + a'}");
    assert_string_equal(kind->output[0].name, "cagr");
    assert_string_equal(kind->output[1].name, "sold");
    strike_stage(&stage);
}

static void components_have_outputs_of_their_own(void **state) {
    (void)state;
    struct stage stage;
    const aici_kind *kind =
        read_sound(&stage, "inputs: {total: {unit: any}, shares: {type: components}}\n"
                           "outputs: {part: {for_each: shares, like: total, formula: each * total, within: each * parent}}\n"
                           "checks: [{inputs: {total: 1, shares: {gpu: 50 %}}, outputs: {gpu: 0.5}}]");
    const aici_kind_output *part = &kind->output[0];
    assert_string_equal(part->for_each, "shares");
    assert_string_equal(part->unit.like, "total");
    assert_string_equal(part->within.text[0], "each * parent");
    assert_true(kind->input[0].unit.any);
    assert_int_equal(kind->checks->count, 1);
    strike_stage(&stage);
}

static void an_output_may_exist_over_years_only(void **state) {
    (void)state;
    struct stage stage;
    const aici_kind *kind =
        read_sound(&stage, "inputs: {a: {unit: m}}\noutputs: {x: {unit: 1/year, over: a, formula: growth(a), show: '%/year'}}");
    assert_string_equal(kind->output[0].over, "a");
    assert_string_equal(kind->output[0].shown, "%/year");
    strike_stage(&stage);
}

static void choices_make_their_inputs_optional(void **state) {
    (void)state;
    struct stage stage;
    const aici_kind *kind = read_sound(&stage, "inputs: {a: {unit: m, default: b + c}, b: {unit: m}, c: {unit: m}, d: {unit: m}}\n"
                                               "outputs: {x: {unit: m, formula: a}}\n"
                                               "one_of: [[a], [b, c]]");
    assert_int_equal(kind->choice_count, 1);
    assert_int_equal(kind->choice[0].group_count, 2);
    assert_int_equal(kind->choice[0].group_size[1], 2);
    assert_string_equal(kind->choice[0].group[1][1], "c");
    assert_true(kind->input[0].optional && kind->input[1].optional && kind->input[2].optional && !kind->input[3].optional);
    strike_stage(&stage);
}

static void several_choices_may_stand_in_a_list(void **state) {
    (void)state;
    struct stage stage;
    const aici_kind *kind = read_sound(&stage, "inputs: {a: {unit: m}, b: {unit: m}, c: {unit: m}, d: {unit: m}}\n"
                                               "outputs: {x: {unit: m, formula: a}}\n"
                                               "one_of:\n- [[a], [b]]\n- [[c], [d]]");
    assert_int_equal(kind->choice_count, 2);
    assert_string_equal(kind->choice[1].group[0][0], "c");
    strike_stage(&stage);
}

static void conditions_are_trees_with_a_message(void **state) {
    (void)state;
    struct stage stage;
    const aici_kind *kind =
        read_sound(&stage, "inputs: {a: {unit: '1'}}\noutputs: {x: {unit: '1', formula: a}}\nassert: [{that: a <= x, message: too large}]");
    assert_int_equal(kind->assertion_count, 1);
    assert_string_equal(kind->assertion[0].message, "too large");
    assert_string_equal(kind->assertion[0].text, "a <= x");
    assert_int_equal(kind->assertion[0].tree->variant, AICI_OPERATOR_LESS_EQUAL);
    strike_stage(&stage);
}

/* --- money ---------------------------------------------------------------------------------------------------------------------------- */

static void money_is(const char *text, int exponent, const char *rest) {
    struct stage stage;
    char yaml[200];
    snprintf(yaml, sizeof yaml, "outputs: {x: {unit: '%s', formula: '1'}, y: {unit: '%s', formula: '1'}}", text, rest);
    const aici_kind *kind = read_sound(&stage, yaml);
    const aici_kind_unit *unit = &kind->output[0].unit, *expected = &kind->output[1].unit;
    assert_string_equal(unit->text, text);
    assert_int_equal(unit->money, exponent * AICI_EXPONENT_ONE);
    assert_int_equal(expected->money, 0);
    assert_true(aici_dimension_equal(&unit->unit.dimension, &expected->unit.dimension));
    assert_true(unit->unit.scale == expected->unit.scale);
    strike_stage(&stage);
}

static void money_is_taken_out_of_a_unit(void **state) {
    (void)state;
    money_is("money", 1, "1");
    money_is("money/server", 1, "1/server");
    money_is("money/accelerator/s", 1, "1/accelerator/s");
    money_is("money/accelerator-hour", 1, "1/accelerator-hour");
    money_is("money/Mtoken", 1, "1/Mtoken");
    money_is("1/money", -1, "1");
    money_is("FLOP/money", -1, "FLOP");
    money_is("FLOP/money/year", -1, "FLOP/year");
    money_is("FLOP/money-hour", -1, "FLOP/hour");
    money_is("FLOP/hour-money", -1, "FLOP/hour");
    money_is("money-hour/server", 1, "hour/server");
    money_is("hour-money/server", 1, "hour/server");
    money_is("hour\xc2\xb7money", 1, "hour");
    money_is("money^2/server", 2, "1/server");
    money_is("server^-1-money", 1, "server^-1");
    money_is("server/money^2", -2, "server");
    money_is("money/money", 0, "1");
}

static void further_units_are_read(void **state) {
    (void)state;
    struct stage stage;
    const aici_kind *kind = read_sound(
        &stage,
        "inputs: {a: {unit: frame/s/video, also: [frame/s, money/s]}, b: {unit: m, also: s}}\noutputs: {x: {unit: m, formula: 1 m}}");
    assert_int_equal(kind->input[0].also_count, 2);
    assert_string_equal(kind->input[0].also[0].text, "frame/s");
    assert_int_equal(kind->input[0].also[1].money, AICI_EXPONENT_ONE);
    assert_int_equal(kind->input[1].also_count, 1);
    strike_stage(&stage);
}

/* --- memory --------------------------------------------------------------------------------------------------------------------------- */

/* Reads a declaration while each allocation fails in turn; all must be given back, and what is found without a failure must be @p expected.
 * Where there was no memory for the hint of a fault, the fault is what counts. */
static void read_while_memory_fails(const char *text, aic_status expected) {
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    aici_arena *document = aici_arena_new(NULL);
    struct stage stage;
    const aici_node *root = NULL;
    aic_limits limits;
    assert_true(aici_limits_fill(NULL, &limits));
    assert_int_equal(aici_document_read(document, "mine.yaml", text, strlen(text), &limits, &root, NULL), AIC_OK);
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
        set_stage(&stage, &memory.allocator);
        aic_status status = AIC_ERROR_MEMORY;
        if (stage.arena && stage.report) {
            aici_expr_reader reader = reader_of(&stage);
            status = aici_kind_read(&reader, root, "mine", &stage.kind);
        }
        assert_true(memory.failed ? status == AIC_ERROR_MEMORY || (status == expected && expected != AIC_OK) : status == expected);
        assert_true((stage.kind != NULL) == (status == AIC_OK));
        strike_stage(&stage);
        assert_true(failing_allocator_is_clean(&memory));
    }
    aici_arena_free(document);
}

static void a_declaration_survives_any_lack_of_memory(void **state) {
    (void)state;
    read_while_memory_fails("inputs:\n"
                            "  a: {unit: money/server, also: [m, s], default: [b, 2 USD/server], above: 0}\n"
                            "  b: {unit: any}\n"
                            "  c: {type: text, values: [x, y], default: y}\n"
                            "  d: {type: components}\n"
                            "outputs: {e: {unit: '1', formula: a * 1 server/USD}, f: {for_each: d, unit: '1', formula: each}}\n"
                            "one_of: [[a], [b]]\n"
                            "assert: [{that: e > 0, message: m}]\n"
                            "checks: [{inputs: {a: 1}, outputs: {e: 1}}]",
                            AIC_OK);
}

static void a_faulty_declaration_survives_any_lack_of_memory(void **state) {
    (void)state;
    read_while_memory_fails(
        "inputs: {a: {unit: m, abov: 0}, b: {like: c}}\noutputs: {a: {unit: n, formula: [1 +, z]}, x: {unit: m}}\none_of: [[q], []]",
        AIC_ERROR_SCENARIO);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fault_of_a_declaration_is_said),
        cmocka_unit_test(a_fault_says_its_path_in_the_scenario),
        cmocka_unit_test(a_duplicate_name_is_shown_where_it_stands_first),
        cmocka_unit_test(a_file_must_name_its_kind),
        cmocka_unit_test(a_kind_keeps_its_texts_and_version),
        cmocka_unit_test(what_is_not_given_is_empty),
        cmocka_unit_test(types_are_told_apart),
        cmocka_unit_test(a_series_may_be_demanded_or_refused),
        cmocka_unit_test(bounds_are_open_or_closed),
        cmocka_unit_test(formulas_keep_their_order),
        cmocka_unit_test(an_output_may_have_the_name_of_a_function_and_use_itself),
        cmocka_unit_test(components_have_outputs_of_their_own),
        cmocka_unit_test(an_output_may_exist_over_years_only),
        cmocka_unit_test(choices_make_their_inputs_optional),
        cmocka_unit_test(several_choices_may_stand_in_a_list),
        cmocka_unit_test(conditions_are_trees_with_a_message),
        cmocka_unit_test(money_is_taken_out_of_a_unit),
        cmocka_unit_test(further_units_are_read),
        cmocka_unit_test(a_declaration_survives_any_lack_of_memory),
        cmocka_unit_test(a_faulty_declaration_survives_any_lack_of_memory),
    };
    return cmocka_run_group_tests_name("reading of model kinds", tests, NULL, NULL);
}
