/* SPDX-License-Identifier: MIT */
/*
 * Reading a report: what the public functions say about each entry. Two entries are made up when asked for: that memory lacked,
 * and that there was more than could be kept.
 */
#include "base/report_entry.h"

static const struct entry lack_of_memory = {.severity = AIC_SEVERITY_ERROR,
                                            .code = AICI_CODE_MEMORY,
                                            .message = "there was no memory; nothing was changed",
                                            .hint = "",
                                            .path = "",
                                            .file = ""};

const struct entry *aici_report_entry(const aic_report *report, size_t index) {
    if (!report)
        return NULL;
    if (index < report->count)
        return &report->entries[index];
    index -= report->count;
    if (report->out_of_memory && index-- == 0)
        return &lack_of_memory;
    bool more = report->dropped_errors || report->dropped_remarks;
    return more && index == 0 ? &report->dropped : NULL;
}

size_t aic_report_count(const aic_report *report) {
    if (!report)
        return 0;
    bool more = report->dropped_errors || report->dropped_remarks;
    return report->count + (report->out_of_memory ? 1 : 0) + (more ? 1 : 0);
}

size_t aic_report_error_count(const aic_report *report) { return report ? report->errors + (report->out_of_memory ? 1 : 0) : 0; }

aic_severity aic_report_severity(const aic_report *report, size_t index) {
    const struct entry *entry = aici_report_entry(report, index);
    return entry ? entry->severity : AIC_SEVERITY_NOTE;
}

int aic_report_code(const aic_report *report, size_t index) {
    const struct entry *entry = aici_report_entry(report, index);
    return entry ? entry->code : 0;
}

const char *aic_report_message(const aic_report *report, size_t index) {
    const struct entry *entry = aici_report_entry(report, index);
    return entry ? entry->message : "";
}

const char *aic_report_hint(const aic_report *report, size_t index) {
    const struct entry *entry = aici_report_entry(report, index);
    return entry ? entry->hint : "";
}

const char *aic_report_notes(const aic_report *report, size_t index) {
    const struct entry *entry = aici_report_entry(report, index);
    return entry ? aici_buffer_text(&entry->notes) : "";
}

const char *aic_report_file(const aic_report *report, size_t index) {
    const struct entry *entry = aici_report_entry(report, index);
    return entry ? entry->file : "";
}

const char *aic_report_path(const aic_report *report, size_t index) {
    const struct entry *entry = aici_report_entry(report, index);
    return entry ? entry->path : "";
}

static void hand_out(unsigned *to, unsigned value) {
    if (to)
        *to = value;
}

void aic_report_place(const aic_report *report, size_t index, unsigned *line, unsigned *column, unsigned *last_line,
                      unsigned *last_column) {
    const struct entry *entry = aici_report_entry(report, index);
    hand_out(line, entry ? entry->line : 0);
    hand_out(column, entry ? entry->column : 0);
    hand_out(last_line, entry ? entry->last_line : 0);
    hand_out(last_column, entry ? entry->last_column : 0);
}
