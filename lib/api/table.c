/* SPDX-License-Identifier: MIT */
/* Public functions of a result's table. */
#include "result/result.h"
#include <aicompute/table.h>

static const aici_result_column *column_at(const aic_result *result, size_t column) {
    return result && result->table && column < result->table->column_count ? &result->table->column[column] : NULL;
}

size_t aic_result_row_count(const aic_result *result) { return result && result->table ? result->table->row_count : 0; }

size_t aic_result_column_count(const aic_result *result) { return result && result->table ? result->table->column_count : 0; }

const char *aic_result_row(const aic_result *result, size_t row, aic_row_text which) {
    if (row >= aic_result_row_count(result))
        return "";
    const aici_result_table *table = result->table;
    switch (which) {
    case AIC_ROW_NAME: return table->row ? table->row[row] : "";
    case AIC_ROW_UNIT: return table->row_unit ? table->row_unit[row].unit : "";
    }
    return "";
}

const char *aic_result_column(const aic_result *result, size_t column, aic_column_text which) {
    const aici_result_column *at = column_at(result, column);
    if (!at)
        return "";
    switch (which) {
    case AIC_COLUMN_NAME: return at->name;
    case AIC_COLUMN_UNIT: return at->unit;
    case AIC_COLUMN_STATISTIC: return at->statistic;
    }
    return "";
}

const double *aic_result_column_values(const aic_result *result, size_t column) {
    const aici_result_column *at = column_at(result, column);
    return at ? at->value : NULL;
}
