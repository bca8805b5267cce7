/* SPDX-License-Identifier: MIT */
/* Compiled three times, each with the flags of an instruction set and APPLY and DRAW naming its functions. */
#include "elementary_set.h"

#include "base/simd/functions.h"
#include "base/simd/normal.h"

void APPLY(enum function function, const double *a, const double *b, double *result) {
    aici_v x = v_load(a), made = x;
    switch (function) {
    case EXP: made = v_exp(x); break;
    case LN: made = v_ln(x); break;
    case LOG2: made = v_log2(x); break;
    case LOG10: made = v_log10(x); break;
    case POWER: made = v_power(x, v_load(b)); break;
    case PROBABILITY: made = v_normal_probability(x); break;
    case QUANTILE: made = v_normal_quantile(x); break;
    case EXP_MODERATE: made = v_exp_moderate(x); break;
    case LN_UNIT: made = v_ln_unit(x); break;
    case FUNCTIONS: break;
    }
    v_store(result, made);
}

void DRAW(const uint64_t *a, const uint64_t *b, double *normal, double *sine) {
    aici_v first, second;
    v_normal_pair(w_load(a), w_load(b), &first, &second);
    v_store(normal, first);
    v_store(normal + AICI_LANES, second);
    v_sin_cos_turn(w_load(a), &first, &second);
    v_store(sine, first);
    v_store(sine + AICI_LANES, second);
}
