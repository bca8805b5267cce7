/* SPDX-License-Identifier: MIT */
/* Units as a table for a person and as JSON for a program. */
#include "api/unit.h"
#include "result/result.h"

static const char *class_of(const aici_unit_entry *entry) {
    switch (entry->base_class) {
    case AICI_BASE_COUNT: return "count";
    case AICI_BASE_MONEY: return "money";
    case AICI_BASE_PHYSICAL: break;
    }
    return "physical";
}

static const char *prefixes_of(const aici_unit_entry *entry) {
    if (entry->decimal_prefixes && entry->binary_prefixes) {
        return "k..Q, Ki..Ei";
    }
    return entry->decimal_prefixes ? "k..Q" : entry->binary_prefixes ? "Ki..Ei" : "";
}

static void write_entry(const aic_units *units, const aici_unit_entry *entry, aici_json *json) {
    aici_buffer coherent = aici_buffer_new(&units->allocator);
    aici_units_add_dimension(units->units, &entry->unit.dimension, &coherent);
    aici_json_open(json, NULL, '{');
    aici_json_text(json, "name", entry->name);
    aici_json_text(json, "title", entry->title);
    aici_json_text(json, "definition", entry->definition);
    aici_json_text(json, "synonyms", entry->synonyms);
    aici_json_text(json, "class", class_of(entry));
    aici_json_number(json, "scale", entry->unit.scale);
    aici_json_text(json, "coherent", aici_buffer_text(&coherent));
    aici_json_boolean(json, "decimal_prefixes", entry->decimal_prefixes);
    aici_json_boolean(json, "binary_prefixes", entry->binary_prefixes);
    aici_json_text(json, "source", entry->source);
    aici_json_close(json, '}');
    aici_buffer_free(&coherent);
}

static void write_list_json(const aic_units *units, aici_buffer *out) {
    aici_json json = aici_json_new(out);
    aici_json_open(&json, NULL, '{');
    aici_json_open(&json, "units", '[');
    for (size_t i = 0; i < aici_units_count(units->units); i++) {
        aici_unit_entry entry = aici_units_entry(units->units, i);
        write_entry(units, &entry, &json);
    }
    aici_json_close(&json, ']');
    aici_json_close(&json, '}');
    aici_buffer_add_char(out, '\n');
}

enum { LIST_COLUMNS = 5 };

static aic_status write_list_table(const aic_units *units, aici_buffer *out, aic_report *report) {
    size_t rows = aici_units_count(units->units) + 1;
    const char **cell = aici_memory_take_array(&units->allocator, rows * LIST_COLUMNS, sizeof *cell);
    if (cell == NULL) {
        return aici_report_memory(report);
    }
    static const char *const head[LIST_COLUMNS] = {"unit", "is", "definition", "also", "prefixes"};
    for (size_t i = 0; i < LIST_COLUMNS; i++) {
        cell[i] = head[i];
    }
    for (size_t i = 1; i < rows; i++) {
        aici_unit_entry entry = aici_units_entry(units->units, i - 1);
        const char **row = cell + i * LIST_COLUMNS;
        row[0] = entry.name;
        row[1] = entry.title;
        row[2] = entry.definition;
        row[3] = entry.synonyms;
        row[4] = prefixes_of(&entry);
    }
    aici_table table = {.cell = cell, .column_count = LIST_COLUMNS, .row_count = rows, .align = "lllll"};
    aici_table_add_text(&table, 0, out);
    aici_memory_release(&units->allocator, cell);
    return AIC_OK;
}

/** The listed unit of this name, so that its title and source can be shown; false for composed units. */
static bool find_entry(const aic_units *units, const char *name, aici_unit_entry *entry) {
    for (size_t i = 0; i < aici_units_count(units->units); i++) {
        *entry = aici_units_entry(units->units, i);
        if (aici_slice_is(aici_slice_of(name), entry->name)) {
            return true;
        }
    }
    return false;
}

static void write_facts(const aic_units *units, const char *text, const aici_unit *unit, aici_buffer *out) {
    aici_unit_entry entry;
    aici_buffer_add_format(out, "%s\n  = ", text);
    aici_buffer_add_number(out, unit->scale);
    aici_buffer_add_char(out, ' ');
    aici_units_add_dimension(units->units, &unit->dimension, out);
    aici_buffer_add_char(out, '\n');
    if (!find_entry(units, text, &entry)) {
        return;
    }
    aici_buffer_add_format(out, "  %s; definition: %s\n", entry.title, entry.definition);
    if (*entry.synonyms != '\0') {
        aici_buffer_add_format(out, "  also written: %s\n", entry.synonyms);
    }
    if (*prefixes_of(&entry) != '\0') {
        aici_buffer_add_format(out, "  prefixes: %s\n", prefixes_of(&entry));
    }
    if (*entry.source != '\0') {
        aici_buffer_add_format(out, "  source: %s\n", entry.source);
    }
}

static void write_facts_json(const aic_units *units, const char *text, const aici_unit *unit, aici_buffer *out) {
    aici_buffer coherent = aici_buffer_new(&units->allocator);
    aici_unit_entry entry;
    aici_units_add_dimension(units->units, &unit->dimension, &coherent);
    aici_json json = aici_json_new(out);
    aici_json_open(&json, NULL, '{');
    aici_json_text(&json, "unit", text);
    aici_json_number(&json, "scale", unit->scale);
    aici_json_text(&json, "coherent", aici_buffer_text(&coherent));
    if (find_entry(units, text, &entry)) {
        aici_json_text(&json, "title", entry.title);
        aici_json_text(&json, "definition", entry.definition);
        aici_json_text(&json, "synonyms", entry.synonyms);
        aici_json_text(&json, "source", entry.source);
    }
    aici_json_close(&json, '}');
    aici_buffer_add_char(out, '\n');
    aici_buffer_free(&coherent);
}

aic_status aici_unit_list_write(const aic_units *units, const char *unit, bool json, aici_buffer *out, aic_report *report) {
    if (unit == NULL && json) {
        write_list_json(units, out);
        return AIC_OK;
    }
    if (unit == NULL) {
        return write_list_table(units, out, report);
    }
    aici_fragment fragment = aici_fragment_of_slice(aici_slice_of(unit));
    aici_unit read;
    aic_status status = aici_units_read(units->units, &fragment, 0, fragment.text.size, &read, report);
    if (status == AIC_OK && read.flops_ambiguous) {
        status = aici_report_error(report, AICI_CODE_UNIT_AMBIGUOUS_FLOPS, NULL, "%s: an amount or a rate?", unit);
        aici_report_hint(report, "write FLOP for an amount, FLOP/s for a rate");
    }
    if (status == AIC_OK) {
        (json ? write_facts_json : write_facts)(units, unit, &read, out);
    }
    return status;
}
