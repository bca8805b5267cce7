/* SPDX-License-Identifier: MIT */
/*
 * A report as compilers draw it: where, how grave, what, the line with the range underlined, notes, help. With colours where asked;
 * what the entries say was made safe for a terminal when they were added, so that only names of files are left to be escaped here.
 */
#include "base/report_entry.h"
#include "base/utf8.h"

#include <string.h>

struct canvas {
    aici_buffer buffer;
    bool colored;
};

#define BOLD "\033[1m"
#define BOLD_RED "\033[1;31m"
#define BOLD_MAGENTA "\033[1;35m"
#define CYAN "\033[36m"
#define GREEN "\033[32m"
#define PLAIN "\033[0m"

static void begin_color(struct canvas *canvas, const char *color) {
    if (canvas->colored)
        aici_buffer_add_text(&canvas->buffer, color);
}

static void end_color(struct canvas *canvas) { begin_color(canvas, PLAIN); }

static void draw_place(struct canvas *canvas, const struct entry *entry) {
    if (!entry->has_place)
        return;
    begin_color(canvas, BOLD);
    aici_utf8_add_safe(&canvas->buffer, aici_slice_of(entry->file[0] ? entry->file : "<text>"));
    if (entry->line)
        aici_buffer_add_format(&canvas->buffer, ":%u", entry->line);
    if (entry->line && entry->column)
        aici_buffer_add_format(&canvas->buffer, ":%u", entry->column);
    aici_buffer_add_text(&canvas->buffer, ":");
    end_color(canvas);
    aici_buffer_add_text(&canvas->buffer, " ");
}

static void draw_severity(struct canvas *canvas, aic_severity severity) {
    bool error = severity == AIC_SEVERITY_ERROR, warning = severity == AIC_SEVERITY_WARNING;
    begin_color(canvas, error ? BOLD_RED : warning ? BOLD_MAGENTA : CYAN);
    aici_buffer_add_text(&canvas->buffer, error ? "error:" : warning ? "warning:" : "note:");
    end_color(canvas);
}

static void draw_excerpt(struct canvas *canvas, const struct entry *entry) {
    const struct excerpt *excerpt = &entry->excerpt;
    if (!excerpt->present)
        return;
    size_t before = canvas->buffer.size;
    aici_buffer_add_format(&canvas->buffer, "%5u", entry->line);
    size_t gutter = canvas->buffer.size - before;
    aici_buffer_add_format(&canvas->buffer, " | %s\n", aici_buffer_text(&excerpt->text));
    if (!excerpt->width)
        return;
    aici_buffer_add_repeated(&canvas->buffer, ' ', gutter);
    aici_buffer_add_text(&canvas->buffer, " | ");
    aici_buffer_add_repeated(&canvas->buffer, ' ', excerpt->indent);
    begin_color(canvas, GREEN);
    aici_buffer_add_repeated(&canvas->buffer, '^', excerpt->width);
    end_color(canvas);
    aici_buffer_add_text(&canvas->buffer, "\n");
}

static void draw_notes(struct canvas *canvas, const struct entry *entry) {
    for (const char *note = aici_buffer_text(&entry->notes); *note;) {
        size_t size = strcspn(note, "\n");
        aici_buffer_add_text(&canvas->buffer, "  ");
        begin_color(canvas, CYAN);
        aici_buffer_add_text(&canvas->buffer, "note:");
        end_color(canvas);
        aici_buffer_add_text(&canvas->buffer, " ");
        aici_buffer_add(&canvas->buffer, note, size);
        aici_buffer_add_text(&canvas->buffer, "\n");
        note += size + (note[size] == '\n');
    }
}

static void draw_entry(struct canvas *canvas, const struct entry *entry) {
    draw_place(canvas, entry);
    draw_severity(canvas, entry->severity);
    aici_buffer_add_format(&canvas->buffer, " %s [AIC-%d]\n", entry->message, entry->code);
    draw_excerpt(canvas, entry);
    if (!entry->has_place && entry->path[0])
        aici_buffer_add_format(&canvas->buffer, "  in %s\n", entry->path);
    draw_notes(canvas, entry);
    if (entry->hint[0])
        aici_buffer_add_format(&canvas->buffer, "  help: %s\n", entry->hint);
}

aic_status aic_report_text(const aic_report *report, int color, aic_text **text) {
    if (text)
        *text = NULL;
    if (!report || !text)
        return AIC_ERROR_ARGUMENT;
    struct canvas canvas = {.buffer = aici_buffer_new(&report->allocator), .colored = color != 0};
    size_t count = aic_report_count(report);
    for (size_t i = 0; i < count; i++) {
        const struct entry *entry = aici_report_entry(report, i);
        if (entry->code == AICI_CODE_TOO_MANY)
            aici_buffer_add_format(&canvas.buffer, "%s\n", entry->message);
        else
            draw_entry(&canvas, entry);
    }
    *text = aici_buffer_release(&canvas.buffer);
    return *text ? AIC_OK : AIC_ERROR_MEMORY;
}
