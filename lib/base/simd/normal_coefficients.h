/* SPDX-License-Identifier: MIT */
/*
 * Coefficients of normal.h: the probability is a minimax polynomial over doubles (Sollya's fpminimax); the rational functions are fits of
 * our own, by least squares at Chebyshev nodes in 45 digits, reweighted until the largest relative error is nearly least. The error is that
 * of the fit itself.
 */
#ifndef AICI_BASE_SIMD_NORMAL_COEFFICIENTS_H
#define AICI_BASE_SIMD_NORMAL_COEFFICIENTS_H

/* The density at 0. */
#define AICI_DENSITY_HIGH 0x1.9884533d43651p-2
#define AICI_DENSITY_LOW -0x1.cbc0d30ebfd15p-56

/* ((P(z) - 1/2) / z - density) / z^2 in z^2 for |z| <= 1: error of the probability 2^-64, absolute. */
#define AICI_PROBABILITY_HIGHEST 0x1.93ba7a6c4d168p-43
#define AICI_PROBABILITY(COEFFICIENT)                                                                                                      \
    COEFFICIENT(-0x1.56e89b65b1efbp-40)                                                                                                    \
    COEFFICIENT(0x1.ed597fd66098ap-39) COEFFICIENT(-0x1.9f7557c3961d3p-40) COEFFICIENT(-0x1.cfc005f28c9fap-34)                             \
        COEFFICIENT(0x1.37a91d2a7f7b4p-29) COEFFICIENT(-0x1.621b6bccde03dp-25) COEFFICIENT(0x1.6589f7d21d9b3p-21)                          \
            COEFFICIENT(-0x1.3ce8fa195a1d2p-17) COEFFICIENT(0x1.e42b0d4ea4928p-14) COEFFICIENT(-0x1.37403f6b9b957p-10)                     \
                COEFFICIENT(0x1.46d0429769147p-7) COEFFICIENT(-0x1.1058377e2ceep-4)

/* quantile(p) / (p - 1/2) - 4.5 + 4 s as above / below in s = sqrt(p (1 - p)) from sqrt(0.0095) to 1/2: error of the quantile 2^-58.5,
 * relative. */
#define AICI_CENTRE_ABOVE_HIGHEST 0x1.4093bb9902b2fp+24
#define AICI_CENTRE_ABOVE(COEFFICIENT)                                                                                                     \
    COEFFICIENT(0x1.1d5b743d5fc0ep+26)                                                                                                     \
    COEFFICIENT(0x1.34921e4f9f7d5p+25) COEFFICIENT(-0x1.4e6932be27bcdp+24) COEFFICIENT(-0x1.72688771d8eacp+23)                             \
        COEFFICIENT(0x1.6e283bc0528c3p+17) COEFFICIENT(0x1.d6502f6e956ebp+18) COEFFICIENT(0x1.5e94c2798d9b1p+15)                           \
            COEFFICIENT(0x1.1226063746d31p+10) COEFFICIENT(0x1.4e20da9c8245p+2)

#define AICI_CENTRE_BELOW_HIGHEST 0x1.40b89b8b9f151p+22
#define AICI_CENTRE_BELOW(COEFFICIENT)                                                                                                     \
    COEFFICIENT(0x1.76ca8fc124b04p+24)                                                                                                     \
    COEFFICIENT(0x1.01f11dae29555p+25) COEFFICIENT(0x1.1ed23addcb2f3p+24) COEFFICIENT(0x1.1a0c729351678p+22)                               \
        COEFFICIENT(0x1.e96031ac3c035p+18) COEFFICIENT(0x1.5b5eb5b290a8ep+14) COEFFICIENT(0x1.4d2c74ecb272dp+8) COEFFICIENT(0x1p+0)

/* -quantile(p) - t + 1/8 + 2/t as above / below in t = sqrt(-2 ln p) from 3 to 38.7: error of the quantile 2^-60.8, relative. */
#define AICI_TAIL_ABOVE_HIGHEST -0x1.d036a2d3a2d8dp-41
#define AICI_TAIL_ABOVE(COEFFICIENT)                                                                                                       \
    COEFFICIENT(-0x1.9f2b2b1569c39p-24)                                                                                                    \
    COEFFICIENT(-0x1.bf9c1b2e5d0bcp-16) COEFFICIENT(-0x1.d7d74669ed25cp-10) COEFFICIENT(-0x1.0b55d8dbf6271p-5)                             \
        COEFFICIENT(0x1.53368f85d0d02p-4) COEFFICIENT(0x1.173f896226922p+2) COEFFICIENT(0x1.bb55d76207c02p+3)                              \
            COEFFICIENT(-0x1.d643276d4f19bp+5) COEFFICIENT(-0x1.d55e2e83055cep+8) COEFFICIENT(-0x1.14a81d7f9cd1bp+10)                      \
                COEFFICIENT(-0x1.10a4f9aa1e5f6p+9)

#define AICI_TAIL_BELOW_HIGHEST -0x1.a4a753d751216p-21
#define AICI_TAIL_BELOW(COEFFICIENT)                                                                                                       \
    COEFFICIENT(-0x1.045d1c77b1c85p-12)                                                                                                    \
    COEFFICIENT(-0x1.6cd7459b65ca1p-6) COEFFICIENT(-0x1.8fa440fc2dfb3p-1) COEFFICIENT(-0x1.8681dca59e097p+3)                               \
        COEFFICIENT(-0x1.730c99554ff96p+6) COEFFICIENT(-0x1.791bf9bb43e1cp+8) COEFFICIENT(-0x1.adba86d0c2138p+9)                           \
            COEFFICIENT(-0x1.c34378844dce9p+9) COEFFICIENT(-0x1.1d68d5195c753p+8) COEFFICIENT(0x1p+0)

/* P(-z) e^(z^2/2) as above / below in z from 1 to 38.7: error 2^-65.7, relative. High and low parts. */
#define AICI_MILLS_ABOVE(COEFFICIENT)                                                                                                      \
    COEFFICIENT(0x1.be8b3948dd4bap-22, -0x1.c36197a5af1b3p-76)                                                                             \
    COEFFICIENT(0x1.835b7c58eac2ep-17, 0x1.2c5f86f26a26dp-71) COEFFICIENT(0x1.52f0802cf8b71p-13, 0x1.881e976419f74p-67)                    \
        COEFFICIENT(0x1.8083bd7b5b533p-10, -0x1.98f8f74035b2p-66) COEFFICIENT(0x1.356ff6a2c1cd6p-7, 0x1.ffb0edb74b0dap-62)                 \
            COEFFICIENT(0x1.6eae954b922c2p-5, 0x1.f1db7c0a04defp-60) COEFFICIENT(0x1.42f520837d6fcp-3, -0x1.9ee42adb4469ap-59)             \
                COEFFICIENT(0x1.a17291fb77e62p-2, 0x1.ad653a15aaa9ap-56) COEFFICIENT(0x1.7c1bb04c0649p-1, 0x1.8f34757660951p-56)           \
                    COEFFICIENT(0x1.bbae5881359d8p-1, 0x1.37b024f76b0f5p-57) COEFFICIENT(0x1.0000000012b04p-1, 0x1.bd78fe3ec3a7cp-60)

#define AICI_MILLS_BELOW(COEFFICIENT)                                                                                                      \
    COEFFICIENT(0x1.17d4716a60d9bp-20, -0x1.41c3416d87bcep-74)                                                                             \
    COEFFICIENT(0x1.e57affa27cfbcp-16, 0x1.a6db8af607921p-70) COEFFICIENT(0x1.a9e404b86dbccp-12, 0x1.5726d93822204p-66)                    \
        COEFFICIENT(0x1.e5b5dd9df5dfap-9, 0x1.3074c5e6d63d7p-64) COEFFICIENT(0x1.8a6ceebfbd2cdp-6, -0x1.7cbae03212c2dp-66)                 \
            COEFFICIENT(0x1.da63fc1973d54p-4, 0x1.57548747fd5cap-60) COEFFICIENT(0x1.ac2fe6a76abb8p-2, -0x1.3ac59dca636c6p-57)             \
                COEFFICIENT(0x1.2082d2df12c3dp+0, 0x1.540515280d5cap-54) COEFFICIENT(0x1.1b3e033020ad5p+1, 0x1.edc016cd8fd09p-53)          \
                    COEFFICIENT(0x1.808b66a97f0dap+1, -0x1.7f8025964c713p-54) COEFFICIENT(0x1.43f841104a03ep+1, -0x1.6304d5099aa5ep-53)    \
                        COEFFICIENT(0x1p+0, 0.0)

#endif
