/* SPDX-License-Identifier: MIT */
/*
 * Two scenarios side by side, as trees: what has to be put into the one for it to say what the other says, piece by piece, and putting such
 * pieces in. Words beside a value (source, note, label) are no difference, nor is what the rounding of a figure is known to. What the
 * pieces do to any value is found out by whoever computes with them.
 */
#include "scenario/editor.h"
#include "scenario/renew.h"

#include <string.h>

/* Assumptions, models and calculations share one namespace. */
static const aici_section tops[] = {AICI_SECTION_ASSUMPTIONS, AICI_SECTION_MODELS, AICI_SECTION_CALCULATIONS};
static const aici_section grounds[] = {AICI_SECTION_UNITS, AICI_SECTION_EXCHANGE_RATES, AICI_SECTION_DEFINITIONS};
static const aici_section heads[] = {AICI_SECTION_CURRENCY, AICI_SECTION_TIMELINE};
enum { TOPS = 3, GROUNDS = 3, HEADS = 2 };

/* --- equal trees ---------------------------------------------------------------------------------------------------------------------- */

static bool is_equal(const aici_node *left, const aici_node *right);

static bool has_equal_entries(const aici_node *left, const aici_node *right) {
    for (uint32_t i = 0; i < left->count; i++) {
        const aici_node *other = aici_node_value(right, left->as.entry[i].key->as.text.bytes);
        if (!other || !is_equal(left->as.entry[i].value, other))
            return false;
    }
    return true;
}

static bool has_equal_items(const aici_node *left, const aici_node *right) {
    for (uint32_t i = 0; i < left->count; i++)
        if (!is_equal(left->as.item[i], right->as.item[i]))
            return false;
    return true;
}

/* As deep as a document may be nested. */
static bool is_equal(const aici_node *left, const aici_node *right) {
    if (left == right)
        return true;
    if (left->kind != right->kind || (left->kind != AICI_NODE_SCALAR && left->count != right->count))
        return false;
    if (left->kind == AICI_NODE_SCALAR)
        return aici_slice_equal(left->as.text, right->as.text) && aici_node_is_empty(left) == aici_node_is_empty(right);
    return left->kind == AICI_NODE_MAPPING ? has_equal_entries(left, right) : has_equal_items(left, right);
}

static bool is_word(const aici_node *key) {
    static const char *const words[] = {"source", "note", "label", "date", "confidence", "rounded", "digits"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (aici_slice_is(key->as.text, words[i]))
            return true;
    return false;
}

static uint32_t count_of_form(const aici_node *mapping) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < mapping->count; i++)
        count += !is_word(mapping->as.entry[i].key);
    return count;
}

/* {value: 3, source: x} is 3. */
static const aici_node *bare(const aici_node *node) {
    const aici_node *value = node->kind == AICI_NODE_MAPPING ? aici_node_value(node, "value") : NULL;
    return value && count_of_form(node) == 1 ? value : node;
}

static bool is_equal_quantity(const aici_node *left, const aici_node *right) {
    left = bare(left);
    right = bare(right);
    if (left->kind != AICI_NODE_MAPPING || right->kind != AICI_NODE_MAPPING)
        return is_equal(left, right);
    if (count_of_form(left) != count_of_form(right))
        return false;
    for (uint32_t i = 0; i < left->count; i++) {
        const aici_entry *entry = &left->as.entry[i];
        const aici_node *other = aici_node_value(right, entry->key->as.text.bytes);
        if (!is_word(entry->key) && (!other || !is_equal(entry->value, other)))
            return false;
    }
    return true;
}

/* --- finding -------------------------------------------------------------------------------------------------------------------------- */

/* Where a name stands in one scenario. */
typedef struct spot {
    aici_section section;
    size_t position;
    bool found;
} spot;

static bool find_in(aic_scenario *scenario, const aici_section *sections, size_t count, aici_slice name, spot *out) {
    *out = (spot){.found = false};
    for (size_t i = 0; i < count && !out->found; i++) {
        out->section = sections[i];
        if (!aici_sections_find(&scenario->sections, sections[i], name, &out->found, &out->position))
            return false;
    }
    return true;
}

static bool is_top(aici_section section) {
    return section == AICI_SECTION_ASSUMPTIONS || section == AICI_SECTION_MODELS || section == AICI_SECTION_CALCULATIONS;
}

static bool find_entry(aic_scenario *scenario, aici_section section, aici_slice name, spot *out) {
    return is_top(section) ? find_in(scenario, tops, TOPS, name, out) : find_in(scenario, &section, 1, name, out);
}

static const aici_node *value_at(const aic_scenario *scenario, const spot *at) {
    return scenario->sections.part[at->section].entry[at->position].value;
}

/* --- the pieces ----------------------------------------------------------------------------------------------------------------------- */

typedef struct comparison {
    aic_scenario *scenario;
    const aic_scenario *other;
    aici_arena *arena;
    aici_graft *graft;
    size_t count, capacity;
    const aic_allocator *allocator;
} comparison;

static bool add_graft(comparison *self, const char *name, aici_graft graft) {
    aici_graft *grown = aici_memory_grow(self->allocator, self->graft, self->count, &self->capacity, sizeof *grown);
    if (!grown)
        return false;
    self->graft = grown;
    graft.name = name;
    grown[self->count++] = graft;
    return name != NULL;
}

static bool add_input(comparison *self, const char *model, const char *input, const aici_node *before, const aici_node *value) {
    aici_graft graft = {
        .key = model, .input = input, .from = AICI_SECTION_MODELS, .to = AICI_SECTION_MODELS, .before = before, .value = value};
    return add_graft(self, aici_join(self->arena, model, input), graft);
}

static bool is_kind(const aici_node *key) { return aici_slice_is(key->as.text, "kind"); }

static bool compare_inputs(comparison *self, const char *model, const aici_node *mine, const aici_node *others) {
    for (uint32_t i = 0; i < others->count; i++) {
        const aici_entry *entry = &others->as.entry[i];
        const aici_node *own = aici_node_value(mine, entry->key->as.text.bytes);
        if (!is_kind(entry->key) && !(own && is_equal_quantity(own, entry->value)) &&
            !add_input(self, model, entry->key->as.text.bytes, own, entry->value))
            return false;
    }
    for (uint32_t i = 0; i < mine->count; i++) {
        const aici_entry *entry = &mine->as.entry[i];
        if (!aici_node_value(others, entry->key->as.text.bytes) && !add_input(self, model, entry->key->as.text.bytes, entry->value, NULL))
            return false;
    }
    return true;
}

static bool are_of_one_kind(const aici_node *left, const aici_node *right) {
    const aici_node *one = aici_node_value(left, "kind"), *other = aici_node_value(right, "kind");
    return one && other && is_equal(one, other);
}

static const char *name_of_ground(comparison *self, aici_section section, const char *key) {
    return is_top(section) ? key : aici_join(self->arena, aici_section_names[section], key);
}

static bool compare_entry(comparison *self, aici_section section, const aici_entry *entry) {
    const char *key = entry->key->as.text.bytes;
    spot at;
    if (!find_entry(self->scenario, section, entry->key->as.text, &at))
        return false;
    const aici_node *mine = at.found ? value_at(self->scenario, &at) : NULL;
    bool same_place = mine && at.section == section;
    if (same_place && section == AICI_SECTION_MODELS && are_of_one_kind(mine, entry->value))
        return compare_inputs(self, key, mine, entry->value);
    if (same_place && (section == AICI_SECTION_DEFINITIONS ? is_equal : is_equal_quantity)(mine, entry->value))
        return true;
    aici_graft graft = {
        .key = key, .from = (uint8_t)(mine ? at.section : section), .to = (uint8_t)section, .before = mine, .value = entry->value};
    graft.section_text = is_top(section) ? NULL : aici_section_names[section];
    return add_graft(self, name_of_ground(self, section, key), graft);
}

static bool compare_section(comparison *self, aici_section section) {
    aici_view view = aici_sections_view(&self->other->sections, section);
    for (uint32_t i = 0; view.entry && i < view.count; i++)
        if (!compare_entry(self, section, &view.entry[i]))
            return false;
    return true;
}

static const aici_node *head_of(const aic_scenario *scenario, aici_section section) {
    const aici_node *node = aici_sections_view(&scenario->sections, section).node;
    return node && !aici_node_is_empty(node) ? node : NULL;
}

static bool compare_head(comparison *self, aici_section section) {
    const aici_node *mine = head_of(self->scenario, section), *others = head_of(self->other, section);
    if (mine == others || (mine && others && is_equal(mine, others)))
        return true;
    aici_graft graft = {
        .from = (uint8_t)section, .to = (uint8_t)section, .before = mine, .value = others, .section_text = aici_section_names[section]};
    return add_graft(self, aici_section_names[section], graft);
}

static bool compare_all(comparison *self) {
    bool good = true;
    for (size_t i = 0; good && i < HEADS; i++)
        good = compare_head(self, heads[i]);
    for (size_t i = 0; good && i < GROUNDS; i++)
        good = compare_section(self, grounds[i]);
    for (size_t i = 0; good && i < TOPS; i++)
        good = compare_section(self, tops[i]);
    return good;
}

aic_status aici_scenario_compare(aic_scenario *scenario, const aic_scenario *other, aici_arena *arena, const aici_graft **out,
                                 size_t *count, aic_report *report) {
    comparison self = {.scenario = scenario, .other = other, .arena = arena, .allocator = aici_arena_allocator(arena)};
    bool good = compare_all(&self);
    aici_graft *kept = good ? aici_arena_take_array(arena, self.count + 1, sizeof *kept) : NULL;
    if (kept && self.count)
        memcpy(kept, self.graft, self.count * sizeof *kept);
    aici_memory_release(self.allocator, self.graft);
    if (!kept)
        return aici_report_memory(report);
    *out = kept;
    *count = self.count;
    return AIC_OK;
}

/* --- putting in ----------------------------------------------------------------------------------------------------------------------- */

static void drop_section(aici_sections *sections, aici_section section) {
    uint32_t kept = 0;
    aici_part_release(&sections->allocator, &sections->part[section]);
    for (uint32_t i = 0; i < sections->order_count; i++)
        if (sections->order[i] != section)
            sections->order[kept++] = sections->order[i];
    sections->order_count = kept;
}

static bool put_head(aici_sections *sections, const aici_graft *graft) {
    aici_change change;
    if (graft->value)
        return aici_sections_set_whole(sections, (aici_section)graft->to, graft->value, &change);
    drop_section(sections, (aici_section)graft->to);
    return true;
}

static bool put_input(aici_sections *sections, const aici_graft *graft, size_t position) {
    aici_change change;
    const aici_node *model = sections->part[AICI_SECTION_MODELS].entry[position].value;
    const aici_node *whole = aici_node_with(sections->made->arena, model, aici_slice_of(graft->input), graft->value);
    if (whole)
        aici_sections_put(sections, AICI_SECTION_MODELS, position, whole, &change);
    return whole != NULL;
}

static bool put(aic_scenario *scenario, const aici_graft *graft) {
    aici_sections *sections = &scenario->sections;
    aici_section from = (aici_section)graft->from, to = (aici_section)graft->to;
    aici_change change;
    size_t position = 0;
    bool found = false;
    if (!graft->key)
        return put_head(sections, graft);
    if (!aici_sections_find(sections, from, aici_slice_of(graft->key), &found, &position))
        return false;
    if (found && graft->input)
        return put_input(sections, graft, position);
    if (found && from == to) {
        aici_sections_put(sections, to, position, graft->value, &change);
        return true;
    }
    if (found)
        aici_sections_remove(sections, from, position, &change);
    return aici_sections_add(sections, to, aici_slice_of(graft->key), graft->value, &change);
}

/* Whether units and kinds stay as they are. */
static bool leaves_foundation(const aici_graft *graft) { return is_top((aici_section)graft->to) || graft->to == AICI_SECTION_TIMELINE; }

static void forget_bound(aic_scenario *scenario) {
    aici_bound_unref(scenario->bound);
    scenario->bound = NULL;
    scenario->was_bound = false;
}

aic_status aici_scenario_graft(const aic_scenario *scenario, const aici_graft *const *graft, size_t count, aic_scenario **out,
                               aic_report *report) {
    aic_scenario *copy = NULL;
    aic_status status = aici_scenario_copy(scenario, &copy, report);
    bool good = status == AIC_OK, founded = true;
    for (size_t i = 0; good && i < count; i++) {
        good = put(copy, graft[i]);
        founded = founded && leaves_foundation(graft[i]);
    }
    if (good) {
        forget_bound(copy);
        copy->foundation = founded ? aici_foundation_ref(scenario->foundation) : NULL;
        *out = copy;
        return AIC_OK;
    }
    aici_scenario_free(copy);
    return status == AIC_OK ? aici_report_memory(report) : status;
}

/* --- joining -------------------------------------------------------------------------------------------------------------------------- */

static bool join_section(aic_scenario *scenario, const aic_scenario *other, aici_section section) {
    aici_view view = aici_sections_view(&other->sections, section);
    for (uint32_t i = 0; view.entry && i < view.count; i++) {
        aici_slice key = view.entry[i].key->as.text;
        aici_change change;
        spot at;
        if (!find_entry(scenario, section, key, &at))
            return false;
        if (!at.found && !aici_sections_add(&scenario->sections, section, key, view.entry[i].value, &change))
            return false;
    }
    return true;
}

aic_status aici_scenario_join(const aic_scenario *scenario, const aic_scenario *other, bool all, aic_scenario **out, aic_report *report) {
    aic_scenario *copy = NULL;
    aic_status status = aici_scenario_copy(scenario, &copy, report);
    if (status != AIC_OK)
        return status;
    forget_bound(copy);
    drop_section(&copy->sections, AICI_SECTION_CLAIMS);
    drop_section(&copy->sections, AICI_SECTION_CORRELATIONS);
    bool good = join_section(copy, other, AICI_SECTION_SOURCES);
    for (size_t i = 0; all && good && i < GROUNDS; i++)
        good = join_section(copy, other, grounds[i]);
    for (size_t i = 0; all && good && i < TOPS; i++)
        good = join_section(copy, other, tops[i]);
    if (good) {
        *out = copy;
        return AIC_OK;
    }
    aici_scenario_free(copy);
    return aici_report_memory(report);
}
