/* SPDX-License-Identifier: MIT */
/* The chain of one claim: which values it depends on, what they are called, and what the output becomes when some of them are changed. */
#include "analysis/diagnose_sheet.h"
#include "eval/eval.h"

#include <math.h>
#include <string.h>

/* --- what values are ------------------------------------------------------------------------------------------------------------------ */

const aici_dimension *aici_sheet_dimension(const aici_sheet *sheet, uint32_t value) {
    if (aici_sheet_is_leaf(sheet, value)) {
        const aici_expr *literal = aici_sheet_leaf(sheet, value)->literal;
        return literal ? &literal->type.dimension : NULL;
    }
    return aici_sheet_is_step(sheet, value) ? &aici_sheet_origin(sheet, value)->node->type.dimension : NULL;
}

bool aici_sheet_has_time(const aici_sheet *sheet, const aici_dimension *dimension) {
    bool found = false;
    for (uint16_t i = 0; dimension && i < dimension->count; i++)
        found = found || dimension->factor[i].base == sheet->second;
    return found;
}

bool aici_sheet_has_money(const aici_sheet *sheet, const aici_dimension *dimension) {
    bool found = false;
    for (uint16_t i = 0; dimension && i < dimension->count; i++)
        found = found || aici_units_base_class(sheet->bound->units, dimension->factor[i].base) == AICI_BASE_MONEY;
    return found;
}

/* Without a share, all is taken, not one percent: the unit of a ratio is 1. */
static double unit_of_literal(const aici_expr *literal) {
    double written = literal->as.number.written;
    bool ratio = aici_dimension_is_none(&literal->as.number.unit.dimension);
    return written != 0 && !ratio ? literal->as.number.value / written : 1.0;
}

double aici_sheet_unit(const aici_sheet *sheet, uint32_t value, const aici_expr *operand) {
    if (aici_sheet_is_leaf(sheet, value) && aici_sheet_leaf(sheet, value)->literal)
        return unit_of_literal(aici_sheet_leaf(sheet, value)->literal);
    if (operand && operand->kind == AICI_EXPR_NUMBER)
        return unit_of_literal(operand);
    uint32_t quantity = aici_sheet_quantity(sheet, value);
    if (quantity == AICI_NONE && operand && operand->kind == AICI_EXPR_NAME && operand->as.name.symbol < sheet->bound->quantity_count)
        quantity = operand->as.name.symbol;
    if (quantity == AICI_NONE || aici_dimension_is_none(&sheet->bound->quantity[quantity].tree->type.dimension))
        return 1.0;
    return sheet->bound->quantity[quantity].unit_scale;
}

/* --- the chain ------------------------------------------------------------------------------------------------------------------------ */

static unsigned arguments_of(uint32_t opcode) {
    static const uint8_t arguments[] = {
#define ARGUMENTS(name, count, meaning) count,
        AICI_INSTRUCTIONS(ARGUMENTS)
#undef ARGUMENTS
    };
    return arguments[opcode];
}

static void mark_operands(const aici_chain *chain, const aici_instruction *step) {
    const aici_operand operand[] = {step->a, step->b, step->c};
    for (unsigned i = 0; i < arguments_of(step->opcode); i++)
        chain->has[operand[i] & ~AICI_OPERAND_UNIFORM] = 1;
}

static size_t mark(const aici_chain *chain) {
    const aici_sheet *sheet = chain->sheet;
    size_t steps = 0;
    chain->has[chain->output] = 1;
    for (uint32_t value = sheet->value_count; value-- > sheet->first_step;) {
        if (!chain->has[value])
            continue;
        mark_operands(chain, aici_sheet_step(sheet, value));
        steps++;
    }
    return steps;
}

aic_status aici_chain_begin(aici_chain *chain, const aici_sheet *sheet, uint32_t output, size_t *budget) {
    *chain = (aici_chain){.sheet = sheet, .output = output, .budget = budget};
    chain->has = aici_memory_take_array(sheet->allocator, (size_t)sheet->value_count + 1, 1);
    chain->work = aici_memory_take_array(sheet->allocator, (size_t)sheet->value_count + 1, sizeof *chain->work);
    chain->slope = aici_memory_take_array(sheet->allocator, sheet->leaf_count + 1, sizeof *chain->slope);
    if (!chain->has || !chain->work || !chain->slope)
        return aici_report_memory(sheet->report);
    chain->step = aici_memory_take_array(sheet->allocator, mark(chain) + 1, sizeof *chain->step);
    if (!chain->step)
        return aici_report_memory(sheet->report);
    for (uint32_t value = sheet->first_step; value < sheet->value_count; value++) {
        if (chain->has[value])
            chain->step[chain->step_count++] = *aici_sheet_step(sheet, value);
    }
    memcpy(chain->work, sheet->value, sheet->value_count * sizeof *chain->work);
    return AIC_OK;
}

void aici_chain_end(aici_chain *chain) {
    if (!chain->sheet)
        return;
    aici_memory_release(chain->sheet->allocator, chain->has);
    aici_memory_release(chain->sheet->allocator, chain->work);
    aici_memory_release(chain->sheet->allocator, chain->step);
    aici_memory_release(chain->sheet->allocator, chain->slope);
    *chain = (aici_chain){0};
}

/* --- changes -------------------------------------------------------------------------------------------------------------------------- */

/* The first step that computes a later value. */
static size_t step_behind(const aici_chain *chain, uint32_t value) {
    size_t low = 0, high = chain->step_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if ((chain->step[middle].to & ~AICI_OPERAND_UNIFORM) > value)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static void run_steps(const aici_chain *chain, size_t first, size_t end) {
    const aici_program part = {.constant = chain->work, .once = chain->step + first, .once_count = (uint32_t)(end - first)};
    aici_eval_prepare(&part, NULL, chain->sheet->allocator, chain->work, NULL);
}

static double changed(double value, const aici_change *change) {
    switch ((aici_change_kind)change->kind) {
    case AICI_CHANGE_SET: return change->by;
    case AICI_CHANGE_ADD: return value + change->by;
    default: return value * change->by;
    }
}

bool aici_chain_spend(const aici_chain *chain, size_t operations) {
    *chain->budget -= operations < *chain->budget ? operations : *chain->budget;
    return *chain->budget > 0;
}

/* From step @p at on, through all changes to the output. */
static double run_through(const aici_chain *chain, size_t at, const aici_change *change, size_t count) {
    if (!aici_chain_spend(chain, chain->step_count - at + 1))
        return (double)NAN;
    for (size_t i = 0; i < count; i++) {
        size_t next = step_behind(chain, change[i].value);
        if (next > at)
            run_steps(chain, at, next);
        at = next > at ? next : at;
        double *value = &chain->work[change[i].value];
        *value = changed(*value, &change[i]);
    }
    run_steps(chain, at, chain->step_count);
    return chain->work[chain->output];
}

static void restore(const aici_chain *chain, size_t from, const aici_change *change, size_t count) {
    const double *value = chain->sheet->value;
    for (size_t i = 0; i < count; i++)
        chain->work[change[i].value] = value[change[i].value];
    for (size_t i = from; i < chain->step_count; i++) {
        uint32_t to = chain->step[i].to & ~AICI_OPERAND_UNIFORM;
        chain->work[to] = value[to];
    }
}

double aici_chain_try(const aici_chain *chain, const aici_change *change, size_t count) {
    if (!aici_chain_spend(chain, 1))
        return (double)NAN;
    size_t from = count ? step_behind(chain, change[0].value) : chain->step_count;
    double output = run_through(chain, from, change, count);
    restore(chain, from, change, count);
    return output;
}

/* --- rounding ------------------------------------------------------------------------------------------------------------------------- */

static bool is_rounded(const aici_chain *chain, size_t leaf) {
    return chain->sheet->leaf[leaf].half > 0 && chain->has[chain->sheet->first_leaf + leaf];
}

static void move(const aici_chain *chain, size_t leaf, int side) {
    uint32_t at = chain->sheet->first_leaf + (uint32_t)leaf;
    chain->work[at] = chain->sheet->value[at] + side * chain->sheet->leaf[leaf].half;
}

/* The output with all rounded figures at the ends that make it large (side 1) or small (-1). */
static double run_corner(const aici_chain *chain, int side, const aici_change *change, size_t count) {
    for (size_t i = 0; i < chain->sheet->leaf_count; i++) {
        if (is_rounded(chain, i))
            move(chain, i, side * chain->slope[i]);
    }
    double output = run_through(chain, 0, change, count);
    for (size_t i = 0; i < chain->sheet->leaf_count; i++)
        move(chain, i, 0);
    restore(chain, 0, change, count);
    return output;
}

static int slope_of(const aici_chain *chain, size_t leaf, const aici_change *change, size_t count) {
    double end[2];
    for (int i = 0; i < 2; i++) {
        move(chain, leaf, 2 * i - 1);
        end[i] = run_through(chain, 0, change, count);
        move(chain, leaf, 0);
        restore(chain, 0, change, count);
    }
    return end[1] >= end[0] ? 1 : -1;
}

void aici_chain_range(const aici_chain *chain, const aici_change *change, size_t count, double *low, double *high) {
    double plain = aici_chain_try(chain, change, count);
    bool any = false;
    for (size_t i = 0; i < chain->sheet->leaf_count && aici_chain_spend(chain, 1); i++) {
        if (!is_rounded(chain, i))
            continue;
        chain->slope[i] = (signed char)slope_of(chain, i, change, count);
        any = true;
    }
    *low = any ? fmin(plain, run_corner(chain, -1, change, count)) : plain;
    *high = any ? fmax(plain, run_corner(chain, 1, change, count)) : plain;
}
