/* SPDX-License-Identifier: MIT */
/* Many lanes at once: the same bits as one lane at a time, however many lanes and registers there are; words of the caller; memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "failing_allocator.h"
#include "small_program.h"
#include <pthread.h>

enum { LANES = 1100 };

static struct small_program p;
static double uniform[SMALL_MOST];
static double first_input[LANES], second_input[LANES], first_output[LANES], second_output[LANES];
static const double *const inputs[] = {first_input, second_input};
static double *const outputs[] = {first_output, second_output};

static int fill_inputs(void **state) {
    (void)state;
    for (unsigned i = 0; i < LANES; i++) {
        first_input[i] = 0.37 * i + 1;
        second_input[i] = 1e3 / (i + 1);
    }
    return 0;
}

/** Two outputs, of all lanes and of what is computed once: (x * 2 + y) ^ 0.3 in units of 0.1, and 2 + 3. */
static void a_program_of_two_inputs(void) {
    small_program_begin(&p, 2);
    p.input_scale[1] = 1e-3;
    aici_operand two = small_constant(&p, 2), three = small_constant(&p, 3), exponent = small_constant(&p, 0.3);
    aici_operand five = small_once(&p, AICI_OPCODE_ADD, two, three, 0);
    aici_operand doubled = small_each_to(&p, 0, AICI_OPCODE_MULTIPLY, 0, two, 0);
    aici_operand sum = small_each(&p, AICI_OPCODE_ADD, doubled, 1, 0);
    small_output(&p, small_each(&p, AICI_OPCODE_POWER, sum, exponent, 0));
    small_output(&p, five);
    p.output_scale[0] = 0.1;
    aici_eval_prepare(&p.program, NULL, NULL, uniform, NULL);
}

/** x, then so many registers that are all alive at the end: x + 1, x + 2, …; the output is their sum. */
static void a_program_of_many_registers(uint32_t registers) {
    small_program_begin(&p, 1);
    aici_operand one = small_constant(&p, 1), previous = 0;
    for (uint32_t i = 1; i < registers; i++)
        previous = small_each(&p, AICI_OPCODE_ADD, previous, one, 0);
    for (uint32_t i = 1; i < registers; i++)
        small_each_to(&p, 0, AICI_OPCODE_ADD, 0, i, 0);
    small_output(&p, 0);
    aici_eval_prepare(&p.program, NULL, NULL, uniform, NULL);
}

static void expect_scalar_in_all_lanes(size_t count) {
    for (size_t lane = 0; lane < count; lane++) {
        double input[] = {first_input[lane], second_input[lane]}, output[2];
        assert_int_equal(aici_eval_one(&p.program, uniform, input, output, NULL), AIC_OK);
        for (uint32_t i = 0; i < p.program.output_count; i++)
            if (!same_number(outputs[i][lane], output[i]))
                fail_msg("output %u, lane %zu of %zu: %a instead of %a", (unsigned)i, lane, count, outputs[i][lane], output[i]);
    }
}

static void what_is_computed_once_is_ready_after_prepare(void **state) {
    (void)state;
    a_program_of_two_inputs();
    assert_true(uniform[0] == 2 && uniform[1] == 3 && uniform[2] == 0.3 && uniform[3] == 5);
}

static void inputs_and_outputs_are_scaled(void **state) {
    double output[2];
    (void)state;
    a_program_of_two_inputs();
    assert_int_equal(aici_eval_one(&p.program, uniform, (const double[]){0.25, 500}, output, NULL), AIC_OK);
    assert_true(output[0] == 1 / 0.1);
    assert_true(output[1] == 5);
}

static void any_number_of_lanes_equals_scalar(void **state) {
    (void)state;
    a_program_of_two_inputs();
    for (size_t count = 0; count <= 1025; count++) {
        memset(first_output, 0, sizeof first_output);
        assert_int_equal(aici_eval_lanes(&p.program, uniform, count, inputs, outputs, NULL, NULL), AIC_OK);
        expect_scalar_in_all_lanes(count);
        assert_true(first_output[count] == 0);
    }
}

static void any_number_of_registers_equals_scalar(void **state) {
    static const uint32_t registers[] = {1, 2, 4, 5, 8, 31, 32, 33, 64, 65, 500, 1025};
    (void)state;
    for (size_t i = 0; i < sizeof registers / sizeof *registers; i++) {
        a_program_of_many_registers(registers[i]);
        assert_int_equal(aici_eval_lanes(&p.program, uniform, LANES, inputs, outputs, NULL, NULL), AIC_OK);
        expect_scalar_in_all_lanes(LANES);
    }
}

static void a_program_without_inputs_fills_its_columns(void **state) {
    double *columns[] = {first_output};
    (void)state;
    small_program_begin(&p, 0);
    small_output(&p, small_constant(&p, 7));
    p.output_scale[0] = 2;
    aici_eval_prepare(&p.program, NULL, NULL, uniform, NULL);
    assert_int_equal(aici_eval_lanes(&p.program, uniform, 700, NULL, columns, NULL, NULL), AIC_OK);
    for (unsigned i = 0; i < 700; i++)
        assert_true(first_output[i] == 3.5);
}

/* --- memory --------------------------------------------------------------------------------------------------------------------------- */

static void small_programs_take_no_memory(void **state) {
    struct failing_allocator memory;
    double output[2];
    (void)state;
    failing_allocator_init(&memory);
    a_program_of_many_registers(32);
    assert_int_equal(aici_eval_lanes(&p.program, uniform, LANES, inputs, outputs, &memory.allocator, NULL), AIC_OK);
    a_program_of_many_registers(1024);
    assert_int_equal(aici_eval_one(&p.program, uniform, first_input, output, &memory.allocator), AIC_OK);
    assert_int_equal(memory.calls, 0);
}

static void large_programs_take_memory_once(void **state) {
    struct failing_allocator memory;
    double output[2];
    (void)state;
    failing_allocator_init(&memory);
    a_program_of_many_registers(1025);
    assert_int_equal(aici_eval_lanes(&p.program, uniform, LANES, inputs, outputs, &memory.allocator, NULL), AIC_OK);
    assert_int_equal(memory.calls, 1);
    assert_int_equal(aici_eval_one(&p.program, uniform, first_input, output, &memory.allocator), AIC_OK);
    assert_int_equal(memory.calls, 2);
    assert_true(failing_allocator_is_clean(&memory));
}

static void without_memory_nothing_is_written(void **state) {
    struct failing_allocator memory;
    double output[] = {42, 42};
    (void)state;
    failing_allocator_init(&memory);
    a_program_of_many_registers(1025);
    first_output[0] = 42;
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
        aic_status lanes = aici_eval_lanes(&p.program, uniform, 3, inputs, outputs, &memory.allocator, NULL);
        assert_int_equal(lanes, memory.failed ? AIC_ERROR_MEMORY : AIC_OK);
        assert_true(memory.failed == (first_output[0] == 42));
        first_output[0] = 42;
        assert_true(failing_allocator_is_clean(&memory));
    }
    memory.fail_at = 1;
    memory.calls = 0;
    assert_int_equal(aici_eval_one(&p.program, uniform, first_input, output, &memory.allocator), AIC_ERROR_MEMORY);
    assert_true(output[0] == 42);
}

/* --- words of the caller -------------------------------------------------------------------------------------------------------------- */

static void progress_counts_lanes(void **state) {
    uint64_t progress = 99;
    const aici_control control = {.progress = &progress};
    (void)state;
    a_program_of_two_inputs();
    assert_int_equal(aici_eval_lanes(&p.program, uniform, 1000, inputs, outputs, NULL, &control), AIC_OK);
    assert_int_equal(progress, 1000);
    assert_int_equal(aici_eval_lanes(&p.program, uniform, 0, inputs, outputs, NULL, &control), AIC_OK);
    assert_int_equal(progress, 0);
}

static void a_cancelled_evaluation_writes_nothing(void **state) {
    uint32_t cancel = 1;
    uint64_t progress = 99;
    const aici_control control = {&cancel, &progress};
    (void)state;
    a_program_of_two_inputs();
    first_output[0] = 42;
    assert_int_equal(aici_eval_lanes(&p.program, uniform, 1000, inputs, outputs, NULL, &control), AIC_ERROR_CANCELLED);
    assert_int_equal(progress, 0);
    assert_true(first_output[0] == 42);
}

/** Here the word to cancel by is the word of progress itself, so that the first block is the last. */
static void cancelling_stops_at_the_next_block(void **state) {
    union {
        uint64_t progress;
        uint32_t half[2];
    } word = {0};
    (void)state;
    a_program_of_two_inputs();
    for (unsigned i = 0; i < LANES; i++)
        first_output[i] = 42;
    word.progress = 1;
    const aici_control control = {&word.half[word.half[0] == 1 ? 0 : 1], &word.progress};
    assert_int_equal(aici_eval_lanes(&p.program, uniform, 1000, inputs, outputs, NULL, &control), AIC_ERROR_CANCELLED);
    assert_int_equal(word.progress, 512);
    assert_true(first_output[512] == 42);
    expect_scalar_in_all_lanes(512);
}

/** Sets the word as soon as the evaluation has begun, which is when its progress is 0. */
static void *cancel_when_begun(void *context) {
    aici_control *control = context;
    while (__atomic_load_n(control->progress, __ATOMIC_RELAXED) == 99)
        ;
    __atomic_store_n((volatile uint32_t *)control->cancel, 1, __ATOMIC_RELAXED);
    return NULL;
}

/** Thousands of powers on one block: some milliseconds. A loaded machine may let the other thread begin too late, so there are several
 * attempts. */
static void cancelling_stops_within_a_long_block(void **state) {
    aic_status status = AIC_OK;
    (void)state;
    small_program_begin(&p, 1);
    aici_operand exponent = small_constant(&p, 0.7);
    small_output(&p, small_each(&p, AICI_OPCODE_POWER, 0, exponent, 0));
    while (p.program.each_count < SMALL_MOST)
        small_each_to(&p, 1, AICI_OPCODE_POWER, 0, exponent, 0);
    aici_eval_prepare(&p.program, NULL, NULL, uniform, NULL);
    for (int attempt = 0; attempt < 100 && status == AIC_OK; attempt++) {
        uint32_t cancel = 0;
        uint64_t progress = 99;
        aici_control control = {&cancel, &progress};
        pthread_t thread;
        first_output[0] = 42;
        assert_int_equal(pthread_create(&thread, NULL, cancel_when_begun, &control), 0);
        status = aici_eval_lanes(&p.program, uniform, 512, inputs, outputs, NULL, &control);
        assert_int_equal(pthread_join(thread, NULL), 0);
    }
    assert_int_equal(status, AIC_ERROR_CANCELLED);
    assert_true(first_output[0] == 42);
}

/* --- counting ------------------------------------------------------------------------------------------------------------------------- */

static void what_is_not_finite_is_counted(void **state) {
    const double values[] = {1, HUGE_VAL, 2, NOT_A_NUMBER, -HUGE_VAL, 1e308};
    size_t first = 99;
    (void)state;
    assert_int_equal(aici_eval_count_not_finite(values, 6, &first), 3);
    assert_int_equal(first, 1);
    assert_int_equal(aici_eval_count_not_finite(values, 6, NULL), 3);
}

static void where_all_is_finite_the_first_is_untouched(void **state) {
    size_t first = 99;
    (void)state;
    assert_int_equal(aici_eval_count_not_finite((const double[]){0, -1}, 2, &first), 0);
    assert_int_equal(first, 99);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_computed_once_is_ready_after_prepare),
        cmocka_unit_test(inputs_and_outputs_are_scaled),
        cmocka_unit_test(any_number_of_lanes_equals_scalar),
        cmocka_unit_test(any_number_of_registers_equals_scalar),
        cmocka_unit_test(a_program_without_inputs_fills_its_columns),
        cmocka_unit_test(small_programs_take_no_memory),
        cmocka_unit_test(large_programs_take_memory_once),
        cmocka_unit_test(without_memory_nothing_is_written),
        cmocka_unit_test(progress_counts_lanes),
        cmocka_unit_test(a_cancelled_evaluation_writes_nothing),
        cmocka_unit_test(cancelling_stops_at_the_next_block),
        cmocka_unit_test(cancelling_stops_within_a_long_block),
        cmocka_unit_test(what_is_not_finite_is_counted),
        cmocka_unit_test(where_all_is_finite_the_first_is_untouched),
    };
    return cmocka_run_group_tests(tests, fill_inputs, NULL);
}
