/* SPDX-License-Identifier: MIT */
/* Names of what is compiled once per instruction set: AICI_ISA is generic, avx2 or avx512. */
#ifndef AICI_EVAL_ISA_SET_H
#define AICI_EVAL_ISA_SET_H

#include "base/simd/simd.h"
#include "eval/isa.h"

#define AICI_PASTE(name, set) name##_##set
#define AICI_PASTE_VALUE(name, set) AICI_PASTE(name, set)
/** `name` with the instruction set behind it. */
#define AICI_FOR_SET(name) AICI_PASTE_VALUE(name, AICI_ISA)

extern const aici_isa AICI_FOR_SET(aici_isa);
extern const aici_isa_indices AICI_FOR_SET(aici_isa_indices);
extern const aici_isa_gradient AICI_FOR_SET(aici_isa_gradient);

void AICI_FOR_SET(aici_block_run)(const aici_block *block);
void AICI_FOR_SET(aici_block_draw)(const aici_block *block, const aici_instruction *instruction);
void AICI_FOR_SET(aici_tally_take)(aici_tally *tally, const double *values, size_t count);
size_t AICI_FOR_SET(aici_narrow)(const double *values, size_t count, double from, double to, double *out, uint64_t *below);

#endif
