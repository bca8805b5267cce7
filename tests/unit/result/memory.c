/* SPDX-License-Identifier: MIT */
/* A result lives as long as somebody holds it; each allocation may fail, and then nothing is lost and nothing was written. */
#include "failing_allocator.h"
#include "result/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static size_t released;

static void count_release(void *owner) { released += *(size_t *)owner; }

static void the_last_reference_gives_everything_back(void **state) {
    (void)state;
    struct failing_allocator memory;
    size_t one = 1;
    failing_allocator_init(&memory);
    released = 0;
    aic_result *result = aici_result_new(&memory.allocator);
    result->owner = &one;
    result->release_owner = count_release;
    assert_ptr_equal(aici_result_ref(result), result);
    aici_result_release(result);
    assert_int_equal(released, 0);
    aici_result_release(result);
    assert_int_equal(released, 1);
    assert_true(failing_allocator_is_clean(&memory));
}

static void no_result_is_no_fault(void **state) {
    (void)state;
    assert_null(aici_result_ref(NULL));
    aici_result_release(NULL);
}

static void without_memory_there_is_no_result(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
        aic_result *result = aici_result_new(&memory.allocator);
        assert_int_equal(result == NULL, memory.failed);
        aici_result_release(result);
        assert_true(failing_allocator_is_clean(&memory));
    }
}

static void a_value_is_shown_in_both_numerals_or_not_at_all(void **state) {
    (void)state;
    struct failing_allocator memory;
    struct sample sample;
    sample_begin(&sample);
    const aici_dimension *dimension;
    sample_unit(&sample, "accelerator", &dimension);
    failing_allocator_init(&memory);
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
        aici_arena *arena = aici_arena_new(&memory.allocator);
        aici_shown shown = arena ? aici_result_show(arena, sample.units, 182200, dimension, NULL, 4) : (aici_shown){NULL, NULL};
        assert_int_equal(shown.si == NULL, memory.failed);
        assert_int_equal(shown.chinese == NULL, memory.failed);
        if (!memory.failed) {
            assert_string_equal(shown.si, "182.2k accelerator");
            assert_string_equal(shown.chinese, "18.22万 accelerator");
        }
        aici_arena_free(arena);
        assert_true(failing_allocator_is_clean(&memory));
    }
    sample_end(&sample);
}

/* --- writing -------------------------------------------------------------------------------------------------------------------------- */

static const int years[] = {2023, 2024, 2025};
static const double values[] = {60.51e9, 73.6e9, 89.6e9};
static const aici_result_model model[] = {{"m", "training", "Cost of a training run", 1}};
static const aici_result_missing missing[] = {{"m.energy", "power"}, {"m.cost", "price"}};
static const char *const readings[] = {"as printed", "from the figure"};

static void fill(struct sample *sample) {
    aic_result *result = sample->result;
    result->title = "Everything at once";
    result->file = "all.yaml";
    result->model = model;
    result->model_count = 1;
    result->missing = missing;
    result->missing_count = 2;
    sample_add(sample, AIC_ROLE_ASSUMPTION, "visits", 6e7, "visit/day", "");
    sample_add(sample, AIC_ROLE_OUTPUT, "m.capex", 6.46e8, "USD", "servers * server_price * a_very_long_name_that_goes_on_and_on_and_on")
        ->model = "m";
    sample_add_series(sample, "m.revenue", years, values, 3, "CNY/year")->model = "m";
    result->standing = sample->quantity;
    result->standing_count = 1;
    aici_result_claim *claim = sample_add_claim(sample, "A", "%/year", 20.83, 25.49, AIC_VERDICT_READING);
    claim->says = "something that is too long for the width that there is, so that it must be cut";
    claim->reading = "as printed; from the figure";
    claim->reading_name = readings;
    claim->reading_count = 2;
    claim->expected = AIC_VERDICT_HOLDS;
    aici_result_step *step = sample_add_step(sample, 0, "m.capex", 6.46e8, "USD", "servers * server_price");
    step->substituted = "\x1a * \x1a";
    step->operand = &step->figure;
    step->operand_count = 1;
    step->series_year = years;
    step->series_value = values;
    step->series_count = 3;
    sample_add_step(sample, 1, "m.servers", 22285.65, "server", "")->written = "2.2万 server";
}

static void every_allocation_of_every_writer_may_fail(void **state) {
    (void)state;
    struct sample sample;
    sample_begin(&sample);
    fill(&sample);
    for (int format = AIC_FORMAT_TEXT; format <= AIC_FORMAT_MARKDOWN; format++) {
        struct failing_allocator memory;
        failing_allocator_init(&memory);
        aic_text_options options = {.size = sizeof options, .format = format, .width = 50, .everything = 1, .color = 1, .digits = 5};
        for (size_t n = 1; failing_allocator_again(&memory, n, n % 2 == 0); n++) {
            aici_buffer out = aici_buffer_new(&memory.allocator);
            aici_buffer_add_text(&out, "before");
            aic_status status = aici_result_write(sample.result, &options, &out, NULL);
            assert_int_equal(status, memory.failed ? AIC_ERROR_MEMORY : AIC_OK);
            if (status != AIC_OK && !aici_buffer_failed(&out))
                assert_string_equal(aici_buffer_text(&out), "before");
            aici_buffer_free(&out);
            assert_true(failing_allocator_is_clean(&memory));
        }
    }
    sample_end(&sample);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_reference_gives_everything_back),  cmocka_unit_test(no_result_is_no_fault),
        cmocka_unit_test(without_memory_there_is_no_result),         cmocka_unit_test(a_value_is_shown_in_both_numerals_or_not_at_all),
        cmocka_unit_test(every_allocation_of_every_writer_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
