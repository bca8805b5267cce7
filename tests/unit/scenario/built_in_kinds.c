/* SPDX-License-Identifier: MIT */
/*
 * The library's own model kinds, and the example of doc/kinds.md, as they are read: whole, without fault, with the names that the format
 * promises. What they compute is compared with published figures in tests/unit/models.
 */
#include "kind_stage.h"

#include "failing_allocator.h"

#include <stdio.h>

/* --- the library's own ---------------------------------------------------------------------------------------------------------------- */

static void every_kind_of_the_library_is_without_fault(void **state) {
    (void)state;
    assert_true(aici_built_in_kind_count >= 10);
    for (size_t i = 0; i < aici_built_in_kind_count; i++) {
        const aici_built_in_kind *built_in = &aici_built_in_kinds[i];
        struct stage stage;
        set_stage(&stage, NULL);
        aici_expr_reader reader = reader_of(&stage);
        const aici_kind *kind = NULL;
        if (aici_kind_read_built_in(&reader, aici_slice_of(built_in->name), true, &kind) != AIC_OK)
            print_report(&stage);
        assert_non_null(kind);
        assert_string_equal(kind->name, built_in->name);
        assert_string_equal(kind->text, built_in->text);
        assert_true(kind->built_in && *kind->title && *kind->doc && kind->checks->count >= 2);
        strike_stage(&stage);
    }
}

static void the_librarys_kinds_are_sorted_and_whole(void **state) {
    (void)state;
    for (size_t i = 0; i < aici_built_in_kind_count; i++) {
        const aici_built_in_kind *kind = &aici_built_in_kinds[i];
        assert_true(i == 0 || strcmp(aici_built_in_kinds[i - 1].name, kind->name) < 0);
        assert_int_equal(strlen(kind->text), kind->size);
        assert_memory_equal(kind->text + kind->size_without_checks, "checks:", 7);
    }
}

static void a_kind_is_read_without_its_checks_where_no_one_needs_them(void **state) {
    (void)state;
    struct stage stage;
    const aici_kind *with = NULL, *without = NULL;
    set_stage(&stage, NULL);
    aici_expr_reader reader = reader_of(&stage);
    assert_int_equal(aici_kind_read_built_in(&reader, aici_slice_of("cagr"), true, &with), AIC_OK);
    assert_int_equal(aici_kind_read_built_in(&reader, aici_slice_of("cagr"), false, &without), AIC_OK);
    assert_non_null(with->checks);
    assert_null(without->checks);
    assert_int_equal(with->output_count, without->output_count);
    assert_string_equal(without->text, with->text);
    strike_stage(&stage);
}

static void a_kind_that_the_library_does_not_have_is_no_fault(void **state) {
    (void)state;
    struct stage stage;
    set_stage(&stage, NULL);
    aici_expr_reader reader = reader_of(&stage);
    const aici_kind *kind = (const aici_kind *)&stage;
    assert_int_equal(aici_kind_read_built_in(&reader, aici_slice_of("cag"), false, &kind), AIC_OK);
    assert_null(kind);
    assert_int_equal(aic_report_count(stage.report), 0);
    strike_stage(&stage);
}

static void the_callers_limits_do_not_bind_the_librarys_kinds(void **state) {
    (void)state;
    struct stage stage;
    set_stage(&stage, NULL);
    stage.limits.file_bytes = 100;
    stage.limits.nodes = 10;
    stage.limits.expression_tokens = 3;
    aici_expr_reader reader = reader_of(&stage);
    const aici_kind *kind = NULL;
    assert_int_equal(aici_kind_read_built_in(&reader, aici_slice_of("inference"), false, &kind), AIC_OK);
    assert_non_null(kind);
    strike_stage(&stage);
}

/* What the format promises by name. */
static bool has(const aici_kind *kind, const char *name) {
    for (uint32_t i = 0; i < kind->input_count; i++)
        if (strcmp(kind->input[i].name, name) == 0)
            return true;
    for (uint32_t i = 0; i < kind->output_count; i++)
        if (strcmp(kind->output[i].name, name) == 0)
            return true;
    return false;
}

static void the_names_of_the_format_are_there(void **state) {
    (void)state;
    static const char *const promised[][2] = {
        {"training",
         "parameters active_parameters tokens epochs flop_per_parameter_token recompute layers attention_width sequence_length causal "
         "accelerators "
         "accelerator_peak utilization accelerator_hour_price accelerator_power pue carbon_intensity compute hardware_compute duration "
         "accelerator_hours cost energy emissions"},
        {"inference",
         "parameters active_parameters flop_per_parameter_token tokens_per_query utilization queries_per_day users visits peak_to_average "
         "accelerator_peak accelerators_per_server server_price accelerator_power pue electricity_price accelerator_hour_price "
         "memory_bandwidth "
         "bytes_per_parameter batch compute_per_token compute_per_query compute_rate accelerators servers capex energy_per_query "
         "cost_per_query"},
        {"server_market",
         "shipments shipments_base shipments_growth price price_base price_growth lifetime shipments_before ai_share region_share "
         "domestic_share "
         "revenue revenue_growth revenue_cagr shipments_cagr installed_base replacement expansion ai_shipments ai_revenue region_shipments "
         "region_revenue domestic_shipments domestic_revenue"},
        {"cagr", "start end periods start_year end_year horizon_year cagr multiple doubling_time projected path"},
        {"visual_tokens",
         "images videos height width frame_rate video_length patch partial_patches channels_as_tokens channels temporal_patch "
         "latent_compression image_tokens video_tokens tokens"},
        {"workload_split", "training_compute training_share inference_compute total_compute training_growth inference_growth total_growth"},
        {"learning_curve",
         "initial_cost start_year hardware_decline algorithm_decline learning_rate cumulative_units combined_decline cost halving_time"},
        {"share", "part whole share growth_differential"},
        {"breakdown", "total shares other"},
        {"adoption", "potential start start_year rate innovation imitation users"},
    };
    struct stage stage;
    set_stage(&stage, NULL);
    aici_expr_reader reader = reader_of(&stage);
    for (size_t i = 0; i < sizeof promised / sizeof promised[0]; i++) {
        const aici_kind *kind = NULL;
        char name[64];
        assert_int_equal(aici_kind_read_built_in(&reader, aici_slice_of(promised[i][0]), false, &kind), AIC_OK);
        for (const char *rest = promised[i][1]; *rest; rest += strspn(rest, " ")) {
            size_t size = strcspn(rest, " ");
            snprintf(name, sizeof name, "%.*s", (int)size, rest);
            if (!has(kind, name))
                fail_msg("%s has no %s", kind->name, name);
            rest += size;
        }
    }
    strike_stage(&stage);
}

/* --- the manual ----------------------------------------------------------------------------------------------------------------------- */

/* The first YAML block of doc/kinds.md. */
static void read_example(char *example, size_t size) {
    static const char fence[] = "```yaml\n";
    char manual[20000];
    FILE *file = fopen("doc/kinds.md", "rb");
    assert_non_null(file);
    manual[fread(manual, 1, sizeof manual - 1, file)] = '\0';
    fclose(file);
    const char *begin = strstr(manual, fence);
    assert_non_null(begin);
    begin += sizeof fence - 1;
    const char *end = strstr(begin, "```\n");
    assert_non_null(end);
    assert_true((size_t)(end - begin) < size);
    memcpy(example, begin, (size_t)(end - begin));
    example[end - begin] = '\0';
}

static void the_example_of_the_manual_is_without_fault(void **state) {
    (void)state;
    struct stage stage;
    char example[8000];
    read_example(example, sizeof example);
    set_stage(&stage, NULL);
    assert_int_equal(aici_document_read(stage.arena, "doc/kinds.md", example, strlen(example), &stage.limits, &stage.root, stage.report),
                     AIC_OK);
    const aici_entry *definition = &aici_node_value(stage.root, "definitions")->as.entry[0];
    aici_expr_reader reader = reader_of(&stage);
    if (aici_kind_read(&reader, definition->value, definition->key->as.text.bytes, &stage.kind) != AIC_OK)
        print_report(&stage);
    assert_non_null(stage.kind);
    assert_string_equal(stage.kind->name, "site");
    assert_int_equal(stage.kind->output_count, 4);
    assert_int_equal(stage.kind->checks->count, 1);
    strike_stage(&stage);
}

/* --- memory --------------------------------------------------------------------------------------------------------------------------- */

static void the_librarys_kinds_survive_any_lack_of_memory(void **state) {
    (void)state;
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    struct stage stage;
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
        set_stage(&stage, &memory.allocator);
        aic_status status = AIC_ERROR_MEMORY;
        if (stage.arena && stage.report) {
            aici_expr_reader reader = reader_of(&stage);
            status = aici_kind_read_built_in(&reader, aici_slice_of("training"), true, &stage.kind);
        }
        assert_int_equal(status, memory.failed ? AIC_ERROR_MEMORY : AIC_OK);
        assert_true((stage.kind != NULL) == (status == AIC_OK));
        strike_stage(&stage);
        assert_true(failing_allocator_is_clean(&memory));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_the_library_is_without_fault),
        cmocka_unit_test(the_librarys_kinds_are_sorted_and_whole),
        cmocka_unit_test(a_kind_is_read_without_its_checks_where_no_one_needs_them),
        cmocka_unit_test(a_kind_that_the_library_does_not_have_is_no_fault),
        cmocka_unit_test(the_callers_limits_do_not_bind_the_librarys_kinds),
        cmocka_unit_test(the_names_of_the_format_are_there),
        cmocka_unit_test(the_example_of_the_manual_is_without_fault),
        cmocka_unit_test(the_librarys_kinds_survive_any_lack_of_memory),
    };
    return cmocka_run_group_tests_name("the library's own model kinds", tests, NULL, NULL);
}
