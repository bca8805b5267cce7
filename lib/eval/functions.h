/* SPDX-License-Identifier: MIT */
/* The functions that are neither exact nor correctly rounded by IEEE 754. */
#ifndef AICI_EVAL_FUNCTIONS_H
#define AICI_EVAL_FUNCTIONS_H

double aici_eval_exp(double value);
double aici_eval_ln(double value);
double aici_eval_log2(double value);
double aici_eval_log10(double value);
double aici_eval_power(double base, double exponent); /**< neither is NaN */

#endif
