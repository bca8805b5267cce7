/* SPDX-License-Identifier: MIT */
/*
 * What a scenario adds to the library's units: units of its own, exchange rates that tie currencies, and the currency that it declares.
 * Ties are resolved when they are made, so that a table that is only read never changes.
 */
#include "units/lookup.h"

#include <math.h>

/* --- units of the scenario's own ------------------------------------------------------------------------------------------------------ */

static bool is_letter(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_'; }

static bool is_name(aici_slice name) {
    for (size_t i = 0; i < name.size; i++) {
        if (!is_letter(name.bytes[i]) && (i == 0 || name.bytes[i] < '0' || name.bytes[i] > '9'))
            return false;
    }
    return name.size > 0;
}

static bool is_reserved(aici_slice name) {
    static const char words[][6] = {"to", "per", "if", "then", "else", "and", "or", "not", "true", "false"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (aici_slice_is(name, words[i]))
            return true;
    }
    return false;
}

static aic_status check_name(const aici_units *units, aici_slice name, const aici_place *place, aic_report *report) {
    if (is_reserved(name))
        return aici_report_error(report, AICI_CODE_UNIT_SYNTAX, place, "`%.*s` is a reserved word and cannot name a unit",
                                 AICI_SLICE(name));
    if (!is_name(name)) {
        aici_report_error(report, AICI_CODE_UNIT_SYNTAX, place, "`%.*s` cannot name a unit", AICI_SLICE(name));
        aici_report_hint(report, "a name has ASCII letters, digits and `_`, and does not start with a digit");
        return AIC_ERROR_UNIT;
    }
    aici_found found = aici_units_find(units, name);
    if (found.as != AICI_FOUND_UNIT)
        return AIC_OK;
    const char *whose = aici_units_row(found.entry) ? "is a unit of the library" : "is defined already";
    aici_report_error(report, AICI_CODE_UNIT_REDEFINED, place, "`%.*s` %s", AICI_SLICE(name), whose);
    aici_report_hint(report, "choose another name, or use `%.*s` as it is", AICI_SLICE(name));
    return AIC_ERROR_UNIT;
}

static bool make_room(aici_units *units) {
    if (!units->arena)
        units->arena = aici_arena_new(&units->allocator);
    if (!units->own_names)
        units->own_names = aici_names_new(&units->allocator);
    aici_own_unit *own = aici_memory_grow(&units->allocator, units->own, units->own_count, &units->own_capacity, sizeof *own);
    if (own)
        units->own = own;
    return units->arena && units->own_names && own;
}

/* "base", or "72 accelerator". */
static const char *definition_text(const aici_units *units, const aici_unit *definition) {
    aici_buffer text = aici_buffer_new(&units->allocator);
    if (definition) {
        aici_buffer_add_number(&text, definition->scale);
        if (!aici_dimension_is_none(&definition->dimension)) {
            aici_buffer_add_char(&text, ' ');
            aici_units_add_dimension(units, &definition->dimension, &text);
        }
    } else {
        aici_buffer_add_text(&text, "base");
    }
    const char *copy = aici_buffer_failed(&text) ? NULL : aici_arena_copy(units->arena, text.bytes, text.size);
    aici_buffer_free(&text);
    return copy;
}

static aici_unit new_base(size_t index) {
    aici_unit unit = {.scale = 1.0, .dimension = {.count = 1}};
    unit.dimension.factor[0].base = (uint16_t)(AICI_LIBRARY_BASES + index + 1);
    unit.dimension.factor[0].exponent = AICI_EXPONENT_ONE;
    return unit;
}

static aic_status add_own(aici_units *units, aici_slice name, const aici_unit *definition, aic_report *report) {
    if (!make_room(units))
        return aici_report_memory(report);
    const char *copy = aici_arena_copy(units->arena, name.bytes, name.size);
    const char *text = definition_text(units, definition);
    if (!copy || !text || !aici_names_add(units->own_names, (aici_slice){copy, name.size}, (uint32_t)units->own_count))
        return aici_report_memory(report);
    aici_unit unit = definition ? *definition : new_base(units->own_count);
    units->own[units->own_count++] = (aici_own_unit){copy, text, unit, definition == NULL};
    return AIC_OK;
}

aic_status aici_units_define(aici_units *units, aici_slice name, const aici_unit *definition, const aici_place *place, aic_report *report) {
    aic_status status = check_name(units, name, place, report);
    if (status != AIC_OK)
        return status;
    if (definition && definition->flops_ambiguous) {
        aici_report_error(report, AICI_CODE_UNIT_AMBIGUOUS_FLOPS, place, "%.*s: FLOPS is an amount (FLOP) or a rate (FLOP/s)",
                          AICI_SLICE(name));
        aici_report_hint(report, "write `FLOP` or `FLOP/s`");
        return AIC_ERROR_UNIT;
    }
    if (definition && !(definition->scale > 0.0 && isfinite(definition->scale)))
        return aici_report_error(report, AICI_CODE_UNIT_SYNTAX, place, "%.*s: a unit is a finite amount above 0", AICI_SLICE(name));
    if (AICI_LIBRARY_BASES + units->own_count + 1 >= UINT16_MAX)
        return aici_report_error(report, AICI_CODE_UNIT_TOO_COMPLEX, place, "%.*s: there are too many units", AICI_SLICE(name));
    return add_own(units, name, definition, report);
}

/* --- currencies ----------------------------------------------------------------------------------------------------------------------- */

static bool is_money(uint32_t base) { return base >= AICI_MONEY_FIRST && base < AICI_MONEY_FIRST + AICI_MONEY_COUNT; }

static bool find_currency(const aici_units *units, aici_slice code, uint32_t *base) {
    aici_found found = aici_units_find(units, code);
    if (found.as != AICI_FOUND_UNIT || found.prefix || !is_money(found.entry))
        return false;
    *base = found.entry;
    return true;
}

static bool is_amount_of_money(const aici_unit *unit) {
    const aici_dimension *dimension = &unit->dimension;
    return dimension->count == 1 && dimension->factor[0].exponent == AICI_EXPONENT_ONE && is_money(dimension->factor[0].base - 1u) &&
           unit->scale > 0.0 && isfinite(unit->scale);
}

/* The root of a currency and what one of it is worth there. */
static aici_tie root_of(const aici_units *units, uint32_t base) {
    aici_tie tie = units->tie[base - AICI_MONEY_FIRST];
    return tie.root ? tie : (aici_tie){(uint16_t)(base + 1), 1.0};
}

static aic_status refuse_currency(aici_slice currency, const aici_place *place, aic_report *report) {
    aici_nearest nearest = aici_nearest_to(currency);
    for (uint32_t base = AICI_MONEY_FIRST; is_money(base); base++)
        aici_nearest_offer(&nearest, aici_slice_of(aici_units_library(base)->name));
    aici_report_error(report, AICI_CODE_EXCHANGE_RATE, place, "`%.*s` is no currency that the library knows", AICI_SLICE(currency));
    if (aici_nearest_name(&nearest))
        aici_report_hint(report, "did you mean `%s`?", aici_nearest_name(&nearest));
    return AIC_ERROR_UNIT;
}

static aic_status refuse_worth(const aici_units *units, uint32_t base, const aici_unit *worth, const aici_place *place,
                               aic_report *report) {
    const char *code = aici_units_library(base)->name;
    aici_buffer found = aici_buffer_new(&units->allocator);
    aici_units_add_description(units, &worth->dimension, &found);
    aici_report_error(report, AICI_CODE_EXCHANGE_RATE, place, "expected what one %s is worth in another currency, found %s", code,
                      is_amount_of_money(worth) ? "an amount of the same" : aici_buffer_text(&found));
    aici_report_hint(report, "say it as in `USD: 7.08 CNY`: one of the first is worth so many of the second");
    aici_buffer_free(&found);
    return AIC_ERROR_UNIT;
}

static aic_status check_tie(const aici_units *units, uint32_t base, const aici_unit *worth, const aici_place *place, aic_report *report) {
    const char *code = aici_units_library(base)->name;
    if (!is_amount_of_money(worth) || worth->dimension.factor[0].base == base + 1)
        return refuse_worth(units, base, worth, place, report);
    if (units->tie[base - AICI_MONEY_FIRST].root) {
        const char *root = aici_units_library(units->tie[base - AICI_MONEY_FIRST].root - 1u)->name;
        return aici_report_error(report, AICI_CODE_EXCHANGE_RATE, place, "%s is tied to %s already", code, root);
    }
    if (root_of(units, worth->dimension.factor[0].base - 1u).root == base + 1)
        return aici_report_error(report, AICI_CODE_EXCHANGE_RATE, place, "the exchange rates tie %s to itself in a circle", code);
    return AIC_OK;
}

/* Puts the root of a currency in its place. Exponents out of range leave the unit as it is, in a currency of its own. */
static void apply_tie(aici_unit *unit, uint16_t currency, aici_tie tie) {
    for (unsigned i = 0; i < unit->dimension.count; i++) {
        if (unit->dimension.factor[i].base != currency)
            continue;
        aici_dimension from = {.count = 1}, to, rest;
        from.factor[0].base = currency;
        from.factor[0].exponent = unit->dimension.factor[i].exponent;
        to = from;
        to.factor[0].base = tie.root;
        double exponent = from.factor[0].exponent / (double)AICI_EXPONENT_ONE;
        if (aici_dimension_divide(&unit->dimension, &from, &rest) && aici_dimension_multiply(&rest, &to, &unit->dimension))
            unit->scale *= aici_units_power(tie.worth, exponent);
        return;
    }
}

aic_status aici_units_tie(aici_units *units, aici_slice currency, const aici_unit *worth, const aici_place *place, aic_report *report) {
    uint32_t base = 0;
    if (!find_currency(units, currency, &base))
        return refuse_currency(currency, place, report);
    aic_status status = check_tie(units, base, worth, place, report);
    if (status != AIC_OK)
        return status;
    aici_tie tie = root_of(units, worth->dimension.factor[0].base - 1u);
    tie.worth *= worth->scale;
    for (size_t i = 0; i < AICI_MONEY_COUNT; i++) {
        if (units->tie[i].root == base + 1)
            units->tie[i] = (aici_tie){tie.root, units->tie[i].worth * tie.worth};
    }
    units->tie[base - AICI_MONEY_FIRST] = tie;
    for (size_t i = 0; i < units->own_count; i++)
        apply_tie(&units->own[i].unit, (uint16_t)(base + 1), tie);
    return AIC_OK;
}

bool aici_units_set_currency(aici_units *units, aici_slice code) {
    uint32_t base = 0;
    if (!find_currency(units, code, &base))
        return false;
    units->currency = (uint16_t)(base + 1);
    return true;
}

bool aici_units_currency(const aici_units *units, aici_unit *out, aici_slice *code) {
    if (!units->currency)
        return false;
    if (out)
        *out = aici_units_unit(units, units->currency - 1u);
    if (code)
        *code = aici_slice_of(aici_units_name(units, units->currency - 1u));
    return true;
}
