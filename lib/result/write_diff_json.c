/* SPDX-License-Identifier: MIT */
/* What differs between two scenarios, as JSON for other programs. The keys are part of the interface (doc/json.md). */
#include "result/differences.h"

#include <math.h>
#include <string.h>

static void add_scenario(aici_json *json, const char *key, const aic_result *side) {
    aici_json_open(json, key, '{');
    aici_json_text(json, "title", side->title);
    aici_json_text(json, "file", side->file);
    aici_json_close(json, '}');
}

static void add_value(const aici_result_difference *difference, size_t side, const char *key, aici_json *json) {
    const aici_result_quantity *quantity = difference->side[side];
    if (!quantity)
        aici_json_text(json, key, NULL);
    else if (!quantity->is_text)
        aici_json_number(json, key, difference->value[side][difference->at]);
    else if (strcmp(quantity->text, "true") == 0 || strcmp(quantity->text, "false") == 0)
        aici_json_boolean(json, key, quantity->text[0] == 't');
    else
        aici_json_text(json, key, quantity->text);
}

static void add_values(const aici_result_difference *difference, size_t side, const char *key, aici_json *json) {
    aici_json_open(json, key, '[');
    for (size_t i = 0; i < difference->year_count; i++)
        aici_json_number(json, NULL, difference->value[side] ? difference->value[side][i] : (double)NAN);
    aici_json_close(json, ']');
}

static void add_series(const aici_result_difference *difference, aici_json *json) {
    aici_json_integer(json, "year", difference->year[difference->at]);
    aici_json_open(json, "years", '[');
    for (size_t i = 0; i < difference->year_count; i++)
        aici_json_integer(json, NULL, difference->year[i]);
    aici_json_close(json, ']');
    add_values(difference, 0, "a_values", json);
    add_values(difference, 1, "b_values", json);
}

/* Keys that stand only where there is something to say. */
static void add_side_facts(const aici_result_quantity *quantity, const char *default_key, const char *formula_key, aici_json *json) {
    if (quantity && quantity->is_default)
        aici_json_boolean(json, default_key, true);
    if (quantity && *quantity->formula && quantity->role != AIC_ROLE_OUTPUT && quantity->role != AIC_ROLE_CALCULATION)
        aici_json_text(json, formula_key, quantity->formula);
}

static void add_facts(const aici_result_difference *difference, aici_json *json) {
    if (!difference->side[0] || !difference->side[1])
        aici_json_text(json, "only_in", difference->side[0] ? "a" : "b");
    if (difference->is_apart) {
        aici_json_boolean(json, "other_dimension", true);
        aici_json_text(json, "other_unit", difference->side[1]->unit);
    }
    add_side_facts(difference->side[0], "a_default", "a_formula", json);
    add_side_facts(difference->side[1], "b_default", "b_formula", json);
}

static void add_difference(aici_writer *writer, const aici_result_difference *difference, aici_json *json) {
    static const char *const role[] = {"assumption", "input", "output", "calculation"};
    const aici_result_quantity *shown = difference->side[difference->shown_by];
    aici_json_text(json, "name", difference->name);
    aici_json_text(json, "role", role[shown->role]);
    add_value(difference, 0, "a", json);
    add_value(difference, 1, "b", json);
    aici_json_text(json, "unit", difference->unit);
    aici_json_number(json, "change", difference->change);
    aici_json_number(json, "ratio", difference->ratio);
    aici_json_text(json, "a_display", aici_difference_show_side(writer, difference, 0, difference->at));
    aici_json_text(json, "b_display", aici_difference_show_side(writer, difference, 1, difference->at));
    add_facts(difference, json);
    if (difference->year)
        add_series(difference, json);
}

static void add_causes(const aici_result_difference *difference, aici_json *json) {
    aici_json_open(json, "by", '[');
    for (size_t i = 0; i < difference->cause_count; i++) {
        aici_json_open(json, NULL, '{');
        aici_json_text(json, "input", difference->cause[i].name);
        aici_json_number(json, "effect", difference->cause[i].effect);
        aici_json_number(json, "share", difference->cause[i].share);
        aici_json_close(json, '}');
    }
    aici_json_close(json, ']');
    aici_json_number(json, "interaction", difference->is_attributed ? difference->interaction : (double)NAN);
}

static void add_formulas(const aici_result_diff *diff, aici_json *json) {
    aici_json_open(json, "formulas", '[');
    for (size_t i = 0; i < diff->formula_count; i++) {
        aici_json_open(json, NULL, '{');
        aici_json_text(json, "name", diff->formula[i].name);
        aici_json_text(json, "what", diff->formula[i].what);
        aici_json_text(json, "a", diff->formula[i].side[0]);
        aici_json_text(json, "b", diff->formula[i].side[1]);
        aici_json_close(json, '}');
    }
    aici_json_close(json, ']');
}

static void add_differences(aici_writer *writer, const char *key, const aici_result_difference *difference, size_t count, aici_json *json) {
    bool is_result = strcmp(key, "results") == 0;
    aici_json_open(json, key, '[');
    for (size_t i = 0; i < count; i++) {
        aici_json_open(json, NULL, '{');
        add_difference(writer, &difference[i], json);
        if (is_result)
            add_causes(&difference[i], json);
        aici_json_close(json, '}');
    }
    aici_json_close(json, ']');
}

void aici_write_diff_json(aici_writer *writer, aici_json *json) {
    const aici_result_diff *diff = writer->result->diff;
    aici_json_open(json, "diff", '{');
    add_scenario(json, "a", diff->side[0]);
    add_scenario(json, "b", diff->side[1]);
    add_differences(writer, "assumptions", diff->assumption, diff->assumption_count, json);
    add_formulas(diff, json);
    add_differences(writer, "results", diff->result, diff->result_count, json);
    aici_json_open(json, "unattributed", '[');
    for (size_t i = 0; i < diff->unattributed_count; i++)
        aici_json_text(json, NULL, diff->unattributed[i]);
    aici_json_close(json, ']');
    aici_json_close(json, '}');
}
