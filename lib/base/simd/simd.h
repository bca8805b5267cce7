/* SPDX-License-Identifier: MIT */
/*
 * Eight lanes at a time, whatever the machine has: doubles (aici_v), 64-bit words (aici_w), truth values (aici_m). Every operation here is
 * exact or correctly rounded by IEEE 754 (add, subtract, multiply, divide, sqrt, fma, comparisons, integers), so that code written with
 * them gives the same bits on every instruction set and from every compiler. No estimates (rcp, rsqrt), no gathers, no sums across lanes
 * but in the fixed order of v_sum().
 *
 * A file that includes this is compiled once per instruction set (lib/eval/meson.build): AICI_ISA names the set and is appended to the
 * names of its functions.
 */
#ifndef AICI_BASE_SIMD_SIMD_H
#define AICI_BASE_SIMD_SIMD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { AICI_LANES = 8 };

/* Where speed is no aim, what is made of eight lanes at a time is left to be called: inlined, without vector instructions or with a
 * sanitizer's checks, it takes compilers minutes. */
#if defined(__SANITIZE_ADDRESS__) || defined(AICI_CALLS_LANES)
#define AICI_INLINE static inline __attribute__((unused))
#else
#define AICI_INLINE static inline __attribute__((always_inline, unused))
#endif

#if defined(__AVX512F__) && defined(__AVX512DQ__) && defined(__AVX512VL__)
#include "base/simd/avx512.h"
#elif defined(__AVX2__) && defined(__FMA__)
#include "base/simd/avx2.h"
#else
#include "base/simd/generic.h"
#endif

/* --- made of the operations above ----------------------------------------------------------------------------------------------------- */

AICI_INLINE aici_v v_negate(aici_v a) { return v_of_bits(w_xor(w_of(a), w_all(UINT64_C(0x8000000000000000)))); }
AICI_INLINE aici_v v_abs(aici_v a) { return v_of_bits(w_and(w_of(a), w_all(UINT64_C(0x7fffffffffffffff)))); }
/** @p a with the sign of @p sign. */
AICI_INLINE aici_v v_with_sign(aici_v a, aici_v sign) {
    return v_of_bits(w_or(w_of(v_abs(a)), w_and(w_of(sign), w_all(UINT64_C(0x8000000000000000)))));
}
AICI_INLINE aici_m v_is_nan(aici_v a) { return m_not(v_equal(a, a)); }
AICI_INLINE aici_m v_greater(aici_v a, aici_v b) { return v_less(b, a); }

/** All lanes, in one fixed order. */
AICI_INLINE double v_sum(aici_v a) {
    double lane[AICI_LANES];
    v_store(lane, a);
    return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

AICI_INLINE uint64_t w_sum(aici_w a) {
    uint64_t lane[AICI_LANES], sum = 0;
    w_store(lane, a);
    for (int i = 0; i < AICI_LANES; i++)
        sum += lane[i];
    return sum;
}

/** 64 random bits as a number in (0, 1): the upper 51 of them and a one behind them, which is the middle of a cell. */
AICI_INLINE aici_v v_unit_open(aici_w bits) {
    return v_subtract(v_of_bits(w_or(w_or(w_right(bits, 12), w_all(1)), w_all(UINT64_C(0x3ff0000000000000)))), v_all(1.0));
}

#endif
