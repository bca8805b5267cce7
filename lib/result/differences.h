/* SPDX-License-Identifier: MIT */
/* Inside result: what the writers of a difference share. */
#ifndef AICI_RESULT_DIFFERENCES_H
#define AICI_RESULT_DIFFERENCES_H

#include "result/writer.h"

/** How many values are side by side: one, or one a year. */
size_t aici_difference_count(const aici_result_difference *difference);

/** A value for people as the quantity of side @p by is shown; "" for NaN. */
const char *aici_difference_show(aici_writer *writer, const aici_result_difference *difference, size_t by, double value);

/** Value @p index of one side for people; "" where it has none. */
const char *aici_difference_show_side(aici_writer *writer, const aici_result_difference *difference, size_t side, size_t index);

/** Second - first and second / first of value @p index, NaN where there is none; returns whether the two differ there. */
bool aici_difference_change(const aici_result_difference *difference, size_t index, double *change, double *ratio);

#endif
