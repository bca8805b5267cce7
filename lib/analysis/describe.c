/* SPDX-License-Identifier: MIT */
/* From a bound quantity to the words about it. */
#include "analysis/describe.h"

#include <string.h>

const char *aici_describe_local(const aici_quantity *quantity) {
    const char *dot = quantity->model != AICI_NONE ? strchr(quantity->name, '.') : NULL;
    return dot ? dot + 1 : quantity->name;
}

const char *aici_describe_name(const aici_quantity *quantity, uint32_t model) {
    return model != AICI_NONE && quantity->model == model ? aici_describe_local(quantity) : quantity->name;
}

static const aici_quantity *find_in_model(const aici_bound *bound, uint32_t model, const char *local) {
    const aici_model_entry *entry = &bound->model[model];
    for (uint32_t i = entry->first; i < entry->first + entry->count; i++) {
        if (strcmp(aici_describe_local(&bound->quantity[i]), local) == 0)
            return &bound->quantity[i];
    }
    return NULL;
}

/* Whether the unit of its values is one that somebody chose; coherent units are for programs, people are shown what is usual for the
 * dimension. */
static bool has_declared_unit(const aici_quantity *quantity) {
    const aici_kind_unit *unit = quantity->input ? &quantity->input->unit : quantity->output ? &quantity->output->unit : NULL;
    return unit && !unit->any && !unit->like;
}

/* The quantity that lends another one its unit, or NULL. */
static const aici_quantity *lender(const aici_bound *bound, const aici_quantity *quantity) {
    const aici_kind_unit *unit = quantity->input ? &quantity->input->unit : quantity->output ? &quantity->output->unit : NULL;
    const aici_expr *tree = quantity->tree;
    const aici_quantity *found = NULL;
    if (unit && !unit->any && !unit->like)
        return NULL;
    if (unit && unit->like && quantity->model != AICI_NONE)
        found = find_in_model(bound, quantity->model, unit->like);
    else if (tree->kind == AICI_EXPR_NAME && tree->as.name.symbol < bound->quantity_count)
        found = &bound->quantity[tree->as.name.symbol];
    return found && found != quantity && aici_dimension_equal(&found->tree->type.dimension, &tree->type.dimension) ? found : NULL;
}

const char *aici_describe_unit(const aici_bound *bound, const aici_quantity *quantity) {
    enum { LONGEST_CHAIN = 16 };
    const aici_quantity *from = quantity;
    for (int i = 0; from && !from->shown && i < LONGEST_CHAIN; i++)
        from = lender(bound, from);
    bool declared = has_declared_unit(quantity) && *quantity->unit;
    return from && from->shown ? from->shown : declared ? quantity->unit : NULL;
}

void aici_describe_value(const aici_bound *bound, const aici_quantity *quantity, double coherent, int digits, aici_buffer *out) {
    aici_units_add_value(bound->units, coherent, &quantity->tree->type.dimension, aici_describe_unit(bound, quantity), digits,
                         AICI_NUMERALS_SI, out);
}

const char *aici_describe_keep(aici_arena *arena, aici_buffer *text) {
    const char *kept = aici_buffer_failed(text) ? NULL : aici_arena_copy(arena, aici_buffer_text(text), text->size);
    aici_buffer_free(text);
    return kept;
}

bool aici_describe_is_figure(const aici_expr *tree) {
    switch (tree->kind) {
    case AICI_EXPR_NUMBER:
    case AICI_EXPR_BOOLEAN:
    case AICI_EXPR_TEXT:
    case AICI_EXPR_DISTRIBUTION:
    case AICI_EXPR_SERIES:
    case AICI_EXPR_COMPOUND: return true;
    default: return aici_expr_literal(tree) != NULL;
    }
}

/* --- formulas ------------------------------------------------------------------------------------------------------------------------- */

/* From where names are seen. */
typedef struct viewpoint {
    const aici_bound *bound;
    uint32_t model;
} viewpoint;

static void print_name(const aici_expr_printer *printer, const aici_expr *name, aici_buffer *out) {
    const viewpoint *from = printer->context;
    if (name->as.name.symbol < from->bound->quantity_count)
        aici_buffer_add_text(out, aici_describe_name(&from->bound->quantity[name->as.name.symbol], from->model));
    else
        aici_buffer_add_slice(out, name->as.name.text);
}

const char *aici_describe_formula(aici_arena *arena, const aici_bound *bound, const aici_expr *tree, uint32_t model) {
    viewpoint from = {bound, model};
    aici_expr_printer printer = {.name = print_name, .context = &from};
    aici_buffer text = aici_buffer_new(aici_arena_allocator(arena));
    aici_expr_add_text(tree, &printer, &text);
    return aici_describe_keep(arena, &text);
}

/* --- sources -------------------------------------------------------------------------------------------------------------------------- */

static void add_part(aici_buffer *text, const char *separator, const char *part) {
    if (part && *part)
        aici_buffer_add_format(text, "%s%s", separator, part);
}

const char *aici_describe_source(aici_arena *arena, const aici_bound *bound, uint32_t source, bool in_full) {
    if (source >= bound->source_count)
        return "";
    const aici_source_entry *entry = &bound->source[source];
    aici_buffer text = aici_buffer_new(aici_arena_allocator(arena));
    aici_buffer_add_text(&text, entry->id);
    add_part(&text, ": ", entry->title);
    if (in_full) {
        add_part(&text, ", ", entry->publisher);
        add_part(&text, ", ", entry->date);
        add_part(&text, ", ", entry->page);
        add_part(&text, ", ", entry->url);
    }
    return aici_describe_keep(arena, &text);
}

const char *aici_describe_origin(aici_arena *arena, const aici_bound *bound, const aici_quantity *quantity, bool in_full) {
    if (quantity->source != AICI_NONE)
        return aici_describe_source(arena, bound, quantity->source, in_full);
    const char *source = quantity->output                          ? quantity->output->source
                         : quantity->is_default && quantity->input ? quantity->input->source
                                                                   : NULL;
    return source ? source : "";
}

/* --- texts ---------------------------------------------------------------------------------------------------------------------------- */

const char *aici_describe_text(aici_arena *arena, const aici_quantity *quantity, double value) {
    const aici_expr *tree = quantity->tree;
    if (tree->type.kind == AICI_TYPE_BOOLEAN)
        return value != 0 ? "true" : "false";
    while (tree->kind == AICI_EXPR_NAME && tree->as.name.definition)
        tree = tree->as.name.definition;
    return tree->kind == AICI_EXPR_TEXT ? aici_arena_copy(arena, tree->as.text.bytes, tree->as.text.size) : "";
}
