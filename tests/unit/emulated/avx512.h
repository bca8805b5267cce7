/* SPDX-License-Identifier: MIT */
/*
 * The AVX-512 intrinsics made of AVX2 by SIMDe (https://github.com/simd-everywhere/simde, MIT), so that what is written for AVX-512 runs on
 * processors without it. Included by the command line before anything else. SIMDe must see that the set is not there, and base/simd/simd.h
 * that it is.
 */
#ifndef UNIT_EMULATED_AVX512_H
#define UNIT_EMULATED_AVX512_H

#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/x86/avx512.h>

/* SIMDe 0.7.4 takes the second argument apart without parentheses. */
#undef _mm512_roundscale_pd
#define _mm512_roundscale_pd(a, how) simde_mm512_roundscale_pd(a, (how))

#if defined(__AVX512F__)
#error "this is for compilers that are told of no AVX-512"
#endif
#define __AVX512F__ 1
#define __AVX512DQ__ 1
#define __AVX512VL__ 1

#endif
