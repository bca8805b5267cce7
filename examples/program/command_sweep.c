/* SPDX-License-Identifier: MIT */
/* The command `sweep`: a scenario at many points of its inputs. */
#define _POSIX_C_SOURCE 200809L /* strdup */
#include "program.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/** What a sweep is made of; everything is given back by free_points(). */
struct points {
    aic_sweep_axis *axes;
    char **words; /**< of --over, cut in two */
    size_t count;
    char *rows;
    size_t rows_size;
};

static void free_points(struct points *points) {
    for (size_t i = 0; points->words != NULL && i < points->count; i++) {
        free(points->words[i]);
    }
    free(points->words);
    free(points->axes);
    free(points->rows);
}

/** "NAME=A..B:N" into name and range. */
static bool read_axis(const char *over, char **word, aic_sweep_axis *axis) {
    *word = strdup(over);
    char *equals = *word != NULL ? strchr(*word, '=') : NULL;
    if (equals == NULL) {
        fprintf(stderr,
                "aicompute: --over `%s` has no `=`\n  help: write --over NAME=A..B:N or --over NAME=A,B,C, such as --over "
                "'chat.utilization=25 %%..45 %%:5'\n",
                over);
        return false;
    }
    *equals = '\0';
    *axis = (aic_sweep_axis){.name = *word, .range = equals + 1};
    return true;
}

static bool read_axes(const struct request *request, struct points *points) {
    points->count = (size_t)request->over_count;
    points->axes = calloc(points->count + 1, sizeof *points->axes);
    points->words = calloc(points->count + 1, sizeof *points->words);
    bool good = points->axes != NULL && points->words != NULL;
    for (size_t i = 0; good && i < points->count; i++) {
        good = read_axis(request->over[i], &points->words[i], &points->axes[i]);
    }
    return good;
}

/** The whole of a file, or of standard input. */
static bool read_rows(const char *file, struct points *points) {
    FILE *stream = strcmp(file, "-") == 0 ? stdin : fopen(file, "rb");
    size_t capacity = 65536;
    points->rows = malloc(capacity);
    while (stream != NULL && points->rows != NULL) {
        points->rows_size += fread(points->rows + points->rows_size, 1, capacity - points->rows_size, stream);
        if (points->rows_size < capacity) {
            break;
        }
        char *wider = realloc(points->rows, capacity *= 2);
        if (wider == NULL) {
            free(points->rows);
        }
        points->rows = wider;
    }
    bool good = stream != NULL && points->rows != NULL && ferror(stream) == 0;
    if (!good) {
        fprintf(stderr, "aicompute: %s cannot be read: %s\n", file, strerror(errno));
    }
    if (stream != NULL && stream != stdin) {
        fclose(stream);
    }
    return good;
}

static bool is_good_call(const struct request *request) {
    if (need_arguments(request, 1, 1 << 20, "sweep FILE [NAME...] --over NAME=A..B:N") != EXIT_ALL_WELL) {
        return false;
    }
    if ((request->over_count > 0) == (request->rows != NULL)) {
        fputs(request->rows != NULL ? "aicompute: a sweep takes --over or --rows, not both\n"
                                    : "aicompute: sweep needs --over NAME=A..B:N or --rows FILE\n",
              stderr);
        fputs("  help: add --over 'chat.utilization=25 %..45 %:5', say\n", stderr);
        return false;
    }
    if (request->rows != NULL && strcmp(request->rows, "-") == 0 && strcmp(request->arguments[0], "-") == 0) {
        fputs("aicompute: only one of the two files can be standard input\n", stderr);
        return false;
    }
    return true;
}

static int sweep(const struct request *request, aic_scenario *scenario, const struct points *points, struct sink *sink) {
    aic_report *report = aic_report_new(NULL);
    aic_result *result = NULL;
    aic_sample_options sampling = request->sampling;
    struct progress progress;
    sampling.cancel = stop_on_interrupt();
    sampling.progress = &progress.done;
    bool from_input = request->rows != NULL && strcmp(request->rows, "-") == 0;
    size_t names = (size_t)request->argument_count - 1;
    const aic_sweep_options options = {.size = sizeof options,
                                       .axes = points->axes,
                                       .axis_count = points->count,
                                       .rows = points->rows,
                                       .rows_size = points->rows_size,
                                       .rows_name = from_input ? "standard input" : request->rows,
                                       .names = names > 0 ? request->arguments + 1 : NULL,
                                       .name_count = names,
                                       .sampling = &sampling};
    progress_begin(&progress, request, 0, "points");
    aic_status status = aic_scenario_sweep(scenario, &options, &result, report);
    progress_end(&progress);
    if (status != AIC_OK || request->format == AIC_FORMAT_CSV) { /* elsewhere what there is to say stands below the table */
        print_report(request, report);
    }
    int exit_status = status == AIC_OK ? write_result(request, result, sink) : exit_status_of(status);
    aic_result_unref(result);
    aic_report_free(report);
    return exit_status;
}

int command_sweep(const struct request *request, struct sink *sink) {
    struct points points = {0};
    int status = EXIT_BAD_INPUT;
    bool good = is_good_call(request) && read_axes(request, &points) && (request->rows == NULL || read_rows(request->rows, &points));
    aic_scenario *scenario = good ? load_scenario(request, request->arguments[0], &status) : NULL;
    if (scenario != NULL) {
        status = sweep(request, scenario, &points, sink);
    }
    aic_scenario_free(scenario);
    free_points(&points);
    return status;
}
