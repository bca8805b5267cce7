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

/* --- instructions --------------------------------------------------------------------------------------------------------------------- */

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

/** Whether the parameters of a draw have been written, and those of its components, which lie before it. */
static bool is_drawable(const verifier *self, uint32_t number) {
    const aici_draw *draw = self->program->draw;
    for (uint32_t at = number; at == number || draw[at].word_count == 0; at--) {
        for (uint32_t i = 0; i < draw[at].count; i++)
            if (draw[at].parameter[i] != AICI_PARAMETER_DISTRIBUTION && !was_written(self, draw[at].value[i]))
                return false;
        if (at == 0)
            break;
    }
    return true;
}

/** An instruction that reads a draw. */
static const char *fault_of_draw(const verifier *self, const aici_instruction *instruction) {
    if (instruction->a >= self->program->draw_count || self->program->draw[instruction->a].word_count == 0)
        return "reads a draw that is not there";
    if (!is_drawable(self, instruction->a))
        return "reads a draw whose parameters were not written";
    if (instruction->c || (instruction->opcode != AICI_OPCODE_FROM_NORMAL && instruction->b))
        return "has an operand too many";
    if (instruction->opcode != AICI_OPCODE_FROM_NORMAL)
        return NULL;
    if (!was_written(self, instruction->b))
        return "reads what was not written";
    return is_uniform(instruction->b) ? "reads no lane" : NULL;
}

static const char *fault_in_once(verifier *self, const aici_instruction *instruction) {
    bool draws = instruction->opcode == AICI_OPCODE_DRAW;
    if (instruction->opcode >= AICI_OPCODE_COUNT && !draws)
        return "has no such opcode";
    const char *fault = draws ? fault_of_draw(self, instruction) : fault_of_operands(self, instruction);
    if (fault)
        return fault;
    if (!draws && reads_a_lane(instruction))
        return "reads a lane";
    if (instruction->to != (AICI_OPERAND_UNIFORM | self->uniforms))
        return "does not write the next uniform value";
    self->uniforms++;
    return NULL;
}

static const char *fault_in_each(verifier *self, const aici_instruction *instruction) {
    bool draws = instruction->opcode >= AICI_OPCODE_DRAW;
    if (instruction->opcode >= AICI_OPCODE_ALL)
        return "has no such opcode";
    const char *fault = draws ? fault_of_draw(self, instruction) : fault_of_operands(self, instruction);
    if (fault)
        return fault;
    if (!draws && !reads_a_lane(instruction))
        return "reads no lane";
    if (instruction->to > self->lanes || instruction->to >= self->program->register_count)
        return "writes a register that is not there";
    if (self->program->single_assignment && instruction->to != self->lanes)
        return "writes a register that has a value already";
    self->lanes += instruction->to == self->lanes;
    return NULL;
}

static aic_status refuse(aic_report *report, const char *part, uint32_t number, const char *fault) {
    return aici_report_error(report, AICI_CODE_PROGRAM_INVALID, NULL, "%s %u %s", part, (unsigned)number, fault);
}

/* --- the parts ------------------------------------------------------------------------------------------------------------------------ */

static bool has_arrays(const aici_program *program) {
    return (program->constant || !program->constant_count) && (program->input_scale || !program->input_count) &&
           (program->setting_scale || !program->setting_count) && (program->draw || !program->draw_count) &&
           (program->output || !program->output_count) && (program->output_scale || !program->output_count) &&
           ((program->once && program->once_origin) || !program->once_count) &&
           ((program->each && program->each_origin) || !program->each_count);
}

/** Sums are taken in 64 bits, so that no damage can hide in an overflow. */
static bool counts_agree(const aici_program *program) {
    return (uint64_t)program->constant_count + program->setting_count + program->once_count == program->uniform_count &&
           program->uniform_count < AICI_OPERAND_UNIFORM && program->register_count < AICI_OPERAND_UNIFORM &&
           program->register_count >= program->input_count;
}

static bool is_scale(double scale) { return isfinite(scale) && scale != 0; }

static aic_status verify_inputs(const aici_program *program, aic_report *report) {
    for (uint32_t i = 0; i < program->input_count; i++)
        if (!is_scale(program->input_scale[i]))
            return refuse(report, "input", i, "has no scale");
    for (uint32_t i = 0; i < program->setting_count; i++)
        if (!is_scale(program->setting_scale[i]))
            return refuse(report, "setting", i, "has no scale");
    return AIC_OK;
}

/** Components lie between the draw before and the draw that they belong to. */
static const char *fault_in_parameters(const aici_program *program, uint32_t number) {
    const aici_draw *draw = &program->draw[number];
    uint32_t first = number;
    while (first > 0 && program->draw[first - 1].word_count == 0)
        first--;
    for (uint32_t i = 0; i < draw->count; i++) {
        if (draw->parameter[i] > AICI_PARAMETER_DISTRIBUTION)
            return "has no such parameter";
        if (draw->parameter[i] != AICI_PARAMETER_DISTRIBUTION && !is_uniform(draw->value[i]))
            return "has a parameter that is a lane";
        if (draw->parameter[i] == AICI_PARAMETER_DISTRIBUTION && (draw->value[i] < first || draw->value[i] >= number))
            return "has a component that is not there";
    }
    return NULL;
}

static const char *fault_in_draw(const aici_program *program, uint32_t number) {
    const aici_draw *draw = &program->draw[number];
    if (draw->distribution > AICI_DISTRIBUTION_TRUNCATED)
        return "has no such distribution";
    if (draw->count && (!draw->parameter || !draw->value))
        return "has no parameters";
    if (draw->word_count && (!draw->stream || (uint64_t)draw->word + draw->word_count > program->word_count))
        return "has no words";
    if (number + 1 == program->draw_count && !draw->word_count)
        return "is a component of nothing";
    return fault_in_parameters(program, number);
}

static aic_status verify_draws(const aici_program *program, aic_report *report) {
    for (uint32_t i = 0; i < program->draw_count; i++) {
        const char *fault = fault_in_draw(program, i);
        if (fault)
            return refuse(report, "draw", i, fault);
    }
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
    verifier self = {program, program->constant_count + program->setting_count, program->input_count};
    if (!has_arrays(program))
        return aici_report_error(report, AICI_CODE_PROGRAM_INVALID, NULL, "an array of the program is missing");
    if (!counts_agree(program))
        return aici_report_error(report, AICI_CODE_PROGRAM_INVALID, NULL, "the counts of the program do not agree");
    aic_status status = verify_inputs(program, report);
    if (!status)
        status = verify_draws(program, report);
    if (!status)
        status = verify_instructions(&self, report);
    if (!status && self.lanes != program->register_count)
        status = aici_report_error(report, AICI_CODE_PROGRAM_INVALID, NULL, "register %u is never written", (unsigned)self.lanes);
    return status ? status : verify_outputs(&self, report);
}
