/* SPDX-License-Identifier: MIT */
/*
 * The forms in which a mapping gives a value: `value`; `series` with `between`; `start start_year growth`; percentiles or mean and sd with
 * `shape`. Each becomes a tree, the numbers in it with the mapping's `unit` where they have none.
 */
#include "scenario/bind.h"

#include <string.h>

/* --- a unit for numbers that have none ------------------------------------------------------------------------------------------------ */

/* Its dimension is its own business: a unit stands in it, or a name that may have one. */
static bool has_business(const aici_expr *node) {
    if (node->kind == AICI_EXPR_NUMBER)
        return node->as.number.unit_text.size > 0;
    return node->kind == AICI_EXPR_NAME || node->kind == AICI_EXPR_BOOLEAN || node->kind == AICI_EXPR_TEXT;
}

static aici_expr *copy_expr(aici_arena *arena, const aici_expr *tree) {
    aici_expr *copy = aici_arena_take(arena, sizeof *copy);
    if (copy)
        *copy = *tree;
    return copy;
}

static const aici_expr *literal_with_unit(aici_binder *binder, const aici_draft *draft, const aici_expr *tree) {
    aici_expr *copy = copy_expr(binder->arena, tree);
    if (!copy)
        return NULL;
    if (tree->kind == AICI_EXPR_NUMBER) {
        copy->as.number.unit = draft->unit;
        copy->as.number.unit_text = draft->unit_node->as.text;
        copy->as.number.value = aici_units_apply(tree->as.number.written, draft->unit.scale);
        return copy;
    }
    const aici_expr **child = aici_arena_take_array(binder->arena, 1, sizeof *child);
    const aici_expr *number = child ? literal_with_unit(binder, draft, tree->child[0]) : NULL;
    if (!number)
        return NULL;
    child[0] = number;
    copy->child = child;
    return copy;
}

static aici_place locate_literal(const aici_fragment *fragment, size_t begin, size_t end) {
    (void)begin;
    (void)end;
    const aici_fragment *written = fragment->origin;
    return aici_fragment_place(written, 0, 0);
}

/* "267" and "token/query" as if "267 token/query" had been written, so that it is shown so; *read stays NULL where that does not read as
 * one literal. */
static bool read_with_unit(aici_binder *binder, const aici_draft *draft, const aici_expr *tree, const aici_expr **read) {
    aici_buffer text = aici_buffer_new(binder->allocator);
    aici_expr_add_text(tree, NULL, &text);
    aici_buffer_add_char(&text, ' ');
    aici_buffer_add_slice(&text, draft->unit_node->as.text);
    const char *copy = aici_buffer_failed(&text) ? NULL : aici_arena_copy(binder->arena, text.bytes, text.size);
    aici_fragment fragment = {{copy, copy ? text.size : 0}, locate_literal, tree->fragment};
    aici_buffer_free(&text);
    aici_expr_reader reader = {binder->arena, binder->units, binder->limits, NULL};
    *read = NULL;
    if (!copy || !tree->fragment)
        return copy != NULL;
    aic_status status = aici_expr_read(&reader, &fragment, read);
    if (status != AIC_OK || !aici_expr_literal(*read))
        *read = NULL;
    return status != AIC_ERROR_MEMORY;
}

/* The number 1 in the draft's unit. */
static const aici_expr *one_unit(aici_binder *binder, const aici_draft *draft) {
    aici_expr *one = aici_arena_take(binder->arena, sizeof *one);
    aici_fragment *fragment = aici_arena_take(binder->arena, sizeof *fragment);
    aici_slice unit = draft->unit_node->as.text;
    const char *text = aici_format(binder->arena, "1 %.*s", AICI_SLICE(unit));
    if (!one || !fragment || !text)
        return NULL;
    *fragment = aici_fragment_at(draft->unit_node);
    fragment->text = aici_slice_of(text);
    *one = (aici_expr){.kind = AICI_EXPR_NUMBER, .end = (uint32_t)fragment->text.size, .fragment = fragment};
    one->as.number.value = draft->unit.scale;
    one->as.number.written = 1.0;
    one->as.number.unit = draft->unit;
    one->as.number.unit_text = unit;
    one->as.number.digits = 1;
    return one;
}

/* `{value: 1/4, unit: "%"}` is a quarter, shown as 25 %, as `{value: a/b, unit: "%"}` is: a percentage is a ratio already. `{value: 25,
 * unit: "%"}` is 25 %. */
static bool is_ratio_by_arithmetic(const aici_draft *draft, const aici_expr *tree) {
    return aici_dimension_is_none(&draft->unit.dimension) && !aici_expr_literal(tree) && tree->kind != AICI_EXPR_DISTRIBUTION;
}

/** Gives a tree without a unit of its own the unit of the draft; other trees stay. NULL when there is no memory. */
static const aici_expr *with_unit(aici_binder *binder, aici_draft *draft, const aici_expr *tree) {
    if (!draft->unit_node)
        return tree;
    if (aici_tree_any(tree, has_business)) {
        draft->own_unit = true;
        return tree;
    }
    if (is_ratio_by_arithmetic(draft, tree)) {
        draft->own_unit = true;
        return tree;
    }
    if (!aici_expr_literal(tree)) {
        const aici_expr *one = one_unit(binder, draft);
        return one ? aici_expr_new_binary(binder->arena, AICI_OPERATOR_MULTIPLY, tree, one) : NULL;
    }
    const aici_expr *read = NULL;
    if (!read_with_unit(binder, draft, tree, &read))
        return NULL;
    return read ? read : literal_with_unit(binder, draft, tree);
}

/* --- pieces --------------------------------------------------------------------------------------------------------------------------- */

static bool refuse(aici_binder *binder, aic_status status, const aici_draft *draft, const char *key) {
    aici_report_path(binder->report, *key ? "%s.%s" : "%s", draft->path, key);
    return aici_bind_note(binder, status);
}

/* A value inside the mapping: a text. */
static bool read_piece(aici_binder *binder, const aici_node *node, const char *key, aici_draft *draft, const aici_expr **tree) {
    *tree = NULL;
    if (node->kind == AICI_NODE_SCALAR && !aici_node_is_empty(node)) {
        const aici_expr *read = NULL;
        if (!aici_quantity_read_scalar(binder, node, draft->path, &read) || !read)
            return aici_bind_goes_on(binder);
        *tree = with_unit(binder, draft, read);
        return *tree ? true : aici_bind_no_memory(binder);
    }
    bool empty = aici_node_is_empty(node);
    aic_status status = aici_report_error(binder->report, empty ? AICI_CODE_MISSING_KEY : AICI_CODE_WRONG_SHAPE, &node->place,
                                          empty ? "%s: `%s` has no value" : "%s: expected a quantity as `%s`, found a mapping or list",
                                          draft->subject, key);
    return refuse(binder, status, draft, key);
}

static bool read_part(aici_binder *binder, const aici_parts *parts, aici_part_key key, aici_draft *draft, const aici_expr **tree) {
    const char *name = aici_part_names[key];
    if (parts->entry[key])
        return read_piece(binder, parts->entry[key]->value, name, draft, tree);
    *tree = NULL;
    aic_status status =
        aici_report_error(binder->report, AICI_CODE_MISSING_KEY, &parts->mapping->place, "%s: `%s` is missing", draft->subject, name);
    return refuse(binder, status, draft, name);
}

/* --- series --------------------------------------------------------------------------------------------------------------------------- */

typedef struct series {
    int32_t *year;
    const aici_expr **value;
    uint32_t count;
    bool faulty;
} series;

static void insert(series *points, int32_t year, const aici_expr *value) {
    uint32_t at = points->count++;
    for (; at > 0 && points->year[at - 1] > year; at--) {
        points->year[at] = points->year[at - 1];
        points->value[at] = points->value[at - 1];
    }
    points->year[at] = year;
    points->value[at] = value;
}

static bool read_point(aici_binder *binder, const aici_entry *entry, aici_draft *draft, series *points) {
    int32_t year = 0;
    if (!aici_shape_is_year(entry->key->as.text, &year)) {
        aic_status status =
            aici_report_error(binder->report, AICI_CODE_BAD_SERIES, &entry->key->place, "%s: expected a year such as 2026, found `%.*s`",
                              draft->subject, AICI_SLICE(entry->key->as.text));
        points->faulty = true;
        return refuse(binder, status, draft, "series");
    }
    const aici_expr *value = NULL;
    bool go_on = read_piece(binder, entry->value, entry->key->as.text.bytes, draft, &value);
    if (value)
        insert(points, year, value);
    points->faulty = points->faulty || !value;
    return go_on;
}

static bool refuse_series(aici_binder *binder, const aici_node *node, const aici_draft *draft) {
    aic_status status = aici_report_error(binder->report, AICI_CODE_BAD_SERIES, &node->place,
                                          "%s: a series is a mapping from years to values", draft->subject);
    aici_report_hint(binder->report, "such as `series: {2023: 5 token, 2026: 8 token}`");
    return refuse(binder, status, draft, "series");
}

bool aici_form_read_series(aici_binder *binder, const aici_node *mapping, aici_between between, aici_draft *draft, const aici_expr **tree) {
    *tree = NULL;
    if (mapping->kind != AICI_NODE_MAPPING || mapping->count == 0)
        return refuse_series(binder, mapping, draft);
    series points = {.count = 0};
    points.year = aici_arena_take_array(binder->arena, mapping->count, sizeof *points.year);
    points.value = aici_arena_take_array(binder->arena, mapping->count, sizeof *points.value);
    if (!points.year || !points.value)
        return aici_bind_no_memory(binder);
    for (uint32_t i = 0; i < mapping->count; i++)
        if (!read_point(binder, &mapping->as.entry[i], draft, &points))
            return false;
    if (points.faulty)
        return true;
    *tree = aici_expr_new_series(binder->arena, between, points.count, points.year, points.value);
    return *tree ? true : aici_bind_no_memory(binder);
}

static bool read_between(aici_binder *binder, const aici_node *node, const aici_draft *draft, aici_between *between) {
    static const char *const words[] = {"none", "linear", "geometric", "step"};
    const char *text = aici_shape_text_of(binder, node, "between", draft->path);
    *between = AICI_BETWEEN_NONE;
    if (!*text)
        return aici_bind_goes_on(binder);
    aici_nearest nearest = aici_nearest_to(aici_slice_of(text));
    for (uint8_t i = 0; i < 4; i++) {
        aici_nearest_offer(&nearest, aici_slice_of(words[i]));
        if (strcmp(text, words[i]) == 0) {
            *between = (aici_between)i;
            return true;
        }
    }
    aic_status status = aici_report_error(binder->report, AICI_CODE_BAD_SERIES, &node->place,
                                          "%s: `between` is one of none, linear, geometric, step; found `%s`", draft->subject, text);
    if (aici_nearest_name(&nearest))
        aici_report_hint(binder->report, "did you mean `%s`?", aici_nearest_name(&nearest));
    return refuse(binder, status, draft, "between");
}

static bool read_series(aici_binder *binder, const aici_parts *parts, aici_draft *draft, const aici_expr **tree) {
    aici_between between = AICI_BETWEEN_NONE;
    return read_between(binder, aici_part_value(parts, AICI_KEY_BETWEEN), draft, &between) &&
           aici_form_read_series(binder, aici_part_value(parts, AICI_KEY_SERIES), between, draft, tree);
}

/* --- start and growth ----------------------------------------------------------------------------------------------------------------- */

static bool read_start_year(aici_binder *binder, const aici_parts *parts, const aici_draft *draft, int32_t *year) {
    const aici_node *node = aici_part_value(parts, AICI_KEY_START_YEAR);
    *year = 0;
    if (node && node->kind == AICI_NODE_SCALAR && aici_shape_is_year(node->as.text, year))
        return true;
    aic_status status = node ? aici_report_error(binder->report, AICI_CODE_BAD_SERIES, &node->place,
                                                 "%s: `start_year` is a year such as 2022", draft->subject)
                             : aici_report_error(binder->report, AICI_CODE_MISSING_KEY, &parts->mapping->place,
                                                 "%s: `start_year` is missing", draft->subject);
    return refuse(binder, status, draft, "start_year");
}

static bool read_compound(aici_binder *binder, const aici_parts *parts, aici_draft *draft, const aici_expr **tree) {
    const aici_expr *start = NULL, *growth = NULL;
    int32_t year = 0;
    aici_draft bare = *draft; /* the unit is that of the start */
    bare.unit_node = NULL;
    if (!read_part(binder, parts, AICI_KEY_START, draft, &start) || !read_start_year(binder, parts, draft, &year) ||
        !read_part(binder, parts, AICI_KEY_GROWTH, &bare, &growth))
        return false;
    if (!start || !growth || year == 0)
        return true;
    *tree = aici_expr_new_compound(binder->arena, year, start, growth);
    return *tree ? true : aici_bind_no_memory(binder);
}

/* --- distributions -------------------------------------------------------------------------------------------------------------------- */

static const uint8_t parameters[] = {
    AICI_PARAMETER_P5,  AICI_PARAMETER_P10, AICI_PARAMETER_P25,  AICI_PARAMETER_P50, AICI_PARAMETER_P75,
    AICI_PARAMETER_P90, AICI_PARAMETER_P95, AICI_PARAMETER_MEAN, AICI_PARAMETER_SD}; /* from AICI_KEY_P5 on */
enum { PARAMETERS = sizeof parameters };

/* An interval is lognormal, as `a to b` is; mean and sd are normal, as `a ± sd` is; unless the shape says otherwise. */
static bool read_shape(aici_binder *binder, const aici_parts *parts, const aici_draft *draft, aici_distribution *shape) {
    static const char *const names[] = {"normal", "lognormal", "uniform", "loguniform"}; /* aici_distribution, in its order */
    const aici_node *node = aici_part_value(parts, AICI_KEY_SHAPE);
    const char *text = aici_shape_text_of(binder, node, "shape", draft->path);
    bool moments = parts->entry[AICI_KEY_MEAN] || parts->entry[AICI_KEY_SD];
    *shape = moments ? AICI_DISTRIBUTION_NORMAL : AICI_DISTRIBUTION_LOGNORMAL;
    for (uint8_t i = AICI_DISTRIBUTION_NORMAL; i <= AICI_DISTRIBUTION_LOGUNIFORM; i++)
        if (strcmp(text, names[i]) == 0) {
            *shape = (aici_distribution)i;
            return aici_bind_goes_on(binder);
        }
    if (!*text)
        return aici_bind_goes_on(binder);
    aic_status status = aici_report_error(binder->report, AICI_CODE_DISTRIBUTION_PARAMETER, &node->place,
                                          "%s: `shape` is normal, lognormal, uniform or loguniform, found `%s`", draft->subject, text);
    aici_report_hint(binder->report, "other distributions are written by name, such as `value: pert(1, 2, 4)`");
    return refuse(binder, status, draft, "shape");
}

static bool read_distribution(aici_binder *binder, const aici_parts *parts, aici_draft *draft, const aici_expr **tree) {
    uint8_t parameter[PARAMETERS];
    const aici_expr *value[PARAMETERS];
    uint32_t count = 0, given = 0;
    aici_distribution shape;
    if (!read_shape(binder, parts, draft, &shape))
        return false;
    for (uint32_t i = 0; i < PARAMETERS; i++) {
        aici_part_key key = (aici_part_key)(AICI_KEY_P5 + i);
        if (!parts->entry[key])
            continue;
        given++;
        parameter[count] = parameters[i];
        if (!read_part(binder, parts, key, draft, &value[count]))
            return false;
        count += value[count] != NULL;
    }
    if (count < given)
        return true;
    aici_fragment *fragment = aici_arena_take(binder->arena, sizeof *fragment);
    if (!fragment)
        return aici_bind_no_memory(binder);
    *fragment = aici_fragment_at(parts->mapping);
    *tree = aici_expr_new_distribution(binder->arena, shape, count, parameter, value, fragment);
    return *tree ? true : aici_bind_no_memory(binder);
}

/* --- which form ----------------------------------------------------------------------------------------------------------------------- */

enum { FORMS = 4, NO_KEY = AICI_KEY_COUNT };

/* The first key of each form that is there; forms are value, series, start, distribution. */
static uint32_t find_forms(const aici_parts *parts, uint32_t found[FORMS]) {
    static const uint8_t keys[FORMS][2] = {{AICI_KEY_VALUE, AICI_KEY_VALUE},
                                           {AICI_KEY_SERIES, AICI_KEY_SERIES},
                                           {AICI_KEY_START, AICI_KEY_GROWTH},
                                           {AICI_KEY_P5, AICI_KEY_SD}};
    uint32_t count = 0;
    for (size_t form = 0; form < FORMS; form++) {
        found[form] = NO_KEY;
        for (uint32_t i = keys[form][0]; i <= keys[form][1] && found[form] == NO_KEY; i++)
            found[form] = parts->entry[i] ? i : NO_KEY;
        count += found[form] != NO_KEY;
    }
    return count;
}

static bool refuse_lack(aici_binder *binder, const aici_parts *parts, const aici_draft *draft) {
    aic_status status =
        aici_report_error(binder->report, AICI_CODE_MISSING_KEY, &parts->mapping->place, "%s: there is no value", draft->subject);
    aici_report_hint(binder->report, "give `value`, or `series`, or `start start_year growth`, or `p5` and `p95`, or `mean` and `sd`");
    return refuse(binder, status, draft, "");
}

static bool refuse_two(aici_binder *binder, const aici_parts *parts, const aici_draft *draft, const uint32_t found[FORMS]) {
    uint32_t first = NO_KEY, second = NO_KEY;
    for (size_t i = 0; i < FORMS; i++) {
        second = first != NO_KEY && second == NO_KEY ? found[i] : second;
        first = first != NO_KEY ? first : found[i];
    }
    aic_status status = aici_report_error(binder->report, AICI_CODE_WRONG_SHAPE, &parts->entry[second]->key->place,
                                          "%s: `%s` and `%s` give a value each, and only one can stand", draft->subject,
                                          aici_part_names[first], aici_part_names[second]);
    return refuse(binder, status, draft, aici_part_names[second]);
}

/* `between` and `shape` say something only beside their forms. */
static bool check_companion(aici_binder *binder, const aici_parts *parts, const aici_draft *draft, aici_part_key key, const char *needs) {
    if (!parts->entry[key])
        return true;
    const char *name = aici_part_names[key];
    aic_status status = aici_report_error(binder->report, AICI_CODE_WRONG_SHAPE, &parts->entry[key]->key->place,
                                          "%s: `%s` only goes with %s", draft->subject, name, needs);
    return refuse(binder, status, draft, name);
}

bool aici_form_read(aici_binder *binder, const aici_parts *parts, aici_draft *draft, const aici_expr **tree) {
    uint32_t found[FORMS], count = find_forms(parts, found);
    *tree = NULL;
    if (count != 1)
        return count == 0 ? refuse_lack(binder, parts, draft) : refuse_two(binder, parts, draft, found);
    if (found[1] == NO_KEY && !check_companion(binder, parts, draft, AICI_KEY_BETWEEN, "`series`"))
        return false;
    if (found[3] == NO_KEY && !check_companion(binder, parts, draft, AICI_KEY_SHAPE, "percentiles, or `mean` and `sd`"))
        return false;
    if (found[0] != NO_KEY)
        return read_part(binder, parts, AICI_KEY_VALUE, draft, tree);
    if (found[1] != NO_KEY)
        return read_series(binder, parts, draft, tree);
    return found[2] != NO_KEY ? read_compound(binder, parts, draft, tree) : read_distribution(binder, parts, draft, tree);
}
