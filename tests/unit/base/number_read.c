/* SPDX-License-Identifier: MIT */
/* Text to numbers. */
#include "base/number_oracle.h"

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

static void a_million_random_texts_read_as_the_c_library_reads_them(void **state) {
    (void)state;
    uint64_t random = 1;
    char text[128];
    for (int i = 0; i < 1000000; i++) {
        make_random_text(&random, text);
        assert_reads_as_the_c_library(text);
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
