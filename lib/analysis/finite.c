/* SPDX-License-Identifier: MIT */
/* Says of a value that is not finite which operation made it so, of which operands, in which formula and year. */
#include "analysis/analysis.h"
#include "analysis/describe.h"
#include "eval/eval.h"
#include "plan/plan.h"

#include <math.h>

/* An operation that went wrong. */
typedef struct fault {
    const aici_bound *bound;
    aici_origin origin;
    uint32_t opcode;
    double operand[3];
} fault;

static const char *reason_for_power(double base, double exponent) {
    if (base == 0 && exponent < 0)
        return "divides by zero";
    return base < 0 && exponent != floor(exponent) ? "is a broken power of a negative number" : "is too large";
}

static const char *reason_of(const fault *of) {
    double a = of->operand[0], b = of->operand[1];
    switch (of->opcode) {
    case AICI_OPCODE_DIVIDE: return b == 0 ? "divides by zero" : "is too large";
    case AICI_OPCODE_POWER: return reason_for_power(a, b);
    case AICI_OPCODE_SQRT: return a < 0 ? "is the root of a negative number" : "is too large";
    case AICI_OPCODE_LN:
    case AICI_OPCODE_LOG2:
    case AICI_OPCODE_LOG10: return a < 0 ? "is the logarithm of a negative number" : "is the logarithm of zero";
    default: return "is too large";
    }
}

/* --- the operation, with its operands ------------------------------------------------------------------------------------------------- */

static const char *operator_text(uint32_t opcode) {
    switch (opcode) {
    case AICI_OPCODE_ADD: return " + ";
    case AICI_OPCODE_SUBTRACT: return " - ";
    case AICI_OPCODE_MULTIPLY: return " * ";
    case AICI_OPCODE_DIVIDE: return " / ";
    case AICI_OPCODE_POWER: return " ^ ";
    default: return NULL;
    }
}

static const char *function_text(uint32_t opcode) {
    switch (opcode) {
    case AICI_OPCODE_SQRT: return "sqrt";
    case AICI_OPCODE_EXP: return "exp";
    case AICI_OPCODE_LN: return "ln";
    case AICI_OPCODE_LOG2: return "log2";
    case AICI_OPCODE_LOG10: return "log10";
    default: return NULL;
    }
}

/* Whether the node is this very operation, so that its children are the operands. */
static bool is_own(const fault *of) {
    static const uint32_t opcode[] = {AICI_OPCODE_ADD, AICI_OPCODE_SUBTRACT, AICI_OPCODE_MULTIPLY, AICI_OPCODE_DIVIDE, AICI_OPCODE_POWER};
    const aici_expr *node = of->origin.node;
    if (node->kind == AICI_EXPR_BINARY)
        return node->variant <= AICI_OPERATOR_POWER && opcode[node->variant] == of->opcode;
    return node->kind == AICI_EXPR_CALL && node->count == 1 && function_text(of->opcode) && !operator_text(of->opcode);
}

static void add_operand(const fault *of, uint32_t index, bool own, aici_buffer *out) {
    const aici_expr *child = own ? of->origin.node->child[index] : NULL;
    const aici_dimension none = aici_dimension_none();
    const char *unit = NULL;
    if (child && child->kind == AICI_EXPR_NAME && child->as.name.symbol < of->bound->quantity_count)
        unit = aici_describe_unit(of->bound, &of->bound->quantity[child->as.name.symbol]);
    aici_units_add_value(of->bound->units, of->operand[index], child ? &child->type.dimension : &none, unit, AICI_RESULT_DIGITS,
                         AICI_NUMERALS_SI, out);
}

static void add_operation(const fault *of, aici_buffer *out) {
    bool own = is_own(of);
    const char *operator= operator_text(of->opcode), *function = function_text(of->opcode);
    if (operator) {
        add_operand(of, 0, own, out);
        aici_buffer_add_text(out, operator);
        add_operand(of, 1, own, out);
    } else {
        aici_buffer_add_format(out, "%s(", function ? function : "");
        add_operand(of, 0, own, out);
        aici_buffer_add_char(out, ')');
    }
}

/* --- the message ---------------------------------------------------------------------------------------------------------------------- */

static const aici_quantity *quantity_of(const fault *of) {
    return of->origin.quantity < of->bound->quantity_count ? &of->bound->quantity[of->origin.quantity] : NULL;
}

static aici_place place_of(const fault *of) {
    const aici_expr *node = of->origin.node;
    const aici_quantity *quantity = quantity_of(of);
    if (node->fragment)
        return aici_fragment_place(node->fragment, node->begin, node->end);
    return quantity ? quantity->place : (aici_place){0};
}

static void add_facts(const fault *of, aic_report *report) {
    const aici_quantity *quantity = quantity_of(of);
    if (of->origin.year != AICI_NO_YEAR)
        aici_report_note(report, "in the year %d", (int)of->origin.year);
    if (quantity && quantity->model != AICI_NONE) {
        const aici_model_entry *model = &of->bound->model[quantity->model];
        aici_report_note_at(report, &model->place, "in this model");
        aici_report_path(report, "models.%s", model->name);
    }
}

static aic_status say(aic_report *report, bool warning, const aici_place *place, const char *subject, const char *what) {
    const char *colon = *subject ? ": " : "";
    if (!warning)
        return aici_report_error(report, AICI_CODE_NOT_FINITE, place, "%s%snot a finite number: %s", subject, colon, what);
    aici_report_remark(report, AIC_SEVERITY_WARNING, AICI_CODE_NOT_FINITE, place, "%s%snot a finite number: %s", subject, colon, what);
    return AIC_OK;
}

static aic_status say_fault(const fault *of, bool warning, aic_report *report) {
    const aici_quantity *quantity = quantity_of(of);
    aici_place place = place_of(of);
    aici_buffer text = aici_buffer_new(aici_arena_allocator(of->bound->arena));
    add_operation(of, &text);
    aici_buffer_add_format(&text, " %s", reason_of(of));
    aic_status status = aici_buffer_failed(&text) ? aici_report_memory(report)
                                                  : say(report, warning, &place, quantity ? quantity->name : "", aici_buffer_text(&text));
    aici_buffer_free(&text);
    add_facts(of, report);
    return status;
}

aic_status aici_analysis_report_hidden(const aici_bound *bound, const struct aici_program *program, const double *uniform,
                                       aic_report *report) {
    fault found = {.bound = bound};
    bool hidden = aici_eval_trace(program, uniform, NULL, AICI_EVERY_OUTPUT, aici_arena_allocator(bound->arena), &found.origin,
                                  &found.opcode, found.operand);
    return hidden ? say_fault(&found, false, report) : AIC_OK;
}

aic_status aici_analysis_report_not_finite(const aici_bound *bound, const struct aici_program *program, const double *uniform,
                                           const double *input, uint32_t output, bool warning, aic_report *report) {
    fault found = {.bound = bound};
    if (aici_eval_trace(program, uniform, input, output, aici_arena_allocator(bound->arena), &found.origin, &found.opcode, found.operand))
        return say_fault(&found, warning, report);
    return say(report, warning, NULL, "", "what was given for an input is none");
}
