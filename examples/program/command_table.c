/* SPDX-License-Identifier: MIT */
/* The commands, a row each: from here come the dispatch, --help, completion and the manual. */
#include "program.h"
#include <string.h>

static const struct command_line commands[] = {
    {"eval", "FILE [NAME...]", "every output, with its unit", "aicompute eval chat.yaml chatgpt --set 'chatgpt.utilization=40 %'",
     command_eval},
    {"check", "FILE...", "published figures against their own assumptions", "aicompute check --format markdown report.yaml", command_check},
    {"explain", "FILE NAME", "where a figure comes from", "aicompute explain chat.yaml chatgpt.capex", command_explain},
    {"diff", "A B", "what differs, and by what each result moved", "aicompute diff chat.yaml chat.yaml --set 'chatgpt.utilization=40 %'",
     command_diff},
    {"sensitivity", "FILE NAME", "what a value depends on, and how much", "aicompute sensitivity chat.yaml chatgpt.capex",
     command_sensitivity},
    {"solve", "FILE NAME=VALUE", "the value of an input that meets a target",
     "aicompute solve chat.yaml 'chat.capex=10M USD' --by chat.utilization", command_solve},
    {"sweep", "FILE [NAME...]", "outputs at many points of inputs",
     "aicompute sweep chat.yaml chat.capex --over 'chat.utilization=25 %..45 %:5'", command_sweep},
    {"sample", "FILE [NAME...]", "the draws themselves, their histogram, or those of a shard",
     "aicompute sample chat.yaml chat.capex --histogram", command_sample},
    {"merge", "PART...", "what parts come to, as eval prints it", "aicompute merge *.part", command_merge},
    {"models", "[KIND]", "kinds of models, with inputs, formulas and sources", "aicompute models inference", command_models},
    {"units", "[UNIT]", "units that are known", "aicompute units PFLOP/s-day", command_units},
    {"schema", "", "a JSON Schema, by which editors complete and check scenarios", "aicompute schema --output aicompute.schema.json",
     command_schema},
};

enum { COMMAND_COUNT = sizeof commands / sizeof commands[0] };

const struct command_line *command_lines(size_t *count) {
    *count = COMMAND_COUNT;
    return commands;
}

const struct command_line *command_named(const char *name) {
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i].name, name) == 0) {
            return &commands[i];
        }
    }
    return NULL;
}
