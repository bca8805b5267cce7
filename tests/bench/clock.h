/* SPDX-License-Identifier: MIT */
/* What the programs of the benchmarks measure with: processor time of the process, wall time, peak memory. Include it first. */
#ifndef TESTS_BENCH_CLOCK_H
#define TESTS_BENCH_CLOCK_H

#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

static inline double bench_seconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

typedef struct bench_clock {
    double processor, wall;
} bench_clock;

static inline bench_clock bench_start(void) {
    return (bench_clock){bench_seconds(CLOCK_PROCESS_CPUTIME_ID), bench_seconds(CLOCK_MONOTONIC)};
}

static inline bench_clock bench_stop(bench_clock since) {
    return (bench_clock){bench_seconds(CLOCK_PROCESS_CPUTIME_ID) - since.processor, bench_seconds(CLOCK_MONOTONIC) - since.wall};
}

/** A line that sampling.py reads: seconds of one run, peak memory so far, and a number that must agree between programs. */
static inline void bench_print(bench_clock spent, double check) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("{\"cpu\":%.9f,\"wall\":%.9f,\"memory\":%.1f,\"check\":%.9g}\n", spent.processor, spent.wall, (double)usage.ru_maxrss / 1024,
           check);
}

#endif
