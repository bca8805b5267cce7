/* SPDX-License-Identifier: MIT */
/* Cells of text tables: how wide they are on a terminal, and how they are written so that they cannot harm it. */
#ifndef AICI_RESULT_CELLS_H
#define AICI_RESULT_CELLS_H

#include "base/text.h"

/** Columns of a terminal that a cell takes; NULL takes none. Line breaks and tabs count and are written as spaces, other controls as
 * escapes. */
size_t aici_cell_width(const char *cell);
void aici_cell_add(aici_buffer *out, const char *cell);

/** Writes a cell with spaces before ('r') or behind it ('l') to @p width columns. */
void aici_cell_add_padded(aici_buffer *out, const char *cell, size_t width, char align);

/** Writes a cell, its end cut off with "…" where it is wider than @p width columns. */
void aici_cell_add_cut(aici_buffer *out, const char *cell, size_t width);

/** Takes the spaces off the end of the line that is being written. */
void aici_cell_trim(aici_buffer *out);

#endif
