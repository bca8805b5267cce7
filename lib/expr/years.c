/* SPDX-License-Identifier: MIT */
/*
 * Sets of years: found in, compared, cut with each other.
 */
#include "expr/years.h"

#include <string.h>

bool aici_years_equal(const aici_years *left, const aici_years *right) {
    if (left == right)
        return true;
    return left && right && left->count == right->count && memcmp(left->year, right->year, left->count * sizeof left->year[0]) == 0;
}

int32_t aici_years_find(const aici_years *years, int32_t year) {
    uint32_t low = 0, high = years->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (years->year[middle] < year)
            low = middle + 1;
        else
            high = middle;
    }
    return low < years->count && years->year[low] == year ? (int32_t)low : -1;
}

aici_years *aici_years_new(aici_arena *arena, uint32_t count) {
    aici_years *years = aici_arena_take(arena, sizeof *years + count * sizeof years->year[0]);
    if (years)
        years->count = count;
    return years;
}

const aici_years *aici_years_range(aici_arena *arena, int32_t first, int32_t last) {
    aici_years *years = aici_years_new(arena, (uint32_t)(last - first) + 1);
    for (uint32_t i = 0; years && i < years->count; i++)
        years->year[i] = first + (int32_t)i;
    return years;
}

int32_t aici_years_first(const aici_years *years) { return years->year[0]; }

int32_t aici_years_last(const aici_years *years) { return years->year[years->count - 1]; }

const aici_years *aici_years_choose(aici_arena *arena, const aici_years *from, bool (*keep)(const void *context, int32_t year),
                                    const void *context) {
    aici_years *chosen = aici_years_new(arena, from->count);
    if (!chosen)
        return NULL;
    chosen->count = 0;
    for (uint32_t i = 0; i < from->count; i++) {
        if (keep(context, from->year[i]))
            chosen->year[chosen->count++] = from->year[i];
    }
    return chosen->count == from->count ? from : chosen;
}

static bool is_in(const void *context, int32_t year) { return aici_years_find(context, year) >= 0; }

const aici_years *aici_years_shared(aici_arena *arena, const aici_years *left, const aici_years *right) {
    if (!left || !right)
        return left ? left : right;
    return aici_years_equal(left, right) ? left : aici_years_choose(arena, left, is_in, right);
}

static bool is_consecutive(const aici_years *years) {
    return aici_years_last(years) - aici_years_first(years) == (int32_t)years->count - 1;
}

void aici_years_add_text(const aici_years *years, aici_buffer *out) {
    enum { SHOWN = 6 };
    if (years->count > 1 && is_consecutive(years)) {
        aici_buffer_add_format(out, "%d..%d", (int)aici_years_first(years), (int)aici_years_last(years));
        return;
    }
    uint32_t shown = years->count > SHOWN ? SHOWN - 1 : years->count;
    for (uint32_t i = 0; i < shown; i++)
        aici_buffer_add_format(out, "%s%d", i > 0 ? ", " : "", (int)years->year[i]);
    if (shown < years->count)
        aici_buffer_add_format(out, " … %d", (int)aici_years_last(years));
}
