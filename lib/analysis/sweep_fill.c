/* SPDX-License-Identifier: MIT */
/* The table of a sweep: columns in the units of results, points that are amiss taken out and said. */
#include "analysis/analysis.h"
#include "analysis/describe.h"
#include "analysis/sampled.h"
#include "analysis/sweeping.h"

#include <math.h>
#include <string.h>

/* --- points that are amiss ------------------------------------------------------------------------------------------------------------ */

static double *column_at(const aici_sweep_output *output, size_t index) {
    return index == 0 ? output->value : output->statistic[index - 1];
}

static size_t columns_of(const aici_sweeping *self, const aici_sweep_output *output) {
    return output->uncertain ? 2 + (size_t)self->wish->sampling->quantile_count : 1;
}

/** A point has no values where what must hold does not; and a value that is not finite is none. */
static void take_out(aici_sweeping *self, size_t point) {
    bool amiss = !self->holds[point];
    for (size_t i = 0; i < self->output_count; i++)
        for (size_t k = 0; k < columns_of(self, &self->output[i]); k++) {
            double *value = &column_at(&self->output[i], k)[point];
            amiss = amiss || !isfinite(*value);
            *value = self->holds[point] && isfinite(*value) ? *value : (double)NAN;
        }
    self->first_amiss = amiss && self->amiss == 0 ? point : self->first_amiss;
    self->amiss += amiss;
}

static bool remark(aici_sweeping *self, enum aici_code code, aic_severity severity, aici_buffer *text) {
    const char *kept = aici_describe_keep(self->result->arena, text);
    if (!kept)
        return false;
    aici_report_remark(self->report, severity, code, NULL, "%s", kept);
    if (self->remark_count < sizeof self->remark / sizeof self->remark[0])
        self->remark[self->remark_count++] = kept;
    return true;
}

static void add_point(const aici_sweeping *self, size_t point, aici_buffer *text) {
    for (size_t i = 0; i < self->lane_count; i++) {
        const aici_lever *lever = &self->levers.lever[i];
        aici_buffer_add_format(text, "%s%s = ", i ? ", " : "", lever->name);
        aici_describe_value(self->levers.bound, &self->levers.bound->quantity[lever->quantity], self->input[i][point], 6, text);
    }
}

static bool say_amiss(aici_sweeping *self) {
    aici_buffer text = aici_buffer_new(self->allocator);
    aic_report *why = aic_report_new(self->allocator);
    double *input = aici_arena_take_array(self->arena, self->lane_count + 1, sizeof *input);
    if (!why || !input) {
        aic_report_free(why);
        return false;
    }
    for (size_t i = 0; i < self->lane_count; i++)
        input[i] = self->input[i][self->first_amiss];
    if (!aici_probe_explain(&self->probe, input, why)) {
        aic_report_free(why);
        return false;
    }
    aici_buffer_add_format(&text, "%zu of %zu points are out of bounds or have no value; the first is ", self->amiss, self->points);
    add_point(self, self->first_amiss, &text);
    if (aic_report_count(why) > 0)
        aici_buffer_add_format(&text, ": %s", aic_report_message(why, 0));
    aic_report_free(why);
    return remark(self, AICI_CODE_POINTS_AMISS, AIC_SEVERITY_WARNING, &text);
}

static bool say_replaced(aici_sweeping *self, const aici_lever *lever) {
    aici_buffer text = aici_buffer_new(self->allocator);
    aici_buffer_add_format(&text, "%s: %s is replaced by one value", lever->name,
                           lever->was_series ? "its series" : "what is uncertain about it");
    return remark(self, AICI_CODE_SOLVE_REPLACED, AIC_SEVERITY_NOTE, &text);
}

static bool say_draws(aici_sweeping *self, const aici_sweep_output *output, double share, const char *what) {
    aici_buffer text = aici_buffer_new(self->allocator);
    if (share == 0)
        return true;
    aici_buffer_add_format(&text, "%s", self->levers.bound->quantity[output->quantity].name);
    if (output->year != AICI_NO_YEAR)
        aici_buffer_add_format(&text, "[%d]", (int)output->year);
    aici_buffer_add_text(&text, ": at some points up to ");
    aici_buffer_add_number(&text, ceil(1e4 * share) / 100);
    aici_buffer_add_format(&text, " %% of the draws are %s", what);
    return remark(self, AICI_CODE_DRAWS_AMISS, AIC_SEVERITY_WARNING, &text);
}

static bool say_all_draws(aici_sweeping *self) {
    bool said = true;
    for (size_t i = 0; i < self->output_count && said; i++)
        said = say_draws(self, &self->output[i], self->output[i].not_finite, "not finite; the statistics are of the others") &&
               say_draws(self, &self->output[i], self->output[i].outside, "out of its bounds");
    return said;
}

static bool say(aici_sweeping *self) {
    bool said = true;
    for (size_t i = 0; i < self->points; i++)
        take_out(self, i);
    for (size_t i = 0; i < self->lane_count && said; i++)
        if (self->levers.lever[i].was_series || self->levers.lever[i].was_uncertain)
            said = say_replaced(self, &self->levers.lever[i]);
    return said && (self->amiss == 0 || say_amiss(self)) && say_all_draws(self);
}

/* --- columns -------------------------------------------------------------------------------------------------------------------------- */

static void to_unit(double *value, size_t count, double scale) {
    for (size_t i = 0; i < count && scale != 1; i++)
        value[i] /= scale;
}

static aici_result_column column_of(const aici_sweeping *self, uint32_t quantity, const char *name, const char *statistic, double *value) {
    const aici_quantity *of = &self->levers.bound->quantity[quantity];
    to_unit(value, self->points, of->unit_scale);
    return (aici_result_column){.name = name,
                                .unit = of->unit,
                                .statistic = statistic,
                                .value = value,
                                .scale = of->unit_scale,
                                .dimension = &of->tree->type.dimension,
                                .preferred = aici_describe_unit(self->levers.bound, of)};
}

static const char *name_of(const aici_sweeping *self, const aici_sweep_output *output) {
    const char *name = self->levers.bound->quantity[output->quantity].name;
    aici_buffer text = aici_buffer_new(self->allocator);
    if (output->year == AICI_NO_YEAR)
        return name;
    aici_buffer_add_format(&text, "%s[%d]", name, (int)output->year);
    return aici_describe_keep(self->result->arena, &text);
}

/** "mean", "p5", "p99.5". */
static const char *statistic_name(const aici_sweeping *self, size_t index) {
    aici_buffer text = aici_buffer_new(self->allocator);
    if (index == 0)
        return "mean";
    aici_buffer_add_char(&text, 'p');
    aici_buffer_add_number(&text, round(1e10 * self->wish->sampling->quantile[index - 1]) / 1e8);
    return aici_describe_keep(self->result->arena, &text);
}

static bool moves(const aici_sweeping *self, const double *value) {
    for (size_t i = 1; i < self->points; i++)
        if (memcmp(&value[i], &value[0], sizeof *value) != 0)
            return true;
    return self->points == 1;
}

static bool is_shown(const aici_sweeping *self, const aici_sweep_output *output) {
    bool shown = self->wish->name != NULL;
    for (size_t k = 0; k < columns_of(self, output) && !shown; k++)
        shown = moves(self, column_at(output, k));
    return shown;
}

/** What is uncertain has its statistics, what is certain its value. */
static bool add_output(const aici_sweeping *self, const aici_sweep_output *output, aici_result_column *column, size_t *count) {
    const char *name = name_of(self, output);
    if (!name)
        return false;
    if (!output->uncertain) {
        column[(*count)++] = column_of(self, output->quantity, name, "", output->value);
        return true;
    }
    for (size_t i = 0; i < 1 + (size_t)self->wish->sampling->quantile_count; i++) {
        const char *statistic = statistic_name(self, i);
        if (!statistic)
            return false;
        column[(*count)++] = column_of(self, output->quantity, name, statistic, output->statistic[i]);
    }
    return true;
}

static bool fill_columns(const aici_sweeping *self, aici_result_table *table) {
    size_t most = self->lane_count, count = 0;
    for (size_t i = 0; i < self->output_count; i++)
        most += columns_of(self, &self->output[i]);
    aici_result_column *column = aici_arena_take_array(self->result->arena, most + 1, sizeof *column);
    bool made = column;
    for (size_t i = 0; made && i < self->lane_count; i++) {
        const char *name = aici_arena_copy(self->result->arena, self->levers.lever[i].name, strlen(self->levers.lever[i].name));
        made = name;
        if (made)
            column[count++] = column_of(self, self->levers.lever[i].quantity, name, "", self->input[i]);
    }
    for (size_t i = 0; made && i < self->output_count; i++)
        made = !is_shown(self, &self->output[i]) || add_output(self, &self->output[i], column, &count);
    table->column = column;
    table->column_count = count;
    return made;
}

static bool fill_axes(const aici_sweeping *self, aici_result_table *table) {
    size_t *size = aici_arena_take_array(self->result->arena, self->lane_count + 1, sizeof *size);
    for (size_t i = 0; size && i < self->lane_count; i++)
        size[i] = self->lane[i].count;
    table->axis_size = size;
    table->axis_count = self->together ? 0 : self->lane_count;
    table->input_count = self->lane_count;
    return size;
}

bool aici_sweeping_fill(aici_sweeping *self) {
    aici_arena *arena = self->result->arena;
    aici_result_table *table = aici_arena_take_array(arena, 1, sizeof *table);
    const char **remarks = aici_arena_take_array(arena, sizeof self->remark / sizeof self->remark[0], sizeof *remarks);
    if (!table || !remarks || !say(self))
        return false;
    memcpy(remarks, self->remark, sizeof self->remark);
    *table = (aici_result_table){
        .kind = "sweep", .subject = "", .row_head = "", .row_count = self->points, .remark = remarks, .remark_count = self->remark_count};
    if (self->probe.sampled) {
        self->result->samples = aici_sampled_draws(self->wish->sampling);
        self->result->seed = self->wish->sampling->seed;
        self->result->is_sobol = self->wish->sampling->sobol;
    }
    self->result->table = table;
    return fill_columns(self, table) && fill_axes(self, table);
}
