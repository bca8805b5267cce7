/* SPDX-License-Identifier: MIT */
/*
 * Components: the shares of a whole, each with a name of its own, some of them shares of another. Every share is an input
 * ("cost.shares.gpu"), what it makes of the whole an output ("cost.gpu"); in formulas the name of the whole mapping stands for the sum of
 * the shares that belong to no other.
 */
#include "scenario/bind.h"

/* --- faults --------------------------------------------------------------------------------------------------------------------------- */

static bool fault(aici_binder *binder, aici_model_draft *model, aic_status status, const char *path) {
    aici_report_path(binder->report, "%s", path);
    model->broken = true;
    return aici_bind_note(binder, status);
}

static bool refuse_mapping(aici_binder *binder, aici_model_draft *model, const aici_kind_input *input, const aici_node *node) {
    aic_status status =
        aici_report_error(binder->report, AICI_CODE_WRONG_SHAPE, &node->place,
                          "%s: expected a mapping from names to shares, such as `{gpu: 70 %%, network: 20 %%}`", input->name);
    const char *path = aici_format(binder->scratch, "models.%s.%s", model->name, input->name);
    return path ? fault(binder, model, status, path) : aici_bind_no_memory(binder);
}

static bool refuse_clash(aici_binder *binder, aici_model_draft *model, const aici_node *key) {
    aic_status status = aici_report_error(binder->report, AICI_CODE_DUPLICATE_NAME, &key->place,
                                          "a component cannot be called `%.*s`: kind `%s` has an input or output of this name",
                                          AICI_SLICE(key->as.text), model->slot->kind->name);
    return fault(binder, model, status, model->name);
}

/* --- shares --------------------------------------------------------------------------------------------------------------------------- */

static bool clashes(const aici_model_draft *model, aici_slice name) {
    const aici_kind *kind = model->slot->kind;
    uint32_t member = aici_slot_member(model->slot, name);
    return member != AICI_NONE && (member < kind->input_count || !kind->output[member - kind->input_count].for_each);
}

static bool draft_share(aici_binder *binder, uint32_t index, const aici_kind_input *input, const aici_entry *entry,
                        aici_component *component) {
    aici_model_draft *model = &binder->model[index];
    const char *local = aici_join(binder->arena, input->name, aici_text_of(entry->key));
    const char *name = local ? aici_join(binder->arena, model->name, local) : NULL;
    const char *path = local ? aici_chain(binder->scratch, (const char *const[]){"models.", model->name, ".", local, NULL}) : NULL;
    if (!name || !path)
        return aici_bind_no_memory(binder);
    aici_draft *draft = aici_draft_add(binder, AICI_ROLE_INPUT, name);
    if (!draft)
        return false;
    *component = (aici_component){.name = aici_text_of(entry->key), .parent = AICI_NONE, .share = (uint32_t)binder->draft_count - 1};
    draft->local = draft->subject = local;
    draft->path = path;
    draft->quantity.model = index;
    draft->quantity.input = input;
    draft->script = AICI_SCRIPT_MODEL;
    component->of = aici_node_value(entry->value, "of");
    return aici_quantity_read(binder, entry->value, true, draft);
}

static bool draft_shares(aici_binder *binder, uint32_t index, const aici_kind_input *input, const aici_node *node) {
    aici_model_draft *model = &binder->model[index];
    for (uint32_t i = 0; i < node->count; i++) {
        const aici_node *key = node->as.entry[i].key;
        aici_shape_check_name(binder, key, "a component", model->name);
        if (clashes(model, key->as.text) && !refuse_clash(binder, model, key))
            return false;
        if (!aici_bind_goes_on(binder) || !draft_share(binder, index, input, &node->as.entry[i], &model->component[i]))
            return false;
        model->component_count++;
    }
    return true;
}

/* --- parents -------------------------------------------------------------------------------------------------------------------------- */

static bool refuse_parent(aici_binder *binder, aici_model_draft *model, const aici_component *component) {
    const aici_node *of = component->of;
    bool scalar = of->kind == AICI_NODE_SCALAR;
    aici_nearest nearest = aici_nearest_to(scalar ? of->as.text : aici_slice_of(""));
    for (uint32_t i = 0; aici_bind_searches(binder) && i < model->component_count; i++)
        aici_nearest_offer(&nearest, aici_slice_of(model->component[i].name));
    aic_status status = scalar ? aici_report_error(binder->report, AICI_CODE_UNKNOWN_NAME, &of->place, "%s: no component is called `%.*s`",
                                                   component->name, AICI_SLICE(of->as.text))
                               : aici_report_error(binder->report, AICI_CODE_WRONG_SHAPE, &of->place,
                                                   "%s: `of` is the name of another component", component->name);
    if (aici_nearest_name(&nearest))
        aici_report_hint(binder->report, "did you mean `%s`?", aici_nearest_name(&nearest));
    return fault(binder, model, status, model->name);
}

static bool find_parents(aici_binder *binder, aici_model_draft *model) {
    aici_names *names = aici_names_new(binder->allocator);
    bool good = names != NULL;
    for (uint32_t i = 0; good && i < model->component_count; i++)
        good = aici_names_add(names, aici_slice_of(model->component[i].name), i);
    bool go_on = good || aici_bind_no_memory(binder);
    for (uint32_t i = 0; go_on && i < model->component_count; i++) {
        aici_component *component = &model->component[i];
        if (!component->of || aici_node_is_empty(component->of))
            continue;
        if (component->of->kind != AICI_NODE_SCALAR || !aici_names_find(names, component->of->as.text, &component->parent))
            go_on = refuse_parent(binder, model, component);
    }
    aici_names_free(names);
    return go_on;
}

static bool refuse_circle(aici_binder *binder, aici_model_draft *model, aici_component *component) {
    aic_status status =
        aici_report_error(binder->report, AICI_CODE_CYCLE, &component->of->place, "%s: it is a share of itself, through `of: %.*s`",
                          component->name, AICI_SLICE(component->of->as.text));
    component->parent = AICI_NONE;
    return fault(binder, model, status, model->name);
}

/* Walks from each component up to one that was walked before; meeting one of this walk closes a circle. */
static bool check_circles(aici_binder *binder, aici_model_draft *model) {
    uint32_t *walk = aici_arena_take_array(binder->scratch, model->component_count, sizeof *walk);
    if (!walk)
        return aici_bind_no_memory(binder);
    for (uint32_t i = 0; i < model->component_count; i++) {
        uint32_t at = i;
        while (at != AICI_NONE && walk[at] == 0) {
            walk[at] = i + 1;
            uint32_t next = model->component[at].parent;
            if (next != AICI_NONE && walk[next] == i + 1 && !refuse_circle(binder, model, &model->component[at]))
                return false;
            at = next;
        }
    }
    return true;
}

/* From the last to the first, so that the lists are in the order of the scenario. */
static void link_children(aici_model_draft *model) {
    model->first_component = AICI_NONE;
    for (uint32_t i = 0; i < model->component_count; i++)
        model->component[i].first_child = AICI_NONE;
    for (uint32_t i = model->component_count; i-- > 0;) {
        aici_component *component = &model->component[i];
        aici_component *parent = component->parent == AICI_NONE ? NULL : &model->component[component->parent];
        uint32_t *first = parent ? &parent->first_child : &model->first_component;
        component->next = *first;
        *first = i;
        if (parent)
            parent->children++;
    }
}

bool aici_components_read(aici_binder *binder, uint32_t index, uint32_t input, const aici_node *node) {
    aici_model_draft *model = &binder->model[index];
    const aici_kind_input *declared = &model->slot->kind->input[input];
    if (node->kind != AICI_NODE_MAPPING || node->count == 0)
        return refuse_mapping(binder, model, declared, node);
    model->component = aici_arena_take_array(binder->scratch, node->count, sizeof *model->component);
    model->component_count = 0;
    if (!model->component)
        return aici_bind_no_memory(binder);
    if (!draft_shares(binder, index, declared, node) || !find_parents(binder, model) || !check_circles(binder, model))
        return false;
    link_children(model);
    return true;
}

/* --- sums ----------------------------------------------------------------------------------------------------------------------------- */

/** Who writes a formula anew: a sum in place of the mapping's name, a share and a component in place of `each` and `parent`. */
typedef struct expanding {
    aici_expr_printer printer;
    const aici_model_draft *model;
    const aici_component *component; /* NULL: not the formula of a component */
    const char *input;
} expanding;

/* From one component along those with the same parent. */
static void add_sum(const aici_model_draft *model, const char *input, uint32_t first, aici_buffer *out) {
    for (uint32_t i = first; i != AICI_NONE; i = model->component[i].next)
        aici_buffer_add_format(out, "%s%s.%s", i == first ? "" : " + ", input, model->component[i].name);
    if (first == AICI_NONE)
        aici_buffer_add_char(out, '0');
}

static void write_name(const aici_expr_printer *printer, const aici_expr *name, aici_buffer *out) {
    const expanding *self = printer->context;
    aici_slice text = name->as.name.text;
    if (aici_slice_is(text, self->input)) {
        aici_buffer_add_char(out, '(');
        add_sum(self->model, self->input, self->model->first_component, out);
        aici_buffer_add_char(out, ')');
    } else if (self->component && aici_slice_is(text, "each")) {
        aici_buffer_add_format(out, "%s.%s", self->input, self->component->name);
    } else if (self->component && self->component->parent != AICI_NONE && aici_slice_is(text, "parent")) {
        aici_buffer_add_text(out, self->model->component[self->component->parent].name);
    } else {
        aici_buffer_add_slice(out, text);
    }
}

/* Whether a formula of no component has to be written anew. */
static void look_for(void *context, const aici_expr *name, aici_use use) {
    (void)use;
    const char **input = context;
    if (*input && aici_slice_is(name->as.name.text, *input))
        *input = NULL;
}

static const char *components_input(const aici_kind *kind) {
    for (uint32_t i = 0; i < kind->input_count; i++)
        if (kind->input[i].type == AICI_INPUT_COMPONENTS)
            return kind->input[i].name;
    return NULL;
}

static aici_place locate_formula(const aici_fragment *fragment, size_t begin, size_t end) {
    (void)begin;
    (void)end;
    const aici_node *node = fragment->origin;
    return node->place;
}

/* Reads a text that was made here; it stands where @p node does. */
static const aici_expr *read_made(aici_binder *binder, aici_buffer *text, const aici_node *node) {
    const char *copy = aici_buffer_failed(text) ? NULL : aici_arena_copy(binder->arena, aici_buffer_text(text), text->size);
    aici_fragment fragment = {{copy, text->size}, locate_formula, node};
    aici_buffer_free(text);
    if (!copy) {
        aici_bind_no_memory(binder);
        return NULL;
    }
    aici_expr_reader reader = {binder->arena, binder->units, binder->limits, binder->report};
    const aici_expr *tree = NULL;
    aici_bind_note(binder, aici_expr_read(&reader, &fragment, &tree));
    return tree;
}

static const aici_expr *write_anew(aici_binder *binder, expanding *self, const aici_expr *formula, const aici_node *node) {
    aici_buffer text = aici_buffer_new(binder->allocator);
    self->printer = (aici_expr_printer){.name = write_name, .context = self};
    aici_expr_add_text(formula, &self->printer, &text);
    return read_made(binder, &text, node);
}

const aici_expr *aici_components_expand(aici_binder *binder, uint32_t index, const aici_expr *formula, const aici_node *node) {
    const aici_model_draft *model = &binder->model[index];
    const char *input = components_input(model->slot->kind), *unseen = input;
    if (input)
        aici_expr_each_name(formula, look_for, &unseen);
    if (!input || unseen)
        return formula;
    return write_anew(binder, &(expanding){.model = model, .input = input}, formula, node);
}

/* --- outputs -------------------------------------------------------------------------------------------------------------------------- */

static bool is_available(const aici_recipe *recipe, const uint32_t *chosen) {
    for (uint32_t i = 0; i < recipe->count; i++)
        if (recipe->local[i] == AICI_NONE || chosen[recipe->local[i]] == AICI_NONE)
            return false;
    return true;
}

/* The formula of a component: that for a part of another, or the ordinary one. */
static const aici_kind_formula *formula_of(const aici_model_draft *model, const aici_kind_output *output, const aici_component *component,
                                           const uint32_t *chosen, uint32_t *number) {
    uint32_t member = aici_slot_member(model->slot, aici_slice_of(output->name)), ordinary = output->formula.count;
    *number = 0;
    while (component->parent != AICI_NONE && *number < output->within.count) {
        if (is_available(&model->slot->recipe[member][ordinary + *number], chosen))
            return &output->within;
        ++*number;
    }
    *number = chosen[member];
    return &output->formula;
}

static bool draft_output(aici_binder *binder, uint32_t index, const aici_kind_output *output, const uint32_t *chosen,
                         const aici_component *component) {
    aici_model_draft *model = &binder->model[index];
    uint32_t number = 0;
    const aici_kind_formula *formula = formula_of(model, output, component, chosen, &number);
    expanding anew = {.model = model, .component = component, .input = output->for_each};
    const aici_expr *read = write_anew(binder, &anew, formula->tree[number], formula->node[number]);
    const char *name = aici_join(binder->arena, model->name, component->name),
               *path = aici_chain(binder->scratch, (const char *const[]){"models.", model->name, ".", component->name, NULL});
    if (!name || !path)
        return aici_bind_no_memory(binder);
    aici_draft *draft = aici_bind_goes_on(binder) ? aici_draft_add(binder, AICI_ROLE_OUTPUT, name) : NULL;
    if (!draft)
        return false;
    draft->local = component->name;
    draft->path = path;
    draft->quantity.model = index;
    draft->quantity.output = output;
    draft->quantity.place = formula->node[number]->place;
    draft->script = AICI_SCRIPT_KIND;
    draft->read = read;
    draft->faulty = !read;
    return true;
}

bool aici_components_make_outputs(aici_binder *binder, uint32_t index, const aici_kind_output *output, const uint32_t *chosen) {
    aici_model_draft *model = &binder->model[index];
    for (uint32_t i = 0; i < model->component_count; i++)
        if (!draft_output(binder, index, output, chosen, &model->component[i]))
            return false;
    return true;
}

/* --- conditions ----------------------------------------------------------------------------------------------------------------------- */

static bool assert_children(aici_binder *binder, uint32_t index, const char *input, uint32_t parent) {
    const aici_model_draft *model = &binder->model[index];
    const aici_component *component = &model->component[parent];
    aici_buffer text = aici_buffer_new(binder->allocator);
    add_sum(model, input, component->first_child, &text);
    aici_buffer_add_text(&text, " <= 1 + 1e-9"); /* room for sums like 0.1 + 0.2 + 0.7 */
    const aici_expr *read = read_made(binder, &text, model->key), *checked = NULL;
    if (!read)
        return aici_bind_goes_on(binder);
    aici_scope_context context = {binder, AICI_NONE, index};
    aici_scope scope = aici_scope_of(&context, NULL);
    aici_expectation expectation = {.boolean = true};
    aic_status status = aici_expr_check(read, &expectation, &scope, &checked);
    if (status != AIC_OK)
        return status != AIC_ERROR_MEMORY || aici_bind_no_memory(binder);
    aici_assertion *assertion = aici_assertion_add(binder);
    const char *message = aici_format(binder->arena, "%s: the shares of `%s` add up to more than 100 %%", model->name, component->name);
    if (!assertion || !message)
        return aici_bind_no_memory(binder);
    *assertion =
        (aici_assertion){.condition = checked, .message = message, .model = index, .place = binder->draft[component->share].quantity.place};
    return true;
}

bool aici_components_assert(aici_binder *binder, uint32_t index) {
    const aici_model_draft *model = &binder->model[index];
    if (model->component_count == 0 || model->broken)
        return true;
    for (uint32_t i = 0; i < model->component_count; i++)
        if (model->component[i].children > 1 && !assert_children(binder, index, components_input(model->slot->kind), i))
            return false;
    return true;
}
