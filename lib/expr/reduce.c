/* SPDX-License-Identifier: MIT */
/*
 * From the two stacks to nodes: an operator takes its operands and becomes one. Here a bare number beside `to` or `±` takes the unit of the
 * other side.
 */
#include "expr/reading.h"
#include "base/elementary.h"

#include <math.h>
#include <string.h>

/* --- the stacks ----------------------------------------------------------------------------------------------------------------------- */

/* The first items lie in the struct itself, so that usual expressions need no memory. */
static void *grow(const aici_reading *reading, void *items, const void *inlined, size_t *capacity, size_t bytes) {
    size_t larger = *capacity * 2;
    bool moved = items != inlined;
    void *grown =
        moved ? aici_memory_resize(reading->allocator, items, larger * bytes) : aici_memory_take(reading->allocator, larger * bytes);
    if (!grown)
        return NULL;
    if (!moved)
        memcpy(grown, items, *capacity * bytes);
    *capacity = larger;
    return grown;
}

aic_status aici_reading_push(aici_reading *reading, aici_pending pending) {
    if (reading->pending_count == reading->pending_capacity) {
        aici_pending *grown = grow(reading, reading->pending, reading->first_pending, &reading->pending_capacity, sizeof *grown);
        if (!grown)
            return aici_report_memory(aici_reading_report(reading));
        reading->pending = grown;
    }
    pending.operands = (uint32_t)reading->waiting_count;
    reading->pending[reading->pending_count++] = pending;
    return AIC_OK;
}

aic_status aici_reading_wait(aici_reading *reading, aici_waiting waiting) {
    if (reading->waiting_count == reading->waiting_capacity) {
        aici_waiting *grown = grow(reading, reading->waiting, reading->first_waiting, &reading->waiting_capacity, sizeof *grown);
        if (!grown)
            return aici_report_memory(aici_reading_report(reading));
        reading->waiting = grown;
    }
    reading->waiting[reading->waiting_count++] = waiting;
    return AIC_OK;
}

/* --- nodes ---------------------------------------------------------------------------------------------------------------------------- */

static uint32_t height_of(aici_expr_kind kind, const aici_waiting *operand, uint32_t count) {
    uint32_t height = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t level = operand[i].height + (i == 0 && kind == AICI_EXPR_BINARY ? 0 : 1);
        height = level > height ? level : height;
    }
    return height;
}

static aic_status refuse_height(const aici_reading *reading, uint32_t begin, uint32_t end) {
    aici_place place = aici_reading_place(reading, begin, end);
    aic_status status = aici_report_error(aici_reading_report(reading), AICI_CODE_LIMIT_EXPR_DEPTH, &place,
                                          "an expression may be nested %zu deep, and this one is nested deeper", reading->deepest);
    aici_report_hint(aici_reading_report(reading), "split it into several quantities");
    return status;
}

aic_status aici_reading_join(aici_reading *reading, aici_expr_kind kind, uint32_t count, uint32_t begin, uint32_t end, aici_expr **made) {
    aici_waiting *operand = &reading->waiting[reading->waiting_count - count];
    uint32_t height = height_of(kind, operand, count);
    if (height > reading->deepest)
        return refuse_height(reading, begin, end);
    aici_expr *node = aici_node_new(reading->reader->arena, kind, count);
    if (!node)
        return aici_report_memory(aici_reading_report(reading));
    node->begin = begin;
    node->end = end;
    node->fragment = reading->lexer.fragment;
    for (uint32_t i = 0; i < count; i++)
        aici_node_set_child(node, i, operand[i].node);
    reading->waiting_count -= count;
    *made = node;
    return aici_reading_wait(reading, (aici_waiting){.node = node, .begin = begin, .end = end, .height = height});
}

/* --- `to` and `±` --------------------------------------------------------------------------------------------------------------------- */

static aici_expr *literal_of(const aici_waiting *operand) { return (aici_expr *)aici_expr_literal(operand->node); }

static aic_status take_unit(const aici_reading *reading, aici_expr *bare, const aici_expr *other) {
    bare->as.number.unit = other->as.number.unit;
    bare->as.number.unit_text = other->as.number.unit_text;
    bare->as.number.value = bare->as.number.written * bare->as.number.unit.scale;
    if (isfinite(bare->as.number.value) && (bare->as.number.value != 0 || bare->as.number.written == 0))
        return AIC_OK;
    aici_place place = aici_reading_place(reading, bare->begin, bare->end);
    return aici_report_error(aici_reading_report(reading), AICI_CODE_EXPR_RANGE, &place,
                             "in the coherent unit this is too large or too small a number to compute with");
}

static aic_status share_unit(const aici_reading *reading, const aici_waiting *left, const aici_waiting *right) {
    aici_expr *a = literal_of(left), *b = literal_of(right);
    if (!a || !b)
        return AIC_OK;
    bool has_left = a->as.number.unit_text.size > 0, has_right = b->as.number.unit_text.size > 0;
    if (has_left == has_right)
        return AIC_OK;
    return has_left ? take_unit(reading, b, a) : take_unit(reading, a, b);
}

/* `3 to 5 million`: is the 3 one of millions? `$3 to 5 million`? A unit of its own or brackets make it whole: `3 token to 5 million token`.
 * Where only one reading has its ends in order there is no doubt either: `100 to 1k`. */
static bool is_scale_doubtful(const aici_reading *reading, const aici_pending *interval, const aici_waiting *left,
                              const aici_waiting *right) {
    const aici_expr *a = left->node, *b = right->node;
    bool brackets = left->end != a->end || right->end != b->end;
    if (a->kind != AICI_EXPR_NUMBER || b->kind != AICI_EXPR_NUMBER || brackets)
        return false;
    if (left->scale != 0 || right->scale == 0 || a->as.number.written == 0)
        return false;
    if (a->as.number.unit_text.size > 0 && aici_currency_sign_size(&reading->lexer, a->begin) == 0)
        return false;
    return interval->variant == AICI_DISTRIBUTION_NORMAL || a->as.number.written * aici_power(10, right->scale) < b->as.number.written;
}

static aic_status refuse_doubtful_scale(const aici_reading *reading, const aici_waiting *left, const aici_waiting *right) {
    aici_place place = aici_reading_place(reading, left->begin, right->end);
    aici_slice whole = aici_reading_slice(reading, left->begin, right->end);
    aic_status status = aici_report_error(aici_reading_report(reading), AICI_CODE_EXPR_SCALE, &place,
                                          "`%.*s` has two readings: the scale may belong to the first number too", AICI_SLICE(whole));
    aici_report_hint(aici_reading_report(reading),
                     "write it with both numbers, as in `3 million to 5 million`, or the second one without it, as in `3 to 5e6`");
    return status;
}

static aic_status join_interval(aici_reading *reading, const aici_pending *interval) {
    static const uint8_t quantiles[] = {AICI_PARAMETER_P5, AICI_PARAMETER_P95}, moments[] = {AICI_PARAMETER_MEAN, AICI_PARAMETER_SD};
    const aici_waiting *right = aici_reading_newest(reading), *left = right - 1;
    aici_expr *made;
    if (is_scale_doubtful(reading, interval, left, right))
        return refuse_doubtful_scale(reading, left, right);
    aic_status status = share_unit(reading, left, right);
    if (status == AIC_OK)
        status = aici_reading_join(reading, AICI_EXPR_DISTRIBUTION, 2, left->begin, right->end, &made);
    if (status != AIC_OK)
        return status;
    made->variant = interval->variant;
    made->as.parameter = interval->variant == AICI_DISTRIBUTION_LOGNORMAL ? quantiles : moments;
    return AIC_OK;
}

/* --- operators ------------------------------------------------------------------------------------------------------------------------ */

uint8_t aici_operator_binding(uint8_t operation) {
    switch (operation) {
    case AICI_OPERATOR_ADD:
    case AICI_OPERATOR_SUBTRACT: return AICI_BINDS_SUM;
    case AICI_OPERATOR_MULTIPLY:
    case AICI_OPERATOR_DIVIDE: return AICI_BINDS_PRODUCT;
    case AICI_OPERATOR_POWER: return AICI_BINDS_POWER;
    case AICI_OPERATOR_AND: return AICI_BINDS_AND;
    case AICI_OPERATOR_OR: return AICI_BINDS_OR;
    default: return AICI_BINDS_COMPARISON;
    }
}

static aic_status join_binary(aici_reading *reading, uint8_t operation) {
    const aici_waiting *right = aici_reading_newest(reading), *left = right - 1;
    aici_expr *made;
    aic_status status = aici_reading_join(reading, AICI_EXPR_BINARY, 2, left->begin, right->end, &made);
    if (status == AIC_OK)
        made->variant = operation;
    return status;
}

static aic_status join_prefix(aici_reading *reading, const aici_pending *prefix) {
    static const struct {
        uint8_t kind, count;
    } shapes[] = {
        [AICI_PENDING_NEGATE] = {AICI_EXPR_NEGATE, 1}, [AICI_PENDING_NOT] = {AICI_EXPR_NOT, 1}, [AICI_PENDING_ELSE] = {AICI_EXPR_IF, 3}};
    aici_expr *made;
    reading->depth--;
    return aici_reading_join(reading, (aici_expr_kind)shapes[prefix->kind].kind, shapes[prefix->kind].count, prefix->begin,
                             aici_reading_newest(reading)->end, &made);
}

aic_status aici_reading_reduce(aici_reading *reading, uint8_t binding) {
    aic_status status = AIC_OK;
    while (status == AIC_OK && reading->pending_count > 0) {
        aici_pending top = *aici_reading_top(reading);
        if (top.kind > AICI_PENDING_ELSE || top.binding < binding)
            break;
        reading->pending_count--;
        if (top.kind == AICI_PENDING_BINARY)
            status = join_binary(reading, top.variant);
        else if (top.kind == AICI_PENDING_INTERVAL)
            status = join_interval(reading, &top);
        else
            status = join_prefix(reading, &top);
    }
    return status;
}
