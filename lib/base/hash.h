/* SPDX-License-Identifier: MIT */
/* Numbers that stand for names: the same on every machine, in every version, wherever in a scenario the name stands. */
#ifndef AICI_BASE_HASH_H
#define AICI_BASE_HASH_H

#include "base/text.h"

/** The number of a name and of a number beside it: FNV-1a in 64 bits over the bytes of the name, then over those of @p number (lowest
 * first), and the final mix of splitmix64, so that names that are almost alike give numbers that have nothing in common. */
uint64_t aici_name_hash(aici_slice name, uint32_t number);

/** The final mix alone: one to one, different words stay different. */
uint64_t aici_hash_mix(uint64_t hash);

#endif
