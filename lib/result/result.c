/* SPDX-License-Identifier: MIT */
/* A result as an object: made empty in an arena of its own, shared by counting, gone with its last reference; and values shown for people.
 */
#include "result/result.h"

aic_result *aici_result_new(const aic_allocator *allocator) {
    aici_arena *arena = aici_arena_new(allocator);
    aic_result *result = arena ? aici_arena_take(arena, sizeof *result) : NULL;
    if (!result) {
        aici_arena_free(arena);
        return NULL;
    }
    *result = (aic_result){.references = 1, .arena = arena, .title = "", .file = ""};
    return result;
}

aic_result *aici_result_ref(aic_result *result) {
    if (result)
        __atomic_add_fetch(&result->references, 1, __ATOMIC_RELAXED);
    return result;
}

void aici_result_release(aic_result *result) {
    if (!result || __atomic_sub_fetch(&result->references, 1, __ATOMIC_ACQ_REL))
        return;
    if (result->release_owner)
        result->release_owner(result->owner);
    aici_arena_free(result->arena);
}

static const char *show(aici_arena *arena, const aici_units *units, const aici_figure *figure, int digits, aici_numerals numerals) {
    aici_buffer text = aici_buffer_new(aici_arena_allocator(arena));
    aici_units_add_value(units, figure->coherent, figure->dimension, figure->preferred, digits, numerals, &text);
    const char *kept = aici_buffer_failed(&text) ? NULL : aici_arena_copy(arena, aici_buffer_text(&text), text.size);
    aici_buffer_free(&text);
    return kept;
}

aici_shown aici_result_show(aici_arena *arena, const aici_units *units, double coherent, const aici_dimension *dimension,
                            const char *preferred, int digits) {
    aici_figure figure = {coherent, dimension, preferred};
    aici_shown shown = {show(arena, units, &figure, digits, AICI_NUMERALS_SI), show(arena, units, &figure, digits, AICI_NUMERALS_CHINESE)};
    return shown.si && shown.chinese ? shown : (aici_shown){NULL, NULL};
}
