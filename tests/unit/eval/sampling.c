/* SPDX-License-Identifier: MIT */
/* Sampling against closed forms, against its own raw draws, and against itself: threads, instruction sets, methods. */
#include "eval/sampling.h"
#include "base/elementary.h"
#include "eval/eval.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A program by hand: x is a lognormal with 5 % below 1 and 5 % above 4, u is uniform from 2 to 5; x * u, x / x, ln(u - 3), x, 7. */
enum { X_TIMES_U, X_BY_X, LN_U_3, X, SEVEN, OUTPUTS };
static const uint8_t interval[] = {AICI_PARAMETER_P5, AICI_PARAMETER_P95}, ends[] = {AICI_PARAMETER_LOW, AICI_PARAMETER_HIGH};
static const double constants[] = {1, 4, 2, 5, 3, 7};
#define U(number) (AICI_OPERAND_UNIFORM | (number))
static const aici_operand low_high_x[] = {U(0), U(1)}, low_high_u[] = {U(2), U(3)};
static const uint64_t stream_x[] = {111}, stream_u[] = {222};
static const aici_draw draws[] = {
    {.distribution = AICI_DISTRIBUTION_LOGNORMAL,
     .count = 2,
     .parameter = interval,
     .value = low_high_x,
     .word = 0,
     .word_count = 1,
     .stream = stream_x},
    {.distribution = AICI_DISTRIBUTION_UNIFORM,
     .count = 2,
     .parameter = ends,
     .value = low_high_u,
     .word = 1,
     .word_count = 1,
     .stream = stream_u},
};
static const aici_instruction each[] = {
    {AICI_OPCODE_DRAW, 0, 0, 0, 0},   {AICI_OPCODE_DRAW, 1, 1, 0, 0},        {AICI_OPCODE_MULTIPLY, 2, 0, 1, 0},
    {AICI_OPCODE_DIVIDE, 3, 0, 0, 0}, {AICI_OPCODE_SUBTRACT, 1, 1, U(4), 0}, {AICI_OPCODE_LN, 1, 1, 0, 0},
};
static const aici_operand outputs[OUTPUTS] = {2, 3, 1, 0, U(5)};
static const double scales[OUTPUTS] = {1, 1, 1, 1000, 1};
static const aici_program program = {.constant = constants,
                                     .constant_count = 6,
                                     .uniform_count = 6,
                                     .draw = draws,
                                     .draw_count = 2,
                                     .word_count = 2,
                                     .register_count = 4,
                                     .each = each,
                                     .each_count = 6,
                                     .output = outputs,
                                     .output_scale = scales,
                                     .output_count = OUTPUTS};
static uint32_t faulty;
static const double probabilities[] = {0.05, 0.5, 0.95};

/** By the usual probabilities, from a program on. */
static aici_sampling sampling_by(const aici_program *of, bool sobol, uint64_t samples) {
    return (aici_sampling){.program = of,
                           .uniform = of->constant,
                           .seed = 1,
                           .sobol = sobol,
                           .samples = samples,
                           .replicates = sobol ? 8 : 1,
                           .threads = 1,
                           .quantile = probabilities,
                           .quantile_count = 3,
                           .allocator = aici_memory_default()};
}

static aici_sampling sampling_of(aici_arena *arena, bool sobol, uint64_t samples) {
    aici_sampling sampling = sampling_by(&program, sobol, samples);
    sampling.isa = aici_isa_best();
    assert_int_equal(aici_samplers_make(&program, constants, arena, &sampling.sampler, &faulty), AIC_OK);
    return sampling;
}

/** The program with other instructions and outputs, which are in coherent units. */
static aici_program program_with(const aici_instruction *instruction, uint32_t count, const aici_operand *output, uint32_t output_count) {
    static const double ones[OUTPUTS] = {1, 1, 1, 1, 1};
    aici_program made = program;
    made.each = instruction;
    made.each_count = count;
    made.output = output;
    made.output_scale = ones;
    made.output_count = output_count;
    return made;
}

static int begin(void **state) { return (*state = aici_arena_new(aici_memory_default())) ? 0 : -1; }

static int end(void **state) {
    aici_arena_free(*state);
    return 0;
}

static void assert_within(double found, double expected, double error) {
    assert_true(error > 0);
    if (!(fabs(found - expected) <= 5 * error))
        fail_msg("found %.17g, expected %.17g, error %.3g: %.1f errors away", found, expected, error, (found - expected) / error);
}

static void closed_forms_are_met(void **state, bool sobol, uint64_t samples) {
    const double mu = aici_ln(2), sigma = aici_ln(4) / (2 * aici_normal_quantile(0.95));
    const double mean_x = aici_exp(mu + sigma * sigma / 2), square_x = aici_exp(2 * mu + 2 * sigma * sigma);
    for (uint64_t seed = 1; seed <= 5; seed++) {
        aici_statistics of[OUTPUTS];
        aici_sampling sampling = sampling_of(*state, sobol, samples);
        sampling.seed = seed;
        assert_int_equal(aici_eval_sample(&sampling, of, &faulty), AIC_OK);
        assert_within(of[X_TIMES_U].mean, mean_x * 3.5, of[X_TIMES_U].mean_error);
        assert_within(of[X_TIMES_U].sd, sqrt(square_x * 13 - mean_x * mean_x * 12.25), of[X_TIMES_U].sd_error);
        assert_within(of[X].quantile[0] * 1000, 1, of[X].quantile_error[0] * 1000);
        assert_within(of[X].quantile[1] * 1000, 2, of[X].quantile_error[1] * 1000);
        assert_within(of[X].quantile[2] * 1000, 4, of[X].quantile_error[2] * 1000);
        assert_true(of[X].mean_error < 0.01 * of[X].mean);
    }
}

static void monte_carlo_meets_closed_forms(void **state) { closed_forms_are_met(state, false, 200000); }
static void few_draws_meet_closed_forms(void **state) { closed_forms_are_met(state, false, 10000); }
static void sobol_points_meet_closed_forms(void **state) { closed_forms_are_met(state, true, 8192); }
static void many_sobol_points_meet_closed_forms(void **state) { closed_forms_are_met(state, true, 32768); }

/** A quantile that hangs on one draw alone lies in one stratum of the points, where replicates agree more than they are right. */
static void errors_of_quantiles_are_neither_bold_nor_timid(void **state) {
    enum { SEEDS = 40 };
    double squares = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        aici_statistics of[OUTPUTS];
        aici_sampling sampling = sampling_of(*state, true, 8192);
        sampling.seed = seed;
        assert_int_equal(aici_eval_sample(&sampling, of, &faulty), AIC_OK);
        double low = (of[X].quantile[0] - 0.001) / of[X].quantile_error[0], high = (of[X].quantile[2] - 0.004) / of[X].quantile_error[2];
        squares += (low * low + high * high) / (2 * SEEDS);
    }
    if (!(squares > 0.25 && squares < 2))
        fail_msg("the mean square of deviations is %.3g squared errors", squares);
}

static void sobol_points_are_better_for_means(void **state) {
    aici_statistics sobol[OUTPUTS], plain[OUTPUTS];
    aici_sampling first = sampling_of(*state, true, 8192), second = sampling_of(*state, false, 65536);
    assert_int_equal(aici_eval_sample(&first, sobol, &faulty), AIC_OK);
    assert_int_equal(aici_eval_sample(&second, plain, &faulty), AIC_OK);
    assert_true(sobol[X_TIMES_U].mean_error * 10 < plain[X_TIMES_U].mean_error);
}

static void a_name_is_one_draw(void **state) {
    aici_statistics of[OUTPUTS];
    aici_sampling sampling = sampling_of(*state, false, 50000);
    assert_int_equal(aici_eval_sample(&sampling, of, &faulty), AIC_OK);
    assert_true(of[X_BY_X].mean == 1 && of[X_BY_X].sd == 0 && of[X_BY_X].quantile[0] == 1 && of[X_BY_X].quantile[2] == 1);
    assert_true(of[SEVEN].mean == 7 && of[SEVEN].sd == 0 && of[SEVEN].quantile[1] == 7 && of[SEVEN].quantile_error[1] == 0);
}

static void what_is_not_finite_is_counted_and_left_out(void **state) {
    aici_statistics of[OUTPUTS];
    aici_sampling sampling = sampling_of(*state, false, 30000);
    assert_int_equal(aici_eval_sample(&sampling, of, &faulty), AIC_OK);
    assert_int_equal(of[LN_U_3].count + of[LN_U_3].not_finite, 30000);
    assert_true(fabs((double)of[LN_U_3].not_finite - 10000) < 500);
    assert_true(fabs(of[LN_U_3].mean - (aici_ln(2) - 1)) < 5 * of[LN_U_3].mean_error);
    assert_int_equal(of[X].not_finite, 0);
}

static void draws_out_of_bounds_are_counted(void **state) {
    const aici_output_bounds bounds[OUTPUTS] = {[X] = {1, 4, false, false},
                                                [X_BY_X] = {1, (double)INFINITY, true, false},
                                                [X_TIMES_U] = {-(double)INFINITY, (double)INFINITY, false, false},
                                                [LN_U_3] = {-(double)INFINITY, (double)INFINITY, false, false},
                                                [SEVEN] = {7, 7, false, false}};
    aici_statistics of[OUTPUTS];
    aici_sampling sampling = sampling_of(*state, true, 8192);
    sampling.bounds = bounds;
    assert_int_equal(aici_eval_sample(&sampling, of, &faulty), AIC_OK);
    assert_true(fabs((double)of[X].out_of_bounds - 6553.6) < 80);
    assert_int_equal(of[X_BY_X].out_of_bounds, 65536);
    assert_int_equal(of[SEVEN].out_of_bounds + of[X_TIMES_U].out_of_bounds, 0);
}

static int compare(const void *a, const void *b) {
    const double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/** Type 7: between the order statistics around p (n - 1). */
static double quantile_of_sorted(const double *sorted, size_t count, double p) {
    double rank = p * ((double)count - 1), whole = floor(rank);
    size_t at = (size_t)whole;
    return rank > whole ? sorted[at] + (rank - whole) * (sorted[at + 1] - sorted[at]) : sorted[at];
}

static void quantiles_are_exact(void **state) {
    enum { COUNT = 100003 };
    double *column[OUTPUTS];
    aici_statistics of[OUTPUTS];
    aici_sampling sampling = sampling_of(*state, false, COUNT);
    for (int i = 0; i < OUTPUTS; i++)
        column[i] = calloc(COUNT, sizeof **column);
    sampling.draws = column;
    sampling.threads = 3;
    assert_int_equal(aici_eval_sample(&sampling, of, &faulty), AIC_OK);
    qsort(column[X_TIMES_U], COUNT, sizeof **column, compare);
    for (int i = 0; i < 3; i++)
        assert_true(of[X_TIMES_U].quantile[i] == quantile_of_sorted(column[X_TIMES_U], COUNT, probabilities[i]));
    for (int i = 0; i < OUTPUTS; i++)
        free(column[i]);
}

/** Values that repeat: x cut off at 3 (a fifth of it, the 95 % quantile among them), x rounded (few values), and a constant. */
static void values_that_repeat_are_counted_not_kept(void **state) {
    (void)state;
    enum { COUNT = 300000 };
    static const aici_instruction stepped[] = {
        {AICI_OPCODE_DRAW, 0, 0, 0, 0}, {AICI_OPCODE_MIN, 1, 0, U(4), 0}, {AICI_OPCODE_ROUND, 2, 0, 0, 0}};
    static const aici_operand which[] = {1, 2, U(5)};
    static const double p[] = {0.01, 0.05, 0.5, 0.7, 0.95, 0.999};
    const aici_program cut = program_with(stepped, 3, which, 3);
    aici_sampling sampling = sampling_by(&cut, false, COUNT);
    sampling.threads = 2;
    sampling.quantile = p;
    sampling.quantile_count = 6;
    double *column[3];
    aici_statistics of[3];
    aici_gathered *gathered;
    for (int i = 0; i < 3; i++)
        column[i] = calloc(COUNT, sizeof **column);
    sampling.draws = column;
    assert_int_equal(aici_eval_sample(&sampling, of, &faulty), AIC_OK);
    assert_int_equal(aici_eval_gather(&sampling, 0, aici_eval_chunk_count(COUNT, 1), &gathered, &faulty), AIC_OK);
    for (int i = 0; i < 3; i++) {
        size_t kept = 0;
        qsort(column[i], COUNT, sizeof **column, compare);
        for (int k = 0; k < 6; k++)
            assert_true(of[i].quantile[k] == quantile_of_sorted(column[i], COUNT, p[k]));
        for (size_t k = 0; k < gathered->piece_count; k++)
            kept += gathered->piece[k].kept[i].count;
        assert_true(kept < (i == 0 ? COUNT / 3 : COUNT / 100));
        free(column[i]);
    }
    aici_gathered_free(gathered);
}

/** Hardly any draw is finite: in some replicates none is. */
static void replicates_without_a_finite_value_are_left_out(void **state) {
    (void)state;
    static const double more[] = {0, 1, 0.9999, 0, 0, 0};
    static const aici_instruction rare[] = {
        {AICI_OPCODE_DRAW, 0, 0, 0, 0}, {AICI_OPCODE_SUBTRACT, 0, 0, U(2), 0}, {AICI_OPCODE_LN, 0, 0, 0, 0}};
    static const aici_operand low_high[] = {U(0), U(1)}, which[] = {0};
    const aici_draw seldom = {.distribution = AICI_DISTRIBUTION_UNIFORM,
                              .count = 2,
                              .parameter = ends,
                              .value = low_high,
                              .word = 0,
                              .word_count = 1,
                              .stream = stream_u};
    aici_program few = program_with(rare, 3, which, 1);
    few.constant = more;
    few.draw = &seldom;
    few.draw_count = few.word_count = 1;
    aici_sampling sampling = sampling_by(&few, true, 4096);
    sampling.seed = 5;
    sampling.replicates = 16;
    aici_statistics of;
    assert_int_equal(aici_eval_sample(&sampling, &of, &faulty), AIC_OK);
    assert_true(of.count > 0 && of.count < 30);
    assert_true(isfinite(of.mean) && isfinite(of.quantile[1]) && of.quantile[0] <= of.quantile[2] && of.mean_error > 0);
}

static void assert_same(const aici_statistics *left, const aici_statistics *right) {
    for (int i = 0; i < OUTPUTS; i++) {
        const double a[] = {left[i].mean, left[i].sd, left[i].mean_error, left[i].sd_error},
                     b[] = {right[i].mean, right[i].sd, right[i].mean_error, right[i].sd_error};
        assert_memory_equal(a, b, sizeof a);
        assert_memory_equal(left[i].quantile, right[i].quantile, 3 * sizeof *a);
        assert_memory_equal(left[i].quantile_error, right[i].quantile_error, 3 * sizeof *a);
        assert_int_equal(left[i].not_finite, right[i].not_finite);
    }
}

static void threads_change_no_bit(void **state) {
    for (int sobol = 0; sobol < 2; sobol++) {
        aici_statistics one[OUTPUTS], many[OUTPUTS];
        aici_sampling sampling = sampling_of(*state, sobol, sobol ? 16384 : 100000);
        assert_int_equal(aici_eval_sample(&sampling, one, &faulty), AIC_OK);
        for (uint32_t threads = 2; threads <= 64; threads = threads * 2 + 1) {
            sampling.threads = threads;
            assert_int_equal(aici_eval_sample(&sampling, many, &faulty), AIC_OK);
            assert_same(one, many);
        }
    }
}

static void instruction_sets_change_no_bit(void **state) {
    for (int sobol = 0; sobol < 2; sobol++) {
        aici_statistics best[OUTPUTS], other[OUTPUTS];
        aici_sampling sampling = sampling_of(*state, sobol, sobol ? 4096 : 50000);
        assert_int_equal(aici_eval_sample(&sampling, best, &faulty), AIC_OK);
        for (unsigned i = 0; i < AICI_ISA_COUNT; i++) {
            sampling.isa = aici_isa_at(i);
            if (!sampling.isa)
                continue;
            assert_int_equal(aici_eval_sample(&sampling, other, &faulty), AIC_OK);
            assert_same(best, other);
        }
    }
}

static void another_seed_gives_other_draws(void **state) {
    aici_statistics one[OUTPUTS], other[OUTPUTS];
    aici_sampling sampling = sampling_of(*state, true, 1024);
    assert_int_equal(aici_eval_sample(&sampling, one, &faulty), AIC_OK);
    sampling.seed = 2;
    assert_int_equal(aici_eval_sample(&sampling, other, &faulty), AIC_OK);
    assert_true(one[X].mean != other[X].mean && one[X].quantile[1] != other[X].quantile[1]);
}

static void it_stops_when_asked(void **state) {
    const volatile uint32_t stop = 1;
    volatile uint64_t progress = 99;
    const aici_control control = {&stop, &progress};
    aici_statistics of[OUTPUTS];
    aici_sampling sampling = sampling_of(*state, false, 1000000);
    sampling.control = &control;
    assert_int_equal(aici_eval_sample(&sampling, of, &faulty), AIC_ERROR_CANCELLED);
}

static void progress_ends_at_all_draws(void **state) {
    volatile uint64_t progress = 99;
    const aici_control control = {NULL, &progress};
    aici_statistics of[OUTPUTS];
    aici_sampling sampling = sampling_of(*state, true, 2048);
    sampling.control = &control;
    sampling.threads = 2;
    assert_int_equal(aici_eval_sample(&sampling, of, &faulty), AIC_OK);
    assert_int_equal(progress, 8 * 2048);
}

static void even_few_draws_give_statistics(void **state) {
    for (uint64_t samples = 1; samples < 20; samples++) {
        aici_statistics of[OUTPUTS];
        aici_sampling sampling = sampling_of(*state, false, samples);
        assert_int_equal(aici_eval_sample(&sampling, of, &faulty), AIC_OK);
        assert_int_equal(of[X].count, samples);
        assert_true(isfinite(of[X].mean) && of[X].quantile[0] <= of[X].quantile[1] && of[X].quantile[1] <= of[X].quantile[2]);
        assert_true(isnan(of[X].mean_error) == (samples == 1));
    }
}

static void one_replicate_knows_no_errors(void **state) {
    aici_statistics of[OUTPUTS];
    aici_sampling sampling = sampling_of(*state, true, 32768);
    sampling.replicates = 1;
    assert_int_equal(aici_eval_sample(&sampling, of, &faulty), AIC_OK);
    assert_true(isnan(of[X].mean_error) && isnan(of[X].sd_error) && isnan(of[X].quantile_error[1]));
    assert_true(fabs(of[X].quantile[0] * 1000 - 1) < 1e-3 && fabs(of[X].quantile[1] * 1000 - 2) < 1e-3 && of[X].count == 32768);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
        TEST(monte_carlo_meets_closed_forms),
        TEST(few_draws_meet_closed_forms),
        TEST(sobol_points_meet_closed_forms),
        TEST(many_sobol_points_meet_closed_forms),
        TEST(sobol_points_are_better_for_means),
        TEST(a_name_is_one_draw),
        TEST(what_is_not_finite_is_counted_and_left_out),
        TEST(draws_out_of_bounds_are_counted),
        TEST(quantiles_are_exact),
        TEST(values_that_repeat_are_counted_not_kept),
        TEST(replicates_without_a_finite_value_are_left_out),
        TEST(threads_change_no_bit),
        TEST(instruction_sets_change_no_bit),
        TEST(another_seed_gives_other_draws),
        TEST(it_stops_when_asked),
        TEST(progress_ends_at_all_draws),
        TEST(even_few_draws_give_statistics),
        TEST(errors_of_quantiles_are_neither_bold_nor_timid),
        TEST(one_replicate_knows_no_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
