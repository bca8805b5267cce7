/* SPDX-License-Identifier: MIT */
/* From the command line to a request; and the help texts, which are made from the same table of options. */
#define _GNU_SOURCE /* getopt_long */
#include "program.h"
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct option_line lines[] = {
    {"set", "NAME=EXPRESSION", "change an assumption, an input or NAME[YEAR] first (repeatable; diff: in B)", 's',
     "eval check explain diff sensitivity solve sweep sample"},
    {"library", "FILE", "load kinds and units of your own first (repeatable)", 'l',
     "eval check explain diff sensitivity solve sweep sample models units schema"},
    {"format", "FORMAT", "text, json, csv or markdown", 'f', "eval check explain diff sensitivity solve sweep sample merge models units"},
    {"output", "FILE", "write there instead of on standard output", 'o',
     "eval check explain diff sensitivity solve sweep sample merge models units schema"},
    {"all", NULL, "list assumptions and inputs too", 'a', "eval sensitivity merge"},
    {"require-sources", NULL, "a claim that depends on a figure without a source is a fault", 'R', "check"},
    {"no-defaults", NULL, "a claim that depends on the default of a kind is a fault", 'D', "check"},
    {"digits", "N", "significant digits in text (default 4)", 'd', "eval check explain diff sensitivity solve sweep sample merge"},
    {"numerals", "si|chinese", "how large numbers are written in text: 1.2M or 120万", 'n',
     "eval check explain diff sensitivity solve sweep sample merge"},
    {"no-color", NULL, "no colours, whatever the terminal", 'C',
     "eval check explain diff sensitivity solve sweep sample merge models units schema"},
    {"quiet", NULL, "no remarks on standard error, errors only", 'q',
     "eval check explain diff sensitivity solve sweep sample merge models units schema"},
    {"samples", "N", "draws, where something is uncertain (default 65536; to list: 1024)", 'N',
     "eval check sensitivity solve sweep sample"},
    {"seed", "N", "another seed, other draws (default 0)", 'S', "eval check sensitivity solve sweep sample"},
    {"method", "sobol|mc", "scrambled Sobol' points, or plain Monte Carlo", 'M', "eval check solve sweep sample"},
    {"threads", "N", "threads to sample with (default: one a processor)", 'T', "eval check sensitivity solve sweep sample"},
    {"by", "INPUT", "the input that is moved: an assumption, an input of a model, or NAME[YEAR]", 'b', "solve"},
    {"between", "A..B", "move it between these values only (default: its bounds)", 'w', "solve"},
    {"over", "NAME=RANGE", "move an input: A..B:N, A..B:N log, or A,B,C (repeatable: a grid)", 'v', "sweep"},
    {"rows", "FILE", "move inputs to each row of a CSV file, names in its first line", 'r', "sweep"},
    {"histogram", NULL, "how the draws are spread, as bars, not the draws themselves", 'H', "sample"},
    {"shard", "I/N", "a part for merge with the draws of shard I of N, counted from 0", 'i', "sample"},
    {"partial", NULL, "where draws are missing, take those that are there", 'p', "merge"},
    {"interval", "LOW..HIGH", "ends of the tornado, in per cent (default 5..95)", 'I', "sensitivity"},
    {"second-order", NULL, "of the variance, what pairs of inputs make together, too", '2', "sensitivity"},
    {"step", "PERCENT", "move inputs that are certain too, by so much of themselves", 'P', "sensitivity"},
    {"help", NULL, "print this", 'h', "eval check explain diff sensitivity solve sweep sample merge models units schema"},
    {"version", NULL, "print the version", 'V', ""},
    {"completion", "bash|zsh|fish", NULL, 'B', ""},
};

enum { LINE_COUNT = sizeof lines / sizeof lines[0] };

/** Known to the format's page, but not to this version: said plainly instead of "unknown". */
static const char *const later_commands[] = {"catalog"};

static bool is_among(const char *word, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(word, list[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* --- help ----------------------------------------------------------------------------------------------------------------------------- */

void print_usage(FILE *stream) {
    enum { HELP_COLUMN = 36 };
    size_t count = 0;
    const struct command_line *command = command_lines(&count);
    fputs("aicompute computes, checks and explains scenarios of AI compute, cost and markets.\n\n", stream);
    for (size_t i = 0; i < count; i++) {
        int width = fprintf(stream, "  aicompute %s%s%s", command[i].name, *command[i].arguments != '\0' ? " " : "", command[i].arguments);
        fprintf(stream, "%*s%s\n", width < HELP_COLUMN - 1 ? HELP_COLUMN - width : 2, "", command[i].help);
    }
    fputs("\nExample: aicompute check examples/scenarios/report.yaml\n`aicompute COMMAND --help` lists the options. FILE may be `-`.\n",
          stream);
}

const struct option_line *option_lines(size_t *count) {
    *count = LINE_COUNT;
    return lines;
}

/** Whether a word stands in a list of words with spaces between them. */
static bool is_word_of(const char *list, const char *word) {
    size_t size = strlen(word);
    for (const char *at = list; (at = strstr(at, word)) != NULL; at += size) {
        if ((at == list || at[-1] == ' ') && (at[size] == ' ' || at[size] == '\0')) {
            return true;
        }
    }
    return false;
}

bool option_is_of(const struct option_line *line, const char *command) { return is_word_of(line->commands, command); }

void print_help(FILE *stream, const char *command) {
    fprintf(stream, "Example: %s\n\nOptions of `aicompute %s`:\n", command_named(command)->example, command);
    for (size_t i = 0; i < LINE_COUNT; i++) {
        if (option_is_of(&lines[i], command) && lines[i].help != NULL) {
            int width = fprintf(stream, "  --%s%s%s", lines[i].name, lines[i].argument != NULL ? " " : "",
                                lines[i].argument != NULL ? lines[i].argument : "");
            fprintf(stream, "%*s%s\n", width < 28 ? 28 - width : 2, "", lines[i].help);
        }
    }
    fputs("\nExit status: 0 all well; 1 a verdict is not the expected one, a claim stands on what was forbidden, or there is no solution; "
          "2 wrong usage or bad input; 3 a failure inside; 130 interrupted.\n",
          stream);
}

/* --- reading -------------------------------------------------------------------------------------------------------------------------- */

static bool complain(const char *format, const char *word, const char *advice) {
    fputs("aicompute: ", stderr);
    fprintf(stderr, format, word);
    fprintf(stderr, "\n  help: %s\n", advice);
    return false;
}

static bool read_choice(const char *text, const char *const *choices, int count, int *choice) {
    for (int i = 0; i < count; i++) {
        if (strcmp(text, choices[i]) == 0) {
            *choice = i;
            return true;
        }
    }
    return false;
}

static bool read_digits(const char *text, int *digits) {
    char *end = NULL;
    long value = strtol(text, &end, 10);
    *digits = (int)value;
    return end != text && *end == '\0' && value >= 1 && value <= 17;
}

/** A whole number from @p least to @p most, digits only. */
static bool read_count(const char *text, uint64_t least, uint64_t most, uint64_t *count) {
    uint64_t value = 0;
    for (const char *digit = text; *digit != '\0'; digit++) {
        uint64_t next = (uint64_t)(*digit - '0');
        if (*digit < '0' || *digit > '9' || value > (UINT64_MAX - next) / 10) {
            return false;
        }
        value = value * 10 + next;
    }
    *count = value;
    return *text != '\0' && value >= least && value <= most;
}

/** How many zeros stand behind the digits: of "k", "M", "B" and "e6"; -1: none of these. */
static int zeros_of(const char *text) {
    static const char letters[] = "kMB";
    const char *letter = *text != '\0' ? strchr(letters, *text) : NULL;
    uint64_t zeros = 0;
    if (letter != NULL && text[1] == '\0') {
        return 3 * (int)(letter - letters + 1);
    }
    return *text == '\0' ? 0 : *text == 'e' && read_count(text + 1, 0, 12, &zeros) ? (int)zeros : -1;
}

/** "1000000", "1_000_000", "1e6", "1M": what a scenario reads as a whole number. */
static bool read_large_count(const char *text, uint64_t least, uint64_t most, uint64_t *count) {
    char digits[32];
    size_t size = 0;
    const char *from = text;
    for (; size < 12 && ((*from >= '0' && *from <= '9') || (*from == '_' && size > 0)); from++) {
        digits[size] = *from;
        size += *from != '_';
    }
    int zeros = size > 0 && from[-1] != '_' ? zeros_of(from) : -1;
    for (int i = 0; i < zeros; i++) {
        digits[size++] = '0';
    }
    digits[size] = '\0';
    return zeros >= 0 && read_count(digits, least, most, count);
}

/** "3/8": the fourth of eight. */
static bool read_shard(const char *text, aic_sample_options *options) {
    char *end = NULL;
    unsigned long shard = strtoul(text, &end, 10);
    bool good = *text >= '0' && *text <= '9' && *end == '/' && end[1] >= '0' && end[1] <= '9';
    unsigned long count = good ? strtoul(end + 1, &end, 10) : 0;
    options->shard = (uint32_t)shard;
    options->shard_count = (uint32_t)count;
    return good && *end == '\0' && count <= 1ul << 20 && shard < count;
}

/** Takes an option of sampling. */
static bool take_sampling(struct request *request, int letter, const char *argument) {
    static const char *const methods[] = {"sobol", "mc"};
    uint64_t threads = 0;
    bool good = true;
    switch (letter) {
    case 'N':
        return read_large_count(argument, 1, UINT64_C(1) << 32, &request->sampling.samples) ||
               complain("--samples `%s` is no whole number from 1 to 2^32", argument, "use --samples 1000000, or 1M");
    case 'S':
        return read_count(argument, 0, UINT64_MAX, &request->sampling.seed) ||
               complain("--seed `%s` is no whole number below 2^64", argument, "use --seed 1");
    case 'M':
        return read_choice(argument, methods, 2, &request->sampling.method) ||
               complain("there is no method `%s`", argument, "use sobol or mc");
    default:
        good =
            read_count(argument, 1, 1024, &threads) || complain("--threads `%s` is no number from 1 to 1024", argument, "use --threads 2");
        request->sampling.threads = (uint32_t)threads;
        return good;
    }
}

/** A number of per cent from 0 to 100, as a share; *end is where it stops. */
static bool read_share(const char *text, const char **end, double *share) {
    char *stop = NULL;
    double value = *text >= '0' && *text <= '9' ? strtod(text, &stop) : -1;
    *end = stop != NULL ? stop : text;
    if (stop != NULL && *end > text && (*end)[-1] == '.') { /* `5.` of `5..95` */
        --*end;
    }
    *share = value / 100;
    return value >= 0 && value <= 100;
}

/** What stands behind a number of per cent: nothing, or its sign. */
static const char *skip_percent(const char *text) {
    text += *text == ' ' && text[1] == '%';
    return text + (*text == '%');
}

/** "5..95", "5..95 %", "5 %..95 %" */
static bool read_interval(const char *text, double *low, double *high) {
    const char *end = NULL;
    bool begins = read_share(text, &end, low);
    end = begins ? skip_percent(end) : "";
    return strncmp(end, "..", 2) == 0 && read_share(end + 2, &end, high) && *skip_percent(end) == '\0' && *low > 0 && *low < *high &&
           *high < 1;
}

static bool read_step(const char *text, double *step) {
    const char *end = NULL;
    return read_share(text, &end, step) && *step > 0 && (*end == '\0' || strcmp(end, "%") == 0 || strcmp(end, " %") == 0);
}

/** Takes one option's argument into the request. */
static bool take_option(struct request *request, int letter, const char *argument) {
    static const char *const formats[] = {"text", "json", "csv", "markdown"};
    static const char *const numerals[] = {"si", "chinese"};
    switch (letter) {
    case 's':
        request->changes[request->change_count++] = argument;
        return strchr(argument, '=') != NULL ||
               complain("--set `%s` has no `=`", argument, "write --set NAME=EXPRESSION, such as --set 'chatgpt.utilization=40 %'");
    case 'l': request->libraries[request->library_count++] = argument; return true;
    case 'o': request->output = argument; return true;
    case 'f':
        return read_choice(argument, formats, 4, &request->format) ||
               complain("there is no format `%s`", argument, "use text, json, csv or markdown");
    case 'n':
        return read_choice(argument, numerals, 2, &request->numerals) ||
               complain("there are no numerals `%s`", argument, "use si or chinese");
    case 'd':
        return read_digits(argument, &request->digits) || complain("--digits `%s` is no number from 1 to 17", argument, "use --digits 4");
    case 'a': request->everything = true; return true;
    case 'R': request->require_sources = true; return true;
    case 'D': request->no_defaults = true; return true;
    case 'C': request->no_color = true; return true;
    case 'q': request->quiet = true; return true;
    case 'h': request->help = true; return true;
    case 'v': request->over[request->over_count++] = argument; return true;
    case 'r': request->rows = argument; return true;
    case 'i':
        return read_shard(argument, &request->sampling) ||
               complain("--shard `%s` is no shard of up to 2^20", argument, "shards count from 0: --shard 0/4 to --shard 3/4");
    case 'p': request->partial = true; return true;
    case 'H': request->histogram = true; return true;
    case 'b': request->by = argument; return true;
    case 'w': request->between = argument; return true;
    case 'B': request->completion = argument; return true;
    case 'I':
        return read_interval(argument, &request->low, &request->high) ||
               complain("--interval `%s` is no interval above 0 and below 100", argument, "use --interval 10..90, or 0.1..99.9");
    case '2': request->second_order = true; return true;
    case 'P':
        return read_step(argument, &request->step) ||
               complain("--step `%s` is no number of per cent from 0 to 100", argument, "use --step 10");
    case 'N':
    case 'S':
    case 'M':
    case 'T': return take_sampling(request, letter, argument);
    default: request->version = true; return true;
    }
}

static const struct option_line *line_of(int letter) {
    for (size_t i = 0; i < LINE_COUNT; i++) {
        if (lines[i].letter == letter) {
            return &lines[i];
        }
    }
    return NULL;
}

/** getopt_long() said no: finds out why, and says so. */
static bool refuse_option(char **words, int letter) {
    const char *word = words[optind - 1];
    if (letter == ':') {
        return complain("%s needs an argument", word, "`aicompute COMMAND --help` lists the options");
    }
    return complain("there is no option %s", word, "`aicompute COMMAND --help` lists the options");
}

/** Refuses an option that the command does not know. */
static bool suits_command(const struct request *request, int letter) {
    const struct option_line *line = line_of(letter);
    if (line == NULL || request->command == NULL || *line->commands == '\0' || option_is_of(line, request->command)) {
        return true;
    }
    fprintf(stderr, "aicompute: `%s` does not have the option --%s\n  help: `aicompute %s --help` lists its options\n", request->command,
            line->name, request->command);
    return false;
}

static bool read_options(struct request *request, int count, char **words, char *used) {
    struct option table[LINE_COUNT + 1] = {{0}};
    for (size_t i = 0; i < LINE_COUNT; i++) {
        table[i] = (struct option){lines[i].name, lines[i].argument != NULL ? required_argument : no_argument, NULL, lines[i].letter};
    }
    opterr = 0;
    for (size_t used_count = 0;;) {
        int letter = getopt_long(count, words, ":ho:", table, NULL);
        if (letter == -1) {
            return true;
        }
        if (letter == '?' || letter == ':') {
            return refuse_option(words, letter);
        }
        if (!take_option(request, letter, optarg)) {
            return false;
        }
        used[used_count++] = (char)letter;
    }
}

/** "eval, check, explain or diff". */
static void list_commands(char *list, size_t size) {
    size_t count = 0, used = 0;
    const struct command_line *command = command_lines(&count);
    for (size_t i = 0; i < count && used < size; i++) {
        const char *before = i == 0 ? "" : i + 1 == count ? " or " : ", ";
        used += (size_t)snprintf(list + used, size - used, "%s%s", before, command[i].name);
    }
}

static bool check_command(const struct request *request) {
    char list[400] = "";
    if (command_named(request->command) != NULL) {
        return true;
    }
    if (is_among(request->command, later_commands, sizeof later_commands / sizeof later_commands[0])) {
        return complain("this version does not have the command `%s` yet", request->command, "see CHANGELOG.md");
    }
    memcpy(list, "use ", 4);
    list_commands(list + 4, sizeof list - 4);
    return complain("there is no command `%s`", request->command, list);
}

/** One thread for each processor that the program may use. */
static uint32_t processors(void) {
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > 1024 ? 1024 : (uint32_t)count;
}

bool request_read(struct request *request, int count, char **words) {
    *request = (struct request){.sampling = {.size = sizeof request->sampling, .threads = processors()}};
    char *used = calloc((size_t)count + 1, 1);
    request->arguments = calloc((size_t)count + 1, sizeof *request->arguments);
    request->changes = calloc((size_t)count + 1, sizeof *request->changes);
    request->libraries = calloc((size_t)count + 1, sizeof *request->libraries);
    request->over = calloc((size_t)count + 1, sizeof *request->over);
    bool good =
        used != NULL && request->arguments != NULL && request->changes != NULL && request->libraries != NULL && request->over != NULL;
    if (!good) {
        complain("%s", "there is no memory", "close other programs");
    }
    good = good && read_options(request, count, words, used);
    if (good && optind < count) {
        request->command = words[optind];
        for (int i = optind + 1; i < count; i++) {
            request->arguments[request->argument_count++] = words[i];
        }
        good = check_command(request);
    }
    for (size_t i = 0; good && used[i] != '\0'; i++) {
        good = suits_command(request, used[i]);
    }
    free(used);
    return good;
}

void request_free(struct request *request) {
    free(request->arguments);
    free(request->changes);
    free(request->over);
    free(request->libraries);
}
