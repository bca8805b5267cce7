/* SPDX-License-Identifier: MIT */
/* Asks the processor which instruction sets it has, and the system whether it keeps their registers. Nothing is remembered: there is no
 * global state. */
#include "eval/isa.h"

extern const aici_isa aici_isa_generic;

#if defined(AICI_HAS_X86_SETS)

#include <cpuid.h>

extern const aici_isa aici_isa_avx2, aici_isa_avx512;

/** Bits of XCR0 (Intel SDM, volume 1, 13.3): SSE and AVX state; opmask and ZMM state beside these. */
enum { AVX_STATE = 0x06, AVX512_STATE = 0xe6 };
/** Bits of CPUID leaf 1, ECX, and leaf 7, EBX: all that isa/meson.build lets compilers use. */
enum { FMA = 1 << 12, POPCNT = 1 << 23, OSXSAVE = 1 << 27 };
enum { BMI1 = 1 << 3, AVX2 = 1 << 5, BMI2 = 1 << 8, AVX512F = 1 << 16, AVX512DQ = 1 << 17 };
#define AVX512VL (1u << 31)

static bool has_all(unsigned found, unsigned bits) { return (found & bits) == bits; }

static bool system_keeps(unsigned state) {
    unsigned low, high;
    __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return has_all(low, state);
}

typedef struct features {
    bool avx2, avx512;
} features;

static features ask_processor(void) {
    unsigned a, b, c, d;
    features has = {false, false};
    __cpuid(1, a, b, c, d); /* each question is answered by a hypervisor, in tens of microseconds: whether leaves 1 and 7 are there is not
                               asked, since XSAVE has leaf 13 */
    if (!has_all(c, OSXSAVE | FMA | POPCNT) || !system_keeps(AVX_STATE))
        return has;
    __cpuid_count(7, 0, a, b, c, d);
    has.avx2 = has_all(b, AVX2 | BMI1 | BMI2);
    has.avx512 = has.avx2 && has_all(b, AVX512F | AVX512DQ | AVX512VL) && system_keeps(AVX512_STATE);
    return has;
}

static const aici_isa *set_at(features has, unsigned index) {
    switch (index) {
    case 0: return has.avx512 ? &aici_isa_avx512 : NULL;
    case 1: return has.avx2 ? &aici_isa_avx2 : NULL;
    default: return index == 2 ? &aici_isa_generic : NULL;
    }
}

const aici_isa *aici_isa_at(unsigned index) { return set_at(ask_processor(), index); }

/** Asks once: an answer takes a hypervisor longer than a thousand draws take here. */
const aici_isa *aici_isa_best(void) {
    const features has = ask_processor();
    unsigned index = 0;
    while (!set_at(has, index))
        index++;
    return set_at(has, index);
}

#else

const aici_isa *aici_isa_at(unsigned index) { return index == 2 ? &aici_isa_generic : NULL; }
const aici_isa *aici_isa_best(void) { return &aici_isa_generic; }

#endif
