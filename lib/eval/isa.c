/* SPDX-License-Identifier: MIT */
/* Asks the processor which instruction sets it has, and the system whether it keeps their registers. Nothing is remembered: there is no global state. */
#include "eval/isa.h"

extern const aici_isa aici_isa_generic;

#if defined(AICI_HAS_X86_SETS)

#include <cpuid.h>

extern const aici_isa aici_isa_avx2, aici_isa_avx512;

/** Bits of XCR0 (Intel SDM, volume 1, 13.3): SSE and AVX state; opmask and ZMM state beside these. */
enum { AVX_STATE = 0x06, AVX512_STATE = 0xe6 };
/** Bits of CPUID leaf 1, ECX, and leaf 7, EBX. */
enum { FMA = 1 << 12, OSXSAVE = 1 << 27, AVX2 = 1 << 5, AVX512F = 1 << 16, AVX512DQ = 1 << 17 };
#define AVX512VL (1u << 31)

static bool system_keeps(unsigned state) {
    unsigned low, high;
    __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (low & state) == state;
}

typedef struct features {
    bool avx2, avx512;
} features;

static features ask_processor(void) {
    unsigned a, b, c, d;
    features has = {false, false};
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & OSXSAVE) || !(c & FMA) || !system_keeps(AVX_STATE))
        return has;
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d))
        return has;
    has.avx2 = (b & AVX2) != 0;
    has.avx512 = has.avx2 && (b & AVX512F) && (b & AVX512DQ) && (b & AVX512VL) && system_keeps(AVX512_STATE);
    return has;
}

const aici_isa *aici_isa_at(unsigned index) {
    features has = ask_processor();
    switch (index) {
    case 0: return has.avx512 ? &aici_isa_avx512 : NULL;
    case 1: return has.avx2 ? &aici_isa_avx2 : NULL;
    default: return index == 2 ? &aici_isa_generic : NULL;
    }
}

#else

const aici_isa *aici_isa_at(unsigned index) { return index == 2 ? &aici_isa_generic : NULL; }

#endif

const aici_isa *aici_isa_best(void) {
    unsigned index = 0;
    while (!aici_isa_at(index))
        index++;
    return aici_isa_at(index);
}
