/* SPDX-License-Identifier: MIT */
/*
 * What cannot become a program, said at the place where it stands: years without a value, distributions, constants that would vary. After
 * the first refusal no program is made, but lowering goes on, so that all independent faults are reported at once.
 */
#include "plan/lowering.h"

#include <math.h>

/* --- where ---------------------------------------------------------------------------------------------------------------------- */

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

/** A draw stands for what was refused: it lets lowering go on, and no program can be made of it. */
static aici_value refused(aici_lowering *lowering, const aici_origin *at, aic_status status) {
    add_path(lowering, quantity_of(lowering, at));
    if (!lowering->status)
        lowering->status = status;
    return aici_values_draw(&lowering->values, at);
}

/** "visits: ", or nothing where a formula belongs to no quantity. */
#define SUBJECT(quantity) (quantity) ? (quantity)->name : "", (quantity) ? ": " : ""

/* --- years ------------------------------------------------------------------------------------------------------------------------ */

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

/* --- distributions ------------------------------------------------------------------------------------------------------------------ */

static const aici_expr *parameter_of(const aici_expr *distribution, aici_parameter parameter) {
    for (uint32_t i = 0; i < distribution->count; i++)
        if (distribution->as.parameter[i] == parameter)
            return distribution->child[i];
    return NULL;
}

static bool constant_parameter(const aici_expr *distribution, aici_parameter parameter, double *value) {
    const aici_expr *found = parameter_of(distribution, parameter);
    return found && aici_expr_constant(found, value);
}

/** A value in the middle, to offer as an example; not necessarily the median. */
static bool middle_of(const aici_expr *distribution, double *middle) {
    static const uint8_t central[] = {AICI_PARAMETER_P50, AICI_PARAMETER_MEAN, AICI_PARAMETER_MODE, AICI_PARAMETER_VALUE};
    static const uint8_t pair[][2] = {{AICI_PARAMETER_P25, AICI_PARAMETER_P75},
                                      {AICI_PARAMETER_P10, AICI_PARAMETER_P90},
                                      {AICI_PARAMETER_P5, AICI_PARAMETER_P95},
                                      {AICI_PARAMETER_LOW, AICI_PARAMETER_HIGH},
                                      {AICI_PARAMETER_A, AICI_PARAMETER_B}};
    double low, high;
    for (size_t i = 0; i < sizeof central; i++)
        if (constant_parameter(distribution, central[i], middle))
            return true;
    for (size_t i = 0; i < sizeof pair / sizeof *pair; i++)
        if (constant_parameter(distribution, pair[i][0], &low) && constant_parameter(distribution, pair[i][1], &high)) {
            *middle = low > 0 && high > 0 ? sqrt(low) * sqrt(high) : low / 2 + high / 2;
            return true;
        }
    return false;
}

/** Mixtures and truncated distributions have their middle in the first distribution that they are made of. */
static const aici_expr *innermost(const aici_expr *distribution) {
    const aici_expr *part;
    while ((part = parameter_of(distribution, AICI_PARAMETER_DISTRIBUTION)) && part->kind == AICI_EXPR_DISTRIBUTION)
        distribution = part;
    return distribution;
}

static void hint_at_single_value(const aici_lowering *lowering, const aici_origin *at) {
    const aici_quantity *quantity = quantity_of(lowering, at);
    const aici_expr *inner = innermost(at->node);
    const char *unit = quantity && quantity->tree == at->node ? quantity->shown ? quantity->shown : quantity->unit : NULL;
    aici_buffer example = aici_buffer_new(lowering->allocator);
    double middle;
    if (lowering->bound->units && inner->variant != AICI_DISTRIBUTION_BETA && middle_of(inner, &middle))
        aici_units_add_value(lowering->bound->units, middle, &at->node->type.dimension, unit, 3, AICI_NUMERALS_SI, &example);
    if (example.size)
        aici_report_hint(lowering->report, "give it a single value, such as `%s`", aici_buffer_text(&example));
    else
        aici_report_hint(lowering->report, "give it a single value");
    aici_buffer_free(&example);
}

aici_value aici_lowering_refuse_distribution(aici_lowering *lowering, const aici_origin *at) {
    aici_place place = place_of(lowering, at);
    const aici_quantity *quantity = quantity_of(lowering, at);
    aic_status status = aici_report_error(lowering->report, AICI_CODE_NO_SAMPLING, &place,
                                          "%s%sthis version does not sample distributions yet", SUBJECT(quantity));
    hint_at_single_value(lowering, at);
    return refused(lowering, at, status);
}

/* --- what cannot vary ------------------------------------------------------------------------------------------------------------------
 */

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
                                          "the scenario takes more than %zu operations to compute (limit `instructions`)", lowering->bound->most_instructions);
    aici_report_hint(lowering->report, "operations are counted for every year: `in_service` over a long timeline takes the most; a shorter timeline helps");
    return status;
}
