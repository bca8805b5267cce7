/* SPDX-License-Identifier: MIT */
/* AVX2 with FMA: eight lanes are two registers. The meaning of each function stands in generic.h. */
#ifndef AICI_BASE_SIMD_AVX2_H
#define AICI_BASE_SIMD_AVX2_H

#include <immintrin.h>

typedef struct aici_v {
    __m256d a, b;
} aici_v;
typedef struct aici_w {
    __m256i a, b;
} aici_w;
typedef struct aici_m {
    __m256d a, b;
} aici_m; /* all bits of a lane, or none */

#define V(of_a, of_b) ((aici_v){of_a, of_b})
#define W(of_a, of_b) ((aici_w){of_a, of_b})
#define M(of_a, of_b) ((aici_m){of_a, of_b})

AICI_INLINE aici_v v_all(double a) { return V(_mm256_set1_pd(a), _mm256_set1_pd(a)); }
AICI_INLINE aici_v v_load(const double *from) { return V(_mm256_loadu_pd(from), _mm256_loadu_pd(from + 4)); }
AICI_INLINE void v_store(double *to, aici_v v) {
    _mm256_storeu_pd(to, v.a);
    _mm256_storeu_pd(to + 4, v.b);
}
AICI_INLINE aici_v v_add(aici_v a, aici_v b) { return V(_mm256_add_pd(a.a, b.a), _mm256_add_pd(a.b, b.b)); }
AICI_INLINE aici_v v_subtract(aici_v a, aici_v b) { return V(_mm256_sub_pd(a.a, b.a), _mm256_sub_pd(a.b, b.b)); }
AICI_INLINE aici_v v_multiply(aici_v a, aici_v b) { return V(_mm256_mul_pd(a.a, b.a), _mm256_mul_pd(a.b, b.b)); }
AICI_INLINE aici_v v_divide(aici_v a, aici_v b) { return V(_mm256_div_pd(a.a, b.a), _mm256_div_pd(a.b, b.b)); }
AICI_INLINE aici_v v_sqrt(aici_v a) { return V(_mm256_sqrt_pd(a.a), _mm256_sqrt_pd(a.b)); }
AICI_INLINE aici_v v_fma(aici_v a, aici_v b, aici_v c) { return V(_mm256_fmadd_pd(a.a, b.a, c.a), _mm256_fmadd_pd(a.b, b.b, c.b)); }
AICI_INLINE aici_v v_fnma(aici_v a, aici_v b, aici_v c) { return V(_mm256_fnmadd_pd(a.a, b.a, c.a), _mm256_fnmadd_pd(a.b, b.b, c.b)); }
AICI_INLINE aici_v v_floor(aici_v a) { return V(_mm256_floor_pd(a.a), _mm256_floor_pd(a.b)); }
AICI_INLINE aici_v v_truncate(aici_v a) {
    return V(_mm256_round_pd(a.a, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC), _mm256_round_pd(a.b, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC));
}

AICI_INLINE aici_m v_less(aici_v a, aici_v b) { return M(_mm256_cmp_pd(a.a, b.a, _CMP_LT_OQ), _mm256_cmp_pd(a.b, b.b, _CMP_LT_OQ)); }
AICI_INLINE aici_m v_less_equal(aici_v a, aici_v b) { return M(_mm256_cmp_pd(a.a, b.a, _CMP_LE_OQ), _mm256_cmp_pd(a.b, b.b, _CMP_LE_OQ)); }
AICI_INLINE aici_m v_equal(aici_v a, aici_v b) { return M(_mm256_cmp_pd(a.a, b.a, _CMP_EQ_OQ), _mm256_cmp_pd(a.b, b.b, _CMP_EQ_OQ)); }
AICI_INLINE aici_v v_select(aici_m m, aici_v a, aici_v b) { return V(_mm256_blendv_pd(b.a, a.a, m.a), _mm256_blendv_pd(b.b, a.b, m.b)); }

AICI_INLINE aici_m m_and(aici_m a, aici_m b) { return M(_mm256_and_pd(a.a, b.a), _mm256_and_pd(a.b, b.b)); }
AICI_INLINE aici_m m_or(aici_m a, aici_m b) { return M(_mm256_or_pd(a.a, b.a), _mm256_or_pd(a.b, b.b)); }
AICI_INLINE aici_m m_but_not(aici_m a, aici_m b) { return M(_mm256_andnot_pd(b.a, a.a), _mm256_andnot_pd(b.b, a.b)); }
AICI_INLINE aici_m m_not(aici_m a) {
    const __m256d all = _mm256_castsi256_pd(_mm256_set1_epi64x(-1));
    return M(_mm256_xor_pd(a.a, all), _mm256_xor_pd(a.b, all));
}
AICI_INLINE unsigned m_bits(aici_m a) { return (unsigned)_mm256_movemask_pd(a.a) | (unsigned)_mm256_movemask_pd(a.b) << 4; }

AICI_INLINE aici_w w_all(uint64_t a) { return W(_mm256_set1_epi64x((long long)a), _mm256_set1_epi64x((long long)a)); }
AICI_INLINE aici_w w_load(const uint64_t *from) {
    return W(_mm256_loadu_si256((const __m256i *)(const void *)from), _mm256_loadu_si256((const __m256i *)(const void *)(from + 4)));
}
AICI_INLINE void w_store(uint64_t *to, aici_w w) {
    _mm256_storeu_si256((__m256i *)(void *)to, w.a);
    _mm256_storeu_si256((__m256i *)(void *)(to + 4), w.b);
}
AICI_INLINE aici_w w_add(aici_w a, aici_w b) { return W(_mm256_add_epi64(a.a, b.a), _mm256_add_epi64(a.b, b.b)); }
AICI_INLINE aici_w w_subtract(aici_w a, aici_w b) { return W(_mm256_sub_epi64(a.a, b.a), _mm256_sub_epi64(a.b, b.b)); }
AICI_INLINE aici_w w_and(aici_w a, aici_w b) { return W(_mm256_and_si256(a.a, b.a), _mm256_and_si256(a.b, b.b)); }
AICI_INLINE aici_w w_or(aici_w a, aici_w b) { return W(_mm256_or_si256(a.a, b.a), _mm256_or_si256(a.b, b.b)); }
AICI_INLINE aici_w w_xor(aici_w a, aici_w b) { return W(_mm256_xor_si256(a.a, b.a), _mm256_xor_si256(a.b, b.b)); }
AICI_INLINE aici_w w_left(aici_w a, int places) { return W(_mm256_slli_epi64(a.a, places), _mm256_slli_epi64(a.b, places)); }
AICI_INLINE aici_w w_right(aici_w a, int places) { return W(_mm256_srli_epi64(a.a, places), _mm256_srli_epi64(a.b, places)); }
AICI_INLINE aici_w w_rotate(aici_w a, int places) { return w_or(w_left(a, places), w_right(a, 64 - places)); }
AICI_INLINE aici_w w_multiply_halves(aici_w a, aici_w b) { return W(_mm256_mul_epu32(a.a, b.a), _mm256_mul_epu32(a.b, b.b)); }
AICI_INLINE aici_w w_select(aici_m m, aici_w a, aici_w b) {
    return W(_mm256_blendv_epi8(b.a, a.a, _mm256_castpd_si256(m.a)), _mm256_blendv_epi8(b.b, a.b, _mm256_castpd_si256(m.b)));
}
AICI_INLINE aici_m w_top_bit(aici_w a) {
    const __m256i none = _mm256_setzero_si256();
    return M(_mm256_castsi256_pd(_mm256_cmpgt_epi64(none, a.a)), _mm256_castsi256_pd(_mm256_cmpgt_epi64(none, a.b)));
}
AICI_INLINE aici_w w_count(aici_w sum, aici_m m) {
    return W(_mm256_sub_epi64(sum.a, _mm256_castpd_si256(m.a)), _mm256_sub_epi64(sum.b, _mm256_castpd_si256(m.b)));
}

AICI_INLINE aici_v v_of_bits(aici_w w) { return V(_mm256_castsi256_pd(w.a), _mm256_castsi256_pd(w.b)); }
AICI_INLINE aici_w w_of(aici_v v) { return W(_mm256_castpd_si256(v.a), _mm256_castpd_si256(v.b)); }

/** Halves of the lanes that count, in order, for each set of four lanes; behind them anything. */
#define LANE(number) 2 * (number), 2 * (number) + 1
static const uint32_t aici_pack_order[16][8] = {
    {0},
    {LANE(0)},
    {LANE(1)},
    {LANE(0), LANE(1)},
    {LANE(2)},
    {LANE(0), LANE(2)},
    {LANE(1), LANE(2)},
    {LANE(0), LANE(1), LANE(2)},
    {LANE(3)},
    {LANE(0), LANE(3)},
    {LANE(1), LANE(3)},
    {LANE(0), LANE(1), LANE(3)},
    {LANE(2), LANE(3)},
    {LANE(0), LANE(2), LANE(3)},
    {LANE(1), LANE(2), LANE(3)},
    {LANE(0), LANE(1), LANE(2), LANE(3)},
};
#undef LANE

AICI_INLINE size_t v_pack_half(double *to, unsigned bits, __m256d half) {
    const __m256i order = _mm256_loadu_si256((const __m256i *)(const void *)aici_pack_order[bits]);
    _mm256_storeu_ps((float *)to, _mm256_permutevar8x32_ps(_mm256_castpd_ps(half), order));
    return (size_t)__builtin_popcount(bits);
}

/** Without branches. Of the eight places that may be written those behind the lanes that count hold anything. */
AICI_INLINE size_t v_pack(double *to, aici_m m, aici_v v) {
    size_t count = v_pack_half(to, (unsigned)_mm256_movemask_pd(m.a), v.a);
    return count + v_pack_half(to + count, (unsigned)_mm256_movemask_pd(m.b), v.b);
}

#undef V
#undef W
#undef M

#endif
