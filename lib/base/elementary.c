/* SPDX-License-Identifier: MIT */
/*
 * The elementary functions for one number: the vector functions on eight equal lanes, one of which is handed on. Compiled for the machine
 * at hand's common denominator; the vector functions give the same bits on every instruction set.
 */
#include "base/elementary.h"

#include "base/simd/functions.h"
#include "base/simd/normal.h"

static double first_lane(aici_v v) {
    double lane[AICI_LANES];
    v_store(lane, v);
    return lane[0];
}

double aici_exp(double x) { return first_lane(v_exp(v_all(x))); }

double aici_ln(double x) { return first_lane(v_ln(v_all(x))); }

double aici_log2(double x) { return first_lane(v_log2(v_all(x))); }

double aici_log10(double x) { return first_lane(v_log10(v_all(x))); }

double aici_power(double base, double exponent) { return first_lane(v_power(v_all(base), v_all(exponent))); }

double aici_normal_probability(double z) { return first_lane(v_normal_probability(v_all(z))); }

double aici_normal_quantile(double p) { return first_lane(v_normal_quantile(v_all(p))); }

/* sin(x) for x in [-pi/6, pi/6], by its series: the first term that is left out is below a hundredth of the last bit. */
static double sine(double x) {
    double square = x * x, sum = 1;
    for (int n = 19; n > 1; n -= 2)
        sum = 1 - square / (n * (n - 1)) * sum;
    return x * sum;
}

double aici_normal_correlation(double rank) { return 2 * sine(rank * 3.14159265358979323846 / 6); }
