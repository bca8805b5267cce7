/* SPDX-License-Identifier: MIT */
/*
 * What stands above the numbers: the version of the format, title and description, the timeline, the sources of the scenario and its
 * libraries; and which top-level keys a file may have.
 */
#include "scenario/bind.h"

/* --- files ---------------------------------------------------------------------------------------------------------------------------- */

static const char *const library_keys[] = {"aicompute", "title", "sources", "units", "definitions", "catalog"};
enum { LIBRARY_KEYS = sizeof library_keys / sizeof library_keys[0] };

static const aici_node *start_of(const aici_node *root) {
    return root->kind == AICI_NODE_MAPPING && root->count > 0 ? root->as.entry[0].key : root;
}

bool aici_header_check_version(aici_binder *binder, const aici_node *root, const aici_node *version, const aici_node *key) {
    if (!version) {
        aic_status status = aici_report_error(binder->report, AICI_CODE_MISSING_KEY, aici_place_of(root ? start_of(root) : NULL),
                                              "`aicompute: 1` is missing");
        aici_report_hint(binder->report, "begin the file with `aicompute: 1`, the version of the format");
        aici_bind_note(binder, status);
        return false;
    }
    if (version->kind == AICI_NODE_SCALAR && aici_slice_is(version->as.text, "1"))
        return true;
    const aici_place *place = aici_place_of(aici_node_is_empty(version) ? key : version);
    aic_status status = version->kind == AICI_NODE_SCALAR && !aici_node_is_empty(version)
                            ? aici_report_error(binder->report, AICI_CODE_FORMAT_VERSION, place,
                                                "this library reads version 1 of the format, not `%.*s`", AICI_SLICE(version->as.text))
                            : aici_report_error(binder->report, AICI_CODE_FORMAT_VERSION, place, "the version of the format is 1");
    aici_report_hint(binder->report, "write `aicompute: 1`");
    aici_bind_note(binder, status);
    return false;
}

static bool is_section(aici_slice key) {
    for (size_t i = 0; i < AICI_SECTION_COUNT; i++)
        if (aici_slice_is(key, aici_section_names[i]))
            return true;
    return false;
}

static bool refuse_kind_of_file(aici_binder *binder, const aici_node *key, const char *what, const char *hint) {
    aic_status status = aici_report_error(binder->report, AICI_CODE_WRONG_FILE_KIND, &key->place, "%s", what);
    aici_report_hint(binder->report, "%s", hint);
    return aici_bind_note(binder, status);
}

static bool refuse_declaration(aici_binder *binder, const aici_node *root) {
    const aici_entry *entry = aici_node_entry(root, "kind");
    return refuse_kind_of_file(binder, entry->key, "this file declares a model kind, and is neither a scenario nor a library",
                               "put the declaration under `definitions:` of a file that begins with `aicompute: 1`");
}

/* Reports top-level keys that a scenario cannot have. */
bool aici_header_check_keys(aici_binder *binder) {
    aici_keys keys = {"a scenario", aici_section_names, AICI_SECTION_COUNT};
    const aici_node *root = binder->files->root;
    if (!root)
        return true;
    if (aici_node_entry(root, "catalog"))
        return refuse_kind_of_file(binder, aici_node_entry(root, "catalog")->key,
                                   "`catalog` belongs into a library file, and a scenario was expected",
                                   "give this file as a library (`--library FILE`), and a scenario beside it");
    return aici_shape_check_keys(binder, root, &keys, "");
}

bool aici_header_is_declaration(const aici_node *root) {
    return aici_node_value(root, "kind") && !aici_node_value(root, "aicompute") &&
           (aici_node_value(root, "inputs") || aici_node_value(root, "outputs"));
}

static bool check_library_keys(aici_binder *binder, const aici_node *root) {
    aici_keys keys = {"a library file", library_keys, LIBRARY_KEYS};
    bool scenario = false;
    for (uint32_t i = 0; i < root->count; i++) {
        const aici_node *key = root->as.entry[i].key;
        bool known = false;
        for (size_t k = 0; k < LIBRARY_KEYS; k++)
            known = known || aici_slice_is(key->as.text, library_keys[k]);
        if (known || !is_section(key->as.text))
            continue;
        scenario = true;
        aic_status status = aici_report_error(binder->report, AICI_CODE_LIBRARY_KEY, &key->place, "a library file cannot have `%.*s`",
                                              AICI_SLICE(key->as.text));
        aici_report_hint(binder->report, "it has only `aicompute title sources units definitions catalog`; a scenario is given by itself");
        if (!aici_bind_note(binder, status))
            return false;
    }
    return scenario || aici_shape_check_keys(binder, root, &keys, "");
}

bool aici_header_check_library(aici_binder *binder, const aici_node *root) {
    if (!aici_shape_is_mapping(binder, root, "a library file", ""))
        return aici_bind_goes_on(binder);
    if (aici_header_is_declaration(root))
        return refuse_declaration(binder, root);
    const aici_entry *version = aici_node_entry(root, "aicompute");
    if (!aici_header_check_version(binder, root, version ? version->value : NULL, version ? version->key : NULL))
        return aici_bind_goes_on(binder);
    const aici_node *catalog = aici_node_value(root, "catalog");
    if (catalog && !aici_node_is_empty(catalog))
        aici_report_remark(binder->report, AIC_SEVERITY_WARNING, AICI_CODE_CATALOG_UNUSED, &catalog->place,
                           "`catalog` is not used by this version of the library");
    return check_library_keys(binder, root);
}

/* --- the timeline --------------------------------------------------------------------------------------------------------------------- */

static bool refuse_timeline(aici_binder *binder, const aici_node *node) {
    aic_status status =
        aici_report_error(binder->report, AICI_CODE_BAD_TIMELINE, &node->place, "timeline: expected first..last, such as `2021..2030`");
    aici_report_path(binder->report, "timeline");
    return aici_bind_note(binder, status);
}

/* "2021..2030" cut at the dots. */
static bool split(aici_slice text, int32_t *first, int32_t *last) {
    for (size_t i = 0; i + 1 < text.size; i++) {
        if (text.bytes[i] != '.' || text.bytes[i + 1] != '.')
            continue;
        aici_slice left = aici_slice_trim((aici_slice){text.bytes, i}),
                   right = aici_slice_trim((aici_slice){text.bytes + i + 2, text.size - i - 2});
        return aici_shape_is_year(left, first) && aici_shape_is_year(right, last);
    }
    *last = 0;
    return aici_shape_is_year(aici_slice_trim(text), first) && (*last = *first) > 0;
}

bool aici_header_read_timeline(aici_binder *binder, const aici_node *node, const aici_years **out) {
    int32_t first = 0, last = 0;
    if (node->kind != AICI_NODE_SCALAR || !split(node->as.text, &first, &last))
        return refuse_timeline(binder, node);
    aic_status status = AIC_OK;
    if (last < first)
        status =
            aici_report_error(binder->report, AICI_CODE_BAD_TIMELINE, &node->place, "timeline: %d comes after %d", (int)first, (int)last);
    else if ((size_t)(last - first) >= binder->limits->years)
        status = aici_report_error(binder->report, AICI_CODE_LIMIT_YEARS, &node->place,
                                   "timeline: %d years are more than the %zu allowed (limit `years`)", (int)(last - first + 1),
                                   binder->limits->years);
    if (status != AIC_OK) {
        aici_report_path(binder->report, "timeline");
        return aici_bind_note(binder, status);
    }
    *out = aici_years_range(binder->arena, first, last);
    return *out ? true : aici_bind_no_memory(binder);
}

/* --- texts ---------------------------------------------------------------------------------------------------------------------------- */

static const char *text_of_part(aici_binder *binder, aici_section section) {
    const aici_view *view = &binder->files->view[section];
    if (!view->node || aici_node_is_empty(view->node))
        return "";
    if (view->node->kind == AICI_NODE_SCALAR)
        return aici_text_of(view->node);
    aic_status status =
        aici_report_error(binder->report, AICI_CODE_WRONG_SHAPE, &view->node->place, "%s: expected a text", aici_section_names[section]);
    aici_report_path(binder->report, "%s", aici_section_names[section]);
    aici_bind_note(binder, status);
    return "";
}

bool aici_bind_header(aici_binder *binder) {
    binder->title = text_of_part(binder, AICI_SECTION_TITLE);
    binder->description = text_of_part(binder, AICI_SECTION_DESCRIPTION);
    const aici_node *timeline = binder->files->view[AICI_SECTION_TIMELINE].node;
    if (timeline && !aici_node_is_empty(timeline) && !aici_header_read_timeline(binder, timeline, &binder->timeline))
        return false;
    return aici_bind_goes_on(binder);
}

/* --- sources -------------------------------------------------------------------------------------------------------------------------- */

static const char *const source_keys[] = {"title", "publisher", "date", "url", "page"};

static bool read_source(aici_binder *binder, const aici_entry *entry, aici_source_entry *source) {
    const aici_node *node = entry->value;
    *source = (aici_source_entry){aici_text_of(entry->key), "", "", "", "", ""};
    const char *path = aici_format(binder->scratch, "sources.%s", source->id);
    if (!path)
        return aici_bind_no_memory(binder);
    if (node->kind == AICI_NODE_SCALAR) {
        source->title = aici_node_is_empty(node) ? "" : aici_text_of(node);
        return true;
    }
    aici_keys keys = {"a source", source_keys, 5};
    if (!aici_shape_is_mapping(binder, node, source->id, path) || !aici_shape_check_keys(binder, node, &keys, path))
        return aici_bind_goes_on(binder);
    source->title = aici_shape_text(binder, node, "title", path);
    source->publisher = aici_shape_text(binder, node, "publisher", path);
    source->date = aici_shape_text(binder, node, "date", path);
    source->url = aici_shape_text(binder, node, "url", path);
    source->page = aici_shape_text(binder, node, "page", path);
    return aici_bind_goes_on(binder);
}

/* A source of the scenario counts before one of a library with the same id. */
static bool add_sources(aici_binder *binder, const aici_entry *entries, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        uint32_t there;
        if (aici_names_find(binder->source_names, entries[i].key->as.text, &there))
            continue;
        if (!aici_names_add(binder->source_names, entries[i].key->as.text, binder->source_count))
            return aici_bind_no_memory(binder);
        if (!read_source(binder, &entries[i], &binder->source[binder->source_count++]))
            return false;
    }
    return true;
}

static const aici_node *library_sources(const aici_binder *binder, uint32_t library) {
    const aici_node *sources = aici_node_value(binder->files->library[library], "sources");
    return sources && sources->kind == AICI_NODE_MAPPING ? sources : NULL;
}

bool aici_bind_sources(aici_binder *binder) {
    const aici_view *view = &binder->files->view[AICI_SECTION_SOURCES];
    size_t count = view->entry ? view->count : 0;
    for (uint32_t i = 0; i < binder->files->library_count; i++)
        count += library_sources(binder, i) ? library_sources(binder, i)->count : 0;
    binder->source = aici_arena_take_array(binder->arena, count, sizeof *binder->source);
    binder->source_names = aici_names_new(binder->allocator);
    if (!binder->source || !binder->source_names)
        return aici_bind_no_memory(binder);
    if (view->node && !view->entry)
        aici_shape_is_mapping(binder, view->node, "sources", "sources");
    if (!aici_bind_goes_on(binder) || (view->entry && !add_sources(binder, view->entry, view->count)))
        return false;
    for (uint32_t i = 0; i < binder->files->library_count; i++) {
        const aici_node *sources = library_sources(binder, i);
        if (sources && !add_sources(binder, sources->as.entry, sources->count))
            return false;
    }
    return true;
}

static bool refuse_source(aici_binder *binder, const aici_node *id, const char *path) {
    aici_nearest nearest = aici_nearest_to(id->as.text);
    for (uint32_t i = 0; aici_bind_searches(binder) && i < binder->source_count; i++)
        aici_nearest_offer(&nearest, aici_slice_of(binder->source[i].id));
    aic_status status =
        aici_report_error(binder->report, AICI_CODE_UNKNOWN_SOURCE, &id->place, "no source is called `%.*s`", AICI_SLICE(id->as.text));
    if (aici_nearest_name(&nearest))
        aici_report_hint(binder->report, "did you mean `%s`?", aici_nearest_name(&nearest));
    else
        aici_report_hint(binder->report, "list it under `sources:`, as `%.*s: its title`", AICI_SLICE(id->as.text));
    aici_report_path(binder->report, "%s.source", path);
    return aici_bind_note(binder, status);
}

uint32_t aici_header_find_source(aici_binder *binder, const aici_node *id, const char *path) {
    uint32_t index = AICI_NONE;
    if (id->kind != AICI_NODE_SCALAR) {
        aic_status status = aici_report_error(binder->report, AICI_CODE_WRONG_SHAPE, &id->place,
                                              "source: expected the id of a source, found a mapping or list");
        aici_report_path(binder->report, "%s.source", path);
        aici_bind_note(binder, status);
    } else if (!aici_names_find(binder->source_names, id->as.text, &index)) {
        refuse_source(binder, id, path);
    }
    return index;
}
