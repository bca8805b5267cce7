/* SPDX-License-Identifier: MIT */
/* Sweeps backwards over a block of lanes: one step at a time, each a loop over columns. What is 0 stays 0, whatever it is multiplied with:
 * see eval/gradient.h. */
#include "base/simd/functions.h"
#include "eval/isa/set.h"

#include <float.h>

typedef struct back {
    const aici_gradient_block *sweep;
    const aici_gradient_step *step;
} back;

static double *slot_of(const aici_gradient_block *sweep, uint32_t slot) { return sweep->slot + (size_t)slot * sweep->block->stride; }

AICI_INLINE aici_v operand_at(const back *self, aici_operand which, size_t i) {
    const aici_block *block = self->sweep->block;
    if (which & AICI_OPERAND_UNIFORM)
        return v_all(block->uniform[which & ~AICI_OPERAND_UNIFORM]);
    return v_load(block->lane + (size_t)which * block->stride + i);
}

AICI_INLINE aici_v keep_zero(aici_v g, aici_v made) { return v_select(v_equal(g, v_all(0)), v_all(0), made); }
AICI_INLINE aici_v times(aici_v g, aici_v factor) { return keep_zero(g, v_multiply(g, factor)); }
AICI_INLINE aici_v over(aici_v g, aici_v divisor) { return keep_zero(g, v_divide(g, divisor)); }

/** The derivative that has come to the result, v. */
AICI_INLINE aici_v incoming(const back *self, aici_v v, size_t i) {
    const aici_gradient_step *step = self->step;
    aici_v g = v_all(0);
    if (step->from != AICI_NONE)
        g = v_load(slot_of(self->sweep, step->from) + i);
    if (step->e != 0)
        g = v_add(g, over(v_multiply(v_all(step->e), v_load(self->sweep->unit + i)), v));
    return g;
}

AICI_INLINE void give(const back *self, unsigned which, size_t i, aici_v part) {
    const aici_gradient_step *step = self->step;
    if (step->slot[which] == AICI_NONE)
        return;
    double *to = slot_of(self->sweep, step->slot[which]) + i;
    v_store(to, step->add[which] ? v_add(v_load(to), part) : part);
}

#define A operand_at(self, self->step->at.a, i)
#define B operand_at(self, self->step->at.b, i)
#define C operand_at(self, self->step->at.c, i)

/* A function an opcode; g is what came to the result v. */
#define BACK(name, gives)                                                                                                                  \
    static void back_##name(const back *self) {                                                                                            \
        for (size_t i = 0; i < self->sweep->block->lanes; i += AICI_LANES) {                                                               \
            const aici_v v = operand_at(self, self->step->at.to, i), g = incoming(self, v, i);                                             \
            gives                                                                                                                          \
        }                                                                                                                                  \
    }
#define STEP(name)                                                                                                                         \
    static void back_##name(const back *self) { (void)self; }

AICI_INLINE void give_power(const back *self, size_t i, aici_v v, aici_v g) {
    const aici_v a = A, b = B;
    if (self->step->slot[0] != AICI_NONE)
        give(self, 0, i, times(g, times(b, v_power(a, v_subtract(b, v_all(1))))));
    if (self->step->slot[1] != AICI_NONE)
        give(self, 1, i, times(g, times(v, v_ln(a))));
}

AICI_INLINE void give_one_of(const back *self, unsigned first, size_t i, aici_m chosen, aici_v g) {
    give(self, first, i, v_select(chosen, g, v_all(0)));
    give(self, first + 1, i, v_select(chosen, v_all(0), g));
}

BACK(ADD, give(self, 0, i, g); give(self, 1, i, g);)
BACK(SUBTRACT, give(self, 0, i, g); give(self, 1, i, v_negate(g));)
BACK(MULTIPLY, give(self, 0, i, times(g, B)); give(self, 1, i, times(g, A));)
BACK(DIVIDE, const aici_v part = over(g, B); give(self, 0, i, part); give(self, 1, i, v_negate(times(part, v)));)
BACK(POWER, give_power(self, i, v, g);)
BACK(NEGATE, give(self, 0, i, v_negate(g));)
BACK(ABS, give(self, 0, i, v_select(v_less(A, v_all(0)), v_negate(g), g));)
BACK(SQRT, give(self, 0, i, over(g, v_add(v, v)));)
BACK(EXP, give(self, 0, i, times(g, v));)
BACK(LN, give(self, 0, i, over(g, A));)
BACK(LOG2, give(self, 0, i, over(g, v_multiply(A, v_all(0.69314718055994530942))));)
BACK(LOG10, give(self, 0, i, over(g, v_multiply(A, v_all(2.30258509299404568402))));)
BACK(MIN, give_one_of(self, 0, i, v_less(A, B), g);)
BACK(MAX, give_one_of(self, 0, i, v_less_equal(B, A), g);)
BACK(SELECT, give_one_of(self, 1, i, m_not(v_equal(A, v_all(0))), g);)
STEP(CEIL)
STEP(FLOOR)
STEP(ROUND)
STEP(LESS)
STEP(LESS_EQUAL)
STEP(EQUAL)
STEP(NOT_EQUAL)
STEP(AND)
STEP(OR)
STEP(NOT)

static void sweep_back(const aici_gradient_block *sweep) {
    static void (*const run[])(const back *) = {
#define RUN(name, arguments, meaning) back_##name,
        AICI_INSTRUCTIONS(RUN)
#undef RUN
    };
    for (uint32_t i = 0; i < sweep->plan->step_count; i++) {
        const back self = {sweep, &sweep->plan->step[i]};
        run[self.step->at.opcode](&self);
    }
}

AICI_INLINE aici_m is_finite(aici_v a) { return v_less_equal(v_abs(a), v_all(DBL_MAX)); }

/** Where an output has elasticities; gives back in how many lanes. */
static uint64_t mark(const double *values, uint32_t lanes, double *unit) {
    aici_v count = v_all(0);
    for (size_t i = 0; i < lanes; i += AICI_LANES) {
        const aici_v y = v_load(values + i);
        const aici_v one = v_select(m_and(is_finite(y), m_not(v_equal(y, v_all(0)))), v_all(1), v_all(0));
        v_store(unit + i, one);
        count = v_add(count, one);
    }
    return (uint64_t)v_sum(count);
}

/** @p value NULL: derivatives are summed as they are; else times it. */
static void take(const double *g, const double *value, uint32_t lanes, aici_gradient_sum *sum) {
    aici_v total = v_load(sum->sum);
    aici_w undefined = w_all(0);
    for (size_t i = 0; i < lanes; i += AICI_LANES) {
        const aici_v part = value ? times(v_load(g + i), v_load(value + i)) : v_load(g + i);
        const aici_m finite = is_finite(part);
        total = v_add(total, v_select(finite, part, v_all(0)));
        undefined = w_count(undefined, m_not(finite));
    }
    v_store(sum->sum, total);
    sum->undefined += w_sum(undefined);
}

const aici_isa_gradient AICI_FOR_SET(aici_isa_gradient) = {sweep_back, mark, take};
