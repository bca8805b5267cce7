/* SPDX-License-Identifier: MIT */
/*
 * The values of a scenario for people: model by model, single values one a line with their formula, series as a table over the years, then
 * what was left out and which defaults stand. As CSV: one row a value. Assumptions and inputs are listed on request, or when they were
 * asked for by name.
 */
#include "result/series.h"
#include "result/writer.h"

#include <string.h>

enum { INDENT = 2, GAP = 2, SMALLEST_REMARK = 16 };

/* A run of quantities that belong together: of one model, all assumptions, all calculations. */
typedef struct section {
    const char *model; /* "" for assumptions and calculations */
    const char *heading;
    size_t first, end;
} section;

/* Columns of the lines of single values, the same in all sections. */
typedef struct columns {
    size_t name, number, unit;
} columns;

/* --- sections ------------------------------------------------------------------------------------------------------------------------- */

static bool is_visible(const aici_writer *writer, const aici_result_quantity *quantity) {
    bool computed = quantity->role == AIC_ROLE_OUTPUT || quantity->role == AIC_ROLE_CALCULATION;
    bool made_by_default =
        quantity->is_default && quantity->year; /* a series that the kind makes from a start and a growth is worth a row */
    return computed || made_by_default || quantity->is_named || writer->everything;
}

static bool belong_together(const aici_result_quantity *left, const aici_result_quantity *right) {
    return strcmp(left->model, right->model) == 0 && (*left->model || left->role == right->role);
}

static const aici_result_model *find_model(const aic_result *result, const char *name) {
    for (size_t i = 0; i < result->model_count; i++) {
        if (strcmp(result->model[i].name, name) == 0)
            return &result->model[i];
    }
    return NULL;
}

static const char *heading_of(aici_writer *writer, const aici_result_quantity *quantity) {
    const aici_result_model *model = find_model(writer->result, quantity->model);
    if (!*quantity->model)
        return quantity->role == AIC_ROLE_ASSUMPTION ? "assumptions" : "calculations";
    if (!model)
        return quantity->model;
    aici_buffer_add_format(&writer->text, "%s  %s%s%s", model->name, model->kind, *model->title ? ": " : "", model->title);
    return aici_writer_keep(writer);
}

static section section_at(aici_writer *writer, size_t first) {
    const aic_result *result = writer->result;
    const aici_result_quantity *head = &result->quantity[first];
    size_t end = first + 1;
    while (end < result->quantity_count && belong_together(head, &result->quantity[end]))
        end++;
    return (section){head->model, heading_of(writer, head), first, end};
}

static bool has_visible(const aici_writer *writer, const section *of) {
    for (size_t i = of->first; i < of->end; i++) {
        if (is_visible(writer, &writer->result->quantity[i]))
            return true;
    }
    return false;
}

static bool is_single(const aici_writer *writer, size_t index) {
    const aici_result_quantity *quantity = &writer->result->quantity[index];
    return is_visible(writer, quantity) && !quantity->year;
}

/* The series of a section that are shown; their number in *count. NULL when there are none. */
static const aici_result_quantity **series_of(aici_writer *writer, const section *of, size_t *count) {
    const aici_result_quantity **series = aici_arena_take_array(writer->arena, of->end - of->first, sizeof *series);
    *count = 0;
    writer->failed = writer->failed || !series;
    for (size_t i = of->first; series && i < of->end; i++) {
        const aici_result_quantity *quantity = &writer->result->quantity[i];
        if (is_visible(writer, quantity) && quantity->year)
            series[(*count)++] = quantity;
    }
    return *count ? series : NULL;
}

/* --- lines of single values ----------------------------------------------------------------------------------------------------------- */

static const char *remark_of(const aici_result_quantity *quantity) {
    if (quantity->role == AIC_ROLE_OUTPUT || quantity->role == AIC_ROLE_CALCULATION)
        return quantity->formula;
    if (quantity->is_default)
        return "(default)";
    return *quantity->formula ? quantity->formula : quantity->source;
}

static size_t larger(size_t left, size_t right) { return left > right ? left : right; }

static columns measure(aici_writer *writer) {
    columns found = {0, 0, 0};
    for (size_t i = 0; i < writer->result->quantity_count; i++) {
        if (!is_single(writer, i))
            continue;
        const aici_result_quantity *quantity = &writer->result->quantity[i];
        const char *number, *unit;
        aici_split_shown(writer, aici_writer_show_value(writer, quantity, 0), &number, &unit);
        found.name = larger(found.name, aici_cell_width(aici_name_for_people(writer, quantity)));
        found.number = larger(found.number, aici_cell_width(number));
        found.unit = larger(found.unit, aici_cell_width(unit));
    }
    return found;
}

static size_t room_for_remarks(const aici_writer *writer, const columns *at) {
    size_t used = INDENT + at->name + GAP + at->number + 1 + at->unit + GAP;
    return used + SMALLEST_REMARK <= writer->width ? writer->width - used : 0;
}

static void add_single(aici_writer *writer, const columns *at, const aici_result_quantity *quantity) {
    aici_buffer *out = writer->out;
    const char *number, *unit;
    aici_split_shown(writer, aici_writer_show_value(writer, quantity, 0), &number, &unit);
    aici_buffer_add_repeated(out, ' ', INDENT);
    aici_cell_add_padded(out, aici_name_for_people(writer, quantity), at->name + GAP, 'l');
    aici_cell_add_padded(out, number, at->number, 'r');
    aici_buffer_add_char(out, ' ');
    aici_cell_add_padded(out, unit, at->unit + GAP, 'l');
    aici_cell_add_cut(out, remark_of(quantity), room_for_remarks(writer, at));
    aici_cell_trim(out);
    aici_buffer_add_char(out, '\n');
}

/* --- what was left out, which defaults stand ------------------------------------------------------------------------------------------ */

static bool is_of(const char *name, const char *model) { return aici_local_name(name, model) != name; }

/* What was left out stands in the result model by model, and so do defaults: where those of each begin is noted once. */
static void note_model(aici_writer *writer, aici_names *first, aici_slice model, size_t index) {
    uint32_t known;
    if (!aici_names_find(first, model, &known) && !aici_names_add(first, model, (uint32_t)index))
        writer->failed = true;
}

static void begin_notes(aici_writer *writer) {
    const aic_result *result = writer->result;
    writer->left_out = aici_names_new(writer->out->allocator);
    writer->defaults = aici_names_new(writer->out->allocator);
    writer->failed = writer->failed || !writer->left_out || !writer->defaults;
    for (size_t i = 0; i < result->missing_count && !writer->failed; i++)
        note_model(writer, writer->left_out, (aici_slice){result->missing[i].name, strcspn(result->missing[i].name, ".")}, i);
    for (size_t i = 0; i < result->standing_count && !writer->failed; i++)
        note_model(writer, writer->defaults, aici_slice_of(result->standing[i].model), i);
}

static void end_notes(aici_writer *writer) {
    aici_names_free(writer->left_out);
    aici_names_free(writer->defaults);
    writer->left_out = writer->defaults = NULL;
}

/* The first of a model, or @p count when it has none. */
static size_t first_of(const aici_names *first, const char *model, size_t count) {
    uint32_t index;
    return aici_names_find(first, aici_slice_of(model), &index) ? index : count;
}

static bool is_first_that_needs(const aic_result *result, size_t first, size_t index) {
    for (size_t i = first; i < index; i++) {
        if (strcmp(result->missing[i].needs, result->missing[index].needs) == 0)
            return false;
    }
    return true;
}

/* The first few of those that need the same input. */
static void add_group(aici_writer *writer, aici_buffer *text, size_t index, const char *model) {
    enum { MOST_NAMED = 3 };
    const aic_result *result = writer->result;
    size_t count = 0;
    for (size_t i = index; i < result->missing_count && is_of(result->missing[i].name, model); i++) {
        if (strcmp(result->missing[i].needs, result->missing[index].needs) != 0)
            continue;
        if (count++ < MOST_NAMED)
            aici_buffer_add_format(text, "%s%s", count > 1 ? ", " : "", aici_local_name(result->missing[i].name, model));
    }
    aici_buffer_add_format(text, "%s (%s %s)", count > MOST_NAMED ? ", …" : "", count > 1 ? "need" : "needs", result->missing[index].needs);
}

static void collect_left_out(aici_writer *writer, const char *model, aici_buffer *text) {
    const aic_result *result = writer->result;
    size_t first = first_of(writer->left_out, model, result->missing_count);
    for (size_t i = first; i < result->missing_count && is_of(result->missing[i].name, model); i++) {
        if (!is_first_that_needs(result, first, i))
            continue;
        aici_buffer_add_text(text, text->size ? "; " : "");
        add_group(writer, text, i, model);
    }
}

static void collect_defaults(aici_writer *writer, const char *model, aici_buffer *text) {
    const aic_result *result = writer->result;
    size_t first = first_of(writer->defaults, model, result->standing_count);
    for (size_t i = first; i < result->standing_count && strcmp(result->standing[i].model, model) == 0; i++) {
        const aici_result_quantity *standing = &result->standing[i];
        const char *shown = aici_writer_show_value(writer, standing, 0);
        aici_buffer_add_format(text, "%s%s = %s%s", text->size ? ", " : "", aici_local_name(standing->name, model), shown,
                               standing->year_count > 1 ? " …" : "");
    }
}

static void add_paragraph(aici_writer *writer, const char *title, void (*collect)(aici_writer *, const char *, aici_buffer *),
                          const char *model, int format) {
    aici_buffer text = aici_buffer_new(writer->out->allocator);
    collect(writer, model, &text);
    if (text.size && format == AIC_FORMAT_MARKDOWN)
        aici_buffer_add_format(writer->out, "%s: %s\n\n", title, aici_buffer_text(&text));
    else if (text.size) {
        aici_buffer_add_repeated(writer->out, ' ', INDENT);
        aici_buffer_add_format(writer->out, "%s: ", title);
        aici_writer_fill(writer, aici_buffer_text(&text), aici_piece_item, "", 2 * INDENT);
        aici_buffer_add_char(writer->out, '\n');
    }
    writer->failed = writer->failed || aici_buffer_failed(&text);
    aici_buffer_free(&text);
}

static void add_paragraphs(aici_writer *writer, const char *model, int format) {
    if (!*model)
        return;
    add_paragraph(writer, "left out", collect_left_out, model, format);
    add_paragraph(writer, "defaults", collect_defaults, model, format);
}

/* --- text ----------------------------------------------------------------------------------------------------------------------------- */

static void add_text_section(aici_writer *writer, const columns *at, const section *of) {
    size_t count;
    aici_cell_add_cut(writer->out, of->heading, writer->width);
    aici_buffer_add_char(writer->out, '\n');
    for (size_t i = of->first; i < of->end; i++) {
        if (is_single(writer, i))
            add_single(writer, at, &writer->result->quantity[i]);
    }
    const aici_result_quantity **series = series_of(writer, of, &count);
    if (series)
        aici_add_series_text(writer, series, count, INDENT);
    add_paragraphs(writer, of->model, AIC_FORMAT_TEXT);
}

/* --- Markdown ------------------------------------------------------------------------------------------------------------------------- */

static void add_markdown_singles(aici_writer *writer, const section *of) {
    static const char *const head[] = {"quantity", "value", "formula"};
    const char **cell = aici_writer_cells(writer, (of->end - of->first + 1) * 3);
    size_t used = 3;
    if (!cell)
        return;
    memcpy(cell, head, sizeof head);
    for (size_t i = of->first; i < of->end; i++) {
        if (!is_single(writer, i))
            continue;
        const aici_result_quantity *quantity = &writer->result->quantity[i];
        cell[used++] = aici_name_for_people(writer, quantity);
        cell[used++] = aici_writer_show_value(writer, quantity, 0);
        cell[used++] = remark_of(quantity);
    }
    aici_table table = {.cell = cell, .column_count = 3, .row_count = used / 3, .align = "lrl"};
    if (table.row_count > 1) {
        aici_table_add_markdown(&table, writer->out);
        aici_buffer_add_char(writer->out, '\n');
    }
}

static void add_markdown_section(aici_writer *writer, const section *of) {
    size_t count;
    aici_buffer_add_text(writer->out, "### ");
    aici_cell_add(writer->out, of->heading);
    aici_buffer_add_text(writer->out, "\n\n");
    add_markdown_singles(writer, of);
    const aici_result_quantity **series = series_of(writer, of, &count);
    if (series)
        aici_add_series_markdown(writer, series, count);
    add_paragraphs(writer, of->model, AIC_FORMAT_MARKDOWN);
}

/* --- CSV ------------------------------------------------------------------------------------------------------------------------------ */

enum { CSV_COLUMNS = 7 };

static size_t rows_of(const aici_result_quantity *quantity) { return quantity->year ? quantity->year_count : 1; }

static void fill_csv_row(aici_writer *writer, const aici_result_quantity *quantity, size_t index, const char **cell) {
    static const char *const role[] = {"assumption", "input", "output", "calculation"};
    cell[0] = quantity->name;
    cell[1] = role[quantity->role];
    cell[2] = quantity->year ? aici_writer_integer(writer, quantity->year[index]) : "";
    cell[3] = quantity->is_text ? quantity->text : aici_writer_number(writer, quantity->value[index]);
    cell[4] = quantity->unit;
    cell[5] = aici_writer_show_value(writer, quantity, index);
    cell[6] = quantity->source;
}

static void write_csv(aici_writer *writer) {
    static const char *const head[CSV_COLUMNS] = {"name", "role", "year", "value", "unit", "display", "source"};
    const aic_result *result = writer->result;
    size_t rows = 1, width = CSV_COLUMNS + aici_statistics_columns(result);
    for (size_t i = 0; i < result->quantity_count; i++)
        rows += rows_of(&result->quantity[i]);
    const char **cell = aici_writer_cells(writer, rows * width), **row = cell;
    if (!cell)
        return;
    memcpy(row, head, sizeof head);
    aici_fill_statistics_head(writer, row + CSV_COLUMNS);
    for (size_t i = 0; i < result->quantity_count; i++) {
        for (size_t k = 0; k < rows_of(&result->quantity[i]); k++) {
            fill_csv_row(writer, &result->quantity[i], k, row += width);
            aici_fill_statistics_row(writer, &result->quantity[i], k, row + CSV_COLUMNS);
        }
    }
    aici_table table = {.cell = cell, .column_count = width, .row_count = rows, .align = "lllrlll"};
    aici_table_add_csv(&table, writer->out);
}

/* ------------------------------------------------------------------------------------------------------------------------------ */

static void write_by_section(aici_writer *writer, int format) {
    columns at = measure(writer);
    size_t written = 0;
    for (section of = {0}; of.end < writer->result->quantity_count;) {
        of = section_at(writer, of.end);
        if (!has_visible(writer, &of))
            continue;
        written++;
        if (format == AIC_FORMAT_MARKDOWN)
            add_markdown_section(writer, &of);
        else {
            aici_buffer_add_text(writer->out, written > 1 ? "\n" : "");
            add_text_section(writer, &at, &of);
        }
    }
    if (!written)
        aici_buffer_add_text(writer->out, "nothing is computed here: outputs come from `models` and `calculations`\n");
    if (format == AIC_FORMAT_TEXT && at.name && !room_for_remarks(writer, &at))
        aici_buffer_add_text(writer->out, "\n(no room for: formula)\n");
}

void aici_write_values(aici_writer *writer, int format) {
    if (format == AIC_FORMAT_CSV) {
        write_csv(writer);
        return;
    }
    aici_writer_add_title(writer, format);
    begin_notes(writer);
    if (!writer->failed)
        write_by_section(writer, format);
    end_notes(writer);
    aici_add_uncertainty(writer, format);
}
