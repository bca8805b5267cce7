/* SPDX-License-Identifier: MIT */
/*
 * What a kind demands of an input or output before it is checked, and what is found out about it afterwards: whether it is within its
 * bounds, in which unit its values are given, in which unit a person is shown it.
 */
#include "scenario/bind.h"
#include "base/elementary.h"

#include <math.h>
#include <string.h>

/* --- expectations --------------------------------------------------------------------------------------------------------------------- */

static const aici_kind_unit *unit_of(const aici_draft *draft) {
    return draft->quantity.input ? &draft->quantity.input->unit : draft->quantity.output ? &draft->quantity.output->unit : NULL;
}

static const aici_draft *like_of(const aici_binder *binder, const aici_draft *draft) {
    const aici_kind_unit *unit = unit_of(draft);
    if (!unit || !unit->like)
        return NULL;
    const aici_model_draft *model = &binder->model[draft->quantity.model];
    uint32_t member = aici_slot_member(model->slot, aici_slice_of(unit->like));
    uint32_t index = member == AICI_NONE ? AICI_NONE : model->member[member];
    return index == AICI_NONE ? NULL : &binder->draft[index];
}

static void expect_declared(const aici_kind_unit *unit, aici_expectation *expectation) {
    expectation->any_dimension = false;
    expectation->dimension = unit->unit.dimension;
    expectation->money = unit->money;
    expectation->unit_text = unit->text;
}

static bool expect_like(aici_binder *binder, const aici_draft *like, aici_expectation *expectation) {
    if (!like || !like->checked)
        return true;
    expectation->any_dimension = false;
    expectation->dimension = like->quantity.tree->type.dimension;
    expectation->unit_text = aici_judge_unit_text(binder, &expectation->dimension);
    return expectation->unit_text != NULL;
}

static bool expect_also(aici_binder *binder, const aici_kind_input *input, aici_expectation *expectation) {
    if (input->also_count == 0)
        return true;
    aici_unit *also = aici_arena_take_array(binder->scratch, input->also_count, sizeof *also);
    for (uint32_t i = 0; also && i < input->also_count; i++)
        also[i] = input->also[i].unit;
    expectation->also = also;
    expectation->also_count = input->also_count;
    return also != NULL;
}

/* "utilization: a share of peak, such as `32 %`" */
static const char *hint_of(aici_binder *binder, const aici_kind_input *input) {
    if (!*input->doc)
        return NULL;
    bool example = strchr(input->doc, '`') || input->unit.any || input->unit.like;
    const char *unit = input->shown ? input->shown : input->unit.text;
    const char *in = example ? NULL : ", in ", *what = example || strcmp(unit, "1") != 0 ? unit : "pure numbers";
    const char *hint = aici_chain(binder->scratch, (const char *const[]){input->name, ": ", input->doc, in, what, NULL});
    if (!hint)
        aici_bind_no_memory(binder);
    return hint;
}

static void expect_input(aici_binder *binder, const aici_draft *draft, aici_expectation *expectation) {
    const aici_kind_input *input = draft->quantity.input;
    expectation->boolean = input->type == AICI_INPUT_BOOLEAN;
    expectation->text = input->type == AICI_INPUT_TEXT;
    expectation->bare_numbers = expectation->bare_growth = true;
    expectation->scalar = input->single;
    if (draft->script == AICI_SCRIPT_MODEL)
        expectation->hint = hint_of(binder, input);
    if (!expect_also(binder, input, expectation))
        aici_bind_no_memory(binder);
}

aici_expectation aici_judge_expect(aici_binder *binder, const aici_draft *draft) {
    const aici_kind_unit *unit = unit_of(draft);
    aici_expectation expectation = {.any_dimension = true, .unit_text = ""};
    if (draft->quantity.input)
        expect_input(binder, draft, &expectation);
    if (!unit || unit->any || expectation.boolean || expectation.text)
        return expectation;
    if (unit->like && !expect_like(binder, like_of(binder, draft), &expectation))
        aici_bind_no_memory(binder);
    if (!unit->like)
        expect_declared(unit, &expectation);
    return expectation;
}

/* --- like ----------------------------------------------------------------------------------------------------------------------------- */

static bool refuse_unlike(aici_binder *binder, aici_draft *draft, const aici_draft *like) {
    const char *expected = aici_judge_unit_text(binder, &like->quantity.tree->type.dimension);
    const char *found = aici_judge_unit_text(binder, &draft->quantity.tree->type.dimension);
    if (!expected || !found)
        return aici_bind_no_memory(binder);
    uint16_t wanted = aici_money_of(binder, &like->quantity.tree->type.dimension),
             given = aici_money_of(binder, &draft->quantity.tree->type.dimension);
    bool currencies = wanted != 0 && given != 0 && wanted != given;
    aic_status status =
        aici_report_error(binder->report, currencies ? AICI_CODE_CURRENCY_MIX : AICI_CODE_DIMENSION, aici_draft_place(binder, draft),
                          "%s: expected %s, as `%s`, found %s", draft->subject, expected, like->local, found);
    return aici_draft_fault(binder, draft, status);
}

bool aici_judge_models(aici_binder *binder) {
    for (size_t i = 0; i < binder->draft_count; i++) {
        aici_draft *draft = &binder->draft[i];
        const aici_draft *like = like_of(binder, draft);
        if (!like || !like->checked || like->faulty || !draft->checked || draft->faulty)
            continue;
        if (!aici_dimension_equal(&draft->quantity.tree->type.dimension, &like->quantity.tree->type.dimension) &&
            !refuse_unlike(binder, draft, like))
            return false;
    }
    return true;
}

/* --- values --------------------------------------------------------------------------------------------------------------------------- */

/** A value that is compared with a bound. */
typedef struct judged {
    const aici_expr *tree;
    aici_place place;
    double value;
} judged;

static const char *keep(aici_binder *binder, aici_buffer *text) {
    const char *kept = aici_buffer_failed(text) ? NULL : aici_arena_copy(binder->scratch, aici_buffer_text(text), text->size);
    aici_buffer_free(text);
    return kept;
}

static const char *show(aici_binder *binder, const aici_draft *draft, double coherent, const char *preferred) {
    aici_buffer text = aici_buffer_new(binder->allocator);
    aici_units_add_value(binder->units, coherent, &draft->quantity.tree->type.dimension, preferred, 6, AICI_NUMERALS_SI, &text);
    return keep(binder, &text);
}

static const char *show_value(aici_binder *binder, const aici_draft *draft, const judged *value, const char *preferred) {
    if (!aici_expr_literal(value->tree))
        return show(binder, draft, value->value, preferred);
    aici_buffer text = aici_buffer_new(binder->allocator);
    aici_expr_add_text(value->tree, NULL, &text);
    return keep(binder, &text);
}

static const char *preferred_unit(aici_binder *binder, const aici_draft *draft, const aici_expr *tree) {
    const char *literal = aici_judge_literal_unit(binder, tree, &draft->quantity.tree->type.dimension);
    if (!literal || *literal)
        return literal;
    return draft->quantity.input && draft->quantity.input->shown ? draft->quantity.input->shown : literal;
}

static bool refuse_value(aici_binder *binder, aici_draft *draft, const judged *value, double bound, const char *relation) {
    const char *preferred = preferred_unit(binder, draft, value->tree);
    const char *found = preferred ? show_value(binder, draft, value, *preferred ? preferred : NULL) : NULL;
    const char *limit = preferred ? show(binder, draft, bound, *preferred ? preferred : NULL) : NULL;
    if (!found || !limit)
        return aici_bind_no_memory(binder);
    aic_status status = aici_report_error(binder->report, AICI_CODE_OUT_OF_BOUNDS, &value->place, "%s: %s is %s %s", draft->subject, found,
                                          relation, limit);
    if (*draft->quantity.input->doc)
        aici_report_hint(binder->report, "%s: %s", draft->quantity.input->name, draft->quantity.input->doc);
    return aici_draft_fault(binder, draft, status);
}

/* 100 %/year and a bound of 1/year are the same to a reader, though they go through units differently and may differ in the last bits. */
static bool is_next_to(double value, double bound) { return fabs(value - bound) <= 4e-16 * fabs(bound); }

static bool judge_bounds(aici_binder *binder, aici_draft *draft, const judged *value) {
    const aici_bounds *bounds = &draft->quantity.bounds;
    if (value->value < bounds->low && !is_next_to(value->value, bounds->low))
        return refuse_value(binder, draft, value, bounds->low, "below");
    if (bounds->low_open && !(value->value > bounds->low))
        return refuse_value(binder, draft, value, bounds->low, "not above");
    if (value->value > bounds->high && !is_next_to(value->value, bounds->high))
        return refuse_value(binder, draft, value, bounds->high, "above");
    return !bounds->high_open || value->value < bounds->high || refuse_value(binder, draft, value, bounds->high, "not below");
}

static bool judge_whole(aici_binder *binder, aici_draft *draft, const judged *value) {
    const aici_kind_input *input = draft->quantity.input;
    double number = value->value / (input->unit.unit.scale > 0.0 ? input->unit.unit.scale : 1.0);
    if (input->type != AICI_INPUT_WHOLE || number == floor(number))
        return true;
    const char *found = show_value(binder, draft, value, NULL);
    if (!found)
        return aici_bind_no_memory(binder);
    aic_status status = aici_report_error(binder->report, AICI_CODE_INPUT_VALUE, &value->place, "%s: expected a whole number, found %s",
                                          draft->subject, found);
    return aici_draft_fault(binder, draft, status);
}

static bool judge_constant(aici_binder *binder, aici_draft *draft, const aici_expr *tree, const aici_place *place) {
    judged value = {.tree = tree, .place = *place};
    if (!aici_expr_constant(tree, &value.value))
        return true;
    return judge_bounds(binder, draft, &value) && (draft->faulty || judge_whole(binder, draft, &value));
}

static void set_bounds(aici_draft *draft, double currency) {
    const aici_kind_input *input = draft->quantity.input;
    aici_bounds *bounds = &draft->quantity.bounds;
    double scale = (input && input->unit.unit.scale > 0.0 ? input->unit.unit.scale : 1.0) * currency;
    *bounds = (aici_bounds){.low = -(double)INFINITY, .high = (double)INFINITY};
    if (input && input->has_low) {
        bounds->low = input->low * scale;
        bounds->low_open = input->low_open;
    }
    if (input && input->has_high) {
        bounds->high = input->high * scale;
        bounds->high_open = input->high_open;
    }
}

/* What the scenario's currency is worth, to the power in which money stands in the unit. */
static bool currency_scale(aici_binder *binder, const aici_draft *draft, const aici_kind_unit *unit, const char **code, double *scale) {
    *code = "";
    *scale = 1.0;
    if (!unit || unit->any || unit->like || unit->money == 0)
        return true;
    if (!aici_money_name(binder, aici_money_of(binder, &draft->quantity.tree->type.dimension), code, scale))
        return false;
    *scale = *scale == 1.0 ? 1.0 : aici_power(*scale, (double)unit->money / AICI_EXPONENT_ONE);
    return true;
}

bool aici_judge_value(aici_binder *binder, aici_draft *draft) {
    const aici_expr *tree = draft->quantity.tree;
    const char *code;
    double currency;
    if (!currency_scale(binder, draft, unit_of(draft), &code, &currency))
        return false;
    set_bounds(draft, currency);
    if (!draft->quantity.input || tree->type.kind != AICI_TYPE_QUANTITY)
        return true;
    bool series = tree->kind == AICI_EXPR_SERIES, compound = tree->kind == AICI_EXPR_COMPOUND;
    if (!series && !compound)
        return judge_constant(binder, draft, tree, aici_draft_place(binder, draft));
    for (uint32_t i = 0; i < (series ? tree->count : 1) && !draft->faulty; i++) {
        const aici_expr *child = tree->child[i];
        aici_place place = child->fragment ? aici_fragment_place(child->fragment, 0, 0) : *aici_draft_place(binder, draft);
        if (!judge_constant(binder, draft, child, &place))
            return false;
    }
    return true;
}

/* --- units ---------------------------------------------------------------------------------------------------------------------------- */

static const char *write_unit(aici_binder *binder, const aici_dimension *dimension) {
    aici_buffer text = aici_buffer_new(binder->allocator);
    aici_units_add_dimension(binder->units, dimension, &text);
    const char *kept = aici_buffer_failed(&text) ? NULL : aici_arena_copy(binder->arena, aici_buffer_text(&text), text.size);
    aici_buffer_free(&text);
    return kept;
}

/* A scenario has few dimensions and many quantities. */
const char *aici_judge_unit_text(aici_binder *binder, const aici_dimension *dimension) {
    for (size_t i = 0; i < AICI_UNIT_TEXTS; i++)
        if (binder->unit_text[i].text && aici_dimension_equal(&binder->unit_text[i].dimension, dimension))
            return binder->unit_text[i].text;
    const char *text = write_unit(binder, dimension);
    if (text)
        binder->unit_text[binder->unit_text_next++ % AICI_UNIT_TEXTS] = (aici_unit_text){*dimension, text};
    return text;
}

const char *aici_judge_literal_unit(aici_binder *binder, const aici_expr *tree, const aici_dimension *dimension) {
    while (tree->count > 0 && tree->kind != AICI_EXPR_BINARY && tree->kind != AICI_EXPR_CALL && tree->kind != AICI_EXPR_IF)
        tree = tree->child[0];
    if (tree->kind != AICI_EXPR_NUMBER || tree->as.number.unit_text.size == 0 || tree->as.number.unit.flops_ambiguous ||
        !aici_dimension_equal(&tree->as.number.unit.dimension, dimension))
        return "";
    return aici_arena_copy(binder->arena, tree->as.number.unit_text.bytes, tree->as.number.unit_text.size);
}

static bool is_word(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_'; }

/* "money/server" in CNY is "CNY/server". */
static const char *replace_money(aici_binder *binder, const char *text, const char *code) {
    const char *money = strstr(text, "money");
    while (money && ((money > text && is_word(money[-1])) || is_word(money[5])))
        money = strstr(money + 5, "money");
    return money ? aici_format(binder->arena, "%.*s%s%s", (int)(money - text), text, code, money + 5) : text;
}

/* With a currency that an exchange rate ties, the scale is what reading the unit gives, to the last bit. */
static double scale_of(const aici_binder *binder, const char *unit, double otherwise) {
    aici_fragment fragment = aici_fragment_of_slice(aici_slice_of(unit));
    aici_unit read;
    return aici_units_read(binder->units, &fragment, 0, fragment.text.size, &read, NULL) == AIC_OK ? read.scale : otherwise;
}

static bool give_unit(aici_binder *binder, aici_draft *draft) {
    aici_quantity *quantity = &draft->quantity;
    const aici_kind_unit *unit = unit_of(draft);
    const char *code;
    double currency;
    if (!unit || unit->any || unit->like) {
        quantity->unit = aici_judge_unit_text(binder, &quantity->tree->type.dimension);
        return quantity->unit ? true : aici_bind_no_memory(binder);
    }
    if (!currency_scale(binder, draft, unit, &code, &currency))
        return false;
    quantity->unit = unit->money ? replace_money(binder, unit->text, code) : unit->text;
    if (!quantity->unit)
        return aici_bind_no_memory(binder);
    quantity->unit_scale = currency == 1.0 ? unit->unit.scale : scale_of(binder, quantity->unit, unit->unit.scale * currency);
    return true;
}

static bool fits(aici_binder *binder, const aici_draft *draft) {
    aici_dimension rate;
    aici_fragment second = aici_fragment_of_slice(aici_slice_of("1/s"));
    aici_unit per_second;
    if (aici_dimension_equal(&draft->unit.dimension, &draft->quantity.tree->type.dimension))
        return true;
    return draft->unit.flops_ambiguous && aici_units_read(binder->units, &second, 0, second.text.size, &per_second, NULL) == AIC_OK &&
           aici_dimension_multiply(&draft->unit.dimension, &per_second.dimension, &rate) &&
           aici_dimension_equal(&rate, &draft->quantity.tree->type.dimension);
}

/* The `unit:` of a value that has one of its own is how the value is shown. */
static bool judge_own_unit(aici_binder *binder, aici_draft *draft) {
    const char *unit = draft->unit_node ? aici_text_of(draft->unit_node) : NULL;
    if (!unit || fits(binder, draft)) {
        draft->quantity.shown = draft->unit.flops_ambiguous ? NULL : unit;
        return true;
    }
    if (!draft->own_unit)
        return true;
    aici_buffer text = aici_buffer_new(binder->allocator);
    aici_units_add_description(binder->units, &draft->quantity.tree->type.dimension, &text);
    const char *found = keep(binder, &text);
    if (!found)
        return aici_bind_no_memory(binder);
    aic_status status = aici_report_error(binder->report, AICI_CODE_DIMENSION, &draft->unit_node->place,
                                          "%s: the value is %s%s, which `unit: %s` does not fit", draft->subject,
                                          strncmp(found, "a ", 2) == 0 ? "" : "in ", found, unit);
    aici_report_hint(binder->report,
                     "`unit` belongs to a value without a unit of its own; beside one that has a unit it says how to show it");
    return aici_draft_fault(binder, draft, status);
}

static bool give_shown(aici_binder *binder, aici_draft *draft) {
    aici_quantity *quantity = &draft->quantity;
    if (!judge_own_unit(binder, draft) || draft->faulty || quantity->shown)
        return aici_bind_goes_on(binder);
    const char *literal =
        draft->script == AICI_SCRIPT_KIND ? "" : aici_judge_literal_unit(binder, quantity->tree, &quantity->tree->type.dimension);
    if (!literal)
        return aici_bind_no_memory(binder);
    const char *declared = quantity->input ? quantity->input->shown : quantity->output ? quantity->output->shown : NULL;
    quantity->shown = *literal ? literal : declared;
    return true;
}

bool aici_judge_units(aici_binder *binder, aici_draft *draft) {
    if (draft->quantity.tree->type.kind != AICI_TYPE_QUANTITY)
        return true;
    return give_unit(binder, draft) && give_shown(binder, draft);
}
