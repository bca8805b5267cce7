/* SPDX-License-Identifier: MIT */
/*
 * A scenario as its owner sees it: read or made empty, given libraries, copied, bound when somebody wants to compute, written. Changes are
 * in edit.c and add.c.
 */
#include "scenario/editor.h"

/* --- beginning and end ---------------------------------------------------------------------------------------------------------------- */

static aic_status make(const aic_allocator *allocator, const aic_limits *limits, aic_scenario **out, aic_report *report) {
    aic_limits filled;
    if (!aici_limits_fill(limits, &filled))
        return aici_report_error(report, AICI_CODE_ARGUMENT, NULL, "`limits` has a `size` that this library does not know");
    aic_scenario *scenario = aici_memory_take_array(allocator, 1, sizeof *scenario);
    if (!scenario)
        return aici_report_memory(report);
    scenario->allocator = allocator ? *allocator : *aici_memory_default();
    scenario->limits = filled;
    *out = scenario;
    return AIC_OK;
}

void aici_scenario_free(aic_scenario *scenario) {
    if (!scenario)
        return;
    aic_allocator allocator = scenario->allocator;
    aici_bound_unref(scenario->bound);
    aici_foundation_unref(scenario->foundation);
    aici_sections_end(&scenario->sections);
    for (size_t i = 0; i < scenario->library_count; i++)
        aici_store_unref(scenario->library[i].store);
    aici_memory_release(&allocator, scenario->library);
    aici_store_unref(scenario->file);
    aici_memory_release(&allocator, scenario);
}

static const aici_node *version_node(aici_arena *arena) { return aici_node_new_scalar(arena, aici_slice_of("1")); }

aic_status aici_scenario_new(const aic_allocator *allocator, const aic_limits *limits, aic_scenario **out, aic_report *report) {
    aic_scenario *scenario = NULL;
    aici_change change;
    aic_status status = make(allocator, limits, &scenario, report);
    if (status != AIC_OK)
        return status;
    bool begun = aici_sections_begin(&scenario->sections, &scenario->allocator, NULL);
    const aici_node *version = begun ? version_node(scenario->sections.made->arena) : NULL;
    if (!version || !aici_sections_set_whole(&scenario->sections, AICI_SECTION_AICOMPUTE, version, &change)) {
        aici_scenario_free(scenario);
        return aici_report_memory(report);
    }
    *out = scenario;
    return AIC_OK;
}

/* --- files ---------------------------------------------------------------------------------------------------------------------------- */

static aic_status read_file(const aic_scenario *scenario, const char *name, const char *text, size_t size, aici_library *file,
                            aic_report *report) {
    file->store = aici_store_new(&scenario->allocator);
    if (!file->store)
        return aici_report_memory(report);
    aic_status status = aici_document_read(file->store->arena, name ? name : "", text, size, &scenario->limits, &file->root, report);
    if (status == AIC_OK && aici_report_status(report) == AIC_ERROR_MEMORY)
        status = AIC_ERROR_MEMORY;
    if (status != AIC_OK) {
        aici_store_unref(file->store);
        file->store = NULL;
    }
    return status;
}

static aic_status refuse_root(const aici_node *root, const char *what, aic_report *report) {
    aic_status status =
        aici_report_error(report, AICI_CODE_WRONG_SHAPE, &root->place, "%s is a mapping with `aicompute: 1` at its top", what);
    aici_report_hint(report, "begin the file with `aicompute: 1`");
    return status;
}

aic_status aici_scenario_read(const aic_allocator *allocator, const aic_limits *limits, const char *name, const char *text, size_t size,
                              aic_scenario **out, aic_report *report) {
    aic_scenario *scenario = NULL;
    aici_library file = {NULL, NULL};
    aic_status status = make(allocator, limits, &scenario, report);
    if (status != AIC_OK)
        return status;
    status = read_file(scenario, name, text, size, &file, report);
    scenario->file = file.store;
    if (status == AIC_OK && file.root->kind != AICI_NODE_MAPPING)
        status = refuse_root(file.root, "a scenario", report);
    if (status == AIC_OK && !aici_sections_begin(&scenario->sections, &scenario->allocator, file.root))
        status = aici_report_memory(report);
    if (status == AIC_OK)
        *out = scenario;
    else
        aici_scenario_free(scenario);
    return status;
}

bool aici_scenario_files(const aic_scenario *scenario, aici_arena *arena, aici_files *files) {
    const aici_node **roots = aici_arena_take_array(arena, scenario->library_count, sizeof *roots);
    aici_store **stores = aici_arena_take_array(arena, scenario->library_count + 2, sizeof *stores);
    if (!roots || !stores)
        return false;
    *files = (aici_files){
        .root = scenario->sections.root, .library = roots, .library_count = (uint32_t)scenario->library_count, .store = stores};
    for (uint8_t i = 0; i < AICI_SECTION_COUNT; i++)
        files->view[i] = aici_sections_view(&scenario->sections, (aici_section)i);
    if (scenario->file)
        stores[files->store_count++] = scenario->file;
    stores[files->store_count++] = scenario->sections.made;
    for (size_t i = 0; i < scenario->library_count; i++) {
        roots[i] = scenario->library[i].root;
        stores[files->store_count++] = scenario->library[i].store;
    }
    return true;
}

/* --- libraries ------------------------------------------------------------------------------------------------------------------------ */

static aic_status check_library(const aic_scenario *scenario, const aici_node *root, aic_report *report) {
    aici_binder binder = {.limits = &scenario->limits, .allocator = &scenario->allocator, .report = report};
    size_t first = aic_report_count(report);
    if (root->kind != AICI_NODE_MAPPING)
        return refuse_root(root, "a library file", report);
    aici_header_check_library(&binder, root);
    aici_report_in_order(report, first);
    return binder.status == AIC_OK && aici_report_status(report) == AIC_ERROR_MEMORY ? AIC_ERROR_MEMORY : binder.status;
}

/* A scenario that was bound before is bound with the new library, which is taken away again when that fails. */
static aic_status bind_with_library(aic_scenario *scenario, aic_report *report) {
    aici_foundation *foundation = scenario->foundation;
    aici_bound *old = scenario->bound, *bound = NULL;
    scenario->foundation = NULL;
    scenario->bound = NULL;
    aic_status status = scenario->was_bound ? aici_scenario_bind(scenario, &bound, report) : AIC_OK;
    aici_bound_unref(bound);
    if (status != AIC_OK) {
        scenario->foundation = foundation;
        scenario->bound = old;
        scenario->library_count--;
        return status;
    }
    aici_foundation_unref(foundation);
    aici_bound_unref(old);
    return AIC_OK;
}

aic_status aici_scenario_add_library(aic_scenario *scenario, const char *name, const char *text, size_t size, aic_report *report) {
    aici_library file = {NULL, NULL};
    aic_status status = read_file(scenario, name, text, size, &file, report);
    if (status == AIC_OK)
        status = check_library(scenario, file.root, report);
    aici_library *libraries = NULL;
    if (status == AIC_OK) {
        libraries = aici_memory_grow(&scenario->allocator, scenario->library, scenario->library_count, &scenario->library_capacity,
                                     sizeof *libraries);
        status = libraries ? AIC_OK : aici_report_memory(report);
    }
    if (status == AIC_OK) {
        scenario->library = libraries;
        scenario->library[scenario->library_count++] = file;
        status = bind_with_library(scenario, report);
    }
    if (status != AIC_OK)
        aici_store_unref(file.store);
    return status;
}

/* --- copying -------------------------------------------------------------------------------------------------------------------------- */

static bool copy_libraries(aic_scenario *copy, const aic_scenario *scenario) {
    copy->library = aici_memory_take_array(&copy->allocator, scenario->library_count + 1, sizeof *copy->library);
    if (!copy->library)
        return false;
    copy->library_capacity = scenario->library_count + 1;
    for (size_t i = 0; i < scenario->library_count; i++) {
        copy->library[i] = scenario->library[i];
        aici_store_ref(scenario->library[i].store);
        copy->library_count++;
    }
    return true;
}

aic_status aici_scenario_copy(const aic_scenario *scenario, aic_scenario **out, aic_report *report) {
    aic_scenario *copy = aici_memory_take_array(&scenario->allocator, 1, sizeof *copy);
    if (!copy)
        return aici_report_memory(report);
    copy->allocator = scenario->allocator;
    copy->limits = scenario->limits;
    if (!aici_sections_copy(&copy->sections, &scenario->sections)) {
        aici_memory_release(&scenario->allocator, copy);
        return aici_report_memory(report);
    }
    copy->file = aici_store_ref(scenario->file);
    if (!copy_libraries(copy, scenario)) {
        aici_scenario_free(copy);
        return aici_report_memory(report);
    }
    copy->bound = aici_bound_ref(scenario->bound);
    copy->was_bound = scenario->was_bound;
    *out = copy;
    return AIC_OK;
}

/* --- binding -------------------------------------------------------------------------------------------------------------------------- */

aic_status aici_scenario_bind(aic_scenario *scenario, aici_bound **out, aic_report *report) {
    if (!scenario->bound) {
        aici_arena *arena = aici_arena_new(&scenario->allocator);
        aici_files files;
        aic_status status = AIC_ERROR_MEMORY;
        aici_report_keep(report, scenario->limits.diagnostics);
        if (arena && aici_scenario_files(scenario, arena, &files))
            status = aici_bind(&files, &scenario->foundation, &scenario->allocator, &scenario->limits, &scenario->bound, report);
        else
            aici_report_memory(report);
        aici_arena_free(arena);
        if (status != AIC_OK)
            return status;
    }
    scenario->was_bound = true;
    *out = aici_bound_ref(scenario->bound);
    return AIC_OK;
}

/* --- asking --------------------------------------------------------------------------------------------------------------------------- */

void aici_scenario_write(const aic_scenario *scenario, aici_buffer *out) {
    aici_arena *arena = aici_arena_new(&scenario->allocator);
    const aici_node *root = arena ? aici_sections_root(&scenario->sections, arena) : NULL;
    if (root)
        aici_document_write(root, out);
    else
        out->failed = true;
    aici_arena_free(arena);
}

const char *aici_scenario_title(const aic_scenario *scenario) {
    const aici_node *title = aici_sections_view(&scenario->sections, AICI_SECTION_TITLE).node;
    return title && title->kind == AICI_NODE_SCALAR && !aici_node_is_empty(title) ? aici_text_of(title) : "";
}

const aic_allocator *aici_scenario_allocator(const aic_scenario *scenario) { return &scenario->allocator; }

const aic_limits *aici_scenario_limits(const aic_scenario *scenario) { return &scenario->limits; }

size_t aici_scenario_library_count(const aic_scenario *scenario) { return scenario->library_count; }

const char *aici_scenario_library_name(const aic_scenario *scenario, size_t index) {
    const aici_source *source = scenario->library[index].root->place.source;
    return source && source->name ? source->name : "";
}

void aici_scenario_write_library(const aic_scenario *scenario, size_t index, aici_buffer *out) {
    aici_document_write(scenario->library[index].root, out);
}
