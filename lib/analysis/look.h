/* SPDX-License-Identifier: MIT */
/* Which quantities a formula looks at when it is worked out in one year, and in which year it looks at each. */
#ifndef AICI_ANALYSIS_LOOK_H
#define AICI_ANALYSIS_LOOK_H

#include "analysis/run.h"

/** One name in a formula. */
typedef struct aici_look {
    const aici_expr *node;
    uint32_t quantity;
    int32_t year; /**< AICI_NO_YEAR for a single value */
    bool whole;   /**< looked at in all years: it has no one value there */
    bool missing; /**< a series without a value in that year: another branch counts */
    bool indexed; /**< written x[2030] */
    bool powered; /**< the base of a power */
} aici_look;

typedef struct aici_looks {
    const aici_run *run; /**< has been computed */
    aici_look *look;     /**< from left to right */
    size_t count, capacity;
    size_t next;             /**< where the search for the next name begins */
    const aici_expr **spine; /**< left spines that are being walked: operations whose right operands come later */
    size_t spine_count, spine_capacity;
    bool decided; /**< a branch was ruled out */
    bool failed;  /**< there was no memory */
} aici_looks;

/** Collects the names of a checked tree, without those in branches that texts and truth values rule out. A series (mapping of years) is
 * looked at where its value of that year comes from. */
void aici_looks_collect(aici_looks *looks, const aici_expr *tree, int32_t year);
void aici_looks_end(aici_looks *looks);

/** Whether a condition is decided by texts and truth values that are known; then *truth is what it comes to. */
bool aici_look_decides(const aici_run *run, const aici_expr *condition, bool *truth);

/** The look of a NAME node, or NULL. Quick where names are asked for from left to right. */
const aici_look *aici_looks_find(aici_looks *looks, const aici_expr *name);

#endif
