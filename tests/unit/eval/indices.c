/* SPDX-License-Identifier: MIT */
/* Sobol' indices against closed forms: Ishigami, Sobol's g, linear, products of lognormals, mixtures, correlated inputs; and at the edges.
 */
#include "eval/indices_models.h"
#include "eval/stream.h"

/* --- closed forms --------------------------------------------------------------------------------------------------------------------- */

static void ishigami_is_met(void **state) {
    const double pi_4 = PI * PI * PI * PI, pi_8 = pi_4 * pi_4, all = 49.0 / 8 + 0.1 * pi_4 / 5 + 0.01 * pi_8 / 18 + 0.5;
    const double x = 0.1 * pi_4 / 5 + 0.01 * pi_8 / 50 + 0.5, y = 49.0 / 8, xz = 0.01 * pi_8 * (1.0 / 18 - 1.0 / 50);
    const struct expectation expected = {all, {x / all, y / all, 0}, {(x + xz) / all, y / all, xz / all}, {0, xz / all, 0}};
    meet(ishigami(state), &expected, 0.005);
}

/** The product of (|4 x - 2| + a) / (1 + a) (I. M. Sobol' and others; A. Saltelli and I. M. Sobol' 1995). */
static void sobol_g_is_met(void **state) {
    static const double a[] = {0, 1, 4.5};
    struct model *model = begin_model(state);
    struct expectation expected = {.variance = 1};
    double part[3];
    aici_operand product = 0;
    for (int i = 0; i < 3; i++) {
        aici_operand x = uniform(model, 0, 1),
                     away = operate(model, AICI_OPCODE_SUBTRACT, multiply(model, x, number(model, 4)), number(model, 2));
        away = add(model, operate(model, AICI_OPCODE_ABS, away, 0), number(model, a[i]));
        away = operate(model, AICI_OPCODE_DIVIDE, away, number(model, 1 + a[i]));
        product = i ? multiply(model, product, away) : away;
        part[i] = 1 / (3 * (1 + a[i]) * (1 + a[i]));
        expected.variance *= 1 + part[i];
    }
    output(model, product);
    expected.variance -= 1;
    for (int i = 0; i < 3; i++) {
        expected.first[i] = part[i] / expected.variance;
        expected.total[i] = part[i] * (1 + expected.variance) / (1 + part[i]) / expected.variance;
        for (int k = 0; k < i; k++)
            expected.second[i + k - 1] = part[i] * part[k] / expected.variance;
    }
    meet(model, &expected, 0.002);
}

static void linear_is_met(void **state) {
    struct model *model = begin_model(state);
    const aici_operand x = normal(model, 1e6, 1), y = normal(model, 0, 2), z = normal(model, -3, 3);
    output(model, add(model, add(model, x, y), z));
    const struct expectation expected = {14, {1.0 / 14, 4.0 / 14, 9.0 / 14}, {1.0 / 14, 4.0 / 14, 9.0 / 14}, {0, 0, 0}};
    meet(model, &expected, 0.002);
}

static void a_product_of_lognormals_is_met(void **state) {
    static const double sigma[] = {0.3, 0.5, 0.7};
    struct model *model = begin_model(state);
    struct expectation expected = {0};
    double part[3], all = 1, mean = 1;
    const aici_operand x = lognormal(model, 1e6, sigma[0]), y = lognormal(model, 2, sigma[1]), z = lognormal(model, 3e-6, sigma[2]);
    output(model, operate(model, AICI_OPCODE_DIVIDE, multiply(model, x, y), z));
    for (int i = 0; i < 3; i++) {
        part[i] = aici_exp(sigma[i] * sigma[i]) - 1;
        all *= 1 + part[i];
        mean *= aici_exp(sigma[i] * sigma[i] / 2);
    }
    expected.variance = (all - 1) * mean * mean * (1e6 * 2 / 3e-6) * (1e6 * 2 / 3e-6);
    for (int i = 0; i < 3; i++) {
        expected.first[i] = part[i] / (all - 1);
        expected.total[i] = part[i] * all / (1 + part[i]) / (all - 1);
        for (int k = 0; k < i; k++)
            expected.second[i + k - 1] = part[i] * part[k] / (all - 1);
    }
    meet(model, &expected, 0.02);
}

/** A mixture of two uniform pieces times half a normal: both drawn lane by lane, the mixture with two words. */
static void mixtures_and_truncated_draws_are_met(void **state) {
    struct model *model = begin_model(state);
    for (int piece = 0; piece < 2; piece++) {
        add_draw(model, AICI_DISTRIBUTION_UNIFORM, 0);
        add_number(model, AICI_PARAMETER_LOW, 2 * piece);
        add_number(model, AICI_PARAMETER_HIGH, 2 * piece + 1);
    }
    add_draw(model, AICI_DISTRIBUTION_MIXTURE, 2);
    for (uint32_t piece = 0; piece < 2; piece++) {
        add_parameter(model, AICI_PARAMETER_DISTRIBUTION, piece);
        add_number(model, AICI_PARAMETER_WEIGHT, 1);
    }
    const aici_operand x = take_last(model, AICI_OPCODE_DRAW);
    add_draw(model, AICI_DISTRIBUTION_NORMAL, 0);
    add_number(model, AICI_PARAMETER_MEAN, 0);
    add_number(model, AICI_PARAMETER_SD, 1);
    const uint32_t bell = last_draw(model);
    add_draw(model, AICI_DISTRIBUTION_TRUNCATED, 1);
    add_parameter(model, AICI_PARAMETER_DISTRIBUTION, bell);
    add_number(model, AICI_PARAMETER_LOW, 0);
    add_number(model, AICI_PARAMETER_HIGH, 30);
    const aici_operand y = take_last(model, AICI_OPCODE_DRAW);
    output(model, multiply(model, x, y));
    const double of_x = 1 + 1.0 / 12, mean_x = 1.5, of_y = 1 - 2 / PI, mean_y = sqrt(2 / PI), both = of_x * of_y;
    const double one = of_x * mean_y * mean_y, other = of_y * mean_x * mean_x, all = one + other + both;
    const struct expectation expected = {all, {one / all, other / all}, {(one + both) / all, (other + both) / all}, {both / all}};
    meet(model, &expected, 0.003);
}

/** Two normal inputs with correlation 0.6 are one factor beside a third. */
static void correlated_inputs_are_one_factor(void **state) {
    struct model *model = begin_model(state);
    normal_draw(model, 5, 1);
    const aici_operand first = take_last(model, AICI_OPCODE_NORMAL);
    const aici_operand x = small_each(&model->small, AICI_OPCODE_FROM_NORMAL, last_draw(model), first, 0);
    normal_draw(model, 7, 2);
    aici_operand second = multiply(model, take_last(model, AICI_OPCODE_NORMAL), number(model, 0.8));
    second = add(model, multiply(model, first, number(model, 0.6)), second);
    const aici_operand y = small_each(&model->small, AICI_OPCODE_FROM_NORMAL, last_draw(model), second, 0);
    model->factor[1] = 0;
    model->factor_count = 1;
    const aici_operand z = normal(model, 0, 3);
    output(model, add(model, add(model, x, y), z));
    const double pair = 1 + 4 + 2 * 0.6 * 1 * 2, all = pair + 9;
    const struct expectation expected = {all, {pair / all, 9 / all}, {pair / all, 9 / all}, {0}};
    meet(model, &expected, 0.002);
}

/* --- edges ---------------------------------------------------------------------------------------------------------------------------- */

static void a_dead_input_has_nothing(void **state) {
    struct model *model = begin_model(state);
    const aici_operand x = uniform(model, 1, 2), y = uniform(model, 0, 1);
    output(model, multiply(model, x, x));
    output(model, add(model, x, y));
    aici_arena *arena = aici_arena_new(aici_memory_default());
    aici_indices_request request = request_of(model);
    request.second_order = true;
    const aici_output_indices *of = indices_of(&request, arena);
    assert_true(of[0].first[1].value == 0 && of[0].first[1].error == 0 && of[0].total[1].value == 0 && of[0].second[1].value == 0);
    assert_true(fabs(of[0].first[0].value - 1) < 0.001 && fabs(of[0].total[0].value - 1) < 0.001 && fabs(of[0].interactions.value) < 0.001);
    assert_true(fabs(of[1].first[1].value - 0.5) < 0.001);
    aici_arena_free(arena);
}

static void what_does_not_vary_has_no_indices(void **state) {
    struct model *model = begin_model(state);
    const aici_operand x = lognormal(model, 3, 1), three = number(model, 3);
    output(model, three);
    output(model, operate(model, AICI_OPCODE_SUBTRACT, x, x));
    output(model, operate(model, AICI_OPCODE_DIVIDE, multiply(model, x, three), x));
    aici_arena *arena = aici_arena_new(aici_memory_default());
    aici_indices_request request = request_of(model);
    request.second_order = true;
    const aici_output_indices *of = indices_of(&request, arena);
    for (int i = 0; i < 3; i++)
        assert_true(of[i].variance == 0 && isnan(of[i].first[0].value) && isnan(of[i].total[0].value) && isnan(of[i].interactions.value) &&
                    of[i].left_out == 0);
    assert_true(of[0].mean == 3 && of[1].mean == 0 && fabs(of[2].mean - 3) < 1e-12);
    aici_arena_free(arena);
}

/** ln(x - 1) with x from 0 to 2 is a number half of the time; the other half is left out with its partners. */
static void what_is_not_finite_is_left_out_and_counted(void **state) {
    struct model *model = begin_model(state);
    const aici_operand x = uniform(model, 0, 2), y = normal(model, 0, 1), one = number(model, 1);
    output(model, add(model, operate(model, AICI_OPCODE_LN, operate(model, AICI_OPCODE_SUBTRACT, x, one), 0), y));
    aici_arena *arena = aici_arena_new(aici_memory_default());
    aici_indices_request request = request_of(model);
    request.second_order = true;
    const aici_output_indices *of = indices_of(&request, arena);
    const double all = POINTS * REPLICATES;
    assert_true(fabs((double)of->left_out - 0.75 * all) < 0.01 * all);
    assert_true(fabs((double)of->factor_left_out[0] - 0.75 * all) < 0.01 * all);
    assert_true(fabs((double)of->factor_left_out[1] - 0.75 * all) < 0.01 * all);
    assert_true(fabs(of->mean + 1) < 0.02 && fabs(of->variance - 2) < 0.05);
    assert_true(fabs(of->first[0].value - 0.5) < 0.02 && fabs(of->first[1].value - 0.5) < 0.02 && fabs(of->second[1].value) < 0.02);
    aici_arena_free(arena);
}

static void nothing_finite_gives_no_numbers(void **state) {
    struct model *model = begin_model(state);
    output(model, operate(model, AICI_OPCODE_LN, uniform(model, -2, -1), 0));
    aici_arena *arena = aici_arena_new(aici_memory_default());
    aici_indices_request request = request_of(model);
    const aici_output_indices *of = indices_of(&request, arena);
    assert_true(of->left_out == POINTS * REPLICATES && isnan(of->mean) && isnan(of->variance) && isnan(of->first[0].value));
    aici_arena_free(arena);
}

static void one_replicate_has_no_errors(void **state) {
    aici_arena *arena = aici_arena_new(aici_memory_default());
    aici_indices_request request = request_of(ishigami(state));
    request.replicates = 1;
    const aici_output_indices *of = indices_of(&request, arena);
    assert_true(fabs(of->first[1].value - 0.4424) < 0.01 && isnan(of->first[1].error) && isnan(of->total[2].error));
    aici_arena_free(arena);
}

static void even_few_points_give_indices(void **state) {
    const struct model *model = ishigami(state);
    for (uint64_t points = 16; points <= 128; points *= 2) {
        aici_arena *arena = aici_arena_new(aici_memory_default());
        aici_indices_request request = request_of(model);
        request.points = points;
        const aici_output_indices *of = indices_of(&request, arena);
        assert_true(isfinite(of->first[0].value) && of->first[0].error > 0 && fabs(of->first[0].value - 0.3139) < 6 * of->first[0].error);
        aici_arena_free(arena);
    }
}

/** A is ordinary sampling, word for word; B has the dimension behind A's, and a scramble of its own. */
static void the_design_is_one_point_set_in_two_halves(void **state) {
    enum { FEW = 16 };
    double a[FEW], *column[] = {a}, sum = 0;
    struct model *model = begin_model(state);
    output(model, uniform(model, 0, 1));
    aici_arena *arena = aici_arena_new(aici_memory_default());
    aici_indices_request request = request_of(model);
    request.points = FEW;
    request.replicates = 1;
    aici_statistics statistics;
    uint32_t faulty;
    const aici_sampling sampling = {.program = request.program,
                                    .uniform = request.uniform,
                                    .seed = 1,
                                    .sobol = true,
                                    .samples = FEW,
                                    .replicates = 1,
                                    .threads = 1,
                                    .draws = column,
                                    .allocator = aici_memory_default()};
    assert_int_equal(aici_eval_sample(&sampling, &statistics, &faulty), AIC_OK);
    aici_sobol b;
    aici_sobol_begin(&b, 1, 1, aici_hash_mix(model->stream[0][0] ^ UINT64_C(0x6b8b4567327b23c6)), 0, true);
    for (uint64_t i = 0; i < FEW; i++)
        sum += a[i] + (double)(aici_sobol_word(&b, i) >> 12 | 1) * 0x1p-52;
    assert_true(fabs(indices_of(&request, arena)->mean - sum / (2 * FEW)) < 1e-15);
    aici_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
        TEST(ishigami_is_met),
        TEST(sobol_g_is_met),
        TEST(linear_is_met),
        TEST(a_product_of_lognormals_is_met),
        TEST(mixtures_and_truncated_draws_are_met),
        TEST(correlated_inputs_are_one_factor),
        TEST(a_dead_input_has_nothing),
        TEST(what_does_not_vary_has_no_indices),
        TEST(what_is_not_finite_is_left_out_and_counted),
        TEST(nothing_finite_gives_no_numbers),
        TEST(one_replicate_has_no_errors),
        TEST(even_few_points_give_indices),
        TEST(the_design_is_one_point_set_in_two_halves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
