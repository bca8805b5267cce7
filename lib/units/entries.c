/* SPDX-License-Identifier: MIT */
/*
 * The table as callers see it who ask what the library knows: the library's rows, then the scenario's own units.
 */
#include "units/lookup.h"

size_t aici_units_count(const aici_units *units) { return aici_units_library_count() + units->own_count; }

static aici_unit_entry entry_of_row(const aici_units *units, const aici_library_unit *row, uint32_t index) {
    return (aici_unit_entry){
        .name = row->name,
        .title = row->title,
        .definition = row->definition,
        .synonyms = row->synonyms,
        .source = row->source,
        .decimal_prefixes = (row->flags & (AICI_PREFIX_LARGE | AICI_PREFIX_SMALL)) != 0,
        .binary_prefixes = (row->flags & AICI_PREFIX_BINARY) != 0,
        .base_class = (aici_base_class)row->base_class,
        .unit = aici_units_unit(units, index),
    };
}

static aici_unit_entry entry_of_own(const aici_own_unit *own) {
    return (aici_unit_entry){
        .name = own->name,
        .title = "defined by the scenario",
        .definition = own->definition,
        .synonyms = "",
        .source = "",
        .base_class = AICI_BASE_COUNT,
        .unit = own->unit,
    };
}

aici_unit_entry aici_units_entry(const aici_units *units, size_t index) {
    const aici_library_unit *row = aici_units_row((uint32_t)index);
    return row ? entry_of_row(units, row, (uint32_t)index) : entry_of_own(&units->own[index - aici_units_library_count()]);
}
