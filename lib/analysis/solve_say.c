/* SPDX-License-Identifier: MIT */
/* What a solve found, in sentences and as a table. */
#include "analysis/analysis.h"
#include "analysis/describe.h"
#include "analysis/sampled.h"
#include "analysis/solving.h"
#include "base/number.h"

#include <math.h>
#include <string.h>

enum { MOST_REMARKS = 12 };

static const aici_quantity *input_of(const aici_solving *self) { return &self->levers.bound->quantity[aici_solving_lever(self)->quantity]; }
static const aici_quantity *output_of(const aici_solving *self) { return &self->levers.bound->quantity[self->quantity]; }

/** A value for a sentence; NULL when there is no memory. */
static const char *show(aici_solving *self, const aici_quantity *quantity, double coherent, int digits) {
    aici_buffer text = aici_buffer_new(self->allocator);
    aici_describe_value(self->levers.bound, quantity, coherent, digits, &text);
    return aici_describe_keep(self->arena, &text);
}

static const char *input_value(aici_solving *self, double coherent) { return show(self, input_of(self), coherent, 6); }
static const char *output_value(aici_solving *self, double coherent) { return show(self, output_of(self), coherent, 6); }

/** Keeps a sentence, and reports it too. */
static bool remark(aici_solving *self, enum aici_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));
static bool remark(aici_solving *self, enum aici_code code, const char *format, ...) {
    aici_buffer text = aici_buffer_new(self->allocator);
    va_list list;
    va_start(list, format);
    aici_buffer_add_format_list(&text, format, list);
    va_end(list);
    const char *kept = aici_describe_keep(self->arena, &text);
    if (!kept)
        return false;
    aici_report_remark(self->report,
                       code == AICI_CODE_SOLVE_NONE || code == AICI_CODE_SOLVE_BOUNDS || code == AICI_CODE_DRAWS_AMISS
                           ? AIC_SEVERITY_WARNING
                           : AIC_SEVERITY_NOTE,
                       code, NULL, "%s", kept);
    if (self->remark_count < MOST_REMARKS)
        self->remark[self->remark_count++] = kept;
    return true;
}

/* --- before --------------------------------------------------------------------------------------------------------------------------- */

static bool say_what_is_replaced(aici_solving *self) {
    const aici_lever *lever = aici_solving_lever(self);
    if (lever->was_series)
        return remark(self, AICI_CODE_SOLVE_REPLACED, "%s: its series is replaced by one value for all years", lever->name);
    if (lever->was_uncertain)
        return remark(self, AICI_CODE_SOLVE_REPLACED, "%s: what is uncertain about it is replaced by one value", lever->name);
    return true;
}

static bool say_medians(aici_solving *self) {
    if (self->what != AICI_SOLVE_VALUE || !self->probe.sampled)
        return true;
    return remark(
        self, AICI_CODE_SOLVE_MEDIANS,
        "%s is uncertain: it meets the value with every distribution at its median; mean(%s) or p50(%s) asks for a statistic of it",
        self->name, self->name, self->name);
}

/* --- nothing was found ---------------------------------------------------------------------------------------------------------------- */

static bool say_none(aici_solving *self) {
    const char *by = aici_solving_lever(self)->name, *name = self->wish->output;
    const char *low = input_value(self, self->low), *high = input_value(self, self->high), *target = output_value(self, self->target);
    const char *least = output_value(self, self->roots.lowest + self->target),
               *most = output_value(self, self->roots.highest + self->target);
    if (!low || !high || !target || !least || !most)
        return false;
    if (self->roots.finite == 0)
        return remark(self, AICI_CODE_SOLVE_NONE, "no solution: %s has no value with %s anywhere from %s to %s", name, by, low, high);
    if (self->roots.lowest == self->roots.highest)
        return remark(self, AICI_CODE_SOLVE_NONE, "no solution: %s is %s whatever %s is", name, least, by);
    if (self->roots.lowest <= 0 && self->roots.highest >= 0)
        return remark(
            self, AICI_CODE_SOLVE_NONE,
            "no solution: with %s from %s to %s, %s meets the target nowhere; where it was looked at, it is at least %s and at most %s", by,
            low, high, name, least, most);
    return remark(self, AICI_CODE_SOLVE_NONE, "no solution: with %s from %s to %s, %s goes from %s to %s, always %s the target", by, low,
                  high, name, least, most, self->roots.lowest > 0 ? "above" : "below");
}

/* --- what was found ------------------------------------------------------------------------------------------------------------------- */

static bool say_jump(aici_solving *self, const aici_root *root) {
    const char *at = input_value(self, root->at), *before = output_value(self, root->before + self->target),
               *after = output_value(self, root->after + self->target);
    if (!at || !before || !after)
        return false;
    double usual = fmax(fmax(fabs(self->roots.lowest), fabs(self->roots.highest)), fabs(self->target));
    if (fmin(fabs(root->before), fabs(root->after)) > 1e6 * usual)
        return remark(self, AICI_CODE_SOLVE_JUMP, "at %s = %s, %s has a pole, and jumps from one side of the target to the other",
                      aici_solving_lever(self)->name, at, self->wish->output);
    if (!isfinite(root->before) || !isfinite(root->after))
        return remark(self, AICI_CODE_SOLVE_JUMP, "at %s = %s, %s has no value, and the target lies between what it is on either side",
                      aici_solving_lever(self)->name, at, self->wish->output);
    return remark(self, AICI_CODE_SOLVE_JUMP, "at %s = %s, %s jumps over the target, from %s to %s", aici_solving_lever(self)->name, at,
                  self->wish->output, before, after);
}

/** The number that a person would write for one whose last bits do not matter. */
static double plain_number(double value) {
    char text[AICI_NUMBER_TEXT_BYTES];
    double plain = value;
    bool negative = value < 0;
    aici_number_read(text, aici_number_write_digits(fabs(value), 12, text), 0, &plain);
    return negative ? -plain : plain;
}

/** Where a stretch ends behind a number that does not belong to it, that is said. */
static bool say_range(aici_solving *self, const aici_root *root) {
    double scale = input_of(self)->unit_scale, low = root->from / scale, high = root->to / scale;
    const char *from = input_value(self, root->from), *to = input_value(self, root->to);
    bool above = plain_number(low)<low, below = plain_number(high)> high;
    return from && to &&
           remark(self, AICI_CODE_SOLVE_SEVERAL, "every %s %s %s %s %s meets the target", aici_solving_lever(self)->name,
                  above ? "above" : "from", from,
                  below   ? "and below"
                  : above ? "and up to"
                          : "to",
                  to);
}

static bool say_forbidden(aici_solving *self, const aici_solved *solved) {
    const char *at = input_value(self, solved->root.at);
    aic_report *why = aic_report_new(self->allocator);
    bool said = at && why && aici_probe_explain(&self->probe, &solved->root.at, why);
    if (said) {
        const char *reason = aic_report_count(why) > 0 ? aic_report_message(why, 0) : "what must hold does not";
        said = remark(self, AICI_CODE_SOLVE_BOUNDS, "%s = %s is not allowed: %s", aici_solving_lever(self)->name, at, reason);
    }
    aic_report_free(why);
    return said;
}

static bool say_draws(aici_solving *self, const aici_solved *solved, double share, const char *what) {
    const char *at = share > 0 ? input_value(self, solved->root.at) : "";
    char number[AICI_NUMBER_TEXT_BYTES];
    aici_number_write(ceil(1e4 * share) / 100, number);
    return at && (share == 0 || remark(self, AICI_CODE_DRAWS_AMISS, "with %s = %s, up to %s %% of the draws of %s are %s",
                                       aici_solving_lever(self)->name, at, number, self->name, what));
}

static bool say_found(aici_solving *self) {
    if (self->solved_count > 1 &&
        !remark(self, AICI_CODE_SOLVE_SEVERAL, "%zu values of %s meet the target; the one nearest to what it is now stands first",
                self->solved_count, aici_solving_lever(self)->name))
        return false;
    for (size_t i = 0; i < self->solved_count; i++) {
        const aici_root *root = &self->solved[i].root;
        if ((root->to > root->from && !say_range(self, root)) || (!self->solved[i].holds && !say_forbidden(self, &self->solved[i])))
            return false;
        if (!say_draws(self, &self->solved[i], self->solved[i].not_finite, "not finite; the statistic is of the others") ||
            !say_draws(self, &self->solved[i], self->solved[i].outside, "out of its bounds"))
            return false;
    }
    return true;
}

bool aici_solving_say(aici_solving *self) {
    bool said = say_what_is_replaced(self) && say_medians(self);
    said = said && (self->solved_count > 0 ? say_found(self) : say_none(self));
    for (size_t i = 0; i < self->roots.count && said; i++)
        if (self->roots.root[i].jumps)
            said = say_jump(self, &self->roots.root[i]);
    return said;
}

/* --- the table ------------------------------------------------------------------------------------------------------------------------ */

enum { INPUT, OUTPUT, RESIDUAL, WITHIN, COLUMNS };

static const char *copy(aici_arena *arena, const char *text) { return text ? aici_arena_copy(arena, text, strlen(text)) : NULL; }

static aici_result_column column_of(const aici_solving *self, const aici_quantity *quantity, const char *name, const char *statistic,
                                    const double *value) {
    return (aici_result_column){.name = name,
                                .unit = quantity->unit,
                                .statistic = statistic,
                                .value = value,
                                .scale = quantity->unit_scale,
                                .dimension = &quantity->tree->type.dimension,
                                .preferred = aici_describe_unit(self->levers.bound, quantity)};
}

static void fill_row(const aici_solving *self, size_t row, double *const value[COLUMNS]) {
    const aici_solved *solved = &self->solved[row];
    value[INPUT][row] = solved->root.at / input_of(self)->unit_scale;
    value[OUTPUT][row] = solved->value / output_of(self)->unit_scale;
    value[RESIDUAL][row] = (solved->value - self->target) / output_of(self)->unit_scale;
    value[WITHIN][row] = solved->holds;
}

static const char *subject_of(aici_solving *self, aici_arena *arena) {
    const char *target = output_value(self, self->target);
    aici_buffer text = aici_buffer_new(self->allocator);
    if (!target)
        return NULL;
    aici_buffer_add_format(&text, "%s = %s", self->wish->output, target);
    return aici_describe_keep(arena, &text);
}

static bool fill_table(aici_solving *self, aici_arena *arena, aici_result_table *table) {
    aici_result_column *column = aici_arena_take_array(arena, COLUMNS, sizeof *column);
    const char *by = copy(arena, aici_solving_lever(self)->name), *name = copy(arena, self->name),
               *statistic = copy(arena, self->statistic);
    const char **remarks = aici_arena_take_array(arena, MOST_REMARKS, sizeof *remarks);
    double *value[COLUMNS];
    bool made = column && by && name && statistic && remarks;
    for (int i = 0; i < COLUMNS && made; i++)
        made = (value[i] = aici_arena_take_array(arena, self->solved_count + 1, sizeof *value[i])) != NULL;
    if (!made)
        return false;
    for (size_t i = 0; i < self->solved_count; i++)
        fill_row(self, i, value);
    for (size_t i = 0; i < self->remark_count; i++)
        made = made && (remarks[i] = copy(arena, self->remark[i])) != NULL;
    column[INPUT] = column_of(self, input_of(self), by, "", value[INPUT]);
    column[OUTPUT] = column_of(self, output_of(self), name, statistic, value[OUTPUT]);
    column[RESIDUAL] = column_of(self, output_of(self), "residual", "", value[RESIDUAL]);
    column[WITHIN] = (aici_result_column){.name = "within_bounds", .unit = "1", .statistic = "", .value = value[WITHIN], .scale = 1};
    *table = (aici_result_table){.kind = "solve",
                                 .subject = subject_of(self, arena),
                                 .row_head = "",
                                 .row_count = self->solved_count,
                                 .column = column,
                                 .column_count = COLUMNS,
                                 .remark = remarks,
                                 .remark_count = self->remark_count};
    return made && table->subject;
}

bool aici_solving_fill(aici_solving *self, aic_result *result) {
    aici_result_table *table = aici_arena_take_array(result->arena, 1, sizeof *table);
    if (!table || !fill_table(self, result->arena, table))
        return false;
    result->table = table;
    if (self->sampled) {
        result->samples = aici_sampled_draws(&self->sampling);
        result->seed = self->sampling.seed;
        result->is_sobol = self->sampling.sobol;
    }
    return true;
}
