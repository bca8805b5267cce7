/* SPDX-License-Identifier: MIT */
/*
 * What every public function does before and after its work: empty the report, guard the floating-point environment and errno, refuse what
 * no caller may pass. The rooms below may then assume that their arguments are good.
 */
#ifndef AICI_API_PORCH_H
#define AICI_API_PORCH_H

#include "base/environment.h"
#include "base/limits.h"
#include "base/report.h"
#include "scenario/scenario.h"
#include <stdbool.h>

/** Begins a public call. */
void aici_porch_enter(aici_environment *environment, aic_report *report);

/** Ends it: puts the environment back and hands the status through. */
aic_status aici_porch_leave(const aici_environment *environment, aic_status status);

/** Reports a mistake of the caller ("scenario is NULL") and returns AIC_ERROR_ARGUMENT. */
aic_status aici_porch_refuse(aic_report *report, const char *mistake);

/** Hands a finished buffer to the caller as a text; frees it when it failed. */
aic_status aici_porch_give_text(aici_buffer *buffer, aic_status status, aic_text **text, aic_report *report);

/** Reads a whole file through @p allocator, at most @p limit bytes. The caller releases *text. */
aic_status aici_file_read(const char *path, size_t limit, const aic_allocator *allocator, char **text, size_t *size, aic_report *report);

#endif
