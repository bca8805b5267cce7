/* SPDX-License-Identifier: MIT */
/* What a quantity of a bound scenario is called, and how its formula, its figures and its source are written for people. Texts live in the
 * arena that is given. */
#ifndef AICI_ANALYSIS_DESCRIBE_H
#define AICI_ANALYSIS_DESCRIBE_H

#include "result/result.h"
#include "scenario/scenario.h"

/** Without the model that it belongs to: "utilization" of "chatgpt.utilization". Borrowed. */
const char *aici_describe_local(const aici_quantity *quantity);

/** As it is called from inside @p model (AICI_NONE: from outside). Borrowed. */
const char *aici_describe_name(const aici_quantity *quantity, uint32_t model);

/** The unit in which people are shown it, or NULL. Where any unit would do, it is that of what the quantity is like, or of what it is named
 * after. */
const char *aici_describe_unit(const aici_bound *bound, const aici_quantity *quantity);

void aici_describe_value(const aici_bound *bound, const aici_quantity *quantity, double coherent, int digits, aici_buffer *out);

/** Whether a quantity is given as a figure (or text, or series of figures) and not by a formula. */
bool aici_describe_is_figure(const aici_expr *tree);

/** A formula with names as they are called from inside @p model. NULL when there is no memory, here and below. */
const char *aici_describe_formula(aici_arena *arena, const aici_bound *bound, const aici_expr *tree, uint32_t model);

/** "galaxy: Digital economy 2024", with publisher, date and page when @p in_full; "" for AICI_NONE. */
const char *aici_describe_source(aici_arena *arena, const aici_bound *bound, uint32_t source, bool in_full);

/** The source of a quantity: its own, or that of its kind's formula or default. */
const char *aici_describe_origin(aici_arena *arena, const aici_bound *bound, const aici_quantity *quantity, bool in_full);

/** The text of a boolean or text quantity; @p value is the boolean's. */
const char *aici_describe_text(aici_arena *arena, const aici_quantity *quantity, double value);

/** A buffer's text in an arena; frees the buffer. */
const char *aici_describe_keep(aici_arena *arena, aici_buffer *text);

#endif
