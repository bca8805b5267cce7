/* SPDX-License-Identifier: MIT */
/* Work that is shared out among threads, which are made and joined within the call. */
#ifndef AICI_BASE_THREADS_H
#define AICI_BASE_THREADS_H

#include <aicompute/status.h>
#include <stdint.h>

/** What one thread does: the items from `first` to before `end`. */
typedef struct aici_share {
    uint32_t number; /**< of the share, from 0, in the order of the items */
    uint64_t first, end;
} aici_share;

/** Does a share of @p job, which all threads see. */
typedef aic_status aici_share_work(const void *job, const aici_share *share);

/** How many shares are made of @p items on at most @p threads (at least 1): none is without an item, unless there are no items; then there
 * is one. */
uint32_t aici_share_count(uint64_t items, uint32_t threads);

/** One of @p count shares: they follow each other and differ by at most one item, the longer ones first. */
aici_share aici_share_at(uint64_t items, uint32_t count, uint32_t number);

/** Does all shares of @p items, each on a thread of its own; on the caller's the last, and each for which no thread can be had. A single
 * share needs no memory. Returns when all are done: AIC_OK; MEMORY when one share, or the call itself, had none (in which case nothing was
 * begun); else what the first share came to that failed. */
aic_status aici_share_out(const aic_allocator *allocator, uint64_t items, uint32_t threads, aici_share_work *work, const void *job);

#endif
