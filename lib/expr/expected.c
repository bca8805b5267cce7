/* SPDX-License-Identifier: MIT */
/*
 * What a place demands of a whole value: its dimension, or a truth value or a text. Here FLOPS is read as the place declares it, a bare
 * number takes the declared unit where that is allowed, and what does not fit is refused with the likely repair.
 */
#include "expr/checker.h"

#include <math.h>
#include <string.h>

/* --- what fits ------------------------------------------------------------------------------------------------------------------------ */

/* One currency, to the power that is asked, and for the rest the demanded dimension. */
static bool fits_with_money(const aici_units *units, const aici_dimension *dimension, const aici_expectation *expectation) {
    aici_dimension money = {.count = 1}, rest;
    uint16_t currencies = 0;
    for (uint16_t i = 0; i < dimension->count; i++) {
        if (aici_units_base_class(units, dimension->factor[i].base) != AICI_BASE_MONEY)
            continue;
        money.factor[0] = dimension->factor[i];
        currencies++;
    }
    return currencies == 1 && money.factor[0].exponent == expectation->money && aici_dimension_divide(dimension, &money, &rest) &&
           aici_dimension_equal(&rest, &expectation->dimension);
}

static bool fits(const aici_checker *checker, const aici_dimension *dimension, const aici_expectation *expectation) {
    if (expectation->any_dimension)
        return true;
    if (expectation->money != 0)
        return fits_with_money(checker->scope->units, dimension, expectation);
    return aici_dimension_equal(dimension, &expectation->dimension);
}

static const aici_unit *fits_also(const aici_dimension *dimension, const aici_expectation *expectation) {
    for (uint32_t i = 0; i < expectation->also_count; i++) {
        if (aici_dimension_equal(dimension, &expectation->also[i].dimension))
            return &expectation->also[i];
    }
    return NULL;
}

/* --- complaints ----------------------------------------------------------------------------------------------------------------------- */

static const char *expected_text(aici_checker *checker, const aici_expectation *expectation) {
    bool ratio = expectation->money == 0 && aici_dimension_is_none(&expectation->dimension);
    if (!ratio && expectation->unit_text && expectation->unit_text[0])
        return expectation->unit_text;
    return aici_check_describe(checker, &expectation->dimension);
}

static const char *subject_of(const aici_checker *checker, const aici_expectation *expectation) {
    return expectation == &checker->growth ? "growth" : checker->scope->subject ? checker->scope->subject : "";
}

static aici_place whole_place(const aici_expr *node) {
    return node->fragment ? aici_fragment_place(node->fragment, 0, 0) : aici_node_place(node);
}

/* "utilization: expected a ratio, found FLOP/s" */
static void refuse(aici_checker *checker, aici_expr *node, const aici_expectation *expectation, enum aici_code code, const char *expected,
                   const char *found) {
    const char *subject = subject_of(checker, expectation);
    aici_place place = whole_place(node);
    aic_status status = aici_report_error(aici_check_report(checker), code, &place, "%s%sexpected %s, found %s", subject,
                                          subject[0] ? ": " : "", expected, found);
    node->type.kind = AICI_TYPE_FAULTY;
    aici_check_fault(checker, node, status);
}

/* The dimension that is expected, with the currency that is there, or else the scenario's. */
static aici_dimension demanded_dimension(const aici_checker *checker, const aici_dimension *found, const aici_expectation *expectation) {
    aici_dimension demanded = expectation->dimension, money = {.count = 1}, power;
    aici_unit currency;
    if (expectation->money == 0)
        return demanded;
    for (uint16_t i = 0; i < found->count; i++) {
        if (aici_units_base_class(checker->scope->units, found->factor[i].base) == AICI_BASE_MONEY)
            money.factor[0].base = found->factor[i].base;
    }
    if (money.factor[0].base == 0) {
        aici_fragment usd = aici_fragment_of_slice(aici_slice_of("USD"));
        bool known = aici_units_currency(checker->scope->units, &currency, NULL) ||
                     aici_units_read(checker->scope->units, &usd, 0, usd.text.size, &currency, NULL) == AIC_OK;
        money.factor[0].base = known ? currency.dimension.factor[0].base : 1;
    }
    money.factor[0].exponent = expectation->money;
    return aici_dimension_multiply(&demanded, &money, &power) ? power : demanded;
}

static void refuse_dimension(aici_checker *checker, aici_expr *node, const aici_expectation *expectation) {
    aici_dimension demanded = demanded_dimension(checker, &node->type.dimension, expectation);
    enum aici_code code = expectation->money ? AICI_CODE_DIMENSION : aici_mismatch_code(checker, &demanded, &node->type.dimension);
    const char *expected = expected_text(checker, expectation);
    aici_expr found = *node; /* its type is needed for the explanation after it was marked */
    refuse(checker, node, expectation, code, expected, aici_check_found(checker, &found));
    aici_mismatch_explain(checker, &found, &demanded, expectation->unit_text ? expectation->unit_text : "", expectation->hint);
}

/* --- FLOPS ---------------------------------------------------------------------------------------------------------------------------- */

/* The text of a unit with FLOPS, FLOPs or flops written as @p spelling. */
static const char *respell_flops(aici_checker *checker, aici_slice unit, const char *spelling) {
    for (size_t i = 0; i + 5 <= unit.size; i++) {
        const char *at = unit.bytes + i;
        if (memcmp(at, "FLOPS", 5) == 0 || memcmp(at, "FLOPs", 5) == 0 || memcmp(at, "flops", 5) == 0)
            return aici_check_compose(checker, "%.*s%s%.*s", (int)i, unit.bytes, spelling, (int)(unit.size - i - 5), at + 5);
    }
    return spelling;
}

/* The text of a literal that gets another unit than it was written with is its digits. */
static void cut_unit(aici_expr *literal) {
    if (literal->fragment)
        literal->end = literal->begin + (uint32_t)aici_literal_digits(literal).size;
}

static aici_expr *refuse_flops(aici_checker *checker, aici_expr *literal) {
    aici_slice unit = literal->as.number.unit_text, digits = aici_literal_digits(literal);
    aici_place place = aici_node_place(literal);
    aic_status status = aici_report_error(aici_check_report(checker), AICI_CODE_UNIT_AMBIGUOUS_FLOPS, &place,
                                          "`%.*s` may be an amount of work or a rate, and nothing here says which", AICI_SLICE(unit));
    aici_report_hint(aici_check_report(checker), "write `%.*s %s` for the amount, `%.*s %s` for the rate", AICI_SLICE(digits),
                     respell_flops(checker, unit, "FLOP"), AICI_SLICE(digits), respell_flops(checker, unit, "FLOP/s"));
    aici_check_fault(checker, literal, status);
    return literal;
}

static void read_flops(aici_checker *checker, aici_expr *literal, const aici_dimension *dimension, const char *spelling) {
    const char *unit = respell_flops(checker, literal->as.number.unit_text, spelling);
    const char *subject = checker->scope->subject ? checker->scope->subject : "";
    aici_place place = aici_node_place(literal);
    if (aici_literal_digits(literal).size < aici_node_text(literal).size) /* not beside `to` without a unit of its own */
        aici_report_remark(aici_check_report(checker), AIC_SEVERITY_NOTE, AICI_CODE_FLOPS_READ, &place,
                           "%s%s`%.*s` is read as `%s`, as is declared here", subject, subject[0] ? ": " : "",
                           AICI_SLICE(literal->as.number.unit_text), unit);
    cut_unit(literal);
    literal->as.number.unit.dimension = *dimension;
    literal->as.number.unit.flops_ambiguous = false;
    literal->as.number.unit_text = aici_slice_of(unit);
    literal->type.dimension = *dimension;
}

/* The amount is what the units room gives; the rate has one more 1/s. */
static aici_expr *resolve_flops(aici_checker *checker, aici_expr *literal, const aici_expectation *expectation) {
    const aici_dimension *amount = &literal->as.number.unit.dimension;
    aici_dimension rate;
    if (!expectation || expectation->any_dimension || expectation->boolean || expectation->text ||
        !aici_dimension_multiply(amount, aici_check_rate(checker), &rate))
        return refuse_flops(checker, literal);
    if (fits(checker, amount, expectation)) {
        read_flops(checker, literal, amount, "FLOP");
        return literal;
    }
    if (fits(checker, &rate, expectation)) {
        read_flops(checker, literal, &rate, "FLOP/s");
        return literal;
    }
    /* Neither reading fits; `65 TFLOPS` for FLOP/s/accelerator is a rate that lacks its per-accelerator. */
    const char *unit = respell_flops(checker, literal->as.number.unit_text, "FLOP/s");
    cut_unit(literal);
    literal->as.number.unit.dimension = literal->type.dimension = rate;
    literal->as.number.unit_text = aici_slice_of(unit);
    refuse_dimension(checker, literal, expectation);
    return literal;
}

/* --- bare numbers --------------------------------------------------------------------------------------------------------------------- */

/* Literals without unit and arithmetic of such. As a growth rate, `%` is no unit either. */
static bool is_bare(const aici_expr *node, bool growth) {
    if (node->kind == AICI_EXPR_NUMBER)
        return node->as.number.unit_text.size == 0 || (growth && aici_is_pure(node));
    if (node->count == 0)
        return false;
    if (node->kind != AICI_EXPR_BINARY) {
        for (uint32_t i = 0; i < node->count; i++) {
            if (!is_bare(node->child[i], growth))
                return false;
        }
        return true;
    }
    const aici_expr *at = aici_spine_bottom(node);
    bool bare = is_bare(at->child[0], growth) && is_bare(at->child[1], growth);
    while (bare && at != node) {
        at = aici_node_above(at);
        bare = is_bare(at->child[1], growth);
    }
    return bare;
}

/* What a bare value is multiplied by. */
typedef struct factor {
    aici_unit unit;
    double per;       /**< what a literal's scale is divided by: a year in seconds for a growth rate, else 1 */
    const char *text; /**< lives as long as the tree */
} factor;

static aici_expr *new_unit_literal(aici_checker *checker, const factor *by) {
    aici_expr *literal = aici_node_new(checker->scope->arena, AICI_EXPR_NUMBER, 0);
    if (!literal)
        return NULL;
    literal->as.number.written = 1;
    literal->as.number.value = by->unit.scale;
    literal->as.number.unit = by->unit;
    literal->as.number.unit_text = aici_slice_of(by->text);
    literal->as.number.digits = 1;
    literal->type.dimension = by->unit.dimension;
    literal->constant = by->unit.scale;
    return literal;
}

/* A value that is more than a literal gets its unit as a factor. */
static aici_expr *multiply(aici_checker *checker, aici_expr *node, const factor *by) {
    aici_expr *unit = new_unit_literal(checker, by), *product = aici_node_new(checker->scope->arena, AICI_EXPR_BINARY, 2);
    if (!unit || !product) {
        aici_check_no_memory(checker);
        return node;
    }
    product->variant = AICI_OPERATOR_MULTIPLY;
    product->begin = node->begin;
    product->end = node->end;
    product->fragment = node->fragment;
    product->type = node->type;
    if (!aici_dimension_multiply(&node->type.dimension, &by->unit.dimension, &product->type.dimension))
        product->type.dimension = by->unit.dimension;
    product->constant = node->constant * by->unit.scale;
    aici_node_set_child(product, 0, node);
    aici_node_set_child(product, 1, unit);
    return product;
}

static void give_literal_unit(aici_checker *checker, aici_expr *literal, const factor *by) {
    aici_slice old = literal->as.number.unit_text;
    bool reciprocal = strncmp(by->text, "1/", 2) == 0;
    const char *text = by->text;
    if (old.size > 0)
        text = aici_check_compose(checker, "%.*s%s", AICI_SLICE(old), reciprocal ? by->text + 1 : "");
    cut_unit(literal);
    literal->as.number.unit.scale /= by->per;
    literal->as.number.unit.dimension = by->unit.dimension;
    literal->as.number.unit_text = aici_slice_of(text);
    literal->as.number.value = aici_units_apply(literal->as.number.written, literal->as.number.unit.scale);
    literal->type.dimension = by->unit.dimension;
    literal->constant = literal->as.number.value;
}

static aici_expr *give_unit(aici_checker *checker, aici_expr *node, const factor *by) {
    if (node->kind == AICI_EXPR_NUMBER) {
        give_literal_unit(checker, node, by);
    } else if (node->kind == AICI_EXPR_NEGATE && node->child[0]->kind == AICI_EXPR_NUMBER) {
        give_literal_unit(checker, aici_node_child(node, 0), by);
        node->type.dimension = by->unit.dimension;
        node->constant = -node->child[0]->constant;
    } else {
        return multiply(checker, node, by);
    }
    return node;
}

/* Whether a bare value is taken as being in the declared unit, and what that is. */
static bool find_factor(aici_checker *checker, const aici_expr *node, const aici_expectation *expectation, factor *by) {
    bool growth = expectation->bare_growth && aici_dimension_equal(&expectation->dimension, aici_check_rate(checker));
    bool count = expectation->bare_numbers && aici_is_made_of_counts(checker, &expectation->dimension);
    if (expectation->money != 0 || !aici_is_pure(node) || !(growth || count) || !is_bare(node, growth))
        return false;
    by->unit = (aici_unit){.scale = growth ? 1 / checker->year : 1, .dimension = expectation->dimension};
    by->per = growth ? checker->year : 1;
    by->text = growth ? "1/year" : aici_check_unit(checker, &expectation->dimension);
    return true;
}

/* Numbers that nobody means without a prefix: 65 FLOP/s. The 6 FLOP of a parameter and token are meant as they are. */
static const char *usual_prefix(const aici_expr *literal, const char *unit) {
    bool work = strcmp(unit, "FLOP") == 0 || strncmp(unit, "FLOP/s", 6) == 0 || strncmp(unit, "OP/s", 4) == 0;
    return work && fabs(literal->as.number.written) < 1e6 ? "T" : "";
}

static void refuse_bare(aici_checker *checker, aici_expr *node, const aici_expectation *expectation) {
    const aici_expr *literal = aici_expr_literal(node);
    aici_dimension demanded = demanded_dimension(checker, &node->type.dimension, expectation);
    bool abstract = expectation->money != 0 || !expectation->unit_text || !expectation->unit_text[0];
    const char *unit = abstract ? aici_check_unit(checker, &demanded) : expectation->unit_text;
    const char *shown = aici_check_show(checker, node);
    refuse(checker, node, expectation, AICI_CODE_BARE_NUMBER, expected_text(checker, expectation), "a bare number");
    if (literal)
        aici_report_hint(aici_check_report(checker), "say in which unit, as in `%s %s%s`", shown, usual_prefix(literal, unit), unit);
    else
        aici_report_hint(aici_check_report(checker), "give one of the numbers its unit, or multiply by it, as in `(%s) * 1 %s`", shown,
                         unit);
    if (expectation->hint)
        aici_report_note(aici_check_report(checker), "%s", expectation->hint);
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

static bool is_wanted_kind(aici_checker *checker, aici_expr *node, const aici_expectation *expectation, bool quiet) {
    uint8_t wanted = expectation->boolean ? AICI_TYPE_BOOLEAN : expectation->text ? AICI_TYPE_TEXT : AICI_TYPE_QUANTITY;
    const char *expected = expectation->boolean ? "`true` or `false`" : expectation->text ? "a text, such as 'pad'" : "a quantity";
    if (node->type.kind == wanted)
        return true;
    const char *found = aici_check_found(checker, node);
    if (quiet)
        return false;
    refuse(checker, node, expectation, AICI_CODE_TYPE, expected, found);
    if (expectation->hint)
        aici_report_hint(aici_check_report(checker), "%s", expectation->hint);
    return false;
}

static aici_expr *read_as_declared(aici_checker *checker, aici_expr *node, const aici_expectation *expectation, const aici_unit *also) {
    factor by = {.unit = {.scale = 1}, .per = 1};
    if (!aici_dimension_divide(&expectation->dimension, &also->dimension, &by.unit.dimension))
        return node;
    by.text = aici_check_unit(checker, &by.unit.dimension);
    return multiply(checker, node, &by);
}

aici_expr *aici_check_expected(aici_checker *checker, aici_expr *node, const aici_expectation *expectation, bool quiet) {
    bool ambiguous = node->kind == AICI_EXPR_NUMBER && node->as.number.unit.flops_ambiguous;
    factor by;
    if (ambiguous)
        return resolve_flops(checker, node, expectation);
    if (!expectation || !is_wanted_kind(checker, node, expectation, quiet) || node->type.kind != AICI_TYPE_QUANTITY)
        return node;
    const aici_dimension *dimension = &node->type.dimension;
    if (aici_is_unknown(node) || fits(checker, dimension, expectation))
        return node;
    const aici_unit *also = quiet ? NULL : fits_also(dimension, expectation);
    if (also)
        return read_as_declared(checker, node, expectation, also);
    if (find_factor(checker, node, expectation, &by))
        return give_unit(checker, node, &by);
    if (quiet)
        return node;
    if (aici_is_pure(node) && is_bare(node, false))
        refuse_bare(checker, node, expectation);
    else
        refuse_dimension(checker, node, expectation);
    return node;
}
