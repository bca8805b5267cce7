/* SPDX-License-Identifier: MIT */
/*
 * From sums, counts and kept values to statistics. Standard errors: with replicates, from how these differ (they are independent); in Monte Carlo from the
 * variance, the kurtosis, and the order statistics one standard error of a rank away.
 */
#include "eval/sampling.h"

#include <math.h>

/** Sums of the chunks of some replicates. */
typedef struct totals {
    double sum, square;
    uint64_t finite;
} totals;

static const aici_chunk *chunk_at(const aici_gathered *all, uint64_t chunk) {
    return &all->chunk[chunk * all->sampling->program->output_count + all->output];
}

static totals add_chunks(const aici_gathered *all, uint64_t first, uint64_t end) {
    totals sums = {0};
    for (uint64_t i = first; i < end; i++) {
        const aici_chunk *chunk = chunk_at(all, i);
        sums.sum += chunk->sum;
        sums.square += chunk->square;
        sums.finite += chunk->finite;
    }
    return sums;
}

static double mean_of(const aici_gathered *all, const totals *sums) {
    return all->view[all->output].shift + sums->sum / (double)sums->finite;
}

static double sd_of(const totals *sums) {
    double apart = sums->sum / (double)sums->finite, variance = sums->square / (double)sums->finite - apart * apart;
    return variance > 0 ? sqrt(variance) : 0;
}

/* --- quantiles -------------------------------------------------------------------------------------------------------------------------- */

/** Values of some chunks inside a bracket, and of how many values. */
typedef struct inside {
    aici_ordered in;
    uint64_t finite;
} inside;

/** Kept values lie one chunk behind the other, in the array of the thread that ran it. */
static void gather_chunk(const aici_gathered *all, const double *kept, uint64_t chunk, uint32_t quantile, inside *out) {
    const aici_view *view = &all->view[all->output];
    const aici_chunk *at = chunk_at(all, chunk);
    uint64_t counted_already = 0;
    out->in.count += all->sampling->isa->narrow(kept, at->kept, view->from[quantile], view->to[quantile], out->in.value + out->in.count, &counted_already);
    out->in.below += all->below[(chunk * all->sampling->program->output_count + all->output) * all->sampling->quantile_count + quantile];
    out->finite += at->finite;
}

static inside gather(const aici_gathered *all, uint64_t first, uint64_t end, uint32_t quantile, double *to) {
    inside found = {.in.value = to};
    uint32_t outputs = all->sampling->program->output_count;
    for (uint32_t thread = 0; thread < all->sampling->threads; thread++) {
        uint64_t chunk = aici_sampling_first_chunk(all->sampling, all->chunk_count, thread);
        uint64_t stop = aici_sampling_first_chunk(all->sampling, all->chunk_count, thread + 1);
        const double *kept = all->kept[(size_t)thread * outputs + all->output].value;
        for (; chunk < stop; chunk++) {
            if (chunk >= first && chunk < end)
                gather_chunk(all, kept, chunk, quantile, &found);
            kept += chunk_at(all, chunk)->kept;
        }
    }
    return found;
}

static bool covers(const aici_ordered *in, double first, double last) {
    return first >= (double)in->below && last < (double)(in->below + in->count);
}

/** The value at a rank that need not be whole; false when it is not inside. */
static bool value_at(const aici_gathered *all, const aici_ordered *in, double rank, double *room, double *value) {
    double whole = floor(rank), next;
    if (!covers(in, whole, whole + (rank > whole)))
        return false;
    double at = aici_select(all->sampling->isa, *in, (size_t)whole, room, &next);
    *value = rank > whole ? at + (rank - whole) * (next - at) : at;
    return true;
}

static double clamp(double x, double low, double high) { return x < low ? low : x > high ? high : x; }

/** The error is half the distance of the order statistics one standard error of the rank to either side. */
static bool finish_by_ranks(const aici_gathered *all, inside *of, double p, double *found, double *error) {
    double last = (double)of->finite - 1, width = sqrt((double)of->finite * p * (1 - p)), low, high, *room = all->room;
    double down = floor(clamp(p * last - width, 0, last)), up = ceil(clamp(p * last + width, 0, last));
    bool all_inside = covers(&of->in, down, up);
    while (all_inside && aici_select_near(all->sampling->isa, (size_t)down, (size_t)up, &room, &of->in))
        continue;
    if (!value_at(all, &of->in, p * last, room, found))
        return false;
    if (down < up && all_inside && value_at(all, &of->in, down, room, &low) && value_at(all, &of->in, up, room, &high))
        *error = (high - low) / (up - down) * width;
    return true;
}

/** The standard error of the mean of @p count values, from their sum and sum of squares about one of them. */
static double error_of_mean(double sum, double square, uint32_t count) {
    double variance = (square - sum * sum / count) / (count - 1);
    return variance > 0 ? sqrt(variance / count) : 0;
}

/** A replicate of which nothing is finite leaves the error unknown. */
static bool finish_by_replicates(const aici_gathered *all, uint32_t quantile, inside *whole, double *error) {
    uint32_t replicates = all->sampling->replicates;
    uint64_t each = aici_sampling_chunks_each(all->sampling);
    double p = all->sampling->quantile[quantile], first = 0, sum = 0, square = 0, value = (double)NAN;
    bool known = true;
    *whole = (inside){.in.value = all->scratch};
    for (uint32_t i = 0; i < replicates; i++) {
        inside of = gather(all, i * each, (i + 1) * each, quantile, all->scratch + whole->in.count);
        if (of.finite && !value_at(all, &of.in, p * ((double)of.finite - 1), all->room, &value))
            return false;
        known = known && of.finite;
        first = i == 0 ? value : first;
        sum += value - first;
        square += (value - first) * (value - first);
        whole->in.count += of.in.count;
        whole->in.below += of.in.below;
        whole->finite += of.finite;
    }
    *error = known ? error_of_mean(sum, square, replicates) : (double)NAN;
    return true;
}

static bool finish_quantile(const aici_gathered *all, uint32_t quantile, aici_statistics *out) {
    double p = all->sampling->quantile[quantile], *found = &out->quantile[quantile], *error = &out->quantile_error[quantile];
    inside of;
    *found = *error = (double)NAN;
    if (all->sampling->replicates > 1) {
        if (!finish_by_replicates(all, quantile, &of, error))
            return false;
        return of.finite == 0 || value_at(all, &of.in, p * ((double)of.finite - 1), all->room, found);
    }
    of = gather(all, 0, all->chunk_count, quantile, all->scratch);
    return of.finite == 0 || finish_by_ranks(all, &of, p, found, error);
}

/* --- mean and sd ------------------------------------------------------------------------------------------------------------------------- */

static void set_errors_by_replicates(const aici_gathered *all, aici_statistics *out) {
    uint32_t replicates = all->sampling->replicates;
    uint64_t each = aici_sampling_chunks_each(all->sampling);
    double sum[2] = {0, 0}, square[2] = {0, 0};
    for (uint32_t i = 0; i < replicates; i++) {
        totals of = add_chunks(all, i * each, (i + 1) * each);
        double apart[2] = {mean_of(all, &of) - out->mean, sd_of(&of) - out->sd};
        for (int k = 0; k < 2; k++) {
            sum[k] += apart[k];
            square[k] += apart[k] * apart[k];
        }
    }
    out->mean_error = error_of_mean(sum[0], square[0], replicates);
    out->sd_error = error_of_mean(sum[1], square[1], replicates);
}

static void set_moments(const aici_gathered *all, aici_statistics *out) {
    totals sums = add_chunks(all, 0, all->chunk_count);
    out->count = sums.finite;
    for (uint64_t i = 0; i < all->chunk_count; i++) {
        out->not_finite += chunk_at(all, i)->not_finite;
        out->out_of_bounds += chunk_at(all, i)->out_of_bounds;
    }
    out->mean = out->sd = out->mean_error = out->sd_error = (double)NAN;
    if (sums.finite == 0)
        return;
    out->mean = mean_of(all, &sums);
    out->sd = sd_of(&sums);
    if (all->sampling->replicates > 1) {
        set_errors_by_replicates(all, out);
    } else if (sums.finite > 1) {
        double kurtosis = all->view[all->output].kurtosis;
        out->mean_error = out->sd / sqrt((double)sums.finite);
        out->sd_error = out->sd * sqrt((kurtosis > 1 ? kurtosis - 1 : 0) / (4 * (double)sums.finite));
    }
}

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

bool aici_statistics_finish(const aici_gathered *gathered, aici_statistics *out) {
    *out = (aici_statistics){0};
    set_moments(gathered, out);
    for (uint32_t i = 0; i < gathered->sampling->quantile_count; i++)
        if (!finish_quantile(gathered, i, out))
            return false;
    divide_by_scale(out, gathered->sampling->quantile_count, gathered->sampling->program->output_scale[gathered->output]);
    return true;
}
