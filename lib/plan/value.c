/* SPDX-License-Identifier: MIT */
/*
 * The table of values: an open hash from how a value is computed to its number. The numbers depend on the order of the calls alone, never
 * on the hash.
 */
#include "plan/value.h"

#include <string.h>

static const unsigned char arguments_of[] = {
#define ARGUMENTS(name, arguments, meaning) arguments,
    AICI_INSTRUCTIONS(ARGUMENTS)
#undef ARGUMENTS
};

unsigned aici_opcode_arguments(uint32_t opcode) { return opcode < AICI_OPCODE_COUNT ? arguments_of[opcode] : 0; }

aici_values aici_values_new(const aic_allocator *allocator) { return (aici_values){.allocator = allocator}; }

void aici_values_free(aici_values *values) {
    aici_memory_release(values->allocator, values->entry);
    aici_memory_release(values->allocator, values->origin);
    aici_memory_release(values->allocator, values->table);
    aici_names_free(values->text);
    *values = aici_values_new(values->allocator);
}

/* --- the table ------------------------------------------------------------------------------------------------------------------------ */

static size_t hash_of(const aici_value_entry *entry) {
    uint64_t mixed = entry->kind * UINT64_C(0x9e3779b97f4a7c15) + entry->a;
    mixed = (mixed ^ (mixed >> 29)) * UINT64_C(0xbf58476d1ce4e5b9) + entry->b;
    mixed = (mixed ^ (mixed >> 32)) * UINT64_C(0x94d049bb133111eb) + entry->c;
    return (size_t)(mixed ^ (mixed >> 31));
}

static bool same(const aici_value_entry *left, const aici_value_entry *right) {
    return left->kind == right->kind && left->a == right->a && left->b == right->b && left->c == right->c;
}

/** Where in the table an entry is, or would be. */
static size_t slot_of(const aici_values *values, const aici_value_entry *entry) {
    size_t slot = hash_of(entry) & (values->table_size - 1);
    while (values->table[slot] && !same(&values->entry[values->table[slot] - 1], entry))
        slot = (slot + 1) & (values->table_size - 1);
    return slot;
}

static bool enlarge_table(aici_values *values) {
    size_t size = values->table_size ? values->table_size * 2 : 64;
    aici_value *old = values->table, *table = aici_memory_take_array(values->allocator, size, sizeof *table);
    if (!table)
        return false;
    values->table = table;
    values->table_size = size;
    for (size_t i = 0; i < values->count; i++)
        table[slot_of(values, &values->entry[i])] = (aici_value)i + 1;
    aici_memory_release(values->allocator, old);
    return true;
}

/** Room for one more value in all three arrays; numbers stay below the bit that marks uniform operands. */
static bool make_room(aici_values *values) {
    size_t most = values->most ? values->most : AICI_OPERAND_UNIFORM - 1;
    values->too_many = values->count >= most;
    if (values->too_many)
        return false;
    aici_value_entry *entry = aici_memory_grow(values->allocator, values->entry, values->count, &values->entry_capacity, sizeof *entry);
    if (!entry)
        return false;
    values->entry = entry;
    aici_origin *origin = aici_memory_grow(values->allocator, values->origin, values->count, &values->origin_capacity, sizeof *origin);
    if (!origin)
        return false;
    values->origin = origin;
    return values->count * 2 < values->table_size || enlarge_table(values);
}

static aici_value find_or_add(aici_values *values, const aici_value_entry *entry, const aici_origin *origin) {
    if (values->failed)
        return 0;
    if (!make_room(values)) {
        values->failed = true;
        return 0;
    }
    size_t slot = slot_of(values, entry);
    if (!values->table[slot]) {
        values->entry[values->count] = *entry;
        values->origin[values->count] = origin ? *origin : (aici_origin){NULL, AICI_NONE, AICI_NO_YEAR};
        values->table[slot] = (aici_value)++values->count;
    }
    return values->table[slot] - 1;
}

/* --- values that are not computed ----------------------------------------------------------------------------------------------------- */

aici_value aici_values_constant(aici_values *values, double number) {
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return find_or_add(values, &(aici_value_entry){.kind = AICI_VALUE_CONSTANT, .a = (uint32_t)bits, .b = (uint32_t)(bits >> 32)}, NULL);
}

aici_value aici_values_input(aici_values *values, uint32_t index, uint32_t in_request) {
    return find_or_add(values, &(aici_value_entry){.kind = AICI_VALUE_INPUT, .varies = true, .a = index, .b = in_request}, NULL);
}

aici_value aici_values_setting(aici_values *values, uint32_t index, uint32_t in_request) {
    return find_or_add(values, &(aici_value_entry){.kind = AICI_VALUE_SETTING, .is_set = true, .a = index, .b = in_request}, NULL);
}

/** The number of a text, equal texts having the same. */
static bool number_text(aici_values *values, aici_slice text, uint32_t *number) {
    if (!values->text)
        values->text = aici_names_new(values->allocator);
    if (!values->text)
        return false;
    if (aici_names_find(values->text, text, number))
        return true;
    *number = (uint32_t)aici_names_count(values->text);
    return aici_names_add(values->text, text, *number);
}

aici_value aici_values_text(aici_values *values, aici_slice text) {
    uint32_t number = 0;
    if (!number_text(values, text, &number))
        values->failed = true;
    return find_or_add(values, &(aici_value_entry){.kind = AICI_VALUE_TEXT, .a = number}, NULL);
}

aici_value aici_values_refused(aici_values *values, const aici_origin *origin) {
    return find_or_add(values, &(aici_value_entry){.kind = AICI_VALUE_REFUSED, .varies = true, .a = (uint32_t)values->count}, origin);
}

aici_value aici_values_draw(aici_values *values, uint32_t opcode, uint32_t draw, aici_value normal, const aici_origin *origin) {
    return find_or_add(values, &(aici_value_entry){.kind = (uint16_t)opcode, .varies = true, .a = draw, .b = normal}, origin);
}

aici_value aici_values_median(aici_values *values, uint32_t draw, const aici_origin *origin) {
    return find_or_add(values, &(aici_value_entry){.kind = AICI_OPCODE_DRAW, .a = draw}, origin);
}

/* --- operations ----------------------------------------------------------------------------------------------------------------------- */

/** Operations on constants that are exact: a sign, and the truth values on which formulas branch. */
static bool settle(const aici_values *values, aici_opcode opcode, aici_value a, aici_value b, double *number) {
    double left, right;
    if (!aici_values_number(values, a, &left))
        return false;
    if (opcode == AICI_OPCODE_NEGATE || opcode == AICI_OPCODE_NOT) {
        *number = opcode == AICI_OPCODE_NEGATE ? -left : left == 0;
        return true;
    }
    if ((opcode != AICI_OPCODE_AND && opcode != AICI_OPCODE_OR) || !aici_values_number(values, b, &right))
        return false;
    *number = opcode == AICI_OPCODE_AND ? left != 0 && right != 0 : left != 0 || right != 0;
    return true;
}

aici_value aici_values_operate(aici_values *values, aici_opcode opcode, aici_value a, aici_value b, aici_value c,
                               const aici_origin *origin) {
    double number;
    if (values->failed)
        return 0;
    if (settle(values, opcode, a, b, &number))
        return aici_values_constant(values, number);
    aici_value_entry entry = {.kind = (uint16_t)opcode, .a = a, .b = b, .c = c};
    const aici_value operand[] = {a, b, c};
    for (unsigned i = 0; i < aici_opcode_arguments(opcode); i++) {
        entry.varies = entry.varies || values->entry[operand[i]].varies;
        entry.is_set = entry.is_set || values->entry[operand[i]].is_set;
    }
    return find_or_add(values, &entry, origin);
}

/* --- questions ------------------------------------------------------------------------------------------------------------------------ */

bool aici_values_number(const aici_values *values, aici_value value, double *number) {
    if (values->failed || values->entry[value].kind != AICI_VALUE_CONSTANT)
        return false;
    uint64_t bits = values->entry[value].a | (uint64_t)values->entry[value].b << 32;
    memcpy(number, &bits, sizeof bits);
    return true;
}

bool aici_values_varies(const aici_values *values, aici_value value) { return !values->failed && values->entry[value].varies; }

static bool is_given(const aici_values *values, aici_value value, bool lanes) {
    return lanes ? values->entry[value].varies : values->entry[value].is_set;
}

/** The first operand that varies from lane to lane, or from run to run. */
static aici_value given_operand(const aici_values *values, const aici_value_entry *entry, bool lanes) {
    if (is_given(values, entry->a, lanes))
        return entry->a;
    return is_given(values, entry->b, lanes) ? entry->b : entry->c;
}

uint32_t aici_values_cause(const aici_values *values, aici_value value) {
    bool lanes = aici_values_varies(values, value);
    if (values->failed || (!lanes && !values->entry[value].is_set))
        return AICI_NONE;
    while (values->entry[value].kind < AICI_OPCODE_COUNT)
        value = given_operand(values, &values->entry[value], lanes);
    bool given = values->entry[value].kind == AICI_VALUE_INPUT || values->entry[value].kind == AICI_VALUE_SETTING;
    return given ? values->entry[value].b : AICI_NONE;
}
