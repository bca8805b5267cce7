/* SPDX-License-Identifier: MIT */
/*
 * The verdicts on claims for people (a table and a line that sums up) and as CSV. In text, what a claim says is cut where the width ends,
 * and remarks that find no room stand below the table, so that figures and verdict are always there.
 */
#include "base/number.h"
#include "result/writer.h"

#include <math.h>
#include <string.h>

enum { COLUMNS = 7, SAYS = 1, VERDICT = 5, REMARK = 6, GAP = 2, SHORTEST_SAYS = 8, PLAIN_SAYS = 24 };

static const char *const head[COLUMNS] = {"claim", "says", "published", "computed", "ratio", "verdict", "remark"};
static const char alignment[] = "llrrrll";
static const char *const verdict_word[] = {"holds", "reading", "differs", "not checkable"};
static const char *const verdict_sign[] = {"✓", "~", "✗", "?"};
static const char *const verdict_color[] = {"32", "33", "31", "36"};
static const char *const unexpected_color[] = {"1;32", "1;33", "1;31", "1;36"};

static bool is_unexpected(const aici_result_claim *claim) { return claim->verdict != claim->expected; }

/* --- cells ---------------------------------------------------------------------------------------------------------------------------- */

static const char *show_figure(aici_writer *writer, const aici_result_claim *claim, aic_claim_figure which, int digits) {
    aici_figure figure = {claim->figure[which] * claim->scale, claim->dimension, claim->preferred};
    return isfinite(figure.coherent) ? aici_writer_show(writer, &figure, digits) : "";
}

/* "15 .. 20 USD", with the unit once where both ends have the same. */
static const char *show_range(aici_writer *writer, const aici_result_claim *claim, aic_claim_figure from, aic_claim_figure to, int digits) {
    const char *low = show_figure(writer, claim, from, digits), *high = show_figure(writer, claim, to, digits);
    const char *low_unit = strchr(low, ' '), *high_unit = strchr(high, ' ');
    bool shared = low_unit && high_unit && strcmp(low_unit, high_unit) == 0;
    aici_buffer_add(&writer->text, low, shared ? (size_t)(low_unit - low) : strlen(low));
    aici_buffer_add_format(&writer->text, " .. %s", high);
    return aici_writer_keep(writer);
}

static const char *sign_of(const char *statement) {
    return strcmp(statement, "at_least") == 0  ? "≥ "
           : strcmp(statement, "at_most") == 0 ? "≤ "
           : strcmp(statement, "about") == 0   ? "≈ "
                                               : "";
}

static int published_digits(const aici_writer *writer, const aici_result_claim *claim) {
    return claim->printed_digits > 0 ? claim->printed_digits : writer->digits;
}

static const char *published_cell(aici_writer *writer, const aici_result_claim *claim) {
    int digits = published_digits(writer, claim);
    if (strcmp(claim->statement, "between") == 0)
        return show_range(writer, claim, AIC_CLAIM_PUBLISHED_LOW, AIC_CLAIM_PUBLISHED_HIGH, digits);
    const char *shown = show_figure(writer, claim, AIC_CLAIM_PUBLISHED, digits);
    aici_buffer_add_format(&writer->text, "%s%s", *shown ? sign_of(claim->statement) : "", shown);
    return aici_writer_keep(writer);
}

static int computed_digits(const aici_writer *writer, const aici_result_claim *claim) {
    int printed = published_digits(writer, claim);
    return printed > writer->digits ? printed : writer->digits;
}

static const char *ratio_cell(aici_writer *writer, const aici_result_claim *claim) {
    char text[AICI_NUMBER_TEXT_BYTES];
    if (!isfinite(claim->figure[AIC_CLAIM_RATIO]))
        return "";
    aici_buffer_add(&writer->text, text, aici_number_write_digits(claim->figure[AIC_CLAIM_RATIO], writer->digits, text));
    return aici_writer_keep(writer);
}

static const char *verdict_cell(aici_writer *writer, const aici_result_claim *claim) {
    aici_buffer_add_format(&writer->text, "%s %s%s", verdict_sign[claim->verdict], verdict_word[claim->verdict],
                           is_unexpected(claim) ? " (!)" : "");
    return aici_writer_keep(writer);
}

/* Uncertain inputs are always worth a remark, rounded ones where a figure holds because of them, or differs in spite of them. */
static bool is_range_telling(const aici_result_claim *claim) {
    const double *figure = claim->figure;
    double computed = figure[AIC_CLAIM_COMPUTED], slack = 1e-12 * fabs(computed);
    if (!(figure[AIC_CLAIM_COMPUTED_LOW] < figure[AIC_CLAIM_COMPUTED_HIGH]))
        return false;
    return claim->samples || claim->verdict != AIC_VERDICT_HOLDS || computed < figure[AIC_CLAIM_PUBLISHED_LOW] - slack ||
           computed > figure[AIC_CLAIM_PUBLISHED_HIGH] + slack;
}

/* Enough digits to tell the ends of the computed range apart. */
static int range_digits(aici_writer *writer, const aici_result_claim *claim) {
    int digits = computed_digits(writer, claim);
    while (digits < 12 && strcmp(show_figure(writer, claim, AIC_CLAIM_COMPUTED_LOW, digits),
                                 show_figure(writer, claim, AIC_CLAIM_COMPUTED_HIGH, digits)) == 0)
        digits++;
    return digits;
}

/* "4.2 .. 4.3 USD by rounding" or "(p5 .. p95)", where that says more than the computed figure. */
static const char *range_of(aici_writer *writer, const aici_result_claim *claim) {
    if (!is_range_telling(claim))
        return "";
    const char *range = show_range(writer, claim, AIC_CLAIM_COMPUTED_LOW, AIC_CLAIM_COMPUTED_HIGH, range_digits(writer, claim));
    aici_buffer_add_format(&writer->text, claim->samples ? "%s (p5 .. p95)" : "%s by rounding", range);
    return aici_writer_keep(writer);
}

/* "utilization = 3.1 %": the first that may be so. */
static const char *reconciling_input(aici_writer *writer, const aici_result_claim *claim) {
    for (size_t i = 0; i < claim->reconcile_count; i++) {
        if (!claim->reconcile[i].within_bounds)
            continue;
        aici_buffer_add_format(&writer->text, "%s = %s", claim->reconcile[i].input, claim->reconcile[i].display);
        break;
    }
    return aici_writer_keep(writer);
}

static const char *diagnosis_of(aici_writer *writer, const aici_result_claim *claim) {
    if (claim->diagnosis_count)
        return claim->diagnosis[0].text;
    const char *input = reconciling_input(writer, claim);
    aici_buffer_add_format(&writer->text, "%s%s%s%s", claim->diagnosed ? "no simple slip" : "", claim->diagnosed && *input ? "; " : "",
                           *input ? "true with " : "", input);
    return aici_writer_keep(writer);
}

static const char *reason_of(aici_writer *writer, const aici_result_claim *claim) {
    if (claim->verdict == AIC_VERDICT_NOT_CHECKABLE)
        return claim->why;
    if (claim->verdict == AIC_VERDICT_READING)
        return claim->reading;
    const char *range = range_of(writer, claim), *diagnosis = diagnosis_of(writer, claim);
    aici_buffer_add_format(&writer->text, "%s%s%s", range, *range && *diagnosis ? "; " : "", diagnosis);
    return aici_writer_keep(writer);
}

static const char *remark_cell(aici_writer *writer, const aici_result_claim *claim) {
    const char *reason = reason_of(writer, claim);
    if (!is_unexpected(claim))
        return reason;
    aici_buffer_add_format(&writer->text, "%s was expected%s%s", verdict_word[claim->expected], *reason ? "; " : "", reason);
    return aici_writer_keep(writer);
}

static void fill_row(aici_writer *writer, const aici_result_claim *claim, const char **cell, const char **color) {
    cell[0] = claim->id;
    cell[SAYS] = claim->says;
    cell[2] = published_cell(writer, claim);
    cell[3] = show_figure(writer, claim, AIC_CLAIM_COMPUTED, computed_digits(writer, claim));
    cell[4] = ratio_cell(writer, claim);
    cell[VERDICT] = verdict_cell(writer, claim);
    cell[REMARK] = remark_cell(writer, claim);
    if (writer->color)
        color[VERDICT] = (is_unexpected(claim) ? unexpected_color : verdict_color)[claim->verdict];
}

/* --- making room ---------------------------------------------------------------------------------------------------------------------- */

static size_t widest(const aici_table *table, size_t column) {
    size_t width = 0;
    for (size_t row = 0; row < table->row_count; row++) {
        const char *cell = table->cell[row * table->column_count + column];
        size_t own = cell ? aici_cell_width(cell) : 0;
        width = own > width ? own : width;
    }
    return width;
}

static size_t width_without(const aici_table *table, size_t says, size_t remark) {
    size_t width = (table->column_count - 1) * GAP;
    for (size_t column = 0; column < table->column_count; column++)
        width += column == says || column == remark ? 0 : widest(table, column);
    return width;
}

static void cut_column(aici_writer *writer, const char **cell, size_t rows, size_t column, size_t width) {
    for (size_t row = 0; row < rows; row++) {
        const char **at = &cell[row * COLUMNS + column];
        if (*at && aici_cell_width(*at) > width) {
            aici_cell_add_cut(&writer->text, *at, width);
            *at = aici_writer_keep(writer);
        }
    }
}

static size_t smaller(size_t left, size_t right) { return left < right ? left : right; }

static void clear_column(const char **cell, size_t rows, size_t column) {
    for (size_t row = 0; row < rows; row++)
        cell[row * COLUMNS + column] = NULL;
}

/* Cuts what claims say so far that the table fits. Returns the remarks, when they had to leave the table; they stay in it while the text
 * beside them stays readable. */
static const char **make_room(aici_writer *writer, const aici_table *table, const char **cell) {
    size_t fixed = width_without(table, SAYS, REMARK), says = widest(table, SAYS), remark = widest(table, REMARK);
    size_t room = writer->width > fixed ? writer->width - fixed : 0;
    if (says + remark <= room)
        return NULL;
    const char **moved = NULL;
    if (remark + smaller(says, PLAIN_SAYS) > room && (moved = aici_writer_cells(writer, table->row_count))) {
        for (size_t row = 1; row < table->row_count; row++)
            moved[row] = cell[row * COLUMNS + REMARK];
        clear_column(cell, table->row_count, REMARK);
        room += GAP;
        remark = 0;
    }
    size_t left = room > remark ? room - remark : 0;
    if (left >= smaller(says, SHORTEST_SAYS))
        cut_column(writer, cell, table->row_count, SAYS, left);
    else
        clear_column(cell, table->row_count, SAYS);
    return moved;
}

static void add_moved(aici_writer *writer, const char *const *remark) {
    aici_buffer_add_char(writer->out, '\n');
    for (size_t i = 0; i < writer->result->claim_count; i++) {
        if (!remark[i + 1] || !*remark[i + 1])
            continue;
        aici_buffer_add_text(writer->out, "  ");
        aici_cell_add(writer->out, writer->result->claim[i].id);
        aici_buffer_add_text(writer->out, ": ");
        aici_writer_fill(writer, remark[i + 1], aici_piece_word, "", 4);
        aici_buffer_add_char(writer->out, '\n');
    }
}

/* Takes out columns that are empty but for their head; returns how many are left. */
static size_t drop_empty(const char **cell, const char **color, size_t rows, char align[COLUMNS + 1]) {
    bool full[COLUMNS] = {false};
    size_t kept = 0, at = 0;
    for (size_t i = COLUMNS; i < rows * COLUMNS; i++)
        full[i % COLUMNS] = full[i % COLUMNS] || (cell[i] && *cell[i]);
    for (size_t column = 0; column < COLUMNS; column++) {
        if (full[column])
            align[kept++] = alignment[column];
    }
    align[kept] = '\0';
    for (size_t i = 0; i < rows * COLUMNS; i++) {
        if (full[i % COLUMNS]) {
            color[at] = color[i];
            cell[at++] = cell[i];
        }
    }
    return kept;
}

/* --- text and Markdown ---------------------------------------------------------------------------------------------------------------- */

/* Whether claims say something and the table has no column for it. */
static bool says_is_missing(const aici_writer *writer, const aici_table *table) {
    for (size_t i = 0; i < writer->result->claim_count; i++) {
        if (*writer->result->claim[i].says)
            return table->column_count > SAYS && strcmp(table->cell[SAYS], head[SAYS]) != 0;
    }
    return false;
}

static void add_table(aici_writer *writer, int format) {
    const aic_result *result = writer->result;
    size_t rows = result->claim_count + 1;
    const char **cell = aici_writer_cells(writer, rows * COLUMNS), **color = aici_writer_cells(writer, rows * COLUMNS);
    if (!cell || !color)
        return;
    memcpy(cell, head, sizeof head);
    for (size_t i = 0; i < result->claim_count; i++)
        fill_row(writer, &result->claim[i], cell + (i + 1) * COLUMNS, color + (i + 1) * COLUMNS);
    aici_table table = {.cell = cell, .column_count = COLUMNS, .row_count = rows, .align = alignment, .color = color};
    char align[COLUMNS + 1];
    const char **moved = format == AIC_FORMAT_TEXT ? make_room(writer, &table, cell) : NULL;
    table.column_count = drop_empty(cell, color, rows, align);
    table.align = align;
    if (format == AIC_FORMAT_MARKDOWN)
        aici_table_add_markdown(&table, writer->out);
    else
        aici_table_add_text(&table, (int)writer->width, writer->out);
    if (says_is_missing(writer, &table))
        aici_buffer_add_text(writer->out, "(no room for: says)\n");
    if (moved)
        add_moved(writer, moved);
}

static void add_unexpected(const aic_result *result, aici_buffer *text) {
    const char *separator = ": ";
    for (size_t i = 0; i < result->claim_count; i++) {
        if (!is_unexpected(&result->claim[i]))
            continue;
        aici_buffer_add_format(text, "%s%s", separator, result->claim[i].id);
        separator = ", ";
    }
}

/* The ending of a verb: one claim holds, two hold. */
static const char *ending(size_t count) { return count == 1 ? "s" : ""; }

static void sum_up(aici_writer *writer) {
    const aic_result *result = writer->result;
    aici_buffer text = aici_buffer_new(writer->out->allocator);
    size_t count[4] = {0}, unexpected = 0, all = result->claim_count;
    for (size_t i = 0; i < all; i++) {
        count[result->claim[i].verdict]++;
        unexpected += is_unexpected(&result->claim[i]);
    }
    aici_buffer_add_format(&text, "%zu claim%s: %zu hold%s, %zu under a reading, %zu differ%s, %zu not checkable; ", all,
                           all == 1 ? "" : "s", count[0], ending(count[0]), count[1], count[2], ending(count[2]), count[3]);
    if (unexpected) {
        aici_buffer_add_format(&text, "%zu not as expected", unexpected);
        add_unexpected(result, &text);
    } else
        aici_buffer_add_text(&text, "all as expected");
    if (result->samples) {
        aici_buffer_add_text(&text, ". Where inputs are uncertain, computed is the median of ");
        aici_writer_add_draws(result, &text);
    }
    aici_buffer_add_char(writer->out, '\n');
    aici_writer_fill(writer, aici_buffer_text(&text), aici_piece_word, "", 2);
    aici_buffer_add_text(writer->out, ".\n");
    writer->failed = writer->failed || aici_buffer_failed(&text);
    aici_buffer_free(&text);
}

/* --- CSV ------------------------------------------------------------------------------------------------------------------------------ */

enum { CSV_COLUMNS = 25 };

/* "utilization = 3.141 %; parameters = 10.18T parameter (out of bounds)" */
static const char *reconcile_cell(aici_writer *writer, const aici_result_claim *claim) {
    for (size_t i = 0; i < claim->reconcile_count; i++)
        aici_buffer_add_format(&writer->text, "%s%s = %s%s", i ? "; " : "", claim->reconcile[i].input, claim->reconcile[i].display,
                               claim->reconcile[i].within_bounds ? "" : " (out of bounds)");
    return aici_writer_keep(writer);
}

static void fill_csv_row(aici_writer *writer, const aici_result_claim *claim, const char **cell) {
    static const char *const verdict_key[] = {"holds", "reading", "differs", "not_checkable"};
    static const aic_claim_figure order[] = {AIC_CLAIM_PUBLISHED,    AIC_CLAIM_PUBLISHED_LOW, AIC_CLAIM_PUBLISHED_HIGH, AIC_CLAIM_COMPUTED,
                                             AIC_CLAIM_COMPUTED_LOW, AIC_CLAIM_COMPUTED_HIGH, AIC_CLAIM_RATIO};
    const char *text[] = {claim->id, claim->says, claim->statement, claim->unit};
    memcpy(cell, text, sizeof text);
    for (size_t i = 0; i < 7; i++)
        cell[4 + i] = aici_writer_number(writer, claim->figure[order[i]]);
    cell[11] = verdict_key[claim->verdict];
    cell[12] = verdict_key[claim->expected];
    cell[13] = claim->reading;
    cell[14] = claim->source;
    cell[15] = claim->note;
    cell[16] = claim->why;
    cell[17] = claim->file;
    cell[18] = claim->line ? aici_writer_integer(writer, claim->line) : "";
    cell[19] = claim->unsourced.text;
    cell[20] = claim->standing.text;
    cell[21] = claim->diagnosis_count ? claim->diagnosis[0].slip : "";
    cell[22] = claim->diagnosis_count ? claim->diagnosis[0].text : claim->diagnosed ? "no simple slip" : "";
    cell[23] = reconcile_cell(writer, claim);
    cell[24] = claim->samples ? "true" : "false";
}

static void write_csv(aici_writer *writer) {
    static const char *const csv_head[CSV_COLUMNS] = {
        "id",       "says",         "statement",     "unit",   "published", "published_low", "published_high",
        "computed", "computed_low", "computed_high", "ratio",  "verdict",   "expected",      "reading",
        "source",   "note",         "why",           "file",   "line",      "unsourced",     "defaults",
        "slip",     "diagnosis",    "reconcile",     "sampled"};
    size_t rows = writer->result->claim_count + 1;
    const char **cell = aici_writer_cells(writer, rows * CSV_COLUMNS);
    if (!cell)
        return;
    memcpy(cell, csv_head, sizeof csv_head);
    for (size_t i = 1; i < rows; i++)
        fill_csv_row(writer, &writer->result->claim[i - 1], cell + i * CSV_COLUMNS);
    aici_table table = {.cell = cell, .column_count = CSV_COLUMNS, .row_count = rows, .align = ""};
    aici_table_add_csv(&table, writer->out);
}

void aici_write_claims(aici_writer *writer, int format) {
    if (format == AIC_FORMAT_CSV) {
        write_csv(writer);
        return;
    }
    aici_writer_add_title(writer, format);
    if (writer->result->claim_count == 0) {
        aici_buffer_add_text(writer->out, "no claims\n");
        return;
    }
    add_table(writer, format);
    sum_up(writer);
}
