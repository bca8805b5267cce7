/* SPDX-License-Identifier: MIT */
/*
 * exp, ln, log2, log10 and the power function, kept apart because they are the only operations whose last bit IEEE 754 does not fix. They
 * are those of base/elementary.h, which has the same bits on every machine and which constants are worked out with too.
 */
#include "eval/functions.h"

#include "base/elementary.h"

double aici_eval_exp(double value) { return aici_exp(value); }

double aici_eval_ln(double value) { return aici_ln(value); }

double aici_eval_log2(double value) { return aici_log2(value); }

double aici_eval_log10(double value) { return aici_log10(value); }

double aici_eval_power(double base, double exponent) { return aici_power(base, exponent); }
