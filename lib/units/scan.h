/* SPDX-License-Identifier: MIT */
/*
 * The characters of a unit's text: where a name, an exponent and a joint end. What the names mean is not asked here.
 */
#ifndef AICI_UNITS_SCAN_H
#define AICI_UNITS_SCAN_H

#include "base/text.h"

/** Bytes of the name that starts @p text: letters, digits and `_`, any script, not starting with a digit; `%` and `$` alone; 0 for none. */
size_t aici_units_name_size(aici_slice text);

/** Bytes of the exponent that starts @p text ("^2", "^-0.5", "²"), its value in @p exponent; 0 for none. */
size_t aici_units_exponent_size(aici_slice text, double *exponent);

/** Bytes of what joins two names at the start of @p text: `·`, or a hyphen that a name follows; 0 for none. */
size_t aici_units_joint_size(aici_slice text);

/** What follows the first @p bytes of a text. */
aici_slice aici_units_after(aici_slice text, size_t bytes);

#endif
