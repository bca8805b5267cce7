/* SPDX-License-Identifier: MIT */
/*
 * The verifier: whatever passes it can be evaluated without a look at a bound. It needs no memory: uniform values are written one after the
 * other, and a lane register is written for the first time in the order of the numbers, so that "has been written" is a comparison.
 */
#include "plan/value.h"

#include <math.h>

/** A program that is being verified, and how much of it has been written so far. */
typedef struct verifier {
    const aici_program *program;
    uint32_t uniforms, lanes;
} verifier;

static bool is_uniform(aici_operand operand) { return (operand & AICI_OPERAND_UNIFORM) != 0; }

static bool was_written(const verifier *self, aici_operand operand) {
    return is_uniform(operand) ? (operand & ~AICI_OPERAND_UNIFORM) < self->uniforms : operand < self->lanes;
}

/** What is wrong with the operands, or NULL. */
static const char *fault_of_operands(const verifier *self, const aici_instruction *instruction) {
    const aici_operand operand[] = {instruction->a, instruction->b, instruction->c};
    for (unsigned i = 0; i < 3; i++) {
        bool taken = i < aici_opcode_arguments(instruction->opcode);
        if (taken && !was_written(self, operand[i]))
            return "reads what was not written";
        if (!taken && operand[i])
            return "has an operand too many";
    }
    return NULL;
}

static bool reads_a_lane(const aici_instruction *instruction) {
    const aici_operand operand[] = {instruction->a, instruction->b, instruction->c};
    for (unsigned i = 0; i < aici_opcode_arguments(instruction->opcode); i++)
        if (!is_uniform(operand[i]))
            return true;
    return false;
}

static const char *fault_in_once(verifier *self, const aici_instruction *instruction) {
    if (instruction->opcode >= AICI_OPCODE_COUNT)
        return "has no such opcode";
    const char *fault = fault_of_operands(self, instruction);
    if (fault)
        return fault;
    if (reads_a_lane(instruction))
        return "reads a lane";
    if (instruction->to != (AICI_OPERAND_UNIFORM | self->uniforms))
        return "does not write the next uniform value";
    self->uniforms++;
    return NULL;
}

static const char *fault_in_each(verifier *self, const aici_instruction *instruction) {
    if (instruction->opcode >= AICI_OPCODE_COUNT)
        return "has no such opcode";
    const char *fault = fault_of_operands(self, instruction);
    if (fault)
        return fault;
    if (!reads_a_lane(instruction))
        return "reads no lane";
    if (instruction->to > self->lanes || instruction->to >= self->program->register_count)
        return "writes a register that is not there";
    self->lanes += instruction->to == self->lanes;
    return NULL;
}

static aic_status refuse(aic_report *report, const char *part, uint32_t number, const char *fault) {
    return aici_report_error(report, AICI_CODE_PROGRAM_INVALID, NULL, "%s %u %s", part, (unsigned)number, fault);
}

/* --- the parts ------------------------------------------------------------------------------------------------------------------------ */

static bool has_arrays(const aici_program *program) {
    return (program->constant || !program->constant_count) && (program->input_scale || !program->input_count) &&
           (program->output || !program->output_count) && (program->output_scale || !program->output_count) &&
           ((program->once && program->once_origin) || !program->once_count) &&
           ((program->each && program->each_origin) || !program->each_count);
}

/** Sums are taken in 64 bits, so that no damage can hide in an overflow. */
static bool counts_agree(const aici_program *program) {
    return (uint64_t)program->constant_count + program->once_count == program->uniform_count &&
           program->uniform_count < AICI_OPERAND_UNIFORM && program->register_count < AICI_OPERAND_UNIFORM &&
           program->register_count >= program->input_count;
}

static bool is_scale(double scale) { return isfinite(scale) && scale != 0; }

static aic_status verify_inputs(const aici_program *program, aic_report *report) {
    for (uint32_t i = 0; i < program->input_count; i++)
        if (!is_scale(program->input_scale[i]))
            return refuse(report, "input", i, "has no scale");
    return AIC_OK;
}

static aic_status verify_instructions(verifier *self, aic_report *report) {
    const aici_program *program = self->program;
    for (uint32_t i = 0; i < program->once_count; i++) {
        const char *fault = fault_in_once(self, &program->once[i]);
        if (fault)
            return refuse(report, "instruction once", i, fault);
    }
    for (uint32_t i = 0; i < program->each_count; i++) {
        const char *fault = fault_in_each(self, &program->each[i]);
        if (fault)
            return refuse(report, "instruction each", i, fault);
    }
    return AIC_OK;
}

static aic_status verify_outputs(const verifier *self, aic_report *report) {
    const aici_program *program = self->program;
    for (uint32_t i = 0; i < program->output_count; i++) {
        if (!was_written(self, program->output[i]))
            return refuse(report, "output", i, "reads what was not written");
        if (!is_scale(program->output_scale[i]))
            return refuse(report, "output", i, "has no scale");
    }
    return AIC_OK;
}

aic_status aici_program_verify(const aici_program *program, aic_report *report) {
    verifier self = {program, program->constant_count, program->input_count};
    if (!has_arrays(program))
        return aici_report_error(report, AICI_CODE_PROGRAM_INVALID, NULL, "an array of the program is missing");
    if (!counts_agree(program))
        return aici_report_error(report, AICI_CODE_PROGRAM_INVALID, NULL, "the counts of the program do not agree");
    aic_status status = verify_inputs(program, report);
    if (!status)
        status = verify_instructions(&self, report);
    if (!status && self.lanes != program->register_count)
        status = aici_report_error(report, AICI_CODE_PROGRAM_INVALID, NULL, "register %u is never written", (unsigned)self.lanes);
    return status ? status : verify_outputs(&self, report);
}
