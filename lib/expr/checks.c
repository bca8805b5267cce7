/* SPDX-License-Identifier: MIT */
/*
 * What the checks of operators, functions, distributions and series ask again and again, and the texts of their messages.
 */
#include "expr/checker.h"
#include "expr/words.h"

#include <string.h>

/* --- texts ---------------------------------------------------------------------------------------------------------------------------- */

static const char *keep_text(aici_checker *checker, aici_buffer *buffer) {
    const char *text = NULL;
    if (!aici_buffer_failed(buffer))
        text = aici_arena_copy(checker->scope->arena, aici_buffer_text(buffer), buffer->size);
    aici_buffer_free(buffer);
    if (text)
        return text;
    aici_check_no_memory(checker);
    return "";
}

static aici_buffer new_buffer(const aici_checker *checker) { return aici_buffer_new(aici_arena_allocator(checker->scope->arena)); }

const char *aici_check_describe(aici_checker *checker, const aici_dimension *dimension) {
    if (aici_dimension_equal(dimension, aici_check_time(checker)))
        return "a time";
    if (aici_dimension_equal(dimension, aici_check_rate(checker)))
        return "1/year";
    aici_buffer buffer = new_buffer(checker);
    aici_units_add_description(checker->scope->units, dimension, &buffer);
    return keep_text(checker, &buffer);
}

const char *aici_check_unit(aici_checker *checker, const aici_dimension *dimension) {
    aici_buffer buffer = new_buffer(checker);
    aici_units_add_dimension(checker->scope->units, dimension, &buffer);
    return keep_text(checker, &buffer);
}

const char *aici_check_years(aici_checker *checker, const aici_years *years) {
    aici_buffer buffer = new_buffer(checker);
    aici_years_add_text(years, &buffer);
    return keep_text(checker, &buffer);
}

const char *aici_check_compose(aici_checker *checker, const char *format, ...) {
    aici_buffer buffer = new_buffer(checker);
    va_list arguments;
    va_start(arguments, format);
    aici_buffer_add_format_list(&buffer, format, arguments);
    va_end(arguments);
    return keep_text(checker, &buffer);
}

const char *aici_check_show(aici_checker *checker, const aici_expr *node) {
    enum { SHOWN = 60 };
    aici_slice text = aici_node_text(node);
    if (text.size > SHOWN)
        return "…";
    if (text.size > 0 && !aici_expr_literal(node)) /* a literal may have taken the unit of another: `5` in `5 to 9 %` */
        return aici_check_compose(checker, "%.*s", AICI_SLICE(text));
    aici_buffer buffer = new_buffer(checker);
    aici_expr_add_text(node, NULL, &buffer);
    if (buffer.size <= SHOWN)
        return keep_text(checker, &buffer);
    aici_buffer_free(&buffer);
    return "…";
}

static bool ends_with_long_time(aici_slice unit) {
    static const char *const times[] = {"/year", "/month", "/week", "/day", "/hour", "/h"};
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        size_t size = strlen(times[i]);
        if (unit.size >= size && memcmp(unit.bytes + unit.size - size, times[i], size) == 0)
            return true;
    }
    return false;
}

const char *aici_check_found(aici_checker *checker, const aici_expr *node) {
    const aici_expr *literal = aici_expr_literal(node);
    bool rate = aici_dimension_equal(&node->type.dimension, aici_check_rate(checker));
    if (literal && (rate || ends_with_long_time(literal->as.number.unit_text)))
        return aici_check_compose(checker, "%.*s", AICI_SLICE(literal->as.number.unit_text));
    if (node->type.kind == AICI_TYPE_BOOLEAN)
        return "a truth value";
    if (literal && literal->as.number.unit_text.size == 0)
        return "a pure number";
    return node->type.kind == AICI_TYPE_TEXT ? "a text" : aici_check_describe(checker, &node->type.dimension);
}

/* --- time ----------------------------------------------------------------------------------------------------------------------------- */

static void read_time(aici_checker *checker) {
    if (checker->has_time)
        return;
    aici_fragment fragment = aici_fragment_of_slice(aici_slice_of("year"));
    aici_unit year;
    aici_dimension none = aici_dimension_none();
    checker->has_time = true;
    if (aici_units_read(checker->scope->units, &fragment, 0, fragment.text.size, &year, NULL) != AIC_OK)
        return;
    checker->year = year.scale;
    checker->time = year.dimension;
    aici_dimension_divide(&none, &year.dimension, &checker->rate);
}

const aici_dimension *aici_check_time(aici_checker *checker) {
    read_time(checker);
    return &checker->time;
}

const aici_dimension *aici_check_rate(aici_checker *checker) {
    read_time(checker);
    return &checker->rate;
}

/* --- types ---------------------------------------------------------------------------------------------------------------------------- */

bool aici_is_made_of_counts(const aici_checker *checker, const aici_dimension *dimension) {
    for (uint16_t i = 0; i < dimension->count; i++) {
        if (aici_units_base_class(checker->scope->units, dimension->factor[i].base) != AICI_BASE_COUNT)
            return false;
    }
    return true;
}

bool aici_check_quantities(aici_checker *checker, aici_expr *node, uint32_t from) {
    for (uint32_t i = from; i < node->count; i++) {
        if (node->child[i]->type.kind == AICI_TYPE_QUANTITY)
            continue;
        aici_place place = aici_node_place(node->child[i]);
        aici_check_fault(checker, node,
                         aici_report_error(aici_check_report(checker), AICI_CODE_TYPE, &place, "expected a quantity, found %s",
                                           aici_check_found(checker, node->child[i])));
        return false;
    }
    return true;
}

/* `1 + g`: a growth rate is per year, and is not a share of something. */
static bool is_growth_plus_number(aici_checker *checker, const aici_expr *left, const aici_expr *right) {
    const aici_dimension *rate = aici_check_rate(checker);
    return (aici_is_pure(left) && aici_dimension_equal(&right->type.dimension, rate)) ||
           (aici_is_pure(right) && aici_dimension_equal(&left->type.dimension, rate));
}

static bool binds_looser_than_product(const aici_expr *node) {
    bool sum = node->kind == AICI_EXPR_BINARY && node->variant != AICI_OPERATOR_MULTIPLY && node->variant != AICI_OPERATOR_DIVIDE &&
               node->variant != AICI_OPERATOR_POWER;
    return sum || node->kind == AICI_EXPR_IF || node->kind == AICI_EXPR_DISTRIBUTION;
}

static void refuse_growth_plus_number(aici_checker *checker, aici_expr *node) {
    const aici_expr *left = node->child[0], *right = node->child[1], *growth = aici_is_pure(left) ? right : left;
    bool brackets = binds_looser_than_product(growth);
    const char *shown = aici_check_show(checker, growth);
    const char *product = aici_check_compose(checker, brackets ? "(%s) * 1 year" : "%s * 1 year", shown);
    char sign = node->variant == AICI_OPERATOR_ADD ? '+' : '-';
    aici_place place = aici_node_place(node);
    aic_status status =
        aici_report_error(aici_check_report(checker), AICI_CODE_GROWTH_PLUS_NUMBER, &place,
                          "a growth rate is per year, and a pure number is not: they cannot be %s", sign == '+' ? "added" : "subtracted");
    aici_report_hint(aici_check_report(checker), "write `%s %c %s`", growth == right ? aici_check_show(checker, left) : product, sign,
                     growth == right ? product : aici_check_show(checker, right));
    aici_check_fault(checker, node, status);
}

/* "cannot add FLOP/s to FLOP" */
static const char *difference(aici_checker *checker, const aici_expr *node, const char *a, const char *b) {
    if (node->kind == AICI_EXPR_IF)
        return aici_check_compose(checker, "the branches of `if` differ: %s and %s", a, b);
    if (node->kind == AICI_EXPR_CALL)
        return aici_check_compose(checker, "the arguments of `%s` differ: %s and %s", aici_function_text(node->variant), a, b);
    if (node->kind == AICI_EXPR_DISTRIBUTION)
        return aici_check_compose(checker, "the numbers of a distribution differ: %s and %s", a, b);
    if (node->variant == AICI_OPERATOR_ADD)
        return aici_check_compose(checker, "cannot add %s to %s", b, a);
    if (node->variant == AICI_OPERATOR_SUBTRACT)
        return aici_check_compose(checker, "cannot subtract %s from %s", b, a);
    return aici_check_compose(checker, "cannot compare %s with %s", a, b);
}

static void refuse_different(aici_checker *checker, aici_expr *node, const aici_expr *left, const aici_expr *right) {
    enum aici_code code = aici_mismatch_code(checker, &left->type.dimension, &right->type.dimension);
    const char *message = difference(checker, node, aici_check_found(checker, left), aici_check_found(checker, right));
    aici_place place = aici_node_place(node);
    aic_status status = aici_report_error(aici_check_report(checker), code, &place, "%s", message);
    if (aici_is_bare_literal(left))
        aici_mismatch_explain(checker, left, &right->type.dimension, "", NULL);
    else
        aici_mismatch_explain(checker, right, &left->type.dimension, "", NULL);
    aici_check_fault(checker, node, status);
}

bool aici_check_same(aici_checker *checker, aici_expr *node, uint32_t left, uint32_t right) {
    aici_expr *a = aici_node_child(node, left), *b = aici_node_child(node, right);
    if (aici_dimension_equal(&a->type.dimension, &b->type.dimension))
        return true;
    if (aici_is_unknown(a) || aici_is_unknown(b)) {
        aici_expr *unknown = aici_is_unknown(a) ? a : b;
        unknown->type.dimension = (unknown == a ? b : a)->type.dimension;
        return true;
    }
    bool sum = node->kind == AICI_EXPR_BINARY && (node->variant == AICI_OPERATOR_ADD || node->variant == AICI_OPERATOR_SUBTRACT);
    if (sum && is_growth_plus_number(checker, a, b))
        refuse_growth_plus_number(checker, node);
    else
        refuse_different(checker, node, a, b);
    return false;
}

bool aici_check_demand(aici_checker *checker, aici_expr *node, uint32_t index, const aici_dimension *dimension, const char *what) {
    aici_expr *child = aici_node_child(node, index);
    if (aici_is_unknown(child))
        child->type.dimension = *dimension;
    if (aici_dimension_equal(&child->type.dimension, dimension))
        return true;
    aici_place place = aici_node_place(child);
    enum aici_code code = aici_mismatch_code(checker, dimension, &child->type.dimension);
    aic_status status = aici_report_error(aici_check_report(checker), code, &place, "%s: expected %s, found %s", what,
                                          aici_check_describe(checker, dimension), aici_check_found(checker, child));
    aici_mismatch_explain(checker, child, dimension, "", NULL);
    aici_check_fault(checker, node, status);
    return false;
}

/* --- years ---------------------------------------------------------------------------------------------------------------------------- */

static void refuse_no_shared_year(aici_checker *checker, aici_expr *node, const aici_expr *other, const aici_expr *child) {
    aici_place place = aici_node_place(node);
    aic_status status =
        aici_report_error(aici_check_report(checker), AICI_CODE_NO_SHARED_YEAR, &place, "`%s` (%s) and `%s` (%s) share no year",
                          aici_check_show(checker, other), aici_check_years(checker, other->type.years), aici_check_show(checker, child),
                          aici_check_years(checker, child->type.years));
    aici_report_hint(aici_check_report(checker), "nothing is extrapolated: give them years in common, or take one year, as in `x[%d]`",
                     (int)aici_years_last(other->type.years));
    aici_check_fault(checker, node, status);
}

/* A child with years that are not those of child @p index; the fault is named by the two that disagree most plainly. */
static const aici_expr *earlier_series(const aici_expr *node, uint32_t index) {
    for (uint32_t i = 0; i < index; i++) {
        if (node->child[i]->type.years)
            return node->child[i];
    }
    return node->child[index];
}

bool aici_check_join(aici_checker *checker, aici_expr *node) {
    const aici_years *years = NULL;
    for (uint32_t i = 0; i < node->count; i++) {
        const aici_expr *child = node->child[i];
        node->type.uncertain = node->type.uncertain || child->type.uncertain;
        if (!child->type.years || child->type.years == years)
            continue;
        years = aici_years_shared(checker->scope->arena, years, child->type.years);
        if (!years)
            return aici_check_no_memory(checker);
        if (years->count == 0) {
            refuse_no_shared_year(checker, node, earlier_series(node, i), child);
            return false;
        }
    }
    node->type.years = years;
    return true;
}

bool aici_check_is_series(aici_checker *checker, aici_expr *node, uint32_t index) {
    const aici_expr *child = node->child[index];
    if (child->type.years)
        return true;
    aici_place place = aici_node_place(child);
    aic_status status = aici_report_error(aici_check_report(checker), AICI_CODE_SERIES_NEEDED, &place,
                                          "expected a series over years, found one value: `%s`", aici_check_show(checker, child));
    aici_report_hint(aici_check_report(checker), "a series is given by `series:` or by `start:`, `start_year:` and `growth:`");
    aici_check_fault(checker, node, status);
    return false;
}

bool aici_check_is_single(aici_checker *checker, aici_expr *node, uint32_t index, const char *what) {
    const aici_expr *child = node->child[index];
    if (!child->type.years)
        return true;
    aici_place place = aici_node_place(child);
    aic_status status =
        aici_report_error(aici_check_report(checker), AICI_CODE_SERIES_REFUSED, &place, "%s: expected one value, found a series over %s",
                          what, aici_check_years(checker, child->type.years));
    aici_report_hint(aici_check_report(checker), "name the year, as in `%s[%d]`",
                     child->kind == AICI_EXPR_NAME ? aici_check_show(checker, child) : "(…)", (int)aici_years_last(child->type.years));
    aici_check_fault(checker, node, status);
    return false;
}
