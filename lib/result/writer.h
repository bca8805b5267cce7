/* SPDX-License-Identifier: MIT */
/*
 * What every writer of a result shares: the options with their defaults filled in, where the text goes, and scratch memory for cells. A
 * lack of memory is kept in `failed`, so that writers go on with empty texts and the caller asks once, at the end.
 */
#ifndef AICI_RESULT_WRITER_H
#define AICI_RESULT_WRITER_H

#include "base/names.h"
#include "result/cells.h"
#include "result/result.h"

typedef struct aici_writer {
    const aic_result *result;
    aici_buffer *out;
    aici_arena *arena; /**< holds the cells */
    aici_buffer text;  /**< in which one text at a time is put together */
    aici_numerals numerals;
    int digits;
    size_t width;
    size_t margin; /**< where what is set to the right ends: the width, or 100 where there is more room than that */
    bool color, everything, failed;
    aici_names *left_out, *defaults; /**< by model: where its own begin among those of the result; while values are written */
} aici_writer;

/** The text that was put together in writer->text, kept until the writer is done; "" when there is no memory. */
const char *aici_writer_keep(aici_writer *writer);

/** @p count empty cells; NULL when there is no memory. */
const char **aici_writer_cells(aici_writer *writer, size_t count);

/** A value for people, to @p digits significant digits. */
const char *aici_writer_show(aici_writer *writer, const aici_figure *figure, int digits);

/** A number for programs: shortest, "" when it is not finite. */
const char *aici_writer_number(aici_writer *writer, double value);
const char *aici_writer_integer(aici_writer *writer, long long value);

/** Value @p index of a quantity for people: its text, or its number to the digits that are asked for. */
const char *aici_writer_show_value(aici_writer *writer, const aici_result_quantity *quantity, size_t index);

/** The formula of a step with its values in it; "" where there is none. */
const char *aici_writer_substitute(aici_writer *writer, const aici_result_step *step);

/** A name without the model that it begins with, when that is @p model ("chatgpt" or ""). */
const char *aici_local_name(const char *name, const char *model);

/** How many characters a name's model has: 7 of "chatgpt.capex", 0 of "visits". */
size_t aici_model_length(const char *name);

/** Bytes of the next piece of a text that stays together, the space behind it included. */
typedef size_t aici_piece(const char *text);
aici_piece aici_piece_word;    /**< up to any space */
aici_piece aici_piece_item;    /**< up to a space behind a comma or semicolon */
aici_piece aici_piece_operand; /**< up to a space before an operator, and as items */

/** Writes a text piece by piece, with line breaks where the width ends. The first line begins where the line stands, further ones with @p
 * stem and @p indent spaces. Returns the column reached. */
size_t aici_writer_fill(aici_writer *writer, const char *text, aici_piece *piece, const char *stem, size_t indent);

/** The title: what it is, and from which file. */
void aici_writer_add_title(aici_writer *writer, int format);

/* Statistics; each writes nothing for what was not sampled. Rows and heads of CSV have aici_statistics_columns() cells. */
void aici_add_statistics_json(aici_writer *writer, const aici_result_quantity *quantity, aici_json *json);
/** "65536 draws (scrambled Sobol' points, seed 0)" */
void aici_writer_add_draws(const aic_result *result, aici_buffer *out);
/** Mean, quantiles and errors as a table. */
void aici_add_uncertainty(aici_writer *writer, int format);
/** "p5", "p97.5" */
const char *aici_quantile_name(aici_writer *writer, double probability);
size_t aici_statistics_columns(const aic_result *result);
void aici_fill_statistics_head(aici_writer *writer, const char **cell);
void aici_fill_statistics_row(aici_writer *writer, const aici_result_quantity *quantity, size_t index, const char **cell);

void aici_write_json(aici_writer *writer);
void aici_write_sensitivity(aici_writer *writer, int format);
void aici_write_histogram(aici_writer *writer, int format);
void aici_write_table(aici_writer *writer, int format);
/** Whether a table is a sweep that can be written with one input down and one across. */
bool aici_is_cross_table(const aici_result_table *table);
void aici_write_cross_table(aici_writer *writer, int format);
/** Whether a table is a sweep with statistics, which is written with a table a value. */
bool aici_is_sweep_of_statistics(const aici_result_table *table);
void aici_write_sweep_of_statistics(aici_writer *writer, int format);
void aici_write_solutions(aici_writer *writer, int format);
void aici_write_table_json(aici_writer *writer, aici_json *json);
void aici_write_values(aici_writer *writer, int format);
void aici_write_claims(aici_writer *writer, int format);
void aici_write_steps(aici_writer *writer, int format);
void aici_write_diff(aici_writer *writer, int format);
void aici_write_diff_json(aici_writer *writer, aici_json *json);

#endif
