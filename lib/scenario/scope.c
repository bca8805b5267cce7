/* SPDX-License-Identifier: MIT */
/*
 * What a name means: in a kind's formula a member of the model; in a model's input another member of it, else anything; elsewhere anything
 * by its full name. And what is said of a name that means nothing although it looks as if it should.
 */
#include "scenario/bind.h"

#include <string.h>

/* --- finding -------------------------------------------------------------------------------------------------------------------------- */

static uint32_t find_full(const aici_binder *binder, aici_slice name) {
    uint32_t draft = AICI_NONE;
    aici_names_find(binder->names, name, &draft);
    return draft;
}

/* "shares.gpu" of the model "cost" is "cost.shares.gpu". */
static uint32_t find_composed(const aici_binder *binder, const aici_model_draft *model, aici_slice name) {
    char inline_text[512];
    size_t prefix = strlen(model->name), size = prefix + 1 + name.size;
    char *text = size <= sizeof inline_text ? inline_text : aici_memory_take(binder->allocator, size);
    if (!text)
        return AICI_NONE;
    memcpy(text, model->name, prefix);
    text[prefix] = '.';
    memcpy(text + prefix + 1, name.bytes, name.size);
    uint32_t draft = find_full(binder, (aici_slice){text, size});
    if (text != inline_text)
        aici_memory_release(binder->allocator, text);
    return draft;
}

static uint32_t find_member(const aici_binder *binder, const aici_model_draft *model, aici_slice name) {
    uint32_t member = model->slot ? aici_slot_member(model->slot, name) : AICI_NONE;
    if (member != AICI_NONE && model->member[member] != AICI_NONE)
        return model->member[member];
    return model->component_count > 0 ? find_composed(binder, model, name) : AICI_NONE;
}

uint32_t aici_scope_resolve_member(const aici_binder *binder, uint32_t model, aici_slice name) {
    return find_member(binder, &binder->model[model], name);
}

/* Whether an output is the part that a component's share makes: the share "cost.shares.gpu" sees "cost.gpu" as little as itself. */
static bool is_made_from(const aici_binder *binder, uint32_t member, const aici_draft *share) {
    const aici_draft *part = &binder->draft[member];
    const char *component = strrchr(share->local, '.');
    return component && part->quantity.output && part->quantity.output->for_each && part->local && strcmp(part->local, component + 1) == 0;
}

uint32_t aici_scope_resolve(const aici_binder *binder, uint32_t draft, aici_slice name) {
    const aici_draft *from = draft == AICI_NONE ? NULL : &binder->draft[draft];
    if (!from || from->script == AICI_SCRIPT_SCENARIO)
        return find_full(binder, name);
    uint32_t member = find_member(binder, &binder->model[from->quantity.model], name);
    if (from->script == AICI_SCRIPT_KIND)
        return member;
    return member != AICI_NONE && member != draft && !is_made_from(binder, member, from) ? member : find_full(binder, name);
}

static bool find(const aici_scope *scope, aici_slice name, aici_symbol *out) {
    const aici_scope_context *context = scope->context;
    uint32_t index = context->model != AICI_NONE ? aici_scope_resolve_member(context->binder, context->model, name)
                                                 : aici_scope_resolve(context->binder, context->draft, name);
    const aici_draft *draft = index == AICI_NONE ? NULL : &context->binder->draft[index];
    if (!draft || draft->final == AICI_NONE)
        return false;
    *out = (aici_symbol){.index = draft->final};
    if (draft->checked) {
        out->type = &draft->quantity.tree->type;
        out->definition = draft->quantity.tree;
    }
    return true;
}

static void offer(const aici_scope *scope, aici_nearest *nearest) {
    const aici_scope_context *context = scope->context;
    const aici_binder *binder = context->binder;
    const aici_draft *from = context->draft == AICI_NONE ? NULL : &binder->draft[context->draft];
    uint32_t model = from && from->script != AICI_SCRIPT_SCENARIO ? from->quantity.model : context->model;
    if (!aici_bind_searches(binder))
        return;
    for (size_t i = 0; i < binder->draft_count; i++) {
        const aici_draft *draft = &binder->draft[i];
        if (draft == from || draft->final == AICI_NONE)
            continue;
        aici_nearest_offer(nearest, aici_slice_of(draft->quantity.name));
        if (model != AICI_NONE && draft->quantity.model == model)
            aici_nearest_offer(nearest, aici_slice_of(draft->local));
    }
}

aici_scope aici_scope_of(const aici_scope_context *context, aic_report *report) {
    const aici_binder *binder = context->binder;
    return (aici_scope){.arena = binder->arena,
                        .units = binder->units,
                        .timeline = binder->timeline,
                        .report = report,
                        .subject = "",
                        .path = "",
                        .find = find,
                        .offer = offer,
                        .context = context};
}

/* --- explaining ----------------------------------------------------------------------------------------------------------------------- */

static aici_place place_of(const aici_expr *name) {
    return name->fragment ? aici_fragment_place(name->fragment, name->begin, name->end) : (aici_place){.source = NULL};
}

static bool say(aici_binder *binder, aic_status status, const char *path, bool *said) {
    aici_report_path(binder->report, "%s", path);
    *said = true;
    return aici_bind_note(binder, status);
}

static bool explain_model(aici_binder *binder, const aici_model_draft *model, const aici_expr *name, const char *path, bool *said) {
    aici_place place = place_of(name);
    aic_status status = aici_report_error(binder->report, AICI_CODE_UNKNOWN_NAME, &place, "`%s` is a model, not a quantity", model->name);
    if (model->count > 0)
        aici_report_hint(binder->report, "name one of its quantities, such as `%s`",
                         binder->draft[model->first + model->count - 1].quantity.name);
    return say(binder, status, path, said);
}

static const aici_missing *find_missing(const aici_model_draft *model, aici_slice local) {
    size_t prefix = strlen(model->name) + 1;
    for (uint32_t i = 0; i < model->missing_count; i++)
        if (aici_slice_is(local, model->missing[i].name + prefix))
            return &model->missing[i];
    return NULL;
}

static bool explain_missing(aici_binder *binder, const aici_model_draft *model, const aici_missing *missing, const aici_expr *name,
                            const char *path, bool *said) {
    aici_place place = place_of(name);
    bool timeline = strcmp(missing->needs, "timeline") == 0 && aici_slot_member(model->slot, aici_slice_of("timeline")) == AICI_NONE;
    bool input = aici_slot_member(model->slot, aici_slice_of(missing->needs)) != AICI_NONE;
    aic_status status = aici_report_error(binder->report, AICI_CODE_MISSING_OUTPUT, &place, "`%s` is left out, because it needs %s%s",
                                          missing->name, timeline ? "a " : "", missing->needs);
    if (timeline)
        aici_report_hint(binder->report, "add a timeline, such as `timeline: 2021..2030`");
    else if (input)
        aici_report_hint(binder->report, "give `%s` in model `%s`", missing->needs, model->name);
    return say(binder, status, path, said);
}

static bool explain_input(aici_binder *binder, const aici_model_draft *model, const char *input, const aici_expr *name, const char *path,
                          bool *said) {
    aici_place place = place_of(name);
    aic_status status =
        aici_report_error(binder->report, AICI_CODE_MISSING_OUTPUT, &place, "`%s` is not given in model `%s`", input, model->name);
    aici_report_hint(binder->report, "give `%s` there, or use the value that you have in mind", input);
    return say(binder, status, path, said);
}

/* In a model with faults, what it lacks may be the consequence of one. */
static bool may_be_lost(const aici_model_draft *model, aici_slice local) {
    return model->broken && (!model->slot || aici_slot_member(model->slot, local) != AICI_NONE || model->component_count > 0);
}

static bool explain_member(aici_binder *binder, const aici_model_draft *model, aici_slice local, const aici_expr *name, const char *path,
                           bool *said) {
    if (may_be_lost(model, local)) {
        *said = true;
        return true;
    }
    const aici_missing *missing = find_missing(model, local);
    if (missing)
        return explain_missing(binder, model, missing, name, path, said);
    uint32_t member = aici_slot_member(model->slot, local);
    if (member != AICI_NONE && member < model->slot->kind->input_count)
        return explain_input(binder, model, model->slot->kind->input[member].name, name, path, said);
    return true;
}

bool aici_scope_explain(aici_binder *binder, uint32_t draft, const aici_expr *name, const char *path, bool *said) {
    aici_slice text = name->as.name.text;
    const char *dot = memchr(text.bytes, '.', text.size);
    size_t head = dot ? (size_t)(dot - text.bytes) : text.size;
    uint32_t model = aici_names_model(binder, (aici_slice){text.bytes, head});
    *said = false;
    if (model != AICI_NONE && dot)
        return explain_member(binder, &binder->model[model], (aici_slice){dot + 1, text.size - head - 1}, name, path, said);
    if (model != AICI_NONE)
        return explain_model(binder, &binder->model[model], name, path, said);
    const aici_draft *from = draft == AICI_NONE ? NULL : &binder->draft[draft];
    if (!from || from->script == AICI_SCRIPT_SCENARIO || binder->model[from->quantity.model].slot == NULL)
        return true;
    return explain_member(binder, &binder->model[from->quantity.model], text, name, path, said);
}
