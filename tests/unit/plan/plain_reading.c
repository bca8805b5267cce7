/* SPDX-License-Identifier: MIT */
/*
 * A program gives the bits that the plain reading of its formulas gives: hundreds of random scenarios, read by a small interpreter that
 * walks the checked trees, whatever varies, one lane at a time and in blocks.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "eval/scalar.h"
#include "scene.h"

enum { SCENARIOS = 300, ASSUMPTIONS = 4, CALCULATIONS = 6, LANES = 77, DEEPEST = 5, QUANTITIES = ASSUMPTIONS + CALCULATIONS };

/* --- random scenarios ----------------------------------------------------------------------------------------------------------------- */

static uint64_t seed;

static unsigned chance(unsigned of) {
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(seed >> 33) % of;
}

static void add_value(aici_buffer *out, unsigned names, unsigned depth);

static void add_call(aici_buffer *out, unsigned names, unsigned depth) {
    static const char *const unary[] = {"abs", "sqrt", "exp", "ln", "log2", "log10", "ceil", "floor", "round"};
    static const char *const many[] = {"min", "max", "sum", "mean"};
    bool single = chance(2);
    aici_buffer_add_format(out, "%s(", single ? unary[chance(9)] : many[chance(4)]);
    add_value(out, names, depth);
    for (unsigned more = single ? 0 : 1 + chance(2); more > 0; more--) {
        aici_buffer_add_text(out, ", ");
        add_value(out, names, depth);
    }
    aici_buffer_add_char(out, ')');
}

static void add_condition(aici_buffer *out, unsigned names, unsigned depth) {
    static const char *const comparison[] = {"<", "<=", ">", ">=", "==", "!="};
    static const char *const truth[] = {"true", "false", "not true"};
    aici_buffer_add_text(out, chance(3) ? "(" : "not (");
    if (chance(4)) {
        add_value(out, names, depth);
        aici_buffer_add_format(out, " %s ", comparison[chance(6)]);
        add_value(out, names, depth);
    } else {
        aici_buffer_add_text(out, truth[chance(3)]);
    }
    aici_buffer_add_char(out, ')');
    if (depth > 0 && chance(3) == 0) {
        aici_buffer_add_text(out, chance(2) ? " and " : " or ");
        add_condition(out, names, depth - 1);
    }
}

static void add_branches(aici_buffer *out, unsigned names, unsigned depth) {
    aici_buffer_add_text(out, "(if ");
    add_condition(out, names, depth);
    aici_buffer_add_text(out, " then ");
    add_value(out, names, depth);
    aici_buffer_add_text(out, " else ");
    add_value(out, names, depth);
    aici_buffer_add_char(out, ')');
}

static void add_operation(aici_buffer *out, unsigned names, unsigned depth) {
    static const char *const operators[] = {"+", "-", "*", "/"};
    aici_buffer_add_text(out, chance(8) ? "(" : "-(");
    add_value(out, names, depth);
    aici_buffer_add_format(out, " %s ", operators[chance(4)]);
    add_value(out, names, depth);
    aici_buffer_add_text(out, chance(8) ? ")" : ") ^ 3");
}

static void add_value(aici_buffer *out, unsigned names, unsigned depth) {
    unsigned kind = depth ? chance(10) : 9;
    if (kind < 5)
        add_operation(out, names, depth - 1);
    else if (kind < 7)
        add_call(out, names, depth - 1);
    else if (kind < 8)
        add_branches(out, names, depth - 1);
    else if (chance(3))
        aici_buffer_add_format(out, "q%u", chance(names));
    else
        aici_buffer_add_format(out, "%u.%u", chance(4), chance(10));
}

static struct scene random_scene(void) {
    aici_buffer yaml = aici_buffer_new(NULL);
    aici_buffer_add_text(&yaml, "assumptions:\n");
    for (unsigned i = 0; i < ASSUMPTIONS; i++)
        aici_buffer_add_format(&yaml, "  q%u: %s%u.%u\n", i, chance(3) ? "" : "-", chance(5), chance(100));
    aici_buffer_add_text(&yaml, "calculations:\n");
    for (unsigned i = ASSUMPTIONS; i < QUANTITIES; i++) {
        aici_buffer_add_format(&yaml, "  q%u: '", i);
        add_value(&yaml, i, DEEPEST);
        aici_buffer_add_text(&yaml, "'\n");
    }
    struct scene scene = scene_of(aici_buffer_text(&yaml));
    aici_buffer_free(&yaml);
    return scene;
}

/* --- the plain reading ---------------------------------------------------------------------------------------------------------------- */

/** Values that vary in a lane, by quantity; NaN where it does not vary. */
struct lane {
    const struct scene *scene;
    double given[QUANTITIES];
};

static double read_value(const struct lane *lane, const aici_expr *node);

static double read_name(const struct lane *lane, uint32_t index) {
    return isnan(lane->given[index]) ? read_value(lane, lane->scene->bound->quantity[index].tree) : lane->given[index];
}

static double read_call(const struct lane *lane, const aici_expr *node) {
    static const uint8_t unary[AICI_FUNCTION_COUNT] = {
        [AICI_FUNCTION_ABS] = AICI_OPCODE_ABS,   [AICI_FUNCTION_SQRT] = AICI_OPCODE_SQRT,   [AICI_FUNCTION_EXP] = AICI_OPCODE_EXP,
        [AICI_FUNCTION_LN] = AICI_OPCODE_LN,     [AICI_FUNCTION_LOG2] = AICI_OPCODE_LOG2,   [AICI_FUNCTION_LOG10] = AICI_OPCODE_LOG10,
        [AICI_FUNCTION_CEIL] = AICI_OPCODE_CEIL, [AICI_FUNCTION_FLOOR] = AICI_OPCODE_FLOOR, [AICI_FUNCTION_ROUND] = AICI_OPCODE_ROUND,
    };
    uint32_t opcode = node->variant == AICI_FUNCTION_MIN   ? AICI_OPCODE_MIN
                      : node->variant == AICI_FUNCTION_MAX ? AICI_OPCODE_MAX
                                                           : AICI_OPCODE_ADD;
    double result = read_value(lane, node->child[0]);
    if (node->count == 1)
        return aici_eval_operate(unary[node->variant], result, 0, 0);
    for (uint32_t i = 1; i < node->count; i++)
        result = aici_eval_operate(opcode, result, read_value(lane, node->child[i]), 0);
    return node->variant == AICI_FUNCTION_MEAN ? result / node->count : result;
}

static double read_binary(const struct lane *lane, const aici_expr *node) {
    static const uint8_t opcode[] = {AICI_OPCODE_ADD,        AICI_OPCODE_SUBTRACT, AICI_OPCODE_MULTIPLY,   AICI_OPCODE_DIVIDE,
                                     AICI_OPCODE_POWER,      AICI_OPCODE_LESS,     AICI_OPCODE_LESS_EQUAL, AICI_OPCODE_LESS,
                                     AICI_OPCODE_LESS_EQUAL, AICI_OPCODE_EQUAL,    AICI_OPCODE_NOT_EQUAL,  AICI_OPCODE_AND,
                                     AICI_OPCODE_OR};
    bool greater = node->variant == AICI_OPERATOR_GREATER || node->variant == AICI_OPERATOR_GREATER_EQUAL;
    double left = read_value(lane, node->child[0]), right = read_value(lane, node->child[1]);
    return aici_eval_operate(opcode[node->variant], greater ? right : left, greater ? left : right, 0);
}

static double read_if(const struct lane *lane, const aici_expr *node) {
    double condition = read_value(lane, node->child[0]);
    return isnan(condition) ? condition : read_value(lane, node->child[condition != 0 ? 1 : 2]);
}

static double read_value(const struct lane *lane, const aici_expr *node) {
    switch ((aici_expr_kind)node->kind) {
    case AICI_EXPR_NUMBER: return node->as.number.value;
    case AICI_EXPR_BOOLEAN: return node->as.boolean;
    case AICI_EXPR_NAME: return read_name(lane, node->as.name.symbol);
    case AICI_EXPR_NEGATE: return -read_value(lane, node->child[0]);
    case AICI_EXPR_NOT: return aici_eval_operate(AICI_OPCODE_NOT, read_value(lane, node->child[0]), 0, 0);
    case AICI_EXPR_BINARY: return read_binary(lane, node);
    case AICI_EXPR_IF: return read_if(lane, node);
    case AICI_EXPR_CALL: return read_call(lane, node);
    default: fail_msg("the interpreter does not read kind %d", node->kind); return 0;
    }
}

/* --- the comparison ------------------------------------------------------------------------------------------------------------------- */

static bool same(double left, double right) { return (isnan(left) && isnan(right)) || memcmp(&left, &right, sizeof left) == 0; }

/** Some of the quantities vary, perhaps a calculation too; some are wanted, the last one in any case. */
static void choose(struct scene *scene, uint32_t varying, uint32_t wanted) {
    scene->varying_count = scene->wanted_count = 0;
    for (uint32_t i = 0; i < QUANTITIES; i++) {
        if (varying & (1u << i))
            scene->varying[scene->varying_count++] = (aici_varying){i, NULL, 1, false};
        if (wanted & (1u << i) || i + 1 == QUANTITIES)
            scene->wanted[scene->wanted_count++] = (aici_wanted){i, NULL, AICI_NO_YEAR, 1};
    }
}

static double column[2 * QUANTITIES][LANES];

/** Columns of inputs first, then of outputs. */
static void evaluate_in_blocks(const struct scene *scene) {
    double uniform[1000];
    const double *input[QUANTITIES];
    double *output[QUANTITIES];
    assert_true(scene->program->uniform_count <= 1000);
    for (unsigned i = 0; i < QUANTITIES; i++) {
        input[i] = column[i];
        output[i] = column[QUANTITIES + i];
        for (unsigned lane = 0; lane < LANES; lane++)
            column[i][lane] = (chance(2001) - 1000.0) / 250;
    }
    aici_eval_prepare(scene->program, NULL, NULL, uniform, NULL);
    assert_int_equal(aici_eval_lanes(scene->program, uniform, LANES, input, output, NULL, NULL), AIC_OK);
}

static void expect_plain_reading(const struct scene *scene, unsigned number) {
    double input[QUANTITIES], output[QUANTITIES];
    struct lane lane = {.scene = scene};
    for (unsigned i = 0; i < QUANTITIES; i++)
        lane.given[i] = (double)NAN;
    for (size_t i = 0; i < scene->varying_count; i++)
        lane.given[scene->varying[i].quantity] = input[i] = column[i][number];
    scene_evaluate(scene, input, output);
    for (size_t i = 0; i < scene->wanted_count; i++) {
        double expected = read_name(&lane, scene->wanted[i].quantity);
        if (!same(output[i], expected) || !same(column[QUANTITIES + i][number], expected))
            fail_msg("q%u: %.17g and %.17g instead of %.17g", (unsigned)scene->wanted[i].quantity, output[i],
                     column[QUANTITIES + i][number], expected);
    }
}

static void programs_equal_the_plain_reading_to_the_last_bit(void **state) {
    (void)state;
    for (unsigned number = 0; number < SCENARIOS; number++) {
        seed = number;
        struct scene scene = random_scene();
        uint32_t varying = chance(1u << QUANTITIES) & (chance(2) ? UINT32_MAX : (1u << ASSUMPTIONS) - 1);
        choose(&scene, varying, chance(2) ? chance(1u << QUANTITIES) : 0);
        if (scene_try(&scene) != AIC_OK)
            scene_fail(&scene, "compiling");
        evaluate_in_blocks(&scene);
        for (unsigned lane = 0; lane < LANES; lane += 19)
            expect_plain_reading(&scene, lane);
        scene_close(&scene);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(programs_equal_the_plain_reading_to_the_last_bit)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
