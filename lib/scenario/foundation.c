/* SPDX-License-Identifier: MIT */
/*
 * What a scenario stands on: its table of units, and its kinds of models. Kinds of the user's own are read at once, so that their faults
 * are found; the library's when a model asks for them. Of each kind it notes what every formula needs, once for all models of the kind.
 */
#include "scenario/bind.h"

/* --- lifetime ------------------------------------------------------------------------------------------------------------------------- */

static void release(aici_foundation *foundation) {
    for (size_t i = 0; i < foundation->slot_count; i++)
        aici_names_free(foundation->slot[i]->member);
    aic_allocator allocator = *aici_arena_allocator(foundation->arena);
    aici_memory_release(&allocator, (void *)foundation->slot);
    aici_names_free(foundation->slot_names);
    aici_units_free(foundation->units);
    for (uint32_t i = 0; i < foundation->store_count; i++)
        aici_store_unref(foundation->store[i]);
    aici_arena_free(foundation->arena);
}

aici_foundation *aici_foundation_ref(aici_foundation *foundation) {
    if (foundation)
        atomic_fetch_add_explicit(&foundation->references, 1, memory_order_relaxed);
    return foundation;
}

void aici_foundation_unref(aici_foundation *foundation) {
    if (foundation && atomic_fetch_sub_explicit(&foundation->references, 1, memory_order_acq_rel) == 1)
        release(foundation);
}

static aici_foundation *make(const aici_binder *binder) {
    aici_arena *arena = aici_arena_new(binder->allocator);
    aici_foundation *foundation = arena ? aici_arena_take(arena, sizeof *foundation) : NULL;
    if (!foundation) {
        aici_arena_free(arena);
        return NULL;
    }
    atomic_init(&foundation->references, 1);
    foundation->arena = arena;
    foundation->units = aici_units_new(binder->allocator, binder->limits);
    foundation->slot_names = aici_names_new(binder->allocator);
    foundation->store = aici_arena_take_array(arena, binder->files->store_count, sizeof *foundation->store);
    if (!foundation->units || !foundation->slot_names || !foundation->store) {
        release(foundation);
        return NULL;
    }
    for (uint32_t i = 0; i < binder->files->store_count; i++)
        foundation->store[foundation->store_count++] = aici_store_ref(binder->files->store[i]);
    return foundation;
}

/* --- what formulas need --------------------------------------------------------------------------------------------------------------- */

uint32_t aici_slot_member(const aici_kind_slot *slot, aici_slice name) {
    uint32_t local = AICI_NONE;
    aici_names_find(slot->member, name, &local);
    return local;
}

typedef struct needs {
    const aici_kind_slot *slot;
    uint32_t count;
    uint32_t *local; /* NULL while counting */
    bool *lagged;
} needs;

/* `each` and `parent` are there wherever the formula is used. */
static void take_need(void *context, const aici_expr *name, aici_use use) {
    needs *found = context;
    aici_slice text = name->as.name.text;
    if ((aici_slice_is(text, "each") || aici_slice_is(text, "parent")) && aici_slot_member(found->slot, text) == AICI_NONE)
        return;
    if (found->local) {
        found->local[found->count] = aici_slot_member(found->slot, text);
        found->lagged[found->count] = use == AICI_USE_EARLIER_YEAR;
    }
    found->count++;
}

static bool looks_at_years(const aici_expr *node) {
    static const uint8_t functions[] = {AICI_FUNCTION_PREVIOUS, AICI_FUNCTION_DELAY, AICI_FUNCTION_CUMULATIVE, AICI_FUNCTION_GROWTH,
                                        AICI_FUNCTION_IN_SERVICE};
    for (size_t i = 0; node->kind == AICI_EXPR_CALL && i < sizeof functions; i++)
        if (node->variant == functions[i])
            return true;
    return node->kind == AICI_EXPR_YEAR;
}

static bool fill_recipe(aici_arena *arena, const aici_kind_slot *slot, const aici_expr *tree, aici_recipe *recipe) {
    needs found = {.slot = slot};
    aici_expr_each_name(tree, take_need, &found);
    found.local = aici_arena_take_array(arena, found.count, sizeof *found.local);
    found.lagged = aici_arena_take_array(arena, found.count, sizeof *found.lagged);
    if (!found.local || !found.lagged)
        return false;
    found.count = 0;
    aici_expr_each_name(tree, take_need, &found);
    *recipe = (aici_recipe){found.count, found.local, found.lagged, aici_tree_any(tree, looks_at_years)};
    return true;
}

/* Marks the inputs that stand for what was in service before. */
static void mark_before(const aici_kind_slot *slot, const aici_expr *tree, bool *before) {
    for (; tree->count > 0; tree = tree->child[0]) {
        const aici_expr *third = tree->kind == AICI_EXPR_CALL && tree->variant == AICI_FUNCTION_IN_SERVICE ? tree->child[2] : NULL;
        uint32_t member = third && third->kind == AICI_EXPR_NAME ? aici_slot_member(slot, third->as.name.text) : AICI_NONE;
        if (member != AICI_NONE && member < slot->kind->input_count)
            before[member] = true;
        for (uint32_t i = 1; i < tree->count; i++)
            mark_before(slot, tree->child[i], before);
    }
}

static const aici_recipe *make_recipes(aici_arena *arena, const aici_kind_slot *slot, const aici_kind_formula *formula,
                                       const aici_kind_formula *within) {
    uint32_t count = formula->count + (within ? within->count : 0);
    aici_recipe *recipes = aici_arena_take_array(arena, count, sizeof *recipes);
    for (uint32_t i = 0; recipes && i < count; i++) {
        const aici_expr *tree = i < formula->count ? formula->tree[i] : within->tree[i - formula->count];
        if (!fill_recipe(arena, slot, tree, &recipes[i]))
            return NULL;
    }
    return recipes;
}

static bool name_members(aici_kind_slot *slot) {
    const aici_kind *kind = slot->kind;
    for (uint32_t i = 0; i < kind->input_count; i++)
        if (!aici_names_add(slot->member, aici_slice_of(kind->input[i].name), i))
            return false;
    for (uint32_t i = 0; i < kind->output_count; i++)
        if (!aici_names_add(slot->member, aici_slice_of(kind->output[i].name), kind->input_count + i))
            return false;
    return true;
}

static bool fill_slot(aici_arena *arena, aici_kind_slot *slot) {
    const aici_kind *kind = slot->kind;
    const aici_recipe **recipe = aici_arena_take_array(arena, kind->input_count + kind->output_count, sizeof *recipe);
    bool *before = aici_arena_take_array(arena, kind->input_count, sizeof *before);
    if (!recipe || !before || !name_members(slot))
        return false;
    for (uint32_t i = 0; i < kind->input_count + kind->output_count; i++) {
        const aici_kind_output *output = i < kind->input_count ? NULL : &kind->output[i - kind->input_count];
        recipe[i] = output ? make_recipes(arena, slot, &output->formula, &output->within)
                           : make_recipes(arena, slot, &kind->input[i].standard, NULL);
        if (!recipe[i])
            return false;
    }
    for (uint32_t i = 0; i < kind->output_count; i++)
        for (uint32_t k = 0; k < kind->output[i].formula.count; k++)
            mark_before(slot, kind->output[i].formula.tree[k], before);
    slot->recipe = recipe;
    slot->before = before;
    return true;
}

/* --- kinds ---------------------------------------------------------------------------------------------------------------------------- */

/* An empty slot; its name is a copy. */
static aici_kind_slot *add_slot(aici_binder *binder, aici_slice name) {
    aici_foundation *foundation = binder->foundation;
    aici_kind_slot **slots =
        aici_memory_grow(binder->allocator, (void *)foundation->slot, foundation->slot_count, &foundation->slot_capacity, sizeof *slots);
    if (slots)
        foundation->slot = slots;
    aici_kind_slot *slot = slots ? aici_arena_take(foundation->arena, sizeof *slot) : NULL;
    const char *copy = slot ? aici_arena_copy(foundation->arena, name.bytes, name.size) : NULL;
    aici_names *member = copy ? aici_names_new(binder->allocator) : NULL;
    if (!member || !aici_names_add(foundation->slot_names, (aici_slice){copy, name.size}, (uint32_t)foundation->slot_count)) {
        aici_names_free(member);
        return NULL;
    }
    slot->name = copy;
    slot->member = member;
    foundation->slot[foundation->slot_count++] = slot;
    return slot;
}

static aici_expr_reader reader_of(const aici_binder *binder) {
    return (aici_expr_reader){binder->foundation->arena, binder->foundation->units, binder->limits, binder->report};
}

static bool is_built_in(aici_slice name) {
    for (size_t i = 0; i < aici_built_in_kind_count; i++)
        if (aici_slice_is(name, aici_built_in_kinds[i].name))
            return true;
    return false;
}

static bool refuse_definition(aici_binder *binder, const aici_entry *entry, const char *why) {
    aic_status status = aici_report_error(binder->report, AICI_CODE_KIND_REDEFINED, &entry->key->place, "the model kind `%.*s` %s",
                                          AICI_SLICE(entry->key->as.text), why);
    aici_report_hint(binder->report, "give this kind another name");
    aici_report_path(binder->report, "definitions.%.*s", AICI_SLICE(entry->key->as.text));
    return aici_bind_note(binder, status);
}

static bool define_kind(aici_binder *binder, const aici_entry *entry) {
    uint32_t there = 0;
    if (is_built_in(entry->key->as.text))
        return refuse_definition(binder, entry, "is one of the library's own");
    if (aici_names_find(binder->foundation->slot_names, entry->key->as.text, &there))
        return refuse_definition(binder, entry, "is defined already, in another file");
    aici_kind_slot *slot = add_slot(binder, entry->key->as.text);
    if (!slot)
        return aici_bind_no_memory(binder);
    slot->key = entry->key;
    slot->declaration = entry->value;
    aici_expr_reader reader = reader_of(binder);
    const aici_kind *kind = NULL;
    aic_status status = aici_kind_read(&reader, entry->value, slot->name, &kind);
    if (status != AIC_OK)
        return aici_bind_note(binder, status);
    slot->kind = kind;
    return fill_slot(binder->foundation->arena, slot) || aici_bind_no_memory(binder);
}

static bool define_kinds(aici_binder *binder, const aici_node *node, const aici_entry *entries, uint32_t count) {
    if (node && !entries)
        aici_shape_is_mapping(binder, node, "definitions", "definitions");
    for (uint32_t i = 0; entries && i < count; i++)
        if (!define_kind(binder, &entries[i]))
            return false;
    return aici_bind_goes_on(binder);
}

static bool define_all_kinds(aici_binder *binder) {
    for (uint32_t i = 0; i < binder->files->library_count; i++) {
        const aici_node *node = aici_node_value(binder->files->library[i], "definitions");
        bool mapping = node && node->kind == AICI_NODE_MAPPING;
        if (!define_kinds(binder, node, mapping ? node->as.entry : NULL, mapping ? node->count : 0))
            return false;
    }
    const aici_view *view = &binder->files->view[AICI_SECTION_DEFINITIONS];
    return define_kinds(binder, view->node, view->entry, view->count);
}

bool aici_foundation_find_kind(aici_binder *binder, aici_slice name, aici_kind_slot **slot) {
    aici_foundation *foundation = binder->foundation;
    uint32_t index = 0;
    *slot = NULL;
    if (aici_names_find(foundation->slot_names, name, &index)) {
        *slot = foundation->slot[index];
        return true;
    }
    aici_expr_reader reader = reader_of(binder);
    const aici_kind *kind = NULL;
    aic_status status = aici_kind_read_built_in(&reader, name, false, &kind);
    if (status != AIC_OK || !kind)
        return aici_bind_note(binder, status);
    aici_kind_slot made = {.kind = kind, .member = aici_names_new(binder->allocator)};
    bool good = made.member && fill_slot(foundation->arena, &made);
    aici_kind_slot *added = good ? add_slot(binder, name) : NULL;
    if (!added) {
        aici_names_free(made.member);
        return aici_bind_no_memory(binder);
    }
    aici_names_free(added->member);
    made.name = added->name;
    *added = made;
    *slot = added;
    return true;
}

void aici_foundation_offer_kinds(const aici_foundation *foundation, aici_nearest *nearest) {
    for (size_t i = 0; i < foundation->slot_count; i++)
        aici_nearest_offer(nearest, aici_slice_of(foundation->slot[i]->name));
    for (size_t i = 0; i < aici_built_in_kind_count; i++)
        aici_nearest_offer(nearest, aici_slice_of(aici_built_in_kinds[i].name));
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

bool aici_foundation_build(aici_binder *binder, aici_foundation **out) {
    aici_foundation *foundation = make(binder);
    if (!foundation)
        return aici_bind_no_memory(binder);
    binder->foundation = foundation;
    binder->units = foundation->units;
    if (aici_foundation_read_units(binder, foundation->units) && define_all_kinds(binder)) {
        *out = foundation;
        return true;
    }
    binder->foundation = NULL;
    aici_foundation_unref(foundation);
    return false;
}
