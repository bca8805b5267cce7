/* SPDX-License-Identifier: MIT */
/* Counting what is not finite. */
#include "eval/eval.h"

#include <math.h>

size_t aici_eval_count_not_finite(const double *values, size_t count, size_t *first) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        if (!isfinite(values[i]) && found++ == 0 && first)
            *first = i;
    return found;
}
