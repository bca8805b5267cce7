/* SPDX-License-Identifier: MIT */
/*
 * The door of units: text such as "TFLOP/s/accelerator" becomes a scale and a dimension; dimensions multiply, divide and print.
 * Which names exist is a property of one scenario: the library's table, units of the scenario's own, currencies tied by exchange rates.
 * Nothing here knows of expressions, YAML or quantities.
 */
#ifndef AICI_UNITS_UNITS_H
#define AICI_UNITS_UNITS_H

#include "base/limits.h"
#include "base/names.h"
#include "base/report.h"
#include <stdbool.h>
#include <stdint.h>

/** Exponents are counted in twelfths, so that roots of dimensions stay exact. */
enum { AICI_DIMENSION_FACTORS = 8, AICI_EXPONENT_ONE = 12 };

/** A product of powers of base units, factors sorted by base, no exponent zero, unused factors all zero: equal dimensions are equal bytes.
 */
typedef struct aici_dimension {
    uint16_t count;
    struct {
        uint16_t base;    /**< index of the base unit in its aici_units, plus one */
        int16_t exponent; /**< in twelfths */
    } factor[AICI_DIMENSION_FACTORS];
} aici_dimension;

/** What a unit's text means: this many coherent units of this dimension. */
typedef struct aici_unit {
    double scale;
    aici_dimension dimension;
    /** The text has FLOPS (FLOPs, flops) in it, which the library reads as an amount or as a rate, as the place demands:
     * `dimension` is that of the amount; the rate has one more 1/s. Scale is the same, the second being the coherent unit of time.
     * Where this would not tell the readings apart (FLOPS/s, USD/FLOPS, FLOPS^2, FLOPS twice), reading refuses. */
    bool flops_ambiguous;
} aici_unit;

/* --- dimensions: values, no memory ---------------------------------------------------------------------------------------------------- */

aici_dimension aici_dimension_none(void);
bool aici_dimension_equal(const aici_dimension *left, const aici_dimension *right);
bool aici_dimension_is_none(const aici_dimension *dimension);
/** False when there would be more than AICI_DIMENSION_FACTORS base units, or an exponent out of range; @p out is then untouched. */
bool aici_dimension_multiply(const aici_dimension *left, const aici_dimension *right, aici_dimension *out);
bool aici_dimension_divide(const aici_dimension *left, const aici_dimension *right, aici_dimension *out);
/** The power by a rational number, given as a double (2, 0.5, -1, 1.0/3); false also when the exponents would not be whole twelfths. */
bool aici_dimension_power(const aici_dimension *dimension, double exponent, aici_dimension *out);

/** So many of a unit in coherent units: the product, but where the scale is one over a whole number (% is 1/100, ms 1/1000) the quotient,
 * so that 57 % is the double nearest to 0.57. */
double aici_units_apply(double written, double scale);

/* --- the table of one scenario -------------------------------------------------------------------------------------------------------- */

/** The units that a scenario knows. While it is filled it belongs to one thread; afterwards any number may read it. */
typedef struct aici_units aici_units;

/** A table with the library's own units. NULL when there is no memory. */
aici_units *aici_units_new(const aic_allocator *allocator, const aic_limits *limits);
void aici_units_free(aici_units *units);

/** What kind of thing a base unit counts; decides about bare numbers and about money. */
typedef enum aici_base_class {
    AICI_BASE_PHYSICAL, /**< FLOP, OP, s, bit, J, m, g, gCO2e, … */
    AICI_BASE_COUNT,    /**< token, parameter, accelerator, …, and units that the user defines with `base` */
    AICI_BASE_MONEY     /**< a currency */
} aici_base_class;

/** Of a base unit as it stands in a factor (index plus one). */
aici_base_class aici_units_base_class(const aici_units *units, uint16_t base);

/** A unit of the user's own: @p definition NULL makes a new base unit (a count). The name may not exist yet. */
aic_status aici_units_define(aici_units *units, aici_slice name, const aici_unit *definition, const aici_place *place, aic_report *report);

/** Ties a currency: one @p currency is @p worth, which must be an amount of one other currency. Refuses circles, and what is tied already.
 */
aic_status aici_units_tie(aici_units *units, aici_slice currency, const aici_unit *worth, const aici_place *place, aic_report *report);

/** What the sign ¥ means from now on: "CNY" or "JPY"; other codes leave it refused. False when the code is no currency. */
bool aici_units_set_currency(aici_units *units, aici_slice code);

/** The declared currency as a unit (its scale is not 1 where an exchange rate ties it to another); false when none is declared. */
bool aici_units_currency(const aici_units *units, aici_unit *out, aici_slice *code);

/** Whether a name (no operators) is a unit, with prefix or plural; does not report. */
bool aici_units_knows(const aici_units *units, aici_slice name);

/** How many bytes at the start of @p text are the text of a unit, by its characters alone (letters, digits after `^`, `/`, `^`, `·`, a
 * hyphen before a letter, `%`, `¥ € $` not, Chinese letters that are units): it ends before a space, an operator, or a slash that no unit
 * name follows. 0 when no unit starts here. Whether the names exist is found out by aici_units_read(). */
size_t aici_units_scan(aici_slice text);

/** Reads bytes [begin, end) of a fragment as a unit: names with prefixes and synonyms, `^` powers, `·` and hyphen (binding tighter) and `/`
 * from left to right; "1", "1/year" and words joined by "per" too. FLOP/s-day is a unit by name. Errors: UNIT_*, LIMIT_UNIT, with the
 * nearest name as hint. */
aic_status aici_units_read(const aici_units *units, const aici_fragment *fragment, size_t begin, size_t end, aici_unit *out,
                           aic_report *report);

/** The currency sign or code that may stand before a number: "$", "€", "¥". Returns its bytes and the unit, 0 when there is none;
 * a refused ¥ reports and sets *status, which else is AIC_OK. */
size_t aici_units_read_sign(const aici_units *units, const aici_fragment *fragment, size_t begin, aici_unit *out, aic_status *status,
                            aic_report *report);

/* --- printing ------------------------------------------------------------------------------------------------------------------------- */

/** The coherent unit of a dimension as text that reads back: "FLOP/s/accelerator", "accelerator·s", "1/s", "1".
 * Numerator first, each part in the table's order, but time last in the numerator. */
void aici_units_add_dimension(const aici_units *units, const aici_dimension *dimension, aici_buffer *out);

/** What a person calls the dimension, for messages: "a ratio" (none), else as aici_units_add_dimension. */
void aici_units_add_description(const aici_units *units, const aici_dimension *dimension, aici_buffer *out);

typedef enum aici_numerals { AICI_NUMERALS_SI = 0, AICI_NUMERALS_CHINESE = 1 } aici_numerals;

/** Shows a value for a person, to @p digits significant digits: "11.59 EFLOP/s", "182.2k accelerator", "645.9M USD", "25.49 %/year", "152.3
 * day".
 * @p coherent is in the coherent unit. @p preferred is the text of the unit to show it in ("day", "%", "USD/server"; must have the
 * dimension), or NULL for the usual one: the coherent unit, but W for J/s, B for bit, `%/year` for 1/s, money per year (of an accelerator
 * per hour), time by magnitude. SI prefixes up to exa are put on a leading physical unit that takes them; an existing prefix stays while
 * the number is in 0.001..1e6, else it is replaced. The letters k M B T are put on counts, money and pure numbers, 万 亿 万亿 with
 * AICI_NUMERALS_CHINESE, but whole numbers below 10^digits stay whole; outside of these d.dde±x. Zeros at the end are dropped. What is
 * shown reads back as an expression. */
void aici_units_add_value(const aici_units *units, double coherent, const aici_dimension *dimension, const char *preferred, int digits,
                          aici_numerals numerals, aici_buffer *out);

/* --- introspection (for the api room) ------------------------------------------------------------------------------------------------- */

/** How many units the table lists by name (without prefixes and synonyms). */
size_t aici_units_count(const aici_units *units);

typedef struct aici_unit_entry {
    const char *name;       /**< "FLOP" */
    const char *title;      /**< "floating-point operation" */
    const char *definition; /**< "base", "2 FLOP", "86400 s" */
    const char *synonyms;   /**< "GPU TPU NPU chip", or "" */
    const char *source;     /**< where the factor comes from, or "" */
    bool decimal_prefixes, binary_prefixes;
    aici_base_class base_class; /**< of a base unit */
    aici_unit unit;
} aici_unit_entry;

/** Entry @p index < aici_units_count(). */
aici_unit_entry aici_units_entry(const aici_units *units, size_t index);

#endif
