/* SPDX-License-Identifier: MIT */
/* Inside result: what the writers of a difference share. */
#ifndef AICI_RESULT_DIFFERENCES_H
#define AICI_RESULT_DIFFERENCES_H

#include "result/writer.h"

/** Value @p index of one side for people; "" where it has none. */
const char *aici_difference_show_side(aici_writer *writer, const aici_result_difference *difference, size_t side, size_t index);

#endif
