/* SPDX-License-Identifier: MIT */
/*
 * Functions whose last bit IEEE 754 does not fix, made of operations whose every bit it does (add, multiply, divide, sqrt, fma): the same
 * result on every machine, compiler and instruction set, at most 1 ulp from the true value. The vector forms (base/simd/functions.h) are
 * the same functions, lane by lane.
 */
#ifndef AICI_BASE_ELEMENTARY_H
#define AICI_BASE_ELEMENTARY_H

double aici_exp(double x);
double aici_ln(double x);    /**< -inf at 0, NaN below */
double aici_log2(double x);  /**< exact at powers of 2 */
double aici_log10(double x); /**< exact at powers of 10 */
/** base ^ exponent, special cases as C's pow(). */
double aici_power(double base, double exponent);
/** The probability that a standard normal variable is at most @p z; full relative precision in the lower tail. */
double aici_normal_probability(double z);
/** The z below which a standard normal variable lies with probability @p p; -inf at 0, +inf at 1, NaN outside. */
double aici_normal_quantile(double p);
/** 2 sin(pi r / 6): the correlation of two normal variables whose rank correlation is @p rank, -1 to 1 (K. Pearson 1907). */
double aici_normal_correlation(double rank);

#endif
