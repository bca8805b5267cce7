/* SPDX-License-Identifier: MIT */
/* The command `diff`: what differs between two scenarios, and by what each result moved. */
#include "program.h"
#include <string.h>

static int need_two(const struct request *request) {
    if (request->argument_count != 2) {
        fputs("aicompute: usage: aicompute diff A B\n", stderr);
        return EXIT_BAD_INPUT;
    }
    if (strcmp(request->arguments[0], "-") == 0 && strcmp(request->arguments[1], "-") == 0) {
        fputs("aicompute: only one of the two files can be standard input\n", stderr);
        return EXIT_BAD_INPUT;
    }
    return EXIT_ALL_WELL;
}

/** --set changes the second scenario: `diff A A --set …` shows what a change would do. */
static aic_scenario *load_side(const struct request *request, int index, int *status) {
    struct request own = *request;
    own.change_count = index == 0 ? 0 : request->change_count;
    return *status == EXIT_ALL_WELL ? load_scenario(&own, request->arguments[index], status) : NULL;
}

static int write_difference(const struct request *request, aic_scenario *a, aic_scenario *b, struct sink *sink) {
    aic_text_options options = text_options(request, sink);
    aic_report *report = aic_report_new(NULL);
    aic_result *result = NULL;
    aic_text *text = NULL;
    aic_status status = aic_scenario_diff(a, b, &result, report);
    print_report(request, report);
    if (status == AIC_OK) {
        status = aic_result_text(result, &options, &text, report);
    }
    if (status == AIC_OK) {
        sink_write(sink, aic_text_bytes(text), aic_text_size(text));
    }
    aic_text_free(text);
    aic_result_unref(result);
    aic_report_free(report);
    return exit_status_of(status);
}

int command_diff(const struct request *request, struct sink *sink) {
    int status = need_two(request);
    aic_scenario *a = load_side(request, 0, &status);
    aic_scenario *b = load_side(request, 1, &status);
    if (a != NULL && b != NULL) {
        status = write_difference(request, a, b, sink);
    }
    aic_scenario_free(a);
    aic_scenario_free(b);
    return status;
}
