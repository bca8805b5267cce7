/* SPDX-License-Identifier: MIT */
/*
 * Model kinds: what the library can model, with the inputs, outputs, units, defaults, bounds, formulas and sources of each.
 */
#ifndef AICOMPUTE_KIND_H
#define AICOMPUTE_KIND_H

#include <aicompute/report.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The model kinds that are known somewhere: the library's own, or those of a scenario too. Immutable; owned by the caller. */
typedef struct aic_kinds aic_kinds;

struct aic_scenario;

/** What can be asked of an input or an output as text. */
typedef enum aic_kind_property {
    AIC_KIND_NAME = 0,    /**< "utilization" */
    AIC_KIND_UNIT = 1,    /**< "FLOP/s/accelerator", "1", "any", "money/server", or "like start" */
    AIC_KIND_DOC = 2,     /**< what it is */
    AIC_KIND_SOURCE = 3,  /**< of the formula or the default */
    AIC_KIND_FORMULA = 4, /**< of an output; of an input its default; alternatives one a line; "" for none */
    AIC_KIND_TYPE = 5,    /**< of an input: "quantity", "boolean", "text", "whole", "components" */
    AIC_KIND_BOUNDS = 6,  /**< of an input: "above 0, at most 1"; "" for none */
    AIC_KIND_PRESENCE = 7 /**< of an input: "required", "default", "optional", "one of" */
} aic_kind_property;

/** Lists the model kinds that a scenario knows.
 * @param scenario    NULL: the library's own kinds alone
 * @param[out] kinds  the list, sorted by name; NULL on failure
 * @param report      may be NULL
 * @return            AIC_OK, AIC_ERROR_MEMORY, or why the scenario's definitions cannot be read
 * @lifetime          until aic_kinds_free(); independent of the scenario afterwards
 * @threads           one at a time on @p scenario
 * @since             0.1.0
 */
AIC_API aic_status aic_kinds_new(const struct aic_scenario *scenario, aic_kinds **kinds, aic_report *report);

/** Gives a list of kinds back.
 * @param kinds  may be NULL
 * @threads      when no other thread uses it
 * @since        0.1.0
 */
AIC_API void aic_kinds_free(aic_kinds *kinds);

/** How many kinds are listed.
 * @param kinds  may be NULL, which gives 0
 * @threads      any
 * @since        0.1.0
 */
AIC_API size_t aic_kinds_count(const aic_kinds *kinds);

/** Finds a kind by its name.
 * @param kinds       not NULL
 * @param name        such as "inference"
 * @param[out] index  untouched on failure
 * @param report      may be NULL; offers the nearest name
 * @return            AIC_OK, AIC_ERROR_ARGUMENT, AIC_ERROR_NAME
 * @threads           any
 * @since             0.1.0
 */
AIC_API aic_status aic_kinds_find(const aic_kinds *kinds, const char *name, size_t *index, aic_report *report);

/** The name of a kind.
 * @param kinds  not NULL
 * @param kind   below aic_kinds_count(); else ""
 * @return       text borrowed from @p kinds
 * @lifetime     until @p kinds is freed
 * @threads      any
 * @since        0.1.0
 */
AIC_API const char *aic_kinds_name(const aic_kinds *kinds, size_t kind);

/** The title of a kind, a line.
 * @param kinds  not NULL
 * @param kind   below aic_kinds_count(); else ""
 * @return       text borrowed from @p kinds
 * @lifetime     until @p kinds is freed
 * @threads      any
 * @since        0.1.0
 */
AIC_API const char *aic_kinds_title(const aic_kinds *kinds, size_t kind);

/** The version of a kind's formulas; it counts up when results change.
 * @param kinds  not NULL
 * @param kind   below aic_kinds_count(); else 0
 * @threads      any
 * @since        0.1.0
 */
AIC_API unsigned aic_kinds_version(const aic_kinds *kinds, size_t kind);

/** How many inputs a kind has.
 * @param kinds  not NULL
 * @param kind   below aic_kinds_count(); else 0
 * @threads      any
 * @since        0.1.0
 */
AIC_API size_t aic_kinds_input_count(const aic_kinds *kinds, size_t kind);

/** A property of an input.
 * @param kinds     not NULL
 * @param kind      below aic_kinds_count(); else ""
 * @param input     below aic_kinds_input_count(); else ""
 * @param property  which; else ""
 * @return          text borrowed from @p kinds
 * @lifetime        until @p kinds is freed
 * @threads         any
 * @since           0.1.0
 */
AIC_API const char *aic_kinds_input(const aic_kinds *kinds, size_t kind, size_t input, aic_kind_property property);

/** How many outputs a kind has.
 * @param kinds  not NULL
 * @param kind   below aic_kinds_count(); else 0
 * @threads      any
 * @since        0.1.0
 */
AIC_API size_t aic_kinds_output_count(const aic_kinds *kinds, size_t kind);

/** A property of an output.
 * @param kinds     not NULL
 * @param kind      below aic_kinds_count(); else ""
 * @param output    below aic_kinds_output_count(); else ""
 * @param property  which; else ""
 * @return          text borrowed from @p kinds
 * @lifetime        until @p kinds is freed
 * @threads         any
 * @since           0.1.0
 */
AIC_API const char *aic_kinds_output(const aic_kinds *kinds, size_t kind, size_t output, aic_kind_property property);

/** Describes one kind in full, or all of them a line each.
 * @param kinds      not NULL
 * @param name       of a kind, or NULL for the list
 * @param format     an aic_format (result.h)
 * @param[out] text  owned by the caller; NULL on failure
 * @param report     may be NULL
 * @return           AIC_OK, AIC_ERROR_ARGUMENT, AIC_ERROR_NAME, AIC_ERROR_MEMORY
 * @threads          any
 * @since            0.1.0
 */
AIC_API aic_status aic_kinds_text(const aic_kinds *kinds, const char *name, int format, aic_text **text, aic_report *report);

/** Describes scenarios with models of these kinds as a JSON Schema (draft 07), by which editors complete and check them. It knows shapes,
 * keys, inputs and defaults; whether names exist and units fit, only loading tells.
 * @param kinds      not NULL
 * @param[out] text  owned by the caller; NULL on failure
 * @param report     may be NULL
 * @return           AIC_OK, AIC_ERROR_ARGUMENT, AIC_ERROR_MEMORY
 * @threads          any
 * @since            0.1.0
 */
AIC_API aic_status aic_kinds_schema(const aic_kinds *kinds, aic_text **text, aic_report *report);

#ifdef __cplusplus
}
#endif
#endif
