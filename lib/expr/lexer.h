/* SPDX-License-Identifier: MIT */
/* An expression's text as a row of tokens, one at a time. */
#ifndef AICI_EXPR_LEXER_H
#define AICI_EXPR_LEXER_H

#include "expr/expr.h"
#include "expr/token.h"

typedef struct aici_lexer {
    const aici_expr_reader *reader;
    const aici_fragment *fragment;
    const char *text;
    uint32_t size;
    uint32_t position; /**< where the next token is looked for */
    uint32_t calls;    /**< open calls around the position: in them a comma separates arguments, never digits */
    size_t tokens;     /**< read so far */
    aici_token token;  /**< the current one */
} aici_lexer;

/** Moves on to the next token. */
aic_status aici_lexer_next(aici_lexer *lexer);

/** Reads what begins at the current token as a number with scale and unit into @p node, and moves on to the token after it.
 * @p scale is the power of ten that a scale or magnitude letter stood for, or 0. */
aic_status aici_literal_read(aici_lexer *lexer, aici_expr *node, int *scale);

/** The bytes that a number at @p begin takes at a glance, for messages. */
uint32_t aici_number_run(const aici_lexer *lexer, uint32_t begin);

/** Where the next character that is no space stands. */
uint32_t aici_lexer_skip(const aici_lexer *lexer, uint32_t position);

/** Whether the text at a position begins with these bytes. */
bool aici_lexer_at(const aici_lexer *lexer, uint32_t position, const char *bytes);

/** The rest of the text from a position on. */
static inline aici_slice aici_lexer_rest(const aici_lexer *lexer, uint32_t position) {
    return (aici_slice){lexer->text + position, lexer->size - position};
}

/** The byte at a position, or NUL behind the end. */
static inline char aici_lexer_byte(const aici_lexer *lexer, uint32_t position) {
    return position < lexer->size ? lexer->text[position] : '\0';
}

static inline aici_slice aici_lexer_slice(const aici_lexer *lexer, uint32_t begin, uint32_t end) {
    return (aici_slice){lexer->text + begin, end - begin};
}

static inline aici_place aici_lexer_place(const aici_lexer *lexer, uint32_t begin, uint32_t end) {
    return aici_fragment_place(lexer->fragment, begin, end);
}

/** Bytes of the sign of a currency at a position, or 0. */
uint32_t aici_currency_sign_size(const aici_lexer *lexer, uint32_t position);

/** Refuses the character at a position, with a hint where it is known what was meant. */
aic_status aici_refuse_character(const aici_lexer *lexer, uint32_t position);

#endif
