/* SPDX-License-Identifier: MIT */
/* Every allocation of a whole day's work fails once, and then for good: the right status, nothing leaked, nothing changed. */
#include "support.h"
#include <stdbool.h>

struct memory {
    size_t calls, fail_at, live;
    bool forever;
};

static bool fails(struct memory *memory) {
    memory->calls++;
    return memory->fail_at > 0 && (memory->calls == memory->fail_at || (memory->forever && memory->calls > memory->fail_at));
}

static void *allocate(void *user, size_t bytes) {
    struct memory *memory = user;
    void *block = fails(memory) ? NULL : malloc(bytes);
    memory->live += block != NULL;
    return block;
}

static void *reallocate(void *user, void *block, size_t bytes) { return fails(user) ? NULL : realloc(block, bytes); }

static void release(void *user, void *block) {
    struct memory *memory = user;
    memory->live--;
    free(block);
}

static aic_status read_result(aic_result *result, aic_report *report) {
    aic_status status = AIC_OK;
    for (int format = AIC_FORMAT_TEXT; status == AIC_OK && format <= AIC_FORMAT_MARKDOWN; format++) {
        aic_text_options options = {.size = sizeof options, .format = format};
        aic_text *text = NULL;
        status = aic_result_text(result, &options, &text, report);
        assert_true((status == AIC_OK) == (text != NULL));
        aic_text_free(text);
    }
    aic_result_unref(result);
    return status;
}

static aic_status run_model(aic_scenario *scenario, aic_report *report) {
    const aic_column input = {"visits", "visit/day"};
    aic_model_options options = {.size = sizeof options, .inputs = &input, .input_count = 1};
    aic_model *model = NULL;
    double visits = 6e7, outputs[200];
    aic_status status = aic_model_compile(scenario, &options, &model, report);
    if (status == AIC_OK) {
        assert_true(aic_model_output_count(model) < 200);
        status = aic_model_evaluate(model, &visits, outputs, report);
    }
    aic_model_unref(model);
    return status;
}

/** Loads, changes, computes, checks, explains, compiles, compares, writes. */
static aic_status work_a_day(struct memory *memory) {
    aic_allocator allocator = {allocate, reallocate, release, memory};
    aic_load_options options = {.size = sizeof options, .allocator = &allocator};
    aic_report *report = aic_report_new(&allocator);
    aic_scenario *scenario = NULL, *copy = NULL;
    aic_result *result = NULL;
    aic_text *text = NULL;
    aic_status status = aic_scenario_load(chat, strlen(chat), "chat", &options, &scenario, report);
    status = status == AIC_OK ? aic_scenario_set(scenario, "chat.utilization", "40 %", report) : status;
    status = status == AIC_OK ? aic_scenario_add_assumption(scenario, "more", "visits * 2", report) : status;
    status = status == AIC_OK ? aic_scenario_evaluate(scenario, NULL, 0, &result, report) : status;
    status = status == AIC_OK ? read_result(result, report) : status;
    status = status == AIC_OK ? aic_scenario_check(scenario, NULL, &result, report) : status;
    status = status == AIC_OK ? read_result(result, report) : status;
    status = status == AIC_OK ? aic_scenario_explain(scenario, "chat.capex", &result, report) : status;
    status = status == AIC_OK ? read_result(result, report) : status;
    status = status == AIC_OK ? run_model(scenario, report) : status;
    status = status == AIC_OK ? aic_scenario_copy(scenario, &copy, report) : status;
    status = status == AIC_OK ? aic_scenario_set(copy, "chat.utilization", "50 %", report) : status;
    status = status == AIC_OK ? aic_scenario_diff(scenario, copy, &result, report) : status;
    status = status == AIC_OK ? read_result(result, report) : status;
    status = status == AIC_OK ? aic_scenario_text(copy, &text, report) : status;
    if (status == AIC_ERROR_MEMORY && report != NULL) {
        assert_int_equal(aic_report_error_count(report) > 0, 1);
    }
    aic_text_free(text);
    aic_scenario_free(copy);
    aic_scenario_free(scenario);
    aic_report_free(report);
    return status;
}

/** Sensitivities of what is drawn, is a series, and sums; and the gradient of a model. */
static aic_status differentiate(struct memory *memory) {
    static const char text[] = "aicompute: 1\n"
                               "timeline: 2024..2026\n"
                               "assumptions:\n"
                               "  a: 1 to 2\n"
                               "  b: {2024: 5, 2025: 6, 2026: 7 to 8}\n"
                               "  c: 4\n"
                               "  d: triangular(1, 2, 4)\n"
                               "  e: (2 to 3) * d + (1 to 3)\n"
                               "correlations: [[a, d, 0.5]]\n"
                               "calculations:\n"
                               "  y: a * sum(b) + c * e\n";
    const aic_sensitivity_options options = {.size = sizeof options, .samples = 128, .step = 0.1};
    const aic_column input = {"c", NULL}, output = {"y", NULL};
    const aic_model_options columns = {.size = sizeof columns, .inputs = &input, .input_count = 1, .outputs = &output, .output_count = 1};
    aic_allocator allocator = {allocate, reallocate, release, memory};
    aic_load_options load_options = {.size = sizeof load_options, .allocator = &allocator};
    aic_report *report = aic_report_new(&allocator);
    aic_scenario *scenario = NULL;
    aic_model *model = NULL;
    aic_result *result = NULL;
    double at = 4, gradient;
    aic_status status = aic_scenario_load(text, sizeof text - 1, "sensitivity", &load_options, &scenario, report);
    status = status == AIC_OK ? aic_scenario_sensitivity(scenario, "y", &options, &result, report) : status;
    status = status == AIC_OK ? read_result(result, report) : status;
    status = status == AIC_OK ? aic_model_compile(scenario, &columns, &model, report) : status;
    status = status == AIC_OK ? aic_model_gradient(model, &at, NULL, &gradient, report) : status;
    aic_model_unref(model);
    aic_scenario_free(scenario);
    aic_report_free(report);
    return status;
}

/** Draws are kept, and counted in cells. */
static aic_status keep_draws(struct memory *memory) {
    static const char text[] = "aicompute: 1\n"
                               "timeline: 2024..2025\n"
                               "assumptions: {a: 1 to 2, b: {2024: 5, 2025: 6}}\n"
                               "calculations: {y: a * b, z: a * 1}\n";
    aic_allocator allocator = {allocate, reallocate, release, memory};
    aic_load_options load_options = {.size = sizeof load_options, .allocator = &allocator};
    aic_report *report = aic_report_new(&allocator);
    aic_scenario *scenario = NULL;
    aic_result *result = NULL;
    aic_status status = aic_scenario_load(text, sizeof text - 1, "draws", &load_options, &scenario, report);
    for (uint32_t cells = 0; status == AIC_OK && cells <= 4; cells += 4) {
        const aic_sample_options options = {.size = sizeof options, .samples = 128, .keep_draws = cells == 0, .histogram = cells};
        status = aic_scenario_sample(scenario, NULL, 0, &options, &result, report);
        status = status == AIC_OK ? read_result(result, report) : status;
    }
    aic_scenario_free(scenario);
    aic_report_free(report);
    return status;
}

/** Ranges and lists with a unit at one of their values, and what comes of them with statistics. */
static aic_status move_inputs(struct memory *memory) {
    static const char text[] = "aicompute: 1\n"
                               "timeline: 2024..2025\n"
                               "assumptions: {price: 2 USD, share: 30 to 50 %, scale: {2024: 1, 2025: 2}}\n"
                               "calculations: {cost: price * share, grown: cost * scale}\n";
    aic_allocator allocator = {allocate, reallocate, release, memory};
    aic_load_options load_options = {.size = sizeof load_options, .allocator = &allocator};
    const aic_sample_options sampling = {.size = sizeof sampling, .samples = 128, .threads = 1};
    const aic_sweep_axis axes[] = {{.name = "price", .range = "1, 3, 4 USD"}, {.name = "share", .range = "20..40 %:2"}};
    const aic_sweep_options over_price = {.size = sizeof over_price, .axes = axes, .axis_count = 1, .sampling = &sampling};
    const aic_sweep_options over_share = {.size = sizeof over_share, .axes = axes + 1, .axis_count = 1, .sampling = &sampling};
    const aic_solve_options options = {
        .size = sizeof options, .output = "cost", .value = "1 USD", .by = "share", .low = "20", .high = "60 %", .sampling = &sampling};
    aic_report *report = aic_report_new(&allocator);
    aic_scenario *scenario = NULL;
    aic_result *result = NULL;
    aic_status status = aic_scenario_load(text, sizeof text - 1, "moved", &load_options, &scenario, report);
    status = status == AIC_OK ? aic_scenario_sweep(scenario, &over_price, &result, report) : status;
    status = status == AIC_OK ? read_result(result, report) : status;
    status = status == AIC_OK ? aic_scenario_sweep(scenario, &over_share, &result, report) : status;
    status = status == AIC_OK ? read_result(result, report) : status;
    status = status == AIC_OK ? aic_scenario_solve(scenario, &options, &result, report) : status;
    status = status == AIC_OK ? read_result(result, report) : status;
    aic_scenario_free(scenario);
    aic_report_free(report);
    return status;
}

/** Two parts, one of them from a file, come to a result. */
static aic_status take_parts(struct memory *memory) {
    static const char text[] = "aicompute: 1\nassumptions: {a: 1 to 2}\ncalculations: {y: 2 * a}\n";
    aic_allocator allocator = {allocate, reallocate, release, memory};
    aic_load_options load_options = {.size = sizeof load_options, .allocator = &allocator};
    aic_sample_options options = {
        .size = sizeof options, .samples = 20000, .method = AIC_METHOD_MONTE_CARLO, .threads = 1, .shard_count = 2};
    aic_report *report = aic_report_new(&allocator);
    aic_scenario *scenario = NULL;
    aic_part *part[2] = {NULL, NULL}, *loaded = NULL;
    aic_result *result = NULL;
    char path[32];
    size_t size = 0;
    FILE *file = tmpfile();
    assert_non_null(file);
    aic_status status = aic_scenario_load(text, sizeof text - 1, "parts", &load_options, &scenario, report);
    for (options.shard = 0; status == AIC_OK && options.shard < 2; options.shard++) {
        status = aic_scenario_sample_part(scenario, NULL, 0, &options, &part[options.shard], report);
    }
    if (status == AIC_OK) {
        const void *bytes = aic_part_bytes(part[1], &size);
        assert_int_equal(fwrite(bytes, 1, size, file), size);
        fflush(file);
    }
    snprintf(path, sizeof path, "/dev/fd/%d", fileno(file));
    status = status == AIC_OK ? aic_part_load_file(path, &load_options, &loaded, report) : status;
    const aic_part *const parts[] = {loaded, part[0]};
    status = status == AIC_OK ? aic_parts_result(parts, 2, 0, &result, report) : status;
    status = status == AIC_OK ? read_result(result, report) : status;
    aic_part_free(part[0]);
    aic_part_free(part[1]);
    aic_part_free(loaded);
    fclose(file);
    aic_scenario_free(scenario);
    aic_report_free(report);
    return status;
}

static void sweep(aic_status (*work)(struct memory *), bool forever) {
    struct memory memory = {0};
    assert_int_equal(work(&memory), AIC_OK);
    assert_int_equal(memory.live, 0);
    size_t points = memory.calls, survived = 0;
    for (size_t point = 1; point <= points; point++) {
        memory = (struct memory){.fail_at = point, .forever = forever};
        aic_status status = work(&memory);
        if (memory.live != 0 || (status != AIC_ERROR_MEMORY && status != AIC_OK)) {
            print_error("allocation %zu of %zu: status %d, %zu blocks left\n", point, points, (int)status, memory.live);
            fail();
        }
        survived += status == AIC_OK; /* the report's own memory, say, is not needed for an answer */
    }
    print_message("%zu points, at %zu of them the answer came all the same\n", points, survived);
    assert_true(survived < points / 2 + 10);
}

static void every_allocation_may_fail_once(void **state) {
    (void)state;
    sweep(work_a_day, false);
    sweep(differentiate, false);
    sweep(keep_draws, false);
    sweep(move_inputs, false);
    sweep(take_parts, false);
}

static void every_allocation_may_fail_for_good(void **state) {
    (void)state;
    sweep(work_a_day, true);
    sweep(differentiate, true);
    sweep(keep_draws, true);
    sweep(move_inputs, true);
    sweep(take_parts, true);
}

static void a_schema_that_finds_no_memory_is_none(void **state) {
    (void)state;
    struct memory memory = {0};
    aic_allocator allocator = {allocate, reallocate, release, &memory};
    aic_load_options options = {.size = sizeof options, .allocator = &allocator};
    aic_scenario *scenario = NULL;
    aic_kinds *kinds = NULL;
    assert_int_equal(aic_scenario_new(&options, &scenario, NULL), AIC_OK);
    assert_int_equal(aic_kinds_new(scenario, &kinds, NULL), AIC_OK);
    size_t live = memory.live, failures = 0;
    for (aic_status status = AIC_ERROR_MEMORY; status != AIC_OK; failures++) {
        aic_text *text = NULL;
        memory.calls = 0;
        memory.fail_at = failures + 1;
        status = aic_kinds_schema(kinds, &text, NULL);
        assert_true(status == AIC_OK || status == AIC_ERROR_MEMORY);
        assert_true((status == AIC_OK) == (text != NULL));
        aic_text_free(text);
        assert_int_equal(memory.live, live);
    }
    assert_true(failures > 5);
    aic_kinds_free(kinds);
    aic_scenario_free(scenario);
    assert_int_equal(memory.live, 0);
}

static void two_thousand_changes_do_not_pile_up(void **state) {
    (void)state;
    struct memory memory = {0};
    aic_allocator allocator = {allocate, reallocate, release, &memory};
    aic_load_options options = {.size = sizeof options, .allocator = &allocator};
    aic_scenario *scenario = NULL;
    assert_int_equal(aic_scenario_load(chat, strlen(chat), "chat", &options, &scenario, NULL), AIC_OK);
    size_t live = 0;
    for (int i = 0; i < 2000; i++) {
        assert_int_equal(aic_scenario_set_number(scenario, "chat.utilization", 0.2 + 0.0001 * i, NULL, NULL), AIC_OK);
        live = i == 500 ? memory.live : live;
    }
    assert_true(memory.live <= live * 4 + 64);
    aic_scenario_free(scenario);
    assert_int_equal(memory.live, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_may_fail_once), cmocka_unit_test(every_allocation_may_fail_for_good),
        cmocka_unit_test(a_schema_that_finds_no_memory_is_none), cmocka_unit_test(two_thousand_changes_do_not_pile_up)};
    return cmocka_run_group_tests_name("faults", tests, NULL, NULL);
}
