/* SPDX-License-Identifier: MIT */
/*
 * A model: a scenario compiled for being evaluated millions of times. The caller names what varies and what is wanted; the rest is computed
 * once. Immutable, counted, shared by any number of threads.
 */
#ifndef AICOMPUTE_MODEL_H
#define AICOMPUTE_MODEL_H

#include <aicompute/report.h>
#include <aicompute/scenario.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A compiled evaluator. Immutable; shared by counting. */
typedef struct aic_model aic_model;

/** A quantity that varies or is wanted, and the unit in which the caller holds it. */
typedef struct aic_column {
    const char *name; /**< full name: "chatgpt.capex"; of a series one year: "market.revenue[2026]", or all of them: "market.revenue" (a
                         column a year) */
    const char *unit; /**< NULL: the unit that results give */
} aic_column;

/** What is compiled. Zero every member that is not needed. */
typedef struct aic_model_options {
    size_t size; /**< sizeof(aic_model_options) */
    /** what varies: assumptions and inputs of models that are not series; they override what the scenario says */
    const aic_column *inputs;
    size_t input_count;
    const aic_column *outputs; /**< what is wanted; NULL: all outputs and calculations */
    size_t output_count;
} aic_model_options;

/** How a batch is run. Zero every member that is not needed. */
typedef struct aic_batch_options {
    size_t size;                     /**< sizeof(aic_batch_options) */
    const volatile uint32_t *cancel; /**< set it to other than 0, from any thread or a signal handler, to stop */
    volatile uint64_t *progress;     /**< evaluations done so far */
    uint64_t *not_finite; /**< one counter an output: values that are not finite; NULL: not counted, but the first is reported as a warning
                             all the same */
} aic_batch_options;

/** Compiles a scenario.
 * @param scenario    not NULL; validated first
 * @param options     NULL: nothing varies, all outputs and calculations are wanted
 * @param[out] model  NULL on failure
 * @param report      may be NULL
 * @return            AIC_OK, AIC_ERROR_NAME, AIC_ERROR_UNIT, AIC_ERROR_UNSUPPORTED (a series that varies; an input that a distribution's
 * parameter depends on), AIC_ERROR_DOMAIN, AIC_ERROR_MEMORY, or as aic_scenario_validate()
 * @lifetime          until aic_model_unref(); independent of the scenario
 * @threads           one at a time on @p scenario
 * @since             0.1.0
 */
AIC_API aic_status aic_model_compile(aic_scenario *scenario, const aic_model_options *options, aic_model **model, aic_report *report);

/** Takes one more reference.
 * @param model  may be NULL
 * @return       @p model
 * @threads      any
 * @since        0.1.0
 */
AIC_API aic_model *aic_model_ref(aic_model *model);

/** Gives a reference back.
 * @param model  may be NULL
 * @threads      any
 * @since        0.1.0
 */
AIC_API void aic_model_unref(aic_model *model);

/** How many inputs vary.
 * @param model  may be NULL, which gives 0
 * @threads      any
 * @since        0.1.0
 */
AIC_API size_t aic_model_input_count(const aic_model *model);

/** The name of an input.
 * @param model  not NULL
 * @param index  below aic_model_input_count(); else ""
 * @return       text borrowed from @p model
 * @lifetime     until the last reference is given back
 * @threads      any
 * @since        0.1.0
 */
AIC_API const char *aic_model_input_name(const aic_model *model, size_t index);

/** The unit in which an input is given.
 * @param model  not NULL
 * @param index  below aic_model_input_count(); else ""
 * @return       text borrowed from @p model
 * @lifetime     until the last reference is given back
 * @threads      any
 * @since        0.1.0
 */
AIC_API const char *aic_model_input_unit(const aic_model *model, size_t index);

/** The value that the scenario itself gives to an input.
 * @param model  not NULL
 * @param index  below aic_model_input_count(); else NaN
 * @return       the value; of a distribution the median. Where an input does not vary, the model takes the same
 * @units        aic_model_input_unit()
 * @threads      any
 * @since        0.1.0
 */
AIC_API double aic_model_input_value(const aic_model *model, size_t index);

/** How many outputs there are; a series has one a year.
 * @param model  may be NULL, which gives 0
 * @threads      any
 * @since        0.1.0
 */
AIC_API size_t aic_model_output_count(const aic_model *model);

/** The name of an output, with the year in brackets for a series.
 * @param model  not NULL
 * @param index  below aic_model_output_count(); else ""
 * @return       text borrowed from @p model
 * @lifetime     until the last reference is given back
 * @threads      any
 * @since        0.1.0
 */
AIC_API const char *aic_model_output_name(const aic_model *model, size_t index);

/** The unit in which an output is given.
 * @param model  not NULL
 * @param index  below aic_model_output_count(); else ""
 * @return       text borrowed from @p model
 * @lifetime     until the last reference is given back
 * @threads      any
 * @since        0.1.0
 */
AIC_API const char *aic_model_output_unit(const aic_model *model, size_t index);

/** Evaluates once. No memory is allocated for a model of up to 1024 registers.
 * @param model         not NULL
 * @param inputs        aic_model_input_count() values; may be NULL when nothing varies
 * @param[out] outputs  aic_model_output_count() values; written also when one of them is not finite, else untouched on failure
 * @param report        may be NULL; names the operation that made the first value that is not finite
 * @return              AIC_OK, AIC_ERROR_ARGUMENT, AIC_ERROR_DOMAIN (a value is not finite), AIC_ERROR_MEMORY
 * @units               aic_model_input_unit(), aic_model_output_unit()
 * @threads             any
 * @since               0.1.0
 */
AIC_API aic_status aic_model_evaluate(const aic_model *model, const double *inputs, double *outputs, aic_report *report);

/** Differentiates all outputs by all inputs, exactly (reverse mode). No memory is allocated for a model of up to 384 inputs and operations
 * together. At a kink the derivative is that on one side: of max at a tie that of the first argument, of min that of the second, of abs()
 * at 0 that on the right; steps (ceil, floor, round, comparisons) have 0.
 * @param model          not NULL
 * @param inputs         aic_model_input_count() values; may be NULL when nothing varies
 * @param[out] outputs   aic_model_output_count() values, as aic_model_evaluate() gives them; may be NULL
 * @param[out] gradient  aic_model_output_count() rows of aic_model_input_count() derivatives; written also when one of them is not finite,
 * else untouched on failure
 * @param report         may be NULL; names the first value or derivative that is not finite
 * @return               AIC_OK, AIC_ERROR_ARGUMENT, AIC_ERROR_DOMAIN (a value or a derivative is not finite), AIC_ERROR_MEMORY
 * @units                aic_model_output_unit() by aic_model_input_unit()
 * @threads              any
 * @since                0.1.0
 */
AIC_API aic_status aic_model_gradient(const aic_model *model, const double *inputs, double *outputs, double *gradient, aic_report *report);

/** Evaluates @p count times, on the caller's columns, without copies.
 * @param model         not NULL
 * @param count         values in each column; 0 is fine
 * @param inputs        a column an input
 * @param[out] outputs  a column an output; columns may not overlap; bounds of inputs are not checked here
 * @param options       NULL: defaults
 * @param report        may be NULL; a warning for each output with values that are not finite, with their number, the first lane and the
 * operation that made it
 * @return              AIC_OK (also with values that are not finite: they stand in the columns), AIC_ERROR_ARGUMENT, AIC_ERROR_MEMORY,
 * AIC_ERROR_CANCELLED
 * @units               aic_model_input_unit(), aic_model_output_unit()
 * @threads             any
 * @since               0.1.0
 */
AIC_API aic_status aic_model_evaluate_batch(const aic_model *model, size_t count, const double *const *inputs, double *const *outputs,
                                            const aic_batch_options *options, aic_report *report);

/** Writes the program that a model runs, a line an instruction: for the curious, and for tests.
 * @param model      not NULL
 * @param[out] text  owned by the caller; NULL on failure
 * @param report     may be NULL
 * @return           AIC_OK, AIC_ERROR_ARGUMENT, AIC_ERROR_MEMORY
 * @threads          any
 * @since            0.1.0
 */
AIC_API aic_status aic_model_text(const aic_model *model, aic_text **text, aic_report *report);

#ifdef __cplusplus
}
#endif
#endif
