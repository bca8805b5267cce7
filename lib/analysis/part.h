/* SPDX-License-Identifier: MIT */
/*
 * A part of a sampling: what was asked of which scenario, and what some of the draws came to, as bytes that travel. Everything is in it,
 * the scenario's text too: parts need nothing but one another to become a result.
 *
 * The bytes: the mark, the version of the format (u32), the question (its size in u64, then version of the library, method, samples,
 * replicates, seed, quantiles, names, and the texts of scenario and libraries), zeros up to a multiple of 8, the chunks (eval/gathered.c),
 * and the SHA-256 of all that. Numbers have their lowest byte first.
 */
#ifndef AICI_ANALYSIS_PART_H
#define AICI_ANALYSIS_PART_H

#include "analysis/wish.h"
#include "base/report.h"

typedef struct aici_part_text {
    aici_slice name, text;
} aici_part_text;

/** What a part is a part of. */
typedef struct aici_question {
    aici_slice version;      /**< of the library that drew */
    aici_sample_wish wish;   /**< as drawn: 0 samples where nothing is uncertain */
    const char *const *name; /**< what was asked for; NULL: everything */
    size_t name_count;
    aici_part_text scenario;
    const aici_part_text *library;
    size_t library_count;
} aici_question;

struct aic_part {
    aic_allocator allocator;
    aic_limits limits;
    aici_arena *arena; /**< holds what the question points to, but for the texts, which are in the bytes */
    const char *label; /**< for messages; "" where it has none */
    aici_question question;
    char *bytes;
    size_t size, body; /**< body: where the chunks begin */
    uint64_t draws;
};

typedef struct aic_part aic_part;

/** Makes a part; the question and what was gathered (NULL: nothing is uncertain) stay the caller's, but the latter is emptied. MEMORY. */
aic_status aici_part_make(const aici_question *question, aici_gathered *gathered, const aic_allocator *allocator, const aic_limits *limits,
                          aic_part **out, aic_report *report);

/** Reads a part from bytes of which nothing is known; they are copied. Errors: PART_SHAPE, PART_DAMAGED, PART_VERSION. */
aic_status aici_part_read(const void *bytes, size_t size, const char *label, const aic_allocator *allocator, const aic_limits *limits,
                          aic_part **out, aic_report *report);
/** The same, but for bytes in memory of the allocator, which the part takes over, also where it is refused. */
aic_status aici_part_take(char *bytes, size_t size, const char *label, const aic_allocator *allocator, const aic_limits *limits,
                          aic_part **out, aic_report *report);
void aici_part_free(aic_part *part);

/** What was gathered, in memory of @p allocator and, as far as that can be, in the bytes of the part, which it must not outlive; the caller
 * frees it. NULL where nothing is uncertain. */
aic_status aici_part_gathered(const aic_part *part, const aic_allocator *allocator, aici_gathered **out, aic_report *report);

/** All draws of the sampling that it is a part of. */
uint64_t aici_part_all_draws(const aic_part *part);

/** What several parts hold together, in the bytes of each. Errors: as aici_parts_merge(). */
aic_status aici_parts_gathered(const aic_part *const *part, size_t count, aici_gathered **all, aic_report *report);

/** Makes one part of several. Errors: PART_LIBRARY … PART_QUANTILES, PART_OVERLAP, PART_DRAWS. */
aic_status aici_parts_merge(const aic_part *const *part, size_t count, aic_part **out, aic_report *report);

/** Reports the first draw that is missing: PART_GAP; AIC_OK when all are there. */
aic_status aici_parts_check_whole(const aici_sample_wish *wish, const aici_gathered *gathered, aic_report *report);

#endif
