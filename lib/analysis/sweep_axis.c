/* SPDX-License-Identifier: MIT */
/* From "25 %..45 %:5" and "1, 2, 5" to values. */
#include "analysis/sweeping.h"
#include "base/elementary.h"
#include "base/number.h"

#include <math.h>
#include <string.h>

/* --- writing -------------------------------------------------------------------------------------------------------------------------- */

static aic_status refuse_axis(const aici_sweeping *self, const aici_sweep_axis *axis, const char *why) {
    aic_status status =
        aici_report_error(self->report, AICI_CODE_SWEEP_AXIS, NULL, "%s: %s: `%s`", axis->name, why, axis->range ? axis->range : "");
    aici_report_hint(self->report, "write a range with its number of points, `A..B:N` or `A..B:N log`, or values, `A,B,C`");
    return status;
}

/** Where a character stands outside of brackets, from @p at on; the end when nowhere. */
static size_t find_outside(aici_slice text, size_t at, char wanted) {
    int depth = 0;
    for (; at < text.size; at++) {
        char byte = text.bytes[at];
        depth += (byte == '(' || byte == '[' || byte == '{') - (byte == ')' || byte == ']' || byte == '}');
        if (byte == wanted && depth <= 0)
            return at;
    }
    return text.size;
}

static aici_fragment cut(aici_slice text, size_t from, size_t to) {
    return aici_fragment_of_slice(aici_slice_trim((aici_slice){text.bytes + from, to - from}));
}

/** The number of points behind a colon, and perhaps "log". */
static bool read_count(aici_slice text, aici_sweep_lane *lane) {
    text = aici_slice_trim(text);
    if (text.size > 3 && memcmp(text.bytes + text.size - 3, "log", 3) == 0) {
        lane->is_logarithmic = true;
        text = aici_slice_trim((aici_slice){text.bytes, text.size - 3});
    }
    lane->count = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9' || lane->count > 1000000000)
            return false;
        lane->count = lane->count * 10 + (size_t)(text.bytes[i] - '0');
    }
    return text.size > 0 && lane->count > 0;
}

static aic_status read_range(const aici_sweeping *self, const aici_sweep_axis *axis, aici_slice text, size_t dots, aici_sweep_lane *lane) {
    size_t colon = find_outside(text, dots, ':');
    if (colon == text.size)
        return refuse_axis(self, axis, "a range has no number of points");
    if (!read_count((aici_slice){text.bytes + colon + 1, text.size - colon - 1}, lane))
        return refuse_axis(self, axis, "behind `:` stands no number of points");
    lane->is_range = true;
    lane->end[0] = cut(text, 0, dots);
    lane->end[1] = cut(text, dots + 2, colon);
    return AIC_OK;
}

/** "000" of "60,000,000", "050" of "1,050": no number begins so. */
static bool is_group_of_zeros(aici_slice text) {
    return text.size > 1 && text.bytes[0] == '0' && text.bytes[1] >= '0' && text.bytes[1] <= '9';
}

static aic_status refuse_groups(const aici_sweeping *self, const aici_sweep_axis *axis) {
    aic_status status = aici_report_error(self->report, AICI_CODE_SWEEP_AXIS, NULL, "%s: in a list a comma separates values: `%s`",
                                          axis->name, axis->range);
    aici_report_hint(self->report, "digits are grouped by `_` there, as in `60_000_000`");
    return status;
}

static aic_status read_list(const aici_sweeping *self, const aici_sweep_axis *axis, aici_slice text, aici_sweep_lane *lane) {
    size_t count = 1, from = 0;
    for (size_t at = find_outside(text, 0, ','); at < text.size; at = find_outside(text, at + 1, ','))
        count++;
    aici_fragment *list = aici_arena_take_array(self->arena, count, sizeof *list);
    if (!list)
        return aici_report_memory(self->report);
    for (size_t i = 0; i < count; i++) {
        size_t to = find_outside(text, from, ',');
        list[i] = cut(text, from, to);
        if (list[i].text.size == 0)
            return refuse_axis(self, axis, "a value is missing");
        if (i > 0 && is_group_of_zeros(list[i].text))
            return refuse_groups(self, axis);
        from = to + 1;
    }
    lane->text = list;
    lane->count = count;
    return AIC_OK;
}

/** Where two dots stand; the end when nowhere. */
static size_t find_dots(aici_slice text) {
    size_t at = find_outside(text, 0, '.');
    while (at + 1 < text.size && text.bytes[at + 1] != '.')
        at = find_outside(text, at + 1, '.');
    return at + 1 < text.size ? at : text.size;
}

static aic_status read_axis(const aici_sweeping *self, const aici_sweep_axis *axis, aici_sweep_lane *lane) {
    *lane = (aici_sweep_lane){.name = axis->name, .axis = axis, .count = axis->count};
    if (!axis->range)
        return axis->count > 0 ? AIC_OK : refuse_axis(self, axis, "there are no values");
    aici_slice text = aici_slice_of(axis->range);
    size_t dots = find_dots(text);
    return dots < text.size ? read_range(self, axis, text, dots, lane) : read_list(self, axis, text, lane);
}

aic_status aici_sweeping_refuse_twice(const aici_sweeping *self) {
    for (size_t i = 0; i < self->lane_count; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(self->lane[i].name, self->lane[k].name) == 0)
                return aici_report_error(self->report, AICI_CODE_SWEEP_TWICE, self->lane[i].place, "%s: it is moved twice",
                                         self->lane[i].name);
    return AIC_OK;
}

static aic_status count_points(aici_sweeping *self) {
    self->points = self->together ? self->lane[0].count : 1;
    for (size_t i = 0; i < self->lane_count; i++) {
        if (self->together && self->lane[i].count != self->points)
            return aici_report_error(self->report, AICI_CODE_SWEEP_AXIS, NULL,
                                     "%s: it has %zu values and %s has %zu; values that go together are as many", self->lane[i].name,
                                     self->lane[i].count, self->lane[0].name, self->points);
        if (!self->together && self->lane[i].count > AICI_TABLE_MOST_NUMBERS / self->points)
            self->points = AICI_TABLE_MOST_NUMBERS + 1;
        else if (!self->together)
            self->points *= self->lane[i].count;
    }
    return AIC_OK;
}

aic_status aici_sweeping_read_axes(aici_sweeping *self) {
    aic_status status = AIC_OK;
    self->together = self->wish->together;
    self->lane_count = self->wish->axis_count;
    self->lane = aici_arena_take_array(self->arena, self->lane_count + 1, sizeof *self->lane);
    if (!self->lane)
        return aici_report_memory(self->report);
    for (size_t i = 0; i < self->lane_count && status == AIC_OK; i++)
        status = read_axis(self, &self->wish->axis[i], &self->lane[i]);
    if (status == AIC_OK)
        status = aici_sweeping_refuse_twice(self);
    return status == AIC_OK ? count_points(self) : status;
}

/* --- values --------------------------------------------------------------------------------------------------------------------------- */

static aic_status refuse_logarithmic(const aici_sweeping *self, const aici_lever *lever) {
    return aici_report_error(self->report, AICI_CODE_RANGE, NULL, "%s: on an axis of logarithms both ends of a range are above 0",
                             lever->name);
}

static aic_status spread_range(const aici_sweeping *self, const aici_lever *lever, aici_sweep_lane *lane) {
    double ends[2];
    aic_status status = aici_lever_read_range(&self->levers, lever, &lane->end[0], &lane->end[1], ends);
    if (status == AIC_OK && lane->is_logarithmic && !(ends[0] > 0 && ends[1] > 0))
        status = refuse_logarithmic(self, lever);
    for (size_t i = 0; i < lane->count && status == AIC_OK; i++) {
        double share = lane->count > 1 ? (double)i / (double)(lane->count - 1) : 0;
        double between =
            lane->is_logarithmic ? ends[0] * aici_exp(share * aici_ln(ends[1] / ends[0])) : ends[0] + share * (ends[1] - ends[0]);
        lane->value[i] = i == 0 ? ends[0] : i + 1 == lane->count ? ends[1] : between;
    }
    return status;
}

static aic_status read_unit(const aici_sweeping *self, const aici_lever *lever, const aici_fragment *text, double *scale) {
    const aici_quantity *quantity = &self->levers.bound->quantity[lever->quantity];
    aici_place place = aici_fragment_place(text, 0, text->text.size);
    aici_unit unit;
    *scale = quantity->unit_scale;
    if (!text->text.size)
        return AIC_OK;
    aic_status status = aici_units_read(self->levers.bound->units, text, 0, text->text.size, &unit, self->report);
    if (status != AIC_OK)
        return status;
    *scale = unit.scale;
    return aici_dimension_equal(&unit.dimension, &quantity->tree->type.dimension)
               ? AIC_OK
               : aici_report_error(self->report, AICI_CODE_DIMENSION, &place, "%s: expected a unit like %s, found %.*s", lever->name,
                                   quantity->unit, AICI_SLICE(text->text));
}

/** What a plain number is multiplied by: its unit's scale, else what the format makes of a number without a unit. NaN: nothing, a unit is
 * needed. */
static aic_status find_scale(const aici_sweeping *self, const aici_lever *lever, const aici_sweep_lane *lane, double *scale) {
    const aici_fragment one = aici_fragment_of_slice(aici_slice_of("1"));
    aici_levers silent = self->levers;
    silent.report = NULL;
    if (lane->unit.text.size)
        return read_unit(self, lever, &lane->unit, scale);
    aic_status status = aici_lever_read(&silent, lever, &one, scale);
    if (status != AIC_OK)
        *scale = (double)NAN;
    return status == AIC_ERROR_MEMORY ? aici_report_memory(self->report) : AIC_OK;
}

static aic_status read_texts(const aici_sweeping *self, const aici_lever *lever, aici_sweep_lane *lane) {
    double scale, number;
    aic_status status = find_scale(self, lever, lane, &scale);
    for (size_t i = 0; i < lane->count && status == AIC_OK; i++) {
        const aici_slice *text = &lane->text[i].text;
        if (!isnan(scale) && aici_number_read(text->bytes, text->size, 0, &number) == AICI_NUMBER_OK)
            lane->value[i] = aici_units_apply(number, scale);
        else
            status = aici_lever_read(&self->levers, lever, &lane->text[i], &lane->value[i]);
    }
    return status;
}

static aic_status take_numbers(const aici_sweeping *self, const aici_lever *lever, aici_sweep_lane *lane) {
    double scale;
    const aici_fragment unit = aici_fragment_of_slice(aici_slice_of(lane->axis->unit ? lane->axis->unit : ""));
    aic_status status = read_unit(self, lever, &unit, &scale);
    for (size_t i = 0; i < lane->count && status == AIC_OK; i++)
        lane->value[i] = aici_units_apply(lane->axis->value[i], scale);
    return status;
}

aic_status aici_sweeping_read_values(aici_sweeping *self) {
    aic_status status = AIC_OK;
    for (size_t i = 0; i < self->lane_count && status == AIC_OK; i++) {
        aici_sweep_lane *lane = &self->lane[i];
        const aici_lever *lever = &self->levers.lever[i];
        lane->value = aici_arena_take_array(self->arena, lane->count, sizeof *lane->value);
        if (!lane->value)
            return aici_report_memory(self->report);
        status = lane->is_range ? spread_range(self, lever, lane)
                 : !lane->text  ? take_numbers(self, lever, lane)
                 : lane->axis   ? aici_lever_read_list(&self->levers, lever, lane->text, (uint32_t)lane->count, lane->value)
                                : read_texts(self, lever, lane);
    }
    return status;
}
