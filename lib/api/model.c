/* SPDX-License-Identifier: MIT */
/*
 * Public functions of the model: compiling a scenario with named columns, and evaluating it once or in batches on the caller's arrays.
 */
#include "api/model.h"
#include "analysis/analysis.h"
#include "api/porch.h"
#include <math.h>

/* --- compiling ------------------------------------------------------------------------------------------------------------------------ */

static void release(aic_model *model) {
    if (model == NULL) {
        return;
    }
    aic_allocator allocator = model->allocator;
    aici_program_free(model->program);
    aici_arena_free(model->arena);
    aici_memory_release(&allocator, model);
}

static aic_model *new_model(const aic_allocator *allocator) {
    aic_model *model = aici_memory_take_array(allocator, 1, sizeof *model);
    if (model == NULL) {
        return NULL;
    }
    model->references = 1;
    model->allocator = *(allocator != NULL ? allocator : aici_memory_default());
    model->arena = aici_arena_new(&model->allocator);
    if (model->arena == NULL) {
        release(model);
        return NULL;
    }
    return model;
}

/** The value that the scenario itself gives to an input, in the caller's unit; of a distribution the median. */
static double own_value(aici_bound *bound, const aici_varying *varying, const aic_allocator *allocator) {
    aici_wanted wanted = {.quantity = varying->quantity, .year = AICI_NO_YEAR, .scale = varying->scale};
    aici_plan_request request = {.bound = bound, .wanted = &wanted, .wanted_count = 1};
    aici_program *program = NULL;
    double value = (double)NAN;
    if (aici_plan_compile(&request, allocator, &program, NULL) != AIC_OK) {
        return value;
    }
    double *uniform = aici_memory_take_array(allocator, program->uniform_count + 1u, sizeof *uniform);
    if (uniform != NULL) {
        if (aici_analysis_prepare(bound, program, NULL, allocator, uniform, NULL) != AIC_OK ||
            aici_eval_one(program, uniform, NULL, &value, allocator) != AIC_OK) {
            value = (double)NAN;
        }
    }
    aici_memory_release(allocator, uniform);
    aici_program_free(program);
    return value;
}

static aic_status build(aici_bound *bound, const aic_model_options *options, aic_model *model, aic_report *report) {
    aici_model_columns columns;
    aic_status status = aici_model_columns_find(bound, options, model->arena, &columns, report);
    if (status != AIC_OK) {
        return status;
    }
    aici_plan_request request = {bound, columns.varying, columns.input_count, columns.wanted, columns.output_count, false, false};
    status = aici_plan_compile(&request, &model->allocator, &model->program, report);
    if (status != AIC_OK) {
        return status;
    }
    model->uniform = aici_arena_take_array(model->arena, model->program->uniform_count + 1u, sizeof *model->uniform);
    if (model->uniform == NULL) {
        return aici_report_memory(report);
    }
    status = aici_analysis_prepare(bound, model->program, NULL, &model->allocator, model->uniform, report);
    if (status != AIC_OK) {
        return status;
    }
    for (size_t i = 0; i < columns.input_count; i++) {
        columns.input[i].value = own_value(bound, &columns.varying[i], &model->allocator);
    }
    model->input = columns.input;
    model->output = columns.output;
    model->input_count = columns.input_count;
    model->output_count = columns.output_count;
    return AIC_OK;
}

static const char *refuse_options(const aic_model_options *options) {
    if (options == NULL) {
        return NULL;
    }
    if (!aici_limits_take_size(options, options->size, sizeof *options)) {
        return "options->size is not sizeof(aic_model_options)";
    }
    return options->inputs == NULL && options->input_count > 0 ? "options->inputs is NULL" : NULL;
}

static aic_status compile(aic_scenario *scenario, const aic_model_options *options, aic_model **out, aic_report *report) {
    aici_bound *bound = NULL;
    aic_model *model = NULL;
    aic_status status = aici_scenario_bind(scenario, &bound, report);
    if (status != AIC_OK) {
        return status;
    }
    model = new_model(aici_scenario_allocator(scenario));
    status = model != NULL ? build(bound, options, model, report) : aici_report_memory(report);
    aici_bound_unref(bound);
    if (status != AIC_OK) {
        release(model);
        return status;
    }
    *out = model;
    return AIC_OK;
}

aic_status aic_model_compile(aic_scenario *scenario, const aic_model_options *options, aic_model **model, aic_report *report) {
    if (model == NULL) {
        return aici_porch_refuse(report, "model is NULL");
    }
    *model = NULL;
    const char *mistake = scenario == NULL ? "scenario is NULL" : refuse_options(options);
    if (mistake != NULL) {
        return aici_porch_refuse(report, mistake);
    }
    aici_environment environment;
    aici_porch_enter(&environment, report);
    return aici_porch_leave(&environment, compile(scenario, options, model, report));
}

aic_model *aic_model_ref(aic_model *model) {
    if (model != NULL) {
        __atomic_add_fetch(&model->references, 1, __ATOMIC_RELAXED);
    }
    return model;
}

void aic_model_unref(aic_model *model) {
    if (model != NULL && __atomic_sub_fetch(&model->references, 1, __ATOMIC_ACQ_REL) == 0) {
        release(model);
    }
}

/* --- asking --------------------------------------------------------------------------------------------------------------------------- */

size_t aic_model_input_count(const aic_model *model) { return model != NULL ? model->input_count : 0; }

size_t aic_model_output_count(const aic_model *model) { return model != NULL ? model->output_count : 0; }

static const aici_model_column *input_at(const aic_model *model, size_t index) {
    return model != NULL && index < model->input_count ? &model->input[index] : NULL;
}

static const aici_model_column *output_at(const aic_model *model, size_t index) {
    return model != NULL && index < model->output_count ? &model->output[index] : NULL;
}

const char *aic_model_input_name(const aic_model *model, size_t index) {
    const aici_model_column *input = input_at(model, index);
    return input != NULL ? input->name : "";
}

const char *aic_model_input_unit(const aic_model *model, size_t index) {
    const aici_model_column *input = input_at(model, index);
    return input != NULL ? input->unit : "";
}

double aic_model_input_value(const aic_model *model, size_t index) {
    const aici_model_column *input = input_at(model, index);
    return input != NULL ? input->value : (double)NAN;
}

const char *aic_model_output_name(const aic_model *model, size_t index) {
    const aici_model_column *output = output_at(model, index);
    return output != NULL ? output->name : "";
}

const char *aic_model_output_unit(const aic_model *model, size_t index) {
    const aici_model_column *output = output_at(model, index);
    return output != NULL ? output->unit : "";
}

/* --- evaluating ----------------------------------------------------------------------------------------------------------------------- */

/** Index of the first value that is not finite, or @p count. */
static size_t first_not_finite(const double *values, size_t count) {
    size_t index = 0;
    while (index < count && isfinite(values[index])) {
        index++;
    }
    return index;
}

static aic_status evaluate_one(const aic_model *model, const double *inputs, double *outputs, aic_report *report) {
    aic_status status = aici_eval_one(model->program, model->uniform, inputs, outputs, &model->allocator);
    if (status != AIC_OK) {
        return aici_report_memory(report);
    }
    if (aici_eval_all_finite(outputs, model->output_count)) {
        return AIC_OK;
    }
    uint32_t bad = (uint32_t)first_not_finite(outputs, model->output_count);
    return aici_analysis_report_not_finite(model->program->bound, model->program, model->uniform, inputs, bad, false, report);
}

aic_status aic_model_evaluate(const aic_model *model, const double *inputs, double *outputs, aic_report *report) {
    if (model == NULL || (inputs == NULL && model->input_count > 0) || (outputs == NULL && model->output_count > 0)) {
        return aici_porch_refuse(report, model == NULL ? "model is NULL" : "inputs or outputs is NULL");
    }
    aici_environment environment;
    aici_porch_enter(&environment, report);
    return aici_porch_leave(&environment, evaluate_one(model, inputs, outputs, report));
}

/** A derivative may be infinite where the value is not: that of a square root at 0. */
static aic_status review_gradient(const aic_model *model, const double *gradient, aic_report *report) {
    size_t count = model->output_count * model->input_count;
    size_t bad = first_not_finite(gradient, count);
    if (bad == count) {
        return AIC_OK;
    }
    return aici_report_error(report, AICI_CODE_NOT_FINITE, NULL, "the derivative of %s by %s is not a finite number",
                             model->output[bad / model->input_count].name, model->input[bad % model->input_count].name);
}

static aic_status differentiate(const aic_model *model, const double *inputs, double *outputs, double *gradient, aic_report *report) {
    if (aici_gradient_one(model->program, model->uniform, inputs, gradient, &model->allocator) != AIC_OK) {
        return aici_report_memory(report);
    }
    aic_status status = outputs != NULL ? evaluate_one(model, inputs, outputs, report) : AIC_OK;
    return status == AIC_OK ? review_gradient(model, gradient, report) : status;
}

aic_status aic_model_gradient(const aic_model *model, const double *inputs, double *outputs, double *gradient, aic_report *report) {
    if (model == NULL || (inputs == NULL && model->input_count > 0)) {
        return aici_porch_refuse(report, model == NULL ? "model is NULL" : "inputs is NULL");
    }
    if (gradient == NULL && model->input_count > 0 && model->output_count > 0) {
        return aici_porch_refuse(report, "gradient is NULL");
    }
    aici_environment environment;
    aici_porch_enter(&environment, report);
    return aici_porch_leave(&environment, differentiate(model, inputs, outputs, gradient, report));
}

/** Counts what is not finite in one output column, and says where the first came from. */
static aic_status review_column(const aic_model *model, size_t index, size_t count, const double *const *inputs, const double *column,
                                const aic_batch_options *options, aic_report *report) {
    size_t first = 0;
    size_t bad = aici_eval_count_not_finite(column, count, &first);
    if (options != NULL && options->not_finite != NULL) {
        options->not_finite[index] = bad;
    }
    if (bad == 0 || report == NULL) {
        return AIC_OK;
    }
    double *lane = aici_memory_take_array(&model->allocator, model->input_count + 1, sizeof *lane);
    if (lane == NULL) {
        return aici_report_memory(report);
    }
    for (size_t i = 0; i < model->input_count; i++) {
        lane[i] = inputs[i][first];
    }
    aici_analysis_report_not_finite(model->program->bound, model->program, model->uniform, lane, (uint32_t)index, true, report);
    aici_report_note(report, "%zu of %zu values are not finite, the first is number %zu", bad, count, first);
    aici_memory_release(&model->allocator, lane);
    return AIC_OK;
}

/** An empty batch needs no columns; the caller's words are set all the same. */
static void report_nothing_done(const aic_model *model, const aic_batch_options *options) {
    for (size_t i = 0; options != NULL && options->not_finite != NULL && i < model->output_count; i++) {
        options->not_finite[i] = 0;
    }
    if (options != NULL && options->progress != NULL) {
        __atomic_store_n(options->progress, 0, __ATOMIC_RELAXED);
    }
}

static aic_status evaluate_batch(const aic_model *model, size_t count, const double *const *inputs, double *const *outputs,
                                 const aic_batch_options *options, aic_report *report) {
    aici_control control = {NULL, NULL};
    if (options != NULL) {
        control = (aici_control){options->cancel, options->progress};
    }
    if (count == 0) {
        report_nothing_done(model, options);
        return AIC_OK;
    }
    aic_status status = aici_eval_lanes(model->program, model->uniform, count, inputs, outputs, &model->allocator, &control);
    if (status != AIC_OK) {
        return status == AIC_ERROR_CANCELLED ? aici_report_cancelled(report) : aici_report_memory(report);
    }
    for (size_t i = 0; i < model->output_count && status == AIC_OK; i++) {
        status = review_column(model, i, count, inputs, outputs[i], options, report);
    }
    return status;
}

static const char *refuse_columns(const aic_model *model, size_t count, const double *const *inputs, double *const *outputs,
                                  const aic_batch_options *options) {
    if (model == NULL) {
        return "model is NULL";
    }
    if (options != NULL && !aici_limits_take_size(options, options->size, sizeof *options)) {
        return "options->size is not sizeof(aic_batch_options)";
    }
    if (count == 0) {
        return NULL;
    }
    if ((inputs == NULL && model->input_count > 0) || (outputs == NULL && model->output_count > 0)) {
        return "inputs or outputs is NULL";
    }
    for (size_t i = 0; i < model->input_count; i++) {
        if (inputs[i] == NULL) {
            return "a column of inputs is NULL";
        }
    }
    for (size_t i = 0; i < model->output_count; i++) {
        if (outputs[i] == NULL) {
            return "a column of outputs is NULL";
        }
    }
    return NULL;
}

aic_status aic_model_evaluate_batch(const aic_model *model, size_t count, const double *const *inputs, double *const *outputs,
                                    const aic_batch_options *options, aic_report *report) {
    const char *mistake = refuse_columns(model, count, inputs, outputs, options);
    if (mistake != NULL) {
        return aici_porch_refuse(report, mistake);
    }
    aici_environment environment;
    aici_porch_enter(&environment, report);
    return aici_porch_leave(&environment, evaluate_batch(model, count, inputs, outputs, options, report));
}

aic_status aic_model_text(const aic_model *model, aic_text **text, aic_report *report) {
    if (text == NULL) {
        return aici_porch_refuse(report, "text is NULL");
    }
    *text = NULL;
    if (model == NULL) {
        return aici_porch_refuse(report, "model is NULL");
    }
    aici_environment environment;
    aici_porch_enter(&environment, report);
    aici_buffer buffer = aici_buffer_new(&model->allocator);
    aici_program_add_text(model->program, &buffer);
    aic_status status = aici_buffer_failed(&buffer) ? aici_report_memory(report) : AIC_OK;
    return aici_porch_leave(&environment, aici_porch_give_text(&buffer, status, text, report));
}
