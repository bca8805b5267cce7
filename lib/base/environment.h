/* SPDX-License-Identifier: MIT */
/*
 * The floating-point environment: answers must not depend on the host's rounding mode or flush-to-zero, and the host must not notice us.
 */
#ifndef AICI_BASE_ENVIRONMENT_H
#define AICI_BASE_ENVIRONMENT_H

#if defined(__x86_64__) && defined(__SSE2__)
#define AICI_ENVIRONMENT_MXCSR 1
#else
#define AICI_ENVIRONMENT_MXCSR 0
#include <fenv.h>
#endif

/** What aici_environment_enter() found. */
typedef struct aici_environment {
#if AICI_ENVIRONMENT_MXCSR
    unsigned control; /**< modes, masks and flags of the SSE unit, which does all our arithmetic there */
#else
    fenv_t saved;
#endif
    int error_number;
} aici_environment;

/** Saves errno and the floating-point environment and sets the default one: round to nearest, no traps, no flushing. Flags may stay set.
 * On x86-64 that is the SSE unit only, so that long double must not be used. */
void aici_environment_enter(aici_environment *environment);

/** Puts back what aici_environment_enter() saved, exception flags included. */
void aici_environment_leave(const aici_environment *environment);

#endif
