/* SPDX-License-Identifier: MIT */
/* From the name of an input to what a program can be given from outside, and from a text to its value. */
#include "analysis/lever.h"
#include "analysis/describe.h"
#include "analysis/retain.h"
#include "base/limits.h"
#include "base/number.h"

#include <math.h>
#include <string.h>

const char *aici_lever_cut_year(aici_arena *arena, const char *text, int32_t *year) {
    const char *bracket = strchr(text, '['), *at = bracket ? bracket + 1 : "";
    int32_t value = 0;
    *year = AICI_NO_YEAR;
    if (!bracket)
        return aici_arena_copy(arena, text, strlen(text));
    for (; *at >= '0' && *at <= '9' && at - bracket < 6; at++)
        value = value * 10 + (*at - '0');
    if (at == bracket + 1 || strcmp(at, "]") != 0)
        return NULL;
    *year = value;
    return aici_arena_copy(arena, text, (size_t)(bracket - text));
}

/* --- what is there -------------------------------------------------------------------------------------------------------------------- */

static const aici_expr *figure_of(const aici_quantity *quantity, int32_t year) {
    const aici_expr *tree = quantity->tree;
    for (uint32_t i = 0; tree->kind == AICI_EXPR_SERIES && i < tree->count; i++)
        if (tree->as.year[i] == year)
            return tree->child[i]->kind == AICI_EXPR_NUMBER ? tree->child[i] : NULL;
    return NULL;
}

/** Its value now. What cannot be computed is no reason to refuse: then it is not known. */
static aic_status find_present(const aici_levers *levers, aici_lever *lever) {
    const aici_years *years = levers->bound->quantity[lever->quantity].tree->type.years;
    int32_t year = lever->year != AICI_NO_YEAR ? lever->year : years ? years->year[0] : (int32_t)AICI_NO_YEAR;
    aici_run run;
    lever->present = (double)NAN;
    aic_status status = aici_run_begin(&run, levers->bound, levers->allocator, NULL);
    if (status == AIC_OK)
        status = aici_run_want(&run, lever->quantity);
    if (status == AIC_OK)
        status = aici_run_compute(&run);
    if (status == AIC_OK)
        aici_run_value(&run, lever->quantity, year, &lever->present);
    aici_run_end(&run);
    return status == AIC_ERROR_MEMORY ? aici_report_memory(levers->report) : AIC_OK;
}

static aic_status refuse_computed(const aici_levers *levers, const char *name, const aici_place *place) {
    aic_status status = aici_report_error(levers->report, AICI_CODE_READ_ONLY, place, "`%s` is computed and cannot be set", name);
    aici_report_hint(levers->report, "move one of the inputs that it is computed from");
    return status;
}

/** A year that one formula makes with all others cannot take a value of its own. */
static aic_status refuse_formula(const aici_levers *levers, const aici_lever *lever, const aici_quantity *quantity) {
    aic_status status =
        aici_report_error(levers->report, AICI_CODE_CANNOT_VARY, lever->place, "%s: one year cannot be moved alone, since %s all years",
                          lever->name, quantity->tree->kind == AICI_EXPR_COMPOUND ? "start and growth make" : "one formula makes");
    aici_report_hint(levers->report, "give `%s` by `series:`, with a value for each year, or move it as a whole", quantity->name);
    return status;
}

static aic_status check_year(const aici_levers *levers, const aici_lever *lever, const aici_quantity *quantity) {
    const aici_years *years = quantity->tree->type.years;
    if (lever->year == AICI_NO_YEAR)
        return AIC_OK;
    if (years && aici_years_find(years, lever->year) >= 0)
        return quantity->tree->kind == AICI_EXPR_SERIES ? AIC_OK : refuse_formula(levers, lever, quantity);
    if (!years)
        return aici_report_error(levers->report, AICI_CODE_SERIES_NEEDED, lever->place, "%s: %s is one value, not a series", lever->name,
                                 quantity->name);
    return aici_report_error(levers->report, AICI_CODE_YEAR_OUTSIDE, lever->place, "%s: the series has the years %d to %d", lever->name,
                             (int)years->year[0], (int)years->year[years->count - 1]);
}

/** Looks a lever up. *found: the scenario has it; it may still be in need of a change. */
static aic_status look_up(const aici_levers *levers, const aici_lever_request *request, aici_lever *lever, bool *found) {
    const char *name = aici_lever_cut_year(levers->arena, request->name, &lever->year);
    lever->name = aici_arena_copy(levers->arena, request->name, strlen(request->name));
    if (!lever->name)
        return aici_report_memory(levers->report);
    lever->place = request->place;
    lever->quantity = name ? aici_bound_find(levers->bound, name) : AICI_NONE;
    *found = lever->quantity != AICI_NONE;
    if (!*found)
        return AIC_OK;
    const aici_quantity *quantity = &levers->bound->quantity[lever->quantity];
    if (quantity->role == AICI_ROLE_OUTPUT)
        return refuse_computed(levers, request->name, request->place);
    if (quantity->tree->type.kind != AICI_TYPE_QUANTITY)
        return aici_report_error(levers->report, AICI_CODE_CANNOT_VARY, request->place, "%s: only numbers can vary", request->name);
    lever->literal = figure_of(quantity, lever->year);
    return check_year(levers, lever, quantity);
}

/* --- what is changed ------------------------------------------------------------------------------------------------------------------ */

static bool needs_change(const aici_levers *levers, const aici_lever *lever) {
    return lever->year != AICI_NO_YEAR ? !lever->literal : levers->bound->quantity[lever->quantity].tree->type.years != NULL;
}

static aic_status change(aici_levers *levers, aic_scenario *scenario, const char *name, int32_t year, const char *value) {
    aic_status status = levers->copy ? AIC_OK : aici_scenario_copy(scenario, &levers->copy, levers->report);
    if (status != AIC_OK)
        return status;
    if (year == AICI_NO_YEAR)
        return aici_scenario_set(levers->copy, name, value, levers->report);
    return aici_scenario_set_year(levers->copy, name, year, value, levers->report);
}

/** What people are shown it in: where it is written in no unit, what stands behind the number. *unit NULL: nothing. */
static aic_status find_shown(const aici_levers *levers, const aici_quantity *quantity, double present, const char **unit) {
    *unit = aici_describe_unit(levers->bound, quantity);
    if (*unit || !isfinite(present))
        return AIC_OK;
    aici_buffer text = aici_buffer_new(levers->allocator);
    aici_describe_value(levers->bound, quantity, present, 6, &text);
    const char *shown = aici_describe_keep(levers->arena, &text), *space = shown ? strchr(shown, ' ') : NULL;
    *unit = space ? space + 1 : NULL;
    return shown ? AIC_OK : aici_report_memory(levers->report);
}

/** The unit of a figure that is put there, which it is shown in from then on. */
static aic_status find_unit(const aici_levers *levers, const aici_quantity *quantity, double present, const char **unit, double *scale) {
    const char *shown = NULL;
    aici_unit read;
    *unit = quantity->unit;
    *scale = quantity->unit_scale;
    aic_status status = find_shown(levers, quantity, present, &shown);
    if (status != AIC_OK || !shown)
        return status;
    const aici_fragment fragment = aici_fragment_of_slice(aici_slice_of(shown));
    status = aici_units_read(levers->bound->units, &fragment, 0, fragment.text.size, &read, NULL);
    if (status == AIC_OK && read.scale > 0 && aici_dimension_equal(&read.dimension, &quantity->tree->type.dimension)) {
        *unit = shown;
        *scale = read.scale;
    }
    return status == AIC_ERROR_MEMORY ? aici_report_memory(levers->report) : AIC_OK;
}

/** A figure in its place, as a literal; what it is does not matter. */
static aic_status put_figure(aici_levers *levers, aic_scenario *scenario, const aici_lever *lever) {
    const aici_quantity *quantity = &levers->bound->quantity[lever->quantity];
    double scale;
    const char *unit;
    aic_status status = find_unit(levers, quantity, lever->present, &unit, &scale);
    if (status != AIC_OK)
        return status;
    double size = isfinite(lever->present) && lever->present != 0 ? fabs(lever->present) / scale : 1;
    aici_buffer text = aici_buffer_new(levers->allocator);
    aici_buffer_add_number(&text, size);
    if (strcmp(unit, "1") != 0)
        aici_buffer_add_format(&text, " %s", unit);
    status = aici_buffer_failed(&text) ? aici_report_memory(levers->report)
                                       : change(levers, scenario, quantity->name, lever->year, aici_buffer_text(&text));
    aici_buffer_free(&text);
    return status;
}

static bool is_input_of(const aici_model_entry *model, const char *name) {
    size_t size = strlen(model->name);
    bool here = strncmp(name, model->name, size) == 0 && name[size] == '.', found = false;
    for (uint32_t i = 0; here && i < model->kind->input_count; i++)
        found = found || strcmp(model->kind->input[i].name, name + size + 1) == 0;
    return found;
}

/** An input that its kind has and the scenario does not give is moved from nowhere. */
static aic_status refuse_lack(const aici_levers *levers, const char *name, const aici_place *place) {
    const aici_bound *bound = levers->bound;
    bool known = false;
    for (uint32_t i = 0; i < bound->model_count; i++)
        known = known || is_input_of(&bound->model[i], name);
    if (!known)
        return aici_retain_refuse_name(bound, name, false, place, levers->report);
    aic_status status =
        aici_report_error(levers->report, AICI_CODE_QUANTITY_UNKNOWN, place, "%s: this input is not given in the scenario", name);
    aici_report_hint(levers->report, "give it a value first, or say between which values it is to be moved");
    return status;
}

/** A change that is written somewhere: what is wrong with it is said there. */
static aic_status change_at(aici_levers *levers, aic_scenario *scenario, const aici_lever_request *request) {
    aic_report *report = levers->report, *why = aic_report_new(levers->allocator);
    if (!why)
        return aici_report_memory(report);
    levers->report = why;
    aic_status status = change(levers, scenario, request->name, AICI_NO_YEAR, request->example);
    levers->report = report;
    if (status == AIC_ERROR_MEMORY) {
        aici_report_memory(report);
    } else if (status != AIC_OK) {
        size_t first = 0; /* warnings may stand before the error */
        while (first + 1 < aic_report_count(why) && aic_report_severity(why, first) != AIC_SEVERITY_ERROR)
            first++;
        status =
            aici_report_error(report, (enum aici_code)aic_report_code(why, first), request->place, "%s", aic_report_message(why, first));
        if (*aic_report_hint(why, first))
            aici_report_hint(report, "%s", aic_report_hint(why, first));
    }
    aic_report_free(why);
    return status;
}

/** An input that the scenario does not give. */
static aic_status put_example(aici_levers *levers, aic_scenario *scenario, const aici_lever_request *request) {
    if (!request->example || strchr(request->name, '['))
        return refuse_lack(levers, request->name, request->place);
    return request->place ? change_at(levers, scenario, request) : change(levers, scenario, request->name, AICI_NO_YEAR, request->example);
}

static aic_status settle(aici_levers *levers, aic_scenario *scenario, const aici_lever_request *request, aici_lever *lever) {
    bool found = false;
    aic_status status = look_up(levers, request, lever, &found);
    if (status != AIC_OK)
        return status;
    lever->present = (double)NAN;
    if (!found)
        return put_example(levers, scenario, request);
    status = find_present(levers, lever);
    if (status != AIC_OK)
        return status;
    const aici_type *type = &levers->bound->quantity[lever->quantity].tree->type;
    lever->was_uncertain = type->uncertain && !lever->literal;
    lever->was_series = type->years && lever->year == AICI_NO_YEAR;
    return needs_change(levers, lever) ? put_figure(levers, scenario, lever) : AIC_OK;
}

/** Binds the changed copy, in which everything stands at another place. */
static aic_status bind_copy(aici_levers *levers, const aici_lever_request *request) {
    aic_status status = AIC_OK;
    bool found = false;
    aici_bound_unref(levers->bound);
    levers->bound = NULL;
    status = aici_scenario_bind(levers->copy, &levers->bound, levers->report);
    for (size_t i = 0; i < levers->count && status == AIC_OK; i++) {
        status = look_up(levers, &request[i], &levers->lever[i], &found);
        if (status == AIC_OK && (!found || needs_change(levers, &levers->lever[i])))
            status = aici_report_error(levers->report, AICI_CODE_CANNOT_VARY, request[i].place, "%s: no single value can stand there",
                                       request[i].name);
    }
    return status;
}

aic_status aici_levers_begin(aici_levers *levers, aic_scenario *scenario, const aici_lever_request *request, size_t count,
                             aic_report *report) {
    *levers = (aici_levers){.allocator = aici_scenario_allocator(scenario), .report = report, .count = count};
    levers->arena = aici_arena_new(levers->allocator);
    levers->lever = levers->arena ? aici_arena_take_array(levers->arena, count + 1, sizeof *levers->lever) : NULL;
    if (!levers->lever)
        return aici_report_memory(report);
    aic_status status = aici_scenario_bind(scenario, &levers->bound, report);
    for (size_t i = 0; i < count && status == AIC_OK; i++)
        status = settle(levers, scenario, &request[i], &levers->lever[i]);
    return status == AIC_OK && levers->copy ? bind_copy(levers, request) : status;
}

void aici_levers_end(aici_levers *levers) {
    aici_bound_unref(levers->bound);
    aici_scenario_free(levers->copy);
    aici_arena_free(levers->arena);
    *levers = (aici_levers){0};
}

aici_varying aici_lever_varying(const aici_lever *lever, bool setting) {
    return (aici_varying){
        .quantity = lever->literal ? AICI_NONE : lever->quantity, .literal = lever->literal, .scale = 1, .setting = setting};
}

/* --- values --------------------------------------------------------------------------------------------------------------------------- */

static aic_status read_tree(const aici_levers *levers, const aici_fragment *fragment, const aici_expr **tree) {
    aic_limits limits;
    aici_limits_fill(NULL, &limits);
    const aici_expr_reader reader = {levers->arena, levers->bound->units, &limits, levers->report};
    return aici_expr_read(&reader, fragment, tree);
}

static aici_expectation expectation_of(const aici_quantity *quantity) {
    if (!quantity)
        return (aici_expectation){.any_dimension = true, .unit_text = "", .scalar = true};
    return (aici_expectation){.dimension = quantity->tree->type.dimension,
                              .unit_text = quantity->unit,
                              .bare_numbers = true,
                              .bare_growth = true,
                              .scalar = true};
}

static aic_status check_tree(const aici_levers *levers, const aici_quantity *quantity, const char *subject, const aici_expr *tree,
                             double *coherent) {
    const aici_expectation expectation = expectation_of(quantity);
    aici_scope scope = aici_bound_scope(levers->bound, levers->arena, levers->report);
    const aici_expr *checked = NULL;
    scope.subject = subject;
    aic_status status = aici_expr_check(tree, &expectation, &scope, &checked);
    if (status != AIC_OK || aici_expr_constant(checked, coherent))
        return status;
    aici_place place = aici_fragment_place(tree->fragment, tree->begin, tree->end);
    status =
        aici_report_error(levers->report, AICI_CODE_CONSTANT_NEEDED, &place, "%s: a value that is moved to must be a constant", subject);
    aici_report_hint(levers->report, "write a number with its unit; names may stand for constants only");
    return status;
}

aic_status aici_lever_read_like(const aici_levers *levers, uint32_t quantity, const char *subject, const aici_fragment *fragment,
                                double *coherent) {
    const aici_expr *tree = NULL;
    aic_status status = read_tree(levers, fragment, &tree);
    return status == AIC_OK ? check_tree(levers, quantity == AICI_NONE ? NULL : &levers->bound->quantity[quantity], subject, tree, coherent)
                            : status;
}

aic_status aici_lever_read(const aici_levers *levers, const aici_lever *lever, const aici_fragment *fragment, double *coherent) {
    return aici_lever_read_like(levers, lever->quantity, lever->name, fragment, coherent);
}

/* --- ranges and lists ----------------------------------------------------------------------------------------------------------------- */

static bool is_bare(const aici_expr *tree) {
    const aici_expr *literal = aici_expr_literal(tree);
    return literal && literal->as.number.unit_text.size == 0;
}

static bool has_unit(const aici_expr *tree) {
    const aici_expr *literal = aici_expr_literal(tree);
    return literal && literal->as.number.unit_text.size > 0;
}

/** Two figures as `first to second` has them: a bare number takes the unit of the other one, and a scale that could belong to both is
 * refused.
 */
static aic_status read_side_by_side(const aici_levers *levers, const aici_fragment *first, const aici_fragment *second,
                                    const aici_expr *tree[2]) {
    aici_buffer text = aici_buffer_new(levers->allocator);
    aici_buffer_add_slice(&text, first->text);
    aici_buffer_add_text(&text, " to ");
    aici_buffer_add_slice(&text, second->text);
    const char *kept = aici_buffer_failed(&text) ? NULL : aici_arena_copy(levers->arena, aici_buffer_text(&text), text.size);
    aici_buffer_free(&text);
    if (!kept)
        return aici_report_memory(levers->report);
    const aici_fragment fragment = aici_fragment_of_slice(aici_slice_of(kept));
    const aici_expr *both = NULL;
    aic_status status = read_tree(levers, &fragment, &both);
    if (status == AIC_OK && both->kind == AICI_EXPR_DISTRIBUTION && both->count == 2)
        memcpy(tree, both->child, 2 * sizeof *tree);
    return status;
}

aic_status aici_lever_read_range(const aici_levers *levers, const aici_lever *lever, const aici_fragment *low, const aici_fragment *high,
                                 double ends[2]) {
    const aici_quantity *quantity = &levers->bound->quantity[lever->quantity];
    const aici_expr *tree[2];
    aic_status status = read_tree(levers, low, &tree[0]);
    if (status == AIC_OK)
        status = read_tree(levers, high, &tree[1]);
    if (status == AIC_OK && aici_expr_literal(tree[0]) && aici_expr_literal(tree[1]))
        status = read_side_by_side(levers, low, high, tree);
    for (int i = 0; i < 2 && status == AIC_OK; i++)
        status = check_tree(levers, quantity, lever->name, tree[i], &ends[i]);
    return status;
}

static aic_status refuse_units(const aici_levers *levers, const aici_lever *lever, const aici_fragment *bare,
                               const aici_expr *const unit[2]) {
    const aici_slice first = aici_expr_literal(unit[0])->as.number.unit_text, second = aici_expr_literal(unit[1])->as.number.unit_text;
    aic_status status = aici_report_error(levers->report, AICI_CODE_RANGE_UNITS, NULL,
                                          "%s: `%.*s` has no unit, and the values beside it have `%.*s` and `%.*s`", lever->name,
                                          AICI_SLICE(bare->text), AICI_SLICE(first), AICI_SLICE(second));
    aici_report_hint(levers->report, "write each value with its unit");
    return status;
}

/** The first value with a unit, and the first with another one; AICI_NONE where there is none. */
static void find_units(const aici_expr *const *tree, uint32_t count, uint32_t found[2]) {
    found[0] = found[1] = AICI_NONE;
    for (uint32_t i = 0; i < count && found[1] == AICI_NONE; i++) {
        if (!has_unit(tree[i]))
            continue;
        if (found[0] == AICI_NONE)
            found[0] = i;
        else if (!aici_slice_equal(aici_expr_literal(tree[i])->as.number.unit_text, aici_expr_literal(tree[found[0]])->as.number.unit_text))
            found[1] = i;
    }
}

/** Gives bare numbers of a list the unit of the others. */
static aic_status share_unit(const aici_levers *levers, const aici_lever *lever, const aici_fragment *text, const aici_expr **tree,
                             uint32_t count) {
    aic_status status = AIC_OK;
    uint32_t unit[2];
    find_units(tree, count, unit);
    for (uint32_t i = 0; i < count && unit[0] != AICI_NONE && status == AIC_OK; i++) {
        if (!is_bare(tree[i]))
            continue;
        const uint32_t first = i < unit[0] ? i : unit[0], second = i < unit[0] ? unit[0] : i;
        const aici_expr *pair[2] = {tree[first], tree[second]};
        status = unit[1] != AICI_NONE ? refuse_units(levers, lever, &text[i], (const aici_expr *[]){tree[unit[0]], tree[unit[1]]})
                                      : read_side_by_side(levers, &text[first], &text[second], pair);
        tree[i] = pair[i == second];
    }
    return status;
}

aic_status aici_lever_read_list(const aici_levers *levers, const aici_lever *lever, const aici_fragment *text, uint32_t count,
                                double *coherent) {
    const aici_quantity *quantity = &levers->bound->quantity[lever->quantity];
    const aici_expr **tree = aici_arena_take_array(levers->arena, count, sizeof *tree);
    aic_status status = tree ? AIC_OK : aici_report_memory(levers->report);
    for (uint32_t i = 0; i < count && status == AIC_OK; i++)
        status = read_tree(levers, &text[i], &tree[i]);
    if (status == AIC_OK)
        status = share_unit(levers, lever, text, tree, count);
    for (uint32_t i = 0; i < count && status == AIC_OK; i++)
        status = check_tree(levers, quantity, lever->name, tree[i], &coherent[i]);
    return status;
}

const aici_fragment *aici_lever_example(const aici_fragment *text, size_t count) {
    const aici_fragment *example = text;
    double number;
    for (size_t i = 0; i < count; i++)
        if (aici_number_read(text[i].text.bytes, text[i].text.size, 0, &number) != AICI_NUMBER_OK)
            example = &text[i];
    return example;
}
