/* SPDX-License-Identifier: MIT */
/*
 * Conditions of model kinds, checked in each model that has all their names; whether they hold is found out when the model is computed.
 */
#include "scenario/bind.h"

aici_assertion *aici_assertion_add(aici_binder *binder) {
    aici_assertion *assertions =
        aici_memory_grow(binder->allocator, binder->assertion, binder->assertion_count, &binder->assertion_capacity, sizeof *assertions);
    if (!assertions)
        return NULL;
    binder->assertion = assertions;
    aici_assertion *added = &assertions[binder->assertion_count++];
    *added = (aici_assertion){.message = "", .model = AICI_NONE};
    return added;
}

typedef struct lookup {
    const aici_binder *binder;
    uint32_t model;
    bool complete; /* every name means something sound */
} lookup;

static void look_up(void *context, const aici_expr *name, aici_use use) {
    lookup *self = context;
    (void)use;
    uint32_t draft = aici_scope_resolve_member(self->binder, self->model, name->as.name.text);
    if (draft == AICI_NONE || !self->binder->draft[draft].checked || self->binder->draft[draft].faulty)
        self->complete = false;
}

static bool add_assertion(aici_binder *binder, uint32_t index, const aici_kind_assertion *declared) {
    const aici_model_draft *model = &binder->model[index];
    const aici_expr *tree = aici_components_expand(binder, index, declared->tree, declared->node), *checked = NULL;
    lookup names = {binder, index, true};
    if (!tree)
        return aici_bind_goes_on(binder);
    aici_expr_each_name(tree, look_up, &names);
    if (!names.complete)
        return true;
    aici_scope_context context = {binder, AICI_NONE, index};
    aici_scope scope = aici_scope_of(&context, binder->report);
    aici_expectation expectation = {.boolean = true, .unit_text = ""};
    scope.subject = model->name;
    aic_status status = aici_expr_check(tree, &expectation, &scope, &checked);
    if (status != AIC_OK)
        return aici_bind_note(binder, status);
    aici_assertion *assertion = aici_assertion_add(binder);
    const char *message = aici_format(binder->arena, "%s: %s", model->name, declared->message);
    if (!assertion || !message)
        return aici_bind_no_memory(binder);
    *assertion = (aici_assertion){.condition = checked, .message = message, .model = index, .place = model->key->place};
    return true;
}

bool aici_bind_assertions(aici_binder *binder) {
    for (uint32_t i = 0; i < binder->model_count; i++) {
        const aici_model_draft *model = &binder->model[i];
        if (!model->slot || model->broken)
            continue;
        for (uint32_t k = 0; k < model->slot->kind->assertion_count; k++)
            if (!add_assertion(binder, i, &model->slot->kind->assertion[k]))
                return false;
        if (!aici_components_assert(binder, i))
            return false;
    }
    return true;
}
