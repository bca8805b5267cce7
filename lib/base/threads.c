/* SPDX-License-Identifier: MIT */
/* Threads are made, do their shares, and are joined. */
#include "base/memory.h"
#include "base/threads.h"

#include <pthread.h>
#include <stdbool.h>

/** One thread, or what is done in its place. */
typedef struct worker {
    pthread_t thread;
    bool runs;
    aici_share_work *work;
    const void *job;
    aici_share share;
    aic_status status;
} worker;

uint32_t aici_share_count(uint64_t items, uint32_t threads) { return items == 0 ? 1 : items < threads ? (uint32_t)items : threads; }

aici_share aici_share_at(uint64_t items, uint32_t count, uint32_t number) {
    uint64_t each = items / count, more = items % count, first = each * number + (number < more ? number : more);
    return (aici_share){number, first, first + each + (number < more)};
}

static void *work_on(void *argument) {
    worker *self = argument;
    self->status = self->work(self->job, &self->share);
    return NULL;
}

static void work_together(worker *part, uint32_t count) {
    for (uint32_t i = 0; i + 1 < count; i++)
        part[i].runs = pthread_create(&part[i].thread, NULL, work_on, &part[i]) == 0;
    for (uint32_t i = 0; i < count; i++)
        if (!part[i].runs)
            work_on(&part[i]);
    for (uint32_t i = 0; i < count; i++)
        if (part[i].runs)
            pthread_join(part[i].thread, NULL);
}

static aic_status status_of(const worker *part, uint32_t count) {
    aic_status status = AIC_OK;
    for (uint32_t i = 0; i < count; i++)
        if (status == AIC_OK || part[i].status == AIC_ERROR_MEMORY)
            status = part[i].status;
    return status;
}

aic_status aici_share_out(const aic_allocator *allocator, uint64_t items, uint32_t threads, aici_share_work *work, const void *job) {
    uint32_t count = aici_share_count(items, threads);
    aici_share whole = aici_share_at(items, 1, 0);
    if (count == 1)
        return work(job, &whole);
    worker *part = aici_memory_take_array(allocator, count, sizeof *part);
    if (!part)
        return AIC_ERROR_MEMORY;
    for (uint32_t i = 0; i < count; i++)
        part[i] = (worker){.work = work, .job = job, .share = aici_share_at(items, count, i)};
    work_together(part, count);
    aic_status status = status_of(part, count);
    aici_memory_release(allocator, part);
    return status;
}
