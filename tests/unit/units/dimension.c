/* SPDX-License-Identifier: MIT */
/* The arithmetic of dimensions. */
#include "units/support.h"

#include <math.h>
#include <string.h>

static int make_units(void **state) {
    *state = aici_units_new(NULL, NULL);
    return *state ? 0 : -1;
}

static int free_units(void **state) {
    aici_units_free(*state);
    return 0;
}

static void an_amount_a_rate_and_a_rate_per_device_differ(void **state) {
    aici_dimension amount = dimension_of(*state, "FLOP"), rate = dimension_of(*state, "FLOP/s"),
                   device = dimension_of(*state, "FLOP/s/GPU");
    assert_false(aici_dimension_equal(&amount, &rate));
    assert_false(aici_dimension_equal(&rate, &device));
    assert_true(aici_dimension_equal(&rate, &rate));
}

static void a_product_does_not_depend_on_the_order(void **state) {
    aici_dimension left = dimension_of(*state, "token"), right = dimension_of(*state, "FLOP/parameter/token"), one, other;
    assert_true(aici_dimension_multiply(&left, &right, &one));
    assert_true(aici_dimension_multiply(&right, &left, &other));
    assert_memory_equal(&one, &other, sizeof one);
    assert_dimension(*state, &one, "FLOP/parameter");
}

static void what_is_divided_by_itself_is_a_ratio(void **state) {
    aici_dimension price = dimension_of(*state, "USD/GPU-hour"), none = aici_dimension_none(), quotient;
    assert_true(aici_dimension_divide(&price, &price, &quotient));
    assert_true(aici_dimension_is_none(&quotient));
    assert_memory_equal(&quotient, &none, sizeof none);
}

static void a_result_may_be_one_of_its_operands(void **state) {
    aici_dimension rate = dimension_of(*state, "FLOP/s"), time = dimension_of(*state, "day");
    assert_true(aici_dimension_multiply(&rate, &time, &rate));
    assert_dimension(*state, &rate, "FLOP");
}

static void the_third_root_of_a_cube_is_the_length(void **state) {
    aici_dimension volume = dimension_of(*state, "m^3"), root;
    assert_true(aici_dimension_power(&volume, 1.0 / 3.0, &root));
    assert_dimension(*state, &root, "m");
}

static void a_root_of_a_third_prints_and_reads_back(void **state) {
    aici_dimension token = dimension_of(*state, "token"), root, again;
    assert_true(aici_dimension_power(&token, 1.0 / 3.0, &root));
    aici_buffer text = aici_buffer_new(NULL);
    aici_units_add_dimension(*state, &root, &text);
    again = dimension_of(*state, aici_buffer_text(&text));
    assert_true(aici_dimension_equal(&again, &root));
    aici_buffer_free(&text);
}

static void exponents_that_are_no_whole_twelfths_are_refused(void **state) {
    aici_dimension token = dimension_of(*state, "token"), untouched = dimension_of(*state, "USD");
    const aici_dimension before = untouched;
    assert_false(aici_dimension_power(&token, 0.3, &untouched));
    assert_false(aici_dimension_power(&token, (double)NAN, &untouched));
    assert_false(aici_dimension_power(&token, (double)INFINITY, &untouched));
    assert_false(aici_dimension_power(&token, 1e9, &untouched));
    assert_memory_equal(&untouched, &before, sizeof before);
}

static void the_power_of_zero_is_a_ratio(void **state) {
    aici_dimension token = dimension_of(*state, "token/s"), power;
    assert_true(aici_dimension_power(&token, 0.0, &power));
    assert_true(aici_dimension_is_none(&power));
}

static void a_ninth_base_unit_is_too_many(void **state) {
    aici_dimension eight = dimension_of(*state, "FLOP·bit·J·m·g·USD·token·user"), ninth = dimension_of(*state, "server"), product;
    assert_int_equal(eight.count, AICI_DIMENSION_FACTORS);
    assert_false(aici_dimension_multiply(&eight, &ninth, &product));
    assert_true(aici_dimension_divide(&eight, &eight, &product));
}

static void exponents_beyond_their_range_are_refused(void **state) {
    aici_dimension high = dimension_of(*state, "s^2000"), product;
    assert_false(aici_dimension_multiply(&high, &high, &product));
}

static void the_parts_of_a_unit_print_in_the_order_of_the_table(void **state) {
    static const char *const texts[] = {
        "FLOP/s/accelerator", "USD/s/accelerator", "pixel^2", "accelerator·s", "1/s", "1/s/token", "J^0.5", "FLOP·token/s", "1", "gCO2e/J"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        aici_dimension dimension = dimension_of(*state, texts[i]);
        assert_dimension(*state, &dimension, texts[i]);
    }
}

static void a_ratio_has_a_name_in_messages(void **state) {
    aici_dimension none = aici_dimension_none(), price = dimension_of(*state, "USD/server");
    aici_buffer text = aici_buffer_new(NULL);
    aici_units_add_description(*state, &none, &text);
    aici_buffer_add_text(&text, ", ");
    aici_units_add_description(*state, &price, &text);
    assert_string_equal(aici_buffer_text(&text), "a ratio, USD/server");
    aici_buffer_free(&text);
}

static void bases_know_what_they_count(void **state) {
    aici_dimension flop = dimension_of(*state, "FLOP"), money = dimension_of(*state, "CNY"), count = dimension_of(*state, "token");
    assert_int_equal(aici_units_base_class(*state, flop.factor[0].base), AICI_BASE_PHYSICAL);
    assert_int_equal(aici_units_base_class(*state, money.factor[0].base), AICI_BASE_MONEY);
    assert_int_equal(aici_units_base_class(*state, count.factor[0].base), AICI_BASE_COUNT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_amount_a_rate_and_a_rate_per_device_differ),
        cmocka_unit_test(a_product_does_not_depend_on_the_order),
        cmocka_unit_test(what_is_divided_by_itself_is_a_ratio),
        cmocka_unit_test(a_result_may_be_one_of_its_operands),
        cmocka_unit_test(the_third_root_of_a_cube_is_the_length),
        cmocka_unit_test(a_root_of_a_third_prints_and_reads_back),
        cmocka_unit_test(exponents_that_are_no_whole_twelfths_are_refused),
        cmocka_unit_test(the_power_of_zero_is_a_ratio),
        cmocka_unit_test(a_ninth_base_unit_is_too_many),
        cmocka_unit_test(exponents_beyond_their_range_are_refused),
        cmocka_unit_test(the_parts_of_a_unit_print_in_the_order_of_the_table),
        cmocka_unit_test(a_ratio_has_a_name_in_messages),
        cmocka_unit_test(bases_know_what_they_count),
    };
    return cmocka_run_group_tests(tests, make_units, free_units);
}
