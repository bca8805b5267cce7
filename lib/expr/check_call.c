/* SPDX-License-Identifier: MIT */
/*
 * Functions: which dimensions each takes and gives, and on which years its result lives.
 */
#include "expr/checker.h"
#include "expr/words.h"

#include <math.h>

enum { LONGEST_DELAY = 200 };

static const aici_dimension none;

static void set_dimension(aici_checker *checker, aici_expr *node, const aici_dimension *dimension) {
    node->type.dimension = *dimension;
    if (aici_is_unknown(node))
        aici_check_set_unknown(checker, node);
}

/* --- functions of values -------------------------------------------------------------------------------------------------------------- */

/* One dimension for all arguments, which is that of the result. */
static void check_alike(aici_checker *checker, aici_expr *node) {
    for (uint32_t i = 1; i < node->count; i++) {
        if (!aici_check_same(checker, node, 0, i))
            return;
    }
    set_dimension(checker, node, &node->child[0]->type.dimension);
}

/* `max(series)` runs over the years, `max(a, b)` over the arguments. */
static void check_aggregate(aici_checker *checker, aici_expr *node) {
    if (node->count == 1 && !aici_check_is_series(checker, node, 0))
        return;
    check_alike(checker, node);
    if (node->count == 1)
        node->type.years = NULL;
}

static void check_pure(aici_checker *checker, aici_expr *node) {
    const aici_expr *child = node->child[0];
    if (aici_is_pure(child) || aici_is_unknown(child))
        return;
    aici_place place = aici_node_place(child);
    aic_status status = aici_report_error(aici_check_report(checker), AICI_CODE_DIMENSION, &place, "`%s` takes a pure number, found %s",
                                          aici_function_text(node->variant), aici_check_found(checker, child));
    aici_report_hint(aici_check_report(checker), "divide by a unit, as in `%s(%s / (1 %s))`", aici_function_text(node->variant),
                     aici_check_show(checker, child), aici_check_unit(checker, &child->type.dimension));
    aici_check_fault(checker, node, status);
}

/* Whole numbers of things make sense; of seconds or dollars they would depend on the choice of the unit. */
static void check_rounding(aici_checker *checker, aici_expr *node) {
    const aici_expr *child = node->child[0];
    const char *unit = "";
    if (aici_is_unknown(child) || aici_is_made_of_counts(checker, &child->type.dimension)) {
        set_dimension(checker, node, &child->type.dimension);
        return;
    }
    unit = aici_check_unit(checker, &child->type.dimension);
    aici_place place = aici_node_place(child);
    aic_status status =
        aici_report_error(aici_check_report(checker), AICI_CODE_DIMENSION, &place, "`%s` takes a pure number or a count, found %s",
                          aici_function_text(node->variant), aici_check_found(checker, child));
    aici_report_hint(aici_check_report(checker), "say in which unit to round, as in `%s(%s / (1 %s)) * 1 %s`",
                     aici_function_text(node->variant), aici_check_show(checker, child), unit, unit);
    aici_check_fault(checker, node, status);
}

static void check_sqrt(aici_checker *checker, aici_expr *node) {
    const aici_expr *child = node->child[0];
    if (aici_is_unknown(child)) {
        aici_check_set_unknown(checker, node);
        return;
    }
    if (aici_dimension_power(&child->type.dimension, 0.5, &node->type.dimension))
        return;
    aici_place place = aici_node_place(child);
    aici_check_fault(checker, node,
                     aici_report_error(aici_check_report(checker), AICI_CODE_DIMENSION, &place, "the root of %s has no unit",
                                       aici_check_found(checker, child)));
}

static void check_cagr(aici_checker *checker, aici_expr *node) {
    const aici_expr *periods = node->child[2];
    bool time = aici_dimension_equal(&periods->type.dimension, aici_check_time(checker));
    if (!aici_check_same(checker, node, 0, 1))
        return;
    if (time || aici_check_demand(checker, node, 2, &none, "the periods of `cagr`"))
        node->type.dimension = *aici_check_rate(checker);
}

static void check_doubling_time(aici_checker *checker, aici_expr *node) {
    if (aici_check_demand(checker, node, 0, aici_check_rate(checker), "the rate of `doubling_time`"))
        node->type.dimension = *aici_check_time(checker);
}

/* --- functions of series -------------------------------------------------------------------------------------------------------------- */

/* Years of a series by what lies before them. */
typedef struct lag {
    const aici_years *years;
    int32_t by;
    bool initial; /**< years that would look before the first one take the initial value */
} lag;

static bool has_lagged(const void *context, int32_t year) {
    const lag *l = context;
    int32_t before = year - l->by;
    return (l->initial && before < aici_years_first(l->years)) || aici_years_find(l->years, before) >= 0;
}

static bool set_lagged_years(aici_checker *checker, aici_expr *node, int32_t by, bool initial) {
    lag l = {node->child[0]->type.years, by, initial};
    node->type.years = aici_years_choose(checker->scope->arena, l.years, has_lagged, &l);
    if (!node->type.years)
        return aici_check_no_memory(checker);
    if (node->type.years->count > 0)
        return true;
    aici_place place = aici_node_place(node);
    aic_status status = aici_report_error(aici_check_report(checker), AICI_CODE_NO_SHARED_YEAR, &place,
                                          "`%s` needs years %d apart, and `%s` lives on %s", aici_function_text(node->variant), (int)by,
                                          aici_check_show(checker, node->child[0]), aici_check_years(checker, l.years));
    aici_report_hint(aici_check_report(checker), "`between: geometric` or `linear` fills the years between those that a series lists");
    aici_check_fault(checker, node, status);
    return false;
}

static bool is_outside(const void *context, int32_t year) { return aici_years_find(context, year) < 0; }

static bool refuse_years(aici_checker *checker, aici_expr *node, uint32_t index, const char *message, const char *hint) {
    const aici_expr *child = node->child[index];
    aici_place place = aici_node_place(child);
    aic_status status = aici_report_error(aici_check_report(checker), AICI_CODE_YEAR_OUTSIDE, &place, "%s, and `%s` lives on %s", message,
                                          aici_check_show(checker, child), aici_check_years(checker, child->type.years));
    aici_report_hint(aici_check_report(checker), "%s", hint);
    aici_check_fault(checker, node, status);
    return false;
}

/* An initial value that is a series must be there in the years that take it. */
static bool check_initial(aici_checker *checker, aici_expr *node, uint32_t index, int32_t by) {
    const aici_years *given = node->child[index]->type.years, *series = node->child[0]->type.years;
    for (uint32_t i = 0; given && i < series->count && series->year[i] - by < aici_years_first(series); i++) {
        if (is_outside(given, series->year[i]))
            return refuse_years(checker, node, index, aici_check_compose(checker, "an initial value is needed in %d", (int)series->year[i]),
                                "one value does for all years");
    }
    return true;
}

/* What is behind the lag may not be known yet; it has the dimension of the initial value. */
static bool check_lagged_dimension(aici_checker *checker, aici_expr *node, uint32_t initial) {
    aici_expr *series = aici_node_child(node, 0);
    if (aici_is_unknown(series))
        series->type.dimension = node->child[initial]->type.dimension;
    if (!aici_check_same(checker, node, 0, initial))
        return false;
    set_dimension(checker, node, &node->child[initial]->type.dimension);
    return true;
}

static void check_previous(aici_checker *checker, aici_expr *node) {
    if (aici_check_is_series(checker, node, 0) && check_lagged_dimension(checker, node, 1) && check_initial(checker, node, 1, 1))
        set_lagged_years(checker, node, 1, true);
}

static bool refuse_delay(aici_checker *checker, aici_expr *node, enum aici_code code, const char *why) {
    aici_place place = aici_node_place(node->child[1]);
    aic_status status = aici_report_error(aici_check_report(checker), code, &place, "the years of `delay`: %s", why);
    aici_report_hint(aici_check_report(checker), "it is written `%s`, as in `delay(shipments, 4, 0 server)`",
                     aici_function_usage(node->variant));
    aici_check_fault(checker, node, status);
    return false;
}

static bool read_delay(aici_checker *checker, aici_expr *node) {
    const aici_expr *years = node->child[1];
    bool time = aici_dimension_equal(&years->type.dimension, aici_check_time(checker));
    if (!time && !aici_check_demand(checker, node, 1, &none, "the years of `delay`"))
        return false;
    if (isnan(years->constant))
        return refuse_delay(checker, node, AICI_CODE_CONSTANT_NEEDED, "expected a constant");
    double count = time ? years->constant / checker->year : years->constant;
    if (count < 1 || count > LONGEST_DELAY || count != floor(count))
        return refuse_delay(checker, node, AICI_CODE_EXPR_ARGUMENTS, "expected a whole number from 1 to 200");
    node->as.whole_years = (int32_t)count;
    return true;
}

static void check_delay(aici_checker *checker, aici_expr *node) {
    if (aici_check_is_series(checker, node, 0) && read_delay(checker, node) && check_lagged_dimension(checker, node, 2) &&
        check_initial(checker, node, 2, node->as.whole_years))
        set_lagged_years(checker, node, node->as.whole_years, true);
}

static void check_growth(aici_checker *checker, aici_expr *node) {
    if (aici_check_is_series(checker, node, 0) && set_lagged_years(checker, node, 1, false))
        node->type.dimension = *aici_check_rate(checker);
}

static int16_t exponent_of_time(aici_checker *checker, const aici_dimension *dimension) {
    uint16_t second = aici_check_time(checker)->factor[0].base;
    for (uint16_t i = 0; i < dimension->count; i++) {
        if (dimension->factor[i].base == second)
            return dimension->factor[i].exponent;
    }
    return 0;
}

static bool is_before(const aici_years *years, const aici_years *series) {
    return !years || aici_years_last(years) < aici_years_first(series);
}

/* Additions are per year where their unit says so (server/year), and then what is in service is what a year adds (server). */
static void check_in_service(aici_checker *checker, aici_expr *node) {
    const aici_expr *series = node->child[0], *before = node->child[2];
    if (!aici_check_is_series(checker, node, 0) || !aici_check_is_single(checker, node, 1, "the lifetime of `in_service`") ||
        !aici_check_demand(checker, node, 1, aici_check_time(checker), "the lifetime of `in_service`") ||
        !aici_check_same(checker, node, 0, 2))
        return;
    if (!is_before(before->type.years, series->type.years)) {
        refuse_years(
            checker, node, 2,
            aici_check_compose(checker, "what was added before is from years before %d", (int)aici_years_first(series->type.years)),
            "one value stands for every year before");
        return;
    }
    node->type.years = series->type.years;
    const aici_dimension *added = &series->type.dimension;
    if (aici_is_unknown(series))
        aici_check_set_unknown(checker, node);
    else if (exponent_of_time(checker, added) != -AICI_EXPONENT_ONE ||
             !aici_dimension_multiply(added, aici_check_time(checker), &node->type.dimension))
        node->type.dimension = *added;
}

/* One value out of a series: its own (`last`), or a year of its. */
static void check_end(aici_checker *checker, aici_expr *node) {
    bool year = node->variant == AICI_FUNCTION_FIRST_YEAR || node->variant == AICI_FUNCTION_LAST_YEAR;
    if (!aici_check_is_series(checker, node, 0))
        return;
    set_dimension(checker, node, year ? &none : &node->child[0]->type.dimension);
    node->type.uncertain = node->type.uncertain && !year;
    node->type.years = NULL;
}

static void check_cumulative(aici_checker *checker, aici_expr *node) {
    if (aici_check_is_series(checker, node, 0))
        set_dimension(checker, node, &node->child[0]->type.dimension);
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

typedef void check(aici_checker *checker, aici_expr *node);

static check *const checks[AICI_FUNCTION_COUNT] = {
    [AICI_FUNCTION_MIN] = check_aggregate,
    [AICI_FUNCTION_MAX] = check_aggregate,
    [AICI_FUNCTION_SUM] = check_aggregate,
    [AICI_FUNCTION_MEAN] = check_aggregate,
    [AICI_FUNCTION_ABS] = check_alike,
    [AICI_FUNCTION_SQRT] = check_sqrt,
    [AICI_FUNCTION_EXP] = check_pure,
    [AICI_FUNCTION_LN] = check_pure,
    [AICI_FUNCTION_LOG2] = check_pure,
    [AICI_FUNCTION_LOG10] = check_pure,
    [AICI_FUNCTION_CEIL] = check_rounding,
    [AICI_FUNCTION_FLOOR] = check_rounding,
    [AICI_FUNCTION_ROUND] = check_rounding,
    [AICI_FUNCTION_CLAMP] = check_alike,
    [AICI_FUNCTION_CAGR] = check_cagr,
    [AICI_FUNCTION_DOUBLING_TIME] = check_doubling_time,
    [AICI_FUNCTION_PREVIOUS] = check_previous,
    [AICI_FUNCTION_DELAY] = check_delay,
    [AICI_FUNCTION_CUMULATIVE] = check_cumulative,
    [AICI_FUNCTION_GROWTH] = check_growth,
    [AICI_FUNCTION_IN_SERVICE] = check_in_service,
    [AICI_FUNCTION_FIRST] = check_end,
    [AICI_FUNCTION_LAST] = check_end,
    [AICI_FUNCTION_FIRST_YEAR] = check_end,
    [AICI_FUNCTION_LAST_YEAR] = check_end,
};

/* The initial value of a lag and what was there before are looked at in years of their own. */
static bool joins_years(const aici_expr *call) {
    return call->variant != AICI_FUNCTION_PREVIOUS && call->variant != AICI_FUNCTION_DELAY && call->variant != AICI_FUNCTION_IN_SERVICE;
}

static void join_uncertainty(aici_expr *node) {
    for (uint32_t i = 0; i < node->count; i++)
        node->type.uncertain = node->type.uncertain || node->child[i]->type.uncertain;
}

void aici_check_call(aici_checker *checker, aici_expr *node) {
    if (!aici_check_quantities(checker, node, 0))
        return;
    if (!joins_years(node))
        join_uncertainty(node);
    else if (!aici_check_join(checker, node))
        return;
    checks[node->variant](checker, node);
}

/* --- x[2026] -------------------------------------------------------------------------------------------------------------------------- */

static void refuse_index(aici_checker *checker, aici_expr *node, enum aici_code code, const char *message, const char *hint) {
    aici_place place = aici_node_place(node->child[1]);
    aic_status status = aici_report_error(aici_check_report(checker), code, &place, "%s", message);
    if (hint)
        aici_report_hint(aici_check_report(checker), "%s", hint);
    aici_check_fault(checker, node, status);
}

static void check_year_in_series(aici_checker *checker, aici_expr *node) {
    const aici_years *years = node->child[0]->type.years;
    double year = node->child[1]->constant;
    if (isnan(year)) {
        refuse_index(checker, node, AICI_CODE_CONSTANT_NEEDED, "the year in brackets: expected a constant",
                     "a value that moves with the years is `previous(x, initial)` or `delay(x, whole_years, initial)`");
    } else if (year != floor(year) || fabs(year) > 1e6 || aici_years_find(years, (int32_t)year) < 0) {
        const char *shown = aici_check_show(checker, node->child[1]);
        bool within = year > aici_years_first(years) && year < aici_years_last(years);
        refuse_index(checker, node, AICI_CODE_YEAR_OUTSIDE,
                     aici_check_compose(checker, "`%s` has no value in %s: it lives on %s", aici_check_show(checker, node->child[0]), shown,
                                        aici_check_years(checker, years)),
                     within ? "`between: geometric` or `linear` fills the years between those that a series lists"
                            : "nothing is extrapolated");
    } else {
        node->as.index_year = (int32_t)year;
        node->type.years = NULL;
        set_dimension(checker, node, &node->child[0]->type.dimension);
    }
}

void aici_check_index(aici_checker *checker, aici_expr *node) {
    if (!aici_check_quantities(checker, node, 0))
        return;
    join_uncertainty(node);
    if (aici_check_is_series(checker, node, 0) && aici_check_demand(checker, node, 1, &none, "the year in brackets"))
        check_year_in_series(checker, node);
}
