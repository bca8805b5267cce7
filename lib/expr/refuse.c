/* SPDX-License-Identifier: MIT */
/*
 * What the reader says about text that is no expression: what was expected, what was found, and how it is written.
 */
#include "expr/reading.h"
#include "expr/words.h"

aic_status aici_reading_refuse_token(const aici_reading *reading, enum aici_code code, const char *expected, const char *found) {
    aici_place place = aici_reading_place(reading, aici_reading_token(reading)->begin, aici_reading_token(reading)->end);
    return aici_report_error(aici_reading_report(reading), code, &place, "expected %s, found %s`%.*s`", expected, found,
                             AICI_SLICE(aici_reading_token_text(reading)));
}

static aic_status refuse_end(const aici_reading *reading) {
    bool empty = reading->pending_count == 0 && reading->waiting_count == 0;
    uint32_t end = reading->lexer.size;
    aici_place place = aici_reading_place(reading, end, end + 1);
    if (!empty)
        return aici_report_error(aici_reading_report(reading), AICI_CODE_EXPR_SYNTAX, &place,
                                 "the expression ends where a value should stand");
    return aici_report_error(aici_reading_report(reading), AICI_CODE_EXPR_SYNTAX, &place, "expected an expression, found nothing");
}

aic_status aici_reading_refuse_as_operand(const aici_reading *reading) {
    const aici_token *token = aici_reading_token(reading);
    if (token->kind == AICI_TOKEN_END)
        return refuse_end(reading);
    bool reserved = aici_expr_is_reserved(aici_reading_token_text(reading));
    aic_status status = aici_reading_refuse_token(reading, reserved ? AICI_CODE_EXPR_RESERVED : AICI_CODE_EXPR_SYNTAX, "a value",
                                                  reserved ? "the reserved word " : "");
    if (token->kind == AICI_TOKEN_CLOSE_INDEX || token->kind == AICI_TOKEN_OPEN_INDEX)
        aici_report_hint(aici_reading_report(reading), "`[ ]` stands behind a series and holds a year, as in `sales[2026]`");
    return status;
}

static void hint_behind_operand(const aici_reading *reading) {
    aic_report *report = aici_reading_report(reading);
    const aici_token *token = aici_reading_token(reading);
    const aici_waiting *before = &reading->waiting[reading->waiting_count - 1];
    bool number = before->node->kind == AICI_EXPR_NUMBER;
    if (token->kind == AICI_TOKEN_NUMBER && aici_currency_sign_size(&reading->lexer, token->begin) > 0)
        aici_report_hint(report, "the sign of a currency stands before its number, as in `$2`");
    else if (token->kind == AICI_TOKEN_NUMBER && number)
        aici_report_hint(report, "groups of digits are joined by `,` or `_`, as in `1,234`");
    else if (token->kind == AICI_TOKEN_EQUALS)
        aici_report_hint(report, "a comparison is written `==`");
    else if (token->kind == AICI_TOKEN_PER)
        aici_report_hint(report, "`per` continues the unit of a number; a quotient is written `/`");
    else if (token->kind == AICI_TOKEN_COMMA)
        aici_report_hint(report, "a comma separates the arguments of a function, or groups of exactly three digits");
    else if (token->kind == AICI_TOKEN_FUNCTION && token->variant == AICI_FUNCTION_MIN && number)
        aici_report_hint(report, "minutes are written `5 minute`");
    else
        aici_report_hint(report, "a product is written `*`");
}

aic_status aici_reading_refuse_behind_operand(const aici_reading *reading) {
    aic_status status = aici_reading_refuse_token(reading, AICI_CODE_EXPR_SYNTAX, "an operator or the end", "");
    hint_behind_operand(reading);
    return status;
}

aic_status aici_reading_refuse_nesting(const aici_reading *reading) {
    aici_place place = aici_reading_place(reading, aici_reading_token(reading)->begin, aici_reading_token(reading)->end);
    aic_status status = aici_report_error(aici_reading_report(reading), AICI_CODE_LIMIT_EXPR_DEPTH, &place,
                                          "an expression may be nested %zu deep, and this one is nested deeper", reading->deepest);
    aici_report_hint(aici_reading_report(reading), "split it into several quantities");
    return status;
}

/* Something is still open where it should be closed. */
aic_status aici_reading_refuse_open(const aici_reading *reading, const aici_pending *open) {
    static const char *const lacks[] = {
        [AICI_PENDING_IF] = "`if` lacks its `then`",     [AICI_PENDING_THEN] = "`if` lacks its `else`",
        [AICI_PENDING_BRACKET] = "`(` is not closed",    [AICI_PENDING_INDEX] = "`[` is not closed",
        [AICI_PENDING_CALL] = "this call is not closed", [AICI_PENDING_DISTRIBUTION] = "this call is not closed"};
    aici_place place = aici_reading_place(reading, open->begin, open->end);
    aic_status status = aici_report_error(aici_reading_report(reading), AICI_CODE_EXPR_SYNTAX, &place, "%s", lacks[open->kind]);
    if (open->kind == AICI_PENDING_IF || open->kind == AICI_PENDING_THEN)
        aici_report_hint(aici_reading_report(reading), "it is written `if … then … else …`");
    return status;
}
