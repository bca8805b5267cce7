/* SPDX-License-Identifier: MIT */
/* What the caller may look at, and say, while a call runs. */
#ifndef AICI_EVAL_CONTROL_H
#define AICI_EVAL_CONTROL_H

#include <stdbool.h>
#include <stdint.h>

/** Words of the caller, shared with other threads or a signal handler; either pointer may be NULL. */
typedef struct aici_control {
    const volatile uint32_t *cancel; /**< not 0: stop, at the latest after the block */
    volatile uint64_t *progress;     /**< lanes done by this call so far; 0 when it begins */
} aici_control;

/** NULL @p control: never, and nothing is told, here and below. */
static inline bool aici_control_is_cancelled(const aici_control *control) {
    return control && control->cancel && __atomic_load_n(control->cancel, __ATOMIC_RELAXED);
}

/** So much is done in all. */
static inline void aici_control_set(const aici_control *control, uint64_t done) {
    if (control && control->progress)
        __atomic_store_n(control->progress, done, __ATOMIC_RELAXED);
}

/** So much more is done, by one of several threads. */
static inline void aici_control_add(const aici_control *control, uint64_t done) {
    if (control && control->progress)
        __atomic_fetch_add(control->progress, done, __ATOMIC_RELAXED);
}

#endif
