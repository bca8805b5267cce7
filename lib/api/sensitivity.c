/* SPDX-License-Identifier: MIT */
/* Public functions of sensitivity: options with their defaults filled in. */
#include <aicompute/sensitivity.h>
#include "analysis/analysis.h"
#include "api/porch.h"

enum {
    USUAL_SAMPLES = 65536,
    USUAL_REPLICATES = 8,
    MOST_REPLICATES = 64,
    MOST_THREADS = 1024,
    USUAL_MEASURES = AIC_MEASURE_ELASTICITIES | AIC_MEASURE_TORNADO | AIC_MEASURE_INDICES,
    ALL_MEASURES = USUAL_MEASURES | AIC_MEASURE_SECOND_ORDER
};

static const uint64_t most_samples = UINT64_C(1) << 32;

static bool has_interval(const aic_sensitivity_options *options) { return options->low != 0 || options->high != 0; }

/** What no caller may pass, or NULL. */
static const char *mistake_in(const aic_sensitivity_options *options) {
    if (!aici_limits_take_size(options, options->size, sizeof *options))
        return "the size of the options is that of another library";
    if (options->measures & ~(uint32_t)ALL_MEASURES)
        return "there is no such measure";
    if (options->samples > most_samples)
        return "more than 2^32 samples";
    if (options->replicates == 1 || options->replicates > MOST_REPLICATES)
        return "replicates must be 2 to 64: their differences give the errors";
    if (options->threads > MOST_THREADS)
        return "more than 1024 threads";
    if (has_interval(options) && !(options->low > 0 && options->low < options->high && options->high < 1))
        return "low and high must ascend between 0 and 1";
    return options->step >= 0 && options->step <= 1 ? NULL : "step must be between 0 and 1";
}

static aici_sensitivity_wish wish_of(const aic_sensitivity_options *options) {
    uint32_t measures = options->measures ? options->measures : (uint32_t)USUAL_MEASURES;
    return (aici_sensitivity_wish){
        .elasticities = (measures & AIC_MEASURE_ELASTICITIES) != 0,
        .tornado = (measures & AIC_MEASURE_TORNADO) != 0,
        .indices = (measures & (AIC_MEASURE_INDICES | AIC_MEASURE_SECOND_ORDER)) != 0,
        .second_order = (measures & AIC_MEASURE_SECOND_ORDER) != 0,
        .low = has_interval(options) ? options->low : 0.05,
        .high = has_interval(options) ? options->high : 0.95,
        .step = options->step,
        .samples = options->samples ? options->samples : USUAL_SAMPLES,
        .seed = options->seed,
        .replicates = options->replicates ? options->replicates : USUAL_REPLICATES,
        .threads = options->threads ? options->threads : 1,
        .control = {options->cancel, options->progress},
    };
}

aic_status aic_scenario_sensitivity(aic_scenario *scenario, const char *name, const aic_sensitivity_options *options, aic_result **result,
                                    aic_report *report) {
    static const aic_sensitivity_options none = {.size = sizeof none};
    const aic_sensitivity_options *wanted = options ? options : &none;
    if (!result)
        return aici_porch_refuse(report, "result is NULL");
    *result = NULL;
    const char *mistake = !scenario ? "scenario is NULL" : !name ? "name is NULL" : mistake_in(wanted);
    if (mistake)
        return aici_porch_refuse(report, mistake);
    const aici_sensitivity_wish wish = wish_of(wanted);
    aici_environment environment;
    aici_bound *bound = NULL;
    aici_porch_enter(&environment, report);
    aic_status status = aici_scenario_bind(scenario, &bound, report);
    if (status == AIC_OK)
        status = aici_analysis_sensitivity(bound, name, &wish, aici_scenario_allocator(scenario), result, report);
    aici_bound_unref(bound);
    return aici_porch_leave(&environment, status);
}
