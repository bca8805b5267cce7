/* SPDX-License-Identifier: MIT */
/*
 * What a key may be: a text that is not empty, no merge key, within the limit for names, and only once in a mapping.
 */
#include "document/node.h"
#include "document/reader.h"

static bool refuse_collection(aici_reader *reader, aici_frame *frame, const aici_node *key) {
    frame->faulty = true;
    const char *found = key->kind == AICI_NODE_MAPPING ? "a mapping" : "a list";
    return aici_reader_fault(reader, &key->place,
                             aici_report_error(reader->report, AICI_CODE_COMPLEX_KEY, &key->place, "expected a key, found %s", found));
}

static bool refuse_empty(aici_reader *reader, aici_frame *frame, const aici_node *key) {
    frame->faulty = true;
    return aici_reader_fault(reader, &key->place,
                             aici_report_error(reader->report, AICI_CODE_COMPLEX_KEY, &key->place, "expected a key before the colon"));
}

static bool refuse_merge(aici_reader *reader, const aici_node *key) {
    aic_status status =
        aici_report_error(reader->report, AICI_CODE_MERGE_KEY, &key->place, "`<<` would merge mappings, which this format does not do");
    bool more = aici_reader_fault(reader, &key->place, status);
    aici_report_hint(reader->report, "write the entries out, or repeat a whole value with *name");
    return more;
}

bool aici_reader_check_key(aici_reader *reader, aici_frame *frame, const aici_node *key) {
    if (key->kind != AICI_NODE_SCALAR)
        return refuse_collection(reader, frame, key);
    aici_slice text = key->as.text;
    if (text.size > reader->limits.name_bytes)
        return aici_reader_refuse(reader, AICI_CODE_LIMIT_NAME, &key->place, reader->limits.name_bytes,
                                  "bytes in a name (limit `name_bytes`)");
    if (key->style != AICI_SCALAR_PLAIN)
        return true;
    if (text.size == 0)
        return refuse_empty(reader, frame, key);
    return !aici_slice_is(text, "<<") || refuse_merge(reader, key);
}

static bool refuse_duplicate(aici_reader *reader, const aici_node *first, const aici_node *second) {
    aic_status status = aici_report_error(reader->report, AICI_CODE_DUPLICATE_KEY, &second->place, "`%.*s` stands twice in this mapping",
                                          AICI_SLICE(second->as.text));
    bool more = aici_reader_fault(reader, &second->place, status);
    aici_report_note_at(reader->report, &first->place, "it stands here before");
    return more;
}

bool aici_reader_check_duplicates(aici_reader *reader, const aici_node *mapping) {
    if (aici_document_is_unambiguous(mapping))
        return true;
    for (uint32_t i = 0; i < mapping->count; i++) {
        const aici_node *key = mapping->as.entry[i].key;
        uint32_t first = aici_document_find(mapping, key->as.text);
        if (first != i && !refuse_duplicate(reader, mapping->as.entry[first].key, key))
            return false;
    }
    return true;
}
