/* SPDX-License-Identifier: MIT */
/* Inside of the public list of model kinds: what was read, and the texts that are lent. */
#ifndef AICI_API_KIND_H
#define AICI_API_KIND_H

#include "scenario/scenario.h"
#include <aicompute/kind.h>

enum { AICI_KIND_PROPERTIES = 8 };

/** The texts of one input or output, by aic_kind_property. */
typedef struct aici_kind_texts {
    const char *property[AICI_KIND_PROPERTIES];
} aici_kind_texts;

typedef struct aici_kind_listing {
    const aici_kind *kind;
    aici_kind_texts *input, *output;
} aici_kind_listing;

struct aic_kinds {
    aic_allocator allocator;
    aici_arena *arena;
    aic_scenario *scenario; /**< a copy, whose text the kinds of a scenario's own borrow; NULL: the library's kinds alone */
    aici_units *units;      /**< that the kinds' units were read with */
    aici_kind_listing *listing;
    size_t count;
};

/** Writes one kind in full, or the list. */
aic_status aici_kind_listing_write(const aic_kinds *kinds, const aici_kind_listing *listing, int format, aici_buffer *out,
                                   aic_report *report);
aic_status aici_kind_list_write(const aic_kinds *kinds, int format, aici_buffer *out, aic_report *report);

#endif
