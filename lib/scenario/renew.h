/* SPDX-License-Identifier: MIT */
/* Inside sections: copying the nodes that calls made, so that the rubbish between them can go. */
#ifndef AICI_SCENARIO_RENEW_H
#define AICI_SCENARIO_RENEW_H

#include "scenario/sections.h"

/** Bytes of nodes made by calls that nobody minds. */
enum { AICI_RENEW_FIRST = 64 * 1024 };

/** Gives back the table of a part. */
void aici_part_release(const aic_allocator *allocator, aici_part *part);

#endif
