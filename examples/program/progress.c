/* SPDX-License-Identifier: MIT */
/* A line on the terminal that says how far long work is. */
#define _POSIX_C_SOURCE 200809L
#include "program.h"
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { FIRST_AFTER_MS = 1000, NEXT_AFTER_MS = 200 };

/** What a percentage tells of the work: what is left of it when it goes on as it did. */
static int seconds_left(double share, double seconds) { return (int)(seconds / share * (1 - share) + 0.5); }

static void show(struct progress *progress, double seconds) {
    char line[120];
    uint64_t done = __atomic_load_n(&progress->done, __ATOMIC_RELAXED);
    double share = progress->total > 0 ? (double)done / (double)progress->total : 0;
    if (share > 0 && share <= 1) {
        snprintf(line, sizeof line, "%d %% of %llu %s, %d s left", (int)(100 * share), (unsigned long long)progress->total, progress->what,
                 seconds_left(share, seconds));
    } else {
        snprintf(line, sizeof line, "%llu %s, %d s", (unsigned long long)done, progress->what, (int)seconds);
    }
    int width = (int)strlen(line);
    fprintf(stderr, "\r%s%*s", line, progress->width > width ? progress->width - width : 0, "");
    fflush(stderr);
    progress->width = width > progress->width ? width : progress->width;
}

static struct timespec later(struct timespec time, int milliseconds) {
    time.tv_nsec += milliseconds * 1000000L;
    time.tv_sec += time.tv_nsec / 1000000000;
    time.tv_nsec %= 1000000000;
    return time;
}

static void *watch(void *argument) {
    struct progress *progress = argument;
    struct timespec begin, next;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    next = later(begin, FIRST_AFTER_MS);
    pthread_mutex_lock(&progress->mutex);
    while (!progress->over) {
        if (pthread_cond_timedwait(&progress->wake, &progress->mutex, &next) != 0 && !progress->over) {
            show(progress, (double)(next.tv_sec - begin.tv_sec) + 1e-9 * (double)(next.tv_nsec - begin.tv_nsec));
            next = later(next, NEXT_AFTER_MS);
        }
    }
    pthread_mutex_unlock(&progress->mutex);
    return NULL;
}

void progress_begin(struct progress *progress, const struct request *request, uint64_t total, const char *what) {
    pthread_condattr_t monotonic;
    *progress = (struct progress){.total = total, .what = what};
    if (request->quiet || isatty(STDERR_FILENO) != 1) {
        return;
    }
    pthread_mutex_init(&progress->mutex, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&progress->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    progress->runs = pthread_create(&progress->thread, NULL, watch, progress) == 0;
}

void progress_end(struct progress *progress) {
    if (!progress->runs) {
        return;
    }
    pthread_mutex_lock(&progress->mutex);
    progress->over = true;
    pthread_cond_signal(&progress->wake);
    pthread_mutex_unlock(&progress->mutex);
    pthread_join(progress->thread, NULL);
    pthread_cond_destroy(&progress->wake);
    pthread_mutex_destroy(&progress->mutex);
    if (progress->width > 0) {
        fprintf(stderr, "\r%*s\r", progress->width, "");
    }
}

uint64_t draws_of(const aic_sample_options *sampling) {
    enum { USUAL = 65536, REPLICATES = 8 };
    uint64_t wanted = sampling->samples > 0 ? sampling->samples : USUAL, draws = REPLICATES;
    while (draws < wanted) {
        draws *= 2;
    }
    draws = sampling->method == AIC_METHOD_SOBOL ? draws : wanted;
    return sampling->shard_count > 1 ? draws / sampling->shard_count : draws;
}
