/* SPDX-License-Identifier: MIT */
/* Units of a scenario's own, exchange rates, the declared currency, and the signs before numbers. */
#include "units/support.h"

#include <stdio.h>
#include <string.h>

struct world {
    aici_units *units;
    aic_report *report;
};

static int make_world(void **state) {
    static struct world world;
    world.units = aici_units_new(NULL, NULL);
    world.report = aic_report_new(NULL);
    *state = &world;
    return 0;
}

static int end_world(void **state) {
    struct world *world = *state;
    aici_units_free(world->units);
    aic_report_free(world->report);
    return 0;
}

static aic_status define(struct world *world, const char *name, const char *definition) {
    aici_unit unit = {0};
    if (definition)
        unit = unit_of(world->units, definition);
    return aici_units_define(world->units, aici_slice_of(name), definition ? &unit : NULL, NULL, world->report);
}

static aic_status tie(struct world *world, const char *currency, double amount, const char *unit) {
    aici_unit worth = unit_of(world->units, unit);
    worth.scale *= amount;
    return aici_units_tie(world->units, aici_slice_of(currency), &worth, NULL, world->report);
}

static void assert_reported(struct world *world, int code) {
    assert_int_equal(aic_report_count(world->report), 1);
    assert_int_equal(aic_report_code(world->report, 0), code);
    aic_report_clear(world->report);
}

static void assert_worth(struct world *world, const char *unit, double scale, const char *dimension) {
    aici_unit read = unit_of(world->units, unit);
    assert_true(close_to(read.scale, scale));
    assert_dimension(world->units, &read.dimension, dimension);
}

/* --- own units ------------------------------------------------------------------------------------------------------------------------ */

static void a_new_base_is_a_count_with_a_plural(void **state) {
    struct world *world = *state;
    assert_int_equal(define(world, "robot", NULL), AIC_OK);
    assert_worth(world, "USD/robots", 1.0, "USD/robot");
    aici_dimension robot = dimension_of(world->units, "robot");
    assert_int_equal(aici_units_base_class(world->units, robot.factor[0].base), AICI_BASE_COUNT);
    assert_true(aici_units_knows(world->units, aici_slice_of("robots")));
}

static void two_new_bases_do_not_mix(void **state) {
    struct world *world = *state;
    assert_int_equal(define(world, "robot", NULL), AIC_OK);
    assert_int_equal(define(world, "factory", NULL), AIC_OK);
    assert_worth(world, "robot/factories", 1.0, "robot/factory");
}

static void a_unit_can_be_made_of_others(void **state) {
    struct world *world = *state;
    aici_unit pod = unit_of(world->units, "accelerator");
    pod.scale = 256.0;
    assert_int_equal(aici_units_define(world->units, aici_slice_of("pod"), &pod, NULL, world->report), AIC_OK);
    assert_worth(world, "USD/pod-hour", 1.0 / (256.0 * 3600.0), "USD/s/accelerator");
    aici_unit_entry entry = aici_units_entry(world->units, aici_units_count(world->units) - 1);
    assert_string_equal(entry.name, "pod");
    assert_string_equal(entry.definition, "256 accelerator");
}

static void values_show_in_own_units(void **state) {
    struct world *world = *state;
    assert_int_equal(define(world, "robot", NULL), AIC_OK);
    aici_dimension robots = dimension_of(world->units, "robot/year");
    aici_buffer text = aici_buffer_new(NULL);
    aici_units_add_value(world->units, 12345.0 / 31557600.0, &robots, "robot/year", 3, AICI_NUMERALS_SI, &text);
    assert_string_equal(aici_buffer_text(&text), "12.3k robot/year");
    aici_buffer_free(&text);
}

static void a_name_is_defined_once(void **state) {
    struct world *world = *state;
    static const char *const taken[] = {"token", "tokens", "GPU", "kW", "TFLOP", "FLOPS", "year", "robot", "robots"};
    assert_int_equal(define(world, "robot", NULL), AIC_OK);
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++) {
        assert_int_equal(define(world, taken[i], NULL), AIC_ERROR_UNIT);
        assert_reported(world, AICI_CODE_UNIT_REDEFINED);
    }
}

static void what_is_no_name_names_no_unit(void **state) {
    struct world *world = *state;
    static const char *const wrong[] = {"", "2x", "a b", "a/b", "a-b", "机器人", "per", "if", "true", "%"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(define(world, wrong[i], NULL), AIC_ERROR_UNIT);
        assert_reported(world, AICI_CODE_UNIT_SYNTAX);
    }
}

static void a_unit_is_an_amount_above_zero(void **state) {
    struct world *world = *state;
    aici_unit nothing = {.scale = 0.0};
    assert_int_equal(aici_units_define(world->units, aici_slice_of("naught"), &nothing, NULL, world->report), AIC_ERROR_UNIT);
    assert_reported(world, AICI_CODE_UNIT_SYNTAX);
}

static void no_unit_is_defined_by_flops(void **state) {
    struct world *world = *state;
    assert_int_equal(define(world, "exa", "EFLOPS"), AIC_ERROR_UNIT);
    assert_reported(world, AICI_CODE_UNIT_AMBIGUOUS_FLOPS);
    assert_false(aici_units_knows(world->units, aici_slice_of("exa")));
}

static void there_are_at_most_as_many_units_as_a_dimension_can_number(void **state) {
    struct world *world = *state;
    aic_status status = AIC_OK;
    char name[16];
    for (unsigned i = 0; status == AIC_OK && i <= UINT16_MAX; i++) {
        snprintf(name, sizeof name, "own_%u", i);
        status = define(world, name, NULL);
    }
    assert_int_equal(status, AIC_ERROR_LIMIT);
    assert_reported(world, AICI_CODE_UNIT_TOO_COMPLEX);
    assert_worth(world, "own_60000/own_1", 1.0, "own_60000/own_1");
}

static void own_units_take_no_prefix(void **state) {
    struct world *world = *state;
    aici_unit unit;
    assert_int_equal(define(world, "robot", NULL), AIC_OK);
    assert_int_equal(read_text(world->units, "Mrobot", &unit, world->report), AIC_ERROR_UNIT);
    assert_reported(world, AICI_CODE_UNIT_PREFIX);
}

static void own_units_are_offered_as_the_name_that_was_meant(void **state) {
    struct world *world = *state;
    aici_unit unit;
    assert_int_equal(define(world, "locomotive", NULL), AIC_OK);
    assert_int_equal(read_text(world->units, "locomotve", &unit, world->report), AIC_ERROR_UNIT);
    assert_non_null(strstr(aic_report_hint(world->report, 0), "`locomotive`"));
}

/* --- currencies ----------------------------------------------------------------------------------------------------------------------- */

static void currencies_differ_until_they_are_tied(void **state) {
    struct world *world = *state;
    assert_worth(world, "USD", 1.0, "USD");
    assert_int_equal(tie(world, "USD", 7.08, "CNY"), AIC_OK);
    assert_worth(world, "USD", 7.08, "CNY");
    assert_worth(world, "kUSD/server", 7080.0, "CNY/server");
    assert_worth(world, "server/USD", 1.0 / 7.08, "server/CNY");
    assert_worth(world, "EUR", 1.0, "EUR");
}

static void ties_go_through_a_chain_in_any_order(void **state) {
    struct world *world = *state;
    assert_int_equal(tie(world, "EUR", 1.08, "USD"), AIC_OK);
    assert_int_equal(tie(world, "USD", 7.08, "CNY"), AIC_OK);
    assert_int_equal(tie(world, "GBP", 1.17, "EUR"), AIC_OK);
    assert_worth(world, "EUR", 1.08 * 7.08, "CNY");
    assert_worth(world, "GBP", 1.17 * (1.08 * 7.08), "CNY");
}

static void a_worth_read_before_its_currency_was_tied_follows_it(void **state) {
    struct world *world = *state;
    aici_unit dollars = unit_of(world->units, "USD");
    assert_int_equal(tie(world, "USD", 7.0, "CNY"), AIC_OK);
    assert_int_equal(aici_units_tie(world->units, aici_slice_of("EUR"), &dollars, NULL, world->report), AIC_OK);
    assert_worth(world, "EUR", 7.0, "CNY");
}

static void a_value_is_shown_in_a_tied_currency(void **state) {
    struct world *world = *state;
    assert_int_equal(tie(world, "USD", 7.08, "CNY"), AIC_OK);
    aici_dimension price = dimension_of(world->units, "CNY/server");
    aici_buffer text = aici_buffer_new(NULL);
    aici_units_add_value(world->units, 7.08 * 29000.0, &price, "USD/server", 4, AICI_NUMERALS_SI, &text);
    assert_string_equal(aici_buffer_text(&text), "29k USD/server");
    aici_buffer_free(&text);
}

static void own_units_follow_a_tie_made_after_them(void **state) {
    struct world *world = *state;
    aici_unit grand = unit_of(world->units, "FLOP·token·user·server·visit·query·image·kUSD");
    assert_int_equal(aici_units_define(world->units, aici_slice_of("grand"), &grand, NULL, world->report), AIC_OK);
    assert_int_equal(define(world, "thrift", "server/kUSD"), AIC_OK);
    assert_int_equal(tie(world, "USD", 7.0, "VND"), AIC_OK);
    assert_worth(world, "thrift", 1.0 / 7000.0, "server/VND");
    assert_worth(world, "grand", 7000.0, "FLOP·VND·token·server·user·visit·query·image");
}

static void circles_are_refused(void **state) {
    struct world *world = *state;
    aici_unit dollars = unit_of(world->units, "USD");
    assert_int_equal(tie(world, "USD", 7.08, "CNY"), AIC_OK);
    assert_int_equal(aici_units_tie(world->units, aici_slice_of("CNY"), &dollars, NULL, world->report), AIC_ERROR_UNIT);
    assert_reported(world, AICI_CODE_EXCHANGE_RATE);
    assert_int_equal(tie(world, "EUR", 1.08, "USD"), AIC_OK);
    assert_int_equal(tie(world, "CNY", 0.13, "EUR"), AIC_ERROR_UNIT);
    assert_reported(world, AICI_CODE_EXCHANGE_RATE);
    assert_worth(world, "CNY", 1.0, "CNY");
}

static void what_is_tied_is_not_tied_again(void **state) {
    struct world *world = *state;
    assert_int_equal(tie(world, "USD", 7.08, "CNY"), AIC_OK);
    assert_int_equal(tie(world, "USD", 150.0, "JPY"), AIC_ERROR_UNIT);
    assert_reported(world, AICI_CODE_EXCHANGE_RATE);
    assert_worth(world, "USD", 7.08, "CNY");
}

static void a_rate_is_an_amount_of_another_currency(void **state) {
    struct world *world = *state;
    assert_int_equal(tie(world, "USD", 7.08, "token"), AIC_ERROR_UNIT);
    assert_reported(world, AICI_CODE_EXCHANGE_RATE);
    assert_int_equal(tie(world, "USD", 7.08, "CNY/year"), AIC_ERROR_UNIT);
    assert_reported(world, AICI_CODE_EXCHANGE_RATE);
    assert_int_equal(tie(world, "USD", 1.0, "USD"), AIC_ERROR_UNIT);
    assert_reported(world, AICI_CODE_EXCHANGE_RATE);
    assert_int_equal(tie(world, "USD", -7.0, "CNY"), AIC_ERROR_UNIT);
    assert_reported(world, AICI_CODE_EXCHANGE_RATE);
    assert_int_equal(tie(world, "USDD", 7.08, "CNY"), AIC_ERROR_UNIT);
    assert_string_equal(aic_report_hint(world->report, 0), "did you mean `USD`?");
    assert_reported(world, AICI_CODE_EXCHANGE_RATE);
    assert_int_equal(tie(world, "token", 7.08, "CNY"), AIC_ERROR_UNIT);
    assert_reported(world, AICI_CODE_EXCHANGE_RATE);
}

static void the_declared_currency_is_a_unit(void **state) {
    struct world *world = *state;
    aici_unit unit = {0};
    aici_slice code = {0};
    assert_false(aici_units_currency(world->units, &unit, &code));
    assert_false(aici_units_set_currency(world->units, aici_slice_of("token")));
    assert_false(aici_units_set_currency(world->units, aici_slice_of("kUSD")));
    assert_true(aici_units_set_currency(world->units, aici_slice_of("USD")));
    assert_int_equal(tie(world, "USD", 7.08, "CNY"), AIC_OK);
    assert_true(aici_units_currency(world->units, &unit, &code));
    assert_true(aici_slice_is(code, "USD"));
    assert_true(close_to(unit.scale, 7.08));
    assert_dimension(world->units, &unit.dimension, "CNY");
}

/* --- signs ---------------------------------------------------------------------------------------------------------------------------- */

static size_t read_sign(struct world *world, const char *text, aici_unit *unit, aic_status *status) {
    aici_fragment fragment = aici_fragment_of_slice(aici_slice_of(text));
    return aici_units_read_sign(world->units, &fragment, 0, unit, status, world->report);
}

static void a_sign_before_a_number_is_a_currency(void **state) {
    struct world *world = *state;
    aici_unit unit = {0};
    aic_status status = AIC_ERROR_INTERNAL;
    assert_int_equal(read_sign(world, "$2/GPU-hour", &unit, &status), 1);
    assert_int_equal(status, AIC_OK);
    assert_dimension(world->units, &unit.dimension, "USD");
    assert_int_equal(read_sign(world, "€5", &unit, &status), 3);
    assert_dimension(world->units, &unit.dimension, "EUR");
    assert_int_equal(read_sign(world, "5 USD", &unit, &status), 0);
    assert_int_equal(read_sign(world, "", &unit, &status), 0);
    assert_int_equal(status, AIC_OK);
}

static void the_yen_or_yuan_sign_needs_a_declared_currency(void **state) {
    struct world *world = *state;
    aici_unit unit = {0};
    aic_status status = AIC_OK;
    assert_int_equal(read_sign(world, "¥5", &unit, &status), 2);
    assert_int_equal(status, AIC_ERROR_UNIT);
    assert_reported(world, AICI_CODE_UNIT_YEN_OR_YUAN);

    assert_true(aici_units_set_currency(world->units, aici_slice_of("USD")));
    assert_int_equal(read_sign(world, "¥5", &unit, &status), 2);
    assert_int_equal(status, AIC_ERROR_UNIT);
    assert_reported(world, AICI_CODE_UNIT_YEN_OR_YUAN);

    assert_true(aici_units_set_currency(world->units, aici_slice_of("JPY")));
    assert_int_equal(read_sign(world, "￥5", &unit, &status), 3);
    assert_int_equal(status, AIC_OK);
    assert_dimension(world->units, &unit.dimension, "JPY");
    assert_worth(world, "¥/server", 1.0, "JPY/server");
}

int main(void) {
#define EACH(test) cmocka_unit_test_setup_teardown(test, make_world, end_world)
    const struct CMUnitTest tests[] = {
        EACH(a_new_base_is_a_count_with_a_plural),
        EACH(two_new_bases_do_not_mix),
        EACH(a_unit_can_be_made_of_others),
        EACH(values_show_in_own_units),
        EACH(a_name_is_defined_once),
        EACH(what_is_no_name_names_no_unit),
        EACH(a_unit_is_an_amount_above_zero),
        EACH(no_unit_is_defined_by_flops),
        EACH(there_are_at_most_as_many_units_as_a_dimension_can_number),
        EACH(own_units_take_no_prefix),
        EACH(own_units_are_offered_as_the_name_that_was_meant),
        EACH(currencies_differ_until_they_are_tied),
        EACH(ties_go_through_a_chain_in_any_order),
        EACH(a_worth_read_before_its_currency_was_tied_follows_it),
        EACH(a_value_is_shown_in_a_tied_currency),
        EACH(own_units_follow_a_tie_made_after_them),
        EACH(circles_are_refused),
        EACH(what_is_tied_is_not_tied_again),
        EACH(a_rate_is_an_amount_of_another_currency),
        EACH(the_declared_currency_is_a_unit),
        EACH(a_sign_before_a_number_is_a_currency),
        EACH(the_yen_or_yuan_sign_needs_a_declared_currency),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
