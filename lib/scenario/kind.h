/* SPDX-License-Identifier: MIT */
/*
 * Model kinds: what a declaration (lib/models/ or `definitions:`) says, read and with its formulas as trees. A kind is bound anew
 * in every model that uses it, so nothing here has a currency or a checked type yet.
 *
 * What exists in a model: inputs that are given; inputs with a default of which one formula has only names that exist; outputs of which one
 * formula has only names that exist (the output itself, behind previous() or delay(), does). A formula that uses `year` (a default too)
 * counts only where the scenario has a timeline. An input that does not exist is an error (MISSING_INPUT) unless it is `optional`, or its
 * default lacks nothing but the timeline; an output that does not exist is left out.
 *
 * Added since the first version of this page: aici_kind_input.single, aici_kind_output.over, aici_kind_read_built_in().
 */
#ifndef AICI_SCENARIO_KIND_H
#define AICI_SCENARIO_KIND_H

#include "document/document.h"
#include "expr/expr.h"

typedef enum aici_input_type {
    AICI_INPUT_QUANTITY,
    AICI_INPUT_BOOLEAN,
    AICI_INPUT_TEXT,
    AICI_INPUT_WHOLE,
    AICI_INPUT_COMPONENTS
} aici_input_type;

/** The `unit:` (or `like:`) of an input or output. */
typedef struct aici_kind_unit {
    bool any;         /**< `unit: any` */
    const char *like; /**< name of the input whose dimension it shares, or NULL */
    const char *text; /**< as written: "money/server" */
    aici_unit unit;   /**< without its money */
    int16_t money;    /**< exponent of money in twelfths: 12 for money/server, 0 for none */
} aici_kind_unit;

/** Formulas in order of preference: the first one counts whose names all exist in the model. */
typedef struct aici_kind_formula {
    const char *const *text;
    const aici_expr *const *tree;
    const aici_node *const *node; /**< where each is written */
    uint32_t count;
} aici_kind_formula;

typedef struct aici_kind_input {
    const char *name, *doc, *source; /**< "" where not given, here and below */
    uint8_t type;                    /**< aici_input_type */
    bool optional;                   /**< need not be given: `optional: true`, or it stands in a `one_of:` */
    bool series;                     /**< `series: true`: must be a series, or is taken as one over the timeline */
    bool single;                     /**< `series: false`: one value for all years, a series is refused (aici_expectation.scalar) */
    aici_kind_unit unit;
    const aici_kind_unit *also; /**< further units that are read as the declared one */
    uint32_t also_count;
    const char *shown; /**< `show:` unit for people, or NULL */
    bool has_low, low_open, has_high, high_open;
    double low, high;           /**< in the declared unit */
    aici_kind_formula standard; /**< `default:`; count 0: none. Of a TEXT input the one tree is an AICI_EXPR_TEXT */
    const char *const *value;   /**< TEXT: the values it may take */
    uint32_t value_count;
    const aici_node *node;
} aici_kind_input;

typedef struct aici_kind_output {
    const char *name, *doc, *source;
    aici_kind_unit unit;
    const char *shown; /**< `show:` unit for people, or NULL */
    aici_kind_formula formula;
    const char *over;     /**< `over: NAME`: the output exists only in models in which that input or output is a series over years;
                               NULL: in all. No other formula uses an output that has this */
    const char *for_each; /**< name of the components input: this output is made once a component, named as it; NULL: an ordinary output */
    aici_kind_formula within; /**< for_each: the formula for a component that has `of: PARENT`; it may use `parent` */
    const aici_node *node;
} aici_kind_output;

/** Groups of inputs of which exactly one must be given in full (by the scenario; defaults do not count). */
typedef struct aici_kind_choice {
    const char *const *const *group; /**< groups of names */
    const uint32_t *group_size;
    uint32_t group_count;
} aici_kind_choice;

/** A condition; it is not asked in a model that lacks one of its names. */
typedef struct aici_kind_assertion {
    const char *text, *message;
    const aici_expr *tree;
    const aici_node *node;
} aici_kind_assertion;

typedef struct aici_kind {
    const char *name, *title, *doc;
    uint32_t version;
    bool built_in;
    const aici_kind_input *input;
    uint32_t input_count;
    const aici_kind_output *output;
    uint32_t output_count;
    const aici_kind_choice *choice; /**< `one_of:` lists */
    uint32_t choice_count;
    const aici_kind_assertion *assertion;
    uint32_t assertion_count;
    const aici_node *checks; /**< the `checks:` list, for the tests; NULL: none, or not read */
    const char *text;        /**< the YAML of a built-in kind */
} aici_kind;

/** The YAML text of the library's own kinds, embedded at build time, sorted by name. */
typedef struct aici_built_in_kind {
    const char *name, *text; /**< terminated */
    size_t size;
    size_t size_without_checks; /**< the part of the text that stands before `checks:`, which is the last key */
} aici_built_in_kind;
extern const aici_built_in_kind aici_built_in_kinds[];
extern const size_t aici_built_in_kind_count;

/** Reads a declaration. @p name is the mapping's key under `definitions:`, or NULL for a file with `kind:`. Reports all independent faults.
 */
aic_status aici_kind_read(const aici_expr_reader *reader, const aici_node *declaration, const char *name, const aici_kind **out);

/** Parses and reads the library's own kind of this name, by the library's limits, not the caller's. @p with_checks: its `checks:` too,
 * which take half of the time and no model needs: aici_scenario_kinds() passes true, binding false. When there is no such kind, *out is
 * NULL and the answer AIC_OK. */
aic_status aici_kind_read_built_in(const aici_expr_reader *reader, aici_slice name, bool with_checks, const aici_kind **out);

#endif
