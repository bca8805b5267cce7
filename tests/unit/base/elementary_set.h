/* SPDX-License-Identifier: MIT */
/* The vector functions as compiled for one instruction set (elementary_set.c), called by number. */
#ifndef UNIT_BASE_ELEMENTARY_SET_H
#define UNIT_BASE_ELEMENTARY_SET_H

#include <stdint.h>

enum function { EXP, LN, LOG2, LOG10, POWER, PROBABILITY, QUANTILE, EXP_MODERATE, LN_UNIT, FUNCTIONS };

/** Eight lanes. */
typedef void apply_function(enum function function, const double *a, const double *b, double *result);
/** Two results of eight lanes from two times eight words. */
typedef void draw_function(const uint64_t *a, const uint64_t *b, double *normal, double *sine);

apply_function apply_generic, apply_avx2, apply_avx512;
draw_function draw_generic, draw_avx2, draw_avx512;

#endif
