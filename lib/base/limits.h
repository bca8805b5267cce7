/* SPDX-License-Identifier: MIT */
/* The caller's limits with the defaults filled in. */
#ifndef AICI_BASE_LIMITS_H
#define AICI_BASE_LIMITS_H

#include <aicompute/status.h>
#include <stdbool.h>

/** Whether a struct of options with @p given bytes can be taken by a library that knows the first @p known of them: it must have all of
 * these, and what is behind must be zero. */
bool aici_limits_take_size(const void *options, size_t given, size_t known);

/** Fills @p out from @p limits (NULL: all defaults); false when `size` is not one that this library knows. */
bool aici_limits_fill(const aic_limits *limits, aic_limits *out);

#endif
