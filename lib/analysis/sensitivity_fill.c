/* SPDX-License-Identifier: MIT */
/* From what was found out about each factor to the table: rows by importance, columns, and the sentences below. */
#include "analysis/sensitivity.h"
#include "analysis/describe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_COLUMNS = 17, MOST_REMARKS = 10, MOST_PAIRS = 3 }; /* without those of pairs */

typedef struct table {
    aici_sensitivity *self;
    aici_arena *arena; /* of the result */
    const aici_quantity *quantity;
    uint32_t *order;
    aici_result_table *out;
    aici_result_column *column;
    aici_result_tornado *tornado;
    const char **remark;
    bool failed;
} table;

/* --- the order ------------------------------------------------------------------------------------------------------------------------ */

typedef struct ranked {
    uint32_t factor;
    double swing, elasticity;
} ranked;

/** To single precision: what differs by rounding only stays in the order of the scenario. */
static double or_below(double value) { return isnan(value) ? -1 : (double)(float)fabs(value); }

/** By swing (without a tornado by the share of the variance), then by elasticity, then as they stand in the scenario. */
static int compare(const void *left, const void *right) {
    const ranked *a = left, *b = right;
    if (a->swing != b->swing)
        return a->swing > b->swing ? -1 : 1;
    if (a->elasticity != b->elasticity)
        return a->elasticity > b->elasticity ? -1 : 1;
    return a->factor < b->factor ? -1 : a->factor > b->factor;
}

static bool set_order(table *at) {
    const aici_sensitivity *self = at->self;
    ranked *rank = aici_arena_take_array(self->arena, (size_t)self->factors.count + 1, sizeof *rank);
    at->order = aici_arena_take_array(self->arena, (size_t)self->factors.count + 1, sizeof *at->order);
    if (!rank || !at->order)
        return false;
    for (uint32_t i = 0; i < self->factors.count; i++) {
        const aici_factor_sensitivity *of = &self->of[i];
        double swing =
            self->factors.factor[i].uncertain || self->wish->step > 0 ? or_below(self->wish->tornado ? of->high - of->low : of->share) : -2;
        rank[i] = (ranked){i, swing, or_below(isnan(of->mean) ? of->elasticity : of->mean)};
    }
    if (self->factors.count)
        qsort(rank, self->factors.count, sizeof *rank, compare);
    for (uint32_t i = 0; i < self->factors.count; i++)
        at->order[i] = rank[i].factor;
    return true;
}

/* --- columns -------------------------------------------------------------------------------------------------------------------------- */

/** Numbers of the factors, found by their place in aici_factor_sensitivity. */
static double member(const aici_factor_sensitivity *of, size_t offset) {
    double value;
    memcpy(&value, (const char *)of + offset, sizeof value);
    return value;
}

/** In what a column is given: nothing, the unit of the value, of the row, or one by the other. */
typedef enum measure { MEASURE_NONE, MEASURE_VALUE, MEASURE_ROW, MEASURE_VALUE_BY_ROW } measure;

static double scale_of(const table *at, measure in, const aici_factor *factor) {
    double value = at->quantity->unit_scale;
    switch (in) {
    case MEASURE_VALUE: return value;
    case MEASURE_ROW: return factor->scale;
    case MEASURE_VALUE_BY_ROW: return value / factor->scale;
    default: return 1;
    }
}

static size_t add_column(table *at, const char *name, const char *statistic, measure in, size_t offset) {
    const aici_sensitivity *self = at->self;
    double *value = aici_arena_take_array(at->arena, (size_t)self->factors.count + 1, sizeof *value);
    at->failed = at->failed || !value || !statistic;
    for (uint32_t i = 0; !at->failed && i < self->factors.count; i++)
        value[i] = member(&self->of[at->order[i]], offset) / scale_of(at, in, &self->factors.factor[at->order[i]]);
    aici_result_column *column = &at->column[at->out->column_count];
    *column = (aici_result_column){.name = name, .unit = "", .statistic = statistic, .value = value, .scale = 1};
    if (in == MEASURE_VALUE) {
        column->unit = at->quantity->unit;
        column->scale = at->quantity->unit_scale;
        column->dimension = &at->quantity->tree->type.dimension;
        column->preferred = aici_describe_unit(self->bound, at->quantity);
    }
    column->by_row = in == MEASURE_ROW;
    return at->out->column_count++;
}

/** "p5"; what is no whole number of per cent keeps its digits: "p2.5". */
static const char *quantile_name(table *at, double probability) {
    aici_buffer text = aici_buffer_new(at->self->allocator);
    aici_buffer_add_char(&text, 'p');
    aici_buffer_add_number(&text, round(probability * 1e10) / 1e8);
    return aici_describe_keep(at->arena, &text);
}

#define ADD(name, statistic, in, field) add_column(at, name, statistic, in, offsetof(aici_factor_sensitivity, field))

/** Of pairs, a column for each factor of the design: what it makes together with that of the row. */
static void add_pairs(table *at, bool errors) {
    const aici_sensitivity *self = at->self;
    for (uint32_t other = 0; other < self->factors.count; other++) {
        const uint32_t with = self->of[other].in_design;
        double *value = aici_arena_take_array(at->arena, (size_t)self->factors.count + 1, sizeof *value);
        const char *name = aici_arena_copy(at->arena, self->factors.factor[other].name, strlen(self->factors.factor[other].name));
        at->failed = at->failed || !value || !name;
        if (with == AICI_NONE || at->failed)
            continue;
        for (uint32_t i = 0; i < self->factors.count; i++) {
            const uint32_t own = self->of[at->order[i]].in_design;
            const aici_estimate none = {(double)NAN, (double)NAN};
            const aici_estimate pair =
                own == AICI_NONE || own == with ? none : self->variance.second[(size_t)own * self->variance.count + with];
            value[i] = errors ? pair.error : pair.value;
        }
        at->column[at->out->column_count++] =
            (aici_result_column){.name = errors ? "second_error" : "second", .unit = "", .statistic = name, .value = value, .scale = 1};
    }
}

static void add_variance(table *at) {
    const aici_sensitivity *self = at->self;
    at->tornado->share = SIZE_MAX;
    if (!self->variance.points)
        return;
    const size_t share = ADD("variance_share", "", MEASURE_NONE, share);
    at->tornado->share = self->variance.none ? SIZE_MAX : share;
    ADD("first", "", MEASURE_NONE, first);
    ADD("first_error", "", MEASURE_NONE, first_error);
    ADD("total", "", MEASURE_NONE, total);
    ADD("total_error", "", MEASURE_NONE, total_error);
    if (self->variance.second) {
        add_pairs(at, false);
        add_pairs(at, true);
    }
}

static void add_columns(table *at) {
    const aici_sensitivity_wish *wish = at->self->wish;
    aici_result_tornado *tornado = at->tornado;
    tornado->input = ADD("input", "", MEASURE_ROW, input);
    tornado->input_low = tornado->input_high = tornado->low = tornado->high = tornado->mean = tornado->mean_error = SIZE_MAX;
    if (wish->tornado) {
        const char *low = quantile_name(at, wish->low), *high = quantile_name(at, wish->high);
        tornado->input_low = ADD("input_low", low, MEASURE_ROW, input_low);
        tornado->input_high = ADD("input_high", high, MEASURE_ROW, input_high);
        tornado->low = ADD("low", low, MEASURE_VALUE, low);
        tornado->high = ADD("high", high, MEASURE_VALUE, high);
    }
    ADD("derivative", "", MEASURE_VALUE_BY_ROW, derivative);
    tornado->elasticity = ADD("elasticity", "", MEASURE_NONE, elasticity);
    if (at->self->draws) {
        tornado->mean = ADD("elasticity_mean", "", MEASURE_NONE, mean);
        tornado->mean_error = ADD("elasticity_mean_error", "", MEASURE_NONE, mean_error);
    }
    add_variance(at);
}

/* --- rows ----------------------------------------------------------------------------------------------------------------------------- */

static bool add_rows(table *at) {
    const aici_sensitivity *self = at->self;
    size_t count = (size_t)self->factors.count + 1;
    const char **row = aici_arena_take_array(at->arena, count, sizeof *row);
    aici_result_unit *unit = aici_arena_take_array(at->arena, count, sizeof *unit);
    bool *is_certain = aici_arena_take_array(at->arena, count, sizeof *is_certain);
    for (uint32_t i = 0; row && unit && is_certain && i < self->factors.count; i++) {
        const aici_factor *factor = &self->factors.factor[at->order[i]];
        const char *preferred = factor->preferred ? factor->preferred : "";
        row[i] = aici_arena_copy(at->arena, factor->name, strlen(factor->name));
        unit[i] = (aici_result_unit){
            .unit = aici_arena_copy(at->arena, factor->unit, strlen(factor->unit)), .scale = factor->scale, .dimension = factor->dimension};
        unit[i].preferred = aici_arena_copy(at->arena, preferred, strlen(preferred));
        if (!row[i] || !unit[i].unit || !unit[i].preferred)
            return false;
        unit[i].preferred = factor->preferred ? unit[i].preferred : NULL;
        is_certain[i] = !factor->uncertain;
    }
    at->out->row = row;
    at->out->row_unit = unit;
    at->out->row_count = self->factors.count;
    at->tornado->is_certain = is_certain;
    return row && unit && is_certain;
}

/* --- remarks -------------------------------------------------------------------------------------------------------------------------- */

static void add_remark(table *at, aici_buffer *text) {
    const char *kept = aici_describe_keep(at->arena, text);
    at->failed = at->failed || !kept;
    at->remark[at->out->remark_count++] = kept;
}

/** "Correlated inputs are moved alone: a, b." Nothing where there are none. */
static void add_list(table *at, const char *begin, bool (*belongs)(const aici_factor *)) {
    const aici_sensitivity *self = at->self;
    aici_buffer text = aici_buffer_new(self->allocator);
    size_t count = 0;
    for (uint32_t i = 0; i < self->factors.count; i++) {
        const aici_factor *factor = &self->factors.factor[at->order[i]];
        if (belongs(factor))
            aici_buffer_add_format(&text, "%s%s", count++ ? ", " : begin, factor->name);
    }
    aici_buffer_add_text(&text, ".");
    if (count)
        add_remark(at, &text);
    else
        aici_buffer_free(&text);
}

static bool is_correlated(const aici_factor *factor) { return factor->correlated && factor->uncertain; }
static bool bends(const aici_factor *factor) { return factor->bends && !factor->fixed; }
static bool is_fixed(const aici_factor *factor) { return factor->fixed; }

/** "31 %"; nothing below 0 or above 100 is shown. */
static double percent(double share) { return round((share < 0 ? 0 : share > 1 ? 1 : share) * 1000) / 10; }

/** The largest standard error of a share, at most: errors of the two indices that it is made of may go together. */
static double largest_share_error(const aici_sensitivity *self) {
    double all = 0, largest = 0;
    for (uint32_t i = 0; i < self->factors.count; i++)
        all += self->of[i].in_design != AICI_NONE ? self->of[i].first + self->of[i].total : 0;
    for (uint32_t i = 0; i < self->factors.count; i++)
        if (self->of[i].in_design != AICI_NONE)
            largest = fmax(largest, (self->of[i].first_error + self->of[i].total_error) / all);
    return largest;
}

/** Half the width of an interval with 95 % confidence, in per cent, rounded up. */
static double percent_within(const aici_sensitivity *self, double error) {
    return ceil(aici_interval_width(self->wish->replicates, 0.95) * error * 1000) / 10;
}

static void add_shares(table *at) {
    const aici_sensitivity *self = at->self;
    const aici_variance_found *found = &self->variance;
    aici_buffer text = aici_buffer_new(self->allocator);
    aici_buffer_add_text(&text, "Of variance: what an input makes alone, and half of what it makes together with others; alone they make ");
    aici_buffer_add_number(&text, percent(1 - found->interactions.value));
    aici_buffer_add_text(&text, " %, together the other ");
    aici_buffer_add_number(&text, percent(found->interactions.value));
    aici_buffer_add_text(&text, " % (within ");
    aici_buffer_add_number(&text, percent_within(self, found->interactions.error));
    aici_buffer_add_text(&text, " %, and each share within ");
    aici_buffer_add_number(&text, percent_within(self, largest_share_error(self)));
    aici_buffer_add_format(&text,
                           " %%, with 95 %% confidence). Sobol' indices of first order after Saltelli (2010), total ones after Jansen "
                           "(1999), from %llu base points in %u replicates.",
                           (unsigned long long)found->points, (unsigned)self->wish->replicates);
    add_remark(at, &text);
}

/** A pair of factors; AICI_NONE: none. */
typedef struct pair {
    uint32_t first, second;
    double share;
} pair;

/** The pair that makes most together, below what others make that are known already; what may be chance does not count. */
static pair next_pair(const table *at, double below) {
    const aici_sensitivity *self = at->self;
    pair best = {AICI_NONE, AICI_NONE, 0};
    for (uint32_t i = 0; i < self->factors.count; i++)
        for (uint32_t k = 0; k < i && self->of[i].in_design != AICI_NONE; k++) {
            if (self->of[k].in_design == AICI_NONE)
                continue;
            const aici_estimate of = self->variance.second[(size_t)self->of[i].in_design * self->variance.count + self->of[k].in_design];
            if (of.value > best.share && of.value < below && of.value > 3 * of.error)
                best = (pair){k, i, of.value};
        }
    return best;
}

static void add_best_pairs(table *at) {
    const aici_sensitivity *self = at->self;
    aici_buffer text = aici_buffer_new(self->allocator);
    pair found = next_pair(at, (double)INFINITY);
    aici_buffer_add_text(&text, found.first == AICI_NONE ? "No two inputs make more together than chance may"
                                                         : "Together, beyond what each makes alone: ");
    for (int i = 0; i < MOST_PAIRS && found.first != AICI_NONE; i++) {
        aici_buffer_add_format(&text, "%s%s with %s ", i ? ", " : "", self->factors.factor[found.first].name,
                               self->factors.factor[found.second].name);
        aici_buffer_add_number(&text, percent(found.share));
        aici_buffer_add_text(&text, " %");
        found = next_pair(at, found.share);
    }
    aici_buffer_add_text(&text, " (indices of second order, after Saltelli 2002).");
    add_remark(at, &text);
}

static void add_sentence(table *at, const char *sentence) {
    aici_buffer text = aici_buffer_new(at->self->allocator);
    aici_buffer_add_text(&text, sentence);
    add_remark(at, &text);
}

static void add_what_of_variance(table *at) {
    const aici_variance_found *found = &at->self->variance;
    if (found->too_many)
        add_sentence(at, "There are no shares of variance: they take two dimensions of Sobol' points for each number that is drawn, and "
                         "there are 1024.");
    else if (found->points && found->immense)
        add_sentence(at, "There are no shares of variance: no draw has a finite value, or its squares are beyond the largest or smallest "
                         "number that is held.");
    else if (found->points && found->none)
        add_sentence(at, "The value does not vary, so that there are no shares of variance.");
    else if (found->points)
        add_shares(at);
    if (found->points && !found->none && found->second)
        add_best_pairs(at);
}

/** Whether the value at both ends lies on the same side of that at the medians: it turns back between them. */
static bool turns_back(const aici_sensitivity *self, uint32_t index) {
    const aici_factor_sensitivity *of = &self->of[index];
    double low = of->low - self->value, high = of->high - self->value;
    double noise = 1e-9 * fmax(fabs(self->value), fmax(fabs(of->low), fabs(of->high)));
    return low * high > 0 && fmin(fabs(low), fabs(high)) > noise;
}

/** Of a mean that is hardly known, a tenth of it and more is open. */
static bool is_unsettled(const aici_sensitivity *self, uint32_t index) {
    const aici_factor_sensitivity *of = &self->of[index];
    return of->mean_error > 0.05 && of->mean_error > fabs(of->mean) / 10;
}

/** Nothing came of it: not at its ends, and in no draw, where these were looked at. */
static bool is_dead(const aici_sensitivity *self, uint32_t index) {
    const aici_factor_sensitivity *of = &self->of[index];
    bool moved = (of->low != of->high && !(isnan(of->low) && isnan(of->high))) || turns_back(self, index),
         seen = of->total != 0 && !isnan(of->total);
    bool looked = !isnan(of->low) || !isnan(of->total);
    return self->factors.factor[index].uncertain && looked && !moved && !seen && !(fabs(of->elasticity) > 0);
}

/** "The value does not move with: a, b." Nothing where there are none. */
static void add_names(table *at, const char *begin, bool (*belongs)(const aici_sensitivity *, uint32_t)) {
    const aici_sensitivity *self = at->self;
    aici_buffer text = aici_buffer_new(self->allocator);
    size_t count = 0;
    for (uint32_t i = 0; i < self->factors.count; i++)
        if (belongs(self, at->order[i]))
            aici_buffer_add_format(&text, "%s%s", count++ ? ", " : begin, self->factors.factor[at->order[i]].name);
    aici_buffer_add_text(&text, ".");
    if (count)
        add_remark(at, &text);
    else
        aici_buffer_free(&text);
}

static void add_remarks(table *at) {
    const aici_sensitivity *self = at->self;
    aici_buffer text = aici_buffer_new(self->allocator);
    aici_buffer_add_text(&text, "Elasticity: by how many per cent the value grows when an input alone grows by 1 %, at the medians");
    if (self->draws)
        aici_buffer_add_format(&text, "; its mean over %llu draws (Sobol' points in %u replicates, seed %llu)",
                               (unsigned long long)self->draws, (unsigned)self->wish->replicates, (unsigned long long)self->wish->seed);
    aici_buffer_add_text(&text, ".");
    add_remark(at, &text);
    add_what_of_variance(at);
    add_names(at, "The value does not move with: ", is_dead);
    add_names(at, "Between its two ends the value turns back, so that it moves farther than they show, with: ", turns_back);
    add_names(at,
              "The mean elasticity is not settled, and there may be none, since the value comes near 0 or hardly any draws make it, with: ",
              is_unsettled);
    add_list(at, "Correlated inputs are moved alone: ", is_correlated);
    add_list(at, "Derivatives are not followed through the parameters of distributions, so there are none by: ", bends);
    add_list(at, "These are constants of a formula (an exponent, a number of years), and cannot be varied: ", is_fixed);
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

static const char *subject_of(const table *at) {
    const aici_sensitivity *self = at->self;
    aici_buffer text = aici_buffer_new(self->allocator);
    aici_buffer_add_text(&text, at->quantity->name);
    if (self->wanted.year != AICI_NO_YEAR)
        aici_buffer_add_format(&text, "[%d]", (int)self->wanted.year);
    return aici_describe_keep(at->arena, &text);
}

bool aici_sensitivity_fill(aici_sensitivity *self) {
    table at = {.self = self, .arena = self->result->arena, .quantity = &self->bound->quantity[self->wanted.quantity]};
    at.out = aici_arena_take(at.arena, sizeof *at.out);
    at.column =
        aici_arena_take_array(at.arena, MOST_COLUMNS + (self->variance.second ? 2 * (size_t)self->variance.count : 0), sizeof *at.column);
    at.tornado = aici_arena_take(at.arena, sizeof *at.tornado);
    at.remark = aici_arena_take_array(at.arena, MOST_REMARKS, sizeof *at.remark);
    if (!at.out || !at.column || !at.tornado || !at.remark || !set_order(&at) || !add_rows(&at))
        return false;
    *at.tornado = (aici_result_tornado){.value = self->value / at.quantity->unit_scale,
                                        .scale = at.quantity->unit_scale,
                                        .dimension = &at.quantity->tree->type.dimension,
                                        .preferred = aici_describe_unit(self->bound, at.quantity),
                                        .from = self->wish->low,
                                        .to = self->wish->high,
                                        .step = self->wish->step,
                                        .is_certain = at.tornado->is_certain};
    add_columns(&at);
    add_remarks(&at);
    at.out->kind = "sensitivity";
    at.out->subject = subject_of(&at);
    at.out->row_head = "input";
    at.out->column = at.column;
    at.out->remark = at.remark;
    at.out->tornado = at.tornado;
    self->result->table = at.out;
    self->result->has_quantities = false;
    self->result->samples = self->draws ? self->draws : self->variance.points;
    self->result->seed = self->wish->seed;
    self->result->is_sobol = true;
    return !at.failed && at.out->subject;
}
