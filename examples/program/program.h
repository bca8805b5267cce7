/* SPDX-License-Identifier: MIT */
/*
 * The parts of the command-line program. It uses the public interface only, as any user's program would.
 */
#ifndef AICOMPUTE_PROGRAM_H
#define AICOMPUTE_PROGRAM_H

#include <aicompute/aicompute.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

/** What the program's exit status says; scripts depend on the numbers. */
enum exit_status { EXIT_ALL_WELL = 0, EXIT_VERDICT = 1, EXIT_BAD_INPUT = 2, EXIT_FAILURE_INSIDE = 3, EXIT_INTERRUPTED = 130 };

/** What the command line asked for. */
struct request {
    const char *command;
    const char **arguments; /**< after the command: files and names */
    int argument_count;
    const char **changes; /**< of --set: "NAME=EXPRESSION" */
    int change_count;
    const char **libraries; /**< of --library: files */
    int library_count;
    const char *output;     /**< of --output, or NULL: standard output */
    const char *completion; /**< of --completion: a shell, or NULL */
    int format;             /**< aic_format */
    int numerals;           /**< aic_numerals */
    int digits;
    aic_sample_options sampling;
    bool second_order;
    double low, high, step; /**< of --interval and --step, as shares; 0: not given */
    const char **over;      /**< of --over: "NAME=A..B:N" */
    int over_count;
    const char *rows;         /**< of --rows, or NULL */
    const char *by, *between; /**< of --by and --between, or NULL */
    bool partial;             /**< of --partial */
    bool histogram;           /**< of --histogram */
    bool require_sources, no_defaults;
    bool everything, quiet, no_color, help, version;
};

/** Reads the command line. False: a message has been printed. request_free() in either case. */
bool request_read(struct request *request, int count, char **words);
void request_free(struct request *request);

/** An option: how it is written, what it takes, what --help says of it (NULL: nothing), and which commands know it. */
struct option_line {
    const char *name, *argument, *help;
    int letter;
    const char *commands;
};
const struct option_line *option_lines(size_t *count);
bool option_is_of(const struct option_line *line, const char *command);

struct sink;

/** A command: how it is called, what --help says of it, and the function that does it and returns an exit status. */
struct command_line {
    const char *name, *arguments, *help, *example;
    int (*function)(const struct request *request, struct sink *sink);
};
const struct command_line *command_lines(size_t *count);

/** NULL when there is no such command. */
const struct command_line *command_named(const char *name);

/** Prints what makes a shell complete the program's command line; an exit status. */
int print_completion(FILE *stream, const char *shell);

/** The options of one command as they are listed by --help. */
void print_help(FILE *stream, const char *command);
void print_usage(FILE *stream);

/** From now on Ctrl-C sets the word that is returned, which stops long work; a second Ctrl-C ends the program. */
const volatile uint32_t *stop_on_interrupt(void);

/** A line on standard error that says how far long work is, after a second of it; only on a terminal and without --quiet. It is wiped when
 * the work is over. */
struct progress {
    volatile uint64_t done; /**< the word that the library counts in */
    uint64_t total;         /**< what it counts to; 0: not known before */
    const char *what;       /**< that is counted, such as "draws" */
    int width;              /**< of what stands on the terminal */
    bool runs, over;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
};
void progress_begin(struct progress *progress, const struct request *request, uint64_t total, const char *what);
void progress_end(struct progress *progress);

/** How many draws the library makes of what is asked for: Sobol' points are rounded up. Of a shard about its share. */
uint64_t draws_of(const aic_sample_options *sampling);

/** Prints a report on standard error: errors always, remarks unless --quiet. */
void print_report(const struct request *request, const aic_report *report);

/** The exit status for a call that failed. */
int exit_status_of(aic_status status);

/** Loads a scenario from a file or, called "-", from standard input, and applies --library and --set. NULL: reported, *status is set. */
aic_scenario *load_scenario(const struct request *request, const char *file, int *status);

/** Where text goes: standard output or --output, which is only opened when there is something to write, so that a bad scenario spoils no
 * file. */
struct sink {
    FILE *stream;
    const char *file;
    bool failed;
};
struct sink sink_new(const struct request *request);
void sink_write(struct sink *sink, const char *bytes, size_t size);
/** Closes it; false, with a message, when something could not be written. */
bool sink_close(struct sink *sink);

/** Says how a command is used when it has too few arguments or too many; an exit status. */
int need_arguments(const struct request *request, int least, int most, const char *usage);

/** Writes a result, or says why it cannot be written; an exit status. */
int write_result(const struct request *request, const aic_result *result, struct sink *sink);

/** How results are written, as the options and the terminal say. */
aic_text_options text_options(const struct request *request, const struct sink *sink);

/* The commands; each returns an exit status. */
int command_eval(const struct request *request, struct sink *sink);
int command_check(const struct request *request, struct sink *sink);
int command_explain(const struct request *request, struct sink *sink);
int command_diff(const struct request *request, struct sink *sink);
int command_sensitivity(const struct request *request, struct sink *sink);
int command_sweep(const struct request *request, struct sink *sink);
int command_solve(const struct request *request, struct sink *sink);
int command_sample(const struct request *request, struct sink *sink);
int command_merge(const struct request *request, struct sink *sink);
int command_models(const struct request *request, struct sink *sink);
int command_units(const struct request *request, struct sink *sink);
int command_schema(const struct request *request, struct sink *sink);

#endif
