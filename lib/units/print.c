/* SPDX-License-Identifier: MIT */
/*
 * A dimension becomes text that reads back to it. Values with units are shown in show.c.
 */
#include "units/print.h"

#include "units/lookup.h"

struct writer {
    const aici_units *units;
    const aici_dimension *dimension;
    const aici_wording *wording;
    bool watt; /* J and 1/s are there and are written as W */
    aici_buffer *out;
};

static int exponent_of(const aici_dimension *dimension, unsigned base) {
    for (unsigned i = 0; i < dimension->count; i++) {
        if (dimension->factor[i].base == base + 1)
            return dimension->factor[i].exponent;
    }
    return 0;
}

static bool is_time(const struct writer *writer, unsigned index) { return writer->dimension->factor[index].base == AICI_BASE_SECOND + 1; }

/* Whether a currency is the root to which the declared one is tied: a person is shown the declared one. */
static bool is_declared(const aici_units *units, uint16_t base) {
    return units->currency != 0 && units->tie[units->currency - 1u - AICI_MONEY_FIRST].root == base;
}

static const char *name_of(const struct writer *writer, unsigned index) {
    if (is_time(writer, index))
        return writer->wording->time;
    uint16_t base = writer->dimension->factor[index].base;
    if (writer->watt && base == AICI_BASE_JOULE + 1)
        return "W";
    if (writer->wording->usual && base == AICI_BASE_BIT + 1)
        return "B";
    if (writer->wording->usual && is_declared(writer->units, base))
        return aici_units_name(writer->units, writer->units->currency - 1u);
    return aici_units_name(writer->units, aici_units_entry_of_base(base));
}

static void add_factor(const struct writer *writer, unsigned index) {
    int exponent = writer->dimension->factor[index].exponent;
    aici_buffer_add_text(writer->out, name_of(writer, index));
    if (exponent == AICI_EXPONENT_ONE || exponent == -AICI_EXPONENT_ONE)
        return;
    aici_buffer_add_char(writer->out, '^');
    aici_buffer_add_number(writer->out, (exponent < 0 ? -exponent : exponent) / (double)AICI_EXPONENT_ONE);
}

static unsigned add_numerators(const struct writer *writer, bool time, unsigned before) {
    unsigned written = before;
    for (unsigned i = 0; i < writer->dimension->count; i++) {
        if (writer->dimension->factor[i].exponent < 0 || is_time(writer, i) != time)
            continue;
        if (written++ > 0)
            aici_buffer_add_text(writer->out, "·");
        add_factor(writer, i);
    }
    return written;
}

static void add_denominators(const struct writer *writer) {
    for (unsigned i = 0; i < writer->dimension->count; i++) {
        if (writer->dimension->factor[i].exponent > 0 || (writer->watt && is_time(writer, i)))
            continue;
        aici_buffer_add_char(writer->out, '/');
        add_factor(writer, i);
    }
}

void aici_units_add_worded(const aici_units *units, const aici_dimension *dimension, const aici_wording *wording, aici_buffer *out) {
    struct writer writer = {units, dimension, wording, false, out};
    writer.watt = wording->usual && exponent_of(dimension, AICI_BASE_JOULE) == AICI_EXPONENT_ONE &&
                  exponent_of(dimension, AICI_BASE_SECOND) == -AICI_EXPONENT_ONE;
    unsigned written = add_numerators(&writer, true, add_numerators(&writer, false, 0));
    if (written == 0)
        aici_buffer_add_char(out, '1');
    add_denominators(&writer);
}

void aici_units_add_dimension(const aici_units *units, const aici_dimension *dimension, aici_buffer *out) {
    static const aici_wording coherent = {"s", false};
    aici_units_add_worded(units, dimension, &coherent, out);
}

void aici_units_add_description(const aici_units *units, const aici_dimension *dimension, aici_buffer *out) {
    if (aici_dimension_is_none(dimension))
        aici_buffer_add_text(out, "a ratio");
    else
        aici_units_add_dimension(units, dimension, out);
}
