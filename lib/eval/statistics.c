/* SPDX-License-Identifier: MIT */
/*
 * From sums, counts and kept values to statistics. Standard errors: with replicates, from how these differ (they are independent), of a
 * quantile also from the order statistics of its stratum; in Monte Carlo from the variance, the kurtosis, and the order statistics one
 * standard error of a rank away. Where some chunks are missing, replicates of which nothing is there are left out.
 */
#include "eval/sampling.h"

#include <float.h>
#include <math.h>
#include <string.h>

/** One output. */
typedef struct subject {
    const aici_sampling *sampling;
    const aici_gathered *all;
    const aici_view *view;
    uint32_t output;
    double *scratch, *room; /**< room for all that was kept of this output, and for selecting among it */
} subject;

/** Chunks of one replicate, or of all. */
typedef struct range {
    uint64_t first, end;
} range;

static range replicate_at(const subject *self, uint32_t replicate) {
    uint64_t each = aici_sampling_chunks_each(self->sampling);
    return (range){replicate * each, (replicate + 1) * each};
}

static range all_replicates(const subject *self) {
    return (range){0, self->sampling->replicates * aici_sampling_chunks_each(self->sampling)};
}

static range within(const aici_piece *piece, range wanted) {
    range of = {piece->first > wanted.first ? piece->first : wanted.first, piece->end < wanted.end ? piece->end : wanted.end};
    return of.first < of.end ? of : (range){piece->first, piece->first};
}

static const aici_chunk *chunk_at(const subject *self, const aici_piece *piece, uint64_t chunk) {
    return &piece->chunk[(chunk - piece->first) * self->all->output_count + self->output];
}

/* --- mean and sd ---------------------------------------------------------------------------------------------------------------------- */

typedef struct totals {
    double sum, square;
    uint64_t finite, not_finite, out_of_bounds;
} totals;

static totals add_chunks(const subject *self, range wanted) {
    totals sums = {0};
    for (size_t i = 0; i < self->all->piece_count; i++) {
        const aici_piece *piece = &self->all->piece[i];
        range of = within(piece, wanted);
        for (uint64_t k = of.first; k < of.end; k++) {
            const aici_chunk *chunk = chunk_at(self, piece, k);
            sums.sum += chunk->sum;
            sums.square += chunk->square;
            sums.finite += chunk->finite;
            sums.not_finite += chunk->not_finite;
            sums.out_of_bounds += chunk->out_of_bounds;
        }
    }
    return sums;
}

static double mean_of(const subject *self, const totals *sums) { return self->view->shift + sums->sum / (double)sums->finite; }

/** Whether a double holds the squares of what was summed; the smallest have lost digits. */
static bool squares_are_held(double sum, double square) {
    return (sum == 0 && square == 0) || (square >= DBL_MIN / DBL_EPSILON && square <= DBL_MAX);
}

double aici_variance(double sum, double square, double count) {
    double apart = sum / count, variance = square / count - apart * apart;
    return !(count > 0) || !squares_are_held(sum, square) ? (double)NAN : variance > 0 ? variance : 0;
}

static double sd_of(const totals *sums) { return sqrt(aici_variance(sums->sum, sums->square, (double)sums->finite)); }

/** How a statistic differs among replicates: sum and sum of squares about its first value, in a unit (a power of two, so that no digit
 * changes) in which that value is near 1. */
typedef struct spread {
    double first, unit, sum, square;
    uint32_t count;
} spread;

static double unit_near(double value) {
    int exponent = 0;
    if (isfinite(value) && value != 0)
        frexp(value, &exponent);
    return ldexp(1, exponent < -1000 ? -1000 : exponent > 1000 ? 1000 : exponent);
}

static void add_value(spread *to, double value) {
    if (to->count++ == 0) {
        to->first = value;
        to->unit = unit_near(value);
    }
    double apart = (value - to->first) / to->unit;
    to->sum += apart;
    to->square += apart * apart;
}

/** The standard error of the mean of the values. */
static double error_of(const spread *of) {
    if (of->count < 2)
        return (double)NAN;
    double variance = (of->square - of->sum * of->sum / of->count) / (of->count - 1);
    return !squares_are_held(of->sum, of->square) ? (double)NAN : variance > 0 ? sqrt(variance / of->count) * of->unit : 0;
}

static void set_errors_by_replicates(const subject *self, aici_statistics *out) {
    spread mean = {0}, sd = {0};
    for (uint32_t i = 0; i < self->sampling->replicates; i++) {
        totals of = add_chunks(self, replicate_at(self, i));
        if (of.finite == 0)
            continue;
        add_value(&mean, mean_of(self, &of));
        add_value(&sd, sd_of(&of));
    }
    out->mean_error = error_of(&mean);
    out->sd_error = error_of(&sd);
}

static void set_moments(const subject *self, aici_statistics *out) {
    totals sums = add_chunks(self, all_replicates(self));
    out->count = sums.finite;
    out->not_finite = sums.not_finite;
    out->out_of_bounds = sums.out_of_bounds;
    out->mean = out->sd = out->mean_error = out->sd_error = (double)NAN;
    if (sums.finite == 0)
        return;
    out->mean = mean_of(self, &sums);
    out->sd = sd_of(&sums);
    if (self->sampling->replicates > 1) {
        set_errors_by_replicates(self, out);
    } else if (sums.finite > 1 && !self->sampling->sobol) {
        double kurtosis = self->view->kurtosis;
        out->mean_error = out->sd / sqrt((double)sums.finite);
        out->sd_error = out->sd * sqrt((kurtosis > 1 ? kurtosis - 1 : 0) / (4 * (double)sums.finite));
    }
}

/* --- quantiles ------------------------------------------------------------------------------------------------------------------------ */

/** Values of some chunks inside a bracket; how often those at its ends occur that repeat; and of how many values. */
typedef struct inside {
    aici_ordered in;
    uint64_t at_low, at_high, finite;
} inside;

static uint64_t count_below(const subject *self, const aici_piece *piece, range of, uint32_t mark) {
    uint64_t below = 0;
    for (uint64_t k = of.first; k < of.end; k++)
        below += piece->below[((k - piece->first) * self->all->output_count + self->output) * self->all->marks + mark];
    return below;
}

/** What is inside a bracket, of values that were kept; an open one holds them all. */
static size_t narrow(const subject *self, const double *values, size_t count, uint32_t quantile, double *to) {
    double from = self->view->from[quantile], end = self->view->to[quantile];
    uint64_t counted_already = 0;
    if (from != (double)-INFINITY || end != (double)INFINITY)
        return self->sampling->isa->narrow(values, count, from, end, to, &counted_already);
    memcpy(to, values, count * sizeof *to);
    return count;
}

/** The kept values of a piece lie one chunk behind the other. */
static void gather_piece(const subject *self, const aici_piece *piece, range of, uint32_t quantile, inside *out) {
    const aici_view *view = self->view;
    size_t before = 0, count = 0;
    uint64_t below = count_below(self, piece, of, quantile), inside_already = out->in.count;
    for (uint64_t k = piece->first; k < of.first; k++)
        before += chunk_at(self, piece, k)->kept;
    for (uint64_t k = of.first; k < of.end; k++) {
        count += chunk_at(self, piece, k)->kept;
        out->finite += chunk_at(self, piece, k)->finite;
    }
    if (count)
        out->in.count += narrow(self, piece->kept[self->output].value + before, count, quantile, out->in.value + out->in.count);
    out->in.below += below;
    if (view->low[quantile])
        out->at_low += below - count_below(self, piece, of, view->low[quantile]);
    if (view->high[quantile])
        out->at_high += count_below(self, piece, of, view->high[quantile]) - below - (out->in.count - inside_already);
}

static inside gather(const subject *self, range wanted, uint32_t quantile, double *to) {
    inside found = {.in.value = to};
    for (size_t i = 0; i < self->all->piece_count; i++) {
        range of = within(&self->all->piece[i], wanted);
        if (of.first < of.end)
            gather_piece(self, &self->all->piece[i], of, quantile, &found);
    }
    return found;
}

static void add_inside(inside *to, const inside *more) {
    to->in.count += more->in.count;
    to->in.below += more->in.below;
    to->at_low += more->at_low;
    to->at_high += more->at_high;
    to->finite += more->finite;
}

static bool covers(const aici_ordered *in, double first, double last) {
    return first >= (double)in->below && last < (double)(in->below + in->count);
}

/** The value at a whole rank, and the next one's where both were kept (else *next is NaN); false when the rank is not inside. */
static bool whole_rank(const subject *self, const inside *of, uint32_t quantile, double rank, double *room, double *value, double *next) {
    double below = (double)of->in.below, above = below + (double)of->in.count;
    *next = (double)NAN;
    if (rank < below - (double)of->at_low || rank >= above + (double)of->at_high)
        return false;
    if (rank < below) {
        *value = self->view->from[self->view->low[quantile]];
    } else if (rank >= above) {
        *value = self->view->to[quantile];
    } else {
        aici_found found = aici_select(self->sampling->isa, of->in, (size_t)rank, room);
        *value = found.value;
        *next = rank + 1 < above ? found.next : (double)NAN;
    }
    return true;
}

/** The value at a rank that need not be whole; false when it is not inside. Of the two zeros the positive one, since they have no order. */
static bool value_at(const subject *self, const inside *of, uint32_t quantile, double rank, double *room, double *value) {
    double whole = floor(rank), next, ignored;
    if (!whole_rank(self, of, quantile, whole, room, value, &next))
        return false;
    if (rank > whole) {
        if (isnan(next) && !whole_rank(self, of, quantile, whole + 1, room, &next, &ignored))
            return false;
        *value += (rank - whole) * (next - *value);
    }
    *value += 0.0;
    return true;
}

static double clamp(double x, double low, double high) { return x < low ? low : x > high ? high : x; }

/** How uncertain a rank is: its standard error, and how far to either side the distance between order statistics is taken. */
typedef struct doubt {
    double width, reach;
} doubt;

static bool finish_by_ranks(const subject *self, inside *of, uint32_t quantile, doubt rank, double *found, double *error) {
    double p = self->sampling->quantile[quantile], last = (double)of->finite - 1, low, high, *room = self->room;
    double down = floor(clamp(p * last - rank.reach, 0, last)), up = ceil(clamp(p * last + rank.reach, 0, last));
    if (covers(&of->in, down, up))
        while (aici_select_near(self->sampling->isa, (size_t)down, (size_t)up, &room, &of->in))
            continue;
    if (!value_at(self, of, quantile, p * last, room, found))
        return false;
    if (down == up)
        return true;
    if (!value_at(self, of, quantile, down, room, &low) || !value_at(self, of, quantile, up, room, &high))
        return false;
    *error = (high - low) / (up - down) * rank.width;
    return true;
}

static bool finish_by_replicates(const subject *self, uint32_t quantile, inside *whole, double *error) {
    double p = self->sampling->quantile[quantile], value;
    spread values = {0};
    *whole = (inside){.in.value = self->scratch};
    for (uint32_t i = 0; i < self->sampling->replicates; i++) {
        inside of = gather(self, replicate_at(self, i), quantile, self->scratch + whole->in.count);
        if (of.finite) {
            if (!value_at(self, &of, quantile, p * ((double)of.finite - 1), self->room, &value))
                return false;
            add_value(&values, value);
        }
        add_inside(whole, &of);
    }
    *error = error_of(&values);
    return true;
}

/** The quantile of all replicates together lies inside one stratum, where each of them has one point. This is the most that the standard
 * error of its rank there can be: the replicates' own quantiles do not show it. */
static doubt doubt_in_stratum(double replicates) { return (doubt){.width = 0.5 * replicates / sqrt(replicates + 2), .reach = replicates}; }

static doubt doubt_in_monte_carlo(double draws, double p) {
    double width = sqrt(draws * p * (1 - p));
    return (doubt){.width = width, .reach = width};
}

/** Of errors that are independent. */
static double of_both(double a, double b) {
    double unit = unit_near(a > b ? a : b);
    a /= unit;
    b /= unit;
    return sqrt(a * a + b * b) * unit;
}

static bool finish_quantile_of_replicates(const subject *self, uint32_t quantile, double *found, double *error) {
    inside of;
    double near = 0, across;
    if (!finish_by_replicates(self, quantile, &of, &across))
        return false;
    if (of.finite == 0)
        return true;
    if (!finish_by_ranks(self, &of, quantile, doubt_in_stratum(self->sampling->replicates), found, &near))
        return false;
    *error = near > 0 ? of_both(across, near) : across;
    return true;
}

static bool finish_quantile(const subject *self, uint32_t quantile, aici_statistics *out) {
    double p = self->sampling->quantile[quantile], *found = &out->quantile[quantile], *error = &out->quantile_error[quantile];
    inside of;
    *found = *error = (double)NAN;
    if (self->sampling->replicates > 1)
        return finish_quantile_of_replicates(self, quantile, found, error);
    of = gather(self, all_replicates(self), quantile, self->scratch);
    if (self->sampling->sobol) /* one replicate tells nothing of its error */
        return of.finite == 0 || value_at(self, &of, quantile, p * ((double)of.finite - 1), self->room, found);
    return of.finite == 0 || finish_by_ranks(self, &of, quantile, doubt_in_monte_carlo((double)of.finite, p), found, error);
}

/* --- all ------------------------------------------------------------------------------------------------------------------------------ */

static void divide_by_scale(aici_statistics *out, uint32_t quantiles, double scale) {
    out->mean /= scale;
    out->sd /= scale;
    out->mean_error /= scale;
    out->sd_error /= scale;
    for (uint32_t i = 0; i < quantiles; i++) {
        out->quantile[i] /= scale;
        out->quantile_error[i] /= scale;
    }
}

/** False where a bracket missed its quantile. */
static bool finish(const subject *self, aici_statistics *out) {
    *out = (aici_statistics){0};
    set_moments(self, out);
    for (uint32_t i = 0; i < self->sampling->quantile_count; i++)
        if (!finish_quantile(self, i, out))
            return false;
    divide_by_scale(out, self->sampling->quantile_count, self->sampling->program->output_scale[self->output]);
    return true;
}

static size_t kept_of(const aici_gathered *gathered, uint32_t output) {
    size_t kept = 0;
    for (size_t i = 0; i < gathered->piece_count; i++)
        kept += gathered->piece[i].kept[output].count;
    return kept;
}

static size_t most_kept(const aici_gathered *gathered) {
    size_t most = 0;
    for (uint32_t i = 0; i < gathered->output_count; i++)
        most = kept_of(gathered, i) > most ? kept_of(gathered, i) : most;
    return most;
}

aic_status aici_statistics_finish(const aici_sampling *sampling, const aici_gathered *gathered, aici_statistics *out, bool *missed) {
    const size_t kept = most_kept(gathered) + AICI_LANES;
    double *scratch = aici_memory_take(sampling->allocator, (kept + AICI_SELECT_ROOM(kept)) * sizeof *scratch);
    *missed = false;
    if (!scratch)
        return AIC_ERROR_MEMORY;
    for (uint32_t i = 0; i < gathered->output_count && !*missed; i++) {
        const subject self = {sampling, gathered, &gathered->view[i], i, scratch, scratch + kept};
        *missed = !finish(&self, &out[i]);
    }
    aici_memory_release(sampling->allocator, scratch);
    return AIC_OK;
}
