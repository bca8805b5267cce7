/* SPDX-License-Identifier: MIT */
/*
 * From a scenario to its sheet: literals of quantities and claims are collected, a program is made in which each of them varies, and its
 * two parts become one list of steps in which no place is written twice. Naming and changing of values is apart from this
 * (diagnose_chain.c).
 */
#include "analysis/diagnose_sheet.h"
#include "eval/eval.h"

#include <string.h>

/* --- figures -------------------------------------------------------------------------------------------------------------------------- */

static aic_status add_leaf(aici_sheet *sheet, aici_leaf leaf) {
    aici_leaf *grown = aici_memory_grow(sheet->allocator, sheet->leaf, sheet->leaf_count, &sheet->leaf_capacity, sizeof *grown);
    if (!grown)
        return aici_report_memory(sheet->report);
    sheet->leaf = grown;
    grown[sheet->leaf_count++] = leaf;
    return AIC_OK;
}

/* The 1 of `1 + growth` is no figure. */
static aic_status add_literal(aici_sheet *sheet, const aici_expr *literal, aici_leaf leaf) {
    const aici_quantity *quantity = leaf.quantity != AICI_NONE ? &sheet->bound->quantity[leaf.quantity] : NULL;
    leaf.literal = literal;
    leaf.half = quantity && quantity->rounded ? aici_expr_half_digit(literal, quantity->digits) : 0;
    bool plain_one = literal->as.number.value == 1 && literal->as.number.unit_text.size == 0;
    return literal->as.number.value != 0 && (!plain_one || leaf.alone) ? add_leaf(sheet, leaf) : AIC_OK;
}

/* Exponents, years in brackets and numbers of years behind a lag have to be constants. */
static bool is_constant_place(const aici_expr *tree, uint32_t child) {
    if (tree->kind == AICI_EXPR_BINARY)
        return tree->variant == AICI_OPERATOR_POWER && child == 1;
    return child > 0 && (tree->kind == AICI_EXPR_INDEX || (tree->kind == AICI_EXPR_CALL && tree->variant == AICI_FUNCTION_DELAY));
}

static aic_status add_literals(aici_sheet *sheet, const aici_expr *tree, aici_leaf leaf) {
    aic_status status = AIC_OK;
    for (; tree->kind == AICI_EXPR_BINARY && !is_constant_place(tree, 1) && status == AIC_OK; tree = tree->child[0])
        status = add_literals(sheet, tree->child[1], leaf);
    if (status != AIC_OK || tree->kind == AICI_EXPR_DISTRIBUTION)
        return status;
    if (tree->kind == AICI_EXPR_NUMBER)
        return add_literal(sheet, tree, leaf);
    for (uint32_t i = 0; i < tree->count && status == AIC_OK; i++) {
        if (tree->kind == AICI_EXPR_SERIES)
            leaf.year = tree->as.year[i];
        if (!is_constant_place(tree, i))
            status = add_literals(sheet, tree->child[i], leaf);
    }
    return status;
}

/* Figures that nobody gave stay constants, so that what two models compute alike from the same defaults is one value. */
static aic_status add_figures_of(aici_sheet *sheet, uint32_t index) {
    const aici_quantity *quantity = &sheet->bound->quantity[index];
    aici_leaf leaf = {.quantity = index, .year = AICI_NO_YEAR, .alone = aici_expr_literal(quantity->tree) != NULL};
    if (quantity->tree->type.kind == AICI_TYPE_BOOLEAN)
        return quantity->role == AICI_ROLE_INPUT && quantity->tree->kind == AICI_EXPR_BOOLEAN ? add_leaf(sheet, leaf) : AIC_OK;
    if (quantity->tree->type.kind != AICI_TYPE_QUANTITY || quantity->is_default || quantity->role == AICI_ROLE_OUTPUT)
        return AIC_OK;
    return add_literals(sheet, quantity->tree, leaf);
}

static aic_status collect(aici_sheet *sheet) {
    const aici_bound *bound = sheet->bound;
    aic_status status = AIC_OK;
    for (uint32_t i = 0; i < bound->quantity_count && status == AIC_OK; i++)
        status = add_figures_of(sheet, i);
    for (uint32_t i = 0; i < bound->claim_count && status == AIC_OK; i++) {
        if (bound->claim[i].computed)
            status = add_literals(sheet, bound->claim[i].computed, (aici_leaf){.quantity = AICI_NONE, .year = AICI_NO_YEAR});
    }
    return status;
}

/* --- the program ---------------------------------------------------------------------------------------------------------------------- */

static bool is_wanted(const aici_quantity *quantity) {
    const aici_type *type = &quantity->tree->type;
    return type->kind == AICI_TYPE_QUANTITY && !type->years && !type->uncertain;
}

static bool is_workable(const aici_claim *claim) { return claim->computed && !claim->computed->type.uncertain; }

static aic_status want(aici_sheet *sheet) {
    const aici_bound *bound = sheet->bound;
    sheet->wanted = aici_memory_take_array(sheet->allocator, (size_t)bound->quantity_count + bound->claim_count + 1, sizeof *sheet->wanted);
    if (!sheet->wanted)
        return aici_report_memory(sheet->report);
    for (uint32_t i = 0; i < bound->claim_count; i++) {
        if (is_workable(&bound->claim[i]))
            sheet->wanted[sheet->wanted_count++] = (aici_wanted){AICI_NONE, bound->claim[i].computed, AICI_NO_YEAR, 1.0};
    }
    for (uint32_t i = 0; i < bound->quantity_count; i++) {
        if (is_wanted(&bound->quantity[i]))
            sheet->wanted[sheet->wanted_count++] = (aici_wanted){i, NULL, AICI_NO_YEAR, 1.0};
    }
    return AIC_OK;
}

static aic_status compile(aici_sheet *sheet, const aici_leaf *leaf, size_t count, aici_program **out) {
    aici_varying *varying = aici_memory_take_array(sheet->allocator, count + 1, sizeof *varying);
    if (!varying)
        return aici_report_memory(sheet->report);
    for (size_t i = 0; i < count; i++)
        varying[i] = (aici_varying){leaf[i].literal ? AICI_NONE : leaf[i].quantity, leaf[i].literal, 1.0, false};
    aici_plan_request request = {sheet->bound, varying, count, sheet->wanted, sheet->wanted_count, false, false};
    aic_status status = aici_plan_compile(&request, sheet->allocator, out, NULL);
    aici_memory_release(sheet->allocator, varying);
    return status == AIC_ERROR_MEMORY ? aici_report_memory(sheet->report) : status;
}

/* Keeps of leaves [first, first + count) those that may vary: all, or by halves, as long as that does not take too many programs. */
static aic_status keep_what_can_vary(aici_sheet *sheet, size_t first, size_t count, size_t *kept) {
    enum { MOST_COMPILED = 64 };
    aici_program *program = NULL;
    if (sheet->compiled++ > MOST_COMPILED)
        return AIC_OK;
    aic_status status = count ? compile(sheet, sheet->leaf + first, count, &program) : AIC_OK;
    aici_program_free(program);
    if (status == AIC_ERROR_MEMORY || (status != AIC_OK && count == 1))
        return status == AIC_ERROR_MEMORY ? status : AIC_OK;
    if (status != AIC_OK) {
        status = keep_what_can_vary(sheet, first, count / 2, kept);
        return status == AIC_OK ? keep_what_can_vary(sheet, first + count / 2, count - count / 2, kept) : status;
    }
    for (size_t i = 0; i < count; i++)
        sheet->leaf[(*kept)++] = sheet->leaf[first + i];
    return AIC_OK;
}

static aic_status make_program(aici_sheet *sheet) {
    aic_status status = compile(sheet, sheet->leaf, sheet->leaf_count, &sheet->program);
    if (status == AIC_OK || status == AIC_ERROR_MEMORY)
        return status;
    size_t kept = 0;
    status = keep_what_can_vary(sheet, 0, sheet->leaf_count, &kept);
    sheet->leaf_count = kept;
    if (status == AIC_OK)
        status = compile(sheet, sheet->leaf, kept, &sheet->program);
    return status == AIC_ERROR_MEMORY ? status : AIC_OK;
}

/* --- one list of steps ---------------------------------------------------------------------------------------------------------------- */

/* Where the values of a program's registers stand while its steps are copied. */
typedef struct copying {
    aici_sheet *sheet;
    const aici_program *program;
    uint32_t *of_uniform, *of_lane;
    aici_origin *origin;
    uint32_t count;
} copying;

static uint32_t value_of(const copying *self, aici_operand operand) {
    return operand & AICI_OPERAND_UNIFORM ? self->of_uniform[operand & ~AICI_OPERAND_UNIFORM] : self->of_lane[operand];
}

/* Operands that an opcode does not take are 0, which is a register too; reading it does no harm. */
static void copy_step(copying *self, const aici_instruction *from, const aici_origin *origin) {
    uint32_t to = self->sheet->first_step + self->count;
    self->sheet->step[self->count] =
        (aici_instruction){from->opcode, to | AICI_OPERAND_UNIFORM, value_of(self, from->a) | AICI_OPERAND_UNIFORM,
                           value_of(self, from->b) | AICI_OPERAND_UNIFORM, value_of(self, from->c) | AICI_OPERAND_UNIFORM};
    self->origin[self->count++] = *origin;
}

static void copy_program(copying *self) {
    const aici_program *program = self->program;
    aici_sheet *sheet = self->sheet;
    for (uint32_t i = 0; i < program->constant_count; i++) {
        self->of_uniform[i] = i;
        sheet->value[i] = program->constant[i];
    }
    for (uint32_t i = 0; i < program->input_count; i++) {
        const aici_leaf *leaf = &sheet->leaf[i];
        self->of_lane[i] = sheet->first_leaf + i;
        sheet->value[sheet->first_leaf + i] =
            leaf->literal ? leaf->literal->as.number.value : sheet->bound->quantity[leaf->quantity].tree->as.boolean;
    }
    for (uint32_t i = 0; i < program->once_count; i++) {
        copy_step(self, &program->once[i], &program->once_origin[i]);
        self->of_uniform[program->once[i].to & ~AICI_OPERAND_UNIFORM] = sheet->first_step + i;
    }
    for (uint32_t i = 0; i < program->each_count; i++) {
        copy_step(self, &program->each[i], &program->each_origin[i]);
        self->of_lane[program->each[i].to] = sheet->first_step + program->once_count + i;
    }
}

static void note_outputs(const copying *self) {
    aici_sheet *sheet = self->sheet;
    uint32_t next = 0;
    for (uint32_t i = 0; i < sheet->bound->claim_count; i++)
        sheet->of_claim[i] = is_workable(&sheet->bound->claim[i]) ? value_of(self, self->program->output[next++]) : AICI_NONE;
    for (uint32_t i = 0; i < sheet->bound->quantity_count; i++)
        sheet->of_quantity[i] = is_wanted(&sheet->bound->quantity[i]) ? value_of(self, self->program->output[next++]) : AICI_NONE;
}

static void note_names(const copying *self) {
    aici_sheet *sheet = self->sheet;
    const aici_quantity *quantity = sheet->bound->quantity;
    for (uint32_t value = 0; value < sheet->value_count; value++)
        sheet->named[value] = AICI_NONE;
    for (uint32_t i = 0; i < sheet->bound->quantity_count; i++) {
        uint32_t value = sheet->of_quantity[i];
        if (value == AICI_NONE || value < sheet->first_leaf)
            continue;
        uint32_t *named = &sheet->named[value];
        if (*named == AICI_NONE || (quantity[*named].tree->kind == AICI_EXPR_NAME && quantity[i].tree->kind != AICI_EXPR_NAME))
            *named = i;
    }
}

static bool take_columns(aici_sheet *sheet, copying *self) {
    const aic_allocator *allocator = sheet->allocator;
    size_t steps = (size_t)self->program->once_count + self->program->each_count;
    sheet->step = aici_memory_take_array(allocator, steps + 1, sizeof *sheet->step);
    sheet->origin = self->origin = aici_memory_take_array(allocator, steps + 1, sizeof *self->origin);
    sheet->value = aici_memory_take_array(allocator, sheet->first_step + steps + 1, sizeof *sheet->value);
    sheet->of_claim = aici_memory_take_array(allocator, (size_t)sheet->bound->claim_count + 1, sizeof *sheet->of_claim);
    sheet->of_quantity = aici_memory_take_array(allocator, (size_t)sheet->bound->quantity_count + 1, sizeof *sheet->of_quantity);
    self->of_uniform = aici_memory_take_array(allocator, (size_t)self->program->uniform_count + 1, sizeof *self->of_uniform);
    self->of_lane = aici_memory_take_array(allocator, (size_t)self->program->register_count + 1, sizeof *self->of_lane);
    sheet->value_count = sheet->first_step + (uint32_t)steps;
    sheet->named = aici_memory_take_array(allocator, (size_t)sheet->value_count + 1, sizeof *sheet->named);
    return sheet->named && sheet->step && self->origin && sheet->value && sheet->of_claim && sheet->of_quantity && self->of_uniform &&
           self->of_lane;
}

static aic_status lay_open(aici_sheet *sheet) {
    copying self = {.sheet = sheet, .program = sheet->program};
    sheet->first_leaf = sheet->program->constant_count;
    sheet->first_step = sheet->first_leaf + sheet->program->input_count;
    bool done = take_columns(sheet, &self);
    if (done) {
        copy_program(&self);
        note_outputs(&self);
        note_names(&self);
        const aici_program all = {.constant = sheet->value, .once = sheet->step, .once_count = self.count};
        aici_eval_prepare(&all, NULL, sheet->allocator, sheet->value, NULL);
    }
    aici_memory_release(sheet->allocator, self.of_uniform);
    aici_memory_release(sheet->allocator, self.of_lane);
    return done ? AIC_OK : aici_report_memory(sheet->report);
}

static uint16_t find_second(const aici_units *units) {
    for (size_t i = 0; i < aici_units_count(units); i++) {
        aici_unit_entry entry = aici_units_entry(units, i);
        if (strcmp(entry.name, "s") == 0)
            return entry.unit.dimension.factor[0].base;
    }
    return 0;
}

aic_status aici_sheet_begin(aici_sheet *sheet, aici_bound *bound, const aic_allocator *allocator, aic_report *report) {
    *sheet = (aici_sheet){.bound = bound, .allocator = allocator, .report = report};
    sheet->second = find_second(bound->units);
    aic_status status = collect(sheet);
    if (status == AIC_OK)
        status = want(sheet);
    if (status == AIC_OK)
        status = make_program(sheet);
    return status == AIC_OK && sheet->program ? lay_open(sheet) : status;
}

void aici_sheet_end(aici_sheet *sheet) {
    aici_program_free(sheet->program);
    aici_memory_release(sheet->allocator, sheet->leaf);
    aici_memory_release(sheet->allocator, sheet->wanted);
    aici_memory_release(sheet->allocator, sheet->step);
    aici_memory_release(sheet->allocator, (void *)(uintptr_t)sheet->origin);
    aici_memory_release(sheet->allocator, sheet->value);
    aici_memory_release(sheet->allocator, sheet->of_claim);
    aici_memory_release(sheet->allocator, sheet->named);
    aici_memory_release(sheet->allocator, sheet->of_quantity);
    *sheet = (aici_sheet){0};
}
