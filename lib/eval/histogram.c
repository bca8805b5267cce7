/* SPDX-License-Identifier: MIT */
/* The ends of the cells are order statistics, found by selecting; then each value looks for its cell among the edges. */
#include "eval/histogram.h"
#include "eval/sampling.h"

#include <math.h>

static const double TAIL = 0.001; /* of the values, at each end */

/** A zero without its sign, since the two zeros have no order. */
static double unsigned_zero(double value) { return value + 0.0; }

static void find_ends(const double *values, size_t count, double *least, double *greatest) {
    *least = *greatest = values[0];
    for (size_t i = 1; i < count; i++) {
        *least = values[i] < *least ? values[i] : *least;
        *greatest = values[i] > *greatest ? values[i] : *greatest;
    }
    *least = unsigned_zero(*least);
    *greatest = unsigned_zero(*greatest);
}

/** The edges: ascending, though they are rounded, and no end is too large to be subtracted. */
static void set_edges(double low, double high, uint32_t cells, double *edge) {
    edge[0] = low;
    for (uint32_t i = 1; i <= cells; i++) {
        double share = (double)i / cells, at = unsigned_zero(low * (1 - share) + high * share);
        edge[i] = at > high ? high : at < edge[i - 1] ? edge[i - 1] : at;
    }
}

/** How many of the inner edges are not above a value. */
static uint32_t cell_of(const double *edge, uint32_t cells, double value) {
    uint32_t low = 0, high = cells - 1;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (edge[middle + 1] <= value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void clear(uint32_t cells, double *edge, double *number) {
    for (uint32_t i = 0; i < cells; i++)
        edge[i] = number[i] = (double)NAN;
    edge[cells] = (double)NAN;
}

/** Of finite values, which may change their order; @p room is for selecting. */
static void make(double *values, size_t count, uint32_t cells, double *room, double *edge, double *number) {
    const aici_isa *isa = aici_isa_best();
    size_t outside = (size_t)(TAIL * (double)(count - 1));
    double least, greatest;
    find_ends(values, count, &least, &greatest);
    if (least == greatest) {
        edge[0] = edge[1] = least;
        number[0] = (double)count;
        return;
    }
    double low = aici_select(isa, (aici_ordered){values, count, 0}, outside, room).value;
    double high = aici_select(isa, (aici_ordered){values, count, 0}, count - 1 - outside, room).value;
    set_edges(low < high ? low : least, low < high ? high : greatest, cells, edge);
    for (uint32_t i = 0; i < cells; i++)
        number[i] = 0;
    for (size_t i = 0; i < count; i++)
        number[cell_of(edge, cells, values[i])]++;
    edge[0] = least;
    edge[cells] = greatest;
}

bool aici_histogram_make(const double *values, size_t count, uint32_t cells, const aic_allocator *allocator, double *edge, double *number) {
    double *finite = aici_memory_take_array(allocator, count + AICI_SELECT_ROOM(count), sizeof *finite);
    size_t kept = 0;
    if (!finite)
        return false;
    for (size_t i = 0; i < count; i++)
        if (isfinite(values[i]))
            finite[kept++] = values[i];
    clear(cells, edge, number);
    if (kept)
        make(finite, kept, cells, finite + count, edge, number);
    aici_memory_release(allocator, finite);
    return true;
}
