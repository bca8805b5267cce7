/* SPDX-License-Identifier: MIT */
/*
 * Random words by name: the words of a stream depend on (seed, name, replicate, block, lane) and on nothing else, so that any block can be
 * made anywhere, in any order, on any thread. Monte Carlo: xoshiro256++ (Blackman and Vigna 2019) in eight lanes, keyed for each block of
 * 8192 by Philox4x32-10 (Salmon et al. 2011). Quasi-Monte Carlo: Sobol' points (numbers of Joe and Kuo 2008), random linear matrix scramble
 * and digital shift (Matousek 1998), keyed in the same way.
 */
#ifndef AICI_EVAL_STREAM_H
#define AICI_EVAL_STREAM_H

#include "base/simd/simd.h"
#include "eval/statistics.h"

enum { AICI_STREAM_BLOCK = 8192 }; /**< words that one key serves, in Monte Carlo */
enum { AICI_SOBOL_BITS = 32 };

/** Philox4x32-10, as published. */
void aici_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

/** xoshiro256++ in eight lanes. */
typedef struct aici_stream {
    uint64_t state[4][AICI_LANES];
} aici_stream;

/** The state with which block @p block of a stream begins; @p name is the number of its name (aici_name_hash()). Never all zeros in a lane.
 */
void aici_stream_begin(aici_stream *stream, uint64_t seed, uint64_t name, uint64_t block);

/** Direction numbers of one dimension, scrambled: word n is the exclusive or of those at the set bits of n, and the shift. */
typedef struct aici_sobol {
    uint64_t direction[AICI_SOBOL_BITS]; /**< the fraction begins at the top bit */
    uint64_t shift;
    uint64_t first[AICI_LANES]; /**< words 0 to 7 */
    uint64_t step[AICI_SOBOL_BITS -
                  3]; /**< from eight words to the next eight: what to turn over, by trailing zeros of the number of the next eight */
} aici_sobol;

/**
 * The numbers of dimension @p dimension (below AICI_SOBOL_DIMENSIONS), scrambled by (seed, name, replicate); @p scramble false: the plain
 * sequence. The scramble does not depend on the dimension: a name keeps its own when others come in before it. Replicates of a name, and
 * names, are independent.
 */
void aici_sobol_begin(aici_sobol *sobol, uint32_t dimension, uint64_t seed, uint64_t name, uint32_t replicate, bool scramble);

/** Word @p index of the sequence in binary order; @p index is below 2^AICI_SOBOL_BITS (the lower 32 bits count). */
uint64_t aici_sobol_word(const aici_sobol *sobol, uint64_t index);

/* --- made once per instruction set, all with the same words: through eval/isa.h ------------------------------------------------------- */

/** @p count words (a multiple of 8), which go on where the last ones ended. */
AICI_INLINE void aici_stream_words(aici_stream *stream, size_t count, uint64_t *to);
/** @p count words (a multiple of 8) from word @p first (a multiple of 8) on, in binary order; @p first + @p count is at most
 * 2^AICI_SOBOL_BITS. */
AICI_INLINE void aici_sobol_words(const aici_sobol *sobol, uint64_t first, size_t count, uint64_t *to);

#include "eval/stream_words.h"

#endif
