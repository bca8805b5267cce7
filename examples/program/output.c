/* SPDX-License-Identifier: MIT */
/* Where text goes, and how it is made for the terminal or file that it goes to. */
#define _DEFAULT_SOURCE /* the terminal's size */
#include "program.h"
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct sink sink_new(const struct request *request) {
    return (struct sink){.stream = request->output == NULL ? stdout : NULL, .file = request->output};
}

void sink_write(struct sink *sink, const char *bytes, size_t size) {
    if (sink->stream == NULL && !sink->failed) {
        sink->stream = fopen(sink->file, "wb");
    }
    if (sink->stream == NULL || fwrite(bytes, 1, size, sink->stream) != size) {
        sink->failed = true;
    }
}

bool sink_close(struct sink *sink) {
    bool whole = !sink->failed && (sink->stream == NULL || (fflush(sink->stream) == 0 && ferror(sink->stream) == 0));
    if (sink->stream != NULL && sink->stream != stdout && fclose(sink->stream) != 0) {
        whole = false;
    }
    if (!whole) {
        fprintf(stderr, "aicompute: %s cannot be written\n", sink->file != NULL ? sink->file : "standard output");
    }
    return whole;
}

static bool is_terminal(const struct sink *sink) { return sink->file == NULL && isatty(fileno(stdout)) == 1; }

/** Columns of the terminal; a file or a pipe has no width, so that nothing is left out there. */
static int width_of(const struct sink *sink) {
    struct winsize window;
    const char *columns = getenv("COLUMNS");
    if (!is_terminal(sink)) {
        return 10000;
    }
    if (columns != NULL && atoi(columns) > 20) {
        return atoi(columns);
    }
    return ioctl(fileno(stdout), TIOCGWINSZ, &window) == 0 && window.ws_col > 20 ? window.ws_col : 80;
}

aic_text_options text_options(const struct request *request, const struct sink *sink) {
    const char *no_color = getenv("NO_COLOR");
    bool plain = request->no_color || (no_color != NULL && *no_color != '\0') || !is_terminal(sink);
    return (aic_text_options){.size = sizeof(aic_text_options),
                              .format = request->format,
                              .numerals = request->numerals,
                              .color = !plain,
                              .width = width_of(sink),
                              .digits = request->digits,
                              .everything = request->everything};
}
