/* SPDX-License-Identifier: MIT */
/*
 * Coefficients of exponentials.h, minimax fits of our own over doubles (Sollya's fpminimax); the error is that of the polynomial itself,
 * before rounding while it is evaluated. Each list is a macro, highest power first, so that a coefficient is an operand of its instruction.
 */
#ifndef AICI_BASE_SIMD_COEFFICIENTS_H
#define AICI_BASE_SIMD_COEFFICIENTS_H

/* Numbers cut in two; the high part of ln 2 and log10 2 has 42 bits, so that its product with an exponent is exact. */
#define AICI_LOG2_E 0x1.71547652b82fep+0
#define AICI_LOG2_E_LOW 0x1.777d0ffda0d24p-56
#define AICI_LOG10_E 0x1.bcb7b1526e50ep-2
#define AICI_LOG10_E_LOW 0x1.95355baaafad3p-57
#define AICI_LN2_HIGH 0x1.62e42fefa38p-1
#define AICI_LN2_LOW 0x1.ef35793c7673p-45
#define AICI_LOG10_2_HIGH 0x1.34413509f78p-2
#define AICI_LOG10_2_LOW 0x1.fef311f12b358p-46
#define AICI_TWO_THIRDS_HIGH 0x1.5555555555555p-1
#define AICI_TWO_THIRDS_LOW 0x1.5555555555555p-55

/* (e^x - 1 - x) / x^2 for |x| <= ln(2) / 2: error of e^x 2^-57.5, relative. */
#define AICI_EXP_TAIL_HIGHEST 0x1.af8597f5f8fc7p-26
#define AICI_EXP_TAIL(COEFFICIENT)                                                                                                         \
    COEFFICIENT(0x1.28b11a12a34d1p-22)                                                                                                     \
    COEFFICIENT(0x1.71dddfc3ffe29p-19) COEFFICIENT(0x1.a019959956087p-16) COEFFICIENT(0x1.a01a01bae464bp-13)                               \
        COEFFICIENT(0x1.6c16c18610f9cp-10) COEFFICIENT(0x1.111111110d639p-7) COEFFICIENT(0x1.555555554fde9p-5)                             \
            COEFFICIENT(0x1.5555555555561p-3) COEFFICIENT(0x1.000000000000cp-1)

/* (ln((1 + s) / (1 - s)) / s - 2) / s^2 in s^2 for |s| <= 0.1716: error of the logarithm 2^-59.5, relative. */
#define AICI_LN_HIGHEST 0x1.2f04033c4c588p-3
#define AICI_LN(COEFFICIENT)                                                                                                               \
    COEFFICIENT(0x1.39a1e2ca0d673p-3)                                                                                                      \
    COEFFICIENT(0x1.74663d1bae229p-3) COEFFICIENT(0x1.c71c5213b3bb2p-3) COEFFICIENT(0x1.24924941e1c0fp-2)                                  \
        COEFFICIENT(0x1.999999997ff17p-2) COEFFICIENT(0x1.5555555555592p-1)

/* The same, without its first term 2/3: error of the logarithm below 2^-66, relative. */
#define AICI_LN_FINE_HIGHEST 0x1.c31b224384e97p-4
#define AICI_LN_FINE(COEFFICIENT)                                                                                                          \
    COEFFICIENT(0x1.aaec0d5a97135p-4)                                                                                                      \
    COEFFICIENT(0x1.e20b7d536f831p-4) COEFFICIENT(0x1.11109461af34fp-3) COEFFICIENT(0x1.3b13b3114fddap-3)                                  \
        COEFFICIENT(0x1.745d174180481p-3) COEFFICIENT(0x1.c71c71c72274dp-3) COEFFICIENT(0x1.249249249246fp-2)                              \
            COEFFICIENT(0x1.999999999999ap-2)

/* sin(pi x / 2) / x in x^2 for |x| <= 1/2: error 2^-54.5, relative. */
#define AICI_SIN_HIGHEST 0x1.e357ef99c0be6p-25
#define AICI_SIN(COEFFICIENT)                                                                                                              \
    COEFFICIENT(-0x1.e2fe76fdff88ap-19)                                                                                                    \
    COEFFICIENT(0x1.50782d5f14823p-13) COEFFICIENT(-0x1.32d2ccdfe9424p-8) COEFFICIENT(0x1.466bc67754fffp-4)                                \
        COEFFICIENT(-0x1.4abbce625be09p-1) COEFFICIENT(0x1.921fb54442d18p+0)

/* (cos(pi x / 2) - 1) / x^2 in x^2 for |x| <= 1/2: error of the cosine 2^-61, absolute. */
#define AICI_COS_HIGHEST -0x1.b14b6a5c5529cp-28
#define AICI_COS(COEFFICIENT)                                                                                                              \
    COEFFICIENT(0x1.f9c840f8b10b8p-22)                                                                                                     \
    COEFFICIENT(-0x1.a6d1e6b560f58p-16) COEFFICIENT(0x1.e1f5067b05ae7p-11) COEFFICIENT(-0x1.55d3c7e3c2d7cp-6)                              \
        COEFFICIENT(0x1.03c1f081b5a65p-2) COEFFICIENT(-0x1.3bd3cc9be45dep+0)

#endif
