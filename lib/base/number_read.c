/* SPDX-License-Identifier: MIT */
/*
 * Decimal text to the nearest double, ties to even. The first 19 digits, scaled in 192 bits, settle nearly every number; where
 * they do not (more digits that matter, or next to a tie) all digits are compared with the tie in question.
 */
#include "base/number.h"
#include "base/number_exact.h"
#include "base/number_scale.h"

#include <string.h>

enum { WORD_DIGITS = 19, MANTISSA_BITS = 53, LOWEST_EXPONENT = -1074, HIGHEST_EXPONENT = 971, SIGN_BIT = 63 };
enum { HIGHEST_LEAD = 309, LOWEST_LEAD = -323 }; /* beyond, a number is infinite or less than half of the smallest double */

/* Digits d1 d2 d3 ... as 0.d1d2d3... * 10^lead; d1 is not 0. */
struct decimal {
    bool negative;
    const char *begin, *end; /* of the digits in the text, with zeros before them and a point among them */
    uint64_t word;           /* of the first WORD_DIGITS digits */
    int taken;               /* digits in word; 0: the number is zero */
    bool more;               /* digits other than 0 follow those taken */
    int64_t lead;
};

static bool is_digit(char character) { return character >= '0' && character <= '9'; }

/* Reads digits with at most one point; false when there is no digit. */
static bool scan_digits(struct decimal *decimal, const char *end) {
    const char *at = decimal->begin;
    bool point = false, any = false;
    for (; at < end; at++) {
        unsigned digit = (unsigned)(*at - '0');
        if (digit > 9) {
            if (*at != '.' || point)
                break;
            point = true;
            continue;
        }
        any = true;
        if (decimal->taken == 0 && digit == 0) {
            decimal->lead -= point;
            continue;
        }
        decimal->lead += !point;
        if (decimal->taken < WORD_DIGITS) {
            decimal->word = decimal->word * 10 + digit;
            decimal->taken++;
        } else {
            decimal->more |= digit != 0;
        }
    }
    decimal->end = at;
    return any;
}

static const char *skip_sign(const char *at, const char *end, bool *negative) {
    *negative = at < end && *at == '-';
    return at < end && (*at == '-' || *at == '+') ? at + 1 : at;
}

/* Reads the exponent, if there is one, up to the end of the text. */
static bool scan_exponent(struct decimal *decimal, const char *end) {
    const int64_t more_than_enough = INT64_C(1) << 56;
    const char *at = decimal->end;
    if (at == end)
        return true;
    if (*at != 'e' && *at != 'E')
        return false;
    bool negative;
    at = skip_sign(at + 1, end, &negative);
    if (at == end)
        return false;
    int64_t exponent = 0;
    for (; at < end && is_digit(*at); at++)
        if (exponent < more_than_enough)
            exponent = exponent * 10 + (*at - '0');
    decimal->lead += negative ? -exponent : exponent;
    return at == end;
}

static bool scan(struct decimal *decimal, const char *text, size_t size) {
    *decimal = (struct decimal){0};
    decimal->begin = skip_sign(text, text + size, &decimal->negative);
    return scan_digits(decimal, text + size) && scan_exponent(decimal, text + size);
}

/* mantissa * 2^exponent; normal when the mantissa has all its bits, else exponent is LOWEST_EXPONENT. */
struct binary {
    uint64_t mantissa;
    int exponent;
};

static enum rounding estimate(uint64_t word, int power, struct binary *binary) {
    struct scaled scaled = aici_number_scale(word, 0, power);
    int bits = 128 - aici_number_leading_zeros(scaled.high);
    int exponent = scaled.exponent + bits - MANTISSA_BITS;
    if (exponent < LOWEST_EXPONENT)
        exponent = LOWEST_EXPONENT;
    struct cut cut = aici_number_cut(&scaled, exponent - scaled.exponent);
    *binary = (struct binary){cut.whole, exponent};
    return cut.rounding;
}

static void step_up(struct binary *binary) {
    binary->mantissa++;
    if (binary->mantissa >> MANTISSA_BITS) {
        binary->mantissa >>= 1;
        binary->exponent++;
    }
}

/* Digits on their way into a long number, nine at a time. */
struct gathering {
    struct natural *number;
    uint32_t digits, scale;
};

static void flush_digits(struct gathering *gathering) {
    aici_natural_times_plus(gathering->number, gathering->scale, gathering->digits);
    gathering->digits = 0;
    gathering->scale = 1;
}

static void gather_digit(struct gathering *gathering, uint32_t digit) {
    gathering->digits = gathering->digits * 10 + digit;
    gathering->scale *= 10;
    if (gathering->scale == 1000000000)
        flush_digits(gathering);
}

/* All digits as one number, those behind the AICI_NUMBER_EXACT_DIGITS-th as one 1 if they matter; returns the power of ten it stands for.
 */
static int gather_digits(const struct decimal *decimal, struct natural *number) {
    struct gathering gathering = {number, 0, 1};
    int count = 0;
    bool more = false;
    aici_natural_set(number, 0);
    for (const char *at = decimal->begin; at < decimal->end; at++) {
        if (!is_digit(*at) || (count == 0 && *at == '0'))
            continue;
        more = more || (count >= AICI_NUMBER_EXACT_DIGITS && *at != '0');
        if (count < AICI_NUMBER_EXACT_DIGITS) {
            gather_digit(&gathering, (uint32_t)(*at - '0'));
            count++;
        }
    }
    if (more)
        gather_digit(&gathering, 1);
    flush_digits(&gathering);
    return (int)decimal->lead - count - more;
}

/* Rounds a number that is not below @p binary by comparing it with the ties above. */
static void round_exactly(const struct decimal *decimal, struct binary *binary) {
    struct natural digits;
    int power = gather_digits(decimal, &digits);
    for (;;) {
        int order = aici_number_compare(&digits, power, binary->mantissa * 2 + 1, binary->exponent - 1);
        if (order < 0 || (order == 0 && !(binary->mantissa & 1)))
            return;
        step_up(binary);
    }
}

/* A number with at most WORD_DIGITS digits that is a whole number of halves, quarters …: 0.5, 2.25. */
static bool divide_exactly(uint64_t word, int power, struct scaled *scaled) {
    if (power < -27 || power >= 0)
        return false;
    uint64_t fives = 1;
    for (int i = power; i < 0; i++)
        fives *= 5;
    if (word % fives)
        return false;
    *scaled = aici_number_scale(word / fives, power, 0);
    return true;
}

static void round_dyadic(const struct scaled *scaled, struct binary *binary) {
    struct cut cut = aici_number_cut(scaled, binary->exponent - scaled->exponent);
    binary->mantissa = cut.whole;
    if (cut.rounding == ROUND_UP)
        step_up(binary);
}

static struct binary round_decimal(const struct decimal *decimal) {
    int power = (int)decimal->lead - decimal->taken;
    struct binary binary, above;
    struct scaled scaled;
    enum rounding rounding = estimate(decimal->word, power, &binary);
    if (decimal->more &&
        (estimate(decimal->word + 1, power, &above) != rounding || above.mantissa != binary.mantissa || above.exponent != binary.exponent))
        rounding = ROUND_UNSURE;
    if (rounding == ROUND_UP)
        step_up(&binary);
    else if (rounding == ROUND_UNSURE && !decimal->more && divide_exactly(decimal->word, power, &scaled))
        round_dyadic(&scaled, &binary);
    else if (rounding == ROUND_UNSURE)
        round_exactly(decimal, &binary);
    return binary;
}

static uint64_t assemble(const struct binary *binary) {
    uint64_t hidden = UINT64_C(1) << (MANTISSA_BITS - 1);
    if (binary->mantissa < hidden)
        return binary->mantissa;
    return (uint64_t)(binary->exponent - LOWEST_EXPONENT + 1) << (MANTISSA_BITS - 1) | (binary->mantissa & (hidden - 1));
}

static void hand_out(uint64_t bits, bool negative, double *value) {
    bits |= (uint64_t)negative << SIGN_BIT;
    memcpy(value, &bits, sizeof bits);
}

aici_number_status aici_number_read(const char *text, size_t size, int power_of_ten, double *value) {
    struct decimal decimal;
    if (!size || !scan(&decimal, text, size))
        return AICI_NUMBER_SYNTAX;
    decimal.lead += power_of_ten;
    if (decimal.taken == 0) {
        hand_out(0, decimal.negative, value);
        return AICI_NUMBER_OK;
    }
    if (decimal.lead > HIGHEST_LEAD)
        return AICI_NUMBER_OVERFLOW;
    if (decimal.lead < LOWEST_LEAD)
        return AICI_NUMBER_UNDERFLOW;
    struct binary binary = round_decimal(&decimal);
    if (binary.exponent > HIGHEST_EXPONENT)
        return AICI_NUMBER_OVERFLOW;
    if (binary.mantissa == 0)
        return AICI_NUMBER_UNDERFLOW;
    hand_out(assemble(&binary), decimal.negative, value);
    return AICI_NUMBER_OK;
}
