/* SPDX-License-Identifier: MIT */
/*
 * What is true of the words of streams and of Sobol' points on every instruction set. The file that includes this has compiled
 * draw_stream() and draw_sobol() for its set, and nothing else for it, so that a machine without that set can still start the program and
 * skip the tests.
 */
#ifndef UNIT_EVAL_WORDS_TESTS_H
#define UNIT_EVAL_WORDS_TESTS_H

static uint64_t words[AICI_STREAM_BLOCK], other_words[AICI_STREAM_BLOCK];

static uint64_t rotated(uint64_t word, unsigned places) { return word << places | word >> (64 - places); }

/** xoshiro256++ as its authors describe it, one lane alone. */
static uint64_t next_plain(uint64_t s[4]) {
    const uint64_t result = rotated(s[0] + s[3], 23) + s[0], shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotated(s[3], 45);
    return result;
}

static uint64_t hash_of(const uint64_t *word, size_t count) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < count; i++)
        hash = (hash ^ word[i]) * UINT64_C(0x100000001b3);
    return hash;
}

static void each_lane_is_plain_xoshiro(void **state) {
    (void)state;
    aici_stream stream;
    aici_stream_begin(&stream, 7, 11, 13);
    const aici_stream start = stream;
    draw_stream(&stream, AICI_STREAM_BLOCK, words);
    for (size_t lane = 0; lane < AICI_LANES; lane++) {
        uint64_t s[4] = {start.state[0][lane], start.state[1][lane], start.state[2][lane], start.state[3][lane]};
        for (size_t i = lane; i < AICI_STREAM_BLOCK; i += AICI_LANES)
            assert_int_equal(words[i], next_plain(s));
        for (size_t i = 0; i < 4; i++)
            assert_int_equal(stream.state[i][lane], s[i]);
    }
}

static void xoshiro_gives_the_published_words(void **state) {
    (void)state;
    aici_stream stream;
    for (size_t i = 0; i < 4; i++)
        for (size_t lane = 0; lane < AICI_LANES; lane++)
            stream.state[i][lane] = i + 1;
    draw_stream(&stream, 32, words);
    static const uint64_t published[4] = {41943041, 58720359, UINT64_C(3588806011781223), UINT64_C(3591011842654386)};
    for (size_t i = 0; i < 32; i++)
        assert_int_equal(words[i], published[i / AICI_LANES]);
}

static void a_stream_does_not_depend_on_the_split_into_runs(void **state) {
    (void)state;
    static const size_t runs[] = {8, 0, 64, 1000, 16, 4096, 8};
    aici_stream stream;
    aici_stream_begin(&stream, 1, 2, 3);
    aici_stream again = stream;
    size_t done = 0;
    for (size_t i = 0; i < sizeof runs / sizeof *runs; done += runs[i++])
        draw_stream(&stream, runs[i], words + done);
    draw_stream(&again, done, other_words);
    assert_memory_equal(words, other_words, done * sizeof *words);
    assert_memory_equal(&stream, &again, sizeof stream);
}

/** Words that a seed has given once it gives for ever, on all machines: a change here is a change for every user. */
static void streams_are_what_they_always_were(void **state) {
    (void)state;
    aici_stream stream;
    aici_stream_begin(&stream, 42, UINT64_C(0x50b896eb6348ae25), 5);
    draw_stream(&stream, AICI_STREAM_BLOCK, words);
    assert_int_equal(hash_of(words, AICI_STREAM_BLOCK), UINT64_C(0xabda46928be16ef3));
}

static void sobol_words_are_what_they_always_were(void **state) {
    (void)state;
    aici_sobol sobol;
    aici_sobol_begin(&sobol, 17, 42, UINT64_C(0x50b896eb6348ae25), 3, true);
    draw_sobol(&sobol, 0, AICI_STREAM_BLOCK, words);
    assert_int_equal(hash_of(words, AICI_STREAM_BLOCK), UINT64_C(0xeedd5fe80105e725));
}

static void expect_single_words(const aici_sobol *sobol, uint64_t first, size_t count) {
    draw_sobol(sobol, first, count, words);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(words[i], aici_sobol_word(sobol, first + i));
}

static void runs_of_sobol_words_are_the_single_words(void **state) {
    (void)state;
    static const uint64_t firsts[] = {
        0, 8, 16, 24, 1016, 1024, 4088, 123456, UINT64_C(0x7ffffff8), UINT64_C(0x80000000), UINT64_C(0xffffe000)};
    aici_sobol sobol;
    for (uint32_t dimension = 0; dimension < AICI_SOBOL_DIMENSIONS; dimension += 93) {
        aici_sobol_begin(&sobol, dimension, 1, dimension, 0, dimension % 2);
        for (size_t i = 0; i < sizeof firsts / sizeof *firsts; i++)
            expect_single_words(&sobol, firsts[i], AICI_STREAM_BLOCK);
        for (size_t count = 0; count < 200; count += 8)
            expect_single_words(&sobol, 1000, count);
    }
}

static void the_last_sobol_words_end_at_two_to_the_32(void **state) {
    (void)state;
    aici_sobol sobol;
    aici_sobol_begin(&sobol, 5, 1, 2, 3, true);
    for (uint64_t count = 8; count <= 64; count += 8)
        expect_single_words(&sobol, (UINT64_C(1) << 32) - count, (size_t)count);
}

static void a_run_of_sobol_words_writes_nothing_else(void **state) {
    (void)state;
    aici_sobol sobol;
    aici_sobol_begin(&sobol, 5, 1, 2, 3, true);
    for (size_t count = 0; count <= 64; count += 8) {
        memset(words, 0x55, sizeof words);
        draw_sobol(&sobol, 64, count, words + 1);
        assert_int_equal(words[0], UINT64_C(0x5555555555555555));
        assert_int_equal(words[count + 1], UINT64_C(0x5555555555555555));
    }
}

#define WORDS_TESTS                                                                                                                        \
    cmocka_unit_test(each_lane_is_plain_xoshiro), cmocka_unit_test(xoshiro_gives_the_published_words),                                     \
        cmocka_unit_test(a_stream_does_not_depend_on_the_split_into_runs), cmocka_unit_test(streams_are_what_they_always_were),            \
        cmocka_unit_test(sobol_words_are_what_they_always_were), cmocka_unit_test(runs_of_sobol_words_are_the_single_words),               \
        cmocka_unit_test(the_last_sobol_words_end_at_two_to_the_32), cmocka_unit_test(a_run_of_sobol_words_writes_nothing_else)

#endif
