/* SPDX-License-Identifier: MIT */
/* The options of sampling, for every public call that samples. */
#ifndef AICI_API_SAMPLING_H
#define AICI_API_SAMPLING_H

#include "analysis/analysis.h"
#include <aicompute/sample.h>

/** What is wrong with options of a call that has statistics only, or NULL: shards, draws that are kept and histograms are refused, too. */
const char *aici_sampling_mistake(const aic_sample_options *options);

/** What is wrong with a call that samples names of a scenario, or a shard of it, into a part; or NULL. */
const char *aici_sampling_mistake_in_part(const aic_scenario *scenario, const char *const *names, size_t name_count,
                                          const aic_sample_options *options);

/** Options (NULL: none) with their defaults filled in; quantiles are borrowed. */
aici_sample_wish aici_sampling_wish(const aic_sample_options *options);

#endif
