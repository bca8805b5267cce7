/* SPDX-License-Identifier: MIT */
/*
 * The search for the slip behind a figure. All edits are tried; those that give the same are one; those that give what was published are
 * offered, the simplest first, unless so many edits that are as simple were tried that one of them would have been likely to hit by luck.
 */
#include "analysis/diagnose.h"
#include "analysis/describe.h"
#include "base/elementary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double MOST_LUCK = 0.1;           /* hits expected by luck among the edits that are no dearer than the one offered */
static const double MOST_LUCK_OF_PAIRS = 0.03; /* likewise, pairs among themselves */
static const double COST_OF_PAIRED = 1.55;     /* dearer edits are not paired */
static const double COST_OF_ROUNDING = 0.5;    /* of what hits only because its figures are rounded */
static const double COST_OF_DOUBT = 1.0;       /* an edit that is dearer by more than this is not offered beside the simplest */
static const double NEAR = 2.302585092994046;  /* ln 10: how far from the published figure the density of edits is taken */
static const double SAME = 1e-11;              /* relative difference up to which two edits give the same */

enum { MOST_OFFERED = 4, MOST_MEANINGS = 3, MOST_PAIRED = 80 };

/* What is to be hit, as positive numbers. */
typedef struct slip_target {
    double published, low, high;
    double sign;
    double spread; /* of the computed figure by rounding, relative */
    double width;  /* of the target on an axis of logarithms, without that spread */
} slip_target;

typedef struct diagnosing {
    aici_search search;
    slip_target target;
    size_t group_count;
    size_t *hit; /* edits that hit, one of each group */
    size_t hit_count;
    double luck; /* expected in all */
} diagnosing;

/* --- edits ---------------------------------------------------------------------------------------------------------------------------- */

aici_edit aici_edit_of(aici_slip slip, uint32_t subject) {
    static const double cost[] = {
#define COST(name, cost, key) cost,
        AICI_SLIPS(COST)
#undef COST
    };
    return (aici_edit){.slip = (uint8_t)slip, .subject = subject, .cost = cost[slip], .other = AICI_NONE, .words = ""};
}

static const char *key_of(const aici_edit *edit) {
    static const char *const key[] = {
#define KEY(name, cost, key) key,
        AICI_SLIPS(KEY)
#undef KEY
    };
    return key[edit->slip];
}

static void append(aici_search *search, const aici_edit *edit) {
    aici_edit *grown = aici_memory_grow(search->sheet->allocator, search->edit, search->count, &search->capacity, sizeof *grown);
    if (!grown) {
        search->failed = true;
        return;
    }
    search->edit = grown;
    grown[search->count++] = *edit;
}

/* Keeps an edit whose result is a number of the sign of what was computed, and another one. */
static void keep(aici_search *search, aici_edit *edit) {
    edit->gives = aici_chain_try(&search->chain, edit->change, edit->change_count);
    double ratio = edit->gives / search->computed;
    if (isfinite(ratio) && ratio > 0 && fabs(ratio - 1) > SAME)
        append(search, edit);
}

void aici_search_add(aici_search *search, aici_edit edit, aici_change change) {
    edit.change[0] = change;
    edit.change_count = 1;
    keep(search, &edit);
}

/* --- groups --------------------------------------------------------------------------------------------------------------------------- */

static int compare(double a, double b) { return (a > b) - (a < b); }

static int compare_gives(const void *left, const void *right) {
    const aici_edit *a = left, *b = right;
    int by_gives = compare(a->gives, b->gives), by_cost = compare(a->cost, b->cost);
    return by_gives ? by_gives : by_cost ? by_cost : compare(a->change[0].value, b->change[0].value);
}

static int compare_cost(const void *left, const void *right) {
    const aici_edit *a = left, *b = right;
    int by_group = compare(a->group, b->group), by_cost = compare(a->cost, b->cost);
    return by_group ? by_group : by_cost ? by_cost : compare_gives(a, b);
}

/* Numbers the groups of edits from @p first on, and puts the simplest of each first. */
static void make_groups(diagnosing *self, size_t first) {
    aici_edit *edit = self->search.edit;
    if (self->search.count == first)
        return;
    qsort(edit + first, self->search.count - first, sizeof *edit, compare_gives);
    for (size_t i = first; i < self->search.count; i++) {
        bool same = i > first && fabs(edit[i].gives / edit[i - 1].gives - 1) <= SAME;
        self->group_count += !same;
        edit[i].group = (uint32_t)self->group_count;
    }
    qsort(edit + first, self->search.count - first, sizeof *edit, compare_cost);
}

static bool leads(const diagnosing *self, size_t first, size_t i) {
    return i == first || self->search.edit[i].group != self->search.edit[i - 1].group;
}

/* --- hits ----------------------------------------------------------------------------------------------------------------------------- */

static bool aim(diagnosing *self) {
    const aici_claim *claim = &self->search.sheet->bound->claim[self->search.claim];
    slip_target *target = &self->target;
    double middle = isfinite(claim->published) ? claim->published : (claim->low + claim->high) / 2, low, high;
    bool negative = middle < 0;
    *target =
        (slip_target){.published = fabs(middle), .low = negative ? -claim->high : claim->low, .high = negative ? -claim->low : claim->high};
    target->sign = negative ? -1 : 1;
    if (!isfinite(target->high) || !(target->low > 0) || !(self->search.computed * target->sign > 0))
        return false;
    aici_chain_range(&self->search.chain, NULL, 0, &low, &high);
    target->spread = (high - low) / fabs(self->search.computed);
    target->width = aici_ln(target->high / target->low);
    return isfinite(target->width);
}

static bool meets(const slip_target *target, double low, double high) {
    const double slack = 1e-12;
    return low <= target->high * (1 + slack) && high >= target->low * (1 - slack);
}

static bool hits(const diagnosing *self, const aici_edit *edit, bool *by_rounding) {
    const slip_target *target = &self->target;
    double gives = edit->gives * target->sign, low, high;
    if (meets(target, gives, gives))
        return true;
    if (target->spread == 0 || !meets(target, gives * (1 - 2 * target->spread), gives * (1 + 2 * target->spread)))
        return false;
    aici_chain_range(&self->search.chain, edit->change, edit->change_count, &low, &high);
    *by_rounding = true;
    return meets(target, target->sign > 0 ? low : -high, target->sign > 0 ? high : -low);
}

static int compare_hits(const diagnosing *self, const aici_edit *a, const aici_edit *b) {
    int by_cost = compare(a->cost, b->cost);
    if (by_cost)
        return by_cost;
    if (a->slip == AICI_SLIP_CARRIED && b->slip == AICI_SLIP_CARRIED)
        return compare(a->change[0].value, b->change[0].value);
    return compare(fabs(a->gives * self->target.sign - self->target.published),
                   fabs(b->gives * self->target.sign - self->target.published));
}

static void insert_hit(diagnosing *self, size_t hit) {
    const aici_edit *edit = self->search.edit;
    size_t at = self->hit_count++;
    for (; at > 0 && compare_hits(self, &edit[hit], &edit[self->hit[at - 1]]) < 0; at--)
        self->hit[at] = self->hit[at - 1];
    self->hit[at] = hit;
}

/* How many edits from @p first on that cost no more would hit by luck: as many as lie near, over how many targets find room there. */
static double luck_of(const diagnosing *self, size_t first, double cost, bool by_rounding) {
    size_t near = 0;
    for (size_t i = first; i < self->search.count; i++) {
        const aici_edit *edit = &self->search.edit[i];
        near +=
            leads(self, first, i) && edit->cost <= cost && fabs(aici_ln(edit->gives * self->target.sign / self->target.published)) < NEAR;
    }
    return (double)near * (self->target.width + (by_rounding ? self->target.spread : 0)) / (2 * NEAR);
}

static bool find_hits(diagnosing *self, size_t first, double most_luck) {
    aici_edit *edit = self->search.edit;
    size_t *grown = aici_memory_resize(self->search.sheet->allocator, self->hit, (self->search.count + 1) * sizeof *grown);
    if (!grown)
        return false;
    self->hit = grown;
    self->luck += luck_of(self, first, (double)INFINITY, true);
    for (size_t i = first; i < self->search.count; i++) {
        bool by_rounding = false;
        if (!leads(self, first, i) || !hits(self, &edit[i], &by_rounding))
            continue;
        edit[i].luck = luck_of(self, first, edit[i].cost, by_rounding);
        edit[i].cost += by_rounding ? COST_OF_ROUNDING : 0;
        if (edit[i].luck <= most_luck)
            insert_hit(self, i);
    }
    return true;
}

/* --- pairs ---------------------------------------------------------------------------------------------------------------------------- */

static bool is_at_result(const diagnosing *self, const aici_edit *edit) { return edit->change[0].value == self->search.chain.output; }

/* Two factors of the result, or two edits of one value, are one slip or none. */
static bool can_be_paired(const diagnosing *self, const aici_edit *a, const aici_edit *b) {
    if (a->change[0].value == b->change[0].value && (a->change[0].kind == AICI_CHANGE_SET || b->change[0].kind == AICI_CHANGE_SET))
        return false;
    return !(is_at_result(self, a) && a->subject == AICI_NONE) || !(is_at_result(self, b) && b->subject == AICI_NONE);
}

static void add_pair(diagnosing *self, uint32_t first, uint32_t second) {
    const aici_edit *a = &self->search.edit[first], *b = &self->search.edit[second];
    bool ordered = a->change[0].value <= b->change[0].value;
    aici_edit pair = aici_edit_of(AICI_SLIP_PAIR, AICI_NONE);
    pair.cost = a->cost + b->cost + AICI_COST_OF_PAIR;
    pair.change[0] = ordered ? a->change[0] : b->change[0];
    pair.change[1] = ordered ? b->change[0] : a->change[0];
    pair.change_count = 2;
    pair.first = ordered ? first : second;
    pair.second = ordered ? second : first;
    keep(&self->search, &pair);
}

static size_t choose_paired(const diagnosing *self, uint32_t paired[MOST_PAIRED]) {
    size_t count = 0;
    for (size_t i = 0; i < self->search.count && count < MOST_PAIRED; i++) {
        if (leads(self, 0, i) && self->search.edit[i].cost <= COST_OF_PAIRED)
            paired[count++] = (uint32_t)i;
    }
    return count;
}

static bool try_pairs(diagnosing *self) {
    uint32_t paired[MOST_PAIRED];
    size_t count = choose_paired(self, paired), first = self->search.count;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = i + 1; k < count; k++) {
            if (can_be_paired(self, &self->search.edit[paired[i]], &self->search.edit[paired[k]]))
                add_pair(self, paired[i], paired[k]);
        }
    }
    make_groups(self, first);
    return !self->search.failed && find_hits(self, first, MOST_LUCK_OF_PAIRS);
}

/* --- words ---------------------------------------------------------------------------------------------------------------------------- */

/* Off by a factor, and where: what is said of the result need not be said of each figure that leads to it. */
static bool is_factor(const aici_edit *edit) {
    return edit->number != 0 && edit->change_count == 1 && edit->change[0].kind == AICI_CHANGE_SCALE && edit->change[0].by == edit->number;
}

static bool is_implied(const aici_edit *edit, const aici_edit *by) {
    if (edit == by || !is_factor(edit) || !is_factor(by) || by->subject != AICI_NONE)
        return false;
    return edit->subject != AICI_NONE || (edit->number == by->number && !*edit->words);
}

typedef struct slip_meanings {
    const char *text[MOST_MEANINGS];
    size_t count;
} slip_meanings;

static bool add_meaning(const diagnosing *self, const aici_edit *edit, aici_arena *arena, slip_meanings *out) {
    aici_buffer text = aici_buffer_new(self->search.sheet->allocator);
    aici_edit_add_text(&self->search, edit, &text);
    const char *kept = aici_describe_keep(arena, &text);
    for (size_t i = 0; kept && i < out->count; i++) {
        if (strcmp(out->text[i], kept) == 0)
            return true;
    }
    out->text[out->count] = kept;
    out->count += kept != NULL;
    return kept;
}

static bool find_meanings(const diagnosing *self, size_t hit, aici_arena *arena, slip_meanings *out) {
    const aici_edit *edit = &self->search.edit[hit];
    size_t count = 1;
    while (hit + count < self->search.count && edit[count].group == edit->group)
        count++;
    for (size_t i = 0; i < count && out->count < MOST_MEANINGS; i++) {
        bool implied = false;
        for (size_t k = 0; k < count; k++)
            implied = implied || is_implied(&edit[i], &edit[k]);
        if (!implied && !add_meaning(self, &edit[i], arena, out))
            return false;
    }
    return true;
}

/* "reproduced by a factor of 10, or with `questions` counted in: 16.69 PFLOP/query" */
static const char *write_sentence(const diagnosing *self, size_t hit, aici_arena *arena) {
    const aici_search *search = &self->search;
    const aici_claim *claim = &search->sheet->bound->claim[search->claim];
    slip_meanings meanings = {.count = 0};
    aici_buffer text = aici_buffer_new(search->sheet->allocator);
    if (!find_meanings(self, hit, arena, &meanings))
        return NULL;
    for (size_t i = 0; i < meanings.count; i++)
        aici_buffer_add_format(&text, "%s%s", i ? ", or " : "reproduced ", meanings.text[i]);
    aici_buffer_add_text(&text, ": ");
    aici_units_add_value(search->sheet->bound->units, search->edit[hit].gives, &claim->computed->type.dimension, claim->shown,
                         AICI_RESULT_DIGITS, AICI_NUMERALS_SI, &text);
    return aici_describe_keep(arena, &text);
}

/* Those that are not much dearer than the simplest. */
static size_t count_offered(const diagnosing *self) {
    size_t count = 0;
    while (count < self->hit_count && count < MOST_OFFERED &&
           self->search.edit[self->hit[count]].cost <= self->search.edit[self->hit[0]].cost + COST_OF_DOUBT)
        count++;
    return count;
}

static bool fill(const diagnosing *self, aici_arena *arena, aici_result_claim *out) {
    const aici_claim *claim = &self->search.sheet->bound->claim[self->search.claim];
    size_t count = count_offered(self);
    aici_result_diagnosis *diagnosis = aici_arena_take_array(arena, count + 1, sizeof *diagnosis);
    for (size_t i = 0; diagnosis && i < count; i++) {
        const aici_edit *edit = &self->search.edit[self->hit[i]];
        diagnosis[i] = (aici_result_diagnosis){.slip = key_of(edit),
                                               .gives = edit->gives / claim->unit_scale,
                                               .by_luck = edit->luck,
                                               .text = write_sentence(self, self->hit[i], arena)};
        if (!diagnosis[i].text)
            return false;
    }
    out->diagnosis = diagnosis;
    out->diagnosis_count = count;
    out->diagnosed = true;
    out->edits_tried = self->group_count;
    out->hits_by_luck = self->luck;
    return diagnosis;
}

/* --- the call ------------------------------------------------------------------------------------------------------------------------- */

static aic_status search_slips(diagnosing *self, aici_arena *arena, aici_result_claim *out) {
    aici_search *search = &self->search;
    aici_search_operations(search);
    aici_search_values(search);
    if (!search->failed && !aici_chain_spend(&search->chain, 0))
        return AIC_OK;
    make_groups(self, 0);
    bool done = !search->failed && find_hits(self, 0, MOST_LUCK);
    if (done && self->hit_count == 0)
        done = try_pairs(self);
    if (done && !aici_chain_spend(&search->chain, 0))
        return AIC_OK;
    return done && fill(self, arena, out) ? AIC_OK : aici_report_memory(search->sheet->report);
}

aic_status aici_diagnose(const aici_sheet *sheet, uint32_t claim, aici_arena *arena, size_t *budget, aici_result_claim *out) {
    diagnosing self = {.search = {.sheet = sheet, .claim = claim}};
    aici_search *search = &self.search;
    aic_status status = aici_chain_begin(&search->chain, sheet, sheet->of_claim[claim], budget);
    search->computed = sheet->value[sheet->of_claim[claim]];
    if (status == AIC_OK && aici_chain_spend(&search->chain, sheet->value_count) && aim(&self))
        status = search_slips(&self, arena, out);
    if (status == AIC_OK && *budget > 0)
        status = aici_reconcile(search, arena, out);
    aici_chain_end(&search->chain);
    aici_memory_release(sheet->allocator, search->edit);
    aici_memory_release(sheet->allocator, self.hit);
    return status;
}
