/* SPDX-License-Identifier: MIT */
/* Series as tables over the years. */
#ifndef AICI_RESULT_SERIES_H
#define AICI_RESULT_SERIES_H

#include "result/writer.h"

/** "visits (日访问量)": the name inside its model, and the label where there is one. */
const char *aici_name_for_people(aici_writer *writer, const aici_result_quantity *quantity);

/** Splits "182.2k accelerator" into number and unit; the unit of a text without a space is "". Both live as long as the writer. */
void aici_split_shown(aici_writer *writer, const char *shown, const char **number, const char **unit);

/** Years as columns where they fit the width; else years as rows, in as many tables as the series need. */
void aici_add_series_text(aici_writer *writer, const aici_result_quantity *const *series, size_t count, size_t indent);
void aici_add_series_markdown(aici_writer *writer, const aici_result_quantity *const *series, size_t count);

#endif
