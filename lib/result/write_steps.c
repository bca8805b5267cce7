/* SPDX-License-Identifier: MIT */
/*
 * A derivation as one would write it on paper: a name, its formula, the formula with the values in it, the value; below it, indented, the
 * same for each name in the formula, down to figures with their sources. As CSV: a row a step.
 */
#include "result/writer.h"

#include <limits.h>
#include <string.h>

/* What is drawn at the left of the lines of a step. */
typedef struct drawing {
    aici_writer *writer;
    const bool *has_next; /* one a step: a sibling follows */
    bool *open;           /* one a level: a line goes on down */
    size_t *ancestor;     /* one a level: the step that stands there now */
    size_t step;
    const char *branch, *stem; /* at the left of the first line, and of the others */
} drawing;

static const aici_result_step *step_of(const drawing *at) { return &at->writer->result->step[at->step]; }

/* --- the tree ------------------------------------------------------------------------------------------------------------------------- */

static size_t deepest(const aic_result *result) {
    size_t depth = 0;
    for (size_t i = 0; i < result->step_count; i++)
        depth = result->step[i].depth > depth ? result->step[i].depth : depth;
    return depth;
}

static void find_siblings(const aic_result *result, bool *has_next, bool *seen, size_t levels) {
    for (size_t i = result->step_count; i-- > 0;) {
        size_t depth = result->step[i].depth;
        has_next[i] = seen[depth];
        seen[depth] = true;
        memset(seen + depth + 1, 0, levels - depth - 1);
    }
}

/* The lines of all levels from 1 up to @p level. */
static void add_levels(drawing *at, size_t level) {
    for (size_t i = 1; i <= level; i++)
        aici_buffer_add_text(&at->writer->text, at->open[i] ? "│  " : "   ");
}

static void enter(drawing *at, size_t step) {
    at->step = step;
    size_t depth = step_of(at)->depth;
    at->ancestor[depth] = step;
    at->open[depth] = at->has_next[step];
    if (depth)
        add_levels(at, depth - 1);
    aici_buffer_add_text(&at->writer->text, depth == 0 ? "" : at->open[depth] ? "├─ " : "└─ ");
    at->branch = aici_writer_keep(at->writer);
    add_levels(at, depth);
    at->stem = aici_writer_keep(at->writer);
}

/* --- lines ---------------------------------------------------------------------------------------------------------------------------- */

static void end_line(aici_writer *writer) {
    aici_cell_trim(writer->out);
    aici_buffer_add_char(writer->out, '\n');
}

static const char *where_text(drawing *at) {
    const aici_result_step *step = step_of(at);
    if (!step->is_default)
        return step->where;
    aici_buffer_add_format(&at->writer->text, "default of %s", step->where);
    return aici_writer_keep(at->writer);
}

/* Ends a line with the place at its right end; false when there is no room. */
static bool add_where(drawing *at, size_t column, const char *where) {
    size_t width = aici_cell_width(where), room = at->writer->margin;
    if (!*where || column + 2 + width > room)
        return !*where;
    aici_buffer_add_repeated(at->writer->out, ' ', room - column - width);
    aici_cell_add(at->writer->out, where);
    return true;
}

static void add_own_line(drawing *at, const char *lead, const char *text) {
    if (!*text)
        return;
    aici_buffer_add_format(at->writer->out, "%s   %s", at->stem, lead);
    aici_writer_fill(at->writer, text, aici_piece_word, at->stem, 3);
    end_line(at->writer);
}

/* --- the parts of a step -------------------------------------------------------------------------------------------------------------- */

static const char *display_name(drawing *at) {
    const aici_result_step *step = step_of(at);
    const char *name = step->name;
    if (step->depth) {
        const char *parent = at->writer->result->step[at->ancestor[step->depth - 1]].name;
        size_t length = aici_model_length(parent);
        if (length && length == aici_model_length(name) && memcmp(parent, name, length) == 0)
            name += length + 1;
    }
    aici_buffer_add_text(&at->writer->text, name);
    if (step->year != INT_MIN)
        aici_buffer_add_format(&at->writer->text, "[%d]", step->year);
    return aici_writer_keep(at->writer);
}

static const char *value_text(drawing *at) {
    const aici_result_step *step = step_of(at);
    return step->text ? step->text : aici_writer_show(at->writer, &step->figure, at->writer->digits);
}

static void add_years(drawing *at) {
    const aici_result_step *step = step_of(at);
    if (!step->series_year)
        return;
    aici_buffer list = aici_buffer_new(at->writer->out->allocator);
    for (size_t i = 0; i < step->series_count; i++) {
        aici_figure figure = {step->series_value[i] * step->scale, step->figure.dimension, step->figure.preferred};
        aici_buffer_add_format(&list, "%s%d: %s", i ? ", " : "", step->series_year[i],
                               aici_writer_show(at->writer, &figure, at->writer->digits));
    }
    aici_buffer_add_format(at->writer->out, "%s   ", at->stem);
    aici_writer_fill(at->writer, aici_buffer_text(&list), aici_piece_item, at->stem, 3);
    end_line(at->writer);
    at->writer->failed = at->writer->failed || aici_buffer_failed(&list);
    aici_buffer_free(&list);
}

static void add_equation_line(drawing *at, size_t name_width, const char *text) {
    aici_buffer_add_text(at->writer->out, at->stem);
    aici_buffer_add_repeated(at->writer->out, ' ', name_width);
    aici_buffer_add_text(at->writer->out, " = ");
    aici_writer_fill(at->writer, text, aici_piece_operand, at->stem, name_width + 3);
    end_line(at->writer);
}

static void add_derived(drawing *at, const char *name, const char *value) {
    aici_writer *writer = at->writer;
    const aici_result_step *step = step_of(at);
    const char *where = where_text(at), *substituted = aici_writer_substitute(writer, step);
    size_t name_width = aici_cell_width(name);
    aici_buffer_add_text(writer->out, " = ");
    bool placed = add_where(at, aici_writer_fill(writer, step->formula, aici_piece_operand, at->stem, name_width + 3), where);
    end_line(writer);
    if (*substituted && strcmp(substituted, value) != 0)
        add_equation_line(at, name_width, substituted);
    add_equation_line(at, name_width, value);
    add_years(at);
    add_own_line(at, "", step->source);
    add_own_line(at, "note: ", step->note);
    if (!placed)
        add_own_line(at, "", where);
    if (step->cut)
        add_own_line(at, "", "… (its derivation is left out here: ask for it by its name)");
}

/* Remarks on a figure stand behind it as far as the line goes, the others below it. */
static void add_figure(drawing *at, const char *name, const char *value) {
    aici_writer *writer = at->writer;
    const aici_result_step *step = step_of(at);
    const char *where = where_text(at), *remark[] = {"", step->source, step->note, step->label};
    if (*step->written && strcmp(step->written, value) != 0 && !step->repeated) {
        aici_buffer_add_format(&writer->text, "as written: %s", step->written);
        remark[0] = aici_writer_keep(writer);
    }
    size_t column = aici_cell_width(at->stem) + aici_cell_width(name) + 3 + aici_cell_width(value), i = 0;
    aici_buffer_add_text(writer->out, " = ");
    aici_cell_add(writer->out, value);
    for (; i < 4; i++) {
        size_t width = *remark[i] ? 3 + aici_cell_width(remark[i]) : 0;
        if (column + width + 2 + aici_cell_width(where) > writer->width)
            break;
        aici_buffer_add_text(writer->out, width ? "   " : "");
        aici_cell_add(writer->out, remark[i]);
        column += width;
    }
    bool placed = add_where(at, column, where);
    end_line(writer);
    add_years(at);
    for (; i < 4; i++)
        add_own_line(at, "", remark[i]);
    if (!placed)
        add_own_line(at, "", where);
}

static void add_step(drawing *at, size_t index) {
    enter(at, index);
    const aici_result_step *step = step_of(at);
    const char *name = display_name(at), *value = value_text(at);
    aici_buffer_add_text(at->writer->out, at->branch);
    aici_cell_add(at->writer->out, name);
    if (step->repeated)
        aici_buffer_add_format(at->writer->out, " = %s   (as above)\n", value);
    else if (*step->formula)
        add_derived(at, name, value);
    else
        add_figure(at, name, value);
    if (index == 0 && at->writer->result->step_count > 1)
        aici_buffer_add_char(at->writer->out, '\n');
}

static void write_text(aici_writer *writer) {
    const aic_result *result = writer->result;
    size_t levels = deepest(result) + 1;
    bool *has_next = aici_arena_take_array(writer->arena, result->step_count, sizeof *has_next);
    bool *open = aici_arena_take_array(writer->arena, levels * 2, sizeof *open);
    size_t *ancestor = aici_arena_take_array(writer->arena, levels, sizeof *ancestor);
    if (!has_next || !open || !ancestor) {
        writer->failed = true;
        return;
    }
    find_siblings(result, has_next, open + levels, levels);
    drawing at = {.writer = writer, .has_next = has_next, .open = open, .ancestor = ancestor};
    for (size_t i = 0; i < result->step_count; i++)
        add_step(&at, i);
}

/* --- Markdown ------------------------------------------------------------------------------------------------------------------------- */

/* A fence of backticks that is longer than any in the text. */
static size_t fence_length(const char *text) {
    size_t longest = 2, run = 0;
    for (; *text; text++) {
        run = *text == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest + 1;
}

static void write_markdown(aici_writer *writer) {
    aici_buffer *out = writer->out, block = aici_buffer_new(out->allocator);
    writer->out = &block;
    write_text(writer);
    writer->out = out;
    size_t fence = fence_length(aici_buffer_text(&block));
    aici_buffer_add_repeated(out, '`', fence);
    aici_buffer_add_format(out, "\n%s", aici_buffer_text(&block));
    aici_buffer_add_repeated(out, '`', fence);
    aici_buffer_add_char(out, '\n');
    writer->failed = writer->failed || aici_buffer_failed(&block);
    aici_buffer_free(&block);
}

/* --- CSV ------------------------------------------------------------------------------------------------------------------------------ */

enum { CSV_COLUMNS = 12 };

static void fill_csv_row(aici_writer *writer, const aici_result_step *step, const char **cell) {
    cell[0] = aici_writer_integer(writer, step->depth);
    cell[1] = step->name;
    cell[2] = step->year != INT_MIN ? aici_writer_integer(writer, step->year) : "";
    cell[3] = step->text ? step->text : aici_writer_number(writer, step->value);
    cell[4] = step->unit;
    cell[5] = step->text ? step->text : aici_writer_show(writer, &step->figure, writer->digits);
    cell[6] = step->formula;
    cell[7] = aici_writer_substitute(writer, step);
    cell[8] = step->written;
    cell[9] = step->source;
    cell[10] = step->note;
    cell[11] = step->where;
}

static void write_csv(aici_writer *writer) {
    static const char *const head[CSV_COLUMNS] = {"depth",   "name",        "year",    "value",  "unit", "display",
                                                  "formula", "substituted", "written", "source", "note", "where"};
    const aic_result *result = writer->result;
    const char **cell = aici_writer_cells(writer, (result->step_count + 1) * CSV_COLUMNS);
    if (!cell)
        return;
    memcpy(cell, head, sizeof head);
    for (size_t i = 0; i < result->step_count; i++)
        fill_csv_row(writer, &result->step[i], cell + (i + 1) * CSV_COLUMNS);
    aici_table table = {.cell = cell, .column_count = CSV_COLUMNS, .row_count = result->step_count + 1, .align = ""};
    aici_table_add_csv(&table, writer->out);
}

void aici_write_steps(aici_writer *writer, int format) {
    if (format == AIC_FORMAT_CSV)
        write_csv(writer);
    else if (format == AIC_FORMAT_MARKDOWN)
        write_markdown(writer);
    else
        write_text(writer);
}
