/* SPDX-License-Identifier: MIT */
/* The algebra of years on which series live. */
#ifndef AICI_EXPR_YEARS_H
#define AICI_EXPR_YEARS_H

#include "expr/expr.h"

/** Room for so many years; NULL when there is no memory. */
aici_years *aici_years_new(aici_arena *arena, uint32_t count);

int32_t aici_years_first(const aici_years *years);
int32_t aici_years_last(const aici_years *years);

/** The years of both; NULL stands for one value, which is there in all years. Count 0: they share none. Ask whether both are NULL before
 * taking NULL for no memory. */
const aici_years *aici_years_shared(aici_arena *arena, const aici_years *left, const aici_years *right);

/** The years that @p keep wants, perhaps none (count 0); NULL when there is no memory. */
const aici_years *aici_years_choose(aici_arena *arena, const aici_years *from, bool (*keep)(const void *context, int32_t year),
                                    const void *context);

/** "2021..2026", or "2021, 2023, 2026". */
void aici_years_add_text(const aici_years *years, aici_buffer *out);

#endif
