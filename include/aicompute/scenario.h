/* SPDX-License-Identifier: MIT */
/*
 * A scenario: sourced assumptions, models, calculations and claims, loaded from YAML or built by calls; it can be changed, written,
 * evaluated, checked and explained. A scenario belongs to one thread at a time. A call that fails changes nothing.
 */
#ifndef AICOMPUTE_SCENARIO_H
#define AICOMPUTE_SCENARIO_H

#include <aicompute/report.h>
#include <aicompute/result.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The assumptions, models, calculations and claims of one YAML file, or built by calls. Owned by the caller. */
typedef struct aic_scenario aic_scenario;

/** A file of kinds and units of one's own, to be loaded into a scenario. */
typedef struct aic_library {
    const char *name; /**< of the file, for messages; NULL: none */
    const char *text; /**< UTF-8; NULL: the file called @c name is read */
    size_t bytes;     /**< of @c text */
} aic_library;

/** How a scenario is loaded. Zero every member that is not needed. */
typedef struct aic_load_options {
    size_t size;                    /**< sizeof(aic_load_options) */
    const aic_allocator *allocator; /**< copied; NULL: malloc */
    const aic_limits *limits;       /**< copied; NULL: the defaults */
    const aic_library *libraries;   /**< loaded before the scenario is understood */
    size_t library_count;
} aic_load_options;

/** Makes an empty scenario, to be built by calls.
 * @param options        NULL: defaults
 * @param[out] scenario  NULL on failure
 * @param report         may be NULL
 * @return               AIC_OK, AIC_ERROR_ARGUMENT, AIC_ERROR_MEMORY, or what is wrong with a library
 * @lifetime             until aic_scenario_free()
 * @threads              any
 * @since                0.1.0
 */
AIC_API aic_status aic_scenario_new(const aic_load_options *options, aic_scenario **scenario, aic_report *report);

/** Loads a scenario from memory: reads, understands and checks all of it; nothing outside the given bytes is touched.
 * @param text           UTF-8, need not end with a NUL
 * @param bytes          of @p text
 * @param name           of the text, for messages; NULL: none
 * @param options        NULL: defaults
 * @param[out] scenario  NULL on failure
 * @param report         may be NULL; holds all independent errors (up to the limit), in the order of the text
 * @return               AIC_OK, or the status of the first error: any but AIC_ERROR_READ, AIC_ERROR_WRITE, AIC_ERROR_CANCELLED
 * @lifetime             until aic_scenario_free(); @p text may go when the call returns
 * @threads              any
 * @since                0.1.0
 */
AIC_API aic_status aic_scenario_load(const char *text, size_t bytes, const char *name, const aic_load_options *options,
                                     aic_scenario **scenario, aic_report *report);

/** Loads a scenario from a file. A directory is AIC_ERROR_READ; reading stops at the limit of bytes.
 * @param path           as fopen() takes it
 * @param options        NULL: defaults
 * @param[out] scenario  NULL on failure
 * @param report         may be NULL
 * @return               as aic_scenario_load(), and AIC_ERROR_READ
 * @lifetime             until aic_scenario_free()
 * @threads              any
 * @since                0.1.0
 */
AIC_API aic_status aic_scenario_load_file(const char *path, const aic_load_options *options, aic_scenario **scenario, aic_report *report);

/** Copies a scenario; the two are independent.
 * @param scenario   not NULL
 * @param[out] copy  NULL on failure
 * @param report     may be NULL
 * @return           AIC_OK, AIC_ERROR_ARGUMENT, AIC_ERROR_MEMORY
 * @threads          one at a time on @p scenario
 * @since            0.1.0
 */
AIC_API aic_status aic_scenario_copy(const aic_scenario *scenario, aic_scenario **copy, aic_report *report);

/** Gives a scenario back. Models and results made from it stay valid.
 * @param scenario  may be NULL
 * @threads         one at a time
 * @since           0.1.0
 */
AIC_API void aic_scenario_free(aic_scenario *scenario);

/** Sets an assumption ("visits"), an input of a model ("chatgpt.utilization") or a calculation to an expression. Its source, note and label
 * stay. In a scenario that was loaded, the change is checked at once and refused when it does not fit; a scenario under construction may be
 * incomplete until it is evaluated.
 * @param scenario    not NULL
 * @param name        full name
 * @param expression  in the language of scenarios: "40 %", "visits * 2"
 * @param report      may be NULL
 * @return            AIC_OK, AIC_ERROR_ARGUMENT, AIC_ERROR_NAME, AIC_ERROR_SYNTAX, AIC_ERROR_UNIT, AIC_ERROR_DOMAIN, AIC_ERROR_SCENARIO,
 * AIC_ERROR_LIMIT, AIC_ERROR_MEMORY
 * @threads           one at a time
 * @since             0.1.0
 */
AIC_API aic_status aic_scenario_set(aic_scenario *scenario, const char *name, const char *expression, aic_report *report);

/** Sets an assumption or an input of a model to a number in a unit.
 * @param scenario  not NULL
 * @param name      full name
 * @param value     finite
 * @param unit      its unit, such as "TFLOP/s/accelerator"; NULL or "": a pure number
 * @param report    may be NULL
 * @return          as aic_scenario_set()
 * @units           @p unit
 * @threads         one at a time
 * @since           0.1.0
 */
AIC_API aic_status aic_scenario_set_number(aic_scenario *scenario, const char *name, double value, const char *unit, aic_report *report);

/** Sets one year of a series; a quantity that is no series becomes one. A series that is made as a whole, by its start and growth or by a
 * formula, is refused: its other years would be lost.
 * @param scenario    not NULL
 * @param name        full name of an assumption or an input
 * @param year        within the timeline
 * @param expression  in the language of scenarios
 * @param report      may be NULL
 * @return            as aic_scenario_set()
 * @threads           one at a time
 * @since             0.1.0
 */
AIC_API aic_status aic_scenario_set_year(aic_scenario *scenario, const char *name, int year, const char *expression, aic_report *report);

/** Says more about an assumption or an input: one of the keys `source note label date confidence unit rounded digits`.
 * @param scenario  not NULL
 * @param name      full name
 * @param key       which
 * @param text      its value; of `source` the id of a source of this scenario
 * @param report    may be NULL
 * @return          as aic_scenario_set()
 * @threads         one at a time
 * @since           0.1.0
 */
AIC_API aic_status aic_scenario_set_property(aic_scenario *scenario, const char *name, const char *key, const char *text,
                                             aic_report *report);

/** Sets what stands above the sections: `title`, `description`, `timeline` ("2021..2030") or `currency` ("CNY").
 * @param scenario  not NULL
 * @param key       which
 * @param text      its value
 * @param report    may be NULL
 * @return          AIC_OK, AIC_ERROR_ARGUMENT, AIC_ERROR_SCENARIO, AIC_ERROR_UNIT, AIC_ERROR_LIMIT, AIC_ERROR_MEMORY
 * @threads         one at a time
 * @since           0.1.0
 */
AIC_API aic_status aic_scenario_set_header(aic_scenario *scenario, const char *key, const char *text, aic_report *report);

/** Ties a currency to another.
 * @param scenario  not NULL
 * @param currency  such as "USD"
 * @param worth     of one of it, such as "7.08 CNY"
 * @param report    may be NULL
 * @return          AIC_OK, AIC_ERROR_ARGUMENT, AIC_ERROR_SYNTAX, AIC_ERROR_UNIT, AIC_ERROR_MEMORY
 * @threads         one at a time
 * @since           0.1.0
 */
AIC_API aic_status aic_scenario_add_exchange_rate(aic_scenario *scenario, const char *currency, const char *worth, aic_report *report);

/** Adds a unit of the scenario's own.
 * @param scenario    not NULL
 * @param name        a name that is no unit yet
 * @param definition  "base" for a new dimension, else an expression of known units, such as "8 accelerator"
 * @param report      may be NULL
 * @return            AIC_OK, AIC_ERROR_ARGUMENT, AIC_ERROR_SYNTAX, AIC_ERROR_UNIT, AIC_ERROR_MEMORY
 * @threads           one at a time
 * @since             0.1.0
 */
AIC_API aic_status aic_scenario_add_unit(aic_scenario *scenario, const char *name, const char *definition, aic_report *report);

/** Adds a source, which quantities and claims name by its id.
 * @param scenario  not NULL
 * @param id        such as "galaxy-2024"
 * @param title     what a reader needs to find it
 * @param report    may be NULL
 * @return          AIC_OK, AIC_ERROR_ARGUMENT, AIC_ERROR_SCENARIO, AIC_ERROR_MEMORY
 * @threads         one at a time
 * @since           0.1.0
 */
AIC_API aic_status aic_scenario_add_source(aic_scenario *scenario, const char *id, const char *title, aic_report *report);

/** Adds an assumption.
 * @param scenario    not NULL
 * @param name        a new name
 * @param expression  in the language of scenarios
 * @param report      may be NULL
 * @return            as aic_scenario_set()
 * @threads           one at a time
 * @since             0.1.0
 */
AIC_API aic_status aic_scenario_add_assumption(aic_scenario *scenario, const char *name, const char *expression, aic_report *report);

/** Adds a model; give its inputs with aic_scenario_set("name.input", …).
 * @param scenario  not NULL
 * @param name      a new name
 * @param kind      such as "inference"
 * @param report    may be NULL; offers the nearest kind
 * @return          AIC_OK, AIC_ERROR_ARGUMENT, AIC_ERROR_NAME, AIC_ERROR_SCENARIO, AIC_ERROR_MEMORY
 * @threads         one at a time
 * @since           0.1.0
 */
AIC_API aic_status aic_scenario_add_model(aic_scenario *scenario, const char *name, const char *kind, aic_report *report);

/** Adds a calculation.
 * @param scenario    not NULL
 * @param name        a new name
 * @param expression  over everything in the scenario
 * @param report      may be NULL
 * @return            as aic_scenario_set()
 * @threads           one at a time
 * @since             0.1.0
 */
AIC_API aic_status aic_scenario_add_calculation(aic_scenario *scenario, const char *name, const char *expression, aic_report *report);

/** Adds a claim: a published figure and what it should follow from.
 * @param scenario   not NULL
 * @param id         a new id
 * @param published  one literal as printed, such as "118 EFLOP/s"
 * @param computed   a name or an expression
 * @param report     may be NULL
 * @return           as aic_scenario_set()
 * @threads          one at a time
 * @since            0.1.0
 */
AIC_API aic_status aic_scenario_add_claim(aic_scenario *scenario, const char *id, const char *published, const char *computed,
                                          aic_report *report);

/** Removes an assumption, a model, an input that was given, a calculation, or a claim (by its id).
 * @param scenario  not NULL
 * @param name      full name or id
 * @param report    may be NULL
 * @return          as aic_scenario_set()
 * @threads         one at a time
 * @since           0.1.0
 */
AIC_API aic_status aic_scenario_remove(aic_scenario *scenario, const char *name, aic_report *report);

/** Checks that a scenario is complete and right, as loading does.
 * @param scenario  not NULL
 * @param report    may be NULL; holds all independent errors
 * @return          as aic_scenario_load()
 * @threads         one at a time
 * @since           0.1.0
 */
AIC_API aic_status aic_scenario_validate(aic_scenario *scenario, aic_report *report);

/** Writes a scenario as YAML, which loads to an equal one.
 * @param scenario   not NULL
 * @param[out] text  owned by the caller; NULL on failure
 * @param report     may be NULL
 * @return           AIC_OK, AIC_ERROR_ARGUMENT, AIC_ERROR_MEMORY
 * @threads          one at a time
 * @since            0.1.0
 */
AIC_API aic_status aic_scenario_text(const aic_scenario *scenario, aic_text **text, aic_report *report);

/** The title of a scenario.
 * @param scenario  not NULL
 * @return          text borrowed from @p scenario; "" for none
 * @lifetime        until the scenario is changed or freed
 * @threads         one at a time
 * @since           0.1.0
 */
AIC_API const char *aic_scenario_title(const aic_scenario *scenario);

/** Computes a scenario; distributions stand at their medians.
 * @param scenario     not NULL
 * @param names        full names of the quantities that are wanted, or names of models for all of theirs; NULL: everything
 * @param name_count   how many
 * @param[out] result  NULL on failure
 * @param report       may be NULL
 * @return             AIC_OK, AIC_ERROR_NAME, AIC_ERROR_DOMAIN (not finite, out of bounds: with the operation that made it; parameters that
 * make no distribution), or as aic_scenario_validate()
 * @lifetime           until aic_result_unref(); independent of the scenario
 * @threads            one at a time on @p scenario
 * @since              0.1.0
 */
AIC_API aic_status aic_scenario_evaluate(aic_scenario *scenario, const char *const *names, size_t name_count, aic_result **result,
                                         aic_report *report);

struct aic_sample_options;

/** Compares every claim with what its assumptions give. A claim that depends on uncertain inputs is sampled: median and p5..p95 of the
 * draws stand for the computed figure.
 * @param scenario     not NULL
 * @param options      how that is sampled (aicompute/sample.h), whose quantiles must be NULL; NULL: defaults
 * @param[out] result  holds the claims, in the order of the scenario; NULL on failure
 * @param report       may be NULL; warns of draws that are not finite
 * @return             AIC_OK whatever the verdicts; else as aic_scenario_sample()
 * @lifetime           until aic_result_unref(); independent of the scenario
 * @threads            one at a time on @p scenario
 * @since              0.1.0
 */
AIC_API aic_status aic_scenario_check(aic_scenario *scenario, const struct aic_sample_options *options, aic_result **result,
                                      aic_report *report);

/** Derives a figure: its formula, the values in it, and so on down to sourced assumptions and defaults.
 * @param scenario     not NULL
 * @param name         full name of a quantity, or "name[2030]" for one year of a series
 * @param[out] result  holds the derivation, to be written by aic_result_text(); NULL on failure
 * @param report       may be NULL
 * @return             as aic_scenario_evaluate()
 * @lifetime           until aic_result_unref(); independent of the scenario
 * @threads            one at a time on @p scenario
 * @since              0.1.0
 */
AIC_API aic_status aic_scenario_explain(aic_scenario *scenario, const char *name, aic_result **result, aic_report *report);

/** Compares two scenarios: assumptions, formulas and results that differ, and by what each result moved: @p a with one thing at a time
 * taken from @p b, and the interaction that the single effects leave of the change. Quantities are matched by name and compared in the unit
 * of @p a; of series each year is compared, and the last year that both have in which they differ is accounted for. Every thing that
 * differs costs one evaluation of @p a.
 * @param a            not NULL; its allocator is used
 * @param b            not NULL; may be @p a
 * @param[out] result  holds the differences, to be written by aic_result_text(); NULL on failure
 * @param report       may be NULL
 * @return             AIC_OK whether they differ or not; else as aic_scenario_evaluate() of either
 * @lifetime           until aic_result_unref(); independent of the scenarios
 * @threads            one at a time on @p a and on @p b
 * @since              0.1.0
 */
AIC_API aic_status aic_scenario_diff(aic_scenario *a, aic_scenario *b, aic_result **result, aic_report *report);

#ifdef __cplusplus
}
#endif
#endif
