/* SPDX-License-Identifier: MIT */
/*
 * The table of one scenario from inside: the library's rows under their names, the units of the scenario's own, the currencies that are
 * tied. An entry is numbered: rows of the library first, then own units in the order of their definition; so is a base unit.
 */
#ifndef AICI_UNITS_LOOKUP_H
#define AICI_UNITS_LOOKUP_H

#include "base/names.h"
#include "units/table.h"

enum { AICI_SPELLING_SLOTS = 1024 };

/** A name of the library's table: the row (plus one; 0 for a free slot), and where its bytes are: offset in the synonyms, or that of none
 * for the name. */
typedef struct aici_spelling {
    uint8_t row, offset, size;
} aici_spelling;

/** A unit that the scenario defines. */
typedef struct aici_own_unit {
    const char *name, *definition;
    aici_unit unit;
    bool base;
} aici_own_unit;

/** What one unit of a currency is worth in the base unit @p root (plus one); root 0: it is not tied. Chains are resolved. */
typedef struct aici_tie {
    uint16_t root;
    double worth;
} aici_tie;

struct aici_units {
    aic_allocator allocator;
    size_t unit_bytes;                           /**< limit of a unit's text */
    aici_spelling spelling[AICI_SPELLING_SLOTS]; /**< open addressing */
    aici_tie tie[AICI_MONEY_COUNT];
    uint16_t currency; /**< the declared one: base unit plus one, or 0 */
    aici_arena *arena; /**< of own units; NULL while there are none, as the two below */
    aici_names *own_names;
    aici_own_unit *own;
    size_t own_count, own_capacity;
};

/** What may stand in front of a unit: "T", "Ki", "tera". */
typedef struct aici_prefix {
    char text[8];
    uint8_t size;
    uint8_t kind; /**< AICI_PREFIX_LARGE, _SMALL or _BINARY */
    int8_t power; /**< of ten, or of two where it is binary */
    double factor;
} aici_prefix;

typedef enum aici_found_as {
    AICI_FOUND_NOTHING,
    AICI_FOUND_UNIT,
    AICI_FOUND_REFUSED_PREFIX, /**< entry and prefix are known, but not together; or the prefix is K */
    AICI_FOUND_BIT_OR_BYTE     /**< "b", "Gb" */
} aici_found_as;

typedef struct aici_found {
    aici_found_as as;
    uint32_t entry;
    const aici_prefix *prefix; /**< NULL when there is none */
} aici_found;

/** Finds a name without operators, with prefix or plural. */
aici_found aici_units_find(const aici_units *units, aici_slice name);

/** The library's row of an entry, or NULL for one of the scenario's own. */
const aici_library_unit *aici_units_row(uint32_t entry);

/** The entry as a unit, ties between currencies applied. */
aici_unit aici_units_unit(const aici_units *units, uint32_t entry);

/** The name under which an entry is printed. */
const char *aici_units_name(const aici_units *units, uint32_t entry);

/** A scale to a power: by multiplication where the exponent is whole and small, so that (10^3)^2 is 10^6 on every machine. */
double aici_units_power(double scale, double exponent);

/** The prefix that multiplies by 10^@p power (-12, -9, … 18); its text is "" for 0. */
const aici_prefix *aici_units_prefix(int power);

/** The entry of a base unit as it stands in a factor (its number plus one). */
uint32_t aici_units_entry_of_base(uint16_t base);

/** Shows every name to @p visit, with @p varied also their plurals and what the usual prefixes make of them. */
void aici_units_each_name(const aici_units *units, bool varied, void (*visit)(void *context, aici_slice name), void *context);

#endif
