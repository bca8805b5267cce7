/* SPDX-License-Identifier: MIT */
/*
 * exp, ln, log2, log10 and the power function, kept apart because they are the only operations whose last bit IEEE 754 does not fix:
 * results of these five follow the C library that the program runs with to its last bit. Kernels of the library's own would stand here;
 * nothing else would change.
 */
#include "eval/functions.h"

#include <math.h>

double aici_eval_exp(double value) { return exp(value); }

double aici_eval_ln(double value) { return log(value); }

double aici_eval_log2(double value) { return log2(value); }

double aici_eval_log10(double value) { return log10(value); }

double aici_eval_power(double base, double exponent) { return pow(base, exponent); }
