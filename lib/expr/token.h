/* SPDX-License-Identifier: MIT */
/* What a lexer cuts an expression into. */
#ifndef AICI_EXPR_TOKEN_H
#define AICI_EXPR_TOKEN_H

#include <stdint.h>

typedef enum aici_token_kind {
    AICI_TOKEN_END,
    AICI_TOKEN_NUMBER, /**< only its begin is known: aici_literal_read() reads it, unit and all */
    AICI_TOKEN_NAME,
    AICI_TOKEN_TEXT,
    AICI_TOKEN_FUNCTION,     /**< variant: aici_function */
    AICI_TOKEN_DISTRIBUTION, /**< variant: aici_distribution */
    AICI_TOKEN_TRUE,
    AICI_TOKEN_FALSE,
    AICI_TOKEN_YEAR,
    AICI_TOKEN_IF,
    AICI_TOKEN_THEN,
    AICI_TOKEN_ELSE,
    AICI_TOKEN_NOT,
    AICI_TOKEN_PER,
    AICI_TOKEN_OPERATOR, /**< variant: aici_operator; `-` is always SUBTRACT, `and` and `or` are here too */
    AICI_TOKEN_INTERVAL, /**< variant: the aici_distribution that `to` and `±` make */
    AICI_TOKEN_OPEN,
    AICI_TOKEN_CLOSE,
    AICI_TOKEN_OPEN_INDEX,
    AICI_TOKEN_CLOSE_INDEX,
    AICI_TOKEN_COMMA,
    AICI_TOKEN_EQUALS
} aici_token_kind;

typedef struct aici_token {
    uint8_t kind, variant;
    uint32_t begin, end; /**< bytes in the fragment */
} aici_token;

#endif
