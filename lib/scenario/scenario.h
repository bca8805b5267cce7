/* SPDX-License-Identifier: MIT */
/*
 * The door of scenario: what the YAML keys mean. A scenario is a tree of nodes (from files, or built by calls) that can be changed and
 * written; binding turns it into an aici_bound: every quantity with a checked tree, in an order in which they can be computed, models with
 * their kinds, claims, sources. Nothing is computed here but constants.
 */
#ifndef AICI_SCENARIO_SCENARIO_H
#define AICI_SCENARIO_SCENARIO_H

#include "document/document.h"
#include "expr/expr.h"
#include "scenario/kind.h"

/* --- the bound scenario: read-only, in one arena, shared by everything that is computed from it --------------------------------------- */

#define AICI_NONE UINT32_MAX

typedef enum aici_role { AICI_ROLE_ASSUMPTION, AICI_ROLE_INPUT, AICI_ROLE_OUTPUT, AICI_ROLE_CALCULATION } aici_role;

/** Bounds in coherent units; -inf and +inf where there is none. */
typedef struct aici_bounds {
    double low, high;
    bool low_open, high_open; /**< the bound itself is not allowed (`above`, `below`) */
} aici_bounds;

typedef struct aici_source_entry {
    const char *id, *title, *publisher, *date, *url, *page; /**< "" where not given */
} aici_source_entry;

/** A named quantity: an assumption, an input or output of a model, a calculation. */
typedef struct aici_quantity {
    const char *name;      /**< "chatgpt.capex"; a component's is "cost.gpu", its share "cost.shares.gpu" */
    const aici_expr *tree; /**< checked; its type is the quantity's type (BOOLEAN and TEXT for inputs of these types) */
    uint8_t role;          /**< aici_role */
    bool is_default;       /**< an input that the scenario does not give: the kind's default stands */
    bool rounded;          /**< taken from print: its literal(s) are known to half a unit of the last digit */
    int32_t digits;        /**< significant digits of a rounded figure, 0: all that are printed */
    const char *unit;      /**< in which values are given in results, reads back: "FLOP/s"; "" for booleans and texts */
    double unit_scale;     /**< coherent units in one of them */
    const char *shown;     /**< unit in which a person is shown it ("%", "day", "TFLOP/s/accelerator"), or NULL: as the unit above */
    aici_bounds bounds;
    const char *label, *note, *date, *confidence; /**< "" where not given */
    uint32_t source;                              /**< index in sources, or AICI_NONE */
    aici_place place;                             /**< of its value in the scenario; of the formula in the kind for outputs */
    uint32_t model;                               /**< index in models, or AICI_NONE */
    const aici_kind_input *input;                 /**< of a model's input, else NULL */
    const aici_kind_output *output;               /**< of a model's output, else NULL */
} aici_quantity;

/** An output that a model does not have because an optional input is not given. */
typedef struct aici_missing {
    const char *name;  /**< "chatgpt.capex" */
    const char *needs; /**< "server_price" */
} aici_missing;

typedef struct aici_model_entry {
    const char *name;
    const aici_kind *kind;
    uint32_t first, count; /**< its quantities: inputs, then outputs */
    const char *currency;  /**< code of its money, or "" */
    const aici_missing *missing;
    uint32_t missing_count;
    aici_place place;
} aici_model_entry;

/** A condition that must hold (from a kind's `assert:`), checked when the model is computed. */
typedef struct aici_assertion {
    const aici_expr *condition; /**< checked, boolean */
    const char *message;        /**< "cost: the shares add up to more than 100 %" */
    uint32_t model;
    aici_place place;
} aici_assertion;

typedef enum aici_statement {
    AICI_STATEMENT_PUBLISHED,
    AICI_STATEMENT_BETWEEN,
    AICI_STATEMENT_AT_LEAST,
    AICI_STATEMENT_AT_MOST,
    AICI_STATEMENT_ABOUT,
    AICI_STATEMENT_NOT_CHECKABLE
} aici_statement;

typedef enum aici_verdict { AICI_VERDICT_HOLDS, AICI_VERDICT_READING, AICI_VERDICT_DIFFERS, AICI_VERDICT_NOT_CHECKABLE } aici_verdict;

typedef struct aici_reading {
    const char *name;
    const aici_expr *tree; /**< checked; a single value of the dimension of the claim */
} aici_reading;

typedef struct aici_claim {
    const char *id, *says, *note, *why; /**< why: it is not checkable */
    uint8_t statement;                  /**< aici_statement */
    uint8_t expected;                   /**< aici_verdict */
    double published, low,
        high; /**< coherent; published NaN for BETWEEN; low and high are the interval that the statement allows (±inf where open) */
    const aici_expr *computed; /**< checked single value, or NULL (not checkable) */
    const aici_reading *reading;
    uint32_t reading_count;
    /** in which its figures are given: that of the quantity when `computed` is one (or x[year]), else the coherent unit */
    const char *unit;
    double unit_scale;
    const char *shown; /**< for people: the unit of the published literal as written ("EFLOP/s", "%/year") */
    uint32_t source;
    aici_place place;
} aici_claim;

/** Quantities that are computed together: one, or a recursion over time through previous() and delay(). */
typedef struct aici_group {
    uint32_t first, count; /**< in aici_bound.order */
    bool recursive;        /**< compute year by year, within a year in the given order */
} aici_group;

/** A rank correlation (Gaussian copula) of two assumptions or inputs that are made of one distribution each, which they rise or fall with.
 */
typedef struct aici_correlation {
    uint32_t first, second; /**< quantities */
    double rank;            /**< of what is drawn for them: with the sign turned where one of the two falls as that rises */
    aici_place place;
} aici_correlation;

typedef struct aici_bound {
    aici_units *units;
    const aici_years *timeline; /**< NULL: none */
    const char *title, *description, *file;
    size_t most_instructions; /**< of a program (limit `instructions`); 0: any number */
    const aici_quantity *quantity;
    uint32_t quantity_count; /**< in the order of the scenario: assumptions, models (inputs, outputs), calculations. NAME nodes carry this
                                index as symbol */
    const uint32_t *order;   /**< a permutation of the quantities: each after all that it uses in the same or in all years */
    const aici_group *group;
    uint32_t group_count;
    const aici_model_entry *model;
    uint32_t model_count;
    const aici_assertion *assertion;
    uint32_t assertion_count;
    const aici_claim *claim;
    uint32_t claim_count;
    const aici_source_entry *source;
    uint32_t source_count;
    const aici_correlation *correlation;
    uint32_t correlation_count;
    aici_arena *arena;
} aici_bound;

/** Index of a quantity by its full name, or AICI_NONE. */
uint32_t aici_bound_find(const aici_bound *bound, const char *name);
/** Offers all full names of quantities. */
void aici_bound_offer(const aici_bound *bound, aici_nearest *nearest);

/** Counted reference to a bound scenario (atomic). */
aici_bound *aici_bound_ref(aici_bound *bound);
void aici_bound_unref(aici_bound *bound);

/** A scope in which expressions over the whole bound scenario are checked (claims, --set, wanted expressions). The scope borrows @p bound.
 */
aici_scope aici_bound_scope(const aici_bound *bound, aici_arena *arena, aic_report *report);

/* --- the editable scenario ------------------------------------------------------------------------------------------------------------ */

typedef struct aic_scenario aic_scenario;

/** An empty scenario to be built by calls. */
aic_status aici_scenario_new(const aic_allocator *allocator, const aic_limits *limits, aic_scenario **out, aic_report *report);

/** Reads a scenario. Libraries must be given before binding: so load = read tree, then (after aici_scenario_add_library) bind. */
aic_status aici_scenario_read(const aic_allocator *allocator, const aic_limits *limits, const char *name, const char *text, size_t size,
                              aic_scenario **out, aic_report *report);
void aici_scenario_free(aic_scenario *scenario);
aic_status aici_scenario_copy(const aic_scenario *scenario, aic_scenario **out, aic_report *report);

/** Adds a library file (only `aicompute title sources units definitions catalog`). */
aic_status aici_scenario_add_library(aic_scenario *scenario, const char *name, const char *text, size_t size, aic_report *report);

/** The bound scenario, made when there is none yet or something was changed since; a new reference. Reports all independent errors at once.
 */
aic_status aici_scenario_bind(aic_scenario *scenario, aici_bound **out, aic_report *report);

/**
 * Changes. Each takes text in the language of the format, checks what can be checked (names, syntax of expressions, unknown kinds and
 * inputs with the nearest name), and changes nothing when it fails. A scenario that has been bound stays bindable: then the change is bound
 * at once and refused with all its errors when it does not fit; a scenario under construction may be incomplete until it is bound.
 */
/** Sets an assumption ("visits"), an input of a model ("chatgpt.utilization"), or a calculation; what does not exist among the former two
 * is an error with the nearest name. Keys beside the value (source, note, unit) stay. */
aic_status aici_scenario_set(aic_scenario *scenario, const char *name, const char *expression, aic_report *report);
/** Gives a quantity one of the keys `source note label date confidence unit rounded digits`. */
aic_status aici_scenario_set_property(aic_scenario *scenario, const char *name, const char *key, const char *text, aic_report *report);
/** One point of a series: makes the quantity a series when it is none. */
aic_status aici_scenario_set_year(aic_scenario *scenario, const char *name, int year, const char *expression, aic_report *report);
/** Top-level keys `title description timeline currency` (text). */
aic_status aici_scenario_set_header(aic_scenario *scenario, const char *key, const char *text, aic_report *report);
aic_status aici_scenario_add_exchange_rate(aic_scenario *scenario, const char *currency, const char *worth, aic_report *report);
aic_status aici_scenario_add_unit(aic_scenario *scenario, const char *name, const char *definition, aic_report *report);
aic_status aici_scenario_add_source(aic_scenario *scenario, const char *id, const char *title, aic_report *report);
aic_status aici_scenario_add_assumption(aic_scenario *scenario, const char *name, const char *expression, aic_report *report);
aic_status aici_scenario_add_model(aic_scenario *scenario, const char *name, const char *kind, aic_report *report);
aic_status aici_scenario_add_calculation(aic_scenario *scenario, const char *name, const char *expression, aic_report *report);
/** A claim: @p published is a literal, @p computed an expression. */
aic_status aici_scenario_add_claim(aic_scenario *scenario, const char *id, const char *published, const char *computed, aic_report *report);
/** Removes an assumption, a model, a calculation, an input that was given, or a claim by its id. */
aic_status aici_scenario_remove(aic_scenario *scenario, const char *name, aic_report *report);

/* --- two scenarios -------------------------------------------------------------------------------------------------------------------- */

/** A piece of one scenario that can be put into another: an entry of a section, an input of a model, or a key above the sections. It
 * borrows from the scenario that it is a piece of. */
typedef struct aici_graft {
    const char *name;                /**< "visits", "chat.utilization", "exchange_rates.USD", "definitions.robots", "timeline" */
    const char *key;                 /**< the entry; NULL: the key above the sections as a whole */
    const char *input;               /**< of the model @c key; NULL: the entry as a whole */
    uint8_t from, to;                /**< sections in which the entry stands, and is to stand */
    const aici_node *before, *value; /**< what is there, and what is to be there; NULL: nothing */
    const char *section_text; /**< of what is no assumption, model or calculation: "exchange_rates", "units", "definitions", "currency",
                                 "timeline"; else NULL */
} aici_graft;

/** A copy of @p scenario without its claims, and with the sources (@p all: and units, exchange rates, kinds, assumptions, models,
 * calculations) that only @p other has. It borrows from @p other and must not outlive it; so must what @p other says stay what it is.
 * Whether the two go together shows when it is bound. */
aic_status aici_scenario_join(const aic_scenario *scenario, const aic_scenario *other, bool all, aic_scenario **out, aic_report *report);
/** What has to be put into @p scenario for it to say what @p other says; what only @p scenario has may stay, but for inputs of models. In
 * @p arena. */
aic_status aici_scenario_compare(aic_scenario *scenario, const aic_scenario *other, aici_arena *arena, const aici_graft **out,
                                 size_t *count, aic_report *report);
/** A copy of @p scenario with these put in, to be bound. */
aic_status aici_scenario_graft(const aic_scenario *scenario, const aici_graft *const *graft, size_t count, aic_scenario **out,
                               aic_report *report);

/* --- asking --------------------------------------------------------------------------------------------------------------------------- */

/** Writes the scenario (without libraries) as YAML that reads back to an equal one. */
void aici_scenario_write(const aic_scenario *scenario, aici_buffer *out);

const char *aici_scenario_title(const aic_scenario *scenario);
const aic_allocator *aici_scenario_allocator(const aic_scenario *scenario);
const aic_limits *aici_scenario_limits(const aic_scenario *scenario);

/** Its library files: how many, what each was called, and its YAML. */
size_t aici_scenario_library_count(const aic_scenario *scenario);
const char *aici_scenario_library_name(const aic_scenario *scenario, size_t index);
void aici_scenario_write_library(const aic_scenario *scenario, size_t index, aici_buffer *out);

/** All kinds that the scenario knows: its own, its libraries', the library's. NULL @p scenario: the library's alone. In @p arena. */
aic_status aici_scenario_kinds(const aic_scenario *scenario, aici_arena *arena, const aici_kind *const **kinds, size_t *count,
                               aici_units **units, aic_report *report);

#endif
