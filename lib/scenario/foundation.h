/* SPDX-License-Identifier: MIT */
/*
 * Inside scenario: what assumptions, models and claims stand on: the units that the scenario knows (with exchange rates and currency) and
 * the kinds of models. It changes rarely, so the bound scenarios between two changes of it share one. Kinds are read when they are first
 * needed.
 */
#ifndef AICI_SCENARIO_FOUNDATION_H
#define AICI_SCENARIO_FOUNDATION_H

#include "base/names.h"
#include "scenario/kind.h"
#include "scenario/sections.h"

/** What one formula of a kind needs. */
typedef struct aici_recipe {
    uint32_t count;
    const uint32_t *local; /**< numbers of inputs and outputs (inputs first); AICI_NONE: a name that the kind does not have */
    const bool *lagged;    /**< only behind previous() or delay() */
    bool years;            /**< looks at years: exists only with a timeline */
} aici_recipe;

typedef struct aici_kind_slot {
    const char *name;
    const aici_node *key, *declaration; /**< of a kind of the user's own */
    const aici_kind *kind;              /**< NULL: its declaration is faulty */
    aici_names *member;                 /**< inputs and outputs to local numbers */
    const aici_recipe *const *recipe;   /**< by local number, a recipe a formula */
    const bool *before;                 /**< by input: it may be a series of years before the timeline, because in_service() looks there */
} aici_kind_slot;

typedef struct aici_foundation {
    atomic_uint references;
    aici_arena *arena;
    aici_units *units;
    aici_kind_slot **slot;
    size_t slot_count, slot_capacity;
    aici_names *slot_names;
    aici_store **store; /**< the texts that the kinds point to */
    uint32_t store_count;
} aici_foundation;

struct aici_binder;

/** Makes one. Faults are noted in the binder, which may then go on with what there is; false when there is no memory. */
bool aici_foundation_build(struct aici_binder *binder, aici_foundation **out);
aici_foundation *aici_foundation_ref(aici_foundation *foundation);
void aici_foundation_unref(aici_foundation *foundation);

/** Finds a kind by name; *slot is NULL when nobody defines it. False when there is no memory. */
bool aici_foundation_find_kind(struct aici_binder *binder, aici_slice name, aici_kind_slot **slot);
/** Offers the names of all kinds. */
void aici_foundation_offer_kinds(const aici_foundation *foundation, aici_nearest *nearest);
/** The local number of an input or output, or AICI_NONE. */
uint32_t aici_slot_member(const aici_kind_slot *slot, aici_slice name);

/* units.c */
bool aici_foundation_read_units(struct aici_binder *binder, aici_units *units);

#endif
