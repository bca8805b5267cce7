/* SPDX-License-Identifier: MIT */
/* Random words by name: published answers of the generators, words that depend on their address alone, statistics of neighbours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "eval/philox.h"
#include <math.h>

static void draw_stream(aici_stream *stream, size_t count, uint64_t *to) { aici_stream_words(stream, count, to); }
static void draw_sobol(const aici_sobol *sobol, uint64_t first, size_t count, uint64_t *to) { aici_sobol_words(sobol, first, count, to); }

#include "words_tests.h"

static void philox_gives_the_published_answers(void **state) {
    (void)state;
    static const struct {
        uint32_t counter[4], key[2], out[4];
    } known[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}, {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}, {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        uint32_t out[4];
        aici_philox(known[i].counter, known[i].key, out);
        assert_memory_equal(out, known[i].out, sizeof out);
    }
}

static void philox_may_write_over_its_counter(void **state) {
    (void)state;
    static const uint32_t key[2] = {0, 0}, expected[4] = {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
    uint32_t both[4] = {0, 0, 0, 0};
    aici_philox(both, key, both);
    assert_memory_equal(both, expected, sizeof both);
}

/** The address of each state word, as stream.h and philox.h define it. */
static void a_state_is_philox_at_its_address(void **state) {
    (void)state;
    const uint64_t seed = 99, name = 1234567, block = UINT64_C(0x123456789abc), key = aici_philox_key(seed, name);
    const uint32_t halves[2] = {(uint32_t)key, (uint32_t)(key >> 32)};
    aici_stream stream;
    aici_stream_begin(&stream, seed, name, block);
    for (uint32_t lane = 0; lane < AICI_LANES; lane++) {
        for (uint32_t half = 0; half < 2; half++) {
            const uint32_t counter[4] = {0x56789abc, 0x1234, lane * 2 + half, AICI_PHILOX_STATE};
            uint32_t out[4];
            aici_philox(counter, halves, out);
            assert_int_equal(stream.state[2 * half][lane], out[0] | (uint64_t)out[1] << 32);
            assert_int_equal(stream.state[2 * half + 1][lane], out[2] | (uint64_t)out[3] << 32);
        }
    }
}

static uint64_t first_word(uint64_t seed, uint64_t name, uint64_t block) {
    uint64_t word[AICI_LANES];
    aici_stream stream;
    aici_stream_begin(&stream, seed, name, block);
    aici_stream_words(&stream, AICI_LANES, word);
    return word[0];
}

static void seed_name_and_block_each_make_other_words(void **state) {
    (void)state;
    const uint64_t word = first_word(1, 2, 3);
    assert_int_equal(word, first_word(1, 2, 3));
    assert_int_not_equal(word, first_word(2, 2, 3));
    assert_int_not_equal(word, first_word(1, 3, 3));
    assert_int_not_equal(word, first_word(1, 2, 4));
    assert_int_not_equal(word, first_word(2, 1, 3));
    assert_int_not_equal(word, first_word(1 | UINT64_C(1) << 63, 2, 3));
    assert_int_not_equal(word, first_word(1, 2, 3 | UINT64_C(1) << 32));
}

/* --- statistics, with fixed seeds: each bound is five standard errors or more --------------------------------------------------------- */

static void fill(uint64_t *to, uint64_t seed, uint64_t name, uint64_t block) {
    aici_stream stream;
    aici_stream_begin(&stream, seed, name, block);
    aici_stream_words(&stream, AICI_STREAM_BLOCK, to);
}

/** Of 256 cells, over 16 blocks of a stream: 255 expected, sd 22.6. */
static double chi_square_of_byte(uint64_t name, int byte) {
    size_t cell[256] = {0};
    const double expected = 16.0 * AICI_STREAM_BLOCK / 256;
    double sum = 0;
    for (uint64_t block = 0; block < 16; block++) {
        fill(words, 5, name, block);
        for (size_t i = 0; i < AICI_STREAM_BLOCK; i++)
            cell[words[i] >> (8 * byte) & 255]++;
    }
    for (size_t i = 0; i < 256; i++)
        sum += ((double)cell[i] - expected) * ((double)cell[i] - expected) / expected;
    return sum;
}

static void every_byte_of_the_words_is_uniform(void **state) {
    (void)state;
    for (uint64_t name = 0; name < 3; name++) {
        for (int byte = 0; byte < 8; byte++) {
            const double chi_square = chi_square_of_byte(name, byte);
            assert_true(chi_square > 255 - 5 * 22.6 && chi_square < 255 + 5 * 22.6);
        }
    }
}

/** The first words of 2^16 blocks, names or seeds alone: uniform too, though nothing but the key tells them apart. */
static void first_words_of_addresses_are_uniform(void **state) {
    (void)state;
    for (int way = 0; way < 3; way++) {
        size_t cell[256] = {0};
        double sum = 0;
        for (uint64_t i = 0; i < 65536; i++)
            cell[first_word(way == 0 ? i : 1, way == 1 ? i : 2, way == 2 ? i : 3) >> 56]++;
        for (size_t i = 0; i < 256; i++)
            sum += ((double)cell[i] - 256) * ((double)cell[i] - 256) / 256;
        assert_true(sum > 255 - 5 * 22.6 && sum < 255 + 5 * 22.6);
    }
}

static double centred(uint64_t word) { return ((double)(word >> 11) * 0x1p-53 - 0.5) * sqrt(12.0); }

static void expect_uncorrelated(const uint64_t *left, const uint64_t *right, size_t count, size_t stride) {
    double product = 0, differing = 0;
    for (size_t i = 0; i < count; i++) {
        product += centred(left[i * stride]) * centred(right[i * stride]);
        differing += (double)__builtin_popcountll(left[i * stride] ^ right[i * stride]);
    }
    assert_true(fabs(product) < 5 * sqrt((double)count));
    assert_true(fabs(differing - 32.0 * (double)count) < 5 * 4 * sqrt((double)count));
}

static void neighbours_are_not_correlated(void **state) {
    (void)state;
    for (uint64_t i = 0; i < 50; i++) {
        fill(words, i, i, i);
        fill(other_words, i, i, i + 1);
        expect_uncorrelated(words, other_words, AICI_STREAM_BLOCK, 1);
        fill(other_words, i, i + 1, i);
        expect_uncorrelated(words, other_words, AICI_STREAM_BLOCK, 1);
        fill(other_words, i + 1, i, i);
        expect_uncorrelated(words, other_words, AICI_STREAM_BLOCK, 1);
        fill(other_words, i, aici_name_hash(aici_slice_of("price"), (uint32_t)i), i);
        fill(words, i, aici_name_hash(aici_slice_of("price"), (uint32_t)i + 1), i);
        expect_uncorrelated(words, other_words, AICI_STREAM_BLOCK, 1);
    }
}

static void lanes_are_not_correlated(void **state) {
    (void)state;
    for (uint64_t block = 0; block < 20; block++) {
        fill(words, 3, 4, block);
        for (size_t left = 0; left < AICI_LANES; left++)
            for (size_t right = left + 1; right < AICI_LANES; right++)
                expect_uncorrelated(words + left, words + right, AICI_STREAM_BLOCK / AICI_LANES, AICI_LANES);
        expect_uncorrelated(words, words + 1, AICI_STREAM_BLOCK - 1, 1);
        expect_uncorrelated(words, words + AICI_LANES, AICI_STREAM_BLOCK - AICI_LANES, 1);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WORDS_TESTS,
        cmocka_unit_test(philox_gives_the_published_answers),
        cmocka_unit_test(philox_may_write_over_its_counter),
        cmocka_unit_test(a_state_is_philox_at_its_address),
        cmocka_unit_test(seed_name_and_block_each_make_other_words),
        cmocka_unit_test(every_byte_of_the_words_is_uniform),
        cmocka_unit_test(first_words_of_addresses_are_uniform),
        cmocka_unit_test(neighbours_are_not_correlated),
        cmocka_unit_test(lanes_are_not_correlated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
