/* SPDX-License-Identifier: MIT */
/*
 * From a name to its unit: the library's names in a small hash table that is filled when a table is made, the scenario's own names in a
 * map, plurals and prefixes tried in this order when the name itself is nobody's. Nothing here reports.
 */
#include "units/lookup.h"

#include <string.h>

enum { LARGE = AICI_PREFIX_LARGE, SMALL = AICI_PREFIX_SMALL, BINARY = AICI_PREFIX_BINARY, NEVER = 0 };
enum { IN_NAME = UINT8_MAX, LONGEST_STEM = 160, LONGEST_PREFIXED = 64 };

#define KIBI 1024.0
#define MEBI (KIBI * KIBI)
#define GIBI (KIBI * MEBI)

/* clang-format off */
static const aici_prefix prefixes[] = {
    {"k", 1, LARGE, 3, 1e3},        {"M", 1, LARGE, 6, 1e6},        {"G", 1, LARGE, 9, 1e9},        {"T", 1, LARGE, 12, 1e12},
    {"P", 1, LARGE, 15, 1e15},      {"E", 1, LARGE, 18, 1e18},      {"Z", 1, LARGE, 21, 1e21},      {"Y", 1, LARGE, 24, 1e24},
    {"R", 1, LARGE, 27, 1e27},      {"Q", 1, LARGE, 30, 1e30},      {"m", 1, SMALL, -3, 1e-3},      {"µ", 2, SMALL, -6, 1e-6},
    {"n", 1, SMALL, -9, 1e-9},      {"p", 1, SMALL, -12, 1e-12},    {"u", 1, SMALL, -6, 1e-6},      {"μ", 2, SMALL, -6, 1e-6},
    {"Ki", 2, BINARY, 10, KIBI},    {"Mi", 2, BINARY, 20, MEBI},    {"Gi", 2, BINARY, 30, GIBI},    {"Ti", 2, BINARY, 40, KIBI * GIBI},
    {"Pi", 2, BINARY, 50, MEBI * GIBI}, {"Ei", 2, BINARY, 60, GIBI * GIBI},
    {"kilo", 4, LARGE, 3, 1e3},     {"mega", 4, LARGE, 6, 1e6},     {"giga", 4, LARGE, 9, 1e9},     {"tera", 4, LARGE, 12, 1e12},
    {"peta", 4, LARGE, 15, 1e15},   {"exa", 3, LARGE, 18, 1e18},    {"zetta", 5, LARGE, 21, 1e21},  {"yotta", 5, LARGE, 24, 1e24},
    {"ronna", 5, LARGE, 27, 1e27},  {"quetta", 6, LARGE, 30, 1e30}, {"milli", 5, SMALL, -3, 1e-3},  {"micro", 5, SMALL, -6, 1e-6},
    {"nano", 4, SMALL, -9, 1e-9},   {"pico", 4, SMALL, -12, 1e-12},
    {"K", 1, NEVER, 3, 1e3}, /* kelvin, kilo or kibi: nobody knows */
};
/* clang-format on */

static const aici_prefix no_prefix = {"", 0, NEVER, 0, 1.0};

enum { PREFIXES = sizeof prefixes / sizeof prefixes[0] };

/* --- the library's names -------------------------------------------------------------------------------------------------------------- */

/* FNV-1a, by G. Fowler, L. C. Noll and K.-P. Vo. */
static uint32_t hash_of(aici_slice name) {
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < name.size; i++)
        hash = (hash ^ (unsigned char)name.bytes[i]) * 16777619u;
    return hash ^ hash >> 15;
}

static const char *text_of(const aici_spelling *spelling) {
    const aici_library_unit *unit = aici_units_library(spelling->row - 1u);
    return spelling->offset == IN_NAME ? unit->name : unit->synonyms + spelling->offset;
}

static bool is_spelling(const aici_spelling *spelling, aici_slice name) {
    return spelling->size == name.size && memcmp(text_of(spelling), name.bytes, name.size) == 0;
}

static size_t slot_of(const aici_units *units, aici_slice name) {
    size_t slot = hash_of(name) % AICI_SPELLING_SLOTS;
    while (units->spelling[slot].row && !is_spelling(&units->spelling[slot], name))
        slot = (slot + 1) % AICI_SPELLING_SLOTS;
    return slot;
}

static void add_spelling(aici_units *units, size_t row, size_t offset, aici_slice name) {
    units->spelling[slot_of(units, name)] = (aici_spelling){(uint8_t)(row + 1), (uint8_t)offset, (uint8_t)name.size};
}

/* The next word of a list; its size is 0 after the last. */
static aici_slice next_word(const char *words) { return (aici_slice){words, strcspn(words, " ")}; }

static void add_spellings(aici_units *units) {
    for (size_t row = 0; row < aici_units_library_count(); row++) {
        const aici_library_unit *unit = aici_units_library(row);
        add_spelling(units, row, IN_NAME, aici_slice_of(unit->name));
        size_t offset = 0;
        for (aici_slice word = next_word(unit->synonyms); word.size; word = next_word(unit->synonyms + offset)) {
            add_spelling(units, row, offset, word);
            offset += word.size + (word.bytes[word.size] == ' ');
        }
    }
}

/* --- life ----------------------------------------------------------------------------------------------------------------------------- */

aici_units *aici_units_new(const aic_allocator *allocator, const aic_limits *limits) {
    aic_limits filled;
    if (!aici_limits_fill(limits, &filled))
        aici_limits_fill(NULL, &filled);
    aici_units *units = aici_memory_take_array(allocator, 1, sizeof *units);
    if (!units)
        return NULL;
    units->allocator = allocator ? *allocator : *aici_memory_default();
    units->unit_bytes = filled.unit_bytes;
    add_spellings(units);
    return units;
}

void aici_units_free(aici_units *units) {
    if (!units)
        return;
    aic_allocator allocator = units->allocator;
    aici_names_free(units->own_names);
    aici_memory_release(&allocator, units->own);
    aici_arena_free(units->arena);
    aici_memory_release(&allocator, units);
}

/* --- entries -------------------------------------------------------------------------------------------------------------------------- */

static const aici_own_unit *own_of(const aici_units *units, uint32_t entry) { return &units->own[entry - aici_units_library_count()]; }

const aici_library_unit *aici_units_row(uint32_t entry) { return entry < aici_units_library_count() ? aici_units_library(entry) : NULL; }

const char *aici_units_name(const aici_units *units, uint32_t entry) {
    const aici_library_unit *row = aici_units_row(entry);
    return row ? row->name : own_of(units, entry)->name;
}

uint32_t aici_units_entry_of_base(uint16_t base) {
    uint32_t entry = base - 1u;
    return entry < AICI_LIBRARY_BASES ? entry : entry - AICI_LIBRARY_BASES + (uint32_t)aici_units_library_count();
}

static aici_unit currency_unit(const aici_units *units, uint32_t base) {
    const aici_tie *tie = &units->tie[base - AICI_MONEY_FIRST];
    aici_unit unit = {.scale = tie->root ? tie->worth : 1.0, .dimension = {.count = 1}};
    unit.dimension.factor[0].base = tie->root ? tie->root : (uint16_t)(base + 1);
    unit.dimension.factor[0].exponent = AICI_EXPONENT_ONE;
    return unit;
}

aici_unit aici_units_unit(const aici_units *units, uint32_t entry) {
    const aici_library_unit *row = aici_units_row(entry);
    if (!row)
        return own_of(units, entry)->unit;
    if (entry < AICI_LIBRARY_BASES && row->base_class == AICI_BASE_MONEY)
        return currency_unit(units, entry);
    aici_unit unit = {row->scale, row->dimension, (row->flags & AICI_UNIT_AMBIGUOUS) != 0};
    if (entry < AICI_LIBRARY_BASES) {
        unit.dimension.count = 1;
        unit.dimension.factor[0].base = (uint16_t)(entry + 1);
        unit.dimension.factor[0].exponent = AICI_EXPONENT_ONE;
    }
    return unit;
}

aici_base_class aici_units_base_class(const aici_units *units, uint16_t base) {
    (void)units; /* all base units that a scenario makes are counts */
    const aici_library_unit *row = aici_units_row(aici_units_entry_of_base(base));
    return row ? (aici_base_class)row->base_class : AICI_BASE_COUNT;
}

/* --- finding -------------------------------------------------------------------------------------------------------------------------- */

static bool find_exactly(const aici_units *units, aici_slice name, uint32_t *entry) {
    const aici_spelling *spelling = &units->spelling[slot_of(units, name)];
    uint32_t own = 0;
    if (spelling->row)
        *entry = spelling->row - 1u;
    else if (units->own_names && aici_names_find(units->own_names, name, &own))
        *entry = own + (uint32_t)aici_units_library_count();
    else
        return false;
    return true;
}

static bool takes_plural(uint32_t entry) {
    const aici_library_unit *row = aici_units_row(entry);
    return !row || row->flags & AICI_UNIT_PLURAL;
}

static bool ends_in(aici_slice name, const char *ending) {
    size_t size = strlen(ending);
    return name.size > size && memcmp(name.bytes + name.size - size, ending, size) == 0;
}

static aici_slice cut(aici_slice name, size_t bytes) { return (aici_slice){name.bytes, name.size - bytes}; }

/* "queries" of "query". */
static bool find_in_ies(const aici_units *units, aici_slice name, uint32_t *entry) {
    char stem[LONGEST_STEM];
    if (!ends_in(name, "ies") || name.size > sizeof stem)
        return false;
    memcpy(stem, name.bytes, name.size - 3);
    stem[name.size - 3] = 'y';
    return find_exactly(units, (aici_slice){stem, name.size - 2}, entry);
}

/* "patches", "boxes", "buses": after a hiss only. */
static bool find_in_es(const aici_units *units, aici_slice name, uint32_t *entry) {
    bool hiss = ends_in(name, "ches") || ends_in(name, "shes") || ends_in(name, "xes") || ends_in(name, "ses") || ends_in(name, "zes");
    return hiss && find_exactly(units, cut(name, 2), entry);
}

static bool find_plural(const aici_units *units, aici_slice name, uint32_t *entry) {
    uint32_t found = 0;
    if (name.size < 3 || name.bytes[name.size - 1] != 's')
        return false;
    if (!find_exactly(units, cut(name, 1), &found) && !find_in_es(units, name, &found) && !find_in_ies(units, name, &found))
        return false;
    if (!takes_plural(found))
        return false;
    *entry = found;
    return true;
}

static bool find_bare(const aici_units *units, aici_slice name, uint32_t *entry) {
    return find_exactly(units, name, entry) || find_plural(units, name, entry);
}

/* Words may have a capital: "Tera". */
static bool begins_with(aici_slice name, const aici_prefix *prefix) {
    if (name.size <= prefix->size || memcmp(name.bytes + 1, prefix->text + 1, prefix->size - 1u) != 0)
        return false;
    return name.bytes[0] == prefix->text[0] || (prefix->size > 2 && name.bytes[0] == prefix->text[0] - 'a' + 'A');
}

static bool takes_prefix(uint32_t entry, const aici_prefix *prefix) {
    const aici_library_unit *row = aici_units_row(entry);
    return row && row->flags & prefix->kind;
}

static bool is_bit_or_byte(aici_slice rest) { return aici_slice_is(rest, "b"); }

static aici_found find_prefixed(const aici_units *units, aici_slice name) {
    aici_found found = {AICI_FOUND_NOTHING, 0, NULL};
    for (size_t i = 0; i < PREFIXES && found.as != AICI_FOUND_UNIT; i++) {
        uint32_t entry = 0;
        if (!begins_with(name, &prefixes[i]))
            continue;
        aici_slice rest = {name.bytes + prefixes[i].size, name.size - prefixes[i].size};
        if (find_bare(units, rest, &entry))
            found = (aici_found){takes_prefix(entry, &prefixes[i]) ? AICI_FOUND_UNIT : AICI_FOUND_REFUSED_PREFIX, entry, &prefixes[i]};
        else if (is_bit_or_byte(rest) && prefixes[i].kind != SMALL)
            found = (aici_found){AICI_FOUND_BIT_OR_BYTE, 0, &prefixes[i]};
    }
    return found;
}

aici_found aici_units_find(const aici_units *units, aici_slice name) {
    aici_found found = {AICI_FOUND_UNIT, 0, NULL};
    if (name.size && find_bare(units, name, &found.entry))
        return found;
    if (is_bit_or_byte(name))
        return (aici_found){AICI_FOUND_BIT_OR_BYTE, 0, NULL};
    return find_prefixed(units, name);
}

bool aici_units_knows(const aici_units *units, aici_slice name) { return aici_units_find(units, name).as == AICI_FOUND_UNIT; }

const aici_prefix *aici_units_prefix(int power) {
    for (size_t i = 0; i < PREFIXES; i++) {
        if (prefixes[i].power == power && prefixes[i].kind != BINARY)
            return &prefixes[i];
    }
    return &no_prefix;
}

/* --- all names ------------------------------------------------------------------------------------------------------------------------ */

struct visitor {
    void (*visit)(void *context, aici_slice name);
    void *context;
    bool varied;
};

/* k M G T P E, the six that people write. */
static void visit_prefixed(const struct visitor *visitor, aici_slice name) {
    char text[LONGEST_PREFIXED];
    for (int i = 0; i < 6; i++) {
        if (name.size + 1 > sizeof text)
            return;
        text[0] = prefixes[i].text[0];
        memcpy(text + 1, name.bytes, name.size);
        visitor->visit(visitor->context, (aici_slice){text, name.size + 1});
    }
}

static void visit_plural(const struct visitor *visitor, aici_slice name) {
    char text[LONGEST_PREFIXED];
    if (name.size < 3 || name.size + 1 > sizeof text)
        return;
    memcpy(text, name.bytes, name.size);
    text[name.size] = 's';
    visitor->visit(visitor->context, (aici_slice){text, name.size + 1});
}

static void visit_name(const struct visitor *visitor, const aici_library_unit *unit, aici_slice name) {
    visitor->visit(visitor->context, name);
    if (visitor->varied && unit->flags & AICI_UNIT_PLURAL && (unsigned char)name.bytes[0] < 0x80)
        visit_plural(visitor, name);
    if (visitor->varied && unit->flags & AICI_PREFIX_LARGE && unit->base_class != AICI_BASE_MONEY)
        visit_prefixed(visitor, name);
}

static void visit_row(const struct visitor *visitor, const aici_library_unit *unit) {
    visit_name(visitor, unit, aici_slice_of(unit->name));
    const char *words = unit->synonyms;
    for (aici_slice word = next_word(words); word.size; word = next_word(words)) {
        visit_name(visitor, unit, word);
        words += word.size + (word.bytes[word.size] == ' ');
    }
}

void aici_units_each_name(const aici_units *units, bool varied, void (*visit)(void *context, aici_slice name), void *context) {
    struct visitor visitor = {visit, context, varied};
    for (size_t row = 0; row < aici_units_library_count(); row++)
        visit_row(&visitor, aici_units_library(row));
    for (size_t i = 0; i < units->own_count; i++)
        visit(context, aici_slice_of(units->own[i].name));
}
