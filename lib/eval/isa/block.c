/* SPDX-License-Identifier: MIT */
/* A program over a block of lanes: one instruction at a time, each a loop over registers that stay in the first-level cache. */
#include "base/simd/functions.h"
#include "eval/isa/set.h"
#include "eval/operations.h"

#include <math.h>

static double *column_of(const aici_block *block, uint32_t lane_register) { return block->lane + (size_t)lane_register * block->stride; }

/** An operand: a column, or one number for all lanes. */
typedef struct operand {
    const double *from;
    bool is_uniform;
} operand;

AICI_INLINE operand operand_of(const aici_block *block, aici_operand which) {
    bool is_uniform = (which & AICI_OPERAND_UNIFORM) != 0;
    return (operand){is_uniform ? &block->uniform[which & ~AICI_OPERAND_UNIFORM] : column_of(block, which), is_uniform};
}

/* The usual operations, eight lanes at a time; a shape for each way in which operands may be uniform. */
#define LOOP(result)                                                                                                                       \
    for (size_t i = 0; i < block->lanes; i += AICI_LANES)                                                                                  \
        v_store(to + i, result);

#define VECTOR_1(name, function)                                                                                                           \
    static void run_##name(const aici_block *block, const aici_instruction *at) {                                                          \
        double *to = column_of(block, at->to);                                                                                             \
        const double *a = column_of(block, at->a);                                                                                         \
        LOOP(function(v_load(a + i)))                                                                                                      \
    }

#define VECTOR_2(name, function)                                                                                                           \
    static void run_##name(const aici_block *block, const aici_instruction *at) {                                                          \
        double *to = column_of(block, at->to);                                                                                             \
        const operand a = operand_of(block, at->a), b = operand_of(block, at->b);                                                          \
        if (a.is_uniform) {                                                                                                                \
            const aici_v one = v_all(*a.from);                                                                                             \
            LOOP(function(one, v_load(b.from + i)))                                                                                        \
        } else if (b.is_uniform) {                                                                                                         \
            const aici_v one = v_all(*b.from);                                                                                             \
            LOOP(function(v_load(a.from + i), one))                                                                                        \
        } else {                                                                                                                           \
            LOOP(function(v_load(a.from + i), v_load(b.from + i)))                                                                         \
        }                                                                                                                                  \
    }

VECTOR_1(NEGATE, v_negate)
VECTOR_1(ABS, v_abs)
VECTOR_1(SQRT, v_sqrt)
VECTOR_1(EXP, v_exp)
VECTOR_1(LN, v_ln)
VECTOR_1(LOG2, v_log2)
VECTOR_1(LOG10, v_log10)
VECTOR_2(ADD, v_add)
VECTOR_2(SUBTRACT, v_subtract)
VECTOR_2(MULTIPLY, v_multiply)
VECTOR_2(DIVIDE, v_divide)
/** As everywhere in the language a NaN among the arguments gives NaN, which C's pow() does not always. */
AICI_INLINE aici_v power(aici_v base, aici_v exponent) {
    const aici_v either = v_add(base, exponent);
    return v_select(m_or(v_is_nan(base), v_is_nan(exponent)), either, v_power(base, exponent));
}

VECTOR_2(POWER, power)

/* The rest, lane by lane. */
#define LANE_VALUE(letter) (letter.is_uniform ? *letter.from : letter.from[i])
#define SCALAR_1(name)                                                                                                                     \
    static void run_##name(const aici_block *block, const aici_instruction *at) {                                                          \
        double *to = column_of(block, at->to);                                                                                             \
        const operand a = operand_of(block, at->a);                                                                                        \
        for (size_t i = 0; i < block->lanes; i++)                                                                                          \
            to[i] = aici_operate_##name(LANE_VALUE(a));                                                                                    \
    }
#define SCALAR_2(name)                                                                                                                     \
    static void run_##name(const aici_block *block, const aici_instruction *at) {                                                          \
        double *to = column_of(block, at->to);                                                                                             \
        const operand a = operand_of(block, at->a), b = operand_of(block, at->b);                                                          \
        for (size_t i = 0; i < block->lanes; i++)                                                                                          \
            to[i] = aici_operate_##name(LANE_VALUE(a), LANE_VALUE(b));                                                                     \
    }
#define SCALAR_3(name)                                                                                                                     \
    static void run_##name(const aici_block *block, const aici_instruction *at) {                                                          \
        double *to = column_of(block, at->to);                                                                                             \
        const operand a = operand_of(block, at->a), b = operand_of(block, at->b), c = operand_of(block, at->c);                            \
        for (size_t i = 0; i < block->lanes; i++)                                                                                          \
            to[i] = aici_operate_##name(LANE_VALUE(a), LANE_VALUE(b), LANE_VALUE(c));                                                      \
    }

SCALAR_1(CEIL)
SCALAR_1(FLOOR)
SCALAR_1(ROUND)
SCALAR_1(NOT)
SCALAR_2(MIN)
SCALAR_2(MAX)
SCALAR_2(LESS)
SCALAR_2(LESS_EQUAL)
SCALAR_2(EQUAL)
SCALAR_2(NOT_EQUAL)
SCALAR_2(AND)
SCALAR_2(OR)
SCALAR_3(SELECT)

void AICI_FOR_SET(aici_block_run)(const aici_block *block) {
    static void (*const run[])(const aici_block *, const aici_instruction *) = {
#define RUN(name, arguments, meaning) run_##name,
        AICI_INSTRUCTIONS(RUN)
#undef RUN
    };
    const aici_program *program = block->program;
    for (uint32_t i = 0; i < program->each_count; i++) {
        const aici_instruction *at = &program->each[i];
        if (at->opcode < AICI_OPCODE_COUNT)
            run[at->opcode](block, at);
        else
            AICI_FOR_SET(aici_block_draw)(block, at);
    }
}

const aici_isa AICI_FOR_SET(aici_isa) = {AICI_ISA_NAME,
                                         AICI_FOR_SET(aici_block_run),
                                         AICI_FOR_SET(aici_tally_take),
                                         AICI_FOR_SET(aici_narrow),
                                         &AICI_FOR_SET(aici_isa_indices),
                                         &AICI_FOR_SET(aici_isa_gradient)};
