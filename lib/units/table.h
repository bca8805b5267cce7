/* SPDX-License-Identifier: MIT */
/*
 * The library's own units as constant data: a row a unit, base units first, so that the number of a base unit is the number of its row.
 * The order of the rows is the order in which the parts of a unit are printed.
 */
#ifndef AICI_UNITS_TABLE_H
#define AICI_UNITS_TABLE_H

#include "units/units.h"

/* clang-format off */
enum aici_library_base {
    AICI_BASE_FLOP, AICI_BASE_OP, AICI_BASE_SECOND, AICI_BASE_BIT, AICI_BASE_JOULE, AICI_BASE_METRE, AICI_BASE_GRAM, AICI_BASE_CO2E,

    AICI_BASE_USD, AICI_BASE_CNY, AICI_BASE_EUR, AICI_BASE_JPY, AICI_BASE_GBP, AICI_BASE_KRW, AICI_BASE_INR, AICI_BASE_TWD,
    AICI_BASE_HKD, AICI_BASE_SGD, AICI_BASE_CAD, AICI_BASE_AUD, AICI_BASE_NZD, AICI_BASE_CHF, AICI_BASE_SEK, AICI_BASE_NOK,
    AICI_BASE_DKK, AICI_BASE_PLN, AICI_BASE_TRY, AICI_BASE_ILS, AICI_BASE_AED, AICI_BASE_SAR, AICI_BASE_BRL, AICI_BASE_MXN,
    AICI_BASE_ZAR, AICI_BASE_THB, AICI_BASE_IDR, AICI_BASE_MYR, AICI_BASE_VND,

    AICI_BASE_PARAMETER, AICI_BASE_TOKEN, AICI_BASE_ACCELERATOR, AICI_BASE_SERVER, AICI_BASE_USER, AICI_BASE_VISIT, AICI_BASE_QUERY,
    AICI_BASE_REQUEST, AICI_BASE_IMAGE, AICI_BASE_VIDEO, AICI_BASE_FRAME, AICI_BASE_PIXEL, AICI_BASE_PATCH, AICI_BASE_PERSON,
    AICI_BASE_UNIT, AICI_BASE_LAYER, AICI_BASE_HEAD, AICI_BASE_EXPERT, AICI_BASE_CHANNEL, AICI_BASE_SEQUENCE, AICI_BASE_SAMPLE,
    AICI_BASE_STEP, AICI_BASE_WORD, AICI_BASE_CHARACTER, AICI_BASE_PAGE, AICI_BASE_DOCUMENT, AICI_BASE_MESSAGE, AICI_BASE_SESSION,
    AICI_BASE_TASK, AICI_BASE_AGENT, AICI_BASE_SUBSCRIPTION, AICI_BASE_HOUSEHOLD, AICI_BASE_COMPANY, AICI_BASE_VEHICLE, AICI_BASE_DEVICE,
    AICI_BASE_CORE, AICI_BASE_WAFER,

    AICI_LIBRARY_BASES,
    AICI_MONEY_FIRST = AICI_BASE_USD,
    AICI_MONEY_COUNT = AICI_BASE_PARAMETER - AICI_BASE_USD
};
/* clang-format on */

/** What may stand in front of a unit. */
enum { AICI_PREFIX_LARGE = 1, AICI_PREFIX_SMALL = 2, AICI_PREFIX_BINARY = 4 };

/** Besides: words take a plural; an operation over seconds times a time is a unit by name; FLOPS is an amount or a rate. */
enum { AICI_UNIT_PLURAL = 8, AICI_UNIT_OPERATION = 16, AICI_UNIT_AMBIGUOUS = 32 };

typedef struct aici_library_unit {
    const char *name, *title, *definition, *synonyms, *source;
    double scale;
    aici_dimension dimension; /**< of a base unit: none, for it is the row itself */
    uint8_t base_class;       /**< aici_base_class, of a base unit */
    uint8_t flags;            /**< AICI_PREFIX_* and AICI_UNIT_* */
    int8_t largest_shown;     /**< power of ten of the largest prefix that people are shown */
    int8_t successor_power;   /**< power of ten from which people are shown the successor instead, 0 for none */
    const char *successor;    /**< "t" after "g" */
} aici_library_unit;

/** Rows of the table; those below AICI_LIBRARY_BASES are base units. */
size_t aici_units_library_count(void);
const aici_library_unit *aici_units_library(size_t row);

/** Bytes of the unit in Chinese that starts @p text, or 0. */
size_t aici_units_chinese_size(aici_slice text);

#endif
