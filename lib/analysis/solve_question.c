/* SPDX-License-Identifier: MIT */
/* What a solve asks for: the output with its statistic, and the range in which the input is looked at. */
#include "analysis/analysis.h"
#include "analysis/describe.h"
#include "analysis/retain.h"
#include "analysis/solving.h"

#include "base/number.h"

#include <math.h>
#include <string.h>

/* --- the output ----------------------------------------------------------------------------------------------------------------------- */

static aic_status refuse_target(const aici_solving *self) {
    aic_status status = aici_report_error(self->report, AICI_CODE_SOLVE_TARGET, NULL,
                                          "expected a name, mean(NAME) or a quantile such as p95(NAME), found `%s`", self->wish->output);
    aici_report_hint(self->report,
                     "a target is a value or one of the statistics mean and p (above 0, below 100), as in `chat.capex=10M USD`, "
                     "`mean(chat.capex)=10M USD` or `p95(chat.capex)=10M USD`");
    return status;
}

/** "p95" and "p99.9". */
static bool read_quantile(const char *text, size_t size, double *probability) {
    double value;
    if (size < 2 || text[0] != 'p' || aici_number_read(text + 1, size - 1, -2, &value) != AICI_NUMBER_OK || !(value > 0 && value < 1))
        return false;
    *probability = value;
    return true;
}

/** Cuts "p95(chat.capex)" into statistic and name. */
static bool cut_statistic(aici_solving *self) {
    const char *text = self->wish->output, *bracket = strchr(text, '(');
    size_t size = strlen(text), head = bracket ? (size_t)(bracket - text) : 0;
    self->statistic = "";
    self->name = text;
    if (!bracket)
        return true;
    if (text[size - 1] != ')' || size < head + 3)
        return false;
    self->statistic = aici_arena_copy(self->arena, text, head);
    self->name = aici_arena_copy(self->arena, bracket + 1, size - head - 2);
    self->what = head == 4 && memcmp(text, "mean", 4) == 0 ? AICI_SOLVE_MEAN : AICI_SOLVE_QUANTILE;
    return self->what == AICI_SOLVE_MEAN || read_quantile(text, head, &self->probability);
}

static aic_status check_year(const aici_solving *self) {
    const aici_quantity *quantity = &self->levers.bound->quantity[self->quantity];
    const aici_years *years = quantity->tree->type.years;
    aic_status status = AIC_OK;
    if (years && self->year == AICI_NO_YEAR) {
        status = aici_report_error(self->report, AICI_CODE_SERIES_REFUSED, NULL, "%s: a series over the years cannot meet one value",
                                   self->name);
        aici_report_hint(self->report, "choose a year, as in `%s[%d]`", self->name, (int)years->year[years->count - 1]);
    } else if (!years && self->year != AICI_NO_YEAR) {
        status =
            aici_report_error(self->report, AICI_CODE_SERIES_NEEDED, NULL, "%s: %s is one value, not a series", self->name, quantity->name);
    } else if (years && aici_years_find(years, self->year) < 0) {
        status = aici_report_error(self->report, AICI_CODE_YEAR_OUTSIDE, NULL, "%s: the series has the years %d to %d", self->name,
                                   (int)years->year[0], (int)years->year[years->count - 1]);
    }
    return status;
}

aic_status aici_solving_find_output(aici_solving *self) {
    if (!cut_statistic(self))
        return refuse_target(self);
    const char *name = self->name ? aici_lever_cut_year(self->arena, self->name, &self->year) : NULL;
    self->quantity = name ? aici_bound_find(self->levers.bound, name) : AICI_NONE;
    if (!self->name || !self->statistic)
        return aici_report_memory(self->report);
    if (self->quantity == AICI_NONE)
        return aici_retain_refuse_name(self->levers.bound, self->name, false, NULL, self->report);
    if (self->levers.bound->quantity[self->quantity].tree->type.kind != AICI_TYPE_QUANTITY)
        return aici_report_error(self->report, AICI_CODE_TYPE, NULL, "%s: it is not a number, which a target needs", self->name);
    return check_year(self);
}

/* --- the range ------------------------------------------------------------------------------------------------------------------------ */

static void narrow(aici_bounds *bounds, const aici_bounds *by) {
    if (by->low > bounds->low || (by->low == bounds->low && by->low_open)) {
        bounds->low = by->low;
        bounds->low_open = by->low_open;
    }
    if (by->high < bounds->high || (by->high == bounds->high && by->high_open)) {
        bounds->high = by->high;
        bounds->high_open = by->high_open;
    }
}

/** Whether a quantity is another one under another name. */
static bool hands_on(const aici_bound *bound, uint32_t index, uint32_t origin) {
    enum { LONGEST_CHAIN = 16 };
    for (int i = 0; i < LONGEST_CHAIN && index != origin; i++) {
        const aici_expr *tree = bound->quantity[index].tree;
        if (tree->kind != AICI_EXPR_NAME)
            return false;
        index = tree->as.name.symbol;
    }
    return index == origin;
}

/** An assumption has to fit each input that it is handed to. */
static aici_bounds bounds_of(const aici_solving *self) {
    const aici_bound *bound = self->levers.bound;
    aici_bounds bounds = {-(double)INFINITY, (double)INFINITY, false, false};
    for (uint32_t i = 0; i < bound->quantity_count; i++)
        if (bound->quantity[i].tree->type.kind == AICI_TYPE_QUANTITY && hands_on(bound, i, aici_solving_lever(self)->quantity))
            narrow(&bounds, &bound->quantity[i].bounds);
    return bounds;
}

static const double LARGEST = 1e307; /* so that the width of a range is a number too */
static const double ORDERS = 1e9;    /* of magnitude, to either side of what the input is now */

/** How large the input is: as it stands, else as a bound, else one of its unit. */
static double size_of(const aici_solving *self, const aici_bounds *bounds) {
    double present = fabs(aici_solving_lever(self)->present);
    if (present > 0 && isfinite(present))
        return present;
    double low = isfinite(bounds->low) ? fabs(bounds->low) : 0, high = isfinite(bounds->high) ? fabs(bounds->high) : 0;
    double larger = low > high ? low : high;
    return larger > 0 ? larger : self->levers.bound->quantity[aici_solving_lever(self)->quantity].unit_scale;
}

/** Where a side has no bound: orders of magnitude, and the sign that the input has. */
static void take_usual_range(aici_solving *self) {
    const aici_bounds bounds = bounds_of(self);
    double size = size_of(self, &bounds), present = aici_solving_lever(self)->present;
    bool positive = present > 0, negative = present < 0;
    double low_size = isfinite(bounds.low) && fabs(bounds.low) > size ? fabs(bounds.low) : size;
    double high_size = isfinite(bounds.high) && fabs(bounds.high) > size ? fabs(bounds.high) : size;
    self->smallest = size / ORDERS;
    self->low = isfinite(bounds.low) ? bounds.low : positive ? size / ORDERS : -high_size * ORDERS;
    self->high = isfinite(bounds.high) ? bounds.high : negative && !isfinite(bounds.low) ? -size / ORDERS : low_size * ORDERS;
    if (bounds.low_open && self->low == bounds.low)
        self->low =
            self->low == 0 ? (self->high > 0 ? fmin(self->smallest, self->high * 1e-9) : self->low) : nextafter(self->low, self->high);
    if (bounds.high_open && self->high == bounds.high)
        self->high = self->high == 0 ? -self->smallest : nextafter(self->high, self->low);
}

static aic_status refuse_range(const aici_solving *self) {
    const aici_quantity *quantity = &self->levers.bound->quantity[aici_solving_lever(self)->quantity];
    aici_buffer low = aici_buffer_new(self->allocator), high = aici_buffer_new(self->allocator);
    aici_describe_value(self->levers.bound, quantity, self->low, 8, &low);
    aici_describe_value(self->levers.bound, quantity, self->high, 8, &high);
    aic_status status = aici_report_error(self->report, AICI_CODE_RANGE, NULL, "%s: a range from %s to %s has nothing in it",
                                          aici_solving_lever(self)->name, aici_buffer_text(&low), aici_buffer_text(&high));
    aici_report_hint(self->report, "the smaller value stands first");
    aici_buffer_free(&low);
    aici_buffer_free(&high);
    return status;
}

static aic_status take_given_range(aici_solving *self) {
    const aici_fragment low = aici_fragment_of_slice(aici_slice_of(self->wish->low)),
                        high = aici_fragment_of_slice(aici_slice_of(self->wish->high));
    double ends[2];
    aic_status status = aici_lever_read_range(&self->levers, aici_solving_lever(self), &low, &high, ends);
    if (status != AIC_OK)
        return status;
    self->low = ends[0];
    self->high = ends[1];
    self->smallest = fmax(fabs(ends[0]), fabs(ends[1])) / ORDERS;
    double present = fabs(aici_solving_lever(self)->present);
    if (present > 0 && present / ORDERS < self->smallest)
        self->smallest = present / ORDERS;
    return AIC_OK;
}

aic_status aici_solving_find_range(aici_solving *self) {
    aic_status status = AIC_OK;
    if (self->wish->low)
        status = take_given_range(self);
    else
        take_usual_range(self);
    self->low = fmax(self->low, -LARGEST);
    self->high = fmin(self->high, LARGEST);
    return status == AIC_OK && !(self->low < self->high) ? refuse_range(self) : status;
}
