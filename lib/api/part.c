/* SPDX-License-Identifier: MIT */
/* Public functions of parts: a shard is sampled and becomes bytes; bytes become parts, parts one part, and that a result. */
#include "analysis/analysis.h"
#include "api/porch.h"
#include "api/sampling.h"
#include <aicompute/part.h>

/* --- making --------------------------------------------------------------------------------------------------------------------------- */

/** Texts of a scenario and its libraries, in buffers that live as long as this. */
typedef struct texts {
    aici_buffer scenario;
    aici_buffer *library;
    aici_part_text *as_text;
    size_t count;
} texts;

static void end_texts(texts *self, const aic_allocator *allocator) {
    for (size_t i = 0; self->library && i < self->count; i++)
        aici_buffer_free(&self->library[i]);
    aici_buffer_free(&self->scenario);
    aici_memory_release(allocator, self->library);
    aici_memory_release(allocator, self->as_text);
}

static aici_slice slice_of(const aici_buffer *buffer) { return (aici_slice){buffer->bytes, buffer->size}; }

static bool write_texts(const aic_scenario *scenario, texts *self) {
    const aic_allocator *allocator = aici_scenario_allocator(scenario);
    size_t count = aici_scenario_library_count(scenario);
    *self = (texts){.scenario = aici_buffer_new(allocator), .count = count};
    self->library = aici_memory_take_array(allocator, count + 1, sizeof *self->library);
    self->as_text = aici_memory_take_array(allocator, count + 1, sizeof *self->as_text);
    if (!self->library || !self->as_text)
        return false;
    aici_scenario_write(scenario, &self->scenario);
    bool made = !aici_buffer_failed(&self->scenario);
    for (size_t i = 0; i < count; i++) {
        self->library[i] = aici_buffer_new(allocator);
        aici_scenario_write_library(scenario, i, &self->library[i]);
        made = made && !aici_buffer_failed(&self->library[i]);
        self->as_text[i] = (aici_part_text){aici_slice_of(aici_scenario_library_name(scenario, i)), slice_of(&self->library[i])};
    }
    return made;
}

static aic_status make_part(const aic_scenario *scenario, aici_question *question, aici_gathered *gathered, aic_part **part,
                            aic_report *report) {
    const aic_allocator *allocator = aici_scenario_allocator(scenario);
    texts all;
    aic_status status = AIC_ERROR_MEMORY;
    if (write_texts(scenario, &all)) {
        question->version = aici_slice_of(aic_version());
        question->scenario.text = slice_of(&all.scenario);
        question->library = all.as_text;
        question->library_count = all.count;
        status = aici_part_make(question, gathered, allocator, aici_scenario_limits(scenario), part, report);
    } else {
        aici_report_memory(report);
    }
    end_texts(&all, allocator);
    return status;
}

static aic_status sample_part(aic_scenario *scenario, const aic_sample_options *options, aici_question *question, aic_part **part,
                              aic_report *report) {
    const aici_shard shard = {options->shard, options->shard_count ? options->shard_count : 1, options->keep_partial != 0};
    aici_bound *bound = NULL;
    aici_gathered *gathered = NULL;
    aic_status status = aici_scenario_bind(scenario, &bound, report);
    if (status == AIC_OK)
        status = aici_analysis_sample_shard(bound, question->name, question->name_count, &question->wish, &shard,
                                            aici_scenario_allocator(scenario), &gathered, report);
    if (status == AIC_OK) {
        question->scenario.name = aici_slice_of(bound->file);
        status = make_part(scenario, question, gathered, part, report);
    }
    aici_gathered_free(gathered);
    aici_bound_unref(bound);
    return status;
}

aic_status aic_scenario_sample_part(aic_scenario *scenario, const char *const *names, size_t name_count, const aic_sample_options *options,
                                    aic_part **part, aic_report *report) {
    static const aic_sample_options none = {.size = sizeof none};
    const aic_sample_options *wanted = options ? options : &none;
    if (!part)
        return aici_porch_refuse(report, "part is NULL");
    *part = NULL;
    const char *mistake = aici_sampling_mistake_in_part(scenario, names, name_count, wanted);
    if (mistake)
        return aici_porch_refuse(report, mistake);
    aici_question question = {.wish = aici_sampling_wish(wanted), .name = names, .name_count = names ? name_count : 0};
    aici_environment environment;
    aici_porch_enter(&environment, report);
    return aici_porch_leave(&environment, sample_part(scenario, wanted, &question, part, report));
}

/* --- reading and merging -------------------------------------------------------------------------------------------------------------- */

static const char *mistake_in_reading(const void *bytes, const aic_load_options *options) {
    const aic_allocator *allocator = options ? options->allocator : NULL;
    aic_limits filled;
    if (!bytes)
        return "bytes is NULL";
    if (options && !aici_limits_take_size(options, options->size, sizeof *options))
        return "options->size is not sizeof(aic_load_options), or there are options that this version does not know";
    if (allocator && (!allocator->allocate || !allocator->reallocate || !allocator->release))
        return "options->allocator lacks a function";
    if (options && options->library_count)
        return "a part brings its own libraries";
    return aici_limits_fill(options ? options->limits : NULL, &filled) ? NULL : "options->limits->size is not sizeof(aic_limits)";
}

aic_status aic_part_read(const void *bytes, size_t size, const char *name, const aic_load_options *options, aic_part **part,
                         aic_report *report) {
    if (!part)
        return aici_porch_refuse(report, "part is NULL");
    *part = NULL;
    const char *mistake = mistake_in_reading(bytes, options);
    if (mistake)
        return aici_porch_refuse(report, mistake);
    aic_limits limits;
    aici_limits_fill(options ? options->limits : NULL, &limits);
    aici_environment environment;
    aici_porch_enter(&environment, report);
    return aici_porch_leave(&environment,
                            aici_part_read(bytes, size, name ? name : "", options ? options->allocator : NULL, &limits, part, report));
}

static aic_status load_file(const char *path, const aic_load_options *options, aic_part **part, aic_report *report) {
    const aic_allocator *allocator = options ? options->allocator : NULL;
    char *bytes = NULL;
    size_t size = 0;
    aic_limits limits;
    aici_limits_fill(options ? options->limits : NULL, &limits);
    aic_status status = aici_file_read(path, SIZE_MAX, allocator, &bytes, &size, report);
    if (status != AIC_OK)
        return status;
    return bytes ? aici_part_take(bytes, size, path, allocator, &limits, part, report)
                 : aici_part_read("", 0, path, allocator, &limits, part, report);
}

aic_status aic_part_load_file(const char *path, const aic_load_options *options, aic_part **part, aic_report *report) {
    if (!part)
        return aici_porch_refuse(report, "part is NULL");
    *part = NULL;
    const char *mistake = path ? mistake_in_reading(path, options) : "path is NULL";
    if (mistake)
        return aici_porch_refuse(report, mistake);
    aici_environment environment;
    aici_porch_enter(&environment, report);
    return aici_porch_leave(&environment, load_file(path, options, part, report));
}

const void *aic_part_bytes(const aic_part *part, size_t *size) {
    if (size)
        *size = part ? part->size : 0;
    return part ? part->bytes : NULL;
}

uint64_t aic_part_samples(const aic_part *part, uint64_t *all) {
    if (all)
        *all = part ? aici_part_all_draws(part) : 0;
    return part ? part->draws : 0;
}

static const char *mistake_in_parts(const aic_part *const *parts, size_t count) {
    if (!parts || count == 0)
        return "there are no parts";
    for (size_t i = 0; i < count; i++)
        if (!parts[i])
            return "a part is NULL";
    return NULL;
}

aic_status aic_parts_merge(const aic_part *const *parts, size_t count, aic_part **merged, aic_report *report) {
    if (!merged)
        return aici_porch_refuse(report, "merged is NULL");
    *merged = NULL;
    const char *mistake = mistake_in_parts(parts, count);
    if (mistake)
        return aici_porch_refuse(report, mistake);
    aici_environment environment;
    aici_porch_enter(&environment, report);
    return aici_porch_leave(&environment, aici_parts_merge(parts, count, merged, report));
}

void aic_part_free(aic_part *part) { aici_part_free(part); }

/* --- the result ----------------------------------------------------------------------------------------------------------------------- */

static const char *copy_of(aici_arena *arena, aici_slice text) { return aici_arena_copy(arena, text.size ? text.bytes : "", text.size); }

static aic_status add_libraries(const aici_question *question, aici_arena *arena, aic_scenario *scenario, aic_report *report) {
    aic_status status = AIC_OK;
    for (size_t i = 0; status == AIC_OK && i < question->library_count; i++) {
        const aici_part_text *library = &question->library[i];
        const char *name = copy_of(arena, library->name);
        status = name ? aici_scenario_add_library(scenario, name, library->text.size ? library->text.bytes : "", library->text.size, report)
                      : aici_report_memory(report);
    }
    return status;
}

static aic_status bind_scenario(const aic_part *part, aici_arena *arena, aici_bound **bound, aic_report *report) {
    const aici_part_text *text = &part->question.scenario;
    const char *name = copy_of(arena, text->name);
    aic_scenario *scenario = NULL;
    if (!name)
        return aici_report_memory(report);
    aici_report_keep(report, part->limits.diagnostics);
    aic_status status = aici_scenario_read(&part->allocator, &part->limits, name, text->text.size ? text->text.bytes : "", text->text.size,
                                           &scenario, report);
    if (status == AIC_OK)
        status = add_libraries(&part->question, arena, scenario, report);
    if (status == AIC_OK)
        status = aici_scenario_bind(scenario, bound, report);
    aici_scenario_free(scenario);
    return status;
}

static aic_status finish(const aic_part *const *parts, size_t count, bool partial, aic_result **result, aic_report *report) {
    const aic_part *part = parts[0];
    const aici_question *question = &part->question;
    aici_arena *arena = aici_arena_new(&part->allocator);
    aici_gathered *gathered = NULL;
    aici_bound *bound = NULL;
    aic_status status = arena ? aici_parts_gathered(parts, count, &gathered, report) : aici_report_memory(report);
    if (status == AIC_OK && !partial)
        status = aici_parts_check_whole(&question->wish, gathered, report);
    if (status == AIC_OK)
        status = bind_scenario(part, arena, &bound, report);
    if (status == AIC_OK)
        status =
            aici_analysis_finish(bound, question->name, question->name_count, &question->wish, gathered, &part->allocator, result, report);
    aici_gathered_free(gathered);
    aici_bound_unref(bound);
    aici_arena_free(arena);
    return status;
}

aic_status aic_part_result(const aic_part *part, int partial, aic_result **result, aic_report *report) {
    if (!result)
        return aici_porch_refuse(report, "result is NULL");
    *result = NULL;
    if (!part)
        return aici_porch_refuse(report, "part is NULL");
    aici_environment environment;
    aici_porch_enter(&environment, report);
    return aici_porch_leave(&environment, finish(&part, 1, partial != 0, result, report));
}

aic_status aic_parts_result(const aic_part *const *parts, size_t count, int partial, aic_result **result, aic_report *report) {
    if (!result)
        return aici_porch_refuse(report, "result is NULL");
    *result = NULL;
    const char *mistake = mistake_in_parts(parts, count);
    if (mistake)
        return aici_porch_refuse(report, mistake);
    aici_environment environment;
    aici_porch_enter(&environment, report);
    return aici_porch_leave(&environment, finish(parts, count, partial != 0, result, report));
}
