/* SPDX-License-Identifier: MIT */
/*
 * The workings of all claims of a scenario, laid open: every figure, operation and result is a value with a number, each computed from
 * values with lower numbers, so that any of them can be changed and what follows from it be worked out anew. One sheet serves all claims; a
 * chain is the part of it that one claim depends on.
 */
#ifndef AICI_ANALYSIS_DIAGNOSE_SHEET_H
#define AICI_ANALYSIS_DIAGNOSE_SHEET_H

#include "analysis/analysis.h"
#include "plan/plan.h"

/** A figure of the scenario that can be changed: one literal, or a whole quantity that is a truth value. */
typedef struct aici_leaf {
    uint32_t quantity;        /**< in whose formula it stands, or AICI_NONE (a claim's own) */
    const aici_expr *literal; /**< NULL: the quantity itself */
    int32_t year;             /**< of a series, or AICI_NO_YEAR */
    bool alone;               /**< the quantity is this literal and nothing else */
    double half;              /**< of a unit of its last digit, where it is rounded; else 0 */
} aici_leaf;

typedef struct aici_sheet {
    aici_bound *bound;
    const aic_allocator *allocator;
    aic_report *report;
    aici_leaf *leaf; /**< value first_leaf + i */
    size_t leaf_count, leaf_capacity;
    aici_program *program;     /**< what the rest was made from */
    aici_instruction *step;    /**< operands are values; step i computes value first_step + i */
    const aici_origin *origin; /**< parallel to step */
    double *value;             /**< as the scenario has them */
    uint32_t first_leaf, first_step, value_count;
    uint32_t *of_quantity; /**< by quantity: its value, or AICI_NONE (a series, a text, uncertain) */
    uint32_t *of_claim;    /**< by claim, or AICI_NONE (uncertain, or nothing is computed) */
    uint32_t *named;       /**< by value: the quantity that it is, preferring one that is not only another name for it; AICI_NONE: none */
    unsigned compiled;     /**< programs that were made to find out what can vary */
    aici_wanted *wanted;
    size_t wanted_count;
    uint16_t second; /**< the base unit of time, as dimensions have it */
} aici_sheet;

/** Lays the workings open. Where the scenario cannot be varied at all, sheet->program stays NULL, which is no error. */
aic_status aici_sheet_begin(aici_sheet *sheet, aici_bound *bound, const aic_allocator *allocator, aic_report *report);
void aici_sheet_end(aici_sheet *sheet);

static inline bool aici_sheet_is_leaf(const aici_sheet *sheet, uint32_t value) {
    return value >= sheet->first_leaf && value < sheet->first_step;
}
static inline bool aici_sheet_is_step(const aici_sheet *sheet, uint32_t value) {
    return value >= sheet->first_step && value < sheet->value_count;
}
static inline const aici_instruction *aici_sheet_step(const aici_sheet *sheet, uint32_t value) {
    return &sheet->step[value - sheet->first_step];
}
static inline const aici_origin *aici_sheet_origin(const aici_sheet *sheet, uint32_t value) {
    return &sheet->origin[value - sheet->first_step];
}
static inline const aici_leaf *aici_sheet_leaf(const aici_sheet *sheet, uint32_t value) { return &sheet->leaf[value - sheet->first_leaf]; }

/** The quantity that a value is; AICI_NONE for what has no name. */
static inline uint32_t aici_sheet_quantity(const aici_sheet *sheet, uint32_t value) { return sheet->named[value]; }

/** The dimension of a value, or NULL where it is not known (a constant). */
const aici_dimension *aici_sheet_dimension(const aici_sheet *sheet, uint32_t value);

bool aici_sheet_has_time(const aici_sheet *sheet, const aici_dimension *dimension);
bool aici_sheet_has_money(const aici_sheet *sheet, const aici_dimension *dimension);

/** What one unit of a value is, as it is written or given in results: 1e12 for `65 TFLOP/s`. */
double aici_sheet_unit(const aici_sheet *sheet, uint32_t value, const aici_expr *operand);

typedef enum aici_change_kind { AICI_CHANGE_SCALE, AICI_CHANGE_SET, AICI_CHANGE_ADD } aici_change_kind;

/** A change of a value: it is multiplied by `by`, becomes it, or grows by it. */
typedef struct aici_change {
    uint32_t value;
    uint8_t kind; /**< aici_change_kind */
    double by;
} aici_change;

typedef struct aici_chain {
    const aici_sheet *sheet;
    uint32_t output;
    unsigned char *has;     /**< a byte a value: the output depends on it, or is it */
    aici_instruction *step; /**< those that the output depends on */
    size_t step_count;
    double *work;       /**< the values while changes are tried; at rest those of the sheet */
    signed char *slope; /**< by leaf, in aici_chain_range() */
    size_t *budget;     /**< operations that may still be done: a scenario may be as large as it likes, the search may not */
} aici_chain;

aic_status aici_chain_begin(aici_chain *chain, const aici_sheet *sheet, uint32_t output, size_t *budget);
void aici_chain_end(aici_chain *chain);

/** Takes from the budget; false when it is used up. */
bool aici_chain_spend(const aici_chain *chain, size_t operations);

/** What the output becomes by changes, of which none or two or more are made in the order of their values. NaN when the budget is used up.
 */
double aici_chain_try(const aici_chain *chain, const aici_change *change, size_t count);

/** Between which values it then lies, given the rounding of the figures that it depends on. */
void aici_chain_range(const aici_chain *chain, const aici_change *change, size_t count, double *low, double *high);

#endif
