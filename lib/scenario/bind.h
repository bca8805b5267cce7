/* SPDX-License-Identifier: MIT */
/*
 * Inside scenario: the state that binding shares among its files, in the order in which they do their work.
 *
 *   shape.c        keys, shapes and small texts            model.c, recipe.c      inputs of a kind, and what exists in a model
 *   foundation.c   units, exchange rates, kinds            components.c           shares of a whole
 *   header.c       title, timeline, sources                uses.c, order.c        who needs whom
 *   quantity.c     mappings to trees                       check.c, judge.c       trees to checked trees, and what they must be
 *   names.c, scope.c  what a name means                    claims.c, correlations.c
 *
 * Functions that return bool say whether to go on: false means that there is no memory. A fault of the scenario is reported, counted, and
 * binding goes on to find more; what depends on a faulty thing is passed over in silence.
 */
#ifndef AICI_SCENARIO_BIND_H
#define AICI_SCENARIO_BIND_H

#include "scenario/foundation.h"
#include "scenario/scenario.h"
#include "scenario/sections.h"

/* --- drafts: what becomes quantities -------------------------------------------------------------------------------------------------- */

/** Where the formula of a draft is written, which decides what its names mean. */
typedef enum aici_script { AICI_SCRIPT_SCENARIO, AICI_SCRIPT_MODEL, AICI_SCRIPT_KIND } aici_script;

typedef struct aici_draft {
    aici_quantity quantity;     /**< filled as things become known; its tree is the checked one */
    const aici_expr *read;      /**< as read; NULL where it could not be */
    const char *subject;        /**< what messages are about: "utilization" */
    const char *path;           /**< "models.chatgpt.utilization" */
    const char *local;          /**< the part of the name behind the model's */
    const aici_node *unit_node; /**< `unit:`, or NULL */
    aici_unit unit;             /**< what it says */
    uint32_t first_use, use_count;
    uint32_t final; /**< index among the quantities, or AICI_NONE when it is left out */
    uint32_t over;  /**< an output that exists only where this draft is a series, or AICI_NONE */
    uint8_t script;
    bool faulty; /**< a fault was reported, or this needs something faulty */
    bool checked;
    bool own_unit;  /**< some of it has a unit of its own, or a name that may have one */
    bool is_series; /**< as far as the trees tell before they are checked */
} aici_draft;

typedef struct aici_model_draft {
    const char *name;
    const aici_node *key, *node;
    aici_kind_slot *slot;  /**< NULL: the kind is unknown */
    bool broken;           /**< faults were reported: what it lacks is not complained about again */
    uint32_t first, count; /**< drafts */
    uint32_t *member;      /**< local number of an input or output (inputs first) to draft, or AICI_NONE */
    aici_missing *missing;
    uint32_t missing_count, missing_capacity;
    uint16_t currency;      /**< base of its money, 0 while there is none */
    uint32_t currency_from; /**< the draft that fixed it */
    int told;               /**< code of the last fault of a formula of the library that was told at the model */
    struct aici_component *component;
    uint32_t component_count, first_component; /**< the first that belongs to no other */
} aici_model_draft;

/** One share of a model's components input. */
typedef struct aici_component {
    const char *name;
    const aici_node *of;        /**< `of:`, or NULL */
    uint32_t parent;            /**< among the components, or AICI_NONE */
    uint32_t first_child, next; /**< components that belong to this one; the next with the same parent */
    uint32_t children;
    uint32_t share; /**< its draft */
} aici_component;

/** That a draft looks at another. */
typedef struct aici_edge {
    const aici_expr *name; /**< the NAME node */
    uint32_t to;
    uint8_t use; /**< aici_use */
} aici_edge;

/** A dimension and how its coherent unit is written. */
typedef struct aici_unit_text {
    aici_dimension dimension;
    const char *text;
} aici_unit_text;
enum { AICI_UNIT_TEXTS = 8 };

/** A name in the one namespace that assumptions, models and calculations share. */
typedef struct aici_top {
    const aici_node *key;
    uint32_t model; /**< AICI_NONE: none */
} aici_top;

typedef struct aici_binder {
    const aic_limits *limits;
    const aic_allocator *allocator;
    aici_arena *arena;   /**< of the bound scenario */
    aici_arena *scratch; /**< gone when binding ends */
    aic_report *report;
    aic_status status; /**< of the first fault; AIC_ERROR_MEMORY overrides */
    size_t faults;
    const aici_files *files;
    aici_foundation *foundation;
    const aici_units *units;

    const aici_years *timeline;
    const char *title, *description;
    aici_source_entry *source;
    uint32_t source_count;
    aici_names *source_names;

    aici_names *tops; /**< names of assumptions, models, calculations: to the next */
    aici_top *top;
    uint32_t top_count;
    aici_names *names; /**< full names: to drafts */
    aici_draft *draft;
    size_t draft_count, draft_capacity;
    aici_model_draft *model;
    uint32_t model_count;
    aici_edge *edge;
    size_t edge_count, edge_capacity;

    uint32_t *order; /**< drafts */
    aici_group *group;
    uint32_t group_count;
    uint32_t quantity_count;
    bool left_out; /**< an output was left out while it was checked: the numbers have changed */

    aici_assertion *assertion;
    size_t assertion_count, assertion_capacity;
    aici_claim *claim;
    uint32_t claim_count;
    aici_correlation *correlation;
    uint32_t correlation_count;
    aic_report *quiet;                         /**< for faults that are said again in other words */
    aici_unit_text unit_text[AICI_UNIT_TEXTS]; /**< the units that were written last */
    uint32_t unit_text_next;
} aici_binder;

/* --- faults and texts (shape.c) ------------------------------------------------------------------------------------------------------- */

/** Notes the status of something that was just reported; false when it is AIC_ERROR_MEMORY. AIC_OK is fine. */
bool aici_bind_note(aici_binder *binder, aic_status status);
/** False when there was no memory. */
static inline bool aici_bind_goes_on(const aici_binder *binder) { return binder->status != AIC_ERROR_MEMORY; }
/** There is no memory: reports it and returns false. */
bool aici_bind_no_memory(aici_binder *binder);

/** "assumptions" and "visits" make "assumptions.visits", in @p arena; NULL when there is no memory. */
const char *aici_join(aici_arena *arena, const char *left, const char *right);
/** Texts one behind the other, up to a NULL, in @p arena; NULL when there is no memory. */
const char *aici_chain(aici_arena *arena, const char *const *texts);
/** Text made of others, in @p arena; NULL when there is no memory. For %s, %.*s, %u, %zu, %d. */
const char *aici_format(aici_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Whether to look for nearest names: not when more faults were found than are kept, so that no file takes long to be refused. */
static inline bool aici_bind_searches(const aici_binder *binder) { return binder->report && binder->faults <= binder->limits->diagnostics; }

/** Whether a node of a tree passes a test. */
bool aici_tree_any(const aici_expr *tree, bool (*test)(const aici_expr *node));

/** The place of a node, for messages. */
static inline const aici_place *aici_place_of(const aici_node *node) { return node ? &node->place : NULL; }

/** The text of a scalar, terminated. */
static inline const char *aici_text_of(const aici_node *scalar) { return scalar->as.text.bytes; }

/** A place without text of its own, as a fragment. */
aici_fragment aici_fragment_at(const aici_node *node);

/** What a mapping may contain. */
typedef struct aici_keys {
    const char *what; /**< "a claim" */
    const char *const *known;
    size_t count;
} aici_keys;

/** Reports one key that is not among @p keys, with the nearest. */
bool aici_shape_refuse_key(aici_binder *binder, const aici_node *key, const aici_keys *keys, const char *path);
/** Reports keys that are not among @p keys, with the nearest. */
bool aici_shape_check_keys(aici_binder *binder, const aici_node *mapping, const aici_keys *keys, const char *path);
/** Whether @p node is what is wanted; reports that it is not ("sources must be a mapping"). An empty node is none, without a word. */
bool aici_shape_is_mapping(aici_binder *binder, const aici_node *node, const char *what, const char *path);
bool aici_shape_is_list(aici_binder *binder, const aici_node *node, const char *what, const char *path);
/** The text of a field: "" where there is none (NULL) or it is empty; reports what is no text. */
const char *aici_shape_text_of(aici_binder *binder, const aici_node *node, const char *what, const char *path);
/** The same for the entry of a mapping. */
const char *aici_shape_text(aici_binder *binder, const aici_node *mapping, const char *key, const char *path);
/** `true` or `false`; reports what is neither. */
bool aici_shape_boolean(aici_binder *binder, const aici_node *node, const char *what, const char *path, bool *value);
/** A whole number written plainly, at most nine digits; false when it is none, without a word. */
bool aici_shape_integer(aici_slice text, int32_t *value);
/** Whether a key is a year of four digits. */
bool aici_shape_is_year(aici_slice text, int32_t *year);
/** Reports a name that cannot be one; true when it can. */
bool aici_shape_check_name(aici_binder *binder, const aici_node *key, const char *what, const char *path);

/* --- units (units.c) ------------------------------------------------------------------------------------------------------------------ */

/** Declares the scenario's currency; reports a code that is none. */
bool aici_units_declare_currency(aici_binder *binder, aici_units *units, const aici_node *node);

/* --- sections that come first (header.c) ---------------------------------------------------------------------------------------------- */

/** Whether `aicompute:` is what it must be; reports what it is not. */
bool aici_header_check_version(aici_binder *binder, const aici_node *root, const aici_node *version, const aici_node *key);
/** Reports top-level keys that a scenario cannot have. */
bool aici_header_check_keys(aici_binder *binder);
/** Whether a file is the declaration of a model kind, and nothing else. */
bool aici_header_is_declaration(const aici_node *root);
/** Reports what a library file cannot have. */
bool aici_header_check_library(aici_binder *binder, const aici_node *root);
bool aici_bind_header(aici_binder *binder);
bool aici_bind_sources(aici_binder *binder);
/** Reads "2021..2030". Reports by itself; *out stays NULL when it cannot be read. */
bool aici_header_read_timeline(aici_binder *binder, const aici_node *node, const aici_years **out);
/** The index of a source, AICI_NONE after a report. */
uint32_t aici_header_find_source(aici_binder *binder, const aici_node *id, const char *path);

/* --- quantities (quantity.c, forms.c) ------------------------------------------------------------------------------------------------- */

/** The keys of a quantity's mapping. */
typedef enum aici_part_key {
    AICI_KEY_VALUE,
    AICI_KEY_SERIES,
    AICI_KEY_BETWEEN,
    AICI_KEY_START,
    AICI_KEY_START_YEAR,
    AICI_KEY_GROWTH,
    AICI_KEY_P5,
    AICI_KEY_P10,
    AICI_KEY_P25,
    AICI_KEY_P50,
    AICI_KEY_P75,
    AICI_KEY_P90,
    AICI_KEY_P95,
    AICI_KEY_MEAN,
    AICI_KEY_SD,
    AICI_KEY_SHAPE,
    AICI_KEY_UNIT,
    AICI_KEY_SOURCE,
    AICI_KEY_NOTE,
    AICI_KEY_LABEL,
    AICI_KEY_DATE,
    AICI_KEY_CONFIDENCE,
    AICI_KEY_ROUNDED,
    AICI_KEY_DIGITS,
    AICI_KEY_OF,
    AICI_KEY_COUNT
} aici_part_key;

/** A quantity's mapping, sorted by its keys; NULL for those that it lacks. */
typedef struct aici_parts {
    const aici_node *mapping;
    const aici_entry *entry[AICI_KEY_COUNT];
} aici_parts;

extern const char *const aici_part_names[AICI_KEY_COUNT];

static inline const aici_node *aici_part_value(const aici_parts *parts, aici_part_key key) {
    return parts->entry[key] ? parts->entry[key]->value : NULL;
}

/** Reads the text of a scalar as an expression; *tree is NULL after a report. */
bool aici_quantity_read_scalar(aici_binder *binder, const aici_node *scalar, const char *path, const aici_expr **tree);
/** Reads an input that is one of some texts: *value is where it is written, NULL after a report. */
bool aici_quantity_read_text(aici_binder *binder, const aici_node *node, aici_draft *draft, const aici_node **value);
/** Reads a quantity in any of its forms into a draft. @p component: the key `of` is known here. */
bool aici_quantity_read(aici_binder *binder, const aici_node *node, bool component, aici_draft *draft);
/** The forms that a mapping can have; *tree is NULL after a report. */
bool aici_form_read(aici_binder *binder, const aici_parts *parts, aici_draft *draft, const aici_expr **tree);
/** A mapping from years to values as a tree. */
bool aici_form_read_series(aici_binder *binder, const aici_node *mapping, aici_between between, aici_draft *draft, const aici_expr **tree);

/* --- names (names.c, scope.c) --------------------------------------------------------------------------------------------------------- */

/** The names of the sections: one namespace. */
bool aici_bind_names(aici_binder *binder);
bool aici_bind_assumptions(aici_binder *binder);
bool aici_bind_calculations(aici_binder *binder);
/** A new draft; NULL when there is no memory. Valid until the next one is made. @p name in the binder's arena or a node. */
aici_draft *aici_draft_add(aici_binder *binder, uint8_t role, const char *name);
/** The model of this name, or AICI_NONE. */
uint32_t aici_names_model(const aici_binder *binder, aici_slice name);

/** The draft that a name means in the formula of @p draft (AICI_NONE: in the scenario at large), or AICI_NONE. */
uint32_t aici_scope_resolve(const aici_binder *binder, uint32_t draft, aici_slice name);
/** The draft that a name means in a condition of a model's kind, or AICI_NONE. */
uint32_t aici_scope_resolve_member(const aici_binder *binder, uint32_t model, aici_slice name);
/** Reports a name that stands for nothing in the formula of @p draft where more can be said than that: a model's name, an output that was
 * left out. *said tells whether it did, or whether silence is better. */
bool aici_scope_explain(aici_binder *binder, uint32_t draft, const aici_expr *name, const char *path, bool *said);

/** A scope in which the tree of a draft is checked (AICI_NONE: the scenario at large), or a condition of a model's kind. @p context must
 * outlive it. */
typedef struct aici_scope_context {
    const aici_binder *binder;
    uint32_t draft;
    uint32_t model; /**< AICI_NONE, but for a condition */
} aici_scope_context;
aici_scope aici_scope_of(const aici_scope_context *context, aic_report *report);

/* --- models (model.c, recipe.c, components.c) ----------------------------------------------------------------------------------------- */

bool aici_bind_models(aici_binder *binder);
/** What exists in a model: for each member (inputs first) the number of its formula, AICI_RECIPE_GIVEN, or AICI_NONE. */
#define AICI_RECIPE_GIVEN (UINT32_MAX - 1)
bool aici_recipe_choose(aici_binder *binder, const aici_kind_slot *slot, const bool *given, uint32_t *chosen);
/** What a member that does not exist lacks: the name of an input, or "timeline". */
const char *aici_recipe_lack(const aici_binder *binder, const aici_kind_slot *slot, uint32_t member, const uint32_t *chosen);
bool aici_model_add_missing(aici_binder *binder, aici_model_draft *model, const char *local, const char *needs);

/** Makes the drafts of the shares. */
bool aici_components_read(aici_binder *binder, uint32_t model, uint32_t input, const aici_node *node);
/** Makes an output a component; @p chosen as aici_recipe_choose() left it. */
bool aici_components_make_outputs(aici_binder *binder, uint32_t model, const aici_kind_output *output, const uint32_t *chosen);
/** A formula in which the name of a components input stands for the sum of its shares; the formula itself when there is none. NULL when
 * there is no memory. */
const aici_expr *aici_components_expand(aici_binder *binder, uint32_t model, const aici_expr *formula, const aici_node *node);
/** Conditions: children of one parent fill at most their parent. */
bool aici_components_assert(aici_binder *binder, uint32_t model);
/** A new assertion; NULL when there is no memory. */
aici_assertion *aici_assertion_add(aici_binder *binder);

/* --- uses and order (uses.c, order.c) ------------------------------------------------------------------------------------------------- */

bool aici_bind_uses(aici_binder *binder);
bool aici_bind_order(aici_binder *binder);
/** Leaves out outputs that only exist over years, and numbers the quantities. */
bool aici_bind_series(aici_binder *binder);
/** Numbers the quantities that are not left out. */
void aici_series_number(aici_binder *binder);

/* --- checking (check.c, judge.c, money.c) --------------------------------------------------------------------------------------------- */

bool aici_bind_check(aici_binder *binder);
/** Where to complain about a draft: at its value, or at the model where the kind wrote the formula. */
const aici_place *aici_draft_place(const aici_binder *binder, const aici_draft *draft);
/** Reports nothing itself: notes that a draft is faulty after a report, with its path. */
bool aici_draft_fault(aici_binder *binder, aici_draft *draft, aic_status status);

/** What the kind demands of a draft's tree; AIC_ERROR_MEMORY in the binder when there was none. */
aici_expectation aici_judge_expect(aici_binder *binder, const aici_draft *draft);
/** Bounds and whole numbers of a draft that was just checked; marks it faulty after a report. */
bool aici_judge_value(aici_binder *binder, aici_draft *draft);
/** The unit in which a draft's values are given, and that in which they are shown. */
bool aici_judge_units(aici_binder *binder, aici_draft *draft);
/** What can only be compared once all of a model is checked: `like:`. */
bool aici_judge_models(aici_binder *binder);
/** The unit in which values of this dimension are given, in the binder's arena; NULL when there is no memory. */
const char *aici_judge_unit_text(aici_binder *binder, const aici_dimension *dimension);
/** The unit of the first literal of a tree, if it has @p dimension; "" if not, NULL when there is no memory. */
const char *aici_judge_literal_unit(aici_binder *binder, const aici_expr *tree, const aici_dimension *dimension);

/** The currency in a dimension, as its base, or 0. */
uint16_t aici_money_of(const aici_binder *binder, const aici_dimension *dimension);
/** Holds the currency of a draft against that of its model, which the first one fixes. */
bool aici_money_compare(aici_binder *binder, uint32_t draft);
/** One unit of a currency: its code and scale, the scenario's own where it is tied to the same. */
bool aici_money_name(aici_binder *binder, uint16_t base, const char **code, double *scale);

/* --- what comes last ------------------------------------------------------------------------------------------------------------------ */

bool aici_bind_assertions(aici_binder *binder);
bool aici_bind_claims(aici_binder *binder);
bool aici_bind_correlations(aici_binder *binder);

/** Binds. On success *out has one reference; *foundation, when it was NULL, is the one that was made. */
aic_status aici_bind(const aici_files *files, aici_foundation **foundation, const aic_allocator *allocator, const aic_limits *limits,
                     aici_bound **out, aic_report *report);

/** Sorts the errors that were added since @p first by their places; remarks stay behind them. */
void aici_report_in_order(aic_report *report, size_t first);

#endif
