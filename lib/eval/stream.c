/* SPDX-License-Identifier: MIT */
/*
 * Seeds, names (as numbers: base/hash.h) and places become the keys and states that streams of random words begin with. The words
 * themselves: stream_words.h; Sobol' points: sobol.c. Philox4x32-10: J. K. Salmon and others, "Parallel random numbers: as easy as 1, 2,
 * 3", SC 2011.
 */
#include "base/hash.h"
#include "eval/philox.h"

#define GOLDEN UINT64_C(0x9e3779b97f4a7c15) /* 2^64 divided by the golden ratio, odd */

enum { PHILOX_ROUNDS = 10 };
_Static_assert(PHILOX_ROUNDS % 5 == 0, "run_rounds() goes by five");
static const uint32_t philox_multiplier[2] = {0xd2511f53, 0xcd9e8d57};
static const uint32_t philox_weyl[2] = {0x9e3779b9, 0xbb67ae85};

AICI_INLINE void run_round(uint32_t c[4], const uint32_t key[2], uint32_t round) {
    const uint64_t first = (uint64_t)philox_multiplier[0] * c[0], second = (uint64_t)philox_multiplier[1] * c[2];
    c[0] = (uint32_t)(second >> 32) ^ c[1] ^ (key[0] + round * philox_weyl[0]);
    c[1] = (uint32_t)second;
    c[2] = (uint32_t)(first >> 32) ^ c[3] ^ (key[1] + round * philox_weyl[1]);
    c[3] = (uint32_t)first;
}

/** Five at a time: compilers leave a loop of ten as it is, and calls then wait for one another. */
AICI_INLINE void run_rounds(uint32_t c[4], const uint32_t key[2]) {
    for (uint32_t round = 0; round < PHILOX_ROUNDS; round += 5) {
        run_round(c, key, round);
        run_round(c, key, round + 1);
        run_round(c, key, round + 2);
        run_round(c, key, round + 3);
        run_round(c, key, round + 4);
    }
}

void aici_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]) {
    uint32_t c[4] = {counter[0], counter[1], counter[2], counter[3]};
    run_rounds(c, key);
    memcpy(out, c, sizeof c);
}

uint64_t aici_philox_key(uint64_t seed, uint64_t name) { return aici_hash_mix(aici_hash_mix(seed + GOLDEN) ^ name); }

void aici_philox_words(uint64_t key, uint64_t place, aici_philox_use use, uint64_t to[4][AICI_LANES]) {
    const uint32_t halves[2] = {(uint32_t)key, (uint32_t)(key >> 32)};
    for (uint32_t call = 0; call < 2 * AICI_LANES; call++) {
        uint32_t c[4] = {(uint32_t)place, (uint32_t)(place >> 32), call, (uint32_t)use};
        run_rounds(c, halves);
        to[call % 2 * 2][call / 2] = c[0] | (uint64_t)c[1] << 32;
        to[call % 2 * 2 + 1][call / 2] = c[2] | (uint64_t)c[3] << 32;
    }
}

/** xoshiro256++ would stay at zero for ever; Philox gives a lane 256 zeros never in practice, and this makes it never at all. */
static void avoid_zero(aici_stream *stream) {
    for (int i = 0; i < AICI_LANES; i++)
        stream->state[0][i] += !(stream->state[0][i] | stream->state[1][i] | stream->state[2][i] | stream->state[3][i]);
}

void aici_stream_begin(aici_stream *stream, uint64_t seed, uint64_t name, uint64_t block) {
    aici_philox_words(aici_philox_key(seed, name), block, AICI_PHILOX_STATE, stream->state);
    avoid_zero(stream);
}
