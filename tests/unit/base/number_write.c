/* SPDX-License-Identifier: MIT */
/* Numbers to text, and the table of powers that both ways use. */
#include "base/number_exact.h"
#include "base/number_oracle.h"
#include "base/number_powers.h"

#include <fenv.h>

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
