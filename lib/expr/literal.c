/* SPDX-License-Identifier: MIT */
/*
 * A literal: the sign of a currency, digits, scale and unit become one NUMBER node. Where a unit ends is a matter of characters and of
 * reserved words; what it means is asked of the units room.
 */
#include "expr/decimal.h"
#include "expr/words.h"

#include <math.h>
#include <string.h>

typedef struct literal {
    aici_lexer *lexer;
    aici_expr *node;
    aici_slice currency; /**< code of the sign before the number; empty without one */
    uint32_t begin;
    aici_decimal decimal;
    uint32_t number_end; /**< behind digits and scale */
} literal;

/* --- the extent of a unit ------------------------------------------------------------------------------------------------------------- */

static uint32_t scan_unit(const aici_lexer *lexer, uint32_t position) {
    return (uint32_t)aici_units_scan(aici_lexer_rest(lexer, position));
}

static const aici_word *reserved_at(const aici_lexer *lexer, uint32_t position) {
    size_t size = aici_word_size(aici_lexer_rest(lexer, position));
    return aici_word_find(aici_lexer_slice(lexer, position, position + (uint32_t)size));
}

/* A reserved word is a unit only where it cannot be anything else: `5 year`, and a function's name tight against the number (`5min`). */
static bool may_be_unit(const literal *l, uint32_t position) {
    const aici_word *word = reserved_at(l->lexer, position);
    if (!word || word->kind == AICI_TOKEN_YEAR)
        return true;
    return (word->kind == AICI_TOKEN_FUNCTION || word->kind == AICI_TOKEN_DISTRIBUTION) && position == l->number_end;
}

/* `1/s` is how the library prints a unit without numerator. */
static uint32_t reciprocal_size(const literal *l, uint32_t position) {
    if (position == l->number_end || !aici_lexer_at(l->lexer, position, "1/"))
        return 0;
    uint32_t size = scan_unit(l->lexer, position + 2);
    return size > 0 ? size + 2 : 0;
}

static bool is_per(const aici_lexer *lexer, uint32_t position) {
    const aici_word *word = reserved_at(lexer, position);
    return word && word->kind == AICI_TOKEN_PER;
}

/* Units that `per` adds behind @p end, which it moves. */
static aic_status extend_by_per(const aici_lexer *lexer, uint32_t *end) {
    for (;;) {
        uint32_t per = aici_lexer_skip(lexer, *end);
        if (!is_per(lexer, per))
            return AIC_OK;
        uint32_t unit = aici_lexer_skip(lexer, per + (uint32_t)strlen("per")), size = scan_unit(lexer, unit);
        if (size == 0) {
            aici_place place = aici_lexer_place(lexer, per, per + (uint32_t)strlen("per"));
            return aici_report_error(lexer->reader->report, AICI_CODE_EXPR_SYNTAX, &place, "`per` is not followed by a unit");
        }
        *end = unit + size;
    }
}

/* --- refusals ------------------------------------------------------------------------------------------------------------------------- */

static aic_status refuse_name_behind_number(const literal *l, uint32_t begin, uint32_t end) {
    const aici_lexer *lexer = l->lexer;
    while (aici_is_letter(aici_lexer_byte(lexer, end)) || aici_is_digit(aici_lexer_byte(lexer, end)) || aici_lexer_byte(lexer, end) == '.')
        end++;
    aici_place place = aici_lexer_place(lexer, begin, end);
    aici_slice word = aici_lexer_slice(lexer, begin, end), number = aici_lexer_slice(lexer, l->begin, l->number_end);
    aic_status status = aici_report_error(lexer->reader->report, AICI_CODE_EXPR_SYNTAX, &place,
                                          "behind a number stands its unit, and `%.*s` is none", AICI_SLICE(word));
    aici_report_hint(lexer->reader->report, "a product is written `%.*s * %.*s`", AICI_SLICE(number), AICI_SLICE(word));
    return status;
}

/* `5 M`: the units room says what was meant. */
static bool is_magnitude_letter(aici_slice word) { return word.size == 1 && memchr("kKMBT", word.bytes[0], 5); }

static void note_on_unknown_unit(const literal *l, uint32_t begin) {
    const aici_lexer *lexer = l->lexer;
    aici_slice word = {lexer->text + begin, aici_word_size(aici_lexer_rest(lexer, begin))};
    aici_slice number = aici_lexer_slice(lexer, l->begin, l->number_end);
    if (word.size == 0 || is_magnitude_letter(word) || aici_units_knows(lexer->reader->units, word))
        return;
    aici_report_note(lexer->reader->report, "a word behind a number is read as its unit; a product is written `%.*s * %.*s`",
                     AICI_SLICE(number), AICI_SLICE(word));
}

static aic_status refuse_per_without_unit(const literal *l, uint32_t position) {
    const aici_lexer *lexer = l->lexer;
    aici_place place = aici_lexer_place(lexer, l->begin, position + (uint32_t)strlen("per"));
    aici_slice number = aici_lexer_slice(lexer, l->begin, l->number_end);
    aic_status status =
        aici_report_error(lexer->reader->report, AICI_CODE_EXPR_SYNTAX, &place, "`per` continues a unit, and here is none before it");
    aici_report_hint(lexer->reader->report, "say what there is per day, as in `%.*s query per day`; a pure number per day is `%.*s 1/day`",
                     AICI_SLICE(number), AICI_SLICE(number));
    return status;
}

static aic_status refuse_unit_behind_money(const literal *l, uint32_t begin, uint32_t size) {
    const aici_lexer *lexer = l->lexer;
    aici_place place = aici_lexer_place(lexer, begin, begin + size);
    aici_slice unit = aici_lexer_slice(lexer, begin, begin + size);
    aic_status status = aici_report_error(lexer->reader->report, AICI_CODE_EXPR_SYNTAX, &place,
                                          "a second unit, `%.*s`, for an amount in %.*s", AICI_SLICE(unit), AICI_SLICE(l->currency));
    aici_report_hint(lexer->reader->report, "write the amount with one of them, as in `2 %.*s/GPU-hour` or `$2/GPU-hour`",
                     AICI_SLICE(l->currency));
    return status;
}

/* --- units ---------------------------------------------------------------------------------------------------------------------------- */

/* The text of a unit whose currency was written as a sign: "USD" and what followed the number. It can still say where it stands. */
typedef struct spelled_out {
    const aici_fragment *fragment;
    uint32_t sign, rest;
    size_t code_size;
} spelled_out;

static aici_place locate_spelled_out(const aici_fragment *fragment, size_t begin, size_t end) {
    const spelled_out *s = fragment->origin;
    size_t from = begin < s->code_size ? s->sign : s->rest + begin - s->code_size;
    return aici_fragment_place(s->fragment, from, s->rest + end - s->code_size);
}

/* `$2/GPU-hour`, `$2 per GPU-hour`: what follows the number divides the currency. */
static aic_status read_divided_currency(const literal *l, uint32_t begin, uint32_t end) {
    const aici_lexer *lexer = l->lexer;
    size_t size = l->currency.size + end - begin;
    char *text = aici_arena_take(lexer->reader->arena, size);
    if (!text)
        return aici_report_memory(lexer->reader->report);
    memcpy(text, l->currency.bytes, l->currency.size);
    memcpy(text + l->currency.size, lexer->text + begin, end - begin);
    spelled_out origin = {lexer->fragment, l->begin, begin, l->currency.size};
    aici_fragment spelled = {{text, size}, locate_spelled_out, &origin};
    l->node->as.number.unit_text = spelled.text;
    l->lexer->position = end;
    return aici_units_read(lexer->reader->units, &spelled, 0, size, &l->node->as.number.unit, lexer->reader->report);
}

static aic_status read_unit_behind_money(const literal *l) {
    const aici_lexer *lexer = l->lexer;
    uint32_t begin = l->number_end, next = aici_lexer_skip(lexer, begin), end = begin;
    uint32_t size = may_be_unit(l, next) ? scan_unit(lexer, next) : 0;
    if (size > 0)
        return refuse_unit_behind_money(l, next, size);
    if (aici_lexer_byte(lexer, begin) == '/' && (size = scan_unit(lexer, begin + 1)) > 0)
        end = begin + 1 + size;
    aic_status status = extend_by_per(lexer, &end);
    return status != AIC_OK || end == begin ? status : read_divided_currency(l, begin, end);
}

static aic_status read_unit(const literal *l) {
    const aici_lexer *lexer = l->lexer;
    uint32_t begin = aici_lexer_skip(lexer, l->number_end);
    uint32_t size = may_be_unit(l, begin) ? scan_unit(lexer, begin) : 0;
    if (size == 0)
        size = reciprocal_size(l, begin);
    if (size == 0)
        return is_per(lexer, begin) ? refuse_per_without_unit(l, begin) : AIC_OK;
    uint32_t end = begin + size;
    char next = aici_lexer_byte(lexer, end);
    if (aici_is_letter(next) || aici_is_digit(next) || (next == '.' && aici_is_letter(aici_lexer_byte(lexer, end + 1))))
        return refuse_name_behind_number(l, begin, end);
    aic_status status = extend_by_per(lexer, &end);
    if (status != AIC_OK)
        return status;
    l->node->as.number.unit_text = aici_lexer_slice(lexer, begin, end);
    l->lexer->position = end;
    status = aici_units_read(lexer->reader->units, lexer->fragment, begin, end, &l->node->as.number.unit, lexer->reader->report);
    if (status == AIC_ERROR_UNIT)
        note_on_unknown_unit(l, begin);
    return status;
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

static aici_slice currency_code(const aici_lexer *lexer, char sign) {
    aici_unit unit;
    aici_slice code = aici_slice_of(sign == '$' ? "USD" : "EUR");
    if (sign != '$' && !aici_lexer_at(lexer, lexer->token.begin, "€"))
        aici_units_currency(lexer->reader->units, &unit, &code);
    return code;
}

static aic_status read_sign(literal *l) {
    aici_lexer *lexer = l->lexer;
    aic_status status = AIC_OK;
    size_t size =
        aici_units_read_sign(lexer->reader->units, lexer->fragment, l->begin, &l->node->as.number.unit, &status, lexer->reader->report);
    if (status != AIC_OK || size == 0)
        return status;
    l->currency = currency_code(lexer, aici_lexer_byte(lexer, l->begin));
    l->node->as.number.unit_text = l->currency;
    lexer->position = aici_lexer_skip(lexer, l->begin + (uint32_t)size);
    char c = aici_lexer_byte(lexer, lexer->position);
    if (aici_is_digit(c) || (c == '.' && aici_is_digit(aici_lexer_byte(lexer, lexer->position + 1))))
        return AIC_OK;
    aici_place place = aici_lexer_place(lexer, l->begin, l->begin + (uint32_t)size);
    return aici_report_error(lexer->reader->report, AICI_CODE_EXPR_NUMBER, &place,
                             "the sign of a currency stands before a number, as in `$2`");
}

static aic_status read_number(literal *l, int *power) {
    aici_lexer *lexer = l->lexer;
    aic_status status = aici_decimal_read(lexer, &l->decimal);
    if (status == AIC_OK)
        status = aici_scale_read(lexer, &l->decimal, power);
    if (status == AIC_OK)
        status = aici_decimal_value(lexer, &l->decimal, *power, &l->node->as.number.written);
    l->number_end = lexer->position;
    l->node->as.number.last_place = l->decimal.last_place + *power;
    l->node->as.number.digits = l->decimal.digits;
    return status;
}

static aic_status set_value(const literal *l) {
    aici_expr *node = l->node;
    node->as.number.value = aici_units_apply(node->as.number.written, node->as.number.unit.scale);
    bool lost = !isfinite(node->as.number.value) || (node->as.number.value == 0 && node->as.number.written != 0);
    if (!lost)
        return AIC_OK;
    aici_place place = aici_lexer_place(l->lexer, l->begin, l->lexer->position);
    return aici_report_error(l->lexer->reader->report, AICI_CODE_EXPR_RANGE, &place,
                             "in the coherent unit this is too large or too small a number to compute with");
}

aic_status aici_literal_read(aici_lexer *lexer, aici_expr *node, int *scale) {
    literal l = {.lexer = lexer, .node = node, .begin = lexer->token.begin};
    node->as.number.unit.scale = 1;
    lexer->position = l.begin + (aici_lexer_byte(lexer, l.begin) == '+' ? 1 : 0);
    aic_status status = read_sign(&l);
    if (status == AIC_OK)
        status = read_number(&l, scale);
    if (status == AIC_OK)
        status = l.currency.size > 0 ? read_unit_behind_money(&l) : read_unit(&l);
    if (status == AIC_OK)
        status = set_value(&l);
    node->begin = l.begin;
    node->end = lexer->position;
    node->fragment = lexer->fragment;
    return status == AIC_OK ? aici_lexer_next(lexer) : status;
}
