/* SPDX-License-Identifier: MIT */
/* The caller's limits with the defaults filled in. */
#ifndef AICI_BASE_LIMITS_H
#define AICI_BASE_LIMITS_H

#include <aicompute/status.h>
#include <stdbool.h>

/** Fills @p out from @p limits (NULL: all defaults); false when `size` is not one that this library knows. */
bool aici_limits_fill(const aic_limits *limits, aic_limits *out);

#endif
