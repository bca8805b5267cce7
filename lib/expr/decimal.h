/* SPDX-License-Identifier: MIT */
/* The digits of a literal and its scale. */
#ifndef AICI_EXPR_DECIMAL_H
#define AICI_EXPR_DECIMAL_H

#include "expr/lexer.h"

typedef struct aici_decimal {
    uint32_t begin, end; /**< of the digits, point and exponent */
    bool plain;          /**< without separators, so that the bytes are what aici_number_read() takes */
    int32_t last_place;  /**< decimal exponent of the last printed digit */
    int32_t digits;      /**< from the first that is not zero to the last printed; 1 for zero */
} aici_decimal;

/** Reads the digits that begin at lexer->position, and moves it behind them. */
aic_status aici_decimal_read(aici_lexer *lexer, aici_decimal *decimal);

/** Reads a magnitude letter, a scale word or a Chinese scale behind the digits, if there is one: @p power of ten, else 0; moves
 * lexer->position behind it. */
aic_status aici_scale_read(aici_lexer *lexer, const aici_decimal *decimal, int *power);

/** The value of the digits times a power of ten, rounded once. */
aic_status aici_decimal_value(const aici_lexer *lexer, const aici_decimal *decimal, int power, double *value);

#endif
