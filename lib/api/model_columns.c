/* SPDX-License-Identifier: MIT */
/*
 * From the caller's columns ("market.revenue[2026]" in "million USD/year") to what plan needs (quantity, year, scale). A series without a
 * year becomes a column a year.
 */
#include "api/model.h"
#include "scenario/scenario.h"
#include <math.h>
#include <string.h>

struct search {
    const aici_bound *bound;
    aici_arena *arena;
    aic_report *report;
};

/** Splits "x[2026]" into "x" and 2026; a name without brackets has no year. False when what is in the brackets is no year. */
static bool split_year(const char *text, char *name, size_t capacity, int32_t *year) {
    const char *bracket = strchr(text, '[');
    size_t size = bracket != NULL ? (size_t)(bracket - text) : strlen(text);
    if (size >= capacity) {
        return false;
    }
    memcpy(name, text, size);
    name[size] = '\0';
    *year = AICI_NO_YEAR;
    if (bracket == NULL) {
        return true;
    }
    int32_t value = 0;
    size_t digits = 0;
    for (bracket++; *bracket >= '0' && *bracket <= '9' && digits < 5; bracket++, digits++) {
        value = value * 10 + (*bracket - '0');
    }
    *year = value;
    return digits > 0 && bracket[0] == ']' && bracket[1] == '\0';
}

static aic_status fail_unknown(const struct search *search, const char *name) {
    aici_nearest nearest = aici_nearest_to(aici_slice_of(name));
    aici_bound_offer(search->bound, &nearest);
    aic_status status = aici_report_error(search->report, AICI_CODE_QUANTITY_UNKNOWN, NULL, "%s: the scenario has no such quantity", name);
    if (aici_nearest_name(&nearest) != NULL) {
        aici_report_hint(search->report, "did you mean `%s`?", aici_nearest_name(&nearest));
    }
    return status;
}

/** Finds the quantity and the year that a column names. */
static aic_status find_quantity(const struct search *search, const char *text, uint32_t *index, int32_t *year) {
    char name[300];
    if (text == NULL) {
        return aici_report_error(search->report, AICI_CODE_ARGUMENT, NULL, "a column has no name");
    }
    if (!split_year(text, name, sizeof name, year) || (*index = aici_bound_find(search->bound, name)) == AICI_NONE) {
        return fail_unknown(search, text);
    }
    const aici_years *years = search->bound->quantity[*index].tree->type.years;
    if (*year == AICI_NO_YEAR || (years != NULL && aici_years_find(years, *year) >= 0)) {
        return AIC_OK;
    }
    if (years == NULL) {
        return aici_report_error(search->report, AICI_CODE_SERIES_NEEDED, NULL, "%s: %s is one value, not a series", text, name);
    }
    return aici_report_error(search->report, AICI_CODE_YEAR_OUTSIDE, NULL, "%s: the series has the years %d to %d", text,
                             (int)years->year[0], (int)years->year[years->count - 1]);
}

/** Reads the unit in which the caller holds a column; NULL means the unit of results. */
static aic_status find_unit(const struct search *search, const aic_column *column, const aici_quantity *quantity, const char **text,
                            double *scale) {
    if (column->unit == NULL) {
        *text = quantity->unit;
        *scale = quantity->unit_scale;
        return AIC_OK;
    }
    aici_fragment fragment = aici_fragment_of_slice(aici_slice_of(column->unit));
    aici_unit unit;
    aic_status status = aici_units_read(search->bound->units, &fragment, 0, fragment.text.size, &unit, search->report);
    if (status != AIC_OK) {
        return status;
    }
    if (!aici_dimension_equal(&unit.dimension, &quantity->tree->type.dimension)) {
        status = aici_report_error(search->report, AICI_CODE_DIMENSION, NULL, "%s: expected a unit like %s, found %s", column->name,
                                   quantity->unit, column->unit);
        return status;
    }
    *scale = unit.scale;
    *text = aici_arena_copy(search->arena, column->unit, strlen(column->unit));
    return *text != NULL ? AIC_OK : aici_report_memory(search->report);
}

static aic_status find_input(const struct search *search, const aic_column *column, aici_model_column *input, aici_varying *varying) {
    uint32_t index = AICI_NONE;
    int32_t year = AICI_NO_YEAR;
    aic_status status = find_quantity(search, column->name, &index, &year);
    if (status != AIC_OK) {
        return status;
    }
    const aici_quantity *quantity = &search->bound->quantity[index];
    bool given = quantity->role == AICI_ROLE_ASSUMPTION || quantity->role == AICI_ROLE_INPUT;
    if (!given || quantity->tree->type.years != NULL || quantity->tree->type.kind != AICI_TYPE_QUANTITY) {
        return aici_report_error(search->report, AICI_CODE_CANNOT_VARY, NULL, "%s: %s", column->name,
                                 !given ? "it is computed; only assumptions and inputs of models can vary"
                                 : quantity->tree->type.years != NULL
                                     ? "a series cannot vary as a whole; let an assumption that it is made from vary"
                                     : "only numbers can vary");
    }
    *input = (aici_model_column){.name = quantity->name, .value = (double)NAN};
    *varying = (aici_varying){.quantity = index};
    return find_unit(search, column, quantity, &input->unit, &varying->scale);
}

/** "market.revenue[2026]" in the arena. */
static const char *name_with_year(const struct search *search, const char *name, int32_t year) {
    aici_buffer buffer = aici_buffer_new(aici_arena_allocator(search->arena));
    aici_buffer_add_format(&buffer, "%s[%d]", name, (int)year);
    const char *copy = aici_buffer_failed(&buffer) ? NULL : aici_arena_copy(search->arena, buffer.bytes, buffer.size);
    aici_buffer_free(&buffer);
    return copy;
}

static aic_status add_output(const struct search *search, uint32_t index, int32_t year, const char *unit, double scale,
                             aici_model_columns *columns) {
    const aici_quantity *quantity = &search->bound->quantity[index];
    const char *name = year == AICI_NO_YEAR ? quantity->name : name_with_year(search, quantity->name, year);
    if (name == NULL) {
        return aici_report_memory(search->report);
    }
    columns->output[columns->output_count] = (aici_model_column){.name = name, .unit = unit, .value = (double)NAN};
    columns->wanted[columns->output_count] = (aici_wanted){.quantity = index, .year = year, .scale = scale};
    columns->output_count++;
    return AIC_OK;
}

/** Makes room for the columns of one more quantity. */
static aic_status reserve_outputs(const struct search *search, size_t more, size_t *capacity, aici_model_columns *columns) {
    if (columns->output_count + more <= *capacity) {
        return AIC_OK;
    }
    size_t wider = (columns->output_count + more) * 2;
    aici_model_column *output = aici_arena_take_array(search->arena, wider, sizeof *output);
    aici_wanted *wanted = aici_arena_take_array(search->arena, wider, sizeof *wanted);
    if (output == NULL || wanted == NULL) {
        return aici_report_memory(search->report);
    }
    if (columns->output_count > 0) {
        memcpy(output, columns->output, columns->output_count * sizeof *output);
        memcpy(wanted, columns->wanted, columns->output_count * sizeof *wanted);
    }
    columns->output = output;
    columns->wanted = wanted;
    *capacity = wider;
    return AIC_OK;
}

/** One column, or one a year. */
static aic_status find_outputs(const struct search *search, const aic_column *column, size_t *capacity, aici_model_columns *columns) {
    uint32_t index = AICI_NONE;
    int32_t year = AICI_NO_YEAR;
    const char *unit = NULL;
    double scale = 1;
    aic_status status = find_quantity(search, column->name, &index, &year);
    if (status == AIC_OK && search->bound->quantity[index].tree->type.kind == AICI_TYPE_TEXT) {
        status = aici_report_error(search->report, AICI_CODE_TYPE, NULL, "%s: it is a text, not a number", column->name);
    }
    if (status == AIC_OK) {
        status = find_unit(search, column, &search->bound->quantity[index], &unit, &scale);
    }
    if (status != AIC_OK) {
        return status;
    }
    const aici_years *years = search->bound->quantity[index].tree->type.years;
    bool all_years = years != NULL && year == AICI_NO_YEAR;
    status = reserve_outputs(search, all_years ? years->count : 1, capacity, columns);
    if (!all_years) {
        return status == AIC_OK ? add_output(search, index, year, unit, scale, columns) : status;
    }
    for (uint32_t i = 0; i < years->count && status == AIC_OK; i++) {
        status = add_output(search, index, years->year[i], unit, scale, columns);
    }
    return status;
}

static bool is_result(const aici_quantity *quantity) {
    return quantity->role == AICI_ROLE_OUTPUT || quantity->role == AICI_ROLE_CALCULATION;
}

static aic_status find_all_outputs(const struct search *search, const aic_model_options *options, aici_model_columns *columns) {
    size_t capacity = 0;
    aic_status status = AIC_OK;
    bool named = options != NULL && options->outputs != NULL;
    for (size_t i = 0; named && i < options->output_count && status == AIC_OK; i++) {
        status = find_outputs(search, &options->outputs[i], &capacity, columns);
    }
    for (uint32_t i = 0; !named && i < search->bound->quantity_count && status == AIC_OK; i++) {
        if (is_result(&search->bound->quantity[i])) {
            status = find_outputs(search, &(aic_column){search->bound->quantity[i].name, NULL}, &capacity, columns);
        }
    }
    return status;
}

aic_status aici_model_columns_find(const aici_bound *bound, const aic_model_options *options, aici_arena *arena,
                                   aici_model_columns *columns, aic_report *report) {
    struct search search = {bound, arena, report};
    size_t count = options != NULL ? options->input_count : 0;
    *columns = (aici_model_columns){.input_count = count};
    columns->input = aici_arena_take_array(arena, count + 1, sizeof *columns->input);
    columns->varying = aici_arena_take_array(arena, count + 1, sizeof *columns->varying);
    if (columns->input == NULL || columns->varying == NULL) {
        return aici_report_memory(report);
    }
    for (size_t i = 0; i < count; i++) {
        aic_status status = find_input(&search, &options->inputs[i], &columns->input[i], &columns->varying[i]);
        if (status != AIC_OK) {
            return status;
        }
    }
    return find_all_outputs(&search, options, columns);
}
