/* SPDX-License-Identifier: MIT */
/* The public function of solving. */
#include "api/porch.h"
#include "api/sampling.h"
#include <aicompute/solve.h>

static const char *mistake_in(const aic_scenario *scenario, const aic_solve_options *options) {
    if (!scenario)
        return "scenario is NULL";
    if (!options)
        return "options is NULL";
    if (!aici_limits_take_size(options, options->size, sizeof *options))
        return "options->size is not sizeof(aic_solve_options)";
    if (!options->output || !options->value || !options->by)
        return "options->output, value or by is NULL";
    if (!options->low != !options->high)
        return "options->low and high are given together";
    return options->sampling ? aici_sampling_mistake(options->sampling) : NULL;
}

aic_status aic_scenario_solve(aic_scenario *scenario, const aic_solve_options *options, aic_result **result, aic_report *report) {
    if (!result)
        return aici_porch_refuse(report, "result is NULL");
    *result = NULL;
    const char *mistake = mistake_in(scenario, options);
    if (mistake)
        return aici_porch_refuse(report, mistake);
    const aici_sample_wish sampling = aici_sampling_wish(options->sampling);
    const aici_solve_wish wish = {options->output, options->value, options->by, options->low, options->high, &sampling};
    aici_environment environment;
    aici_porch_enter(&environment, report);
    return aici_porch_leave(&environment, aici_analysis_solve(scenario, &wish, result, report));
}
