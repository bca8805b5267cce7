/* SPDX-License-Identifier: MIT */
/* Takes the place of eval/isa.c in tests: the best set is that for AVX-512, emulated, where there is AVX2, of which it is made. */
#include "eval/isa.h"

extern const aici_isa aici_isa_emulated, aici_isa_avx2, aici_isa_generic;

static bool has_avx2(void) {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
}

const aici_isa *aici_isa_at(unsigned index) {
    static const aici_isa *const set[AICI_ISA_COUNT] = {&aici_isa_emulated, &aici_isa_avx2, &aici_isa_generic};
    return index + 1 == AICI_ISA_COUNT || has_avx2() ? set[index] : NULL;
}

const aici_isa *aici_isa_best(void) { return has_avx2() ? &aici_isa_emulated : &aici_isa_generic; }
