/* SPDX-License-Identifier: MIT */
/*
 * A program as text, for people and tests: constants, inputs, what is computed once and for each lane, outputs; a section that is empty is
 * left out.
 */
#include "plan/value.h"

static void add_operand(aici_operand operand, aici_buffer *out) {
    bool uniform = (operand & AICI_OPERAND_UNIFORM) != 0;
    aici_buffer_add_format(out, "%c%u", uniform ? 'u' : 'r', (unsigned)(operand & ~AICI_OPERAND_UNIFORM));
}

static bool is_letter(char character) { return character >= 'a' && character <= 'z'; }

/** Writes what an opcode means, such as "if a then b else c", with operands in place of the letters a, b and c where these stand alone. */
static void add_meaning(const char *meaning, const aici_operand operand[3], aici_buffer *out) {
    for (const char *at = meaning; *at; at++) {
        bool alone = !is_letter(at[1]) && (at == meaning || !is_letter(at[-1]));
        if (*at >= 'a' && *at <= 'c' && alone)
            add_operand(operand[*at - 'a'], out);
        else
            aici_buffer_add_char(out, *at);
    }
}

/** "    # chatgpt.compute_rate 2026" */
static void add_origin(const aici_program *program, const aici_origin *origin, aici_buffer *out) {
    if (origin->quantity == AICI_NONE && origin->year == AICI_NO_YEAR)
        return;
    aici_buffer_add_text(out, "    #");
    if (origin->quantity != AICI_NONE)
        aici_buffer_add_format(out, " %s", program->bound->quantity[origin->quantity].name);
    if (origin->year != AICI_NO_YEAR)
        aici_buffer_add_format(out, " %d", (int)origin->year);
}

/** "draw d0", "normal d0", "draw d0 from r2" */
static void add_drawing(const aici_instruction *instruction, aici_buffer *out) {
    aici_buffer_add_format(out, "%s d%u", instruction->opcode == AICI_OPCODE_NORMAL ? "normal" : "draw", (unsigned)instruction->a);
    if (instruction->opcode != AICI_OPCODE_FROM_NORMAL)
        return;
    aici_buffer_add_text(out, " from ");
    add_operand(instruction->b, out);
}

static void add_instruction(const aici_program *program, const aici_instruction *instruction, const aici_origin *origin, aici_buffer *out) {
    static const char *const meaning_of[] = {
#define MEANING(name, arguments, meaning) meaning,
        AICI_INSTRUCTIONS(MEANING)
#undef MEANING
    };
    const aici_operand operand[] = {instruction->a, instruction->b, instruction->c};
    aici_buffer_add_text(out, "  ");
    add_operand(instruction->to, out);
    aici_buffer_add_text(out, " = ");
    if (instruction->opcode < AICI_OPCODE_COUNT)
        add_meaning(meaning_of[instruction->opcode], operand, out);
    else
        add_drawing(instruction, out);
    add_origin(program, origin, out);
    aici_buffer_add_char(out, '\n');
}

static void add_title(const char *title, uint32_t count, aici_buffer *out) {
    if (count)
        aici_buffer_add_format(out, "%s:\n", title);
}

static void add_constants(const aici_program *program, aici_buffer *out) {
    add_title("constants", program->constant_count, out);
    for (uint32_t i = 0; i < program->constant_count; i++) {
        aici_buffer_add_format(out, "  u%u = ", (unsigned)i);
        aici_buffer_add_number(out, program->constant[i]);
        aici_buffer_add_char(out, '\n');
    }
}

/** " * 0.01"; nothing for a scale of 1. */
static void add_scale(const char *operator, double scale, aici_buffer *out) {
    if (scale == 1)
        return;
    aici_buffer_add_text(out, operator);
    aici_buffer_add_number(out, scale);
}

static void add_settings(const aici_program *program, aici_buffer *out) {
    add_title("settings", program->setting_count, out);
    for (uint32_t i = 0; i < program->setting_count; i++) {
        aici_buffer_add_format(out, "  u%u = setting %u", (unsigned)(program->constant_count + i), (unsigned)i);
        add_scale(" * ", program->setting_scale[i], out);
        aici_buffer_add_char(out, '\n');
    }
}

/** "normal(mean=u0, sd=u1)", "mixture(d0, weight=u0, d1, weight=u1)" */
static void add_distribution(const aici_draw *draw, aici_buffer *out) {
    static const char *const distribution[] = {"normal", "lognormal", "uniform",  "loguniform", "triangular",
                                               "pert",   "beta",      "discrete", "mixture",    "truncated"};
    static const char *const parameter[] = {"mean", "sd",  "low", "high", "mode", "a",   "b",     "p5",
                                            "p10",  "p25", "p50", "p75",  "p90",  "p95", "value", "weight"};
    aici_buffer_add_format(out, "%s(", distribution[draw->distribution]);
    for (uint32_t i = 0; i < draw->count; i++) {
        aici_buffer_add_text(out, i ? ", " : "");
        if (draw->parameter[i] == AICI_PARAMETER_DISTRIBUTION) {
            aici_buffer_add_format(out, "d%u", (unsigned)draw->value[i]);
            continue;
        }
        aici_buffer_add_format(out, "%s=", parameter[draw->parameter[i]]);
        add_operand(draw->value[i], out);
    }
    aici_buffer_add_char(out, ')');
}

/** "  d0 = lognormal(p5=u0, p95=u1), word 0    # visits"; a component has no word. */
static void add_draws(const aici_program *program, aici_buffer *out) {
    add_title("draws", program->draw_count, out);
    for (uint32_t i = 0; i < program->draw_count; i++) {
        const aici_draw *draw = &program->draw[i];
        aici_buffer_add_format(out, "  d%u = ", (unsigned)i);
        add_distribution(draw, out);
        for (uint32_t word = 0; word < draw->word_count; word++)
            aici_buffer_add_format(out, "%s %u", word ? "," : ", word", (unsigned)(draw->word + word));
        add_origin(program, &draw->origin, out);
        aici_buffer_add_char(out, '\n');
    }
}

static void add_inputs(const aici_program *program, aici_buffer *out) {
    add_title("inputs", program->input_count, out);
    for (uint32_t i = 0; i < program->input_count; i++) {
        aici_buffer_add_format(out, "  r%u = input %u", (unsigned)i, (unsigned)i);
        add_scale(" * ", program->input_scale[i], out);
        aici_buffer_add_char(out, '\n');
    }
}

static void add_outputs(const aici_program *program, aici_buffer *out) {
    add_title("outputs", program->output_count, out);
    for (uint32_t i = 0; i < program->output_count; i++) {
        aici_buffer_add_format(out, "  output %u = ", (unsigned)i);
        add_operand(program->output[i], out);
        add_scale(" / ", program->output_scale[i], out);
        aici_buffer_add_char(out, '\n');
    }
}

void aici_program_add_text(const aici_program *program, aici_buffer *out) {
    add_constants(program, out);
    add_settings(program, out);
    add_inputs(program, out);
    add_draws(program, out);
    add_title("once", program->once_count, out);
    for (uint32_t i = 0; i < program->once_count; i++)
        add_instruction(program, &program->once[i], &program->once_origin[i], out);
    add_title("each", program->each_count, out);
    for (uint32_t i = 0; i < program->each_count; i++)
        add_instruction(program, &program->each[i], &program->each_origin[i], out);
    add_outputs(program, out);
}
