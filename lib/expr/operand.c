/* SPDX-License-Identifier: MIT */
/*
 * Before an operand: what may begin one, and what may stand in front of it.
 */
#include "expr/reading.h"
#include "expr/words.h"

static aici_expr *new_leaf(const aici_reading *reading, aici_expr_kind kind) {
    aici_expr *leaf = aici_node_new(reading->reader->arena, kind, 0);
    if (!leaf)
        return NULL;
    leaf->begin = aici_reading_token(reading)->begin;
    leaf->end = aici_reading_token(reading)->end;
    leaf->fragment = reading->lexer.fragment;
    return leaf;
}

static void fill_leaf(const aici_reading *reading, aici_expr *leaf) {
    aici_slice text = aici_reading_token_text(reading);
    if (leaf->kind == AICI_EXPR_NAME)
        leaf->as.name.text = text;
    else if (leaf->kind == AICI_EXPR_TEXT)
        leaf->as.text = (aici_slice){text.bytes + 1, text.size - 2};
    else if (leaf->kind == AICI_EXPR_BOOLEAN)
        leaf->as.boolean = aici_reading_token(reading)->kind == AICI_TOKEN_TRUE;
}

static aic_status read_leaf(aici_reading *reading, aici_expr_kind kind) {
    aici_expr *leaf = new_leaf(reading, kind);
    if (!leaf)
        return aici_report_memory(aici_reading_report(reading));
    fill_leaf(reading, leaf);
    aic_status status = aici_reading_next(reading);
    return status == AIC_OK ? aici_reading_wait(reading, (aici_waiting){.node = leaf, .begin = leaf->begin, .end = leaf->end}) : status;
}

static aic_status read_literal(aici_reading *reading) {
    int scale = 0;
    aici_expr *leaf = new_leaf(reading, AICI_EXPR_NUMBER);
    if (!leaf)
        return aici_report_memory(aici_reading_report(reading));
    aic_status status = aici_literal_read(&reading->lexer, leaf, &scale);
    if (status != AIC_OK)
        return status;
    return aici_reading_wait(reading, (aici_waiting){.node = leaf, .begin = leaf->begin, .end = leaf->end, .scale = (int16_t)scale});
}

/* An opening or a prefix, made from the current token: one level of nesting. */
aic_status aici_reading_open(aici_reading *reading, aici_pending_kind kind, uint8_t binding) {
    const aici_token *token = aici_reading_token(reading);
    if (reading->depth == reading->deepest)
        return aici_reading_refuse_nesting(reading);
    reading->depth++;
    aici_pending pending = {.kind = (uint8_t)kind, .variant = token->variant, .binding = binding, .begin = token->begin, .end = token->end};
    aic_status status = aici_reading_push(reading, pending);
    return status == AIC_OK ? aici_reading_next(reading) : status;
}

/* `not` and `if` bind so loosely that they are an operand only of what binds more loosely still. */
static aic_status open_loose(aici_reading *reading, aici_pending_kind kind, uint8_t binding) {
    const aici_pending *top = aici_reading_top(reading);
    bool fits = !top || top->kind > AICI_PENDING_ELSE || top->binding <= binding;
    if (fits)
        return aici_reading_open(reading, kind, binding);
    aic_status status = aici_reading_refuse_token(reading, AICI_CODE_EXPR_SYNTAX, "a value", "");
    aici_report_hint(aici_reading_report(reading), "put brackets around it: `(%.*s …)`", AICI_SLICE(aici_reading_token_text(reading)));
    return status;
}

static aic_status refuse_colon(const aici_reading *reading, uint8_t distribution, uint32_t colon) {
    aici_place place = aici_reading_place(reading, aici_reading_token(reading)->begin, colon + 1);
    aic_status status = aici_report_error(aici_reading_report(reading), AICI_CODE_EXPR_ARGUMENTS, &place,
                                          "between the name of a parameter and its value stands `=`, not `:`");
    aici_report_hint(aici_reading_report(reading), "it is written `%s`", aici_distribution_usage(distribution));
    return status;
}

/* `mean=` before an argument of a distribution. */
static aic_status read_parameter_name(aici_reading *reading) {
    aici_pending *call = aici_reading_top(reading);
    const aici_token *token = aici_reading_token(reading);
    bool argument = call && (call->kind == AICI_PENDING_DISTRIBUTION || call->kind == AICI_PENDING_CALL);
    bool word = argument && !call->named && aici_word_size(aici_reading_token_text(reading)) > 0;
    uint32_t equals = word ? aici_lexer_skip(&reading->lexer, token->end) : 0;
    if (word && call->kind == AICI_PENDING_DISTRIBUTION && aici_lexer_byte(&reading->lexer, equals) == ':')
        return refuse_colon(reading, call->variant, equals);
    if (!word || aici_lexer_byte(&reading->lexer, equals) != '=' || aici_lexer_byte(&reading->lexer, equals + 1) == '=')
        return AIC_OK;
    if (call->kind == AICI_PENDING_CALL)
        return aici_reading_refuse_token(reading, AICI_CODE_EXPR_ARGUMENTS, "an argument without a name (only distributions name theirs)",
                                         "");
    if (!aici_distribution_parameter(call->variant, aici_reading_token_text(reading), &call->parameter)) {
        aic_status status = aici_reading_refuse_token(reading, AICI_CODE_EXPR_ARGUMENTS, "a parameter of this distribution", "");
        aici_report_hint(aici_reading_report(reading), "it is written `%s`", aici_distribution_usage(call->variant));
        return status;
    }
    call->named = true;
    aic_status status = aici_reading_next(reading);
    return status == AIC_OK ? aici_reading_next(reading) : status;
}

static aic_status open_call(aici_reading *reading, aici_pending_kind kind) {
    const aici_token *token = aici_reading_token(reading);
    uint32_t bracket = aici_lexer_skip(&reading->lexer, token->end);
    if (aici_lexer_byte(&reading->lexer, bracket) != '(') {
        aic_status status = aici_reading_refuse_token(reading, AICI_CODE_EXPR_RESERVED, "a value", "the reserved word ");
        aici_report_hint(aici_reading_report(reading), "it is written `%s`",
                         kind == AICI_PENDING_CALL ? aici_function_usage(token->variant) : aici_distribution_usage(token->variant));
        return status;
    }
    aic_status status = aici_reading_open(reading, kind, AICI_BINDS_NOTHING);
    reading->lexer.calls++;
    return status == AIC_OK ? aici_reading_next(reading) : status;
}

/* `f()`: no operand, and yet closed. */
static bool is_empty_call(aici_reading *reading) {
    const aici_pending *top = aici_reading_top(reading);
    bool call = top && (top->kind == AICI_PENDING_CALL || top->kind == AICI_PENDING_DISTRIBUTION);
    return call && !top->named && aici_reading_token(reading)->kind == AICI_TOKEN_CLOSE && top->operands == reading->waiting_count;
}

/* `5 USD / year` is written for 5 USD per year as well as for 5 USD divided by 2026. */
static aic_status read_year(aici_reading *reading) {
    const aici_pending *top = aici_reading_top(reading);
    if (!top || top->kind != AICI_PENDING_BINARY || !top->behind_unit)
        return read_leaf(reading, AICI_EXPR_YEAR);
    const aici_expr *literal = aici_reading_newest(reading)->node;
    while (literal->kind != AICI_EXPR_NUMBER)
        literal = literal->child[literal->count - 1];
    aici_slice text = aici_reading_slice(reading, literal->begin, literal->end);
    aici_place place = aici_reading_place(reading, literal->begin, aici_reading_token(reading)->end);
    aic_status status = aici_report_error(aici_reading_report(reading), AICI_CODE_YEAR_AFTER_SLASH, &place,
                                          "`%.*s / year` has two readings: per year, or divided by the running year", AICI_SLICE(text));
    aici_report_hint(aici_reading_report(reading), "write `%.*s/year` for the one, `%.*s / (year)` for the other", AICI_SLICE(text),
                     AICI_SLICE(text));
    return status;
}

static bool begins_signed_number(const aici_reading *reading) {
    const aici_token *token = aici_reading_token(reading);
    char c = aici_lexer_byte(&reading->lexer, token->end);
    return token->variant == AICI_OPERATOR_ADD &&
           (aici_is_digit(c) || (c == '.' && aici_is_digit(aici_lexer_byte(&reading->lexer, token->end + 1))));
}

static aic_status read_sign(aici_reading *reading, bool *behind) {
    *behind = begins_signed_number(reading);
    if (*behind)
        return read_literal(reading);
    return aici_reading_token(reading)->variant == AICI_OPERATOR_SUBTRACT
               ? aici_reading_open(reading, AICI_PENDING_NEGATE, AICI_BINDS_NEGATE)
               : aici_reading_refuse_as_operand(reading);
}

/* *behind: an operand was read, and the reader stands behind it. */
aic_status aici_reading_before_operand(aici_reading *reading, bool *behind) {
    aic_status status = read_parameter_name(reading);
    if (status != AIC_OK)
        return status;
    *behind = true;
    switch (aici_reading_token(reading)->kind) {
    case AICI_TOKEN_NUMBER: return read_literal(reading);
    case AICI_TOKEN_NAME: return read_leaf(reading, AICI_EXPR_NAME);
    case AICI_TOKEN_YEAR: return read_year(reading);
    case AICI_TOKEN_TEXT: return read_leaf(reading, AICI_EXPR_TEXT);
    case AICI_TOKEN_TRUE:
    case AICI_TOKEN_FALSE: return read_leaf(reading, AICI_EXPR_BOOLEAN);
    case AICI_TOKEN_OPERATOR: return read_sign(reading, behind);
    case AICI_TOKEN_CLOSE: return is_empty_call(reading) ? AIC_OK : aici_reading_refuse_as_operand(reading);
    default: *behind = false;
    }
    switch (aici_reading_token(reading)->kind) {
    case AICI_TOKEN_OPEN: return aici_reading_open(reading, AICI_PENDING_BRACKET, AICI_BINDS_NOTHING);
    case AICI_TOKEN_FUNCTION: return open_call(reading, AICI_PENDING_CALL);
    case AICI_TOKEN_DISTRIBUTION: return open_call(reading, AICI_PENDING_DISTRIBUTION);
    case AICI_TOKEN_NOT: return open_loose(reading, AICI_PENDING_NOT, AICI_BINDS_NOT);
    case AICI_TOKEN_IF: return open_loose(reading, AICI_PENDING_IF, AICI_BINDS_IF);
    default: return aici_reading_refuse_as_operand(reading);
    }
}
