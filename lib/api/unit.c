/* SPDX-License-Identifier: MIT */
/* Public functions of units: what is known, and conversions. */
#include "api/unit.h"
#include "api/porch.h"
#include <math.h>

void aic_units_free(aic_units *units) {
    if (units == NULL) {
        return;
    }
    aic_allocator allocator = units->allocator;
    aici_units_free(units->own);
    aici_bound_unref(units->bound);
    aici_memory_release(&allocator, units);
}

/** aic_units_new() takes a const scenario, since it changes nothing that can be seen; binding caches inside it. */
static aic_status fill(aic_units *list, const aic_scenario *scenario, aic_report *report) {
    if (scenario == NULL) {
        list->own = aici_units_new(&list->allocator, NULL);
        list->units = list->own;
        return list->own != NULL ? AIC_OK : aici_report_memory(report);
    }
    aic_status status = aici_scenario_bind((aic_scenario *)(uintptr_t)scenario, &list->bound, report);
    list->units = status == AIC_OK ? list->bound->units : NULL;
    return status;
}

aic_status aic_units_new(const struct aic_scenario *scenario, aic_units **units, aic_report *report) {
    if (units == NULL) {
        return aici_porch_refuse(report, "units is NULL");
    }
    *units = NULL;
    aici_environment environment;
    aici_porch_enter(&environment, report);
    const aic_allocator *allocator = scenario != NULL ? aici_scenario_allocator(scenario) : aici_memory_default();
    aic_units *list = aici_memory_take_array(allocator, 1, sizeof *list);
    if (list == NULL) {
        return aici_porch_leave(&environment, aici_report_memory(report));
    }
    list->allocator = *allocator;
    aic_status status = fill(list, scenario, report);
    if (status == AIC_OK) {
        *units = list;
    } else {
        aic_units_free(list);
    }
    return aici_porch_leave(&environment, status);
}

size_t aic_units_count(const aic_units *units) { return units != NULL ? aici_units_count(units->units) : 0; }

const char *aic_units_name(const aic_units *units, size_t index) {
    return index < aic_units_count(units) ? aici_units_entry(units->units, index).name : "";
}

const char *aic_units_title(const aic_units *units, size_t index) {
    return index < aic_units_count(units) ? aici_units_entry(units->units, index).title : "";
}

const char *aic_units_definition(const aic_units *units, size_t index) {
    return index < aic_units_count(units) ? aici_units_entry(units->units, index).definition : "";
}

const char *aic_units_synonyms(const aic_units *units, size_t index) {
    return index < aic_units_count(units) ? aici_units_entry(units->units, index).synonyms : "";
}

static aic_status read_unit(const aic_units *units, const char *text, aici_unit *unit, aic_report *report) {
    aici_fragment fragment = aici_fragment_of_slice(aici_slice_of(text));
    aic_status status = aici_units_read(units->units, &fragment, 0, fragment.text.size, unit, report);
    if (status == AIC_OK && unit->flops_ambiguous) {
        status = aici_report_error(report, AICI_CODE_UNIT_AMBIGUOUS_FLOPS, NULL, "%s: an amount or a rate?", text);
        aici_report_hint(report, "write FLOP for an amount, FLOP/s for a rate");
    }
    return status;
}

static aic_status convert(const aic_units *units, double value, const char *from, const char *to, double *result, aic_report *report) {
    aici_unit source, target = {.scale = 1};
    aic_status status = read_unit(units, from, &source, report);
    if (status == AIC_OK && to != NULL) {
        status = read_unit(units, to, &target, report);
    }
    if (status != AIC_OK) {
        return status;
    }
    if (to != NULL && !aici_dimension_equal(&source.dimension, &target.dimension)) {
        return aici_report_error(report, AICI_CODE_DIMENSION, NULL, "%s and %s are not units of the same thing", from, to);
    }
    double converted = value * source.scale / target.scale;
    if (!isfinite(converted)) {
        return aici_report_error(report, AICI_CODE_NOT_FINITE, NULL, "%s in %s: not a finite number", from,
                                 to != NULL ? to : "coherent units");
    }
    *result = converted;
    return AIC_OK;
}

aic_status aic_units_convert(const aic_units *units, double value, const char *from, const char *to, double *result, aic_report *report) {
    if (units == NULL || from == NULL || result == NULL) {
        return aici_porch_refuse(report, units == NULL ? "units is NULL" : "from or result is NULL");
    }
    aici_environment environment;
    aici_porch_enter(&environment, report);
    return aici_porch_leave(&environment, convert(units, value, from, to, result, report));
}

aic_status aic_units_text(const aic_units *units, const char *unit, int json, aic_text **text, aic_report *report) {
    if (text == NULL) {
        return aici_porch_refuse(report, "text is NULL");
    }
    *text = NULL;
    if (units == NULL) {
        return aici_porch_refuse(report, "units is NULL");
    }
    aici_environment environment;
    aici_porch_enter(&environment, report);
    aici_buffer buffer = aici_buffer_new(&units->allocator);
    aic_status status = aici_unit_list_write(units, unit, json != 0, &buffer, report);
    return aici_porch_leave(&environment, aici_porch_give_text(&buffer, status, text, report));
}
