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

static uint8_t add_mark(aici_view *view, double at) {
    view->from[view->mark_count] = view->to[view->mark_count] = at;
    return (uint8_t)view->mark_count++;
}

/** An end of a bracket. */
static aici_found end_at(const aici_sampling *sampling, const aici_ordered *values, double rank, double *room) {
    if (rank < 0 || rank >= (double)values->count)
        return (aici_found){.value = rank < 0 ? (double)-INFINITY : (double)INFINITY};
    return aici_select(sampling->isa, *values, (size_t)rank, room);
}

static void set_bracket(aici_view *view, uint32_t quantile, const aici_found *low, const aici_found *high) {
    view->from[quantile] = low->value;
    view->to[quantile] = high->value;
    if (low->repeats) {
        view->low[quantile] = add_mark(view, low->value);
        view->from[quantile] = nextafter(low->value, (double)INFINITY);
    }
    if (high->repeats)
        view->high[quantile] = add_mark(view, nextafter(high->value, (double)INFINITY));
}

/** The rank of a quantile strays with the first draws and, less, with the draws of a replicate, whose quantiles are wanted too. */
static double slack_of(const aici_sampling *sampling, double p, double count, double width) {
    return width * sqrt(count * p * (1 - p) * (1 + count / (double)sampling->samples)) + 2;
}

/** Brackets around all quantiles. Their share is that of their ranks; where quantiles do not ascend some are not counted. */
static void set_brackets(aici_view *view, const aici_sampling *sampling, const aici_ordered *values, double width, double *room) {
    double n = (double)values->count, inside = 0, reached = 0;
    for (uint32_t i = 0; i < sampling->quantile_count; i++) {
        double p = sampling->quantile[i], slack = slack_of(sampling, p, n, width), down = floor(p * n - slack), up = ceil(p * n + slack);
        aici_found low = end_at(sampling, values, down, room), high = end_at(sampling, values, up, room);
        set_bracket(view, i, &low, &high);
        down = fmax(down, reached);
        up = fmin(up, n);
        if (up > down && low.value < high.value)
            inside += up - down;
        reached = fmax(up, reached);
    }
    view->share = inside / n;
}

static void hold_everything(aici_view *view, uint32_t quantiles) {
    for (uint32_t i = 0; i < quantiles; i++) {
        view->from[i] = (double)-INFINITY;
        view->to[i] = (double)INFINITY;
    }
    view->share = quantiles > 0 ? 1 : 0;
}

void aici_view_set(aici_view *view, const aici_sampling *sampling, double *values, size_t count, double width, double *room) {
    const aici_ordered all = {values, count, 0};
    *view = (aici_view){.mark_count = sampling->quantile_count};
    set_moments(view, values, count);
    if (width > 0 && count > 0)
        set_brackets(view, sampling, &all, width, room);
    else
        hold_everything(view, sampling->quantile_count);
}
