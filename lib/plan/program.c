/* SPDX-License-Identifier: MIT */
/*
 * From a request to a program: lowering, assembly, verification. A program owns an arena and a reference to the scenario that it came from.
 */
#include "plan/assembly.h"
#include "plan/lowering.h"

#include <string.h>

/** What lies behind an aici_program; the program is its first member. */
typedef struct owned_program {
    aici_program program;
    aici_bound *bound;
    aici_arena *arena;
} owned_program;

static aici_lowering lowering_of(const aici_bound *bound, const aic_allocator *allocator, aic_report *report) {
    return (aici_lowering){.bound = bound, .allocator = allocator, .report = report};
}

static aici_lowering lowering_of_request(const aici_plan_request *request, const aic_allocator *allocator, aic_report *report) {
    aici_lowering lowering = lowering_of(request->bound, allocator, report);
    lowering.varying = request->varying;
    lowering.varying_count = request->varying_count;
    lowering.samples = request->samples;
    return lowering;
}

void aici_program_free(aici_program *program) {
    if (!program)
        return;
    owned_program *owned = (owned_program *)program;
    aici_bound_unref(owned->bound);
    aici_arena_free(owned->arena);
}

static owned_program *new_program(aici_bound *bound, const aic_allocator *allocator) {
    aici_arena *arena = aici_arena_new(allocator);
    owned_program *owned = arena ? aici_arena_take(arena, sizeof *owned) : NULL;
    if (!owned) {
        aici_arena_free(arena);
        return NULL;
    }
    owned->arena = arena;
    owned->bound = aici_bound_ref(bound);
    owned->program.bound = bound;
    return owned;
}

/* --- inputs and outputs --------------------------------------------------------------------------------------------------------------- */

static bool add_scales(owned_program *owned, const aici_plan_request *request) {
    aici_program *program = &owned->program;
    double *input = aici_arena_take_array(owned->arena, request->varying_count, sizeof *input);
    double *setting = aici_arena_take_array(owned->arena, request->varying_count, sizeof *setting);
    double *output = aici_arena_take_array(owned->arena, request->wanted_count, sizeof *output);
    if (!input || !setting || !output)
        return false;
    for (size_t i = 0; i < request->varying_count; i++) {
        if (request->varying[i].setting)
            setting[program->setting_count++] = request->varying[i].scale;
        else
            input[program->input_count++] = request->varying[i].scale;
    }
    for (size_t i = 0; i < request->wanted_count; i++)
        output[i] = request->wanted[i].scale;
    program->input_scale = input;
    program->setting_scale = setting;
    program->output_scale = output;
    program->single_assignment = request->single_assignment;
    program->output_count = (uint32_t)request->wanted_count;
    return true;
}

/* --- the two calls -------------------------------------------------------------------------------------------------------------------- */

/** Follows everything that is wanted; goes on after a refusal, to find all of them. @p value may be NULL. */
static aic_status lower_all(aici_lowering *lowering, const aici_wanted *wanted, size_t count, aici_value *value) {
    aici_lowering_begin(lowering);
    for (size_t i = 0; i < count && !lowering->failed && !lowering->values.failed; i++) {
        aici_value found = aici_lowering_run(lowering, &wanted[i]);
        if (value)
            value[i] = found;
    }
    return aici_lowering_status(lowering);
}

static aic_status make_program(const aici_plan_request *request, aici_lowering *lowering, const aici_value *value, aici_program **out) {
    owned_program *owned = new_program(request->bound, lowering->allocator);
    if (!owned || !add_scales(owned, request) ||
        !aici_assembly_run(&lowering->values, &lowering->draws, value, owned->arena, &owned->program)) {
        aici_program_free((aici_program *)owned);
        return aici_report_memory(lowering->report);
    }
    aic_status status = aici_program_verify(&owned->program, lowering->report);
    if (status)
        aici_program_free(&owned->program);
    else
        *out = &owned->program;
    return status;
}

aic_status aici_plan_compile(const aici_plan_request *request, const aic_allocator *allocator, aici_program **out, aic_report *report) {
    aici_lowering lowering = lowering_of_request(request, allocator, report);
    aici_value *value = aici_memory_take_array(allocator, request->wanted_count, sizeof *value);
    *out = NULL;
    aic_status status = value ? lower_all(&lowering, request->wanted, request->wanted_count, value) : aici_report_memory(report);
    if (!status)
        status = make_program(request, &lowering, value, out);
    if (value)
        aici_lowering_end(&lowering);
    aici_memory_release(allocator, value);
    return status;
}

/** Lowering is the reading of formulas, so what it comes by is what the wanted ones depend on; branches that texts and truth values rule
 * out are not. */
aic_status aici_plan_reach(const aici_bound *bound, const aici_wanted *wanted, size_t wanted_count, const aic_allocator *allocator,
                           unsigned char *reached, aic_report *report) {
    aici_lowering lowering = lowering_of(bound, allocator, report);
    lowering.reached = reached;
    memset(reached, 0, bound->quantity_count);
    aic_status status = lower_all(&lowering, wanted, wanted_count, NULL);
    aici_lowering_end(&lowering);
    return status;
}
