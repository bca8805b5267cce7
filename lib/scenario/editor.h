/* SPDX-License-Identifier: MIT */
/*
 * Inside scenario: the scenario itself, and what a change needs: a look at the units and kinds that there are, a change that can be taken
 * back, and binding at once where the scenario was bound before.
 */
#ifndef AICI_SCENARIO_EDITOR_H
#define AICI_SCENARIO_EDITOR_H

#include "scenario/bind.h"

typedef struct aici_library {
    aici_store *store;
    const aici_node *root;
} aici_library;

struct aic_scenario {
    aic_allocator allocator;
    aic_limits limits;
    aici_store *file; /**< NULL: made by calls */
    aici_sections sections;
    aici_library *library;
    size_t library_count, library_capacity;
    aici_foundation *foundation; /**< NULL: to be made */
    aici_bound *bound;           /**< NULL: to be made */
    bool was_bound;
};

/** What is bound, in @p arena; false when there is no memory. */
bool aici_scenario_files(const aic_scenario *scenario, aici_arena *arena, aici_files *files);

/** A change in the making. */
typedef struct aici_editor {
    aic_scenario *scenario;
    aici_binder binder; /**< for its units, kinds and reports */
    aici_files files;
} aici_editor;

/** Begins; the units and kinds that there are can be asked for. AIC_ERROR_MEMORY, or AIC_OK. */
aic_status aici_editor_begin(aici_editor *editor, aic_scenario *scenario, aic_report *report);
/** Ends: a change that was made is bound where the scenario was bound before, and taken back when it does not fit. @p base: units or kinds
 * may have changed. */
aic_status aici_editor_end(aici_editor *editor, const aici_change *change, bool base);
/** Ends without a change. */
aic_status aici_editor_give_up(aici_editor *editor);

/** A scalar of a caller's text; NULL after a report (not UTF-8, too long, no memory). */
const aici_node *aici_editor_scalar(aici_editor *editor, const char *text);
/** Reports a text that is no expression; true when it is one. */
bool aici_editor_check_expression(aici_editor *editor, const aici_node *scalar, const aici_expr **tree);
/** Reports an error without further ado; false. */
bool aici_editor_fault(aici_editor *editor, aic_status status);
/** Where nodes are made. */
aici_arena *aici_editor_arena(const aici_editor *editor);

/** What a name stands for in the editable form. */
typedef struct aici_target {
    aici_section section; /**< ASSUMPTIONS, CALCULATIONS or MODELS */
    size_t position;
    const aici_node *whole;       /**< the entry's value */
    const aici_node *value;       /**< of the quantity; NULL where an input is not given */
    const aici_kind_input *input; /**< of a model's input, else NULL */
    const char *component;        /**< of a components input: which, else NULL */
} aici_target;

/** Finds what can be set; reports what cannot. */
bool aici_target_find(aici_editor *editor, const char *name, aici_target *target);
/** The value of the target's entry with another value for the quantity (NULL: without it); NULL when there is no memory. */
const aici_node *aici_target_with(aici_editor *editor, const aici_target *target, const aici_node *value);

#endif
