/* SPDX-License-Identifier: MIT */
/*
 * Calls: whether a function or distribution gets as many arguments as it takes, and which parameter each argument of a distribution is.
 * Whether the parameters make a distribution is found out when the tree is checked, since mappings of the scenario make them too.
 */
#include "expr/reading.h"
#include "expr/words.h"

#include <string.h>

typedef struct call {
    aici_reading *reading;
    const aici_pending *pending;
    const aici_waiting *argument;
    uint32_t count;
    uint32_t end; /**< behind the closing bracket */
} call;

static aici_place place_of(const call *c) { return aici_reading_place(c->reading, c->pending->begin, c->end); }

/* --- functions ------------------------------------------------------------------------------------------------------------------------ */

static aic_status refuse_count(const call *c) {
    uint8_t function = c->pending->variant;
    uint32_t fewest = aici_function_fewest(function), most = aici_function_most(function);
    const char *least = fewest == most ? "" : c->count < fewest ? "at least " : "at most ";
    uint32_t wanted = c->count < fewest ? fewest : most;
    aici_place place = place_of(c);
    aic_status status =
        aici_report_error(aici_reading_report(c->reading), AICI_CODE_EXPR_ARGUMENTS, &place, "`%s` takes %s%u argument%s, found %u",
                          aici_function_text(function), least, (unsigned)wanted, wanted == 1 ? "" : "s", (unsigned)c->count);
    aici_report_hint(aici_reading_report(c->reading), "it is written `%s`", aici_function_usage(function));
    return status;
}

static aic_status close_function(const call *c) {
    uint8_t function = c->pending->variant;
    aici_expr *made;
    if (c->count < aici_function_fewest(function) || c->count > aici_function_most(function))
        return refuse_count(c);
    aic_status status = aici_reading_join(c->reading, AICI_EXPR_CALL, c->count, c->pending->begin, c->end, &made);
    if (status == AIC_OK)
        made->variant = function;
    return status;
}

/* --- distributions -------------------------------------------------------------------------------------------------------------------- */

static aic_status refuse_parameters(const call *c, const char *why) {
    uint8_t distribution = c->pending->variant;
    aici_place place = place_of(c);
    aic_status status = aici_report_error(aici_reading_report(c->reading), AICI_CODE_EXPR_ARGUMENTS, &place, "`%s` %s",
                                          aici_distribution_text(distribution), why);
    aici_report_hint(aici_reading_report(c->reading), "it is written `%s`", aici_distribution_usage(distribution));
    return status;
}

static bool all_named(const call *c, bool named) {
    for (uint32_t i = 0; i < c->count; i++) {
        if (c->argument[i].named != named)
            return false;
    }
    return true;
}

static bool is_given_before(const uint8_t *parameter, uint32_t index) { return memchr(parameter, parameter[index], index) != NULL; }

static aic_status name_by_position(const call *c, uint8_t *parameter) {
    aici_positions positions = aici_distribution_positions(c->pending->variant);
    if (positions.count == 0)
        return refuse_parameters(c, "does not say what its numbers are: name its parameters");
    bool fits = positions.repeats ? c->count > 0 && c->count % positions.count == 0 : c->count == positions.count;
    if (!fits)
        return refuse_parameters(c, "has too many or too few arguments");
    for (uint32_t i = 0; i < c->count; i++)
        parameter[i] = positions.parameter[i % positions.count];
    return AIC_OK;
}

static aic_status name_by_name(const call *c, uint8_t *parameter) {
    aici_positions positions = aici_distribution_positions(c->pending->variant);
    for (uint32_t i = 0; i < c->count; i++) {
        parameter[i] = c->argument[i].parameter;
        bool in_turn = !positions.repeats || parameter[i] == positions.parameter[i % positions.count];
        if (!in_turn || (!positions.repeats && is_given_before(parameter, i)))
            return refuse_parameters(c, positions.repeats ? "takes its parameters in turn" : "has a parameter twice");
    }
    if (positions.repeats && c->count % positions.count != 0)
        return refuse_parameters(c, "takes its parameters in turn");
    return AIC_OK;
}

static aic_status close_distribution(const call *c) {
    uint8_t *parameter = aici_arena_take_array(c->reading->reader->arena, c->count + 1, sizeof *parameter);
    if (!parameter)
        return aici_report_memory(aici_reading_report(c->reading));
    aic_status status;
    if (c->count > 0 && all_named(c, true))
        status = name_by_name(c, parameter);
    else if (all_named(c, false))
        status = name_by_position(c, parameter);
    else
        status = refuse_parameters(c, "has parameters with and without a name");
    aici_expr *made = NULL;
    if (status == AIC_OK)
        status = aici_reading_join(c->reading, AICI_EXPR_DISTRIBUTION, c->count, c->pending->begin, c->end, &made);
    if (status != AIC_OK)
        return status;
    made->variant = c->pending->variant;
    made->as.parameter = parameter;
    return AIC_OK;
}

aic_status aici_reading_close_call(aici_reading *reading, const aici_pending *pending) {
    uint32_t count = (uint32_t)(reading->waiting_count - pending->operands);
    call c = {reading, pending, reading->waiting + pending->operands, count, reading->lexer.token.end};
    return pending->kind == AICI_PENDING_CALL ? close_function(&c) : close_distribution(&c);
}

/* --- functions that are none ---------------------------------------------------------------------------------------------------------- */

typedef struct stranger {
    char text[12];
    const char *hint;
} stranger;

static const stranger strangers[] = {
    {"log", "write `ln(x)`, `log2(x)` or `log10(x)`"},
    {"pow", "a power is written `a ^ b`"},
    {"power", "a power is written `a ^ b`"},
    {"avg", "write `mean(x)`"},
    {"average", "write `mean(x)`"},
    {"total", "write `sum(x)`"},
    {"lag", "write `previous(x, initial)` or `delay(x, whole_years, initial)`"},
    {"cumsum", "write `cumulative(x)`"},
    {"gauss", "write `normal(mean, sd)`"},
    {"ceiling", "write `ceil(x)`"},
    {"percent", "a percentage is written `32 %`"},
};

aic_status aici_reading_refuse_function(const aici_reading *reading, uint32_t begin, uint32_t end) {
    aici_slice name = aici_reading_slice(reading, begin, end);
    aici_place place = aici_reading_place(reading, begin, end);
    aic_report *report = aici_reading_report(reading);
    aic_status status = aici_report_error(report, AICI_CODE_EXPR_UNKNOWN_FUNCTION, &place, "there is no function `%.*s`", AICI_SLICE(name));
    for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++) {
        if (aici_slice_is(name, strangers[i].text)) {
            aici_report_hint(report, "%s", strangers[i].hint);
            return status;
        }
    }
    aici_nearest nearest = aici_nearest_to(name);
    aici_words_offer(&nearest);
    if (aici_nearest_name(&nearest))
        aici_report_hint(report, "did you mean `%s`?", aici_nearest_name(&nearest));
    else
        aici_report_hint(report, "a product is written `%.*s * ( … )`", AICI_SLICE(name));
    return status;
}
