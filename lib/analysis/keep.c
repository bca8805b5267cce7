/* SPDX-License-Identifier: MIT */
/* A column for each value that is sampled, of a series one a year; or three, for the cells of its histogram. */
#include "analysis/keep.h"
#include "analysis/describe.h"

#include <string.h>

enum { FROM, TO, COUNT, PARTS };

static bool is_wished(const aici_sample_wish *wish) { return wish->keep_draws || wish->cells > 0; }

/* --- room ----------------------------------------------------------------------------------------------------------------------------- */

static aic_status refuse_size(const aici_keep *self, uint64_t draws) {
    aic_report *report = self->survey->report;
    uint64_t most = AICI_TABLE_MOST_NUMBERS / self->columns;
    aic_status status = aici_report_error(report, AICI_CODE_LIMIT_DRAWS, NULL, "%llu draws of %zu values cannot be kept: at most %llu can",
                                          (unsigned long long)draws, self->columns, (unsigned long long)most);
    aici_report_hint(report, "take fewer samples, or ask for fewer quantities by name");
    return status;
}

static bool take_room(aici_keep *self) {
    aici_arena *arena = self->survey->result->arena;
    if (self->survey->wish->cells)
        arena = self->arena = aici_arena_new(self->survey->allocator);
    self->column = arena ? aici_arena_take_array(arena, self->columns, sizeof *self->column) : NULL;
    bool made = self->column;
    for (size_t i = 0; made && i < self->columns; i++)
        made = (self->column[i] = aici_arena_take_array(arena, self->rows, sizeof *self->column[i])) != NULL;
    return made;
}

aic_status aici_keep_begin(aici_keep *self, aici_survey *survey) {
    *self = (aici_keep){.survey = survey};
    if (!is_wished(survey->wish) || survey->count == 0)
        return AIC_OK;
    uint64_t draws = aici_sampled_draws(survey->wish);
    self->columns = survey->wanted.count;
    if (draws > AICI_TABLE_MOST_NUMBERS / self->columns)
        return refuse_size(self, draws);
    self->rows = (size_t)draws;
    if (!take_room(self))
        return aici_report_memory(survey->report);
    survey->sampling.draws = self->column;
    return AIC_OK;
}

void aici_keep_end(aici_keep *self) { aici_arena_free(self->arena); }

/* --- the table ------------------------------------------------------------------------------------------------------------------------ */

static const char *name_of(const aici_keep *self, const aici_result_quantity *quantity, size_t index) {
    aici_buffer text = aici_buffer_new(self->survey->allocator);
    if (!quantity->year)
        return quantity->name;
    aici_buffer_add_format(&text, "%s[%d]", quantity->name, quantity->year[index]);
    return aici_describe_keep(self->survey->result->arena, &text);
}

static void to_unit(double *value, size_t count, double scale) {
    for (size_t i = 0; i < count && scale != 1; i++)
        value[i] /= scale;
}

static aici_result_column column_of(const aici_result_quantity *quantity, const char *name, const char *statistic, const double *value) {
    return (aici_result_column){.name = name,
                                .unit = quantity->unit,
                                .statistic = statistic,
                                .value = value,
                                .scale = quantity->scale,
                                .dimension = quantity->dimension,
                                .preferred = quantity->preferred};
}

/** Cells of one column of draws, as three columns. */
static bool add_histogram(const aici_keep *self, const aici_result_quantity *quantity, const char *name, const double *draws,
                          aici_result_column *to) {
    uint32_t cells = self->survey->wish->cells;
    double *edge = aici_arena_take_array(self->survey->result->arena, 3 * (size_t)cells + 1, sizeof *edge),
           *number = edge ? edge + cells + 1 : NULL;
    double *end = number ? number + cells : NULL;
    if (!edge || !aici_histogram_make(draws, self->rows, cells, self->survey->allocator, edge, number))
        return false;
    memcpy(end, edge + 1, cells * sizeof *end);
    to[FROM] = column_of(quantity, name, "from", edge);
    to[TO] = column_of(quantity, name, "to", end);
    to[COUNT] = (aici_result_column){.name = name, .unit = "1", .statistic = "count", .value = number, .scale = 1};
    return true;
}

static bool add_entry(const aici_keep *self, const aici_survey_entry *entry, aici_result_column *column) {
    size_t each = self->survey->wish->cells ? PARTS : 1, values = entry->to->year ? entry->to->year_count : 1;
    bool made = true;
    for (size_t i = 0; made && i < values; i++) {
        size_t at = entry->first + i;
        const char *name = name_of(self, entry->to, i);
        to_unit(self->column[at], self->rows, entry->to->scale);
        made = name;
        if (made && self->survey->wish->cells)
            made = add_histogram(self, entry->to, name, self->column[at], &column[at * each]);
        else if (made)
            column[at] = column_of(entry->to, name, "", self->column[at]);
    }
    return made;
}

static bool fill(aici_keep *self) {
    static const char *const certain[] = {"Nothing that was asked for is uncertain, so that there are no draws."};
    const aici_survey *survey = self->survey;
    uint32_t cells = survey->wish->cells;
    size_t columns = self->columns * (cells ? PARTS : 1);
    aici_result_table *table = aici_arena_take_array(survey->result->arena, 1, sizeof *table);
    aici_result_column *column = aici_arena_take_array(survey->result->arena, columns + 1, sizeof *column);
    bool made = table && column;
    for (size_t i = 0; made && i < survey->count; i++)
        made = add_entry(self, &survey->entry[i], column);
    if (!made)
        return false;
    *table = (aici_result_table){.kind = cells ? "histogram" : "draws",
                                 .subject = "",
                                 .row_head = "",
                                 .row_count = cells && columns ? cells : self->rows,
                                 .column = column,
                                 .column_count = columns,
                                 .remark = certain,
                                 .remark_count = columns ? 0 : 1};
    survey->result->table = table;
    survey->result->has_quantities = false; /* what is written is the table */
    return true;
}

aic_status aici_keep_fill(aici_keep *self) {
    if (!is_wished(self->survey->wish))
        return AIC_OK;
    return fill(self) ? AIC_OK : aici_report_memory(self->survey->report);
}
