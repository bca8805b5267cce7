/* SPDX-License-Identifier: MIT */
/*
 * From sums to indices. Each index is a quotient: a part of the variance by the variance, both averaged over the replicates first; its
 * standard error is that of the mean of what the replicates' parts differ from the index times their variances (the quotient linearised
 * about the averages).
 */
#include "eval/distribution_inner.h"
#include "eval/indices_passes.h"

#include <math.h>

static const double LEAST_SPREAD = 1e-14; /* an sd below so much of the mean is rounding */

/** One output, replicate by replicate. */
typedef struct estimation {
    const aici_indices_request *request;
    const aici_indices_plan *plan;
    const aici_indices_sums *sums;
    uint32_t output;
    double *mean, *variance; /* of each replicate; means are of what differs from the shift */
    double *part;            /* room for one of each replicate */
    double *parts;           /* by factor, replicate: parts of the variance of first order */
    double all;              /* the variance; NaN where there is none */
} estimation;

/* --- sums of a replicate -------------------------------------------------------------------------------------------------------------- */

static aici_both both_of(const estimation *self, uint32_t replicate) {
    const aici_indices_sums *sums = self->sums;
    aici_both total = {0};
    for (uint64_t i = replicate * sums->chunks_each; i < (replicate + 1) * sums->chunks_each; i++) {
        const aici_both *of = &sums->both[i * self->request->program->output_count + self->output];
        total = (aici_both){total.a + of->a, total.a_square + of->a_square, total.b + of->b, total.b_square + of->b_square,
                            total.used + of->used};
    }
    return total;
}

static aici_change change_of(const estimation *self, uint32_t replicate, uint32_t factor) {
    const aici_indices_sums *sums = self->sums;
    aici_change total = {0};
    for (uint64_t i = replicate * sums->chunks_each; i < (replicate + 1) * sums->chunks_each; i++) {
        const aici_change *of =
            &sums->change[(i * self->request->program->output_count + self->output) * self->request->factor_count + factor];
        total = (aici_change){total.change + of->change, total.square + of->square, total.cross + of->cross, total.used + of->used};
    }
    return total;
}

static aici_product product_of(const estimation *self, uint32_t replicate, uint32_t first, uint32_t second) {
    const aici_indices_sums *sums = self->sums;
    size_t factors = self->request->factor_count;
    aici_product total = {0};
    for (uint64_t i = replicate * sums->chunks_each; i < (replicate + 1) * sums->chunks_each; i++) {
        size_t row = ((size_t)i * self->request->program->output_count + self->output) * factors + first;
        const aici_product *of = &sums->product[row * factors + second];
        total = (aici_product){total.apart + of->apart, total.product + of->product, total.used + of->used};
    }
    return total;
}

/* --- quotients ------------------------------------------------------------------------------------------------------------------------ */

static double average(const double *values, uint32_t count) {
    double sum = 0;
    for (uint32_t i = 0; i < count; i++)
        sum += values[i];
    return sum / count;
}

/** The average of the parts by that of the variances. */
static aici_estimate quotient(const estimation *self) {
    uint32_t count = self->request->replicates;
    double value = average(self->part, count) / self->all, square = 0;
    for (uint32_t i = 0; i < count; i++) {
        double apart = (self->part[i] - value * self->variance[i]) / self->all;
        square += apart * apart;
    }
    return (aici_estimate){value, count > 1 ? sqrt(square / count / (count - 1)) : (double)NAN};
}

static bool depends_on(const estimation *self, uint32_t factor) { return self->plan->one[factor].output[self->output] != AICI_NONE; }

static aici_estimate nothing(const estimation *self) {
    return isnan(self->all) ? (aici_estimate){(double)NAN, (double)NAN} : (aici_estimate){0, 0};
}

/* --- one output ----------------------------------------------------------------------------------------------------------------------- */

static void set_moments(estimation *self, aici_output_indices *out) {
    uint32_t count = self->request->replicates;
    double scale = self->request->program->output_scale[self->output], shift = self->sums->shift[self->output];
    uint64_t used = 0;
    for (uint32_t i = 0; i < count; i++) {
        aici_both of = both_of(self, i);
        double values = 2 * (double)of.used;
        self->mean[i] = (of.a + of.b) / values;
        self->variance[i] = aici_variance(of.a + of.b, of.a_square + of.b_square, values);
        used += of.used;
    }
    double mean = shift + average(self->mean, count), variance = average(self->variance, count);
    bool still = !(variance > LEAST_SPREAD * LEAST_SPREAD * mean * mean);
    self->all = still || !isfinite(variance) ? (double)NAN : variance;
    out->mean = mean / scale;
    out->variance = (isnan(variance) ? variance : still ? 0 : variance) / (scale * scale);
    out->left_out = self->request->points * count - used;
}

static void set_factor(estimation *self, uint32_t factor, aici_estimate *first, aici_estimate *total, uint64_t *left_out) {
    uint32_t count = self->request->replicates;
    double *part = self->parts + (size_t)factor * count;
    *first = *total = nothing(self);
    if (!depends_on(self, factor))
        return;
    *left_out = self->request->points * count;
    for (uint32_t i = 0; i < count; i++) {
        aici_change of = change_of(self, i, factor);
        part[i] = (of.cross - self->mean[i] * of.change) / (double)of.used;
        self->part[i] = of.square / (2 * (double)of.used);
        *left_out -= of.used;
    }
    *total = quotient(self);
    for (uint32_t i = 0; i < count; i++)
        self->part[i] = part[i];
    *first = quotient(self);
}

static void set_interactions(estimation *self, aici_output_indices *out) {
    uint32_t count = self->request->replicates, factors = self->request->factor_count;
    for (uint32_t i = 0; i < count; i++) {
        self->part[i] = self->variance[i];
        for (uint32_t factor = 0; factor < factors; factor++)
            self->part[i] -= self->parts[(size_t)factor * count + i];
    }
    out->interactions = quotient(self);
}

/** The two ways round are averaged: either factor alone exchanged, the other alone not. */
static aici_estimate pair(estimation *self, uint32_t first, uint32_t second) {
    uint32_t count = self->request->replicates;
    if (first == second || !depends_on(self, first) || !depends_on(self, second))
        return nothing(self);
    for (uint32_t i = 0; i < count; i++) {
        aici_product there = product_of(self, i, first, second), back = product_of(self, i, second, first);
        double closed = (there.product - self->mean[i] * there.apart) / (double)there.used +
                        (back.product - self->mean[i] * back.apart) / (double)back.used;
        self->part[i] = closed / 2 - self->parts[(size_t)first * count + i] - self->parts[(size_t)second * count + i];
    }
    return quotient(self);
}

static void set_pairs(estimation *self, aici_estimate *second) {
    uint32_t factors = self->request->factor_count;
    for (uint32_t i = 0; i < factors; i++)
        for (uint32_t k = 0; k <= i; k++)
            second[(size_t)i * factors + k] = second[(size_t)k * factors + i] = pair(self, i, k);
}

static bool set_output(estimation *self, aici_arena *arena, aici_output_indices *out) {
    size_t factors = self->request->factor_count;
    aici_estimate *first = aici_arena_take_array(arena, factors, sizeof *first),
                  *total = aici_arena_take_array(arena, factors, sizeof *total);
    uint64_t *left_out = aici_arena_take_array(arena, factors, sizeof *left_out);
    aici_estimate *second = self->sums->product ? aici_arena_take_array(arena, factors * factors, sizeof *second) : NULL;
    if (!first || !total || !left_out || (self->sums->product && !second))
        return false;
    set_moments(self, out);
    for (size_t i = 0; i < factors * self->request->replicates; i++)
        self->parts[i] = 0;
    for (uint32_t i = 0; i < factors; i++)
        set_factor(self, i, &first[i], &total[i], &left_out[i]);
    set_interactions(self, out);
    if (second)
        set_pairs(self, second);
    out->first = first;
    out->total = total;
    out->factor_left_out = left_out;
    out->second = second;
    return true;
}

bool aici_indices_estimate(const aici_indices_request *request, const aici_indices_plan *plan, const aici_indices_sums *sums,
                           aici_arena *arena, aici_output_indices *out) {
    size_t count = request->replicates;
    estimation self = {.request = request, .plan = plan, .sums = sums};
    double *room = aici_memory_take_array(request->allocator, count * ((size_t)request->factor_count + 3), sizeof *room);
    bool made = room != NULL;
    self.mean = room;
    self.variance = made ? room + count : NULL;
    self.part = made ? room + 2 * count : NULL;
    self.parts = made ? room + 3 * count : NULL;
    for (uint32_t i = 0; made && i < request->program->output_count; i++) {
        self.output = i;
        made = set_output(&self, arena, &out[i]);
    }
    aici_memory_release(request->allocator, room);
    return made;
}

/** P(|t| > x) with n degrees of freedom is the probability that a beta variable of shapes n / 2 and 1 / 2 lies below n / (n + x^2). */
double aici_interval_width(uint32_t replicates, double share) {
    aici_beta_shape shape;
    double freedom = (double)replicates - 1, rest;
    if (replicates < 2)
        return (double)NAN;
    aici_beta_prepare(freedom / 2, 0.5, &shape);
    double below = aici_beta_quantile(&shape, 1 - share, false, &rest);
    return sqrt(freedom * rest / below);
}
