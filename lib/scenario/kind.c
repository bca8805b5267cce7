/* SPDX-License-Identifier: MIT */
/*
 * The declaration of a model kind as a whole: a mapping under `definitions:` or a file becomes an aici_kind. The library's own kinds are
 * found here and read when they are asked for. What a kind means in a model is decided by the binder.
 */
#include "scenario/kind_reader.h"

#include <stdio.h>
#include <string.h>

enum { KIND, TITLE, DOC, VERSION, INPUTS, OUTPUTS, ONE_OF, ASSERT, CHECKS, KEY_COUNT };
static const char *const key_name[KEY_COUNT] = {"kind", "title", "doc", "version", "inputs", "outputs", "one_of", "assert", "checks"};
static const aici_kind_keys keys = {"a model kind", key_name, KEY_COUNT};

/* --- names ---------------------------------------------------------------------------------------------------------------------------- */

static bool is_function(aici_slice name) {
    static const char *const function[AICI_FUNCTION_COUNT] = {
#define FUNCTION_TEXT(id, text, fewest, most) text,
        AICI_FUNCTIONS(FUNCTION_TEXT)
#undef FUNCTION_TEXT
    };
    for (int i = 0; i < AICI_FUNCTION_COUNT; i++)
        if (aici_slice_is(name, function[i]))
            return true;
    return false;
}

/* Why a word is no name, or NULL. An output may be named as a function, since it is read as `model.cagr`. */
static const char *fault_of_name(aici_slice name, bool output) {
    if (!aici_kind_is_word(name))
        return "names are made of letters, digits and underscores, and begin with no digit";
    if (aici_slice_is(name, "each") || aici_slice_is(name, "parent"))
        return "it stands for a component in formulas";
    if (!output && aici_slice_is(name, "kind"))
        return "a model says under `kind` which kind it is of";
    return aici_expr_is_reserved(name) && !(output && is_function(name)) ? "it is a reserved word" : NULL;
}

static bool check_name(aici_kind_reader *reader, const aici_node *key, bool output) {
    const char *why = fault_of_name(key->as.text, output);
    return !why || aici_kind_fault(reader, AICI_CODE_BAD_NAME, key, "`%.*s` cannot name an %s: %s", AICI_SLICE(key->as.text),
                                   output ? "output" : "input", why);
}

static bool add_name(aici_kind_reader *reader, const aici_node *key, uint32_t number, const aici_node *inputs) {
    uint32_t other = 0;
    bool output = number >= reader->input_count;
    reader->member = key->as.text.bytes;
    if (!check_name(reader, key, output))
        return false;
    if (!aici_names_find(reader->names, key->as.text, &other))
        return aici_names_add(reader->names, key->as.text, number) || aici_kind_no_memory(reader);
    bool go_on = aici_kind_fault(reader, AICI_CODE_DUPLICATE_NAME, key, "`%.*s` is an input already", AICI_SLICE(key->as.text));
    aici_report_note_at(reader->expr->report, &aici_node_entry(inputs, key->as.text.bytes)->key->place, "the input");
    return go_on;
}

/* --- sections ------------------------------------------------------------------------------------------------------------------------- */

static uint32_t count_of(const aici_node *mapping) { return mapping ? mapping->count : 0; }

/* All names first, so that what stands further down is known. */
static bool add_names(aici_kind_reader *reader, const aici_node *inputs, const aici_node *outputs) {
    bool go_on = true;
    reader->section = "inputs";
    for (uint32_t i = 0; go_on && i < count_of(inputs); i++)
        go_on = add_name(reader, inputs->as.entry[i].key, i, inputs);
    reader->section = "outputs";
    for (uint32_t i = 0; go_on && i < count_of(outputs); i++)
        go_on = add_name(reader, outputs->as.entry[i].key, reader->input_count + i, inputs);
    return go_on;
}

static bool read_members(aici_kind_reader *reader, const aici_node *inputs, const aici_node *outputs) {
    bool go_on = true;
    reader->section = "inputs";
    for (uint32_t i = 0; go_on && i < count_of(inputs); i++)
        go_on = aici_kind_read_input(reader, &inputs->as.entry[i], &reader->input[i]);
    reader->section = "outputs";
    for (uint32_t i = 0; go_on && i < count_of(outputs); i++)
        go_on = aici_kind_read_output(reader, &outputs->as.entry[i], &reader->output[i]);
    return go_on && aici_kind_check_references(reader);
}

static bool read_sections(aici_kind_reader *reader, const aici_node **value) {
    if (!aici_kind_shape(reader, &value[INPUTS], AICI_NODE_MAPPING, "inputs") ||
        !aici_kind_shape(reader, &value[OUTPUTS], AICI_NODE_MAPPING, "outputs"))
        return false;
    reader->input_count = count_of(value[INPUTS]);
    reader->output_count = count_of(value[OUTPUTS]);
    reader->input = aici_kind_take(reader, reader->input_count, sizeof *reader->input);
    reader->output = aici_kind_take(reader, reader->output_count, sizeof *reader->output);
    if ((reader->input_count && !reader->input) || (reader->output_count && !reader->output))
        return aici_kind_no_memory(reader);
    return add_names(reader, value[INPUTS], value[OUTPUTS]) && read_members(reader, value[INPUTS], value[OUTPUTS]);
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

static bool read_version(aici_kind_reader *reader, const aici_node *node, uint32_t *version) {
    double number = 1;
    bool found;
    reader->member = "version";
    if (!aici_kind_number(reader, node, "version", &number, &found))
        return false;
    bool whole = number >= 1 && number <= 1e9 && number == (double)(uint32_t)number;
    *version = whole ? (uint32_t)number : 1;
    return whole || aici_kind_fault(reader, AICI_CODE_BAD_KIND, node, "version: expected a whole number from 1 on");
}

static bool read_name(aici_kind_reader *reader, const aici_node *declaration, const aici_node *node, aici_kind *kind) {
    if (!reader->definition && !node)
        return aici_kind_fault(reader, AICI_CODE_MISSING_KEY, declaration, "the file of a model kind names it under `kind`");
    if (!aici_kind_text(reader, node, "kind", &kind->name))
        return false;
    if (!reader->definition)
        return aici_kind_is_word(aici_slice_of(kind->name)) ||
               aici_kind_fault(reader, AICI_CODE_BAD_NAME, node,
                               "`%s` cannot name a model kind: names are made of letters, digits and underscores", kind->name);
    bool same = !node || strcmp(kind->name, reader->definition) == 0;
    kind->name = reader->definition;
    return same || aici_kind_fault(reader, AICI_CODE_BAD_KIND, node, "`kind` says another name than `%s`, under which the kind is defined",
                                   reader->definition);
}

static bool read_kind(aici_kind_reader *reader, const aici_node *declaration, aici_kind *kind) {
    const aici_node *value[KEY_COUNT];
    if (!aici_kind_collect(reader, declaration, &keys, value))
        return false;
    if (declaration->kind != AICI_NODE_MAPPING)
        return true;
    if (!read_name(reader, declaration, value[KIND], kind) || !aici_kind_text(reader, value[TITLE], "title", &kind->title) ||
        !aici_kind_text(reader, value[DOC], "doc", &kind->doc) || !read_version(reader, value[VERSION], &kind->version))
        return false;
    reader->member = "";
    if (!value[OUTPUTS] && !aici_kind_fault(reader, AICI_CODE_MISSING_KEY, declaration, "%s: a model kind needs `outputs`", kind->name))
        return false;
    if (!read_sections(reader, value))
        return false;
    kind->checks = value[CHECKS];
    reader->section = reader->member = "one_of";
    return aici_kind_read_choices(reader, value[ONE_OF], kind) && aici_kind_read_assertions(reader, value[ASSERT], kind) &&
           aici_kind_check_checks(reader, value[CHECKS]);
}

static aic_status read_declaration(const aici_expr_reader *expr, const aici_node *declaration, const char *name, aici_kind **out) {
    aici_kind *kind = aici_arena_take(expr->arena, sizeof *kind);
    aici_kind_reader reader = {.expr = expr, .definition = name, .section = "", .member = ""};
    reader.names = aici_names_new(aici_arena_allocator(expr->arena));
    if (!kind || !reader.names)
        aici_kind_no_memory(&reader);
    else
        read_kind(&reader, declaration, kind);
    aici_names_free(reader.names);
    if (reader.status != AIC_OK)
        return reader.status;
    kind->input = reader.input;
    kind->input_count = reader.input_count;
    kind->output = reader.output;
    kind->output_count = reader.output_count;
    *out = kind;
    return AIC_OK;
}

aic_status aici_kind_read(const aici_expr_reader *reader, const aici_node *declaration, const char *name, const aici_kind **out) {
    aici_kind *kind = NULL;
    aic_status status = read_declaration(reader, declaration, name, &kind);
    *out = kind;
    if (kind && !name) {
        kind->built_in = true;
        kind->text = declaration->place.source ? declaration->place.source->text : NULL;
    }
    return status;
}

/* --- the library's own ---------------------------------------------------------------------------------------------------------------- */

static const aici_built_in_kind *find_built_in(aici_slice name) {
    for (size_t i = 0; i < aici_built_in_kind_count; i++)
        if (aici_slice_is(name, aici_built_in_kinds[i].name))
            return &aici_built_in_kinds[i];
    return NULL;
}

aic_status aici_kind_read_built_in(const aici_expr_reader *reader, aici_slice name, bool with_checks, const aici_kind **out) {
    const aici_built_in_kind *built_in = find_built_in(name);
    *out = NULL;
    if (!built_in)
        return AIC_OK;
    aic_limits limits;
    aici_limits_fill(NULL, &limits);
    aici_expr_reader own = {reader->arena, reader->units, &limits, reader->report};
    char file[80];
    snprintf(file, sizeof file, "lib/models/%s.yaml", built_in->name);
    const aici_node *root = NULL;
    size_t size = with_checks ? built_in->size : built_in->size_without_checks;
    aici_kind *kind = NULL;
    aic_status status = aici_document_read(own.arena, file, built_in->text, size, &limits, &root, own.report);
    if (status == AIC_OK)
        status = read_declaration(&own, root, NULL, &kind);
    if (kind) {
        kind->built_in = true;
        kind->text = built_in->text;
    }
    *out = kind;
    return status;
}
