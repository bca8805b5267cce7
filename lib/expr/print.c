/* SPDX-License-Identifier: MIT */
/*
 * A tree becomes text again, with the fewest brackets that keep its shape. Series, which have no place in the grammar, are shown as the
 * scenario writes them.
 */
#include "expr/reading.h"
#include "expr/words.h"

#include <string.h>

typedef struct printing {
    const aici_expr_printer *printer;
    aici_buffer *out;
    uint32_t calls; /**< open calls, in which a comma within a number would separate arguments */
} printing;

static void print(printing *p, const aici_expr *node);

/* --- literals ------------------------------------------------------------------------------------------------------------------------- */

static bool starts_with_currency(aici_slice text) {
    return text.size > 0 && (text.bytes[0] == '$' || (unsigned char)text.bytes[0] == 0xe2 || (unsigned char)text.bytes[0] == 0xc2 ||
                             (unsigned char)text.bytes[0] == 0xef);
}

static bool ends_with(aici_slice text, aici_slice end) {
    return end.size > 0 && text.size > end.size && memcmp(text.bytes + text.size - end.size, end.bytes, end.size) == 0;
}

/* Whether the text of a literal has its unit in it; it has not where the unit was taken from the other side of `to`, or from what was
 * declared. */
static bool text_has_unit(const aici_expr *number, aici_slice text) {
    return number->as.number.unit_text.size == 0 || starts_with_currency(text) || ends_with(text, number->as.number.unit_text);
}

static void add_without_commas(aici_buffer *out, aici_slice text) {
    for (size_t i = 0; i < text.size; i++) {
        if (text.bytes[i] != ',')
            aici_buffer_add_char(out, text.bytes[i]);
    }
}

static void add_unit(aici_buffer *out, aici_slice unit) {
    if (unit.size == 0)
        return;
    aici_buffer_add_char(out, ' ');
    aici_buffer_add_slice(out, unit);
}

static void print_number_as(printing *p, const aici_expr *number, bool unit) {
    aici_slice text = aici_node_text(number), own = number->as.number.unit_text;
    if (text.size == 0)
        aici_buffer_add_number(p->out, number->as.number.written);
    else if (p->calls > 0)
        add_without_commas(p->out, text);
    else
        aici_buffer_add_slice(p->out, text);
    if (unit && (text.size == 0 || !text_has_unit(number, text)))
        add_unit(p->out, own);
}

static void print_number(printing *p, const aici_expr *number) {
    if (p->printer && p->printer->number)
        p->printer->number(p->printer, number, p->out);
    else
        print_number_as(p, number, true);
}

/* --- brackets ------------------------------------------------------------------------------------------------------------------------- */

static bool has_parameters(const aici_expr *node, aici_distribution distribution, aici_parameter first, aici_parameter second) {
    return node->variant == distribution && node->count == 2 && node->as.parameter[0] == first && node->as.parameter[1] == second;
}

/* The text of a literal without its sign and unit, as far as it takes to see a scale behind the digits. */
static bool has_scale(const aici_expr *number) {
    aici_slice text = aici_literal_digits(number);
    size_t end = text.size;
    for (size_t i = 0; i < text.size && starts_with_currency(text); i++) {
        if (text.bytes[i] == '/' || text.bytes[i] == 'p')
            end = i < end ? i : end;
    }
    text = aici_slice_trim((aici_slice){text.bytes, end});
    return text.size > 0 && !aici_is_digit(text.bytes[text.size - 1]) && text.bytes[text.size - 1] != '.';
}

/* `3 to 5 million` is refused, because the scale could belong to both. */
static bool is_scale_doubtful(const aici_expr *left, const aici_expr *right) {
    bool bare = left->as.number.unit_text.size == 0 || starts_with_currency(aici_node_text(left));
    return bare && !has_scale(left) && has_scale(right);
}

/* Beside `to` and `±` a bare number would take the unit of the other side. */
static bool is_interval(const aici_expr *node) {
    bool shape = has_parameters(node, AICI_DISTRIBUTION_LOGNORMAL, AICI_PARAMETER_P5, AICI_PARAMETER_P95) ||
                 has_parameters(node, AICI_DISTRIBUTION_NORMAL, AICI_PARAMETER_MEAN, AICI_PARAMETER_SD);
    if (!shape)
        return false;
    const aici_expr *left = aici_expr_literal(node->child[0]), *right = aici_expr_literal(node->child[1]);
    return !left || !right || (aici_is_bare_literal(left) == aici_is_bare_literal(right) && !is_scale_doubtful(left, right));
}

static uint8_t binding_of(const aici_expr *node) {
    switch (node->kind) {
    case AICI_EXPR_IF: return AICI_BINDS_IF;
    case AICI_EXPR_NOT: return AICI_BINDS_NOT;
    case AICI_EXPR_NEGATE: return AICI_BINDS_NEGATE;
    case AICI_EXPR_BINARY: return aici_operator_binding(node->variant);
    case AICI_EXPR_DISTRIBUTION: return is_interval(node) ? AICI_BINDS_INTERVAL : AICI_BINDS_TIGHTEST;
    default: return AICI_BINDS_TIGHTEST;
    }
}

static void print_within(printing *p, const aici_expr *node, uint8_t weakest) {
    bool brackets = binding_of(node) < weakest;
    if (brackets)
        aici_buffer_add_char(p->out, '(');
    print(p, node);
    if (brackets)
        aici_buffer_add_char(p->out, ')');
}

/* --- operators ------------------------------------------------------------------------------------------------------------------------ */

static const char *operator_text(uint8_t operation) {
    static const char *const texts[] = {
        [AICI_OPERATOR_ADD] = " + ",         [AICI_OPERATOR_SUBTRACT] = " - ",   [AICI_OPERATOR_MULTIPLY] = " * ",
        [AICI_OPERATOR_DIVIDE] = " / ",      [AICI_OPERATOR_POWER] = " ^ ",      [AICI_OPERATOR_LESS] = " < ",
        [AICI_OPERATOR_LESS_EQUAL] = " <= ", [AICI_OPERATOR_GREATER] = " > ",    [AICI_OPERATOR_GREATER_EQUAL] = " >= ",
        [AICI_OPERATOR_EQUAL] = " == ",      [AICI_OPERATOR_NOT_EQUAL] = " != ", [AICI_OPERATOR_AND] = " and ",
        [AICI_OPERATOR_OR] = " or "};
    return texts[operation];
}

/* `5 USD / year` would be refused. */
static bool ends_with_unit(const aici_expr *node) {
    while (node->kind == AICI_EXPR_NEGATE || (node->kind == AICI_EXPR_BINARY && binding_of(node) >= AICI_BINDS_PRODUCT))
        node = node->child[node->count - 1];
    return node->kind == AICI_EXPR_NUMBER && node->as.number.unit_text.size > 0;
}

static bool begins_with_year(const aici_expr *node) {
    while (node->kind == AICI_EXPR_INDEX || (node->kind == AICI_EXPR_BINARY && node->variant == AICI_OPERATOR_POWER))
        node = node->child[0];
    return node->kind == AICI_EXPR_YEAR;
}

static uint8_t weakest_left(uint8_t operation) {
    uint8_t binding = aici_operator_binding(operation);
    return binding == AICI_BINDS_POWER || binding == AICI_BINDS_COMPARISON ? binding + 1 : binding;
}

static uint8_t weakest_right(const aici_expr *binary) {
    if (binary->variant == AICI_OPERATOR_POWER)
        return AICI_BINDS_NEGATE;
    bool year = binary->variant == AICI_OPERATOR_DIVIDE && begins_with_year(binary->child[1]) && ends_with_unit(binary->child[0]);
    return year ? AICI_BINDS_TIGHTEST + 1 : aici_operator_binding(binary->variant) + 1;
}

static void print_right(printing *p, const aici_expr *binary) {
    aici_buffer_add_text(p->out, operator_text(binary->variant));
    print_within(p, binary->child[1], weakest_right(binary));
}

static bool has_brackets_in_spine(const aici_expr *binary) {
    const aici_expr *left = binary->child[0];
    return binding_of(left) < weakest_left(binary->variant);
}

/* A spine is walked upwards; the brackets that its nodes need open at its bottom, the outermost first. */
static void print_spine(printing *p, const aici_expr *top) {
    const aici_expr *at = top, *bottom = aici_spine_bottom(top);
    for (; at != bottom; at = at->child[0]) {
        if (has_brackets_in_spine(at))
            aici_buffer_add_char(p->out, '(');
    }
    print_within(p, bottom->child[0], weakest_left(bottom->variant));
    print_right(p, bottom);
    while (at != top) {
        at = aici_node_above(at);
        if (has_brackets_in_spine(at))
            aici_buffer_add_char(p->out, ')');
        print_right(p, at);
    }
}

static void print_if(printing *p, const aici_expr *node) {
    aici_buffer_add_text(p->out, "if ");
    print(p, node->child[0]);
    aici_buffer_add_text(p->out, " then ");
    print(p, node->child[1]);
    aici_buffer_add_text(p->out, " else ");
    print(p, node->child[2]);
}

/* --- calls ---------------------------------------------------------------------------------------------------------------------------- */

static void print_list(printing *p, const aici_expr *node, bool named) {
    aici_buffer_add_char(p->out, '(');
    p->calls++;
    for (uint32_t i = 0; i < node->count; i++) {
        aici_buffer_add_text(p->out, i > 0 ? ", " : "");
        if (named)
            aici_buffer_add_format(p->out, "%s=", aici_parameter_text(node->as.parameter[i]));
        print(p, node->child[i]);
    }
    p->calls--;
    aici_buffer_add_char(p->out, ')');
}

static bool lacks_unit(const aici_expr *literal) { return !text_has_unit(literal, aici_node_text(literal)); }

/* `5 to 9 %`, `$2 to 3`: a unit that one side took from the other is written once, as it was. */
static void print_interval(printing *p, const aici_expr *node) {
    const aici_expr *left = node->child[0], *right = node->child[1];
    bool shared = !(p->printer && p->printer->number) && left->kind == AICI_EXPR_NUMBER && right->kind == AICI_EXPR_NUMBER &&
                  aici_slice_equal(left->as.number.unit_text, right->as.number.unit_text);
    bool left_bare = shared && lacks_unit(left) && (has_scale(left) || !has_scale(right));
    if (left_bare)
        print_number_as(p, left, false);
    else
        print_within(p, left, AICI_BINDS_INTERVAL + 1);
    aici_buffer_add_text(p->out, node->variant == AICI_DISTRIBUTION_LOGNORMAL ? " to " : " ± ");
    if (shared && !left_bare && lacks_unit(right))
        print_number_as(p, right, false);
    else
        print_within(p, right, AICI_BINDS_INTERVAL + 1);
}

static bool is_positional(const aici_expr *node) {
    aici_positions positions = aici_distribution_positions(node->variant);
    bool fits = positions.repeats ? node->count % 2 == 0 : node->count == positions.count;
    for (uint32_t i = 0; fits && i < node->count; i++)
        fits = node->as.parameter[i] == positions.parameter[i % positions.count];
    return fits && node->count > 0;
}

static void print_distribution(printing *p, const aici_expr *node) {
    if (is_interval(node)) {
        print_interval(p, node);
        return;
    }
    aici_buffer_add_text(p->out, aici_distribution_text(node->variant));
    print_list(p, node, !is_positional(node));
}

static void print_series(printing *p, const aici_expr *node) {
    static const char *const between[] = {[AICI_BETWEEN_NONE] = "",
                                          [AICI_BETWEEN_LINEAR] = ", between: linear",
                                          [AICI_BETWEEN_GEOMETRIC] = ", between: geometric",
                                          [AICI_BETWEEN_STEP] = ", between: step"};
    aici_buffer_add_char(p->out, '{');
    for (uint32_t i = 0; i < node->count; i++) {
        aici_buffer_add_format(p->out, "%s%d: ", i > 0 ? ", " : "", (int)node->as.year[i]);
        print(p, node->child[i]);
    }
    aici_buffer_add_format(p->out, "%s}", between[node->variant]);
}

static void print_compound(printing *p, const aici_expr *node) {
    aici_buffer_add_text(p->out, "{start: ");
    print(p, node->child[0]);
    aici_buffer_add_format(p->out, ", start_year: %d, growth: ", (int)node->as.start_year);
    print(p, node->child[1]);
    aici_buffer_add_char(p->out, '}');
}

static void print_index(printing *p, const aici_expr *node) {
    print_within(p, node->child[0], node->child[0]->kind == AICI_EXPR_INDEX ? AICI_BINDS_TIGHTEST + 1 : AICI_BINDS_TIGHTEST);
    aici_buffer_add_char(p->out, '[');
    print(p, node->child[1]);
    aici_buffer_add_char(p->out, ']');
}

static void print_leaf(printing *p, const aici_expr *node) {
    if (node->kind == AICI_EXPR_NAME && p->printer && p->printer->name) {
        p->printer->name(p->printer, node, p->out);
    } else if (node->kind == AICI_EXPR_NAME) {
        aici_buffer_add_slice(p->out, node->as.name.text);
    } else if (node->kind == AICI_EXPR_TEXT) {
        char quote = node->as.text.size > 0 && memchr(node->as.text.bytes, '\'', node->as.text.size) ? '"' : '\'';
        aici_buffer_add_char(p->out, quote);
        aici_buffer_add_slice(p->out, node->as.text);
        aici_buffer_add_char(p->out, quote);
    } else if (node->kind == AICI_EXPR_BOOLEAN) {
        aici_buffer_add_text(p->out, node->as.boolean ? "true" : "false");
    } else if (node->kind == AICI_EXPR_YEAR) {
        aici_buffer_add_text(p->out, "year");
    } else {
        print_number(p, node);
    }
}

/* As deep as the tree is high, which the reader limits. */
static void print(printing *p, const aici_expr *node) {
    switch (node->kind) {
    case AICI_EXPR_NEGATE:
        aici_buffer_add_char(p->out, '-');
        print_within(p, node->child[0], AICI_BINDS_NEGATE);
        break;
    case AICI_EXPR_NOT:
        aici_buffer_add_text(p->out, "not ");
        print_within(p, node->child[0], AICI_BINDS_NOT);
        break;
    case AICI_EXPR_BINARY: print_spine(p, node); break;
    case AICI_EXPR_IF: print_if(p, node); break;
    case AICI_EXPR_CALL:
        aici_buffer_add_text(p->out, aici_function_text(node->variant));
        print_list(p, node, false);
        break;
    case AICI_EXPR_INDEX: print_index(p, node); break;
    case AICI_EXPR_DISTRIBUTION: print_distribution(p, node); break;
    case AICI_EXPR_SERIES: print_series(p, node); break;
    case AICI_EXPR_COMPOUND: print_compound(p, node); break;
    default: print_leaf(p, node);
    }
}

void aici_expr_add_text(const aici_expr *tree, const aici_expr_printer *printer, aici_buffer *out) {
    print(&(printing){printer, out, 0}, tree);
}
