/* SPDX-License-Identifier: MIT */
/*
 * Distributions made of others or of single values: discrete ones, mixtures, truncated ones. Weights become shares, truncation goes down to
 * the components (a truncated mixture is a mixture of truncated components), and a mixture's quantile is found between those of
 * its components. A truncated interval whose share of the component is s keeps about 1e-16 / s of relative precision in
 * its probabilities, where the share is that of the tail in which the interval lies: far tails cost nothing, very narrow intervals do.
 */
#include "eval/distribution_inner.h"

#include <math.h>
#include <string.h>

/* --- shares --------------------------------------------------------------------------------------------------------------------------- */

/** Sets the shares of @p out from weights (of any sum) that are already there. */
static void normalise(aici_ready *out, double *weight, double *share) {
    double sum = 0, lost = 0, before = 0;
    for (uint32_t i = 0; i < out->count; i++) {
        double next = sum + weight[i];
        lost += sum > weight[i] ? sum - next + weight[i] : weight[i] - next + sum;
        sum = next;
        share[i] = sum + lost;
    }
    double whole = sum + lost;
    for (uint32_t i = 0; i < out->count; i++) {
        weight[i] /= whole;
        before = share[i] = fmin(fmax(share[i] / whole, before), 1);
    }
    share[out->count - 1] = 1;
    out->weight = weight;
    out->share = share;
}

static void sift_down(double *value, double *weight, uint32_t root, uint32_t count) {
    double moved = value[root], its_weight = weight[root];
    for (uint32_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && value[child + 1] > value[child])
            child++;
        if (!(value[child] > moved))
            break;
        value[root] = value[child];
        weight[root] = weight[child];
    }
    value[root] = moved;
    weight[root] = its_weight;
}

static void sort_ascending(double *value, double *weight, uint32_t count) {
    for (uint32_t root = count / 2; root-- > 0;)
        sift_down(value, weight, root, count);
    for (uint32_t last = count; last-- > 1;) {
        double greatest = value[0], its_weight = weight[0];
        value[0] = value[last];
        weight[0] = weight[last];
        value[last] = greatest;
        weight[last] = its_weight;
        sift_down(value, weight, 0, last);
    }
}

static uint32_t merge_equal(double *value, double *weight, uint32_t count) {
    uint32_t kept = 0;
    for (uint32_t i = 1; i < count; i++) {
        if (value[i] == value[kept])
            weight[kept] += weight[i];
        else {
            value[++kept] = value[i];
            weight[kept] = weight[i];
        }
    }
    return kept + 1;
}

static void span_components(aici_ready *out) {
    out->scale_low = (double)INFINITY;
    out->scale_high = (double)-INFINITY;
    for (uint32_t i = 0; i < out->count; i++) {
        out->scale_low = fmin(out->scale_low, out->component[i]->scale_low);
        out->scale_high = fmax(out->scale_high, out->component[i]->scale_high);
    }
}

/* How many weights are above 0, and the greatest. */
static aici_fault check_weights(const aici_written *written, double *greatest, uint32_t *count, uint32_t *at) {
    *greatest = 0;
    *count = 0;
    for (uint32_t i = 1; i < written->count; i += 2) {
        *at = i;
        if (written->value[i] < 0)
            return AICI_DISTRIBUTION_NOT_POSITIVE;
        *count += written->value[i] > 0;
        *greatest = fmax(*greatest, written->value[i]);
    }
    *at = 1;
    return *count ? AICI_DISTRIBUTION_FINE : AICI_DISTRIBUTION_NOT_POSITIVE;
}

aici_fault aici_shares_prepare(const aici_written *written, aici_arena *arena, aici_ready *out, uint32_t *at) {
    bool discrete = written->distribution == AICI_DISTRIBUTION_DISCRETE;
    double greatest;
    aici_fault fault = check_weights(written, &greatest, &out->count, at);
    if (fault != AICI_DISTRIBUTION_FINE)
        return fault;
    double *value = aici_arena_take_array(arena, discrete ? out->count : 1, sizeof *value);
    double *weight = aici_arena_take_array(arena, out->count, sizeof *weight);
    double *share = aici_arena_take_array(arena, out->count, sizeof *share);
    const aici_ready **component = aici_arena_take_array(arena, discrete ? 1 : out->count, sizeof *component);
    if (!value || !weight || !share || !component)
        return AICI_DISTRIBUTION_NO_MEMORY;
    for (uint32_t i = 0, n = 0; i + 1 < written->count; i += 2) {
        if (!(written->value[i + 1] > 0))
            continue;
        if (discrete)
            value[n] = written->value[i];
        else
            component[n] = written->component[i];
        weight[n++] = written->value[i + 1] / greatest;
    }
    if (discrete) {
        sort_ascending(value, weight, out->count);
        out->count = merge_equal(value, weight, out->count);
        out->value = value;
        out->scale_low = value[0];
        out->scale_high = value[out->count - 1];
    } else {
        out->component = component;
        span_components(out);
    }
    normalise(out, weight, share);
    return AICI_DISTRIBUTION_FINE;
}

/* --- truncating ----------------------------------------------------------------------------------------------------------------------- */

/* The share of a distribution in [low, high]. */
static double share_between(const aici_ready *from, double low, double high) {
    double sum = 0;
    for (uint32_t i = 0; i < from->count; i++) {
        if (from->distribution == AICI_DISTRIBUTION_MIXTURE)
            sum += from->weight[i] * share_between(from->component[i], low, high);
        else if (from->value[i] >= low && from->value[i] <= high)
            sum += from->weight[i];
    }
    if (from->distribution == AICI_DISTRIBUTION_MIXTURE || from->distribution == AICI_DISTRIBUTION_DISCRETE)
        return sum;
    bool upper = aici_distribution_tail(from, low, false) > 0.5;
    return fabs(aici_distribution_tail(from, high, upper) - aici_distribution_tail(from, low, upper));
}

static aici_fault truncate_continuous(const aici_ready *from, aici_arena *arena, aici_ready *out) {
    out->upper = aici_distribution_tail(from, out->scale_low, false) > 0.5;
    out->p_low = aici_distribution_tail(from, out->scale_low, out->upper);
    out->p_high = aici_distribution_tail(from, out->scale_high, out->upper);
    if (!(fabs(out->p_high - out->p_low) > 0))
        return AICI_DISTRIBUTION_EMPTY;
    const aici_ready **component = aici_arena_take_array(arena, 1, sizeof *component);
    if (!component)
        return AICI_DISTRIBUTION_NO_MEMORY;
    component[0] = from;
    out->component = component;
    return AICI_DISTRIBUTION_FINE;
}

static aici_fault truncate_discrete(const aici_ready *from, aici_arena *arena, aici_ready *out) {
    uint32_t first = 0, end = from->count;
    while (first < end && from->value[first] < out->scale_low)
        first++;
    while (end > first && from->value[end - 1] > out->scale_high)
        end--;
    if (first == end)
        return AICI_DISTRIBUTION_EMPTY;
    out->count = end - first;
    double *weight = aici_arena_take_array(arena, out->count, sizeof *weight);
    double *share = aici_arena_take_array(arena, out->count, sizeof *share);
    if (!weight || !share)
        return AICI_DISTRIBUTION_NO_MEMORY;
    memcpy(weight, from->weight + first, out->count * sizeof *weight);
    out->value = from->value + first;
    out->scale_low = out->value[0];
    out->scale_high = out->value[out->count - 1];
    normalise(out, weight, share);
    return AICI_DISTRIBUTION_FINE;
}

static aici_fault truncate_mixture(const aici_ready *from, aici_arena *arena, aici_ready *out) {
    aici_ready *made = aici_arena_take_array(arena, from->count, sizeof *made);
    const aici_ready **component = aici_arena_take_array(arena, from->count, sizeof *component);
    double *weight = aici_arena_take_array(arena, from->count, sizeof *weight);
    double *share = aici_arena_take_array(arena, from->count, sizeof *share);
    if (!made || !component || !weight || !share)
        return AICI_DISTRIBUTION_NO_MEMORY;
    for (uint32_t i = 0; i < from->count; i++) {
        double mass = from->weight[i] * share_between(from->component[i], out->scale_low, out->scale_high);
        if (!(mass > 0))
            continue;
        aici_fault fault = aici_truncated_prepare(from->component[i], out->scale_low, out->scale_high, arena, &made[out->count]);
        if (fault == AICI_DISTRIBUTION_NO_MEMORY)
            return fault;
        if (fault == AICI_DISTRIBUTION_EMPTY)
            continue;
        weight[out->count] = mass;
        component[out->count] = &made[out->count];
        out->count++;
    }
    if (!out->count)
        return AICI_DISTRIBUTION_EMPTY;
    out->component = component;
    span_components(out);
    normalise(out, weight, share);
    return AICI_DISTRIBUTION_FINE;
}

static aici_fault truncate_interval(aici_ready *out) {
    if (!(out->scale_low < out->scale_high))
        return AICI_DISTRIBUTION_EMPTY;
    bool logarithmic = out->distribution == AICI_DISTRIBUTION_LOGUNIFORM;
    const uint8_t parameter[] = {AICI_PARAMETER_LOW, AICI_PARAMETER_HIGH};
    const double value[] = {out->scale_low, out->scale_high};
    const aici_written written = {logarithmic ? AICI_DISTRIBUTION_LOGUNIFORM : AICI_DISTRIBUTION_UNIFORM, 2, parameter, value, NULL};
    uint32_t at;
    return aici_distribution_prepare(&written, NULL, out, &at);
}

aici_fault aici_truncated_prepare(const aici_ready *from, double low, double high, aici_arena *arena, aici_ready *out) {
    if (from->distribution == AICI_DISTRIBUTION_TRUNCATED)
        return aici_truncated_prepare(from->component[0], fmax(low, from->scale_low), fmin(high, from->scale_high), arena, out);
    *out = (aici_ready){.distribution = from->distribution};
    out->scale_low = fmax(low, from->scale_low);
    out->scale_high = fmin(high, from->scale_high);
    if (!(out->scale_low <= out->scale_high))
        return AICI_DISTRIBUTION_EMPTY;
    switch (from->distribution) {
    case AICI_DISTRIBUTION_UNIFORM:
    case AICI_DISTRIBUTION_LOGUNIFORM: return truncate_interval(out);
    case AICI_DISTRIBUTION_DISCRETE: return truncate_discrete(from, arena, out);
    case AICI_DISTRIBUTION_MIXTURE: return truncate_mixture(from, arena, out);
    default: out->distribution = AICI_DISTRIBUTION_TRUNCATED; return truncate_continuous(from, arena, out);
    }
}

/* --- quantiles of mixtures ------------------------------------------------------------------------------------------------------------ */

/* Numbers that are ordered as the doubles are. */
static uint64_t rank_of(double x) {
    uint64_t bits;
    x += 0.0;
    memcpy(&bits, &x, sizeof bits);
    return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

static double with_rank(uint64_t rank) {
    uint64_t bits = rank >> 63 ? rank & ~(UINT64_C(1) << 63) : ~rank;
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static void bracket_by_components(const aici_ready *ready, double p, bool upper, double *low, double *high) {
    *low = (double)INFINITY;
    *high = (double)-INFINITY;
    for (uint32_t i = 0; i < ready->count; i++) {
        double x = aici_distribution_at_tail(ready->component[i], p, upper);
        *low = fmin(*low, x);
        *high = fmax(*high, x);
    }
}

/* How much the probability up to x exceeds what is asked; at or above 0 where x has been reached. */
static double excess(const aici_ready *ready, double x, double p, bool upper) {
    double tail = aici_distribution_tail(ready, x, upper);
    return upper ? p - tail : tail - p;
}

/* Of all x that are reached the smallest: secants that lean to the side that stays (Illinois), with a bisection of the numbers that a
 * double can be at every third step, until two neighbours are left. */
double aici_mixture_at_tail(const aici_ready *ready, double p, bool upper) {
    double low, high;
    if (p > 0.5) {
        p = 1 - p;
        upper = !upper;
    }
    bracket_by_components(ready, p, upper, &low, &high);
    double below = excess(ready, low, p, upper), above = excess(ready, high, p, upper);
    if (below >= 0)
        return low;
    for (int i = 0; rank_of(high) - rank_of(low) > 1; i++) {
        double x = i % 3 == 2 ? high : low + (high - low) * (below / (below - above));
        if (!(x > low && x < high))
            x = with_rank(rank_of(low) + (rank_of(high) - rank_of(low)) / 2);
        double found = excess(ready, x, p, upper);
        if (found >= 0) {
            high = x;
            above = found;
            below /= 2;
        } else {
            low = x;
            below = found;
            above /= 2;
        }
    }
    return high;
}
