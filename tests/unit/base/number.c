/* SPDX-License-Identifier: MIT */
/*
 * Numbers as text and back. The oracle is the C library in the C locale, which rounds correctly; where it cannot judge (the table
 * of powers, the shortest text), long arithmetic and trying do.
 */
#include "base/number.h"
#include "base/number_exact.h"
#include "base/number_powers.h"

#include <fenv.h>
#include <float.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

static uint64_t bits_of(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static double double_of(uint64_t bits) {
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* splitmix64 */
static uint64_t draw(uint64_t *state) {
    uint64_t word = *state += UINT64_C(0x9e3779b97f4a7c15);
    word = (word ^ word >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    word = (word ^ word >> 27) * UINT64_C(0x94d049bb133111eb);
    return word ^ word >> 31;
}

static unsigned draw_below(uint64_t *state, unsigned limit) { return (unsigned)(draw(state) % limit); }

static double draw_finite(uint64_t *state) {
    for (;;) {
        double value = double_of(draw(state));
        if (isfinite(value))
            return value;
    }
}

static void assert_reads(const char *text, double expected) {
    double value = 12345;
    if (aici_number_read(text, strlen(text), 0, &value) != AICI_NUMBER_OK || bits_of(value) != bits_of(expected))
        fail_msg("%s read as %a, not %a", text, value, expected);
}

static void assert_refused(const char *text, aici_number_status status) {
    double value = 12345;
    if (aici_number_read(text, strlen(text), 0, &value) != status || value != 12345)
        fail_msg("%s was not refused as it should be", text);
}

/* What strtod says, in our statuses. */
static aici_number_status oracle(const char *text, double *value) {
    *value = strtod(text, NULL);
    if (isinf(*value))
        return AICI_NUMBER_OVERFLOW;
    return *value == 0 && strcspn(text, "123456789") < strcspn(text, "eE") ? AICI_NUMBER_UNDERFLOW : AICI_NUMBER_OK;
}

static void assert_reads_as_the_c_library(const char *text) {
    double expected, value = 0;
    aici_number_status status = oracle(text, &expected);
    if (aici_number_read(text, strlen(text), 0, &value) != status || (status == AICI_NUMBER_OK && bits_of(value) != bits_of(expected)))
        fail_msg("%s read as %a, not %a", text, value, expected);
}

static void assert_writes(double value, const char *expected) {
    char text[AICI_NUMBER_TEXT_BYTES];
    size_t length = aici_number_write(value, text);
    assert_string_equal(text, expected);
    assert_int_equal(length, strlen(expected));
}

static void assert_writes_digits(double value, int digits, const char *expected) {
    char text[AICI_NUMBER_TEXT_BYTES];
    size_t length = aici_number_write_digits(value, digits, text);
    assert_string_equal(text, expected);
    assert_int_equal(length, strlen(expected));
}

static void assert_survives_the_round_trip(double value) {
    char text[AICI_NUMBER_TEXT_BYTES];
    double again = 0;
    size_t length = aici_number_write(value, text);
    if (length >= sizeof text || aici_number_read(text, length, 0, &again) != AICI_NUMBER_OK || bits_of(again) != bits_of(value))
        fail_msg("%a was written as %s and read as %a", value, text, again);
}

static void numbers_are_digits_with_a_point_and_an_exponent(void **state) {
    (void)state;
    assert_reads("0", 0.0);
    assert_reads("12", 12.0);
    assert_reads(".5", 0.5);
    assert_reads("5.", 5.0);
    assert_reads("+1.5", 1.5);
    assert_reads("-1.5", -1.5);
    assert_reads("1e3", 1000.0);
    assert_reads("1E+3", 1000.0);
    assert_reads("25e-2", 0.25);
    assert_reads("007", 7.0);
    assert_reads("0.1", 0.1);
    assert_reads("1.1588541666666668e19", 1.1588541666666668e19);
}

static void the_sign_of_zero_is_kept(void **state) {
    (void)state;
    assert_reads("-0", -0.0);
    assert_reads("-0.000e5", -0.0);
    assert_reads("0e999999999999999999999", 0.0);
}

static void what_is_not_a_number_is_refused(void **state) {
    (void)state;
    static const char *const texts[] = {"",      ".",   "+",     "-",    "e5", ".e5",  "1e",    "1e+",      "1e-",
                                        "1.2.3", "1,5", "1_0",   " 1",   "1 ", "0x10", "nan",   "inf",      "1e5x",
                                        "--1",   "+-1", "1e5.0", "1e 5", "٣",  "1\t2", "1e1e1", "infinity", "1e++1"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_refused(texts[i], AICI_NUMBER_SYNTAX);
    double value = 12345;
    assert_int_equal(aici_number_read("1\0", 2, 0, &value), AICI_NUMBER_SYNTAX);
    assert_int_equal(aici_number_read(NULL, 0, 0, &value), AICI_NUMBER_SYNTAX);
    assert_true(value == 12345);
}

static void only_the_given_bytes_are_read(void **state) {
    (void)state;
    double value = 0;
    assert_int_equal(aici_number_read("1234", 2, 0, &value), AICI_NUMBER_OK);
    assert_true(value == 12);
}

static void the_range_ends_where_rounding_leaves_it(void **state) {
    (void)state;
    assert_reads("1.7976931348623157e308", 1.7976931348623157e308);
    assert_reads("1.797693134862315807e308", 1.7976931348623157e308);
    assert_refused("1.797693134862315808e308", AICI_NUMBER_OVERFLOW);
    assert_refused("1e309", AICI_NUMBER_OVERFLOW);
    assert_refused("1e99999999999999999999999", AICI_NUMBER_OVERFLOW);
    assert_reads("5e-324", 5e-324);
    assert_reads("2.4703282292062328e-324", 5e-324);
    assert_refused("2.4703282292062327e-324", AICI_NUMBER_UNDERFLOW);
    assert_refused("-1e-400", AICI_NUMBER_UNDERFLOW);
    assert_refused("1e-99999999999999999999999", AICI_NUMBER_UNDERFLOW);
    assert_reads("2.2250738585072011e-308", 2.2250738585072011e-308);
    assert_reads("2.2250738585072014e-308", 2.2250738585072014e-308);
}

static void a_power_of_ten_is_added_before_rounding(void **state) {
    (void)state;
    double value = 0;
    assert_int_equal(aici_number_read("1.43", 4, 8, &value), AICI_NUMBER_OK);
    assert_true(value == 143000000.0);
    assert_int_equal(aici_number_read("0.3", 3, -1, &value), AICI_NUMBER_OK);
    assert_true(value == 0.03);
    assert_int_equal(aici_number_read("32", 2, -2, &value), AICI_NUMBER_OK);
    assert_true(value == 0.32);
    assert_int_equal(aici_number_read("1e300", 5, 9, &value), AICI_NUMBER_OVERFLOW);
    assert_int_equal(aici_number_read("1e-300", 6, -30, &value), AICI_NUMBER_UNDERFLOW);
    assert_int_equal(aici_number_read("1e310", 5, -10, &value), AICI_NUMBER_OK);
    assert_true(value == 1e300);
}

static void a_power_of_ten_is_as_good_as_an_exponent(void **state) {
    (void)state;
    uint64_t random = 7;
    for (int i = 0; i < 20000; i++) {
        char digits[40], whole[64];
        int power = (int)draw_below(&random, 60) - 30;
        snprintf(digits, sizeof digits, "%u.%u", draw_below(&random, 100000), draw_below(&random, 1000000));
        snprintf(whole, sizeof whole, "%se%d", digits, power);
        double value = 0;
        assert_int_equal(aici_number_read(digits, strlen(digits), power, &value), AICI_NUMBER_OK);
        if (bits_of(value) != bits_of(strtod(whole, NULL)))
            fail_msg("%s times 10^%d", digits, power);
    }
}

static void hard_numbers_are_rounded_correctly(void **state) {
    (void)state;
    static const char *const texts[] = {"9007199254740993",
                                        "9007199254740992.999999999999999999999",
                                        "9007199254740993.000000000000000000000000001",
                                        "9007199254740991.4999999999999999999999999999999995",
                                        "6.631236846766476e-316",
                                        "3.237883913302901e-319",
                                        "1.00000000000000011102230246251565404236316680908203125",
                                        "1.00000000000000011102230246251565404236316680908203124",
                                        "1.00000000000000011102230246251565404236316680908203126",
                                        "8.98846567431158e307",
                                        "2.2250738585072012e-308",
                                        "0.000000000000000000000000000000000000012345678901234567890123456789",
                                        "123456789012345678901234567890",
                                        "1448997445238699",
                                        "0.500000000000000166533453693773481063544750213623046875",
                                        "3.518437208883201171875e13",
                                        "62.5364939768271845828",
                                        "8.10109172351e-10",
                                        "1.50000000000000011102230246251565",
                                        "12345678901234567e-340",
                                        "7.2057594037927933e16",
                                        "1090544144181609348671888949248",
                                        "5708990770823839524233143877797980545530986496",
                                        "1e23",
                                        "8.5e22",
                                        "4.9406564584124654e-324",
                                        "0.1e-322",
                                        "8.442911973260991817129021e-309",
                                        "18014398509481993",
                                        "9.5367431640625e-7"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_reads_as_the_c_library(texts[i]);
}

static void negative_powers_of_two_with_few_digits_are_exact(void **state) {
    (void)state;
    for (int power = 1; power <= 27; power++) {
        char text[64];
        snprintf(text, sizeof text, "%.30f", ldexp(1.0, -power));
        assert_reads(text, ldexp(1.0, -power));
        snprintf(text, sizeof text, "%.*g", 20, ldexp(1.0, -power));
        assert_reads_as_the_c_library(text);
    }
}

/* The exact decimal of the middle between a double and the next, with @p last put behind it or taken off its end. */
static void check_around_the_middle(double value) {
    static char text[1600];
    double next = nextafter(value, HUGE_VAL);
    if (!isfinite(next))
        return;
    /* Exact in a long double of 64 bits; the C library prints all its digits. */
    long double middle = ((long double)value + (long double)next) / 2;
    int length = snprintf(text, sizeof text, "%.1120Lf", middle);
    assert_reads_as_the_c_library(text);
    memcpy(text + length, "00000000000000000001", 21);
    assert_reads_as_the_c_library(text);
    text[length] = '\0';
    char *last = text + length - 1;
    while (*last == '0')
        last--;
    if (*last == '.')
        return;
    *last = (char)(*last - 1);
    memset(last + 1, '9', 10);
    last[11] = '\0';
    assert_reads_as_the_c_library(text);
}

static void ties_of_up_to_800_digits_are_decided(void **state) {
    (void)state;
#if LDBL_MANT_DIG >= 64
    uint64_t random = 3;
    check_around_the_middle(5e-324);
    check_around_the_middle(2.2250738585072009e-308);
    check_around_the_middle(2.2250738585072014e-308);
    check_around_the_middle(1.0);
    check_around_the_middle(9007199254740992.0);
    for (int i = 0; i < 1500; i++)
        check_around_the_middle(fabs(double_of(draw(&random) % UINT64_C(0x4340000000000000))));
    for (uint64_t tiny = 1; tiny < 300; tiny++)
        check_around_the_middle(double_of(tiny * tiny * tiny));
#else
    skip();
#endif
}

static void a_digit_after_a_million_zeros_counts(void **state) {
    (void)state;
    enum { ZEROS = 1000000 };
    char *text = malloc(ZEROS + 64);
    assert_non_null(text);
    double value = 0;

    int begin = sprintf(text, "9007199254740993.");
    memset(text + begin, '0', ZEROS);
    assert_int_equal(aici_number_read(text, (size_t)begin + ZEROS, 0, &value), AICI_NUMBER_OK);
    assert_true(value == 9007199254740992.0);
    text[begin + ZEROS - 1] = '1';
    assert_int_equal(aici_number_read(text, (size_t)begin + ZEROS, 0, &value), AICI_NUMBER_OK);
    assert_true(value == 9007199254740994.0);

    memset(text, '0', ZEROS);
    text[1] = '.';
    int end = sprintf(text + ZEROS, "125e%d", ZEROS);
    assert_int_equal(aici_number_read(text, (size_t)(ZEROS + end), 0, &value), AICI_NUMBER_OK);
    assert_true(value == 12.5);
    free(text);
}

static void make_random_text(uint64_t *random, char *text) {
    unsigned digits = 1 + draw_below(random, draw_below(random, 8) ? 22 : 60), point = draw_below(random, digits + 1);
    if (draw_below(random, 2))
        *text++ = '-';
    for (unsigned i = 0; i < digits; i++) {
        if (i == point)
            *text++ = '.';
        *text++ = (char)('0' + draw_below(random, 10));
    }
    *text = '\0';
    switch (draw_below(random, 4)) {
    case 0: break;
    case 1: sprintf(text, "e%d", (int)draw_below(random, 40) - 20); break;
    default: sprintf(text, "e%d", (int)draw_below(random, 680) - 345); break;
    }
}

static void a_million_random_texts_read_as_the_c_library_reads_them(void **state) {
    (void)state;
    uint64_t random = 1;
    char text[128];
    for (int i = 0; i < 1000000; i++) {
        make_random_text(&random, text);
        assert_reads_as_the_c_library(text);
    }
}

static void seventeen_digits_of_random_doubles_read_back(void **state) {
    (void)state;
    uint64_t random = 2;
    for (int i = 0; i < 200000; i++) {
        char text[64];
        double value = draw_finite(&random);
        snprintf(text, sizeof text, "%.*e", 14 + (int)draw_below(&random, 6), value);
        assert_reads_as_the_c_library(text);
    }
}

static void a_million_random_doubles_survive_the_round_trip(void **state) {
    (void)state;
    uint64_t random = 4;
    for (int i = 0; i < 700000; i++)
        assert_survives_the_round_trip(draw_finite(&random));
    for (int i = 0; i < 100000; i++)
        assert_survives_the_round_trip(double_of(draw(&random) >> (12 + draw_below(&random, 50)))); /* subnormal */
    for (int i = 0; i < 200000; i++)
        assert_survives_the_round_trip((double)(draw(&random) >> draw_below(&random, 60)) / (draw_below(&random, 2) ? 1 : 1000));
}

static void powers_and_their_neighbours_survive_the_round_trip(void **state) {
    (void)state;
    for (int power = -1074; power <= 1023; power++) {
        double value = ldexp(1.0, power);
        assert_survives_the_round_trip(value);
        assert_survives_the_round_trip(nextafter(value, 0) == 0 ? value : nextafter(value, 0));
        assert_survives_the_round_trip(nextafter(value, HUGE_VAL));
        assert_survives_the_round_trip(-value);
    }
    for (int power = -323; power <= 308; power++) {
        char text[16], written[AICI_NUMBER_TEXT_BYTES];
        sprintf(text, "1e%d", power);
        double value = strtod(text, NULL);
        assert_survives_the_round_trip(nextafter(value, 0) == 0 ? value : nextafter(value, 0));
        assert_survives_the_round_trip(nextafter(value, HUGE_VAL));
        aici_number_write(value, written);
        if (power < -5 || power > 15)
            assert_string_equal(written, text);
    }
}

static void notation_is_plain_between_1e_minus_5_and_1e16(void **state) {
    (void)state;
    assert_writes(0.0, "0");
    assert_writes(-0.0, "-0");
    assert_writes(12, "12");
    assert_writes(-1.5, "-1.5");
    assert_writes(0.1, "0.1");
    assert_writes(100, "100");
    assert_writes(1e15, "1000000000000000");
    assert_writes(9999999999999998.0, "9999999999999998");
    assert_writes(1e16, "1e16");
    assert_writes(0.00001, "0.00001");
    assert_writes(0.000012345, "0.000012345");
    assert_writes(0.00000999, "9.99e-6");
    assert_writes(1.1588541666666668e19, "1.1588541666666668e19");
    assert_writes(1e100, "1e100");
    assert_writes(5e-324, "5e-324");
    assert_writes(-1.7976931348623157e308, "-1.7976931348623157e308");
    assert_writes(2.2250738585072014e-308, "2.2250738585072014e-308");
}

static void what_is_not_finite_has_a_name(void **state) {
    (void)state;
    assert_writes((double)NAN, "nan");
    assert_writes(-(double)NAN, "nan");
    assert_writes(HUGE_VAL, "inf");
    assert_writes(-HUGE_VAL, "-inf");
    assert_writes_digits((double)NAN, 3, "nan");
    assert_writes_digits(-HUGE_VAL, 3, "-inf");
}

/* Digits of a text without point, sign, exponent and zeros at the ends. */
static size_t bare_digits(const char *text, char *out) {
    size_t count = 0, length = strcspn(text, "e");
    for (size_t i = 0; i < length; i++)
        if (text[i] >= '0' && text[i] <= '9' && (count || text[i] != '0'))
            out[count++] = text[i];
    while (count && out[count - 1] == '0')
        count--;
    out[count] = '\0';
    return count;
}

static void no_shorter_text_reads_back_and_none_of_that_length_is_nearer(void **state) {
    (void)state;
    uint64_t random = 5;
    for (int i = 0; i < 60000; i++) {
        double value = i % 3 ? draw_finite(&random) : ldexp((double)(1 + draw(&random) % 4096), (int)draw_below(&random, 200) - 100);
        if (value == 0)
            continue;
        char ours[AICI_NUMBER_TEXT_BYTES], theirs[64], our_digits[64], their_digits[64];
        int digits = i % 3 ? 14 : 0;
        do
            snprintf(theirs, sizeof theirs, "%.*e", digits, value);
        while (strtod(theirs, NULL) != value && digits++ < 17);
        aici_number_write(value, ours);
        size_t our_length = bare_digits(ours, our_digits), their_length = bare_digits(theirs, their_digits);
        bool shorter_than_rounding = our_length < their_length && strtod(ours, NULL) == value;
        if (strcmp(our_digits, their_digits) != 0 && !shorter_than_rounding)
            fail_msg("%a was written as %s, better is %s", value, ours, theirs);
    }
}

static void known_shortest_texts(void **state) {
    (void)state;
    assert_writes(9007199254740993.0, "9007199254740992");
    assert_writes(2e-44, "2e-44");
    assert_writes(9.5e-323, "9.4e-323");
    assert_writes(1e23, "1e23");
    assert_writes(4.35, "4.35");
    assert_writes(5e-320, "5e-320");
    assert_writes(9007199254740992.0 * 2, "1.8014398509481984e16");
    assert_writes(0.3, "0.3");
    assert_writes(0.1 + 0.2, "0.30000000000000004");
    assert_writes(4.4501477170144023e-308, "4.4501477170144023e-308");
}

static void digits_are_rounded_from_the_exact_value(void **state) {
    (void)state;
    assert_writes_digits(1234.5678, 6, "1234.57");
    assert_writes_digits(1234.5678, 2, "1200");
    assert_writes_digits(0.125, 2, "0.12");
    assert_writes_digits(0.375, 2, "0.38");
    assert_writes_digits(2.5, 1, "2");
    assert_writes_digits(3.5, 1, "4");
    assert_writes_digits(1.005, 3, "1");
    assert_writes_digits(0.1, 17, "0.10000000000000001");
    assert_writes_digits(99.96, 3, "100");
    assert_writes_digits(9.99e15, 1, "1e16");
    assert_writes_digits(9.99e-6, 1, "0.00001");
    assert_writes_digits(1e22, 17, "1e22");
    assert_writes_digits(-5e-324, 17, "-4.9406564584124654e-324");
    assert_writes_digits(1.7976931348623157e308, 3, "1.8e308");
    assert_writes_digits(0, 5, "0");
    assert_writes_digits(7, 0, "7");
    assert_writes_digits(0.1, 99, "0.10000000000000001");
}

static void digits_agree_with_the_c_library(void **state) {
    (void)state;
    uint64_t random = 6;
    for (int i = 0; i < 300000; i++) {
        double value = draw_finite(&random);
        if (i % 4 == 0)
            value = (double)(int64_t)(draw(&random) >> draw_below(&random, 60)) / 64;
        int digits = 1 + (int)draw_below(&random, 17);
        char ours[AICI_NUMBER_TEXT_BYTES], theirs[64], our_digits[64], their_digits[64];
        aici_number_write_digits(value, digits, ours);
        snprintf(theirs, sizeof theirs, "%.*e", digits - 1, value);
        bare_digits(ours, our_digits);
        bare_digits(theirs, their_digits);
        bool too_large = isinf(strtod(theirs, NULL)) != 0;
        if (strcmp(our_digits, their_digits) != 0 || (!too_large && strtod(ours, NULL) != strtod(theirs, NULL)))
            fail_msg("%a to %d digits: %s, not %s", value, digits, ours, theirs);
    }
}

static void the_rounding_mode_has_no_say(void **state) {
    (void)state;
    static const int modes[] = {FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
    uint64_t random = 8;
    for (int i = 0; i < 2000; i++) {
        char text[128], expected[AICI_NUMBER_TEXT_BYTES], written[AICI_NUMBER_TEXT_BYTES];
        double value = 0, again = 0;
        make_random_text(&random, text);
        aici_number_status status = aici_number_read(text, strlen(text), 0, &value);
        aici_number_write(value, expected);
        for (size_t mode = 0; mode < 4; mode++) {
            fesetround(modes[mode]);
            aici_number_status same = aici_number_read(text, strlen(text), 0, &again);
            aici_number_write(value, written);
            fesetround(FE_TONEAREST);
            assert_int_equal(same, status);
            assert_true(bits_of(again) == bits_of(value));
            assert_string_equal(written, expected);
        }
    }
}

/* (entry - 1) * 2^a < 5^n * 2^b <= entry * 2^a, and the like for negative powers. */
static bool lies_in_the_last_place(uint64_t high, uint64_t low, int power) {
    struct natural upper, lower, power_of_five, *fives[2] = {&upper, &lower};
    for (int i = 0; i < 2; i++) {
        uint64_t less = low - (uint64_t)i;
        aici_natural_set(fives[i], high - (i && low == 0));
        aici_natural_shift(fives[i], 64);
        struct natural tail;
        aici_natural_set(&tail, less);
        for (unsigned limb = 0; limb < tail.count; limb++)
            fives[i]->limbs[limb] = tail.limbs[limb];
    }
    aici_natural_set(&power_of_five, 1);
    int shift = 127 - aici_number_log2(power) + power; /* of 5^power, to be compared with the entry */
    if (power >= 0) {
        aici_natural_times_power_of_five(&power_of_five, (unsigned)power);
    } else {
        aici_natural_times_power_of_five(&upper, (unsigned)-power);
        aici_natural_times_power_of_five(&lower, (unsigned)-power);
    }
    if (shift >= 0) {
        aici_natural_shift(&power_of_five, (unsigned)shift);
    } else {
        aici_natural_shift(&upper, (unsigned)-shift);
        aici_natural_shift(&lower, (unsigned)-shift);
    }
    return aici_natural_compare(&lower, &power_of_five) < 0 && aici_natural_compare(&power_of_five, &upper) <= 0;
}

static void the_table_of_powers_is_right_in_the_last_place(void **state) {
    (void)state;
    for (int power = AICI_NUMBER_SMALLEST_POWER; power <= AICI_NUMBER_LARGEST_POWER; power++) {
        const struct power_of_ten *entry = aici_number_power(power);
        assert_true(entry->high >> 63);
        if (!lies_in_the_last_place(entry->high, entry->low, power))
            fail_msg("10^%d", power);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_digits_with_a_point_and_an_exponent),
        cmocka_unit_test(the_sign_of_zero_is_kept),
        cmocka_unit_test(what_is_not_a_number_is_refused),
        cmocka_unit_test(only_the_given_bytes_are_read),
        cmocka_unit_test(the_range_ends_where_rounding_leaves_it),
        cmocka_unit_test(a_power_of_ten_is_added_before_rounding),
        cmocka_unit_test(a_power_of_ten_is_as_good_as_an_exponent),
        cmocka_unit_test(hard_numbers_are_rounded_correctly),
        cmocka_unit_test(negative_powers_of_two_with_few_digits_are_exact),
        cmocka_unit_test(ties_of_up_to_800_digits_are_decided),
        cmocka_unit_test(a_digit_after_a_million_zeros_counts),
        cmocka_unit_test(a_million_random_texts_read_as_the_c_library_reads_them),
        cmocka_unit_test(seventeen_digits_of_random_doubles_read_back),
        cmocka_unit_test(a_million_random_doubles_survive_the_round_trip),
        cmocka_unit_test(powers_and_their_neighbours_survive_the_round_trip),
        cmocka_unit_test(notation_is_plain_between_1e_minus_5_and_1e16),
        cmocka_unit_test(what_is_not_finite_has_a_name),
        cmocka_unit_test(no_shorter_text_reads_back_and_none_of_that_length_is_nearer),
        cmocka_unit_test(known_shortest_texts),
        cmocka_unit_test(digits_are_rounded_from_the_exact_value),
        cmocka_unit_test(digits_agree_with_the_c_library),
        cmocka_unit_test(the_rounding_mode_has_no_say),
        cmocka_unit_test(the_table_of_powers_is_right_in_the_last_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
