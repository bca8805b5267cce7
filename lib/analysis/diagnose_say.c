/* SPDX-License-Identifier: MIT */
/* An edit in words: what stands between "reproduced" and the figure that it gives. */
#include "analysis/describe.h"
#include "analysis/diagnose.h"
#include "base/elementary.h"
#include "base/number.h"

#include <math.h>
#include <string.h>

/* --- names and figures ---------------------------------------------------------------------------------------------------------------- */

static void add_tree(const aici_sheet *sheet, const aici_expr *tree, uint32_t model, aici_buffer *out) {
    aici_arena *arena = aici_arena_new(out->allocator);
    const char *text = arena ? aici_describe_formula(arena, sheet->bound, tree, model) : NULL;
    if (text)
        aici_buffer_add_text(out, text);
    out->failed = out->failed || !text;
    aici_arena_free(arena);
}

static void add_leaf_name(const aici_sheet *sheet, const aici_leaf *leaf, aici_buffer *out) {
    const aici_quantity *quantity = leaf->quantity != AICI_NONE ? &sheet->bound->quantity[leaf->quantity] : NULL;
    bool plain = quantity && (leaf->alone || !leaf->literal);
    aici_buffer_add_char(out, '`');
    if (plain)
        aici_buffer_add_text(out, quantity->name);
    else if (leaf->year != AICI_NO_YEAR && quantity)
        aici_buffer_add_format(out, "%s[%d]", quantity->name, (int)leaf->year);
    else
        add_tree(sheet, leaf->literal, AICI_NONE, out);
    aici_buffer_add_char(out, '`');
    if (quantity && !plain && leaf->year == AICI_NO_YEAR)
        aici_buffer_add_format(out, " in `%s`", quantity->name);
}

static void add_constant(double value, aici_buffer *out) {
    aici_buffer_add_char(out, '`');
    aici_buffer_add_number(out, value);
    aici_buffer_add_char(out, '`');
}

/** The name of a value as a reader of the scenario knows it. */
static void add_name(const aici_sheet *sheet, uint32_t value, const aici_expr *operand, aici_buffer *out) {
    uint32_t quantity = aici_sheet_quantity(sheet, value);
    if (quantity == AICI_NONE && operand && operand->kind == AICI_EXPR_NAME && operand->as.name.symbol < sheet->bound->quantity_count)
        quantity = operand->as.name.symbol;
    if (quantity != AICI_NONE)
        aici_buffer_add_format(out, "`%s`", sheet->bound->quantity[quantity].name);
    else if (aici_sheet_is_leaf(sheet, value))
        add_leaf_name(sheet, aici_sheet_leaf(sheet, value), out);
    else if (operand || aici_sheet_is_step(sheet, value)) {
        aici_buffer_add_char(out, '`');
        add_tree(sheet, operand ? operand : aici_sheet_origin(sheet, value)->node, AICI_NONE, out);
        aici_buffer_add_char(out, '`');
    } else
        add_constant(sheet->value[value], out);
}

/* "10,000", "1/100", "1.014". */
static void add_factor(double factor, aici_buffer *out) {
    char text[AICI_NUMBER_TEXT_BYTES];
    double whole = factor < 1 ? 1 / factor : factor;
    aici_buffer_add_text(out, factor < 1 ? "1/" : "");
    aici_buffer_add(out, text, aici_number_write_digits(whole, 10, text));
}

static void add_published(const aici_sheet *sheet, const aici_claim *claim, aici_buffer *out) {
    double width = claim->high - claim->low;
    int digits = width > 0 ? (int)(floor(aici_log10(fabs(claim->published) / width) + 1e-9) + 1) : 4;
    aici_units_add_value(sheet->bound->units, claim->published, &claim->computed->type.dimension, claim->shown,
                         digits < 1    ? 1
                         : digits > 17 ? 17
                                       : digits,
                         AICI_NUMERALS_SI, out);
}

/* --- another model -------------------------------------------------------------------------------------------------------------------- */

static bool trees_agree(const aici_expr *a, const aici_expr *b) {
    if (a->kind != b->kind)
        return false;
    if (a->kind == AICI_EXPR_BOOLEAN)
        return a->as.boolean == b->as.boolean;
    return a->kind == AICI_EXPR_TEXT && aici_slice_equal(a->as.text, b->as.text);
}

bool aici_inputs_agree(const aici_sheet *sheet, uint32_t input, uint32_t other) {
    uint32_t a = sheet->of_quantity[input], b = sheet->of_quantity[other];
    if (a == AICI_NONE || b == AICI_NONE)
        return trees_agree(sheet->bound->quantity[input].tree, sheet->bound->quantity[other].tree);
    return a == b || sheet->value[a] == sheet->value[b];
}

static void add_input(const aici_sheet *sheet, uint32_t input, const char *separator, aici_buffer *out) {
    const aici_quantity *quantity = &sheet->bound->quantity[input];
    aici_buffer_add_format(out, "%s%s ", separator, aici_describe_local(quantity));
    if (sheet->of_quantity[input] != AICI_NONE)
        aici_describe_value(sheet->bound, quantity, sheet->value[sheet->of_quantity[input]], AICI_RESULT_DIGITS, out);
    else
        add_tree(sheet, quantity->tree, quantity->model, out);
}

/* "as in `printed`: videos 0 video, channels_as_tokens true" */
static void add_sibling(const aici_sheet *sheet, const aici_edit *edit, aici_buffer *out) {
    const aici_bound *bound = sheet->bound;
    const aici_model_entry *other = &bound->model[bound->quantity[edit->other].model];
    const aici_model_entry *own = &bound->model[bound->quantity[aici_sheet_quantity(sheet, edit->subject)].model];
    const char *separator = " (";
    aici_buffer_add_format(out, "with `%s`", bound->quantity[edit->other].name);
    for (uint32_t k = 0; k < other->count; k++) {
        for (uint32_t i = 0; i < own->count && bound->quantity[other->first + k].input; i++) {
            if (strcmp(aici_describe_local(&bound->quantity[own->first + i]), aici_describe_local(&bound->quantity[other->first + k])) !=
                    0 ||
                aici_inputs_agree(sheet, own->first + i, other->first + k))
                continue;
            add_input(sheet, other->first + k, separator, out);
            separator = ", ";
        }
    }
    aici_buffer_add_text(out, *separator == ',' ? ")" : "");
}

/* --- kinds of edits ------------------------------------------------------------------------------------------------------------------- */

static void add_named(const aici_search *search, const aici_edit *edit, const char *before, const char *behind, aici_buffer *out) {
    aici_buffer_add_text(out, before);
    add_name(search->sheet, edit->subject, edit->operand, out);
    aici_buffer_add_text(out, behind);
}

static void add_scaled(const aici_search *search, const aici_edit *edit, aici_buffer *out) {
    if (edit->subject != AICI_NONE)
        add_named(search, edit, "with ", " off ", out);
    aici_buffer_add_text(out, "by a factor of ");
    add_factor(edit->number, out);
    if (*edit->words)
        aici_buffer_add_format(out, " (%s)", edit->words);
}

static void add_periods(const aici_search *search, const aici_edit *edit, aici_buffer *out) {
    double periods = edit->number + (edit->slip == AICI_SLIP_PERIODS_MORE ? 1 : -1);
    (void)search;
    aici_buffer_add_text(out, "with ");
    aici_buffer_add_number(out, periods);
    aici_buffer_add_text(out, periods == 1 ? " period in place of " : " periods in place of ");
    aici_buffer_add_number(out, edit->number);
}

static void add_carried(const aici_search *search, const aici_edit *edit, aici_buffer *out) {
    const aici_claim *claim = &search->sheet->bound->claim[edit->other];
    aici_buffer_add_text(out, "if the published ");
    add_published(search->sheet, claim, out);
    aici_buffer_add_format(out, " of %s is carried forward", claim->id);
}

/* In whose formula, where that is not the claim's own. */
static void add_place(const aici_search *search, const aici_edit *edit, aici_buffer *out) {
    uint32_t quantity = aici_sheet_origin(search->sheet, edit->change[0].value)->quantity;
    if (quantity != AICI_NONE && quantity != aici_sheet_quantity(search->sheet, search->chain.output))
        aici_buffer_add_format(out, " in `%s`", search->sheet->bound->quantity[quantity].name);
}

static void add_dimension(const aici_search *search, const aici_edit *edit, aici_buffer *out) {
    add_named(search, edit, "without ", " and ", out);
    add_name(search->sheet, edit->other, NULL, out);
    add_place(search, edit, out);
}

static void add_other(const aici_search *search, const aici_edit *edit, aici_buffer *out) {
    aici_buffer_add_format(out, "with `%s`", search->sheet->bound->quantity[edit->other].name);
    add_named(search, edit, " in place of ", "", out);
}

static void add_rounded(const aici_search *search, const aici_edit *edit, aici_buffer *out) {
    const aici_quantity *quantity = &search->sheet->bound->quantity[aici_sheet_quantity(search->sheet, edit->subject)];
    add_named(search, edit, "if ", " is rounded to ", out);
    aici_describe_value(search->sheet->bound, quantity, edit->number, AICI_RESULT_DIGITS, out);
}

static void add_choice(const aici_search *search, const aici_edit *edit, aici_buffer *out) {
    add_named(search, edit, "with ", edit->change[0].by != 0 ? " true" : " false", out);
}

static void add_growth(const aici_edit *edit, aici_buffer *out) {
    aici_buffer_add_text(out, edit->slip == AICI_SLIP_GROWTH_TO ? "as growth to in place of growth by (one more)"
                                                                : "as growth by in place of growth to (one less)");
}

static void add_pair(const aici_search *search, const aici_edit *edit, aici_buffer *out) {
    aici_edit_add_text(search, &search->edit[edit->first], out);
    aici_buffer_add_text(out, " and ");
    aici_edit_add_text(search, &search->edit[edit->second], out);
}

void aici_edit_add_text(const aici_search *search, const aici_edit *edit, aici_buffer *out) {
    switch ((aici_slip)edit->slip) {
    case AICI_SLIP_CARRIED: add_carried(search, edit, out); break;
    case AICI_SLIP_PERIODS_MORE:
    case AICI_SLIP_PERIODS_FEWER: add_periods(search, edit, out); break;
    case AICI_SLIP_RATES_ADDED: add_named(search, edit, "if the rates in ", " are added in place of multiplied", out); break;
    case AICI_SLIP_GROWTH_TO:
    case AICI_SLIP_GROWTH_OF: add_growth(edit, out); break;
    case AICI_SLIP_CHOICE: add_choice(search, edit, out); break;
    case AICI_SLIP_SIBLING: add_sibling(search->sheet, edit, out); break;
    case AICI_SLIP_DIMENSION: add_dimension(search, edit, out); break;
    case AICI_SLIP_LEFT_OUT: add_named(search, edit, "without ", "", out); break;
    case AICI_SLIP_TWICE: add_named(search, edit, "with ", " counted twice", out); break;
    case AICI_SLIP_SIMPLE_GROWTH: aici_buffer_add_text(out, "with simple in place of compound growth"); break;
    case AICI_SLIP_OTHER_INPUT:
    case AICI_SLIP_OTHER_RESULT: add_other(search, edit, out); break;
    case AICI_SLIP_ROUNDED: add_rounded(search, edit, out); break;
    case AICI_SLIP_COUNTED_IN: add_named(search, edit, "with ", " counted in", out); break;
    case AICI_SLIP_CURRENCY:
        aici_buffer_add_text(out, "with a currency not converted, ");
        add_scaled(search, edit, out);
        break;
    case AICI_SLIP_PAIR: add_pair(search, edit, out); break;
    default: add_scaled(search, edit, out);
    }
}
