/* SPDX-License-Identifier: MIT */
/* Collects what is wanted, has it planned as one program, and runs that for one lane. */
#include "analysis/run.h"
#include "eval/eval.h"

aic_status aici_run_begin(aici_run *run, aici_bound *bound, const aic_allocator *allocator, aic_report *report) {
    *run = (aici_run){.bound = bound, .allocator = allocator, .report = report};
    run->first = aici_memory_take_array(allocator, (size_t)bound->quantity_count + 1, sizeof *run->first);
    if (!run->first)
        return aici_report_memory(report);
    for (uint32_t i = 0; i < bound->quantity_count; i++)
        run->first[i] = AICI_NONE;
    return AIC_OK;
}

void aici_run_end(aici_run *run) {
    aici_program_free(run->program);
    aici_memory_release(run->allocator, run->uniform);
    aici_memory_release(run->allocator, run->value);
    aici_memory_release(run->allocator, run->first);
    aici_memory_release(run->allocator, run->wanted);
    *run = (aici_run){0};
}

bool aici_run_is_number(const aici_quantity *quantity) { return quantity->tree->type.kind != AICI_TYPE_TEXT; }

size_t aici_run_count(const aici_type *type) { return type->years ? type->years->count : 1; }

int32_t aici_run_year(const aici_type *type, size_t index) { return type->years ? type->years->year[index] : (int32_t)AICI_NO_YEAR; }

static aic_status want_each_year(aici_run *run, aici_wanted what, const aici_type *type, uint32_t *first) {
    size_t before = run->count;
    for (size_t i = 0; i < aici_run_count(type); i++) {
        aici_wanted *grown = aici_memory_grow(run->allocator, run->wanted, run->count, &run->capacity, sizeof *grown);
        if (!grown)
            return aici_report_memory(run->report);
        what.year = aici_run_year(type, i);
        run->wanted = grown;
        run->wanted[run->count++] = what;
    }
    *first = (uint32_t)before;
    return AIC_OK;
}

aic_status aici_run_want(aici_run *run, uint32_t quantity) {
    const aici_quantity *wanted = &run->bound->quantity[quantity];
    if (run->first[quantity] != AICI_NONE || !aici_run_is_number(wanted))
        return AIC_OK;
    return want_each_year(run, (aici_wanted){.quantity = quantity, .scale = 1.0}, &wanted->tree->type, &run->first[quantity]);
}

aic_status aici_run_want_tree(aici_run *run, const aici_expr *tree, uint32_t *first) {
    return want_each_year(run, (aici_wanted){.quantity = AICI_NONE, .tree = tree, .scale = 1.0}, &tree->type, first);
}

aic_status aici_run_reach(aici_run *run, unsigned char *reached) {
    return aici_plan_reach(run->bound, run->wanted, run->count, run->allocator, reached, run->report);
}

/* An infinity that a later operation swallowed, as in min(1 / 0, 3), is as wrong as one that came out. One in a branch that was not taken
 * is not. */
static aic_status check_hidden(const aici_run *run) {
    size_t first;
    bool shows = aici_eval_count_not_finite(run->value, run->count, &first) > 0;
    if (shows || aici_eval_count_not_finite(run->uniform, run->program->uniform_count, &first) == 0)
        return AIC_OK;
    return aici_analysis_report_hidden(run->bound, run->program, run->uniform, run->report);
}

static aic_status evaluate(aici_run *run) {
    run->uniform = aici_memory_take_array(run->allocator, (size_t)run->program->uniform_count + 1, sizeof *run->uniform);
    run->value = aici_memory_take_array(run->allocator, run->count + 1, sizeof *run->value);
    if (!run->uniform || !run->value)
        return aici_report_memory(run->report);
    aic_status status = aici_analysis_prepare(run->bound, run->program, NULL, run->allocator, run->uniform, run->report);
    if (status != AIC_OK)
        return status;
    status = aici_eval_one(run->program, run->uniform, NULL, run->value, run->allocator);
    return status == AIC_ERROR_MEMORY ? aici_report_memory(run->report) : status == AIC_OK ? check_hidden(run) : status;
}

aic_status aici_run_compute(aici_run *run) {
    aici_plan_request request = {.bound = run->bound, .wanted = run->wanted, .wanted_count = run->count};
    aic_status status = aici_plan_compile(&request, run->allocator, &run->program, run->report);
    return status == AIC_OK ? evaluate(run) : status;
}

const double *aici_run_values(const aici_run *run, uint32_t quantity) { return run->value + run->first[quantity]; }

bool aici_run_value(const aici_run *run, uint32_t quantity, int32_t year, double *value) {
    const aici_years *years = run->bound->quantity[quantity].tree->type.years;
    if (run->first[quantity] == AICI_NONE)
        return false;
    int32_t at = !years ? 0 : year == AICI_NO_YEAR ? (int32_t)years->count - 1 : aici_years_find(years, year);
    if (at >= 0)
        *value = aici_run_values(run, quantity)[at];
    return at >= 0;
}

aic_status aici_run_check_finite(const aici_run *run, uint32_t first, size_t count) {
    size_t bad;
    if (!aici_eval_count_not_finite(run->value + first, count, &bad))
        return AIC_OK;
    return aici_analysis_report_not_finite(run->bound, run->program, run->uniform, NULL, first + (uint32_t)bad, false, run->report);
}

void aici_run_note(aic_status *first, aic_status next) {
    if (*first == AIC_OK)
        *first = next;
}
