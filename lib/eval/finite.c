/* SPDX-License-Identifier: MIT */
/* What is not finite. */
#include "eval/eval.h"

#include <math.h>

bool aici_eval_all_finite(const double *values, size_t count) {
    double nothing = 0;
    for (size_t i = 0; i < count; i++)
        nothing += values[i] * 0; /* NaN, once one is not finite: no branch for each value */
    return nothing == 0;
}

size_t aici_eval_count_not_finite(const double *values, size_t count, size_t *first) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        if (!isfinite(values[i]) && found++ == 0 && first)
            *first = i;
    return found;
}
