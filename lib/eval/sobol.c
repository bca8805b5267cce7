/* SPDX-License-Identifier: MIT */
/*
 * Dimensions of the Sobol' sequence become direction numbers, and these are scrambled. The words themselves: stream_words.h; the numbers:
 * sobol_numbers.c. Recurrence: P. Bratley and B. L. Fox, Algorithm 659, ACM TOMS 14 (1988). Scramble: J. Matousek, "On the L2-discrepancy
 * for anchored boxes", J. Complexity 14 (1998): each digit of the word is the sum of itself, a random choice of the digits above it, and a
 * random digit. Both are linear, so they fold into the numbers.
 */
#include "eval/philox.h"
#include "eval/sobol_numbers.h"

_Static_assert(AICI_SOBOL_NUMBERS + 1 == AICI_SOBOL_DIMENSIONS, "a row for each dimension but the first");
_Static_assert(AICI_SOBOL_BITS == 4 * AICI_LANES, "a column of the scramble for each word of aici_philox_words()");

static unsigned degree_of(uint32_t polynomial) {
    unsigned degree = 0;
    while (polynomial >> (degree + 1))
        degree++;
    return degree;
}

/** Numbers of 32 bits: v[k] = m[k + 1] * 2^(31 - k). */
static void initial_numbers(const uint16_t *row, unsigned degree, uint32_t *v) {
    v[0] = 1u << 31;
    for (unsigned k = 1; k < degree; k++)
        v[k] = (uint32_t)row[k] << (31 - k);
}

static void recur(uint32_t polynomial, unsigned degree, uint32_t *v) {
    for (unsigned k = degree; k < AICI_SOBOL_BITS; k++) {
        v[k] = v[k - degree] ^ v[k - degree] >> degree;
        for (unsigned back = 1; back < degree; back++)
            if (polynomial >> (degree - back) & 1u)
                v[k] ^= v[k - back];
    }
}

static void plain_numbers(uint32_t dimension, uint32_t *v) {
    for (unsigned k = 0; k < AICI_SOBOL_BITS; k++)
        v[k] = 1u << (31 - k);
    if (dimension == 0)
        return;
    const uint16_t *row = aici_sobol_numbers[dimension - 1];
    const unsigned degree = degree_of(row[0]);
    initial_numbers(row, degree, v);
    recur(row[0], degree, v);
}

/** Column k of a lower triangular matrix with 64 rows: nothing above the diagonal, one on it, anything below. */
static uint64_t column_of(uint64_t random, unsigned k) { return (random >> 1 | UINT64_C(1) << 63) >> k; }

/** Digit k of a number, from the top, takes column k in. */
static void multiply_numbers(const uint64_t *column, const uint32_t *plain, uint64_t *direction) {
    for (unsigned i = 0; i < AICI_SOBOL_BITS; i++) {
        direction[i] = 0;
        for (uint32_t left = plain[i]; left; left &= left - 1)
            direction[i] ^= column[31 - __builtin_ctz(left)];
    }
}

static uint64_t draw_shift(uint64_t key, uint32_t replicate) {
    const uint32_t counter[4] = {replicate, 0, 0, AICI_PHILOX_SHIFT}, halves[2] = {(uint32_t)key, (uint32_t)(key >> 32)};
    uint32_t out[4];
    aici_philox(counter, halves, out);
    return out[0] | (uint64_t)out[1] << 32;
}

static void scramble_numbers(aici_sobol *sobol, const uint32_t *plain, uint64_t key, uint32_t replicate) {
    uint64_t random[4][AICI_LANES], column[AICI_SOBOL_BITS];
    aici_philox_words(key, replicate, AICI_PHILOX_SCRAMBLE, random);
    for (unsigned k = 0; k < AICI_SOBOL_BITS; k++)
        column[k] = column_of(random[k / AICI_LANES][k % AICI_LANES], k);
    multiply_numbers(column, plain, sobol->direction);
    sobol->shift = draw_shift(key, replicate);
}

static void keep_numbers(aici_sobol *sobol, const uint32_t *plain) {
    for (unsigned k = 0; k < AICI_SOBOL_BITS; k++)
        sobol->direction[k] = (uint64_t)plain[k] << 32;
    sobol->shift = 0;
}

/** What the words of eight lanes are made with. */
static void prepare_lanes(aici_sobol *sobol) {
    for (unsigned i = 0; i < AICI_LANES; i++)
        sobol->first[i] = aici_sobol_word(sobol, i);
    sobol->step[0] = sobol->direction[3];
    for (unsigned k = 4; k < AICI_SOBOL_BITS; k++)
        sobol->step[k - 3] = sobol->step[k - 4] ^ sobol->direction[k];
}

void aici_sobol_begin(aici_sobol *sobol, uint32_t dimension, uint64_t seed, uint64_t name, uint32_t replicate, bool scramble) {
    uint32_t plain[AICI_SOBOL_BITS];
    plain_numbers(dimension, plain);
    if (scramble)
        scramble_numbers(sobol, plain, aici_philox_key(seed, name), replicate);
    else
        keep_numbers(sobol, plain);
    prepare_lanes(sobol);
}

uint64_t aici_sobol_word(const aici_sobol *sobol, uint64_t index) {
    uint64_t word = sobol->shift;
    for (uint32_t left = (uint32_t)index; left; left &= left - 1)
        word ^= sobol->direction[__builtin_ctz(left)];
    return word;
}
