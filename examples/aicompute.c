/* SPDX-License-Identifier: MIT */
/*
 * aicompute: computes, checks and explains scenarios at the command line. Everything that it knows it asks of the library through the
 * public header; its parts are in program/.
 */
#include "program/program.h"

static int run_into_sink(const struct request *request) {
    struct sink sink = sink_new(request);
    int status = command_named(request->command)->function(request, &sink);
    if (!sink_close(&sink)) {
        return EXIT_FAILURE_INSIDE;
    }
    return status;
}

int main(int count, char **words) {
    struct request request;
    int status = EXIT_BAD_INPUT;
    if (!request_read(&request, count, words)) {
        status = EXIT_BAD_INPUT;
    } else if (request.version) {
        status = printf("aicompute %s\n", aic_version()) > 0 ? EXIT_ALL_WELL : EXIT_FAILURE_INSIDE;
    } else if (request.completion != NULL) {
        status = print_completion(stdout, request.completion);
    } else if (request.command == NULL) {
        print_usage(request.help ? stdout : stderr);
        status = request.help ? EXIT_ALL_WELL : EXIT_BAD_INPUT;
    } else if (request.help) {
        print_help(stdout, request.command);
        status = EXIT_ALL_WELL;
    } else {
        status = run_into_sink(&request);
    }
    request_free(&request);
    return status;
}
