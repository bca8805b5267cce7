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

void aici_view_set(aici_view *view, const aici_sampling *sampling, double *values, size_t count, double width, double *room) {
    const aici_ordered all = {values, count, 0};
    double next;
    set_moments(view, values, count);
    for (uint32_t i = 0; i < sampling->quantile_count; i++) {
        double p = sampling->quantile[i], n = (double)count, slack = width * sqrt(n * p * (1 - p)) + 2;
        double down = floor(p * n - slack), up = ceil(p * n + slack);
        bool open = width == 0 || count == 0;
        view->from[i] = open || down < 0 ? (double)-INFINITY : aici_select(sampling->isa, all, (size_t)down, room, &next);
        view->to[i] = open || up >= n ? (double)INFINITY : aici_select(sampling->isa, all, (size_t)up, room, &next);
    }
}
