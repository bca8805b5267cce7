/* SPDX-License-Identifier: MIT */
/* The commands: each loads what it is given, asks the library one question, and writes the answer. */
#include "program.h"
#include <string.h>

int write_result(const struct request *request, const aic_result *result, struct sink *sink) {
    aic_text_options options = text_options(request, sink);
    aic_report *report = aic_report_new(NULL);
    aic_text *text = NULL;
    aic_status status = aic_result_text(result, &options, &text, report);
    if (status == AIC_OK) {
        sink_write(sink, aic_text_bytes(text), aic_text_size(text));
    } else {
        print_report(request, report);
    }
    aic_text_free(text);
    aic_report_free(report);
    return exit_status_of(status);
}

int need_arguments(const struct request *request, int least, int most, const char *usage) {
    if (request->argument_count >= least && request->argument_count <= most) {
        return EXIT_ALL_WELL;
    }
    fprintf(stderr, "aicompute: usage: aicompute %s\n", usage);
    return EXIT_BAD_INPUT;
}

/** Prints what a question came to, writes its result, and gives both back. */
static int finish(const struct request *request, aic_status status, aic_report *report, aic_result *result, struct sink *sink) {
    print_report(request, report);
    int exit_status = status == AIC_OK ? write_result(request, result, sink) : exit_status_of(status);
    aic_result_unref(result);
    aic_report_free(report);
    return exit_status;
}

int command_eval(const struct request *request, struct sink *sink) {
    int status = need_arguments(request, 1, 1 << 20, "eval FILE [NAME...]");
    aic_scenario *scenario = status == EXIT_ALL_WELL ? load_scenario(request, request->arguments[0], &status) : NULL;
    if (scenario == NULL) {
        return status;
    }
    aic_report *report = aic_report_new(NULL);
    aic_result *result = NULL;
    size_t count = (size_t)request->argument_count - 1;
    aic_sample_options sampling = request->sampling;
    struct progress progress;
    sampling.cancel = stop_on_interrupt();
    sampling.progress = &progress.done;
    progress_begin(&progress, request, draws_of(&sampling), "draws");
    aic_status outcome = aic_scenario_sample(scenario, count > 0 ? request->arguments + 1 : NULL, count, &sampling, &result, report);
    progress_end(&progress);
    aic_scenario_free(scenario);
    return finish(request, outcome, report, result, sink);
}

int command_explain(const struct request *request, struct sink *sink) {
    int status = need_arguments(request, 2, 2, "explain FILE NAME");
    aic_scenario *scenario = status == EXIT_ALL_WELL ? load_scenario(request, request->arguments[0], &status) : NULL;
    if (scenario == NULL) {
        return status;
    }
    aic_report *report = aic_report_new(NULL);
    aic_result *result = NULL;
    aic_status outcome = aic_scenario_explain(scenario, request->arguments[1], &result, report);
    aic_scenario_free(scenario);
    return finish(request, outcome, report, result, sink);
}

/* --- check ---------------------------------------------------------------------------------------------------------------------------- */

/** What all files together came to. */
struct tally {
    size_t verdict[4], unexpected, files;
    size_t unfounded; /**< claims that depend on what --require-sources or --no-defaults forbid */
};

static void count_claims(struct tally *tally, const aic_result *result) {
    for (int i = 0; i < 4; i++) {
        tally->verdict[i] += aic_result_verdict_count(result, (aic_verdict)i);
    }
    tally->unexpected += aic_result_unexpected_count(result);
}

static void write_words(struct sink *sink, const char *words) { sink_write(sink, words, strlen(words)); }

/** The claims that depend on what is forbidden, a line each; JSON and CSV have it in keys and columns of their own. Returns how many they
 * are. */
static size_t write_unfounded(const struct request *request, const aic_result *result, aic_claim_text which, struct sink *sink) {
    bool people = request->format == AIC_FORMAT_TEXT || request->format == AIC_FORMAT_MARKDOWN;
    const char *bullet = request->format == AIC_FORMAT_MARKDOWN ? "* " : "  ";
    size_t count = 0;
    for (size_t i = 0; i < aic_result_claim_count(result); i++) {
        const char *names = aic_result_claim(result, i, which);
        if (*names == '\0') {
            continue;
        }
        const char *heading =
            which == AIC_CLAIM_UNSOURCED ? "\nFigures without a source, by claim:\n\n" : "\nDefaults of kinds, by claim:\n\n";
        const char *words[] = {count == 0 ? heading : "", bullet, aic_result_claim(result, i, AIC_CLAIM_ID), ": ", names, "\n"};
        for (size_t k = 0; people && k < sizeof words / sizeof words[0]; k++) {
            write_words(sink, words[k]);
        }
        count++;
    }
    return count;
}

static void write_all_unfounded(const struct request *request, const aic_result *result, struct tally *tally, struct sink *sink) {
    tally->unfounded += request->require_sources ? write_unfounded(request, result, AIC_CLAIM_UNSOURCED, sink) : 0;
    tally->unfounded += request->no_defaults ? write_unfounded(request, result, AIC_CLAIM_DEFAULTS, sink) : 0;
}

/** Several files: JSON becomes a list of objects, CSV keeps one head, text gets a heading. */
static void write_one_of_several(const struct request *request, const char *file, const aic_text *text, size_t index, struct sink *sink) {
    const char *bytes = aic_text_bytes(text);
    size_t size = aic_text_size(text);
    if (request->format == AIC_FORMAT_JSON) {
        write_words(sink, index > 0 ? ",\n" : "");
        size -= size > 0 && bytes[size - 1] == '\n';
    } else if (request->format == AIC_FORMAT_CSV && index > 0) {
        const char *line = strchr(bytes, '\n');
        size -= line != NULL ? (size_t)(line + 1 - bytes) : 0;
        bytes = line != NULL ? line + 1 : bytes;
    } else if (request->format != AIC_FORMAT_CSV) {
        write_words(sink, index > 0 ? "\n" : "");
        write_words(sink, request->format == AIC_FORMAT_MARKDOWN ? "## " : "");
        write_words(sink, file);
        write_words(sink, "\n\n");
    }
    sink_write(sink, bytes, size);
}

static void write_summary(const struct request *request, const struct tally *tally, struct sink *sink) {
    char line[300];
    int size = 0;
    if (request->format == AIC_FORMAT_JSON) {
        size = snprintf(
            line, sizeof line,
            "\n],\n\"summary\": {\"holds\": %zu, \"reading\": %zu, \"differs\": %zu, \"not_checkable\": %zu, \"unexpected\": %zu}}\n",
            tally->verdict[AIC_VERDICT_HOLDS], tally->verdict[AIC_VERDICT_READING], tally->verdict[AIC_VERDICT_DIFFERS],
            tally->verdict[AIC_VERDICT_NOT_CHECKABLE], tally->unexpected);
    } else if (request->format != AIC_FORMAT_CSV) {
        size = snprintf(line, sizeof line,
                        "\nAll %zu files: %zu hold, %zu under a reading, %zu differ, %zu not checkable; %zu not as expected.\n",
                        tally->files, tally->verdict[AIC_VERDICT_HOLDS], tally->verdict[AIC_VERDICT_READING],
                        tally->verdict[AIC_VERDICT_DIFFERS], tally->verdict[AIC_VERDICT_NOT_CHECKABLE], tally->unexpected);
    }
    sink_write(sink, line, (size_t)size);
}

static aic_status check_file(const struct request *request, int index, struct tally *tally, struct sink *sink, int *exit_status) {
    const char *file = request->arguments[index];
    aic_scenario *scenario = load_scenario(request, file, exit_status);
    if (scenario == NULL) {
        return AIC_ERROR_SCENARIO;
    }
    aic_report *report = aic_report_new(NULL);
    aic_result *result = NULL;
    aic_text *text = NULL;
    aic_text_options options = text_options(request, sink);
    aic_sample_options sampling = request->sampling;
    struct progress progress;
    sampling.cancel = stop_on_interrupt();
    sampling.progress = &progress.done;
    progress_begin(&progress, request, draws_of(&sampling), "draws");
    aic_status status = aic_scenario_check(scenario, &sampling, &result, report);
    progress_end(&progress);
    print_report(request, report);
    if (status == AIC_OK) {
        count_claims(tally, result);
        status = aic_result_text(result, &options, &text, report);
    }
    if (status == AIC_OK && request->argument_count > 1) {
        write_one_of_several(request, file, text, tally->files, sink);
    } else if (status == AIC_OK) {
        sink_write(sink, aic_text_bytes(text), aic_text_size(text));
    }
    if (status == AIC_OK) {
        write_all_unfounded(request, result, tally, sink);
    }
    tally->files += status == AIC_OK;
    *exit_status = exit_status_of(status);
    aic_text_free(text);
    aic_result_unref(result);
    aic_report_free(report);
    aic_scenario_free(scenario);
    return status;
}

int command_check(const struct request *request, struct sink *sink) {
    struct tally tally = {.files = 0};
    int worst = need_arguments(request, 1, 1 << 20, "check FILE...");
    if (worst != EXIT_ALL_WELL) {
        return worst;
    }
    bool several = request->argument_count > 1;
    write_words(sink, several && request->format == AIC_FORMAT_JSON ? "{\"files\": [\n" : "");
    for (int i = 0; i < request->argument_count; i++) {
        int exit_status = EXIT_ALL_WELL;
        if (check_file(request, i, &tally, sink, &exit_status) != AIC_OK && exit_status > worst) {
            worst = exit_status;
        }
    }
    if (several) {
        write_summary(request, &tally, sink);
    }
    return worst != EXIT_ALL_WELL ? worst : tally.unexpected + tally.unfounded > 0 ? EXIT_VERDICT : EXIT_ALL_WELL;
}

/* --- what the library knows ----------------------------------------------------------------------------------------------------------- */

/** Libraries of the user's own are loaded into an empty scenario, whose kinds and units are then listed. */
static aic_scenario *load_libraries(const struct request *request, int *status) {
    aic_report *report = aic_report_new(NULL);
    aic_library libraries[32] = {{0}};
    aic_scenario *scenario = NULL;
    size_t count = (size_t)request->library_count < 32 ? (size_t)request->library_count : 32;
    for (size_t i = 0; i < count; i++) {
        libraries[i].name = request->libraries[i];
    }
    aic_load_options options = {.size = sizeof options, .libraries = libraries, .library_count = count};
    aic_status outcome = aic_scenario_new(&options, &scenario, report);
    print_report(request, report);
    aic_report_free(report);
    *status = exit_status_of(outcome);
    return scenario;
}

static int write_text(const struct request *request, aic_status status, aic_text *text, aic_report *report, struct sink *sink) {
    if (status == AIC_OK) {
        sink_write(sink, aic_text_bytes(text), aic_text_size(text));
    } else {
        print_report(request, report);
    }
    aic_text_free(text);
    aic_report_free(report);
    return exit_status_of(status);
}

int command_models(const struct request *request, struct sink *sink) {
    int status = need_arguments(request, 0, 1, "models [KIND]");
    aic_scenario *scenario = status == EXIT_ALL_WELL ? load_libraries(request, &status) : NULL;
    if (scenario == NULL) {
        return status;
    }
    aic_report *report = aic_report_new(NULL);
    aic_kinds *kinds = NULL;
    aic_text *text = NULL;
    aic_status outcome = aic_kinds_new(scenario, &kinds, report);
    if (outcome == AIC_OK) {
        outcome = aic_kinds_text(kinds, request->argument_count > 0 ? request->arguments[0] : NULL, request->format, &text, report);
    }
    aic_kinds_free(kinds);
    aic_scenario_free(scenario);
    return write_text(request, outcome, text, report, sink);
}

int command_units(const struct request *request, struct sink *sink) {
    int status = need_arguments(request, 0, 1, "units [UNIT]");
    if (status == EXIT_ALL_WELL && request->format > AIC_FORMAT_JSON) {
        fputs("aicompute: units are listed as text or json\n", stderr);
        status = EXIT_BAD_INPUT;
    }
    aic_scenario *scenario = status == EXIT_ALL_WELL ? load_libraries(request, &status) : NULL;
    if (scenario == NULL) {
        return status;
    }
    aic_report *report = aic_report_new(NULL);
    aic_units *units = NULL;
    aic_text *text = NULL;
    aic_status outcome = aic_units_new(scenario, &units, report);
    if (outcome == AIC_OK) {
        outcome = aic_units_text(units, request->argument_count > 0 ? request->arguments[0] : NULL, request->format == AIC_FORMAT_JSON,
                                 &text, report);
    }
    aic_units_free(units);
    aic_scenario_free(scenario);
    return write_text(request, outcome, text, report, sink);
}
