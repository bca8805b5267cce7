/* SPDX-License-Identifier: MIT */
/* Parts that somebody made by hand, with a right SHA-256: versions, draws and values that cannot be, and bytes at random. */
#include "analysis/part.h"
#include "base/sha256.h"
#include <aicompute/aicompute.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "failing_allocator.h"

static const char text[] =
    "aicompute: 1\nassumptions: {x: 1 to 4, u: \"uniform(2, 5)\"}\ncalculations: {y: x * u, z: \"min(x, 2)\", w: ln(u - 3)}\n";

/** Bytes of a part that may be changed. */
typedef struct forged {
    uint8_t *bytes;
    size_t size;
} forged;

static aic_scenario *load(void) {
    aic_scenario *scenario = NULL;
    assert_int_equal(aic_scenario_load(text, sizeof text - 1, "x.yaml", NULL, &scenario, NULL), AIC_OK);
    return scenario;
}

static forged sample(uint64_t samples, uint32_t shard, uint32_t count) {
    const aic_sample_options options = {
        .size = sizeof options, .samples = samples, .method = AIC_METHOD_MONTE_CARLO, .shard = shard, .shard_count = count};
    aic_scenario *scenario = load();
    aic_part *part = NULL;
    forged made;
    assert_int_equal(aic_scenario_sample_part(scenario, NULL, 0, &options, &part, NULL), AIC_OK);
    const void *bytes = aic_part_bytes(part, &made.size);
    made.bytes = malloc(made.size);
    memcpy(made.bytes, bytes, made.size);
    aic_part_free(part);
    aic_scenario_free(scenario);
    return made;
}

static void sign(forged *part) { aici_sha256(part->bytes, part->size - AICI_SHA256_BYTES, part->bytes + part->size - AICI_SHA256_BYTES); }

static uint64_t u64_at(const forged *part, size_t at) {
    aici_bytes from = aici_bytes_of(part->bytes + at, part->size - at);
    return aici_bytes_u64(&from);
}

enum { AT_FORMAT = 8, AT_QUESTION = 20 };
static size_t at_body(const forged *part) { return (AT_QUESTION + (size_t)u64_at(part, 12) + 7) / 8 * 8; }

/** The number of the message that reading gives, or 0. */
static int code_of_reading(const forged *from, aic_part **part) {
    aic_report *report = aic_report_new(NULL);
    aic_status status = aic_part_read(from->bytes, from->size, NULL, NULL, part, report);
    int code = status == AIC_OK ? 0 : aic_report_code(report, 0);
    aic_report_free(report);
    return code;
}

static int code_of_result(const forged *from) {
    aic_report *report = aic_report_new(NULL);
    aic_part *part = NULL;
    aic_result *result = NULL;
    assert_int_equal(code_of_reading(from, &part), 0);
    aic_status status = aic_part_result(part, 1, &result, report);
    int code = status == AIC_OK ? 0 : aic_report_code(report, 0);
    assert_true((status == AIC_OK) == (result != NULL));
    aic_result_unref(result);
    aic_part_free(part);
    aic_report_free(report);
    return code;
}

static void a_newer_format_is_refused(void **state) {
    (void)state;
    forged part = sample(100, 0, 1);
    aic_part *read = NULL;
    part.bytes[AT_FORMAT] = 2;
    sign(&part);
    assert_int_equal(code_of_reading(&part, &read), AICI_CODE_PART_VERSION);
    free(part.bytes);
}

static void parts_of_two_versions_of_the_library_are_refused(void **state) {
    (void)state;
    forged first = sample(20000, 0, 2), second = sample(20000, 1, 2);
    aic_part *part[2] = {NULL, NULL}, *merged = NULL;
    aic_report *report = aic_report_new(NULL);
    second.bytes[AT_QUESTION + 8] = '9';
    sign(&second);
    assert_int_equal(code_of_reading(&first, &part[0]) + code_of_reading(&second, &part[1]), 0);
    assert_int_equal(aic_parts_merge((const aic_part *const *)part, 2, &merged, report), AIC_ERROR_UNSUPPORTED);
    assert_int_equal(aic_report_code(report, 0), AICI_CODE_PART_LIBRARY);
    aic_part_free(part[0]);
    aic_part_free(part[1]);
    aic_report_free(report);
    free(first.bytes);
    free(second.bytes);
}

/** Behind the numbers of outputs and marks: shift, kurtosis, share of the first output. */
static void draws_that_this_library_would_not_make_are_refused(void **state) {
    (void)state;
    forged part = sample(20000, 0, 1), other = sample(20000, 1, 2);
    aic_part *read[2] = {NULL, NULL}, *merged = NULL;
    part.bytes[at_body(&part) + 8] ^= 1;
    sign(&part);
    assert_int_equal(code_of_result(&part), AICI_CODE_PART_DRAWS);
    other.bytes[at_body(&other) + 8] ^= 1;
    sign(&other);
    forged first = sample(20000, 0, 2);
    aic_report *report = aic_report_new(NULL);
    assert_int_equal(code_of_reading(&first, &read[0]) + code_of_reading(&other, &read[1]), 0);
    assert_int_equal(aic_parts_merge((const aic_part *const *)read, 2, &merged, report), AIC_ERROR_UNSUPPORTED);
    assert_int_equal(aic_report_code(report, 0), AICI_CODE_PART_DRAWS);
    aic_part_free(read[0]);
    aic_part_free(read[1]);
    aic_report_free(report);
    free(first.bytes);
    free(other.bytes);
    free(part.bytes);
}

/** The first run's first record: two sums, four counts, then what lies below each mark. */
static size_t at_first_record(const forged *part) {
    aici_bytes from = aici_bytes_of(part->bytes + at_body(part), part->size - at_body(part));
    uint32_t outputs = aici_bytes_u32(&from);
    aici_bytes_u32(&from);
    for (uint32_t i = 0; i < outputs; i++) {
        double skipped[96];
        aici_bytes_doubles(&from, skipped, 3);
        uint32_t marks = aici_bytes_u32(&from);
        from.at += 6;
        from.left -= 6;
        aici_bytes_doubles(&from, skipped, marks);
        aici_bytes_doubles(&from, skipped, marks);
    }
    aici_bytes_u64(&from);
    aici_bytes_u64(&from);
    aici_bytes_u64(&from);
    return part->size - from.left;
}

static void a_quantile_outside_what_was_kept_is_an_error(void **state) {
    (void)state;
    forged part = sample(40000, 0, 1);
    size_t below = at_first_record(&part) + 2 * 8 + 4 * 2 + 2 * 2;
    part.bytes[below] = 0; /* the first chunk says that nothing of it lies below the third bracket: all ranks move */
    part.bytes[below + 1] = 0;
    sign(&part);
    assert_int_equal(code_of_result(&part), AICI_CODE_PART_MISSED);
    free(part.bytes);
}

static void counts_that_do_not_add_up_are_refused(void **state) {
    (void)state;
    forged part = sample(40000, 0, 1);
    aic_part *read = NULL;
    part.bytes[at_first_record(&part) + 2 * 8] ^= 1;
    sign(&part);
    assert_int_equal(code_of_reading(&part, &read), AICI_CODE_PART_SHAPE);
    free(part.bytes);
}

/** Whatever the bytes are: an error or a part, and then an error or a result. */
static void anything_signed_is_survived(void **state) {
    (void)state;
    forged good = sample(20000, 0, 2), bad = {malloc(good.size), good.size};
    uint64_t random = 99;
    size_t read_as_part = 0;
    for (int i = 0; i < 2000; i++) {
        memcpy(bad.bytes, good.bytes, good.size);
        bad.size = good.size;
        for (int k = 0; k <= i % 4; k++) {
            random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            size_t at = AT_FORMAT + (size_t)(random >> 33) % (i % 2 ? at_first_record(&good) + 64 : good.size - 50);
            static const uint8_t values[] = {0, 1, 255, 127, 128};
            bad.bytes[at < good.size ? at : 8] = i % 3 ? values[(random >> 20) % 5] : (uint8_t)(random >> 24);
        }
        if (i % 5 == 0)
            bad.size = 60 + (size_t)(random >> 33) % (good.size - 60);
        sign(&bad);
        aic_part *part = NULL;
        if (code_of_reading(&bad, &part) == 0) {
            aic_result *result = NULL;
            read_as_part++;
            if (i % 8 == 0 && aic_part_result(part, 1, &result, NULL) == AIC_OK)
                assert_non_null(result);
            aic_result_unref(result);
        }
        aic_part_free(part);
    }
    assert_true(read_as_part > 100 && read_as_part < 1900);
    free(bad.bytes);
    free(good.bytes);
}

/* --- memory --------------------------------------------------------------------------------------------------------------------------- */

static aic_status work(const aic_allocator *allocator) {
    const aic_load_options load_options = {.size = sizeof load_options, .allocator = allocator};
    aic_sample_options options = {.size = sizeof options, .samples = 20000, .method = AIC_METHOD_MONTE_CARLO, .shard_count = 2};
    aic_scenario *scenario = NULL;
    aic_part *part[2] = {NULL, NULL}, *again = NULL, *merged = NULL;
    aic_result *result = NULL;
    size_t size = 0;
    aic_status status = aic_scenario_load(text, sizeof text - 1, "x.yaml", &load_options, &scenario, NULL);
    status = status == AIC_OK ? aic_scenario_sample_part(scenario, NULL, 0, &options, &part[0], NULL) : status;
    options.shard = 1;
    status = status == AIC_OK ? aic_scenario_sample_part(scenario, NULL, 0, &options, &part[1], NULL) : status;
    const void *bytes = aic_part_bytes(part[1], &size);
    status = status == AIC_OK ? aic_part_read(bytes, size, "again", &load_options, &again, NULL) : status;
    const aic_part *parts[] = {again, part[0]};
    status = status == AIC_OK ? aic_parts_merge(parts, 2, &merged, NULL) : status;
    status = status == AIC_OK ? aic_part_result(merged, 0, &result, NULL) : status;
    assert_true((status == AIC_OK) == (result != NULL));
    aic_result_unref(result);
    aic_part_free(part[0]);
    aic_part_free(part[1]);
    aic_part_free(again);
    aic_part_free(merged);
    aic_scenario_free(scenario);
    return status;
}

static void every_allocation_may_fail(void **state) {
    (void)state;
    struct failing_allocator memory;
    size_t failures = 0;
    failing_allocator_init(&memory);
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
        aic_status status = work(&memory.allocator);
        assert_int_equal(status, memory.failed ? AIC_ERROR_MEMORY : AIC_OK);
        assert_true(failing_allocator_is_clean(&memory));
        failures += memory.failed;
    }
    assert_true(failures > 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_newer_format_is_refused),
        cmocka_unit_test(parts_of_two_versions_of_the_library_are_refused),
        cmocka_unit_test(draws_that_this_library_would_not_make_are_refused),
        cmocka_unit_test(a_quantile_outside_what_was_kept_is_an_error),
        cmocka_unit_test(counts_that_do_not_add_up_are_refused),
        cmocka_unit_test(anything_signed_is_survived),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
