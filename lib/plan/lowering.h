/* SPDX-License-Identifier: MIT */
/*
 * Lowering: from what is wanted, formulas are followed into values, each (quantity, year) once. Tasks wait on a stack of their own, so that
 * neither a long chain of names, nor a deep formula, nor many years need the C stack. What a node looks at (looks.c) and what it makes of
 * what it saw (combine.c) are apart from the walking (lowering.c).
 */
#ifndef AICI_PLAN_LOWERING_H
#define AICI_PLAN_LOWERING_H

#include "plan/copula.h"
#include "plan/draws.h"
#include "plan/memo.h"
#include "plan/value.h"

typedef struct aici_task aici_task;

typedef struct aici_lowering {
    const aici_bound *bound;
    const aic_allocator *allocator;
    aic_report *report;
    const aici_varying *varying;
    size_t varying_count;
    bool samples;           /**< distributions are drawn in each lane; else they stand at their medians */
    unsigned char *reached; /**< a byte a quantity, or NULL */
    aici_values values;
    aici_memo memo;
    aici_draws draws;
    aici_copulas copulas;
    aici_task *task; /**< what is to be done, the next one last */
    size_t task_count, task_capacity;
    aici_value *done; /**< values that wait for the task that asked for them */
    size_t done_count, done_capacity;
    aic_status status; /**< of the first thing that was refused */
    bool failed;       /**< there was no memory */
} aici_lowering;

/** Makes inputs of what varies. What cannot vary is refused: the status says so, and lowering may still go on to find more faults. */
void aici_lowering_begin(aici_lowering *lowering);
void aici_lowering_end(aici_lowering *lowering);

/** The value of what is wanted. After a refusal it is one that no program can have. */
aici_value aici_lowering_run(aici_lowering *lowering, const aici_wanted *wanted);

/** Reports that there are more operations than the limit. */
aic_status aici_lowering_refuse_size(const aici_lowering *lowering);

/** AIC_OK, what was refused first, or AIC_ERROR_MEMORY (reported). */
aic_status aici_lowering_status(const aici_lowering *lowering);

/* --- between its files ---------------------------------------------------------------------------------------------------------------- */

/** The years on which a node lives; of a name, those of the quantity itself. NULL: one value. */
const aici_years *aici_lowering_years(const aici_lowering *lowering, const aici_expr *node);

/** Asks for the value of a node in a year. */
void aici_lowering_look(aici_lowering *lowering, const aici_origin *from, const aici_expr *node, int32_t year);

/** Asks for all values that an operation needs, in the order in which they are combined. */
void aici_lowering_look_at_operands(aici_lowering *lowering, const aici_origin *at);

/** What an operation makes of the values that it asked for. */
aici_value aici_lowering_combine(aici_lowering *lowering, const aici_origin *at, const aici_value *seen, size_t count);

/** How many of some years there are up to @p year. */
size_t aici_years_up_to(const aici_years *years, int32_t year);

/* Refusals: each reports at its place and remembers the status. They give a value that keeps lowering going. */
aici_value aici_lowering_refuse_year(aici_lowering *lowering, const aici_origin *at, const char *name, const aici_years *years);
aici_value aici_lowering_refuse_circle(aici_lowering *lowering, const aici_origin *at, const char *name);
aici_value aici_lowering_refuse_text(aici_lowering *lowering, const aici_origin *at);
/** Something that must be a constant was made from what varies; @p what: "the exponent". */
void aici_lowering_refuse_constant(aici_lowering *lowering, const aici_origin *at, aici_value value, const char *what);
/** A quantity that is a series, or a text. */
void aici_lowering_refuse_quantity(aici_lowering *lowering, uint32_t quantity);

#endif
