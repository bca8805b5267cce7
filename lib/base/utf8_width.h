/* SPDX-License-Identifier: MIT */
/* The width of one code point on a terminal: a table of its own, used by utf8.c. */
#ifndef AICI_BASE_UTF8_WIDTH_H
#define AICI_BASE_UTF8_WIDTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** 0, 1 or 2 columns. Control characters count 1. */
unsigned aici_utf8_point_width(uint32_t point);

#endif
