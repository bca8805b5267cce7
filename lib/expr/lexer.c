/* SPDX-License-Identifier: MIT */
/*
 * Bytes become tokens. What a number is, with its scale and unit, is read by literal.c; characters that mean nothing here are explained by
 * character.c.
 */
#include "expr/lexer.h"
#include "expr/words.h"

#include <string.h>

bool aici_lexer_at(const aici_lexer *lexer, uint32_t position, const char *bytes) {
    size_t size = strlen(bytes);
    return lexer->size - position >= size && memcmp(lexer->text + position, bytes, size) == 0;
}

/* Spaces that come with text pasted from print: no-break, narrow no-break, thin, ideographic. */
static uint32_t wide_space_size(const aici_lexer *lexer, uint32_t position) {
    static const char spaces[][4] = {"\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x89", "\xe3\x80\x80"};
    for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++) {
        if (aici_lexer_at(lexer, position, spaces[i]))
            return (uint32_t)strlen(spaces[i]);
    }
    return 0;
}

uint32_t aici_lexer_skip(const aici_lexer *lexer, uint32_t position) {
    while (position < lexer->size) {
        char c = lexer->text[position];
        uint32_t size = c == ' ' || c == '\t' || c == '\n' || c == '\r' ? 1 : 0;
        if (size == 0 && (unsigned char)c >= 0x80)
            size = wide_space_size(lexer, position);
        if (size == 0)
            break;
        position += size;
    }
    return position;
}

uint32_t aici_currency_sign_size(const aici_lexer *lexer, uint32_t position) {
    static const char signs[][4] = {"$", "€", "¥", "￥"};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (aici_lexer_at(lexer, position, signs[i]))
            return (uint32_t)strlen(signs[i]);
    }
    return 0;
}

uint32_t aici_number_run(const aici_lexer *lexer, uint32_t begin) {
    uint32_t end = begin + aici_currency_sign_size(lexer, begin);
    while (end < lexer->size) {
        char c = lexer->text[end];
        bool comma = c == ',' && lexer->calls == 0;
        if (!aici_is_letter(c) && !aici_is_digit(c) && c != '.' && c != ':' && !comma)
            break;
        end++;
    }
    return end > begin ? end : begin + 1;
}

static void take(aici_lexer *lexer, aici_token_kind kind, unsigned variant, uint32_t size) {
    aici_token *token = &lexer->token;
    token->kind = (uint8_t)kind;
    token->variant = (uint8_t)variant;
    token->end = token->begin + size;
    lexer->position = token->end;
}

static void take_operator(aici_lexer *lexer, aici_operator operation, uint32_t size) { take(lexer, AICI_TOKEN_OPERATOR, operation, size); }

/* --- words ---------------------------------------------------------------------------------------------------------------------------- */

/* A name may go on behind a point, and there every word may stand: outputs are called `cagr`, components may be called anything. */
static uint32_t dotted_size(const aici_lexer *lexer, uint32_t size) {
    for (;;) {
        uint32_t point = lexer->token.begin + size;
        if (aici_lexer_byte(lexer, point) != '.')
            return size;
        size_t part = aici_word_size(aici_lexer_rest(lexer, point + 1));
        if (part == 0)
            return size;
        size += 1 + (uint32_t)part;
    }
}

static aic_status read_word(aici_lexer *lexer) {
    uint32_t begin = lexer->token.begin;
    uint32_t size = (uint32_t)aici_word_size(aici_lexer_rest(lexer, begin)), whole = dotted_size(lexer, size);
    const aici_word *word = aici_word_find(aici_lexer_slice(lexer, begin, begin + size));
    if (!word) {
        take(lexer, AICI_TOKEN_NAME, 0, whole);
        return AIC_OK;
    }
    if (whole == size) {
        take(lexer, (aici_token_kind)word->kind, word->variant, size);
        return AIC_OK;
    }
    aici_place place = aici_lexer_place(lexer, begin, begin + size);
    return aici_report_error(lexer->reader->report, AICI_CODE_EXPR_RESERVED, &place, "`%s` is a reserved word and cannot be a name",
                             word->text);
}

static aic_status read_text(aici_lexer *lexer, char quote) {
    uint32_t begin = lexer->token.begin;
    const char *end = memchr(lexer->text + begin + 1, quote, lexer->size - begin - 1);
    if (end) {
        take(lexer, AICI_TOKEN_TEXT, 0, (uint32_t)(end - lexer->text) + 1 - begin);
        return AIC_OK;
    }
    aici_place place = aici_lexer_place(lexer, begin, begin + 1);
    return aici_report_error(lexer->reader->report, AICI_CODE_EXPR_SYNTAX, &place, "the text that begins here with %c is not closed",
                             quote);
}

/* --- signs ---------------------------------------------------------------------------------------------------------------------------- */

static aic_status take_comparison(aici_lexer *lexer, char c) {
    bool equals = aici_lexer_byte(lexer, lexer->token.begin + 1) == '=';
    if (c == '<')
        take_operator(lexer, equals ? AICI_OPERATOR_LESS_EQUAL : AICI_OPERATOR_LESS, equals ? 2 : 1);
    else if (c == '>')
        take_operator(lexer, equals ? AICI_OPERATOR_GREATER_EQUAL : AICI_OPERATOR_GREATER, equals ? 2 : 1);
    else if (c == '=' && equals)
        take_operator(lexer, AICI_OPERATOR_EQUAL, 2);
    else if (c == '=')
        take(lexer, AICI_TOKEN_EQUALS, 0, 1);
    else if (equals)
        take_operator(lexer, AICI_OPERATOR_NOT_EQUAL, 2);
    else
        return aici_refuse_character(lexer, lexer->token.begin);
    return AIC_OK;
}

/* `**` and `//` are operators elsewhere; here the second character would only be puzzling. */
static aic_status take_arithmetic(aici_lexer *lexer, char c, aici_operator operation) {
    bool twice = (c == '*' || c == '/') && aici_lexer_byte(lexer, lexer->token.begin + 1) == c;
    if (twice)
        return aici_refuse_character(lexer, lexer->token.begin);
    take_operator(lexer, operation, 1);
    return AIC_OK;
}

static aic_status take_bracket(aici_lexer *lexer, aici_token_kind kind) {
    take(lexer, kind, 0, 1);
    return AIC_OK;
}

static aic_status read_sign(aici_lexer *lexer, char c) {
    switch (c) {
    case '+': return take_arithmetic(lexer, c, AICI_OPERATOR_ADD);
    case '-': return take_arithmetic(lexer, c, AICI_OPERATOR_SUBTRACT);
    case '*': return take_arithmetic(lexer, c, AICI_OPERATOR_MULTIPLY);
    case '/': return take_arithmetic(lexer, c, AICI_OPERATOR_DIVIDE);
    case '^': return take_arithmetic(lexer, c, AICI_OPERATOR_POWER);
    case '<':
    case '>':
    case '=':
    case '!': return take_comparison(lexer, c);
    case '(': return take_bracket(lexer, AICI_TOKEN_OPEN);
    case ')': return take_bracket(lexer, AICI_TOKEN_CLOSE);
    case '[': return take_bracket(lexer, AICI_TOKEN_OPEN_INDEX);
    case ']': return take_bracket(lexer, AICI_TOKEN_CLOSE_INDEX);
    case ',': return take_bracket(lexer, AICI_TOKEN_COMMA);
    case '\'':
    case '"': return read_text(lexer, c);
    default: return aici_refuse_character(lexer, lexer->token.begin);
    }
}

static bool begins_number(const aici_lexer *lexer, uint32_t position, char c) {
    if (aici_is_digit(c) || (c == '.' && aici_is_digit(aici_lexer_byte(lexer, position + 1))))
        return true;
    return (c == '$' || (unsigned char)c >= 0x80) && aici_currency_sign_size(lexer, position) > 0;
}

static aic_status count_token(aici_lexer *lexer) {
    size_t most = lexer->reader->limits->expression_tokens;
    if (++lexer->tokens <= most)
        return AIC_OK;
    aici_place place = aici_lexer_place(lexer, lexer->token.begin, lexer->token.begin + 1);
    aic_status status = aici_report_error(lexer->reader->report, AICI_CODE_LIMIT_EXPR_TOKENS, &place,
                                          "an expression may have %zu tokens, and this one has more", most);
    aici_report_hint(lexer->reader->report, "split it into several quantities");
    return status;
}

aic_status aici_lexer_next(aici_lexer *lexer) {
    uint32_t begin = aici_lexer_skip(lexer, lexer->position);
    lexer->token.begin = begin;
    char c = aici_lexer_byte(lexer, begin);
    if (begin >= lexer->size) {
        take(lexer, AICI_TOKEN_END, 0, 0);
        return AIC_OK;
    }
    aic_status status = count_token(lexer);
    if (status != AIC_OK)
        return status;
    if (aici_is_letter(c))
        return read_word(lexer);
    if (begins_number(lexer, begin, c)) {
        take(lexer, AICI_TOKEN_NUMBER, 0, aici_number_run(lexer, begin) - begin);
        return AIC_OK;
    }
    if (!aici_lexer_at(lexer, begin, "±"))
        return read_sign(lexer, c);
    take(lexer, AICI_TOKEN_INTERVAL, AICI_DISTRIBUTION_NORMAL, (uint32_t)strlen("±"));
    return AIC_OK;
}
