/* SPDX-License-Identifier: MIT */
/*
 * Inside document: how a text has to be written so that it reads back as itself: plain, in quotes, or as a block of lines.
 */
#ifndef AICI_DOCUMENT_STYLE_H
#define AICI_DOCUMENT_STYLE_H

#include "document/document.h"

/** Where a scalar is going to stand. */
typedef struct aici_style_use {
    bool key;
    bool flow; /**< inside { } or [ ] */
} aici_style_use;

/** True for "", "~" and "null", which mean "nothing given here" when they stand without quotes. */
bool aici_style_means_nothing(aici_slice text);

/** The style of a text that nobody has written yet. */
aici_scalar_style aici_style_for(aici_slice text);

/** The style of a node's text at a certain place: the one it has, as far as it reads back. Never AICI_SCALAR_FOLDED. */
aici_scalar_style aici_style_choose(const aici_node *scalar, aici_style_use use);

/** Writes a text in any style but the two of blocks. */
void aici_style_write(aici_buffer *out, aici_slice text, aici_scalar_style style);

#endif
