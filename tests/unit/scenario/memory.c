/* SPDX-License-Identifier: MIT */
/* Scenarios without memory: each allocation fails once, and from then on; and scenarios that are changed for ever. */
#include "failing_allocator.h"
#include "stage.h"

static const char text[] =
    "aicompute: 1\n"
    "title: All there is\n"
    "description: a bit of everything\n"
    "sources: {a: A book, b: {title: x, date: 2024}}\n"
    "units: {robot: base, crew: 4 robot}\n"
    "exchange_rates: {USD: 7 CNY}\n"
    "currency: USD\n"
    "timeline: 2021..2024\n"
    "assumptions:\n"
    "  visits: {value: 4e7 to 9e7 visit/day, source: a, note: x, label: y}\n"
    "  staff: {value: 3, unit: crew, rounded: true}\n"
    "  price: {series: {2021: 5 CNY/server, 2024: 6 CNY/server}, between: linear}\n"
    "  total: {value: 2 + 3, unit: token}\n"
    "  stock: previous(stock, 1 server) + added\n"
    "  added: {start: 5, start_year: 2021, growth: 5 %, unit: server}\n"
    "  speed: {p5: 1 token/s, p95: 2 token/s}\n"
    "correlations: [[visits, speed, 0.5]]\n"
    "models:\n"
    "  chat: {kind: inference, parameters: 1T, tokens_per_query: 267, utilization: 0.3, queries_per_day: visits * 1 query/visit,"
    " accelerator_peak: 65 TFLOPS/GPU, server_price: 20000 USD/server}\n"
    "  cost: {kind: breakdown, total: chat.capex, shares: {gpu: 70 %, memory: {value: 20 %, of: gpu}, board: {value: 10 %, of: gpu}}}\n"
    "  image: {kind: visual_tokens, images: 1 image, height: 4 pixel, width: 4 pixel, patch: 2 pixel, partial_patches: pad}\n"
    "  gap: {kind: share, part: {2021: 1, 2023: 2}, whole: 4}\n"
    "  mine: {kind: own, a: 3}\n"
    "definitions: {own: {title: t, inputs: {a: {unit: any, doc: d}}, outputs: {b: {like: a, formula: a * 2, doc: d}}}}\n"
    "calculations: {x: chat.capex / visits, y: \"gap.share[2021] + mine.b\"}\n"
    "claims:\n"
    "  - {id: c, published: {value: 20, digits: 1}, computed: y, readings: {other: y + 1}, source: b}\n"
    "  - {id: d, between: [1, 2], computed: mine.b}\n";

static const char library[] = "aicompute: 1\nunits: {desk: 2 m}\ndefinitions: {second: {title: t, inputs: {a: {unit: any, doc: d}}, "
                              "outputs: {b: {unit: any, formula: a, doc: d}}}}\n";

static aic_status load(const aic_allocator *allocator, aic_scenario **scenario, aici_bound **bound, aic_report *report) {
    aic_status status = aici_scenario_read(allocator, NULL, "all.yaml", text, strlen(text), scenario, report);
    if (status == AIC_OK)
        status = aici_scenario_add_library(*scenario, "library.yaml", library, strlen(library), report);
    return status == AIC_OK ? aici_scenario_bind(*scenario, bound, report) : status;
}

/* libyaml has memory of its own; when ours lacks, the answer is always the same. */
static void try_loading(bool forever, bool reported) {
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    size_t rounds = 0;
    for (size_t n = 1; failing_allocator_again(&memory, n, forever); n++, rounds++) {
        aic_scenario *scenario = NULL;
        aici_bound *bound = NULL;
        aic_report *report = reported ? aic_report_new(NULL) : NULL;
        aic_status status = load(&memory.allocator, &scenario, &bound, report);
        assert_int_equal(status, memory.failed ? AIC_ERROR_MEMORY : AIC_OK);
        assert_true((bound != NULL) == (status == AIC_OK));
        aici_bound_unref(bound);
        aici_scenario_free(scenario);
        aic_report_free(report);
        assert_true(failing_allocator_is_clean(&memory));
    }
    assert_true(rounds > 100);
}

static void each_allocation_of_loading_may_fail(void **state) {
    (void)state;
    try_loading(false, true);
    try_loading(false, false);
}

static void all_allocations_of_loading_may_fail_from_one_on(void **state) {
    (void)state;
    try_loading(true, true);
}

/* The report may lack memory too, and a remark that was not said is not forgotten. */
static void a_report_without_memory_says_so(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
        aic_report *report = aic_report_new(&memory.allocator);
        aic_scenario *scenario = NULL;
        aici_bound *bound = NULL;
        aic_status status = report ? load(NULL, &scenario, &bound, report) : AIC_ERROR_MEMORY;
        assert_int_equal(status, memory.failed ? AIC_ERROR_MEMORY : AIC_OK);
        aici_bound_unref(bound);
        aici_scenario_free(scenario);
        aic_report_free(report);
        assert_true(failing_allocator_is_clean(&memory));
    }
}

static void each_allocation_of_a_refusal_may_fail(void **state) {
    (void)state;
    static const char faulty[] =
        "aicompute: 1\n"
        "units: {pod: 4 foo}\n"
        "assumptions: {a: b, b: a, c: 1 token + 1 USD, d: {value: 3, source: nobody}, e: {value: 1 USD, unit: token}}\n"
        "models:\n"
        "  m: {kind: cagr, start: 1 USD, end: 2 CNY, horizon: 3}\n"
        "  n: {kind: workload_split, training_compute: 5 FLOP, training_share: 120 %}\n"
        "  o: {kind: breakdown, total: 1, shares: {x: {value: 10 %, of: y}}}\n"
        "claims: [{id: c, published: 1 + 1, computed: m.cagr}, {id: c}]\n"
        "correlations: [[a, z, 0.5]]\n";
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
        aic_report *report = aic_report_new(NULL);
        aic_scenario *scenario = NULL;
        aici_bound *bound = NULL;
        aic_status status = aici_scenario_read(&memory.allocator, NULL, "f.yaml", faulty, strlen(faulty), &scenario, report);
        if (status == AIC_OK)
            status = aici_scenario_bind(scenario, &bound, report);
        assert_null(bound);
        assert_int_equal(status == AIC_ERROR_MEMORY, memory.failed);
        assert_int_not_equal(status, AIC_OK);
        aici_scenario_free(scenario);
        aic_report_free(report);
        assert_true(failing_allocator_is_clean(&memory));
    }
}

/* --- changes -------------------------------------------------------------------------------------------------------------------------- */

typedef aic_status (*edit_call)(aic_scenario *scenario, aic_report *report);

static aic_status edit_set(aic_scenario *scenario, aic_report *report) {
    return aici_scenario_set(scenario, "chat.utilization", "40 %", report);
}

static aic_status edit_component(aic_scenario *scenario, aic_report *report) {
    return aici_scenario_set(scenario, "cost.shares.gpu", "40 %", report);
}

static aic_status edit_property(aic_scenario *scenario, aic_report *report) {
    return aici_scenario_set_property(scenario, "total", "source", "b", report);
}

static aic_status edit_year(aic_scenario *scenario, aic_report *report) {
    return aici_scenario_set_year(scenario, "price", 2022, "7 CNY/server", report);
}

static aic_status edit_header(aic_scenario *scenario, aic_report *report) {
    return aici_scenario_set_header(scenario, "currency", "CNY", report);
}

static aic_status edit_rate(aic_scenario *scenario, aic_report *report) {
    return aici_scenario_add_exchange_rate(scenario, "EUR", "8 CNY", report);
}

static aic_status edit_source(aic_scenario *scenario, aic_report *report) {
    return aici_scenario_add_source(scenario, "new", "A new book", report);
}

static aic_status edit_calculation(aic_scenario *scenario, aic_report *report) {
    return aici_scenario_add_calculation(scenario, "z", "x * 2", report);
}

static aic_status edit_claim(aic_scenario *scenario, aic_report *report) {
    return aici_scenario_add_claim(scenario, "e", "5", "mine.b", report);
}

static aic_status edit_remove(aic_scenario *scenario, aic_report *report) { return aici_scenario_remove(scenario, "d", report); }

static aic_status edit_refused(aic_scenario *scenario, aic_report *report) {
    aic_status status = aici_scenario_set(scenario, "staff", "3 token + 1 USD", report);
    return status == AIC_ERROR_UNIT ? AIC_OK : status; /* as it should be */
}

static aic_status edit_copy(aic_scenario *scenario, aic_report *report) {
    aic_scenario *copy = NULL;
    aic_status status = aici_scenario_copy(scenario, &copy, report);
    aici_scenario_free(copy);
    return status;
}

static void write_to(const aic_scenario *scenario, char *out, size_t size) {
    aici_buffer buffer = aici_buffer_new(NULL);
    aici_scenario_write(scenario, &buffer);
    assert_true(buffer.size < size);
    memcpy(out, aici_buffer_text(&buffer), buffer.size + 1);
    aici_buffer_free(&buffer);
}

/* An edit that fails for lack of memory changes nothing; the scenario can be used on. */
static void try_edit(edit_call edit, bool bound_before) {
    static char before[8192], after[8192];
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
        aic_scenario *scenario = NULL;
        aici_bound *bound = NULL;
        memory.fail_at = 0;
        assert_int_equal(bound_before ? load(&memory.allocator, &scenario, &bound, NULL)
                                      : aici_scenario_read(&memory.allocator, NULL, "all.yaml", text, strlen(text), &scenario, NULL),
                         AIC_OK);
        write_to(scenario, before, sizeof before);
        memory.calls = 0;
        memory.fail_at = n;
        aic_report *report = aic_report_new(NULL);
        aic_status status = edit(scenario, report);
        memory.fail_at = 0;
        assert_int_equal(status, memory.failed ? AIC_ERROR_MEMORY : AIC_OK);
        write_to(scenario, after, sizeof after);
        if (status != AIC_OK)
            assert_string_equal(after, before);
        aic_report_clear(report);
        assert_int_equal(edit(scenario, report), AIC_OK);
        aici_bound_unref(bound);
        aici_scenario_free(scenario);
        aic_report_free(report);
        assert_true(failing_allocator_is_clean(&memory));
    }
}

static void each_allocation_of_a_change_may_fail(void **state) {
    (void)state;
    static const edit_call edits[] = {edit_set, edit_component, edit_property, edit_year, edit_header, edit_refused, edit_copy};
    for (size_t i = 0; i < sizeof edits / sizeof edits[0]; i++) {
        try_edit(edits[i], true);
        try_edit(edits[i], false);
    }
}

/* These cannot be made twice, so only the first attempt counts. */
static void try_addition(edit_call edit) {
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
        aic_scenario *scenario = NULL;
        aici_bound *bound = NULL;
        memory.fail_at = 0;
        assert_int_equal(load(&memory.allocator, &scenario, &bound, NULL), AIC_OK);
        memory.calls = 0;
        memory.fail_at = n;
        aic_status status = edit(scenario, NULL);
        memory.fail_at = 0;
        assert_int_equal(status, memory.failed ? AIC_ERROR_MEMORY : AIC_OK);
        if (status != AIC_OK)
            assert_int_equal(edit(scenario, NULL), AIC_OK);
        aici_bound_unref(bound);
        aici_scenario_free(scenario);
        assert_true(failing_allocator_is_clean(&memory));
    }
}

static void each_allocation_of_an_addition_may_fail(void **state) {
    (void)state;
    static const edit_call edits[] = {edit_rate, edit_source, edit_calculation, edit_claim, edit_remove};
    for (size_t i = 0; i < sizeof edits / sizeof edits[0]; i++)
        try_addition(edits[i]);
}

static void writing_without_memory_fails_the_buffer(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
        memory.fail_at = 0;
        aic_scenario *scenario = NULL;
        assert_int_equal(aici_scenario_read(&memory.allocator, NULL, "all.yaml", text, strlen(text), &scenario, NULL), AIC_OK);
        memory.calls = 0;
        memory.fail_at = n;
        aici_buffer buffer = aici_buffer_new(&memory.allocator);
        aici_scenario_write(scenario, &buffer);
        assert_int_equal(aici_buffer_failed(&buffer), memory.failed);
        aici_buffer_free(&buffer);
        aici_scenario_free(scenario);
        assert_true(failing_allocator_is_clean(&memory));
    }
}

/* --- no end of changes ---------------------------------------------------------------------------------------------------------------- */

static void a_scenario_that_is_changed_for_ever_does_not_grow(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    aic_scenario *scenario = NULL;
    char value[40];
    assert_int_equal(aici_scenario_read(&memory.allocator, NULL, "all.yaml", text, strlen(text), &scenario, NULL), AIC_OK);
    size_t after_few = 0;
    for (int i = 0; i < 40000; i++) {
        sprintf(value, "%d %%", i % 90 + 1);
        assert_int_equal(aici_scenario_set(scenario, "chat.utilization", value, NULL), AIC_OK);
        assert_int_not_equal(aici_scenario_set(scenario, "chat.utilization", "tokens +", NULL), AIC_OK);
        if (i == 4000)
            after_few = memory.live_bytes;
    }
    assert_true(memory.live_bytes < after_few + (256 << 10));
    aici_scenario_free(scenario);
    assert_true(failing_allocator_is_clean(&memory));
}

static void a_bound_scenario_that_is_changed_for_ever_does_not_grow(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    aic_scenario *scenario = NULL;
    aici_bound *bound = NULL;
    char value[40];
    assert_int_equal(load(&memory.allocator, &scenario, &bound, NULL), AIC_OK);
    aici_bound_unref(bound);
    size_t after_few = 0;
    for (int i = 0; i < 1500; i++) {
        sprintf(value, "%d %%", i % 90 + 1);
        assert_int_equal(aici_scenario_set(scenario, "chat.utilization", value, NULL), AIC_OK);
        if (i == 300)
            after_few = memory.live_bytes;
    }
    assert_true(memory.live_bytes < after_few + (256 << 10));
    aici_scenario_free(scenario);
    assert_true(failing_allocator_is_clean(&memory));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_allocation_of_loading_may_fail),
        cmocka_unit_test(all_allocations_of_loading_may_fail_from_one_on),
        cmocka_unit_test(a_report_without_memory_says_so),
        cmocka_unit_test(each_allocation_of_a_refusal_may_fail),
        cmocka_unit_test(each_allocation_of_a_change_may_fail),
        cmocka_unit_test(each_allocation_of_an_addition_may_fail),
        cmocka_unit_test(writing_without_memory_fails_the_buffer),
        cmocka_unit_test(a_scenario_that_is_changed_for_ever_does_not_grow),
        cmocka_unit_test(a_bound_scenario_that_is_changed_for_ever_does_not_grow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
