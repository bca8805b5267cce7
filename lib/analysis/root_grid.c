/* SPDX-License-Identifier: MIT */
/* The grid on which roots are looked for. */
#include "analysis/root.h"
#include "base/elementary.h"

#include <math.h>
#include <stdlib.h>

enum { EVEN_FINE = 256, EVEN_COARSE = 24, DECADE_FINE = 24, DECADE_COARSE = 6, MOST_DECADES = 40 };

static int compare(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/** Even places on an axis of logarithms from @p near to @p far, both above 0, with a sign. */
static size_t add_logarithmic(double near, double far, double sign, size_t each, double *out) {
    double decades = fmin(aici_log10(far / near), MOST_DECADES);
    size_t count = (size_t)ceil(decades * (double)each) + 1;
    double step = aici_ln(far / near) / (double)count;
    for (size_t i = 0; i <= count; i++)
        out[i] = sign * (i == count ? far : i == 0 ? near : near * aici_exp(step * (double)i));
    return count + 1;
}

static size_t add_side(double near, double far, double smallest, double sign, size_t each, double *out) {
    double from = fmax(near, fmin(smallest, far / 2));
    return far > 0 && from < far ? add_logarithmic(from, far, sign, each, out) : 0;
}

double *aici_root_grid(double low, double high, double smallest, bool fine, const aic_allocator *allocator, size_t *count) {
    size_t even = fine ? EVEN_FINE : EVEN_COARSE, each = fine ? DECADE_FINE : DECADE_COARSE, used = 0, kept = 0;
    double *grid = aici_memory_take_array(allocator, even + 2 * (MOST_DECADES * each + 4) + 8, sizeof *grid);
    if (!grid)
        return NULL;
    for (size_t i = 0; i <= even; i++)
        grid[used++] = i == even ? high : low + (high - low) * ((double)i / (double)even);
    used += add_side(fmax(low, 0), high, smallest, 1, each, grid + used);
    used += add_side(fmax(-high, 0), -low, smallest, -1, each, grid + used);
    if (low < 0 && high > 0)
        grid[used++] = 0;
    qsort(grid, used, sizeof *grid, compare);
    for (size_t i = 0; i < used; i++)
        if (grid[i] >= low && grid[i] <= high && (kept == 0 || grid[i] > grid[kept - 1]))
            grid[kept++] = grid[i];
    *count = kept;
    return grid;
}
