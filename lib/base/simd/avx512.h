/* SPDX-License-Identifier: MIT */
/* AVX-512: eight lanes are one register. The meaning of each function stands in generic.h. */
#ifndef AICI_BASE_SIMD_AVX512_H
#define AICI_BASE_SIMD_AVX512_H

#include <immintrin.h>

typedef __m512d aici_v;
typedef __m512i aici_w;
typedef __mmask8 aici_m;

AICI_INLINE aici_v v_all(double a) { return _mm512_set1_pd(a); }
AICI_INLINE aici_v v_load(const double *from) { return _mm512_loadu_pd(from); }
AICI_INLINE void v_store(double *to, aici_v a) { _mm512_storeu_pd(to, a); }
AICI_INLINE aici_v v_add(aici_v a, aici_v b) { return _mm512_add_pd(a, b); }
AICI_INLINE aici_v v_subtract(aici_v a, aici_v b) { return _mm512_sub_pd(a, b); }
AICI_INLINE aici_v v_multiply(aici_v a, aici_v b) { return _mm512_mul_pd(a, b); }
AICI_INLINE aici_v v_divide(aici_v a, aici_v b) { return _mm512_div_pd(a, b); }
AICI_INLINE aici_v v_sqrt(aici_v a) { return _mm512_sqrt_pd(a); }
AICI_INLINE aici_v v_fma(aici_v a, aici_v b, aici_v c) { return _mm512_fmadd_pd(a, b, c); }
AICI_INLINE aici_v v_fnma(aici_v a, aici_v b, aici_v c) { return _mm512_fnmadd_pd(a, b, c); }
/* Without optimization gcc has macros for these, which pass an unsigned mask where a char is expected. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"
AICI_INLINE aici_v v_floor(aici_v a) { return _mm512_roundscale_pd(a, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC); }
AICI_INLINE aici_v v_truncate(aici_v a) { return _mm512_roundscale_pd(a, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC); }
#pragma GCC diagnostic pop

AICI_INLINE aici_m v_less(aici_v a, aici_v b) { return _mm512_cmp_pd_mask(a, b, _CMP_LT_OQ); }
AICI_INLINE aici_m v_less_equal(aici_v a, aici_v b) { return _mm512_cmp_pd_mask(a, b, _CMP_LE_OQ); }
AICI_INLINE aici_m v_equal(aici_v a, aici_v b) { return _mm512_cmp_pd_mask(a, b, _CMP_EQ_OQ); }
AICI_INLINE aici_v v_select(aici_m m, aici_v a, aici_v b) { return _mm512_mask_blend_pd(m, b, a); }

AICI_INLINE aici_m m_and(aici_m a, aici_m b) { return (aici_m)(a & b); }
AICI_INLINE aici_m m_or(aici_m a, aici_m b) { return (aici_m)(a | b); }
AICI_INLINE aici_m m_but_not(aici_m a, aici_m b) { return (aici_m)(a & (unsigned)~b); }
AICI_INLINE aici_m m_not(aici_m a) { return (aici_m) ~(unsigned)a; }
AICI_INLINE unsigned m_bits(aici_m a) { return a; }

AICI_INLINE aici_w w_all(uint64_t a) { return _mm512_set1_epi64((long long)a); }
AICI_INLINE aici_w w_load(const uint64_t *from) { return _mm512_loadu_si512((const void *)from); }
AICI_INLINE void w_store(uint64_t *to, aici_w a) { _mm512_storeu_si512((void *)to, a); }
AICI_INLINE aici_w w_add(aici_w a, aici_w b) { return _mm512_add_epi64(a, b); }
AICI_INLINE aici_w w_subtract(aici_w a, aici_w b) { return _mm512_sub_epi64(a, b); }
AICI_INLINE aici_w w_and(aici_w a, aici_w b) { return _mm512_and_si512(a, b); }
AICI_INLINE aici_w w_or(aici_w a, aici_w b) { return _mm512_or_si512(a, b); }
AICI_INLINE aici_w w_xor(aici_w a, aici_w b) { return _mm512_xor_si512(a, b); }
AICI_INLINE aici_w w_left(aici_w a, int places) { return _mm512_slli_epi64(a, (unsigned)places); }
AICI_INLINE aici_w w_right(aici_w a, int places) { return _mm512_srli_epi64(a, (unsigned)places); }
AICI_INLINE aici_w w_rotate(aici_w a, int places) { return _mm512_rolv_epi64(a, _mm512_set1_epi64(places)); }
AICI_INLINE aici_w w_multiply_halves(aici_w a, aici_w b) { return _mm512_mul_epu32(a, b); }
AICI_INLINE aici_w w_select(aici_m m, aici_w a, aici_w b) { return _mm512_mask_blend_epi64(m, b, a); }
AICI_INLINE aici_m w_top_bit(aici_w a) { return _mm512_movepi64_mask(a); }
AICI_INLINE aici_w w_count(aici_w sum, aici_m m) { return _mm512_mask_sub_epi64(sum, m, sum, _mm512_set1_epi64(-1)); }

AICI_INLINE aici_v v_of_bits(aici_w a) { return _mm512_castsi512_pd(a); }
AICI_INLINE aici_w w_of(aici_v a) { return _mm512_castpd_si512(a); }

AICI_INLINE size_t v_pack(double *to, aici_m m, aici_v a) {
    _mm512_storeu_pd(to, _mm512_maskz_compress_pd(m, a));
    return (size_t)__builtin_popcount(m);
}

#endif
