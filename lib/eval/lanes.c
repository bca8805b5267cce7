/* SPDX-License-Identifier: MIT */
/*
 * Evaluation of many lanes: columns are cut into blocks, a block's inputs are copied into lane registers, every instruction runs over the
 * whole block, outputs are copied out. Blocks are as long as the registers of a program leave room for; how long they are, and which lanes
 * share one, changes no bit of a result.
 */
#include "eval/eval.h"
#include "eval/kernels.h"

#include <string.h>

enum {
    LONGEST_BLOCK = 512,
    SHORTEST_BLOCK = 64,
    STACK_NUMBERS = 2048,         /* 16 KiB */
    CACHE_NUMBERS = 4096,         /* 32 KiB: the first-level cache, where memory is taken anyway */
    LANES_BETWEEN_LOOKS = 1 << 16 /* at the cancel word, counted once an instruction: some milliseconds at most */
};

/** What a block is evaluated with. */
typedef struct workspace {
    const aici_program *program;
    const double *uniform;
    double *lane; /**< registers, one after the other, each of `block` numbers */
    uint32_t block;
} workspace;

static double *column_of(const workspace *self, uint32_t lane_register) { return self->lane + (size_t)lane_register * self->block; }

static const double *operand_of(const workspace *self, aici_operand operand) {
    return operand & AICI_OPERAND_UNIFORM ? &self->uniform[operand & ~AICI_OPERAND_UNIFORM] : column_of(self, operand);
}

static bool is_uniform(aici_operand operand) { return (operand & AICI_OPERAND_UNIFORM) != 0; }

/** The last group of lanes is filled up with the last lane. */
static void load_input(const workspace *self, uint32_t input, const double *column, uint32_t lanes) {
    double *to = column_of(self, input);
    double scale = self->program->input_scale[input];
    for (uint32_t i = 0; i < lanes; i++)
        to[i] = column[i] * scale;
    for (uint32_t i = lanes; i % AICI_LANE_GROUP; i++)
        to[i] = to[lanes - 1];
}

static void store_output(const workspace *self, uint32_t output, double *column, uint32_t lanes) {
    aici_operand operand = self->program->output[output];
    const double *from = operand_of(self, operand);
    double scale = self->program->output_scale[output];
    if (is_uniform(operand))
        for (uint32_t i = 0; i < lanes; i++)
            column[i] = *from / scale;
    else if (scale == 1)
        memcpy(column, from, lanes * sizeof *column);
    else
        for (uint32_t i = 0; i < lanes; i++)
            column[i] = from[i] / scale;
}

static void run_instruction(const workspace *self, const aici_instruction *instruction, uint32_t lanes) {
    uint32_t shape = (is_uniform(instruction->a) ? AICI_SHAPE_A : 0u) | (is_uniform(instruction->b) ? AICI_SHAPE_B : 0u) |
                     (is_uniform(instruction->c) ? AICI_SHAPE_C : 0u);
    const aici_kernel_call call = {
        .to = column_of(self, instruction->to),
        .a = operand_of(self, instruction->a),
        .b = operand_of(self, instruction->b),
        .c = operand_of(self, instruction->c),
        .shape = shape,
        .lanes = (lanes + AICI_LANE_GROUP - 1) / AICI_LANE_GROUP * AICI_LANE_GROUP,
    };
    aici_eval_call_kernel(instruction->opcode, &call);
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

/** Columns of the caller, and the lanes of them that make a block. */
typedef struct stretch {
    const double *const *input;
    double *const *output;
    size_t first;
    uint32_t lanes;
} stretch;

/** False when it was cancelled on the way: no output has been written then. */
static bool run_block(const workspace *self, const stretch *at, const aici_control *control) {
    const aici_program *program = self->program;
    uint32_t instructions_between_looks = LANES_BETWEEN_LOOKS / self->block;
    for (uint32_t i = 0; i < program->input_count; i++)
        load_input(self, i, at->input[i] + at->first, at->lanes);
    for (uint32_t i = 0; i < program->each_count; i++) {
        if (i > 0 && i % instructions_between_looks == 0 && aici_control_is_cancelled(control))
            return false;
        run_instruction(self, &program->each[i], at->lanes);
    }
    for (uint32_t i = 0; i < program->output_count; i++)
        store_output(self, i, at->output[i] + at->first, at->lanes);
    return true;
}

static aic_status run_blocks(const workspace *self, size_t count, const double *const *input, double *const *output,
                             const aici_control *control) {
    for (size_t first = 0; first < count;) {
        uint32_t lanes = count - first < self->block ? (uint32_t)(count - first) : self->block;
        const stretch at = {input, output, first, lanes};
        aici_control_set(control, first);
        if (aici_control_is_cancelled(control) || !run_block(self, &at, control))
            return AIC_ERROR_CANCELLED;
        first += lanes;
    }
    aici_control_set(control, count);
    return AIC_OK;
}

/** The longest block for which the registers have so many numbers in all, in whole shortest blocks; 0 when not even one fits. */
static uint32_t block_within(uint32_t registers, uint32_t numbers) {
    uint32_t block = registers ? numbers / registers / SHORTEST_BLOCK * SHORTEST_BLOCK : LONGEST_BLOCK;
    return block < LONGEST_BLOCK ? block : LONGEST_BLOCK;
}

static aic_status run_in_memory(workspace *self, size_t count, const double *const *input, double *const *output,
                                const aic_allocator *allocator, const aici_control *control) {
    uint32_t registers = self->program->register_count, block = block_within(registers, CACHE_NUMBERS);
    self->block = block ? block : SHORTEST_BLOCK;
    self->lane = aici_memory_take_array(allocator, registers, self->block * sizeof *self->lane);
    if (!self->lane)
        return AIC_ERROR_MEMORY;
    aic_status status = run_blocks(self, count, input, output, control);
    aici_memory_release(allocator, self->lane);
    return status;
}

aic_status aici_eval_lanes(const aici_program *program, const double *uniform, size_t count, const double *const *input,
                           double *const *output, const aic_allocator *allocator, const aici_control *control) {
    double lane[STACK_NUMBERS];
    workspace self = {program, uniform, lane, block_within(program->register_count, STACK_NUMBERS)};
    if (!self.block)
        return run_in_memory(&self, count, input, output, allocator, control);
    return run_blocks(&self, count, input, output, control);
}
