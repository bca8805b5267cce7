/* SPDX-License-Identifier: MIT */
/*
 * Names: a map from text to an index, and the search for the name that was probably meant.
 * The order of iteration is the order of insertion; hashes never influence a result.
 */
#ifndef AICI_BASE_NAMES_H
#define AICI_BASE_NAMES_H

#include "base/memory.h"
#include "base/text.h"
#include <stdbool.h>
#include <stdint.h>

/** A map from names to 32-bit values. The bytes of a name are borrowed: they must outlive the map. */
typedef struct aici_names aici_names;

aici_names *aici_names_new(const aic_allocator *allocator);
void aici_names_free(aici_names *names);
size_t aici_names_count(const aici_names *names);

/** Adds a name; false when there is no memory. A name that is there already keeps its old value: look it up first. */
bool aici_names_add(aici_names *names, aici_slice name, uint32_t value);

/** Finds a name; @p value is untouched when it is not there. */
bool aici_names_find(const aici_names *names, aici_slice name, uint32_t *value);

/** The name that was probably meant: start with aici_nearest_to(), offer every candidate, then ask. */
typedef struct aici_nearest {
    aici_slice wanted;
    char best[132]; /**< "" while nothing is near enough */
    unsigned distance;
} aici_nearest;

aici_nearest aici_nearest_to(aici_slice wanted);
/** Case and underscores count little; a distance (transpositions included) above a third of the length, or above 3, is not near;
 * for names below three letters nothing is; a name inside the other is near, from four letters on. Of equals the first offered wins;
 * candidates over 131 bytes are passed over. */
void aici_nearest_offer(aici_nearest *nearest, aici_slice candidate);
/** The nearest candidate, or NULL. */
const char *aici_nearest_name(const aici_nearest *nearest);

#endif
