/* SPDX-License-Identifier: MIT */
/*
 * What can be wrong with the distributions of a program: parameters that were computed and make none. It is said at the distribution's
 * place.
 */
#include "analysis/describe.h"
#include "analysis/run.h"
#include "eval/eval.h"

/* A draw that is talked about. */
typedef struct subject {
    const aici_bound *bound;
    const aici_draw *draw;
    const aici_quantity *quantity; /* NULL: a formula that belongs to none */
    aic_report *report;
} subject;

static subject subject_of(const aici_bound *bound, const aici_program *program, uint32_t draw, aic_report *report) {
    uint32_t quantity = program->draw[draw].origin.quantity;
    return (subject){bound, &program->draw[draw], quantity == AICI_NONE ? NULL : &bound->quantity[quantity], report};
}

static const char *name_of(const subject *self) { return self->quantity ? self->quantity->name : "a formula"; }

static aici_place place_of(const subject *self, const aici_expr *node) {
    if (node->fragment)
        return aici_fragment_place(node->fragment, node->begin, node->end);
    return self->quantity ? self->quantity->place : (aici_place){0};
}

static void add_facts(const subject *self) {
    if (self->draw->origin.year != AICI_NO_YEAR)
        aici_report_note(self->report, "in the year %d", (int)self->draw->origin.year);
    if (self->quantity)
        aici_report_path(self->report, "%s.%s", self->quantity->role == AICI_ROLE_ASSUMPTION ? "assumptions" : "models",
                         self->quantity->name);
}

/* A value as a person would write it, in the unit in which the quantity is given. */
static void add_value(const subject *self, double value, const aici_expr *node, aici_buffer *out) {
    bool whole = self->quantity && aici_dimension_equal(&node->type.dimension, &self->quantity->tree->type.dimension);
    const char *unit = whole ? aici_describe_unit(self->bound, self->quantity) : NULL;
    aici_units_add_value(self->bound->units, value, &node->type.dimension, unit, 3, AICI_NUMERALS_SI, out);
}

/* --- parameters that make no distribution --------------------------------------------------------------------------------------------- */

static aic_status report_faulty(const aici_bound *bound, const aici_program *program, const double *uniform, const aici_faulty_draw *faulty,
                                aic_report *report) {
    subject self = subject_of(bound, program, faulty->draw, report);
    const aici_expr *node = self.draw->origin.node, *parameter = node->child[faulty->parameter];
    bool component = self.draw->parameter[faulty->parameter] == AICI_PARAMETER_DISTRIBUTION;
    aici_place place = place_of(&self, component ? node : parameter);
    aici_buffer found = aici_buffer_new(aici_arena_allocator(bound->arena));
    if (!component)
        add_value(&self, uniform[self.draw->value[faulty->parameter] & ~AICI_OPERAND_UNIFORM], parameter, &found);
    const char *name = name_of(&self);
    aic_status status =
        aici_buffer_failed(&found) ? aici_report_memory(report)
        : component
            ? aici_report_error(report, AICI_CODE_DRAW_PARAMETERS, &place, "%s: this distribution must %s", name, faulty->must)
            : aici_report_error(report, AICI_CODE_DRAW_PARAMETERS, &place, "%s: this parameter of the distribution must %s, found `%s`",
                                name, faulty->must, aici_buffer_text(&found));
    aici_buffer_free(&found);
    add_facts(&self);
    return status;
}

aic_status aici_analysis_refuse_draw(const aici_bound *bound, const aici_program *program, uint32_t draw, aic_report *report) {
    subject self = subject_of(bound, program, draw, report);
    aici_place place = place_of(&self, self.draw->origin.node);
    aic_status status = aici_report_error(report, AICI_CODE_DRAW_PARAMETERS, &place,
                                          "%s: the parameters, as they were computed, make no distribution", name_of(&self));
    add_facts(&self);
    return status;
}

aic_status aici_analysis_prepare(const aici_bound *bound, const aici_program *program, const double *setting,
                                 const aic_allocator *allocator, double *uniform, aic_report *report) {
    aici_faulty_draw faulty;
    aic_status status = aici_eval_prepare(program, setting, allocator, uniform, &faulty);
    if (status == AIC_ERROR_MEMORY)
        return aici_report_memory(report);
    return status == AIC_OK ? AIC_OK : report_faulty(bound, program, uniform, &faulty, report);
}
