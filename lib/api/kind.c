/* SPDX-License-Identifier: MIT */
/* Public functions of model kinds: every text that can be asked for is made once, when the list is made. */
#include "api/kind.h"
#include "api/porch.h"
#include <aicompute/result.h>
#include <string.h>

/* --- texts ---------------------------------------------------------------------------------------------------------------------------- */

/** Moves a buffer's text into the arena; NULL when there is no memory. */
static const char *keep(aici_arena *arena, aici_buffer *buffer) {
    const char *text = aici_buffer_failed(buffer) ? NULL : aici_arena_copy(arena, aici_buffer_text(buffer), buffer->size);
    aici_buffer_free(buffer);
    return text;
}

static const char *unit_text(aici_arena *arena, const aici_kind_unit *unit) {
    if (unit->like == NULL) {
        return unit->any ? "any" : unit->text;
    }
    aici_buffer buffer = aici_buffer_new(aici_arena_allocator(arena));
    aici_buffer_add_format(&buffer, "like %s", unit->like);
    return keep(arena, &buffer);
}

static const char *formula_text(aici_arena *arena, const aici_kind_formula *formula) {
    aici_buffer buffer = aici_buffer_new(aici_arena_allocator(arena));
    for (uint32_t i = 0; i < formula->count; i++) {
        aici_buffer_add_text(&buffer, i > 0 ? "\n" : "");
        aici_buffer_add_text(&buffer, formula->text[i]);
    }
    return keep(arena, &buffer);
}

static const char *bounds_text(aici_arena *arena, const aici_kind_input *input) {
    aici_buffer buffer = aici_buffer_new(aici_arena_allocator(arena));
    if (input->has_low) {
        aici_buffer_add_text(&buffer, input->low_open ? "above " : "at least ");
        aici_buffer_add_number(&buffer, input->low);
    }
    if (input->has_high) {
        aici_buffer_add_text(&buffer, input->has_low ? ", " : "");
        aici_buffer_add_text(&buffer, input->high_open ? "below " : "at most ");
        aici_buffer_add_number(&buffer, input->high);
    }
    for (uint32_t i = 0; i < input->value_count; i++) {
        aici_buffer_add_text(&buffer, i > 0 ? ", " : "one of ");
        aici_buffer_add_text(&buffer, input->value[i]);
    }
    return keep(arena, &buffer);
}

static bool is_alternative(const aici_kind *kind, const char *name) {
    for (uint32_t i = 0; i < kind->choice_count; i++) {
        const aici_kind_choice *choice = &kind->choice[i];
        for (uint32_t j = 0; j < choice->group_count; j++) {
            for (uint32_t k = 0; k < choice->group_size[j]; k++) {
                if (strcmp(choice->group[j][k], name) == 0) {
                    return true;
                }
            }
        }
    }
    return false;
}

static const char *presence_text(const aici_kind *kind, const aici_kind_input *input) {
    if (is_alternative(kind, input->name)) {
        return "one of";
    }
    return input->standard.count > 0 ? "default" : input->optional ? "optional" : "required";
}

static const char *type_text(uint8_t type) {
    static const char *const text[] = {"quantity", "boolean", "text", "whole", "components"};
    return text[type];
}

static const char *or_empty(const char *text) { return text != NULL ? text : ""; }

static bool fill_input(aici_arena *arena, const aici_kind *kind, const aici_kind_input *input, aici_kind_texts *texts) {
    texts->property[AIC_KIND_NAME] = input->name;
    texts->property[AIC_KIND_UNIT] = unit_text(arena, &input->unit);
    texts->property[AIC_KIND_DOC] = or_empty(input->doc);
    texts->property[AIC_KIND_SOURCE] = or_empty(input->source);
    texts->property[AIC_KIND_FORMULA] = formula_text(arena, &input->standard);
    texts->property[AIC_KIND_TYPE] = type_text(input->type);
    texts->property[AIC_KIND_BOUNDS] = bounds_text(arena, input);
    texts->property[AIC_KIND_PRESENCE] = presence_text(kind, input);
    return texts->property[AIC_KIND_UNIT] != NULL && texts->property[AIC_KIND_FORMULA] != NULL && texts->property[AIC_KIND_BOUNDS] != NULL;
}

static bool fill_output(aici_arena *arena, const aici_kind_output *output, aici_kind_texts *texts) {
    texts->property[AIC_KIND_NAME] = output->name;
    texts->property[AIC_KIND_UNIT] = unit_text(arena, &output->unit);
    texts->property[AIC_KIND_DOC] = or_empty(output->doc);
    texts->property[AIC_KIND_SOURCE] = or_empty(output->source);
    texts->property[AIC_KIND_FORMULA] = formula_text(arena, &output->formula);
    texts->property[AIC_KIND_TYPE] = "quantity";
    texts->property[AIC_KIND_BOUNDS] = "";
    texts->property[AIC_KIND_PRESENCE] = "";
    return texts->property[AIC_KIND_UNIT] != NULL && texts->property[AIC_KIND_FORMULA] != NULL;
}

static bool fill_listing(aici_arena *arena, const aici_kind *kind, aici_kind_listing *listing) {
    listing->kind = kind;
    listing->input = aici_arena_take_array(arena, kind->input_count + 1u, sizeof *listing->input);
    listing->output = aici_arena_take_array(arena, kind->output_count + 1u, sizeof *listing->output);
    bool made = listing->input != NULL && listing->output != NULL;
    for (uint32_t i = 0; made && i < kind->input_count; i++) {
        made = fill_input(arena, kind, &kind->input[i], &listing->input[i]);
    }
    for (uint32_t i = 0; made && i < kind->output_count; i++) {
        made = fill_output(arena, &kind->output[i], &listing->output[i]);
    }
    return made;
}

/* --- the list ------------------------------------------------------------------------------------------------------------------------- */

void aic_kinds_free(aic_kinds *kinds) {
    if (kinds == NULL) {
        return;
    }
    aic_allocator allocator = kinds->allocator;
    aici_units_free(kinds->units);
    aici_arena_free(kinds->arena);
    aici_scenario_free(kinds->scenario);
    aici_memory_release(&allocator, kinds);
}

static void sort_by_name(aici_kind_listing *listing, size_t count) {
    for (size_t i = 1; i < count; i++) {
        aici_kind_listing moved = listing[i];
        size_t place = i;
        for (; place > 0 && strcmp(listing[place - 1].kind->name, moved.kind->name) > 0; place--) {
            listing[place] = listing[place - 1];
        }
        listing[place] = moved;
    }
}

static aic_status fill(aic_kinds *list, const aic_scenario *scenario, aic_report *report) {
    const aici_kind *const *kind = NULL;
    list->arena = aici_arena_new(&list->allocator);
    if (list->arena == NULL) {
        return aici_report_memory(report);
    }
    aic_status status = scenario != NULL ? aici_scenario_copy(scenario, &list->scenario, report) : AIC_OK;
    if (status == AIC_OK) {
        status = aici_scenario_kinds(list->scenario, list->arena, &kind, &list->count, &list->units, report);
    }
    if (status != AIC_OK) {
        return status;
    }
    list->listing = aici_arena_take_array(list->arena, list->count + 1, sizeof *list->listing);
    for (size_t i = 0; i < list->count; i++) {
        if (list->listing == NULL || !fill_listing(list->arena, kind[i], &list->listing[i])) {
            return aici_report_memory(report);
        }
    }
    sort_by_name(list->listing, list->count);
    return AIC_OK;
}

aic_status aic_kinds_new(const struct aic_scenario *scenario, aic_kinds **kinds, aic_report *report) {
    if (kinds == NULL) {
        return aici_porch_refuse(report, "kinds is NULL");
    }
    *kinds = NULL;
    aici_environment environment;
    aici_porch_enter(&environment, report);
    const aic_allocator *allocator = scenario != NULL ? aici_scenario_allocator(scenario) : aici_memory_default();
    aic_kinds *list = aici_memory_take_array(allocator, 1, sizeof *list);
    if (list == NULL) {
        return aici_porch_leave(&environment, aici_report_memory(report));
    }
    list->allocator = *allocator;
    aic_status status = fill(list, scenario, report);
    if (status == AIC_OK) {
        *kinds = list;
    } else {
        aic_kinds_free(list);
    }
    return aici_porch_leave(&environment, status);
}

size_t aic_kinds_count(const aic_kinds *kinds) { return kinds != NULL ? kinds->count : 0; }

aic_status aic_kinds_find(const aic_kinds *kinds, const char *name, size_t *index, aic_report *report) {
    aic_report_clear(report);
    if (kinds == NULL || name == NULL || index == NULL) {
        return aici_porch_refuse(report, "kinds, name or index is NULL");
    }
    aici_nearest nearest = aici_nearest_to(aici_slice_of(name));
    for (size_t i = 0; i < kinds->count; i++) {
        if (strcmp(kinds->listing[i].kind->name, name) == 0) {
            *index = i;
            return AIC_OK;
        }
        aici_nearest_offer(&nearest, aici_slice_of(kinds->listing[i].kind->name));
    }
    aic_status status = aici_report_error(report, AICI_CODE_UNKNOWN_KIND, NULL, "%s: there is no such kind of model", name);
    if (aici_nearest_name(&nearest) != NULL) {
        aici_report_hint(report, "did you mean `%s`?", aici_nearest_name(&nearest));
    }
    return status;
}

static const aici_kind_listing *listing_at(const aic_kinds *kinds, size_t kind) {
    return kind < aic_kinds_count(kinds) ? &kinds->listing[kind] : NULL;
}

const char *aic_kinds_name(const aic_kinds *kinds, size_t kind) {
    const aici_kind_listing *listing = listing_at(kinds, kind);
    return listing != NULL ? listing->kind->name : "";
}

const char *aic_kinds_title(const aic_kinds *kinds, size_t kind) {
    const aici_kind_listing *listing = listing_at(kinds, kind);
    return listing != NULL ? or_empty(listing->kind->title) : "";
}

unsigned aic_kinds_version(const aic_kinds *kinds, size_t kind) {
    const aici_kind_listing *listing = listing_at(kinds, kind);
    return listing != NULL ? listing->kind->version : 0;
}

size_t aic_kinds_input_count(const aic_kinds *kinds, size_t kind) {
    const aici_kind_listing *listing = listing_at(kinds, kind);
    return listing != NULL ? listing->kind->input_count : 0;
}

size_t aic_kinds_output_count(const aic_kinds *kinds, size_t kind) {
    const aici_kind_listing *listing = listing_at(kinds, kind);
    return listing != NULL ? listing->kind->output_count : 0;
}

static const char *property_of(const aici_kind_texts *texts, aic_kind_property property) {
    return (int)property >= 0 && (int)property < AICI_KIND_PROPERTIES ? texts->property[property] : "";
}

const char *aic_kinds_input(const aic_kinds *kinds, size_t kind, size_t input, aic_kind_property property) {
    return input < aic_kinds_input_count(kinds, kind) ? property_of(&kinds->listing[kind].input[input], property) : "";
}

const char *aic_kinds_output(const aic_kinds *kinds, size_t kind, size_t output, aic_kind_property property) {
    return output < aic_kinds_output_count(kinds, kind) ? property_of(&kinds->listing[kind].output[output], property) : "";
}

aic_status aic_kinds_text(const aic_kinds *kinds, const char *name, int format, aic_text **text, aic_report *report) {
    if (text == NULL) {
        return aici_porch_refuse(report, "text is NULL");
    }
    *text = NULL;
    if (kinds == NULL || format < AIC_FORMAT_TEXT || format > AIC_FORMAT_MARKDOWN) {
        return aici_porch_refuse(report, kinds == NULL ? "kinds is NULL" : "format is no aic_format");
    }
    aici_environment environment;
    aici_porch_enter(&environment, report);
    size_t index = 0;
    aici_buffer buffer = aici_buffer_new(&kinds->allocator);
    aic_status status = name != NULL ? aic_kinds_find(kinds, name, &index, report) : AIC_OK;
    if (status == AIC_OK && name != NULL) {
        status = aici_kind_listing_write(kinds, &kinds->listing[index], format, &buffer, report);
    } else if (status == AIC_OK) {
        status = aici_kind_list_write(kinds, format, &buffer, report);
    }
    return aici_porch_leave(&environment, aici_porch_give_text(&buffer, status, text, report));
}
