/* SPDX-License-Identifier: MIT */
/*
 * The table of a result: columns of numbers, each with a name and a unit. Questions whose answer is many numbers leave one: raw draws (a
 * row a draw), histograms (a row a cell), sweeps (a row a point), sensitivities (a row an input), solutions (a row a solution). Other
 * results have none: no rows, no columns.
 */
#ifndef AICOMPUTE_TABLE_H
#define AICOMPUTE_TABLE_H

#include <aicompute/result.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Texts that belong to a column. */
typedef enum aic_column_text {
    AIC_COLUMN_NAME = 0, /**< a quantity: "chatgpt.capex", of a series with its year: "market.revenue[2026]"; or what the table knows of its
                            rows: "elasticity" */
    AIC_COLUMN_UNIT = 1, /**< of its values */
    AIC_COLUMN_STATISTIC = 2 /**< of a quantity that was sampled: "mean", "sd", "p5"; "" of a plain value */
} aic_column_text;

/** Texts that belong to a row. */
typedef enum aic_row_text {
    AIC_ROW_NAME = 0, /**< what it is about, such as the name of an input; "" where rows are only numbered */
    AIC_ROW_UNIT = 1  /**< of its own numbers: in a sensitivity, that of the input */
} aic_row_text;

/** How many rows a result's table has.
 * @param result  may be NULL, which gives 0
 * @threads       any
 * @since         0.1.0
 */
AIC_API size_t aic_result_row_count(const aic_result *result);

/** A text of a row.
 * @param result  not NULL
 * @param row     below aic_result_row_count(); else ""
 * @param which   which text; else ""
 * @return        text borrowed from @p result; "" where rows have no such text
 * @lifetime      until the last reference is given back
 * @threads       any
 * @since         0.1.0
 */
AIC_API const char *aic_result_row(const aic_result *result, size_t row, aic_row_text which);

/** How many columns a result's table has.
 * @param result  may be NULL, which gives 0
 * @threads       any
 * @since         0.1.0
 */
AIC_API size_t aic_result_column_count(const aic_result *result);

/** A text of a column.
 * @param result  not NULL
 * @param column  below aic_result_column_count(); else ""
 * @param which   which text; else ""
 * @return        text borrowed from @p result
 * @lifetime      until the last reference is given back
 * @threads       any
 * @since         0.1.0
 */
AIC_API const char *aic_result_column(const aic_result *result, size_t column, aic_column_text which);

/** The numbers of a column.
 * @param result  not NULL
 * @param column  below aic_result_column_count(); else NULL
 * @return        aic_result_row_count() numbers borrowed from @p result; NaN where a row has none
 * @units         aic_result_column(…, AIC_COLUMN_UNIT); some columns of a sensitivity are in the unit of each row
 * @lifetime      until the last reference is given back
 * @threads       any
 * @since         0.1.0
 */
AIC_API const double *aic_result_column_values(const aic_result *result, size_t column);

#ifdef __cplusplus
}
#endif
#endif
