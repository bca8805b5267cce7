/* SPDX-License-Identifier: MIT */
/*
 * From the list of kinds to a JSON Schema (draft 07) of scenarios, by which editors complete and check: what is the same in all scenarios
 * is taken from kind_schema_parts.c, models follow from the declarations of their kinds. Examples are taken from the kinds' own checks.
 */
#include "api/kind_schema.h"
#include "api/kind.h"
#include "api/porch.h"
#include "base/number.h"
#include "result/result.h"
#include <string.h>

/** A schema while it is written: JSON without line breaks, and what it is written from. */
typedef struct schema {
    const aic_kinds *kinds;
    aici_json json;
    aici_buffer *out, text; /**< text: of descriptions */
} schema;

/* --- pieces --------------------------------------------------------------------------------------------------------------------------- */

/** Adds JSON that was written with ' for ". */
static void add_quoted(aici_buffer *out, const char *text) {
    for (; *text != '\0'; text++) {
        aici_buffer_add_char(out, *text == '\'' ? '"' : *text);
    }
}

static void add_member(schema *self, const char *name, const char *text) {
    bool first = self->out->size > 0 && self->out->bytes[self->out->size - 1] == '{';
    aici_buffer_add_format(self->out, "%s\"%s\": ", first ? "" : ", ", name);
    add_quoted(self->out, text);
}

static void add_parts(schema *self, const aici_schema_part *part, size_t count) {
    for (size_t i = 0; i < count; i++) {
        add_member(self, part[i].name, part[i].text);
    }
}

/** A reference is a JSON pointer in a URI: a few characters cannot stand for themselves. */
static void add_reference_to_kind(schema *self, const char *name) {
    aici_buffer_clear(&self->text);
    aici_buffer_add_text(&self->text, "#/definitions/kind_");
    for (; *name != '\0'; name++) {
        const char own[] = {*name, '\0'};
        aici_buffer_add_text(&self->text, *name == '~' ? "~0" : *name == '/' ? "~1" : *name == '%' ? "%25" : own);
    }
    aici_json_text(&self->json, "$ref", aici_buffer_text(&self->text));
}

static bool is_given(const char *text) { return text != NULL && *text != '\0'; }

/* --- inputs --------------------------------------------------------------------------------------------------------------------------- */

/** "peak rate of an accelerator [FLOP/s/accelerator; required; above 0]" */
static void write_description(schema *self, const aici_kind_input *input, const aici_kind_texts *texts) {
    static const uint8_t fact[] = {AIC_KIND_PRESENCE, AIC_KIND_BOUNDS};
    bool quantity = input->type == AICI_INPUT_QUANTITY;
    aici_buffer_clear(&self->text);
    aici_buffer_add_format(&self->text, "%s%s[%s", input->doc, *input->doc != '\0' ? " " : "",
                           texts->property[quantity ? AIC_KIND_UNIT : AIC_KIND_TYPE]);
    for (size_t i = 0; i < sizeof fact; i++) {
        const char *said = texts->property[fact[i]];
        aici_buffer_add_format(&self->text, "%s%s", *said != '\0' ? "; " : "", said);
    }
    aici_buffer_add_char(&self->text, ']');
    aici_json_text(&self->json, "description", aici_buffer_text(&self->text));
}

/** A text as an editor would insert it: as a number or truth value where it is one. */
static void write_scalar(schema *self, const char *key, const char *text) {
    double number = 0;
    if (aici_number_read(text, strlen(text), 0, &number) == AICI_NUMBER_OK) {
        aici_json_number(&self->json, key, number);
    } else if (strcmp(text, "true") == 0 || strcmp(text, "false") == 0) {
        aici_json_boolean(&self->json, key, *text == 't');
    } else {
        aici_json_text(&self->json, key, text);
    }
}

/** What the kind's checks give to the input. */
static void write_examples(schema *self, const aici_kind *kind, const aici_kind_input *input) {
    enum { MOST = 3 };
    size_t count = kind->checks != NULL && kind->checks->kind == AICI_NODE_SEQUENCE ? kind->checks->count : 0, written = 0;
    const char *last = "";
    aici_json_open(&self->json, "examples", '[');
    for (size_t i = 0; i < count && written < MOST; i++) {
        const aici_node *inputs = aici_node_value(kind->checks->as.item[i], "inputs");
        const aici_node *value = inputs != NULL ? aici_node_value(inputs, input->name) : NULL;
        if (value != NULL && value->kind == AICI_NODE_SCALAR && value->as.text.size > 0 && strcmp(value->as.text.bytes, last) != 0) {
            last = value->as.text.bytes;
            write_scalar(self, NULL, last);
            written++;
        }
    }
    aici_json_close(&self->json, ']');
}

/** Whether a number without a unit would be refused: the input wants FLOP/s, money, time, energy. */
static bool refuses_bare_numbers(const aic_kinds *kinds, const aici_kind_input *input) {
    const aici_dimension *dimension = &input->unit.unit.dimension;
    bool rate = dimension->count == 1 && dimension->factor[0].exponent < 0;
    bool counts = true;
    if (input->unit.any || input->unit.like != NULL || input->also_count > 0 || input->type != AICI_INPUT_QUANTITY) {
        return false;
    }
    for (uint16_t i = 0; i < dimension->count; i++) {
        counts = counts && aici_units_base_class(kinds->units, dimension->factor[i].base) == AICI_BASE_COUNT;
    }
    return input->unit.money != 0 || !(counts || rate);
}

/** Bounds of a number without a unit, which is in the declared one. */
static void write_bounds(schema *self, const aici_kind_input *input) {
    if (input->unit.any || input->unit.like != NULL || input->unit.unit.dimension.count > 0) {
        return;
    }
    if (input->has_low) {
        aici_json_number(&self->json, input->low_open ? "exclusiveMinimum" : "minimum", input->low);
    }
    if (input->has_high) {
        aici_json_number(&self->json, input->high_open ? "exclusiveMaximum" : "maximum", input->high);
    }
}

static void write_values(schema *self, const aici_kind_input *input) {
    aici_json_open(&self->json, "enum", '[');
    for (uint32_t i = 0; i < input->value_count; i++) {
        aici_json_text(&self->json, NULL, input->value[i]);
    }
    aici_json_close(&self->json, ']');
}

/** One of a few words, or a mapping with it. */
static void write_text_shape(schema *self, const aici_kind_input *input) {
    aici_json_open(&self->json, "anyOf", '[');
    aici_json_open(&self->json, NULL, '{');
    write_values(self, input);
    aici_json_close(&self->json, '}');
    aici_json_open(&self->json, NULL, '{');
    add_member(self, "type", "'object'");
    add_member(self, "required", "['value']");
    aici_json_open(&self->json, "properties", '{');
    aici_json_open(&self->json, "value", '{');
    write_values(self, input);
    aici_json_close(&self->json, '}');
    aici_json_close(&self->json, '}');
    add_member(self, "propertyNames", "{'enum':['value','source','note','label','date','confidence']}");
    aici_json_close(&self->json, '}');
    aici_json_close(&self->json, ']');
}

static void write_quantity_shape(schema *self, const aici_kind_input *input) {
    const char *bare = refuses_bare_numbers(self->kinds, input) ? ",{'not':{'type':'number'}}" : "";
    const char *whole = input->type == AICI_INPUT_WHOLE ? ",{'multipleOf':1}" : "";
    const char *single = input->single ? ",{'$ref':'#/definitions/one_value'}" : "";
    aici_buffer_clear(&self->text);
    aici_buffer_add_format(&self->text, "[{'$ref':'#/definitions/quantity'}%s%s%s]", bare, whole, single);
    add_member(self, "allOf", aici_buffer_text(&self->text));
    write_bounds(self, input);
}

static void write_shape(schema *self, const aici_kind_input *input) {
    switch (input->type) {
    case AICI_INPUT_TEXT: write_text_shape(self, input); break;
    case AICI_INPUT_BOOLEAN: add_member(self, "allOf", "[{'$ref':'#/definitions/truth'}]"); break;
    case AICI_INPUT_COMPONENTS: add_member(self, "allOf", "[{'$ref':'#/definitions/components'}]"); break;
    default: write_quantity_shape(self, input); break;
    }
}

static void write_input(schema *self, const aici_kind *kind, const aici_kind_input *input, const aici_kind_texts *texts) {
    aici_json_open(&self->json, input->name, '{');
    write_description(self, input, texts);
    if (input->standard.count == 1) {
        write_scalar(self, "default", input->standard.text[0]);
    }
    write_examples(self, kind, input);
    write_shape(self, input);
    aici_json_close(&self->json, '}');
}

/* --- kinds ---------------------------------------------------------------------------------------------------------------------------- */

static void write_required(schema *self, const char *const *name, size_t count) {
    aici_json_open(&self->json, "required", '[');
    for (size_t i = 0; i < count; i++) {
        aici_json_text(&self->json, NULL, name[i]);
    }
    aici_json_close(&self->json, ']');
}

static void write_required_inputs(schema *self, const aici_kind *kind) {
    aici_json_open(&self->json, "required", '[');
    aici_json_text(&self->json, NULL, "kind");
    for (uint32_t i = 0; i < kind->input_count; i++) {
        const aici_kind_input *input = &kind->input[i];
        if (!input->optional && input->standard.count == 0) {
            aici_json_text(&self->json, NULL, input->name);
        }
    }
    aici_json_close(&self->json, ']');
}

/** Of each choice exactly one group in full: what is not full counts as not given, as it does for the binder. */
static void write_choices(schema *self, const aici_kind *kind) {
    aici_json_open(&self->json, "allOf", '[');
    for (uint32_t i = 0; i < kind->choice_count; i++) {
        const aici_kind_choice *choice = &kind->choice[i];
        aici_json_open(&self->json, NULL, '{');
        aici_json_open(&self->json, "oneOf", '[');
        for (uint32_t group = 0; group < choice->group_count; group++) {
            aici_json_open(&self->json, NULL, '{');
            write_required(self, choice->group[group], choice->group_size[group]);
            aici_json_close(&self->json, '}');
        }
        aici_json_close(&self->json, ']');
        aici_json_close(&self->json, '}');
    }
    aici_json_close(&self->json, ']');
}

static void write_kind_text(schema *self, const aici_kind *kind) {
    aici_buffer_clear(&self->text);
    aici_buffer_add_text(&self->text, is_given(kind->doc) ? kind->doc : is_given(kind->title) ? kind->title : kind->name);
    for (uint32_t i = 0; i < kind->output_count; i++) {
        aici_buffer_add_format(&self->text, "%s%s", i == 0 ? " Gives: " : ", ", kind->output[i].name);
    }
    aici_json_text(&self->json, "description", aici_buffer_text(&self->text));
}

static void write_kind(schema *self, const aici_kind_listing *listing) {
    const aici_kind *kind = listing->kind;
    aici_buffer_clear(&self->text);
    aici_buffer_add_format(&self->text, "kind_%s", kind->name);
    aici_json_open(&self->json, aici_buffer_text(&self->text), '{');
    aici_json_text(&self->json, "title", is_given(kind->title) ? kind->title : kind->name);
    write_kind_text(self, kind);
    write_required_inputs(self, kind);
    add_member(self, "additionalProperties", "false");
    aici_json_open(&self->json, "properties", '{');
    aici_json_open(&self->json, "kind", '{');
    aici_json_text(&self->json, "const", kind->name);
    aici_json_close(&self->json, '}');
    for (uint32_t i = 0; i < kind->input_count; i++) {
        write_input(self, kind, &kind->input[i], &listing->input[i]);
    }
    aici_json_close(&self->json, '}');
    if (kind->choice_count > 0) {
        write_choices(self, kind);
    }
    aici_json_close(&self->json, '}');
}

/** What a model of this kind must look like, said of any model. */
static void write_case(schema *self, const aici_kind *kind) {
    aici_json_open(&self->json, NULL, '{');
    aici_json_open(&self->json, "if", '{');
    add_member(self, "required", "['kind']");
    aici_json_open(&self->json, "properties", '{');
    aici_json_open(&self->json, "kind", '{');
    aici_json_text(&self->json, "const", kind->name);
    aici_json_close(&self->json, '}');
    aici_json_close(&self->json, '}');
    aici_json_close(&self->json, '}');
    aici_json_open(&self->json, "then", '{');
    add_reference_to_kind(self, kind->name);
    aici_json_close(&self->json, '}');
    aici_json_close(&self->json, '}');
}

static void write_model(schema *self) {
    aici_json_open(&self->json, "model", '{');
    add_member(self, "type", "'object'");
    add_member(self, "required", "['kind']");
    add_member(self, "properties", "{'kind':{'description':'Which kind of model it is.','type':'string'}}");
    aici_json_open(&self->json, "allOf", '[');
    for (size_t i = 0; i < self->kinds->count; i++) {
        write_case(self, self->kinds->listing[i].kind);
    }
    aici_json_close(&self->json, ']');
    aici_json_close(&self->json, '}');
}

/** Where a scenario defines no kind of its own, there are no others than these. */
static void write_model_of_known_kind(schema *self) {
    aici_json_open(&self->json, "model_of_known_kind", '{');
    add_member(self, "allOf", "[{'$ref':'#/definitions/model'}]");
    aici_json_open(&self->json, "properties", '{');
    aici_json_open(&self->json, "kind", '{');
    aici_json_open(&self->json, "enum", '[');
    for (size_t i = 0; i < self->kinds->count; i++) {
        aici_json_text(&self->json, NULL, self->kinds->listing[i].kind->name);
    }
    aici_json_close(&self->json, ']');
    aici_json_close(&self->json, '}');
    aici_json_close(&self->json, '}');
    aici_json_close(&self->json, '}');
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

/** The words of a text, each as an item. */
static void write_words(schema *self, const char *words) {
    while (*words != '\0') {
        size_t size = strcspn(words, " ");
        aici_buffer_clear(&self->text);
        aici_buffer_add(&self->text, words, size);
        aici_json_text(&self->json, NULL, aici_buffer_text(&self->text));
        words += size + strspn(words + size, " ");
    }
}

static void write_currency(schema *self) {
    aici_json_open(&self->json, "currency", '{');
    aici_json_text(&self->json, "description", "What ¥ means, and in which currency results give money.");
    aici_json_open(&self->json, "enum", '[');
    for (size_t i = 0; i < aici_units_count(self->kinds->units); i++) {
        aici_unit_entry entry = aici_units_entry(self->kinds->units, i);
        if (entry.base_class == AICI_BASE_MONEY) {
            write_words(self, entry.name);
            write_words(self, entry.synonyms);
        }
    }
    aici_json_text(&self->json, NULL, NULL);
    aici_json_close(&self->json, ']');
    aici_json_close(&self->json, '}');
}

static void write_schema(schema *self) {
    aici_json_open(&self->json, NULL, '{');
    add_quoted(self->out, aici_schema_whole);
    aici_buffer_add_text(self->out, "\"properties\": {");
    add_parts(self, aici_schema_properties, aici_schema_property_count);
    write_currency(self);
    aici_buffer_add_text(self->out, "}, \"definitions\": {");
    add_parts(self, aici_schema_definitions, aici_schema_definition_count);
    write_model_of_known_kind(self);
    write_model(self);
    for (size_t i = 0; i < self->kinds->count; i++) {
        write_kind(self, &self->kinds->listing[i]);
    }
    aici_buffer_add_text(self->out, "}}");
}

static bool is_blank(char character) { return character == ' ' || character == '\n'; }

/** Where a text that begins at @p begin ends, behind its closing quote. */
static const char *end_of_text(const char *begin, const char *end) {
    const char *at = begin + 1;
    while (at < end && *at != '"') {
        at += *at == '\\' ? 2 : 1;
    }
    return at < end ? at + 1 : end;
}

static void break_line(aici_buffer *out, size_t depth) {
    aici_buffer_add_char(out, '\n');
    aici_buffer_add_repeated(out, ' ', depth);
}

/** Objects nested up to here have a line for each member; what lies deeper stays on the line. */
enum { DEPTH_OF_LINES = 5 };

/** Breaks JSON into lines: it is read and compared by people too. */
static void add_in_lines(aici_buffer *out, const aici_buffer *json) {
    const char *end = json->bytes + json->size;
    size_t depth = 0;
    for (const char *at = json->bytes; at < end;) {
        const char *next = *at == '"' ? end_of_text(at, end) : at + 1;
        bool opens = *at == '{' || *at == '[', closes = *at == '}' || *at == ']';
        if (closes && depth-- <= DEPTH_OF_LINES) {
            break_line(out, depth);
        }
        if (!is_blank(*at)) {
            aici_buffer_add(out, at, (size_t)(next - at));
        }
        depth += opens;
        if ((opens || *at == ',') && depth <= DEPTH_OF_LINES) {
            break_line(out, depth);
        } else if (*at == ':' || *at == ',') {
            aici_buffer_add_char(out, ' ');
        }
        at = next;
    }
    aici_buffer_add_char(out, '\n');
}

static aic_status make(const aic_kinds *kinds, aici_buffer *out, aic_report *report) {
    aici_buffer compact = aici_buffer_new(&kinds->allocator);
    schema self = {.kinds = kinds, .json = aici_json_new(&compact), .out = &compact, .text = aici_buffer_new(&kinds->allocator)};
    write_schema(&self);
    bool made = !aici_buffer_failed(&compact) && !aici_buffer_failed(&self.text);
    if (made) {
        add_in_lines(out, &compact);
    }
    aici_buffer_free(&self.text);
    aici_buffer_free(&compact);
    return made ? AIC_OK : aici_report_memory(report);
}

aic_status aic_kinds_schema(const aic_kinds *kinds, aic_text **text, aic_report *report) {
    if (text == NULL) {
        return aici_porch_refuse(report, "text is NULL");
    }
    *text = NULL;
    if (kinds == NULL) {
        return aici_porch_refuse(report, "kinds is NULL");
    }
    aici_environment environment;
    aici_porch_enter(&environment, report);
    aici_buffer buffer = aici_buffer_new(&kinds->allocator);
    aic_status status = make(kinds, &buffer, report);
    return aici_porch_leave(&environment, aici_porch_give_text(&buffer, status, text, report));
}
