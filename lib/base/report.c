/* SPDX-License-Identifier: MIT */
/*
 * Filling a report. Messages are made safe to show and cut here, places and source lines are copied, because what they point to may be gone
 * when the report is read. The number of entries is bounded; what comes on top is counted. When there is no memory for an
 * entry the report says so by a flag, which needs none.
 */
#include "base/report_entry.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

enum { KEPT_USUALLY = 20, LONGEST_MESSAGE = 500, MOST_NOTES = 32 };

aic_report *aic_report_new(const aic_allocator *allocator) {
    if (allocator && (!allocator->allocate || !allocator->reallocate || !allocator->release))
        return NULL;
    aic_report *report = aici_memory_take_array(allocator, 1, sizeof *report);
    if (!report)
        return NULL;
    report->allocator = allocator ? *allocator : *aici_memory_default();
    report->keep = KEPT_USUALLY;
    return report;
}

static void release_entry(struct entry *entry) {
    aici_buffer_free(&entry->notes);
    aici_buffer_free(&entry->excerpt.text);
}

void aic_report_clear(aic_report *report) {
    if (!report)
        return;
    for (size_t i = 0; i < report->count; i++)
        release_entry(&report->entries[i]);
    aici_arena_free(report->arena);
    *report = (aic_report){.allocator = report->allocator, .entries = report->entries, .capacity = report->capacity, .keep = KEPT_USUALLY};
}

void aic_report_free(aic_report *report) {
    if (!report)
        return;
    aic_report_clear(report);
    aic_allocator allocator = report->allocator;
    aici_memory_release(&allocator, report->entries);
    aici_memory_release(&allocator, report);
}

void aici_report_keep(aic_report *report, size_t entries) {
    if (report)
        report->keep = entries ? entries : KEPT_USUALLY;
}

aic_status aici_report_memory(aic_report *report) {
    if (!report)
        return AIC_ERROR_MEMORY;
    report->out_of_memory = true;
    report->newest = NULL;
    if (report->first_error == AIC_OK)
        report->first_error = AIC_ERROR_MEMORY;
    return AIC_ERROR_MEMORY;
}

bool aici_report_wants_hint(const aic_report *report) { return report && report->newest; }

aic_status aici_report_status(const aic_report *report) { return report ? report->first_error : AIC_OK; }

/* One line of text that is safe to show, cut to LONGEST_MESSAGE. */
struct line {
    char bytes[LONGEST_MESSAGE + 1];
    size_t size;
};

static const char ellipsis[] = "…";
enum { ELLIPSIS_BYTES = sizeof ellipsis - 1 };

static void make_safe(struct line *line, const char *raw, size_t size) {
    size_t cut = 0; /* where the ellipsis would still fit */
    line->size = 0;
    for (size_t i = 0; i < size;) {
        char safe[AICI_UTF8_SAFE_BYTES];
        size_t written;
        i += aici_utf8_safe_character(raw + i, size - i, safe, &written);
        if (line->size + written > LONGEST_MESSAGE) {
            memcpy(line->bytes + cut, ellipsis, ELLIPSIS_BYTES);
            line->size = cut + ELLIPSIS_BYTES;
            break;
        }
        memcpy(line->bytes + line->size, safe, written);
        line->size += written;
        if (line->size <= LONGEST_MESSAGE - ELLIPSIS_BYTES)
            cut = line->size;
    }
    line->bytes[line->size] = '\0';
}

static void compose(struct line *line, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));

static void compose(struct line *line, const char *format, va_list arguments) {
    char raw[LONGEST_MESSAGE + 16]; /* the escaped text is never shorter, so that a character cut here is cut again */
    int length = vsnprintf(raw, sizeof raw, format, arguments);
    size_t size = length < 0 ? 0 : (size_t)length;
    make_safe(line, raw, size < sizeof raw ? size : sizeof raw - 1);
}

static aici_arena *arena_of(aic_report *report) {
    if (!report->arena)
        report->arena = aici_arena_new(&report->allocator);
    return report->arena;
}

/* A copy that lives as long as the report's content; "" needs none. */
static const char *keep_text(aic_report *report, const char *text, size_t size) {
    if (!size)
        return "";
    aici_arena *arena = arena_of(report);
    return arena ? aici_arena_copy(arena, text, size) : NULL;
}

static bool same_place(const struct entry *entry, const aici_place *place) {
    if (!place || !place->source)
        return !entry->has_place;
    return entry->has_place && entry->line == place->line && entry->column == place->column && entry->last_line == place->last_line &&
           entry->last_column == place->last_column && strcmp(entry->file, place->source->name) == 0;
}

static bool is_there(const aic_report *report, const struct entry *fresh, const aici_place *place, const struct line *line) {
    for (size_t i = 0; i < report->count; i++) {
        const struct entry *entry = &report->entries[i];
        if (entry->code == fresh->code && entry->severity == fresh->severity && same_place(entry, place) &&
            strcmp(entry->message, line->bytes) == 0)
            return true;
    }
    return false;
}

static void count_dropped(aic_report *report, aic_severity severity) {
    *(severity == AIC_SEVERITY_ERROR ? &report->dropped_errors : &report->dropped_remarks) += 1;
    size_t errors = report->dropped_errors, remarks = report->dropped_remarks;
    int used = snprintf(report->dropped_message, sizeof report->dropped_message, "… and %zu more %s", errors ? errors : remarks,
                        errors ? (errors == 1 ? "error" : "errors") : (remarks == 1 ? "remark" : "remarks"));
    if (errors && remarks && used > 0)
        snprintf(report->dropped_message + used, sizeof report->dropped_message - (size_t)used, " and %zu %s", remarks,
                 remarks == 1 ? "remark" : "remarks");
    report->dropped = (struct entry){
        .severity = AIC_SEVERITY_NOTE, .code = AICI_CODE_TOO_MANY, .message = report->dropped_message, .hint = "", .path = "", .file = ""};
}

/* Makes room in a full report for an error at the cost of the newest remark; false when there is none. */
static bool give_up_a_remark(aic_report *report) {
    size_t i = report->count;
    while (i && report->entries[i - 1].severity == AIC_SEVERITY_ERROR)
        i--;
    if (!i)
        return false;
    count_dropped(report, report->entries[i - 1].severity);
    release_entry(&report->entries[i - 1]);
    memmove(&report->entries[i - 1], &report->entries[i], (report->count - i) * sizeof *report->entries);
    report->count--;
    return true;
}

static bool complete(aic_report *report, struct entry *entry, const aici_place *place, const struct line *line) {
    entry->hint = entry->path = entry->file = "";
    entry->notes = aici_buffer_new(&report->allocator);
    entry->message = keep_text(report, line->bytes, line->size);
    if (place && place->source) {
        entry->has_place = true;
        entry->line = place->line;
        entry->column = place->column;
        entry->last_line = place->last_line;
        entry->last_column = place->last_column;
        entry->file = keep_text(report, place->source->name, strlen(place->source->name));
    }
    return entry->message && entry->file && aici_excerpt_make(&entry->excerpt, &report->allocator, place);
}

static bool has_room_for(aic_report *report, aic_severity severity) {
    return report->count < report->keep || (severity == AIC_SEVERITY_ERROR && give_up_a_remark(report));
}

static aic_status append(aic_report *report, struct entry *fresh, const aici_place *place, const struct line *line) {
    struct entry *entries =
        aici_memory_grow(&report->allocator, report->entries, report->count, &report->capacity, sizeof *report->entries);
    if (entries)
        report->entries = entries;
    if (!entries || !complete(report, fresh, place, line)) {
        release_entry(fresh);
        return aici_report_memory(report);
    }
    report->entries[report->count] = *fresh;
    report->newest = &report->entries[report->count++];
    return AIC_OK;
}

static aic_status add(aic_report *report, struct entry *fresh, const aici_place *place, const struct line *line) {
    report->newest = NULL;
    if (is_there(report, fresh, place, line))
        return AIC_OK;
    if (!has_room_for(report, fresh->severity))
        count_dropped(report, fresh->severity);
    else if (append(report, fresh, place, line) != AIC_OK)
        return AIC_ERROR_MEMORY;
    if (fresh->severity == AIC_SEVERITY_ERROR) {
        report->errors++;
        if (report->first_error == AIC_OK)
            report->first_error = aici_code_status(fresh->code);
    }
    return AIC_OK;
}

aic_status aici_report_error(aic_report *report, enum aici_code code, const aici_place *place, const char *format, ...) {
    aic_status status = aici_code_status((int)code);
    if (!report)
        return status;
    struct line line;
    va_list arguments;
    va_start(arguments, format);
    compose(&line, format, arguments);
    va_end(arguments);
    struct entry fresh = {.severity = AIC_SEVERITY_ERROR, .code = (int)code};
    aic_status kept = add(report, &fresh, place, &line);
    return kept == AIC_OK ? status : kept;
}

aic_status aici_report_cancelled(aic_report *report) {
    return aici_report_error(report, AICI_CODE_CANCELLED, NULL, "cancelled by the caller");
}

void aici_report_remark(aic_report *report, aic_severity severity, enum aici_code code, const aici_place *place, const char *format, ...) {
    if (!report)
        return;
    struct line line;
    va_list arguments;
    va_start(arguments, format);
    compose(&line, format, arguments);
    va_end(arguments);
    struct entry fresh = {.severity = severity, .code = (int)code};
    add(report, &fresh, place, &line);
}

static void keep_line(aic_report *report, const char **target, const struct line *line) {
    const char *text = keep_text(report, line->bytes, line->size);
    if (text)
        *target = text;
    else
        aici_report_memory(report);
}

void aici_report_hint(aic_report *report, const char *format, ...) {
    if (!report || !report->newest)
        return;
    struct line line;
    va_list arguments;
    va_start(arguments, format);
    compose(&line, format, arguments);
    va_end(arguments);
    keep_line(report, &report->newest->hint, &line);
}

void aici_report_path(aic_report *report, const char *format, ...) {
    if (!report || !report->newest)
        return;
    struct line line;
    va_list arguments;
    va_start(arguments, format);
    compose(&line, format, arguments);
    va_end(arguments);
    keep_line(report, &report->newest->path, &line);
}

void aici_report_note(aic_report *report, const char *format, ...) {
    struct entry *entry = report ? report->newest : NULL;
    if (!entry || entry->note_count > MOST_NOTES)
        return;
    struct line line;
    va_list arguments;
    va_start(arguments, format);
    compose(&line, format, arguments);
    va_end(arguments);
    if (entry->note_count++)
        aici_buffer_add_char(&entry->notes, '\n');
    aici_buffer_add_text(&entry->notes, entry->note_count <= MOST_NOTES ? line.bytes : ellipsis);
    if (aici_buffer_failed(&entry->notes))
        aici_report_memory(report);
}

void aici_report_note_at(aic_report *report, const aici_place *place, const char *text) {
    if (!place || !place->source)
        aici_report_note(report, "%s", text);
    else
        aici_report_note(report, "%s:%u:%u: %s", place->source->name[0] ? place->source->name : "<text>", (unsigned)place->line,
                         (unsigned)place->column, text);
}
