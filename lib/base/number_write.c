/* SPDX-License-Identifier: MIT */
/*
 * Doubles to decimal text: the shortest that reads back (R. Giulietti, "The Schubfach way to render doubles", 2020), or rounded to a
 * number of digits from the exact binary value, ties to even. Notation is decided at the end, from the digits.
 */
#include "base/number.h"
#include "base/number_exact.h"
#include "base/number_scale.h"

#include <string.h>

enum { FRACTION_BITS = 52, EXPONENT_FIELD = 0x7ff, LOWEST_EXPONENT = -1074, MOST_DIGITS = 17 };
enum { FIRST_PLAIN = -5, LAST_PLAIN = 15 }; /* powers of ten of the first digit that are written without exponent */

/* mantissa * 2^exponent */
struct binary {
    uint64_t mantissa;
    int exponent;
};

/* digits * 10^power */
struct decimal {
    uint64_t digits;
    int power;
};

static int log10_of_power_of_two(int exponent) { return (exponent * 1262611) >> 22; }

static int log10_of_three_quarters(int exponent) { return (exponent * 1262611 - 524031) >> 22; }

/* number * ten / 2^127, its last bit set when anything was cut off: enough to compare it with what lies two bits apart. */
static uint64_t multiply_to_odd(const struct power_of_ten *ten, uint64_t number) {
    struct wide lower = aici_number_multiply(ten->low, number), upper = aici_number_multiply(ten->high, number);
    uint64_t rest = upper.low + lower.high;
    return (upper.high + (rest < upper.low)) | (rest > 1);
}

/* The shortest decimal between the middles to the neighbours; of several the nearest. Names are those of the paper, spelled out. */
static struct decimal shorten(const struct binary *binary) {
    bool even = !(binary->mantissa & 1);
    bool lower_is_closer = binary->mantissa == UINT64_C(1) << FRACTION_BITS && binary->exponent > LOWEST_EXPONENT;
    int power = lower_is_closer ? log10_of_three_quarters(binary->exponent) : log10_of_power_of_two(binary->exponent);
    int shift = binary->exponent + aici_number_log2(-power) + 1;
    const struct power_of_ten *ten = aici_number_power(-power);
    uint64_t quarters = 4 * binary->mantissa;
    uint64_t low = multiply_to_odd(ten, (quarters - 2 + lower_is_closer) << shift) + !even;
    uint64_t value = multiply_to_odd(ten, quarters << shift);
    uint64_t high = multiply_to_odd(ten, (quarters + 2) << shift) - !even;

    uint64_t digits = value / 4, tens = digits / 10;
    if (digits >= 10) {
        bool down_fits = low <= 40 * tens, up_fits = 40 * tens + 40 <= high;
        if (down_fits != up_fits)
            return (struct decimal){tens + up_fits, power + 1};
    }
    bool down_fits = low <= 4 * digits, up_fits = 4 * digits + 4 <= high;
    if (down_fits != up_fits)
        return (struct decimal){digits + up_fits, power};
    uint64_t middle = 4 * digits + 2;
    bool up = value > middle || (value == middle && digits & 1);
    return (struct decimal){digits + up, power};
}

static uint64_t power_of_ten(int power) {
    uint64_t result = 1;
    while (power-- > 0)
        result *= 10;
    return result;
}

static bool rounds_up(const struct binary *binary, struct cut cut, int scale) {
    if (cut.rounding != ROUND_UNSURE)
        return cut.rounding == ROUND_UP;
    struct natural tie;
    aici_natural_set(&tie, 2 * cut.whole + 1);
    int order = aici_number_compare(&tie, -scale, binary->mantissa, binary->exponent + 1);
    return order < 0 || (order == 0 && cut.whole & 1);
}

static struct decimal round_to(const struct binary *binary, int digits) {
    int bits = 64 - aici_number_leading_zeros(binary->mantissa);
    int scale = digits - 1 - log10_of_power_of_two(binary->exponent + bits - 1);
    struct scaled scaled = aici_number_scale(binary->mantissa, binary->exponent, scale);
    struct cut cut = aici_number_cut(&scaled, -scaled.exponent);
    if (cut.whole >= power_of_ten(digits)) { /* the logarithm was that of the power of two below */
        scale--;
        scaled = aici_number_scale(binary->mantissa, binary->exponent, scale);
        cut = aici_number_cut(&scaled, -scaled.exponent);
    }
    return (struct decimal){cut.whole + rounds_up(binary, cut, scale), -scale};
}

/* Text being written; `at` is the next byte. */
struct writer {
    char *at;
};

static void put(struct writer *writer, char character) { *writer->at++ = character; }

static void put_digits(struct writer *writer, const char *digits, int count) {
    memcpy(writer->at, digits, (size_t)count);
    writer->at += count;
}

static void put_zeros(struct writer *writer, int count) {
    for (int i = 0; i < count; i++)
        put(writer, '0');
}

static void put_plain(struct writer *writer, const char *digits, int count, int lead) {
    int whole = lead + 1;
    if (whole <= 0) {
        put_digits(writer, "0.", 2);
        put_zeros(writer, -whole);
        put_digits(writer, digits, count);
    } else if (whole >= count) {
        put_digits(writer, digits, count);
        put_zeros(writer, whole - count);
    } else {
        put_digits(writer, digits, whole);
        put(writer, '.');
        put_digits(writer, digits + whole, count - whole);
    }
}

static void put_exponential(struct writer *writer, const char *digits, int count, int lead) {
    put(writer, digits[0]);
    if (count > 1) {
        put(writer, '.');
        put_digits(writer, digits + 1, count - 1);
    }
    put(writer, 'e');
    if (lead < 0)
        put(writer, '-');
    int size = lead < 0 ? -lead : lead;
    if (size >= 100)
        put(writer, (char)('0' + size / 100));
    if (size >= 10)
        put(writer, (char)('0' + size / 10 % 10));
    put(writer, (char)('0' + size % 10));
}

static void put_decimal(struct writer *writer, struct decimal decimal) {
    char digits[MOST_DIGITS + 3];
    char *end = digits + sizeof digits, *begin = end;
    for (; decimal.digits % 10 == 0; decimal.power++)
        decimal.digits /= 10;
    for (; decimal.digits; decimal.digits /= 10)
        *--begin = (char)('0' + decimal.digits % 10);
    int count = (int)(end - begin), lead = decimal.power + count - 1;
    if (lead >= FIRST_PLAIN && lead <= LAST_PLAIN)
        put_plain(writer, begin, count, lead);
    else
        put_exponential(writer, begin, count, lead);
}

/* digits 0: the shortest */
static size_t write_number(double value, int digits, char *out) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    struct writer writer = {out};
    int field = (int)(bits >> FRACTION_BITS & EXPONENT_FIELD);
    uint64_t fraction = bits & ((UINT64_C(1) << FRACTION_BITS) - 1);
    bool is_nan = field == EXPONENT_FIELD && fraction;
    struct binary binary = {field ? fraction | UINT64_C(1) << FRACTION_BITS : fraction, LOWEST_EXPONENT + (field ? field - 1 : 0)};

    if (bits >> 63 && !is_nan)
        put(&writer, '-');
    if (field == EXPONENT_FIELD)
        put_digits(&writer, is_nan ? "nan" : "inf", 3);
    else if (binary.mantissa == 0)
        put(&writer, '0');
    else
        put_decimal(&writer, digits ? round_to(&binary, digits) : shorten(&binary));
    *writer.at = '\0';
    return (size_t)(writer.at - out);
}

size_t aici_number_write(double value, char out[AICI_NUMBER_TEXT_BYTES]) { return write_number(value, 0, out); }

size_t aici_number_write_digits(double value, int digits, char out[AICI_NUMBER_TEXT_BYTES]) {
    return write_number(value, digits < 1 ? 1 : digits > MOST_DIGITS ? MOST_DIGITS : digits, out);
}
