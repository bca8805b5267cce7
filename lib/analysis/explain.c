/* SPDX-License-Identifier: MIT */
/*
 * The derivation of a figure: its formula with the values in it, then those of the names in the formula, and so on down to what the
 * scenario gives and to defaults. Each quantity is derived once; a stack of what is still to be derived keeps the order of reading. Names
 * are followed without recursion.
 */
#include "analysis/describe.h"
#include "analysis/guard.h"
#include "analysis/retain.h"
#include "analysis/subject.h"
#include "analysis/substitute.h"

#include <limits.h>
#include <math.h>

enum { MOST_STEPS = 2000, DEEPEST = 32 };

/* Something still to be derived. */
typedef struct item {
    uint32_t quantity;
    int32_t year;
    bool whole; /* the whole series: its last year is derived, all are listed */
    unsigned depth;
} item;

typedef struct derivation {
    aici_run *run;
    aici_known known;
    aic_result *result;
    aici_result_step *step;
    size_t step_count;
    item *stack;
    size_t stack_count;
    unsigned char *derived; /* by quantity */
    aic_report *report;
} derivation;

/* --- what was asked for --------------------------------------------------------------------------------------------------------------- */

static aic_status find_target(const derivation *self, const char *asked, item *out) {
    aici_subject subject;
    aic_status status = aici_subject_find(self->run->bound, asked, self->run->allocator, &subject, self->report);
    if (status != AIC_OK)
        return status;
    bool is_series = self->run->bound->quantity[subject.quantity].tree->type.years != NULL;
    *out = (item){.quantity = subject.quantity, .year = subject.year, .whole = is_series && subject.year == AICI_NO_YEAR};
    return AIC_OK;
}

/* --- the words of a step -------------------------------------------------------------------------------------------------------------- */

static const char *text_or_empty(const char *text) { return text ? text : ""; }

static bool is_formula(const aici_quantity *quantity) { return !aici_describe_is_figure(quantity->tree); }

static const char *where_of(derivation *self, const aici_quantity *quantity) {
    bool from_kind = quantity->role == AICI_ROLE_OUTPUT || quantity->is_default;
    const aici_source *source = quantity->place.source;
    aici_buffer text = aici_buffer_new(self->run->allocator);
    if (from_kind && quantity->model != AICI_NONE)
        aici_buffer_add_format(&text, "kind %s", self->run->bound->model[quantity->model].kind->name);
    else if (source)
        aici_buffer_add_format(&text, "%s:%u", source->name, (unsigned)quantity->place.line);
    return aici_describe_keep(self->known.arena, &text);
}

static void add_tree(derivation *self, const aici_quantity *quantity, const aici_expr *tree, aici_buffer *out) {
    const char *text = aici_describe_formula(self->known.arena, self->run->bound, tree, quantity->model);
    out->failed = out->failed || !text;
    aici_buffer_add_text(out, text);
}

/* The value that a series lists for a year, or the two between which it lies and how. */
static void add_series(derivation *self, const aici_quantity *quantity, int32_t year, aici_buffer *out) {
    static const char *const between[] = {"", "on a straight line", "by a constant factor a year", ""};
    const aici_expr *tree = quantity->tree;
    uint32_t next = 0;
    while (next + 1 < tree->count && tree->as.year[next] < year)
        next++;
    bool listed = tree->as.year[next] == year, before = tree->as.year[next] < year;
    if (listed || before || next == 0 || tree->variant == AICI_BETWEEN_STEP) {
        next -= !listed && !before && next > 0;
        add_tree(self, quantity, tree->child[next], out);
        if (!listed)
            aici_buffer_add_format(out, " since %d", (int)tree->as.year[next]);
        return;
    }
    add_tree(self, quantity, tree->child[next - 1], out);
    aici_buffer_add_format(out, " in %d to ", (int)tree->as.year[next - 1]);
    add_tree(self, quantity, tree->child[next], out);
    aici_buffer_add_format(out, " in %d, %s", (int)tree->as.year[next], between[tree->variant]);
}

static void add_compound(derivation *self, const aici_quantity *quantity, aici_buffer *out) {
    add_tree(self, quantity, quantity->tree->child[0], out);
    aici_buffer_add_format(out, " in %d, growing by ", (int)quantity->tree->as.start_year);
    add_tree(self, quantity, quantity->tree->child[1], out);
}

/* A figure as it stands in the scenario. */
static const char *written_of(derivation *self, const aici_quantity *quantity, int32_t year) {
    aici_buffer text = aici_buffer_new(self->run->allocator);
    if (quantity->tree->kind == AICI_EXPR_SERIES)
        add_series(self, quantity, year, &text);
    else if (quantity->tree->kind == AICI_EXPR_COMPOUND)
        add_compound(self, quantity, &text);
    else
        add_tree(self, quantity, quantity->tree, &text);
    return aici_describe_keep(self->known.arena, &text);
}

static bool fill_series(const derivation *self, const item *at, aici_result_step *step) {
    const aici_quantity *quantity = &self->run->bound->quantity[at->quantity];
    const aici_years *years = quantity->tree->type.years;
    const double *coherent = aici_run_values(self->run, at->quantity);
    double *value = aici_arena_take_array(self->known.arena, years->count, sizeof *value);
    for (uint32_t i = 0; value && i < years->count; i++)
        value[i] = coherent[i] / quantity->unit_scale;
    step->series_year = years->year;
    step->series_value = value;
    step->series_count = years->count;
    return value;
}

static bool fill_value(derivation *self, const item *at, aici_result_step *step) {
    const aici_quantity *quantity = &self->run->bound->quantity[at->quantity];
    double value = (double)NAN;
    aici_run_value(self->run, at->quantity, at->year, &value);
    step->name = quantity->name;
    step->year = at->year == AICI_NO_YEAR ? INT_MIN : at->year;
    step->unit = quantity->unit;
    step->scale = quantity->unit_scale;
    step->value = value / quantity->unit_scale;
    step->figure = (aici_figure){value, &quantity->tree->type.dimension, aici_describe_unit(self->run->bound, quantity)};
    step->is_default = quantity->is_default;
    step->formula = step->substituted = step->written = "";
    if (quantity->tree->type.kind == AICI_TYPE_QUANTITY)
        return true;
    step->text = aici_describe_text(self->known.arena, quantity, value);
    return step->text;
}

static bool fill_words(derivation *self, const item *at, aici_result_step *step) {
    const aici_quantity *quantity = &self->run->bound->quantity[at->quantity];
    step->label = text_or_empty(quantity->label);
    step->note = text_or_empty(quantity->note);
    step->doc = text_or_empty(quantity->output ? quantity->output->doc : quantity->input ? quantity->input->doc : NULL);
    step->source = aici_describe_origin(self->known.arena, self->run->bound, quantity, true);
    step->where = where_of(self, quantity);
    if (is_formula(quantity))
        return aici_substitute(&self->known, quantity->tree, quantity->model, step) && step->source && step->where;
    if (!step->text)
        step->written = written_of(self, quantity, at->year);
    return step->written && step->source && step->where;
}

/* --- the order of steps --------------------------------------------------------------------------------------------------------------- */

/* Whether a look is the first one at its quantity, so that a formula that names it twice has it derived once. */
static bool is_first(const aici_looks *looks, size_t index) {
    for (size_t i = 0; i < index; i++) {
        if (looks->look[i].quantity == looks->look[index].quantity && looks->look[i].year == looks->look[index].year)
            return false;
    }
    return true;
}

static bool is_child(const derivation *self, size_t index) {
    const aici_look *look = &self->known.looks.look[index];
    bool text = !aici_run_is_number(&self->run->bound->quantity[look->quantity]);
    return !look->missing && (text || self->run->first[look->quantity] != AICI_NONE) && is_first(&self->known.looks, index);
}

/* At most one more than there may be steps. */
static size_t count_children(const derivation *self) {
    size_t count = 0;
    if (self->known.looks.count > MOST_STEPS)
        return MOST_STEPS + 1;
    for (size_t i = 0; i < self->known.looks.count; i++)
        count += is_child(self, i);
    return count;
}

/* The last child is pushed first, so that the first one is derived next. */
static void push_children(derivation *self, const item *parent) {
    for (size_t i = self->known.looks.count; i-- > 0;) {
        const aici_look *look = &self->known.looks.look[i];
        if (!is_child(self, i))
            continue;
        const aici_years *years = self->run->bound->quantity[look->quantity].tree->type.years;
        item child = {look->quantity, look->whole ? years->year[years->count - 1] : look->year, look->whole, parent->depth + 1};
        self->stack[self->stack_count++] = child;
    }
}

static bool derive(derivation *self, item at) {
    aici_result_step *step = &self->step[self->step_count++];
    const aici_quantity *quantity = &self->run->bound->quantity[at.quantity];
    if (at.whole)
        at.year = quantity->tree->type.years->year[quantity->tree->type.years->count - 1];
    step->depth = at.depth;
    if (!fill_value(self, &at, step) || (at.whole && !fill_series(self, &at, step)))
        return false;
    aici_looks_collect(&self->known.looks, quantity->tree, at.year);
    step->repeated = self->derived[at.quantity];
    self->derived[at.quantity] = 1;
    if (!fill_words(self, &at, step) || self->known.looks.failed)
        return false;
    size_t children = count_children(self);
    if (step->repeated)
        return true;
    step->cut = children > 0 && (at.depth == DEEPEST || self->step_count + self->stack_count + children > MOST_STEPS);
    if (!step->cut)
        push_children(self, &at);
    return true;
}

static aic_status derive_all(derivation *self, item target) {
    bool made = true;
    self->stack[self->stack_count++] = target;
    while (made && self->stack_count)
        made = derive(self, self->stack[--self->stack_count]);
    self->result->step = self->step;
    self->result->step_count = self->step_count;
    self->result->has_steps = true;
    return made ? AIC_OK : aici_report_memory(self->report);
}

/* --- the call ------------------------------------------------------------------------------------------------------------------------- */

/* Asks for all that the target depends on, in all years. */
static aic_status want_reached(derivation *self, const unsigned char *reached) {
    aic_status status = AIC_OK;
    for (uint32_t i = 0; i < self->run->bound->quantity_count && status == AIC_OK; i++) {
        if (reached[i])
            status = aici_run_want(self->run, i);
    }
    return status;
}

static aic_status compute(derivation *self, uint32_t target, aici_guard *guard) {
    const aici_quantity *quantity = &self->run->bound->quantity[target];
    aic_status status = aici_run_want(self->run, target);
    if (status == AIC_OK)
        status = aici_guard_set(guard, self->run);
    if (status == AIC_OK)
        status = want_reached(self, guard->reached);
    if (status == AIC_OK)
        status = aici_run_compute(self->run);
    if (status != AIC_OK)
        return status;
    if (aici_run_is_number(quantity))
        status = aici_run_check_finite(self->run, self->run->first[target], aici_run_count(&quantity->tree->type));
    aici_run_note(&status, aici_guard_check(guard));
    return status;
}

static bool make_room(derivation *self) {
    const aic_allocator *allocator = self->run->allocator;
    self->result = aici_retain_new(self->run->bound, allocator);
    self->stack = aici_memory_take_array(allocator, MOST_STEPS + 1, sizeof *self->stack);
    self->derived = aici_memory_take_array(allocator, (size_t)self->run->bound->quantity_count + 1, 1);
    if (!self->result || !self->stack || !self->derived)
        return false;
    self->known = (aici_known){.run = self->run, .arena = self->result->arena, .looks = {.run = self->run}};
    self->step = aici_arena_take_array(self->result->arena, MOST_STEPS + 1, sizeof *self->step);
    return self->step;
}

static aic_status answer(derivation *self, const char *name) {
    item target = {0};
    aici_guard guard = {0};
    aic_status status = find_target(self, name, &target);
    if (status == AIC_OK)
        status = compute(self, target.quantity, &guard);
    if (status == AIC_OK && !(make_room(self) && aici_retain_models(self->result, self->run->bound, guard.reached)))
        status = aici_report_memory(self->report);
    if (status == AIC_OK)
        status = derive_all(self, target);
    aici_guard_end(&guard);
    return status;
}

aic_status aici_analysis_explain(aici_bound *bound, const char *name, const aic_allocator *allocator, aic_result **out,
                                 aic_report *report) {
    aici_run run = {0};
    derivation self = {.run = &run, .report = report};
    *out = NULL;
    aic_status status = aici_run_begin(&run, bound, allocator, report);
    if (status == AIC_OK)
        status = answer(&self, name);
    if (status == AIC_OK)
        *out = self.result;
    else
        aici_result_release(self.result);
    aici_looks_end(&self.known.looks);
    aici_memory_release(allocator, self.stack);
    aici_memory_release(allocator, self.derived);
    aici_run_end(&run);
    return status;
}
