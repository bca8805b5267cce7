/* SPDX-License-Identifier: MIT */
/* The command `solve`: which value of an input makes an output meet a target. */
#define _POSIX_C_SOURCE 200809L /* strdup */
#include "program.h"
#include <stdlib.h>
#include <string.h>

/** Cuts a text in two where @p mark stands first. False: it does not, or there is no memory. */
static bool cut(const char *text, const char *mark, char **before, char **after) {
    *before = text != NULL ? strdup(text) : NULL;
    char *at = *before != NULL ? strstr(*before, mark) : NULL;
    if (at == NULL) {
        return false;
    }
    *at = '\0';
    *after = at + strlen(mark);
    return true;
}

static bool is_good_call(const struct request *request) {
    if (need_arguments(request, 2, 2, "solve FILE NAME=VALUE --by INPUT") != EXIT_ALL_WELL) {
        return false;
    }
    if (strchr(request->arguments[1], '=') == NULL) {
        fprintf(
            stderr,
            "aicompute: the target `%s` has no `=`\n  help: write NAME=VALUE, such as 'chat.capex=10M USD' or 'p95(chat.capex)=10M USD'\n",
            request->arguments[1]);
        return false;
    }
    if (request->by == NULL) {
        fputs("aicompute: solve needs --by INPUT: which input is to be moved\n  help: add --by chat.utilization, say\n", stderr);
        return false;
    }
    return true;
}

/** Solutions that are allowed: column 3 is "within_bounds". */
static bool has_solution(const aic_result *result) {
    const double *within = aic_result_column_values(result, 3);
    for (size_t i = 0; i < aic_result_row_count(result); i++) {
        if (within[i] != 0) {
            return true;
        }
    }
    return false;
}

/** What there is to say stands in the result; only CSV has no place for it. */
static int finish_solve(const struct request *request, aic_status status, const aic_report *report, const aic_result *result,
                        struct sink *sink) {
    if (status != AIC_OK || request->format == AIC_FORMAT_CSV) {
        print_report(request, report);
    }
    int exit_status = status == AIC_OK ? write_result(request, result, sink) : exit_status_of(status);
    return exit_status == EXIT_ALL_WELL && !has_solution(result) ? EXIT_VERDICT : exit_status;
}

static int solve(const struct request *request, aic_scenario *scenario, struct sink *sink) {
    char *output = NULL, *value = NULL, *low = NULL, *high = NULL;
    int exit_status = EXIT_BAD_INPUT;
    aic_report *report = aic_report_new(NULL);
    aic_result *result = NULL;
    aic_sample_options sampling = request->sampling;
    struct progress progress;
    sampling.cancel = stop_on_interrupt();
    sampling.progress = &progress.done;
    if (!cut(request->arguments[1], "=", &output, &value)) {
        exit_status = EXIT_FAILURE_INSIDE;
    } else if (request->between != NULL && !cut(request->between, "..", &low, &high)) {
        fprintf(stderr, "aicompute: --between `%s` is no A..B\n  help: write --between '10 %%..60 %%'\n", request->between);
    } else {
        const aic_solve_options options = {
            .size = sizeof options, .output = output, .value = value, .by = request->by, .low = low, .high = high, .sampling = &sampling};
        progress_begin(&progress, request, 0, "values of the input");
        aic_status status = aic_scenario_solve(scenario, &options, &result, report);
        progress_end(&progress);
        exit_status = finish_solve(request, status, report, result, sink);
    }
    free(output);
    free(low);
    aic_result_unref(result);
    aic_report_free(report);
    return exit_status;
}

int command_solve(const struct request *request, struct sink *sink) {
    int status = is_good_call(request) ? EXIT_ALL_WELL : EXIT_BAD_INPUT;
    aic_scenario *scenario = status == EXIT_ALL_WELL ? load_scenario(request, request->arguments[0], &status) : NULL;
    if (scenario != NULL) {
        status = solve(request, scenario, sink);
    }
    aic_scenario_free(scenario);
    return status;
}
