/* SPDX-License-Identifier: MIT */
/*
 * The functions of base/elementary.h on eight lanes, and faster forms for drawing random numbers. They are made of the operations of simd.h
 * alone, so that each instruction set gives the same bits.
 */
#ifndef AICI_BASE_SIMD_FUNCTIONS_H
#define AICI_BASE_SIMD_FUNCTIONS_H

#include "base/simd/exponentials.h"
#include "base/simd/normal.h"

#endif
