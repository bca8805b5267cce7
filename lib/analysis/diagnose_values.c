/* SPDX-License-Identifier: MIT */
/*
 * Edits of values: a figure or the result off by a factor that has a name, another quantity in its place, another choice, a rounded
 * intermediate, a figure that was published elsewhere and carried forward, a factor counted in that belongs further on.
 */
#include "analysis/describe.h"
#include "analysis/diagnose.h"
#include "base/number.h"

#include <math.h>
#include <string.h>

/* --- factors -------------------------------------------------------------------------------------------------------------------------- */

enum { EVERYWHERE, AT_PERCENT, AT_MONEY, AT_COUNTS, AT_TIME };

/* Each is tried as it is and as a divisor. */
static const struct {
    double factor;
    const char *words;
    uint8_t slip, where;
    bool figures; /* tried on each figure, too, not only on the result */
} factor_of[] = {
    {10, "", AICI_SLIP_POWER_OF_TEN, EVERYWHERE, true},
    {10, "as between 亿 and billion", AICI_SLIP_CHINESE_SCALE, AT_COUNTS, false},
    {100, "", AICI_SLIP_POWER_OF_TEN, EVERYWHERE, false},
    {100, "a percentage taken as a number, or the reverse", AICI_SLIP_PERCENT, AT_PERCENT, true},
    {100, "as between a currency and its hundredth (dollar and cent)", AICI_SLIP_MINOR_MONEY, AT_MONEY, true},
    {1e3, "a prefix or thousand", AICI_SLIP_PREFIX, EVERYWHERE, true},
    {1e6, "prefixes or million", AICI_SLIP_PREFIX, EVERYWHERE, false},
    {1e9, "prefixes or billion", AICI_SLIP_PREFIX, EVERYWHERE, false},
    {1e12, "prefixes or trillion", AICI_SLIP_PREFIX, EVERYWHERE, false},
    {1e4, "a 万", AICI_SLIP_CHINESE_SCALE, EVERYWHERE, true},
    {1e8, "an 亿", AICI_SLIP_CHINESE_SCALE, EVERYWHERE, false},
    {2, "", AICI_SLIP_FACTOR, EVERYWHERE, false},
    {3, "", AICI_SLIP_FACTOR, EVERYWHERE, false},
    {6, "", AICI_SLIP_FACTOR, EVERYWHERE, false},
    {8, "as between bit and byte", AICI_SLIP_FACTOR, EVERYWHERE, false},
    {60, "the seconds of a minute", AICI_SLIP_TIME, AT_TIME, false},
    {3600, "the seconds of an hour", AICI_SLIP_TIME, AT_TIME, false},
    {86400, "the seconds of a day", AICI_SLIP_TIME, AT_TIME, false},
    {31557600, "the seconds of a year", AICI_SLIP_TIME, AT_TIME, false},
    {24, "the hours of a day", AICI_SLIP_TIME, AT_TIME, false},
    {30, "the days of a month", AICI_SLIP_TIME, AT_TIME, false},
    {12, "the months of a year", AICI_SLIP_TIME, AT_TIME, false},
    {365.25, "the days of a year", AICI_SLIP_TIME, AT_TIME, false},
    {8766, "the hours of a year", AICI_SLIP_TIME, AT_TIME, false},
    {365.25 / 365, "a year of 365 days for 365.25", AICI_SLIP_YEAR, AT_TIME, false},
    {365.25 / 360, "a year of 360 days for 365.25", AICI_SLIP_YEAR, AT_TIME, false},
    {1.024, "a binary prefix for a decimal one", AICI_SLIP_BINARY, EVERYWHERE, false},
    {1.048576, "binary prefixes for decimal ones, million", AICI_SLIP_BINARY, EVERYWHERE, false},
    {1.073741824, "binary prefixes for decimal ones, billion", AICI_SLIP_BINARY, EVERYWHERE, false},
    {1.099511627776, "binary prefixes for decimal ones, trillion", AICI_SLIP_BINARY, EVERYWHERE, false},
};

static void add_factor(aici_search *search, uint32_t value, size_t index, bool divides) {
    double factor = divides ? 1 / factor_of[index].factor : factor_of[index].factor;
    bool result = value == search->chain.output;
    aici_edit edit = aici_edit_of((aici_slip)factor_of[index].slip, result ? AICI_NONE : value);
    edit.number = factor;
    edit.words = factor_of[index].words;
    edit.cost += result ? 0 : 0.4;
    aici_search_add(search, edit, (aici_change){value, AICI_CHANGE_SCALE, factor});
}

static bool has_percent(const char *unit) { return unit && strchr(unit, '%'); }

static bool is_percent(const aici_search *search, uint32_t value) {
    const aici_claim *claim = &search->sheet->bound->claim[search->claim];
    if (value == search->chain.output)
        return has_percent(claim->shown) || aici_dimension_is_none(&claim->computed->type.dimension);
    const aici_expr *literal = aici_sheet_leaf(search->sheet, value)->literal;
    return literal->as.number.unit_text.size && memchr(literal->as.number.unit_text.bytes, '%', literal->as.number.unit_text.size);
}

static bool fits(const aici_search *search, uint32_t value, int where, bool timed) {
    const aici_dimension *dimension = value == search->chain.output ? &search->sheet->bound->claim[search->claim].computed->type.dimension
                                                                    : aici_sheet_dimension(search->sheet, value);
    switch (where) {
    case AT_PERCENT: return is_percent(search, value);
    case AT_MONEY: return aici_sheet_has_money(search->sheet, dimension);
    case AT_COUNTS: return !aici_dimension_is_none(dimension);
    case AT_TIME: return timed;
    default: return true;
    }
}

static bool names_time(const char *unit, size_t size) {
    static const char *const word[] = {"day", "hour", "year", "month", "week", "minute"};
    aici_slice text = {unit, size};
    for (size_t i = 0; i < sizeof word / sizeof *word; i++) {
        for (size_t at = 0; at + strlen(word[i]) <= text.size; at++) {
            if (memcmp(text.bytes + at, word[i], strlen(word[i])) == 0)
                return true;
        }
    }
    return false;
}

static bool is_timed(const aici_sheet *sheet, uint32_t value) {
    const aici_expr *literal = aici_sheet_is_leaf(sheet, value) ? aici_sheet_leaf(sheet, value)->literal : NULL;
    return aici_sheet_has_time(sheet, aici_sheet_dimension(sheet, value)) ||
           (literal && names_time(literal->as.number.unit_text.bytes, literal->as.number.unit_text.size));
}

/* Whether time is in the result or in anything that it depends on, if only in a unit (PFLOP/s-day). */
static bool has_time(const aici_search *search) {
    const aici_sheet *sheet = search->sheet;
    const aici_claim *claim = &sheet->bound->claim[search->claim];
    bool found =
        aici_sheet_has_time(sheet, &claim->computed->type.dimension) || (claim->shown && names_time(claim->shown, strlen(claim->shown)));
    for (uint32_t value = sheet->first_leaf; value < sheet->value_count && !found; value++)
        found = search->chain.has[value] && is_timed(sheet, value);
    return found;
}

static void add_factors(aici_search *search, uint32_t value, bool figure, bool timed) {
    for (size_t i = 0; i < sizeof factor_of / sizeof *factor_of; i++) {
        if ((figure && !factor_of[i].figures) || !fits(search, value, factor_of[i].where, timed))
            continue;
        add_factor(search, value, i, false);
        add_factor(search, value, i, true);
    }
}

/* --- currencies ----------------------------------------------------------------------------------------------------------------------- */

static void add_currency(aici_search *search, double rate) {
    const aici_sheet *sheet = search->sheet;
    for (uint32_t value = sheet->first_leaf; value < sheet->value_count; value++) {
        bool result = value == search->chain.output, leaf = aici_sheet_is_leaf(sheet, value);
        if (!(result || leaf) || !search->chain.has[value] || !aici_sheet_has_money(sheet, aici_sheet_dimension(sheet, value)))
            continue;
        for (int divides = 0; divides < 2; divides++) {
            double factor = divides ? 1 / rate : rate;
            aici_edit edit = aici_edit_of(AICI_SLIP_CURRENCY, result ? AICI_NONE : value);
            edit.number = factor;
            aici_search_add(search, edit, (aici_change){value, AICI_CHANGE_SCALE, factor});
        }
    }
}

static void add_currencies(aici_search *search) {
    const aici_units *units = search->sheet->bound->units;
    for (size_t i = 0; i < aici_units_count(units); i++) {
        aici_unit_entry entry = aici_units_entry(units, i);
        if (entry.base_class == AICI_BASE_MONEY && entry.unit.scale != 1 && strcmp(entry.definition, "base") == 0)
            add_currency(search, entry.unit.scale);
    }
}

/* --- other quantities ----------------------------------------------------------------------------------------------------------------- */

static bool can_stand_for(const aici_search *search, uint32_t value, uint32_t other) {
    const aici_sheet *sheet = search->sheet;
    uint32_t found = sheet->of_quantity[other];
    if (found == AICI_NONE || found == value || !isfinite(sheet->value[found]) || sheet->value[found] == sheet->value[value])
        return false;
    return aici_dimension_equal(aici_sheet_dimension(sheet, value), &sheet->bound->quantity[other].tree->type.dimension);
}

/* What an edit of the result by a given figure would say is only that the figure is written down somewhere. */
static bool says_nothing(const aici_search *search, uint32_t value, uint32_t other) {
    return value == search->chain.output && search->sheet->of_quantity[other] < search->sheet->first_step;
}

static void add_other(aici_search *search, uint32_t value, uint32_t other) {
    bool result = value == search->chain.output;
    aici_edit edit = aici_edit_of(result ? AICI_SLIP_OTHER_RESULT : AICI_SLIP_OTHER_INPUT, value);
    edit.other = other;
    if (aici_dimension_is_none(aici_sheet_dimension(search->sheet, value)))
        edit.cost += 0.6;
    aici_search_add(search, edit, (aici_change){value, AICI_CHANGE_SET, search->sheet->value[search->sheet->of_quantity[other]]});
}

static const char *kind_of(const aici_bound *bound, const aici_quantity *quantity) {
    return quantity->model == AICI_NONE ? NULL : bound->model[quantity->model].kind->name;
}

enum { MOST_DIFFERENCES = 3 };

/* How many inputs two models of one kind have that differ. */
static size_t count_differences(const aici_search *search, uint32_t model, uint32_t other) {
    const aici_bound *bound = search->sheet->bound;
    const aici_model_entry *a = &bound->model[model], *b = &bound->model[other];
    size_t count = 0;
    if (!aici_chain_spend(&search->chain, (size_t)a->count * b->count))
        return MOST_DIFFERENCES + 1;
    for (uint32_t i = 0; i < a->count; i++) {
        const aici_quantity *input = &bound->quantity[a->first + i];
        for (uint32_t k = 0; k < b->count && input->input; k++) {
            if (strcmp(aici_describe_local(&bound->quantity[b->first + k]), aici_describe_local(input)) == 0)
                count += !aici_inputs_agree(search->sheet, a->first + i, b->first + k);
        }
    }
    return count;
}

static bool is_sibling(const aici_search *search, uint32_t quantity, uint32_t other) {
    const aici_bound *bound = search->sheet->bound;
    const aici_quantity *a = &bound->quantity[quantity], *b = &bound->quantity[other];
    const char *kind = kind_of(bound, a), *other_kind = kind_of(bound, b);
    return a->output && b->output && a->model != b->model && kind && other_kind && strcmp(kind, other_kind) == 0 &&
           strcmp(aici_describe_local(a), aici_describe_local(b)) == 0 && count_differences(search, a->model, b->model) <= MOST_DIFFERENCES;
}

static void add_sibling(aici_search *search, uint32_t value, uint32_t other) {
    aici_edit edit = aici_edit_of(AICI_SLIP_SIBLING, value);
    edit.other = other;
    edit.cost += value == search->chain.output ? 0 : 0.3;
    aici_search_add(search, edit, (aici_change){value, AICI_CHANGE_SET, search->sheet->value[search->sheet->of_quantity[other]]});
}

/* Of several quantities that are one value, one is tried. */
static bool stands_for_itself(const aici_sheet *sheet, uint32_t other) {
    uint32_t value = sheet->of_quantity[other];
    return value < sheet->first_leaf || aici_sheet_quantity(sheet, value) == other;
}

static void add_others(aici_search *search, uint32_t value, uint32_t quantity) {
    const aici_sheet *sheet = search->sheet;
    for (uint32_t i = 0; i < sheet->bound->quantity_count && aici_chain_spend(&search->chain, 1); i++) {
        if (!can_stand_for(search, value, i))
            continue;
        if (quantity != AICI_NONE && is_sibling(search, quantity, i))
            add_sibling(search, value, i);
        else if (!says_nothing(search, value, i) && stands_for_itself(sheet, i))
            add_other(search, value, i);
    }
}

/* --- rounded, carried forward --------------------------------------------------------------------------------------------------------- */

static void add_rounded(aici_search *search, uint32_t value, const aici_quantity *quantity) {
    char text[AICI_NUMBER_TEXT_BYTES];
    for (int digits = 1; digits <= 3; digits++) {
        aici_edit edit = aici_edit_of(AICI_SLIP_ROUNDED, value);
        double rounded = search->sheet->value[value] / quantity->unit_scale;
        aici_number_read(text, aici_number_write_digits(rounded, digits, text), 0, &rounded);
        edit.number = rounded * quantity->unit_scale;
        edit.cost += 0.2 * (3 - digits);
        aici_search_add(search, edit, (aici_change){value, AICI_CHANGE_SET, edit.number});
    }
}

static void add_carried(aici_search *search) {
    const aici_sheet *sheet = search->sheet;
    for (uint32_t i = 0; i < sheet->bound->claim_count; i++) {
        const aici_claim *claim = &sheet->bound->claim[i];
        uint32_t value = sheet->of_claim[i];
        if (value == AICI_NONE || value == search->chain.output || !search->chain.has[value] ||
            claim->statement != AICI_STATEMENT_PUBLISHED)
            continue;
        bool holds = sheet->value[value] >= claim->low && sheet->value[value] <= claim->high;
        aici_edit edit = aici_edit_of(AICI_SLIP_CARRIED, value);
        edit.other = i;
        edit.cost += holds ? 0.6 : 0;
        aici_search_add(search, edit, (aici_change){value, AICI_CHANGE_SET, claim->published});
    }
}

/* --- counted in ----------------------------------------------------------------------------------------------------------------------- */

static void mark_under(const aici_sheet *sheet, uint32_t value, unsigned char *mark) {
    mark[value] = 1;
    for (uint32_t at = value; at >= sheet->first_step; at--) {
        if (!mark[at])
            continue;
        const aici_instruction *step = aici_sheet_step(sheet, at);
        if (step->opcode == AICI_OPCODE_MULTIPLY || step->opcode == AICI_OPCODE_DIVIDE)
            mark[step->a & ~AICI_OPERAND_UNIFORM] = mark[step->b & ~AICI_OPERAND_UNIFORM] = 1;
    }
}

/* What the result is multiplied by where it is used. */
static void add_counted_in(aici_search *search) {
    const aici_sheet *sheet = search->sheet;
    unsigned char *mark = aici_memory_take_array(sheet->allocator, (size_t)sheet->value_count + 1, 1);
    search->failed = search->failed || !mark;
    for (uint32_t at = sheet->first_step; mark && at < sheet->value_count; at++) {
        const aici_instruction *step = aici_sheet_step(sheet, at);
        uint32_t a = step->a & ~AICI_OPERAND_UNIFORM, b = step->b & ~AICI_OPERAND_UNIFORM;
        if (step->opcode == AICI_OPCODE_MULTIPLY && a != b && (a == search->chain.output || b == search->chain.output))
            mark_under(sheet, a == search->chain.output ? b : a, mark);
    }
    for (uint32_t leaf = sheet->first_leaf; mark && leaf < sheet->first_step; leaf++) {
        if (!mark[leaf] || search->chain.has[leaf])
            continue;
        aici_change change = {search->chain.output, AICI_CHANGE_SCALE, sheet->value[leaf] / aici_sheet_unit(sheet, leaf, NULL)};
        aici_search_add(search, aici_edit_of(AICI_SLIP_COUNTED_IN, leaf), change);
    }
    aici_memory_release(sheet->allocator, mark);
}

/* --- all ------------------------------------------------------------------------------------------------------------------------------ */

static void edit_leaf(aici_search *search, uint32_t value, bool timed) {
    const aici_leaf *leaf = aici_sheet_leaf(search->sheet, value);
    if (!leaf->literal) {
        aici_search_add(search, aici_edit_of(AICI_SLIP_CHOICE, value),
                        (aici_change){value, AICI_CHANGE_SET, 1 - search->sheet->value[value]});
        return;
    }
    if (value != search->chain.output)
        add_factors(search, value, true, timed);
    if (leaf->alone)
        add_others(search, value, leaf->quantity);
}

static void edit_step(aici_search *search, uint32_t value) {
    uint32_t quantity = aici_sheet_quantity(search->sheet, value);
    if (quantity == AICI_NONE)
        return;
    add_others(search, value, quantity);
    if (value != search->chain.output)
        add_rounded(search, value, &search->sheet->bound->quantity[quantity]);
}

void aici_search_values(aici_search *search) {
    const aici_sheet *sheet = search->sheet;
    bool timed = has_time(search);
    add_factors(search, search->chain.output, false, timed);
    for (uint32_t value = sheet->first_leaf; value < sheet->value_count && aici_chain_spend(&search->chain, 1); value++) {
        if (!search->chain.has[value])
            continue;
        if (aici_sheet_is_leaf(sheet, value))
            edit_leaf(search, value, timed);
        else
            edit_step(search, value);
    }
    add_carried(search);
    add_currencies(search);
    add_counted_in(search);
}
