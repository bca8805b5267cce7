/* SPDX-License-Identifier: MIT */
/*
 * Assembly: values become a program. What no output needs is left out; what does not vary goes into `once`; lane registers are given out
 * and taken back by last use.
 */
#ifndef AICI_PLAN_ASSEMBLY_H
#define AICI_PLAN_ASSEMBLY_H

#include "plan/draws.h"

/** Fills @p program, whose inputs, settings and `single_assignment` are set, with arrays in @p arena. What was refused may not be among the
 * values that @p output needs. False when there is no memory. */
bool aici_assembly_run(const aici_values *values, const aici_draws *draws, const aici_value *output, aici_arena *arena,
                       aici_program *program);

#endif
