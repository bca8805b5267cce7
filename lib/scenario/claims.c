/* SPDX-License-Identifier: MIT */
/*
 * Claims: each published figure becomes an interval in coherent units, each computed expression and reading a checked single value of the
 * same dimension. Whether a claim holds is not asked here.
 */
#include "scenario/bind.h"

#include <math.h>
#include <string.h>

static const char *const claim_keys[] = {"id",       "says",     "published",     "between", "at_least", "at_most", "about",
                                         "computed", "readings", "not_checkable", "source",  "note",     "expected"};
enum { CLAIM_KEYS = sizeof claim_keys / sizeof claim_keys[0] };

static const char *const statement_keys[] = {"published", "between", "at_least", "at_most", "about", "not_checkable"};
enum { STATEMENTS = sizeof statement_keys / sizeof statement_keys[0] };

static const char *const verdicts[] = {"holds", "reading", "differs", "not_checkable"};

/** A claim while it is read. */
typedef struct claiming {
    aici_binder *binder;
    const aici_node *node;
    const char *path;
    aici_claim *claim;
} claiming;

static bool fault(claiming *self, aic_status status, const char *key) {
    aici_report_path(self->binder->report, *key ? "%s.%s" : "%s", self->path, key);
    return aici_bind_note(self->binder, status);
}

static bool refuse(claiming *self, enum aici_code code, const aici_node *node, const char *key, const char *message) {
    const char *id = self->claim->id;
    return fault(self, aici_report_error(self->binder->report, code, &node->place, "%s%s%s", id, *id ? ": " : "", message), key);
}

/* --- expressions ---------------------------------------------------------------------------------------------------------------------- */

typedef struct inspector {
    claiming *self;
    const char *path;
    bool sound, go_on;
} inspector;

static void inspect(void *context, const aici_expr *name, aici_use use) {
    inspector *inspecting = context;
    aici_binder *binder = inspecting->self->binder;
    bool said = false;
    (void)use;
    if (!inspecting->go_on)
        return;
    uint32_t draft = aici_scope_resolve(binder, AICI_NONE, name->as.name.text);
    if (draft != AICI_NONE && binder->draft[draft].final != AICI_NONE) {
        inspecting->sound = inspecting->sound && !binder->draft[draft].faulty;
        return;
    }
    inspecting->go_on = aici_scope_explain(binder, AICI_NONE, name, inspecting->path, &said);
    inspecting->sound = inspecting->sound && !said;
}

static bool refuse_series(claiming *self, const aici_node *node, const aici_expr *checked, const char *path) {
    aici_binder *binder = self->binder;
    int32_t year = checked->type.years->year[checked->type.years->count - 1];
    aic_status status = aici_report_error(binder->report, AICI_CODE_CLAIM_SERIES, &node->place,
                                          "%s: expected one value, found a series over years", self->claim->id);
    if (checked->kind == AICI_EXPR_NAME)
        aici_report_hint(binder->report, "name the year, as in `%.*s[%d]`", AICI_SLICE(checked->as.name.text), (int)year);
    else
        aici_report_hint(binder->report, "name the year of each series, as in `x[%d]`", (int)year);
    aici_report_path(binder->report, "%s", path);
    return aici_bind_note(binder, status);
}

/* Reads and checks an expression over the whole scenario; *checked stays NULL after a report, or where what it needs is faulty. */
static bool read_value(claiming *self, const aici_node *node, const char *path, const aici_expectation *expectation,
                       const aici_expr **checked) {
    aici_binder *binder = self->binder;
    const aici_expr *tree = NULL;
    if (node->kind != AICI_NODE_SCALAR || aici_node_is_empty(node)) {
        aic_status status =
            aici_report_error(binder->report, AICI_CODE_WRONG_SHAPE, &node->place, "%s: expected an expression", self->claim->id);
        aici_report_path(binder->report, "%s", path);
        return aici_bind_note(binder, status);
    }
    if (!aici_quantity_read_scalar(binder, node, path, &tree) || !tree)
        return aici_bind_goes_on(binder);
    inspector inspecting = {self, path, true, true};
    aici_expr_each_name(tree, inspect, &inspecting);
    if (!inspecting.go_on || !inspecting.sound)
        return inspecting.go_on;
    aici_scope_context context = {binder, AICI_NONE, AICI_NONE};
    aici_scope scope = aici_scope_of(&context, binder->report);
    scope.subject = self->claim->id;
    scope.path = path;
    aic_status status = aici_expr_check(tree, expectation, &scope, checked);
    if (status != AIC_OK) {
        *checked = NULL;
        return aici_bind_note(binder, status);
    }
    if (!(*checked)->type.years)
        return true;
    bool go_on = refuse_series(self, node, *checked, path);
    *checked = NULL;
    return go_on;
}

static bool read_computed(claiming *self) {
    aici_binder *binder = self->binder;
    const aici_node *node = aici_node_value(self->node, "computed");
    aici_expectation expectation = {.any_dimension = true, .unit_text = ""};
    const char *path = aici_join(binder->scratch, self->path, "computed");
    if (!path)
        return aici_bind_no_memory(binder);
    if (node)
        return read_value(self, node, path, &expectation, &self->claim->computed);
    if (self->claim->statement == AICI_STATEMENT_NOT_CHECKABLE)
        return true;
    aic_status status =
        aici_report_error(binder->report, AICI_CODE_MISSING_KEY, &self->node->place, "%s: `computed` is missing", self->claim->id);
    aici_report_hint(binder->report, "say what to compare with: a name or an expression, as in `computed: chatgpt.capex`");
    return fault(self, status, "computed");
}

/* What the figure and the readings must be: as the computed value is. */
static bool expect_computed(claiming *self, aici_expectation *expectation) {
    const aici_expr *computed = self->claim->computed;
    *expectation = (aici_expectation){.any_dimension = true, .unit_text = ""};
    if (!computed)
        return true;
    *expectation = (aici_expectation){.dimension = computed->type.dimension, .bare_numbers = true, .bare_growth = true};
    expectation->unit_text = aici_judge_unit_text(self->binder, &computed->type.dimension);
    return expectation->unit_text ? true : aici_bind_no_memory(self->binder);
}

static bool read_readings(claiming *self, const aici_expectation *expectation) {
    aici_binder *binder = self->binder;
    const aici_node *node = aici_node_value(self->node, "readings");
    if (!node || !aici_shape_is_mapping(binder, node, "readings", self->path))
        return aici_bind_goes_on(binder);
    aici_reading *readings = aici_arena_take_array(binder->arena, node->count, sizeof *readings);
    if (!readings)
        return aici_bind_no_memory(binder);
    self->claim->reading = readings;
    aici_expectation strict = *expectation;
    strict.bare_numbers = strict.bare_growth = false;
    for (uint32_t i = 0; i < node->count; i++) {
        const aici_entry *entry = &node->as.entry[i];
        const char *path = aici_format(binder->scratch, "%s.readings.%s", self->path, aici_text_of(entry->key));
        aici_reading *reading = &readings[self->claim->reading_count];
        reading->name = aici_text_of(entry->key);
        if (!path)
            return aici_bind_no_memory(binder);
        if (!read_value(self, entry->value, path, &strict, &reading->tree))
            return false;
        self->claim->reading_count += reading->tree != NULL;
    }
    return true;
}

/* --- figures -------------------------------------------------------------------------------------------------------------------------- */

/** A printed figure. */
typedef struct figure {
    const aici_expr *checked; /* NULL after a report */
    double value, half;       /* coherent; half a unit of the last digit */
} figure;

static bool refuse_figure(claiming *self, const aici_node *node, const char *key) {
    aici_binder *binder = self->binder;
    aic_status status = aici_report_error(binder->report, AICI_CODE_CLAIM_LITERAL, &node->place,
                                          "%s: `%s` is a figure as it was printed, not a formula", self->claim->id, key);
    aici_report_hint(binder->report, "such as `118 EFLOP/s` or `66亿 USD`; formulas belong into `computed` and `readings`");
    return fault(self, status, key);
}

static bool read_figure(claiming *self, const aici_node *node, const char *key, const aici_expectation *expectation, int32_t digits,
                        figure *out) {
    aici_binder *binder = self->binder;
    const aici_expr *tree = NULL;
    const char *path = aici_join(binder->scratch, self->path, key);
    out->checked = NULL;
    if (!path)
        return aici_bind_no_memory(binder);
    if (node->kind != AICI_NODE_SCALAR || aici_node_is_empty(node))
        return refuse_figure(self, node, key);
    if (!aici_quantity_read_scalar(binder, node, path, &tree) || !tree)
        return aici_bind_goes_on(binder);
    if (!aici_expr_literal(tree))
        return refuse_figure(self, node, key);
    aici_scope_context context = {binder, AICI_NONE, AICI_NONE};
    aici_scope scope = aici_scope_of(&context, binder->report);
    scope.subject = self->claim->id;
    scope.path = path;
    if (!expectation->any_dimension || !aici_node_value(self->node, "computed")) {
        aic_status status = aici_expr_check(tree, expectation, &scope, &out->checked);
        if (status != AIC_OK) {
            out->checked = NULL;
            return aici_bind_note(binder, status);
        }
        aici_expr_constant(out->checked, &out->value);
        out->half = aici_expr_half_digit(aici_expr_literal(out->checked), (int)digits);
    }
    return true;
}

static const char *const published_keys[] = {"value", "digits"};

/* `published: 118 EFLOP/s` or `published: {value: 120 EFLOP/s, digits: 3}`. */
static bool read_published(claiming *self, const aici_expectation *expectation, figure *out) {
    aici_binder *binder = self->binder;
    const aici_node *node = aici_node_value(self->node, "published"), *value = node;
    int32_t digits = 0;
    out->checked = NULL;
    if (node->kind == AICI_NODE_MAPPING) {
        aici_keys keys = {"a published figure", published_keys, 2};
        const aici_node *count = aici_node_value(node, "digits");
        value = aici_node_value(node, "value");
        if (!aici_shape_check_keys(binder, node, &keys, self->path))
            return false;
        if (!value)
            return refuse_figure(self, node, "published");
        if (count && (count->kind != AICI_NODE_SCALAR || !aici_shape_integer(count->as.text, &digits) || digits < 1 || digits > 17))
            return refuse(self, AICI_CODE_CLAIM_LITERAL, count, "published", "`digits` is a number of digits from 1 to 17");
    }
    return read_figure(self, value, "published", expectation, digits, out);
}

static void show_as(claiming *self, const figure *shown) {
    const char *unit = aici_judge_literal_unit(self->binder, shown->checked, &shown->checked->type.dimension);
    if (unit)
        self->claim->shown = *unit ? unit : NULL;
    else
        aici_bind_no_memory(self->binder);
}

static void set_interval(aici_claim *claim, double published, double low, double high) {
    claim->published = published;
    claim->low = low;
    claim->high = high;
}

static bool read_between(claiming *self, const aici_expectation *expectation) {
    const aici_node *node = aici_node_value(self->node, "between");
    figure low, high;
    if (node->kind != AICI_NODE_SEQUENCE || node->count != 2)
        return refuse(self, AICI_CODE_CLAIM_SHAPE, node, "between", "`between` is a list of two figures, such as `[15, 20]`");
    if (!read_figure(self, node->as.item[0], "between", expectation, 0, &low) ||
        !read_figure(self, node->as.item[1], "between", expectation, 0, &high))
        return false;
    if (!low.checked || !high.checked)
        return true;
    if (low.value > high.value)
        return refuse(self, AICI_CODE_CLAIM_SHAPE, node, "between", "the first figure of `between` is above the second");
    set_interval(self->claim, (double)NAN, low.value, high.value);
    show_as(self, &low);
    return aici_bind_goes_on(self->binder);
}

static bool read_statement(claiming *self, const aici_expectation *expectation) {
    aici_claim *claim = self->claim;
    const char *key = statement_keys[claim->statement];
    const aici_node *node = aici_node_value(self->node, key);
    figure read = {.checked = NULL};
    if (claim->statement == AICI_STATEMENT_BETWEEN)
        return read_between(self, expectation);
    if (!(claim->statement == AICI_STATEMENT_PUBLISHED ? read_published(self, expectation, &read)
                                                       : read_figure(self, node, key, expectation, 0, &read)))
        return false;
    if (!read.checked)
        return true;
    if (claim->statement == AICI_STATEMENT_PUBLISHED)
        set_interval(claim, read.value, read.value - read.half, read.value + read.half);
    else if (claim->statement == AICI_STATEMENT_ABOUT)
        set_interval(claim, read.value, read.value - 0.1 * fabs(read.value), read.value + 0.1 * fabs(read.value));
    else if (claim->statement == AICI_STATEMENT_AT_LEAST)
        set_interval(claim, read.value, read.value, (double)INFINITY);
    else
        set_interval(claim, read.value, -(double)INFINITY, read.value);
    show_as(self, &read);
    return aici_bind_goes_on(self->binder);
}

/* --- the unit of a claim -------------------------------------------------------------------------------------------------------------- */

static const aici_quantity *quantity_of(const aici_binder *binder, const aici_expr *computed) {
    const aici_expr *name = computed->kind == AICI_EXPR_INDEX ? computed->child[0] : computed;
    if (name->kind != AICI_EXPR_NAME)
        return NULL;
    uint32_t draft = aici_scope_resolve(binder, AICI_NONE, name->as.name.text);
    return draft == AICI_NONE ? NULL : &binder->draft[draft].quantity;
}

static bool give_unit(claiming *self) {
    aici_claim *claim = self->claim;
    if (!claim->computed)
        return true;
    const aici_quantity *quantity = quantity_of(self->binder, claim->computed);
    claim->unit = quantity ? quantity->unit : aici_judge_unit_text(self->binder, &claim->computed->type.dimension);
    claim->unit_scale = quantity ? quantity->unit_scale : 1.0;
    return claim->unit ? true : aici_bind_no_memory(self->binder);
}

/* --- the keys ------------------------------------------------------------------------------------------------------------------------- */

static bool find_statement(claiming *self, bool *found) {
    uint32_t count = 0;
    const aici_entry *second = NULL;
    for (uint8_t i = 0; i < STATEMENTS; i++) {
        const aici_entry *entry = aici_node_entry(self->node, statement_keys[i]);
        if (!entry)
            continue;
        if (count++ == 0)
            self->claim->statement = i;
        else
            second = entry;
    }
    *found = count == 1;
    if (count == 1)
        return true;
    if (count == 0)
        return refuse(self, AICI_CODE_CLAIM_SHAPE, self->node, "",
                      "one of `published between at_least at_most about not_checkable` must say what is claimed");
    aic_status status =
        aici_report_error(self->binder->report, AICI_CODE_CLAIM_SHAPE, &second->key->place, "%s: `%s` and `%.*s` cannot stand in one claim",
                          self->claim->id, statement_keys[self->claim->statement], AICI_SLICE(second->key->as.text));
    aici_report_hint(self->binder->report, "make two claims of it");
    return fault(self, status, aici_text_of(second->key));
}

static bool read_expected(claiming *self) {
    aici_binder *binder = self->binder;
    const char *text = aici_shape_text(binder, self->node, "expected", self->path);
    const aici_node *node = aici_node_value(self->node, "expected");
    self->claim->expected = self->claim->statement == AICI_STATEMENT_NOT_CHECKABLE ? AICI_VERDICT_NOT_CHECKABLE : AICI_VERDICT_HOLDS;
    if (!*text)
        return aici_bind_goes_on(binder);
    aici_nearest nearest = aici_nearest_to(aici_slice_of(text));
    for (uint8_t i = 0; i < 4; i++) {
        aici_nearest_offer(&nearest, aici_slice_of(verdicts[i]));
        if (strcmp(text, verdicts[i]) == 0) {
            self->claim->expected = i;
            return true;
        }
    }
    aic_status status =
        aici_report_error(binder->report, AICI_CODE_CLAIM_VERDICT, &node->place,
                          "%s: a verdict is one of holds, reading, differs, not_checkable; found `%s`", self->claim->id, text);
    if (aici_nearest_name(&nearest))
        aici_report_hint(binder->report, "did you mean `%s`?", aici_nearest_name(&nearest));
    return fault(self, status, "expected");
}

static bool read_texts(claiming *self) {
    aici_claim *claim = self->claim;
    const aici_node *source = aici_node_value(self->node, "source");
    claim->says = aici_shape_text(self->binder, self->node, "says", self->path);
    claim->note = aici_shape_text(self->binder, self->node, "note", self->path);
    claim->why = aici_shape_text(self->binder, self->node, "not_checkable", self->path);
    if (source && !aici_node_is_empty(source))
        claim->source = aici_header_find_source(self->binder, source, self->path);
    return aici_bind_goes_on(self->binder);
}

static bool refuse_id(claiming *self, uint32_t other, const aici_view *view) {
    aici_binder *binder = self->binder;
    const aici_node *id = aici_node_value(self->node, "id");
    aic_status status =
        aici_report_error(binder->report, AICI_CODE_DUPLICATE_NAME, &id->place, "`%s` is the id of another claim", self->claim->id);
    aici_report_note_at(binder->report, &aici_view_item(view, other)->place, "the other claim");
    return fault(self, status, "id");
}

static bool read_id(claiming *self, const aici_view *view, uint32_t index, aici_names *ids) {
    aici_binder *binder = self->binder;
    const aici_node *id = aici_node_value(self->node, "id");
    uint32_t other = 0;
    if (!id || id->kind != AICI_NODE_SCALAR || aici_node_is_empty(id)) {
        aic_status status = aici_report_error(binder->report, AICI_CODE_MISSING_KEY, &self->node->place, "a claim needs an `id`");
        aici_report_hint(binder->report, "any text that no other claim has, such as `id: C-%u`", index + 1);
        return fault(self, status, "id");
    }
    self->claim->id = aici_text_of(id);
    self->path = aici_join(binder->scratch, "claims", self->claim->id);
    if (!self->path)
        return aici_bind_no_memory(binder);
    if (aici_names_find(ids, id->as.text, &other))
        return refuse_id(self, other, view);
    return aici_names_add(ids, id->as.text, index) || aici_bind_no_memory(binder);
}

static bool read_claim(aici_binder *binder, const aici_view *view, uint32_t index, aici_names *ids) {
    aici_claim *claim = &binder->claim[index];
    claiming self = {.binder = binder, .node = aici_view_item(view, index), .claim = claim};
    aici_keys keys = {"a claim", claim_keys, CLAIM_KEYS};
    aici_expectation expectation;
    bool stated = false;
    *claim = (aici_claim){.id = "",
                          .says = "",
                          .note = "",
                          .why = "",
                          .published = (double)NAN,
                          .low = (double)NAN,
                          .high = (double)NAN,
                          .unit = "",
                          .unit_scale = 1.0,
                          .source = AICI_NONE};
    claim->place = self.node->place;
    self.path = aici_format(binder->scratch, "claims.%u", index);
    if (!self.path)
        return aici_bind_no_memory(binder);
    if (!aici_shape_is_mapping(binder, self.node, "a claim", self.path)) {
        if (aici_node_is_empty(self.node))
            return refuse(&self, AICI_CODE_WRONG_SHAPE, self.node, "", "a claim is a mapping with `id`, `published` and `computed`");
        return aici_bind_goes_on(binder);
    }
    if (!read_id(&self, view, index, ids) || !aici_shape_check_keys(binder, self.node, &keys, self.path) || !find_statement(&self, &stated))
        return false;
    if (!read_texts(&self) || !read_expected(&self) || !stated || !read_computed(&self) || !expect_computed(&self, &expectation))
        return aici_bind_goes_on(binder);
    if (!read_readings(&self, &expectation) || (claim->statement != AICI_STATEMENT_NOT_CHECKABLE && !read_statement(&self, &expectation)))
        return false;
    return give_unit(&self);
}

bool aici_bind_claims(aici_binder *binder) {
    const aici_view *view = &binder->files->view[AICI_SECTION_CLAIMS];
    if (view->node && !view->item)
        aici_shape_is_list(binder, view->node, "claims", "claims");
    uint32_t count = view->item || view->opened ? view->count : 0;
    aici_names *ids = aici_names_new(binder->allocator);
    binder->claim = aici_arena_take_array(binder->arena, count, sizeof *binder->claim);
    bool go_on = aici_bind_goes_on(binder) && ((ids && binder->claim) || aici_bind_no_memory(binder));
    for (uint32_t i = 0; go_on && i < count; i++) {
        binder->claim_count = i + 1;
        go_on = read_claim(binder, view, i, ids);
    }
    aici_names_free(ids);
    return go_on;
}
