/* SPDX-License-Identifier: MIT */
/* The primitive polynomials and initial numbers that Sobol' sequences are made of, as data. Dimension 1 has none: its numbers are 1. */
#ifndef AICI_EVAL_SOBOL_NUMBERS_H
#define AICI_EVAL_SOBOL_NUMBERS_H

#include <stdint.h>

enum { AICI_SOBOL_NUMBERS = 1023, AICI_SOBOL_DEGREE = 13 }; /**< dimensions from the second on; highest degree */

/**
 * A row for each dimension: the polynomial over GF(2) (bit k is the coefficient of x^k; the top and the bottom bit are set), then m_2 to
 * m_s, s being its degree; zeros fill the row. m_1 is always 1 and not written.
 */
extern const uint16_t aici_sobol_numbers[AICI_SOBOL_NUMBERS][AICI_SOBOL_DEGREE];

#endif
