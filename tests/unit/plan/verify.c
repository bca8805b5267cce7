/* SPDX-License-Identifier: MIT */
/* The verifier lets a sound program pass and refuses it with any one thing damaged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "plan/plan.h"
#include <math.h>

#define UNIFORM(i) (AICI_OPERAND_UNIFORM | (i))

/** y = (x + 2 * 3) / x, and 2 * 3 itself */
struct sound {
    aici_program program;
    double constant[2], input_scale[1], output_scale[2];
    aici_instruction once[1], each[2];
    aici_origin origin[2];
    aici_operand output[2];
};

static struct sound s;
static aic_report *report;

static void make_sound(void) {
    s = (struct sound){.constant = {2, 3},
                       .input_scale = {1},
                       .output_scale = {1, 1},
                       .once = {{AICI_OPCODE_MULTIPLY, UNIFORM(2), UNIFORM(0), UNIFORM(1), 0}},
                       .each = {{AICI_OPCODE_ADD, 1, 0, UNIFORM(2), 0}, {AICI_OPCODE_DIVIDE, 0, 1, 0, 0}},
                       .output = {0, UNIFORM(2)}};
    s.program = (aici_program){.constant = s.constant,
                               .constant_count = 2,
                               .uniform_count = 3,
                               .input_count = 1,
                               .input_scale = s.input_scale,
                               .register_count = 2,
                               .once = s.once,
                               .each = s.each,
                               .once_count = 1,
                               .each_count = 2,
                               .once_origin = s.origin,
                               .each_origin = s.origin,
                               .output = s.output,
                               .output_scale = s.output_scale,
                               .output_count = 2};
}

static int begin(void **state) {
    (void)state;
    report = aic_report_new(NULL);
    make_sound();
    return report ? 0 : -1;
}

static int end(void **state) {
    (void)state;
    aic_report_free(report);
    return 0;
}

static void a_sound_program_passes(void **state) {
    (void)state;
    assert_int_equal(aici_program_verify(&s.program, report), AIC_OK);
    assert_int_equal(aic_report_count(report), 0);
}

static void an_empty_program_passes(void **state) {
    (void)state;
    assert_int_equal(aici_program_verify(&(aici_program){.constant_count = 0}, report), AIC_OK);
}

/** After the damage: refused, with the message; then sound again. */
static void expect_refusal(const char *message) {
    aic_report_clear(report);
    assert_int_equal(aici_program_verify(&s.program, report), AIC_ERROR_INTERNAL);
    assert_int_equal(aic_report_code(report, 0), AICI_CODE_PROGRAM_INVALID);
    assert_string_equal(aic_report_message(report, 0), message);
    make_sound();
}

static void damaged_opcodes_are_refused(void **state) {
    (void)state;
    s.once[0].opcode = AICI_OPCODE_NORMAL;
    expect_refusal("instruction once 0 has no such opcode");
    s.each[1].opcode = UINT32_MAX;
    expect_refusal("instruction each 1 has no such opcode");
}

static void damaged_operands_are_refused(void **state) {
    (void)state;
    s.once[0].a = UNIFORM(2);
    expect_refusal("instruction once 0 reads what was not written");
    s.once[0].b = 0;
    expect_refusal("instruction once 0 reads a lane");
    s.once[0].c = 1;
    expect_refusal("instruction once 0 has an operand too many");
    s.each[0].a = 1;
    expect_refusal("instruction each 0 reads what was not written");
    s.each[0].b = UNIFORM(3);
    expect_refusal("instruction each 0 reads what was not written");
    s.each[0].c = UNIFORM(0);
    expect_refusal("instruction each 0 has an operand too many");
    s.each[0].a = UNIFORM(0);
    expect_refusal("instruction each 0 reads no lane");
    s.each[1].b = 2;
    expect_refusal("instruction each 1 reads what was not written");
    s.each[1].opcode = AICI_OPCODE_SELECT;
    s.each[1].c = 7;
    expect_refusal("instruction each 1 reads what was not written");
}

static void damaged_results_are_refused(void **state) {
    (void)state;
    s.once[0].to = UNIFORM(1);
    expect_refusal("instruction once 0 does not write the next uniform value");
    s.once[0].to = UNIFORM(3);
    expect_refusal("instruction once 0 does not write the next uniform value");
    s.once[0].to = 1;
    expect_refusal("instruction once 0 does not write the next uniform value");
    s.each[0].to = 2;
    expect_refusal("instruction each 0 writes a register that is not there");
    s.each[0].to = UNIFORM(2);
    expect_refusal("instruction each 0 writes a register that is not there");
    s.each[1].to = 2;
    expect_refusal("instruction each 1 writes a register that is not there");
}

static void single_assignment_is_kept(void **state) {
    (void)state;
    s.program.single_assignment = true;
    expect_refusal("instruction each 1 writes a register that has a value already");
    s.program.single_assignment = true;
    s.program.register_count = 3;
    s.each[1].to = 2;
    assert_int_equal(aici_program_verify(&s.program, report), AIC_OK);
    s.each[0].to = 0;
    expect_refusal("instruction each 0 writes a register that has a value already");
}

static void damaged_outputs_are_refused(void **state) {
    (void)state;
    s.output[0] = 2;
    expect_refusal("output 0 reads what was not written");
    s.output[1] = UNIFORM(3);
    expect_refusal("output 1 reads what was not written");
    s.output_scale[1] = 0;
    expect_refusal("output 1 has no scale");
    s.output_scale[0] = (double)NAN;
    expect_refusal("output 0 has no scale");
    s.input_scale[0] = HUGE_VAL;
    expect_refusal("input 0 has no scale");
}

static void damaged_counts_are_refused(void **state) {
    uint32_t *const count[] = {&s.program.constant_count, &s.program.uniform_count, &s.program.once_count};
    (void)state;
    for (size_t i = 0; i < sizeof count / sizeof *count; i++)
        for (unsigned more = 0; more < 2; more++) {
            *count[i] += more ? 1u : UINT32_MAX;
            expect_refusal("the counts of the program do not agree");
        }
    s.program.register_count = 0;
    expect_refusal("the counts of the program do not agree");
    s.program.input_count = 0;
    expect_refusal("instruction each 0 reads what was not written");
    s.program.register_count = 1;
    expect_refusal("instruction each 0 writes a register that is not there");
    s.program.register_count = 3;
    expect_refusal("register 2 is never written");
}

static void sums_of_counts_do_not_overflow(void **state) {
    (void)state;
    s.program.constant_count = UINT32_MAX;
    s.program.uniform_count = 0;
    expect_refusal("the counts of the program do not agree");
    s.program.constant_count = AICI_OPERAND_UNIFORM - 1;
    s.program.uniform_count = AICI_OPERAND_UNIFORM;
    expect_refusal("the counts of the program do not agree");
    s.program.register_count = AICI_OPERAND_UNIFORM;
    expect_refusal("the counts of the program do not agree");
}

static void a_missing_array_is_refused(void **state) {
    (void)state;
    s.program.constant = NULL;
    expect_refusal("an array of the program is missing");
    s.program.input_scale = NULL;
    expect_refusal("an array of the program is missing");
    s.program.once = NULL;
    expect_refusal("an array of the program is missing");
    s.program.each = NULL;
    expect_refusal("an array of the program is missing");
    s.program.once_origin = NULL;
    expect_refusal("an array of the program is missing");
    s.program.each_origin = NULL;
    expect_refusal("an array of the program is missing");
    s.program.output = NULL;
    expect_refusal("an array of the program is missing");
    s.program.output_scale = NULL;
    expect_refusal("an array of the program is missing");
}

/* --- draws ---------------------------------------------------------------------------------------------------------------------------- */

/** A mixture d1 of the uniform distribution d0, from 2 to 2 * 3, drawn once and in each lane. */
struct drawing {
    aici_program program;
    double constant[2], setting_scale[1], output_scale[1];
    uint8_t uniform[2], mixture[2];
    aici_operand ends[2], parts[2], output[1];
    uint64_t stream[2];
    aici_draw draw[2];
    aici_instruction once[2], each[3];
    aici_origin origin[3];
};

static struct drawing d;

static void make_drawing(void) {
    d = (struct drawing){.constant = {2, 3},
                         .setting_scale = {1},
                         .output_scale = {1},
                         .uniform = {AICI_PARAMETER_LOW, AICI_PARAMETER_HIGH},
                         .mixture = {AICI_PARAMETER_DISTRIBUTION, AICI_PARAMETER_WEIGHT},
                         .ends = {UNIFORM(0), UNIFORM(3)},
                         .parts = {0, UNIFORM(2)},
                         .output = {2},
                         .once = {{AICI_OPCODE_MULTIPLY, UNIFORM(3), UNIFORM(0), UNIFORM(1), 0}, {AICI_OPCODE_DRAW, UNIFORM(4), 1, 0, 0}},
                         .each = {{AICI_OPCODE_NORMAL, 0, 1, 0, 0}, {AICI_OPCODE_DRAW, 1, 1, 0, 0}, {AICI_OPCODE_FROM_NORMAL, 2, 1, 0, 0}}};
    d.draw[0] = (aici_draw){.distribution = AICI_DISTRIBUTION_UNIFORM, .count = 2, .parameter = d.uniform, .value = d.ends};
    d.draw[1] = (aici_draw){.distribution = AICI_DISTRIBUTION_MIXTURE,
                            .count = 2,
                            .parameter = d.mixture,
                            .value = d.parts,
                            .word_count = 2,
                            .stream = d.stream};
    d.program = (aici_program){.constant = d.constant,
                               .constant_count = 2,
                               .setting_count = 1,
                               .setting_scale = d.setting_scale,
                               .uniform_count = 5,
                               .draw = d.draw,
                               .draw_count = 2,
                               .word_count = 2,
                               .register_count = 3,
                               .once = d.once,
                               .each = d.each,
                               .once_count = 2,
                               .each_count = 3,
                               .once_origin = d.origin,
                               .each_origin = d.origin,
                               .output = d.output,
                               .output_scale = d.output_scale,
                               .output_count = 1};
}

static void expect_drawing_refused(const char *message) {
    aic_report_clear(report);
    assert_int_equal(aici_program_verify(&d.program, report), AIC_ERROR_INTERNAL);
    assert_string_equal(aic_report_message(report, 0), message);
    make_drawing();
}

static void a_program_that_draws_passes(void **state) {
    (void)state;
    make_drawing();
    assert_int_equal(aici_program_verify(&d.program, report), AIC_OK);
}

static void damaged_draws_are_refused(void **state) {
    (void)state;
    make_drawing();
    d.draw[0].distribution = AICI_DISTRIBUTION_TRUNCATED + 1;
    expect_drawing_refused("draw 0 has no such distribution");
    d.draw[0].value = NULL;
    expect_drawing_refused("draw 0 has no parameters");
    d.uniform[1] = AICI_PARAMETER_DISTRIBUTION + 1;
    expect_drawing_refused("draw 0 has no such parameter");
    d.ends[0] = 0;
    expect_drawing_refused("draw 0 has a parameter that is a lane");
    d.parts[0] = 1;
    expect_drawing_refused("draw 1 has a component that is not there");
    d.draw[0].word_count = 1;
    d.draw[0].stream = d.stream;
    expect_drawing_refused("draw 1 has a component that is not there");
    d.draw[1].word = 1;
    expect_drawing_refused("draw 1 has no words");
    d.draw[1].stream = NULL;
    expect_drawing_refused("draw 1 has no words");
    d.draw[1].word_count = 0;
    expect_drawing_refused("draw 1 is a component of nothing");
    d.setting_scale[0] = 0;
    expect_drawing_refused("setting 0 has no scale");
    d.program.setting_count = 0;
    expect_drawing_refused("the counts of the program do not agree");
}

static void damaged_drawing_is_refused(void **state) {
    (void)state;
    make_drawing();
    d.once[1].a = 2;
    expect_drawing_refused("instruction once 1 reads a draw that is not there");
    d.each[1].a = 0;
    expect_drawing_refused("instruction each 1 reads a draw that is not there");
    d.ends[1] = UNIFORM(4);
    expect_drawing_refused("instruction once 1 reads a draw whose parameters were not written");
    d.each[0].b = 1;
    expect_drawing_refused("instruction each 0 has an operand too many");
    d.each[2].c = 1;
    expect_drawing_refused("instruction each 2 has an operand too many");
    d.each[2].b = 2;
    expect_drawing_refused("instruction each 2 reads what was not written");
    d.each[2].b = UNIFORM(0);
    expect_drawing_refused("instruction each 2 reads no lane");
    d.each[0].to = 1;
    expect_drawing_refused("instruction each 0 writes a register that is not there");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_sound_program_passes, begin, end),
        cmocka_unit_test_setup_teardown(an_empty_program_passes, begin, end),
        cmocka_unit_test_setup_teardown(damaged_opcodes_are_refused, begin, end),
        cmocka_unit_test_setup_teardown(damaged_operands_are_refused, begin, end),
        cmocka_unit_test_setup_teardown(damaged_results_are_refused, begin, end),
        cmocka_unit_test_setup_teardown(single_assignment_is_kept, begin, end),
        cmocka_unit_test_setup_teardown(damaged_outputs_are_refused, begin, end),
        cmocka_unit_test_setup_teardown(a_program_that_draws_passes, begin, end),
        cmocka_unit_test_setup_teardown(damaged_draws_are_refused, begin, end),
        cmocka_unit_test_setup_teardown(damaged_drawing_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(damaged_counts_are_refused, begin, end),
        cmocka_unit_test_setup_teardown(sums_of_counts_do_not_overflow, begin, end),
        cmocka_unit_test_setup_teardown(a_missing_array_is_refused, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
