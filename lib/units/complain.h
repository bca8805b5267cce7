/* SPDX-License-Identifier: MIT */
/*
 * What is said about a unit that cannot be read: what was found, the name that was probably meant, the likely repair.
 */
#ifndef AICI_UNITS_COMPLAIN_H
#define AICI_UNITS_COMPLAIN_H

#include "units/lookup.h"

/** A piece of the unit that is being read. */
typedef struct aici_unit_piece {
    const aici_units *units;
    const aici_fragment *fragment;
    size_t begin, end; /**< bytes of the fragment */
    size_t unit_begin; /**< where the whole unit begins */
    size_t unit_end;
} aici_unit_piece;

/** The piece is a name that is no unit: unknown, with a prefix that it does not take, or `b`. */
aic_status aici_units_refuse_name(const aici_unit_piece *piece, const aici_found *found, aic_report *report);

/** The piece begins where a unit, or one more part of it, should begin. */
aic_status aici_units_refuse_syntax(const aici_unit_piece *piece, aic_report *report);

/** The piece is FLOPS where even a declared dimension would not tell what it means. */
aic_status aici_units_refuse_flops(const aici_unit_piece *piece, aic_report *report);

/** The piece is too long, or its dimension or scale is out of range. */
aic_status aici_units_refuse_size(const aici_unit_piece *piece, aic_report *report);
aic_status aici_units_refuse_range(const aici_unit_piece *piece, aic_report *report);

/** The piece is ¥ where no currency is declared that it could be. */
aic_status aici_units_refuse_yen(const aici_unit_piece *piece, aic_report *report);

#endif
