/* SPDX-License-Identifier: MIT */
/* Sobol' points: the numbers are the published ones, points fill space evenly, and scrambles keep that. Runs of words: words_tests.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "eval/sobol_numbers.h"
#include "eval/stream.h"
#include <math.h>

enum { POINTS = 1024, POINT_BITS = 10 };

static aici_sobol plain(uint32_t dimension) {
    aici_sobol sobol;
    aici_sobol_begin(&sobol, dimension, 0, 0, 0, false);
    return sobol;
}

static aici_sobol scrambled(uint32_t dimension, uint64_t seed, uint64_t name, uint32_t replicate) {
    aici_sobol sobol;
    aici_sobol_begin(&sobol, dimension, seed, name, replicate, true);
    return sobol;
}

/** A dimension under its own name. */
static aici_sobol named(uint32_t dimension) { return scrambled(dimension, 1, 1000 + dimension, 0); }

/* --- against SciPy 1.10, scipy.stats.qmc.Sobol(scramble=False, bits=32), whose points come in the order of the Gray code -------------- */

static void the_first_points_are_those_of_scipy(void **state) {
    (void)state;
    static const struct {
        uint32_t dimension;
        uint64_t sixteenths[16];
    } known[] = {
        {0, {0, 8, 12, 4, 6, 14, 10, 2, 3, 11, 15, 7, 5, 13, 9, 1}},   {1, {0, 8, 4, 12, 6, 14, 2, 10, 5, 13, 1, 9, 3, 11, 7, 15}},
        {2, {0, 8, 4, 12, 10, 2, 14, 6, 15, 7, 11, 3, 5, 13, 1, 9}},   {3, {0, 8, 4, 12, 14, 6, 10, 2, 7, 15, 3, 11, 9, 1, 13, 5}},
        {9, {0, 8, 12, 4, 10, 2, 6, 14, 5, 13, 9, 1, 15, 7, 3, 11}},   {99, {0, 8, 12, 4, 14, 6, 2, 10, 15, 7, 3, 11, 1, 9, 13, 5}},
        {500, {0, 8, 4, 12, 6, 14, 2, 10, 11, 3, 15, 7, 13, 5, 9, 1}}, {1023, {0, 8, 12, 4, 14, 6, 2, 10, 1, 9, 13, 5, 15, 7, 3, 11}},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const aici_sobol sobol = plain(known[i].dimension);
        for (uint64_t n = 0; n < 16; n++)
            assert_int_equal(aici_sobol_word(&sobol, n ^ n >> 1), known[i].sixteenths[n] << 60);
    }
}

static void a_late_point_is_that_of_scipy(void **state) {
    (void)state;
    static const uint32_t dimension[] = {0, 1, 2, 3, 9, 99, 500, 1023};
    static const uint64_t known[] = {0xf9d46f20, 0xcadcd1a0, 0x01a3d160, 0xe8a64f20, 0x6767c1a0, 0xa04ccea0, 0x8ba60520, 0xab7b28a0};
    const uint64_t n = 123456789;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const aici_sobol sobol = plain(dimension[i]);
        assert_int_equal(aici_sobol_word(&sobol, n ^ n >> 1), known[i] << 32);
    }
}

static void the_last_dimension_has_the_numbers_of_scipy(void **state) {
    (void)state;
    static const uint64_t known[AICI_SOBOL_BITS] = {
        0x80000000, 0x40000000, 0xa0000000, 0xb0000000, 0x58000000, 0x84000000, 0x4a000000, 0x1d000000, 0x83800000, 0xfec00000, 0x52200000,
        0x5ad00000, 0xf3f80000, 0x6d6c0000, 0x0bf60000, 0x75af0000, 0x32d48000, 0x6ffd4000, 0x036fe000, 0xecf5f000, 0xb32f7800, 0xcb945400,
        0x891cfa00, 0x169a6f00, 0xc659ab80, 0xd379c740, 0xff2831a0, 0xad941850, 0xa21d8208, 0xf61d3b3c, 0xb41fd1be, 0x651de84d};
    const aici_sobol sobol = plain(AICI_SOBOL_DIMENSIONS - 1);
    for (size_t k = 0; k < AICI_SOBOL_BITS; k++)
        assert_int_equal(sobol.direction[k], known[k] << 32);
}

/** FNV-1a over the 32-bit numbers, dimension by dimension, taken of SciPy's. */
static void all_numbers_of_all_dimensions_are_those_of_scipy(void **state) {
    (void)state;
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (uint32_t dimension = 0; dimension < AICI_SOBOL_DIMENSIONS; dimension++) {
        const aici_sobol sobol = plain(dimension);
        for (size_t k = 0; k < AICI_SOBOL_BITS; k++)
            hash = (hash ^ sobol.direction[k] >> 32) * UINT64_C(0x100000001b3);
    }
    assert_int_equal(hash, UINT64_C(0x5d99a30ed23555b3));
}

static unsigned degree_of(uint32_t polynomial) {
    unsigned degree = 0;
    while (polynomial >> (degree + 1))
        degree++;
    return degree;
}

static void the_table_has_odd_numbers_below_their_bounds(void **state) {
    (void)state;
    for (size_t i = 0; i < AICI_SOBOL_NUMBERS; i++) {
        const uint16_t *row = aici_sobol_numbers[i];
        const unsigned degree = degree_of(row[0]);
        assert_true((row[0] & 1) && degree >= 1 && degree <= AICI_SOBOL_DEGREE);
        for (unsigned k = 1; k < degree; k++)
            assert_true((row[k] & 1) && row[k] < 2u << k);
        for (unsigned k = degree; k < AICI_SOBOL_DEGREE; k++)
            assert_int_equal(row[k], 0);
    }
}

static uint32_t times_x(uint32_t element, uint32_t polynomial, unsigned degree) {
    element <<= 1;
    return element >> degree & 1 ? element ^ polynomial : element;
}

/** x generates all elements but 0 of the field: its first power to be 1 is the last. */
static void the_polynomials_are_primitive_and_different(void **state) {
    (void)state;
    for (size_t i = 0; i < AICI_SOBOL_NUMBERS; i++) {
        const uint32_t polynomial = aici_sobol_numbers[i][0];
        const unsigned degree = degree_of(polynomial);
        uint32_t power = times_x(1, polynomial, degree), order = 1;
        for (; power != 1 && order < 1u << degree; order++)
            power = times_x(power, polynomial, degree);
        assert_int_equal(order, (1u << degree) - 1);
        for (size_t before = 0; before < i; before++)
            assert_int_not_equal(aici_sobol_numbers[before][0], polynomial);
    }
}

/* --- evenness ------------------------------------------------------------------------------------------------------------------------- */

/** A point in each of 1024 cells. */
static bool each_cell_has_a_point(const aici_sobol *sobol, uint64_t first) {
    uint64_t word[POINTS];
    unsigned char cell[POINTS] = {0};
    aici_sobol_words(sobol, first, POINTS, word);
    for (size_t i = 0; i < POINTS; i++)
        if (cell[word[i] >> (64 - POINT_BITS)]++)
            return false;
    return true;
}

static void every_scrambled_dimension_has_a_point_in_each_cell(void **state) {
    (void)state;
    for (uint32_t dimension = 0; dimension < AICI_SOBOL_DIMENSIONS; dimension++) {
        const aici_sobol sobol = named(dimension);
        assert_true(each_cell_has_a_point(&sobol, 0));
        assert_true(each_cell_has_a_point(&sobol, 77 * POINTS));
    }
}

/** Of 1024 points, each box 2^-wide by 2^-(10 - slack - wide) has 2^slack: a (slack, 10, 2)-net. */
static bool is_net(const aici_sobol *left, const aici_sobol *right, unsigned slack) {
    uint64_t x[POINTS], y[POINTS];
    aici_sobol_words(left, 0, POINTS, x);
    aici_sobol_words(right, 0, POINTS, y);
    const unsigned bits = POINT_BITS - slack;
    for (unsigned wide = 0; wide <= bits; wide++) {
        unsigned box[POINTS] = {0};
        for (size_t i = 0; i < POINTS; i++)
            box[(wide ? x[i] >> (64 - wide) << (bits - wide) : 0) | (wide < bits ? y[i] >> (64 - bits + wide) : 0)]++;
        for (size_t i = 0; i < (size_t)1 << bits; i++)
            if (box[i] != 1u << slack)
                return false;
    }
    return true;
}

/** Sobol' 1967: the slack of a projection is at most the sum of (degree - 1); dimensions 0 and 1 together have none. */
static void pairs_of_dimensions_are_nets_of_their_quality(void **state) {
    (void)state;
    static const struct {
        uint32_t left, right;
        unsigned slack;
    } known[] = {{0, 1, 0}, {0, 2, 1}, {1, 2, 1}, {2, 3, 3}, {3, 4, 4}, {0, 5, 3}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const aici_sobol left = plain(known[i].left), right = plain(known[i].right);
        const aici_sobol scrambled_left = named(known[i].left), scrambled_right = named(known[i].right);
        assert_true(is_net(&left, &right, known[i].slack));
        assert_true(is_net(&scrambled_left, &scrambled_right, known[i].slack));
    }
}

static void a_dimension_with_itself_is_no_net(void **state) {
    (void)state;
    const aici_sobol sobol = named(0), other = scrambled(0, 1, 5, 0);
    assert_false(is_net(&sobol, &sobol, 0));
    assert_false(is_net(&sobol, &other, 0));
}

/* --- scrambles ------------------------------------------------------------------------------------------------------------------------ */

static void the_plain_sequence_begins_with_zero_and_one_half(void **state) {
    (void)state;
    const aici_sobol sobol = plain(7);
    assert_int_equal(aici_sobol_word(&sobol, 0), 0);
    assert_int_equal(aici_sobol_word(&sobol, 1), UINT64_C(1) << 63);
}

static void seed_name_and_replicate_each_make_another_scramble(void **state) {
    (void)state;
    const aici_sobol same = scrambled(3, 1, 2, 4), again = scrambled(3, 1, 2, 4);
    assert_memory_equal(&same, &again, sizeof same);
    const aici_sobol others[] = {scrambled(3, 2, 2, 4), scrambled(3, 1, 3, 4), scrambled(3, 1, 2, 5), scrambled(3, 2, 1, 4)};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_int_not_equal(others[i].shift, same.shift);
        for (size_t k = 0; k < AICI_SOBOL_BITS; k++)
            assert_int_not_equal(others[i].direction[k], same.direction[k]);
    }
}

/** The first dimension is the identity, so that its scrambled numbers are the columns of the matrix. */
static void the_scramble_of_a_name_is_the_same_in_all_dimensions(void **state) {
    (void)state;
    const aici_sobol columns = scrambled(0, 9, 8, 7);
    for (uint32_t dimension = 0; dimension < AICI_SOBOL_DIMENSIONS; dimension += 31) {
        const aici_sobol sobol = scrambled(dimension, 9, 8, 7), before = plain(dimension);
        assert_int_equal(sobol.shift, columns.shift);
        for (size_t k = 0; k < AICI_SOBOL_BITS; k++) {
            uint64_t expected = 0;
            for (size_t digit = 0; digit < AICI_SOBOL_BITS; digit++)
                expected ^= before.direction[k] >> (63 - digit) & 1 ? columns.direction[digit] : 0;
            assert_int_equal(sobol.direction[k], expected);
        }
    }
}

static void the_matrix_is_lower_triangular_with_ones_on_the_diagonal(void **state) {
    (void)state;
    for (uint32_t replicate = 0; replicate < 16; replicate++) {
        const aici_sobol columns = scrambled(0, 9, 8, replicate);
        for (size_t k = 0; k < AICI_SOBOL_BITS; k++)
            assert_int_equal(columns.direction[k] >> (63 - k), 1);
    }
}

/** Over 4096 replicates each free bit of matrix and shift is one about half of the time: sd 32. */
static void free_bits_of_the_scramble_are_fair(void **state) {
    (void)state;
    static unsigned ones[AICI_SOBOL_BITS + 1][64];
    for (uint32_t replicate = 0; replicate < 4096; replicate++) {
        const aici_sobol columns = scrambled(0, 3, 4, replicate);
        for (size_t k = 0; k <= AICI_SOBOL_BITS; k++)
            for (size_t bit = 0; bit < 64; bit++)
                ones[k][bit] += (unsigned)((k < AICI_SOBOL_BITS ? columns.direction[k] : columns.shift) >> bit & 1);
    }
    for (size_t k = 0; k <= AICI_SOBOL_BITS; k++)
        for (size_t bit = 0; bit < (k < AICI_SOBOL_BITS ? 63 - k : 64); bit++)
            assert_true(ones[k][bit] > 2048 - 5 * 32 && ones[k][bit] < 2048 + 5 * 32);
}

static double unit_of(uint64_t word) { return (double)(word >> 11) * 0x1p-53; }

/** The mean of x^2 y z e^w over 4096 points of four dimensions; the truth is (e - 1) / 12. */
static double estimate(uint32_t replicate) {
    aici_sobol sobol[4];
    double sum = 0;
    for (uint32_t i = 0; i < 4; i++)
        sobol[i] = scrambled(i, 1, 100 + i, replicate);
    for (uint64_t n = 0; n < 4096; n++) {
        const double x = unit_of(aici_sobol_word(&sobol[0], n)), y = unit_of(aici_sobol_word(&sobol[1], n));
        sum += x * x * y * unit_of(aici_sobol_word(&sobol[2], n)) * exp(unit_of(aici_sobol_word(&sobol[3], n)));
    }
    return sum / 4096;
}

/** Monte Carlo would have a standard error of 0.0035; the mean of 64 replicates is within four of their own of the truth. */
static void replicates_are_unbiased_and_far_better_than_monte_carlo(void **state) {
    (void)state;
    enum { REPLICATES = 64 };
    const double truth = (exp(1.0) - 1) / 12;
    double sum = 0, squares = 0;
    for (uint32_t replicate = 0; replicate < REPLICATES; replicate++) {
        const double error = estimate(replicate) - truth;
        sum += error;
        squares += error * error;
    }
    const double mean = sum / REPLICATES, sd = sqrt(squares / REPLICATES - mean * mean);
    assert_true(sd > 0 && sd < 0.0035 / 30);
    assert_true(fabs(mean) < 4 * sd / sqrt(REPLICATES));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_points_are_those_of_scipy),
        cmocka_unit_test(a_late_point_is_that_of_scipy),
        cmocka_unit_test(the_last_dimension_has_the_numbers_of_scipy),
        cmocka_unit_test(all_numbers_of_all_dimensions_are_those_of_scipy),
        cmocka_unit_test(the_table_has_odd_numbers_below_their_bounds),
        cmocka_unit_test(the_polynomials_are_primitive_and_different),
        cmocka_unit_test(every_scrambled_dimension_has_a_point_in_each_cell),
        cmocka_unit_test(pairs_of_dimensions_are_nets_of_their_quality),
        cmocka_unit_test(a_dimension_with_itself_is_no_net),
        cmocka_unit_test(the_plain_sequence_begins_with_zero_and_one_half),
        cmocka_unit_test(seed_name_and_replicate_each_make_another_scramble),
        cmocka_unit_test(the_scramble_of_a_name_is_the_same_in_all_dimensions),
        cmocka_unit_test(the_matrix_is_lower_triangular_with_ones_on_the_diagonal),
        cmocka_unit_test(free_bits_of_the_scramble_are_fair),
        cmocka_unit_test(replicates_are_unbiased_and_far_better_than_monte_carlo),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
