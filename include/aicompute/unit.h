/* SPDX-License-Identifier: MIT */
/*
 * Units as text: what the library knows, and conversions. Units live apart from quantities' names: `token` is a unit wherever a unit
 * stands.
 */
#ifndef AICOMPUTE_UNIT_H
#define AICOMPUTE_UNIT_H

#include <aicompute/report.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The units that are known somewhere: the library's own, or those of a scenario with its exchange rates. Immutable; owned by the caller.
 */
typedef struct aic_units aic_units;

struct aic_scenario;

/** Lists the units that a scenario knows.
 * @param scenario    NULL: the library's own units alone
 * @param[out] units  the list; NULL on failure
 * @param report      may be NULL
 * @return            AIC_OK, AIC_ERROR_MEMORY, or why the scenario's units cannot be read
 * @lifetime          until aic_units_free(); independent of the scenario afterwards
 * @threads           one at a time on @p scenario
 * @since             0.1.0
 */
AIC_API aic_status aic_units_new(const struct aic_scenario *scenario, aic_units **units, aic_report *report);

/** Gives a list of units back.
 * @param units  may be NULL
 * @threads      when no other thread uses it
 * @since        0.1.0
 */
AIC_API void aic_units_free(aic_units *units);

/** How many units are listed by name; prefixes and synonyms are not counted.
 * @param units  may be NULL, which gives 0
 * @threads      any
 * @since        0.1.0
 */
AIC_API size_t aic_units_count(const aic_units *units);

/** The name of a unit, such as "FLOP".
 * @param units  not NULL
 * @param index  below aic_units_count(); else ""
 * @return       text borrowed from @p units
 * @lifetime     until @p units is freed
 * @threads      any
 * @since        0.1.0
 */
AIC_API const char *aic_units_name(const aic_units *units, size_t index);

/** What a unit is, in words, such as "floating-point operation".
 * @param units  not NULL
 * @param index  below aic_units_count(); else ""
 * @return       text borrowed from @p units
 * @lifetime     until @p units is freed
 * @threads      any
 * @since        0.1.0
 */
AIC_API const char *aic_units_title(const aic_units *units, size_t index);

/** How a unit is defined: "base", or a quantity such as "3600 J".
 * @param units  not NULL
 * @param index  below aic_units_count(); else ""
 * @return       text borrowed from @p units
 * @lifetime     until @p units is freed
 * @threads      any
 * @since        0.1.0
 */
AIC_API const char *aic_units_definition(const aic_units *units, size_t index);

/** Other names of a unit, separated by spaces.
 * @param units  not NULL
 * @param index  below aic_units_count(); else ""
 * @return       text borrowed from @p units
 * @lifetime     until @p units is freed
 * @threads      any
 * @since        0.1.0
 */
AIC_API const char *aic_units_synonyms(const aic_units *units, size_t index);

/** Converts a number from one unit to another.
 * @param units       not NULL
 * @param value       in @p from
 * @param from        the text of a unit, such as "PFLOP/s-day"
 * @param to          the text of a unit of the same dimension; NULL: the coherent unit (no prefix, no scale, time in seconds)
 * @param[out] result in @p to; untouched on failure
 * @param report      may be NULL
 * @return            AIC_OK, AIC_ERROR_ARGUMENT, AIC_ERROR_UNIT, AIC_ERROR_LIMIT, AIC_ERROR_MEMORY
 * @threads           any
 * @since             0.1.0
 */
AIC_API aic_status aic_units_convert(const aic_units *units, double value, const char *from, const char *to, double *result,
                                     aic_report *report);

/** Describes one unit, or all of them: name, definition, synonyms, prefixes, source.
 * @param units      not NULL
 * @param unit       the text of any unit ("TFLOP/s/accelerator"), or NULL for the whole list
 * @param json       0: a table for a person; else JSON
 * @param[out] text  owned by the caller; NULL on failure
 * @param report     may be NULL
 * @return           AIC_OK, AIC_ERROR_ARGUMENT, AIC_ERROR_UNIT, AIC_ERROR_MEMORY
 * @threads          any
 * @since            0.1.0
 */
AIC_API aic_status aic_units_text(const aic_units *units, const char *unit, int json, aic_text **text, aic_report *report);

#ifdef __cplusplus
}
#endif
#endif
