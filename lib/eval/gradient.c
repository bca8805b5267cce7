/* SPDX-License-Identifier: MIT */
/* Sweeps backwards over single numbers: what is computed once, and whole programs at one lane. */
#include "eval/gradient.h"
#include "eval/eval.h"
#include "eval/functions.h"
#include "eval/scalar.h"

enum { NODES_ON_STACK = 384 };

/** What an operation was made from. */
typedef struct operation {
    uint32_t opcode;
    double a, b, v; /* operands that are not taken may be anything */
} operation;

/** Derivatives of the result by the operands. The rules at kinks stand in the header. */
static void differentiate(const operation *of, double part[3]) {
    double a = of->a, b = of->b, v = of->v;
    part[0] = part[1] = part[2] = 0;
    switch ((aici_opcode)of->opcode) {
    case AICI_OPCODE_ADD: part[0] = part[1] = 1; break;
    case AICI_OPCODE_SUBTRACT:
        part[0] = 1;
        part[1] = -1;
        break;
    case AICI_OPCODE_MULTIPLY:
        part[0] = b;
        part[1] = a;
        break;
    case AICI_OPCODE_DIVIDE:
        part[0] = 1 / b;
        part[1] = -v / b;
        break;
    case AICI_OPCODE_POWER:
        part[0] = b * aici_eval_power(a, b - 1);
        part[1] = v == 0 ? 0 : v * aici_eval_ln(a);
        break;
    case AICI_OPCODE_NEGATE: part[0] = -1; break;
    case AICI_OPCODE_ABS: part[0] = a < 0 ? -1 : 1; break;
    case AICI_OPCODE_SQRT: part[0] = 1 / (v + v); break;
    case AICI_OPCODE_EXP: part[0] = v; break;
    case AICI_OPCODE_LN: part[0] = 1 / a; break;
    case AICI_OPCODE_LOG2: part[0] = 1 / (a * 0.69314718055994530942); break;
    case AICI_OPCODE_LOG10: part[0] = 1 / (a * 2.30258509299404568402); break;
    case AICI_OPCODE_MIN: part[a < b ? 0 : 1] = 1; break;
    case AICI_OPCODE_MAX: part[a >= b ? 0 : 1] = 1; break;
    case AICI_OPCODE_SELECT: part[a != 0 ? 1 : 2] = 1; break;
    default: break;
    }
}

static double times(double g, double part) { return g == 0 || part == 0 ? 0 : g * part; }

/* --- what is computed once ------------------------------------------------------------------------------------------------------------ */

static uint32_t index_of(aici_operand operand) { return operand & ~AICI_OPERAND_UNIFORM; }

/** A constant elasticity goes on as one where the operation is a product of powers; what is left of it has to become a derivative. */
static double pass_constant(const aici_instruction *at, const operation *of, aici_adjoint *adjoint, double e) {
    aici_adjoint *a = &adjoint[index_of(at->a)], *b = &adjoint[index_of(at->b)];
    switch ((aici_opcode)at->opcode) {
    case AICI_OPCODE_MULTIPLY:
        a->e += e;
        b->e += e;
        return 0;
    case AICI_OPCODE_DIVIDE:
        a->e += e;
        b->e -= e;
        return 0;
    case AICI_OPCODE_NEGATE:
    case AICI_OPCODE_ABS: a->e += e; return 0;
    case AICI_OPCODE_SQRT: a->e += e / 2; return 0;
    case AICI_OPCODE_POWER:
        a->e += e * of->b;
        b->g += times(e, aici_eval_ln(of->a));
        return 0;
    case AICI_OPCODE_SELECT: adjoint[index_of(of->a != 0 ? at->b : at->c)].e += e; return 0;
    default: return e;
    }
}

static void go_back_over(const aici_instruction *at, const double *uniform, aici_adjoint *adjoint) {
    const operation of = {at->opcode, uniform[index_of(at->a)], uniform[index_of(at->b)], uniform[index_of(at->to)]};
    const aici_adjoint came = adjoint[index_of(at->to)];
    const aici_operand operand[] = {at->a, at->b, at->c};
    double part[3], rest = came.e == 0 ? 0 : pass_constant(at, &of, adjoint, came.e), g = came.g + (rest == 0 ? 0 : rest / of.v);
    if (g == 0)
        return;
    differentiate(&of, part);
    for (unsigned i = 0; i < 3; i++)
        if (part[i] != 0)
            adjoint[index_of(operand[i])].g += g * part[i];
}

void aici_gradient_once(const aici_program *program, const double *uniform, aici_adjoint *adjoint) {
    for (uint32_t i = program->once_count; i-- > 0;) {
        const aici_instruction *at = &program->once[i];
        const aici_adjoint came = adjoint[index_of(at->to)];
        if (at->opcode < AICI_OPCODE_COUNT && (came.e != 0 || came.g != 0))
            go_back_over(at, uniform, adjoint);
    }
}

double aici_adjoint_elasticity(aici_adjoint adjoint, double value) { return adjoint.e + times(adjoint.g, value); }

/* --- one lane ------------------------------------------------------------------------------------------------------------------------- */

/** A program in which every value has a place of its own: inputs, then results. Uniform operands are what they were. */
typedef struct tape {
    const aici_program *program;
    const double *uniform;
    double *value, *adjoint;
    aici_instruction *instruction;
    uint32_t *latest; /* by register: which value it holds */
} tape;

static bool is_uniform(aici_operand operand) { return (operand & AICI_OPERAND_UNIFORM) != 0; }

static aici_operand find(const tape *self, aici_operand operand) { return is_uniform(operand) ? operand : self->latest[operand]; }

static double number(const tape *self, aici_operand operand) {
    return is_uniform(operand) ? self->uniform[index_of(operand)] : self->value[operand];
}

static void record(const tape *self, const double *input) {
    const aici_program *program = self->program;
    for (uint32_t i = 0; i < program->register_count; i++)
        self->latest[i] = i < program->input_count ? i : 0;
    for (uint32_t i = 0; i < program->input_count; i++)
        self->value[i] = input[i] * program->input_scale[i];
    for (uint32_t i = 0; i < program->each_count; i++) {
        const aici_instruction *at = &program->each[i];
        self->instruction[i] =
            (aici_instruction){at->opcode, program->input_count + i, find(self, at->a), find(self, at->b), find(self, at->c)};
        self->latest[at->to] = program->input_count + i;
    }
    const aici_operands operands = {{self->value, (double *)(uintptr_t)self->uniform}}; /* `each` only reads uniform values */
    aici_eval_run(self->instruction, program->each_count, &operands);
}

static void play_back(const tape *self, uint32_t output) {
    const aici_program *program = self->program;
    aici_operand from = find(self, program->output[output]);
    for (uint32_t i = 0; i < program->input_count + program->each_count; i++)
        self->adjoint[i] = 0;
    if (is_uniform(from))
        return;
    self->adjoint[from] = 1;
    for (uint32_t i = program->each_count; i-- > 0;) {
        const aici_instruction *at = &self->instruction[i];
        const aici_operand operand[] = {at->a, at->b, at->c};
        double part[3], g = self->adjoint[at->to];
        if (g == 0)
            continue;
        differentiate(&(operation){at->opcode, number(self, at->a), number(self, at->b), self->value[at->to]}, part);
        for (unsigned k = 0; k < 3; k++)
            if (part[k] != 0 && !is_uniform(operand[k]))
                self->adjoint[operand[k]] += g * part[k];
    }
}

static void fill(const tape *self, const double *input, double *gradient) {
    const aici_program *program = self->program;
    record(self, input);
    for (uint32_t i = 0; i < program->output_count; i++) {
        play_back(self, i);
        for (uint32_t k = 0; k < program->input_count; k++)
            gradient[(size_t)i * program->input_count + k] = self->adjoint[k] * program->input_scale[k] / program->output_scale[i];
    }
}

static aic_status fill_in_memory(tape *self, const double *input, double *gradient, const aic_allocator *allocator) {
    const aici_program *program = self->program;
    size_t nodes = (size_t)program->input_count + program->each_count + 1;
    self->value = aici_memory_take_array(allocator, nodes, 2 * sizeof(double) + sizeof(aici_instruction) + sizeof(uint32_t));
    if (!self->value)
        return AIC_ERROR_MEMORY;
    self->adjoint = self->value + nodes;
    self->instruction = (aici_instruction *)(self->adjoint + nodes);
    self->latest = (uint32_t *)(self->instruction + nodes);
    fill(self, input, gradient);
    aici_memory_release(allocator, self->value);
    return AIC_OK;
}

aic_status aici_gradient_one(const aici_program *program, const double *uniform, const double *input, double *gradient,
                             const aic_allocator *allocator) {
    double value[NODES_ON_STACK], adjoint[NODES_ON_STACK];
    aici_instruction instruction[NODES_ON_STACK];
    uint32_t latest[NODES_ON_STACK];
    tape self = {program, uniform, value, adjoint, instruction, latest};
    if ((uint64_t)program->input_count + program->each_count > NODES_ON_STACK)
        return fill_in_memory(&self, input, gradient, allocator);
    fill(&self, input, gradient);
    return AIC_OK;
}
