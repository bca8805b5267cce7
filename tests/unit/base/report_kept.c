/* SPDX-License-Identifier: MIT */
/* What happened, kept and counted; and without memory. */
#include "base/report_fixture.h"
#include "failing_allocator.h"

static void the_same_error_at_the_same_place_is_kept_once(void **state) {
    struct fixture *fixture = *state;
    aici_place here = place_of(fixture->source, "chat"), there = place_of(fixture->source, "peak");
    for (int i = 0; i < 2; i++) {
        assert_int_equal(aici_report_error(fixture->report, AICI_CODE_DIMENSION, &here, "x"), AIC_ERROR_UNIT);
        aici_report_error(fixture->report, AICI_CODE_DIMENSION, &there, "x");
        aici_report_error(fixture->report, AICI_CODE_DIMENSION, &here, "y");
        aici_report_error(fixture->report, AICI_CODE_TYPE, &here, "x");
        aici_report_error(fixture->report, AICI_CODE_DIMENSION, NULL, "x");
    }
    assert_int_equal(aic_report_count(fixture->report), 5);
    assert_int_equal(aic_report_error_count(fixture->report), 5);
}

static void a_hint_for_an_entry_that_was_not_kept_goes_nowhere(void **state) {
    struct fixture *fixture = *state;
    aici_report_error(fixture->report, AICI_CODE_DIMENSION, NULL, "x");
    assert_true(aici_report_wants_hint(fixture->report));
    aici_report_error(fixture->report, AICI_CODE_TYPE, NULL, "y");
    aici_report_error(fixture->report, AICI_CODE_DIMENSION, NULL, "x");
    assert_false(aici_report_wants_hint(fixture->report));
    aici_report_hint(fixture->report, "h");
    aici_report_note(fixture->report, "n");
    aici_report_path(fixture->report, "p");
    assert_drawn(fixture->report, "error: x [AIC-411]\nerror: y [AIC-412]\n");
    assert_string_equal(aic_report_path(fixture->report, 1), "");
}

static void report_errors(aic_report *report, int first, int count) {
    for (int i = first; i < first + count; i++)
        aici_report_error(report, AICI_CODE_UNKNOWN_NAME, NULL, "unknown name %d", i);
}

static void errors_beyond_twenty_are_counted(void **state) {
    struct fixture *fixture = *state;
    report_errors(fixture->report, 0, 20);
    assert_int_equal(aic_report_count(fixture->report), 20);
    report_errors(fixture->report, 20, 1);
    assert_string_equal(aic_report_message(fixture->report, 20), "… and 1 more error");
    report_errors(fixture->report, 21, 6);
    aici_report_hint(fixture->report, "of an error that was not kept");
    assert_int_equal(aic_report_count(fixture->report), 21);
    assert_int_equal(aic_report_error_count(fixture->report), 27);
    assert_int_equal(aic_report_code(fixture->report, 20), AICI_CODE_TOO_MANY);
    assert_int_equal(aic_report_severity(fixture->report, 20), AIC_SEVERITY_NOTE);
    assert_string_equal(aic_report_hint(fixture->report, 20), "");
    aic_text *text = NULL;
    aic_report_text(fixture->report, 0, &text);
    const char *end = strstr(aic_text_bytes(text), "error: unknown name 19 [AIC-410]\n");
    assert_string_equal(end, "error: unknown name 19 [AIC-410]\n… and 7 more errors\n");
    aic_text_free(text);
}

static void how_many_are_kept_is_up_to_the_caller(void **state) {
    struct fixture *fixture = *state;
    aici_report_keep(fixture->report, 2);
    report_errors(fixture->report, 0, 5);
    assert_int_equal(aic_report_count(fixture->report), 3);
    aic_report_clear(fixture->report);
    report_errors(fixture->report, 0, 5);
    assert_int_equal(aic_report_count(fixture->report), 5);
    aici_report_keep(fixture->report, 0);
    report_errors(fixture->report, 5, 50);
    assert_int_equal(aic_report_count(fixture->report), 21);
}

static void an_error_takes_the_place_of_a_remark(void **state) {
    struct fixture *fixture = *state;
    aici_report_keep(fixture->report, 3);
    aici_report_remark(fixture->report, AIC_SEVERITY_NOTE, AICI_CODE_FLOPS_READ, NULL, "first");
    aici_report_remark(fixture->report, AIC_SEVERITY_WARNING, AICI_CODE_FLOPS_READ, NULL, "second");
    aici_report_note(fixture->report, "goes with it");
    report_errors(fixture->report, 0, 1);
    aici_report_remark(fixture->report, AIC_SEVERITY_WARNING, AICI_CODE_FLOPS_READ, NULL, "third");
    assert_drawn(fixture->report, "note: first [AIC-514]\nwarning: second [AIC-514]\n  note: goes with it\n"
                                  "error: unknown name 0 [AIC-410]\n… and 1 more remark\n");
    report_errors(fixture->report, 1, 1);
    aici_report_hint(fixture->report, "of the newest");
    report_errors(fixture->report, 2, 3);
    assert_drawn(fixture->report, "error: unknown name 0 [AIC-410]\nerror: unknown name 1 [AIC-410]\n  help: of the newest\n"
                                  "error: unknown name 2 [AIC-410]\n… and 2 more errors and 3 remarks\n");
    assert_int_equal(aic_report_error_count(fixture->report), 5);
}

static void remarks_fail_nothing(void **state) {
    struct fixture *fixture = *state;
    aici_report_remark(fixture->report, AIC_SEVERITY_WARNING, AICI_CODE_FLOPS_READ, NULL, "w");
    assert_int_equal(aic_report_count(fixture->report), 1);
    assert_int_equal(aic_report_error_count(fixture->report), 0);
    assert_int_equal(aici_report_status(fixture->report), AIC_OK);
}

static void the_status_is_that_of_the_first_error(void **state) {
    struct fixture *fixture = *state;
    aici_report_error(fixture->report, AICI_CODE_UNKNOWN_NAME, NULL, "x");
    aici_report_error(fixture->report, AICI_CODE_DIMENSION, NULL, "x");
    assert_int_equal(aici_report_status(fixture->report), AIC_ERROR_NAME);
    aic_report_clear(fixture->report);
    assert_int_equal(aici_report_status(fixture->report), AIC_OK);
    assert_int_equal(aic_report_count(fixture->report), 0);
}

static void notes_without_end_are_cut(void **state) {
    struct fixture *fixture = *state;
    aici_report_error(fixture->report, AICI_CODE_CYCLE, NULL, "x");
    for (int i = 0; i < 100; i++)
        aici_report_note(fixture->report, "%d", i);
    const char *notes = aic_report_notes(fixture->report, 0);
    assert_string_equal(strstr(notes, "31"), "31\n…");
}

static void an_entry_outlives_its_source(void **state) {
    struct fixture *fixture = *state;
    aici_arena *arena = aici_arena_new(NULL);
    const aici_source *source = aici_source_new(arena, "gone.yaml", "x: 1", 4);
    aici_place place = aici_source_place(source, 3, 4);
    aici_report_error(fixture->report, AICI_CODE_BARE_NUMBER, &place, "x");
    aici_arena_free(arena);
    assert_drawn(fixture->report, "gone.yaml:1:4: error: x [AIC-515]\n    1 | x: 1\n      |    ^\n");
}

static void lack_of_memory_is_an_entry_that_needs_none(void **state) {
    struct fixture *fixture = *state;
    report_errors(fixture->report, 0, 1);
    for (int i = 0; i < 2; i++)
        assert_int_equal(aici_report_memory(fixture->report), AIC_ERROR_MEMORY);
    aici_report_hint(fixture->report, "goes nowhere");
    assert_int_equal(aic_report_count(fixture->report), 2);
    assert_int_equal(aic_report_error_count(fixture->report), 2);
    assert_int_equal(aic_report_code(fixture->report, 1), AICI_CODE_MEMORY);
    assert_int_equal(aic_report_severity(fixture->report, 1), AIC_SEVERITY_ERROR);
    assert_int_equal(aici_report_status(fixture->report), AIC_ERROR_NAME);
    assert_drawn(fixture->report, "error: unknown name 0 [AIC-410]\nerror: there was no memory; nothing was changed [AIC-101]\n");
    report_errors(fixture->report, 1, 30);
    assert_int_equal(aic_report_code(fixture->report, 20), AICI_CODE_MEMORY);
    assert_int_equal(aic_report_code(fixture->report, 21), AICI_CODE_TOO_MANY);
    assert_int_equal(aic_report_count(fixture->report), 22);
    aic_report_clear(fixture->report);
    aici_report_memory(fixture->report);
    assert_int_equal(aici_report_status(fixture->report), AIC_ERROR_MEMORY);
}

static void an_allocator_must_be_complete(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    aic_allocator incomplete = memory.allocator;
    incomplete.reallocate = NULL;
    assert_null(aic_report_new(&incomplete));
}

/* Fills a report in all ways; returns the status that a caller would have returned. */
static aic_status fill(aic_report *report, const aici_source *source) {
    aici_place place = place_of(source, "accelerators: 16000");
    aic_status worst = AIC_OK;
    for (int i = 0; i < 25; i++) {
        aic_status status = aici_report_error(report, AICI_CODE_DIMENSION, &place, "error %d", i);
        if (worst == AIC_OK)
            worst = status;
        aici_report_hint(report, "a hint of some length, because %s",
                         "what is kept should need more than one chunk of an arena, sooner or later");
        for (int note = 0; note < 10; note++)
            aici_report_note(report, "a note that is long enough to need more than the first buffer %d", note);
        aici_report_path(report, "models.chat_%d.training.%s", i, "a_name_of_some_length.another_name_of_some_length.a_third_one");
        aici_report_remark(report, AIC_SEVERITY_WARNING, AICI_CODE_FLOPS_READ, &place, "warning %d", i);
    }
    return worst;
}

static bool says_memory(const aic_report *report) {
    for (size_t i = 0; i < aic_report_count(report); i++)
        if (aic_report_code(report, i) == AICI_CODE_MEMORY)
            return true;
    return false;
}

static void each_allocation_failing_is_survived_and_said(void **state) {
    struct fixture *fixture = *state;
    for (int forever = 0; forever < 2; forever++) {
        struct failing_allocator memory;
        failing_allocator_init(&memory);
        for (size_t n = 1; failing_allocator_again(&memory, n, forever); n++) {
            aic_report *report = aic_report_new(&memory.allocator);
            assert_true(report || memory.failed);
            aic_status status = fill(report, fixture->source);
            assert_true(status == AIC_ERROR_UNIT || status == AIC_ERROR_MEMORY);
            assert_true(!report || says_memory(report) == memory.failed);
            bool failed_before = memory.failed;
            aic_text *text = NULL;
            aic_status drawn = report ? aic_report_text(report, 1, &text) : AIC_ERROR_MEMORY;
            assert_true((text != NULL) == (drawn == AIC_OK));
            assert_true(drawn == AIC_OK || (drawn == AIC_ERROR_MEMORY && memory.failed));
            assert_true(drawn == AIC_ERROR_MEMORY || failed_before || !memory.failed);
            aic_text_free(text);
            aic_report_free(report);
            assert_true(failing_allocator_is_clean(&memory));
        }
    }
}

static void a_report_is_reused_without_growing(void **state) {
    struct fixture *fixture = *state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    aic_report *report = aic_report_new(&memory.allocator);
    fill(report, fixture->source);
    aic_report_clear(report);
    size_t bytes = memory.live_bytes;
    for (int i = 0; i < 10; i++) {
        fill(report, fixture->source);
        aic_report_clear(report);
        assert_int_equal(memory.live_bytes, bytes);
    }
    aic_report_free(report);
    assert_true(failing_allocator_is_clean(&memory));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_same_error_at_the_same_place_is_kept_once),
        TEST(a_hint_for_an_entry_that_was_not_kept_goes_nowhere),
        TEST(errors_beyond_twenty_are_counted),
        TEST(how_many_are_kept_is_up_to_the_caller),
        TEST(an_error_takes_the_place_of_a_remark),
        TEST(remarks_fail_nothing),
        TEST(the_status_is_that_of_the_first_error),
        TEST(notes_without_end_are_cut),
        TEST(an_entry_outlives_its_source),
        TEST(lack_of_memory_is_an_entry_that_needs_none),
        TEST(an_allocator_must_be_complete),
        TEST(each_allocation_failing_is_survived_and_said),
        TEST(a_report_is_reused_without_growing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
