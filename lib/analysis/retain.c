/* SPDX-License-Identifier: MIT */
/* What results of all analyses have in common: the scenario that they come from. */
#include "analysis/retain.h"

#include <string.h>

static void release_bound(void *owner) { aici_bound_unref(owner); }

aic_result *aici_retain_new(aici_bound *bound, const aic_allocator *allocator) {
    aic_result *result = aici_result_new(allocator);
    if (!result)
        return NULL;
    result->owner = aici_bound_ref(bound);
    result->release_owner = release_bound;
    result->units = bound->units;
    result->title = bound->title ? bound->title : "";
    result->file = bound->file ? bound->file : "";
    return result;
}

static bool is_used(const aici_model_entry *model, const unsigned char *reached) {
    return memchr(reached + model->first, 1, model->count) != NULL;
}

bool aici_retain_models(aic_result *result, const aici_bound *bound, const unsigned char *reached) {
    aici_result_model *model = aici_arena_take_array(result->arena, bound->model_count, sizeof *model);
    for (uint32_t i = 0; model && i < bound->model_count; i++) {
        const aici_model_entry *entry = &bound->model[i];
        if (is_used(entry, reached))
            model[result->model_count++] = (aici_result_model){entry->name, entry->kind->name, entry->kind->title, entry->kind->version};
    }
    result->model = model;
    return model;
}

static const aici_missing *find_missing(const aici_bound *bound, const char *name) {
    for (uint32_t i = 0; i < bound->model_count; i++) {
        const aici_model_entry *model = &bound->model[i];
        for (uint32_t k = 0; k < model->missing_count; k++) {
            if (strcmp(model->missing[k].name, name) == 0)
                return &model->missing[k];
        }
    }
    return NULL;
}

static const aici_model_entry *find_model(const aici_bound *bound, const char *name) {
    for (uint32_t i = 0; i < bound->model_count; i++) {
        if (strcmp(bound->model[i].name, name) == 0)
            return &bound->model[i];
    }
    return NULL;
}

static aic_status refuse_model(const aici_bound *bound, const aici_model_entry *model, const aici_place *place, aic_report *report) {
    aic_status status =
        aici_report_error(report, AICI_CODE_QUANTITY_UNKNOWN, place, "%s: this is a model; one of its quantities is wanted", model->name);
    for (uint32_t i = model->first; i < model->first + model->count; i++) {
        if (bound->quantity[i].role != AICI_ROLE_OUTPUT)
            continue;
        aici_report_hint(report, "name the quantity too, as in `%s`", bound->quantity[i].name);
        break;
    }
    return status;
}

aic_status aici_retain_refuse_name(const aici_bound *bound, const char *name, bool models_too, const aici_place *place,
                                   aic_report *report) {
    const aici_missing *missing = find_missing(bound, name);
    if (missing) {
        aic_status status = aici_report_error(report, AICI_CODE_MISSING_OUTPUT, place,
                                              "%s: this output was left out, because `%s` is not given", name, missing->needs);
        aici_report_hint(report, "give `%.*s.%s`", (int)(strchr(name, '.') - name), name, missing->needs);
        return status;
    }
    const aici_model_entry *model = find_model(bound, name);
    if (model && !models_too)
        return refuse_model(bound, model, place, report);
    aici_nearest nearest = aici_nearest_to(aici_slice_of(name));
    aici_bound_offer(bound, &nearest);
    for (uint32_t i = 0; models_too && i < bound->model_count; i++)
        aici_nearest_offer(&nearest, aici_slice_of(bound->model[i].name));
    aic_status status = aici_report_error(report, AICI_CODE_QUANTITY_UNKNOWN, place, "%s: the scenario has no such quantity%s", name,
                                          models_too ? " or model" : "");
    if (aici_nearest_name(&nearest))
        aici_report_hint(report, "did you mean `%s`?", aici_nearest_name(&nearest));
    return status;
}
