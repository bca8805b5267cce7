/* SPDX-License-Identifier: MIT */
/*
 * Values in the order of their numbers are instructions in an order that works. One pass backwards finds who uses a value last, one pass
 * forwards gives places: uniform values one after the other, lane registers from a stack of free ones, so that a register that was just
 * read is written next, while it is near. A register that was never used is always the next in number; the verifier relies on it.
 */
#include "plan/assembly.h"

enum { NEVER_USED = 0 };
#define USED_TO_THE_END UINT32_MAX

typedef struct assembly {
    const aici_values *values;
    const aici_draws *draws;
    aici_program *program;
    uint32_t *last_use;   /* of a value: the number of the value that uses it last, plus one */
    aici_operand *place;  /* of a value that is used */
    uint32_t *draw;       /* of a draw: AICI_NONE where it is left out; its number in the program */
    uint32_t *free_stack; /* of lane registers */
    uint32_t free_count;
    double *constant;
    aici_instruction *once, *each;
    aici_origin *once_origin, *each_origin;
} assembly;

static unsigned operands_of(const aici_value_entry *entry, aici_value operand[3]) {
    operand[0] = entry->kind == AICI_OPCODE_FROM_NORMAL ? entry->b : entry->a;
    operand[1] = entry->b;
    operand[2] = entry->c;
    return entry->kind == AICI_OPCODE_FROM_NORMAL ? 1 : aici_opcode_arguments(entry->kind);
}

static bool is_instruction(const aici_value_entry *entry) { return entry->kind < AICI_OPCODE_ALL; }

static bool reads_draw(const aici_value_entry *entry) { return entry->kind >= AICI_OPCODE_DRAW && entry->kind < AICI_OPCODE_ALL; }

/* --- who is needed -------------------------------------------------------------------------------------------------------------------- */

static void need_value(assembly *self, aici_value user, aici_value value) {
    if (self->last_use[value] == NEVER_USED)
        self->last_use[value] = user + 1;
}

/** A draw needs its parameters, and those of its components. */
static void need_parameters(assembly *self, aici_value user, uint32_t draw) {
    const aici_drawn *drawn = &self->draws->drawn[draw];
    for (uint32_t i = 0; i < drawn->origin.node->count; i++) {
        uint32_t operand = self->draws->operand[drawn->first + i];
        if (aici_draws_is_component(self->draws, draw, i))
            need_parameters(self, user, operand);
        else
            need_value(self, user, operand);
    }
}

static void need_draw(assembly *self, aici_value user, uint32_t draw) {
    if (self->draw[draw] == AICI_NONE)
        need_parameters(self, user, draw);
    self->draw[draw] = 1;
}

static void find_last_uses(assembly *self, const aici_value *output) {
    aici_value operand[3];
    for (uint32_t i = 0; i < self->program->output_count; i++)
        self->last_use[output[i]] = USED_TO_THE_END;
    for (aici_value value = (aici_value)self->values->count; value-- > 0;) {
        if (self->last_use[value] == NEVER_USED)
            continue;
        unsigned count = operands_of(&self->values->entry[value], operand);
        for (unsigned i = 0; i < count; i++)
            need_value(self, value, operand[i]);
        if (reads_draw(&self->values->entry[value]))
            need_draw(self, value, self->values->entry[value].a);
    }
}

static void count_parts(assembly *self) {
    aici_program *program = self->program;
    for (size_t value = 0; value < self->values->count; value++) {
        const aici_value_entry *entry = &self->values->entry[value];
        if (self->last_use[value] == NEVER_USED)
            continue;
        if (entry->kind == AICI_VALUE_CONSTANT)
            program->constant_count++;
        else if (is_instruction(entry))
            (*(entry->varies ? &program->each_count : &program->once_count))++;
    }
    program->uniform_count = program->constant_count + program->setting_count + program->once_count;
}

/* --- lane registers ------------------------------------------------------------------------------------------------------------------- */

static void release_register(assembly *self, uint32_t lane) { self->free_stack[self->free_count++] = lane; }

static uint32_t take_register(assembly *self) {
    return self->free_count ? self->free_stack[--self->free_count] : self->program->register_count++;
}

/** Inputs lie in the first registers; those that nobody reads are free at once, the first of them on top, unless each value keeps its own.
 */
static void place_inputs(assembly *self) {
    self->program->register_count = self->program->input_count;
    for (uint32_t input = self->program->input_count; input-- > 0;) {
        self->place[input] = input;
        if (self->last_use[input] == NEVER_USED && !self->program->single_assignment)
            release_register(self, input);
    }
}

/** Registers of operands that nobody reads again; the first operand's comes on top, to be written by the very instruction that reads it. */
static void release_operands(assembly *self, aici_value user, const aici_value operand[3], unsigned count) {
    for (unsigned i = count; i-- > 0;) {
        bool again = (i > 0 && operand[0] == operand[i]) || (i > 1 && operand[1] == operand[i]);
        if (!again && self->values->entry[operand[i]].varies && self->last_use[operand[i]] == user + 1)
            release_register(self, self->place[operand[i]]);
    }
}

/* --- instructions --------------------------------------------------------------------------------------------------------------------- */

static aici_instruction instruction_of(assembly *self, aici_value value) {
    aici_value operand[3];
    unsigned count = operands_of(&self->values->entry[value], operand);
    aici_operand place[3] = {0, 0, 0};
    for (unsigned i = 0; i < count; i++)
        place[i] = self->place[operand[i]];
    if (self->values->entry[value].varies && !self->program->single_assignment)
        release_operands(self, value, operand, count);
    const aici_value_entry *entry = &self->values->entry[value];
    if (reads_draw(entry))
        return (aici_instruction){entry->kind, 0, self->draw[entry->a], place[0], 0};
    return (aici_instruction){entry->kind, 0, place[0], place[1], place[2]};
}

static void add_once(assembly *self, aici_value value, uint32_t number) {
    aici_instruction instruction = instruction_of(self, value);
    instruction.to = self->place[value] = AICI_OPERAND_UNIFORM | (self->program->constant_count + self->program->setting_count + number);
    self->once[number] = instruction;
    self->once_origin[number] = self->values->origin[value];
}

static void add_each(assembly *self, aici_value value, uint32_t number) {
    aici_instruction instruction = instruction_of(self, value);
    instruction.to = self->place[value] = take_register(self);
    self->each[number] = instruction;
    self->each_origin[number] = self->values->origin[value];
}

static void place_constant(assembly *self, aici_value value, uint32_t number) {
    aici_values_number(self->values, value, &self->constant[number]);
    self->place[value] = AICI_OPERAND_UNIFORM | number;
}

static void add_values(assembly *self) {
    uint32_t constants = 0, once = 0, each = 0;
    for (aici_value value = 0; value < self->values->count; value++) {
        const aici_value_entry *entry = &self->values->entry[value];
        if (self->last_use[value] == NEVER_USED)
            continue;
        if (entry->kind == AICI_VALUE_CONSTANT)
            place_constant(self, value, constants++);
        else if (entry->kind == AICI_VALUE_SETTING)
            self->place[value] = AICI_OPERAND_UNIFORM | (self->program->constant_count + entry->a);
        else if (is_instruction(entry) && entry->varies)
            add_each(self, value, each++);
        else if (is_instruction(entry))
            add_once(self, value, once++);
    }
}

/** Where the parameters of the draws are computed, now that all values have their places. */
static void place_parameters(const assembly *self) {
    for (uint32_t draw = 0; draw < self->draws->count; draw++) {
        const aici_drawn *drawn = &self->draws->drawn[draw];
        if (self->draw[draw] == AICI_NONE)
            continue;
        aici_operand *value = (aici_operand *)(uintptr_t)self->program->draw[self->draw[draw]].value; /* still being made */
        for (uint32_t i = 0; i < drawn->origin.node->count; i++) {
            uint32_t operand = self->draws->operand[drawn->first + i];
            value[i] = aici_draws_is_component(self->draws, draw, i) ? self->draw[operand] : self->place[operand];
        }
    }
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

static bool take_arrays(assembly *self, aici_arena *arena) {
    aici_program *program = self->program;
    self->constant = aici_arena_take_array(arena, program->constant_count, sizeof *self->constant);
    self->once = aici_arena_take_array(arena, program->once_count, sizeof *self->once);
    self->each = aici_arena_take_array(arena, program->each_count, sizeof *self->each);
    self->once_origin = aici_arena_take_array(arena, program->once_count, sizeof *self->once_origin);
    self->each_origin = aici_arena_take_array(arena, program->each_count, sizeof *self->each_origin);
    program->constant = self->constant;
    program->once = self->once;
    program->each = self->each;
    program->once_origin = self->once_origin;
    program->each_origin = self->each_origin;
    return self->constant && self->once && self->each && self->once_origin && self->each_origin;
}

static bool assemble(assembly *self, const aici_value *output, aici_arena *arena) {
    aici_program *program = self->program;
    find_last_uses(self, output);
    count_parts(self);
    aici_operand *place = aici_arena_take_array(arena, program->output_count, sizeof *place);
    if (!place || !take_arrays(self, arena) || !aici_draws_arrange(self->draws, self->draw, arena, program))
        return false;
    place_inputs(self);
    add_values(self);
    place_parameters(self);
    for (uint32_t i = 0; i < program->output_count; i++)
        place[i] = self->place[output[i]];
    program->output = place;
    return true;
}

bool aici_assembly_run(const aici_values *values, const aici_draws *draws, const aici_value *output, aici_arena *arena,
                       aici_program *program) {
    const aic_allocator *allocator = values->allocator;
    uint32_t *scratch = aici_memory_take_array(allocator, values->count, 3 * sizeof *scratch);
    assembly self = {.values = values, .draws = draws, .program = program, .last_use = scratch};
    bool done = false;
    self.draw = aici_memory_take_array(allocator, draws->count + 1, sizeof *self.draw);
    if (scratch && self.draw) {
        for (size_t i = 0; i < draws->count; i++)
            self.draw[i] = AICI_NONE;
        self.place = scratch + values->count;
        self.free_stack = scratch + 2 * values->count;
        done = assemble(&self, output, arena);
    }
    aici_memory_release(allocator, self.draw);
    aici_memory_release(allocator, scratch);
    return done;
}
