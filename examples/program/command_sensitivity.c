/* SPDX-License-Identifier: MIT */
/* The command `sensitivity`: what a value depends on, and how much. */
#include "program.h"

static int write_answer(const struct request *request, const aic_result *result, aic_report *report, struct sink *sink) {
    aic_text_options options = text_options(request, sink);
    aic_text *text = NULL;
    aic_status status = aic_result_text(result, &options, &text, report);
    if (status == AIC_OK) {
        sink_write(sink, aic_text_bytes(text), aic_text_size(text));
    } else {
        print_report(request, report);
    }
    aic_text_free(text);
    return exit_status_of(status);
}

int command_sensitivity(const struct request *request, struct sink *sink) {
    if (request->argument_count != 2) {
        fputs("aicompute: usage: aicompute sensitivity FILE NAME\n", stderr);
        return EXIT_BAD_INPUT;
    }
    int exit_status = EXIT_ALL_WELL;
    aic_scenario *scenario = load_scenario(request, request->arguments[0], &exit_status);
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
    exit_status = status == AIC_OK ? write_answer(request, result, report, sink) : exit_status_of(status);
    aic_result_unref(result);
    aic_report_free(report);
    aic_scenario_free(scenario);
    return exit_status;
}
