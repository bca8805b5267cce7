/* SPDX-License-Identifier: MIT */
/*
 * The verdicts on claims. All claims and their readings are computed in one run, and those that depend on uncertain inputs are sampled in
 * another; where rounded figures are among what a claim depends on, the interval of its value is explored on its own. A claim holds when
 * the interval that it states and that of the computed value meet.
 */
#include "analysis/bounded.h"
#include "analysis/describe.h"
#include "analysis/diagnose.h"
#include "analysis/footing.h"
#include "analysis/guard.h"
#include "analysis/interval.h"
#include "analysis/retain.h"
#include "analysis/run.h"
#include "analysis/sampled.h"
#include "analysis/spread.h"
#include "base/elementary.h"
#include "base/number.h"

#include <math.h>
#include <string.h>

typedef struct checking {
    aici_run *run;
    aici_rounding rounding;
    aici_spreading spreading;
    aici_spread *spread; /* parallel to the run's values; no draws: not sampled */
    size_t tree_count;   /* of claims and readings: their values come first in the run */
    uint32_t *value;     /* where the value of each claim, and behind it those of its readings, stands in the run */
    aic_result *result;
} checking;

/* --- values --------------------------------------------------------------------------------------------------------------------------- */

static size_t tree_count(const aici_bound *bound) {
    size_t count = 0;
    for (uint32_t i = 0; i < bound->claim_count; i++)
        count += 1 + bound->claim[i].reading_count;
    return count;
}

static aic_status want_claim(checking *self, const aici_claim *claim, uint32_t *value) {
    aic_status status = claim->computed ? aici_run_want_tree(self->run, claim->computed, value) : AIC_OK;
    for (uint32_t i = 0; i < claim->reading_count && status == AIC_OK; i++)
        status = aici_run_want_tree(self->run, claim->reading[i].tree, value + 1 + i);
    return status;
}

static aic_status want_claims(checking *self) {
    const aici_bound *bound = self->run->bound;
    uint32_t *value = self->value;
    aic_status status = AIC_OK;
    for (uint32_t i = 0; i < bound->claim_count && status == AIC_OK; i++) {
        status = want_claim(self, &bound->claim[i], value);
        value += 1 + bound->claim[i].reading_count;
    }
    return status;
}

static aic_status check_claim_finite(const checking *self, const aici_claim *claim, const uint32_t *value) {
    aic_status status = claim->computed ? aici_run_check_finite(self->run, *value, 1) : AIC_OK;
    for (uint32_t i = 0; i < claim->reading_count; i++)
        aici_run_note(&status, aici_run_check_finite(self->run, value[1 + i], 1));
    return status;
}

static aic_status check_finite(const checking *self) {
    const aici_bound *bound = self->run->bound;
    const uint32_t *value = self->value;
    aic_status status = AIC_OK;
    for (uint32_t i = 0; i < bound->claim_count; i++) {
        aici_run_note(&status, check_claim_finite(self, &bound->claim[i], value));
        value += 1 + bound->claim[i].reading_count;
    }
    return status;
}

static aic_status compute(checking *self) {
    aici_guard guard = {0};
    aic_status status = want_claims(self);
    self->tree_count = self->run->count;
    if (status == AIC_OK)
        status = aici_guard_set(&guard, self->run);
    if (status == AIC_OK)
        status = aici_run_compute(self->run);
    if (status == AIC_OK) {
        status = check_finite(self);
        aici_run_note(&status, aici_guard_check(&guard));
    }
    aici_guard_end(&guard);
    return status;
}

/* --- what is uncertain ---------------------------------------------------------------------------------------------------------------- */

static size_t pick_uncertain(const checking *self, aici_wanted *wanted, uint32_t *at) {
    size_t count = 0;
    for (size_t i = 0; i < self->tree_count; i++) {
        const aici_wanted *value = &self->run->wanted[i];
        if (!value->tree->type.uncertain)
            continue;
        wanted[count] = *value;
        at[count++] = (uint32_t)i;
    }
    return count;
}

static aic_status find_spreads(checking *self, const aici_wanted *wanted, const uint32_t *at, size_t count) {
    const aic_allocator *allocator = self->run->allocator;
    aici_spread *spread = aici_memory_take_array(allocator, count, sizeof *spread);
    if (!spread)
        return aici_report_memory(self->run->report);
    const aici_bounded bounded = {self->run->bound, self->spreading.wish, NULL, allocator, self->run->report};
    aic_status status = aici_spread_find(&self->spreading, wanted, count, spread);
    for (size_t i = 0; i < count && status == AIC_OK; i++)
        self->spread[at[i]] = spread[i];
    if (status == AIC_OK)
        status = aici_bounded_warn(&bounded, wanted, count);
    aici_memory_release(allocator, spread);
    return status;
}

static void note_sampling(const checking *self) {
    self->result->samples = aici_sampled_draws(self->spreading.wish);
    self->result->seed = self->spreading.wish->seed;
    self->result->is_sobol = self->spreading.wish->sobol;
}

static aic_status sample(checking *self) {
    aici_run *run = self->run;
    size_t trees = self->tree_count;
    aici_wanted *wanted = aici_memory_take_array(run->allocator, trees + 1, sizeof *wanted);
    uint32_t *at = aici_memory_take_array(run->allocator, trees + 1, sizeof *at);
    self->spread = aici_memory_take_array(run->allocator, trees + 1, sizeof *self->spread);
    aic_status status = wanted && at && self->spread ? AIC_OK : aici_report_memory(run->report);
    if (status == AIC_OK) {
        memset(self->spread, 0, (trees + 1) * sizeof *self->spread);
        size_t count = pick_uncertain(self, wanted, at);
        status = count ? find_spreads(self, wanted, at, count) : AIC_OK;
        if (count && status == AIC_OK)
            note_sampling(self);
    }
    aici_memory_release(run->allocator, wanted);
    aici_memory_release(run->allocator, at);
    return status;
}

/* The value of a claim or reading, and between what it lies. */
static aic_status find_interval(checking *self, const aici_expr *tree, uint32_t value, double *computed, aici_interval *out) {
    aici_spread *spread = &self->spread[value];
    aici_corners corners = {0};
    *computed = self->run->value[value];
    aic_status status = aici_interval_find(&self->rounding, tree, *computed, spread->draws ? &corners : NULL, out);
    if (status == AIC_OK && spread->draws) {
        status = aici_spread_widen(&self->spreading, &self->run->wanted[value], &corners, spread);
        *computed = spread->median;
        *out = (aici_interval){spread->low, spread->high};
    }
    aici_corners_end(&corners, self->run->allocator);
    return status;
}

/* --- verdicts ------------------------------------------------------------------------------------------------------------------------- */

/* Ends that touch count as meeting; what rounding in the arithmetic could move is allowed for. */
static bool meet(const aici_claim *claim, const aici_interval *computed) {
    const double slack = 1e-12;
    double below = isfinite(claim->high) ? slack * fabs(claim->high) : 0.0, above = isfinite(claim->low) ? slack * fabs(claim->low) : 0.0;
    return computed->low <= claim->high + below && computed->high >= claim->low - above;
}

static bool join_readings(const checking *self, const char *const *name, aici_result_claim *out) {
    aici_buffer joined = aici_buffer_new(self->run->allocator);
    for (size_t i = 0; i < out->reading_count; i++)
        aici_buffer_add_format(&joined, "%s%s", i ? "; " : "", name[i]);
    out->reading_name = name;
    out->reading = aici_describe_keep(self->result->arena, &joined);
    return out->reading;
}

static aic_status try_readings(checking *self, const aici_claim *claim, const uint32_t *value, aici_result_claim *out) {
    const char **name = aici_arena_take_array(self->result->arena, (size_t)claim->reading_count + 1, sizeof *name);
    for (uint32_t i = 0; name && i < claim->reading_count; i++) {
        double computed;
        aici_interval interval;
        aic_status status = find_interval(self, claim->reading[i].tree, value[1 + i], &computed, &interval);
        if (status != AIC_OK)
            return status;
        if (meet(claim, &interval))
            name[out->reading_count++] = claim->reading[i].name;
    }
    if (!name || !join_readings(self, name, out))
        return aici_report_memory(self->run->report);
    out->verdict = out->reading_count ? AIC_VERDICT_READING : AIC_VERDICT_DIFFERS;
    return AIC_OK;
}

/* --- figures -------------------------------------------------------------------------------------------------------------------------- */

/* A printed decimal that went through a unit may be off by a rounding: then the decimal of 15 digits that lies next to it is meant. */
static double tidy(double value) {
    char text[AICI_NUMBER_TEXT_BYTES];
    double decimal = value;
    if (!isfinite(value))
        return value;
    aici_number_read(text, aici_number_write_digits(value, 15, text), 0, &decimal);
    return fabs(decimal - value) <= 4.5e-16 * fabs(value) ? decimal : value;
}

/* How many digits of a published figure are printed: its interval is one unit of the last of them. */
static int printed_digits(const aici_claim *claim) {
    double width = claim->high - claim->low;
    if (claim->statement != AICI_STATEMENT_PUBLISHED || !isfinite(width) || width <= 0)
        return 0;
    double digits = claim->published != 0 ? floor(aici_log10(fabs(claim->published) / width) + 1e-9) + 1 : 1;
    return digits < 1 ? 1 : digits > 17 ? 17 : (int)digits;
}

static void fill_figures(const aici_claim *claim, double computed, const aici_interval *interval, double figure[7]) {
    figure[AIC_CLAIM_PUBLISHED] = tidy(claim->published / claim->unit_scale);
    figure[AIC_CLAIM_PUBLISHED_LOW] = tidy(claim->low / claim->unit_scale);
    figure[AIC_CLAIM_PUBLISHED_HIGH] = tidy(claim->high / claim->unit_scale);
    figure[AIC_CLAIM_COMPUTED] = computed / claim->unit_scale;
    figure[AIC_CLAIM_COMPUTED_LOW] = interval->low / claim->unit_scale;
    figure[AIC_CLAIM_COMPUTED_HIGH] = interval->high / claim->unit_scale;
    figure[AIC_CLAIM_RATIO] = computed != 0 && claim->published != 0 ? claim->published / computed : (double)NAN;
}

/* Draws that have no value are left out of the quantiles, which is said. */
static void warn_of_draws(const checking *self, const aici_claim *claim, const aici_spread *spread) {
    aici_buffer share = aici_buffer_new(self->run->allocator);
    if (!spread->not_finite)
        return;
    aici_bounded_add_share(&share, (double)spread->not_finite, spread->draws);
    aici_report_remark(self->run->report, AIC_SEVERITY_WARNING, AICI_CODE_DRAWS_AMISS, &claim->place,
                       "%s: %s are not finite; the quantiles are of the others", claim->id, aici_buffer_text(&share));
    aici_buffer_free(&share);
}

static aic_status judge(checking *self, const aici_claim *claim, const uint32_t *value, aici_result_claim *out) {
    double computed;
    aici_interval interval;
    aic_status status = find_interval(self, claim->computed, *value, &computed, &interval);
    if (status != AIC_OK)
        return status;
    fill_figures(claim, computed, &interval, out->figure);
    out->samples = self->spread[*value].draws;
    warn_of_draws(self, claim, &self->spread[*value]);
    if (claim->statement == AICI_STATEMENT_NOT_CHECKABLE)
        return AIC_OK; /* what is computed is shown, but there is nothing to hold it against */
    out->verdict = AIC_VERDICT_HOLDS;
    return meet(claim, &interval) ? AIC_OK : try_readings(self, claim, value, out);
}

static void fill_words(const checking *self, const aici_claim *claim, aici_result_claim *out) {
    static const char *const statement[] = {"published", "between", "at_least", "at_most", "about", "not_checkable"};
    const aici_bound *bound = self->run->bound;
    *out = (aici_result_claim){.id = claim->id, .says = claim->says, .note = claim->note, .reading = "", .unit = ""};
    out->why = claim->statement == AICI_STATEMENT_NOT_CHECKABLE ? claim->why : "";
    out->statement = statement[claim->statement];
    out->verdict = AIC_VERDICT_NOT_CHECKABLE;
    out->expected = claim->expected;
    out->source = aici_describe_source(self->result->arena, bound, claim->source, false);
    out->file = claim->place.source ? claim->place.source->name : bound->file;
    out->line = claim->place.line;
    out->scale = 1.0;
    for (size_t i = 0; i < sizeof out->figure / sizeof *out->figure; i++)
        out->figure[i] = (double)NAN;
}

static void fill_unit(const aici_claim *claim, aici_result_claim *out) {
    out->unit = claim->unit;
    out->scale = claim->unit_scale;
    out->dimension = &claim->computed->type.dimension;
    out->preferred = claim->shown;
    out->printed_digits = printed_digits(claim);
}

/* --- diagnosis ------------------------------------------------------------------------------------------------------------------------ */

/* Digits that ranges lead to show no slip: what depends on uncertain inputs is left alone. */
static bool is_to_be_diagnosed(const aici_result_claim *claim) { return claim->verdict == AIC_VERDICT_DIFFERS && claim->samples == 0; }

static size_t count_differing(const checking *self, const aici_result_claim *claim) {
    size_t count = 0;
    for (uint32_t i = 0; i < self->run->bound->claim_count; i++)
        count += is_to_be_diagnosed(&claim[i]);
    return count;
}

/* A claim may spend its share of what is left, so that a heavy one does not leave the others without an answer; what it does not need goes
 * on to them. */
static aic_status diagnose_within_share(const checking *self, const aici_sheet *sheet, uint32_t index, size_t left, size_t *budget,
                                        aici_result_claim *out) {
    enum { SMALLEST_SHARE = 25000 };
    size_t share = *budget / left > SMALLEST_SHARE ? *budget / left : SMALLEST_SHARE, rest = share;
    aic_status status = aici_diagnose(sheet, index, self->result->arena, &rest, out);
    size_t spent = share - rest;
    *budget -= spent < *budget ? spent : *budget;
    return status;
}

/* The workings are laid open once, and only where a claim differs. */
static aic_status diagnose(const checking *self, aici_result_claim *claim) {
    aici_sheet sheet = {0};
    aic_status status = AIC_OK;
    size_t budget = AICI_DIAGNOSE_BUDGET, left = count_differing(self, claim);
    for (uint32_t i = 0; i < self->run->bound->claim_count && status == AIC_OK; i++) {
        if (!is_to_be_diagnosed(&claim[i]))
            continue;
        if (!sheet.bound)
            status = aici_sheet_begin(&sheet, self->run->bound, self->run->allocator, self->run->report);
        if (status == AIC_OK && sheet.program)
            status = diagnose_within_share(self, &sheet, i, left--, &budget, &claim[i]);
    }
    aici_sheet_end(&sheet);
    return status;
}

/* --- the answer ----------------------------------------------------------------------------------------------------------------------- */

static aic_status fill(checking *self) {
    const aici_bound *bound = self->run->bound;
    const uint32_t *value = self->value;
    aici_result_claim *claim = aici_arena_take_array(self->result->arena, bound->claim_count, sizeof *claim);
    aic_status status = claim ? AIC_OK : aici_report_memory(self->run->report);
    for (uint32_t i = 0; i < bound->claim_count && status == AIC_OK; i++) {
        fill_words(self, &bound->claim[i], &claim[i]);
        if (!claim[i].source)
            status = aici_report_memory(self->run->report);
        else if (bound->claim[i].computed) {
            fill_unit(&bound->claim[i], &claim[i]);
            status = judge(self, &bound->claim[i], value, &claim[i]);
            if (status == AIC_OK && bound->claim[i].statement != AICI_STATEMENT_NOT_CHECKABLE)
                status = aici_footing_find(bound, bound->claim[i].computed, self->result->arena, &claim[i], self->run->report);
        }
        value += 1 + bound->claim[i].reading_count;
    }
    if (status == AIC_OK)
        status = diagnose(self, claim);
    self->result->claim = claim;
    self->result->claim_count = bound->claim_count;
    self->result->has_claims = true;
    return status;
}

/* --- the call ------------------------------------------------------------------------------------------------------------------------- */

static aic_status answer(checking *self) {
    aici_run *run = self->run;
    self->value = aici_memory_take_array(run->allocator, tree_count(run->bound) + 1, sizeof *self->value);
    self->result = aici_retain_new(run->bound, run->allocator);
    if (!self->value || !self->result)
        return aici_report_memory(run->report);
    aic_status status = aici_rounding_begin(&self->rounding, run->bound, run->allocator, run->report);
    if (status == AIC_OK)
        status = compute(self);
    if (status == AIC_OK)
        status = sample(self);
    return status == AIC_OK ? fill(self) : status;
}

aic_status aici_analysis_check(aici_bound *bound, const aici_sample_wish *wish, const aic_allocator *allocator, aic_result **out,
                               aic_report *report) {
    aici_run run = {0};
    checking self = {.run = &run, .rounding = {.allocator = allocator}, .spreading = {bound, wish, allocator, report}};
    *out = NULL;
    aic_status status = aici_run_begin(&run, bound, allocator, report);
    if (status == AIC_OK)
        status = answer(&self);
    if (status == AIC_OK)
        *out = self.result;
    else
        aici_result_release(self.result);
    aici_rounding_end(&self.rounding);
    aici_memory_release(allocator, self.value);
    aici_memory_release(allocator, self.spread);
    aici_run_end(&run);
    return status;
}
