/* SPDX-License-Identifier: MIT */
/*
 * Order statistics, exactly. Many values are first narrowed: some of them, evenly spaced, tell between which two values the wanted one
 * likely lies, and one quick pass keeps what is there (the idea of R. W. Floyd and R. L. Rivest, CACM 18, 1975); where it is not there, a
 * second one keeps what is on its side. Few are partitioned (after Hoare 1961, "Find"), with the median of three as pivot.
 */
#include "eval/sampling.h"

#include <math.h>

enum { FEW = 128, SMALLEST_SAMPLE = 32, LARGEST_SAMPLE = 1024 };
/* In standard errors of a rank in the sample: a miss costs a pass over the values, so that it may occur now and then. */
static const double WIDTH = 1.8;

static double middle_of(double a, double b, double c) {
    double low = a < b ? a : b, high = a < b ? b : a;
    return c < low ? low : c > high ? high : c;
}

/** Moves what is less than the pivot, or equal to it too, to the front, and says where that ends. No branch waits for a value: half of them
 * would be foreseen wrongly. */
static size_t move_less(double *values, size_t first, size_t end, double pivot, bool or_equal) {
    size_t to = first;
    for (size_t i = first; i < end; i++) {
        double value = values[i];
        values[i] = values[to];
        values[to] = value;
        to += or_equal ? value <= pivot : value < pivot;
    }
    return to;
}

/** Afterwards nothing before the rank is larger, and nothing behind it smaller. True where the value of the rank occurs more than once. */
static bool put_in_place(double *values, size_t count, size_t rank) {
    size_t first = 0, end = count;
    while (end - first > 1) {
        double pivot = middle_of(values[first], values[first + (end - first) / 2], values[end - 1]);
        size_t less = move_less(values, first, end, pivot, false);
        if (rank < less) {
            end = less;
            continue;
        }
        first = move_less(values, less, end, pivot, true);
        if (rank < first)
            return first - less > 1;
    }
    return false;
}

static double find(double *values, size_t count, size_t rank) {
    put_in_place(values, count, rank);
    return values[rank];
}

/** Enough that what is kept of many values is small beside them, and that finding two of the sample is cheap beside one pass over few. */
static size_t sample_size(size_t count) {
    size_t size = SMALLEST_SAMPLE;
    while (size < LARGEST_SAMPLE && size * size * size < count * 16)
        size *= 2;
    return size;
}

/** Values between which the ranks from @p first to @p last likely lie. */
static void guess(const aici_ordered *from, size_t first, size_t last, double *low, double *high) {
    double sample[LARGEST_SAMPLE];
    const size_t size = sample_size(from->count), step = from->count / size;
    const double scale = (double)size / (double)from->count, p = ((double)first + 0.5) / (double)from->count,
                 q = ((double)last + 0.5) / (double)from->count;
    const double down = floor((double)first * scale - WIDTH * sqrt(p * (1 - p) * (double)size) - 0.5);
    const double up = ceil((double)last * scale + WIDTH * sqrt(q * (1 - q) * (double)size) + 0.5);
    for (size_t i = 0; i < size; i++)
        sample[i] = from->value[i * step];
    const size_t from_low = down < 0 ? 0 : (size_t)down;
    *low = down < 0 ? (double)-INFINITY : find(sample, size, from_low);
    *high = up >= (double)size ? (double)INFINITY : find(sample + from_low, size - from_low, (size_t)up - from_low);
}

/** What lies in [low, high). */
static aici_ordered keep_between(const aici_isa *isa, const aici_ordered *from, double low, double high, double *room) {
    uint64_t below = 0;
    size_t kept = isa->narrow(from->value, from->count, low, high, room, &below);
    return (aici_ordered){room, kept, from->below + below};
}

bool aici_select_near(const aici_isa *isa, size_t first, size_t last, double **room, aici_ordered *values) {
    double low, high;
    if (values->count <= FEW)
        return false;
    guess(values, first - values->below, last - values->below, &low, &high);
    aici_ordered near = keep_between(isa, values, low, high, *room);
    size_t end = near.below + near.count;
    if (first < near.below || last >= end)
        near = keep_between(isa, values,
                            first >= end         ? high
                            : first < near.below ? (double)-INFINITY
                                                 : low,
                            last < near.below ? low
                            : last >= end     ? (double)INFINITY
                                              : high,
                            *room);
    if (near.count > AICI_SELECT_MOST(values->count))
        return false; /* ties, or no luck */
    *room += near.count + AICI_LANES;
    *values = near;
    return true;
}

aici_found aici_select(const aici_isa *isa, aici_ordered values, size_t rank, double *room) {
    const size_t end = values.below + values.count, last = rank + 1 < end ? rank + 1 : rank;
    while (aici_select_near(isa, rank, last, &room, &values))
        continue;
    size_t at = rank - values.below;
    bool repeats = put_in_place(values.value, values.count, at);
    double value = values.value[at], next = at + 1 < values.count ? values.value[at + 1] : value;
    for (size_t i = at + 2; i < values.count; i++)
        next = values.value[i] < next ? values.value[i] : next;
    return (aici_found){value, next, repeats};
}
