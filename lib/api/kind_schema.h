/* SPDX-License-Identifier: MIT */
/* Inside of the JSON Schema of the format: what is the same for all kinds, as text with ' for ", so that it can be read. */
#ifndef AICI_API_KIND_SCHEMA_H
#define AICI_API_KIND_SCHEMA_H

#include <stddef.h>

/** A named piece of the schema: a member of "properties" of the whole, or of "definitions". */
typedef struct aici_schema_part {
    const char *name, *text;
} aici_schema_part;

extern const aici_schema_part aici_schema_properties[], aici_schema_definitions[];
extern const size_t aici_schema_property_count, aici_schema_definition_count;

/** The members of the whole that stand beside "properties" and "definitions". */
extern const char aici_schema_whole[];

#endif
