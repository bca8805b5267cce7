/* SPDX-License-Identifier: MIT */
/* Reading units where the cases of tests/cases/units.yaml do not reach: limits, ranges of a fragment, notes, hostile bytes, no memory. */
#include "units/support.h"

#include "cases.h"
#include "failing_allocator.h"

static void a_unit_of_too_many_bytes_is_refused(void **state) {
    (void)state;
    aic_limits limits = {.size = sizeof limits, .unit_bytes = 8};
    aici_units *units = aici_units_new(NULL, &limits);
    aic_report *report = aic_report_new(NULL);
    aici_unit unit = {.scale = 42.0};
    assert_int_equal(read_text(units, "GPU-hour", &unit, report), AIC_OK);
    assert_int_equal(read_text(units, "GPU-hours", &unit, report), AIC_ERROR_LIMIT);
    assert_int_equal(aic_report_code(report, 0), AICI_CODE_LIMIT_UNIT);
    aic_report_free(report);
    aici_units_free(units);
}

static void the_usual_limit_is_256_bytes(void **state) {
    (void)state;
    aici_units *units = aici_units_new(NULL, NULL);
    char text[258];
    for (size_t i = 0; i < 256; i += 2)
        memcpy(text + i, i % 4 ? "s/" : "s-", 3);
    text[255] = '\0';
    aici_unit unit;
    assert_int_equal(read_text(units, text, &unit, NULL), AIC_OK);
    strcpy(text + 255, "/s");
    assert_int_equal(read_text(units, text, &unit, NULL), AIC_ERROR_LIMIT);
    aici_units_free(units);
}

static void only_the_range_is_read(void **state) {
    (void)state;
    aici_units *units = aici_units_new(NULL, NULL);
    aici_fragment fragment = aici_fragment_of_slice(aici_slice_of("65 TFLOP/s * 2"));
    aici_unit unit = {0};
    assert_int_equal(aici_units_read(units, &fragment, 3, 10, &unit, NULL), AIC_OK);
    assert_true(unit.scale == 1e12);
    aici_units_free(units);
}

static void a_failure_leaves_the_unit_as_it_was(void **state) {
    (void)state;
    aici_units *units = aici_units_new(NULL, NULL);
    aici_unit unit = unit_of(units, "USD");
    const aici_unit before = unit;
    assert_int_equal(read_text(units, "FLOP/tokn", &unit, NULL), AIC_ERROR_UNIT);
    assert_int_equal(read_text(units, "FLOPS/s", &unit, NULL), AIC_ERROR_UNIT);
    assert_memory_equal(&unit.dimension, &before.dimension, sizeof before.dimension);
    assert_true(unit.scale == before.scale);
    aici_units_free(units);
}

static void an_unknown_name_after_an_operator_may_be_a_quantity(void **state) {
    (void)state;
    aici_units *units = aici_units_new(NULL, NULL);
    aic_report *report = aic_report_new(NULL);
    aici_unit unit;
    assert_int_equal(read_text(units, "USD/headcount_2024", &unit, report), AIC_ERROR_UNIT);
    assert_non_null(strstr(aic_report_notes(report, 0), "put spaces around `/`"));
    aic_report_clear(report);
    assert_int_equal(read_text(units, "USD-discount_2024", &unit, report), AIC_ERROR_UNIT);
    assert_non_null(strstr(aic_report_notes(report, 0), "put spaces around `-`"));
    aic_report_free(report);
    aici_units_free(units);
}

/* Every piece of every text of the cases, and each with a byte changed: a unit or one message, and nothing out of bounds. */
static void any_bytes_are_read_or_refused(void **state) {
    (void)state;
    aici_units *units = aici_units_new(NULL, NULL);
    aic_report *report = aic_report_new(NULL);
    test_cases cases = test_cases_read("tests/cases/units.yaml");
    static const char odd[] = "/^-% \xc2\xe5\xff\x01"
                              "1.9s";
    for (size_t i = 0; i < cases.count; i++) {
        const char *text = test_case_text(&cases.item[i], "read");
        size_t size = text ? strlen(text) : 0;
        for (size_t begin = 0; begin < size; begin++) {
            char *piece = malloc(size - begin);
            memcpy(piece, text + begin, size - begin);
            piece[(begin * 7) % (size - begin)] = odd[(i + begin) % (sizeof odd - 1)];
            aici_slice slice = {piece, size - begin};
            aici_fragment fragment = aici_fragment_of_slice(slice);
            aici_unit unit;
            aic_report_clear(report);
            bool read = aici_units_read(units, &fragment, 0, slice.size, &unit, report) == AIC_OK;
            assert_int_equal(aic_report_count(report), read ? 0 : 1);
            assert_true(aici_units_scan(slice) <= slice.size);
            assert_true(!read || unit.scale > 0.0);
            free(piece);
        }
    }
    test_cases_free(&cases);
    aic_report_free(report);
    aici_units_free(units);
}

/* --- no memory ------------------------------------------------------------------------------------------------------------------------ */

static aic_status define_all(aici_units *units) {
    aici_unit pod = unit_of(units, "accelerator");
    pod.scale = 256.0;
    aic_status status = aici_units_define(units, aici_slice_of("robot"), NULL, NULL, NULL);
    if (status == AIC_OK)
        status = aici_units_define(units, aici_slice_of("pod"), &pod, NULL, NULL);
    return status;
}

static void each_allocation_of_a_table_may_fail(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
        aici_units *units = aici_units_new(&memory.allocator, NULL);
        assert_true(units || memory.failed);
        if (units) {
            size_t before = aici_units_count(units);
            aic_status status = define_all(units);
            assert_int_equal(status, memory.failed ? AIC_ERROR_MEMORY : AIC_OK);
            size_t added = aici_units_count(units) - before;
            assert_int_equal(added, aici_units_knows(units, aici_slice_of("robot")) + aici_units_knows(units, aici_slice_of("pod")));
            assert_true(!memory.failed || added < 2);
            assert_int_equal(define_all(units), added == 0 ? AIC_OK : AIC_ERROR_UNIT);
        }
        aici_units_free(units);
        assert_true(failing_allocator_is_clean(&memory));
    }
}

static void each_allocation_of_showing_may_fail(void **state) {
    (void)state;
    struct failing_allocator memory;
    static const char *const preferred[] = {NULL, "FLOP/s", "1/year"};
    for (size_t i = 0; i < sizeof preferred / sizeof preferred[0]; i++) {
        failing_allocator_init(&memory);
        aici_units *units = aici_units_new(&memory.allocator, NULL);
        aici_dimension dimension = dimension_of(units, i == 2 ? "1/year" : "FLOP/s");
        for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
            aici_buffer text = aici_buffer_new(&memory.allocator);
            aici_units_add_value(units, 1.5e12, &dimension, preferred[i], 4, AICI_NUMERALS_SI, &text);
            assert_int_equal(aici_buffer_failed(&text), memory.failed);
            if (!memory.failed)
                assert_true(strlen(aici_buffer_text(&text)) > 4);
            aici_buffer_free(&text);
            assert_int_equal(memory.live, 1);
        }
        aici_units_free(units);
        assert_true(failing_allocator_is_clean(&memory));
    }
}

static void each_allocation_of_a_refusal_may_fail(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    aici_units *units = aici_units_new(NULL, NULL);
    aici_unit worth = unit_of(units, "token"), unit;
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
        aic_report *report = aic_report_new(&memory.allocator);
        if (report) {
            assert_int_not_equal(read_text(units, "FLOP/tokns", &unit, report), AIC_OK);
            assert_int_not_equal(aici_units_tie(units, aici_slice_of("USD"), &worth, NULL, report), AIC_OK);
        }
        aic_report_free(report);
        assert_true(failing_allocator_is_clean(&memory));
    }
    aici_units_free(units);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_unit_of_too_many_bytes_is_refused),
        cmocka_unit_test(the_usual_limit_is_256_bytes),
        cmocka_unit_test(only_the_range_is_read),
        cmocka_unit_test(a_failure_leaves_the_unit_as_it_was),
        cmocka_unit_test(an_unknown_name_after_an_operator_may_be_a_quantity),
        cmocka_unit_test(any_bytes_are_read_or_refused),
        cmocka_unit_test(each_allocation_of_a_table_may_fail),
        cmocka_unit_test(each_allocation_of_showing_may_fail),
        cmocka_unit_test(each_allocation_of_a_refusal_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
