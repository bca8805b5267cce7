/* SPDX-License-Identifier: MIT */
/* The kinds that a scenario knows, as a list: its own, its libraries', the library's. */
#include "scenario/editor.h"

typedef struct listing {
    aici_binder binder;
    aici_files files;
    const aici_kind **kinds;
    size_t count;
} listing;

static const aici_node *definitions_of(const aici_node *library) {
    const aici_node *node = aici_node_value(library, "definitions");
    return node && node->kind == AICI_NODE_MAPPING ? node : NULL;
}

static size_t count_kinds(const aici_files *files) {
    size_t count = aici_built_in_kind_count + files->view[AICI_SECTION_DEFINITIONS].count;
    for (uint32_t i = 0; i < files->library_count; i++)
        count += definitions_of(files->library[i]) ? definitions_of(files->library[i])->count : 0;
    return count;
}

static bool read_own(listing *self, const aici_expr_reader *reader, const aici_entry *entries, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        const aici_kind *kind = NULL;
        if (!aici_bind_note(&self->binder, aici_kind_read(reader, entries[i].value, aici_text_of(entries[i].key), &kind)))
            return false;
        if (kind)
            self->kinds[self->count++] = kind;
    }
    return true;
}

static bool read_all(listing *self, const aici_units *units) {
    aici_expr_reader reader = {self->binder.arena, units, self->binder.limits, self->binder.report};
    const aici_view *view = &self->files.view[AICI_SECTION_DEFINITIONS];
    if (view->entry && !read_own(self, &reader, view->entry, view->count))
        return false;
    for (uint32_t i = 0; i < self->files.library_count; i++) {
        const aici_node *definitions = definitions_of(self->files.library[i]);
        if (definitions && !read_own(self, &reader, definitions->as.entry, definitions->count))
            return false;
    }
    for (size_t i = 0; i < aici_built_in_kind_count; i++) {
        const aici_kind *kind = NULL;
        if (!aici_bind_note(&self->binder, aici_kind_read_built_in(&reader, aici_slice_of(aici_built_in_kinds[i].name), true, &kind)))
            return false;
        if (kind)
            self->kinds[self->count++] = kind;
    }
    return true;
}

aic_status aici_scenario_kinds(const aic_scenario *scenario, aici_arena *arena, const aici_kind *const **kinds, size_t *count,
                               aici_units **units, aic_report *report) {
    const aic_allocator *allocator = aici_arena_allocator(arena);
    aic_limits *limits = aici_arena_take(arena, sizeof *limits);
    listing self = {.count = 0};
    self.binder =
        (aici_binder){.limits = limits, .allocator = allocator, .arena = arena, .scratch = arena, .report = report, .files = &self.files};
    if (!limits || (scenario && !aici_scenario_files(scenario, arena, &self.files)))
        return aici_report_memory(report);
    aici_limits_fill(scenario ? &scenario->limits : NULL, limits);
    aici_units *table = aici_units_new(allocator, limits);
    self.kinds = aici_arena_take_array(arena, count_kinds(&self.files), sizeof *self.kinds);
    if (!table || !self.kinds)
        aici_bind_no_memory(&self.binder);
    if (self.binder.status == AIC_OK && aici_foundation_read_units(&self.binder, table))
        read_all(&self, table);
    if (self.binder.status != AIC_OK) {
        aici_units_free(table);
        return self.binder.status;
    }
    *kinds = self.kinds;
    *count = self.count;
    *units = table;
    return AIC_OK;
}
