/* SPDX-License-Identifier: MIT */
/* The commands `sample`, which lists draws or makes the part of a shard, and `merge`, which makes the whole of parts. */
#include "program.h"
#include <stdlib.h>

/* --- sample --------------------------------------------------------------------------------------------------------------------------- */

static bool was_stopped(const aic_report *report) {
    enum { PART_INCOMPLETE = 734 };
    for (size_t i = 0; i < aic_report_count(report); i++) {
        if (aic_report_code(report, i) == PART_INCOMPLETE) {
            return true;
        }
    }
    return false;
}

/** The part of a shard, as bytes. */
static int sample_part(const struct request *request, aic_scenario *scenario, struct sink *sink) {
    aic_report *report = aic_report_new(NULL);
    aic_part *part = NULL;
    size_t names = (size_t)request->argument_count - 1, size = 0;
    aic_sample_options options = request->sampling;
    struct progress progress;
    options.cancel = stop_on_interrupt();
    options.keep_partial = 1;
    options.progress = &progress.done;
    progress_begin(&progress, request, draws_of(&options), "draws");
    aic_status status = aic_scenario_sample_part(scenario, names > 0 ? request->arguments + 1 : NULL, names, &options, &part, report);
    progress_end(&progress);
    int exit_status = status == AIC_OK && was_stopped(report) ? EXIT_INTERRUPTED : exit_status_of(status);
    print_report(request, report);
    if (part != NULL) {
        const char *bytes = aic_part_bytes(part, &size);
        sink_write(sink, bytes, size);
    }
    aic_part_free(part);
    aic_report_free(report);
    return exit_status;
}

/** The draws themselves, or how they are spread. */
static int sample_here(const struct request *request, aic_scenario *scenario, struct sink *sink) {
    enum { LISTED = 1024, CELLS = 20 };
    aic_report *report = aic_report_new(NULL);
    aic_result *result = NULL;
    size_t names = (size_t)request->argument_count - 1;
    aic_sample_options options = request->sampling;
    options.cancel = stop_on_interrupt();
    options.keep_draws = !request->histogram;
    options.histogram = request->histogram ? CELLS : 0;
    if (options.samples == 0 && !request->histogram) {
        options.samples = LISTED;
    }
    struct progress progress;
    options.progress = &progress.done;
    progress_begin(&progress, request, draws_of(&options), "draws");
    aic_status status = aic_scenario_sample(scenario, names > 0 ? request->arguments + 1 : NULL, names, &options, &result, report);
    progress_end(&progress);
    print_report(request, report);
    int exit_status = status == AIC_OK ? write_result(request, result, sink) : exit_status_of(status);
    aic_result_unref(result);
    aic_report_free(report);
    return exit_status;
}

static bool is_good_call(const struct request *request) {
    bool part = request->sampling.shard_count > 0;
    if (need_arguments(request, 1, 1 << 20, "sample FILE [NAME...] [--histogram | --shard I/N --output PART]") != EXIT_ALL_WELL) {
        return false;
    }
    if (part && request->histogram) {
        fputs("aicompute: a part has no histogram\n  help: leave out --shard or --histogram\n", stderr);
        return false;
    }
    if (part && request->output == NULL) {
        fputs(
            "aicompute: sample --shard needs --output: a part is bytes for `aicompute merge`, not text\n  help: add --output 0.part, say\n",
            stderr);
        return false;
    }
    return true;
}

int command_sample(const struct request *request, struct sink *sink) {
    int status = is_good_call(request) ? EXIT_ALL_WELL : EXIT_BAD_INPUT;
    aic_scenario *scenario = status == EXIT_ALL_WELL ? load_scenario(request, request->arguments[0], &status) : NULL;
    if (scenario == NULL) {
        return status;
    }
    status = (request->sampling.shard_count > 0 ? sample_part : sample_here)(request, scenario, sink);
    aic_scenario_free(scenario);
    return status;
}

/* --- merge ---------------------------------------------------------------------------------------------------------------------------- */

/** NULL: reported, *status is set. */
static aic_part *read_part(const struct request *request, const char *file, int *status) {
    aic_report *report = aic_report_new(NULL);
    aic_part *part = NULL;
    *status = exit_status_of(aic_part_load_file(file, NULL, &part, report));
    print_report(request, report);
    aic_report_free(report);
    return part;
}

static int merge(const struct request *request, const aic_part *const *parts, size_t count, struct sink *sink) {
    aic_report *report = aic_report_new(NULL);
    aic_result *result = NULL;
    aic_status status = aic_parts_result(parts, count, request->partial, &result, report);
    print_report(request, report);
    int exit_status = status == AIC_OK ? write_result(request, result, sink) : exit_status_of(status);
    aic_result_unref(result);
    aic_report_free(report);
    return exit_status;
}

int command_merge(const struct request *request, struct sink *sink) {
    int status = need_arguments(request, 1, 1 << 20, "merge PART... [--partial]");
    size_t count = status == EXIT_ALL_WELL ? (size_t)request->argument_count : 0;
    aic_part **parts = calloc(count + 1, sizeof *parts);
    if (parts == NULL) {
        return EXIT_FAILURE_INSIDE;
    }
    for (size_t i = 0; i < count && status == EXIT_ALL_WELL; i++) {
        parts[i] = read_part(request, request->arguments[i], &status);
    }
    if (status == EXIT_ALL_WELL) {
        status = merge(request, (const aic_part *const *)parts, count, sink);
    }
    for (size_t i = 0; i < count; i++) {
        aic_part_free(parts[i]);
    }
    free(parts);
    return status;
}
