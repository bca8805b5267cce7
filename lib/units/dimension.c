/* SPDX-License-Identifier: MIT */
/*
 * Dimensions as values: multiplied, divided and raised to powers by merging their sorted factors; and the powers of scales that go with
 * them. No memory, no names.
 */
#include "units/lookup.h"
#include "base/elementary.h"

#include <math.h>
#include <string.h>

aici_dimension aici_dimension_none(void) { return (aici_dimension){0}; }

bool aici_dimension_equal(const aici_dimension *left, const aici_dimension *right) { return memcmp(left, right, sizeof *left) == 0; }

bool aici_dimension_is_none(const aici_dimension *dimension) { return dimension->count == 0; }

static bool add_factor(aici_dimension *dimension, uint16_t base, int exponent) {
    if (exponent == 0)
        return true;
    if (dimension->count == AICI_DIMENSION_FACTORS || exponent < INT16_MIN || exponent > INT16_MAX)
        return false;
    dimension->factor[dimension->count].base = base;
    dimension->factor[dimension->count].exponent = (int16_t)exponent;
    dimension->count++;
    return true;
}

/* left times right to the power of sign (1 or -1). */
static bool merge(const aici_dimension *left, const aici_dimension *right, int sign, aici_dimension *out) {
    aici_dimension merged = {0};
    unsigned i = 0, k = 0;
    bool fits = true;
    while (fits && (i < left->count || k < right->count)) {
        unsigned left_base = i < left->count ? left->factor[i].base : UINT16_MAX + 1u;
        unsigned right_base = k < right->count ? right->factor[k].base : UINT16_MAX + 1u;
        int exponent = 0;
        if (left_base <= right_base)
            exponent += left->factor[i++].exponent;
        if (right_base <= left_base)
            exponent += sign * right->factor[k++].exponent;
        fits = add_factor(&merged, (uint16_t)(left_base < right_base ? left_base : right_base), exponent);
    }
    if (fits)
        *out = merged;
    return fits;
}

bool aici_dimension_multiply(const aici_dimension *left, const aici_dimension *right, aici_dimension *out) {
    return merge(left, right, 1, out);
}

bool aici_dimension_divide(const aici_dimension *left, const aici_dimension *right, aici_dimension *out) {
    return merge(left, right, -1, out);
}

bool aici_dimension_power(const aici_dimension *dimension, double exponent, aici_dimension *out) {
    aici_dimension power = {0};
    for (unsigned i = 0; i < dimension->count; i++) {
        double twelfths = dimension->factor[i].exponent * exponent;
        /* 1.0 / 3 is not a third; what is this near to a whole twelfth was meant to be one. */
        if (!(fabs(twelfths) <= INT16_MAX) || fabs(twelfths - round(twelfths)) > 1e-9)
            return false;
        if (!add_factor(&power, dimension->factor[i].base, (int)round(twelfths)))
            return false;
    }
    *out = power;
    return true;
}

double aici_units_power(double scale, double exponent) {
    double size = fabs(exponent), power = 1.0;
    if (size != floor(size) || size > 16.0)
        return aici_power(scale, exponent);
    for (int i = 0; i < (int)size; i++)
        power *= scale;
    return exponent < 0.0 ? 1.0 / power : power;
}

double aici_units_apply(double written, double scale) {
    double whole = scale > 0 && scale < 1 ? floor(1 / scale + 0.5) : 0;
    return whole >= 2 && whole <= 1e15 && 1 / whole == scale ? written / whole : written * scale;
}
