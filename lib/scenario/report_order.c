/* SPDX-License-Identifier: MIT */
/*
 * A scenario's faults are found in the order of the work; a reader wants them in the order of the file. Remarks, and what has no place,
 * stay behind.
 */
#include "base/report_entry.h"
#include "scenario/bind.h"

#include <string.h>

static bool comes_before(const struct entry *left, const struct entry *right) {
    bool left_placed = left->has_place && left->severity == AIC_SEVERITY_ERROR,
         right_placed = right->has_place && right->severity == AIC_SEVERITY_ERROR;
    if (!left_placed || !right_placed)
        return left_placed && !right_placed;
    if (strcmp(left->file, right->file) != 0)
        return false;
    return left->line != right->line ? left->line < right->line : left->column < right->column;
}

/* Few entries are kept, and most are in order already. */
void aici_report_in_order(aic_report *report, size_t first) {
    if (!report)
        return;
    for (size_t i = first + 1; i < report->count; i++) {
        struct entry entry = report->entries[i];
        size_t at = i;
        for (; at > first && comes_before(&entry, &report->entries[at - 1]); at--)
            report->entries[at] = report->entries[at - 1];
        report->entries[at] = entry;
    }
    report->newest = NULL;
}
