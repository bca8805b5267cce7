/* SPDX-License-Identifier: MIT */
/*
 * Inside the reading of model kinds: what its files share.
 *
 *   kind.c           the declaration as a whole, kinds of the library's own
 *   kind_keys.c      keys, shapes, small texts, and how faults are said
 *   kind_unit.c      `unit:`, `like:`, money taken out of a unit
 *   kind_input.c     an input
 *   kind_output.c    an output
 *   kind_formula.c   formulas, and whether their names exist in the kind
 *   kind_lists.c     one_of, assert, checks
 *
 * Functions that return bool say whether to go on: false means that there is no memory. A fault is reported, its status kept, and reading
 * goes on.
 */
#ifndef AICI_SCENARIO_KIND_READER_H
#define AICI_SCENARIO_KIND_READER_H

#include "base/names.h"
#include "scenario/kind.h"

typedef struct aici_kind_reader {
    const aici_expr_reader *expr; /**< arena, units, limits, report */
    const char *definition;       /**< the key under `definitions:`, or NULL for a file */
    const char *section, *member; /**< where the reader is, for paths: "inputs", "utilization"; "" for none */
    const aici_node *node;        /**< the declaration of that input or output */
    aici_names *names;            /**< inputs and outputs to their numbers, inputs first */
    aici_kind_input *input;
    uint32_t input_count;
    aici_kind_output *output;
    uint32_t output_count;
    aic_status status; /**< of the first fault */
} aici_kind_reader;

/* --- faults --------------------------------------------------------------------------------------------------------------------------- */

/** Notes a status that was just reported, and gives the report's newest entry the reader's path. AIC_OK is fine. */
bool aici_kind_note(aici_kind_reader *reader, aic_status status);
bool aici_kind_no_memory(aici_kind_reader *reader);
/** Reports a fault at a node. */
bool aici_kind_fault(aici_kind_reader *reader, enum aici_code code, const aici_node *node, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/** Reports a fault at a place. */
bool aici_kind_fault_at(aici_kind_reader *reader, enum aici_code code, const aici_place *place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/** As a hint, the name that was probably meant: one of the kind's inputs, of its outputs too, of @p more. */
void aici_kind_offer(const aici_kind_reader *reader, aici_slice wanted, bool outputs, const char *const *more, size_t more_count);

/* --- keys and shapes ------------------------------------------------------------------------------------------------------------------ */

typedef struct aici_kind_keys {
    const char *what; /**< "an input" */
    const char *const *name;
    size_t count;
} aici_kind_keys;

/** Sorts the values of a mapping by key into @p value, NULL where a key is absent or its value empty; reports unknown keys. What is no
 * mapping is reported too. */
bool aici_kind_collect(aici_kind_reader *reader, const aici_node *mapping, const aici_kind_keys *keys, const aici_node **value);
/** A mapping or list that may be absent; reports another shape and makes *node NULL. */
bool aici_kind_shape(aici_kind_reader *reader, const aici_node **node, aici_node_kind kind, const char *what);
/** The text of a scalar, "" for NULL; reports what is no text. */
bool aici_kind_text(aici_kind_reader *reader, const aici_node *node, const char *what, const char **text);
/** `true` or `false`; untouched for NULL. */
bool aici_kind_boolean(aici_kind_reader *reader, const aici_node *node, const char *what, bool *value);
/** A plain number; *found tells whether there was one. */
bool aici_kind_number(aici_kind_reader *reader, const aici_node *node, const char *what, double *value, bool *found);
/** The items of a list; a single value counts as a list of one, NULL as an empty one. */
uint32_t aici_kind_list(const aici_node *const *node, const aici_node *const **item);
/** Whether a text looks like a name: letters, digits, underscores, no digit first. */
bool aici_kind_is_word(aici_slice text);
/** Cleared memory; NULL when there is none, or for a count of 0. */
void *aici_kind_take(const aici_kind_reader *reader, size_t count, size_t bytes);

/* --- parts of a declaration ----------------------------------------------------------------------------------------------------------- */

/** Reads `unit:` or `like:` of an input or output; one of them must be there unless @p pure_number, which makes it 1. */
bool aici_kind_read_unit(aici_kind_reader *reader, const aici_node *unit, const aici_node *like, bool pure_number, aici_kind_unit *out);
/** Reads the text of a unit. */
bool aici_kind_read_unit_text(aici_kind_reader *reader, const aici_node *node, aici_kind_unit *out);
/** Reads `show:`, which must have the dimension of @p unit where that is known. */
bool aici_kind_read_shown(aici_kind_reader *reader, const aici_node *node, const aici_kind_unit *unit, const char **shown);

/** Reads one formula or a list of them; NULL is none. */
bool aici_kind_read_formula(aici_kind_reader *reader, const aici_node *node, const char *what, aici_kind_formula *out);

bool aici_kind_read_input(aici_kind_reader *reader, const aici_entry *entry, aici_kind_input *input);
bool aici_kind_read_output(aici_kind_reader *reader, const aici_entry *entry, aici_kind_output *output);

/** Once all inputs and outputs are read: what `like`, `over`, `for_each` and the names in formulas refer to. */
bool aici_kind_check_references(aici_kind_reader *reader);
/** Whether the names of one tree exist. @p own: number of the input or output that it belongs to, or AICI_KIND_NOBODY. */
bool aici_kind_check_names(aici_kind_reader *reader, const aici_expr *tree, uint32_t own, bool each, bool parent);
#define AICI_KIND_NOBODY UINT32_MAX

bool aici_kind_read_choices(aici_kind_reader *reader, const aici_node *node, aici_kind *kind);
bool aici_kind_read_assertions(aici_kind_reader *reader, const aici_node *node, aici_kind *kind);
bool aici_kind_check_checks(aici_kind_reader *reader, const aici_node *node);

#endif
