/* SPDX-License-Identifier: MIT */
/*
 * W2 by hand: first-order and total Sobol' indices of W1's last output in its seven inputs, from 2^POWER base points in 14 dimensions: A,
 * B, and A with one column of B, nine evaluations a point. Each column is made once for a block; the evaluations read them. First order: A.
 * Saltelli and others, Computer Physics Communications 181 (2010); total: M. J. W. Jansen (1999). Usage: indices_limit POWER ROUNDS
 */
#include "clock.h"

#include "base/simd/normal_coefficients.h"
#include "eval/stream.h"
#include "limit.h"

enum { INPUTS = 7, BLOCK = 256 };

typedef struct columns {
    double value[2 * INPUTS][BLOCK];
    uint64_t word[BLOCK];
} columns;

static logarithmic parameters, tokens, visits;

/* --- the quantile of the normal distribution ------------------------------------------------------------------------------------------ */

#define RATIO(name, above, above_highest, below, below_highest)                                                                            \
    ALWAYS vec name(vec at) {                                                                                                              \
        vec made = all(above_highest);                                                                                                     \
        above(STEP) const vec numerator = made;                                                                                            \
        made = all(below_highest);                                                                                                         \
        below(STEP) return numerator / made;                                                                                               \
    }
RATIO(centre_of, AICI_CENTRE_ABOVE, AICI_CENTRE_ABOVE_HIGHEST, AICI_CENTRE_BELOW, AICI_CENTRE_BELOW_HIGHEST)
RATIO(tail_of, AICI_TAIL_ABOVE, AICI_TAIL_ABOVE_HIGHEST, AICI_TAIL_BELOW, AICI_TAIL_BELOW_HIGHEST)

ALWAYS vec far_quantile(vec p) {
    const mask lower = below(p, all(0.5));
    const vec t = root(all(-2) * ln_of(choose(lower, p, all(1) - p))), z = tail_of(t) + t - all(0.125) - all(2) / t;
    return choose(lower, all(0) - z, z);
}

/** Tails are worked out together, at the end. */
static void make_normals(const uint64_t *word, double *to) {
    double p_far[BLOCK + WIDTH], lane_far[BLOCK + WIDTH];
    int count = 0;
    for (int i = 0; i < BLOCK; i += WIDTH) {
        const vec p = unit(word_load(word + i)), q = p - all(0.5), square = less_product(p, p, p), s = root(square);
        const mask tail = below(square, all(0.0099));
        double lane[WIDTH];
        for (int k = 0; k < WIDTH; k++)
            lane[k] = i + k;
        store(to + i, q * (less_product(s, all(4), all(4.5)) + centre_of(s)));
        pack(lane_far + count, tail, load(lane));
        count += pack(p_far + count, tail, p);
    }
    store(p_far + count, all(0.001));
    for (int i = 0; i < count; i += WIDTH)
        store(p_far + i, far_quantile(load(p_far + i)));
    for (int i = 0; i < count; i++)
        to[(int)lane_far[i]] = p_far[i];
}

/* --- columns -------------------------------------------------------------------------------------------------------------------------- */

static void make_lognormals(const uint64_t *word, logarithmic of, double *to) {
    make_normals(word, to);
    for (int i = 0; i < BLOCK; i += WIDTH)
        store(to + i, exp_of(fma_of(load(to + i), all(of.sd), all(of.mean))));
}

static void make_uniforms(const uint64_t *word, double low, double width, double *to) {
    for (int i = 0; i < BLOCK; i += WIDTH)
        store(to + i, fma_of(unit(word_load(word + i)), all(width), all(low)));
}

static void make_triangulars(const uint64_t *word, double *to) {
    for (int i = 0; i < BLOCK; i += WIDTH) {
        const vec u = unit(word_load(word + i));
        const mask rising = below(u, all(0.5));
        const vec way = root(all(50) * choose(rising, u, all(1) - u));
        store(to + i, choose(rising, all(5) + way, all(15) - way));
    }
}

/** The steps from one register of words to the next are the same in all lanes. */
static void make_words(const aici_sobol *sobol, uint64_t first, uint64_t *to) {
    words register_of[8 / WIDTH];
    const uint64_t base = aici_sobol_word(sobol, first) ^ sobol->shift;
    for (int k = 0; k < 8 / WIDTH; k++) {
        register_of[k] = xor_of(word_load(sobol->first + k * WIDTH), word_all(base));
        word_store(to + k * WIDTH, register_of[k]);
    }
    for (uint64_t i = 8; i < BLOCK; i += 8)
        for (int k = 0; k < 8 / WIDTH; k++) {
            register_of[k] = xor_of(register_of[k], word_all(sobol->step[__builtin_ctzll((first + i) / 8)]));
            word_store(to + i + k * WIDTH, register_of[k]);
        }
}

static void make_columns(const aici_sobol sobol[2 * INPUTS], uint64_t first, columns *to) {
    for (int i = 0; i < 2 * INPUTS; i++) {
        make_words(&sobol[i], first, to->word);
        switch (i % INPUTS) {
        case 0: make_lognormals(to->word, parameters, to->value[i]); break;
        case 1: make_lognormals(to->word, tokens, to->value[i]); break;
        case 2: make_uniforms(to->word, 0.2, 0.3, to->value[i]); break;
        case 3: make_lognormals(to->word, visits, to->value[i]); break;
        case 4: make_triangulars(to->word, to->value[i]); break;
        case 5: make_uniforms(to->word, 1, 3, to->value[i]); break;
        default:
            make_normals(to->word, to->value[i]);
            for (int k = 0; k < BLOCK; k += WIDTH)
                store(to->value[i] + k, fma_of(load(to->value[i] + k), all(3000), all(29000)));
        }
    }
}

/* --- evaluations ---------------------------------------------------------------------------------------------------------------------- */

ALWAYS vec capex(const vec input[INPUTS]) {
    const vec per_query = all(2) * input[0] * input[1] / input[2];
    return per_query * input[3] * input[4] * all(1 / 86400.0) * input[5] * all(1 / 65e12 / 8) * input[6];
}

typedef struct sums {
    vec a, a_square, b, b_square, first[INPUTS], total[INPUTS], apart[INPUTS];
} sums;

static void add_block(const columns *from, sums *to) {
    for (int i = 0; i < BLOCK; i += WIDTH) {
        vec a[INPUTS], b[INPUTS];
        for (int k = 0; k < INPUTS; k++) {
            a[k] = load(from->value[k] + i);
            b[k] = load(from->value[INPUTS + k] + i);
        }
        const vec of_a = capex(a), of_b = capex(b);
        to->a += of_a;
        to->a_square = fma_of(of_a, of_a, to->a_square);
        to->b += of_b;
        to->b_square = fma_of(of_b, of_b, to->b_square);
#pragma GCC unroll 7
        for (int k = 0; k < INPUTS; k++) {
            const vec own = a[k];
            a[k] = b[k];
            const vec apart = capex(a) - of_a;
            a[k] = own;
            to->first[k] = fma_of(of_b, apart, to->first[k]);
            to->total[k] = fma_of(apart, apart, to->total[k]);
            to->apart[k] += apart;
        }
    }
}

/** The total index of the first input. */
static double run(uint64_t seed, uint64_t points) {
    static columns block;
    aici_sobol sobol[2 * INPUTS];
    sums of = {0};
    double index[2 * INPUTS], count = (double)points;
    for (uint32_t i = 0; i < 2 * INPUTS; i++)
        aici_sobol_begin(&sobol[i], i, seed, i, 0, true);
    for (uint64_t first = 0; first < points; first += BLOCK) {
        make_columns(sobol, first, &block);
        add_block(&block, &of);
    }
    double mean = (sum_of(of.a) + sum_of(of.b)) / (2 * count),
           variance = (sum_of(of.a_square) + sum_of(of.b_square)) / (2 * count) - mean * mean;
    for (int i = 0; i < INPUTS; i++) {
        index[i] = (sum_of(of.first[i]) - mean * sum_of(of.apart[i])) / count / variance;
        index[INPUTS + i] = sum_of(of.total[i]) / (2 * count) / variance;
    }
    return index[INPUTS];
}

int main(int count, char **word) {
    if (count != 3)
        return 2;
    make_tables();
    parameters = logarithmic_of(0.5e12, 2e12);
    tokens = logarithmic_of(150, 500);
    visits = logarithmic_of(4e7, 9e7);
    for (int round = 0; round < atoi(word[2]); round++) {
        bench_clock start = bench_start();
        double total = run((uint64_t)round + 1, UINT64_C(1) << atoi(word[1]));
        bench_print(bench_stop(start), total);
    }
    return 0;
}
