/* SPDX-License-Identifier: MIT */
/* From CSV (RFC 4180) to values: a head of names, perhaps with a unit in brackets, and a row a point. Each value knows where it stands. */
#include "analysis/sweeping.h"

#include <string.h>

/** A cell: where it stands, quotes included, and what it says. */
typedef struct cell {
    const aici_source *source;
    size_t begin, end;
    aici_slice text;
} cell;

typedef struct reader {
    aici_sweeping *sweeping;
    const aici_source *source;
    size_t at;
} reader;

static bool is_end_of_line(char byte) { return byte == '\n' || byte == '\r'; }

static bool is_at_end(const reader *self) { return self->at >= self->source->size; }

static char here(const reader *self) { return is_at_end(self) ? '\0' : self->source->text[self->at]; }

static aic_status refuse(const reader *self, size_t begin, size_t end, const char *why) {
    aici_place place = aici_source_place(self->source, begin, end);
    aic_status status = aici_report_error(self->sweeping->report, AICI_CODE_ROWS, &place, "%s", why);
    aici_report_hint(self->sweeping->report,
                     "the first line has names of inputs, such as `utilization` or `price [USD]`; each line below has a value for each");
    return status;
}

/* --- cells ---------------------------------------------------------------------------------------------------------------------------- */

/** Two quotes inside of quotes stand for one. */
static bool unquote(const reader *self, size_t begin, size_t end, size_t doubled, aici_slice *text) {
    const char *bytes = self->source->text + begin;
    *text = (aici_slice){bytes, end - begin};
    if (doubled == 0)
        return true;
    char *plain = aici_arena_take(self->sweeping->arena, end - begin);
    size_t size = 0;
    for (size_t i = 0; plain && i < end - begin; i++) {
        plain[size++] = bytes[i];
        i += bytes[i] == '"';
    }
    *text = (aici_slice){plain, size};
    return plain;
}

static aic_status read_quoted(reader *self, cell *out) {
    size_t open = self->at++, doubled = 0;
    while (!is_at_end(self) && !(here(self) == '"' && self->source->text[self->at + 1] != '"')) {
        bool two = here(self) == '"';
        doubled += two;
        self->at += two ? 2 : 1;
    }
    if (is_at_end(self))
        return refuse(self, open, open + 1, "a quoted cell has no end");
    if (!unquote(self, open + 1, self->at++, doubled, &out->text))
        return aici_report_memory(self->sweeping->report);
    if (!is_at_end(self) && here(self) != ',' && !is_end_of_line(here(self)))
        return refuse(self, self->at, self->at + 1, "behind the closing quote of a cell stands more");
    *out = (cell){self->source, open, self->at, aici_slice_trim(out->text)};
    return AIC_OK;
}

static aic_status read_plain(reader *self, cell *out) {
    size_t begin = self->at;
    while (!is_at_end(self) && here(self) != ',' && !is_end_of_line(here(self))) {
        if (here(self) == '"')
            return refuse(self, self->at, self->at + 1, "a quote stands inside a cell that does not begin with one");
        self->at++;
    }
    *out = (cell){self->source, begin, self->at, aici_slice_trim((aici_slice){self->source->text + begin, self->at - begin})};
    return AIC_OK;
}

/** Reads a cell and what ends it; *last: the line ends too. */
static aic_status read_cell(reader *self, cell *out, bool *last) {
    aic_status status = here(self) == '"' ? read_quoted(self, out) : read_plain(self, out);
    if (status != AIC_OK)
        return status;
    *last = is_at_end(self) || here(self) != ',';
    if (!is_at_end(self))
        self->at += here(self) == '\r' && self->source->text[self->at + 1] == '\n' ? 2 : 1;
    return AIC_OK;
}

/** Lines without anything are no rows. */
static void skip_empty_lines(reader *self) {
    while (!is_at_end(self) && is_end_of_line(here(self)))
        self->at++;
}

/** Ranges are of what the cell says; where that was rewritten, the whole cell is meant. */
static aici_place locate(const aici_fragment *fragment, size_t begin, size_t end) {
    const cell *of = fragment->origin;
    size_t first = (size_t)(fragment->text.bytes - of->source->text);
    bool same = fragment->text.bytes >= of->source->text && first >= of->begin && first < of->end && end > begin &&
                begin <= fragment->text.size; /* what is missing stands one behind */
    return same ? aici_source_place(of->source, first + begin, first + end) : aici_source_place(of->source, of->begin, of->end);
}

/* --- the head ------------------------------------------------------------------------------------------------------------------------- */

static aic_status keep_head(const reader *self, const cell *head, aici_slice name, aici_slice unit, aici_sweep_lane *lane) {
    aici_arena *arena = self->sweeping->arena;
    cell *kept = aici_arena_take_array(arena, 1, sizeof *kept);
    aici_place *place = aici_arena_take_array(arena, 1, sizeof *place);
    const char *copy = aici_arena_copy(arena, name.bytes, name.size);
    if (!kept || !place || !copy)
        return aici_report_memory(self->sweeping->report);
    *kept = *head;
    *place = aici_source_place(self->source, head->begin, head->end);
    *lane = (aici_sweep_lane){.name = copy, .place = place, .unit = {.text = unit, .locate = locate, .origin = kept}};
    return AIC_OK;
}

static aic_status read_head_cell(reader *self, const cell *head, aici_sweep_lane *lane) {
    aici_slice text = head->text;
    const char *bracket = text.size ? memchr(text.bytes, '[', text.size) : NULL;
    size_t size = bracket ? (size_t)(bracket - text.bytes) : text.size;
    bool year = bracket && size > 0 && bracket[-1] != ' ' && size + 1 < text.size && bracket[1] >= '0' &&
                bracket[1] <= '9'; /* growth[2026] is a name */
    const char *second = year ? memchr(bracket + 1, '[', text.size - size - 1) : NULL;
    if (year) {
        bracket = second;
        size = second ? (size_t)(second - text.bytes) : text.size;
    }
    aici_slice name = aici_slice_trim((aici_slice){text.bytes, size});
    if (name.size == 0)
        return refuse(self, head->begin, head->end, "a column has no name");
    if (bracket && (text.bytes[text.size - 1] != ']' || text.size - size < 3))
        return refuse(self, head->begin, head->end, "behind the name of a column stands something other than its unit in brackets");
    return keep_head(self, head, name, bracket ? (aici_slice){bracket + 1, text.size - size - 2} : (aici_slice){"", 0}, lane);
}

static aic_status read_head(reader *self) {
    aici_sweeping *sweeping = self->sweeping;
    bool last = false;
    aic_status status = AIC_OK;
    sweeping->lane = aici_arena_take_array(sweeping->arena, AICI_SWEEP_MOST_AXES, sizeof *sweeping->lane);
    if (!sweeping->lane)
        return aici_report_memory(sweeping->report);
    while (!last && status == AIC_OK) {
        cell head;
        status = read_cell(self, &head, &last);
        if (status == AIC_OK && sweeping->lane_count == AICI_SWEEP_MOST_AXES)
            return refuse(self, head.begin, head.end, "there are more than 64 columns");
        if (status == AIC_OK)
            status = read_head_cell(self, &head, &sweeping->lane[sweeping->lane_count++]);
    }
    return status == AIC_OK ? aici_sweeping_refuse_twice(sweeping) : status;
}

/* --- the rows ------------------------------------------------------------------------------------------------------------------------- */

static aic_status keep(reader *self, const cell *found, aici_fragment *text) {
    cell *kept = aici_arena_take_array(self->sweeping->arena, 1, sizeof *kept);
    if (!kept)
        return aici_report_memory(self->sweeping->report);
    *kept = *found;
    *text = (aici_fragment){.text = found->text, .locate = locate, .origin = kept};
    return found->text.size > 0 ? AIC_OK : refuse(self, found->begin, found->end, "a value is missing");
}

static aic_status refuse_width(const reader *self, size_t begin, size_t count) {
    aici_buffer why = aici_buffer_new(self->sweeping->allocator);
    aici_buffer_add_format(&why, "expected %zu values, as the first line has names, found %zu", self->sweeping->lane_count, count);
    aic_status status =
        aici_buffer_failed(&why) ? aici_report_memory(self->sweeping->report) : refuse(self, begin, self->at, aici_buffer_text(&why));
    aici_buffer_free(&why);
    return status;
}

/** @p text NULL: rows are only counted. */
static aic_status read_row(reader *self, aici_fragment *const *text, size_t row) {
    size_t begin = self->at, count = 0;
    bool last = false;
    aic_status status = AIC_OK;
    for (; !last && status == AIC_OK; count++) {
        cell found;
        status = read_cell(self, &found, &last);
        if (status == AIC_OK && text && count < self->sweeping->lane_count)
            status = keep(self, &found, &text[count][row]);
    }
    return status == AIC_OK && count != self->sweeping->lane_count ? refuse_width(self, begin, count) : status;
}

static aic_status read_rows(reader *self, aici_fragment *const *text, size_t *count) {
    aic_status status = AIC_OK;
    *count = 0;
    for (skip_empty_lines(self); !is_at_end(self) && status == AIC_OK; skip_empty_lines(self))
        status = read_row(self, text, (*count)++);
    return status;
}

static aic_status take_lists(reader *self, size_t rows, aici_fragment **text) {
    aici_sweeping *sweeping = self->sweeping;
    sweeping->points = rows;
    for (size_t i = 0; i < sweeping->lane_count; i++) {
        text[i] = aici_arena_take_array(sweeping->arena, rows, sizeof *text[i]);
        if (!text[i])
            return aici_report_memory(sweeping->report);
        sweeping->lane[i].text = text[i];
        sweeping->lane[i].count = rows;
    }
    return AIC_OK;
}

aic_status aici_sweeping_read_rows(aici_sweeping *sweeping) {
    const char *name = sweeping->wish->rows_name ? sweeping->wish->rows_name : "";
    reader self = {sweeping, aici_source_new(sweeping->arena, name, sweeping->wish->rows, sweeping->wish->rows_size), 0};
    aici_fragment *text[AICI_SWEEP_MOST_AXES];
    size_t rows = 0, first;
    if (!self.source)
        return aici_report_memory(sweeping->report);
    sweeping->together = true;
    skip_empty_lines(&self);
    aic_status status = is_at_end(&self) ? refuse(&self, 0, 1, "there are no names and no rows") : read_head(&self);
    first = self.at;
    if (status == AIC_OK)
        status = read_rows(&self, NULL, &rows);
    if (status == AIC_OK && rows == 0)
        status = refuse(&self, 0, first, "there are no rows below the names");
    if (status == AIC_OK)
        status = take_lists(&self, rows, text);
    self.at = first;
    return status == AIC_OK ? read_rows(&self, text, &rows) : status;
}
