/* SPDX-License-Identifier: MIT */
/* Inside of the public list of units. */
#ifndef AICI_API_UNIT_H
#define AICI_API_UNIT_H

#include "scenario/scenario.h"
#include <aicompute/unit.h>

struct aic_units {
    aic_allocator allocator;
    aici_units *own;         /**< the library's own units, when there is no scenario */
    aici_bound *bound;       /**< else the bound scenario that the units belong to */
    const aici_units *units; /**< one of the two */
};

/** Writes one unit ("TFLOP/s/accelerator") or, with NULL, the list, as a table or as JSON. */
aic_status aici_unit_list_write(const aic_units *units, const char *unit, bool json, aici_buffer *out, aic_report *report);

#endif
