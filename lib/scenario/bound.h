/* SPDX-License-Identifier: MIT */
/* Inside scenario: what stands behind a bound scenario: its count of references, its names, and the memory that it points into. */
#ifndef AICI_SCENARIO_BOUND_H
#define AICI_SCENARIO_BOUND_H

#include "scenario/foundation.h"
#include "scenario/scenario.h"

typedef struct aici_holder {
    aici_bound bound; /**< what the callers see; first, so that it leads to the rest */
    atomic_uint references;
    aici_names *names; /**< full names to quantities */
    aici_foundation *foundation;
    aici_store **store;
    uint32_t store_count;
} aici_holder;

#endif
