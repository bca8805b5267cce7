/* SPDX-License-Identifier: MIT */
/*
 * A result: the values of one evaluation, the verdicts on claims, or the derivation of a figure. Immutable, counted, readable by any number
 * of threads.
 */
#ifndef AICOMPUTE_RESULT_H
#define AICOMPUTE_RESULT_H

#include <aicompute/report.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What came out. Immutable; shared by counting. */
typedef struct aic_result aic_result;

/** What part a quantity plays. */
typedef enum aic_role { AIC_ROLE_ASSUMPTION = 0, AIC_ROLE_INPUT = 1, AIC_ROLE_OUTPUT = 2, AIC_ROLE_CALCULATION = 3 } aic_role;

/** What became of a claim. */
typedef enum aic_verdict {
    AIC_VERDICT_HOLDS = 0,        /**< the intervals of the published and the computed figure overlap */
    AIC_VERDICT_READING = 1,      /**< it holds under a named reading only */
    AIC_VERDICT_DIFFERS = 2,      /**< it does not follow from its assumptions */
    AIC_VERDICT_NOT_CHECKABLE = 3 /**< its source does not print what it would need */
} aic_verdict;

/** The figures of a claim. */
typedef enum aic_claim_figure {
    AIC_CLAIM_PUBLISHED = 0,
    AIC_CLAIM_PUBLISHED_LOW = 1,
    AIC_CLAIM_PUBLISHED_HIGH = 2,
    AIC_CLAIM_COMPUTED = 3,
    AIC_CLAIM_COMPUTED_LOW = 4,
    AIC_CLAIM_COMPUTED_HIGH = 5,
    AIC_CLAIM_RATIO = 6,  /**< published / computed */
    AIC_CLAIM_SAMPLES = 7 /**< draws of which AIC_CLAIM_COMPUTED is the median, AIC_CLAIM_COMPUTED_LOW and AIC_CLAIM_COMPUTED_HIGH are p5
                             and p95; 0: nothing is uncertain */
} aic_claim_figure;

/** Texts that belong to a claim. */
typedef enum aic_claim_text {
    AIC_CLAIM_ID = 0,
    AIC_CLAIM_SAYS = 1,
    AIC_CLAIM_UNIT = 2,
    AIC_CLAIM_READING = 3,
    AIC_CLAIM_SOURCE = 4,
    AIC_CLAIM_NOTE = 5,
    /** names of the assumptions and inputs that it depends on, are figures and have no source, separated by ", " */
    AIC_CLAIM_UNSOURCED = 6,
    AIC_CLAIM_DEFAULTS = 7 /**< names of the inputs that it depends on for which the kind's default stands, separated by ", " */
} aic_claim_text;

/** Texts that belong to a quantity. */
typedef enum aic_quantity_text {
    AIC_QUANTITY_NAME = 0,
    AIC_QUANTITY_UNIT = 1,
    AIC_QUANTITY_DISPLAY = 2,
    AIC_QUANTITY_LABEL = 3,
    AIC_QUANTITY_SOURCE = 4,
    AIC_QUANTITY_NOTE = 5,
    AIC_QUANTITY_MODEL = 6 /**< name of the model it belongs to, or "" */
} aic_quantity_text;

/** How a result is written. */
typedef enum aic_format { AIC_FORMAT_TEXT = 0, AIC_FORMAT_JSON = 1, AIC_FORMAT_CSV = 2, AIC_FORMAT_MARKDOWN = 3 } aic_format;

/** How large numbers are shown to people. */
typedef enum aic_numerals { AIC_NUMERALS_SI = 0, AIC_NUMERALS_CHINESE = 1 } aic_numerals;

/** How a text is made. Zero every member that is not needed. */
typedef struct aic_text_options {
    size_t size;    /**< sizeof(aic_text_options) */
    int format;     /**< aic_format */
    int numerals;   /**< aic_numerals; of text and Markdown */
    int color;      /**< not 0: ANSI colours in text */
    int width;      /**< columns of a text table; 0: 100 */
    int digits;     /**< significant digits for people; 0: 4 */
    int everything; /**< not 0: text and Markdown also list assumptions and inputs (JSON and CSV always do) */
} aic_text_options;

/** Takes one more reference.
 * @param result  may be NULL
 * @return        @p result
 * @threads       any
 * @since         0.1.0
 */
AIC_API aic_result *aic_result_ref(aic_result *result);

/** Gives a reference back.
 * @param result  may be NULL
 * @threads       any
 * @since         0.1.0
 */
AIC_API void aic_result_unref(aic_result *result);

/** How many quantities a result holds.
 * @param result  may be NULL, which gives 0
 * @threads       any
 * @since         0.1.0
 */
AIC_API size_t aic_result_count(const aic_result *result);

/** Finds a quantity by its full name.
 * @param result      not NULL
 * @param name        such as "chatgpt.capex"
 * @param[out] index  untouched on failure
 * @param report      may be NULL; offers the nearest name
 * @return            AIC_OK, AIC_ERROR_ARGUMENT, AIC_ERROR_NAME
 * @threads           any
 * @since             0.1.0
 */
AIC_API aic_status aic_result_find(const aic_result *result, const char *name, size_t *index, aic_report *report);

/** A text of a quantity.
 * @param result  not NULL
 * @param index   below aic_result_count(); else ""
 * @param which   which text; else ""
 * @return        text borrowed from @p result
 * @lifetime      until the last reference is given back
 * @threads       any
 * @since         0.1.0
 */
AIC_API const char *aic_result_quantity(const aic_result *result, size_t index, aic_quantity_text which);

/** The part that a quantity plays.
 * @param result  not NULL
 * @param index   below aic_result_count(); else AIC_ROLE_ASSUMPTION
 * @threads       any
 * @since         0.1.0
 */
AIC_API aic_role aic_result_role(const aic_result *result, size_t index);

/** Whether a quantity is an input for which the kind's default stands.
 * @param result  not NULL
 * @param index   below aic_result_count(); else 0
 * @threads       any
 * @since         0.1.0
 */
AIC_API int aic_result_is_default(const aic_result *result, size_t index);

/** The value of a quantity that is not a series; of a series the value of its first year.
 * @param result  not NULL
 * @param index   below aic_result_count(); else NaN
 * @units         aic_result_quantity(…, AIC_QUANTITY_UNIT)
 * @threads       any
 * @since         0.1.0
 */
AIC_API double aic_result_value(const aic_result *result, size_t index);

/** How many years a series has.
 * @param result  not NULL
 * @param index   below aic_result_count(); else 0
 * @return        0 for a quantity that is not a series
 * @threads       any
 * @since         0.1.0
 */
AIC_API size_t aic_result_year_count(const aic_result *result, size_t index);

/** The years of a series, ascending.
 * @param result  not NULL
 * @param index   below aic_result_count(); else NULL
 * @return        aic_result_year_count() years borrowed from @p result; NULL for a quantity that is not a series
 * @lifetime      until the last reference is given back
 * @threads       any
 * @since         0.1.0
 */
AIC_API const int *aic_result_years(const aic_result *result, size_t index);

/** The values of a quantity: one a year, or just one.
 * @param result  not NULL
 * @param index   below aic_result_count(); else NULL
 * @return        values borrowed from @p result; NULL for an input that is a text or a truth value
 * @units         aic_result_quantity(…, AIC_QUANTITY_UNIT)
 * @lifetime      until the last reference is given back
 * @threads       any
 * @since         0.1.0
 */
AIC_API const double *aic_result_values(const aic_result *result, size_t index);

/** How many claims a result holds.
 * @param result  may be NULL, which gives 0
 * @threads       any
 * @since         0.1.0
 */
AIC_API size_t aic_result_claim_count(const aic_result *result);

/** A text of a claim.
 * @param result  not NULL
 * @param index   below aic_result_claim_count(); else ""
 * @param which   which text; else ""
 * @return        text borrowed from @p result
 * @lifetime      until the last reference is given back
 * @threads       any
 * @since         0.1.0
 */
AIC_API const char *aic_result_claim(const aic_result *result, size_t index, aic_claim_text which);

/** A figure of a claim.
 * @param result  not NULL
 * @param index   below aic_result_claim_count(); else NaN
 * @param figure  which
 * @return        the figure; NaN where it does not apply, infinity where an interval is open
 * @units         aic_result_claim(…, AIC_CLAIM_UNIT); ratio and draws are pure numbers
 * @threads       any
 * @since         0.1.0
 */
AIC_API double aic_result_claim_figure(const aic_result *result, size_t index, aic_claim_figure figure);

/** What became of a claim.
 * @param result  not NULL
 * @param index   below aic_result_claim_count(); else AIC_VERDICT_NOT_CHECKABLE
 * @threads       any
 * @since         0.1.0
 */
AIC_API aic_verdict aic_result_claim_verdict(const aic_result *result, size_t index);

/** What the scenario expects to become of a claim.
 * @param result  not NULL
 * @param index   below aic_result_claim_count(); else AIC_VERDICT_NOT_CHECKABLE
 * @threads       any
 * @since         0.1.0
 */
AIC_API aic_verdict aic_result_claim_expected(const aic_result *result, size_t index);

/** How many claims have a verdict.
 * @param result   may be NULL, which gives 0
 * @param verdict  which
 * @threads        any
 * @since          0.1.0
 */
AIC_API size_t aic_result_verdict_count(const aic_result *result, aic_verdict verdict);

/** How many claims have another verdict than the expected one.
 * @param result  may be NULL, which gives 0
 * @threads       any
 * @since         0.1.0
 */
AIC_API size_t aic_result_unexpected_count(const aic_result *result);

/** A verdict as it is written: "holds", "reading", "differs", "not_checkable".
 * @param verdict  which
 * @return         text borrowed from the library; "" for an unknown value
 * @lifetime       for ever
 * @threads        any
 * @since          0.1.0
 */
AIC_API const char *aic_verdict_text(aic_verdict verdict);

/** Writes a result. The JSON's keys are part of the interface (doc/json.md).
 * @param result     not NULL
 * @param options    NULL: a plain text table
 * @param[out] text  owned by the caller; NULL on failure
 * @param report     may be NULL
 * @return           AIC_OK, AIC_ERROR_ARGUMENT, AIC_ERROR_MEMORY
 * @threads          any
 * @since            0.1.0
 */
AIC_API aic_status aic_result_text(const aic_result *result, const aic_text_options *options, aic_text **text, aic_report *report);

#ifdef __cplusplus
}
#endif
#endif
