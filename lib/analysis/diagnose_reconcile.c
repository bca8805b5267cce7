/* SPDX-License-Identifier: MIT */
/*
 * What would make a claim true: for each given figure that it depends on, the value that alone leads to what was published: the nearest
 * one, found on an axis of logarithms by steps outwards, then by halving.
 */
#include "analysis/describe.h"
#include "analysis/diagnose.h"

#include <math.h>

enum { STEPS = 96, HALVINGS = 200 };
static const double STEP = 1.4677992676220695; /* a sixth of a decade */

typedef struct solving {
    const aici_search *search;
    uint32_t value;
    double target;
} solving;

static double target_of(const aici_claim *claim, double computed) {
    if (isfinite(claim->published) && claim->statement != AICI_STATEMENT_AT_LEAST && claim->statement != AICI_STATEMENT_AT_MOST)
        return claim->published;
    return computed < claim->low ? claim->low : claim->high;
}

static double miss(const solving *self, double x) {
    return aici_chain_try(&self->search->chain, &(aici_change){self->value, AICI_CHANGE_SET, x}, 1) - self->target;
}

static bool crosses(double left, double right) {
    return isfinite(left) && isfinite(right) && (left == 0 || right == 0 || (left < 0) != (right < 0));
}

/* Where it crosses between two values: halved on the axis of logarithms until nothing lies between. False at a pole. */
static bool halve(const solving *self, double from, double to, double *root) {
    double left = miss(self, from);
    for (int i = 0; i < HALVINGS; i++) {
        double middle = from * sqrt(to / from), at = miss(self, middle);
        if (middle == from || middle == to)
            break;
        if (crosses(left, at))
            to = middle;
        else {
            from = middle;
            left = at;
        }
    }
    double low = miss(self, from), high = miss(self, to);
    *root = fabs(low) <= fabs(high) ? from : to;
    return fabs(miss(self, *root)) <= 1e-6 * fabs(self->target);
}

static bool solve(const solving *self, double *root) {
    double base = self->search->sheet->value[self->value], up = base, down = base, at_up = miss(self, base), at_down = at_up;
    if (base == 0 || !isfinite(at_up))
        return false;
    for (int i = 0; i < STEPS; i++) {
        double next_up = miss(self, up * STEP), next_down = miss(self, down / STEP);
        if (crosses(at_up, next_up) && halve(self, up, up * STEP, root))
            return true;
        if (crosses(at_down, next_down) && halve(self, down, down / STEP, root))
            return true;
        up *= STEP;
        down /= STEP;
        at_up = next_up;
        at_down = next_down;
    }
    return false;
}

/* --- which inputs --------------------------------------------------------------------------------------------------------------------- */

static void note_name(void *context, const aici_expr *name, aici_use use) {
    (void)name;
    (void)use;
    *(bool *)context = true;
}

static bool is_given(const aici_search *search, uint32_t index) {
    const aici_quantity *quantity = &search->sheet->bound->quantity[index];
    uint32_t value = search->sheet->of_quantity[index];
    bool named = false;
    if ((quantity->role != AICI_ROLE_ASSUMPTION && quantity->role != AICI_ROLE_INPUT) || value == AICI_NONE ||
        value < search->sheet->first_leaf || !search->chain.has[value])
        return false;
    aici_expr_each_name(quantity->tree, note_name, &named);
    return !named;
}

/* --- bounds --------------------------------------------------------------------------------------------------------------------------- */

static bool allows(const aici_quantity *quantity, double value) {
    const aici_bounds *bounds = &quantity->bounds;
    double number = value / quantity->unit_scale;
    if (value < bounds->low || value > bounds->high || (bounds->low_open && value == bounds->low) ||
        (bounds->high_open && value == bounds->high))
        return false;
    return !quantity->input || quantity->input->type != AICI_INPUT_WHOLE || fabs(number - round(number)) <= 1e-9 * fmax(1.0, fabs(number));
}

/* An assumption has to fit each input that it is handed to. */
static bool all_allow(const aici_sheet *sheet, uint32_t index, double value) {
    bool allowed = true;
    for (uint32_t i = 0; i < sheet->bound->quantity_count; i++)
        allowed = allowed && (sheet->of_quantity[i] != sheet->of_quantity[index] || allows(&sheet->bound->quantity[i], value));
    return allowed;
}

/* --- whole numbers -------------------------------------------------------------------------------------------------------------------- */

static bool is_whole(double value) { return value == floor(value); }

/* Where the scenario has a whole number, one is looked for; a year that is none would be no answer. */
static bool settle(const solving *self, double *root) {
    const aici_claim *claim = &self->search->sheet->bound->claim[self->search->claim];
    const aici_dimension *dimension = aici_sheet_dimension(self->search->sheet, self->value);
    double base = self->search->sheet->value[self->value], whole = round(*root), gives = miss(self, whole) + self->target;
    if (!dimension || !aici_dimension_is_none(dimension) || !is_whole(base))
        return true;
    if (gives >= claim->low && gives <= claim->high) {
        *root = whole;
        return true;
    }
    return base < 1000 || base > 3000;
}

/* --- the call ------------------------------------------------------------------------------------------------------------------------- */

/* As many digits as it takes for the value, as it is shown, to make the claim true: two more than are printed, or seven for a bound. */
static int digits_needed(const aici_result_claim *claim) {
    int digits = claim->printed_digits > 0 ? claim->printed_digits + 2 : 7;
    return digits < AICI_RESULT_DIGITS ? AICI_RESULT_DIGITS : digits > 15 ? 15 : digits;
}

static bool fill(const aici_search *search, aici_arena *arena, uint32_t index, double root, int digits, aici_result_reconcile *out) {
    const aici_bound *bound = search->sheet->bound;
    const aici_quantity *quantity = &bound->quantity[index];
    aici_buffer text = aici_buffer_new(search->sheet->allocator);
    aici_describe_value(bound, quantity, root, digits, &text);
    *out = (aici_result_reconcile){.input = quantity->name, .unit = quantity->unit, .value = root / quantity->unit_scale};
    out->display = aici_describe_keep(arena, &text);
    out->within_bounds = all_allow(search->sheet, index, root);
    return out->display;
}

aic_status aici_reconcile(const aici_search *search, aici_arena *arena, aici_result_claim *out) {
    const aici_sheet *sheet = search->sheet;
    const aici_bound *bound = sheet->bound;
    solving self = {.search = search, .target = target_of(&bound->claim[search->claim], search->computed)};
    size_t count = 0;
    for (uint32_t i = 0; i < bound->quantity_count; i++)
        count += is_given(search, i);
    aici_result_reconcile *reconcile = aici_arena_take_array(arena, count + 1, sizeof *reconcile);
    if (!reconcile)
        return aici_report_memory(sheet->report);
    for (uint32_t i = 0; i < bound->quantity_count && isfinite(self.target); i++) {
        double root;
        if (!is_given(search, i))
            continue;
        self.value = sheet->of_quantity[i];
        if (solve(&self, &root) && settle(&self, &root) &&
            !fill(search, arena, i, root, digits_needed(out), &reconcile[out->reconcile_count++]))
            return aici_report_memory(sheet->report);
    }
    out->reconcile = reconcile;
    return AIC_OK;
}
