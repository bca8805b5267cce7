/* SPDX-License-Identifier: MIT */
/*
 * The comparison of two scenarios: both are computed, quantities of one name are put side by side, and what differs is sorted: assumptions
 * and inputs that say something else, formulas and kinds that are others, results that moved. Why they moved is found out in attribute.c.
 */
#include "analysis/diff.h"
#include "analysis/describe.h"

#include <string.h>

typedef struct list {
    aici_result_difference *item;
    size_t count, capacity;
} list;

typedef struct work {
    aici_diffing of;
    aici_result_diff *diff;
    list assumption, result;
    aici_result_formula *formula;
    size_t formula_count, formula_capacity;
} work;

/* --- what is listed where ------------------------------------------------------------------------------------------------------------- */

static bool has_role(const aici_result_difference *pair, uint8_t one, uint8_t other) {
    for (size_t i = 0; i < 2; i++)
        if (pair->side[i] && (pair->side[i]->role == one || pair->side[i]->role == other))
            return true;
    return false;
}

static bool is_computed_assumption(const aici_result_difference *pair) {
    if (!pair->side[0] || !pair->side[1] || !has_role(pair, AIC_ROLE_ASSUMPTION, AIC_ROLE_ASSUMPTION))
        return false;
    return *pair->side[0]->formula || *pair->side[1]->formula;
}

static const aici_quantity *bound_of(const work *self, const aici_result_difference *pair, size_t side) {
    return &self->of.bound[side]->quantity[pair->side[side] - self->of.side[side]->quantity];
}

static const char *written(const work *self, const aici_result_difference *pair, size_t side) {
    const aici_quantity *quantity = bound_of(self, pair, side);
    return aici_describe_formula(self->of.arena, self->of.bound[side], quantity->tree, quantity->model);
}

/* Whether both are written in the same way, whatever that comes to. */
static bool is_written_alike(const work *self, const aici_result_difference *pair, bool *alike) {
    const aici_expr *tree[2];
    const char *text[2];
    for (size_t i = 0; i < 2; i++) {
        tree[i] = bound_of(self, pair, i)->tree;
        text[i] = written(self, pair, i);
    }
    *alike = text[0] && text[1] && strcmp(text[0], text[1]) == 0 && tree[0]->kind == tree[1]->kind && tree[0]->variant == tree[1]->variant;
    return text[0] && text[1];
}

/* A given figure that is uncertain on either side: its median does not say all. */
static bool is_uncertain_figure(const work *self, const aici_result_difference *pair) {
    for (size_t i = 0; i < 2; i++)
        if (pair->side[0] && pair->side[1] && !*pair->side[i]->formula && bound_of(self, pair, i)->tree->type.uncertain)
            return true;
    return false;
}

/* Whether it is another one now, and not only others that it is computed from, or the worth of a currency. False when there is no memory.
 */
static bool find_redefined(const work *self, const aici_result_difference *pair, bool *redefined) {
    const aici_result_quantity *first = pair->side[0], *second = pair->side[1];
    bool both = first && second, alike = false;
    *redefined = both ? first->is_default != second->is_default : !(first ? first : second)->is_default;
    if (!both || *redefined)
        return true;
    *redefined = strcmp(first->formula, second->formula) != 0;
    if (*redefined || *first->formula || (!aici_diff_differs(pair) && !is_uncertain_figure(self, pair)))
        return true;
    bool made = is_written_alike(self, pair, &alike);
    *redefined = !alike;
    return made;
}

/* --- lists ---------------------------------------------------------------------------------------------------------------------------- */

static bool keep(const work *self, list *to, const aici_result_difference *pair) {
    aici_result_difference *grown = aici_memory_grow(self->of.allocator, to->item, to->count, &to->capacity, sizeof *grown);
    if (!grown)
        return false;
    to->item = grown;
    grown[to->count++] = *pair;
    return true;
}

static bool keep_formula(work *self, const char *name, const char *what, const char *first, const char *second) {
    aici_result_formula *grown =
        aici_memory_grow(self->of.allocator, self->formula, self->formula_count, &self->formula_capacity, sizeof *grown);
    if (!grown)
        return false;
    self->formula = grown;
    grown[self->formula_count++] = (aici_result_formula){name, what, {first, second}};
    return true;
}

static const char *formula_of(const aici_result_quantity *quantity) { return quantity && *quantity->formula ? quantity->formula : NULL; }

static bool sort_formula(work *self, const aici_result_difference *pair) {
    const char *first = formula_of(pair->side[0]), *second = formula_of(pair->side[1]);
    bool both = pair->side[0] && pair->side[1], same = first && second ? strcmp(first, second) == 0 : first == second;
    if (same || (!both && !has_role(pair, AIC_ROLE_CALCULATION, AIC_ROLE_CALCULATION)))
        return true;
    return keep_formula(self, pair->name, "formula", first, second);
}

/* What is drawn is told in words, since the medians may be the same. */
static bool keep_distribution(work *self, const aici_result_difference *pair) {
    const char *text[2] = {written(self, pair, 0), written(self, pair, 1)};
    return text[0] && text[1] && keep_formula(self, pair->name, "distribution", text[0], text[1]);
}

static bool sort(work *self, const aici_result_quantity *first, const aici_result_quantity *second) {
    aici_result_difference pair;
    bool redefined;
    if (!aici_diff_pair(&self->of, first, second, &pair) || !find_redefined(self, &pair, &redefined))
        return false;
    bool given = has_role(&pair, AIC_ROLE_ASSUMPTION, AIC_ROLE_INPUT), made = has_role(&pair, AIC_ROLE_OUTPUT, AIC_ROLE_CALCULATION);
    if (given && redefined && !keep(self, &self->assumption, &pair))
        return false;
    if (given && redefined && is_uncertain_figure(self, &pair) && !keep_distribution(self, &pair))
        return false;
    if ((made || is_computed_assumption(&pair)) && aici_diff_differs(&pair) && !keep(self, &self->result, &pair))
        return false;
    return !made || sort_formula(self, &pair);
}

static bool sort_all(work *self) {
    const aic_result *first = self->of.side[0], *second = self->of.side[1];
    bool good = true;
    for (size_t i = 0; good && i < first->quantity_count; i++) {
        uint32_t other = aici_bound_find(self->of.bound[1], first->quantity[i].name);
        good = sort(self, &first->quantity[i], other != AICI_NONE ? &second->quantity[other] : NULL);
    }
    for (size_t i = 0; good && i < second->quantity_count; i++)
        if (aici_bound_find(self->of.bound[0], second->quantity[i].name) == AICI_NONE)
            good = sort(self, NULL, &second->quantity[i]);
    return good;
}

/* --- kinds of models ------------------------------------------------------------------------------------------------------------------ */

static const aici_model_entry *find_model(const aici_bound *bound, const char *name) {
    for (uint32_t i = 0; i < bound->model_count; i++)
        if (strcmp(bound->model[i].name, name) == 0)
            return &bound->model[i];
    return NULL;
}

static bool name_kind(const work *self, const aici_model_entry *model, const char **out) {
    aici_buffer text = aici_buffer_new(self->of.allocator);
    *out = NULL;
    if (!model)
        return true;
    aici_buffer_add_format(&text, "%s, version %u", model->kind->name, (unsigned)model->kind->version);
    *out = aici_describe_keep(self->of.arena, &text);
    return *out != NULL;
}

static bool sort_model(work *self, const aici_model_entry *first, const aici_model_entry *second) {
    const char *kind[2];
    if (first && second && strcmp(first->kind->name, second->kind->name) == 0 && first->kind->version == second->kind->version)
        return true;
    return name_kind(self, first, &kind[0]) && name_kind(self, second, &kind[1]) &&
           keep_formula(self, (first ? first : second)->name, "kind", kind[0], kind[1]);
}

static bool sort_models(work *self) {
    const aici_bound *first = self->of.bound[0], *second = self->of.bound[1];
    bool good = true;
    for (uint32_t i = 0; good && i < first->model_count; i++)
        good = sort_model(self, &first->model[i], find_model(second, first->model[i].name));
    for (uint32_t i = 0; good && i < second->model_count; i++)
        if (!find_model(first, second->model[i].name))
            good = sort_model(self, NULL, &second->model[i]);
    return good;
}

/* --- exchange rates, units, what stands above the sections ---------------------------------------------------------------------------- */

static const char *text_of(const work *self, const aici_node *node) {
    const aici_node *value = node && node->kind == AICI_NODE_MAPPING ? aici_node_value(node, "value") : node;
    if (!value || value->kind != AICI_NODE_SCALAR)
        return "";
    return aici_arena_copy(self->of.arena, value->as.text.bytes, value->as.text.size);
}

/* Definitions of kinds are not quoted: what they change shows in formulas and defaults. */
static bool is_ground(const aici_graft *graft) {
    return !graft->input && graft->section_text && strcmp(graft->section_text, "definitions") != 0;
}

static bool sort_ground(work *self, const aici_graft *graft, size_t from) {
    const aici_node *node[2] = {graft->before, graft->value};
    const char *text[2] = {NULL, NULL}, *name = aici_arena_copy(self->of.arena, graft->name, strlen(graft->name));
    for (size_t i = 0; i < 2; i++)
        if (node[i] && !(text[i ^ from] = text_of(self, node[i])))
            return false;
    return name && keep_formula(self, name, graft->section_text, text[0], text[1]);
}

/* What the second scenario has otherwise (@p from 0), or what only the first has (1). Looking for names changes how a scenario is kept, so
 * a copy is looked at. */
static bool sort_grounds_from(work *self, size_t from, aici_arena *scratch) {
    const aici_graft *graft = NULL;
    size_t count = 0;
    aic_scenario *copy = NULL;
    bool good = aici_scenario_copy(self->of.scenario[from], &copy, NULL) == AIC_OK &&
                aici_scenario_compare(copy, self->of.scenario[!from], scratch, &graft, &count, NULL) == AIC_OK;
    for (size_t i = 0; good && i < count; i++)
        if (is_ground(&graft[i]) && (from == 0 || (graft[i].key && !graft[i].before)))
            good = sort_ground(self, &graft[i], from);
    aici_scenario_free(copy);
    return good;
}

static bool sort_grounds(work *self) {
    aici_arena *scratch = aici_arena_new(self->of.allocator);
    bool good = scratch && sort_grounds_from(self, 0, scratch) && sort_grounds_from(self, 1, scratch);
    aici_arena_free(scratch);
    return good;
}

/* --- the result ----------------------------------------------------------------------------------------------------------------------- */

static void release_sides(void *owner) {
    aic_result *const *side = owner;
    aici_result_release(side[0]);
    aici_result_release(side[1]);
}

/* A result that keeps the values of both scenarios alive. */
static aic_result *new_result(work *self) {
    aic_result *result = aici_result_new(self->of.allocator);
    aic_result **owner = result ? aici_arena_take_array(result->arena, 2, sizeof *owner) : NULL;
    self->diff = owner ? aici_arena_take(result->arena, sizeof *self->diff) : NULL;
    if (!self->diff) {
        aici_result_release(result);
        return NULL;
    }
    for (size_t i = 0; i < 2; i++) {
        owner[i] = aici_result_ref(self->of.side[i]);
        self->diff->side[i] = self->of.side[i];
    }
    result->owner = owner;
    result->release_owner = release_sides;
    result->units = self->of.side[0]->units;
    result->title = self->of.side[0]->title;
    result->file = self->of.side[0]->file;
    result->diff = self->diff;
    self->of.arena = result->arena;
    return result;
}

static void *copy_out(const work *self, const void *item, size_t count, size_t bytes) {
    void *kept = aici_arena_take_array(self->of.arena, count, bytes);
    if (kept && count)
        memcpy(kept, item, count * bytes);
    return kept;
}

static bool hand_over(work *self) {
    aici_result_diff *diff = self->diff;
    diff->assumption = copy_out(self, self->assumption.item, self->assumption.count, sizeof *diff->assumption);
    diff->formula = copy_out(self, self->formula, self->formula_count, sizeof *diff->formula);
    diff->result = copy_out(self, self->result.item, self->result.count, sizeof *diff->result);
    diff->assumption_count = self->assumption.count;
    diff->formula_count = self->formula_count;
    diff->result_count = self->result.count;
    return diff->assumption && diff->formula && diff->result;
}

/* --- the call ------------------------------------------------------------------------------------------------------------------------- */

static aic_status compute_sides(work *self) {
    aici_diffing *of = &self->of;
    aic_status status = AIC_OK;
    for (size_t i = 0; i < 2 && status == AIC_OK; i++)
        status = aici_scenario_bind(of->scenario[i], &of->bound[i], of->report);
    for (size_t i = 0; i < 2 && status == AIC_OK; i++)
        status = aici_analysis_evaluate(of->bound[i], NULL, 0, of->allocator, &of->side[i], of->report);
    return status;
}

static aic_status answer(work *self, aic_result **out) {
    aic_status status = compute_sides(self);
    aic_result *result = status == AIC_OK ? new_result(self) : NULL;
    if (status == AIC_OK && (!result || !sort_grounds(self) || !sort_models(self) || !sort_all(self)))
        status = aici_report_memory(self->of.report);
    if (status == AIC_OK)
        status = aici_diff_attribute(&self->of, self->result.item, self->result.count, self->diff);
    if (status == AIC_OK && !hand_over(self))
        status = aici_report_memory(self->of.report);
    if (status == AIC_OK)
        *out = result;
    else
        aici_result_release(result);
    return status;
}

aic_status aici_analysis_diff(aic_scenario *first, aic_scenario *second, const aic_allocator *allocator, aic_result **out,
                              aic_report *report) {
    work self = {.of = {.scenario = {first, second}, .allocator = allocator, .report = report}};
    *out = NULL;
    aic_status status = answer(&self, out);
    for (size_t i = 0; i < 2; i++) {
        aici_result_release(self.of.side[i]);
        aici_bound_unref(self.of.bound[i]);
    }
    aici_memory_release(allocator, self.assumption.item);
    aici_memory_release(allocator, self.result.item);
    aici_memory_release(allocator, self.formula);
    return status;
}
