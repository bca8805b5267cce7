/* SPDX-License-Identifier: MIT */
/*
 * Values of a program while it is made. Each is known by how it is computed (value numbering): what two formulas compute alike is one
 * value. A value is numbered after its operands, so that the numbers are an order in which all can be computed. Nothing is rearranged, and
 * nothing is computed here but what is exact: signs and truth values.
 */
#ifndef AICI_PLAN_VALUE_H
#define AICI_PLAN_VALUE_H

#include "plan/plan.h"

typedef uint32_t aici_value;

/** What a value is when it is no operation; the numbers follow those of the opcodes. */
typedef enum aici_value_kind {
    AICI_VALUE_CONSTANT = AICI_OPCODE_ALL, /**< a number: its bits are in a and b */
    AICI_VALUE_INPUT,                      /**< what varies: a is its index, b its place in the request; value i is input i */
    AICI_VALUE_SETTING,                    /**< likewise, among the settings */
    AICI_VALUE_TEXT,                       /**< a text, only to be compared: equal texts are one value */
    AICI_VALUE_REFUSED                     /**< stands for what was refused, until the call fails */
} aici_value_kind;

typedef struct aici_value_entry {
    uint16_t kind;    /**< aici_opcode or aici_value_kind */
    bool varies;      /**< from lane to lane */
    bool is_set;      /**< it is computed from a setting */
    uint32_t a, b, c; /**< operands; of what is drawn, a is the number of the draw */
} aici_value_entry;

/** A failed allocation sticks: later calls do nothing and give 0. */
typedef struct aici_values {
    const aic_allocator *allocator;
    aici_value_entry *entry;
    aici_origin *origin; /**< parallel to entry: the first place that computes it */
    size_t count, entry_capacity, origin_capacity;
    aici_value *table; /**< of value + 1 by the hash of its entry */
    size_t table_size;
    aici_names *text;
    size_t most; /**< values that there may be; 0: as many as operands can name */
    bool failed;
    bool too_many; /**< it failed because there would be more */
} aici_values;

aici_values aici_values_new(const aic_allocator *allocator);
void aici_values_free(aici_values *values);

aici_value aici_values_constant(aici_values *values, double number);
aici_value aici_values_input(aici_values *values, uint32_t index, uint32_t in_request);
aici_value aici_values_setting(aici_values *values, uint32_t index, uint32_t in_request);
aici_value aici_values_text(aici_values *values, aici_slice text);
/** A value that is like no other. */
aici_value aici_values_refused(aici_values *values, const aici_origin *origin);
/** What DRAW, NORMAL and FROM_NORMAL give of a draw; @p normal is the operand of the latter. */
aici_value aici_values_draw(aici_values *values, uint32_t opcode, uint32_t draw, aici_value normal, const aici_origin *origin);
/** The same where every draw stands at its median. */
aici_value aici_values_median(aici_values *values, uint32_t draw, const aici_origin *origin);
/** An operation; operands that the opcode does not take are 0. */
aici_value aici_values_operate(aici_values *values, aici_opcode opcode, aici_value a, aici_value b, aici_value c,
                               const aici_origin *origin);

/** The number of a constant; false when the value is none. */
bool aici_values_number(const aici_values *values, aici_value value, double *number);
bool aici_values_varies(const aici_values *values, aici_value value);
/** What a value is computed from that varies, by its place in the request: an input rather than a setting. AICI_NONE: nothing, or a draw.
 */
uint32_t aici_values_cause(const aici_values *values, aici_value value);

/** How many arguments an opcode of the table takes. */
unsigned aici_opcode_arguments(uint32_t opcode);

#endif
