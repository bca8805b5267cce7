/* SPDX-License-Identifier: MIT */
/* Text to trees: shapes, places, limits, and input that nobody means well. */
#include "expr/support.h"

#include <stdlib.h>

static int open_bench(void **state) {
    static struct bench bench;
    bench = bench_open();
    *state = &bench;
    return 0;
}

static int close_bench(void **state) {
    bench_close(*state);
    return 0;
}

/* A tree with all its brackets: "(1 + (2 * 3))". */
static void spell(const struct bench *bench, const aici_expr *node, aici_buffer *out) {
    static const char *const operators[] = {"+", "-", "*", "/", "^", "<", "<=", ">", ">=", "==", "!=", "and", "or"};
    if (node->count == 0) {
        aici_buffer_add_text(out, printed(bench, node));
        return;
    }
    aici_buffer_add_char(out, '(');
    if (node->kind == AICI_EXPR_NEGATE || node->kind == AICI_EXPR_NOT)
        aici_buffer_add_text(out, node->kind == AICI_EXPR_NEGATE ? "-" : "not ");
    for (uint32_t i = 0; i < node->count; i++) {
        if (i > 0)
            aici_buffer_add_format(out, " %s ",
                                   node->kind == AICI_EXPR_BINARY ? operators[node->variant]
                                   : node->kind == AICI_EXPR_IF   ? "?"
                                                                  : "~");
        spell(bench, node->child[i], out);
    }
    aici_buffer_add_char(out, ')');
}

static void assert_shape(struct bench *bench, const char *text, const char *shape) {
    aici_buffer out = aici_buffer_new(NULL);
    spell(bench, bench_read(bench, text), &out);
    assert_string_equal(aici_buffer_text(&out), shape);
    aici_buffer_free(&out);
}

static void power_binds_tighter_than_minus(void **state) {
    assert_shape(*state, "-a ^ b", "(-(a ^ b))");
    assert_shape(*state, "2 ^ -a ^ b", "(2 ^ (-(a ^ b)))");
}

static void power_runs_from_right_to_left_and_the_others_from_left_to_right(void **state) {
    assert_shape(*state, "a ^ b ^ c", "(a ^ (b ^ c))");
    assert_shape(*state, "a - b - c", "((a - b) - c)");
    assert_shape(*state, "a / b * c", "((a / b) * c)");
    assert_shape(*state, "a or b or c", "((a or b) or c)");
}

static void operators_bind_in_the_order_of_the_page(void **state) {
    assert_shape(*state, "a or b and not c == d + e * -f ^ g", "(a or (b and (not (c == (d + (e * (-(f ^ g))))))))");
    assert_shape(*state, "a ^ b * c + d < e and f or g", "((((((a ^ b) * c) + d) < e) and f) or g)");
    assert_shape(*state, "a + b to c + d < e", "(((a + b) ~ (c + d)) < e)");
    assert_shape(*state, "a * b ± c", "((a * b) ~ c)");
    assert_shape(*state, "if a then b else c + d", "(a ? b ? (c + d))");
    assert_shape(*state, "if a then b else if c then d else e", "(a ? b ? (c ? d ? e))");
    assert_shape(*state, "if a then if b then c else d else e", "(a ? (b ? c ? d) ? e)");
    assert_shape(*state, "a * x[2026] ^ 2", "(a * ((x ~ 2026) ^ 2))");
}

static void brackets_come_first(void **state) {
    assert_shape(*state, "(a + b) * c", "((a + b) * c)");
    assert_shape(*state, "((a)) - (b - c)", "(a - (b - c))");
}

static void a_node_knows_its_bytes(void **state) {
    struct bench *bench = *state;
    const aici_expr *tree = bench_read(bench, "  (aa + 5 USD) * max(b, c[2026])");
    assert_int_equal(tree->begin, 2);
    assert_int_equal(tree->end, 32);
    assert_int_equal(tree->child[0]->begin, 3);
    assert_int_equal(tree->child[0]->end, 13);
    assert_int_equal(tree->child[0]->child[1]->begin, 8);
    assert_int_equal(tree->child[0]->child[1]->end, 13);
    assert_int_equal(tree->child[1]->begin, 17);
    assert_int_equal(tree->child[1]->end, 32);
    assert_int_equal(tree->child[1]->child[1]->begin, 24);
    assert_int_equal(tree->child[1]->child[1]->end, 31);
}

static void names_go_on_behind_points(void **state) {
    struct bench *bench = *state;
    assert_true(aici_slice_is(bench_read(bench, "cost.shares.gpu")->as.name.text, "cost.shares.gpu"));
    assert_true(aici_slice_is(bench_read(bench, "market.cagr")->as.name.text, "market.cagr"));
}

static void reserved_words_are_no_names(void **state) {
    (void)state;
    static const char *const reserved[] = {"to",
                                           "per",
                                           "if",
                                           "then",
                                           "else",
                                           "and",
                                           "or",
                                           "not",
                                           "true",
                                           "false",
                                           "year",
#define TEXT(name, text, fewest, most) text,
                                           AICI_FUNCTIONS(TEXT)
#undef TEXT
                                               "normal",
                                           "lognormal",
                                           "uniform",
                                           "loguniform",
                                           "triangular",
                                           "pert",
                                           "beta",
                                           "discrete",
                                           "mixture",
                                           "truncated"};
    for (size_t i = 0; i < sizeof reserved / sizeof reserved[0]; i++) {
        assert_true(aici_expr_is_reserved(aici_slice_of(reserved[i])));
        assert_false(aici_expr_is_name(aici_slice_of(reserved[i])));
    }
}

static void names_are_ascii_letters_digits_and_underscores(void **state) {
    (void)state;
    assert_true(aici_expr_is_name(aici_slice_of("x")));
    assert_true(aici_expr_is_name(aici_slice_of("_a1")));
    assert_true(aici_expr_is_name(aici_slice_of("Years")));
    assert_true(aici_expr_is_name(aici_slice_of("maximum")));
    assert_false(aici_expr_is_name(aici_slice_of("")));
    assert_false(aici_expr_is_name(aici_slice_of("1a")));
    assert_false(aici_expr_is_name(aici_slice_of("a.b")));
    assert_false(aici_expr_is_name(aici_slice_of("a b")));
    assert_false(aici_expr_is_name(aici_slice_of("规模")));
    assert_false(aici_expr_is_reserved(aici_slice_of("doubling_times")));
}

static void spaces_of_print_and_line_ends_are_spaces(void **state) {
    struct bench *bench = *state;
    assert_shape(bench, "a\n +\tb\r\n", "(a + b)");
    assert_shape(bench,
                 "1.43\xc2\xa0亿\xe2\x80\xaf"
                 "CNY",
                 "1.43\xc2\xa0亿\xe2\x80\xaf"
                 "CNY");
    assert_int_equal(bench_read(bench, "3\xe3\x80\x80TFLOP/s\n  per GPU")->kind, AICI_EXPR_NUMBER);
}

/* --- limits --------------------------------------------------------------------------------------------------------------------------- */

/* A text with @p count times @p open before @p core and @p close behind it. */
static char *nest(const char *open, const char *core, const char *close, size_t count) {
    size_t size = count * (strlen(open) + strlen(close)) + strlen(core) + 1;
    char *text = malloc(size);
    assert_non_null(text);
    text[0] = '\0';
    char *end = text;
    for (size_t i = 0; i < count; i++)
        end += sprintf(end, "%s", open);
    end += sprintf(end, "%s", core);
    for (size_t i = 0; i < count; i++)
        end += sprintf(end, "%s", close);
    return text;
}

static aic_status read_nested(struct bench *bench, const char *open, const char *core, const char *close, size_t count) {
    const aici_expr *tree;
    char *text = nest(open, core, close, count);
    aic_report_clear(bench->report);
    aic_status status = bench_try_read(bench, text, &tree);
    if (status == AIC_OK)
        status = bench_try(bench, text, NULL, &tree);
    free(text);
    return status;
}

static void nesting_of_every_kind_is_allowed_up_to_the_limit_and_not_beyond(void **state) {
    struct bench *bench = *state;
    static const char *const kinds[][3] = {{"(", "1", ")"},
                                           {"-", "1", ""},
                                           {"not ", "true", ""},
                                           {"abs(", "1", ")"},
                                           {"1 + (", "1", ")"},
                                           {"1 ^ ", "1", ""},
                                           {"if true then 1 else ", "1", ""},
                                           {"max(1, ", "1", ")"},
                                           {"2 * (", "3", ")"},
                                           {"1 - ((", "1", "))"}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        size_t most = i == 9 ? 100 : 200;
        assert_int_equal(read_nested(bench, kinds[i][0], kinds[i][1], kinds[i][2], most), AIC_OK);
        assert_int_equal(read_nested(bench, kinds[i][0], kinds[i][1], kinds[i][2], most + 1), AIC_ERROR_LIMIT);
        assert_int_equal(aic_report_code(bench->report, 0), AICI_CODE_LIMIT_EXPR_DEPTH);
        assert_contains(aic_report_message(bench->report, 0), "200");
    }
}

static void an_embedder_may_set_the_depth_up_to_what_a_small_stack_bears(void **state) {
    struct bench *bench = *state;
    bench->limits.expression_depth = 10;
    assert_int_equal(read_nested(bench, "(", "1", ")", 10), AIC_OK);
    assert_int_equal(read_nested(bench, "(", "1", ")", 11), AIC_ERROR_LIMIT);
    bench->limits.expression_depth = 1000000;
    assert_int_equal(read_nested(bench, "-", "1", "", 1000), AIC_OK);
    assert_int_equal(read_nested(bench, "-", "1", "", 1001), AIC_ERROR_LIMIT);
}

static void the_number_of_tokens_is_limited(void **state) {
    struct bench *bench = *state;
    const aici_expr *tree;
    bench->limits.expression_tokens = 5;
    assert_int_equal(bench_try_read(bench, "1 + 2 + 3", &tree), AIC_OK);
    assert_int_equal(bench_try_read(bench, "1 + 2 + 3 + 4", &tree), AIC_ERROR_LIMIT);
    assert_int_equal(aic_report_code(bench->report, 0), AICI_CODE_LIMIT_EXPR_TOKENS);
}

static void absurd_nesting_is_refused_at_once(void **state) {
    struct bench *bench = *state;
    assert_int_equal(read_nested(bench, "(", "1", ")", 90000), AIC_ERROR_LIMIT);
    assert_int_equal(read_nested(bench, "-", "1", "", 99000), AIC_ERROR_LIMIT);
    assert_int_equal(read_nested(bench, "2 ^ ", "1", "", 40000), AIC_ERROR_LIMIT);
    assert_int_equal(read_nested(bench, "x[", "1", "]", 30000), AIC_ERROR_LIMIT);
}

static void count_name(void *context, const aici_expr *name, aici_use use) {
    (void)name;
    (void)use;
    ++*(size_t *)context;
}

static void a_sum_of_fifty_thousand_terms_is_read_checked_visited_and_printed(void **state) {
    struct bench *bench = *state;
    enum { TERMS = 49999 };
    bench_define(bench, "x", "1");
    char *text = nest("x + ", "x", "", TERMS);
    const aici_expr *checked;
    assert_int_equal(bench_try(bench, text, NULL, &checked), AIC_OK);
    assert_true(constant_of(checked) == TERMS + 1);
    size_t names = 0;
    aici_expr_each_name(checked, count_name, &names);
    assert_int_equal(names, TERMS + 1);
    assert_string_equal(printed(bench, checked), text);
    free(text);
}

static void long_chains_of_mixed_operators_keep_their_brackets_when_printed(void **state) {
    struct bench *bench = *state;
    char *text = nest("(", "1", " + 2) * 3", 150);
    assert_string_equal(printed(bench, bench_read(bench, text)), text);
    free(text);
}

/* --- hostile bytes -------------------------------------------------------------------------------------------------------------------- */

static void bytes_that_are_no_text_are_refused_with_a_place(void **state) {
    struct bench *bench = *state;
    assert_refused(bench, "1 + \xff", NULL, AICI_CODE_EXPR_SYNTAX, 5);
    assert_refused(bench, "1 + \xe4\xba", NULL, AICI_CODE_EXPR_SYNTAX, 5);
    assert_refused(bench, "a\x01", NULL, AICI_CODE_EXPR_SYNTAX, 2);
    assert_refused(bench, "1 \x1b[31m", NULL, AICI_CODE_EXPR_SYNTAX, 3);
}

static void a_nul_inside_a_text_is_refused(void **state) {
    struct bench *bench = *state;
    const aici_expr *tree = NULL;
    aici_expr_reader reader = {bench->arena, bench->units, &bench->limits, bench->report};
    aici_fragment fragment = aici_fragment_of_slice((aici_slice){"1\0+ 1", 5});
    assert_int_equal(aici_expr_read(&reader, &fragment, &tree), AIC_ERROR_SYNTAX);
    assert_null(tree);
}

static void rubbish_is_read_or_refused_and_never_more(void **state) {
    struct bench *bench = *state;
    static const char *const pieces[] = {
        "(",       ")",     "[",  "]", ",",  "=",    "==",       "to",        "±",   "if",  "then", "else",  "1",    "5 %", "x",   "max(",
        "normal(", "mean=", "+",  "-", "*",  "/",    "^",        "<",         "not", "and", "year", "1,234", "万亿", "$",   "'a'", "%",
        " per ",   "GPU",   "1e", ".", "兆", "\xe4", "mixture(", "previous(", "x[",  "b",   "m",    "1.5",   "..",   "_",   "¥"};
    uint64_t random = 7;
    for (int i = 0; i < 20000; i++) {
        char text[256] = "";
        size_t size = 0;
        unsigned count = 1 + (unsigned)(i % 12);
        for (unsigned k = 0; k < count; k++) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            size +=
                (size_t)sprintf(text + size, "%s%s", pieces[(random >> 33) % (sizeof pieces / sizeof pieces[0])], random >> 63 ? " " : "");
        }
        const aici_expr *tree;
        struct bench fresh = *bench;
        fresh.arena = aici_arena_new(NULL);
        aic_status status = bench_try(&fresh, text, NULL, &tree);
        unsigned line = 0;
        aic_report_place(bench->report, 0, &line, NULL, NULL, NULL);
        assert_true((status == AIC_OK) == (tree != NULL));
        if (status != AIC_OK && line == 0)
            fail_msg("`%s` is refused without a place: %s", text, aic_report_message(bench->report, 0));
        aici_arena_free(fresh.arena);
    }
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_bench, close_bench)
    const struct CMUnitTest tests[] = {
        TEST(power_binds_tighter_than_minus),
        TEST(power_runs_from_right_to_left_and_the_others_from_left_to_right),
        TEST(operators_bind_in_the_order_of_the_page),
        TEST(brackets_come_first),
        TEST(a_node_knows_its_bytes),
        TEST(names_go_on_behind_points),
        TEST(reserved_words_are_no_names),
        TEST(names_are_ascii_letters_digits_and_underscores),
        TEST(spaces_of_print_and_line_ends_are_spaces),
        TEST(nesting_of_every_kind_is_allowed_up_to_the_limit_and_not_beyond),
        TEST(an_embedder_may_set_the_depth_up_to_what_a_small_stack_bears),
        TEST(the_number_of_tokens_is_limited),
        TEST(absurd_nesting_is_refused_at_once),
        TEST(a_sum_of_fifty_thousand_terms_is_read_checked_visited_and_printed),
        TEST(long_chains_of_mixed_operators_keep_their_brackets_when_printed),
        TEST(bytes_that_are_no_text_are_refused_with_a_place),
        TEST(a_nul_inside_a_text_is_refused),
        TEST(rubbish_is_read_or_refused_and_never_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
