/* SPDX-License-Identifier: MIT */
/* The command `schema`: a JSON Schema of scenarios, with the library's kinds and those of --library, for editors. */
#include "program.h"

/** Libraries of the user's own are loaded into an empty scenario, whose kinds are then described. */
static aic_status list_kinds(const struct request *request, aic_kinds **kinds, aic_report *report) {
    enum { MOST_LIBRARIES = 32 };
    aic_library libraries[MOST_LIBRARIES] = {{0}};
    aic_scenario *scenario = NULL;
    size_t count = 0;
    for (; count < (size_t)request->library_count && count < MOST_LIBRARIES; count++) {
        libraries[count].name = request->libraries[count];
    }
    aic_load_options options = {.size = sizeof options, .libraries = libraries, .library_count = count};
    aic_status status = aic_scenario_new(&options, &scenario, report);
    if (status == AIC_OK) {
        status = aic_kinds_new(scenario, kinds, report);
    }
    aic_scenario_free(scenario);
    return status;
}

int command_schema(const struct request *request, struct sink *sink) {
    if (request->argument_count > 0) {
        fputs("aicompute: usage: aicompute schema [--library FILE]\n", stderr);
        return EXIT_BAD_INPUT;
    }
    aic_report *report = aic_report_new(NULL);
    aic_kinds *kinds = NULL;
    aic_text *text = NULL;
    aic_status status = list_kinds(request, &kinds, report);
    if (status == AIC_OK) {
        status = aic_kinds_schema(kinds, &text, report);
    }
    print_report(request, report);
    if (status == AIC_OK) {
        sink_write(sink, aic_text_bytes(text), aic_text_size(text));
    }
    aic_text_free(text);
    aic_kinds_free(kinds);
    aic_report_free(report);
    return exit_status_of(status);
}
