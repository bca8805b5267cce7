/* SPDX-License-Identifier: MIT */
/* The public function of sweeping. */
#include "api/porch.h"
#include "api/sampling.h"
#include <aicompute/sweep.h>
#include <math.h>

enum { MOST_AXES = 64 };

static const char *mistake_in_axis(const aic_sweep_axis *axis) {
    if (!axis->name)
        return "the name of an axis is NULL";
    if (axis->range)
        return axis->values || axis->unit ? "an axis has a range in words, or numbers with a unit" : NULL;
    if (!axis->values && axis->count > 0)
        return "the values of an axis are NULL";
    for (size_t i = 0; i < axis->count; i++)
        if (!isfinite(axis->values[i]))
            return "a value of an axis is not a finite number";
    return NULL;
}

static const char *mistake_in_points(const aic_sweep_options *options) {
    const char *mistake = NULL;
    if (options->rows)
        return options->axis_count > 0 ? "a sweep has axes or rows" : NULL;
    if (!options->axes || options->axis_count == 0)
        return "a sweep has neither axes nor rows";
    if (options->axis_count > MOST_AXES)
        return "more than 64 axes";
    for (size_t i = 0; i < options->axis_count && !mistake; i++)
        mistake = mistake_in_axis(&options->axes[i]);
    return mistake;
}

static const char *mistake_in(const aic_scenario *scenario, const aic_sweep_options *options) {
    if (!scenario)
        return "scenario is NULL";
    if (!options)
        return "options is NULL";
    if (!aici_limits_take_size(options, options->size, sizeof *options))
        return "options->size is not sizeof(aic_sweep_options)";
    for (size_t i = 0; options->names && i < options->name_count; i++)
        if (!options->names[i])
            return "a name is NULL";
    const char *mistake = options->sampling ? aici_sampling_mistake(options->sampling) : NULL;
    return mistake ? mistake : mistake_in_points(options);
}

static aic_status sweep(aic_scenario *scenario, const aic_sweep_options *options, const aici_sweep_axis *axis, aic_result **result,
                        aic_report *report) {
    const aici_sample_wish sampling = aici_sampling_wish(options->sampling);
    const aici_sweep_wish wish = {.axis = axis,
                                  .axis_count = options->axis_count,
                                  .together = options->together != 0,
                                  .rows = options->rows,
                                  .rows_size = options->rows_size,
                                  .rows_name = options->rows_name,
                                  .name = options->names,
                                  .name_count = options->names ? options->name_count : 0,
                                  .sampling = &sampling};
    return aici_analysis_sweep(scenario, &wish, result, report);
}

aic_status aic_scenario_sweep(aic_scenario *scenario, const aic_sweep_options *options, aic_result **result, aic_report *report) {
    aici_sweep_axis axis[MOST_AXES] = {{0}};
    if (!result)
        return aici_porch_refuse(report, "result is NULL");
    *result = NULL;
    const char *mistake = mistake_in(scenario, options);
    if (mistake)
        return aici_porch_refuse(report, mistake);
    for (size_t i = 0; !options->rows && i < options->axis_count; i++) {
        const aic_sweep_axis *from = &options->axes[i];
        axis[i] = (aici_sweep_axis){from->name, from->range, from->values, from->count, from->unit};
    }
    aici_environment environment;
    aici_porch_enter(&environment, report);
    return aici_porch_leave(&environment, sweep(scenario, options, axis, result, report));
}
