/* SPDX-License-Identifier: MIT */
/*
 * Random words by address: what one key gives at one place, 32 words of 64 bits at a time, for the states of streams (stream.c) and the
 * scrambles of Sobol' points (sobol.c). The counter of Philox is (place, number of the call, use), so that no two uses ever share a word.
 */
#ifndef AICI_EVAL_PHILOX_H
#define AICI_EVAL_PHILOX_H

#include "eval/stream.h"

/** What words are for: the last word of the counter. */
typedef enum aici_philox_use {
    AICI_PHILOX_STATE = 0x58323536,    /**< of xoshiro256++ */
    AICI_PHILOX_SCRAMBLE = 0x534c4d53, /**< the matrix of a Sobol' dimension */
    AICI_PHILOX_SHIFT = 0x53534654     /**< its digital shift */
} aici_philox_use;

/** The key of (seed, name): two different names never have the same under one seed, nor two seeds under one name. */
uint64_t aici_philox_key(uint64_t seed, uint64_t name);

/** Four words for each of eight lanes: calls 2 * lane (words 0 and 1) and 2 * lane + 1 (words 2 and 3), lower halves first. */
void aici_philox_words(uint64_t key, uint64_t place, aici_philox_use use, uint64_t to[4][AICI_LANES]);

#endif
