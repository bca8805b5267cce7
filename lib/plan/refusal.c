/* SPDX-License-Identifier: MIT */
/*
 * What cannot become a program, said at the place where it stands: years without a value, constants that would vary. After
 * the first refusal no program is made, but lowering goes on, so that all independent faults are reported at once.
 */
#include "plan/lowering.h"

/* --- where ---------------------------------------------------------------------------------------------------------------------------- */

static const aici_quantity *quantity_of(const aici_lowering *lowering, const aici_origin *at) {
    return at->quantity == AICI_NONE ? NULL : &lowering->bound->quantity[at->quantity];
}

static aici_place place_of(const aici_lowering *lowering, const aici_origin *at) {
    const aici_quantity *quantity = quantity_of(lowering, at);
    if (at->node && at->node->fragment)
        return aici_fragment_place(at->node->fragment, at->node->begin, at->node->end);
    return quantity ? quantity->place : (aici_place){NULL, 0, 0, 0, 0};
}

static void add_path(const aici_lowering *lowering, const aici_quantity *quantity) {
    static const char *const section_of[] = {
        [AICI_ROLE_ASSUMPTION] = "assumptions",
        [AICI_ROLE_INPUT] = "models",
        [AICI_ROLE_OUTPUT] = "models",
        [AICI_ROLE_CALCULATION] = "calculations",
    };
    if (quantity)
        aici_report_path(lowering->report, "%s.%s", section_of[quantity->role], quantity->name);
}

/** What stands for something refused lets lowering go on, and no program can be made of it. */
static aici_value refused(aici_lowering *lowering, const aici_origin *at, aic_status status) {
    add_path(lowering, quantity_of(lowering, at));
    if (!lowering->status)
        lowering->status = status;
    return aici_values_refused(&lowering->values, at);
}

/** "visits: ", or nothing where a formula belongs to no quantity. */
#define SUBJECT(quantity) (quantity) ? (quantity)->name : "", (quantity) ? ": " : ""

/* --- years ---------------------------------------------------------------------------------------------------------------------------- */

static void hint_at_years(const aici_lowering *lowering, const aici_years *years) {
    if (years && years->count > 1)
        aici_report_hint(lowering->report, "it has values from %d to %d", (int)years->year[0], (int)years->year[years->count - 1]);
    else if (years)
        aici_report_hint(lowering->report, "it has a value in %d only", (int)years->year[0]);
}

aici_value aici_lowering_refuse_year(aici_lowering *lowering, const aici_origin *at, const char *name, const aici_years *years) {
    const aici_quantity *quantity = quantity_of(lowering, at);
    const char *subject = name ? name : quantity ? quantity->name : "the formula";
    aici_place place = place_of(lowering, at);
    aic_status status;
    if (at->year == AICI_NO_YEAR)
        status = aici_report_error(lowering->report, AICI_CODE_YEAR_OUTSIDE, &place, "%s: a year is needed to choose one value", subject);
    else
        status = aici_report_error(lowering->report, AICI_CODE_YEAR_OUTSIDE, &place, "%s: there is no value in %d", subject, (int)at->year);
    hint_at_years(lowering, years);
    return refused(lowering, at, status);
}

aici_value aici_lowering_refuse_circle(aici_lowering *lowering, const aici_origin *at, const char *name) {
    aici_place place = place_of(lowering, at);
    return refused(lowering, at, aici_report_error(lowering->report, AICI_CODE_CYCLE, &place, "%s: needs itself to be computed", name));
}

aici_value aici_lowering_refuse_text(aici_lowering *lowering, const aici_origin *at) {
    aici_place place = place_of(lowering, at);
    const aici_quantity *quantity = quantity_of(lowering, at);
    return refused(lowering, at,
                   aici_report_error(lowering->report, AICI_CODE_TYPE, &place, "%s%sexpected a number, found a text", SUBJECT(quantity)));
}

/* --- what cannot vary ----------------------------------------------------------------------------------------------------------------- */

void aici_lowering_refuse_quantity(aici_lowering *lowering, uint32_t index) {
    const aici_quantity *quantity = &lowering->bound->quantity[index];
    const char *what = quantity->tree->type.years ? "a series over the years" : "a text";
    aic_status status =
        aici_report_error(lowering->report, AICI_CODE_CANNOT_VARY, &quantity->place, "%s: %s cannot vary as a whole", quantity->name, what);
    if (quantity->tree->type.years)
        aici_report_hint(lowering->report, "vary the figure of one of its years, or an assumption that it is computed from");
    add_path(lowering, quantity);
    if (!lowering->status)
        lowering->status = status;
}

/** What an input is called: its quantity, or the figure as it is written. */
static aici_slice name_of_input(const aici_lowering *lowering, uint32_t input) {
    const aici_varying *varying = &lowering->varying[input];
    const aici_expr *literal = varying->literal;
    if (!literal)
        return aici_slice_of(lowering->bound->quantity[varying->quantity].name);
    if (!literal->fragment || literal->end > literal->fragment->text.size || literal->end <= literal->begin)
        return aici_slice_of("a figure");
    return (aici_slice){literal->fragment->text.bytes + literal->begin, literal->end - literal->begin};
}

void aici_lowering_refuse_constant(aici_lowering *lowering, const aici_origin *at, aici_value value, const char *what) {
    uint32_t input = aici_values_cause(&lowering->values, value);
    if (input == AICI_NONE)
        return;
    aici_place place = place_of(lowering, at);
    aici_slice name = name_of_input(lowering, input);
    aic_status status = aici_report_error(lowering->report, AICI_CODE_CANNOT_VARY, &place,
                                          "%.*s: cannot vary, because %s is made from it and must be a constant", AICI_SLICE(name), what);
    refused(lowering, at, status);
}

aic_status aici_lowering_refuse_size(const aici_lowering *lowering) {
    aic_status status = aici_report_error(lowering->report, AICI_CODE_LIMIT_INSTRUCTIONS, NULL,
                                          "the scenario takes more than %zu operations to compute (limit `instructions`)",
                                          lowering->bound->most_instructions);
    aici_report_hint(lowering->report,
                     "operations are counted for every year: `in_service` over a long timeline takes the most; a shorter timeline helps");
    return status;
}
