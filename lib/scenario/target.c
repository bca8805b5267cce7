/* SPDX-License-Identifier: MIT */
/*
 * Names in the editable form: "visits" is an assumption or a calculation, "chatgpt.utilization" an input of a model whether it is given or
 * not, "cost.shares.gpu" a component. What is computed cannot be set; what does not exist is answered with the nearest that does.
 */
#include "scenario/editor.h"

#include <string.h>

/** A name cut at its dots. */
typedef struct parts {
    aici_slice head, tail, rest; /* "cost", "shares", "gpu" */
    bool dotted, twice;
} parts;

static parts cut(const char *name) {
    parts cut = {.head = aici_slice_of(name)};
    const char *dot = strchr(name, '.');
    if (!dot)
        return cut;
    cut.head.size = (size_t)(dot - name);
    cut.tail = aici_slice_of(dot + 1);
    cut.dotted = true;
    const char *second = strchr(dot + 1, '.');
    if (!second)
        return cut;
    cut.tail.size = (size_t)(second - dot - 1);
    cut.rest = aici_slice_of(second + 1);
    cut.twice = true;
    return cut;
}

/* --- what is said of a name that is none ---------------------------------------------------------------------------------------------- */

static void offer_entries(const aici_view *view, aici_nearest *nearest) {
    for (uint32_t i = 0; view->entry && i < view->count; i++)
        aici_nearest_offer(nearest, view->entry[i].key->as.text);
}

static void offer_inputs(const aici_kind *kind, aici_slice model, aici_nearest *nearest) {
    char name[132];
    for (uint32_t i = 0; i < kind->input_count; i++) {
        size_t size = strlen(kind->input[i].name);
        if (model.size + 1 + size > sizeof name)
            continue;
        memcpy(name, model.bytes, model.size);
        name[model.size] = '.';
        memcpy(name + model.size + 1, kind->input[i].name, size);
        aici_nearest_offer(nearest, (aici_slice){name, model.size + 1 + size});
    }
}

static bool refuse(aici_editor *editor, const char *name, const aici_kind *kind, aici_slice model) {
    aic_report *report = editor->binder.report;
    aici_nearest nearest = aici_nearest_to(aici_slice_of(name));
    offer_entries(&editor->files.view[AICI_SECTION_ASSUMPTIONS], &nearest);
    offer_entries(&editor->files.view[AICI_SECTION_CALCULATIONS], &nearest);
    if (kind)
        offer_inputs(kind, model, &nearest);
    if (editor->scenario->bound)
        aici_bound_offer(editor->scenario->bound, &nearest);
    aic_status status = aici_report_error(report, AICI_CODE_QUANTITY_UNKNOWN, NULL, "nothing in this scenario is called `%s`", name);
    if (aici_nearest_name(&nearest))
        aici_report_hint(report, "did you mean `%s`?", aici_nearest_name(&nearest));
    return aici_editor_fault(editor, status);
}

static bool refuse_model(aici_editor *editor, const char *name) {
    aic_status status =
        aici_report_error(editor->binder.report, AICI_CODE_QUANTITY_UNKNOWN, NULL, "`%s` is a model; one of its inputs can be set", name);
    aici_report_hint(editor->binder.report, "name the input too, as in `%s.parameters`", name);
    return aici_editor_fault(editor, status);
}

static bool refuse_computed(aici_editor *editor, const char *name) {
    aic_status status = aici_report_error(editor->binder.report, AICI_CODE_READ_ONLY, NULL, "`%s` is computed and cannot be set", name);
    aici_report_hint(editor->binder.report, "set one of the inputs that it is computed from");
    return aici_editor_fault(editor, status);
}

/* --- models --------------------------------------------------------------------------------------------------------------------------- */

static const aici_kind_slot *slot_of(aici_editor *editor, const aici_node *model) {
    const aici_node *kind = aici_node_value(model, "kind");
    aici_kind_slot *slot = NULL;
    if (!kind || kind->kind != AICI_NODE_SCALAR || !aici_foundation_find_kind(&editor->binder, kind->as.text, &slot))
        return NULL;
    return slot && slot->kind ? slot : NULL;
}

/* "cost.gpu" of a breakdown is what its share makes of the total. */
static bool is_component(const aici_kind *kind, const aici_node *model, aici_slice name) {
    for (uint32_t i = 0; i < kind->input_count; i++) {
        const aici_node *components = kind->input[i].type == AICI_INPUT_COMPONENTS ? aici_node_value(model, kind->input[i].name) : NULL;
        for (uint32_t k = 0; components && components->kind == AICI_NODE_MAPPING && k < components->count; k++)
            if (aici_slice_equal(components->as.entry[k].key->as.text, name))
                return true;
    }
    return false;
}

/* A scenario under construction gets its components by being given them; in one that was bound a new name is a slip. */
static bool find_component(aici_editor *editor, const char *name, const parts *cut, const aici_kind *kind, aici_target *target) {
    const aici_node *components = target->value;
    target->component = cut->rest.bytes;
    target->value = aici_node_value(components, target->component);
    bool fresh = !target->value && !editor->scenario->was_bound && aici_expr_is_name(cut->rest);
    return target->value || fresh || refuse(editor, name, kind, cut->head);
}

static bool find_input(aici_editor *editor, const char *name, const parts *cut, aici_target *target) {
    const aici_kind_slot *slot = slot_of(editor, target->whole);
    if (!slot)
        return aici_bind_goes_on(&editor->binder) && refuse(editor, name, NULL, cut->head);
    const aici_kind *kind = slot->kind;
    uint32_t member = aici_slot_member(slot, cut->tail);
    if (!cut->twice && ((member != AICI_NONE && member >= kind->input_count) || is_component(kind, target->whole, cut->tail)))
        return refuse_computed(editor, name);
    if (member == AICI_NONE || member >= kind->input_count)
        return refuse(editor, name, kind, cut->head);
    target->input = &kind->input[member];
    target->value = aici_node_value(target->whole, target->input->name);
    if ((target->input->type == AICI_INPUT_COMPONENTS) != cut->twice)
        return refuse(editor, name, kind, cut->head);
    return !cut->twice || find_component(editor, name, cut, kind, target);
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

static const aici_node *value_at(const aici_editor *editor, aici_section section, size_t position) {
    return editor->scenario->sections.part[section].entry[position].value;
}

static bool find_in(aici_editor *editor, aici_section section, aici_slice name, aici_target *target, bool *found) {
    if (!aici_sections_find(&editor->scenario->sections, section, name, found, &target->position))
        return aici_bind_no_memory(&editor->binder);
    target->section = section;
    if (*found)
        target->whole = target->value = value_at(editor, section, target->position);
    return true;
}

bool aici_target_find(aici_editor *editor, const char *name, aici_target *target) {
    parts name_parts = cut(name);
    bool found = false;
    *target = (aici_target){.value = NULL};
    if (!find_in(editor, AICI_SECTION_MODELS, name_parts.head, target, &found))
        return false;
    if (found)
        return name_parts.dotted ? find_input(editor, name, &name_parts, target) : refuse_model(editor, name);
    if (!name_parts.dotted) {
        if (!find_in(editor, AICI_SECTION_ASSUMPTIONS, name_parts.head, target, &found) ||
            (!found && !find_in(editor, AICI_SECTION_CALCULATIONS, name_parts.head, target, &found)))
            return false;
    }
    return found || refuse(editor, name, NULL, name_parts.head);
}

const aici_node *aici_target_with(aici_editor *editor, const aici_target *target, const aici_node *value) {
    aici_arena *arena = aici_editor_arena(editor);
    if (!target->input)
        return value;
    if (target->component) {
        const aici_node *components = aici_node_value(target->whole, target->input->name);
        bool mapping = components && components->kind == AICI_NODE_MAPPING;
        value = aici_node_with(arena, mapping ? components : NULL, aici_slice_of(target->component), value);
        if (!value)
            return NULL;
    }
    return aici_node_with(arena, target->whole->kind == AICI_NODE_MAPPING ? target->whole : NULL, aici_slice_of(target->input->name),
                          value);
}
