/* SPDX-License-Identifier: MIT */
/*
 * A model: its kind, the inputs that the scenario gives, the defaults that stand for others, the outputs that can be made. Everything
 * becomes drafts of quantities, inputs first, in the order of the kind; what is lacking or unknown is reported at the model.
 */
#include "scenario/bind.h"

#include <string.h>

/** A model while it is drafted. */
typedef struct modelling {
    aici_binder *binder;
    uint32_t index;
    aici_model_draft *model;
    const aici_kind *kind;
    const char *path;        /* "models.chatgpt" */
    const aici_node **value; /* of each input that is given, else NULL */
    bool *given;             /* also what is lacking but counts as given, so that it is not complained about twice */
    uint32_t *chosen;
} modelling;

/* --- faults --------------------------------------------------------------------------------------------------------------------------- */

static bool fault(modelling *self, aic_status status, const char *key) {
    aici_report_path(self->binder->report, *key ? "%s.%s" : "%s", self->path, key);
    self->model->broken = true;
    return aici_bind_note(self->binder, status);
}

static void hint_nearest(const aici_binder *binder, const aici_nearest *nearest) {
    if (aici_nearest_name(nearest))
        aici_report_hint(binder->report, "did you mean `%s`?", aici_nearest_name(nearest));
}

/* --- the kind ------------------------------------------------------------------------------------------------------------------------- */

static bool refuse_kind(modelling *self, const aici_node *name) {
    aici_binder *binder = self->binder;
    aici_nearest nearest = aici_nearest_to(name->as.text);
    aici_foundation_offer_kinds(binder->foundation, &nearest);
    aic_status status = aici_report_error(binder->report, AICI_CODE_UNKNOWN_KIND, &name->place, "%s: no model kind is called `%.*s`",
                                          self->model->name, AICI_SLICE(name->as.text));
    hint_nearest(binder, &nearest);
    return fault(self, status, "kind");
}

static bool refuse_lack_of_kind(modelling *self) {
    aic_status status = aici_report_error(self->binder->report, AICI_CODE_MISSING_KEY, &self->model->key->place, "%s: `kind` is missing",
                                          self->model->name);
    aici_report_hint(self->binder->report, "say what kind of model it is, such as `kind: inference`");
    return fault(self, status, "kind");
}

/* Finds the kind; model->slot stays NULL after a report. */
static bool find_kind(modelling *self) {
    aici_binder *binder = self->binder;
    aici_model_draft *model = self->model;
    model->broken = true;
    if (!aici_node_is_empty(model->node) && !aici_shape_is_mapping(binder, model->node, model->name, self->path))
        return aici_bind_goes_on(binder);
    const aici_node *name = aici_node_value(model->node, "kind");
    if (!name || name->kind != AICI_NODE_SCALAR || aici_node_is_empty(name))
        return refuse_lack_of_kind(self);
    aici_kind_slot *slot = NULL;
    if (!aici_foundation_find_kind(binder, name->as.text, &slot))
        return false;
    if (!slot)
        return refuse_kind(self, name);
    if (!slot->kind)
        return true;
    model->slot = slot;
    model->broken = false;
    self->kind = slot->kind;
    return true;
}

/* --- inputs that are given ------------------------------------------------------------------------------------------------------------ */

/* The input that was probably meant counts as given: it is not missing, it is misspelt. */
static bool refuse_input(modelling *self, const aici_node *key) {
    aici_binder *binder = self->binder;
    const aici_kind *kind = self->kind;
    uint32_t member = aici_slot_member(self->model->slot, key->as.text);
    aici_nearest nearest = aici_nearest_to(key->as.text);
    for (uint32_t i = 0; i < kind->input_count; i++)
        aici_nearest_offer(&nearest, aici_slice_of(kind->input[i].name));
    aic_status status = aici_report_error(binder->report, AICI_CODE_UNKNOWN_INPUT, &key->place,
                                          member != AICI_NONE ? "%s: `%.*s` is an output of kind `%s`, and is computed"
                                                              : "%s: there is no input `%.*s` in kind `%s`",
                                          self->model->name, AICI_SLICE(key->as.text), kind->name);
    hint_nearest(binder, &nearest);
    const char *meant = aici_nearest_name(&nearest);
    if (meant)
        self->given[aici_slot_member(self->model->slot, aici_slice_of(meant))] = true;
    return fault(self, status, aici_text_of(key));
}

static bool sort_inputs(modelling *self) {
    const aici_node *node = self->model->node;
    for (uint32_t i = 0; i < node->count; i++) {
        const aici_entry *entry = &node->as.entry[i];
        uint32_t member = aici_slot_member(self->model->slot, entry->key->as.text);
        if (aici_slice_is(entry->key->as.text, "kind"))
            continue;
        if (member == AICI_NONE || member >= self->kind->input_count) {
            if (!refuse_input(self, entry->key))
                return false;
            continue;
        }
        self->value[member] = entry->value;
        self->given[member] = true;
    }
    return true;
}

/* --- alternatives --------------------------------------------------------------------------------------------------------------------- */

static uint32_t given_of_group(const modelling *self, const aici_kind_choice *choice, uint32_t group) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < choice->group_size[group]; i++) {
        uint32_t member = aici_slot_member(self->model->slot, aici_slice_of(choice->group[group][i]));
        count += member != AICI_NONE && self->given[member];
    }
    return count;
}

static void add_group(const aici_kind_choice *choice, uint32_t group, aici_buffer *text) {
    for (uint32_t i = 0; i < choice->group_size[group]; i++)
        aici_buffer_add_format(text, "%s`%s`", i == 0 ? "" : i + 1 < choice->group_size[group] ? ", " : " and ", choice->group[group][i]);
}

/* What a group lacks that was begun. */
static void hint_rest(const modelling *self, const aici_kind_choice *choice) {
    for (uint32_t group = 0; group < choice->group_count; group++) {
        for (uint32_t i = 0; given_of_group(self, choice, group) > 0 && i < choice->group_size[group]; i++) {
            const char *name = choice->group[group][i];
            if (!self->given[aici_slot_member(self->model->slot, aici_slice_of(name))]) {
                aici_report_hint(self->binder->report, "`%s` is missing", name);
                return;
            }
        }
    }
}

static bool refuse_choice(modelling *self, const aici_kind_choice *choice, uint32_t full) {
    aici_binder *binder = self->binder;
    aici_buffer text = aici_buffer_new(binder->allocator);
    for (uint32_t i = 0; i < choice->group_count; i++) {
        aici_buffer_add_text(&text, i == 0 ? "" : ", or ");
        add_group(choice, i, &text);
    }
    if (aici_buffer_failed(&text)) {
        aici_buffer_free(&text);
        return aici_bind_no_memory(binder);
    }
    aic_status status =
        aici_report_error(binder->report, AICI_CODE_ALTERNATIVE_INPUTS, &self->model->key->place,
                          full == 0 ? "%s: give %s" : "%s: give only one of %s", self->model->name, aici_buffer_text(&text));
    aici_buffer_free(&text);
    if (full == 0)
        hint_rest(self, choice);
    return fault(self, status, "");
}

static bool check_choices(modelling *self) {
    for (uint32_t i = 0; i < self->kind->choice_count; i++) {
        const aici_kind_choice *choice = &self->kind->choice[i];
        uint32_t full = 0;
        for (uint32_t group = 0; group < choice->group_count; group++)
            full += given_of_group(self, choice, group) == choice->group_size[group];
        if (full != 1 && !refuse_choice(self, choice, full))
            return false;
    }
    return true;
}

/* --- inputs that are missing ---------------------------------------------------------------------------------------------------------- */

static bool refuse_lack(modelling *self, const aici_kind_input *input) {
    aic_status status = aici_report_error(self->binder->report, AICI_CODE_MISSING_INPUT, &self->model->key->place,
                                          "%s: the input `%s` is missing", self->model->name, input->name);
    aici_report_hint(self->binder->report, "%s: %s", input->name, input->doc);
    return fault(self, status, input->name);
}

/* Before formulas are chosen: what is required counts as given, so that what is made of it is not missed too. */
static bool require(modelling *self) {
    for (uint32_t i = 0; i < self->kind->input_count; i++) {
        const aici_kind_input *input = &self->kind->input[i];
        if (self->given[i] || input->optional || input->standard.count > 0)
            continue;
        self->given[i] = true;
        if (!refuse_lack(self, input))
            return false;
    }
    return true;
}

/* After they are chosen: a default that lacks something is none. */
static bool require_defaults(modelling *self) {
    for (uint32_t i = 0; i < self->kind->input_count; i++) {
        const aici_kind_input *input = &self->kind->input[i];
        if (self->chosen[i] != AICI_NONE || input->optional ||
            strcmp(aici_recipe_lack(self->binder, self->model->slot, i, self->chosen), "timeline") == 0)
            continue;
        if (!refuse_lack(self, input))
            return false;
    }
    return true;
}

/* --- drafts --------------------------------------------------------------------------------------------------------------------------- */

static aici_draft *add_draft(modelling *self, uint8_t role, const char *local, const char *subject, uint32_t member) {
    aici_binder *binder = self->binder;
    const char *name = aici_join(binder->arena, self->model->name, local), *path = aici_join(binder->scratch, self->path, local);
    if (!name || !path) {
        aici_bind_no_memory(binder);
        return NULL;
    }
    aici_draft *draft = aici_draft_add(binder, role, name);
    if (!draft)
        return NULL;
    draft->local = local;
    draft->subject = subject ? subject : name;
    draft->path = path;
    draft->quantity.model = self->index;
    self->model->member[member] = (uint32_t)binder->draft_count - 1;
    return draft;
}

static bool refuse_value(modelling *self, aici_draft *draft, const aici_node *value, const char *const *values, size_t count) {
    aici_binder *binder = self->binder;
    aici_buffer text = aici_buffer_new(binder->allocator);
    aici_nearest nearest = aici_nearest_to(value->as.text);
    for (size_t i = 0; i < count; i++) {
        aici_buffer_add_format(&text, "%s`%s`", i == 0 ? "" : i + 1 < count ? ", " : " or ", values[i]);
        aici_nearest_offer(&nearest, aici_slice_of(values[i]));
    }
    bool failed = aici_buffer_failed(&text);
    aic_status status = failed ? aici_report_memory(binder->report)
                               : aici_report_error(binder->report, AICI_CODE_INPUT_VALUE, &value->place, "%s: expected %s, found `%.*s`",
                                                   draft->subject, aici_buffer_text(&text), AICI_SLICE(value->as.text));
    aici_buffer_free(&text);
    if (!failed)
        hint_nearest(binder, &nearest);
    aici_report_path(binder->report, "%s", draft->path);
    draft->faulty = true;
    return aici_bind_note(binder, status);
}

static aici_place locate_value(const aici_fragment *fragment, size_t begin, size_t end) {
    (void)begin;
    (void)end;
    const aici_node *node = fragment->origin;
    return node->place;
}

/* The tree of a text is the text in quotes. */
static bool read_quoted(aici_binder *binder, const aici_node *value, const aici_expr **tree) {
    const char *quoted = aici_format(binder->arena, "'%.*s'", AICI_SLICE(value->as.text));
    if (!quoted)
        return aici_bind_no_memory(binder);
    aici_expr_reader reader = {binder->arena, binder->units, binder->limits, binder->report};
    aici_fragment fragment = {aici_slice_of(quoted), locate_value, value};
    return aici_bind_note(binder, aici_expr_read(&reader, &fragment, tree));
}

static bool draft_text(modelling *self, const aici_node *node, const aici_kind_input *input, aici_draft *draft) {
    const aici_node *value = NULL;
    if (!aici_quantity_read_text(self->binder, node, draft, &value) || !value)
        return aici_bind_goes_on(self->binder);
    for (uint32_t i = 0; i < input->value_count; i++)
        if (aici_slice_is(value->as.text, input->value[i]))
            return read_quoted(self->binder, value, &draft->read);
    return refuse_value(self, draft, value, input->value, input->value_count);
}

/* A word that is neither a truth value nor any name is not worth being read as an expression; nor is a number. */
static bool is_odd_truth(const modelling *self, const aici_node *node) {
    int32_t number = 0;
    uint32_t top = 0;
    if (node->kind != AICI_NODE_SCALAR || aici_node_is_empty(node))
        return false;
    bool word = aici_expr_is_name(node->as.text) && !aici_names_find(self->binder->tops, node->as.text, &top);
    return word || aici_shape_integer(node->as.text, &number);
}

static bool draft_boolean(modelling *self, const aici_node *node, aici_draft *draft) {
    static const char *const truths[] = {"true", "false"};
    draft->quantity.place = node->place;
    return is_odd_truth(self, node) ? refuse_value(self, draft, node, truths, 2) : aici_quantity_read(self->binder, node, false, draft);
}

static bool draft_given(modelling *self, uint32_t i) {
    const aici_kind_input *input = &self->kind->input[i];
    const aici_node *node = self->value[i];
    if (node && input->type == AICI_INPUT_COMPONENTS)
        return aici_components_read(self->binder, self->index, i, node);
    aici_draft *draft = add_draft(self, AICI_ROLE_INPUT, input->name, input->name, i);
    if (!draft)
        return false;
    draft->quantity.input = input;
    draft->script = AICI_SCRIPT_MODEL;
    draft->quantity.place = self->model->key->place;
    draft->faulty = !node;
    if (!node)
        return true;
    if (input->type == AICI_INPUT_TEXT)
        return draft_text(self, node, input, draft);
    return input->type == AICI_INPUT_BOOLEAN ? draft_boolean(self, node, draft) : aici_quantity_read(self->binder, node, false, draft);
}

static void take_formula(aici_draft *draft, const aici_kind_formula *formula, uint32_t chosen) {
    draft->script = AICI_SCRIPT_KIND;
    draft->read = formula->tree[chosen];
    draft->quantity.place = formula->node[chosen]->place;
}

static bool draft_default(modelling *self, uint32_t i) {
    const aici_kind_input *input = &self->kind->input[i];
    aici_draft *draft = add_draft(self, AICI_ROLE_INPUT, input->name, NULL, i);
    if (!draft)
        return false;
    draft->quantity.input = input;
    draft->quantity.is_default = true;
    take_formula(draft, &input->standard, self->chosen[i]);
    return true;
}

static bool draft_inputs(modelling *self) {
    for (uint32_t i = 0; i < self->kind->input_count; i++) {
        if (self->chosen[i] == AICI_NONE)
            continue;
        if (!(self->given[i] ? draft_given(self, i) : draft_default(self, i)))
            return false;
    }
    return true;
}

static bool draft_output(modelling *self, uint32_t i) {
    const aici_kind_output *output = &self->kind->output[i];
    uint32_t member = self->kind->input_count + i, chosen = self->chosen[member];
    if (output->for_each)
        return chosen == AICI_NONE || aici_components_make_outputs(self->binder, self->index, output, self->chosen);
    if (chosen == AICI_NONE)
        return self->model->broken || aici_model_add_missing(self->binder, self->model, output->name,
                                                             aici_recipe_lack(self->binder, self->model->slot, member, self->chosen));
    aici_draft *draft = add_draft(self, AICI_ROLE_OUTPUT, output->name, NULL, member);
    if (!draft)
        return false;
    draft->quantity.output = output;
    take_formula(draft, &output->formula, chosen);
    draft->read = aici_components_expand(self->binder, self->index, draft->read, output->formula.node[chosen]);
    draft->faulty = !draft->read;
    return aici_bind_goes_on(self->binder);
}

static bool draft_outputs(modelling *self) {
    for (uint32_t i = 0; i < self->kind->output_count; i++)
        if (!draft_output(self, i))
            return false;
    for (uint32_t i = 0; i < self->kind->output_count; i++) {
        const char *over = self->kind->output[i].over;
        uint32_t draft = self->model->member[self->kind->input_count + i];
        if (over && draft != AICI_NONE)
            self->binder->draft[draft].over = self->model->member[aici_slot_member(self->model->slot, aici_slice_of(over))];
    }
    return true;
}

static bool make_room_for_missing(aici_binder *binder, aici_model_draft *model) {
    if (model->missing_count < model->missing_capacity)
        return true;
    uint32_t capacity = model->missing_capacity * 2 + 8;
    aici_missing *missing = aici_arena_take_array(binder->arena, capacity, sizeof *missing);
    if (!missing)
        return false;
    if (model->missing_count > 0)
        memcpy(missing, model->missing, model->missing_count * sizeof *missing);
    model->missing = missing;
    model->missing_capacity = capacity;
    return true;
}

bool aici_model_add_missing(aici_binder *binder, aici_model_draft *model, const char *local, const char *needs) {
    const char *name = aici_join(binder->arena, model->name, local);
    if (!name || !make_room_for_missing(binder, model))
        return aici_bind_no_memory(binder);
    model->missing[model->missing_count++] = (aici_missing){name, needs};
    return true;
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

static bool make_room(modelling *self) {
    aici_binder *binder = self->binder;
    uint32_t inputs = self->kind->input_count, members = inputs + self->kind->output_count;
    self->value = aici_arena_take_array(binder->scratch, inputs, sizeof *self->value);
    self->given = aici_arena_take_array(binder->scratch, inputs, sizeof *self->given);
    self->chosen = aici_arena_take_array(binder->scratch, members, sizeof *self->chosen);
    self->model->member = aici_arena_take_array(binder->scratch, members, sizeof *self->model->member);
    if (!self->value || !self->given || !self->chosen || !self->model->member)
        return aici_bind_no_memory(binder);
    for (uint32_t i = 0; i < members; i++)
        self->model->member[i] = AICI_NONE;
    return true;
}

static bool draft_members(modelling *self) {
    return make_room(self) && sort_inputs(self) && check_choices(self) && require(self) &&
           aici_recipe_choose(self->binder, self->model->slot, self->given, self->chosen) && require_defaults(self) && draft_inputs(self) &&
           draft_outputs(self);
}

static bool bind_model(aici_binder *binder, uint32_t index, const aici_entry *entry) {
    aici_model_draft *model = &binder->model[index];
    modelling self = {.binder = binder, .index = index, .model = model};
    *model = (aici_model_draft){.name = aici_text_of(entry->key),
                                .key = entry->key,
                                .node = entry->value,
                                .first = (uint32_t)binder->draft_count,
                                .first_component = AICI_NONE};
    self.path = aici_join(binder->scratch, "models", model->name);
    if (!self.path)
        return aici_bind_no_memory(binder);
    if (!find_kind(&self) || (model->slot && !draft_members(&self)))
        return false;
    model->count = (uint32_t)binder->draft_count - model->first;
    return true;
}

bool aici_bind_models(aici_binder *binder) {
    const aici_view *view = &binder->files->view[AICI_SECTION_MODELS];
    uint32_t count = view->entry ? view->count : 0;
    binder->model = aici_arena_take_array(binder->scratch, count, sizeof *binder->model);
    if (!binder->model)
        return aici_bind_no_memory(binder);
    for (uint32_t i = 0; i < count; i++) {
        binder->model_count = i + 1;
        if (!bind_model(binder, i, &view->entry[i]))
            return false;
    }
    return true;
}
