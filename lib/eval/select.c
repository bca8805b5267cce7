/* SPDX-License-Identifier: MIT */
/* Order statistics by partitioning (Hoare 1961, "Find"), with the median of three as pivot. */
#include "eval/sampling.h"

static double middle_of(double a, double b, double c) {
    double low = a < b ? a : b, high = a < b ? b : a;
    return c < low ? low : c > high ? high : c;
}

static void swap(double *a, double *b) {
    double other = *a;
    *a = *b;
    *b = other;
}

double aici_select(double *values, size_t count, size_t rank, double *next) {
    ptrdiff_t first = 0, last = (ptrdiff_t)count - 1, wanted = (ptrdiff_t)rank;
    while (first < last) {
        double pivot = middle_of(values[first], values[first + (last - first) / 2], values[last]);
        ptrdiff_t up = first, down = last;
        while (up <= down) {
            while (values[up] < pivot)
                up++;
            while (values[down] > pivot)
                down--;
            if (up <= down)
                swap(&values[up++], &values[down--]);
        }
        if (wanted <= down)
            last = down;
        else if (wanted >= up)
            first = up;
        else
            break;
    }
    *next = rank + 1 < count ? values[rank + 1] : values[rank];
    for (size_t i = rank + 2; i < count; i++)
        *next = values[i] < *next ? values[i] : *next;
    return values[rank];
}
