/* SPDX-License-Identifier: MIT */
/* From an output backwards: who gets a constant elasticity, who a column, and in which steps. */
#include "eval/gradient_plan.h"

/** The sweep while it is made. */
typedef struct maker {
    const aici_program *program;
    const double *uniform;
    const bool *active;
    double *lane_e, *uniform_e, *draw_e;
    uint32_t *lane_slot, *uniform_slot;
    aici_gradient_step *step;
    aici_gradient_leaf *leaf;
    aici_gradient_plan *plan;
} maker;

static bool is_uniform(aici_operand operand) { return (operand & AICI_OPERAND_UNIFORM) != 0; }

static uint32_t index_of(aici_operand operand) { return operand & ~AICI_OPERAND_UNIFORM; }

static bool is_active(const maker *self, aici_operand operand) { return !is_uniform(operand) || self->active[index_of(operand)]; }

const bool *aici_gradient_active(const aici_program *program, aici_arena *arena) {
    bool *active = aici_arena_take_array(arena, (size_t)program->uniform_count + 1, sizeof *active);
    uint32_t first = program->constant_count;
    for (uint32_t i = 0; active && i < program->setting_count; i++)
        active[first + i] = true;
    for (uint32_t i = 0; active && i < program->once_count; i++) {
        const aici_instruction *at = &program->once[i];
        const aici_operand operand[] = {at->a, at->b, at->c}; /* 0, a lane, where none is taken */
        for (unsigned k = 0; k < 3; k++)
            active[index_of(at->to)] = active[index_of(at->to)] || (is_uniform(operand[k]) && active[index_of(operand[k])]);
    }
    return active;
}

/* --- what flows to an operand --------------------------------------------------------------------------------------------------------- */

static void give_constant(maker *self, aici_operand operand, double e) {
    if (is_active(self, operand))
        *(is_uniform(operand) ? &self->uniform_e[index_of(operand)] : &self->lane_e[operand]) += e;
}

static void give_column(maker *self, aici_gradient_step *step, unsigned which, aici_operand operand) {
    uint32_t *slot = is_uniform(operand) ? &self->uniform_slot[index_of(operand)] : &self->lane_slot[operand];
    if (!is_active(self, operand))
        return;
    step->add[which] = *slot != AICI_NONE;
    if (*slot == AICI_NONE) {
        *slot = self->plan->slot_count++;
        if (is_uniform(operand))
            self->leaf[self->plan->leaf_count++] = (aici_gradient_leaf){*slot, AICI_NONE, index_of(operand)};
    }
    step->slot[which] = *slot;
}

/* --- instructions --------------------------------------------------------------------------------------------------------------------- */

/** The operands by which an operation has derivatives, a bit each. */
static unsigned smooth_operands(const maker *self, const aici_instruction *at) {
    switch ((aici_opcode)at->opcode) {
    case AICI_OPCODE_ADD:
    case AICI_OPCODE_SUBTRACT:
    case AICI_OPCODE_MULTIPLY:
    case AICI_OPCODE_DIVIDE:
    case AICI_OPCODE_POWER:
    case AICI_OPCODE_MIN:
    case AICI_OPCODE_MAX: return 3;
    case AICI_OPCODE_NEGATE:
    case AICI_OPCODE_ABS:
    case AICI_OPCODE_SQRT:
    case AICI_OPCODE_EXP:
    case AICI_OPCODE_LN:
    case AICI_OPCODE_LOG2:
    case AICI_OPCODE_LOG10: return 1;
    case AICI_OPCODE_SELECT: return !is_uniform(at->a) ? 6 : self->uniform[index_of(at->a)] != 0 ? 2 : 4;
    default: return 0;
    }
}

/** Hands a constant elasticity on as what it is, where the operation is a product of powers of its operands (or one of them); false where
 * it is not. */
static bool pass_constant(maker *self, const aici_instruction *at, double e) {
    switch ((aici_opcode)at->opcode) {
    case AICI_OPCODE_MULTIPLY:
        give_constant(self, at->a, e);
        give_constant(self, at->b, e);
        return true;
    case AICI_OPCODE_DIVIDE:
        give_constant(self, at->a, e);
        give_constant(self, at->b, -e);
        return true;
    case AICI_OPCODE_NEGATE:
    case AICI_OPCODE_ABS: give_constant(self, at->a, e); return true;
    case AICI_OPCODE_SQRT: give_constant(self, at->a, e / 2); return true;
    case AICI_OPCODE_POWER:
        if (is_active(self, at->b))
            return false;
        give_constant(self, at->a, e * self->uniform[index_of(at->b)]);
        return true;
    case AICI_OPCODE_SELECT:
        if (!is_uniform(at->a))
            return false;
        give_constant(self, self->uniform[index_of(at->a)] != 0 ? at->b : at->c, e);
        return true;
    default: return false;
    }
}

static void add_step(maker *self, const aici_instruction *at, double e, uint32_t from) {
    const aici_operand operand[] = {at->a, at->b, at->c};
    unsigned smooth = smooth_operands(self, at);
    aici_gradient_step *step = &self->step[self->plan->step_count++];
    *step = (aici_gradient_step){.at = *at, .e = e, .from = from, .slot = {AICI_NONE, AICI_NONE, AICI_NONE}};
    for (unsigned i = 0; i < 3; i++)
        if (smooth >> i & 1)
            give_column(self, step, i, operand[i]);
}

static void end_at_draw(maker *self, const aici_instruction *at, double e, uint32_t slot) {
    self->draw_e[at->a] += e;
    if (slot != AICI_NONE)
        self->leaf[self->plan->leaf_count++] = (aici_gradient_leaf){slot, at->to, at->a};
}

static void go_back_over(maker *self, const aici_instruction *at) {
    double e = self->lane_e[at->to];
    uint32_t slot = self->lane_slot[at->to];
    if (e == 0 && slot == AICI_NONE)
        return;
    if (at->opcode >= AICI_OPCODE_COUNT) {
        end_at_draw(self, at, e, slot);
        return;
    }
    if (!smooth_operands(self, at))
        return;
    if (e != 0 && pass_constant(self, at, e))
        e = 0;
    if (e != 0 || slot != AICI_NONE)
        add_step(self, at, e, slot);
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------------ */

static uint32_t *take_slots(aici_arena *arena, uint32_t count) {
    uint32_t *slot = aici_arena_take_array(arena, (size_t)count + 1, sizeof *slot);
    for (uint32_t i = 0; slot && i < count; i++)
        slot[i] = AICI_NONE;
    return slot;
}

static bool take_arrays(maker *self, aici_arena *arena) {
    const aici_program *program = self->program;
    size_t lanes = (size_t)program->register_count + 1, uniforms = (size_t)program->uniform_count + 1;
    self->lane_e = aici_arena_take_array(arena, lanes, sizeof *self->lane_e);
    self->uniform_e = aici_arena_take_array(arena, uniforms, sizeof *self->uniform_e);
    self->draw_e = aici_arena_take_array(arena, (size_t)program->draw_count + 1, sizeof *self->draw_e);
    self->lane_slot = take_slots(arena, program->register_count);
    self->uniform_slot = take_slots(arena, program->uniform_count);
    self->step = aici_arena_take_array(arena, (size_t)program->each_count + 1, sizeof *self->step);
    self->leaf = aici_arena_take_array(arena, uniforms + program->each_count, sizeof *self->leaf);
    return self->lane_e && self->uniform_e && self->draw_e && self->lane_slot && self->uniform_slot && self->step && self->leaf;
}

bool aici_gradient_plan_make(const aici_program *program, const double *uniform, const bool *active, uint32_t output, aici_arena *arena,
                             aici_gradient_plan *out) {
    maker self = {.program = program, .uniform = uniform, .active = active, .plan = out};
    *out = (aici_gradient_plan){0};
    if (!take_arrays(&self, arena))
        return false;
    give_constant(&self, program->output[output], 1);
    for (uint32_t i = program->each_count; i-- > 0;)
        go_back_over(&self, &program->each[i]);
    out->step = self.step;
    out->leaf = self.leaf;
    out->draw_e = self.draw_e;
    out->uniform_e = self.uniform_e;
    return true;
}
