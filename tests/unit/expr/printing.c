/* SPDX-License-Identifier: MIT */
/* Trees as text: what is printed reads back to an equal tree, and has no bracket too many. */
#include "expr/support.h"

#include <stdlib.h>

/* --- equality ------------------------------------------------------------------------------------------------------------------------- */

static bool equal_numbers(const aici_expr *a, const aici_expr *b) {
    return a->as.number.value == b->as.number.value && a->as.number.written == b->as.number.written &&
           aici_dimension_equal(&a->as.number.unit.dimension, &b->as.number.unit.dimension) &&
           a->as.number.unit.flops_ambiguous == b->as.number.unit.flops_ambiguous && a->as.number.last_place == b->as.number.last_place &&
           a->as.number.digits == b->as.number.digits && aici_slice_equal(a->as.number.unit_text, b->as.number.unit_text);
}

static bool equal_nodes(const aici_expr *a, const aici_expr *b) {
    if (a->kind != b->kind || a->variant != b->variant || a->count != b->count)
        return false;
    switch (a->kind) {
    case AICI_EXPR_NUMBER: return equal_numbers(a, b);
    case AICI_EXPR_BOOLEAN: return a->as.boolean == b->as.boolean;
    case AICI_EXPR_TEXT: return aici_slice_equal(a->as.text, b->as.text);
    case AICI_EXPR_NAME: return aici_slice_equal(a->as.name.text, b->as.name.text);
    case AICI_EXPR_DISTRIBUTION: return memcmp(a->as.parameter, b->as.parameter, a->count) == 0;
    default: return true;
    }
}

static bool equal_trees(const aici_expr *a, const aici_expr *b) {
    bool equal = equal_nodes(a, b);
    for (uint32_t i = 0; equal && i < a->count; i++)
        equal = equal_trees(a->child[i], b->child[i]);
    return equal;
}

/* --- random expressions, with brackets around every part ------------------------------------------------------------------------------ */

struct random {
    uint64_t state;
    char text[4096];
    size_t size;
};

static unsigned draw(struct random *random, unsigned below) {
    random->state = random->state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(random->state >> 33) % below;
}

static void add(struct random *random, const char *text) {
    size_t size = strlen(text);
    assert_true(random->size + size < sizeof random->text);
    memcpy(random->text + random->size, text, size + 1);
    random->size += size;
}

static void add_one_of(struct random *random, const char *const *texts, size_t count) { add(random, texts[draw(random, (unsigned)count)]); }

#define ONE_OF(random, ...)                                                                                                                \
    do {                                                                                                                                   \
        static const char *const texts[] = {__VA_ARGS__};                                                                                  \
        add_one_of((random), texts, sizeof texts / sizeof texts[0]);                                                                       \
    } while (0)

static void add_expression(struct random *random, unsigned depth);

static void add_part(struct random *random, unsigned depth) {
    add(random, "(");
    add_expression(random, depth);
    add(random, ")");
}

static void add_leaf(struct random *random) {
    ONE_OF(random, "x", "visits", "chatgpt.capex", "year", "1", "0.50", "1_234.5", "3e8", "5 %", "65 TFLOP/s per GPU", "175B", "1.43亿 CNY",
           "$2/GPU-hour", "36万亿 tokens", "5 year", "true", "'pad'", "\"it's\"", "+5", "2 km^2", "5 1/s");
}

static void add_arguments(struct random *random, unsigned count, unsigned depth) {
    add(random, "(");
    for (unsigned i = 0; i < count; i++) {
        add(random, i > 0 ? ", " : "");
        add_expression(random, depth);
    }
    add(random, ")");
}

static void add_distribution(struct random *random, unsigned depth) {
    switch (draw(random, 6)) {
    case 0:
        ONE_OF(random, "30 to 42 %", "$2 to 3", "2 to $3", "3 ± 1 km", "100 to 1k", "3 million to 5 million", "lognormal(p5=3, p95=5 km)",
               "lognormal(p5=3, p95=5 million)", "normal(5, 1k)", "normal(sd=1, mean=2)", "-5 ± 3 %", "lognormal(p5=-3, p95=4 s)");
        break;
    case 1:
        add_part(random, depth);
        ONE_OF(random, " to ", " ± ");
        add_part(random, depth);
        break;
    case 2:
        ONE_OF(random, "uniform", "beta", "normal", "mixture", "discrete");
        add_arguments(random, 2, depth);
        break;
    case 3:
        ONE_OF(random, "triangular", "pert", "truncated");
        add_arguments(random, 3, depth);
        break;
    case 4:
        add(random, "lognormal(sd=");
        add_expression(random, depth);
        add(random, ", mean=");
        add_expression(random, depth);
        add(random, ")");
        break;
    default: add(random, "discrete"); add_arguments(random, 4, depth);
    }
}

static void add_binary(struct random *random, unsigned depth) {
    add_part(random, depth);
    ONE_OF(random, " + ", " - ", " * ", " / ", " ^ ", " < ", " <= ", " > ", " >= ", " == ", " != ", " and ", " or ", " + ", " - ", " * ",
           " / ", " ^ ");
    add_part(random, depth);
}

static void add_expression(struct random *random, unsigned depth) {
    if (depth == 0) {
        add_leaf(random);
        return;
    }
    switch (draw(random, 9)) {
    case 0: add_leaf(random); break;
    case 1:
        add(random, "-");
        add_part(random, depth - 1);
        break;
    case 2:
        add(random, "not ");
        add_part(random, depth - 1);
        break;
    case 3:
        add(random, "if ");
        add_part(random, depth - 1);
        add(random, " then ");
        add_part(random, depth - 1);
        add(random, " else ");
        add_part(random, depth - 1);
        break;
    case 4:
        ONE_OF(random, "max", "sum", "min");
        add_arguments(random, 1 + draw(random, 4), depth - 1);
        break;
    case 5:
        add_part(random, depth - 1);
        add(random, "[");
        add_expression(random, depth - 1);
        add(random, "]");
        break;
    case 6: add_distribution(random, depth - 1); break;
    default: add_binary(random, depth - 1);
    }
}

/* --- the properties ------------------------------------------------------------------------------------------------------------------- */

enum { TREES = 4000 };

static void a_printed_tree_reads_back_to_an_equal_tree(void **state) {
    (void)state;
    static struct random random = {.state = 20240607};
    for (int i = 0; i < TREES; i++) {
        struct bench bench = bench_open();
        random.size = 0;
        add_expression(&random, 1 + draw(&random, 5));
        const aici_expr *first = bench_read(&bench, random.text);
        const char *text = printed(&bench, first);
        const aici_expr *second = bench_read(&bench, text);
        if (!equal_trees(first, second))
            fail_msg("`%s` is printed as `%s`", random.text, text);
        assert_string_equal(printed(&bench, second), text);
        bench_close(&bench);
    }
}

/* The bracket that closes the one at @p open, or 0. */
static size_t closing(const char *text, size_t open) {
    int depth = 0;
    for (size_t i = open; text[i]; i++) {
        depth += text[i] == '(';
        depth -= text[i] == ')';
        if (depth == 0)
            return i;
    }
    return 0;
}

static bool groups(const char *text, size_t open) {
    char before = open > 0 ? text[open - 1] : ' ';
    return !((before >= 'a' && before <= 'z') || (before >= '0' && before <= '9'));
}

static void check_bracket(struct bench *bench, const aici_expr *tree, const char *text, size_t open) {
    char without[4096];
    const aici_expr *other = NULL;
    size_t close = closing(text, open), size = strlen(text);
    memcpy(without, text, size + 1);
    without[open] = without[close] = ' ';
    aic_report_clear(bench->report);
    if (bench_try_read(bench, without, &other) == AIC_OK && equal_trees(tree, other))
        fail_msg("`%s` does not need its bracket in column %zu", text, open + 1);
}

static void no_bracket_that_is_printed_can_be_left_out(void **state) {
    (void)state;
    static struct random random = {.state = 19570104};
    for (int i = 0; i < TREES / 4; i++) {
        struct bench bench = bench_open();
        random.size = 0;
        add_expression(&random, 1 + draw(&random, 4));
        const aici_expr *tree = bench_read(&bench, random.text);
        const char *text = printed(&bench, tree);
        for (size_t at = 0; text[at]; at++) {
            if (text[at] == '(' && groups(text, at))
                check_bracket(&bench, tree, text, at);
        }
        bench_close(&bench);
    }
}

/* --- examples ------------------------------------------------------------------------------------------------------------------------- */

static void assert_prints(const char *text, const char *expected) {
    struct bench bench = bench_open();
    assert_string_equal(printed(&bench, bench_read(&bench, text)), expected);
    bench_close(&bench);
}

static void brackets_that_change_nothing_are_left_out(void **state) {
    (void)state;
    assert_prints("((a + b) + c)", "a + b + c");
    assert_prints("a + (b + c)", "a + (b + c)");
    assert_prints("(a * b) + (c / d)", "a * b + c / d");
    assert_prints("-(a ^ b)", "-a ^ b");
    assert_prints("(-a) ^ b", "(-a) ^ b");
    assert_prints("2 ^ (-1)", "2 ^ -1");
    assert_prints("a - (b - c)", "a - (b - c)");
    assert_prints("(a < b) and (c or d)", "a < b and (c or d)");
    assert_prints("if (a) then (b) else (if c then d else e)", "if a then b else if c then d else e");
    assert_prints("(x[2026]) + 1", "x[2026] + 1");
    assert_prints("5 USD / (year)", "5 USD / (year)");
    assert_prints("x / (year)", "x / year");
}

static void literals_are_printed_as_they_were_written(void **state) {
    (void)state;
    assert_prints("1,234.50 USD", "1,234.50 USD");
    assert_prints("max((x), 1.43亿 CNY)", "max(x, 1.43亿 CNY)");
    assert_prints("65  TFLOP/s per GPU", "65  TFLOP/s per GPU");
}

static void show_name(const aici_expr_printer *printer, const aici_expr *name, aici_buffer *out) {
    assert_string_equal(printer->context, "context");
    aici_buffer_add_format(out, "<%.*s>", AICI_SLICE(name->as.name.text));
}

static void show_number(const aici_expr_printer *printer, const aici_expr *number, aici_buffer *out) {
    (void)printer;
    aici_buffer_add_number(out, number->as.number.value);
}

static void a_printer_shows_leaves_in_its_own_way(void **state) {
    (void)state;
    struct bench bench = bench_open();
    aici_expr_printer printer = {show_name, show_number, "context"};
    aici_buffer out = aici_buffer_new(NULL);
    aici_expr_add_text(bench_read(&bench, "(visits + 1.43亿) * (30 to 42 %)"), &printer, &out);
    assert_string_equal(aici_buffer_text(&out), "(<visits> + 143000000) * (0.3 to 0.42)");
    aici_buffer_free(&out);
    bench_close(&bench);
}

static void what_the_scenario_makes_is_shown_as_it_writes_it(void **state) {
    (void)state;
    struct bench bench = bench_open();
    const aici_expr *series =
        bench_series(&bench, AICI_BETWEEN_GEOMETRIC, 2, (int32_t[]){2021, 2026}, (const char *[]){"350亿 CNY", "1089.4亿 CNY"});
    assert_string_equal(printed(&bench, series), "{2021: 350亿 CNY, 2026: 1089.4亿 CNY, between: geometric}");
    const aici_expr *compound =
        aici_expr_new_compound(bench.arena, 2022, bench_read(&bench, "50万亿 CNY/year"), bench_read(&bench, "5 %/year"));
    assert_string_equal(printed(&bench, compound), "{start: 50万亿 CNY/year, start_year: 2022, growth: 5 %/year}");
    const aici_expr *product = aici_expr_new_binary(bench.arena, AICI_OPERATOR_MULTIPLY, bench_read(&bench, "a + b"),
                                                    aici_expr_new_name(bench.arena, aici_slice_of("c"), NULL));
    assert_string_equal(printed(&bench, product), "(a + b) * c");
    bench_close(&bench);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_printed_tree_reads_back_to_an_equal_tree), cmocka_unit_test(no_bracket_that_is_printed_can_be_left_out),
        cmocka_unit_test(brackets_that_change_nothing_are_left_out),  cmocka_unit_test(literals_are_printed_as_they_were_written),
        cmocka_unit_test(a_printer_shows_leaves_in_its_own_way),      cmocka_unit_test(what_the_scenario_makes_is_shown_as_it_writes_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
