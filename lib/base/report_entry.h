/* SPDX-License-Identifier: MIT */
/*
 * What a report is made of; shared by the files that fill it (report.c), read it (report_read.c) and draw it (report_text.c).
 */
#ifndef AICI_BASE_REPORT_ENTRY_H
#define AICI_BASE_REPORT_ENTRY_H

#include "base/report.h"

/** The line of an entry's place, ready to be shown: escaped, tabs as spaces, cut around the range. */
struct excerpt {
    aici_buffer text;
    size_t indent; /**< columns of a terminal before the range */
    size_t width;  /**< columns of the range; 0: there is nothing to underline */
    bool present;
};

struct entry {
    aic_severity severity;
    int code;
    const char *message, *hint, *path, *file; /**< in the report's arena, or literals */
    unsigned line, column, last_line, last_column;
    bool has_place;
    unsigned note_count;
    aici_buffer notes; /**< one a line, the last without an end */
    struct excerpt excerpt;
};

struct aic_report {
    aic_allocator allocator;
    aici_arena *arena; /**< NULL while empty */
    struct entry *entries;
    size_t count, capacity, keep;
    struct entry *newest; /**< what hints and notes go to; NULL when it was not kept */
    aic_status first_error;
    size_t errors; /**< kept or not, without the lack of memory */
    bool out_of_memory;
    size_t dropped_errors, dropped_remarks;
    struct entry dropped; /**< says how many, where there are any */
    char dropped_message[96];
};

/** An entry as the caller counts them: those kept, then the lack of memory, then what was too many. NULL behind the end. */
const struct entry *aici_report_entry(const aic_report *report, size_t index);

/** Cuts the line out of the source that @p place points to; false when there is no memory. */
bool aici_excerpt_make(struct excerpt *excerpt, const aic_allocator *allocator, const aici_place *place);

#endif
