/* SPDX-License-Identifier: MIT */
/*
 * Which inputs and outputs a model has, and by which formula: what is given, and what can be made of it. The first formula counts whose
 * names all exist; where first choices would need each other in a circle, a later one breaks it. What is looked at behind previous() or
 * delay() may be the thing itself.
 */
#include "scenario/bind.h"

#include <string.h>

typedef struct chooser {
    const aici_binder *binder;
    const aici_kind_slot *slot;
    uint32_t inputs, members;
    const bool *given;
    bool *exists;  /* what can be made at all */
    bool *assumed; /* what counts as existing behind a lag */
    bool *made;    /* what has a formula by now */
} chooser;

static uint32_t formula_count(const chooser *self, uint32_t member) {
    const aici_kind *kind = self->slot->kind;
    return member < self->inputs ? kind->input[member].standard.count : kind->output[member - self->inputs].formula.count;
}

/* Components are made one by one: only where there are any. */
static bool has_components(const chooser *self, uint32_t member) {
    const char *over = member < self->inputs ? NULL : self->slot->kind->output[member - self->inputs].for_each;
    if (!over)
        return true;
    uint32_t input = aici_slot_member(self->slot, aici_slice_of(over));
    return input != AICI_NONE && input < self->inputs && self->given[input];
}

static bool is_available(const chooser *self, uint32_t member, uint32_t formula, const bool *exists) {
    const aici_recipe *recipe = &self->slot->recipe[member][formula];
    if ((recipe->years && !self->binder->timeline) || !has_components(self, member))
        return false;
    for (uint32_t i = 0; i < recipe->count; i++) {
        uint32_t need = recipe->local[i];
        if (need == AICI_NONE || (!exists[need] && !(recipe->lagged[i] && (need == member || self->assumed[need]))))
            return false;
    }
    return true;
}

static uint32_t first_available(const chooser *self, uint32_t member, const bool *exists) {
    for (uint32_t i = 0; i < formula_count(self, member); i++)
        if (is_available(self, member, i, exists))
            return i;
    return AICI_NONE;
}

static void find_existing(const chooser *self) {
    memset(self->exists, 0, self->members * sizeof *self->exists);
    memcpy(self->exists, self->given, self->inputs * sizeof *self->exists);
    for (bool more = true; more;) {
        more = false;
        for (uint32_t i = 0; i < self->members; i++) {
            if (!self->exists[i] && first_available(self, i, self->exists) != AICI_NONE)
                more = self->exists[i] = true;
        }
    }
}

/* What exists behind a lag must exist in the end: at first everything is assumed to, then what the last round left. */
static void find_all_existing(const chooser *self) {
    memset(self->assumed, 1, self->members * sizeof *self->assumed);
    for (uint32_t round = 0; round < self->members; round++) {
        find_existing(self);
        if (memcmp(self->assumed, self->exists, self->members * sizeof *self->assumed) == 0)
            return;
        memcpy(self->assumed, self->exists, self->members * sizeof *self->assumed);
    }
}

/* Takes over first choices whose names have their formulas; false when none was left to take. */
static bool choose_once(const chooser *self, bool first_choice_only, uint32_t *chosen) {
    bool more = false;
    for (uint32_t i = 0; i < self->members; i++) {
        if (!self->exists[i] || self->made[i])
            continue;
        uint32_t formula = first_available(self, i, self->made);
        if (formula == AICI_NONE || (first_choice_only && formula != first_available(self, i, self->exists)))
            continue;
        chosen[i] = formula;
        more = self->made[i] = true;
        if (!first_choice_only)
            return true;
    }
    return more;
}

static void choose(const chooser *self, uint32_t *chosen) {
    for (uint32_t i = 0; i < self->members; i++) {
        self->made[i] = i < self->inputs && self->given[i];
        chosen[i] = self->made[i] ? (uint32_t)AICI_RECIPE_GIVEN : (uint32_t)AICI_NONE;
    }
    while (choose_once(self, true, chosen) || choose_once(self, false, chosen))
        continue;
}

bool aici_recipe_choose(aici_binder *binder, const aici_kind_slot *slot, const bool *given, uint32_t *chosen) {
    uint32_t members = slot->kind->input_count + slot->kind->output_count;
    bool *flags = aici_arena_take_array(binder->scratch, 3 * (size_t)members + 1, sizeof *flags);
    if (!flags)
        return aici_bind_no_memory(binder);
    chooser self = {binder, slot, slot->kind->input_count, members, given, flags, flags + members, flags + 2 * (size_t)members};
    find_all_existing(&self);
    choose(&self, chosen);
    return true;
}

/* --- what is lacking ------------------------------------------------------------------------------------------------------------------ */

static uint32_t first_lacking(const aici_recipe *recipe, uint32_t member, const uint32_t *chosen) {
    for (uint32_t i = 0; i < recipe->count; i++)
        if (recipe->local[i] != AICI_NONE && recipe->local[i] != member && chosen[recipe->local[i]] == AICI_NONE)
            return recipe->local[i];
    return AICI_NONE;
}

const char *aici_recipe_lack(const aici_binder *binder, const aici_kind_slot *slot, uint32_t member, const uint32_t *chosen) {
    const aici_kind *kind = slot->kind;
    uint32_t members = kind->input_count + kind->output_count;
    for (uint32_t steps = 0; steps <= members; steps++) {
        bool input = member < kind->input_count;
        const char *over = input ? NULL : kind->output[member - kind->input_count].for_each;
        uint32_t formulas = input ? kind->input[member].standard.count : kind->output[member - kind->input_count].formula.count;
        if (over)
            return over;
        if (formulas == 0)
            break;
        uint32_t next = first_lacking(slot->recipe[member], member, chosen);
        if (next == AICI_NONE || next == member)
            return slot->recipe[member]->years && !binder->timeline ? "timeline"
                   : input                                          ? kind->input[member].name
                                                                    : kind->output[member - kind->input_count].name;
        member = next;
    }
    return member < kind->input_count ? kind->input[member].name : kind->output[member - kind->input_count].name;
}
