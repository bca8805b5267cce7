/* SPDX-License-Identifier: MIT */
/*
 * Assumptions, models and calculations share one namespace: their names are judged here, and assumptions and calculations become drafts of
 * quantities. Models are drafted in model.c.
 */
#include "scenario/bind.h"

/* --- the namespace -------------------------------------------------------------------------------------------------------------------- */

static bool refuse_duplicate(aici_binder *binder, aici_section section, const aici_node *key, const aici_node *first) {
    aic_status status =
        aici_report_error(binder->report, AICI_CODE_DUPLICATE_NAME, &key->place, "`%.*s` is a name already", AICI_SLICE(key->as.text));
    aici_report_note_at(binder->report, &first->place, "first here");
    aici_report_hint(binder->report, "assumptions, models and calculations share one namespace; choose another name");
    aici_report_path(binder->report, "%s.%.*s", aici_section_names[section], AICI_SLICE(key->as.text));
    return aici_bind_note(binder, status);
}

static bool add_top(aici_binder *binder, aici_section section, const aici_node *key, uint32_t model) {
    uint32_t there = 0;
    if (aici_names_find(binder->tops, key->as.text, &there))
        return refuse_duplicate(binder, section, key, binder->top[there].key);
    if (!aici_names_add(binder->tops, key->as.text, binder->top_count))
        return aici_bind_no_memory(binder);
    binder->top[binder->top_count++] = (aici_top){key, model};
    return true;
}

static bool name_section(aici_binder *binder, aici_section section, const char *what) {
    const aici_view *view = &binder->files->view[section];
    const char *path = aici_section_names[section];
    if (view->node && !view->entry)
        aici_shape_is_mapping(binder, view->node, path, path);
    for (uint32_t i = 0; view->entry && i < view->count; i++) {
        const aici_node *key = view->entry[i].key;
        aici_shape_check_name(binder, key, what, path);
        if (!aici_bind_goes_on(binder) || !add_top(binder, section, key, section == AICI_SECTION_MODELS ? i : AICI_NONE))
            return false;
    }
    return aici_bind_goes_on(binder);
}

enum { MEMBERS_OF_A_MODEL = 24 }; /* so many or so; it is only about room */

bool aici_bind_names(aici_binder *binder) {
    const aici_view *view = binder->files->view;
    size_t quantities = (size_t)view[AICI_SECTION_ASSUMPTIONS].count + view[AICI_SECTION_CALCULATIONS].count,
           models = view[AICI_SECTION_MODELS].count;
    binder->tops = aici_names_new(binder->allocator);
    binder->names = aici_names_new(binder->allocator);
    binder->top = aici_arena_take_array(binder->scratch, quantities + models, sizeof *binder->top);
    binder->draft_capacity = quantities + MEMBERS_OF_A_MODEL * (models < 1000 ? models : 1000);
    binder->draft = aici_memory_take(binder->allocator, (binder->draft_capacity + 1) * sizeof *binder->draft);
    if (!binder->tops || !binder->names || !binder->top || !binder->draft)
        return aici_bind_no_memory(binder);
    return name_section(binder, AICI_SECTION_ASSUMPTIONS, "an assumption") && name_section(binder, AICI_SECTION_MODELS, "a model") &&
           name_section(binder, AICI_SECTION_CALCULATIONS, "a calculation");
}

uint32_t aici_names_model(const aici_binder *binder, aici_slice name) {
    uint32_t top = 0;
    return aici_names_find(binder->tops, name, &top) ? binder->top[top].model : AICI_NONE;
}

/* --- drafts --------------------------------------------------------------------------------------------------------------------------- */

aici_draft *aici_draft_add(aici_binder *binder, uint8_t role, const char *name) {
    aici_draft *drafts = aici_memory_grow(binder->allocator, binder->draft, binder->draft_count, &binder->draft_capacity, sizeof *drafts);
    if (drafts)
        binder->draft = drafts;
    uint32_t there = 0, index = (uint32_t)binder->draft_count;
    aici_slice slice = aici_slice_of(name);
    if (!drafts || (!aici_names_find(binder->names, slice, &there) && !aici_names_add(binder->names, slice, index))) {
        aici_bind_no_memory(binder);
        return NULL;
    }
    aici_draft *draft = &drafts[binder->draft_count++];
    *draft = (aici_draft){.subject = name, .local = name, .path = "", .over = AICI_NONE, .final = AICI_NONE};
    draft->quantity = (aici_quantity){.name = name,
                                      .role = role,
                                      .unit = "",
                                      .unit_scale = 1.0,
                                      .label = "",
                                      .note = "",
                                      .date = "",
                                      .confidence = "",
                                      .source = AICI_NONE,
                                      .model = AICI_NONE};
    return draft;
}

static bool draft_section(aici_binder *binder, aici_section section, uint8_t role) {
    const aici_view *view = &binder->files->view[section];
    for (uint32_t i = 0; view->entry && i < view->count; i++) {
        const aici_entry *entry = &view->entry[i];
        aici_draft *draft = aici_draft_add(binder, role, aici_text_of(entry->key));
        if (!draft)
            return false;
        draft->path = aici_join(binder->scratch, aici_section_names[section], draft->subject);
        if (!draft->path)
            return aici_bind_no_memory(binder);
        if (!aici_quantity_read(binder, entry->value, false, draft))
            return false;
    }
    return true;
}

bool aici_bind_assumptions(aici_binder *binder) { return draft_section(binder, AICI_SECTION_ASSUMPTIONS, AICI_ROLE_ASSUMPTION); }

bool aici_bind_calculations(aici_binder *binder) { return draft_section(binder, AICI_SECTION_CALCULATIONS, AICI_ROLE_CALCULATION); }
