/* SPDX-License-Identifier: MIT */
/*
 * Which slip a wrong dimension probably is: an amount for a rate, a count too often or left out, one count or currency for another. Each
 * has its own repair, shown with the writer's own figures where the value is a literal.
 */
#include "expr/checker.h"

#include <stdlib.h>
#include <string.h>

typedef struct mismatch {
    aici_checker *checker;
    const aici_expr *found;
    const aici_expr *literal; /**< when it is one, else NULL */
    const aici_dimension *expected;
    const char *expected_text; /**< as declared, or "" */
    aici_dimension excess;     /**< found / expected */
} mismatch;

typedef struct factor {
    uint16_t base;
    int16_t exponent;
} factor;

static aic_report *report_of(const mismatch *m) { return aici_check_report(m->checker); }

static int16_t exponent_of(const aici_dimension *dimension, uint16_t base) {
    for (uint16_t i = 0; i < dimension->count; i++) {
        if (dimension->factor[i].base == base)
            return dimension->factor[i].exponent;
    }
    return 0;
}

static factor factor_of(const aici_dimension *dimension, uint16_t index) {
    return (factor){dimension->factor[index].base, dimension->factor[index].exponent};
}

static const char *base_name(const mismatch *m, uint16_t base) {
    aici_dimension dimension = {.count = 1, .factor = {{base, AICI_EXPONENT_ONE}}};
    return aici_check_unit(m->checker, &dimension);
}

static bool is_time(const mismatch *m, uint16_t base) {
    const aici_dimension *time = aici_check_time(m->checker);
    return time->count == 1 && time->factor[0].base == base;
}

static const char *show(const mismatch *m) { return aici_check_show(m->checker, m->found); }

/* Two factors of opposite exponents: one thing stands where the other should. */
static bool is_exchange(const aici_dimension *excess) {
    return excess->count == 2 && excess->factor[0].exponent == -excess->factor[1].exponent;
}

static bool is_exchange_of(const aici_checker *checker, const aici_dimension *excess, aici_base_class class) {
    return is_exchange(excess) && aici_units_base_class(checker->scope->units, excess->factor[0].base) == class &&
           aici_units_base_class(checker->scope->units, excess->factor[1].base) == class;
}

enum aici_code aici_mismatch_code(const aici_checker *checker, const aici_dimension *expected, const aici_dimension *found) {
    aici_dimension excess;
    bool currencies = aici_dimension_divide(found, expected, &excess) && is_exchange_of(checker, &excess, AICI_BASE_MONEY);
    return currencies ? AICI_CODE_CURRENCY_MIX : AICI_CODE_DIMENSION;
}

/* --- literals with another unit ------------------------------------------------------------------------------------------------------- */

/* "/day" at the end of a unit, or NULL. */
static const char *time_at_end(aici_slice unit) {
    static const char *const times[] = {"/s", "/h", "/hour", "/day", "/week", "/month", "/year"};
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        size_t size = strlen(times[i]);
        if (unit.size > size && memcmp(unit.bytes + unit.size - size, times[i], size) == 0)
            return times[i];
    }
    return NULL;
}

/* --- slips ---------------------------------------------------------------------------------------------------------------------------- */

static bool explain_currencies(const mismatch *m) {
    if (!is_exchange_of(m->checker, &m->excess, AICI_BASE_MONEY))
        return false;
    aici_report_hint(report_of(m), "currencies differ until the scenario ties them: give it `exchange_rates: {%s: … %s}`",
                     base_name(m, m->excess.factor[0].base), base_name(m, m->excess.factor[1].base));
    return true;
}

/* A number that has no unit at all beside one that has. */
static bool explain_bare(const mismatch *m) {
    if (!m->literal || m->literal->as.number.unit_text.size > 0)
        return false;
    bool time = aici_dimension_equal(m->expected, aici_check_time(m->checker));
    bool rate = aici_dimension_equal(m->expected, aici_check_rate(m->checker));
    const char *unit = time ? "year" : rate ? "1/year" : aici_check_unit(m->checker, m->expected);
    aici_report_hint(report_of(m), "give the number its unit, as in `%s %s`", show(m), m->expected_text[0] ? m->expected_text : unit);
    return true;
}

/* The name of such a number: a bare number is taken where it stands itself, but a name says what a quantity is, and so must have its unit.
 */
static bool explain_bare_name(const mismatch *m) {
    const aici_expr *definition = m->found->kind == AICI_EXPR_NAME ? m->found->as.name.definition : NULL;
    const aici_expr *literal = definition ? aici_expr_literal(definition) : NULL;
    if (!literal || literal->as.number.unit_text.size > 0 || m->expected->count == 0)
        return false;
    const char *unit = m->expected_text[0] ? m->expected_text : aici_check_unit(m->checker, m->expected);
    aici_report_hint(report_of(m), "`%.*s` is a bare number: give it its unit where it stands, as in `%.*s: … %s`",
                     AICI_SLICE(m->found->as.name.text), AICI_SLICE(m->found->as.name.text), unit);
    return true;
}

/* A growth rate where a share is expected, and the reverse. */
static bool explain_growth(const mismatch *m) {
    const aici_dimension *rate = aici_check_rate(m->checker);
    if (aici_is_pure(m->found) && aici_dimension_equal(m->expected, rate))
        aici_report_hint(report_of(m), "a growth rate is per year: write `20 %%/year`, or divide by a time, as in `x / (1 year)`");
    else if (m->expected->count == 0 && aici_dimension_equal(&m->found->type.dimension, rate))
        aici_report_hint(report_of(m), "a rate becomes a pure number when it is multiplied by a time, as in `g * 1 year`");
    else
        return false;
    return true;
}

/* The operand of a product that has this dimension: leaving it out would repair the unit. */
static const aici_expr *factor_with(const aici_expr *product, const aici_dimension *wanted) {
    static const aici_dimension none;
    aici_dimension inverse;
    bool invertible = aici_dimension_divide(&none, wanted, &inverse);
    while (product->kind == AICI_EXPR_BINARY && (product->variant == AICI_OPERATOR_MULTIPLY || product->variant == AICI_OPERATOR_DIVIDE)) {
        const aici_expr *right = product->child[1];
        const aici_dimension *needed = product->variant == AICI_OPERATOR_MULTIPLY ? wanted : &inverse;
        if ((invertible || needed == wanted) && aici_dimension_equal(&right->type.dimension, needed))
            return right;
        product = product->child[0];
    }
    return aici_dimension_equal(&product->type.dimension, wanted) ? product : NULL;
}

/* The formula behind a name, where there is one. */
static const aici_expr *formula_of(const aici_expr *tree) {
    enum { FARTHEST = 16 };
    for (int i = 0; i < FARTHEST && tree->kind == AICI_EXPR_NAME && tree->as.name.definition; i++)
        tree = tree->as.name.definition;
    return tree;
}

/* A base that stands squared in what was found, and plainly or not at all in what is expected: its factor went in twice. */
static uint16_t base_counted_twice(const mismatch *m) {
    const aici_dimension *found = &m->found->type.dimension;
    for (uint16_t i = 0; i < found->count; i++) {
        factor f = factor_of(found, i);
        int expected = exponent_of(m->expected, f.base);
        bool twice = abs(f.exponent) >= 2 * AICI_EXPONENT_ONE && abs(expected) < abs(f.exponent) && expected * f.exponent >= 0;
        if (twice && !is_time(m, f.base))
            return f.base;
    }
    return 0;
}

static bool explain_counted_twice(const mismatch *m) {
    uint16_t base = base_counted_twice(m);
    if (base == 0)
        return false;
    const char *name = base_name(m, base);
    const aici_expr *formula = formula_of(m->found), *culprit = factor_with(formula, &m->excess);
    if (culprit && culprit != formula)
        aici_report_hint(report_of(m), "%s is counted twice: the factor `%s` (%s) is one too many", name,
                         aici_check_show(m->checker, culprit), aici_check_describe(m->checker, &culprit->type.dimension));
    else
        aici_report_hint(report_of(m), "%s is counted twice: a factor in %s is one too many", name,
                         aici_check_unit(m->checker, &m->excess));
    if (formula != m->found)
        aici_report_note(report_of(m), "`%s` is `%s`", show(m), aici_check_show(m->checker, formula));
    return true;
}

/* Every factor in excess is one that the expected unit divides by: `65 TFLOP/s` for FLOP/s/accelerator. */
static bool lacks_divisors(const mismatch *m) {
    for (uint16_t i = 0; i < m->excess.count; i++) {
        factor f = factor_of(&m->excess, i);
        if (f.exponent != AICI_EXPONENT_ONE || exponent_of(m->expected, f.base) != -AICI_EXPONENT_ONE)
            return false;
    }
    return m->excess.count > 0;
}

/* What is missing at the end of the unit: "/s/accelerator". */
static const char *missing_divisors(const mismatch *m) {
    const char *missing = "";
    const char *time = time_at_end(aici_slice_of(m->expected_text));
    for (int pass = 0; pass < 2; pass++) { /* time first */
        for (uint16_t i = 0; i < m->excess.count; i++) {
            uint16_t base = m->excess.factor[i].base;
            if (is_time(m, base) != (pass == 0))
                continue;
            missing = is_time(m, base) && time ? aici_check_compose(m->checker, "%s%s", missing, time)
                                               : aici_check_compose(m->checker, "%s/%s", missing, base_name(m, base));
        }
    }
    return missing;
}

static bool explain_missing_divisors(const mismatch *m) {
    if (!lacks_divisors(m))
        return false;
    bool only_time = m->excess.count == 1 && is_time(m, m->excess.factor[0].base);
    const char *divisor = only_time ? "day" : aici_check_unit(m->checker, &m->excess);
    const char *why =
        only_time ? "an amount where a rate is expected" : aici_check_compose(m->checker, "it lacks its `%s`", missing_divisors(m));
    if (m->literal)
        aici_report_hint(report_of(m), "%s: write `%s%s`, or divide, as in `%s / (1 %s)`", why, show(m), missing_divisors(m), show(m),
                         divisor);
    else
        aici_report_hint(report_of(m), "%s: divide, as in `%s / (1 %s)`", why, m->found->kind == AICI_EXPR_NAME ? show(m) : "(…)", divisor);
    return true;
}

/* `118 EFLOP/s` for FLOP; `65 TFLOP/s/accelerator` for FLOP/s. */
static bool explain_extra_divisor(const mismatch *m) {
    if (m->excess.count != 1 || m->excess.factor[0].exponent != -AICI_EXPONENT_ONE)
        return false;
    uint16_t base = m->excess.factor[0].base;
    if (exponent_of(&m->found->type.dimension, base) != -AICI_EXPONENT_ONE)
        return false;
    aici_slice unit = m->literal ? m->literal->as.number.unit_text : (aici_slice){"", 0};
    const char *end = is_time(m, base) ? time_at_end(unit) : NULL;
    const char *shown = m->literal || m->found->kind == AICI_EXPR_NAME ? show(m) : "(…)";
    if (!is_time(m, base))
        aici_report_hint(report_of(m), "it is per %s: multiply by a number of them, as in `%s * 8 %s`", base_name(m, base), shown,
                         base_name(m, base));
    else if (end)
        aici_report_hint(report_of(m), "a rate where an amount is expected: write `%.*s %.*s`, or multiply by a time, as in `%s * 1 day`",
                         AICI_SLICE(aici_literal_digits(m->literal)), (int)(unit.size - strlen(end)), unit.bytes, shown);
    else
        aici_report_hint(report_of(m), "a rate where an amount is expected: multiply by a time, as in `%s * 1 day`", shown);
    return true;
}

/* One count for another: tokens for parameters. */
static bool explain_confusion(const mismatch *m) {
    if (!is_exchange(&m->excess))
        return false;
    bool first_is_found = exponent_of(&m->found->type.dimension, m->excess.factor[0].base) != 0;
    uint16_t there = m->excess.factor[first_is_found ? 0 : 1].base, wanted = m->excess.factor[first_is_found ? 1 : 0].base;
    bool swapped = exponent_of(&m->found->type.dimension, there) != 0 && exponent_of(m->expected, wanted) != 0;
    if (!swapped || is_time(m, there) || is_time(m, wanted))
        return false;
    const char *a = base_name(m, there), *b = base_name(m, wanted);
    bool plain = m->literal && m->found->type.dimension.count == 1;
    if (plain)
        aici_report_hint(report_of(m), "%s and %s are different things and never convert: write `%.*s %s`, if that is meant", a, b,
                         AICI_SLICE(aici_literal_digits(m->literal)), b);
    else
        aici_report_hint(report_of(m), "%s and %s are different things and never convert: is a value in %s meant?", a, b, b);
    return true;
}

/* One factor too many. */
static bool explain_extra_factor(const mismatch *m) {
    const aici_expr *formula = formula_of(m->found), *culprit = factor_with(formula, &m->excess);
    if (!culprit || culprit == formula || aici_is_pure(culprit))
        return false;
    aici_report_hint(report_of(m), "without the factor `%s` (%s) it would fit", aici_check_show(m->checker, culprit),
                     aici_check_describe(m->checker, &culprit->type.dimension));
    if (formula != m->found)
        aici_report_note(report_of(m), "`%s` is `%s`", show(m), aici_check_show(m->checker, formula));
    return true;
}

/* A share where the thing itself is expected, and the reverse. */
static bool explain_share(const mismatch *m) {
    if (aici_is_pure(m->found))
        aici_report_hint(report_of(m), "it has no unit: multiply it by a value in %s", aici_check_unit(m->checker, m->expected));
    else if (m->expected->count == 0)
        aici_report_hint(report_of(m), "divide it by a value in %s", aici_check_unit(m->checker, &m->found->type.dimension));
    else
        return false;
    return true;
}

static bool explain_slip(const mismatch *m) {
    return explain_currencies(m) || explain_bare(m) || explain_bare_name(m) || explain_growth(m) || explain_counted_twice(m) ||
           explain_extra_factor(m) || explain_missing_divisors(m) || explain_extra_divisor(m) || explain_confusion(m);
}

void aici_mismatch_explain(aici_checker *checker, const aici_expr *found, const aici_dimension *expected, const char *expected_text,
                           const char *hint) {
    mismatch m = {
        .checker = checker, .found = found, .literal = aici_expr_literal(found), .expected = expected, .expected_text = expected_text};
    if (!aici_check_report(checker))
        return;
    bool known = aici_dimension_divide(&found->type.dimension, expected, &m.excess) && explain_slip(&m);
    if (hint && known)
        aici_report_note(aici_check_report(checker), "%s", hint);
    else if (hint)
        aici_report_hint(aici_check_report(checker), "%s", hint);
    else if (!known)
        explain_share(&m);
}
