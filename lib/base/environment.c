/* SPDX-License-Identifier: MIT */
/*
 * Entering and leaving the library's floating-point environment. It wraps every evaluation and so has to cost little:
 * on x86-64 it is about one register (rounding, flushing, traps, flags of SSE); the x87 unit is not used by us.
 * These functions stay out of line: a compiler may move arithmetic over an inlined register write.
 */
#include "base/environment.h"

#include <errno.h>

#if AICI_ENVIRONMENT_MXCSR

#include <xmmintrin.h>

enum { USUAL_CONTROL = 0x1f80, FLAGS = 0x3f };

void aici_environment_enter(aici_environment *environment) {
    environment->error_number = errno;
    environment->control = _mm_getcsr();
    if ((environment->control & ~(unsigned)FLAGS) != USUAL_CONTROL)
        _mm_setcsr(USUAL_CONTROL);
}

void aici_environment_leave(const aici_environment *environment) {
    _mm_setcsr(environment->control); /* cheaper than to look first */
    errno = environment->error_number;
}

#else

void aici_environment_enter(aici_environment *environment) {
    environment->error_number = errno;
    fegetenv(&environment->saved);
    fesetenv(FE_DFL_ENV);
}

void aici_environment_leave(const aici_environment *environment) {
    fesetenv(&environment->saved);
    errno = environment->error_number;
}

#endif
