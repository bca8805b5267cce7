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

/** Values of some chunks inside a bracket, and how many lie below it. */
typedef struct inside {
    double *value;
    size_t count;
    uint64_t below, finite;
} inside;

/** Kept values lie one chunk behind the other, in the array of the thread that ran it. */
static void gather_chunk(const aici_gathered *all, const double *kept, uint64_t chunk, uint32_t quantile, inside *out) {
    const aici_view *view = &all->view[all->output];
    const aici_chunk *at = chunk_at(all, chunk);
    uint32_t outputs = all->sampling->program->output_count;
    for (uint64_t i = 0; i < at->kept; i++) {
        out->value[out->count] = kept[i];
        out->count += kept[i] >= view->from[quantile] && kept[i] < view->to[quantile];
    }
    out->below += all->below[(chunk * outputs + all->output) * all->sampling->quantile_count + quantile];
    out->finite += at->finite;
}

static inside gather(const aici_gathered *all, uint64_t first, uint64_t end, uint32_t quantile) {
    inside found = {.value = all->scratch};
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

/** The value at a rank that need not be whole; false when it is not inside. */
static bool value_at(const inside *in, double rank, double *value) {
    double whole = floor(rank), next;
    if (whole < (double)in->below || whole + (rank > whole) >= (double)(in->below + in->count))
        return false;
    double at = aici_select(in->value, in->count, (size_t)(whole - (double)in->below), &next);
    *value = rank > whole ? at + (rank - whole) * (next - at) : at;
    return true;
}

static double clamp(double x, double low, double high) { return x < low ? low : x > high ? high : x; }

/** Half the distance of the order statistics one standard error of the rank to either side. */
static double error_by_ranks(const inside *in, double p) {
    double last = (double)in->finite - 1, width = sqrt((double)in->finite * p * (1 - p)), low, high;
    double down = floor(clamp(p * last - width, 0, last)), up = ceil(clamp(p * last + width, 0, last));
    if (down == up || !value_at(in, down, &low) || !value_at(in, up, &high))
        return (double)NAN;
    return (high - low) / (up - down) * width;
}

/** The standard error of the mean of @p count values, from their sum and sum of squares about one of them. */
static double error_of_mean(double sum, double square, uint32_t count) {
    double variance = (square - sum * sum / count) / (count - 1);
    return variance > 0 ? sqrt(variance / count) : 0;
}

static bool error_by_replicates(const aici_gathered *all, uint32_t quantile, double centre, double *error) {
    uint32_t replicates = all->sampling->replicates;
    uint64_t each = aici_sampling_chunks_each(all->sampling);
    double sum = 0, square = 0, value;
    for (uint32_t i = 0; i < replicates; i++) {
        inside in = gather(all, i * each, (i + 1) * each, quantile);
        if (in.finite == 0 || !value_at(&in, all->sampling->quantile[quantile] * ((double)in.finite - 1), &value))
            return false;
        sum += value - centre;
        square += (value - centre) * (value - centre);
    }
    *error = error_of_mean(sum, square, replicates);
    return true;
}

static bool finish_quantile(const aici_gathered *all, uint32_t quantile, aici_statistics *out) {
    double p = all->sampling->quantile[quantile];
    inside in = gather(all, 0, all->chunk_count, quantile);
    out->quantile[quantile] = out->quantile_error[quantile] = (double)NAN;
    if (in.finite == 0)
        return true;
    if (!value_at(&in, p * ((double)in.finite - 1), &out->quantile[quantile]))
        return false;
    if (all->sampling->replicates > 1)
        return error_by_replicates(all, quantile, out->quantile[quantile], &out->quantile_error[quantile]);
    out->quantile_error[quantile] = error_by_ranks(&in, p);
    return true;
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
