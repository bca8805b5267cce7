/* SPDX-License-Identifier: MIT */
/* Loading what the command line names, and saying what was wrong with it. */
#define _POSIX_C_SOURCE 200809L
#include "program.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool wants_color(const struct request *request, FILE *stream) {
    const char *no_color = getenv("NO_COLOR");
    return !request->no_color && (no_color == NULL || *no_color == '\0') && isatty(fileno(stream)) == 1;
}

/** The library calls it cancelled by its caller, who is the user here. */
static bool was_interrupted(const aic_report *report) {
    enum { CANCELLED = 104 };
    for (size_t i = 0; i < aic_report_count(report); i++) {
        if (aic_report_code(report, i) == CANCELLED) {
            return true;
        }
    }
    return false;
}

void print_report(const struct request *request, const aic_report *report) {
    aic_text *text = NULL;
    if (was_interrupted(report)) {
        fflush(stdout);
        fputs("aicompute: interrupted [AIC-104]\n", stderr);
        return;
    }
    bool worth = aic_report_error_count(report) > 0 || (!request->quiet && aic_report_count(report) > 0);
    if (worth && aic_report_text(report, wants_color(request, stderr), &text) == AIC_OK) {
        fflush(stdout);
        fwrite(aic_text_bytes(text), 1, aic_text_size(text), stderr);
    }
    aic_text_free(text);
}

int exit_status_of(aic_status status) {
    switch (status) {
    case AIC_OK: return EXIT_ALL_WELL;
    case AIC_ERROR_CANCELLED: return EXIT_INTERRUPTED;
    case AIC_ERROR_MEMORY:
    case AIC_ERROR_WRITE:
    case AIC_ERROR_INTERNAL:
    case AIC_ERROR_ARGUMENT: return EXIT_FAILURE_INSIDE;
    default: return EXIT_BAD_INPUT;
    }
}

/** All of standard input (NULL: no memory, or it cannot be read), up to one byte more than a scenario may have by default, so that the
 * library says that it is too long. */
static char *read_standard_input(size_t *size) {
    const size_t most = 16u * 1024 * 1024 + 1;
    size_t capacity = 65536;
    char *text = malloc(capacity);
    *size = 0;
    while (text != NULL) {
        *size += fread(text + *size, 1, capacity - *size, stdin);
        if (ferror(stdin)) {
            free(text);
            return NULL;
        }
        if (*size < capacity || *size >= most) {
            return text;
        }
        capacity *= 2;
        char *wider = realloc(text, capacity);
        if (wider == NULL) {
            free(text);
        }
        text = wider;
    }
    return NULL;
}

static aic_status load(const char *file, const aic_load_options *options, aic_scenario **scenario, aic_report *report) {
    if (strcmp(file, "-") != 0) {
        return aic_scenario_load_file(file, options, scenario, report);
    }
    size_t size = 0;
    char *text = read_standard_input(&size);
    if (text == NULL && ferror(stdin)) {
        fputs("aicompute: standard input cannot be read\n", stderr);
        return AIC_ERROR_READ;
    }
    aic_status status = text != NULL ? aic_scenario_load(text, size, "standard input", options, scenario, report) : AIC_ERROR_MEMORY;
    free(text);
    return status;
}

/** Cuts "market.price[2026]" into the name and the year; 0 where there is none. */
static int cut_year(char *name) {
    char *bracket = strchr(name, '[');
    char *end = NULL;
    long year = bracket != NULL ? strtol(bracket + 1, &end, 10) : 0;
    if (bracket == NULL || end == bracket + 1 || strcmp(end, "]") != 0 || year <= 0 || year > 9999) {
        return 0;
    }
    *bracket = '\0';
    return (int)year;
}

/** Applies one --set NAME=EXPRESSION or --set NAME[YEAR]=EXPRESSION. */
static aic_status apply_change(aic_scenario *scenario, const char *change, aic_report *report) {
    const char *equals = strchr(change, '=');
    size_t size = (size_t)(equals - change);
    char *name = malloc(size + 1);
    if (name == NULL) {
        return AIC_ERROR_MEMORY;
    }
    memcpy(name, change, size);
    name[size] = '\0';
    int year = cut_year(name);
    aic_status status =
        year > 0 ? aic_scenario_set_year(scenario, name, year, equals + 1, report) : aic_scenario_set(scenario, name, equals + 1, report);
    if (status != AIC_OK) {
        bool is_long = strlen(change) > 100; /* the report shows what of it is wrong */
        int cut = size < 100 ? (int)size : 100;
        fprintf(stderr, "aicompute: --set '%.*s%s' does not fit:\n", is_long ? cut : 100, change, is_long ? "=…" : "");
    }
    free(name);
    return status;
}

aic_scenario *load_scenario(const struct request *request, const char *file, int *status) {
    aic_report *report = aic_report_new(NULL);
    aic_library *libraries = calloc((size_t)request->library_count + 1, sizeof *libraries);
    aic_scenario *scenario = NULL;
    aic_status outcome = report != NULL && libraries != NULL ? AIC_OK : AIC_ERROR_MEMORY;
    for (int i = 0; outcome == AIC_OK && i < request->library_count; i++) {
        libraries[i].name = request->libraries[i];
    }
    aic_load_options options = {.size = sizeof options, .libraries = libraries, .library_count = (size_t)request->library_count};
    if (outcome == AIC_OK) {
        outcome = load(file, &options, &scenario, report);
        print_report(request, report);
    }
    for (int i = 0; outcome == AIC_OK && i < request->change_count; i++) {
        outcome = apply_change(scenario, request->changes[i], report);
        print_report(request, report);
    }
    if (outcome != AIC_OK) {
        aic_scenario_free(scenario);
        scenario = NULL;
    }
    free(libraries);
    aic_report_free(report);
    *status = exit_status_of(outcome);
    return scenario;
}
