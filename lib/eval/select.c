/* SPDX-License-Identifier: MIT */
/*
 * Order statistics, exactly. Many values are first narrowed: some of them, evenly spaced, tell between which two values the wanted one almost surely lies, and one quick pass keeps what is there
 * (the idea of R. W. Floyd and R. L. Rivest, CACM 18, 1975). Few are partitioned (after Hoare 1961, "Find"), with the median of three as pivot.
 */
#include "eval/sampling.h"

#include <math.h>

enum { FEW = 400, SMALL_SAMPLE = 96, SAMPLE = 256, LARGE_SAMPLE = 1024 };
static const double WIDTH = 4.5; /* standard errors of a rank in the sample */

static double middle_of(double a, double b, double c) {
    double low = a < b ? a : b, high = a < b ? b : a;
    return c < low ? low : c > high ? high : c;
}

/** Moves what is less than the pivot, or equal to it too, to the front, and says where that ends. No branch waits for a value: half of them would be foreseen wrongly. */
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

/** Afterwards nothing before the rank is larger, and nothing behind it smaller. */
static double find(double *values, size_t count, size_t rank) {
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
            break;
    }
    return values[rank];
}

static size_t sample_size(size_t count) { return count > 20000 ? LARGE_SAMPLE : count > 3000 ? SAMPLE : SMALL_SAMPLE; }

/** Values between which the ranks from @p first to @p last almost surely lie. */
static void guess(const aici_ordered *from, size_t first, size_t last, double *low, double *high) {
    double sample[LARGE_SAMPLE];
    const size_t size = sample_size(from->count), step = from->count / size;
    const double scale = (double)size / (double)from->count, p = ((double)first + 0.5) / (double)from->count, q = ((double)last + 0.5) / (double)from->count;
    const double down = floor((double)first * scale - WIDTH * sqrt(p * (1 - p) * (double)size) - 2);
    const double up = ceil((double)last * scale + WIDTH * sqrt(q * (1 - q) * (double)size) + 2);
    for (size_t i = 0; i < size; i++)
        sample[i] = from->value[i * step];
    *low = down < 0 ? (double)-INFINITY : find(sample, size, (size_t)down);
    *high = up >= (double)size ? (double)INFINITY : find(sample, size, (size_t)up);
}

bool aici_select_near(const aici_isa *isa, size_t first, size_t last, double **room, aici_ordered *values) {
    double low, high;
    uint64_t below = 0;
    if (values->count <= FEW)
        return false;
    guess(values, first - values->below, last - values->below, &low, &high);
    size_t kept = isa->narrow(values->value, values->count, low, high, *room, &below);
    if (kept > values->count / 2 || first < values->below + below || last >= values->below + below + kept)
        return false; /* ties, or no luck */
    *values = (aici_ordered){*room, kept, values->below + below};
    *room += kept + AICI_LANES;
    return true;
}

double aici_select(const aici_isa *isa, aici_ordered values, size_t rank, double *room, double *next) {
    const size_t end = values.below + values.count, last = rank + 1 < end ? rank + 1 : rank;
    while (aici_select_near(isa, rank, last, &room, &values))
        continue;
    size_t at = rank - values.below;
    double found = find(values.value, values.count, at);
    *next = at + 1 < values.count ? values.value[at + 1] : found;
    for (size_t i = at + 2; i < values.count; i++)
        *next = values.value[i] < *next ? values.value[i] : *next;
    return found;
}
