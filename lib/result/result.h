/* SPDX-License-Identifier: MIT */
/*
 * The door of result: what an evaluation, a check or a derivation came to, as columns with names and units, independent of the scenario;
 * and its writing as table, JSON, CSV and Markdown. It computes nothing. The upper rooms fill a result through the functions below and then
 * never change it.
 */
#ifndef AICI_RESULT_RESULT_H
#define AICI_RESULT_RESULT_H

#include "base/report.h"
#include "units/units.h"
#include <aicompute/result.h>

/** A value shown for people, in both numerals. */
typedef struct aici_shown {
    const char *si, *chinese;
} aici_shown;

/** Significant digits for people, unless others are asked for. */
enum { AICI_RESULT_DIGITS = 4 };

/** What a value is shown from, in any numerals and to any number of digits. */
typedef struct aici_figure {
    double coherent;                 /**< in coherent units */
    const aici_dimension *dimension; /**< NULL: a number without more */
    const char *preferred;           /**< unit in which people are shown it, or NULL: the coherent one */
} aici_figure;

/** What was sampled of one value, in the quantity's unit. */
typedef struct aici_result_statistics {
    double mean, sd, mean_error, sd_error;
    const double *quantile, *quantile_error; /**< parallel to the result's probabilities */
    uint64_t out_of_bounds, not_finite;
} aici_result_statistics;

typedef struct aici_result_quantity {
    const char *name, *unit, *label, *source, *note, *model, *kind; /**< "" where there is none; source: "id: title" */
    const char *formula; /**< of outputs and calculations, and of other quantities that are computed from names; for people */
    uint8_t role;        /**< aic_role */
    bool is_default;
    bool is_named; /**< the caller asked for this very quantity: shown whatever its role */
    bool is_text;  /**< a boolean or text input: `text` is its value, there is no number */
    const char *text;
    const int *year; /**< NULL: one value */
    size_t year_count;
    const double *value;                      /**< one, or one a year, in `unit` */
    const aici_shown *shown;                  /**< parallel to value, to AICI_RESULT_DIGITS */
    const aici_result_statistics *statistics; /**< parallel to value; NULL: not sampled */
    double scale;                             /**< coherent units in one `unit` */
    const aici_dimension *dimension;
    const char *preferred; /**< as in aici_figure */
} aici_result_quantity;

/** Names, one by one and in one text; all of it may be NULL. */
typedef struct aici_result_names {
    const char *const *name;
    size_t count;
    const char *text; /**< separated by ", " */
} aici_result_names;

/** An edit of the workings that reproduces a published figure. */
typedef struct aici_result_diagnosis {
    const char *slip; /**< its kind: "periods + 1" */
    const char *text; /**< "reproduced with 6 periods in place of 5: 20.83 %/year" */
    double gives;     /**< in the claim's unit */
    double by_luck;   /**< how many edits that are no dearer would have hit by luck */
} aici_result_diagnosis;

/** The value of an input that alone makes a claim true. */
typedef struct aici_result_reconcile {
    const char *input, *unit, *display;
    double value; /**< in `unit` */
    bool within_bounds;
} aici_result_reconcile;

typedef struct aici_result_claim {
    const char *id, *says, *unit, *reading, *source, *note; /**< reading: names of all readings that hold, separated by "; " */
    const char *const *reading_name;                        /**< the same, one by one */
    size_t reading_count;
    const char *why;           /**< not checkable: the reason */
    const char *statement;     /**< "published", "between", "at_least", "at_most", "about", "not_checkable" */
    uint8_t verdict, expected; /**< aic_verdict */
    double figure[7];          /**< by aic_claim_figure up to AIC_CLAIM_RATIO, in `unit` */
    uint64_t samples;          /**< draws that the computed figures come from; 0: none */
    double scale;              /**< coherent units in one `unit` */
    const aici_dimension *dimension;
    const char *preferred; /**< as in aici_figure */
    int printed_digits;    /**< significant digits of the published figure; 0: as many as are asked for */
    const char *file;
    unsigned line;
    aici_result_names unsourced;            /**< assumptions and inputs it depends on that are figures and have no source */
    aici_result_names standing;             /**< inputs it depends on for which the kind's default stands */
    bool diagnosed;                         /**< a slip was looked for */
    const aici_result_diagnosis *diagnosis; /**< simplest first; none: no simple slip */
    size_t diagnosis_count, edits_tried;
    double hits_by_luck; /**< how many of the edits that were tried are expected to hit by luck */
    const aici_result_reconcile *reconcile;
    size_t reconcile_count;
} aici_result_claim;

/** Stands in a template for the next of its operands: a control character, which no formula has. */
enum { AICI_RESULT_OPERAND = 0x1a };

/** A step of a derivation, in the order of reading; `depth` indents. */
typedef struct aici_result_step {
    unsigned depth;
    const char *name;       /**< "chatgpt.compute_rate" */
    int year;               /**< or INT_MIN */
    const char *unit;       /**< of value */
    double value;           /**< in `unit`; NaN for a text */
    const char *text;       /**< of a boolean or text, else NULL */
    aici_figure figure;     /**< the same value, to be shown */
    double scale;           /**< coherent units in one `unit` */
    const int *series_year; /**< of a whole series, whose last year is derived: all its years and their values, in `unit`; else NULL */
    const double *series_value;
    size_t series_count;
    const char *formula;     /**< "compute_per_query * queries_per_day * peak_to_average"; "" for a leaf */
    const char *substituted; /**< the formula with AICI_RESULT_OPERAND where its values go; "" for a leaf, and where it says nothing new */
    const aici_figure *operand;
    size_t operand_count;
    const char *written;                     /**< of a leaf: the text in the scenario: "1万亿 parameter" */
    const char *label, *doc, *source, *note; /**< source: of the figure or the formula */
    const char *where;                       /**< "report.yaml:35" or "kind inference" */
    bool is_default;
    bool repeated; /**< shown in full further up */
    bool cut;      /**< its own steps are left out, for there would be too many */
} aici_result_step;

typedef struct aici_result_model {
    const char *name, *kind, *title;
    unsigned version;
} aici_result_model;

typedef struct aici_result_missing {
    const char *name, *needs; /**< an output that was left out, and the input that it needs */
} aici_result_missing;

/** What something does to a result when it alone is put into the first scenario. */
typedef struct aici_result_cause {
    const char *name; /**< "chatgpt.utilization", or several that go only together, separated by ", " */
    double effect;    /**< in the unit of the difference; NaN: nothing can be computed with it alone */
    double share;     /**< of the whole change */
} aici_result_cause;

/** A quantity that two scenarios have otherwise; side NULL: that scenario does not have it. */
typedef struct aici_result_difference {
    const char *name;
    const aici_result_quantity *side[2];
    bool is_apart;    /**< dimensions differ (or one is a text): nothing can be subtracted, values stay in their own units */
    const char *unit; /**< of the values, and of what follows from them */
    uint8_t shown_by; /**< the side whose unit it is, and as whose quantity it is shown */
    const int *year;  /**< NULL: one value */
    size_t year_count;
    const double *value[2];         /**< one, or one a year, NaN where there is none; NULL: a text, or not there */
    size_t at;                      /**< which of them is compared: in the last year that both have in which they differ */
    double change, ratio;           /**< second - first, second / first; NaN where there is none */
    const aici_result_cause *cause; /**< the largest first */
    size_t cause_count;
    bool is_attributed; /**< its causes were looked for */
    double interaction; /**< what is left of the change when all effects are taken off */
} aici_result_difference;

/** A formula, a model's kind, an exchange rate, a unit, the currency or the timeline, that is another; NULL: that scenario does not have
 * it. */
typedef struct aici_result_formula {
    const char *name, *what; /**< what: "formula", "distribution", "kind", "exchange_rates", "units", "currency", "timeline" */
    const char *side[2];
} aici_result_formula;

typedef struct aici_result_diff {
    const aic_result *side[2]; /**< the values of both scenarios, from which texts are borrowed */
    const aici_result_difference *assumption;
    size_t assumption_count;
    const aici_result_formula *formula;
    size_t formula_count;
    const aici_result_difference *result;
    size_t result_count;
    const char *const *unattributed; /**< what cannot be put into the first scenario alone: its effects are in the interactions */
    size_t unattributed_count;
} aici_result_diff;

/** A unit in which a row has numbers of its own, as in aici_result_column. */
typedef struct aici_result_unit {
    const char *unit;
    double scale;
    const aici_dimension *dimension;
    const char *preferred;
} aici_result_unit;

/** A column of a table. */
typedef struct aici_result_column {
    const char *name, *unit, *statistic; /**< statistic: "mean", "p5"; "" of a plain value */
    const double *value;                 /**< row_count numbers, in `unit` */
    double scale;                        /**< coherent units in one `unit` */
    const aici_dimension *dimension;     /**< NULL: numbers without more */
    const char *preferred;               /**< as in aici_figure */
    bool by_row;                         /**< each number is in the unit of its row */
} aici_result_column;

/** What is shown of a sensitivity beside its columns. */
typedef struct aici_result_tornado {
    double value, scale; /**< of the subject at the medians, in the unit of the columns `low` and `high` */
    const aici_dimension *dimension;
    const char *preferred;
    double from, to;        /**< probabilities of the ends */
    double step;            /**< by how much certain inputs were moved; 0: they were not */
    const bool *is_certain; /**< by row */
    size_t input, input_low, input_high, low, high, elasticity, mean, mean_error, share; /**< columns; SIZE_MAX: there is none */
} aici_result_tornado;

/** Of rows times columns: 1 GiB. */
#define AICI_TABLE_MOST_NUMBERS (UINT64_C(1) << 27)

/** An answer of many numbers, as columns. */
typedef struct aici_result_table {
    const char *kind;                 /**< "draws", "histogram", "sweep", "sensitivity", "solve" */
    const char *subject;              /**< what was asked about, such as "chatgpt.capex"; "" where it is the columns themselves */
    const char *row_head;             /**< what rows are, such as "input"; "" where they are only numbered */
    const char *const *row;           /**< labels, or NULL: rows are only numbered */
    const aici_result_unit *row_unit; /**< parallel to row; NULL: no column is by row */
    size_t row_count;
    const aici_result_column *column;
    size_t column_count;
    const char *const *remark; /**< sentences that stand below the table */
    size_t remark_count;
    const size_t *axis_size; /**< of a grid: how many values each of the first axis_count columns takes, the first varying slowest */
    size_t axis_count;
    size_t input_count;                 /**< of a sweep: the first columns, which are what was moved */
    const aici_result_tornado *tornado; /**< of a sensitivity, else NULL */
} aici_result_table;

struct aic_result {
    uint32_t references;
    aici_arena *arena; /**< holds everything that is not the owner's, this struct included */
    void *owner;       /**< what the result borrows texts and units from: a bound scenario, or NULL */
    void (*release_owner)(void *owner);
    const aici_units *units; /**< the owner's; NULL: values are shown in coherent units */
    const char *title, *file;
    uint64_t samples, seed;
    bool is_sobol;
    const double *quantile; /**< probabilities of the quantiles */
    size_t quantile_count;
    bool has_quantities, has_claims, has_steps; /**< what was asked for */
    const aici_result_diff *diff;               /**< or NULL */
    const aici_result_table *table;             /**< or NULL */
    const aici_result_quantity *quantity;
    size_t quantity_count;
    const aici_result_claim *claim;
    size_t claim_count;
    const aici_result_step *step;
    size_t step_count;
    const aici_result_model *model; /**< models in the order of the scenario, with kind and version (provenance) */
    size_t model_count;
    const aici_result_missing *missing;
    size_t missing_count;
    const aici_result_quantity *standing; /**< inputs for which the kind's default stands, as far as what was asked for depends on them */
    size_t standing_count;
};

/** A new, empty result with one reference and its own arena. NULL when there is no memory. */
aic_result *aici_result_new(const aic_allocator *allocator);
aic_result *aici_result_ref(aic_result *result);
void aici_result_release(aic_result *result);

/** Makes the two showings of a value (in coherent units) in @p arena; {NULL, NULL} when there is no memory. */
aici_shown aici_result_show(aici_arena *arena, const aici_units *units, double coherent, const aici_dimension *dimension,
                            const char *preferred, int digits);

/** Writes a result. Sections that it does not have are left out. */
aic_status aici_result_write(const aic_result *result, const aic_text_options *options, aici_buffer *out, aic_report *report);

/* Pieces that the api room uses for its own texts (kinds, units). */

/** JSON: strings escaped, numbers shortest, null for what is not finite; commas and line breaks follow from what was written last. */
typedef struct aici_json {
    aici_buffer *out;
    unsigned depth;
} aici_json;

aici_json aici_json_new(aici_buffer *out);
void aici_json_open(aici_json *json, const char *key, char bracket); /**< '{' or '['; key NULL inside arrays */
void aici_json_close(aici_json *json, char bracket);
void aici_json_text(aici_json *json, const char *key, const char *value); /**< value NULL: null */
void aici_json_number(aici_json *json, const char *key, double value);
void aici_json_integer(aici_json *json, const char *key, long long value);
void aici_json_count(aici_json *json, const char *key, uint64_t value);
void aici_json_boolean(aici_json *json, const char *key, bool value);

/** A table: cells by rows, the first row being the head. What could harm a terminal is escaped in text and Markdown. */
typedef struct aici_table {
    const char *const *cell; /**< row_count * column_count; NULL is empty */
    size_t column_count, row_count;
    const char *align;        /**< 'l' or 'r' a column; 'l' where it ends */
    const char *const *color; /**< NULL, or parallel to cell: parameters of an ANSI colour ("32") or NULL */
} aici_table;

/** Aligned by terminal width; what is wider than @p width (0: no limit) loses its last columns, which a last line says. */
void aici_table_add_text(const aici_table *table, int width, aici_buffer *out);
void aici_table_add_csv(const aici_table *table, aici_buffer *out); /**< RFC 4180 */
void aici_table_add_markdown(const aici_table *table, aici_buffer *out);

#endif
