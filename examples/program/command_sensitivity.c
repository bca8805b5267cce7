/* SPDX-License-Identifier: MIT */
/* The command `sensitivity`: what a value depends on, and how much. */
#include "program.h"

int command_sensitivity(const struct request *request, struct sink *sink) {
    int exit_status = need_arguments(request, 2, 2, "sensitivity FILE NAME");
    aic_scenario *scenario = exit_status == EXIT_ALL_WELL ? load_scenario(request, request->arguments[0], &exit_status) : NULL;
    if (scenario == NULL) {
        return exit_status;
    }
    struct progress progress;
    const aic_sensitivity_options options = {
        .size = sizeof options,
        .samples = request->sampling.samples,
        .seed = request->sampling.seed,
        .threads = request->sampling.threads,
        .low = request->low,
        .high = request->high,
        .step = request->step,
        .measures = request->second_order ? AIC_MEASURE_ELASTICITIES | AIC_MEASURE_TORNADO | AIC_MEASURE_SECOND_ORDER : 0,
        .cancel = stop_on_interrupt(),
        .progress = &progress.done,
    };
    aic_report *report = aic_report_new(NULL);
    aic_result *result = NULL;
    progress_begin(&progress, request, draws_of(&request->sampling), "draws");
    aic_status status = aic_scenario_sensitivity(scenario, request->arguments[1], &options, &result, report);
    progress_end(&progress);
    print_report(request, report);
    exit_status = status == AIC_OK ? write_result(request, result, sink) : exit_status_of(status);
    aic_result_unref(result);
    aic_report_free(report);
    aic_scenario_free(scenario);
    return exit_status;
}
