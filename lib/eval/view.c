/* SPDX-License-Identifier: MIT */
/* The first draws of an output tell around which values sums and brackets are laid. */
#include "eval/sampling.h"

#include <math.h>

static void set_moments(aici_view *view, const double *values, size_t count) {
    double sum = 0, square = 0, fourth = 0;
    for (size_t i = 0; i < count; i++)
        sum += values[i];
    view->shift = count && isfinite(sum) ? sum / (double)count : 0;
    for (size_t i = 0; i < count; i++) {
        double apart = values[i] - view->shift, apart_2 = apart * apart;
        square += apart_2;
        fourth += apart_2 * apart_2;
    }
    double variance = square / (double)count;
    view->kurtosis = square > 0 ? fourth / (double)count / (variance * variance) : 1;
    if (!isfinite(view->kurtosis))
        view->kurtosis = (double)NAN;
}

static bool repeats(const double *values, size_t count, double value) {
    size_t found = 0;
    for (size_t i = 0; isfinite(value) && i < count; i++)
        found += values[i] == value;
    return found > 1;
}

static uint8_t add_mark(aici_view *view, double at) {
    view->from[view->mark_count] = view->to[view->mark_count] = at;
    return (uint8_t)view->mark_count++;
}

static void set_bracket(aici_view *view, uint32_t quantile, const double *values, size_t count, double low, double high) {
    view->from[quantile] = low;
    view->to[quantile] = high;
    if (repeats(values, count, low)) {
        view->low[quantile] = add_mark(view, low);
        view->from[quantile] = nextafter(low, (double)INFINITY);
    }
    if (repeats(values, count, high))
        view->high[quantile] = add_mark(view, nextafter(high, (double)INFINITY));
}

static void set_share(aici_view *view, uint32_t quantiles, const double *values, size_t count) {
    size_t inside = 0;
    for (size_t i = 0; i < count; i++) {
        bool kept = false;
        for (uint32_t k = 0; k < quantiles; k++)
            kept |= values[i] >= view->from[k] && values[i] < view->to[k];
        inside += kept;
    }
    view->share = count ? (double)inside / (double)count : 0;
}

/** The rank of a quantile strays with the first draws and, less, with the draws of a replicate, whose quantiles are wanted too. */
static double slack_of(const aici_sampling *sampling, double p, double count, double width) {
    return width * sqrt(count * p * (1 - p) * (1 + count / (double)sampling->samples)) + 2;
}

void aici_view_set(aici_view *view, const aici_sampling *sampling, double *values, size_t count, double width, double *room) {
    const aici_ordered all = {values, count, 0};
    double next;
    *view = (aici_view){.mark_count = sampling->quantile_count};
    set_moments(view, values, count);
    for (uint32_t i = 0; i < sampling->quantile_count; i++) {
        double p = sampling->quantile[i], n = (double)count, slack = slack_of(sampling, p, n, width);
        double down = floor(p * n - slack), up = ceil(p * n + slack);
        bool open = width == 0 || count == 0;
        double low = open || down < 0 ? (double)-INFINITY : aici_select(sampling->isa, all, (size_t)down, room, &next);
        double high = open || up >= n ? (double)INFINITY : aici_select(sampling->isa, all, (size_t)up, room, &next);
        set_bracket(view, i, values, count, low, high);
    }
    if (width == 0)
        view->share = count && sampling->quantile_count ? 1 : 0;
    else
        set_share(view, sampling->quantile_count, values, count);
}
