/* SPDX-License-Identifier: MIT */
/*
 * How long one evaluation of a compiled model takes, and how long a lane takes in a batch: a service's fleet, 7 inputs, 14 instructions, 5
 * outputs, no logarithm or power. Run by hand; prints nanoseconds of processor time, the best of many rounds.
 */
#define _POSIX_C_SOURCE 200809L
#include "eval/eval.h"
#include <stdio.h>
#include <time.h>

enum { ROUNDS = 30, CALLS = 100000, INPUTS = 7, OUTPUTS = 5, LANES = 1 << 16 };

/** Registers of the inputs: parameters, tokens, utilization, visits, questions, peak, price. Constants u0 ..: 2 FLOP, 86400 s, 65e12
 * FLOP/s, 8, 1. */
static const aici_instruction each[] = {
#define U(i) (AICI_OPERAND_UNIFORM | (i))
    {AICI_OPCODE_MULTIPLY, 7, 0, U(0), 0}, {AICI_OPCODE_MULTIPLY, 7, 7, 1, 0},
    {AICI_OPCODE_DIVIDE, 7, 7, 2, 0}, /* output 0: compute per query */
    {AICI_OPCODE_MULTIPLY, 8, 3, 4, 0},    {AICI_OPCODE_DIVIDE, 8, 8, U(1), 0},
    {AICI_OPCODE_MULTIPLY, 9, 7, 8, 0},    {AICI_OPCODE_MULTIPLY, 9, 9, 5, 0}, /* output 1: compute rate */
    {AICI_OPCODE_DIVIDE, 10, 9, U(2), 0},                                      /* output 2: accelerators */
    {AICI_OPCODE_DIVIDE, 11, 10, U(3), 0},                                     /* output 3: servers */
    {AICI_OPCODE_MULTIPLY, 6, 11, 6, 0},   {AICI_OPCODE_MAX, 6, 6, U(4), 0},
    {AICI_OPCODE_ADD, 6, 6, U(4), 0},      {AICI_OPCODE_SUBTRACT, 6, 6, U(4), 0},
    {AICI_OPCODE_MULTIPLY, 6, 6, U(4), 0}, /* output 4: capex */
};

static const double constant[] = {2, 86400, 65e12, 8, 1};
static const double scale[] = {1, 1, 1, 1, 1, 1, 1};
static const aici_operand output_of[] = {7, 9, 10, 11, 6};
static const aici_origin nowhere[sizeof each / sizeof *each];

static const aici_program program = {
    .constant = constant,
    .constant_count = 5,
    .uniform_count = 5,
    .input_count = INPUTS,
    .input_scale = scale,
    .register_count = 12,
    .each = each,
    .each_count = sizeof each / sizeof *each,
    .each_origin = nowhere,
    .output = output_of,
    .output_scale = scale,
    .output_count = OUTPUTS,
};

static double processor_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/** Nanoseconds a call; each call's input depends on the last call's output, so that none can be left out or overlap. */
static double time_one(const double *uniform) {
    double input[INPUTS] = {1e12, 267, 0.32, 6e7, 10, 1, 29000}, output[OUTPUTS] = {0}, best = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        double begin = processor_seconds();
        for (int call = 0; call < CALLS; call++) {
            aici_eval_one(&program, uniform, input, output, NULL);
            input[4] = output[4] > 1e9 ? 10 : 11;
        }
        double spent = (processor_seconds() - begin) / CALLS * 1e9;
        best = spent < best ? spent : best;
    }
    return best;
}

static double time_lanes(const double *uniform) {
    static double column[INPUTS + OUTPUTS][LANES];
    const double *input[INPUTS];
    double *output[OUTPUTS], best = 1e9;
    for (int i = 0; i < INPUTS; i++) {
        input[i] = column[i];
        for (int lane = 0; lane < LANES; lane++)
            column[i][lane] = 1 + 0.001 * lane;
    }
    for (int i = 0; i < OUTPUTS; i++)
        output[i] = column[INPUTS + i];
    for (int round = 0; round < ROUNDS; round++) {
        double begin = processor_seconds();
        aici_eval_lanes(&program, uniform, LANES, input, output, NULL, NULL);
        double spent = (processor_seconds() - begin) / LANES * 1e9;
        best = spent < best ? spent : best;
    }
    return best;
}

int main(void) {
    double uniform[5];
    if (aici_program_verify(&program, NULL) != AIC_OK)
        return 1;
    aici_eval_prepare(&program, NULL, NULL, uniform, NULL);
    printf("one evaluation of %u instructions: %.1f ns\n", (unsigned)program.each_count, time_one(uniform));
    printf("one lane of %d in a batch:         %.2f ns\n", LANES, time_lanes(uniform));
    return 0;
}
