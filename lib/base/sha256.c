/* SPDX-License-Identifier: MIT */
/* FIPS 180-4, sections 4.1.2, 4.2.2, 5 and 6.2. */
#include "base/sha256.h"

#include <string.h>

enum { BLOCK = 64, ROUNDS = 64, LENGTH_BYTES = 8 };

static const uint32_t round_constant[ROUNDS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
    0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
    0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
    0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
    0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
    0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t turn(uint32_t word, unsigned bits) { return (word >> bits) | (word << (32 - bits)); }

static void fill_schedule(const uint8_t *block, uint32_t word[ROUNDS]) {
    for (unsigned i = 0; i < 16; i++)
        word[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 | (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (unsigned i = 16; i < ROUNDS; i++) {
        uint32_t early = turn(word[i - 15], 7) ^ turn(word[i - 15], 18) ^ (word[i - 15] >> 3);
        uint32_t late = turn(word[i - 2], 17) ^ turn(word[i - 2], 19) ^ (word[i - 2] >> 10);
        word[i] = word[i - 16] + early + word[i - 7] + late;
    }
}

static void take_block(uint32_t state[8], const uint8_t *block) {
    uint32_t word[ROUNDS], at[8];
    fill_schedule(block, word);
    memcpy(at, state, sizeof at);
    for (unsigned i = 0; i < ROUNDS; i++) {
        uint32_t choice = (at[4] & at[5]) ^ (~at[4] & at[6]), majority = (at[0] & at[1]) ^ (at[0] & at[2]) ^ (at[1] & at[2]);
        uint32_t first = at[7] + (turn(at[4], 6) ^ turn(at[4], 11) ^ turn(at[4], 25)) + choice + round_constant[i] + word[i];
        uint32_t second = (turn(at[0], 2) ^ turn(at[0], 13) ^ turn(at[0], 22)) + majority;
        memmove(at + 1, at, 7 * sizeof *at);
        at[4] += first;
        at[0] = first + second;
    }
    for (unsigned i = 0; i < 8; i++)
        state[i] += at[i];
}

/** The rest, a single bit, and the length in bits: one block or two. */
static void take_end(uint32_t state[8], const uint8_t *rest, size_t rest_size, uint64_t bits) {
    uint8_t block[2 * BLOCK] = {0};
    size_t size = rest_size + 1 + LENGTH_BYTES <= BLOCK ? BLOCK : 2 * BLOCK;
    if (rest_size)
        memcpy(block, rest, rest_size);
    block[rest_size] = 0x80;
    for (unsigned i = 0; i < LENGTH_BYTES; i++)
        block[size - 1 - i] = (uint8_t)(bits >> (8 * i));
    for (size_t i = 0; i < size; i += BLOCK)
        take_block(state, block + i);
}

void aici_sha256(const void *bytes, size_t size, uint8_t digest[AICI_SHA256_BYTES]) {
    uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    const uint8_t *at = bytes;
    size_t whole = size / BLOCK * BLOCK;
    for (size_t i = 0; i < whole; i += BLOCK)
        take_block(state, at + i);
    take_end(state, size > whole ? at + whole : NULL, size - whole, (uint64_t)size * 8);
    for (unsigned i = 0; i < AICI_SHA256_BYTES; i++)
        digest[i] = (uint8_t)(state[i / 4] >> (24 - 8 * (i % 4)));
}
