/* SPDX-License-Identifier: MIT */
/* Draws against quantile functions, of every distribution that is drawn through standard normal numbers; and one hash of all statistics,
 * which every build must come to. */
#include "base/hash.h"
#include "eval/curve.h"
#include "eval/eval.h"
#include "eval/philox.h"
#include "eval/sampling.h"

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define U(number) (AICI_OPERAND_UNIFORM | (number))
#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
enum { OUTPUTS = 14, POINTS = 4096, REPLICATES = 2 };

/* Uniform values, by number. */
static const double number[] = {0, 1, 2, 5, 10, 0.5, 3, 0.25, 4, 100, 1e-3, 7, -1, 20, 0.1};
enum { N0, N1, N2, N5, N10, HALF, N3, QUARTER, N4, N100, MILLI, N7, MINUS_1, N20, TENTH };

static const uint8_t low_mode_high[] = {AICI_PARAMETER_LOW, AICI_PARAMETER_MODE, AICI_PARAMETER_HIGH},
                     a_b[] = {AICI_PARAMETER_A, AICI_PARAMETER_B};
static const uint8_t mean_sd[] = {AICI_PARAMETER_MEAN, AICI_PARAMETER_SD},
                     three[] = {AICI_PARAMETER_P5, AICI_PARAMETER_P50, AICI_PARAMETER_P95};
static const uint8_t two[] = {AICI_PARAMETER_P5, AICI_PARAMETER_P95}, ends[] = {AICI_PARAMETER_LOW, AICI_PARAMETER_HIGH};
static const uint8_t cut[] = {AICI_PARAMETER_DISTRIBUTION, AICI_PARAMETER_LOW, AICI_PARAMETER_HIGH};
static const uint64_t stream[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14};

#define VALUES(...)                                                                                                                        \
    (const aici_operand[]) { __VA_ARGS__ }
#define DRAW(kind, names, words, first, ...)                                                                                               \
    {                                                                                                                                      \
        .distribution = AICI_DISTRIBUTION_##kind, .count = COUNT_OF(names), .parameter = names, .value = VALUES(__VA_ARGS__),              \
        .word = first, .word_count = words, .stream = &stream[first]                                                                       \
    }

/* Those of no words are components, of the draw behind them. */
static const aici_draw draws[] = {
    DRAW(PERT, low_mode_high, 1, 0, U(N1), U(N2), U(N10)),
    DRAW(BETA, a_b, 1, 1, U(HALF), U(HALF)),
    DRAW(BETA, a_b, 1, 2, U(N100), U(N3)),
    DRAW(BETA, a_b, 1, 3, U(MILLI), U(N3)), /* too much for a curve */
    DRAW(NORMAL, three, 1, 4, U(N1), U(N2), U(N10)),
    DRAW(LOGNORMAL, three, 1, 5, U(N1), U(N2), U(N100)),
    DRAW(NORMAL, mean_sd, 0, 6, U(N0), U(N1)),
    DRAW(TRUNCATED, cut, 1, 6, 6, U(QUARTER), U(N3)),
    DRAW(NORMAL, mean_sd, 0, 7, U(N0), U(N1)),
    DRAW(TRUNCATED, cut, 1, 7, 8, U(N7), U(N20)), /* far out in the tail */
    DRAW(LOGNORMAL, two, 0, 8, U(N1), U(N4)),
    DRAW(TRUNCATED, cut, 1, 8, 10, U(MINUS_1), U(N3)),
    DRAW(PERT, low_mode_high, 0, 9, U(N1), U(N5), U(N10)),
    DRAW(TRUNCATED, cut, 1, 9, 12, U(N3), U(N7)),
    DRAW(NORMAL, mean_sd, 1, 10, U(N5), U(N2)),
    DRAW(LOGNORMAL, two, 1, 11, U(N1), U(N4)),
    DRAW(TRIANGULAR, low_mode_high, 1, 12, U(N1), U(N2), U(N10)),
    DRAW(LOGUNIFORM, ends, 1, 13, U(TENTH), U(N20)),
};
static const uint32_t draw_of[OUTPUTS] = {0, 1, 2, 3, 4, 5, 7, 9, 11, 13, 14, 15, 16, 17};
static const double probabilities[] = {0.05, 0.5, 0.95};

/** What one test works with. */
struct sampled {
    aici_arena *arena;
    aici_instruction each[OUTPUTS];
    aici_operand output[OUTPUTS];
    double scale[OUTPUTS], *column[OUTPUTS];
    aici_program program;
    aici_sampling sampling;
    const aici_sampler *sampler;
};

static int begin(void **state) {
    struct sampled *of = calloc(1, sizeof *of);
    uint32_t faulty;
    of->arena = aici_arena_new(aici_memory_default());
    for (uint32_t i = 0; i < OUTPUTS; i++) {
        of->each[i] = (aici_instruction){AICI_OPCODE_DRAW, i, draw_of[i], 0, 0};
        of->output[i] = i;
        of->scale[i] = 1;
        of->column[i] = calloc(POINTS * REPLICATES, sizeof(double));
    }
    of->program = (aici_program){.constant = number,
                                 .constant_count = COUNT_OF(number),
                                 .uniform_count = COUNT_OF(number),
                                 .draw = draws,
                                 .draw_count = COUNT_OF(draws),
                                 .word_count = OUTPUTS,
                                 .register_count = OUTPUTS,
                                 .each = of->each,
                                 .each_count = OUTPUTS,
                                 .output = of->output,
                                 .output_scale = of->scale,
                                 .output_count = OUTPUTS};
    if (aici_samplers_make(&of->program, number, of->arena, &of->sampler, &faulty) != AIC_OK)
        return -1;
    of->sampling = (aici_sampling){.program = &of->program,
                                   .uniform = number,
                                   .seed = 3,
                                   .sobol = true,
                                   .samples = POINTS,
                                   .replicates = REPLICATES,
                                   .threads = 1,
                                   .quantile = probabilities,
                                   .quantile_count = 3,
                                   .draws = of->column,
                                   .allocator = aici_memory_default(),
                                   .sampler = of->sampler};
    *state = of;
    return 0;
}

static int end(void **state) {
    struct sampled *of = *state;
    for (int i = 0; i < OUTPUTS; i++)
        free(of->column[i]);
    aici_arena_free(of->arena);
    free(of);
    return 0;
}

static void run(const aici_sampling *sampling, aici_statistics *out) {
    uint32_t faulty;
    assert_int_equal(aici_eval_sample(sampling, out, &faulty), AIC_OK);
}

static double unit_of(uint64_t word) {
    const uint64_t bits = word >> 12 | 1 | UINT64_C(0x3ff0000000000000);
    double made;
    memcpy(&made, &bits, sizeof made);
    return made - 1;
}

static void points_are_quantiles(void **state) {
    const struct sampled *of = *state;
    aici_statistics statistics[OUTPUTS];
    run(&of->sampling, statistics);
    for (uint32_t k = 0; k < OUTPUTS; k++) {
        const aici_sampler *sampler = &of->sampler[draw_of[k]];
        aici_sobol sobol;
        aici_sobol_begin(&sobol, k, of->sampling.seed, stream[k], 0, true);
        for (uint64_t i = 0; i < POINTS; i++) {
            double expected = aici_distribution_quantile(sampler->ready, unit_of(aici_sobol_word(&sobol, i))), found = of->column[k][i];
            if (!(fabs(found - expected) <= (sampler->kind == AICI_SAMPLER_CURVE ? 1e-10 : 4e-15) * fabs(expected)))
                fail_msg("output %u, point %u: %.17g, the quantile function gives %.17g", k, (unsigned)i, found, expected);
        }
    }
}

static void beta_distributions_have_curves(void **state) {
    const struct sampled *of = *state;
    static const uint32_t with[] = {0, 1, 2, 13};
    for (size_t i = 0; i < COUNT_OF(with); i++)
        assert_int_equal(of->sampler[with[i]].kind, AICI_SAMPLER_CURVE);
    assert_int_equal(of->sampler[3].kind, AICI_SAMPLER_QUANTILE);
    assert_int_equal(of->sampler[9].kind, AICI_SAMPLER_BELL);
}

/** The worst error over a fine grid, for many shapes, both tails. */
static void curves_are_within_their_error(void **state) {
    static const double shapes[][2] = {{2, 5},  {1, 1},     {0.5, 0.5}, {0.1, 0.2},  {1.01, 4.99}, {1, 5},
                                       {30, 2}, {500, 800}, {1e5, 1e5}, {0.3, 1000}, {1e4, 1.5}};
    struct sampled *of = *state;
    for (size_t i = 0; i < COUNT_OF(shapes); i++) {
        const aici_written written = {.distribution = AICI_DISTRIBUTION_BETA, .count = 2, .parameter = a_b, .value = shapes[i]};
        aici_ready ready = {0};
        aici_curve curve;
        uint32_t at;
        assert_int_equal(aici_distribution_prepare(&written, of->arena, &ready, &at), AICI_DISTRIBUTION_FINE);
        assert_true(aici_curve_make(&ready, -8.3, 8.3, of->arena, &curve));
        assert_non_null(curve.piece);
        for (double place = 0; place <= curve.last; place += 0.53) {
            const double *piece = curve.piece + (size_t)place * AICI_CURVE_NUMBERS, rest = place - floor(place);
            double logit = piece[0] + rest * (piece[1] + rest * (piece[2] + rest * (piece[3] + rest * (piece[4] + rest * piece[5])))),
                   z = curve.first + place / curve.each;
            if (z > 0)
                continue; /* probabilities near 1 do not say where they are */
            double expected = aici_distribution_quantile(&ready, 0.5 * erfc(-z * 0.70710678118654752)), found = 1 / (1 + exp(-logit));
            if (!(fabs(found - expected) <= 1e-10 * expected))
                fail_msg("shape %g, %g at %g: %.17g, expected %.17g", shapes[i][0], shapes[i][1], z, found, expected);
        }
    }
}

/** All bits of all statistics. */
static uint64_t hash_of(const aici_statistics *of) {
    uint64_t hash = 0;
    for (int i = 0; i < OUTPUTS; i++) {
        const double values[] = {
            of[i].mean,        of[i].sd,          of[i].mean_error,        of[i].sd_error,          of[i].quantile[0],
            of[i].quantile[1], of[i].quantile[2], of[i].quantile_error[0], of[i].quantile_error[1], of[i].quantile_error[2]};
        for (size_t k = 0; k < COUNT_OF(values); k++) {
            uint64_t bits;
            memcpy(&bits, &values[k], sizeof bits);
            hash = aici_hash_mix(hash ^ bits);
        }
    }
    return hash;
}

static void one_hash(const struct sampled *of, bool sobol, uint64_t expected) {
    static const uint32_t threads[] = {1, 2, 3, 7, 16, 33, 64};
    aici_statistics statistics[OUTPUTS];
    aici_sampling sampling = of->sampling;
    sampling.draws = NULL;
    sampling.sobol = sobol;
    sampling.samples = sobol ? 8192 : 40000;
    sampling.replicates = sobol ? 4 : 1;
    for (unsigned set = 0; set < AICI_ISA_COUNT; set++)
        for (size_t i = 0; aici_isa_at(set) && i < COUNT_OF(threads); i++) {
            if (i > 1 && aici_isa_at(set) != aici_isa_best())
                continue; /* the generic set is slow */
            sampling.isa = aici_isa_at(set);
            sampling.threads = threads[i];
            run(&sampling, statistics);
            if (hash_of(statistics) != expected)
                fail_msg("%s, %u threads, Sobol' points: %d: 0x%016llx", sampling.isa->name, threads[i], sobol,
                         (unsigned long long)hash_of(statistics));
        }
}

/* Every compiler, instruction set and number of threads: whoever changes these numbers changes what users draw. */
static void every_build_has_these_bits(void **state) {
    one_hash(*state, true, UINT64_C(0x49dec4b6ab17d198));
    one_hash(*state, false, UINT64_C(0xe462a2ef36dafd6e));
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
        TEST(points_are_quantiles),
        TEST(beta_distributions_have_curves),
        TEST(curves_are_within_their_error),
        TEST(every_build_has_these_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
