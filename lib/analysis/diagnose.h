/* SPDX-License-Identifier: MIT */
/*
 * Why a published figure differs: the smallest edit of the workings that reproduces it within its printed digits, and for each input the
 * value that alone would make it true. Edits are tried on the sheet of values (diagnose_sheet.h): they come from what is computed, not from
 * what things are called. doc/diagnosis.md says what is tried and when the answer is silence.
 */
#ifndef AICI_ANALYSIS_DIAGNOSE_H
#define AICI_ANALYSIS_DIAGNOSE_H

#include "analysis/diagnose_sheet.h"

/** What can have gone wrong. X(name, cost, key): the cheaper is the simpler and comes first. */
#define AICI_SLIPS(X)                                                                                                                      \
    X(CARRIED, 1.0, "carried forward")                                                                                                     \
    X(PERIODS_MORE, 1.0, "periods + 1")                                                                                                    \
    X(PERIODS_FEWER, 1.0, "periods - 1")                                                                                                   \
    X(RATES_ADDED, 1.0, "rates added")                                                                                                     \
    X(GROWTH_TO, 1.1, "growth to")                                                                                                         \
    X(GROWTH_OF, 1.1, "growth of") X(MINOR_MONEY, 1.1, "minor unit of money") X(PERCENT, 1.1, "percent") X(CHOICE, 1.1, "choice")          \
        X(POWER_OF_TEN, 1.2, "power of ten") X(CHINESE_SCALE, 1.3, "chinese scale") X(PREFIX, 1.3, "prefix")                               \
            X(SIBLING, 1.3, "another model") X(DIMENSION, 1.4, "dimension dropped") X(LEFT_OUT, 1.5, "left out")                           \
                X(TWICE, 1.6, "counted twice") X(CURRENCY, 1.4, "currency") X(SIMPLE_GROWTH, 1.6, "simple growth")                         \
                    X(TIME, 1.7, "rate for amount") X(YEAR, 1.8, "length of the year") X(OTHER_INPUT, 2.0, "another quantity")             \
                        X(FACTOR, 2.1, "factor") X(ROUNDED, 2.2, "rounded") X(OTHER_RESULT, 2.3, "another result")                         \
                            X(BINARY, 2.4, "binary") X(COUNTED_IN, 2.4, "counted in") X(PAIR, 0.0, "two slips")

typedef enum aici_slip {
#define AICI_SLIP(name, cost, key) AICI_SLIP_##name,
    AICI_SLIPS(AICI_SLIP)
#undef AICI_SLIP
        AICI_SLIP_COUNT
} aici_slip;

/** What is added to the costs of two edits that are needed together. */
#define AICI_COST_OF_PAIR 1.0

/** One way in which the figure may have come about. */
typedef struct aici_edit {
    uint8_t slip;         /**< aici_slip */
    uint8_t change_count; /**< 1, or 2 of a pair */
    aici_change change[2];
    double cost, gives;       /**< gives: coherent */
    uint32_t subject;         /**< the value that it is about, or AICI_NONE: the result */
    const aici_expr *operand; /**< as it is written, or NULL */
    uint32_t other;           /**< what it is confused with: a quantity, a claim */
    double number;            /**< a factor, a number of periods, a rounded figure */
    const char *words;        /**< what the factor stands for, or "" */
    uint32_t first, second;   /**< of a pair: positions of its edits */
    uint32_t group;           /**< edits of one group give the same */
    double luck;              /**< of a hit: how many edits that are as simple would hit by luck */
} aici_edit;

typedef struct aici_search {
    const aici_sheet *sheet;
    uint32_t claim;
    aici_chain chain;
    double computed;
    aici_edit *edit;
    size_t count, capacity;
    bool failed; /**< there was no memory */
} aici_search;

/** Adds an edit of one change; nothing where it changes nothing, or what comes out is no number of the same sign. */
void aici_search_add(aici_search *search, aici_edit edit, aici_change change);

/** The edit of a kind, with its cost. */
aici_edit aici_edit_of(aici_slip slip, uint32_t subject);

/** Edits of what is computed from what (diagnose_operations.c). */
void aici_search_operations(aici_search *search);

/** Edits of values: factors, other quantities, figures carried forward (diagnose_values.c). */
void aici_search_values(aici_search *search);

/** The sentence of an edit without its result: "without `height` and `width`" (diagnose_say.c). */
void aici_edit_add_text(const aici_search *search, const aici_edit *edit, aici_buffer *out);

/** Whether an input of one model is as the same input of another model of its kind. */
bool aici_inputs_agree(const aici_sheet *sheet, uint32_t input, uint32_t other);

/** Diagnosis and reconciling inputs of one claim that differs, into its entry of a result; texts in @p arena. What it takes is taken from
 * @p budget; where that does not suffice the claim gets no diagnosis. */
aic_status aici_diagnose(const aici_sheet *sheet, uint32_t claim, aici_arena *arena, size_t *budget, aici_result_claim *out);

/** Operations for all claims of a scenario: half a second or so. */
#define AICI_DIAGNOSE_BUDGET ((size_t)50000000)

/** For each input, the value that alone reconciles the claim (diagnose_reconcile.c). */
aic_status aici_reconcile(const aici_search *search, aici_arena *arena, aici_result_claim *out);

#endif
