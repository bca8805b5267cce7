/* SPDX-License-Identifier: MIT */
/*
 * What the programs that are made by hand share: one register of doubles (AVX-512: eight, AVX2: four), exponentials, logarithms and normal
 * numbers with no more digits and no more cases than W1 and W2 need, and random words. Nothing here is kept the same between instruction
 * sets: these programs show what the machine can do, whatever it takes.
 */
#ifndef TESTS_BENCH_LIMIT_H
#define TESTS_BENCH_LIMIT_H

#include "base/simd/coefficients.h"
#include <immintrin.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#define ALWAYS static inline __attribute__((always_inline, unused))

#if defined(__AVX512F__) && defined(__AVX512DQ__)
enum { WIDTH = 8 };
typedef __m512d vec;
typedef __m512i words;
typedef __mmask8 mask;
ALWAYS vec all(double a) { return _mm512_set1_pd(a); }
ALWAYS vec load(const double *from) { return _mm512_loadu_pd(from); }
ALWAYS void store(double *to, vec a) { _mm512_storeu_pd(to, a); }
ALWAYS vec root(vec a) { return _mm512_sqrt_pd(a); }
ALWAYS vec fma_of(vec a, vec b, vec c) { return _mm512_fmadd_pd(a, b, c); }
ALWAYS vec less_product(vec a, vec b, vec c) { return _mm512_fnmadd_pd(a, b, c); }
ALWAYS mask below(vec a, vec b) { return _mm512_cmp_pd_mask(a, b, _CMP_LT_OQ); }
ALWAYS mask either(mask a, mask b) { return (mask)(a | b); }
ALWAYS mask but_not(mask a, mask b) { return (mask)(a & ~b); }
ALWAYS unsigned bits_of(mask a) { return a; }
ALWAYS vec choose(mask m, vec a, vec b) { return _mm512_mask_blend_pd(m, b, a); }
ALWAYS words word_all(uint64_t a) { return _mm512_set1_epi64((long long)a); }
ALWAYS words word_load(const uint64_t *from) { return _mm512_loadu_si512(from); }
ALWAYS void word_store(uint64_t *to, words a) { _mm512_storeu_si512(to, a); }
ALWAYS words plus(words a, words b) { return _mm512_add_epi64(a, b); }
ALWAYS words minus(words a, words b) { return _mm512_sub_epi64(a, b); }
ALWAYS words and_of(words a, words b) { return _mm512_and_si512(a, b); }
ALWAYS words or_of(words a, words b) { return _mm512_or_si512(a, b); }
ALWAYS words xor_of(words a, words b) { return _mm512_xor_si512(a, b); }
#define LEFT(a, places) _mm512_slli_epi64(a, places)
#define RIGHT(a, places) _mm512_srli_epi64(a, places)
#define TURN(a, places) _mm512_rol_epi64(a, places)
ALWAYS mask top_bit(words a) { return _mm512_movepi64_mask(a); }
ALWAYS words count_in(words sum, mask m) { return _mm512_mask_sub_epi64(sum, m, sum, _mm512_set1_epi64(-1)); }
ALWAYS vec as_vec(words a) { return _mm512_castsi512_pd(a); }
ALWAYS words as_words(vec a) { return _mm512_castpd_si512(a); }
ALWAYS int pack(double *to, mask m, vec a) {
    _mm512_storeu_pd(to, _mm512_maskz_compress_pd(m, a));
    return __builtin_popcount(m);
}
ALWAYS vec look_up(const double *table, words index) { return _mm512_permutex2var_pd(load(table), index, load(table + 8)); }
#else
enum { WIDTH = 4 };
typedef __m256d vec;
typedef __m256i words;
typedef __m256d mask;
ALWAYS vec all(double a) { return _mm256_set1_pd(a); }
ALWAYS vec load(const double *from) { return _mm256_loadu_pd(from); }
ALWAYS void store(double *to, vec a) { _mm256_storeu_pd(to, a); }
ALWAYS vec root(vec a) { return _mm256_sqrt_pd(a); }
ALWAYS vec fma_of(vec a, vec b, vec c) { return _mm256_fmadd_pd(a, b, c); }
ALWAYS vec less_product(vec a, vec b, vec c) { return _mm256_fnmadd_pd(a, b, c); }
ALWAYS mask below(vec a, vec b) { return _mm256_cmp_pd(a, b, _CMP_LT_OQ); }
ALWAYS mask either(mask a, mask b) { return _mm256_or_pd(a, b); }
ALWAYS mask but_not(mask a, mask b) { return _mm256_andnot_pd(b, a); }
ALWAYS unsigned bits_of(mask a) { return (unsigned)_mm256_movemask_pd(a); }
ALWAYS vec choose(mask m, vec a, vec b) { return _mm256_blendv_pd(b, a, m); }
ALWAYS words word_all(uint64_t a) { return _mm256_set1_epi64x((long long)a); }
ALWAYS words word_load(const uint64_t *from) { return _mm256_loadu_si256((const __m256i *)(const void *)from); }
ALWAYS void word_store(uint64_t *to, words a) { _mm256_storeu_si256((__m256i *)(void *)to, a); }
ALWAYS words plus(words a, words b) { return _mm256_add_epi64(a, b); }
ALWAYS words minus(words a, words b) { return _mm256_sub_epi64(a, b); }
ALWAYS words and_of(words a, words b) { return _mm256_and_si256(a, b); }
ALWAYS words or_of(words a, words b) { return _mm256_or_si256(a, b); }
ALWAYS words xor_of(words a, words b) { return _mm256_xor_si256(a, b); }
#define LEFT(a, places) _mm256_slli_epi64(a, places)
#define RIGHT(a, places) _mm256_srli_epi64(a, places)
#define TURN(a, places) or_of(LEFT(a, places), RIGHT(a, 64 - (places)))
ALWAYS mask top_bit(words a) { return _mm256_castsi256_pd(a); } /* choose() looks at nothing else */
ALWAYS words count_in(words sum, mask m) { return minus(sum, _mm256_castpd_si256(m)); }
ALWAYS vec as_vec(words a) { return _mm256_castsi256_pd(a); }
ALWAYS words as_words(vec a) { return _mm256_castpd_si256(a); }
#define HALVES(lane) 2 * (lane), 2 * (lane) + 1
static const uint32_t pack_order[16][8] = {{0},
                                           {HALVES(0)},
                                           {HALVES(1)},
                                           {HALVES(0), HALVES(1)},
                                           {HALVES(2)},
                                           {HALVES(0), HALVES(2)},
                                           {HALVES(1), HALVES(2)},
                                           {HALVES(0), HALVES(1), HALVES(2)},
                                           {HALVES(3)},
                                           {HALVES(0), HALVES(3)},
                                           {HALVES(1), HALVES(3)},
                                           {HALVES(0), HALVES(1), HALVES(3)},
                                           {HALVES(2), HALVES(3)},
                                           {HALVES(0), HALVES(2), HALVES(3)},
                                           {HALVES(1), HALVES(2), HALVES(3)},
                                           {HALVES(0), HALVES(1), HALVES(2), HALVES(3)}};
ALWAYS int pack(double *to, mask m, vec a) {
    const unsigned bits = bits_of(m);
    _mm256_storeu_ps((float *)to,
                     _mm256_permutevar8x32_ps(_mm256_castpd_ps(a), word_load((const uint64_t *)(const void *)pack_order[bits])));
    return __builtin_popcount(bits);
}
#endif

/* --- exp and ln ----------------------------------------------------------------------------------------------------------------------- */

#define STEP(c) made = fma_of(made, at, all(c));
#define SHIFTER 0x1.8p52

#if defined(__AVX512F__) && defined(__AVX512DQ__)
/* Sixteen steps to a power of two, and to a doubling of the mantissa, looked up in two registers; near-minimax polynomials for the rest. */
static double table_exp[16], table_inverse[16], table_ln[16];

static void make_tables(void) {
    for (int i = 0; i < 16; i++) {
        double low = i < 10 ? 0.6875 + i / 32.0 : 1 + (i - 10) / 16.0, width = i < 10 ? 1 / 32.0 : 1 / 16.0;
        table_exp[i] = exp2(i / 16.0);
        table_inverse[i] = i == 9 || i == 10 ? 1 : 1 / (low + width / 2);
        table_ln[i] = -log(table_inverse[i]);
    }
}

ALWAYS vec exp_of(vec x) {
    const vec shifted = fma_of(x, all(16 * AICI_LOG2_E), all(SHIFTER)), steps = shifted - all(SHIFTER);
    const vec at = less_product(steps, all(AICI_LN2_LOW / 16), less_product(steps, all(AICI_LN2_HIGH / 16), x));
    const words index = as_words(shifted);
    const vec scale = as_vec(plus(as_words(look_up(table_exp, index)), LEFT(RIGHT(index, 4), 52)));
    vec made = all(0x1.6c17ed4cc4834p-10);
    STEP(0x1.11123cf1dba3ap-7)
    STEP(0x1.55555554e9468p-5) STEP(0x1.555555547d378p-3) STEP(0x1.0000000000001p-1)
        STEP(0x1.0000000000003p+0) return fma_of(scale * at, made, scale);
}

ALWAYS vec ln_of(vec x) {
    const words from = minus(as_words(x), word_all(UINT64_C(0x3fe6000000000000))), cell = RIGHT(from, 48);
    const vec exponent =
        as_vec(or_of(RIGHT(plus(from, word_all(UINT64_C(1024) << 52)), 52), word_all(UINT64_C(0x4330000000000000)))) - all(0x1p52 + 1024);
    const vec mantissa = as_vec(minus(as_words(x), and_of(from, word_all(UINT64_C(0xfff0000000000000)))));
    const vec at = fma_of(mantissa, look_up(table_inverse, cell), all(-1));
    vec made = all(-0x1.9c9ff55619b5ap-4);
    STEP(0x1.ca6924f0e0e95p-4)
        STEP(-0x1.fffdb87228a0dp-4) STEP(0x1.24910ade22d0ep-3) STEP(-0x1.555555a6b28f2p-3) STEP(0x1.999999f25a42ap-3)
            STEP(-0x1.fffffffff9e07p-3) STEP(0x1.5555555551fe6p-2) STEP(-0.5) return fma_of(at * at, made, at) +
        fma_of(exponent, all(0x1.62e42fefa39efp-1), look_up(table_ln, cell));
}
#else
static void make_tables(void) {}

ALWAYS vec exp_of(vec x) {
    const vec shifted = fma_of(x, all(AICI_LOG2_E), all(SHIFTER)), power = shifted - all(SHIFTER);
    const vec at = less_product(power, all(AICI_LN2_LOW), less_product(power, all(AICI_LN2_HIGH), x));
    vec made = all(AICI_EXP_TAIL_HIGHEST);
    AICI_EXP_TAIL(STEP)
    made = all(1) + fma_of(at * at, made, at);
    return as_vec(plus(as_words(made), LEFT(as_words(shifted), 52)));
}

ALWAYS vec ln_of(vec x) {
    const words from = minus(as_words(x), word_all(UINT64_C(0x3fe6a09e667f3bcd)));
    const vec exponent =
        as_vec(or_of(RIGHT(plus(from, word_all(UINT64_C(1024) << 52)), 52), word_all(UINT64_C(0x4330000000000000)))) - all(0x1p52 + 1024);
    const vec f = as_vec(minus(as_words(x), and_of(from, word_all(UINT64_C(0xfff0000000000000))))) - all(1), s = f / (f + all(2)),
              at = s * s;
    vec made = all(AICI_LN_HIGHEST);
    AICI_LN(STEP)
    return fma_of(exponent, all(0x1.62e42fefa39efp-1), less_product(s, less_product(at, made, f), f));
}
#endif

/* --- random numbers ------------------------------------------------------------------------------------------------------------------- */

/** 52 bits in the middle of their cell. */
ALWAYS vec unit(words bits) { return as_vec(or_of(or_of(RIGHT(bits, 12), word_all(1)), word_all(UINT64_C(0x3ff0000000000000)))) - all(1); }

ALWAYS void normal_pair(words a, words b, vec *first, vec *second) {
    const vec radius = root(all(-2) * ln_of(unit(a))), quarter = unit(b) - all(0.5), at = quarter * quarter;
    vec made = all(AICI_SIN_HIGHEST);
    AICI_SIN(STEP)
    const vec minor = made * quarter;
    made = all(AICI_COS_HIGHEST);
    AICI_COS(STEP)
    const vec major = as_vec(xor_of(as_words(fma_of(at, made, all(1))), LEFT(RIGHT(b, 1), 63)));
    const mask swap = top_bit(LEFT(b, 63));
    *first = radius * choose(swap, minor, major);
    *second = radius * choose(swap, major, minor);
}

/** xoshiro256++, a lane a stream. */
typedef struct generator {
    words a, b, c, d;
} generator;

ALWAYS words next_words(generator *g) {
    const words out = plus(TURN(plus(g->a, g->d), 23), g->a), shifted = LEFT(g->b, 17);
    g->c = xor_of(g->c, g->a);
    g->d = xor_of(g->d, g->b);
    g->b = xor_of(g->b, g->c);
    g->a = xor_of(g->a, g->d);
    g->c = xor_of(g->c, shifted);
    g->d = TURN(g->d, 45);
    return out;
}

/** SplitMix64. */
ALWAYS uint64_t next_seed(uint64_t *state) {
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

ALWAYS generator generator_of(uint64_t seed, uint64_t block) {
    uint64_t state[4][WIDTH];
    for (uint64_t lane = 0; lane < WIDTH; lane++) {
        uint64_t at = seed;
        at = next_seed(&at) ^ (block * 8 + lane);
        for (int i = 0; i < 4; i++)
            state[i][lane] = next_seed(&at);
    }
    return (generator){word_load(state[0]), word_load(state[1]), word_load(state[2]), word_load(state[3])};
}

/* --- W1's numbers --------------------------------------------------------------------------------------------------------------------- */

/** Mean and sd of the logarithm of what lies below @p p5 and above @p p95 in 5 % each. */
typedef struct logarithmic {
    double mean, sd;
} logarithmic;

static inline logarithmic logarithmic_of(double p5, double p95) {
    return (logarithmic){(log(p5) + log(p95)) / 2, (log(p95) - log(p5)) / (2 * 1.6448536269514722)};
}

ALWAYS double sum_of(vec a) {
    double lane[WIDTH], sum = 0;
    store(lane, a);
    for (int i = 0; i < WIDTH; i++)
        sum += lane[i];
    return sum;
}

ALWAYS uint64_t count_of(words a) {
    uint64_t lane[WIDTH], sum = 0;
    word_store(lane, a);
    for (int i = 0; i < WIDTH; i++)
        sum += lane[i];
    return sum;
}

#endif
