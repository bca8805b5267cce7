/* SPDX-License-Identifier: MIT */
/*
 * The door of plan: what is wanted of a bound scenario becomes a program: three-address instructions over registers, years unrolled,
 * verified, immutable. What does not depend on what varies goes into a part that runs once; the rest runs for every lane. A program knows
 * no names, units or YAML, only numbers, and for messages the node and the year that an instruction came from.
 */
#ifndef AICI_PLAN_PLAN_H
#define AICI_PLAN_PLAN_H

#include "scenario/scenario.h"

/* clang-format off */
/** X(name, arguments, meaning): all take and give doubles; truth values are 1 and 0. NaN in an argument gives NaN, in comparisons too; of
 * SELECT, only the branch that is chosen counts. */
#define AICI_INSTRUCTIONS(X)                                                                                                               \
    X(ADD, 2, "a + b") X(SUBTRACT, 2, "a - b") X(MULTIPLY, 2, "a * b") X(DIVIDE, 2, "a / b") X(POWER, 2, "a ^ b")                           \
    X(NEGATE, 1, "-a") X(ABS, 1, "abs(a)") X(SQRT, 1, "sqrt(a)") X(EXP, 1, "exp(a)") X(LN, 1, "ln(a)") X(LOG2, 1, "log2(a)")                \
    X(LOG10, 1, "log10(a)") X(CEIL, 1, "ceil(a)") X(FLOOR, 1, "floor(a)") X(ROUND, 1, "round(a)")                                           \
    X(MIN, 2, "min(a, b)") X(MAX, 2, "max(a, b)")                                                                                          \
    X(LESS, 2, "a < b") X(LESS_EQUAL, 2, "a <= b") X(EQUAL, 2, "a == b") X(NOT_EQUAL, 2, "a != b")                                          \
    X(AND, 2, "a and b") X(OR, 2, "a or b") X(NOT, 1, "not a") X(SELECT, 3, "if a then b else c")

typedef enum aici_opcode {
#define AICI_OPCODE(name, arguments, meaning) AICI_OPCODE_##name,
    AICI_INSTRUCTIONS(AICI_OPCODE)
#undef AICI_OPCODE
    AICI_OPCODE_COUNT
} aici_opcode;
/* clang-format on */

/** Opcodes beyond the table: they read draw number `a` of the program, which is no operand. */
enum {
    AICI_OPCODE_DRAW = AICI_OPCODE_COUNT, /**< a draw of its own; in `once` the median of its distribution */
    AICI_OPCODE_NORMAL,                   /**< a standard normal number from the stream of the draw; only in `each` */
    AICI_OPCODE_FROM_NORMAL,              /**< the draw's distribution where a standard normal variable is b (an operand); only in `each` */
    AICI_OPCODE_ALL
};

/** An operand: a lane register (a column of the block), or a uniform value (one number, the same in all lanes). */
typedef uint32_t aici_operand;
#define AICI_OPERAND_UNIFORM 0x80000000u

typedef struct aici_instruction {
    uint32_t opcode;
    aici_operand to, a, b, c; /**< `to` is uniform in `once`, a lane register in `each`; operands that the opcode does not take are 0 */
} aici_instruction;

/** Where an instruction came from. */
typedef struct aici_origin {
    const aici_expr *node; /**< in the bound scenario, which the program keeps alive */
    uint32_t quantity;     /**< whose formula it is, or AICI_NONE (a claim, a condition) */
    int32_t year;          /**< AICI_NO_YEAR where there is none */
} aici_origin;
enum { AICI_NO_YEAR = INT32_MIN };

/** A random draw. */
typedef struct aici_draw {
    uint8_t distribution;     /**< aici_distribution */
    uint32_t count;           /**< of parameters */
    const uint8_t *parameter; /**< aici_parameter, one each */
    /** parallel: uniform; of a DISTRIBUTION parameter the number of the draw, before this one, that is its component */
    const aici_operand *value;
    uint32_t word;          /**< the first of the uniform words that it takes, counted over the program's draws: its Sobol' dimension */
    uint32_t word_count;    /**< 1, and one more for each level of mixtures; 0: it is only a component */
    const uint64_t *stream; /**< word_count: the name of each word's stream (eval/stream.h) */
    aici_origin origin;
} aici_draw;

typedef struct aici_program aici_program;
struct aici_program {
    const double *constant; /**< uniform values 0 .. constant_count-1 */
    uint32_t constant_count;
    uint32_t setting_count; /**< uniform values behind the constants, given anew for each run */
    const double *setting_scale;
    uint32_t uniform_count; /**< constants, settings, then results of `once` */
    const aici_draw *draw;
    uint32_t draw_count, word_count;
    uint32_t input_count; /**< input i is lane register i when a block begins, already in coherent units (times input_scale[i]) */
    const double *input_scale;
    uint32_t register_count; /**< of lanes, inputs included; each is used again when its value is dead, */
    bool single_assignment;  /**< unless each instruction of `each` writes one of its own: instruction i writes register input_count + i */
    const aici_instruction *once, *each;
    uint32_t once_count, each_count;
    const aici_origin *once_origin, *each_origin; /**< parallel to these */
    const aici_operand *output; /**< what is wanted, divided by output_scale[i] when it leaves; its lane registers live until the end */
    const double *output_scale;
    uint32_t output_count;
    const aici_bound *bound;
};

/** Something that varies from lane to lane, or (a setting) from run to run: a whole quantity (of one value, not a series), or one literal
 * inside a quantity's tree. Where one thing is listed twice, the later one counts. Inputs of the program are those that are no settings, in
 * their order. A distribution that is given so is not drawn. */
typedef struct aici_varying {
    uint32_t quantity;        /**< AICI_NONE when a literal is meant */
    const aici_expr *literal; /**< the checked NUMBER node, NULL when a quantity is meant */
    double scale;             /**< coherent units in one of the caller's */
    bool setting;             /**< a uniform value, given anew for each run; parameters of distributions may depend on it */
} aici_varying;

/** Something that is wanted: a quantity, or a checked tree over the scenario, in one year where it is a series. */
typedef struct aici_wanted {
    uint32_t quantity;     /**< AICI_NONE when a tree is meant */
    const aici_expr *tree; /**< NULL when a quantity is meant */
    int32_t year;          /**< AICI_NO_YEAR for one value */
    double scale;          /**< coherent units in one of the caller's */
} aici_wanted;

typedef struct aici_plan_request {
    aici_bound *bound; /**< the program keeps a reference */
    const aici_varying *varying;
    size_t varying_count;
    const aici_wanted *wanted;
    size_t wanted_count;
    bool samples;           /**< each lane is a sample; else every distribution stands at its median */
    bool single_assignment; /**< a run leaves every value that it came by: for who goes backwards through them, or runs a part again */
} aici_plan_request;

/** Makes a program. Errors: CANNOT_VARY (a series; a quantity that a constant of the program was made from: an exponent, an index, whole
 * years; an input that a distribution's parameter depends on), YEAR_OUTSIDE (a wanted series without a year, or in one that it does not
 * have), TYPE (a text is wanted), MEMORY. All that is refused is reported at once. Every depth is reached without recursion on the C stack
 * along names: a chain of 100 000 quantities works.
 *
 * A distribution is one draw wherever its name is used and in all years; where a parameter is a series, a year has a draw of its own, which
 * shares words and streams with those of the other years. So do the distributions that a series lists, the first of each year with the
 * first of the others, the second with the second: all years are at one quantile. Draws are in the order of their quantities, components
 * directly before the draw that they belong to. */
aic_status aici_plan_compile(const aici_plan_request *request, const aic_allocator *allocator, aici_program **out, aic_report *report);
void aici_program_free(aici_program *program);

/** Checks every instruction against the table: operands in range, each register written before it is read. PROGRAM_INVALID with the
 * instruction's number. compile() calls it. */
aic_status aici_program_verify(const aici_program *program, aic_report *report);

/** Writes the program for people and tests: `constants:`, `settings:`, `inputs:`, `draws:`, `once:` and `each:`, `outputs:` as far as there
 * are any, a line an instruction, "  r3 = r0 * u2    # chatgpt.compute_rate 2026". */
void aici_program_add_text(const aici_program *program, aici_buffer *out);

/** The quantities that the wanted ones depend on in the wanted years (the wanted ones included; not those of branches that texts and truth
 * values rule out), as a cleared-then-filled byte a quantity: for claims (rounded inputs) and explain. */
aic_status aici_plan_reach(const aici_bound *bound, const aici_wanted *wanted, size_t wanted_count, const aic_allocator *allocator,
                           unsigned char *reached, aic_report *report);

#endif
