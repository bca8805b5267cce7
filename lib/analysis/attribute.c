/* SPDX-License-Identifier: MIT */
/*
 * Why results differ: into a copy of the first scenario each thing that the second says otherwise is put alone, and the copy is computed.
 * What only the second one has is there beforehand, since it moves nothing by itself. What does not fit alone is tried again with
 * everything that was found to move nothing, and what does not fit then either is tried all together. What the sum of the effects leaves of
 * the change is interaction.
 */
#include "analysis/diff.h"
#include "analysis/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct effect {
    size_t result, cause; /* cause: a piece, or behind the last one all that go only together */
    double value;
} effect;

typedef struct attribution {
    const aici_diffing *of;
    aici_result_difference *result;
    size_t count;
    aici_arena *scratch;
    aic_scenario *base;
    const aici_graft *graft;
    size_t graft_count;
    const aici_graft **failed; /* pieces that do not fit alone */
    size_t failed_count;
    const aici_graft **together; /* pieces that move nothing, and room for others behind them */
    size_t neutral_count;
    effect *effect;
    size_t effect_count, effect_capacity;
} attribution;

static aic_status no_memory(const attribution *self) { return aici_report_memory(self->of->report); }

/* --- what one copy comes to ----------------------------------------------------------------------------------------------------------- */

static bool is_sought(const aici_result_difference *result) { return isfinite(result->change) && result->change != 0; }

static aic_status add_effect(attribution *self, size_t result, size_t cause, double value) {
    effect *grown = aici_memory_grow(self->of->allocator, self->effect, self->effect_count, &self->effect_capacity, sizeof *grown);
    if (!grown)
        return no_memory(self);
    self->effect = grown;
    grown[self->effect_count++] = (effect){result, cause, value};
    return AIC_OK;
}

/* In the unit of the difference; NaN where the copy has no such value. */
static double value_of(const aici_run *run, const aici_result_difference *result) {
    uint32_t index = aici_bound_find(run->bound, result->name);
    const aici_quantity *quantity = index != AICI_NONE ? &run->bound->quantity[index] : NULL;
    const aici_type *type = quantity ? &quantity->tree->type : NULL;
    int32_t year = result->year ? result->year[result->at] : (int32_t)AICI_NO_YEAR;
    double value = (double)NAN, scale;
    if (!type || type->kind != AICI_TYPE_QUANTITY || (type->years && !result->year) || !aici_run_value(run, index, year, &value))
        return (double)NAN;
    if (strcmp(quantity->unit, result->unit) == 0)
        return value / quantity->unit_scale;
    return aici_diff_scale(run->bound->units, result->unit, &type->dimension, &scale) ? value / scale : (double)NAN;
}

static aic_status note_effects(attribution *self, const aici_run *run, size_t cause) {
    aic_status status = AIC_OK;
    for (size_t i = 0; i < self->count && status == AIC_OK; i++) {
        const aici_result_difference *result = &self->result[i];
        if (!is_sought(result))
            continue;
        double before = result->value[0][result->at], after = value_of(run, result);
        if (!isfinite(after))
            status = add_effect(self, i, cause, (double)NAN);
        else if (aici_diff_has_moved(before, after))
            status = add_effect(self, i, cause, after - before);
    }
    return status;
}

static aic_status compute(attribution *self, aici_bound *bound, size_t cause) {
    aici_run run = {0};
    aic_status status = aici_run_begin(&run, bound, self->of->allocator, NULL);
    for (size_t i = 0; i < self->count && status == AIC_OK; i++) {
        uint32_t index = is_sought(&self->result[i]) ? aici_bound_find(bound, self->result[i].name) : AICI_NONE;
        if (index != AICI_NONE)
            status = aici_run_want(&run, index);
    }
    if (status == AIC_OK)
        status = aici_run_compute(&run);
    if (status == AIC_OK)
        status = note_effects(self, &run, cause);
    aici_run_end(&run);
    return status;
}

static aic_status measure(attribution *self, const aici_graft *const *graft, size_t count, size_t cause) {
    aic_scenario *copy = NULL;
    aici_bound *bound = NULL;
    aic_status status = aici_scenario_graft(self->base, graft, count, &copy, NULL);
    if (status == AIC_OK)
        status = aici_scenario_bind(copy, &bound, NULL);
    if (status == AIC_OK)
        status = compute(self, bound, cause);
    aici_bound_unref(bound);
    aici_scenario_free(copy);
    return status == AIC_ERROR_MEMORY ? no_memory(self) : status;
}

/* --- all pieces ----------------------------------------------------------------------------------------------------------------------- */

static aic_status measure_each(attribution *self) {
    self->failed = aici_arena_take_array(self->scratch, self->graft_count + 1, sizeof *self->failed);
    self->together = aici_arena_take_array(self->scratch, self->graft_count + 1, sizeof *self->together);
    if (!self->failed || !self->together)
        return no_memory(self);
    for (size_t i = 0; i < self->graft_count; i++) {
        const aici_graft *graft = &self->graft[i];
        size_t before = self->effect_count;
        aic_status status = measure(self, &graft, 1, i);
        if (status == AIC_ERROR_MEMORY)
            return status;
        if (status != AIC_OK)
            self->failed[self->failed_count++] = graft;
        else if (self->effect_count == before)
            self->together[self->neutral_count++] = graft;
    }
    return AIC_OK;
}

/* Each that failed, with what moves nothing by itself. */
static aic_status measure_again(attribution *self) {
    size_t kept = 0;
    for (size_t i = 0; self->neutral_count && i < self->failed_count; i++) {
        self->together[self->neutral_count] = self->failed[i];
        aic_status status = measure(self, self->together, self->neutral_count + 1, (size_t)(self->failed[i] - self->graft));
        if (status == AIC_ERROR_MEMORY)
            return status;
        if (status != AIC_OK)
            self->failed[kept++] = self->failed[i];
    }
    self->failed_count = self->neutral_count ? kept : self->failed_count;
    return AIC_OK;
}

static aic_status measure_all_failed(attribution *self) {
    if (self->failed_count < 2)
        return self->failed_count ? AIC_ERROR_SCENARIO : AIC_OK;
    memcpy(self->together + self->neutral_count, self->failed, self->failed_count * sizeof *self->failed);
    return measure(self, self->together, self->neutral_count + self->failed_count, self->graft_count);
}

static aic_status measure_failed(attribution *self, aici_result_diff *diff) {
    aic_status status = measure_again(self);
    if (status == AIC_OK)
        status = measure_all_failed(self);
    if (status == AIC_OK || status == AIC_ERROR_MEMORY)
        return status;
    const char **name = aici_arena_take_array(self->of->arena, self->failed_count + 1, sizeof *name);
    if (!name)
        return no_memory(self);
    for (size_t i = 0; i < self->failed_count; i++) {
        name[i] = aici_arena_copy(self->of->arena, self->failed[i]->name, strlen(self->failed[i]->name));
        if (!name[i])
            return no_memory(self);
    }
    diff->unattributed = name;
    diff->unattributed_count = self->failed_count;
    return AIC_OK;
}

/* --- causes --------------------------------------------------------------------------------------------------------------------------- */

static const char *name_of_cause(const attribution *self, size_t cause) {
    aici_buffer text = aici_buffer_new(self->of->allocator);
    if (cause < self->graft_count)
        aici_buffer_add_text(&text, self->graft[cause].name);
    for (size_t i = 0; cause == self->graft_count && i < self->failed_count; i++)
        aici_buffer_add_format(&text, "%s%s", i ? ", " : "", self->failed[i]->name);
    const char *kept = aici_buffer_failed(&text) ? NULL : aici_arena_copy(self->of->arena, aici_buffer_text(&text), text.size);
    aici_buffer_free(&text);
    return kept;
}

static bool name_causes(const attribution *self, const char **name) {
    for (size_t i = 0; i < self->effect_count; i++) {
        size_t cause = self->effect[i].cause;
        if (!name[cause] && !(name[cause] = name_of_cause(self, cause)))
            return false;
    }
    return true;
}

/* The largest first, those that nothing is known of last. */
static int order_causes(const void *left, const void *right) {
    const aici_result_cause *one = left, *other = right;
    double a = isnan(one->effect) ? -1.0 : fabs(one->effect), b = isnan(other->effect) ? -1.0 : fabs(other->effect);
    return a != b ? (a < b) - (a > b) : strcmp(one->name, other->name);
}

/* What rounding in the arithmetic leaves is no interaction. */
static double left_over(const aici_result_difference *result, double sum) {
    const double slack = 1e-12;
    double rest = result->change - sum, size = fabs(result->value[0][result->at]) + fabs(result->value[1][result->at]);
    for (size_t i = 0; i < result->cause_count; i++)
        size += isnan(result->cause[i].effect) ? 0 : fabs(result->cause[i].effect);
    return fabs(rest) <= slack * size ? 0.0 : rest;
}

/* Effects stand in the order of causes; those of one result are found by its number. */
static bool give_causes(const attribution *self, const char *const *name, size_t index, const size_t *first, const size_t *next) {
    aici_result_difference *result = &self->result[index];
    size_t count = 0;
    double sum = 0;
    for (size_t i = first[index]; i; i = next[i])
        count++;
    aici_result_cause *cause = aici_arena_take_array(self->of->arena, count, sizeof *cause);
    if (!cause)
        return false;
    for (size_t i = first[index]; i; i = next[i]) {
        const effect *found = &self->effect[i - 1];
        cause[result->cause_count++] = (aici_result_cause){name[found->cause], found->value, found->value / result->change};
        sum += isnan(found->value) ? 0 : found->value;
    }
    result->cause = cause;
    result->interaction = left_over(result, sum);
    result->is_attributed = true;
    qsort(cause, count, sizeof *cause, order_causes);
    return true;
}

/* Links the effects of each result, the earlier ones first: numbers count from 1, 0 ends. */
static void link_effects(const attribution *self, size_t *first, size_t *next) {
    for (size_t i = self->effect_count; i > 0; i--) {
        next[i] = first[self->effect[i - 1].result];
        first[self->effect[i - 1].result] = i;
    }
}

static aic_status give_all_causes(const attribution *self) {
    const char **name = aici_arena_take_array(self->scratch, self->graft_count + 1, sizeof *name);
    size_t *first = aici_arena_take_array(self->scratch, self->count + 1, sizeof *first);
    size_t *next = aici_arena_take_array(self->scratch, self->effect_count + 1, sizeof *next);
    bool good = name && first && next && name_causes(self, name);
    if (good)
        link_effects(self, first, next);
    for (size_t i = 0; good && i < self->count; i++)
        if (is_sought(&self->result[i]))
            good = give_causes(self, name, i, first, next);
    return good ? AIC_OK : no_memory(self);
}

/* --- the call ------------------------------------------------------------------------------------------------------------------------- */

/* The first scenario with what only the second has; where the two do not go together, with no more than its sources. */
static aic_status make_base(attribution *self, bool all) {
    aici_bound *bound = NULL;
    aic_status status = aici_scenario_join(self->of->scenario[0], self->of->scenario[1], all, &self->base, NULL);
    if (status == AIC_OK)
        status = aici_scenario_bind(self->base, &bound, NULL);
    aici_bound_unref(bound);
    if (status == AIC_ERROR_MEMORY)
        return no_memory(self);
    if (status == AIC_OK || !all)
        return AIC_OK;
    aici_scenario_free(self->base);
    self->base = NULL;
    return make_base(self, false);
}

static aic_status attribute(attribution *self, aici_result_diff *diff) {
    aic_status status = make_base(self, true);
    if (status == AIC_OK)
        status =
            aici_scenario_compare(self->base, self->of->scenario[1], self->scratch, &self->graft, &self->graft_count, self->of->report);
    if (status == AIC_OK)
        status = measure_each(self);
    if (status == AIC_OK)
        status = measure_failed(self, diff);
    return status == AIC_OK ? give_all_causes(self) : status;
}

aic_status aici_diff_attribute(const aici_diffing *of, aici_result_difference *difference, size_t count, aici_result_diff *diff) {
    attribution self = {.of = of, .result = difference, .count = count};
    bool any = false;
    for (size_t i = 0; i < count; i++)
        any = any || is_sought(&difference[i]);
    if (!any)
        return AIC_OK;
    self.scratch = aici_arena_new(of->allocator);
    aic_status status = self.scratch ? attribute(&self, diff) : no_memory(&self);
    aici_scenario_free(self.base);
    aici_memory_release(of->allocator, self.effect);
    aici_arena_free(self.scratch);
    return status;
}
