/* SPDX-License-Identifier: MIT */
/*
 * Which operation spoiled an output: one lane is evaluated again with every result kept, then followed backwards from the output through
 * the operands that were really used, and the earliest operation on that way whose operands were finite and whose result was not is the
 * one.
 */
#include "eval/eval.h"
#include "eval/scalar.h"

#include <math.h>

/** Results are numbered: uniform values, inputs, then instructions of `each`. */
typedef struct tracer {
    const aici_program *program;
    double *value;    /**< by result */
    uint32_t *holder; /**< which result a lane register holds now */
    uint32_t *used;   /**< three results for each instruction of `each` */
    bool *needed;     /**< by result */
} tracer;

static uint32_t input_result(const tracer *self, uint32_t input) { return self->program->uniform_count + input; }

static uint32_t each_result(const tracer *self, uint32_t number) {
    return self->program->uniform_count + self->program->input_count + number;
}

static size_t result_count(const aici_program *program) {
    return (size_t)program->uniform_count + program->input_count + program->each_count;
}

static uint32_t result_of(const tracer *self, aici_operand operand) {
    return operand & AICI_OPERAND_UNIFORM ? operand & ~AICI_OPERAND_UNIFORM : self->holder[operand];
}

/** A bit for each argument that an opcode takes. */
static unsigned arguments_of(uint32_t opcode) {
    static const unsigned char mask_of[] = {
#define MASK(name, arguments, meaning) (1u << (arguments)) - 1u,
        AICI_INSTRUCTIONS(MASK)
#undef MASK
    };
    return opcode < AICI_OPCODE_COUNT ? mask_of[opcode] : 0; /* a draw has none, and is finite */
}

/** The results that an instruction reads. */
static void find_used(const tracer *self, const aici_instruction *instruction, uint32_t used[3]) {
    const aici_operand operand[] = {instruction->a, instruction->b, instruction->c};
    for (unsigned i = 0; i < 3; i++)
        used[i] = arguments_of(instruction->opcode) & (1u << i) ? result_of(self, operand[i]) : 0;
}

/** The arguments whose values count: of a selection, the condition and the branch that it chose. */
static unsigned arguments_that_count(const tracer *self, uint32_t opcode, const uint32_t used[3]) {
    double condition = self->value[used[0]];
    if (opcode != AICI_OPCODE_SELECT)
        return arguments_of(opcode);
    return isnan(condition) ? 1u : condition != 0 ? 3u : 5u;
}

/* --- forwards ------------------------------------------------------------------------------------------------------------------------- */

static void evaluate(tracer *self, const double *uniform, const double *input) {
    const aici_program *program = self->program;
    for (uint32_t i = 0; i < program->uniform_count; i++)
        self->value[i] = uniform[i];
    for (uint32_t i = 0; i < program->input_count; i++) {
        self->value[input_result(self, i)] = input[i] * program->input_scale[i];
        self->holder[i] = input_result(self, i);
    }
    for (uint32_t i = 0; i < program->each_count; i++) {
        uint32_t *used = &self->used[3 * (size_t)i];
        find_used(self, &program->each[i], used);
        self->value[each_result(self, i)] =
            aici_eval_operate(program->each[i].opcode, self->value[used[0]], self->value[used[1]], self->value[used[2]]);
        self->holder[program->each[i].to] = each_result(self, i);
    }
}

/* --- backwards ------------------------------------------------------------------------------------------------------------------------ */

static void need(tracer *self, uint32_t opcode, const uint32_t used[3]) {
    unsigned counts = arguments_that_count(self, opcode, used);
    for (unsigned i = 0; i < 3; i++)
        if (counts & (1u << i))
            self->needed[used[i]] = true;
}

static void follow_back(tracer *self, uint32_t output) {
    const aici_program *program = self->program;
    uint32_t used[3];
    for (uint32_t i = 0; i < program->output_count; i++)
        if (i == output || output == AICI_EVERY_OUTPUT)
            self->needed[result_of(self, program->output[i])] = true;
    for (uint32_t i = program->each_count; i-- > 0;)
        if (self->needed[each_result(self, i)])
            need(self, program->each[i].opcode, &self->used[3 * (size_t)i]);
    for (uint32_t i = program->once_count; i-- > 0;)
        if (self->needed[program->constant_count + program->setting_count + i]) {
            find_used(self, &program->once[i], used);
            need(self, program->once[i].opcode, used);
        }
}

/* --- the culprit ---------------------------------------------------------------------------------------------------------------------- */

static bool spoils(const tracer *self, uint32_t result, uint32_t opcode, const uint32_t used[3], double values[3]) {
    unsigned counts = arguments_that_count(self, opcode, used);
    if (!self->needed[result] || isfinite(self->value[result]))
        return false;
    for (unsigned i = 0; i < 3; i++) {
        if ((counts & (1u << i)) && !isfinite(self->value[used[i]]))
            return false;
    }
    for (unsigned i = 0; i < 3; i++)
        values[i] = counts & (1u << i) ? self->value[used[i]] : 0;
    return true;
}

static bool find_in_once(const tracer *self, aici_origin *origin, uint32_t *opcode, double values[3]) {
    const aici_program *program = self->program;
    uint32_t used[3];
    for (uint32_t i = 0; i < program->once_count; i++) {
        find_used(self, &program->once[i], used);
        if (spoils(self, program->constant_count + program->setting_count + i, program->once[i].opcode, used, values)) {
            *origin = program->once_origin[i];
            *opcode = program->once[i].opcode;
            return true;
        }
    }
    return false;
}

static bool find_in_each(const tracer *self, aici_origin *origin, uint32_t *opcode, double values[3]) {
    const aici_program *program = self->program;
    for (uint32_t i = 0; i < program->each_count; i++)
        if (spoils(self, each_result(self, i), program->each[i].opcode, &self->used[3 * (size_t)i], values)) {
            *origin = program->each_origin[i];
            *opcode = program->each[i].opcode;
            return true;
        }
    return false;
}

bool aici_eval_trace(const aici_program *program, const double *uniform, const double *input, uint32_t index,
                     const aic_allocator *allocator, aici_origin *origin, uint32_t *opcode, double values[3]) {
    size_t results = result_count(program);
    tracer self = {.program = program,
                   .value = aici_memory_take_array(allocator, results, sizeof *self.value),
                   .holder = aici_memory_take_array(allocator, program->register_count, sizeof *self.holder),
                   .used = aici_memory_take_array(allocator, program->each_count, 3 * sizeof *self.used),
                   .needed = aici_memory_take_array(allocator, results, sizeof *self.needed)};
    bool found = false;
    if (self.value && self.holder && self.used && self.needed) {
        evaluate(&self, uniform, input);
        follow_back(&self, index);
        found = find_in_once(&self, origin, opcode, values) || find_in_each(&self, origin, opcode, values);
    }
    aici_memory_release(allocator, self.value);
    aici_memory_release(allocator, self.holder);
    aici_memory_release(allocator, self.used);
    aici_memory_release(allocator, self.needed);
    return found;
}
