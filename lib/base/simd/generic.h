/* SPDX-License-Identifier: MIT */
/*
 * Any machine: eight lanes are an array, which compilers turn into what vectors they have. fma() is the C library's, which rounds once as
 * the instruction does. This is the definition: the other instruction sets do the same, to the last bit (the sign and payload of a NaN
 * excepted).
 */
#ifndef AICI_BASE_SIMD_GENERIC_H
#define AICI_BASE_SIMD_GENERIC_H

#include <math.h>

typedef struct aici_v {
    double lane[AICI_LANES];
} aici_v; /**< eight doubles */
typedef struct aici_w {
    uint64_t lane[AICI_LANES];
} aici_w; /**< eight words of 64 bits */
typedef struct aici_m {
    uint64_t lane[AICI_LANES];
} aici_m; /**< eight truth values: all bits, or none */

#define EACH_LANE(type, result)                                                                                                            \
    type made;                                                                                                                             \
    for (int i = 0; i < AICI_LANES; i++)                                                                                                   \
        made.lane[i] = result;                                                                                                             \
    return made;
#define TRUTH(condition) ((condition) ? UINT64_MAX : 0)

AICI_INLINE aici_v v_all(double a){EACH_LANE(aici_v, a)} AICI_INLINE aici_v v_load(const double *from){EACH_LANE(aici_v, from[i])}
/**< from any address */
AICI_INLINE void v_store(double *to, aici_v a) {
    memcpy(to, a.lane, sizeof a.lane);
}
AICI_INLINE aici_v v_add(aici_v a, aici_v b){EACH_LANE(aici_v, a.lane[i] + b.lane[i])} AICI_INLINE aici_v
    v_subtract(aici_v a, aici_v b){EACH_LANE(aici_v, a.lane[i] - b.lane[i])} AICI_INLINE aici_v
    v_multiply(aici_v a, aici_v b){EACH_LANE(aici_v, a.lane[i] * b.lane[i])} AICI_INLINE aici_v
    v_divide(aici_v a, aici_v b){EACH_LANE(aici_v, a.lane[i] / b.lane[i])} AICI_INLINE aici_v
    v_sqrt(aici_v a){EACH_LANE(aici_v, sqrt(a.lane[i]))} AICI_INLINE aici_v
    v_fma(aici_v a, aici_v b, aici_v c){EACH_LANE(aici_v, fma(a.lane[i], b.lane[i], c.lane[i]))} /**< a * b + c, rounded once */
AICI_INLINE aici_v v_fnma(aici_v a, aici_v b, aici_v c){EACH_LANE(aici_v, fma(-a.lane[i], b.lane[i], c.lane[i]))}
/**< c - a * b, rounded once */
AICI_INLINE aici_v v_floor(aici_v a){EACH_LANE(aici_v, floor(a.lane[i]))} AICI_INLINE aici_v
    v_truncate(aici_v a){EACH_LANE(aici_v, trunc(a.lane[i]))}

/* Comparisons with a NaN are false. */
AICI_INLINE aici_m v_less(aici_v a, aici_v b){EACH_LANE(aici_m, TRUTH(a.lane[i] < b.lane[i]))} AICI_INLINE aici_m
    v_less_equal(aici_v a, aici_v b){EACH_LANE(aici_m, TRUTH(a.lane[i] <= b.lane[i]))} AICI_INLINE aici_m
    v_equal(aici_v a, aici_v b){EACH_LANE(aici_m, TRUTH(a.lane[i] == b.lane[i]))}

AICI_INLINE aici_m m_and(aici_m a, aici_m b){EACH_LANE(aici_m, a.lane[i] & b.lane[i])} AICI_INLINE aici_m
    m_or(aici_m a, aici_m b){EACH_LANE(aici_m, a.lane[i] | b.lane[i])} AICI_INLINE aici_m
    m_but_not(aici_m a, aici_m b){EACH_LANE(aici_m, a.lane[i] & ~b.lane[i])} /**< a and not b */
AICI_INLINE aici_m m_not(aici_m a){EACH_LANE(aici_m, ~a.lane[i])}            /** Bit i is lane i. */
AICI_INLINE unsigned m_bits(aici_m a) {
    unsigned bits = 0;
    for (unsigned i = 0; i < AICI_LANES; i++)
        bits |= (unsigned)(a.lane[i] & 1u) << i;
    return bits;
}

AICI_INLINE aici_w w_all(uint64_t a){EACH_LANE(aici_w, a)} AICI_INLINE aici_w
    w_load(const uint64_t *from){EACH_LANE(aici_w, from[i])} AICI_INLINE void w_store(uint64_t *to, aici_w a) {
    memcpy(to, a.lane, sizeof a.lane);
}
AICI_INLINE aici_w w_add(aici_w a, aici_w b){EACH_LANE(aici_w, a.lane[i] + b.lane[i])} AICI_INLINE aici_w
    w_subtract(aici_w a, aici_w b){EACH_LANE(aici_w, a.lane[i] - b.lane[i])} AICI_INLINE aici_w
    w_and(aici_w a, aici_w b){EACH_LANE(aici_w, a.lane[i] & b.lane[i])} AICI_INLINE aici_w
    w_or(aici_w a, aici_w b){EACH_LANE(aici_w, a.lane[i] | b.lane[i])} AICI_INLINE aici_w
    w_xor(aici_w a, aici_w b){EACH_LANE(aici_w, a.lane[i] ^ b.lane[i])} AICI_INLINE aici_w
    w_left(aici_w a, int places){EACH_LANE(aici_w, a.lane[i] << places)}                 /**< by 0 to 63 */
AICI_INLINE aici_w w_right(aici_w a, int places){EACH_LANE(aici_w, a.lane[i] >> places)} /**< by 0 to 63, zeros come in */
AICI_INLINE aici_w w_rotate(aici_w a, int places) {
    return w_or(w_left(a, places), w_right(a, 64 - places));
} /**< to the left, by 1 to 63 */
/** The product of the lower halves. */
AICI_INLINE aici_w w_multiply_halves(aici_w a,
                                     aici_w b){EACH_LANE(aici_w, (a.lane[i] & 0xffffffffu) * (b.lane[i] & 0xffffffffu))} AICI_INLINE aici_w
    w_select(aici_m m, aici_w a, aici_w b){EACH_LANE(aici_w, (a.lane[i] & m.lane[i]) | (b.lane[i] & ~m.lane[i]))} AICI_INLINE aici_m
    w_top_bit(aici_w a){EACH_LANE(aici_m, TRUTH(a.lane[i] >> 63))} AICI_INLINE aici_w
    w_count(aici_w sum, aici_m m){EACH_LANE(aici_w, sum.lane[i] - m.lane[i])} /**< one more where m */

AICI_INLINE aici_v v_of_bits(aici_w a) {
    aici_v v;
    memcpy(v.lane, a.lane, sizeof v.lane);
    return v;
}
AICI_INLINE aici_w w_of(aici_v a) {
    aici_w w;
    memcpy(w.lane, a.lane, sizeof w.lane);
    return w;
}
/** a where m, else b. */
AICI_INLINE aici_v v_select(aici_m m, aici_v a, aici_v b) { return v_of_bits(w_select(m, w_of(a), w_of(b))); }

/** The lanes that count, one behind the other; how many. Eight places are written. */
AICI_INLINE size_t v_pack(double *to, aici_m m, aici_v a) {
    size_t count = 0;
    for (int i = 0; i < AICI_LANES; i++) {
        to[count] = a.lane[i];
        count += m.lane[i] & 1u;
    }
    return count;
}

#undef EACH_LANE
#undef TRUTH

#endif
