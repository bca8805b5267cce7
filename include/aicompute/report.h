/* SPDX-License-Identifier: MIT */
/*
 * A report says what happened: an entry for each fault or remark, with its place in the scenario, and the repair that is likely.
 * Every call that can fail takes one, last, which may be NULL. A call first empties the report, then fills it.
 */
#ifndef AICOMPUTE_REPORT_H
#define AICOMPUTE_REPORT_H

#include <aicompute/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What happened during one call. Owned by the caller; reused as often as wanted. */
typedef struct aic_report aic_report;

/** How grave an entry is. */
typedef enum aic_severity {
    AIC_SEVERITY_NOTE = 0,    /**< said for completeness: a reading that was chosen, a pair that was ignored */
    AIC_SEVERITY_WARNING = 1, /**< the result stands, but is probably not what was meant */
    AIC_SEVERITY_ERROR = 2    /**< the call failed because of it */
} aic_severity;

/** Makes an empty report.
 * @param allocator  copied; NULL means malloc
 * @return           the report, or NULL when there is no memory
 * @lifetime         until aic_report_free()
 * @threads          one at a time
 * @since            0.1.0
 */
AIC_API aic_report *aic_report_new(const aic_allocator *allocator);

/** Gives a report back.
 * @param report  may be NULL
 * @threads       one at a time
 * @since         0.1.0
 */
AIC_API void aic_report_free(aic_report *report);

/** Empties a report.
 * @param report  may be NULL
 * @threads       one at a time
 * @since         0.1.0
 */
AIC_API void aic_report_clear(aic_report *report);

/** How many entries a report has.
 * @param report  may be NULL, which gives 0
 * @threads       one at a time
 * @since         0.1.0
 */
AIC_API size_t aic_report_count(const aic_report *report);

/** How many errors there were, also those that were too many to be kept.
 * @param report  may be NULL, which gives 0
 * @threads       one at a time
 * @since         0.1.0
 */
AIC_API size_t aic_report_error_count(const aic_report *report);

/** The severity of an entry.
 * @param report  not NULL
 * @param index   below aic_report_count(); else AIC_SEVERITY_NOTE
 * @threads       one at a time
 * @since         0.1.0
 */
AIC_API aic_severity aic_report_severity(const aic_report *report, size_t index);

/** The stable number of an entry's kind (doc/messages.md lists them); its meaning never changes.
 * @param report  not NULL
 * @param index   below aic_report_count(); else 0
 * @threads       one at a time
 * @since         0.1.0
 */
AIC_API int aic_report_code(const aic_report *report, size_t index);

/** The message of an entry, one line without place, hint or final stop.
 * @param report  not NULL
 * @param index   below aic_report_count(); else ""
 * @return        UTF-8 without control characters, borrowed from @p report
 * @lifetime      until the report is used again
 * @threads       one at a time
 * @since         0.1.0
 */
AIC_API const char *aic_report_message(const aic_report *report, size_t index);

/** The likely repair, or "".
 * @param report  not NULL
 * @param index   below aic_report_count(); else ""
 * @return        text borrowed from @p report
 * @lifetime      until the report is used again
 * @threads       one at a time
 * @since         0.1.0
 */
AIC_API const char *aic_report_hint(const aic_report *report, size_t index);

/** Further facts about an entry, one a line, or "".
 * @param report  not NULL
 * @param index   below aic_report_count(); else ""
 * @return        text borrowed from @p report
 * @lifetime      until the report is used again
 * @threads       one at a time
 * @since         0.1.0
 */
AIC_API const char *aic_report_notes(const aic_report *report, size_t index);

/** The file of an entry as the caller named it, or "" when the fault is in no file.
 * @param report  not NULL
 * @param index   below aic_report_count(); else ""
 * @return        text borrowed from @p report
 * @lifetime      until the report is used again
 * @threads       one at a time
 * @since         0.1.0
 */
AIC_API const char *aic_report_file(const aic_report *report, size_t index);

/** The dotted path of an entry in its scenario, such as "models.chatgpt.utilization", or "".
 * @param report  not NULL
 * @param index   below aic_report_count(); else ""
 * @return        text borrowed from @p report
 * @lifetime      until the report is used again
 * @threads       one at a time
 * @since         0.1.0
 */
AIC_API const char *aic_report_path(const aic_report *report, size_t index);

/** Where an entry begins and ends: lines from 1, columns in code points from 1, the last column included; 0 where there is no place.
 * @param report       not NULL
 * @param index        below aic_report_count(); else all are 0
 * @param[out] line         may be NULL, as each of the four
 * @param[out] column       first column
 * @param[out] last_line    last line
 * @param[out] last_column  last column
 * @threads            one at a time
 * @since              0.1.0
 */
AIC_API void aic_report_place(const aic_report *report, size_t index, unsigned *line, unsigned *column, unsigned *last_line,
                              unsigned *last_column);

/** Writes the whole report as compilers do: `file:line:column: error: message [AIC-nnn]`, the source line, a caret, the hint.
 * @param report      not NULL
 * @param color       0: plain; else ANSI colours
 * @param[out] text   the picture, owned by the caller
 * @return            AIC_OK, AIC_ERROR_ARGUMENT, AIC_ERROR_MEMORY
 * @threads           one at a time
 * @since             0.1.0
 */
AIC_API aic_status aic_report_text(const aic_report *report, int color, aic_text **text);

/** What a stable number means, in a sentence.
 * @param code    a number from aic_report_code()
 * @return        text borrowed from the library; "" for an unknown number
 * @lifetime      for ever
 * @threads       any
 * @since         0.1.0
 */
AIC_API const char *aic_code_text(int code);

#ifdef __cplusplus
}
#endif
#endif
