/* SPDX-License-Identifier: MIT */
/*
 * Filling a report. Every function takes a report that may be NULL, so that no caller has to ask; all return what the caller returns.
 */
#ifndef AICI_BASE_REPORT_H
#define AICI_BASE_REPORT_H

#include "base/codes.h"
#include "base/source.h"
#include <aicompute/report.h>

/** Adds an error and returns its status (AIC_ERROR_MEMORY where the report has no memory for it). The message is one line, in the manner
 * "utilization: expected a ratio, found FLOP/s"; what it quotes from the user is escaped and cut (500 bytes in all). An equal entry at the
 * same place is not added twice. @p place may be NULL. */
aic_status aici_report_error(aic_report *report, enum aici_code code, const aici_place *place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/** Adds a remark that fails nothing. In a full report, an error takes the place of the newest remark. */
void aici_report_remark(aic_report *report, aic_severity severity, enum aici_code code, const aici_place *place, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/** Gives the newest entry its hint; nothing where that entry was not kept, here and in the next three ("utilization is a share of peak,
 * such as `32 %`"). */
void aici_report_hint(aic_report *report, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Adds a line of further facts to the newest entry. */
void aici_report_note(aic_report *report, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Adds a note with a place: "file:line:column: defined here". */
void aici_report_note_at(aic_report *report, const aici_place *place, const char *text);

/** Gives the newest entry its dotted path in the scenario. */
void aici_report_path(aic_report *report, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Records that there was no memory (needs none itself) and returns AIC_ERROR_MEMORY. */
aic_status aici_report_memory(aic_report *report);

/** Reports that the caller cancelled, and returns AIC_ERROR_CANCELLED. */
aic_status aici_report_cancelled(aic_report *report);

/** The status of the first error, or AIC_OK. A call may ask at its end, to learn whether a remark found no memory. */
aic_status aici_report_status(const aic_report *report);

/** Whether the newest entry was kept: where not, its hint need not be worked out (the nearest of many names, say). */
bool aici_report_wants_hint(const aic_report *report);

/** How many entries the report keeps at most (default 20; 0 means the default), until it is cleared. */
void aici_report_keep(aic_report *report, size_t entries);

#endif
