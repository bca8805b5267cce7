/* SPDX-License-Identifier: MIT */
/*
 * The digits of a literal: separators between groups of exactly three, one point, an exponent; what is nearly a number is refused with its
 * probable reading. The conversion itself is base's, and rounds once.
 */
#include "base/number.h"
#include "expr/decimal.h"
#include "expr/words.h"

#include <string.h>

enum { LARGEST_EXPONENT = 100000 };

/* What is found while the digits pass by. */
typedef struct scan {
    aici_lexer *lexer;
    uint32_t begin, position;
    uint32_t whole, fraction; /**< digits before and behind the point */
    uint32_t leading_zeros;   /**< of all digits */
    bool significant;         /**< a digit that is not zero was there */
    char separator;           /**< NUL while there was none */
    bool exponent_capital;
    int32_t exponent;
} scan;

static char byte_at(const scan *s, uint32_t ahead) { return aici_lexer_byte(s->lexer, s->position + ahead); }

static bool is_separator(const scan *s, char c) { return c == '_' || (c == ',' && s->lexer->calls == 0); }

/* --- refusals ------------------------------------------------------------------------------------------------------------------------- */

static aic_status refuse(const scan *s, enum aici_code code, const char *why) {
    uint32_t end = aici_number_run(s->lexer, s->begin);
    aici_place place = aici_lexer_place(s->lexer, s->begin, end);
    aici_slice text = aici_lexer_slice(s->lexer, s->begin, end);
    return aici_report_error(s->lexer->reader->report, code, &place, "`%.*s` %s", AICI_SLICE(text), why);
}

static void hint_decimal_comma(const scan *s) {
    aici_slice text = aici_lexer_slice(s->lexer, s->begin, aici_number_run(s->lexer, s->begin));
    const char *comma = memchr(text.bytes, ',', text.size);
    bool simple = comma && !memchr(text.bytes, '.', text.size) && !memchr(comma + 1, ',', text.size - (size_t)(comma + 1 - text.bytes));
    if (simple)
        aici_report_hint(s->lexer->reader->report, "a decimal point is written `.`: `%.*s.%.*s`", (int)(comma - text.bytes), text.bytes,
                         (int)(text.size - (size_t)(comma + 1 - text.bytes)), comma + 1);
    else
        aici_report_hint(s->lexer->reader->report, "as in `1,234,567.8` or `1_234_567.8`");
}

static aic_status refuse_separators(const scan *s) {
    aic_status status = refuse(s, AICI_CODE_EXPR_SEPARATOR, "has a separator that does not stand between groups of exactly three digits");
    hint_decimal_comma(s);
    return status;
}

static aic_status refuse_with_hint(const scan *s, const char *why, const char *hint) {
    aic_status status = refuse(s, AICI_CODE_EXPR_NUMBER, why);
    aici_report_hint(s->lexer->reader->report, "%s", hint);
    return status;
}

/* `1.000.000`: thousands in half of Europe, a slip elsewhere. */
static aic_status refuse_second_point(const scan *s) {
    if (byte_at(s, 1) == '.')
        return refuse_with_hint(s, "has two points", "a range is written `5 to 9`");
    return refuse_with_hint(s, "has two points",
                            "if they separate thousands write `,` or `_` in their place, as in `1,000,000`; if not, leave one");
}

static aic_status refuse_leading_zero(const scan *s) {
    char second = aici_lexer_byte(s->lexer, s->begin + 1);
    if (second == 'x' || second == 'X')
        return refuse_with_hint(s, "is hexadecimal, which is not read", "write the number in decimal digits");
    if (second == 'o' || second == 'O' || second == 'b' || second == 'B')
        return refuse_with_hint(s, "is octal or binary, which is not read", "write the number in decimal digits");
    bool group = s->lexer->calls > 0 && s->begin > 0 && s->lexer->text[s->begin - 1] == ',';
    return refuse_with_hint(s, "begins with a zero, which some read as octal",
                            group ? "inside a call a comma separates arguments; digits are grouped by `_`, as in `1_000`"
                                  : "write the number without leading zeros");
}

/* --- parts ---------------------------------------------------------------------------------------------------------------------------- */

static void count_digit(scan *s, char digit) {
    s->significant = s->significant || digit != '0';
    s->leading_zeros += !s->significant;
    s->position++;
}

static uint32_t pass_digits(scan *s) {
    uint32_t from = s->position;
    while (aici_is_digit(byte_at(s, 0)))
        count_digit(s, byte_at(s, 0));
    return s->position - from;
}

/* Behind a first group: `,234,567`. */
static aic_status pass_groups(scan *s, uint32_t first_group) {
    while (is_separator(s, byte_at(s, 0)) && (byte_at(s, 0) == '_' || aici_is_digit(byte_at(s, 1)))) {
        char separator = byte_at(s, 0);
        bool usual = first_group >= 1 && first_group <= 3 && (!s->separator || s->separator == separator);
        s->separator = separator;
        s->position++;
        uint32_t group = pass_digits(s);
        if (!usual || group != 3)
            return refuse_separators(s);
        s->whole += group;
    }
    return AIC_OK;
}

static bool is_prefixed(const scan *s) {
    char letter = aici_lexer_byte(s->lexer, s->begin + 1), next = aici_lexer_byte(s->lexer, s->begin + 2);
    bool hexadecimal = letter == 'x' || letter == 'X', other = letter == 'o' || letter == 'O' || letter == 'b' || letter == 'B';
    bool hexadecimal_digit = aici_is_digit(next) || (next >= 'a' && next <= 'f') || (next >= 'A' && next <= 'F');
    return aici_lexer_byte(s->lexer, s->begin) == '0' && ((hexadecimal && hexadecimal_digit) || (other && aici_is_digit(next)));
}

static aic_status pass_whole(scan *s) {
    uint32_t group = pass_digits(s);
    s->whole = group;
    aic_status status = pass_groups(s, group);
    if (status != AIC_OK)
        return status;
    bool leading_zero = s->whole > 1 && aici_lexer_byte(s->lexer, s->begin) == '0';
    if (leading_zero && s->separator)
        return refuse_separators(s);
    if (leading_zero || is_prefixed(s))
        return refuse_leading_zero(s);
    if (byte_at(s, 0) == ':' && aici_is_digit(byte_at(s, 1)))
        return refuse_with_hint(s, "looks like a time of day", "write a duration with its unit, as in `1.5 h`; a quotient is written `/`");
    return AIC_OK;
}

static aic_status pass_fraction(scan *s) {
    if (byte_at(s, 0) != '.')
        return AIC_OK;
    if (byte_at(s, 1) == '.')
        return refuse_second_point(s);
    s->position++;
    s->fraction = pass_digits(s);
    if (byte_at(s, 0) == '.' && aici_is_digit(byte_at(s, 1)))
        return refuse_second_point(s);
    if (is_separator(s, byte_at(s, 0)) && aici_is_digit(byte_at(s, 1)))
        return refuse_separators(s);
    return AIC_OK;
}

static aic_status pass_exponent(scan *s) {
    char letter = byte_at(s, 0), sign = byte_at(s, 1);
    bool is_signed = sign == '+' || sign == '-';
    if ((letter != 'e' && letter != 'E') || !aici_is_digit(is_signed ? byte_at(s, 2) : sign))
        return AIC_OK;
    s->exponent_capital = letter == 'E';
    s->position += is_signed ? 2 : 1;
    for (; aici_is_digit(byte_at(s, 0)); s->position++) {
        if (s->exponent < LARGEST_EXPONENT)
            s->exponent = 10 * s->exponent + (byte_at(s, 0) - '0');
    }
    if (sign == '-')
        s->exponent = -s->exponent;
    if (byte_at(s, 0) == '.' && aici_is_digit(byte_at(s, 1)))
        return refuse_with_hint(s, "has an exponent that is not whole", "a power is written `^`, as in `10 ^ 2.5`");
    if (is_separator(s, byte_at(s, 0)) && aici_is_digit(byte_at(s, 1)))
        return refuse_separators(s);
    return AIC_OK;
}

aic_status aici_decimal_read(aici_lexer *lexer, aici_decimal *decimal) {
    scan s = {.lexer = lexer, .begin = lexer->position, .position = lexer->position};
    aic_status status = pass_whole(&s);
    if (status == AIC_OK)
        status = pass_fraction(&s);
    if (status == AIC_OK)
        status = pass_exponent(&s);
    if (status != AIC_OK)
        return status;
    uint32_t digits = s.whole + s.fraction - s.leading_zeros;
    decimal->begin = s.begin;
    decimal->end = s.position;
    decimal->plain = !s.separator && !s.exponent_capital;
    decimal->last_place = s.exponent - (int32_t)s.fraction;
    decimal->digits = digits > 0 ? (int32_t)digits : 1;
    lexer->position = s.position;
    return AIC_OK;
}

/* --- value ---------------------------------------------------------------------------------------------------------------------------- */

static size_t copy_plain(aici_slice text, char *out) {
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.bytes[i];
        if (c != '_' && c != ',')
            out[size++] = c == 'E' ? 'e' : c;
    }
    return size;
}

static aic_status refuse_range(const aici_lexer *lexer, const aici_decimal *decimal, aici_number_status problem) {
    aici_place place = aici_lexer_place(lexer, decimal->begin, decimal->end);
    aici_slice text = aici_lexer_slice(lexer, decimal->begin, decimal->end);
    const char *why = problem == AICI_NUMBER_OVERFLOW ? "is larger than any number that can be computed with"
                                                      : "is not zero, but smaller than any number that can be computed with";
    return aici_report_error(lexer->reader->report, AICI_CODE_EXPR_RANGE, &place, "`%.*s` %s", AICI_SLICE(text), why);
}

aic_status aici_decimal_value(const aici_lexer *lexer, const aici_decimal *decimal, int power, double *value) {
    char small[64];
    aici_slice text = aici_lexer_slice(lexer, decimal->begin, decimal->end);
    if (!decimal->plain) {
        char *plain = text.size <= sizeof small ? small : aici_arena_take(lexer->reader->arena, text.size);
        if (!plain)
            return aici_report_memory(lexer->reader->report);
        text = (aici_slice){plain, copy_plain(text, plain)};
    }
    aici_number_status status = aici_number_read(text.bytes, text.size, power, value);
    return status == AICI_NUMBER_OK ? AIC_OK : refuse_range(lexer, decimal, status);
}
