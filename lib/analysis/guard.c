/* SPDX-License-Identifier: MIT */
/* Conditions on what was computed. They are computed in the same run as what was asked for, as far as that depends on them. */
#include "analysis/guard.h"
#include "analysis/describe.h"

#include <math.h>
#include <string.h>

/* --- before the run ------------------------------------------------------------------------------------------------------------------- */

static bool is_bounded(const aici_quantity *quantity) { return isfinite(quantity->bounds.low) || isfinite(quantity->bounds.high); }

static bool is_whole(const aici_quantity *quantity) { return quantity->input && quantity->input->type == AICI_INPUT_WHOLE; }

static bool is_guarded(const aici_quantity *quantity) {
    return quantity->tree->type.kind == AICI_TYPE_QUANTITY && (is_bounded(quantity) || is_whole(quantity));
}

static bool is_reached(const aici_guard *guard, uint32_t model) {
    const aici_model_entry *entry = &guard->run->bound->model[model];
    return memchr(guard->reached + entry->first, 1, entry->count) != NULL;
}

static aic_status want_assertions(aici_guard *guard) {
    const aici_bound *bound = guard->run->bound;
    aic_status status = AIC_OK;
    for (uint32_t i = 0; i < bound->assertion_count && status == AIC_OK; i++) {
        guard->assertion[i] = AICI_NONE;
        if (is_reached(guard, bound->assertion[i].model))
            status = aici_run_want_tree(guard->run, bound->assertion[i].condition, &guard->assertion[i]);
    }
    return status;
}

static aic_status want_inputs(aici_guard *guard) {
    const aici_bound *bound = guard->run->bound;
    aic_status status = AIC_OK;
    for (uint32_t i = 0; i < bound->quantity_count && status == AIC_OK; i++) {
        if (guard->reached[i] && is_guarded(&bound->quantity[i]))
            status = aici_run_want(guard->run, i);
    }
    return status;
}

aic_status aici_guard_set(aici_guard *guard, aici_run *run) {
    *guard = (aici_guard){.run = run};
    guard->reached = aici_memory_take_array(run->allocator, (size_t)run->bound->quantity_count + 1, 1);
    guard->assertion = aici_memory_take_array(run->allocator, (size_t)run->bound->assertion_count + 1, sizeof *guard->assertion);
    if (!guard->reached || !guard->assertion)
        return aici_report_memory(run->report);
    aic_status status = aici_run_reach(run, guard->reached);
    if (status == AIC_OK)
        status = want_assertions(guard);
    return status == AIC_OK ? want_inputs(guard) : status;
}

void aici_guard_end(aici_guard *guard) {
    if (!guard->run)
        return;
    aici_memory_release(guard->run->allocator, guard->reached);
    aici_memory_release(guard->run->allocator, guard->assertion);
    *guard = (aici_guard){0};
}

/* --- bounds --------------------------------------------------------------------------------------------------------------------------- */

static void add_path(aic_report *report, const aici_quantity *quantity) { aici_report_path(report, "models.%s", quantity->name); }

static void add_year(aic_report *report, const aici_type *type, size_t index) {
    if (type->years)
        aici_report_note(report, "in the year %d", (int)type->years->year[index]);
}

/* A value and its bound, to so many digits that they can be told apart. */
static void show_apart(const aici_run *run, const aici_quantity *quantity, const double value[2], aici_buffer shown[2]) {
    static const int digits[] = {AICI_RESULT_DIGITS, 8, 12, 17};
    for (size_t i = 0; i < sizeof digits / sizeof *digits; i++) {
        for (size_t k = 0; k < 2; k++) {
            aici_buffer_clear(&shown[k]);
            aici_describe_value(run->bound, quantity, value[k], digits[i], &shown[k]);
        }
        if (strcmp(aici_buffer_text(&shown[0]), aici_buffer_text(&shown[1])) != 0)
            return;
    }
}

static aic_status report_bound(const aici_run *run, const aici_quantity *quantity, double value, bool above) {
    const aici_bounds *bounds = &quantity->bounds;
    const double both[] = {value, above ? bounds->high : bounds->low};
    bool open = value == both[1];
    aici_buffer shown[] = {aici_buffer_new(run->allocator), aici_buffer_new(run->allocator)};
    show_apart(run, quantity, both, shown);
    const char *found = aici_buffer_text(&shown[0]), *bound = aici_buffer_text(&shown[1]), *name = aici_describe_local(quantity);
    aic_status status;
    if (aici_buffer_failed(&shown[0]) || aici_buffer_failed(&shown[1]))
        status = aici_report_memory(run->report);
    else if (open)
        status = aici_report_error(run->report, AICI_CODE_OUT_OF_BOUNDS, &quantity->place, "%s: %s is not %s %s", name, found,
                                   above ? "below" : "above", bound);
    else
        status = aici_report_error(run->report, AICI_CODE_OUT_OF_BOUNDS, &quantity->place, "%s: %s is %s its bound %s", name, found,
                                   above ? "above" : "below", bound);
    aici_buffer_free(&shown[0]);
    aici_buffer_free(&shown[1]);
    return status;
}

static aic_status report_fraction(const aici_run *run, const aici_quantity *quantity, double value) {
    aici_buffer shown = aici_buffer_new(run->allocator);
    aici_describe_value(run->bound, quantity, value, 8, &shown);
    aic_status status = aici_buffer_failed(&shown) ? aici_report_memory(run->report)
                                                   : aici_report_error(run->report, AICI_CODE_INPUT_VALUE, &quantity->place,
                                                                       "%s: expected a whole number, found %s",
                                                                       aici_describe_local(quantity), aici_buffer_text(&shown));
    aici_buffer_free(&shown);
    return status;
}

static bool is_fraction(double value) { return fabs(value - round(value)) > 1e-9 * fmax(1.0, fabs(value)); }

static aic_status check_value(const aici_run *run, const aici_quantity *quantity, double value) {
    const aici_bounds *bounds = &quantity->bounds;
    if (value > bounds->high || (bounds->high_open && value == bounds->high))
        return report_bound(run, quantity, value, true);
    if (value < bounds->low || (bounds->low_open && value == bounds->low))
        return report_bound(run, quantity, value, false);
    if (is_whole(quantity) && is_fraction(value / quantity->unit_scale))
        return report_fraction(run, quantity, value);
    return AIC_OK;
}

/* The first year that is out of bounds stands for all of them. */
static aic_status check_input(const aici_run *run, uint32_t index) {
    const aici_quantity *quantity = &run->bound->quantity[index];
    const aici_type *type = &quantity->tree->type;
    for (size_t i = 0; i < aici_run_count(type); i++) {
        aic_status status = check_value(run, quantity, aici_run_values(run, index)[i]);
        if (status == AIC_OK)
            continue;
        add_year(run->report, type, i);
        add_path(run->report, quantity);
        return status;
    }
    return AIC_OK;
}

/* --- assertions ----------------------------------------------------------------------------------------------------------------------- */

static aic_status check_assertion(const aici_guard *guard, uint32_t index) {
    const aici_run *run = guard->run;
    const aici_assertion *assertion = &run->bound->assertion[index];
    const aici_type *type = &assertion->condition->type;
    uint32_t first = guard->assertion[index];
    aic_status status = aici_run_check_finite(run, first, aici_run_count(type));
    for (size_t i = 0; i < aici_run_count(type) && status == AIC_OK; i++) {
        if (run->value[first + i] != 0)
            continue;
        status = aici_report_error(run->report, AICI_CODE_MODEL_ASSERTION, &assertion->place, "%s", assertion->message);
        add_year(run->report, type, i);
        aici_report_path(run->report, "models.%s", run->bound->model[assertion->model].name);
    }
    return status;
}

aic_status aici_guard_check(const aici_guard *guard) {
    const aici_bound *bound = guard->run->bound;
    aic_status status = AIC_OK;
    for (uint32_t i = 0; i < bound->quantity_count; i++) {
        if (guard->reached[i] && is_guarded(&bound->quantity[i]))
            aici_run_note(&status, check_input(guard->run, i));
    }
    for (uint32_t i = 0; i < bound->assertion_count; i++) {
        if (guard->assertion[i] != AICI_NONE)
            aici_run_note(&status, check_assertion(guard, i));
    }
    return status;
}
