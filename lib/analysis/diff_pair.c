/* SPDX-License-Identifier: MIT */
/*
 * Two quantities of one name, side by side: in one unit where their dimensions are the same, over the years of both. Which quantities are
 * paired, and why the values differ, is found out elsewhere.
 */
#include "analysis/diff.h"

#include <math.h>
#include <string.h>

bool aici_diff_has_moved(double first, double second) {
    const double slack = 1e-12;
    return fabs(second - first) > slack * fmax(fabs(first), fabs(second));
}

bool aici_diff_scale(const aici_units *units, const char *unit, const aici_dimension *dimension, double *scale) {
    aici_fragment fragment = aici_fragment_of_slice(aici_slice_of(unit));
    aici_unit read;
    bool good =
        aici_units_read(units, &fragment, 0, fragment.text.size, &read, NULL) == AIC_OK && aici_dimension_equal(&read.dimension, dimension);
    if (good)
        *scale = read.scale;
    return good;
}

/* --- one unit ------------------------------------------------------------------------------------------------------------------------- */

/* How many of the first one's units are in one of the second's; false where they are of different dimensions. */
static bool find_factor(const aici_diffing *self, const aici_result_quantity *first, const aici_result_quantity *second, double *factor) {
    double scale;
    *factor = 1.0;
    if (strcmp(first->unit, second->unit) == 0)
        return true;
    if (!aici_diff_scale(self->bound[1]->units, first->unit, second->dimension, &scale))
        return false;
    *factor = second->scale / scale;
    return true;
}

/* --- years ---------------------------------------------------------------------------------------------------------------------------- */

static size_t merge_years(const aici_result_quantity *first, const aici_result_quantity *second, int *out) {
    size_t a = 0, b = 0, count = 0;
    while (a < first->year_count || b < second->year_count) {
        bool take_first = b == second->year_count || (a < first->year_count && first->year[a] <= second->year[b]);
        int year = take_first ? first->year[a] : second->year[b];
        a += a < first->year_count && first->year[a] == year;
        b += b < second->year_count && second->year[b] == year;
        out[count++] = year;
    }
    return count;
}

/* The years of both; a single value stands in each of them. */
static bool fill_years(const aici_diffing *self, aici_result_difference *out) {
    static const aici_result_quantity none = {.year_count = 0};
    const aici_result_quantity *first = out->side[0] ? out->side[0] : &none, *second = out->side[1] ? out->side[1] : &none;
    size_t most = first->year_count + second->year_count;
    if (most == 0)
        return true;
    int *year = aici_arena_take_array(self->arena, most, sizeof *year);
    if (year)
        out->year_count = merge_years(first, second, year);
    out->year = year;
    return year != NULL;
}

static double value_in(const aici_result_quantity *quantity, const int *year) {
    if (!quantity->year)
        return quantity->value[0];
    for (size_t i = 0; year && i < quantity->year_count; i++)
        if (quantity->year[i] == *year)
            return quantity->value[i];
    return (double)NAN;
}

static size_t count_of(const aici_result_difference *pair) { return pair->year ? pair->year_count : 1; }

static bool fill_values(const aici_diffing *self, aici_result_difference *out, size_t side, double factor) {
    double *value = aici_arena_take_array(self->arena, count_of(out), sizeof *value);
    for (size_t i = 0; value && i < count_of(out); i++)
        value[i] = value_in(out->side[side], out->year ? &out->year[i] : NULL) * factor;
    out->value[side] = value;
    return value != NULL;
}

/* --- the comparison ------------------------------------------------------------------------------------------------------------------- */

static bool both_at(const aici_result_difference *pair, size_t i) { return isfinite(pair->value[0][i]) && isfinite(pair->value[1][i]); }

/* The last year that both have in which they differ; where they do not, the last that both have. */
static bool find_year(aici_result_difference *pair) {
    size_t shared = count_of(pair);
    for (size_t i = count_of(pair); i-- > 0;) {
        if (!both_at(pair, i))
            continue;
        if (shared == count_of(pair))
            shared = i;
        if (aici_diff_has_moved(pair->value[0][i], pair->value[1][i])) {
            pair->at = i;
            return true;
        }
    }
    pair->at = shared < count_of(pair) ? shared : count_of(pair) - 1;
    return shared < count_of(pair);
}

static void compare(aici_result_difference *pair) {
    pair->at = count_of(pair) - 1;
    if (pair->is_apart || !pair->value[0] || !pair->value[1] || !find_year(pair))
        return;
    double first = pair->value[0][pair->at], second = pair->value[1][pair->at];
    pair->change = second - first;
    pair->ratio = first != 0 ? second / first : (double)NAN;
}

static bool is_text(const aici_result_quantity *quantity) { return quantity && quantity->is_text; }

bool aici_diff_pair(const aici_diffing *self, const aici_result_quantity *first, const aici_result_quantity *second,
                    aici_result_difference *out) {
    const aici_result_quantity *shown = first ? first : second;
    double factor = 1.0;
    *out = (aici_result_difference){.name = shown->name, .side = {first, second}, .unit = shown->unit, .shown_by = !first};
    out->change = out->ratio = out->interaction = (double)NAN;
    out->is_apart = first && second && (is_text(first) || is_text(second) || !find_factor(self, first, second, &factor));
    bool made = fill_years(self, out);
    for (size_t i = 0; made && i < 2; i++)
        if (out->side[i] && !is_text(out->side[i]))
            made = fill_values(self, out, i, i == 1 && !out->is_apart ? factor : 1.0);
    if (made)
        compare(out);
    return made;
}

bool aici_diff_differs(const aici_result_difference *pair) {
    const aici_result_quantity *first = pair->side[0], *second = pair->side[1];
    if (!first || !second)
        return true;
    if (first->is_text && second->is_text)
        return strcmp(first->text, second->text) != 0;
    if (pair->is_apart)
        return true;
    for (size_t i = 0; i < count_of(pair); i++)
        if (!both_at(pair, i) || aici_diff_has_moved(pair->value[0][i], pair->value[1][i]))
            return true;
    return false;
}
