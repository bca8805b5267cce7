/* SPDX-License-Identifier: MIT */
/* Model kinds as text: a page for a person, Markdown for the manual, CSV and JSON for programs. */
#include "api/kind.h"
#include "result/result.h"
#include <string.h>

static bool is_given(const char *text) { return text != NULL && *text != '\0'; }

/* --- JSON ----------------------------------------------------------------------------------------------------------------------------- */

static void write_properties(aici_json *json, const aici_kind_texts *texts, bool input) {
    static const char *const key[AICI_KIND_PROPERTIES] = {"name", "unit", "doc", "source", "formula", "type", "bounds", "presence"};
    aici_json_open(json, NULL, '{');
    for (int i = 0; i < AICI_KIND_PROPERTIES; i++) {
        bool of_output = i <= AIC_KIND_FORMULA;
        if (input || of_output) {
            aici_json_text(json, input && i == AIC_KIND_FORMULA ? "default" : key[i], texts->property[i]);
        }
    }
    aici_json_close(json, '}');
}

static void write_listing_json(const aici_kind_listing *listing, aici_json *json) {
    const aici_kind *kind = listing->kind;
    aici_json_open(json, NULL, '{');
    aici_json_text(json, "kind", kind->name);
    aici_json_text(json, "title", kind->title);
    aici_json_text(json, "doc", kind->doc);
    aici_json_integer(json, "version", kind->version);
    aici_json_boolean(json, "built_in", kind->built_in);
    aici_json_open(json, "inputs", '[');
    for (uint32_t i = 0; i < kind->input_count; i++) {
        write_properties(json, &listing->input[i], true);
    }
    aici_json_close(json, ']');
    aici_json_open(json, "outputs", '[');
    for (uint32_t i = 0; i < kind->output_count; i++) {
        write_properties(json, &listing->output[i], false);
    }
    aici_json_close(json, ']');
    aici_json_close(json, '}');
}

/* --- text ----------------------------------------------------------------------------------------------------------------------------- */

/** Adds text at an indent, broken between words at 92 columns. */
static void add_wrapped(aici_buffer *out, size_t indent, const char *text) {
    size_t column = 0;
    while (*text != '\0') {
        size_t word = strcspn(text, " \n");
        if (column > 0 && column + 1 + word > 92) {
            aici_buffer_add_char(out, '\n');
            column = 0;
        }
        aici_buffer_add_repeated(out, ' ', column == 0 ? indent : 1);
        column += column == 0 ? indent : 1;
        aici_buffer_add(out, text, word);
        column += word;
        text += word + strspn(text + word, " \n");
    }
    aici_buffer_add_char(out, '\n');
}

/** "[FLOP/s, default 1, at least 1]" behind an input's name. */
static void add_input_facts(aici_buffer *out, const aici_kind_texts *texts) {
    const char *type = texts->property[AIC_KIND_TYPE];
    aici_buffer_add_format(out, "  %s  [%s", texts->property[AIC_KIND_NAME],
                           strcmp(type, "quantity") == 0 ? texts->property[AIC_KIND_UNIT] : type);
    aici_buffer_add_format(out, ", %s", texts->property[AIC_KIND_PRESENCE]);
    if (is_given(texts->property[AIC_KIND_FORMULA])) {
        const char *formula = texts->property[AIC_KIND_FORMULA];
        bool alternative = strcmp(texts->property[AIC_KIND_PRESENCE], "one of") == 0;
        aici_buffer_add_text(out, alternative ? ", else " : " ");
        for (; *formula != '\0'; formula++) {
            aici_buffer_add_text(out, *formula == '\n' ? " or " : (const char[]){*formula, '\0'});
        }
    }
    if (is_given(texts->property[AIC_KIND_BOUNDS])) {
        aici_buffer_add_format(out, ", %s", texts->property[AIC_KIND_BOUNDS]);
    }
    aici_buffer_add_text(out, "]\n");
}

static void add_doc_and_source(aici_buffer *out, const aici_kind_texts *texts) {
    if (is_given(texts->property[AIC_KIND_DOC])) {
        add_wrapped(out, 6, texts->property[AIC_KIND_DOC]);
    }
    if (is_given(texts->property[AIC_KIND_SOURCE])) {
        aici_buffer_add_text(out, "      source: ");
        aici_buffer_add_text(out, texts->property[AIC_KIND_SOURCE]);
        aici_buffer_add_char(out, '\n');
    }
}

static void add_output_facts(aici_buffer *out, const aici_kind_texts *texts) {
    aici_buffer_add_format(out, "  %s  [%s]\n      = ", texts->property[AIC_KIND_NAME], texts->property[AIC_KIND_UNIT]);
    for (const char *formula = texts->property[AIC_KIND_FORMULA]; *formula != '\0'; formula++) {
        aici_buffer_add_text(out, *formula == '\n' ? "\n      or " : (const char[]){*formula, '\0'});
    }
    aici_buffer_add_char(out, '\n');
}

static void write_listing_text(const aici_kind_listing *listing, aici_buffer *out) {
    const aici_kind *kind = listing->kind;
    aici_buffer_add_format(out, "%s: %s (version %u)\n", kind->name, kind->title, (unsigned)kind->version);
    if (is_given(kind->doc)) {
        add_wrapped(out, 2, kind->doc);
    }
    aici_buffer_add_text(out, "\nInputs\n");
    for (uint32_t i = 0; i < kind->input_count; i++) {
        add_input_facts(out, &listing->input[i]);
        add_doc_and_source(out, &listing->input[i]);
    }
    aici_buffer_add_text(out, "\nOutputs\n");
    for (uint32_t i = 0; i < kind->output_count; i++) {
        add_output_facts(out, &listing->output[i]);
        add_doc_and_source(out, &listing->output[i]);
    }
}

/* --- tables: CSV and Markdown --------------------------------------------------------------------------------------------------------- */

enum { INPUT_COLUMNS = 7, OUTPUT_COLUMNS = 5 };

static const char *const input_head[INPUT_COLUMNS] = {"input", "unit", "presence", "default", "bounds", "meaning", "source"};
static const uint8_t input_property[INPUT_COLUMNS] = {AIC_KIND_NAME,   AIC_KIND_UNIT, AIC_KIND_PRESENCE, AIC_KIND_FORMULA,
                                                      AIC_KIND_BOUNDS, AIC_KIND_DOC,  AIC_KIND_SOURCE};
static const char *const output_head[OUTPUT_COLUMNS] = {"output", "unit", "formula", "meaning", "source"};
static const uint8_t output_property[OUTPUT_COLUMNS] = {AIC_KIND_NAME, AIC_KIND_UNIT, AIC_KIND_FORMULA, AIC_KIND_DOC, AIC_KIND_SOURCE};

struct columns {
    const char *const *head;
    const uint8_t *property;
    size_t count;
};

/** A formula with alternatives takes a line in a cell; they are joined here. */
static const char *join_lines(aici_arena *arena, const char *text) {
    if (strchr(text, '\n') == NULL) {
        return text;
    }
    aici_buffer buffer = aici_buffer_new(aici_arena_allocator(arena));
    for (; *text != '\0'; text++) {
        aici_buffer_add_text(&buffer, *text == '\n' ? "; or " : (const char[]){*text, '\0'});
    }
    const char *joined = aici_buffer_failed(&buffer) ? NULL : aici_arena_copy(arena, aici_buffer_text(&buffer), buffer.size);
    aici_buffer_free(&buffer);
    return joined;
}

/** Fills the table of all inputs or all outputs; false when there is no memory. */
static bool make_table(aici_arena *arena, const aici_kind_texts *texts, size_t count, const struct columns *columns, aici_table *table) {
    const char **cell = aici_arena_take_array(arena, (count + 1) * columns->count, sizeof *cell);
    for (size_t i = 0; cell != NULL && i < columns->count; i++) {
        cell[i] = columns->head[i];
        for (size_t row = 0; row < count; row++) {
            const char *joined = join_lines(arena, texts[row].property[columns->property[i]]);
            cell[(row + 1) * columns->count + i] = joined;
            if (joined == NULL) {
                return false;
            }
        }
    }
    *table = (aici_table){.cell = cell, .column_count = columns->count, .row_count = count + 1, .align = "lllllll"};
    return cell != NULL;
}

static aic_status write_tables(const aic_kinds *kinds, const aici_kind_listing *listing, int format, aici_buffer *out, aic_report *report) {
    static const struct columns inputs = {input_head, input_property, INPUT_COLUMNS};
    static const struct columns outputs = {output_head, output_property, OUTPUT_COLUMNS};
    void (*add)(const aici_table *, aici_buffer *) = format == AIC_FORMAT_CSV ? aici_table_add_csv : aici_table_add_markdown;
    aici_table input, output;
    aici_arena *arena = aici_arena_new(&kinds->allocator);
    bool made = arena != NULL && make_table(arena, listing->input, listing->kind->input_count, &inputs, &input) &&
                make_table(arena, listing->output, listing->kind->output_count, &outputs, &output);
    if (made && format == AIC_FORMAT_MARKDOWN) {
        aici_buffer_add_format(out, "## %s\n\n%s (version %u)\n\n%s\n\n", listing->kind->name, listing->kind->title,
                               (unsigned)listing->kind->version, is_given(listing->kind->doc) ? listing->kind->doc : "");
    }
    if (made) {
        add(&input, out);
        aici_buffer_add_char(out, '\n');
        add(&output, out);
    }
    aici_arena_free(arena);
    return made ? AIC_OK : aici_report_memory(report);
}

aic_status aici_kind_listing_write(const aic_kinds *kinds, const aici_kind_listing *listing, int format, aici_buffer *out,
                                   aic_report *report) {
    if (format == AIC_FORMAT_CSV || format == AIC_FORMAT_MARKDOWN) {
        return write_tables(kinds, listing, format, out, report);
    }
    if (format == AIC_FORMAT_JSON) {
        aici_json json = aici_json_new(out);
        write_listing_json(listing, &json);
        aici_buffer_add_char(out, '\n');
    } else {
        write_listing_text(listing, out);
    }
    return AIC_OK;
}

/* --- the list ------------------------------------------------------------------------------------------------------------------------- */

static aic_status write_list_table(const aic_kinds *kinds, int format, aici_buffer *out, aic_report *report) {
    const char **cell = aici_memory_take_array(&kinds->allocator, (kinds->count + 1) * 2, sizeof *cell);
    if (cell == NULL) {
        return aici_report_memory(report);
    }
    cell[0] = "kind";
    cell[1] = "what it models";
    for (size_t i = 0; i < kinds->count; i++) {
        cell[(i + 1) * 2] = kinds->listing[i].kind->name;
        cell[(i + 1) * 2 + 1] = kinds->listing[i].kind->title;
    }
    aici_table table = {.cell = cell, .column_count = 2, .row_count = kinds->count + 1, .align = "ll"};
    if (format == AIC_FORMAT_TEXT) {
        aici_table_add_text(&table, 0, out);
    } else {
        (format == AIC_FORMAT_CSV ? aici_table_add_csv : aici_table_add_markdown)(&table, out);
    }
    aici_memory_release(&kinds->allocator, cell);
    return AIC_OK;
}

aic_status aici_kind_list_write(const aic_kinds *kinds, int format, aici_buffer *out, aic_report *report) {
    if (format != AIC_FORMAT_JSON) {
        return write_list_table(kinds, format, out, report);
    }
    aici_json json = aici_json_new(out);
    aici_json_open(&json, NULL, '{');
    aici_json_open(&json, "kinds", '[');
    for (size_t i = 0; i < kinds->count; i++) {
        write_listing_json(&kinds->listing[i], &json);
    }
    aici_json_close(&json, ']');
    aici_json_close(&json, '}');
    aici_buffer_add_char(out, '\n');
    return AIC_OK;
}
