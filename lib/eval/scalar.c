/* SPDX-License-Identifier: MIT */
/*
 * Evaluation of single numbers: instructions one after the other, and programs over one lane. One loop, one switch, no memory but the
 * stack.
 */
#include "eval/eval.h"
#include "eval/operations.h"
#include "eval/scalar.h"

enum { REGISTERS_ON_STACK = 1024 };

/** Where an operand lies, by files that begin where operand 0 would: the highest bit stays in, which saves an instruction of three. */
static inline double *at(const uintptr_t file[2], aici_operand operand) {
    return (double *)(file[operand >> 31] + (uintptr_t)operand * sizeof(double));
}

/* Only what an opcode takes is fetched. Most instructions read what the one before them made: that is still in a register, and its way
 * through memory would cost more than the operation. */
#define ARGUMENT(letter) (instruction->letter == last_to ? last : *at(file, instruction->letter))
#define ARGUMENTS_1 ARGUMENT(a)
#define ARGUMENTS_2 ARGUMENT(a), ARGUMENT(b)
#define ARGUMENTS_3 ARGUMENT(a), ARGUMENT(b), ARGUMENT(c)

void aici_eval_run(const aici_instruction *instruction, uint32_t count, const aici_operands *operands) {
    const uintptr_t file[2] = {(uintptr_t)operands->file[0],
                               (uintptr_t)operands->file[1] - (uintptr_t)AICI_OPERAND_UNIFORM * sizeof(double)};
    double last = 0;
    aici_operand last_to = UINT32_MAX;
    for (const aici_instruction *end = instruction + count; instruction < end; instruction++) {
        switch ((aici_opcode)instruction->opcode) {
#define OPERATE(name, arguments, meaning)                                                                                                  \
    case AICI_OPCODE_##name: last = aici_operate_##name(ARGUMENTS_##arguments); break;
            AICI_INSTRUCTIONS(OPERATE)
#undef OPERATE
        default: continue;
        }
        last_to = instruction->to;
        *at(file, last_to) = last;
    }
}

double aici_eval_operate(uint32_t opcode, double a, double b, double c) {
    double number[] = {a, b, c, 0};
    const aici_operands operands = {{number, NULL}};
    aici_eval_run(&(aici_instruction){opcode, 3, 0, 1, 2}, 1, &operands);
    return number[3];
}

/** Only the registers of inputs need a value: the verifier has seen that the others are written before they are read. */
static void evaluate(const aici_program *program, const double *uniform, const double *input, double *output, double *lane) {
    const aici_operands operands = {{lane, (double *)(uintptr_t)uniform}}; /* the verifier has seen that `each` only reads uniform values */
    for (uint32_t i = 0; i < program->input_count; i++)
        lane[i] = input[i] * program->input_scale[i];
    aici_eval_run(program->each, program->each_count, &operands);
    for (uint32_t i = 0; i < program->output_count; i++) {
        double value = *aici_operand_of(&operands, program->output[i]), scale = program->output_scale[i];
        output[i] = scale == 1 ? value : value / scale; /* most units are coherent, and a division costs as much as four instructions */
    }
}

static aic_status evaluate_in_memory(const aici_program *program, const double *uniform, const double *input, double *output,
                                     const aic_allocator *allocator) {
    double *lane = aici_memory_take_array(allocator, program->register_count, sizeof *lane);
    if (!lane)
        return AIC_ERROR_MEMORY;
    evaluate(program, uniform, input, output, lane);
    aici_memory_release(allocator, lane);
    return AIC_OK;
}

aic_status aici_eval_one(const aici_program *program, const double *uniform, const double *input, double *output,
                         const aic_allocator *allocator) {
    double lane[REGISTERS_ON_STACK];
    if (program->register_count > REGISTERS_ON_STACK)
        return evaluate_in_memory(program, uniform, input, output, allocator);
    evaluate(program, uniform, input, output, lane);
    return AIC_OK;
}
