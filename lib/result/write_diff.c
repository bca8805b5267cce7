/* SPDX-License-Identifier: MIT */
/*
 * What differs between two scenarios, as text, Markdown and CSV; JSON is in write_diff_json.c. A table of assumptions and inputs, the
 * formulas one below the other, a table of results with the causes of each below it. What is compared, and what a cause does, is known
 * already.
 */
#include "base/number.h"
#include "result/differences.h"

#include <math.h>
#include <string.h>

enum { NAME, FIRST, SECOND, CHANGE, RELATIVE, SHARE, MOST_COLUMNS };

static const char *const heads[MOST_COLUMNS] = {"", "A", "B", "change", "relative", "of the change"};

/* Rows in the making. */
typedef struct sheet {
    aici_writer *writer;
    const char **cell;
    size_t columns, rows;
} sheet;

/* --- cells ---------------------------------------------------------------------------------------------------------------------------- */

/** How many values are side by side: one, or one a year. */
static size_t count_values(const aici_result_difference *difference) { return difference->year ? difference->year_count : 1; }

/** A value for people as the quantity of side @p by is shown; "" for NaN. */
static const char *show_value(aici_writer *writer, const aici_result_difference *difference, size_t by, double value) {
    const aici_result_quantity *quantity = difference->side[by];
    const aic_result *whole = writer->result;
    aici_figure figure = {value * quantity->scale, quantity->dimension, quantity->preferred};
    if (isnan(value))
        return "";
    writer->result = whole->diff->side[by]; /* whose units they are */
    const char *shown = aici_writer_show(writer, &figure, writer->digits);
    writer->result = whole;
    return shown;
}

const char *aici_difference_show_side(aici_writer *writer, const aici_result_difference *difference, size_t side, size_t index) {
    const aici_result_quantity *quantity = difference->side[side];
    if (!quantity)
        return "";
    if (quantity->is_text)
        return quantity->text;
    return show_value(writer, difference, difference->is_apart ? side : difference->shown_by, difference->value[side][index]);
}

/** Second - first and second / first of value @p index, NaN where there is none; returns whether the two differ there. */
static bool find_change(const aici_result_difference *difference, size_t index, double *change, double *ratio) {
    bool both = !difference->is_apart && difference->value[0] && difference->value[1];
    double first = both ? difference->value[0][index] : (double)NAN, second = both ? difference->value[1][index] : (double)NAN;
    *change = index == difference->at ? difference->change : second - first;
    *ratio = index == difference->at ? difference->ratio : first != 0 ? second / first : (double)NAN;
    return !both || !(fabs(*change) <= 1e-12 * fmax(fabs(first), fabs(second)));
}

/* "600M query/day = visits * 10", "1.1 (default)". */
static const char *side_cell(aici_writer *writer, const aici_result_difference *difference, size_t side, size_t index) {
    const aici_result_quantity *quantity = difference->side[side];
    const char *shown = aici_difference_show_side(writer, difference, side, index);
    bool given = quantity && (quantity->role == AIC_ROLE_ASSUMPTION || quantity->role == AIC_ROLE_INPUT);
    aici_buffer_add_text(&writer->text, *shown ? shown : "-");
    if (given && *quantity->formula && !difference->is_attributed)
        aici_buffer_add_format(&writer->text, " = %s", quantity->formula);
    if (quantity && quantity->is_default)
        aici_buffer_add_text(&writer->text, " (default)");
    return aici_writer_keep(writer);
}

static void add_digits(aici_writer *writer, double value) {
    char text[AICI_NUMBER_TEXT_BYTES];
    aici_buffer_add(&writer->text, text, aici_number_write_digits(value, writer->digits, text));
}

static const char *percent_cell(aici_writer *writer, double fraction, const char *plus) {
    if (!isfinite(fraction))
        return "";
    aici_buffer_add_text(&writer->text, fraction > 0 ? plus : "");
    add_digits(writer, 100 * fraction);
    aici_buffer_add_text(&writer->text, " %");
    return aici_writer_keep(writer);
}

/* What became ten times as much, or more, is not said in percent. */
static const char *relative_cell(aici_writer *writer, double change, double first, double ratio) {
    if (isfinite(ratio) && ratio >= 10) {
        aici_buffer_add_text(&writer->text, "× ");
        add_digits(writer, ratio);
        return aici_writer_keep(writer);
    }
    return percent_cell(writer, change / fabs(first), "+");
}

static const char *signed_cell(aici_writer *writer, const aici_result_difference *difference, double value) {
    const char *shown = show_value(writer, difference, difference->shown_by, value);
    aici_buffer_add_format(&writer->text, "%s%s", value > 0 ? "+" : "", shown);
    return aici_writer_keep(writer);
}

static const char *name_cell(aici_writer *writer, const aici_result_difference *difference, size_t index) {
    if (!difference->year)
        return difference->name;
    aici_buffer_add_format(&writer->text, "%s[%d]", difference->name, difference->year[index]);
    return aici_writer_keep(writer);
}

static const char *remark_cell(const aici_result_difference *difference) {
    if (!difference->side[0])
        return "only in B";
    if (!difference->side[1])
        return "only in A";
    return difference->is_apart ? "other dimension" : "";
}

/* --- rows ----------------------------------------------------------------------------------------------------------------------------- */

static const char **next_row(sheet *into) { return into->cell + into->columns * into->rows++; }

static void add_row(sheet *into, const aici_result_difference *difference, size_t index, double change, double ratio) {
    aici_writer *writer = into->writer;
    const char **cell = next_row(into);
    cell[NAME] = name_cell(writer, difference, index);
    cell[FIRST] = side_cell(writer, difference, 0, index);
    cell[SECOND] = side_cell(writer, difference, 1, index);
    cell[CHANGE] = isfinite(change) ? signed_cell(writer, difference, change) : remark_cell(difference);
    if (isfinite(change))
        cell[RELATIVE] = relative_cell(writer, change, difference->value[0][index], ratio);
}

/* "  by rate", "  by rate (2027)", "  interaction". */
static const char *effect_cell(aici_writer *writer, const aici_result_difference *difference, const char *name) {
    aici_buffer_add_format(&writer->text, "  %s%s", name ? "by " : "", name ? name : "interaction");
    if (difference->year)
        aici_buffer_add_format(&writer->text, " (%d)", difference->year[difference->at]);
    return aici_writer_keep(writer);
}

/* Name NULL: the interaction. */
static void add_effect(sheet *into, const aici_result_difference *difference, const char *name, double effect) {
    const char **cell = next_row(into);
    cell[NAME] = effect_cell(into->writer, difference, name);
    cell[CHANGE] = isfinite(effect) ? signed_cell(into->writer, difference, effect) : "unknown";
    cell[SHARE] = percent_cell(into->writer, effect / difference->change, "");
}

static void add_difference(sheet *into, const aici_result_difference *difference) {
    double change, ratio;
    bool both = difference->side[0] && difference->side[1]; /* of what only one has, one year is enough for people */
    for (size_t i = 0; i < count_values(difference); i++)
        if ((find_change(difference, i, &change, &ratio) && both) || i == difference->at)
            add_row(into, difference, i, change, ratio);
    for (size_t i = 0; i < difference->cause_count; i++)
        add_effect(into, difference, difference->cause[i].name, difference->cause[i].effect);
    if (difference->is_attributed && difference->interaction != 0)
        add_effect(into, difference, NULL, difference->interaction);
}

static size_t most_rows(const aici_result_difference *difference, size_t count) {
    size_t rows = 1;
    for (size_t i = 0; i < count; i++)
        rows += count_values(&difference[i]) + difference[i].cause_count + 1;
    return rows;
}

static void add_table(aici_writer *writer, const aici_result_difference *difference, size_t count, size_t columns, int format) {
    sheet rows = {
        .writer = writer, .cell = aici_writer_cells(writer, most_rows(difference, count) * columns), .columns = columns, .rows = 1};
    if (!rows.cell)
        return;
    memcpy(rows.cell, heads, columns * sizeof *heads);
    for (size_t i = 0; i < count; i++)
        add_difference(&rows, &difference[i]);
    aici_table table = {.cell = rows.cell, .column_count = columns, .row_count = rows.rows, .align = "lrrrrr"};
    if (format == AIC_FORMAT_MARKDOWN)
        aici_table_add_markdown(&table, writer->out);
    else
        aici_table_add_text(&table, (int)writer->width, writer->out);
}

/* --- text and Markdown ---------------------------------------------------------------------------------------------------------------- */

static void add_heading(aici_writer *writer, const char *heading, int format) {
    aici_buffer_add_format(writer->out, format == AIC_FORMAT_MARKDOWN ? "\n### %s\n\n" : "\n%s\n\n", heading);
}

static void add_scenario(aici_writer *writer, const char *letter, const aic_result *side, int format) {
    aici_buffer_add_format(writer->out, "%s%s: ", format == AIC_FORMAT_MARKDOWN ? "* " : "", letter);
    aici_cell_add(writer->out, side->title);
    aici_buffer_add_text(writer->out, *side->title && *side->file ? "  " : "");
    aici_cell_add(writer->out, side->file);
    aici_cell_trim(writer->out);
    aici_buffer_add_char(writer->out, '\n');
}

/* Markdown would take the signs of a formula for its own. */
static void add_formula_side(aici_writer *writer, const char *letter, const char *formula, int format) {
    const char *mark = formula && format == AIC_FORMAT_MARKDOWN ? "`" : "";
    aici_buffer_add_format(writer->out, "%s%s: %s", format == AIC_FORMAT_MARKDOWN ? "    * " : "    ", letter, mark);
    if (!formula)
        aici_buffer_add_text(writer->out, "-");
    else if (format == AIC_FORMAT_MARKDOWN)
        aici_cell_add(writer->out, formula);
    else
        aici_writer_fill(writer, formula, aici_piece_operand, "", 7);
    aici_buffer_add_format(writer->out, "%s\n", mark);
}

static void add_formula(aici_writer *writer, const aici_result_formula *formula, int format) {
    bool is_kind = strcmp(formula->what, "kind") == 0;
    aici_buffer_add_text(writer->out, format == AIC_FORMAT_MARKDOWN ? "* " : "");
    aici_cell_add(writer->out, formula->name);
    aici_buffer_add_text(writer->out, is_kind ? " (kind)\n" : "\n");
    add_formula_side(writer, "A", formula->side[0], format);
    add_formula_side(writer, "B", formula->side[1], format);
}

static void add_explanation(aici_writer *writer) {
    aici_buffer text = aici_buffer_new(writer->out->allocator);
    const aici_result_diff *diff = writer->result->diff;
    aici_buffer_add_text(
        &text, "Below each result: what it moves by when this alone is taken from B, and what then is left of the change (interaction).");
    for (size_t i = 0; i < diff->unattributed_count; i++)
        aici_buffer_add_format(&text, "%s%s", i ? ", " : " Not to be had alone, so left to the interaction: ", diff->unattributed[i]);
    aici_buffer_add_text(&text, diff->unattributed_count ? "." : "");
    aici_buffer_add_char(writer->out, '\n');
    aici_writer_fill(writer, aici_buffer_text(&text), aici_piece_word, "", 0);
    aici_buffer_add_char(writer->out, '\n');
    writer->failed = writer->failed || aici_buffer_failed(&text);
    aici_buffer_free(&text);
}

static bool is_any_attributed(const aici_result_diff *diff) {
    for (size_t i = 0; i < diff->result_count; i++)
        if (diff->result[i].is_attributed)
            return true;
    return false;
}

static void write_people(aici_writer *writer, int format) {
    const aici_result_diff *diff = writer->result->diff;
    add_scenario(writer, "A", diff->side[0], format);
    add_scenario(writer, "B", diff->side[1], format);
    if (diff->assumption_count) {
        add_heading(writer, "assumptions and inputs", format);
        add_table(writer, diff->assumption, diff->assumption_count, SHARE, format);
    }
    if (diff->formula_count)
        add_heading(writer, "formulas", format);
    for (size_t i = 0; i < diff->formula_count; i++)
        add_formula(writer, &diff->formula[i], format);
    if (diff->result_count) {
        add_heading(writer, "results", format);
        add_table(writer, diff->result, diff->result_count, MOST_COLUMNS, format);
    }
    if (is_any_attributed(diff))
        add_explanation(writer);
    if (!diff->assumption_count && !diff->formula_count && !diff->result_count)
        aici_buffer_add_text(writer->out, "\nnothing differs\n");
}

/* --- CSV ------------------------------------------------------------------------------------------------------------------------------ */

enum {
    CSV_SECTION,
    CSV_NAME,
    CSV_YEAR,
    CSV_FIRST,
    CSV_SECOND,
    CSV_UNIT,
    CSV_OTHER_UNIT,
    CSV_CHANGE,
    CSV_RATIO,
    CSV_BY,
    CSV_SHARE,
    CSV_COLUMNS
};

static const char *csv_value(aici_writer *writer, const aici_result_difference *difference, size_t side, size_t index) {
    const aici_result_quantity *quantity = difference->side[side];
    if (!quantity)
        return "";
    return quantity->is_text ? quantity->text : aici_writer_number(writer, difference->value[side][index]);
}

static const char **csv_row(sheet *into, const char *section, const aici_result_difference *difference, size_t index) {
    const char **cell = next_row(into);
    cell[CSV_SECTION] = section;
    cell[CSV_NAME] = difference->name;
    cell[CSV_YEAR] = difference->year ? aici_writer_integer(into->writer, difference->year[index]) : "";
    cell[CSV_UNIT] = difference->unit;
    return cell;
}

static void add_csv_effect(sheet *into, const aici_result_difference *difference, const char *name, double effect) {
    bool is_cause = name != NULL;
    const char **cell = csv_row(into, is_cause ? "effect" : "interaction", difference, difference->at);
    cell[CSV_CHANGE] = aici_writer_number(into->writer, effect);
    cell[CSV_BY] = is_cause ? name : "";
    cell[CSV_SHARE] = aici_writer_number(into->writer, effect / difference->change + 0.0);
}

static void add_csv_difference(sheet *into, const char *section, const aici_result_difference *difference) {
    aici_writer *writer = into->writer;
    for (size_t i = 0; i < count_values(difference); i++) {
        double change, ratio;
        const char **cell = csv_row(into, section, difference, i);
        find_change(difference, i, &change, &ratio);
        cell[CSV_FIRST] = csv_value(writer, difference, 0, i);
        cell[CSV_SECOND] = csv_value(writer, difference, 1, i);
        cell[CSV_OTHER_UNIT] = difference->is_apart ? difference->side[1]->unit : "";
        cell[CSV_CHANGE] = aici_writer_number(writer, change);
        cell[CSV_RATIO] = aici_writer_number(writer, ratio);
    }
    for (size_t i = 0; i < difference->cause_count; i++)
        add_csv_effect(into, difference, difference->cause[i].name, difference->cause[i].effect);
    if (difference->is_attributed)
        add_csv_effect(into, difference, NULL, difference->interaction);
}

static void add_csv_formula(sheet *into, const aici_result_formula *formula) {
    const char **cell = next_row(into);
    cell[CSV_SECTION] = formula->what;
    cell[CSV_NAME] = formula->name;
    cell[CSV_FIRST] = formula->side[0];
    cell[CSV_SECOND] = formula->side[1];
}

static void add_csv_unattributed(sheet *into, const char *name) {
    const char **cell = next_row(into);
    cell[CSV_SECTION] = "unattributed";
    cell[CSV_BY] = name;
}

static void write_csv(aici_writer *writer) {
    static const char *const head[CSV_COLUMNS] = {"section",    "name",   "year",  "a",  "b",    "unit",
                                                  "other_unit", "change", "ratio", "by", "share"};
    const aici_result_diff *diff = writer->result->diff;
    size_t most = most_rows(diff->assumption, diff->assumption_count) + most_rows(diff->result, diff->result_count) + diff->formula_count +
                  diff->unattributed_count;
    sheet rows = {.writer = writer, .cell = aici_writer_cells(writer, most * CSV_COLUMNS), .columns = CSV_COLUMNS, .rows = 1};
    if (!rows.cell)
        return;
    memcpy(rows.cell, head, sizeof head);
    for (size_t i = 0; i < diff->assumption_count; i++)
        add_csv_difference(&rows, "assumption", &diff->assumption[i]);
    for (size_t i = 0; i < diff->formula_count; i++)
        add_csv_formula(&rows, &diff->formula[i]);
    for (size_t i = 0; i < diff->result_count; i++)
        add_csv_difference(&rows, "result", &diff->result[i]);
    for (size_t i = 0; i < diff->unattributed_count; i++)
        add_csv_unattributed(&rows, diff->unattributed[i]);
    aici_table table = {.cell = rows.cell, .column_count = CSV_COLUMNS, .row_count = rows.rows, .align = ""};
    aici_table_add_csv(&table, writer->out);
}

void aici_write_diff(aici_writer *writer, int format) {
    if (format == AIC_FORMAT_CSV)
        write_csv(writer);
    else
        write_people(writer, format);
}
