/* SPDX-License-Identifier: MIT */
/* The text of a dimension, in words that the place may choose. */
#ifndef AICI_UNITS_PRINT_H
#define AICI_UNITS_PRINT_H

#include "units/units.h"

/** How a dimension is worded. */
typedef struct aici_wording {
    const char *time; /**< the name for the second; the scale is then another, which reading the text tells */
    bool usual; /**< "W" where there is J/s, "B" where there is bit, the declared currency where there is its root: scales are others too */
} aici_wording;

/** Adds numerators (time last), then denominators, each in the table's order: "accelerator·s", "FLOP/s/accelerator", "1/s", "1". */
void aici_units_add_worded(const aici_units *units, const aici_dimension *dimension, const aici_wording *wording, aici_buffer *out);

#endif
