/* SPDX-License-Identifier: MIT */
/*
 * Text becomes a tree, by precedence: an operand goes to the operands that wait, an operator waits until a weaker one follows. The reader
 * is in one of two states, before an operand or behind one, and everything else is in its two stacks (reading.h).
 */
#include "expr/reading.h"

/* A caller may allow deeper nesting than the default; beyond this, walking a tree would need more of the C stack than a small thread has.
 */
enum { DEEPEST = 1000 };

static aic_status refuse_chain(const aici_reading *reading) {
    const aici_waiting *right = &reading->waiting[reading->waiting_count - 1], *left = right - 1;
    aici_place place = aici_reading_place(reading, left->begin, aici_reading_token(reading)->end);
    aici_slice first = aici_reading_slice(reading, left->begin, right->end), middle = aici_reading_slice(reading, right->begin, right->end);
    aic_status status =
        aici_report_error(aici_reading_report(reading), AICI_CODE_COMPARISON_CHAIN, &place, "comparisons cannot be chained");
    aici_report_hint(aici_reading_report(reading), "write `%.*s and %.*s %.*s …`", AICI_SLICE(first), AICI_SLICE(middle),
                     AICI_SLICE(aici_reading_token_text(reading)));
    return status;
}

static aic_status read_binary(aici_reading *reading) {
    const aici_token *token = aici_reading_token(reading);
    uint8_t binding = aici_operator_binding(token->variant);
    bool from_right = binding == AICI_BINDS_POWER, chained = binding == AICI_BINDS_COMPARISON;
    const aici_waiting *before = aici_reading_newest(reading);
    aici_pending pending = {
        .kind = AICI_PENDING_BINARY, .variant = token->variant, .binding = binding, .begin = token->begin, .end = token->end};
    pending.behind_unit = token->variant == AICI_OPERATOR_DIVIDE && before->node->kind == AICI_EXPR_NUMBER &&
                          before->node->as.number.unit_text.size > 0 && before->end == before->node->end;
    aic_status status = aici_reading_reduce(reading, from_right || chained ? binding + 1 : binding);
    const aici_pending *top = aici_reading_top(reading);
    if (status == AIC_OK && chained && top && top->kind == AICI_PENDING_BINARY && top->binding == binding)
        return refuse_chain(reading);
    if (status == AIC_OK)
        status = aici_reading_push(reading, pending);
    return status == AIC_OK ? aici_reading_next(reading) : status;
}

static aic_status read_interval(aici_reading *reading) {
    const aici_token *token = aici_reading_token(reading);
    aici_pending pending = {
        .kind = AICI_PENDING_INTERVAL, .variant = token->variant, .binding = AICI_BINDS_INTERVAL, .begin = token->begin, .end = token->end};
    aic_status status = aici_reading_reduce(reading, AICI_BINDS_INTERVAL + 1);
    const aici_pending *top = aici_reading_top(reading);
    if (status == AIC_OK && top && top->kind == AICI_PENDING_INTERVAL) {
        status = aici_reading_refuse_token(reading, AICI_CODE_EXPR_SYNTAX, "the end of this range", "");
        aici_report_hint(aici_reading_report(reading), "a range has two ends: `5 to 9`, or `7 ± 1`");
        return status;
    }
    if (status == AIC_OK)
        status = aici_reading_push(reading, pending);
    return status == AIC_OK ? aici_reading_next(reading) : status;
}

/* Reduces all operators down to the innermost opening, which is popped when it is of this kind. */
static aic_status close(aici_reading *reading, aici_pending_kind first, aici_pending_kind last, aici_pending *closed) {
    aic_status status = aici_reading_reduce(reading, AICI_BINDS_NOTHING);
    if (status != AIC_OK)
        return status;
    const aici_pending *top = aici_reading_top(reading);
    if (!top)
        return aici_reading_refuse_behind_operand(reading);
    if (top->kind < first || top->kind > last)
        return aici_reading_refuse_open(reading, top);
    *closed = *top;
    reading->pending_count--;
    reading->depth--;
    return AIC_OK;
}

static aic_status close_bracket(aici_reading *reading) {
    aici_pending opened;
    aic_status status = close(reading, AICI_PENDING_BRACKET, AICI_PENDING_DISTRIBUTION, &opened);
    if (status == AIC_OK && opened.kind == AICI_PENDING_INDEX)
        status = aici_reading_refuse_open(reading, &opened);
    if (status != AIC_OK)
        return status;
    if (opened.kind == AICI_PENDING_BRACKET) {
        aici_reading_newest(reading)->begin = opened.begin;
        aici_reading_newest(reading)->end = aici_reading_token(reading)->end;
        return aici_reading_next(reading);
    }
    if (reading->waiting_count > opened.operands) {
        aici_reading_newest(reading)->named = opened.named;
        aici_reading_newest(reading)->parameter = opened.parameter;
    }
    reading->lexer.calls--;
    status = aici_reading_close_call(reading, &opened);
    return status == AIC_OK ? aici_reading_next(reading) : status;
}

static aic_status read_comma(aici_reading *reading) {
    aic_status status = aici_reading_reduce(reading, AICI_BINDS_NOTHING);
    if (status != AIC_OK)
        return status;
    aici_pending *call = aici_reading_top(reading);
    if (call && (call->kind == AICI_PENDING_IF || call->kind == AICI_PENDING_THEN))
        return aici_reading_refuse_open(reading, call);
    if (!call || call->kind < AICI_PENDING_CALL)
        return aici_reading_refuse_behind_operand(reading);
    aici_reading_newest(reading)->named = call->named;
    aici_reading_newest(reading)->parameter = call->parameter;
    call->named = false;
    return aici_reading_next(reading);
}

static aic_status open_index(aici_reading *reading) {
    const aici_waiting *series = aici_reading_newest(reading);
    if (series->node->kind != AICI_EXPR_INDEX || series->end != series->node->end)
        return aici_reading_open(reading, AICI_PENDING_INDEX, AICI_BINDS_NOTHING);
    aic_status status = aici_reading_refuse_token(reading, AICI_CODE_EXPR_SYNTAX, "an operator or the end", "");
    aici_report_hint(aici_reading_report(reading), "`%.*s` is one value, and has no years", AICI_SLICE(aici_node_text(series->node)));
    return status;
}

static aic_status close_index(aici_reading *reading) {
    aici_pending opened;
    aici_expr *made;
    aic_status status = close(reading, AICI_PENDING_INDEX, AICI_PENDING_INDEX, &opened);
    if (status != AIC_OK)
        return status;
    const aici_waiting *series = aici_reading_newest(reading) - 1;
    status = aici_reading_join(reading, AICI_EXPR_INDEX, 2, series->begin, aici_reading_token(reading)->end, &made);
    return status == AIC_OK ? aici_reading_next(reading) : status;
}

/* `then` and `else` end one part of an `if` and begin the next. */
static aic_status read_branch(aici_reading *reading, aici_pending_kind ends, aici_pending_kind begins) {
    aic_status status = aici_reading_reduce(reading, AICI_BINDS_NOTHING);
    if (status != AIC_OK)
        return status;
    aici_pending *top = aici_reading_top(reading);
    bool fits = top && top->kind == ends;
    if (!fits && top)
        return aici_reading_refuse_open(reading, top);
    if (!fits)
        return aici_reading_refuse_behind_operand(reading);
    top->kind = (uint8_t)begins;
    return aici_reading_next(reading);
}

static bool is_name_before_bracket(aici_reading *reading) {
    const aici_waiting *before = aici_reading_newest(reading);
    return before->node->kind == AICI_EXPR_NAME && before->end == before->node->end;
}

static aic_status read_behind_operand(aici_reading *reading, bool *behind) {
    *behind = false;
    switch (aici_reading_token(reading)->kind) {
    case AICI_TOKEN_OPERATOR: return read_binary(reading);
    case AICI_TOKEN_INTERVAL: return read_interval(reading);
    case AICI_TOKEN_COMMA: return read_comma(reading);
    case AICI_TOKEN_OPEN_INDEX: return open_index(reading);
    case AICI_TOKEN_THEN: return read_branch(reading, AICI_PENDING_IF, AICI_PENDING_THEN);
    case AICI_TOKEN_ELSE: return read_branch(reading, AICI_PENDING_THEN, AICI_PENDING_ELSE);
    default: *behind = true;
    }
    switch (aici_reading_token(reading)->kind) {
    case AICI_TOKEN_CLOSE: return close_bracket(reading);
    case AICI_TOKEN_CLOSE_INDEX: return close_index(reading);
    case AICI_TOKEN_OPEN:
        if (is_name_before_bracket(reading))
            return aici_reading_refuse_function(reading, aici_reading_newest(reading)->begin, aici_reading_newest(reading)->end);
        return aici_reading_refuse_behind_operand(reading);
    default: return aici_reading_refuse_behind_operand(reading);
    }
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

static aic_status read_tokens(aici_reading *reading) {
    bool behind = false;
    aic_status status = aici_reading_next(reading);
    while (status == AIC_OK && !(behind && aici_reading_token(reading)->kind == AICI_TOKEN_END))
        status = behind ? read_behind_operand(reading, &behind) : aici_reading_before_operand(reading, &behind);
    if (status == AIC_OK)
        status = aici_reading_reduce(reading, AICI_BINDS_NOTHING);
    if (status == AIC_OK && reading->pending_count > 0)
        status = aici_reading_refuse_open(reading, aici_reading_top(reading));
    return status;
}

static void begin_reading(aici_reading *reading, const aici_expr_reader *reader, const aici_fragment *fragment) {
    size_t deepest = reader->limits->expression_depth;
    reading->reader = reader;
    reading->allocator = aici_arena_allocator(reader->arena);
    reading->lexer =
        (aici_lexer){.reader = reader, .fragment = fragment, .text = fragment->text.bytes, .size = (uint32_t)fragment->text.size};
    reading->depth = 0;
    reading->deepest = deepest < DEEPEST ? deepest : DEEPEST;
    reading->pending = reading->first_pending;
    reading->waiting = reading->first_waiting;
    reading->pending_count = reading->waiting_count = 0;
    reading->pending_capacity = reading->waiting_capacity = AICI_READING_INLINE;
}

static void end_reading(aici_reading *reading) {
    if (reading->pending != reading->first_pending)
        aici_memory_release(reading->allocator, reading->pending);
    if (reading->waiting != reading->first_waiting)
        aici_memory_release(reading->allocator, reading->waiting);
}

/* Positions are 32 bits wide; a text that needs more has more tokens than anyone allows. */
static aic_status refuse_size(const aici_expr_reader *reader, const aici_fragment *fragment) {
    aici_place place = aici_fragment_place(fragment, 0, 1);
    return aici_report_error(reader->report, AICI_CODE_LIMIT_EXPR_TOKENS, &place, "an expression of %zu bytes is too long",
                             fragment->text.size);
}

aic_status aici_expr_read(const aici_expr_reader *reader, const aici_fragment *fragment, const aici_expr **out) {
    aici_reading reading;
    if (fragment->text.size > INT32_MAX)
        return refuse_size(reader, fragment);
    aici_fragment *kept = aici_arena_take(reader->arena, sizeof *kept);
    if (!kept)
        return aici_report_memory(reader->report);
    *kept = *fragment;
    begin_reading(&reading, reader, kept);
    aic_status status = read_tokens(&reading);
    if (status == AIC_OK)
        *out = aici_reading_newest(&reading)->node;
    end_reading(&reading);
    return status;
}
