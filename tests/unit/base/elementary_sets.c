/* SPDX-License-Identifier: MIT */
/* The vector functions give the same bits on every instruction set that the processor has, and in every company of lanes. */
#include "base/elementary.h"
#include "elementary_set.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { LANES = 8, VECTORS = 12500 };

static uint64_t draw(uint64_t *state) {
    uint64_t word = *state += UINT64_C(0x9e3779b97f4a7c15);
    word = (word ^ word >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    word = (word ^ word >> 27) * UINT64_C(0x94d049bb133111eb);
    return word ^ word >> 31;
}

static double unit(uint64_t *state) { return ((double)(draw(state) >> 12) + 0.5) * 0x1p-52; }

/** Any bits now and then, else what the function is for. */
static double argument(enum function function, uint64_t *state) {
    uint64_t word = draw(state);
    double any;
    memcpy(&any, &word, sizeof any);
    if (draw(state) % 16 == 0 && function < EXP_MODERATE)
        return any;
    switch (function) {
    case EXP: return (unit(state) - 0.5) * 1600;
    case EXP_MODERATE: return (unit(state) - 0.5) * 1400;
    case PROBABILITY: return (unit(state) - 0.5) * (draw(state) % 2 ? 5 : 80);
    case QUANTILE: return draw(state) % 2 ? unit(state) : ldexp(unit(state), -(int)(draw(state) % 1070));
    case LN_UNIT: return unit(state);
    default: return draw(state) % 2 ? unit(state) * 3 : fabs(any);
    }
}

/** The same double, or both NaN, whose sign and payload nothing fixes. */
static void assert_same(const double *a, const double *b, int count) {
    for (int i = 0; i < count; i++)
        assert_true(memcmp(a + i, b + i, sizeof *a) == 0 || (isnan(a[i]) && isnan(b[i])));
}

#if defined(__x86_64__)

static void assert_as_generic(apply_function *apply) {
    for (enum function function = EXP; function < FUNCTIONS; function++) {
        uint64_t state = function;
        for (int i = 0; i < VECTORS; i++) {
            double a[LANES], b[LANES], expected[LANES], result[LANES];
            for (int lane = 0; lane < LANES; lane++) {
                a[lane] = argument(function, &state);
                b[lane] = (unit(&state) - 0.5) * (draw(&state) % 2 ? 20 : 2000);
            }
            apply_generic(function, a, b, expected);
            apply(function, a, b, result);
            assert_same(expected, result, LANES);
        }
    }
}

static void assert_draws_as_generic(draw_function *draw_with) {
    uint64_t state = 5;
    for (int i = 0; i < VECTORS; i++) {
        uint64_t a[LANES], b[LANES];
        double normal[2][2 * LANES], sine[2][2 * LANES];
        for (int lane = 0; lane < LANES; lane++) {
            a[lane] = draw(&state);
            b[lane] = draw(&state);
        }
        draw_generic(a, b, normal[0], sine[0]);
        draw_with(a, b, normal[1], sine[1]);
        assert_same(normal[0], normal[1], 2 * LANES);
        assert_same(sine[0], sine[1], 2 * LANES);
    }
}

static void avx2_is_as_generic(void **state) {
    (void)state;
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma"))
        skip();
    assert_as_generic(apply_avx2);
    assert_draws_as_generic(draw_avx2);
}

/* tests/unit/emulated/ compiles this once more, with what is written for AVX-512 made of AVX2. */
static bool has_avx512(void) {
#if defined(AVX512_IS_EMULATED)
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
#endif
}

static void avx512_is_as_generic(void **state) {
    (void)state;
    if (!has_avx512())
        skip();
    assert_as_generic(apply_avx512);
    assert_draws_as_generic(draw_avx512);
}

#endif

static double scalar(enum function function, double a, double b) {
    switch (function) {
    case EXP: return aici_exp(a);
    case LN: return aici_ln(a);
    case LOG2: return aici_log2(a);
    case LOG10: return aici_log10(a);
    case POWER: return aici_power(a, b);
    case PROBABILITY: return aici_normal_probability(a);
    default: return aici_normal_quantile(a);
    }
}

static void a_lane_does_not_depend_on_its_neighbours(void **state) {
    (void)state;
    for (enum function function = EXP; function <= QUANTILE; function++) {
        uint64_t random = 77;
        for (int i = 0; i < VECTORS / 10; i++) {
            double a[LANES], b[LANES], result[LANES];
            for (int lane = 0; lane < LANES; lane++) {
                a[lane] = argument(function, &random);
                b[lane] = (unit(&random) - 0.5) * 20;
            }
            apply_generic(function, a, b, result);
            for (int lane = 0; lane < LANES; lane++) {
                double alone = scalar(function, a[lane], b[lane]);
                assert_same(result + lane, &alone, 1);
            }
        }
    }
}

static void normal_pairs_have_mean_0_and_variance_1(void **state) {
    (void)state;
    uint64_t random = 3;
    double sum = 0, squares = 0, product = 0;
    for (int i = 0; i < VECTORS; i++) {
        uint64_t a[LANES], b[LANES];
        double normal[2 * LANES], sine[2 * LANES];
        for (int lane = 0; lane < LANES; lane++) {
            a[lane] = draw(&random);
            b[lane] = draw(&random);
        }
        draw_generic(a, b, normal, sine);
        for (int lane = 0; lane < LANES; lane++) {
            sum += normal[lane] + normal[LANES + lane];
            squares += normal[lane] * normal[lane] + normal[LANES + lane] * normal[LANES + lane];
            product += normal[lane] * normal[LANES + lane];
            assert_true(fabs(sine[lane] * sine[lane] + sine[LANES + lane] * sine[LANES + lane] - 1) < 1e-15);
        }
    }
    const double count = 2.0 * LANES * VECTORS; /* four standard errors */
    assert_true(fabs(sum / count) < 4 / sqrt(count));
    assert_true(fabs(squares / count - 1) < 4 * sqrt(2 / count));
    assert_true(fabs(product / count) < 4 / sqrt(count));
}

int main(void) {
    const struct CMUnitTest tests[] = {
#if defined(__x86_64__)
        cmocka_unit_test(avx2_is_as_generic),
        cmocka_unit_test(avx512_is_as_generic),
#endif
        cmocka_unit_test(a_lane_does_not_depend_on_its_neighbours),
        cmocka_unit_test(normal_pairs_have_mean_0_and_variance_1),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
