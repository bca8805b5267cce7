/* SPDX-License-Identifier: MIT */
/*
 * Completion for bash, zsh and fish, made from the tables of options and commands: a command or an option that is added there is completed
 * without more. Names of quantities are asked of the scenario that stands on the command line.
 */
#define _POSIX_C_SOURCE 200809L
#include "program.h"
#include <string.h>

static void copy_part(char *to, size_t room, const char *from, size_t size) {
    size = size < room ? size : room - 1;
    memcpy(to, from, size);
    to[size] = '\0';
}

/* --- what the three have in common ---------------------------------------------------------------------------------------------------- */

static bool is_hidden(const struct option_line *line) { return line->help == NULL; }

/** The values of an option that has a few: "si|chinese", or as its help says, "text, json, csv or markdown". */
static const char *choices_of(const struct option_line *line, char *room, size_t size) {
    if (line->argument == NULL) {
        return NULL;
    }
    copy_part(room, size, strcmp(line->name, "format") == 0 ? line->help : line->argument,
              strlen(strcmp(line->name, "format") == 0 ? line->help : line->argument));
    if (strchr(room, '|') == NULL && strcmp(line->name, "format") != 0) {
        return NULL;
    }
    char *or_word = strstr(room, " or ");
    if (or_word != NULL) {
        memcpy(or_word, "    ", 4);
    }
    for (char *at = room; *at != '\0'; at++) {
        *at = *at == '|' || *at == ',' ? ' ' : *at;
    }
    return room;
}

static bool takes_file(const struct option_line *line) { return line->argument != NULL && strcmp(line->argument, "FILE") == 0; }
static bool takes_name(const struct option_line *line) { return line->argument != NULL && strncmp(line->argument, "NAME", 4) == 0; }

/** The shell words that list the names of a scenario's quantities, a line each; with as few draws as there can be. */
static void print_names_command(FILE *stream, const char *file) {
    size_t count = 0;
    const struct option_line *line = option_lines(&count);
    const char *samples = "";
    for (size_t i = 0; i < count; i++) {
        if (strcmp(line[i].name, "samples") == 0 && option_is_of(&line[i], "eval")) {
            samples = " --samples 1";
        }
    }
    fprintf(
        stream,
        "aicompute eval %s --all --format csv --quiet%s 2>/dev/null | sed 1d | cut -d, -f1 | grep -E '^[A-Za-z_][A-Za-z0-9_.]*$' | uniq",
        file, samples);
}

/** Prints @p text for between single quotes, with @p escaped characters behind a backslash. */
static void print_escaped(FILE *stream, const char *text, const char *escaped) {
    for (; *text != '\0'; text++) {
        if (*text == '\'') {
            fputs("'\\''", stream);
        } else {
            fprintf(stream, "%s%c", strchr(escaped, *text) != NULL ? "\\" : "", *text);
        }
    }
}

/* --- bash ----------------------------------------------------------------------------------------------------------------------------- */

static void print_bash_options(FILE *stream, const char *command) {
    size_t count = 0;
    const struct option_line *line = option_lines(&count);
    for (size_t i = 0; i < count; i++) {
        if (!is_hidden(&line[i]) && option_is_of(&line[i], command)) {
            fprintf(stream, " --%s", line[i].name);
        }
    }
}

/** What comes behind each option that takes something. */
static void print_bash_arguments(FILE *stream) {
    char room[128];
    size_t count = 0;
    const struct option_line *line = option_lines(&count);
    for (size_t i = 0; i < count; i++) {
        const char *choices = choices_of(&line[i], room, sizeof room);
        if (line[i].argument == NULL) {
            continue;
        }
        fprintf(stream, "        --%s) ", line[i].name);
        if (choices != NULL) {
            fprintf(stream, "COMPREPLY=($(compgen -W '%s' -- \"$current\"))", choices);
        } else if (takes_file(&line[i])) {
            fputs("_aicompute_files '' \"$current\"", stream);
        } else if (takes_name(&line[i])) {
            fputs("_aicompute_names \"${words[0]}\" \"$current\" =; compopt -o nospace 2>/dev/null", stream);
        } else {
            fputc(':', stream);
        }
        fputs("; return ;;\n", stream);
    }
}

static void print_bash_commands(FILE *stream) {
    size_t command_count = 0;
    const struct command_line *command = command_lines(&command_count);
    for (size_t i = 0; i < command_count; i++) {
        fprintf(stream, "        %s) options='", command[i].name);
        print_bash_options(stream, command[i].name);
        fprintf(stream, "'; signature='%s' ;;\n", command[i].arguments);
    }
}

static void print_bash_names(FILE *stream) {
    fputs("_aicompute_names() {\n"
          "    local file=${1/#\\~\\//$HOME/}\n"
          "    [ -f \"$file\" ] && COMPREPLY=($(compgen -S \"$3\" -W \"$(",
          stream);
    print_names_command(stream, "\"$file\"");
    fputs(")\" -- \"$2\"))\n"
          "}\n\n",
          stream);
}

static void print_bash_start(FILE *stream) {
    fputs("# bash completion for aicompute, made by `aicompute --completion bash`\n\n"
          "_aicompute_files() {\n"
          "    compopt -o filenames 2>/dev/null\n"
          "    local IFS=$'\\n'\n"
          "    if [ -n \"$1\" ]; then\n"
          "        COMPREPLY=($(compgen -d -- \"$2\"; compgen -f -X '!*.yaml' -- \"$2\"; compgen -f -X '!*.yml' -- \"$2\"))\n"
          "    else\n"
          "        COMPREPLY=($(compgen -f -- \"$2\"))\n"
          "    fi\n"
          "}\n\n",
          stream);
    print_bash_names(stream);
}

/** Finds the command and its files and names: words that are neither options nor arguments of these. */
static void print_bash_words(FILE *stream) {
    char room[2] = "";
    size_t count = 0;
    const struct option_line *line = option_lines(&count);
    fputs("_aicompute() {\n"
          "    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command='' options='' signature='' i\n"
          "    local -a words=()\n"
          "    COMPREPLY=()\n"
          "    [ \"$current\" = '=' ] && current=''\n"
          "    [ \"$before\" = '=' ] && before=${COMP_WORDS[COMP_CWORD - 2]}\n"
          "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
          "        case ${COMP_WORDS[i]} in\n"
          "        ",
          stream);
    for (size_t i = 0; i < count; i++) {
        if (line[i].argument != NULL) {
            fprintf(stream, "%s--%s", room, line[i].name);
            room[0] = '|';
        }
    }
    fputs(") [ \"${COMP_WORDS[i + 1]}\" = '=' ] && i=$((i + 1)); i=$((i + 1)) ;;\n"
          "        -*) ;;\n"
          "        *) if [ -z \"$command\" ]; then command=${COMP_WORDS[i]}; else words+=(\"${COMP_WORDS[i]}\"); fi ;;\n"
          "        esac\n"
          "    done\n",
          stream);
}

static void print_bash(FILE *stream) {
    size_t command_count = 0;
    const struct command_line *command = command_lines(&command_count);
    print_bash_start(stream);
    print_bash_words(stream);
    fputs("    case $before in\n", stream);
    print_bash_arguments(stream);
    fputs("    esac\n"
          "    case $command in\n"
          "        '') COMPREPLY=($(compgen -W '",
          stream);
    for (size_t i = 0; i < command_count; i++) {
        fprintf(stream, "%s ", command[i].name);
    }
    fputs("--help --version' -- \"$current\")); return ;;\n", stream);
    print_bash_commands(stream);
    fputs("    esac\n"
          "    if [[ $current == -* ]]; then\n"
          "        COMPREPLY=($(compgen -W \"$options\" -- \"$current\"))\n"
          "    elif [[ $signature == *KIND* ]]; then\n"
          "        COMPREPLY=($(compgen -W \"$(aicompute models --format csv 2>/dev/null | sed 1d | cut -d, -f1)\" -- \"$current\"))\n"
          "    elif [[ $signature == *NAME* && ${#words[@]} -gt 0 ]]; then\n"
          "        _aicompute_names \"${words[0]}\" \"$current\" ''\n"
          "    elif [[ $signature == *FILE* || $signature == 'A B' ]]; then\n"
          "        _aicompute_files yaml \"$current\"\n"
          "    fi\n"
          "}\n\n"
          "complete -F _aicompute aicompute\n",
          stream);
}

/* --- zsh ------------------------------------------------------------------------------------------------------------------------------ */

static bool is_repeatable(const struct option_line *line) { return strstr(line->help, "repeatable") != NULL; }

static void print_zsh_option(FILE *stream, const struct option_line *line) {
    char room[128];
    const char *choices = choices_of(line, room, sizeof room);
    fprintf(stream, " \\\n            '%s--%s%s[", is_repeatable(line) ? "*" : "", line->name, line->argument != NULL ? "=" : "");
    print_escaped(stream, line->help, "[]:\\");
    fputc(']', stream);
    if (line->argument != NULL) {
        fputc(':', stream);
        print_escaped(stream, line->argument, "[]:\\");
        fputc(':', stream);
    }
    if (choices != NULL) {
        fprintf(stream, "(%s)", choices);
    }
    fprintf(stream, "%s'", takes_file(line) ? "_files" : takes_name(line) ? "_aicompute_changes" : "");
}

static void print_zsh_positions(FILE *stream, const char *arguments) {
    static const char scenario[] = "_files -g \"*.(yaml|yml)\"";
    if (strstr(arguments, "KIND") != NULL) {
        fputs(" \\\n            '2:kind:_aicompute_kinds'", stream);
    } else if (strncmp(arguments, "FILE...", 7) == 0 || strcmp(arguments, "A B") == 0) {
        fprintf(stream, " \\\n            '*:scenario:%s'", scenario);
    } else if (strncmp(arguments, "FILE", 4) == 0) {
        fprintf(stream, " \\\n            '2:scenario:%s' \\\n            '*:name:_aicompute_names'", scenario);
    }
}

static void print_zsh_command(FILE *stream, const struct command_line *command) {
    size_t count = 0;
    const struct option_line *line = option_lines(&count);
    fprintf(stream, "    %s)\n        _arguments '1: :->command'", command->name);
    for (size_t i = 0; i < count; i++) {
        if (!is_hidden(&line[i]) && option_is_of(&line[i], command->name)) {
            print_zsh_option(stream, &line[i]);
        }
    }
    print_zsh_positions(stream, command->arguments);
    fputs(" ;;\n", stream);
}

static void print_zsh(FILE *stream) {
    size_t command_count = 0;
    const struct command_line *command = command_lines(&command_count);
    fputs("#compdef aicompute\n# zsh completion for aicompute, made by `aicompute --completion zsh`\n\n"
          "_aicompute_quantities() {\n    local file=${(Q)words[3]}\n    [[ -f $file ]] && ",
          stream);
    print_names_command(stream, "\"$file\"");
    fputs("\n}\n\n"
          "_aicompute_names() { local -a names=(${(f)\"$(_aicompute_quantities)\"}); compadd -a names }\n\n"
          "_aicompute_changes() { local -a names=(${(f)\"$(_aicompute_quantities)\"}); compadd -S '=' -a names }\n\n"
          "_aicompute_kinds() { local -a kinds=(${(f)\"$(aicompute models --format csv 2>/dev/null | sed 1d | cut -d, -f1)\"}); compadd -a "
          "kinds }\n\n"
          "_aicompute() {\n    local -a commands=(\n",
          stream);
    for (size_t i = 0; i < command_count; i++) {
        fprintf(stream, "        '%s:", command[i].name);
        print_escaped(stream, command[i].help, ":\\");
        fputs("'\n", stream);
    }
    fputs("    )\n    if (( CURRENT == 2 )); then\n        _describe 'command' commands\n        _arguments '--help' '--version'\n        "
          "return\n    fi\n    case $words[2] in\n",
          stream);
    for (size_t i = 0; i < command_count; i++) {
        print_zsh_command(stream, &command[i]);
    }
    fputs("    esac\n}\n\n_aicompute \"$@\"\n", stream);
}

/* --- fish ----------------------------------------------------------------------------------------------------------------------------- */

static void print_fish_commands(FILE *stream) {
    size_t command_count = 0;
    const struct command_line *command = command_lines(&command_count);
    for (size_t i = 0; i < command_count; i++) {
        fprintf(stream, "complete -c aicompute -n __fish_use_subcommand -f -a %s -d '", command[i].name);
        for (const char *at = command[i].help; *at != '\0'; at++) {
            fprintf(stream, "%s%c", *at == '\'' || *at == '\\' ? "\\" : "", *at);
        }
        fputs("'\n", stream);
        if (strstr(command[i].arguments, "NAME") != NULL) {
            fprintf(stream,
                    "complete -c aicompute -n '__fish_seen_subcommand_from %s; and __aicompute_has_file' -f -a '(__aicompute_names)'\n",
                    command[i].name);
        } else if (strstr(command[i].arguments, "KIND") != NULL) {
            fprintf(stream,
                    "complete -c aicompute -n '__fish_seen_subcommand_from %s' -f -a '(aicompute models --format csv 2>/dev/null | sed 1d "
                    "| cut -d, -f1)'\n",
                    command[i].name);
        }
    }
}

static void print_fish_option(FILE *stream, const struct option_line *line) {
    char room[128];
    const char *choices = choices_of(line, room, sizeof room);
    fprintf(stream, "complete -c aicompute -n '__fish_seen_subcommand_from %s' -l %s -d '", line->commands, line->name);
    for (const char *at = line->help; *at != '\0'; at++) {
        fprintf(stream, "%s%c", *at == '\'' || *at == '\\' ? "\\" : "", *at);
    }
    fputs(line->argument == NULL ? "'" : takes_file(line) ? "' -r -F" : "' -x", stream);
    if (choices != NULL) {
        fprintf(stream, " -a '%s'", choices);
    } else if (takes_name(line)) {
        fputs(" -a '(__aicompute_names)='", stream);
    }
    fputc('\n', stream);
}

static void print_fish(FILE *stream) {
    size_t count = 0;
    const struct option_line *line = option_lines(&count);
    fputs("# fish completion for aicompute, made by `aicompute --completion fish`\n\n"
          "function __aicompute_file\n    for word in (commandline -opc)[3..-1]\n        if test -f $word\n            echo $word\n        "
          "    return\n        end\n    end\nend\n\n"
          "function __aicompute_has_file\n    set -l file (__aicompute_file)\n    test -n \"$file\"\nend\n\n"
          "function __aicompute_names\n    set -l file (__aicompute_file)\n    test -n \"$file\"; and ",
          stream);
    print_names_command(stream, "$file");
    fputs("\nend\n\n", stream);
    print_fish_commands(stream);
    for (size_t i = 0; i < count; i++) {
        if (!is_hidden(&line[i]) && *line[i].commands != '\0') {
            print_fish_option(stream, &line[i]);
        }
    }
}

int print_completion(FILE *stream, const char *shell) {
    static const struct {
        const char *name;
        void (*print)(FILE *stream);
    } shells[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};
    for (size_t i = 0; i < sizeof shells / sizeof shells[0]; i++) {
        if (strcmp(shells[i].name, shell) == 0) {
            shells[i].print(stream);
            return fflush(stream) == 0 && !ferror(stream) ? EXIT_ALL_WELL : EXIT_FAILURE_INSIDE;
        }
    }
    fprintf(stderr, "aicompute: there is no completion for `%s`\n  help: use bash, zsh or fish\n", shell);
    return EXIT_BAD_INPUT;
}
