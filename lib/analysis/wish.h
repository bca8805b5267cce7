/* SPDX-License-Identifier: MIT */
/* How a scenario is sampled. */
#ifndef AICI_ANALYSIS_WISH_H
#define AICI_ANALYSIS_WISH_H

#include "eval/eval.h"

/** Nothing is left to a default here. */
typedef struct aici_sample_wish {
    uint64_t samples, seed;
    bool sobol;
    uint32_t replicates, threads;
    const double *quantile;
    uint32_t quantile_count;
    bool keep_draws; /**< as a table */
    uint32_t cells;  /**< of histograms; 0: none */
    aici_control control;
} aici_sample_wish;

#endif
