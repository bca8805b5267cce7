/* SPDX-License-Identifier: MIT */
/* The values of a scenario: what is wanted is chosen by name, computed in one run with what must hold of it, and put into a result. */
#include "analysis/describe.h"
#include "analysis/guard.h"
#include "analysis/retain.h"
#include "analysis/run.h"

#include <string.h>

/* What the caller asked for. */
typedef struct question {
    aici_bound *bound;
    const aic_allocator *allocator;
    aic_report *report;
    const char *const *name; /* NULL: everything */
    size_t name_count;
    unsigned char *wanted;   /* by quantity: ASKED with its model, or NAMED itself */
    unsigned char *complete; /* by model: all of it is wanted */
} question;

enum { ASKED = 1, NAMED = 2 };

/* --- what is wanted ------------------------------------------------------------------------------------------------------------------- */

static uint32_t find_model(const aici_bound *bound, const char *name) {
    for (uint32_t i = 0; i < bound->model_count; i++) {
        if (strcmp(bound->model[i].name, name) == 0)
            return i;
    }
    return AICI_NONE;
}

static aic_status want_name(question *asked, const char *name) {
    uint32_t quantity = aici_bound_find(asked->bound, name), model;
    if (quantity != AICI_NONE) {
        asked->wanted[quantity] |= NAMED;
        return AIC_OK;
    }
    model = find_model(asked->bound, name);
    if (model == AICI_NONE)
        return aici_retain_refuse_name(asked->bound, name, true, NULL, asked->report);
    const aici_model_entry *entry = &asked->bound->model[model];
    asked->complete[model] = 1;
    for (uint32_t i = entry->first; i < entry->first + entry->count; i++)
        asked->wanted[i] |= ASKED;
    return AIC_OK;
}

static aic_status want_names(question *asked) {
    aic_status status = AIC_OK;
    if (!asked->name) {
        memset(asked->wanted, ASKED, asked->bound->quantity_count);
        memset(asked->complete, 1, asked->bound->model_count);
    }
    for (size_t i = 0; asked->name && i < asked->name_count; i++)
        aici_run_note(&status, want_name(asked, asked->name[i]));
    return status;
}

static aic_status want_all(const question *asked, aici_run *run) {
    aic_status status = AIC_OK;
    for (uint32_t i = 0; i < asked->bound->quantity_count && status == AIC_OK; i++) {
        if (asked->wanted[i])
            status = aici_run_want(run, i);
    }
    return status;
}

/* Defaults are shown also where only what depends on them was asked for. */
static bool is_standing(const aici_guard *guard, uint32_t quantity) {
    return guard->run->bound->quantity[quantity].is_default && guard->reached[quantity];
}

static aic_status want_standing(const aici_guard *guard) {
    aic_status status = AIC_OK;
    for (uint32_t i = 0; i < guard->run->bound->quantity_count && status == AIC_OK; i++) {
        if (is_standing(guard, i))
            status = aici_run_want(guard->run, i);
    }
    return status;
}

/* --- checking ------------------------------------------------------------------------------------------------------------------------- */

static aic_status check_all_finite(const question *asked, const aici_run *run) {
    aic_status status = AIC_OK;
    for (uint32_t i = 0; i < asked->bound->quantity_count; i++) {
        const aici_quantity *quantity = &asked->bound->quantity[i];
        if (asked->wanted[i] && aici_run_is_number(quantity))
            aici_run_note(&status, aici_run_check_finite(run, run->first[i], aici_run_count(&quantity->tree->type)));
    }
    return status;
}

static aic_status compute(const question *asked, aici_run *run, aici_guard *guard) {
    aic_status status = want_all(asked, run);
    if (status == AIC_OK)
        status = aici_guard_set(guard, run);
    if (status == AIC_OK)
        status = want_standing(guard);
    if (status == AIC_OK)
        status = aici_run_compute(run);
    if (status != AIC_OK)
        return status;
    status = check_all_finite(asked, run);
    aici_run_note(&status, aici_guard_check(guard));
    return status;
}

/* --- the result ----------------------------------------------------------------------------------------------------------------------- */

static bool fill_values(const aici_run *run, uint32_t index, aic_result *result, aici_result_quantity *out) {
    const aici_quantity *quantity = &run->bound->quantity[index];
    const aici_type *type = &quantity->tree->type;
    const double *coherent = aici_run_values(run, index);
    size_t count = aici_run_count(type);
    double *value = aici_arena_take_array(result->arena, count, sizeof *value);
    aici_shown *shown = aici_arena_take_array(result->arena, count, sizeof *shown);
    bool made = value && shown;
    for (size_t i = 0; made && i < count; i++) {
        value[i] = coherent[i] / quantity->unit_scale;
        shown[i] = aici_result_show(result->arena, run->bound->units, coherent[i], out->dimension, out->preferred, AICI_RESULT_DIGITS);
        made = shown[i].si;
    }
    out->value = value;
    out->shown = shown;
    out->year = type->years ? type->years->year : NULL;
    out->year_count = type->years ? count : 0;
    return made;
}

static const char *formula_of(const aici_bound *bound, const aici_quantity *quantity, aici_arena *arena) {
    bool computed = quantity->role == AICI_ROLE_OUTPUT || quantity->role == AICI_ROLE_CALCULATION;
    if (quantity->is_default || (!computed && aici_describe_is_figure(quantity->tree)))
        return "";
    return aici_describe_formula(arena, bound, quantity->tree, quantity->model);
}

static bool fill_quantity(const aici_run *run, uint32_t index, aic_result *result, aici_result_quantity *out) {
    const aici_bound *bound = run->bound;
    const aici_quantity *quantity = &bound->quantity[index];
    const aici_model_entry *model = quantity->model != AICI_NONE ? &bound->model[quantity->model] : NULL;
    uint8_t kind = quantity->tree->type.kind;
    *out = (aici_result_quantity){
        .name = quantity->name, .unit = quantity->unit, .label = quantity->label, .note = quantity->note, .role = quantity->role};
    out->model = model ? model->name : "";
    out->kind = model ? model->kind->name : "";
    out->is_default = quantity->is_default;
    out->is_text = kind != AICI_TYPE_QUANTITY;
    out->source = aici_describe_origin(result->arena, bound, quantity, false);
    out->formula = formula_of(bound, quantity, result->arena);
    out->scale = quantity->unit_scale;
    out->dimension = &quantity->tree->type.dimension;
    out->preferred = aici_describe_unit(bound, quantity);
    if (out->is_text)
        out->text = aici_describe_text(result->arena, quantity, kind == AICI_TYPE_BOOLEAN ? *aici_run_values(run, index) : 0.0);
    return out->source && out->formula && (out->is_text ? out->text != NULL : fill_values(run, index, result, out));
}

static bool fill_quantities(const question *asked, const aici_run *run, aic_result *result) {
    size_t count = 0;
    for (uint32_t i = 0; i < asked->bound->quantity_count; i++)
        count += asked->wanted[i] != 0;
    aici_result_quantity *quantity = aici_arena_take_array(result->arena, count, sizeof *quantity), *next = quantity;
    bool made = quantity;
    for (uint32_t i = 0; made && i < asked->bound->quantity_count; i++) {
        if (!asked->wanted[i])
            continue;
        made = fill_quantity(run, i, result, next);
        next++->is_named = (asked->wanted[i] & NAMED) != 0;
    }
    result->quantity = quantity;
    result->quantity_count = count;
    result->has_quantities = true;
    return made;
}

static bool fill_standing(const aici_guard *guard, aic_result *result) {
    uint32_t all = guard->run->bound->quantity_count;
    size_t count = 0;
    for (uint32_t i = 0; i < all; i++)
        count += is_standing(guard, i);
    aici_result_quantity *standing = aici_arena_take_array(result->arena, count, sizeof *standing), *next = standing;
    bool made = standing;
    for (uint32_t i = 0; made && i < all; i++) {
        if (is_standing(guard, i))
            made = fill_quantity(guard->run, i, result, next++);
    }
    result->standing = standing;
    result->standing_count = count;
    return made;
}

static bool fill_missing(const question *asked, aic_result *result) {
    const aici_bound *bound = asked->bound;
    size_t count = 0, used = 0;
    for (uint32_t i = 0; i < bound->model_count; i++)
        count += asked->complete[i] ? bound->model[i].missing_count : 0;
    aici_result_missing *missing = aici_arena_take_array(result->arena, count, sizeof *missing);
    for (uint32_t i = 0; missing && i < bound->model_count; i++) {
        for (uint32_t k = 0; asked->complete[i] && k < bound->model[i].missing_count; k++)
            missing[used++] = (aici_result_missing){bound->model[i].missing[k].name, bound->model[i].missing[k].needs};
    }
    result->missing = missing;
    result->missing_count = used;
    return missing;
}

static bool fill(const question *asked, const aici_guard *guard, aic_result *result) {
    return aici_retain_models(result, asked->bound, guard->reached) && fill_quantities(asked, guard->run, result) &&
           fill_standing(guard, result) && fill_missing(asked, result);
}

/* --- the call ------------------------------------------------------------------------------------------------------------------------- */

static aic_status answer(question *asked, aic_result **out) {
    aici_run run = {0};
    aici_guard guard = {0};
    aic_status status = aici_run_begin(&run, asked->bound, asked->allocator, asked->report);
    if (status == AIC_OK)
        status = want_names(asked);
    if (status == AIC_OK)
        status = compute(asked, &run, &guard);
    if (status == AIC_OK) {
        aic_result *result = aici_retain_new(asked->bound, asked->allocator);
        if (result && fill(asked, &guard, result))
            *out = result;
        else {
            aici_result_release(result);
            status = aici_report_memory(asked->report);
        }
    }
    aici_guard_end(&guard);
    aici_run_end(&run);
    return status;
}

aic_status aici_analysis_evaluate(aici_bound *bound, const char *const *names, size_t name_count, const aic_allocator *allocator,
                                  aic_result **out, aic_report *report) {
    question asked = {.bound = bound, .allocator = allocator, .report = report, .name = names, .name_count = name_count};
    *out = NULL;
    asked.wanted = aici_memory_take_array(allocator, (size_t)bound->quantity_count + 1, 1);
    asked.complete = aici_memory_take_array(allocator, (size_t)bound->model_count + 1, 1);
    aic_status status = asked.wanted && asked.complete ? answer(&asked, out) : aici_report_memory(report);
    aici_memory_release(allocator, asked.wanted);
    aici_memory_release(allocator, asked.complete);
    return status;
}
