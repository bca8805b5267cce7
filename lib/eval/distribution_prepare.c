/* SPDX-License-Identifier: MIT */
/*
 * Parameters as they are written become a ready distribution: which set of them was given, whether they make one, and the constants that
 * quantiles and probabilities need. What is made of components (discrete, mixture, truncated) is left to distribution_parts.c.
 */
#include "base/elementary.h"
#include "eval/distribution_inner.h"

#include <float.h>
#include <math.h>

/* Standard normal quantiles of 0.95, 0.90, 0.75. */
static const double Z95 = 1.6448536269514727149, Z90 = 1.2815515655446004040, Z75 = 0.67448975019608174320;
static const double SQRT_3 = 1.7320508075688772935;

static const double *find(const aici_written *written, uint8_t parameter) {
    for (uint32_t i = 0; i < written->count; i++) {
        if (written->parameter[i] == parameter)
            return &written->value[i];
    }
    return NULL;
}

static aici_fault fault_at(const aici_written *written, uint8_t parameter, aici_fault fault, uint32_t *at) {
    const double *value = find(written, parameter);
    *at = value ? (uint32_t)(value - written->value) : 0;
    return fault;
}

static aici_fault demand_finite(const aici_written *written, uint32_t *at) {
    for (uint32_t i = 0; i < written->count; i++) {
        if (written->parameter[i] != AICI_PARAMETER_DISTRIBUTION && !isfinite(written->value[i])) {
            *at = i;
            return AICI_DISTRIBUTION_NOT_FINITE;
        }
    }
    return AICI_DISTRIBUTION_FINE;
}

static aici_fault demand_positive(const aici_written *written, uint8_t parameter, uint32_t *at) {
    const double *value = find(written, parameter);
    return !value || *value > 0 ? AICI_DISTRIBUTION_FINE : fault_at(written, parameter, AICI_DISTRIBUTION_NOT_POSITIVE, at);
}

/* --- bells ---------------------------------------------------------------------------------------------------------------------------- */

/** Two or three quantiles: which, and how far (in standard deviations) the outer ones are from the median. */
typedef struct spread {
    uint8_t low, high;
    double z;
    double beyond; /* of the distance between the two, what lies beyond either where the density is even: p / (1 - 2 p) */
} spread;

static spread spread_of(const aici_written *written) {
    if (find(written, AICI_PARAMETER_P5))
        return (spread){AICI_PARAMETER_P5, AICI_PARAMETER_P95, Z95, 1.0 / 18};
    if (find(written, AICI_PARAMETER_P10))
        return (spread){AICI_PARAMETER_P10, AICI_PARAMETER_P90, Z90, 1.0 / 8};
    return (spread){AICI_PARAMETER_P25, AICI_PARAMETER_P75, Z75, 1.0 / 2};
}

static aici_fault demand_spread(const aici_written *written, const spread *of, uint32_t *at) {
    const double *low = find(written, of->low), *high = find(written, of->high), *median = find(written, AICI_PARAMETER_P50);
    if ((written->distribution == AICI_DISTRIBUTION_LOGNORMAL || written->distribution == AICI_DISTRIBUTION_LOGUNIFORM) && !(*low > 0))
        return fault_at(written, of->low, AICI_DISTRIBUTION_NOT_POSITIVE, at);
    if (median && !(*median > *low))
        return fault_at(written, AICI_PARAMETER_P50, AICI_DISTRIBUTION_NOT_ORDERED, at);
    if (!(*high > (median ? *median : *low)))
        return fault_at(written, of->high, AICI_DISTRIBUTION_NOT_ORDERED, at);
    return AICI_DISTRIBUTION_FINE;
}

static void spread_values(const aici_written *written, const spread *of, aici_ready *out) {
    double low = *find(written, of->low), high = *find(written, of->high);
    const double *median = find(written, AICI_PARAMETER_P50);
    bool even = !median || *median - low == high - *median;
    out->a = median ? *median : low / 2 + high / 2;
    out->b = even ? (high / 2 - low / 2) / of->z : (*median - low) / of->z;
    out->c = even ? out->b : (high - *median) / of->z;
}

static void spread_logarithms(const aici_written *written, const spread *of, aici_ready *out) {
    double low = *find(written, of->low), high = *find(written, of->high);
    const double *median = find(written, AICI_PARAMETER_P50);
    double whole = aici_ln_of_ratio(high, low);
    out->a = median ? aici_ln(*median) : low > 0.5 * high ? aici_ln(low) + whole / 2 : aici_ln(low) / 2 + aici_ln(high) / 2;
    out->b = (median ? aici_ln_of_ratio(*median, low) : whole / 2) / of->z;
    out->c = median ? aici_ln_of_ratio(high, *median) / of->z : out->b;
    out->middle = median ? *median : sqrt(low) * sqrt(high);
}

static aici_fault prepare_from_quantiles(const aici_written *written, aici_ready *out, uint32_t *at) {
    spread of = spread_of(written);
    aici_fault fault = demand_spread(written, &of, at);
    if (fault != AICI_DISTRIBUTION_FINE)
        return fault;
    if (written->distribution == AICI_DISTRIBUTION_LOGNORMAL)
        spread_logarithms(written, &of, out);
    else
        spread_values(written, &of, out);
    return AICI_DISTRIBUTION_FINE;
}

/* The moments of a lognormal are those of the variable itself, not of its logarithm. */
static aici_fault prepare_from_moments(const aici_written *written, aici_ready *out, uint32_t *at) {
    aici_fault fault = demand_positive(written, AICI_PARAMETER_SD, at);
    bool logarithmic = written->distribution == AICI_DISTRIBUTION_LOGNORMAL;
    if (fault == AICI_DISTRIBUTION_FINE && logarithmic)
        fault = demand_positive(written, AICI_PARAMETER_MEAN, at);
    if (fault != AICI_DISTRIBUTION_FINE)
        return fault;
    double mean = *find(written, AICI_PARAMETER_MEAN), sd = *find(written, AICI_PARAMETER_SD), part = sd / mean;
    double variance = part < 1e100 ? aici_ln_of_one_plus(part * part) : 2 * (aici_ln(sd) - aici_ln(mean));
    out->a = logarithmic ? aici_ln(mean) - variance / 2 : mean;
    out->middle = mean / (part < 1e100 ? sqrt(1 + part * part) : part);
    out->b = out->c = !logarithmic ? sd : part < 1e-100 ? part : sqrt(variance);
    return AICI_DISTRIBUTION_FINE;
}

static aici_fault prepare_bell(const aici_written *written, aici_ready *out, uint32_t *at) {
    out->scale_low = written->distribution == AICI_DISTRIBUTION_LOGNORMAL ? 0 : (double)-INFINITY;
    out->scale_high = (double)INFINITY;
    aici_fault fault = (find(written, AICI_PARAMETER_SD) ? prepare_from_moments : prepare_from_quantiles)(written, out, at);
    if (!(out->middle >= DBL_MIN && out->middle <= DBL_MAX))
        out->middle = 0;
    return fault;
}

/* --- intervals ------------------------------------------------------------------------------------------------------------------------ */

/* Low below high, and their distance a number; a mode between them. */
static aici_fault demand_interval(const aici_written *written, uint32_t *at) {
    double low = *find(written, AICI_PARAMETER_LOW), high = *find(written, AICI_PARAMETER_HIGH);
    const double *mode = find(written, AICI_PARAMETER_MODE);
    if (mode && *mode < low)
        return fault_at(written, AICI_PARAMETER_MODE, AICI_DISTRIBUTION_NOT_ORDERED, at);
    if (!(high > low) || (mode && *mode > high))
        return fault_at(written, AICI_PARAMETER_HIGH, AICI_DISTRIBUTION_NOT_ORDERED, at);
    return isfinite(high - low) ? AICI_DISTRIBUTION_FINE : fault_at(written, AICI_PARAMETER_HIGH, AICI_DISTRIBUTION_NOT_FINITE, at);
}

static void prepare_beta(aici_ready *out) {
    aici_beta_shape shape = aici_beta_of(out);
    aici_beta_prepare(shape.a, shape.b, &shape);
    out->peak = shape.peak;
    out->log_beta = shape.log_beta;
    out->p_low = shape.half_lower;
    out->p_high = shape.half_upper;
}

static aici_fault prepare_interval(const aici_written *written, aici_ready *out, uint32_t *at) {
    aici_fault fault = AICI_DISTRIBUTION_FINE;
    if (written->distribution == AICI_DISTRIBUTION_LOGUNIFORM)
        fault = demand_positive(written, AICI_PARAMETER_LOW, at);
    if (fault == AICI_DISTRIBUTION_FINE)
        fault = demand_interval(written, at);
    if (fault != AICI_DISTRIBUTION_FINE)
        return fault;
    const double *mode = find(written, AICI_PARAMETER_MODE);
    out->scale_low = out->a = *find(written, AICI_PARAMETER_LOW);
    out->scale_high = out->c = *find(written, AICI_PARAMETER_HIGH);
    out->b = mode ? *mode : out->c - out->a;
    if (written->distribution == AICI_DISTRIBUTION_LOGUNIFORM) {
        out->a = aici_ln(out->scale_low);
        out->b = aici_ln_of_ratio(out->scale_high, out->scale_low);
    } else if (written->distribution == AICI_DISTRIBUTION_PERT)
        prepare_beta(out);
    return AICI_DISTRIBUTION_FINE;
}

static aici_fault prepare_shapes(const aici_written *written, aici_ready *out, uint32_t *at) {
    aici_fault fault = demand_positive(written, AICI_PARAMETER_A, at);
    if (fault == AICI_DISTRIBUTION_FINE)
        fault = demand_positive(written, AICI_PARAMETER_B, at);
    if (fault != AICI_DISTRIBUTION_FINE)
        return fault;
    out->a = *find(written, AICI_PARAMETER_A);
    out->b = *find(written, AICI_PARAMETER_B);
    out->scale_high = 1;
    prepare_beta(out);
    return AICI_DISTRIBUTION_FINE;
}

/* The ends of a uniform or loguniform distribution that was written by other parameters. */
static aici_fault find_ends(const aici_written *written, double end[2], uint32_t *at) {
    const spread of = spread_of(written);
    const double *sd = find(written, AICI_PARAMETER_SD), *mean = find(written, AICI_PARAMETER_MEAN);
    if (sd) {
        end[0] = *mean - SQRT_3 * *sd;
        end[1] = *mean + SQRT_3 * *sd;
        if (*sd > 0 && !(end[1] > end[0]))
            return fault_at(written, AICI_PARAMETER_SD, AICI_DISTRIBUTION_NOT_ORDERED, at);
        if (!isfinite(end[1] - end[0]))
            return fault_at(written, AICI_PARAMETER_SD, AICI_DISTRIBUTION_NOT_FINITE, at);
        return demand_positive(written, AICI_PARAMETER_SD, at);
    }
    const double low = *find(written, of.low), high = *find(written, of.high);
    const aici_fault fault = demand_spread(written, &of, at);
    if (fault != AICI_DISTRIBUTION_FINE)
        return fault;
    const bool logarithmic = written->distribution == AICI_DISTRIBUTION_LOGUNIFORM;
    const double beyond = (logarithmic ? aici_ln_of_ratio(high, low) : high - low) * of.beyond;
    end[0] = logarithmic ? low * aici_exp(-beyond) : low - beyond;
    end[1] = logarithmic ? high * aici_exp(beyond) : high + beyond;
    if (logarithmic && !(end[0] >= DBL_MIN))
        return fault_at(written, of.low, AICI_DISTRIBUTION_NOT_POSITIVE, at);
    return isfinite(end[1] - end[0]) ? AICI_DISTRIBUTION_FINE : fault_at(written, of.high, AICI_DISTRIBUTION_NOT_FINITE, at);
}

static aici_fault prepare_flat(const aici_written *written, aici_ready *out, uint32_t *at) {
    static const uint8_t parameter[] = {AICI_PARAMETER_LOW, AICI_PARAMETER_HIGH};
    double end[2];
    uint32_t ignored = 0;
    if (find(written, AICI_PARAMETER_LOW))
        return prepare_interval(written, out, at);
    const aici_fault fault = find_ends(written, end, at);
    const aici_written by_ends = {written->distribution, 2, parameter, end, NULL};
    return fault == AICI_DISTRIBUTION_FINE ? prepare_interval(&by_ends, out, &ignored) : fault;
}

/* --- all ------------------------------------------------------------------------------------------------------------------------------ */

static aici_fault prepare_truncated(const aici_written *written, aici_arena *arena, aici_ready *out, uint32_t *at) {
    aici_fault fault = demand_interval(written, at);
    if (fault != AICI_DISTRIBUTION_FINE)
        return fault;
    const aici_ready *from = NULL;
    for (uint32_t i = 0; i < written->count; i++) {
        if (written->parameter[i] == AICI_PARAMETER_DISTRIBUTION)
            from = written->component[i];
    }
    const double *low = find(written, AICI_PARAMETER_LOW), *high = find(written, AICI_PARAMETER_HIGH);
    fault = aici_truncated_prepare(from, *low, *high, arena, out);
    if (fault == AICI_DISTRIBUTION_EMPTY)
        *at = (uint32_t)((*high < from->scale_low ? high : low) - written->value);
    return fault;
}

static aici_fault prepare_any(const aici_written *written, aici_arena *arena, aici_ready *out, uint32_t *at) {
    switch (written->distribution) {
    case AICI_DISTRIBUTION_NORMAL:
    case AICI_DISTRIBUTION_LOGNORMAL: return prepare_bell(written, out, at);
    case AICI_DISTRIBUTION_UNIFORM:
    case AICI_DISTRIBUTION_LOGUNIFORM: return prepare_flat(written, out, at);
    case AICI_DISTRIBUTION_BETA: return prepare_shapes(written, out, at);
    case AICI_DISTRIBUTION_DISCRETE:
    case AICI_DISTRIBUTION_MIXTURE: return aici_shares_prepare(written, arena, out, at);
    case AICI_DISTRIBUTION_TRUNCATED: return prepare_truncated(written, arena, out, at);
    default: return prepare_interval(written, out, at);
    }
}

aici_distribution_fault aici_distribution_prepare(const aici_written *written, aici_arena *arena, aici_ready *out, uint32_t *at) {
    aici_ready made = {.distribution = written->distribution};
    uint32_t faulty = 0;
    aici_fault fault = demand_finite(written, &faulty);
    if (fault == AICI_DISTRIBUTION_FINE)
        fault = prepare_any(written, arena, &made, &faulty);
    if (fault == AICI_DISTRIBUTION_FINE)
        *out = made;
    else
        *at = faulty;
    return fault;
}

aici_distribution_fault aici_distribution_prepare_draw(const aici_draw *draw, const double *uniform, aici_arena *arena,
                                                       const aici_ready *ready, aici_ready *out, uint32_t *at) {
    double *value = aici_arena_take_array(arena, draw->count, sizeof *value);
    const aici_ready **component = aici_arena_take_array(arena, draw->count, sizeof *component);
    if (!value || !component)
        return AICI_DISTRIBUTION_NO_MEMORY;
    for (uint32_t i = 0; i < draw->count; i++) {
        bool is_component = draw->parameter[i] == AICI_PARAMETER_DISTRIBUTION;
        component[i] = is_component ? &ready[draw->value[i]] : NULL;
        value[i] = is_component ? 0 : uniform[draw->value[i] & ~AICI_OPERAND_UNIFORM];
    }
    const aici_written written = {draw->distribution, draw->count, draw->parameter, value, component};
    return aici_distribution_prepare(&written, arena, out, at);
}
